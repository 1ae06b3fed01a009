"""Het venster: zoekveld boven, klant in het midden, stand van de registers onder. Verbindt, beslist niets.

Kan al op het scherm staan voordat de services er zijn; `set_diensten` maakt het af.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Herkomst, Kandidaat, KlantSleutel, RecenteKlant
from frontoffice.ports import Stop
from ui.aanmelden.venster import Aanmeldbron, Aanmelden
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afdekken import Afdekking
from ui.afspraak.venster import Afspraken
from ui.beheer.venster import Beheer
from ui.bouwstenen import ActieKnop, Band, Knop
from ui.contact.herstelvenster import Herstelvenster
from ui.contact.outboxvenster import Outboxvenster
from ui.contact.venster import Contacten
from ui.goednieuws.venster import Goednieuws
from ui.hulp import OVER, SNELTOETSEN, Hulpvenster
from ui.instellingen import Instellingen
from ui.klembord import Kopie, put
from ui.logboekzender import Logboekzender
from ui.meldingen.venster import Meldingen
from ui.menubalk import build_menus, connect_beeld
from ui.palet import Palet
from ui.startfout import Startfout
from ui.statusregel import Statusregel
from ui.tekst import KorteTekst, announce
from ui.terugbellen.venster import Terugbellen
from ui.thema import Thema
from ui.vanavond.venster import Vanavond
from ui.vandaag.venster import Vandaag
from ui.zoeken.paneel import Zoekpaneel
from ui.zoeken.veld import Zoekveld
from ui.zoeken.zoeker import Zoeker

if TYPE_CHECKING:
    from frontoffice.domain.klantbeeld import Klantbeeld
    from ui.bericht.dienst import Berichten
    from ui.bericht.volger import Berichtvolger
    from ui.contact.gesprekken import Gesprekken
    from ui.klantbeeld.scherm import KlantbeeldScherm
    from ui.vensterdiensten import Diensten

TITEL = "Klant in Focus"
DEMO = "Demonstratie: alle personen en gegevens zijn verzonnen."
_MEENEMEN = "vraag van een klant beantwoorden"
_GEWONE_MAAT = QSize(1360, 860)


class Hoofdvenster(QMainWindow):
    """Eén venster voor het hele gesprek. De titel noemt nooit een klant."""

    opnieuw_starten = Signal()
    getekend = Signal()  # het eerste beeld staat er
    wissel_gevraagd = Signal()

    def __init__(
        self,
        diensten: Diensten | None,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        instellingen: Instellingen,
    ) -> None:
        super().__init__()
        self._acties = acties
        self._thema = thema
        self._achtergrond = achtergrond
        self._instellingen = instellingen
        self._diensten: Diensten | None = None
        self._volger: Berichtvolger | None = None
        self._scherm: KlantbeeldScherm | None = None
        self._hulp: Hulpvenster | None = None
        self._is_getekend = False
        self._stop = Stop()
        self.setWindowTitle(TITEL)
        self.setAccessibleName(TITEL)
        self.setMinimumSize(480, 320)
        self.afdekking = Afdekking(parent=self)
        self._build()
        build_menus(self, acties)
        self._connect()
        instellingen.restore_venster(self, _GEWONE_MAAT)
        self.zoekveld.setFocus()
        if diensten is not None:
            self.set_diensten(diensten)

    @property
    def scherm(self) -> KlantbeeldScherm | None:
        """Het klantbeeld, zodra de services er zijn."""
        return self._scherm

    def set_diensten(self, diensten: Diensten) -> None:
        """De services zijn er: zoeken en openen kan vanaf nu."""
        from ui.klantbeeld.scherm import KlantbeeldScherm

        profiel = diensten.profiel
        self._diensten = diensten
        self._scherm = KlantbeeldScherm(
            diensten.klantbeeld, self._achtergrond, self._acties, self._thema, profiel.werkplek.soort
        )
        self._midden.addWidget(self._scherm)
        self._scherm.gewijzigd.connect(self._follow_beeld)
        self._scherm.melding.connect(self.statusregel.show_melding)
        self._scherm.niet_geopend.connect(self._refuse_klant)
        self._scherm.afspraak.connect(self.afspraken.open_van_klant)
        self._scherm.melding_openen.connect(self.meldingen.open_van_klant)
        self._scherm.restore_state(self._instellingen.qsettings)
        self._wie.setText(f"{profiel.medewerker.naam} · {profiel.werkplek.soort}")
        self._acties.wissel.setEnabled(diensten.op_gedeeld_account)
        self._acties.wissel.setVisible(diensten.op_gedeeld_account)
        self._start.set_werkplek(profiel.werkplek.soort)
        self._start.set_voorbeelden(diensten.voorbeelden)
        self._demoband.setVisible(profiel.gemeente.demo)
        self.afdekking.set_minuten(profiel.werkplek.afdekken_na_minuten)
        if self.aanmelden.scherm is not None:
            self._set_zoeken(kan=True)
        self._midden.setCurrentWidget(self._start)
        self.statusregel.show_beeld(None)
        self.statusregel.set_alleen_deze_pc(diensten.agenda_alleen_deze_pc)
        self.zoeker.set_dienst(diensten.zoeken)
        self.afspraken.set_diensten(diensten, profiel.werkplek.soort, profiel.gemeente.naam)
        self.beheer.set_diensten(diensten)
        self.goednieuws.set_diensten(diensten, profiel.gemeente.naam)
        self.vanavond.set_diensten(diensten)
        self.meldingen.set_diensten(diensten, aangesloten=profiel.meldingen is not None)
        self.contacten.set_diensten(diensten, profiel.werkplek.soort, self, self._midden)
        self.contacten.plaatsing.set_breedte(self.width())
        if self.contacten.gesprekken is not None:
            self.outbox.set_gesprekken(self.contacten.gesprekken, diensten.berichten)
            self._follow_berichten(diensten.berichten, self.contacten.gesprekken)
            self.herstel.set_diensten(diensten, self.contacten.gesprekken, self.contacten.strook)
        self.terugbellen.set_diensten(diensten, self.contacten.gesprekken)
        self.vandaag.set_diensten(diensten, self.contacten.gesprekken)
        self.contacten.follow_scherm(self._scherm)
        if profiel.logboek is not None:
            self._logboekzender.start(diensten.send_logboek)
        self._scherm.resize(self._midden.size())
        self._scherm.warm()

    def ask_aanmelden(self, bron: Aanmeldbron) -> None:
        """Met dit account werken meer mensen: tot iemand zegt wie hij is, gaat er niets open."""
        self._set_zoeken(kan=False)
        self._wie.setText("Niemand aangemeld")
        self.statusregel.show_stand("Niemand aangemeld")
        self.aanmelden.open(bron)

    def _set_zoeken(self, *, kan: bool) -> None:
        self.zoekveld.setEnabled(kan)
        self._acties.zoeken.setEnabled(kan)
        self.zoekveld.clear()
        self.paneel.clear()

    def show_startfout(self, fout: KifFout) -> None:
        """Het programma kan niet beginnen: zeg waarom, op een gewone bladzijde."""
        self._startfout.show_fout(fout)
        self._midden.setCurrentWidget(self._startfout)
        self.statusregel.show_stand("Niet gestart")
        announce(self, "Het programma kan nog niet beginnen.")

    def show_bezig(self) -> None:
        """Weer op weg: de services worden opgebouwd."""
        self._midden.setCurrentWidget(self._start)
        self.statusregel.show_stand("Programma start op…")

    def show_storing(self, zin: str) -> None:
        """Een regel die blijft staan tot de medewerker haar sluit; geen dialoog."""
        self._storing.tekst.setText(zin)
        self._storing.show()
        announce(self, zin)

    def open_klant(self, klant: object) -> None:
        """Open een Kandidaat of RecenteKlant in het klantbeeld."""
        if self._scherm is None or not isinstance(klant, Kandidaat | RecenteKlant):
            return
        self._acties.set_klant_open(True)
        self.contacten.note_geopend()
        self._scherm.open(klant.sleutel, klant.herkomst)
        self._midden.setCurrentWidget(self._scherm)  # erna: zolang het verborgen is, kost opmaak niets

    def _open_sleutel(self, sleutel: object, herkomst: object) -> None:
        if self._scherm is not None and isinstance(herkomst, Herkomst):
            self._acties.set_klant_open(True)
            self.contacten.note_geopend()
            self._scherm.open(cast("KlantSleutel", sleutel), herkomst)
            self._midden.setCurrentWidget(self._scherm)

    def close_klant(self) -> None:
        if self._scherm is not None and self._has_klant():
            self._scherm.close_klant()
            self._acties.set_klant_open(False)
            if self._diensten is not None:
                self._start.set_recent(self._diensten.zoeken.recent)
            self.contacten.close_beeld()
            self._midden.setCurrentWidget(self._start)
            self.statusregel.show_beeld(None)
            self.focus_zoekveld()

    def _refuse_klant(self, zin: str) -> None:
        """Vastleggen wie er kijkt lukte niet: de klant gaat weer dicht, en de reden blijft staan."""
        self.close_klant()
        self.show_storing(zin)

    def _search(self) -> None:
        """Ctrl+K zoekt waar men is: op Vanavond iemand van vanavond, en anders een klant."""
        if not self.vanavond.focus_zoeken():
            self.focus_zoekveld()

    def focus_zoekveld(self) -> None:
        self.contacten.plaatsing.show_midden()
        self.zoekveld.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.zoekveld.selectAll()

    def come_naar_voren(self) -> None:
        """Haal het venster naar voren zonder iets te veranderen aan wat erop staat."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def load_iconen(self) -> None:
        """Na het eerste beeld: tekenen wat er mooier van wordt."""
        self._acties.load_iconen()

    # --- opbouw --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.zoekveld = Zoekveld()
        self._wie = KorteTekst(rol="gedempt")
        self._wie.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._dekknop = ActieKnop(self._acties.afdekken, soort="groot", met_toets=True)
        self._demoband = Band(DEMO, "demo")
        self._demoband.hide()
        self._storing = Band("", "let_op", Knop("Sluiten", lambda: self._storing.hide()))
        self._storing.hide()
        self._startfout = Startfout(self.opnieuw_starten.emit)
        self._midden = QStackedWidget()
        delen = (self._midden, self._acties, self._thema, self._achtergrond)
        self.afspraken = Afspraken(*delen, self._current_klant, self)
        self.meldingen = Meldingen(*delen, self._current_klant, lambda: self.contacten.gesprekken, self)
        self.beheer = Beheer(*delen, self)
        self.vandaag = Vandaag(*delen, self)
        self._start = self.vandaag.scherm
        self._midden.addWidget(self._startfout)
        self.goednieuws = Goednieuws(*delen, self)
        self.terugbellen = Terugbellen(*delen, self._instellingen, self)
        self.vanavond = Vanavond(*delen, self._instellingen, self)
        self._schermen = (
            self.afspraken, self.meldingen, self.terugbellen, self.beheer, self.goednieuws, self.vanavond,
        )  # fmt: skip
        self.contacten = Contacten(self._acties, self._achtergrond, self)
        self.outbox = Outboxvenster(self._midden, self._thema, self._achtergrond, self)
        self.herstel = Herstelvenster(self._midden, self._start, self._thema, self._achtergrond, self)
        self.aanmelden = Aanmelden(self._midden, self._thema, self._achtergrond, self)
        self._logboekzender = Logboekzender(self._achtergrond, self)
        midden = QWidget()
        kolom = QVBoxLayout(midden)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for deel in (
            self._demoband,
            self._build_kop(),
            self._storing,
            self.contacten.plaatsing.regelplaats,
            self.contacten.plaatsing.bandplaats,
            self.afspraken.bandplaats,
        ):
            kolom.addWidget(deel)
        kolom.addWidget(self._midden, 1)
        # De strook staat naast alles, ook naast het zoekpaneel: niets komt er ooit voor.
        alles = QWidget()
        rij = QHBoxLayout(alles)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(midden, 1)
        rij.addWidget(self.contacten.plaatsing.plaats)
        self.setCentralWidget(alles)
        self.statusregel = Statusregel()
        self.setStatusBar(self.statusregel)
        self.show_bezig()
        self.paneel = Zoekpaneel(self._thema, midden, self.zoekveld)
        QWidget.setTabOrder(self.zoekveld, self.paneel.lijst)
        self.zoeker = Zoeker(self.zoekveld, self.paneel, self._achtergrond)
        self.palet = Palet(self._acties, self._thema, midden)

    def _build_kop(self) -> QFrame:
        kop = QFrame()
        kop.setProperty("soort", "kop")
        rij = QHBoxLayout(kop)
        marge = 2 * Thema.afstand
        rij.setContentsMargins(3 * Thema.afstand, marge, 3 * Thema.afstand, marge)
        rij.setSpacing(3 * Thema.afstand)
        rij.addWidget(self.zoekveld, 6)
        self._toets = KorteTekst("Ctrl+K", rol="klein")
        rij.addWidget(self._toets)
        rij.addWidget(self._wie, 2)
        self._afspraakknop = ActieKnop(self._acties.afspraak_maken, soort="groot")
        rij.addWidget(self._afspraakknop)
        rij.addWidget(self._dekknop)
        return kop

    def _connect(self) -> None:
        acties = self._acties
        verbindingen: tuple[tuple[QAction, object], ...] = (
            (acties.zoeken, self._search),
            (acties.klant_sluiten, self.close_klant),
            (acties.ververs, self._refresh),
            (acties.afdekken, self.afdekking.toggle),
            (acties.afsluiten, self.close),
            (acties.wissel, self.wissel_gevraagd.emit),
            (acties.palet, self.palet.open),
            (acties.outbox, self.outbox.open),
            (acties.hulp, lambda: self._open_hulp(self._find_onderwerp())),
            (acties.sneltoetsen, lambda: self._open_hulp(SNELTOETSEN)),
            (acties.over, lambda: self._open_hulp(OVER)),
        )
        for actie, doe in verbindingen:
            actie.triggered.connect(lambda _=False, doe=doe: doe())
        for deel in ("klant", "wat_speelt_er", "open_zaken", "tijdlijn"):
            actie = getattr(acties, f"naar_{deel}")
            actie.triggered.connect(lambda _=False, deel=deel: self._jump(deel))
        connect_beeld(acties, self._thema)
        self.zoeker.gekozen.connect(self.open_klant)
        self.zoeker.verlaten.connect(self._back_naar_klant)
        self._start.gekozen.connect(self.open_klant)
        self._start.gezocht.connect(self.zoeker.search_tekst)
        self.contacten.zoek.connect(self.zoeker.search_tekst)
        self.afspraken.geboekt.connect(self.contacten.note_geboekt)
        for scherm in (*self._schermen, self.contacten, self.herstel):
            scherm.melding.connect(self.statusregel.show_melding)
        self.afspraken.terug.connect(self._renew_afspraken)
        self.meldingen.klaargezet.connect(self.contacten.send)
        self.meldingen.zoek_klant.connect(self.zoeker.search_tekst)
        self.meldingen.belofte.connect(self.contacten.open_belofte)
        self.contacten.verzonden.connect(self.meldingen.note_verzonden)
        self.beheer.verzetten.connect(self.afspraken.move)
        self.vanavond.zoek_klant.connect(self.zoeker.search_tekst)
        self.contacten.klant_in_beeld.connect(self.vanavond.note_klant)
        self.vanavond.in_beeld.connect(self.contacten.plaatsing.set_ingevouwen)
        self.contacten.wacht.connect(self.statusregel.show_wacht)
        self.contacten.bewaard.connect(self.statusregel.show_bewaard)
        self.statusregel.wacht.clicked.connect(acties.outbox.trigger)
        self.contacten.open_klant.connect(self._open_sleutel)
        self.terugbellen.open_klant.connect(self._open_sleutel)
        self.vandaag.terugbellen.connect(self.terugbellen.open)
        self.vandaag.open_vanavond.connect(self.vanavond.open)
        self.vandaag.open_melding.connect(self.meldingen.open_vanaf_vandaag)
        self.zoekveld.textEdited.connect(self.contacten.note_gezocht)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
            self.afdekking.follow(app)

    # --- volgen --------------------------------------------------------------------------------------------

    def _follow_beeld(self, beeld: object) -> None:
        from frontoffice.domain.klantbeeld import Klantbeeld  # pas nodig als er een klant is

        if isinstance(beeld, Klantbeeld):
            self.statusregel.show_beeld(beeld)
            self.contacten.follow_beeld(beeld)
            if beeld.is_compleet and self._diensten is not None:
                self._diensten.zoeken.note_recent(beeld)

    def _follow_focus(self, _oud: QWidget | None, nieuw: QWidget | None) -> None:
        if not self.afdekking.is_afgedekt:
            self.zoeker.hide_bij_verlies(nieuw)
            self.palet.hide_bij_verlies(nieuw)

    def _back_naar_klant(self) -> None:
        """Escape in een rustig zoekveld: de toetsen gaan weer naar de klant die open is."""
        self._jump("klant")

    def copy_vastgelegd(self, kopie: Kopie) -> None:
        """Iemand neemt iets mee: eerst ligt dat vast, dan pas staat het op het klembord."""
        diensten = self._diensten
        if diensten is None:
            return
        van_klant = self._scherm is not None and self._scherm.isAncestorOf(kopie.van)
        klant = self._current_klant() if van_klant else None
        onderwerp = klant.sleutel if klant is not None else None

        def show(_: None) -> None:
            put(kopie.tekst)
            kopie.klaar()

        self._achtergrond.start(
            lambda _: diensten.logboek.note("gekopieerd", _MEENEMEN, onderwerp, wat=kopie.wat, **kopie.bij),
            show,
            lambda fout: self.show_storing(fout.uitleg),
            self._stop,
        )

    def _refresh(self) -> None:
        if self._scherm is not None and self._has_klant():
            self._scherm.refresh()

    def _renew_afspraken(self) -> None:
        if self._scherm is not None and self._has_klant():
            self._scherm.renew_afspraken()

    def _jump(self, deel: str) -> None:
        if self._scherm is not None and self._has_klant():
            self._scherm.jump(deel)

    def _has_klant(self) -> bool:
        return self._scherm is not None and self._midden.currentWidget() == self._scherm

    def _open_hulp(self, naam: str) -> None:
        if self._hulp is None:
            demo = self._diensten is not None and self._diensten.profiel.gemeente.demo
            self._hulp = Hulpvenster(
                self._acties, self._thema, self._instellingen.bestand.parent, band=DEMO if demo else ""
            )
            for actie in (self._acties.afdekken, self._acties.zoeken):
                self._hulp.addAction(actie)
        self._hulp.open(naam)

    def _current_klant(self) -> Klantbeeld | None:
        """De klant die open is, ook als er een ander scherm voor staat."""
        is_open = self._scherm is not None and self._acties.klant_sluiten.isEnabled()
        return self._scherm.current if self._scherm is not None and is_open else None

    def _find_onderwerp(self) -> str:
        """Het hulponderwerp van waar de focus is: de eigenschap "hulp" van het widget of een ouder."""
        widget = QApplication.focusWidget()
        while widget is not None:
            naam = widget.property("hulp")
            if isinstance(naam, str) and naam:
                return naam
            widget = widget.parentWidget()
        hulp = next((scherm.hulp for scherm in self._schermen if scherm.hulp), "")
        return hulp or ("klantbeeld" if self._has_klant() else "zoeken")

    # --- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_getekend:
            self._is_getekend = True
            QTimer.singleShot(0, self.getekend.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._start.set_breedte(self.width())
        self._toets.setVisible(self.width() >= 760)
        self._afspraakknop.setVisible(self.width() >= 1000)
        self.contacten.plaatsing.set_breedte(self.width())
        QTimer.singleShot(0, self.paneel.place)

    def _follow_berichten(self, berichten: Berichten, gesprekken: Gesprekken) -> None:
        from ui.bericht.volger import Berichtvolger

        self._volger = Berichtvolger(berichten, gesprekken, self._achtergrond, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Onthoud de plaats en laat alles los; vraagt niets, want er gaat niets verloren."""
        self._instellingen.save_venster(self)
        self._instellingen.kleuren = self._thema.keuze
        self._instellingen.vergroting = self._thema.vergroting
        if self._scherm is not None:
            self._scherm.save_state(self._instellingen.qsettings)
            self._scherm.close_klant()
        self._stop.set()
        for deel in (self.aanmelden, self._logboekzender, self.contacten, self.vandaag, self.herstel):
            deel.close()
        if self._volger is not None:
            self._volger.close()
        for scherm in self._schermen:
            scherm.close_schermen()
        if self._hulp is not None:
            self._hulp.close()
        self._instellingen.sync()
        super().closeEvent(event)
