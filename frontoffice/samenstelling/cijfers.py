"""Bouwt de cijferdienst op de aansluitingen; laadt pas als iemand cijfers vraagt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from frontoffice.domain.cijfers import Meldingfeit
from frontoffice.domain.melding import Melding
from frontoffice.meldingpoort import Meldingregister
from frontoffice.ports import Aanroep, Pagina
from frontoffice.services.cijfers import Cijferdienst
from frontoffice.services.verzenden import Tempo

if TYPE_CHECKING:
    from frontoffice.samenstelling.diensten import Diensten

_BEANTWOORD = frozenset({"o", "a"})
"""Afgehandeld, of met reden geannuleerd (Signalen). Gesplitst is geen antwoord."""


@dataclass(frozen=True)
class Meldingentelling:
    """Port `Meldinglezer` op een meldingensysteem, dat pas opengaat bij de eerste vraag."""

    get_register: Callable[[], Meldingregister]

    def load_meldingfeiten(self, na: datetime, pagina: int, aanroep: Aanroep) -> Pagina[Meldingfeit]:
        """Een deel van een grotere melding telt niet apart: de melder weet er niet van."""
        gelezen = self.get_register().find_gewijzigd(na, pagina, aanroep)
        feiten = [
            _to_feit(melding, melding.gemeld_op)
            for melding in gelezen.rijen
            if melding.gemeld_op is not None and not melding.deelmelding
        ]
        return Pagina(tuple(feiten), gelezen.totaal, gelezen.volgende_pagina)


def _to_feit(melding: Melding, gemeld_op: datetime) -> Meldingfeit:
    klaar = melding.status.sinds if melding.status.code in _BEANTWOORD else None
    plaats = melding.plek.plaats if melding.plek is not None else ""
    return Meldingfeit(melding.nummer, gemeld_op, klaar, melding.hoofdcategorie, plaats)


def make_cijfers(diensten: Diensten) -> Cijferdienst:
    """De dienst. Doet geen verzoek."""
    profiel, contactlezer, meldingen = (
        diensten.profiel,
        diensten.registers.contactlezer,
        diensten.meldingsysteem,
    )
    assert contactlezer is not None
    return Cijferdienst(
        contactlezer,
        diensten.klok,
        diensten.logboek,
        profiel.normen.kalender.add_werkdagen,
        meldingen=None if meldingen is None else Meldingentelling(lambda: meldingen.dienst.register),
        tempo=Tempo(profiel.registratie.verzoeken_per_seconde),
        seconden=profiel.termijnen.details,
    )
