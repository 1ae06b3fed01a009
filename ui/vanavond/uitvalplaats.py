"""Zet het vak bij uitval links op Vanavond, in de plaats van Mijn balie, zolang iemand het nodig heeft.

Wordt gemaakt bij het eerste gebruik. De rest van het scherm volgt de avond gewoon door.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.achtergrond import Achtergrond
from ui.thema import Thema
from ui.vanavond.lijn import Lijnstand
from ui.vanavond.scherm import VanavondScherm
from ui.vanavond.uitvalvak import Uitvalvak
from ui.vanavond.uitvalverloop import Uitvalbron, Uitvalverloop, Verzetter, Waarschuwer

_ZONDER_VERBINDING = "Dit kan alleen met verbinding. Spreek het nu samen af; de knoppen komen vanzelf terug."


class Uitvalplaats(QObject):
    """`bron` geeft de diensten van de agenda, op een achtergronddraad."""

    def __init__(
        self,
        scherm: VanavondScherm,
        bron: Callable[[], tuple[Uitvalbron, Verzetter]],
        achtergrond: Achtergrond,
        thema: Thema,
        berichten: Callable[[], Waarschuwer] | None = None,
    ) -> None:
        super().__init__(scherm)
        self._scherm, self._thema = scherm, thema
        self._verloop = Uitvalverloop(bron, achtergrond, self, berichten)
        self.vak: Uitvalvak | None = None
        self._weg = False
        scherm.set_uitval("")
        scherm.uitval.connect(self.open)
        scherm.verloop.lijn.connect(self._follow_lijn)

    def open(self, soort: str, id_: str = "") -> None:
        """Laat dit vak zien; `id_` is over wie het gaat, als dat bekend is."""
        if self.vak is None:
            self.vak = Uitvalvak(self._verloop, self._thema)
            self.vak.gesloten.connect(self._close)
            self.vak.melding.connect(self._scherm.melding)
            self.vak.vastgelegd.connect(self._scherm.verloop.look)
            self._scherm.links.addWidget(self.vak)
        stand = self._scherm.verloop.stand
        self._scherm.links.setCurrentWidget(self.vak)
        self.vak.open(soort, stand.regels.namen_seconden if stand is not None else 60, id_)

    def _follow_lijn(self, lijn: Lijnstand) -> None:
        """Zonder verbinding is uitval niet te melden; daarna kan het vanzelf weer."""
        was, self._weg = self._weg, lijn.weg_sinds is not None
        if was == self._weg:
            return
        self._scherm.set_uitval(_ZONDER_VERBINDING if self._weg else "")
        if not self._weg and self.vak is not None and self._scherm.links.currentWidget() is self.vak:
            self.vak.retry()

    def close(self) -> None:
        """Het venster sluit: wat onderweg was, hoeft niet meer."""
        self._verloop.close()

    def _close(self) -> None:
        if self.vak is not None:
            self.vak.close_vak()
            self._scherm.show_mijn()
