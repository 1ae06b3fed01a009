"""Zoekt voor één boeking welke tijden er kunnen, en volgt wat collega's daaraan veranderen. Houdt niets vast.

Kent geen widgets; wat mislukt en niet stil is, meldt wie de vragen stelt.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.voorstel import GeweigerdeStart
from frontoffice.agenda.wens import Wens
from frontoffice.services.avondbeelden import Agendabeeld
from ui.afspraak.dienst import Agendastand, Bron, Resultaat, Zoekopdracht, load_begin, search, search_again
from ui.afspraak.vragen import Vragen


class Tijdzoeker(QObject):
    """Signalen komen op de draad van het scherm. `vandaag` is de dag van de agenda, zodra die bekend is.

    `producten` (tuple[Productkeuze]), `gevonden` (Resultaat, op verzoek), `bijgewerkt` (Resultaat, vanzelf),
    `inrichting` (Inrichting, vandaag), `stand` (Agendastand).
    """

    producten = Signal(object)
    gevonden = Signal(object)
    bijgewerkt = Signal(object)
    inrichting = Signal(object, object)
    stand = Signal(object)

    def __init__(self, bron: Bron, vragen: Vragen, parent: QObject) -> None:
        super().__init__(parent)
        self._bron, self._vragen = bron, vragen
        self.resultaat: Resultaat | None = None
        self.kanaal = Kanaal.TELEFOON
        self.vandaag = date.min

    def load_inrichting(self) -> None:
        """Welke producten, uren en behoeften er zijn; komt als `inrichting`."""
        bron = self._bron

        def show(gelezen: tuple[Agendabeeld, Kanaal, Agendastand]) -> None:
            beeld, self.kanaal, stand = gelezen
            self.vandaag = beeld.vandaag
            self.inrichting.emit(beeld.inrichting, beeld.vandaag)
            self.stand.emit(stand)

        self._vragen.ask("inrichting", lambda _: load_begin(bron()), show)

    def find_producten(self, zoek: str, gekozen: Wens | None) -> None:
        bron = self._bron
        self._vragen.ask(
            "producten", lambda _: bron().vrij.find_producten(zoek, gekozen), self.producten.emit
        )

    def search(self, opdracht: Zoekopdracht) -> None:
        """Zoek op verzoek van de medewerker; het vorige antwoord vervalt."""
        bron = self._bron

        def show(resultaat: Resultaat) -> None:
            self.resultaat, self.vandaag = resultaat, resultaat.vandaag
            self.gevonden.emit(resultaat)
            self.stand.emit(resultaat.stand)

        self._vragen.ask("zoeken", lambda _: search(bron(), opdracht), show)

    def clear(self) -> None:
        """Er is geen wens meer om op te zoeken."""
        self._vragen.cancel("zoeken")
        self.resultaat = None

    def look(self) -> None:
        """Kijk of collega's iets veranderden; stil, en alleen als er iets te volgen is."""
        oud = self.resultaat
        if oud is None or self._vragen.is_onderweg("zoeken", "kijken"):
            return
        bron = self._bron

        def show(nieuw: Resultaat | None) -> None:
            if nieuw is not None and self.resultaat is oud:
                self.resultaat = nieuw
                self.bijgewerkt.emit(nieuw)
                self.stand.emit(nieuw.stand)

        self._vragen.ask("kijken", lambda _: search_again(bron(), oud), show, stil=True)

    def explain(
        self, wens: Wens, datum: date, zonder: str, klaar: Callable[[tuple[GeweigerdeStart, ...]], None]
    ) -> None:
        """Waarom elke tijd van die avond niet kan. `zonder`: de afspraak die niet meetelt."""
        bron = self._bron
        self._vragen.ask("waarom", lambda _: bron().vrij.explain(wens, datum, zonder), klaar)
