"""Een minuut lang terug: elke stap, met afspraak en plek in het rooster, en niet als een ander verderging."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.publiek import make_publiek
from frontoffice.agenda.vanavond.verloop import read_verlopen
from frontoffice.agendapoort import IemandWasEerder
from frontoffice.domain.fouten import Geweigerd
from frontoffice.services.afspraakwaarden import BestaatNiet
from frontoffice.services.vanavondwaarden import NogBezig
from frontoffice.storage.instelling import Instelling
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond, choose_databases, instelling
from tests.storage.bouw import DAG, moment
from tests.storage.conftest import (
    pg_agenda,
    pg_sjabloon,
    postgres,
    sqlite_agenda,
    sqlite_sjabloon,
)

__all__ = ["instelling", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]
Stap = Callable[[str], object]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    choose_databases(metafunc, "precies_hoe_het_was|al_vergeven|diens_werk")


@pytest.fixture
def avond(instelling: Instelling) -> Iterator[Avond]:
    with Avond(instelling) as avond:
        yield avond
        assert avond.agenda.check() == ()


def zonder_versie(bezoek: Bezoek) -> tuple[object, ...]:
    return tuple(getattr(bezoek, veld) for veld in bezoek.__dataclass_fields__ if veld != "versie")


def test_elke_stap_is_terug_te_zetten_tot_precies_hoe_het_was(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin()
    d = avond.dienst
    stappen: list[tuple[int, Stap]] = [
        (0, lambda v: d.arrive(a.id, verzoek_id=v)),
        (1, lambda v: d.set_voorrang(a.id, True, verzoek_id=v)),
        (2, lambda v: d.call_next("B2", verzoek_id=v)),
        (8, lambda v: d.recall(a.id, verzoek_id=v)),
        (9, lambda v: d.put_back(a.id, verzoek_id=v)),
        (15, lambda v: d.call(a.id, "B3", verzoek_id=v)),
        (16, lambda v: d.start(a.id, verzoek_id=v)),
        (17, lambda v: d.park(a.id, "haalt pasfoto", verzoek_id=v)),
        (18, lambda v: d.resume(a.id, "B1", verzoek_id=v)),
        (19, lambda v: d.finish(a.id, verzoek_id=v)),
    ]
    for minuut, stap in stappen:
        avond.klok(17, minuut)
        voor, ingedeeld = avond.nu(a.id), avond.agenda.load_avonden([DAG])[DAG].inhoud
        verzoek = uid()
        stap(verzoek)
        assert zonder_versie(avond.nu(a.id)) != zonder_versie(voor)
        terug = d.undo(verzoek, verzoek_id=uid())
        assert zonder_versie(terug) == zonder_versie(avond.nu(a.id))
        assert zonder_versie(terug) == zonder_versie(voor)
        assert avond.agenda.load_avonden([DAG])[DAG].inhoud == ingedeeld
        assert avond.plek.zoeken.load(a.id).toestand is voor.toestand
        stap(uid())
    assert avond.nu(a.id).toestand is Toestand.KLAAR


def test_niet_gekomen_ongedaan_geeft_de_tijd_terug_tenzij_die_al_vergeven_is(avond: Avond) -> None:
    a, b = avond.boek(17, product="a45"), avond.boek(17, product="a45")
    avond.begin()
    avond.klok(17, 10)
    stappen = [uid(), uid()]
    for afspraak, stap in zip((a, b), stappen, strict=True):
        avond.dienst.no_show(afspraak.id, verzoek_id=stap)
    assert [i.vak.eind_utc for i in avond.agenda.load_avonden([DAG])[DAG].inhoud] == [moment(17, 15)] * 2
    while avond.loper("a45").gepland != avond.nu(a.id).gepland:
        pass  # net zo lang tot iemand de tijd van de eerste heeft
    for stap in stappen:
        avond.dienst.undo(stap, verzoek_id=uid())
    tot = {i.id: i.vak.eind_utc for i in avond.agenda.load_avonden([DAG])[DAG].inhoud}
    assert tot[a.id] == moment(17, 15)
    assert tot[b.id] in (moment(17, 45), moment(17, 15))
    assert avond.nu(a.id).toestand is avond.nu(b.id).toestand is Toestand.BEVESTIGD


def test_een_oproep_ongedaan_maken_haalt_haar_ook_van_het_publieke_scherm(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    verzoek = uid()
    avond.dienst.call_next("B2", verzoek_id=verzoek)
    assert "A01" in str(make_publiek(avond.dienst.load_stand()))  # type: ignore[arg-type]  # er is een avond
    avond.dienst.undo(verzoek, verzoek_id=uid())
    assert "A01" not in str(make_publiek(avond.dienst.load_stand()))  # type: ignore[arg-type]  # idem


def test_na_een_minuut_kan_het_niet_meer_ook_niet_als_de_klok_van_de_proef_verschoven_is(
    avond: Avond,
) -> None:
    a = avond.boek(17)
    avond.begin(17)
    eerste, tweede = uid(), uid()
    avond.dienst.arrive(a.id, verzoek_id=eerste)
    laatste = avond.dienst.can_undo()
    assert laatste is not None
    assert (laatste.verzoek_id, laatste.bezoek_id, laatste.volgnummer) == (eerste, a.id, "A01")
    assert (laatste.soort, 55 <= laatste.seconden <= 60) == ("bezoek_aangemeld", True)
    assert avond.collega(eigen=False).can_undo() is None
    avond.klok(17, 0, 50)
    assert avond.dienst.undo(eerste, verzoek_id=uid()).toestand is Toestand.BEVESTIGD
    assert avond.dienst.can_undo() is None
    avond.dienst.arrive(a.id, verzoek_id=tweede)
    avond.klok(17, 1, 55)
    assert avond.dienst.can_undo() is None
    with pytest.raises(Geweigerd, match="tot 60 seconden") as fout:
        avond.dienst.undo(tweede, verzoek_id=uid())
    assert fout.value.code == "te_laat_ongedaan"
    assert avond.nu(a.id).toestand is Toestand.AANGEMELD


def test_wat_later_is_doorgevoerd_telt_vanaf_het_moment_dat_het_gebeurde(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17, 30)
    toen, verzoek = moment(17, 2), uid()
    assert avond.dienst.arrive(a.id, verzoek_id=verzoek, op=toen).aangemeld_op == toen
    assert avond.dienst.can_undo() is None
    with pytest.raises(Geweigerd):
        avond.dienst.undo(verzoek, verzoek_id=uid())
    terug = avond.dienst.undo(verzoek, verzoek_id=uid(), op=moment(17, 2).replace(second=30))
    assert terug.toestand is Toestand.BEVESTIGD
    te_laat = avond.dienst.arrive(a.id, verzoek_id=uid(), op=moment(18))  # een pc die voorloopt
    assert te_laat.aangemeld_op is not None
    assert te_laat.aangemeld_op < moment(17, 35)


def test_wie_na_een_ander_komt_kan_diens_werk_niet_terugdraaien(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    roep, begin = uid(), uid()
    avond.dienst.call_next("B1", verzoek_id=roep)
    avond.collega(eigen=False).start(a.id, verzoek_id=begin)
    with pytest.raises(IemandWasEerder, match="A01 is al aan de balie, door m2"):
        avond.dienst.undo(roep, verzoek_id=uid())
    # Wie de laatste stap terugdraait, maakt de vorige weer de laatste.
    ongedaan = uid()
    avond.collega(eigen=False).undo(begin, verzoek_id=ongedaan)
    assert avond.collega(eigen=False).undo(begin, verzoek_id=ongedaan).toestand is Toestand.OPGEROEPEN
    with pytest.raises(IemandWasEerder):
        avond.dienst.undo(begin, verzoek_id=uid())
    with pytest.raises(Geweigerd, match="zelf al ongedaan"):
        avond.dienst.undo(ongedaan, verzoek_id=uid())
    assert avond.dienst.undo(roep, verzoek_id=uid()).toestand is Toestand.AANGEMELD
    with pytest.raises(BestaatNiet):
        avond.dienst.undo(uid(), verzoek_id=uid())


def test_ongedaan_zet_nooit_twee_mensen_aan_een_balie(avond: Avond) -> None:
    een, twee = avond.boek(17), avond.boek(17)
    avond.begin(17)
    avond.meld(een, twee)
    avond.dienst.call(een.id, "B1", verzoek_id=uid())
    klaar = uid()
    avond.dienst.finish(een.id, verzoek_id=klaar)
    avond.dienst.call(twee.id, "B1", verzoek_id=uid())
    with pytest.raises(NogBezig):
        avond.dienst.undo(klaar, verzoek_id=uid())
    assert avond.nu(een.id).toestand is Toestand.KLAAR


def test_een_afspraak_die_de_telefoon_intussen_afzegde_komt_niet_terug(avond: Avond) -> None:
    a = avond.boek(18)
    avond.begin(17)
    verzoek = uid()
    avond.dienst.arrive(a.id, verzoek_id=verzoek)
    avond.werkplek("telefoon", "tel", eigen=False).afspraken.cancel(a.id, verzoek_id=uid())
    with pytest.raises(IemandWasEerder, match="afgezegd, door telefoon"):
        avond.dienst.undo(verzoek, verzoek_id=uid())
    assert avond.nu(a.id).toestand is Toestand.AFGEZEGD


def test_een_notitie_staat_ongedaan_maken_niet_in_de_weg_en_blijft_staan(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    roep = uid()
    avond.dienst.call_next("B1", verzoek_id=roep)
    avond.dienst.set_notitie(a.id, "Staat bij de kapstok.", verzoek_id=uid())
    laatste = avond.dienst.can_undo()
    assert laatste is not None
    assert laatste.verzoek_id == roep
    terug = avond.dienst.undo(roep, verzoek_id=uid())
    assert (terug.toestand, terug.notitie) == (Toestand.AANGEMELD, "Staat bij de kapstok.")
    assert read_verlopen(avond.dienst.load_stappen())[a.id].toestand is Toestand.AANGEMELD


def test_zonder_afspraak_ongedaan_geeft_de_plek_vrij_en_vergeet_de_naam(avond: Avond) -> None:
    avond.begin(17)
    loper = avond.loper(naam="P. Zandbergen")
    weg = avond.dienst.undo(loper.id, verzoek_id=uid())
    assert (weg.toestand, weg.volgnummer) == (Toestand.AFGEZEGD, "W01")
    assert avond.agenda.load_avonden([DAG])[DAG].inhoud == ()
    assert avond.dienst.load_alle_namen() == {}
    assert avond.dienst.call_next("B1", verzoek_id=uid()) is None
    assert avond.loper().volgnummer == "W02"
    notitie = uid()
    avond.dienst.set_notitie(avond.loper().id, "Kapotte bril", verzoek_id=notitie)
    with pytest.raises(Geweigerd, match="wijzigt u zelf terug"):
        avond.dienst.undo(notitie, verzoek_id=uid())
