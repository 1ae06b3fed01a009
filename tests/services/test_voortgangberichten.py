"""We zijn ermee bezig en het is klaar, bij een verzoek en een melding: één keer, en alleen als het mag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from frontoffice.demo.server import DemoServer
from frontoffice.domain.belofte import format_belofte
from frontoffice.domain.bericht import Berichtkanaal, Berichtsoort
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout, Onbereikbaar
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.melding import Melder, Melding, Meldingstatus, Plek
from frontoffice.domain.meldingstand import Antwoordtermijn, Bericht, Melderstand, Tijdigheid, Woord
from frontoffice.domain.terugbellen import Beller, Terugbelrij
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.meldingen import Meldingbeeld
from frontoffice.services.voortgangberichten import (
    Aanleiding,
    Berichtkeuze,
    Voortgangberichten,
    make_meldingaanleiding,
    make_taakaanleiding,
)
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN, maak_persoon
from tests.central.mailserver import Mailserver
from tests.nep import NepLogboek, NepPersonen
from tests.nep_registratie import DICHT
from tests.services.berichtbouw import Wereld

VANDAAG = date(2026, 11, 23)
MOBIEL = "+31612345678"


class Werkplek(Wereld):
    """Met de dienst die het scherm gebruikt."""

    def __init__(self, *delen: object) -> None:
        super().__init__(*delen)  # type: ignore[arg-type]  # als Wereld
        self.personen, self.logboek = NepPersonen([maak_persoon()]), NepLogboek()
        self.voortgang = Voortgangberichten(
            self.berichten, self.klok, self.personen, self.taken, self.logboek
        )

    def zet(self, aanleiding: Aanleiding, keuze: Berichtkeuze) -> str:
        return self.voortgang.send(aanleiding, keuze, Aanroep.van(5)).woord

    def eerder(self, aanleiding: Aanleiding) -> tuple[str, ...]:
        return self.voortgang.load_eerder(aanleiding, Aanroep.van(5))


@pytest.fixture(scope="module")
def centrale() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture(scope="module")
def post() -> Iterator[Mailserver]:
    with Mailserver() as server:
        yield server


@pytest.fixture
def maak(centrale: DemoServer, post: Mailserver, uitvoerder: Uitvoerder) -> Iterator[Callable[..., Werkplek]]:
    gemaakt: list[Werkplek] = []
    post.post.clear()

    def maak(*register: object) -> Werkplek:
        gemaakt.append(Werkplek(centrale, post, uitvoerder, *register))
        return gemaakt[-1]

    yield maak
    for werkplek in gemaakt:
        werkplek.close()


@pytest.fixture
def werkplek(maak: Callable[..., Werkplek]) -> Werkplek:
    return maak()


def taak(werkplek: Werkplek, *, beloofd: date = date(2026, 11, 26), **beller: object) -> Aanleiding:
    uuid = werkplek.taken.add_taak("c0", format_belofte(beloofd, beloofd))
    gewoon = Beller("A. Jansen", (MOBIEL,), PersoonSleutel(Bsn(BSN)), onderwerp="Schulden", taal="nld")
    rij = Terugbelrij(
        InterneTaak(uuid, "c0", "Terugbellen", format_belofte(beloofd, beloofd), "te_verwerken", None, None),
        beller=replace(gewoon, **beller),  # type: ignore[arg-type]  # velden van Beller
    )
    return make_taakaanleiding(rij, (MOBIEL,), ("a.jansen@voorbeeld.example",), VANDAAG)


def melding(
    melder: Melder | None = None, bericht: Bericht = Bericht.BEL, woord: Woord | None = None, code: str = "b"
) -> Aanleiding:
    gemeld = Melding(
        1009,
        "SIG-1009",
        "De tegel ligt los",
        "Losse stoeptegel",
        "Wegen",
        "wegen/stoep",
        Meldingstatus(code, sinds=datetime(2026, 11, 20, 9, tzinfo=UTC)),
        Plek("Brinkstraat 4, Losser", straat="Brinkstraat"),
        melder or Melder("melder@voorbeeld.example", MOBIEL),
        uiterlijk=datetime(2026, 11, 27, 9, tzinfo=UTC),
    )
    beeld = Meldingbeeld(gemeld, "", Antwoordtermijn(Tijdigheid.OP_TIJD), Melderstand(bericht, woord))
    return make_meldingaanleiding(beeld, None, VANDAAG)


def keuze(
    aanleiding: Aanleiding,
    kanaal: Berichtkanaal = Berichtkanaal.SMS,
    wat: Berichtsoort = Berichtsoort.BEZIG,
    *,
    mag: bool = True,
    **anders: object,
) -> Berichtkeuze:
    adres = aanleiding.naar.email if kanaal is Berichtkanaal.MAIL else aanleiding.naar.mobiel
    gewoon = Berichtkeuze(wat, kanaal, adres, aanleiding.naar.taal, aanleiding.omschrijving, mag)
    return replace(gewoon, **anders)  # type: ignore[arg-type]  # velden van Berichtkeuze


# --- wat de inwoner leest ------


def test_het_bericht_noemt_de_beloofde_dag_en_niet_vanzelf_waar_iemand_mee_zit(werkplek: Werkplek) -> None:
    aanleiding = taak(werkplek, om=datetime(2026, 11, 20, 9, tzinfo=UTC))
    voorbeeld = werkplek.voortgang.preview(aanleiding, keuze(aanleiding, mag=False))
    assert voorbeeld.tekst == (
        "Gemeente Losser: wij zijn bezig met uw vraag van vrijdag 20 november. "
        "U hoort uiterlijk op donderdag 26 november 2026 van ons."
    )
    assert "Schulden" not in voorbeeld.tekst


def test_een_dag_die_al_voorbij_is_wordt_niet_nog_eens_beloofd(werkplek: Werkplek) -> None:
    aanleiding = taak(werkplek, beloofd=date(2026, 11, 19))
    assert "uiterlijk" not in werkplek.voortgang.preview(aanleiding, keuze(aanleiding)).tekst


@pytest.mark.parametrize(("taal", "woord"), [("deu", "Sehr geehrte"), ("eng", "Dear")])
def test_wie_duits_of_engels_sprak_krijgt_het_bericht_zo(werkplek: Werkplek, taal: str, woord: str) -> None:
    aanleiding = taak(werkplek, taal=taal)
    tekst = werkplek.voortgang.preview(aanleiding, keuze(aanleiding, Berichtkanaal.MAIL)).tekst
    assert woord in tekst or "Guten" in tekst


def test_bij_een_melding_staan_soort_straat_en_nummer(werkplek: Werkplek) -> None:
    aanleiding = melding()
    klaar = keuze(aanleiding, Berichtkanaal.MAIL, Berichtsoort.KLAAR)
    tekst = werkplek.voortgang.preview(aanleiding, klaar).tekst
    assert "uw melding over losse stoeptegel, Brinkstraat" in tekst
    assert "SIG-1009" in tekst


# --- wat niet mag ------


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"mag": False}, "mag"),
        ({"omschrijving": "  "}, "over"),
        ({"adres": "053 537 74 44"}, "adres"),
        ({"adres": "geen adres", "kanaal": Berichtkanaal.MAIL}, "adres"),
    ],
)
def test_wat_niet_klopt_staat_bij_zijn_veld_en_er_gaat_niets(
    werkplek: Werkplek, anders: dict[str, object], code: str
) -> None:
    aanleiding = taak(werkplek)
    with pytest.raises(InvoerFout) as fout:
        werkplek.zet(aanleiding, keuze(aanleiding, **anders))  # type: ignore[arg-type]  # velden van Berichtkeuze
    assert fout.value.code == code
    assert werkplek.berichten.load() == ()


def test_een_overledene_krijgt_niets_en_de_vraag_aan_de_brp_ligt_vast(werkplek: Werkplek) -> None:
    werkplek.personen.personen = [maak_persoon(overleden=True)]
    aanleiding = taak(werkplek)
    with pytest.raises(Geweigerd) as fout:
        werkplek.zet(aanleiding, keuze(aanleiding))
    assert fout.value.code == "overleden"
    assert werkplek.berichten.load() == ()
    (regel,) = werkplek.logboek.regels
    assert (regel.handeling, regel.onderwerp) == ("brp_bevraagd", PersoonSleutel(Bsn(BSN)))


def test_zonder_antwoord_van_de_brp_gaat_er_niets(werkplek: Werkplek) -> None:
    werkplek.personen.fouten["load_persoon"] = Onbereikbaar("De BRP is er niet.", register="brp")
    aanleiding = taak(werkplek)
    with pytest.raises(KifFout):
        werkplek.zet(aanleiding, keuze(aanleiding))
    assert werkplek.berichten.load() == ()


def test_waar_geen_brp_is_aangesloten_kan_een_bericht_wel(werkplek: Werkplek) -> None:
    werkplek.personen.fouten["load_persoon"] = Geweigerd("Niet aangesloten.", code="niet_aangesloten")
    aanleiding = taak(werkplek)
    assert werkplek.zet(aanleiding, keuze(aanleiding)) == "Staat klaar"


def test_een_melder_die_geen_mail_wil_krijgt_er_geen_en_wel_een_sms(werkplek: Werkplek) -> None:
    aanleiding = melding(Melder("m@voorbeeld.example", MOBIEL, mag_mail=False))
    with pytest.raises(Geweigerd):
        werkplek.zet(aanleiding, keuze(aanleiding, Berichtkanaal.MAIL))
    assert werkplek.zet(aanleiding, keuze(aanleiding)) == "Staat klaar"


def test_wat_afgeschermd_is_wordt_geen_adres(werkplek: Werkplek) -> None:
    melder = Melder("*****", "*****", email_afgeschermd=True, telefoon_afgeschermd=True)
    assert melding(melder).naar.email == melding(melder).naar.bel == ""


def test_wie_het_al_weet_staat_erbij(werkplek: Werkplek) -> None:
    woord = Woord(datetime(2026, 11, 21, 9, tzinfo=UTC), "e-mail")
    assert melding(bericht=Bericht.VERTELD, woord=woord).let_op == "De melder weet dit al, via e-mail."
    assert melding(bericht=Bericht.BEL, woord=woord).let_op == ""


# --- versturen ------


def test_zonder_adres_staat_het_op_de_bellijst(werkplek: Werkplek) -> None:
    aanleiding = melding(Melder(telefoon="+31535377444"))
    werkplek.zet(aanleiding, keuze(aanleiding, Berichtkanaal.MAIL))
    werkplek.send()
    (regel,) = werkplek.berichten.load_bellijst()
    assert regel.zin == "Er is geen e-mailadres. Bel 053 537 7444."


def test_wat_weggaat_ligt_eerst_vast_en_anders_gaat_het_niet(werkplek: Werkplek) -> None:
    aanleiding = taak(werkplek)
    werkplek.zet(aanleiding, keuze(aanleiding))

    def kapot(_: object) -> None:
        raise WinkelFout("Vastleggen lukt niet.", code="schijf")

    echt, werkplek.loper._note = werkplek.loper._note, kapot
    werkplek.send()
    assert werkplek.bij_notify == 0
    assert werkplek.berichten.load()[0].woord == "Staat klaar"
    werkplek.loper._note = echt
    werkplek.send(minutes=6)
    assert werkplek.bij_notify == 1
    assert [opdracht.over for opdracht in werkplek.weggegaan] == [aanleiding.over]


def test_het_bericht_hangt_als_contact_aan_het_verzoek_zonder_als_gesprek_te_tellen(
    werkplek: Werkplek,
) -> None:
    aanleiding = taak(werkplek)
    werkplek.zet(aanleiding, keuze(aanleiding))
    werkplek.send()
    werkplek.send()
    (contact,) = werkplek.register.van("contact")
    assert str(contact.velden["inhoud"]).startswith("Bericht per sms:")
    assert werkplek.taken.count_acties(aanleiding.over.partition(":")[2], Aanroep.van(5)) == {}
    assert werkplek.eerder(aanleiding) == ("We zijn ermee bezig. Verstuurd per sms, vandaag om 11.00 uur.",)


def test_een_bericht_over_een_melding_geldt_als_woord_aan_de_melder(werkplek: Werkplek) -> None:
    aanleiding = melding()
    werkplek.zet(aanleiding, keuze(aanleiding))
    werkplek.send()
    werkplek.send()
    (contact,) = werkplek.register.van("contact")
    assert werkplek.register.find_zaken(contact.uuid, Aanroep.van(5)) == ("1009",)


@pytest.mark.parametrize("kanaal", [Berichtkanaal.MAIL, Berichtkanaal.SMS])
def test_dezelfde_aanleiding_op_twee_werkplekken_geeft_een_bericht_en_een_contact(
    maak: Callable[..., Werkplek], kanaal: Berichtkanaal
) -> None:
    eerste = maak()
    tweede = maak(eerste.register)
    aanleiding = taak(eerste)
    for werkplek in (eerste, tweede):
        for _ in range(2):
            werkplek.zet(aanleiding, keuze(aanleiding, kanaal))
        for _ in range(3):
            werkplek.send()
    assert eerste.bij_notify + len(eerste.mailserver.post) == 1
    assert len(eerste.register.van("contact")) == 1
    assert [stand.woord for stand in tweede.berichten.load()] == ["Verstuurd"]
    assert tweede.weggegaan == []


def test_zonder_register_wacht_alleen_een_mail_die_nergens_is_na_te_kijken(werkplek: Werkplek) -> None:
    werkplek.register.pech = lambda soort, _: DICHT if soort == "GET berichten" else ""
    een, twee = taak(werkplek), taak(werkplek)
    werkplek.zet(een, keuze(een, Berichtkanaal.MAIL))
    werkplek.zet(twee, keuze(twee, Berichtkanaal.SMS))
    werkplek.send()
    assert (len(werkplek.mailserver.post), werkplek.bij_notify) == (0, 1)
    assert werkplek.berichten.load(een.over)[0].woord == "Staat klaar"
    werkplek.register.pech = lambda *_: ""
    werkplek.send(minutes=6)
    assert len(werkplek.mailserver.post) == 1


def test_een_collega_ziet_dat_het_bericht_er_al_was_en_klaar_mag_nog(maak: Callable[..., Werkplek]) -> None:
    eerste = maak()
    tweede = maak(eerste.register)
    aanleiding = taak(eerste)
    eerste.zet(aanleiding, keuze(aanleiding))
    eerste.send()
    eerste.send()
    assert tweede.eerder(aanleiding) == ("We zijn ermee bezig. Verstuurd via sms, vandaag om 11.00 uur.",)
    tweede.zet(aanleiding, keuze(aanleiding, wat=Berichtsoort.KLAAR))
    tweede.send()
    assert tweede.bij_notify == 2
