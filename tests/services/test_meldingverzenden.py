"""Een handeling op een melding komt precies één keer aan, ook bij een server die het doet en dan wegvalt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.central.signalen import Signalen
from frontoffice.demo.server import DemoServer
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.melding import Categorie, Melding, Plek, Punt
from frontoffice.domain.meldingopdracht import Meldingopdracht, make_notitie
from frontoffice.domain.meldingstand import bepaal_melderstand, read_verteld
from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.domain.waarden import EmailAdres
from frontoffice.meldingpoort import NieuweMelding
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.meldingschrijven import Meldinginvoer, Meldingschrijver
from frontoffice.services.meldingverzenden import Meldingloper
from frontoffice.services.verzenden import Verzenddienst
from frontoffice.uitvoeren import Uitvoerder
from tests.nep import NepKlok
from tests.nep_registratie import NepRegister, NepWinkel

BRON = "Telefoon - Klantcontact"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
JPG = b"\xff\xd8\xff\xe0" + bytes(100)
PLEK = Plek(
    "Brinkstraat 12, Losser", Punt(7.00378, 52.26273), "Brinkstraat", "12", "", "", "7581XB", "Losser"
)
TEGEL = Categorie(
    "stoeptegel",
    "Losse of kapotte stoeptegel",
    "wegen-en-stoepen",
    "Wegen en stoepen",
    "/signals/v1/public/terms/categories/wegen-en-stoepen/sub_categories/stoeptegel",
)


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(seed=1, vandaag=date(2026, 11, 20)) as demo:
        yield demo


@pytest.fixture(autouse=True)
def zonder_storing(server: DemoServer) -> Iterator[None]:
    yield
    server.storing("meldingen")


class Werkplek:
    """Een winkel, een verzender en een eigen lijn naar het meldingensysteem van de demonstratie."""

    def __init__(self, server: DemoServer, uitvoerder: Uitvoerder, sleutel: str = "demo-meldingen") -> None:
        self.server = server
        # De klok van deze pc loopt een dag voor op die van de server: ook dan komt er niets dubbel.
        self.klok = NepKlok(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
        self.winkel = NepWinkel()
        instelling = RegisterInstelling("meldingen", f"{server.basis}/signals/v1", "bearer", lambda: sleutel)
        self.lijnen = Lijnen()
        self.register = Signalen(Verbinding(instelling, self.lijnen))
        self.bron = BRON
        self.schrijver = Meldingschrijver(
            lambda: self.winkel, self.klok, medewerker="s.bos@losser.example", medewerker_naam="S. Bos"
        )
        self.verzenden = Verzenddienst(
            self.winkel,
            NepRegister(),
            self.klok,
            uitvoerder,
            houder="proef",
            per_seconde=10_000,
            toeval=random.Random(1),
            make_lopers=lambda tempo: {
                "melding": Meldingloper(self.winkel, self.register, tempo, self.klok, lambda _: self.bron)
            },
        )

    def send_tot_klaar(self, rondes: int = 60) -> None:
        """Zoals een werkdag: blijven proberen, met de klok vooruit."""
        for _ in range(rondes):
            self.klok.zet_vooruit(seconds=400)
            self.verzenden.send(Stop())
            if all(rij.toestand in (Toestand.STAAT_IN_REGISTER, Toestand.ACTIE_NODIG) for rij in self.rijen):
                return

    @property
    def rijen(self) -> tuple[Verzending, ...]:
        return self.winkel.load_verzendingen()

    def load(self, nummer: int) -> Melding:
        self.server.storing("meldingen")
        return self.register.load(nummer, Aanroep.van(5))

    def find_met(self, tekst: str) -> list[Melding]:
        self.server.storing("meldingen")
        gevonden = self.register.find_op_woorden(tekst, Aanroep.van(5)).meldingen
        return [melding for melding in gevonden if melding.tekst == tekst]


@pytest.fixture
def werkplek(server: DemoServer) -> Iterator[Werkplek]:
    uitvoerder = Uitvoerder()
    werkplek = Werkplek(server, uitvoerder)
    yield werkplek
    werkplek.lijnen.close()
    uitvoerder.close()


def invoer(tekst: str, **anders: object) -> Meldinginvoer:
    velden: dict[str, object] = {"categorie": TEGEL, "plek": PLEK, "email": "a.b@post.example"}
    return Meldinginvoer(tekst, **(velden | anders))  # type: ignore[arg-type]  # velden van Meldinginvoer


def een_melding(werkplek: Werkplek) -> Melding:
    """Een nieuwe melding met e-mailadres, zonder de outbox gemaakt."""
    nieuw = NieuweMelding("Los", PLEK, TEGEL.adres, werkplek.klok.nu(), "melder@post.example")
    nummer = werkplek.register.make_melding(nieuw, BRON, "van een ander", Aanroep.van(5)).nummer
    return werkplek.register.load(nummer, Aanroep.van(5))


# --- wegvallen nadat het is gedaan -----------------------------------------------------------------------


@pytest.mark.parametrize("storing", ["schrijf-weg", "schrijf-fout", "schrijf-half", "schrijf-niet"])
def test_een_nieuwe_melding_met_fotos_staat_er_precies_een_keer(werkplek: Werkplek, storing: str) -> None:
    tekst = f"Tegel los bij {storing}"
    werkplek.schrijver.make(invoer(tekst, fotos=(PNG, JPG)))
    werkplek.server.storing("meldingen", f"{storing}:0.7:3")
    werkplek.send_tot_klaar()
    (rij,) = werkplek.rijen
    assert rij.toestand is Toestand.STAAT_IN_REGISTER
    (melding,) = werkplek.find_met(tekst)
    assert rij.stappen["melding"] == str(melding.nummer)
    fotos = werkplek.register.load_fotos(melding.nummer, Aanroep.van(5))
    assert sorted(naam[-6:] for naam in fotos) == ["-0.png", "-1.jpg"]
    assert melding.melder.email == "a.b@post.example"


@pytest.mark.parametrize("storing", ["schrijf-weg", "schrijf-fout", "schrijf-half", "schrijf-niet"])
def test_een_notitie_en_een_stand_komen_precies_een_keer(werkplek: Werkplek, storing: str) -> None:
    melding = een_melding(werkplek)
    werkplek.schrijver.note(melding, f"Gebeld met de aannemer ({storing})")
    werkplek.schrijver.change(melding, "b", "Wij zijn begonnen.", mail=True)
    werkplek.schrijver.mark_told(melding, via="telefoon", tekst=f"Uitgelegd ({storing})")
    werkplek.server.storing("meldingen", f"{storing}:0.8:5")
    werkplek.send_tot_klaar()
    assert {rij.toestand for rij in werkplek.rijen} == {Toestand.STAAT_IN_REGISTER}
    na = werkplek.load(melding.nummer)
    assert na.status.code == "b"
    for wat in (
        f"Gebeld met de aannemer ({storing})",
        f"Uitgelegd ({storing})",
        "Stand: Een collega is bezig",
    ):
        assert sum(wat in notitie for notitie in na.notities) == 1
    mails = [n for n in na.notities if n == "De statusupdate is per e-mail verzonden aan de melder"]
    eerder = [n for n in melding.notities if n == "De statusupdate is per e-mail verzonden aan de melder"]
    assert len(mails) == len(eerder) + 1


def test_honderd_meldingen_door_een_haperende_server_zijn_er_honderd(werkplek: Werkplek) -> None:
    for nummer in range(100):
        werkplek.schrijver.make(invoer(f"Reeks {nummer}", email=f"reeks{nummer}@post.example"))
    werkplek.server.storing("meldingen", "schrijf-weg:0.4:9")
    werkplek.send_tot_klaar(rondes=200)
    assert {rij.toestand for rij in werkplek.rijen} == {Toestand.STAAT_IN_REGISTER}
    werkplek.server.storing("meldingen")
    for nummer in range(100):
        adres = EmailAdres(f"reeks{nummer}@post.example")
        assert len(werkplek.register.find_op_email(adres, Aanroep.van(5)).meldingen) == 1


def test_na_een_onbekende_uitkomst_wordt_er_niet_meteen_nog_een_gemaakt(werkplek: Werkplek) -> None:
    """De server kan na de verbroken verbinding nog klaarkomen."""
    werkplek.schrijver.make(invoer("Te vroeg"))
    werkplek.server.storing("meldingen", "schrijf-niet:1")
    werkplek.klok.zet_vooruit(seconds=10)
    werkplek.verzenden.send(Stop())
    werkplek.server.storing("meldingen")
    werkplek.klok.zet_vooruit(seconds=20)
    werkplek.verzenden.send(Stop(), alles=True)
    (rij,) = werkplek.rijen
    assert rij.toestand is Toestand.WORDT_NAGEKEKEN
    assert werkplek.find_met("Te vroeg") == []
    werkplek.klok.zet_vooruit(seconds=200)
    werkplek.verzenden.send(Stop())
    assert len(werkplek.find_met("Te vroeg")) == 1


# --- niets stil overschrijven ----------------------------------------------------------------------------


def test_is_de_stand_intussen_veranderd_dan_gaat_de_nieuwe_niet_door(werkplek: Werkplek) -> None:
    melding = een_melding(werkplek)
    werkplek.register.change_status(melding.nummer, "o", "Klaar.", False, "x", "Collega", Aanroep.van(5))
    werkplek.schrijver.change(melding, "b", "Wij zijn bezig.", mail=True)
    werkplek.send_tot_klaar()
    (rij,) = werkplek.rijen
    assert rij.toestand is Toestand.ACTIE_NODIG
    assert "intussen veranderd: Klaar" in rij.fout
    assert werkplek.load(melding.nummer).status.code == "o"


def test_een_afgekeurde_melding_zegt_wat_er_niet_goed_is(werkplek: Werkplek) -> None:
    weg = Categorie("weg", "Weg", "weg", "Weg", "/signals/v1/public/terms/categories/weg/sub_categories/weg")
    werkplek.schrijver.make(invoer("Bestaat niet", categorie=weg))
    werkplek.send_tot_klaar()
    (rij,) = werkplek.rijen
    assert rij.toestand is Toestand.ACTIE_NODIG
    assert rij.fout.startswith("Het meldingensysteem keurt het soort melding af.")


def test_zonder_bruikbare_bron_wordt_er_niets_gemaakt(werkplek: Werkplek) -> None:
    def weiger(_: Aanroep) -> str:
        raise Geweigerd("Er is geen bron. Vraag de beheerder.")

    werkplek.schrijver.make(invoer("Zonder bron"))
    werkplek.verzenden._lopers["melding"]._kies_bron = weiger  # type: ignore[attr-defined]  # alleen hier te zetten
    werkplek.send_tot_klaar()
    (rij,) = werkplek.rijen
    assert (rij.toestand, rij.fout) == (Toestand.ACTIE_NODIG, "Er is geen bron. Vraag de beheerder.")


def test_wie_alleen_mag_lezen_verliest_niets(server: DemoServer) -> None:
    uitvoerder = Uitvoerder()
    werkplek = Werkplek(server, uitvoerder, "demo-meldingen-lezen")
    werkplek.schrijver.make(invoer("Mag niet"))
    werkplek.klok.zet_vooruit(seconds=10)
    werkplek.verzenden.send(Stop())
    (rij,) = werkplek.rijen
    assert rij.toestand is Toestand.NOG_NIET_VERSTUURD
    assert "mag dit niet" in rij.fout
    werkplek.lijnen.close()
    uitvoerder.close()


# --- verteld ---------------------------------------------------------------------------------------------


def test_verteld_is_een_contact_met_de_melding_en_een_notitie(werkplek: Werkplek) -> None:
    melding = een_melding(werkplek)
    werkplek.schrijver.mark_told(melding, via="telefoon", tekst="Alles uitgelegd")
    contact, notitie = (rij.opdracht for rij in werkplek.rijen)
    assert isinstance(contact, Registratie)
    assert contact.meldingen == (str(melding.nummer),)
    assert contact.gelukt
    assert isinstance(notitie, Meldingopdracht)
    woord = read_verteld([make_notitie(notitie)])
    assert woord is not None
    assert woord.via == "telefoon"
    assert abs(woord.om - werkplek.klok.nu()) < timedelta(minutes=1)
    werkplek.send_tot_klaar()
    assert not bepaal_melderstand(werkplek.load(melding.nummer)).moet_bellen


def test_niet_bereikt_zegt_niet_dat_het_is_verteld(werkplek: Werkplek) -> None:
    melding = een_melding(werkplek)
    _, notitie = werkplek.schrijver.mark_told(melding, via="telefoon", tekst="", gelukt=False)
    assert notitie is None
    (rij,) = werkplek.rijen
    assert isinstance(rij.opdracht, Registratie)
    assert not rij.opdracht.gelukt


# --- wat is ingevuld -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"plek": Plek("Ergens")}, "plek"),
        ({"plek": None}, "plek"),
        ({"categorie": None}, "categorie"),
        ({"email": "geen adres"}, "email"),
        ({"telefoon": "12"}, "telefoon"),
        ({"fotos": (b"<html>",)}, "foto"),
        ({"fotos": (PNG + bytes(9 * 1024 * 1024),)}, "foto"),
        ({"fotos": (PNG,) * 6}, "foto"),
        ({"tekst": "  "}, "tekst"),
        ({"tekst": "x" * 3001}, "tekst"),
    ],
)
def test_wat_niet_kan_hoort_de_medewerker_meteen(
    werkplek: Werkplek, anders: dict[str, object], veld: str
) -> None:
    tekst = str(anders.pop("tekst", "Tegel"))
    with pytest.raises(InvoerFout) as fout:
        werkplek.schrijver.make(invoer(tekst, **anders))
    assert fout.value.code == veld
    assert werkplek.rijen == ()


def test_dezelfde_sleutel_is_dezelfde_melding(werkplek: Werkplek) -> None:
    sleutel = "3f0c1a3e-1111-4222-a333-444455556666"
    eerste = werkplek.schrijver.make(invoer("Dubbelklik"), sleutel=sleutel)
    assert werkplek.schrijver.make(invoer("Dubbelklik"), sleutel=sleutel) == eerste
    assert len(werkplek.rijen) == 1


def test_een_melder_zonder_mail_krijgt_geen_mail_aangeboden(werkplek: Werkplek) -> None:
    alle = werkplek.register.find_te_laat(1, Aanroep.van(5)).rijen
    zonder = next(m for m in alle if not m.melder.krijgt_mail)
    with pytest.raises(InvoerFout, match="Bel de melder"):
        werkplek.schrijver.change(zonder, "b", "Hallo", mail=True)


def test_een_notitie_bevat_altijd_het_kenmerk_ook_als_de_tekst_lang_is(werkplek: Werkplek) -> None:
    melding = een_melding(werkplek)
    werkplek.schrijver.note(melding, "x" * 2600)
    (rij,) = werkplek.rijen
    assert isinstance(rij.opdracht, Meldingopdracht)
    notitie = make_notitie(rij.opdracht)
    assert len(notitie) <= 3000
    assert notitie.endswith(rij.opdracht.kenmerk)
