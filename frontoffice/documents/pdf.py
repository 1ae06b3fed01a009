"""Een getagde pdf: bladzijden met tekst in ingesloten letters, en een boom die de leesvolgorde vastlegt.

ReportLab maakt de objecten en het bestand. Het kent zelf geen tags en geen geschikte letters voor Arabisch
schrift; die staan hier, met een paar inwendige namen van ReportLab 5.1 (daarom staat de versie vast, en is
er een test op). De uitkomst heeft taal, titel, volgorde en alternatieve tekst; PDF/UA wordt niet beloofd.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from frontoffice.documents.insluiten import Gebruik, Plaats, embed, show
from frontoffice.documents.lettertype import Reeks

A4 = (595.2756, 841.8898)
"""Breedte en hoogte in punten (1/72 inch)."""
A4_LIGGEND = (A4[1], A4[0])
MM = 72 / 25.4
_MAKER = "Klant in Focus"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titel}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{auteur}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{taal}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class _Doek(Canvas):  # type: ignore[misc]  # reportlab heeft geen typen
    """Een Canvas dat niet uit zichzelf om Helvetica vraagt: die zou niet ingesloten zijn."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


@dataclass(eq=False)
class Element:
    """Eén knoop van de leesvolgorde: "Document", "H1", "P", "L", "LI", "LBody", "Figure" …"""

    soort: str
    ouder: Element | None = None
    alt: str = ""
    echt: str = ""
    """De tekst in leesvolgorde, waar de volgorde op papier anders is."""
    taal: str = ""
    """Alleen als die anders is dan die van het document."""
    kader: tuple[float, float, float, float] | None = None
    kinderen: list[Element | tuple[int, int]] = field(default_factory=list)
    """Onderliggende elementen, of (bladzijde, nummer) van inhoud op die bladzijde, op leesvolgorde."""


class Pdf:
    """Eén document in wording. Maten in punten vanaf linksonder; tekst hoort bij een element of is opmaak."""

    def __init__(self, *, titel: str, taal: str, auteur: str) -> None:
        self._uit = BytesIO()
        self._doek = _Doek(self._uit, pagesize=A4, pageCompression=1, lang=taal, pdfVersion=(1, 7))
        self._doek.setTitle(titel)
        self._doek.setAuthor(auteur)
        self._doek.setCreator(_MAKER)
        self._doek.setSubject(titel)
        self._doek.setViewerPreference("DisplayDocTitle", "true")
        self._titel, self._taal, self._auteur = titel, taal, auteur
        self.wortel = Element("Document")
        self._letters: dict[str, Gebruik] = {}
        self._inhoud: list[list[Element]] = [[]]
        """Per bladzijde het element van elk stuk inhoud, op nummer."""
        self._open: Element | str | None = None

    # --- inhoud ---------------------------------------------------------------------------------------------

    def add(self, soort: str, ouder: Element | None = None, *, alt: str = "") -> Element:
        """Een nieuw element achteraan bij `ouder` (of bij het document)."""
        boven = ouder or self.wortel
        element = Element(soort, boven, alt)
        boven.kinderen.append(element)
        return element

    def text(
        self,
        element: Element | None,
        reeksen: tuple[Reeks, ...],
        volgorde: tuple[int, ...],
        x: float,
        y: float,
        punten: float,
    ) -> None:
        """Eén regel, met `x` links en `y` op de schrijflijn. Zonder element is het opmaak (een voettekst).

        De reeksen komen in leesvolgorde in het bestand; alleen hun plaats op papier volgt `volgorde`.
        """
        plaatsen: dict[int, float] = {}
        for nummer in volgorde:
            plaatsen[nummer] = x
            x += reeksen[nummer].breedte * punten / 1000
        deel: Element | None = None
        soort: tuple[bool, str] = (False, "")
        for nummer, reeks in enumerate(reeksen):
            vorige, soort = soort, (reeks.rechts_naar_links, reeks.taal)
            if element is None or soort == (False, ""):
                deel = None
            else:
                if deel is None or vorige != soort:
                    deel = self.add("Span", element)
                    deel.taal = reeks.taal
                if reeks.rechts_naar_links:
                    deel.echt += reeks.tekst
            self._enter(deel or element)
            self._write(reeks, Plaats(plaatsen[nummer], y, punten))

    def _write(self, reeks: Reeks, plaats: Plaats) -> None:
        gebruik = self._letters.setdefault(
            reeks.letter.naam, Gebruik(reeks.letter, f"KIF{len(self._letters) + 1}")
        )
        onduidelijk = gebruik.note(reeks)
        for opdracht in show(reeks, gebruik.naam, onduidelijk, plaats):
            self._code(opdracht)

    def squares(self, element: Element, vakjes: list[tuple[float, float]], maat: float) -> None:
        """Zwarte vierkantjes met linksonder op elk van `vakjes`: een QR-code."""
        self._enter(element)
        rechthoeken = " ".join(f"{x:.3f} {y:.3f} {maat:.3f} {maat:.3f} re" for x, y in vakjes)
        self._code(f"q 0 g {rechthoeken} f Q")
        if vakjes:
            xs, ys = [x for x, _ in vakjes], [y for _, y in vakjes]
            element.kader = (min(xs), min(ys), max(xs) + maat, max(ys) + maat)

    def rule(self, x: float, y: float, breedte: float) -> None:
        """Een dunne grijze lijn: opmaak."""
        self._enter(None)
        self._code(f"q 0.6 w 0.45 G {x:.2f} {y:.2f} m {x + breedte:.2f} {y:.2f} l S Q")

    def bar(self, x: float, y: float, breedte: float, hoogte: float, deel: float) -> None:
        """Een staaf met een rand, voor `deel` (0 tot en met 1) gevuld: opmaak, het getal staat ernaast."""
        self._enter(None)
        vol = f"q 0.09 0.38 0.56 rg {x:.2f} {y:.2f} {breedte * deel:.2f} {hoogte:.2f} re f Q"
        rand = f"q 0.6 w 0.45 G {x:.2f} {y:.2f} {breedte:.2f} {hoogte:.2f} re S Q"
        self._code(f"{vol} {rand}" if deel > 0 else rand)

    def line(self, x: float, y: float, naar_x: float, naar_y: float, *, dik: bool = False) -> None:
        """Een lijn van een tabel: opmaak."""
        self._enter(None)
        breed, grijs = (1.2, 0.2) if dik else (0.5, 0.55)
        self._code(f"q {breed} w {grijs} G {x:.2f} {y:.2f} m {naar_x:.2f} {naar_y:.2f} l S Q")

    def box(self, x: float, y: float, maat: float) -> None:
        """Een leeg vierkant om aan te kruisen: opmaak."""
        self._enter(None)
        self._code(f"q 0.8 w 0.2 G {x:.2f} {y:.2f} {maat:.2f} {maat:.2f} re S Q")

    def turn(self, papier: tuple[float, float]) -> None:
        """Deze bladzijde, waar nog niets op staat, en de volgende zijn van dit papier."""
        self._doek.setPageSize(papier)

    def new_page(self) -> None:
        """Sluit deze bladzijde en begin een nieuwe."""
        self._finish_page()
        self._inhoud.append([])

    # --- bestand --------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """Het hele bestand; daarna is het document klaar."""
        self._finish_page()
        doc = self._doek._doc
        for nummer, elementen in enumerate(self._inhoud):
            bladzijde = doc.idToObject[f"Page{nummer + 1}"]
            bladzijde.__NoDefault__ = [*bladzijde.__NoDefault__, "StructParents", "Tabs"]
            bladzijde.Tabs = pdfdoc.PDFName("S")
            if elementen:
                bladzijde.StructParents = nummer
        for gebruik in self._letters.values():
            doc.idToObject["BasicFonts"].dict[gebruik.naam] = embed(doc, gebruik)
        doc.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
        doc.Catalog.StructTreeRoot = self._tree(doc)
        doc.Catalog.Metadata = self._metadata()
        self._doek.save()
        return self._uit.getvalue()

    # --- inwendig -------------------------------------------------------------------------------------------

    def _code(self, regel: str) -> None:
        self._doek._code.append(regel)

    def _enter(self, element: Element | None) -> None:
        """Alles wat nu volgt hoort bij dit element; opeenvolgende regels blijven samen."""
        doel: Element | str = element if element is not None else "opmaak"
        if self._open is doel:
            return
        self._leave()
        self._open = doel
        if element is None:
            self._code("/Artifact BMC")
            return
        inhoud = self._inhoud[-1]
        element.kinderen.append((len(self._inhoud) - 1, len(inhoud)))
        self._code(f"/{element.soort} <</MCID {len(inhoud)}>> BDC")
        inhoud.append(element)

    def _leave(self) -> None:
        if self._open is not None:
            self._code("EMC")
            self._open = None

    def _finish_page(self) -> None:
        self._leave()
        self._doek.showPage()

    def _tree(self, doc: Any) -> Any:
        """De boom van elementen als objecten, met de weg terug van inhoud naar element."""
        namen: dict[Element, str] = {}

        def reference(element: Element) -> Any:
            naam = namen.setdefault(element, f"KifElement{len(namen)}")
            return pdfdoc.PDFObjectReference(naam)

        def build(element: Element) -> None:
            kinderen: list[Any] = []
            for kind in element.kinderen:
                if isinstance(kind, Element):
                    build(kind)
                    kinderen.append(reference(kind))
                else:
                    bladzijde, nummer = kind
                    kinderen.append(
                        pdfdoc.PDFDictionary(
                            {
                                "Type": pdfdoc.PDFName("MCR"),
                                "Pg": pdfdoc.PDFObjectReference(f"Page{bladzijde + 1}"),
                                "MCID": nummer,
                            }
                        )
                    )
            velden: dict[str, Any] = {
                "Type": pdfdoc.PDFName("StructElem"),
                "S": pdfdoc.PDFName(element.soort),
                "P": reference(element.ouder) if element.ouder else pdfdoc.PDFObjectReference("KifBoom"),
                "K": pdfdoc.PDFArray(kinderen),
            }
            if element.alt:
                velden["Alt"] = pdfdoc.PDFString(element.alt)
            if element.echt:
                velden["ActualText"] = pdfdoc.PDFString(element.echt)
            if element.taal:
                velden["Lang"] = pdfdoc.PDFString(element.taal)
            if element.kader:
                kader = pdfdoc.PDFArray([round(maat, 2) for maat in element.kader])
                velden["A"] = pdfdoc.PDFDictionary({"O": pdfdoc.PDFName("Layout"), "BBox": kader})
            reference(element)
            doc.Reference(pdfdoc.PDFDictionary(velden), namen[element])

        build(self.wortel)
        nummers: list[Any] = []
        for bladzijde, elementen in enumerate(self._inhoud):
            nummers += [bladzijde, pdfdoc.PDFArray([reference(element) for element in elementen])]
        boom = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("StructTreeRoot"),
                "K": pdfdoc.PDFArray([reference(self.wortel)]),
                "ParentTree": pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(nummers)}),
                "ParentTreeNextKey": len(self._inhoud),
            }
        )
        return doc.Reference(boom, "KifBoom")

    def _metadata(self) -> Any:
        xmp = _XMP.format(
            titel=escape(self._titel), taal=escape(self._taal), auteur=escape(self._auteur), maker=_MAKER
        )
        stroom = pdfdoc.PDFStream(content=xmp.encode(), filters=[])
        stroom.dictionary["Type"] = pdfdoc.PDFName("Metadata")
        stroom.dictionary["Subtype"] = pdfdoc.PDFName("XML")
        return stroom
