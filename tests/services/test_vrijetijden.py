"""Van drie letters naar de eerste mogelijkheden, de stand per avond, en waarom iets niet kan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import Behoefte, SoortUitzondering, Uitzondering
from frontoffice.agenda.reden import RedenCode
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakwaarden import AvondSoort, WensKanNiet
from frontoffice.services.agenda import Agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import BASIS, DAG, MAANDAG, VOLGENDE, boek, medewerker, op, richt_in, uid, wens


@pytest.mark.parametrize(
    ("getypt", "codes"),
    [
        ("pas", ["paspoort", "paspoort-kind"]),
        ("ID", ["id-kaart"]),
        ("paspoort kind", ["paspoort-kind"]),
        ("kind paspoort", ["paspoort-kind"]),
        ("kinderp", ["paspoort-kind"]),
        ("LEGI", ["id-kaart"]),
        ("rijb", ["rijbewijs"]),
        ("xyz", []),
    ],
)
def test_een_product_is_te_vinden_op_de_eerste_letters_ook_van_een_synoniem(
    agenda: Agendadiensten, getypt: str, codes: list[str]
) -> None:
    assert [keuze.code for keuze in agenda.vrij.find_producten(getypt)] == codes


def test_wat_alleen_overdag_kan_staat_onderaan_met_de_verwijzing(agenda: Agendadiensten) -> None:
    *_, laatste = agenda.vrij.find_producten()
    assert (laatste.code, laatste.mag, laatste.reden) == ("huwelijk", False, "Dit kan alleen overdag.")
    uitslag = agenda.vrij.find_starts(wens("huwelijk"))
    assert uitslag.eerste == ()
    assert uitslag.weigering[0].code is RedenCode.NIET_IN_DE_AVOND
    assert uitslag.overdag == ("Dit kan alleen overdag.",)


def test_een_product_dat_niet_samen_mag_is_grijs_met_de_reden(agenda: Agendadiensten) -> None:
    keuzes = {k.code: k for k in agenda.vrij.find_producten("", wens("paspoort"))}
    assert "twee afspraken" in keuzes["naturalisatie"].reden
    assert keuzes["rijbewijs"].mag


def test_de_eerste_mogelijkheden_staan_vroegste_eerst_met_per_avond_wat_er_over_is(
    agenda: Agendadiensten,
) -> None:
    boek(agenda, 17, product="a45")
    sluit = Uitzondering("u", VOLGENDE, SoortUitzondering.GESLOTEN, "Personeelsuitje")
    richt_in(agenda, replace(BASIS, uitzonderingen=(sluit,)))
    uitslag = agenda.vrij.find_starts(wens("a30"), tot=date(2026, 12, 17))
    assert [s.begin for s in uitslag.eerste[:2]] == [op(17, 45), op(18)]
    assert len(uitslag.eerste) == 9
    assert uitslag.minuten == 30
    assert [(a.datum, a.label, a.soort) for a in uitslag.avonden] == [
        (DAG, "8 vrij", AvondSoort.VRIJ),
        (VOLGENDE, "dicht", AvondSoort.DICHT),
        (date(2026, 12, 17), "11 vrij", AvondSoort.VRIJ),
    ]
    assert uitslag.avonden[1].reden == "Gesloten: Personeelsuitje."


def test_een_volle_avond_zegt_vol_en_noemt_de_eerste_avond_die_wel_kan(agenda: Agendadiensten) -> None:
    for uur in (17, 18, 19):
        boek(agenda, uur, product="a45")
        boek(agenda, uur, 45)
    uitslag = agenda.vrij.find_starts(wens(), DAG, DAG)
    (stand,) = uitslag.avonden
    assert (stand.label, stand.redenen[0].code) == ("VOL", RedenCode.VOL)
    assert uitslag.eerste == ()
    assert uitslag.anders is not None
    assert uitslag.anders.begin == op(17, dag=VOLGENDE)


def test_filters_na_een_uur_een_avond_en_eerder_dan_nu(agenda: Agendadiensten) -> None:
    na = agenda.vrij.find_starts(wens(), na=time(18, 30), maximum=3)
    assert [s.begin for s in na.eerste] == [op(18, 30), op(18, 45), op(19)]
    een = agenda.vrij.find_starts(wens(), datum=VOLGENDE)
    assert [a.datum for a in een.avonden] == [VOLGENDE]
    assert een.eerste[0].begin == op(17, dag=VOLGENDE)
    eerder = agenda.vrij.find_starts(wens(), voor=op(17, 30), maximum=99)
    assert [s.begin for s in eerder.eerste] == [op(17), op(17, 15)]
    niets = agenda.vrij.find_starts(wens(), DAG, DAG, na=time(20))
    assert niets.avonden[0].label == "VOL"
    assert "op de tijden die u vraagt" in niets.avonden[0].reden


def test_waarom_niet_zegt_het_per_begintijd(agenda: Agendadiensten) -> None:
    boek(agenda, 17)
    geweigerd = {g.begin: g.redenen[0].code for g in agenda.vrij.explain(wens("a30"), DAG)}
    assert geweigerd == {op(17): RedenCode.VOL, op(19, 45): RedenCode.BUITEN_OPENING}


def test_v19_met_te_veel_personen_komt_er_een_voorstel_voor_twee_afspraken(agenda: Agendadiensten) -> None:
    uitslag = agenda.vrij.find_starts(wens("paspoort", personen=6))
    assert uitslag.weigering[0].code is RedenCode.TE_VEEL_PERSONEN
    assert [deel.regels[0].personen for deel in uitslag.splitsing] == [3, 3]
    with pytest.raises(WensKanNiet):
        agenda.vrij.find_samen((wens("paspoort", personen=6),))


def test_ophalen_kan_vanaf_vijf_werkdagen_na_de_aanvraag_voor_evenveel_mensen(agenda: Agendadiensten) -> None:
    uitslag = agenda.vrij.find_vervolg(wens("paspoort", personen=2), op(17))
    assert uitslag is not None
    assert uitslag.wens.regels == (Wensregel("ophalen", 2),)
    assert uitslag.eerste[0].begin == op(17, dag=VOLGENDE)
    assert agenda.vrij.find_vervolg(wens("rijbewijs"), op(17)) is None


def test_behoeften_maken_de_afspraak_langer_en_blijven_staan(agenda: Agendadiensten) -> None:
    richt_in(agenda, replace(BASIS, behoeften=(Behoefte("extra_tijd", "Extra tijd", minuten_erbij=10),)))
    ruim = Wens((Wensregel("a15"),), ("extra_tijd",))
    assert agenda.vrij.find_starts(ruim).minuten == 25
    assert agenda.vrij.find_starts(wens()).minuten == 15


def test_het_kanaal_telt_apart(agenda: Agendadiensten) -> None:
    richt_in(agenda, replace(BASIS, locatie=replace(BASIS.locatie, kanaalmaximum={"web": 1})))
    web = replace(wens(), kanaal=Kanaal.WEB)
    agenda.afspraken.hold(web, op(17), verzoek_id=uid())
    (stand,) = agenda.vrij.find_starts(web, DAG, DAG).avonden
    assert stand.redenen[0].code is RedenCode.KANAALLIMIET
    assert agenda.vrij.find_starts(wens(), DAG, DAG).eerste


def test_zeg_dit_noemt_wat_er_op_die_dag_geldt(agenda: Agendadiensten) -> None:
    script = agenda.vrij.make_script(wens("paspoort"), op(17), Omstandigheden())
    assert [(punt.product, punt.vanaf) for punt in script.vervolg] == [("ophalen", VOLGENDE)]
    with pytest.raises(WensKanNiet):
        agenda.vrij.make_script(wens("huwelijk"), op(17))


@pytest.mark.parametrize(
    "fout", [Wens(()), wens("onbekend"), wens("a15", personen=0), Wens((Wensregel("a15"),), ("onbekend",))]
)
def test_een_wens_die_nergens_op_slaat_is_een_invoerfout(agenda: Agendadiensten, fout: Wens) -> None:
    with pytest.raises(InvoerFout):
        agenda.vrij.find_starts(fout)


def test_t12_de_tijd_is_die_van_de_agenda_en_niet_van_de_pc(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    assert agenda.vrij.vandaag() == MAANDAG
    database.set_klok(op(17, 10))
    assert agenda.vrij.find_starts(wens()).eerste[0].begin == op(17, 15)


def test_wat_een_collega_wijzigt_is_bij_de_volgende_vraag_te_zien(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    assert agenda.vrij.find_starts(wens()).eerste[0].begin == op(17)
    afspraak = boek(collega, 17)
    assert agenda.vrij.find_starts(wens()).eerste[0].begin == op(17, 15)
    collega.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert agenda.vrij.find_starts(wens()).eerste[0].begin == op(17)


def test_mag_niemand_het_die_avond_dan_is_zij_niet_vol_maar_kan_het_niet(agenda: Agendadiensten) -> None:
    kan_minder = medewerker("m1", "rijbewijs")
    richt_in(agenda, replace(BASIS, medewerkers=(kan_minder,)))
    (stand,) = agenda.vrij.find_starts(wens("paspoort"), DAG, DAG, verder=False).avonden
    assert (stand.soort, stand.label) == (AvondSoort.KAN_NIET, "kan niet")
    assert "werkt er niemand die dit mag doen" in stand.reden
