"""Tab loopt zoals men leest: wat later in beeld komt, zet Qt anders achteraan.

Volgt de opmaak van de onderdelen; weet niet wat ze betekenen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget


def order_tabs(delen: Sequence[QWidget]) -> None:
    """Zet alles wat Tab kan bereiken in `delen` op leesvolgorde; het eerste blijft op zijn plaats."""
    for eerder, later in pairwise([widget for deel in delen for widget in _in_widget(deel)]):
        QWidget.setTabOrder(eerder, later)


def _in_widget(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        yield widget
    inhoud = widget.layout()
    if isinstance(widget, QScrollArea):
        binnen = widget.widget()
        if binnen is not None:
            yield from _in_widget(binnen)
    elif inhoud is not None and not isinstance(widget, QAbstractScrollArea):
        yield from _in_opmaak(inhoud)


def _in_opmaak(opmaak: QLayout) -> Iterator[QWidget]:
    for plaats in range(opmaak.count()):
        deel = opmaak.itemAt(plaats)
        widget, binnen = (deel.widget(), deel.layout()) if deel is not None else (None, None)
        if widget is not None:
            yield from _in_widget(widget)
        elif binnen is not None:
            yield from _in_opmaak(binnen)
