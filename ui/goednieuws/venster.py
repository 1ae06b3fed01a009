"""*Goed nieuws* in het venster: maakt het scherm als het nodig is, en wisselt ernaartoe en terug."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:
    from ui.goednieuws.dienst import Dienst
    from ui.goednieuws.scherm import GoednieuwsScherm


class Cijferbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def cijfers(self) -> Dienst: ...


class Goednieuws(QObject):
    """`melding` draagt een zin voor de statusregel. Tot de eerste keer openen is er niets gemaakt."""

    melding = Signal(str)

    def __init__(
        self, midden: QStackedWidget, acties: Acties, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._bron: Cijferbron | None = None
        self._gemeente = ""
        self._weg = Terugweg(midden)
        self._scherm: GoednieuwsScherm | None = None
        acties.goed_nieuws.triggered.connect(self.toggle)

    @property
    def scherm(self) -> GoednieuwsScherm | None:
        """Het scherm, zodra het een keer open was."""
        return self._scherm

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als dit te zien is, of leeg."""
        return "goednieuws" if self.is_open else ""

    @property
    def is_open(self) -> bool:
        return self._weg.shows(self._scherm)

    def set_diensten(self, bron: Cijferbron, gemeente: str) -> None:
        """De services zijn er; er wordt pas iets gevraagd als iemand dit opent."""
        self._forget_scherm()
        self._bron, self._gemeente = bron, gemeente
        self._acties.goed_nieuws.setEnabled(True)

    def toggle(self) -> None:
        """Open het scherm, of ga terug naar wat er eerst stond."""
        if self._bron is None:
            return
        if self.is_open and self._weg.back() is not None:
            return
        scherm = self._make(self._bron)
        self._weg.go(scherm)
        scherm.keuze.setFocus(Qt.FocusReason.OtherFocusReason)
        scherm.start()

    def close_schermen(self) -> None:
        """Het venster sluit."""
        if self._scherm is not None:
            self._scherm.close_scherm()

    def _forget_scherm(self) -> None:
        """Wat een ander op deze werkplek uitrekende, blijft niet staan."""
        if self._scherm is not None:
            self._scherm.close_scherm()
            self._weg.remove(self._scherm)
            self._scherm = None

    def _make(self, bron: Cijferbron) -> GoednieuwsScherm:
        if self._scherm is None:
            from ui.goednieuws.scherm import GoednieuwsScherm

            self._scherm = GoednieuwsScherm(bron.cijfers, self._gemeente, self._achtergrond, self._thema)
            self._scherm.melding.connect(self.melding)
            self._midden.addWidget(self._scherm)
        return self._scherm
