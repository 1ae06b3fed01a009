"""Het beheer in het venster: maakt het scherm als het nodig is, en wisselt ernaartoe en terug."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.ports import Logboek
    from ui.beheer.dienst import Agenda
    from ui.beheer.scherm import BeheerScherm

_DOEL = "beheer van de avonden"


class Agendabron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def agenda(self) -> Agenda: ...

    @property
    def agenda_uit(self) -> str: ...

    @property
    def logboek(self) -> Logboek: ...


class Beheer(QObject):
    """`melding` draagt een zin voor de statusregel, `verzetten` een Afspraak om een tijd voor te zoeken."""

    melding = Signal(str)
    verzetten = Signal(object)

    def __init__(
        self, midden: QStackedWidget, acties: Acties, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._bron: Agendabron | None = None
        self._weg = Terugweg(midden)
        self._scherm: BeheerScherm | None = None
        acties.avonden.triggered.connect(self.toggle)
        acties.avonden.setEnabled(False)
        midden.currentChanged.connect(self._follow_midden)

    @property
    def scherm(self) -> BeheerScherm | None:
        """Het scherm, zodra het een keer open was."""
        return self._scherm

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als het beheer te zien is, of leeg."""
        return "beheer" if self.is_open else ""

    @property
    def is_open(self) -> bool:
        return self._weg.shows(self._scherm)

    def set_diensten(self, bron: Agendabron) -> None:
        """De services zijn er.

        De agenda zelf gaat pas open bij de eerste vraag. Staat zij uit, dan dit ook.
        """
        self._bron = bron
        self._acties.avonden.setEnabled(not bron.agenda_uit)

    def toggle(self) -> None:
        """Open het beheer.

        Staat het er al, ga dan terug naar wat er eerst stond. Getypt werk blijft staan.
        """
        if self._bron is None:
            return
        if self.is_open and self._weg.back() is not None:
            return
        scherm = self._make()
        self._weg.go(scherm)
        scherm.nav.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_schermen(self) -> None:
        """Het venster sluit."""
        if self._scherm is not None:
            self._scherm.close_beheer()

    def _make(self) -> BeheerScherm:
        if self._scherm is None:
            from ui.beheer.scherm import BeheerScherm

            bron = self._bron
            assert bron is not None
            self._scherm = BeheerScherm(lambda: bron.agenda, self._achtergrond, self._thema)
            self._scherm.verloop.note = lambda handeling: bron.logboek.note(handeling, _DOEL)
            self._scherm.melding.connect(self.melding)
            self._scherm.andere_tijd.connect(self.verzetten)
            self._midden.addWidget(self._scherm)
        return self._scherm

    def _follow_midden(self) -> None:
        """Alleen kijken naar collega's zolang iemand het ziet."""
        if self._scherm is None:
            return
        if self.is_open:
            self._scherm.start()
        else:
            self._scherm.stop()
