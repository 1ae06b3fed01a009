"""Wat de schermen over berichten vragen, op de achtergrond. Zonder widgets; beslist niets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Aanroep, Stop
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.services.afspraakberichten import Afspraakberichten, Berichtbeeld
    from frontoffice.services.bekenden import Bekenden
    from frontoffice.services.berichtbord import Berichtbord
    from frontoffice.services.berichten import Berichtendienst, Berichtstand, Voorbeeld
    from frontoffice.services.voortgangberichten import Aanleiding, Berichtkeuze, Voortgangberichten
    from ui.afspraak.dienst import Agenda

_TIJD_S = 10.0


class Berichten(Protocol):
    """De berichten zoals de samenstelling ze geeft; alles behalve `aangesloten` en `on_nieuw` opent iets."""

    @property
    def aangesloten(self) -> tuple[str, ...]: ...

    @property
    def dienst(self) -> Berichtendienst: ...

    @property
    def voortgang(self) -> Voortgangberichten: ...

    @property
    def bekenden(self) -> Bekenden: ...

    def of_afspraken(self, agenda: Agenda) -> Afspraakberichten: ...

    def open_bord(self) -> Berichtbord | None: ...

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


class Stuurvragen:
    """De vragen van één formulier "Bericht aan de inwoner"."""

    def __init__(self, berichten: Berichten, achtergrond: Achtergrond) -> None:
        self._berichten, self._achtergrond = berichten, achtergrond
        self._vragen = Vragen(achtergrond)
        self._einde = Stop()

    @property
    def aangesloten(self) -> tuple[str, ...]:
        return self._berichten.aangesloten

    def load(
        self,
        make: Callable[[Stop], Aanleiding],
        klaar: Callable[[Aanleiding], None],
        eerder: Callable[[tuple[str, ...]], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        """Eerst de aanleiding, dan wat er al ging: daar hoeft het formulier niet op te wachten."""
        berichten = self._berichten

        def got(aanleiding: Aanleiding) -> None:
            klaar(aanleiding)
            self._vragen.ask(
                "eerder",
                lambda stop: berichten.voortgang.load_eerder(aanleiding, Aanroep.van(_TIJD_S, stop)),
                eerder,
                lambda fout: eerder((f"Of er al een bericht ging, is niet te zien. {fout.uitleg}",)),
            )

        self._vragen.ask("aanleiding", make, got, mislukt)

    def preview(
        self,
        aanleiding: Aanleiding,
        keuze: Berichtkeuze,
        klaar: Callable[[Voorbeeld], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        berichten = self._berichten
        self._vragen.ask(
            "voorbeeld", lambda _: berichten.voortgang.preview(aanleiding, keuze), klaar, mislukt
        )

    def send(
        self,
        aanleiding: Aanleiding,
        keuze: Berichtkeuze,
        klaar: Callable[[Berichtstand], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        """Klaarzetten stopt niet halverwege als men iets anders aanwijst."""
        berichten = self._berichten
        self._vragen.cancel("voorbeeld")
        self._achtergrond.start(
            lambda _: berichten.voortgang.send(aanleiding, keuze, Aanroep.van(_TIJD_S, self._einde)),
            klaar,
            mislukt,
            self._einde,
        )

    def cancel(self) -> None:
        """Wat nog wordt opgezocht, hoeft niet meer."""
        self._vragen.cancel_alles()

    def close(self) -> None:
        """Het venster sluit."""
        self._einde.set()
        self.cancel()
