"""Van een fout van de werkplekdatabase naar een zin die zegt wat er nu gebeurt. Geen waarde gaat mee.

Kent SQLCipher, geen SQLAlchemy. Een volle schijf meldt zich soms als "disk I/O error": daarom kijkt dit ook
hoeveel ruimte er nog is.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from frontoffice.registratiepoort import WinkelFout

BIJNA_NIETS = 256 * 1024
"""Minder vrije bytes dan dit heet vol: een opdracht van SQLite past er niet meer in."""
_log = logging.getLogger(__name__)


def vol() -> WinkelFout:
    return WinkelFout(
        "De schijf van deze pc is vol. Uw tekst blijft staan en wordt vanzelf bewaard als er weer ruimte is. "
        "Maak ruimte vrij.",
        code="winkel_vol",
        opnieuw_helpt=True,
    )


def alleen_lezen() -> WinkelFout:
    return WinkelFout(
        "Op deze pc is bewaren nu niet toegestaan. U kunt uw notities lezen en kopiëren. "
        "Nieuwe tekst blijft staan en wordt vanzelf bewaard als het weer mag.",
        code="winkel_alleen_lezen",
        opnieuw_helpt=True,
    )


def bezet() -> WinkelFout:
    return WinkelFout(
        "Een ander programma houdt het bestand met uw notities vast. "
        "Uw tekst blijft staan en wordt vanzelf bewaard zodra het vrij is.",
        code="winkel_bezet",
        opnieuw_helpt=True,
    )


def kapot() -> WinkelFout:
    return WinkelFout(
        "Het bestand met uw notities is beschadigd. Het blijft bewaard. "
        "Kies een reservekopie, of begin met een leeg bestand.",
        code="winkel_kapot",
    )


def weg() -> WinkelFout:
    return WinkelFout(
        "Het bestand met uw notities is weg of leeg, maar er zijn reservekopieën. "
        "Kies een reservekopie, of begin met een leeg bestand.",
        code="winkel_kapot",
    )


def verwisseld() -> WinkelFout:
    return WinkelFout(
        "Het bestand met uw notities is intussen weggehaald of vervangen. Uw tekst blijft staan. "
        "Kopieer wat u nodig hebt en start het programma opnieuw.",
        code="winkel_kapot",
    )


def verkeerde_sleutel() -> WinkelFout:
    return WinkelFout(
        "De sleutel in de sleutelbos past niet bij het bestand met uw notities. Er is niets veranderd. "
        "Zet de goede sleutel terug, of kies een reservekopie.",
        code="winkel_sleutel",
    )


def te_nieuw() -> WinkelFout:
    return WinkelFout(
        "De notities op deze pc zijn van een nieuwere versie van Klant in Focus. Er is niets veranderd. "
        "Werk het programma bij.",
        code="winkel_te_nieuw",
    )


def plaats() -> WinkelFout:
    return WinkelFout(
        "Het bestand met uw notities is nu niet te gebruiken. Uw tekst blijft staan. "
        "Kijk of de map nog bestaat en of u er mag schrijven.",
        code="winkel_plaats",
        opnieuw_helpt=True,
    )


def netwerkschijf() -> WinkelFout:
    return WinkelFout(
        "De map voor uw notities staat op een netwerkschijf, en daar raakt het bestand beschadigd. "
        "Laat uw beheerder een map op deze pc kiezen (KIF_DATA_DIR).",
        code="winkel_plaats",
    )


def gesloten() -> WinkelFout:
    return WinkelFout("Het programma sluit af. Start het opnieuw om verder te werken.")


def soort(fout: BaseException) -> str:
    return getattr(fout, "sqlite_errorname", None) or type(fout).__name__


def is_vol(fout: BaseException, pad: Path | None) -> bool:
    """Komt deze fout van een volle schijf? Ook als SQLite haar anders noemt."""
    naam = soort(fout)
    if naam == "SQLITE_FULL":
        return True
    if pad is None or not naam.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return False
    return free_bytes(pad) < BIJNA_NIETS


def free_bytes(pad: Path) -> int:
    """Vrije ruimte op de schijf van dit bestand; heel veel als dat niet te zien is."""
    try:
        return shutil.disk_usage(pad.parent).free
    except OSError:
        return 1 << 60


def is_kapot(fout: BaseException) -> bool:
    return soort(fout).startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))


def translate(fout: BaseException, pad: Path | None) -> WinkelFout:
    """De WinkelFout bij een fout van SQLCipher."""
    uit = _translate(fout, pad)
    _log.warning("werkplekdatabase gaf een fout", extra={"code": uit.code, "soort": soort(fout)})
    return uit


def _translate(fout: BaseException, pad: Path | None) -> WinkelFout:
    naam = soort(fout)
    if is_vol(fout, pad):
        return vol()
    if naam.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return bezet()
    if naam.startswith("SQLITE_READONLY_DBMOVED"):
        return verwisseld()
    if naam.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return alleen_lezen()
    if is_kapot(fout):
        return kapot()
    if naam.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return plaats()
    return WinkelFout(
        "Bewaren op deze pc gaf een onverwachte fout. Uw tekst blijft staan. Probeer het opnieuw.",
        code="winkel",
        opnieuw_helpt=True,
    )
