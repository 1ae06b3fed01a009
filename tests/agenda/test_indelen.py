"""Indelen en exact passen: zuinig kiezen, ruilen als het moet, en bewijzen dat iets niet kan."""

from __future__ import annotations

import random
from itertools import product as kruis

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.afspraak import Eisen
from frontoffice.agenda.indelen import Indeling, Toewijzing, Vraag, capaciteit, find_balie
from frontoffice.agenda.passen import Blok, TeVeelWerk, fit, keep_most, prune, repair
from frontoffice.agenda.tijd import Vak
from tests.agenda.bouw import ALLES, DAG, avond, plek, staat, vak
from tests.benchmarks.agenda_avonden import fill, make_inrichting, make_rooster

BALIES = 3
_blok = st.builds(
    lambda begin, lengte, voorkeur: Blok(
        begin, begin + lengte, ((1 << lengte) - 1) << begin, tuple(voorkeur)
    ),
    st.integers(0, 10),
    st.integers(1, 5),
    st.lists(st.integers(0, BALIES - 1), unique=True, max_size=BALIES),
)


def verdelingen(blokken: list[Blok]) -> list[tuple[int | None, ...]]:
    """Elke keus (balie of afvallen) zonder overlap."""
    goed = []
    for keus in kruis(*((None, *blok.voorkeur) for blok in blokken)):
        bezet = [
            (balie, tik)
            for blok, balie in zip(blokken, keus, strict=True)
            if balie is not None
            for tik in range(blok.begin, blok.eind)
        ]
        if len(bezet) == len(set(bezet)):
            goed.append(keus)
    return goed


@given(st.lists(_blok, max_size=7))
def test_passen_zegt_hetzelfde_als_alles_uitproberen(blokken: list[Blok]) -> None:
    goed = {keus for keus in verdelingen(blokken) if None not in keus}
    for gevonden in (fit(blokken, BALIES), repair(blokken, [-1] * len(blokken), BALIES, 10_000)):
        assert gevonden in goed if goed else gevonden is None


@given(st.lists(_blok, max_size=7))
def test_wegstrepen_laat_alles_staan_wat_in_een_verdeling_voorkomt(blokken: list[Blok]) -> None:
    goed = [keus for keus in verdelingen(blokken) if None not in keus]
    over = prune(blokken, BALIES)
    if over is None:
        assert not goed
        return
    for nummer, (blok, was) in enumerate(zip(over, blokken, strict=True)):
        assert (blok.begin, blok.eind, blok.bits) == (was.begin, was.eind, was.bits)
        assert {keus[nummer] for keus in goed} <= set(blok.voorkeur) <= set(was.voorkeur)
        assert blok.voorkeur == tuple(balie for balie in was.voorkeur if balie in blok.voorkeur)


@given(st.lists(_blok.map(lambda blok: blok._replace(begin=0, eind=1, bits=1)), max_size=4))
def test_op_een_tik_blijft_na_wegstrepen_precies_over_wat_kan(blokken: list[Blok]) -> None:
    goed = [keus for keus in verdelingen(blokken) if None not in keus]
    over = prune(blokken, BALIES)
    kan = None if over is None else [set(blok.voorkeur) for blok in over]
    assert kan == ([{keus[n] for keus in goed} for n in range(len(blokken))] if goed else None)


@given(st.lists(_blok, max_size=5), st.lists(_blok, max_size=3))
def test_wegstrepen_in_twee_keer_geeft_hetzelfde(al: list[Blok], nieuw: list[Blok]) -> None:
    eerst = prune(al, BALIES)
    assert prune([*al, *nieuw], BALIES) == (
        None if eerst is None else prune([*eerst, *nieuw], BALIES, len(al))
    )


def test_wegstrepen_werkt_door_naar_de_tikken_ernaast() -> None:
    """A kan alleen aan balie 0; dan moet B naar 1, en daardoor C, die A niet eens raakt, naar 0."""
    a, b, c = Blok(0, 2, 0b11, (0,)), Blok(1, 4, 0b1110, (0, 1)), Blok(3, 5, 0b11000, (0, 1))
    assert prune([a, b, c], 2) == [a, b._replace(voorkeur=(1,)), c._replace(voorkeur=(0,))]
    assert prune([a, b, c, c._replace(voorkeur=(0,))], 2) is None
    # Andersom in de tijd: wat later is, streept weg bij wat eerder is.
    c, b, a = Blok(0, 2, 0b11, (0, 1)), Blok(1, 4, 0b1110, (0, 1)), Blok(3, 5, 0b11000, (0,))
    assert prune([c, b, a], 2) == [c._replace(voorkeur=(0,)), b._replace(voorkeur=(1,)), a]


def test_wie_doorschuift_laat_zijn_nieuwe_balie_niet_nog_eens_vergeven() -> None:
    """A zit eerst aan 0, maar B kan nergens anders; A schuift naar 1, dus moet C naar 2."""
    a, b, c = Blok(0, 1, 1, (0, 1)), Blok(0, 1, 1, (0,)), Blok(0, 1, 1, (1, 2))
    assert prune([a, b, c], 3) == [a._replace(voorkeur=(1,)), b, c._replace(voorkeur=(2,))]


@given(st.lists(_blok, max_size=6), st.randoms(use_true_random=False))
def test_de_waardevolste_groep_is_die_van_alles_uitproberen(blokken: list[Blok], rng: random.Random) -> None:
    waarden = [rng.randint(1, 9) for _ in blokken]
    gevonden, bewezen = keep_most(blokken, waarden, [-1] * len(blokken), BALIES)

    def som(keus: tuple[int | None, ...]) -> int:
        return sum(w for w, balie in zip(waarden, keus, strict=True) if balie is not None)

    goed = verdelingen(blokken)
    assert bewezen
    assert gevonden in goed
    assert som(gevonden) == max(som(keus) for keus in goed)


def test_een_smalle_zoektocht_geeft_nog_steeds_iets_dat_past() -> None:
    rng = random.Random(3)
    blokken = [Blok(b := rng.randrange(9), b + 3, 7 << b, (0, 1, 2)) for _ in range(14)]
    gevonden, bewezen = keep_most(blokken, [1] * 14, [-1] * 14, BALIES, breedte=4)
    assert not bewezen
    bezet = [
        (d, t)
        for d, blok in zip(gevonden, blokken, strict=True)
        if d is not None
        for t in range(blok.begin, blok.eind)
    ]
    assert len(bezet) == len(set(bezet)) > 0


def test_passen_houdt_op_na_het_aantal_stappen() -> None:
    blokken = [Blok(0, 2, 3, (0, 1, 2)), Blok(1, 3, 6, (0, 1, 2)), Blok(2, 4, 12, (0, 1, 2))]
    with pytest.raises(TeVeelWerk):
        fit(blokken, BALIES, stappen=2)
    with pytest.raises(TeVeelWerk):
        repair(blokken, [-1, -1, -1], BALIES, stappen=2)


def test_een_hele_drukke_dag_past_zonder_vast_te_lopen() -> None:
    """Meer blokken dan Python diep kan stapelen."""
    blokken = [Blok(n, n + 1, 1 << n, (1, 0)) for n in range(1_500)] * 2
    uitkomst = fit(blokken, 2)
    assert uitkomst is not None
    assert all({uitkomst[n], uitkomst[n + 1_500]} == {0, 1} for n in range(1_500))


# --- zuinig kiezen -----------------------------------------------------------------------------------------


def vraag(van: str, tot: str, *mag: str, overdracht: bool = False) -> Vraag:
    return Vraag(vak(van, tot), Eisen(frozenset(mag), overdracht=overdracht))


def test_eerst_wie_het_minst_kan_dan_het_krapste_gat_dan_de_eerste() -> None:
    drie = (plek("B1"), plek("B2", mag={"reisdocument"}), plek("B3", mag={"reisdocument"}))
    assert find_balie(avond(plekken=drie), vraag("18.00", "18.15", "reisdocument")) == Toewijzing("B2")
    krap = avond(staat("18.15", "18.30", "B3", mag={"reisdocument"}), plekken=drie)
    assert find_balie(krap, vraag("18.00", "18.15", "reisdocument")) == Toewijzing("B3")
    assert find_balie(krap, vraag("18.00", "18.15", "rijbewijs")) == Toewijzing("B1")


def test_er_verhuist_niets_als_het_zonder_kan() -> None:
    twee = avond(staat("17.00", "18.00", "B1"), plekken=(plek("B1"), plek("B2")))
    assert find_balie(twee, vraag("17.30", "18.30")) == Toewijzing("B2")


def test_een_ruil_over_drie_balies() -> None:
    drie = avond(
        staat("17.00", "17.30", "B1", mag={"reisdocument"}, id_="p"),
        staat("17.00", "17.30", "B2", mag={"rijbewijs"}, id_="r"),
        plekken=(
            plek("B1", mag={"reisdocument", "naturalisatie"}),
            plek("B2", mag={"reisdocument", "rijbewijs"}),
            plek("B3", mag={"rijbewijs"}),
        ),
    )
    assert find_balie(drie, vraag("17.00", "17.30", "naturalisatie")) == Toewijzing(
        "B1", {"p": "B2", "r": "B3"}
    )


def test_ook_bij_afzoeken_verhuist_niets_naar_waar_later_al_iets_staat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """De lange gaat naar B2; wat daar pas om 17.30 uur begint en de nieuwe niet raakt, moet dan naar B3."""
    monkeypatch.setattr("frontoffice.agenda.indelen.STAPPEN_RUIL", (0, 0))
    drie = avond(
        staat("17.00", "18.00", "B1", mag={"reisdocument"}, id_="lang"),
        staat("17.30", "18.00", "B2", mag={"rijbewijs"}, id_="later"),
        plekken=(
            plek("B1", mag={"reisdocument", "naturalisatie"}),
            plek("B2", mag={"reisdocument", "rijbewijs"}),
            plek("B3", mag={"rijbewijs"}),
        ),
    )
    assert find_balie(drie, vraag("17.00", "17.15", "naturalisatie")) == Toewijzing(
        "B1", {"lang": "B2", "later": "B3"}
    )


def test_wat_al_niet_meer_aan_zijn_balie_kan_blijft_liggen_en_houdt_de_rest_niet_tegen() -> None:
    zonder_collega = avond(
        staat("17.00", "17.30", "B1", mag={"rijbewijs"}),
        plekken=(plek("B1", mag={"reisdocument"}), plek("B2", mag={"reisdocument"})),
    )
    assert capaciteit(zonder_collega, vraag("17.00", "17.30", "reisdocument")) == 1
    assert capaciteit(zonder_collega, vraag("17.30", "18.00", "reisdocument")) == 2


def test_een_balie_zonder_rooster_doet_niet_mee() -> None:
    assert find_balie(avond(staat("17.00", "17.30", "weg")), vraag("17.00", "17.30")) == Toewijzing("B1")
    assert find_balie(avond(plekken=()), vraag("17.00", "17.30")) is None
    assert find_balie(avond(), vraag("16.00", "16.30")) is None


def test_capaciteit_telt_hoeveel_er_met_ruilen_bij_kunnen() -> None:
    drie = (plek("B1"), plek("B2"), plek("B3", mag={"reisdocument"}))
    half = avond(
        staat("17.00", "17.15", "B1", mag={"reisdocument"}),
        staat("17.15", "17.30", "B2", mag={"reisdocument"}),
        plekken=drie,
    )
    assert capaciteit(half, vraag("17.00", "17.30", "rijbewijs")) == 2
    assert capaciteit(half, vraag("17.00", "17.30", "reisdocument")) == 2
    assert Indeling(half).capaciteit(vraag("17.00", "17.30", "rijbewijs"), 1) == 1


@pytest.mark.parametrize("zaad", range(30))
def test_op_een_volle_avond_met_zes_balies_zeggen_ruilen_en_alles_afzoeken_hetzelfde(zaad: int) -> None:
    """Te groot om alles uit te proberen, dus tegen de tweede exacte zoeker."""
    rng = random.Random(zaad)
    blokken: list[Blok] = []
    nu: list[int] = []
    for balie in range(6):
        tik = rng.randrange(3)
        while tik < 34:
            lengte = rng.choice((1, 2, 3, 5))
            kan = tuple({balie, *rng.sample(range(6), rng.randint(0, 3))})
            blokken.append(Blok(tik, tik + lengte, ((1 << lengte) - 1) << tik, kan))
            nu.append(balie)
            tik += lengte + rng.choice((0, 0, 1, 2))
    for tik in range(0, 34, 3):
        nieuw = Blok(tik, tik + 3, 7 << tik, tuple(rng.sample(range(6), 3)))
        alles = [*blokken, nieuw]
        gevonden = repair(alles, [*nu, -1], 6, 200_000)
        assert (gevonden is None) is (fit(alles, 6) is None), tik
        if gevonden is not None:
            bezet = [(d, t) for d, b in zip(gevonden, alles, strict=True) for t in range(b.begin, b.eind)]
            assert len(bezet) == len(set(bezet))
            assert all(d in b.voorkeur for d, b in zip(gevonden, alles, strict=True))


@pytest.mark.parametrize("zaad", range(4))
def test_wat_eerder_gevraagd_is_verandert_het_antwoord_niet(zaad: int) -> None:
    """Een indeling onthoudt wat zij vond; elke vraag moet krijgen wat een nieuwe indeling zou zeggen."""
    rng = random.Random(zaad)
    plekken = make_rooster(rng, DAG, 6)
    op = fill(rng, make_inrichting(), avond(plekken=plekken), 0.6)
    gedeeld = Indeling(op)
    vragen = [
        Vraag(Vak(tik, tik + lengte), Eisen(mag))
        for tik in range(op.open[0].begin, op.open[0].eind - 9)
        for lengte in (1, 2, 3, 9)
        for mag in sorted({plek.mag for plek in plekken} | {frozenset({"brp"})}, key=sorted)
    ]
    rng.shuffle(vragen)
    for een in vragen:
        assert gedeeld.capaciteit(een) == Indeling(op).capaciteit(een), een


def test_een_vraag_voor_het_begin_van_alles_past_niet() -> None:
    assert capaciteit(avond(), Vraag(Vak(0, 3), Eisen(ALLES))) == 0
