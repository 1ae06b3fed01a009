"""Een werkplek met nepregisters: samengesteld zoals `samenstelling` het doet, zonder netwerk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from frontoffice.agenda.tijd import to_utc
from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.klant import Herkomst, KlantSleutel
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Afsprakenbron, Bron, Stop
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.klantbeeld import KlantbeeldDienst, Verandering
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import SqliteInstelling
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import SLEUTEL, maak_persoon
from tests.nep import NepBedrijven, NepKlantinteracties, NepKlok, NepLogboek, NepPersonen, NepZaken
from tests.services import agendabouw
from tests.services.terugbelbouw import Collega, Kantoor


@dataclass
class Werkplek:
    """De registers om in te vullen en de diensten erop. `rol(…)` verandert wat de medewerker mag."""

    uitvoerder: Uitvoerder
    klantinteracties: NepKlantinteracties = field(default_factory=NepKlantinteracties)
    zaken: NepZaken = field(default_factory=NepZaken)
    personen: NepPersonen = field(default_factory=lambda: NepPersonen([maak_persoon()]))
    bedrijven: NepBedrijven = field(default_factory=NepBedrijven)
    logboek: NepLogboek = field(default_factory=NepLogboek)
    klok: NepKlok = field(default_factory=NepKlok)
    bronnen: tuple[Bron, ...] = ()
    afspraken: Afsprakenbron | None = None
    instellingen: Instellingen = field(
        default_factory=lambda: Instellingen(
            Bevoegdheid(frozenset({"*"}), Vertrouwelijkheid.zaakvertrouwelijk),
            frozenset({"Aanvullende gegevens gevraagd"}),
        )
    )

    def rol(self, *zaaktypen: str, hoogste: Vertrouwelijkheid = Vertrouwelijkheid.zaakvertrouwelijk) -> None:
        nieuw = Bevoegdheid(frozenset(zaaktypen), hoogste)
        self.instellingen = Instellingen(nieuw, self.instellingen.wacht_op_inwoner)

    @property
    def _alles(self) -> dict[str, Any]:
        return {
            "klantinteracties": self.klantinteracties,
            "zaken": self.zaken,
            "personen": self.personen,
            "bedrijven": self.bedrijven,
            "logboek": self.logboek,
            "klok": self.klok,
            "uitvoerder": self.uitvoerder,
            "instellingen": self.instellingen,
        }

    @property
    def klantbeeld(self) -> KlantbeeldDienst:
        return KlantbeeldDienst(**self._alles, bronnen=self.bronnen, afspraken=self.afspraken)

    @property
    def zoeken(self) -> Zoekdienst:
        return Zoekdienst(**self._alles)

    def open(self, sleutel: KlantSleutel = SLEUTEL, herkomst: Herkomst = Herkomst.BSN) -> Klantbeeld:
        """Begin en laad het hele eerste beeld."""
        dienst = self.klantbeeld
        beeld = dienst.begin(sleutel, herkomst)
        return pas_toe(beeld, dienst.load(beeld, Stop()))


def pas_toe(beeld: Klantbeeld, veranderingen: Iterable[Verandering]) -> Klantbeeld:
    for verandering in veranderingen:
        beeld = verandering(beeld)
    return beeld


@pytest.fixture(scope="module")
def uitvoerder() -> Iterator[Uitvoerder]:
    eigen = Uitvoerder()
    yield eigen
    eigen.close()


@pytest.fixture
def kantoor() -> Kantoor:
    return Kantoor()


@pytest.fixture
def bos(kantoor: Kantoor, uitvoerder: Uitvoerder) -> Collega:
    return Collega(kantoor, uitvoerder)


@pytest.fixture
def werkplek() -> Iterator[Werkplek]:
    eigen = Uitvoerder()
    yield Werkplek(eigen)
    eigen.close()


@pytest.fixture(scope="session")
def agendasjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Een agenda met de basisinrichting; de migratie draait zo maar één keer."""
    pad = tmp_path_factory.mktemp("agenda") / "agenda.db"
    database = AgendaDatabase(SqliteInstelling(pad, lambda: agendabouw.SLEUTEL))
    database.mark_proef()
    database.set_klok(to_utc(agendabouw.MAANDAG, time(9)))
    agendabouw.richt_in(agendabouw.werkplek(database), agendabouw.BASIS)
    database.close()
    return pad


@pytest.fixture
def database(agendasjabloon: Path, tmp_path: Path) -> Iterator[AgendaDatabase]:
    pad = Path(shutil.copy(agendasjabloon, tmp_path / "agenda.db"))
    database = AgendaDatabase(SqliteInstelling(pad, lambda: agendabouw.SLEUTEL))
    yield database
    database.close()


@pytest.fixture
def agenda(database: AgendaDatabase) -> Agendadiensten:
    """De diensten van een werkplek op een eigen, echte agenda."""
    return agendabouw.werkplek(database)


@pytest.fixture
def collega(database: AgendaDatabase) -> Agendadiensten:
    """Een andere werkplek op dezelfde agenda."""
    return agendabouw.werkplek(database, agendabouw.COLLEGA)
