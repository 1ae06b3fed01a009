"""Exact passen: zet blokken met een vaste tijd aan balies, zonder overlap, als dat op enige manier kan.

Rekent alleen met getallen (tikken en bits) en kent geen afspraken. Tijden verschuiven nooit. `repair` ruilt
vanuit wat er al staat en vindt zo bijna altijd meteen een antwoord; `fit` zoekt alles af en onthoudt waar het
doodliep. Allebei bewijzen ze dat iets niet kan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STAPPEN_FIT = 200_000
"""Zoveel stappen mag `fit` doen; daarna is het antwoord "niet aangeboden"."""
STAPPEN_REPAIR = 80
"""Zoveel stappen mag `repair` doen; daarna is `fit` sneller, want die onthoudt wat doodliep."""


@dataclass(frozen=True, slots=True)
class Blok:
    """Half-open [begin, eind) in tikken; `bits` zijn die tikken als bits.

    `voorkeur`: de balies (nummers) waar het kan, in de volgorde van proberen.
    """

    begin: int
    eind: int
    bits: int
    voorkeur: tuple[int, ...]


class TeVeelWerk(Exception):
    """Niet binnen het aantal stappen beslist."""


def fit(blokken: Sequence[Blok], balies: int, stappen: int = STAPPEN_FIT) -> tuple[int, ...] | None:
    """Een balie per blok in dezelfde volgorde, of None als het bewezen niet kan. Raises TeVeelWerk.

    Loopt de blokken op begintijd langs. Wat er al stond doet er daarna alleen nog toe voor zover een balie
    op dat moment bezet is; een toestand die doodliep, wordt daarom nooit twee keer geprobeerd.
    """
    volgorde = sorted(range(len(blokken)), key=lambda n: (blokken[n].begin, len(blokken[n].voorkeur), n))
    rij = [blokken[n] for n in volgorde]
    uitkomst = _Zoektocht(rij, balies, stappen).run()
    if uitkomst is None:
        return None
    gezet = [0] * len(blokken)
    for plaats, balie in zip(volgorde, uitkomst, strict=True):
        gezet[plaats] = balie
    return tuple(gezet)


class _Zoektocht:
    """Diepte eerst, zonder recursie: een drukke dag telt meer blokken dan Python diep mag."""

    def __init__(self, rij: Sequence[Blok], balies: int, stappen: int) -> None:
        self._rij = rij
        self._eind = [0] * balies
        self._stappen = stappen
        self._dood: set[tuple[int, ...]] = set()
        self._komt = [0] * balies  # bit per blok dat er mag
        for nummer, blok in enumerate(rij):
            for balie in blok.voorkeur:
                self._komt[balie] |= 1 << nummer

    def run(self) -> list[int] | None:
        rij, eind = self._rij, self._eind
        gekozen: list[int] = []
        terug: list[int] = []  # tot wanneer de gekozen balie daarvoor bezet was
        sleutels: list[tuple[int, ...]] = []
        keuzes: list[Iterator[int]] = []
        while len(gekozen) < len(rij):
            diepte = len(gekozen)
            if len(keuzes) == diepte:
                sleutel = self._sleutel(diepte)
                sleutels.append(sleutel)
                keuzes.append(iter(() if sleutel in self._dood else rij[diepte].voorkeur))
            begin = rij[diepte].begin
            balie = next((b for b in keuzes[diepte] if eind[b] <= begin), -1)
            if balie >= 0:
                self._tel()
                terug.append(eind[balie])
                gekozen.append(balie)
                eind[balie] = rij[diepte].eind
                continue
            keuzes.pop()
            self._dood.add(sleutels.pop())
            if not gekozen:
                return None
            eind[gekozen.pop()] = terug.pop()
        return gekozen

    def _sleutel(self, diepte: int) -> tuple[int, ...]:
        """Wat er nog toe doet: tot wanneer elke balie bezet is. Waar straks hetzelfde kan, is gelijk."""
        begin = self._rij[diepte].begin
        standen = [
            (komt >> diepte, eind if eind > begin else 0)
            for komt, eind in zip(self._komt, self._eind, strict=True)
        ]
        standen.sort()
        return (diepte, *(eind for _, eind in standen))

    def _tel(self) -> None:
        self._stappen -= 1
        if self._stappen < 0:
            raise TeVeelWerk


def repair(
    blokken: Sequence[Blok], nu: Sequence[int], balies: int, stappen: int = STAPPEN_REPAIR
) -> tuple[int, ...] | None:
    """Zoals `fit`, vanuit de balie waar elk blok nu staat (-1: nog nergens). Raises TeVeelWerk.

    Wat nu staat, mag elkaar niet overlappen. Alleen wat in de weg staat, verhuist; dat zijn er zelden veel.
    """
    ruil = _Ruil(blokken, nu, balies, stappen)
    zonder = tuple(n for n, balie in enumerate(nu) if balie < 0)
    return tuple(ruil.gezet) if ruil.run(zonder) else None


class _Ruil:
    """Zet blokken zonder plek definitief neer; wat daar stond, heeft dan zelf geen plek meer.

    Elke keus voor een blok wordt geprobeerd, dus als het kan, wordt het gevonden.
    """

    def __init__(self, blokken: Sequence[Blok], nu: Sequence[int], balies: int, stappen: int) -> None:
        self.gezet = list(nu)
        self._blokken = blokken
        self._definitief = [0] * balies
        self._staat: list[list[int]] = [[] for _ in range(balies)]
        for nummer, balie in enumerate(nu):
            if balie >= 0:
                self._staat[balie].append(nummer)
        self._stappen = stappen
        self._vast = 0  # bit per blok dat definitief staat
        self._dood: set[tuple[int, ...]] = set()

    def run(self, zonder: tuple[int, ...]) -> bool:
        """Waar als alles een plek heeft; anders staat alles weer zoals het stond."""
        if not zonder:
            return True
        sleutel = (self._vast, sum(1 << n for n in zonder), *self._definitief)
        if sleutel in self._dood:
            return False
        self._stappen -= 1
        if self._stappen < 0:
            raise TeVeelWerk
        nummer, keuzes = self._tightest(zonder)
        rest = tuple(n for n in zonder if n != nummer)
        bits, stond = self._blokken[nummer].bits, self.gezet[nummer]
        self._vast ^= 1 << nummer
        for balie, weg in sorted(keuzes, key=lambda keus: len(keus[1])):
            self._definitief[balie] |= bits
            self.gezet[nummer] = balie
            for ander in weg:
                self._staat[balie].remove(ander)
            if self.run((*rest, *weg)):
                return True
            self._staat[balie] += weg
            self.gezet[nummer] = stond
            self._definitief[balie] ^= bits
        self._vast ^= 1 << nummer
        self._dood.add(sleutel)
        return False

    def _tightest(self, zonder: tuple[int, ...]) -> tuple[int, list[tuple[int, list[int]]]]:
        """Het blok met de minste keuzes; elke keus met de blokken die ervoor weg moeten."""
        blokken, definitief = self._blokken, self._definitief
        beste, vrij = -1, list[int]()
        for nummer in zonder:
            bits = blokken[nummer].bits
            kan = [balie for balie in blokken[nummer].voorkeur if not definitief[balie] & bits]
            if beste < 0 or len(kan) < len(vrij):
                beste, vrij = nummer, kan
                if not kan:
                    break
        bits = blokken[beste].bits
        return beste, [(b, [n for n in self._staat[b] if blokken[n].bits & bits]) for b in vrij]


BREEDTE = 20_000
"""Zoveel toestanden houdt `keep_most` per stap open."""


def keep_most(
    blokken: Sequence[Blok], waarden: Sequence[int], nu: Sequence[int], balies: int, breedte: int = BREEDTE
) -> tuple[tuple[int | None, ...], bool]:
    """De keus met de hoogste som van waarden die past: per blok een balie, of None als het afvalt.

    Bij gelijke waarde blijft het meeste op `nu` staan. Het tweede antwoord is onwaar als er meer toestanden
    waren dan `breedte`: dan is de uitkomst goed, maar niet bewezen de beste.
    """
    volgorde = sorted(range(len(blokken)), key=lambda n: (blokken[n].begin, len(blokken[n].voorkeur), n))
    schaal = len(blokken) + 1
    lagen: list[dict[tuple[int, ...], tuple[int, tuple[int, ...], int]]] = []
    stand: dict[tuple[int, ...], int] = {(0,) * balies: 0}
    bewezen = True
    for nummer in volgorde:
        blok, waarde = blokken[nummer], waarden[nummer] * schaal
        laag: dict[tuple[int, ...], tuple[int, tuple[int, ...], int]] = {}
        for einden, som in stand.items():
            vrij = tuple(eind if eind > blok.begin else 0 for eind in einden)
            _offer(laag, vrij, som, einden, -1)
            for balie in blok.voorkeur:
                if not vrij[balie]:
                    na = (*vrij[:balie], blok.eind, *vrij[balie + 1 :])
                    _offer(laag, na, som + waarde + (balie == nu[nummer]), einden, balie)
        if len(laag) > breedte:
            bewezen = False
            beste = sorted(laag.items(), key=lambda paar: paar[1][0], reverse=True)[:breedte]
            laag = dict(beste)
        lagen.append(laag)
        stand = {einden: som for einden, (som, _, _) in laag.items()}
    return _walk_back(lagen, volgorde, stand), bewezen


def _offer(
    laag: dict[tuple[int, ...], tuple[int, tuple[int, ...], int]],
    einden: tuple[int, ...],
    som: int,
    vorige: tuple[int, ...],
    balie: int,
) -> None:
    bekend = laag.get(einden)
    if bekend is None or som > bekend[0]:
        laag[einden] = (som, vorige, balie)


def _walk_back(
    lagen: Sequence[dict[tuple[int, ...], tuple[int, tuple[int, ...], int]]],
    volgorde: Sequence[int],
    stand: dict[tuple[int, ...], int],
) -> tuple[int | None, ...]:
    uitkomst: list[int | None] = [None] * len(volgorde)
    einden = max(stand, key=lambda toestand: stand[toestand])
    for laag, nummer in zip(reversed(lagen), reversed(volgorde), strict=True):
        _, einden, balie = laag[einden]
        uitkomst[nummer] = balie if balie >= 0 else None
    return tuple(uitkomst)
