"""Waarden die geen onzin kunnen bevatten: BSN, KVK-nummer, telefoonnummer, postcode, onvolledige datum.

Wie een waarde maakt, heeft hem gecontroleerd; `repr` laat van persoonsgegevens niets zien.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import MAANDEN


@dataclass(frozen=True, repr=False)
class Bsn:
    """Burgerservicenummer: negen cijfers die aan de elfproef voldoen (Wet algemene bepalingen BSN)."""

    nummer: str

    def __post_init__(self) -> None:
        # Pas laden als er een nummer is: het kost het venster anders tientallen milliseconden bij de start.
        from stdnum.exceptions import ValidationError
        from stdnum.nl import bsn as _bsn

        try:
            geldig = len(self.nummer) == 9 and _bsn.validate(self.nummer) == self.nummer
        except ValidationError:
            geldig = False
        if not geldig:
            raise InvoerFout(
                "Dit is geen goed burgerservicenummer. Kijk de negen cijfers na.", code="bsn_ongeldig"
            )

    @property
    def gemaskeerd(self) -> str:
        """Alleen de laatste drie cijfers: "•••••• 653" zonder spatie."""
        return "••••••" + self.nummer[-3:]

    def __repr__(self) -> str:
        return "Bsn(…)"


@dataclass(frozen=True)
class KvkNummer:
    """KVK-nummer: acht cijfers."""

    nummer: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{8}", self.nummer):
            raise InvoerFout("Een KVK-nummer heeft acht cijfers.", code="kvk_ongeldig")


@dataclass(frozen=True)
class Vestigingsnummer:
    """Vestigingsnummer uit het Handelsregister: twaalf cijfers."""

    nummer: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{12}", self.nummer):
            raise InvoerFout("Een vestigingsnummer heeft twaalf cijfers.", code="vestiging_ongeldig")


@dataclass(frozen=True, repr=False)
class Telefoonnummer:
    """Een nummer in E.164 (+31612345678), of een kort nummer als 14 053 of 112 met alleen cijfers."""

    e164: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\+[1-9][0-9]{5,14}|[0-9]{3,8}", self.e164):
            raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon_ongeldig")

    @property
    def laatste_negen(self) -> str:
        """De laatste negen cijfers: daarop zoekt Klantinteracties, dat notaties niet gelijkmaakt."""
        return re.sub(r"\D", "", self.e164)[-9:]

    def __repr__(self) -> str:
        return "Telefoonnummer(…)"


@dataclass(frozen=True, repr=False)
class EmailAdres:
    """Een e-mailadres; hoofdletters blijven, want Open Klant zoekt hoofdlettergevoelig."""

    adres: str

    def __post_init__(self) -> None:
        if len(self.adres) > 254 or not re.fullmatch(
            r"[^\s@<>,;:\"()\\]+@[^\s@<>,;:\"()\\]+\.[^\s@.]{2,}", self.adres
        ):
            raise InvoerFout("Dit e-mailadres klopt niet. Kijk het na.", code="email_ongeldig")

    def __repr__(self) -> str:
        return "EmailAdres(…)"


@dataclass(frozen=True, repr=False)
class Postcode:
    """Nederlandse postcode zonder spatie, in hoofdletters: "7581AB"."""

    code: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", self.code) or self.code[-2:] in ("SA", "SD", "SS"):
            raise InvoerFout("Een postcode heeft vier cijfers en twee letters.", code="postcode_ongeldig")

    @property
    def weergave(self) -> str:
        return f"{self.code[:4]} {self.code[4:]}"

    def __repr__(self) -> str:
        return "Postcode(…)"


@dataclass(frozen=True)
class Datum:
    """Een datum die onvolledig mag zijn, zoals de BRP hem kent: alleen jaar, jaar en maand, of onbekend."""

    jaar: int | None = None
    maand: int | None = None
    dag: int | None = None

    @classmethod
    def van(cls, dag: date) -> Datum:
        return cls(dag.year, dag.month, dag.day)

    @property
    def volledig(self) -> date | None:
        """De kalenderdatum, of None als een deel onbekend is."""
        if self.jaar and self.maand and self.dag:
            return date(self.jaar, self.maand, self.dag)
        return None

    @property
    def weergave(self) -> str:
        """ "1-12-1985", "mei 1950", "1950" of "onbekend"."""
        if self.volledig:
            return f"{self.dag}-{self.maand}-{self.jaar}"
        if self.jaar and self.maand:
            return f"{MAANDEN[self.maand - 1]} {self.jaar}"
        return str(self.jaar) if self.jaar else "onbekend"

    @property
    def iso(self) -> str:
        """ "1985-12-01", "1950-05", "1950" of ""; voor de opdrachtregel."""
        if not self.jaar:
            return ""
        delen = [f"{self.jaar:04d}"]
        if self.maand:
            delen.append(f"{self.maand:02d}")
            if self.dag:
                delen.append(f"{self.dag:02d}")
        return "-".join(delen)
