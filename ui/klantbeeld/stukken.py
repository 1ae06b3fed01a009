"""Kleine stukken waaruit een detail is opgebouwd: tussenkop, paren van naam en waarde, regel met icoon."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.toestand import Beeldje
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Rol, Thema


def add_kop(kolom: QVBoxLayout, tekst: str) -> None:
    """Een tussenkop met lucht erboven."""
    kolom.addSpacing(3 * Thema.afstand)
    kolom.addWidget(Tekst(tekst, rol="kop2"))


def add_paren(kolom: QVBoxLayout, paren: Iterable[tuple[str, str]]) -> None:
    """Naam links, waarde rechts; lege waarden vallen weg."""
    rooster = QGridLayout()
    rooster.setHorizontalSpacing(3 * Thema.afstand)
    rooster.setVerticalSpacing(2)
    rooster.setColumnStretch(1, 1)
    for nummer, (naam, waarde) in enumerate(paar for paar in paren if paar[1]):
        rooster.addWidget(Tekst(naam, rol="gedempt"), nummer, 0, Qt.AlignmentFlag.AlignTop)
        rooster.addWidget(Tekst(waarde), nummer, 1)
    kolom.addLayout(rooster)


def add_regel_met_icoon(
    kolom: QVBoxLayout, iconen: Iconen, icoon: str, kleur: Kleurnaam, tekst: str, *, rol: Rol = "gewoon"
) -> None:
    rij = QHBoxLayout()
    rij.setSpacing(2 * Thema.afstand)
    rij.addWidget(Beeldje(iconen, icoon, kleur), 0, Qt.AlignmentFlag.AlignTop)
    rij.addWidget(Tekst(tekst, rol=rol), 1)
    kolom.addLayout(rij)


def clear_layout(layout: QLayout) -> None:
    """Haal alle widgets uit een opmaak. Niet voor een opmaak binnen een opmaak: zie tabvolgorde."""
    while (plek := layout.takeAt(0)) is not None:
        widget: QWidget | None = plek.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
