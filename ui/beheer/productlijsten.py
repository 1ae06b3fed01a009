"""De lijsten van een product als tabel: kosten op datum, wat men meeneemt en wie er komt, met voorwaarden.

Zegt hoe een regel een onderdeel wordt en terug; of het samen klopt, zegt de keuring van de agenda.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from frontoffice.agenda.inrichting import (
    Inrichting,
    Kosten,
    Meenemen,
    Product,
    Voorwaarde,
    Wanneer,
    WieKomt,
)
from ui.beheer.tabelveld import Cellen, Regels, Tabelkolom
from ui.beheer.velden import read_bedrag, read_datum, read_getal, show_bedrag, show_datum

_WANNEER = {Wanneer.AANVRAAG: "bij de aanvraag", Wanneer.OPHALEN: "bij het ophalen"}
_JA_NEE = {True: "ja", False: "nee"}
_OUDST = 150
_TALEN = {"de": "In het Duits", "en": "In het Engels"}


def omstandigheden(inrichting: Inrichting) -> dict[str, str]:
    """Wat een medewerker bij het boeken kan aanvinken, voor zover een product er nu om vraagt."""
    codes = {v.omstandigheid for p in inrichting.producten for v in _voorwaarden(p) if v.omstandigheid}
    return {code: code for code in sorted(codes)}


def _voorwaarden(product: Product) -> Iterable[Voorwaarde]:
    yield from (kosten.voorwaarde for kosten in product.kosten)
    yield from (meenemen.voorwaarde for meenemen in product.meenemen)
    yield from (wie.voorwaarde for wie in product.wie_komt)


# --- wat elke lijst gelijk heeft -------------------------------------------------------------------------


def _als_kolommen(inrichting: Inrichting) -> tuple[Tabelkolom, ...]:
    return (
        Tabelkolom("leeftijd", "Leeftijd", lees=read_leeftijd, toon=show_leeftijd, leeg=(None, None)),
        Tabelkolom("omstandigheid", "Alleen bij", "vrij", omstandigheden(inrichting), lees=_code),
    )


def _code(getypt: str) -> str:
    """ "Eerste keer" wordt "eerste_keer": zo heet wat de medewerker aanvinkt."""
    return "_".join(getypt.casefold().split())


def read_leeftijd(getypt: str) -> tuple[int | None, int | None]:
    """ "vanaf 12", "onder 18" of "12 tot 18" als (vanaf, onder). Raises ValueError met een zin."""
    kaal = " ".join(getypt.casefold().replace("jaar", " ").split())
    for patroon, plek in _LEEFTIJDEN:
        delen = re.fullmatch(patroon, kaal, re.ASCII)
        if delen:
            vanaf, onder = (int(delen[n]) if n else None for n in plek)
            if vanaf is not None and onder is not None and onder <= vanaf:
                raise ValueError(f"Niemand is vanaf {vanaf} en onder {onder} jaar.")
            if max(vanaf or 0, onder or 1) > _OUDST or onder == 0:
                raise ValueError(f"Kies een leeftijd van 1 tot en met {_OUDST} jaar.")
            return vanaf, onder
    raise ValueError('Schrijf de leeftijd als "vanaf 12", "onder 18" of "12 tot 18".')


def show_leeftijd(grenzen: tuple[int | None, int | None]) -> str:
    vanaf, onder = grenzen
    if vanaf is None:
        return f"onder {onder}"
    return f"vanaf {vanaf}" if onder is None else f"{vanaf} tot {onder}"


_LEEFTIJDEN = (
    (r"(?:vanaf |>= ?)?(\d{1,3})(?: ?\+| of ouder| en ouder)", (1, 0)),
    (r"(?:vanaf|>=) ?(\d{1,3})", (1, 0)),
    (r"(?:onder|jonger dan|tot|<) ?(\d{1,3})", (0, 1)),
    (r"(?:van |vanaf )?(\d{1,3}) tot (\d{1,3})", (1, 2)),
)


def _als_cellen(voorwaarde: Voorwaarde) -> Cellen:
    grenzen = voorwaarde.leeftijd_vanaf, voorwaarde.leeftijd_onder
    return {"leeftijd": grenzen, "omstandigheid": voorwaarde.omstandigheid}


def _als(w: Cellen) -> Voorwaarde:
    vanaf, onder = w["leeftijd"]
    return Voorwaarde(onder, vanaf, w["omstandigheid"])


def _taal_kolommen() -> tuple[Tabelkolom, ...]:
    return tuple(Tabelkolom(f"taal_{taal}", kop) for taal, kop in _TALEN.items())


def taal_cellen(vertaald: Mapping[str, str]) -> Cellen:
    return {f"taal_{taal}": vertaald.get(taal, "") for taal in _TALEN}


def make_vertaald(oud: Mapping[str, str], w: Cellen) -> Mapping[str, str]:
    """Andere talen dan hier staan, blijven."""
    anders = {taal: tekst for taal, tekst in oud.items() if taal not in _TALEN}
    return anders | {taal: w[f"taal_{taal}"] for taal in _TALEN if w[f"taal_{taal}"]}


# --- kosten ----------------------------------------------------------------------------------------------


def _make_kosten(oud: Kosten | None, w: Cellen) -> Kosten:
    basis = oud or Kosten(Decimal(0), w["geldig_van"])
    return replace(
        basis,
        bedrag=w["bedrag"],
        geldig_van=w["geldig_van"],
        geldig_tot=w["geldig_tot"],
        variant=w["variant"],
        bron=w["bron"],
        voorwaarde=_als(w),
    )


def kosten_regels(inrichting: Inrichting) -> Regels:
    return Regels(
        "prijs",
        (
            Tabelkolom("bedrag", "Bedrag (€)", lees=read_bedrag, toon=show_bedrag, leeg=None, nodig=True),
            Tabelkolom("geldig_van", "Vanaf", lees=read_datum, toon=show_datum, leeg=None, nodig=True),
            Tabelkolom("geldig_tot", "Tot en met", lees=read_datum, toon=show_datum, leeg=None),
            Tabelkolom("variant", "Soort prijs"),
            *_als_kolommen(inrichting),
            Tabelkolom("bron", "Waar het staat"),
        ),
        lambda k: {**vars(k), **_als_cellen(k.voorwaarde)},
        _make_kosten,
        ruim=6,
    )


# --- meenemen --------------------------------------------------------------------------------------------


def _make_meenemen(oud: Meenemen | None, w: Cellen) -> Meenemen:
    return replace(
        oud or Meenemen(""),
        tekst=w["tekst"],
        voorwaarde=_als(w),
        verplicht=w["verplicht"],
        wanneer=w["wanneer"],
        vertaald=make_vertaald(oud.vertaald if oud else {}, w),
    )


def meenemen_regels(inrichting: Inrichting) -> Regels:
    return Regels(
        "regel",
        (
            Tabelkolom("tekst", "Wat", nodig=True),
            Tabelkolom("wanneer", "Wanneer", "keuze", _WANNEER, nieuw=Wanneer.AANVRAAG),
            Tabelkolom("verplicht", "Verplicht", "keuze", _JA_NEE, nieuw=True),
            *_als_kolommen(inrichting),
            *_taal_kolommen(),
        ),
        lambda m: {**vars(m), **_als_cellen(m.voorwaarde), **taal_cellen(m.vertaald)},
        _make_meenemen,
    )


# --- wie komt --------------------------------------------------------------------------------------------


def _make_wie(oud: WieKomt | None, w: Cellen) -> WieKomt:
    return replace(
        oud or WieKomt(""),
        rol=w["rol"],
        aantal=w["aantal"],
        voorwaarde=_als(w),
        vervanging=w["vervanging"],
        toestemming_dagen=w["toestemming_dagen"],
        vertaald=make_vertaald(oud.vertaald if oud else {}, w),
        # Een vertaling van wat er eerst stond, klopt niet meer: dan liever het Nederlands op de brief.
        vervanging_vertaald=oud.vervanging_vertaald if oud and oud.vervanging == w["vervanging"] else {},
    )


def wie_regels(inrichting: Inrichting) -> Regels:
    return Regels(
        "persoon",
        (
            Tabelkolom("rol", "Wie", nodig=True),
            Tabelkolom("aantal", "Hoeveel", lees=read_getal, leeg=None, nodig=True, nieuw="1"),
            *_als_kolommen(inrichting),
            Tabelkolom("vervanging", "Of in de plaats daarvan"),
            Tabelkolom("toestemming_dagen", "Geldig (dagen)", lees=read_getal, leeg=None),
            *_taal_kolommen(),
        ),
        lambda k: {**vars(k), **_als_cellen(k.voorwaarde), **taal_cellen(k.vertaald)},
        _make_wie,
    )
