"""De amberkleurige band: in beeld is een ander dan in het gesprek. Zo komt niets bij de verkeerde."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from frontoffice.domain.concept import Concept, Gesprekspartner
from frontoffice.domain.taal import punt_na
from ui.bouwstenen import Band, Knop
from ui.tekst import announce, isolate

_KORT = ("Terug", "Hoort bij dit gesprek", "Nieuw contact")
_RUIM = 900  # vanaf deze breedte passen de namen op de knoppen


class Amberband(Band):
    """Signalen: `terug` (naar de klant van het gesprek), `hoort_erbij` en `nieuw_contact`."""

    terug = Signal()
    hoort_erbij = Signal()
    nieuw_contact = Signal()

    def __init__(self) -> None:
        self._terug = Knop("Terug")
        self._erbij = Knop("Hoort bij dit gesprek")
        self._nieuw = Knop("Nieuw contact")
        super().__init__("", "let_op", self._terug, self._erbij, self._nieuw)
        self._getoond: tuple[str, str] = ("", "")
        self._namen = _KORT
        self._terug.clicked.connect(self.terug)
        self._erbij.clicked.connect(self.hoort_erbij)
        self._nieuw.clicked.connect(self.nieuw_contact)
        self.setAccessibleName("Let op: een andere klant")
        self.hide()

    def show_verschil(self, beeld: Gesprekspartner | None, concept: Concept | None) -> None:
        """Toon de band als de klant in beeld niet bij het gesprek hoort; anders is zij weg."""
        if beeld is None or concept is None or is_bij(beeld, concept):
            self._getoond = ("", "")
            self.hide()
            return
        met = concept.klant or concept.bedrijf
        assert met is not None
        paar = (beeld.naam, met.naam)
        if paar != self._getoond:
            self._getoond = paar
            gesprek, gezien = (partner.naam or "een andere klant" for partner in (met, beeld))
            a, b = isolate(gesprek), isolate(gezien)
            zin = f"U kijkt naar {b}{punt_na(gezien)} Het gesprek is met {a}{punt_na(gesprek)}"
            self.tekst.setText(zin)
            self._namen = (f"Terug naar {a}", f"{b} hoort bij dit gesprek", f"Nieuw contact met {b}")
            self._show_knoppen()
            announce(self, zin)
        self.show()

    def _show_knoppen(self) -> None:
        """Op een smal scherm staan de namen alleen in de zin; een schermlezer hoort ze altijd."""
        krap = self.width() < _RUIM
        for knop, kort, naam in zip((self._terug, self._erbij, self._nieuw), _KORT, self._namen, strict=True):
            knop.set_tekst(kort if krap else naam, naam)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_knoppen()


def is_bij(beeld: Gesprekspartner, concept: Concept) -> bool:
    """Hoort deze klant bij het gesprek? Waar zolang het gesprek nog geen klant heeft."""
    partners = [p for p in (concept.klant, concept.bedrijf, concept.namens) if p is not None]
    bekend = [partner for partner in partners if partner.sleutel is not None]
    return not bekend or any(_is_dezelfde(beeld, partner) for partner in bekend)


def _is_dezelfde(een: Gesprekspartner, ander: Gesprekspartner) -> bool:
    if een.partij_uuid and een.partij_uuid == ander.partij_uuid:
        return True
    return een.sleutel is not None and een.sleutel == ander.sleutel
