"""De melding die nog niet af is, als tekst die op deze pc bewaard blijft (in de versleutelde winkel).

Rekent alleen: wie bewaart en wanneer, staat in `bewaarder`. Foto's staan apart: zie `fotobewaren`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from frontoffice.domain.melding import Categorie, Plek
from frontoffice.jsonvorm import decode
from frontoffice.services.meldingschrijven import Meldinginvoer


@dataclass(frozen=True)
class Meldingconcept:
    """Wat er is ingevuld. `sleutel` is vanaf het begin dezelfde: twee keer maken is dan één melding."""

    sleutel: str
    tekst: str = ""
    categorie: Categorie | None = None
    plek: Plek | None = None
    plektekst: str = ""
    email: str = ""
    telefoon: str = ""
    delen_mag: bool = False
    spoed: bool = False

    @property
    def is_leeg(self) -> bool:
        """Nog niets wat iemand kwijt kan raken; het nummer van de klant stond er vanzelf."""
        return not (self.tekst.strip() or self.categorie or self.plek or self.plektekst.strip())


def format_concept(concept: Meldingconcept) -> str:
    """Voor in de winkel; leeg als er niets te bewaren is."""
    return "" if concept.is_leeg else json.dumps(asdict(concept), ensure_ascii=True)


def read_concept(tekst: str) -> Meldingconcept | None:
    """None als er niets (goeds) staat: dan begint men leeg."""
    try:
        return decode(tekst, Meldingconcept)
    except ValueError:
        return None


def to_invoer(concept: Meldingconcept, fotos: tuple[bytes, ...], *, anoniem: bool) -> Meldinginvoer:
    """Wat er gemaakt wordt; wie anoniem blijft, laat niets achter."""
    return Meldinginvoer(
        concept.tekst,
        concept.categorie,
        concept.plek,
        "" if anoniem else concept.email,
        "" if anoniem else concept.telefoon,
        concept.delen_mag and not anoniem,
        concept.spoed,
        fotos,
    )
