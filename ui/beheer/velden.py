"""Velden van een formulier: maken, tonen, lezen. Wat niet te lezen is, geeft een zin voor onder het veld.

Kent de agenda niet; welke velden een onderdeel heeft, staat in `vormen`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from frontoffice.domain.datumlezen import find_datum
from ui.klantbeeld.vloei import Vloei
from ui.tekst import letterlijk
from ui.thema import Thema

TIJD_FOUT = "Dit is geen tijd. Schrijf de tijd als 18.30."
DATUM_FOUT = "Dit is geen datum. Schrijf de datum als 3-12-2026."
GETAL_FOUT = "Dit is geen heel getal."
BEDRAG_FOUT = "Dit is geen bedrag. Schrijf het bedrag als 83,87."
VUL_IN = "Vul dit in."
_TIJD = re.compile(r"(\d{1,2})(?:[.:,]?(\d{2}))?\s*(?:uur|u)?", re.ASCII)
_GRENS = date(2100, 12, 31)


def read_tijd(getypt: str) -> time:
    """ "18.30", "18:30", "1830" of "18". Raises ValueError met een zin."""
    delen = _TIJD.fullmatch(getypt.strip())
    if not delen:
        raise ValueError(TIJD_FOUT)
    uur, minuut = int(delen[1]), int(delen[2] or 0)
    if uur == 24 and not minuut:
        return time(0)
    if uur > 23 or minuut > 59:
        raise ValueError("Deze tijd bestaat niet. Kies een tijd van 0.00 tot en met 23.59.")
    return time(uur, minuut)


def show_tijd(tijd: time | None) -> str:
    return "" if tijd is None else f"{tijd.hour}.{tijd.minute:02d}"


def read_datum(getypt: str) -> date:
    """ "3-12-2026" of "3 december 2026". Raises ValueError met een zin."""
    gelezen = find_datum(getypt.strip(), _GRENS)
    if gelezen is None or not gelezen.dagen or gelezen.rest:
        raise ValueError(DATUM_FOUT)
    return gelezen.dagen[0]


def show_datum(dag: date | None) -> str:
    return "" if dag is None else f"{dag.day}-{dag.month}-{dag.year}"


def read_getal(getypt: str) -> int:
    """Een heel getal van hoogstens zes cijfers. Raises ValueError met een zin."""
    if not re.fullmatch(r"-?\d{1,6}", getypt.strip(), re.ASCII):
        raise ValueError(GETAL_FOUT)
    return int(getypt)


def read_bedrag(getypt: str) -> Decimal:
    """ "83,87", "83.87", "1.250,00" of "83", ook met een euroteken. Raises ValueError met een zin."""
    kaal = getypt.replace("€", "").strip().removesuffix(",-").strip()
    delen = re.fullmatch(r"(-?)(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:[,.](\d{2}))?", kaal, re.ASCII)
    if not delen:
        raise ValueError(BEDRAG_FOUT)
    return Decimal(f"{delen[1]}{delen[2].replace('.', '')}.{delen[3] or '00'}")


def show_bedrag(bedrag: Decimal) -> str:
    return f"{bedrag:.2f}".replace(".", ",")


class Veld:
    """Eén veld. `naam` is waar de waarde heen gaat; `meer`: staat onder "Meer instellingen"."""

    def __init__(
        self, naam: str, label: str, uitleg: str = "", *, meer: bool = False, nodig: bool = False
    ) -> None:
        self.naam, self.label, self.uitleg, self.meer, self.nodig = naam, label, uitleg, meer, nodig

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        """Een nieuw widget; `meld` roept het bij elke wijziging van de gebruiker."""
        veld = QLineEdit()
        veld.setMaxLength(500)
        veld.textEdited.connect(lambda _: meld())
        return veld

    def show(self, widget: QWidget, waarde: Any) -> None:
        assert isinstance(widget, QLineEdit)
        widget.setText(letterlijk(self.to_tekst(waarde), 500, een_regel=True))
        widget.setCursorPosition(0)

    def read(self, widget: QWidget) -> Any:
        """Raises ValueError met een zin."""
        assert isinstance(widget, QLineEdit)
        tekst = widget.text().strip()
        if not tekst:
            if self.nodig:
                raise ValueError(VUL_IN)
            return self.leeg
        return self.from_tekst(tekst)

    def focus(self, widget: QWidget) -> None:
        """Ga naar dit veld, of naar wat er in dit veld niet klopt."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    leeg: Any = ""
    is_breed = False
    """Neemt de hele breedte, met het label erboven."""

    def to_tekst(self, waarde: Any) -> str:
        return "" if waarde is None else str(waarde)

    def from_tekst(self, tekst: str) -> Any:
        return tekst


class Tekstveld(Veld):
    """Gewone tekst."""


class Tijdveld(Veld):
    leeg = None

    def to_tekst(self, waarde: Any) -> str:
        return show_tijd(waarde)

    def from_tekst(self, tekst: str) -> time:
        return read_tijd(tekst)


class Datumveld(Veld):
    leeg = None

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        veld = super().make(meld, thema)
        assert isinstance(veld, QLineEdit)
        veld.setPlaceholderText("dd-mm-jjjj")
        return veld

    def to_tekst(self, waarde: Any) -> str:
        return show_datum(waarde)

    def from_tekst(self, tekst: str) -> date:
        return read_datum(tekst)


class Getalveld(Veld):
    leeg = None

    def from_tekst(self, tekst: str) -> int:
        return read_getal(tekst)


class Woordenveld(Veld):
    """Woorden met een komma ertussen; `soort` is tuple of frozenset."""

    def __init__(
        self, naam: str, label: str, uitleg: str = "", *, soort: type = tuple, meer: bool = False
    ) -> None:
        super().__init__(naam, label, uitleg, meer=meer)
        self._soort = soort
        self.leeg = soort()

    def to_tekst(self, waarde: Any) -> str:
        woorden = waarde or ()
        return ", ".join(woorden if isinstance(woorden, tuple) else sorted(woorden))

    def from_tekst(self, tekst: str) -> Any:
        return self._soort(deel.strip() for deel in tekst.split(",") if deel.strip())


class Puntenveld(Woordenveld):
    """Korte zinnen met een puntkomma ertussen: er mogen komma's in staan."""

    def to_tekst(self, waarde: Any) -> str:
        return "; ".join(waarde or ())

    def from_tekst(self, tekst: str) -> Any:
        return self._soort(deel.strip() for deel in tekst.split(";") if deel.strip())


class Vinkveld(Veld):
    """Ja of nee."""

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        veld = QCheckBox("Ja")
        veld.clicked.connect(lambda _: meld())
        return veld

    def show(self, widget: QWidget, waarde: Any) -> None:
        assert isinstance(widget, QCheckBox)
        widget.setChecked(bool(waarde))

    def read(self, widget: QWidget) -> bool:
        assert isinstance(widget, QCheckBox)
        return widget.isChecked()


class Keuzeveld(Veld):
    """Een van de keuzes: waarde → tekst."""

    def __init__(
        self, naam: str, label: str, keuzes: Mapping[Any, str], uitleg: str = "", *, meer: bool = False
    ) -> None:
        super().__init__(naam, label, uitleg, meer=meer)
        self._keuzes = dict(keuzes)

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        veld = QComboBox()
        for tekst in self._keuzes.values():
            veld.addItem(letterlijk(tekst, 80, een_regel=True))
        veld.activated.connect(lambda _: meld())
        return veld

    def show(self, widget: QWidget, waarde: Any) -> None:
        assert isinstance(widget, QComboBox)
        sleutels = list(self._keuzes)
        widget.setCurrentIndex(sleutels.index(waarde) if waarde in self._keuzes else 0)

    def read(self, widget: QWidget) -> Any:
        assert isinstance(widget, QComboBox)
        sleutels = list(self._keuzes)
        return sleutels[widget.currentIndex()] if sleutels else None


class Vinkenveld(Veld):
    """Een of meer van de keuzes: waarde → tekst. De waarde is een frozenset."""

    def __init__(
        self,
        naam: str,
        label: str,
        keuzes: Mapping[Any, str],
        uitleg: str = "",
        *,
        meer: bool = False,
        erbij: str = "",
    ) -> None:
        """`erbij`: met dit label komt er een tekstveld voor wat nog niet in de keuzes staat."""
        super().__init__(naam, label, uitleg, meer=meer)
        self._keuzes, self._erbij = dict(keuzes), erbij

    def make(self, meld: Callable[[], None], thema: Thema) -> QWidget:
        return _Vinken(self._keuzes, self._erbij, self.label, meld)

    def show(self, widget: QWidget, waarde: Any) -> None:
        assert isinstance(widget, _Vinken)
        widget.set_waarden(waarde or ())

    def read(self, widget: QWidget) -> frozenset[Any]:
        assert isinstance(widget, _Vinken)
        return widget.waarden()


class _Vinken(QWidget):
    """Vinkjes die doorlopen op de volgende regel."""

    def __init__(self, keuzes: Mapping[Any, str], erbij: str, naam: str, meld: Callable[[], None]) -> None:
        super().__init__()
        vloei = Vloei(self, tussen=3 * Thema.afstand)
        self._vinken: dict[Any, QCheckBox] = {}
        for waarde, tekst in keuzes.items():
            vink = self._vinken[waarde] = QCheckBox(letterlijk(tekst, 80, een_regel=True).replace("&", "&&"))
            vink.setAccessibleName(f"{naam}: {letterlijk(tekst, 80, een_regel=True)}")
            vink.clicked.connect(lambda _: meld())
            vloei.addWidget(vink)
        self._anders: QLineEdit | None = None
        if erbij:
            self._anders = QLineEdit()
            self._anders.setPlaceholderText(erbij)
            self._anders.setAccessibleName(erbij)
            self._anders.textEdited.connect(lambda _: meld())
            self._anders.setMinimumWidth(150)
            vloei.addWidget(self._anders)
        if self._vinken:
            self.setFocusProxy(next(iter(self._vinken.values())))
        elif self._anders is not None:
            self.setFocusProxy(self._anders)

    def set_waarden(self, waarden: Sequence[Any]) -> None:
        for waarde, vink in self._vinken.items():
            vink.setChecked(waarde in waarden)
        if self._anders is not None:
            self._anders.setText(", ".join(str(w) for w in waarden if w not in self._vinken))

    def waarden(self) -> frozenset[Any]:
        uit = {waarde for waarde, vink in self._vinken.items() if vink.isChecked()}
        if self._anders is not None:
            uit |= {deel.strip() for deel in self._anders.text().split(",") if deel.strip()}
        return frozenset(uit)
