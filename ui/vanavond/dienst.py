"""Wat het scherm Vanavond van de services nodig heeft, en hoe een momentopname ontstaat.

Draait op de achtergrond: leest de stand, rekent volgorde en verwachting uit, haalt de twee namen voor Mijn
balie erbij. Kent geen widgets.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from frontoffice.agenda.avond import Avond
from frontoffice.agenda.inrichting import Inrichting, Voorwaarde, Wanneer
from frontoffice.agenda.rooster import dekkingszinnen
from frontoffice.agenda.tijd import Vak, floor_tik
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.vanavond.volgorde import Beurt, waiting_order
from frontoffice.agenda.vanavond.voorspelling import predict
from frontoffice.agenda.wens import Wens
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.taal import datum_lang
from frontoffice.services.avondbeelden import Agendabeeld
from frontoffice.services.avondnakijken import Keuze, Nakijkpunt
from ui.afspraak.talen import TALEN
from ui.vanavond.aandacht import Aandacht, find_aandacht
from ui.vanavond.model import Bord, Fase, Woorden, fase_van, klok, make_bord

_VOORUIT = 400
ZONDER_VERBINDING = (
    "Zonder verbinding komt hier alleen wie voor uw balie is ingepland. Kies anders Iemand anders."
)


class Avonddienst(Protocol):
    """De avond zoals dit scherm haar gebruikt: Avondlijn, die ook zonder database doorgaat.

    Elke stap krijgt een verzoek-id: twee keer sturen is één keer doen. Raises KifFout met een hele zin.
    """

    def load_stand(self, datum: date | None = None) -> Avondstand | None: ...

    def load_namen(self, ids: Sequence[str]) -> Mapping[str, str]: ...

    def load_alle_namen(self) -> Mapping[str, str]: ...

    def find(self, zoek: str) -> tuple[Bezoek, ...]: ...

    def open_avond(self, *, verzoek_id: str) -> Avondstand: ...

    def arrive(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def walk_in(
        self,
        wens: Wens,
        naam: str,
        *,
        verzoek_id: str,
        voorrang: bool = False,
        op: datetime | None = None,
    ) -> Bezoek: ...

    def refuse(self, wens: Wens, waarom: str, *, verzoek_id: str) -> None: ...

    def call_next(self, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek | None: ...

    def call(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def recall(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def start(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def park(self, id_: str, reden: str = "", *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def resume(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def finish(
        self,
        id_: str,
        uitkomsten: Sequence[Uitkomst] = (),
        *,
        verzoek_id: str,
        op: datetime | None = None,
        vervolg: str = "",
    ) -> Bezoek: ...

    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def come_after_all(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def set_notitie(self, id_: str, notitie: str, *, verzoek_id: str) -> Bezoek: ...

    def set_voorrang(self, id_: str, voorrang: bool, *, verzoek_id: str) -> Bezoek: ...

    def undo(self, stap: str, *, verzoek_id: str) -> Bezoek: ...

    def next_for(self, stand: Avondstand, balie: str) -> Beurt | None: ...

    def put_back(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    @property
    def stand_van(self) -> datetime | None: ...

    @property
    def band(self) -> str: ...

    def waarschuwing(self, id_: str, balie: str) -> str: ...

    def nakijken(self) -> tuple[Nakijkpunt, ...]: ...

    def resolve(self, punt_id: str, keuze: Keuze, *, verzoek_id: str) -> None: ...


class Beeldbron(Protocol):
    """Geeft de agenda zoals zij nu is; onthoudt wat niet veranderde (services.avondbeelden)."""

    def load(self, van: date | None = None, tot: date | None = None) -> Agendabeeld: ...


@dataclass(frozen=True)
class Opname:
    """Alles wat het scherm in één keer toont. `namen`: alleen van wie nu en hierna aan mijn balie is."""

    bord: Bord
    stand: Avondstand
    aandacht: Aandacht
    namen: Mapping[str, str]


@dataclass(frozen=True)
class GeenAvond:
    """Vandaag is er geen avond. `volgende` in woorden, of leeg als er geen gepland is."""

    volgende: str


@dataclass(frozen=True)
class _Onthouden:
    stand: Avondstand
    minuut: int
    balie: str
    opname: Opname


class Opnemer:
    """Maakt momentopnamen. Rekent alleen opnieuw als er iets is veranderd of de minuut om is."""

    def __init__(self, dienst: Avonddienst, beelden: Beeldbron) -> None:
        self._dienst, self._beelden = dienst, beelden
        self._inrichting: Inrichting | None = None
        self._laatste: _Onthouden | None = None

    def load(self, balie: str) -> Opname | GeenAvond:
        """Raises KifFout als de avond niet is te lezen."""
        stand = self._dienst.load_stand()
        if stand is None:
            return GeenAvond(self._find_volgende())
        minuut = int(stand.nu.timestamp() // 60)
        oud = self._laatste
        if (
            oud is not None
            and (oud.minuut, oud.balie) == (minuut, balie)
            and (oud.stand.bezoeken, oud.stand.avond) == (stand.bezoeken, stand.avond)
        ):
            return replace(oud.opname, stand=stand)  # alleen de klok liep door
        opname = self._make(stand, balie)
        self._laatste = _Onthouden(stand, minuut, balie, opname)
        return opname

    def _make(self, stand: Avondstand, balie: str) -> Opname:
        inrichting = self._load_inrichting()
        woorden = make_woorden(inrichting)
        voorspelling = predict(stand)
        bezig = fase_van(stand) is Fase.BEZIG
        beurt = self._dienst.next_for(stand, balie) if balie and bezig else None
        bord = make_bord(stand, balie, waiting_order(stand), beurt, voorspelling, woorden)
        if beurt is None and bord.mijn is not None and bord.mijn.nu is None and self._dienst.stand_van:
            bord = replace(bord, mijn=replace(bord.mijn, kan_niet=ZONDER_VERBINDING))
        gaten: tuple[str, ...] = ()
        if inrichting is not None:
            gaten = dekkingszinnen(_nog_open(stand), inrichting, alleen_groep=True)
        namen = self._dienst.load_namen(bord.toon_ids) if bord.toon_ids else {}
        return Opname(bord, stand, find_aandacht(stand, voorspelling, gaten), namen)

    def _load_inrichting(self) -> Inrichting | None:
        """De inrichting is er voor woorden en dekking: zonder verbinding blijft de laatste gelden."""
        with contextlib.suppress(KifFout):
            self._inrichting = self._beelden.load().inrichting
        return self._inrichting

    def _find_volgende(self) -> str:
        try:
            beeld = self._beelden.load()
        except KifFout:
            return ""
        dag = beeld.kalender.next_open_dag(beeld.vandaag, _VOORUIT)
        if dag is None:
            return ""
        vakken = beeld.kalender.opening(dag).vakken
        uren = " en ".join(f"{klok(vak.begin_utc)} tot {klok(vak.eind_utc)} uur" for vak in vakken)
        return f"{datum_lang(dag, beeld.vandaag)}, {uren}"


def _nog_open(stand: Avondstand) -> Avond:
    """De avond vanaf nu: een gat in het rooster dat voorbij is, vraagt niets meer."""
    nu = floor_tik(stand.nu)
    rest = tuple(Vak(max(vak.begin, nu), vak.eind) for vak in stand.avond.open if vak.eind > nu)
    return replace(stand.avond, open=rest)


def make_woorden(inrichting: Inrichting | None) -> Woorden:
    talen = {code: namen[1] for code, namen in TALEN.items()}
    if inrichting is None:
        return Woorden({}, talen)
    altijd = {
        product.code: tuple(
            deel.tekst
            for deel in product.meenemen
            if deel.verplicht and deel.voorwaarde == Voorwaarde() and deel.wanneer is Wanneer.AANVRAAG
        )
        for product in inrichting.producten
    }
    return Woorden({b.code: b.naam for b in inrichting.behoeften}, talen, altijd)


Bronnen = Callable[[], tuple[Avonddienst, Beeldbron]]
"""Geeft dienst en beelden; roep dit op de achtergrond, want de agenda gaat dan pas open."""
