"""De zaal van een gespeelde avond op een echte database: elke balie een eigen werkplek, de echte dienst."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Kanaal, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.uitval import Soortuitval, Uitval
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import Wie
from frontoffice.services.avonduitval import Uitvaldienst
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vanavondwaarden import PastNiet
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.agenda.bouw import moment
from tests.agenda.vanavond.mensen import BALIES, Mens, Waarheid
from tests.services.balieproces import Balieprocessen, act
from tests.storage.bouw import DAG, put_inrichting

_GASTVROUW = Wie("g.host", "deur")


class Balies(Protocol):
    def run(self, per_balie: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]: ...


class Samen:
    """Alle balies in dit proces, elk met eigen verbindingen; om de beurt."""

    def __init__(self, instelling: Instelling, open_: ExitStack) -> None:
        self._dienst: dict[str, Vanavonddienst] = {}
        for balie in BALIES:
            agenda = AgendaDatabase(instelling)
            open_.callback(agenda.close)
            self._dienst[balie] = Vanavonddienst(agenda, Wie(f"m{balie}", balie))

    def run(self, per_balie: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        return {b: act(self._dienst[b], o["doe"], o["met"]) for b, o in per_balie.items()}


class Dienstzaal:
    """`processen`: elke balie een eigen proces. `val_weg`: laat de database echt wegvallen."""

    def __init__(
        self,
        instelling: Instelling,
        waarheid: Waarheid,
        *,
        processen: bool = False,
        val_weg: Callable[[], None] | None = None,
    ) -> None:
        self._open = ExitStack()
        self.agenda = AgendaDatabase(instelling)
        self._open.callback(self.agenda.close)
        self.dienst = Vanavonddienst(self.agenda, _GASTVROUW)
        self._uitval = Uitvaldienst(self.agenda, _GASTVROUW, self.dienst)
        self._val_weg = val_weg
        self._om: datetime | None = None
        self._verzoek_van: dict[str, str] = {}
        self.plek: dict[str, datetime] = {}
        self.inrichtingen: list[Inrichting] = []
        self._prepare(waarheid)
        self._balies: Balies = (
            self._open.enter_context(Balieprocessen(instelling, BALIES))
            if processen
            else Samen(instelling, self._open)
        )

    def __enter__(self) -> Dienstzaal:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._open.close()

    def _prepare(self, waarheid: Waarheid) -> None:
        """De inrichting, en elke afspraak zoals zij is geboekt; dan gaan de deuren open."""
        oud = self.agenda.load_inrichting()[0]
        with self.agenda.lock((), inrichting=True) as tx:
            tx.remove_onderdelen("diensten", [dienst.id for dienst in oud.diensten], _GASTVROUW)
        put_inrichting(self.agenda, waarheid.inrichting)
        self.inrichtingen.append(self.agenda.load_inrichting()[0])
        with self.agenda.lock([DAG]) as tx:
            for mens in waarheid.afspraken:
                tx.add_afspraak(_afspraak(mens, tx.next_nummer(DAG.year), tx.next_code()), _GASTVROUW)
        self._clock(moment("16.50"))
        self.dienst.open_avond(verzoek_id=_nieuw())

    def _clock(self, om: datetime) -> None:
        """De klok van de proefagenda; een stap terug kan niet, want hij loopt zelf ook."""
        if self._om != om:
            self._om = om
            self.agenda.set_klok(om)

    # --- de stappen -----------------------------------------------------------------------------------------

    def stand(self, om: datetime) -> Avondstand:
        self._clock(om)
        stand = self.dienst.load_stand()
        assert stand is not None
        return stand

    def arrive(self, id_: str, om: datetime) -> None:
        self._clock(om)
        self.dienst.arrive(id_, verzoek_id=_nieuw())

    def walk_in(self, mens: Mens, om: datetime) -> bool:
        self._clock(om)
        wens = Wens(tuple(Wensregel(r.product, r.personen) for r in mens.plan.regels), kanaal=Kanaal.BALIE)
        try:
            self.dienst.walk_in(wens, "", verzoek_id=mens.id, voorrang=mens.voorrang)
        except PastNiet:
            return False
        return True

    def call_next(self, balies: tuple[str, ...], om: datetime) -> dict[str, str]:
        self._clock(om)
        verzoeken = {balie: _nieuw() for balie in balies}
        met = {b: {"doe": "call_next", "met": {"balie": b, "verzoek_id": v}} for b, v in verzoeken.items()}
        gekregen = {}
        for balie, antwoord in self._balies.run(met).items():
            assert "fout" not in antwoord, antwoord
            if antwoord["id"] is not None:
                gekregen[balie] = antwoord["id"]
                self._verzoek_van[antwoord["id"]] = verzoeken[balie]
        return gekregen

    def start(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "start", om, id_=id_, balie=balie)

    def park(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "park", om, id_=id_, balie=balie)

    def finish(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "finish", om, id_=id_, balie=balie)

    def put_back(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "put_back", om, id_=id_)

    def resume(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "resume", om, id_=id_, balie=balie)

    def undo_call(self, id_: str, balie: str, om: datetime) -> None:
        self._do(balie, "undo", om, stap=self._verzoek_van[id_])

    def no_show(self, id_: str, om: datetime) -> None:
        self._clock(om)
        self.dienst.no_show(id_, verzoek_id=_nieuw())

    def come_after_all(self, id_: str, om: datetime) -> None:
        self._clock(om)
        self.dienst.come_after_all(id_, verzoek_id=_nieuw())

    def fall_ill(self, balie: str, om: datetime) -> None:
        self._clock(om)
        beeld = self._uitval.preview(Uitval(Soortuitval.ZIEK, om, f"m{balie}"))
        self._uitval.apply(beeld, verzoek_id=_nieuw())
        if (zit := self.stand(om).at_balie(balie)) is not None:  # in zijn pauze ziek: dan blijft het staan
            self.dienst.park(zit.id, verzoek_id=_nieuw())
        self.inrichtingen.append(self.agenda.load_inrichting()[0])

    def close(self, om: datetime) -> None:
        self._clock(om)
        self.dienst.close_avond(verzoek_id=_nieuw())

    def lose_database(self) -> None:
        if self._val_weg is not None:
            self._val_weg()

    def _do(self, balie: str, doe: str, om: datetime, /, **met: Any) -> None:
        self._clock(om)
        opdracht = {"doe": doe, "met": met | {"verzoek_id": _nieuw()}}
        antwoord = self._balies.run({balie: opdracht})[balie]
        assert "fout" not in antwoord, (doe, antwoord)


def _afspraak(mens: Mens, nummer: str, code: str) -> Afspraak:
    assert mens.tijd is not None
    return Afspraak(
        id=mens.id,
        nummer=nummer,
        code=code,
        datum=DAG,
        begin=mens.tijd,
        eind=mens.tijd + timedelta(minutes=mens.plan.minuten),
        buffer=mens.plan.buffer,
        balie=mens.balie,
        toestand=Toestand.BEVESTIGD,
        regels=mens.plan.regels,
        eisen=mens.plan.eisen,
        klant=Contactgegevens(f"Bezoeker {mens.id}", geen_contact=True),
        kanaal=Kanaal.TELEFOON,
    )


def _nieuw() -> str:
    return str(uuid.uuid4())
