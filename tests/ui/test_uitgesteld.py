"""Een blad bestaat pas als iemand het opvraagt, en dan maar één keer."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.uitgesteld import Bladen


def test_een_blad_wordt_bij_de_eerste_vraag_gemaakt_en_aangesloten(qtbot: QtBot) -> None:
    aangesloten: list[QLabel] = []
    bladen = Bladen({naam: lambda naam=naam: QLabel(naam) for naam in ("een", "twee")}, aangesloten.append)
    assert (list(bladen), len(bladen), "twee" in bladen, "drie" in bladen) == (
        ["een", "twee"],
        2,
        True,
        False,
    )
    assert bladen.gemaakt == ()
    twee = bladen["twee"]
    qtbot.addWidget(twee)
    assert twee.text() == "twee"
    assert bladen["twee"] is twee
    assert aangesloten == [twee] == list(bladen.gemaakt)
