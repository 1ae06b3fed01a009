"""Te laat of niet, weet de melder het al, en de stand in gewone woorden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from frontoffice.domain.melding import (
    Gebeurtenis,
    Melder,
    Melding,
    Meldingstatus,
    Punt,
    Soort,
    dubbel_in_woorden,
    meters,
    read_nummer,
)
from frontoffice.domain.meldingstand import (
    Bericht,
    Klantmelding,
    Reden,
    Tijdigheid,
    Woord,
    bepaal_melderstand,
    bepaal_termijn,
    format_verteld,
    mogelijke_standen,
    read_verteld,
    stand_in_woorden,
    stand_kort,
)
from frontoffice.domain.werkdagen import Werkkalender

NU = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # een maandag
UUR = timedelta(hours=1)
BEREIKBAAR = Melder("a@post.example", "+31612345678")
tel = Werkkalender().count_werkdagen


def melding(code: str = "b", *, melder: Melder = BEREIKBAAR, **anders: object) -> Melding:
    status = Meldingstatus(code, sinds=anders.pop("sinds", NU - 24 * UUR), mail=anders.pop("mail", False))  # type: ignore[arg-type]  # een tijd en een ja of nee
    velden: dict[str, object] = {"gemeld_op": NU - 240 * UUR, "uiterlijk": NU + UUR}
    return Melding(
        1,
        "SIG-1",
        "Tegel los",
        "Stoeptegel",
        "Wegen",
        "wegen/stoep",
        status,
        melder=melder,
        **(velden | anders),
    )  # type: ignore[arg-type]  # velden van Melding


# --- termijn ---


@pytest.mark.parametrize(
    ("uiterlijk", "soort", "werkdagen", "zin"),
    [
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), Tijdigheid.VANDAAG, 0, "vandaag"),
        (datetime(2026, 11, 25, 9, 0, tzinfo=UTC), Tijdigheid.OP_TIJD, 0, "op tijd"),
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), Tijdigheid.TE_LAAT, 1, "1 werkdag te laat"),
        (datetime(2026, 11, 18, 15, 0, tzinfo=UTC), Tijdigheid.TE_LAAT, 3, "3 werkdagen te laat"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), Tijdigheid.TE_LAAT, 0, "net te laat"),
        (None, Tijdigheid.GEEN_TERMIJN, 0, "geen termijn"),
    ],
)
def test_de_termijn_telt_in_werkdagen(
    uiterlijk: datetime | None, soort: Tijdigheid, werkdagen: int, zin: str
) -> None:
    termijn = bepaal_termijn(melding(uiterlijk=uiterlijk), NU, tel)
    assert (termijn.soort, termijn.werkdagen_te_laat, termijn.zin) == (soort, werkdagen, zin)


def test_drie_keer_de_termijn_voorbij_is_veel_te_laat() -> None:
    oud = melding(uiterlijk=NU - 1000 * UUR, veel_te_laat_na=NU - UUR)
    assert bepaal_termijn(oud, NU, tel).soort is Tijdigheid.VEEL_TE_LAAT
    assert bepaal_termijn(melding(uiterlijk=NU - 1000 * UUR, veel_te_laat_na=NU + UUR), NU, tel).te_laat


@pytest.mark.parametrize("code", ["o", "a", "s"])
def test_wat_klaar_is_is_nooit_te_laat(code: str) -> None:
    assert bepaal_termijn(melding(code, uiterlijk=NU - 1000 * UUR), NU, tel).soort is Tijdigheid.KLAAR


# --- weet de melder het? ---


def test_een_verandering_zonder_mail_is_nog_niet_verteld() -> None:
    stand = bepaal_melderstand(melding("b"))
    assert stand.moet_bellen
    assert stand.zin == "Melder nog niet geïnformeerd: bel."
    assert stand.laatste_woord == Woord(NU - 240 * UUR, "e-mail")


@pytest.mark.parametrize(
    ("code", "mail", "melder", "bericht"),
    [
        ("b", True, BEREIKBAAR, Bericht.VERTELD),
        ("o", False, BEREIKBAAR, Bericht.VERTELD),
        ("reopened", None, BEREIKBAAR, Bericht.VERTELD),
        ("ingepland", False, BEREIKBAAR, Bericht.BEL),
        ("o", True, Melder(telefoon="0612345678"), Bericht.BEL),
        ("o", True, Melder("a@post.example", mag_mail=False), Bericht.BEL),
        ("o", True, Melder(email_afgeschermd=True), Bericht.VERTELD),
        ("o", True, Melder(telefoon_afgeschermd=True), Bericht.BEL),
        ("o", True, Melder(), Bericht.NIEMAND),
        ("m", None, BEREIKBAAR, Bericht.NIETS_NIEUWS),
        ("s", None, BEREIKBAAR, Bericht.NIETS_NIEUWS),
        ("nieuwe stand", None, BEREIKBAAR, Bericht.BEL),
    ],
)
def test_of_er_gebeld_moet_worden(code: str, mail: bool | None, melder: Melder, bericht: Bericht) -> None:
    assert bepaal_melderstand(melding(code, mail=mail, melder=melder)).bericht is bericht


def test_een_gesprek_na_de_verandering_telt_en_een_van_ervoor_niet() -> None:
    assert not bepaal_melderstand(melding(), contacten=[Woord(NU - UUR, "telefoon")]).moet_bellen
    assert bepaal_melderstand(melding(), contacten=[Woord(NU - 48 * UUR, "telefoon")]).moet_bellen


def test_een_notitie_verteld_telt_ook_van_een_collega_zonder_dit_programma() -> None:
    regel = format_verteld(NU - UUR, "telefoon")
    assert regel == "Verteld op 23-11-2026 om 09.00 uur via telefoon."
    assert not bepaal_melderstand(melding(notities=("Gebeld", f"{regel}\nDoor S. Bos."))).moet_bellen
    assert bepaal_melderstand(melding(notities=(format_verteld(NU - 48 * UUR, "balie"),))).moet_bellen


def test_een_mail_in_de_geschiedenis_telt_en_een_notitie_over_een_mail_niet() -> None:
    mail = Gebeurtenis(
        Soort.NOTITIE, NU - UUR, "Notitie", "De statusupdate is per e-mail verzonden aan de melder"
    )
    vraag = Gebeurtenis(Soort.NOTITIE, NU - UUR, "Notitie", "Moet er een e-mail naar de aannemer?")
    extern = Gebeurtenis(
        Soort.NOTITIE, NU - UUR, "Notitie",
        "Automatische e-mail bij doorzetten is verzonden aan externe partij.",
    )  # fmt: skip
    assert not bepaal_melderstand(melding(), [mail]).moet_bellen
    assert bepaal_melderstand(melding(), [vraag, extern]).moet_bellen


@pytest.mark.parametrize(
    "onzin", ["Verteld op 45-13-2026 om 09.00 uur via telefoon.", "Verteld op gisteren", "", "Verteld"]
)
def test_onzin_telt_niet_als_verteld(onzin: str) -> None:
    assert read_verteld([onzin]) is None


def test_verteld_leest_de_tijd_van_hier_ook_in_de_zomer() -> None:
    om = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    woord = read_verteld(["x", f"y {format_verteld(om, 'balie')} z"])
    assert woord == Woord(om, "balie")


# --- woorden ---


def test_de_stand_is_een_zin_voor_de_melder() -> None:
    assert stand_in_woorden(Meldingstatus("m")) == "We hebben uw melding. Nog niemand is begonnen."
    assert stand_in_woorden(Meldingstatus("o", sinds=NU)) == "Uw melding is klaar sinds 23-11-2026."
    vraag = Meldingstatus("reaction requested", sinds=NU)
    assert stand_in_woorden(vraag) == "Wij hebben u iets gevraagd. U kunt antwoorden tot 28-11-2026."
    assert stand_in_woorden(Meldingstatus("x", "Nieuw woord")) == "De stand is: Nieuw woord."
    assert stand_kort(Meldingstatus("send failed")) == "Niet bij de aannemer gekomen"
    assert stand_kort(Meldingstatus("x", "Nieuw woord")) == "Nieuw woord"


def test_wie_alleen_een_bericht_stuurt_houdt_dezelfde_stand() -> None:
    codes = [code for code, _ in mogelijke_standen(melding("b"))]
    assert codes[0] == "b"
    assert [code for code, _ in mogelijke_standen(melding("o"))] == ["reopened"]
    assert "m" not in [code for code, _ in mogelijke_standen(melding("m"))]


def test_een_melding_zonder_bevestiging_is_alleen_mogelijk_van_deze_klant() -> None:
    rij = Klantmelding(melding(), (Reden.EMAIL, Reden.TELEFOON))
    assert rij.zin == "mogelijk van deze klant: zelfde e-mailadres en zelfde telefoonnummer"
    assert Klantmelding(melding(), (Reden.BEVESTIGD, Reden.EMAIL)).zin == ""


@pytest.mark.parametrize(
    ("tekst", "nummer"),
    [
        ("SIG-1234", 1234),
        ("sig 1234", 1234),
        ("1234", 1234),
        (" 1234 ", 1234),
        ("SIG-", None),
        ("SIG-12a", None),
        ("", None),
        ("12345678901", None),
    ],
)
def test_een_meldingnummer_in_elke_schrijfwijze(tekst: str, nummer: int | None) -> None:
    assert read_nummer(tekst) == nummer


def test_een_dubbele_zegt_hoe_lang_geleden() -> None:
    vandaag = date(2026, 11, 23)
    zinnen = [dubbel_in_woorden(melding(gemeld_op=NU - dagen * 24 * UUR), vandaag) for dagen in (0, 1, 3)]
    assert zinnen == ["Is al gemeld, vandaag", "Is al gemeld, gisteren", "Is al gemeld, 3 dagen geleden"]


def test_afstanden_kloppen_op_een_meter() -> None:
    hier = Punt(7.0, 52.26)
    assert meters(hier, Punt(7.0, 52.26 + 50 / 111_195)) == pytest.approx(50, abs=1)
    assert meters(hier, Punt(7.0 + 50 / 68_060, 52.26)) == pytest.approx(50, abs=1)
