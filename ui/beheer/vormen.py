"""Welke velden elk onderdeel van de inrichting heeft, en hoe er weer een onderdeel van wordt.

Eén `Vorm` per soort; het scherm eromheen is voor alle soorten hetzelfde. Keurt niet: dat doet de agenda.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import (
    LAATSTE_WEEK,
    Feestdag,
    FeestdagBeleid,
    Inrichting,
    Locatie,
    Openingsregel,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.mensvormen import BALIES, MEDEWERKERS
from ui.beheer.productvorm import PRODUCTEN
from ui.beheer.samenvormen import BEHOEFTEN, COMBINATIES
from ui.beheer.velden import (
    Datumveld,
    Getalveld,
    Keuzeveld,
    Puntenveld,
    Tekstveld,
    Tijdveld,
    Veld,
    Vinkenveld,
    Vinkveld,
    Woordenveld,
    show_datum,
)
from ui.beheer.vorm import Veldfout, Vorm, Waarden, nieuw_id

_BELEID = {
    FeestdagBeleid.GESLOTEN: "dicht",
    FeestdagBeleid.VROEG_DICHT: "eerder dicht",
    FeestdagBeleid.OPEN: "gewoon open",
}
_WEKEN = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", LAATSTE_WEEK: "laatste"}
_ELK_JAAR, _EEN_DAG = "elk jaar op een vaste dag", "één datum"


# --- openingstijden --------------------------------------------------------------------------------------


def _regel_rij(regel: Openingsregel, vandaag: date) -> tuple[str, str]:
    dagen = woorden.opsomming(taal.DAGEN[dag] for dag in sorted(regel.weekdagen)) or "geen dag"
    delen = [f"{dagen}, {woorden.klok(regel.van)}–{woorden.klok_uur(regel.tot)}"]
    if regel.elke_weken > 1:
        delen.append(f"om de {regel.elke_weken} weken")
    if regel.weken_van_maand:
        delen.append(
            f"de {woorden.opsomming(_WEKEN[w] for w in _WEKEN if w in regel.weken_van_maand)} van de maand"
        )
    delen.append(f"vanaf {show_datum(regel.geldig_van)}")
    if regel.geldig_tot:
        delen.append(f"tot en met {show_datum(regel.geldig_tot)}")
    return regel.naam, ", ".join(delen)


def _regel_velden(_: Inrichting) -> Sequence[Veld]:
    return (
        Tekstveld("naam", "Naam", nodig=True),
        Vinkenveld("weekdagen", "Dagen", dict(enumerate(taal.DAGEN))),
        Tijdveld("van", "Open van", nodig=True),
        Tijdveld("tot", "Open tot", nodig=True),
        Datumveld("geldig_van", "Geldig van", nodig=True),
        Datumveld("geldig_tot", "Geldig tot en met", "Leeg: zonder einde."),
        Getalveld("elke_weken", "Elke hoeveel weken", "1 is elke week, 2 is om de week.", meer=True),
        Datumveld(
            "anker", "Eerste week", "Een dag in de eerste week. Leeg: de week van Geldig van.", meer=True
        ),
        Vinkenveld(
            "weken_van_maand", "Weken van de maand", _WEKEN, "Niets aangevinkt: elke week.", meer=True
        ),
    )


REGELS = Vorm(
    "regels",
    "Openingstijden",
    "openingstijd",
    "Nieuwe openingstijd",
    "Op welke dagen er een avond is, en van hoe laat tot hoe laat.",
    _regel_rij,
    _regel_velden,
    lambda r: vars(r),
    lambda oud, w: Openingsregel(
        oud.id if oud else nieuw_id("regel"), w["naam"], w["weekdagen"], w["van"], w["tot"], w["geldig_van"],
        w["geldig_tot"], 1 if w["elke_weken"] is None else w["elke_weken"], w["anker"], w["weken_van_maand"],
    ),
    lambda _i, vandaag: {
        "naam": "", "weekdagen": frozenset(), "van": time(17), "tot": time(20), "geldig_van": vandaag,
        "geldig_tot": None, "elke_weken": 1, "anker": None, "weken_van_maand": frozenset(),
    },
    {
        r"dag van de week|komt nooit voor|kies maandag": "weekdagen",
        r"begin|eind voor|eind ligt|tijden": "van",
        r"hoeveel weken": "elke_weken", r"week 1 tot": "weken_van_maand", r"einddatum": "geldig_tot",
        r"kies een datum": "geldig_van", r"naam": "naam",
    },
)  # fmt: skip


# --- uitzonderingen --------------------------------------------------------------------------------------


def _uitzondering_rij(u: Uitzondering, vandaag: date) -> tuple[str, str]:
    tijden = f" {woorden.klok(u.van)}–{woorden.klok_uur(u.tot)}" if u.van and u.tot is not None else ""
    boven = ", ook op de feestdag" if u.boven_feestdag else ""
    return taal.datum_kort(u.datum, vandaag), f"{woorden.UITZONDERINGEN[u.soort]}{tijden}{boven}: {u.reden}"


UITZONDERINGEN = Vorm(
    "uitzonderingen",
    "Uitzonderingen",
    "uitzondering",
    "Nieuwe uitzondering",
    "Eén avond die anders is: gesloten, andere tijden, of een avond extra.",
    _uitzondering_rij,
    lambda _: (
        Datumveld("datum", "Datum", nodig=True),
        Keuzeveld("soort", "Wat is er anders?", woorden.UITZONDERINGEN),
        Tijdveld("van", "Open van", "Niet bij gesloten."),
        Tijdveld("tot", "Open tot", "Niet bij gesloten."),
        Tekstveld("reden", "Reden", "Hoogstens tien woorden. De collega aan de telefoon leest dit."),
        Vinkveld("boven_feestdag", "Gaat boven de feestdag", "Ook open als het een feestdag is."),
    ),
    lambda u: vars(u),
    lambda oud, w: Uitzondering(
        oud.id if oud else nieuw_id("uitzondering"), w["datum"], w["soort"], w["reden"], w["van"], w["tot"],
        w["boven_feestdag"],
    ),
    lambda _i, vandaag: {
        "datum": None, "soort": SoortUitzondering.GESLOTEN, "van": None, "tot": None, "reden": "",
        "boven_feestdag": False,
    },
    {
        r"reden": "reden", r"feestdag": "boven_feestdag", r"geen tijden|begin|eind|tijden": "van",
        r"Kies extra open|gesloten én open": "soort", r"datum|Op ": "datum",
    },
    lambda u: u.datum,
)  # fmt: skip


# --- feestdagen ------------------------------------------------------------------------------------------


def _feest_wanneer(f: Feestdag) -> str:
    if f.naam_van:
        return f.naam_van
    if f.jaarlijks:
        return f"elk jaar op {f.jaarlijks[1]} {taal.MAANDEN[f.jaarlijks[0] - 1]}"
    return show_datum(f.datum)


def _feest_rij(f: Feestdag, _: date) -> tuple[str, str]:
    tot = f" om {woorden.klok_uur(f.tot)}" if f.tot else ""
    return f.naam, f"{_feest_wanneer(f)}: {_BELEID[f.beleid]}{tot}"


def _feest_velden(_: Inrichting) -> Sequence[Veld]:
    from frontoffice.agenda.kalender import feestdagnamen

    keuzes = {_ELK_JAAR: _ELK_JAAR, _EEN_DAG: _EEN_DAG, **{naam: naam for naam in feestdagnamen()}}
    return (
        Tekstveld("naam", "Naam", nodig=True),
        Keuzeveld("wanneer", "Welke dag?", keuzes),
        Tekstveld("dag", "Dag", "Zoals 24-12, of 24-12-2026. Leeg bij een feestdag uit de lijst."),
        Keuzeveld("beleid", "Wat geldt er?", _BELEID),
        Tijdveld("tot", "Dicht om", "Alleen bij eerder dicht."),
    )


def _feest_read(f: Feestdag) -> Waarden:
    wanneer = f.naam_van or (_ELK_JAAR if f.jaarlijks else _EEN_DAG)
    dag = f"{f.jaarlijks[1]}-{f.jaarlijks[0]}" if f.jaarlijks else show_datum(f.datum)
    return {"naam": f.naam, "wanneer": wanneer, "dag": dag, "beleid": f.beleid, "tot": f.tot}


def _feest_make(oud: Feestdag | None, w: Waarden) -> Feestdag:
    """Raises Veldfout als de dag niet te lezen is."""
    datum, jaarlijks, naam_van = None, None, ""
    if w["wanneer"] == _ELK_JAAR:
        delen = re.fullmatch(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})", w["dag"].strip(), re.ASCII)
        if not delen:
            raise Veldfout("dag", "Schrijf de dag en de maand als 24-12.")
        jaarlijks = int(delen[2]), int(delen[1])
    elif w["wanneer"] == _EEN_DAG:
        from ui.beheer.velden import read_datum

        try:
            datum = read_datum(w["dag"])
        except ValueError as fout:
            raise Veldfout("dag", str(fout)) from None
    else:
        naam_van = w["wanneer"]
    return Feestdag(
        oud.id if oud else nieuw_id("feestdag"), w["naam"], w["beleid"], datum, jaarlijks, naam_van, w["tot"]
    )


FEESTDAGEN = Vorm(
    "feestdagen",
    "Feestdagen",
    "feestdag",
    "Nieuwe feestdag",
    "Op feestdagen is het dicht. Hier staat alleen wat anders is.",
    _feest_rij,
    _feest_velden,
    _feest_read,
    _feest_make,
    lambda _i, _v: {
        "naam": "", "wanneer": _ELK_JAAR, "dag": "", "beleid": FeestdagBeleid.VROEG_DICHT, "tot": None,
    },
    {
        r"hoe laat|tijd": "tot", r"dag van het jaar|Precies één": "dag",
        r"lijst van feestdagen|al beleid": "wanneer", r"naam": "naam",
    },
)  # fmt: skip


# --- locatie ---------------------------------------------------------------------------------------------

_KANALEN = {Kanaal.BALIE: "de balie", Kanaal.TELEFOON: "de telefoon", Kanaal.WEB: "de website"}
_LOCATIEVELDEN = ("naam", "adres", "telefoon", "website", "stap", "vasthouden", "organisaties", "avondtaken")


_AVONDREGELS = {
    "respijt": ("Te laat na zoveel minuten", "Daarna mag Niet gekomen."),
    "vroeg": ("Zoveel minuten te vroeg mag", "Wie eerder komt, gaat niet voor."),
    "rust": ("Minuten tussen twee oproepen", "Van dezelfde persoon."),
    "oproepen_max": ("Hoogste aantal oproepen", ""),
    "norm": ("Op tijd binnen zoveel minuten", "Telt in het verslag."),
    "ongedaan_seconden": ("Seconden voor Ongedaan maken", ""),
    "namen_seconden": ("Seconden dat namen te zien zijn", ""),
}


def _locatie_read(plek: Locatie) -> Waarden:
    kanalen = {f"kanaal_{kanaal}": plek.kanaalmaximum.get(kanaal) for kanaal in _KANALEN}
    return {**vars(plek), **kanalen, **{f"avond_{r}": w for r, w in vars(plek.avondregels).items()}}


def _locatie_make(oud: Locatie | None, w: Waarden) -> Locatie:
    """Een kanaal dat hier niet staat, houdt zijn grens."""
    basis = oud or Locatie("")
    grenzen = {kanaal: grens for kanaal, grens in basis.kanaalmaximum.items() if kanaal not in set(_KANALEN)}
    grenzen |= {str(k): w[f"kanaal_{k}"] for k in _KANALEN if w[f"kanaal_{k}"] is not None}
    regels = {regel: w[f"avond_{regel}"] for regel in _AVONDREGELS if w[f"avond_{regel}"] is not None}
    velden = {naam: w[naam] for naam in _LOCATIEVELDEN}
    return replace(basis, kanaalmaximum=grenzen, avondregels=replace(basis.avondregels, **regels), **velden)


LOCATIE = Vorm(
    "locatie",
    "Locatie",
    "locatie",
    "",
    "Waar de avond is, en wat daar altijd geldt.",
    lambda plek, _: (plek.naam or "Nog geen naam", plek.adres),
    lambda _: (
        Tekstveld("naam", "Naam", nodig=True),
        Tekstveld("adres", "Adres"),
        Tekstveld("telefoon", "Telefoon"),
        Tekstveld("website", "Website"),
        Getalveld("stap", "Begintijden om de zoveel minuten", "Een veelvoud van 5.", nodig=True),
        Getalveld("vasthouden", "Minuten dat een tijd vast blijft", nodig=True),
        Woordenveld("organisaties", "Organisaties", "Met een komma ertussen."),
        *(
            Getalveld(f"kanaal_{kanaal}", f"Hoogstens via {naam}", "Afspraken per avond. Leeg: geen grens.")
            for kanaal, naam in _KANALEN.items()
        ),
        Puntenveld("avondtaken", "Niet vergeten", "Op de avondlijst. Met een puntkomma ertussen.", meer=True),
        *(Getalveld(f"avond_{r}", naam, uitleg, meer=True) for r, (naam, uitleg) in _AVONDREGELS.items()),
    ),
    _locatie_read,
    _locatie_make,
    lambda i, _: _locatie_read(i.locatie),
    {
        r"te laat is": "avond_respijt", r"te vroeg": "avond_vroeg", r"tussen twee oproepen": "avond_rust",
        r"aantal oproepen": "avond_oproepen_max", r"op tijd is geholpen": "avond_norm",
        r"ongedaan": "avond_ongedaan_seconden", r"namen te zien": "avond_namen_seconden",
        r"kanaal balie": "kanaal_balie", r"kanaal telefoon": "kanaal_telefoon", r"kanaal web": "kanaal_web",
        r"stap": "stap", r"vastgehouden": "vasthouden", r"organisatie": "organisaties", r"naam": "naam",
    },
    weg_mag=False,
)  # fmt: skip

VORMEN = (REGELS, UITZONDERINGEN, FEESTDAGEN, BALIES, MEDEWERKERS, PRODUCTEN, COMBINATIES, BEHOEFTEN, LOCATIE)
