"""Het beheerscherm op een echte agenda (SQLite), en wat een beheerder ermee doet.

Maandag 30 november 2026, 9.00 uur; de avonden zijn donderdagen van 17.00 tot 20.00 uur.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import to_utc
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import SqliteInstelling
from tests.services import agendabouw
from tests.services.agendabouw import (
    COLLEGA,
    DAG,
    DONDERDAGEN,
    MAANDAG,
    TWEE,
    WIE,
    boek,
    medewerker,
    richt_in,
)
from ui.achtergrond import Achtergrond
from ui.beheer.scherm import BeheerScherm
from ui.thema import Thema

LEEG = DONDERDAGEN[-1]
"""De laatste donderdag heeft nog geen rooster."""

_MEDEWERKERS = (
    medewerker("m1"),
    medewerker("m2", "reisdocument", "uitgifte", organisatie="Enschede"),
    medewerker("m3", "reisdocument", "rijbewijs"),
)
INRICHTING = replace(
    TWEE, medewerkers=_MEDEWERKERS, diensten=tuple(d for d in TWEE.diensten if d.datum != LEEG)
)


class Werk:
    """Een getoond beheerscherm op de agenda van deze werkplek, met een collega op een andere."""

    def __init__(
        self, scherm: BeheerScherm, agenda: Agendadiensten, collega: Agendadiensten, qtbot: QtBot
    ) -> None:
        self.scherm, self.agenda, self.collega, self._qtbot = scherm, agenda, collega, qtbot

    def wacht(self, voorwaarde: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(voorwaarde)
        QApplication.processEvents()

    def start(self) -> None:
        self.scherm.start()
        self.wacht(lambda: self.scherm.verloop.huidig is not None)

    def kies(self, datum: date) -> None:
        """Wijs een avond aan en wacht tot alles ervan er is."""
        self.scherm.maand.select(datum)
        self.wacht(lambda: self.detaildatum == datum)

    @property
    def detaildatum(self) -> date | None:
        detail = self.scherm.avond.detail
        return detail.stand.datum if detail else None

    def druk(
        self,
        toets: Qt.Key | str,
        widget: QWidget | None = None,
        mod: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(widget or QApplication.focusWidget() or self.scherm, toets, mod)

    def wacht_op_gevolgen(self) -> None:
        self.wacht(lambda: self.scherm.stapel.currentWidget() is self.scherm.gevolgen)

    def bewaar(self) -> None:
        """Bewaar de gevolgen die er staan, en wacht tot het overzicht het ook weet."""
        verloop = self.scherm.verloop
        versie = verloop.huidig.basis.versie if verloop.huidig else 0
        self.scherm.gevolgen.bewaarknop.click()
        self.wacht(lambda: self.scherm.stapel.currentWidget() is not self.scherm.gevolgen)
        self.wacht(
            lambda: bool(self.scherm.verloop.huidig and self.scherm.verloop.huidig.basis.versie != versie)
        )

    @property
    def inrichting(self) -> Inrichting:
        return self.agenda.opslag.load_inrichting()[0]

    def afspraken(self, dag: date = DAG) -> list[Afspraak]:
        gevonden = self.agenda.opslag.find_afspraken(datum_van=dag, datum_tot=dag)
        return [a for a in gevonden if a.toestand is not Toestand.AFGEZEGD]

    @property
    def te_verzetten(self) -> int:
        return len(self.agenda.opslag.find_afspraken(te_verzetten=True))

    @property
    def tekst(self) -> str:
        """Alles wat nu te lezen is."""
        return zichtbare_tekst(self.scherm)

    def find(self, naam: str) -> QAbstractButton:
        """De zichtbare knop die zo heet."""
        gevonden = [
            knop
            for knop in self.scherm.findChildren(QAbstractButton)
            if knop.isVisible() and naam in (knop.text(), knop.accessibleName())
        ]
        assert gevonden, f"er is geen knop {naam} te zien in:\n{self.tekst}"
        return gevonden[0]


def zichtbare_tekst(wortel: QWidget) -> str:
    delen: list[str] = []
    for widget in [wortel, *wortel.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            delen.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for rij in range(model.rowCount()):
                for kolom in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
                    index = model.index(rij, kolom)
                    delen.append(str(index.data() or ""))
                    delen.append(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
    return "\n".join(deel for deel in delen if deel)


def instelling(pad: Path) -> SqliteInstelling:
    return SqliteInstelling(pad, lambda: agendabouw.SLEUTEL)


@pytest.fixture(scope="session")
def beheersjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("beheer") / "agenda.db"
    database = AgendaDatabase(instelling(pad))
    database.mark_proef()
    database.set_klok(to_utc(MAANDAG, time(9)))
    richt_in(make_agendadiensten(database, WIE), INRICHTING)
    database.close()
    return pad


@pytest.fixture
def agendapad(beheersjabloon: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(beheersjabloon, tmp_path / "agenda.db"))


@pytest.fixture
def werk(agendapad: Path, achtergrond: Achtergrond, thema: Thema, qtbot: QtBot) -> Iterator[Werk]:
    """Het scherm staat er, maar is nog niet gestart: een test kan eerst boeken."""
    eigen, ander = AgendaDatabase(instelling(agendapad)), AgendaDatabase(instelling(agendapad))
    agenda = make_agendadiensten(eigen, WIE)
    scherm = BeheerScherm(lambda: agenda, achtergrond, thema)
    thema.dress(scherm)
    scherm.show()
    qtbot.waitExposed(scherm)
    scherm.resize(1366, 700)
    scherm.activateWindow()
    yield Werk(scherm, agenda, make_agendadiensten(ander, COLLEGA), qtbot)
    scherm.close_beheer()
    achtergrond.close()
    scherm.deleteLater()
    QApplication.processEvents()
    eigen.close()
    ander.close()


def boek_veertien(agenda: Agendadiensten, dag: date = DAG) -> None:
    """Zeven afspraken van een kwartier aan elk van de twee balies."""
    for nummer in range(14):
        uur, minuut = divmod(17 * 60 + 15 * (nummer // 2), 60)
        boek(agenda, uur, minuut, dag=dag, naam=f"Bezoeker {nummer}")
