"""E-mail over SMTP tegen een mailserver op deze computer: wat zeker is, en wat niet te weten is."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.berichtpoort import Uitgaand
from frontoffice.central.post import Mailserver as Instelling
from frontoffice.central.post import Post, message_id
from frontoffice.domain.bericht import Berichtkanaal
from frontoffice.domain.fouten import (
    Afgekeurd,
    Geannuleerd,
    GeheimFout,
    NietBevoegd,
    Onbereikbaar,
    ProfielFout,
    RegisterFout,
    Storing,
)
from frontoffice.ports import Aanroep, Stop
from tests.central.mailserver import NAAM, WACHTWOORD, Mailserver
from tests.nep import NepKlok
from tests.storage.certificaat import make_certificaat

BERICHT = Uitgaand(
    "0b7f4c1e-5a2d-5e3f-8a90-1c2d3e4f5a6b",
    Berichtkanaal.MAIL,
    "ayse@voorbeeld.example",
    "Uw afspraak op donderdag 3 december",
    "Beste Ayşe,\n\nU hebt een afspraak.\n.\nTot dan.",
)


@pytest.fixture(scope="module")
def certificaat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificaat(tmp_path_factory.mktemp("post"), "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Mailserver]:
    with Mailserver() as server:
        yield server


def instelling(server: Mailserver, **anders: object) -> Instelling:
    vast = Instelling("127.0.0.1", server.poort, "noreply@losser.example", "Gemeente Losser", "geen")
    return replace(vast, verbinden=1.0, **anders)  # type: ignore[arg-type]


def send(
    eigen: Instelling, bericht: Uitgaand = BERICHT, seconden: float = 5.0, stop: Stop | None = None
) -> str:
    post = Post(eigen, NepKlok())
    try:
        return post.send(bericht, Aanroep.van(seconden, stop)).id
    finally:
        post.close()


def fout_van(server: Mailserver, seconden: float = 5.0, **anders: object) -> RegisterFout:
    with pytest.raises(RegisterFout) as gevangen:
        send(instelling(server, **anders), seconden=seconden)
    assert "ayse" not in f"{gevangen.value!r} {gevangen.value.__context__!r}"
    return gevangen.value


def test_een_mail_komt_heel_aan_met_een_kenmerk_dat_bij_de_sleutel_hoort(server: Mailserver) -> None:
    gegeven = send(instelling(server, antwoord="balie@losser.example"))
    (mail,) = server.mails
    assert gegeven == mail["Message-ID"] == f"<{BERICHT.sleutel}@losser.example>"
    assert mail["From"] == "Gemeente Losser <noreply@losser.example>"
    assert (mail["To"], mail["Reply-To"]) == ("ayse@voorbeeld.example", "balie@losser.example")
    assert mail["Subject"] == BERICHT.titel
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n").strip() == BERICHT.tekst  # type: ignore[attr-defined]


def test_dezelfde_sleutel_geeft_dezelfde_message_id(server: Mailserver) -> None:
    eigen = instelling(server)
    assert message_id(eigen, "a") == message_id(eigen, "a") != message_id(eigen, "b")


def test_een_regeleinde_in_de_titel_maakt_geen_nieuwe_kop(server: Mailserver) -> None:
    send(instelling(server), replace(BERICHT, titel="Uw afspraak\r\nBcc: ander@elders.example"))
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Uw afspraak Bcc: ander@elders.example"


@pytest.mark.parametrize("adres", ["jörg@voorbeeld.example", "a..b@voorbeeld.example"])
def test_een_adres_dat_niet_over_de_lijn_kan_wordt_afgekeurd_zonder_verbinding(
    server: Mailserver, adres: str
) -> None:
    with pytest.raises(Afgekeurd):
        send(instelling(server), replace(BERICHT, adres=adres))
    assert server.opdrachten == []


def test_een_domein_met_een_bijzondere_letter_gaat_als_gewone_letters(server: Mailserver) -> None:
    send(instelling(server), replace(BERICHT, adres="a@bücher.example"))
    assert server.mails[0]["To"] == "a@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("antwoorden", "soort"),
    [
        ({"RCPT": 550}, Afgekeurd),
        ({".": 554}, Afgekeurd),
        ({"RCPT": 451}, Storing),
        ({".": 452}, Storing),
        ({"DATA": 421}, Storing),
        ({"BEGIN": 554}, Afgekeurd),
        ({"MAIL": 530}, NietBevoegd),
    ],
)
def test_een_nee_van_de_mailserver_is_zeker_niet_verstuurd(
    server: Mailserver, antwoorden: dict[str, int], soort: type[RegisterFout]
) -> None:
    server.antwoorden = antwoorden
    fout = fout_van(server)
    assert isinstance(fout, soort)
    assert fout.nooit_verstuurd
    assert server.post == []


def test_een_onbekend_adres_wordt_zo_genoemd(server: Mailserver) -> None:
    server.antwoorden = {"RCPT": 550}
    fout = fout_van(server)
    assert isinstance(fout, Afgekeurd)
    assert [naam for naam, _ in fout.velden] == ["adres"]


@pytest.mark.parametrize("waar", ["BEGIN", "EHLO", "MAIL", "RCPT", "DATA"])
def test_valt_de_verbinding_weg_voor_de_inhoud_dan_is_er_zeker_niets_verstuurd(
    server: Mailserver, waar: str
) -> None:
    server.valt_na = waar
    fout = fout_van(server)
    assert fout.nooit_verstuurd
    assert server.post == []


def test_valt_de_verbinding_weg_na_het_aannemen_dan_is_het_onbekend(server: Mailserver) -> None:
    server.valt_na = "."
    fout = fout_van(server)
    assert isinstance(fout, Onbereikbaar)
    assert not fout.nooit_verstuurd
    assert len(server.post) == 1  # het was aangenomen, en wij kunnen dat niet weten


def test_een_mailserver_die_na_de_inhoud_zwijgt_geeft_op_tijd_een_onbekende_uitkomst(
    server: Mailserver,
) -> None:
    server.hangt_na = "."
    begin = time.monotonic()
    fout = fout_van(server, seconden=0.4)
    assert not fout.nooit_verstuurd
    assert time.monotonic() - begin < 15  # de server zwijgt een minuut


def test_een_trage_mailserver_wordt_voor_de_inhoud_losgelaten(server: Mailserver) -> None:
    server.hangt_na = "EHLO"
    assert fout_van(server, seconden=0.4).nooit_verstuurd


def test_stoppen_breekt_het_gesprek_meteen_af(server: Mailserver) -> None:
    server.hangt_na = "."
    stop = Stop()
    wekker = threading.Timer(0.2, stop.set)
    wekker.start()
    begin = time.monotonic()
    with pytest.raises(Geannuleerd):
        send(instelling(server), seconden=60, stop=stop)
    assert time.monotonic() - begin < 15  # de server zwijgt een minuut
    wekker.join()


def test_geen_mailserver_is_onbereikbaar_en_zeker_niet_verstuurd(server: Mailserver) -> None:
    with Mailserver() as weg:
        poort = weg.poort
    fout = fout_van(server, poort=poort)
    assert isinstance(fout, Onbereikbaar)
    assert fout.nooit_verstuurd


# --- beveiliging -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("beveiliging", ["starttls", "tls"])
def test_met_een_goed_certificaat_gaat_de_post_versleuteld_met_naam_en_wachtwoord(
    certificaat: Path, beveiliging: str
) -> None:
    with Mailserver(certificaat, meteen_tls=beveiliging == "tls") as server:
        server.vraagt_naam = True
        send(
            instelling(
                server,
                beveiliging=beveiliging,
                ca_bundel=certificaat,
                gebruiker=NAAM,
                geheim=lambda: WACHTWOORD,
            )
        )
        assert len(server.post) == 1


@pytest.mark.parametrize("beveiliging", ["starttls", "tls"])
def test_een_certificaat_van_een_ander_wordt_geweigerd(certificaat: Path, beveiliging: str) -> None:
    with Mailserver(certificaat, meteen_tls=beveiliging == "tls") as server:
        fout = fout_van(server, beveiliging=beveiliging)
        assert fout.code == "certificaat"
        assert fout.nooit_verstuurd
        assert server.post == []


def test_zonder_starttls_gaat_er_geen_post_en_geen_wachtwoord_over_de_lijn(server: Mailserver) -> None:
    gevraagd: list[str] = []
    fout = fout_van(
        server, beveiliging="starttls", gebruiker=NAAM, geheim=lambda: gevraagd.append("ja") or WACHTWOORD
    )
    assert fout.code == "onveilig"
    assert (gevraagd, server.post) == ([], [])


def test_een_verkeerd_wachtwoord_is_niet_bevoegd(certificaat: Path) -> None:
    with Mailserver(certificaat) as server:
        fout = fout_van(
            server, beveiliging="starttls", ca_bundel=certificaat, gebruiker=NAAM, geheim=lambda: "fout"
        )
        assert isinstance(fout, NietBevoegd)
        assert fout.nooit_verstuurd


def test_zonder_geheim_gaat_er_niets_uit(certificaat: Path) -> None:
    def ontbreekt() -> str:
        raise GeheimFout("Het geheim ontbreekt.")

    with Mailserver(certificaat) as server, pytest.raises(GeheimFout):
        send(
            instelling(
                server, beveiliging="starttls", ca_bundel=certificaat, gebruiker=NAAM, geheim=ontbreekt
            )
        )


def test_onbeveiligd_naar_een_andere_computer_bestaat_niet() -> None:
    with pytest.raises(ProfielFout):
        Post(Instelling("mail.voorbeeld.example", 25, "a@b.example", "A", "geen"), NepKlok())


def test_nakijken_verstuurt_niets(server: Mailserver) -> None:
    stand = Post(instelling(server), NepKlok()).check(Aanroep.van(3))
    assert (stand.bereikbaar, stand.bevoegd) == (True, True)
    assert server.post == []
