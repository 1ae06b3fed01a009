"""Het scherm Terugbellen: de lijst, en het verzoek dat is aangewezen. Verbindt, haalt niets op.

Breed staan lijst en verzoek naast elkaar, anders onder elkaar; op een klein scherm om de beurt.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain.terugbellen import Wiens
from ui.beheer.tabel import Tabel
from ui.bericht.stuurvak import Stuurvak
from ui.bouwstenen import Band, Knop, Lijn
from ui.contact.klaarband import Klaarband
from ui.tekst import KorteTekst, Tekst, set_uitleg
from ui.terugbellen.kaart import HANDELINGEN, Verzoekkaart
from ui.terugbellen.model import BELOOFD, BIJ, GEPROBEERD, KLANT, NUMMER, VRAAG, TerugbelModel
from ui.thema import Thema, set_stijl

_NAAST, _LAAG, _SMAL, _KRAP = 1150, 430, 720, 880
_KIJK_MS = 60
"""Zo lang na het bladeren wordt opgezocht wie er op het scherm staat."""
_TEKENS = {BELOOFD: 26, KLANT: 22, NUMMER: 15, GEPROBEERD: 18, BIJ: 14}
_KEUZES = ((Wiens.MIJN, "Van mij"), (Wiens.TEAM, "Mijn team"), (Wiens.ALLE, "Alle"))
LEEG = {
    Wiens.MIJN: "U bent bij. Niemand wacht op een telefoontje van u.",
    Wiens.TEAM: "Uw team is bij. Er staat geen terugbelverzoek open.",
    Wiens.ALLE: "Er staat nergens een terugbelverzoek open.",
}


class Werklijst(Tabel):
    """De tabel; meldt dat zij een andere breedte kreeg."""

    verbreed = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verbreed.emit()


class TerugbelScherm(QWidget):
    """Signalen: `wiens` (Wiens), `nieuwste` (of die eerst komen), `gevraagd` (handeling), `in_beeld` (van,
    tot: rijen), `opnieuw` en `gesloten`."""

    wiens = Signal(object)
    nieuwste = Signal(bool)
    gevraagd = Signal(str)
    in_beeld = Signal(int, int)
    opnieuw = Signal()
    gesloten = Signal()

    def __init__(self, thema: Thema, model: TerugbelModel, stuurvak: Stuurvak | None = None) -> None:
        super().__init__()
        self.setAccessibleName("Terugbellen")
        self.setProperty("hulp", "terugbellen")
        set_stijl(self, "soort", "kaart")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._thema, self.model = thema, model
        self._vandaag = date(2000, 1, 1)
        self._naast = self._enkel = self._toont_kaart = False
        self._gekozen = self._wil = ""
        self._stil = self._liep_zelf = self._begint = False
        self.stand = KorteTekst(rol="gedempt")
        self.terug = Knop("Terug", self.gesloten.emit, naam="Terug naar waar u was")
        self.volgorde = QCheckBox("Nieuwste eerst")
        set_uitleg(self.volgorde, "Anders staat bovenaan wat het langst te laat is.")
        self.fout = Band("", "gevaar", Knop("Opnieuw", self.opnieuw.emit, naam="Lijst opnieuw laden"))
        self.fout.hide()
        self.klaar = Klaarband()
        self.leeg = Band("", "goed")
        self.leeg.hide()
        self.tabel = Werklijst("Terugbelverzoeken", thema, model)
        self.kaart = Verzoekkaart(model, stuurvak)
        self._kijker = QTimer(self)
        self._kijker.setSingleShot(True)
        self._kijker.setInterval(_KIJK_MS)
        self._kijker.timeout.connect(self._look)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.keuzes: dict[Wiens, Knop] = {}
        self._groep = QButtonGroup(self)
        marge = 3 * Thema.afstand
        kop = QHBoxLayout()
        kop.setSpacing(2 * Thema.afstand)
        kop.addWidget(Tekst("Terugbellen", rol="kop1"))
        for wiens, tekst in _KEUZES:
            knop = self.keuzes[wiens] = Knop(tekst, partial(self.wiens.emit, wiens))
            knop.setCheckable(True)
            self._groep.addButton(knop)
            kop.addWidget(knop)
        kop.addSpacing(2 * Thema.afstand)
        kop.addWidget(self.volgorde)
        kop.addWidget(self.stand, 1)
        kop.addWidget(self.terug)
        self._midden = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._midden.setSpacing(0)
        self._midden.addWidget(self.tabel, 5)
        self._lijn = Lijn()
        self._midden.addWidget(self._lijn)
        self._midden.addWidget(self.kaart, 4)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(marge, 2 * Thema.afstand, marge, 0)
        alles.setSpacing(Thema.afstand)
        alles.addLayout(kop)
        alles.addWidget(self.klaar)
        alles.addWidget(self.fout)
        alles.addWidget(self.leeg)
        alles.addLayout(self._midden, 1)
        alles.addStretch(0)

    def _connect(self) -> None:
        tabel, kaart = self.tabel, self.kaart
        tabel.aangewezen.connect(self._point)
        tabel.gekozen.connect(lambda _: self.open_kaart())
        tabel.clicked.connect(lambda _: self.open_kaart(focus=False))
        tabel.verbreed.connect(self._fit)
        tabel.horizontalHeader().setSectionResizeMode(VRAAG, QHeaderView.ResizeMode.Stretch)
        tabel.verticalScrollBar().valueChanged.connect(lambda _: self._kijker.start())
        self.model.modelReset.connect(self._restore)
        self.model.dataChanged.connect(self._follow_data)
        kaart.gevraagd.connect(self.gevraagd)
        kaart.dicht.connect(self.focus_lijst)
        kaart.vorm_anders.connect(self._show_delen)
        kaart.klaar.bewaard.connect(lambda: self.gevraagd.emit("klaar_bewaren"))
        kaart.gesprek.bewaard.connect(lambda: self.gevraagd.emit("gesproken_bewaren"))
        kaart.doorgeven.bewaard.connect(lambda: self.gevraagd.emit("doorgeven_bewaren"))
        kaart.tonen_paneel.bewaard.connect(lambda: self.gevraagd.emit("tonen_bewaren"))
        for nummer, (naam, _, _) in enumerate(HANDELINGEN, 1):
            toets = QShortcut(QKeySequence(f"Alt+{nummer}"), self)
            toets.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            toets.activated.connect(lambda naam=naam: self._press(naam))
        self._thema.gewijzigd.connect(self._fit)
        self.volgorde.toggled.connect(self._reorder)

    # --- tonen --------------------------------------------------------------------------------------------

    @property
    def gekozen(self) -> str:
        """De uuid van het verzoek dat is aangewezen; leeg als er geen is."""
        return self._gekozen

    def choose(self, uuid: str) -> None:
        """Wijs dit verzoek aan zodra het in de lijst staat."""
        self._wil, self._liep_zelf = uuid, False
        if not uuid:
            self._gekozen = ""
        self._restore()

    def show_wiens(self, wiens: Wiens) -> None:
        """Een andere lijst begint bovenaan."""
        self.keuzes[wiens].setChecked(True)

    def show_stand(self, zin: str, vandaag: date) -> None:
        self._vandaag = vandaag
        self.stand.setText(zin)

    def show_leeg(self, zin: str) -> None:
        """Zonder rijen staat er een zin in plaats van een lege tabel."""
        self.leeg.tekst.setText(zin)
        self.leeg.setVisible(bool(zin))
        self._show_delen()

    def show_fout(self, zin: str) -> None:
        wat = "Niet ververst" if self.model.rowCount() else "Niet geladen"
        self.fout.tekst.setText(f"{wat}. {zin}" if zin else "")
        self.fout.setVisible(bool(zin))
        if zin and not self.model.rowCount():
            self.stand.setText("")  # er wordt niet meer geladen

    def _reorder(self, nieuwste: bool) -> None:
        """Een andere volgorde begint bovenaan, tenzij er aan een verzoek wordt gewerkt."""
        if not self.kaart.is_bezig:
            self.choose("")
        self.nieuwste.emit(nieuwste)

    def refresh_kaart(self) -> None:
        """Er is iets nieuws over het verzoek dat openstaat."""
        self.kaart.show_rij(self.model.get(self._gekozen), self._vandaag)
        self._show_delen()

    def open_kaart(self, *, focus: bool = True) -> None:
        """Enter of klik op een rij: naar wat er met dit verzoek kan."""
        self._toont_kaart = True
        self._show_delen()
        if focus:
            eerste = next((k for k in self.kaart.knoppen.values() if k.isEnabled()), None)
            if eerste is not None:
                eerste.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Het scherm gaat open: de focus komt op de lijst zodra die er is."""
        self.focus_lijst()
        self._begint = not self.model.rowCount()

    def focus_lijst(self) -> None:
        self._toont_kaart = False
        self._show_delen()
        (self.tabel if self.model.rowCount() else self.keuzes[Wiens.MIJN]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    # --- volgen -------------------------------------------------------------------------------------------

    def _point(self, nummer: int) -> None:
        rij = self.model.rij(nummer)
        if rij is not None and not self._stil and rij.uuid != self._gekozen:
            self._gekozen, self._liep_zelf = rij.uuid, True
            self.refresh_kaart()

    def _restore(self) -> None:
        """De lijst is nieuw: hetzelfde verzoek blijft aangewezen, ook als het van plaats wisselde."""
        if self._wil and self.model.find(self._wil) >= 0:
            self._gekozen, self._wil, self._liep_zelf = self._wil, "", True
        plaats = self.model.find(self._gekozen)
        if self.model.rowCount() and not self._liep_zelf and not self.kaart.is_bezig:
            plaats = 0  # zolang de lijst nog binnenkomt, staat het dringendste voor
        if plaats >= 0:
            rij = self.model.rij(plaats)
            self._gekozen = rij.uuid if rij is not None else ""
            self._stil = True
            self.tabel.setCurrentIndex(self.model.index(plaats, KLANT))
            self._stil = False
        elif self._gekozen and not self.kaart.is_bezig:
            self._gekozen, self._liep_zelf = "", False
            self.tabel.clearSelection()
        self.refresh_kaart()
        self._kijker.start()
        if self._begint and self.model.rowCount():
            self._begint = False
            if any(knop.hasFocus() for knop in self.keuzes.values()):
                self.focus_lijst()

    def _follow_data(self) -> None:
        self.refresh_kaart()

    def _look(self) -> None:
        """Welke rijen zijn er te zien? Van die wordt opgezocht om wie het gaat."""
        if not self.isVisible() or not self.model.rowCount():
            return
        hoogte = self.tabel.viewport().height()
        van, tot = self.tabel.rowAt(0), self.tabel.rowAt(hoogte - 1)
        self.in_beeld.emit(max(van, 0), tot if tot >= 0 else self.model.rowCount() - 1)

    def _press(self, naam: str) -> None:
        """Alt+1 tot en met Alt+7, als de knop ervan er is en aan staat."""
        knop = self.kaart.knoppen[naam]
        aan = knop.isEnabled() and not knop.isHidden()
        if self.kaart.uuid and aan and not self.kaart.is_bezig:
            self.open_kaart(focus=False)
            self.gevraagd.emit(naam)

    # --- opmaak -------------------------------------------------------------------------------------------

    def _show_delen(self) -> None:
        er_zijn = self.model.rowCount() > 0
        kaart = er_zijn and bool(self.kaart.uuid)
        alleen = kaart and (
            (self._enkel and self._toont_kaart) or (self.kaart.vraagt_hoogte and not self._naast)
        )
        self.tabel.setVisible(er_zijn and not alleen)
        self.kaart.setVisible(kaart and (not self._enkel or self._toont_kaart))
        self.kaart.terug.setVisible(self._enkel)
        self._lijn.setVisible(kaart and not alleen)

    def _fit(self) -> None:
        """Elke kolom zo breed als wat er hoort te staan; de vraag krijgt de rest."""
        teken = QFontMetrics(self._thema.font("gewoon")).averageCharWidth()
        breed = self.tabel.viewport().width()
        verborgen = {BIJ} if self._naast or breed < _KRAP * self._thema.vergroting else set()
        if breed < _SMAL * self._thema.vergroting:
            verborgen |= {NUMMER, GEPROBEERD}
        for kolom in range(self.model.columnCount()):
            self.tabel.setColumnHidden(kolom, kolom in verborgen)
            if kolom not in verborgen and kolom != VRAAG:
                maat = min(_TEKENS[kolom] * teken + 4 * Thema.afstand, breed // 3)
                self.tabel.setColumnWidth(kolom, maat)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        breed, hoog = event.size().width(), event.size().height()
        self._naast = breed >= _NAAST
        self._enkel = not self._naast and hoog < _LAAG * self._thema.vergroting
        richting = QBoxLayout.Direction.LeftToRight if self._naast else QBoxLayout.Direction.TopToBottom
        self._midden.setDirection(richting)
        self._midden.setStretch(0, 7 if self._naast else 1)
        self._midden.setStretch(2, 4 if self._naast else 1)
        self._show_delen()
        self._kijker.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._kijker.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: van het verzoek naar de lijst, van de lijst naar waar men was."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.kaart.isAncestorOf(self.focusWidget() or self) or (self._enkel and self._toont_kaart):
            self.focus_lijst()
        else:
            self.gesloten.emit()
