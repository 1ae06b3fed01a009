"""De Documenten-API van Open Zaak 1.30, alleen lezen: detail, download en `_zoek`.

Elk document is een kleine, geldige PDF van één pagina die bij het opvragen wordt gemaakt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import md5
from typing import ClassVar

from frontoffice.demo.catalogi import RSIN, CatalogiApi
from frontoffice.demo.http import (
    OORSPRONG,
    Antwoord,
    ApiFout,
    Json,
    Verzoek,
    check_keuze,
    check_namen,
    is_uuid,
    lees_expand,
    niet_gevonden,
    ongeldig,
    render_pagina,
)
from frontoffice.demo.openzaak import OpenZaakApi, Recht
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Document, Zaak

BASIS = f"{OORSPRONG}/documenten/api/v1/enkelvoudiginformatieobjecten"
EXPAND = ("informatieobjecttype",)


def make_pdf(regels: list[str]) -> bytes:
    """Een PDF van één A4 met deze regels; Latin-1, want dat kan zonder lettertype mee te sturen."""
    tekst = "BT /F1 12 Tf 60 780 Td 18 TL\n"
    for regel in regels:
        veilig = regel.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        tekst += f"({veilig}) Tj T*\n"
    inhoud = (tekst + "ET").encode("latin-1", "replace")
    delen = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(inhoud) + inhoud + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    uit = bytearray(b"%PDF-1.4\n")
    plaatsen = []
    for nummer, deel in enumerate(delen, start=1):
        plaatsen.append(len(uit))
        uit += b"%d 0 obj\n" % nummer + deel + b"\nendobj\n"
    start = len(uit)
    uit += b"xref\n0 %d\n0000000000 65535 f \n" % (len(delen) + 1)
    for plaats in plaatsen:
        uit += b"%010d 00000 n \n" % plaats
    uit += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(delen) + 1, start)
    return bytes(uit)


class DocumentenApi(OpenZaakApi):
    """Beantwoordt alles onder /documenten/api/v1."""

    pad = "/documenten/api/v1"
    versie = "1.4.2"
    vary = "origin, Cookie"
    zoekbronnen = ("enkelvoudiginformatieobjecten",)
    filters: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "enkelvoudiginformatieobjecten": (
            "expand",
            "identificatie",
            "titel",
            "page",
            "pageSize",
            "bronorganisatie",
        ),
    }

    def __init__(self, wereld: Wereld, catalogi: CatalogiApi, klok: Callable[[], float]) -> None:
        super().__init__(klok)
        self.wereld = wereld
        self.catalogi = catalogi

    def kent_actie(self, bron: str, naam: str) -> bool:
        return naam == "download"

    def _pdf(self, document: Document, zaak: Zaak) -> bytes:
        return make_pdf(
            [
                "Gemeente Losser (demonstratie)",
                "",
                document.titel,
                f"Zaak {zaak.identificatie}: {zaak.omschrijving}",
                f"Datum: {document.dag.day}-{document.dag.month}-{document.dag.year}",
                "",
                "Dit is een verzonnen document. Het hoort bij de ingebouwde demonstratie",
                "en gaat over niemand.",
            ]
        )

    def _rij(self, document: Document, zaak: Zaak, expand: list[str]) -> Json:
        url = f"{BASIS}/{document.uuid}"
        soort = self.catalogi.documentsoorten
        uitgeklapt = (
            {"informatieobjecttype": self.catalogi.informatieobjecttype(document.titel)}
            if expand and document.titel in soort
            else {}
        )
        return {
            "url": url,
            "identificatie": f"DOCUMENT-{document.dag.year}-{document.nummer:010d}",
            "bronorganisatie": RSIN,
            "creatiedatum": document.dag.isoformat(),
            "titel": f"{document.titel} {zaak.zaaktype.naam}",
            "vertrouwelijkheidaanduiding": document.vertrouwelijk,
            "auteur": document.auteur,
            "status": "definitief",
            "formaat": "application/pdf",
            "taal": "nld",
            "versie": 1,
            "beginRegistratie": f"{document.dag.isoformat()}T09:{document.nummer % 60:02d}:37.639721Z",
            "bestandsnaam": document.bestand,
            "inhoud": f"{url}/download?versie=1",
            "bestandsomvang": len(self._pdf(document, zaak)),
            "link": "",
            "beschrijving": "",
            "ontvangstdatum": None,
            "verzenddatum": None,
            "indicatieGebruiksrecht": False,
            "verschijningsvorm": "",
            "ondertekening": None,
            "integriteit": None,
            "informatieobjecttype": self.catalogi.informatieobjecttype_url(document.titel),
            "locked": False,
            "bestandsdelen": [],
            "trefwoorden": [],
            "_expand": uitgeklapt,
        }

    def _vind(self, uuid: str, recht: Recht) -> tuple[Document, Zaak]:
        paar = self.wereld.documenten().get(uuid)
        if paar is None:
            raise niet_gevonden()
        if not recht.mag(paar[1].zaaktype.identificatie):
            raise ApiFout(403, "permission_denied")
        return paar

    def lijst(self, bron: str, verzoek: Verzoek, recht: Recht) -> object:
        expand = lees_expand(verzoek, EXPAND)
        rijen = [
            self._rij(d, z, expand)
            for d, z in self.wereld.documenten().values()
            if recht.mag(z.zaaktype.identificatie)
        ]
        for naam in ("identificatie", "titel", "bronorganisatie"):
            if naam in verzoek.query:
                rijen = [rij for rij in rijen if rij[naam] == verzoek.waarde(naam)]
        return render_pagina(verzoek, rijen[::-1], lambda rij: rij)

    def detail(self, bron: str, uuid: str, verzoek: Verzoek, recht: Recht) -> tuple[Json, Json]:
        check_namen(verzoek, ["expand", "versie", "registratieOp"])
        expand = lees_expand(verzoek, EXPAND)
        document, zaak = self._vind(uuid, recht)
        return self._rij(document, zaak, []), self._rij(document, zaak, expand)

    def zoek(self, bron: str, verzoek: Verzoek, body: Json, recht: Recht) -> Json:
        if not body:
            raise ongeldig("nonFieldErrors", "empty_search_body", "Je moet zoekparameters opgeven")
        expand = body.get("expand", [])
        if not isinstance(expand, list):
            raise ApiFout(500, "error", "Internal Server Error")
        for waarde in expand:
            check_keuze("expand", str(waarde), EXPAND)
        paren = [(d, z) for d, z in self.wereld.documenten().values() if recht.mag(z.zaaktype.identificatie)]
        if "uuid__in" in body:
            gezocht = {str(uuid).lower() for uuid in body["uuid__in"]}
            if not all(is_uuid(uuid) for uuid in gezocht):
                raise ongeldig("uuid__in", "invalid", "Voer een geldige UUID in.")
            paren = [(d, z) for d, z in paren if d.uuid in gezocht]
        return render_pagina(verzoek, paren[::-1], lambda paar: self._rij(*paar, expand))

    def actie(self, bron: str, uuid: str, naam: str, verzoek: Verzoek, recht: Recht) -> Antwoord:
        """De bytes van het bestand: application/octet-stream met de naam in Content-Disposition."""
        check_namen(verzoek, ["versie", "registratieOp"])
        document, zaak = self._vind(uuid.lower(), recht)
        pdf = self._pdf(document, zaak)
        etag = f'"{md5(pdf, usedforsecurity=False).hexdigest()}"'
        koppen = {"ETag": etag, "Allow": "GET, HEAD, OPTIONS", "Vary": "origin, Cookie"}
        if verzoek.koppen.get("if-none-match") == etag:
            return Antwoord(304, koppen=koppen)
        koppen["Content-Disposition"] = f'attachment; filename="{document.bestand}"'
        return Antwoord(200, pdf, "application/octet-stream", koppen, verwijst=False)
