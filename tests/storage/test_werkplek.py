"""Het logboek van de werkplek: overleeft het programma, is niet te wijzigen, en verraadt geen klant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Logboek
from frontoffice.storage.verbinding import SCHRIJFT, make_engine
from frontoffice.storage.werkplek import WerkplekLogboek
from tests.storage.conftest import sqlite_instelling

IEMAND = PersoonSleutel(Bsn("999990019"))


class Klok:
    def __init__(self) -> None:
        self._nu = datetime(2026, 11, 30, 8, tzinfo=UTC)

    def nu(self) -> datetime:
        self._nu += timedelta(seconds=1)
        return self._nu

    def vandaag(self) -> date:
        return self._nu.date()

    def verlopen(self) -> float:
        return 0.0


def make_logboek(map_: Path) -> WerkplekLogboek:
    return WerkplekLogboek(sqlite_instelling(map_ / "werkplek.db"), Klok(), "s.bos", "Losser")


def test_wat_is_vastgelegd_overleeft_het_programma(tmp_path: Path) -> None:
    eerste = make_logboek(tmp_path)
    port: Logboek = eerste
    port.note("klant_geopend", "vraag beantwoorden", IEMAND, deel="kop")
    port.note("afgesloten", "", None)
    eerste.close()
    tweede = make_logboek(tmp_path)
    tweede.note("klant_geopend", "vraag beantwoorden", IEMAND)
    geopend, afgesloten, weer = tweede.regels
    assert (geopend.handeling, geopend.medewerker, geopend.bijzonderheden) == (
        "klant_geopend",
        "s.bos",
        {"deel": "kop"},
    )
    assert afgesloten.onderwerp is None
    assert geopend.onderwerp == weer.onderwerp
    assert "999990019" not in repr(tweede.regels)
    assert tweede.check() is None
    tweede.close()


@pytest.mark.parametrize("opdracht", ["UPDATE logregel SET doel = 'x'", "DELETE FROM logregel"])
def test_de_database_weigert_wijzigen_en_wissen(tmp_path: Path, opdracht: str) -> None:
    logboek = make_logboek(tmp_path)
    logboek.note("klant_geopend", "", IEMAND)
    engine = make_engine(sqlite_instelling(tmp_path / "werkplek.db"))
    with (
        pytest.raises(exc.DBAPIError, match="alleen bijschrijven"),
        engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding,
        verbinding.begin(),
    ):
        verbinding.execute(text(opdracht))
    engine.dispose()
    assert len(logboek.regels) == 1
    logboek.close()


@pytest.mark.parametrize(
    ("opdracht", "regel"),
    [
        ("UPDATE logregel SET medewerker = 'x' WHERE volgnummer = 2", 2),
        ("DELETE FROM logregel WHERE volgnummer = 2", 2),
        ("DELETE FROM logregel WHERE volgnummer = 1", 1),
    ],
)
def test_wie_de_bewaking_omzeilt_breekt_de_ketting(tmp_path: Path, opdracht: str, regel: int) -> None:
    logboek = make_logboek(tmp_path)
    for nummer in range(4):
        logboek.note("klant_geopend", str(nummer), IEMAND)
    engine = make_engine(sqlite_instelling(tmp_path / "werkplek.db"))
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        for actie in ("update", "delete"):
            verbinding.execute(text(f"DROP TRIGGER tr_logregel_{actie}"))
        verbinding.execute(text(opdracht))
    engine.dispose()
    assert logboek.check() == regel
    logboek.close()
