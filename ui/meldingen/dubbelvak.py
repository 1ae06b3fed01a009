"""Wat er dichtbij al is gemeld, naast een nieuwe melding: een tweede melding van hetzelfde helpt niemand.

Kijkt na zodra soort en plek er zijn, en nog eens als dat niet lukte. Maakt zelf geen melding.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.melding import Categorie, Melding, Plek
from frontoffice.domain.meldingstand import stand_in_woorden
from frontoffice.services.meldingen import Dubbel
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop
from ui.klantbeeld.tekstvak import Tekstvak
from ui.meldingen.scherm import Meldingbron
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_KIES = "Kies een soort en een plek. Dan ziet u of het al is gemeld."
_ZELFDE = "Dit is al gemeld. Vraag of het dezelfde is: dan is een nieuwe melding niet nodig."
_WEER = "Hier was al een melding, en die is klaar. Is het er weer? Maak dan een nieuwe."
_GEEN = "Hier is in de laatste twaalf weken niets van deze soort gemeld."
_HOOGSTE = 240


class Dubbelvak(QWidget):
    """`bekijk` draagt het nummer van de melding die iemand wil zien. `anders`: er staan andere knoppen."""

    bekijk = Signal(int)
    anders = Signal()

    def __init__(self, bron: Meldingbron, vragen: Vragen, thema: Thema) -> None:
        super().__init__()
        self._bron, self._vragen = bron, vragen
        self._soort: Categorie | None = None
        self._plek: Plek | None = None
        self.zin = Tekst(_KIES, rol="gedempt")
        self.opnieuw = Knop(
            "Opnieuw", lambda: self._ask(weer=True), naam="Opnieuw kijken of het al is gemeld"
        )
        self.lijst = RijLijst("Al gemeld in de buurt", thema)
        self.tekst = Tekstvak("", "De melding die er al is", hoogste_regels=6)
        self.kijk = Knop("Bekijk deze melding", self._look)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        delen = (Tekst("Al gemeld?", rol="kop2"), self.zin, self.opnieuw, self.lijst, self.tekst, self.kijk)
        for deel in delen:
            kolom.addWidget(deel)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.lijst.gekozen.connect(lambda _: self._look())
        self.opnieuw.hide()
        self._show(())

    def follow(self, soort: object, plek: object) -> None:
        """Soort of plek is gekozen of gewist: kijk of het er al is."""
        self._soort = soort if isinstance(soort, Categorie) else None
        self._plek = plek if isinstance(plek, Plek) else None
        self._ask()

    def _ask(self, *, weer: bool = False) -> None:
        """`weer`: de knop waarmee dit is gevraagd, blijft staan tot er een antwoord is."""
        self._vragen.cancel("dubbel")
        self._show(())
        self.opnieuw.setVisible(weer)
        self.anders.emit()
        dienst, soort = self._bron.meldingen, self._soort
        punt = self._plek.punt if self._plek is not None else None
        if dienst is None or soort is None or punt is None:
            self.zin.setText(_KIES)
            return
        gekozen, waar = soort, punt
        self.zin.setText("Kijken of het al is gemeld…")
        self._vragen.ask(
            "dubbel", lambda stop: dienst.find_dubbel(waar, gekozen, stop), self._found, self._not_found
        )

    def _found(self, dubbel: tuple[Dubbel, ...]) -> None:
        self._show(dubbel)
        zin = _GEEN
        if dubbel:
            zin = _ZELFDE if dubbel[0].melding.is_open else _WEER
        self.zin.setText(zin)
        self.zin.set_rol("let_op" if dubbel else "gedempt")
        if self.opnieuw.hasFocus():  # de knop gaat weg: de focus niet
            if dubbel:
                self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focusNextChild()
        self.opnieuw.hide()
        announce(self.lijst if dubbel else self.zin, zin)
        self.anders.emit()

    def _not_found(self, fout: KifFout) -> None:
        zin = f"Niet na te kijken. {fout.uitleg}"
        self.zin.setText(zin)
        self.zin.set_rol("let_op")
        self.opnieuw.show()
        announce(self.zin, zin)
        self.anders.emit()

    def _show(self, dubbel: tuple[Dubbel, ...]) -> None:
        rijen = [
            Rij(
                f"{d.zin}, {d.waar}",
                f"{d.melding.weergave} · {stand_in_woorden(d.melding.status)}",
                icoon="melding",
                waarde=d.melding,
            )
            for d in dubbel
        ]
        self.lijst.set_rijen(rijen, kies=0 if rijen else -1)
        self.lijst.setFixedHeight(self.lijst.gewenste_hoogte(_HOOGSTE))
        self.zin.set_rol("gedempt")
        for deel in (self.lijst, self.tekst, self.kijk):
            deel.setVisible(bool(rijen))
        self._follow()

    def _follow(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is not None and isinstance(rij.waarde, Melding):
            self.tekst.set_tekst(rij.waarde.tekst)

    def _look(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is not None and isinstance(rij.waarde, Melding):
            self.bekijk.emit(rij.waarde.nummer)
