"""De winkel op schijf: wat blijft na opnieuw openen, en wat er gebeurt met een rij die niet te lezen is.

Wat elke winkel doet, staat in test_winkelcontract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.domain.melding import Plek, Punt
from frontoffice.domain.meldingopdracht import Handeling, Meldingfoto, Meldingopdracht, Meldingopgave
from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging, Winkel
from frontoffice.storage.winkel import WerkplekWinkel
from tests.storage.bouwwinkel import NU, finish, later, make_concept, make_registratie, open_winkel


@pytest.fixture(params=["bestand", "geheugen"])
def winkel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WerkplekWinkel]:
    geopend = open_winkel(tmp_path / "werkplek.db" if request.param == "bestand" else None)
    yield geopend
    geopend.close()


def claim_id(winkel: WerkplekWinkel, seconden: float = 60, **over: bool) -> int | None:
    rij = winkel.claim(later(seconden), **over)
    return None if rij is None else rij.id


# --- concepten


def test_een_concept_komt_precies_terug_ook_na_opnieuw_openen(tmp_path: Path) -> None:
    concept = make_concept()
    eerste: Winkel = open_winkel(tmp_path / "werkplek.db")
    eerste.save_concept(replace(concept, notitie="oud"))
    eerste.save_concept(concept)
    eerste.close()
    tweede = open_winkel(tmp_path / "werkplek.db")
    assert tweede.load_concepten() == (concept,)
    tweede.close()


def test_velden_die_dit_programma_niet_kent_of_mist_breken_niets(winkel: WerkplekWinkel) -> None:
    winkel.save_concept(make_concept())
    winkel.bestand.schrijf(
        lambda db: db.execute(
            "UPDATE concept SET inhoud = json_remove(json_set(inhoud, '$.nieuw', 1, '$.afsluiting', 'later',"
            " '$.klant.nieuw', 2), '$.duur_s')"
        )
    )
    (concept,) = winkel.load_concepten()
    assert (concept.afsluiting, concept.duur_s, concept.notitie) == (None, 0.0, make_concept().notitie)
    assert concept.klant == make_concept().klant


def test_een_onleesbaar_concept_houdt_de_andere_niet_tegen_en_blijft_staan(winkel: WerkplekWinkel) -> None:
    winkel.save_concept(make_concept("a"))
    winkel.save_concept(make_concept("b"))
    winkel.bestand.schrijf(lambda db: db.execute("UPDATE concept SET inhoud = '{}' WHERE uuid = 'a'"))
    assert [concept.uuid for concept in winkel.load_concepten()] == ["b"]
    assert winkel.bestand.lees(lambda db: db.execute("SELECT count(*) FROM concept").fetchone()[0]) == 2


# --- nummers en afronden


def test_referentienummers_zijn_tien_cijfers_en_gaan_nooit_terug(tmp_path: Path) -> None:
    nummers: list[str] = []
    for _ in range(3):
        winkel = open_winkel(tmp_path / "werkplek.db")
        nummers += winkel.next_referentienummers(4)
        winkel.close()
    assert all(len(nummer) == 10 and nummer.isdigit() for nummer in nummers)
    assert nummers == sorted(set(nummers))
    assert {nummer[:3] for nummer in nummers} == {nummers[0][:3]}


def test_een_reeks_die_op_is_maakt_plaats_voor_een_andere(winkel: WerkplekWinkel) -> None:
    (eerste,) = winkel.next_referentienummers(1)
    winkel.bestand.schrijf(lambda db: db.execute("UPDATE teller SET stand = 9999998"))
    laatste, volgende = winkel.next_referentienummers(2)
    assert laatste == eerste[:3] + "9999999"
    assert len(volgende) == 10


# --- wie er aan de beurt is


def test_een_registratie_die_niet_te_lezen_is_wacht_opzij_en_de_rest_gaat_door(
    winkel: WerkplekWinkel,
) -> None:
    (stuk,), (heel,) = finish(winkel), finish(winkel)
    winkel.bestand.schrijf(
        lambda db: db.execute("UPDATE verzending SET opdracht = '{}' WHERE id = ?", (stuk,))
    )
    assert claim_id(winkel) == heel
    assert winkel.count_wachtend() == (2, 1)
    assert [rij.id for rij in winkel.load_verzendingen()] == [heel]


# --- nakijken


def test_nakijken_telt_en_vindt_niets_in_een_gewone_winkel(winkel: WerkplekWinkel) -> None:
    winkel.save_concept(make_concept())
    (klaar,), _ = finish(winkel), finish(winkel)
    winkel.update(klaar, Wijziging(Toestand.STAAT_IN_REGISTER))
    uitslag = winkel.check()
    assert uitslag.bevindingen == ()
    assert {soort: aantal for soort, aantal in uitslag.aantallen.items() if aantal} == {
        "concepten": 1, "nog_niet_verstuurd": 1, "staat_in_register": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("opdracht", "zin"),
    [
        ("UPDATE concept SET inhoud = '{}'", "is niet te lezen"),
        ("UPDATE verzending SET opdracht = 'x'", "is niet te lezen"),
        ("UPDATE verzending SET toestand = 'kwijt'", "is niet te lezen"),
        ("UPDATE verzending SET groep = 'anders'", "past niet bij haar inhoud"),
        ("UPDATE verzending SET toestand = 'staat_in_register'", "zonder tijd"),
        ("UPDATE verzending SET concept_uuid = (SELECT uuid FROM concept)", "staan toch nog open"),
        ("DELETE FROM verzending", "horen bij geen registratie"),
        ("UPDATE verzending SET vast_lease = 7", "die niet bestaat"),
    ],
)
def test_nakijken_noemt_wat_niet_klopt_zonder_inhoud(winkel: WerkplekWinkel, opdracht: str, zin: str) -> None:
    winkel.save_concept(make_concept("open"))
    finish(winkel)
    winkel.bestand.schrijf(lambda db: db.execute(opdracht))
    bevindingen = winkel.check().bevindingen
    assert any(zin in bevinding for bevinding in bevindingen), bevindingen
    assert "Jansen" not in repr(bevindingen)


# --- andere opdrachten dan contacten ---


def test_een_soort_van_een_nieuwer_programma_wacht_opzij(winkel: WerkplekWinkel) -> None:
    vreemd = winkel.add(make_registratie("1230000001", groep=""), NU)
    gewoon = winkel.add(make_registratie("1230000002"), NU)
    winkel.bestand.schrijf(
        lambda db: db.execute("UPDATE verzending SET soort = 'later_bedacht' WHERE id = ?", (vreemd,))
    )
    rij = winkel.claim(later(60))
    assert rij is not None
    assert rij.id == gewoon
    assert winkel.count_wachtend() == (2, 1)


def _melding_met_foto(sleutel: str) -> Meldingopdracht:
    plek = Plek("Brinkstraat 12", Punt(7.0, 52.26))
    foto = Meldingfoto("0", "image/png")
    opgave = Meldingopgave("Tegel", plek, "/pad", "Stoeptegel", NU, "a@post.example", fotos=(foto,))
    return Meldingopdracht(sleutel, "g", "s.bos", "S. Bos", Handeling.MAKEN, NU, opgave=opgave)


def test_een_melding_met_een_foto_komt_heel_terug_en_laat_daarna_niets_achter(tmp_path: Path) -> None:
    sleutel = "5a4f0c1e-1111-4222-a333-444455556666"
    winkel = open_winkel(tmp_path / "werkplek.db")
    opdracht = _melding_met_foto(sleutel)
    id_ = winkel.add(opdracht, NU, {"0": "Zm90bw=="})
    assert winkel.add(opdracht, NU, {"0": "anders"}) == id_
    winkel.close()
    winkel = open_winkel(tmp_path / "werkplek.db")
    rij = winkel.load_verzending(id_)
    assert rij is not None
    assert rij.opdracht == opdracht
    assert winkel.recall(f"bijlage:{sleutel}:0") == "Zm90bw=="
    assert winkel.purge(NU) == 0
    assert winkel.recall(f"bijlage:{sleutel}:0") == "Zm90bw=="
    assert winkel.withdraw(id_)
    assert winkel.recall(f"bijlage:{sleutel}:0") == ""
    winkel.remember("actor:medewerker:s.bos", "blijft")
    winkel.purge(NU)
    assert winkel.recall("actor:medewerker:s.bos") == "blijft"
    winkel.close()


def test_de_lease_gaat_alleen_weg_bij_wie_niet_meer_leeft(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    een, twee, drie = (open_winkel(pad) for _ in range(3))
    assert een.acquire_lease("een", NU, 60)
    assert not twee.acquire_lease("twee", later(1), 60)
    assert twee.acquire_lease("twee", later(90), 60), "een liet haar verlopen"
    een.close()  # had nog het slot, maar niet meer de lease
    assert not drie.acquire_lease("drie", later(91), 60), "twee leeft nog"
    twee.release_lease("twee")
    assert drie.acquire_lease("drie", later(92), 60)
    drie.close()
    twee.close()
