"""De brief bij een afspraak: wat er later nog op staat, het adres, geheimhouding en het agendabestand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens
from frontoffice.agenda.inrichting import Behoefte
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.afspraakwaarden import Boekgegevens
from tests.bouwers import BSN
from tests.documents import pdflezer
from tests.ui.afspraak.nep_agenda import NepAgenda
from ui.achtergrond import Achtergrond
from ui.afspraak.briefadres import choose_adres
from ui.afspraak.briefinhoud import Briefvraag, load_brief, load_ics
from ui.afspraak.briefscherm import BriefScherm
from ui.afspraak.klant import Boekklant

ADRES = ("Kerkstraat 912", "7581 ZZ Losser")
KLANT = Boekklant(
    "mevrouw A. Jansen", bekend=True, telefoon="06 12 34 56 78",
    sleutel=PersoonSleutel(Bsn(BSN)), adres=ADRES,
)  # fmt: skip
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def boek(
    agenda: NepAgenda,
    product: str = "paspoort",
    *,
    klant: Boekklant | None = KLANT,
    wat: Omstandigheden | None = None,
    behoeften: tuple[str, ...] = (),
    naam: str = "mevrouw A. Jansen",
) -> Afspraak:
    wens = Wens((Wensregel(product),), behoeften)
    start = agenda.vrij.find_starts(wens).eerste[0]
    sleutel = agenda.zoeken.make_klantsleutel(klant.nummer) if klant and klant.nummer else ""
    contact = Contactgegevens(naam, "0612345678", klantsleutel=sleutel)
    gegevens = Boekgegevens(contact, omstandigheden=wat)
    return agenda.afspraken.book(wens, start.begin, gegevens, verzoek_id=str(uuid4()))


def tekst(agenda: NepAgenda, *afspraken: Afspraak, **anders: Any) -> str:
    vraag = Briefvraag(afspraken, "Gemeente Losser", **anders)
    return pdflezer.platte_tekst(load_brief(agenda, vraag).pdf)


# --- wat er later nog op staat -----------------------------------------------------------------------------


def test_een_brief_van_later_noemt_wat_bij_het_boeken_is_aangevinkt(agenda: NepAgenda) -> None:
    afspraak = boek(agenda, wat=Omstandigheden(codes=frozenset({"vermissing", "buitenlandse_akte"})))
    (later,) = agenda.zoeken.find(afspraak.nummer)
    assert later.antwoorden.codes == ("buitenlandse_akte", "vermissing")
    brief = tekst(agenda, later)
    assert "• Het nummer van de aangifte of een verklaring van vermissing" in brief
    assert "• Een geboorteakte (als u dat hebt)" in brief
    zonder = boek(agenda)
    assert "vermissing" not in tekst(agenda, zonder)


def test_bij_een_kind_staat_er_wie_er_komt_en_wat_in_de_plaats_mag(agenda: NepAgenda) -> None:
    kind = date(2018, 5, 1)
    afspraak = boek(agenda, "paspoort-kind", klant=None)
    agenda.contact.change(
        afspraak.id, afspraak.klant, replace(afspraak.klant, geboortedatum=kind), verzoek_id=str(uuid4())
    )
    (later,) = agenda.zoeken.load_ids([afspraak.id])
    assert "• 2 × ouder met gezag, of toestemming van de andere ouder" in tekst(agenda, later)
    duits = tekst(agenda, later, taal="de")
    assert "• 2 × Elternteil mit Sorgerecht, oder die Zustimmung des anderen Elternteils" in duits
    assert "Niederländisch" not in duits


@pytest.mark.parametrize("taal", ["de", "en"])
def test_met_alle_behoeften_is_er_een_duitse_en_engelse_brief_zonder_nederlands(
    agenda: NepAgenda, taal: str
) -> None:
    behoeften = tuple(behoefte.code for behoefte in agenda.opslag.inrichting.behoeften)
    assert len(behoeften) == 4
    afspraak = boek(agenda, behoeften=behoeften)
    brief = load_brief(agenda, Briefvraag((afspraak,), "Gemeente Losser", taal=taal))
    assert not brief.zin
    assert ("Dolmetscher" if taal == "de" else "interpreter") in pdflezer.platte_tekst(brief.pdf)


def test_een_behoefte_zonder_vertaling_houdt_de_duitse_brief_niet_tegen(agenda: NepAgenda) -> None:
    kaal = replace(agenda.opslag.inrichting, behoeften=(Behoefte("ringleiding", "Ringleiding"),))
    agenda.opslag.set_inrichting(kaal)
    afspraak = boek(agenda, behoeften=("ringleiding",))
    brief = load_brief(agenda, Briefvraag((afspraak,), "Gemeente Losser", taal="de"))
    assert "Ringleiding" in brief.zin
    assert "Ringleiding (auf Niederländisch)" in pdflezer.platte_tekst(brief.pdf)


def test_de_soort_brief_volgt_uit_wat_er_gebeurde(agenda: NepAgenda) -> None:
    afspraak = boek(agenda)
    agenda.contact.change(
        afspraak.id, afspraak.klant, replace(afspraak.klant, naam="B. Bos"), verzoek_id=str(uuid4())
    )
    brief = tekst(agenda, afspraak)
    assert "Uw afspraak staat vast" in brief, "een andere naam is geen andere tijd"
    assert "Beste B. Bos," in brief, "en de brief is die van nu"
    agenda.afspraken.change(afspraak.id, Wens((Wensregel("paspoort", 2),)), verzoek_id=str(uuid4()))
    assert "De datum en de tijd zijn hetzelfde gebleven." in tekst(agenda, afspraak)
    start = agenda.vrij.find_starts(Wens((Wensregel("paspoort", 2),))).eerste[-1]
    agenda.afspraken.move(afspraak.id, start.begin, verzoek_id=str(uuid4()))
    assert "Uw afspraak is verzet" in tekst(agenda, afspraak)
    agenda.afspraken.cancel(afspraak.id, verzoek_id=str(uuid4()))
    assert "Uw afspraak gaat niet door" in tekst(agenda, afspraak)


# --- het adres ---------------------------------------------------------------------------------------------


def test_het_adres_van_de_klant_in_beeld_staat_klaar_maar_niet_op_de_brief(agenda: NepAgenda) -> None:
    afspraak = boek(agenda)
    keuze = choose_adres(agenda, KLANT, afspraak)
    assert (keuze.mag, keuze.regels) == (True, ADRES)
    assert "Kerkstraat" not in tekst(agenda, afspraak, klant=KLANT)
    assert "Kerkstraat 912" in tekst(agenda, afspraak, klant=KLANT, adres=ADRES)


@pytest.mark.parametrize("onbekend", [False, True])
def test_bij_geheimhouding_komt_ook_een_getypt_adres_er_niet_op(agenda: NepAgenda, onbekend: bool) -> None:
    geheim = replace(KLANT, geheim=True, geheim_onbekend=onbekend, adres=())
    afspraak = boek(agenda, klant=geheim)
    keuze = choose_adres(agenda, geheim, afspraak)
    assert (keuze.mag, keuze.geheim, keuze.regels) == (False, True, ())
    assert "Geef de brief mee aan de balie." in keuze.zin
    brief = tekst(agenda, afspraak, klant=geheim, adres=ADRES)
    assert "Kerkstraat" not in brief
    assert "06" not in brief.replace("2026-", "")


@pytest.mark.parametrize("naam", ["mevrouw A. Jansen", "Iemand anders"])
def test_ook_zonder_klantsleutel_gaat_geheimhouding_van_wie_het_kan_zijn_voor(
    agenda: NepAgenda, naam: str
) -> None:
    afspraak = boek(agenda, klant=None, naam=naam)
    geheim = replace(KLANT, geheim=True, adres=(), telefoon="06 12 34 56 78")
    assert choose_adres(agenda, geheim, afspraak).mag is (naam == "Iemand anders")


@pytest.mark.parametrize("in_beeld", ["niemand", "een ander", "niet gecontroleerd"])
def test_is_de_klant_van_de_afspraak_niet_in_beeld_dan_komt_er_geen_adres_op(
    agenda: NepAgenda, in_beeld: str
) -> None:
    afspraak = boek(agenda)
    klant = {
        "niemand": None,
        "een ander": replace(KLANT, naam="B. Bos", sleutel=PersoonSleutel(Bsn("999990019"))),
        "niet gecontroleerd": Boekklant(KLANT.naam),
    }[in_beeld]
    keuze = choose_adres(agenda, klant, afspraak)
    assert not keuze.mag
    assert "Zoek eerst de klant" in keuze.zin
    assert "Kerkstraat" not in tekst(agenda, afspraak, klant=klant, adres=ADRES)


def test_het_adres_van_de_klant_in_beeld_komt_niet_bij_een_afspraak_van_een_ander(agenda: NepAgenda) -> None:
    afspraak = boek(agenda, klant=None, naam="Iemand anders")
    keuze = choose_adres(agenda, KLANT, afspraak)
    assert (keuze.mag, keuze.regels) == (True, ())


def test_van_een_overledene_en_bij_een_onzeker_adres_staat_er_waarom(agenda: NepAgenda) -> None:
    afspraak = boek(agenda)
    assert "overleden" in choose_adres(agenda, replace(KLANT, brieven_geblokkeerd=True), afspraak).zin
    onzeker = choose_adres(agenda, replace(KLANT, adres_onzeker=True), afspraak)
    assert onzeker.mag
    assert "niet zeker" in onzeker.zin


# --- op het scherm -----------------------------------------------------------------------------------------


@pytest.fixture
def scherm(qtbot: QtBot, agenda: NepAgenda, achtergrond: Achtergrond) -> Iterator[BriefScherm]:
    scherm = BriefScherm(lambda: agenda, achtergrond)
    scherm.resize(1366, 700)
    scherm.show()
    yield scherm
    scherm.clear()
    scherm.close()
    scherm.deleteLater()


def test_een_brief_die_wordt_bewaard_staat_in_het_logboek_en_anders_komt_er_geen_bestand(
    qtbot: QtBot, agenda: NepAgenda, achtergrond: Achtergrond, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    vastgelegd: list[str] = []

    def note(handeling: str, _: Briefvraag) -> None:
        if vastgelegd:
            raise WinkelFout("De schijf is vol. Maak ruimte vrij.", code="winkel_vol")
        vastgelegd.append(handeling)

    scherm = BriefScherm(lambda: agenda, achtergrond, note)
    qtbot.addWidget(scherm)
    open_brief(scherm, qtbot, boek(agenda), KLANT)
    with qtbot.waitSignal(scherm.melding):
        scherm.opslaan.click()
    assert vastgelegd == ["brief_bewaard"]
    assert len(list(tmp_path.iterdir())) == 1
    scherm.opslaan.click()
    qtbot.waitUntil(lambda: "schijf is vol" in scherm.zin.text())
    assert len(list(tmp_path.iterdir())) == 1


def test_een_agendabestand_dat_wordt_bewaard_staat_in_het_logboek_en_anders_komt_er_geen_bestand(
    qtbot: QtBot, agenda: NepAgenda, achtergrond: Achtergrond, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    vastgelegd: list[str] = []

    def note(handeling: str, vraag: Briefvraag) -> None:
        if vastgelegd:
            raise WinkelFout("De schijf is vol. Maak ruimte vrij.", code="winkel_vol")
        vastgelegd.append(f"{handeling} {vraag.afspraken[0].nummer}")

    scherm = BriefScherm(lambda: agenda, achtergrond, note)
    qtbot.addWidget(scherm)
    afspraak = boek(agenda)
    open_brief(scherm, qtbot, afspraak, KLANT)
    with qtbot.waitSignal(scherm.melding):
        scherm.agendabestand.click()
    assert vastgelegd == [f"agendabestand_bewaard {afspraak.nummer}"]
    assert [pad.suffix for pad in tmp_path.iterdir()] == [".ics"]
    scherm.agendabestand.click()
    qtbot.waitUntil(lambda: "schijf is vol" in scherm.zin.text())
    assert len(list(tmp_path.iterdir())) == 1


def open_brief(scherm: BriefScherm, qtbot: QtBot, afspraak: Afspraak, klant: Boekklant | None) -> None:
    scherm.open(Briefvraag((afspraak,), "Gemeente Losser", klant=klant))
    wacht(scherm, qtbot)


def wacht(scherm: BriefScherm, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: scherm.klaar is not None)


def op_papier(scherm: BriefScherm) -> str:
    assert scherm.klaar is not None
    return pdflezer.platte_tekst(scherm.klaar.pdf)


def test_pas_met_het_vinkje_komt_het_adres_op_papier_en_wie_wijzigt_controleert_opnieuw(
    scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda
) -> None:
    open_brief(scherm, qtbot, boek(agenda), KLANT)
    straat, vink = scherm.adres.velden[0], scherm.adres.gecontroleerd
    assert straat.text() == "Kerkstraat 912"
    assert not vink.isChecked()
    assert "Kerkstraat" not in op_papier(scherm)
    vink.click()
    wacht(scherm, qtbot)
    assert "Kerkstraat 912 7581 ZZ Losser" in op_papier(scherm)
    scherm.groot.setChecked(True)
    wacht(scherm, qtbot)
    assert vink.isChecked(), "een andere lettergrootte is geen ander adres"
    straat.setText("Dorpsstraat 901")
    wacht(scherm, qtbot)
    assert not vink.isChecked()
    assert not any(straat in op_papier(scherm) for straat in ("Kerkstraat", "Dorpsstraat"))
    vink.click()
    wacht(scherm, qtbot)
    assert "Dorpsstraat 901" in op_papier(scherm)
    assert "Dorpsstraat" not in repr(agenda.opslag.staat), "de agenda bewaart het adres niet"
    scherm.clear()
    assert not any(veld.text() for veld in scherm.adres.velden)


def test_zonder_adres_is_er_niets_aan_te_vinken(scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda) -> None:
    open_brief(scherm, qtbot, boek(agenda, klant=None, naam="Iemand anders"), None)
    assert not scherm.adres.gecontroleerd.isEnabled()
    scherm.adres.velden[1].setText("7581 ZZ Losser")
    assert scherm.adres.gecontroleerd.isEnabled()


def test_bij_geheimhouding_staat_er_waarom_en_is_er_niets_te_typen(
    scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda
) -> None:
    geheim = replace(KLANT, geheim=True, adres=())
    open_brief(scherm, qtbot, boek(agenda, klant=geheim), geheim)
    assert "geheimhouding" in scherm.adres.zin.text()
    assert not any(deel.isVisible() for deel in (*scherm.adres.velden, scherm.adres.gecontroleerd))


def test_een_volgende_klant_ziet_niets_van_het_vorige_adres(
    scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda
) -> None:
    eigen, ander = boek(agenda), boek(agenda, klant=None, naam="Iemand anders")
    open_brief(scherm, qtbot, eigen, KLANT)
    scherm.adres.gecontroleerd.click()
    wacht(scherm, qtbot)
    open_brief(scherm, qtbot, ander, None)
    assert not any(veld.text() for veld in scherm.adres.velden)
    assert "Kerkstraat" not in op_papier(scherm)


# --- het agendabestand -------------------------------------------------------------------------------------


def gebeurtenis(agenda: NepAgenda, afspraak: Afspraak, taal: str = "nl") -> tuple[str, Event]:
    bestand = load_ics(agenda, Briefvraag((afspraak,), "Gemeente Losser", taal=taal))
    kalender = Calendar.from_ical(bestand.inhoud)
    assert isinstance(kalender, Calendar)
    assert not kalender.errors
    (event,) = kalender.events
    assert not event.errors
    return str(kalender["METHOD"]), event


def test_het_agendabestand_volgt_contact_verzetten_en_afzeggen(agenda: NepAgenda) -> None:
    afspraak = boek(agenda)
    stappen = [gebeurtenis(agenda, afspraak)]
    agenda.contact.change(
        afspraak.id, afspraak.klant, replace(afspraak.klant, brieftaal="de"), verzoek_id=str(uuid4())
    )
    stappen.append(gebeurtenis(agenda, afspraak, "de"))
    wens = Wens((Wensregel("paspoort"),))
    later = agenda.vrij.find_starts(wens).eerste[-1].begin
    agenda.afspraken.move(afspraak.id, later, verzoek_id=str(uuid4()))
    stappen.append(gebeurtenis(agenda, afspraak, "de"))
    agenda.afspraken.cancel(afspraak.id, verzoek_id=str(uuid4()))
    stappen.append(gebeurtenis(agenda, afspraak, "de"))
    assert [methode for methode, _ in stappen] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert [int(event["SEQUENCE"]) for _, event in stappen] == [0, 1, 2, 3]
    assert len({str(event["UID"]) for _, event in stappen}) == 1
    assert [str(event["STATUS"]) for _, event in stappen][-1] == "CANCELLED"
    for _, event in stappen:
        for veld in ("DTSTART", "DTEND"):
            assert event[veld].params["TZID"] == "Europe/Amsterdam"
    assert stappen[1][1].start == stappen[0][1].start == afspraak.begin.astimezone(AMSTERDAM)
    assert stappen[2][1].start == later.astimezone(AMSTERDAM)
    assert str(stappen[0][1]["SUMMARY"]) == "Afspraak bij Gemeente Losser"
    assert str(stappen[1][1]["SUMMARY"]) == "Termin bei Gemeente Losser"
    assert not any("Jansen" in str(event) for _, event in stappen)


def test_het_agendabestand_wordt_bij_downloads_gezet(
    scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    afspraak = boek(agenda)
    open_brief(scherm, qtbot, afspraak, KLANT)
    with qtbot.waitSignal(scherm.melding) as gemeld:
        scherm.agendabestand.click()
    (bestand,) = tmp_path.iterdir()
    assert bestand.name == f"afspraak-{afspraak.nummer}.ics"
    assert gemeld.args == [f"Opgeslagen: {bestand.name}"]
    assert bestand.stat().st_mode & 0o777 == 0o600
    begin = datetime.fromtimestamp(afspraak.begin.timestamp(), AMSTERDAM)
    assert begin - afspraak.begin == timedelta(0)


@pytest.mark.parametrize(("breed", "verwacht"), [(1366, 480), (700, 350)])
def test_de_keuzes_worden_breder_als_het_vinkje_dat_nodig_heeft_maar_de_brief_houdt_de_helft(
    scherm: BriefScherm, qtbot: QtBot, agenda: NepAgenda, breed: int, verwacht: int
) -> None:
    scherm.resize(breed, 700)
    open_brief(scherm, qtbot, boek(agenda), KLANT)
    vink = scherm.adres.gecontroleerd
    assert scherm._keuzes.width() >= vink.sizeHint().width()
    vink.setMinimumWidth(480)  # zo breed is het bij letters van 200 %
    scherm.groot.setChecked(True)
    wacht(scherm, qtbot)
    qtbot.waitUntil(lambda: scherm._keuzes.width() >= verwacht)
    assert scherm._keuzes.width() <= breed // 2
