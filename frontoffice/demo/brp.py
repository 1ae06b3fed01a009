"""BRP Personen bevragen 2.7 (Haal Centraal): één POST /personen met vijf soorten vragen.

Controleert parameters en `fields` zoals RvIG dat doet en levert alleen wat gevraagd is. De persoon zelf
komt uit `brppersoon`. Doelbinding wordt niet gecontroleerd: dat doet de gateway ervoor.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from frontoffice.demo.brppersoon import BEPERKT, NIET_GEMACHTIGD, VELDEN, make_persoon, select_velden
from frontoffice.demo.http import Antwoord, Json, Verzoek, dump, html_404
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Persoon

PAD = "/brp"
SLEUTEL = "demo-brp"
PROBLEEM = "application/problem+json"
MAX_GEVONDEN = 10
_RFC = "https://datatracker.ietf.org/doc/html/rfc7231#section-"
_NAAM = r"[a-zA-Z0-9À-ž \.\-\']{1,200}|[a-zA-Z0-9À-ž \.\-\']{3,199}\*"
_DATUM = r"\d{4}-\d{2}-\d{2}"
_POSTCODE = r"[1-9][0-9]{3} ?[A-Za-z]{2}"
# Per vraag: parameter -> (patroon, verplicht).
VRAGEN: dict[str, dict[str, tuple[str, bool]]] = {
    "RaadpleegMetBurgerservicenummer": {"burgerservicenummer": (r"[0-9]{9}", True)},
    "ZoekMetGeslachtsnaamEnGeboortedatum": {
        "geslachtsnaam": (_NAAM, True),
        "geboortedatum": (_DATUM, True),
        "geslacht": (r"[MmVvOo]", False),
        "voorvoegsel": (r"[a-zA-Z ']{1,10}", False),
        "voornamen": (r"[a-zA-Z0-9À-ž \.\-\']{1,199}\*?", False),
    },
    "ZoekMetNaamEnGemeenteVanInschrijving": {
        "geslachtsnaam": (_NAAM, True),
        "voornamen": (_NAAM, True),
        "gemeenteVanInschrijving": (r"[0-9]{4}", True),
        "geslacht": (r"[MmVvOo]", False),
        "voorvoegsel": (r"[a-zA-Z ']{1,10}", False),
    },
    "ZoekMetPostcodeEnHuisnummer": {
        "postcode": (_POSTCODE, True),
        "huisnummer": (r"[0-9]{1,5}", True),
        "huisletter": (r"[a-zA-Z]", False),
        "huisnummertoevoeging": (r"[a-zA-Z0-9 \-]{1,4}", False),
        "geslachtsnaam": (_NAAM, False),
        "geboortedatum": (_DATUM, False),
    },
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": {
        "straat": (
            r"[a-zA-Z0-9À-ž \-\'\.]{1,80}|[a-zA-Z0-9À-ž \-\'\.]{7,79}\*|\*[a-zA-Z0-9À-ž \-\'\.]{7,79}",
            True,
        ),
        "huisnummer": (r"[0-9]{1,5}", True),
        "gemeenteVanInschrijving": (r"[0-9]{4}", True),
        "huisletter": (r"[a-zA-Z]", False),
        "huisnummertoevoeging": (r"[a-zA-Z0-9 \-]{1,4}", False),
    },
}


class BrpFout(Exception):
    """Een fout in de vorm van RFC 7807 met de code van RvIG."""

    def __init__(
        self, status: int, code: str, titel: str, detail: str = "", params: list[Json] | None = None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.titel = titel
        self.detail = detail
        self.params = params or []


def _param(naam: str, code: str, reden: str) -> Json:
    return {"name": naam, "code": code, "reason": reden}


def _params_fout(params: list[Json]) -> BrpFout:
    namen = ", ".join(p["name"] for p in params)
    titel = "Een of meerdere parameters zijn niet correct."
    return BrpFout(400, "paramsValidation", titel, f"De foutieve parameter(s) zijn: {namen}.", params)


def plat(tekst: str) -> str:
    """Kleine letters zonder tekens erop: zoeken mag met en zonder diakrieten."""
    tekst = tekst.translate(str.maketrans("łŁıßøØ", "lLisoO"))
    return "".join(c for c in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(c)).lower()


def _past(patroon: str, waarde: str) -> bool:
    """Gelijk, of met `*` aan het eind of begin een deel."""
    zoek, naam = plat(patroon), plat(waarde)
    if zoek.endswith("*"):
        return naam.startswith(zoek[:-1])
    return naam.endswith(zoek[1:]) if zoek.startswith("*") else naam == zoek


class BrpApi:
    """Beantwoordt POST /brp/personen."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld

    def handle(self, verzoek: Verzoek) -> Antwoord:
        if verzoek.pad != f"{PAD}/personen":
            return html_404("BRP API")
        koppen = {"api-version": "2.7.0"}
        try:
            data = self._vraag(verzoek)
        except BrpFout as fout:
            return Antwoord(fout.status, dump(_foutbericht(fout)), PROBLEEM, koppen, verwijst=False)
        return Antwoord(200, dump(data), "application/json; charset=utf-8", koppen, verwijst=False)

    def _vraag(self, verzoek: Verzoek) -> Json:
        if not verzoek.is_centraal and verzoek.koppen.get("x-api-key") != SLEUTEL:
            raise BrpFout(401, "authentication", "Niet correct geauthenticeerd.")
        if verzoek.methode != "POST":
            raise BrpFout(405, "methodNotAllowed", "Method Not Allowed")
        if not any(
            s in verzoek.koppen.get("accept", "*/*") for s in ("*/*", "application/*", "application/json")
        ):
            raise BrpFout(406, "notAcceptable", "Gevraagde contenttype wordt niet ondersteund.")
        if verzoek.koppen.get("content-type", "").split(";")[0].strip() != "application/json":
            raise BrpFout(415, "unsupportedMediaType", "Media Type wordt niet ondersteund.")
        try:
            body = json.loads(verzoek.inhoud)
        except ValueError:
            raise _params_fout([_param("body", "json", "Waarde is geen geldige JSON.")]) from None
        if not isinstance(body, dict):
            raise _params_fout([_param("body", "object", "Waarde is geen object.")])
        soort = self._check(body)
        personen = self._zoek(soort, body)
        velden: list[str] = body["fields"]
        uit = [select_velden(make_persoon(self.wereld, p, beperkt=soort[0] == "Z"), velden) for p in personen]
        return {"type": soort, "personen": uit}

    # --- controle -----------------------------------------------------------

    def _check(self, body: Json) -> str:
        soort = body.get("type")
        if not soort:
            raise _params_fout([_param("type", "required", "Parameter is verplicht.")])
        if soort not in VRAGEN:
            raise _params_fout([_param("type", "value", "Waarde is geen geldig zoek type.")])
        regels = VRAGEN[soort]
        fouten = self._check_velden(body.get("fields"), beperkt=soort[0] == "Z")
        for naam, (patroon, verplicht) in regels.items():
            fouten += _check_waarde(
                naam, body.get(naam), patroon, verplicht=verplicht, lijst=naam == "burgerservicenummer"
            )
        extra = {"gemeenteVanInschrijving"} | ({"inclusiefOverledenPersonen"} if soort[0] == "Z" else set())
        for naam in body:
            if naam not in regels and naam not in extra and naam not in ("type", "fields"):
                fouten.append(_param(naam, "unknownParam", "Parameter is niet verwacht."))
        if fouten:
            raise _params_fout(fouten)
        for veld in body["fields"]:
            if veld.split(".")[0] in NIET_GEMACHTIGD:
                raise BrpFout(
                    403,
                    "unauthorizedField",
                    "U bent niet geautoriseerd voor één of meerdere opgegeven field waarden.",
                    f"Niet geautoriseerd voor: {veld}.",
                )
        return str(soort)

    @staticmethod
    def _check_velden(velden: Any, *, beperkt: bool) -> list[Json]:
        """Bekende paden, geen automatisch geleverde, en bij zoeken alleen wat PersoonBeperkt kent."""
        if velden is None:
            return [_param("fields", "required", "Parameter is verplicht.")]
        if not isinstance(velden, list):
            return [_param("fields", "array", "Parameter is geen array.")]
        if not velden:
            return [_param("fields", "minItems", "Array bevat minder dan 1 items.")]
        if len(velden) > 130:
            return [_param("fields", "maxItems", "Array bevat meer dan 130 items.")]
        bekend = BEPERKT if beperkt else VELDEN
        fouten = []
        for plek, veld in enumerate(velden):
            naam = f"fields[{plek}]"
            if not isinstance(veld, str) or not re.fullmatch(r"[a-zA-Z0-9._]{1,200}", veld):
                fouten.append(
                    _param(naam, "pattern", "Waarde voldoet niet aan patroon ^[a-zA-Z0-9\\._]{1,200}$.")
                )
            elif veld.split(".")[0] in (
                "geheimhoudingPersoonsgegevens",
                "opschortingBijhouding",
                "rni",
                "verificatie",
            ) or ("inOnderzoek" in veld.split(".")):
                fouten.append(_param(naam, "fields", "Parameter bevat een niet toegestane veldnaam."))
            elif veld not in bekend:
                fouten.append(_param(naam, "fields", "Parameter bevat een niet bestaande veldnaam."))
        return fouten

    # --- zoeken -------------------------------------------------------------

    def _zoek(self, soort: str, body: Json) -> list[Persoon]:
        if soort == "RaadpleegMetBurgerservicenummer":
            gevonden = [
                self.wereld.persoon_op_bsn[b]
                for b in dict.fromkeys(body["burgerservicenummer"])
                if b in self.wereld.persoon_op_bsn
            ]
        else:
            gevonden = self._zoek_op_kenmerk(soort, body)
        gemeente = body.get("gemeenteVanInschrijving")
        if gemeente:
            gevonden = [p for p in gevonden if gemeente == ("0168" if p.adres.land is None else "1999")]
        if len(gevonden) > MAX_GEVONDEN and soort[0] == "Z":
            raise BrpFout(
                400,
                "tooManyResults",
                "Teveel zoekresultaten.",
                "Meer dan maximum van 10 zoekresultaten gevonden. Verfijn de zoekopdracht.",
            )
        return gevonden

    def _zoek_op_kenmerk(self, soort: str, body: Json) -> list[Persoon]:
        toetsen: list[Callable[[Persoon], bool]] = []
        if not body.get("inclusiefOverledenPersonen"):
            toetsen.append(lambda p: p.overleden is None)
        if naam := body.get("geslachtsnaam"):
            toetsen.append(lambda p: _past(naam, p.achternaam))
        if voornamen := body.get("voornamen"):
            toetsen.append(lambda p: _past(voornamen, p.voornamen))
        if "voorvoegsel" in body:
            toetsen.append(lambda p: p.voorvoegsel.lower() == body["voorvoegsel"].lower())
        if "geslacht" in body:
            toetsen.append(lambda p: p.geslacht == body["geslacht"].upper())
        if "geboortedatum" in body:
            # Een onbekende maand of dag telt als 00 en wordt met een volledige datum dus niet gevonden.
            toetsen.append(lambda p: "{:04d}-{:02d}-{:02d}".format(*p.geboorte) == body["geboortedatum"])
        if "postcode" in body:
            toetsen.append(lambda p: p.adres.postcode == body["postcode"].replace(" ", "").upper())
        if "straat" in body:
            toetsen.append(lambda p: _past(body["straat"], p.adres.straat))
        if "huisnummer" in body:
            toetsen.append(lambda p: p.adres.huisnummer == int(body["huisnummer"]))
        if "huisletter" in body:
            toetsen.append(lambda p: p.adres.huisletter.upper() == body["huisletter"].upper())
        if "huisnummertoevoeging" in body:
            toetsen.append(lambda p: p.adres.toevoeging.lower() == body["huisnummertoevoeging"].lower())
        return [p for p in self.wereld.personen if all(toets(p) for toets in toetsen)]


def _check_waarde(naam: str, waarde: Any, patroon: str, *, verplicht: bool, lijst: bool) -> list[Json]:
    if waarde is None or waarde in ("", []):
        return [_param(naam, "required", "Parameter is verplicht.")] if verplicht else []
    if lijst:
        if not isinstance(waarde, list):
            return [_param(naam, "array", "Parameter is geen array.")]
        if len(waarde) > 20:
            return [_param(naam, "maxItems", "Array bevat meer dan 20 items.")]
        fouten = []
        for plek, deel in enumerate(waarde):
            fouten += _check_waarde(f"{naam}[{plek}]", deel, patroon, verplicht=True, lijst=False)
        return fouten
    if (
        naam == "huisnummer"
        and not isinstance(waarde, int)
        and not (isinstance(waarde, str) and waarde.isdigit())
    ):
        return [_param(naam, "integer", "Waarde is geen geldig getal.")]
    if not re.fullmatch(patroon, str(waarde)):
        return [_param(naam, "pattern", f"Waarde voldoet niet aan patroon ^{patroon}$.")]
    if naam == "geboortedatum":
        try:
            date.fromisoformat(str(waarde))
        except ValueError:
            return [_param(naam, "date", "Waarde is geen geldige datum.")]
    return []


def _foutbericht(fout: BrpFout) -> Json:
    plek = {400: "6.5.1", 401: "6.5.1", 403: "6.5.3", 405: "6.5.5", 406: "6.5.6", 415: "6.5.13"}[fout.status]
    data: Json = {
        "type": f"{_RFC}{plek}",
        "title": fout.titel,
        "status": fout.status,
        "detail": fout.detail,
        "instance": "/haalcentraal/api/brp/personen",
        "code": fout.code,
    }
    if not fout.detail:
        del data["detail"]
    if fout.params:
        data["invalidParams"] = fout.params
    return data
