"""De rij met lopende contacten: nummer, naam en tijd, en een knop voor een nieuw contact."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from frontoffice.domain.concept import Concept
from ui.bouwstenen import Knop
from ui.contact import woorden
from ui.klantbeeld.vloei import Vloei
from ui.tekst import letterlijk, set_uitleg
from ui.thema import Thema

_BREEDSTE = 150


class Contactknop(Knop):
    """Eén lopend contact. De hele naam staat in de uitleg; op de knop wordt hij zo nodig korter."""

    def __init__(self) -> None:
        super().__init__("")
        self.setCheckable(True)
        self.uuid = ""

    def show_contact(self, concept: Concept, seconden: float, *, gekozen: bool) -> None:
        self.uuid = concept.uuid
        naam = letterlijk(woorden.korte_naam(concept), een_regel=True)
        achter = woorden.duur(seconden) if gekozen else "wacht"
        meter = QFontMetrics(self.font())
        ruimte = _BREEDSTE - meter.horizontalAdvance(f"{concept.plek}  {achter}") - 26
        kort = meter.elidedText(naam, Qt.TextElideMode.ElideRight, max(ruimte, 30))
        volledig = f"Contact {concept.plek}, {naam}, {'gekozen' if gekozen else 'wacht'}"
        self.set_tekst(f"{concept.plek} {kort} {achter}", volledig)
        self.setChecked(gekozen)
        set_uitleg(self, f"{naam} (Ctrl+{concept.plek})")

    def sizeHint(self) -> QSize:
        wens = super().sizeHint()
        return QSize(min(wens.width(), _BREEDSTE), wens.height())


class Gesprekbalk(QWidget):
    """Signalen: `gekozen` (uuid) en `nieuw`."""

    gekozen = Signal(str)
    nieuw = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Lopende contacten")
        self._knoppen: list[Contactknop] = []
        self._rij = Vloei(self, tussen=Thema.afstand, regel=Thema.afstand)
        self.erbij = Knop(
            "Nieuw", self.nieuw.emit, naam="Nieuw contact", uitleg="Begin nog een contact (Ctrl+N)"
        )
        self._rij.addWidget(self.erbij)

    def show_contacten(self, contacten: tuple[tuple[Concept, float], ...], gekozen: str) -> None:
        """Toon deze contacten met hun tijd in seconden."""
        while len(self._knoppen) < len(contacten):
            knop = Contactknop()
            knop.clicked.connect(lambda _=False, knop=knop: self.gekozen.emit(knop.uuid))
            self._rij.insert_widget(len(self._knoppen), knop)
            self._knoppen.append(knop)
        for nummer, knop in enumerate(self._knoppen):
            zichtbaar = nummer < len(contacten)
            if zichtbaar:
                concept, seconden = contacten[nummer]
                knop.show_contact(concept, seconden, gekozen=concept.uuid == gekozen)
            else:
                knop.uuid = ""
                knop.set_tekst("")
            knop.setVisible(zichtbaar)
