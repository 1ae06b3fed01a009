"""Het scherm om te zeggen wie er werkt: eerst uw naam, dan uw code. Vraagt na, en bewaart zelf niets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.taal import zonder_accenten
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce, isolate
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.services.aanmelden import Werkt

_BREED, _HOOG = 460, 480
_PIJLEN = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_UITLEG = "Met dit account werken meer mensen. Zeg eerst wie u bent."
_EERSTE = (
    "Dit is uw eerste keer op deze pc. Kies een code die alleen u weet: minstens zes letters of cijfers. "
    "Uw code blijft op deze pc. Wat u bekijkt, staat daarna op uw naam."
)


class Aanmeldscherm(QWidget):
    """Signalen: `gekozen` (identificatie), `code_gegeven` (identificatie, code) en `code_gekozen`
    (identificatie, code): de eerste keer."""

    gekozen = Signal(str)
    code_gegeven = Signal(str, str)
    code_gekozen = Signal(str, str)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.setProperty("hulp", "aanmelden")
        self.setAccessibleName("Aanmelden")
        self._mensen: tuple[Werkt, ...] = ()
        self._wie: Werkt | None = None
        self._eerste = self._bezig = False
        self.naam = QLineEdit()
        self.naam.setPlaceholderText("Typ een paar letters van uw naam")
        self.lijst = RijLijst("Medewerkers", thema)
        self.stand = Tekst(rol="gedempt")
        self.wie = Tekst(rol="kop2")
        self.laatst = Tekst(rol="gedempt")
        self.uitleg = Tekst(_EERSTE)
        self.velden = Formulier()
        self.code = self._make_veld("Uw code")
        self.nog_een_keer = self._make_veld("Nog een keer")
        self.beginnen = Knop("Aanmelden", self._send, soort="hoofd")
        self.ander = Knop("Iemand anders (Esc)", self.ask_naam, soort="groot", naam="Iemand anders")
        self._build()
        self.naam.textEdited.connect(lambda _: self._filter())
        self.naam.returnPressed.connect(self.lijst.choose_huidige)
        self.naam.installEventFilter(self)
        self.lijst.gekozen.connect(self._choose)
        self.code.returnPressed.connect(self._enter)
        self.nog_een_keer.returnPressed.connect(self._send)

    def _make_veld(self, label: str) -> QLineEdit:
        veld = self.velden.rij(label, QLineEdit())
        veld.setEchoMode(QLineEdit.EchoMode.Password)
        veld.setMaxLength(200)
        return veld

    def _build(self) -> None:
        self._naamvak, self._codevak = QWidget(), QWidget()
        namen = QVBoxLayout(self._naamvak)
        namen.setContentsMargins(0, 0, 0, 0)
        namen.setSpacing(2 * Thema.afstand)
        label = Tekst("Uw naam", rol="nadruk")
        label.setBuddy(self.naam)
        self.naam.setAccessibleName("Uw naam")
        vakdelen: tuple[QWidget, ...] = (label, self.naam, self.lijst)
        for deel in vakdelen:
            namen.addWidget(deel)
        codes = QVBoxLayout(self._codevak)
        codes.setContentsMargins(0, 0, 0, 0)
        codes.setSpacing(2 * Thema.afstand)
        knoppen = QHBoxLayout()
        knoppen.setSpacing(2 * Thema.afstand)
        knoppen.addWidget(self.beginnen)
        knoppen.addWidget(self.ander)
        knoppen.addStretch(1)
        vakdelen = (self.wie, self.laatst, self.uitleg, self.velden)
        for deel in vakdelen:
            codes.addWidget(deel)
        codes.addLayout(knoppen)
        inhoud = QWidget()
        kolom = self._kolom = QVBoxLayout(inhoud)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addWidget(Tekst("Wie werkt hier?", rol="kop1"))
        kolom.addWidget(Tekst(_UITLEG, rol="gedempt"))
        kolom.addWidget(Lijn())
        for deel in (self._naamvak, self._codevak, self.stand):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        buiten = QVBoxLayout(self)
        buiten.setContentsMargins(0, 0, 0, 0)
        buiten.addWidget(Scrollvlak(inhoud))

    # --- tonen -------------------------------------------------------------------------------------------

    def ask_naam(self) -> None:
        """Begin opnieuw: wie bent u?"""
        self._wie = None
        self._clear_codes()
        self.naam.clear()
        self._filter()
        self._codevak.hide()
        self._naamvak.show()
        self.show_stand("")
        self.naam.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_mensen(self, mensen: Sequence[Werkt]) -> None:
        self._mensen = tuple(sorted(mensen, key=lambda wie: zonder_accenten(wie.naam).casefold()))
        self._filter()

    def ask_code(self, *, eerste: bool, laatst: str) -> None:
        """Vraag de code van wie is gekozen; `eerste`: hij kiest er nu een. `laatst`: hele zin of leeg."""
        if self._wie is None:
            return
        self._eerste = eerste
        self.wie.setText(isolate(self._wie.naam))
        self.laatst.setText(laatst)
        self.laatst.setVisible(bool(laatst))
        self.uitleg.setVisible(eerste)
        self.velden.set_zichtbaar(self.nog_een_keer, eerste)
        self.beginnen.set_tekst("Code bewaren en beginnen" if eerste else "Aanmelden")
        self._naamvak.hide()
        self._codevak.show()
        self.show_stand("")
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self._wie.naam}. {_EERSTE if eerste else 'Typ uw code.'}")

    def show_fout(self, zin: str) -> None:
        """De code kan niet of klopt niet: de zin staat onder het veld, dat weer leeg is."""
        self.set_bezig(bezig=False)
        self._clear_codes()
        self.velden.fout(self.code, zin)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stand(self, zin: str, *, fout: bool = False) -> None:
        self.stand.set_rol("fout" if fout else "gedempt")
        self.stand.setText(zin)
        self.stand.setVisible(bool(zin))
        if zin:
            announce(self, zin)

    def set_bezig(self, *, bezig: bool) -> None:
        """Er wordt gerekend: een tweede Enter doet niets."""
        self._bezig = bezig
        self.beginnen.setEnabled(not bezig)
        self.show_stand("Even nakijken…" if bezig else "")

    def clear(self) -> None:
        """Er blijft geen code staan."""
        self._clear_codes()
        self.naam.clear()

    def _clear_codes(self) -> None:
        for veld in (self.code, self.nog_een_keer):
            veld.clear()
            self.velden.fout(veld, "")

    def _filter(self) -> None:
        gezocht = zonder_accenten(self.naam.text().strip()).casefold()
        mensen = [
            wie
            for wie in self._mensen
            if gezocht in zonder_accenten(wie.naam).casefold() or gezocht in wie.identificatie.casefold()
        ]
        rijen = [Rij(wie.naam, onder=wie.identificatie, icoon="persoon", waarde=wie) for wie in mensen]
        self.lijst.set_rijen(rijen, kies=0 if rijen and (gezocht or len(rijen) == 1) else -1)
        self.lijst.setFixedHeight(max(self.lijst.gewenste_hoogte(360), Thema.hoofddoel))
        leeg = bool(gezocht) and not mensen
        self.lijst.setVisible(not leeg)
        self.show_stand("Deze naam staat niet in het profiel. Vraag uw beheerder om hulp." if leeg else "")

    # --- doen ----------------------------------------------------------------------------------------------

    def _choose(self, wie: Werkt) -> None:
        self._wie = wie
        self.gekozen.emit(wie.identificatie)

    def _enter(self) -> None:
        if self._eerste and not self.nog_een_keer.text():
            self.nog_een_keer.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._send()

    def _send(self) -> None:
        wie, code = self._wie, self.code.text()
        if wie is None or self._bezig:
            return
        if not code:
            self.show_fout("Typ uw code.")
        elif self._eerste and code != self.nog_een_keer.text():
            self.show_fout("De twee codes zijn niet gelijk. Typ ze allebei opnieuw.")
        else:
            self.set_bezig(bezig=True)
            (self.code_gekozen if self._eerste else self.code_gegeven).emit(wie.identificatie, code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pijltjes in het naamveld lopen door de lijst."""
        if watched is self.naam and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            stap = _PIJLEN.get(Qt.Key(event.key()))
            if stap is not None:
                self.lijst.step(stap)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Niet breder dan een formulier is; een grootste breedte zou Qt de hoogte verkeerd laten rekenen."""
        super().resizeEvent(event)
        marge, boven = 8 * Thema.afstand, (8 if self.height() >= _HOOG else 3) * Thema.afstand
        self._kolom.setContentsMargins(marge, boven, max(marge, self.width() - _BREED - marge), boven)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._wie is not None and not self._bezig:
            self.ask_naam()
        else:
            super().keyPressEvent(event)
