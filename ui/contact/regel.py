"""De strook op een smal scherm: één regel met naam, tijd en de weg naar de notitie."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout

from frontoffice.domain.concept import Concept
from ui.bouwstenen import ActieKnop
from ui.contact import woorden
from ui.tekst import KorteTekst
from ui.thema import Thema


class Contactregel(QFrame):
    """Vouwt uit met F6."""

    def __init__(self, naar_notitie: QAction) -> None:
        super().__init__()
        self.setProperty("soort", "kop")
        self.setAccessibleName("Contact")
        self.wie = KorteTekst()
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        rij.addWidget(self.wie, 1)
        rij.addWidget(ActieKnop(naar_notitie, met_toets=True))

    def show_contact(self, concept: Concept | None, seconden: float, fout: str = "") -> None:
        """Wie en hoe lang; zonder contact dat er geen loopt. Lukt bewaren niet, dan staat dat er."""
        if fout:
            self.wie.setText(fout)
            return
        if concept is None:
            self.wie.setText("Geen contact")
            return
        naam = woorden.korte_naam(concept)
        self.wie.setText(f"Gesprek {concept.plek} · {naam} · {woorden.duur(seconden)}")
