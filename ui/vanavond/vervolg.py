"""Ophalen na een aanvraag: bij Klaar meteen een tijd kiezen, geboekt in dezelfde stap.

Draait op de achtergrond; kent geen widgets. Zonder verbinding is er niets te kiezen; Klaar gaat door.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Kanaal
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.fouten import KifFout
from frontoffice.services.afspraakwaarden import AlAfgezegd, Boekgegevens, Startuitslag
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen
from ui.afspraak.woorden import moment_kort


class _Vrij(Protocol):
    def find_vervolg(self, wens: Wens, begin: datetime, maximum: int = 3) -> Startuitslag | None: ...


class _Zoeker(Protocol):
    def load_ids(self, ids: list[str]) -> tuple[Afspraak, ...]: ...

    def find_dubbel(self, wens: Wens, klant: Contactgegevens, zonder: str = "") -> tuple[Afspraak, ...]: ...


class _Boeker(Protocol):
    def book(self, wens: Wens, begin: datetime, gegevens: Boekgegevens, *, verzoek_id: str) -> Afspraak: ...

    def cancel(self, afspraak_id: str, *, verzoek_id: str, reden: str = "") -> Afspraak: ...


class Vervolgagenda(Protocol):
    """De agenda, voor zover hier nodig."""

    @property
    def vrij(self) -> _Vrij: ...

    @property
    def zoeken(self) -> _Zoeker: ...

    @property
    def afspraken(self) -> _Boeker: ...


@dataclass(frozen=True)
class Vervolgkeuze:
    """Wat er te kiezen is. `al`: het vervolg staat al, in woorden; dan is er niets te kiezen."""

    bezoek: str
    wens: Wens
    klant: Contactgegevens
    tijden: tuple[tuple[str, VrijeStart], ...] = ()
    al: str = ""


def find_keuze(agenda: Vervolgagenda, bezoek: Bezoek, naam: str, nu: datetime) -> Vervolgkeuze | None:
    """None als er bij deze producten geen vervolg hoort. Raises KifFout."""
    regels = tuple(Wensregel(regel.product, regel.personen) for regel in bezoek.regels)
    uitslag = agenda.vrij.find_vervolg(Wens(regels, kanaal=Kanaal.BALIE), nu)
    if uitslag is None:
        return None
    afspraken = agenda.zoeken.load_ids([bezoek.id])
    klant = afspraken[0].klant if afspraken else Contactgegevens(naam, geen_contact=True)
    al = agenda.zoeken.find_dubbel(uitslag.wens, klant) if afspraken else ()
    if al:
        return Vervolgkeuze(bezoek.id, uitslag.wens, klant, al=moment_kort(al[0].begin, bezoek.datum))
    tijden = tuple((moment_kort(start.begin, bezoek.datum), start) for start in uitslag.eerste)
    return Vervolgkeuze(bezoek.id, uitslag.wens, klant, tijden)


@dataclass(frozen=True)
class Boeking:
    """Het ophalen dat bij een stap Klaar hoort; `verzoek` is het verzoek-id van die stap."""

    agenda: Callable[[], Vervolgagenda]
    keuze: Vervolgkeuze
    start: VrijeStart

    def book(self, verzoek: str) -> str:
        """Boek en geef het nummer; hetzelfde verzoek boekt één keer. Raises TijdBezet, KifFout."""
        return self._book(verzoek).nummer

    def cancel(self, verzoek: str) -> None:
        """Klaar is ongedaan gemaakt: het ophalen ook. Nog eens mag. Raises KifFout."""
        afspraak = self._book(verzoek)  # hetzelfde verzoek: geeft wat er toen is geboekt
        with contextlib.suppress(AlAfgezegd):
            self.agenda().afspraken.cancel(
                afspraak.id, verzoek_id=f"{verzoek}-vervolg-terug", reden="Klaar is ongedaan gemaakt"
            )

    def _book(self, verzoek: str) -> Afspraak:
        van = self.keuze.bezoek if not self.keuze.klant.geen_contact else ""
        gegevens = Boekgegevens(self.keuze.klant, vervolg_van=van)
        dienst = self.agenda().afspraken
        return dienst.book(self.keuze.wens, self.start.begin, gegevens, verzoek_id=f"{verzoek}-vervolg")


class Vervolgverloop(QObject):
    """`gevonden` (Vervolgkeuze): er is een vervolg bij wie nu klaar gaat."""

    gevonden = Signal(object)

    def __init__(
        self, agenda: Callable[[], Vervolgagenda], achtergrond: Achtergrond, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._agenda = agenda
        self._vragen = Vragen(achtergrond)

    def load(self, bezoek: Bezoek, naam: str, nu: datetime) -> None:
        """Zoek wanneer het vervolg kan; een laat antwoord voor een vorige bezoeker valt weg."""
        agenda = self._agenda

        def klaar(keuze: Vervolgkeuze | None) -> None:
            if keuze is not None:
                self.gevonden.emit(keuze)

        self._vragen.ask("vervolg", lambda _: find_keuze(agenda(), bezoek, naam, nu), klaar, _geen)

    def make_boeking(self, keuze: Vervolgkeuze, start: VrijeStart) -> Boeking:
        """Boekt deze tijd zodra de stap Klaar wordt gezet; roept men op de achtergrond."""
        return Boeking(self._agenda, keuze, start)

    def close(self) -> None:
        self._vragen.cancel_alles()


def _geen(_: KifFout) -> None:
    """Zonder verbinding is er niets te kiezen; Klaar gaat gewoon door."""
