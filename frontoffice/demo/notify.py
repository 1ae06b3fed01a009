"""Een berichtendienst in de vorm van GOV.UK Notify / NotifyNL, die alles aanneemt en niets verstuurt.

Met de eigenaardigheden van de echte: een token van hoogstens dertig seconden oud, geen idempotentie (twee
keer dezelfde `reference` is twee berichten), staten die later komen, en adressen die altijd mislukken.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from frontoffice.demo.http import Antwoord, Json, Verzoek, dump, is_uuid

PAD = "/notify"
DIENST = "8c6d1f3a-2b47-4e0d-9a15-0f6e3d7b2c91"
_GEHEIM = "5f2e9b70-4c1d-4a8e-b3f6-7d0a9c8e1b24"
SLEUTEL = f"kif_demo-{DIENST}-{_GEHEIM}"
SJABLOON_MAIL = "1d0c7b5e-9f24-4a63-8e71-3b6a5c4d2f10"
SJABLOON_SMS = "2e1d8c6f-0a35-4b74-9f82-4c7b6d5e3a21"
_SJABLONEN = {SJABLOON_MAIL: "email", SJABLOON_SMS: "sms"}
_INHOUD = {"email": ("onderwerp", "tekst"), "sms": ("tekst",)}
GELDIG_S = 30
PER_BLAD = 250
_AANGEKOMEN_NA_S = 3.0
_MISLUKT = {
    "perm-fail@simulator.notify": "permanent-failure",
    "temp-fail@simulator.notify": "temporary-failure",
    "+447700900002": "permanent-failure",
    "+447700900003": "temporary-failure",
}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_MOBIEL = re.compile(r"\+?[0-9 ()-]{8,20}")


class NotifyFout(Exception):
    def __init__(self, status: int, soort: str, tekst: str) -> None:
        super().__init__(soort)
        self.status, self.soort, self.tekst = status, soort, tekst


class NotifyApi:
    """Beantwoordt alles onder /notify. `klok` in seconden, ook voor hoe oud een token is."""

    def __init__(self, klok: Callable[[], float] = time.time) -> None:
        self._klok = klok
        self.berichten: list[Json] = []

    def handle(self, verzoek: Verzoek) -> Antwoord:
        try:
            self._check_toegang(verzoek)
            status, data = self._answer(verzoek, verzoek.pad[len(PAD) :])
        except NotifyFout as fout:
            data = {"status_code": fout.status, "errors": [{"error": fout.soort, "message": fout.tekst}]}
            return Antwoord(fout.status, dump(data), verwijst=False)
        return Antwoord(status, dump(data), verwijst=False)

    # --- toegang ------------------------------------------------------------

    def _check_toegang(self, verzoek: Verzoek) -> None:
        soort, _, token = verzoek.koppen.get("authorization", "").partition(" ")
        if soort != "Bearer" or not token:
            raise NotifyFout(401, "AuthError", "Unauthorized: authentication bearer scheme must be used")
        try:
            kop, inhoud, handtekening = token.split(".")
            claims = json.loads(_decode(inhoud))
            goed = hmac.new(_GEHEIM.encode(), f"{kop}.{inhoud}".encode(), hashlib.sha256).digest()
            klopt = hmac.compare_digest(goed, _decode(handtekening))
        except (ValueError, binascii.Error):
            raise NotifyFout(403, "AuthError", "Invalid token: signature, api token is not valid") from None
        if claims.get("iss") != DIENST:
            raise NotifyFout(403, "AuthError", "Invalid token: service not found")
        if not klopt:
            raise NotifyFout(403, "AuthError", "Invalid token: API key not found")
        if abs(self._klok() - int(claims.get("iat", 0))) > GELDIG_S:
            raise NotifyFout(
                403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"
            )

    # --- vragen -------------------------------------------------------------

    def _answer(self, verzoek: Verzoek, pad: str) -> tuple[int, Json]:
        if verzoek.methode == "POST" and pad in ("/v2/notifications/email", "/v2/notifications/sms"):
            return 201, self._make(verzoek, pad.rsplit("/", 1)[1])
        if verzoek.methode == "GET" and pad == "/v2/notifications":
            return 200, self._list(verzoek)
        if verzoek.methode == "GET" and pad.startswith("/v2/notifications/"):
            return 200, self._show(self._find(pad.rsplit("/", 1)[1]))
        if verzoek.methode == "GET" and pad == "/v2/templates":
            return 200, {"templates": [{"id": id_, "type": soort} for id_, soort in _SJABLONEN.items()]}
        raise NotifyFout(404, "NotFound", "The requested URL was not found on the server.")

    def _make(self, verzoek: Verzoek, soort: str) -> Json:
        try:
            lijf: Any = json.loads(verzoek.inhoud)
        except ValueError:
            raise NotifyFout(400, "BadRequestError", "Invalid JSON supplied in POST data") from None
        veld = "email_address" if soort == "email" else "phone_number"
        adres = lijf.get(veld)
        vorm = _MAIL if soort == "email" else _MOBIEL
        if not isinstance(adres, str) or not vorm.fullmatch(adres):
            raise NotifyFout(400, "ValidationError", f"{veld} Not a valid {veld.replace('_', ' ')}")
        sjabloon = lijf.get("template_id")
        if not isinstance(sjabloon, str) or not is_uuid(sjabloon):
            raise NotifyFout(400, "ValidationError", "template_id is not a valid UUID")
        if _SJABLONEN.get(sjabloon) != soort:
            raise NotifyFout(400, "BadRequestError", "Template not found")
        invulling = lijf.get("personalisation") or {}
        mist = [naam for naam in _INHOUD[soort] if naam not in invulling]
        if mist:
            raise NotifyFout(400, "BadRequestError", f"Missing personalisation: {', '.join(mist)}")
        nu = self._klok()
        bericht = {
            "id": str(uuid5(NAMESPACE_URL, f"notify-{len(self.berichten)}-{nu}")),
            "type": soort,
            "reference": lijf.get("reference"),
            veld: adres,
            "template": {"id": sjabloon, "version": 1, "uri": f"{PAD}/v2/template/{sjabloon}"},
            "subject": invulling.get("onderwerp") if soort == "email" else None,
            "body": invulling["tekst"],
            "created_at": datetime.fromtimestamp(nu, UTC).isoformat(),
            "_sinds": nu,
        }
        self.berichten.append(bericht)
        inhoud = {"body": bericht["body"]} | ({"subject": bericht["subject"]} if soort == "email" else {})
        return {
            "id": bericht["id"],
            "reference": bericht["reference"],
            "content": inhoud,
            "uri": f"{PAD}/v2/notifications/{bericht['id']}",
            "template": bericht["template"],
        }

    def _list(self, verzoek: Verzoek) -> Json:
        kenmerk = verzoek.waarde("reference")
        eigen = [b for b in reversed(self.berichten) if not kenmerk or b["reference"] == kenmerk]
        na = verzoek.waarde("older_than")
        if na:
            plaats = next((i for i, b in enumerate(eigen) if b["id"] == na), len(eigen))
            eigen = eigen[plaats + 1 :]
        return {
            "notifications": [self._show(bericht) for bericht in eigen[:PER_BLAD]],
            "links": {"current": f"{PAD}/v2/notifications"},
        }

    def _find(self, id_: str) -> Json:
        for bericht in self.berichten:
            if bericht["id"] == id_:
                return bericht
        raise NotifyFout(404, "NoResultFound", "No result found")

    def _show(self, bericht: Json) -> Json:
        zichtbaar = {naam: waarde for naam, waarde in bericht.items() if not naam.startswith("_")}
        return zichtbaar | {"status": self._status(bericht)}

    def _status(self, bericht: Json) -> str:
        adres = str(bericht.get("email_address") or bericht.get("phone_number"))
        if self._klok() - bericht["_sinds"] < _AANGEKOMEN_NA_S:
            return "sending"
        return _MISLUKT.get(adres, "delivered")


def _decode(tekst: str) -> bytes:
    return base64.urlsafe_b64decode(tekst + "=" * (-len(tekst) % 4))
