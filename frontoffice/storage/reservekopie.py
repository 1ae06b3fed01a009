"""Reservekopieën van de werkplekdatabase: maken, opnoemen en terugzetten. De laatste drie blijven.

Een kopie is met dezelfde sleutel versleuteld, alleen voor deze gebruiker, en telt pas als zij is nagekeken.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from frontoffice.opslag import make_private_dir
from frontoffice.registratiepoort import WinkelFout
from frontoffice.storage import werkplekfouten
from frontoffice.storage.avondnotities import forget_beeld
from frontoffice.storage.werkplekbestand import (
    Verbinding,
    Werkplekbestand,
    connect,
    dbfout,
    read_versie,
    to_winkelfout,
    wal,
)

BEWAAR = 3
SPRONG = 10_000
"""Zo veel nummers worden overgeslagen na het terugzetten: die kunnen sinds de kopie al gebruikt zijn."""
_MAP = "reservekopie"
_TIJD = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True)
class Reservekopie:
    """`naam` is waarmee zij terug te zetten is; `gemaakt_op` is UTC."""

    naam: str
    gemaakt_op: datetime
    omvang: int


def list_backups(pad: Path) -> tuple[Reservekopie, ...]:
    """De reservekopieën van dit bestand, nieuwste eerst."""
    vorm = re.compile(re.escape(pad.stem) + r"-(\d{8}T\d{12})\.db")
    uit = []
    with contextlib.suppress(OSError):
        for kopie in (pad.parent / _MAP).iterdir():
            if (treffer := vorm.fullmatch(kopie.name)) and kopie.is_file():
                gemaakt = datetime.strptime(treffer.group(1), _TIJD).replace(tzinfo=UTC)
                uit.append(Reservekopie(kopie.name, gemaakt, kopie.stat().st_size))
    return tuple(sorted(uit, key=lambda kopie: kopie.naam, reverse=True))


def is_due(pad: Path, nu: datetime) -> bool:
    """Is er vandaag nog geen kopie gemaakt?"""
    kopieen = list_backups(pad)
    return not kopieen or kopieen[0].gemaakt_op.date() != nu.astimezone(UTC).date()


def make_backup(bestand: Werkplekbestand, nu: datetime) -> Path:
    """Een kopie van dit moment; houdt wie schrijft niet op. Raises WinkelFout; wat er was, blijft."""
    if bestand.pad is None:
        raise WinkelFout(
            "Deze zitting wordt niet bewaard, en heeft dus geen reservekopie.", code="winkel_plaats"
        )
    doel = bestand.pad.parent / _MAP / f"{bestand.pad.stem}-{nu.astimezone(UTC):{_TIJD}}.db"
    try:
        make_private_dir(doel.parent)
        with _nieuw(doel) as nieuw:
            verbinding = connect(f"{bestand.pad.as_uri()}?mode=rw", bestand.sleutel)
            try:
                verbinding.execute("VACUUM INTO ?", (os.fspath(nieuw),))
            finally:
                verbinding.close()
            _forget_avond(nieuw, bestand.sleutel)
            check_kopie(nieuw, bestand.sleutel)
    except OSError as fout:
        raise to_winkelfout(fout) from None
    except dbfout() as fout:
        vertaald = werkplekfouten.translate(fout, doel)
    else:
        _prune(bestand.pad)
        return doel
    raise vertaald


def _forget_avond(pad: Path, sleutel: str) -> None:
    """Het beeld van een avond hoort na die avond nergens meer te staan, ook niet in een kopie."""
    verbinding = connect(f"{pad.as_uri()}?mode=rw", sleutel)
    try:
        # De eerste versie had de tabel nog niet, en krijgt een kopie vlak voordat zij wordt bijgewerkt.
        if verbinding.execute("SELECT 1 FROM sqlite_master WHERE name = 'onthouden'").fetchone():
            forget_beeld(verbinding)
    finally:
        verbinding.close()


def _prune(pad: Path) -> None:
    """De laatste drie blijven, en wat er al was toen een bestand apart ging: dat is misschien nog nodig."""
    try:
        apart = sorted(pad.parent.glob(f"{pad.stem}-apart-*.db"))
        vanaf = apart[-1].stem.removeprefix(f"{pad.stem}-apart-") if apart else ""
        namen = [kopie.naam for kopie in list_backups(pad)]
        eigen = [naam for naam in namen if naam.removeprefix(f"{pad.stem}-") > vanaf]
        for oud in eigen[BEWAAR:]:
            (pad.parent / _MAP / oud).unlink(missing_ok=True)
    except OSError as fout:
        raise to_winkelfout(fout) from None


def purge_apart(pad: Path, voor: datetime) -> int:
    """Wat voor dit moment apart ging, gaat weg met zijn WAL en met de kopieën die daarvoor bleven.

    Wat erin nog te lezen was, is toen meegekomen. Geeft het aantal bestanden. Raises WinkelFout.
    """
    vorm = re.compile(re.escape(pad.stem) + r"-apart-(\d{8}T\d{12})\.db(-wal)?")
    grens = f"{voor.astimezone(UTC):{_TIJD}}"
    try:
        oud = [deel for deel in pad.parent.iterdir() if (m := vorm.fullmatch(deel.name)) and m[1] < grens]
        for deel in oud:
            deel.unlink(missing_ok=True)
    except OSError as fout:
        raise to_winkelfout(fout) from None
    if oud:
        _prune(pad)
    return len(oud)


def check_kopie(pad: Path, sleutel: str) -> None:
    """Raises WinkelFout als dit geen hele kopie is die met deze sleutel opengaat."""
    try:
        verbinding = connect(f"{pad.as_uri()}?mode=ro", sleutel)
        try:
            heel = verbinding.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if heel and read_versie(verbinding):
                return
        finally:
            verbinding.close()
    except dbfout() as fout:
        vertaald = werkplekfouten.translate(fout, pad)
    else:
        vertaald = werkplekfouten.kapot()
    raise vertaald


def restore_backup(
    pad: Path, naam: str, sleutel: str, nu: datetime, *, vul: Callable[[Path], object] = lambda _: None
) -> None:
    """Zet een kopie op de plaats van het bestand; dat blijft apart bewaard.

    Wat nog niet in het register stond, moet eerst worden nagekeken: sinds de kopie kan het verstuurd zijn.
    `vul` krijgt het nieuwe bestand voordat het op zijn plaats komt. Raises WinkelFout; er is dan niets
    veranderd.
    """
    if naam not in {kopie.naam for kopie in list_backups(pad)}:
        raise WinkelFout(
            "Deze reservekopie is er niet meer. Kies een andere.", code="winkel_kapot", opnieuw_helpt=True
        )
    bron = pad.parent / _MAP / naam
    check_kopie(bron, sleutel)
    try:
        with _nieuw(pad, lambda: set_aside(pad, nu)) as nieuw:
            shutil.copyfile(bron, nieuw)
            verbinding = connect(f"{nieuw.as_uri()}?mode=rw", sleutel)
            try:
                _doubt(verbinding)
            finally:
                verbinding.close()
            vul(nieuw)
    except OSError as fout:
        raise to_winkelfout(fout) from None
    except dbfout() as fout:
        vertaald = werkplekfouten.translate(fout, pad)
    else:
        return
    raise vertaald


def start_leeg(pad: Path, nu: datetime, vul: Callable[[Path], object]) -> None:
    """Zet een nieuw bestand, dat `vul` maakt, op de plaats van het oude. Raises WinkelFout."""
    try:
        with _nieuw(pad, lambda: set_aside(pad, nu)) as nieuw:
            vul(nieuw)
    except OSError as fout:
        raise to_winkelfout(fout) from None


def count_inhoud(pad: Path, naam: str, sleutel: str) -> tuple[int, int] | None:
    """(open contacten, nog niet in het register) van een kopie; None als zij niet te gebruiken is."""
    bron = pad.parent / _MAP / naam
    try:
        check_kopie(bron, sleutel)
        verbinding = connect(f"{bron.as_uri()}?mode=ro", sleutel)
        try:
            if read_versie(verbinding) < "0002":
                return 0, 0
            open_ = verbinding.execute("SELECT count(*) FROM concept").fetchone()[0]
            vraag = "SELECT count(*) FROM verzending WHERE toestand <> 'staat_in_register'"
            return int(open_), int(verbinding.execute(vraag).fetchone()[0])
        finally:
            verbinding.close()
    except (WinkelFout, dbfout()):
        return None


def _doubt(db: Verbinding) -> None:
    """Wat er na de kopie gebeurde, is onbekend: kijk alles wat openstaat eerst na, en sla nummers over."""
    db.execute("PRAGMA journal_mode = DELETE")  # één bestand: er mag niets naast blijven staan
    if read_versie(db) < "0002":
        return
    db.execute("BEGIN IMMEDIATE")
    db.execute(
        "UPDATE verzending SET toestand = 'wordt_nagekeken', pogingen = max(pogingen, 1),"
        " vast_sinds = NULL, vast_tot = NULL, vast_lease = NULL"
        " WHERE toestand NOT IN ('staat_in_register', 'actie_nodig')"
    )
    db.execute("DELETE FROM afgerond")
    db.execute("UPDATE lease SET tot = sinds")
    db.execute("UPDATE teller SET stand = stand + ?", (SPRONG,))
    db.execute("COMMIT")


def set_aside(pad: Path, nu: datetime) -> Path | None:
    """Geef het bestand, met zijn WAL, een naam met datum; None als er niets was. Overschrijft nooit iets."""
    apart = pad.with_name(f"{pad.stem}-apart-{nu.astimezone(UTC):{_TIJD}}.db")
    delen = [
        (deel, deel.with_name(deel.name.replace(pad.name, apart.name)))
        for deel in (pad, wal(pad))
        if deel.exists()
    ]
    try:
        # Eerst staat alles er twee keer: wie hier wordt afgebroken, houdt bestand en WAL bij elkaar.
        for deel, naar in delen:
            _link(deel, naar)
        _sync_map(pad.parent)
        for deel in (pad, wal(pad), pad.with_name(pad.name + "-shm")):
            deel.unlink(missing_ok=True)
    except OSError as fout:
        raise to_winkelfout(fout) from None
    return apart if delen else None


def _link(van: Path, naar: Path) -> None:
    try:
        os.link(van, naar)
    except FileExistsError:
        raise
    except OSError:  # een schijf zonder harde links
        shutil.copy2(van, naar)


@contextlib.contextmanager
def _nieuw(doel: Path, vlak_voor: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """Een leeg bestand (0600) dat na het blok in één keer `doel` wordt, of bij een fout weg is."""
    nieuw = doel.parent / f".nieuw-{os.urandom(8).hex()}"
    os.close(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield nieuw
        with nieuw.open("rb+") as bestand:
            os.fsync(bestand.fileno())
        vlak_voor()
        os.replace(nieuw, doel)
        _sync_map(doel.parent)
    finally:
        for rest in (nieuw, *(nieuw.with_name(nieuw.name + deel) for deel in ("-wal", "-shm", "-journal"))):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)


def _sync_map(map_: Path) -> None:
    """Ook de naam staat pas na een fsync van de map; Windows kent dat niet."""
    if os.name == "posix":
        greep = os.open(map_, os.O_RDONLY)
        try:
            os.fsync(greep)
        finally:
            os.close(greep)
