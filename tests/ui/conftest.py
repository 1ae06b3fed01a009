"""Voor elke test van het scherm: het echte thema, nepregisters, en een venster dat netjes weer weggaat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.concept import Actorsoort, Afdeling
from frontoffice.domain.klant import Partij, Persoon
from frontoffice.domain.normen import GEWOON
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.registratiepoort import Herstelstand, WinkelFout
from frontoffice.services.contacten import Contactdiensten
from frontoffice.services.instellingen import Instellingen as ServiceInstellingen
from frontoffice.services.klantbeeld import KlantbeeldDienst
from frontoffice.services.registreren import Registreerdienst, Registreerinstellingen
from frontoffice.services.taakwijzigen import Actorzoeker, Taakloper, Taakschrijver
from frontoffice.services.terugbellen import Terugbeldienst
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.services.vandaag import Deelnaam, Lader, Vandaagdienst
from frontoffice.services.verzenden import Loper, Tempo, Verzenddienst
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.uitvoeren import Uitvoerder
from tests.achtergronden import close_achtergrond
from tests.bouwers import maak_bedrijf, maak_partij, maak_persoon
from tests.nep import NepBedrijven, NepKlantinteracties, NepKlok, NepLogboek, NepPersonen, NepZaken
from tests.nep_berichten import NepBerichten
from tests.nep_registratie import NepRegister, NepWinkel
from tests.nep_taken import NepTaken
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.hoofdvenster import Hoofdvenster
from ui.instellingen import Instellingen
from ui.thema import Thema

REGISTREREN = Registreerinstellingen(
    "s.bos@losser.example",
    "S. Bos",
    ("telefoon", "balie", "e-mail"),
    "telefoon",
    onderwerpen=("Openingstijden", "Afval"),
    afdelingen=(Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken", "Enschede"),),
)
# Zonder scherm kan Qt een venster geen maat opleggen of naar voren halen, en zegt dat als waarschuwing.
_RUIS = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    hier = Path(__file__).parent
    for item in items:
        if hier in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_RUIS, extend=True))


@pytest.fixture(scope="session")
def thema(qapp: QApplication) -> Thema:
    """Eén thema voor alle tests: het programma heeft er ook maar een."""
    thema = Thema("licht")
    thema.apply(qapp)
    return thema


@pytest.fixture
def acties(thema: Thema) -> Acties:
    return Acties(thema)


@pytest.fixture
def achtergrond() -> Iterator[Achtergrond]:
    achtergrond = Achtergrond()
    yield achtergrond
    close_achtergrond(achtergrond)


@pytest.fixture(autouse=True)
def geen_dialogen(qapp: QApplication) -> Iterator[None]:
    """Na elke test mag er geen dialoog open staan of zijn blijven hangen."""
    yield
    dialogen = [w for w in qapp.topLevelWidgets() if isinstance(w, QDialog | QMessageBox)]
    assert not dialogen, f"dialoog blijft staan: {dialogen}"


class NepHerstel:
    """Er is geen reservekopie en niets te redden: alleen leeg beginnen of niets bewaren kan."""

    def load_stand(self) -> Herstelstand | None:
        return Herstelstand((), 0)

    def restore_backup(self, naam: str) -> None:
        raise WinkelFout("Deze reservekopie is er niet.", code="winkel_kapot")

    def start_leeg(self) -> None:
        """Er is niets om weg te doen."""

    def work_zitting(self) -> None:
        """Wie dit kiest, zet `alleen_deze_zitting` zelf."""


@dataclass
class Wereld:
    """Nepregisters met services erop; een test zet er personen en partijen in."""

    klantinteracties: NepKlantinteracties = field(default_factory=NepKlantinteracties)
    zaken: NepZaken = field(default_factory=NepZaken)
    personen: NepPersonen = field(default_factory=NepPersonen)
    bedrijven: NepBedrijven = field(default_factory=NepBedrijven)
    logboek: NepLogboek = field(default_factory=NepLogboek)
    werkplek: str = "telefoon"
    demo: bool = True
    voorbeelden: tuple[tuple[str, str], ...] = ()
    agenda: Any = None
    agenda_uit: str = ""
    afspraken: Any = None
    agenda_alleen_deze_pc: bool = False
    winkel: NepWinkel = field(default_factory=NepWinkel)
    register: NepRegister = field(default_factory=NepRegister)
    klok: NepKlok = field(default_factory=NepKlok)
    vandaag: dict[Deelnaam, Lader] = field(default_factory=dict)
    berichten: NepBerichten | None = None
    bel_met_pc: bool = False

    def __post_init__(self) -> None:
        self.taken = NepTaken(self.register)

    def build(self) -> Any:
        """Diensten zoals de samenstelling ze bouwt, maar met nepregisters."""
        instellingen = ServiceInstellingen(
            bevoegdheid=Bevoegdheid(("*",), Vertrouwelijkheid.zaakvertrouwelijk), wacht_op_inwoner=frozenset()
        )
        self.uitvoerder = Uitvoerder()
        if self.berichten is not None:
            self.berichten.set_registers(self.personen, self.taken, self.logboek)
        delen: dict[str, Any] = {
            "klantinteracties": self.klantinteracties,
            "zaken": self.zaken,
            "personen": self.personen,
            "bedrijven": self.bedrijven,
            "logboek": self.logboek,
            "klok": self.klok,
            "uitvoerder": self.uitvoerder,
            "instellingen": instellingen,
        }
        profiel = SimpleNamespace(
            gemeente=SimpleNamespace(demo=self.demo, naam="Losser"),
            werkplek=SimpleNamespace(soort=self.werkplek, afdekken_na_minuten=5, bel_met_pc=self.bel_met_pc),
            medewerker=SimpleNamespace(naam="S. Bos"),
            logboek=None,
            meldingen=None,
            registratie=SimpleNamespace(alleen_kijken_redenen=("Vraag van een collega", "Voorbereiden")),
        )
        return SimpleNamespace(
            profiel=profiel,
            zoeken=Zoekdienst(**delen),
            klantbeeld=KlantbeeldDienst(**delen, afspraken=self.afspraken),
            voorbeelden=self.voorbeelden,
            agenda=self.agenda,
            agenda_uit=self.agenda_uit,
            agenda_alleen_deze_pc=self.agenda_alleen_deze_pc,
            klok=self.klok,
            logboek=self.logboek,
            alleen_deze_zitting=False,
            op_gedeeld_account=False,
            registreerinstellingen=REGISTREREN,
            contacten=self._build_contacten(),
            terugbellen=self._build_terugbellen(),
            herstel=NepHerstel(),
            vandaag=Vandaagdienst(self.klok, laders=self.vandaag),
            berichten=self.berichten or NepBerichten(self.winkel, self.klok),
            # Wie zo lang duurt dat het venster dit vraagt, hoort dat er niets wacht.
            catch_up_avond=lambda: 0,
        )

    def _build_terugbellen(self) -> Terugbeldienst:
        lijst = Terugbellijst(
            self.taken,
            self.klantinteracties,
            self.logboek,
            self.klok,
            self.uitvoerder,
            medewerker=REGISTREREN.medewerker,
            afdelingen=("burgerzaken",),
            normen=GEWOON,
            bevoegdheid=Bevoegdheid(frozenset({"*"}), Vertrouwelijkheid.zaakvertrouwelijk),
        )
        return Terugbeldienst(lijst, lambda: self.winkel, self.klok, REGISTREREN)

    def _build_contacten(self) -> Contactdiensten:
        return Contactdiensten(
            self.winkel,
            self.register,
            Registreerdienst(self.winkel, self.klok, REGISTREREN),
            Verzenddienst(
                self.winkel,
                self.register,
                self.klok,
                self.uitvoerder,
                houder="venster",
                per_seconde=10_000,
                make_lopers=self._make_lopers,
                make_taakschrijver=lambda tempo: Taakschrijver(self.taken, tempo, rust=0.0),
            ),
        )

    def _make_lopers(self, tempo: Tempo) -> dict[str, Loper]:
        schrijver = Taakschrijver(self.taken, tempo, rust=0.0)
        zoeker = Actorzoeker(self.winkel, self.register, schrijver.wait)
        lopers: dict[str, Loper] = {
            "taak": Taakloper(self.winkel, self.taken, schrijver, self.uitvoerder, zoeker)
        }
        if self.berichten is not None:
            lopers["bericht"] = self.berichten.loper
        return lopers

    @property
    def vragen(self) -> list[str]:
        """Alle vragen die een register kreeg."""
        registers = (self.klantinteracties, self.zaken, self.personen, self.bedrijven)
        return [vraag for register in registers for vraag in register.aanroepen]

    def add_inwoner(self, persoon: Persoon | None = None, partij: Partij | None = None) -> None:
        self.personen.personen.append(persoon or maak_persoon())
        self.klantinteracties.partijen.append(partij or maak_partij())


@pytest.fixture
def wereld() -> Iterator[Wereld]:
    wereld = Wereld()
    wereld.add_inwoner()
    wereld.bedrijven.bedrijven.append(maak_bedrijf())
    yield wereld
    if hasattr(wereld, "uitvoerder"):
        wereld.uitvoerder.close()


MaakVenster = Callable[..., Hoofdvenster]


@pytest.fixture
def maak_venster(
    qtbot: QtBot, thema: Thema, acties: Acties, achtergrond: Achtergrond, eigen_omgeving: Path
) -> Iterator[MaakVenster]:
    """Maakt een getoond hoofdvenster; `diensten` mag None zijn. Sluit het na de test."""
    vensters: list[QObject] = []

    def build(diensten: Any = None) -> Hoofdvenster:
        venster = Hoofdvenster(diensten, acties, thema, achtergrond, Instellingen(eigen_omgeving))
        vensters.append(venster)
        thema.dress(venster)
        venster.resize(1280, 720)
        venster.show()
        qtbot.waitExposed(venster)
        venster.activateWindow()
        qtbot.waitUntil(venster.isActiveWindow)
        return venster

    yield build
    for venster in vensters:
        assert isinstance(venster, Hoofdvenster)
        venster.afdekking.uncover()
        venster.close()
        venster.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def venster(maak_venster: MaakVenster, wereld: Wereld) -> Hoofdvenster:
    """Het hoofdvenster met werkende services op nepregisters."""
    return maak_venster(wereld.build())
