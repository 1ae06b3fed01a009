"""Hoe dit programma zich bij een register aanmeldt: token, bearer, sleutel in een header of ZGW-token.

Een ZGW-token (JWT, HS256) wordt bij elk verzoek nieuw gemaakt: dat kost niets en verloopt nooit. `iat` ligt
iets terug, want sommige servers weigeren een token uit de toekomst.
"""

from __future__ import annotations

import time
import warnings
from functools import cache
from typing import TYPE_CHECKING

from frontoffice.central.instelling import RegisterInstelling

if TYPE_CHECKING:
    import jwt

_SPELING = 30


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
    return {}


def make_jwt(register: RegisterInstelling, geheim: str, nu: float) -> str:
    """Een ZGW-token met de medewerker erin: die komt in het logboek van Open Zaak."""
    claims = {
        "iss": register.client_id,
        "iat": int(nu) - _SPELING,
        "client_id": register.client_id,
        "user_id": register.gebruiker_id,
        "user_representation": register.gebruiker_naam,
    }
    return _signer().encode(claims, geheim, algorithm="HS256")


@cache
def _signer() -> jwt.PyJWT:
    """Pas geladen bij het eerste token. De lengte van het geheim bepaalt de beheerder van het register:
    daarover waarschuwen hoort niet bij elk verzoek."""
    import jwt

    warnings.filterwarnings("ignore", category=jwt.warnings.InsecureKeyLengthWarning)
    return jwt.PyJWT()
