"""Wie aan welke balie: past er nog een afspraak bij, en welke collega-balies moeten daarvoor ruilen.

Eerst rechtstreeks, anders exact herindelen van wat niet vast staat; de tijd van een afspraak verandert nooit.
Of een afspraak op die tijd mag (opening, limieten, aanlooptijd), zegt `vrij`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from frontoffice.agenda.afspraak import Eisen
from frontoffice.agenda.avond import Avond, Inhoud, Plek
from frontoffice.agenda.passen import STAPPEN_FIT, Blok, Stand, TeVeelWerk, fit, prune, repair
from frontoffice.agenda.tijd import Vak

EXTRA_PLAATS = "extra-"
"""Begin van de naam van een extra plaats: erbij geboekt met een reden, buiten de balies om (H15)."""
STAPPEN_LIJST = 20_000
"""Bij vrije tijden tonen zoeken we minder ver door dan bij boeken: wat er staat, kan dan altijd."""
STAPPEN_RUIL = (20, 50)
"""Zo lang is ruilen het snelst: meteen, en nadat is weggestreept wat toch nooit kan."""


class Vraag(NamedTuple):
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


class Stuk(NamedTuple):
    """Een aaneengesloten stuk werk aan één balie. `mag`: hoeveel bevoegdheden er dan zijn."""

    begin: int
    eind: int
    mag: int


class Begintijden:
    """Voor afspraken met dezelfde eisen en lengte: per balie de begintikken die kunnen, als bits.

    `rooster` kijkt alleen naar werktijd, `ruil` ook naar wat vast staat, `direct` naar alles wat er staat;
    die twee kent de indeling pas als alles geplaatst is. `volgorde`: de balies, wie het minst kan eerst.
    """

    __slots__ = ("_voorkeur", "direct", "lengte", "rooster", "ruil", "volgorde")

    def __init__(self, stukken: Sequence[Sequence[Stuk]], lengte: int, nul: int) -> None:
        self.lengte = lengte
        self.rooster = [_starts(balie, lengte, nul) for balie in stukken]
        self.ruil = self.direct = self.rooster
        kunnen = (nummer for nummer, balie in enumerate(stukken) if balie)
        self.volgorde = sorted(kunnen, key=lambda nummer: (stukken[nummer][0].mag, nummer))
        self._voorkeur: dict[tuple[int, int], tuple[int, ...]] = {}

    def place(self, vast: Sequence[int], bezet: Sequence[int]) -> None:
        """Zet `ruil` en `direct`; bezette tikken per balie."""
        self.ruil = self._without(self.rooster, vast)
        self.direct = self._without(self.ruil, bezet)

    def _without(self, starts: Sequence[int], weg: Sequence[int]) -> list[int]:
        return [kan & ~_smear(bits, self.lengte) if kan else 0 for kan, bits in zip(starts, weg, strict=True)]

    def voorkeur(self, mag: int, eigen: int) -> tuple[int, ...]:
        """De balies van `mag` (bits): eerst de eigen, dan wie het minst kan."""
        gevonden = self._voorkeur.get((mag, eigen))
        if gevonden is None:
            eerst = [eigen] if eigen >= 0 and mag >> eigen & 1 else []
            rest = (nummer for nummer in self.volgorde if mag >> nummer & 1 and nummer != eigen)
            gevonden = self._voorkeur[mag, eigen] = (*eerst, *rest)
        return gevonden


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
        # De velden van de eisen zelf als sleutel: die vergelijkt Python veel sneller dan twee dataclasses.
        self._begintijden: dict[tuple[frozenset[str], frozenset[str], bool, int], Begintijden] = {}
        self._vast = [0] * len(self.balies)
        self._los: list[Inhoud] = []
        self._los_nu: list[int] = []
        self._los_tijden: list[Begintijden] = []
        self._bezet = self._place()
        self._blokken: list[Blok] | None = None
        self._per_tik: list[tuple[int, list[tuple[int, int]]]] | None = None
        self._stand: Stand | None = None
        self._over: list[Blok] | None = None  # wat los staat, zonder balies waar het nooit kan
        self._uitweg: dict[int, int] = {}
        self._ruimte: dict[tuple[int, int], int] = {}
        self._varianten: list[list[int]] = []  # andere verdelingen die ook kunnen: bezette tikken per balie
        self._vol: list[tuple[int, int, int]] = []  # (tikken, waar, zoveel paste er niet)

    # --- wat er staat --------------------------------------------------------------------------------------

    def _place(self) -> list[int]:
        """Bezette tikken per balie; vult `_vast` en `_los`."""
        los: list[tuple[Inhoud, int, Begintijden]] = []
        for item in self.avond.inhoud:
            nummer = self._nummer.get(item.balie)
            if nummer is None:
                continue
            begin = item.vak.begin
            tijden = self._rooster(item.eisen, item.vak.eind - begin)
            if item.vast or not tijden.rooster[nummer] >> (begin - self._nul) & 1:
                self._vast[nummer] |= self._bits(item.vak)
            else:
                los.append((item, nummer, tijden))
        bezet = list(self._vast)
        for item, nummer, tijden in los:
            bits = self._bits(item.vak)
            if bezet[nummer] & bits:  # overlap hoort de opslag tegen te houden; dan verhuist het niet
                self._vast[nummer] |= bits
            else:
                self._los.append(item)
                self._los_nu.append(nummer)
                self._los_tijden.append(tijden)
            bezet[nummer] |= bits
        for begintijden in self._begintijden.values():
            begintijden.place(self._vast, bezet)
        return bezet

    def _bits(self, vak: Vak) -> int:
        return ((1 << (vak.eind - vak.begin)) - 1) << (vak.begin - self._nul)

    def stukken(self, eisen: Eisen) -> tuple[tuple[Stuk, ...], ...]:
        """Per balie waar en wanneer deze eisen te vervullen zijn, zonder te kijken wat er al staat."""
        gevonden = self._stukken.get(eisen)
        if gevonden is None:
            gevonden = tuple(_join(plekken, eisen) for plekken in self._plekken)
            self._stukken[eisen] = gevonden
        return gevonden

    def _rooster(self, eisen: Eisen, lengte: int) -> Begintijden:
        """Als hij nieuw is nog zonder wat er staat."""
        sleutel = (eisen.bevoegdheden, eisen.voorzieningen, eisen.overdracht, lengte)
        gevonden = self._begintijden.get(sleutel)
        if gevonden is None:
            gevonden = self._begintijden[sleutel] = Begintijden(self.stukken(eisen), lengte, self._nul)
        return gevonden

    def begintijden(self, eisen: Eisen, lengte: int) -> Begintijden:
        """Voor afspraken van `lengte` tikken, buffer inbegrepen."""
        sleutel = (eisen.bevoegdheden, eisen.voorzieningen, eisen.overdracht, lengte)
        gevonden = self._begintijden.get(sleutel)
        if gevonden is None:
            gevonden = Begintijden(self.stukken(eisen), lengte, self._nul)
            gevonden.place(self._vast, self._bezet)
            self._begintijden[sleutel] = gevonden  # pas als hij af is: meer draden vragen hetzelfde
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
        if not self._upper_bound(vraag.vak, self._column(begintijden.ruil, vraag.vak.begin), 1)[1]:
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
        mag, grens = self._upper_bound(vraag.vak, mag, grens)
        if zeker >= grens:
            return grens
        return self._search(self._blok(begintijden, vraag.vak, mag), mag, zeker, grens)

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
        bezet = list(self._bezet)
        verhuisd = [
            (blok.bits, nu, balie)
            for blok, nu, balie in zip(self._los_blokken(), self._los_nu, uitkomst, strict=False)
            if balie != nu
        ]
        for bits, nu, _ in verhuisd:
            bezet[nu] &= ~bits
        for bits, _, balie in verhuisd:
            bezet[balie] |= bits
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
        los = self._los_blokken()
        nu = [*self._los_nu, *[-1] * len(nieuw)]
        if self._stand is None:
            self._stand = Stand(los, self._los_nu, len(self.balies))
        aantal = len(self.balies)
        try:
            return repair([*los, *nieuw], nu, aantal, STAPPEN_RUIL[0], self._stand)
        except TeVeelWerk:
            if self._over is None:
                self._over = prune(los, aantal) or los  # None alleen bij overlap in de opslag
            over = prune([*self._over, *nieuw], aantal, len(los))
        if over is None:
            return None
        try:
            return repair(over, nu, aantal, STAPPEN_RUIL[1], self._stand)
        except TeVeelWerk:
            return self._fit(over, nu, len(nieuw), stappen)

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

    def _upper_bound(self, vak: Vak, mag: int, grens: int) -> tuple[int, int]:
        """Waar het van `mag` hoogstens kan, en hoeveel er hoogstens bij kunnen, tot en met `grens`.

        Eerst per tik waar er één bij kan; dan hoeveel er samen bij kunnen: van de balies die met ruilen te
        bereiken zijn, de vrije. Dat is de stelling van Hall voor één tik: wat erin zit, kan er niet uit.
        """
        for tik in range(vak.begin, vak.eind):
            if not mag:
                break
            mag &= self._with_way_out(tik)
        grens = min(grens, mag.bit_count())
        ruimte = self._ruimte
        for tik in range(vak.begin, vak.eind) if grens > 1 else ():
            sleutel = (tik, mag)
            ruim = ruimte.get(sleutel)
            if ruim is None:
                ruim = ruimte[sleutel] = self._reachable_free(tik, mag)
            grens = min(grens, ruim)
        return mag, grens

    def _with_way_out(self, tik: int) -> int:
        """De balies (bits) die op deze tik vrij zijn of met ruilen vrij te maken; voor elke vraag gelijk."""
        uitweg = self._uitweg.get(tik)
        if uitweg is None:
            bezet, staand = self._at(tik)
            uitweg, vorige = ~bezet & ((1 << len(self.balies)) - 1), -1
            while uitweg != vorige:
                vorige = uitweg
                for bit, kan in staand:
                    if uitweg & kan:
                        uitweg |= bit
            self._uitweg[tik] = uitweg
        return uitweg

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
            per_tik: list[tuple[int, list[tuple[int, int]]]] = [
                (self._column(self._bezet, tik), []) for tik in range(self._nul, self._nul + eind)
            ]
            for nu, blok in zip(self._los_nu, self._los_blokken(), strict=True):
                staat = (1 << nu, sum([1 << nummer for nummer in blok.voorkeur]))
                for plaats in range(blok.begin - self._nul, blok.eind - self._nul):
                    per_tik[plaats][1].append(staat)
            self._per_tik = per_tik  # pas als hij af is: een avond wordt door meer draden tegelijk bevraagd
        plaats = tik - self._nul
        return self._per_tik[plaats] if plaats < len(self._per_tik) else (0, [])

    def _los_blokken(self) -> list[Blok]:
        if self._blokken is None:
            self._blokken = [
                self._blok(tijden, item.vak, self._column(tijden.ruil, item.vak.begin), nu)
                for item, nu, tijden in zip(self._los, self._los_nu, self._los_tijden, strict=True)
            ]
        return self._blokken

    def blok(self, vraag: Vraag, nu: str = "") -> Blok:
        """Waar het kan: eerst de balie waar het al staat, dan wie het minst kan."""
        begintijden = self.begintijden(vraag.eisen, vraag.vak.lengte)
        mag = self._column(begintijden.ruil, vraag.vak.begin)
        return self._blok(begintijden, vraag.vak, mag, self._nummer.get(nu, -1))

    def _blok(self, begintijden: Begintijden, vak: Vak, mag: int, eigen: int = -1) -> Blok:
        return Blok(vak.begin, vak.eind, self._bits(vak) if mag else 0, begintijden.voorkeur(mag, eigen))

    def _fit(
        self, blokken: Sequence[Blok], nu: Sequence[int], nieuw: int, stappen: int
    ) -> tuple[int, ...] | None:
        """Alles afzoeken, vanuit wat de nieuwe raakt steeds een kring verder.

        Past een kring al niet, dan past het geheel zeker niet. Past hij terwijl alles erbuiten blijft staan,
        dan past het geheel.
        """
        kring = list(range(len(blokken) - nieuw, len(blokken)))
        while True:
            begin, eind = min(blokken[n].begin for n in kring), max(blokken[n].eind for n in kring)
            ruimer = [n for n, blok in enumerate(blokken) if blok.begin < eind and begin < blok.eind]
            buiten = [0] * len(self.balies)
            for nummer in set(range(len(blokken))).difference(ruimer):
                buiten[nu[nummer]] |= blokken[nummer].bits
            los = [blokken[n] for n in ruimer]
            apart = _keep_clear(los, buiten)
            vrij = prune(apart, len(self.balies))
            try:
                gevonden = None if vrij is None else fit(vrij, len(self.balies), stappen)
                if gevonden is None and (apart == los or fit(los, len(self.balies), stappen) is None):
                    return None
            except TeVeelWerk:
                return None
            if gevonden is not None:
                break
            kring = ruimer
        uitkomst = list(nu)
        for nummer, balie in zip(ruimer, gevonden, strict=True):
            uitkomst[nummer] = balie
        return tuple(uitkomst)


def _keep_clear(blokken: Sequence[Blok], bezet: Sequence[int]) -> list[Blok]:
    """Dezelfde blokken, alleen aan de balies waar ze `bezet` niet raken."""
    return [
        blok._replace(voorkeur=tuple(balie for balie in blok.voorkeur if not bezet[balie] & blok.bits))
        for blok in blokken
    ]


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
