"""Het logboek van inzage in de database van deze werkplek.

Elke regel draagt een ketting (hash van de vorige regel en deze): wie er een weghaalt of wijzigt, breekt haar.
"""

from __future__ import annotations

import hashlib
from functools import cached_property

import msgspec

from frontoffice.domain.klant import KlantSleutel
from frontoffice.logboek import LogboekInGeheugen, Logregel
from frontoffice.ports import Klok
from frontoffice.storage.werkplekbestand import Verbinding, Werkplekbestand, from_tekst, to_tekst

_BEGIN = "0" * 64


class WerkplekLogboek:
    """Port `Logboek`, dat het programma overleeft. Raises WinkelFout als er niet te schrijven is.

    `bestand` is al open en wordt gedeeld met de winkel: wie het opende, sluit het.
    """

    def __init__(self, bestand: Werkplekbestand, klok: Klok, medewerker: str, organisatie: str) -> None:
        self._bestand = bestand
        self._klok = klok
        self._medewerker = medewerker
        self._organisatie = organisatie

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
        self._bestand.schrijf(lambda db: _append(db, regel))

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
        rij = self._bestand.lees(lambda db: db.execute("SELECT afdruksleutel FROM kenmerk").fetchone())
        sleutel = bytes.fromhex(rij["afdruksleutel"])
        return LogboekInGeheugen(self._klok, self._medewerker, self._organisatie, sleutel)

    def _load(self) -> list[tuple[Logregel, str]]:
        rijen = self._bestand.lees(
            lambda db: db.execute("SELECT * FROM logregel ORDER BY volgnummer").fetchall()
        )
        return [(_read(rij), rij["keten"]) for rij in rijen]


def _append(db: Verbinding, regel: Logregel) -> None:
    laatste = db.execute("SELECT keten FROM logregel ORDER BY volgnummer DESC LIMIT 1").fetchone()
    keten = _keten(_BEGIN if laatste is None else laatste["keten"], regel)
    db.execute(
        "INSERT INTO logregel (om, handeling, doel, medewerker, organisatie, onderwerp, bijzonderheden,"
        " keten) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            to_tekst(regel.om), regel.handeling, regel.doel, regel.medewerker, regel.organisatie,
            regel.onderwerp, _json(regel.bijzonderheden).decode(), keten,
        ),
    )  # fmt: skip


def _read(rij: Verbinding) -> Logregel:
    return Logregel(
        rij["handeling"],
        rij["doel"],
        rij["medewerker"],
        rij["organisatie"],
        from_tekst(rij["om"]),
        rij["onderwerp"],
        msgspec.json.decode(rij["bijzonderheden"], type=dict[str, str]),
    )


def _keten(vorige: str, regel: Logregel) -> str:
    return hashlib.sha256(vorige.encode() + b"\n" + _json(regel)).hexdigest()


def _json(waarde: object) -> bytes:
    return msgspec.json.encode(waarde, order="deterministic")
