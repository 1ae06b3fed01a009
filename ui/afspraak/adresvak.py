"""Het adres op de brief: wat bekend is of getypt wordt, en het vinkje dat het is gecontroleerd.

Zonder vinkje komt er geen adres op papier; wie iets wijzigt, controleert opnieuw. Bewaart niets.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ui.afspraak.briefadres import Briefadres
from ui.tekst import Tekst
from ui.thema import Thema

_VELDEN = ("Straat en huisnummer", "Postcode en plaats", "Land, als het niet Nederland is")
_LANGST = 80


class AdresVak(QWidget):
    """Signaal: `gewijzigd`, als er een ander adres (of geen) op de brief hoort."""

    gewijzigd = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._getoond: Briefadres | None = None
        self.zin = Tekst(rol="let_op")
        self.velden: list[QLineEdit] = []
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst("Adres op de brief", rol="kop2"))
        kolom.addWidget(self.zin)
        for naam in _VELDEN:
            veld = QLineEdit()
            veld.setAccessibleName(naam)
            veld.setPlaceholderText(naam)
            veld.setMaxLength(_LANGST)
            veld.textChanged.connect(self._type)
            self.velden.append(veld)
            kolom.addWidget(veld)
        self.gecontroleerd = QCheckBox("Adres gecontroleerd met de klant")
        self.gecontroleerd.toggled.connect(lambda _: self.gewijzigd.emit())
        kolom.addWidget(self.gecontroleerd)
        self.clear()

    @property
    def regels(self) -> tuple[str, ...]:
        """Wat er op papier mag: leeg zonder vinkje."""
        return self._getypt if self.gecontroleerd.isChecked() else ()

    def clear(self) -> None:
        """Niets van deze klant blijft staan; tot bekend is wat mag, is er niets te typen."""
        self._getoond = None
        self._fill(())
        self._show_velden(False)
        self.zin.hide()

    def show_adres(self, adres: Briefadres) -> None:
        """Wat er bij deze afspraak mag. Nog een keer hetzelfde laat staan wat is getypt."""
        if adres == self._getoond:
            return
        self._getoond = adres
        self.zin.setText(adres.zin)
        self.zin.setVisible(bool(adres.zin))
        self._fill(adres.regels if adres.mag else ())
        self._show_velden(adres.mag)

    # --- intern -------------------------------------------------------------------------------------------

    @property
    def _getypt(self) -> tuple[str, ...]:
        alle = (" ".join(veld.text().split()) for veld in self.velden)
        return tuple(regel for regel in alle if regel)

    def _show_velden(self, mag: bool) -> None:
        for deel in (*self.velden, self.gecontroleerd):
            deel.setVisible(mag)
        self.gecontroleerd.setEnabled(bool(self._getypt))

    def _fill(self, regels: tuple[str, ...]) -> None:
        eerste = (*regels[:2], ", ".join(regels[2:]))
        self.gecontroleerd.blockSignals(True)
        self.gecontroleerd.setChecked(False)
        self.gecontroleerd.blockSignals(False)
        for nummer, veld in enumerate(self.velden):
            veld.blockSignals(True)
            veld.setText(eerste[nummer] if nummer < len(eerste) else "")
            veld.setCursorPosition(0)
            veld.blockSignals(False)

    def _type(self) -> None:
        """Een ander adres is nog niet gecontroleerd."""
        self.gecontroleerd.setChecked(False)
        self.gecontroleerd.setEnabled(bool(self._getypt))
