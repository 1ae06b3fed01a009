"""De zaal van een gespeelde avond op een echte database: de gastvrouw en elke balie een eigen werkplek.

Iedereen werkt via de lijn die ook zonder verbinding doorgaat. Valt de database weg, dan werkt elke werkplek
door op wat zij het laatst zag; daarna wordt alles doorgevoerd.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Kanaal, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.uitval import Soortuitval, Uitval
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import Wie
from frontoffice.services.avonduitval import Uitvaldienst
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vanavondwaarden import PastNiet
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.agenda.bouw import moment
from tests.agenda.vanavond.mensen import Mens, Waarheid
from tests.services.balieproces import KIJK, Balieprocessen, Balies, Samen, Werkplek
from tests.storage.bouw import DAG, put_inrichting

_LEIDING = Wie("l.leiding", "leiding")
_BEGIN = moment("16.50")


class Dienstzaal:
    """`processen`: elke balie een eigen proces. `val_weg`, `kom_terug`: de database zelf weg en terug."""

    def __init__(
        self,
        instelling: Instelling,
        waarheid: Waarheid,
        map_: Path,
        *,
        processen: bool = False,
        val_weg: Callable[[], None] | None = None,
        kom_terug: Callable[[], None] | None = None,
    ) -> None:
        self._open = ExitStack()
        self.agenda = AgendaDatabase(instelling)
        self._open.callback(self.agenda.close)
        self.dienst = Vanavonddienst(self.agenda, _LEIDING)
        self._uitval = Uitvaldienst(self.agenda, _LEIDING, self.dienst)
        self._val_weg, self._kom_terug = val_weg, kom_terug
        self._om: datetime | None = None
        self._weg = False
        self._verzoek_van: dict[str, str] = {}
        self.zonder_verbinding = 0
        self._namen = tuple(sorted({dienst.balie for dienst in waarheid.inrichting.diensten}))
        self.inrichtingen: list[Inrichting] = []
        self._prepare(waarheid)
        self._deur = Werkplek(instelling, map_, "deur", _BEGIN)
        self._open.callback(self._deur.close)
        self._balies: Balies = (
            self._open.enter_context(Balieprocessen(instelling, map_, self._namen, _BEGIN))
            if processen
            else Samen(instelling, map_, self._namen, _BEGIN, self._open)
        )
        self._look_around(_BEGIN)

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
            tx.remove_onderdelen("diensten", [dienst.id for dienst in oud.diensten], _LEIDING)
        put_inrichting(self.agenda, waarheid.inrichting)
        self.inrichtingen.append(self.agenda.load_inrichting()[0])
        with self.agenda.lock([DAG]) as tx:
            for mens in waarheid.afspraken:
                tx.add_afspraak(_afspraak(mens, tx.next_nummer(DAG.year), tx.next_code()), _LEIDING)
        self._clock(_BEGIN)
        self.dienst.open_avond(verzoek_id=_nieuw())

    def _clock(self, om: datetime) -> None:
        """De klok van de proefagenda; zonder database loopt alleen die van de pc's."""
        if self._om != om and not self._weg:
            self._om = om
            self.agenda.set_klok(om)

    # --- kijken -------------------------------------------------------------------------------------------

    def stand(self, om: datetime) -> Avondstand:
        self._clock(om)
        stand = self.dienst.load_stand()
        assert stand is not None
        return stand

    def sees_next(self, balies: tuple[str, ...], om: datetime) -> tuple[str, ...]:
        if not self._weg:
            op = self.stand(om)
            return tuple(balie for balie in balies if next_for(op, balie) is not None)
        gezien = self._balies.run({b: _opdracht(om, KIJK, balie=b) for b in balies})
        return tuple(balie for balie in balies if gezien[balie]["id"] is not None)

    def _look_around(self, om: datetime) -> bool:
        """Elke werkplek kijkt, en voert door wat zij nog heeft; waar als er nog iets open staat."""
        gezien = [self._deur.act(_opdracht(om, KIJK, balie=self._namen[0]))]
        gezien += self._balies.run({b: _opdracht(om, KIJK, balie=b) for b in self._namen}).values()
        return any(beeld["weg"] for beeld in gezien)

    # --- bij de deur --------------------------------------------------------------------------------------

    def arrive(self, id_: str, om: datetime) -> None:
        self._door("arrive", om, id_=id_)

    def walk_in(self, mens: Mens, om: datetime) -> bool:
        self._clock(om)
        wens = Wens(tuple(Wensregel(r.product, r.personen) for r in mens.plan.regels), kanaal=Kanaal.BALIE)
        self._deur.klok.zet(om)
        try:
            self._deur.plek.lijn.walk_in(wens, "", verzoek_id=mens.id, voorrang=mens.voorrang)
        except PastNiet:
            return False
        return True

    def no_show(self, id_: str, om: datetime) -> None:
        self._door("no_show", om, id_=id_)

    def come_after_all(self, id_: str, om: datetime) -> None:
        self._door("come_after_all", om, id_=id_)

    def _door(self, doe: str, om: datetime, **met: Any) -> None:
        self._clock(om)
        antwoord = self._deur.act(_opdracht(om, doe, verzoek_id=_nieuw(), **met))
        assert "fout" not in antwoord, (doe, antwoord)

    # --- aan de balie -------------------------------------------------------------------------------------

    def call_next(self, balies: tuple[str, ...], om: datetime) -> dict[str, str]:
        self._clock(om)
        verzoeken = {balie: _nieuw() for balie in balies}
        met = {b: _opdracht(om, "call_next", balie=b, verzoek_id=v) for b, v in verzoeken.items()}
        gekregen = {}
        for balie, antwoord in self._balies.run(met).items():
            assert "fout" not in antwoord, antwoord
            if antwoord["id"] is not None:
                gekregen[balie] = antwoord["id"]
                self._verzoek_van[antwoord["id"]] = verzoeken[balie]
                self.zonder_verbinding += self._weg
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

    def _do(self, balie: str, doe: str, om: datetime, /, **met: Any) -> None:
        self._clock(om)
        antwoord = self._balies.run({balie: _opdracht(om, doe, verzoek_id=_nieuw(), **met)})[balie]
        assert "fout" not in antwoord, (doe, om, antwoord)

    # --- wat er misgaat -----------------------------------------------------------------------------------

    def fall_ill(self, balie: str, om: datetime) -> None:
        self._clock(om)
        beeld = self._uitval.preview(Uitval(Soortuitval.ZIEK, om, f"m{balie}"))
        self._uitval.apply(beeld, verzoek_id=_nieuw())
        self.inrichtingen.append(self.agenda.load_inrichting()[0])
        self._look_around(om)

    def lose_database(self, om: datetime) -> None:
        self._clock(om)
        assert not self._look_around(om)
        self._weg = True
        self._deur.plek.draad.is_weg = self._val_weg is None
        self._balies.lose(self._val_weg is None)
        if self._val_weg is not None:
            self._val_weg()
        assert self._look_around(om), "niemand merkte dat de database weg is"

    def regain_database(self, om: datetime) -> None:
        if self._kom_terug is not None:
            self._kom_terug()
        self._deur.plek.draad.is_weg = False
        self._balies.lose(False)
        self._weg = False
        self._clock(om)
        einde = time.monotonic() + 180
        while self._look_around(om):
            assert time.monotonic() < einde, "niet alles is doorgevoerd"
            time.sleep(0.02)

    def close(self, om: datetime) -> None:
        self._clock(om)
        assert self._deur.plek.lijn.nakijken() == ()
        self.dienst.close_avond(verzoek_id=_nieuw())


def _opdracht(om: datetime, doe: str, /, **met: Any) -> dict[str, Any]:
    return {"om": om.isoformat(), "doe": doe, "met": met}


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
