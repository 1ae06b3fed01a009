"""Een melding maken tijdens het gesprek: wat, soort, waar, foto, en wie er antwoord krijgt.

Eerst wat er al is gemeld in de buurt: een tweede melding van hetzelfde helpt niemand. Wat is getypt, staat
binnen een kwart seconde in de winkel van deze pc en is er na een afgebroken programma weer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.melding import MAX_TEKST, Categorie, Plek
from frontoffice.ports import Stop
from frontoffice.registratiepoort import Winkel
from ui.achtergrond import Achtergrond
from ui.afspraak.meldingvak import Meldingvak
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.meldingen.bewaarder import Meldingbewaarder
from ui.meldingen.concept import Meldingconcept, read_concept, to_invoer
from ui.meldingen.dubbelvak import Dubbelvak
from ui.meldingen.fotobewaren import Foto
from ui.meldingen.fotovak import Fotovak
from ui.meldingen.scherm import Meldingbron
from ui.meldingen.zoekkeuze import Zoekkeuze
from ui.rijen import Rij
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_WACHT_MS = 100
_SMAL = 760
_ZOEK_VANAF = 8


class NieuweMelding(QWidget):
    """Signalen: `gesloten`, `gemaakt` (id in de outbox, zin), `bekijk` (nummer) en `melding` (korte zin)."""

    gesloten = Signal()
    gemaakt = Signal(int, str)
    bekijk = Signal(int)
    melding = Signal(str)

    def __init__(
        self,
        bron: Meldingbron,
        winkel: Callable[[], Winkel],
        eigenaar: str,
        achtergrond: Achtergrond,
        thema: Thema,
    ) -> None:
        super().__init__()
        self.setProperty("hulp", "meldingen")
        self.setAccessibleName("Nieuwe melding")
        set_stijl(self, "soort", "venster")
        self._bron = bron
        self._achtergrond = achtergrond
        self._vragen = Vragen(achtergrond)
        self._einde = Stop()
        self._sleutel = str(uuid.uuid4())
        self._bezig = self._laadt = False
        self._bewaarder = Meldingbewaarder(winkel, eigenaar, achtergrond, self._concept, self)
        self.meldingvak = Meldingvak()
        self.vorm = Formulier()
        self.tekst = self.vorm.rij("Wat is er aan de hand?", QPlainTextEdit(), breed=True)
        self.tekst.setTabChangesFocus(True)
        self.tekst.setMinimumHeight(72)
        self.tekst.setMaximumHeight(110)
        self.soort = self.vorm.rij(
            "Soort melding", Zoekkeuze("Soort melding", "Bijvoorbeeld stoeptegel", thema), breed=True
        )
        self.plek = self.vorm.rij(
            "Waar is het?", Zoekkeuze("Waar is het?", "Adres, straat of bekende plek", thema), breed=True
        )
        self.fotos = self.vorm.rij("Foto's", Fotovak(), breed=True)
        self.telefoon = self.vorm.rij("Telefoon", QLineEdit())
        self.email = self.vorm.rij("E-mail", QLineEdit())
        self.anoniem = QCheckBox("De melder wil anoniem blijven")
        self.delen = QCheckBox("Deze gegevens mogen naar een ander bedrijf dat het oplost")
        self.spoed = QCheckBox("Spoed: er is nu gevaar")
        self.dubbel = Dubbelvak(bron, self._vragen, thema)
        self._zegkop = Tekst("Zeg dit", rol="kop2")
        self._zeg = Tekst(rol="nadruk")
        self.maak = Knop("Melding maken", self._make, soort="hoofd")
        self.eerst = Knop("Al gemeld: kijk eerst", self._go_dubbel)
        self.eerst.hide()
        self._build()
        self._connect()

    # --- wat het venster vraagt ---------------------------------------------------------------------------

    def open(self, telefoon: str = "", email: str = "") -> None:
        """Begin, of ga verder met wat er nog stond. De gegevens van de klant staan er dan al."""
        self.meldingvak.clear()
        self.tekst.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._concept().is_leeg:
            return
        self.telefoon.setText(telefoon)
        self.email.setText(email)
        bewaarder = self._bewaarder
        self._vragen.ask("concept", lambda _: bewaarder.recall(), self._restore, self._not_saved)

    def close_scherm(self) -> None:
        """Het venster sluit: zet op schijf wat er nog niet stond."""
        self._bewaarder.flush()
        self._vragen.cancel_alles()

    # --- opbouw -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        marge = 4 * Thema.afstand
        kop = self._kop = QFrame()
        set_stijl(kop, "soort", "kop")
        rij = QHBoxLayout(kop)
        rij.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        rij.addWidget(Tekst("Nieuwe melding", rol="kop1"))
        rij.addStretch(1)
        rij.addWidget(Knop("Opnieuw beginnen", self._ask_leeg, soort="stil"))
        rij.addWidget(Knop("Sluiten (Esc)", self.gesloten.emit, naam="Nieuwe melding sluiten"))
        links = QWidget()
        kolom = QVBoxLayout(links)
        kolom.setContentsMargins(marge, Thema.afstand, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        velden: tuple[QWidget, ...] = (self.vorm, self.anoniem, self.delen, self.spoed)
        for veld in velden:
            kolom.addWidget(veld)
        kolom.addStretch(1)
        rechts = QWidget()
        zij = QVBoxLayout(rechts)
        zij.setContentsMargins(marge, 4 * Thema.afstand, marge, marge)
        zij.setSpacing(2 * Thema.afstand)
        for deel in (self.dubbel, self._zegkop, self._zeg):
            zij.addWidget(deel)
        zij.addStretch(1)
        # Eén scrollend vlak: onder elkaar op een smal scherm loopt men er in één keer door.
        vlak = QWidget()
        self._midden = QHBoxLayout(vlak)
        self._midden.setContentsMargins(0, 0, 0, 0)
        self._midden.setSpacing(0)
        self._lijn = Lijn(staand=True)
        self._midden.addWidget(links, 6)
        self._midden.addWidget(self._lijn)
        self._midden.addWidget(rechts, 5)
        self._scroll = Scrollvlak(vlak)
        voet = self._voet = QFrame()
        set_stijl(voet, "soort", "kop")
        onder = QHBoxLayout(voet)
        onder.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        onder.addWidget(self.maak)
        onder.addWidget(self.eerst)
        onder.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(self.meldingvak)
        alles.addWidget(self._scroll, 1)
        alles.addWidget(voet)
        self._show_zeg()
        self._order_tabs()

    def _connect(self) -> None:
        self.tekst.textChanged.connect(self._follow_tekst)
        self.soort.gezocht.connect(self._find_soort)
        self.soort.gekozen.connect(lambda _: self._go_to_plek())
        self.soort.gewist.connect(self._follow_keuze)
        self.plek.gezocht.connect(self._find_plek)
        self.plek.gekozen.connect(lambda _: self._follow_keuze())
        self.plek.gewist.connect(self._follow_keuze)
        self.plek.veld.textEdited.connect(lambda _: self._touch())
        for veld in (self.telefoon, self.email):
            veld.textEdited.connect(lambda _: self._touch())
        for vink in (self.delen, self.spoed):
            vink.toggled.connect(lambda _: self._touch())
        self.anoniem.toggled.connect(self._follow_anoniem)
        self.dubbel.bekijk.connect(self.bekijk)
        self.dubbel.anders.connect(self._follow_dubbel)
        self.fotos.gewijzigd.connect(self._keep_fotos)
        self._bewaarder.bewaard.connect(lambda: self.melding.emit("Op deze pc bewaard."))
        self._bewaarder.mislukt.connect(self._not_saved)

    # --- kiezen -------------------------------------------------------------------------------------------

    def _follow_tekst(self) -> None:
        tekst = self.tekst.toPlainText()
        over = len(tekst) - MAX_TEKST
        self.vorm.fout(self.tekst, f"Deze tekst is {over} tekens te lang." if over > 0 else "")
        self._touch()
        # Uit wat men typt is de soort vaak al te raden; kiezen blijft aan de medewerker.
        if self.soort.waarde is None and not self.soort.veld.text() and len(tekst) >= _ZOEK_VANAF:
            self._find_soort(tekst)

    def _go_to_plek(self) -> None:
        """Wie Enter geeft en doortypt, typt waar het is; in het veld van de soort zou dat verdwijnen."""
        self._follow_keuze()
        if self.plek.waarde is None:
            self.plek.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find_soort(self, woorden: str) -> None:
        dienst = self._bron.meldingen
        if dienst is None:
            return

        def show(soorten: tuple[Categorie, ...]) -> None:
            if self.soort.waarde is None:
                rijen = [
                    Rij(soort.naam, soort.omschrijving or soort.hoofdnaam, waarde=soort) for soort in soorten
                ]
                getypt = bool(self.soort.veld.text().strip())
                self.soort.show_rijen(
                    rijen, "Geen soort gevonden. Probeer een ander woord." if getypt else ""
                )

        self._vragen.ask(
            "soort",
            lambda stop: dienst.find_categorieen(woorden, stop),
            show,
            self.soort.show_fout,
        )

    def _find_plek(self, tekst: str) -> None:
        dienst = self._bron.meldingen
        if dienst is None:
            return

        def show(plekken: tuple[Plek, ...]) -> None:
            if self.plek.waarde is None:
                rijen = [Rij(plek.omschrijving, waarde=plek) for plek in plekken]
                self.plek.show_rijen(rijen, "Deze plek is niet gevonden. Probeer de straat en het dorp.")

        self._vragen.ask(
            "plek",
            lambda stop: dienst.find_plekken(tekst, stop),
            show,
            self.plek.show_fout,
        )

    def _follow_keuze(self) -> None:
        """Soort en plek bekend: kijk of het er al is."""
        self._touch()
        self._show_zeg()
        for keuze in (self.soort, self.plek):
            if keuze.waarde is not None:
                self.vorm.fout(keuze, "")
        self.dubbel.follow(self.soort.waarde, self.plek.waarde)

    def _follow_anoniem(self, anoniem: bool) -> None:
        for veld in (self.telefoon, self.email):
            veld.setEnabled(not anoniem)
            if anoniem:
                self.vorm.fout(veld, "")
        self.delen.setEnabled(not anoniem)
        self._show_zeg()
        self._touch()

    def _show_zeg(self) -> None:
        """Wat de melder te horen krijgt: de belofte bij deze soort, en of hij bericht krijgt."""
        soort = self.soort.waarde
        zinnen = [soort.belofte] if isinstance(soort, Categorie) and soort.belofte else []
        if self.anoniem.isChecked():
            zinnen.append("U blijft anoniem. U krijgt dan geen bericht van ons.")
        self._zeg.setText("\n".join(zinnen))
        for deel in (self._zegkop, self._zeg):
            deel.setVisible(bool(zinnen))

    def _follow_dubbel(self) -> None:
        """Onder elkaar staat wat er al is gemeld buiten beeld: dan wijst een knop in de voet ernaar."""
        onder_elkaar = self._midden.direction() is QBoxLayout.Direction.TopToBottom
        self.eerst.setVisible(onder_elkaar and not self.dubbel.lijst.isHidden())
        self._order_tabs()

    def _go_dubbel(self) -> None:
        self._scroll.ensureWidgetVisible(self.dubbel)
        self.dubbel.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- maken --------------------------------------------------------------------------------------------

    def _make(self) -> None:
        schrijver = self._bron.meldingschrijver
        if schrijver is None or self._bezig:
            return
        if self._bewaarder.is_bezig:  # anders komt wat nu wordt bewaard, na het maken terug
            QTimer.singleShot(_WACHT_MS, self._make)
            return
        concept, fotos = self._concept(), self.fotos.fotos
        anoniem = self.anoniem.isChecked()
        invoer = to_invoer(concept, fotos, anoniem=anoniem)
        if invoer.is_anoniem and not anoniem:
            self.vorm.fout(self.telefoon, "Vul een nummer of e-mailadres in, of kies anoniem.")
            self.telefoon.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_bezig(True)
        bewaarder = self._bewaarder

        def werk(_: Stop) -> int:
            nummer = schrijver.make(invoer, sleutel=concept.sleutel)
            bewaarder.forget()
            return nummer

        def klaar(nummer: int) -> None:
            self._set_bezig(False)
            self._begin_leeg()
            bewaarder.note_stand("")
            self.gemaakt.emit(nummer, "Melding bewaard op deze pc. Het nummer volgt als zij is verstuurd.")

        def mislukt(fout: KifFout) -> None:
            self._set_bezig(False)
            self._show_fout(fout)

        bewaarder.pause()
        self._achtergrond.start(werk, klaar, mislukt, self._einde)

    def _show_fout(self, fout: KifFout) -> None:
        velden: dict[str, QWidget] = {
            "tekst": self.tekst, "categorie": self.soort, "plek": self.plek, "email": self.email,
            "telefoon": self.telefoon, "foto": self.fotos,
        }  # fmt: skip
        veld = velden.get(fout.code) if isinstance(fout, InvoerFout) else None
        if veld is None:
            self.meldingvak.show_melding(fout.uitleg, "gevaar")
            return
        self.vorm.fout(veld, fout.uitleg)
        veld.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_bezig(self, bezig: bool) -> None:
        self._bezig = bezig
        self.maak.setEnabled(not bezig)

    # --- bewaren ------------------------------------------------------------------------------------------

    def _concept(self) -> Meldingconcept:
        soort, plek = self.soort.waarde, self.plek.waarde
        return Meldingconcept(
            self._sleutel,
            self.tekst.toPlainText(),
            soort if isinstance(soort, Categorie) else None,
            plek if isinstance(plek, Plek) else None,
            self.plek.veld.text(),
            self.email.text(),
            self.telefoon.text(),
            self.delen.isChecked(),
            self.spoed.isChecked(),
        )

    def _touch(self) -> None:
        if not self._laadt:
            self._bewaarder.touch()

    def _keep_fotos(self) -> None:
        self._bewaarder.keep_fotos(self._sleutel, self.fotos.met_namen)
        self._order_tabs()

    def _not_saved(self, fout: KifFout) -> None:
        """De tekst blijft op het scherm; bewaren gaat vanzelf door."""
        self.meldingvak.show_melding(fout.uitleg, "gevaar")

    def _restore(self, bewaard: tuple[str, tuple[Foto, ...]]) -> None:
        tekst, fotos = bewaard
        concept = read_concept(tekst) if tekst else None
        if concept is None or not self._concept().is_leeg:
            return
        self._put(concept)
        self.fotos.set_fotos(fotos)
        self._bewaarder.note_stand(tekst)
        self.meldingvak.show_melding(
            "Dit stond er nog van eerder. Ga verder, of begin opnieuw.",
            "let_op",
            ("Opnieuw beginnen", self._ask_leeg),
        )
        self._order_tabs()

    def _put(self, concept: Meldingconcept) -> None:
        self._laadt = True
        self._sleutel = concept.sleutel
        self.tekst.setPlainText(concept.tekst)
        self.soort.set_waarde(concept.categorie, concept.categorie.naam if concept.categorie else "")
        plektekst = concept.plek.omschrijving if concept.plek else concept.plektekst
        self.plek.set_waarde(concept.plek, plektekst)
        self.email.setText(concept.email)
        self.telefoon.setText(concept.telefoon)
        self.delen.setChecked(concept.delen_mag)
        self.spoed.setChecked(concept.spoed)
        self._laadt = False
        self._follow_keuze()

    def _ask_leeg(self) -> None:
        """Opnieuw beginnen is terug te halen zolang men hier blijft."""
        oud, fotos = self._concept(), self.fotos.met_namen
        self._begin_leeg()
        if oud.is_leeg:
            return
        self._touch()
        self._keep_fotos()
        self.meldingvak.show_melding(
            "Alles is leeg.", "let_op", ("Ongedaan maken", lambda: self._undo_leeg(oud, fotos))
        )
        self._order_tabs()

    def _undo_leeg(self, oud: Meldingconcept, fotos: tuple[Foto, ...]) -> None:
        self.meldingvak.clear()
        self._put(replace(oud, sleutel=self._sleutel))
        self.fotos.set_fotos(fotos)
        self._keep_fotos()
        self._touch()
        self.tekst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_leeg(self) -> None:
        self._put(Meldingconcept(str(uuid.uuid4())))
        self.anoniem.setChecked(False)
        self.fotos.clear()
        self._bewaarder.pause()
        for veld in (self.tekst, self.soort, self.plek, self.telefoon, self.email):
            self.vorm.fout(veld, "")

    # --- plaats -------------------------------------------------------------------------------------------

    def _order_tabs(self) -> None:
        order_tabs((self._kop, self.meldingvak, self._scroll, self._voet))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        smal = self.width() < _SMAL
        richting = QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight
        self._midden.setDirection(richting)
        self._lijn.setVisible(not smal)
        self._follow_dubbel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.meldingvak.is_open:
            self.meldingvak.clear()
        else:
            self.gesloten.emit()
