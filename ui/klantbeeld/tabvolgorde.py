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
        yield from _in_opmaak(inhoud, widget)


def _in_opmaak(opmaak: QLayout, ouder: QWidget) -> Iterator[QWidget]:
    """De widgets van een opmaak op hun plaats.

    Niet met `itemAt`: dat geeft voor een opmaak binnen een opmaak een tweede Python-object bij hetzelfde
    Qt-object, en dan valt het programma om als het venster verdwijnt (shiboken 6.11, met gdb gezien).
    """
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    plaatsen: list[tuple[int, QWidget | QLayout]] = []
    plaatsen += [(opmaak.indexOf(w), w) for w in ouder.findChildren(QWidget, options=direct)]
    plaatsen += [(opmaak.indexOf(o), o) for o in opmaak.findChildren(QLayout, options=direct)]
    for plaats, deel in sorted(plaatsen, key=lambda paar: paar[0]):
        if plaats < 0:
            continue
        if isinstance(deel, QWidget):
            yield from _in_widget(deel)
        else:
            yield from _in_opmaak(deel, ouder)
