"""De balies van vanavond in seconden: wie waar wanneer werkt, en waar een bezoek terechtkan.

Alleen getallen, want de voorspelling vraagt dit duizenden keren per keer. Kent geen wachtenden.
"""

from __future__ import annotations

from datetime import datetime

from frontoffice.agenda.afspraak import Eisen
from frontoffice.agenda.avond import EXTERN_PLAATS, Avond, Plek
from frontoffice.agenda.indelen import EXTRA_PLAATS
from frontoffice.agenda.tijd import TIK_MINUTEN

MINUUT = 60
NOOIT = 1 << 60
_TIK = TIK_MINUTEN * MINUUT


def seconden(moment: datetime) -> int:
    """Hele seconden sinds 1970 (UTC)."""
    return int(moment.timestamp())


class Werkplek:
    """Een `Plek` in seconden. `nummer`: haar bit; `balie`: het nummer van de balie."""

    __slots__ = ("balie", "begin", "breedte", "eind", "nummer", "plek")

    def __init__(self, nummer: int, balie: int, plek: Plek) -> None:
        self.nummer, self.balie, self.plek = nummer, balie, plek
        self.begin, self.eind = plek.vak.begin * _TIK, plek.vak.eind * _TIK
        self.breedte = len(plek.mag) + len(plek.voorzieningen)
        """Hoeveel er kan: wie het minst kan, gaat eerst, zo blijven de alleskunners vrij."""


class Balierooster:
    """Wie er wanneer aan welke balie werkt. Balies hebben een nummer, in de volgorde van het rooster."""

    def __init__(self, avond: Avond) -> None:
        plekken = [p for p in avond.plekken if not p.balie.startswith((EXTRA_PLAATS, EXTERN_PLAATS))]
        self.balies: tuple[str, ...] = tuple(dict.fromkeys(plek.balie for plek in plekken))
        self.nummer = {balie: nummer for nummer, balie in enumerate(self.balies)}
        self.werkplekken = [Werkplek(n, self.nummer[plek.balie], plek) for n, plek in enumerate(plekken)]
        self.per_balie: list[list[Werkplek]] = [[] for _ in self.balies]
        for werkplek in self.werkplekken:
            self.per_balie[werkplek.balie].append(werkplek)
        for rij in self.per_balie:
            rij.sort(key=lambda werkplek: werkplek.begin)
        einden = [blok.eind * _TIK for blok in avond.open] or [w.eind for w in self.werkplekken]
        self.sluit = max(einden, default=0)
        self._kan: dict[Eisen, int] = {}

    def at(self, balie: int, om: int) -> Werkplek | None:
        """Wie er dan aan deze balie werkt; None in de pauze, voor en na de werktijd, en als zij dicht is.

        Na sluitingstijd maakt wie tot het eind werkte, het werk af.
        """
        laatste = None
        for werkplek in self.per_balie[balie]:
            if werkplek.begin <= om < werkplek.eind:
                return werkplek
            laatste = werkplek
        if laatste is not None and om >= self.sluit and laatste.eind >= self.sluit:
            return laatste
        return None

    def begins(self, werkplek: Werkplek, om: int) -> int:
        """Wanneer iemand die vanaf `om` kan, hier op zijn vroegst begint; NOOIT als dat niet meer kan."""
        if om < werkplek.eind:
            return max(om, werkplek.begin)
        if om >= self.sluit <= werkplek.eind and werkplek is self.per_balie[werkplek.balie][-1]:
            return om
        return NOOIT

    def kan(self, eisen: Eisen) -> int:
        """Bit per werkplek die alles tegelijk kan wat dit bezoek vraagt."""
        bits = self._kan.get(eisen)
        if bits is None:
            bits = sum(
                1 << werkplek.nummer
                for werkplek in self.werkplekken
                if eisen.bevoegdheden <= werkplek.plek.mag
                and eisen.voorzieningen <= werkplek.plek.voorzieningen
            )
            self._kan[eisen] = bits
        return bits

    def only(self, kan: int, balie: int) -> int:
        """Alleen de werkplekken van deze balie."""
        return kan & sum(1 << werkplek.nummer for werkplek in self.per_balie[balie])

    def changes_after(self, om: int) -> list[int]:
        """Elk moment daarna waarop ergens iemand begint of stopt, op volgorde."""
        momenten = {w.begin for w in self.werkplekken} | {w.eind for w in self.werkplekken} | {self.sluit}
        return sorted(moment for moment in momenten if moment > om)
