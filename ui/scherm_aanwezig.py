"""Is er een scherm om een venster op te zetten? Qt zelf breekt het hele proces af als dat er niet is."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

GEEN_SCHERM = (
    "Er is geen scherm om een venster op te openen. Start het programma op een bureaublad, "
    "of gebruik de opdrachtregel: kif --help."
)


def has_scherm(omgeving: Mapping[str, str] = os.environ) -> bool:
    """Waar als Qt straks een venster kan openen. Op Windows en macOS is er altijd een scherm."""
    if sys.platform != "linux":
        return True
    gekozen = omgeving.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if gekozen and gekozen not in ("xcb", "wayland", "wayland-egl"):
        return True
    wil_x = gekozen in ("", "xcb")
    wil_wayland = gekozen != "xcb"
    return (wil_wayland and _has_wayland(omgeving)) or (wil_x and _has_x(omgeving))


def _has_wayland(omgeving: Mapping[str, str]) -> bool:
    naam = omgeving.get("WAYLAND_DISPLAY", "")
    return bool(naam) and Path(omgeving.get("XDG_RUNTIME_DIR", "/"), naam).exists()


def _has_x(omgeving: Mapping[str, str]) -> bool:
    """Maak even verbinding: een DISPLAY die nergens op uitkomt, is er geen."""
    naam = omgeving.get("DISPLAY", "")
    if not naam:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # dan weet alleen Qt het
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    for functie in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        functie.argtypes = (ctypes.c_void_p,)
    verbinding = xcb.xcb_connect(naam.encode(), None)
    goed = bool(xcb.xcb_connection_has_error(verbinding) == 0)
    xcb.xcb_disconnect(verbinding)
    return goed
