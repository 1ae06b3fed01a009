"""Wat het vak bij uitval op de achtergrond vraagt en doet: voorrekenen, vastleggen, en iemand verzetten.

Een verzoek dat door een storing onzeker is, gaat met hetzelfde verzoek-id nog eens. Kent geen widgets.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.vanavond.uitval import Uitval
from frontoffice.agendapoort import AgendaBezet, AgendaOnbereikbaar
from frontoffice.domain.fouten import KifFout
from frontoffice.services.uitvalwaarden import Keuzes, TeBellen, UitvalAnders, Uitvalbeeld
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen

_ONZEKER = (AgendaOnbereikbaar, AgendaBezet)


class Uitvalbron(Protocol):
    """Wat hier van de agenda nodig is."""

    def load_keuzes(self) -> Keuzes: ...
    def load_verplaatsen(self) -> tuple[TeBellen, ...]: ...
    def preview(self, uitval: Uitval) -> Uitvalbeeld: ...
    def preview_terug(self, id_: str) -> Uitvalbeeld: ...
    def apply(self, beeld: Uitvalbeeld, *, verzoek_id: str) -> Uitvalbeeld: ...


class Verzetter(Protocol):
    def move(self, id_: str, begin: datetime, *, verzoek_id: str) -> Afspraak: ...


class Waarschuwer(Protocol):
    def warn_later(self, afspraak: Afspraak, begin: datetime) -> int | None: ...


class Uitvalverloop(QObject):
    """Signalen: `keuzes` (Keuzes), `beeld` (Uitvalbeeld, waarom opnieuw), `vastgelegd` (Uitvalbeeld), `lijst`
    (tuple[TeBellen]), `verzet` (Afspraak van daarvoor, die van nu), `klaargezet` (zin) en `mislukt` (zin)."""

    keuzes = Signal(object)
    beeld = Signal(object, str)
    vastgelegd = Signal(object)
    lijst = Signal(object)
    verzet = Signal(object, object)
    klaargezet = Signal(str)
    mislukt = Signal(str)

    def __init__(
        self,
        bron: Callable[[], tuple[Uitvalbron, Verzetter]],
        achtergrond: Achtergrond,
        parent: QObject | None = None,
        berichten: Callable[[], Waarschuwer] | None = None,
    ) -> None:
        """`berichten` None: op deze werkplek zijn geen berichten aangesloten."""
        super().__init__(parent)
        self._bron, self._berichten = bron, berichten
        self._vragen = Vragen(achtergrond)
        self._verzoeken: dict[object, str] = {}

    def load_keuzes(self) -> None:
        bron = self._bron
        self._vragen.ask("keuzes", lambda _: bron()[0].load_keuzes(), self.keuzes.emit, self._fail)

    def load_lijst(self) -> None:
        bron = self._bron
        self._vragen.ask("lijst", lambda _: bron()[0].load_verplaatsen(), self.lijst.emit, self._fail)

    def preview(self, uitval: Uitval) -> None:
        """Een nieuwe keuze maakt het antwoord op de vorige ongeldig."""
        bron = self._bron
        self._vragen.ask(
            "beeld", lambda _: bron()[0].preview(uitval), lambda b: self.beeld.emit(b, ""), self._fail
        )

    def preview_terug(self, id_: str) -> None:
        bron = self._bron
        self._vragen.ask(
            "beeld", lambda _: bron()[0].preview_terug(id_), lambda b: self.beeld.emit(b, ""), self._fail
        )

    def apply(self, beeld: Uitvalbeeld) -> None:
        bron, sleutel = self._bron, ("uitval", beeld.wijzigingen, beeld.afdruk)
        verzoek = self._verzoeken.setdefault(sleutel, str(uuid.uuid4()))

        def klaar(gedaan: Uitvalbeeld) -> None:
            self._verzoeken.pop(sleutel, None)
            self.vastgelegd.emit(gedaan)

        def fail(fout: KifFout) -> None:
            if not isinstance(fout, _ONZEKER):
                self._verzoeken.pop(sleutel, None)
            if isinstance(fout, UitvalAnders):
                self.beeld.emit(fout.beeld, fout.uitleg)
            else:
                self._fail(fout)

        self._vragen.ask("vastleggen", lambda _: bron()[0].apply(beeld, verzoek_id=verzoek), klaar, fail)

    def move(self, afspraak: Afspraak, begin: datetime) -> None:
        bron, sleutel = self._bron, ("verzet", afspraak.id, begin)
        verzoek = self._verzoeken.setdefault(sleutel, str(uuid.uuid4()))

        def klaar(nieuw: Afspraak) -> None:
            self._verzoeken.pop(sleutel, None)
            self.verzet.emit(afspraak, nieuw)

        def fail(fout: KifFout) -> None:
            if not isinstance(fout, _ONZEKER):
                self._verzoeken.pop(sleutel, None)
                self.load_lijst()  # die tijd is weg: de nieuwe voorstellen
            self._fail(fout)

        self._vragen.ask(
            "verzet", lambda _: bron()[1].move(afspraak.id, begin, verzoek_id=verzoek), klaar, fail
        )

    @property
    def kan_berichten(self) -> bool:
        return self._berichten is not None

    def warn(self, afspraak: Afspraak, begin: datetime) -> None:
        """Zet het bericht klaar dat het uitloopt; nog een keer is hetzelfde bericht."""
        berichten = self._berichten
        if berichten is None:
            return

        def klaar(nummer: int | None) -> None:
            if nummer is None:
                self.mislukt.emit("Deze bezoeker wil geen e-mail of sms. Bel hem.")
            else:
                self.klaargezet.emit("Het bericht staat klaar. Het gaat vanzelf weg.")

        self._vragen.ask("bericht", lambda _: berichten().warn_later(afspraak, begin), klaar, self._fail)

    def close(self) -> None:
        self._vragen.cancel_alles()

    def _fail(self, fout: KifFout) -> None:
        self.mislukt.emit(fout.uitleg)
