"""Waarom een tijd niet wordt aangeboden: een code voor scripts en een Nederlandse zin voor het scherm.

De volgorde van `RedenCode` is die van algemeen naar bijzonder; de eerste reden is de belangrijkste.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RedenCode(StrEnum):
    """Waarom een tijd niet kan. De waarden staan in het antwoord van de opdrachtregel: zij blijven zo."""

    DICHT = "dicht"
    FEESTDAG = "feestdag"
    ANDERE_AGENDA = "andere_agenda"
    ROOSTER_LEEG = "rooster_leeg"
    AFGESLOTEN = "afgesloten"
    VOORBIJ = "voorbij"
    TE_KORT_VAN_TEVOREN = "te_kort_van_tevoren"
    TE_VER_VOORUIT = "te_ver_vooruit"
    NIET_IN_DE_AVOND = "niet_in_de_avond"
    PRODUCT_NIET_GELDIG = "product_niet_geldig"
    TE_VEEL_PERSONEN = "te_veel_personen"
    COMBINATIE = "combinatie"
    DAGLIMIET = "daglimiet"
    KANAALLIMIET = "kanaallimiet"
    BUITEN_OPENING = "buiten_opening"
    GEEN_BEVOEGDE = "geen_bevoegde"
    VOORZIENING = "voorziening"
    TEGELIJK_MAX = "tegelijk_max"
    PAUZE = "pauze"
    VOL = "vol"


@dataclass(frozen=True)
class Reden:
    """`tekst` is een hele zin van hoogstens 15 woorden; hij noemt nooit een persoon."""

    code: RedenCode
    tekst: str
