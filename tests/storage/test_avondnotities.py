"""Het dagboekje van de avond: op volgorde, versleuteld, nooit dubbel, en het beeld blijft alleen vanavond."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from frontoffice.agenda.vanavond.bezoek import Resultaat, Uitkomst
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.avondpoort import Avondnotities, Notitiestand
from frontoffice.storage import winkelopenen
from frontoffice.storage.avondnotities import WerkplekNotities, tidy_avond
from frontoffice.storage.reservekopie import make_backup
from frontoffice.storage.werkplekbestand import Werkplekbestand, connect
from frontoffice.storage.winkel import WerkplekWinkel
from frontoffice.storage.winkelredden import merge, read_leesbaar
from tests.storage.bouwavond import DAG, REGEL, make_beeld, make_bezoek, make_notitie, om
from tests.storage.bouwwinkel import NU, SLEUTEL, Klok, open_winkel
from tests.storage.test_winkelopenen import Geheim


@pytest.fixture(params=["bestand", "geheugen"])
def winkel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WerkplekWinkel]:
    geopend = open_winkel(tmp_path / "werkplek.db" if request.param == "bestand" else None)
    yield geopend
    geopend.close()


@pytest.fixture
def notities(winkel: WerkplekWinkel) -> Avondnotities:
    return WerkplekNotities(winkel.bestand)


def test_notities_komen_op_volgorde_en_precies_terug(notities: Avondnotities) -> None:
    bezoek = make_bezoek(
        2, notitie="Ça va? \U0001f600", regels=(replace(REGEL, kosten=Decimal("12.50")),),
        uitkomsten=(Uitkomst("paspoort", Resultaat.NIET_GEDAAN, "foto"),), behoeften=("tolk",),
    )  # fmt: skip
    eerste = notities.add(make_notitie("v-1", voor=bezoek, na=None, argumenten={"naam": "Ayşe"}))
    tweede = notities.add(make_notitie("v-2", stand=Notitiestand.GENOTEERD, eerder="call_next"))
    assert notities.load() == (eerste, tweede)
    assert eerste.volgorde < tweede.volgorde
    assert eerste.voor == bezoek
    notities.remove("v-1")
    derde = notities.add(make_notitie("v-3"))
    assert [n.verzoek_id for n in notities.load()] == ["v-2", "v-3"]
    assert derde.volgorde > tweede.volgorde


def test_hetzelfde_verzoek_staat_er_een_keer(notities: Avondnotities) -> None:
    eerste = notities.add(make_notitie("v-1"))
    assert notities.add(make_notitie("v-1", soort="finish")) == eerste
    gewijzigd = replace(eerste, stand=Notitiestand.NAKIJKEN, punt="v-1")
    notities.update(gewijzigd)
    notities.update(make_notitie("weg"))
    assert notities.load() == (gewijzigd,)


def test_een_rij_die_niet_te_lezen_is_blijft_staan_en_wordt_genoemd(winkel: WerkplekWinkel) -> None:
    notities = WerkplekNotities(winkel.bestand)
    notities.add(make_notitie("v-1"))
    notities.add(make_notitie("v-2"))
    winkel.bestand.schrijf(
        lambda db: db.execute("UPDATE avondnotitie SET inhoud = '{}' WHERE verzoek_id = 'v-1'")
    )
    assert [n.verzoek_id for n in notities.load()] == ["v-2"]
    uitslag = winkel.check()
    assert uitslag.bevindingen == ("Notitie 1 van de avond is niet te lezen.",)
    assert uitslag.aantallen["avondnotities"] == 2


def test_een_nummer_zonder_verbinding_komt_nooit_twee_keer_op_een_avond(notities: Avondnotities) -> None:
    assert [notities.next_nummer(DAG) for _ in range(3)] == [1, 2, 3]
    assert notities.next_nummer(DAG + timedelta(weeks=1)) == 1
    assert notities.next_nummer(DAG + timedelta(weeks=1)) == 2


def test_van_een_avond_blijft_alleen_het_laatste_beeld(winkel: WerkplekWinkel) -> None:
    notities = WerkplekNotities(winkel.bestand)
    inrichting = demo_inrichting(DAG)
    beeld = make_beeld(make_bezoek(1), make_bezoek(2, aangemeld_op=om(18)), inrichting=inrichting)
    notities.save_beeld(beeld)
    assert notities.load_beeld() == beeld
    avond = replace(beeld.stand.avond, datum=DAG + timedelta(weeks=1))
    later = replace(beeld, stand=replace(beeld.stand, avond=avond))
    notities.save_beeld(later)
    assert notities.load_beeld() == later
    assert winkel.bestand.lees(lambda db: db.execute("SELECT count(*) FROM onthouden").fetchone()[0]) == 1
    notities.forget_beeld()
    assert notities.load_beeld() is None


def test_het_beeld_van_een_avond_die_voorbij_is_verdwijnt_ook_zonder_vanavond_te_openen(
    winkel: WerkplekWinkel,
) -> None:
    notities = WerkplekNotities(winkel.bestand)
    beeld = make_beeld(make_bezoek(1))
    notities.save_beeld(beeld)
    notities.add(make_notitie("v-1"))
    notities.add(make_notitie("v-2", stand=Notitiestand.NAKIJKEN))
    for uren, over in ((3, True), (17, True), (19, False)):
        nu = beeld.gezien_op + timedelta(hours=uren)
        assert winkel.bestand.schrijf(lambda db, nu=nu: tidy_avond(db, nu)) == 1
        assert (notities.load_beeld() is not None) is over


def test_namen_staan_nergens_leesbaar_op_schijf_en_niet_in_een_reservekopie(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    notities = WerkplekNotities(winkel.bestand)
    notities.save_beeld(make_beeld(make_bezoek(1)))
    notities.add(make_notitie(argumenten={"naam": "Onmiskenbaar"}))
    kopie = make_backup(winkel.bestand, NU)
    for bestand in (pad, pad.with_name("werkplek.db-wal"), kopie):
        ruw = bestand.read_bytes()
        assert b"Jansen" not in ruw
        assert b"Onmiskenbaar" not in ruw
    verbinding = connect(f"{kopie.as_uri()}?mode=ro", SLEUTEL)
    assert verbinding.execute("SELECT count(*) FROM onthouden").fetchone()[0] == 0
    assert verbinding.execute("SELECT count(*) FROM avondnotitie").fetchone()[0] == 1
    verbinding.close()
    assert notities.load_beeld() is not None
    winkel.close()


def test_uit_een_beschadigd_bestand_komen_de_notities_mee(tmp_path: Path) -> None:
    winkel = open_winkel(tmp_path / "werkplek.db")
    notities = WerkplekNotities(winkel.bestand)
    for nummer in range(5):
        notities.add(make_notitie(f"v-{nummer}"))
    winkel.close()
    gered = read_leesbaar(tmp_path / "werkplek.db", SLEUTEL)
    assert gered.wachtend == 5
    leeg = open_winkel(tmp_path / "leeg.db")
    for _ in range(2):
        leeg.bestand.schrijf(lambda db: merge(db, gered))
    assert [n.verzoek_id for n in WerkplekNotities(leeg.bestand).load()] == [f"v-{n}" for n in range(5)]
    leeg.close()


def test_een_teruggezette_kopie_voert_een_notitie_niet_onder_een_ander_nummer_door(tmp_path: Path) -> None:
    geheim = Geheim(werkplek_sleutel=SLEUTEL)
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    notities = WerkplekNotities(winkel.bestand)
    notities.add(make_notitie("v-1"))
    notities.next_nummer(DAG)
    naam = winkel.backup().name
    notities.add(make_notitie("v-2"))
    hoogste = notities.next_nummer(DAG)
    winkel.close()
    terug = winkelopenen.restore_backup(naam, geheim, tmp_path, Klok())
    notities = WerkplekNotities(terug.bestand)
    assert [n.verzoek_id for n in notities.load()] == ["v-1", "v-2"]
    assert notities.next_nummer(DAG) > hoogste
    terug.close()


def test_een_werkplek_van_de_derde_versie_houdt_alles_en_kan_notities_bewaren(tmp_path: Path) -> None:
    """Het bestand is gemaakt door het programma van toen: één contact open, één verstuurd, één concept."""
    shutil.copy(Path(__file__).parent / "versies" / "werkplek-0003.db", tmp_path / "werkplek.db")
    bestand = Werkplekbestand(tmp_path / "werkplek.db", SLEUTEL)
    bestand.open()
    winkel = WerkplekWinkel(bestand, Klok())
    verstuurd, open_ = winkel.load_verzendingen()
    assert (verstuurd.stappen, open_.opdracht.wie) == ({"contact": "k9"}, "A. Jansen, geboren 1-12-1985")
    assert [concept.uuid for concept in winkel.load_concepten()] == ["c9"]
    assert winkel.recall("actor:medewerker:s.bos") == "a1"
    notities = WerkplekNotities(bestand)
    notities.add(make_notitie("v-1"))
    notities.save_beeld(make_beeld(make_bezoek(1)))
    assert winkel.check().bevindingen == ()
    winkel.close()
    bestand = Werkplekbestand(tmp_path / "werkplek.db", SLEUTEL)
    bestand.open()
    assert len(WerkplekNotities(bestand).load()) == 1
    assert WerkplekNotities(bestand).load_beeld() is not None
    bestand.close()
