"""Wat elke opslag van de agenda doet, op beide databases."""
# ruff: noqa: PT012 - het blok van het slot is wat hier moet mislukken, en dat heeft meer regels

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from frontoffice.agenda.afspraak import Eisen, Kanaal, Toestand
from frontoffice.agenda.avond import AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.tijd import Vak, to_tik
from frontoffice.agendapoort import AgendaFout, Gebeurtenis, IemandWasEerder, Wie
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.transactie import CODETEKENS
from tests.storage.bouw import (
    ANDERE_DAG,
    COLLEGA,
    DAG,
    INRICHTING,
    KLANT,
    MAANDAG,
    WIE,
    add,
    make_afspraak,
    make_reservering,
    moment,
)

Werkplek = Callable[[], AgendaDatabase]


def inhoud(agenda: AgendaDatabase, dag: date = DAG) -> tuple[Inhoud, ...]:
    return agenda.load_avonden([dag])[dag].inhoud


# --- afspraken


def test_een_afspraak_komt_terug_zoals_hij_erin_ging(agenda: AgendaDatabase) -> None:
    afspraak = make_afspraak(
        "1",
        buffer=5,
        klant=replace(KLANT, geboortedatum=date(2016, 2, 29), klantsleutel="ab" * 32),
        behoeften=("tolk", "extra_tijd"),
        taal="ar",
        opmerking="Belt bij de deur.\nمحمد",
        vaste_balie=True,
        te_verzetten="De avond is gesloten.",
        kanaal=Kanaal.BALIE,
        gemaakt_op=datetime(2026, 11, 30, 9, 0, 1, 250_000, tzinfo=UTC),
        vervolg_van="0",
        ics_volgnummer=3,
    )
    with agenda.lock([DAG]) as tx:
        tx.add_afspraak(afspraak, WIE)
        assert tx.load_afspraak("1") == afspraak
        assert tx.load_afspraak("2") is None
    assert agenda.find_afspraken(ids=["1"]) == (afspraak,)


def test_een_afspraak_bezet_haar_tikken_met_buffer(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", 17, 30, buffer=5))
    (ding,) = inhoud(agenda)
    begin = to_tik(moment(17, 30))
    assert (ding.soort, ding.id, ding.vak, ding.balie) == (
        SoortInhoud.AFSPRAAK,
        "1",
        Vak(begin, begin + 4),
        "B1",
    )
    assert (ding.producten, ding.kanaal, ding.buffer, ding.vast) == (("a15",), Kanaal.TELEFOON, 1, False)
    assert agenda.check() == ()


@pytest.mark.parametrize(
    ("toestand", "vast"),
    [
        (Toestand.BEVESTIGD, False),
        (Toestand.AANGEMELD, False),
        (Toestand.OPGEROEPEN, True),
        (Toestand.AAN_DE_BALIE, True),
        (Toestand.EVEN_APART, True),
        (Toestand.KLAAR, True),
    ],
)
def test_v09_wie_is_opgeroepen_staat_vast_aan_zijn_balie(
    agenda: AgendaDatabase, toestand: Toestand, vast: bool
) -> None:
    """Net als een vaste balie; de planning verhuist wat vast staat nooit."""
    add(agenda, make_afspraak("1", toestand=toestand), make_afspraak("2", 18, 0, vaste_balie=True))
    assert {ding.id: ding.vast for ding in inhoud(agenda)} == {"1": vast, "2": True}


def test_een_plek_kan_niet_twee_keer_worden_gegeven_wie_er_ook_schrijft(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", 17, 0, minuten=30))
    with pytest.raises(AgendaFout, match="net vergeven") as gevangen:
        add(agenda, make_afspraak("2", 17, 25))
    assert gevangen.value.code == "bezet"
    assert [ding.id for ding in inhoud(agenda)] == ["1"]
    assert agenda.check() == ()


def test_aansluitende_afspraken_passen_naast_elkaar(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", 17, 0), make_afspraak("2", 17, 15), make_afspraak("3", 17, 0, balie="B2"))
    assert len(inhoud(agenda)) == 3


def test_wat_binnen_een_slot_mislukt_laat_niets_achter(agenda: AgendaDatabase) -> None:
    versie = agenda.load_versies(DAG, DAG).avonden.get(DAG, 0)
    with pytest.raises(ZeroDivisionError), agenda.lock([DAG]) as tx:
        tx.add_afspraak(make_afspraak("1"), WIE)
        tx.note_verzoek("v1", "x", {})
        raise ZeroDivisionError
    assert inhoud(agenda) == ()
    assert agenda.find_verzoek("v1") is None
    assert agenda.load_versies(DAG, DAG).avonden.get(DAG, 0) == versie


def test_een_fout_van_de_database_die_is_opgevangen_legt_toch_niets_vast(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1"))
    with pytest.raises(AgendaFout, match="net vergeven"), agenda.lock([DAG]) as tx:
        tx.note_verzoek("v1", "x", {})
        with pytest.raises(AgendaFout):
            tx.add_afspraak(make_afspraak("2"), WIE)
    assert agenda.find_verzoek("v1") is None


def test_een_avond_buiten_het_slot_is_niet_te_lezen_of_te_wijzigen(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        with pytest.raises(ValueError):
            tx.load_avond(ANDERE_DAG)
        with pytest.raises(ValueError):
            tx.add_afspraak(make_afspraak("1", dag=ANDERE_DAG), WIE)
        with pytest.raises(ValueError):
            tx.put_onderdelen("balies", INRICHTING.balies, WIE)


def test_wijzigen_met_een_oude_versie_zegt_wie_er_eerder_was(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    add(agenda, make_afspraak("1"))
    (gelezen,) = agenda.find_afspraken(ids=["1"])
    collega = werkplek()
    with collega.lock([DAG]) as tx:
        nieuw = tx.update_afspraak(replace(gelezen, opmerking="Komt met kind."), COLLEGA, "gewijzigd")
    assert nieuw.versie == gelezen.versie + 1
    with pytest.raises(IemandWasEerder, match=r"j\.smit") as gevangen, agenda.lock([DAG]) as tx:
        tx.update_afspraak(replace(gelezen, opmerking="Iets anders."), WIE, "gewijzigd")
    assert gevangen.value.wie == "j.smit"
    assert gevangen.value.wanneer is not None
    assert agenda.find_afspraken(ids=["1"])[0].opmerking == "Komt met kind."


def test_afzeggen_geeft_de_plek_vrij_en_bewaart_de_afspraak(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1"))
    with agenda.lock([DAG]) as tx:
        oud = tx.load_afspraak("1")
        assert oud is not None
        tx.update_afspraak(replace(oud, toestand=Toestand.AFGEZEGD), WIE, "afgezegd", "Kan niet.")
    assert inhoud(agenda) == ()
    assert agenda.find_afspraken(ids=["1"])[0].toestand is Toestand.AFGEZEGD
    add(agenda, make_afspraak("2"))
    assert agenda.check() == ()


@pytest.mark.parametrize("toestand", [Toestand.NIET_GEKOMEN, Toestand.KLAAR, Toestand.AAN_DE_BALIE])
def test_wie_er_was_of_had_moeten_zijn_houdt_zijn_plek(agenda: AgendaDatabase, toestand: Toestand) -> None:
    add(agenda, make_afspraak("1"))
    with agenda.lock([DAG]) as tx:
        oud = tx.load_afspraak("1")
        assert oud is not None
        tx.update_afspraak(replace(oud, toestand=toestand), WIE, toestand.value)
    (ding,) = inhoud(agenda)
    assert ding.vast is (toestand is not Toestand.NIET_GEKOMEN)


def test_c01_verzetten_maakt_oud_vrij_en_neemt_nieuw_in_een_keer(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", 17, 0))
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        oud = tx.load_afspraak("1")
        assert oud is not None
        nieuw = replace(
            oud,
            datum=ANDERE_DAG,
            begin=moment(18, 0, ANDERE_DAG),
            eind=moment(18, 15, ANDERE_DAG),
            balie="B2",
            ics_volgnummer=oud.ics_volgnummer + 1,
        )
        geschreven = tx.update_afspraak(nieuw, WIE, "verzet", "Op verzoek.")
    assert inhoud(agenda) == ()
    assert [ding.balie for ding in inhoud(agenda, ANDERE_DAG)] == ["B2"]
    (gelezen,) = agenda.find_afspraken(ids=["1"])
    assert gelezen == geschreven
    assert (gelezen.nummer, gelezen.code, gelezen.ics_volgnummer) == (oud.nummer, oud.code, 1)
    laatste = agenda.load_gebeurtenissen("1")[-1]
    assert (laatste.soort, laatste.reden, laatste.voor["datum"], laatste.na["datum"]) == (
        "verzet",
        "Op verzoek.",
        "2026-12-03",
        "2026-12-10",
    )
    assert agenda.check() == ()


def test_c02_is_de_nieuwe_tijd_net_weg_dan_blijft_de_oude_staan(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", 17, 0), make_afspraak("2", 18, 0))
    voor = inhoud(agenda)
    with pytest.raises(AgendaFout, match="net vergeven"), agenda.lock([DAG]) as tx:
        oud = tx.load_afspraak("1")
        assert oud is not None
        tx.update_afspraak(replace(oud, begin=moment(18), eind=moment(18, 15)), WIE, "verzet")
    assert inhoud(agenda) == voor
    assert agenda.find_afspraken(ids=["1"])[0] == oud
    assert [regel.soort for regel in agenda.load_gebeurtenissen("1")] == ["gemaakt"]
    assert agenda.check() == ()


def test_balies_ruilen_gaat_alle_tegelijk(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", balie="B1"), make_afspraak("2", balie="B2"))
    with agenda.lock([DAG]) as tx:
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=10), balie="B3"))
        tx.move_balies(DAG, {"1": "B2", "2": "B3", "r": "B1"})
    assert {ding.id: ding.balie for ding in inhoud(agenda)} == {"1": "B2", "2": "B3", "r": "B1"}
    laatste = agenda.load_gebeurtenissen("1")[-1]
    assert (laatste.wie.medewerker, laatste.voor, laatste.na) == (
        "automatisch",
        {"balie": "B1"},
        {"balie": "B2"},
    )
    assert agenda.check() == ()


def test_een_balie_ruilen_die_bezet_blijft_wordt_geweigerd(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", balie="B1"), make_afspraak("2", balie="B2"))
    with pytest.raises(AgendaFout, match="net vergeven"), agenda.lock([DAG]) as tx:
        tx.move_balies(DAG, {"1": "B2"})
    assert {ding.id: ding.balie for ding in inhoud(agenda)} == {"1": "B1", "2": "B2"}


# --- reserveringen


def test_h02_een_reservering_van_vijf_minuten_blokkeert_en_verloopt_vanzelf(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    begin = moment(9, 0, MAANDAG)
    agenda.set_klok(begin)
    with agenda.lock([DAG]) as tx:
        verloopt = tx.nu + timedelta(minutes=5)
        tx.add_reservering(make_reservering("r", verloopt))
    collega = werkplek()
    collega.set_klok(begin + timedelta(minutes=4))
    assert [ding.soort for ding in inhoud(collega)] == [SoortInhoud.RESERVERING]
    assert collega.load_avonden([DAG])[DAG].verloopt == verloopt.replace(microsecond=verloopt.microsecond)
    with pytest.raises(AgendaFout, match="net vergeven"):
        add(collega, make_afspraak("1"))
    collega.set_klok(begin + timedelta(minutes=5, seconds=1))
    assert inhoud(collega) == ()
    assert collega.load_avonden([DAG])[DAG].verloopt is None
    add(collega, make_afspraak("1"))
    assert [ding.id for ding in inhoud(collega)] == ["1"]
    assert agenda.check() == ()


def test_h03_een_verlopen_reservering_is_nog_te_lezen_als_een_ander_de_plek_nam(
    agenda: AgendaDatabase,
) -> None:
    with agenda.lock([DAG]) as tx:
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=5)))
    agenda.set_klok(agenda.nu() + timedelta(minutes=6))
    add(agenda, make_afspraak("1"))
    with agenda.lock([DAG]) as tx:
        oud = tx.load_reservering("r")
        assert oud is not None
        assert oud.verloopt <= tx.nu
        assert [ding.id for ding in tx.load_avond(DAG).inhoud] == ["1"]
    with pytest.raises(AgendaFout) as gevangen, agenda.lock([DAG]) as tx:
        tx.update_reservering(replace(oud, verloopt=tx.nu + timedelta(minutes=5)))
    assert gevangen.value.code == "bezet"
    assert [ding.id for ding in inhoud(agenda)] == ["1"]
    assert agenda.check() == ()


def test_een_verlopen_reservering_is_te_hervatten_als_de_plek_nog_vrij_is(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=5)))
    agenda.set_klok(agenda.nu() + timedelta(minutes=6))
    assert [r.id for r in agenda.find_reserveringen("s.bos@balie-1")] == ["r"]
    with agenda.lock([DAG]) as tx:
        oud = tx.load_reservering("r")
        assert oud is not None
        tx.update_reservering(replace(oud, verloopt=tx.nu + timedelta(minutes=5)))
    with pytest.raises(AgendaFout, match="net vergeven"):
        add(agenda, make_afspraak("1"))
    assert agenda.find_reserveringen("een.ander") == ()
    assert agenda.check() == ()


def test_een_reservering_met_een_oude_versie_wordt_geweigerd(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        eerste = make_reservering("r", tx.nu + timedelta(minutes=5))
        tx.add_reservering(eerste)
        tx.update_reservering(eerste)
    with pytest.raises(IemandWasEerder), agenda.lock([DAG]) as tx:
        tx.update_reservering(eerste)


def test_h01_bevestigen_maakt_van_de_reservering_een_afspraak_zonder_de_plek_los_te_laten(
    agenda: AgendaDatabase,
) -> None:
    with agenda.lock([DAG]) as tx:
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=5)))
    with agenda.lock([DAG]) as tx:
        tx.remove_reservering("r")
        tx.remove_reservering("r")
        tx.add_afspraak(make_afspraak("1"), WIE)
    assert [(ding.soort, ding.id) for ding in inhoud(agenda)] == [(SoortInhoud.AFSPRAAK, "1")]


# --- verzoeken, nummers, codes


def test_h11_hetzelfde_verzoek_geeft_hetzelfde_antwoord_en_een_rij(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    def confirm(opslag: AgendaDatabase, id_: str) -> str:
        with opslag.lock([DAG]) as tx:
            if (eerder := tx.load_verzoek("verzoek", "vinger")) is not None:
                return str(eerder["nummer"])
            nummer = tx.next_nummer(2026)
            tx.add_afspraak(make_afspraak(id_, nummer=nummer), WIE)
            tx.note_verzoek("verzoek", "vinger", {"nummer": nummer, "balie": "B1"})
            return nummer

    eerste = confirm(agenda, "1")
    assert confirm(werkplek(), "2") == eerste
    assert confirm(agenda, "3") == eerste
    assert len(inhoud(agenda)) == 1
    assert agenda.find_verzoek("verzoek") == {"nummer": eerste, "balie": "B1"}
    assert agenda.find_verzoek("onbekend") is None


def test_hetzelfde_verzoek_met_andere_gegevens_wordt_geweigerd(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        tx.note_verzoek("v", "een", {})
    with pytest.raises(AgendaFout) as gevangen, agenda.lock([DAG]) as tx:
        tx.load_verzoek("v", "ander")
    assert gevangen.value.code == "verzoek_anders"


def test_t13_de_nummers_beginnen_elk_jaar_opnieuw_en_beide_zijn_te_vinden(agenda: AgendaDatabase) -> None:
    januari = date(2027, 1, 7)
    with agenda.lock([DAG, januari]) as tx:
        nummers = [tx.next_nummer(2026), tx.next_nummer(2026), tx.next_nummer(2027)]
        tx.add_afspraak(make_afspraak("1", nummer=nummers[1]), WIE)
        tx.add_afspraak(make_afspraak("2", dag=januari, nummer=nummers[2]), WIE)
    assert nummers == ["2026-00001", "2026-00002", "2027-00001"]
    assert [a.id for a in agenda.find_afspraken(zoek="2026-00002")] == ["1"]
    assert [a.id for a in agenda.find_afspraken(zoek="2027-00001")] == ["2"]
    assert [a.id for a in agenda.find_afspraken(zoek="-0000")] == ["1", "2"]


def test_een_teruggedraaide_boeking_laat_geen_gat_in_de_nummers(agenda: AgendaDatabase) -> None:
    with pytest.raises(ZeroDivisionError), agenda.lock([DAG]) as tx:
        tx.next_nummer(2026)
        raise ZeroDivisionError
    with agenda.lock([DAG]) as tx:
        assert tx.next_nummer(2026) == "2026-00001"


def test_een_code_heeft_acht_tekens_die_niet_op_elkaar_lijken(agenda: AgendaDatabase) -> None:
    with agenda.lock(()) as tx:
        codes = [tx.next_code() for _ in range(200)]
    assert len(set(codes)) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(CODETEKENS)
    assert not set(CODETEKENS) & set("0O1I")


# --- geschiedenis


def test_de_geschiedenis_zegt_wie_wat_deed_zonder_persoonsgegevens(agenda: AgendaDatabase) -> None:
    afspraak = make_afspraak("1", opmerking="Is slechthorend.")
    add(agenda, afspraak)
    with agenda.lock([DAG]) as tx:
        oud = tx.load_afspraak("1")
        assert oud is not None
        anders = replace(
            oud, klant=replace(oud.klant, telefoon="053-1234567", email="anders@voorbeeld.example")
        )
        tx.update_afspraak(anders, COLLEGA, "gewijzigd")
    gemaakt, gewijzigd = agenda.load_gebeurtenissen("1")
    assert gemaakt.wie == WIE
    assert (gewijzigd.wie, gewijzigd.soort, gewijzigd.voor) == (COLLEGA, "gewijzigd", {})
    assert gewijzigd.na == {"gewijzigd": ["telefoon", "email"]}
    tekst = repr((gemaakt, gewijzigd))
    for woord in ("Ay", "12 34", "voorbeeld.example", "053", "slechthorend", "CODE"):
        assert woord not in tekst


def test_een_eigen_gebeurtenis_komt_terug_zoals_zij_erin_ging(agenda: AgendaDatabase) -> None:
    gebeurtenis = Gebeurtenis(
        datetime(2026, 11, 30, 8, tzinfo=UTC),
        WIE,
        "gesloten",
        "avond:2026-12-03",
        DAG,
        {"a": 1},
        {"b": [2]},
        "r",
    )
    with agenda.lock([DAG]) as tx:
        tx.note(gebeurtenis)
    assert agenda.load_gebeurtenissen("avond:2026-12-03") == (gebeurtenis,)


# --- avonden en versies


def test_een_avond_waar_niets_van_is_vastgelegd_is_gewoon_open(agenda: AgendaDatabase) -> None:
    avonden = agenda.load_avonden([ANDERE_DAG, DAG])
    assert set(avonden) == {DAG, ANDERE_DAG}
    avond = avonden[DAG]
    assert (avond.versie, avond.toestand, avond.inhoud, avond.eigenaar) == (0, AvondToestand.OPEN, (), "kif")
    assert agenda.load_avonden([]) == {}


def test_elke_wijziging_geeft_alleen_die_avond_een_nieuwe_versie(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1"), make_afspraak("2", 18))
    add(agenda, make_afspraak("3", 19))
    with agenda.lock([DAG, ANDERE_DAG]):
        pass
    assert agenda.load_versies(DAG, ANDERE_DAG).avonden == {DAG: 2}
    assert agenda.load_versies(ANDERE_DAG, ANDERE_DAG).avonden == {}
    assert agenda.load_avonden([DAG])[DAG].versie == 2


def test_een_avond_dicht_voor_boeken_blijft_dicht_met_zijn_notitie(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        tx.set_avond(DAG, AvondToestand.DICHT_VOOR_BOEKEN, "Kluis kapot.")
        assert tx.load_avond(DAG).toestand is AvondToestand.DICHT_VOOR_BOEKEN
    add(agenda, make_afspraak("1"))
    avond = agenda.load_avonden([DAG])[DAG]
    assert (avond.toestand, avond.notitie, avond.versie) == (
        AvondToestand.DICHT_VOOR_BOEKEN,
        "Kluis kapot.",
        2,
    )


def test_wat_een_andere_agenda_heeft_staan_bezet_en_wordt_in_zijn_geheel_vervangen(
    agenda: AgendaDatabase,
) -> None:
    begin = to_tik(moment(18))
    van = moment(15, 40)

    def extern(id_: str, vanaf: int) -> Inhoud:
        return Inhoud(SoortInhoud.EXTERN, id_, Vak(vanaf, vanaf + 3), "B1", Eisen(), ("paspoort",), True)

    with agenda.lock([DAG]) as tx:
        tx.put_extern(DAG, [extern("e1", begin), extern("e2", begin + 3)], van)
    with pytest.raises(AgendaFout, match="net vergeven"):
        add(agenda, make_afspraak("1", 18))
    avond = agenda.load_avonden([DAG])[DAG]
    assert (avond.extern_van, [ding.id for ding in avond.inhoud]) == (van, ["e1", "e2"])
    assert avond.inhoud[0] == extern("e1", begin)
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        tx.put_extern(DAG, [extern("e2", begin + 3)], van)
        tx.put_extern(ANDERE_DAG, [extern("e2", begin + 7 * 288)], van)
    add(agenda, make_afspraak("1", 18))
    assert agenda.check() == ()


# --- klok


def test_t12_de_tijd_komt_van_de_database_en_niet_van_de_pc(agenda: AgendaDatabase) -> None:
    """De pc loopt twintig minuten voor op de klok van deze agenda; wat verloopt, volgt de agenda."""
    pc = datetime.now(UTC)
    agenda.set_klok(pc - timedelta(minutes=20))
    with agenda.lock([DAG]) as tx:
        assert abs(pc - timedelta(minutes=20) - tx.nu) < timedelta(minutes=1)
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=5)))
    assert agenda.nu() < pc - timedelta(minutes=19)
    assert [ding.id for ding in inhoud(agenda)] == ["r"]


def test_de_klok_van_een_echte_agenda_is_niet_te_verzetten(agenda: AgendaDatabase) -> None:
    assert agenda.is_proef
    agenda.mark_proef()  # was het al
    add(agenda, make_afspraak("1"))
    agenda.set_klok(moment(9))
    assert abs(agenda.nu() - moment(9)) < timedelta(minutes=1)


def test_het_klantgeheim_is_van_de_agenda(agenda: AgendaDatabase, werkplek: Werkplek) -> None:
    geheim = agenda.load_klantgeheim()
    assert len(geheim) == 32
    assert werkplek().load_klantgeheim() == geheim


def test_een_ander_ziet_een_wijziging_bij_de_volgende_vraag(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    collega = werkplek()
    assert collega.load_versies(DAG, DAG).avonden == {}
    add(agenda, make_afspraak("1"))
    assert collega.load_versies(DAG, DAG).avonden == {DAG: 1}
    assert [ding.id for ding in inhoud(collega)] == ["1"]


def test_wie_de_wijziging_deed_mag_ook_zonder_werkplek(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        tx.add_afspraak(make_afspraak("1"), Wie("kif"))
    assert agenda.load_gebeurtenissen("1")[0].wie == Wie("kif")
