"""Exact passen: zet blokken met een vaste tijd aan balies, zonder overlap, als dat op enige manier kan.

Rekent alleen met getallen (tikken en bits) en kent geen afspraken. Tijden verschuiven nooit. `repair` ruilt
vanuit wat er al staat en vindt zo bijna altijd meteen een antwoord; `fit` zoekt alles af en onthoudt waar het
doodliep. Allebei bewijzen ze dat iets niet kan. `prune` ziet dat laatste meestal zonder te zoeken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

STAPPEN_FIT = 200_000
"""Zoveel stappen mag `fit` doen; daarna is het antwoord "niet aangeboden"."""
STAPPEN_REPAIR = 80
"""Zoveel stappen mag `repair` doen; daarna is `fit` sneller, want die onthoudt wat doodliep."""


class Blok(NamedTuple):
    """Half-open [begin, eind) in tikken; `bits` zijn die tikken als bits.

    `voorkeur`: de balies (nummers) waar het kan, in de volgorde van proberen. Een NamedTuple, want een avond
    maakt er honderden.
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
    blokken: Sequence[Blok],
    nu: Sequence[int],
    balies: int,
    stappen: int = STAPPEN_REPAIR,
    stand: Stand | None = None,
) -> tuple[int, ...] | None:
    """Zoals `fit`, vanuit de balie waar elk blok nu staat (-1: nog nergens). Raises TeVeelWerk.

    Wat nu staat, mag elkaar niet overlappen. Alleen wat in de weg staat, verhuist; dat zijn er zelden veel.
    `stand`: die van precies deze blokken en `nu`, wie hem al heeft.
    """
    zonder = tuple([n for n, balie in enumerate(nu) if balie < 0])
    verhuisd = _Ruil(blokken, stand or Stand(blokken, nu, balies), stappen).run(zonder, (0,) * balies)
    if verhuisd is None:
        return None
    gezet = list(nu)
    for nummer, balie in verhuisd:
        gezet[nummer] = balie
    return tuple(gezet)


class Stand:
    """Wat er nu aan elke balie staat: (tikken, blok), en die tikken samen."""

    __slots__ = ("bezet", "staat")

    def __init__(self, blokken: Sequence[Blok], nu: Sequence[int], balies: int) -> None:
        self.staat: list[list[tuple[int, int]]] = [[] for _ in range(balies)]
        self.bezet = [0] * balies
        for nummer, balie in enumerate(nu):
            if balie >= 0:
                bits = blokken[nummer].bits
                self.staat[balie].append((bits, nummer))
                self.bezet[balie] |= bits


class _Ruil:
    """Zet blokken zonder plek definitief neer; wat daar stond, heeft dan zelf geen plek meer.

    Elke keus voor een blok wordt geprobeerd, dus als het kan, wordt het gevonden. Wat nog staat waar het
    stond, volgt uit wat er definitief staat: precies wat daar niet mee overlapt. Daarom hoeft er bij
    teruggaan niets hersteld te worden, en is (zonder plek, definitief) de hele toestand.
    """

    def __init__(self, blokken: Sequence[Blok], stand: Stand, stappen: int) -> None:
        self._blokken = blokken
        self._stond, self._bezet = stand.staat, stand.bezet
        self._stappen = stappen
        self._dood: set[tuple[frozenset[int], tuple[int, ...]]] = set()

    def run(self, zonder: tuple[int, ...], definitief: tuple[int, ...]) -> list[tuple[int, int]] | None:
        """Waar alles zonder plek en wat daarvoor wijkt terechtkomt (blok, balie); None als het niet kan.

        `definitief`: per balie de tikken die al vergeven zijn.
        """
        if not zonder:
            return []
        if self._dood and (frozenset(zonder), definitief) in self._dood:
            return None
        self._stappen -= 1
        if self._stappen < 0:
            raise TeVeelWerk
        nummer, vrij = self._tightest(zonder, definitief)
        bits = self._blokken[nummer].bits
        rest = tuple([n for n in zonder if n != nummer])
        for balie, weg in self._choices(bits, vrij, definitief):
            na = (*definitief[:balie], definitief[balie] | bits, *definitief[balie + 1 :])
            verhuisd = self.run((*rest, *weg), na)
            if verhuisd is not None:
                verhuisd.append((nummer, balie))
                return verhuisd
        self._dood.add((frozenset(zonder), definitief))
        return None

    def _tightest(self, zonder: tuple[int, ...], definitief: tuple[int, ...]) -> tuple[int, list[int]]:
        """Het blok met de minste balies waar het nog kan, en die balies."""
        beste, vrij, vorige = -1, list[int](), None
        for nummer in zonder:
            blok = self._blokken[nummer]
            if blok is vorige:  # nog een van hetzelfde
                continue
            vorige = blok
            _, _, bits, voorkeur = blok
            kan = [balie for balie in voorkeur if not definitief[balie] & bits]
            if beste < 0 or len(kan) < len(vrij):
                beste, vrij = nummer, kan
                if not kan:
                    break
        return beste, vrij

    def _choices(
        self, bits: int, vrij: Sequence[int], definitief: tuple[int, ...]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Elke balie met wat er dan weg moet. Waar niets stond eerst: meestal is de rest dan niet nodig."""
        for balie in vrij:
            if not self._bezet[balie] & bits:
                yield balie, ()
        keuzes = []
        for balie in vrij:
            if self._bezet[balie] & bits:
                al = definitief[balie]
                keuzes.append(
                    (balie, [n for tikken, n in self._stond[balie] if tikken & bits and not tikken & al])
                )
        keuzes.sort(key=lambda keus: len(keus[1]))
        yield from keuzes


def prune(blokken: Sequence[Blok], balies: int, al: int = 0) -> list[Blok] | None:
    """Dezelfde blokken zonder de balies waar ze nooit kunnen; None als ze zeker niet samen passen.

    Wat op één tik bezig is, heeft elk een eigen balie nodig. Wat daardoor ergens niet meer kan, valt daar af,
    en dat werkt door naar de tikken ernaast. Wat overblijft, hoeft nog niet samen te passen. `al`: zoveel
    blokken vooraan kwamen zelf al uit `prune`; dan begint het bij de rest.
    """
    mag = [sum(1 << balie for balie in blok.voorkeur) for blok in blokken]
    groepen = _at_once(blokken)
    in_groep: list[list[int]] = [[] for _ in blokken]
    for groep, leden in enumerate(groepen):
        for nummer in leden:
            in_groep[nummer].append(groep)
    te_doen = {groep for groepen_van in in_groep[al:] for groep in groepen_van}
    while te_doen:
        minder = _forbid(groepen[te_doen.pop()], mag, (1 << balies) - 1)
        if minder is None:
            return None
        for nummer in minder:
            te_doen.update(in_groep[nummer])
    return [
        blok._replace(voorkeur=tuple(balie for balie in blok.voorkeur if kan >> balie & 1))
        if kan.bit_count() < len(blok.voorkeur)
        else blok
        for blok, kan in zip(blokken, mag, strict=True)
    ]


def _at_once(blokken: Sequence[Blok]) -> list[list[int]]:
    """De groepen blokken die tegelijk bezig zijn, elk zo groot mogelijk."""
    groepen: list[list[int]] = []
    bezig: list[int] = []
    for nummer in sorted(range(len(blokken)), key=lambda n: blokken[n].begin):
        begin = blokken[nummer].begin
        over = [n for n in bezig if blokken[n].eind > begin]
        if len(over) < len(bezig):
            groepen.append(bezig)
        bezig = [*over, nummer]
    return [*groepen, bezig]


def _forbid(leden: Sequence[int], mag: list[int], alle: int) -> list[int] | None:
    """Streept in `mag` weg waar `leden` niet kunnen als elk een eigen balie heeft; wie er minder kreeg.

    None als er niet voor elk een balie is. Eén manier waarop het past, zegt genoeg: een blok kan aan nog een
    balie als wie daar zit kan doorschuiven tot een lege balie, of tot die van het blok zelf (Régin 1994).
    """
    if all(mag[nummer].bit_count() >= len(leden) for nummer in leden):
        return []  # zoveel keus dat niemand een ander iets afneemt
    zit: dict[int, int] = {}  # per bezette balie (bit) het blok
    vrij = alle
    for nummer in leden:
        kan = mag[nummer] & vrij
        if kan:
            zit[kan & -kan] = nummer
            vrij ^= kan & -kan
        elif _seat(nummer, mag, zit, set()):
            vrij = alle & ~sum(zit)
        else:
            return None
    ruim = _leading_to(vrij, mag, zit)
    if ruim == alle:
        return []
    minder = []
    for bit, nummer in zit.items():
        kan = mag[nummer] & (ruim if bit & ruim else _leading_to(bit, mag, zit))
        if kan != mag[nummer]:
            minder.append((nummer, kan))
    for nummer, kan in minder:
        mag[nummer] = kan
    return [nummer for nummer, _ in minder]


def _seat(nummer: int, mag: Sequence[int], zit: dict[int, int], gehad: set[int]) -> bool:
    """Geeft dit blok een balie door anderen te laten doorschuiven; onwaar als dat niet kan."""
    kan = mag[nummer]
    while kan:
        bit = kan & -kan
        kan ^= bit
        if bit not in gehad:
            gehad.add(bit)
            if bit not in zit or _seat(zit[bit], mag, zit, gehad):
                zit[bit] = nummer
                return True
    return False


def _leading_to(doel: int, mag: Sequence[int], zit: dict[int, int]) -> int:
    """De balies (bits) in `doel`, en die waarvan wie er zit kan doorschuiven tot in `doel`."""
    bereik, vorige = doel, -1
    while bereik != vorige:
        vorige = bereik
        for bit, nummer in zit.items():
            if mag[nummer] & bereik:
                bereik |= bit
    return bereik


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
