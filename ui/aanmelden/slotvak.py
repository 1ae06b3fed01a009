"""Op het dek van een gedeeld account: de code van wie is aangemeld, of iemand anders laten werken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.tekst import Tekst, isolate
from ui.thema import Thema

if TYPE_CHECKING:
    from ui.afdekken import Slot

_BREED = 420
_LANGST = 200


class Slotvak(QWidget):
    """Vraagt de code en roept `verder` als zij klopt. Onthoudt geen code."""

    def __init__(self, slot: Slot, verder: Callable[[], None]) -> None:
        super().__init__()
        self._slot, self._verder = slot, verder
        self._bezig = False
        self.setFixedWidth(_BREED)
        self.velden = Formulier()
        self.code = self.velden.rij("Uw code", QLineEdit())
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setMaxLength(_LANGST)
        self.code.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.verder = Knop("Verder werken", self._send, soort="hoofd")
        self.ander = Knop(
            "Iemand anders", slot.leave, soort="groot", uitleg="Meldt u af. Wat u typte, blijft bewaard."
        )
        self.stand = Tekst(rol="gedempt")
        self.stand.hide()
        knoppen = QHBoxLayout()
        knoppen.setSpacing(2 * Thema.afstand)
        knoppen.addWidget(self.verder)
        knoppen.addWidget(self.ander)
        knoppen.addStretch(1)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(3 * Thema.afstand)
        wie = Tekst(f"{isolate(slot.naam)} werkt hier. Typ uw code om verder te werken.", rol="gedempt")
        for deel in (wie, self.velden):
            kolom.addWidget(deel)
        kolom.addLayout(knoppen)
        kolom.addWidget(self.stand)
        self.code.returnPressed.connect(self._send)
        self.code.textEdited.connect(lambda _: self.velden.fout(self.code, ""))

    def _send(self) -> None:
        code = self.code.text()
        if self._bezig:
            return
        if not code:
            self._show_fout("Typ uw code.")
            return
        self._set_bezig(bezig=True)
        self._slot.check(code, self._verder, self._show_fout)

    def _show_fout(self, zin: str) -> None:
        self._set_bezig(bezig=False)
        self.code.clear()
        self.velden.fout(self.code, zin)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_bezig(self, *, bezig: bool) -> None:
        self._bezig = bezig
        self.verder.setEnabled(not bezig)
        self.stand.setText("Even nakijken…" if bezig else "")
        self.stand.setVisible(bezig)
