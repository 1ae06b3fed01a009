"""Wat dit programma van Python, Qt en de pakketten eronder verwacht; hier blijkt een slechte nieuwe versie.

Elke Qt-proef draait in een eigen proces: gaat het mis, dan breekt Qt dat hele proces af.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata

import pytest

REFERENTIES = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
voor = [sys.getrefcount(waarde) for waarde in (None, True, False)]
for nummer in range(2000):
    label.setText("x")
    label.parent()
    label.isEnabled()
    label.isVisible()
print(min(na - eerst for na, eerst in zip([sys.getrefcount(w) for w in (None, True, False)], voor)))
"""

VENSTER = """
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
vertaling = QTranslator()
assert vertaling.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
venster = QMainWindow()
venster.setCentralWidget(QTableView())
venster.show()
app.processEvents()
assert venster.grab().width() > 0
print(app.platformName(), vertaling.translate("QPlatformTheme", "Cancel"))
"""


def run_python(bron: str, omgeving: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", bron], env=omgeving, capture_output=True, text=True, timeout=60
    )


def test_qt_raakt_geen_referenties_naar_none_true_en_false_kwijt() -> None:
    """PySide6 6.12.0 verliest er op Python 3.11 één per aanroep; na ruim 5.000 breekt het programma af."""
    klaar = run_python(REFERENTIES, dict(os.environ))
    assert klaar.returncode == 0, klaar.stderr
    assert int(klaar.stdout) >= -100


def test_een_venster_opent_zonder_scherm_en_qt_spreekt_nederlands() -> None:
    klaar = run_python(VENSTER, dict(os.environ, QT_QPA_PLATFORM="offscreen"))
    assert (klaar.returncode, klaar.stdout) == (0, "offscreen Annuleren\n"), klaar.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is een zaak van Linux")
def test_een_venster_opent_op_een_x_scherm(xvfb: dict[str, str]) -> None:
    klaar = run_python(VENSTER, xvfb)
    assert (klaar.returncode, klaar.stdout) == (0, "xcb Annuleren\n"), klaar.stderr


def test_requests_werkt_op_de_echte_urllib3() -> None:
    """niquests en urllib3-future vervangen urllib3 ongemerkt; dan meten en testen we iets anders."""
    aanwezig = {(verdeling.name or "").lower() for verdeling in metadata.distributions()}
    assert not aanwezig & {"niquests", "urllib3-future", "urllib3_future"}
    assert metadata.version("urllib3").startswith("2.")


def test_de_qt_die_draait_is_de_qt_die_vastligt() -> None:
    assert metadata.version("pyside6-essentials") == metadata.version("shiboken6")
    assert metadata.version("pyside6-essentials").startswith("6.11.")
