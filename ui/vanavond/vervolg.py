"""Ophalen na een aanvraag: bij Klaar meteen een tijd kiezen, geboekt in dezelfde stap.

Draait op de achtergrond; kent geen widgets. Zonder verbinding is er niets te kiezen; Klaar gaat door.
"""

from __future__ import annotations

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
from frontoffice.services.afspraakwaarden import Boekgegevens, Startuitslag
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


def book(agenda: Vervolgagenda, keuze: Vervolgkeuze, start: VrijeStart, verzoek: str) -> str:
    """Boek het vervolg en geef het nummer; hetzelfde verzoek boekt één keer. Raises TijdBezet, KifFout."""
    van = keuze.bezoek if not keuze.klant.geen_contact else ""
    gegevens = Boekgegevens(keuze.klant, vervolg_van=van)
    return agenda.afspraken.book(keuze.wens, start.begin, gegevens, verzoek_id=verzoek).nummer


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

    def booker(self, keuze: Vervolgkeuze, start: VrijeStart) -> Callable[[str], str]:
        """Boekt deze tijd zodra de stap Klaar wordt gezet; roept men op de achtergrond."""
        agenda = self._agenda
        return lambda verzoek: book(agenda(), keuze, start, f"{verzoek}-vervolg")

    def close(self) -> None:
        self._vragen.cancel_alles()


def _geen(_: KifFout) -> None:
    """Zonder verbinding is er niets te kiezen; Klaar gaat gewoon door."""
