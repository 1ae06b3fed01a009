"""Het rooster als CSV: heen en terug gelijk, en alle fouten van een bestand samen op regel."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontoffice.agenda.inrichting import Blokkade, Dienst, DienstToestand, Rol
from frontoffice.services.inrichten import apply_wijzigingen
from tests.services.agendabouw import DAG, MAANDAG, VOLGENDE, boek, medewerker, richt_in
from tests.ui.beheer.conftest import INRICHTING, Werk
from ui.beheer.roosterbestand import export_rooster, read_rooster

KOP = "datum;medewerker;balie;van;tot;rol;stand\n"
MET_REDEN = "datum;medewerker;balie;van;tot;rol;stand;reden\n"
PAUZES = (
    Blokkade("p1", DAG, time(18), time(18, 15), "pauze", balie="B1"),
    Blokkade("p2", DAG, time(18, 15), time(18, 30), "=1+1; 'thee'", medewerker="m2"),
    Blokkade("p3", VOLGENDE, time(19), time(0), "brandoefening\u00a0(alle balies)"),
)


def test_ook_pauzes_gaan_heen_en_terug_en_er_gaat_niets_verloren() -> None:
    met = replace(INRICHTING, blokkades=PAUZES)
    gelezen = read_rooster(met, export_rooster(met, MAANDAG))
    assert gelezen.fouten == ()
    assert gelezen.wijzigingen == ()
    assert gelezen.aantal == "14 werktijden en 3 pauzes"
    leeg = replace(met, diensten=(), blokkades=())
    terug = apply_wijzigingen(leeg, read_rooster(leeg, export_rooster(met, MAANDAG)).wijzigingen)
    assert {replace(b, id="") for b in terug.blokkades} == {replace(b, id="") for b in PAUZES}
    assert {replace(d, id="") for d in terug.diensten} == {replace(d, id="") for d in met.diensten}


def test_een_pauze_die_uit_het_bestand_is_gaat_weg_en_een_andere_komt_erbij() -> None:
    met = replace(INRICHTING, blokkades=PAUZES)
    regels = MET_REDEN + "3-12-2026;Medewerker m1;Balie 1;17.00;20.00;;;\n"
    regels += "3-12-2026;;;19.00;19.15;pauze;;koffie\n"
    gelezen = read_rooster(met, regels.encode())
    (wijziging,) = [w for w in gelezen.wijzigingen if w.soort == "blokkades"]
    (nieuw,) = wijziging.bewaar
    assert (nieuw.van, nieuw.reden, nieuw.balie, nieuw.medewerker) == (time(19), "koffie", "", "")
    assert set(wijziging.weg) == {"p1", "p2"}


def test_een_bestand_van_voor_de_pauzes_laat_pauzes_staan() -> None:
    met = replace(INRICHTING, blokkades=PAUZES)
    gelezen = read_rooster(met, f"{KOP}3-12-2026;Medewerker m1;Balie 1;17.00;20.00;;\n".encode())
    assert [w.soort for w in gelezen.wijzigingen] == ["diensten"]


def test_een_pauze_zonder_reden_en_een_werktijd_zonder_medewerker_worden_gemeld() -> None:
    regels = MET_REDEN + "3-12-2026;;Balie 1;18.00;18.15;pauze;;\n3-12-2026;;Balie 1;17.00;20.00;;;\n"
    fouten = read_rooster(INRICHTING, regels.encode()).fouten
    assert [(f.regel, f.kolom) for f in fouten] == [(2, "reden"), (3, "medewerker")]


_namen = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(
    lambda tekst: " ".join(tekst.split()) or "x"
)
_kwartier = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(_namen, _namen, _namen),
    st.lists(st.tuples(_kwartier, _kwartier, _namen, st.sampled_from(["", "B1", "B2", "m1", "m2"]))),
    st.lists(
        st.tuples(st.sampled_from(["m1", "m2", "m3"]), _kwartier, _kwartier, st.sampled_from(list(Rol)))
    ),
)
def test_elk_rooster_komt_precies_zo_terug(
    namen: tuple[str, str, str],
    pauzes: list[tuple[time, time, str, str]],
    diensten: list[tuple[str, time, time, Rol]],
) -> None:
    """Ook met namen die op elkaar, op een formule of op een kenmerk lijken, en twee keer dezelfde regel."""
    blokkades = tuple(
        Blokkade(f"b{n}", DAG, van, tot, reden, wie if wie[:1] == "B" else "", wie if wie[:1] == "m" else "")
        for n, (van, tot, reden, wie) in enumerate(pauzes)
    )
    werk = tuple(Dienst(f"d{n}", DAG, m, van, tot, "", rol) for n, (m, van, tot, rol) in enumerate(diensten))
    mensen = tuple(replace(m, naam=naam) for m, naam in zip(INRICHTING.medewerkers, namen, strict=True))
    eigen = replace(INRICHTING, medewerkers=mensen, diensten=werk, blokkades=blokkades)
    gelezen = read_rooster(eigen, export_rooster(eigen, MAANDAG))
    assert gelezen.fouten == ()
    assert gelezen.wijzigingen == ()


def test_wat_eruit_komt_is_weer_precies_zo_in_te_lezen() -> None:
    inhoud = export_rooster(INRICHTING, MAANDAG)
    gelezen = read_rooster(INRICHTING, inhoud)
    assert gelezen.fouten == ()
    assert gelezen.wijzigingen == ()
    assert gelezen.aantal == "14 werktijden"


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
    werk.scherm.bestanden.write_rooster(pad)
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
