"""De plaatsenlijst met de vorm van de PDOK Locatieserver v3: adressen, straten en bekende plekken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from frontoffice.demo.http import Antwoord, Json, Verzoek, dump, html_404
from frontoffice.demo.wereld.bron import load_woorden
from frontoffice.demo.wereld.meldingen import find_punt

PAD = "/locaties/v3_1"
MEESTE = 100


class LocatiesApi:
    """Beantwoordt free en suggest; zonder sleutel, zoals in het echt."""

    def handle(self, verzoek: Verzoek) -> Antwoord:
        soort = verzoek.pad[len(PAD) :].strip("/")
        if soort not in ("free", "suggest") or verzoek.methode not in ("GET", "HEAD"):
            return html_404("Locatieserver")
        woorden = re.findall(r"[^\s,]+", verzoek.waarde("q").lower())
        tekst = verzoek.waarde("rows")
        rijen = min(int(tekst), MEESTE) if tekst.isascii() and tekst.isdigit() else 10
        filters = " ".join(verzoek.query.get("fq", []))
        gemeente = re.search(r'gemeentenaam:"?([^"\s]+)', filters)
        gevonden = [] if gemeente and gemeente[1].lower() != "losser" else list(self._find(woorden))
        docs = gevonden[:rijen]
        data = {
            "response": {
                "numFound": len(gevonden),
                "start": 0,
                "maxScore": 9.0,
                "numFoundExact": True,
                "docs": docs,
            }
        }
        return Antwoord(200, dump(data), verwijst=False)

    def _find(self, woorden: list[str]) -> Iterator[Json]:
        """Elk woord moet ergens in de naam staan; een getal is een huisnummer."""
        nummers = [w for w in woorden if re.fullmatch(r"\d{1,4}[a-z]?", w)]
        namen = [w for w in woorden if w not in nummers]
        if not namen:
            return
        for plek in self._plekken:
            if not all(naam in plek["weergavenaam"].lower() for naam in namen):
                continue
            if nummers and plek["type"] == "weg":
                yield _adres(plek, nummers[0])
            elif not nummers:
                yield plek

    @cached_property
    def _plekken(self) -> list[Json]:
        woorden = load_woorden("meldingen")
        uit = [
            _plek(
                f"{straat}, {plaats}",
                "weg",
                plaats,
                find_punt(plaats, straat, 0),
                straat=straat,
                code=postcode,
            )
            for plaats, postcode, straat in load_woorden("plaatsen")["straten"]
        ]
        uit += [
            _plek(f"{naam}, {plaats}", "adres", plaats, find_punt(plaats, naam, 1))
            for naam, plaats in woorden["bijzonder"]
        ]
        return uit + [
            _plek(f"{dorp}, Losser, Overijssel", "woonplaats", dorp, (punt[0], punt[1]))
            for dorp, punt in woorden["dorpen"].items()
        ]


def _plek(
    naam: str, soort: str, plaats: str, punt: tuple[float, float], *, straat: str = "", code: str = ""
) -> Json:
    uit: Json = {
        "type": soort,
        "weergavenaam": naam,
        "woonplaatsnaam": plaats,
        "gemeentenaam": "Losser",
        "provincienaam": "Overijssel",
        "centroide_ll": f"POINT({punt[0]} {punt[1]})",
        "centroide_rd": "POINT(266000 477000)",
        "score": 9.0,
    }
    if straat:
        uit["straatnaam"] = straat
    if code:
        uit["postcode"] = code
    return uit


def _adres(weg: Json, nummer: str) -> Json:
    cijfers, letter = re.fullmatch(r"(\d+)([a-z]?)", nummer).groups()  # type: ignore[union-attr]  # de vorm is al gekeurd
    punt = find_punt(weg["woonplaatsnaam"], weg["straatnaam"], int(cijfers))
    uit = weg | {
        "type": "adres",
        "huisnummer": int(cijfers),
        "weergavenaam": f"{weg['straatnaam']} {nummer}, {weg['postcode']} {weg['woonplaatsnaam']}",
        "centroide_ll": f"POINT({punt[0]} {punt[1]})",
    }
    return uit | ({"huisletter": letter.upper()} if letter else {})
