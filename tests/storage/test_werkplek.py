"""Het logboek van de werkplek: overleeft het programma, is niet te wijzigen, en verraadt geen klant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Logboek
from frontoffice.registratiepoort import WinkelFout
from frontoffice.storage.werkplek import WerkplekLogboek
from frontoffice.storage.werkplekbestand import Werkplekbestand
from frontoffice.storage.winkel import WerkplekWinkel
from tests.storage.bouwwinkel import SLEUTEL, Klok, finish

IEMAND = PersoonSleutel(Bsn("999990019"))


@contextmanager
def open_bestand(map_: Path) -> Iterator[Werkplekbestand]:
    bestand = Werkplekbestand(map_ / "werkplek.db", SLEUTEL)
    bestand.open()
    try:
        yield bestand
    finally:
        bestand.close()


def make_logboek(bestand: Werkplekbestand) -> WerkplekLogboek:
    return WerkplekLogboek(bestand, Klok(), "s.bos", "Losser")


def test_wat_is_vastgelegd_overleeft_het_programma(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        port: Logboek = make_logboek(bestand)
        port.note("klant_geopend", "vraag beantwoorden", IEMAND, deel="kop")
        port.note("afgesloten", "", None)
    with open_bestand(tmp_path) as bestand:
        tweede = make_logboek(bestand)
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


@pytest.mark.parametrize("opdracht", ["UPDATE logregel SET doel = 'x'", "DELETE FROM logregel"])
def test_de_database_weigert_wijzigen_en_wissen(tmp_path: Path, opdracht: str) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_logboek(bestand)
        logboek.note("klant_geopend", "", IEMAND)
        with pytest.raises(WinkelFout):
            bestand.schrijf(lambda db: db.execute(opdracht))
        assert len(logboek.regels) == 1


@pytest.mark.parametrize(
    ("opdracht", "regel"),
    [
        ("UPDATE logregel SET medewerker = 'x' WHERE volgnummer = 2", 2),
        ("DELETE FROM logregel WHERE volgnummer = 2", 2),
        ("DELETE FROM logregel WHERE volgnummer = 1", 1),
    ],
)
def test_wie_de_bewaking_omzeilt_breekt_de_ketting(tmp_path: Path, opdracht: str, regel: int) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_logboek(bestand)
        for nummer in range(4):
            logboek.note("klant_geopend", str(nummer), IEMAND)
        for actie in ("update", "delete"):
            bestand.schrijf(lambda db, actie=actie: db.execute(f"DROP TRIGGER tr_logregel_{actie}"))
        bestand.schrijf(lambda db: db.execute(opdracht))
        assert logboek.check() == regel


def test_een_werkplek_van_de_eerste_versie_houdt_elke_logregel(tmp_path: Path) -> None:
    """Het bestand is gemaakt door het programma van toen; de tweede versie voegt alleen toe."""
    shutil.copy(Path(__file__).parent / "versies" / "werkplek-0001.db", tmp_path / "werkplek.db")
    with open_bestand(tmp_path) as bestand:
        logboek = make_logboek(bestand)
        assert [regel.handeling for regel in logboek.regels] == [
            "klant_geopend", "afgesloten", "klant_geopend",
        ]  # fmt: skip
        logboek.note("klant_geopend", "vraag beantwoorden", IEMAND)
        geopend, _, _, nieuw = logboek.regels
        assert geopend.om == datetime(2026, 11, 30, 8, 0, 1, tzinfo=UTC)
        assert geopend.onderwerp == nieuw.onderwerp
        assert logboek.check() is None
        winkel = WerkplekWinkel(bestand, Klok())
        assert len(finish(winkel, 2)) == 2
    with open_bestand(tmp_path) as bestand:
        assert len(make_logboek(bestand).regels) == 4
        assert WerkplekWinkel(bestand, Klok()).count_wachtend() == (2, 0)
