"""Tot welk soort vraag is gecontroleerd wie er spreekt: drie vinkjes in de kop, bij het contact dat loopt.

Toont en wijzigt wat het contact weet; bewaart zelf niets, en vraagt nooit naar een antwoord.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from frontoffice.domain.concept import NIVEAUS, Identiteit, Identiteitsniveau
from ui.tekst import Tekst, announce
from ui.thema import Thema

ZELF = "zelf gevraagd"
_KORT = {
    Identiteitsniveau.ALGEMEEN: "algemene vraag",
    Identiteitsniveau.EIGEN_ZAAK: "eigen zaak",
    Identiteitsniveau.GEVOELIG: "gevoelig",
}
_CIJFERS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


class Identiteitregel(QWidget):
    """`gekozen` draagt de nieuwe Identiteit, of None als het laatste vinkje weggaat.

    Een hoger vinkje telt ook voor wat eronder ligt. Met 1, 2 of 3 zet men zo ver als dat vinkje.
    """

    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Gecontroleerd voor")
        self._identiteit: Identiteit | None = None
        self._hoort = self._is_compact = False
        self.vinken: dict[Identiteitsniveau, QCheckBox] = {}
        self._methode = Tekst(rol="klein")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(2 * Thema.afstand)
        rij.addWidget(Tekst("Gecontroleerd voor", rol="gedempt"))
        for nummer, (niveau, naam) in enumerate(NIVEAUS, 1):
            vink = QCheckBox(_KORT[niveau])
            vink.setMinimumHeight(Thema.doel)
            vink.setAccessibleName(f"Gecontroleerd voor {naam.lower()} ({nummer})")
            vink.clicked.connect(lambda aan, niveau=niveau: self._click(niveau, aan=aan))
            self.vinken[niveau] = vink
            rij.addWidget(vink)
        rij.addWidget(self._methode)
        self.hide()

    def show_identiteit(self, identiteit: Identiteit | None) -> None:
        """Wat het lopende contact van deze klant zegt."""
        self._identiteit = identiteit
        hoogst = -1 if identiteit is None else _plek(identiteit.niveau)
        for plek, vink in enumerate(self.vinken.values()):
            with QSignalBlocker(vink):
                vink.setChecked(plek <= hoogst)
        self._methode.setText("" if identiteit is None else identiteit.methode)
        self._methode.setVisible(identiteit is not None)
        self._hoort = True
        self._place()

    def restore(self) -> None:
        """Wat net is aangeklikt, gaat niet door."""
        self.show_identiteit(self._identiteit)

    def clear(self) -> None:
        """Er loopt geen contact met deze klant: dan is er ook niets om bij te schrijven."""
        self._hoort = False
        self._place()

    def set_compact(self, *, compact: bool) -> None:
        self._is_compact = compact
        self._place()

    def _place(self) -> None:
        self.setVisible(self._hoort and not self._is_compact)

    def focus_begin(self) -> None:
        """Naar het hoogste vinkje dat aan staat, anders het eerste."""
        aan = [vink for vink in self.vinken.values() if vink.isChecked()]
        doel = aan[-1] if aan else next(iter(self.vinken.values()))
        doel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _click(self, niveau: Identiteitsniveau, *, aan: bool) -> None:
        """Aan: tot en met dit vinkje. Uit: tot het vinkje ervoor."""
        plek = _plek(niveau) if aan else _plek(niveau) - 1
        self._choose(plek)

    def _choose(self, plek: int) -> None:
        if plek < 0:
            nieuw = None
        else:
            methode = self._identiteit.methode if self._identiteit is not None else ZELF
            nieuw = Identiteit(NIVEAUS[plek][0], methode)
        announce(self, f"Gecontroleerd voor {NIVEAUS[plek][1].lower()}." if nieuw else "Niet gecontroleerd.")
        self.gekozen.emit(nieuw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CIJFERS and not event.modifiers():
            self._choose(_CIJFERS.index(Qt.Key(event.key())))
        else:
            super().keyPressEvent(event)


def _plek(niveau: Identiteitsniveau) -> int:
    return [soort for soort, _ in NIVEAUS].index(niveau)
