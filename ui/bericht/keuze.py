"""Hoe de inwoner de bevestiging wil: e-mail, sms, brief of geen. Wat niet is aangesloten, staat er niet.

De keuze is ook de toestemming: er is niets voorgekozen.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Bevestigkanaal
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst
from ui.thema import Thema

_NAMEN = {
    Bevestigkanaal.MAIL: "E-mail",
    Bevestigkanaal.SMS: "Sms",
    Bevestigkanaal.BRIEF: "Brief",
    Bevestigkanaal.GEEN: "Geen",
}
NIET_AANGESLOTEN = "E-mail en sms zijn hier niet aangesloten."


class Bevestigkeuze(QWidget):
    """`gekozen`: de medewerker koos iets. Staat er niet tot `set_kanalen` is geroepen."""

    gekozen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Bevestiging")
        self._groep = QButtonGroup(self)
        self._knoppen: dict[Bevestigkanaal, QRadioButton] = {}
        rij = QWidget()
        vloei = Vloei(rij, tussen=3 * Thema.afstand)
        for kanaal, naam in _NAMEN.items():
            knop = self._knoppen[kanaal] = QRadioButton(naam)
            knop.setAccessibleName(f"Bevestiging: {naam}")
            knop.setMinimumHeight(Thema.doel)
            self._groep.addButton(knop)
            vloei.addWidget(knop)
        self._groep.buttonClicked.connect(lambda _: self.gekozen.emit())
        self.uitleg = Tekst(rol="klein")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst("Bevestiging", rol="kop2"))
        kolom.addWidget(rij)
        kolom.addWidget(self.uitleg)
        self.hide()

    @property
    def kanaal(self) -> Bevestigkanaal | None:
        """Wat er is gekozen; None als er niet naar is gevraagd."""
        if self.isHidden():
            return None
        return next((kanaal for kanaal, knop in self._knoppen.items() if knop.isChecked()), None)

    def set_kanalen(self, aangesloten: tuple[str, ...]) -> None:
        """Toon de keuze, met alleen wat kan."""
        for kanaal in (Bevestigkanaal.MAIL, Bevestigkanaal.SMS):
            self._knoppen[kanaal].setVisible(kanaal.value in aangesloten)
        self.uitleg.setText("Vraag wat de inwoner wil." if aangesloten else NIET_AANGESLOTEN)
        self.show()

    def clear(self) -> None:
        """Niets gekozen: de volgende inwoner kiest zelf."""
        self._groep.setExclusive(False)
        for knop in self._knoppen.values():
            knop.setChecked(False)
        self._groep.setExclusive(True)
