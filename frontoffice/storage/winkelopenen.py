"""Opent de winkel van deze werkplek: welke sleutel, welk bestand, en wat er gebeurt als dat niet kan.

Nooit stil onveilig: zonder sleutelbos volgt een WinkelFout, en werken zonder bewaren is een bewuste keuze.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from pathlib import Path

from frontoffice.domain.fouten import GeheimFout, Geweigerd
from frontoffice.opslag import make_private_dir
from frontoffice.ports import Geheimen, Klok
from frontoffice.registratiepoort import Herstelstand, Kopie, WinkelFout
from frontoffice.storage import reservekopie, werkplekbestand, werkplekfouten, winkelredden
from frontoffice.storage.openen import DEMO_SLEUTEL
from frontoffice.storage.reserve import Reserve
from frontoffice.storage.reservekopie import Reservekopie
from frontoffice.storage.werkplekbestand import Werkplekbestand, read_size, to_winkelfout
from frontoffice.storage.winkel import Bewaarwijze, WerkplekWinkel
from frontoffice.storage.winkelredden import Gered

SLEUTEL = "werkplek_sleutel"
"""Het geheim waarmee de gegevens op deze pc zijn versleuteld; maakt het programma zelf."""
_BESTAND, _DEMOBESTAND = "werkplek.db", "werkplek-demo.db"
_WACHT_OP_ANDER = 3.0
_VORM = re.compile(r"[0-9a-fA-F]{64}")


def find_pad(data_dir: Path, *, demo: bool) -> Path:
    """Waar het bestand van deze werkplek staat."""
    return data_dir / (_DEMOBESTAND if demo else _BESTAND)


def open_winkel(
    geheimen: Geheimen, data_dir: Path, klok: Klok, *, demo: bool = False, alleen_deze_zitting: bool = False
) -> WerkplekWinkel:
    """De winkel, open en bijgewerkt; `bewaarwijze` zegt hoe er bewaard wordt.

    `alleen_deze_zitting`: alles blijft in het geheugen en is daarna weg; alleen als de medewerker dat koos.
    Raises WinkelFout: `winkel_sleutel` als er geen bruikbare sleutelbos is of de sleutel niet past,
    `winkel_kapot` als het bestand beschadigd of weg is, en de andere codes van `registratiepoort`.
    """
    if alleen_deze_zitting:
        return _open(Werkplekbestand(None, secrets.token_hex(32)), klok, Bewaarwijze.ZITTING)
    pad = find_pad(data_dir, demo=demo)
    werkplekbestand.check_plaats(pad)
    bestand = Werkplekbestand(pad, load_sleutel(pad, geheimen, demo=demo))
    if not read_size(pad) and reservekopie.list_backups(pad):
        raise werkplekfouten.weg()
    return _open(bestand, klok, Bewaarwijze.DEMO if demo else Bewaarwijze.SLEUTELBOS)


def load_herstelstand(geheimen: Geheimen, data_dir: Path, *, demo: bool = False) -> Herstelstand:
    """Kijk wat er te kiezen is. Verandert niets. Raises WinkelFout alleen als ook kijken niet gaat."""
    pad = find_pad(data_dir, demo=demo)
    kopieen = reservekopie.list_backups(pad)
    try:
        sleutel = load_sleutel(pad, geheimen, demo=demo)
    except WinkelFout:
        return Herstelstand(tuple(Kopie(k.naam, k.gemaakt_op, None, None) for k in kopieen), 0)
    uit = []
    for kopie in kopieen:
        open_, wacht = reservekopie.count_inhoud(pad, kopie.naam, sleutel) or (None, None)
        uit.append(Kopie(kopie.naam, kopie.gemaakt_op, open_, wacht))
    gered = _read_leesbaar(pad, sleutel)
    return Herstelstand(tuple(uit), len(gered.concepten) + gered.wachtend)


def list_backups(data_dir: Path, *, demo: bool = False) -> tuple[Reservekopie, ...]:
    """De reservekopieën van deze werkplek, nieuwste eerst."""
    return reservekopie.list_backups(find_pad(data_dir, demo=demo))


def restore_backup(
    naam: str, geheimen: Geheimen, data_dir: Path, klok: Klok, *, demo: bool = False
) -> WerkplekWinkel:
    """Zet een reservekopie terug, met wat het beschadigde bestand nog meer wist, en open haar.

    Het oude bestand blijft apart bewaard. Wat nog verstuurd moest worden, wordt eerst nagekeken: het kan er
    al staan. Raises WinkelFout.
    """
    pad = find_pad(data_dir, demo=demo)
    sleutel = load_sleutel(pad, geheimen, demo=demo)
    gered = _read_leesbaar(pad, sleutel)
    reservekopie.restore_backup(
        pad, naam, sleutel, klok.nu(), vul=lambda nieuw: _fill(nieuw, sleutel, klok, gered)
    )
    return open_winkel(geheimen, data_dir, klok, demo=demo)


def start_leeg(geheimen: Geheimen, data_dir: Path, klok: Klok, *, demo: bool = False) -> WerkplekWinkel:
    """Begin met een nieuw bestand, met wat van het oude nog te lezen is. Het oude blijft apart bewaard.

    Is de sleutel weg, dan komt er een nieuwe. Raises WinkelFout.
    """
    pad = find_pad(data_dir, demo=demo)
    try:
        sleutel = load_sleutel(pad, geheimen, demo=demo)
    except SleutelWeg:
        sleutel = _renew_sleutel(geheimen)
    gered = _read_leesbaar(pad, sleutel)
    reservekopie.start_leeg(pad, klok.nu(), lambda nieuw: _fill(nieuw, sleutel, klok, gered))
    return _open(Werkplekbestand(pad, sleutel), klok, Bewaarwijze.DEMO if demo else Bewaarwijze.SLEUTELBOS)


def _read_leesbaar(pad: Path, sleutel: str) -> Gered:
    try:
        return winkelredden.read_leesbaar(pad, sleutel)
    except OSError as fout:
        raise to_winkelfout(fout) from None


def _fill(nieuw: Path, sleutel: str, klok: Klok, gered: Gered) -> None:
    """Maak of werk het schema bij, en zet erin wat is gered."""
    bestand = Werkplekbestand(nieuw, sleutel, reserve=Reserve(None))
    try:
        bestand.open()
        bestand.schrijf(lambda db: winkelredden.merge(db, gered))
        winkel = WerkplekWinkel(bestand, klok)
        for concept in gered.concepten:
            winkel.save_concept(concept)
    finally:
        bestand.close()


def _open(bestand: Werkplekbestand, klok: Klok, wijze: Bewaarwijze) -> WerkplekWinkel:
    bestand.open(voor_migratie=lambda: reservekopie.make_backup(bestand, klok.nu()))
    return WerkplekWinkel(bestand, klok, wijze)


# --- de sleutel --------------------------------------------------------------------------------------------


class SleutelWeg(WinkelFout):
    """De sleutelbos werkt, maar de sleutel van een bestand dat er al is, staat er niet (goed) in."""


def load_sleutel(pad: Path, geheimen: Geheimen, *, demo: bool) -> str:
    """De sleutel van dit bestand; een nieuw bestand krijgt een nieuwe. Raises WinkelFout."""
    if demo:
        return DEMO_SLEUTEL
    try:
        sleutel = geheimen.get(SLEUTEL)
    except (GeheimFout, Geweigerd) as fout:
        if fout.code != "geheim_ontbreekt":
            raise _zonder_sleutel(fout.uitleg) from None
        if read_size(pad) or reservekopie.list_backups(pad):
            raise SleutelWeg(
                "De sleutel van uw notities op deze pc is weg uit de sleutelbos. Er is niets veranderd. "
                f"Zet hem terug, begin met een leeg bestand, of {_ZITTING}",
                code="winkel_sleutel",
            ) from None
        sleutel = _make_sleutel(pad, geheimen)
    if not _VORM.fullmatch(sleutel):
        raise SleutelWeg(
            _zin("De sleutel van uw notities in de sleutelbos klopt niet."), code="winkel_sleutel"
        )
    return sleutel


_ZITTING = "werk alleen deze zitting: dan zijn uw notities weg als u het programma sluit."


def _zin(waarom: str) -> str:
    return f"{waarom.rstrip('.')}. Of {_ZITTING}"


def _zonder_sleutel(waarom: str) -> WinkelFout:
    return WinkelFout(_zin(waarom), code="winkel_sleutel", opnieuw_helpt=True)


def _renew_sleutel(geheimen: Geheimen) -> str:
    """Een nieuwe sleutel, alleen als de medewerker ervoor koos leeg te beginnen. Raises WinkelFout."""
    try:
        geheimen.set(SLEUTEL, secrets.token_hex(32))
        return geheimen.get(SLEUTEL)
    except (GeheimFout, Geweigerd) as fout:
        raise _zonder_sleutel(fout.uitleg) from None


def _make_sleutel(pad: Path, geheimen: Geheimen) -> str:
    """Een nieuwe sleutel, één keer: wie het lege bestand maakt, maakt ook de sleutel."""
    einde = time.monotonic() + _WACHT_OP_ANDER
    while not _claim(pad):
        with contextlib.suppress(GeheimFout, Geweigerd):
            return geheimen.get(SLEUTEL)
        if time.monotonic() > einde:  # wie het bestand maakte, is er niet meer
            break
        time.sleep(0.05)
    try:
        geheimen.set(SLEUTEL, secrets.token_hex(32))
        return geheimen.get(SLEUTEL)
    except (GeheimFout, Geweigerd) as fout:
        with contextlib.suppress(OSError):
            pad.unlink()
        raise _zonder_sleutel(fout.uitleg) from None


def _claim(pad: Path) -> bool:
    """Waar voor degene die het bestand maakt."""
    try:
        make_private_dir(pad.parent)
        os.close(os.open(pad, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    except OSError as fout:
        raise to_winkelfout(fout) from None
    return True
