"""Wie er vanavond is, op beide databases: volgnummers, stappen, de plek zonder afspraak, en het nakijken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import SoortInhoud
from frontoffice.agenda.tijd import Vak, to_tik
from frontoffice.agenda.vanavond.bezoek import Bezoek, Resultaat, SoortBezoek, Uitkomst
from frontoffice.agendapoort import AgendaFout, IemandWasEerder, Stapgegevens
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from frontoffice.storage.tabellen import BezoekRij
from frontoffice.storage.vragen import AAN_GEEN_BALIE
from tests.storage.bouw import ANDERE_DAG, COLLEGA, DAG, EISEN, REGEL, WIE, add, make_afspraak, moment
from tests.storage.test_schema import connected

Werkplek = Callable[[], AgendaDatabase]


def loper(id_: str, volgnummer: str, **over: object) -> Bezoek:
    velden: dict[str, object] = {
        "id": id_, "datum": DAG, "volgnummer": volgnummer, "soort": SoortBezoek.ZONDER_AFSPRAAK,
        "toestand": Toestand.AANGEMELD, "regels": (REGEL,), "eisen": EISEN, "minuten": 15,
        "aangemeld_op": moment(17, 5),
    }  # fmt: skip
    return Bezoek(**(velden | over))  # type: ignore[arg-type]  # velden van Bezoek


def begin(agenda: AgendaDatabase) -> dict[str, Bezoek]:
    """Geef iedereen een volgnummer."""
    with agenda.lock([DAG]) as tx:
        for bezoek in tx.load_bezoeken(DAG):
            if not bezoek.volgnummer:
                nummer = tx.next_volgnummer(DAG, bezoek.soort)
                tx.add_bezoek(replace(bezoek, volgnummer=nummer), WIE, "bezoek_genummerd")
    return {bezoek.id: bezoek for bezoek in agenda.load_bezoeken(DAG)}


def test_een_volgnummer_komt_die_avond_nooit_terug_en_begint_elke_avond_opnieuw(
    agenda: AgendaDatabase,
) -> None:
    afspraak, zonder = SoortBezoek.AFSPRAAK, SoortBezoek.ZONDER_AFSPRAAK
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        assert [tx.next_volgnummer(DAG, afspraak) for _ in range(3)] == ["A01", "A02", "A03"]
        assert tx.next_volgnummer(DAG, zonder) == "W01"
        assert tx.next_volgnummer(ANDERE_DAG, afspraak) == "A01"
    add(agenda, make_afspraak("een", 17))
    assert begin(agenda)["een"].volgnummer == "A04"
    afgezegd = agenda.find_afspraken(ids=["een"])[0]
    with agenda.lock([DAG]) as tx:
        tx.update_afspraak(replace(afgezegd, toestand=Toestand.AFGEZEGD), WIE, "afgezegd")
    add(agenda, make_afspraak("twee", 18))
    assert begin(agenda)["twee"].volgnummer == "A05"


def test_een_stap_van_de_avond_gaat_ook_naar_de_afspraak_en_staat_zonder_naam_in_de_geschiedenis(
    agenda: AgendaDatabase,
) -> None:
    add(agenda, make_afspraak("een", 17, opmerking="Neemt de kinderen mee."))
    bezoek = begin(agenda)["een"]
    assert (bezoek.naam, bezoek.notitie, bezoek.tijd) == ("", "Neemt de kinderen mee.", moment(17))
    stap = Stapgegevens("verzoek-1", "Aan de beurt.", moment(16, 58))
    nieuw = replace(
        bezoek,
        toestand=Toestand.OPGEROEPEN,
        balie="B2",
        oproepen=1,
        opgeroepen_op=moment(17),
        notitie="Anders",
    )
    with agenda.lock([DAG]) as tx:
        terug = tx.update_bezoek(nieuw, COLLEGA, "bezoek_opgeroepen", stap=stap)
    assert terug.versie == bezoek.versie + 1
    assert agenda.load_bezoeken(DAG) == (terug,)
    afspraak = agenda.find_afspraken(ids=["een"])[0]
    assert (afspraak.toestand, afspraak.opmerking, afspraak.balie) == (Toestand.OPGEROEPEN, "Anders", "B1")
    laatste = agenda.load_stappen(DAG)[-1]
    assert (laatste.soort, laatste.onderwerp, laatste.wie) == ("bezoek_opgeroepen", "een", COLLEGA)
    assert laatste.na["volgnummer"] == "A01"
    assert (laatste.na["balie"], laatste.na["waarom"]) == ("B2", "Aan de beurt.")
    assert laatste.na["gebeurd_op"] == moment(16, 58).isoformat()
    assert "Ayşe" not in str(agenda.load_stappen(DAG))
    assert "Anders" not in str(agenda.load_stappen(DAG))
    assert agenda.check() == ()


def test_wie_een_oude_versie_schrijft_hoort_wie_er_eerder_was(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("een", 17))
    bezoek = begin(agenda)["een"]
    with agenda.lock([DAG]) as tx:
        tx.update_bezoek(replace(bezoek, toestand=Toestand.AANGEMELD), COLLEGA, "bezoek_aangemeld")
    with (
        pytest.raises(IemandWasEerder, match=r"j\.smit was eerder bij A01") as fout,
        agenda.lock([DAG]) as tx,
    ):
        tx.update_bezoek(replace(bezoek, toestand=Toestand.NIET_GEKOMEN), WIE, "bezoek_niet_gekomen")
    assert fout.value.wie == "j.smit"
    with pytest.raises(IemandWasEerder), agenda.lock([DAG]) as tx:
        tx.add_bezoek(bezoek, WIE, "bezoek_genummerd")
    assert agenda.load_bezoeken(DAG)[0].toestand is Toestand.AANGEMELD


def test_wie_zonder_afspraak_komt_houdt_zijn_plek_bezet_voor_wie_boekt(agenda: AgendaDatabase) -> None:
    plek = Vak(to_tik(moment(18)), to_tik(moment(18, 20)))
    add(agenda, make_afspraak("een", 18, 30))
    with agenda.lock([DAG]) as tx:
        w = loper("loper", tx.next_volgnummer(DAG, SoortBezoek.ZONDER_AFSPRAAK))
        tx.add_bezoek(w, WIE, "bezoek_zonder_afspraak", naam="P. de Wit")
        assert tx.set_bezoekplek(w, "B1", Vak(plek.begin, to_tik(moment(18, 35)))) is False
        assert tx.set_bezoekplek(w, "B1", plek) is True
    (gezien,) = [i for i in agenda.load_avonden([DAG])[DAG].inhoud if i.id == "loper"]
    assert (gezien.soort, gezien.vak, gezien.balie) == (SoortInhoud.ZONDER_AFSPRAAK, plek, "B1")
    assert (gezien.vast, gezien.buffer, gezien.producten) == (True, 1, ("a15",))
    assert agenda.check() == ()
    with pytest.raises(AgendaFout, match="net vergeven"):
        add(agenda, make_afspraak("botst", 18, 10))
    with agenda.lock([DAG]) as tx:
        assert tx.set_bezoekplek(w, "", None) is True
    add(agenda, make_afspraak("past", 18, 10))
    assert agenda.check() == ()


def test_een_verzette_afspraak_raakt_haar_bezoek_kwijt_en_een_afgezegde_is_dat_ook_vanavond(
    agenda: AgendaDatabase,
) -> None:
    add(agenda, make_afspraak("een", 17), make_afspraak("twee", 18))
    begin(agenda)
    een, twee = agenda.find_afspraken(ids=["een", "twee"])
    later = make_afspraak("een", 17, dag=ANDERE_DAG)
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        verzet = replace(een, datum=ANDERE_DAG, begin=later.begin, eind=later.eind)
        tx.update_afspraak(verzet, COLLEGA, "verzet")
        tx.update_afspraak(replace(twee, toestand=Toestand.AFGEZEGD), COLLEGA, "afgezegd")
    assert [(b.id, b.toestand) for b in agenda.load_bezoeken(DAG)] == [("twee", Toestand.AFGEZEGD)]
    assert [b.volgnummer for b in agenda.load_bezoeken(ANDERE_DAG)] == [""]
    vervallen = [(s.onderwerp, s.reden) for s in agenda.load_stappen(DAG) if s.soort == "bezoek_vervallen"]
    assert vervallen == [("een", "verzet"), ("twee", "afgezegd")]
    assert agenda.check() == ()


def test_namen_komen_alleen_als_ernaar_wordt_gevraagd(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("een", 17))
    begin(agenda)
    with agenda.lock([DAG]) as tx:
        w = loper("loper", tx.next_volgnummer(DAG, SoortBezoek.ZONDER_AFSPRAAK))
        tx.add_bezoek(w, WIE, "bezoek_zonder_afspraak", naam="Ayşe de Wit")
    assert {b.naam for b in agenda.load_bezoeken(DAG)} == {""}
    assert agenda.load_bezoeknamen(DAG, ["loper"]) == {"loper": "Ayşe de Wit"}
    assert set(agenda.load_bezoeknamen(DAG)) == {"een", "loper"}
    assert agenda.load_bezoeknamen(ANDERE_DAG) == {}
    nummer = agenda.find_afspraken(ids=["een"])[0].nummer
    for zoek, ids in (
        ("ayse", ["een", "loper"]), ("wit", ["loper"]), ("łęcki ayşe", ["een"]), ("a1", ["een"]),
        ("W01", ["loper"]), ("a 001", ["een"]), (nummer, ["een"]), ("61234567", []), ("0612345678", ["een"]),
        ("x", []), ("1", ["een", "loper"]),
    ):  # fmt: skip
        assert sorted(b.id for b, _ in agenda.find_bezoeken(DAG, zoek)) == ids, zoek


def test_de_uitkomst_en_alle_momenten_komen_terug_zoals_ze_zijn_geschreven(agenda: AgendaDatabase) -> None:
    vol = loper(
        "loper", "W01", toestand=Toestand.KLAAR, gepland="B1", balie="B3", voorrang=True, te_laat=True,
        behoeften=("tolk",), taal="de", notitie="pasfoto", opgeroepen_op=moment(17, 6), oproepen=2,
        begonnen_op=moment(17, 7), apart_op=moment(17, 9), apart_omdat="foto", gewerkt=640,
        klaar_op=moment(17, 20), versie=1,
        uitkomsten=(Uitkomst("a15", Resultaat.NIET_GEDAAN, "geen pasfoto"),), vervolg="2026-00007",
    )  # fmt: skip
    with agenda.lock([DAG]) as tx:
        tx.next_volgnummer(DAG, SoortBezoek.ZONDER_AFSPRAAK)
        tx.add_bezoek(vol, WIE, "bezoek_zonder_afspraak", naam="P. de Wit")
    assert agenda.load_bezoeken(DAG) == (vol,)


def test_het_nakijken_ziet_een_bezoek_dat_iets_anders_weet_dan_zijn_afspraak(
    agenda: AgendaDatabase, instelling: Instelling
) -> None:
    add(agenda, make_afspraak("een", 17))
    begin(agenda)
    with connected(instelling) as verbinding:
        verbinding.execute(update(BezoekRij).values(toestand="klaar", volgnummer="A09"))
    zinnen = " ".join(agenda.check())
    assert "Volgnummer A09 op 3 december 2026 is klaar, maar de afspraak is bevestigd." in zinnen
    assert "nog niet is uitgegeven" in zinnen


def test_wie_klaar_is_laat_de_rest_van_zijn_tijd_los_en_krijgt_haar_terug_als_zij_er_nog_is(
    agenda: AgendaDatabase,
) -> None:
    add(agenda, make_afspraak("een", 17, minuten=30))
    bezoek = begin(agenda)["een"]
    kwart = to_tik(moment(17, 15))
    with agenda.lock([DAG]) as tx:
        klaar = tx.update_bezoek(replace(bezoek, toestand=Toestand.KLAAR), WIE, "bezoek_klaar")
        tx.free_bezoekplek(klaar, kwart)
    (ding,) = agenda.load_avonden([DAG])[DAG].inhoud
    assert (ding.vak, ding.vast) == (Vak(to_tik(moment(17)), kwart), True)
    assert agenda.check() == ()
    with agenda.lock([DAG]) as tx:
        assert tx.retake_bezoekplek(klaar) is True
    assert agenda.load_avonden([DAG])[DAG].inhoud[0].vak.eind == to_tik(moment(17, 30))
    with agenda.lock([DAG]) as tx:
        tx.free_bezoekplek(klaar, 0)
    (ding,) = agenda.load_avonden([DAG])[DAG].inhoud  # telt nog mee, maar bezet niets
    assert (ding.balie, ding.vak.lengte, ding.vast) == (AAN_GEEN_BALIE, 6, True)
    add(agenda, make_afspraak("twee", 17, 20))
    with agenda.lock([DAG]) as tx:
        assert tx.retake_bezoekplek(klaar) is False
    balies = {ding.id: ding.balie for ding in agenda.load_avonden([DAG])[DAG].inhoud}
    assert balies == {"een": AAN_GEEN_BALIE, "twee": "B1"}
    assert agenda.check() == ()


def test_een_nummer_van_papier_hoort_bij_geen_reeks_en_is_wel_te_vinden(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        tx.next_volgnummer(DAG, SoortBezoek.ZONDER_AFSPRAAK)
        tx.add_bezoek(loper("een", "W01"), WIE, "bezoek_zonder_afspraak")
        tx.add_bezoek(loper("papier", "W1-03"), WIE, "bezoek_zonder_afspraak")
    assert [b.volgnummer for b in agenda.load_bezoeken(DAG)] == ["W01", "W1-03"]
    assert [b.id for b, _ in agenda.find_bezoeken(DAG, "w1-03")] == ["papier"]
    assert agenda.find_bezoekdatum("papier") == DAG
    assert agenda.find_bezoekdatum("niemand") is None
    assert agenda.check() == ()
