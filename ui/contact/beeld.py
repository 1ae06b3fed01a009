"""Wat het contact van de klant in beeld weet: wie het is, welk verzoek er openstaat en welk nummer er is.

Neemt niets over; dat doet `venster`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from frontoffice.domain.concept import Concept, Gesprekspartner, make_partner

if TYPE_CHECKING:
    from frontoffice.domain.klantbeeld import Klantbeeld


def to_partner(beeld: Klantbeeld) -> Gesprekspartner | None:
    """De klant in beeld als gesprekspartner; None zolang er nog geen naam is."""
    from frontoffice.domain.klantbeeld import waarde_van
    from frontoffice.domain.weergave import maak_weergave

    weergave = maak_weergave(beeld)
    if not weergave.naam:
        return None
    persoon = waarde_van(beeld.persoon)
    geboren = ""
    if beeld.gecontroleerd and persoon is not None and persoon.geboortedatum is not None:
        geboren = persoon.geboortedatum.weergave
    partijen = waarde_van(beeld.klant)
    partij = partijen[0].uuid if partijen and len(partijen) == 1 else ""
    partner = make_partner(beeld.sleutel, weergave.naam, geboren, partij, is_nieuw=partijen == ())
    return replace(partner, plaats=plaats_van(beeld))


def plaats_van(beeld: Klantbeeld) -> str:
    """Het dorp van de klant, voor de cijfers; leeg als het adres geheim, afgeschermd of niet zeker is."""
    from frontoffice.domain.klantbeeld import waarde_van

    persoon, bedrijf = waarde_van(beeld.persoon), waarde_van(beeld.bedrijf)
    if beeld.geheimhouding or beeld.geheimhouding_onbekend:
        return ""
    if persoon is not None:
        adres = None if persoon.adres_in_onderzoek else persoon.adres
    elif bedrijf is not None:
        adres = None if bedrijf.adres_afgeschermd else bedrijf.adres
    else:
        adres = None
    return adres.woonplaats if adres is not None and not adres.buitenland else ""


def open_taak(beeld: Klantbeeld) -> tuple[str, str, str]:
    """(taak, contact, zin) van het nieuwste open terugbelverzoek; leeg als er geen is."""
    from frontoffice.domain.aandacht import open_taken
    from frontoffice.domain.belofte import zeg_belofte
    from frontoffice.domain.klantbeeld import waarde_van

    contacten = waarde_van(beeld.contacten)
    if contacten is None or not beeld.gecontroleerd:
        return "", "", ""
    for contact, taak in open_taken(contacten.rijen):
        zin = "Er staat al een terugbelverzoek open voor deze klant."
        return taak.uuid, contact.uuid, f"{zin} {zeg_belofte(taak.tekst, beeld.vandaag)}".strip()
    return "", "", ""


def veld_van(partner: Gesprekspartner) -> str:
    """Het veld van het concept waar deze klant hoort."""
    return "bedrijf" if partner.kvk else "klant"


def neemt_over(actief: Concept, partner: Gesprekspartner, *, mag_nieuw: bool) -> bool:
    """Neemt dit contact de klant in beeld over? Dezelfde klant met meer gegevens altijd, een andere nooit."""
    huidig = actief.klant or actief.bedrijf
    if huidig is None:
        return mag_nieuw
    return (
        huidig.sleutel == partner.sleutel
        and huidig != partner
        and getattr(actief, veld_van(partner)) is not None
    )


def telefoon_van(beeld: Klantbeeld) -> str:
    """Het nummer om voor te stellen, zoals het register het geeft; leeg als het niet getoond mag worden."""
    from frontoffice.domain.klant import AdresSoort
    from frontoffice.domain.klantbeeld import waarde_van

    geheim = beeld.geheimhouding or beeld.geheimhouding_onbekend
    if not beeld.gecontroleerd or (geheim and "telefoon" not in beeld.onthuld):
        return ""
    nummers = [
        adres
        for partij in waarde_van(beeld.klant) or ()
        for adres in partij.digitale_adressen
        if adres.soort is AdresSoort.TELEFOON
    ]
    return next((a.adres for a in sorted(nummers, key=lambda a: not a.is_standaard)), "")
