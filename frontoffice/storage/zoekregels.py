"""De woorden van afspraken bewaren en er afspraken mee vinden, op beide databases met dezelfde index.

Een vraag loopt over een stuk van die index, nooit over alle afspraken. Wat een woord is, zegt `zoekwoorden`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Dialect, and_, delete, insert, not_, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import NaamwoordRij, ZoekwoordRij
from frontoffice.storage.zoekwoorden import EINDE, make_naamwoorden, make_woorden, read_zoek

# Korter komt midden in half de namen voor; zoek dan op hoe een woord begint.
_KORTSTE_MIDDEN = 4
_MEESTE_MIDDEN = 400
# Een losse letter ("jansen p") is een voorletter; als begin van een code paste hij bij een op de dertig.
_LANGSTE_VOORLETTER = 2


def note_woorden(lijn: Lijn, nieuw: Afspraak, oud: Afspraak | None = None) -> None:
    """Zorg dat `nieuw` te vinden is, en `oud` (dezelfde afspraak van net) niet meer."""
    woorden = _woorden(nieuw)
    if oud is not None:
        if _woorden(oud) == woorden and oud.datum == nieuw.datum:
            return
        lijn.run(delete(ZoekwoordRij).where(ZoekwoordRij.nummer == oud.nummer))
    rijen = [{"woord": woord, "datum": nieuw.datum, "nummer": nieuw.nummer} for woord in sorted(woorden)]
    lijn.run(insert(ZoekwoordRij), rijen)
    # Op volgorde: twee die tegelijk dezelfde namen bijschrijven, wachten zo nooit in een kring op elkaar.
    namen = sorted(make_naamwoorden(nieuw.klant.naam))
    if namen:
        bij = _insert(lijn.verbinding.dialect)(NaamwoordRij).values([{"woord": woord} for woord in namen])
        lijn.run(bij.on_conflict_do_nothing())
    if oud is not None:
        _forget_namen(lijn, make_naamwoorden(oud.klant.naam).difference(namen))


def _forget_namen(lijn: Lijn, weg: Collection[str]) -> None:
    """Een naam die bij geen afspraak meer staat, blijft ook hier niet staan."""
    if weg:
        nog = select(ZoekwoordRij.woord).where(ZoekwoordRij.woord.in_(weg))
        lijn.run(
            delete(NaamwoordRij).where(NaamwoordRij.woord.in_(sorted(weg)), NaamwoordRij.woord.not_in(nog))
        )


def forget_losse_namen(lijn: Lijn) -> None:
    """Namen die bij geen afspraak meer staan, ook als een e-mailadres ze nog even vasthield."""
    nog = select(ZoekwoordRij.woord).where(ZoekwoordRij.woord == NaamwoordRij.woord).exists()
    lijn.run(delete(NaamwoordRij).where(not_(nog)))


def find_nummers(
    lijn: Lijn,
    zoek: str,
    *,
    datum_van: date | None,
    datum_tot: date | None,
    nieuwste_eerst: bool,
    maximum: int,
) -> list[str]:
    """De nummers van de eerste afspraken op datum waar elk woord van `zoek` bij staat."""
    gevonden: dict[str, date] = {}
    for groep in read_zoek(zoek):
        z = ZoekwoordRij
        # Het langste woord komt het minst voor: daar loopt de vraag over, de rest kijkt zij per afspraak na.
        drager, *rest = sorted(groep, key=len, reverse=True)
        waar = [_staat(lijn, z, drager), *(_staat_ook(lijn, woord, groep) for woord in rest)]
        if datum_van is not None:
            waar.append(z.datum >= datum_van)
        if datum_tot is not None:
            waar.append(z.datum <= datum_tot)
        volgorde = (z.datum.desc(), z.nummer.desc()) if nieuwste_eerst else (z.datum, z.nummer)
        vraag = select(z.datum, z.nummer).where(*waar).distinct().order_by(*volgorde).limit(maximum)
        gevonden |= {rij.nummer: rij.datum for rij in lijn.rijen(vraag)}
    nummers = sorted(gevonden, key=lambda nummer: (gevonden[nummer], nummer), reverse=nieuwste_eerst)
    return nummers[:maximum]


def _staat_ook(lijn: Lijn, woord: str, groep: Collection[str]) -> ColumnElement[bool]:
    """Ook dit woord; bij "jan jansen" een ander woord dan waar "jansen" al bij past."""
    ook = aliased(ZoekwoordRij)
    langer = [ander for ander in groep if ander != woord and ander.startswith(woord)]
    waar = [_staat(lijn, ook, woord), *(not_(_begint(ook, ander)) for ander in langer)]
    vraag = select(ook.nummer).where(ook.nummer == ZoekwoordRij.nummer, *waar)
    return vraag.correlate(ZoekwoordRij).exists()


def _staat(lijn: Lijn, z: Any, woord: str) -> ColumnElement[bool]:
    """Een woord dat zo begint, of een naam waar dit midden in staat; één of twee letters: een naam."""
    if len(woord) <= _LANGSTE_VOORLETTER and woord.isalpha():
        n = NaamwoordRij
        return and_(_begint(z, woord), z.woord.in_(select(n.woord).where(_begint(n, woord))))
    midden = _find_midden(lijn, woord)
    return or_(_begint(z, woord), z.woord.in_(midden)) if midden else _begint(z, woord)


def _begint(z: Any, woord: str) -> ColumnElement[bool]:
    return and_(z.woord >= woord, z.woord < woord + EINDE)


def _find_midden(lijn: Lijn, woord: str) -> list[str]:
    if len(woord) < _KORTSTE_MIDDEN or woord.isdecimal() or not woord.isalnum():
        return []
    n = NaamwoordRij
    vraag = select(n.woord).where(
        n.woord.contains(woord, autoescape=True), or_(n.woord < woord, n.woord >= woord + EINDE)
    )
    return [rij.woord for rij in lijn.rijen(vraag.order_by(n.woord).limit(_MEESTE_MIDDEN))]


def _woorden(afspraak: Afspraak) -> frozenset[str]:
    klant = afspraak.klant
    return make_woorden(klant.naam, klant.telefoon, klant.email, afspraak.nummer, afspraak.code)


def _insert(dialect: Dialect) -> Any:
    return sqlite_insert if dialect.name == "sqlite" else pg_insert
