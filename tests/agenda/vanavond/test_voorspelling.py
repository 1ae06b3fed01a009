"""Hoe lang het nog duurt, uit het echte rooster (evening-appointments.md §2.5, §4f E10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontoffice.agenda.afspraak import Eisen
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.agenda.vanavond.voorspelling import Voorspelling, predict, wachtwoorden, wait_for
from frontoffice.domain import taal
from tests.agenda.bouw import moment, plek
from tests.agenda.vanavond.bouw import T, aan_de_balie, balies, bezoek, er, later, opgeroepen, stand
from tests.agenda.vanavond.willekeurig import standen

NIETS = Eisen()


def om(voorspelling: Voorspelling, id_: str) -> str:
    return taal.tijd(voorspelling.per_bezoek[id_].begin).removesuffix(" uur")


def wacht(op: Avondstand, minuten: int = 10, eisen: Eisen = NIETS) -> int:
    verwacht = wait_for(op, eisen, minuten)
    assert verwacht is not None
    return verwacht.wacht_min


def test_e10_een_balie_een_wachtende_en_een_oproep_ligt_tussen_de_uitersten_van_het_andere_programma() -> (
    None
):
    """Gemiddelde × plaats / balies: hoogstens 20, minstens 8 minuten; met twee balies tussen 0 en 10."""
    wie = (opgeroepen("W01", "B1", "18.00"), er("W02", sinds="18.00"))
    assert 8 <= wacht(stand("18.00", *wie)) <= 20
    assert 0 <= wacht(stand("18.00", *wie, plekken=balies(2))) <= 10


@given(st.integers(1, 6), st.integers(0, 12), st.integers(1, 9))
def test_e10_met_gelijke_balies_ligt_de_wachttijd_altijd_tussen_die_uitersten(
    aantal: int, rij: int, tikken: int
) -> None:
    """Iedere balie is net begonnen; dan is plaats / balies × duur naar boven en beneden afgerond de grens."""
    minuten = tikken * 5
    bezig = [opgeroepen(f"W{n:02d}", f"B{n}", "17.00", minuten=minuten) for n in range(1, aantal + 1)]
    wachtend = [er(f"W{n:02d}", sinds="17.00", minuten=minuten) for n in range(50, 50 + rij)]
    op = stand("17.00", *bezig, *wachtend, plekken=balies(aantal, tot="23.55"))
    plaats = (rij + aantal) / aantal
    assume((plaats + 1) * minuten < 180)  # daarna is het dicht
    gevonden = wacht(op, minuten)
    assert 0.8 * minuten * int(rij / aantal) <= gevonden <= minuten * plaats + 1


def test_een_lege_avond_zegt_niets() -> None:
    uit = predict(stand("18.00"))
    assert dict(uit.per_bezoek) == {}
    assert (uit.uitloop_min, uit.laatste_klaar, uit.niemand) == (0, None, ())
    assert uit.per_balie["B1"].klaar_om is None
    assert wacht(stand("18.00")) == 0


def test_wie_bezig_is_is_klaar_na_wat_de_producten_zeggen_en_dan_komt_de_volgende() -> None:
    op = stand("18.10", aan_de_balie("A01", "B1", "18.00", minuten=20), er("A02", "18.15", "18.05"))
    uit = predict(op)
    assert uit.per_balie["B1"].klaar_om == moment("18.20")
    assert om(uit, "A02") == "18.20"
    assert uit.per_bezoek["A02"].wacht_min == 10
    assert uit.laatste_klaar == moment("18.30")


def test_wie_uitloopt_duurt_minstens_nog_een_minuut_en_steeds_meer() -> None:
    op = stand("18.20", aan_de_balie("A01", "B1", "18.00", minuten=10))
    resten = []
    for over in (0, 5, 10, 30, 60):
        nu = later(op, over)
        balie = predict(nu).per_balie["B1"]
        assert balie.klaar_om is not None
        assert balie.loopt_uit_min == 10 + over
        resten.append((balie.klaar_om - nu.nu).total_seconds())
    assert resten[0] >= 60
    assert resten == sorted(set(resten))


def test_wat_iemand_voor_even_apart_al_aan_de_balie_was_telt_mee() -> None:
    hervat = aan_de_balie("A01", "B1", "18.00", minuten=20, gewerkt=900)
    assert predict(stand("18.00", hervat)).per_balie["B1"].klaar_om == moment("18.05")


def test_alleen_een_balie_die_het_mag_telt() -> None:
    mensen = (plek("B1", mag=("reisdocument",)), plek("B2", mag=("rijbewijs",)))
    op = stand("18.00", aan_de_balie("A01", "B2", "17.55", minuten=30), plekken=mensen)
    assert wacht(op, eisen=Eisen(frozenset({"rijbewijs"}))) == 25
    assert wacht(op, eisen=Eisen(frozenset({"reisdocument"}))) == 0
    assert wait_for(op, Eisen(frozenset({"naturalisatie"})), 10) is None


def test_de_pauze_telt_mee() -> None:
    mensen = (plek("B1", "17.00", "18.15"), plek("B1", "18.30", "20.00"))
    assert wacht(stand("18.16", plekken=mensen)) == 14


def test_afspraken_die_nog_komen_gaan_op_hun_tijd_voor() -> None:
    op = stand(
        "18.00", aan_de_balie("W01", "B1", "18.00", minuten=15), bezoek("A01", "18.15", minuten=20),
        er("W02", sinds="18.00"),
    )  # fmt: skip
    uit = predict(op)
    assert om(uit, "A01") == "18.15"
    assert uit.per_bezoek["A01"].wacht_min == 0
    assert 30 <= uit.per_bezoek["W02"].wacht_min <= 35, "een afspraak die niet komt, telt voor een deel"


def test_wie_niet_kwam_of_klaar_is_kost_geen_tijd_meer() -> None:
    op = stand(
        "18.12", bezoek("A01", "18.00", minuten=45), bezoek("A02", "18.00", toestand=T.NIET_GEKOMEN),
        bezoek("A03", "17.00", toestand=T.KLAAR), bezoek("A04", "18.30", toestand=T.AFGEZEGD),
    )  # fmt: skip
    assert dict(predict(op).per_bezoek) == {}
    assert wacht(op) == 0


def test_wie_even_apart_zit_komt_nog_terug_maar_krijgt_zelf_geen_tijd() -> None:
    apart = bezoek(
        "A01", "17.30", 30, toestand=T.EVEN_APART, balie="B1", aangemeld_op="17.30", apart_op="17.58",
        gewerkt=600,
    )  # fmt: skip
    uit = predict(stand("18.00", apart))
    assert "A01" not in uit.per_bezoek
    assert uit.laatste_klaar == moment("18.28")


def test_wie_geen_balie_vanavond_nog_kan_helpen_staat_bij_niemand() -> None:
    mensen = (plek("B1", mag=("reisdocument",)), plek("B2", "17.00", "18.00", ("rijbewijs",)))
    op = stand("18.01", er("A01", "17.45", mag=("rijbewijs",)), er("A02", "18.00"), plekken=mensen)
    assert predict(op).niemand == ("A01",)


def test_de_uitloop_is_hoeveel_later_dan_afgesproken_het_nu_gaat() -> None:
    bezig = aan_de_balie("A01", "B1", "18.00", minuten=30)
    assert predict(stand("18.00", bezig, er("A02", "18.15", "17.55"))).uitloop_min == 15
    assert predict(stand("18.00", bezig, er("A02", "18.30", "17.55"))).uitloop_min == 0
    verder = bezoek("A09", "19.45")
    assert predict(stand("18.00", bezig, er("A02", "18.15", "17.55"), verder)).uitloop_min == 15


def test_een_avond_die_langzamer_gaat_dan_gepland_telt_zo_door() -> None:
    langzaam = [
        bezoek(
            f"A{n:02d}", "17.00", 10, toestand=T.KLAAR, opgeroepen_op="17.00", begonnen_op="17.00",
            klaar_op="17.15",
        )
        for n in range(12)
    ]  # fmt: skip
    wie = er("W01", sinds="18.00", minuten=20)
    gewoon, traag = wacht(stand("18.00", wie)), wacht(stand("18.00", wie, *langzaam))
    assert gewoon == 20
    assert 25 <= traag <= 30


@pytest.mark.parametrize(
    ("minuten", "woorden"),
    [(0, "ongeveer 10 minuten"), (14, "ongeveer 10 minuten"), (15, "ongeveer 20 minuten"),
     (25, "ongeveer 20 minuten"), (26, "meer dan 30 minuten"), (90, "meer dan 30 minuten")],
)  # fmt: skip
def test_de_wachttijd_wordt_nooit_op_de_minuut_gezegd(minuten: int, woorden: str) -> None:
    assert wachtwoorden(minuten) == woorden


# --- altijd -------------------------------------------------------------------------------------------------


@given(standen())
def test_iedereen_die_wacht_of_komt_heeft_een_tijd_of_staat_bij_niemand(op: Avondstand) -> None:
    uit = predict(op)
    verwacht = set()
    for b in op.bezoeken:
        gemist = b.opgeroepen_op and b.aangemeld_op and b.opgeroepen_op >= b.aangemeld_op
        te_laat = b.tijd is not None and op.nu > b.tijd + timedelta(minutes=10, seconds=1)
        if (b.toestand is T.AANGEMELD and not (gemist and b.oproepen >= 3)) or (
            b.toestand is T.BEVESTIGD and not te_laat
        ):
            verwacht.add(b.id)
    apart = {b.id for b in op.bezoeken if b.toestand is T.EVEN_APART}
    assert set(uit.per_bezoek) | set(uit.niemand) - apart == verwacht
    assert not set(uit.per_bezoek) & set(uit.niemand)
    for tijd in uit.per_bezoek.values():
        assert tijd.wacht_min >= 0
        assert tijd.begin >= op.nu - timedelta(seconds=1)


@given(standen())
def test_aan_een_balie_volgen_de_beurten_elkaar_op_en_alleen_waar_het_mag(op: Avondstand) -> None:
    uit = predict(op)
    per_balie: dict[str, list[tuple[datetime, str]]] = {}
    for id_, tijd in uit.per_bezoek.items():
        per_balie.setdefault(tijd.balie, []).append((tijd.begin, id_))
        wie = op.find(id_)
        assert wie is not None
        sluit = op.avond.open[-1].eind_utc
        assert any(
            p.balie == tijd.balie
            and wie.eisen.bevoegdheden <= p.mag
            and p.vak.begin_utc <= tijd.begin
            and (tijd.begin < p.vak.eind_utc or tijd.begin >= sluit)
            for p in op.avond.plekken
        )
    for balie, rij in per_balie.items():
        assert len({begin for begin, _ in rij}) == len(rij), "twee tegelijk aan één balie"
        if op.at_balie(balie):
            assert min(rij)[0] >= op.nu + timedelta(seconds=59), "wie er zit, moet eerst klaar zijn"


@given(standen())
def test_wie_nu_aan_de_beurt_is_wordt_ook_als_eerste_verwacht(op: Avondstand) -> None:
    """De voorspelling en de volgorde spreken elkaar niet tegen: één lege balie roept zo de volgende op."""
    leeg = [b for b in op.bezoeken if b.toestand not in AAN_BALIE]
    alleen = replace(
        op,
        bezoeken=tuple(leeg),
        avond=replace(op.avond, plekken=tuple(p for p in op.avond.plekken if p.balie == "B1")),
    )
    gekozen = next_for(alleen, "B1")
    if gekozen is not None:
        assert predict(alleen).per_bezoek[gekozen.bezoek.id].begin <= alleen.nu


@given(standen())
def test_zelfde_stand_zelfde_antwoord(op: Avondstand) -> None:
    assert predict(op) == predict(op)
