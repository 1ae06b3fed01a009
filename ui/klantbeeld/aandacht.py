"""Wat speelt er: de paar zinnen om nu te zeggen, elk met zijn actie.

Zolang een bron laadt of ontbreekt, staat dat erbij: dan kan er nog iets zijn.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.klantbeeld import AandachtSoort, Aandachtspunt
from frontoffice.domain.weergave import KlantWeergave
from ui.bouwstenen import Knop, Scrollvlak
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.toestand import Beeldje, Toestandregel
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema

_BEELD: dict[AandachtSoort, tuple[str, Kleurnaam]] = {
    AandachtSoort.TE_LAAT: ("waarschuwing", "gevaar"),
    AandachtSoort.BELOFTE_TE_LAAT: ("terugbellen", "gevaar"),
    AandachtSoort.TERUGBELLEN: ("terugbellen", "let_op"),
    AandachtSoort.MELDING_TE_LAAT: ("melding", "let_op"),
    AandachtSoort.MELDER_WEET_NIET: ("melding", "let_op"),
    AandachtSoort.BIJNA_TE_LAAT: ("klok", "let_op"),
    AandachtSoort.WACHT_OP_INWONER: ("persoon", "let_op"),
    AandachtSoort.STREEFDATUM_VOORBIJ: ("klok", "let_op"),
    AandachtSoort.BELT_VAKER: ("telefoon", "tekst_zacht"),
}
_BRONNEN = {"contacten": "contacten", "zaken": "zaken"}


class Puntregel(QWidget):
    """Eén zin met haar knop. Wordt hergebruikt: een nieuwe regel maken kost meer dan alles erin zetten."""

    gekozen = Signal(object)

    def __init__(self, iconen: Iconen) -> None:
        super().__init__()
        self._punt: Aandachtspunt | None = None
        self.knop = Knop("", self._choose)
        self._beeldje, self._tekst = Beeldje(iconen), Tekst()
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, 2, 3 * Thema.afstand, 2)
        rij.setSpacing(2 * Thema.afstand)
        self._beeldje.setFixedHeight(Thema.doel + 2)  # even hoog als de knop: zo staan ze op één lijn
        self._tekst.setContentsMargins(0, Thema.afstand, 0, 0)
        rij.addWidget(self._beeldje, 0, Qt.AlignmentFlag.AlignTop)
        rij.addWidget(self._tekst, 1, Qt.AlignmentFlag.AlignTop)
        rij.addWidget(self.knop, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def punt(self) -> Aandachtspunt | None:
        return self._punt

    def show_punt(self, punt: Aandachtspunt | None) -> None:
        """Zonder punt is de regel leeg en weg."""
        if punt == self._punt:
            return
        self._punt = punt
        if punt is None:
            self.hide()
            self._tekst.setText("")
            self.knop.set_tekst("")
            return
        self._beeldje.show_icoon(*_BEELD[punt.soort])
        self._tekst.setText(punt.tekst)
        self.knop.set_tekst(punt.actie_tekst, f"{punt.actie_tekst}: {punt.tekst}")
        self.show()

    def _choose(self) -> None:
        if self._punt is not None:
            self.gekozen.emit(self._punt)


class AandachtVak(Vak):
    """Signalen: `gekozen` (Aandachtspunt), `annuleren` en `uitgebreid` (er kwamen regels bij)."""

    gekozen = Signal(object)
    annuleren = Signal()
    uitgebreid = Signal()

    def __init__(self, iconen: Iconen) -> None:
        super().__init__("Wat speelt er")
        self._iconen = iconen
        self._punten: tuple[Aandachtspunt, ...] = ()
        self._regels: list[Puntregel] = []
        self._stand = Toestandregel(iconen, "Wat speelt er")
        self._stand.annuleren.connect(self.annuleren)
        self._lijst = QWidget()
        self._kolom = QVBoxLayout(self._lijst)
        self._kolom.setContentsMargins(0, 0, 0, 2 * Thema.afstand)
        self._kolom.setSpacing(0)
        self._kolom.addWidget(self._stand)
        self._kolom.addStretch(1)
        self.inhoud.addWidget(Scrollvlak(self._lijst))

    def show_weergave(self, weergave: KlantWeergave) -> None:
        self._show_punten(weergave.aandacht)
        standen = {n: t for n, t in weergave.toestanden.items() if n in _BRONNEN}
        mist = [_BRONNEN[naam] for naam, toestand in standen.items() if toestand.soort == "mislukt"]
        if weergave.uitleg:
            self._stand.show_leeg(weergave.uitleg)
        elif mist:
            wat = " en ".join(mist)
            begin = "Dit is niet alles" if self._punten else "Niet bekend"
            self._stand.show_fout(f"{begin}: {wat} zijn niet geladen.", opnieuw_helpt=False)
        elif any(t.soort == "laden" for t in standen.values()):
            self._stand.show_laden()
        elif self._punten:
            self._stand.show_niets()
        else:
            self._stand.show_leeg("Niets bijzonders. Vraag gewoon waarmee u kunt helpen.")

    def clear(self) -> None:
        self._show_punten(())
        self._stand.show_niets()

    @property
    def gewenste_hoogte(self) -> int:
        """Zo hoog is dit vak als alles erin past."""
        breed = max(self.width() - 2 * Thema.afstand, 100)
        hoog = (
            self._kolom.heightForWidth(breed)
            if self._kolom.hasHeightForWidth()
            else self._lijst.sizeHint().height()
        )
        return self.kopregel.sizeHint().height() + hoog + Thema.afstand

    def eerste_focus(self) -> QWidget:
        return self._regels[0].knop if self._punten else self

    def eventFilter(self, bron: QObject, event: QEvent) -> bool:
        """Pijltjes lopen langs de knoppen, en niet het vak uit zoals Qt dat een losse knop laat doen."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            stap = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            knoppen = [regel.knop for regel in self._regels if regel.punt is not None]
            if stap and bron in knoppen:
                plaats = min(max(knoppen.index(bron) + stap, 0), len(knoppen) - 1)
                knoppen[plaats].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(bron, event)

    def make_regels(self, aantal: int) -> None:
        """Zorg dat er zo veel regels klaarliggen."""
        if aantal <= len(self._regels):
            return
        while len(self._regels) < aantal:
            regel = Puntregel(self._iconen)
            regel.gekozen.connect(self.gekozen)
            regel.knop.installEventFilter(self)
            self._kolom.insertWidget(len(self._regels), regel)
            self._regels.append(regel)
        self.uitgebreid.emit()

    def _show_punten(self, punten: tuple[Aandachtspunt, ...]) -> None:
        """Verander alleen wat anders is. De focus gaat mee met haar punt, of hier weg als dat vervalt: een
        Enter te veel mag niet iets anders openen."""
        if punten == self._punten:
            return
        self.make_regels(len(punten))
        gekozen = next((regel.punt for regel in self._regels if regel.knop.hasFocus()), None)
        waar = next(
            (nr for nr, punt in enumerate(punten) if gekozen and punt.verwijzing == gekozen.verwijzing), None
        )
        if gekozen is not None and waar is None:
            self._lijst.hide()
        self._punten = punten
        for nummer, regel in enumerate(self._regels):
            regel.show_punt(punten[nummer] if nummer < len(punten) else None)
        if waar is not None:
            self._regels[waar].knop.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._lijst.isHidden():
            self._lijst.show()
        self.updateGeometry()
