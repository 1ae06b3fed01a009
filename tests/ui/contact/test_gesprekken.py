"""Lopende contacten: geen teken bij de verkeerde, alles bewaard, en twee keer Enter is één keer."""

from __future__ import annotations

import random

from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Afsluiting, Concept, Gesprekspartner
from frontoffice.registratiepoort import WinkelFout
from tests.bouwers import BSN
from tests.nep_registratie import DICHT
from tests.ui.contact.conftest import Werkplek
from ui.contact.gesprekken import PLEKKEN, Gesprekken

VOL = WinkelFout("De schijf is vol. Maak ruimte vrij; uw tekst blijft hier staan.", code="winkel_vol")


def begin(gesprekken: Gesprekken, **velden: object) -> Concept:
    concept = gesprekken.start()
    assert concept is not None
    klaar = {"notitie": "Belt over een paspoort.", "afsluiting": Afsluiting.BEANTWOORD}
    gevuld = gesprekken.edit(concept.uuid, **(klaar | velden))
    assert gevuld is not None
    return gevuld


def test_wat_is_getypt_staat_even_later_op_schijf(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken)
    qtbot.waitUntil(lambda: werkplek.winkel.load_concepten() != ())
    assert werkplek.winkel.load_concepten()[0].notitie == concept.notitie


def test_doortypen_stelt_het_bewaren_niet_uit(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken)
    tekst = ""
    while werkplek.winkel.bewaard < 3:
        tekst += "a"
        gesprekken.edit(concept.uuid, notitie=tekst)
        qtbot.wait(20)
        assert len(tekst) < 1_000, "zolang iemand typt, wordt er niets bewaard"
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    assert werkplek.winkel.load_concepten()[0].notitie == tekst


def test_kan_het_niet_bewaren_dan_zegt_het_dat_en_lukt_het_later_vanzelf(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    werkplek.winkel.fout = VOL
    with qtbot.waitSignal(gesprekken.bewaarstand.fout_anders) as gemeld:
        concept = begin(gesprekken)
    assert gemeld.args == [VOL.uitleg]
    gesprekken.edit(concept.uuid, notitie="nog meer tekst")
    werkplek.winkel.fout = None
    with qtbot.waitSignal(gesprekken.bewaarstand.fout_anders) as weer_goed:
        pass
    assert weer_goed.args == [""]
    assert werkplek.winkel.load_concepten()[0].notitie == "nog meer tekst"


def test_na_een_afgebroken_programma_staat_hetzelfde_contact_voor(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    een = begin(gesprekken, notitie="een", cursor=2)
    twee = begin(gesprekken, notitie="twee", klant=Gesprekspartner("A. Jansen", bsn=BSN))
    gesprekken.choose(een.uuid)
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    opnieuw = werkplek.maak()
    with qtbot.waitSignal(opnieuw.hersteld):
        opnieuw.load()
    assert [concept.notitie for concept in opnieuw.concepten] == ["een", "twee"]
    assert opnieuw.actief is not None
    assert (opnieuw.actief.uuid, opnieuw.actief.cursor) == (een.uuid, 2)
    assert opnieuw.concepten[1].klant == twee.klant


def test_twee_keer_afronden_geeft_een_contact_en_maakt_de_handen_vrij(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    for _ in range(20):
        concept = begin(gesprekken)
        with qtbot.waitSignal(gesprekken.afgerond):
            gesprekken.finish(concept.uuid)
            gesprekken.finish(concept.uuid)
        gesprekken.finish(concept.uuid)
    assert len(werkplek.winkel.load_verzendingen()) == 20
    assert gesprekken.concepten == ()


def test_tekst_na_het_afronden_verandert_het_afgeronde_contact_niet(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken)
    with qtbot.waitSignal(gesprekken.afgerond):
        gesprekken.finish(concept.uuid)
        gesprekken.edit(concept.uuid, notitie="te laat")
    (rij,) = werkplek.winkel.load_verzendingen()
    assert rij.registratie.inhoud == concept.notitie


def test_wat_nog_mist_komt_bij_het_veld_en_het_contact_blijft(gesprekken: Gesprekken, qtbot: QtBot) -> None:
    concept = begin(gesprekken, afsluiting=None)
    with qtbot.waitSignal(gesprekken.onaf) as onaf:
        assert not gesprekken.finish(concept.uuid)
    assert [fout.veld for fout in onaf.args[0]] == ["afsluiting"]
    assert gesprekken.actief is not None


def test_lukt_afronden_niet_dan_blijft_het_contact_met_alles_erin(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken)
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    werkplek.winkel.fout = VOL
    with qtbot.waitSignal(gesprekken.bewaarstand.fout_anders):
        gesprekken.finish(concept.uuid)
    assert gesprekken.actief is not None
    assert gesprekken.actief.notitie == concept.notitie
    werkplek.winkel.fout = None
    with qtbot.waitSignal(gesprekken.afgerond):
        gesprekken.finish(concept.uuid)


def test_ongedaan_maken_zet_het_contact_terug_met_tekst_en_cursor(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken, cursor=5)
    with qtbot.waitSignal(gesprekken.afgerond):
        gesprekken.finish(concept.uuid)
    with qtbot.waitSignal(gesprekken.teruggehaald):
        gesprekken.undo()
    assert gesprekken.actief is not None
    assert (gesprekken.actief.notitie, gesprekken.actief.cursor) == (concept.notitie, 5)
    assert werkplek.winkel.load_verzendingen() == ()


def test_vijfhonderd_wisselingen_geven_geen_teken_bij_een_ander(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    toeval = random.Random(20261122)
    contacten = [begin(gesprekken, notitie="") for _ in range(5)]
    teksten = {concept.uuid: "" for concept in contacten}
    for nummer in range(500):
        concept = toeval.choice(contacten)
        gesprekken.choose(concept.uuid)
        actief = gesprekken.actief
        assert actief is not None
        teksten[actief.uuid] += f"{concept.plek}"
        gesprekken.edit(actief.uuid, notitie=actief.notitie + f"{concept.plek}")
        if nummer % 25 == 0:
            qtbot.wait(1)
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    bewaard = {concept.uuid: concept.notitie for concept in werkplek.winkel.load_concepten()}
    assert bewaard == teksten
    assert all(set(tekst) <= {str(gesprekken.get(uuid).plek)} for uuid, tekst in teksten.items())  # type: ignore[union-attr]  # het contact bestaat: het staat hierboven


def test_wisselen_wacht_niet_op_het_bewaren(gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot) -> None:
    contacten = [begin(gesprekken) for _ in range(PLEKKEN)]
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    bewaard = werkplek.winkel.bewaard
    for _ in range(10):
        for concept in contacten:
            assert gesprekken.choose_plek(concept.plek)
            assert gesprekken.actief is not None
            assert gesprekken.actief.uuid == concept.uuid
    assert werkplek.winkel.bewaard == bewaard, "bewaren gebeurt later, in een andere beurt"
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)


def test_een_tiende_contact_wordt_niet_begonnen(gesprekken: Gesprekken, qtbot: QtBot) -> None:
    for _ in range(PLEKKEN):
        begin(gesprekken)
    with qtbot.waitSignal(gesprekken.melding):
        assert gesprekken.start() is None


def test_weggooien_is_terug_te_halen(gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot) -> None:
    concept = begin(gesprekken)
    qtbot.waitUntil(lambda: gesprekken.is_bewaard)
    gesprekken.remove(concept.uuid)
    qtbot.waitUntil(lambda: werkplek.winkel.load_concepten() == ())
    gesprekken.restore(concept)
    assert gesprekken.actief is not None
    assert gesprekken.actief.notitie == concept.notitie
    qtbot.waitUntil(lambda: werkplek.winkel.load_concepten() != ())


def test_sluiten_bewaart_het_laatste_teken_nog(gesprekken: Gesprekken, werkplek: Werkplek) -> None:
    begin(gesprekken, notitie="net getypt")
    gesprekken.close()
    assert werkplek.winkel.load_concepten()[0].notitie == "net getypt"


def test_na_de_tijd_om_ongedaan_te_maken_gaat_het_vanzelf_naar_het_register(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    concept = begin(gesprekken)
    with qtbot.waitSignal(gesprekken.afgerond):
        gesprekken.finish(concept.uuid)
    assert gesprekken.stand.wachtend == 0 or werkplek.register.van("contact") == []
    werkplek.klok.zet_vooruit(seconds=11)
    gesprekken.send()
    qtbot.waitUntil(lambda: len(werkplek.register.van("contact")) == 1)
    qtbot.waitUntil(lambda: gesprekken.stand.wachtend == 0)


def test_zonder_verbinding_telt_de_teller_en_komt_hij_daarna_op_nul(
    gesprekken: Gesprekken, werkplek: Werkplek, qtbot: QtBot
) -> None:
    werkplek.register.pech = lambda *_: DICHT
    for _ in range(3):
        concept = begin(gesprekken)
        with qtbot.waitSignal(gesprekken.afgerond):
            gesprekken.finish(concept.uuid)
    werkplek.klok.zet_vooruit(seconds=11)
    gesprekken.send()
    qtbot.waitUntil(lambda: gesprekken.stand.wachtend == 3)
    werkplek.register.pech = lambda *_: ""
    werkplek.klok.zet_vooruit(seconds=60)
    qtbot.waitUntil(lambda: gesprekken.stand.wachtend == 0)
    assert len(werkplek.register.van("contact")) == 3


def test_bij_het_starten_gaat_weg_wat_lang_geleden_is_verstuurd_en_komt_er_een_reservekopie(
    werkplek: Werkplek, qtbot: QtBot
) -> None:
    eerste = werkplek.maak()
    concept = begin(eerste)
    with qtbot.waitSignal(eerste.afgerond):
        eerste.finish(concept.uuid)
    werkplek.klok.zet_vooruit(seconds=11)
    eerste.send()
    qtbot.waitUntil(lambda: eerste.stand.wachtend == 0 and werkplek.winkel.rijen[1].verstuurd_op is not None)
    kopieen: list[str] = []
    werkplek.diensten.backup_if_due = lambda: kopieen.append("kopie")
    werkplek.klok.zet_vooruit(days=15)
    werkplek.maak().load()
    qtbot.waitUntil(lambda: kopieen == ["kopie"])
    assert werkplek.winkel.load_verzendingen() == ()
