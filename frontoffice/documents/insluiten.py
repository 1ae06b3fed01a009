"""Sluit een letter in een pdf in: alleen de gebruikte gliefen, onder hun eigen nummer, met hun betekenis.

Daardoor is wat op papier staat ook te zoeken, te kopiëren en voor te lezen. Kiest geen letter en geen plaats.
"""

from __future__ import annotations

import hashlib
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfdoc

from frontoffice.documents.lettertype import Glief, Letter, Reeks

_SYMBOLISCH = 4
_STREEKDIKTE = 80
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{regels}
endcmap CMapName currentdict /CMap defineresource pop end end"""


@cache
def _ligatures() -> dict[str, str]:
    """Arabische letters die samen één vorm krijgen (lam-alef), en het ene teken dat daarvoor bestaat."""
    tekens = map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)))
    uit: dict[str, str] = {}
    for teken in tekens:
        los = unicodedata.normalize("NFKC", teken)
        if len(los) > 1 and " " not in los:
            uit.setdefault(los, teken)
    return uit


def _single(tekst: str) -> str:
    """Pdf-lezers keren schrift van rechts naar links per teken om: één vorm is dan beter één teken.

    Een harde spatie telt alleen bij het afbreken van regels; wie zoekt of kopieert wil een gewone.
    """
    return _ligatures().get(tekst, tekst) if len(tekst) > 1 else tekst.replace("\u00a0", " ")


@dataclass(frozen=True, slots=True)
class Plaats:
    """Waar een reeks begint, op de schrijflijn, en hoe groot hij is; alles in punten."""

    x: float
    y: float
    punten: float


class Gebruik:
    """Een letter zoals een document haar gebruikt: welke gliefen, en welke tekst elk daarvan betekent."""

    def __init__(self, letter: Letter, naam: str) -> None:
        self.letter = letter
        self.naam = naam
        self.betekenis: dict[int, str] = {}

    def note(self, reeks: Reeks) -> frozenset[int]:
        """Onthoud wat de gliefen betekenen; geeft de clusters waarvan dat per glief niet te zeggen is.

        Dat is zo als een letter uit meer gliefen bestaat, of als een glief hier iets anders betekent dan
        eerder. Zo'n cluster krijgt zijn tekst er als geheel bij.
        """
        tekst = reeks.clusters
        aantal = Counter(glief.cluster for glief in reeks.gliefen)
        onduidelijk: set[int] = set()
        for glief in reeks.gliefen:
            eigen = _single(tekst[glief.cluster]) if aantal[glief.cluster] == 1 else ""
            if not self.betekenis.get(glief.nummer):
                self.betekenis[glief.nummer] = eigen
            if not eigen or self.betekenis[glief.nummer] != eigen:
                onduidelijk.add(glief.cluster)
        return frozenset(onduidelijk)


def show(reeks: Reeks, letternaam: str, onduidelijk: frozenset[int], plaats: Plaats) -> Iterator[str]:
    """De pdf-opdrachten die de gliefen op hun plaats zetten; onduidelijke clusters met hun tekst erbij."""
    x = plaats.x
    tekst = reeks.clusters
    for cluster, groep in groupby(
        reeks.gliefen, key=lambda glief: glief.cluster in onduidelijk and glief.cluster
    ):
        gliefen = tuple(groep)
        opdracht = " ".join(_glyphs(reeks, gliefen, Plaats(x, plaats.y, plaats.punten)))
        blok = f"BT /{letternaam} {plaats.punten:g} Tf {opdracht} ET"
        if cluster is False:
            yield blok
        else:
            echt = (b"\xfe\xff" + tekst[cluster].encode("utf-16-be")).hex().upper()
            yield f"/Span <</ActualText <{echt}>>> BDC {blok} EMC"
        x += sum(glief.breedte for glief in gliefen) * plaats.punten / 1000


def _glyphs(reeks: Reeks, gliefen: tuple[Glief, ...], plaats: Plaats) -> Iterator[str]:
    """Gliefen achter elkaar; een glief die verschoven is (een accent) krijgt een eigen plek."""
    pen, maat = plaats.x, plaats.punten / 1000
    rij: list[str] = []
    yield _place(pen, plaats.y)
    for glief in gliefen:
        if glief.dx or glief.dy:
            if rij:
                yield f"[{''.join(rij)}] TJ"
                rij = []
            yield _place(pen + glief.dx * maat, plaats.y + glief.dy * maat)
            yield f"<{glief.nummer:04X}> Tj"
            pen += glief.breedte * maat
            yield _place(pen, plaats.y)
            continue
        rij.append(f"<{glief.nummer:04X}>")
        verschil = round(reeks.letter.breedte(glief.nummer) - glief.breedte, 1)
        if verschil:
            rij.append(f"{verschil:g}")
        pen += glief.breedte * maat
    if rij:
        yield f"[{''.join(rij)}] TJ"


def _place(x: float, y: float) -> str:
    return f"1 0 0 1 {x:.3f} {y:.3f} Tm"


def embed(doc: Any, gebruik: Gebruik) -> Any:
    """Zet de letter in het document van ReportLab; geeft het lettertype-object."""
    letter = gebruik.letter
    gliefen = sorted(gebruik.betekenis)
    naam = f"{_tag(gliefen)}+{letter.naam}"
    stijging, daling, rechthoek = letter.maten
    inhoud = letter.subset(frozenset(gliefen))
    bestand = pdfdoc.PDFStream(content=inhoud, filters=[pdfdoc.PDFZCompress])
    bestand.dictionary["Length1"] = len(inhoud)
    beschrijving = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(naam),
            "Flags": _SYMBOLISCH,
            "FontBBox": pdfdoc.PDFArray(list(rechthoek)),
            "ItalicAngle": 0,
            "Ascent": round(stijging),
            "Descent": round(daling),
            "CapHeight": round(stijging),
            "StemV": _STREEKDIKTE,
            "FontFile2": doc.Reference(bestand),
        }
    )
    breedten: list[Any] = []
    for glief in gliefen:
        breedten += [glief, pdfdoc.PDFArray([round(letter.breedte(glief), 2)])]
    cid = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(naam),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": doc.Reference(beschrijving),
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            "DW": 0,
            "W": pdfdoc.PDFArray(breedten),
        }
    )
    betekenis = pdfdoc.PDFStream(
        content=_cmap(gebruik.betekenis).encode("ascii"), filters=[pdfdoc.PDFZCompress]
    )
    return doc.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(naam),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(cid)]),
                "ToUnicode": doc.Reference(betekenis),
            }
        )
    )


def _tag(gliefen: list[int]) -> str:
    """Zes hoofdletters die zeggen dat dit een deel van de letter is, en welk deel."""
    som = hashlib.sha256(repr(gliefen).encode()).digest()
    return "".join(string.ascii_uppercase[byte % 26] for byte in som[:6])


def _cmap(betekenis: dict[int, str]) -> str:
    bekend = [(glief, tekst) for glief, tekst in sorted(betekenis.items()) if tekst]
    regels = []
    for begin in range(0, len(bekend), 100):
        deel = bekend[begin : begin + 100]
        regels.append(f"{len(deel)} beginbfchar")
        regels += [f"<{glief:04X}> <{tekst.encode('utf-16-be').hex().upper()}>" for glief, tekst in deel]
        regels.append("endbfchar")
    return _CMAP.format(regels="\n".join(regels))
