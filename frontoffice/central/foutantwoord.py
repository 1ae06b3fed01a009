"""Van wat er misging naar een RegisterFout met een zin die zegt wat er nu kan.

Kijkt naar de code in het lijf, niet alleen naar de status: Open Zaak geeft 403 waar anderen 401 geven. Neemt
nooit tekst van een register over: daar kan een BSN in staan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frontoffice.central.antwoord import Antwoord, Ondeugdelijk, parse
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    NietBevoegd,
    NietGevonden,
    Onbereikbaar,
    OnverwachtAntwoord,
    RegisterFout,
    Storing,
)

_BEHEERDER = "de applicatiebeheerder"
_KLOKCODES = {"jwt-expired", "jwt-expiredsignatureerror", "jwt-immaturesignatureerror"}
_SLEUTELCODES = {
    "not_authenticated",
    "authentication_failed",
    "invalid-jwt-signature",
    "jwt-decode-error",
    "invalid-client-identifier",
    "missing-client-identifier",
    "jwt-missing-iat-claim",
    "jwt-invalidsignatureerror",
    "authentication",
    "AuthError",
}


def unreachable(register: RegisterInstelling) -> Onbereikbaar:
    return Onbereikbaar(
        f"{register.mensnaam} is niet bereikbaar. Kies Opnieuw. Blijft het zo, bel dan {_BEHEERDER}.",
        register=register.naam,
    )


def too_slow(register: RegisterInstelling) -> DuurtTeLang:
    return DuurtTeLang(
        f"{register.mensnaam} antwoordt niet op tijd. Kies Opnieuw, of ga verder met wat er wel is.",
        register=register.naam,
    )


def bad_certificate(register: RegisterInstelling) -> Onbereikbaar:
    return Onbereikbaar(
        f"De verbinding met {register.in_zin} is niet veilig: het certificaat klopt niet. "
        f"Vraag {_BEHEERDER} dit op te lossen.",
        register=register.naam,
        code="certificaat",
        opnieuw_helpt=False,
    )


def redirected(register: RegisterInstelling, status: int) -> OnverwachtAntwoord:
    return OnverwachtAntwoord(
        f"{register.mensnaam} verwijst naar een ander adres. Dat volgen we niet. "
        f"Vraag {_BEHEERDER} het adres in het profiel na te kijken.",
        register=register.naam,
        code="omleiding",
        http_status=status,
    )


def unusable(register: RegisterInstelling, reden: str, status: int | None = None) -> OnverwachtAntwoord:
    """Een antwoord dat niet te gebruiken is; `reden` is een zinsdeel van Ondeugdelijk."""
    return OnverwachtAntwoord(
        f"{register.mensnaam} gaf een onverwacht antwoord: {reden}. Meld dit bij {_BEHEERDER}.",
        register=register.naam,
        http_status=status,
    )


def cut_off(register: RegisterInstelling, status: int) -> OnverwachtAntwoord:
    return OnverwachtAntwoord(
        f"De verbinding met {register.in_zin} viel halverwege weg. Kies Opnieuw.",
        register=register.naam,
        code="afgebroken",
        opnieuw_helpt=True,
        http_status=status,
    )


def webpage(register: RegisterInstelling, status: int) -> OnverwachtAntwoord:
    return OnverwachtAntwoord(
        f"{register.mensnaam} stuurt een webpagina in plaats van gegevens. "
        f"Vraag {_BEHEERDER} het adres in het profiel na te kijken.",
        register=register.naam,
        code="webpagina",
        http_status=status,
    )


def read_code(antwoord: Antwoord) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """(code, invalidParams als paren (naam, code), instance) uit een foutlijf; leeg wat er niet is."""
    if not antwoord.is_json:
        return "", (), ""
    try:
        lijf: Any = parse(antwoord.lijf, object)
    except Ondeugdelijk:
        return "", (), ""
    if not isinstance(lijf, dict):
        return "", (), ""
    fouten = lijf.get("fout")  # KVK: {"fout": [{"code": "IPD5200"}]}
    if isinstance(fouten, list) and fouten and isinstance(fouten[0], dict):
        return _woord(fouten[0].get("code")), (), ""
    fouten = lijf.get("errors")  # Notify: {"errors": [{"error": "BadRequestError", "message": …}]}
    if isinstance(fouten, list) and fouten and isinstance(fouten[0], dict):
        return _woord(fouten[0].get("error")), (), ""
    params = lijf.get("invalidParams")
    velden = tuple(
        (_woord(p.get("name")), _woord(p.get("code")))
        for p in (params if isinstance(params, list) else [])[:20]
        if isinstance(p, dict)
    )
    if not velden and "code" not in lijf and "type" not in lijf:
        velden = tuple(_read_drf(lijf))[:20]
    instance = lijf.get("instance")
    kenmerk = (
        instance if isinstance(instance, str) and re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", instance) else ""
    )
    return _woord(lijf.get("code")), velden, kenmerk


def _read_drf(lijf: dict[str, Any], voor: str = "", diepte: int = 0) -> Iterator[tuple[str, str]]:
    """De velden uit een kale DRF-fout ({"reporter": {"phone": ["…"]}}), als ("reporter.phone", "invalid").

    De tekst telt niet: daar kan staan wat iemand typte. `detail` is geen veld.
    """
    for naam, waarde in lijf.items():
        woord = _woord(naam)
        if not woord or diepte > 4 or (woord == "detail" and not voor):
            continue
        if isinstance(waarde, dict):
            yield from _read_drf(waarde, f"{voor}{woord}.", diepte + 1)
        elif isinstance(waarde, list) and waarde and isinstance(waarde[0], str | dict):
            yield f"{voor}{woord}", "invalid"


def _woord(waarde: object) -> str:
    """Een code of veldnaam; iets anders, of met een reeks cijfers erin, wordt leeg."""
    if not isinstance(waarde, str) or not re.fullmatch(r"[A-Za-z0-9_.\-]{1,120}", waarde):
        return ""
    return "" if re.search(r"[0-9]{6}", waarde) else waarde


def to_fout(register: RegisterInstelling, antwoord: Antwoord) -> RegisterFout:
    """De fout bij een antwoord dat geen 2xx is."""
    status = antwoord.status
    if 300 <= status < 400:
        return redirected(register, status)
    code, velden, _ = read_code(antwoord)
    naam, wie = register.naam, register.mensnaam
    if status in (401, 403) and (code or status == 401 or not antwoord.is_webpagina):
        return _refused(register, status, code)
    if status == 429:
        zin = f"{wie} krijgt te veel vragen tegelijk. Wacht een minuut en kies Opnieuw."
        return Storing(zin, register=naam, code="te_druk", http_status=status, register_code=code)
    if status >= 500:
        zin = f"{wie} heeft een storing. Wacht even en kies Opnieuw."
        return Storing(zin, register=naam, http_status=status, register_code=code)
    if status == 413:  # ook van een server ervoor, dan als webpagina
        zin = f"Dit is te groot voor {register.in_zin}. Kies een kleiner bestand of een kortere tekst."
        return Afgekeurd(zin, register=naam, code="te_groot", http_status=status)
    if antwoord.is_webpagina:
        return webpage(register, status)
    # De download van Open Zaak zet bij een fout zijn eigen soort als kop en als inhoud.
    is_download = antwoord.koppen.get("content-type", "").startswith("application/octet-stream")
    if not antwoord.is_json and not is_download:
        return unusable(register, "het is niet te lezen", status)
    if status in (404, 410):
        zin = f"{wie} kent dit gegeven niet. Kijk na of u het goede gegeven hebt."
        return NietGevonden(zin, register=naam, http_status=status, register_code=code)
    zin = f"{wie} keurt de vraag af. Kijk na wat u hebt ingevuld. Blijft het zo, meld het bij {_BEHEERDER}."
    return Afgekeurd(zin, register=naam, http_status=status, register_code=code, velden=velden)


def _refused(register: RegisterInstelling, status: int, code: str) -> NietBevoegd:
    """Het token is bij elk verzoek nieuw: is het toch verlopen, dan loopt de klok van deze pc niet goed."""
    soort = "niet_bevoegd"
    zin = (
        f"Dit programma mag dit niet opvragen in {register.in_zin}. Vraag {_BEHEERDER} om het recht daarvoor."
    )
    if code in _KLOKCODES and register.login == "jwt":
        soort = "klok_onjuist"
        zin = (
            f"{register.mensnaam} weigert de toegang, omdat de klok van deze pc niet goed loopt. "
            f"Zet de klok gelijk, of bel {_BEHEERDER}."
        )
    elif code in _SLEUTELCODES or status == 401:
        soort = "sleutel_onjuist"
        zin = (
            f"{register.mensnaam} kent de sleutel van dit programma niet. "
            f"Vraag {_BEHEERDER} de sleutel opnieuw in te stellen."
        )
    return NietBevoegd(zin, register=register.naam, code=soort, http_status=status, register_code=code)
