"""Bouwt wat er nodig is om contacten te registreren: de winkel van deze werkplek en de diensten eromheen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from frontoffice.ports import Aanroep, Klok, Zaken
from frontoffice.profiel import Profiel
from frontoffice.services.registreren import Registreerinstellingen

if TYPE_CHECKING:
    from frontoffice.registratiepoort import Contactregister
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.verzenden import Loper, Tempo
    from frontoffice.storage.winkel import WerkplekWinkel
    from frontoffice.takenpoort import Takenregister
    from frontoffice.uitvoeren import Uitvoerder

_WERKPLEKKANAAL = {"balie": "balie"}


def make_instellingen(profiel: Profiel) -> Registreerinstellingen:
    """Wat het profiel over registreren zegt. Opent niets: het eerste teken hoeft nergens op te wachten."""
    eigen, medewerker = profiel.registratie, profiel.medewerker
    gewoon = _WERKPLEKKANAAL.get(profiel.werkplek.soort, "telefoon")
    return Registreerinstellingen(
        medewerker.identificatie,
        medewerker.naam,
        profiel.kanalen,
        next((kanaal for kanaal in profiel.kanalen if kanaal.lower() == gewoon), profiel.kanalen[0]),
        taal=eigen.taal,
        onderwerpen=eigen.onderwerpen,
        afdelingen=eigen.afdelingen,
        wet=profiel.normen.wet,
    )


def open_contacten(
    profiel: Profiel,
    winkel: WerkplekWinkel,
    klok: Klok,
    uitvoerder: Uitvoerder,
    register: Contactregister,
    zaken: Zaken,
    make_lopers: Callable[[Tempo], dict[str, Loper]] = lambda _: {},
    herhalen: Mapping[str, Callable[[int], None]] = MappingProxyType({}),
    afdoen: Mapping[str, Callable[[int], None]] = MappingProxyType({}),
    taken: Takenregister | None = None,
) -> Contactdiensten:
    """De diensten rond een contact, op een winkel die al open is. `make_lopers`: zie `Verzenddienst`;
    `herhalen` en `afdoen`: zie `Contactdiensten`."""
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.registreren import Registreerdienst
    from frontoffice.services.taakwijzigen import Taakschrijver
    from frontoffice.services.verzenden import Verzenddienst

    registreren = Registreerdienst(winkel, klok, make_instellingen(profiel), profiel.normen)
    verzenden = Verzenddienst(
        winkel,
        register,
        klok,
        uitvoerder,
        houder=f"{os.getpid()}-{secrets.token_hex(4)}",
        per_seconde=profiel.registratie.verzoeken_per_seconde,
        find_zaak=_make_find_zaak(zaken),
        make_lopers=make_lopers,
        make_taakschrijver=lambda tempo: Taakschrijver(taken, tempo) if taken else None,
    )
    return Contactdiensten(
        winkel,
        register,
        registreren,
        verzenden,
        waarschuwing=lambda: winkel.melding,
        vast=winkel.bewaarwijze.zin,
        nakijken=lambda: winkel.check().bevindingen,
        backup=lambda: winkel.backup().name,
        backup_if_due=winkel.backup_if_due,
        herhalen=herhalen,
        afdoen=afdoen,
        alleen_eigen=profiel.op_gedeeld_account,
    )


def _make_find_zaak(zaken: Zaken) -> Callable[[str, Aanroep], str]:
    """Van zaaknummer naar uuid; leeg als er niet precies één zaak zo heet."""

    def find(nummer: str, aanroep: Aanroep) -> str:
        gevonden = zaken.find_zaak(nummer, aanroep)
        return gevonden[0].uuid if len(gevonden) == 1 else ""

    return find
