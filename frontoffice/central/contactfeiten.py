"""Klantcontacten voor de cijfers: alleen de velden die tellen, van alle klanten door elkaar.

Leest geen naam, inhoud of medewerker uit het antwoord. De lijst is niet op datum te filteren (Open Klant
2.18) maar wel op volgorde: nieuwste eerst.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from frontoffice.central.antwoord import as_utc
from frontoffice.central.bladzijden import Bladzij, to_pagina
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.cijfers import Contactfeit, Taakfeit
from frontoffice.domain.fouten import NietGevonden
from frontoffice.ports import Aanroep, Pagina

PER_PAGINA = 100
"""Meer maakt het niet sneller: de server rekent per rij, en andere collega's wachten dan langer."""


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    pass


class _Link(_Vorm, frozen=True):
    uuid: str


class _Taak(_Vorm, frozen=True):
    status: str
    toelichting: str | None = None
    afgehandeld_op: datetime | None = None


class _Uitgevouwen(_Vorm, frozen=True):
    leidde_tot_interne_taken: list[_Taak] | None = None


class _Contact(_Vorm, frozen=True):
    uuid: str
    plaatsgevonden_op: datetime | None = None
    onderwerp: str | None = None
    vertrouwelijk: bool = True
    indicatie_contact_gelukt: bool | None = None
    metadata: dict[str, str | None] | None = None
    leidde_tot_interne_taken: list[_Link] = []
    ging_over_onderwerpobjecten: list[_Link] = []
    expand: _Uitgevouwen = msgspec.field(name="_expand", default=_Uitgevouwen())


class _Moment(_Vorm, frozen=True):
    plaatsgevonden_op: datetime | None = None


class Contactfeiten:
    """Port `Contactlezer`."""

    def __init__(self, verbinding: Verbinding) -> None:
        self._verbinding = verbinding

    def load_plaats(self, plaats: int, aanroep: Aanroep) -> tuple[datetime | None, int]:
        """(moment van het contact op die plaats in de lijst, aantal contacten); (None, 0) voorbij het eind.

        Zo is met enkele vragen te zoeken waar een periode begint: het register zoekt niet op periode.
        """
        vraag = _vraag([("pageSize", "1")], plaats)

        def make(bladzij: Bladzij[_Moment]) -> tuple[datetime | None, int]:
            eerste = bladzij.results[0].plaatsgevonden_op if bladzij.results else None
            return as_utc(eerste), bladzij.count

        try:
            return self._verbinding.ask(vraag, aanroep, Bladzij[_Moment], make)
        except NietGevonden:
            return None, 0

    def load_contactfeiten(self, pagina: int, aanroep: Aanroep) -> Pagina[Contactfeit]:
        """Een bladzijde van wat de cijfers tellen, nieuwste eerst en zonder wie het was."""
        vraag = _vraag([("expand", "leiddeTotInterneTaken"), ("pageSize", str(PER_PAGINA))], pagina)
        try:
            return self._verbinding.ask(
                vraag,
                aanroep,
                Bladzij[_Contact],
                lambda b: to_pagina(b, pagina, _to_feit, lambda feit: feit.uuid),
            )
        except NietGevonden:
            if pagina == 1:
                raise
            return Pagina((), 0)  # voorbij het eind: er is intussen een contact weggehaald


def _vraag(query: list[tuple[str, str]], pagina: int) -> Vraag:
    bij = [("page", str(pagina))] if pagina > 1 else []
    return Vraag("GET", "/klantcontacten", (*query, *bij), herhaalbaar=True)


def _to_feit(rij: _Contact) -> Contactfeit:
    taken = rij.expand.leidde_tot_interne_taken or ()
    return Contactfeit(
        uuid=rij.uuid,
        om=as_utc(rij.plaatsgevonden_op),
        onderwerp=rij.onderwerp or "",
        vertrouwelijk=rij.vertrouwelijk,
        gelukt=rij.indicatie_contact_gelukt,
        over_iets=bool(rij.ging_over_onderwerpobjecten),
        metadata={naam: waarde or "" for naam, waarde in (rij.metadata or {}).items()},
        taken=tuple(
            Taakfeit(taak.toelichting or "", taak.status == "verwerkt", as_utc(taak.afgehandeld_op))
            for taak in taken
        ),
        heeft_taken=bool(rij.leidde_tot_interne_taken),
    )
