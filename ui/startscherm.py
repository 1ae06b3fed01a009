"""Wat er staat als er geen klant open is: waarop men kan zoeken, en wie er deze dienst al is geopend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.klant import RecenteKlant
from ui.bouwstenen import Lijn, Scrollvlak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst
from ui.thema import Thema
from ui.zoeken.zoeker import recente_rijen

# Wat het zoekveld herkent, met een voorbeeld zoals iemand het zegt of plakt.
VOORBEELDEN = (
    ("Telefoonnummer", "06 12 34 56 78"),
    ("Naam en geboortedatum", "Jansen 1-12-1985"),
    ("Burgerservicenummer", "negen cijfers"),
    ("Postcode en huisnummer", "7581 AB 12"),
    ("E-mailadres", "naam@voorbeeld.nl"),
    ("Zaaknummer", "ZAAK-2026-0000000123"),
    ("KVK- of vestigingsnummer", "acht of twaalf cijfers"),
    ("Bedrijfsnaam", "Bakkerij Dinkelzicht"),
)
_SMAL = 760
_KOPPEN = {"telefoon": "Wie belt er?", "balie": "Wie staat er voor u?"}


class Startscherm(QWidget):
    """Leeg scherm met uitleg. `gekozen` draagt een RecenteKlant, `gezocht` een tekst om op te zoeken."""

    gekozen = Signal(object)
    gezocht = Signal(str)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._kop = Tekst(_KOPPEN["telefoon"], rol="kop1")
        self._recent = RijLijst("Recent geopend", thema)
        self._recent.gekozen.connect(self.gekozen)
        self._leeg = Tekst(
            "Hier komen de klanten die u opent. Als u het programma sluit, is deze lijst weer leeg.",
            rol="gedempt",
        )
        self._proberen = RijLijst("Proberen in de demonstratie", thema)
        self._proberen.gekozen.connect(lambda tekst: self.gezocht.emit(str(tekst)))
        self._probeerblok = QWidget()
        self._probeerblok.setLayout(self._build_proberen())
        links, rechts = QWidget(), QWidget()
        links.setLayout(self._build_voorbeelden())
        rechts.setLayout(self._build_recent())
        links.setMaximumWidth(560)
        rechts.setMaximumWidth(440)
        self._rij = QHBoxLayout()
        self._rij.setSpacing(12 * Thema.afstand)
        self._rij.addWidget(links, 5, Qt.AlignmentFlag.AlignTop)
        self._rij.addWidget(rechts, 4, Qt.AlignmentFlag.AlignTop)
        self._rij.addStretch(1)
        inhoud = QWidget()
        kolom = QVBoxLayout(inhoud)
        kolom.setContentsMargins(8 * Thema.afstand, 8 * Thema.afstand, 8 * Thema.afstand, 8 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(self._kop)
        kolom.addWidget(
            Tekst(
                "Typ bovenaan wat u weet en druk op Enter. Het programma herkent zelf wat het is.",
                rol="gedempt",
            )
        )
        kolom.addSpacing(6 * Thema.afstand)
        kolom.addLayout(self._rij)
        kolom.addStretch(1)
        buiten = QVBoxLayout(self)
        buiten.setContentsMargins(0, 0, 0, 0)
        buiten.addWidget(Scrollvlak(inhoud))
        self.set_recent(())
        self.set_voorbeelden(())

    def set_werkplek(self, soort: str) -> None:
        self._kop.setText(_KOPPEN.get(soort, _KOPPEN["telefoon"]))

    def set_recent(self, recent: Sequence[RecenteKlant]) -> None:
        self._recent.set_rijen(recente_rijen(tuple(recent)))
        self._recent.setVisible(bool(recent))
        self._recent.setFixedHeight(self._recent.gewenste_hoogte(360))
        self._leeg.setVisible(not recent)

    def set_voorbeelden(self, voorbeelden: Sequence[tuple[str, str]]) -> None:
        """Klanten om te proberen, als (wie het is, wat u typt); leeg buiten de demonstratie."""
        rijen = [Rij(wie, onder=tekst, icoon="zoek", waarde=tekst) for wie, tekst in voorbeelden]
        self._proberen.set_rijen(rijen)
        self._proberen.setFixedHeight(self._proberen.gewenste_hoogte(360))
        self._probeerblok.setVisible(bool(voorbeelden))

    def set_breedte(self, breedte: int) -> None:
        """Onder elkaar als er naast elkaar geen plaats is."""
        smal = breedte < _SMAL
        self._rij.setDirection(QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight)
        self._rij.setSpacing((6 if smal else 12) * Thema.afstand)

    def _build_voorbeelden(self) -> QVBoxLayout:
        rooster = QGridLayout()
        rooster.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        rooster.setHorizontalSpacing(6 * Thema.afstand)
        rooster.setVerticalSpacing(2 * Thema.afstand)
        rooster.setColumnStretch(1, 1)
        for plaats, (soort, voorbeeld) in enumerate(VOORBEELDEN):
            rooster.addWidget(Tekst(soort), plaats, 0)
            rooster.addWidget(Tekst(voorbeeld, rol="gedempt"), plaats, 1)
        return _build_blok("Hierop kunt u zoeken", rooster)

    def _build_recent(self) -> QVBoxLayout:
        kolom = QVBoxLayout()
        kolom.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        kolom.addWidget(self._leeg)
        kolom.addWidget(self._recent)
        blokken = QVBoxLayout()
        blokken.setContentsMargins(0, 0, 0, 0)
        blokken.setSpacing(6 * Thema.afstand)
        blokken.addWidget(self._probeerblok)
        blokken.addLayout(_build_blok("Recent geopend", kolom))
        return blokken

    def _build_proberen(self) -> QVBoxLayout:
        kolom = QVBoxLayout()
        kolom.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        kolom.addWidget(self._proberen)
        return _build_blok("Proberen in de demonstratie", kolom)


def _build_blok(kop: str, inhoud: QGridLayout | QVBoxLayout) -> QVBoxLayout:
    kolom = QVBoxLayout()
    kolom.setContentsMargins(0, 0, 0, 0)
    kolom.setSpacing(Thema.afstand)
    kolom.addWidget(Tekst(kop, rol="kop2"))
    kolom.addWidget(Lijn())
    kolom.addLayout(inhoud)
    return kolom
