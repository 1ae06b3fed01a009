"""Eén persoon in de vorm van BRP Personen 2.7, en het uitkiezen van gevraagde velden.

Wat leeg, onbekend of nee is, wordt weggelaten, zoals in het echt. Namen volgen het naamgebruik.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from frontoffice.demo.http import Json
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.bron import format_lang
from frontoffice.demo.wereld.feiten import Adres, Geboorte, Persoon
from frontoffice.domain.taal import MAANDEN

_NAAM = (
    "voornamen",
    "voorvoegsel",
    "geslachtsnaam",
    "voorletters",
    "volledigeNaam",
    "adellijkeTitelPredicaat",
)
_ADRES = ("adresregel1", "adresregel2", "adresregel3", "land")
_BINNENLAND = (
    "officieleStraatnaam",
    "korteStraatnaam",
    "huisnummer",
    "huisletter",
    "huisnummertoevoeging",
    "aanduidingBijHuisnummer",
    "postcode",
    "woonplaats",
)
# Velden waarvoor deze afnemer geen machtiging heeft: 403 unauthorizedField.
NIET_GEMACHTIGD = ("verblijfstitel", "europeesKiesrecht", "uitsluitingKiesrecht", "aNummer")
# Wat bij elk veld vanzelf meekomt en nooit gevraagd mag worden.
_AUTOMATISCH = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding")
_GESLACHT = {"V": "vrouw", "M": "man", "O": "onbekend"}
_GEBRUIK = {
    "E": "eigen geslachtsnaam",
    "P": "geslachtsnaam partner",
    "V": "geslachtsnaam partner voor eigen geslachtsnaam",
    "N": "geslachtsnaam partner na eigen geslachtsnaam",
}


def _paden(boom: dict[str, Any], boven: str = "") -> list[str]:
    uit = []
    for naam, onder in boom.items():
        uit.append(boven + naam)
        if onder:
            uit += _paden(onder, f"{boven}{naam}.")
    return uit


def _boom(*namen: str) -> dict[str, Any]:
    return {naam: {} for naam in namen}


_WAARDE = _boom("code", "omschrijving")
_DATUM = _boom("datum", "langFormaat", "type", "jaar", "maand", "onbekend")
_GERELATEERD = {
    "naam": _boom(*_NAAM),
    "geboorte": {"datum": _DATUM, "plaats": _WAARDE, "land": _WAARDE},
    "burgerservicenummer": {},
}
BEPERKT = frozenset(
    _paden(
        {
            "burgerservicenummer": {},
            "geslacht": _WAARDE,
            "leeftijd": {},
            "naam": _boom(*_NAAM),
            "geboorte": {"datum": _DATUM},
            "adressering": {**_boom(*_ADRES), "land": _WAARDE},
            "adresseringBinnenland": _boom(*_ADRES[:2]),
        }
    )
)
VELDEN = BEPERKT | frozenset(
    _paden(
        {
            **_boom("aNummer", "indicatieCurateleRegister"),
            "indicatieGezagMinderjarige": _WAARDE,
            "gezag": {},
            "datumEersteInschrijvingGBA": _DATUM,
            "datumInschrijvingInGemeente": _DATUM,
            "gemeenteVanInschrijving": _WAARDE,
            "naam": {**_boom(*_NAAM), "aanduidingNaamgebruik": _WAARDE},
            "geboorte": {"datum": _DATUM, "plaats": _WAARDE, "land": _WAARDE},
            "overlijden": {"datum": _DATUM, "plaats": _WAARDE, "land": _WAARDE},
            "nationaliteiten": {
                "type": {},
                "nationaliteit": _WAARDE,
                "redenOpname": _WAARDE,
                "datumIngangGeldigheid": _DATUM,
            },
            "verblijfplaats": {
                **_boom("type", "adresseerbaarObjectIdentificatie", "nummeraanduidingIdentificatie"),
                "functieAdres": _WAARDE,
                "datumVan": _DATUM,
                "datumIngangGeldigheid": _DATUM,
                "verblijfadres": {
                    **_boom(*_BINNENLAND),
                    **_boom("regel1", "regel2", "regel3", "locatiebeschrijving"),
                    "land": _WAARDE,
                },
            },
            "verblijfplaatsBinnenland": {
                **_boom("type"),
                "functieAdres": _WAARDE,
                "datumVan": _DATUM,
                "verblijfadres": _boom(*_BINNENLAND),
            },
            "adressering": {
                **_boom(*_ADRES, "aanhef", "gebruikInLopendeTekst"),
                "aanschrijfwijze": _boom("naam", "aanspreekvorm"),
            },
            "adresseringBinnenland": {
                **_boom(*_ADRES[:2], "aanhef", "gebruikInLopendeTekst"),
                "aanschrijfwijze": _boom("naam", "aanspreekvorm"),
            },
            "partners": {
                **_GERELATEERD,
                "geslacht": _WAARDE,
                "soortVerbintenis": _WAARDE,
                "aangaanHuwelijkPartnerschap": {"datum": _DATUM, "plaats": _WAARDE, "land": _WAARDE},
            },
            "kinderen": _GERELATEERD,
            "ouders": {
                **_GERELATEERD,
                "geslacht": _WAARDE,
                "ouderAanduiding": {},
                "datumIngangFamilierechtelijkeBetrekking": _DATUM,
            },
            "immigratie": {"landVanwaarIngeschreven": _WAARDE, "datumVestigingInNederland": _DATUM},
            "verblijfstitel": {"aanduiding": _WAARDE, "datumEinde": _DATUM, "datumIngang": _DATUM},
            "europeesKiesrecht": {"aanduiding": _WAARDE, "einddatumUitsluiting": _DATUM},
            "uitsluitingKiesrecht": {"uitgeslotenVanKiesrecht": {}, "einddatum": _DATUM},
        }
    )
)


# --- datums en namen --------------------------------------------------------


def _datum(dag: date) -> Json:
    return {"type": "Datum", "datum": dag.isoformat(), "langFormaat": format_lang(dag)}


def _geboortedatum(g: Geboorte) -> Json:
    if not g.jaar:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if not g.maand:
        return {"type": "JaarDatum", "jaar": g.jaar, "langFormaat": str(g.jaar)}
    if not g.dag:
        return {
            "type": "JaarMaandDatum",
            "jaar": g.jaar,
            "maand": g.maand,
            "langFormaat": f"{MAANDEN[g.maand - 1]} {g.jaar}",
        }
    return _datum(date(g.jaar, g.maand, g.dag))


def _met_voorvoegsel(naam: tuple[str, str]) -> str:
    return " ".join(deel for deel in naam if deel)


def achternaam_in_gebruik(p: Persoon) -> str:
    """De achternaam volgens het naamgebruik: eigen, van de partner, of samen met een streepje."""
    eigen, partner = _met_voorvoegsel((p.voorvoegsel, p.achternaam)), _met_voorvoegsel(p.partnernaam)
    if not partner or p.naamgebruik == "E":
        return eigen
    return {"P": partner, "V": f"{partner}-{eigen}", "N": f"{eigen}-{partner}"}[p.naamgebruik]


def _naam(p: Persoon, *, gerelateerd: bool = False) -> Json:
    naam: Json = {"voornamen": p.voornamen}
    if p.voorvoegsel:
        naam["voorvoegsel"] = p.voorvoegsel
    naam |= {"geslachtsnaam": p.achternaam, "voorletters": p.voorletters}
    if not gerelateerd:
        naam["volledigeNaam"] = f"{p.voornamen} {_met_voorvoegsel((p.voorvoegsel, p.achternaam))}"
    return naam


def _adressering(p: Persoon, *, beperkt: bool) -> Json:
    uit: Json = {}
    if not beperkt:
        naam = achternaam_in_gebruik(p)
        aanspreek = {"V": "mevrouw", "M": "meneer"}.get(p.geslacht)
        aan = {"V": "mevrouw", "M": "heer"}.get(p.geslacht)
        # Na "mevrouw" of "heer" krijgt een voorvoegsel een hoofdletter.
        groot = naam[0].upper() + naam[1:]
        uit["aanhef"] = f"Geachte {aan} {groot}" if aan else f"Geachte {p.voorletters} {naam}"
        uit["aanschrijfwijze"] = {"naam": f"{p.voorletters} {naam}"}
        tekst = {"V": f"mevrouw {groot}", "M": f"de heer {groot}"}.get(p.geslacht, f"{p.voorletters} {naam}")
        uit["gebruikInLopendeTekst"] = tekst if aanspreek else f"{p.voorletters} {naam}"
    a = p.adres
    if a.land:
        uit |= {
            "adresregel1": a.regel1,
            "adresregel2": a.regel2,
            "land": {"code": a.land[0], "omschrijving": a.land[1]},
        }
    else:
        uit["adresregel1"] = (
            f"{a.straat} {a.huisnummer}{a.huisletter}{'-' + a.toevoeging if a.toevoeging else ''}"
        )
        uit["adresregel2"] = f"{a.postcode[:4]} {a.postcode[4:]} {a.plaats.upper()}"
    if p.onderzoek:
        uit["inOnderzoek"] = {
            "adresregel1": True,
            "adresregel2": True,
            "datumIngangOnderzoekVerblijfplaats": _datum(p.onderzoek),
        }
    return uit


def _verblijfplaats(p: Persoon, adres: Adres) -> Json:
    van = _datum(p.adres_sinds)
    if adres.land:
        land = {"code": adres.land[0], "omschrijving": adres.land[1]}
        return {
            "type": "VerblijfplaatsBuitenland",
            "verblijfadres": {"regel1": adres.regel1, "regel2": adres.regel2, "land": land},
            "datumVan": van,
        }
    verblijf: Json = {
        "officieleStraatnaam": adres.straat,
        "korteStraatnaam": adres.straat[:24],
        "huisnummer": adres.huisnummer,
    }
    if adres.huisletter:
        verblijf["huisletter"] = adres.huisletter
    if adres.toevoeging:
        verblijf["huisnummertoevoeging"] = adres.toevoeging
    verblijf |= {"postcode": adres.postcode, "woonplaats": adres.plaats}
    bag = f"{adres.huisnummer:05d}{sum(map(ord, adres.straat + adres.toevoeging)) % 100000:05d}"
    uit: Json = {
        "type": "Adres",
        "verblijfadres": verblijf,
        "functieAdres": {"code": "W", "omschrijving": "woonadres"},
        "adresseerbaarObjectIdentificatie": f"016801{bag}",
        "nummeraanduidingIdentificatie": f"016820{bag}",
        "datumVan": van,
        "datumIngangGeldigheid": van,
    }
    if p.onderzoek:
        sinds = {"datumIngangOnderzoek": _datum(p.onderzoek)}
        verblijf["inOnderzoek"] = {naam: True for naam in _BINNENLAND if naam in verblijf} | sinds
        uit["inOnderzoek"] = {
            "type": True,
            "datumVan": True,
            "datumIngangGeldigheid": True,
            "functieAdres": True,
        } | sinds
    return uit


# --- persoon ----------------------------------------------------------------


def make_persoon(wereld: Wereld, p: Persoon, *, beperkt: bool) -> Json:
    """De hele persoon; `beperkt` geeft de vorm die bij zoeken hoort."""
    uit: Json = {"burgerservicenummer": p.bsn}
    if p.geheim:
        uit["geheimhoudingPersoonsgegevens"] = True
    uit["geslacht"] = {"code": p.geslacht, "omschrijving": _GESLACHT[p.geslacht]}
    if p.geboorte.dag and p.overleden is None:
        uit["leeftijd"] = p.leeftijd
    uit["naam"] = _naam(p)
    uit["geboorte"] = {"datum": _geboortedatum(p.geboorte)}
    uit["adressering"] = _adressering(p, beperkt=beperkt)
    if p.overleden:
        uit["opschortingBijhouding"] = {
            "reden": {"code": "O", "omschrijving": "overlijden"},
            "datum": _datum(p.overleden),
        }
    elif p.adres.land:
        uit["opschortingBijhouding"] = {
            "reden": {"code": "E", "omschrijving": "emigratie"},
            "datum": _datum(p.adres_sinds),
        }
    if not beperkt:
        _add_volledig(wereld, p, uit)
    return uit


def _add_volledig(wereld: Wereld, p: Persoon, uit: Json) -> None:
    uit["naam"]["aanduidingNaamgebruik"] = {"code": p.naamgebruik, "omschrijving": _GEBRUIK[p.naamgebruik]}
    uit["geboorte"]["land"] = {"code": p.land[0], "omschrijving": p.land[1]}
    if p.geboorteplaats:
        uit["geboorte"]["plaats"] = {"omschrijving": p.geboorteplaats}
    uit["nationaliteiten"] = [
        {
            "type": "Nationaliteit",
            "nationaliteit": {"code": p.nationaliteit[0], "omschrijving": p.nationaliteit[1]},
        }
    ]
    uit["verblijfplaats"] = _verblijfplaats(p, p.adres)
    gemeente = ("1999", "Registratie Niet Ingezetenen (RNI)") if p.adres.land else ("0168", "Losser")
    uit["gemeenteVanInschrijving"] = {"code": gemeente[0], "omschrijving": gemeente[1]}
    uit["datumInschrijvingInGemeente"] = _datum(p.adres_sinds)
    if p.overleden:
        uit["overlijden"] = {
            "datum": _datum(p.overleden),
            "plaats": {"omschrijving": "Enschede"},
            "land": {"code": "6030", "omschrijving": "Nederland"},
        }
    if p.curatele:
        uit["indicatieCurateleRegister"] = True
    gezin = [q for q in wereld.personen if q.gezin == p.gezin and q.nummer != p.nummer]
    if p.is_ouder:
        partners = [q for q in gezin if q.is_ouder]
        if partners:
            uit["partners"] = [
                _gerelateerde(q)
                | {
                    "geslacht": {"code": q.geslacht, "omschrijving": _GESLACHT[q.geslacht]},
                    "soortVerbintenis": {"code": "H", "omschrijving": "huwelijk"},
                }
                for q in partners
            ]
        elif p.partnernaam[1]:
            uit["partners"] = [
                {
                    "naam": {"geslachtsnaam": p.partnernaam[1]}
                    | ({"voorvoegsel": p.partnernaam[0]} if p.partnernaam[0] else {}),
                    "soortVerbintenis": {"code": "H", "omschrijving": "huwelijk"},
                }
            ]
        kinderen = [_gerelateerde(q) for q in gezin if not q.is_ouder]
        if kinderen:
            uit["kinderen"] = kinderen
    else:
        uit["ouders"] = [
            _gerelateerde(q) | {"ouderAanduiding": str(i + 1)}
            for i, q in enumerate(q for q in gezin if q.is_ouder)
        ]


def _gerelateerde(p: Persoon) -> Json:
    return {
        "burgerservicenummer": p.bsn,
        "naam": _naam(p, gerelateerd=True),
        "geboorte": {"datum": _geboortedatum(p.geboorte)},
    }


# --- velden -----------------------------------------------------------------


def select_velden(persoon: Json, velden: list[str]) -> Json:
    """Alleen de gevraagde paden, plus wat vanzelf meekomt (geheimhouding, opschorting, in onderzoek)."""
    uit: Json = {naam: persoon[naam] for naam in _AUTOMATISCH if naam in persoon}
    for veld in velden:
        pad = veld.split(".")
        pad[0] = {"verblijfplaatsBinnenland": "verblijfplaats", "adresseringBinnenland": "adressering"}.get(
            pad[0], pad[0]
        )
        _neem_over(persoon, uit, pad)
    return uit


def _neem_over(bron: Any, doel: Any, pad: list[str]) -> None:
    naam, *rest = pad
    if not isinstance(bron, dict) or naam not in bron:
        return
    waarde = bron[naam]
    if "inOnderzoek" in bron:
        doel["inOnderzoek"] = bron["inOnderzoek"]
    # Een datum en een tabelwaarde komen altijd in hun geheel.
    if not rest or (isinstance(waarde, dict) and ("langFormaat" in waarde or "code" in waarde)):
        doel[naam] = waarde
    elif isinstance(waarde, list):
        onder = doel.setdefault(naam, [{} for _ in waarde])
        for van, naar in zip(waarde, onder, strict=True):
            if "type" in van:
                naar["type"] = van["type"]
            _neem_over(van, naar, rest)
    else:
        onder = doel.setdefault(naam, {})
        if naam == "verblijfplaats" and "type" in waarde:
            onder["type"] = waarde["type"]
        _neem_over(waarde, onder, rest)
