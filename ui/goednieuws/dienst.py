"""Wat het scherm van de cijfers vraagt. Zonder Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.cijfers import Cijfers, Periode
from frontoffice.ports import Stop

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld
    from frontoffice.services.cijfers import Voortgang

VOORBEELD_DPI = 96


class Dienst(Protocol):
    """De cijferdienst, zoals de samenstelling haar geeft."""

    @property
    def vandaag(self) -> date: ...

    def load(self, periode: Periode, stop: Stop, *, vers: bool = False) -> Iterator[Voortgang | Cijfers]: ...

    def note(self, handeling: str, periode: Periode, **bij: str) -> None: ...


@dataclass(frozen=True)
class Klaarrapport:
    """Het rapport als pdf, met de bladzijden zoals zij op papier komen."""

    naam: str
    pdf: bytes
    bladzijden: tuple[Paginabeeld, ...]


def make_rapport(cijfers: Cijfers, gemeente: str) -> Klaarrapport:
    """Maak de pdf en het voorbeeld. Duurt: niet op de draad van het scherm."""
    from frontoffice.documents.cijferbestand import (
        make_bestand,
    )  # reportlab laadt pas als er een rapport komt
    from frontoffice.documents.paginabeeld import pages

    bestand = make_bestand(cijfers, "pdf", gemeente)
    return Klaarrapport(bestand.naam, bestand.inhoud, tuple(pages(bestand.inhoud, VOORBEELD_DPI)))


def save_csv(dienst: Dienst, cijfers: Cijfers, gemeente: str, map_: Path) -> Path:
    """Leg vast en bewaar; lukt vastleggen niet, dan komt er geen bestand."""
    from frontoffice.documents.bestand import save
    from frontoffice.documents.cijferbestand import make_bestand

    bestand = make_bestand(cijfers, "csv", gemeente)
    dienst.note("cijfers_bewaard", cijfers.periode, vorm="csv")
    return save(map_ / bestand.naam, bestand.inhoud)


def save_pdf(dienst: Dienst, cijfers: Cijfers, rapport: Klaarrapport, map_: Path) -> Path:
    from frontoffice.documents.bestand import save

    dienst.note("cijfers_bewaard", cijfers.periode, vorm="pdf")
    return save(map_ / rapport.naam, rapport.pdf)


def render_afdruk(
    dienst: Dienst, cijfers: Cijfers, rapport: Klaarrapport, dpi: int
) -> tuple[Paginabeeld, ...]:
    from frontoffice.documents.paginabeeld import pages

    dienst.note("cijfers_afgedrukt", cijfers.periode)
    return tuple(pages(rapport.pdf, dpi))
