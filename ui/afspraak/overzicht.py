"""Het scherm "Afspraken": opzoeken, bekijken, verzetten en afzeggen; en de wachtlijst met belkaarten.

Verbindt; zoeken en wijzigen doet de dienst, elke wijziging met één verzoek-id per bedoeling.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Literal, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.ports import Stop
from frontoffice.services.afspraakcontact import ContactAnders
from ui.achtergrond import Achtergrond
from ui.afspraak import woorden
from ui.afspraak.afspraakdetail import AfspraakDetail, Inzage, load_inzage
from ui.afspraak.dienst import Agenda, Bron
from ui.afspraak.meldingvak import Meldingvak
from ui.afspraak.verzoeken import Verzoeken
from ui.afspraak.vragen import Vragen
from ui.afspraak.wachtlijstvak import WachtlijstVak, load_wachtlijst
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

T = TypeVar("T")
Blad = Literal["zoeken", "wachtlijst"]
_SMAL = 820
_UITLEG = "Typ een naam, telefoonnummer, afspraaknummer of code en druk op Enter."


class _Lijst(RijLijst):
    """V verzet en A zegt af, zolang de lijst de focus heeft."""

    letter = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if letter in ("v", "a") and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            if not event.isAutoRepeat():
                self.letter.emit(letter)
            return
        super().keyPressEvent(event)


class AfsprakenScherm(QWidget):
    """Signalen: `gesloten`, `verzetten` (Afspraak), `brief` (tuple[Afspraak]), `melding` (korte zin)."""

    gesloten = Signal()
    verzetten = Signal(object)
    brief = Signal(object)
    melding = Signal(str)

    def __init__(self, bron: Bron, achtergrond: Achtergrond, thema: Thema) -> None:
        super().__init__()
        self.setProperty("hulp", "afspraken")
        self.setAccessibleName("Afspraken")
        set_stijl(self, "soort", "venster")
        self._bron, self._achtergrond = bron, achtergrond
        self._vragen = Vragen(achtergrond)
        self._verzoeken = Verzoeken()
        self._einde = Stop()
        self._vandaag = date.min
        self._is_smal = False
        self._af_te_zeggen = ""
        self.meldingvak = Meldingvak()
        self.zoek = QLineEdit()
        self.zoek.setAccessibleName("Zoek een afspraak")
        self.zoek.setPlaceholderText("Naam, telefoon, nummer of code")
        self.zoek.setMinimumHeight(Thema.hoofddoel)
        self.zoek.setMaxLength(120)
        self.zin = Tekst(_UITLEG, rol="gedempt")
        self.lijst = _Lijst("Gevonden afspraken", thema)
        self.detail = AfspraakDetail()
        self.wachtlijst = WachtlijstVak(thema)
        self._build()
        self._connect()

    # --- wat het venster vraagt ---------------------------------------------------------------------------

    def open(self, blad: Blad) -> None:
        """Zoeken, of de wachtlijst."""
        self._show_blad(blad)
        if blad == "zoeken":
            self.zoek.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.zoek.selectAll()
        else:
            self.wachtlijst.lijst.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_afspraak(self, afspraak: Afspraak, *, afzeggen: bool = False) -> None:
        """Bekijk deze ene afspraak; met `afzeggen` staat er meteen de vraag of zij weg mag."""
        self._show_blad("zoeken")
        self.zoek.setText(afspraak.nummer)
        self._search()
        self._af_te_zeggen = afspraak.id if afzeggen else ""

    def clear(self) -> None:
        """Vergeet wat er was gezocht: de volgende klant hoort dat niet te zien."""
        self._vragen.cancel_alles()
        self._af_te_zeggen = ""
        self.zoek.clear()
        self.zin.setText(_UITLEG)
        self.zin.set_rol("gedempt")
        self.lijst.set_rijen(())
        self.detail.clear()
        self.detail.contact.clear()
        self.meldingvak.clear()
        self.wachtlijst.clear()

    def close_scherm(self) -> None:
        self._einde.set()
        self._vragen.cancel_alles()

    # --- opbouw -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        marge = 3 * Thema.afstand
        self._knoppen: dict[Blad, Knop] = {}
        groep = QButtonGroup(self)
        kop = QFrame()
        set_stijl(kop, "soort", "kop")
        rij = QHBoxLayout(kop)
        rij.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        rij.setSpacing(2 * Thema.afstand)
        rij.addWidget(Tekst("Afspraken", rol="kop1"))
        bladen: tuple[tuple[Blad, str], ...] = (("zoeken", "Zoeken"), ("wachtlijst", "Wachtlijst"))
        for blad, tekst in bladen:
            knop = Knop(tekst, lambda blad=blad: self.open(blad), naam=f"Naar {tekst}")  # type: ignore[misc]  # lambda in lus
            knop.setCheckable(True)
            groep.addButton(knop)
            self._knoppen[blad] = knop
            rij.addWidget(knop)
        rij.addStretch(1)
        rij.addWidget(Knop("Sluiten (Esc)", self.gesloten.emit, naam="Afspraken sluiten"))
        zoekblad = QWidget()
        self._zoekrij = QHBoxLayout(zoekblad)
        self._zoekrij.setContentsMargins(0, 0, 0, 0)
        self._zoekrij.setSpacing(0)
        self._links = QFrame()
        set_stijl(self._links, "soort", "kaart")
        kolom = QVBoxLayout(self._links)
        kolom.setContentsMargins(marge, marge, marge, 0)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (self.zoek, self.zin):
            kolom.addWidget(deel)
        kolom.addWidget(self.lijst, 1)
        self._lijn = Lijn(staand=True)
        self._zoekrij.addWidget(self._links, 5)
        self._zoekrij.addWidget(self._lijn)
        self._zoekrij.addWidget(self.detail, 6)
        self.bladen = QStackedWidget()
        self.bladen.addWidget(zoekblad)
        self.bladen.addWidget(self.wachtlijst)
        alles = QVBoxLayout(self)
        alles.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(self.meldingvak)
        alles.addWidget(self.bladen, 1)
        self._kop = kop
        self._order_tabs()

    def _connect(self) -> None:
        self.zoek.returnPressed.connect(self._search)
        self.lijst.gekozen.connect(self._open)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.lijst.letter.connect(self._press)
        self.detail.verzetten.connect(self.verzetten)
        self.detail.afzeggen.connect(self._ask_afzeggen)
        self.detail.brief.connect(lambda afspraak: self.brief.emit((afspraak,)))
        self.detail.bewaren.connect(self._save_contact)
        self.detail.melding.connect(self.melding)
        self.wachtlijst.gevraagd.connect(self._load_wachtlijst)
        self.wachtlijst.doen.connect(self._do_wachtlijst)

    # --- zoeken -------------------------------------------------------------------------------------------

    def _search(self) -> None:
        tekst, bron = self.zoek.text(), self._bron
        self._af_te_zeggen = ""
        self.meldingvak.clear()
        self.zin.set_rol("gedempt")
        self.zin.setText("Zoeken…")

        def find(_: Stop) -> tuple[tuple[Afspraak, ...], date]:
            agenda = bron()
            return agenda.zoeken.find(tekst), agenda.vrij.vandaag()

        self._vragen.ask("zoeken", find, self._show, self._show_zoekfout)

    def _show(self, gevonden: tuple[tuple[Afspraak, ...], date]) -> None:
        afspraken, self._vandaag = gevonden
        self.lijst.set_rijen([self._rij(afspraak) for afspraak in afspraken], kies=0 if afspraken else -1)
        if not afspraken:
            self.zin.setText("Niets gevonden. Probeer de achternaam, of het afspraaknummer.")
            self.detail.clear()
        else:
            aantal = "1 afspraak" if len(afspraken) == 1 else f"{len(afspraken)} afspraken"
            self.zin.setText(f"{aantal} gevonden. V is verzetten, A is afzeggen.")
            if self.zoek.hasFocus() or self.focusWidget() is None:
                self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.lijst, self.zin.text())
        gevraagd, self._af_te_zeggen = self._af_te_zeggen, ""
        afspraak = self.current
        if afspraak is not None and afspraak.id == gevraagd and self.detail.mag_wijzigen:
            self._ask_afzeggen(afspraak)

    def _show_zoekfout(self, fout: KifFout) -> None:
        self.lijst.set_rijen(())
        self.detail.clear()
        self.zin.set_rol("fout")
        self.zin.setText(fout.uitleg)
        announce(self.zoek, fout.uitleg)
        if isinstance(fout, InvoerFout):
            self.zoek.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rij(self, afspraak: Afspraak) -> Rij:
        wanneer = woorden.moment_kort(afspraak.begin, self._vandaag)
        onder = " · ".join(
            (woorden.producten_tekst(afspraak), afspraak.nummer, woorden.toestand_tekst(afspraak.toestand))
        )
        return Rij(f"{wanneer}  {afspraak.klant.naam}", onder, waarde=afspraak)

    @property
    def current(self) -> Afspraak | None:
        rij = self.lijst.gekozen_rij
        return rij.waarde if rij is not None and isinstance(rij.waarde, Afspraak) else None

    def _follow(self) -> None:
        """Rechts staat wat is aangewezen."""
        afspraak, bron = self.current, self._bron
        if afspraak is None:
            self.detail.clear()
            return
        self.detail.show_afspraak(afspraak, self._vandaag)
        self._vragen.ask("inzage", lambda _: load_inzage(bron(), afspraak), self._show_inzage, lambda _: None)

    def _show_inzage(self, inzage: Inzage) -> None:
        self.detail.show_inzage(inzage)
        self._order_tabs()

    def _open(self, _: object) -> None:
        self._show_detail(True)
        self.detail.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, letter: str) -> None:
        afspraak = self.current
        if afspraak is None or not self.detail.mag_wijzigen:
            return
        if letter == "v":
            self.verzetten.emit(afspraak)
        else:
            self._ask_afzeggen(afspraak)

    # --- afzeggen -----------------------------------------------------------------------------------------

    def _ask_afzeggen(self, afspraak: Afspraak) -> None:
        wanneer = woorden.moment_lang(afspraak.begin, self._vandaag)
        self.meldingvak.show_melding(
            f"Afspraak {afspraak.nummer} van {wanneer} afzeggen? De tijd is dan meteen vrij.",
            "let_op",
            ("Ja, afzeggen", lambda: self._cancel(afspraak)),
            ("Nee, laten staan", self._close_melding),
            sluiten=False,
        )
        self._order_tabs()
        self.meldingvak.focus_eerste()

    def _cancel(self, afspraak: Afspraak) -> None:
        bedoeling = ("afzeggen", afspraak.id)
        verzoek = self._verzoeken.id_van(bedoeling)

        def show(_: Afspraak) -> None:
            self._close_melding()
            self.meldingvak.show_melding(f"Afspraak {afspraak.nummer} is afgezegd.", "goed")
            self._search_again(afspraak)

        self._write(bedoeling, lambda agenda: agenda.afspraken.cancel(afspraak.id, verzoek_id=verzoek), show)

    # --- gegevens wijzigen ----------------------------------------------------------------------------------

    def _save_contact(self, afspraak: Afspraak, van: Contactgegevens, naar: Contactgegevens) -> None:
        """Bewaar andere gegevens. Lukt het niet, dan staat alles wat is getypt er nog."""
        contact = self.detail.contact

        def show(nieuw: Afspraak) -> None:
            self.detail.close_contact()
            self.meldingvak.show_melding(
                f"De gegevens bij afspraak {nieuw.nummer} zijn gewijzigd.",
                "goed",
                ("Ongedaan maken", lambda: self._undo_contact(nieuw, van)),
            )
            self._order_tabs()
            self._search_again(nieuw)

        def fail(fout: KifFout) -> None:
            if isinstance(fout, ContactAnders):
                contact.show_botsing(fout.uitleg, fout.nu)
            elif isinstance(fout, InvoerFout):
                contact.show_invoerfout(fout)
            else:
                contact.release()
                self.meldingvak.show_melding(fout.uitleg, "gevaar")

        self._change_contact(afspraak, van, naar, show, fail)

    def _undo_contact(self, afspraak: Afspraak, terug: Contactgegevens) -> None:
        def show(oud: Afspraak) -> None:
            self._close_melding()
            self.meldingvak.show_melding(f"De gegevens bij afspraak {oud.nummer} staan weer terug.", "goed")
            self._search_again(oud)

        self._change_contact(afspraak, afspraak.klant, terug, show)

    def _change_contact(
        self,
        afspraak: Afspraak,
        van: Contactgegevens,
        naar: Contactgegevens,
        klaar: Callable[[Afspraak], None],
        mislukt: Callable[[KifFout], None] | None = None,
    ) -> None:
        bedoeling = ("contact", afspraak.id, van, naar)
        verzoek = self._verzoeken.id_van(bedoeling)
        self._write(
            bedoeling,
            lambda agenda: agenda.contact.change(afspraak.id, van, naar, verzoek_id=verzoek),
            klaar,
            mislukt,
        )

    def _search_again(self, afspraak: Afspraak) -> None:
        if not self.zoek.text().strip():
            self.zoek.setText(afspraak.nummer)
        bron, tekst = self._bron, self.zoek.text()
        self._vragen.ask(
            "zoeken",
            lambda _: (bron().zoeken.find(tekst), bron().vrij.vandaag()),
            self._show,
            self._show_zoekfout,
        )

    def _close_melding(self) -> None:
        had_focus = self.meldingvak.isAncestorOf(self.focusWidget() or self)
        self.meldingvak.clear()
        if had_focus:
            doel = self.lijst if self.bladen.currentIndex() == 0 else self.wachtlijst.lijst
            doel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(
        self,
        bedoeling: Hashable,
        werk: Callable[[Agenda], T],
        klaar: Callable[[T], None],
        mislukt: Callable[[KifFout], None] | None = None,
    ) -> None:
        """Een wijziging. Is de afloop onbekend, dan staat er wat bekend is, en is herhalen onschadelijk."""
        bron = self._bron

        def done(uitkomst: T) -> None:
            self._verzoeken.finish(bedoeling)
            klaar(uitkomst)

        def fail(fout: KifFout) -> None:
            if self._verzoeken.note_fout(bedoeling, fout):
                self.detail.contact.release()
                self.meldingvak.show_melding(
                    f"{fout.uitleg} Of het is gelukt, is niet bekend. Nog eens proberen kan geen kwaad.",
                    "let_op",
                    ("Kijk na", lambda: self._write(bedoeling, werk, klaar, mislukt)),
                    sluiten=False,
                )
            elif mislukt is not None:
                mislukt(fout)
            else:
                self.meldingvak.show_melding(fout.uitleg, "gevaar")

        self._achtergrond.start(lambda _: werk(bron()), done, fail, self._einde)

    # --- wachtlijst ---------------------------------------------------------------------------------------

    def _load_wachtlijst(self) -> None:
        bron = self._bron
        self.wachtlijst.show_laden()

        self._vragen.ask(
            "wachtlijst",
            lambda _: load_wachtlijst(bron()),
            self.wachtlijst.show_lijst,
            self.wachtlijst.show_fout,
        )

    def _do_wachtlijst(self, bedoeling: Hashable, werk: object, zin: str) -> None:
        """Een wijziging die de wachtlijst vraagt; `werk` krijgt (agenda, verzoek-id)."""
        if not callable(werk):
            return
        verzoek = self._verzoeken.id_van(bedoeling)

        def show(uitkomst: object) -> None:
            if zin:
                self.meldingvak.show_melding(zin, "goed")
            self.wachtlijst.show_uitkomst(uitkomst)
            self._load_wachtlijst()

        self._write(bedoeling, lambda agenda: werk(agenda, verzoek), show)

    # --- plaats -------------------------------------------------------------------------------------------

    def _show_blad(self, blad: Blad) -> None:
        self.bladen.setCurrentIndex(0 if blad == "zoeken" else 1)
        self._knoppen[blad].setChecked(True)
        if blad == "wachtlijst":
            self._load_wachtlijst()
        self._order_tabs()

    def _order_tabs(self) -> None:
        order_tabs((self._kop, self.meldingvak, self.bladen))

    def _show_detail(self, over: bool) -> None:
        """Smal ligt het detail over de lijst."""
        self._links.setVisible(not (self._is_smal and over))
        self.detail.setVisible(not self._is_smal or over)
        self._lijn.setVisible(not self._is_smal)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_smal = self.width() < _SMAL
        self._show_detail(self._is_smal and self._links.isHidden())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.meldingvak.is_open:
            self._close_melding()
        elif self._is_smal and self._links.isHidden():
            self._show_detail(False)
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.gesloten.emit()
