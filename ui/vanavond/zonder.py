"""Wat het vak Zonder afspraak op de achtergrond vraagt: producten, en of iemand er vanavond nog bij kan.

Legt niets vast; het antwoord geldt voor dit moment. Wie zich aanmeldt, wordt onder het slot nog eens bekeken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.inpassen import PastNiet, fit_in
from frontoffice.agenda.vanavond.voorspelling import wachtwoorden
from frontoffice.agenda.vanavond.wat_wel import find_wat_wel, say_past_niet
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import plan_wens
from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.services.afspraakwaarden import Productkeuze
from frontoffice.services.avondbeelden import Agendabeeld
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen
from ui.vanavond.dienst import Beeldbron
from ui.vanavond.model import klok_ongeveer

_WACHT_MS = 150
_LANG = 30
"""Wie langer moet wachten, kiest daar zelf voor."""
_OPNIEUW_MS = 15_000
"""Zo vaak kijken wij of het antwoord nog klopt zolang het vak open staat."""


class Productzoeker(Protocol):
    def find_producten(self, zoek: str = "", gekozen: Wens | None = None) -> tuple[Productkeuze, ...]: ...


@dataclass(frozen=True)
class Zonderbron:
    beelden: Beeldbron
    producten: Productzoeker


class Zonderverloop(QObject):
    """Signalen: `inrichting` (Inrichting, dag), `producten` (tuple[Productkeuze]) en `kan` (zin, bool, waarom
    niet: de code voor het verslag, of leeg)."""

    inrichting = Signal(object, object)
    producten = Signal(object)
    kan = Signal(str, bool, str)

    def __init__(
        self,
        bron: Callable[[], Zonderbron],
        stand: Callable[[], Avondstand | None],
        achtergrond: Achtergrond,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bron, self._stand = bron, stand
        self._vragen = Vragen(achtergrond)
        self._gevraagd: tuple[Wens, bool] | None = None
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self._ask)

    def load(self) -> None:
        """Wat er te kiezen is."""
        bron = self._bron

        def klaar(beeld: Agendabeeld) -> None:
            self.inrichting.emit(beeld.inrichting, beeld.vandaag)

        self._vragen.ask("inrichting", lambda _: bron().beelden.load(), klaar, self._fail)

    def find_producten(self, zoek: str, gekozen: Wens | None) -> None:
        bron = self._bron
        self._vragen.ask(
            "producten",
            lambda _: bron().producten.find_producten(zoek, gekozen),
            self.producten.emit,
            self._fail,
        )

    def preview(self, wens: Wens | None, *, voorrang: bool) -> None:
        """Kijk of deze wens er nog bij kan; een oud antwoord valt weg."""
        self._vragen.cancel("kan")
        if wens is None:
            self._gevraagd = None
            self._wekker.stop()
            return
        self._gevraagd = (wens, voorrang)
        self.kan.emit("Even kijken of het past…", False, "")
        self._wekker.start(_WACHT_MS)

    def retry_later(self) -> None:
        """Het ging net niet: kijk straks weer."""
        if self._gevraagd is not None:
            self._wekker.start(_OPNIEUW_MS)

    def close(self) -> None:
        self._wekker.stop()
        self._vragen.cancel_alles()

    def _ask(self) -> None:
        stand = self._stand()
        if self._gevraagd is None or stand is None:
            return
        (wens, voorrang), bron = self._gevraagd, self._bron

        def werk(_: Stop) -> tuple[str, bool, str]:
            return say_kan(bron().beelden.load(), stand, wens, voorrang=voorrang)

        def klaar(uitkomst: tuple[str, bool, str]) -> None:
            self.kan.emit(*uitkomst)
            self._wekker.start(_OPNIEUW_MS)

        self._vragen.ask("kan", werk, klaar, self._fail)

    def _fail(self, fout: KifFout) -> None:
        """Niet te zeggen of het past, bijvoorbeeld zonder verbinding: aanmelden mag dan toch."""
        self.kan.emit(f"{fout.uitleg} Of het past is nu niet te zien.", fout.opnieuw_helpt, "")


def say_kan(beeld: Agendabeeld, stand: Avondstand, wens: Wens, *, voorrang: bool) -> tuple[str, bool, str]:
    """ "Kan om ongeveer 18.25 uur, wachten ongeveer 20 minuten.", of waarom het niet kan, met de code."""
    plan = plan_wens(beeld.inrichting, wens, stand.datum)
    plaats = fit_in(stand, beeld.inrichting, beeld.kalender, plan, stand.nu, voorrang=voorrang)
    if isinstance(plaats, PastNiet):
        wel = find_wat_wel(stand, beeld.inrichting, beeld.kalender, wens, stand.nu)
        return say_past_niet(plaats, wel), False, plaats.waarom
    om = klok_ongeveer(stand.nu + timedelta(minutes=plaats.wacht_min))
    zin = f"Kan om ongeveer {om} uur, wachten {wachtwoorden(plaats.wacht_min)}."
    if plaats.wacht_min > _LANG:
        zin += " Vraag of de bezoeker zo lang wacht. Maak anders een afspraak."
    if plaats.later:
        wie = "1 afspraak wordt" if len(plaats.later) == 1 else f"{len(plaats.later)} afspraken worden"
        zin += f" Let op: {wie} daardoor later."
    return zin, True, ""
