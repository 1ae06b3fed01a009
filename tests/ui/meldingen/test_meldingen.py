"""De meldingenschermen tegen de demonstratieserver: vinden, laten weten, maken, en niets kwijtraken."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.demo.server import DemoServer
from frontoffice.domain.meldingopdracht import Meldingopdracht
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import Diensten, build
from frontoffice.services.vandaag import MEESTE_REGELS, Deelnaam
from frontoffice.services.voortgangberichten import make_meldingaanleiding
from tests.proefprofiel import make_proefprofiel
from tests.ui.conftest import MaakVenster
from ui.hoofdvenster import Hoofdvenster
from ui.meldingen.concept import Meldingconcept, format_concept, read_concept
from ui.meldingen.detail import BERICHT, LAAT_WETEN, NOTITIE, VERTELD
from ui.meldingen.fotobewaren import format_fotos, read_fotos
from ui.meldingen.nieuw import NieuweMelding
from ui.meldingen.scherm import MeldingenScherm

VANDAAG = date(2026, 11, 20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(seed=1, vandaag=VANDAAG) as demo:
        yield demo


@pytest.fixture
def diensten(server: DemoServer, tmp_path: Path) -> Iterator[Diensten]:
    diensten = build(parse_profiel(make_proefprofiel(server.basis, VANDAAG)), data_dir=tmp_path)
    yield diensten
    diensten.close()
    server.storing("meldingen")


@pytest.fixture
def venster(maak_venster: MaakVenster, diensten: Diensten) -> Hoofdvenster:
    return maak_venster(diensten)


@pytest.fixture
def scherm(venster: Hoofdvenster, qtbot: QtBot) -> MeldingenScherm:
    """Het scherm met de late meldingen, de eerste in beeld."""
    venster.meldingen.open("te_laat")
    scherm = venster.meldingen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.detail.beeld is not None)
    return scherm


@pytest.fixture
def nieuw(venster: Hoofdvenster, qtbot: QtBot) -> NieuweMelding:
    venster.meldingen.open_nieuw()
    nieuw = venster.meldingen.nieuw
    assert nieuw is not None
    return nieuw


def fill(nieuw: NieuweMelding, qtbot: QtBot, straat: str = "Brinkstraat 4") -> None:
    """Typ zoals een medewerker: wat, soort, plek, nummer."""
    QTest.keyClicks(nieuw.tekst, "De stoep ligt los")
    nieuw.soort.veld.setFocus()
    QTest.keyClicks(nieuw.soort.veld, "stoeptegel")
    qtbot.waitUntil(lambda: not nieuw.soort.lijst.isHidden())
    QTest.keyClick(nieuw.soort.veld, Qt.Key.Key_Return)
    qtbot.waitUntil(nieuw.plek.veld.hasFocus)
    QTest.keyClicks(nieuw.plek.veld, straat)
    qtbot.waitUntil(lambda: not nieuw.plek.lijst.isHidden())
    QTest.keyClick(nieuw.plek.veld, Qt.Key.Key_Return)
    QTest.keyClicks(nieuw.telefoon, "0612345678")


def opdrachten(diensten: Diensten) -> list[Meldingopdracht]:
    rijen = diensten.contacten.winkel.load_verzendingen()
    return [rij.opdracht for rij in rijen if isinstance(rij.opdracht, Meldingopdracht)]


def tekst_van(scherm: MeldingenScherm) -> str:
    from ui.tekst import Tekst

    return "\n".join(deel.text() for deel in scherm.detail.findChildren(Tekst))


def test_de_eerste_late_melding_staat_er_met_wat_er_te_zeggen_is(scherm: MeldingenScherm) -> None:
    beeld = scherm.detail.beeld
    assert beeld is not None
    assert beeld.termijn.te_laat
    tekst = tekst_van(scherm)
    assert "Zeg dit" in tekst
    assert beeld.stand in tekst
    assert "werkdagen te laat" in tekst or "veel te laat" in tekst


@pytest.mark.parametrize("vraag", ["SIG-1009", "1009"])
def test_een_nummer_met_of_zonder_letters_geeft_die_melding(
    venster: Hoofdvenster, qtbot: QtBot, vraag: str
) -> None:
    venster.meldingen.open("zoeken")
    scherm = venster.meldingen.scherm
    assert scherm is not None
    QTest.keyClicks(scherm.zoek, vraag)
    QTest.keyClick(scherm.zoek, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: scherm.detail.beeld is not None)
    assert scherm.detail.beeld is not None
    assert scherm.detail.beeld.melding.nummer == 1009


def test_een_vraag_zonder_antwoord_zegt_wat_te_proberen(venster: Hoofdvenster, qtbot: QtBot) -> None:
    venster.meldingen.open("zoeken")
    scherm = venster.meldingen.scherm
    assert scherm is not None
    QTest.keyClicks(scherm.zoek, "xyzzyplein")
    QTest.keyClick(scherm.zoek, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Niets gevonden" in scherm.zin.text())


def test_een_notitie_staat_daarna_in_de_outbox(
    scherm: MeldingenScherm, diensten: Diensten, qtbot: QtBot
) -> None:
    scherm.detail.gevraagd.emit(NOTITIE)
    QTest.keyClicks(scherm.vak.tekst, "Buurman belde ook")
    scherm.vak.bewaar.click()
    qtbot.waitUntil(lambda: not scherm.vak.is_open)
    (opdracht,) = opdrachten(diensten)
    assert (opdracht.tekst, opdracht.nummer) == ("Buurman belde ook", scherm.detail.beeld.melding.nummer)  # type: ignore[union-attr]  # de fixture wacht erop


def test_iets_laten_weten_zonder_stand_vraagt_om_een_stand(
    scherm: MeldingenScherm, diensten: Diensten
) -> None:
    scherm.detail.gevraagd.emit(LAAT_WETEN)
    scherm.vak.stand.insertItem(0, "Kies een stand", "")
    scherm.vak.stand.setCurrentIndex(0)
    QTest.keyClicks(scherm.vak.tekst, "Wij komen morgen")
    scherm.vak.bewaar.click()
    assert scherm.vak.is_open
    assert scherm.vak.tekst.toPlainText() == "Wij komen morgen"
    assert opdrachten(diensten) == []


def test_getypte_tekst_blijft_bij_haar_eigen_melding_ook_na_wisselen(
    scherm: MeldingenScherm, qtbot: QtBot
) -> None:
    eerste = scherm.detail.beeld
    assert eerste is not None
    scherm.detail.gevraagd.emit(VERTELD)
    QTest.keyClicks(scherm.vak.tekst, "Gesproken met de melder")
    scherm.lijst.step(1)
    qtbot.waitUntil(lambda: scherm.detail.beeld not in (None, eerste))
    scherm.detail.gevraagd.emit(VERTELD)
    assert scherm.vak.tekst.toPlainText() == ""
    scherm.lijst.step(-1)
    qtbot.waitUntil(
        lambda: (
            scherm.detail.beeld is not None and scherm.detail.beeld.melding.nummer == eerste.melding.nummer
        ),
    )
    scherm.detail.gevraagd.emit(VERTELD)
    assert scherm.vak.tekst.toPlainText() == "Gesproken met de melder"


def test_een_register_dat_er_niet_is_zegt_dat_en_laat_opnieuw_zoeken(
    venster: Hoofdvenster, server: DemoServer, qtbot: QtBot
) -> None:
    server.storing("meldingen", "fout:503")
    venster.meldingen.open("te_laat")
    scherm = venster.meldingen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.zin.rol == "fout")
    assert scherm.again.isVisible()
    server.storing("meldingen")
    scherm.again.click()
    qtbot.waitUntil(lambda: scherm.detail.beeld is not None)


def test_vanaf_vandaag_is_de_hele_lijst_van_wie_nog_niets_hoorde_te_zien(
    venster: Hoofdvenster, server: DemoServer, qtbot: QtBot
) -> None:
    vak = venster.vandaag.vakken[Deelnaam.MELDINGEN]
    qtbot.waitUntil(lambda: vak.deel is not None)
    assert vak.deel is not None
    assert len(vak.deel.regels) == MEESTE_REGELS
    assert not vak.alles.isHidden()
    vak.alles.click()
    scherm = venster.meldingen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.detail.beeld is not None)
    assert scherm._knoppen["zonder_woord"].isChecked()


# --- een nieuwe melding ---


def test_lukt_zoeken_niet_dan_staat_de_knop_opnieuw_naast_de_zin_die_hem_noemt(
    nieuw: NieuweMelding, server: DemoServer, qtbot: QtBot
) -> None:
    server.storing("locaties", "fout:503")
    nieuw.plek.veld.setFocus()
    QTest.keyClicks(nieuw.plek.veld, "Brinkstraat 4")
    qtbot.waitUntil(lambda: not nieuw.plek.again.isHidden())
    assert "Opnieuw" in nieuw.plek.zin.text()
    server.storing("locaties")
    nieuw.plek.again.click()
    qtbot.waitUntil(lambda: not nieuw.plek.lijst.isHidden())
    assert nieuw.plek.again.isHidden()
    assert nieuw.plek.veld.text() == "Brinkstraat 4"


def test_een_melding_maken_kost_een_paar_toetsen_en_zegt_het_nummer(
    venster: Hoofdvenster, nieuw: NieuweMelding, diensten: Diensten, qtbot: QtBot
) -> None:
    fill(nieuw, qtbot)
    nieuw.maak.click()
    scherm_van = venster.meldingen
    qtbot.waitUntil(
        lambda: scherm_van.scherm is not None and "heeft nummer" in scherm_van.scherm.meldingvak.tekst.text(),
    )
    (rij,) = [r for r in diensten.contacten.winkel.load_verzendingen() if r.is_klaar]
    assert scherm_van.scherm is not None
    assert rij.stappen["melding"] in scherm_van.scherm.meldingvak.tekst.text()
    assert nieuw.tekst.toPlainText() == ""


def test_loopt_er_een_gesprek_dan_noemt_dat_contact_de_nieuwe_melding(
    venster: Hoofdvenster, nieuw: NieuweMelding, qtbot: QtBot
) -> None:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    concept = gesprekken.start()
    assert concept is not None
    fill(nieuw, qtbot)
    nieuw.maak.click()

    def genoemd() -> tuple[str, ...]:
        nu = gesprekken.find(concept.uuid)
        return nu.meldingen if nu is not None else ()

    qtbot.waitUntil(lambda: bool(genoemd()))
    assert genoemd()[0].isdecimal()


def test_wat_er_al_is_gemeld_staat_ernaast_voor_er_een_tweede_komt(
    nieuw: NieuweMelding, diensten: Diensten, qtbot: QtBot
) -> None:
    dienst = diensten.meldingen
    assert dienst is not None
    soort = next(s for s in dienst.load_categorieen(Stop()) if s.naam.startswith("Losse"))
    gevonden = dienst.zoek("Losse", Stop()).meldingen
    melding = next(m for m in gevonden if m.categorie == soort.naam and m.plek and m.plek.punt)
    assert melding.plek is not None
    nieuw.soort.set_waarde(soort, soort.naam)
    nieuw.plek.set_waarde(melding.plek, melding.plek.omschrijving)
    nieuw.plek.gekozen.emit(melding.plek)
    qtbot.waitUntil(lambda: not nieuw.dubbel.lijst.isHidden())
    assert nieuw.dubbel.opnieuw.isHidden()
    model = nieuw.dubbel.lijst.rijen
    rijen = [model.rij(model.index(nummer)) for nummer in range(model.rowCount())]
    assert any(rij is not None and melding.weergave in rij.onder for rij in rijen)
    assert nieuw.eerst.isHidden(), "breed staat het ernaast"
    nieuw.window().resize(700, 600)
    qtbot.waitUntil(lambda: not nieuw.eerst.isHidden())
    nieuw.eerst.click()
    qtbot.waitUntil(nieuw.dubbel.lijst.hasFocus)
    assert not nieuw.dubbel.lijst.visibleRegion().isEmpty()


def test_is_niet_na_te_kijken_of_het_al_is_gemeld_dan_kan_dat_opnieuw_met_het_toetsenbord(
    nieuw: NieuweMelding, server: DemoServer, qtbot: QtBot
) -> None:
    fill(nieuw, qtbot)
    server.storing("meldingen", "fout:503")
    nieuw.plek.gekozen.emit(nieuw.plek.waarde)
    qtbot.waitUntil(lambda: not nieuw.dubbel.opnieuw.isHidden())
    assert "Opnieuw" in nieuw.dubbel.zin.text()
    nieuw.dubbel.opnieuw.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(nieuw.dubbel.opnieuw, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: nieuw.dubbel.zin.text().startswith("Niet na te kijken"))
    server.storing("meldingen")
    QTest.keyClick(nieuw.dubbel.opnieuw, Qt.Key.Key_Space)
    qtbot.waitUntil(nieuw.dubbel.opnieuw.isHidden)
    assert nieuw.dubbel.zin.text().startswith(("Hier ", "Dit is al gemeld"))
    focus = nieuw.focusWidget()
    assert focus is not None
    assert focus.isVisibleTo(nieuw), "de focus blijft niet op een knop die er niet meer is"


def test_zonder_plek_of_melder_blijft_alles_staan_en_staat_er_waarom(
    nieuw: NieuweMelding, diensten: Diensten, qtbot: QtBot
) -> None:
    QTest.keyClicks(nieuw.tekst, "De stoep ligt los")
    nieuw.maak.click()
    assert "anoniem" in nieuw.telefoon.accessibleDescription()
    nieuw.anoniem.setChecked(True)
    nieuw.maak.click()
    qtbot.waitUntil(lambda: "Kies wat voor melding" in nieuw.soort.accessibleDescription())
    assert nieuw.tekst.toPlainText() == "De stoep ligt los"
    assert opdrachten(diensten) == []


def test_wat_is_getypt_staat_er_na_een_nieuwe_start_weer(
    venster: Hoofdvenster, nieuw: NieuweMelding, diensten: Diensten, maak_venster: MaakVenster, qtbot: QtBot
) -> None:
    winkel = diensten.contacten.winkel
    plek = f"melding_concept:{diensten.profiel.medewerker.identificatie}"
    fill(nieuw, qtbot)
    qtbot.waitUntil(lambda: "0612345678" in winkel.recall(plek))
    tweede = maak_venster(diensten)
    tweede.meldingen.open_nieuw()
    terug = tweede.meldingen.nieuw
    assert terug is not None
    qtbot.waitUntil(lambda: terug.tekst.toPlainText() == "De stoep ligt los")
    assert terug.soort.waarde == nieuw.soort.waarde
    assert terug.plek.waarde == nieuw.plek.waarde
    assert terug.telefoon.text() == "0612345678"


def test_een_gekozen_foto_overleeft_een_afgebroken_programma_en_is_weg_na_het_maken(
    nieuw: NieuweMelding, diensten: Diensten, maak_venster: MaakVenster, tmp_path: Path, qtbot: QtBot
) -> None:
    winkel = diensten.contacten.winkel
    wie = diensten.profiel.medewerker.identificatie
    (tmp_path / "stoep.png").write_bytes(PNG)
    fill(nieuw, qtbot)
    nieuw.fotos.add(tmp_path / "stoep.png")
    qtbot.waitUntil(lambda: "stoep.png" in winkel.recall(f"melding_fotos:{wie}"))
    qtbot.waitUntil(lambda: "ligt los" in winkel.recall(f"melding_concept:{wie}"))
    tweede = maak_venster(diensten)
    tweede.meldingen.open_nieuw()
    terug = tweede.meldingen.nieuw
    assert terug is not None
    qtbot.waitUntil(lambda: terug.fotos.met_namen == (("stoep.png", PNG),))
    terug.maak.click()
    qtbot.waitUntil(lambda: winkel.recall(f"melding_fotos:{wie}") == "")


def test_opnieuw_beginnen_haalt_ook_een_foto_terug_en_ruimt_haar_anders_op(
    nieuw: NieuweMelding, diensten: Diensten, tmp_path: Path, qtbot: QtBot
) -> None:
    winkel = diensten.contacten.winkel
    plek = f"melding_fotos:{diensten.profiel.medewerker.identificatie}"
    (tmp_path / "stoep.png").write_bytes(PNG)
    QTest.keyClicks(nieuw.tekst, "Een gat in de weg")
    nieuw.fotos.add(tmp_path / "stoep.png")
    qtbot.waitUntil(lambda: bool(winkel.recall(plek)))
    nieuw._ask_leeg()
    qtbot.waitUntil(lambda: winkel.recall(plek) == "")
    nieuw.meldingvak._knoppen[0].click()
    assert nieuw.fotos.fotos == (PNG,)
    qtbot.waitUntil(lambda: bool(winkel.recall(plek)))


def test_meer_dan_twaalf_megabyte_aan_fotos_blijft_niet_bewaard_en_dat_staat_erbij(
    nieuw: NieuweMelding, tmp_path: Path
) -> None:
    for nummer in range(2):
        (tmp_path / f"{nummer}.png").write_bytes(PNG + bytes(7 * 1024 * 1024))
        nieuw.fotos.add(tmp_path / f"{nummer}.png")
    assert len(nieuw.fotos.fotos) == 2
    assert "blijft niet bewaard" in nieuw.fotos._fout.text()


def test_opnieuw_beginnen_is_terug_te_halen_en_laat_niets_in_de_winkel(
    nieuw: NieuweMelding, diensten: Diensten, qtbot: QtBot
) -> None:
    winkel = diensten.contacten.winkel
    plek = f"melding_concept:{diensten.profiel.medewerker.identificatie}"
    QTest.keyClicks(nieuw.tekst, "Een gat in de weg")
    qtbot.waitUntil(lambda: "Een gat" in winkel.recall(plek))
    nieuw._ask_leeg()
    qtbot.waitUntil(lambda: winkel.recall(plek) == "")
    nieuw.meldingvak._knoppen[0].click()
    assert nieuw.tekst.toPlainText() == "Een gat in de weg"
    qtbot.waitUntil(lambda: "Een gat" in winkel.recall(plek))


def test_een_foto_die_geen_foto_is_wordt_geweigerd_en_een_echte_gaat_mee(
    nieuw: NieuweMelding, tmp_path: Path
) -> None:
    (tmp_path / "brief.png").write_bytes(b"geen foto")
    (tmp_path / "stoep.png").write_bytes(PNG)
    nieuw.fotos.add(tmp_path / "brief.png")
    assert nieuw.fotos.fotos == ()
    nieuw.fotos.add(tmp_path / "stoep.png")
    assert nieuw.fotos.fotos == (PNG,)


def test_de_melder_krijgt_een_bericht_dat_op_elke_werkplek_te_zien_is_en_hem_op_de_hoogte_brengt(
    scherm: MeldingenScherm,
    venster: Hoofdvenster,
    diensten: Diensten,
    server: DemoServer,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    server.notify.berichten.clear()
    beeld = scherm.detail.beeld
    assert beeld is not None
    knop = scherm.detail.knop(BERICHT)
    assert knop is not None
    knop.click()
    vak = scherm.stuur
    qtbot.waitUntil(lambda: not vak.voorbeeld.isHidden())
    assert scherm.detail.isHidden()
    assert beeld.melding.weergave in vak.voorbeeld.tekst.text() or vak.via.currentText() == "Sms"
    vak.mag.setChecked(True)
    vak.bewaar.click()
    qtbot.waitUntil(lambda: not vak.is_open)
    assert scherm.meldingvak.is_open
    assert not scherm.detail.isHidden()
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None

    def is_weg() -> bool:
        gesprekken.send()
        return gesprekken.stand.wachtend == 0 and len(server.notify.berichten) == 1

    qtbot.waitUntil(is_weg)
    (regel,) = [r for r in diensten.logboek.regels if r.handeling == "bericht_verstuurd"]
    assert regel.bijzonderheden["over"] == f"melding:{beeld.melding.nummer}"
    ander = build(parse_profiel(make_proefprofiel(server.basis, VANDAAG)), data_dir=tmp_path / "ander")
    aanleiding = make_meldingaanleiding(beeld, None, VANDAAG)

    def eerder() -> bool:
        gesprekken.send()
        return bool(ander.berichten.voortgang.load_eerder(aanleiding, Aanroep.van(5)))

    qtbot.waitUntil(eerder)
    ander.close()


def test_zonder_meldingensysteem_zijn_er_geen_knoppen(
    maak_venster: MaakVenster, server: DemoServer, tmp_path: Path
) -> None:
    profiel = dataclasses.replace(
        parse_profiel(make_proefprofiel(server.basis, VANDAAG)), meldingen=None, locaties=None
    )
    diensten = build(profiel, data_dir=tmp_path / "zonder")
    venster = maak_venster(diensten)
    assert not venster._acties.meldingen.isVisible()
    assert not venster._acties.melding_maken.isEnabled()
    venster.meldingen.open("zoeken")
    assert venster.meldingen.scherm is None
    diensten.close()


# --- het concept ---


@pytest.mark.parametrize("tekst", ["", "{", "[]", '{"sleutel": 3}', '{"plek": {"punt": 4}}', "null"])
def test_een_kapot_concept_telt_als_geen(tekst: str) -> None:
    assert read_concept(tekst) is None


def test_fotos_komen_gelijk_terug_en_nooit_bij_een_andere_melding() -> None:
    fotos = (("a b.png", PNG), ("ë.png", bytes(range(256))))
    assert read_fotos(format_fotos("s", fotos), "s") == fotos
    assert read_fotos(format_fotos("s", fotos), "ander") == ()
    assert format_fotos("s", ()) == ""
    for kapot in ("", "{", "[]", "3", '["s", 4]', '["s", ["a", "geen base64!"]]', "null"):
        assert read_fotos(kapot, "s") == ()


def test_een_concept_komt_gelijk_terug() -> None:
    concept = Meldingconcept("s", "Gat \U0001f600", plektekst="Brink", telefoon="06", spoed=True)
    assert read_concept(format_concept(concept)) == concept
    assert format_concept(Meldingconcept("s", telefoon="06")) == ""
