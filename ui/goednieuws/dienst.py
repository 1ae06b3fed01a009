"""Wat het scherm van de cijfers vraagt. Zonder Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.cijfers import Cijfers, Periode
from frontoffice.ports import Stop
from ui.papier import Klaarpapier, preview

if TYPE_CHECKING:
    from frontoffice.services.cijfers import Voortgang


class Dienst(Protocol):
    """De cijferdienst, zoals de samenstelling haar geeft."""

    @property
    def vandaag(self) -> date: ...

    def load(self, periode: Periode, stop: Stop, *, vers: bool = False) -> Iterator[Voortgang | Cijfers]: ...

    def note(self, handeling: str, periode: Periode, **bij: str) -> None: ...


def make_rapport(cijfers: Cijfers, gemeente: str) -> Klaarpapier:
    """Maak de pdf en het voorbeeld. Duurt: niet op de draad van het scherm."""
    from frontoffice.documents.cijferbestand import (
        make_bestand,  # reportlab laadt pas als er een rapport komt
    )

    bestand = make_bestand(cijfers, "pdf", gemeente)
    return preview(bestand.naam, bestand.inhoud)


def save_csv(dienst: Dienst, cijfers: Cijfers, gemeente: str, map_: Path) -> Path:
    """Leg vast en bewaar; lukt vastleggen niet, dan komt er geen bestand."""
    from frontoffice.documents.bestand import save
    from frontoffice.documents.cijferbestand import make_bestand

    bestand = make_bestand(cijfers, "csv", gemeente)
    dienst.note("cijfers_bewaard", cijfers.periode, vorm="csv")
    return save(map_ / bestand.naam, bestand.inhoud)
