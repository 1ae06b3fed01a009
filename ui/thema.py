"""Kleuren, letters en maten uit resources/thema, gemaakt tot één palet en één stijlblad.

De enige plek waar stijl ontstaat: andere bestanden zetten alleen eigenschappen (`rol`, `soort`).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import ClassVar, Literal, get_args
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.stijlblad import build_stijlblad

BRONNEN = Path(__file__).resolve().parent.parent / "resources"

Kleurnaam = Literal[
    "tekst", "tekst_zacht", "uit", "vlak", "vlak_verhoogd", "zweef", "lijn", "rand",
    "accent", "accent_zweef", "op_accent", "selectie", "gevaar", "gevaar_vlak",
    "let_op", "let_op_vlak", "goed", "goed_vlak", "demo", "demo_vlak", "focus",
]  # fmt: skip
Rol = Literal["gewoon", "nadruk", "kop1", "kop2", "klein", "gedempt", "fout", "let_op", "goed"]
Keuze = Literal["systeem", "licht", "donker"]

FAMILIE = "Open Sans"
# Voor schriften die Open Sans niet heeft; wat ontbreekt slaat Qt over.
TERUGVAL = ("Noto Sans", "Segoe UI", "Noto Sans Arabic", "Noto Sans Ethiopic", "DejaVu Sans")
# Punten en gewicht per rol, van groot naar klein.
LETTERS: dict[Rol, tuple[float, QFont.Weight]] = {
    "kop1": (15.0, QFont.Weight.DemiBold),
    "kop2": (10.0, QFont.Weight.DemiBold),
    "nadruk": (10.0, QFont.Weight.DemiBold),
    "gewoon": (10.0, QFont.Weight.Normal),
    "gedempt": (10.0, QFont.Weight.Normal),
    "fout": (10.0, QFont.Weight.Normal),
    "let_op": (10.0, QFont.Weight.Normal),
    "goed": (10.0, QFont.Weight.Normal),
    "klein": (9.0, QFont.Weight.Normal),
}
VERGROTINGEN = (0.9, 1.0, 1.15, 1.3, 1.5)
_ICOONMATEN = (16, 32, 48)


def load_kleuren(naam: str, *, meer_contrast: bool = False) -> dict[str, str]:
    """Kleuren van een thema ("licht" of "donker") als naam → "#rrggbb". Raises ValueError als er een mist."""
    with (BRONNEN / "thema" / f"{naam}.toml").open("rb") as bestand:
        gegevens = tomllib.load(bestand)
    kleuren: dict[str, str] = dict(gegevens["kleuren"])
    if meer_contrast:
        kleuren |= gegevens["meer_contrast"]
    verschil = set(kleuren) ^ set(get_args(Kleurnaam))
    if verschil:
        raise ValueError(f"thema {naam}: kleuren kloppen niet: {', '.join(sorted(verschil))}")
    return kleuren


class Thema(QObject):
    """De gekozen kleuren en letters. `gewijzigd` meldt een andere kleurstelling of lettergrootte.

    Volgt het systeem (licht, donker, meer contrast) zolang `keuze` "systeem" is.
    """

    gewijzigd = Signal()

    afstand: ClassVar[int] = 4  # het raster: marges en tussenruimten zijn een veelvoud
    doel: ClassVar[int] = 24  # kleinste hoogte van iets waarop men klikt
    hoofddoel: ClassVar[int] = 32  # hoogte van knoppen die ertoe doen

    def __init__(self, keuze: Keuze = "systeem", vergroting: float = 1.0) -> None:
        super().__init__()
        self._app: QApplication | None = None
        self._keuze: Keuze = keuze
        self._vergroting = vergroting
        self._is_donker = False
        self._kleuren: dict[str, QColor] = {}
        self._iconen: dict[str, QIcon] = {}
        self._vensters: WeakSet[QWidget] = WeakSet()
        self._stijlblad = ""
        self._load()

    @property
    def is_donker(self) -> bool:
        return self._is_donker

    @property
    def keuze(self) -> Keuze:
        return self._keuze

    @property
    def vergroting(self) -> float:
        """Hoeveel groter dan gewoon de letters zijn; 1.0 is gewoon."""
        return self._vergroting

    def kleur(self, naam: Kleurnaam) -> QColor:
        return self._kleuren[naam]

    def font(self, rol: Rol = "gewoon") -> QFont:
        """De letter van een rol, voor wie zelf tekent; widgets krijgen hem via hun eigenschap `rol`."""
        punten, gewicht = LETTERS[rol]
        letter = QFont([FAMILIE, *TERUGVAL])
        letter.setPointSizeF(punten * self._vergroting)
        letter.setWeight(gewicht)
        return letter

    def icoon(self, naam: str) -> QIcon:
        """Een lijnicoon uit resources/iconen in de tekstkleur; uitgeschakeld in de kleur `uit`."""
        if naam not in self._iconen:
            self._iconen[naam] = self._draw_icoon(naam)
        return self._iconen[naam]

    def apply(self, app: QApplication) -> None:
        """Zet letter en palet op het programma en volg het systeem; het stijlblad komt met `dress`."""
        self._app = app
        for bestand in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
            QFontDatabase.addApplicationFont(str(BRONNEN / "lettertype" / bestand))
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_systeem)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_systeem)
        self._load()
        self._push()

    def dress(self, venster: QWidget) -> None:
        """Zet het stijlblad op dit venster en alles erin, ook later; doe dit als het gebouwd is.

        Op het hele programma zou elk deel bij elke stap naar zijn plaats opnieuw opgemaakt worden: dat maakt
        een venster meer dan twee keer zo traag.
        """
        self._vensters.add(venster)
        venster.setStyleSheet(self._stijlblad)

    def set_keuze(self, keuze: Keuze) -> None:
        """Volg het systeem, of houd licht of donker vast."""
        self._keuze = keuze
        self._follow_systeem()

    def set_vergroting(self, vergroting: float) -> None:
        vergroting = min(max(vergroting, VERGROTINGEN[0]), VERGROTINGEN[-1])
        if vergroting != self._vergroting:  # het stijlblad opnieuw opzetten kost een halve seconde
            self._vergroting = vergroting
            self._push()

    def step_vergroting(self, stap: int) -> None:
        """Eén stap groter (1) of kleiner (-1); 0 is terug naar gewoon."""
        if stap == 0:
            self.set_vergroting(1.0)
            return
        dichtbij = min(range(len(VERGROTINGEN)), key=lambda i: abs(VERGROTINGEN[i] - self._vergroting))
        self.set_vergroting(VERGROTINGEN[min(max(dichtbij + stap, 0), len(VERGROTINGEN) - 1)])

    def _follow_systeem(self) -> None:
        self._load()
        self._push()

    def _load(self) -> None:
        donker = self._keuze == "donker"
        meer_contrast = False
        if self._app is not None:
            hints = self._app.styleHints()
            if self._keuze == "systeem":
                donker = hints.colorScheme() == Qt.ColorScheme.Dark
            meer_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        self._is_donker = donker
        kleuren = load_kleuren("donker" if donker else "licht", meer_contrast=meer_contrast)
        self._kleuren = {naam: QColor(waarde) for naam, waarde in kleuren.items()}

    def _push(self) -> None:
        """Breng kleuren en letters naar het programma en meld het."""
        self._iconen.clear()
        if self._app is not None:
            self._app.setFont(self.font())
            self._app.setPalette(self._build_palet())
            maten = {
                str(rol): (punten * self._vergroting, int(zwaar)) for rol, (punten, zwaar) in LETTERS.items()
            }
            kleuren = {naam: kleur.name() for naam, kleur in self._kleuren.items()}
            iconen = BRONNEN / "iconen" / "stijl"
            self._stijlblad = build_stijlblad(kleuren, maten, iconen=iconen, donker=self._is_donker)
            for venster in [venster for venster in self._vensters if isValid(venster)]:
                venster.setStyleSheet(self._stijlblad)
        self.gewijzigd.emit()

    def _build_palet(self) -> QPalette:
        rollen: dict[QPalette.ColorRole, Kleurnaam] = {
            QPalette.ColorRole.Window: "vlak",
            QPalette.ColorRole.WindowText: "tekst",
            QPalette.ColorRole.Base: "vlak_verhoogd",
            QPalette.ColorRole.AlternateBase: "vlak",
            QPalette.ColorRole.Text: "tekst",
            QPalette.ColorRole.PlaceholderText: "tekst_zacht",
            QPalette.ColorRole.Button: "vlak_verhoogd",
            QPalette.ColorRole.ButtonText: "tekst",
            QPalette.ColorRole.ToolTipBase: "vlak_verhoogd",
            QPalette.ColorRole.ToolTipText: "tekst",
            QPalette.ColorRole.Highlight: "selectie",
            QPalette.ColorRole.HighlightedText: "tekst",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.Accent: "accent",
            QPalette.ColorRole.Mid: "lijn",
            QPalette.ColorRole.Dark: "rand",
        }
        palet = QPalette()
        for rol, naam in rollen.items():
            palet.setColor(rol, self._kleuren[naam])
        for rol in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palet.setColor(QPalette.ColorGroup.Disabled, rol, self._kleuren["uit"])
        return palet

    def _draw_icoon(self, naam: str) -> QIcon:
        from PySide6.QtSvg import QSvgRenderer  # pas nodig na het eerste beeld

        vorm = (BRONNEN / "iconen" / f"{naam}.svg").read_text(encoding="utf-8")
        icoon = QIcon()
        standen: tuple[tuple[QIcon.Mode, Kleurnaam], ...] = (
            (QIcon.Mode.Normal, "tekst"),
            (QIcon.Mode.Disabled, "uit"),
        )
        for stand, kleur in standen:
            gekleurd = vorm.replace("currentColor", self._kleuren[kleur].name())
            tekenaar = QSvgRenderer(QByteArray(gekleurd.encode()))
            for maat in _ICOONMATEN:
                beeld = QPixmap(maat, maat)
                beeld.fill(Qt.GlobalColor.transparent)
                penseel = QPainter(beeld)
                tekenaar.render(penseel, QRectF(0, 0, maat, maat))
                penseel.end()
                icoon.addPixmap(beeld, stand)
        return icoon


def set_stijl(widget: QWidget, naam: str, waarde: str | bool) -> None:
    """Zet een eigenschap waar het stijlblad naar kijkt ("rol", "soort", "fout") en teken opnieuw."""
    if widget.property(naam) == waarde:
        return
    widget.setProperty(naam, waarde)
    stijl = widget.style()
    stijl.unpolish(widget)
    stijl.polish(widget)
    widget.updateGeometry()
    widget.update()
