"""Verzoek en antwoord zoals de API-modules ze zien, met wat Django-API's gemeen hebben.

Adressen in antwoorden staan eerst op een vaste oorsprong; de server zet er de Host van het verzoek voor in
de plaats. Deze module kent geen sockets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import md5
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

from frontoffice.demo.wereld.bron import als_uuid

OORSPRONG = "http://oorsprong.kif-demo.invalid"
JSON = "application/json"
HTML = "text/html; charset=utf-8"
STANDAARD_PAGINA, GROOTSTE_PAGINA = 100, 500

T = TypeVar("T")
Json = dict[str, Any]


# Algemeen bekend en alleen goed voor deze demonstratie.
CENTRAAL = "demo-centraal"


class Verzoek:
    """Eén verzoek; `query` houdt herhaalde namen bij elkaar, `koppen` zijn in kleine letters."""

    # Geen dataclass: die module laden kost de server een tiende van zijn starttijd.
    def __init__(
        self,
        methode: str,
        pad: str,
        querytekst: str,
        koppen: Mapping[str, str],
        inhoud: bytes = b"",
        storing: str = "",
    ) -> None:
        self.methode = methode
        self.pad = pad
        self.querytekst = querytekst
        self.koppen = koppen
        self.inhoud = inhoud
        self.storing = storing

    @property
    def is_centraal(self) -> bool:
        """Waar met de ene sleutel van de profielvorm `centraal`: die past op elk register."""
        return self.koppen.get("authorization") == f"Bearer {CENTRAAL}"

    @cached_property
    def query(self) -> dict[str, list[str]]:
        uit: dict[str, list[str]] = {}
        for naam, waarde in parse_qsl(self.querytekst, keep_blank_values=True):
            uit.setdefault(naam, []).append(waarde)
        return uit

    def waarde(self, naam: str) -> str:
        """De laatste waarde van een parameter, zoals Django die kiest, of ""."""
        return self.query.get(naam, [""])[-1]


class Antwoord(NamedTuple):
    """Een antwoord; `verwijst` zegt of er adressen in de inhoud staan die nog naar de Host moeten."""

    status: int
    inhoud: bytes = b""
    soort: str = JSON
    koppen: Mapping[str, str] = {}
    verwijst: bool = True


class ApiFout(Exception):
    """Een fout die de API zelf meldt; elke API geeft er haar eigen vorm aan."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        params: Sequence[tuple[str, str, str]] = (),
        titel: str = "",
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.params = params
        self.titel = titel


def dump(data: object) -> bytes:
    """Compacte JSON, zoals DRF hem schrijft."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def niet_gevonden(detail: str = "Niet gevonden.") -> ApiFout:
    return ApiFout(404, "not_found", detail)


def ongeldig(naam: str, code: str, reden: str) -> ApiFout:
    return ApiFout(400, "invalid", params=[(naam, code, reden)])


# Klasse achter elke status, zoals die in `type` van het foutbericht staat.
_KLASSE = {
    400: "ValidationError",
    401: "NotAuthenticated",
    403: "PermissionDenied",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    412: "PreconditionFailed",
    415: "UnsupportedMediaType",
    500: "APIException",
}
_TITEL = {
    401: "Authenticatiegegevens zijn niet opgegeven.",
    403: "Je hebt geen toestemming om deze actie uit te voeren.",
    404: "Niet gevonden.",
    405: 'Methode "{method}" niet toegestaan.',
    406: "Kan niet voldoen aan de opgegeven Accept header.",
    412: "Voorwaarde is niet vervuld",
    415: 'Ongeldige media type "{media_type}" in aanvraag.',
    500: "Er is een serverfout opgetreden.",
}


def django_fout(fout: ApiFout, verzoek: Verzoek, titel_400: str, koppen: Mapping[str, str]) -> Antwoord:
    """De foutvorm van Open Klant en Open Zaak: application/json, Nederlandse tekst, `code` telt."""
    titel = fout.titel or (titel_400 if fout.status == 400 else _TITEL[fout.status])
    klasse = _KLASSE[fout.status]
    if fout.code == "authentication_failed":
        klasse = "AuthenticationFailed"
    elif fout.code == "parse_error":
        klasse = "ParseError"
    sleutel = md5(f"{verzoek.methode} {verzoek.pad} {fout.code}".encode(), usedforsecurity=False).hexdigest()
    data: Json = {
        "type": f"{OORSPRONG}/ref/fouten/{klasse}/",
        "code": fout.code,
        "title": titel,
        "status": fout.status,
        "detail": fout.detail or titel,
        "instance": f"urn:uuid:{als_uuid(sleutel)}",
    }
    if fout.params:
        data["invalidParams"] = [{"name": n, "code": c, "reason": r} for n, c, r in fout.params]
    return Antwoord(fout.status, dump(data), koppen=koppen)


def html_404(product: str) -> Antwoord:
    """De webpagina die Django geeft voor een pad dat niet bestaat (ook met een / te veel)."""
    tekst = (
        '<!DOCTYPE html>\n<html lang="nl">\n    <head>\n        <meta charset="utf-8">\n'
        f"        <title>Pagina niet gevonden | {product}</title>\n    </head>\n    <body>\n"
        f"        <h1>Pagina niet gevonden (404)</h1>\n        <p>{product} (demonstratie)</p>\n"
        "    </body>\n</html>\n"
    )
    return Antwoord(404, tekst.encode(), HTML, verwijst=False)


def check_accept(verzoek: Verzoek) -> None:
    """Alleen application/json; met problem+json antwoorden beide servers 406."""
    soorten = [deel.split(";")[0].strip() for deel in verzoek.koppen.get("accept", "*/*").split(",")]
    if not any(soort in ("*/*", "application/*", JSON) for soort in soorten):
        raise ApiFout(406, "not_acceptable")


def check_namen(verzoek: Verzoek, bekend: Iterable[str]) -> None:
    """Een onbekende queryparameter is een 400, met de naam in de reden."""
    bekende = frozenset(bekend)
    onbekend = [naam for naam in verzoek.query if naam not in bekende]
    if onbekend:
        reden = f"Onbekende query parameters: {', '.join(onbekend)}"
        raise ongeldig("nonFieldErrors", "unknown-parameters", reden)


def check_keuze(naam: str, waarde: str, keuzes: Iterable[str]) -> str:
    if waarde not in keuzes:
        raise ongeldig(
            naam, "invalid_choice", f"Selecteer een geldige keuze. {waarde} is geen beschikbare keuze."
        )
    return waarde


_UUID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\Z")


def is_uuid(tekst: str) -> bool:
    return _UUID.match(tekst) is not None


def lees_uuid(naam: str, waarde: str) -> str:
    if not is_uuid(waarde):
        raise ongeldig(naam, "invalid", "Voer een geldige UUID in.")
    return waarde.lower()


def uuid_uit_url(naam: str, waarde: str) -> str:
    """Het uuid achter een adres; wat geen adres is, is een 400."""
    einde = waarde.rstrip("/").rsplit("/", 1)[-1]
    if not waarde.startswith(("http://", "https://")) or not is_uuid(einde):
        raise ongeldig(naam, "invalid", "Voer een geldige URL in.")
    return einde.lower()


def lees_bool(waarde: object) -> bool | None:
    """Wat geen true of false is, telt niet mee: Django negeert het stil."""
    if isinstance(waarde, bool):
        return waarde
    return {"true": True, "false": False}.get(str(waarde).lower())


def lees_expand(verzoek: Verzoek, keuzes: Iterable[str]) -> list[str]:
    """Komma's of herhaalde parameters; een onbekende waarde is een 400."""
    gevraagd = [deel for tekst in verzoek.query.get("expand", []) for deel in tekst.split(",") if deel]
    bekend = frozenset(keuzes)
    for waarde in gevraagd:
        check_keuze("expand", waarde, bekend)
    return gevraagd


def render_pagina(verzoek: Verzoek, rijen: Sequence[T], render: Callable[[T], Json]) -> Json:
    """count, next, previous en results; pageSize stil begrensd, een pagina voorbij het eind is 404."""
    return render_pagina_als_geheel(verzoek, rijen, lambda deel: [render(rij) for rij in deel])


def render_pagina_als_geheel(
    verzoek: Verzoek, rijen: Sequence[T], render: Callable[[Sequence[T]], list[Json]]
) -> Json:
    """Als `render_pagina`, voor uitkomsten waarin rijen van elkaar afhangen (expand)."""
    per = STANDAARD_PAGINA
    tekst = verzoek.waarde("pageSize")
    if tekst.isascii() and tekst.isdigit() and int(tekst) > 0:
        per = min(int(tekst), GROOTSTE_PAGINA)
    laatste = max(1, -(-len(rijen) // per))
    gevraagd = verzoek.waarde("page") or "1"
    nummer = (
        laatste if gevraagd == "last" else int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() else 0
    )
    if not 1 <= nummer <= laatste:
        raise niet_gevonden("Ongeldige pagina.")
    return {
        "count": len(rijen),
        "next": _pagina_url(verzoek, nummer + 1) if nummer < laatste else None,
        "previous": _pagina_url(verzoek, nummer - 1) if nummer > 1 else None,
        "results": render(rijen[(nummer - 1) * per : nummer * per]),
    }


def _pagina_url(verzoek: Verzoek, pagina: int) -> str:
    """Het adres van een andere pagina: parameters op naam gesorteerd, page weg bij de eerste (als DRF)."""
    paren = [(n, w) for n, waarden in verzoek.query.items() for w in waarden if n != "page"]
    if pagina > 1:
        paren.append(("page", str(pagina)))
    paren.sort(key=lambda paar: paar[0])
    query = f"?{urlencode(paren)}" if paren else ""
    return f"{OORSPRONG}{verzoek.pad}{query}"


def etag_van(data: object) -> str:
    """De sterke ETag van een gewone (niet uitgeklapte) weergave."""
    return f'"{md5(dump(data), usedforsecurity=False).hexdigest()}"'
