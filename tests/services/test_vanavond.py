"""De avond van deur tot afsluiten; elk geval E02 tot E13 over de loop op SQLite en op PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Resultaat, Uitkomst
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import IemandWasEerder
from frontoffice.documents.bevestiging import Soort
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.services.afspraakwaarden import BestaatNiet, TijdBezet
from frontoffice.services.vanavondwaarden import AlGedaan, NogBezig, NogOpen, PastNiet
from frontoffice.storage.instelling import Instelling
from tests.services.agendabouw import gegevens, uid
from tests.services.avondbouw import Avond, choose_databases, instelling
from tests.storage.bouw import ANDERE_DAG, DAG, moment
from tests.storage.conftest import (
    pg_agenda,
    pg_sjabloon,
    postgres,
    sqlite_agenda,
    sqlite_sjabloon,
)
from ui.afspraak.briefinhoud import find_soort

__all__ = ["instelling", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    choose_databases(metafunc, "^test_e[01]|deur_tot_klaar|verzette_of_afgezegde|houdt_zijn_tijd|sluit_pas")


@pytest.fixture
def avond(instelling: Instelling) -> Iterator[Avond]:
    with Avond(instelling) as avond:
        yield avond
        assert avond.agenda.check() == ()


# --- beginnen ---------------------------------------------------------------------------------------------


def test_bij_het_openen_krijgt_iedereen_een_nummer_op_volgorde_van_tijd(avond: Avond) -> None:
    laat, vroeg, midden = avond.boek(18), avond.boek(17), avond.boek(17, 30)
    avond.plek.afspraken.cancel(midden.id, verzoek_id=uid())
    avond.klok(16, 50)
    stand = avond.dienst.load_stand()
    assert stand is not None
    assert [b.volgnummer for b in stand.bezoeken] == ["", ""]
    with pytest.raises(Geweigerd, match="nog niet begonnen"):
        avond.meld(vroeg)
    stand = avond.dienst.open_avond(verzoek_id=uid())
    assert [(b.volgnummer, b.id) for b in stand.bezoeken] == [("A01", vroeg.id), ("A02", laat.id)]
    assert stand.avond.toestand is AvondToestand.BEZIG
    assert {b.naam for b in stand.bezoeken} == {""}
    assert {b.groep for b in stand.bezoeken} == {"Overig"}
    assert stand.balienamen["B3"] == "Balie 3"


def test_op_een_dag_zonder_avond_is_er_geen_stand_en_niets_te_openen(avond: Avond) -> None:
    avond.agenda.set_klok(moment(12, 0, DAG - timedelta(days=1)))  # type: ignore[attr-defined]  # een proefagenda
    assert avond.dienst.load_stand() is None
    assert avond.dienst.can_undo() is None
    with pytest.raises(Geweigerd, match="geen avond"):
        avond.dienst.open_avond(verzoek_id=uid())


def test_wie_tijdens_de_avond_boekt_krijgt_een_nummer_en_een_nummer_komt_niet_terug(avond: Avond) -> None:
    avond.boek(17)
    avond.begin()
    nieuw = avond.boek(19)
    assert avond.nu(nieuw.id).volgnummer == "A02"
    avond.plek.afspraken.cancel(nieuw.id, verzoek_id=uid())
    derde = avond.boek(19)
    assert avond.nu(derde.id).volgnummer == "A03"
    assert avond.nu(nieuw.id).toestand is Toestand.AFGEZEGD


def test_een_avond_die_al_dicht_was_voor_boeken_blijft_dat_als_hij_begint(avond: Avond) -> None:
    avond.boek(17)
    avond.plek.avonden.set_avond(DAG, AvondToestand.DICHT_VOOR_BOEKEN, verzoek_id=uid())
    avond.begin()
    stand = avond.dienst.load_stand()
    assert stand is not None
    assert stand.avond.toestand is AvondToestand.DICHT_VOOR_BOEKEN
    avond.meld(*avond.agenda.find_afspraken())
    with pytest.raises(TijdBezet, match="dicht voor nieuwe afspraken"):
        avond.boek(19)


# --- de loop ----------------------------------------------------------------------------------------------


def test_van_de_deur_tot_klaar_weten_bezoek_en_afspraak_hetzelfde(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin()
    dienst = avond.dienst
    stappen = (
        (16, 58, lambda v: dienst.arrive(afspraak.id, verzoek_id=v), Toestand.AANGEMELD),
        (17, 1, lambda v: dienst.call_next("B2", verzoek_id=v), Toestand.OPGEROEPEN),
        (17, 2, lambda v: dienst.start(afspraak.id, verzoek_id=v), Toestand.AAN_DE_BALIE),
        (17, 8, lambda v: dienst.park(afspraak.id, "haalt pasfoto", verzoek_id=v), Toestand.EVEN_APART),
        (17, 20, lambda v: dienst.resume(afspraak.id, "B3", verzoek_id=v), Toestand.AAN_DE_BALIE),
        (17, 24, lambda v: dienst.finish(afspraak.id, verzoek_id=v), Toestand.KLAAR),
    )  # fmt: skip
    for uur, minuut, stap, toestand in stappen:
        avond.klok(uur, minuut)
        bezoek = stap(uid())
        assert bezoek is not None
        assert (bezoek.toestand, avond.nu(afspraak.id)) == (toestand, bezoek)
        assert avond.plek.zoeken.load(afspraak.id).toestand is toestand
        assert avond.agenda.check() == ()
    assert (bezoek.balie, bezoek.gepland, bezoek.oproepen) == ("B3", "B1", 1)
    assert round(bezoek.gewerkt / 60) == 10  # zes minuten voor de pasfoto, vier erna
    assert bezoek.uitkomsten == (Uitkomst("a15", Resultaat.GEDAAN),)
    soorten = [stap.soort for stap in avond.dienst.load_stappen()]
    assert soorten == [
        "bezoek_genummerd", "bezoek_aangemeld", "bezoek_opgeroepen", "bezoek_aan_de_balie",
        "bezoek_even_apart", "bezoek_hervat", "bezoek_klaar",
    ]  # fmt: skip
    # Een brief die nu wordt gemaakt, is nog steeds de eerste bevestiging.
    geschiedenis = avond.plek.zoeken.load_geschiedenis(afspraak.id)
    assert find_soort(avond.plek.zoeken.load(afspraak.id), geschiedenis) is Soort.NIEUW
    oproep = avond.dienst.load_stappen()[2]
    assert oproep.na["waarom"]
    assert (oproep.na["volgnummer"], oproep.na["balie"], oproep.na["oproepen"]) == ("A01", "B2", 1)
    assert (oproep.wie.medewerker, oproep.datum) == ("s.bos", DAG)


def test_klaar_kan_meteen_na_de_oproep_met_een_uitkomst_per_product(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin()
    avond.meld(afspraak)
    avond.klok(17)
    avond.dienst.call_next("B1", verzoek_id=uid())
    avond.klok(17, 6)
    with pytest.raises(InvoerFout, match="hoort niet bij dit bezoek"):
        avond.dienst.finish(afspraak.id, (Uitkomst("a45", Resultaat.GEDAAN),), verzoek_id=uid())
    fout = Uitkomst("a15", Resultaat.NIET_GEDAAN, "BSN 999 993 653 klopt niet")
    with pytest.raises(InvoerFout, match="burgerservicenummer"):
        avond.dienst.finish(afspraak.id, (fout,), verzoek_id=uid())
    uitkomst = Uitkomst("a15", Resultaat.NIET_GEDAAN, "geen pasfoto")
    klaar = avond.dienst.finish(afspraak.id, (uitkomst,), verzoek_id=uid(), vervolg="2026-00009")
    assert (klaar.toestand, klaar.uitkomsten, klaar.vervolg) == (Toestand.KLAAR, (uitkomst,), "2026-00009")
    assert klaar.gewerkt == 360


def test_e02_wie_voorrang_heeft_gaat_voor(avond: Avond) -> None:
    eerste = avond.boek(17)
    avond.begin(17)
    avond.meld(eerste)
    haast = avond.loper(voorrang=True)
    volgende = avond.dienst.call_next("B1", verzoek_id=uid())
    assert volgende is not None
    assert (volgende.id, volgende.volgnummer) == (haast.id, "W01")


def test_e03_een_tweede_balie_krijgt_de_volgende_en_daarna_niemand(avond: Avond) -> None:
    afspraken = [avond.boek(17), avond.boek(17)]
    avond.begin(17)
    avond.meld(*afspraken)
    geroepen = [avond.collega(n, eigen=False).call_next(f"B{n}", verzoek_id=uid()) for n in (1, 2, 3)]
    assert {b.id for b in geroepen if b} == {a.id for a in afspraken}
    assert geroepen[2] is None


def test_e04_een_balie_die_nog_iemand_heeft_roept_niemand_op(avond: Avond) -> None:
    een, twee = avond.boek(17), avond.boek(17)
    avond.begin(17)
    avond.meld(een, twee)
    eerste = avond.dienst.call_next("B1", verzoek_id=uid())
    assert eerste is not None
    ander = next(a.id for a in (een, twee) if a.id != eerste.id)
    for poging in (
        lambda: avond.dienst.call_next("B1", verzoek_id=uid()),
        lambda: avond.dienst.call(ander, "B1", verzoek_id=uid()),
    ):
        with pytest.raises(NogBezig, match="Kies eerst Klaar of Even apart") as fout:
            poging()
        assert (fout.value.code, fout.value.bezoek.id) == ("nog_bezig", eerste.id)
    avond.dienst.park(eerste.id, verzoek_id=uid())
    assert avond.dienst.call(ander, "B1", verzoek_id=uid()).balie == "B1"
    with pytest.raises(NogBezig):
        avond.dienst.resume(eerste.id, "B1", verzoek_id=uid())
    assert avond.dienst.resume(eerste.id, "B2", verzoek_id=uid()).balie == "B2"


def test_e06_toch_gekomen_komt_te_laat_gemerkt_terug_in_de_rij(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin()
    avond.klok(17, 9)
    with pytest.raises(Geweigerd, match=r"kan nog komen\. Wacht tot 17\.10 uur"):
        avond.dienst.no_show(afspraak.id, verzoek_id=uid())
    avond.klok(17, 10)
    assert avond.dienst.no_show(afspraak.id, verzoek_id=uid()).toestand is Toestand.NIET_GEKOMEN
    avond.klok(17, 25)
    terug = avond.dienst.come_after_all(afspraak.id, verzoek_id=uid())
    assert (terug.toestand, terug.te_laat, terug.oproepen) == (Toestand.AANGEMELD, True, 0)
    assert terug.aangemeld_op is not None
    assert terug.aangemeld_op >= moment(17, 25)
    volgende = avond.dienst.call_next("B4", verzoek_id=uid())
    assert volgende is not None
    assert volgende.id == afspraak.id
    soorten = [stap.soort for stap in avond.dienst.load_stappen()]
    assert soorten[1:] == ["bezoek_niet_gekomen", "bezoek_toch_gekomen", "bezoek_opgeroepen"]


def test_e07_wie_even_apart_zit_wordt_nooit_vanzelf_opgeroepen(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin(17)
    avond.meld(afspraak)
    avond.dienst.call_next("B1", verzoek_id=uid())
    apart = avond.dienst.park(afspraak.id, "vult formulier in", verzoek_id=uid())
    assert apart.apart_omdat == "vult formulier in"
    assert avond.dienst.call_next("B1", verzoek_id=uid()) is None
    terug = avond.dienst.call(afspraak.id, "B2", verzoek_id=uid())
    assert (terug.toestand, terug.balie, terug.apart_omdat) == (Toestand.OPGEROEPEN, "B2", "")


def test_e08_een_notitie_of_behoefte_verandert_de_plaats_in_de_rij_niet(avond: Avond) -> None:
    een, twee = avond.boek(17), avond.boek(17)
    avond.begin(17)
    avond.meld(een, twee)
    voor = [b.id for b in _rij(avond)]
    eerst = avond.nu(voor[0])
    avond.klok(17, 3)
    bezoek = avond.dienst.set_notitie(voor[0], "  Wacht bij de balie. ", verzoek_id=uid())
    assert (bezoek.notitie, bezoek.aangemeld_op) == ("Wacht bij de balie.", eerst.aangemeld_op)
    assert [b.id for b in _rij(avond)] == voor
    assert avond.plek.zoeken.load(voor[0]).opmerking == "Wacht bij de balie."
    with pytest.raises(InvoerFout, match="burgerservicenummer"):
        avond.dienst.set_notitie(voor[0], "999993653", verzoek_id=uid())
    with pytest.raises(InvoerFout, match="Kies uit de lijst"):
        avond.dienst.set_behoeften(voor[0], ("onbekend",), verzoek_id=uid())
    assert avond.dienst.set_voorrang(voor[1], True, verzoek_id=uid()).voorrang is True
    assert [b.id for b in _rij(avond)] == list(reversed(voor))


def _rij(avond: Avond) -> list[object]:
    from frontoffice.agenda.vanavond.volgorde import waiting_order

    stand = avond.dienst.load_stand()
    assert stand is not None
    return [beurt.bezoek for beurt in waiting_order(stand)]


def test_e11_wat_alleen_is_vastgehouden_is_niet_op_te_roepen(avond: Avond) -> None:
    avond.boek(17)
    avond.klok(16, 50)
    houd = avond.plek.afspraken.hold(
        Wens((Wensregel("a15"),), overrulen=True), moment(17, 30), verzoek_id=uid()
    )
    avond.begin()
    stand = avond.dienst.load_stand()
    assert stand is not None
    assert stand.find(houd.reservering.id) is None
    with pytest.raises(BestaatNiet):
        avond.dienst.call(houd.reservering.id, "B1", verzoek_id=uid())


def test_e13_hetzelfde_verzoek_geeft_hetzelfde_nummer(avond: Avond) -> None:
    avond.begin(17)
    verzoek, wens = uid(), Wens((Wensregel("a10"),))
    een = avond.dienst.walk_in(wens, "P. de Wit", verzoek_id=verzoek)
    nog_eens = avond.collega(eigen=False).walk_in(wens, "P. de Wit", verzoek_id=verzoek)
    assert nog_eens == een
    assert (een.volgnummer, een.id) == ("W01", verzoek)
    assert avond.loper().volgnummer == "W02"


def test_opnieuw_oproepen_kan_drie_keer_met_vijf_minuten_rust(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin(17)
    avond.meld(afspraak)
    avond.dienst.call_next("B1", verzoek_id=uid())
    avond.klok(17, 2)
    with pytest.raises(Geweigerd, match=r"Over 3 minuten kan het weer\.") as fout:
        avond.dienst.recall(afspraak.id, verzoek_id=uid())
    assert fout.value.code == "rust"
    avond.klok(17, 5, 1)
    assert avond.dienst.recall(afspraak.id, verzoek_id=uid()).oproepen == 2
    avond.klok(17, 11)
    terug = avond.dienst.put_back(afspraak.id, verzoek_id=uid())
    assert (terug.toestand, terug.balie, terug.oproepen) == (Toestand.AANGEMELD, "", 2)
    assert avond.dienst.call(afspraak.id, "B2", verzoek_id=uid()).oproepen == 3
    avond.klok(17, 20)
    with pytest.raises(Geweigerd, match="al 3 keer opgeroepen"):
        avond.dienst.recall(afspraak.id, verzoek_id=uid())


# --- twee tegelijk en te laat ------------------------------------------------------------------------------


def test_een_stap_die_al_is_gezet_zegt_wie_dat_deed_en_verandert_niets(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin(17)
    avond.meld(afspraak)
    collega = avond.collega(eigen=False)
    collega.call(afspraak.id, "B2", verzoek_id=uid())
    with pytest.raises(AlGedaan, match=r"A01 is al opgeroepen, door m2 om 17\.00 uur") as fout:
        avond.dienst.call(afspraak.id, "B1", verzoek_id=uid())
    assert (fout.value.wie, isinstance(fout.value, Geweigerd)) == ("m2", True)
    with pytest.raises(IemandWasEerder, match="bij een andere balie"):
        avond.dienst.finish(afspraak.id, verzoek_id=uid(), balie="B1")
    collega.finish(afspraak.id, verzoek_id=uid())
    stappen = len(avond.dienst.load_stappen())
    with pytest.raises(AlGedaan):
        avond.dienst.finish(afspraak.id, verzoek_id=uid())
    with pytest.raises(IemandWasEerder):
        avond.dienst.park(afspraak.id, verzoek_id=uid())
    assert len(avond.dienst.load_stappen()) == stappen


def test_een_verzoek_nog_eens_geeft_het_antwoord_van_toen(avond: Avond) -> None:
    afspraak = avond.boek(17)
    avond.begin(17)
    avond.meld(afspraak)
    verzoek = uid()
    eerst = avond.dienst.call_next("B1", verzoek_id=verzoek)
    avond.dienst.finish(afspraak.id, verzoek_id=uid())
    assert avond.dienst.call_next("B1", verzoek_id=verzoek) == replace(
        eerst, uitkomsten=avond.nu(afspraak.id).uitkomsten
    )  # type: ignore[type-var]  # een Bezoek
    leeg = uid()
    assert avond.dienst.call_next("B1", verzoek_id=leeg) is None
    avond.loper()
    assert avond.dienst.call_next("B1", verzoek_id=leeg) is None
    assert avond.dienst.load_stappen()[-1].soort == "bezoek_zonder_afspraak"


def test_wie_ongemeld_wordt_opgeroepen_telt_als_gekomen_en_zo_nodig_als_te_laat(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17, 30)
    geroepen = avond.dienst.call(a.id, "B1", verzoek_id=uid())
    assert (geroepen.te_laat, geroepen.aangemeld_op) == (True, geroepen.opgeroepen_op)


def test_een_afspraak_van_een_andere_avond_is_niet_op_te_roepen(avond: Avond) -> None:
    wens = Wens((Wensregel("a15"),), overrulen=True)
    later = avond.plek.afspraken.book(wens, moment(17, 0, ANDERE_DAG), gegevens(), verzoek_id=uid())
    avond.begin()
    with pytest.raises(Geweigerd, match="niet voor vanavond"):
        avond.dienst.call(later.id, "B1", verzoek_id=uid())
    with pytest.raises(BestaatNiet):
        avond.dienst.arrive("bestaat-niet", verzoek_id=uid())
    with pytest.raises(InvoerFout, match="balie"):
        avond.dienst.call_next("B99", verzoek_id=uid())


# --- iemand belt terwijl de avond loopt ------------------------------------------------------------------


def test_een_verzette_of_afgezegde_afspraak_is_vanavond_meteen_weg(avond: Avond) -> None:
    verzet, af, schuift = avond.boek(18), avond.boek(18, 30), avond.boek(19)
    avond.begin()
    afspraken = avond.werkplek("telefoon", "tel", eigen=False).afspraken
    afspraken.move(verzet.id, moment(17, 0, ANDERE_DAG), verzoek_id=uid(), overrulen=True)
    afspraken.cancel(af.id, verzoek_id=uid())
    afspraken.move(schuift.id, moment(19, 30), verzoek_id=uid(), overrulen=True)
    stand = avond.dienst.load_stand()
    assert stand is not None
    assert stand.find(verzet.id) is None
    assert avond.nu(af.id).toestand is Toestand.AFGEZEGD
    assert (avond.nu(schuift.id).tijd, avond.nu(schuift.id).volgnummer) == (moment(19, 30), "A03")
    with pytest.raises(Geweigerd):
        avond.dienst.arrive(verzet.id, verzoek_id=uid())
    with pytest.raises(IemandWasEerder, match="afgezegd, door telefoon"):
        avond.dienst.arrive(af.id, verzoek_id=uid())


def test_wie_aan_de_telefoon_een_ander_product_krijgt_is_dat_vanavond_ook(avond: Avond) -> None:
    a = avond.boek(18)
    avond.begin()
    avond.meld(a)
    gemeld = avond.nu(a.id)
    meer = Wens((Wensregel("a30"),), taal="de", overrulen=True)
    avond.werkplek("telefoon", "tel", eigen=False).afspraken.change(a.id, meer, verzoek_id=uid())
    nu = avond.nu(a.id)
    assert ([r.product for r in nu.regels], nu.minuten, nu.taal) == (["a30"], 30, "de")
    assert (nu.toestand, nu.volgnummer, nu.aangemeld_op) == (
        gemeld.toestand, gemeld.volgnummer, gemeld.aangemeld_op,
    )  # fmt: skip
    assert avond.dienst.call(a.id, "B1", verzoek_id=uid()).minuten == 30


def test_de_avond_van_gisteren_is_nog_af_te_sluiten(avond: Avond) -> None:
    a = avond.boek(19)
    avond.begin()
    avond.agenda.set_klok(moment(9, 0, DAG + timedelta(days=1)))  # type: ignore[attr-defined]  # een proefagenda
    assert avond.dienst.load_stand() is None
    with pytest.raises(NogOpen):
        avond.dienst.close_avond(verzoek_id=uid(), datum=DAG)
    with pytest.raises(Geweigerd, match="niet voor vanavond"):
        avond.dienst.no_show(a.id, verzoek_id=uid())
    avond.dienst.no_show(a.id, verzoek_id=uid(), op=moment(20))
    assert avond.dienst.close_avond(verzoek_id=uid(), datum=DAG).avond.toestand is AvondToestand.AFGESLOTEN


def test_wie_al_is_opgeroepen_kan_niet_meer_worden_afgezegd_of_verzet(avond: Avond) -> None:
    afspraak = avond.boek(18)
    avond.begin(17, 30)
    avond.meld(afspraak)
    avond.dienst.call(afspraak.id, "B1", verzoek_id=uid())
    with pytest.raises(Geweigerd, match="al aan de gang"):
        avond.plek.afspraken.cancel(afspraak.id, verzoek_id=uid())
    with pytest.raises(Geweigerd, match="al aan de gang"):
        avond.plek.afspraken.move(afspraak.id, moment(19), verzoek_id=uid(), overrulen=True)


def test_wie_vroeg_klaar_is_maakt_plaats_maar_telt_nog_voor_de_daglimiet(avond: Avond) -> None:
    from tests.storage.bouw import INRICHTING, WIE

    beperkt = [replace(p, per_avond_max=1) for p in INRICHTING.producten if p.code == "a45"]
    with avond.agenda.lock((), inrichting=True) as tx:
        tx.put_onderdelen("producten", beperkt, WIE)
    a = avond.boek(19, product="a45")
    avond.begin(17)
    avond.meld(a)
    avond.dienst.call(a.id, "B1", verzoek_id=uid())
    avond.dienst.finish(a.id, verzoek_id=uid())
    with pytest.raises(TijdBezet, match="daglimiet"):
        avond.boek(18, product="a45")
    for _ in range(6):  # elke balie, ook die van de eerste
        avond.boek(19, product="a30")
    (overzicht,) = [o for o in avond.plek.avonden.overzicht(DAG, DAG) if o.datum == DAG]
    assert overzicht.afspraken == 7


# --- zonder afspraak ---------------------------------------------------------------------------------------


def test_wie_zonder_afspraak_komt_houdt_zijn_tijd_tot_hij_klaar_is(avond: Avond) -> None:
    avond.begin(17)
    loper = avond.loper("a30")
    assert (loper.toestand, loper.groep, loper.gepland != "") == (Toestand.AANGEMELD, "Overig", True)
    assert loper.naam == ""
    assert avond.dienst.load_namen([loper.id]) == {loper.id: "P. de Wit"}
    vakken = [i.vak for i in avond.agenda.load_avonden([DAG])[DAG].inhoud]
    assert [vak.lengte for vak in vakken] == [6]
    assert vakken[0].begin_utc == moment(17, 5) or vakken[0].begin_utc == moment(17)
    avond.dienst.call_next("B1", verzoek_id=uid())
    avond.klok(17, 12)
    avond.dienst.finish(loper.id, verzoek_id=uid())
    (ding,) = avond.agenda.load_avonden([DAG])[DAG].inhoud
    assert ding.vak.eind_utc == moment(17, 15)


def test_wie_er_niet_bij_past_hoort_waarom_en_het_verslag_telt_dat_zonder_naam(avond: Avond) -> None:
    avond.begin(19, 50)
    for _ in range(2):
        verzoek = uid()
        for _ in range(2):  # een keer te veel geklikt telt niet dubbel
            with pytest.raises(PastNiet) as fout:
                avond.dienst.walk_in(Wens((Wensregel("a45"),)), "P. de Wit", verzoek_id=verzoek)
    assert fout.value.uitleg.endswith(".")
    geweigerd = [s for s in avond.dienst.load_stappen() if s.soort == "bezoek_geweigerd"]
    assert len(geweigerd) == 2
    assert geweigerd[0].na["waarom"] == fout.value.waarom
    assert geweigerd[0].onderwerp == f"bezoeken:{DAG.isoformat()}"
    assert avond.agenda.load_bezoeken(DAG) == ()
    with pytest.raises(InvoerFout, match="waarvoor"):
        avond.dienst.walk_in(Wens((Wensregel("bestaat niet"),)), "", verzoek_id=uid())


def test_wie_zonder_verbinding_is_binnengelaten_houdt_zijn_nummer_van_papier(avond: Avond) -> None:
    avond.begin(19, 55)
    wens, op = Wens((Wensregel("a45"),)), moment(18, 10)
    loper = avond.dienst.walk_in(wens, "P. de Wit", verzoek_id=uid(), op=op, volgnummer="W1-03", toch=True)
    assert (loper.volgnummer, loper.aangemeld_op) == ("W1-03", op)
    stap = avond.dienst.load_stappen()[-1]
    assert stap.na["gebeurd_op"] == op.isoformat()
    assert stap.op > op
    assert [b.id for b in avond.dienst.find("w1-03")] == [loper.id]


# --- namen -------------------------------------------------------------------------------------------------


def test_nergens_in_de_geschiedenis_of_een_antwoord_staat_een_naam(avond: Avond) -> None:
    afspraak = avond.boek(17, naam="Ayşe Grønbæk")
    avond.begin(17)
    avond.meld(afspraak)
    loper = avond.loper(naam="Petronella Zandbergen")
    avond.dienst.set_notitie(loper.id, "Zoon van Hendrika", verzoek_id=uid())
    verzoek = uid()
    avond.dienst.call_next("B1", verzoek_id=verzoek)
    avond.dienst.finish(afspraak.id, verzoek_id=uid())
    geschreven = [
        json.dumps([*map(str, (s.onderwerp, s.reden, s.voor, s.na))], ensure_ascii=False)
        for s in avond.dienst.load_stappen()
    ]
    geschreven += [str(avond.agenda.find_verzoek(verzoek))]
    alles = " ".join(geschreven)
    for woord in ("Grønbæk", "Petronella", "Zandbergen", "Hendrika"):
        assert woord not in alles
    assert avond.dienst.load_alle_namen() == {
        afspraak.id: "Ayşe Grønbæk",
        loper.id: "Petronella Zandbergen",
    }
    assert [b.naam for b in avond.dienst.find("zandb")] == ["Petronella Zandbergen"]
    stand = avond.dienst.load_stand()
    assert stand is not None
    assert {b.naam for b in stand.bezoeken} == {""}


# --- sluiten -----------------------------------------------------------------------------------------------


def test_de_avond_sluit_pas_als_van_iedereen_bekend_is_hoe_het_afliep(avond: Avond) -> None:
    een, twee = avond.boek(17), avond.boek(17)
    avond.begin(17)
    avond.meld(een)
    avond.klok(20)
    with pytest.raises(NogOpen, match="2 bezoeken zijn nog open") as fout:
        avond.dienst.close_avond(verzoek_id=uid())
    assert {b.id for b in fout.value.bezoeken} == {een.id, twee.id}
    avond.dienst.no_show(een.id, verzoek_id=uid())
    avond.dienst.no_show(twee.id, verzoek_id=uid())
    verzoek = uid()
    assert avond.dienst.close_avond(verzoek_id=verzoek).avond.toestand is AvondToestand.AFGESLOTEN
    assert avond.dienst.close_avond(verzoek_id=verzoek).avond.toestand is AvondToestand.AFGESLOTEN
    with pytest.raises(Geweigerd, match="afgesloten"):
        avond.dienst.come_after_all(een.id, verzoek_id=uid())
    with pytest.raises((Geweigerd, TijdBezet)):
        avond.boek(19, 45)
    assert avond.dienst.open_avond(verzoek_id=uid()).avond.toestand is AvondToestand.BEZIG
    avond.dienst.come_after_all(een.id, verzoek_id=uid())
