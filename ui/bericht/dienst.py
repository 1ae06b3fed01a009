"""Wat de schermen over berichten vragen, op de achtergrond. Zonder widgets; beslist niets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.fouten import KifFout
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.ports import Stop
    from frontoffice.services.afspraakberichten import Afspraakberichten, Berichtbeeld
    from frontoffice.services.berichten import Berichtendienst
    from ui.afspraak.dienst import Agenda


class Berichten(Protocol):
    """De berichten zoals de samenstelling ze geeft; alles behalve `aangesloten` en `on_nieuw` opent iets."""

    @property
    def aangesloten(self) -> tuple[str, ...]: ...

    @property
    def dienst(self) -> Berichtendienst: ...

    def of_afspraken(self, agenda: Agenda) -> Afspraakberichten: ...

    def follow(self, stop: Stop) -> int: ...

    def on_nieuw(self, luister: Callable[[], object]) -> None: ...


class Berichtvragen:
    """De vragen van één vak. `klaar` en `mislukt` komen op de draad van het scherm."""

    def __init__(self, berichten: Berichten, agenda: Callable[[], Agenda], achtergrond: Achtergrond) -> None:
        self._berichten, self._agenda = berichten, agenda
        self._vragen = Vragen(achtergrond)

    def load(
        self,
        afspraak: Afspraak,
        klaar: Callable[[Berichtbeeld | None], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        """Wat er over het bericht bij deze afspraak te zeggen is."""
        berichten, agenda = self._berichten, self._agenda
        self._vragen.ask(
            "beeld", lambda _: berichten.of_afspraken(agenda()).load_beeld(afspraak), klaar, mislukt
        )

    def put(
        self, afspraak: Afspraak, klaar: Callable[[object], None], mislukt: Callable[[KifFout], None]
    ) -> None:
        """Zet het bericht alsnog klaar; stond het er al, dan verandert er niets."""
        from frontoffice.services.afspraakberichten import find_soort

        berichten, agenda = self._berichten, self._agenda
        self._vragen.ask(
            "doen",
            lambda _: berichten.of_afspraken(agenda()).send(afspraak, find_soort(afspraak)),
            klaar,
            mislukt,
        )

    def retry(self, nummer: int, klaar: Callable[[object], None], mislukt: Callable[[KifFout], None]) -> None:
        berichten = self._berichten
        self._vragen.ask("doen", lambda _: berichten.dienst.retry(nummer), klaar, mislukt)

    def mark_gebeld(
        self, nummer: int, klaar: Callable[[object], None], mislukt: Callable[[KifFout], None]
    ) -> None:
        berichten = self._berichten
        self._vragen.ask("doen", lambda _: berichten.dienst.mark_gebeld(nummer), klaar, mislukt)

    def cancel(self) -> None:
        self._vragen.cancel_alles()
