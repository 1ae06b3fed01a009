"""Sleutels van kandidaten: waarmee een tweede opdracht dezelfde kandidaat opent, zonder BSN in beeld.

Een partij heet `partij:<uuid>`; al het andere is verzegeld (Fernet) met een sleutelbestand van deze
gebruiker en geldt twaalf uur. Weet ook hoe de kandidaat is gevonden: na een telefoontreffer blijft de klant
ongecontroleerd.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.klant import (
    BedrijfSleutel,
    Herkomst,
    Kandidaat,
    KlantSleutel,
    PartijSleutel,
    PersoonSleutel,
)
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.opslag import read_private, write_private

GELDIG_SECONDEN = 12 * 3600
_BESTAND = "kandidaatsleutel"
_VERZEGELD = "kandidaat:"
_PARTIJ = "partij:"
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def is_sleutel(tekst: str) -> bool:
    """Waar voor een sleutel uit een eerdere lijst met kandidaten; die mag op de opdrachtregel staan."""
    return tekst.startswith((_VERZEGELD, _PARTIJ))


def seal(kandidaat: Kandidaat, data_dir: Path) -> str:
    """De sleutel van een kandidaat als tekst. Raises KifFout als het sleutelbestand niet te maken is."""
    sleutel = kandidaat.sleutel
    if isinstance(sleutel, PartijSleutel) and kandidaat.mogelijk:
        return _PARTIJ + sleutel.uuid
    from cryptography.fernet import Fernet

    inhoud = json.dumps([_schrijf(sleutel), kandidaat.herkomst.value]).encode()
    return _VERZEGELD + Fernet(_sleutelbestand(data_dir)).encrypt(inhoud).decode()


def unseal(tekst: str, data_dir: Path) -> tuple[KlantSleutel, Herkomst]:
    """Lees een sleutel terug. Raises InvoerFout als hij niet klopt of is verlopen."""
    if tekst.startswith(_PARTIJ):
        uuid = tekst.removeprefix(_PARTIJ).lower()
        if not _UUID.fullmatch(uuid):
            raise _ongeldig()
        return PartijSleutel(uuid), Herkomst.TELEFOON
    from cryptography.fernet import Fernet, InvalidToken

    try:
        zegel = tekst.removeprefix(_VERZEGELD).encode("ascii")
        ruw = Fernet(_sleutelbestand(data_dir)).decrypt(zegel, ttl=GELDIG_SECONDEN)
    except (InvalidToken, UnicodeEncodeError):
        raise _ongeldig() from None
    geschreven, herkomst = json.loads(ruw)
    return _lees(geschreven), Herkomst(herkomst)


def _ongeldig() -> InvoerFout:
    return InvoerFout(
        "Deze sleutel klopt niet of is ouder dan twaalf uur. Zoek de klant opnieuw.", code="sleutel_ongeldig"
    )


def _sleutelbestand(data_dir: Path) -> bytes:
    """De sleutel van deze gebruiker; wordt bij het eerste gebruik gemaakt (0600)."""
    from cryptography.fernet import Fernet

    pad = data_dir / "sleutels" / _BESTAND
    try:
        if not pad.exists():
            write_private(pad, Fernet.generate_key(), vervang=False)
        sleutel = read_private(pad, 100) or b""
        Fernet(sleutel)
    except ValueError:
        raise KifFout(
            f"Het bestand {_BESTAND} van Klant in Focus is beschadigd. Verwijder het en zoek opnieuw.",
            code="sleutelbestand",
        ) from None
    except OSError:
        raise KifFout(
            "De map van Klant in Focus is niet te gebruiken. Kijk of de schijf vol is.",
            code="sleutelbestand",
        ) from None
    return sleutel


def _schrijf(sleutel: KlantSleutel) -> list[str]:
    if isinstance(sleutel, PersoonSleutel):
        return ["bsn", sleutel.bsn.nummer]
    if isinstance(sleutel, BedrijfSleutel):
        return [
            "kvk",
            sleutel.kvk.nummer,
            sleutel.vestiging.nummer if sleutel.vestiging else "",
            sleutel.rsin,
        ]
    return ["partij", sleutel.uuid]


def _lees(geschreven: list[str]) -> KlantSleutel:
    soort, nummer, *rest = geschreven
    if soort == "bsn":
        return PersoonSleutel(Bsn(nummer))
    if soort == "kvk":
        vestiging, rsin = rest
        return BedrijfSleutel(KvkNummer(nummer), Vestigingsnummer(vestiging) if vestiging else None, rsin)
    return PartijSleutel(nummer)
