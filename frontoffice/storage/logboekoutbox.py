"""Tot waar het logboek al verstuurd is, en wie er nu verstuurt. De regels zelf staan er al en blijven staan.

Het merkteken schuift pas op als de ontvanger een hele reeks heeft; na een kill gaat die reeks nog eens, en
herkent de ontvanger elke regel aan haar uuid.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from frontoffice.storage.werkplekbestand import Verbinding, Werkplekbestand, from_tekst, to_tekst

_VERSTUURD, _LEASE = "logboek_verstuurd", "logboek_lease"
_KLOK_SPEELT = timedelta(seconds=2)


class Logboekoutbox:
    """Port `Logboekoutbox`, op het bestand van deze werkplek. Raises WinkelFout."""

    def __init__(self, bestand: Werkplekbestand) -> None:
        self._bestand = bestand

    @property
    def verstuurd_tot(self) -> int:
        """Het volgnummer van de laatste regel die de ontvanger heeft; 0 als dat er geen is."""
        return self._bestand.lees(lambda db: int(_read(db, _VERSTUURD) or 0))

    def count_wachtend(self) -> int:
        def count(db: Verbinding) -> int:
            tot = int(_read(db, _VERSTUURD) or 0)
            rij = db.execute("SELECT count(*) FROM logregel WHERE volgnummer > ?", (tot,)).fetchone()
            return int(rij[0])

        return self._bestand.lees(count)

    def mark(self, volgnummer: int, houder: str) -> bool:
        """De ontvanger heeft alles tot en met deze regel. Onwaar als een ander intussen verstuurt."""

        def mark(db: Verbinding) -> bool:
            if _read(db, _LEASE).partition("|")[0] != houder:
                return False
            if volgnummer > int(_read(db, _VERSTUURD) or 0):
                _write(db, _VERSTUURD, str(volgnummer))
            return True

        return self._bestand.schrijf(mark)

    def acquire_lease(self, houder: str, nu: datetime, seconden: float) -> bool:
        """Neem of verleng het recht om te versturen; onwaar als een ander het heeft."""

        def acquire(db: Verbinding) -> bool:
            ander, _, rest = _read(db, _LEASE).partition("|")
            sinds, _, tot = rest.partition("|")
            # Een klok die terugspringt, maakt een lease meteen vrij.
            if ander and ander != houder and from_tekst(sinds) - _KLOK_SPEELT <= nu < from_tekst(tot):
                return False
            _write(db, _LEASE, f"{houder}|{to_tekst(nu)}|{to_tekst(nu + timedelta(seconds=seconden))}")
            return True

        return self._bestand.schrijf(acquire)

    def release_lease(self, houder: str) -> None:
        def release(db: Verbinding) -> None:
            if _read(db, _LEASE).partition("|")[0] == houder:
                _write(db, _LEASE, "")

        self._bestand.schrijf(release)


def _read(db: Verbinding, naam: str) -> str:
    rij = db.execute("SELECT waarde FROM onthouden WHERE naam = ?", (naam,)).fetchone()
    return "" if rij is None else str(rij["waarde"])


def _write(db: Verbinding, naam: str, waarde: str) -> None:
    db.execute(
        "INSERT INTO onthouden (naam, waarde) VALUES (?, ?)"
        " ON CONFLICT (naam) DO UPDATE SET waarde = excluded.waarde",
        (naam, waarde),
    )
