"""De avonden inrichten op een echte agenda: eerst de gevolgen, dan vastleggen; de gevallen C09–C16."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import Balie, Inrichting, Kosten, SoortUitzondering, Uitzondering
from frontoffice.agenda.reden import RedenCode
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakwaarden import AvondSoort, TijdBezet
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.avonden import GevolgenAnders, InrichtingFout
from frontoffice.services.inrichten import (
    Gevolgen,
    Wijziging,
    apply_wijzigingen,
    diff_inrichting,
    is_weggezet,
)
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import (
    BASIS,
    DAG,
    DONDERDAGEN,
    TWEE,
    VOLGENDE,
    WIE,
    begintijden,
    boek,
    gegevens,
    medewerker,
    op,
    richt_in,
    rooster,
    uid,
    wens,
)


def leg_vast(agenda: Agendadiensten, wijzigingen: tuple[Wijziging, ...], reden: str = "") -> Gevolgen:
    return agenda.avonden.apply(agenda.avonden.preview(wijzigingen), verzoek_id=uid(), reden=reden)


def vol(agenda: Agendadiensten, aantal: int = 14) -> list[str]:
    """Zoveel afspraken op de avond, verdeeld over twee balies."""
    richt_in(agenda, TWEE)
    tijden = [op(17) + timedelta(minutes=15 * n) for n in range(aantal // 2) for _ in range(2)]
    return [
        agenda.afspraken.book(wens(), begin, gegevens(f"Bezoeker {n}"), verzoek_id=uid()).id
        for n, begin in enumerate(tijden)
    ]


# --- sluiten en heropenen ----------------------------------------------------------------------------------


def test_c09_een_avond_met_veertien_afspraken_sluiten_verwijdert_niets_en_doet_elk_drie_voorstellen(
    agenda: Agendadiensten,
) -> None:
    ids = vol(agenda)
    gevolgen = agenda.avonden.preview(agenda.avonden.make_sluiting(DAG, "Storing in het gebouw"))
    assert [rij.afspraak.id for rij in gevolgen.te_verzetten] == sorted(
        ids, key=lambda id_: (agenda.zoeken.load(id_).begin, agenda.zoeken.load(id_).balie)
    )
    assert all(len(rij.voorstellen) >= 3 for rij in gevolgen.te_verzetten)
    assert all("Storing" in rij.reden for rij in gevolgen.te_verzetten)
    assert begintijden(agenda), "vooraf kijken verandert niets"

    agenda.avonden.apply(gevolgen, verzoek_id=uid())
    assert begintijden(agenda) == []
    (stand,) = agenda.vrij.find_starts(wens(), DAG, DAG, verder=False).avonden
    assert (stand.soort, stand.label) == (AvondSoort.DICHT, "dicht")
    lijst = agenda.avonden.te_verzetten()
    assert {rij.afspraak.id for rij in lijst} == set(ids)
    assert all(len(rij.voorstellen) >= 3 for rij in lijst)
    for rij in lijst:
        assert rij.afspraak.toestand is Toestand.BEVESTIGD
        assert rij.afspraak.begin.date() == DAG
        assert is_weggezet(rij.afspraak.balie)
    assert agenda.opslag.check() == ()


def test_c10_heropenen_zet_terug_wie_nog_niet_is_verzet(agenda: Agendadiensten) -> None:
    ids = vol(agenda)
    voor = {id_: agenda.zoeken.load(id_).balie for id_ in ids}
    leg_vast(agenda, agenda.avonden.make_sluiting(DAG, "Storing"))
    agenda.afspraken.move(ids[0], op(17, dag=VOLGENDE), verzoek_id=uid())
    agenda.afspraken.cancel(ids[1], verzoek_id=uid())
    gevolgen = agenda.avonden.preview(agenda.avonden.make_heropening(DAG))
    assert {a.id for a in gevolgen.terug} == set(ids[2:])
    agenda.avonden.apply(gevolgen, verzoek_id=uid())
    assert agenda.avonden.te_verzetten() == ()
    for id_ in ids[2:]:
        terug = agenda.zoeken.load(id_)
        assert (terug.datum, terug.te_verzetten, terug.balie) == (DAG, "", voor[id_])
    assert agenda.zoeken.load(ids[0]).datum == VOLGENDE
    assert op(17) in begintijden(agenda)
    assert agenda.opslag.check() == ()
    soorten = [g.soort for g in agenda.zoeken.load_geschiedenis(ids[2])]
    assert soorten[-1] == "blijft_toch"
    assert "te_verzetten" in soorten


def test_wie_te_verzetten_is_kan_gewoon_worden_verzet_en_is_dan_van_de_lijst(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17)
    leg_vast(agenda, agenda.avonden.make_sluiting(DAG, "Storing"))
    (rij,) = agenda.avonden.te_verzetten()
    houd = agenda.afspraken.hold(wens(), rij.voorstellen[0].begin, verzoek_id=uid(), afspraak=eerste.id)
    verzet = agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert (verzet.nummer, verzet.te_verzetten) == (eerste.nummer, "")
    assert not is_weggezet(verzet.balie)
    assert agenda.avonden.te_verzetten() == ()
    assert agenda.opslag.check() == ()


def test_een_vastgehouden_tijd_op_een_avond_die_sluit_wordt_bij_bevestigen_geweigerd(
    agenda: Agendadiensten,
) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    leg_vast(agenda, agenda.avonden.make_sluiting(DAG, "Storing"))
    with pytest.raises(TijdBezet) as gevangen:
        agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert gevangen.value.redenen[0].code is RedenCode.DICHT
    assert len(gevangen.value.alternatieven) == 3
    assert agenda.opslag.check() == ()


def test_dicht_voor_boeken_houdt_nieuwe_afspraken_tegen_en_laat_de_rest_staan(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17)
    agenda.avonden.set_avond(DAG, AvondToestand.DICHT_VOOR_BOEKEN, verzoek_id=uid(), notitie="vol genoeg")
    assert begintijden(agenda) == []
    assert agenda.zoeken.load(eerste.id) == eerste
    assert agenda.avonden.te_verzetten() == ()
    (overzicht,) = agenda.avonden.overzicht(DAG, DAG)
    assert (overzicht.toestand, overzicht.notitie) == (AvondToestand.DICHT_VOOR_BOEKEN, "vol genoeg")
    agenda.avonden.set_avond(DAG, AvondToestand.OPEN, verzoek_id=uid())
    assert op(17, 15) in begintijden(agenda)


# --- ziek, balie weg, andere duur, regel weg ---------------------------------------------------------------


def test_c12_is_de_enige_met_naturalisatie_ziek_dan_gaan_alleen_die_afspraken_weg(
    agenda: Agendadiensten,
) -> None:
    richt_in(
        agenda,
        replace(
            TWEE,
            medewerkers=(medewerker("m1"), medewerker("m2", "reisdocument", "rijbewijs")),
        ),
    )
    naturalisatie = boek(agenda, 17, product="naturalisatie")
    assert naturalisatie.balie == "B1"
    paspoort = boek(agenda, 18, product="paspoort")
    op_b1 = boek(agenda, 18, product="paspoort", naam="B. Bakker")
    assert {paspoort.balie, op_b1.balie} == {"B1", "B2"}
    agenda.afspraken.cancel((paspoort if paspoort.balie == "B2" else op_b1).id, verzoek_id=uid())
    blijft = op_b1 if op_b1.balie == "B1" else paspoort
    gevolgen = agenda.avonden.preview(agenda.avonden.make_ziek(DAG, "m1"))
    assert [rij.afspraak.id for rij in gevolgen.te_verzetten] == [naturalisatie.id]
    assert gevolgen.avonden[0].verhuizingen == 1
    agenda.avonden.apply(gevolgen, verzoek_id=uid())
    assert agenda.zoeken.load(blijft.id).balie == "B2"
    assert agenda.zoeken.load(blijft.id).begin == op(18)
    leg_vast(agenda, agenda.avonden.make_ziek(DAG, "m1", ziek=False))
    assert agenda.avonden.te_verzetten() == ()
    assert agenda.zoeken.load(naturalisatie.id).balie == "B1"
    assert agenda.opslag.check() == ()


def test_c14_een_product_dat_langer_wordt_verandert_bestaande_afspraken_niet(
    agenda: Agendadiensten,
) -> None:
    eerste = boek(agenda, 17, product="paspoort")
    langer = replace(BASIS.product["paspoort"], minuten=20)
    gevolgen = leg_vast(agenda, (Wijziging("producten", (langer,)),))
    assert gevolgen.te_verzetten == ()
    assert agenda.zoeken.load(eerste.id) == eerste
    nieuw = boek(agenda, 18, product="paspoort")
    assert nieuw.eind - nieuw.begin == timedelta(minutes=20)
    verzet = agenda.afspraken.move(eerste.id, op(19), verzoek_id=uid())
    assert verzet.eind - verzet.begin == timedelta(minutes=15)


def test_c15_een_regel_weg_laat_begin_eind_en_kosten_staan_en_meldt_buiten_opening(
    agenda: Agendadiensten,
) -> None:
    prijs = replace(
        BASIS.product["paspoort"], kosten=(Kosten(Decimal("80.00"), date(2020, 1, 1), bron="voorbeeld"),)
    )
    leg_vast(agenda, (Wijziging("producten", (prijs,)),))
    eerste = boek(agenda, 17, product="paspoort")
    gevolgen = leg_vast(agenda, (Wijziging("regels", weg=("r1",)),))
    (rij,) = gevolgen.te_verzetten
    assert "buiten de openingstijd" in rij.reden
    nu = agenda.zoeken.load(eerste.id)
    assert (nu.begin, nu.eind, nu.regels[0].kosten) == (eerste.begin, eerste.eind, Decimal("80.00"))
    assert nu.te_verzetten == rij.reden


def test_c16_een_balie_weg_vanaf_januari_deelt_opnieuw_in_en_laat_december_staan(
    agenda: Agendadiensten,
) -> None:
    richt_in(agenda, TWEE)
    januari = date(2027, 1, 7)
    december = [boek(agenda, 17), boek(agenda, 17)]
    een, twee = boek(agenda, 17, dag=januari), boek(agenda, 17, dag=januari)
    los = boek(agenda, 18, dag=januari)
    naar_b2 = boek(agenda, 18, dag=januari)
    agenda.afspraken.cancel(los.id if los.balie == "B1" else naar_b2.id, verzoek_id=uid())
    blijft = naar_b2 if los.balie == "B1" else los
    gevolgen = leg_vast(agenda, agenda.avonden.make_balie_weg("B2", date(2027, 1, 1)))
    assert [avond.datum for avond in gevolgen.avonden] == [januari]
    (rij,) = gevolgen.te_verzetten
    assert rij.afspraak.id == twee.id, "wie het eerst boekte, blijft"
    assert agenda.zoeken.load(een.id).balie == "B1"
    assert agenda.zoeken.load(blijft.id).balie == "B1"
    assert [agenda.zoeken.load(a.id) for a in december] == december
    assert agenda.zoeken.load_geschiedenis(twee.id)[0].soort == "gemaakt"
    assert agenda.opslag.check() == ()


# --- bewaken -----------------------------------------------------------------------------------------------


def test_wordt_er_intussen_geboekt_dan_moet_de_beheerder_de_gevolgen_opnieuw_zien(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    boek(agenda, 17)
    gevolgen = agenda.avonden.preview(agenda.avonden.make_sluiting(DAG, "Storing"))
    later = boek(collega, 18)
    with pytest.raises(GevolgenAnders) as gevangen:
        agenda.avonden.apply(gevolgen, verzoek_id=uid())
    assert later.id in {rij.afspraak.id for rij in gevangen.value.gevolgen.te_verzetten}
    assert op(18, 30) in begintijden(agenda), "er is niets vastgelegd"
    agenda.avonden.apply(gevangen.value.gevolgen, verzoek_id=uid())
    assert begintijden(agenda) == []


def test_dezelfde_wijziging_nog_eens_vastleggen_verandert_niets(agenda: Agendadiensten) -> None:
    gevolgen, verzoek = agenda.avonden.preview(agenda.avonden.make_sluiting(DAG, "Storing")), uid()
    agenda.avonden.apply(gevolgen, verzoek_id=verzoek)
    versie = agenda.opslag.load_inrichting()[1]
    agenda.avonden.apply(gevolgen, verzoek_id=verzoek)
    assert agenda.opslag.load_inrichting()[1] == versie


def test_een_inrichting_die_niet_klopt_wordt_met_alle_fouten_geweigerd(agenda: Agendadiensten) -> None:
    kapot = (
        Wijziging("regels", (replace(BASIS.regels[0], id="r2", tot=time(16)),)),
        Wijziging("producten", (replace(BASIS.product["paspoort"], minuten=-5),)),
        Wijziging("uitzonderingen", (Uitzondering("u", DAG, SoortUitzondering.GESLOTEN, ""),)),
    )
    gevolgen = agenda.avonden.preview(kapot)
    assert not gevolgen.mag
    assert {fout.soort for fout in gevolgen.fouten} == {"regels", "producten", "uitzonderingen"}
    with pytest.raises(InrichtingFout) as gevangen:
        agenda.avonden.apply(gevolgen, verzoek_id=uid())
    assert len(gevangen.value.fouten) >= 3
    assert agenda.avonden.load_inrichting() == BASIS


def test_wat_al_fout_was_houdt_een_andere_wijziging_niet_tegen(
    agenda: Agendadiensten, database: AgendaDatabase
) -> None:
    with database.lock((), inrichting=True) as tx:
        tx.put_onderdelen("balies", [Balie("", "Zonder naam")], WIE)
    assert agenda.avonden.preview(agenda.avonden.make_sluiting(DAG, "Storing")).mag


def test_een_ziekmelding_van_wie_er_niet_werkt_en_een_sluiting_zonder_reden_zeggen_wat_er_mis_is(
    agenda: Agendadiensten,
) -> None:
    for poging in (
        lambda: agenda.avonden.make_ziek(DAG, "onbekend"),
        lambda: agenda.avonden.make_sluiting(DAG, " "),
        lambda: agenda.avonden.make_heropening(DAG),
        lambda: agenda.avonden.make_balie_weg("B9", DAG),
        lambda: agenda.avonden.make_rooster_kopie(date(2026, 12, 4), (VOLGENDE,)),
    ):
        with pytest.raises(InvoerFout):
            poging()


# --- rooster en overzicht ----------------------------------------------------------------------------------


def test_een_leeg_rooster_zegt_dat_het_nog_niet_is_ingevuld_en_een_kopie_vult_het(
    agenda: Agendadiensten,
) -> None:
    leeg = DONDERDAGEN[-1] + timedelta(weeks=1)
    (stand,) = agenda.vrij.find_starts(wens(), leeg, leeg, verder=False).avonden
    assert (stand.soort, stand.label) == (AvondSoort.ROOSTER_LEEG, "rooster nog niet ingevuld")
    leg_vast(agenda, agenda.avonden.make_rooster_kopie(DAG, (DAG, leeg)))
    assert op(17, dag=leeg) in begintijden(agenda, dag=leeg)
    (overzicht,) = agenda.avonden.overzicht(leeg, leeg)
    assert (overzicht.balies, overzicht.medewerkers) == (1, 1)
    assert leg_vast(agenda, agenda.avonden.make_rooster_kopie(DAG, (leeg,))).avonden == ()
    diensten = agenda.avonden.load_inrichting().diensten
    assert [d.id for d in diensten if d.datum == leeg] == [f"{leeg.isoformat()}-B1"]


def test_het_overzicht_telt_en_zegt_wat_er_niet_kan(agenda: Agendadiensten) -> None:
    richt_in(
        agenda,
        replace(
            BASIS,
            medewerkers=(medewerker("m1", "reisdocument", "rijbewijs", "uitgifte"),),
            diensten=tuple(
                replace(dienst, tot=time(18, 30)) if dienst.datum == DAG else dienst
                for dienst in rooster(DONDERDAGEN, ("B1", "m1"))
            ),
        ),
    )
    boek(agenda, 17)
    eerste, *_ = agenda.avonden.overzicht()
    assert (eerste.datum, eerste.afspraken, eerste.te_verzetten) == (DAG, 1, 0)
    assert "Na 18.30 uur kan niemand dit doen: Rijbewijs aanvragen." in eerste.dekking
    assert "De hele avond kan niemand dit doen: Naturalisatie." in eerste.dekking


def test_de_geschiedenis_zegt_wie_de_inrichting_wijzigde_en_waarom(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    leg_vast(collega, collega.avonden.make_ziek(DAG, "m1"), reden="gebeld om 15.30 uur")
    *_, laatste = agenda.avonden.load_geschiedenis("diensten", f"{DAG.isoformat()}-B1")
    assert (laatste.wie.medewerker, laatste.reden) == ("j.smit", "gebeld om 15.30 uur")
    assert laatste.na["toestand"] == "ziek"


def test_het_verschil_van_twee_inrichtingen_maakt_van_de_ene_de_andere() -> None:
    anders: Inrichting = replace(
        TWEE, locatie=replace(TWEE.locatie, stap=5), producten=TWEE.producten[1:], combinaties=()
    )
    assert apply_wijzigingen(BASIS, diff_inrichting(BASIS, anders)) == replace(
        anders, diensten=apply_wijzigingen(BASIS, diff_inrichting(BASIS, anders)).diensten
    )
    assert diff_inrichting(BASIS, BASIS) == ()
    with pytest.raises(ValueError):
        apply_wijzigingen(BASIS, (Wijziging("onzin"),))
