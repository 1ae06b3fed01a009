"""Vasthouden, boeken, verzetten en afzeggen op een echte agenda: de gevallen H01–H15 en C01–C07.

De wedlopen op de database zelf, en dezelfde gevallen op PostgreSQL, staan in tests/storage en in
test_afspraken_gedeeld.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from frontoffice.agenda.afspraak import Contactgegevens, Toestand
from frontoffice.agenda.reden import RedenCode
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaFout, AgendaOnbereikbaar, IemandWasEerder
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.services.afspraakwaarden import (
    AlAfgezegd,
    BestaatNiet,
    EigenPlek,
    Gebeurd,
    TijdBezet,
    WensKanNiet,
)
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.agenda import Agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import (
    DAG,
    TWEE,
    VOLGENDE,
    begintijden,
    boek,
    gegevens,
    op,
    richt_in,
    uid,
    wens,
)


def afspraken_op(agenda: Agendadiensten, dag: date = DAG) -> list[str]:
    return [a.nummer for a in agenda.zoeken.load_avond(dag) if a.toestand is not Toestand.AFGEZEGD]


# --- vasthouden en bevestigen ------------------------------------------------------------------------------


def test_h01_bevestigen_binnen_de_tijd_geeft_nummer_en_code_en_houdt_de_plek(agenda: Agendadiensten) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    assert houd.seconden == 300
    assert op(17) not in begintijden(agenda)
    afspraak = agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert afspraak.nummer == "2026-00001"
    assert len(afspraak.code) == 8
    assert not set(afspraak.code) & set("0O1I")
    assert (afspraak.begin, afspraak.balie, afspraak.toestand) == (op(17), "B1", Toestand.BEVESTIGD)
    assert op(17) not in begintijden(agenda)
    assert agenda.afspraken.resume() == ()
    assert agenda.opslag.check() == ()


def test_h02_vijf_minuten_vast_blokkeert_tot_en_met_vier_en_is_na_vijf_minuten_vrij(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    begin = database.nu()
    database.set_klok(begin + timedelta(minutes=4))
    assert op(17) not in begintijden(agenda)
    database.set_klok(begin + timedelta(minutes=5, seconds=1))
    assert op(17) in begintijden(agenda)


def test_h03_verlopen_en_door_een_ander_geboekt_wordt_geweigerd_met_drie_alternatieven(
    agenda: Agendadiensten, collega: Agendadiensten, database: AgendaDatabase
) -> None:
    houd = agenda.afspraken.hold(wens(), op(17, 30), verzoek_id=uid())
    database.set_klok(database.nu() + timedelta(minutes=6))
    boek(collega, 17, 30, naam="B. Bakker")
    with pytest.raises(TijdBezet) as gevangen:
        agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert [s.begin for s in gevangen.value.alternatieven] == [op(17), op(17, 15), op(17, 45)]
    assert len(afspraken_op(agenda)) == 1


def test_een_net_verlopen_tijd_die_nog_vrij_is_wordt_gewoon_een_afspraak(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    database.set_klok(database.nu() + timedelta(minutes=6))
    afspraak = agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert afspraak.begin == op(17)
    assert agenda.opslag.check() == ()


def test_h05_drie_keer_klikken_op_een_tijd_houdt_hem_een_keer_vast(agenda: Agendadiensten) -> None:
    verzoek = uid()
    vast = [agenda.afspraken.hold(wens(), op(17), verzoek_id=verzoek) for _ in range(3)]
    assert len({houd.reservering.id for houd in vast}) == 1
    assert len(agenda.vrij.load(DAG).avonden[DAG].avond.inhoud) == 1


def test_h07_na_een_storing_is_de_tijd_te_hervatten_en_anders_vanzelf_vrij(
    agenda: Agendadiensten, collega: Agendadiensten, database: AgendaDatabase
) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    opnieuw = Afsprakendienst(database, agenda.wie, agenda.vrij)
    assert [terug.reservering.id for terug in opnieuw.resume()] == [houd.reservering.id]
    assert collega.afspraken.resume() == ()
    database.set_klok(database.nu() + timedelta(minutes=6))
    assert op(17) in begintijden(collega)
    (terug,) = opnieuw.resume()
    assert terug.seconden == 0
    assert opnieuw.confirm(terug.reservering.id, gegevens(), verzoek_id=uid()).begin == op(17)


def test_een_andere_tijd_kiezen_laat_de_vorige_los(agenda: Agendadiensten) -> None:
    eerste = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    agenda.afspraken.hold(wens(), op(18), verzoek_id=uid(), vervangt=eerste.reservering.id)
    assert op(17) in begintijden(agenda)
    assert op(18) not in begintijden(agenda)


def test_wie_de_nieuwe_tijd_niet_krijgt_houdt_de_vorige(agenda: Agendadiensten) -> None:
    boek(agenda, 18)
    eerste = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    with pytest.raises(TijdBezet):
        agenda.afspraken.hold(wens(), op(18), verzoek_id=uid(), vervangt=eerste.reservering.id)
    assert [houd.reservering.begin for houd in agenda.afspraken.resume()] == [op(17)]


def test_twee_keer_verlengen_mag_en_een_derde_keer_niet(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    for keer in (1, 2):
        database.set_klok(database.nu() + timedelta(minutes=4))
        houd = agenda.afspraken.extend(houd.reservering.id, verzoek_id=uid())
        assert (houd.verlengd, houd.seconden) == (keer, 300)
    assert not houd.mag_verlengen
    with pytest.raises(Geweigerd):
        agenda.afspraken.extend(houd.reservering.id, verzoek_id=uid())


def test_dezelfde_verlenging_nog_eens_vragen_telt_een_keer(agenda: Agendadiensten) -> None:
    houd, verzoek = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid()), uid()
    for _ in range(3):
        assert agenda.afspraken.extend(houd.reservering.id, verzoek_id=verzoek).verlengd == 1


def test_vrijgeven_maakt_de_tijd_meteen_vrij_en_mag_vaker(agenda: Agendadiensten) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    for _ in range(2):
        agenda.afspraken.release(houd.reservering.id)
    assert op(17) in begintijden(agenda)
    agenda.afspraken.release("nooit-vastgehouden")


def test_een_wens_die_nergens_kan_wordt_niet_vastgehouden(agenda: Agendadiensten) -> None:
    with pytest.raises(WensKanNiet):
        agenda.afspraken.hold(wens("huwelijk"), op(17), verzoek_id=uid())
    with pytest.raises(WensKanNiet) as gevangen:
        agenda.afspraken.hold(wens("paspoort", personen=6), op(17), verzoek_id=uid())
    assert len(gevangen.value.splitsing) == 2
    for fout in (Wens(()), wens("onbekend"), Wens((Wensregel("a15"),), ("onbekend",))):
        with pytest.raises(InvoerFout):
            agenda.afspraken.hold(fout, op(17), verzoek_id=uid())


# --- boeken ------------------------------------------------------------------------------------------------


def test_h11_bevestigen_herhaald_na_een_time_out_geeft_hetzelfde_nummer_en_een_rij(
    agenda: Agendadiensten,
) -> None:
    houd, verzoek, wie = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid()), uid(), gegevens()
    eerste = agenda.afspraken.confirm(houd.reservering.id, wie, verzoek_id=verzoek)
    for _ in range(2):
        nogmaals = agenda.afspraken.confirm(houd.reservering.id, wie, verzoek_id=verzoek)
        assert (nogmaals.nummer, nogmaals.code) == (eerste.nummer, eerste.code)
    assert afspraken_op(agenda) == [eerste.nummer]


def test_een_tweede_keer_enter_met_een_nieuw_verzoek_maakt_geen_tweede_afspraak(
    agenda: Agendadiensten,
) -> None:
    houd, wie = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid()), gegevens()
    eerste = agenda.afspraken.confirm(houd.reservering.id, wie, verzoek_id=uid())
    assert agenda.afspraken.confirm(houd.reservering.id, wie, verzoek_id=uid()).nummer == eerste.nummer
    assert afspraken_op(agenda) == [eerste.nummer]


def test_hetzelfde_verzoek_geeft_hetzelfde_antwoord_ook_als_de_afspraak_intussen_is_verzet(
    agenda: Agendadiensten,
) -> None:
    verzoek, wie = uid(), gegevens()
    eerste = agenda.afspraken.book(wens(), op(17), wie, verzoek_id=verzoek)
    agenda.afspraken.move(eerste.id, op(18), verzoek_id=uid())
    nogmaals = agenda.afspraken.book(wens(), op(17), wie, verzoek_id=verzoek)
    assert (nogmaals.nummer, nogmaals.begin) == (eerste.nummer, op(17))


def test_hetzelfde_verzoek_voor_iets_anders_wordt_geweigerd(agenda: Agendadiensten) -> None:
    verzoek = uid()
    agenda.afspraken.book(wens(), op(17), gegevens(), verzoek_id=verzoek)
    with pytest.raises(AgendaFout) as gevangen:
        agenda.afspraken.book(wens(), op(18), gegevens(), verzoek_id=verzoek)
    assert gevangen.value.code == "verzoek_anders"
    with pytest.raises(InvoerFout):
        agenda.afspraken.book(wens(), op(18), gegevens(), verzoek_id="1")


def test_een_bezette_tijd_noemt_waarom_en_wat_wel_kan(agenda: Agendadiensten) -> None:
    boek(agenda, 17)
    with pytest.raises(TijdBezet) as gevangen:
        boek(agenda, 17)
    assert gevangen.value.redenen[0].code is RedenCode.VOL
    assert gevangen.value.code == "bezet"
    assert [s.begin for s in gevangen.value.alternatieven] == [op(17, 15), op(17, 30), op(17, 45)]


def test_is_deze_avond_vol_dan_komen_de_alternatieven_van_een_andere(agenda: Agendadiensten) -> None:
    for uur in (17, 18, 19):
        boek(agenda, uur, product="a45")
        boek(agenda, uur, 45)
    with pytest.raises(TijdBezet) as gevangen:
        boek(agenda, 19, 45)
    assert [s.begin for s in gevangen.value.alternatieven] == [
        op(17, 0, VOLGENDE),
        op(17, 15, VOLGENDE),
        op(17, 30, VOLGENDE),
    ]


def test_h14_dezelfde_persoon_met_hetzelfde_product_wordt_gemeld(agenda: Agendadiensten) -> None:
    sleutel = agenda.zoeken.make_klantsleutel(Bsn("999993653"))
    klant = Contactgegevens("A. Jansen", "0612345678", klantsleutel=sleutel)
    assert agenda.zoeken.find_dubbel(wens("paspoort"), klant) == ()
    eerste = agenda.afspraken.book(
        wens("paspoort"), op(17), replace(gegevens(), klant=klant), verzoek_id=uid()
    )
    assert [a.id for a in agenda.zoeken.find_dubbel(wens("paspoort"), klant)] == [eerste.id]
    assert agenda.zoeken.find_dubbel(wens("rijbewijs"), klant) == ()
    assert agenda.zoeken.find_dubbel(wens("paspoort"), klant, zonder=eerste.id) == ()
    op_telefoon = Contactgegevens("Anna Jansen", "06-12 34 56 78")
    assert [a.id for a in agenda.zoeken.find_dubbel(wens("paspoort"), op_telefoon)] == [eerste.id]
    anders = Contactgegevens("B. Bakker", "06-12 34 56 78")
    assert agenda.zoeken.find_dubbel(wens("paspoort"), anders) == ()
    agenda.afspraken.cancel(eerste.id, verzoek_id=uid())
    assert agenda.zoeken.find_dubbel(wens("paspoort"), klant) == ()


def test_h15_een_extra_plaats_met_reden_staat_naast_de_balies_en_nooit_op_dezelfde_tijd(
    agenda: Agendadiensten,
) -> None:
    gewoon = boek(agenda, 17)
    extra = [
        agenda.afspraken.book(
            wens(), op(17), gegevens(), verzoek_id=uid(), extra_reden="spoed, akkoord teamleider"
        )
        for _ in range(2)
    ]
    assert len({gewoon.balie, *(a.balie for a in extra)}) == 3
    assert all(a.vaste_balie for a in extra)
    (gebeurtenis,) = agenda.zoeken.load_geschiedenis(extra[0].id)
    assert gebeurtenis.reden == "spoed, akkoord teamleider"
    assert op(17, 15) in begintijden(agenda)
    assert agenda.opslag.check() == ()
    with pytest.raises(TijdBezet):
        agenda.afspraken.book(
            wens(), op(17, dag=date(2026, 12, 4)), gegevens(), verzoek_id=uid(), extra_reden="dicht"
        )


def test_een_gezin_krijgt_alles_tegelijk_of_niets(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    samen = agenda.vrij.find_samen((wens("paspoort"), wens("paspoort-kind")), datum=DAG)
    assert samen[0].tegelijk
    assert {start.begin for start in samen[0].starts} == {op(17)}
    delen = [(wens("paspoort"), op(17)), (wens("paspoort-kind"), op(17))]
    vast = agenda.afspraken.hold_samen(delen, verzoek_id=uid())
    twee = agenda.afspraken.confirm_samen(
        [houd.reservering.id for houd in vast], (gegevens(), gegevens("K. Jansen")), verzoek_id=uid()
    )
    assert {a.balie for a in twee} == {"B1", "B2"}
    with pytest.raises(TijdBezet):
        agenda.afspraken.book_samen(
            [(wens(), op(18)), (wens(), op(18)), (wens(), op(18))],
            (gegevens(), gegevens(), gegevens()),
            verzoek_id=uid(),
        )
    assert len(afspraken_op(agenda)) == 2
    assert agenda.opslag.check() == ()


def test_wie_bij_het_boeken_van_balie_wisselt_merkt_alleen_dat(agenda: Agendadiensten) -> None:
    """V12/V13: het paspoort wijkt uit naar de balie zonder rijbewijzen."""
    richt_in(
        agenda,
        replace(
            TWEE,
            medewerkers=(
                TWEE.medewerkers[0],
                replace(TWEE.medewerkers[1], bevoegdheden=TWEE.medewerkers[1].bevoegdheden[:1]),
            ),
        ),
    )
    eerste = boek(agenda, 17, product="paspoort")
    assert eerste.balie == "B2"
    tweede = boek(agenda, 17, product="rijbewijs")
    assert tweede.balie == "B1"
    assert agenda.zoeken.load(eerste.id).begin == op(17)


# --- gegevens ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "klant",
    [
        Contactgegevens("", "0612345678"),
        Contactgegevens("A. Jansen"),
        Contactgegevens("A. Jansen", "12"),
        Contactgegevens("A. Jansen", "", "geen adres"),
        Contactgegevens("A. Jansen 999993653", "0612345678"),
        Contactgegevens("A. Jansen", "0612345678", geboortedatum=date(2027, 1, 1)),
    ],
)
def test_zonder_de_nodige_gegevens_komt_er_geen_afspraak(
    agenda: Agendadiensten, klant: Contactgegevens
) -> None:
    with pytest.raises(InvoerFout):
        agenda.afspraken.book(wens(), op(17), replace(gegevens(), klant=klant), verzoek_id=uid())
    assert afspraken_op(agenda) == []


def test_een_burgerservicenummer_in_de_opmerking_wordt_geweigerd(agenda: Agendadiensten) -> None:
    with pytest.raises(InvoerFout):
        agenda.afspraken.book(
            wens(), op(17), replace(gegevens(), opmerking="bsn 9999.93.653"), verzoek_id=uid()
        )


def test_geen_telefoon_of_e_mail_mag_als_dat_bewust_is(agenda: Agendadiensten) -> None:
    klant = Contactgegevens("A. Jansen", geen_contact=True)
    afspraak = agenda.afspraken.book(wens(), op(17), replace(gegevens(), klant=klant), verzoek_id=uid())
    assert afspraak.klant.geen_contact


def test_een_geboortedatum_wordt_alleen_van_een_kind_bewaard(agenda: Agendadiensten) -> None:
    kind = agenda.afspraken.book(wens(), op(17), gegevens(geboortedatum=date(2015, 5, 5)), verzoek_id=uid())
    groot = agenda.afspraken.book(wens(), op(18), gegevens(geboortedatum=date(1985, 12, 1)), verzoek_id=uid())
    assert kind.klant.geboortedatum == date(2015, 5, 5)
    assert groot.klant.geboortedatum is None


# --- verzetten, wijzigen, afzeggen -------------------------------------------------------------------------


def test_c01_verzetten_houdt_nummer_en_code_en_telt_het_ics_volgnummer_op(agenda: Agendadiensten) -> None:
    eerste = boek(agenda, 17)
    verzet = agenda.afspraken.move(eerste.id, op(18), verzoek_id=uid(), reden="klant belde")
    assert (verzet.nummer, verzet.code, verzet.begin) == (eerste.nummer, eerste.code, op(18))
    assert verzet.ics_volgnummer == 1
    vrij = begintijden(agenda)
    assert op(17) in vrij
    assert op(18) not in vrij
    assert [g.soort for g in agenda.zoeken.load_geschiedenis(eerste.id)] == ["gemaakt", "verzet"]
    assert agenda.opslag.check() == ()


def test_c02_is_de_nieuwe_tijd_net_weg_dan_blijft_de_oude_staan(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    eerste = boek(agenda, 17)
    boek(collega, 18)
    with pytest.raises(TijdBezet) as gevangen:
        agenda.afspraken.move(eerste.id, op(18), verzoek_id=uid())
    assert len(gevangen.value.alternatieven) == 3
    assert agenda.zoeken.load(eerste.id) == eerste


def test_verzetten_mag_over_de_eigen_plek_heen(agenda: Agendadiensten) -> None:
    eerste = boek(agenda, 17, product="a30")
    assert op(17, 15) in [
        s.begin for s in agenda.vrij.find_starts(wens("a30"), DAG, DAG, zonder=eerste.id).eerste
    ]
    with pytest.raises(EigenPlek):
        agenda.afspraken.hold(wens("a30"), op(17, 15), verzoek_id=uid(), afspraak=eerste.id)
    assert agenda.afspraken.move(eerste.id, op(17, 15), verzoek_id=uid()).begin == op(17, 15)
    assert agenda.opslag.check() == ()


def test_een_vastgehouden_tijd_voor_verzetten_wordt_bij_bevestigen_de_nieuwe_tijd(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17)
    houd = agenda.afspraken.hold(wens(), op(18, dag=VOLGENDE), verzoek_id=uid(), afspraak=eerste.id)
    verzet = agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert (verzet.id, verzet.nummer, verzet.datum, verzet.ics_volgnummer) == (
        eerste.id,
        eerste.nummer,
        VOLGENDE,
        1,
    )
    assert verzet.klant == eerste.klant
    assert afspraken_op(agenda) == []
    assert agenda.opslag.check() == ()


def test_verzetten_op_dezelfde_avond_mag_een_ander_naar_de_eigen_oude_plek_laten_gaan(
    agenda: Agendadiensten,
) -> None:
    """B2 kan alleen paspoorten. Het rijbewijs wil van 18.00 naar 17.30 uur; op B1 staat dan een paspoort."""
    beperkt = replace(TWEE.medewerkers[1], bevoegdheden=TWEE.medewerkers[1].bevoegdheden[:1])
    richt_in(agenda, replace(TWEE, medewerkers=(TWEE.medewerkers[0], beperkt)))
    eerder = boek(agenda, 17, 30, product="paspoort")
    bezet = boek(agenda, 17, 30, product="paspoort", naam="C. Claes")
    assert {eerder.balie, bezet.balie} == {"B1", "B2"}
    op_b2 = eerder if eerder.balie == "B2" else bezet
    agenda.afspraken.cancel(op_b2.id, verzoek_id=uid())
    rijbewijs = boek(agenda, 18, product="rijbewijs")
    verzet = agenda.afspraken.move(rijbewijs.id, op(17, 30), verzoek_id=uid())
    assert (verzet.balie, verzet.begin) == ("B1", op(17, 30))
    assert agenda.opslag.check() == ()


def test_c04_ander_product_dat_niet_past_biedt_andere_tijden_en_verandert_niets(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17)
    boek(agenda, 17, 15, product="a30")
    with pytest.raises(TijdBezet) as gevangen:
        agenda.afspraken.change(eerste.id, wens("a45"), verzoek_id=uid())
    assert gevangen.value.alternatieven[0].begin == op(17, 45)
    assert agenda.zoeken.load(eerste.id) == eerste
    anders = agenda.afspraken.change(eerste.id, wens("a45"), verzoek_id=uid(), begin=op(17, 45))
    assert (anders.nummer, anders.eind, anders.ics_volgnummer) == (eerste.nummer, op(18, 30), 1)
    assert [regel.product for regel in anders.regels] == ["a45"]


def test_meer_personen_op_dezelfde_tijd_kan_als_het_past(agenda: Agendadiensten) -> None:
    eerste = boek(agenda, 17, product="paspoort")
    met_meer = agenda.afspraken.change(eerste.id, wens("paspoort", personen=3), verzoek_id=uid())
    assert (met_meer.begin, met_meer.eind) == (op(17), op(17, 35))


def test_c05_afzeggen_met_de_code_maakt_meteen_vrij_en_een_tweede_keer_zegt_dat_het_al_was(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17, naam="A. Jansen-ter Braak")
    with pytest.raises(BestaatNiet):
        agenda.afspraken.cancel_met_code(eerste.code, "Bakker", verzoek_id=uid())
    weg = agenda.afspraken.cancel_met_code(f" {eerste.code.lower()} ", "jansen-ter Braak", verzoek_id=uid())
    assert (weg.toestand, weg.ics_volgnummer) == (Toestand.AFGEZEGD, 1)
    assert op(17) in begintijden(agenda)
    with pytest.raises(AlAfgezegd):
        agenda.afspraken.cancel(eerste.id, verzoek_id=uid())
    with pytest.raises(AlAfgezegd):
        agenda.afspraken.move(eerste.id, op(18), verzoek_id=uid())
    assert agenda.opslag.check() == ()


def test_dezelfde_afzegging_nog_eens_vragen_geeft_hetzelfde_antwoord(agenda: Agendadiensten) -> None:
    eerste, verzoek = boek(agenda, 17), uid()
    for _ in range(2):
        assert agenda.afspraken.cancel(eerste.id, verzoek_id=verzoek).nummer == eerste.nummer


def test_c07_na_het_begin_is_afzeggen_en_verzetten_niet_meer_mogelijk(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    eerste = boek(agenda, 17)
    database.set_klok(op(17, 1))
    for poging in (
        lambda: agenda.afspraken.cancel(eerste.id, verzoek_id=uid()),
        lambda: agenda.afspraken.move(eerste.id, op(19), verzoek_id=uid()),
    ):
        with pytest.raises(Geweigerd) as gevangen:
            poging()
        assert gevangen.value.code == "al_begonnen"
    weg = agenda.afspraken.set_toestand(
        eerste.id, Toestand.BEVESTIGD, Toestand.NIET_GEKOMEN, verzoek_id=uid()
    )
    assert weg.toestand is Toestand.NIET_GEKOMEN


def test_twee_collega_s_wijzigen_dezelfde_toestand_en_een_hoort_dat_het_al_gebeurd_is(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    eerste = boek(agenda, 17)
    agenda.afspraken.set_toestand(eerste.id, Toestand.BEVESTIGD, Toestand.AANGEMELD, verzoek_id=uid())
    with pytest.raises(IemandWasEerder) as gevangen:
        collega.afspraken.set_toestand(eerste.id, Toestand.BEVESTIGD, Toestand.AANGEMELD, verzoek_id=uid())
    assert "aangemeld" in gevangen.value.uitleg
    with pytest.raises(Geweigerd):
        collega.afspraken.set_toestand(eerste.id, Toestand.AANGEMELD, Toestand.KLAAR, verzoek_id=uid())


def test_toch_gekomen_kan_dezelfde_avond_en_daarna_niet_meer(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    een, twee = boek(agenda, 17), boek(agenda, 18)
    database.set_klok(op(19))
    for afspraak in (een, twee):
        agenda.afspraken.set_toestand(
            afspraak.id, Toestand.BEVESTIGD, Toestand.NIET_GEKOMEN, verzoek_id=uid()
        )
    terug = agenda.afspraken.set_toestand(een.id, Toestand.NIET_GEKOMEN, Toestand.AANGEMELD, verzoek_id=uid())
    assert terug.toestand is Toestand.AANGEMELD
    database.set_klok(op(9, dag=date(2026, 12, 4)))
    with pytest.raises(Geweigerd):
        agenda.afspraken.set_toestand(twee.id, Toestand.NIET_GEKOMEN, Toestand.AANGEMELD, verzoek_id=uid())


def test_een_afspraak_die_er_niet_is_geeft_een_zin(agenda: Agendadiensten) -> None:
    for poging in (
        lambda: agenda.afspraken.move("weg", op(18), verzoek_id=uid()),
        lambda: agenda.afspraken.cancel("weg", verzoek_id=uid()),
        lambda: agenda.afspraken.confirm("weg", gegevens(), verzoek_id=uid()),
        lambda: agenda.zoeken.load("weg"),
    ):
        with pytest.raises(BestaatNiet):
            poging()


# --- onbekende afloop en meeluisteren ----------------------------------------------------------------------


class WegNaVastleggen:
    """Een opslag waarvan de verbinding wegvalt nadat de database heeft vastgelegd, maar voor het antwoord."""

    def __init__(self, echt: AgendaDatabase) -> None:
        self._echt = echt
        self.weg = False

    def __getattr__(self, naam: str) -> object:
        return getattr(self._echt, naam)

    def lock(self, *wat: object, **hoe: object) -> object:
        from contextlib import contextmanager

        @contextmanager
        def slot():  # type: ignore[no-untyped-def]  # dezelfde vorm als de echte
            with self._echt.lock(*wat, **hoe) as tx:  # type: ignore[arg-type]  # idem
                yield tx
            if self.weg:
                raise AgendaOnbereikbaar("De verbinding met de agenda is weg.")

        return slot()


def test_na_een_onbekende_afloop_zegt_het_verzoek_wat_er_is_gebeurd(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    opslag = WegNaVastleggen(database)
    dienst = Afsprakendienst(opslag, agenda.wie, agenda.vrij)  # type: ignore[arg-type]  # dezelfde vorm
    verzoek, wie = uid(), gegevens()
    assert not agenda.afspraken.resolve(verzoek).gedaan
    opslag.weg = True
    with pytest.raises(AgendaOnbereikbaar):
        dienst.book(wens(), op(17), wie, verzoek_id=verzoek)
    afloop = agenda.afspraken.resolve(verzoek)
    assert afloop.gedaan
    assert [a.begin for a in afloop.afspraken] == [op(17)]
    opslag.weg = False
    assert dienst.book(wens(), op(17), wie, verzoek_id=verzoek).id == afloop.afspraken[0].id
    assert len(afspraken_op(agenda)) == 1
    houd = agenda.afspraken.hold(wens(), op(18), verzoek_id=uid())
    (terug,) = agenda.afspraken.resolve(houd.reservering.id).vastgehouden
    assert terug.reservering == houd.reservering


def test_wie_meeluistert_hoort_elke_wijziging_en_kan_haar_niet_verstoren(
    agenda: Agendadiensten, caplog: pytest.LogCaptureFixture
) -> None:
    gehoord: list[tuple[Gebeurd, str]] = []

    def stuk(wat: Gebeurd, _afspraak: object) -> None:
        raise RuntimeError("luisteraar stuk")

    agenda.afspraken.on_gebeurd(stuk)
    agenda.afspraken.on_gebeurd(lambda wat, afspraak: gehoord.append((wat, afspraak.nummer)))
    eerste = boek(agenda, 17)
    agenda.afspraken.move(eerste.id, op(18), verzoek_id=uid())
    agenda.afspraken.cancel(eerste.id, verzoek_id=uid())
    assert [wat for wat, _ in gehoord] == [Gebeurd.GEBOEKT, Gebeurd.VERZET, Gebeurd.AFGEZEGD]
    assert {nummer for _, nummer in gehoord} == {eerste.nummer}
    assert "luisteraar gaf een fout" in caplog.text
    caplog.clear()


# --- van een klant -----------------------------------------------------------------------------------------


def test_een_afspraak_met_klantsleutel_is_van_de_klant_en_bevat_geen_bsn(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    bsn = Bsn("999993653")
    sleutel = agenda.zoeken.make_klantsleutel(bsn)
    assert bsn.nummer not in sleutel
    assert sleutel != agenda.zoeken.make_klantsleutel(Bsn("999990019"))
    assert agenda.zoeken.make_klantsleutel(KvkNummer("69599084")) != sleutel
    klant = Contactgegevens("A. Jansen", "0612345678", klantsleutel=sleutel)
    afspraak = agenda.afspraken.book(wens(), op(17), replace(gegevens(), klant=klant), verzoek_id=uid())
    zonder = agenda.afspraken.book(wens(), op(18), gegevens("A. Jansen", "0612345678"), verzoek_id=uid())
    ander = agenda.afspraken.book(wens(), op(19), gegevens("B. Bakker", "0612345678"), verzoek_id=uid())
    gevonden = agenda.zoeken.for_klant(bsn=bsn, telefoons=("+31612345678",), naam="Anna Jansen")
    assert [a.id for a in gevonden.zeker] == [afspraak.id]
    assert [a.id for a in gevonden.mogelijk] == [zonder.id]
    assert ander.id not in {a.id for a in gevonden.mogelijk}


def test_zoeken_vindt_op_naam_telefoon_nummer_en_code_en_zet_wat_komt_bovenaan(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    geweest = boek(agenda, 17, naam="Gülşen Şahin")
    komt = boek(agenda, 17, dag=VOLGENDE, naam="G. Sahin")
    database.set_klok(op(9, dag=date(2026, 12, 4)))
    assert [a.id for a in agenda.zoeken.find("sahin")] == [komt.id, geweest.id]
    assert [a.id for a in agenda.zoeken.find(komt.nummer)] == [komt.id]
    assert [a.id for a in agenda.zoeken.find(komt.code.lower())] == [komt.id]
    assert komt.id in [a.id for a in agenda.zoeken.find(komt.klant.telefoon)]
    with pytest.raises(InvoerFout):
        agenda.zoeken.find("ab")


def test_t13_de_nummers_beginnen_in_het_nieuwe_jaar_opnieuw_en_zoeken_vindt_beide(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    database.set_klok(op(23, 59, date(2026, 12, 31)) - timedelta(hours=1))
    oud = boek(agenda, 17, dag=date(2027, 1, 7), naam="J. Wisseling")
    database.set_klok(op(0, 1, date(2027, 1, 1)))
    nieuw = boek(agenda, 18, dag=date(2027, 1, 7), naam="J. Wisseling")
    assert (oud.nummer, nieuw.nummer) == ("2026-00001", "2027-00001")
    assert [a.nummer for a in agenda.zoeken.find("wisseling")] == ["2026-00001", "2027-00001"]
