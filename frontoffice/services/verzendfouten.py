"""Uitkomsten van versturen die geen gewone fout van een register zijn."""

from __future__ import annotations

from datetime import datetime

from frontoffice.domain.fouten import Afgekeurd, KifFout
from frontoffice.domain.taakwijziging import Gezien


class NogOnbekend(Exception):
    """Het is niet bekend of het er staat, en nu nog niet na te kijken."""

    def __init__(self, oorzaak: KifFout, wacht_s: float) -> None:
        super().__init__(oorzaak.uitleg)
        self.oorzaak = oorzaak
        self.wacht_s = wacht_s


class NogNiet(Exception):
    """Dit mag nu niet (stiltetijd) en is zeker niet gedaan; vanaf `tot` wel."""

    def __init__(self, uitleg: str, tot: datetime) -> None:
        super().__init__(uitleg)
        self.uitleg = uitleg
        self.tot = tot


class TaakGewijzigd(Afgekeurd):
    """Een collega was eerder; `uitleg` is een hele zin die zegt wie. `gezien` is hoe het er nu voor staat."""

    def __init__(self, uitleg: str, gezien: Gezien) -> None:
        super().__init__(uitleg, register="klantinteracties", code="taak_gewijzigd")
        self.gezien = gezien
