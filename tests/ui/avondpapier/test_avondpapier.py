"""Papier, verslag en gedraaid scherm in het venster: eerst zien, dan vastleggen, dan pas weg."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import Balie, Behoefte, Inrichting, Locatie, Medewerker
from frontoffice.agenda.tijd import Vak
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek, Uitkomst
from frontoffice.agenda.vanavond.verslag import make_verslag
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.domain.fouten import Geweigerd
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.avondpapier import Papier, Papierdienst, Papiergegevens
from frontoffice.services.avondverslagen import Teruggekeken
from tests.agenda.bouw import avond as maak_avond
from tests.agenda.bouw import moment, plek
from tests.agenda.vanavond.bouwavond import bezoek, opgeroepen, play, stand
from tests.documents import pdflezer
from tests.e2e.venster import loop_boom
from tests.nep import NepLogboek
from ui import papierscherm
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.avondpapier.dienst import Bronnen
from ui.avondpapier.inhoud import make_avondpakket
from ui.avondpapier.venster import Avondpapier
from ui.thema import Thema

INRICHTING = Inrichting(
    Locatie("Gemeentehuis"),
    balies=(Balie("B1", "Balie 1"), Balie("B2", "Balie 2"), Balie("B3", "Balie 3")),
    medewerkers=(Medewerker("m-B1", "S. Bos", "Losser"), Medewerker("m-B2", "M. Kaya", "Enschede")),
    behoeften=(Behoefte("tolk", "tolk", vraagt_taal=True),),
)


class NepAvond:
    """Een avond in het geheugen: wie klaar of weg is, blijft dat."""

    def __init__(self, nu: Avondstand, stappen: Sequence[Gebeurtenis] = ()) -> None:
        self.nu, self.stappen = nu, tuple(stappen)
        self.eerder: dict[date, Avondstand] = {}
        self.geen = self.weg = False

    def load_stand(self) -> Avondstand | None:
        return None if self.geen else self.nu

    def load_alle_namen(self) -> Mapping[str, str]:
        return {b.id: f"A. Jansen-ter Braak {b.volgnummer}" for b in self.nu.bezoeken}

    def load_stappen(self) -> tuple[Gebeurtenis, ...]:
        return self.stappen

    def find_avonden(self) -> tuple[date, ...]:
        if self.weg:
            raise Geweigerd("Een eerdere avond is alleen met verbinding te zien.")
        return tuple(sorted(self.eerder, reverse=True))

    def load_verslag(self, datum: date) -> Teruggekeken | None:
        self.find_avonden()
        toen = self.eerder.get(datum)
        return None if toen is None else Teruggekeken(make_verslag(toen, ()), toen)

    def finish(
        self,
        id_: str,
        uitkomsten: Sequence[Uitkomst] = (),
        *,
        verzoek_id: str,
        op: datetime | None = None,
    ) -> Bezoek:
        return self._set(id_, Toestand.KLAAR)

    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._set(id_, Toestand.NIET_GEKOMEN)

    def close_avond(self, *, verzoek_id: str, datum: date | None = None) -> Avondstand:
        if any(b.toestand not in (Toestand.KLAAR, Toestand.NIET_GEKOMEN) for b in self.nu.bezoeken):
            raise Geweigerd("1 bezoek is nog open.")
        self.nu = replace(self.nu, avond=replace(self.nu.avond, toestand=AvondToestand.AFGESLOTEN))
        return self.nu

    def _set(self, id_: str, toestand: Toestand) -> Bezoek:
        nieuw = tuple(replace(b, toestand=toestand) if b.id == id_ else b for b in self.nu.bezoeken)
        self.nu = replace(self.nu, bezoeken=nieuw)
        return next(b for b in nieuw if b.id == id_)


class NepPapier:
    """Onthoudt wat er is afgedrukt, zoals de dienst dat in de agenda doet."""

    def __init__(self, avond: NepAvond) -> None:
        self._avond = avond
        self.lijsten: list[Papiergegevens] = []
        self.briefjes: list[str] = []

    def load_gegevens(self, *, namen: bool) -> Papiergegevens:
        return Papiergegevens(self._avond.nu, INRICHTING, self._avond.load_alle_namen() if namen else {})

    def load_afspraak(self, id_: str) -> None:
        return None

    def note_lijst(self, gegevens: Papiergegevens) -> None:
        self.lijsten.append(gegevens)

    def load_papier(self, stand: Avondstand) -> Papier:
        return Papier()

    def is_kopie(self, wie: Bezoek) -> bool:
        return wie.id in self.briefjes

    def note_briefje(self, wie: Bezoek) -> None:
        self.briefjes.append(wie.id)


class Opstelling(SimpleNamespace):
    avond: NepAvond
    papier: NepPapier
    logboek: NepLogboek
    deel: Avondpapier
    midden: QStackedWidget
    gekozen: list[Bezoek | None]
    zinnen: list[str]
    printer: list[int]


@pytest.fixture
def op(
    qtbot: QtBot,
    acties: Acties,
    thema: Thema,
    achtergrond: Achtergrond,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Opstelling]:
    midden = QStackedWidget()
    qtbot.addWidget(midden)
    midden.resize(1366, 768)
    midden.addWidget(QWidget())
    midden.show()
    nu = stand(
        bezoek("A01", "17.00", toestand=Toestand.KLAAR),
        opgeroepen("A02", "B2", "18.00", tijd="17.15", toestand=Toestand.AAN_DE_BALIE),
        bezoek("A03", "17.30", taal="de", toestand=Toestand.AANGEMELD, behoeften=("tolk",)),
        bezoek("A04", "19.00"),
        bezoek("A05", "19.15", product="naturalisatie"),
        bezoek("W01", aangemeld_op=moment("18.00")),
        nu="18.07",
        avond=maak_avond(
            plekken=(plek("B1"), replace(plek("B2"), organisatie="Enschede")), toestand=AvondToestand.BEZIG
        ),
    )
    avond, logboek = NepAvond(nu), NepLogboek()
    papier = NepPapier(avond)
    gekozen: list[Bezoek | None] = [nu.bezoeken[2]]
    deel = Avondpapier(midden, acties, thema, achtergrond, midden, lambda: gekozen[0])
    bronnen = Bronnen(avond, cast(Papierdienst, papier), logboek, "Gemeente Losser")
    deel.set_bronnen(lambda: bronnen)
    zinnen: list[str] = []
    deel.melding.connect(zinnen.append)
    printer: list[int] = []
    monkeypatch.setattr(papierscherm, "print_bladen", lambda bladen: printer.append(len(bladen)) or "")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    yield Opstelling(
        avond=avond, papier=papier, logboek=logboek, deel=deel, midden=midden, gekozen=gekozen, zinnen=zinnen,
        printer=printer,
    )  # fmt: skip
    deel.close_schermen()


def klaar_met_maken(qtbot: QtBot, op: Opstelling) -> papierscherm.PapierScherm:
    qtbot.waitUntil(lambda: op.deel.papier is not None and op.deel.papier.klaar is not None)
    assert op.deel.papier is not None
    return op.deel.papier


def tekst_van(scherm: papierscherm.PapierScherm) -> str:
    assert scherm.klaar is not None
    return pdflezer.platte_tekst(scherm.klaar.pdf)


# --- papier ---------------------------------------------------------------------------------------------


def test_de_avondlijst_is_eerst_te_zien_ligt_dan_vast_en_gaat_dan_pas_naar_de_printer(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    acties.avondlijst.trigger()
    scherm = klaar_met_maken(qtbot, op)
    assert "bladzijden" in scherm.zin.text()
    assert op.logboek.regels == []
    scherm.afdrukken.click()
    qtbot.waitUntil(lambda: op.zinnen == ["De avondlijst is naar de printer."])
    assert [regel.handeling for regel in op.logboek.regels] == ["avondlijst_afgedrukt"]
    qtbot.waitUntil(lambda: [g.stand.nu for g in op.papier.lijsten] == [moment("18.07")])
    assert len(op.printer) == 1


def test_lukt_vastleggen_niet_dan_komt_er_niets_uit_de_printer(
    qtbot: QtBot, op: Opstelling, acties: Acties, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vol(*_: object, **__: object) -> None:
        raise WinkelFout("De schijf van deze pc is vol.", code="winkel_vol")

    monkeypatch.setattr(op.logboek, "note", vol)
    acties.avondlijst.trigger()
    scherm = klaar_met_maken(qtbot, op)
    scherm.afdrukken.click()
    qtbot.waitUntil(lambda: "vol" in scherm.zin.text())
    assert (op.printer, op.papier.lijsten) == ([], [])


def test_zonder_printer_ligt_er_geen_papier_en_is_het_volgende_briefje_geen_kopie(
    qtbot: QtBot, op: Opstelling, acties: Acties, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papierscherm, "print_bladen", lambda _: "Er is geen printer.")
    for actie in (acties.avondlijst, acties.volgnummer_afdrukken):
        actie.trigger()
        scherm = klaar_met_maken(qtbot, op)
        scherm.afdrukken.click()
        qtbot.waitUntil(lambda scherm=scherm: scherm.zin.text() == "Er is geen printer.")  # type: ignore[misc]  # mypy ziet de standaardwaarde niet
    assert (op.papier.lijsten, op.papier.briefjes, op.zinnen) == ([], [], [])


def test_de_avondlijst_komt_van_de_avond_zelf(op: Opstelling) -> None:
    pakket = make_avondpakket(op.papier.load_gegevens(namen=True), "Gemeente Losser")
    assert [regel.nummer for regel in pakket.afspraken] == ["A01", "A02", "A03", "A04", "A05"]
    assert {regel.waarvoor for regel in pakket.afspraken} == {"Reisdocumenten", "Burgerzaken"}
    assert pakket.afspraken[2].nodig == ("tolk Duits",)
    werk = {balie.naam: [(w.naam, w.organisatie) for w in balie.werktijden] for balie in pakket.balies}
    assert werk == {"Balie 1": [("S. Bos", "")], "Balie 2": [("M. Kaya", "Enschede")]}
    eigen = replace(INRICHTING, locatie=Locatie("Gemeentehuis", avondtaken=("Koffie.",)))
    assert make_avondpakket(Papiergegevens(op.avond.nu, eigen), "G").checklist == ("Koffie.",)


def test_het_briefje_is_in_de_taal_van_wie_wacht_en_de_tweede_keer_een_kopie(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    acties.volgnummer_afdrukken.trigger()
    scherm = klaar_met_maken(qtbot, op)
    assert "Ihre Nummer A03" in tekst_van(scherm)
    assert "Kopie" not in tekst_van(scherm)
    scherm.afdrukken.click()
    qtbot.waitUntil(lambda: "kopie" in scherm.zin.text())
    assert "Kopie" in tekst_van(scherm)
    assert [regel.bijzonderheden["volgnummer"] for regel in op.logboek.regels] == ["A03"]


@pytest.mark.parametrize(
    ("wie", "zin"),
    [(None, "Kies eerst om wie het gaat."), (bezoek("", "17.00"), "Dit bezoek heeft nog geen volgnummer.")],
)
def test_zonder_iemand_met_een_nummer_is_er_geen_briefje(
    op: Opstelling, acties: Acties, wie: Bezoek | None, zin: str
) -> None:
    op.gekozen[0] = wie
    acties.volgnummer_afdrukken.trigger()
    assert op.zinnen == [zin]
    assert op.deel.papier is None


def test_papier_dat_bezoekers_zien_noemt_geen_naam_bsn_of_product_dat_veel_zegt(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    acties.avondlijst.trigger()
    scherm = klaar_met_maken(qtbot, op)
    assert scherm.klaar is not None
    bladen = pdflezer.tekst(scherm.klaar.pdf)
    for blad in bladen:
        for verboden in ("Nederlander", "naturalisatie", "999990019", "06-"):
            assert verboden not in blad
    zonder_deur = " ".join(blad for blad in bladen if "gastheer of gastvrouw" not in blad)
    assert "Jansen" not in zonder_deur
    op.gekozen[0] = next(b for b in op.avond.nu.bezoeken if b.volgnummer == "A05")
    acties.volgnummer_afdrukken.trigger()
    qtbot.waitUntil(lambda: scherm.klaar is not None and "A05" in tekst_van(scherm))
    for verboden in ("Jansen", "Nederlander", "Burgerzaken"):
        assert verboden not in tekst_van(scherm)


def test_opslaan_ligt_ook_eerst_vast_en_terug_laat_geen_papier_achter(
    qtbot: QtBot, op: Opstelling, acties: Acties, tmp_path: Path
) -> None:
    acties.avondlijst.trigger()
    scherm = klaar_met_maken(qtbot, op)
    scherm.opslaan.click()
    qtbot.waitUntil(lambda: bool(op.zinnen))
    assert (tmp_path / "avondlijst-20261203.pdf").exists()
    assert [regel.handeling for regel in op.logboek.regels] == ["avondlijst_bewaard"]
    assert op.papier.lijsten == []  # een bestand is nog geen papier
    qtbot.keyClick(scherm, Qt.Key.Key_Escape)
    assert op.midden.currentIndex() == 0
    assert scherm.klaar is None


# --- verslag --------------------------------------------------------------------------------------------


def open_verslag(qtbot: QtBot, op: Opstelling, acties: Acties) -> Any:
    acties.avondverslag.trigger()
    qtbot.waitUntil(lambda: op.deel.verslag is not None and op.deel.verslag.stand is not None)
    return op.deel.verslag


def druk(qtbot: QtBot, scherm: QWidget, naam: str) -> None:
    """Druk op de knop zodra die te zien is; een regel die weggaat, is dat al niet meer."""

    def find() -> list[QPushButton]:
        return [k for k in scherm.findChildren(QPushButton) if k.accessibleName() == naam and k.isVisible()]

    qtbot.waitUntil(lambda: bool(find()))
    find()[0].click()


def test_de_avond_gaat_pas_dicht_als_van_iedereen_bekend_is_hoe_het_afliep(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    scherm = open_verslag(qtbot, op, acties)
    assert not scherm.afsluiten.isEnabled()
    assert [b.volgnummer for b in scherm.stand.nog_open] == ["A02", "A03", "W01", "A04", "A05"]
    druk(qtbot, scherm, "A02 klaar")
    qtbot.waitUntil(lambda: len(scherm.stand.nog_open) == 4)
    druk(qtbot, scherm, "A03 niet gekomen")
    qtbot.waitUntil(lambda: len(scherm.stand.nog_open) == 3)
    druk(qtbot, scherm, "Alle 2 die zich niet meldden: niet gekomen")
    qtbot.waitUntil(lambda: len(scherm.stand.nog_open) == 1)
    druk(qtbot, scherm, "W01 niet gekomen")
    qtbot.waitUntil(lambda: scherm.afsluiten.isEnabled())
    scherm.afsluiten.click()
    qtbot.waitUntil(lambda: op.zinnen == ["De avond is afgesloten."])
    qtbot.waitUntil(lambda: scherm.afsluiten.isHidden())
    assert "Voorlopig" not in scherm.zin.text()


def een_week_eerder(nu: Avondstand) -> Avondstand:
    """Een avond waar alleen A01 kwam, en klaar was; de klok is die van nu."""
    week = timedelta(days=7)
    wie = next(b for b in nu.bezoeken if b.volgnummer == "A01")
    vakken = tuple(Vak(v.begin - 2016, v.eind - 2016) for v in nu.avond.open)
    toen = replace(nu.avond, datum=nu.datum - week, open=vakken, toestand=AvondToestand.AFGESLOTEN)
    return replace(nu, avond=toen, bezoeken=(replace(wie, datum=toen.datum),))


def test_een_eerdere_avond_is_te_kiezen_en_gaat_ook_als_csv_en_op_papier(
    qtbot: QtBot, op: Opstelling, acties: Acties, tmp_path: Path
) -> None:
    toen = een_week_eerder(op.avond.nu)
    op.avond.eerder = {toen.datum: toen}
    scherm = open_verslag(qtbot, op, acties)
    lijst = scherm.keuze.lijst
    assert [lijst.itemText(n) for n in range(lijst.count())] == [
        "vanavond, donderdag 3 december", "donderdag 26 november",
    ]  # fmt: skip
    lijst.setCurrentIndex(1)
    lijst.activated.emit(1)
    qtbot.waitUntil(lambda: scherm.stand.eerder)
    assert scherm.kop.text() == "Avondverslag van donderdag 26 november"
    assert (scherm.afsluiten.isVisible(), scherm.nog_open.isVisible()) == (False, False)
    scherm.csv.click()
    qtbot.waitUntil(lambda: (tmp_path / "avondverslag-20261126.csv").exists())
    scherm.pdf.click()
    assert "26 november 2026" in tekst_van(klaar_met_maken(qtbot, op))
    op.deel._back()
    op.avond.weg = True
    lijst.activated.emit(0)
    qtbot.waitUntil(lambda: not scherm.stand.eerder)  # vanavond is er ook zonder verbinding
    lijst.activated.emit(lijst.count() - 1)
    qtbot.waitUntil(scherm.fout.isVisible)
    assert "met verbinding" in scherm.fout.text()
    assert (scherm.stand.eerder, lijst.currentIndex()) == (False, 0)


def test_is_er_vanavond_geen_avond_dan_staat_de_laatste_er_en_anders_waarom_er_niets_is(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    toen = een_week_eerder(op.avond.nu)
    op.avond.geen, op.avond.eerder = True, {}
    acties.avondverslag.trigger()
    scherm = op.deel.verslag
    assert scherm is not None
    qtbot.waitUntil(lambda: "nog geen avond" in scherm.zin.text())
    assert not any(deel.isVisible() for deel in (scherm.pdf, scherm.csv, scherm.vlak, scherm.afsluiten))
    assert not scherm.fout.isVisible()
    op.avond.eerder = {toen.datum: toen}
    scherm.ververs.click()
    qtbot.waitUntil(lambda: scherm.stand is not None)
    assert scherm.kop.text() == "Avondverslag van donderdag 26 november"
    assert scherm.pdf.isVisible()


def test_wie_zich_meldde_krijgt_geen_niet_gekomen_met_de_knop_voor_allemaal(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    scherm = open_verslag(qtbot, op, acties)
    druk(qtbot, scherm, "Alle 2 die zich niet meldden: niet gekomen")
    qtbot.waitUntil(lambda: len(scherm.stand.nog_open) == 3)
    toestand = {b.volgnummer: b.toestand for b in op.avond.nu.bezoeken}
    assert (toestand["A03"], toestand["A04"]) == (Toestand.AANGEMELD, Toestand.NIET_GEKOMEN)


def test_wat_niet_mag_zegt_waarom_en_verandert_niets(
    qtbot: QtBot, op: Opstelling, acties: Acties, monkeypatch: pytest.MonkeyPatch
) -> None:
    def te_vroeg(*_: object, **__: object) -> Bezoek:
        raise Geweigerd("A04 mag nog tot 19.10 uur komen.")

    monkeypatch.setattr(op.avond, "no_show", te_vroeg)
    scherm = open_verslag(qtbot, op, acties)
    druk(qtbot, scherm, "A04 niet gekomen")
    qtbot.waitUntil(lambda: scherm.fout.text() == "A04 mag nog tot 19.10 uur komen.")
    qtbot.waitUntil(lambda: not scherm._vragen.is_onderweg("verslag"))
    assert not scherm.fout.isHidden()
    assert len(scherm.stand.nog_open) == 5


def test_het_verslag_leest_als_zinnen_en_noemt_niemand(qtbot: QtBot, op: Opstelling, acties: Acties) -> None:
    spel = play(11)
    op.avond.nu, op.avond.stappen = spel.stand(), tuple(spel.stappen)
    scherm = open_verslag(qtbot, op, acties)
    soorten = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    gehoord = " ".join(deel.text(soort) for deel in loop_boom(scherm) for soort in soorten)
    verslag = scherm.stand.verslag
    assert f"Geholpen: {verslag.geholpen} van 42" in gehoord
    assert "Papieren ontbreken" in gehoord
    for verboden in ("Jansen", "boos", "S. Bos", "Balie 1", "2026-"):
        assert verboden not in gehoord


def test_het_verslag_is_te_bewaren_als_csv_en_te_bekijken_als_papier(
    qtbot: QtBot, op: Opstelling, acties: Acties, tmp_path: Path
) -> None:
    scherm = open_verslag(qtbot, op, acties)
    scherm.csv.click()
    qtbot.waitUntil(lambda: (tmp_path / "avondverslag-20261203.csv").exists())
    scherm.pdf.click()
    papier = klaar_met_maken(qtbot, op)
    assert "Verslag van donderdag 3 december 2026" in tekst_van(papier)
    qtbot.keyClick(papier, Qt.Key.Key_Escape)
    assert op.midden.currentWidget() is scherm
    qtbot.keyClick(scherm, Qt.Key.Key_Escape)
    assert op.midden.currentIndex() == 0
    assert op.logboek.regels[0].handeling == "avondverslag_bewaard"


# --- draaien --------------------------------------------------------------------------------------------


def test_draaien_laat_alleen_dit_bezoek_zien_in_zijn_taal(
    qtbot: QtBot, op: Opstelling, acties: Acties
) -> None:
    acties.draai_scherm.trigger()
    qtbot.waitUntil(lambda: op.deel.gedraaid is not None and op.deel.gedraaid.isVisible())
    assert op.deel.gedraaid is not None
    teksten = [tekst.text() for tekst in op.deel.gedraaid.teksten]
    assert teksten[:2] == ["Ihre Nummer", "A03"]
    assert not any("Jansen" in tekst or "A04" in tekst for tekst in teksten)
    op.deel.close_schermen()
    assert not op.deel.gedraaid.isVisible()


def test_zonder_agenda_staat_alles_uit(op: Opstelling, acties: Acties) -> None:
    op.deel.set_bronnen(None)
    for actie in (acties.avondlijst, acties.avondverslag, acties.volgnummer_afdrukken, acties.draai_scherm):
        assert not actie.isEnabled()


def test_iemand_zonder_afspraak_staat_niet_op_de_lijst(op: Opstelling) -> None:
    assert any(b.soort is SoortBezoek.ZONDER_AFSPRAAK for b in op.avond.nu.bezoeken)
    pakket = make_avondpakket(op.papier.load_gegevens(namen=True), "Gemeente Losser")
    assert all(not regel.nummer.startswith("W") for regel in pakket.afspraken)
