"""Van bytes naar waarden: uitpakken met een grens, diepte begrenzen, JSON lezen in een vorm.

Kent geen netwerk. Een antwoord dat niet deugt is `Ondeugdelijk`; wie vroeg, maakt er een RegisterFout van.
Dubbele sleutels: de laatste geldt, voor het nakijken en het tonen samen, want er is maar één lezer.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from frontoffice.domain.fouten import InvoerFout
from frontoffice.jsonvorm import decode

DIEPSTE_NESTING = 64
T = TypeVar("T")

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_UUID_AAN_EIND = re.compile(rf"(?:^|/)({_UUID.pattern})/?(?:[?#].*)?$", re.IGNORECASE)
_SURROGAAT = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_HAKEN = bytes.maketrans(b"{}", b"[]")
_NIET_STRUCTUUR = bytes(set(range(256)) - set(b'[]{}"'))


class Ondeugdelijk(Exception):
    """Het antwoord is niet te gebruiken. `reden` is een Nederlands zinsdeel zonder inhoud ervan."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


@dataclass(frozen=True, repr=False)
class Antwoord:
    """Een compleet ontvangen antwoord; `koppen` met kleine letters, `lijf` uitgepakt."""

    status: int
    koppen: Mapping[str, str] = field(default_factory=dict)
    lijf: bytes = b""

    @property
    def is_json(self) -> bool:
        soort = self.koppen.get("content-type", "").partition(";")[0].strip().lower()
        return soort == "application/json" or (soort.startswith("application/") and soort.endswith("+json"))

    @property
    def is_webpagina(self) -> bool:
        soort = self.koppen.get("content-type", "").lower()
        return "html" in soort or self.lijf.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))


def unpack(brokken: Iterable[bytes], codering: str, grens: int) -> Iterable[bytes]:
    """Pak `brokken` uit volgens Content-Encoding, nooit meer dan `grens` bytes. Raises Ondeugdelijk."""
    codering = codering.strip().lower()
    if codering not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Ondeugdelijk("het is op een onbekende manier ingepakt")
    gelezen = 0
    uitpakker = zlib.decompressobj(47) if codering not in ("", "identity") else None
    for brok in brokken:
        rest = brok
        while rest:
            stuk, rest = _unpack_stuk(uitpakker, rest)
            gelezen += len(stuk)
            if gelezen > grens:
                raise Ondeugdelijk("het is te groot")
            if stuk:
                yield stuk
    while uitpakker is not None and not uitpakker.eof:
        stuk, _ = _unpack_stuk(uitpakker, b"")
        if not stuk:
            break
        gelezen += len(stuk)
        yield stuk
    if uitpakker is not None and not uitpakker.eof:
        raise Ondeugdelijk("het breekt halverwege af")


def _unpack_stuk(uitpakker: Any, brok: bytes) -> tuple[bytes, bytes]:
    """Hoogstens 64 kB tegelijk, zodat een bom van gzip het geheugen niet vult."""
    if uitpakker is None:
        return brok, b""
    if uitpakker.eof:
        return b"", b""
    try:
        stuk = uitpakker.decompress(brok, 65536)
    except zlib.error:
        stuk = None
    if stuk is None:
        raise Ondeugdelijk("het is beschadigd")
    return stuk, uitpakker.unconsumed_tail


def check_depth(lijf: bytes, grens: int = DIEPSTE_NESTING) -> None:
    """Raises Ondeugdelijk als lijsten en objecten dieper dan `grens` in elkaar zitten.

    Zonder het te lezen: alles buiten de haken valt weg, daarna verdwijnt per ronde de binnenste laag.
    """
    if lijf.count(b"[") + lijf.count(b"{") <= grens:
        return
    kaal = lijf.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in lijf else lijf
    haken = b"".join(kaal.translate(_HAKEN, _NIET_STRUCTUUR).split(b'"')[::2])
    if b"[" * (grens + 1) in haken:
        raise Ondeugdelijk("het zit te diep in elkaar")  # een bom: de rondes hieronder duren dan te lang
    for _ in range(grens):
        minder = haken.replace(b"[]", b"")
        if minder == haken:
            break
        haken = minder
    # Wat overblijft is dieper dan de grens, of niet in paren; dat laatste ziet de lezer zelf als het kort is.
    if b"[]" in haken or haken.count(b"[") > grens:
        raise Ondeugdelijk("het zit te diep in elkaar")


def parse(lijf: bytes, vorm: type[T]) -> T:
    """Lees JSON in `vorm` (een msgspec Struct of een lijst daarvan). Raises Ondeugdelijk.

    Een losse surrogaat wordt U+FFFD: één vreemd teken mag geen heel onderdeel kosten.
    """
    import msgspec

    check_depth(lijf)
    lijf = lijf.removeprefix(b"\xef\xbb\xbf")
    if b"\\ud" in lijf or b"\\uD" in lijf:
        lijf = _SURROGAAT.sub(lambda m: rb"\ufffd" if m[1] else m[0], lijf)
    reden = ""
    try:
        return decode(lijf, vorm)
    except msgspec.ValidationError as fout:
        reden = f"er ontbreekt iets of het heeft een andere vorm{_plaats(str(fout))}"
    except (msgspec.DecodeError, UnicodeDecodeError):
        reden = "het is niet te lezen"
    except RecursionError:
        reden = "het zit te diep in elkaar"
    raise Ondeugdelijk(reden)


def _plaats(melding: str) -> str:
    """Waar het misging, alleen veldnamen: " (bij results[].uuid)"."""
    gevonden = re.search(r"at `\$\.?([\w.\[\]…-]{1,120})`", melding)
    ontbreekt = re.search(r"missing required field `([\w]{1,60})`", melding)
    delen = [re.sub(r"\[[^\]]*\]", "[]", gevonden[1])] if gevonden else []
    delen += [f"{ontbreekt[1]} ontbreekt"] if ontbreekt else []
    return f" (bij {', '.join(delen)})" if delen else ""


def read_uuid(verwijzing: str | None) -> str | None:
    """De uuid aan het eind van een URL, of van een losse uuid; None als er geen is.

    Van een URL uit een antwoord wordt nooit meer gebruikt dan dit: de host is die van het register zelf.
    """
    gevonden = _UUID_AAN_EIND.search(verwijzing or "")
    return gevonden[1].lower() if gevonden else None


def require_uuid(verwijzing: str) -> str:
    """Als `read_uuid`. Raises Ondeugdelijk als er geen uuid in staat."""
    uuid = read_uuid(verwijzing)
    if uuid is None:
        raise Ondeugdelijk("een verwijzing klopt niet")
    return uuid


def check_uuid(uuid: str) -> str:
    """De uuid voor in een pad. Raises InvoerFout: wat geen uuid is, zou ergens anders heen kunnen wijzen."""
    if not _UUID.fullmatch(uuid):
        raise InvoerFout("Dit gegeven is niet te openen. Zoek de klant opnieuw op.", code="uuid_ongeldig")
    return uuid.lower()


def as_utc(tijd: datetime | None) -> datetime | None:
    """Een tijd zonder zone is UTC (zo schrijven en lezen Open Klant en Open Zaak)."""
    if tijd is None:
        return None
    if tijd.tzinfo is None or tijd.year in (1, 9999):
        return tijd.replace(tzinfo=UTC)  # aan de rand van de kalender is omrekenen niet mogelijk
    return tijd.astimezone(UTC)


def mask_path(pad: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Een pad om te tonen en te bewaren: uuid's blijven, andere nummers en elke waarde worden "…"."""
    delen = [deel if _UUID.fullmatch(deel) else re.sub(r"[0-9]{5,}", "…", deel) for deel in pad.split("/")]
    namen = "&".join(f"{naam}=…" for naam, _ in query)
    return "/".join(delen) + (f"?{namen}" if namen else "")
