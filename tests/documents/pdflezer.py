"""Leest een pdf terug, buiten de code om die hem maakte: PDFium voor tekst en boom, zlib voor de inhoud."""

from __future__ import annotations

import base64
import ctypes
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as fpdf

BLOKKEN = ("H1", "H2", "P", "LBody")


@dataclass
class Knoop:
    """Een element van de leesvolgorde, met de tekst die er zelf in staat."""

    soort: str
    alt: str = ""
    echt: str = ""
    delen: list[Knoop | str] = field(default_factory=list)

    def tekst(self) -> str:
        if self.echt:
            return self.echt
        return "".join(deel if isinstance(deel, str) else deel.tekst() for deel in self.delen)

    def alle(self) -> Iterator[Knoop]:
        yield self
        for deel in self.delen:
            if isinstance(deel, Knoop):
                yield from deel.alle()


def tekst(pdf: bytes) -> list[str]:
    """De tekst per bladzijde, zoals zoeken en kopiëren die geven."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [pagina.get_textpage().get_text_bounded().replace("\r\n", "\n") for pagina in document]


def platte_tekst(pdf: bytes) -> str:
    """Alle tekst op één regel: afgebroken regels tellen niet (PDFium geeft een streepje daar als 02)."""
    return " ".join(" ".join(tekst(pdf)).replace("\x02", "-").split())


def voorleestekst(pdf: bytes) -> str:
    """Alle tekst in de volgorde van de boom, zoals een schermlezer die geeft."""
    return " ".join(
        " ".join(f"{k.tekst()} " for b in bomen(pdf) for k in b.alle() if k.soort in BLOKKEN).split()
    )


def gegevens(pdf: bytes) -> dict[str, Any]:
    with pypdfium2.PdfDocument(pdf) as document:
        taal = ctypes.create_string_buffer(64)
        fpdf.FPDFCatalog_GetLanguage(document, ctypes.cast(taal, ctypes.POINTER(fpdf.FPDF_WCHAR)), 64)
        return {
            **document.get_metadata_dict(),
            "getagd": bool(fpdf.FPDFCatalog_IsTagged(document)),
            "taal": taal.raw.decode("utf-16-le").split("\0")[0],
            "versie": document.get_version(),
        }


def bomen(pdf: bytes) -> list[Knoop]:
    """De leesvolgorde per bladzijde, met de tekst van elk stuk inhoud."""
    with pypdfium2.PdfDocument(pdf) as document:
        inhoud = inhoud_per_nummer(pdf)
        return [_boom(document, nummer, inhoud[nummer]) for nummer in range(len(document))]


def _boom(document: Any, nummer: int, per_nummer: dict[int, str]) -> Knoop:
    pagina = document[nummer]
    boom = fpdf.FPDF_StructTree_GetForPage(pagina)
    try:
        wortels = [
            _knoop(fpdf.FPDF_StructTree_GetChildAtIndex(boom, i), per_nummer)
            for i in range(fpdf.FPDF_StructTree_CountChildren(boom))
        ]
    finally:
        fpdf.FPDF_StructTree_Close(boom)
    assert len(wortels) == 1
    return wortels[0]


def _knoop(element: Any, per_nummer: dict[int, str]) -> Knoop:
    knoop = Knoop(
        _veld(fpdf.FPDF_StructElement_GetType, element),
        _veld(fpdf.FPDF_StructElement_GetAltText, element),
        _veld(fpdf.FPDF_StructElement_GetActualText, element),
    )
    for i in range(fpdf.FPDF_StructElement_CountChildren(element)):
        kind = fpdf.FPDF_StructElement_GetChildAtIndex(element, i)
        if kind:
            knoop.delen.append(_knoop(kind, per_nummer))
            continue
        mcid = fpdf.FPDF_StructElement_GetChildMarkedContentID(element, i)
        if mcid >= 0:
            knoop.delen.append(per_nummer.get(mcid, ""))
    return knoop


def _veld(functie: Any, element: Any) -> str:
    lengte = functie(element, None, 0)
    buffer = ctypes.create_string_buffer(max(lengte, 2))
    functie(element, buffer, lengte)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


# --- het bestand zelf --------------------------------------------------------------------------------------


@dataclass
class Object:
    hoofd: str
    inhoud: bytes


def objecten(pdf: bytes) -> dict[int, Object]:
    """Elk object van het bestand: het woordenboek als tekst, en de uitgepakte stroom."""
    uit = {}
    for treffer in re.finditer(rb"(?m)^(\d+) 0 obj\b(.*?)endobj", pdf, re.DOTALL):
        hoofd, _, rest = treffer[2].partition(b"stream\n")
        inhoud = rest.rpartition(b"endstream")[0]
        if b"/ASCII85Decode" in hoofd:
            inhoud = base64.a85decode(inhoud.strip().removesuffix(b"~>"))
        if b"/FlateDecode" in hoofd:
            inhoud = zlib.decompress(inhoud)
        uit[int(treffer[1])] = Object(hoofd.decode("latin-1"), inhoud)
    return uit


def verwijzing(hoofd: str, naam: str) -> int:
    treffer = re.search(rf"/{naam}\s*\[?\s*(\d+) 0 R", hoofd)
    assert treffer, naam
    return int(treffer[1])


@dataclass
class Zetting:
    """Eén keer tekst zetten: de letter, de grootte en de gliefen van links naar rechts."""

    letter: str
    punten: float
    gliefen: list[int]


def zettingen(pdf: bytes) -> list[Zetting]:
    """Alles wat er aan tekst op de bladzijden komt, op volgorde van het bestand."""
    uit = []
    for voorwerp in objecten(pdf).values():
        for blok in re.finditer(rb"BT /(KIF\d+) ([\d.]+) Tf (.*?) ET", voorwerp.inhoud):
            gliefen = [int(hex_, 16) for hex_ in re.findall(rb"<([0-9A-F]{4})>", blok[3])]
            uit.append(Zetting(blok[1].decode(), float(blok[2]), gliefen))
    return uit


@dataclass
class IngeslotenLetter:
    hoofd: str
    basis: str
    bestand: bytes
    gliefen: set[int]


def letters(pdf: bytes) -> dict[str, IngeslotenLetter]:
    """De letters van het document op hun naam in de bladzijden. Faalt als er een niet is ingesloten."""
    alle = objecten(pdf)
    (hulp,) = [o for o in alle.values() if re.search(r"/KIF\d+ \d+ 0 R", o.hoofd)]
    uit = {}
    for naam, nummer in re.findall(r"/(KIF\d+) (\d+) 0 R", hulp.hoofd):
        type0 = alle[int(nummer)].hoofd
        cid = alle[verwijzing(type0, "DescendantFonts")].hoofd
        beschrijving = alle[verwijzing(cid, "FontDescriptor")].hoofd
        breedten = cid[cid.index("/W ") :]
        basis = re.search(r"/BaseFont /(\S+)", type0)
        assert basis
        uit[naam] = IngeslotenLetter(
            type0,
            basis[1],
            alle[verwijzing(beschrijving, "FontFile2")].inhoud,
            {int(glief) for glief in re.findall(r"(\d+) \[", breedten)},
        )
    return uit


def inhoud_per_nummer(pdf: bytes) -> list[dict[int, str]]:
    """Per bladzijde de tekst bij elk nummer (MCID), in de volgorde van het bestand."""
    alle = objecten(pdf)
    betekenis = {naam: _tounicode(alle, letter) for naam, letter in letters(pdf).items()}
    uit = []
    for voorwerp in alle.values():
        if not re.search(r"/Type /Page\b(?!s)", voorwerp.hoofd):
            continue
        bladzijde: dict[int, str] = {}
        nummer = -1
        for stap in _STAP.finditer(alle[verwijzing(voorwerp.hoofd, "Contents")].inhoud):
            if stap["mcid"] is not None:
                nummer = int(stap["mcid"])
            elif stap["opmaak"]:
                nummer = -1
            elif stap["letter"] and nummer >= 0:
                gliefen = re.findall(rb"<([0-9A-F]{4})>", stap["zet"])
                tekst_ = "".join(betekenis[stap["letter"].decode()].get(int(g, 16), "") for g in gliefen)
                bladzijde[nummer] = bladzijde.get(nummer, "") + unicodedata.normalize("NFKC", tekst_)
        uit.append(bladzijde)
    return uit


_STAP = re.compile(
    rb"<</MCID (?P<mcid>\d+)>> BDC|(?P<opmaak>/Artifact BMC)|BT /(?P<letter>KIF\d+) [\d.]+ Tf (?P<zet>.*?) ET"
)


def _tounicode(alle: dict[int, Object], letter: IngeslotenLetter) -> dict[int, str]:
    cmap = alle[verwijzing(letter.hoofd, "ToUnicode")].inhoud.decode()
    return {
        int(glief, 16): bytes.fromhex(tekst_).decode("utf-16-be")
        for glief, tekst_ in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", cmap)
    }
