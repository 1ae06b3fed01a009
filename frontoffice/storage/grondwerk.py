"""Waar elke schrijver onder het slot op steunt: welke avonden, de bezetting en de geschiedenis.

Legt niets vast; dat doet `agenda` aan het eind. Wat er geschreven wordt, staat in `bezoekwerk` en
`transactie`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Dialect, delete, insert
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from frontoffice.agenda.tijd import Vak
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.storage import vorm, vragen
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import BezettingRij, GebeurtenisRij


class Grondwerk:
    """`nu` is de klok van de database; `_gewijzigd` de avonden die straks een nieuwe versie krijgen."""

    def __init__(self, lijn: Lijn, datums: Sequence[date], stand: vragen.Stand) -> None:
        self.nu = stand.nu
        self._lijn = lijn
        self._datums = frozenset(datums)
        self._gewijzigd: set[date] = set()

    def _upsert(self, tabel: type[Any], rij: Mapping[str, Any]) -> Any:
        return upsert(self._lijn.verbinding.dialect)(tabel).values(**rij)

    def _raak(self, datum: date) -> None:
        self._check_datum(datum)
        self._gewijzigd.add(datum)

    def _check_datum(self, datum: date) -> None:
        if datum not in self._datums:
            raise ValueError("deze avond valt niet onder het slot")

    def note(self, gebeurtenis: Gebeurtenis) -> None:
        self._lijn.run(insert(GebeurtenisRij), vorm.from_gebeurtenis(gebeurtenis))

    # --- bezetting ------------------------------------------------------------------------------------------

    def _bezet(self, datum: date, balie: str, vak: Vak, soort: str, ref: str) -> None:
        """Neem elke tik. Raises AgendaFout met code "bezet" als een ander er een heeft."""
        rijen = [
            {"balie": balie, "tik": tik, "datum": datum, "soort": soort, "ref": ref}
            for tik in range(vak.begin, vak.eind)
        ]
        if rijen:
            self._lijn.run(insert(BezettingRij), rijen)

    def _vrij(self, soort: str, refs: Sequence[str]) -> None:
        if refs:
            self._lijn.run(
                delete(BezettingRij).where(BezettingRij.soort == soort, BezettingRij.ref.in_(refs))
            )


def upsert(dialect: Dialect) -> Any:
    """De INSERT van deze database die ook ON CONFLICT kent."""
    return sqlite_insert if dialect.name == "sqlite" else pg_insert
