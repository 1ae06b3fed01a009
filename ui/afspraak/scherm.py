"""Het scherm "Afspraak maken": links de wens, midden de tijden, rechts de avonden of wat er is gekozen.

Verbindt tijdkeuze en rechterdeel met het verloop, zegt wat er misgaat, en beslist waar de focus heen gaat:
alleen na iets wat de medewerker deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import EINDE, Afspraak, Contactgegevens
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.fouten import KifFout
from frontoffice.services.afspraakwaarden import Boekgegevens, KlantAfspraken, TijdBezet, Vastgehouden
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak import woorden
from ui.afspraak.boekmelding import Boekmelding
from ui.afspraak.dienst import MEESTE, Bron, Mogelijkheid
from ui.afspraak.gekozen import Dubbel, Fase
from ui.afspraak.klant import Boekklant
from ui.afspraak.kolommen import Kolommen
from ui.afspraak.kop import BoekKop
from ui.afspraak.maandvak import MaandVak
from ui.afspraak.rechterdeel import Rechterdeel
from ui.afspraak.tijdenvak import TijdenVak
from ui.afspraak.tijdkeuze import Tijdkeuze
from ui.afspraak.verloop import Boekverloop
from ui.afspraak.voet import Voet
from ui.afspraak.wachtvak import zin_geplaatst
from ui.afspraak.wensvak import WensVak
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.thema import Thema, set_stijl


class BoekScherm(QWidget):
    """Signalen: `gesloten`, `melding` (korte zin), `stand` (er staat tijd vast of niet meer), `bekijk`
    (Afspraak), `brief` (tuple[Afspraak])."""

    gesloten = Signal()
    melding = Signal(str)
    stand = Signal()
    bekijk = Signal(object)
    brief = Signal(object)

    def __init__(self, bron: Bron, achtergrond: Achtergrond, acties: Acties, thema: Thema) -> None:
        super().__init__()
        self.setProperty("hulp", "afspraak")
        self.setAccessibleName("Afspraak maken")
        set_stijl(self, "soort", "venster")
        self._acties = acties
        self._inrichting: Inrichting | None = None
        self._wens_vast: tuple[Wens, ...] = ()
        self.verloop = Boekverloop(bron, achtergrond, self)
        self.kop = BoekKop(self.leave)
        self.meldingvak = Boekmelding()
        self.wens = WensVak(thema)
        self.tijden = TijdenVak(thema)
        self.rechts = Rechterdeel(self.verloop, acties.tijd_verlengen, thema)
        self.avonden, self.gekozen = self.rechts.avonden, self.rechts.gekozen
        self.klaar, self.wacht = self.rechts.klaar, self.rechts.wacht
        self.maand = MaandVak(thema)
        self.kolommen = Kolommen(self.wens, self.tijden, self.maand, self.rechts, thema)
        self.voet = Voet()
        self.tijdkeuze = Tijdkeuze(
            self.wens, self.tijden, self.avonden, self.maand, self.kolommen, self.verloop, self
        )
        self._tabwekker = QTimer(self)
        self._tabwekker.setSingleShot(True)
        self._tabwekker.setInterval(0)
        self._tabwekker.timeout.connect(self._order_tabs)
        self._build()
        self._connect()

    # --- wat het venster vraagt ---------------------------------------------------------------------------

    def open(self, klant: Boekklant | None, verzet: Afspraak | None = None) -> None:
        """Begin een nieuwe boeking, of verzet deze afspraak. Wat nog vaststond, gaat los."""
        self.verloop.release()
        self._wens_vast = ()
        self.meldingvak.clear()
        self.kop.begin(klant, verzet)
        self.tijdkeuze.begin(verzet)
        self.rechts.begin(klant)
        self.verloop.begin(klant, verzet)
        self.tijdkeuze.fill(self._inrichting)
        self.kolommen.go("tijden" if verzet is not None else "wens")

    @property
    def houdt_vast(self) -> bool:
        return self.verloop.houdt_vast

    @property
    def wat_vaststaat(self) -> str:
        """ "do 10 dec 17.15 uur", of leeg."""
        vast = self.verloop.vast
        return woorden.moment_kort(vast.mogelijkheid.begin, self._vandaag) if vast else ""

    @property
    def omstandigheden(self) -> Omstandigheden:
        """Wat er bij deze boeking is aangevinkt."""
        return self.rechts.omstandigheden

    def release(self) -> None:
        """Geef vrij wat vaststaat; van buiten gevraagd, dus zonder de focus te verplaatsen."""
        self.verloop.release()
        self.meldingvak.clear()
        self.melding.emit("De tijd is vrijgegeven.")

    def leave(self) -> None:
        """Terug naar waar men vandaan kwam; vastgehouden tijd vraagt het venster zelf na."""
        self.gesloten.emit()

    def close_scherm(self) -> None:
        self.verloop.close()

    def focus_begin(self) -> None:
        """Waar men begint: het product, of de tijden bij verzetten."""
        if self.verloop.fase is Fase.KLAAR:
            self.klaar.eerste_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.verloop.verzet is not None:
            self.wens.product.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.tijdkeuze.focus_lijst()
        else:
            self.kolommen.go("wens")
            self.wens.focus_product()

    # --- opbouw -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        alles = QVBoxLayout(self)
        alles.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(self.kop)
        alles.addWidget(self.meldingvak)
        alles.addWidget(self.kolommen, 1)
        alles.addWidget(self.voet)
        self._order_tabs()

    def _connect(self) -> None:
        verloop = self.verloop
        verloop.zoeker.inrichting.connect(self._know)
        verloop.zoeker.stand.connect(self.voet.show_stand)
        verloop.gewijzigd.connect(self._follow_fase)
        verloop.tik.connect(self._show_tik)
        verloop.mislukt.connect(self._show_mislukt)
        verloop.bezet.connect(self._show_bezet)
        verloop.dubbel.connect(self._show_dubbel)
        verloop.afspraken.connect(self._show_afspraken)
        verloop.klaar.connect(self._show_klaar)
        verloop.wacht.connect(self._show_geplaatst)
        verloop.hervatten.connect(self._ask_hervatten)
        self.tijdkeuze.gewijzigd.connect(self._check_wens)
        self.tijdkeuze.anders.connect(self._tabwekker.start)
        self.rechts.anders.connect(self._tabwekker.start)
        self.tijden.gekozen.connect(self._choose)
        self.tijden.weg.connect(self._say_weg)
        self.tijden.wachtlijst.connect(self._open_wachtlijst)
        self.gekozen.bevestigen.connect(self.confirm)
        self.gekozen.andere_tijd.connect(self._back_naar_tijden)
        self.gekozen.vrijgeven.connect(self._release)
        self.klaar.nieuw.connect(self._again)
        self.klaar.terug.connect(self.leave)
        self.klaar.brief.connect(self.brief)
        self.klaar.melding.connect(self.melding)
        self.wacht.gevraagd.connect(self._put_wachtlijst)
        self.wacht.annuleren.connect(self._close_wachtlijst)
        self.kop.gesprongen.connect(self.kolommen.jump)
        self.kolommen.geplaatst.connect(self._show_sprongen)
        self.kop.verzetten.connect(lambda afspraak: self._move(afspraak))
        self.kop.bekijk.connect(self.bekijk)
        for nummer in range(1, MEESTE + 1):
            toets = QShortcut(QKeySequence(f"Alt+{nummer}"), self)
            toets.setAutoRepeat(False)
            toets.activated.connect(lambda nummer=nummer: self._choose_nummer(nummer))
        self._acties.tijd_verlengen.triggered.connect(verloop.extend)
        self._acties.tijd_vrijgeven.triggered.connect(self._release)
        self._acties.afspraak_bevestigen.triggered.connect(self.confirm)
        self._enable()

    # --- wat er bekend wordt ------------------------------------------------------------------------------

    @property
    def _vandaag(self) -> date:
        return self.verloop.zoeker.vandaag

    def _know(self, inrichting: Inrichting, vandaag: date) -> None:
        """De inrichting is er: nu weten we welke producten, uren en behoeften er zijn."""
        eerste = self._inrichting is None
        if eerste and self.verloop.verzet is None:
            self.verloop.look_back()
        self._inrichting = inrichting
        self.wens.set_inrichting(inrichting, vandaag, self.verloop.zoeker.kanaal)
        self.gekozen.contact.set_vandaag(vandaag)
        self.kop.set_vandaag(vandaag)
        if eerste and self.wens.wens is None:
            self.tijdkeuze.fill(inrichting)

    def _show_afspraken(self, afspraken: KlantAfspraken) -> None:
        """Heeft al een afspraak: zeker, of mogelijk van deze klant."""
        resultaat = self.verloop.zoeker.resultaat
        nu = resultaat.uitslag.nu if resultaat else None

        def komt(lijst: Sequence[Afspraak]) -> tuple[Afspraak, ...]:
            verzet = self.verloop.verzet
            return tuple(
                a
                for a in lijst
                if a.toestand not in EINDE
                and (a.eind > nu if nu else a.datum >= self._vandaag)
                and (verzet is None or a.id != verzet.id)
            )

        zeker, mogelijk = komt(afspraken.zeker), komt(afspraken.mogelijk)
        self.tijdkeuze.set_heeft(zeker)
        self.kop.show_afspraken(zeker, mogelijk)
        self.wens.set_heeft_afspraak(bool(zeker) or self.verloop.verzet is not None)
        self._tabwekker.start()

    # --- kiezen -------------------------------------------------------------------------------------------

    def _choose_nummer(self, nummer: int) -> None:
        if self.verloop.fase in (Fase.KIEZEN, Fase.VAST) and not self.tijden.lijst.isHidden():
            self.tijden.lijst.choose_nummer(nummer)

    def _choose(self, keuze: Mogelijkheid) -> None:
        if self.verloop.is_onderweg("zoeken"):  # wat er staat hoort bij de vorige wens
            self.melding.emit("Er wordt nog gezocht. Kies daarna een tijd.")
            return
        self.meldingvak.clear()
        self._wens_vast = self.wens.wensen
        self.verloop.choose(keuze)

    def _say_weg(self, keuze: Mogelijkheid) -> None:
        zin = f"{woorden.moment_kort(keuze.begin, self._vandaag)} is net vergeven. Kies een andere tijd."
        self.melding.emit(zin)

    def _follow_fase(self) -> None:
        fase = self.verloop.fase
        for vak in (self.wens, self.tijden, self.maand):
            vak.setEnabled(fase is not Fase.KLAAR)
        self.tijdkeuze.mark_vast()
        if fase is Fase.VAST and self.verloop.vast is not None:
            self._show_vast()
        elif fase is Fase.KIEZEN:
            self.rechts.show_kiezen()
        self._enable()
        self.stand.emit()

    def _show_vast(self) -> None:
        inrichting, was_er = self._inrichting, self.rechts.is_gekozen
        if inrichting is None or not self.rechts.show_vast(inrichting):
            return
        self._order_tabs()
        if not was_er or self.tijdkeuze.is_focus_vrij:
            self._go_rechts()

    def _go_rechts(self) -> None:
        self.kolommen.go("rechts")
        self.rechts.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tik(self, seconden: int) -> None:
        if seconden == 0:
            self.meldingvak.show_verlopen()
            self._enable()
            self.stand.emit()

    def _check_wens(self) -> None:
        """Wie de wens verandert na het kiezen, kiest opnieuw een tijd."""
        if self.verloop.fase is not Fase.VAST or not self.rechts.is_gekozen:
            return
        anders = self.wens.wensen != self._wens_vast
        self.gekozen.bevestig.setEnabled(not anders)
        if anders:
            self.meldingvak.show_melding("De wens is veranderd. Kies opnieuw een tijd.", "let_op")
        else:
            self.meldingvak.clear()
        self._enable()

    def _back_naar_tijden(self) -> None:
        """Een andere tijd: wat vaststaat blijft vast tot er een andere is gekozen."""
        self.kolommen.go("tijden")
        if self.tijden.lijst.isHidden():
            self.wens.focus_product()
        else:
            self.tijden.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _release(self) -> None:
        if self.verloop.fase is not Fase.VAST:
            return
        self.verloop.release()
        self.meldingvak.clear()
        self.melding.emit("De tijd is vrijgegeven.")
        self._back_naar_tijden()

    # --- bevestigen ---------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Enter of de knop: eerst kijken of alles er is, dan bevestigen. Twee keer is één keer."""
        self._confirm(toch=False)

    def _confirm(self, *, toch: bool) -> None:
        vast = self.verloop.vast
        if self.verloop.fase is Fase.ONBEKEND:
            self.verloop.resolve()
            return
        if vast is None or self.verloop.fase is not Fase.VAST or not self.gekozen.bevestig.isEnabled():
            return
        verzet = self.verloop.verzet
        if verzet is not None:
            self.meldingvak.clear()
            wat = self.rechts.omstandigheden
            self.verloop.confirm(Boekgegevens(verzet.klant, verzet.opmerking, omstandigheden=wat))
            return
        gegevens = self.gekozen.contact.gegevens(vast.mogelijkheid.dag)
        if gegevens is None:
            self.kolommen.go("rechts")
            return
        self.meldingvak.clear()
        gegevens = replace(gegevens, omstandigheden=self.rechts.omstandigheden)
        self.verloop.confirm(gegevens, toch=toch, eigen=self.gekozen.contact.is_eigen)

    def _show_klaar(self, afspraken: tuple[Afspraak, ...]) -> None:
        self.meldingvak.clear()
        had_focus = self.gekozen.isAncestorOf(self.focusWidget() or self)
        self.rechts.show_klaar(afspraken)
        self._order_tabs()
        self.kolommen.go("rechts")
        if had_focus or self.tijdkeuze.is_focus_vrij:
            self.rechts.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        """Nog een afspraak voor dezelfde klant."""
        self.open(self.verloop.klant)
        self.wens.focus_product()

    def _move(self, afspraak: Afspraak) -> None:
        self.open(self.verloop.klant, afspraak)
        self.focus_begin()

    # --- wat er mis kan gaan ------------------------------------------------------------------------------

    def _show_mislukt(self, wat: str, fout: KifFout) -> None:
        if wat in ("zoeken", "inrichting", "producten"):
            self.tijden.show_fout(fout)
            if isinstance(fout, AgendaOnbereikbaar):
                self.voet.show_onbereikbaar()
        elif wat == "onbekend" or wat == "nakijken":
            self._show_onbekend(fout)
        elif wat == "niet_gedaan":
            self.meldingvak.show_melding(fout.uitleg, "goed")
        elif isinstance(fout, TijdBezet):
            self._show_bezet(fout)
        elif not self.rechts.show_invoerfout(wat, fout):
            self.meldingvak.show_melding(fout.uitleg, "gevaar")

    def _show_onbekend(self, fout: KifFout) -> None:
        self.meldingvak.show_onbekend(fout, self.verloop.resolve, gekozen=self.verloop.vast is not None)

    def _show_bezet(self, fout: TijdBezet) -> None:
        """Net vergeven: alles wat was getypt staat er nog."""
        wens = self._wens_vast[0] if len(self._wens_vast) == 1 else None
        self.meldingvak.show_bezet(fout, wens, self._vandaag, self._choose)
        self._tabwekker.start()

    def _show_dubbel(self, dubbel: Dubbel) -> None:
        eerste = dubbel.afspraken[0]
        self.meldingvak.show_dubbel(
            dubbel, self._vandaag, partial(self._move, eerste), partial(self._confirm, toch=True)
        )
        self._tabwekker.start()

    def _ask_hervatten(self, houden: tuple[Vastgehouden, ...]) -> None:
        self.meldingvak.show_hervatten(
            houden, self._vandaag, partial(self._resume, houden[0]), partial(self._drop, houden)
        )
        self._tabwekker.start()

    def _resume(self, houd: Vastgehouden) -> None:
        self.meldingvak.clear()
        self.verloop.resume(houd)
        vast, inrichting = self.verloop.vast, self._inrichting
        if vast is not None and inrichting is not None and self.wens.wens is None:
            self.wens.set_wens(vast.mogelijkheid.delen[0][0], inrichting)
        self._wens_vast = self.wens.wensen
        self._check_wens()

    def _drop(self, houden: tuple[Vastgehouden, ...]) -> None:
        self.verloop.drop(houden)
        self.meldingvak.clear()
        self.melding.emit("De tijd is vrijgegeven.")

    # --- wachtlijst ---------------------------------------------------------------------------------------

    def _open_wachtlijst(self) -> None:
        wens, inrichting = self.wens.wens, self._inrichting
        if wens is None or inrichting is None:
            return
        self.rechts.show_wachtlijst(wens, inrichting)
        self._order_tabs()
        self._go_rechts()

    def _put_wachtlijst(self, klant: Contactgegevens, tot: date) -> None:
        wens = self.wens.wens
        if wens is not None:
            filters = self.wens.filters(None)
            self.verloop.wait(wens, klant, filters.van or self._vandaag, tot, filters.na)

    def _show_geplaatst(self, wachtende: object) -> None:
        naam, tot = getattr(wachtende, "naam", ""), getattr(wachtende, "tot", self._vandaag)
        self._close_wachtlijst()
        self.meldingvak.show_melding(zin_geplaatst(naam, tot, self._vandaag), "goed")

    def _close_wachtlijst(self) -> None:
        self.rechts.close_wachtlijst()
        self._back_naar_tijden()

    # --- plaats -------------------------------------------------------------------------------------------

    def _enable(self) -> None:
        fase, zichtbaar = self.verloop.fase, self.isVisible()
        vast = zichtbaar and fase is Fase.VAST
        self._acties.tijd_verlengen.setEnabled(vast and self.verloop.mag_verlengen and self.houdt_vast)
        self._acties.tijd_vrijgeven.setEnabled(vast)
        self._acties.afspraak_bevestigen.setEnabled(vast and self.gekozen.bevestig.isEnabled())

    def _order_tabs(self) -> None:
        order_tabs((self.kop, self.meldingvak, self.wens, self.tijden, self.maand, self.rechts))

    def _show_sprongen(self, deel: str) -> None:
        """Op een smal scherm staat er één deel tegelijk; de kop springt naar de andere."""
        self.kop.show_sprongen(deel, self.rechts.naam)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.verloop.set_zichtbaar(True)
        self._enable()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.verloop.set_zichtbaar(False)
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gaat een stap terug; F6 loopt langs de delen."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._step_terug()
        elif event.key() == Qt.Key.Key_F6:
            self.kolommen.step(terug=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _step_terug(self) -> None:
        in_rechts = self.rechts.isAncestorOf(self.focusWidget() or self)
        if self.meldingvak.is_open and self.verloop.fase is not Fase.ONBEKEND:
            self.meldingvak.clear()
            if self.tijdkeuze.is_focus_vrij:
                self.kolommen.jump(self.kolommen.deel if self.kolommen.is_smal else "tijden")
        elif self.rechts.is_wachtlijst:
            self._close_wachtlijst()
        elif self.verloop.fase is Fase.VAST and in_rechts:
            self._back_naar_tijden()
        elif self.kolommen.is_smal and self.kolommen.deel != "wens" and self.verloop.fase is not Fase.KLAAR:
            self.kolommen.jump("wens")
        else:
            self.leave()
