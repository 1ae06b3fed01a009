"""De afspraken op het klantscherm: wat nog komt, wat er niet is geladen, en de regel in de tijdlijn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.afspraak import AfspraakStand, KlantAfspraak, Klantkenmerken
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import Geladen, Wacht
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep
from tests.bouwers import ANDER_BSN, maak_partij, maak_persoon
from tests.ui.klantbeeld.conftest import MaakScherm, knop, open_klant, zichtbare_tekst
from ui.contact.belofte import Belofteaanleiding
from ui.klantbeeld.afspraken import GEEN
from ui.klantbeeld.scherm import KlantbeeldScherm

KOMT = KlantAfspraak(
    "a1", "2026-00041",
    datetime(2026, 12, 17, 16, 15, tzinfo=UTC), datetime(2026, 12, 17, 16, 40, tzinfo=UTC),
    "Paspoort aanvragen, 2 personen", AfspraakStand.KOMT, "komt nog", zeker=True, mag_wijzigen=True,
    gemaakt_op=datetime(2026, 11, 16, 10, 30, tzinfo=UTC),
)  # fmt: skip
MOGELIJK = KlantAfspraak(
    "a2", "2026-00042", KOMT.begin - timedelta(days=7), KOMT.eind - timedelta(days=7),
    "Rijbewijs aanvragen", AfspraakStand.KOMT, "komt nog", zeker=False, mag_wijzigen=True,
)  # fmt: skip
GEWEEST = KlantAfspraak(
    "a3", "2026-00007", KOMT.begin - timedelta(days=300), KOMT.eind - timedelta(days=300),
    "Verhuizing doorgeven", AfspraakStand.GEWEEST, "geweest", zeker=True,
)  # fmt: skip


class NepAfspraken:
    """Port `Afsprakenbron` met wat een test erin zet; `per_bsn` is van één klant."""

    def __init__(self) -> None:
        self.per_bsn: dict[str, tuple[KlantAfspraak, ...]] = {}
        self.fout: KifFout | None = None

    def load(self, klant: Klantkenmerken, aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
        if self.fout is not None:
            raise self.fout
        bsn = klant.sleutel.bsn.nummer if isinstance(klant.sleutel, PersoonSleutel) else ""
        return self.per_bsn.get(bsn, ())


@pytest.fixture
def bron(wereld: Any) -> NepAfspraken:
    bron = wereld.afspraken = NepAfspraken()
    bron.per_bsn[wereld.personen.personen[0].bsn.nummer] = (GEWEEST, MOGELIJK, KOMT)
    return bron


@pytest.fixture
def scherm(maak_scherm: MaakScherm, bron: NepAfspraken) -> KlantbeeldScherm:
    return maak_scherm()


def open_met_agenda(scherm: KlantbeeldScherm, qtbot: QtBot, **over: Any) -> None:
    open_klant(scherm, qtbot, **over)
    qtbot.waitUntil(
        lambda: (
            scherm.current is not None
            and not isinstance(scherm.current.afspraken, Wacht)
            and scherm.is_bijgewerkt
        )
    )


def test_wat_nog_komt_staat_onder_de_zaken_met_zeker_voor_mogelijk(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_met_agenda(scherm, qtbot)
    rijen = [rij.regel.zin for rij in scherm.zaken.afspraken.rijen if rij.regel]
    assert rijen == ["Afspraak do 17 dec 17.15 uur", "Afspraak, mogelijk van deze klant: do 10 dec 17.15 uur"]
    assert "Paspoort aanvragen, 2 personen" in zichtbare_tekst(scherm.zaken)
    assert "do 17 dec 17.15 uur" in zichtbare_tekst(scherm.kop)
    assert "Verhuizing" not in zichtbare_tekst(scherm.zaken)


def test_verzetten_en_afzeggen_kan_meteen_maar_niet_bij_wat_alleen_mogelijk_is(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_met_agenda(scherm, qtbot)
    gevraagd: list[tuple[str, str]] = []
    scherm.afspraak.connect(lambda wat, id_: gevraagd.append((wat, id_)))
    zeker, mogelijk = scherm.zaken.afspraken.rijen
    knop(zeker, "Verzetten").click()
    knop(zeker, "Afzeggen: Afspraak do 17 dec 17.15 uur").click()
    knop(mogelijk, "Bekijken").click()
    assert gevraagd == [("verzetten", "a1"), ("afzeggen", "a1"), ("bekijken", "a2")]
    for tekst in ("Verzetten", "Afzeggen"):
        assert not mogelijk.knoppen[tekst.lower()].isVisible()


def test_een_afspraak_kiezen_in_de_tijdlijn_opent_haar_rechts_met_een_knop_naar_de_agenda(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_met_agenda(scherm, qtbot)
    gevraagd: list[tuple[str, str]] = []
    scherm.afspraak.connect(lambda wat, id_: gevraagd.append((wat, id_)))
    scherm.tijdlijn.lijst.setFocus()
    scherm.tijdlijn.lijst.setCurrentIndex(scherm.tijdlijn.model.index_van("afspraak:a1"))
    QTest.keyClick(scherm.tijdlijn.lijst, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Donderdag 17 december, 17.15 tot 17.40 uur" in zichtbare_tekst(scherm.detail))
    for deel in ("2026-00041", "Komt nog", "Gemaakt op ma 16 nov"):
        assert deel in zichtbare_tekst(scherm.detail)
    assert scherm.detail.kop.text() == "Afspraak"
    knop(scherm.detail, "Afspraak openen").click()
    assert gevraagd == [("bekijken", "a1")]
    beloofd: list[Belofteaanleiding] = []
    scherm.belofte.connect(beloofd.append)
    knop(scherm.detail, "Beloof iets").click()
    assert [over.afspraak for over in beloofd] == ["2026-00041"]
    scherm.tijdlijn.lijst.setCurrentIndex(scherm.tijdlijn.model.index_van("afspraak:a2"))
    QTest.keyClick(scherm.tijdlijn.lijst, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "Mogelijk van deze klant: het telefoonnummer is gelijk" in zichtbare_tekst(scherm.detail)
    )
    assert "Verzetten" not in zichtbare_tekst(scherm.detail)
    assert "Beloof iets" not in zichtbare_tekst(scherm.detail)


def test_mogelijk_staat_ook_in_de_regel_van_de_tijdlijn_en_er_is_een_filter(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_met_agenda(scherm, qtbot)
    scherm.tijdlijn.soort.setCurrentText("Afspraken")
    regels = zichtbare_tekst(scherm.tijdlijn.lijst).splitlines()
    assert len(regels) == 3
    assert "mogelijk van deze klant" in regels[1]
    assert "geweest" in regels[2]
    scherm.tijdlijn.soort.setCurrentText("Meldingen")
    assert scherm.tijdlijn.model.rowCount() == 0


def test_zonder_afspraken_staat_dat_er_en_een_ander_ziet_er_niets_van(
    scherm: KlantbeeldScherm, wereld: Any, qtbot: QtBot
) -> None:
    wereld.add_inwoner(maak_persoon(ANDER_BSN), maak_partij(ANDER_BSN))
    open_met_agenda(scherm, qtbot)
    open_met_agenda(scherm, qtbot, sleutel=PersoonSleutel(Bsn(ANDER_BSN)))
    assert scherm.zaken.afspraken.rijen == ()
    assert scherm.zaken.afspraken.zin == GEEN
    assert "17 dec" not in zichtbare_tekst(scherm)


def test_een_agenda_die_weg_is_zegt_het_op_beide_plaatsen_en_opnieuw_helpt(
    scherm: KlantbeeldScherm, bron: NepAfspraken, qtbot: QtBot
) -> None:
    bron.fout = AgendaOnbereikbaar("De verbinding met de agenda is weg. Probeer het opnieuw.")
    open_met_agenda(scherm, qtbot)
    assert scherm.zaken.afspraken.zin.startswith("Afspraken: niet geladen om ")
    assert GEEN not in zichtbare_tekst(scherm)
    assert "Afspraken: niet geladen" in zichtbare_tekst(scherm.tijdlijn)
    bron.fout = None
    knop(scherm.zaken, "Afspraken opnieuw laden").click()
    qtbot.waitUntil(lambda: len(scherm.zaken.afspraken.rijen) == 2)
    qtbot.waitUntil(lambda: "Afspraken: niet geladen" not in zichtbare_tekst(scherm))


def test_waar_geen_agenda_is_staat_er_niets_over(maak_scherm: MaakScherm, qtbot: QtBot) -> None:
    scherm = maak_scherm()
    open_klant(scherm, qtbot)
    assert not scherm.zaken.afspraken.isVisible()
    assert "fspra" not in zichtbare_tekst(scherm)
    assert scherm.tijdlijn.soort.findText("Afspraken") < 0


def test_voor_de_controle_staat_er_niets(scherm: KlantbeeldScherm, qtbot: QtBot) -> None:
    open_met_agenda(scherm, qtbot, herkomst=Herkomst.TELEFOON)
    assert not scherm.zaken.afspraken.isVisible()
    assert "17 dec" not in zichtbare_tekst(scherm)


def test_wat_in_de_agenda_verandert_staat_er_na_terugkomen_en_ook_in_het_detail(
    scherm: KlantbeeldScherm, bron: NepAfspraken, qtbot: QtBot
) -> None:
    open_met_agenda(scherm, qtbot)
    assert scherm.current is not None
    scherm._open_item(next(i for i in scherm.current.tijdlijn.items if i.id == "afspraak:a1"))
    (bsn,) = bron.per_bsn
    bron.per_bsn[bsn] = (replace(KOMT, verzet_van=KOMT.begin, begin=KOMT.begin + timedelta(days=7)),)
    scherm.renew_afspraken()
    assert isinstance(scherm.current.afspraken, Geladen)
    qtbot.waitUntil(lambda: "Stond eerst op do 17 dec 17.15 uur" in zichtbare_tekst(scherm.detail))
    assert [r.regel.wanneer for r in scherm.zaken.afspraken.rijen if r.regel] == ["do 24 dec 17.15 uur"]


def test_meer_dan_er_passen_staat_er_in_een_zin(
    scherm: KlantbeeldScherm, bron: NepAfspraken, qtbot: QtBot
) -> None:
    (bsn,) = bron.per_bsn
    bron.per_bsn[bsn] = tuple(replace(KOMT, id=f"b{n}", nummer=f"2026-{n:05d}") for n in range(5))
    open_met_agenda(scherm, qtbot)
    assert len(scherm.zaken.afspraken.rijen) == 2
    assert "En nog 3." in zichtbare_tekst(scherm.zaken)
