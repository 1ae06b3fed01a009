"""Het logboek van inzage: wie bekeek welke klant, waarom en wanneer. Nu nog alleen in het geheugen.

De klant staat er als sleutelafdruk (HMAC), nooit leesbaar: twee regels over dezelfde klant zijn te herkennen,
de klant zelf niet. Staat los van het logbestand, dat over het programma gaat.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from frontoffice.domain.klant import BedrijfSleutel, KlantSleutel, PersoonSleutel
from frontoffice.ports import Klok


@dataclass(frozen=True)
class Logregel:
    """Een handeling. `om` is UTC, `onderwerp` de sleutelafdruk van de klant of None."""

    handeling: str
    doel: str
    medewerker: str
    organisatie: str
    om: datetime
    onderwerp: str | None
    bijzonderheden: dict[str, str] = field(default_factory=dict)


class LogboekInGeheugen:
    """Port `Logboek`. De sleutel van de afdrukken leeft zo lang als dit object."""

    def __init__(self, klok: Klok, medewerker: str, organisatie: str, sleutel: bytes | None = None) -> None:
        self._klok = klok
        self._medewerker = medewerker
        self._organisatie = organisatie
        self._sleutel = sleutel or secrets.token_bytes(32)
        self._regels: list[Logregel] = []

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        afdruk = None if onderwerp is None else self.afdruk(onderwerp)
        self._regels.append(
            Logregel(
                handeling,
                doel,
                self._medewerker,
                self._organisatie,
                self._klok.nu(),
                afdruk,
                dict(bijzonderheden),
            )
        )

    @property
    def regels(self) -> tuple[Logregel, ...]:
        """Alle regels tot nu toe, oudste eerst."""
        return tuple(self._regels)

    def afdruk(self, sleutel: KlantSleutel) -> str:
        """De sleutelafdruk waaronder deze klant in het logboek staat."""
        return hmac.new(self._sleutel, _onderwerp(sleutel).encode(), hashlib.sha256).hexdigest()


def _onderwerp(sleutel: KlantSleutel) -> str:
    if isinstance(sleutel, PersoonSleutel):
        return f"bsn:{sleutel.bsn.nummer}"
    if isinstance(sleutel, BedrijfSleutel):
        vestiging = sleutel.vestiging.nummer if sleutel.vestiging else ""
        return f"kvk:{sleutel.kvk.nummer}:{vestiging}"
    return f"partij:{sleutel.uuid}"
