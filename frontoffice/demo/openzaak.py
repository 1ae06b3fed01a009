"""Wat de Zaken-, Catalogi- en Documenten-API van Open Zaak 1.30 delen: JWT, rechten, fouten en ETag.

Open Zaak kent geen 401: elke afwijzing is 403, en alleen `code` zegt waarom.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple

from frontoffice.demo.http import (
    Antwoord,
    ApiFout,
    Json,
    Verzoek,
    check_accept,
    check_namen,
    django_fout,
    dump,
    etag_van,
    html_404,
    niet_gevonden,
)

GEHEIM = "demo-zaken-geheim-van-ten-minste-32-tekens"
CLIENT = "kif-demo"
# Een client die niet alles mag, en een die nergens rechten op heeft.
BEPERKT, ZONDER_RECHTEN = "kif-demo-beperkt", "kif-demo-zonder-rechten"
BEPERKTE_ZAAKTYPEN = ("LOS-MOR", "LOS-VERHUIZING")
GELDIG_S = 3600


class Recht(NamedTuple):
    """Wat een client mag zien; `zaaktypen` None = alles."""

    client: str
    zaaktypen: tuple[str, ...] | None = None

    def mag(self, zaaktype: str) -> bool:
        return self.zaaktypen is None or zaaktype in self.zaaktypen


def _weiger(code: str, detail: str = "") -> ApiFout:
    return ApiFout(403, code, detail)


def _deel(tekst: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(tekst + "=" * (-len(tekst) % 4)))


def check_jwt(verzoek: Verzoek, nu: float) -> Recht:
    """Het recht dat bij dit JWT hoort, of een 403 met de code van Open Zaak."""
    if verzoek.is_centraal:
        return Recht(CLIENT)
    soort, _, token = verzoek.koppen.get("authorization", "").partition(" ")
    if soort != "Bearer" or not token:
        raise _weiger("permission_denied")
    try:
        kop, lading, handtekening = token.strip().split(".")
        if _deel(kop).get("alg") != "HS256":
            raise ValueError(kop)
        claims = _deel(lading)
        getekend = base64.urlsafe_b64decode(handtekening + "=" * (-len(handtekening) % 4))
        client = claims.get("client_id")
    except (ValueError, binascii.Error, AttributeError):
        raise _weiger(
            "jwt-decode-error",
            "Het JWT kon niet gedecodeerd worden. Mogelijks heb je een copy-paste fout gemaakt",
        ) from None
    if not client:
        raise _weiger("missing-client-identifier", "Client identifier is niet aanwezig in JWT")
    if client not in (CLIENT, BEPERKT, ZONDER_RECHTEN):
        raise _weiger("invalid-client-identifier", "Client identifier bestaat niet")
    if not hmac.compare_digest(
        hmac.new(GEHEIM.encode(), f"{kop}.{lading}".encode(), sha256).digest(), getekend
    ):
        raise _weiger("invalid-jwt-signature", "Client credentials zijn niet geldig")
    _check_tijden(claims, nu)
    if client == ZONDER_RECHTEN:
        raise _weiger("permission_denied")
    return Recht(client, BEPERKTE_ZAAKTYPEN if client == BEPERKT else None)


def _check_tijden(claims: Mapping[str, Any], nu: float) -> None:
    """Verlopen tokens; een `iat` in de toekomst mag, net als op de echte server."""
    if claims.get("exp") is not None and float(claims["exp"]) < nu:
        raise _weiger("jwt-expiredsignatureerror", "JWT niet geldig: signature has expired")
    if claims.get("nbf") is not None and float(claims["nbf"]) > nu:
        raise _weiger("jwt-immaturesignatureerror", "JWT niet geldig: token is not yet valid")
    if not isinstance(claims.get("iat"), int | float):
        raise _weiger("jwt-missing-iat-claim", "De JWT bevat geen iat-claim")
    if nu - float(claims["iat"]) > GELDIG_S:
        raise _weiger("jwt-expired", "De JWT die gebruikt is voor dit verzoek is verlopen")


def lees_body(verzoek: Verzoek) -> Json:
    """De JSON in een POST; geen object of geen JSON is 400 `parse_error`."""
    if verzoek.koppen.get("content-type", "").split(";")[0].strip() != "application/json":
        raise ApiFout(415, "unsupported_media_type")
    try:
        data = json.loads(verzoek.inhoud or b"{}")
    except ValueError:
        raise ApiFout(
            400, "parse_error", "JSON parse error", titel="Ongeldig samengestelde verzoek."
        ) from None
    if not isinstance(data, dict):
        raise ApiFout(400, "parse_error", "JSON parse error", titel="Ongeldig samengestelde verzoek.")
    return data


class OpenZaakApi:
    """Basis van de drie API's: routes, volgorde van controles en de koppen die Open Zaak stuurt."""

    pad = ""
    versie = ""
    # Bron -> namen van queryparameters.
    filters: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # Bronnen waarop de CRS-koppen verplicht zijn.
    met_crs: tuple[str, ...] = ()
    zoekbronnen: tuple[str, ...] = ()
    # Wat er op een detail mag behalve lezen; zonder vermelding alles.
    detailmethoden: ClassVar[Mapping[str, str]] = {}
    vary = "Accept, origin, Cookie"

    def __init__(self, klok: Callable[[], float] = time.time) -> None:
        self.klok = klok

    def handle(self, verzoek: Verzoek) -> Antwoord:
        delen = verzoek.pad[len(self.pad) :].split("/")[1:]
        bron = delen[0] if delen else ""
        rest = delen[1:]
        zoek = rest == ["_zoek"] and bron in self.zoekbronnen
        if (
            bron not in self.filters
            or "" in rest
            or len(rest) > 2
            or (len(rest) == 2 and not self.kent_actie(bron, rest[1]))
        ):
            return html_404("Open Zaak")
        koppen = self._koppen(bron, detail=bool(rest) and not zoek, zoek=zoek)
        try:
            check_accept(verzoek)
            recht = check_jwt(verzoek, self.klok())
            if bron in self.met_crs:
                _check_crs(verzoek)
            if verzoek.methode not in (("POST",) if zoek else ("GET", "HEAD")):
                raise ApiFout(405, "method_not_allowed", f'Methode "{verzoek.methode}" niet toegestaan.')
            if zoek:
                return Antwoord(200, dump(self.zoek(bron, verzoek, lees_body(verzoek), recht)), koppen=koppen)
            if not rest:
                check_namen(verzoek, [*self.filters[bron]])
                return Antwoord(200, dump(self.lijst(bron, verzoek, recht)), koppen=koppen)
            if len(rest) == 2:
                return self.actie(bron, rest[0], rest[1], verzoek, recht)
            return self._detail(bron, rest[0], verzoek, recht, koppen)
        except ApiFout as fout:
            return django_fout(fout, verzoek, "Ongeldige invoer.", koppen)

    def _koppen(self, bron: str, *, detail: bool, zoek: bool) -> dict[str, str]:
        schrijven = self.detailmethoden.get(bron, "PUT, PATCH, DELETE, ") if detail else "POST, "
        methoden = "POST, OPTIONS" if zoek else f"GET, {schrijven}HEAD, OPTIONS"
        koppen = {"API-version": self.versie, "Allow": methoden, "Vary": self.vary}
        if bron in self.met_crs:
            koppen |= {"Content-Crs": "EPSG:4326", "Vary": "origin, Cookie"}
        return koppen

    def _detail(
        self, bron: str, uuid: str, verzoek: Verzoek, recht: Recht, koppen: dict[str, str]
    ) -> Antwoord:
        """Een detail heeft een ETag die van expand niets weet; vandaar dat 304 verouderd kan zijn."""
        kaal, data = self.detail(bron, uuid.lower(), verzoek, recht)
        koppen["ETag"] = etag_van(kaal)
        if verzoek.koppen.get("if-none-match") == koppen["ETag"]:
            return Antwoord(304, koppen={k: v for k, v in koppen.items() if k != "API-version"})
        return Antwoord(200, dump(data), koppen=koppen)

    # --- in te vullen per API ----------------------------------------------

    def kent_actie(self, bron: str, naam: str) -> bool:
        return False

    def lijst(self, bron: str, verzoek: Verzoek, recht: Recht) -> object:
        raise niet_gevonden()

    def detail(self, bron: str, uuid: str, verzoek: Verzoek, recht: Recht) -> tuple[Json, Json]:
        """De rij zonder en met expand."""
        raise niet_gevonden()

    def zoek(self, bron: str, verzoek: Verzoek, body: Json, recht: Recht) -> Json:
        raise niet_gevonden()

    def actie(self, bron: str, uuid: str, naam: str, verzoek: Verzoek, recht: Recht) -> Antwoord:
        raise niet_gevonden()


def _check_crs(verzoek: Verzoek) -> None:
    gevraagd = verzoek.koppen.get("accept-crs")
    if gevraagd is None:
        raise ApiFout(412, "precondition_failed", "'Accept-Crs' header ontbreekt")
    if gevraagd != "EPSG:4326":
        raise ApiFout(406, "not_acceptable", f"CRS '{gevraagd}' is niet ondersteund")
    if verzoek.methode in ("POST", "PUT", "PATCH"):
        gestuurd = verzoek.koppen.get("content-crs")
        if gestuurd is None:
            raise ApiFout(412, "precondition_failed", "'Content-Crs' header ontbreekt")
        if gestuurd != "EPSG:4326":
            raise ApiFout(406, "not_acceptable", f"CRS '{gestuurd}' is niet ondersteund")
