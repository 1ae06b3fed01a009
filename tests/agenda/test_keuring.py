"""De keuring meldt alles wat niet klopt tegelijk, in korte Nederlandse zinnen (R14, R19, R23 en verder)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.inrichting import (
    Aanlooptijd,
    Balie,
    Behoefte,
    Bevoegdheid,
    Blokkade,
    Combinatie,
    Dienst,
    DienstToestand,
    Eenheid,
    Feestdag,
    FeestdagBeleid,
    Inrichting,
    Kosten,
    Locatie,
    Medewerker,
    Meenemen,
    Openingsregel,
    Product,
    Rol,
    SoortUitzondering,
    Uitzondering,
    Vervolg,
    Voorwaarde,
    WieKomt,
)
from frontoffice.agenda.keuring import Planfout, check_inrichting, find_fouten
from frontoffice.agenda.voorbeeld import demo_inrichting

DAG = date(2026, 12, 3)
FEEST = date(2027, 5, 6)
REGEL = Openingsregel("do", "donderdag", frozenset({3}), time(17), time(20), date(2026, 1, 1))
AN = Medewerker("an", "An", "Losser", (Bevoegdheid("reisdocument"),))
BO = Medewerker("bo", "Bo", "Enschede", (Bevoegdheid("reisdocument"),))
BALIES = (Balie("B1", "Balie 1", frozenset({"pin"})), Balie("B2", "Balie 2"))
PASPOORT = Product("paspoort", "Paspoort", 15, bevoegdheden=frozenset({"reisdocument"}))
GOED = Inrichting(
    Locatie("Proef"),
    regels=(REGEL,),
    balies=BALIES,
    medewerkers=(AN, BO),
    diensten=(
        Dienst("d1", DAG, "an", time(17), time(20), "B1"),
        Dienst("d2", DAG, "bo", time(17), time(20), "B2"),
    ),
    producten=(PASPOORT,),
)


def dienst(wie: str, balie: str, van: int, tot: int, **rest: Any) -> Dienst:
    return Dienst(f"{wie}{balie}{van}", rest.pop("datum", DAG), wie, time(van), time(tot), balie, **rest)


def uitzondering(dag: date, soort: str, **rest: Any) -> Uitzondering:
    return Uitzondering("u", dag, SoortUitzondering(soort), rest.pop("reden", "Proef"), **rest)


def met(**delen: Any) -> Inrichting:
    return replace(GOED, **delen)


def met_product(**delen: Any) -> Inrichting:
    return met(producten=(replace(PASPOORT, **delen),))


def teksten(inricht: Inrichting, ernst: str = "fout") -> list[str]:
    return [fout.tekst for fout in check_inrichting(inricht) if fout.ernst == ernst]


def test_een_goede_inrichting_heeft_geen_bevindingen() -> None:
    assert check_inrichting(GOED) == ()


def test_een_lege_inrichting_mag_al_is_er_niets_te_boeken() -> None:
    assert check_inrichting(Inrichting(Locatie("Proef"))) == ()


def test_r14_een_dubbele_regel_is_een_waarschuwing_geen_fout() -> None:
    inricht = met(regels=(REGEL, replace(REGEL, id="do2", naam="ook donderdag")))
    assert find_fouten(inricht) == ()
    (zin,) = teksten(inricht, "waarschuwing")
    assert zin.startswith("Regel donderdag en regel ook donderdag zijn dubbel, zoals op do 1 jan 2026.")


def test_overlappende_regels_worden_gemeld_met_de_eerste_dag_die_ze_delen() -> None:
    ander = replace(REGEL, id="b", naam="b", van=time(19), tot=time(21), geldig_van=date(2026, 12, 1))
    (zin,) = teksten(met(regels=(REGEL, ander)), "waarschuwing")
    assert "overlappen, zoals op do 3 dec 2026" in zin


@pytest.mark.parametrize(
    "ander",
    [
        replace(REGEL, id="b", naam="aansluitend", van=time(20), tot=time(21)),
        replace(REGEL, id="b", naam="andere dag", weekdagen=frozenset({1})),
        replace(REGEL, id="b", naam="later", geldig_van=date(2027, 1, 1)),
    ],
)
def test_regels_die_elkaar_niet_raken_geven_geen_melding(ander: Openingsregel) -> None:
    eerste = replace(REGEL, geldig_tot=date(2026, 12, 31))
    assert check_inrichting(met(regels=(eerste, ander))) == ()


def test_om_en_om_dezelfde_tijd_is_niet_dubbel() -> None:
    even = replace(REGEL, elke_weken=2, anker=date(2026, 1, 5))
    oneven = replace(even, id="b", naam="b", anker=date(2026, 1, 12))
    assert check_inrichting(met(regels=(even, oneven))) == ()


@pytest.mark.parametrize("soort", ["extra_open", "andere_tijden"])
def test_r19_open_op_een_feestdag_wordt_zonder_toestemming_geweigerd(soort: str) -> None:
    open_ = uitzondering(FEEST, soort, van=time(17), tot=time(20))
    (fout,) = find_fouten(met(uitzonderingen=(open_,)))
    assert "Hemelvaartsdag" in fout.tekst
    assert "boven de feestdag" in fout.tekst
    assert find_fouten(met(uitzonderingen=(replace(open_, boven_feestdag=True),))) == ()


def test_r19_ook_na_vroeg_dicht_moet_het_uitdrukkelijk() -> None:
    vroeg = Feestdag("v", "dag voor kerst", FeestdagBeleid.VROEG_DICHT, jaarlijks=(12, 24), tot=time(16))
    open_ = uitzondering(date(2026, 12, 24), "andere_tijden", van=time(13), tot=time(17))
    assert len(find_fouten(met(uitzonderingen=(open_,), feestdagen=(vroeg,)))) == 1
    eerder = replace(open_, tot=time(16))
    assert find_fouten(met(uitzonderingen=(eerder,), feestdagen=(vroeg,))) == ()


def test_r19_zonder_reden_mag_het_nooit() -> None:
    open_ = uitzondering(FEEST, "extra_open", van=time(17), tot=time(20), boven_feestdag=True, reden=" ")
    (fout,) = find_fouten(met(uitzonderingen=(open_,)))
    assert "de reden ontbreekt" in fout.tekst


def test_r23_drie_fouten_in_drie_regels_staan_er_alle_drie_met_een_eigen_zin() -> None:
    regels = (
        replace(REGEL, id="a", naam="a", van=time(20), tot=time(17)),
        replace(REGEL, id="b", naam="b", weekdagen=frozenset()),
        replace(REGEL, id="c", naam="c", geldig_van=date(2026, 12, 4), geldig_tot=date(2026, 12, 9)),
    )
    fouten = find_fouten(met(regels=regels))
    assert [(fout.soort, fout.id, fout.nummer) for fout in fouten] == [
        ("regels", "a", 0),
        ("regels", "b", 1),
        ("regels", "c", 2),
    ]
    assert [fout.tekst for fout in fouten] == [
        "Regel a: het eind ligt voor het begin. Wissel de tijden om.",
        "Regel b heeft geen dag van de week. Kies minstens één dag.",
        "Regel c komt nooit voor. Kijk de dagen en de geldigheid na.",
    ]


def test_r23_alle_fouten_van_een_regel_komen_tegelijk() -> None:
    slecht = replace(
        REGEL,
        naam=" ",
        van=time(20),
        tot=time(17, 1),
        weekdagen=frozenset(),
        elke_weken=0,
        geldig_tot=date(2025, 1, 1),
    )
    assert len(teksten(met(regels=(slecht,)))) >= 5


def test_een_reeks_die_pas_na_jaren_voorkomt_is_geen_fout() -> None:
    zelden = replace(REGEL, weken_van_maand=frozenset({5}), elke_weken=53, geldig_van=date(2026, 1, 1))
    assert find_fouten(met(regels=(zelden,))) == ()


# Elke regel: wat er mis is, en een stuk van de zin die dat zegt.
FOUT = [
    (met(locatie=Locatie("")), "De naam is leeg"),
    (met(locatie=Locatie("P", stap=7)), "veelvoud van 5"),
    (met(locatie=Locatie("P", stap=0)), "veelvoud van 5"),
    (met(locatie=Locatie("P", vasthouden=-1)), "is negatief"),
    (met(locatie=Locatie("P", kanaalmaximum={"fax": 3})), "Kanaal fax bestaat niet"),
    (met(locatie=Locatie("P", kanaalmaximum={"web": -3})), "is negatief"),
    (met(regels=(REGEL, REGEL)), "komt vaker voor"),
    (met(regels=(replace(REGEL, tot=time(17)),)), "begin en eind zijn gelijk"),
    (met(regels=(replace(REGEL, van=time(17, 3)),)), "hele vijf minuten"),
    (met(regels=(replace(REGEL, weekdagen=frozenset({7})),)), "bestaat niet"),
    (met(regels=(replace(REGEL, elke_weken=0),)), "van 1 tot en met 53"),
    (met(regels=(replace(REGEL, weken_van_maand=frozenset({6})),)), "week 1 tot en met 5"),
    (met(regels=(replace(REGEL, geldig_van=date(2101, 1, 1)),)), "tussen 1966 en 2100"),
    (met(uitzonderingen=(uitzondering(DAG, "gesloten", van=time(17)),)), "horen geen tijden"),
    (met(uitzonderingen=(uitzondering(DAG, "andere_tijden"),)), "de begintijd of eindtijd ontbreekt"),
    (met(uitzonderingen=(uitzondering(date.max, "gesloten"),)), "tussen 1966 en 2100"),
    (
        met(
            uitzonderingen=(
                uitzondering(DAG, "gesloten"),
                replace(uitzondering(DAG, "extra_open", van=time(20), tot=time(21)), id="v"),
            )
        ),
        "gesloten én open",
    ),
    (met(feestdagen=(Feestdag("f", "F", FeestdagBeleid.OPEN),)), "Precies één"),
    (met(feestdagen=(Feestdag("f", "F", FeestdagBeleid.OPEN, jaarlijks=(2, 30)),)), "bestaat niet"),
    (
        met(feestdagen=(Feestdag("f", "F", FeestdagBeleid.OPEN, naam_van="Hemelvaart"),)),
        "Bedoelde u Hemelvaartsdag?",
    ),
    (met(feestdagen=(Feestdag("f", "F", FeestdagBeleid.VROEG_DICHT, datum=DAG),)), "ontbreekt hoe laat"),
    (
        met(feestdagen=(Feestdag("f", "F", FeestdagBeleid.OPEN, datum=DAG, tot=time(16)),)),
        "alleen bij vroeg dicht",
    ),
    (
        met(feestdagen=tuple(Feestdag(i, "F", FeestdagBeleid.OPEN, datum=DAG) for i in "ab")),
        "al beleid",
    ),
    (met(balies=(Balie("", "Balie"), *BALIES)), "De id is leeg"),
    (
        met(balies=(*BALIES, Balie("B3", "B", actief_van=DAG, actief_tot=FEEST.replace(year=2025)))),
        "einddatum",
    ),
    (met(medewerkers=(AN, BO, AN)), "De id an komt vaker voor"),
    (met(medewerkers=(AN, replace(BO, organisatie="Hengelo"))), "Losser en Enschede"),
    (met(medewerkers=(AN, replace(BO, bevoegdheden=(Bevoegdheid(" "),)))), "lege bevoegdheid"),
    (met(diensten=(dienst("wie", "B1", 17, 20),)), "deze medewerker bestaat niet"),
    (met(diensten=(dienst("an", "B9", 17, 20),)), "balie B9 bestaat niet"),
    (met(diensten=(dienst("an", "", 17, 20),)), "de balie ontbreekt"),
    (met(diensten=(dienst("an", "B1", 20, 17),)), "het eind ligt voor het begin"),
    (met(diensten=(dienst("an", "B1", 17, 20, datum=date.max),)), "tussen 1966 en 2100"),
    (
        met(medewerkers=(replace(AN, actief_tot=date(2026, 12, 2)), BO)),
        "Werktijd van An op do 3 dec 2026: deze collega werkt hier dan niet",
    ),
    (met(balies=(replace(BALIES[0], actief_van=date(2027, 1, 1)), BALIES[1])), "dan niet in gebruik"),
    (
        met(diensten=(dienst("an", "B1", 17, 19), dienst("an", "B2", 18, 20))),
        "An staat op do 3 dec 2026 om 18.00 uur twee keer in het rooster",
    ),
    (
        met(diensten=(dienst("an", "B1", 17, 19), dienst("bo", "B1", 18, 20))),
        "Aan Balie 1 staan op do 3 dec 2026 om 18.00 uur twee medewerkers",
    ),
    (met(blokkades=(Blokkade("b", DAG, time(18), time(17), "pauze"),)), "het eind ligt voor het begin"),
    (met(blokkades=(Blokkade("b", DAG, time(17), time(18), ""),)), "de reden ontbreekt"),
    (met(blokkades=(Blokkade("b", DAG, time(17), time(18), "x", "B9"),)), "balie B9 bestaat niet"),
    (
        met(blokkades=(Blokkade("b", DAG, time(17), time(18), "x", medewerker="w"),)),
        "medewerker w bestaat niet",
    ),
    (met(blokkades=(Blokkade("b", DAG, time(17), time(18), "x", "B1", "an"),)), "niet allebei"),
    (met_product(code="Pas Poort"), "kleine letters"),
    (met_product(minuten=0), "duurt 0 minuten"),
    (met_product(minuten=-15), "De duur van Paspoort is negatief"),
    (met_product(minuten_per_extra=-5), "is negatief"),
    (met_product(buffer=-5), "is negatief"),
    (met_product(personen_max=0), "van 1 tot en met 50"),
    (met_product(bevoegdheden=frozenset()), "Paspoort: zeg wat een medewerker hiervoor moet mogen"),
    (met_product(aanlooptijd=Aanlooptijd(-1)), "is negatief"),
    (met_product(aanlooptijd=Aanlooptijd(1, Eenheid.DAGEN, 30)), "minuten horen alleen"),
    (met_product(aanlooptijd=Aanlooptijd(9, Eenheid.DAGEN), horizon_dagen=5), "nooit te boeken"),
    (met_product(horizon_dagen=-1), "is negatief"),
    (met_product(tegelijk_max=0), "van 1 tot en met 100"),
    (met_product(per_avond_max=-1), "is negatief"),
    (met_product(geldig_van=FEEST, geldig_tot=DAG), "einddatum"),
    (met_product(vervolg=Vervolg("paspoort", 5)), "eigen vervolg"),
    (met_product(vervolg=Vervolg("ophalen", 5)), "vervolgproduct ophalen bestaat niet"),
    (met_product(vervolg=Vervolg("ophalen", -5)), "is negatief"),
    (met_product(kosten=(Kosten(Decimal("-1"), DAG),)), "de kosten zijn negatief"),
    (met_product(kosten=(Kosten(Decimal("1.005"), DAG),)), "hele centen"),
    (met_product(kosten=(Kosten(Decimal("NaN"), DAG),)), "hele centen"),
    (met_product(kosten=(Kosten(Decimal(1), DAG), Kosten(Decimal(2), FEEST))), "twee prijzen"),
    (met_product(kosten=(Kosten(Decimal(1), FEEST, DAG),)), "einddatum"),
    (met_product(meenemen=(Meenemen(" "),)), "iets leegs"),
    (met_product(meenemen=(Meenemen("x", Voorwaarde(12, 18)),)), "niemand is vanaf 18 en onder 12"),
    (met_product(wie_komt=(WieKomt("", 1),)), "zonder rol"),
    (met_product(wie_komt=(WieKomt("ouder", 0),)), "van 1 tot en met 50"),
    (met_product(wie_komt=(WieKomt("ouder", toestemming_dagen=28),)), "welke toestemming"),
    (met_product(wie_komt=(WieKomt("ouder", vervanging="v", toestemming_dagen=0),)), "van 1 tot en met 3650"),
    (met(combinaties=(Combinatie("paspoort", "paspoort"),)), "twee verschillende"),
    (met(combinaties=(Combinatie("paspoort", "weg"),)), "product weg bestaat niet"),
    (
        met(
            producten=(PASPOORT, replace(PASPOORT, code="b")),
            combinaties=(Combinatie("paspoort", "b"), Combinatie("b", "paspoort")),
        ),
        "staan er al samen",
    ),
    (
        met(
            producten=(PASPOORT, replace(PASPOORT, code="b")),
            combinaties=(Combinatie("b", "paspoort", True, 20),),
        ),
        "scheelt meer minuten",
    ),
    (met(behoeften=(Behoefte("t", "Tolk", -5),)), "is negatief"),
    (met(behoeften=(Behoefte("t", "Tolk", 0, 900),)), "van 0 tot en met 300"),
    (met(behoeften=(Behoefte("t", "Tolk"), Behoefte("t", "Tolk"))), "De code t komt vaker voor"),
]


@pytest.mark.parametrize(("inricht", "stuk"), FOUT, ids=[f"{n:02d}" for n in range(len(FOUT))])
def test_deze_fout_houdt_bewaren_tegen_met_een_eigen_zin(inricht: Inrichting, stuk: str) -> None:
    assert any(stuk in tekst for tekst in teksten(inricht)), teksten(inricht)


LET_OP = [
    (met(uitzonderingen=(uitzondering(date(2026, 12, 4), "gesloten"),)), "er al geen opening"),
    (
        met(uitzonderingen=(uitzondering(date(2026, 12, 4), "andere_tijden", van=time(17), tot=time(18)),)),
        "Kies extra open",
    ),
    (
        met(uitzonderingen=(uitzondering(DAG, "extra_open", van=time(17), tot=time(18)),)),
        "Hier verandert niets door",
    ),
    (
        met(
            uitzonderingen=(uitzondering(DAG, "extra_open", van=time(20), tot=time(21), boven_feestdag=True),)
        ),
        "geen gesloten feestdag",
    ),
    (met(uitzonderingen=(uitzondering(DAG, "gesloten", reden="een " * 11),)), "de reden is lang"),
    (met(balies=(*BALIES, Balie("B3", "Balie 1"))), "twee balies met de naam"),
    (met(medewerkers=(AN, replace(BO, bevoegdheden=()))), "Bo mag nog niets doen"),
    (
        met(
            medewerkers=(
                AN,
                replace(BO, bevoegdheden=(Bevoegdheid("reisdocument", None, date(2026, 12, 1)),)),
            )
        ),
        "mag die dag niets",
    ),
    (met(diensten=(dienst("an", "B1", 17, 20, datum=date(2026, 12, 4)),)), "die dag is er geen opening"),
    (met(diensten=(dienst("an", "B1", 20, 22),)), "helemaal buiten de openingstijd"),
    (met(diensten=(dienst("an", "B1", 17, 20, rol=Rol.GASTHEER),)), "telt de balie niet mee"),
    (met_product(bevoegdheden=frozenset({"naturalisatie"})), "geen medewerker mag dit"),
    (met_product(voorzieningen=frozenset({"spreekkamer"})), "geen balie heeft alles"),
    (met_product(avond=False), "waar het overdag kan"),
]


@pytest.mark.parametrize(("inricht", "stuk"), LET_OP, ids=[f"{n:02d}" for n in range(len(LET_OP))])
def test_deze_waarschuwing_houdt_bewaren_niet_tegen(inricht: Inrichting, stuk: str) -> None:
    assert any(stuk in tekst for tekst in teksten(inricht, "waarschuwing")), check_inrichting(inricht)
    assert find_fouten(inricht) == ()


@pytest.mark.parametrize(
    "diensten",
    [
        (dienst("an", "B1", 17, 18), dienst("an", "B2", 18, 20)),
        (dienst("an", "B1", 17, 20, toestand=DienstToestand.ZIEK), dienst("bo", "B1", 17, 20)),
        (dienst("an", "B1", 17, 20), dienst("an", "B1", 17, 20, datum=date(2026, 12, 10))),
        (dienst("an", "", 17, 20, rol=Rol.GASTHEER), dienst("bo", "B1", 17, 20)),
    ],
    ids=["aansluitend", "vervanging van een zieke", "andere avond", "gastheer"],
)
def test_dit_rooster_is_niet_dubbel(diensten: tuple[Dienst, ...]) -> None:
    assert find_fouten(met(diensten=tuple(replace(d, id=str(n)) for n, d in enumerate(diensten)))) == ()


def test_wie_drie_keer_dubbel_staat_wordt_per_werktijd_een_keer_gemeld() -> None:
    drie = tuple(replace(dienst("an", "B1", 17, 20), id=str(n)) for n in range(3))
    assert [f.nummer for f in find_fouten(met(diensten=drie)) if "An staat" in f.tekst] == [1, 2]


def test_een_lange_werktijd_botst_ook_met_de_derde_erna() -> None:
    rooster = (dienst("an", "B1", 16, 21), dienst("an", "B2", 17, 18), dienst("an", "B2", 19, 20))
    assert [f.nummer for f in find_fouten(met(diensten=rooster)) if "An staat" in f.tekst] == [1, 2]


def test_prijzen_die_op_elkaar_volgen_zijn_geen_fout_in_welke_volgorde_ook() -> None:
    eerder, later = Kosten(Decimal(1), DAG, date(2027, 5, 5)), Kosten(Decimal(2), FEEST)
    assert find_fouten(met_product(kosten=(eerder, later))) == ()
    assert find_fouten(met_product(kosten=(later, eerder))) == ()


def alle_zinnen() -> list[str]:
    return [fout.tekst for inricht, _ in [*FOUT, *LET_OP] for fout in check_inrichting(inricht)]


def test_elke_zin_is_kort_en_eindigt_met_een_leesteken() -> None:
    for tekst in alle_zinnen():
        assert tekst[-1] in ".?", tekst
        for zin in re.split(r"(?<=[.?!:])\s+", tekst):
            assert len(zin.split()) <= 15, zin


def test_geen_zin_toont_een_pythonwoord() -> None:
    for tekst in alle_zinnen():
        assert not re.search(r"\b(None|True|False|frozenset|datetime|andere_tijden|extra_open)\b", tekst), (
            tekst
        )


def test_alle_fouten_uit_alle_onderdelen_komen_in_een_keer() -> None:
    slecht = met(
        locatie=Locatie("P", stap=7),
        regels=(replace(REGEL, weekdagen=frozenset()),),
        medewerkers=(AN, replace(BO, organisatie="Hengelo")),
        producten=(replace(PASPOORT, minuten=-1),),
        behoeften=(Behoefte("t", "Tolk", -5),),
    )
    assert {fout.soort for fout in find_fouten(slecht)} == {
        "locatie",
        "regels",
        "medewerkers",
        "producten",
        "behoeften",
    }


def test_de_demonstratie_komt_zonder_bevindingen_door_de_keuring() -> None:
    assert check_inrichting(demo_inrichting(DAG)) == ()


_TIJD = st.times().map(lambda tijd: tijd.replace(fold=0))


@given(
    st.builds(
        Openingsregel,
        id=st.text(max_size=3),
        naam=st.text(max_size=3),
        weekdagen=st.frozensets(st.integers(-2, 9), max_size=4),
        van=_TIJD,
        tot=_TIJD,
        geldig_van=st.dates(),
        geldig_tot=st.none() | st.dates(),
        elke_weken=st.integers(-2, 200),
        anker=st.none() | st.dates(),
        weken_van_maand=st.frozensets(st.integers(-3, 8), max_size=3),
    ),
    st.builds(
        Uitzondering,
        id=st.text(max_size=3),
        datum=st.dates(),
        soort=st.sampled_from(SoortUitzondering),
        reden=st.text(max_size=5),
        van=st.none() | _TIJD,
        tot=st.none() | _TIJD,
        boven_feestdag=st.booleans(),
    ),
    st.builds(
        Dienst,
        id=st.text(max_size=2),
        datum=st.dates(),
        medewerker=st.sampled_from(["an", "bo", "x"]),
        van=_TIJD,
        tot=_TIJD,
        balie=st.sampled_from(["B1", "B2", ""]),
    ),
)
def test_welke_onzin_er_ook_staat_de_keuring_valt_niet_om(
    regel: Openingsregel, uitz: Uitzondering, werk: Dienst
) -> None:
    inricht = met(regels=(REGEL, regel), uitzonderingen=(uitz,), diensten=(*GOED.diensten, werk))
    assert all(isinstance(fout, Planfout) for fout in check_inrichting(inricht))
