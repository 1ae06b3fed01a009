"""Het databasebestand van deze werkplek: één rij om te schrijven, één om te lezen, versleuteld met SQLCipher.

Gaat rechtstreeks naar de driver: SQLAlchemy kost het venster 25 MB en een halve seconde, en is alleen nodig
om een schema bij te werken. Weet niets van concepten of registraties; dat doet `winkel`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from frontoffice.opslag import make_private_dir
from frontoffice.registratiepoort import WinkelFout
from frontoffice.storage import sleutelproef, werkplekfouten
from frontoffice.storage.bestand import is_netwerk
from frontoffice.storage.reserve import Reserve
from frontoffice.storage.versies import Geschiedenis

Verbinding = Any
"""Een verbinding van sqlcipher3, dat geen typen heeft; rijen zijn op naam te lezen."""
T = TypeVar("T")
WACHT_OP_SLOT = 5.0
_KAP_AF = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_NOTADB", "SQLITE_CORRUPT")


def to_tekst(moment: datetime) -> str:
    """Een moment zoals het in de tabellen staat: UTC zonder zone, altijd even lang en dus te sorteren."""
    if moment.tzinfo is None:
        raise ValueError("een moment zonder zone")
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def from_tekst(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(tzinfo=UTC)


class Werkplekbestand:
    """Open met `open`; daarna mag elke draad `lees` en `schrijf` aanroepen.

    `pad` None: alleen in het geheugen, voor één zitting. `alleen_lezen`: er is nu niet te schrijven; elke
    `schrijf` probeert dat opnieuw. `bijna_vol`: de laatste ruimte van de schijf is aangesproken.
    """

    def __init__(
        self, pad: Path | None, sleutel: str, *, wacht: float = WACHT_OP_SLOT, reserve: Reserve | None = None
    ) -> None:
        self.pad = None if pad is None else pad.absolute()
        self.sleutel = sleutel
        self.alleen_lezen = False
        self.bijna_vol = False
        self._wacht = wacht
        self._reserve = reserve or Reserve(None if self.pad is None else self.pad.with_suffix(".reserve"))
        self._schrijfslot, self._leesslot = threading.Lock(), threading.Lock()
        if self.pad is None:
            self._leesslot = self._schrijfslot
        self._schrijver: Verbinding = None
        self._lezer: Verbinding = None
        self._inode: tuple[int, int] | None = None
        self._kopie: Path | None = None
        self._dicht = False

    # --- openen en sluiten -----------------------------------------------------------------------------

    def open(self, *, voor_migratie: Callable[[], object] = lambda: None) -> None:
        """Open, kijk na als er niet netjes is afgesloten, en werk het schema bij.

        `voor_migratie` komt eerst als een bestaand schema oud is. Raises WinkelFout; het bestand is dan niet
        veranderd.
        """
        if self.pad is not None:
            check_plaats(self.pad)
        with self._schrijfslot:
            try:
                self._open(voor_migratie)
            except BaseException:
                self._drop()
                self._drop_lezer()
                raise

    def _open(self, voor_migratie: Callable[[], object]) -> None:
        if self.pad is not None and read_size(self.pad):
            _check_sleutel(self.pad, self.sleutel)
        nakijken = self.pad is not None and read_size(wal(self.pad)) > 0
        try:
            schrijver = self._connect_schrijver()
        except WinkelFout as fout:
            if fout.code != "winkel_alleen_lezen" or self.pad is None or read_size(self.pad) == 0:
                raise
            self.alleen_lezen = True
            self._check_versie(self._connect_lezer())
            return
        if nakijken:
            # Wie alleen leest en het laatst sluit, laat de WAL staan: een kapot bestand blijft zoals het is.
            self._connect_lezer()
            self._check_heel(schrijver)
        versie = self._check_versie(schrijver)
        if not versie:
            self._run(schrijver, lambda: _make_schema(schrijver))
        elif versie != Geschiedenis.WERKPLEK.versies[-1]:
            voor_migratie()
            self._run(schrijver, lambda: _migrate(schrijver))
        self._reserve.ensure()

    def close(self) -> None:
        """Sluit; de laatste die sluit, brengt alles uit de WAL naar het bestand."""
        with self._schrijfslot, contextlib.ExitStack() as stapel:
            if self._leesslot is not self._schrijfslot:
                stapel.enter_context(self._leesslot)
            self._dicht = True
            self._drop_lezer()  # eerst: alleen wie schrijft en het laatst sluit, ruimt de WAL op
            self._drop()

    # --- lezen en schrijven ----------------------------------------------------------------------------

    def schrijf(self, werk: Callable[[Verbinding], T]) -> T:
        """Voer `werk` uit in één transactie, die op schijf staat als dit terugkeert. Raises WinkelFout.

        `werk` kan twee keer lopen, als de eerste keer de schijf vol was: het doet niets buiten de database.
        """
        with self._schrijfslot:
            try:
                return self._schrijf(werk)
            except dbfout() as fout:
                if werkplekfouten.is_vol(fout, self.pad) and self._reserve.free():
                    self.bijna_vol = True
                else:
                    vertaald = self._translate(fout)
                    raise vertaald from None
            try:
                return self._schrijf(werk)
            except dbfout() as fout:
                vertaald = self._translate(fout)
            raise vertaald

    def _schrijf(self, werk: Callable[[Verbinding], T]) -> T:
        verbinding = self._connect_schrijver()
        self._check_zelfde()
        verbinding.execute("BEGIN IMMEDIATE")
        try:
            uit = werk(verbinding)
            verbinding.execute("COMMIT")
        except BaseException:
            _rollback(verbinding)
            raise
        if self.bijna_vol and self._reserve.ensure():
            self.bijna_vol = False
        return uit

    def lees(self, werk: Callable[[Verbinding], T]) -> T:
        """Lees in één beeld van de database; wacht niet op wie schrijft. Raises WinkelFout."""
        with self._leesslot:
            try:
                verbinding = self._connect_schrijver() if self.pad is None else self._connect_lezer()
                verbinding.execute("BEGIN")
                try:
                    return werk(verbinding)
                finally:
                    _rollback(verbinding)
            except dbfout() as fout:
                if werkplekfouten.soort(fout).startswith(_KAP_AF):
                    self._drop_lezer()
                vertaald = werkplekfouten.translate(fout, self.pad)
            raise vertaald

    # --- verbindingen ----------------------------------------------------------------------------------

    def _connect_schrijver(self) -> Verbinding:
        """De verbinding om te schrijven. Het slot van schrijven is al genomen. Raises WinkelFout."""
        if self._dicht:
            raise werkplekfouten.gesloten()
        if self._schrijver is not None:
            return self._schrijver
        if self.pad is None:
            self._schrijver = self._connect(":memory:")
            return self._schrijver
        try:
            self._make_bestand(self.pad)
            verbinding = self._connect_wal(self.pad)
        except dbfout() as fout:
            if not werkplekfouten.is_vol(fout, self.pad) or not self._reserve.free():
                raise werkplekfouten.translate(fout, self.pad) from None
            self.bijna_vol = True
            try:
                verbinding = self._connect_wal(self.pad)
            except dbfout() as nog:
                raise werkplekfouten.translate(nog, self.pad) from None
        try:
            stand = self._stat(self.pad)
        except WinkelFout:
            verbinding.close()
            raise
        self._schrijver = verbinding
        self.alleen_lezen = False
        self._inode = (stand.st_dev, stand.st_ino)
        return verbinding

    def _connect_wal(self, pad: Path) -> Verbinding:
        verbinding = self._connect(f"{pad.as_uri()}?mode=rw")
        try:
            stand = verbinding.execute("PRAGMA journal_mode").fetchone()[0]
            if stand != "wal":
                stand = verbinding.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if stand != "wal":
                raise werkplekfouten.plaats()
            # Alleen wie mag schrijven, komt hier zonder fout doorheen; er verandert niets.
            verbinding.execute("BEGIN IMMEDIATE")
            verbinding.execute("ROLLBACK")
        except BaseException as fout:
            verbinding.close()
            if werkplekfouten.soort(fout).startswith("SQLITE_BUSY"):
                raise werkplekfouten.bezet() from None
            raise
        return verbinding

    def _connect_lezer(self) -> Verbinding:
        """De verbinding om te lezen; ook als er niet te schrijven is, met wat er in de WAL staat."""
        if self._dicht:
            raise werkplekfouten.gesloten()
        if self._kopie is not None and not self.alleen_lezen:
            self._drop_lezer()  # er is weer te schrijven: de kopie is verouderd
        if self._lezer is None:
            assert self.pad is not None
            try:
                self._lezer = self._connect(f"{self.pad.as_uri()}?mode=ro")
            except dbfout():
                if not self.alleen_lezen:
                    raise
                # Zonder -shm is een WAL op een schijf die niet schrijft, alleen naast een kopie te lezen.
                self._lezer = self._connect(f"{self._copy(self.pad).as_uri()}?mode=rw")
        return self._lezer

    def _connect(self, adres: str) -> Verbinding:
        return connect(adres, self.sleutel, self._wacht)

    def _make_bestand(self, pad: Path) -> None:
        """Het lege bestand (0600), als het er nog niet is. Raises WinkelFout."""
        try:
            if not pad.parent.exists():
                make_private_dir(pad.parent)
            os.close(os.open(pad, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        except OSError as fout:
            raise to_winkelfout(fout) from None

    def _copy(self, pad: Path) -> Path:
        """Bestand en WAL naar een eigen tijdelijke map; beide zijn versleuteld. Raises WinkelFout."""
        import tempfile

        try:
            self._kopie = Path(tempfile.mkdtemp(prefix="kif-"))
            for bron in (pad, wal(pad)):
                if bron.exists():
                    shutil.copyfile(bron, self._kopie / bron.name)
        except OSError as fout:
            raise to_winkelfout(fout) from None
        return self._kopie / pad.name

    def _drop(self) -> None:
        schrijver, self._schrijver = self._schrijver, None
        if schrijver is not None:
            with contextlib.suppress(dbfout()):
                schrijver.close()

    def _drop_lezer(self) -> None:
        lezer, self._lezer = self._lezer, None
        if lezer is not None:
            with contextlib.suppress(dbfout()):
                lezer.close()
        if self._kopie is not None:
            shutil.rmtree(self._kopie, ignore_errors=True)
            self._kopie = None

    # --- nakijken en vertalen --------------------------------------------------------------------------

    def _check_zelfde(self) -> None:
        """Raises WinkelFout als het bestand onder ons is weggehaald: wat nu geschreven wordt, was dan weg."""
        if self.pad is None or os.name != "posix":
            return
        stand = self._stat(self.pad)
        if (stand.st_dev, stand.st_ino) != self._inode:
            raise werkplekfouten.verwisseld()

    def _stat(self, pad: Path) -> os.stat_result:
        """Welk bestand er nu staat. Raises WinkelFout, ook als het intussen is weggehaald."""
        try:
            return pad.stat()
        except FileNotFoundError:
            raise werkplekfouten.verwisseld() from None
        except OSError as fout:
            raise to_winkelfout(fout) from None

    def _check_heel(self, verbinding: Verbinding) -> None:
        uitslag = self._run(verbinding, lambda: verbinding.execute("PRAGMA quick_check(1)").fetchone()[0])
        if uitslag != "ok":
            raise werkplekfouten.kapot()

    def _check_versie(self, verbinding: Verbinding) -> str:
        """De versie van het schema, leeg als er nog geen is. Raises WinkelFout bij een nieuwere."""
        versie = self._run(verbinding, lambda: read_versie(verbinding))
        if versie and versie not in Geschiedenis.WERKPLEK.versies:
            raise werkplekfouten.te_nieuw()
        return versie

    def _run(self, verbinding: Verbinding, werk: Callable[[], T]) -> T:
        try:
            return werk()
        except dbfout() as fout:
            vertaald = werkplekfouten.translate(fout, self.pad)
        raise vertaald

    def _translate(self, fout: BaseException) -> WinkelFout:
        """De fout voor de aanroeper; na een fout van de schijf begint de volgende keer opnieuw."""
        if werkplekfouten.soort(fout).startswith(_KAP_AF):
            self._drop()
        return werkplekfouten.translate(fout, self.pad)


def dbfout() -> type[Exception]:
    """De basis van alle fouten van de driver, die pas laadt als hij nodig is."""
    from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # heeft geen typen

    soort: type[Exception] = dbapi2.Error
    return soort


def connect(adres: str, sleutel: str, wacht: float = WACHT_OP_SLOT) -> Verbinding:
    """Een verbinding met een versleuteld bestand (als URI) of ":memory:". Raises de fout van de driver."""
    from sqlcipher3 import dbapi2

    verbinding = dbapi2.connect(adres, timeout=wacht, isolation_level=None, check_same_thread=False, uri=True)
    try:
        # De sleutel moet de eerste opdracht zijn, en kan geen gebonden waarde zijn.
        verbinding.execute(f"PRAGMA key = \"x'{sleutel}'\"")
        verbinding.execute("PRAGMA cipher_log_level = NONE")  # anders schrijft SQLCipher naar stderr
        verbinding.execute("PRAGMA synchronous = FULL")
        verbinding.execute("PRAGMA temp_store = MEMORY")
        verbinding.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        verbinding.close()
        raise
    verbinding.row_factory = dbapi2.Row
    return verbinding


def check_plaats(pad: Path) -> None:
    """Raises WinkelFout als het bestand op een netwerkschijf zou staan."""
    if is_netwerk(pad):
        raise werkplekfouten.netwerkschijf()


def _check_sleutel(pad: Path, sleutel: str) -> None:
    """Raises WinkelFout, voordat SQLite iets aanraakt: een andere sleutel is iets anders dan kapot."""
    past = sleutelproef.past(pad, sleutel)
    if past is False:
        raise werkplekfouten.verkeerde_sleutel()
    if past is None and os.access(pad, os.R_OK):
        raise werkplekfouten.kapot()


def wal(pad: Path) -> Path:
    return pad.with_name(pad.name + "-wal")


def read_versie(verbinding: Verbinding) -> str:
    """De schemaversie van de werkplek in deze database; leeg als zij nieuw is."""
    tabel = Geschiedenis.WERKPLEK.tabel
    if verbinding.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (tabel,)).fetchone() is None:
        return ""
    rij = verbinding.execute(f"SELECT max(version_num) FROM {tabel}").fetchone()  # noqa: S608 - naam uit de enum
    return str(rij[0] or "")


def _make_schema(db: Verbinding) -> None:
    """Een nieuwe database krijgt het schema van nu ineens: zo begint een nieuwe werkplek zonder Alembic."""
    opdrachten = (resources.files("frontoffice.storage") / "migraties" / "werkplek" / "nieuw.sql").read_text(
        encoding="utf-8"
    )
    db.execute("BEGIN IMMEDIATE")
    try:
        if not read_versie(db):  # een ander deed het terwijl wij wachtten
            for opdracht in opdrachten.split("\n\n"):
                db.execute(opdracht)
            db.execute("INSERT INTO kenmerk (id, afdruksleutel) VALUES (1, ?)", (secrets.token_hex(32),))
            db.execute(
                f"INSERT INTO {Geschiedenis.WERKPLEK.tabel} VALUES (?)",  # noqa: S608 - naam uit de enum
                (Geschiedenis.WERKPLEK.versies[-1],),
            )
        db.execute("COMMIT")
    except BaseException:
        _rollback(db)
        raise


def _migrate(ruw: Verbinding) -> None:
    """Alembic op onze eigen verbinding, in één transactie. Laadt SQLAlchemy, en dus alleen als het moet."""
    from sqlalchemy import Connection, StaticPool, create_engine, event, exc

    from frontoffice.agendapoort import SchemaTeNieuw
    from frontoffice.storage.schema import ensure_binnen

    rijen, ruw.row_factory = ruw.row_factory, None
    engine = create_engine("sqlite://", creator=lambda: ruw, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(verbinding: Connection) -> None:
        verbinding.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.connect() as verbinding, verbinding.begin():
            ensure_binnen(verbinding, Geschiedenis.WERKPLEK)
    except SchemaTeNieuw:
        raise werkplekfouten.te_nieuw() from None
    except exc.DBAPIError as fout:
        _rollback(ruw)
        oorzaak = fout.orig
        if oorzaak is None:
            raise
    else:
        return
    finally:
        ruw.row_factory = rijen
    raise oorzaak


def _rollback(verbinding: Verbinding) -> None:
    """Draai terug wat nog open staat; bij een volle schijf deed SQLite dat zelf al."""
    if verbinding.in_transaction:
        with contextlib.suppress(Exception):
            verbinding.execute("ROLLBACK")


def read_size(pad: Path) -> int:
    """De omvang in bytes; 0 als het bestand er niet is."""
    try:
        return pad.stat().st_size
    except OSError:
        return 0


def to_winkelfout(fout: OSError) -> WinkelFout:
    """De WinkelFout bij een fout van het bestandssysteem."""
    if fout.errno in (errno.ENOSPC, errno.EDQUOT):
        return werkplekfouten.vol()
    if fout.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return werkplekfouten.alleen_lezen()
    return werkplekfouten.plaats()
