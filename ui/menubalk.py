"""De menubalk uit de tabel van handelingen, en de handelingen die alleen het beeld veranderen."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.acties import MENUS, Acties
from ui.thema import Keuze, Thema


def build_menus(venster: QMainWindow, acties: Acties) -> None:
    """Elke handeling in haar menu; haar toets geldt in het hele venster, tenzij zij van één scherm is."""
    menus: dict[str, QMenu] = {naam: venster.menuBar().addMenu(f"&{naam}") for naam in MENUS}
    for gegevens, actie in acties:
        if gegevens.menu is not None:
            if gegevens.lijn:
                menus[gegevens.menu].addSeparator()
            menus[gegevens.menu].addAction(actie)
        if not gegevens.scherm:
            venster.addAction(actie)


def connect_beeld(acties: Acties, thema: Thema) -> None:
    """Lettergrootte en kleuren: die regelt het thema zelf."""
    for actie, stap in ((acties.tekst_groter, 1), (acties.tekst_kleiner, -1), (acties.tekst_gewoon, 0)):
        actie.triggered.connect(lambda _=False, stap=stap: thema.step_vergroting(stap))
    keuzes: dict[Keuze, QAction] = {
        "systeem": acties.kleuren_systeem, "licht": acties.kleuren_licht, "donker": acties.kleuren_donker,
    }  # fmt: skip
    for keuze, actie in keuzes.items():
        actie.setChecked(keuze == thema.keuze)
        actie.triggered.connect(lambda _=False, keuze=keuze: thema.set_keuze(keuze))
