"""Een veld van een formulier met regels erin: een tabel met regels erbij, weg en ongedaan maken.

Kent de agenda niet: wat een regel is, zegt wie het veld maakt. Alle fouten van een tabel komen tegelijk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.beheer.rijmodel import Invoerrij, Invoertabel, Kolom, Rijmodel, Soort
from ui.beheer.velden import VUL_IN, Veld
from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.thema import Thema

Cellen = dict[str, Any]
_MINST, _MEEST = 2, 7
"""Zoveel regels hoog is een tabel; wat er meer is, scrolt in de tabel."""
_EIGEN = "deel-"


@dataclass(frozen=True)
class Tabelkolom:
    """Eén kolom. `lees` maakt van tekst een waarde (ValueError met een zin), `toon` het omgekeerde.

    Wat leeg is, wordt `leeg`; bij `nodig` is dat een fout. `nieuw` staat er in een regel die erbij komt. Bij
    soort "keuze" is de waarde zelf de cel.
    """

    naam: str
    kop: str
    soort: Soort = "tekst"
    keuzes: Mapping[Any, str] = field(default_factory=dict)
    lees: Callable[[str], Any] = str
    toon: Callable[[Any], str] = str
    leeg: Any = ""
    nodig: bool = False
    nieuw: Any = ""

    def to_cel(self, waarde: Any) -> Any:
        if self.soort == "keuze":
            return waarde
        return "" if waarde is None or waarde == self.leeg else self.toon(waarde)

    def from_cel(self, cel: Any) -> Any:
        """Raises ValueError met een zin."""
        if self.soort == "keuze":
            if cel not in self.keuzes:
                raise ValueError("Kies iets uit de lijst.")
            return cel
        tekst = str(cel).strip()
        if tekst:
            return self.lees(tekst)
        if self.nodig:
            raise ValueError(VUL_IN)
        return self.leeg


@dataclass(frozen=True)
class Regels:
    """Hoe een onderdeel een regel wordt en terug. `een` is één regel ("prijs"); `ruim` de breedste kolom.

    `make` krijgt het onderdeel dat er stond (of None) en de waarden, zodat blijft wat niet in de tabel staat.
    """

    een: str
    kolommen: tuple[Tabelkolom, ...]
    read: Callable[[Any], Cellen]
    make: Callable[[Any | None, Cellen], Any]
    ruim: int = 0


class Tabelveld(Veld):
    """De waarde is een tuple van onderdelen, in de volgorde van de tabel."""

    leeg = ()
    is_breed = True

    def __init__(
        self, naam: str, label: str, regels: Regels, uitleg: str = "", *, meer: bool = False
    ) -> None:
        super().__init__(naam, label, uitleg, meer=meer)
        self._regels = regels

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        return Tabelblok(self.label, self._regels, thema, meld)

    def show(self, widget: QWidget, waarde: Any) -> None:
        assert isinstance(widget, Tabelblok)
        widget.set_delen(tuple(waarde or ()))

    def read(self, widget: QWidget) -> Any:
        """Raises ValueError met elke fout in de tabel, op regel en kolom."""
        assert isinstance(widget, Tabelblok)
        return widget.read()

    def focus(self, widget: QWidget) -> None:
        assert isinstance(widget, Tabelblok)
        widget.focus_fout()


class Tabelblok(QWidget):
    """De tabel met haar knoppen."""

    def __init__(self, naam: str, regels: Regels, thema: Thema, meld: Callable[[], None]) -> None:
        super().__init__()
        self._regels, self._meld = regels, meld
        self._delen: dict[str, Any] = {}
        self._fout: tuple[int, str] | None = None
        self.model = Rijmodel(_kolommen(regels), self)
        self.tabel = Invoertabel(naam, thema, self.model)
        self.tabel.setProperty("soort", "veld")
        self.tabel.fit_kolommen(regels.ruim)
        self.tabel.erbij.connect(self.add)
        self.erbij = Knop(f"{_hoofdletter(regels.een)} toevoegen", self.add, uitleg="Of druk op Insert.")
        self.weg = Knop(
            f"{_hoofdletter(regels.een)} weghalen", self.tabel.remove_huidige, uitleg="Of druk op Delete."
        )
        self.terug = Knop(
            "Ongedaan maken", self.tabel.undo, naam=f"{naam}: ongedaan maken", uitleg="Of druk op Ctrl+Z."
        )
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in (self.erbij, self.weg, self.terug):
            vloei.addWidget(knop)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(self.tabel)
        kolom.addWidget(knoppen)
        self.setFocusProxy(self.tabel)
        self.model.gewijzigd.connect(self._note)
        for anders in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            anders.connect(self._follow)
        thema.gewijzigd.connect(self._follow)
        self._follow()

    def set_delen(self, delen: Sequence[Any]) -> None:
        self._delen = {f"{_EIGEN}{nummer}": deel for nummer, deel in enumerate(delen)}
        self.model.set_rijen([Invoerrij(id_, self._cellen(deel)) for id_, deel in self._delen.items()])

    def _cellen(self, deel: Any) -> Cellen:
        waarden = self._regels.read(deel)
        return {kolom.naam: kolom.to_cel(waarden[kolom.naam]) for kolom in self._regels.kolommen}

    def add(self) -> None:
        rij = self.model.add({kolom.naam: kolom.nieuw for kolom in self._regels.kolommen})
        self.tabel.go_to(rij, self._regels.kolommen[0].naam)

    def read(self) -> tuple[Any, ...]:
        """Raises ValueError."""
        self.tabel.commit()
        fouten: dict[tuple[int, str], str] = {}
        delen = []
        for nummer, rij in enumerate(self.model.rijen):
            waarden: Cellen = {}
            for kolom in self._regels.kolommen:
                try:
                    waarden[kolom.naam] = kolom.from_cel(rij.cellen.get(kolom.naam, ""))
                except ValueError as fout:
                    fouten[nummer, kolom.naam] = str(fout)
            if len(waarden) == len(self._regels.kolommen):
                delen.append(self._regels.make(self._delen.get(rij.id), waarden))
        self.model.set_fouten(fouten)
        self._fout = next(iter(fouten), None)
        if fouten:
            raise ValueError("\n".join(self._zin(plek, zin) for plek, zin in fouten.items()))
        return tuple(delen)

    def _zin(self, plek: tuple[int, str], zin: str) -> str:
        kop = next(kolom.kop for kolom in self._regels.kolommen if kolom.naam == plek[1])
        return f"Regel {plek[0] + 1}, {kop}: {zin}"

    def focus_fout(self) -> None:
        if self._fout is None:
            self.tabel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tabel.go_to(*self._fout)

    def _note(self) -> None:
        self._follow()
        self._meld()

    def _follow(self) -> None:
        """Zo hoog als er regels zijn; en alleen knoppen die iets doen."""
        aantal = self.model.rowCount()
        regel = self.tabel.verticalHeader().defaultSectionSize()
        kop = self.tabel.horizontalHeader().sizeHint().height()
        balk = self.tabel.horizontalScrollBar().sizeHint().height()
        self.tabel.setFixedHeight(kop + regel * min(max(aantal, _MINST), _MEEST) + balk + 4)
        self.weg.setEnabled(aantal > 0)
        self.terug.setEnabled(self.model.kan_terug)


def _kolommen(regels: Regels) -> tuple[Kolom, ...]:
    return tuple(Kolom(k.naam, k.kop, k.soort, k.keuzes) for k in regels.kolommen)


def _hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
