"""Naar een scherm in het midden van het venster, en weer terug naar waar men vandaan kwam."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid


class Terugweg:
    """Onthoudt per scherm waar men vandaan kwam. Elk deel van het venster heeft er een voor zijn schermen."""

    def __init__(self, midden: QStackedWidget) -> None:
        self._midden = midden
        self._van: dict[QWidget, QWidget] = {}

    def shows(self, *schermen: QWidget | None) -> bool:
        """Staat een van deze schermen er nu?"""
        nu = self._midden.currentWidget()
        return nu is not None and any(nu is scherm for scherm in schermen)

    def go(self, scherm: QWidget, *samen: QWidget | None) -> None:
        """Laat dit scherm zien. Wie van een van `samen` komt, gaat terug naar waar hij dáár vandaan kwam."""
        van: QWidget | None = self._midden.currentWidget()
        for _ in samen:  # zo vaak kan het ene eigen scherm hoogstens uit het andere zijn geopend
            if van is not None and van in samen:
                van = self._van.get(van, van)
        if van is not None and van is not scherm:
            self._van[scherm] = van
        self._midden.setCurrentWidget(scherm)

    def back(self) -> QWidget | None:
        """Ga terug, en geef waar men nu is; None als er van hier geen weg terug is.

        Een ander deel kan zijn scherm intussen hebben weggedaan (er werkt nu iemand anders): dan is het begin
        van het venster de weg terug.
        """
        nu = self._midden.currentWidget()
        terug = self._van.get(nu) if nu is not None else None
        if terug is not None and (not isValid(terug) or self._midden.indexOf(terug) < 0):
            terug = self._midden.widget(0)
        if terug is None:
            return None
        self._midden.setCurrentWidget(terug)
        terug.setFocus(Qt.FocusReason.OtherFocusReason)
        return terug

    def remove(self, scherm: QWidget) -> None:
        """Doe dit scherm weg: wat een ander op deze werkplek zag, blijft niet staan."""
        self._van.pop(scherm, None)
        self._midden.removeWidget(scherm)
        scherm.deleteLater()
