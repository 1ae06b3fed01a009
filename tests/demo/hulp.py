"""Praten met de demoserver zoals een client dat doet: tokens, JWT's en korte namen voor verzoeken."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import jwt
import requests

from frontoffice.demo.openzaak import BEPERKT, CLIENT, GEHEIM, ZONDER_RECHTEN
from frontoffice.demo.server import DemoServer
from frontoffice.demo.wereld.feiten import Persoon

VANDAAG = date(2026, 11, 16)
OK = "/klantinteracties/api/v1"
CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
INP_BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


def make_jwt(soort: str = "") -> str:
    """Een JWT als in de opnamen; `soort` zegt wat eraan mankeert."""
    nu = int(time.time())
    claims: dict[str, Any] = {"client_id": CLIENT, "iat": nu, "iss": CLIENT, "user_id": "s.bos"}
    geheim = GEHEIM
    match soort:
        case "onleesbaar":
            return "dit-is-geen-jwt"
        case "beperkt":
            claims["client_id"] = BEPERKT
        case "zonder-rechten":
            claims["client_id"] = ZONDER_RECHTEN
        case "onbekend":
            claims["client_id"] = "bestaat-niet"
        case "zonder-client":
            del claims["client_id"]
        case "zonder-iat":
            del claims["iat"]
        case "verlopen":
            claims["iat"] = nu - 3700
        case "toekomst":
            claims["iat"] = nu + 600
        case "exp-voorbij":
            claims["exp"] = nu - 10
        case "nbf-later":
            claims["nbf"] = nu + 500
        case "verkeerd-getekend":
            geheim = "een-ander-geheim-van-ten-minste-32-tekens"
    return jwt.encode(claims, geheim, algorithm="HS256")


class Beller:
    """Een client van één server, met keep-alive."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.sessie = requests.Session()
        self.sessie.trust_env = False

    def vraag(self, methode: str, pad: str, **opties: Any) -> requests.Response:
        return self.sessie.request(methode, self.server.basis + pad, timeout=60, **opties)

    def klant(self, pad: str, **query: Any) -> requests.Response:
        """GET onder /klantinteracties."""
        koppen = {"Authorization": "Token demo-klantinteracties"}
        return self.vraag("GET", f"{OK}/{pad}", params=query, headers=koppen)

    def schrijf(self, pad: str, body: Any, methode: str = "POST") -> requests.Response:
        """POST of PATCH onder /klantinteracties."""
        koppen = {"Authorization": "Token demo-klantinteracties"}
        return self.vraag(methode, f"{OK}/{pad}", json=body, headers=koppen)

    def zaak(
        self, pad: str, *, soort: str = "", koppen: dict[str, str] | None = None, **query: Any
    ) -> requests.Response:
        """GET op een van de drie API's van Open Zaak."""
        alle = {"Authorization": f"Bearer {make_jwt(soort)}", **CRS, **(koppen or {})}
        return self.vraag("GET", pad, params=query, headers=alle)

    def zoek(self, body: Any, *, soort: str = "", **query: Any) -> requests.Response:
        """POST /zaken/_zoek."""
        koppen = {"Authorization": f"Bearer {make_jwt(soort)}", **CRS}
        return self.vraag("POST", "/zaken/api/v1/zaken/_zoek", json=body, params=query, headers=koppen)

    def brp(self, body: Any, **koppen: str) -> requests.Response:
        return self.vraag("POST", "/brp/personen", json=body, headers={"X-API-KEY": "demo-brp", **koppen})

    def kvk(self, pad: str, **query: Any) -> requests.Response:
        return self.vraag("GET", f"/kvk/{pad}", params=query, headers={"apikey": "demo-kvk"})

    def persoon(self, rol: str) -> Persoon:
        return self.server.wereld.persoon_met_rol(rol)

    def partij_uuid(self, rol: str) -> str:
        partij = self.server.wereld.partij_van(self.persoon(rol))
        assert partij is not None
        return partij.uuid
