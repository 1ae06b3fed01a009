"""Haalt uit een beschadigd bestand wat nog te lezen is, rij voor rij, en zet dat in een ander.

Leest een kopie: het beschadigde bestand zelf blijft zoals het is. Een bladzijde die niet klopt, kost alleen
wat daarop staat.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontoffice.domain.concept import Concept
from frontoffice.storage.avondnotities import read_notitie
from frontoffice.storage.werkplekbestand import Verbinding, connect, dbfout, wal
from frontoffice.storage.winkelvorm import Onleesbaar, read_concept, read_verzending

_GROOTSTE_GAT = 2000
"""Zo veel rijen tussen twee kapotte bladzijden worden nog één voor één geprobeerd."""
_log = logging.getLogger(__name__)
_WEG = "DELETE FROM concept WHERE uuid = ?"
Rij = dict[str, Any]


@dataclass(frozen=True)
class Gered:
    """Wat er te lezen was."""

    concepten: tuple[Concept, ...] = ()
    verzendingen: tuple[Rij, ...] = ()
    logregels: tuple[Rij, ...] = ()
    afdruksleutel: str = ""
    notities: tuple[Rij, ...] = ()

    @property
    def wachtend(self) -> int:
        """Hoeveel hiervan nog niet in het register of de agenda stond."""
        verzendingen = [rij for rij in self.verzendingen if rij["toestand"] != "staat_in_register"]
        return len(verzendingen) + len(self.notities)


def read_leesbaar(pad: Path, sleutel: str) -> Gered:
    """Alles wat met deze sleutel nog te lezen is; niets als dat er niet is. Raises OSError."""
    if not pad.exists():
        return Gered()
    map_ = Path(tempfile.mkdtemp(prefix="kif-"))
    try:
        for bron in (pad, wal(pad)):
            if bron.exists():
                shutil.copyfile(bron, map_ / bron.name)
        return _read(f"{(map_ / pad.name).as_uri()}?mode=rw", sleutel)
    finally:
        shutil.rmtree(map_, ignore_errors=True)


def _read(adres: str, sleutel: str) -> Gered:
    concepten = []
    for rij in _read_tabel(adres, sleutel, "concept").values():
        with contextlib.suppress(Onleesbaar):
            concepten.append(read_concept(rij["inhoud"]))
    verzendingen = []
    for rij in _read_tabel(adres, sleutel, "verzending").values():
        with contextlib.suppress(Onleesbaar, KeyError, IndexError):
            read_verzending(rij)
            verzendingen.append(rij)
    notities = []
    for rij in _read_tabel(adres, sleutel, "avondnotitie").values():
        with contextlib.suppress(Onleesbaar, KeyError, IndexError):
            read_notitie(rij)
            notities.append(rij)
    kenmerk = _read_tabel(adres, sleutel, "kenmerk")
    logregels = _read_tabel(adres, sleutel, "logregel")
    uit = Gered(
        tuple(concepten),
        tuple(verzendingen),
        tuple(logregels[nummer] for nummer in sorted(logregels)),
        next((str(rij["afdruksleutel"]) for rij in kenmerk.values()), ""),
        tuple(sorted(notities, key=lambda rij: int(rij["volgorde"]))),
    )
    _log.info(
        "uit een beschadigd bestand gelezen",
        extra={"code": "winkel_gered", "aantal": len(uit.concepten) + len(uit.verzendingen)},
    )
    return uit


def _read_tabel(adres: str, sleutel: str, tabel: str) -> dict[int, Rij]:
    """Van voren tot het misgaat, van achteren tot het misgaat, en wat daartussen zit één voor één."""
    vraag = f"SELECT rowid AS _rij, * FROM {tabel}"  # noqa: S608 - vaste namen
    voor: dict[int, Rij] = {}
    if _scan(adres, sleutel, f"{vraag} ORDER BY rowid", voor):
        return voor
    achter: dict[int, Rij] = {}
    _scan(adres, sleutel, f"{vraag} ORDER BY rowid DESC", achter)
    laagste = max(voor, default=0)
    hoogste = min(achter, default=laagste)
    for nummer in range(laagste + 1, min(hoogste, laagste + _GROOTSTE_GAT)):
        _scan(adres, sleutel, f"{vraag} WHERE rowid = {nummer}", voor)
    return voor | achter


def _scan(adres: str, sleutel: str, vraag: str, rijen: dict[int, Rij]) -> bool:
    """Lees tot het misgaat; onwaar als dat zo is. Na een kapotte bladzijde wil SQLCipher een nieuw begin."""
    try:
        verbinding = connect(adres, sleutel)
        try:
            for rij in verbinding.execute(vraag):
                velden = {naam: rij[naam] for naam in rij.keys()}  # noqa: SIM118 - een Row is geen dict
                rijen[velden.pop("_rij")] = velden
        finally:
            verbinding.close()
    except dbfout():
        return False
    return True


# --- in een ander bestand ----------------------------------------------------------------------------------


def merge(db: Verbinding, gered: Gered) -> None:
    """Zet er de verzendingen, notities van de avond en logregels bij die dit bestand nog niet heeft.

    Wat verstuurd kan zijn, wordt eerst nagekeken; een notitie twee keer doorvoeren is onschadelijk. De
    concepten zet de winkel er zelf bij.
    """
    for rij in gered.verzendingen:
        _merge_verzending(db, rij)
    for rij in gered.notities:
        db.execute(
            "INSERT OR IGNORE INTO avondnotitie (verzoek_id, stand, inhoud)"
            " VALUES (:verzoek_id, :stand, :inhoud)",
            rij,
        )
    _merge_logregels(db, gered)


def _merge_verzending(db: Verbinding, rij: Rij) -> None:
    eigen = db.execute("SELECT id FROM verzending WHERE uuid = ?", (rij["uuid"],)).fetchone()
    klaar = rij["toestand"] == "staat_in_register"
    if eigen is not None:
        if klaar:
            db.execute(
                "UPDATE verzending SET toestand = ?, verstuurd_op = ?, stappen = ?, fout = '', veld = ''"
                " WHERE id = ?",
                (rij["toestand"], rij["verstuurd_op"], rij["stappen"], eigen["id"]),
            )
        db.execute(_WEG, (rij["concept_uuid"],))
        return
    velden = {naam: waarde for naam, waarde in rij.items() if naam != "id"}
    velden |= {"vast_sinds": None, "vast_tot": None, "vast_lease": None}
    if not klaar and rij["toestand"] != "actie_nodig":
        velden |= {"toestand": "wordt_nagekeken", "pogingen": max(int(rij["pogingen"]), 1)}
    namen, plaatsen = ", ".join(velden), ", ".join(f":{naam}" for naam in velden)
    # Past hij niet (een nummer dat al bestaat), dan blijft zijn concept open staan: liever dubbel dan kwijt.
    erbij = db.execute(f"INSERT OR IGNORE INTO verzending ({namen}) VALUES ({plaatsen})", velden)  # noqa: S608 - kolomnamen uit ons eigen schema
    if erbij.rowcount:
        db.execute(_WEG, (rij["concept_uuid"],))


def _merge_logregels(db: Verbinding, gered: Gered) -> None:
    """De ketting van het logboek loopt door zolang elke volgende regel er is."""
    laatste = db.execute("SELECT max(volgnummer) AS nummer FROM logregel").fetchone()["nummer"] or 0
    eigen = db.execute("SELECT keten FROM logregel WHERE volgnummer = ?", (laatste,)).fetchone()
    for rij in gered.logregels:
        if rij["volgnummer"] == laatste and eigen is not None and rij["keten"] != eigen["keten"]:
            return
        if rij["volgnummer"] <= laatste:
            continue
        if rij["volgnummer"] != laatste + 1:
            return
        laatste += 1
        namen, plaatsen = ", ".join(rij), ", ".join(f":{naam}" for naam in rij)
        db.execute(f"INSERT INTO logregel ({namen}) VALUES ({plaatsen})", rij)  # noqa: S608 - kolomnamen uit ons eigen schema
    if gered.afdruksleutel:
        db.execute("UPDATE kenmerk SET afdruksleutel = ?", (gered.afdruksleutel,))
