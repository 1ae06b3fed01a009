"""Wat speelt er: de paar zinnen om nu te zeggen, elk met zijn actie.

Zolang een bron laadt of ontbreekt, staat dat erbij: dan kan er nog iets zijn.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.klantbeeld import AandachtSoort, Aandachtspunt
from frontoffice.domain.weergave import KlantWeergave
from ui.bouwstenen import Knop, Scrollvlak
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.toestand import Beeldje, Toestandregel
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema

_BEELD: dict[AandachtSoort, tuple[str, Kleurnaam]] = {
    AandachtSoort.TE_LAAT: ("waarschuwing", "gevaar"),
    AandachtSoort.TERUGBELLEN: ("terugbellen", "let_op"),
    AandachtSoort.BIJNA_TE_LAAT: ("klok", "let_op"),
    AandachtSoort.WACHT_OP_INWONER: ("persoon", "let_op"),
    AandachtSoort.STREEFDATUM_VOORBIJ: ("klok", "let_op"),
    AandachtSoort.BELT_VAKER: ("telefoon", "tekst_zacht"),
}
_BRONNEN = {"contacten": "contacten", "zaken": "zaken"}


class Puntregel(QWidget):
    """Eén zin met haar knop."""

    def __init__(self, punt: Aandachtspunt, iconen: Iconen) -> None:
        super().__init__()
        icoon, kleur = _BEELD[punt.soort]
        self.knop = Knop(punt.actie_tekst, naam=f"{punt.actie_tekst}: {punt.tekst}")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, 2, 3 * Thema.afstand, 2)
        rij.setSpacing(2 * Thema.afstand)
        beeldje, tekst = Beeldje(iconen, icoon, kleur), Tekst(punt.tekst)
        beeldje.setFixedHeight(Thema.doel + 2)  # even hoog als de knop: zo staan ze op één lijn
        tekst.setContentsMargins(0, Thema.afstand, 0, 0)
        rij.addWidget(beeldje, 0, Qt.AlignmentFlag.AlignTop)
        rij.addWidget(tekst, 1, Qt.AlignmentFlag.AlignTop)
        rij.addWidget(self.knop, 0, Qt.AlignmentFlag.AlignTop)


class AandachtVak(Vak):
    """Signalen: `gekozen` (Aandachtspunt) en `annuleren`."""

    gekozen = Signal(object)
    annuleren = Signal()

    def __init__(self, iconen: Iconen) -> None:
        super().__init__("Wat speelt er")
        self._iconen = iconen
        self._punten: tuple[Aandachtspunt, ...] = ()
        self._regels: list[Puntregel] = []
        self._stand = Toestandregel(iconen, "Wat speelt er")
        self._stand.annuleren.connect(self.annuleren)
        self._lijst = QWidget()
        self._kolom = QVBoxLayout(self._lijst)
        self._kolom.setContentsMargins(0, 0, 0, 2 * Thema.afstand)
        self._kolom.setSpacing(0)
        self._kolom.addWidget(self._stand)
        self._kolom.addStretch(1)
        self.inhoud.addWidget(Scrollvlak(self._lijst))

    def show_weergave(self, weergave: KlantWeergave) -> None:
        self._show_punten(weergave.aandacht)
        standen = {n: t for n, t in weergave.toestanden.items() if n in _BRONNEN}
        mist = [_BRONNEN[naam] for naam, toestand in standen.items() if toestand.soort == "mislukt"]
        if weergave.uitleg:
            self._stand.show_leeg(weergave.uitleg)
        elif mist:
            wat = " en ".join(mist)
            begin = "Dit is niet alles" if self._punten else "Niet bekend"
            self._stand.show_fout(f"{begin}: {wat} zijn niet geladen.", opnieuw_helpt=False)
        elif any(t.soort == "laden" for t in standen.values()):
            self._stand.show_laden()
        elif self._punten:
            self._stand.show_niets()
        else:
            self._stand.show_leeg("Niets bijzonders. Vraag gewoon waarmee u kunt helpen.")

    def clear(self) -> None:
        self._show_punten(())
        self._stand.show_niets()

    @property
    def gewenste_hoogte(self) -> int:
        """Zo hoog is dit vak als alles erin past."""
        breed = max(self.width() - 2 * Thema.afstand, 100)
        hoog = (
            self._kolom.heightForWidth(breed)
            if self._kolom.hasHeightForWidth()
            else self._lijst.sizeHint().height()
        )
        return self.kopregel.sizeHint().height() + hoog + Thema.afstand

    def eerste_focus(self) -> QWidget:
        return self._regels[0].knop if self._regels else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pijltjes lopen langs de knoppen."""
        stap = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        knoppen = [regel.knop for regel in self._regels]
        huidig = self.focusWidget()
        if stap and huidig in knoppen:
            plaats = min(max(knoppen.index(huidig) + stap, 0), len(knoppen) - 1)
            knoppen[plaats].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _show_punten(self, punten: tuple[Aandachtspunt, ...]) -> None:
        """Maak alleen nieuwe regels als er iets verandert; wie de focus had, houdt haar."""
        if punten == self._punten:
            return
        knoppen = [regel.knop for regel in self._regels]
        focus = next((nr for nr, knop in enumerate(knoppen) if knop.hasFocus()), None)
        gekozen = self._punten[focus] if focus is not None else None
        for regel in self._regels:
            regel.hide()
            regel.deleteLater()
        self._punten = punten
        self._regels = []
        for nummer, punt in enumerate(punten):
            regel = Puntregel(punt, self._iconen)
            regel.knop.clicked.connect(lambda _=False, punt=punt: self.gekozen.emit(punt))
            self._kolom.insertWidget(nummer, regel)
            regel.show()
            self._regels.append(regel)
            if gekozen is not None and punt.verwijzing == gekozen.verwijzing:
                regel.knop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
