"""Een echt Hoofdvenster op een echte centrale API, aangesproken als medewerker of als schermlezer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from frontoffice.domain.klant import Herkomst, KlantSleutel, PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.waarden import Bsn
from frontoffice.samenstelling import Diensten
from tests.achtergronden import close_achtergrond
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.hoofdvenster import Hoofdvenster
from ui.instellingen import Instellingen
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.thema import Thema

_ROLLEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
    *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 12),
)


MAAT = (1366, 768)
GRENS = 60.0
"""Zoveel seconden mag iets duren voor het mis is. Ruim: een drukke machine geeft een test weinig beurten."""


@cache
def _thema() -> Thema:
    """Eén thema voor alle vensters: het stijlblad op het programma zetten is verreweg het duurst."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    thema = Thema("licht")
    thema.apply(app)
    return thema


class Werkvenster:
    """Het hele venster met alles eronder. `close` laat niets draaien."""

    def __init__(self, diensten: Diensten, data_map: Path) -> None:
        # Zoals ui.app.build_app: een drukke draad houdt het scherm hoogstens een milliseconde op.
        self._wissel = sys.getswitchinterval()
        sys.setswitchinterval(0.001)
        self.thema = _thema()
        self.diensten = diensten
        self.achtergrond = Achtergrond()
        self.acties = Acties(self.thema)
        self.venster = Hoofdvenster(None, self.acties, self.thema, self.achtergrond, Instellingen(data_map))
        self.thema.dress(self.venster)
        self.venster.show()
        self.venster.set_diensten(diensten)
        settle()
        # Pas als het er staat: het scherm van offscreen is maar 800 breed, en dan stapelt het venster.
        self.venster.resize(*MAAT)
        self.venster.activateWindow()
        wait_until(lambda: self.venster.size().toTuple() == MAAT)
        settle()

    @property
    def scherm(self) -> KlantbeeldScherm:
        assert self.venster.scherm is not None
        return self.venster.scherm

    @property
    def beeld(self) -> Klantbeeld:
        assert self.scherm.current is not None
        return self.scherm.current

    def open(self, bsn: str | KlantSleutel, herkomst: Herkomst = Herkomst.BSN) -> None:
        """Open een klant zoals een keuze in het zoekpaneel dat doet."""
        from frontoffice.domain.klant import Kandidaat

        sleutel = PersoonSleutel(Bsn(bsn)) if isinstance(bsn, str) else bsn
        self.venster.open_klant(Kandidaat(sleutel, "", herkomst))

    def wait_rust(self) -> None:
        """Wacht tot er niets meer onderweg is, ook niet iets wat door het vorige antwoord begon."""
        for _ in range(3):
            wait_until(lambda: not self.achtergrond.bezig)
            settle()

    def wait_vandaag(self) -> None:
        """Wacht tot het beginscherm klaar is met vragen: het begint pas als het venster rust heeft."""
        vakken = self.venster.vandaag.vakken
        wait_until(lambda: all(vak.deel is not None or vak.fout for vak in vakken.values()))
        self.wait_rust()

    def wait_compleet(self, seconden: float = GRENS) -> None:
        wait_until(lambda: self.scherm.current is not None and self.scherm.current.is_compleet, seconden)
        settle()

    def type(self, tekst: str, veld: QWidget | None = None) -> None:
        QTest.keyClicks(veld or self.venster.zoekveld, tekst)

    def press(self, toets: Qt.Key, widget: QWidget | None = None) -> None:
        QTest.keyClick(widget or QApplication.focusWidget() or self.venster, toets)

    def find(self, naam: str, soort: type[QWidget] = QWidget) -> QWidget:
        """Het zichtbare widget met deze toegankelijke naam (een knop ook op haar tekst)."""
        gevonden = [
            w
            for w in self.venster.findChildren(soort)
            if w.isVisible() and (w.accessibleName() == naam or getattr(w, "text", lambda: "")() == naam)
        ]
        assert gevonden, f"er is niets te zien dat '{naam}' heet"
        return gevonden[0]

    def close(self) -> None:
        self.venster.close()
        close_achtergrond(self.achtergrond)
        for los in QApplication.topLevelWidgets():
            los.close()
        settle()
        sys.setswitchinterval(self._wissel)
        self.venster.deleteLater()
        # Zonder lopende Qt-lus gebeurt dat niet vanzelf, en wat achterblijft maakt het volgende trager.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.thema.keuze != "licht":
            self.thema.set_keuze("licht")


@contextmanager
def werkvenster(diensten: Diensten, data_map: Path) -> Iterator[Werkvenster]:
    gemaakt = Werkvenster(diensten, data_map)
    try:
        yield gemaakt
    finally:
        gemaakt.close()


def settle(rondes: int = 3) -> None:
    """Laat uitgestelde tekenrondes aan de beurt komen, tot op elk scherm staat wat er nu is."""
    for _ in range(rondes):
        QApplication.processEvents()
        QApplication.sendPostedEvents()
    for venster in QApplication.topLevelWidgets():
        if isinstance(venster, Hoofdvenster) and venster.scherm is not None:
            wait_until(lambda scherm=venster.scherm: scherm.is_bijgewerkt)  # type: ignore[misc]  # lambda in lus
    QApplication.processEvents()


def wait_until(voorwaarde: Callable[[], bool], seconden: float = GRENS) -> None:
    """Wacht tot iets waar is terwijl het venster doorwerkt."""
    einde = time.monotonic() + seconden
    while not voorwaarde():
        assert time.monotonic() < einde, "het werd niet waar"
        pause(0.002)


def pause(seconden: float) -> None:
    """Laat het venster zo lang doorwerken.

    Niet met `QTest.qWait`: PySide houdt daarin de GIL vast, ook terwijl het slaapt. De draden die antwoorden
    lezen staan dan stil, en dat gebeurt in het programma zelf niet.
    """
    lus = QEventLoop()
    QTimer.singleShot(round(seconden * 1000), lus.quit)
    lus.exec()


# --- wat er op het scherm staat ----------------------------------------------------------------------------


def schermtekst(widget: QWidget | None = None) -> str:
    """Alle tekst die te zien, aan te wijzen of voor te lezen is in dit widget, of in alle vensters."""
    wortels = [widget] if widget else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    delen: list[str] = []
    for wortel in wortels:
        for kind in [wortel, *wortel.findChildren(QWidget)]:
            if kind.isVisible():
                delen += _teksten(kind)
    return "\n".join(deel for deel in delen if deel)


def _teksten(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.toolTip(),
        widget.windowTitle(),
    )
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield widget.currentText()
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        for rij in range(model.rowCount() if model else 0):
            for rol in _ROLLEN:
                waarde = model.index(rij, 0).data(rol)
                if waarde is not None:
                    yield waarde if isinstance(waarde, str) else repr(waarde)


def loop_boom(wortel: QWidget) -> Iterator[QAccessibleInterface]:
    """Alles wat een schermlezer van dit venster ziet, behalve de losse rijen van lange lijsten."""
    wachtrij = [QAccessible.queryAccessibleInterface(wortel)]
    while wachtrij:
        deel = wachtrij.pop(0)
        if deel is None or not deel.isValid():
            continue
        yield deel
        wachtrij += [deel.child(i) for i in range(min(deel.childCount(), 40))]
