"""Een belofte over wat er in beeld is: een zaak, een afspraak of een melding.

Zet haar klaar in het contact dat loopt, in hetzelfde formulier als een terugbelverzoek. Bewaart zelf niets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from frontoffice.domain.concept import ZaakKoppeling

if TYPE_CHECKING:
    from frontoffice.domain.concept import Concept, Gesprekspartner
    from ui.contact.gesprekken import Gesprekken


@dataclass(frozen=True)
class Belofteaanleiding:
    """Waar de belofte over gaat. `weten` maakt de zin af "wij laten u weten …"; `vraag` is voor de afdeling.

    `van_beeld`: het gaat over de klant die in beeld is.
    """

    weten: str
    vraag: str
    zaak: ZaakKoppeling | None = None
    afspraak: str = ""
    melding: str = ""
    van_beeld: bool = True


def over_zaak(zaak: ZaakKoppeling) -> Belofteaanleiding:
    return Belofteaanleiding(
        f"hoe het staat met zaak {zaak.nummer}", f"Zaak {zaak.nummer}: {zaak.omschrijving}", zaak=zaak
    )


def over_afspraak(nummer: str) -> Belofteaanleiding:
    return Belofteaanleiding(f"hoe het staat met afspraak {nummer}", f"Afspraak {nummer}", afspraak=nummer)


def over_melding(nummer: int, weergave: str, categorie: str) -> Belofteaanleiding:
    return Belofteaanleiding(
        f"hoe het staat met melding {weergave}",
        f"Melding {weergave}: {categorie}",
        melding=str(nummer),
        van_beeld=False,
    )


def begin_belofte(
    gesprekken: Gesprekken,
    over: Belofteaanleiding,
    beeld: Gesprekspartner | None,
    take_controle: Callable[[], dict[str, Any]],
) -> Concept | None:
    """Het contact waarin deze belofte komt, met waar zij over gaat; None als er geen bij kan.

    Loopt er een gesprek met een ander dan wie in beeld is, dan begint er een nieuw contact: de belofte is
    nooit aan de verkeerde. Staat er in dit contact al een belofte, dan komt zij bij een volgende vraag.
    """
    from ui.contact.amberband import is_bij
    from ui.contact.beeld import veld_van

    partner = beeld if over.van_beeld else None
    actief = gesprekken.actief
    if actief is None or (partner is not None and not is_bij(partner, actief)):
        actief = gesprekken.start()
    elif actief.terugbel is not None or actief.taak_uuid:
        actief = gesprekken.start_vraag()
    if actief is None:
        return None
    velden: dict[str, Any] = {}
    if partner is not None and actief.klant is None and actief.bedrijf is None:
        velden |= {veld_van(partner): partner, **take_controle()}
    if over.zaak is not None and all(zaak.uuid != over.zaak.uuid for zaak in actief.zaken):
        velden["zaken"] = (*actief.zaken, over.zaak)
    if over.melding and over.melding not in actief.meldingen:
        velden["meldingen"] = (*actief.meldingen, over.melding)
    nummers = [nummer for nummer in actief.afspraak.split(", ") if nummer]
    if over.afspraak and over.afspraak not in nummers:
        velden["afspraak"] = ", ".join((*nummers, over.afspraak))
    return gesprekken.edit(actief.uuid, **velden)
