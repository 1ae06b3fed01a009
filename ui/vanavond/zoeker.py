"""Zoeken op Vanavond: van wat iemand typt naar de treffers links, en weer weg.

Namen staan er zolang er wordt gezocht, en nooit langer dan de tijd die de inrichting noemt.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontoffice.agenda.vanavond.bezoek import Bezoek
from ui.vanavond import zoekvak
from ui.vanavond.kopvak import Avondzoekveld
from ui.vanavond.verloop import Avondverloop
from ui.vanavond.zoekvak import Zoekvak

ZOEK_NA_MS = 200
_KORTSTE = 2


class Avondzoeker(QObject):
    """`seconden`: hoe lang een naam mag blijven staan. `gewoon` is het vak dat er links anders staat."""

    def __init__(
        self,
        veld: Avondzoekveld,
        vak: Zoekvak,
        links: QStackedWidget,
        gewoon: QWidget,
        verloop: Avondverloop,
        seconden: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._veld, self._vak, self._links, self._gewoon = veld, vak, links, gewoon
        self._verloop, self._seconden = verloop, seconden
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.setInterval(ZOEK_NA_MS)
        self._wekker.timeout.connect(self._search)
        self._vergeet = QTimer(self)
        self._vergeet.setSingleShot(True)
        self._vergeet.timeout.connect(self.close)
        self._bekend = ""
        veld.textEdited.connect(self._type)
        veld.bevestigd.connect(self._confirm)
        veld.omlaag.connect(vak.focus_eerste)
        veld.verlaten.connect(self.close)
        vak.gevraagd.connect(self._do)
        vak.gesloten.connect(self.close)
        verloop.gevonden.connect(self._show)

    def focus(self) -> None:
        self._veld.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._veld.selectAll()

    def close(self) -> None:
        """Terug naar wat er stond; wat was gevonden, is weg."""
        self._veld.clear()
        self._drop()

    def _type(self) -> None:
        if len(self._veld.text().strip()) < _KORTSTE:
            self._drop()
            return
        self._wekker.start()

    def _search(self) -> None:
        tekst = self._veld.text().strip()
        if len(tekst) >= _KORTSTE:
            self._links.setCurrentWidget(self._vak)
            self._vak.show_fout("")
            self._vak.show_bezig()
            self._verloop.search(tekst)

    def _show(self, tekst: str, treffers: tuple[Bezoek, ...]) -> None:
        if tekst == self._veld.text().strip():
            self._bekend = tekst
            self._links.setCurrentWidget(self._vak)
            self._vak.show_treffers(treffers)
            self._vergeet.start(1000 * self._seconden())

    def _confirm(self) -> None:
        """Enter: staat het antwoord er al, neem het; anders zoek meteen."""
        if self._bekend != self._veld.text().strip() or self._links.currentWidget() is not self._vak:
            self._wekker.stop()
            self._search()
        elif not self._vak.choose_eerste():
            self._vak.focus_eerste()

    def _drop(self) -> None:
        self._wekker.stop()
        self._vergeet.stop()
        self._bekend = ""
        self._verloop.cancel_search()
        had = self._vak.isAncestorOf(self._vak.window().focusWidget() or self._vak.window())
        self._vak.clear()
        if self._links.currentWidget() is self._vak:
            self._links.setCurrentWidget(self._gewoon)
            if had:
                self.focus()

    def _do(self, naam: str, bezoek: Bezoek) -> None:
        self._vak.show_fout("")
        if naam == zoekvak.AANMELDEN:
            self._verloop.arrive(bezoek.id, bezoek.volgnummer, "zoeken")
        elif naam == zoekvak.TOCH:
            self._verloop.come_after_all(bezoek.id, "zoeken")
