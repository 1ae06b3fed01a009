"""Wat deze werkplek van de avond onthoudt: de rol en de balie. Nooit iets over een bezoeker."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from ui.vanavond.model import GASTHEER, ROLLEN

_ROL, _BALIE = "vanavond/rol", "vanavond/balie"


class Avondwerkplek:
    """Getypte toegang tot twee regels van scherm.ini."""

    def __init__(self, instellingen: QSettings) -> None:
        self._instellingen = instellingen

    @property
    def rol(self) -> str:
        rol = str(self._instellingen.value(_ROL, GASTHEER))
        return rol if rol in ROLLEN else GASTHEER

    @rol.setter
    def rol(self, rol: str) -> None:
        self._instellingen.setValue(_ROL, rol)

    @property
    def balie(self) -> str:
        return str(self._instellingen.value(_BALIE, ""))

    @balie.setter
    def balie(self, balie: str) -> None:
        self._instellingen.setValue(_BALIE, balie)
