"""Wie aan welke balie: past er nog een afspraak bij, en welke collega-balies moeten daarvoor ruilen.

Eerst rechtstreeks, anders exact herindelen van wat niet vast staat; de tijd van een afspraak verandert nooit.
Of een afspraak op die tijd mag (opening, limieten, aanlooptijd), zegt `vrij`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from frontoffice.agenda.afspraak import Eisen
from frontoffice.agenda.avond import Avond, Inhoud, Plek
from frontoffice.agenda.passen import STAPPEN_FIT, Blok, TeVeelWerk, fit, repair
from frontoffice.agenda.tijd import Vak

EXTRA_PLAATS = "extra-"
"""Begin van de naam van een extra plaats: erbij geboekt met een reden, buiten de balies om (H15)."""
STAPPEN_LIJST = 20_000
"""Bij vrije tijden tonen zoeken we minder ver door dan bij boeken: wat er staat, kan dan altijd."""


@dataclass(frozen=True)
class Vraag:
    """Een afspraak die er nog bij moet. `vak` met buffer."""

    vak: Vak
    eisen: Eisen


@dataclass(frozen=True)
class Toewijzing:
    """Aan welke balie, en welke afspraken en reserveringen (id) daarvoor naar welke balie gaan."""

    balie: str
    verhuizingen: Mapping[str, str] = field(default_factory=dict)


def find_balie(avond: Avond, vraag: Vraag) -> Toewijzing | None:
    """De balie voor deze vraag, of None als het niet past, ook niet met herindelen."""
    return Indeling(avond).find(vraag)


def capaciteit(avond: Avond, vraag: Vraag) -> int:
    """Hoeveel van deze vraag er op deze tijd nog bij kunnen, met herindelen."""
    return Indeling(avond).capaciteit(vraag)


@dataclass(frozen=True, slots=True)
class Stuk:
    """Een aaneengesloten stuk werk aan één balie. `mag`: hoeveel bevoegdheden er dan zijn."""

    begin: int
    eind: int
    mag: int


class Begintijden:
    """Voor afspraken met dezelfde eisen en lengte: per balie de begintikken die kunnen, als bits.

    `rooster` kijkt alleen naar werktijd, `ruil` ook naar wat vast staat, `direct` naar alles wat er staat.
    """

    __slots__ = ("direct", "rooster", "ruil")

    def __init__(
        self, stukken: Sequence[Sequence[Stuk]], lengte: int, nul: int, vast: list[int], bezet: list[int]
    ) -> None:
        self.rooster = [_starts(balie, lengte, nul) for balie in stukken]
        self.ruil = [
            kan & ~_smear(weg, lengte) if kan else 0 for kan, weg in zip(self.rooster, vast, strict=True)
        ]
        self.direct = [
            kan & ~_smear(weg, lengte) if kan else 0 for kan, weg in zip(self.ruil, bezet, strict=True)
        ]


class Indeling:
    """Eén avond als bits per balie; beantwoordt vele vragen. Tikken tellen hier vanaf `_nul`.

    Wat vast staat, of aan zijn eigen balie volgens het rooster niet meer kan, blijft liggen waar het ligt.
    """

    def __init__(self, avond: Avond) -> None:
        self.avond = avond
        self.balies: tuple[str, ...] = tuple(dict.fromkeys(plek.balie for plek in avond.plekken))
        self._nummer = {naam: nummer for nummer, naam in enumerate(self.balies)}
        beginnen = [plek.vak.begin for plek in avond.plekken] + [item.vak.begin for item in avond.inhoud]
        self._nul = min(beginnen, default=0)
        self._plekken: list[list[Plek]] = [[] for _ in self.balies]
        for plek in avond.plekken:
            self._plekken[self._nummer[plek.balie]].append(plek)
        self._stukken: dict[Eisen, tuple[tuple[Stuk, ...], ...]] = {}
        self._begintijden: dict[tuple[Eisen, int], Begintijden] = {}
        self._vast = [0] * len(self.balies)
        self._los: list[Inhoud] = []
        self._los_nu: list[int] = []
        self._bezet = self._place()
        self._blokken: list[Blok] | None = None
        self._per_tik: list[tuple[int, list[tuple[int, int]]]] | None = None
        self._ruimte: dict[tuple[int, int], int] = {}
        self._volgorde: dict[Eisen, list[int]] = {}
        self._varianten: list[list[int]] = []  # andere verdelingen die ook kunnen: bezette tikken per balie
        self._vol: list[tuple[int, int, int]] = []  # (tikken, waar, zoveel paste er niet)

    # --- wat er staat --------------------------------------------------------------------------------------

    def _place(self) -> list[int]:
        """Bezette tikken per balie; vult `_vast` en `_los`."""
        los: list[tuple[Inhoud, int]] = []
        for item in self.avond.inhoud:
            nummer = self._nummer.get(item.balie)
            if nummer is None:
                continue
            if item.vast or not self._in_stuk(nummer, item.vak, item.eisen):
                self._vast[nummer] |= self._bits(item.vak)
            else:
                los.append((item, nummer))
        bezet = list(self._vast)
        for item, nummer in los:
            bits = self._bits(item.vak)
            if bezet[nummer] & bits:  # overlap hoort de opslag tegen te houden; dan verhuist het niet
                self._vast[nummer] |= bits
            else:
                self._los.append(item)
                self._los_nu.append(nummer)
            bezet[nummer] |= bits
        return bezet

    def _bits(self, vak: Vak) -> int:
        return ((1 << vak.lengte) - 1) << (vak.begin - self._nul)

    def stukken(self, eisen: Eisen) -> tuple[tuple[Stuk, ...], ...]:
        """Per balie waar en wanneer deze eisen te vervullen zijn, zonder te kijken wat er al staat."""
        gevonden = self._stukken.get(eisen)
        if gevonden is None:
            gevonden = tuple(_join(plekken, eisen) for plekken in self._plekken)
            self._stukken[eisen] = gevonden
        return gevonden

    def _in_stuk(self, nummer: int, vak: Vak, eisen: Eisen) -> bool:
        return any(s.begin <= vak.begin and vak.eind <= s.eind for s in self.stukken(eisen)[nummer])

    def begintijden(self, eisen: Eisen, lengte: int) -> Begintijden:
        """Voor afspraken van `lengte` tikken, buffer inbegrepen."""
        sleutel = (eisen, lengte)
        gevonden = self._begintijden.get(sleutel)
        if gevonden is None:
            gevonden = Begintijden(self.stukken(eisen), lengte, self._nul, self._vast, self._bezet)
            self._begintijden[sleutel] = gevonden
        return gevonden

    def rostered(self, vraag: Vraag) -> int:
        """Bit per balie waar het volgens het rooster kan, ook als daar al iets staat."""
        begintijden = self.begintijden(vraag.eisen, vraag.vak.lengte)
        return self._column(begintijden.rooster, vraag.vak.begin)

    def _column(self, per_balie: Sequence[int], tik: int) -> int:
        """Bit per balie waar `tik` kan."""
        plaats = tik - self._nul
        if plaats < 0:
            return 0
        mag, bit = 0, 1
        for bits in per_balie:
            if bits >> plaats & 1:
                mag |= bit
            bit <<= 1
        return mag

    # --- vragen --------------------------------------------------------------------------------------------

    def find(self, vraag: Vraag) -> Toewijzing | None:
        """Rechtstreeks aan de zuinigste balie, anders met herindelen."""
        begintijden = self.begintijden(vraag.eisen, vraag.vak.lengte)
        direct = self._column(begintijden.direct, vraag.vak.begin)
        if direct:
            beste = min(_numbers(direct), key=lambda nummer: self._voorkeur(nummer, vraag))
            return Toewijzing(self.balies[beste])
        if not self._upper_bound(vraag.vak, self._column(begintijden.ruil, vraag.vak.begin)):
            return None
        gevonden = self.find_all((vraag,))
        return gevonden[0] if gevonden else None

    def capaciteit(self, vraag: Vraag, hoogstens: int | None = None) -> int:
        """Hoeveel er nog bij kunnen, met herindelen, tot en met `hoogstens`."""
        begintijden = self.begintijden(vraag.eisen, vraag.vak.lengte)
        mag = self._column(begintijden.ruil, vraag.vak.begin)
        grens = mag.bit_count() if hoogstens is None else min(mag.bit_count(), hoogstens)
        zeker = min(self._column(begintijden.direct, vraag.vak.begin).bit_count(), grens)
        if zeker >= grens:
            return grens
        grens = min(grens, self._upper_bound(vraag.vak, mag))
        if zeker >= grens:
            return grens
        return self._search(self.blok(vraag), mag, zeker, grens)

    def _search(self, blok: Blok, mag: int, zeker: int, grens: int) -> int:
        """Hoeveel van dit blok er passen, van `zeker` tot en met `grens`. Onthoudt wat zoeken opleverde."""
        for bits, waar, aantal in self._vol:
            if not bits & ~blok.bits and not mag & ~waar:
                grens = max(zeker, min(grens, aantal - 1))
        for variant in self._varianten:
            zeker = max(zeker, sum(not variant[balie] & blok.bits for balie in blok.voorkeur))
        # De grens is bijna altijd te halen, dus die eerst; lukt dat niet, dan van onderaf.
        for aantal in (grens, *range(zeker + 1, grens)) if zeker < grens else ():
            uitkomst = self._solve([blok] * aantal, STAPPEN_LIJST)
            if uitkomst is not None:
                self._remember(uitkomst)
                zeker = aantal
            else:
                self._vol.append((blok.bits, mag, aantal))
            if zeker == grens or (uitkomst is None and aantal < grens):
                break
        return min(zeker, grens)

    def _remember(self, uitkomst: Sequence[int]) -> None:
        bezet = list(self._vast)
        for blok, balie in zip(self._los_blokken(), uitkomst, strict=False):
            bezet[balie] |= blok.bits
        self._varianten.append(bezet)

    def find_all(self, vragen: Sequence[Vraag]) -> tuple[Toewijzing, ...] | None:
        """Alle vragen samen, exact; elke toewijzing noemt dezelfde verhuizingen. None als het niet past."""
        uitkomst = self._solve([self.blok(vraag) for vraag in vragen], STAPPEN_FIT)
        if uitkomst is None:
            return None
        verhuizingen = {
            item.id: self.balies[balie]
            for item, balie in zip(self._los, uitkomst, strict=False)
            if self.balies[balie] != item.balie
        }
        return tuple(Toewijzing(self.balies[balie], verhuizingen) for balie in uitkomst[len(self._los) :])

    def _solve(self, nieuw: Sequence[Blok], stappen: int) -> tuple[int, ...] | None:
        """De balie van alles wat los staat en daarna van de nieuwe blokken; None als dat niet past."""
        if not all(blok.voorkeur for blok in nieuw):
            return None
        blokken = [*self._los_blokken(), *nieuw]
        nu = [*self._los_nu, *(-1 for _ in nieuw)]
        try:
            return repair(blokken, nu, len(self.balies))
        except TeVeelWerk:
            return self._fit(blokken, nu, len(nieuw), stappen)

    # --- rechtstreeks --------------------------------------------------------------------------------------

    def _voorkeur(self, nummer: int, vraag: Vraag) -> tuple[int, int, int]:
        """Wie het minst kan, dan het krapste gat, dan de eerste balie: zo blijven de alleskunners vrij."""
        stuk = next(s for s in self.stukken(vraag.eisen)[nummer] if s.begin <= vraag.vak.begin < s.eind)
        bezet = self._bezet[nummer]
        ervoor = vraag.vak.begin
        while ervoor > stuk.begin and not bezet >> (ervoor - 1 - self._nul) & 1:
            ervoor -= 1
        erna = vraag.vak.eind
        while erna < stuk.eind and not bezet >> (erna - self._nul) & 1:
            erna += 1
        return stuk.mag, erna - ervoor, nummer

    # --- herindelen ----------------------------------------------------------------------------------------

    def _upper_bound(self, vak: Vak, mag: int) -> int:
        """Meer kan het nooit zijn: per tik, van de balies die met ruilen te bereiken zijn, de vrije.

        Dat is de stelling van Hall voor één tik: wat binnen die balies zit, kan er niet uit.
        """
        grens = mag.bit_count()
        ruimte = self._ruimte
        for tik in range(vak.begin, vak.eind) if mag else ():
            sleutel = (tik, mag)
            ruim = ruimte.get(sleutel)
            if ruim is None:
                ruim = ruimte[sleutel] = self._reachable_free(tik, mag)
            if ruim < grens:
                grens = ruim
                if not grens:
                    break
        return grens

    def _reachable_free(self, tik: int, mag: int) -> int:
        bezet, staand = self._at(tik)
        bereik, vorige = mag, 0
        while bereik != vorige:
            vorige = bereik
            for bit, kan in staand:
                if bereik & bit:
                    bereik |= kan
        return (bereik & ~bezet).bit_count()

    def _at(self, tik: int) -> tuple[int, list[tuple[int, int]]]:
        """Op deze tik: welke balies bezet zijn, en van wat kan verhuizen (balie, waar het ook kan)."""
        if self._per_tik is None:
            eind = max(bits.bit_length() for bits in (*self._bezet, 1))
            per_tik: list[tuple[int, list[tuple[int, int]]]] = [(self._busy(n), []) for n in range(eind)]
            for nu, blok in zip(self._los_nu, self._los_blokken(), strict=True):
                staat = (1 << nu, sum(1 << nummer for nummer in blok.voorkeur))
                for plaats in range(blok.begin - self._nul, blok.eind - self._nul):
                    per_tik[plaats][1].append(staat)
            self._per_tik = per_tik  # pas als hij af is: een avond wordt door meer draden tegelijk bevraagd
        plaats = tik - self._nul
        return self._per_tik[plaats] if plaats < len(self._per_tik) else (0, [])

    def _busy(self, plaats: int) -> int:
        return sum(1 << nummer for nummer, bits in enumerate(self._bezet) if bits >> plaats & 1)

    def _los_blokken(self) -> list[Blok]:
        if self._blokken is None:
            self._blokken = [self.blok(Vraag(item.vak, item.eisen), item.balie) for item in self._los]
        return self._blokken

    def blok(self, vraag: Vraag, nu: str = "") -> Blok:
        """Waar het kan: eerst de balie waar het al staat, dan wie het minst kan."""
        begintijden = self.begintijden(vraag.eisen, vraag.vak.lengte)
        mag = self._column(begintijden.ruil, vraag.vak.begin)
        volgorde = [nummer for nummer in self._order(vraag.eisen) if mag >> nummer & 1]
        eigen = self._nummer.get(nu)
        if eigen in volgorde:
            volgorde.remove(eigen)
            volgorde.insert(0, eigen)
        bits = self._bits(vraag.vak) if volgorde else 0
        return Blok(vraag.vak.begin, vraag.vak.eind, bits, tuple(volgorde))

    def _order(self, eisen: Eisen) -> list[int]:
        """De balies waar deze eisen ooit kunnen, wie het minst kan eerst."""
        volgorde = self._volgorde.get(eisen)
        if volgorde is None:
            stukken = self.stukken(eisen)
            kunnen = (nummer for nummer, balie in enumerate(stukken) if balie)
            volgorde = sorted(kunnen, key=lambda nummer: (stukken[nummer][0].mag, nummer))
            self._volgorde[eisen] = volgorde
        return volgorde

    def _fit(
        self, blokken: Sequence[Blok], nu: Sequence[int], nieuw: int, stappen: int
    ) -> tuple[int, ...] | None:
        """Alles afzoeken, vanuit wat de nieuwe raakt steeds een kring verder.

        Past een kring al niet, dan past het geheel zeker niet. De laatste kring raakt verder niets.
        """
        kring = list(range(len(blokken) - nieuw, len(blokken)))
        while True:
            begin, eind = min(blokken[n].begin for n in kring), max(blokken[n].eind for n in kring)
            ruimer = [n for n, blok in enumerate(blokken) if blok.begin < eind and begin < blok.eind]
            try:
                gevonden = fit([blokken[n] for n in ruimer], len(self.balies), stappen)
            except TeVeelWerk:
                return None
            if gevonden is None:
                return None
            if ruimer == kring:
                break
            kring = ruimer
        uitkomst = list(nu)
        for nummer, balie in zip(kring, gevonden, strict=True):
            uitkomst[nummer] = balie
        return tuple(uitkomst)


def _starts(stukken: Sequence[Stuk], lengte: int, nul: int) -> int:
    """De begintikken (bits vanaf `nul`) waarop `lengte` tikken in één stuk passen."""
    starts = 0
    for stuk in stukken:
        ruimte = stuk.eind - stuk.begin - lengte
        if ruimte >= 0:
            starts |= ((1 << (ruimte + 1)) - 1) << (stuk.begin - nul)
    return starts


def _smear(bits: int, lengte: int) -> int:
    """De begintikken waarop minstens een van de `lengte` tikken in `bits` zit; verdubbelt per stap."""
    gedaan = 1
    while gedaan < lengte:
        stap = min(gedaan, lengte - gedaan)
        bits |= bits >> stap
        gedaan += stap
    return bits


def _join(plekken: Sequence[Plek], eisen: Eisen) -> tuple[Stuk, ...]:
    """De stukken van één balie waarin deze eisen gelden. Aansluitend werk van één medewerker is één stuk;
    van meer medewerkers alleen als overdracht mag."""
    stukken: list[Stuk] = []
    vorige = ""
    for plek in sorted(plekken, key=lambda p: p.vak):
        if not (eisen.bevoegdheden <= plek.mag and eisen.voorzieningen <= plek.voorzieningen):
            continue
        nieuw = Stuk(plek.vak.begin, plek.vak.eind, len(plek.mag))
        sluit_aan = bool(stukken) and stukken[-1].eind >= nieuw.begin
        if sluit_aan and (eisen.overdracht or vorige == plek.medewerker):
            oud = stukken.pop()
            nieuw = Stuk(oud.begin, max(oud.eind, nieuw.eind), max(oud.mag, nieuw.mag))
        stukken.append(nieuw)
        vorige = plek.medewerker
    return tuple(stukken)


def _numbers(bits: int) -> list[int]:
    return [nummer for nummer in range(bits.bit_length()) if bits >> nummer & 1]
