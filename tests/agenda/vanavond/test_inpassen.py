"""Iemand zonder afspraak: er is een tijd in het rooster, en geen afspraak begint daardoor te laat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.avond import AvondToestand, Inhoud
from frontoffice.agenda.inrichting import Inrichting, Product
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.inpassen import PastNiet, Plaats, fit_in
from frontoffice.agenda.vanavond.wat_wel import find_wat_wel, say_past_niet
from frontoffice.agenda.wensen import plan_wens
from frontoffice.domain import taal
from tests.agenda.bouw import inrichting, moment, plek, product, staat, wens
from tests.agenda.vanavond.bouw import T, aan_de_balie, bezoek, er, later, stand
from tests.agenda.vanavond.willekeurig import make_stand

KORT = product("a", 10)


def pas_in(op: Avondstand, wat: Product = KORT, **over: Any) -> Plaats | PastNiet:
    inricht = over.pop("inricht", None) or inrichting(wat)
    plan = plan_wens(inricht, wens(wat.code), op.datum)
    return fit_in(op, inricht, Kalender(inricht), plan, op.nu, **over)


def past(op: Avondstand, wat: Product = KORT, **over: Any) -> Plaats:
    uitkomst = pas_in(op, wat, **over)
    assert isinstance(uitkomst, Plaats), uitkomst
    return uitkomst


def past_niet(op: Avondstand, wat: Product = KORT, **over: Any) -> PastNiet:
    uitkomst = pas_in(op, wat, **over)
    assert isinstance(uitkomst, PastNiet), uitkomst
    return uitkomst


def afspraken(*tijden: str, minuten: int = 15, balie: str = "B1") -> tuple[list[Any], tuple[Inhoud, ...]]:
    """Afspraken met hun plek in het rooster; nog niemand is binnen."""
    wie = [bezoek(f"A{n:02d}", tijd, minuten, gepland=balie) for n, tijd in enumerate(tijden, 1)]
    inhoud = []
    for b in wie:
        assert b.tijd is not None
        van = taal.tijd(b.tijd).removesuffix(" uur")
        eind = stand(b.tijd)
        inhoud.append(staat(van, taal.tijd(later(eind, minuten).nu).removesuffix(" uur"), balie, id_=b.id))
    return wie, tuple(inhoud)


def test_op_een_lege_avond_kan_het_meteen() -> None:
    plaats = past(stand("18.02"))
    assert (plaats.begin, plaats.balie, plaats.wacht_min, plaats.vast) == (moment("18.05"), "B1", 0, True)


def test_het_wordt_de_eerste_tijd_tussen_de_afspraken_waar_het_past() -> None:
    wie, inhoud = afspraken("18.00", "18.15", "18.45")
    plaats = past(stand("18.00", *wie, inhoud=inhoud))
    assert plaats.begin == moment("18.30")
    assert past(stand("18.00", *wie, inhoud=inhoud), product("a", 20)).begin == moment("19.00")


def test_met_herindelen_past_het_soms_toch() -> None:
    """B2 kan A01 overnemen; dan is B1, de enige die rijbewijzen mag, vrij."""
    mensen = (plek("B1", mag=("rijbewijs", "reisdocument")), plek("B2", mag=("reisdocument",)))
    wie = bezoek("A01", "18.00", 15, ("reisdocument",))
    staat_er = staat("18.00", "18.15", "B1", mag=("reisdocument",), id_="A01")
    rijbewijs = product("r", 15, bevoegdheden=frozenset({"rijbewijs"}))
    plaats = past(stand("18.00", wie, plekken=mensen, inhoud=(staat_er,)), rijbewijs)
    assert (plaats.begin, plaats.balie) == (moment("18.00"), "B1")
    assert dict(plaats.verhuizingen) == {"A01": "B2"}


def test_de_tijd_van_wie_niet_kwam_is_te_gebruiken_maar_niet_in_de_bezetting() -> None:
    wie, inhoud = afspraken("18.00", "18.30", minuten=30)
    vol = stand("18.11", *wie, inhoud=inhoud)
    assert past(vol).begin == moment("19.00")
    weg = stand("18.11", replace(wie[0], toestand=T.NIET_GEKOMEN), wie[1], inhoud=inhoud)
    plaats = past(weg)
    assert (plaats.begin, plaats.vast, dict(plaats.verhuizingen)) == (moment("18.15"), False, {})
    tweede = replace(weg, bezoeken=(*weg.bezoeken, er("W01", sinds="18.11", minuten=15)))
    assert past(tweede).begin == moment("19.00"), "die tijd is al voor wie zonder eigen plek wacht"


def test_geen_afspraak_begint_later_dan_de_norm_door_de_nieuwkomer() -> None:
    """Er is op papier een gat, maar de balie loopt al uit: dan komt A02 daardoor te laat."""
    wie, inhoud = afspraken("18.30", "18.45", "19.00", "19.15", "19.30", "19.45")
    bezig = aan_de_balie("A00", "B1", "18.05", minuten=30)
    op = stand("18.10", bezig, *wie, inhoud=inhoud)
    antwoord = past_niet(op, product("a", 20))
    assert antwoord == PastNiet(
        "Vanavond lukt het niet: dan wacht iemand met een afspraak te lang. "
        "Maak een afspraak voor een andere avond.",
        "schaadt_afspraak",
    )
    assert isinstance(pas_in(op, product("a", 5)), Plaats), "vijf minuten kan er wel bij"


def test_met_voorrang_kan_het_wel_en_staat_erbij_wie_later_begint() -> None:
    wie, inhoud = afspraken("18.30", "18.45", "19.00", "19.15", "19.30", "19.45")
    op = stand("18.10", aan_de_balie("A00", "B1", "18.05", minuten=30), *wie, inhoud=inhoud)
    plaats = past(op, product("a", 20), voorrang=True)
    assert plaats.later
    assert set(plaats.later) <= {b.id for b in wie}


def test_vol_is_vol() -> None:
    alle = [f"{uur}.{kwartier}" for uur in (18, 19) for kwartier in ("00", "15", "30", "45")]
    wie, inhoud = afspraken(*alle)
    antwoord = past_niet(stand("18.00", *wie, inhoud=inhoud))
    assert antwoord.waarom == "vol"
    assert antwoord.zin == "Er is vanavond geen plaats meer. Maak een afspraak voor een andere avond."


def test_wat_niet_voor_sluitingstijd_klaar_is_past_niet() -> None:
    antwoord = past_niet(stand("19.50"), product("a", 15))
    assert antwoord.waarom == "te_laat"
    assert antwoord.zin.startswith("Dit duurt 15 minuten en het sluit om 20.00 uur.")
    assert isinstance(pas_in(stand("19.45"), product("a", 15)), Plaats)


def test_komt_de_beurt_pas_na_sluitingstijd_dan_zeggen_we_hoe_laat_en_hoe_lang_dat_is() -> None:
    """Op papier is er plaats, maar deze balie loopt al anderhalf uur uit."""
    op = stand("19.40", aan_de_balie("A00", "B1", "18.00", minuten=10))
    antwoord = past_niet(op, product("a", 5))
    assert (antwoord.waarom, antwoord.wacht_min) == ("vol", 24)
    assert antwoord.zin == (
        "Er wachten te veel mensen: de beurt komt pas om 20.03 uur en het sluit om 20.00 uur. "
        "Maak een afspraak voor een andere avond."
    )


def test_is_er_pas_laat_op_de_avond_plaats_dan_zeggen_we_hoe_lang_dat_duurt() -> None:
    """Na elke afspraak is er een kwartier over; pas het vijfde kwartier schaadt niemand."""
    wie, inhoud = afspraken("17.10", "17.40", "18.10", "18.40", "19.10", "19.40")
    op = stand("17.02", aan_de_balie("A00", "B1", "17.00", minuten=75), *wie, inhoud=inhoud)
    plaats = past(op, product("a", 15))
    assert (plaats.begin, plaats.wacht_min) == (moment("19.25"), 142)
    assert past(op, product("a", 15), vanaf=moment("19.25")) == plaats


def test_past_niet_alles_samen_dan_zeggen_we_wat_er_alleen_wel_kan() -> None:
    inricht = inrichting(product("a", 30), product("b", 5))
    op, vraag = stand("19.45"), wens("a", "b")
    plan = plan_wens(inricht, vraag, op.datum)
    uit = fit_in(op, inricht, Kalender(inricht), plan, op.nu)
    assert isinstance(uit, PastNiet)
    wel = find_wat_wel(op, inricht, Kalender(inricht), vraag, op.nu)
    assert [(w.product, w.wacht_min) for w in wel] == [("b", 0)]
    assert say_past_niet(uit, wel).endswith(f"Wel kan alleen {wel[0].naam}, wachten ongeveer 10 minuten.")
    assert find_wat_wel(op, inricht, Kalender(inricht), wens("a"), op.nu) == ()


def test_als_niemand_het_nog_mag_zeggen_we_dat() -> None:
    rijbewijs = product("r", 10, bevoegdheden=frozenset({"rijbewijs"}))
    mensen = (plek("B1", mag=("reisdocument",)), plek("B2", "17.00", "18.00", ("rijbewijs",)))
    assert past_niet(stand("18.00", plekken=mensen), rijbewijs).waarom == "niemand_bevoegd"
    assert past(stand("17.30", plekken=mensen), rijbewijs).balie == "B2"


@pytest.mark.parametrize("toestand", [AvondToestand.CONCEPT, AvondToestand.AFGESLOTEN])
def test_een_avond_die_dicht_is_neemt_niemand_meer_aan(toestand: AvondToestand) -> None:
    op = stand("18.00")
    dicht = replace(op, avond=replace(op.avond, toestand=toestand))
    assert past_niet(dicht).waarom == "gesloten"
    geen_boekingen = replace(op, avond=replace(op.avond, toestand=AvondToestand.DICHT_VOOR_BOEKEN))
    assert isinstance(pas_in(geen_boekingen), Plaats)


def test_de_daglimiet_geldt_ook_zonder_afspraak() -> None:
    hoogstens = product("a", 10, per_avond_max=1)
    op = stand("18.00", inhoud=(staat("17.00", "17.15", producten=("a",)),))
    assert past_niet(op, hoogstens).waarom == "vol"


def test_wat_alleen_overdag_kan_wordt_verwezen() -> None:
    overdag = product("a", 10, avond=False, overdag_verwijzing="Dat kan alleen overdag, zonder afspraak.")
    assert past_niet(stand("18.00"), overdag).zin == "Dat kan alleen overdag, zonder afspraak."


def test_voor_de_deuren_opengaan_wordt_het_de_eerste_tijd_van_de_avond() -> None:
    assert past(stand("16.55")).begin == moment("17.00")


def _met_plekken(op: Avondstand) -> Avondstand:
    """Iedere afspraak die nog komt krijgt een plek in het rooster, als die er is."""
    inhoud: list[Inhoud] = []
    for b in op.bezoeken:
        if b.tijd is None or b.toestand not in (T.BEVESTIGD, T.AANGEMELD):
            continue
        van = taal.tijd(b.tijd).removesuffix(" uur")
        tot = taal.tijd(later(stand(b.tijd), b.minuten).nu).removesuffix(" uur")
        for balie in ("B1", "B2", "B3"):
            plekje = staat(van, tot, balie, mag=b.eisen.bevoegdheden, id_=b.id)
            if not any(i.balie == balie and i.vak.raakt(plekje.vak) for i in inhoud):
                inhoud.append(plekje)
                break
    return replace(op, avond=replace(op.avond, inhoud=tuple(inhoud)))


@given(st.integers(0, 1 << 32), st.integers(0, 8), st.sampled_from((5, 15, 30)))
def test_een_plaats_overlapt_nooit_en_niemand_komt_er_te_laat_door(
    zaad: int, aantal: int, minuten: int
) -> None:
    op = _met_plekken(make_stand(zaad, aantal))
    inricht: Inrichting = inrichting(product("a", minuten, bevoegdheden=frozenset({"reisdocument"})))
    uitkomst = pas_in(op, inricht.producten[0], inricht=inricht)
    if isinstance(uitkomst, PastNiet):
        assert uitkomst.zin.endswith("andere avond.")
        return
    assert uitkomst.later == ()
    eind = later(stand(uitkomst.begin), minuten).nu
    assert op.avond.open[0].begin_utc <= uitkomst.begin
    assert op.nu <= uitkomst.begin
    assert eind <= op.avond.open[-1].eind_utc
    assert any(
        p.balie == uitkomst.balie and "reisdocument" in p.mag and p.vak.begin_utc <= uitkomst.begin
        and eind <= p.vak.eind_utc
        for p in op.avond.plekken
    )  # fmt: skip
    if uitkomst.vast:
        for item in op.avond.inhoud:
            if uitkomst.verhuizingen.get(item.id, item.balie) == uitkomst.balie:
                assert item.vak.eind_utc <= uitkomst.begin or eind <= item.vak.begin_utc
    assert uitkomst.wacht_min >= 0
