"""De band boven het scherm die iets vraagt of zegt, met hoogstens een paar knoppen. Nooit een dialoog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import BandSoort, Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Rol, Thema, set_stijl

Keuze = tuple[str, Callable[[], object]]
_ROLLEN: dict[BandSoort, Rol] = {"gevaar": "fout", "let_op": "let_op", "goed": "goed", "demo": "gewoon"}


class Meldingvak(QFrame):
    """Eén melding tegelijk; een nieuwe vervangt de vorige."""

    def __init__(self, naam: str = "Melding") -> None:
        super().__init__()
        self.setAccessibleName(naam)
        self.tekst = Tekst()
        self._knoppen: list[Knop] = []
        self._rij = QWidget()
        self._vloei = Vloei(self._rij, tussen=2 * Thema.afstand)
        binnen = QVBoxLayout()
        binnen.setSpacing(Thema.afstand)
        binnen.addWidget(self.tekst)
        binnen.addWidget(self._rij)
        self._sluit = Knop("Sluiten", self.clear, soort="stil", naam="Melding sluiten")
        regel = QHBoxLayout(self)
        regel.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        regel.addLayout(binnen, 1)
        regel.addWidget(self._sluit, 0, Qt.AlignmentFlag.AlignTop)
        self.clear()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def show_melding(self, zin: str, soort: BandSoort, *keuzes: Keuze, sluiten: bool = True) -> None:
        """Toon deze zin met deze knoppen. De focus blijft waar hij is."""
        self._drop_knoppen()
        set_stijl(self, "soort", f"band_{soort}")
        self.tekst.set_rol(_ROLLEN[soort])
        self.tekst.setText(zin)
        for tekst, doe in keuzes:
            knop = Knop(tekst, doe)
            self._knoppen.append(knop)
            self._vloei.addWidget(knop)
            knop.show()
        self._rij.setVisible(bool(keuzes))
        self._sluit.setVisible(sluiten)
        self.show()
        announce(self, zin)

    def focus_eerste(self) -> None:
        """Als de medewerker zelf om deze vraag vroeg: naar de eerste knop."""
        if self._knoppen:
            self._knoppen[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Weg; wie er met de focus in stond, gaat verder waar het scherm hem zet."""
        self._drop_knoppen()
        self.tekst.setText("")
        self.hide()

    def _drop_knoppen(self) -> None:
        for knop in self._knoppen:
            self._vloei.removeWidget(knop)
            knop.hide()
            knop.deleteLater()
        self._knoppen = []
