"""Kijkt de winkel van deze werkplek na, voor `kif store check`: is het bestand heel, en klopt wat erin staat?

Verandert niets en noemt geen inhoud: alleen soorten, nummers en aantallen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from frontoffice.domain.registratie import Toestand
from frontoffice.storage.avondnotities import read_notitie
from frontoffice.storage.outbox import referentienummer
from frontoffice.storage.werkplekbestand import Verbinding, Werkplekbestand
from frontoffice.storage.winkelvorm import Onleesbaar, read_concept, read_verzending


@dataclass(frozen=True)
class Winkelcontrole:
    """`bevindingen` zijn hele zinnen, leeg als alles klopt; `aantallen` telt per soort."""

    bevindingen: tuple[str, ...]
    aantallen: dict[str, int]


def check_winkel(bestand: Werkplekbestand) -> Winkelcontrole:
    """Raises WinkelFout als het bestand zo kapot is dat het niet te lezen is."""
    return bestand.lees(lambda db: _check(db, op_schijf=bestand.pad is not None))


def check_bestand(bestand: Werkplekbestand) -> list[str]:
    """Alleen het bestand zelf: elke bladzijde en elke index. Raises WinkelFout."""
    return bestand.lees(lambda db: [*(_pages(db) if bestand.pad is not None else ()), *_file(db)])


def _check(db: Verbinding, *, op_schijf: bool) -> Winkelcontrole:
    aantallen: Counter[str] = Counter()
    bevindingen = [*(_pages(db) if op_schijf else ()), *_file(db), *_rows(db, aantallen), *_orphans(db)]
    return Winkelcontrole(tuple(bevindingen), dict(sorted(aantallen.items())))


def _pages(db: Verbinding) -> list[str]:
    """Elke bladzijde tegen haar controlegetal. Leest buiten de transactie om, en kijkt daarom twee keer."""
    for _ in range(2):
        fout = db.execute("PRAGMA cipher_integrity_check").fetchall()
        if not fout:
            return []
    return [f"Het bestand is beschadigd: {len(fout)} bladzijden kloppen niet."]


def _file(db: Verbinding) -> list[str]:
    """Elke index tegen zijn tabel."""
    fouten = [rij[0] for rij in db.execute("PRAGMA integrity_check(20)") if rij[0] != "ok"]
    return [f"De database klopt niet: {len(fouten)} fouten."] if fouten else []


def _rows(db: Verbinding, aantallen: Counter[str]) -> list[str]:
    uit = []
    for rij in db.execute("SELECT rowid AS nummer, inhoud, uuid FROM concept"):
        aantallen["concepten"] += 1
        try:
            klopt = read_concept(rij["inhoud"]).uuid == rij["uuid"]
        except Onleesbaar:
            klopt = False
        if not klopt:
            uit.append(f"Concept {rij['nummer']} is niet te lezen.")
    aantallen |= {toestand.value: 0 for toestand in Toestand}
    for rij in db.execute("SELECT * FROM verzending ORDER BY id"):
        aantallen[rij["toestand"]] += 1
        try:
            wat = read_verzending(rij).opdracht
        except Onleesbaar:
            uit.append(f"Registratie {rij['id']} is niet te lezen.")
            continue
        staat = (rij["uuid"], rij["referentienummer"] or "", rij["groep"])
        if staat != (wat.uuid, referentienummer(wat), wat.groep):
            uit.append(f"Registratie {rij['id']} past niet bij haar inhoud.")
        if rij["toestand"] == Toestand.STAAT_IN_REGISTER and not rij["verstuurd_op"]:
            uit.append(f"Registratie {rij['id']} is verstuurd zonder tijd.")
    for rij in db.execute("SELECT * FROM avondnotitie ORDER BY volgorde"):
        aantallen["avondnotities"] += 1
        try:
            read_notitie(rij)
        except Onleesbaar:
            uit.append(f"Notitie {rij['volgorde']} van de avond is niet te lezen.")
    return uit


def _orphans(db: Verbinding) -> list[str]:
    """Rijen zonder hun andere helft."""
    uit = []
    for vraag, zin in (
        (
            "SELECT count(*) FROM concept WHERE uuid IN (SELECT concept_uuid FROM verzending)",
            "{} concepten zijn al afgerond en staan toch nog open.",
        ),
        (
            "SELECT count(*) FROM afgerond WHERE concept_uuid NOT IN (SELECT concept_uuid FROM verzending)",
            "{} afgeronde concepten horen bij geen registratie.",
        ),
        (
            "SELECT count(*) FROM verzending WHERE vast_lease > coalesce((SELECT max(nummer) FROM lease), 0)",
            "{} registraties zijn van een verzender die niet bestaat.",
        ),
    ):
        aantal = db.execute(vraag).fetchone()[0]
        if aantal:
            uit.append(zin.format(aantal))
    return uit
