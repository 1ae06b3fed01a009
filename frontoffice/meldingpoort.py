"""Wat de services van een meldingensysteem en een plaatsenregister vragen. Signalen is de eerste aansluiting.

Schrijven herhaalt hier nooit iets: of een mislukte aanroep nog eens mag, weet alleen wie verzendt. Daarvoor
geeft elke schrijfopdracht een `kenmerk` mee, en kan het register zeggen of het dat al heeft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from frontoffice.domain.melding import Categorie, Gebeurtenis, Melding, Meldingbron, Plek, Punt
from frontoffice.domain.waarden import EmailAdres, Telefoonnummer
from frontoffice.ports import Aanroep, Pagina, RegisterStand


@dataclass(frozen=True)
class Gevonden:
    """Wat een zoekvraag gaf. `onvolledig` is een hele zin als niet overal gezocht kon worden."""

    meldingen: tuple[Melding, ...] = ()
    onvolledig: str = ""
    meer: bool = False


@dataclass(frozen=True)
class Mailvoorbeeld:
    """De e-mail zoals de melder hem krijgt: `tekst` is platte tekst, nooit HTML."""

    onderwerp: str
    tekst: str


@dataclass(frozen=True)
class NieuweMelding:
    """Een melding om te maken. Zonder e-mail en telefoon is zij anoniem. `categorie_adres`: zie Categorie."""

    tekst: str
    plek: Plek
    categorie_adres: str
    begin: datetime
    email: str = field(default="", repr=False)
    telefoon: str = field(default="", repr=False)
    delen_mag: bool = False
    spoed: bool = False


@dataclass(frozen=True)
class Gemaakt:
    nummer: int
    weergave: str


class Meldingregister(Protocol):
    """Raises RegisterFout; bij lezen NietGevonden (404) en NietBevoegd (401, 403)."""

    naam: str

    def load(self, nummer: int, aanroep: Aanroep) -> Melding: ...

    def load_historie(self, nummer: int, aanroep: Aanroep) -> tuple[Gebeurtenis, ...]:
        """Nieuwste eerst."""

    def load_fotos(self, nummer: int, aanroep: Aanroep) -> tuple[str, ...]:
        """De bestandsnamen van wat erbij zit."""

    def find_op_email(self, email: EmailAdres, aanroep: Aanroep) -> Gevonden:
        """Meldingen met precies dit adres (hoofdletters tellen niet), nieuwste eerst."""

    def find_op_telefoon(self, nummer: Telefoonnummer, aanroep: Aanroep) -> Gevonden:
        """In verschillende schrijfwijzen, samengevoegd en nagekeken. Ligt de zoekindex plat, dan is het
        resultaat leeg en zegt `onvolledig` dat."""

    def find_op_adres(self, tekst: str, aanroep: Aanroep) -> Gevonden: ...

    def find_op_woorden(self, tekst: str, aanroep: Aanroep) -> Gevonden: ...

    def find_te_laat(self, pagina: int, aanroep: Aanroep, *, veel: bool = False) -> Pagina[Melding]:
        """Open en over de datum, langst wachtend eerst."""

    def find_gewijzigd(self, na: datetime, pagina: int, aanroep: Aanroep) -> Pagina[Melding]:
        """Wat na dit moment veranderde, laatst veranderd eerst; ook wat klaar is."""

    def find_dichtbij(
        self, punt: Punt, categorie_slug: str, na: datetime, aanroep: Aanroep
    ) -> tuple[Melding, ...]:
        """Dezelfde soort melding binnen 50 meter, dichtstbij eerst."""

    def load_categorieen(self, aanroep: Aanroep) -> tuple[Categorie, ...]: ...

    def load_bronnen(self, aanroep: Aanroep) -> tuple[Meldingbron, ...]: ...

    def preview(self, nummer: int, code: str, tekst: str, aanroep: Aanroep) -> Mailvoorbeeld: ...

    # Schrijven

    def make_melding(self, nieuw: NieuweMelding, bron: str, kenmerk: str, aanroep: Aanroep) -> Gemaakt: ...

    def find_eigen(self, kenmerk: str, sinds: datetime, email: str, aanroep: Aanroep) -> Gemaakt | None:
        """De melding die met dit kenmerk is gemaakt, sinds dit moment; None als zij er niet is."""

    def add_notitie(self, nummer: int, tekst: str, aanroep: Aanroep) -> None: ...

    def change_status(
        self, nummer: int, code: str, tekst: str, mail: bool, kenmerk: str, notitie: str, aanroep: Aanroep
    ) -> None:
        """De stand en een notitie samen, alles of niets."""

    def add_foto(self, nummer: int, naam: str, inhoud: bytes, soort: str, aanroep: Aanroep) -> None: ...

    def check(self, aanroep: Aanroep) -> RegisterStand: ...


class Locatiezoeker(Protocol):
    """Een plek bij woorden: een adres, straat of herkenbaar punt."""

    def suggest(self, tekst: str, aanroep: Aanroep) -> tuple[Plek, ...]:
        """Ten hoogste tien, beste eerst, binnen de gemeente en met een punt."""

    def check(self, aanroep: Aanroep) -> RegisterStand: ...
