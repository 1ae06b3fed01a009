"""De database van deze werkplek, altijd lokaal en versleuteld: nu het logboek van inzage.

Elke regel draagt een ketting (hash van de vorige regel en deze): wie er een weghaalt of wijzigt, breekt haar.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

import msgspec
from sqlalchemy import Engine, Integer, MetaData, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from frontoffice.domain.klant import KlantSleutel
from frontoffice.logboek import LogboekInGeheugen, Logregel
from frontoffice.ports import Klok
from frontoffice.storage.fouten import Fase
from frontoffice.storage.instelling import SqliteInstelling
from frontoffice.storage.kolommen import Moment, Tekst
from frontoffice.storage.lijn import Lijn, connect
from frontoffice.storage.schema import ensure_schema
from frontoffice.storage.verbinding import SCHRIJFT, make_engine
from frontoffice.storage.versies import Geschiedenis

_BEGIN = "0" * 64


class Basis(DeclarativeBase):
    metadata = MetaData(
        naming_convention={"pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"}
    )


class KenmerkRij(Basis):
    """Eén rij: de sleutel waarmee klanten in het logboek een afdruk krijgen."""

    __tablename__ = "kenmerk"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    afdruksleutel: Mapped[str] = mapped_column(Tekst)


class LogregelRij(Basis):
    __tablename__ = "logregel"
    volgnummer: Mapped[int] = mapped_column(Integer, primary_key=True)
    om: Mapped[datetime] = mapped_column(Moment)
    handeling: Mapped[str] = mapped_column(Tekst)
    doel: Mapped[str] = mapped_column(Tekst)
    medewerker: Mapped[str] = mapped_column(Tekst)
    organisatie: Mapped[str] = mapped_column(Tekst)
    onderwerp: Mapped[str | None] = mapped_column(Tekst)
    bijzonderheden: Mapped[str] = mapped_column(Tekst)
    keten: Mapped[str] = mapped_column(Tekst)


class WerkplekLogboek:
    """Port `Logboek`, dat het programma overleeft. Raises AgendaFout als er niet te schrijven is."""

    def __init__(self, instelling: SqliteInstelling, klok: Klok, medewerker: str, organisatie: str) -> None:
        self._klok = klok
        self._medewerker = medewerker
        self._organisatie = organisatie
        self._engine: Engine = make_engine(instelling)

    def close(self) -> None:
        self._engine.dispose()

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        afdruk = None if onderwerp is None else self.afdruk(onderwerp)
        regel = Logregel(
            handeling,
            doel,
            self._medewerker,
            self._organisatie,
            self._klok.nu(),
            afdruk,
            dict(bijzonderheden),
        )
        with self._lijn(Fase.SCHRIJVEN) as lijn:
            laatste = lijn.rij(select(LogregelRij.keten).order_by(LogregelRij.volgnummer.desc()).limit(1))
            keten = _keten(_BEGIN if laatste is None else laatste.keten, regel)
            velden = {naam: getattr(regel, naam) for naam in Logregel.__dataclass_fields__}
            velden["bijzonderheden"] = _json(regel.bijzonderheden).decode()
            lijn.run(insert(LogregelRij), velden | {"keten": keten})
            lijn.commit()

    @property
    def regels(self) -> tuple[Logregel, ...]:
        """Alle regels, oudste eerst."""
        return tuple(regel for regel, _ in self._load())

    def check(self) -> int | None:
        """De eerste regel (geteld vanaf 1) die niet op de vorige aansluit; None als alles klopt."""
        vorige = _BEGIN
        for nummer, (regel, keten) in enumerate(self._load(), 1):
            if keten != _keten(vorige, regel):
                return nummer
            vorige = keten
        return None

    def afdruk(self, sleutel: KlantSleutel) -> str:
        """De sleutelafdruk waaronder deze klant in het logboek staat; elke dag dezelfde."""
        return self._afdrukker.afdruk(sleutel)

    @cached_property
    def _afdrukker(self) -> LogboekInGeheugen:
        ensure_schema(self._engine, Geschiedenis.WERKPLEK)
        with self._lijn(Fase.LEZEN) as lijn:
            rij = lijn.rij(select(KenmerkRij.afdruksleutel))
        assert rij is not None
        sleutel = bytes.fromhex(rij.afdruksleutel)
        return LogboekInGeheugen(self._klok, self._medewerker, self._organisatie, sleutel)

    def _load(self) -> list[tuple[Logregel, str]]:
        with self._lijn(Fase.LEZEN) as lijn:
            rijen = lijn.rijen(select(LogregelRij.__table__).order_by(LogregelRij.volgnummer))
        return [
            (
                Logregel(
                    rij.handeling,
                    rij.doel,
                    rij.medewerker,
                    rij.organisatie,
                    rij.om,
                    rij.onderwerp,
                    msgspec.json.decode(rij.bijzonderheden, type=dict[str, str]),
                ),
                rij.keten,
            )
            for rij in rijen
        ]

    @contextmanager
    def _lijn(self, fase: Fase) -> Iterator[Lijn]:
        ensure_schema(self._engine, Geschiedenis.WERKPLEK)
        with connect(self._engine, fase) as verbinding:
            lijn = Lijn(verbinding.execution_options(**{SCHRIJFT: fase is Fase.SCHRIJVEN}), fase)
            lijn.begin()
            yield lijn


def _keten(vorige: str, regel: Logregel) -> str:
    return hashlib.sha256(vorige.encode() + b"\n" + _json(regel)).hexdigest()


def _json(waarde: object) -> bytes:
    return msgspec.json.encode(waarde, order="deterministic")
