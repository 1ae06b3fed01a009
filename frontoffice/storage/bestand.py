"""Het bestand van een lokale database: alleen voor deze gebruiker, en nooit op een netwerkschijf.

SQLite vertrouwt op sloten die een netwerkschijf niet echt geeft: twee werkplekken maken het bestand dan stuk.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from frontoffice.agendapoort import AgendaFout
from frontoffice.opslag import make_private_dir

_NETWERK = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "ncpfs",
            "9p",
            "afs",
            "coda",
            "ceph",
            "gpfs",
        ),
        *("glusterfs", "lustre", "beegfs", "orangefs", "davfs", "vboxsf", "prl_fs", "fuse.sshfs"),
        *("fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs"),
        *("fuse.smbnetfs", "fuse.ceph", "fuse.onedriver", "fuse.google-drive-ocamlfuse"),
    }
)
_WINDOWS_NETWERKSTATION = 4
_MOUNTINFO = Path("/proc/self/mountinfo")


def is_netwerk(pad: Path, mountinfo: Path = _MOUNTINFO) -> bool:
    """Waar als `pad` (dat nog niet hoeft te bestaan) op een netwerkschijf ligt."""
    tekst = os.fspath(pad)
    if tekst.startswith(("\\\\", "//")) and not tekst.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if tekst.upper().startswith("\\\\?\\UNC\\"):
        return True
    if sys.platform == "win32":
        return _is_windows_netwerk(pad)
    return _bestandssysteem(_echt(pad), mountinfo) in _NETWERK


def check_geen_netwerk(pad: Path) -> None:
    """Raises AgendaFout als het bestand op een netwerkschijf zou komen."""
    if is_netwerk(pad):
        raise AgendaFout(
            "De agenda staat op een netwerkschijf, en daar raakt het bestand beschadigd. "
            "Kies een map op deze pc, of laat uw beheerder een gedeelde agenda op PostgreSQL inrichten.",
            code="agenda_netwerkschijf",
        )


def make_bestand(pad: Path) -> None:
    """Maak het lege bestand (0600) als het er nog niet is. Raises AgendaFout als dat niet kan."""
    try:
        if not pad.parent.exists():
            make_private_dir(pad.parent)
        os.close(os.open(pad, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError:
        raise AgendaFout(
            "Het bestand van de agenda is niet te maken of te openen. "
            "Kijk of de map bestaat, of u er mag schrijven en of de schijf vol is.",
            code="agenda_schijf",
            opnieuw_helpt=True,
        ) from None


def _echt(pad: Path) -> str:
    return os.path.realpath(pad)


def _bestandssysteem(pad: str, mountinfo: Path) -> str:
    """De soort van het bestandssysteem met het langste koppelpunt boven `pad`; "" als dat niet te zien is."""
    try:
        regels = mountinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    langste, soort = -1, ""
    for regel in regels:
        voor, _, na = regel.partition(" - ")
        velden = voor.split()
        if len(velden) < 5 or not na:
            continue
        punt = velden[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        onder = pad == punt or pad.startswith(punt.rstrip("/") + "/")
        if onder and len(punt) >= langste:  # wat later is gekoppeld, ligt bovenop
            langste, soort = len(punt), na.split()[0]
    return soort


def _is_windows_netwerk(pad: Path) -> bool:
    import ctypes

    station = os.path.splitdrive(os.path.realpath(pad))[0]
    if station.startswith("\\\\"):
        return True
    kernel: int = ctypes.windll.kernel32.GetDriveTypeW(station + "\\")  # type: ignore[attr-defined]  # alleen Windows
    return kernel == _WINDOWS_NETWERKSTATION
