"""Bij welke zaken dit contact hoort: wat gekoppeld is, en de zaak die nu openstaat als aanbod."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from frontoffice.domain.concept import ZaakKoppeling
from ui.bouwstenen import Knop
from ui.tekst import KorteTekst, Tekst, letterlijk, set_uitleg

_LANGSTE = 34


class Zaakvak(QWidget):
    """Signaal `gekozen` (tuple van ZaakKoppeling): andere zaken bij dit contact."""

    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._zaken: tuple[ZaakKoppeling, ...] = ()
        self._aanbod: ZaakKoppeling | None = None
        self._vinkjes: list[QCheckBox] = []
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(0)
        self._kolom.addWidget(Tekst("Hoort bij zaak", rol="nadruk"))
        self._leeg = KorteTekst("Open een zaak om haar te koppelen.", rol="klein")
        self._kolom.addWidget(self._leeg)
        self.koppel = Knop("", self.link_aanbod, soort="stil")
        self._kolom.addWidget(self.koppel)
        self.koppel.hide()

    @property
    def aanbod(self) -> ZaakKoppeling | None:
        """De zaak die openstaat en nog niet gekoppeld is."""
        return self._aanbod if self._aanbod is not None and not self._has(self._aanbod) else None

    def show_zaken(self, zaken: tuple[ZaakKoppeling, ...]) -> None:
        """Toon de gekoppelde zaken als vinkjes; een vinkje weg is losmaken."""
        if zaken != self._zaken or len(self._vinkjes) != len(zaken):
            self._zaken = zaken
            for vinkje in self._vinkjes:
                self._kolom.removeWidget(vinkje)
                vinkje.hide()
                vinkje.deleteLater()
            self._vinkjes = [self._make_vinkje(nummer, zaak) for nummer, zaak in enumerate(zaken)]
        self._place()

    def set_aanbod(self, zaak: ZaakKoppeling | None) -> None:
        """Er staat een zaak open die erbij kan; zij wordt nooit vanzelf gekoppeld."""
        self._aanbod = zaak
        self._place()

    def link_aanbod(self) -> None:
        """Koppel de zaak die openstaat (F7)."""
        aanbod = self.aanbod
        if aanbod is not None:
            self.gekozen.emit((*self._zaken, aanbod))

    def _make_vinkje(self, nummer: int, zaak: ZaakKoppeling) -> QCheckBox:
        naam = letterlijk(zaak.omschrijving or zaak.nummer, een_regel=True)
        kort = naam if len(naam) <= _LANGSTE else naam[: _LANGSTE - 1] + "…"
        vinkje = QCheckBox(kort.replace("&", "&&"))
        vinkje.setAccessibleName(f"Hoort bij {naam}")
        set_uitleg(vinkje, f"{naam}, {zaak.nummer}")
        vinkje.setChecked(True)
        vinkje.toggled.connect(lambda _, zaak=zaak: self._unlink(zaak))
        self._kolom.insertWidget(1 + nummer, vinkje)
        return vinkje

    def _unlink(self, weg: ZaakKoppeling) -> None:
        self.gekozen.emit(tuple(zaak for zaak in self._zaken if zaak != weg))

    def _has(self, zaak: ZaakKoppeling) -> bool:
        return any(ander.uuid == zaak.uuid for ander in self._zaken)

    def _place(self) -> None:
        aanbod = self.aanbod
        self._leeg.setVisible(not self._zaken and aanbod is None)
        self.koppel.setVisible(aanbod is not None)
        if aanbod is not None:
            naam = letterlijk(aanbod.omschrijving or aanbod.nummer, een_regel=True)
            kort = naam if len(naam) <= _LANGSTE else naam[: _LANGSTE - 1] + "…"
            self.koppel.set_tekst(f"+ {kort}   F7", f"Koppel {naam}")
