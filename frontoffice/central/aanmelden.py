"""Hoe dit programma zich bij een register aanmeldt: token, bearer, sleutel in een header of getekend token.

Een ZGW-token (JWT, HS256) wordt bij elk verzoek nieuw gemaakt: dat kost niets en verloopt nooit. `iat` ligt
iets terug, want sommige servers weigeren een token uit de toekomst.

Alleen ondertekenen (RFC 7515, HS256), nooit controleren: daarvoor is de standaardbibliotheek genoeg. PyJWT
laadt cryptography mee, en dat kost het venster 22 MB en 0,3 seconde stilstand bij de eerste klant (gemeten).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping

from frontoffice.central.instelling import RegisterInstelling
from frontoffice.domain.fouten import GeheimFout

_SPELING = 30
_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_NOTIFY_SLEUTEL = re.compile(rf"(?:.*-)?({_UUID})-({_UUID})", re.DOTALL)


def make_header(register: RegisterInstelling, geheim: str) -> dict[str, str]:
    """De header die bij `register.login` hoort; leeg bij "geen"."""
    match register.login:
        case "token":
            return {"Authorization": f"Token {geheim}"}
        case "bearer":
            return {"Authorization": f"Bearer {geheim}"}
        case "apikey":
            return {register.header: geheim}
        case "jwt":
            return {"Authorization": f"Bearer {make_jwt(register, geheim, time.time())}"}
        case "notify":
            return {"Authorization": f"Bearer {make_notify_jwt(geheim, time.time())}"}
    return {}


def make_notify_jwt(sleutel: str, nu: float) -> str:
    """Het token van GOV.UK Notify en NotifyNL. `sleutel` is naam, id van de dienst en geheim aan elkaar.

    Dertig seconden geldig, dus `iat` is precies nu. Raises GeheimFout als de sleutel een andere vorm heeft.
    """
    gevonden = _NOTIFY_SLEUTEL.fullmatch(sleutel.strip())
    if gevonden is None:
        raise GeheimFout(
            "De sleutel van de berichtendienst heeft niet de goede vorm. Neem hem over uit de beheerpagina "
            "van de berichtendienst en bewaar hem opnieuw.",
            code="geheim_vorm",
        )
    return _sign({"iss": gevonden[1], "iat": int(nu)}, gevonden[2])


def make_jwt(register: RegisterInstelling, geheim: str, nu: float) -> str:
    """Een ZGW-token met de medewerker erin: die komt in het logboek van Open Zaak."""
    claims = {
        "iss": register.client_id,
        "iat": int(nu) - _SPELING,
        "client_id": register.client_id,
        "user_id": register.gebruiker_id,
        "user_representation": register.gebruiker_naam,
    }
    return _sign(claims, geheim)


def _sign(claims: Mapping[str, object], geheim: str) -> str:
    inhoud = f"{_encode({'typ': 'JWT', 'alg': 'HS256'})}.{_encode(claims)}"
    handtekening = hmac.new(geheim.encode(), inhoud.encode(), hashlib.sha256).digest()
    return f"{inhoud}.{_base64(handtekening)}"


def _encode(waarde: Mapping[str, object]) -> str:
    return _base64(json.dumps(waarde, separators=(",", ":")).encode())


def _base64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()
