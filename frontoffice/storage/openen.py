"""Welke agenda deze werkplek gebruikt, en waarom er soms geen is. Laadt de databaselaag zo laat mogelijk."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.domain.fouten import GeheimFout, Geweigerd, InvoerFout
from frontoffice.ports import Geheimen
from frontoffice.profiel import Agenda
from frontoffice.profiel.databaseadres import Databaseadres, read_databaseadres
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling

if TYPE_CHECKING:
    from frontoffice.storage.agenda import AgendaDatabase
    from frontoffice.storage.lezer import AgendaLezer, LegeLezer

SLEUTEL = "agenda_sleutel"
"""Het geheim waarmee een agenda op deze pc is versleuteld; maakt het programma zelf."""
DEMO_SLEUTEL = hashlib.sha256(b"klant in focus: demonstratie").hexdigest()
"""Van iedereen bekend, en alleen goed voor de verzonnen mensen van de demonstratie."""
_BESTAND, _DEMOBESTAND = "agenda.db", "agenda-demo.db"


def open_agenda(
    agenda: Agenda, geheimen: Geheimen, data_dir: Path, *, demo: bool, database: str = ""
) -> AgendaDatabase:
    """De agenda van dit profiel; verbindt nog niet. `database` gaat voor wat het profiel zegt.

    Raises Geweigerd (code "geen_gedeelde_agenda") als afspraken maken hier uit staat, InvoerFout bij een
    `database` die niet goed is, AgendaFout als het bestand op een netwerkschijf staat.
    """
    instelling = choose_instelling(agenda, geheimen, data_dir, demo=demo, database=database)
    from frontoffice.storage.agenda import AgendaDatabase

    return AgendaDatabase(instelling, _klantdeel(agenda, geheimen))


@contextmanager
def open_lezer(
    agenda: Agenda, geheimen: Geheimen, data_dir: Path, *, demo: bool
) -> Iterator[AgendaLezer | LegeLezer | None]:
    """Alleen om op te zoeken: lichter dan `open_agenda`. None als het schema eerst moet worden bijgewerkt.

    Raises als `open_agenda`, en AgendaFout als lezen niet lukt.
    """
    from frontoffice.storage import lezer

    instelling = choose_instelling(agenda, geheimen, data_dir, demo=demo)
    with lezer.open_lezer(instelling, _klantdeel(agenda, geheimen)) as gevonden:
        yield gevonden


def warm_lezer(agenda: Agenda) -> None:
    """Laad vooraf wat `open_lezer` nodig heeft. Verbindt niet."""
    from frontoffice.storage import lezer

    adres = _read(agenda.database)
    lezer.load_driver(postgres=adres is not None and adres.pad is None)


def choose_instelling(
    agenda: Agenda, geheimen: Geheimen, data_dir: Path, *, demo: bool, database: str = ""
) -> Instelling:
    """Zie `open_agenda`. Leest nog geen geheim."""
    adres = _read(database or agenda.database)
    if adres is None:
        if not demo and not agenda.alleen_deze_pc:
            raise Geweigerd(
                "Afspraken maken staat uit: er is geen gedeelde agenda. "
                "Laat uw beheerder [agenda] database in het profiel invullen.",
                code="geen_gedeelde_agenda",
            )
        return _sqlite(data_dir / (_DEMOBESTAND if demo else _BESTAND), geheimen, demo)
    if demo and not adres.is_lokaal:
        raise Geweigerd(
            "Een demonstratie mag alleen een agenda op deze computer gebruiken. "
            "Kies een profiel met --profile.",
            code="geen_gedeelde_agenda",
        )
    if adres.pad is None:
        return _postgres(adres, agenda, geheimen)
    if not demo and not agenda.alleen_deze_pc:
        raise Geweigerd(
            "Een agenda in een bestand ziet geen enkele collega. "
            "Zet [agenda] alleen_deze_pc = true in het profiel als u dat bewust wilt.",
            code="geen_gedeelde_agenda",
        )
    return _sqlite(adres.pad, geheimen, demo)


def _klantdeel(agenda: Agenda, geheimen: Geheimen) -> Callable[[], str] | None:
    """Het tweede deel van het klantgeheim; pas gelezen als een klantsleutel nodig is."""
    return cache(lambda: geheimen.get(agenda.klantsleutel)) if agenda.klantsleutel else None


def _read(tekst: str) -> Databaseadres | None:
    if not tekst:
        return None
    uitkomst = read_databaseadres(tekst)
    if isinstance(uitkomst, str):
        raise InvoerFout(f"Het adres van de database is niet goed: {uitkomst}.", code="gebruik")
    return uitkomst


def _postgres(adres: Databaseadres, agenda: Agenda, geheimen: Geheimen) -> PostgresInstelling:
    # Het profiel kan over een ander adres gaan dan --database: op deze computer hoeft TLS niet.
    sslmode = agenda.sslmode if adres.tekst == agenda.database or not adres.is_lokaal else "prefer"

    @cache
    def wachtwoord() -> str:
        try:
            return geheimen.get(agenda.geheim)
        except (GeheimFout, Geweigerd):
            if adres.is_lokaal:  # een server op deze computer laat de eigen gebruiker vaak zo binnen
                return ""
            raise

    return PostgresInstelling(
        adres.host,
        adres.naam,
        adres.gebruiker,
        adres.poort,
        wachtwoord,
        "verify-full" if sslmode == "prefer" and not adres.is_lokaal else sslmode,
        agenda.ca_bundel,
    )


def _sqlite(pad: Path, geheimen: Geheimen, demo: bool) -> SqliteInstelling:
    return SqliteInstelling(pad, (lambda: DEMO_SLEUTEL) if demo else _sleutel(pad, geheimen))


def _sleutel(pad: Path, geheimen: Geheimen) -> Callable[[], str]:
    @cache
    def sleutel() -> str:
        try:
            return geheimen.get(SLEUTEL)
        except GeheimFout as fout:
            if fout.code != "geheim_ontbreekt" or _has_inhoud(pad):
                raise
        # Een nieuwe agenda krijgt een nieuwe sleutel. Een oud bestand zonder sleutel blijft zoals het is.
        geheimen.set(SLEUTEL, secrets.token_hex(32))
        return geheimen.get(SLEUTEL)

    return sleutel


def _has_inhoud(pad: Path) -> bool:
    try:
        return pad.stat().st_size > 0
    except OSError:
        return False
