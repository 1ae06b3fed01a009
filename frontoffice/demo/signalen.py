"""Signalen v1 zoals een klant hem ziet: adressen, aanmelden, HAL-bladzijden en kale DRF-fouten.

Eigenaardigheden van de echte 2.50 zitten erin: zonder Authorization een 500 met een webpagina, 401 bij een
verkeerd token, 504 als de zoekindex plat ligt, en contactgegevens als ***** voor wie ze niet mag zien.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlencode

from frontoffice.demo.http import (
    HTML,
    OORSPRONG,
    Antwoord,
    ApiFout,
    Json,
    Verzoek,
    dump,
    html_404,
    niet_gevonden,
)
from frontoffice.demo.signaalbestand import BASIS, Signaal, Signaalbestand
from frontoffice.demo.signaalschrijven import Signaalschrijver, VeldFout
from frontoffice.demo.wereld import Wereld

PAD = "/signals/v1"
T = TypeVar("T")
TOKEN = "demo-meldingen"
ZONDER_CONTACT = "demo-meldingen-afgeschermd"
ALLEEN_LEZEN = "demo-meldingen-lezen"
WIE = "kif@losser.example"
INDEX_WEG, AFGESCHERMD = "index-weg", "afgeschermd"
_RECHTEN = (
    "sia_read", "sia_can_view_all_categories", "sia_signal_create_initial", "sia_signal_create_note",
    "sia_signal_change_status", "sia_add_attachment", "sia_can_view_contact_details",
)  # fmt: skip
_DETAIL = {
    401: "Login failed",
    403: "Je hebt geen toestemming om deze actie uit te voeren.",
    404: "Niet gevonden.",
    504: "The elastic cluster is unreachable",
}


class SignalenApi:
    """Beantwoordt alles onder /signals/v1."""

    def __init__(self, wereld: Wereld, nu: Callable[[], datetime] = lambda: datetime.now(tz=UTC)) -> None:
        self.bestand = Signaalbestand(wereld, nu)
        self._schrijver = Signaalschrijver(self.bestand)

    def handle(self, verzoek: Verzoek) -> Antwoord:
        delen = [deel for deel in verzoek.pad[len(PAD) :].split("/") if deel]
        koppen = {"X-Api-Version": "2.50.12"}
        try:
            if delen[:1] == ["public"]:
                return self._public(verzoek, delen[1:], koppen)
            if delen[:1] != ["private"]:
                return html_404("Signalen")
            if "authorization" not in verzoek.koppen:
                return Antwoord(
                    500, b"<!doctype html><h1>Server Error (500)</h1>", HTML, koppen, verwijst=False
                )
            token = self._check_token(verzoek)
            return self._private(verzoek, delen[1:], token, koppen)
        except VeldFout as fout:
            return Antwoord(400, dump(fout.velden), koppen=koppen)
        except ApiFout as fout:
            if fout.params:
                return Antwoord(400, dump({naam: [reden] for naam, _, reden in fout.params}), koppen=koppen)
            detail = fout.detail or _DETAIL.get(fout.status, "Fout")
            return Antwoord(fout.status, dump({"detail": detail}), koppen=koppen)

    @staticmethod
    def _check_token(verzoek: Verzoek) -> str:
        soort, _, token = verzoek.koppen["authorization"].partition(" ")
        if verzoek.is_centraal:
            return TOKEN
        if soort != "Bearer" or token not in (TOKEN, ZONDER_CONTACT, ALLEEN_LEZEN):
            raise ApiFout(401, "authentication_failed")
        return token

    # --- openbaar -----------------------------------------------------------

    def _public(self, verzoek: Verzoek, delen: list[str], koppen: dict[str, str]) -> Antwoord:
        if delen != ["terms", "categories"]:
            return html_404("Signalen")
        hoofden: dict[str, Json] = {}
        for soort in self.bestand.soorten.values():
            eigen = f"{BASIS}/public/terms/categories/{soort.hoofdslug}"
            hoofd = hoofden.setdefault(
                soort.hoofdslug,
                {
                    "_links": {"self": {"href": eigen}},
                    "_display": soort.hoofdnaam,
                    "name": soort.hoofdnaam,
                    "slug": soort.hoofdslug,
                    "public_name": None,
                    "sub_categories": [],
                },
            )
            hoofd["sub_categories"].append(
                {
                    "_links": {"self": {"href": f"{eigen}/sub_categories/{soort.slug}"}},
                    "_display": f"{soort.naam} ({soort.hoofdnaam})",
                    "name": soort.naam,
                    "slug": soort.slug,
                    "handling": "REST",
                    "departments": [
                        {"code": soort.afdeling, "name": self.bestand.afdelingen[soort.afdeling]}
                    ],
                    "is_active": True,
                    "description": soort.omschrijving,
                    "handling_message": soort.belofte,
                    "public_name": None,
                }
            )
        return Antwoord(200, dump(_pagina(verzoek, list(hoofden.values()), lambda h: h)), koppen=koppen)

    # --- met token ----------------------------------------------------------

    def _private(self, verzoek: Verzoek, delen: list[str], token: str, koppen: dict[str, str]) -> Antwoord:
        afgeschermd = token == ZONDER_CONTACT or verzoek.storing == AFGESCHERMD
        schrijft = verzoek.methode not in ("GET", "HEAD")
        if schrijft and token == ALLEEN_LEZEN:
            raise ApiFout(403, "permission_denied")
        status = 200
        data: object = None
        with self.bestand.slot:
            if delen == ["signals"]:
                if schrijft:
                    rij = self._schrijver.create(verzoek, WIE)
                    status, data = 201, self.bestand.render(rij, afgeschermd=afgeschermd, lijst=True)
                else:
                    data = self._lijst(verzoek, self.bestand.find(verzoek), afgeschermd)
            elif delen == ["search"]:
                if verzoek.storing == INDEX_WEG:
                    raise ApiFout(504, "gateway_timeout")
                rijen = self.bestand.search(verzoek.waarde("q"))
                if verzoek.waarde("ordering"):
                    rijen.sort(key=lambda r: r.om, reverse=verzoek.waarde("ordering").startswith("-"))
                data = self._lijst(verzoek, rijen, afgeschermd)
            elif delen == ["signals", "geography"]:
                data = {
                    "type": "FeatureCollection",
                    "features": [_op_kaart(r) for r in self.bestand.find(verzoek)],
                }
            elif delen == ["sources"]:
                data = _pagina(verzoek, list(enumerate(self.bestand.bronnen, start=1)), _render_bron)
            elif delen == ["me"]:
                data = {"username": WIE, "is_superuser": False, "roles": [], "permissions": _rechten(token)}
            elif delen[:1] == ["signals"] and len(delen) > 1:
                status, data = self._van_melding(verzoek, delen[1:], afgeschermd)
            else:
                return html_404("Signalen")
        return Antwoord(status, dump(data), koppen=koppen)

    def _van_melding(self, verzoek: Verzoek, delen: list[str], afgeschermd: bool) -> tuple[int, object]:
        rij = self.bestand.load(delen[0])
        wat, methode = "/".join(delen[1:]), verzoek.methode
        if not wat and methode == "PATCH":
            self._schrijver.change(rij, verzoek, WIE)
        if not wat:
            return 200, self.bestand.render(rij, afgeschermd=afgeschermd, lijst=False)
        if wat == "history":
            return 200, self.bestand.render_historie(rij, verzoek.waarde("what"))
        if wat == "attachments" and methode == "POST":
            return 201, self._schrijver.attach(rij, verzoek, WIE)
        if wat == "attachments":
            return 200, _pagina(verzoek, rij.bijlagen, lambda b: b)
        if wat == "email/preview" and methode == "POST":
            return 200, self._schrijver.preview(rij, verzoek)
        if wat == "context":
            eigen = [
                r for r in self.bestand.rijen.values() if rij.email and r.email.lower() == rij.email.lower()
            ]
            telling = {"signal_count": len(eigen), "open_count": 0, "positive_count": 0, "negative_count": 0}
            nabij = {"signal_count": len(self.bestand.find_nabij(rij))}
            return 200, {"near": nabij, "reporter": telling if rij.email else None}
        if wat == "context/near/geography":
            return 200, {
                "type": "FeatureCollection",
                "features": [_op_kaart(r) for r in self.bestand.find_nabij(rij)],
            }
        raise niet_gevonden()

    def _lijst(self, verzoek: Verzoek, rijen: list[Signaal], afgeschermd: bool) -> Json:
        return _pagina(
            verzoek, rijen, lambda rij: self.bestand.render(rij, afgeschermd=afgeschermd, lijst=True)
        )


def _pagina(verzoek: Verzoek, rijen: list[T], render: Callable[[T], Json]) -> Json:
    """HAL: _links, count, results; een pagina voorbij het eind is 404."""
    tekst, nummertekst = verzoek.waarde("page_size"), verzoek.waarde("page") or "1"
    per = min(int(tekst), 4000) if tekst.isascii() and tekst.isdigit() and int(tekst) > 0 else 100
    laatste = max(1, -(-len(rijen) // per))
    nummer = int(nummertekst) if nummertekst.isascii() and nummertekst.isdigit() else 0
    if not 1 <= nummer <= laatste:
        raise niet_gevonden("Ongeldige pagina.")

    def adres(pagina: int) -> str:
        paren = [(n, w) for n, waarden in verzoek.query.items() for w in waarden if n != "page"]
        paren += [("page", str(pagina))] if pagina > 1 else []
        return f"{OORSPRONG}{verzoek.pad}" + (f"?{urlencode(paren)}" if paren else "")

    return {
        "_links": {
            "self": {"href": adres(nummer)},
            "next": {"href": adres(nummer + 1) if nummer < laatste else None},
            "previous": {"href": adres(nummer - 1) if nummer > 1 else None},
        },
        "count": len(rijen),
        "results": [render(rij) for rij in rijen[(nummer - 1) * per : nummer * per]],
    }


def _op_kaart(rij: Signaal) -> Json:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(rij.punt)},
        "properties": {"id": rij.nummer, "created_at": rij.om.isoformat()},
    }


def _render_bron(paar: tuple[int, list[object]]) -> Json:
    """Of een bron openbaar is, zegt Signalen niet; dat blijkt pas bij het maken."""
    nummer, (naam, actief, te_kiezen, _) = paar
    return {"id": nummer, "name": naam, "description": "", "is_active": actief, "can_be_selected": te_kiezen}


def _rechten(token: str) -> list[Json]:
    codes = _RECHTEN[:2] if token == ALLEEN_LEZEN else _RECHTEN[:6] if token == ZONDER_CONTACT else _RECHTEN
    return [{"codename": code} for code in codes]
