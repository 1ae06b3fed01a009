"""Wat een wijziging met bestaande afspraken doet: eerst herindelen, de rest met een reden op de lijst."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product as kruis

import pytest

from frontoffice.agenda.afspraak import Afspraak, Afspraakregel, Contactgegevens, Eisen, Kanaal, Toestand
from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.behouden import max_behouden
from frontoffice.agenda.gevolgen import consequences, proposals, wens_van
from frontoffice.agenda.inrichting import Inrichting, SoortUitzondering, Uitzondering
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import from_tik
from frontoffice.agenda.wensen import plan_van
from tests.agenda.bouw import (
    ALLES,
    DAG,
    NU,
    avond,
    inrichting,
    met_rooster,
    moment,
    plek,
    product,
    staat,
    vak,
    wens,
    zoek,
)
from tests.agenda.naief import can_serve, make_geval

KALENDER = Kalender(inrichting(product()))
DICHT = Uitzondering("u", DAG, SoortUitzondering.GESLOTEN, "storing")


def veertien() -> tuple[Inrichting, Avond]:
    """Twee balies met samen veertien afspraken van een kwartier."""
    inricht = met_rooster(
        inrichting(product()), ("B1", "17.00", "20.00", ALLES), ("B2", "17.00", "20.00", ALLES)
    )
    begin = vak("17.00", "20.00").begin
    inhoud = tuple(
        Inhoud(
            SoortInhoud.AFSPRAAK,
            f"a{n}",
            replace(vak("17.00", "17.15"), begin=t, eind=t + 3),
            balie,
            Eisen(),
            ("a",),
        )
        for n, (t, balie) in enumerate(kruis(range(begin, begin + 21, 3), ("B1", "B2")))
    )
    return inricht, build_avond(inricht, Kalender(inricht), DAG, inhoud)


def afspraken_van(op: Avond) -> list[Afspraak]:
    return [make_afspraak(item, op.datum) for item in op.inhoud]


def make_afspraak(item: Inhoud, dag: date) -> Afspraak:
    return Afspraak(
        item.id, f"2026-{item.id}", "ABCDEFGH", dag,
        from_tik(item.vak.begin), from_tik(item.vak.eind - item.buffer),
        item.buffer * 5, item.balie, Toestand.BEVESTIGD,
        tuple(Afspraakregel(code, code, 1, 15) for code in item.producten), item.eisen,
        Contactgegevens("Proef"), Kanaal.TELEFOON,
    )  # fmt: skip


def test_c09_een_avond_sluiten_zet_alle_veertien_met_drie_voorstellen_op_de_lijst() -> None:
    inricht, oud = veertien()
    gesloten = replace(inricht, uitzonderingen=(DICHT,))
    kalender = Kalender(gesloten)
    nieuw = build_avond(gesloten, kalender, DAG, oud.inhoud)
    assert zoek(gesloten, nieuw, wens("a")).vrij == ()
    gevolg = consequences(kalender, oud, nieuw)
    assert len(gevolg.te_verzetten) == 14
    assert {reden.tekst for _, reden in gevolg.te_verzetten} == {"Gesloten: storing."}
    assert gevolg.verhuizingen == {}
    anders = [
        avond(dag=DAG + timedelta(weeks=week), plekken=(plek(dag=DAG + timedelta(weeks=week)),))
        for week in (1, 2)
    ]
    voorstellen = proposals(gesloten, kalender, afspraken_van(oud), [nieuw, *anders], NU)
    assert set(voorstellen) == {item.id for item in oud.inhoud}
    assert all(len(starts) >= 3 for starts in voorstellen.values())
    assert all(start.begin > moment("20.00") for starts in voorstellen.values() for start in starts)
    eerste = [starts[0].begin for starts in voorstellen.values()]
    assert len(set(eerste)) == 14


def test_c10_weer_open_zet_terug_wie_nog_niet_verzet_was() -> None:
    inricht, oud = veertien()
    kalender = Kalender(inricht)
    dicht = replace(oud, open=(), inhoud=())
    nog_op_de_lijst = [item for item in oud.inhoud if item.id not in ("a3", "a8")]
    gevolg = consequences(kalender, dicht, replace(oud, inhoud=()), nog_op_de_lijst)
    assert set(gevolg.terug) == {item.id for item in nog_op_de_lijst}
    assert gevolg.te_verzetten == ()


def test_c10_wie_intussen_een_plek_kreeg_wordt_niet_verdrongen() -> None:
    inricht = met_rooster(inrichting(product()), ("B1", "17.00", "20.00", ALLES))
    kalender = Kalender(inricht)
    nieuw = build_avond(inricht, kalender, DAG, (staat("17.00", "17.15", id_="nieuw"),))
    wil_terug = [staat("17.00", "17.15", id_="oud"), staat("17.15", "17.30", id_="ook")]
    gevolg = consequences(kalender, replace(nieuw, open=()), nieuw, wil_terug, eerst=["oud", "ook", "nieuw"])
    assert gevolg.terug == ("ook",)
    assert gevolg.te_verzetten == ()


def test_c12_alleen_wat_niemand_anders_mag_wordt_verzet() -> None:
    rooster = (
        ("B1", "17.00", "20.00", ["reisdocument", "naturalisatie"]),
        ("B2", "17.00", "20.00", ["reisdocument"]),
        ("B3", "17.00", "20.00", ["reisdocument"]),
    )
    inricht = met_rooster(inrichting(product()), *rooster)
    kalender = Kalender(inricht)
    inhoud = (
        staat("17.00", "17.45", "B1", mag={"naturalisatie"}, id_="n"),
        staat("17.45", "18.00", "B1", mag={"reisdocument"}, id_="p1"),
        staat("17.45", "18.15", "B2", mag={"reisdocument"}, id_="p2"),
        staat("18.00", "18.30", "B1", mag={"reisdocument"}, id_="p3"),
    )
    oud = build_avond(inricht, kalender, DAG, inhoud)
    ziek = met_rooster(inrichting(product()), *rooster[1:])
    gevolg = consequences(Kalender(ziek), oud, build_avond(ziek, Kalender(ziek), DAG, inhoud))
    assert [(id_, reden.code.value) for id_, reden in gevolg.te_verzetten] == [("n", "geen_bevoegde")]
    assert gevolg.verhuizingen == {"p1": "B3", "p3": "B3"}


def test_c14_een_langer_product_verandert_bestaande_afspraken_niet() -> None:
    inricht, oud = veertien()
    langer = replace(inricht, producten=(product("a", 20),))
    assert consequences(Kalender(langer), oud, build_avond(langer, Kalender(langer), DAG, oud.inhoud)).is_leeg
    assert plan_van(afspraken_van(oud)[0]).minuten == 15


def test_c15_zonder_regel_houdt_een_afspraak_alles_maar_staat_hij_buiten_de_opening() -> None:
    inricht, oud = veertien()
    zonder = replace(inricht, regels=())
    kalender = Kalender(zonder)
    nieuw = build_avond(zonder, kalender, DAG, oud.inhoud)
    gevolg = consequences(kalender, oud, nieuw)
    assert {reden.code.value for _, reden in gevolg.te_verzetten} == {"buiten_opening"}
    assert len(gevolg.te_verzetten) == 14
    assert nieuw.inhoud == oud.inhoud


def test_later_open_zet_alleen_op_de_lijst_wat_er_niet_meer_in_valt() -> None:
    inricht, oud = veertien()
    later = replace(oud, open=(vak("17.30", "20.00"),))
    gevolg = consequences(Kalender(inricht), oud, later)
    assert [id_ for id_, _ in gevolg.te_verzetten] == ["a0", "a1", "a2", "a3"]


def test_de_buffer_van_een_afspraak_mag_na_sluitingstijd_blijven() -> None:
    op = avond(staat("19.45", "20.05", buffer=1), plekken=(plek(tot="20.15"),))
    assert consequences(KALENDER, replace(op, open=(vak("17.00", "21.00"),)), op).is_leeg
    zonder_buffer = avond(staat("19.45", "20.05"), plekken=(plek(tot="20.15"),))
    assert not consequences(
        KALENDER, replace(zonder_buffer, open=(vak("17.00", "21.00"),)), zonder_buffer
    ).is_leeg


def test_c16_een_balie_die_stopt_geeft_zijn_afspraken_door_of_op_de_lijst() -> None:
    rooster = [("B1", "17.00", "20.00", ALLES), ("B2", "17.00", "20.00", ALLES)]
    inricht = met_rooster(inrichting(product()), *rooster)
    inhoud = (
        staat("17.00", "17.30", "B1", id_="x"),
        staat("17.00", "17.30", "B2", id_="y"),
        staat("17.30", "18.00", "B2", id_="z"),
    )
    oud = build_avond(inricht, Kalender(inricht), DAG, inhoud)
    uit = replace(
        inricht,
        balies=tuple(
            replace(b, actief_tot=DAG - timedelta(1)) if b.id == "B2" else b for b in inricht.balies
        ),
    )
    nieuw = build_avond(uit, Kalender(uit), DAG, inhoud)
    gevolg = consequences(Kalender(uit), oud, nieuw, eerst=["y", "x", "z"])
    assert [id_ for id_, _ in gevolg.te_verzetten] == ["x"]
    assert gevolg.verhuizingen == {"y": "B1", "z": "B1"}
    assert gevolg.te_verzetten[0][1].tekst == "Er is dan geen balie meer vrij."


def test_een_vaste_balie_die_wegvalt_wordt_verzet_en_niet_ongemerkt_verhuisd() -> None:
    op = avond(staat("17.00", "17.30", "B2", vast=True, id_="v"), plekken=(plek("B1"),))
    gevolg = consequences(KALENDER, op, op)
    assert [(id_, reden.tekst) for id_, reden in gevolg.te_verzetten] == [
        ("v", "De vaste balie van deze afspraak is er dan niet meer.")
    ]


def test_wat_van_een_andere_agenda_komt_of_een_extra_plaats_heeft_blijft_staan() -> None:
    op = avond(
        staat("17.00", "17.30", "B9", soort=SoortInhoud.EXTERN, id_="e"),
        staat("17.00", "17.30", "B1", soort=SoortInhoud.EXTERN, id_="f"),
        staat("17.00", "17.15", "extra-1", vast=True, id_="x"),
        staat("17.15", "17.45", "B1", id_="a"),
    )
    gevolg = consequences(KALENDER, op, op)
    assert [id_ for id_, _ in gevolg.te_verzetten] == ["a"]
    dicht = replace(op, open=())
    assert [id_ for id_, _ in consequences(KALENDER, op, dicht).te_verzetten] == ["x", "a"]


def test_een_reservering_gaat_voor_een_afspraak_opzij() -> None:
    op = avond(
        staat("17.00", "17.30", "B1", soort=SoortInhoud.RESERVERING, id_="r"),
        staat("17.00", "17.30", "B2", id_="a"),
    )
    assert max_behouden(op).te_verzetten == ("r",)


def test_voorstellen_gaan_uit_van_de_duur_van_de_afspraak_en_een_product_dat_er_nog_was() -> None:
    item = staat("17.00", "17.30", producten=("vervallen",), id_="v")
    inricht = inrichting(product("a"))
    volgende = avond(dag=DAG + timedelta(weeks=1))
    afspraak = make_afspraak(item, DAG)
    starts = proposals(inricht, Kalender(inricht), [afspraak], [volgende], NU)["v"]
    assert [start.eind - start.begin for start in starts] == [timedelta(minutes=30)] * 3
    assert wens_van(afspraak).regels[0].product == "vervallen"


@pytest.mark.parametrize("zaad", range(150))
def test_na_een_roosterwijziging_blijft_de_grootste_groep_van_wie_eerst_boekte(zaad: int) -> None:
    """Tegen alles uitproberen: er valt nooit iemand te veel af, en bij gelijke aantallen wie later boekte."""
    rng = random.Random(zaad)
    geval = make_geval(rng)
    overig = tuple(p for p in geval.avond.plekken if rng.random() < 0.7)
    op = replace(geval.avond, plekken=overig)
    volgorde = [item.id for item in op.inhoud]
    rng.shuffle(volgorde)
    gevonden = max_behouden(op, eerst=volgorde)
    assert gevonden.bewezen
    assert set(gevonden.balies) == best_kept(op, volgorde)
    bezet = [
        (gevonden.balies[item.id], tik)
        for item in op.inhoud
        if item.id in gevonden.balies
        for tik in range(item.vak.begin, item.vak.eind)
    ]
    assert len(bezet) == len(set(bezet))


def best_kept(op: Avond, volgorde: list[str]) -> set[str]:
    """Afspraken voor reserveringen, dan aantal, dan wie eerst boekte; alles uitgeprobeerd."""
    balies = sorted({plek_.balie for plek_ in op.plekken})
    keuzes = []
    for item in op.inhoud:
        kan = [b for b in balies if can_serve(op, b, item.vak, item.eisen)]
        keuzes.append([None, *(b for b in kan if not item.vast or b == item.balie)])
    beste: tuple[tuple[int, int, list[bool]], set[str]] = ((-1, -1, []), set())
    for keus in kruis(*keuzes):
        gezet = [(item, balie) for item, balie in zip(op.inhoud, keus, strict=True) if balie is not None]
        tikken = [(b, t) for item, b in gezet for t in range(item.vak.begin, item.vak.eind)]
        if len(tikken) != len(set(tikken)):
            continue
        ids = {item.id for item, _ in gezet}
        echt = sum(item.soort is SoortInhoud.AFSPRAAK for item, _ in gezet)
        waarde = (echt, len(ids), [id_ in ids for id_ in volgorde])
        if waarde > beste[0]:
            beste = (waarde, ids)
    return beste[1]


def test_een_volle_avond_die_een_balie_verliest_is_bewezen_beslist() -> None:
    rng = random.Random(1)
    begin = vak("17.00", "20.00").begin
    inhoud: list[Inhoud] = []
    for balie in range(6):
        tik = begin + rng.randrange(2)
        while tik < begin + 33:
            lengte = rng.choice((2, 3, 3, 5))
            mag = frozenset(rng.sample(sorted(ALLES), 1))
            inhoud.append(
                Inhoud(
                    SoortInhoud.AFSPRAAK,
                    f"{balie}-{tik}",
                    replace(vak("17.00", "17.05"), begin=tik, eind=tik + lengte),
                    f"B{balie}",
                    Eisen(mag),
                    (),
                )
            )
            tik += lengte + rng.choice((0, 0, 1, 3))
    plekken = tuple(plek(f"B{n}", mag=ALLES if n % 2 else sorted(ALLES)[:2], tot="20.30") for n in range(5))
    gevonden = max_behouden(avond(*inhoud, plekken=plekken))
    assert gevonden.te_verzetten
    assert len(gevonden.balies) + len(gevonden.te_verzetten) == len(inhoud)
    assert gevonden.bewezen


def test_wat_uit_een_andere_agenda_een_balie_zoekt_gaat_voor_en_schuift_zo_weinig_mogelijk_op() -> None:
    op = avond(
        staat("17.00", "17.30", "", soort=SoortInhoud.EXTERN_LOS, id_="e"),
        staat("17.00", "17.30", "", soort=SoortInhoud.EXTERN_LOS, id_="f"),
        staat("17.00", "17.15", "B1", id_="a"),
        staat("17.30", "17.45", "B1", id_="b"),
    )
    gevolg = consequences(KALENDER, op, op)
    weg = [id_ for id_, _ in gevolg.te_verzetten]
    assert len(weg) == 2
    assert "a" in weg
    assert len({"e", "f"} & set(weg)) == 1
    assert "b" not in weg
