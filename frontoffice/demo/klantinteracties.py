"""Klantinteracties zoals Open Klant 2.18 ze geeft: adressen, aanmelden, lezen en schrijven.

De lijsten staan in `klantlijsten`, het schrijven in `klantschrijven`. Wijzigen kan alleen een interne taak;
andere wijzigingen en verwijderen geven 405.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from frontoffice.demo.http import (
    Antwoord,
    ApiFout,
    Json,
    Verzoek,
    check_accept,
    check_namen,
    django_fout,
    dump,
    html_404,
    lees_expand,
    niet_gevonden,
)
from frontoffice.demo.klantbestand import Klantbestand
from frontoffice.demo.klantfilters import FILTERS
from frontoffice.demo.klantlijsten import Klantlijsten
from frontoffice.demo.klantrijen import EXPAND, Klantrijen
from frontoffice.demo.klantschrijven import MAAK, Klantschrijver
from frontoffice.demo.wereld import Wereld

PAD = "/klantinteracties/api/v1"
TOKEN = "demo-klantinteracties"


class KlantinteractiesApi:
    """Beantwoordt alles onder /klantinteracties/api/v1."""

    def __init__(self, wereld: Wereld, nu: Callable[[], datetime] = lambda: datetime.now(tz=UTC)) -> None:
        self.bestand = Klantbestand(wereld)
        self.rijen = Klantrijen(self.bestand)
        self._lijsten = Klantlijsten(self.bestand, self.rijen)
        self._schrijver = Klantschrijver(self.bestand, self.rijen, nu)
        # Wordt geroepen tussen nakijken en bijschrijven; een storing kan daar wachten.
        self.kier: Callable[[], object] = lambda: None

    def handle(self, verzoek: Verzoek) -> Antwoord:
        delen = verzoek.pad[len(PAD) :].split("/")[1:]
        bron = delen[0] if delen else ""
        maak = bron == MAAK
        if (bron not in FILTERS and not maak) or len(delen) > 2 - maak or (len(delen) == 2 and not delen[1]):
            return html_404("Open Klant")
        detail = len(delen) == 2
        methoden = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS" if detail else "GET, POST, HEAD, OPTIONS"
        koppen = {"API-version": "0.9.0", "Allow": "POST, OPTIONS" if maak else methoden}
        try:
            check_accept(verzoek)
            self._check_token(verzoek)
            if verzoek.methode in ("GET", "HEAD") and not maak:
                with self.bestand.slot:
                    data = self._detail(bron, delen[1], verzoek) if detail else self._lijst(bron, verzoek)
                return Antwoord(200, dump(data), koppen=koppen)
            if verzoek.methode == "POST" and not detail:
                data = self._schrijver.make(bron, verzoek, self.kier)
                if not maak:
                    koppen["Location"] = data["url"]
                return Antwoord(201, dump(data), koppen=koppen)
            if verzoek.methode == "PATCH" and detail and bron == "internetaken":
                return Antwoord(200, dump(self._schrijver.change_taak(delen[1], verzoek)), koppen=koppen)
            raise ApiFout(405, "method_not_allowed", f'Methode "{verzoek.methode}" niet toegestaan.')
        except ApiFout as fout:
            if fout.status == 401:
                koppen["WWW-Authenticate"] = "Token"
            return django_fout(fout, verzoek, "Ongeldige invoerwaarde.", koppen)

    @staticmethod
    def _check_token(verzoek: Verzoek) -> None:
        if verzoek.is_centraal:
            return
        soort, _, token = verzoek.koppen.get("authorization", "").partition(" ")
        if soort.lower() != "token":
            raise ApiFout(401, "not_authenticated")
        if token.strip() != TOKEN:
            raise ApiFout(
                401, "authentication_failed", "Ongeldige token.", titel="Ongeldige authenticatiegegevens."
            )

    def _lijst(self, bron: str, verzoek: Verzoek) -> Json:
        check_namen(verzoek, [*FILTERS[bron], "page", "pageSize"])
        return self._lijsten.answer(bron, verzoek)

    def _detail(self, bron: str, uuid: str, verzoek: Verzoek) -> Json:
        rijen = self.rijen
        expand = lees_expand(verzoek, EXPAND.get(bron, ())) if bron in EXPAND else []
        check_namen(verzoek, ["expand"] if bron in EXPAND else [])
        rij = self.bestand.on_uuid(bron).get(uuid.lower())
        if rij is None:
            raise niet_gevonden()
        return rijen.render(bron, [rij], expand)[0]
