"""*Wie veranderde wat*: wijzigingen van inrichting en avonden, te filteren, te kopiëren en te bewaren."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain import taal
from ui import klembord
from ui.beheer.geschiedeniswoorden import SOORTEN
from ui.beheer.tabel import Index, Tabel
from ui.beheer.velden import read_datum
from ui.beheer.wijzigingen import KOPPEN, Wijzigingenlijst, Wijzigingsregel, Zoekfilter, make_kopie
from ui.beheer.woorden import hoofdletter
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce, letterlijk, tooltip_tekst
from ui.thema import Thema

_GEEN = QModelIndex()
_VERSCHIL = 4
_LAAG = 420
DATUM_FOUT = "Dit is geen datum. Schrijf hem als 3-12-2026."
OMGEKEERD = "De einddatum ligt voor de begindatum. Kijk de datums na."


class Wijzigingenmodel(QAbstractTableModel):
    """Eén rij per wijziging, nieuwste boven."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.regels: tuple[Wijzigingsregel, ...] = ()
        self._vandaag = date.min

    def set_regels(self, regels: tuple[Wijzigingsregel, ...], vandaag: date) -> None:
        """Wat eronder bij komt, verplaatst niets van wat er al staat."""
        oud = self.regels
        if oud and vandaag == self._vandaag and len(regels) > len(oud) and regels[: len(oud)] == oud:
            self.beginInsertRows(_GEEN, len(oud), len(regels) - 1)
            self.regels = regels
            self.endInsertRows()
            return
        self.beginResetModel()
        self.regels, self._vandaag = regels, vandaag
        self.endResetModel()

    def teksten(self, rij: int) -> tuple[str, ...]:
        return self.regels[rij].teksten(self._vandaag)

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self.regels)

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(KOPPEN)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_kop = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return KOPPEN[section] if is_kop else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.regels):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return letterlijk(self.teksten(index.row())[index.column()], 300, een_regel=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            teksten = zip(KOPPEN, self.teksten(index.row()), strict=True)
            delen = [f"{kop}: {tekst}" for kop, tekst in teksten if tekst]
            return letterlijk(", ".join(delen), 600, een_regel=True)
        if role == Qt.ItemDataRole.FontRole and index.column() == 2:
            return "nadruk"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(self.teksten(index.row())[index.column()])
        return None


class _Lijst(Tabel):
    """Een lange tekst maakt de tabel niet breder dan het scherm: hij staat voluit onder de tabel."""

    def sizeHintForColumn(self, kolom: int) -> int:
        meest = {2: 300, _VERSCHIL: 160, 5: 220}.get(kolom)
        breed = super().sizeHintForColumn(kolom)
        return breed if meest is None else min(breed, round(meest * self._thema.vergroting))


class WijzigingenVak(Vak):
    """Signalen: `zoek` (Zoekfilter), `ouder`, `bewaar` (Zoekfilter, Path)."""

    zoek = Signal(object)
    ouder = Signal()
    bewaar = Signal(object, object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Wie veranderde wat")
        self.lijst: Wijzigingenlijst | None = None
        self._mensen: tuple[str, ...] = ()
        self.model = Wijzigingenmodel(self)
        self.tabel = _Lijst("Wie veranderde wat", thema, self.model)
        self.tabel.setProperty("soort", "kaal")
        self.tabel.fit_kolommen(_VERSCHIL)
        self.tabel.aangewezen.connect(self._show_regel)
        self.kopieer = Knop("Kopieer", self.copy, naam="Kopieer de lijst")
        self.csv = Knop("Bewaren als CSV", self._ask_bewaar, naam="Wijzigingen bewaren als CSV")
        self.kopregel.addWidget(self.kopieer)
        self.kopregel.addWidget(self.csv)
        self.stand = Tekst("Laden…", rol="gedempt")
        self.stand.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        self._voluit = Tekst("")
        self._onder = QWidget()
        onder = QVBoxLayout(self._onder)
        onder.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        onder.setSpacing(2 * Thema.afstand)
        self.ouderknop = Knop("Toon oudere wijzigingen", self.ouder.emit)
        self.ouderknop.hide()
        onder.addWidget(self._voluit)
        onder.addWidget(self.ouderknop)
        self.inhoud.addWidget(self.stand)
        self.inhoud.addWidget(self._build_filter())
        self.inhoud.addWidget(Lijn())
        self.inhoud.addWidget(self.tabel, 1)
        self.inhoud.addWidget(Lijn())
        self.inhoud.addWidget(self._onder)

    def eerste_focus(self) -> QWidget:
        return self.tabel if self.model.rowCount() else self.onderwerp

    def _build_filter(self) -> QWidget:
        self.onderwerp, self.wie = QComboBox(), QComboBox()
        self.onderwerp.addItem("alles", "")
        for sleutel, naam in SOORTEN.items():
            self.onderwerp.addItem(naam, sleutel)
        self.wie.addItem("iedereen", "")
        self.van, self.tot = QLineEdit(), QLineEdit()
        for veld in (self.van, self.tot):
            veld.setPlaceholderText("dd-mm-jjjj")
            veld.setMaxLength(30)
            veld.setFixedWidth(120)
            veld.editingFinished.connect(self._ask)
        for keuze in (self.onderwerp, self.wie):
            keuze.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            keuze.activated.connect(lambda _: self._ask())
        self.wis = Knop("Toon alles", self._clear)
        self.wis.hide()
        self._fout = Tekst("", rol="fout")
        self._fout.hide()
        rij = QWidget()
        vloei = Vloei(rij, tussen=4 * Thema.afstand, regel=2 * Thema.afstand)
        velden: tuple[tuple[str, QWidget], ...] = (
            ("Onderwerp", self.onderwerp), ("Wie", self.wie), ("Vanaf", self.van), ("Tot en met", self.tot),
        )  # fmt: skip
        for naam, widget in velden:
            vloei.addWidget(_met_label(naam, widget))
        vloei.addWidget(self.wis)
        blok = QWidget()
        kolom = QVBoxLayout(blok)
        kolom.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        kolom.addWidget(rij)
        kolom.addWidget(self._fout)
        return blok

    # --- zoeken ------------------------------------------------------------------------------------------

    @property
    def filter(self) -> Zoekfilter | None:
        """Wat er is gekozen; None als een datum niet te lezen is."""
        van, tot, zinnen = None, None, []
        try:
            van = _datum(self.van)
        except ValueError:
            zinnen.append(f"Vanaf: {DATUM_FOUT}")
        try:
            tot = _datum(self.tot)
        except ValueError:
            zinnen.append(f"Tot en met: {DATUM_FOUT}")
        if van and tot and tot < van:
            zinnen.append(OMGEKEERD)
        self._fout.setText("\n".join(zinnen))
        self._fout.setVisible(bool(zinnen))
        if zinnen:
            announce(self, " ".join(zinnen))
            return None
        return Zoekfilter(self.onderwerp.currentData() or "", self.wie.currentData() or "", van, tot)

    def open(self) -> None:
        """Dit deel komt in beeld: haal op wat er nu is."""
        self._ask(altijd=True)

    def _ask(self, *, altijd: bool = False) -> None:
        keuze = self.filter
        if keuze is None:
            return
        self.wis.setVisible(keuze != Zoekfilter())
        if altijd or self.lijst is None or keuze != self.lijst.filter:
            self.zoek.emit(keuze)

    def _clear(self) -> None:
        self.onderwerp.setCurrentIndex(0)
        self.wie.setCurrentIndex(0)
        self.van.clear()
        self.tot.clear()
        self.onderwerp.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def show_lijst(self, lijst: Wijzigingenlijst) -> None:
        self.lijst = lijst
        rij = self.tabel.currentIndex().row()
        self._show_mensen(lijst)
        self.model.set_regels(lijst.regels, lijst.vandaag)
        aantal = len(lijst.regels)
        if aantal:
            zin = f"{taal.aantal(aantal, 'wijziging', 'wijzigingen')}, de nieuwste bovenaan."
        elif lijst.filter == Zoekfilter():
            zin = "Er is nog niets gewijzigd."
        else:
            zin = "Bij deze keuze is niets gewijzigd. Kies een ander onderwerp of een langere periode."
        self.show_stand(f"{hoofdletter(zin)} Er zijn nog oudere." if lijst.meer else hoofdletter(zin))
        self.ouderknop.setVisible(lijst.meer)
        for deel in (self.kopieer, self.csv):
            deel.setEnabled(bool(aantal))
        if aantal:
            self.tabel.setCurrentIndex(self.model.index(min(max(rij, 0), aantal - 1), 0))
        self._show_regel(self.tabel.currentIndex().row())

    def _show_mensen(self, lijst: Wijzigingenlijst) -> None:
        if lijst.mensen == self._mensen:
            return
        self._mensen = lijst.mensen
        while self.wie.count() > 1:
            self.wie.removeItem(1)
        for wie in lijst.mensen:
            self.wie.addItem(letterlijk(wie, 80, een_regel=True), wie)
        self.wie.setCurrentIndex(max(self.wie.findData(lijst.filter.medewerker), 0))

    def show_stand(self, zin: str, *, fout: bool = False) -> None:
        self.stand.set_rol("fout" if fout else "gedempt")
        self.stand.setText(zin)
        announce(self, zin)

    def _show_regel(self, rij: int) -> None:
        """De hele regel: in de tabel past niet alles."""
        if not 0 <= rij < self.model.rowCount():
            self._voluit.setText("")
            return
        wanneer, wie, wat, avond, verschil, reden = self.model.teksten(rij)
        kop = f"{wanneer}, {wie}: {wat}" + (f", avond van {avond}" if avond else "")
        regels = [f"{kop}.", *([verschil] if verschil else []), *([f"Reden: {reden}"] if reden else [])]
        self._voluit.setText("\n".join(regels))

    # --- meenemen ----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Alles wat in de lijst staat, voor in een brief of een rekenprogramma."""
        if self.lijst is not None and self.lijst.regels:
            regels = self.lijst.regels
            zin = f"Gekopieerd: {taal.aantal(len(regels), 'wijziging', 'wijzigingen')}."
            tekst = make_kopie(regels, self.lijst.vandaag)
            klembord.copy(self, tekst, "wijzigingen van het beheer", lambda: self.show_stand(zin))

    def _ask_bewaar(self) -> None:
        keuze = self.filter
        if keuze is None:
            return
        pad, _ = QFileDialog.getSaveFileName(
            self, "Wijzigingen bewaren als CSV", "wijzigingen.csv", "CSV-bestand (*.csv)"
        )
        if pad:
            self.bewaar.emit(keuze, Path(pad))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Op een laag scherm is de tabel belangrijker dan de regel voluit."""
        self._voluit.setVisible(self.height() >= _LAAG)
        super().resizeEvent(event)


def _datum(veld: QLineEdit) -> date | None:
    """Raises ValueError."""
    return read_datum(veld.text()) if veld.text().strip() else None


def _met_label(naam: str, veld: QWidget) -> QWidget:
    blok = QWidget()
    vloei = Vloei(blok, tussen=2 * Thema.afstand)
    label = Tekst(naam)
    label.setBuddy(veld)
    veld.setAccessibleName(naam)
    vloei.addWidget(label)
    vloei.addWidget(veld)
    return blok
