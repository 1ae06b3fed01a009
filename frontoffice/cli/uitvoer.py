"""Wat de opdrachtregel zegt: met --json precies één document op stdout, al het andere op stderr.

Tekst van een register kan stuurtekens bevatten; die komen nooit in een terminal terecht.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TextIO

from frontoffice.domain.fouten import GeheimFout, Geweigerd, InvoerFout, KifFout, ProfielFout

KLAAR = 0
ANDERS = 1
VERKEERD_GEBRUIK = 2
DEELS = 3
GEWEIGERD = 4


_OOK_GEWEIGERD = ("verzoek_anders", "iemand_was_eerder")
"""Van de agenda: er is niets veranderd, en precies zo nog eens helpt niet."""


def clean(tekst: str) -> str:
    """Tekst voor een terminal, op één regel: zonder stuurtekens en tekens die de leesrichting omdraaien."""
    return "".join(
        " " if teken in "\n\r\t\u2028\u2029" else teken
        for teken in tekst
        if teken in "\n\r\t\u2028\u2029" or unicodedata.category(teken) not in ("Cc", "Cf", "Cs", "Co")
    )


def uitgang(fout: KifFout) -> int:
    """De uitgangscode die bij een fout hoort."""
    if isinstance(fout, InvoerFout | ProfielFout):
        return VERKEERD_GEBRUIK
    if isinstance(fout, Geweigerd) or fout.code in _OOK_GEWEIGERD:
        return GEWEIGERD
    return ANDERS


class Uitvoer:
    """Het einde van elke opdracht: een document, regels voor een mens, of een fout."""

    def __init__(self, *, als_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.als_json = als_json
        self._stdout = stdout or sys.stdout
        self._stderr = stderr or sys.stderr

    def document(self, inhoud: Mapping[str, object] | Sequence[object]) -> None:
        """Het ene JSON-document, alleen met --json. Stuurtekens gaan als \\u-reeks mee."""
        if self.als_json:
            json.dump(inhoud, self._stdout, ensure_ascii=True, allow_nan=False)
            self._stdout.write("\n")
            self._stdout.flush()

    def regel(self, tekst: str = "") -> None:
        """Een regel voor een mens, alleen zonder --json."""
        if not self.als_json:
            print(clean(tekst), file=self._stdout, flush=True)

    def blok(self, tekst: str) -> None:
        """Eigen tekst van meer regels, alleen zonder --json."""
        if not self.als_json:
            self._stdout.write(tekst)
            self._stdout.flush()

    def melding(self, tekst: str) -> None:
        """Een regel op stderr, ook met --json."""
        print(clean(tekst), file=self._stderr, flush=True)

    def fout(self, fout: KifFout) -> int:
        """Meld een fout op stderr (en als document) en geef de uitgangscode."""
        for zin in fout.fouten if isinstance(fout, ProfielFout) else (fout.uitleg,):
            self.melding(zin)
        self.document({"fout": fout_document(fout)})
        return uitgang(fout)


def fout_document(fout: KifFout) -> dict[str, object]:
    """Een fout zoals die in JSON staat; een profiel noemt elke fout apart."""
    inhoud: dict[str, object] = {"code": fout.code, "uitleg": fout.uitleg}
    if isinstance(fout, ProfielFout):
        inhoud["fouten"] = list(fout.fouten)
    if isinstance(fout, GeheimFout) and fout.opnieuw_helpt:
        inhoud["opnieuw_helpt"] = True
    return inhoud
