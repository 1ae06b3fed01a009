"""Een kapot bestand: wat te lezen is komt mee, de rest komt uit een reservekopie, en niets wordt gewist."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from frontoffice.domain.registratie import Toestand
from frontoffice.klok import SysteemKlok
from frontoffice.registratiepoort import Wijziging, WinkelFout
from frontoffice.storage import winkelopenen
from frontoffice.storage.logboekanker import Anker
from frontoffice.storage.werkplek import WerkplekLogboek
from frontoffice.storage.winkel import WerkplekWinkel
from frontoffice.storage.winkelredden import Gered, merge, read_leesbaar
from tests.storage.bouwwinkel import SLEUTEL, Klok, finish, later, make_concept, make_registratie, open_winkel
from tests.storage.test_winkelopenen import Geheim

BLADZIJDE = 4096


@pytest.fixture
def geheim() -> Geheim:
    return Geheim(werkplek_sleutel=SLEUTEL)


def fill(geheim: Geheim, map_: Path) -> Path:
    """Twintig contacten en een reservekopie; daarna nog twintig, waarvan er tien zijn afgerond."""
    winkel = winkelopenen.open_winkel(geheim, map_, Klok())
    for nummer in range(20):
        winkel.save_concept(make_concept(f"oud{nummer}", notitie="woord " * 600))
    winkel.backup()
    for nummer in range(20):
        winkel.save_concept(make_concept(f"nieuw{nummer}", notitie="woord " * 600))
    for nummer in range(10):
        finish(winkel, concept=f"nieuw{nummer}")
    winkel.close()
    return map_ / "werkplek.db"


def damage(pad: Path, *bladzijden: int) -> bytes:
    """Draai in elk van deze bladzijden één byte om; geeft wat er nu staat."""
    ruw = bytearray(pad.read_bytes())
    for nummer in bladzijden:
        ruw[nummer * BLADZIJDE + 777] ^= 255
    pad.write_bytes(ruw)
    return bytes(ruw)


def apart_van(map_: Path) -> Path:
    (apart,) = map_.glob("werkplek-apart-*.db")
    return apart


def namen(winkel: WerkplekWinkel) -> set[str]:
    return {concept.uuid for concept in winkel.load_concepten()}


def test_omgedraaide_bytes_kosten_alleen_wat_op_die_bladzijde_staat(geheim: Geheim, tmp_path: Path) -> None:
    pad = fill(geheim, tmp_path)
    aantal = pad.stat().st_size // BLADZIJDE
    over = []
    for plek in random.Random(3).sample(range(12, aantal), 8):
        heel = pad.read_bytes()
        damage(pad, plek)
        gered = read_leesbaar(pad, SLEUTEL)
        over.append(len(gered.concepten) + len(gered.verzendingen))
        pad.write_bytes(heel)
    # Op één bladzijde staat het begin van hooguit een handvol contacten.
    assert min(over) >= 34
    assert sum(over) / len(over) >= 37


def test_terugzetten_neemt_mee_wat_na_de_kopie_kwam_en_nog_te_lezen_is(
    geheim: Geheim, tmp_path: Path
) -> None:
    pad = fill(geheim, tmp_path)
    aantal = pad.stat().st_size // BLADZIJDE
    kapot = damage(pad, *range(aantal // 3, aantal // 3 + 4))
    with pytest.raises(WinkelFout):
        winkelopenen.open_winkel(geheim, tmp_path, Klok()).load_concepten()
    stand = winkelopenen.load_herstelstand(geheim, tmp_path)
    (kopie,) = stand.kopieen
    assert (kopie.open, kopie.wacht) == (20, 0)
    assert 0 < stand.leesbaar < 40
    winkel = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert {f"oud{nummer}" for nummer in range(20)} <= namen(winkel)
    assert any(naam.startswith("nieuw") for naam in namen(winkel))
    assert {rij.toestand for rij in winkel.load_verzendingen()} == {Toestand.WORDT_NAGEKEKEN}
    afgerond = {f"nieuw{nummer}" for nummer in range(10)}
    assert not namen(winkel) & {rij.registratie.groep for rij in winkel.load_verzendingen()}
    assert namen(winkel) & afgerond == set()
    assert winkel.check().bevindingen == ()
    winkel.close()
    assert apart_van(tmp_path).read_bytes() == kapot


def test_een_bestand_dat_apart_ging_blijft_zo_lang_als_wat_is_verstuurd(
    geheim: Geheim, tmp_path: Path
) -> None:
    (tmp_path / "werkplek-apart-aantekening.db").write_text("van een ander")
    pad = fill(geheim, tmp_path)
    damage(pad, 0)
    (kopie,) = winkelopenen.load_herstelstand(geheim, tmp_path).kopieen
    winkel = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    naast = {deel.name for deel in tmp_path.glob("werkplek-apart-2*")}
    assert naast
    winkel.purge(Klok().nu())
    assert {deel.name for deel in tmp_path.glob("werkplek-apart-2*")} == naast
    winkel.purge(Klok().nu() + timedelta(days=1))
    assert list(tmp_path.glob("werkplek-apart-2*")) == []
    assert (tmp_path / "werkplek-apart-aantekening.db").exists()
    assert winkel.check().bevindingen == ()
    winkel.close()


def test_een_afgekapt_bestand_geeft_de_reservekopie_en_blijft_apart(geheim: Geheim, tmp_path: Path) -> None:
    pad = fill(geheim, tmp_path)
    kapot = pad.read_bytes()[: BLADZIJDE * 9 + 100]
    pad.write_bytes(kapot)
    (kopie,) = winkelopenen.load_herstelstand(geheim, tmp_path).kopieen
    winkel = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert len(namen(winkel)) >= 20
    assert winkel.check().bevindingen == ()
    winkel.close()
    assert apart_van(tmp_path).read_bytes() == kapot


def test_zonder_eerste_bladzijde_is_er_niets_te_lezen_en_begint_leeg_echt_leeg(
    geheim: Geheim, tmp_path: Path
) -> None:
    pad = fill(geheim, tmp_path)
    kapot = damage(pad, 0)
    assert winkelopenen.load_herstelstand(geheim, tmp_path).leesbaar == 0
    winkel = winkelopenen.start_leeg(geheim, tmp_path, Klok())
    assert (namen(winkel), winkel.load_verzendingen()) == (set(), ())
    winkel.close()
    assert apart_van(tmp_path).read_bytes() == kapot
    assert len(winkelopenen.load_herstelstand(geheim, tmp_path).kopieen) == 1


def test_wat_in_het_kapotte_bestand_al_verstuurd_was_wordt_niet_nog_eens_verstuurd(
    geheim: Geheim, tmp_path: Path
) -> None:
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    (id_,) = finish(winkel)
    winkel.backup()
    winkel.update(id_, Wijziging(Toestand.STAAT_IN_REGISTER, stappen={"contact": "k1"}))
    winkel.close()
    (kopie,) = winkelopenen.list_backups(tmp_path)
    terug = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert [(rij.toestand, rij.stappen) for rij in terug.load_verzendingen()] == [
        (Toestand.STAAT_IN_REGISTER, {"contact": "k1"})
    ]
    terug.close()


def test_een_verkeerde_sleutel_biedt_geen_kopie_aan_en_verandert_niets(
    geheim: Geheim, tmp_path: Path
) -> None:
    pad = fill(geheim, tmp_path)
    heel = pad.read_bytes()
    ander = Geheim(werkplek_sleutel="b7" * 32)
    with pytest.raises(WinkelFout) as gevangen:
        winkelopenen.open_winkel(ander, tmp_path, Klok())
    assert gevangen.value.code == "winkel_sleutel"
    stand = winkelopenen.load_herstelstand(ander, tmp_path)
    assert [(kopie.open, kopie.wacht) for kopie in stand.kopieen] == [(None, None)]
    assert stand.leesbaar == 0
    with pytest.raises(WinkelFout):
        winkelopenen.restore_backup(stand.kopieen[0].naam, ander, tmp_path, Klok())
    assert pad.read_bytes() == heel
    assert list(tmp_path.glob("*-apart-*")) == []


def test_leeg_beginnen_met_een_andere_sleutel_bewaart_alles_voor_als_de_oude_terugkomt(
    geheim: Geheim, tmp_path: Path
) -> None:
    fill(geheim, tmp_path)
    kwijt, klok = Geheim(), Klok(later(3600))
    nieuw = winkelopenen.start_leeg(kwijt, tmp_path, klok)
    assert namen(nieuw) == set()
    for dag in range(5):
        nieuw.save_concept(make_concept(f"dag{dag}"))
        nieuw.backup()
    nieuw.close()
    assert kwijt.waarden["werkplek_sleutel"] != SLEUTEL
    oud = open_winkel(apart_van(tmp_path))
    assert len(namen(oud)) == 30
    oud.close()
    kopieen = winkelopenen.load_herstelstand(geheim, tmp_path).kopieen
    assert [kopie.open for kopie in kopieen] == [None, None, None, 20]  # de oude blijft, naast drie nieuwe


def test_een_terugzetten_dat_halverwege_stopt_heeft_niets_veranderd(
    geheim: Geheim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = fill(geheim, tmp_path)
    kapot = damage(pad, 14)

    def refuse(*_: object) -> None:
        raise OSError(28, "vol")

    monkeypatch.setattr("frontoffice.storage.winkelredden.merge", refuse)
    (kopie,) = winkelopenen.list_backups(tmp_path)
    with pytest.raises(WinkelFout) as gevangen:
        winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert gevangen.value.code == "winkel_vol"
    assert pad.read_bytes() == kapot
    assert list(tmp_path.glob("*-apart-*")) == []
    assert list(tmp_path.glob(".nieuw-*")) == []


def test_een_rij_die_niet_past_houdt_haar_concept_open(geheim: Geheim, tmp_path: Path) -> None:
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    winkel.save_concept(make_concept("c1"))
    winkel.finish("ander", [make_registratie("1234567890", "ander")], later(0))
    rij = {"uuid": "u1", "referentienummer": "1234567890", "concept_uuid": "c1", "volgorde": 0, "groep": "g",
           "toestand": "nog_niet_verstuurd", "pogingen": 0, "aangemaakt_op": "x", "niet_voor": "x",
           "opdracht": "{}", "stappen": "{}", "fout": "", "veld": ""}  # fmt: skip
    winkel.bestand.schrijf(lambda db: merge(db, Gered(verzendingen=(rij,))))
    assert namen(winkel) == {"c1"}
    assert len(winkel.load_verzendingen()) == 1
    winkel.close()


# --- het logboek


def make_logboek(winkel: WerkplekWinkel, map_: Path) -> WerkplekLogboek:
    anker = Anker(map_ / "logboek.anker", SLEUTEL)
    return WerkplekLogboek(winkel.bestand, SysteemKlok(), "s.bos", "Losser", anker=anker)


def look(geheim: Geheim, map_: Path, keer: int) -> None:
    winkel = winkelopenen.open_winkel(geheim, map_, Klok())
    for _ in range(keer):
        make_logboek(winkel, map_).note("klant_geopend", "vraag")
    winkel.close()


def backup(geheim: Geheim, map_: Path) -> str:
    winkel = winkelopenen.open_winkel(geheim, map_, Klok())
    naam = winkel.backup().name
    winkel.close()
    return naam


def test_logregels_van_na_de_kopie_die_te_lezen_zijn_houden_de_ketting_heel(
    geheim: Geheim, tmp_path: Path
) -> None:
    look(geheim, tmp_path, 4)
    naam = backup(geheim, tmp_path)
    look(geheim, tmp_path, 3)
    winkel = winkelopenen.restore_backup(naam, geheim, tmp_path, Klok())
    logboek = make_logboek(winkel, tmp_path)
    logboek.note_hersteld("reservekopie")
    uitslag = logboek.verify()
    assert (uitslag.regels, uitslag.zin, uitslag.hersteld) == (8, "", ((8, ""),))
    winkel.close()


def test_logregels_die_weg_zijn_worden_genoemd_en_het_oude_anker_blijft(
    geheim: Geheim, tmp_path: Path
) -> None:
    look(geheim, tmp_path, 4)
    naam = backup(geheim, tmp_path)
    look(geheim, tmp_path, 3)
    (tmp_path / "werkplek.db").write_bytes(b"kapot" * 3000)
    winkel = winkelopenen.restore_backup(naam, geheim, tmp_path, Klok())
    logboek = make_logboek(winkel, tmp_path)
    assert "5 tot en met 7 zijn weg" in logboek.verify().zin
    logboek.note_hersteld("reservekopie")
    logboek.note("klant_geopend", "vraag")
    uitslag = logboek.verify()
    assert (uitslag.zin, uitslag.hersteld) == ("", ((5, "5 tot en met 7"),))
    (oud,) = tmp_path.glob("logboek-apart-*.anker")
    kop = Anker(oud, SLEUTEL).load()
    assert kop is not None
    assert kop.volgnummer == 7
    winkel.close()


def test_een_anker_dat_niet_past_wordt_niet_stil_goed(geheim: Geheim, tmp_path: Path) -> None:
    look(geheim, tmp_path, 2)
    (tmp_path / "logboek.anker").write_text("{}")
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    logboek = make_logboek(winkel, tmp_path)
    logboek.note_hersteld("leeg begonnen")
    assert logboek.verify().hersteld == ((3, "onbekend"),)
    winkel.close()


def test_later_wordt_nooit_eerder(geheim: Geheim, tmp_path: Path) -> None:
    """Een nummer dat na de kopie is uitgegeven, komt niet nog eens."""
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    winkel.next_referentienummers(1)
    winkel.backup()
    (gebruikt,) = winkel.next_referentienummers(1)
    winkel.close()
    (kopie,) = winkelopenen.list_backups(tmp_path)
    terug = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert terug.next_referentienummers(1) > (gebruikt,)
    assert terug.claim(later(60)) is None
    terug.close()
