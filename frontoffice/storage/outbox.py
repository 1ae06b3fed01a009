"""Wat er met de rijen van de outbox mag, binnen één transactie van `werkplekbestand`.

De volgorde is die van `id`. Een rij is *vast* zolang een verzender haar in handen heeft: tot zij een andere
toestand krijgt, haar lease vrijkomt of verloopt. Een klok die terugspringt, maakt een lease meteen vrij.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from frontoffice.domain.registratie import Opdracht, Registratie, Toestand, Verzending
from frontoffice.registratiepoort import Wijziging
from frontoffice.storage.werkplekbestand import Verbinding, to_tekst
from frontoffice.storage.winkelvorm import Onleesbaar, from_json, read_opdracht, read_verzending, to_json

VAST_ZONDER_LEASE_S = 60.0
"""Zo lang houdt wie zonder lease een rij nam, haar vast."""
_KLOK_SPEELT_S = 2.0
BIJLAGE = "bijlage:"
_log = logging.getLogger(__name__)


# --- erin en eruit -----------------------------------------------------------------------------------------


def finish(
    db: Verbinding, concept_uuid: str, opdrachten: Sequence[Opdracht], niet_voor: str, nu: str
) -> tuple[int, ...]:
    """Concept eruit, rijen erin; waren ze er al, dan hun id's."""
    eerder = db.execute(
        "SELECT id FROM verzending WHERE concept_uuid = ? ORDER BY volgorde", (concept_uuid,)
    ).fetchall()
    if eerder:
        db.execute("DELETE FROM concept WHERE uuid = ?", (concept_uuid,))
        return tuple(rij["id"] for rij in eerder)
    db.execute(
        "INSERT OR REPLACE INTO afgerond (concept_uuid, inhoud, afgerond_op)"
        " SELECT uuid, inhoud, ? FROM concept WHERE uuid = ?",
        (nu, concept_uuid),
    )
    db.execute("DELETE FROM concept WHERE uuid = ?", (concept_uuid,))
    return tuple(
        _insert(db, concept_uuid, volgorde, opdracht, niet_voor, nu)
        for volgorde, opdracht in enumerate(opdrachten)
    )


def _insert(
    db: Verbinding, concept_uuid: str, volgorde: int, opdracht: Opdracht, niet_voor: str, nu: str
) -> int:
    rij = db.execute(
        "INSERT INTO verzending (uuid, referentienummer, concept_uuid, volgorde, groep, toestand, pogingen,"
        " aangemaakt_op, niet_voor, soort, opdracht, stappen, fout, veld)"
        " VALUES (?, nullif(?, ''), ?, ?, ?, ?, 0, ?, ?, ?, ?, '{}', '', '') RETURNING id",
        (
            opdracht.uuid, referentienummer(opdracht), concept_uuid, volgorde, opdracht.groep,
            Toestand.NOG_NIET_VERSTUURD.value, nu, niet_voor, opdracht.soort, to_json(opdracht),
        ),
    ).fetchone()  # fmt: skip
    return int(rij["id"])


def referentienummer(opdracht: Opdracht) -> str:
    """Alleen een contact heeft er een."""
    return opdracht.referentienummer if isinstance(opdracht, Registratie) else ""


def add(db: Verbinding, opdracht: Opdracht, niet_voor: str, nu: str, bijlagen: Mapping[str, str]) -> int:
    """Eén opdracht met haar bijlagen; stond zij er al, dan verandert er niets."""
    if bijlagen and not db.execute("SELECT 1 FROM verzending WHERE uuid = ?", (opdracht.uuid,)).fetchone():
        for naam, inhoud in bijlagen.items():
            db.execute(
                "INSERT OR REPLACE INTO onthouden (naam, waarde) VALUES (?, ?)",
                (f"{BIJLAGE}{opdracht.uuid}:{naam}", inhoud),
            )
    return finish(db, opdracht.uuid, (opdracht,), niet_voor, nu)[0]


def undo(db: Verbinding, concept_uuid: str, nu: str) -> str | None:
    """De inhoud van het concept dat weer open staat; None als er al iets verstuurd is of kan zijn."""
    rijen = db.execute(
        "SELECT toestand, pogingen, stappen FROM verzending WHERE concept_uuid = ?", (concept_uuid,)
    ).fetchall()
    if not rijen:
        open_ = db.execute("SELECT inhoud FROM concept WHERE uuid = ?", (concept_uuid,)).fetchone()
        return None if open_ is None else str(open_["inhoud"])
    bewaard = db.execute("SELECT inhoud FROM afgerond WHERE concept_uuid = ?", (concept_uuid,)).fetchone()
    ongerept = all(
        rij["toestand"] == Toestand.NOG_NIET_VERSTUURD and not rij["pogingen"] and rij["stappen"] == "{}"
        for rij in rijen
    )
    if bewaard is None or not ongerept:
        return None
    inhoud = str(bewaard["inhoud"])
    db.execute("DELETE FROM verzending WHERE concept_uuid = ?", (concept_uuid,))
    db.execute("DELETE FROM afgerond WHERE concept_uuid = ?", (concept_uuid,))
    db.execute(
        "INSERT INTO concept (uuid, medewerker, plek, inhoud, gewijzigd_op) VALUES"
        " (?, json_extract(?, '$.medewerker'), coalesce(json_extract(?, '$.plek'), 0), ?, ?)",
        (concept_uuid, inhoud, inhoud, inhoud, nu),
    )
    return inhoud


def withdraw(db: Verbinding, id_: int) -> bool:
    """Alleen wat zeker niet in het register staat: nooit begonnen, of door het register afgekeurd."""
    rij = db.execute("SELECT toestand, stappen, soort FROM verzending WHERE id = ?", (id_,)).fetchone()
    if rij is None or rij["toestand"] not in (Toestand.NOG_NIET_VERSTUURD, Toestand.ACTIE_NODIG):
        return False
    # Bij een contact mag er al een partij zijn gemaakt; bij de rest is elke stap iets wat de ander al ziet.
    stappen = {naam: waarde for naam, waarde in from_json(rij["stappen"], dict[str, str]).items() if waarde}
    if "contact" in stappen or (stappen and rij["soort"] != Registratie.soort):
        return False
    db.execute("DELETE FROM verzending WHERE id = ?", (id_,))
    _remove_afgerond(db)
    return True


def purge(db: Verbinding, voor: str) -> int:
    aantal = int(
        db.execute(
            "DELETE FROM verzending WHERE toestand = 'staat_in_register' AND verstuurd_op < ?", (voor,)
        ).rowcount
    )
    _remove_afgerond(db)
    return aantal


def _remove_afgerond(db: Verbinding) -> None:
    """De tekst van een concept en de bijlagen van een opdracht blijven niet staan als hun rijen weg zijn."""
    db.execute("DELETE FROM afgerond WHERE concept_uuid NOT IN (SELECT concept_uuid FROM verzending)")
    db.execute(
        "DELETE FROM onthouden WHERE naam >= 'bijlage:' AND naam < 'bijlage;'"
        " AND substr(naam, 9, 36) NOT IN (SELECT uuid FROM verzending)"
    )


# --- wie er aan de beurt is --------------------------------------------------------------------------------

_WACHT = """
SELECT * FROM verzending AS rij INDEXED BY ix_verzending_wacht
WHERE rij.toestand <> 'staat_in_register' AND rij.toestand <> 'actie_nodig'
AND (:alles OR rij.niet_voor <= :nu)
AND rij.soort NOT IN (SELECT value FROM json_each(:niet))
AND NOT (rij.vast_tot IS NOT NULL AND rij.vast_tot > :nu AND rij.vast_sinds <= :straks
         AND (rij.vast_lease IS NULL OR rij.vast_lease IS :lease))
AND NOT EXISTS (
    SELECT 1 FROM verzending AS eerder INDEXED BY ix_verzending_wacht
    WHERE eerder.toestand <> 'staat_in_register' AND eerder.toestand <> 'actie_nodig'
    AND eerder.groep = rij.groep AND eerder.groep <> '' AND eerder.id < rij.id
)
ORDER BY rij.id
"""


def claim(
    db: Verbinding, nu: datetime, alles: bool, behalve: frozenset[int], niet: frozenset[str] = frozenset()
) -> Verzending | None:
    """De oudste rij die mag, en die nu vast is. Een rij die niet te lezen is, wacht opzij."""
    lease = _load_lease(db, nu)
    waarden = {
        "alles": alles,
        "nu": to_tekst(nu),
        "straks": to_tekst(nu + timedelta(seconds=_KLOK_SPEELT_S)),
        "lease": None if lease is None else lease["nummer"],
        "niet": to_json(sorted(niet)),
    }
    for rij in db.execute(_WACHT, waarden).fetchall():
        if rij["id"] in behalve:
            continue
        try:
            read_opdracht(rij)
        except Onleesbaar:
            _park(db, rij["id"])
            continue
        return _hold(db, rij, nu, lease)
    return None


def _hold(db: Verbinding, rij: Verbinding, nu: datetime, lease: Verbinding | None) -> Verzending:
    """Zet de rij vast. Kan zij al verstuurd zijn, dan moet er eerst worden nagekeken."""
    eerder = rij["toestand"] != Toestand.NOG_NIET_VERSTUURD
    toestand = Toestand.WORDT_NAGEKEKEN if eerder else Toestand.WORDT_VERSTUURD
    zonder = to_tekst(nu + timedelta(seconds=VAST_ZONDER_LEASE_S))
    db.execute(
        "UPDATE verzending SET toestand = ?, pogingen = pogingen + 1, vast_sinds = ?, vast_tot = ?,"
        " vast_lease = ? WHERE id = ?",
        (
            toestand.value, to_tekst(nu), zonder if lease is None else lease["tot"],
            None if lease is None else lease["nummer"], rij["id"],
        ),
    )  # fmt: skip
    db.execute("DELETE FROM afgerond WHERE concept_uuid = ?", (rij["concept_uuid"],))
    uit = load(db, rij["id"])
    assert uit is not None
    return uit


def _park(db: Verbinding, id_: int) -> None:
    _log.error("opdracht niet te lezen", extra={"code": "winkel_rij"})
    db.execute(
        "UPDATE verzending SET toestand = ?, fout = ? WHERE id = ?",
        (
            Toestand.ACTIE_NODIG.value,
            "Dit is op deze pc niet te lezen. Vraag uw beheerder om hulp.",
            id_,
        ),
    )


def update(db: Verbinding, id_: int, wijziging: Wijziging, nu: str) -> None:
    """Pas aan wat gegeven is; `stappen` komen erbij. Een andere toestand geeft de rij vrij."""
    zet: dict[str, object] = {}
    if wijziging.toestand is not None:
        zet |= {
            "toestand": wijziging.toestand.value,
            "vast_sinds": None,
            "vast_tot": None,
            "vast_lease": None,
        }
        if wijziging.toestand is Toestand.STAAT_IN_REGISTER:
            om = to_tekst(wijziging.verstuurd_op) if wijziging.verstuurd_op else nu
            zet |= {"verstuurd_op": om, "fout": "", "veld": "", "http_status": None}
    if wijziging.niet_voor is not None:
        zet["niet_voor"] = to_tekst(wijziging.niet_voor)
    for naam in ("fout", "veld", "http_status"):
        if (waarde := getattr(wijziging, naam)) is not None:
            zet[naam] = waarde
    if wijziging.opdracht is not None:
        wat = wijziging.opdracht
        zet |= {
            "soort": wat.soort,
            "opdracht": to_json(wat),
            "uuid": wat.uuid,
            "referentienummer": referentienummer(wat) or None,
            "groep": wat.groep,
        }
    if wijziging.stappen:
        rij = db.execute("SELECT stappen FROM verzending WHERE id = ?", (id_,)).fetchone()
        if rij is not None:
            zet["stappen"] = to_json(from_json(rij["stappen"], dict[str, str]) | wijziging.stappen)
    if zet:
        velden = ", ".join(f"{naam} = :{naam}" for naam in zet)
        db.execute(f"UPDATE verzending SET {velden} WHERE id = :id", zet | {"id": id_})  # noqa: S608 - vaste namen


# --- lezen -------------------------------------------------------------------------------------------------


def load(db: Verbinding, id_: int) -> Verzending | None:
    rij = db.execute("SELECT * FROM verzending WHERE id = ?", (id_,)).fetchone()
    return None if rij is None else _read(rij)


def load_alle(db: Verbinding, ook_verstuurd: bool) -> tuple[Verzending, ...]:
    vraag = (
        "SELECT * FROM verzending INDEXED BY ix_verzending_wacht"
        " WHERE toestand <> 'staat_in_register' ORDER BY id"
    )
    if ook_verstuurd:
        vraag = "SELECT * FROM verzending ORDER BY id"
    gelezen = (_read(rij) for rij in db.execute(vraag))
    return tuple(verzending for verzending in gelezen if verzending is not None)


def _read(rij: Verbinding) -> Verzending | None:
    try:
        return read_verzending(rij)
    except Onleesbaar:
        _log.error("opdracht niet te lezen", extra={"code": "winkel_rij"})
        return None


def count_wachtend(db: Verbinding) -> tuple[int, int]:
    rij = db.execute(
        "SELECT count(*) AS alle, coalesce(sum(toestand = 'actie_nodig'), 0) AS actie"
        " FROM verzending INDEXED BY ix_verzending_wacht WHERE toestand <> 'staat_in_register'"
    ).fetchone()
    return rij["alle"], rij["actie"]


# --- de lease ----------------------------------------------------------------------------------------------


def acquire_lease(db: Verbinding, houder: str, nu: datetime, seconden: float, weg: str = "") -> bool:
    """Verlengen mag de houder altijd; een nieuwe houder krijgt een nieuw nummer. `weg` leeft niet meer."""
    if weg and weg != houder:
        release_lease(db, weg)
    lease = _load_lease(db, nu)
    if lease is not None and lease["houder"] != houder:
        return False
    sinds, tot = to_tekst(nu), to_tekst(nu + timedelta(seconds=seconden))
    if lease is not None:
        db.execute("UPDATE lease SET sinds = ?, tot = ?", (sinds, tot))
        db.execute(
            "UPDATE verzending INDEXED BY ix_verzending_wacht SET vast_sinds = ?, vast_tot = ?"
            " WHERE toestand <> 'staat_in_register' AND vast_lease = ?",
            (sinds, tot, lease["nummer"]),
        )
        return True
    db.execute(
        "INSERT INTO lease (id, nummer, houder, sinds, tot) VALUES (1, 1, :houder, :sinds, :tot)"
        " ON CONFLICT (id) DO UPDATE SET nummer = nummer + 1, houder = :houder, sinds = :sinds, tot = :tot",
        {"houder": houder, "sinds": sinds, "tot": tot},
    )
    return True


def release_lease(db: Verbinding, houder: str) -> None:
    """Laat ook los wat de houder nog in handen had; dat wordt eerst nagekeken."""
    db.execute(
        "UPDATE verzending INDEXED BY ix_verzending_wacht"
        " SET vast_sinds = NULL, vast_tot = NULL, vast_lease = NULL"
        " WHERE toestand <> 'staat_in_register' AND vast_lease = (SELECT nummer FROM lease WHERE houder = ?)",
        (houder,),
    )
    db.execute("UPDATE lease SET tot = sinds, houder = '' WHERE houder = ?", (houder,))


def _load_lease(db: Verbinding, nu: datetime) -> Verbinding | None:
    """De lease die nu geldt. Een lease uit de toekomst is van vóór een sprong van de klok, en geldt niet."""
    return db.execute(
        "SELECT nummer, houder, tot FROM lease WHERE tot > ? AND sinds <= ?",
        (to_tekst(nu), to_tekst(nu + timedelta(seconds=_KLOK_SPEELT_S))),
    ).fetchone()
