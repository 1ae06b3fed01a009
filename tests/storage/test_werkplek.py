"""Het logboek van de werkplek: overleeft het programma, is niet te wijzigen, en verraadt geen klant."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.waarden import Bsn
from frontoffice.logboek import Logregel
from frontoffice.ports import Logboek
from frontoffice.registratiepoort import WinkelFout
from frontoffice.storage.logboekanker import Anker
from frontoffice.storage.werkplek import WerkplekLogboek
from frontoffice.storage.werkplekbestand import Werkplekbestand
from frontoffice.storage.winkel import WerkplekWinkel
from tests.storage.bouwwinkel import SLEUTEL, Klok, finish, later

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


def make_met_anker(bestand: Werkplekbestand, map_: Path) -> WerkplekLogboek:
    return WerkplekLogboek(
        bestand, Klok(), "s.bos", "Losser", werkplek="pc-7", anker=Anker(map_ / "logboek.anker", SLEUTEL)
    )


def rewrite(bestand: Werkplekbestand, volgorde: list[Logregel]) -> None:
    """Wie de sleutel van de database heeft, zet er een ketting in die op zichzelf klopt."""
    los = Werkplekbestand(None, SLEUTEL)
    los.open()
    los.schrijf(lambda db: db.execute("UPDATE kenmerk SET afdruksleutel = ?", ("ab" * 32,)))
    namaak = WerkplekLogboek(los, Klok(), "iemand.anders", "Losser")
    for regel in volgorde:
        namaak.note(regel.handeling, regel.doel)
    rijen = los.lees(lambda db: [tuple(rij) for rij in db.execute("SELECT * FROM logregel")])
    los.close()
    bestand.schrijf(lambda db: db.execute("DELETE FROM logregel"))
    for rij in rijen:
        bestand.schrijf(
            lambda db, rij=rij: db.execute("INSERT INTO logregel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rij)
        )


SWAP = """
UPDATE logregel SET (doel, keten, bijzonderheden) = (
    SELECT doel, keten, bijzonderheden FROM logregel AS ander WHERE ander.volgnummer = 7 - logregel.volgnummer
) WHERE volgnummer IN (3, 4)
"""
INSERT = """
INSERT INTO logregel (om, handeling, doel, medewerker, organisatie, onderwerp, bijzonderheden, keten)
SELECT om, handeling, doel, medewerker, organisatie, onderwerp, bijzonderheden, keten
FROM logregel WHERE volgnummer = 2
"""


@pytest.mark.parametrize(
    ("aanval", "eerste"),
    [
        ("gewijzigd", 2),
        ("weggehaald", 3),
        ("verwisseld", 3),
        ("ingevoegd", 7),
        ("afgekapt", 5),
        ("opnieuw", 6),
    ],
)
def test_nakijken_noemt_de_eerste_regel_die_niet_klopt(tmp_path: Path, aanval: str, eerste: int) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_met_anker(bestand, tmp_path)
        for nummer in range(6):
            logboek.note("klant_geopend", f"reden {nummer}", IEMAND)
        assert logboek.verify().zin == ""
        for actie in ("update", "delete"):
            bestand.schrijf(lambda db, actie=actie: db.execute(f"DROP TRIGGER tr_logregel_{actie}"))
        opdracht = {
            "gewijzigd": "UPDATE logregel SET doel = 'iets anders' WHERE volgnummer = 2",
            "weggehaald": "DELETE FROM logregel WHERE volgnummer = 3",
            "verwisseld": SWAP,
            "ingevoegd": INSERT,
            "afgekapt": "DELETE FROM logregel WHERE volgnummer > 4",
        }.get(aanval)
        if opdracht is None:
            rewrite(bestand, list(logboek.regels))
        else:
            bestand.schrijf(lambda db: db.execute(opdracht))
        assert logboek.verify().regel == eerste
        logboek.note("klant_geopend", "later", IEMAND)
        assert logboek.verify().zin, "een nieuwe regel dekt niets toe"


def test_een_veranderd_of_verdwenen_anker_valt_op(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_met_anker(bestand, tmp_path)
        for _ in range(3):
            logboek.note("klant_geopend", "", IEMAND)
        pad = tmp_path / "logboek.anker"
        assert stat.S_IMODE(pad.stat().st_mode) == 0o600
        goed = pad.read_text()
        pad.write_text(goed.replace('"volgnummer": 3', '"volgnummer": 2'))
        assert "anker" in logboek.verify().zin
        pad.unlink()
        logboek.note("klant_geopend", "", IEMAND)
        assert "anker" in logboek.verify().zin, "een nieuw anker zou verbergen wat er al weg was"
        pad.write_text(goed)
        assert logboek.verify().zin == ""


def test_een_kop_die_elders_is_bewaard_verraadt_wie_ketting_en_anker_namaakt(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_met_anker(bestand, tmp_path)
        for _ in range(3):
            logboek.note("klant_geopend", "", IEMAND)
        elders = logboek.verify().kop
        assert elders is not None
        for actie in ("update", "delete"):
            bestand.schrijf(lambda db, actie=actie: db.execute(f"DROP TRIGGER tr_logregel_{actie}"))
        rewrite(bestand, list(logboek.regels))
        kop = logboek.verify().kop
        assert kop is not None
        Anker(tmp_path / "logboek.anker", SLEUTEL).save(kop)
        assert logboek.verify().zin == ""
        assert logboek.verify(elders).regel == 3


def test_een_programma_dat_tussen_regel_en_anker_wegvalt_geeft_geen_vals_alarm(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_met_anker(bestand, tmp_path)
        logboek.note("klant_geopend", "", IEMAND)
        oud = (tmp_path / "logboek.anker").read_bytes()
        logboek.note("klant_geopend", "", IEMAND)
        (tmp_path / "logboek.anker").write_bytes(oud)
        assert logboek.verify().zin == ""
        logboek.note("klant_geopend", "", IEMAND)
        assert (tmp_path / "logboek.anker").read_bytes() != oud


def test_een_bsn_in_een_getypte_reden_komt_niet_in_het_logboek(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        logboek = make_logboek(bestand)
        logboek.note("onthuld", "belt over 999990019 en 9999.90.019", IEMAND, toelichting="nr 999 990 019")
        assert logboek.regels[0].doel == "belt over [nummer] en [nummer]"
        assert logboek.regels[0].bijzonderheden == {"toelichting": "nr [nummer]"}


def test_zonder_plaats_voor_het_anker_is_er_geen_inzage(tmp_path: Path) -> None:
    with open_bestand(tmp_path) as bestand:
        (tmp_path / "bestand").write_text("in de weg")
        anker = Anker(tmp_path / "bestand" / "logboek.anker", SLEUTEL)
        logboek = WerkplekLogboek(bestand, Klok(), "s.bos", "Losser", anker=anker)
        with pytest.raises(WinkelFout):
            logboek.note("klant_geopend", "", IEMAND)


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


def test_een_werkplek_van_de_tweede_versie_houdt_wat_er_klaarstond(tmp_path: Path) -> None:
    """Het bestand is gemaakt door het programma van toen: één contact open, één verstuurd, één concept."""
    shutil.copy(Path(__file__).parent / "versies" / "werkplek-0002.db", tmp_path / "werkplek.db")
    with open_bestand(tmp_path) as bestand:
        winkel = WerkplekWinkel(bestand, Klok())
        verstuurd, open_ = winkel.load_verzendingen()
        assert (verstuurd.toestand, verstuurd.stappen) == (Toestand.STAAT_IN_REGISTER, {"contact": "k9"})
        assert open_.registratie.taak is not None
        assert open_.opdracht.wie == "A. Jansen, geboren 1-12-1985"
        assert [concept.onderwerp for concept in winkel.load_concepten()] == ["Paspoort"]
        assert winkel.check().bevindingen == ()
        finish(winkel)
        claim = winkel.claim(later(3600))
        assert claim is not None
        assert claim.id == open_.id
