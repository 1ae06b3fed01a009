"""Zoekt afspraken op met alleen de driver, voor wie een klant in beeld brengt. Schrijft nooit.

De hele databaselaag kost zo'n 25 MB en een halve seconde: te veel om bij elke klant te laden. Een test
bewaakt dat dit hetzelfde antwoordt als `AgendaDatabase`, op beide databases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, TypeVar

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import floor_tik
from frontoffice.agendapoort import Avondrij, Gebeurtenis
from frontoffice.domain.taal import dag_van
from frontoffice.storage import vorm
from frontoffice.storage.driver import connect_postgres, connect_sqlite
from frontoffice.storage.fouten import Fase, translate_ruw
from frontoffice.storage.instelling import Instelling, PostgresInstelling
from frontoffice.storage.klantgeheim import anders, combine
from frontoffice.storage.ruw import to_moment
from frontoffice.storage.versies import Geschiedenis, te_nieuw
from frontoffice.storage.zoekwoorden import EINDE, read_zoek

T = TypeVar("T")
Klantdeel = Callable[[], str]
_CACHE_KB = 2_000  # één klant leest een paar bladzijden
_AFSPRAAK = (
    "id", "nummer", "code", "datum", "begin_tik", "eind_tik", "buffer", "balie", "toestand", "regels",
    "eisen", "kanaal", "naam", "telefoon", "email", "geen_contact", "geboortedatum", "klantsleutel",
    "behoeften", "taal", "opmerking", "vaste_balie", "te_verzetten", "versie", "ics_volgnummer",
    "gemaakt_op", "vervolg_van", "bevestiging", "brieftaal", "antwoorden",
)  # fmt: skip
_GEBEURTENIS = ("op", "medewerker", "werkplek", "soort", "onderwerp", "datum", "voor", "na", "reden")
_DAGEN, _MOMENTEN, _JA_NEE = (
    {"datum", "geboortedatum"}, {"gemaakt_op", "op"}, {"geen_contact", "vaste_balie"},
)  # fmt: skip


_TE_BELLEN = """
SELECT count(*) FROM bericht b JOIN afspraak a ON b.over = 'afspraak:' || a.id
WHERE b.datum >= ? AND b.datum = a.datum
  AND (b.stand = 'bellen' OR (b.stand IN ('klaargezet', 'bezig') AND b.verloopt <= ?))
  AND a.begin_tik > ?
  AND (b.wat IN ('herinnering', 'afspraak_later') AND a.toestand = 'bevestigd'
       OR b.versie = a.ics_volgnummer::text)
"""
_OPENING = (vorm.LOCATIE, "regels", "uitzonderingen", "feestdagen")


class AgendaLezer:
    """Ports `Klantlezer` en `Avondlezer`: één leestransactie op de agenda. Gemaakt door `open_lezer`."""

    def __init__(self, verbinding: Any, *, postgres: bool, klantdeel: Klantdeel | None = None) -> None:
        self._verbinding, self._postgres, self._klantdeel = verbinding, postgres, klantdeel

    def nu(self) -> datetime:
        """De klok van de database, met de verschuiving van een proefagenda."""
        klok = "clock_timestamp()" if self._postgres else "strftime('%Y-%m-%d %H:%M:%f', 'now')"
        ((moment, verschuiving),) = self._rijen(f"SELECT {klok}, verschuiving FROM kenmerk")  # noqa: S608 - vaste tekst
        return to_moment(moment) + timedelta(milliseconds=verschuiving)

    def load_klantgeheim(self) -> bytes:
        """Zoals bij `AgendaDatabase`, maar een nieuw geheim neemt pas een schrijver in gebruik."""
        ((basis, bekend),) = self._rijen("SELECT klantgeheim, klantmerk FROM kenmerk")
        sleutel, merk = combine(basis, "" if self._klantdeel is None else self._klantdeel())
        if merk != bekend:
            gebruikt = self._rijen("SELECT 1 FROM afspraak WHERE klantsleutel <> '' LIMIT 1")
            if gebruikt or not merk:
                raise anders()
        return sleutel

    def find_afspraken(
        self, *, zoek: str = "", klantsleutel: str = "", datum_van: date | None = None, maximum: int = 200
    ) -> tuple[Afspraak, ...]:
        """Zoals `AgendaOpslag.find_afspraken`, met alleen wat hier nodig is; `zoek` is een nummer."""
        waar, waarden = ["1 = 1"], []
        if datum_van is not None:
            waar.append("datum >= ?")
            waarden.append(datum_van if self._postgres else datum_van.isoformat())
        if zoek:
            begin = [_een_nummer(groep) for groep in read_zoek(zoek)]
            stukken = " OR ".join(["(woord >= ? AND woord < ?)"] * len(begin)) or "1 = 0"
            waar.append(f"nummer IN (SELECT nummer FROM zoekwoord WHERE {stukken})")  # noqa: S608 - vaste tekst
            waarden += [grens for woord in begin for grens in (woord, woord + EINDE)]
        if klantsleutel:
            waar.append("klantsleutel = ?")
            waarden.append(klantsleutel)
        vraag = (
            f"SELECT {', '.join(_AFSPRAAK)} FROM afspraak WHERE {' AND '.join(waar)} "  # noqa: S608 - idem
            "ORDER BY datum, begin_tik, nummer LIMIT ?"
        )
        rijen = self._rijen(vraag, (*waarden, maximum))
        return tuple(vorm.to_afspraak(_rij(_AFSPRAAK, rij)) for rij in rijen)

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]:
        vraag = f"SELECT {', '.join(_GEBEURTENIS)} FROM gebeurtenis WHERE onderwerp = ? ORDER BY volgnummer"  # noqa: S608 - idem
        return tuple(vorm.to_gebeurtenis(_rij(_GEBEURTENIS, rij)) for rij in self._rijen(vraag, (onderwerp,)))

    def load_opening(self) -> Inrichting:
        """De inrichting met alleen wat de openingstijden bepaalt; rooster en producten blijven leeg."""
        soorten = ", ".join("?" for _ in _OPENING)
        vraag = f"SELECT soort, inhoud FROM onderdeel WHERE soort IN ({soorten}) ORDER BY soort, volgorde, id"  # noqa: S608 - vaste tekst
        return vorm.read_inrichting([(soort, inhoud) for soort, inhoud in self._rijen(vraag, _OPENING)])

    def find_avond(self, dag: date) -> tuple[Avondrij, ...]:
        """Alle afspraken van die dag, op tijd."""
        vraag = "SELECT begin_tik, toestand, te_verzetten FROM afspraak WHERE datum = ? ORDER BY begin_tik"
        rijen = self._rijen(vraag, (dag if self._postgres else dag.isoformat(),))
        return tuple(Avondrij(tik, toestand, reden or "") for tik, toestand, reden in rijen)

    def count_te_bellen(self) -> int:
        """Alleen een gedeelde agenda heeft een bord."""
        if not self._postgres:
            return 0
        nu = self.nu()
        ((aantal,),) = self._rijen(_TE_BELLEN, (dag_van(nu), nu, floor_tik(nu)))
        return int(aantal)

    def begin(self) -> None:
        """Alles wat hierna wordt gelezen, hoort bij elkaar."""
        if self._postgres:
            self._rijen("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            self._rijen("BEGIN")

    def is_bij(self) -> bool:
        """Heeft de database het schema van dit programma? Raises SchemaTeNieuw bij een nieuwer."""
        tabel = Geschiedenis.AGENDA.tabel
        if self._postgres:
            er_is = self._rijen("SELECT to_regclass(?) IS NOT NULL", (tabel,))[0][0]
        else:
            er_is = self._rijen("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (tabel,))
        if not er_is:
            return False
        versies = [rij[0] for rij in self._rijen(f"SELECT version_num FROM {tabel}")]  # noqa: S608 - uit de enum
        if any(versie not in Geschiedenis.AGENDA.versies for versie in versies):
            raise te_nieuw(Geschiedenis.AGENDA)
        return versies == [Geschiedenis.AGENDA.versies[-1]]

    def _rijen(self, vraag: str, waarden: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        if self._postgres:
            vraag = vraag.replace("?", "%s")

        def run() -> Sequence[Sequence[Any]]:
            loper = self._verbinding.execute(vraag, waarden)
            rijen: Sequence[Sequence[Any]] = loper.fetchall() if loper.description else ()
            return rijen

        return _probeer(run)


class LegeLezer:
    """Ports `Klantlezer` en `Avondlezer` van een agenda die nog niet is gemaakt: niets erin, geen klok."""

    def nu(self) -> datetime:
        return datetime.min.replace(tzinfo=UTC)

    def load_klantgeheim(self) -> bytes:
        return b""

    def find_afspraken(
        self, *, zoek: str = "", klantsleutel: str = "", datum_van: date | None = None, maximum: int = 200
    ) -> tuple[Afspraak, ...]:
        return ()

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]:
        return ()

    def load_opening(self) -> Inrichting:
        return vorm.read_inrichting([])

    def find_avond(self, dag: date) -> tuple[Avondrij, ...]:
        return ()

    def count_te_bellen(self) -> int:
        return 0


@contextmanager
def open_lezer(
    instelling: Instelling, klantdeel: Klantdeel | None = None
) -> Iterator[AgendaLezer | LegeLezer | None]:
    """Lees de agenda zolang het blok duurt; None als haar schema eerst moet worden bijgewerkt.

    `klantdeel`: zie `AgendaDatabase`.

    Maakt geen bestand. Raises AgendaFout, SchemaTeNieuw, GeheimFout.
    """
    if not isinstance(instelling, PostgresInstelling) and not _has_inhoud(instelling):
        yield LegeLezer()
        return
    verbinding = _probeer(lambda: _connect(instelling))
    try:
        postgres = isinstance(instelling, PostgresInstelling)
        lezer = AgendaLezer(verbinding, postgres=postgres, klantdeel=klantdeel)
        lezer.begin()
        yield lezer if lezer.is_bij() else None
    finally:
        verbinding.close()


def load_driver(*, postgres: bool) -> None:
    """Laad de driver vooraf, op een moment dat het niemand ophoudt."""
    if postgres:
        import psycopg  # noqa: F401 - alleen om het laden
    else:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # noqa: F401 - idem; heeft geen typen


def _connect(instelling: Instelling) -> Any:
    if isinstance(instelling, PostgresInstelling):
        return connect_postgres(instelling)
    return connect_sqlite(instelling, _CACHE_KB)


def _has_inhoud(instelling: Any) -> bool:
    try:
        return bool(instelling.pad.stat().st_size)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # wat er mis is, zegt het openen


def _probeer(werk: Callable[[], T]) -> T:
    try:
        return werk()
    except Exception as fout:
        if not _is_driverfout(fout):
            raise
        vertaald = translate_ruw(fout, Fase.LEZEN)
    # Buiten het except-blok: de fout van de database, met haar waarden, gaat ook niet als oorzaak mee.
    raise vertaald


def _is_driverfout(fout: Exception) -> bool:
    """Elke driver leidt zijn fouten af van de `Error` van de DB-API (PEP 249)."""
    return any(klasse.__name__ == "Error" for klasse in type(fout).__mro__)


def _een_nummer(groep: Sequence[str]) -> str:
    """Raises ValueError bij iets anders dan een nummer: dat zoekt alleen de hele databaselaag."""
    (woord,) = groep
    if not woord.isdecimal():
        raise ValueError("hier is alleen op een nummer te zoeken")
    return woord


def _rij(kolommen: Sequence[str], rij: Sequence[Any]) -> Any:
    """Een rij met namen, en met dagen en momenten zoals de vorm ze verwacht."""
    waarden = dict(zip(kolommen, rij, strict=True))
    for naam, waarde in waarden.items():
        if waarde is None:
            continue
        if naam in _MOMENTEN:
            waarden[naam] = to_moment(waarde)
        elif naam in _DAGEN and isinstance(waarde, str):
            waarden[naam] = date.fromisoformat(waarde)
        elif naam in _JA_NEE:
            waarden[naam] = bool(waarde)
    return SimpleNamespace(**waarden)
