"""Het afsprakenscherm op een agenda die zich gedraagt, en wat een medewerker ermee doet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from frontoffice.domain.afspraak import Klantkenmerken
from frontoffice.domain.klant import PartijSleutel
from tests.ui.afspraak.nep_agenda import NepAgenda, maak_agenda
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.gekozen import Fase
from ui.afspraak.klant import Boekklant
from ui.afspraak.scherm import BoekScherm
from ui.thema import Thema

KLANT = Boekklant(
    "Mevrouw A. Jansen-ter Braak",
    "1-12-1985 (40)",
    bekend=True,
    telefoon="06 12 34 56 78",
    kenmerken=Klantkenmerken(
        PartijSleutel("5f000000-0000-0000-0000-000000000001"),
        ("0612345678",),
        naam="Mevrouw A. Jansen-ter Braak",
    ),
)


class Werk:
    """Een getoond scherm met de toetsen die iemand indrukt."""

    def __init__(self, scherm: BoekScherm, agenda: NepAgenda, qtbot: QtBot) -> None:
        self.scherm, self.agenda, self._qtbot = scherm, agenda, qtbot
        self.toetsen = 0

    def wacht(self, voorwaarde: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(voorwaarde)
        QApplication.processEvents()

    def typ(self, tekst: str) -> None:
        for teken in tekst:
            self.druk(teken)

    def druk(self, toets: Qt.Key | str, mod: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        doel = QApplication.focusWidget() or self.scherm
        self.toetsen += 1
        QTest.keyClick(doel, toets, mod)

    @property
    def fase(self) -> Fase:
        return self.scherm.verloop.fase

    @property
    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def zoek(self, letters: str = "pas") -> None:
        """Product kiezen en wachten tot de tijden er staan met de focus erin."""
        self.scherm.focus_begin()
        self.typ(letters)
        self.druk(Qt.Key.Key_Return)
        self.wacht(lambda: bool(self.tijden) and not self.scherm.verloop.is_onderweg("zoeken"))

    def kies(self, nummer: int = 1) -> None:
        self.scherm.tijden.lijst.setFocus()
        self.druk(str(nummer))
        self.wacht(lambda: self.fase is Fase.VAST)

    @property
    def tekst(self) -> str:
        """Alles wat nu te lezen is."""
        return zichtbare_tekst(self.scherm)

    def rijen(self, lijst: QAbstractItemView) -> list[str]:
        """De rijen van een lijst zoals ze worden voorgelezen."""
        model = lijst.model()
        rol = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(rij, 0).data(rol)) for rij in range(model.rowCount())]

    @property
    def tijden(self) -> list[str]:
        model = self.scherm.tijden.lijst.tijden
        return [str(model.index(rij).data()) for rij in range(model.rowCount())]


MaakWerk = Callable[..., Werk]


@pytest.fixture
def agenda() -> NepAgenda:
    return maak_agenda()


@pytest.fixture
def maak_werk(
    qtbot: QtBot, thema: Thema, acties: Acties, achtergrond: Achtergrond, agenda: NepAgenda
) -> Iterator[MaakWerk]:
    schermen: list[BoekScherm] = []

    def build(
        klant: Boekklant | None = KLANT, breed: int = 1366, hoog: int = 640, *, open: bool = True
    ) -> Werk:
        scherm = BoekScherm(lambda: agenda, achtergrond, acties, thema)
        schermen.append(scherm)
        scherm.resize(breed, hoog)
        if open:
            scherm.open(klant)
        thema.dress(scherm)
        scherm.show()
        qtbot.waitExposed(scherm)
        scherm.activateWindow()
        qtbot.waitUntil(scherm.isActiveWindow)
        return Werk(scherm, agenda, qtbot)

    yield build
    agenda.opslag.wacht.set()
    for scherm in schermen:
        scherm.close_scherm()
        scherm.close()
        scherm.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def werk(maak_werk: MaakWerk) -> Werk:
    return maak_werk()


def zichtbare_tekst(widget: QWidget) -> str:
    """Labels, knoppen en velden die te zien zijn."""
    regels = [
        kind.text()
        for kind in widget.findChildren(QWidget)
        if kind.isVisible() and isinstance(kind, QLabel | QAbstractButton | QLineEdit)
    ]
    return "\n".join(regel for regel in regels if regel)
