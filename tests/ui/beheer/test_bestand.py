"""Het rooster als CSV: heen en terug gelijk, en alle fouten van een bestand samen op regel."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from frontoffice.agenda.inrichting import DienstToestand
from tests.services.agendabouw import DAG, MAANDAG, VOLGENDE, boek, medewerker, richt_in
from tests.ui.beheer.conftest import INRICHTING, Werk
from ui.beheer.roosterbestand import export_rooster, read_rooster

KOP = "datum;medewerker;balie;van;tot;rol;stand\n"


def test_wat_eruit_komt_is_weer_precies_zo_in_te_lezen() -> None:
    inhoud = export_rooster(INRICHTING, MAANDAG)
    gelezen = read_rooster(INRICHTING, inhoud)
    assert gelezen.fouten == ()
    assert gelezen.wijzigingen == ()
    assert gelezen.aantal == len(INRICHTING.diensten)


def test_een_datum_in_het_bestand_krijgt_precies_dat_rooster() -> None:
    gelezen = read_rooster(INRICHTING, f"{KOP}3-12-2026;medewerker M1;balie 2;17.30;20.00;;ziek\n".encode())
    (wijziging,) = gelezen.wijzigingen
    (nieuw,) = wijziging.bewaar
    assert (nieuw.balie, nieuw.van, nieuw.toestand) == ("B2", time(17, 30), DienstToestand.ZIEK)
    assert set(wijziging.weg) == {d.id for d in INRICHTING.diensten_op[DAG]}
    assert gelezen.datums == (DAG,)


def test_een_naam_die_op_een_formule_lijkt_wordt_geen_formule() -> None:
    eng = replace(
        INRICHTING,
        medewerkers=(replace(medewerker("m1"), naam='=HYPERLINK("x")'), *INRICHTING.medewerkers[1:]),
    )
    inhoud = export_rooster(eng, MAANDAG)
    assert b'"=HYPERLINK' not in inhoud
    assert b"'=HYPERLINK" in inhoud
    assert read_rooster(eng, inhoud).wijzigingen == ()


def test_twee_medewerkers_met_dezelfde_naam_blijven_uit_elkaar() -> None:
    zelfde = tuple(replace(m, naam="A. Jansen") for m in INRICHTING.medewerkers)
    twee = replace(INRICHTING, medewerkers=zelfde)
    assert read_rooster(twee, export_rooster(twee, MAANDAG)).wijzigingen == ()


def lees(werk: Werk, tmp_path: Path, tekst: str) -> None:
    pad = tmp_path / "rooster.csv"
    pad.write_text(tekst, encoding="utf-8")
    werk.start()
    werk.scherm.show_deel("bestand")
    werk.scherm.read_bestand(pad)


def test_alle_fouten_van_een_bestand_staan_er_samen_op_regel(werk: Werk, tmp_path: Path) -> None:
    lees(
        werk,
        tmp_path,
        KOP
        + "3-12-2026;Medewerker m1;Balie 1;17.00;20.00;;\n"
        + "31-2-2027;Medewerker m1;Balie 1;17.00;20.00;;\n"
        + "10-12-2026;Onbekend;Balie 9;25.00;20.00;chef;\n"
        + "10-12-2026;Medewerker m2;Balie 2;20.00;17.00;;\n"
        + "17-12-2026;Medewerker m1;Balie 1;17.00;20.00;;\n"
        + "17-12-2026;Medewerker m2;Balie 1;17.00;20.00;;\n",
    )
    lijst = werk.scherm.bestand.fouten
    werk.wacht(lijst.isVisible)
    regels = [lijst.rijen.rij(lijst.rijen.index(n)) for n in range(lijst.rijen.rowCount())]
    teksten = [f"{rij.onder}: {rij.titel}" for rij in regels if rij]
    assert [t for t in teksten if t.startswith("Regel 3, datum")]
    assert len([t for t in teksten if t.startswith("Regel 4,")]) == 4
    assert [t for t in teksten if t.startswith("Regel 5:") and "eind ligt voor het begin" in t]
    assert [t for t in teksten if t.startswith("Regel 7:") and "staan op" in t]
    assert f"In het bestand staan {len(teksten)} fouten." in werk.tekst
    assert werk.inrichting.diensten_op[DAG] == INRICHTING.diensten_op[DAG]


def test_een_goed_bestand_laat_eerst_zien_wat_het_doet(werk: Werk, tmp_path: Path) -> None:
    boek(werk.agenda, 17)
    boek(werk.agenda, 17)
    lees(werk, tmp_path, KOP + "3-12-2026;Medewerker m1;Balie 1;17.00;20.00;;\n")
    werk.wacht_op_gevolgen()
    assert "1 afspraak kan niet blijven" in werk.tekst
    assert len(werk.inrichting.diensten_op[DAG]) == 2
    werk.bewaar()
    assert len(werk.inrichting.diensten_op[DAG]) == 1
    assert len(werk.inrichting.diensten_op[VOLGENDE]) == 2


def test_een_bestand_van_tienduizend_regels_geeft_alle_fouten_en_laat_het_venster_werken(
    werk: Werk, tmp_path: Path
) -> None:
    lees(werk, tmp_path, KOP + "3-12-2026;Niemand;Balie 1;17.00;20.00;;\n" * 10_000)
    werk.wacht(werk.scherm.bestand.fouten.isVisible)
    assert "In het bestand staan 10000 fouten." in werk.tekst
    assert werk.scherm.bestand.fouten.rijen.rowCount() == 1_000


def test_een_bestand_dat_er_niet_is_zegt_dat(werk: Werk, tmp_path: Path) -> None:
    werk.start()
    werk.scherm.show_deel("bestand")
    werk.scherm.read_bestand(tmp_path / "weg.csv")
    werk.wacht(lambda: "Dit bestand is niet te openen." in werk.tekst)


def test_bewaren_schrijft_een_bestand_dat_alleen_van_de_medewerker_is(werk: Werk, tmp_path: Path) -> None:
    werk.start()
    werk.scherm.show_deel("bestand")
    pad = tmp_path / "rooster.csv"
    werk.scherm.write_bestand(pad)
    werk.wacht(lambda: "Bewaard: 14 werktijden vanaf vandaag." in werk.tekst)
    assert pad.stat().st_mode & 0o077 == 0
    assert read_rooster(INRICHTING, pad.read_bytes()).wijzigingen == ()


@pytest.mark.parametrize("tekst", ["", "\n\n", "zomaar wat tekst", KOP])
def test_een_leeg_of_verkeerd_bestand_verandert_niets(werk: Werk, tmp_path: Path, tekst: str) -> None:
    lees(werk, tmp_path, tekst)
    werk.wacht(
        lambda: bool(werk.scherm.bestand.stand.text()) and "Bezig" not in werk.scherm.bestand.stand.text()
    )
    richt = werk.inrichting
    assert richt.diensten == INRICHTING.diensten
    richt_in(werk.agenda, richt)
