"""Hulp in een eigen venster: onderwerpen uit resources/hulp, de sneltoetsen en gegevens over het programma.

Werkt zonder netwerk en toont alleen gewone tekst. Bevat nooit iets over een klant.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.versie import VERSIE
from ui import klembord
from ui.acties import MENUS, Acties, gewone_tekst, toets_tekst
from ui.bouwstenen import Band, Knop
from ui.rijen import Rij, RijLijst
from ui.tekst import LeesTekst, Tekst
from ui.thema import BRONNEN, Thema

SNELTOETSEN, OVER = "sneltoetsen", "over"
# Toetsen die bij een veld of lijst horen en dus geen handeling van het venster zijn.
_VASTE_TOETSEN = (
    ("Enter", "Zoek, of open wat is aangewezen"),
    ("Pijl omhoog en omlaag", "Wijs een andere regel aan"),
    ("Ctrl+1 tot en met Ctrl+9", "Ga naar een ander contact, of kies een gevonden klant"),
    ("Esc", "Breek af, of ga een stap terug"),
    ("Tab en Shift+Tab", "Ga naar het volgende of vorige deel"),
)


@dataclass(frozen=True)
class Onderwerp:
    """Eén bladzijde hulp. `naam` is de bestandsnaam zonder volgnummer, zoals "zoeken"."""

    naam: str
    titel: str
    tekst: str


def load_onderwerpen(map_: Path = BRONNEN / "hulp") -> tuple[Onderwerp, ...]:
    """Alle onderwerpen op volgorde van bestandsnaam: eerste regel titel, daarna de tekst."""
    onderwerpen = []
    for pad in sorted(map_.glob("*.txt")):
        titel, _, tekst = pad.read_text(encoding="utf-8").partition("\n")
        onderwerpen.append(Onderwerp(pad.stem.split("-", 1)[-1], titel.strip(), tekst.strip()))
    return tuple(onderwerpen)


def build_sneltoetsen(acties: Acties) -> Onderwerp:
    """Alle toetsen op een rij, per menu."""
    regels: list[str] = []
    for menu in MENUS:
        regels += ["", menu]
        regels += [
            f"  {toets_tekst(actie)}: {gewone_tekst(actie)}"
            for gegevens, actie in acties
            if gegevens.menu == menu and gegevens.toets
        ]
    regels += ["", "Overal", *(f"  {toets}: {wat}" for toets, wat in _VASTE_TOETSEN)]
    return Onderwerp(SNELTOETSEN, "Sneltoetsen", "\n".join(regels).strip())


def build_diagnose(data_map: Path, thema: Thema) -> str:
    """Feiten over programma en pc voor de beheerder, zonder persoonsgegevens."""
    schermen = [
        f"{s.size().width()}×{s.size().height()} ({s.devicePixelRatio():g}×)"
        for s in QGuiApplication.screens()
    ]
    return "\n".join(
        (
            f"Klant in Focus {VERSIE}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
            f"Venstersysteem: {QGuiApplication.platformName()}",
            f"Schermen: {', '.join(schermen)}",
            f"Kleuren: {'donker' if thema.is_donker else 'licht'} ({thema.keuze})",
            f"Letters: {thema.vergroting:g}×",
            f"Map met gegevens: {data_map}",
        )
    )


class Hulpvenster(QWidget):
    """Links de onderwerpen met een zoekveld, rechts de tekst."""

    def __init__(self, acties: Acties, thema: Thema, data_map: Path, *, band: str = "") -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("Hulp bij Klant in Focus")
        self.setProperty("soort", "venster")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._acties = acties
        self._diagnose: Callable[[], str] = lambda: build_diagnose(data_map, thema)
        self._onderwerpen: tuple[Onderwerp, ...] = ()
        self.veld = QLineEdit()
        self.veld.setAccessibleName("Zoek in de hulp")
        self.veld.setPlaceholderText("Zoek in de hulp")
        self.veld.textEdited.connect(self._filter)
        self.lijst = RijLijst("Onderwerpen", thema)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._show_huidige())
        self.titel = Tekst(rol="kop1")
        self.tekst = LeesTekst(naam="Uitleg", kaal=True)
        self.kopieer = Knop("Kopieer diagnose", self._copy, uitleg="Zet deze gegevens op het klembord.")
        links, rechts = QVBoxLayout(), QVBoxLayout()
        links.setSpacing(2 * Thema.afstand)
        links.addWidget(self.veld)
        links.addWidget(self.lijst, 1)
        rechts.setSpacing(2 * Thema.afstand)
        rechts.addWidget(self.titel)
        rechts.addWidget(self.tekst, 1)
        rechts.addWidget(self.kopieer, 0, Qt.AlignmentFlag.AlignLeft)
        rij = QHBoxLayout()
        marge = 4 * Thema.afstand
        rij.setContentsMargins(marge, marge, marge, marge)
        rij.setSpacing(6 * Thema.afstand)
        rij.addLayout(links, 2)
        rij.addLayout(rechts, 4)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        if band:
            kolom.addWidget(Band(band, "demo"))
        kolom.addLayout(rij, 1)
        self.resize(860, 560)
        thema.dress(self)

    def open(self, naam: str) -> None:
        """Toon een onderwerp; een onbekende naam geeft het eerste."""
        self._onderwerpen = (
            *load_onderwerpen(),
            build_sneltoetsen(self._acties),
            Onderwerp(OVER, "Over Klant in Focus", self._build_over()),
        )
        self.veld.clear()
        self._filter("", naam)
        self.show()
        self.raise_()
        self.activateWindow()
        self.lijst.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _filter(self, tekst: str, naam: str = "") -> None:
        woorden = tekst.casefold().split()
        passend = [
            o for o in self._onderwerpen if all(w in f"{o.titel} {o.tekst}".casefold() for w in woorden)
        ]
        kies = next((i for i, onderwerp in enumerate(passend) if onderwerp.naam == naam), 0)
        self.lijst.set_rijen([Rij(onderwerp.titel, waarde=onderwerp) for onderwerp in passend], kies=kies)
        if not passend:
            self.titel.setText("Niets gevonden")
            self.tekst.set_tekst("Zoek op een ander woord.")

    def _show_huidige(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is not None and isinstance(rij.waarde, Onderwerp):
            self.titel.setText(rij.waarde.titel)
            self.tekst.set_tekst(rij.waarde.tekst)
            self.kopieer.setVisible(rij.waarde.naam == OVER)

    def _build_over(self) -> str:
        return (
            "Eén inwoner of bedrijf in beeld, uit de registers van de gemeente.\n\n"
            "Vrije software onder de EUPL, versie 1.2.\n"
            "De letter Open Sans valt onder de Apache-licentie, versie 2.0.\n\n"
            "Voor de beheerder\n" + self._diagnose()
        )

    def _copy(self) -> None:
        klembord.put(self._diagnose())
        self.kopieer.setText("Gekopieerd")
