"""Wie er aan de beurt is en waarom (evening-appointments.md §2.5 en §4f)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.avond import SoortInhoud
from frontoffice.agenda.vanavond.bezoek import Avondregels, Avondstand
from frontoffice.agenda.vanavond.volgorde import next_for, waiting_order
from tests.agenda.bouw import plek, staat
from tests.agenda.vanavond.bouw import T, aan_de_balie, balies, bezoek, er, opgeroepen, stand
from tests.agenda.vanavond.willekeurig import standen


def beurt(op: Avondstand, balie: str = "B1") -> str | None:
    gekozen = next_for(op, balie)
    return gekozen.bezoek.volgnummer if gekozen else None


def waarom(op: Avondstand, balie: str = "B1") -> str:
    gekozen = next_for(op, balie)
    assert gekozen is not None
    return gekozen.waarom


def test_e02_wie_voorrang_heeft_gaat_eerst_ook_zonder_afspraak() -> None:
    op = stand("18.05", er("A01", "17.45"), er("A02", "18.00"), er("W01", sinds="18.04", voorrang=True))
    assert beurt(op) == "W01"
    assert waarom(op) == "Heeft voorrang, wacht sinds 18.04 uur."


def test_e03_wie_na_een_ander_drukt_krijgt_een_ander_of_niemand() -> None:
    wacht = er("A01", "18.00")
    op = stand("18.00", wacht, er("A02", "18.00"), plekken=balies(2))
    assert beurt(op, "B1") == "A01"
    na = replace(op, bezoeken=(replace(wacht, toestand=T.OPGEROEPEN, balie="B1"), *op.bezoeken[1:]))
    assert beurt(na, "B2") == "A02"
    op = stand("18.00", opgeroepen("A01", "B1", "18.00", "18.00"), plekken=balies(2))
    assert next_for(op, "B2") is None


def test_e06_wie_toch_nog_komt_gaat_in_de_rij_zonder_afspraak_en_zijn_eerdere_oproepen_tellen_niet() -> None:
    toch = er("A01", "18.00", "18.25", te_laat=True, oproepen=3, opgeroepen_op="18.12")
    op = stand("18.25", toch, er("W01", sinds="18.20"), er("A02", "18.15"))
    assert [b.bezoek.volgnummer for b in waiting_order(op)] == ["A02", "W01", "A01"]
    alleen = stand("18.25", toch)
    assert beurt(alleen) == "A01"
    assert waarom(alleen) == "Kwam te laat voor de afspraak van 18.00 uur, wacht sinds 18.25 uur."


@pytest.mark.parametrize(("sinds", "eerst"), [("18.10", "A01"), ("18.11", "W01")])
def test_tot_en_met_tien_minuten_te_laat_houdt_iemand_zijn_beurt(sinds: str, eerst: str) -> None:
    assert beurt(stand("18.12", er("A01", "18.00", sinds), er("W01", sinds="18.01"))) == eerst


def test_e07_wie_even_apart_zit_wordt_nooit_vanzelf_opgeroepen() -> None:
    apart = bezoek("A01", "17.30", toestand=T.EVEN_APART, balie="B1", aangemeld_op="17.30", apart_op="17.40")
    op = stand("18.30", apart)
    assert next_for(op, "B1") is None
    assert waiting_order(op) == ()


def test_e08_een_notitie_verandert_niets_aan_de_plaats() -> None:
    wie = [er("A01", "18.00"), er("A02", "18.00"), er("W01", sinds="17.55"), er("A03", "18.15", "17.50")]
    voor = waiting_order(stand("18.05", *wie))
    wie[1] = replace(wie[1], notitie="Papieren mist", behoeften=("tolk",), taal="de", versie=7)
    na = waiting_order(stand("18.05", *wie))
    assert [b.bezoek.id for b in voor] == [b.bezoek.id for b in na]
    assert [b.waarom for b in voor] == [b.waarom for b in na]


def test_afspraken_gaan_op_hun_tijd_voor_wie_zonder_afspraak_wacht() -> None:
    op = stand("18.00", er("W01", sinds="17.30"), er("A02", "18.00"), er("A01", "17.45"))
    assert [b.bezoek.volgnummer for b in waiting_order(op)] == ["A01", "A02", "W01"]
    assert waarom(op) == "De afspraak van 17.45 uur is aan de beurt."


def test_een_minuut_voor_zijn_tijd_gaat_een_afspraak_nog_niet_voor() -> None:
    op = stand("17.59", er("W01", sinds="17.58", minuten=5), er("A01", "18.00", "17.50"))
    assert beurt(op) == "W01"


def test_wie_niet_is_aangemeld_wordt_niet_opgeroepen() -> None:
    assert next_for(stand("18.05", bezoek("A01", "18.00")), "B1") is None


@pytest.mark.parametrize("nu", ["16.55", "18.20", "20.30"])
def test_een_balie_waar_niemand_werkt_roept_niemand_op(nu: str) -> None:
    """Voor het begin, in de pauze, en na wie eerder naar huis ging."""
    mensen = (plek("B1", "17.00", "18.15"), plek("B1", "18.30", "19.30"))
    assert next_for(stand(nu, er("W01", sinds="16.50"), plekken=mensen), "B1") is None


def test_na_sluitingstijd_maakt_wie_tot_het_eind_werkt_de_rij_af() -> None:
    op = stand("20.20", er("W01", sinds="19.50"), plekken=(plek("B1", "17.00", "20.15"),))
    assert beurt(op) == "W01"


def test_een_balie_die_niet_bestaat_krijgt_niemand() -> None:
    assert next_for(stand("18.00", er("A01", "18.00")), "B9") is None


def test_alleen_wie_er_nu_zit_en_alles_mag_en_heeft() -> None:
    mensen = (
        plek("B1", mag=("reisdocument",), voorzieningen=("biometrie",)),
        plek("B2", mag=("reisdocument", "rijbewijs")),
    )
    pas = er("A01", "17.45", mag=("reisdocument",), voorzieningen=("biometrie",))
    rijbewijs = er("A02", "18.00", mag=("rijbewijs",))
    beide = er("A03", "17.30", mag=("reisdocument", "rijbewijs"), voorzieningen=("biometrie",))
    op = stand("18.00", pas, rijbewijs, beide, plekken=mensen)
    assert beurt(op, "B1") == "A01"
    assert beurt(op, "B2") == "A02"


def test_wie_wisselt_halverwege_telt_alleen_met_wie_er_nu_zit() -> None:
    mensen = (plek("B1", "17.00", "18.30", ("uitgifte",)), plek("B1", "18.30", "20.00", ("rijbewijs",)))
    wie = (er("A01", "18.00", mag=("rijbewijs",)), er("W01", sinds="18.10", mag=("uitgifte",), minuten=5))
    assert beurt(stand("18.29", *wie, plekken=mensen)) == "W01"
    assert beurt(stand("18.30", *wie, plekken=mensen)) == "A01"


def test_met_dezelfde_tijd_gaat_wie_aan_de_minste_balies_terechtkan_eerst() -> None:
    mensen = (plek("B1", mag=("reisdocument", "naturalisatie")), plek("B2", mag=("reisdocument",)))
    op = stand(
        "18.00", er("A01", "18.00", mag=("reisdocument",)), er("A02", "18.00", mag=("naturalisatie",)),
        plekken=mensen,
    )  # fmt: skip
    assert beurt(op, "B1") == "A02"
    assert waarom(op, "B1") == (
        "De afspraak van 18.00 uur is aan de beurt. Kan aan minder balies terecht dan A01."
    )
    assert beurt(op, "B2") == "A01"


def test_a100_komt_na_a99() -> None:
    op = stand("18.00", er("A100", "18.00"), er("A99", "18.00"))
    assert [b.bezoek.volgnummer for b in waiting_order(op)] == ["A99", "A100"]


def test_een_vastgezette_balie_is_de_enige_zolang_daar_iemand_is() -> None:
    afspraak = er("A01", "18.00")
    vast = (staat("18.00", "18.10", "B2", id_="A01", vast=True),)
    op = stand("18.00", afspraak, plekken=balies(2), inhoud=vast)
    assert (beurt(op, "B1"), beurt(op, "B2")) == (None, "A01")
    weg = stand("18.00", afspraak, plekken=(plek("B1"), plek("B2", "17.00", "17.45")), inhoud=vast)
    assert beurt(weg, "B1") == "A01"
    ingekort = (staat("18.00", "18.05", "B2", id_="A01", vast=True),)
    toch = stand("18.30", er("A01", "18.00", "18.25", te_laat=True), plekken=balies(2), inhoud=ingekort)
    assert beurt(toch, "B1") == "A01", "wie toch kwam, is zijn tijd en dus die balie kwijt"


# --- rust en drie keer --------------------------------------------------------------------------------------


def test_na_een_oproep_zonder_gevolg_rust_iemand_vijf_minuten() -> None:
    rust = er("A01", "18.00", "17.55", oproepen=1, opgeroepen_op="18.05")
    assert next_for(stand("18.09", rust), "B1") is None
    assert beurt(stand("18.10", rust)) == "A01"
    bord = waiting_order(stand("18.09", rust, er("W01", sinds="18.08")))
    assert [b.bezoek.volgnummer for b in bord] == ["W01", "A01"]
    assert bord[1].waarom == "Kwam niet na de oproep; kan na 5 minuten rust weer."


def test_wie_drie_keer_is_opgeroepen_komt_niet_vanzelf_maar_blijft_op_het_bord() -> None:
    drie = er("A01", "18.00", "17.55", oproepen=3, opgeroepen_op="18.05")
    op = stand("18.30", drie)
    assert next_for(op, "B1") is None
    assert waiting_order(op)[0].waarom == "Is al 3 keer opgeroepen en komt niet meer vanzelf aan de beurt."
    assert beurt(replace(op, regels=Avondregels(oproepen_max=4))) == "A01"


# --- te vroeg -----------------------------------------------------------------------------------------------


def test_wie_te_vroeg_is_mag_als_de_balie_anders_leeg_staat() -> None:
    op = stand("17.45", er("A01", "18.00", "17.40"))
    assert beurt(op) == "A01"
    assert waarom(op) == "Is er al voor de afspraak van 18.00 uur. Er wacht niemand anders voor deze balie."


def test_wie_te_vroeg_is_gaat_niet_voor_als_een_ander_daardoor_moet_wachten() -> None:
    """Anderhalve minuut later begint A02 hier; die is er nog niet eens."""
    vroeg, straks = er("A01", "18.15", "17.50"), bezoek("A02", "18.00")
    assert next_for(stand("17.55", vroeg, straks), "B1") is None
    assert beurt(stand("17.55", vroeg, straks, plekken=balies(2))) == "A01"
    bezet = aan_de_balie("A00", "B2", "17.54", "17.45", minuten=15)
    assert next_for(stand("17.55", vroeg, straks, bezet, plekken=balies(2)), "B1") is None


def test_meer_dan_een_half_uur_te_vroeg_gaat_niemand_voor() -> None:
    assert next_for(stand("17.29", er("A01", "18.00", "17.05")), "B1") is None
    assert beurt(stand("17.30", er("A01", "18.00", "17.05"))) == "A01"


def test_op_wie_na_het_respijt_niet_kwam_wordt_niet_meer_gewacht() -> None:
    """Tot tien over zes houdt A01 zijn plek vrij; daarna mag wie vroeg is."""
    wie = (bezoek("A01", "18.00", minuten=20), er("A02", "18.30", "18.05", minuten=10))
    assert next_for(stand("18.09", *wie), "B1") is None
    assert beurt(stand("18.11", *wie)) == "A02"


# --- zonder afspraak, zonder een afspraak te schaden --------------------------------------------------------


def test_wie_zonder_afspraak_lang_duurt_laat_een_kortere_voor_als_er_zo_een_afspraak_begint() -> None:
    lang, kort = er("W01", sinds="17.50", minuten=30), er("W02", sinds="17.52", minuten=5)
    op = stand("17.55", lang, kort, bezoek("A01", "18.00"))
    assert beurt(op) == "W02"
    assert waarom(op) == ("Zonder afspraak, wacht sinds 17.52 uur. W01 wacht nog: anders begint A01 te laat.")


def test_wie_zonder_afspraak_een_kwartier_wacht_wordt_niet_meer_gepasseerd() -> None:
    lang = er("W01", sinds="17.40", minuten=30)
    assert beurt(stand("17.55", lang, bezoek("A01", "18.00"))) == "W01"


def test_op_zijn_eigen_tijd_in_het_rooster_is_wie_zonder_afspraak_kwam_aan_de_beurt() -> None:
    lang = er("W01", sinds="17.40", minuten=30)
    plaats = staat("18.00", "18.30", id_="W01", soort=SoortInhoud.ZONDER_AFSPRAAK)
    straks = bezoek("A01", "18.15")
    assert next_for(stand("17.58", lang, straks, inhoud=(plaats,)), "B1") is None
    assert beurt(stand("18.00", lang, straks, inhoud=(plaats,))) == "W01"


def test_wat_niet_voor_de_pauze_past_wacht_op_een_balie_waar_het_wel_past() -> None:
    mensen = (plek("B1", "17.00", "18.15"), plek("B2", "17.00", "20.15"))
    lang, kort = er("W01", sinds="17.58", minuten=45), er("W02", sinds="18.00", minuten=5)
    op = stand("18.05", lang, kort, aan_de_balie("A01", "B2", "18.00"), plekken=mensen)
    assert beurt(op) == "W02"
    assert waarom(op).endswith("W01 wacht nog: dat past niet in de werktijd van deze balie.")
    alleen = stand("18.05", lang, kort, plekken=mensen[:1])
    assert beurt(alleen) == "W01", "er is geen andere balie: dan maar door de pauze heen"


# --- altijd -------------------------------------------------------------------------------------------------


@given(standen())
def test_wie_gekozen_wordt_mag_ook(op: Avondstand) -> None:
    for balie in ("B1", "B2", "B3", "B9"):
        gekozen = next_for(op, balie)
        if gekozen is None:
            continue
        wie = gekozen.bezoek
        assert wie.toestand is T.AANGEMELD
        nu = [p for p in op.avond.plekken if p.balie == balie and p.vak.begin_utc <= op.nu]
        assert any(wie.eisen.bevoegdheden <= p.mag for p in nu)
        if wie.opgeroepen_op and wie.aangemeld_op and wie.opgeroepen_op >= wie.aangemeld_op:
            assert op.nu - wie.opgeroepen_op >= timedelta(minutes=5)
        assert next_for(op, balie) == gekozen
        if wie.voorrang:
            continue
        for ander in op.bezoeken:  # wie voorrang heeft en hier nu kan, laat niemand voorgaan
            if ander.toestand is T.AANGEMELD and ander.voorrang and not ander.opgeroepen_op:
                past = any(ander.eisen.bevoegdheden <= p.mag and p.vak.eind_utc > op.nu for p in nu)
                krap = any(p.vak.eind_utc < op.nu + timedelta(minutes=ander.minuten) for p in nu)
                assert not past or krap


@given(standen())
def test_het_bord_noemt_iedereen_die_wacht_precies_een_keer(op: Avondstand) -> None:
    bord = [b.bezoek.id for b in waiting_order(op)]
    assert len(bord) == len(set(bord))
    assert set(bord) == {b.id for b in op.bezoeken if b.toestand is T.AANGEMELD}


@given(standen(), st.text(max_size=5))
def test_een_notitie_of_hogere_versie_verandert_nooit_de_volgorde(op: Avondstand, tekst: str) -> None:
    anders = replace(op, bezoeken=tuple(replace(b, notitie=tekst, versie=b.versie + 3) for b in op.bezoeken))
    assert [b.bezoek.id for b in waiting_order(op)] == [b.bezoek.id for b in waiting_order(anders)]
    for balie in ("B1", "B2", "B3"):
        een, ander = next_for(op, balie), next_for(anders, balie)
        assert (een and (een.bezoek.id, een.waarom)) == (ander and (ander.bezoek.id, ander.waarom))


@given(standen())
def test_er_is_altijd_iemand_aan_de_beurt_na_sluitingstijd(op: Avondstand) -> None:
    """Niemand blijft zitten: dan wacht niemand meer op een betere plek."""
    na = replace(op, nu=op.avond.open[-1].eind_utc)
    for balie in {p.balie for p in op.avond.plekken}:
        laatste = [p for p in op.avond.plekken if p.balie == balie][-1]
        if laatste.vak.eind < op.avond.open[-1].eind:
            continue
        kunnen = [
            b for b in op.bezoeken
            if b.toestand is T.AANGEMELD and b.eisen.bevoegdheden <= laatste.mag
            and (b.opgeroepen_op is None or na.nu - b.opgeroepen_op >= timedelta(minutes=5))
            and b.oproepen < 3
        ]  # fmt: skip
        assert bool(kunnen) <= (next_for(na, balie) is not None)


@given(standen())
def test_elke_zin_telt_hoogstens_vijftien_woorden_en_noemt_geen_product(op: Avondstand) -> None:
    beurten = [*waiting_order(op), *(b for n in ("B1", "B2", "B3") if (b := next_for(op, n)))]
    for b in beurten:
        for zin in b.waarom.replace(".0", "0").split(". "):
            assert 0 < len(zin.split()) <= 15
        assert "reisdocument" not in b.waarom
