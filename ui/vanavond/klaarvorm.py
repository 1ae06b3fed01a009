"""Twee korte formulieren op Mijn balie: wat er van elk product kwam, en waarom iemand even apart gaat."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraakregel
from frontoffice.agenda.vanavond.bezoek import Resultaat, Uitkomst
from frontoffice.agenda.voorstel import VrijeStart
from ui.paneel import Paneel
from ui.tekst import Tekst, letterlijk
from ui.thema import Thema
from ui.vanavond.vervolg import Vervolgkeuze


class _Product(QWidget):
    """Eén product: gelukt is aangevinkt; zo niet, dan in een paar woorden waarom."""

    def __init__(self, code: str, naam: str, nummer: int) -> None:
        super().__init__()
        self.code = code
        self.gedaan = QCheckBox(letterlijk(naam, 80, een_regel=True).replace("&", "&&"))
        self.gedaan.setAccessibleName(
            f"Gedaan: {naam}" if nummer == 1 else f"Gedaan, product {nummer}: {naam}"
        )
        self.gedaan.setChecked(True)
        self.reden = QLineEdit()
        self.reden.setAccessibleName(
            f"Waarom niet gedaan: {naam}" if nummer == 1 else f"Waarom niet, product {nummer}: {naam}"
        )
        self.reden.setPlaceholderText("Waarom niet? Bijvoorbeeld: papieren missen")
        self.reden.setMaxLength(80)
        self.reden.hide()
        self.gedaan.toggled.connect(self._follow)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        kolom.addWidget(self.gedaan)
        kolom.addWidget(self.reden)

    def _follow(self, gedaan: bool) -> None:
        self.reden.setVisible(not gedaan)
        if not gedaan:
            self.reden.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def uitkomst(self) -> Uitkomst:
        if self.gedaan.isChecked():
            return Uitkomst(self.code, Resultaat.GEDAAN)
        return Uitkomst(self.code, Resultaat.NIET_GEDAAN, " ".join(self.reden.text().split()))


class Klaarvorm(Paneel):
    """`uitkomsten` per product, in de volgorde van de afspraak."""

    def __init__(self) -> None:
        super().__init__("Wat is gedaan?", "Klaar")
        self.bewaar.setAccessibleName("Klaar melden")
        self._producten: list[_Product] = []
        self._vak = QWidget()
        self._kolom = QVBoxLayout(self._vak)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(Thema.afstand)
        opmaak = self.layout()
        assert isinstance(opmaak, QVBoxLayout)
        opmaak.insertWidget(1, self._vak)
        self._keuze: Vervolgkeuze | None = None
        self.vervolg = self.velden.rij("Ophalen", QComboBox(), "Wordt geboekt als u Klaar kiest.")
        self.vervolg.setAccessibleName("Tijd om op te halen")
        self.al = Tekst(rol="klein")
        opmaak.insertWidget(2, self.al)
        self.show_vervolg(None)

    def begin(self, regels: Sequence[Afspraakregel]) -> None:
        """Alles gedaan, tenzij iemand iets uitzet; Enter is klaar."""
        self.show_fout("")
        for oud in self._producten:
            self._kolom.removeWidget(oud)
            oud.hide()
            oud.deleteLater()
        self._producten = [_Product(r.product, r.naam, nummer) for nummer, r in enumerate(regels, 1)]
        for product in self._producten:
            self._kolom.addWidget(product)
            product.gedaan.toggled.connect(lambda _: self._follow())
        self.show_vervolg(None)
        self.show()
        self.bewaar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_vervolg(self, keuze: Vervolgkeuze | None) -> None:
        """Wanneer het vervolg kan; niets kiezen mag altijd."""
        self._keuze = keuze
        self.vervolg.clear()
        self.vervolg.addItem("Niet boeken", None)
        for woorden, start in keuze.tijden if keuze is not None else ():
            self.vervolg.addItem(woorden, start)
        self.al.setText(f"Ophalen staat al: {keuze.al}." if keuze is not None and keuze.al else "")
        self._follow()

    def _follow(self) -> None:
        """Wie niets kreeg, hoeft niets op te halen."""
        iets = any(product.gedaan.isChecked() for product in self._producten)
        self.velden.setVisible(iets and self.vervolg.count() > 1)
        self.al.setVisible(iets and bool(self.al.text()))

    @property
    def gekozen_vervolg(self) -> tuple[Vervolgkeuze, VrijeStart] | None:
        """De tijd die erbij geboekt moet worden, of None."""
        start = self.vervolg.currentData()
        if self._keuze is None or self.velden.isHidden() or not isinstance(start, VrijeStart):
            return None
        return self._keuze, start

    @property
    def producten(self) -> Sequence[_Product]:
        return self._producten

    @property
    def uitkomsten(self) -> tuple[Uitkomst, ...]:
        return tuple(product.uitkomst for product in self._producten)


class Apartvorm(Paneel):
    """`reden` mag leeg zijn."""

    def __init__(self) -> None:
        super().__init__("Even apart", "Even apart zetten")
        self._reden = self.velden.rij("Waarom", QLineEdit())
        self._reden.setAccessibleName("Waarom even apart")
        self._reden.setPlaceholderText("Bijvoorbeeld: haalt pasfoto")
        self._reden.setMaxLength(80)

    def begin(self) -> None:
        self.show_fout("")
        self._reden.clear()
        self.show()
        self._reden.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def reden(self) -> str:
        return " ".join(self._reden.text().split())
