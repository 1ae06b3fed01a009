"""Port `Avondnotities` op de versleutelde database van deze werkplek.

Een notitie is weg zodra zij in de agenda staat; een beeld blijft niet langer dan de avond zelf. Beslist niet
over de avond: dat doet `services.avondlijn`.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from frontoffice.avondpoort import Avondbeeld, Avondnotitie
from frontoffice.storage.werkplekbestand import Verbinding, Werkplekbestand
from frontoffice.storage.winkelvorm import Onleesbaar, from_json, to_json

_log = logging.getLogger(__name__)
BEELD = "avondbeeld:"
"""Hiermee begint de naam in `onthouden` van het beeld van een avond."""
_TELLER = "zonder_afspraak:"


class WerkplekNotities:
    """`bestand` is al open, en wordt gedeeld met de winkel. Elke methode mag van elke draad."""

    def __init__(self, bestand: Werkplekbestand) -> None:
        self._bestand = bestand

    # --- notities --------------------------------------------------------------------------------------

    def add(self, notitie: Avondnotitie) -> Avondnotitie:
        def write(db: Verbinding) -> Avondnotitie:
            rij = db.execute(
                "SELECT * FROM avondnotitie WHERE verzoek_id = ?", (notitie.verzoek_id,)
            ).fetchone()
            if rij is not None:
                with contextlib.suppress(Onleesbaar):
                    return read_notitie(rij)
                db.execute("DELETE FROM avondnotitie WHERE verzoek_id = ?", (notitie.verzoek_id,))
            nieuw = db.execute(
                "INSERT INTO avondnotitie (verzoek_id, stand, inhoud) VALUES (?, ?, ?) RETURNING volgorde",
                (notitie.verzoek_id, notitie.stand.value, to_json(notitie)),
            ).fetchone()
            return replace(notitie, volgorde=nieuw["volgorde"])

        return self._bestand.schrijf(write)

    def update(self, notitie: Avondnotitie) -> None:
        self._bestand.schrijf(
            lambda db: db.execute(
                "UPDATE avondnotitie SET stand = ?, inhoud = ? WHERE verzoek_id = ?",
                (notitie.stand.value, to_json(notitie), notitie.verzoek_id),
            )
        )

    def remove(self, *verzoek_ids: str) -> None:
        self._bestand.schrijf(
            lambda db: db.executemany(
                "DELETE FROM avondnotitie WHERE verzoek_id = ?", [(id_,) for id_ in verzoek_ids]
            )
        )

    def load(self) -> tuple[Avondnotitie, ...]:
        rijen = self._bestand.lees(
            lambda db: db.execute("SELECT * FROM avondnotitie ORDER BY volgorde").fetchall()
        )
        uit = []
        for rij in rijen:
            try:
                uit.append(read_notitie(rij))
            except Onleesbaar:
                _log.warning("avondnotitie niet te lezen", extra={"code": "winkel_rij"})
        return tuple(uit)

    def next_nummer(self, datum: date) -> int:
        naam = f"{_TELLER}{datum.isoformat()}"

        def write(db: Verbinding) -> int:
            db.execute("DELETE FROM teller WHERE naam LIKE ? AND naam < ?", (f"{_TELLER}%", naam))
            rij = db.execute(
                "INSERT INTO teller (naam, voor, stand) VALUES (?, 0, 1)"
                " ON CONFLICT (naam) DO UPDATE SET stand = stand + 1 RETURNING stand",
                (naam,),
            ).fetchone()
            return int(rij["stand"])

        return self._bestand.schrijf(write)

    # --- het beeld -------------------------------------------------------------------------------------

    def save_beeld(self, beeld: Avondbeeld) -> None:
        naam, inhoud = f"{BEELD}{beeld.stand.datum.isoformat()}", to_json(beeld)

        def write(db: Verbinding) -> None:
            forget_beeld(db, naam)
            db.execute(
                "INSERT INTO onthouden (naam, waarde) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET waarde = excluded.waarde",
                (naam, inhoud),
            )

        self._bestand.schrijf(write)

    def load_beeld(self) -> Avondbeeld | None:
        rij = self._bestand.lees(
            lambda db: db.execute(
                "SELECT waarde FROM onthouden WHERE substr(naam, 1, ?) = ? ORDER BY naam DESC",
                (len(BEELD), BEELD),
            ).fetchone()
        )
        if rij is not None:
            try:
                return from_json(rij["waarde"], Avondbeeld)
            except Onleesbaar:
                _log.warning("beeld van de avond niet te lezen", extra={"code": "winkel_rij"})
        return None

    def forget_beeld(self) -> None:
        self._bestand.schrijf(forget_beeld)


def forget_beeld(db: Verbinding, behalve: str = "") -> None:
    """Wis elk beeld van een avond, ook van de bladzijden waar het stond."""
    db.execute("PRAGMA secure_delete = ON")
    db.execute(
        "DELETE FROM onthouden WHERE substr(naam, 1, ?) = ? AND naam <> ?", (len(BEELD), BEELD, behalve)
    )


def read_notitie(rij: Any) -> Avondnotitie:
    """Raises Onleesbaar, ook als de rij niet bij haar inhoud past."""
    notitie = from_json(rij["inhoud"], Avondnotitie)
    if (notitie.verzoek_id, notitie.stand.value) != (rij["verzoek_id"], rij["stand"]):
        raise Onleesbaar
    return replace(notitie, volgorde=rij["volgorde"])


BEWAAR_BEELD = timedelta(hours=18)
"""Zo lang na de laatste blik kan het beeld van een avond nog nodig zijn."""


def tidy_avond(db: Verbinding, nu: datetime) -> int:
    """Wis het beeld van een avond die voorbij is; geeft hoeveel notities er nog door te voeren zijn."""
    voor = (nu - BEWAAR_BEELD).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    rij = db.execute(
        "SELECT 1 FROM onthouden WHERE substr(naam, 1, ?) = ?"
        " AND CASE WHEN json_valid(waarde) THEN json_extract(waarde, '$.gezien_op') ELSE '' END < ?",
        (len(BEELD), BEELD, voor),
    ).fetchone()
    if rij is not None:
        forget_beeld(db)
    wacht = db.execute("SELECT count(*) FROM avondnotitie WHERE stand <> 'nakijken'").fetchone()
    return int(wacht[0])
