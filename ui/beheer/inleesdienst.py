"""Een lijst van een andere agenda lezen en voorrekenen, om in het beheer te laten zien. Zonder Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.avonden import InrichtingFout
from frontoffice.services.extern import load_extern
from frontoffice.services.externdienst import Inleeskeuze, Inleesplan, as_agendatijd
from ui.beheer.dienst import Agenda


@dataclass(frozen=True)
class Inleesvraag:
    """Wat de beheerder koos. `van` None = het moment waarop het bestand is bewaard.

    `alles`: elke avond van het bestand, anders alleen `datum`. `eigenaar` None = zoals het is.
    """

    pad: Path
    datum: date
    van: datetime | None = None
    alles: bool = False
    eigenaar: str | None = None


@dataclass(frozen=True)
class Inleesbeeld:
    """Wat de vraag oplevert: een plan om na te kijken, of alle fouten van het bestand."""

    vraag: Inleesvraag
    van: datetime
    vandaag: date
    plan: Inleesplan | None = None
    fouten: tuple[str, ...] = ()


def preview(agenda: Agenda, vraag: Inleesvraag, vandaag: date) -> Inleesbeeld:
    """Raises AgendaFout, AlNieuwer; wat er in het bestand niet klopt, staat in `fouten`."""
    nu = agenda.opslag.nu()
    van = vraag.van or nu
    try:
        bestand, gemaakt = load_extern(vraag.pad)
        van = vraag.van or as_agendatijd(gemaakt, datetime.now(UTC), nu)
        dagen = () if vraag.alles else (vraag.datum,)
        plan = agenda.extern.preview(bestand, Inleeskeuze(van, dagen, eigenaar=vraag.eigenaar))
    except InrichtingFout as fout:
        return Inleesbeeld(vraag, van, vandaag, fouten=fout.fouten)
    except InvoerFout as fout:
        return Inleesbeeld(vraag, van, vandaag, fouten=(fout.uitleg,))
    return Inleesbeeld(vraag, plan.keuze.van, vandaag, plan)
