"""Het scherm Vanavond op een echte agenda: donderdag 3 december 2026, zes balies, een verzette klok.

Een `Werkplek` is één venster van één medewerker, met een eigen verbinding; zo volgen er twee elkaar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.fouten import KifFout
from frontoffice.services.agenda import Agendadiensten
from tests.achtergronden import close_achtergrond
from tests.services.avondbouw import Avond
from tests.services.bouwlijn import LijnKlok, Plek
from ui.achtergrond import Achtergrond
from ui.thema import Thema
from ui.vanavond.scherm import VanavondScherm
from ui.vanavond.verloop import Avondverloop
from ui.vanavond.vervolg import Vervolgverloop
from ui.vanavond.werkplek import Avondwerkplek
from ui.vanavond.zonder import Zonderbron, Zonderverloop

NAAM = "Freifrau von Oude Luttikhuis-Brömmelstroet"


@dataclass
class Doorgever:
    """Geeft elke vraag door aan de echte dienst, telt haar, en kan haar laten mislukken of vasthouden."""

    dienst: Any
    vragen: Counter[str] = field(default_factory=Counter)
    fout: dict[str, KifFout] = field(default_factory=dict)
    wacht: Callable[[], object] | None = None

    def __getattr__(self, naam: str) -> Any:
        echt = getattr(self.dienst, naam)
        if not callable(echt):
            return echt

        def roep(*args: Any, **velden: Any) -> Any:
            self.vragen[naam] += 1
            if naam in self.fout:
                raise self.fout[naam]
            if self.wacht is not None and naam != "load_stand":
                self.wacht()
            return echt(*args, **velden)

        return roep


class Klok:
    """Een klok die alleen loopt als de test dat wil."""

    def __init__(self) -> None:
        self.nu = 100.0

    def __call__(self) -> float:
        return self.nu


class Werkplek:
    def __init__(
        self,
        qtbot: QtBot,
        plek: Agendadiensten,
        thema: Thema,
        map_: Path,
        balie: str = "B2",
        rol: str = "balie",
        geduld: float = 3.0,
    ) -> None:
        self._qtbot = qtbot
        self.achtergrond = Achtergrond()
        self.klok = Klok()
        klok = LijnKlok(plek.opslag.nu())
        self.plek = Plek(plek.opslag, map_ / "winkel.db", klok, plek.wie.werkplek, geduld)
        self.dienst = Doorgever(self.plek.lijn)
        beelden = self.plek.lijn.beelden
        self.onthoud = Avondwerkplek(QSettings(str(map_ / "scherm.ini"), QSettings.Format.IniFormat))
        self.onthoud.balie, self.onthoud.rol = balie, rol
        self.verloop = Avondverloop(lambda: (self.dienst, beelden), self.achtergrond, klok=self.klok)
        self.zonder = Zonderverloop(
            lambda: Zonderbron(beelden, beelden), lambda: self.verloop.stand, self.achtergrond
        )
        vervolg = Vervolgverloop(lambda: plek, self.achtergrond)
        self.scherm = VanavondScherm(self.verloop, self.zonder, vervolg, self.onthoud, "S. Bos", thema)
        self.scherm.resize(1366, 640)
        self.scherm.show()
        qtbot.waitExposed(self.scherm)
        self.scherm.activateWindow()
        qtbot.waitUntil(self.scherm.isActiveWindow)
        self.scherm.start()
        self.wait_rust()

    def wait(self, waar: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(waar()))

    def wait_rust(self) -> None:
        """Niets meer onderweg, en het scherm toont wat er nu is."""
        self.wait(lambda: not self.achtergrond.bezig and not self.verloop.is_bezig)

    def look(self) -> None:
        self.verloop.look()
        self.wait_rust()

    def close(self) -> None:
        self.scherm.close_scherm()
        close_achtergrond(self.achtergrond)
        self.plek.close()
        self.scherm.close()
        self.scherm.deleteLater()


def bouw_los_scherm(
    qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, onthoud: Avondwerkplek
) -> VanavondScherm:
    """Een getoond scherm zonder agenda: het krijgt elke stand van de test."""

    def geen() -> Any:
        raise AgendaOnbereikbaar("Er is geen agenda.")

    onthoud.balie, onthoud.rol = "B1", "balie"
    verloop = Avondverloop(geen, achtergrond)
    zonder = Zonderverloop(geen, lambda: None, achtergrond)
    scherm = VanavondScherm(verloop, zonder, Vervolgverloop(geen, achtergrond), onthoud, "S. Bos", thema)
    qtbot.addWidget(scherm)
    thema.dress(scherm)
    scherm.resize(1366, 640)
    scherm.show()
    return scherm


def volledig(avond: Avond) -> dict[str, str]:
    """Vijf uur, met drie afspraken: A01 tot en met A03. Geeft volgnummer → id."""
    gemaakt = [
        avond.boek(17, 0, naam=NAAM),
        avond.boek(17, 15, naam="J. Olde Scholtenhuis"),
        avond.boek(18, 30),
    ]
    avond.begin()
    avond.klok(17)
    return {f"A0{nummer}": afspraak.id for nummer, afspraak in enumerate(gemaakt, 1)}


def gesproken(widget: QWidget) -> str:
    """Alles wat een schermlezer van dit vak ziet, ook beschrijvingen en cellen."""
    return "\n".join(_teksten(QAccessible.queryAccessibleInterface(widget)))


def _teksten(deel: QAccessibleInterface) -> Iterator[str]:
    for soort in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield deel.text(soort)
    for nummer in range(deel.childCount()):
        kind = deel.child(nummer)
        if kind is not None and kind.isValid():
            yield from _teksten(kind)
