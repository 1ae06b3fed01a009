"""Het rooster met zijn pauzes als CSV, uit en in. Alle fouten van een bestand komen tegelijk, op regel.

Een datum die in het bestand staat, krijgt precies dat rooster; andere datums blijven zoals ze zijn. Een
bestand zonder de kolom `reden` gaat niet over pauzes: die blijven dan staan. Zonder Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from frontoffice.agenda.inrichting import Blokkade, Dienst, DienstToestand, Inrichting, Rol
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
    text_column,
    time_column,
    write_csv,
)
from frontoffice.domain import taal
from frontoffice.domain.taal import zonder_accenten
from frontoffice.services.inrichten import Wijziging
from ui.beheer.dienst import Agenda, Basis, Voorstel, preview
from ui.beheer.velden import VUL_IN

PAUZE = "pauze"
"""In de kolom rol: een pauze, van een balie, van een medewerker of (beide leeg) van iedereen."""
_ROLLEN = {"balie": Rol.BALIE, "gastheer": Rol.GASTHEER, "telefoon": Rol.TELEFOON, PAUZE: PAUZE}
_STAND = {
    "gepland": DienstToestand.GEPLAND,
    "bevestigd": DienstToestand.BEVESTIGD,
    "ziek": DienstToestand.ZIEK,
}


@dataclass(frozen=True)
class Roosterbestand:
    """Wat er in een bestand staat. `regels`: soort en id → regel in het bestand."""

    wijzigingen: tuple[Wijziging, ...]
    fouten: tuple[CsvFout, ...]
    regels: Mapping[tuple[str, str], int]
    aantal: str
    datums: tuple[date, ...]


@dataclass(frozen=True)
class Ingelezen:
    """Een bestand met zijn gevolgen; met `fouten` is het niet te bewaren."""

    voorstel: Voorstel
    fouten: tuple[CsvFout, ...]
    aantal: str


def make_tabel(inrichting: Inrichting) -> Tabel:
    """De kolommen, met de namen van deze inrichting."""
    return Tabel(
        (
            date_column("datum", ook=("dag",)),
            _naamkolom("medewerker", {m.id: m.naam for m in inrichting.medewerkers}, ("wie", "naam")),
            _naamkolom("balie", {b.id: b.naam for b in inrichting.balies}, ()),
            time_column("van", ook=("begin",)),
            time_column("tot", ook=("eind",)),
            choice_column("rol", _ROLLEN, verplicht=False),
            choice_column("stand", _STAND, verplicht=False, ook=("toestand",)),
            text_column("reden", hoogste=1_000, verplicht=False),
        )
    )


def _naamkolom(kop: str, namen: Mapping[str, str], ook: tuple[str, ...]) -> Kolom:
    """Een naam of id uit de inrichting; hoofdletters en accenten maken niet uit."""
    op_naam: dict[str, list[str]] = {}
    for id_, naam in namen.items():
        op_naam.setdefault(zonder_accenten(naam), []).append(id_)
    op_id = {zonder_accenten(id_): id_ for id_ in namen}

    def lees(cel: str) -> str:
        if cel in namen:
            return cel
        kaal = zonder_accenten(" ".join(cel.split()))
        if kaal in op_id:
            return op_id[kaal]
        gevonden = op_naam.get(kaal, [])
        if len(gevonden) > 1:
            raise ValueError(f"Er zijn er {len(gevonden)} met deze naam. Schrijf {_of(gevonden)}.")
        if not gevonden:
            raise ValueError(f"Deze {kop} kennen wij niet. Kijk de naam na bij {kop.capitalize()}s.")
        return gevonden[0]

    def schrijf(id_: str) -> str:
        """De naam, als die dezelfde terug leest; anders het id."""
        naam = namen.get(id_, id_)
        try:
            return naam if lees(naam) == id_ else id_
        except ValueError:
            return id_

    return Kolom(kop, lees, schrijf, False, "", ook)


def _of(ids: Sequence[str]) -> str:
    return " of ".join(sorted(ids))


def export_rooster(inrichting: Inrichting, vanaf: date) -> bytes:
    """Alle werktijden en pauzes vanaf die dag, per avond bij elkaar."""
    rijen: list[dict[str, Any]] = [
        {
            "datum": d.datum, "medewerker": d.medewerker, "balie": d.balie or None,
            "van": d.van, "tot": d.tot, "rol": d.rol, "stand": d.toestand,
        }
        for d in sorted(inrichting.diensten, key=lambda d: (d.balie, d.van))
    ]  # fmt: skip
    rijen += [
        {
            "datum": b.datum, "medewerker": b.medewerker or None, "balie": b.balie or None,
            "van": b.van, "tot": b.tot, "rol": PAUZE, "reden": b.reden,
        }
        for b in sorted(inrichting.blokkades, key=lambda b: b.van)
    ]  # fmt: skip
    rijen = [rij for rij in rijen if rij["datum"] >= vanaf]
    return write_csv(make_tabel(inrichting), sorted(rijen, key=lambda rij: rij["datum"]))


def read_rooster(inrichting: Inrichting, inhoud: bytes) -> Roosterbestand:
    """Maak van een bestand wijzigingen.

    Fouten zijn er per regel; dan zijn de wijzigingen alleen om na te kijken.
    """
    gelezen = read_csv(make_tabel(inrichting), inhoud)
    fouten = list(gelezen.fouten)
    regels: dict[tuple[str, str], int] = {}
    per_dag: dict[date, _Dag] = {}
    for rij in gelezen.rijen:
        zin = _ontbreekt(rij)
        if zin:
            fouten.append(CsvFout(rij.regel, *zin))
            continue
        datum = rij.waarden["datum"]
        dag = per_dag.setdefault(datum, _Dag(inrichting, datum))
        soort, id_ = dag.add(rij)
        regels[soort, id_] = rij.regel
    met_pauzes = "reden" in gelezen.koppen or any(dag.blokkades for dag in per_dag.values())
    wijzigingen = tuple(
        wijziging
        for soort in ("diensten", "blokkades")
        if soort == "diensten" or met_pauzes
        for wijziging in _wijziging(soort, per_dag.values())
    )
    fouten.sort(key=lambda fout: fout.regel)
    aantal = tel(
        sum(len(dag.diensten) for dag in per_dag.values()),
        sum(len(dag.blokkades) for dag in per_dag.values()),
    )
    return Roosterbestand(wijzigingen, tuple(fouten), regels, aantal, tuple(sorted(per_dag)))


def tel(werktijden: int, pauzes: int) -> str:
    """ "14 werktijden en 7 pauzes"."""
    zin = taal.aantal(werktijden, "werktijd", "werktijden")
    return f"{zin} en {taal.aantal(pauzes, 'pauze', 'pauzes')}" if pauzes else zin


def _ontbreekt(rij: CsvRij) -> tuple[str, str] | None:
    """Kolom en zin van wat er op deze regel nog moet staan."""
    if rij.waarden["rol"] == PAUZE:
        return None if rij.waarden["reden"] else ("reden", "Schrijf op waarom, zoals pauze.")
    return None if rij.waarden["medewerker"] else ("medewerker", VUL_IN)


class _Dag:
    """Het nieuwe rooster van één datum. Wat er al zo stond, houdt zijn id."""

    def __init__(self, inrichting: Inrichting, datum: date) -> None:
        self.datum = datum
        self.oud: dict[str, dict[str, Any]] = {
            "diensten": {d.id: d for d in inrichting.diensten_op.get(datum, ())},
            "blokkades": {b.id: b for b in inrichting.blokkades_op.get(datum, ())},
        }
        self.diensten: dict[str, Dienst] = {}
        self.blokkades: dict[str, Blokkade] = {}
        self._nummers: dict[str, int] = {}

    def nieuw(self, soort: str) -> dict[str, Any]:
        delen: dict[str, dict[str, Any]] = {"diensten": self.diensten, "blokkades": self.blokkades}
        return delen[soort]

    def add(self, rij: CsvRij) -> tuple[str, str]:
        """Zet een regel erbij; geeft soort en id."""
        w = rij.waarden
        if w["rol"] == PAUZE:
            blok = Blokkade("", self.datum, w["van"], w["tot"], w["reden"], w["balie"], w["medewerker"])
            id_ = self._id("blokkades", blok, f"{self.datum.isoformat()}-pauze-{w['van']:%H%M}")
            self.blokkades[id_] = replace(blok, id=id_)
            return "blokkades", id_
        rol, stand = w["rol"] or Rol.BALIE, w["stand"] or DienstToestand.GEPLAND
        dienst = Dienst("", self.datum, w["medewerker"], w["van"], w["tot"], w["balie"], rol, stand)
        id_ = self._id("diensten", dienst, f"{self.datum.isoformat()}-{dienst.medewerker}-{w['van']:%H%M}")
        self.diensten[id_] = replace(dienst, id=id_)
        return "diensten", id_

    def _id(self, soort: str, deel: Any, basis: str) -> str:
        """Het id van precies hetzelfde, anders van wie dan al begint, anders een nieuw."""
        vrij = {id_: oud for id_, oud in self.oud[soort].items() if id_ not in self.nieuw(soort)}
        for gelijk in (lambda oud: replace(oud, id="") == deel, lambda oud: _begin(oud) == _begin(deel)):
            gevonden = next((id_ for id_, oud in vrij.items() if gelijk(oud)), None)
            if gevonden is not None:
                return gevonden
        while True:
            nummer = self._nummers[basis] = self._nummers.get(basis, 0) + 1
            id_ = basis if nummer == 1 else f"{basis}-{nummer}"
            if id_ not in self.oud[soort] and id_ not in self.nieuw(soort):
                return id_


def _begin(deel: Any) -> tuple[Any, ...]:
    return (
        (deel.medewerker, deel.van) if isinstance(deel, Dienst) else (deel.medewerker, deel.balie, deel.van)
    )


def _wijziging(soort: str, dagen: Iterable[_Dag]) -> Iterator[Wijziging]:
    bewaar: list[Any] = []
    weg: list[str] = []
    for dag in dagen:
        oud, nieuw = dag.oud[soort], dag.nieuw(soort)
        bewaar += [deel for id_, deel in nieuw.items() if oud.get(id_) != deel]
        weg += [id_ for id_ in oud if id_ not in nieuw]
    if bewaar or weg:
        yield Wijziging(soort, tuple(bewaar), tuple(weg))


# --- op een achtergronddraad -----------------------------------------------------------------------------


def save_rooster(agenda: Agenda, pad: Path, vanaf: date) -> str:
    """Schrijf het rooster vanaf die dag; geeft hoeveel dat is, als tekst. Raises BestandFout."""
    inrichting = agenda.avonden.load_inrichting()
    save(pad, export_rooster(inrichting, vanaf))
    return tel(
        sum(d.datum >= vanaf for d in inrichting.diensten),
        sum(b.datum >= vanaf for b in inrichting.blokkades),
    )


def load_rooster(agenda: Agenda, pad: Path) -> Ingelezen:
    """Lees een bestand en reken voor wat het doet. Raises BestandFout als het niet te lezen is."""
    try:
        with pad.open("rb") as bestand:
            inhoud = bestand.read(HOOGSTE_OMVANG + 1)
    except OSError:
        raise BestandFout("Dit bestand is niet te openen. Kijk of het er nog staat.") from None
    inrichting, versie = agenda.opslag.load_inrichting()
    gelezen = read_rooster(inrichting, inhoud)
    kop = f"Rooster uit een bestand: {gelezen.aantal} op {_avonden(len(gelezen.datums))}"
    voorstel = preview(
        agenda, Basis(inrichting, versie), kop, gelezen.wijzigingen, "ingelezen uit een bestand"
    )
    fouten = (*gelezen.fouten, *(_regelfout(fout, gelezen.regels) for fout in voorstel.gevolgen.fouten))
    return Ingelezen(voorstel, tuple(sorted(fouten, key=lambda fout: fout.regel)), gelezen.aantal)


def _avonden(aantal: int) -> str:
    return taal.aantal(aantal, "avond", "avonden")


def _regelfout(fout: Planfout, regels: Mapping[tuple[str, str], int]) -> CsvFout:
    return CsvFout(regels.get((fout.soort, fout.id), 0), "", fout.tekst)
