"""Een bericht komt precies één keer bij de aanbieder, of bij een mens die belt.

Tegen een echte server in de vorm van Notify en een echte mailserver, met de verzender van de outbox.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from frontoffice.berichtpoort import Berichtenkanaal
from frontoffice.demo.notify import SLEUTEL
from frontoffice.demo.server import DemoServer
from frontoffice.domain.bericht import (
    Berichtkanaal,
    Berichtopdracht,
    Berichtsoort,
    Ontvanger,
    Toestemming,
)
from frontoffice.domain.berichttekst import Sjabloon
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import GeheimFout, Geweigerd
from frontoffice.domain.registratie import Registratie, Toestand
from frontoffice.ports import Stop
from frontoffice.services.berichten import (
    Berichtaanvraag,
    Berichtendienst,
    voortgang,
)
from frontoffice.services.berichtteksten import Berichtteksten
from frontoffice.services.berichtverzenden import Berichtloper
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN
from tests.central.mailserver import Mailserver
from tests.nep_registratie import NepWinkel
from tests.services.berichtbouw import MAANDAG, Wereld

AVOND = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
JA = Toestemming(frozenset(Berichtsoort), date(2026, 11, 23), "telefoon")
NAAR = Ontvanger("Ayşe Öztürk", "ayse@voorbeeld.example", "0612345678", "0612345678")
PARTIJ = "71a5eedd-6b52-4a8f-a9bc-e03f2d0632be"


@pytest.fixture(scope="module")
def centrale() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def mailserver() -> Iterator[Mailserver]:
    with Mailserver() as server:
        yield server


@pytest.fixture
def wereld(centrale: DemoServer, mailserver: Mailserver, uitvoerder: Uitvoerder) -> Iterator[Wereld]:
    wereld = Wereld(centrale, mailserver, uitvoerder)
    yield wereld
    wereld.close()


def vraag(kanaal: Berichtkanaal = Berichtkanaal.SMS, **anders: Any) -> Berichtaanvraag:
    gewoon = voortgang(
        Berichtsoort.BEZIG,
        "taak:5c1f0d8e",
        "1",
        NAAR,
        kanaal,
        JA,
        omschrijving="de losse tegel",
        uiterlijk=date(2026, 11, 26),
    )
    return dataclasses.replace(gewoon, **anders)


# --- aangenomen ------


def test_een_sms_heet_pas_verstuurd_als_de_aanbieder_hem_heeft(wereld: Wereld) -> None:
    wereld.berichten.add(vraag())
    assert wereld.stand.woord == "Staat klaar"
    assert wereld.bij_notify == 0
    wereld.send()
    assert wereld.stand.woord == "Verstuurd"
    assert wereld.stand.zin == "Verstuurd per sms, vandaag om 11.00 uur."
    (bericht,) = wereld.centrale.notify.berichten
    assert bericht["phone_number"] == NAAR.mobiel
    assert bericht["body"] == (
        "Gemeente Losser: wij zijn bezig met de losse tegel. U hoort uiterlijk op donderdag 26 november 2026 "
        "van ons."
    )


def test_een_mail_gaat_over_smtp_met_dezelfde_tekst_als_het_voorbeeld(wereld: Wereld) -> None:
    voorbeeld = wereld.berichten.preview(vraag(Berichtkanaal.MAIL))
    wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    wereld.send()
    (mail,) = wereld.mailserver.mails
    assert mail["Subject"] == voorbeeld.titel == "Wij zijn met uw vraag bezig"
    assert mail.get_content().replace("\r\n", "\n").strip() == voorbeeld.tekst  # type: ignore[attr-defined]
    assert wereld.stand.woord == "Verstuurd"


def test_hoe_een_bericht_aankwam_volgt_later(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    wereld.berichten.add(vraag())
    wereld.send()
    assert wereld.loper.follow(Stop()) == 1
    assert wereld.stand.woord == "Verstuurd"
    wereld.centrale.notify.berichten[0]["_sinds"] -= 10
    assert wereld.loper.follow(Stop()) == 0
    assert wereld.stand.woord == "Aangekomen"
    assert wereld.loper.follow(Stop()) == 0


@pytest.mark.parametrize("adres", ["perm-fail@simulator.notify", "temp-fail@simulator.notify"])
def test_wat_niet_aankwam_komt_op_de_bellijst_met_het_nummer(wereld: Wereld, adres: str) -> None:
    wereld.mail_via_notify = True
    wereld.berichten.add(vraag(Berichtkanaal.MAIL, naar=dataclasses.replace(NAAR, email=adres)))
    wereld.send()
    assert wereld.berichten.load_bellijst() == ()
    wereld.centrale.notify.berichten[0]["_sinds"] -= 10
    wereld.loper.follow(Stop())
    (regel,) = wereld.berichten.load_bellijst()
    assert regel.zin.startswith("Het bericht kwam niet aan")
    assert "Bel 06" in regel.zin


def test_een_oud_bericht_wordt_niet_meer_gevolgd(wereld: Wereld) -> None:
    wereld.berichten.add(vraag())
    wereld.send()
    wereld.klok.zet_vooruit(days=8)
    assert wereld.loper.follow(Stop()) == 0
    assert wereld.stand.woord == "Verstuurd"


# --- één keer, wat er ook misgaat ------


def test_twee_keer_dezelfde_aanleiding_geeft_een_bericht(wereld: Wereld) -> None:
    assert wereld.berichten.add(vraag()) == wereld.berichten.add(vraag())
    wereld.send()
    wereld.berichten.add(vraag())
    wereld.send()
    assert wereld.bij_notify == 1


def test_dezelfde_aanleiding_op_twee_werkplekken_geeft_een_bericht(wereld: Wereld) -> None:
    wereld.berichten.add(vraag())
    wereld.send()
    ander = Wereld.__new__(Wereld)
    ander.__dict__ |= wereld.__dict__ | {"winkel": NepWinkel(wereld.klok)}
    ander.berichten = Berichtendienst(
        ander.winkel, wereld.klok, wereld.berichten.instellingen, Berichtteksten(), lambda _: False
    )
    nummer = ander.berichten.add(vraag())
    rij = ander.winkel.claim(wereld.klok.nu())
    assert rij is not None
    assert rij.id == nummer
    Berichtloper(ander.winkel, wereld.klok, ander.berichten, wereld._kanaal).run(rij, Stop(), 5)
    assert wereld.bij_notify == 1


@pytest.mark.parametrize("storing", ["schrijf-weg", "schrijf-fout", "schrijf-half"])
def test_valt_het_antwoord_weg_na_het_aannemen_dan_is_het_er_een_en_heet_het_verstuurd(
    wereld: Wereld, storing: str
) -> None:
    wereld.centrale.storing("notify", storing)
    wereld.berichten.add(vraag())
    wereld.send()
    assert wereld.bij_notify == 1
    assert wereld.stand.woord == "Verstuurd"


def test_viel_de_verbinding_weg_zonder_dat_er_iets_is_dan_wacht_het_en_gaat_het_daarna_een_keer(
    wereld: Wereld,
) -> None:
    wereld.centrale.storing("notify", "schrijf-niet")
    wereld.berichten.add(vraag())
    wereld.send()
    assert wereld.stand.woord == "Wordt nagekeken"
    wereld.centrale.storing("notify")
    wereld.send()
    assert wereld.bij_notify == 0  # het antwoord kan nog onderweg zijn: eerst wachten, dan kijken
    wereld.send(minutes=3)
    assert wereld.bij_notify == 1
    assert wereld.stand.woord == "Verstuurd"


def test_stopt_het_programma_na_het_aannemen_dan_gaat_er_geen_tweede(wereld: Wereld) -> None:
    wereld.berichten.add(vraag())
    rij = wereld.winkel.claim(wereld.klok.nu())
    assert rij is not None
    wereld.loper.run(rij, Stop(), 5)
    wereld.winkel.rijen[rij.id] = dataclasses.replace(rij, stappen={"begonnen": "ja"})  # niets meer bewaard
    wereld.restart()
    wereld.send()
    assert wereld.bij_notify == 1
    assert wereld.stand.woord == "Verstuurd"


@pytest.mark.parametrize("storing", ["fout:503", "weiger", "html"])
def test_is_de_aanbieder_er_niet_dan_blijft_het_bericht_klaarstaan(wereld: Wereld, storing: str) -> None:
    wereld.centrale.storing("notify", storing)
    wereld.berichten.add(vraag())
    for _ in range(3):
        wereld.send(minutes=6)
    assert wereld.stand.woord in ("Staat klaar", "Wordt nagekeken")
    wereld.centrale.storing("notify")
    wereld.send(minutes=6)
    assert wereld.bij_notify == 1


def test_een_verkeerde_sleutel_of_klok_zegt_wat_er_moet_gebeuren_en_verstuurt_niets(wereld: Wereld) -> None:
    wereld.geheim = SLEUTEL[:-1] + "0"
    wereld.berichten.add(vraag())
    wereld.send()
    assert wereld.stand.woord == "Staat klaar"
    assert "klok van deze pc" in wereld.stand.zin
    wereld.geheim = SLEUTEL
    wereld.send(minutes=6)
    assert wereld.bij_notify == 1


def test_een_sleutel_in_de_verkeerde_vorm_gaat_nooit_de_lijn_op(wereld: Wereld) -> None:
    wereld.geheim = "zomaar-iets"
    wereld.berichten.add(vraag())
    wereld.centrale.clear_log()
    wereld.send()
    assert wereld.centrale.log == []
    assert wereld.winkel.load_verzendingen()[0].toestand is Toestand.NOG_NIET_VERSTUURD


def test_een_mailserver_die_er_niet_is_houdt_een_sms_en_een_contact_niet_op(wereld: Wereld) -> None:
    wereld.mailserver.valt_na = "BEGIN"
    for nummer in range(5):
        wereld.berichten.add(vraag(Berichtkanaal.MAIL, over=f"taak:{nummer}"))
    wereld.berichten.add(vraag(over="taak:sms"))
    verslag = wereld.send()
    assert (verslag.verstuurd, wereld.bij_notify) == (1, 1)
    assert wereld.mailserver.opdrachten == []
    woorden = [stand.woord for stand in wereld.berichten.load()]
    assert woorden.count("Verstuurd") == 1
    wereld.mailserver.valt_na = ""
    wereld.send(minutes=6)
    assert len(wereld.mailserver.post) == 5


# --- de mailserver kan niet worden nagevraagd ------


def test_een_mail_met_onbekende_uitkomst_gaat_niet_vanzelf_nog_eens(wereld: Wereld) -> None:
    wereld.mailserver.valt_na = "."
    wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    wereld.send()
    wereld.mailserver.valt_na = ""
    for _ in range(3):
        wereld.send(hours=1)
    assert len(wereld.mailserver.post) == 1
    (regel,) = wereld.berichten.load_bellijst()
    assert regel.woord == "Bellen"
    assert regel.zin.startswith("Het is niet zeker of het bericht is verstuurd")


def test_stopt_het_programma_tijdens_het_afgeven_dan_beslist_een_mens(wereld: Wereld) -> None:
    nummer = wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    rij = wereld.winkel.claim(wereld.klok.nu())
    assert rij is not None
    wereld.winkel.rijen[nummer] = dataclasses.replace(rij, stappen={"begonnen": "ja"})
    wereld.restart()
    wereld.send()
    assert wereld.mailserver.post == []
    assert [regel.id for regel in wereld.berichten.load_bellijst()] == [nummer]


def test_een_mens_mag_een_onzekere_mail_opnieuw_laten_gaan_met_een_eigen_kenmerk(wereld: Wereld) -> None:
    wereld.mailserver.valt_na = "."
    nummer = wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    wereld.send()
    wereld.mailserver.valt_na = ""
    wereld.berichten.retry(nummer)
    wereld.send()
    eerste, tweede = (mail["Message-ID"] for mail in wereld.mailserver.mails)
    assert eerste != tweede
    assert wereld.stand.woord == "Verstuurd"


def test_valt_de_mailserver_weg_voor_de_inhoud_dan_gaat_de_mail_later_vanzelf(wereld: Wereld) -> None:
    wereld.mailserver.valt_na = "RCPT"
    wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    wereld.send()
    assert wereld.winkel.load_verzendingen()[0].toestand is Toestand.NOG_NIET_VERSTUURD
    wereld.mailserver.valt_na = ""
    wereld.send(minutes=6)
    assert len(wereld.mailserver.post) == 1


# --- afgekeurd, geen adres, bellen ------


def test_een_adres_dat_de_mailserver_niet_kent_komt_op_de_bellijst(wereld: Wereld) -> None:
    wereld.mailserver.antwoorden = {"RCPT": 550}
    wereld.berichten.add(vraag(Berichtkanaal.MAIL))
    wereld.send()
    assert wereld.stand.zin.startswith("De mailserver kent dit e-mailadres niet. Bel 06")


@pytest.mark.parametrize(
    ("kanaal", "naar", "reden"),
    [
        (Berichtkanaal.MAIL, dataclasses.replace(NAAR, email=""), "Er is geen e-mailadres. Bel 06"),
        (Berichtkanaal.SMS, Ontvanger("A", bel="0535377444"), "Er is geen mobiel nummer. Bel 053"),
        (Berichtkanaal.SMS, Ontvanger("A"), "Er is geen mobiel nummer. Er is geen telefoonnummer."),
    ],
)
def test_zonder_adres_staat_het_op_de_bellijst_met_wat_er_moet_gebeuren(
    wereld: Wereld, kanaal: Berichtkanaal, naar: Ontvanger, reden: str
) -> None:
    wereld.berichten.add(vraag(kanaal, naar=naar))
    wereld.send()
    assert wereld.stand.moet_bellen
    assert wereld.stand.zin.startswith(reden)
    assert wereld.bij_notify == 0


def test_wie_is_gebeld_gaat_van_de_bellijst_en_krijgt_geen_bericht_meer(wereld: Wereld) -> None:
    nummer = wereld.berichten.add(vraag(naar=Ontvanger("A", bel="0535377444")))
    wereld.send()
    wereld.berichten.mark_gebeld(nummer)
    wereld.send(hours=1)
    assert wereld.berichten.load_bellijst() == ()
    assert wereld.stand.woord == "Gebeld"
    with pytest.raises(Geweigerd):
        wereld.berichten.mark_gebeld(nummer)


def test_een_overledene_krijgt_niets_en_staat_op_geen_lijst(wereld: Wereld) -> None:
    weg = vraag(naar=dataclasses.replace(NAAR, overleden=True))
    for doe in (wereld.berichten.add, wereld.berichten.preview):
        with pytest.raises(Geweigerd) as geweigerd:
            doe(weg)
        assert geweigerd.value.code == "overleden"
    wereld.send()
    assert (wereld.berichten.load(), wereld.bij_notify) == ((), 0)


def test_zonder_toestemming_voor_deze_soort_gaat_er_niets(wereld: Wereld) -> None:
    alleen_klaar = Toestemming(frozenset({Berichtsoort.KLAAR}), date(2026, 11, 23), "balie")
    with pytest.raises(Geweigerd):
        wereld.berichten.add(vraag(toestemming=alleen_klaar))
    assert wereld.berichten.load() == ()


def test_wat_niet_is_aangesloten_wordt_geweigerd_met_wat_wel_kan(wereld: Wereld) -> None:
    geen = dataclasses.replace(wereld.berichten.instellingen, kanalen=frozenset({Berichtkanaal.MAIL}))
    dienst = Berichtendienst(wereld.winkel, wereld.klok, geen, Berichtteksten(), lambda _: False)
    assert not dienst.can_send(Berichtkanaal.SMS, Berichtsoort.BEZIG)
    with pytest.raises(Geweigerd) as geweigerd:
        dienst.add(vraag())
    assert "brief" in geweigerd.value.uitleg


def test_een_kanaal_dat_het_profiel_later_afsloot_zet_het_bericht_op_de_bellijst(wereld: Wereld) -> None:
    def weg(_: Berichtkanaal) -> Berichtenkanaal:
        raise Geweigerd("Dit kanaal is niet meer aangesloten.")

    wereld.berichten.add(vraag())
    wereld.loper._kanalen = weg
    wereld.send()
    assert wereld.stand.moet_bellen


def test_zonder_geheim_blijft_het_staan_tot_het_er_is(wereld: Wereld) -> None:
    def ontbreekt(_: Berichtkanaal) -> Berichtenkanaal:
        raise GeheimFout("Het geheim ontbreekt op deze werkplek.")

    wereld.berichten.add(vraag())
    echt, wereld.loper._kanalen = wereld.loper._kanalen, ontbreekt
    wereld.send()
    assert wereld.stand.zin == "Het geheim ontbreekt op deze werkplek."
    wereld.loper._kanalen = echt
    wereld.send(minutes=6)
    assert wereld.stand.woord == "Verstuurd"


# --- stiltetijd en volgorde ------


def test_s_avonds_laat_wacht_een_bericht_tot_de_volgende_ochtend_ook_bij_nu_versturen(wereld: Wereld) -> None:
    wereld.klok._nu = AVOND
    wereld.berichten.add(vraag())
    assert wereld.stand.woord == "Wacht"
    assert wereld.stand.zin == "Gaat per sms weg, morgen om 8.00 uur."
    wereld.verzenden.send(Stop(), alles=True)
    assert wereld.bij_notify == 0
    assert wereld.stand.woord == "Wacht"
    wereld.klok._nu = datetime(2026, 11, 24, 7, tzinfo=UTC)
    wereld.send()
    assert wereld.bij_notify == 1


def test_een_bericht_dat_door_de_stilte_te_laat_komt_wordt_bellen(wereld: Wereld) -> None:
    wereld.klok._nu = AVOND
    wereld.berichten.add(vraag(uiterlijk=AVOND + timedelta(hours=1)))
    wereld.verzenden.send(Stop(), alles=True)
    assert wereld.stand.zin.startswith("Door de stiltetijd kan het bericht niet meer op tijd weg.")


def test_een_bericht_dat_bleef_liggen_tot_na_de_afspraak_gaat_niet_meer(wereld: Wereld) -> None:
    wereld.centrale.storing("notify", "weiger")
    wereld.berichten.add(vraag(uiterlijk=MAANDAG + timedelta(hours=2)))
    wereld.send()
    wereld.centrale.storing("notify")
    wereld.send(hours=3)
    assert wereld.bij_notify == 0
    assert wereld.stand.zin.startswith("Het bericht is niet op tijd weggegaan.")


def test_van_wat_nog_wacht_gaat_alleen_de_laatste_stand(wereld: Wereld) -> None:
    wereld.klok._nu = AVOND
    for versie in ("0", "1", "2"):
        wereld.berichten.add(vraag(versie=versie, waarden={"over": f"stand {versie}"}))
    wereld.berichten.add(vraag(versie="1", waarden={"over": "stand 1, nog een keer gehoord"}))
    wereld.klok._nu = datetime(2026, 11, 24, 7, tzinfo=UTC)
    wereld.send()
    assert [bericht["body"].split(".")[0] for bericht in wereld.centrale.notify.berichten] == [
        "Gemeente Losser: wij zijn bezig met stand 2"
    ]


# --- wat de volgende collega ziet ------


def test_een_bericht_aan_een_bekende_klant_wordt_een_contact_zonder_de_code(wereld: Wereld) -> None:
    klant = Gesprekspartner("A. Öztürk", bsn=BSN, partij_uuid=PARTIJ)
    eigen = Berichtteksten({("nl", Berichtsoort.BEZIG): Sjabloon("", "", "{over} {code}")})
    wereld.berichten._teksten = eigen
    waarden = {"over": "de tegel", "code": "K7QX2M9P"}
    wereld.berichten.add(vraag(naar=dataclasses.replace(NAAR, klant=klant), waarden=waarden))
    wereld.send()
    assert wereld.centrale.notify.berichten[0]["body"] == "de tegel K7QX2M9P"
    (contact,) = wereld.register.van("contact")
    assert contact.velden["inhoud"] == "Bericht per sms:\n\nde tegel …"
    (rij,) = [rij for rij in wereld.winkel.load_verzendingen() if isinstance(rij.opdracht, Registratie)]
    assert rij.registratie.kanaal == "sms"
    assert rij.registratie.metadata["toestemmingop"] == "2026-11-23"
    assert not rij.registratie.deelnemers[0].initiator


def test_een_bericht_dat_nog_eens_wordt_nagekeken_geeft_geen_tweede_contact(wereld: Wereld) -> None:
    klant = Gesprekspartner("A. Öztürk", bsn=BSN, partij_uuid=PARTIJ)
    nummer = wereld.berichten.add(vraag(naar=dataclasses.replace(NAAR, klant=klant)))
    wereld.send()
    wereld.winkel.rijen[nummer] = dataclasses.replace(
        wereld.winkel.rijen[nummer], toestand=Toestand.WORDT_NAGEKEKEN
    )
    wereld.send()
    assert len(wereld.register.van("contact")) == 1
    assert wereld.bij_notify == 1


# --- het voorbeeld ------


def test_het_voorbeeld_zegt_wanneer_het_gaat_en_hoe_lang_de_sms_is(wereld: Wereld) -> None:
    voorbeeld = wereld.berichten.preview(vraag())
    assert (voorbeeld.adres, voorbeeld.delen, voorbeeld.wacht) == ("… 678", 1, False)
    assert voorbeeld.leesbaar.is_goed
    wereld.klok._nu = AVOND
    assert wereld.berichten.preview(vraag()).wacht
    assert wereld.berichten.load() == ()


@pytest.mark.parametrize("taal", ["nl", "de", "en"])
@pytest.mark.parametrize("wat", list(Berichtsoort))
@pytest.mark.parametrize("kanaal", list(Berichtkanaal))
def test_elke_tekst_is_er_in_elke_taal_en_leest_makkelijk(
    wereld: Wereld, taal: str, wat: Berichtsoort, kanaal: Berichtkanaal
) -> None:
    waarden = {
        "dag": "donderdag 3 december 2026",
        "tijd": "18.40 uur",
        "waar": "Gemeentehuis, Raadhuisplein 1, Losser",
        "code": "K7QX2M9P",
        "meenemen": "- uw oude paspoort",
        "over": "de losse tegel",
        "uiterlijk": "maandag 7 december 2026",
        "later": "19.05 uur",
    }
    naar = dataclasses.replace(NAAR, taal=taal)
    aanvraag = vraag(kanaal, wat=wat, naar=naar, waarden=waarden, kenmerk="2026-00041")
    voorbeeld = wereld.berichten.preview(aanvraag)
    assert "{" not in voorbeeld.tekst
    assert "Gemeente Losser" in voorbeeld.tekst
    if kanaal is Berichtkanaal.MAIL:
        assert voorbeeld.titel
        assert "Ayşe Öztürk" in voorbeeld.tekst
    else:
        assert voorbeeld.delen <= 2
        assert "Ayşe" not in voorbeeld.tekst
    if taal == "nl":
        assert voorbeeld.leesbaar.hints == ()


@pytest.mark.parametrize("wat", list(Berichtsoort))
@pytest.mark.parametrize("kanaal", list(Berichtkanaal))
def test_zonder_nummer_om_te_bellen_valt_alleen_die_zin_weg(
    wereld: Wereld, wat: Berichtsoort, kanaal: Berichtkanaal
) -> None:
    kaal = dataclasses.replace(wereld.berichten.instellingen, bellen="")
    dienst = Berichtendienst(wereld.winkel, wereld.klok, kaal, Berichtteksten(), lambda _: False)
    waarden = {"dag": "donderdag 3 december 2026", "tijd": "18.40 uur", "over": "de losse tegel"}
    tekst = dienst.preview(vraag(kanaal, wat=wat, waarden=waarden)).tekst
    assert "Gemeente Losser" in tekst
    assert "Bel" not in tekst
    assert "de losse tegel" in tekst or "donderdag 3 december 2026" in tekst


def test_een_bericht_zonder_tekst_bestaat_niet(wereld: Wereld) -> None:
    leeg = Berichtteksten({("nl", Berichtsoort.BEZIG): Sjabloon("", "", "{website}")})
    dienst = Berichtendienst(wereld.winkel, wereld.klok, wereld.berichten.instellingen, leeg, lambda _: False)
    with pytest.raises(Geweigerd):
        dienst.add(vraag())


def test_een_naam_uit_een_register_maakt_van_een_bericht_geen_lokaas(wereld: Wereld) -> None:
    kwaad = dataclasses.replace(NAAR, naam="Klik op http://kwaad.example")
    tekst = wereld.berichten.preview(vraag(Berichtkanaal.MAIL, naar=kwaad)).tekst
    assert tekst.startswith("Beste inwoner,")
    assert "kwaad" not in tekst


def test_een_bericht_overleeft_de_winkel_zoals_het_was(wereld: Wereld) -> None:
    from frontoffice.storage.winkelvorm import from_json, to_json

    opdracht = wereld.berichten.make(vraag(uiterlijk=MAANDAG))
    assert from_json(to_json(opdracht), Berichtopdracht) == opdracht


def test_wie_het_programma_sluit_tijdens_het_afgeven_krijgt_geen_tweede_bericht(wereld: Wereld) -> None:
    """De server is traag klaar: het bericht staat er pas als wij al weg zijn."""
    from frontoffice.domain.fouten import Geannuleerd

    class Weg:
        kan_nakijken = True
        weg = False

        def find(self, sleutel: str, aanroep: Any) -> Any:
            if self.weg:
                raise Geannuleerd()
            return None

        def send(self, bericht: Any, aanroep: Any) -> Any:
            self.weg = True
            raise Geannuleerd()

    nummer = wereld.berichten.add(vraag())
    echt, wereld.loper._kanalen = wereld.loper._kanalen, lambda _: Weg()  # type: ignore[assignment, return-value]
    wereld.send()
    rij = wereld.winkel.load_verzending(nummer)
    assert rij is not None
    assert rij.toestand is Toestand.WORDT_NAGEKEKEN
    assert rij.niet_voor - wereld.klok.nu() > timedelta(seconds=100)
    wereld.loper._kanalen = echt


@pytest.mark.parametrize("storing", ["schrijf-weg:0.5:7", "schrijf-niet:0.5:7", "schrijf-half:0.5:3"])
def test_dertig_berichten_door_een_haperende_lijn_komen_elk_precies_een_keer_aan(
    wereld: Wereld, storing: str
) -> None:
    wereld.centrale.storing("notify", storing)
    for nummer in range(30):
        wereld.berichten.add(vraag(over=f"taak:{nummer}"))
    for _ in range(40):
        wereld.send(minutes=6)
        if all(stand.woord == "Verstuurd" for stand in wereld.berichten.load()):
            break
    kenmerken = [bericht["reference"] for bericht in wereld.centrale.notify.berichten]
    assert len(kenmerken) == len(set(kenmerken)) == 30
    assert {stand.woord for stand in wereld.berichten.load()} == {"Verstuurd"}
