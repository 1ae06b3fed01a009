"""Het programma als geheel proces: starten zonder scherm, één venster per gebruiker, netjes stoppen."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PROJECTMAP
from ui.enkel import EnkelVenster
from ui.scherm_aanwezig import GEEN_SCHERM, has_scherm
from ui.signalen import Signalen


def start(*argumenten: str, **omgeving: str) -> subprocess.Popen[str]:
    schoon = {
        n: w for n, w in os.environ.items() if n not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ui", *argumenten],
        cwd=PROJECTMAP,
        env=schoon | omgeving,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="alleen Linux kent een bureaublad zonder scherm")
@pytest.mark.parametrize("omgeving", [{}, {"DISPLAY": ":9797"}], ids=["geen", "onbereikbaar"])
def test_zonder_scherm_volgt_een_hele_zin_en_geen_python_spoor(omgeving: dict[str, str]) -> None:
    proces = start(**omgeving)
    uit, fout = proces.communicate(timeout=60)
    assert proces.returncode == 1
    assert GEEN_SCHERM in fout
    assert "Traceback" not in fout
    assert uit == ""


def test_offscreen_telt_als_scherm() -> None:
    assert has_scherm({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.traag
def test_de_proef_vindt_een_inwoner_op_telefoon_en_drukt_de_tijden_af(eigen_omgeving: Path) -> None:
    proces = start("--proef")
    uit, fout = proces.communicate(timeout=120)
    assert proces.returncode == 0, fout
    gemeten = json.loads(uit)
    assert set(gemeten) == {"venster_ms", "klant_ms"}
    assert all(isinstance(ms, int) and ms > 0 for ms in gemeten.values())


@pytest.mark.skipif(sys.platform != "linux", reason="SIGTERM is er alleen op POSIX")
@pytest.mark.traag
def test_sigterm_sluit_venster_en_demonstratie_met_uitgang_nul(eigen_omgeving: Path, qtbot: QtBot) -> None:
    proces = start(QT_QPA_PLATFORM="offscreen")
    try:
        kinderen = Path(f"/proc/{proces.pid}/task/{proces.pid}/children")

        def list_kinderen() -> list[str]:
            # De demonstratie start vanaf een andere draad: kijk bij elke draad van het proces.
            draden = Path(f"/proc/{proces.pid}/task")
            uit: list[str] = []
            for draad in draden.iterdir():
                with contextlib.suppress(OSError):  # een draad die net klaar is
                    uit += (draad / "children").read_text().split()
            return uit

        assert kinderen.exists()
        qtbot.waitUntil(lambda: len(list_kinderen()) == 1)
        (kind,) = list_kinderen()
        proces.send_signal(signal.SIGTERM)
        _, fout = proces.communicate(timeout=60)
        assert proces.returncode == 0, fout
        assert "Traceback" not in fout
        qtbot.waitUntil(lambda: not Path(f"/proc/{kind}").exists())
    finally:
        proces.kill()


def test_een_tweede_start_haalt_het_eerste_venster_naar_voren(
    qapp: QApplication, qtbot: QtBot, eigen_omgeving: Path
) -> None:
    eerste, tweede = EnkelVenster(eigen_omgeving), EnkelVenster(eigen_omgeving)
    assert eerste.claim()
    with qtbot.waitSignal(eerste.gevraagd):
        assert not tweede.claim()
    eerste.close()


def test_een_andere_map_met_gegevens_is_een_ander_programma(eigen_omgeving: Path, tmp_path: Path) -> None:
    eerste, ander = EnkelVenster(eigen_omgeving), EnkelVenster(tmp_path)
    assert eerste.claim()
    assert ander.claim()
    eerste.close()
    ander.close()


def test_na_een_harde_stop_is_de_ingang_weer_vrij(eigen_omgeving: Path) -> None:
    opdracht = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from ui.enkel import EnkelVenster; app = QCoreApplication([]);"
        "venster = EnkelVenster(Path(sys.argv[1])); print(venster.claim(), flush=True); os._exit(9)"
    )
    uit = subprocess.run(
        [sys.executable, "-c", opdracht, str(eigen_omgeving)], cwd=PROJECTMAP, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert uit.stdout.strip() == "True", uit.stderr
    na = EnkelVenster(eigen_omgeving)
    assert na.claim()
    na.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stuurt geen SIGTERM aan zichzelf")
def test_een_signaal_komt_op_de_draad_van_het_scherm(qtbot: QtBot) -> None:
    gezien: list[bool] = []
    oud = signal.getsignal(signal.SIGTERM)
    signalen = Signalen(lambda: gezien.append(True))
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: bool(gezien))
    signalen.close()
    assert signal.getsignal(signal.SIGTERM) == oud
