"""De toegankelijkheidsronde: door elk venster als schermlezer, met Tab en met de kleurenmeter."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.verslag import find_open, make_verslag
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.domain.klant import Herkomst
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Klok
from frontoffice.profiel import Medewerker
from frontoffice.registratiepoort import Herstelstand, Kopie
from frontoffice.samenstelling import Diensten
from frontoffice.services.aanmelden import Aanmelddienst
from frontoffice.services.uitvalwaarden import Keuzes, TeBellen
from tests.bouwavond import druk, opname
from tests.bouwcijfers import maak_cijfers
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import diensten, warm_catalogus
from tests.e2e.venster import Werkvenster, loop_boom, settle, wait_until, werkvenster
from ui.afspraak.gekozen import Fase
from ui.afspraak.scherm import BoekScherm
from ui.avondpapier.dienst import Verslagstand
from ui.contact.belofte import over_afspraak
from ui.goednieuws.periodes import Keuze, make_periode
from ui.meldingen.detail import BERICHT, LAAT_WETEN
from ui.tekst import Tekst
from ui.vanavond.scherm import VanavondScherm

BOEKEN = ("tijden", "vastgezet")
BEHEER = (
    "avonden", "producten", "medewerkers", "combinaties", "behoeften", "rooster", "sluiten", "te verzetten",
    "wijzigingen",
)  # fmt: skip
TERUGBELLEN = ("terugbellen", "verzoek klaar", "verzoek bericht")
CONTACT = (
    "contact", "terugbelverzoek", "belofte", "andere klant", "alleen kijken", "nog niet verstuurd",
    "inkomend",
)  # fmt: skip
HERSTEL = "herstel"
MELDINGEN = ("meldingen", "melding laten weten", "melding bericht", "melding maken")
AANMELDEN = ("wie werkt hier", "code kiezen", "code fout")
GOED_NIEUWS = "goed nieuws"
VANAVOND = ("vanavond", "vanavond gevonden", "vanavond zonder afspraak", "vanavond uitval", "avondverslag")
TOESTANDEN = (
    "begin", GOED_NIEUWS, "zoeken", "klant", "ongecontroleerd", "storing", "detail", *TERUGBELLEN, *CONTACT,
    HERSTEL, *BOEKEN, *BEHEER, *VANAVOND, *MELDINGEN, *AANMELDEN, "hulp", "palet", "afgedekt",
)  # fmt: skip


# Wat het scherm zonder scherm niet kan, is geen fout van het programma.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="session")
def gevulde_agenda(_centrale: Centrale, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """De map met de agenda van de demonstratie, één keer gevuld: dat duurt langer dan alles wat erna komt."""
    map_ = tmp_path_factory.mktemp("agenda")
    with diensten(_centrale.write_profiel(map_), map_) as gebouwd:
        assert gebouwd.agenda.avonden.overzicht()
    return map_


@pytest.fixture
def venster(
    qtbot: QtBot, werkplek: Diensten, eigen_omgeving: Path, gevulde_agenda: Path
) -> Iterator[Werkvenster]:
    warm_catalogus(werkplek)
    for bestand in gevulde_agenda.glob("*.db"):
        shutil.copy(bestand, eigen_omgeving)
    with werkvenster(werkplek, eigen_omgeving) as gemaakt:
        yield gemaakt


def ronde(
    venster: Werkvenster, centrale: Centrale, toestanden: Sequence[str], kijk: Callable[[], list[str]]
) -> list[str]:
    """Breng het venster in elke toestand, kijk, en zet het terug; geeft alle klachten samen."""
    klachten = []
    for toestand in toestanden:
        breng_in(toestand, venster, centrale)
        klachten += [f"{toestand}: {klacht}" for klacht in kijk()]
        zet_terug(venster, centrale)
    return klachten


def zet_terug(venster: Werkvenster, centrale: Centrale) -> None:
    centrale.reset()
    leave_contact(venster)
    leave_boeken(venster)
    leave_beheer(venster)
    leave_aanmelden(venster)
    if venster.venster.goednieuws.is_open:
        venster.acties.goed_nieuws.trigger()
    leave_vanavond(venster)
    leave_meldingen(venster)
    leave_terugbellen(venster)
    if (herstelvak := venster.venster.herstel.vak) is not None:
        herstelvak.gesloten.emit()
    if venster.venster.afdekking.is_afgedekt:
        venster.acties.afdekken.trigger()
    for los in QApplication.topLevelWidgets():
        if los is not venster.venster:
            los.close()
    venster.venster.zoekveld.clear()
    venster.venster.palet.hide()
    venster.venster.paneel.clear()
    venster.acties.klant_sluiten.trigger()
    venster.venster.activateWindow()
    venster.venster.zoekveld.setFocus()
    settle()


def open_aanmelden(venster: Werkvenster, toestand: str) -> None:
    """Het scherm van een gedeeld account, zoals het er staat voordat er iemand is."""
    diensten = venster.diensten
    dienst = Aanmelddienst(
        (diensten.profiel.medewerker, Medewerker("F. de Wit", "f.dewit", "Losser", "kcc")),
        lambda: diensten.opslag.winkel,
        lambda _: diensten.logboek,
        diensten.klok,
    )
    venster.venster.ask_aanmelden(cast(Diensten, Aanmeldproef(dienst, diensten)))
    scherm = venster.venster.aanmelden.scherm
    assert scherm is not None
    if toestand == "wie werkt hier":
        return
    venster.type("wit", scherm.naam)
    venster.press(Qt.Key.Key_Return, scherm.naam)
    wait_until(scherm.code.isVisible)
    if toestand == "code fout":
        venster.type("123456", scherm.code)
        venster.type("123456", scherm.nog_een_keer)
        venster.press(Qt.Key.Key_Return, scherm.nog_een_keer)
        wait_until(lambda: bool(scherm.code.property("fout")))


@dataclass(frozen=True)
class Aanmeldproef:
    """Wat het aanmeldscherm nodig heeft, op diensten waar al iemand is."""

    aanmelden: Aanmelddienst
    onderhoud: Diensten

    @property
    def klok(self) -> Klok:
        return self.onderhoud.klok


def leave_aanmelden(venster: Werkvenster) -> None:
    if not venster.venster.zoekveld.isEnabled():
        venster.venster.aanmelden.close()
        venster.venster._set_zoeken(kan=True)
        venster.venster.show_bezig()


def open_goed_nieuws(venster: Werkvenster) -> None:
    """Met een rapport dat er al is: rekenen duurt hier langer dan al het andere."""
    dienst = venster.diensten.cijfers
    periode = make_periode(Keuze.DRIE_MAANDEN, dienst.vandaag)
    dienst.keep(periode, maak_cijfers(periode))
    venster.acties.goed_nieuws.trigger()
    scherm = venster.venster.goednieuws.scherm
    assert scherm is not None
    wait_until(lambda: scherm.cijfers is not None and not scherm.bezig.isVisible())


def open_vanavond(venster: Werkvenster, toestand: str) -> None:
    """Een drukke avond; zij komt niet uit de agenda, want die heeft er niet elke dag een."""
    venster.acties.vanavond.trigger()
    scherm = venster.venster.vanavond.scherm
    assert scherm is not None
    wait_until(lambda: scherm.leeg.kop.text() != "Laden…")
    scherm.verloop.set_zichtbaar(False)
    venster.wait_rust()
    avond = opname(druk(24))
    scherm.verloop.opname = avond
    scherm.show_opname(avond)
    if toestand == "vanavond gevonden":
        gevonden = tuple(replace(b, naam="A. Jansen") for b in avond.stand.bezoeken[-2:])
        scherm.kop.zoek.setText("jansen")
        scherm.verloop.gevonden.emit("jansen", gevonden)
    elif toestand == "avondverslag":
        venster.acties.avondverslag.trigger()
        venster.wait_rust()
        verslag = venster.venster.vanavond.erbij.avondpapier.verslag
        assert verslag is not None
        verslag.show_verslag(
            Verslagstand(
                make_verslag(avond.stand, ()),
                find_open(avond.stand.bezoeken),
                avond.stand,
                (avond.stand.datum, avond.stand.datum - timedelta(days=7)),
            )
        )
    elif toestand == "vanavond uitval":
        show_uitval(venster, scherm, avond.stand)
    elif toestand == "vanavond zonder afspraak":
        scherm.open_zonder()
        venster.type("pasp", scherm.zonder.wens.product)
        wait_until(lambda: not scherm.zonder.wens.lijst.isHidden())
    settle()


def show_uitval(venster: Werkvenster, scherm: VanavondScherm, stand: Avondstand) -> None:
    """Wie te bellen is nadat er een balie wegviel, met de naam erbij en wat terug te draaien is."""
    scherm.rechts.knoppen["balie_dicht"].click()
    plaats = venster.venster.vanavond.uitval
    assert plaats is not None
    vak = plaats.vak
    assert vak is not None
    venster.wait_rust()
    keuzes = Keuzes(stand.nu, (), (("B1", "Balie 1"),), (), (("uitval-1", "Balie 4: dicht vanaf 18.05 uur"),))
    vak.show_keuzes(keuzes)
    venster.wait_rust()
    komen = [bezoek for bezoek in stand.bezoeken if bezoek.tijd is not None][-2:]
    tijden = tuple(VrijeStart(stand.nu + timedelta(days=n), stand.nu + timedelta(days=n)) for n in (7, 14))
    vak.bellijst.show_rijen(
        [
            TeBellen(
                b, None, "Er is dan geen balie meer vrij.", later=tijden, zeg="Uw afspraak kan niet doorgaan."
            )
            for b in komen
        ],
        stand.datum,
    )
    assert vak.bellijst.rijen.isVisible()


def leave_vanavond(venster: Werkvenster) -> None:
    if venster.venster.vanavond.erbij.is_open:
        venster.press(Qt.Key.Key_Escape, venster.venster.vanavond.erbij.avondpapier.verslag)
    if venster.venster.vanavond.is_open and venster.venster.vanavond.scherm is not None:
        venster.venster.vanavond.scherm.close_zonder()
        venster.venster.vanavond.scherm.show_mijn()
        venster.venster.vanavond.toggle()


def open_meldingen(venster: Werkvenster, toestand: str) -> None:
    """De late meldingen, een bericht aan de melder, of een nieuwe melding met wat er al is gemeld."""
    meldingen = venster.venster.meldingen
    if toestand == "melding maken":
        meldingen.open_nieuw()
        nieuw = meldingen.nieuw
        assert nieuw is not None
        venster.type("Er ligt een losse stoeptegel", nieuw.tekst)
        wait_until(lambda: not nieuw.soort.lijst.isHidden())
        nieuw.maak.click()
        return
    meldingen.open("te_laat")
    scherm = meldingen.scherm
    assert scherm is not None
    wait_until(lambda: scherm.detail.beeld is not None)
    if toestand == "melding laten weten":
        scherm.detail.gevraagd.emit(LAAT_WETEN)
    elif toestand == "melding bericht":
        scherm.detail.gevraagd.emit(BERICHT)
        wait_until(lambda: not scherm.stuur.voorbeeld.isHidden())


def leave_meldingen(venster: Werkvenster) -> None:
    meldingen = venster.venster.meldingen
    if meldingen.hulp:
        if meldingen.nieuw is not None:
            meldingen.nieuw.tekst.clear()
        if meldingen.scherm is not None:
            meldingen.scherm.clear()
            meldingen.scherm.gesloten.emit()
        elif meldingen.nieuw is not None:
            meldingen.nieuw.gesloten.emit()


def open_contact(venster: Werkvenster, centrale: Centrale, toestand: str) -> None:
    """Een contact in de strook, naast de klant."""
    venster.open(centrale.persoon("gewoon")["bsn"], Herkomst.BSN)
    venster.wait_compleet()
    venster.wait_rust()
    strook, gesprekken = venster.venster.contacten.strook, venster.venster.contacten.gesprekken
    assert strook is not None
    assert gesprekken is not None
    venster.acties.naar_notitie.trigger()
    venster.type("Belt over een vergunning.", strook.vorm.notitie)
    venster.acties.nieuw_adres.trigger()
    venster.type("0612345678", strook.vorm.adressen.veld)
    venster.press(Qt.Key.Key_Return, strook.vorm.adressen.veld)
    if toestand == "terugbelverzoek":
        venster.acties.terugbelverzoek.trigger()
        venster.type("Wanneer is het klaar?", strook.terugbel.vraag)
    elif toestand == "belofte":
        venster.venster.contacten.open_belofte(over_afspraak("2026-00041"))
    elif toestand == "inkomend":
        venster.venster.contacten.inkomend.receive("06 12 34 56 78")
    elif toestand == "andere klant":
        venster.open(centrale.persoon("zwaar")["bsn"], Herkomst.BSN)
        venster.wait_compleet()
    elif toestand == "alleen kijken":
        venster.acties.alleen_kijken.trigger()
    elif toestand == "nog niet verstuurd":
        centrale.storing("klantinteracties", "fout:503")
        venster.acties.contact_afronden.trigger()
        wait_until(lambda: gesprekken.stand.wachtend == 1)
        venster.acties.outbox.trigger()
        wait_until(lambda: open_outbox(venster) == 1)


def open_outbox(venster: Werkvenster) -> int:
    scherm = venster.venster.outbox.scherm
    return scherm.lijst.rijen.rowCount() if scherm is not None else 0


def leave_contact(venster: Werkvenster) -> None:
    """Geen contact meer, en de strook weer zoals zij was."""
    strook, gesprekken = venster.venster.contacten.strook, venster.venster.contacten.gesprekken
    assert strook is not None
    assert gesprekken is not None
    if open_outbox(venster):
        gesprekken.undo()
        wait_until(lambda: gesprekken.stand.wachtend == 0 and gesprekken.concepten != ())
        venster.venster.outbox.close()
    for concept in gesprekken.concepten:
        gesprekken.remove(concept.uuid)
    venster.venster.contacten.inkomend.close_regel()
    strook.kijkvak.hide()
    strook.klaar.stop()


def open_tijden(venster: Werkvenster) -> BoekScherm:
    """Open het boekscherm op een product waarvoor de agenda van de demonstratie plaats heeft."""
    venster.acties.afspraak_maken.trigger()
    boek = venster.venster.afspraken.boek
    assert boek is not None
    venster.type("paspoort", boek.wens.product)
    venster.press(Qt.Key.Key_Return, boek.wens.product)
    wait_until(lambda: boek.tijden.lijst.isVisible() and not boek.verloop.is_onderweg("zoeken"))
    return boek


def hold_eerste(venster: Werkvenster) -> None:
    boek = open_tijden(venster)
    boek.tijden.lijst.choose_nummer(1)
    wait_until(lambda: boek.verloop.fase is Fase.VAST)
    wait_until(lambda: not boek.verloop.is_onderweg("vervolg") and not boek.verloop.is_onderweg("script"))


def leave_boeken(venster: Werkvenster) -> None:
    boek = venster.venster.afspraken.boek
    if boek is not None and boek.isVisible():
        boek.release()
        boek.open(None)  # de volgende keer weer met een lege wens
        boek.leave()


def open_terugbellen(venster: Werkvenster, toestand: str) -> None:
    """De werklijst van iedereen, met het dringendste verzoek ernaast of eronder."""
    venster.acties.terugbellen.trigger()
    scherm = venster.venster.terugbellen.scherm
    assert scherm is not None
    scherm.keuzes[Wiens.ALLE].click()
    wait_until(lambda: (rij := scherm.model.rij(0)) is not None and rij.beller is not None)
    if toestand == "verzoek klaar":
        scherm.gevraagd.emit("klaar")
    elif toestand == "verzoek bericht":
        scherm.gevraagd.emit("bericht")
        vak = scherm.kaart.bericht
        assert vak is not None
        wait_until(lambda: not vak.voorbeeld.isHidden())


def leave_terugbellen(venster: Werkvenster) -> None:
    scherm = venster.venster.terugbellen.scherm
    if scherm is not None and venster.venster.terugbellen.is_open:
        scherm.kaart.close_panelen()
        venster.venster.terugbellen.close_scherm()


def open_herstel(venster: Werkvenster) -> None:
    """Het bestand van de werkplek is kapot; er zijn twee reservekopieën."""
    herstel = venster.venster.herstel
    vak = herstel._make_vak()
    venster.venster._midden.setCurrentWidget(vak)
    nu = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    kopieen = tuple(Kopie(f"kopie-{nummer}", nu, 3, 1) for nummer in range(2))
    vak.show_stand(Herstelstand(kopieen, 2), "Het bestand is beschadigd.", nu.date())


def open_beheer(venster: Werkvenster, toestand: str) -> None:
    """Open een deel van het beheer, met wat een beheerder daar ziet."""
    venster.acties.avonden.trigger()
    scherm = venster.venster.beheer.scherm
    assert scherm is not None
    wait_until(lambda: scherm.verloop.huidig is not None)
    if toestand in scherm.onderdelen:
        scherm.show_deel(toestand, focus=True)
        assert scherm.onderdelen[toestand].select(lambda deel: True)
        return
    avond = next(stand.datum for stand in scherm.verloop.huidig.avonden if stand.overzicht.rooster_ingevuld)  # type: ignore[union-attr]  # net gewacht
    scherm.maand.select(avond)
    wait_until(lambda: scherm.avond.detail is not None)
    if toestand == "rooster":
        scherm.open_rooster(avond)
    elif toestand == "sluiten":
        scherm.avond.sluit.emit(avond, "Stroomstoring in het gemeentehuis")
        wait_until(lambda: scherm.stapel.currentWidget() is scherm.gevolgen)
    elif toestand == "te verzetten":
        scherm.show_deel("verzet", focus=True)
    elif toestand == "wijzigingen":
        scherm.show_deel("wijzigingen", focus=True)
        wait_until(lambda: scherm.wijzigingen.lijst is not None)


def leave_beheer(venster: Werkvenster) -> None:
    beheer = venster.venster.beheer
    if beheer.is_open and beheer.scherm is not None:
        if beheer.scherm.stapel.currentWidget() is beheer.scherm.gevolgen:
            beheer.scherm.gevolgen.terug.emit()
        beheer.scherm.show_deel("maand")
        beheer.toggle()


def breng_in(toestand: str, venster: Werkvenster, centrale: Centrale) -> None:
    """Zet het venster in een toestand zoals die op een werkdag voorkomt, en wacht tot er niets meer bij komt.

    Wat nog onderweg is, zet later knoppen neer: dan telt een ronde met Tab heen andere dan terug.
    """
    _breng_in(toestand, venster, centrale)
    venster.wait_rust()


def _breng_in(toestand: str, venster: Werkvenster, centrale: Centrale) -> None:
    persoon = centrale.persoon("gewoon")
    if toestand == "begin":
        return
    if toestand == "zoeken":
        venster.type(centrale.voorbeelden["gewoon"]["telefoon"])
        venster.press(Qt.Key.Key_Return)
        wait_until(lambda: not venster.venster.zoeker.is_bezig)
        return
    if toestand in BOEKEN:
        hold_eerste(venster) if toestand == "vastgezet" else open_tijden(venster)
        return
    if toestand in AANMELDEN:
        open_aanmelden(venster, toestand)
        return
    if toestand in BEHEER:
        open_beheer(venster, toestand)
        return
    if toestand == GOED_NIEUWS:
        open_goed_nieuws(venster)
        return
    if toestand in VANAVOND:
        open_vanavond(venster, toestand)
        return
    if toestand in MELDINGEN:
        open_meldingen(venster, toestand)
        return
    if toestand == HERSTEL:
        open_herstel(venster)
        return
    if toestand in TERUGBELLEN:
        open_terugbellen(venster, toestand)
        return
    if toestand in CONTACT:
        open_contact(venster, centrale, toestand)
        return
    if toestand == "storing":
        centrale.storing("zaken", "fout:503")
        centrale.storing("klantinteracties", "html")
    venster.open(persoon["bsn"], Herkomst.TELEFOON if toestand == "ongecontroleerd" else Herkomst.BSN)
    venster.wait_compleet()
    venster.wait_rust()  # meldingen komen na het klantbeeld, en zouden er midden in een rondgang bij komen
    if toestand == "ongecontroleerd":
        venster.acties.controleer.trigger()
    elif toestand == "detail":
        lijst = venster.find("Open zaken", QAbstractItemView)
        assert isinstance(lijst, QAbstractItemView)
        lijst.setCurrentIndex(lijst.model().index(0, 0))
        venster.press(Qt.Key.Key_Return, lijst)
    elif toestand == "hulp":
        venster.acties.hulp.trigger()
    elif toestand == "palet":
        venster.acties.palet.trigger()
    elif toestand == "afgedekt":
        venster.acties.afdekken.trigger()


def vensters() -> list[QWidget]:
    return [
        w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() != Qt.WindowType.ToolTip
    ]


def naam_van(deel: QAccessibleInterface) -> str:
    return deel.text(QAccessible.Text.Name).strip()


@dataclass
class Rondgang:
    """Wat één ronde door alle toestanden opleverde: klachten per onderwerp, en hoeveel er is bekeken."""

    klachten: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    gezien: Counter[str] = field(default_factory=Counter)
    geslaagd: bool = False


_RONDGANG: list[Rondgang] = []
"""De eerste test die ernaar vraagt, loopt de ronde: een toestand klaarzetten kost meer dan ernaar kijken."""


@pytest.fixture
def rondgang(request: pytest.FixtureRequest, centrale: Centrale) -> Rondgang:
    """In elke toestand kijkt elk onderwerp, eerst wie alleen kijkt en dan wie de focus verzet."""
    if not _RONDGANG:
        rond = Rondgang()
        _RONDGANG.append(rond)
        loop_rond(rond, request.getfixturevalue("venster"), centrale)
        rond.geslaagd = True
    assert _RONDGANG[0].geslaagd, "de ronde zelf kwam niet af; zie de eerste test die haar liep"
    return _RONDGANG[0]


def loop_rond(rond: Rondgang, venster: Werkvenster, centrale: Centrale) -> None:
    for toestand in TOESTANDEN:
        breng_in(toestand, venster, centrale)
        for onderwerp, (toestanden, kijk) in KIJKERS.items():
            if toestand in toestanden:
                rond.klachten[onderwerp] += [f"{toestand}: {klacht}" for klacht in kijk(venster, rond)]
        zet_terug(venster, centrale)


@pytest.mark.parametrize("onderwerp", ["namen", "uniek", "contrast", "grootte", "tab", "volgorde"])
def test_in_elke_toestand_klopt(onderwerp: str, rondgang: Rondgang) -> None:
    """`namen`: wat focus kan krijgen, heeft een naam. `uniek`: geen twee knoppen of velden met één naam.
    `contrast`: tekst is te lezen (licht). `grootte`: wat men aanklikt is 24 bij 24. `tab`: loopt rond en
    terug zonder val. `volgorde`: Tab volgt de leesrichting."""
    assert not (klachten := rondgang.klachten[onderwerp]), "\n".join(klachten)
    assert rondgang.gezien[onderwerp] > {"namen": 100, "contrast": 60}.get(onderwerp, 20)


def kijk_naar_namen(_venster: Werkvenster, rond: Rondgang) -> list[str]:
    naamloos = []
    for wortel in vensters():
        for deel in loop_boom(wortel):
            stand = deel.state()
            if stand.focusable and not stand.invisible and not stand.disabled:  # type: ignore[attr-defined]  # bitveld
                rond.gezien["namen"] += 1
                if not naam_van(deel):
                    naamloos.append(f"{deel.role()} {deel.object()}")
    return naamloos


def kijk_naar_dubbele_namen(venster: Werkvenster, rond: Rondgang) -> list[str]:
    gezien: Counter[tuple[str, str]] = Counter()
    for deel in loop_boom(venster.venster):
        stand = deel.state()
        if stand.focusable and not stand.invisible and isinstance(deel.object(), QAbstractButton | QLineEdit):  # type: ignore[attr-defined]  # bitveld
            gezien[naam_van(deel), str(deel.role())] += 1
    rond.gezien["uniek"] += gezien.total()
    return [f"{keer}x {naam!r}" for (naam, _), keer in gezien.items() if keer > 1]


def kijk_naar_tab(venster: Werkvenster, rond: Rondgang) -> list[str]:
    top = QApplication.activeWindow() or venster.venster
    heen = loop_met_tab(top, Qt.Key.Key_Tab)
    terug = loop_met_tab(top, Qt.Key.Key_Backtab)
    rond.gezien["tab"] += len(heen)
    klachten = []
    if len(heen) != len(set(map(id, heen))):
        klachten.append("Tab komt ergens twee keer langs")
    paneel = venster.venster.paneel
    verschil = {
        id(w): w
        for w in (*heen, *terug)
        if (w in heen) != (w in terug) and w.isVisible() and not paneel.isAncestorOf(w)
    }
    # Een paneel dat dichtgaat als de focus eruit gaat, is er op de terugweg niet meer.
    klachten += [f"alleen in één richting: {w.accessibleName()!r}" for w in verschil.values()]
    if len(heen) < 2 and not venster.venster.afdekking.is_afgedekt:
        klachten.append("er is niets om heen te lopen")
    return klachten


def loop_met_tab(top: QWidget, toets: Qt.Key) -> list[QWidget]:
    """De widgets die achtereenvolgens de focus krijgen, tot de eerste terug is.

    Een paneel dat dichtgaat als de focus eruit gaat, is geen val: dan is de ronde bij het volgende widget.
    """
    if QApplication.focusWidget() is None:
        QTest.keyClick(top, Qt.Key.Key_Tab)
    begin = QApplication.focusWidget()
    assert begin is not None
    langs = [begin]
    for _ in range(120):
        QTest.keyClick(QApplication.focusWidget() or top, toets)
        nu = QApplication.focusWidget()
        assert nu is not None, f"na {langs[-1].accessibleName()} is de focus weg"
        if not begin.isVisible():
            begin, langs = nu, []
        elif nu is begin:
            return langs
        assert not langs or nu is not langs[-1] or len(langs) == 1, (
            f"Tab blijft hangen op {nu.accessibleName()}"
        )
        if langs and nu is langs[-1]:
            return langs  # er is hier maar één ding om op te staan
        langs.append(nu)
    raise AssertionError("Tab komt niet terug: " + ", ".join(w.accessibleName() for w in langs[-10:]))


def kijk_naar_volgorde(venster: Werkvenster, rond: Rondgang) -> list[str]:
    venster.venster.zoekveld.setFocus()
    langs = loop_met_tab(venster.venster, Qt.Key.Key_Tab)
    rond.gezien["volgorde"] += len(langs)
    sprongen = []
    for eerder, later in pairwise(langs):
        boven, onder = plaats(eerder, venster.venster), plaats(later, venster.venster)
        if onder.bottom() < boven.top() and onder.left() <= boven.left():
            sprongen.append(f"{eerder.accessibleName()!r} → {later.accessibleName()!r}")
    return sprongen if len(sprongen) > 2 else []  # naar boven zonder een kolom op te schuiven


def zichtbaar(widget: QWidget, top: QWidget) -> QRect:
    """Het deel dat er te zien is: wat onder de rand van een scrollvlak valt, is geen tekst in beeld."""
    vlak = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(top, vlak.topLeft()), vlak.size())


def is_bedekt(widget: QWidget, top: QWidget) -> bool:
    """Ligt er iets half overheen, zoals het zoekpaneel? Dan is er geen hele letter te meten."""
    vlak = zichtbaar(widget, top).adjusted(1, 1, -1, -1)
    for punt in (vlak.topLeft(), vlak.topRight(), vlak.bottomLeft(), vlak.bottomRight()):
        boven = top.childAt(punt)
        if boven is not None and boven is not widget and not boven.isAncestorOf(widget):
            return True
    return False


def plaats(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def kijk_naar_contrast(_venster: Werkvenster, rond: Rondgang) -> list[str]:
    """Gemeten in het beeld zelf: de achtergrond van elk label tegen zijn verste kleur."""
    zwak = []
    for top in vensters():
        beeld = top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for label in top.findChildren(QLabel):
            if label.isVisible() and label.text().strip() and label.isEnabled() and not is_bedekt(label, top):
                contrast = meet_contrast(beeld, zichtbaar(label, top), beeld.devicePixelRatio())
                rond.gezien["contrast"] += contrast is not None
                if contrast is not None and contrast < 4.5:
                    zwak.append(f"{contrast:.1f} {label.text()[:40]!r}")
    return zwak


def test_tekst_heeft_ook_donker_genoeg_contrast(venster: Werkvenster, centrale: Centrale) -> None:
    venster.thema.set_keuze("donker")
    rond = Rondgang()
    klachten = ronde(venster, centrale, TOESTANDEN, lambda: kijk_naar_contrast(venster, rond))
    assert not klachten, "\n".join(klachten)
    assert rond.gezien["contrast"] > 60


def meet_contrast(beeld: QImage, vlak: QRect, schaal: float) -> float | None:
    """Het contrast tussen de meest voorkomende kleur en de kleur die daar het verst van af ligt."""
    vlak = QRect(vlak.topLeft() * schaal, vlak.size() * schaal) & beeld.rect()
    if vlak.width() < 6 or vlak.height() < 6:
        return None
    deel = beeld.copy(vlak)  # moet blijven bestaan zolang zijn geheugen wordt gelezen
    aantal = Counter(memoryview(bytes(deel.constBits())).cast("I"))
    achtergrond = max(aantal, key=lambda kleur: aantal[kleur])
    verste = max(contrast_van(achtergrond, kleur) for kleur in aantal)
    return None if verste < 1.05 else verste


def contrast_van(een: int, ander: int) -> float:
    """De contrastverhouding van WCAG 2 tussen twee kleuren."""
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


@cache
def helderheid(kleur: int) -> float:
    delen = [((kleur >> plek) & 0xFF) / 255 for plek in (16, 8, 0)]
    rechte = [deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen]
    return 0.2126 * rechte[0] + 0.7152 * rechte[1] + 0.0722 * rechte[2]


def test_de_contrastmeter_herkent_te_lichte_tekst(qtbot: QtBot) -> None:
    label = QLabel("Te lichte tekst")
    label.setStyleSheet("color: #999999; background: #ffffff")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    beeld = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    gemeten = meet_contrast(beeld, label.rect(), beeld.devicePixelRatio())
    assert gemeten is not None
    assert 2.0 < gemeten < 3.2


def kijk_naar_grootte(venster: Werkvenster, rond: Rondgang) -> list[str]:
    knoppen = [
        knop
        for knop in venster.venster.findChildren(QAbstractButton)
        # Het kruisje in een invoerveld is van Qt en heeft een gelijke met toetsen.
        if knop.isVisible() and knop.isEnabled() and (knop.text() or knop.accessibleName())
    ]
    rond.gezien["grootte"] += len(knoppen)
    return [
        f"{knop.text()!r} {knop.accessibleName()!r} {knop.width()}x{knop.height()}"
        for knop in knoppen
        if min(knop.width(), knop.height()) < 24
    ]


@pytest.mark.parametrize("maat", [(1366, 768), (683, 384), (1920, 1080)])
def test_alle_knoppen_vallen_binnen_het_venster(
    maat: tuple[int, int], venster: Werkvenster, centrale: Centrale
) -> None:
    """683×384 is 1366×768 op 200 %."""
    venster.venster.resize(*maat)
    venster.open(centrale.persoon("langeNaam")["bsn"])
    venster.wait_compleet()
    assert (venster.venster.width(), venster.venster.height()) == maat, (
        "de inhoud duwt het venster niet groter"
    )
    binnen = venster.venster.rect()
    for knop in venster.venster.findChildren(QAbstractButton):
        if knop.isVisible() and not knop.visibleRegion().isEmpty():
            assert binnen.contains(plaats(knop, venster.venster).center()), knop.text()


@pytest.mark.parametrize(("maat", "vergroting"), [((1366, 768), 1.0), ((683, 384), 1.0), ((1366, 768), 2.0)])
def test_in_het_beheer_valt_geen_tekst_weg(
    maat: tuple[int, int], vergroting: float, venster: Werkvenster, centrale: Centrale
) -> None:
    """683×384 is 1366×768 op 200 %; met een vergroting van 2 zijn alleen de letters dubbel zo groot."""
    venster.thema.set_vergroting(vergroting)
    try:
        venster.venster.resize(*maat)
        settle()

        def kijk() -> list[str]:
            scherm = venster.venster.beheer.scherm
            assert scherm is not None
            assert (venster.venster.width(), venster.venster.height()) == maat
            return [klacht for widget in scherm.findChildren(QWidget) if (klacht := weggevallen(widget))]

        klachten = ronde(venster, centrale, BEHEER, kijk)
    finally:
        venster.thema.set_vergroting(1.0)
    assert not klachten, "\n".join(klachten)


def weggevallen(widget: QWidget) -> str:
    """Wat er van deze tekst niet te lezen is, ook niet door te scrollen; leeg als alles er staat."""
    if not widget.isVisible():
        return ""
    if isinstance(widget, QAbstractButton) and widget.text():
        nodig = widget.minimumSizeHint()
        if widget.width() < nodig.width() or widget.height() < nodig.height():
            return f"knop {widget.text()!r} {widget.width()}x{widget.height()}, nodig {nodig.toTuple()}"
    if isinstance(widget, Tekst) and widget.text().strip():
        nodig_hoog = widget.heightForWidth(widget.width())
        if widget.height() < nodig_hoog:
            return f"tekst {widget.text()[:40]!r} {widget.height()} hoog, nodig {nodig_hoog}"
    return ""


_GEVULD = (
    *VANAVOND,
    GOED_NIEUWS,
    "klant",
    "ongecontroleerd",
    "storing",
    "detail",
    *TERUGBELLEN,
    *CONTACT,
    *BOEKEN,
    *BEHEER,
    *MELDINGEN,
    *AANMELDEN,
)
KIJKERS: dict[str, tuple[tuple[str, ...], Callable[[Werkvenster, Rondgang], list[str]]]] = {
    "namen": (TOESTANDEN, kijk_naar_namen),
    "uniek": (_GEVULD, kijk_naar_dubbele_namen),
    "contrast": (TOESTANDEN, kijk_naar_contrast),
    "grootte": ((*TOESTANDEN[:9], *BEHEER, *VANAVOND, *MELDINGEN, *AANMELDEN), kijk_naar_grootte),
    "tab": (TOESTANDEN, kijk_naar_tab),
    "volgorde": (("begin", *_GEVULD), kijk_naar_volgorde),
}
