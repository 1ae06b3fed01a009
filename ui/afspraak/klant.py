"""Wat het afsprakenscherm van de klant in beeld overneemt: alleen wat al getoond mag worden.

Nooit een BSN op het scherm; de sleutel gaat alleen mee om er in de agenda een klantsleutel van te maken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from frontoffice.domain.afspraak import Klantkenmerken
from frontoffice.domain.gegevens import kenmerken_van
from frontoffice.domain.klant import Adres, Bedrijf, BedrijfSleutel, KlantSleutel, Persoon, PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.weergave import maak_weergave

VOLWASSEN = 18


@dataclass(frozen=True)
class Boekklant:
    """De klant in beeld. `bekend`: gecontroleerd, dus naam en contactgegevens mogen worden overgenomen.

    `kenmerken`: waarop zijn afspraken te vinden zijn, net zo als in het klantbeeld; nooit om te tonen.
    """

    naam: str = field(repr=False)
    ondertitel: str = ""
    waarschuwingen: tuple[str, ...] = ()
    bekend: bool = False
    telefoon: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    geboortedatum: date | None = field(default=None, repr=False)
    sleutel: KlantSleutel | None = field(default=None, repr=False)
    geheim: bool = False
    geheim_onbekend: bool = False
    brieven_geblokkeerd: bool = False
    adres: tuple[str, ...] = field(default=(), repr=False)
    """Voor op een brief; leeg bij geheimhouding, een afgeschermd adres, of als het niet bekend is."""
    adres_onzeker: bool = False
    kenmerken: Klantkenmerken | None = field(default=None, repr=False)

    @property
    def nummer(self) -> Bsn | KvkNummer | None:
        """Het Bsn of KvkNummer om een klantsleutel van te maken, of None."""
        if isinstance(self.sleutel, PersoonSleutel):
            return self.sleutel.bsn
        if isinstance(self.sleutel, BedrijfSleutel):
            return self.sleutel.kvk
        return None


def make_boekklant(beeld: Klantbeeld | None, werkplek: str) -> Boekklant | None:
    """De klant in beeld zoals dit scherm hem mag kennen, of None zonder klant."""
    if beeld is None:
        return None
    weergave = maak_weergave(beeld, werkplek)
    waarschuwingen = tuple(waarschuwing.tekst for waarschuwing in weergave.waarschuwingen)
    if not beeld.gecontroleerd:
        return Boekklant(weergave.naam, weergave.ondertitel, waarschuwingen)
    open_gegevens = [gegeven for gegeven in weergave.gegevens if gegeven.onthul is None]
    eerste = {gegeven.soort: gegeven.tekst for gegeven in reversed(open_gegevens)}
    persoon = waarde_van(beeld.persoon)
    geheim = beeld.geheimhouding or beeld.geheimhouding_onbekend
    adres = _adres(persoon, waarde_van(beeld.bedrijf))
    geboren = persoon.geboortedatum.volledig if persoon and persoon.geboortedatum else None
    return Boekklant(
        weergave.naam,
        weergave.ondertitel,
        waarschuwingen,
        bekend=True,
        telefoon=eerste.get("telefoon", ""),
        email=eerste.get("email", ""),
        geboortedatum=geboren,
        sleutel=beeld.sleutel,
        geheim=geheim,
        geheim_onbekend=geheim and not beeld.geheimhouding,
        brieven_geblokkeerd=weergave.brieven_geblokkeerd,
        adres=adres.regels if adres is not None and not geheim else (),
        adres_onzeker=bool((adres and adres.in_onderzoek) or (persoon and persoon.adres_in_onderzoek)),
        kenmerken=kenmerken_van(beeld),
    )


def _adres(persoon: Persoon | None, bedrijf: Bedrijf | None) -> Adres | None:
    """Van het register; een adres dat het Handelsregister afschermt, komt niet op een brief."""
    if persoon is not None:
        return persoon.adres
    return bedrijf.adres if bedrijf is not None and not bedrijf.adres_afgeschermd else None
