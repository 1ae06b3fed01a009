"""Wat nog niet in het register staat: een lijst met reden, en per contact wat eraan te doen is.

De namen van klanten staan alleen hier, nooit in een titel of melding. Beslist niets over versturen.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.domain.taal import lokaal
from frontoffice.services.berichten import BELLIJST, BELLIJST_GEDEELD
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.contact import woorden
from ui.contact.bordvak import Bordvak
from ui.contact.verbetervorm import Verbetervorm
from ui.rijen import Rij, RijLijst
from ui.tekst import KorteTekst, Tekst, announce, isolate
from ui.thema import Thema, set_stijl

LEEG = "Alles staat in het register. Er hoeft niets te gebeuren."
LEEG_HIER = "Alles van deze werkplek staat in het register."
_NAAST_ELKAAR = 700
_INTREKBAAR = (Toestand.NOG_NIET_VERSTUURD, Toestand.ACTIE_NODIG, Toestand.WORDT_VERSTUURD)


class OutboxScherm(QWidget):
    """Signalen: `opnieuw` (Verzending, verbeterde Registratie of None), `intrekken` (id), `nu_versturen` en
    `gesloten`."""

    opnieuw = Signal(object, object)
    intrekken = Signal(int)
    nu_versturen = Signal()
    gesloten = Signal()

    def __init__(self, thema: Thema, bord: Bordvak | None = None) -> None:
        """`bord`: wie er op andere werkplekken te bellen is; None zonder berichten."""
        super().__init__()
        self.bord = bord
        self.setAccessibleName("Nog niet verstuurd")
        set_stijl(self, "soort", "kaart")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("hulp", "contact")
        self._rijen: tuple[Verzending, ...] = ()
        self._gekozen: Verzending | None = None
        self.terug = Knop("Terug", self.gesloten.emit, naam="Terug naar waar u was")
        self.versturen = Knop("Nu versturen", self.nu_versturen.emit)
        self.telling = KorteTekst(rol="gedempt")
        self.lijst = RijLijst("Contacten die nog niet verstuurd zijn", thema)
        self.leeg = Tekst(LEEG)
        self.bellijst = Tekst(BELLIJST, rol="let_op")
        self.onderwerp = Tekst(rol="kop2")
        self.wie = Tekst()
        self.stand = Tekst(rol="nadruk")
        self.reden = Tekst()
        self.detail = QWidget()
        self.again = Knop("Opnieuw", self._again, naam="Opnieuw versturen")
        self.verbeter = Knop("Verbeteren", self._edit)
        self.trek_in = Knop("Intrekken", self._withdraw, soort="stil", naam="Contact intrekken")
        self.vorm = Verbetervorm()
        self._build()
        self.lijst.selectionModel().currentChanged.connect(self._follow)
        self.lijst.gekozen.connect(lambda _: self._enter())
        self.vorm.bewaard.connect(self._save)
        self.vorm.gesloten.connect(lambda: self._show_knoppen(vorm=False))
        self.show_rijen(())

    def _build(self) -> None:
        marge = 3 * Thema.afstand
        kop = QHBoxLayout()
        kop.addWidget(Tekst("Nog niet verstuurd", rol="kop1"))
        kop.addWidget(self.telling, 1)
        kop.addWidget(self.versturen)
        kop.addWidget(self.terug)
        rechts = QVBoxLayout(self.detail)
        rechts.setContentsMargins(0, 0, 0, 0)
        rechts.setSpacing(2 * Thema.afstand)
        for deel in (self.onderwerp, self.wie, self.stand, self.reden):
            rechts.addWidget(deel)
        self._knoppen = QWidget()
        rij = QHBoxLayout(self._knoppen)
        rij.setContentsMargins(0, 0, 0, 0)
        for knop in (self.again, self.verbeter, self.trek_in):
            rij.addWidget(knop)
        rij.addStretch(1)
        rechts.addWidget(self._knoppen)
        rechts.addWidget(self.vorm)
        rechts.addStretch(1)
        self._midden = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._midden.setSpacing(2 * marge)
        self._midden.addWidget(self.lijst, 3)
        self._naast = True
        self._detailvlak = Scrollvlak(self.detail)
        self._midden.addWidget(self._detailvlak, 2)
        alles = self._alles = QVBoxLayout(self)
        alles.setContentsMargins(marge, marge, marge, marge)
        alles.setSpacing(2 * Thema.afstand)
        alles.addLayout(kop)
        alles.addWidget(Lijn())
        alles.addWidget(self.leeg)
        alles.addWidget(self.bellijst)
        alles.addLayout(self._midden, 1)
        if self.bord is not None:
            alles.addWidget(self.bord)
            self.bord.gedeeld.connect(lambda: self.bellijst.setText(BELLIJST_GEDEELD))
            self.bord.getoond.connect(lambda er_is: self.leeg.setText(LEEG_HIER if er_is else LEEG))
        alles.addStretch(0)

    # --- tonen -----------------------------------------------------------------------------------------

    def show_rijen(self, rijen: tuple[Verzending, ...]) -> None:
        """Toon deze rijen, *Actie nodig* eerst. Wat is aangewezen of verbeterd wordt, blijft staan."""
        geordend = tuple(sorted(rijen, key=lambda r: (r.toestand is not Toestand.ACTIE_NODIG, r.id)))
        gekozen = self._gekozen.id if self._gekozen is not None else 0
        plaats = next((i for i, rij in enumerate(geordend) if rij.id == gekozen), 0)
        self._rijen = geordend
        self.lijst.set_rijen([_to_rij(rij) for rij in geordend], kies=plaats)
        self.leeg.setVisible(not geordend)
        self.bellijst.setVisible(any(_is_te_bellen(rij) for rij in geordend))
        self._detailvlak.setVisible(bool(geordend))
        self._alles.setStretchFactor(self._midden, 1 if geordend else 0)
        self._alles.setStretch(self._alles.count() - 1, 0 if geordend else 1)
        self.versturen.setEnabled(bool(geordend))
        alleen_contacten = all(isinstance(rij.opdracht, Registratie) for rij in geordend)
        telling = woorden.contacten if alleen_contacten else woorden.te_versturen
        self.telling.setText(telling(len(geordend)))
        self._show_detail(geordend[plaats] if geordend else None)

    def begin(self) -> None:
        """Het scherm gaat open: wat het dringendst is, komt voor."""
        self._gekozen = None

    def focus_begin(self) -> None:
        """*Actie nodig* staat meteen open bij het veld; anders de lijst."""
        gekozen = self._gekozen
        if gekozen is None:
            self.terug.setFocus(Qt.FocusReason.OtherFocusReason)
        elif _is_te_verbeteren(gekozen):
            self._edit()
        else:
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, rij: Verzending | None) -> None:
        anders = rij is None or self._gekozen is None or rij.id != self._gekozen.id
        self._gekozen = rij
        if rij is None:
            self._show_knoppen(vorm=False)
            return
        opdracht = rij.opdracht
        self.onderwerp.setText(opdracht.onderwerp)
        self.wie.setText(isolate(opdracht.wie) if opdracht.wie else "Zonder klant")
        self.stand.setText(woorden.TOESTANDEN[rij.toestand])
        self.stand.set_rol("let_op" if rij.toestand is Toestand.ACTIE_NODIG else "nadruk")
        self.reden.setText(reden_van(rij))
        self.verbeter.setVisible(_is_te_verbeteren(rij))
        self.again.setVisible(rij.toestand is Toestand.ACTIE_NODIG)
        self.trek_in.setEnabled(rij.toestand in _INTREKBAAR)
        if anders or _is_te_bellen(rij):
            self._reset_trek_in(rij)
        if anders or rij.toestand is not Toestand.ACTIE_NODIG:
            self._show_knoppen(vorm=False)

    def _reset_trek_in(self, rij: Verzending) -> None:
        if _is_te_bellen(rij):
            self.trek_in.set_tekst("Inwoner is gebeld", "Inwoner is gebeld, bericht is klaar")
        else:
            self.trek_in.set_tekst("Intrekken", "Contact intrekken")

    def _show_knoppen(self, *, vorm: bool) -> None:
        had_focus = self.vorm.isAncestorOf(self.focusWidget() or self)
        self.vorm.setVisible(vorm)
        self._knoppen.setVisible(not vorm)
        self._show_lijst()
        if had_focus and not vorm:
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lijst(self) -> None:
        """Staan lijst en formulier boven elkaar, dan krijgt het formulier de plaats."""
        self.lijst.setVisible(bool(self._rijen) and (self._naast or self.vorm.isHidden()))

    # --- doen ------------------------------------------------------------------------------------------

    def _follow(self, index: QModelIndex, _oud: QModelIndex) -> None:
        if 0 <= index.row() < len(self._rijen):
            self._show_detail(self._rijen[index.row()])

    def _enter(self) -> None:
        if self._gekozen is not None and _is_te_verbeteren(self._gekozen):
            self._edit()

    def _edit(self) -> None:
        rij = self._gekozen
        if rij is not None and _is_te_verbeteren(rij):
            self.vorm.begin(rij.registratie)
            self._show_knoppen(vorm=True)
            self.vorm.focus_veld(rij.veld)

    def _save(self, registratie: Registratie) -> None:
        rij = self._gekozen
        if rij is not None:
            self._show_knoppen(vorm=False)
            anders = replace(registratie, uuid=rij.registratie.uuid)
            self.opnieuw.emit(rij, anders if anders != rij.registratie else None)

    def _again(self) -> None:
        if self._gekozen is not None:
            self.opnieuw.emit(self._gekozen, None)

    def _withdraw(self) -> None:
        """Vraagt het één keer na: dit is niet terug te halen."""
        if self._gekozen is None:
            return
        if _is_te_bellen(self._gekozen):
            self.intrekken.emit(self._gekozen.id)
            return
        if self.trek_in.text() == "Intrekken":
            self.trek_in.set_tekst("Zeker intrekken", "Contact zeker intrekken")
            announce(self.trek_in, "Dit contact komt dan niet in het register. Druk nog een keer.")
            return
        self.trek_in.set_tekst("Intrekken", "Contact intrekken")
        self.intrekken.emit(self._gekozen.id)

    # --- Qt --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.vorm.isVisible():
            self._show_knoppen(vorm=False)
        else:
            self.gesloten.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._naast = event.size().width() >= _NAAST_ELKAAR
        richting = QBoxLayout.Direction.LeftToRight if self._naast else QBoxLayout.Direction.TopToBottom
        self._midden.setDirection(richting)
        self._show_lijst()


def _is_te_bellen(rij: Verzending) -> bool:
    """Een bericht dat niet kon of niet aankwam: iemand belt, en dan is het klaar."""
    return rij.toestand is Toestand.ACTIE_NODIG and rij.opdracht.soort == "bericht"


def _is_te_verbeteren(rij: Verzending) -> bool:
    """Alleen een contact heeft velden om te verbeteren; de rest gaat opnieuw of eruit."""
    return rij.toestand is Toestand.ACTIE_NODIG and isinstance(rij.opdracht, Registratie)


def reden_van(rij: Verzending) -> str:
    """Waarom het er nog niet staat, als hele zin."""
    if rij.fout:
        return rij.fout
    if rij.pogingen:
        return "Het programma probeert het vanzelf nog een keer."
    return "Het wordt vanzelf verstuurd."


def _to_rij(rij: Verzending) -> Rij:
    toestand = woorden.TOESTANDEN[rij.toestand]
    return Rij(
        rij.opdracht.onderwerp,
        f"{toestand} · {reden_van(rij)}",
        toets=f"{lokaal(rij.opdracht.om):%H.%M} uur",
        icoon="waarschuwing" if rij.toestand is Toestand.ACTIE_NODIG else "klok",
        waarde=rij.id,
    )
