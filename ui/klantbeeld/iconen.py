"""De iconen van het thema als plaatje in een gekozen kleur, voor wie zelf rijen tekent of een woord kleurt.

Leest dezelfde tekeningen als ui/thema.py. Een icoon staat altijd naast een woord.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from ui.thema import BRONNEN, Kleurnaam, Thema

MAAT = 16

_KANAAL = {
    "telefoon": "telefoon",
    "balie": "balie",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "brief": "brief",
    "post": "brief",
}
_SOORT = {
    TijdlijnSoort.TERUGBELVERZOEK: "terugbellen",
    TijdlijnSoort.ZAAK: "map",
    TijdlijnSoort.DOCUMENT: "document",
    TijdlijnSoort.AFSPRAAK: "kalender",
    TijdlijnSoort.MELDING: "melding",
}


def icoon_van_item(item: TijdlijnItem) -> str:
    """De naam van het icoon bij een gebeurtenis; een contact heeft het icoon van zijn kanaal."""
    if item.gevoelig:
        return "slot"
    return _SOORT.get(item.soort) or _KANAAL.get(item.kanaal.strip().lower(), "persoon")


# Wat bijna elke klant laat zien.
_VAAK: tuple[tuple[str, Kleurnaam], ...] = (
    *((naam, "tekst_zacht") for naam in ("telefoon", "balie", "email", "brief", "persoon", "slot")),
    *((naam, "tekst_zacht") for naam in _SOORT.values()),
    ("waarschuwing", "gevaar"), ("klok", "let_op"), ("terugbellen", "let_op"), ("persoon", "let_op"),
)  # fmt: skip


class Iconen:
    """Tekent elk icoon één keer per kleur en scherpte, en bewaart het tot het thema wisselt."""

    def __init__(self, thema: Thema) -> None:
        self._thema = thema
        self._platen: dict[tuple[str, str, int, float], QPixmap] = {}
        thema.gewijzigd.connect(self._platen.clear)

    def paint(self, schilder: QPainter, naam: str, vak: QRect, kleur: Kleurnaam) -> None:
        """Teken het icoon in een vierkant vak."""
        scherpte = schilder.device().devicePixelRatioF() if schilder.device() else 1.0
        schilder.drawPixmap(vak.topLeft(), self.plaat(naam, kleur, vak.width(), scherpte))

    def icoon(self, naam: str, kleur: Kleurnaam) -> QIcon:
        """Voor een knop of label."""
        uit = QIcon()
        for scherpte in (1.0, 2.0):
            uit.addPixmap(self.plaat(naam, kleur, MAAT, scherpte))
        return uit

    def warm_stappen(self) -> Iterator[Callable[[], object]]:
        """Eén icoon per stap, voor wie ze vooraf wil tekenen."""
        yield from (partial(self.plaat, naam, kleur) for naam, kleur in _VAAK)

    def plaat(self, naam: str, kleur: Kleurnaam, maat: int = MAAT, scherpte: float = 1.0) -> QPixmap:
        sleutel = (naam, kleur, maat, scherpte)
        if sleutel not in self._platen:
            self._platen[sleutel] = self._draw(naam, kleur, maat, scherpte)
        return self._platen[sleutel]

    def _draw(self, naam: str, kleur: Kleurnaam, maat: int, scherpte: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # pas nodig als er een klant in beeld is

        vorm = (BRONNEN / "iconen" / f"{naam}.svg").read_text(encoding="utf-8")
        tekenaar = QSvgRenderer(
            QByteArray(vorm.replace("currentColor", self._thema.kleur(kleur).name()).encode())
        )
        zijde = round(maat * scherpte)
        plaat = QPixmap(zijde, zijde)
        plaat.fill(Qt.GlobalColor.transparent)
        schilder = QPainter(plaat)
        tekenaar.render(schilder, QRectF(0, 0, zijde, zijde))
        schilder.end()
        plaat.setDevicePixelRatio(scherpte)
        return plaat
