"""Wat er op een avond gebeurt als er iets uit een andere agenda op komt te staan. Rekent alleen.

Wat daar is afgesproken, staat vast: dat krijgt als het kan een balie en gaat voor. Eigen afspraken wisselen
zo nodig van balie; wie niet kan blijven, komt op *Te verzetten afspraken* en verdwijnt nooit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from frontoffice.agenda.afspraak import EINDE, Afspraak, Eisen, Kanaal
from frontoffice.agenda.avond import EXTERN_PLAATS, KIF, Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.behouden import max_behouden
from frontoffice.agenda.gevolgen import consequences
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import RedenCode
from frontoffice.agenda.tijd import Vak, floor_tik
from frontoffice.agendapoort import AvondInhoud
from frontoffice.services.avondbeelden import to_avond
from frontoffice.services.extern import ExterneRij
from frontoffice.services.inrichten import is_weggezet, oude_balie

_ALLES = Eisen(overdracht=True)
_PLAATS_WEG = "Een web-afspraak heeft nu deze plaats."
_ANDERE_BALIE = "aan deze balie staat dan al iets. KiF koos een andere balie."
_BUITEN = "dit valt buiten het rooster: er staat dan niemand aan deze balie."
_GEEN_BALIE = "er is dan geen balie vrij. Kijk deze afspraak na."
_GEEN_ROOSTER = "dit valt buiten het rooster: er staat dan niemand aan een balie. Kijk deze afspraak na."


@dataclass(frozen=True)
class Opmerking:
    """Iets om na te kijken; `regel` van het bestand, `tekst` zonder hoofdletter."""

    regel: int
    tekst: str

    @property
    def zin(self) -> str:
        return f"Regel {self.regel}: {self.tekst}"


@dataclass(frozen=True)
class Avondplan:
    """Wat er op één avond verandert. `inhoud`: alles wat er van de andere agenda komt te staan.

    `te_verzetten`: id van een eigen afspraak met de reden. `verhuizingen` gaat over eigen afspraken en
    reserveringen; `terug` zijn eerder te verzetten afspraken die weer een plek hebben (balie in
    `verhuizingen`).
    """

    datum: date
    eigenaar: str
    inhoud: tuple[Inhoud, ...]
    nieuw: int = 0
    weg: int = 0
    verhuizingen: Mapping[str, str] | None = None
    te_verzetten: tuple[tuple[str, str], ...] = ()
    terug: tuple[str, ...] = ()
    reserveringen_weg: tuple[str, ...] = ()
    opmerkingen: tuple[Opmerking, ...] = ()
    is_gelijk: bool = False

    @property
    def zonder_balie(self) -> int:
        return sum(ding.balie.startswith(EXTERN_PLAATS) for ding in self.inhoud)


def find_balie(inrichting: Inrichting, rij: ExterneRij) -> str:
    """De balie (id) die deze rij noemt, op id of naam; leeg als KiF haar niet kent."""
    namen = {balie.naam.strip().casefold(): balie.id for balie in reversed(inrichting.balies)}
    namen |= {balie.id.casefold(): balie.id for balie in inrichting.balies}
    return next((namen[b.casefold()] for b in rij.balies if b.casefold() in namen), "")


def plan_avond(
    inrichting: Inrichting,
    kalender: Kalender,
    inhoud: AvondInhoud,
    rijen: Sequence[ExterneRij],
    eigenaar: str,
    afspraken: Mapping[str, Afspraak],
    make_id: Callable[[str], str],
    nu: datetime,
) -> Avondplan:
    """`rijen` op volgorde van tijd; `afspraken` zijn de eigen van deze avond (op id)."""
    avond = to_avond(inrichting, kalender, replace(inhoud, eigenaar=eigenaar))
    oud = {ding.id: ding for ding in inhoud.inhoud if ding.soort is SoortInhoud.EXTERN}
    eigen = _Eigen(avond, inhoud.inhoud, afspraken, nu, mag_blijven=eigenaar == KIF)
    werk = _Plaatser(inrichting, avond, eigen.vast, oud, make_id)
    extern = werk.make(rijen, eigen_planning=eigenaar == KIF)
    if eigenaar == KIF:
        uit = _plan_bij_ons(kalender, avond, eigen, extern, afspraken, nu)
    else:
        uit = _plan_elders(inrichting, avond, eigen, extern)
    klaar = werk.place(extern, uit.balies, avond)
    gelijk = set(oud.values()) == set(klaar) and len(oud) == len(klaar)
    return Avondplan(
        inhoud.datum,
        eigenaar,
        klaar,
        nieuw=len({ding.id for ding in klaar} - oud.keys()),
        weg=len(oud.keys() - {ding.id for ding in klaar}),
        verhuizingen=uit.verhuizingen,
        te_verzetten=uit.te_verzetten,
        terug=uit.terug,
        reserveringen_weg=uit.reserveringen_weg,
        opmerkingen=tuple(sorted(werk.opmerkingen, key=lambda o: o.regel)),
        is_gelijk=gelijk and eigenaar == inhoud.eigenaar and uit.is_leeg,
    )


# --- wat er al stond ---------------------------------------------------------------------------------------


class _Eigen:
    """De eigen afspraken en reserveringen: `vast` blijft liggen, `los` mag wijken, `weggezet` mag terug."""

    def __init__(
        self,
        avond: Avond,
        inhoud: Sequence[Inhoud],
        afspraken: Mapping[str, Afspraak],
        nu: datetime,
        *,
        mag_blijven: bool,
    ) -> None:
        indeling = Indeling(avond)
        eigen = [ding for ding in inhoud if ding.soort is not SoortInhoud.EXTERN]
        self.weggezet = tuple(ding for ding in eigen if is_weggezet(ding.balie))
        vast: list[Inhoud] = []
        los: list[Inhoud] = []
        for ding in eigen:
            if is_weggezet(ding.balie):
                continue
            afspraak = afspraken.get(ding.id)
            over = ding.vak.eind <= floor_tik(nu) or (afspraak is not None and afspraak.toestand in EINDE)
            blijft = over or ding.vast or not _is_rostered(indeling, ding)
            (vast if over or (blijft and mag_blijven) else los).append(ding)
        # Waar iemand al is (geweest), wijkt er niets meer.
        self.vast = tuple(replace(ding, soort=SoortInhoud.ZONDER_AFSPRAAK, vast=True) for ding in vast)
        self.los = tuple(los)


def _is_rostered(indeling: Indeling, ding: Inhoud) -> bool:
    """Kan dit volgens het rooster aan zijn eigen balie? Zo niet, dan gaat inlezen er niet over."""
    if ding.balie not in indeling.balies:
        return False
    kan = indeling.rostered(Vraag(ding.vak, ding.eisen))
    return bool(kan >> indeling.balies.index(ding.balie) & 1)


# --- indelen -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Uitkomst:
    balies: Mapping[str, str]
    verhuizingen: Mapping[str, str]
    te_verzetten: tuple[tuple[str, str], ...] = ()
    terug: tuple[str, ...] = ()
    reserveringen_weg: tuple[str, ...] = ()

    @property
    def is_leeg(self) -> bool:
        return not (self.verhuizingen or self.te_verzetten or self.terug or self.reserveringen_weg)


def _plan_bij_ons(
    kalender: Kalender,
    avond: Avond,
    eigen: _Eigen,
    extern: Sequence[Inhoud],
    afspraken: Mapping[str, Afspraak],
    nu: datetime,
) -> _Uitkomst:
    """KiF plant deze avond: iedereen die kan blijven, blijft."""
    voor = replace(avond, inhoud=(*eigen.vast, *eigen.los))
    na = replace(avond, inhoud=(*eigen.vast, *extern, *eigen.los))
    op_lijst = [replace(ding, balie=oude_balie(ding.balie)) for ding in eigen.weggezet]
    eerst = [a.id for a in sorted(afspraken.values(), key=lambda a: (a.gemaakt_op or nu, a.nummer))]
    gevolg = consequences(kalender, voor, na, op_lijst, eerst)
    weg = dict(gevolg.te_verzetten)
    van_extern = {ding.id for ding in extern}
    balies = {ding.id: gevolg.verhuizingen.get(ding.id, ding.balie) for ding in extern if ding.id not in weg}
    # Wie terugkomt op de balie van toen, verhuist volgens de berekening niet; in de opslag wel.
    terug = {ding.id: ding.balie for ding in op_lijst if ding.id in gevolg.terug}
    verhuizingen = {id_: balie for id_, balie in gevolg.verhuizingen.items() if id_ not in van_extern}
    eigen_weg = {id_: reden for id_, reden in weg.items() if id_ not in van_extern}
    return _Uitkomst(
        balies,
        {**terug, **verhuizingen},
        tuple(
            (id_, _PLAATS_WEG if reden.code is RedenCode.VOL else reden.tekst)
            for id_, reden in eigen_weg.items()
            if id_ in afspraken
        ),
        gevolg.terug,
        tuple(id_ for id_ in eigen_weg if id_ not in afspraken),
    )


def _plan_elders(inrichting: Inrichting, avond: Avond, eigen: _Eigen, extern: Sequence[Inhoud]) -> _Uitkomst:
    """Een andere agenda plant deze avond: wie er dan werkt, weten wij niet. Onze afspraken gaan eraf."""
    vakken = [ding.vak for ding in extern]
    heel = Vak(min((v.begin for v in vakken), default=0), max((v.eind for v in vakken), default=0))
    plekken = tuple(
        Plek(balie.id, "", "", heel, frozenset(), balie.voorzieningen)
        for balie in sorted(inrichting.balies, key=lambda b: (b.volgorde, b.naam, b.id))
        if balie.is_actief(avond.datum)
    )
    behouden = max_behouden(replace(avond, plekken=plekken, inhoud=(*eigen.vast, *extern)))
    reden = f"Deze avond wordt in {avond.eigenaar} gepland."
    return _Uitkomst(
        behouden.balies,
        {},
        tuple((ding.id, reden) for ding in eigen.los if ding.soort is SoortInhoud.AFSPRAAK),
        reserveringen_weg=tuple(ding.id for ding in eigen.los if ding.soort is SoortInhoud.RESERVERING),
    )


class _Plaatser:
    """Maakt van rijen wat er op de avond komt te staan, en onthoudt wat er is na te kijken."""

    def __init__(
        self,
        inrichting: Inrichting,
        avond: Avond,
        vast: Sequence[Inhoud],
        oud: Mapping[str, Inhoud],
        make_id: Callable[[str], str],
    ) -> None:
        self._inrichting, self._oud, self._make_id = inrichting, oud, make_id
        self._indeling = Indeling(avond)
        self._bezet: dict[str, list[Vak]] = {}
        self._regels: dict[str, int] = {}
        self.opmerkingen: list[Opmerking] = []
        for ding in vast:
            self._bezet.setdefault(ding.balie, []).append(ding.vak)

    def make(self, rijen: Sequence[ExterneRij], *, eigen_planning: bool) -> tuple[Inhoud, ...]:
        """Wat een balie noemt, krijgt die als er niets anders vast staat; de rest zoekt er nog een."""
        keren: Counter[str] = Counter()
        uit = []
        for rij in rijen:
            keren[rij.sleutel] += 1
            id_ = self._make_id(f"{rij.sleutel} {keren[rij.sleutel]}")
            self._regels[id_] = rij.regel
            balie = find_balie(self._inrichting, rij)
            if balie and any(vak.raakt(rij.vak) for vak in self._bezet.get(balie, ())):
                self._note(id_, _ANDERE_BALIE)
                balie = ""
            if balie:
                self._bezet.setdefault(balie, []).append(rij.vak)
                if eigen_planning and not self._staat_iemand(balie, rij.vak):
                    self._note(id_, _BUITEN)
            eisen, producten = self._product(rij) if eigen_planning else (_ALLES, ())
            uit.append(
                Inhoud(
                    SoortInhoud.EXTERN if balie else SoortInhoud.EXTERN_LOS,
                    id_, rij.vak, balie or self._vorige(id_, rij.vak), eisen, producten,
                    vast=bool(balie), kanaal=Kanaal.WEB,
                )
            )  # fmt: skip
        return tuple(uit)

    def place(self, extern: Sequence[Inhoud], balies: Mapping[str, str], avond: Avond) -> tuple[Inhoud, ...]:
        """Alles aan zijn balie; wat nergens past, buiten de balies, zodat het wel te zien is."""
        uit: list[Inhoud] = []
        for ding in extern:
            balie = ding.balie if ding.vast else balies.get(ding.id, "")
            if not balie:
                kan = avond.eigenaar != KIF or self._indeling.rostered(Vraag(ding.vak, ding.eisen))
                self._note(ding.id, _GEEN_BALIE if kan else _GEEN_ROOSTER)
                balie = self._buiten_de_balies(ding.vak)
                self._bezet.setdefault(balie, []).append(ding.vak)
            uit.append(replace(ding, soort=SoortInhoud.EXTERN, balie=balie, vast=True))
        return tuple(uit)

    def _note(self, id_: str, tekst: str) -> None:
        self.opmerkingen.append(Opmerking(self._regels[id_], tekst))

    def _vorige(self, id_: str, vak: Vak) -> str:
        """De balie van de vorige keer: wie niet hoeft, verhuist niet."""
        vorige = self._oud.get(id_)
        zelfde = vorige is not None and vorige.vak == vak and vorige.balie in self._inrichting.balie
        return vorige.balie if vorige is not None and zelfde else ""

    def _staat_iemand(self, balie: str, vak: Vak) -> bool:
        if balie not in self._indeling.balies:
            return False
        kan = self._indeling.rostered(Vraag(vak, _ALLES))
        return bool(kan >> self._indeling.balies.index(balie) & 1)

    def _product(self, rij: ExterneRij) -> tuple[Eisen, tuple[str, ...]]:
        gezocht = rij.product.strip().casefold()
        for product in self._inrichting.producten if gezocht else ():
            if gezocht in (product.code.casefold(), product.naam.strip().casefold()):
                return Eisen(product.bevoegdheden, product.voorzieningen, overdracht=True), (product.code,)
        return _ALLES, ()

    def _buiten_de_balies(self, vak: Vak) -> str:
        nummer = 1
        while True:
            naam = f"{EXTERN_PLAATS}{nummer}"
            vrij = not any(ander.raakt(vak) for ander in self._bezet.get(naam, ()))
            if vrij and naam not in self._inrichting.balie:
                return naam
            nummer += 1
