"""Een avond die loopt, op een echte database: donderdag 3 december 2026, 17.00 tot 20.00 uur, zes balies.

`Avond` is de avond met haar werkplekken; wie tegelijk werkt, krijgt eigen verbindingen.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import datetime
from types import TracebackType

import pytest

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaOpslag, Wie
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.services.agendabouw import gegevens, uid
from tests.storage.bouw import moment


class Avond:
    def __init__(self, instelling: Instelling) -> None:
        self.instelling = instelling
        self._open = ExitStack()
        self.plek = self.werkplek("s.bos", "balie-1")
        self.agenda = self.plek.opslag
        self.dienst = self.plek.vanavond

    def __enter__(self) -> Avond:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._open.close()

    def werkplek(self, medewerker: str, naam: str, *, eigen: bool = True) -> Agendadiensten:
        """`eigen`: met eigen verbindingen, om tegelijk te werken."""
        database: AgendaOpslag = AgendaDatabase(self.instelling) if eigen else self.agenda
        if eigen:
            self._open.callback(database.close)
        return make_agendadiensten(database, Wie(medewerker, naam))

    def collega(self, nummer: int = 2, *, eigen: bool = True) -> Vanavonddienst:
        return self.werkplek(f"m{nummer}", f"balie-{nummer}", eigen=eigen).vanavond

    def klok(self, uur: int, minuut: int = 0, seconde: int = 0) -> datetime:
        """Zet de klok van de agenda op de avond zelf."""
        nu = moment(uur, minuut).replace(second=seconde)
        assert isinstance(self.agenda, AgendaDatabase)
        self.agenda.set_klok(nu)
        return nu

    def boek(self, uur: int, minuut: int = 0, product: str = "a15", naam: str = "A. Jansen") -> Afspraak:
        wens = Wens((Wensregel(product),), overrulen=True)
        wie = gegevens(naam)
        return self.plek.afspraken.book(wens, moment(uur, minuut), wie, verzoek_id=uid())

    def begin(self, uur: int = 0, minuut: int = 0) -> None:
        """Open de avond, op vijf voor vijf als er geen tijd bij staat."""
        self.klok(*((uur, minuut) if uur else (16, 55)))
        self.dienst.open_avond(verzoek_id=uid())

    def meld(self, *afspraken: Afspraak) -> list[Bezoek]:
        return [self.dienst.arrive(afspraak.id, verzoek_id=uid()) for afspraak in afspraken]

    def loper(self, product: str = "a10", naam: str = "P. de Wit", *, voorrang: bool = False) -> Bezoek:
        wens = Wens((Wensregel(product),))
        return self.dienst.walk_in(wens, naam, verzoek_id=uid(), voorrang=voorrang)

    def nu(self, id_: str) -> Bezoek:
        stand = self.dienst.load_stand()
        assert stand is not None
        bezoek = stand.find(id_)
        assert bezoek is not None
        return bezoek


@pytest.fixture
def instelling(request: pytest.FixtureRequest) -> Instelling:
    """De database die `choose_databases` koos."""
    naam = "sqlite_agenda" if request.param == "sqlite" else "pg_agenda"
    gekozen: Instelling = request.getfixturevalue(naam)
    return gekozen


def choose_databases(metafunc: pytest.Metafunc, beide: str, anders: str = "sqlite") -> None:
    """Voor `pytest_generate_tests`: op beide databases als de naam past bij `beide`."""
    if "instelling" in metafunc.fixturenames:
        past = re.search(beide, metafunc.function.__name__)
        metafunc.parametrize("instelling", ["sqlite", "postgresql"] if past else [anders], indirect=True)
