"""Eén nummer per bedoeling: wie twee keer klikt of het opnieuw probeert, vraagt hetzelfde.

Weet niet wat er wordt gevraagd.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable

from frontoffice.agendapoort import AgendaBezet, AgendaOnbereikbaar
from frontoffice.domain.fouten import KifFout


class Verzoeken:
    """Onthoudt het verzoek-id van wat nog geen uitkomst heeft."""

    def __init__(self) -> None:
        self._lopend: dict[Hashable, str] = {}

    def id_van(self, bedoeling: Hashable) -> str:
        """Hetzelfde id zolang deze bedoeling geen uitkomst heeft."""
        return self._lopend.setdefault(bedoeling, str(uuid.uuid4()))

    def restore(self, bedoeling: Hashable, verzoek_id: str) -> None:
        """Vraag nog een keer precies hetzelfde: het antwoord is dat van toen."""
        self._lopend[bedoeling] = verzoek_id

    def finish(self, bedoeling: Hashable) -> None:
        """De uitkomst is bekend; de volgende keer is het een nieuwe bedoeling."""
        self._lopend.pop(bedoeling, None)

    def note_fout(self, bedoeling: Hashable, fout: KifFout) -> bool:
        """Waar als door deze fout niet bekend is of het is gebeurd; dan blijft het id staan."""
        onbekend = isinstance(fout, AgendaOnbereikbaar)
        if not onbekend and not isinstance(fout, AgendaBezet):
            self.finish(bedoeling)
        return onbekend
