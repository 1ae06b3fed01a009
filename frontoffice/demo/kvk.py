"""KVK Zoeken v2, Basisprofiel v1 en Vestigingsprofiel v1, alleen lezen.

Niets gevonden is 404 met IPD5200; dat is geen fout maar een leeg antwoord.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from frontoffice.demo.http import OORSPRONG, Antwoord, Json, Verzoek, dump, html_404
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Adres, Bedrijf

PAD = "/kvk"
SLEUTEL = "demo-kvk"
HAL = "application/hal+json"
BASIS = f"{OORSPRONG}/kvk"
MAX_RESULTATEN = 1000
ZOEKNAMEN = {
    "kvkNummer": r"[0-9]{8}",
    "rsin": r"[0-9]{9}",
    "vestigingsnummer": r"[0-9]{12}",
    "naam": r".+",
    "straatnaam": r".+",
    "plaats": r".+",
    "postcode": r"[0-9]{4}[A-Za-z]{2}",
    "huisnummer": r"[0-9]{1,5}",
    "huisletter": r"[A-Za-z]",
    "postbusnummer": r"[0-9]{1,5}",
    "type": r"hoofdvestiging|nevenvestiging|rechtspersoon",
    "inclusiefInactieveRegistraties": r"true|false",
    "pagina": r"[0-9]{1,4}",
    "resultatenPerPagina": r"[0-9]{1,3}",
}


class KvkFout(Exception):
    """Een fout met een IPD-code."""

    def __init__(self, status: int, code: str, omschrijving: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.omschrijving = omschrijving


class KvkApi:
    """Beantwoordt alles onder /kvk."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld

    def handle(self, verzoek: Verzoek) -> Antwoord:
        delen = verzoek.pad[len(PAD) :].split("/")[1:]
        routes: dict[tuple[str, ...], Callable[[Verzoek, list[str]], Json]] = {
            ("v2", "zoeken"): lambda v, _: self._zoeken(v),
            ("v1", "basisprofielen", "*"): lambda _, d: self._basisprofiel(self._bedrijf(d[2])),
            ("v1", "basisprofielen", "*", "eigenaar"): lambda _, d: self._eigenaar(self._bedrijf(d[2])),
            ("v1", "basisprofielen", "*", "hoofdvestiging"): lambda _, d: self._hoofd(self._bedrijf(d[2])),
            ("v1", "basisprofielen", "*", "vestigingen"): lambda _, d: self._vestigingen(self._bedrijf(d[2])),
            ("v1", "vestigingsprofielen", "*"): lambda _, d: self._vestigingsprofiel(d[2]),
        }
        sleutel = tuple("*" if i == 2 else deel for i, deel in enumerate(delen))
        if sleutel not in routes or "" in delen:
            return html_404("KVK API")
        koppen = {"api-version": "2.0.0" if delen[0] == "v2" else "1.3"}
        try:
            if not verzoek.is_centraal and verzoek.koppen.get("apikey") != SLEUTEL:
                raise KvkFout(401, "IPD0001", "Geen of onjuiste apikey aangeleverd.")
            if verzoek.methode not in ("GET", "HEAD"):
                raise KvkFout(405, "IPD0002", "Deze methode wordt niet ondersteund.")
            data = routes[sleutel](verzoek, delen)
        except KvkFout as fout:
            inhoud = dump({"fout": [{"code": fout.code, "omschrijving": fout.omschrijving}]})
            return Antwoord(fout.status, inhoud, koppen=koppen, verwijst=False)
        return Antwoord(200, dump(data), HAL, koppen)

    # --- zoeken -------------------------------------------------------------

    def _zoeken(self, verzoek: Verzoek) -> Json:
        for naam in verzoek.query:
            if naam not in ZOEKNAMEN:
                raise KvkFout(400, "IPD1004", f"De parameter {naam} is niet bekend.")
            for waarde in verzoek.query[naam]:
                if not re.fullmatch(ZOEKNAMEN[naam], waarde):
                    raise KvkFout(400, "IPD1006", f"De waarde van parameter {naam} is niet valide.")
        if not verzoek.query.keys() & (
            ZOEKNAMEN.keys() - {"type", "inclusiefInactieveRegistraties", "pagina", "resultatenPerPagina"}
        ):
            raise KvkFout(400, "IPD1003", "Er is geen zoekparameter opgegeven.")
        if ("huisnummer" in verzoek.query) != (
            "postcode" in verzoek.query
        ) and "postbusnummer" not in verzoek.query:
            raise KvkFout(400, "IPD1005", "Postcode en huisnummer mogen alleen samen gebruikt worden.")
        rijen = [rij for b in self.wereld.bedrijven for rij in self._regels(b) if self._past(verzoek, b, rij)]
        per = min(int(verzoek.waarde("resultatenPerPagina") or 10) or 10, 100)
        pagina = int(verzoek.waarde("pagina") or 1)
        deel = (
            [rij for rij, _ in rijen[:MAX_RESULTATEN][(pagina - 1) * per : pagina * per]]
            if pagina > 0
            else []
        )
        if not deel:
            raise KvkFout(
                404, "IPD5200", "Er zijn geen gegevens gevonden die voldoen aan de opgegeven zoekparameters."
            )
        uit: Json = {"pagina": pagina, "resultatenPerPagina": per, "totaal": len(rijen)}
        if pagina > 1:
            uit["vorige"] = self._pagina(verzoek, pagina - 1, per)
        if pagina * per < len(rijen):
            uit["volgende"] = self._pagina(verzoek, pagina + 1, per)
        return uit | {"resultaten": deel, "_links": {"self": {"href": self._pagina(verzoek, pagina, per)}}}

    @staticmethod
    def _pagina(verzoek: Verzoek, pagina: int, per: int) -> str:
        paren = [
            (n.lower(), w)
            for n, ws in verzoek.query.items()
            for w in ws
            if n not in ("pagina", "resultatenPerPagina")
        ]
        return f"{BASIS}/v2/zoeken?{urlencode([*paren, ('pagina', pagina), ('resultatenperpagina', per)])}"

    def _regels(self, b: Bedrijf) -> list[tuple[Json, Adres]]:
        """Een onderneming geeft een regel voor de rechtspersoon (met RSIN) en voor elke vestiging."""
        profiel = {"basisprofiel": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}"}}

        def regel(soort: str, adres: Adres, vestiging: str, naam: str) -> tuple[Json, Adres]:
            rij: Json = {"kvkNummer": b.kvk}
            if soort == "rechtspersoon":
                rij["rsin"] = b.rsin
            links = dict(profiel)
            if vestiging:
                rij["vestigingsnummer"] = vestiging
                links["vestigingsprofiel"] = {"href": f"{BASIS}/v1/vestigingsprofielen/{vestiging}"}
            adresdeel = {"type": "bezoekadres", "straatnaam": adres.straat, "plaats": adres.plaats}
            rij |= {
                "naam": naam,
                "adres": {"binnenlandsAdres": adresdeel},
                "type": soort,
                "actief": "Ja" if b.actief else "Nee",
                "_links": links,
            }
            return rij, adres

        regels = [regel("hoofdvestiging", b.adres, b.vestiging, b.naam)]
        if b.rsin:
            regels.insert(0, regel("rechtspersoon", b.adres, "", b.naam))
        if b.nevenadres:
            regels.append(
                regel("nevenvestiging", b.nevenadres, b.nevenvestiging, f"{b.naam} {b.nevenadres.plaats}")
            )
        return regels

    @staticmethod
    def _past(verzoek: Verzoek, b: Bedrijf, regel: tuple[Json, Adres]) -> bool:
        rij, adres = regel
        if not b.actief and verzoek.waarde("inclusiefInactieveRegistraties") != "true":
            return False
        for naam in ("kvkNummer", "rsin", "vestigingsnummer"):
            if naam in verzoek.query and rij.get(naam) != verzoek.waarde(naam):
                return False
        if "type" in verzoek.query and rij["type"] not in verzoek.query["type"]:
            return False
        woorden = verzoek.waarde("naam").lower().split()
        if woorden and not all(woord in rij["naam"].lower() for woord in woorden):
            return False
        if "postbusnummer" in verzoek.query or "huisletter" in verzoek.query:
            return False
        # De echte API vindt een postcode in kleine letters niet.
        for naam, waarde in (("straatnaam", adres.straat.lower()), ("plaats", adres.plaats.lower())):
            if naam in verzoek.query and verzoek.waarde(naam).lower() != waarde:
                return False
        if "postcode" in verzoek.query and verzoek.waarde("postcode") != adres.postcode:
            return False
        return "huisnummer" not in verzoek.query or int(verzoek.waarde("huisnummer")) == adres.huisnummer

    # --- profielen ----------------------------------------------------------

    def _bedrijf(self, kvk: str) -> Bedrijf:
        if not re.fullmatch(r"[0-9]{8}", kvk):
            raise KvkFout(400, "IPD0004", f"Het KVK-nummer {kvk} is niet valide.")
        bedrijf = self.wereld.bedrijf_op_kvk.get(kvk)
        if bedrijf is None:
            raise KvkFout(
                404, "IPD0005", f"Op basis van het KVK-nummer {kvk} kan het product niet worden geleverd."
            )
        return bedrijf

    def _basisprofiel(self, b: Bedrijf) -> Json:
        uit: Json = {
            "kvkNummer": b.kvk,
            "indNonMailing": _ja(b.non_mailing),
            "naam": b.naam,
            "formeleRegistratiedatum": b.sinds.strftime("%Y%m%d"),
            "materieleRegistratie": {"datumAanvang": b.sinds.strftime("%Y%m%d")},
        }
        if not b.actief:
            uit["materieleRegistratie"]["datumEinde"] = self.wereld.vandaag.replace(day=1).strftime("%Y%m%d")
        uit["totaalWerkzamePersonen"] = b.werkzaam
        if b.rsin:
            uit["statutaireNaam"] = b.naam
        uit |= {
            "handelsnamen": _handelsnamen(b),
            "sbiActiviteiten": _sbi(b),
            "_embedded": {"hoofdvestiging": self._hoofd(b), "eigenaar": self._eigenaar(b)},
            "_links": {"self": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}"}},
        }
        return uit

    def _eigenaar(self, b: Bedrijf) -> Json:
        uit: Json = {"rsin": b.rsin} if b.rsin else {}
        uit |= {"rechtsvorm": b.rechtsvorm, "uitgebreideRechtsvorm": b.rechtsvorm}
        if b.rsin:
            uit["adressen"] = [_adres(b, b.adres)]
        links = {
            "self": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}/eigenaar"},
            "basisprofiel": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}"},
        }
        return uit | {"_links": links}

    def _hoofd(self, b: Bedrijf) -> Json:
        return self._vestiging(b, b.vestiging, b.adres, b.naam, hoofd=True) | {
            "_links": {
                "self": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}/hoofdvestiging"},
                "basisprofiel": {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}"},
                "vestigingsprofiel": {"href": f"{BASIS}/v1/vestigingsprofielen/{b.vestiging}"},
            }
        }

    def _vestiging(self, b: Bedrijf, nummer: str, adres: Adres, naam: str, *, hoofd: bool) -> Json:
        return {
            "vestigingsnummer": nummer,
            "kvkNummer": b.kvk,
            "formeleRegistratiedatum": b.sinds.strftime("%Y%m%d"),
            "materieleRegistratie": {"datumAanvang": b.sinds.strftime("%Y%m%d")},
            "eersteHandelsnaam": naam,
            "indHoofdvestiging": _ja(hoofd),
            "indCommercieleVestiging": _ja(b.rechtsvorm not in ("Vereniging", "Stichting")),
            "totaalWerkzamePersonen": b.werkzaam,
            "adressen": [_adres(b, adres)],
            "sbiActiviteiten": _sbi(b),
        }

    def _vestigingen(self, b: Bedrijf) -> Json:
        rijen = [(b.vestiging, b.adres, b.naam, True)]
        if b.nevenadres:
            rijen.append((b.nevenvestiging, b.nevenadres, f"{b.naam} {b.nevenadres.plaats}", False))
        return {
            "kvkNummer": b.kvk,
            "aantalCommercieleVestigingen": len(rijen),
            "aantalNietCommercieleVestigingen": 0,
            "totaalAantalVestigingen": len(rijen),
            "vestigingen": [
                {
                    "vestigingsnummer": nummer,
                    "kvkNummer": b.kvk,
                    "eersteHandelsnaam": naam,
                    "indHoofdvestiging": _ja(hoofd),
                    "indAdresAfgeschermd": _ja(b.afgeschermd),
                    "indCommercieleVestiging": "Ja",
                    "volledigAdres": _adres(b, adres)["volledigAdres"],
                }
                for nummer, adres, naam, hoofd in rijen
            ],
        }

    def _vestigingsprofiel(self, nummer: str) -> Json:
        if not re.fullmatch(r"[0-9]{12}", nummer):
            raise KvkFout(400, "IPD0006", f"Het vestigingsnummer {nummer} is niet valide.")
        links = {"self": {"href": f"{BASIS}/v1/vestigingsprofielen/{nummer}"}}
        for b in self.wereld.bedrijven:
            if nummer in (b.vestiging, b.nevenvestiging):
                hoofd = nummer == b.vestiging
                adres = b.adres if hoofd or b.nevenadres is None else b.nevenadres
                naam = b.naam if hoofd else f"{b.naam} {adres.plaats}"
                uit = self._vestiging(b, nummer, adres, naam, hoofd=hoofd)
                links["basisprofiel"] = {"href": f"{BASIS}/v1/basisprofielen/{b.kvk}"}
                return uit | {
                    "indNonMailing": _ja(b.non_mailing),
                    "voltijdWerkzamePersonen": b.werkzaam,
                    "deeltijdWerkzamePersonen": 0,
                    "handelsnamen": [{"naam": naam, "volgorde": 0}],
                    "_links": links,
                }
        raise KvkFout(
            404,
            "IPD0007",
            f"Op basis van het vestigingsnummer {nummer} kan het product niet worden geleverd.",
        )


def _ja(waarde: bool) -> str:
    return "Ja" if waarde else "Nee"


def _handelsnamen(b: Bedrijf) -> list[Json]:
    namen = [b.naam] + ([f"{b.naam} {b.nevenadres.plaats}"] if b.nevenadres else [])
    return [{"naam": naam, "volgorde": i} for i, naam in enumerate(namen)]


def _sbi(b: Bedrijf) -> list[Json]:
    return [{"sbiCode": b.sbi[0], "sbiOmschrijving": b.sbi[1], "indHoofdactiviteit": "Ja"}]


def _adres(b: Bedrijf, adres: Adres) -> Json:
    """Een bezoekadres; `volledigAdres` heeft net als in het echt een lange rij spaties."""
    straat = f"{adres.straat} {adres.huisnummer}"
    return {
        "type": "bezoekadres",
        "indAfgeschermd": _ja(b.afgeschermd),
        "volledigAdres": f"{straat:<45}{adres.postcode} {adres.plaats}",
        "straatnaam": adres.straat,
        "huisnummer": adres.huisnummer,
        "postcode": adres.postcode,
        "plaats": adres.plaats,
        "land": "Nederland",
    }
