"""*Wie veranderde wat*: alles op één lijst, te filteren, te kopiëren en veilig als CSV te bewaren."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import Balie, Kosten
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.inrichten import Wijziging
from tests.services.agendabouw import COLLEGA, DAG, MAANDAG, VOLGENDE, WIE, boek, uid
from tests.ui.beheer.conftest import Werk
from ui.beheer import wijzigingen
from ui.beheer.wijzigingen import Zoekfilter, load_wijzigingen, make_csv
from ui.beheer.wijzigingenvak import DATUM_FOUT, OMGEKEERD, WijzigingenVak


def wijzig(agenda: Agendadiensten, soort: str, *delen: object, weg: tuple[str, ...] = ()) -> None:
    gevolgen = agenda.avonden.preview((Wijziging(soort, delen, weg),))
    agenda.avonden.apply(gevolgen, verzoek_id=uid(), reden="proef")


@pytest.fixture
def vak(werk: Werk) -> WijzigingenVak:
    """Een product, een gesloten avond, een avond zonder nieuwe afspraken; een afspraak hoort er niet bij."""
    boek(werk.agenda, 17)
    paspoort = werk.inrichting.product["paspoort"]
    wijzig(werk.agenda, "producten", replace(paspoort, kosten=(Kosten(Decimal("80.50"), date(2026, 1, 1)),)))
    sluiting = werk.collega.avonden.make_sluiting(VOLGENDE, "=2+2 Brand")
    werk.collega.avonden.apply(werk.collega.avonden.preview(sluiting), verzoek_id=uid())
    werk.agenda.avonden.set_avond(DAG, AvondToestand.DICHT_VOOR_BOEKEN, verzoek_id=uid())
    werk.start()
    werk.scherm.show_deel("wijzigingen", focus=True)
    werk.wacht(lambda: werk.scherm.wijzigingen.model.rowCount() > 0)
    return werk.scherm.wijzigingen


def wat(vak: WijzigingenVak) -> list[str]:
    return [vak.model.teksten(rij)[2] for rij in range(vak.model.rowCount())]


def test_alle_wijzigingen_staan_er_nieuwste_eerst_en_afspraken_niet(werk: Werk, vak: WijzigingenVak) -> None:
    assert wat(vak)[:3] == [
        "Avond: geen nieuwe afspraken",
        "Uitzondering =2+2 Brand toegevoegd",
        "Product Paspoort aanvragen gewijzigd",
    ]
    assert "kosten: erbij € 80,50 (vanaf 1-1-2026)" in werk.tekst
    assert "open → geen nieuwe afspraken" in werk.tekst
    nummers = [regel.nummer for regel in vak.model.regels]
    assert nummers == sorted(nummers, reverse=True)
    assert not [t for t in wat(vak) if "fspraak" in t]


def test_filteren_op_onderwerp_persoon_en_dag(werk: Werk, vak: WijzigingenVak) -> None:
    vak.onderwerp.setCurrentIndex(vak.onderwerp.findData("uitzonderingen"))
    vak.onderwerp.activated.emit(0)
    werk.wacht(lambda: wat(vak) == ["Uitzondering =2+2 Brand toegevoegd"])
    vak.wie.setCurrentIndex(vak.wie.findData(WIE.medewerker))
    vak.wie.activated.emit(0)
    werk.wacht(lambda: "Bij deze keuze is niets gewijzigd." in werk.tekst)
    vak.wie.setCurrentIndex(vak.wie.findData(COLLEGA.medewerker))
    vak.wie.activated.emit(0)
    werk.wacht(lambda: vak.model.rowCount() == 1)
    vak.tot.setText((MAANDAG - timedelta(days=1)).strftime("%d-%m-%Y"))
    vak.tot.editingFinished.emit()
    werk.wacht(lambda: vak.model.rowCount() == 0)
    vak.tot.setText(MAANDAG.strftime("%d-%m-%Y"))
    vak.van.setText(MAANDAG.strftime("%d-%m-%Y"))
    vak.tot.editingFinished.emit()
    werk.wacht(lambda: vak.model.rowCount() == 1)
    werk.find("Toon alles").click()
    werk.wacht(lambda: vak.model.rowCount() > 2)


def test_een_onmogelijke_datum_wordt_gemeld_en_verandert_de_lijst_niet(
    werk: Werk, vak: WijzigingenVak
) -> None:
    voor = wat(vak)
    vak.van.setText("31-2-2026")
    vak.van.editingFinished.emit()
    assert DATUM_FOUT in werk.tekst
    vak.van.setText("3-12-2026")
    vak.tot.setText("1-12-2026")
    vak.tot.editingFinished.emit()
    assert OMGEKEERD in werk.tekst
    assert wat(vak) == voor


def test_kopieren_en_bewaren_maken_van_een_reden_geen_formule(
    werk: Werk, vak: WijzigingenVak, tmp_path: Path
) -> None:
    werk.druk(Qt.Key.Key_C, vak.tabel, Qt.KeyboardModifier.ControlModifier)
    regels = QGuiApplication.clipboard().text().splitlines()
    assert regels[0].split("\t")[:3] == ["Wanneer", "Wie", "Wat"]
    assert len(regels) == vak.model.rowCount() + 1
    pad = tmp_path / "wijzigingen.csv"
    vak.bewaar.emit(Zoekfilter(soort="uitzonderingen"), pad)
    werk.wacht(lambda: "Bewaard: 1 wijziging." in werk.tekst)
    assert pad.stat().st_mode & 0o077 == 0
    rijen = list(csv.reader(io.StringIO(pad.read_text("utf-8-sig")), delimiter=";"))
    assert rijen[0] == ["datum", "tijd", "wie", "wat", "avond", "wat er veranderde", "reden"]
    assert len(rijen) == 2
    assert not [cel for cel in rijen[1] if cel.startswith(("=", "+", "-", "@"))]
    regel = replace(vak.model.regels[0], reden="=HYPERLINK(1)")
    assert b"\"'=HYPERLINK" in make_csv([regel])


def test_wat_het_beheer_als_csv_bewaart_ligt_eerst_vast(
    werk: Werk, vak: WijzigingenVak, tmp_path: Path
) -> None:
    vastgelegd: list[str] = []

    def note(handeling: str) -> None:
        if len(vastgelegd) == 2:
            raise WinkelFout("De schijf is vol. Maak ruimte vrij.", code="winkel_vol")
        vastgelegd.append(handeling)

    werk.scherm.verloop.note = note
    paden = [tmp_path / naam for naam in ("wijzigingen.csv", "rooster.csv", "te_laat.csv")]
    vak.bewaar.emit(Zoekfilter(), paden[0])
    werk.wacht(lambda: paden[0].exists())
    werk.scherm.verloop.write_bestand(paden[1], date(2026, 11, 16), lambda _: None)
    werk.wacht(lambda: paden[1].exists())
    assert vastgelegd == ["wijzigingen_bewaard", "rooster_bewaard"]
    vak.bewaar.emit(Zoekfilter(), paden[2])
    werk.wacht(lambda: "schijf is vol" in werk.tekst)
    assert not paden[2].exists()


def test_oudere_wijzigingen_komen_eronder_bij(werk: Werk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wijzigingen, "KEER", 5)
    for nummer in range(8):
        wijzig(werk.agenda, "balies", Balie(f"nieuw{nummer}", f"Balie nieuw {nummer}", volgorde=nummer))
    eerste = load_wijzigingen(werk.agenda, Zoekfilter())
    assert eerste.meer
    assert [regel.wat for regel in eerste.regels] == [
        f"Balie Balie nieuw {nummer} toegevoegd" for nummer in (7, 6, 5, 4, 3)
    ]
    tweede = load_wijzigingen(werk.agenda, Zoekfilter(), eerste.regels)
    assert tweede.regels[:5] == eerste.regels
    assert [regel.wat for regel in tweede.regels[5:8]] == [
        f"Balie Balie nieuw {nummer} toegevoegd" for nummer in (2, 1, 0)
    ]
    werk.start()
    werk.scherm.show_deel("wijzigingen", focus=True)
    vak = werk.scherm.wijzigingen
    werk.wacht(lambda: vak.model.rowCount() == 5)
    werk.find("Toon oudere wijzigingen").click()
    werk.wacht(lambda: vak.model.rowCount() == 10)


def test_wat_weg_is_staat_er_met_wat_het_was(werk: Werk) -> None:
    wijzig(werk.agenda, "diensten", weg=(werk.inrichting.diensten_op[DAG][0].id,))
    (regel,) = load_wijzigingen(werk.agenda, Zoekfilter(soort="diensten")).regels[:1]
    assert regel.wat == "Werktijd van Medewerker m1 weggehaald"
    assert regel.avond == DAG
    assert "van: 17.00" in regel.verschil
