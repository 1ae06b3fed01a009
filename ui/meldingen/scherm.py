"""Het scherm "Meldingen": zoeken op nummer, adres, e-mail of telefoon; wat te laat is; wie nog niets hoorde.

Verbindt; lezen doet de dienst en schrijven gaat via de outbox. Neemt nooit de plaats van de klant in: terug
is waar men vandaan kwam.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal, Protocol

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.meldingstand import Woord, stand_kort
from frontoffice.domain.taal import dag_van, datum_kort
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.zoekvraag import EmailVraag, TelefoonVraag
from frontoffice.ports import Klok, Stop
from frontoffice.services.meldingen import Meldingbeeld, Meldingdienst, melder_vragen
from frontoffice.services.meldingschrijven import Meldingschrijver
from frontoffice.services.voortgangberichten import make_meldingaanleiding
from ui.achtergrond import Achtergrond
from ui.afspraak.meldingvak import Meldingvak
from ui.afspraak.vragen import Vragen
from ui.bericht.dienst import Berichten, Stuurvragen
from ui.bericht.stuurvak import Stuurvak, make_stuurvlak
from ui.bouwstenen import Knop, Lijn
from ui.contact.belofte import over_melding
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.meldingen import detail as deel
from ui.meldingen.detail import MeldingDetail
from ui.meldingen.handelvak import Handelinvoer, Handelvak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

Blad = Literal["zoeken", "te_laat", "zonder_woord"]
_BLADEN: tuple[tuple[Blad, str], ...] = (
    ("zoeken", "Zoeken"), ("te_laat", "Te laat"), ("zonder_woord", "Nog niets gehoord"),
)  # fmt: skip
_SMAL = 820
_UITLEG = "Typ een meldingnummer, adres, e-mailadres of telefoonnummer en druk op Enter."
_LEEG = {
    "zoeken": "Niets gevonden. Probeer het adres, of het nummer zonder letters.",
    "te_laat": "Geen enkele melding is te laat.",
    "zonder_woord": "Iedereen weet hoe het met zijn melding staat.",
}


class Meldingbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def berichten(self) -> Berichten: ...

    @property
    def meldingen(self) -> Meldingdienst | None: ...

    @property
    def meldingschrijver(self) -> Meldingschrijver | None: ...

    @property
    def klok(self) -> Klok: ...


class MeldingenScherm(QWidget):
    """Signalen: `gesloten`, `nieuw`, `melding` (korte zin), `klaargezet` (er staat iets in de outbox) en
    `zoek_klant` (tekst om op te zoeken) en `belofte` (Belofteaanleiding)."""

    gesloten = Signal()
    nieuw = Signal()
    melding = Signal(str)
    klaargezet = Signal()
    zoek_klant = Signal(str)
    belofte = Signal(object)

    def __init__(
        self,
        bron: Meldingbron,
        achtergrond: Achtergrond,
        thema: Thema,
        kanalen: tuple[str, ...],
        klant: Callable[[int], Gesprekspartner | None],
    ) -> None:
        super().__init__()
        self.setProperty("hulp", "meldingen")
        self.setAccessibleName("Meldingen")
        set_stijl(self, "soort", "venster")
        self._bron, self._klant = bron, klant
        self._achtergrond = achtergrond
        self._vragen = Vragen(achtergrond)
        self._einde = Stop()
        self._blad: Blad = "zoeken"
        self._beelden: list[Meldingbeeld] = []
        self._volgende: int | None = None
        self._is_smal = False
        self.meldingvak = Meldingvak()
        self.zoek = QLineEdit()
        self.zoek.setAccessibleName("Zoek een melding")
        self.zoek.setPlaceholderText("Nummer, adres, e-mail of telefoon")
        self.zoek.setMinimumHeight(Thema.hoofddoel)
        self.zoek.setMaxLength(120)
        self.zin = Tekst(_UITLEG, rol="gedempt")
        self.lijst = RijLijst("Gevonden meldingen", thema)
        self.meer = Knop("Meer laden", self._load_meer)
        self.again = Knop("Opnieuw", self._again)
        self.detail = MeldingDetail(met_bericht=bool(bron.berichten.aangesloten))
        self.vak = Handelvak(kanalen)
        self._stuurvragen = Stuurvragen(bron.berichten, achtergrond)
        self.stuur = Stuurvak(self._stuurvragen)
        self.stuurvlak = make_stuurvlak(self.stuur)
        self._build()
        self._connect()

    # --- wat het venster vraagt ---------------------------------------------------------------------------

    def open(self, blad: Blad) -> None:
        """Zoeken, of een van de lijsten."""
        self._blad = blad
        self._knoppen[blad].setChecked(True)
        self._show_detail(False)
        self.zoek.setVisible(blad == "zoeken")
        if blad == "zoeken":
            self.zoek.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.zoek.selectAll()
            if not self.zoek.text():
                self._show_lijst([], None)
                self._say(_UITLEG)
        else:
            self._load(1)
            self.lijst.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._order_tabs()

    def open_melding(self, nummer: int) -> None:
        """Deze ene melding, bijvoorbeeld vanuit de klant."""
        self.open("zoeken")
        self.zoek.setText(str(nummer))
        self._search()

    def clear(self) -> None:
        """Vergeet wat er was gezocht: de volgende klant hoort dat niet te zien. Getypte tekst blijft."""
        self._vragen.cancel_alles()
        self._close_vakken()
        self.zoek.clear()
        self._show_lijst([], None)
        self._say(_UITLEG)
        self.meldingvak.clear()

    def close_scherm(self) -> None:
        self._einde.set()
        self._stuurvragen.close()
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
        rij.addWidget(Tekst("Meldingen", rol="kop1"))
        for blad, tekst in _BLADEN:
            knop = Knop(tekst, lambda blad=blad: self.open(blad), naam=f"Naar {tekst.lower()}")  # type: ignore[misc]  # lambda in lus
            knop.setCheckable(True)
            groep.addButton(knop)
            self._knoppen[blad] = knop
            rij.addWidget(knop)
        rij.addStretch(1)
        rij.addWidget(Knop("Nieuwe melding", self.nieuw.emit, soort="groot"))
        rij.addWidget(Knop("Sluiten (Esc)", self.gesloten.emit, naam="Meldingen sluiten"))
        self._links = QFrame()
        set_stijl(self._links, "soort", "kaart")
        kolom = QVBoxLayout(self._links)
        kolom.setContentsMargins(marge, marge, marge, 0)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self.zoek)
        kolom.addWidget(self.zin)
        kolom.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        kolom.addWidget(self.lijst, 1)
        kolom.addWidget(self.meer, 0, Qt.AlignmentFlag.AlignLeft)
        self._rechts = QWidget()
        rechts = QVBoxLayout(self._rechts)
        rechts.setContentsMargins(0, 0, 0, 0)
        rechts.setSpacing(0)
        rechts.addWidget(self.detail, 1)
        rechts.addWidget(self.vak)
        rechts.addWidget(self.stuurvlak, 1)
        rechts.addStretch(0)
        self._lijn = Lijn(staand=True)
        midden = QHBoxLayout()
        midden.setContentsMargins(0, 0, 0, 0)
        midden.setSpacing(0)
        midden.addWidget(self._links, 5)
        midden.addWidget(self._lijn)
        midden.addWidget(self._rechts, 7)
        alles = QVBoxLayout(self)
        alles.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(self.meldingvak)
        alles.addLayout(midden, 1)
        self._kop = kop
        self.meer.hide()
        self.again.hide()
        self._order_tabs()

    def _connect(self) -> None:
        self.zoek.returnPressed.connect(self._search)
        self.lijst.gekozen.connect(lambda _: self._enter())
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.detail.gevraagd.connect(self._do)
        self.vak.bewaren.connect(self._save)
        self.vak.voorbeeld.connect(self._ask_voorbeeld)
        self.vak.gesloten.connect(self._leave_vak)
        self.stuur.gesloten.connect(self._close_stuur)
        self.stuur.klaargezet.connect(self._show_klaargezet)

    # --- zoeken en lijsten ----------------------------------------------------------------------------------

    def _search(self) -> None:
        tekst, dienst = self.zoek.text(), self._bron.meldingen
        if dienst is None:
            return
        self._say("Zoeken…")

        def find(stop: Stop) -> tuple[list[Meldingbeeld], str]:
            gevonden = dienst.zoek(tekst, stop)
            return [dienst.make_beeld(melding) for melding in gevonden.meldingen], gevonden.onvolledig

        def show(uitkomst: tuple[list[Meldingbeeld], str]) -> None:
            beelden, onvolledig = uitkomst
            self._show_lijst(beelden, None)
            self._count(onvolledig)
            if beelden:
                self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

        self._vragen.ask("lijst", find, show, self._show_fout)

    def _load(self, pagina: int) -> None:
        dienst, blad = self._bron.meldingen, self._blad
        if dienst is None:
            return
        if pagina == 1:
            self._show_lijst([], None)
        self._say("Laden…")
        haal = dienst.load_te_laat if blad == "te_laat" else dienst.load_zonder_woord
        eerder = [] if pagina == 1 else self._beelden

        def show(gevonden: object) -> None:
            rijen = list(getattr(gevonden, "rijen", ()))
            self._show_lijst([*eerder, *rijen], getattr(gevonden, "volgende_pagina", None))
            self._count("")

        self._vragen.ask("lijst", lambda stop: haal(stop, pagina), show, self._show_fout)

    def _again(self) -> None:
        """Dezelfde vraag nog een keer, na een storing."""
        if self._blad == "zoeken":
            self._search()
        else:
            self._load(1)

    def _load_meer(self) -> None:
        if self._volgende is not None:
            self._load(self._volgende)

    def _show_lijst(self, beelden: list[Meldingbeeld], volgende: int | None) -> None:
        plaats = self.lijst.currentIndex().row() if len(beelden) > len(self._beelden) > 0 else 0
        self._beelden, self._volgende = beelden, volgende
        vandaag = self._bron.klok.vandaag()
        self.lijst.set_rijen([_rij(beeld, vandaag) for beeld in beelden], kies=plaats if beelden else -1)
        self.meer.setVisible(volgende is not None)
        if not beelden:
            self._vragen.cancel("melding")
            self._close_vakken()
            self.detail.clear()
            self._fit()

    def _count(self, onvolledig: str) -> None:
        aantal = len(self._beelden)
        zin = _LEEG[self._blad]
        if aantal:
            zin = "1 melding." if aantal == 1 else f"{aantal} meldingen."
            if self._volgende is not None:
                zin = f"De eerste {aantal} meldingen."
        self._say(" ".join(deel for deel in (zin, onvolledig) if deel), "let_op" if onvolledig else "gedempt")

    def _say(self, zin: str, rol: Literal["gedempt", "let_op", "fout"] = "gedempt") -> None:
        self.again.hide()
        self.zin.set_rol(rol)
        self.zin.setText(zin)
        announce(self.lijst, zin)

    def _show_fout(self, fout: KifFout) -> None:
        self._say(fout.uitleg, "fout")
        self.again.setVisible(fout.opnieuw_helpt)
        if isinstance(fout, InvoerFout):
            self.zoek.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- een melding ---------------------------------------------------------------------------------------

    @property
    def current(self) -> Meldingbeeld | None:
        rij = self.lijst.gekozen_rij
        return rij.waarde if rij is not None and isinstance(rij.waarde, Meldingbeeld) else None

    def _follow(self) -> None:
        beeld, dienst = self.current, self._bron.meldingen
        if beeld is None or dienst is None:
            return
        nummer = beeld.melding.nummer
        verteld = self._woorden(beeld)
        self.detail.clear(f"{beeld.melding.weergave} wordt opgehaald…")
        self._close_vakken()
        self._fit()
        self._vragen.ask(
            "melding",
            lambda stop: dienst.load(nummer, stop, verteld),
            self._show_beeld,
            lambda fout: self.detail.clear(fout.uitleg),
        )

    @staticmethod
    def _woorden(beeld: Meldingbeeld) -> tuple[Woord, ...]:
        woord = beeld.melder.laatste_woord
        return (woord,) if woord is not None else ()

    def _show_beeld(self, beeld: Meldingbeeld) -> None:
        self.detail.show_beeld(beeld, self._bron.klok.vandaag())
        self._order_tabs()

    def _enter(self) -> None:
        self._show_detail(True)
        knop = self.detail.knop(deel.LAAT_WETEN)
        (knop or self.detail.vlak).setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, wat: str) -> None:
        beeld = self.detail.beeld
        if beeld is None:
            return
        if wat == deel.BROWSER:
            QDesktopServices.openUrl(QUrl(beeld.browser))
        elif wat == deel.MELDER:
            for vraag in melder_vragen(beeld.melding.melder)[:1]:
                self.zoek_klant.emit(_zoektekst(vraag))
        elif wat == deel.BELOFTE:
            melding, van_beeld = beeld.melding, self._klant(beeld.melding.nummer) is not None
            over = over_melding(melding.nummer, melding.weergave, melding.categorie)
            self.belofte.emit(replace(over, van_beeld=van_beeld))
        elif wat == deel.BERICHT:
            self._close_vakken()
            self.stuurvlak.show()
            self._show_detail(True)
            klant, vandaag = self._klant(beeld.melding.nummer), self._bron.klok.vandaag()
            self.stuur.begin(lambda _: make_meldingaanleiding(beeld, klant, vandaag))
            self._order_tabs()
        else:
            self._close_vakken()
            self._show_detail(True)
            self.vak.open(wat, beeld.melding)
            self._fit()
            self._order_tabs()

    def _ask_voorbeeld(self, invoer: Handelinvoer) -> None:
        dienst = self._bron.meldingen
        if dienst is None:
            return
        self._vragen.ask(
            "voorbeeld",
            lambda stop: dienst.preview(invoer.melding.nummer, invoer.code, invoer.tekst, stop),
            self.vak.show_voorbeeld,
            lambda fout: self.vak.show_fout(None, fout.uitleg),
        )

    def _save(self, invoer: Handelinvoer) -> None:
        schrijver, klant = self._bron.meldingschrijver, self._klant(invoer.melding.nummer)
        if schrijver is None:
            return

        def werk(_: Stop) -> None:
            if invoer.wat == deel.NOTITIE:
                schrijver.note(invoer.melding, invoer.tekst)
            elif invoer.wat == deel.VERTELD:
                schrijver.mark_told(
                    invoer.melding, via=invoer.via, tekst=invoer.tekst, klant=klant, gelukt=invoer.gelukt
                )
            else:
                schrijver.change(invoer.melding, invoer.code, invoer.tekst, mail=invoer.mail)

        def klaar(_: None) -> None:
            self.vak.show_gelukt(invoer)
            self._fit()
            self.meldingvak.show_melding(
                f"{schoon(invoer.melding.weergave)}: bewaard op deze pc. Het gaat vanzelf weg.", "goed"
            )
            self.klaargezet.emit()

        def mislukt(fout: KifFout) -> None:
            self.vak.show_fout(fout if isinstance(fout, InvoerFout) else None, fout.uitleg)

        # Wat is bewaard mag niet halverwege stoppen als men iets anders aanwijst: daarom geen `Vragen`.
        self._achtergrond.start(werk, klaar, mislukt, self._einde)

    # --- plaats -------------------------------------------------------------------------------------------

    def _order_tabs(self) -> None:
        order_tabs((self._kop, self.meldingvak, self._links, self._rechts))

    def _close_vakken(self) -> None:
        self.vak.close_vak()
        self.stuur.close_vak()
        self.stuurvlak.hide()

    def _close_stuur(self) -> None:
        self._close_vakken()
        self._leave_vak()

    def _show_klaargezet(self, zin: str) -> None:
        self.meldingvak.show_melding(zin, "goed")
        self.klaargezet.emit()

    def _leave_vak(self) -> None:
        self._fit()
        self.detail.vlak.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Smal is er geen plaats voor de melding en het formulier: wie typt, ziet het formulier. Een bericht
        heeft met zijn voorbeeld altijd de hele hoogte nodig."""
        smal_open = self._is_smal and self.vak.is_open
        self.detail.setVisible(not smal_open and self.stuurvlak.isHidden())

    def _show_detail(self, over: bool) -> None:
        """Smal ligt het detail over de lijst."""
        self._fit()
        self._links.setVisible(not (self._is_smal and over))
        self._rechts.setVisible(not self._is_smal or over)
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
            self.meldingvak.clear()
        elif self._is_smal and self._links.isHidden():
            self._show_detail(False)
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.gesloten.emit()


def _rij(beeld: Meldingbeeld, vandaag: date) -> Rij:
    melding = beeld.melding
    waar = melding.plek.omschrijving if melding.plek is not None else "plaats onbekend"
    delen = [stand_kort(melding.status)]
    if beeld.termijn.te_laat:
        delen.append(beeld.termijn.zin)
    if beeld.melder.moet_bellen:
        delen.append("melder weet nog niets")
    wanneer = datum_kort(dag_van(melding.gemeld_op), vandaag) if melding.gemeld_op else ""
    dringend = beeld.termijn.te_laat or beeld.melder.moet_bellen
    return Rij(
        f"{melding.categorie}, {waar}",
        " · ".join([melding.weergave, *delen]),
        toets=wanneer,
        icoon="waarschuwing" if dringend else "melding",
        waarde=beeld,
    )


def _zoektekst(vraag: EmailVraag | TelefoonVraag) -> str:
    return vraag.adres.adres if isinstance(vraag, EmailVraag) else vraag.nummer.e164
