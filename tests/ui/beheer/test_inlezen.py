"""Web-afspraken inlezen in het beheer: eerst zien wat het vult en waar het botst, dan pas inlezen."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from frontoffice.agenda.avond import KIF
from frontoffice.services.extern import read_extern
from frontoffice.services.externdienst import Inleeskeuze
from tests.services.agendabouw import DAG, VOLGENDE, boek, op, uid
from tests.services.test_extern import csv
from tests.services.test_externdienst import om
from tests.ui.beheer.conftest import Werk


@pytest.fixture
def lijst(tmp_path: Path) -> Path:
    """Twee web-afspraken op donderdag 3 december, een op 10 december; bewaard een uur geleden."""
    pad = tmp_path / "web.csv"
    pad.write_bytes(csv(om(17, balie="Balie 1"), om(17, balie="Balie 2"), om(18, dag=VOLGENDE)))
    een_uur = (datetime.now().astimezone() - timedelta(hours=1)).timestamp()
    os.utime(pad, (een_uur, een_uur))
    return pad


def open_lijst(werk: Werk, lijst: Path, knop: bool = False) -> None:
    if werk.scherm.verloop.huidig is None:
        werk.start()
    werk.kies(DAG)
    if knop:
        werk.find("Web-afspraken inlezen…").click()
    else:
        werk.scherm.inlezer.open(lijst, DAG)
    wacht_op_beeld(werk)


def wacht_op_beeld(werk: Werk) -> None:
    vak = werk.scherm.inlezer.vak
    werk.wacht(lambda: vak.isVisible() and "Bezig" not in werk.tekst)


def doe(werk: Werk) -> None:
    werk.scherm.inlezer.vak.doe.click()
    werk.wacht(lambda: not werk.scherm.inlezer.vak.isVisible())


def extern(werk: Werk, dag: date = DAG) -> int:
    inhoud = werk.agenda.opslag.load_avonden([dag])[dag].inhoud
    return sum(ding.soort.value == "extern" for ding in inhoud)


def test_van_de_knop_tot_ingelezen_met_eerst_wat_het_doet(
    werk: Werk, lijst: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(lijst), ""))
    boek(werk.agenda, 17, naam="B. Bakker")
    open_lijst(werk, lijst, knop=True)
    assert "Do 3 dec: 2 web-afspraken (2 nieuw, 0 weg)." in werk.tekst
    assert "1 afspraak van ons moet worden verzet. Er wordt geen afspraak verwijderd." in werk.tekst
    assert "B. Bakker" in werk.tekst
    assert "Niet ingelezen, want op een andere dag: 1 afspraak." in werk.tekst
    getoond = werk.scherm.inlezer.vak.van.text()
    assert re.fullmatch(r"30-11-2026 (7\.59|8\.\d\d)", getoond)  # de agenda loopt door zolang de tests duren
    assert extern(werk) == 0
    doe(werk)
    assert extern(werk) == 2
    assert werk.te_verzetten == 1
    werk.wacht(
        lambda: "Ingelezen: 2 web-afspraken op do 3 dec. 1 afspraak staat op Te verzetten" in werk.tekst
    )
    werk.wacht(lambda: f"2 web-afspraken, lijst van {getoond[11:]} uur." in werk.tekst)
    assert "1 + 2 web" in werk.tekst
    assert werk.agenda.opslag.check() == ()


def test_terug_leest_niets_in(werk: Werk, lijst: Path) -> None:
    open_lijst(werk, lijst)
    werk.druk(Qt.Key.Key_Escape, werk.scherm.inlezer.vak)
    assert not werk.scherm.inlezer.vak.isVisible()
    assert extern(werk) == 0


def test_alle_avonden_van_het_bestand_kan_ook(werk: Werk, lijst: Path) -> None:
    open_lijst(werk, lijst)
    vak = werk.scherm.inlezer.vak
    vak.avonden.setCurrentIndex(1)
    vak.avonden.activated.emit(1)
    werk.wacht(lambda: "Do 10 dec: 1 web-afspraak (1 nieuw, 0 weg)." in werk.tekst)
    doe(werk)
    assert (extern(werk), extern(werk, VOLGENDE)) == (2, 1)


def test_een_avond_aan_jcc_geven_vraagt_een_naam_en_laat_zien_wie_moet_worden_verzet(
    werk: Werk, lijst: Path
) -> None:
    boek(werk.agenda, 19, naam="C. de Wit")
    open_lijst(werk, lijst)
    vak = werk.scherm.inlezer.vak
    assert not vak.naam.isVisible()
    vak.wie.setCurrentIndex(1)
    vak.wie.activated.emit(1)
    assert vak.naam.isVisible()
    assert not vak.doe.isEnabled()
    vak.naam.setText("=x")
    vak.naam.editingFinished.emit()
    assert "Geef de andere agenda een korte naam" in werk.tekst
    vak.naam.setText("JCC")
    vak.naam.editingFinished.emit()
    werk.wacht(lambda: vak.doe.isEnabled())
    assert "Deze avond wordt in JCC gepland, KiF boekt hier niets." in werk.tekst
    assert "C. de Wit" in werk.tekst
    doe(werk)
    werk.wacht(lambda: "Deze avond wordt in JCC gepland. KiF boekt hier niets." in werk.tekst)
    werk.wacht(lambda: "in JCC" in werk.tekst)
    assert not werk.scherm.avond.sluitknop.isVisible()
    assert werk.find("Web-afspraken inlezen…").isVisible()
    # De volgende keer staat JCC er al, en terug naar KiF kan ook.
    open_lijst(werk, lijst)
    assert vak.naam.text() == "JCC"
    assert "Deze lijst staat er al zo." in werk.tekst
    assert not vak.doe.isEnabled()
    vak.wie.setCurrentIndex(0)
    vak.wie.activated.emit(0)
    werk.wacht(lambda: "1 afspraak kan toch blijven" in werk.tekst)
    doe(werk)
    assert werk.te_verzetten == 0
    assert werk.agenda.opslag.load_avonden([DAG])[DAG].eigenaar == KIF


def test_het_tijdstip_van_de_lijst_is_te_wijzigen_en_onzin_staat_bij_het_veld(
    werk: Werk, lijst: Path
) -> None:
    open_lijst(werk, lijst)
    vak = werk.scherm.inlezer.vak
    vak.van.setText("straks")
    vak.van.editingFinished.emit()
    assert "Schrijf een dag en een tijd" in werk.tekst
    assert not vak.doe.isEnabled()
    vak.van.setText("31-12-2026 15.40")
    vak.van.editingFinished.emit()
    werk.wacht(lambda: "ligt in de toekomst" in werk.tekst)
    vak.van.setText("8.40")
    vak.van.editingFinished.emit()
    werk.wacht(lambda: vak.doe.isEnabled())
    doe(werk)
    assert werk.agenda.opslag.load_avonden([DAG])[DAG].extern_van == op(8, 40, DAG - timedelta(days=3))


def test_een_oudere_lijst_wordt_geweigerd_met_de_reden(werk: Werk, lijst: Path) -> None:
    nieuw = Inleeskeuze(op(8, 55, DAG - timedelta(days=3)), (DAG,))
    werk.collega.extern.read_in(read_extern(csv(om(19))), nieuw, verzoek_id=uid())
    open_lijst(werk, lijst)
    werk.wacht(lambda: "al een nieuwere lijst ingelezen, van 8.55 uur" in werk.tekst)
    assert not werk.scherm.inlezer.vak.doe.isEnabled()


def test_alle_fouten_van_een_bestand_staan_er_met_hun_regel(werk: Werk, tmp_path: Path) -> None:
    pad = tmp_path / "fout.csv"
    pad.write_bytes(csv("31-2-2027;17:00;17:15;", om(17), om(17, balie="Loket 9"), "2026-12-03;x;y;"))
    open_lijst(werk, pad)
    werk.wacht(lambda: "In het bestand staan 2 fouten. Er is niets veranderd." in werk.tekst)
    rijen = werk.scherm.inlezer.vak.lijst.rijen
    onder = [rijen.rij(rijen.index(n)) for n in range(rijen.rowCount())]
    assert [rij.onder for rij in onder if rij] == ["Regel 2", "Regel 5"]


def test_een_leeg_of_onleesbaar_bestand_is_een_zin(werk: Werk, tmp_path: Path) -> None:
    for naam, inhoud, zin in (
        ("leeg.ics", b"", "Het bestand is leeg. Haal de lijst opnieuw op."),
        ("groot.csv", b"x" * 20_000_000, "Het bestand is te groot."),
        ("raar.csv", b"\0" * 99, "Dit is geen .ics of CSV."),
    ):
        (tmp_path / naam).write_bytes(inhoud)
        open_lijst(werk, tmp_path / naam)
        werk.wacht(lambda zin=zin: zin in werk.tekst)
        assert not werk.scherm.inlezer.vak.doe.isEnabled()


def test_boekt_een_collega_intussen_dan_moet_men_nog_een_keer_kijken(werk: Werk, lijst: Path) -> None:
    open_lijst(werk, lijst)
    boek(werk.collega, 17, naam="D. Dekker")
    werk.scherm.inlezer.vak.doe.click()
    werk.wacht(lambda: "Er is intussen iets gewijzigd." in werk.tekst)
    assert "D. Dekker" in werk.tekst
    assert extern(werk) == 0
    doe(werk)
    assert extern(werk) == 2
    assert werk.te_verzetten == 1


def test_op_de_avond_zelf_valt_een_te_oude_lijst_op(werk: Werk) -> None:
    keuze = Inleeskeuze(op(8, dag=DAG - timedelta(days=3)), (DAG,))
    werk.agenda.extern.read_in(read_extern(csv(om(17))), keuze, verzoek_id=uid())
    werk.agenda.opslag.set_klok(op(13))  # type: ignore[attr-defined]  # een proefagenda
    werk.start()
    werk.kies(DAG)
    assert "De web-afspraken zijn te oud voor vanavond. Lees ze opnieuw in." in werk.tekst
