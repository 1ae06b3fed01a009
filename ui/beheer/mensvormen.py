"""Wie er werkt en waar: de vormen van balies en medewerkers. Keurt niet: dat doet de agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from frontoffice.agenda.inrichting import Balie, Bevoegdheid, Inrichting, Medewerker, Rol
from frontoffice.services.inrichten import Wijziging
from ui.beheer.tabelveld import Regels, Tabelkolom, Tabelveld
from ui.beheer.velden import (
    Datumveld,
    Getalveld,
    Keuzeveld,
    Tekstveld,
    Vinkenveld,
    read_datum,
    show_datum,
)
from ui.beheer.vorm import Vorm, Waarden, bevoegdheden, nieuw_id, voorzieningen


def _zonder_balie(inrichting: Inrichting, balie: Balie) -> tuple[Wijziging, ...]:
    """Wie aan een balie zou werken die er dan niet is, staat die avond als gastheer in het rooster."""
    diensten = tuple(
        replace(dienst, balie="", rol=Rol.GASTHEER)
        for dienst in inrichting.diensten
        if dienst.balie == balie.id and not balie.is_actief(dienst.datum)
    )
    return (Wijziging("diensten", diensten),) if diensten else ()


def _zonder_medewerker(inrichting: Inrichting, medewerker: Medewerker) -> tuple[Wijziging, ...]:
    """Wie er dan niet meer werkt, gaat uit het rooster."""
    van, tot = medewerker.actief_van, medewerker.actief_tot
    weg = tuple(
        dienst.id
        for dienst in inrichting.diensten
        if dienst.medewerker == medewerker.id
        and not (van or dienst.datum) <= dienst.datum <= (tot or dienst.datum)
    )
    return (Wijziging("diensten", weg=weg),) if weg else ()


def _periode(van: date | None, tot: date | None) -> str:
    delen = [f"vanaf {show_datum(van)}" if van else "", f"tot en met {show_datum(tot)}" if tot else ""]
    return " ".join(deel for deel in delen if deel)


def _balie_rij(b: Balie, _: date) -> tuple[str, str]:
    delen = [", ".join(sorted(b.voorzieningen)) or "geen voorzieningen", _periode(b.actief_van, b.actief_tot)]
    return b.naam, " · ".join(deel for deel in delen if deel)


BALIES = Vorm(
    "balies",
    "Balies",
    "balie",
    "Nieuwe balie",
    "Waar iemand geholpen wordt, en wat er aan die balie kan.",
    _balie_rij,
    lambda i: (
        Tekstveld("naam", "Naam", nodig=True),
        Vinkenveld("voorzieningen", "Voorzieningen", voorzieningen(i), erbij="Andere voorziening"),
        Getalveld("volgorde", "Volgorde", "De laagste staat bovenaan."),
        Datumveld("actief_van", "In gebruik van", "Leeg: altijd al."),
        Datumveld("actief_tot", "In gebruik tot en met", "Leeg: blijft in gebruik."),
    ),
    lambda b: vars(b),
    lambda oud, w: Balie(
        oud.id if oud else nieuw_id("balie"), w["naam"], w["voorzieningen"], w["volgorde"] or 0,
        w["actief_van"], w["actief_tot"],
    ),
    lambda i, _: {
        "naam": f"Balie {len(i.balies) + 1}", "voorzieningen": frozenset(), "volgorde": len(i.balies) + 1,
        "actief_van": None, "actief_tot": None,
    },
    {r"einddatum": "actief_tot", r"naam": "naam"},
    lambda b: (b.volgorde, b.naam),
    mee=_zonder_balie,
    in_gebruik=lambda i, b: any(d.balie == b.id for d in i.diensten),
)  # fmt: skip


def _medewerker_rij(m: Medewerker, _: date) -> tuple[str, str]:
    delen = [m.organisatie, ", ".join(map(_bevoegdheid, m.bevoegdheden)) or "mag nog niets"]
    return m.naam, " · ".join((*delen, *filter(None, (_periode(m.actief_van, m.actief_tot),))))


def _bevoegdheid(b: Bevoegdheid) -> str:
    if not b.zelfstandig:
        return f"{b.soort} (onder begeleiding)"
    return f"{b.soort} ({_periode(b.geldig_van, b.geldig_tot)})" if b.geldig_van or b.geldig_tot else b.soort


def _make_medewerker(oud: Medewerker | None, w: Waarden) -> Medewerker:
    return Medewerker(
        oud.id if oud else nieuw_id("medewerker"),
        w["naam"],
        w["organisatie"],
        w["bevoegdheden"],
        w["actief_van"],
        w["actief_tot"],
    )


_ZELFSTANDIG = {True: "zelfstandig", False: "met begeleiding"}


def _mag_regels(inrichting: Inrichting) -> Regels:
    bekend = {soort: soort for soort in bevoegdheden(inrichting)}
    return Regels(
        "bevoegdheid",
        (
            Tabelkolom("soort", "Wat", "vrij", bekend, nodig=True),
            Tabelkolom("geldig_van", "Vanaf", lees=read_datum, toon=show_datum, leeg=None),
            Tabelkolom("geldig_tot", "Tot en met", lees=read_datum, toon=show_datum, leeg=None),
            Tabelkolom("zelfstandig", "Hoe", "keuze", _ZELFSTANDIG, nieuw=True),
        ),
        lambda b: vars(b),
        lambda _oud, w: Bevoegdheid(w["soort"], w["geldig_van"], w["geldig_tot"], w["zelfstandig"]),
    )


MEDEWERKERS = Vorm(
    "medewerkers",
    "Medewerkers",
    "medewerker",
    "Nieuwe medewerker",
    "Wie er op een avond kan werken, en wat die collega mag doen.",
    _medewerker_rij,
    lambda i: (
        Tekstveld("naam", "Naam", nodig=True),
        Keuzeveld("organisatie", "Organisatie", {o: o for o in i.locatie.organisaties}),
        Datumveld("actief_van", "Werkt hier van", "Leeg: altijd al."),
        Datumveld("actief_tot", "Werkt hier tot en met", "Leeg: zonder einde."),
        Tabelveld(
            "bevoegdheden",
            "Mag doen",
            _mag_regels(i),
            "Datums leeg: altijd. Wie met begeleiding werkt, telt niet mee voor het plan.",
        ),
    ),
    lambda m: vars(m),
    _make_medewerker,
    lambda i, _: {
        "naam": "", "organisatie": next(iter(i.locatie.organisaties), ""), "bevoegdheden": (),
        "actief_van": None, "actief_tot": None,
    },
    {
        r"bevoegdheid|mag nog niets|, .*einddatum": "bevoegdheden", r"einddatum": "actief_tot",
        r"organisatie": "organisatie",
        r"naam": "naam",
    },
    lambda m: (m.organisatie, m.naam),
    mee=_zonder_medewerker,
    in_gebruik=lambda i, m: any(d.medewerker == m.id for d in i.diensten),
)  # fmt: skip
