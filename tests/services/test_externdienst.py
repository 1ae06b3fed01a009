"""Een lijst van een andere agenda inlezen: zij bezet plaats, eigen afspraken wijken en verdwijnen niet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, select, text

from frontoffice.agenda.afspraak import Kanaal, Toestand
from frontoffice.agenda.avond import EXTERN_PLAATS, KIF, Inhoud, SoortInhoud
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AndereAgenda
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakwaarden import AvondSoort, BestaatNiet, TijdBezet
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.extern import read_extern
from frontoffice.services.externdienst import (
    AlNieuwer,
    Inleesfout,
    Inleeskeuze,
    InlezingAnders,
    as_agendatijd,
    check_eigenaar,
)
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import (
    BASIS,
    DAG,
    TWEE,
    VOLGENDE,
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
from tests.services.test_extern import csv, ics

VAN = op(8, 30, date(2026, 11, 30))
"""De agenda staat op maandag 30 november, 9.00 uur."""


def lees_in(agenda: Agendadiensten, *regels: str, van: datetime = VAN, **keuze: Any) -> dict[str, Any]:
    """Lees een CSV in; zonder `dagen` gaat zij over de avond van donderdag 3 december."""
    keuze.setdefault("dagen", (DAG,))
    bestand = read_extern(csv(*regels))
    return dict(agenda.extern.read_in(bestand, Inleeskeuze(van, **keuze), verzoek_id=uid()))


def extern(agenda: Agendadiensten, dag: date = DAG) -> list[Inhoud]:
    inhoud = agenda.opslag.load_avonden([dag])[dag].inhoud
    return [ding for ding in inhoud if ding.soort is SoortInhoud.EXTERN]


def om(uur: int, minuut: int = 0, duur: int = 15, balie: str = "", dag: date = DAG) -> str:
    eind = uur * 60 + minuut + duur
    return f"{dag.isoformat()};{uur}:{minuut:02d};{eind // 60}:{eind % 60:02d};{balie}"


# --- bezetten, vervangen, weigeren --------------------------------------------------------------------------


def test_wat_elders_is_geboekt_houdt_een_balie_bezet_en_wordt_de_volgende_keer_vervangen(
    agenda: Agendadiensten,
) -> None:
    verslag = lees_in(agenda, om(17, duur=20))
    assert verslag["avonden"][0] | {"te_verzetten": 0, "terug": 0} == {
        "datum": "2026-12-03", "eigenaar": KIF, "afspraken": 1, "nieuw": 1, "weg": 0, "zonder_balie": 0,
        "te_verzetten": 0, "terug": 0,
    }  # fmt: skip
    assert op(17, 15) not in begintijden(agenda)
    assert op(17, 30) in begintijden(agenda)
    with pytest.raises(TijdBezet):
        agenda.afspraken.book(wens(), op(17), gegevens(), verzoek_id=uid())
    (overzicht,) = agenda.avonden.overzicht(DAG, DAG)
    assert (overzicht.extern_van, overzicht.extern, overzicht.afspraken) == (VAN, 1, 0)
    verslag = lees_in(agenda, van=VAN + timedelta(minutes=10))
    assert verslag["avonden"][0]["weg"] == 1
    assert op(17) in begintijden(agenda)
    assert agenda.opslag.check() == ()


def test_dezelfde_lijst_nog_een_keer_verandert_niets(agenda: Agendadiensten) -> None:
    eerste = lees_in(agenda, om(17), om(17, 30))
    voor = agenda.opslag.load_avonden([DAG])[DAG]
    weer = lees_in(agenda, om(17), om(17, 30))
    assert (eerste["gewijzigd"], weer["gewijzigd"]) == (True, False)
    assert agenda.opslag.load_avonden([DAG])[DAG] == voor
    iets_eerder = lees_in(agenda, om(17), om(17, 30), van=VAN - timedelta(seconds=2))
    assert not iets_eerder["gewijzigd"]


def test_hetzelfde_verzoek_geeft_hetzelfde_verslag(agenda: Agendadiensten) -> None:
    bestand, keuze, verzoek = read_extern(csv(om(17))), Inleeskeuze(VAN, (DAG,)), uid()
    eerste = agenda.extern.read_in(bestand, keuze, verzoek_id=verzoek)
    assert agenda.extern.read_in(bestand, keuze, verzoek_id=verzoek) == eerste


def test_een_oudere_lijst_wordt_geweigerd_met_het_tijdstip_van_de_nieuwere(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17))
    with pytest.raises(AlNieuwer, match=r"do 3 dec is al een nieuwere lijst ingelezen, van 8\.30 uur"):
        lees_in(agenda, om(18), van=VAN - timedelta(minutes=2))
    assert [ding.vak.begin_utc for ding in extern(agenda)] == [op(17)]


def test_een_lijst_uit_de_toekomst_wordt_geweigerd(agenda: Agendadiensten) -> None:
    with pytest.raises(InvoerFout, match="toekomst"):
        lees_in(agenda, om(17), van=VAN + timedelta(hours=2))


def test_een_avond_tussen_de_eerste_en_de_laatste_van_het_bestand_loopt_leeg(agenda: Agendadiensten) -> None:
    later = VOLGENDE + timedelta(weeks=1)
    lees_in(agenda, om(17), om(17, dag=VOLGENDE), om(17, dag=later), dagen=())
    verslag = lees_in(agenda, om(17), om(17, dag=later), dagen=(), van=VAN + timedelta(minutes=1))
    assert [a["weg"] for a in verslag["avonden"]] == [0, 1, 0]
    assert [len(extern(agenda, dag)) for dag in (DAG, VOLGENDE, later)] == [1, 0, 1]
    # Wat buiten het bestand ligt, blijft zoals het was; met een periode erbij niet.
    lees_in(agenda, om(17), dagen=(), van=VAN + timedelta(minutes=2))
    assert len(extern(agenda, later)) == 1
    lees_in(agenda, om(17), dagen=(), van_dag=DAG, tot_dag=later, van=VAN + timedelta(minutes=3))
    assert len(extern(agenda, later)) == 0


def test_een_afgezegde_afspraak_maakt_haar_avond_vrij(agenda: Agendadiensten) -> None:
    tijd = "DTSTART:20261203T160000Z\r\nDTEND:20261203T161500Z"
    keuze = Inleeskeuze(VAN)
    agenda.extern.read_in(read_extern(ics(f"UID:a\r\n{tijd}")), keuze, verzoek_id=uid())
    assert len(extern(agenda)) == 1
    af = read_extern(ics(f"UID:a\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n{tijd}"))
    agenda.extern.read_in(af, replace(keuze, van=VAN + timedelta(minutes=1)), verzoek_id=uid())
    assert extern(agenda) == []


def test_van_de_bezoeker_komt_niets_in_de_database(agenda: Agendadiensten, database: AgendaDatabase) -> None:
    bestand = read_extern(
        ics(
            "UID:jan.jansen@voorbeeld.example\r\nSUMMARY:J. Jansen 0612345678\r\nLOCATION:Balie 1\r\n"
            "DTSTART:20261203T160000Z\r\nDTEND:20261203T161500Z"
        )
    )
    agenda.extern.read_in(bestand, Inleeskeuze(VAN, eigenaar="JCC"), verzoek_id=uid())
    alles = repr(alle_rijen(database)).lower()
    assert "ingelezen" in alles
    for deel in ("jansen", "voorbeeld.example", "0612345678", bestand.rijen[0].sleutel[:16]):
        assert deel not in alles


def alle_rijen(database: AgendaDatabase) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Alles wat er in alle tabellen staat."""
    with database._engine.connect() as lijn:
        namen = lijn.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        tabellen = [Table(naam, MetaData(), autoload_with=lijn) for naam in namen]
        return [(tabel.name, [tuple(rij) for rij in lijn.execute(select(tabel))]) for tabel in tabellen]


# --- balies -------------------------------------------------------------------------------------------------


def test_een_genoemde_balie_wordt_genomen_en_een_onbekende_is_een_fout(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    lees_in(agenda, om(17, balie="balie 2"), om(17, 15, balie="b2"))
    assert [ding.balie for ding in extern(agenda)] == ["B2", "B2"]
    with pytest.raises(Inleesfout) as fout:
        lees_in(agenda, om(17), om(17, balie="Loket 9"), om(18, balie="x"), van=VAN + timedelta(minutes=1))
    assert [zin.partition(":")[0] for zin in fout.value.fouten] == ["Regel 3", "Regel 4"]
    assert "Loket 9" not in str(fout.value)


def test_een_onbekende_plaats_in_een_ics_is_geen_balie_en_geen_fout(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    tijd = "DTSTART:20261203T160000Z\r\nDTEND:20261203T161500Z"
    bestand = read_extern(
        ics(
            f"{tijd}\r\nLOCATION:Gemeentehuis",
            f"UID:1\r\n{tijd}\r\nRESOURCES:Scanner,Balie 2\r\nLOCATION:Hal",
        )
    )
    agenda.extern.read_in(bestand, Inleeskeuze(VAN), verzoek_id=uid())
    assert sorted(ding.balie for ding in extern(agenda)) == ["B1", "B2"]


def test_zonder_balie_past_de_hele_lijst_precies_ook_als_een_voor_een_niet_zou_passen(
    agenda: Agendadiensten,
) -> None:
    """Twee balies tot 18.00 en een tot 20.00: de lange van 17.30 hoort aan de balie die open blijft."""
    diensten = rooster((DAG,), ("B1", "m1"), ("B2", "m2"))
    kort = replace(diensten[0], tot=diensten[0].tot.replace(hour=18))
    richt_in(agenda, replace(TWEE, diensten=(kort, diensten[1])))
    verslag = lees_in(agenda, om(17, duur=60), om(17, 30, duur=30), om(17, 0, duur=15), om(18, duur=120))
    assert verslag["opmerkingen"] == []
    assert verslag["avonden"][0]["zonder_balie"] == 0
    assert agenda.opslag.check() == ()


def test_wie_geen_balie_heeft_houdt_die_van_de_vorige_keer(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    lees_in(agenda, om(17), om(17, balie="B1"))
    voor = {ding.id: ding.balie for ding in extern(agenda)}
    lees_in(agenda, om(17), om(17, 30), om(18), van=VAN + timedelta(minutes=1))
    na = {ding.id: ding.balie for ding in extern(agenda)}
    assert [na[id_] for id_ in voor if id_ in na] == ["B2"]


def test_buiten_het_rooster_wordt_gemeld_en_toch_bewaard(agenda: Agendadiensten) -> None:
    verslag = lees_in(agenda, om(20, 30), om(12, balie="B1"), om(17), om(17))
    assert [zin.partition(":")[0] for zin in verslag["opmerkingen"]] == ["Regel 2", "Regel 3", "Regel 5"]
    assert "buiten het rooster" in verslag["opmerkingen"][0]
    assert "buiten het rooster" in verslag["opmerkingen"][1]
    assert "geen balie vrij" in verslag["opmerkingen"][2]
    assert sorted(ding.balie for ding in extern(agenda)) == [
        "B1",
        "B1",
        f"{EXTERN_PLAATS}1",
        f"{EXTERN_PLAATS}1",
    ]
    (overzicht,) = agenda.avonden.overzicht(DAG, DAG)
    assert (overzicht.extern, overzicht.zonder_balie) == (4, 2)
    assert agenda.opslag.check() == ()


def test_een_bekend_product_vraagt_om_wie_het_mag_en_telt_voor_de_daglimiet(agenda: Agendadiensten) -> None:
    mensen = (medewerker("m1", "uitgifte"), medewerker("m2"))
    richt_in(agenda, replace(TWEE, medewerkers=mensen))
    regels = [om(17 + n, duur=45) + ";naturalisatie" for n in range(2)]
    bestand = read_extern(csv(*regels, om(19) + ";onbekend", kop="datum;begin;eind;balie;product"))
    agenda.extern.read_in(bestand, Inleeskeuze(VAN), verzoek_id=uid())
    assert [ding.balie for ding in extern(agenda)][:2] == ["B2", "B2"]
    redenen = agenda.vrij.explain(wens("naturalisatie"), DAG)
    assert "daglimiet van 2" in redenen[-1].redenen[0].tekst + redenen[0].redenen[0].tekst


# --- botsen met eigen afspraken -----------------------------------------------------------------------------


def test_eigen_afspraken_wisselen_van_balie_om_plaats_te_maken(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    eigen = boek(agenda, 17)
    verslag = lees_in(agenda, om(17, balie=eigen.balie))
    assert verslag["avonden"][0]["te_verzetten"] == []
    na = agenda.zoeken.load(eigen.id)
    assert (na.begin, na.te_verzetten) == (eigen.begin, "")
    assert na.balie != eigen.balie
    assert agenda.opslag.check() == ()


def test_wie_niet_kan_blijven_komt_op_de_lijst_met_reden_en_voorstellen(agenda: Agendadiensten) -> None:
    eigen, later = boek(agenda, 17), boek(agenda, 18)
    bestand, keuze = read_extern(csv(om(17, duur=20))), Inleeskeuze(VAN, (DAG,))
    plan = agenda.extern.preview(bestand, keuze)
    (rij,) = plan.te_verzetten
    assert (rij.afspraak.id, rij.reden) == (eigen.id, "Een web-afspraak heeft nu deze plaats.")
    assert len(rij.voorstellen) == 3
    assert all(start.begin not in (op(17), op(17, 15), op(18)) for start in rij.voorstellen)
    assert agenda.zoeken.load(eigen.id).te_verzetten == ""
    verslag = agenda.extern.apply(plan, verzoek_id=uid())
    assert verslag["avonden"][0]["te_verzetten"] == [eigen.nummer]
    na = agenda.zoeken.load(eigen.id)
    assert (na.begin, na.nummer, na.code, na.te_verzetten) == (
        eigen.begin, eigen.nummer, eigen.code, "Een web-afspraak heeft nu deze plaats.",
    )  # fmt: skip
    assert agenda.zoeken.load(later.id).te_verzetten == ""
    assert [r.afspraak.id for r in agenda.avonden.te_verzetten()] == [eigen.id]
    assert agenda.opslag.check() == ()


def test_wat_uit_de_lijst_verdwijnt_geeft_de_plaats_terug_aan_wie_moest_wijken(
    agenda: Agendadiensten,
) -> None:
    eigen = boek(agenda, 17)
    lees_in(agenda, om(17))
    assert agenda.zoeken.load(eigen.id).te_verzetten
    verslag = lees_in(agenda, om(19), van=VAN + timedelta(minutes=1))
    assert verslag["avonden"][0]["terug"] == [eigen.nummer]
    na = agenda.zoeken.load(eigen.id)
    assert (na.te_verzetten, na.balie, na.begin) == ("", eigen.balie, eigen.begin)
    assert op(17) not in begintijden(agenda)
    assert agenda.opslag.check() == ()


def test_een_vastgehouden_tijd_wijkt_voor_een_web_afspraak(agenda: Agendadiensten) -> None:
    houd = agenda.afspraken.hold(wens(), op(17), verzoek_id=uid())
    lees_in(agenda, om(17))
    with pytest.raises(TijdBezet):
        agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert agenda.opslag.check() == ()


def test_wie_al_aan_de_balie_is_blijft_daar(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    eigen = boek(agenda, 17)
    for van, naar in (("bevestigd", "opgeroepen"), ("opgeroepen", "aan_de_balie")):
        agenda.afspraken.set_toestand(eigen.id, Toestand(van), Toestand(naar), verzoek_id=uid())
    verslag = lees_in(agenda, om(17, balie=eigen.balie))
    assert "KiF koos een andere balie" in verslag["opmerkingen"][0]
    assert agenda.zoeken.load(eigen.id).balie == eigen.balie
    assert [ding.balie for ding in extern(agenda)] != [eigen.balie]
    assert agenda.opslag.check() == ()


def test_twee_aan_dezelfde_balie_krijgen_elk_een_balie(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    verslag = lees_in(agenda, om(17, balie="B1"), om(17, balie="B1"))
    assert sorted(ding.balie for ding in extern(agenda)) == ["B1", "B2"]
    assert len(verslag["opmerkingen"]) == 1


def test_is_er_intussen_geboekt_dan_ziet_de_beheerder_het_eerst_opnieuw(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    plan = agenda.extern.preview(read_extern(csv(om(17))), Inleeskeuze(VAN, (DAG,)))
    assert plan.te_verzetten == ()
    eigen = boek(collega, 17)
    with pytest.raises(InlezingAnders) as fout:
        agenda.extern.apply(plan, verzoek_id=uid())
    assert [rij.afspraak.id for rij in fout.value.plan.te_verzetten] == [eigen.id]
    assert extern(agenda) == []
    agenda.extern.apply(fout.value.plan, verzoek_id=uid())
    assert agenda.zoeken.load(eigen.id).te_verzetten


def test_de_geschiedenis_van_de_avond_zegt_wie_wat_inlas(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17), eigenaar="JCC")
    (gebeurtenis,) = agenda.avonden.load_geschiedenis("avond", DAG.isoformat())
    assert (gebeurtenis.soort, gebeurtenis.wie.medewerker) == ("ingelezen", "s.bos")
    assert gebeurtenis.voor == {"eigenaar": KIF, "afspraken": 0}
    assert (gebeurtenis.na["eigenaar"], gebeurtenis.na["afspraken"]) == ("JCC", 1)


# --- een avond van een ander --------------------------------------------------------------------------------


def test_op_een_avond_van_jcc_biedt_kif_niets_aan_en_zegt_waarom(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17), eigenaar="jcc  Noord")
    assert begintijden(agenda) == []
    geweigerd = agenda.vrij.explain(wens(), DAG)
    assert len(geweigerd) == 12
    assert {reden.tekst for g in geweigerd for reden in g.redenen} == {
        "Deze avond wordt in jcc Noord gepland."
    }
    (stand,) = agenda.vrij.find_starts(wens(), DAG, DAG, verder=False).avonden
    assert (stand.soort, stand.label) == (AvondSoort.ELDERS, "andere agenda")
    assert agenda.vrij.find_samen((wens(), wens()), DAG, DAG) == ()
    assert agenda.vrij.find_starts(wens(), DAG, DAG).anders is not None


def test_op_een_avond_van_jcc_wordt_niet_geboekt_vastgehouden_of_verzet(agenda: Agendadiensten) -> None:
    eigen = boek(agenda, 17, dag=VOLGENDE)
    houd = agenda.afspraken.hold(wens(), op(18), verzoek_id=uid())
    lees_in(agenda, om(17), eigenaar="JCC")
    zin = r"Deze avond staat in JCC\. Boek daar\."
    with pytest.raises(AndereAgenda, match=zin):
        agenda.afspraken.book(wens(), op(19), gegevens(), verzoek_id=uid())
    with pytest.raises(AndereAgenda, match=zin):
        agenda.afspraken.book(wens(), op(19), gegevens(), verzoek_id=uid(), extra_reden="toch")
    with pytest.raises(AndereAgenda, match=zin):
        agenda.afspraken.hold(wens(), op(19), verzoek_id=uid())
    with pytest.raises(AndereAgenda, match=zin):
        agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    with pytest.raises(AndereAgenda, match=zin):
        agenda.afspraken.move(eigen.id, op(19), verzoek_id=uid())
    assert agenda.zoeken.load(eigen.id).begin == op(17, dag=VOLGENDE)
    assert agenda.opslag.check() == ()


def test_eigen_afspraken_op_een_avond_die_naar_jcc_gaat_moeten_worden_verzet_en_kunnen_terug(
    agenda: Agendadiensten,
) -> None:
    eerste, tweede = boek(agenda, 17), boek(agenda, 18)
    lees_in(agenda, om(18, balie="B1"), eigenaar="JCC")
    rijen = agenda.avonden.te_verzetten()
    assert {rij.afspraak.id for rij in rijen} == {eerste.id, tweede.id}
    assert {rij.reden for rij in rijen} == {"Deze avond wordt in JCC gepland."}
    assert all(start.begin >= op(17, dag=VOLGENDE) for rij in rijen for start in rij.voorstellen)
    assert agenda.opslag.check() == ()
    # Een roosterwijziging zet niemand terug op een avond die niet van ons is.
    richt_in(agenda, TWEE)
    assert len(agenda.avonden.te_verzetten()) == 2
    # Wegverzetten mag, en afzeggen ook: het zijn onze eigen afspraken.
    agenda.afspraken.move(eerste.id, rijen[0].voorstellen[0].begin, verzoek_id=uid())
    richt_in(agenda, BASIS)
    verslag = lees_in(agenda, om(19), eigenaar="KiF", van=VAN + timedelta(minutes=1))
    assert verslag["avonden"][0]["terug"] == [tweede.nummer]
    assert agenda.zoeken.load(tweede.id).balie == "B1"
    assert op(17) in begintijden(agenda)
    assert agenda.opslag.check() == ()


def test_op_een_avond_van_jcc_telt_ons_rooster_niet(agenda: Agendadiensten) -> None:
    verslag = lees_in(agenda, om(9), om(21), om(17), om(17), eigenaar="JCC")
    assert [zin.partition(":")[0] for zin in verslag["opmerkingen"]] == ["Regel 5"]
    assert sorted(ding.balie for ding in extern(agenda)) == ["B1", "B1", "B1", f"{EXTERN_PLAATS}1"]
    (overzicht,) = agenda.avonden.overzicht(DAG, DAG)
    assert (overzicht.eigenaar, overzicht.dekking) == ("JCC", ())


def test_de_eigenaar_blijft_bij_een_volgende_lijst(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17), eigenaar="JCC")
    lees_in(agenda, om(18), van=VAN + timedelta(minutes=1))
    assert agenda.avonden.overzicht(DAG, DAG)[0].eigenaar == "JCC"


@pytest.mark.parametrize(
    "naam", ["", "   ", "x" * 31, "een twee drie vier", "JCC\nQmatic", "=JCC", "<b>JCC</b>"]
)
def test_een_rare_naam_voor_een_andere_agenda_wordt_geweigerd(naam: str) -> None:
    if naam == "JCC\nQmatic":
        assert check_eigenaar(naam) == "JCC Qmatic"
        return
    with pytest.raises(InvoerFout, match="korte naam"):
        check_eigenaar(naam)


# --- de zelfcontrole ----------------------------------------------------------------------------------------


def test_de_zelfcontrole_kent_beide_soorten_avonden(agenda: Agendadiensten, database: AgendaDatabase) -> None:
    eigen = boek(agenda, 17)
    agenda.afspraken.hold(wens(), op(18), verzoek_id=uid())
    lees_in(agenda, om(19))
    assert agenda.opslag.check() == ()
    with database._engine.begin() as lijn:
        lijn.execute(text("update avond set eigenaar = 'JCC'"))
    fouten = agenda.opslag.check()
    assert len(fouten) == 2
    assert fouten[0].startswith(
        f"Afspraak {eigen.nummer} staat op 3 december 2026, maar die avond wordt in JCC"
    )
    assert "vastgehouden" in fouten[1]
    with database._engine.begin() as lijn:
        lijn.execute(text("update avond set eigenaar = 'kif', extern_van = null"))
        lijn.execute(text("delete from bezetting where soort = 'extern'"))
    fouten = agenda.opslag.check()
    assert len(fouten) == 2
    assert "uit de andere agenda" in fouten[0]
    assert "zonder de tijd van de lijst" in fouten[1]


# --- grenzen ------------------------------------------------------------------------------------------------


def test_een_leeg_bestand_maakt_alleen_een_avond_leeg_als_die_is_genoemd(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17))
    with pytest.raises(Inleesfout, match="geen enkele afspraak"):
        lees_in(agenda, dagen=(), van=VAN + timedelta(minutes=1))
    assert len(extern(agenda)) == 1
    lees_in(agenda, van=VAN + timedelta(minutes=1))
    assert extern(agenda) == []


def test_wat_al_is_geweest_wordt_overgeslagen(agenda: Agendadiensten) -> None:
    gisteren = date(2026, 11, 26)
    verslag = lees_in(agenda, om(17, dag=gisteren), om(17), dagen=())
    assert verslag["overgeslagen"] == 1
    with pytest.raises(Inleesfout, match="al geweest"):
        lees_in(agenda, om(17, dag=gisteren), dagen=())
    with pytest.raises(Inleesfout, match="al geweest"):
        lees_in(agenda, om(17), dagen=(gisteren,))


def test_tienduizend_afspraken_op_een_avond_kunnen_niet_kloppen(agenda: Agendadiensten) -> None:
    with pytest.raises(Inleesfout, match="staan 10000 afspraken"):
        lees_in(agenda, *[om(17)] * 10_000)


def test_een_volle_lijst_van_een_jaar_gaat_in_een_keer(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    boek(agenda, 17)
    regels = [
        om(17 + kwartier // 4, kwartier % 4 * 15, dag=DAG + timedelta(weeks=week))
        for week in range(52)
        for kwartier in range(12)
        for _ in range(4)
    ]
    verslag = lees_in(agenda, *regels, dagen=())
    assert len(verslag["avonden"]) == 52
    assert sum(a["afspraken"] for a in verslag["avonden"]) == 52 * 48
    assert verslag["avonden"][0]["zonder_balie"] == 24
    assert agenda.opslag.check() == ()


def test_de_tijd_van_een_bestand_loopt_mee_met_de_klok_van_de_agenda() -> None:
    pc, agenda = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2027, 3, 1, 8, tzinfo=UTC)
    kwartier = timedelta(minutes=15)
    assert as_agendatijd(pc - kwartier, pc, agenda) == agenda - kwartier
    assert as_agendatijd(pc - kwartier, pc + timedelta(seconds=20), agenda) == agenda - kwartier
    assert as_agendatijd(pc + kwartier, pc, agenda) == agenda
    assert as_agendatijd(pc - kwartier, pc, pc + timedelta(seconds=3)) == pc - kwartier


# --- kanalen en bronnen -------------------------------------------------------------------------------------


def test_web_afspraken_tellen_mee_voor_de_plaatsen_van_het_web(agenda: Agendadiensten) -> None:
    locatie = replace(BASIS.locatie, kanaalmaximum={"web": 2, "telefoon": 1})
    richt_in(agenda, replace(BASIS, locatie=locatie))
    lees_in(agenda, om(17), om(17, 15))
    web = Wens((Wensregel("a15"),), kanaal=Kanaal.WEB)
    assert {r.tekst for g in agenda.vrij.explain(web, DAG) for r in g.redenen} == {
        "De plaatsen van deze avond voor web zijn op."
    }
    agenda.afspraken.book(wens(), op(18), gegevens(), verzoek_id=uid())
    with pytest.raises(TijdBezet, match="voor telefoon zijn op"):
        agenda.afspraken.book(wens(), op(19), gegevens(), verzoek_id=uid())
    balie = Wens((Wensregel("a15"),), kanaal=Kanaal.BALIE)
    agenda.afspraken.book(balie, op(19), gegevens(), verzoek_id=uid())


def test_per_avond_is_er_een_bron_en_die_doet_wat_zij_kan(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17, balie="B1"), eigenaar="JCC")
    jcc, kif = agenda.bronnen.bron_van(DAG), agenda.bronnen.bron_van(VOLGENDE)
    assert (jcc.naam, kif.naam) == ("JCC", KIF)
    assert jcc.load_producten() == ()
    assert jcc.load_datums(wens(), DAG, VOLGENDE) == ()
    assert jcc.load_tijden(wens(), DAG) == ()
    (afspraak,) = jcc.load_bezet(DAG)
    assert (afspraak.begin, afspraak.eind, afspraak.balie, afspraak.bron) == (op(17), op(17, 15), "B1", "JCC")
    assert jcc.load_afspraak(afspraak.id) == afspraak
    with pytest.raises(AndereAgenda, match=r"Deze avond staat in JCC\. Boek daar\."):
        jcc.book(wens(), op(18), gegevens(), verzoek_id=uid())
    with pytest.raises(AndereAgenda, match=r"staat in JCC\. Zeg hem daar af\."):
        jcc.cancel(afspraak.id, verzoek_id=uid())
    with pytest.raises(BestaatNiet, match="niet ingelezen"):
        jcc.load_afspraak("weg")

    assert [p.code for p in kif.load_producten()][:2] == ["a10", "a15"]
    assert kif.load_datums(wens(), DAG, VOLGENDE) == (VOLGENDE,)
    assert kif.load_tijden(wens(), DAG) == ()
    begin = kif.load_tijden(wens(), VOLGENDE)[0].begin
    eigen = kif.book(wens(), begin, gegevens(), verzoek_id=uid())
    assert kif.load_bezet(VOLGENDE) == (eigen,)
    assert kif.load_afspraak(eigen.id) == eigen
    kif.cancel(eigen.id, verzoek_id=uid())
    assert kif.load_bezet(VOLGENDE) == ()


def test_op_een_eigen_avond_is_apart_te_zien_wat_is_ingelezen(agenda: Agendadiensten) -> None:
    lees_in(agenda, om(17))
    assert agenda.bronnen.bron_van(DAG).naam == KIF
    (afspraak,) = agenda.bronnen.ingelezen(DAG).load_bezet(DAG)
    assert agenda.bronnen.find_ingelezen(afspraak.id) == afspraak
    assert agenda.bronnen.find_ingelezen("weg") is None
