"""Wie er nog een uitkomst nodig heeft voordat de avond dicht kan: per bezoek een regel met wat er kan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.stappen import MAG
from frontoffice.domain.taal import tijd
from ui.bouwstenen import Knop
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.stukken import clear_layout
from ui.tekst import KorteTekst, Tekst
from ui.thema import Thema

KLAAR, NIET_GEKOMEN = "klaar", "niet_gekomen"
_STAPPEN = ((KLAAR, "bezoek_klaar", "Klaar"), (NIET_GEKOMEN, "bezoek_niet_gekomen", "Niet gekomen"))
_WOORD = {
    Toestand.BEVESTIGD: "niet aangemeld",
    Toestand.AANGEMELD: "aangemeld",
    Toestand.OPGEROEPEN: "opgeroepen",
    Toestand.AAN_DE_BALIE: "aan de balie",
    Toestand.EVEN_APART: "even apart",
}


class Openvak(Vak):
    """`gekozen` draagt het id van het bezoek en KLAAR of NIET_GEKOMEN; `alle` wie zich nooit meldde."""

    gekozen = Signal(str, str)
    alle = Signal(object)

    def __init__(self) -> None:
        super().__init__("Nog open")
        self._wegblijvers: tuple[str, ...] = ()
        self._knoppen: list[Knop] = []
        self.uitleg = Tekst(rol="gedempt")
        self.knop = Knop("", lambda: self.alle.emit(self._wegblijvers), soort="groot")
        self._rijen = QWidget()
        self._rooster = QGridLayout(self._rijen)
        self._rooster.setContentsMargins(0, 2 * Thema.afstand, 0, 2 * Thema.afstand)
        self._rooster.setHorizontalSpacing(4 * Thema.afstand)
        self._rooster.setVerticalSpacing(Thema.afstand)
        self._rooster.setColumnStretch(4, 1)
        marge = 3 * Thema.afstand
        self.inhoud.setContentsMargins(marge, 0, marge, marge)
        for deel in (self.uitleg, self._rijen, self.knop):
            self.inhoud.addWidget(deel)

    @property
    def has_focus(self) -> bool:
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    @property
    def eerste_knop(self) -> Knop | None:
        """Waar de volgende keuze staat; een regel die weg is, telt niet meer."""
        return next((knop for knop in self._knoppen), None)

    def show_open(self, bezoeken: Sequence[Bezoek]) -> None:
        """Zonder namen: het verslag staat vaak open waar meer mensen kijken."""
        clear_layout(self._rooster)
        self._knoppen.clear()
        self._wegblijvers = tuple(b.id for b in bezoeken if b.toestand is Toestand.BEVESTIGD)
        self.uitleg.setText(
            "Kies voor elk wat er is gebeurd. Daarna kan de avond dicht."
            if bezoeken
            else "Van iedereen is bekend hoe het afliep."
        )
        for nummer, bezoek in enumerate(bezoeken):
            self._place(nummer, bezoek)
        aantal = len(self._wegblijvers)
        self.knop.set_tekst(f"Alle {aantal} die zich niet meldden: niet gekomen")
        self.knop.setVisible(aantal > 1)

    def _place(self, rij: int, bezoek: Bezoek) -> None:
        wie = bezoek.volgnummer or bezoek.nummer
        om = tijd(bezoek.tijd) if bezoek.tijd is not None else "zonder afspraak"
        wat = KorteTekst(f"{om}, {bezoek.groep}, {_WOORD.get(bezoek.toestand, '')}")
        self._rooster.addWidget(KorteTekst(wie, rol="nadruk"), rij, 0)
        self._rooster.addWidget(wat, rij, 1)
        for kolom, (stap, soort, woord) in enumerate(_STAPPEN, 2):
            if bezoek.toestand in MAG[soort]:
                knop = Knop(woord, partial(self.gekozen.emit, bezoek.id, stap), naam=f"{wie} {woord.lower()}")
                self._knoppen.append(knop)
                self._rooster.addWidget(knop, rij, kolom)
