"""Een kapot bestand onder het echte venster: het zegt wat er te kiezen is, en geen letter gaat verloren."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Concept
from frontoffice.registratiepoort import WinkelFout
from frontoffice.samenstelling.herstel import Winkelherstel
from frontoffice.samenstelling.werkplek import Werkplekopslag, load_opslag
from frontoffice.services.contacten import Contactdiensten
from frontoffice.services.registreren import Registreerdienst
from frontoffice.services.verzenden import Verzenddienst
from frontoffice.storage.openen import DEMO_SLEUTEL
from frontoffice.storage.werkplekbestand import connect
from frontoffice.uitvoeren import Eenmalig
from tests.nep_registratie import NepWinkel
from tests.storage.bouwwinkel import make_concept
from tests.ui.conftest import REGISTREREN, MaakVenster, Wereld
from tests.ui.contact.bouw import make_ruim, strook_van
from ui.contact.herstelvak import Herstelvak
from ui.hoofdvenster import Hoofdvenster

CTRL = Qt.KeyboardModifier.ControlModifier
VAN_MIJ = "s.bos@losser.example"


class Werkplek:
    """De diensten van de tests op de echte opslag van een demonstratie, in een eigen map."""

    def __init__(self, wereld: Wereld, map_: Path) -> None:
        self.map = map_
        self.opslag: Werkplekopslag = load_opslag(None, map_, wereld.klok)
        self._wereld = wereld
        self._contacten: Eenmalig[Contactdiensten] = Eenmalig()
        self.__dict__.update({k: v for k, v in wereld.build().__dict__.items() if k != "contacten"})

    @property
    def pad(self) -> Path:
        return self.map / "werkplek-demo.db"

    @property
    def contacten(self) -> Contactdiensten:
        return self._contacten.get(self._open)

    @property
    def herstel(self) -> Winkelherstel:
        return Winkelherstel(self.opslag, self._contacten.take)

    def _open(self) -> Contactdiensten:
        winkel, wereld = self.opslag.winkel, self._wereld
        registreren = Registreerdienst(winkel, wereld.klok, REGISTREREN, lambda dag, _: dag)
        verzenden = Verzenddienst(
            winkel, wereld.register, wereld.klok, wereld.uitvoerder, houder="venster", per_seconde=10_000
        )
        return Contactdiensten(
            winkel,
            wereld.register,
            registreren,
            verzenden,
            waarschuwing=lambda: winkel.melding,
            vast=winkel.bewaarwijze.zin,
        )

    def fill(self) -> None:
        """Eén contact in een reservekopie; daarna gaat het bestand stuk en is er niets meer van te lezen."""
        self.opslag.winkel.save_concept(make_concept("oud", medewerker=VAN_MIJ, notitie="uit de kopie"))
        self.opslag.winkel.backup()
        self.opslag.close()
        self.damage()

    def damage(self) -> None:
        self.pad.write_bytes(b"kapot" * 4000)
        self.pad.with_name(self.pad.name + "-wal").unlink(missing_ok=True)


@pytest.fixture
def werkplek(wereld: Wereld, tmp_path: Path) -> Iterator[Werkplek]:
    werkplek = Werkplek(wereld, tmp_path)
    yield werkplek
    werkplek.opslag.close()


@pytest.fixture
def maak_venster(qtbot: QtBot, maak_venster: MaakVenster) -> MaakVenster:
    return make_ruim(qtbot, maak_venster)


def notities(venster: Hoofdvenster) -> list[str]:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    return [concept.notitie for concept in gesprekken.concepten]


def vak_van(qtbot: QtBot, venster: Hoofdvenster) -> Herstelvak:
    """Het scherm met de keuzes, zodra er te kiezen is."""
    qtbot.waitUntil(lambda: venster.herstel.vak is not None and venster.herstel.vak._keuzes.isEnabled())
    vak = venster.herstel.vak
    assert vak is not None
    return vak


def opgeslagen(werkplek: Werkplek) -> set[str]:
    """Wat er op schijf staat; niets zolang het bestand niet opengaat."""
    try:
        return {concept.notitie for concept in werkplek.opslag.winkel.load_concepten()}
    except WinkelFout:
        return set()


def test_terugzetten_brengt_de_kopie_terug_en_bewaart_wat_intussen_is_getypt(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.fill()
    venster = maak_venster(werkplek)
    vak = vak_van(qtbot, venster)
    assert vak.isVisible()
    rij = vak.lijst.gekozen_rij
    assert rij is not None
    assert rij.onder == "1 open contact, 0 nog niet verstuurd"
    assert "beschadigd" in vak.reden.text()
    qtbot.keyClicks(strook_van(venster).vorm.notitie, "intussen getypt")
    assert strook_van(venster).fout.isVisible()
    vak.terugzet.click()
    qtbot.waitUntil(lambda: sorted(notities(venster)) == ["intussen getypt", "uit de kopie"])
    qtbot.waitUntil(lambda: opgeslagen(werkplek) == {"intussen getypt", "uit de kopie"})
    assert not vak.isVisible()
    assert strook_van(venster).fout.isHidden()
    assert strook_van(venster).vorm.notitie.tekst == "intussen getypt"
    (apart,) = werkplek.map.glob("werkplek-demo-apart-*.db")
    assert apart.read_bytes() == b"kapot" * 4000
    assert [regel.handeling for regel in werkplek.opslag.logboek.regels] == ["gegevens_hersteld"]


def test_leeg_beginnen_houdt_wat_op_het_scherm_staat(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.fill()
    venster = maak_venster(werkplek)
    vak = vak_van(qtbot, venster)
    qtbot.keyClicks(strook_van(venster).vorm.notitie, "van nu")
    vak.begin_leeg.click()
    qtbot.waitUntil(lambda: werkplek.pad.exists() and opgeslagen(werkplek) == {"van nu"})
    assert len(list(werkplek.map.glob("werkplek-demo-apart-*.db"))) == 1


def test_alleen_deze_zitting_verandert_niets_op_de_schijf(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.fill()
    venster = maak_venster(werkplek)
    vak_van(qtbot, venster).niet_nu.click()
    qtbot.keyClicks(strook_van(venster).vorm.notitie, "voor even")
    qtbot.waitUntil(lambda: opgeslagen(werkplek) == {"voor even"})
    qtbot.waitUntil(lambda: "Alleen deze zitting" in strook_van(venster).waarschuwing.text())
    assert strook_van(venster).fout.isHidden()
    assert werkplek.pad.read_bytes() == b"kapot" * 4000


def test_zonder_reservekopie_is_er_niets_terug_te_zetten(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.damage()
    vak = vak_van(qtbot, maak_venster(werkplek))
    assert vak.terugzet.isHidden()
    assert vak.lijst.isHidden()
    assert vak.niet_nu.hasFocus()
    assert vak.leesbaar.isHidden()


def test_een_bestand_dat_weer_goed_is_gaat_open_zonder_te_kiezen(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.opslag.winkel.save_concept(make_concept("goed", medewerker=VAN_MIJ, notitie="nog heel"))
    werkplek.opslag.close()
    heel = werkplek.pad.read_bytes()
    werkplek.damage()
    venster = maak_venster(werkplek)
    vak = vak_van(qtbot, venster)
    werkplek.pad.write_bytes(heel)
    vak.probeer.click()
    qtbot.waitUntil(lambda: notities(venster) == ["nog heel"])
    assert not vak.isVisible()
    assert list(werkplek.map.glob("*-apart-*")) == []


def test_tijdens_het_werk_komt_de_vraag_alleen_via_de_strook(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    """Het bestand raakt weg onder het programma: wat in beeld is, blijft staan."""
    venster = maak_venster(werkplek)
    qtbot.keyClicks(strook_van(venster).vorm.notitie, "eerst")
    qtbot.waitUntil(lambda: opgeslagen(werkplek) == {"eerst"})
    venster.outbox.open()
    in_beeld = venster._midden.currentWidget()
    werkplek.pad.unlink()
    qtbot.keyClicks(strook_van(venster).vorm.notitie, " en dan")
    strook = strook_van(venster)
    qtbot.waitUntil(strook.fout.isVisible)
    assert venster._midden.currentWidget() is in_beeld
    assert strook.fout.bekijk.isVisible()
    strook.fout.bekijk.click()
    # Er is geen kopie en geen bestand: opnieuw proberen maakt een nieuw, met alles wat op het scherm staat.
    qtbot.waitUntil(lambda: werkplek.pad.exists() and strook.fout.isHidden())
    qtbot.waitUntil(lambda: opgeslagen(werkplek) == {"eerst en dan"})
    assert venster._midden.currentWidget() is in_beeld


# --- wat vanzelf overgaat


class HaperWinkel(NepWinkel):
    """Weigert zolang `fout` is gezet."""

    fout: WinkelFout | None = None

    def _check(self) -> None:
        if self.fout is not None:
            raise self.fout

    def save_concept(self, concept: Concept) -> None:
        self._check()
        super().save_concept(concept)

    def remember(self, naam: str, waarde: str) -> None:
        self._check()
        super().remember(naam, waarde)


@pytest.fixture
def haper(wereld: Wereld) -> HaperWinkel:
    wereld.winkel = HaperWinkel()
    return wereld.winkel


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("winkel_vol", "De schijf is vol. Maak ruimte vrij."),
        ("winkel_alleen_lezen", "Bewaren mag nu niet. Uw tekst blijft staan."),
        ("winkel_bezet", "Een ander programma houdt het bestand vast. Uw tekst blijft staan."),
    ],
)
def test_een_fout_van_de_schijf_komt_in_beeld_en_gaat_vanzelf_weg_met_de_tekst_bewaard(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, haper: HaperWinkel, code: str, zin: str
) -> None:
    venster = maak_venster(wereld.build())
    strook = strook_van(venster)
    qtbot.keyClicks(strook.vorm.notitie, "voor")
    qtbot.waitUntil(lambda: len(haper.load_concepten()) == 1)
    haper.fout = WinkelFout(zin, code=code, opnieuw_helpt=True)
    qtbot.keyClicks(strook.vorm.notitie, " tijdens")
    qtbot.waitUntil(strook.fout.isVisible)
    assert strook.fout.tekst.text() == zin
    assert strook.vorm.notitie.tekst == "voor tijdens"
    assert not strook.fout.bekijk.isVisible()
    haper.fout = None
    qtbot.waitUntil(strook.fout.isHidden)
    assert haper.load_concepten()[0].notitie == "voor tijdens"


def test_een_fout_zonder_iets_te_bewaren_gaat_ook_vanzelf_weg(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, haper: HaperWinkel
) -> None:
    venster = maak_venster(wereld.build())
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    gesprekken.bewaarstand._peiler.setInterval(50)
    haper.fout = WinkelFout("De schijf is vol. Maak ruimte vrij.", code="winkel_vol", opnieuw_helpt=True)
    gesprekken.bewaarstand.note_fout(haper.fout)
    strook = strook_van(venster)
    qtbot.waitUntil(strook.fout.isVisible)
    qtbot.wait(150)
    assert strook.fout.isVisible()
    haper.fout = None
    qtbot.waitUntil(strook.fout.isHidden)
    assert not gesprekken.bewaarstand._peiler.isActive()


def test_bijna_vol_staat_in_beeld_zolang_het_duurt_ook_op_een_smal_scherm(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    diensten: Any = wereld.build()
    stand = {"zin": "Altijd zo."}
    diensten.contacten.waarschuwing, diensten.contacten.vast = lambda: stand["zin"], "Altijd zo."
    venster = maak_venster(diensten)
    venster.resize(683, 400)
    strook = strook_van(venster)
    regel = venster.contacten.plaatsing.regel
    assert regel is not None
    stand["zin"] = "De schijf van deze pc is bijna vol. Maak nu ruimte vrij."
    QTest.keyClick(venster.windowHandle(), Qt.Key.Key_N, CTRL)
    qtbot.keyClicks(strook.vorm.notitie, "x")
    qtbot.waitUntil(lambda: not strook.storing.isHidden())
    assert strook.storing.tekst.text() == stand["zin"]
    venster.focus_zoekveld()
    assert regel.wie.text() == stand["zin"]
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    gesprekken.bewaarstand._peiler.setInterval(50)
    stand["zin"] = "Altijd zo."
    qtbot.waitUntil(strook.storing.isHidden)
    assert "Gesprek 1" in regel.wie.text()


def test_een_bestand_dat_een_ander_vasthoudt_kost_geen_letter(
    qtbot: QtBot, maak_venster: MaakVenster, werkplek: Werkplek
) -> None:
    werkplek.opslag.winkel.bestand._wacht = 0.1
    venster = maak_venster(werkplek)
    strook = strook_van(venster)
    qtbot.keyClicks(strook.vorm.notitie, "voor")
    qtbot.waitUntil(lambda: opgeslagen(werkplek) == {"voor"})
    ander = connect(f"{werkplek.pad.as_uri()}?mode=rw", DEMO_SLEUTEL)
    ander.execute("BEGIN EXCLUSIVE")
    qtbot.keyClicks(strook.vorm.notitie, " en na")
    qtbot.waitUntil(strook.fout.isVisible)
    assert "vanzelf bewaard" in strook.fout.tekst.text()
    ander.execute("ROLLBACK")
    ander.close()
    qtbot.waitUntil(strook.fout.isHidden)
    assert opgeslagen(werkplek) == {"voor en na"}
