"""De balk "Nog niet gecontroleerd" en het paneel om te controleren wie er spreekt.

Het programma vergelijkt wat de beller noemt; het echte gegeven komt niet op het scherm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.concept import VERGELEKEN
from frontoffice.domain.controle import Vergelijking, compare_adres, compare_geboortedatum
from frontoffice.domain.klant import Controle, Persoon, PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.toestand import Beeldje
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Kleurnaam, Rol, Thema, set_stijl

_UITKOMST: dict[Vergelijking, tuple[str, Kleurnaam, Rol, str]] = {
    Vergelijking.KLOPT: ("vink", "goed", "goed", "Klopt."),
    Vergelijking.KLOPT_NIET: ("kruis", "gevaar", "fout", "Klopt niet. Vraag het nog een keer."),
    Vergelijking.ONLEESBAAR: ("info", "tekst_zacht", "gedempt", "Kijk na wat u typte."),
    Vergelijking.ONBEKEND: (
        "info",
        "tekst_zacht",
        "gedempt",
        "Het register weet dit niet. Vraag iets anders.",
    ),
}
KORTSTE_TOELICHTING = 5


class _Vergelijkregel(QWidget):
    """Een veld met ernaast of het klopt."""

    def __init__(self, iconen: Iconen, voorbeeld: str) -> None:
        super().__init__()
        self.veld = QLineEdit()
        self.veld.setPlaceholderText(voorbeeld)
        self.veld.setMaximumWidth(190)
        self._icoon = Beeldje(iconen)
        self._zin = Tekst()
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(2 * Thema.afstand)
        rij.addWidget(self.veld, 1)
        rij.addWidget(self._icoon)
        rij.addWidget(self._zin, 1)
        self.setFocusProxy(self.veld)
        self.show_uitkomst(None)

    def show_uitkomst(self, uitkomst: Vergelijking | None) -> None:
        self._icoon.setVisible(uitkomst is not None)
        if uitkomst is None:
            self._zin.setText("")
            return
        icoon, kleur, rol, zin = _UITKOMST[uitkomst]
        self._icoon.show_icoon(icoon, kleur)
        set_stijl(self._zin, "rol", rol)
        self._zin.setText(zin)
        self.veld.setAccessibleDescription(zin)
        announce(self.veld, zin)


class Controlebalk(QFrame):
    """`gecontroleerd` komt met (Controle, toelichting)."""

    gecontroleerd = Signal(object, str)

    def __init__(self, iconen: Iconen, actie: QAction) -> None:
        super().__init__()
        set_stijl(self, "soort", "band_let_op")
        self.setAccessibleName("Nog niet gecontroleerd")
        self._beeld: Klantbeeld | None = None
        self._is_schoon = False
        self._uitkomsten: dict[str, Vergelijking | None] = {"geboren": None, "adres": None}
        toets = actie.shortcut().toString()
        self._open = Knop(
            f"Controleer ({toets})" if toets else "Controleer", self.open_paneel, naam="Controleer"
        )
        self._open.setMinimumHeight(Thema.doel)
        kop = QHBoxLayout()
        kop.setSpacing(2 * Thema.afstand)
        kop.addWidget(Beeldje(iconen, "waarschuwing", "let_op"))
        self._kop = Tekst("Nog niet gecontroleerd. Controleer eerst wie u spreekt.", rol="let_op")
        kop.addWidget(self._kop, 1)
        kop.addWidget(self._open)
        self._paneel = self._build_paneel(iconen)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        alles.addLayout(kop)
        alles.addWidget(self._paneel)
        self._paneel.hide()
        self.hide()

    def _build_paneel(self, iconen: Iconen) -> QWidget:
        paneel = QWidget()
        self._formulier = Formulier()
        self._geboren = _Vergelijkregel(iconen, "dd-mm-jjjj")
        self._adres = _Vergelijkregel(iconen, "7581 AB 12")
        self._formulier.rij("Geboortedatum", self._geboren)
        self._formulier.rij("Postcode en huisnummer", self._adres)
        self._geboren.veld.setAccessibleName("Geboortedatum")
        self._adres.veld.setAccessibleName("Postcode en huisnummer")
        self._geboren.veld.editingFinished.connect(self._compare_geboren)
        self._adres.veld.editingFinished.connect(self._compare_adres)
        self._geboren.veld.returnPressed.connect(lambda: self._enter(self._adres.veld))
        self._adres.veld.returnPressed.connect(lambda: self._enter(self._geboren.veld))
        self._geboren.veld.textEdited.connect(lambda _: self._forget("geboren", self._geboren))
        self._adres.veld.textEdited.connect(lambda _: self._forget("adres", self._adres))
        self._geen_vergelijking = Tekst(rol="gedempt")
        keuzes = QWidget()
        rij = Vloei(keuzes, tussen=2 * Thema.afstand)
        rij.addWidget(Tekst("Of kies:"))
        self._vragen = Knop("Vragen goed beantwoord", lambda: self._finish(Controle.VRAGEN_BEANTWOORD))
        self._bewijs = Knop(
            "Balie: identiteitsbewijs gezien", lambda: self._finish(Controle.IDENTITEITSBEWIJS)
        )
        rij.addWidget(self._vragen)
        rij.addWidget(self._bewijs)
        self._reden = QLineEdit()
        self._reden.setPlaceholderText("Andere reden")
        self._reden.setAccessibleName("Andere reden")
        self._reden.setMinimumWidth(190)
        self._reden.returnPressed.connect(self._finish_anders)
        rij.addWidget(self._reden)
        rij.addWidget(Knop("Met deze reden verder", self._finish_anders))
        rij.addWidget(Knop("Later", self.close_paneel, soort="stil", naam="Later controleren"))
        self._fout = Tekst(rol="fout")
        self._fout.hide()
        kolom = QVBoxLayout(paneel)
        kolom.setContentsMargins(0, Thema.afstand, 0, Thema.afstand)
        kolom.addWidget(self._formulier)
        kolom.addWidget(self._geen_vergelijking)
        kolom.addWidget(keuzes)
        kolom.addWidget(self._fout)
        return paneel

    # --- tonen -----------------------------------------------------------------------------------------

    def show_beeld(self, beeld: Klantbeeld) -> None:
        """De balk staat er alleen zolang deze klant niet is gecontroleerd."""
        self._beeld = beeld
        if beeld.gecontroleerd:
            self.clear()
            return
        self._is_schoon = False
        self.show()
        vergelijkbaar = self._persoon is not None
        self._formulier.setVisible(vergelijkbaar)
        self._geen_vergelijking.setVisible(not vergelijkbaar)
        if isinstance(beeld.sleutel, PersoonSleutel):
            self._geen_vergelijking.setText("Vergelijken kan als de gegevens uit de BRP er zijn.")
        else:
            self._geen_vergelijking.setText("Van deze klant is geen geboortedatum bekend. Stel zelf vragen.")

    def clear(self) -> None:
        """Vergeet wat is getypt en verdwijn."""
        if self._is_schoon:
            return
        self._is_schoon = True
        for veld in (self._geboren.veld, self._adres.veld, self._reden):
            veld.clear()
        for naam, regel in (("geboren", self._geboren), ("adres", self._adres)):
            self._forget(naam, regel)
        self._paneel.hide()
        self._fout.hide()
        self._open.show()
        self.hide()

    @property
    def is_open(self) -> bool:
        return self._paneel.isVisible()

    def open_paneel(self) -> None:
        """Op verzoek van de medewerker: paneel open, focus in het eerste veld."""
        if self.isHidden():
            return
        self._open.hide()
        self._paneel.show()
        # Nooit op een knop: een Enter te veel zou zeggen dat de klant is gecontroleerd.
        eerste = self._geboren.veld if self._formulier.isVisibleTo(self._paneel) else self._reden
        eerste.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_paneel(self) -> None:
        had_focus = self._paneel.isAncestorOf(self.focusWidget() or self)
        self._paneel.hide()
        self._open.show()
        if had_focus:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.close_paneel()
            return
        super().keyPressEvent(event)

    # --- vergelijken -------------------------------------------------------------------------------------

    @property
    def _persoon(self) -> Persoon | None:
        return waarde_van(self._beeld.persoon) if self._beeld else None

    def _compare_geboren(self) -> None:
        self._compare("geboren", self._geboren, compare_geboortedatum)

    def _compare_adres(self) -> None:
        self._compare("adres", self._adres, lambda persoon, getypt, _: compare_adres(persoon, getypt))

    def _compare(
        self, naam: str, regel: _Vergelijkregel, vergelijk: Callable[[Persoon, str, date], Vergelijking]
    ) -> None:
        getypt, persoon = regel.veld.text().strip(), self._persoon
        if not getypt or persoon is None or self._beeld is None:
            self._forget(naam, regel)
        elif self._uitkomsten[naam] is None:
            self._uitkomsten[naam] = vergelijk(persoon, getypt, self._beeld.vandaag)
            regel.show_uitkomst(self._uitkomsten[naam])

    def _forget(self, naam: str, regel: _Vergelijkregel) -> None:
        self._uitkomsten[naam] = None
        regel.show_uitkomst(None)

    def _enter(self, volgende: QLineEdit) -> None:
        """Enter: kloppen beide, dan is de klant gecontroleerd; anders door naar het andere veld."""
        self._compare_geboren()  # Qt meldt Enter eerder dan dat een veld klaar is
        self._compare_adres()
        if all(uitkomst is Vergelijking.KLOPT for uitkomst in self._uitkomsten.values()):
            self._finish(Controle.VRAGEN_BEANTWOORD, VERGELEKEN)
        elif not volgende.text().strip():
            volgende.setFocus(Qt.FocusReason.TabFocusReason)

    def _finish_anders(self) -> None:
        reden = " ".join(self._reden.text().split())
        if len(reden) < KORTSTE_TOELICHTING:
            self._fout.setText("Typ in een paar woorden hoe u de klant hebt gecontroleerd.")
            self._fout.show()
            announce(self, self._fout.text())
            self._reden.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._finish(Controle.ANDERS, reden)

    def _finish(self, wijze: Controle, toelichting: str = "") -> None:
        self.gecontroleerd.emit(wijze, toelichting)
