"""Storingen die een register op verzoek kan hebben, om te zien hoe het programma zich dan houdt.

Een storing is een tekst als "slow:2.5", "fout:500" of "hang"; `parse_storing` leest hem en `bederf` past hem
toe op een goed antwoord. Wat de verbinding zelf raakt (hang, weiger, druppel, afgebroken) doet de server.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from random import Random
from typing import Any, NamedTuple

from frontoffice.demo.http import HTML, Antwoord, dump

REGISTERS = (
    "klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk", "notify", "meldingen", "locaties",
)  # fmt: skip
SOORTEN = {
    "slow": "wacht zoveel seconden voor elk antwoord (slow:2.5)",
    "fout": "antwoord met deze status (fout:500)",
    "html": "een webpagina met status 200 waar JSON hoort",
    "truncated": "JSON die halverwege ophoudt, met kloppende lengte",
    "afgebroken": "verbinding valt weg midden in het antwoord",
    "hang": "neemt het verzoek aan en antwoordt nooit",
    "druppel": "stuurt het antwoord byte voor byte, zonder einde",
    "bom-gzip": "een klein gzip-antwoord dat meer dan een gigabyte wordt",
    "nesting": "JSON van honderdduizend lijsten diep",
    "weiger": "verbreekt de verbinding zonder antwoord",
    "filter-genegeerd": "_zoek en klantcontacten letten niet op de filters en geven ieders rijen",
    "elders": "`next` wijst naar een andere server",
    "lus": "`next` wijst naar dezelfde pagina",
    "schrijf-weg": "schrijft, en verbreekt dan de verbinding (schrijf-weg:KANS[:ZAAD])",
    "schrijf-fout": "schrijft, en antwoordt dan met 500 (schrijf-fout:KANS[:ZAAD])",
    "schrijf-half": "schrijft, en stuurt dan een half antwoord (schrijf-half:KANS[:ZAAD])",
    "schrijf-traag": "schrijft, en wacht dan vijf seconden (schrijf-traag:KANS[:ZAAD])",
    "schrijf-niet": "schrijft niet, en verbreekt de verbinding (schrijf-niet:KANS[:ZAAD])",
    "schrijf-chaos": "per keer een van de vorige vijf (schrijf-chaos:KANS[:ZAAD])",
    "index-weg": "de zoekindex ligt plat: zoeken geeft 504 (alleen meldingen)",
    "afgeschermd": "contactgegevens zijn afgeschermd (alleen meldingen)",
    "wedloop": "wacht tussen nakijken en schrijven zoveel seconden (wedloop:0.2)",
}
# Wat schrijf-chaos trekt. Lezen gaat bij al deze storingen gewoon goed.
SCHRIJVEN = ("schrijf-weg", "schrijf-fout", "schrijf-half", "schrijf-traag", "schrijf-niet")
# Wat de API zelf moet weten; de rest doet de server eromheen.
VOOR_DE_API = ("filter-genegeerd", "index-weg", "afgeschermd")
TRAAG = 5.0
GIGABYTES = 2
DIEP = 100_000


class Storing(NamedTuple):
    """Wat er misgaat en, waar dat telt, hoe erg (seconden, status of kans). Zelfde zaad: zelfde reeks."""

    soort: str
    waarde: float = 0.0
    zaad: int = 0


GEEN = Storing("")


def parse_storing(tekst: str) -> Storing:
    """Leest "slow:2.5", "fout:503", "schrijf-weg:0.3:7" of een losse soort; "" of "geen" is geen storing.

    ValueError bij onzin.
    """
    soort, _, waarde = tekst.partition(":")
    if soort in ("", "geen"):
        return GEEN
    if soort not in SOORTEN:
        raise ValueError(f"Onbekende storing {soort}. Kies uit: {', '.join(SOORTEN)}.")
    if soort in SCHRIJVEN or soort == "schrijf-chaos":
        kans, _, zaad = waarde.partition(":")
        if not 0.0 < float(kans or 1.0) <= 1.0:
            raise ValueError("Een kans is een getal boven 0 tot en met 1, zoals 0.3.")
        return Storing(soort, float(kans or 1.0), int(zaad or 0))
    if soort == "wedloop":
        return Storing(soort, float(waarde or 0.2))
    if soort == "slow":
        return Storing(soort, float(waarde or 2.5))
    if soort == "fout":
        status = int(waarde or 500)
        if not 400 <= status <= 599:
            raise ValueError("Een fout heeft een status van 400 tot en met 599.")
        return Storing(soort, status)
    return Storing(soort)


class Trekking:
    """Beslist per verzoek of en hoe het schrijven misgaat. Alleen met een slot te gebruiken."""

    def __init__(self, storing: Storing) -> None:
        self.storing = storing
        self._lot = Random(storing.zaad)

    def draw(self, methode: str) -> Storing:
        """De storing van dit verzoek. Lezen kost geen trekking."""
        storing = self.storing
        if storing.soort not in SCHRIJVEN and storing.soort != "schrijf-chaos":
            return storing
        if methode in ("GET", "HEAD") or self._lot.random() >= storing.waarde:
            return GEEN
        return Storing(self._lot.choice(SCHRIJVEN)) if storing.soort == "schrijf-chaos" else storing


def parse_per_register(teksten: list[str]) -> dict[str, str]:
    """["zaken=slow:2.5", …] als {register: storing}. ValueError bij onzin."""
    uit = {}
    for tekst in teksten:
        register, teken, storing = tekst.partition("=")
        if register not in REGISTERS or not teken:
            raise ValueError(f"Schrijf REGISTER=STORING met een register uit: {', '.join(REGISTERS)}.")
        parse_storing(storing)
        uit[register] = storing
    return uit


@cache
def _bom() -> bytes:
    """Zip van heel veel spaties: een paar honderd kilobyte over de lijn, gigabytes in het geheugen.

    Eén blok wordt één keer ingepakt en vaak herhaald; de controlesom achteraan klopt niet, maar daar komt
    een client die zijn geheugen telt nooit aan toe.
    """
    inpakker = zlib.compressobj(9, zlib.DEFLATED, 31)
    kop = inpakker.compress(b'{"count":1,"next":null,"previous":null,"results":[')
    kop += inpakker.flush(zlib.Z_FULL_FLUSH)
    blok = inpakker.compress(b" " * (16 << 20)) + inpakker.flush(zlib.Z_FULL_FLUSH)
    return kop + blok * (GIGABYTES * 64)


def _met_next(antwoord: Antwoord, maak: str) -> Antwoord:
    """Verandert `next` in een antwoord dat een lijst is."""
    if not antwoord.inhoud.startswith(b'{"count"'):
        return antwoord
    data: dict[str, Any] = json.loads(antwoord.inhoud)
    data["next"] = maak
    return antwoord._replace(inhoud=dump(data))


def bederf(storing: Storing, antwoord: Antwoord, eigen_url: str) -> Antwoord:
    """Het antwoord zoals het er met deze storing uitziet."""
    soort = storing.soort
    if soort == "fout":
        status = int(storing.waarde)
        data = {
            "type": "about:blank",
            "code": "error",
            "title": "Er is een serverfout opgetreden.",
            "status": status,
            "detail": "Internal Server Error",
            "instance": "urn:uuid:00000000-0000-4000-a000-000000000000",
        }
        return Antwoord(status, dump(data), koppen=antwoord.koppen)
    if soort == "schrijf-fout":
        return bederf(Storing("fout", 500), antwoord, eigen_url)
    if soort == "html":
        pagina = b"<!DOCTYPE html><html><head><title>Aanmelden</title></head><body>Aanmelden</body></html>"
        return Antwoord(200, pagina, HTML, verwijst=False)
    if soort == "truncated":
        return antwoord._replace(inhoud=antwoord.inhoud[: max(1, len(antwoord.inhoud) * 2 // 3)])
    if soort == "bom-gzip":
        return Antwoord(
            200, _bom(), antwoord.soort, {**antwoord.koppen, "Content-Encoding": "gzip"}, verwijst=False
        )
    if soort == "nesting":
        return Antwoord(
            200,
            b'{"count":1,"next":null,"previous":null,"results":' + b"[" * DIEP + b"]" * DIEP + b"}",
            antwoord.soort,
        )
    if soort == "elders":
        return _met_next(antwoord, "http://127.0.0.2:9/elders?page=2")
    if soort == "lus":
        return _met_next(antwoord, eigen_url)
    return antwoord
