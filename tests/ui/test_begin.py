"""Wat het programma laadt en maakt voordat er een toets kan worden getypt: niet meer dan dat vraagt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import PROJECTMAP

_BEGIN = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QWidget
from ui.app import Programma, build_app

app = build_app()
programma = Programma(app, Path(sys.argv[1]), lambda: None)
programma.build = lambda: None

def report():
    print(json.dumps({
        "geladen": sorted(sys.modules),
        "widgets": len(programma.venster.findChildren(QWidget)),
        "veld": app.focusWidget() is programma.venster.zoekveld,
    }))
    app.exit(0)

programma.venster.getekend.connect(report)
programma.start()
app.exec()
"""
PAS_LATER = (
    "frontoffice.samenstelling", "frontoffice.services", "frontoffice.central", "frontoffice.storage",
    "frontoffice.agenda", "frontoffice.profiel", "frontoffice.documents", "ui.klantbeeld.scherm",
    "ui.contact.strook", "ui.contact.gesprekken", "ui.afspraak.scherm", "ui.beheer.scherm",
    "requests", "keyring", "phonenumbers", "stdnum", "msgspec", "cryptography", "sqlalchemy", "sqlcipher3",
    "psycopg", "holidays", "reportlab", "ssl", "email", "PySide6.QtSvg",
)  # fmt: skip


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Tot en met het eerste beeld, in een nieuw proces."""
    klaar = subprocess.run(
        [sys.executable, "-c", _BEGIN, str(tmp_path_factory.mktemp("begin"))],
        cwd=PROJECTMAP, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    gelezen: dict[str, Any] = json.loads(klaar.stdout)
    return gelezen


def test_het_eerste_beeld_wacht_niet_op_iets_zwaars(begin: dict[str, Any]) -> None:
    te_vroeg = [
        naam
        for naam in begin["geladen"]
        if any(naam == zwaar or naam.startswith(f"{zwaar}.") for zwaar in PAS_LATER)
    ]
    assert not te_vroeg, "dit laadt pas als iemand het opent (zie ui/uitgesteld.py): " + ", ".join(te_vroeg)


def test_het_eerste_beeld_heeft_een_zoekveld_en_weinig_anders(begin: dict[str, Any]) -> None:
    assert begin["veld"], "de eerste toets hoort in het zoekveld te komen"
    assert begin["widgets"] < 150, "een scherm dat niemand opende, is toch al gemaakt (zie ui/uitgesteld.py)"
