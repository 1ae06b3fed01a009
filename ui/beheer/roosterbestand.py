"""Het rooster als CSV, uit en in. Alle fouten van een bestand komen tegelijk, op regel. Zonder Qt.

Een datum die in het bestand staat, krijgt precies dat rooster; andere datums blijven zoals ze zijn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from frontoffice.agenda.inrichting import Dienst, DienstToestand, Inrichting, Rol
from frontoffice.agenda.keuring import Planfout
from frontoffice.documents.bestand import BestandFout, save
from frontoffice.documents.csvbestand import (
    HOOGSTE_OMVANG,
    CsvFout,
    CsvRij,
    Kolom,
    Tabel,
    choice_column,
    date_column,
    read_csv,
    time_column,
    write_csv,
)
from frontoffice.domain.taal import zonder_accenten
from frontoffice.services.inrichten import Wijziging
from ui.beheer.dienst import Agenda, Basis, Voorstel, preview

_ROLLEN = {"balie": Rol.BALIE, "gastheer": Rol.GASTHEER, "telefoon": Rol.TELEFOON}
_STAND = {
    "gepland": DienstToestand.GEPLAND,
    "bevestigd": DienstToestand.BEVESTIGD,
    "ziek": DienstToestand.ZIEK,
}


@dataclass(frozen=True)
class Roosterbestand:
    """Wat er in een bestand staat. `regels`: id van een werktijd → regel in het bestand."""

    wijzigingen: tuple[Wijziging, ...]
    fouten: tuple[CsvFout, ...]
    regels: Mapping[str, int]
    aantal: int
    datums: tuple[date, ...]


@dataclass(frozen=True)
class Ingelezen:
    """Een bestand met zijn gevolgen; met `fouten` is het niet te bewaren."""

    voorstel: Voorstel
    fouten: tuple[CsvFout, ...]
    aantal: int


def make_tabel(inrichting: Inrichting) -> Tabel:
    """De kolommen, met de namen van deze inrichting."""
    return Tabel(
        (
            date_column("datum", ook=("dag",)),
            _naamkolom("medewerker", {m.id: m.naam for m in inrichting.medewerkers}, ("wie", "naam")),
            _naamkolom("balie", {b.id: b.naam for b in inrichting.balies}, (), verplicht=False),
            time_column("van", ook=("begin",)),
            time_column("tot", ook=("eind",)),
            choice_column("rol", _ROLLEN, verplicht=False),
            choice_column("stand", _STAND, verplicht=False, ook=("toestand",)),
        ),
        uniek=("datum", "medewerker", "van"),
    )


def _naamkolom(kop: str, namen: Mapping[str, str], ook: tuple[str, ...], *, verplicht: bool = True) -> Kolom:
    """Een naam of id uit de inrichting; hoofdletters en accenten maken niet uit."""
    bekend: dict[str, str] = {}
    for id_, naam in namen.items():
        bekend.setdefault(zonder_accenten(naam), id_)
    bekend |= {zonder_accenten(id_): id_ for id_ in namen}

    def lees(cel: str) -> str:
        gevonden = bekend.get(zonder_accenten(" ".join(cel.split())))
        if gevonden is None:
            raise ValueError(f"Deze {kop} kennen wij niet. Kijk de naam na bij {kop.capitalize()}s.")
        return gevonden

    def schrijf(id_: str) -> str:
        naam = namen.get(id_, id_)
        return naam if list(namen.values()).count(naam) == 1 else id_

    return Kolom(kop, lees, schrijf, verplicht, "", ook)


def export_rooster(inrichting: Inrichting, vanaf: date) -> bytes:
    """Alle werktijden vanaf die dag."""
    diensten = sorted(
        (d for d in inrichting.diensten if d.datum >= vanaf), key=lambda d: (d.datum, d.balie, d.van)
    )
    rijen = [
        {
            "datum": d.datum, "medewerker": d.medewerker, "balie": d.balie or None,
            "van": d.van, "tot": d.tot,
            "rol": d.rol, "stand": d.toestand,
        }
        for d in diensten
    ]  # fmt: skip
    return write_csv(make_tabel(inrichting), rijen)


def read_rooster(inrichting: Inrichting, inhoud: bytes) -> Roosterbestand:
    """Maak van een bestand wijzigingen.

    Fouten zijn er per regel; dan zijn de wijzigingen alleen om na te kijken.
    """
    gelezen = read_csv(make_tabel(inrichting), inhoud)
    nieuw: dict[str, Dienst] = {}
    regels: dict[str, int] = {}
    for rij in gelezen.rijen:
        dienst = _dienst(inrichting, rij)
        nieuw[dienst.id] = dienst
        regels[dienst.id] = rij.regel
    datums = tuple(sorted({dienst.datum for dienst in nieuw.values()}))
    oud = {d.id: d for dag in datums for d in inrichting.diensten_op.get(dag, ())}
    bewaar = tuple(dienst for id_, dienst in nieuw.items() if oud.get(id_) != dienst)
    weg = tuple(id_ for id_ in oud if id_ not in nieuw)
    wijzigingen = (Wijziging("diensten", bewaar, weg),) if bewaar or weg else ()
    return Roosterbestand(wijzigingen, gelezen.fouten, regels, len(nieuw), datums)


def _dienst(inrichting: Inrichting, rij: CsvRij) -> Dienst:
    waarden: Mapping[str, Any] = rij.waarden
    dag, wie, van = waarden["datum"], waarden["medewerker"], waarden["van"]
    bestaand = next(
        (d for d in inrichting.diensten_op.get(dag, ()) if (d.medewerker, d.van) == (wie, van)), None
    )
    return Dienst(
        bestaand.id if bestaand else f"{dag.isoformat()}-{wie}-{van:%H%M}",
        dag,
        wie,
        van,
        waarden["tot"],
        waarden["balie"] or "",
        waarden["rol"] or Rol.BALIE,
        waarden["stand"] or DienstToestand.GEPLAND,
    )


# --- op een achtergronddraad -----------------------------------------------------------------------------


def save_rooster(agenda: Agenda, pad: Path, vanaf: date) -> tuple[Path, int]:
    """Schrijf het rooster vanaf die dag; geeft waar het staat en hoeveel werktijden. Raises BestandFout."""
    inrichting = agenda.avonden.load_inrichting()
    geschreven = save(pad, export_rooster(inrichting, vanaf))
    return geschreven, sum(d.datum >= vanaf for d in inrichting.diensten)


def load_rooster(agenda: Agenda, pad: Path) -> Ingelezen:
    """Lees een bestand en reken voor wat het doet. Raises BestandFout als het niet te lezen is."""
    try:
        with pad.open("rb") as bestand:
            inhoud = bestand.read(HOOGSTE_OMVANG + 1)
    except OSError:
        raise BestandFout("Dit bestand is niet te openen. Kijk of het er nog staat.") from None
    inrichting, versie = agenda.opslag.load_inrichting()
    gelezen = read_rooster(inrichting, inhoud)
    kop = f"Rooster uit een bestand: {gelezen.aantal} werktijden op {len(gelezen.datums)} avonden"
    voorstel = preview(
        agenda, Basis(inrichting, versie), kop, gelezen.wijzigingen, "ingelezen uit een bestand"
    )
    fouten = (*gelezen.fouten, *(_regelfout(fout, gelezen.regels) for fout in voorstel.gevolgen.fouten))
    return Ingelezen(voorstel, tuple(sorted(fouten, key=lambda fout: fout.regel)), gelezen.aantal)


def _regelfout(fout: Planfout, regels: Mapping[str, int]) -> CsvFout:
    regel = regels.get(fout.id, 0) if fout.soort == "diensten" else 0
    return CsvFout(regel, "", fout.tekst)
