"""*Te verzetten afspraken*: bellen, een voorstel kiezen, verzetten. Niets verdwijnt."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.services.avonden import Avondendienst
from tests.services.agendabouw import DAG, VOLGENDE, boek, op, richt_in, uid
from tests.ui.beheer.conftest import INRICHTING, Werk
from ui.beheer.verzetvak import VerzetVak


def sluit(dienst: Avondendienst) -> None:
    gevolgen = dienst.preview(dienst.make_sluiting(DAG, "Stroomstoring"))
    dienst.apply(gevolgen, verzoek_id=uid())


@pytest.fixture
def afspraken(werk: Werk) -> list[Afspraak]:
    return [
        boek(werk.agenda, 17, naam="Łukasz Kowalczyk"),
        boek(werk.agenda, 17, 15, naam="Gülşen Şahin"),
    ]


@pytest.fixture
def vak(werk: Werk, afspraken: list[Afspraak]) -> VerzetVak:
    sluit(werk.agenda.avonden)
    werk.start()
    werk.scherm.show_deel("verzet", focus=True)
    werk.wacht(lambda: werk.scherm.verzet.lijst.rijen.rowCount() == 2)
    return werk.scherm.verzet


def test_de_lijst_heeft_een_belkaart_met_wat_men_zegt_en_drie_voorstellen(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    assert "Nog 2 afspraken te verzetten." in werk.tekst
    assert "Łukasz Kowalczyk" in werk.tekst
    assert afspraken[0].nummer in werk.tekst
    assert "Gesloten: Stroomstoring." in werk.tekst
    assert "Uw afspraak van donderdag 3 december om 17.00 uur kan helaas niet doorgaan." in werk.tekst
    assert "Kunt u op donderdag 10 december om" in werk.tekst
    assert vak.voorstellen.rijen.rowCount() == 3


def test_verzetten_houdt_nummer_en_code_en_gaat_door_naar_de_volgende(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    tweede = str(vak.voorstellen.rijen.index(1).data())
    werk.druk(Qt.Key.Key_2, vak.voorstellen, Qt.KeyboardModifier.ControlModifier)
    assert vak.verzetknop.text() == f"Verzet naar {tweede}"
    werk.druk(Qt.Key.Key_Return, vak.verzetknop)
    werk.wacht(lambda: vak.lijst.rijen.rowCount() == 1)
    (nieuw,) = werk.agenda.opslag.find_afspraken(ids=[afspraken[0].id])
    assert (nieuw.datum, nieuw.nummer, nieuw.code) == (VOLGENDE, afspraken[0].nummer, afspraken[0].code)
    assert not nieuw.te_verzetten
    assert "Gülşen Şahin" in werk.tekst
    assert "1 gedaan" in werk.tekst


def test_een_voorstel_dat_net_weg_is_geeft_nieuwe_voorstellen(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    gekozen = vak.voorstellen.gekozen_rij
    assert gekozen is not None
    begin = gekozen.waarde.begin  # type: ignore[attr-defined]  # een VrijeStart
    for _ in range(2):
        werk.collega.afspraken.book(*_zelfde(begin), verzoek_id=uid())
    vak.verzetknop.click()
    werk.wacht(lambda: "Deze tijd is net vergeven. De oude tijd staat er nog." in werk.tekst)
    assert vak.voorstellen.rijen.rowCount() == 3
    (oud,) = werk.agenda.opslag.find_afspraken(ids=[afspraken[0].id])
    assert oud.datum == DAG
    assert vak.verzetknop.isEnabled()


def _zelfde(begin):  # type: ignore[no-untyped-def]  # wens, begin, gegevens
    from tests.services.agendabouw import gegevens, wens

    return wens("a15"), begin, gegevens("Iemand anders")


def test_twee_keer_drukken_verzet_een_keer(werk: Werk, vak: VerzetVak) -> None:
    vak.verzetknop.click()
    vak.verzetknop.click()
    werk.wacht(lambda: vak.lijst.rijen.rowCount() == 1)
    assert werk.te_verzetten == 1


def test_zonder_vrije_tijd_is_er_een_andere_weg(werk: Werk) -> None:
    boek(werk.agenda, 17, product="a45")
    kort = tuple(replace(d, tot=time(17, 15)) for d in INRICHTING.diensten)
    richt_in(werk.agenda, replace(INRICHTING, diensten=kort))
    werk.start()
    werk.scherm.show_deel("verzet")
    vak = werk.scherm.verzet
    werk.wacht(lambda: vak.lijst.rijen.rowCount() == 1)
    assert "Er is geen vrije tijd gevonden." in werk.tekst
    assert not vak.verzetknop.isVisible()
    gevraagd: list[object] = []
    werk.scherm.andere_tijd.connect(gevraagd.append)
    vak.anderknop.click()
    assert len(gevraagd) == 1


def test_niemand_te_verzetten_is_geen_leeg_scherm(werk: Werk) -> None:
    werk.start()
    werk.scherm.show_deel("verzet")
    werk.wacht(lambda: "Er zijn geen afspraken die verzet moeten worden." in werk.tekst)


def test_wie_belt_blijft_bij_zijn_kaart_als_een_collega_er_een_verzet(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    vak.lijst.setCurrentIndex(vak.lijst.rijen.index(1))
    rijen = werk.collega.avonden.te_verzetten()
    eerste = next(rij for rij in rijen if rij.afspraak.id == afspraken[0].id)
    werk.collega.afspraken.move(eerste.afspraak.id, eerste.voorstellen[0].begin, verzoek_id=uid())
    werk.wacht(lambda: vak.lijst.rijen.rowCount() == 1)
    assert "Gülşen Şahin" in werk.tekst


def test_het_telefoonnummer_kopieren(werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]) -> None:
    vak.kopieer.click()
    assert QGuiApplication.clipboard().text() == afspraken[0].klant.telefoon


def test_van_een_avond_naar_haar_te_verzetten_afspraken(werk: Werk, vak: VerzetVak) -> None:
    werk.scherm.show_deel("maand")
    werk.kies(DAG)
    werk.find("Te verzetten afspraken van deze avond").click()
    werk.wacht(lambda: vak.isVisible() and vak.lijst.rijen.rowCount() == 2)
    assert "Toon alle avonden" in werk.tekst


def verzet_eerste(werk: Werk, vak: VerzetVak) -> None:
    vak.verzetknop.click()
    werk.wacht(lambda: vak.lijst.rijen.rowCount() == 1 and "Ongedaan maken" in werk.tekst)


def test_ongedaan_maken_zet_terug_op_de_oude_plek_met_hetzelfde_nummer(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    verzet_eerste(werk, vak)
    dienst = werk.collega.avonden
    dienst.apply(dienst.preview(dienst.make_heropening(DAG)), verzoek_id=uid())
    werk.find("Ongedaan maken").click()
    werk.wacht(lambda: "Teruggezet naar do 3 dec 17.00 uur." in werk.tekst)
    (terug,) = werk.agenda.opslag.find_afspraken(ids=[afspraken[0].id])
    assert (terug.begin, terug.nummer, terug.code) == (
        afspraken[0].begin, afspraken[0].nummer, afspraken[0].code,
    )  # fmt: skip
    assert not terug.te_verzetten
    assert werk.agenda.opslag.check() == ()


def test_ongedaan_maken_zegt_waarom_het_niet_kan_en_laat_de_nieuwe_tijd_staan(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    verzet_eerste(werk, vak)
    werk.find("Ongedaan maken").click()
    werk.wacht(lambda: "Terugzetten kan niet:" in werk.tekst)
    assert "troomstoring" in werk.tekst
    assert "De nieuwe tijd blijft staan." in werk.tekst
    (nieuw,) = werk.agenda.opslag.find_afspraken(ids=[afspraken[0].id])
    assert nieuw.datum == VOLGENDE


def test_ongedaan_maken_gaat_niet_over_een_collega_heen(
    werk: Werk, vak: VerzetVak, afspraken: list[Afspraak]
) -> None:
    verzet_eerste(werk, vak)
    dienst = werk.collega.avonden
    dienst.apply(dienst.preview(dienst.make_heropening(DAG)), verzoek_id=uid())
    (nieuw,) = werk.agenda.opslag.find_afspraken(ids=[afspraken[0].id])
    anders = werk.collega.afspraken.move(nieuw.id, op(19, 30, VOLGENDE), verzoek_id=uid())
    werk.find("Ongedaan maken").click()
    werk.wacht(lambda: "Een collega wijzigde deze afspraak intussen." in werk.tekst)
    (blijft,) = werk.agenda.opslag.find_afspraken(ids=[nieuw.id])
    assert blijft.begin == anders.begin
