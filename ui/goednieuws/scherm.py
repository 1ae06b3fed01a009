"""Het scherm *Goed nieuws*: boven wat er deze week goed ging, daaronder de cijfers van een periode.

Verbindt en toont; rekenen doet de cijferdienst, op een andere draad. Wat er stond blijft staan tot er iets
nieuws is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain import cijferwoorden as woorden
from frontoffice.domain.cijfers import DEFINITIES, Cijfers, Maat, Periode
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.taal import datum_kort, tijd
from frontoffice.ports import Stop
from ui import klembord
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen
from ui.bewaren import downloads, zeg_opgeslagen
from ui.bouwstenen import Knop, Scrollvlak
from ui.goednieuws import dienst as werk
from ui.goednieuws.dienst import Dienst
from ui.goednieuws.periodes import Keuze, make_periode, read_periode
from ui.goednieuws.vakken import (
    Cijferkaart,
    Komendvak,
    Paginavak,
    Uitlegvak,
    Verloopvak,
    Weekvak,
    uitleg_van,
)
from ui.klantbeeld.vloei import Vloei
from ui.papier import Klaarpapier, Papierwerk
from ui.papierscherm import PapierScherm
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.services.cijfers import Voortgang

TITEL = "Goed nieuws"
_MARGE = 3 * Thema.afstand
_KAART = 250
"""Zo breed is een cijfer minstens voordat er een tweede naast past."""


class GoednieuwsScherm(QStackedWidget):
    """`melding` draagt een zin voor de statusregel. Roep `start` als het te zien is."""

    melding = Signal(str)

    def __init__(self, dienst: Dienst, gemeente: str, achtergrond: Achtergrond, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName(TITEL)
        self.setProperty("hulp", "goednieuws")
        self._dienst, self._gemeente, self._achtergrond = dienst, gemeente, achtergrond
        self._thema = thema
        self._vragen = Vragen(achtergrond)
        self._stop: Stop | None = None
        self.cijfers: Cijfers | None = None
        self._rapport: PapierScherm | None = None
        self._kolommen = 0
        self._build_velden()
        self._build()
        self._connect()

    # --- opbouw ------------------------------------------------------------------------------------------

    def _build_velden(self) -> None:
        self.keuze = QComboBox()
        self.keuze.setAccessibleName("Periode")
        self.keuze.addItems([keuze.value for keuze in Keuze])
        self.van, self.tot = QLineEdit(), QLineEdit()
        for veld, naam in ((self.van, "Van"), (self.tot, "Tot en met")):
            veld.setAccessibleName(naam)
            veld.setPlaceholderText("1-9-2026")
            veld.setMaximumWidth(130)
        self.reken = Knop("Reken", lambda: self._start_zelf(), naam="Reken over deze dagen")
        self.opnieuw = Knop("Opnieuw rekenen", lambda: self.load(vers=True))
        self.kopieer = Knop("Kopieer", self._copy, naam="Cijfers kopiëren")
        self.pdf = Knop("Rapport (pdf)", self._open_rapport, uitleg="Bekijken, afdrukken of bewaren.")
        self.csv = Knop("Bewaren als CSV", self._save_csv, naam="Cijfers bewaren als CSV")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self.stand = Tekst("", rol="gedempt")
        self.stop = Knop("Stop", self._cancel, naam="Stop met rekenen")
        self.bezig = QFrame()
        set_stijl(self.bezig, "soort", "kaart")
        self.bezigzin = Tekst("")
        rij = QHBoxLayout(self.bezig)
        rij.setContentsMargins(_MARGE, Thema.afstand, _MARGE, Thema.afstand)
        rij.addWidget(self.bezigzin, 1)
        rij.addWidget(self.stop)
        self.meter = QProgressBar()
        self.meter.setAccessibleName("Voortgang")
        self.meter.setTextVisible(False)
        self.meter.setRange(0, 1000)
        self.maat = QComboBox()
        self.maat.setAccessibleName("Cijfer")
        for maat in Maat:
            self.maat.addItem(DEFINITIES[maat].naam, maat)

    def _build(self) -> None:
        self.week, self.verloop = Weekvak(), Verloopvak(self._thema)
        self.komend, self.paginas, self.uitleg = Komendvak(), Paginavak(), Uitlegvak()
        self.kaarten = {maat: Cijferkaart(maat) for maat in Maat}
        self.verloop.kopregel.insertWidget(1, self.maat)
        inhoud = QWidget()
        kolom = QVBoxLayout(inhoud)
        kolom.setContentsMargins(_MARGE, _MARGE, _MARGE, _MARGE)
        kolom.setSpacing(_MARGE)
        kolom.addWidget(self._build_kop())
        kolom.addWidget(self.week)
        kaarten = QWidget()
        self._rooster = QGridLayout(kaarten)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setSpacing(_MARGE)
        kolom.addWidget(kaarten)
        for vak in (self.verloop, self.komend, self.paginas, self.uitleg):
            kolom.addWidget(vak)
        kolom.addStretch(1)
        self.vlak = Scrollvlak(inhoud)
        hoofd = QWidget()
        set_stijl(hoofd, "soort", "venster")
        alles = QVBoxLayout(hoofd)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        for deel in (self.bezig, self.meter):  # blijft in beeld, ook als de rest schuift
            alles.addWidget(deel)
        alles.addWidget(self.vlak, 1)
        self.bezig.hide()
        self.meter.hide()
        self.addWidget(hoofd)
        self._place_kaarten()

    def _build_kop(self) -> QFrame:
        kop = QFrame()
        set_stijl(kop, "soort", "kaart")
        kolom = QVBoxLayout(kop)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst("Goed nieuws en cijfers", rol="kop1"))
        self._zelf = QWidget()
        rij = QHBoxLayout(self._zelf)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(2 * Thema.afstand)
        for label, veld in (("Van", self.van), ("tot en met", self.tot)):
            naam = Tekst(label)
            naam.setBuddy(veld)
            rij.addWidget(naam)
            rij.addWidget(veld)
        rij.addWidget(self.reken)
        self._zelf.hide()
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for widget in (self.keuze, self._zelf, self.opnieuw, self.kopieer, self.pdf, self.csv):
            vloei.addWidget(widget)
        for widget in (knoppen, self.fout, self.stand):
            kolom.addWidget(widget)
        self._set_uitvoer(aan=False)
        return kop

    def _connect(self) -> None:
        self.keuze.currentIndexChanged.connect(lambda _: self._choose())
        self.maat.currentIndexChanged.connect(lambda _: self._show_maat())
        for veld in (self.van, self.tot):
            veld.returnPressed.connect(self._start_zelf)

    # --- periode -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Het scherm is te zien: reken als er nog niets is."""
        if self.cijfers is None and self._stop is None:
            self.load()

    @property
    def _keuze(self) -> Keuze:
        return Keuze(self.keuze.currentText())

    def _choose(self) -> None:
        zelf = self._keuze is Keuze.ZELF
        self._zelf.setVisible(zelf)
        self._show_fout("")
        if not zelf:
            self.load()
            return
        periode = make_periode(Keuze.ZELF, self._dienst.vandaag)
        for veld, dag in ((self.van, periode.van), (self.tot, periode.tot)):
            veld.setText(f"{dag.day}-{dag.month}-{dag.year}")

    def _start_zelf(self) -> None:
        try:
            periode = read_periode(self.van.text(), self.tot.text(), self._dienst.vandaag)
        except InvoerFout as fout:
            self._show_fout(fout.uitleg)
            (self.tot if fout.code == "einde" else self.van).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._run(periode, vers=False)

    def load(self, *, vers: bool = False) -> None:
        """Reken over de gekozen periode."""
        if self._keuze is Keuze.ZELF:
            if vers and self.cijfers is not None:
                self._run(self.cijfers.periode, vers=True)
            return
        self._run(make_periode(self._keuze, self._dienst.vandaag), vers=vers)

    # --- rekenen -----------------------------------------------------------------------------------------

    def _run(self, periode: Periode, *, vers: bool) -> None:
        self._halt()
        self._show_fout("")
        stop = self._stop = Stop()
        dienst = self._dienst
        self._show_bezig(f"Cijfers van {woorden.zeg_periode(periode)}. Even geduld…", 0.0)
        announce(self, "Cijfers worden uitgerekend.")
        self._achtergrond.stream(
            lambda s: dienst.load(periode, s, vers=vers), self._receive, self._finish, self._fail, stop
        )

    def _receive(self, stuk: Voortgang | Cijfers) -> None:
        if isinstance(stuk, Cijfers):
            self._show(stuk)
            return
        bij = f", tot {datum_kort(stuk.tot, self._dienst.vandaag)}" if stuk.tot is not None else ""
        self._show_bezig(f"{woorden.zeg_getal(stuk.gelezen)} {stuk.wat} gelezen{bij}.", stuk.deel)

    def _finish(self) -> None:
        self._stop = None
        self.bezig.hide()
        self.meter.hide()

    def _fail(self, fout: KifFout) -> None:
        self._finish()
        # De zin van een register noemt vaak zelf al een knop Opnieuw; hier heet die zo.
        zin = fout.uitleg.replace("kies Opnieuw.", "kies Opnieuw rekenen.")
        self._show_fout(zin if "Opnieuw rekenen" in zin else f"{zin} Kies Opnieuw rekenen.")

    def _cancel(self) -> None:
        self._halt()
        self._finish()
        self._show_fout("Gestopt. Kies een periode of Opnieuw rekenen.")
        self.keuze.setFocus(Qt.FocusReason.OtherFocusReason)

    def _halt(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def close_scherm(self) -> None:
        """Het venster sluit."""
        self._halt()
        self._vragen.cancel_alles()
        if self._rapport is not None:
            self._rapport.clear()

    # --- tonen -------------------------------------------------------------------------------------------

    def _show_bezig(self, zin: str, deel: float) -> None:
        self.bezigzin.setText(zin)
        self.bezig.show()
        self.meter.setValue(round(1000 * deel))
        self.meter.show()

    def _show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))
        if zin:
            announce(self.fout, zin)

    def _show(self, cijfers: Cijfers) -> None:
        self.cijfers = cijfers
        if cijfers.week is not None:
            self.week.show_week(cijfers.week)
        gevonden = {cijfer.maat: cijfer for cijfer in cijfers.maten}
        for maat, kaart in self.kaarten.items():
            cijfer = gevonden.get(maat)
            kaart.show_stand(cijfer.stand if cijfer else None, "" if cijfer else uitleg_van(cijfers, maat))
        self._show_maat()
        self.komend.show_komend(cijfers)
        self.paginas.show_paginas(cijfers.paginas)
        om = tijd(cijfers.gemaakt_op)
        self.stand.setText(f"{woorden.zeg_periode(cijfers.periode)}. Uitgerekend om {om}.")
        self._set_uitvoer(aan=True)
        announce(self, "De cijfers zijn er.")

    def _show_maat(self) -> None:
        if self.cijfers is None:
            return
        maat = self.maat.currentData()  # Qt geeft er een gewone tekst van terug
        cijfer = next((c for c in self.cijfers.maten if c.maat == maat), None)
        self.verloop.show_cijfer(cijfer, per_week=self.cijfers.periode.per_week)

    def _set_uitvoer(self, *, aan: bool) -> None:
        for knop in (self.kopieer, self.pdf, self.csv):
            knop.setEnabled(aan)

    # --- eruit -------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        if self.cijfers is not None:
            klembord.put("\n".join(woorden.regels(self.cijfers)))  # tellingen: zij gaan over niemand
            self.melding.emit("De cijfers staan op het klembord.")

    def _save_csv(self) -> None:
        cijfers, dienst, gemeente = self.cijfers, self._dienst, self._gemeente
        if cijfers is None:
            return
        map_ = downloads()

        def show(gemaakt: Path) -> None:
            self.melding.emit(zeg_opgeslagen(gemaakt))

        self._vragen.ask(
            "csv",
            lambda _: werk.save_csv(dienst, cijfers, gemeente, map_),
            show,
            lambda fout: self._show_fout(fout.uitleg),
        )

    def _open_rapport(self) -> None:
        cijfers, dienst, gemeente = self.cijfers, self._dienst, self._gemeente
        if cijfers is None:
            return

        def note(hoe: str, _: Klaarpapier) -> None:
            dienst.note(f"cijfers_{hoe}", cijfers.periode, vorm="pdf")

        if self._rapport is None:
            self._rapport = PapierScherm(self._achtergrond, "het rapport")
            self._rapport.melding.connect(self.melding)
            self._rapport.gesloten.connect(self._close_rapport)
            self.addWidget(self._rapport)
        self.setCurrentWidget(self._rapport)
        self._rapport.open(
            Papierwerk(
                "Rapport",
                lambda _: werk.make_rapport(cijfers, gemeente),
                note,
                "Het rapport is naar de printer.",
            )
        )

    def _close_rapport(self) -> None:
        if self._rapport is not None:
            self._rapport.clear()
        self.setCurrentIndex(0)
        self.pdf.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- Qt ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_kaarten()

    def _place_kaarten(self) -> None:
        """Zoveel cijfers naast elkaar als er passen: vier, twee of een."""
        past = max(self.width() - 2 * _MARGE, 1) // round(_KAART * self._thema.vergroting)
        kolommen = 4 if past >= 4 else 2 if past >= 2 else 1
        if kolommen == self._kolommen:
            return
        self._kolommen = kolommen
        for nummer, kaart in enumerate(self.kaarten.values()):
            self._rooster.addWidget(kaart, nummer // kolommen, nummer % kolommen)
        for kolom in range(4):
            self._rooster.setColumnStretch(kolom, 1 if kolom < kolommen else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc tijdens het rekenen is Stop."""
        if event.key() == Qt.Key.Key_Escape and self._stop is not None and not event.isAutoRepeat():
            self._cancel()
        else:
            super().keyPressEvent(event)
