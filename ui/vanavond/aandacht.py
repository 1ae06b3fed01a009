"""Wat er aandacht vraagt: wie te laat is, wie niet kwam, wie niemand kan helpen, en waar de tijd uitloopt.

Rekent niets uit wat `te_laat` en `voorspelling` al weten; zet het in volgorde en in woorden. Zonder namen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.te_laat import Waar, find_uitloop
from frontoffice.agenda.vanavond.voorspelling import Voorspelling
from ui.vanavond.model import is_te_laat, klok, klok_ongeveer, minuten_tussen, zeg_minuten


class Soort(StrEnum):
    TE_LAAT = "te_laat"
    KWAM_NIET = "kwam_niet"
    NIEMAND = "niemand"
    WACHT_LANG = "wacht_lang"
    LATER = "later"
    DEKKING = "dekking"


@dataclass(frozen=True)
class Punt:
    """Eén regel van AANDACHT. `id` is het bezoek waar het over gaat, of leeg. `bellen`: er is een afspraak.

    `zeg`: wat u tegen hem zegt als u belt.
    """

    soort: Soort
    zin: str
    id: str = ""
    volgnummer: str = ""
    bellen: bool = False
    weg: bool = False
    zeg: str = ""


@dataclass(frozen=True)
class Aandacht:
    punten: tuple[Punt, ...] = ()


def find_aandacht(stand: Avondstand, voorspelling: Voorspelling, gaten: Sequence[str] = ()) -> Aandacht:
    """`gaten`: wat volgens het rooster niet kan, als zinnen."""
    return Aandacht(
        (
            *_kwamen_niet(stand),
            *_te_laat(stand),
            *_niemand(stand, voorspelling),
            *_wachten_lang(stand),
            *_later(stand, voorspelling),
            *(Punt(Soort.DEKKING, zin) for zin in gaten),
        )
    )


def _kwamen_niet(stand: Avondstand) -> list[Punt]:
    return [
        Punt(
            Soort.KWAM_NIET,
            f"{b.volgnummer} kwam niet na {b.oproepen} oproepen",
            b.id,
            b.volgnummer,
            weg=True,
        )
        for b in stand.bezoeken
        if b.toestand is Toestand.OPGEROEPEN and b.oproepen >= stand.regels.oproepen_max
    ]


def _te_laat(stand: Avondstand) -> list[Punt]:
    """Wie het langst over zijn tijd is, eerst."""
    laat = [(minuten_tussen(b.tijd, stand.nu), b) for b in stand.bezoeken if b.tijd and is_te_laat(stand, b)]
    return [
        Punt(
            Soort.TE_LAAT,
            f"{b.volgnummer or 'Zonder nummer'} te laat: {zeg_minuten(minuten)}",
            b.id,
            b.volgnummer,
            bellen=b.soort is SoortBezoek.AFSPRAAK,
            weg=True,
        )
        for minuten, b in sorted(laat, key=lambda paar: (-paar[0], paar[1].volgnummer))
    ]


def _niemand(stand: Avondstand, voorspelling: Voorspelling) -> list[Punt]:
    uit = []
    for id_ in voorspelling.niemand:
        bezoek = stand.find(id_)
        if bezoek is not None:
            zin = f"Niemand kan {bezoek.volgnummer or 'de afspraak'}{_van(bezoek)} nog helpen: {bezoek.groep}"
            uit.append(Punt(Soort.NIEMAND, zin, id_, bezoek.volgnummer))
    return uit


def _wachten_lang(stand: Avondstand) -> list[Punt]:
    """Wie is aangemeld en langer dan de norm na zijn tijd wacht."""
    uit = []
    for b in stand.bezoeken:
        if b.toestand is not Toestand.AANGEMELD or b.tijd is None or b.te_laat:
            continue
        over = minuten_tussen(b.tijd, stand.nu)
        if over > stand.regels.norm:
            uit.append((over, b))
    return [
        Punt(Soort.WACHT_LANG, f"{b.volgnummer} wacht {zeg_minuten(over)} na de afspraak", b.id, b.volgnummer)
        for over, b in sorted(uit, key=lambda paar: -paar[0])
    ]


def _later(stand: Avondstand, voorspelling: Voorspelling) -> list[Punt]:
    """Wie door de uitloop later komt, in de volgorde waarin wij waarschuwen; met wat wij zeggen."""
    return [
        Punt(
            Soort.LATER,
            f"{w.bezoek.volgnummer or 'De afspraak'}{_van(w.bezoek)}"
            f" wordt ongeveer {klok_ongeveer(w.verwacht_begin)} uur",
            w.bezoek.id,
            w.bezoek.volgnummer,
            bellen=w.bezoek.soort is SoortBezoek.AFSPRAAK,
            zeg=w.tekst,
        )
        for w in find_uitloop(stand, voorspelling)
        if w.waar is not Waar.HIER and not is_te_laat(stand, w.bezoek)
    ]


def _van(bezoek: Bezoek) -> str:
    return f" van {klok(bezoek.tijd)} uur" if bezoek.tijd else ""
