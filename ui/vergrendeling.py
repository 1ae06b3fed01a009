"""Merkt dat het systeem vergrendelt of gaat slapen en meldt dat (Linux: logind en ScreenSaver over D-Bus).

Waar het systeem dit niet vertelt, gebeurt er niets; dan dekt alleen de tijd zonder invoer het scherm af.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_SLOTEN = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class Vergrendeling(QObject):
    """`vergrendeld` wordt gemeld als het scherm op slot gaat of de pc gaat slapen."""

    vergrendeld = Signal()

    def listen(self) -> bool:
        """Begin te luisteren. Onwaar als er niets te beluisteren is."""
        if sys.platform != "linux":
            return False
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return False
        # De typebeschrijving van connect vraagt bytes, maar PySide6 neemt alleen de tekst van SLOT aan.
        bus: Any
        gelukt = False
        if _has_sessiebus():
            bus = QDBusConnection.sessionBus()
            for dienst, pad in _SLOTEN:
                gelukt |= bus.connect(dienst, pad, dienst, "ActiveChanged", self, SLOT("on_slot(bool)"))
        if Path("/run/dbus/system_bus_socket").exists():
            bus = QDBusConnection.systemBus()
            beheer = "org.freedesktop.login1.Manager"
            gelukt |= bus.connect(
                "org.freedesktop.login1", "/org/freedesktop/login1", beheer, "PrepareForSleep",
                self, SLOT("on_slot(bool)"),
            )  # fmt: skip
            gelukt |= bus.connect(
                "org.freedesktop.login1",
                "",
                "org.freedesktop.login1.Session",
                "Lock",
                self,
                SLOT("on_lock()"),
            )
        return gelukt

    @Slot(bool)
    def on_slot(self, actief: bool) -> None:
        if actief:
            self.vergrendeld.emit()

    @Slot()
    def on_lock(self) -> None:
        self.vergrendeld.emit()


def _has_sessiebus() -> bool:
    """Zonder bekende bus zou Qt er zelf een willen starten; dat is niet aan ons."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    map_ = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(map_) and (Path(map_) / "bus").exists()
