"""Vooruitkijken: de avonden van de komende weken als tabel, en eronder wat er aandacht vraagt."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.dienst import Beheerbeeld
from ui.beheer.maandmodel import VERZETTEN, Maandmodel
from ui.beheer.tabel import Tabel
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

GEEN_AVONDEN = "In deze weken zijn er geen avonden. Begin met de openingstijden."
_STAP = timedelta(weeks=4)


class MaandVak(Vak):
    """Signalen: `gekozen` (date, de avond waar men is), `geopend` (date, Enter), `periode` (date of None) en
    `begin_openingstijden`."""

    gekozen = Signal(object)
    geopend = Signal(object)
    periode = Signal(object)
    begin_openingstijden = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Avonden")
        self._beeld: Beheerbeeld | None = None
        self._kolommen = 0
        self.model = Maandmodel(self)
        self.tabel = Tabel("Avonden", thema, self.model)
        self.tabel.aangewezen.connect(self._follow)
        self.tabel.gekozen.connect(self._open)
        self.eerder = Knop("Eerder", lambda: self._shift(-1), naam="Eerder: vier weken terug")
        self.vandaag_knop = Knop("Vandaag", lambda: self.periode.emit(None))
        self.later = Knop("Later", lambda: self._shift(1), naam="Later: vier weken verder")
        for knop in (self.eerder, self.vandaag_knop, self.later):
            self.kopregel.addWidget(knop)
        self._zin = Tekst("Laden…", rol="gedempt")
        self._zin.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, Thema.afstand)
        self._begin = Knop("Openingstijden invullen", self.begin_openingstijden.emit, soort="hoofd")
        self._begin.hide()
        beginrij = QHBoxLayout()
        beginrij.setContentsMargins(3 * Thema.afstand, 0, 0, 0)
        beginrij.addWidget(self._begin)
        beginrij.addStretch(1)
        self._kop_aandacht = Tekst("Wat vraagt aandacht", rol="kop2")
        self._kop_aandacht.setContentsMargins(
            3 * Thema.afstand, 3 * Thema.afstand, 3 * Thema.afstand, Thema.afstand
        )
        self.aandacht = RijLijst("Wat vraagt aandacht", thema)
        self.aandacht.gekozen.connect(self._jump)
        self._onder = QWidget()
        onder = QVBoxLayout(self._onder)
        onder.setContentsMargins(0, 0, 0, 0)
        onder.setSpacing(0)
        onder.addWidget(Lijn())
        onder.addWidget(self._kop_aandacht)
        onder.addWidget(self.aandacht, 1)
        self.inhoud.addWidget(self._zin)
        self.inhoud.addLayout(beginrij)
        self.inhoud.addWidget(self.tabel, 3)
        self.inhoud.addWidget(self._onder, 2)
        self.tabel.setProperty("soort", "kaal")

    def eerste_focus(self) -> QWidget:
        return self.tabel

    def set_laag(self, laag: bool) -> None:
        """Onder elkaar met de avond scrolt alles samen: dan zijn tabel en lijst nooit te laag om te lezen."""
        self.tabel.setMinimumHeight(220 if laag else 0)
        self.aandacht.setMinimumHeight(150 if laag else 0)

    @property
    def datum(self) -> date | None:
        """De avond waar men is."""
        stand = self.model.stand(self.tabel.currentIndex().row())
        return stand.datum if stand else None

    @property
    def van(self) -> date | None:
        """Vanaf welke dag er wordt getoond; None = vanaf vandaag."""
        beeld = self._beeld
        return None if beeld is None or beeld.van == beeld.vandaag else beeld.van

    def show_beeld(self, beeld: Beheerbeeld) -> None:
        """Vul of werk bij; wie ergens staat, blijft daar staan."""
        was = self.datum
        nieuw = self._beeld is None or self._beeld.van != beeld.van
        self._beeld = beeld
        self.model.set_beeld(beeld)
        self.tabel.setColumnHidden(VERZETTEN, not self.model.heeft_te_verzetten)
        if nieuw or self.tabel.horizontalHeader().count() != self._kolommen:
            self._kolommen = self.model.columnCount()
            self.tabel.fit_kolommen(1)
        self.kop.setText(self._titel(beeld))
        self._show_leeg(beeld)
        self._show_aandacht(beeld)
        if self.model.rowCount():
            rij = self.model.rij_van(was) if was is not None else self._eerste_rij(beeld)
            self._select(max(rij, 0))

    def select(self, datum: date) -> None:
        """Wijs deze avond aan als hij in de lijst staat."""
        rij = self.model.rij_van(datum)
        if rij >= 0:
            self._select(rij)

    def _select(self, rij: int) -> None:
        nu = self.tabel.currentIndex()
        if nu.row() == rij:
            self._follow(rij)
        else:
            self.tabel.setCurrentIndex(self.model.index(rij, max(nu.column(), 0)))

    def _eerste_rij(self, beeld: Beheerbeeld) -> int:
        return next((n for n, stand in enumerate(beeld.avonden) if stand.overzicht.open), 0)

    def _titel(self, beeld: Beheerbeeld) -> str:
        van = taal.datum_kort(beeld.van, beeld.vandaag)
        tot = taal.datum_kort(beeld.tot, beeld.vandaag)
        return f"{woorden.hoofdletter(van)} tot en met {tot}"

    def _show_leeg(self, beeld: Beheerbeeld) -> None:
        regels = bool(beeld.basis.inrichting.regels)
        if beeld.avonden:
            self._zin.setText("Per soort werk staat hoeveel balies het kunnen.")
            self._zin.setVisible(bool(beeld.bevoegdheden))
        else:
            self._zin.setText("In deze weken zijn er geen avonden." if regels else GEEN_AVONDEN)
            self._zin.show()
        self._begin.setVisible(not regels)
        self.tabel.setVisible(bool(beeld.avonden))

    def _show_aandacht(self, beeld: Beheerbeeld) -> None:
        rijen = []
        for stand in beeld.avonden:
            if stand.datum < beeld.vandaag:
                continue
            dag = taal.datum_kort(stand.datum, beeld.vandaag)
            zinnen = woorden.aandacht(stand)
            rijen += [Rij(f"{dag}: {woorden.kleine_letter(zin)}", waarde=stand.datum) for zin in zinnen]
        gekozen = self.aandacht.currentIndex().row()
        oud = self._kop_aandacht.text()
        self._kop_aandacht.setText(
            f"Wat vraagt aandacht ({len(rijen)})" if rijen else "Alle avonden zijn gedekt"
        )
        self.aandacht.set_rijen(rijen, kies=min(gekozen, len(rijen) - 1))
        self.aandacht.setVisible(bool(rijen))
        self._onder.setVisible(bool(beeld.avonden))
        if oud != self._kop_aandacht.text() and rijen and oud != "Wat vraagt aandacht":
            announce(self.aandacht, self._kop_aandacht.text())

    def _follow(self, rij: int) -> None:
        stand = self.model.stand(rij)
        if stand is not None:
            self.gekozen.emit(stand.datum)

    def _open(self, rij: int) -> None:
        stand = self.model.stand(rij)
        if stand is not None:
            self.geopend.emit(stand.datum)

    def _jump(self, datum: object) -> None:
        if isinstance(datum, date):
            self.select(datum)

    def _shift(self, richting: int) -> None:
        if self._beeld is not None:
            self.periode.emit(self._beeld.van + richting * _STAP)
