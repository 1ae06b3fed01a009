"""Het klantscherm als geheel: laden, falen, wisselen van klant, toetsen, smal scherm en onthouden."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from stdnum.nl import bsn as stdnum_bsn

from frontoffice.domain.fouten import Onbereikbaar, Storing
from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from tests.bouwers import (
    BSN,
    maak_contact,
    maak_naam,
    maak_partij,
    maak_persoon,
    maak_taak,
    maak_zaak,
)
from tests.ui.klantbeeld.conftest import MaakScherm, knop, open_klant, zichtbare_tekst
from ui.klantbeeld.scherm import KlantbeeldScherm


def add_werk(wereld: Any, contacten: int = 3, zaken: int = 2) -> None:
    """Geef de inwoner contacten en zaken; het eerste contact heeft een open terugbelverzoek."""
    rijen = [maak_contact(i, onderwerp=f"Onderwerp {i}") for i in range(contacten)]
    if rijen:
        uuid = rijen[0].uuid
        rijen[0] = maak_contact(0, uuid=uuid, onderwerp="Onderwerp 0", taken=(maak_taak(uuid),))
    wereld.klantinteracties.partijen[:] = [maak_partij(contacten=rijen)]
    wereld.klantinteracties.contacten[:] = rijen
    wereld.zaken.zaken[:] = [maak_zaak(dagen=-3 + 10 * i) for i in range(zaken)]


def test_een_klant_staat_geheel_in_beeld(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    assert "Er staat een terugbelverzoek open" in zichtbare_tekst(scherm.aandacht)
    assert "3 dagen te laat" in zichtbare_tekst(scherm.zaken)
    assert "Onderwerp 2" in zichtbare_tekst(scherm.tijdlijn)


def test_een_klant_zonder_iets_ziet_er_rustig_en_duidelijk_uit(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_klant(scherm, qtbot)
    assert "Niets bijzonders." in zichtbare_tekst(scherm.aandacht)
    assert "Geen open zaken." in zichtbare_tekst(scherm.zaken)
    assert "Nog geen contacten, zaken of documenten." in zichtbare_tekst(scherm.tijdlijn)


def test_een_mislukte_bron_ziet_er_nergens_leeg_uit_en_de_rest_is_er(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    wereld.zaken.fouten["find_open_zaken"] = Storing("Het zaaksysteem heeft een storing.", register="zaken")
    open_klant(scherm, qtbot)
    zaken = zichtbare_tekst(scherm.zaken)
    assert re.search(r"Niet geladen om \d+\.\d\d uur\. Het zaaksysteem heeft een storing\.", zaken)
    assert "Geen open zaken" not in zaken
    assert "zaken zijn niet geladen" in zichtbare_tekst(scherm.aandacht)
    assert "Zaken: niet geladen" in zichtbare_tekst(scherm.tijdlijn)
    assert "Onderwerp 0" in zichtbare_tekst(scherm.tijdlijn)


def test_opnieuw_haalt_alleen_het_mislukte_deel_nog_een_keer(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    wereld.zaken.fouten["find_open_zaken"] = Storing("Storing.", register="zaken")
    open_klant(scherm, qtbot)
    del wereld.zaken.fouten["find_open_zaken"]
    wereld.klantinteracties.aanroepen.clear()
    knop(scherm.zaken, "Opnieuw").click()
    qtbot.waitUntil(lambda: "3 dagen te laat" in zichtbare_tekst(scherm.zaken))
    assert wereld.klantinteracties.aanroepen == []


def test_de_handeling_opnieuw_probeert_alles_wat_mislukte(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    wereld.zaken.fouten["find_open_zaken"] = Storing("Storing.", register="zaken")
    wereld.personen.fouten["load_persoon"] = Onbereikbaar("De BRP is niet te bereiken.", register="brp")
    open_klant(scherm, qtbot)
    assert "Gegevens uit de BRP: niet geladen" in zichtbare_tekst(scherm.kop)
    wereld.zaken.fouten.clear()
    wereld.personen.fouten.clear()
    scherm._acties.opnieuw.trigger()
    qtbot.waitUntil(lambda: "3 dagen te laat" in zichtbare_tekst(scherm.zaken))
    qtbot.waitUntil(lambda: "Mevrouw A.M. Jansen" in zichtbare_tekst(scherm.kop))


def test_duurt_het_lang_dan_kan_de_medewerker_annuleren_en_blijft_de_rest_staan(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    wereld.zaken.houd_vast("find_open_zaken")
    scherm.open(PersoonSleutel(Bsn(BSN)), Herkomst.BSN)
    qtbot.waitUntil(lambda: "Duurt langer dan normaal." in zichtbare_tekst(scherm.zaken))
    assert "Onderwerp 0" in zichtbare_tekst(scherm.tijdlijn)
    knop(scherm.zaken, "Zaken laden annuleren").click()
    qtbot.waitUntil(lambda: "Afgebroken." in zichtbare_tekst(scherm.zaken))
    assert "Onderwerp 0" in zichtbare_tekst(scherm.tijdlijn)
    wereld.zaken.laat_los("find_open_zaken")
    knop(scherm.zaken, "Opnieuw").click()
    qtbot.waitUntil(lambda: "3 dagen te laat" in zichtbare_tekst(scherm.zaken))


def test_verversen_laat_staan_wat_er_stond_tot_het_nieuwe_er_is(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot, herkomst=Herkomst.TELEFOON)
    scherm.kop.controle.open_paneel()
    knop(scherm.kop.controle, "Vragen goed beantwoord").click()
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.gecontroleerd)
    wereld.klantinteracties.contacten.append(
        maak_contact(
            0.01,
            onderwerp="Splinternieuw",
            betrokkene_uuids=wereld.klantinteracties.contacten[0].betrokkene_uuids,
        )
    )
    wereld.klantinteracties.houd_vast("load_klantcontacten")
    scherm.refresh()
    assert "Onderwerp 0" in zichtbare_tekst(scherm.tijdlijn)
    wereld.klantinteracties.laat_los("load_klantcontacten")
    qtbot.waitUntil(lambda: "Splinternieuw" in zichtbare_tekst(scherm.tijdlijn))
    assert "Mevrouw A.M. Jansen" in zichtbare_tekst(scherm.kop)


def test_na_het_sluiten_staat_er_niets_meer_van_de_klant(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    scherm.detail.show_contact(wereld.klantinteracties.contacten[0].uuid)
    scherm.close_klant()
    tekst = zichtbare_tekst(scherm)
    for stuk in ("Jansen", "Onderwerp", "ZAAK-", "Brinkstraat", "terugbelverzoek open"):
        assert stuk not in tekst
    assert scherm.current is None


# --- wisselen van klant ----------------------------------------------------------------------------------


def maak_bsn(nummer: int) -> str:
    for staart in range(nummer * 20, nummer * 20 + 20):
        kandidaat = f"9999{staart:05d}"
        if stdnum_bsn.is_valid(kandidaat):
            return kandidaat
    raise AssertionError("geen geldig nummer in deze reeks")


@pytest.mark.traag
def test_bij_500_snelle_wisselingen_staat_er_nooit_iets_van_een_ander(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    """De antwoorden zijn traag en komen door elkaar; wat er staat is altijd van de klant die openstaat."""
    dobbel = random.Random(20261122)
    bsns = [maak_bsn(n) for n in range(1, 9)]
    wereld.personen.personen.clear()
    wereld.klantinteracties.partijen.clear()
    for nummer, bsn in enumerate(bsns):
        merk = f"Merk{nummer}x"
        contacten = [maak_contact(i, onderwerp=f"Vraag {merk}", inhoud=merk) for i in range(2)]
        wereld.personen.personen.append(maak_persoon(bsn, naam=maak_naam(aanschrijfnaam=f"mevrouw {merk}")))
        wereld.klantinteracties.partijen.append(
            maak_partij(bsn, naam=maak_naam(geslachtsnaam=merk), contacten=contacten)
        )
        wereld.klantinteracties.contacten.extend(contacten)
        wereld.zaken.zaken.append(maak_zaak(bsn=bsn, identificatie=f"ZAAK-{merk}"))
    for register in (wereld.personen, wereld.klantinteracties, wereld.zaken):
        register.vertraging = 0.012
    gezien: set[int] = set()
    for ronde in range(500):
        nu = dobbel.randrange(len(bsns))
        scherm.open(PersoonSleutel(Bsn(bsns[nu])), Herkomst.BSN)
        if ronde % 25 == 0:  # ook op een trage machine komt een antwoord soms wel op tijd
            qtbot.waitUntil(lambda nu=nu: f"Merk{nu}x" in zichtbare_tekst(scherm))  # type: ignore[misc]  # lambda in een lus
        for _ in range(dobbel.choice((1, 1, 2, 6))):
            qtbot.wait(dobbel.choice((0, 1, 8)))
            merken = set(re.findall(r"Merk(\d)x", zichtbare_tekst(scherm)))
            assert merken <= {str(nu)}, f"van {merken} terwijl {nu} openstaat"
            gezien |= {int(merk) for merk in merken}
            if merken and dobbel.random() < 0.3 and scherm.tijdlijn.model.rowCount():
                scherm.detail.show_item(scherm.tijdlijn.model.rij(0).item, meteen=True)
    assert len(gezien) > 1, "de antwoorden kwamen nooit op tijd: deze test keek nergens naar"


def test_een_laat_antwoord_van_een_detail_verschijnt_niet_bij_de_volgende_klant(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    wereld.klantinteracties.houd_vast("load_klantcontact")
    scherm.detail.show_contact(wereld.klantinteracties.contacten[0].uuid)
    wereld.klantinteracties.contacten.clear()
    open_klant(scherm, qtbot)
    wereld.klantinteracties.laat_los("load_klantcontact")
    qtbot.wait(50)
    assert "Onderwerp 0" not in zichtbare_tekst(scherm)


# --- focus en toetsen ------------------------------------------------------------------------------------


def test_de_focus_blijft_waar_de_medewerker_hem_zette(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    elders = QLineEdit(scherm)
    elders.show()
    elders.setFocus()
    open_klant(scherm, qtbot)
    scherm.refresh()
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    assert QApplication.focusWidget() is elders


def test_f6_loopt_langs_de_onderdelen_en_shift_f6_terug(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    scherm.jump("klant")
    delen = []
    for _ in range(4):
        delen.append(
            next(n for n, d in scherm._delen().items() if d.isAncestorOf(QApplication.focusWidget()))
        )
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert delen == ["klant", "wat_speelt_er", "open_zaken", "tijdlijn"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert scherm.tijdlijn.isAncestorOf(QApplication.focusWidget())


def test_tab_loopt_in_leesvolgorde_ook_langs_wat_later_in_beeld_kwam(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    scherm.jump("open_zaken")
    qtbot.keyClick(scherm.zaken.lijst, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Termijnen" in zichtbare_tekst(scherm.detail))
    delen = [scherm.kop, scherm.aandacht, scherm.zaken, scherm.tijdlijn, scherm.detail]
    scherm.jump("klant")
    bezocht: list[int] = []
    knoppen: list[str] = []
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        bezocht += [nummer for nummer, deel in enumerate(delen) if deel.isAncestorOf(focus)]
        knoppen.append(focus.accessibleName())
        if knoppen[-1] == "Kopieer de tekst om voor te lezen":
            break
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert bezocht == sorted(bezocht)
    assert set(bezocht) == set(range(len(delen)))
    assert knoppen[-1] == "Kopieer de tekst om voor te lezen"


def test_enter_op_een_zaak_toont_haar_rechts_en_escape_sluit_dat(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    scherm.jump("open_zaken")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zeg dit" in zichtbare_tekst(scherm.detail))
    assert QApplication.focusWidget() is scherm.zaken.lijst
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert scherm.detail.is_leeg
    assert QApplication.focusWidget() is scherm.zaken.lijst


def test_de_knop_bij_wat_speelt_er_opent_waar_het_over_gaat(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    knop(scherm.aandacht, "Toon contact").click()
    qtbot.waitUntil(lambda: "Wil weten wanneer" in zichtbare_tekst(scherm.detail))
    assert scherm.tijdlijn.lijst.selectionModel().selectedIndexes()
    knop(scherm.aandacht, "Open zaak").click()
    qtbot.waitUntil(lambda: "Zeg dit" in zichtbare_tekst(scherm.detail))
    assert not scherm.tijdlijn.lijst.selectionModel().selectedIndexes()


def test_enter_drukt_op_de_knop_waar_de_focus_is(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot)
    scherm.jump("wat_speelt_er")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Zeg dit" in zichtbare_tekst(scherm.detail))


def test_de_onderdelen_hebben_hun_vaste_toegankelijke_namen(scherm: KlantbeeldScherm, qtbot: QtBot) -> None:
    namen = [deel.accessibleName() for deel in scherm._delen().values()]
    assert namen == ["Klant", "Wat speelt er", "Open zaken", "Tijdlijn"]


def test_alles_wat_focus_kan_krijgen_heeft_een_naam(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_werk(wereld)
    open_klant(scherm, qtbot, herkomst=Herkomst.TELEFOON)
    scherm.kop.controle.open_paneel()
    _check_namen(scherm)
    knop(scherm.kop.controle, "Vragen goed beantwoord").click()
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.gecontroleerd)
    scherm.detail.show_zaak(wereld.zaken.zaken[0].uuid)
    qtbot.waitUntil(lambda: "Documenten" in zichtbare_tekst(scherm.detail))
    _check_namen(scherm)


def _check_namen(scherm: KlantbeeldScherm) -> None:
    start = scherm.kop.eerste_focus()
    widget, gezien = start, 0
    while True:
        widget = widget.nextInFocusChain()
        gezien += 1
        assert gezien < 2_000
        if widget is start:
            break
        if (
            widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.focusProxy() is None
        ):
            naam = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert naam.strip(), f"zonder naam: {widget}"


# --- plaats ----------------------------------------------------------------------------------------------


def test_op_een_smal_scherm_staat_er_een_onderdeel_en_het_detail_ligt_erover(
    qtbot: QtBot, wereld: Any, maak_scherm: MaakScherm
) -> None:
    add_werk(wereld)
    scherm = maak_scherm(683, 330)
    open_klant(scherm, qtbot)
    assert scherm.kop.feiten.isVisible()
    assert not scherm.tijdlijn.isVisible()
    knop(scherm, "Open zaken").click()
    assert scherm.zaken.lijst.isVisible()
    assert "Mevrouw A.M. Jansen" in zichtbare_tekst(scherm.kop)
    assert not scherm.kop.feiten.isVisible()
    qtbot.keyClick(scherm.zaken.lijst, Qt.Key.Key_Return)
    assert scherm.detail.isVisible()
    assert not scherm.kop.isVisible()
    assert scherm.detail.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert scherm.zaken.lijst.isVisible()
    assert QApplication.focusWidget() is scherm.zaken.lijst


def test_breder_maken_brengt_alles_weer_naast_elkaar(
    qtbot: QtBot, wereld: Any, maak_scherm: MaakScherm
) -> None:
    scherm = maak_scherm(683, 330)
    open_klant(scherm, qtbot)
    scherm.resize(1366, 640)
    QApplication.processEvents()
    for deel in (scherm.kop, scherm.aandacht, scherm.zaken, scherm.tijdlijn, scherm.detail):
        assert deel.isVisible()
    assert not scherm.sprongen.isVisible()


@pytest.mark.parametrize(("breed", "links", "detail"), [(1366, 430, 340), (1920, 430, 560)])
def test_de_kolommen_hebben_hun_gewone_breedte(
    maak_scherm: MaakScherm, breed: int, links: int, detail: int
) -> None:
    scherm = maak_scherm(breed, 900)
    assert abs(scherm.zaken.width() - links) <= 12
    assert abs(scherm.detail.width() - detail) <= 12


def test_de_breedte_van_de_kolommen_wordt_onthouden(
    qtbot: QtBot, maak_scherm: MaakScherm, tmp_path: Any
) -> None:
    instellingen = QSettings(str(tmp_path / "stand.ini"), QSettings.Format.IniFormat)
    eerste = maak_scherm()
    for splitser, opzij in ((eerste._kolommen.buiten, -120), (eerste._kolommen._binnen, -60)):
        greep = splitser.handle(1)
        midden = greep.rect().center()
        qtbot.mousePress(greep, Qt.MouseButton.LeftButton, pos=midden)
        qtbot.mouseMove(greep, midden + QPoint(opzij, 0))
        qtbot.mouseRelease(greep, Qt.MouseButton.LeftButton, pos=midden)
    breedte = (eerste.detail.width(), eerste.zaken.width())
    assert breedte[0] > 420
    assert breedte[1] < 400
    eerste.save_state(instellingen)
    tweede = maak_scherm(instellingen=instellingen)
    assert (tweede.detail.width(), tweede.zaken.width()) == breedte
