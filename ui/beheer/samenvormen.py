"""Wat over meer producten gaat: welke samen kunnen en wat dat scheelt, en wat iemand nodig kan hebben."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from frontoffice.agenda.inrichting import Behoefte, Combinatie, Inrichting
from frontoffice.domain import taal
from ui.beheer.productlijsten import make_vertaald, taal_cellen
from ui.beheer.velden import Getalveld, Keuzeveld, Tekstveld, Veld, Vinkveld
from ui.beheer.vorm import Veldfout, Vorm, Waarden

_KIES = {"": "kies een product"}


def _combinatie_titel(i: Inrichting, c: Combinatie) -> str:
    namen = [i.product[code].naam if code in i.product else code for code in (c.product, c.ander)]
    return " + ".join(namen)


def _combinatie_rij(c: Combinatie, _: date) -> tuple[str, str]:
    titel = f"{c.product} + {c.ander}"
    if not c.mag:
        return titel, "niet samen in één afspraak"
    if not c.minuten_minder:
        return titel, "mag samen, duurt even lang"
    return titel, f"mag samen, {taal.aantal(c.minuten_minder, 'minuut', 'minuten')} minder per persoon"


def _combinatie_velden(i: Inrichting) -> Sequence[Veld]:
    producten = {p.code: p.naam for p in sorted(i.producten, key=lambda p: p.naam.casefold())}
    return (
        Keuzeveld("product", "Product", _KIES | producten),
        Keuzeveld("ander", "Samen met", _KIES | producten),
        Vinkveld("mag", "Kan dit in één afspraak?"),
        Getalveld("minuten_minder", "Minuten minder", "Zoveel korter per persoon die beide doet."),
    )


def _combinatie_make(_: Combinatie | None, w: Waarden) -> Combinatie:
    """Raises Veldfout als er een product ontbreekt."""
    for naam in ("product", "ander"):
        if not w[naam]:
            raise Veldfout(naam, "Kies een product.")
    return Combinatie(w["product"], w["ander"], w["mag"], w["minuten_minder"] or 0)


COMBINATIES = Vorm(
    "combinaties",
    "Combinaties",
    "combinatie",
    "Nieuwe combinatie",
    "Welke producten samen in één afspraak kunnen, en hoeveel korter dat is.",
    _combinatie_rij,
    _combinatie_velden,
    lambda c: vars(c),
    _combinatie_make,
    lambda _i, _v: {"product": "", "ander": "", "mag": True, "minuten_minder": 0},
    {
        r"minuten minder|meer minuten": "minuten_minder", r"verschillende|al samen": "ander",
        r"bestaat niet": "product",
    },
    lambda c: (c.product, c.ander),
    titel_van=_combinatie_titel,
    al_er=("ander", "Deze combinatie is er al. Kies haar in de lijst."),
)  # fmt: skip


# --- behoeften -------------------------------------------------------------------------------------------


def _behoefte_rij(b: Behoefte, _: date) -> tuple[str, str]:
    delen = []
    if b.minuten_erbij:
        delen.append(f"{taal.aantal(b.minuten_erbij, 'minuut', 'minuten')} erbij")
    if b.procent_erbij:
        delen.append(f"{b.procent_erbij} procent langer")
    if b.vraagt_taal:
        delen.append("vraagt een taal")
    if b.grote_letters:
        delen.append("brief met grote letters")
    return b.naam, " · ".join(delen) or "duurt even lang"


def _behoefte_make(oud: Behoefte | None, w: Waarden) -> Behoefte:
    basis = oud or Behoefte(_code(w["naam"]), "")
    return replace(
        basis,
        naam=w["naam"],
        minuten_erbij=w["minuten_erbij"] or 0,
        procent_erbij=w["procent_erbij"] or 0,
        vraagt_taal=w["vraagt_taal"],
        grote_letters=w["grote_letters"],
        vertaald=make_vertaald(basis.vertaald, w),
    )


def _code(naam: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", taal.zonder_accenten(naam)).strip("_")[:40] or "behoefte"


BEHOEFTEN = Vorm(
    "behoeften",
    "Behoeften",
    "behoefte",
    "Nieuwe behoefte",
    "Wat iemand nodig heeft, en hoeveel langer dat duurt. Waarom leggen we nooit vast.",
    _behoefte_rij,
    lambda _: (
        Tekstveld("naam", "Naam", nodig=True),
        Getalveld("minuten_erbij", "Minuten erbij"),
        Getalveld("procent_erbij", "Procent langer", "50 is: anderhalf keer zo lang."),
        Vinkveld("vraagt_taal", "Hoort er een taal bij?", "Zoals bij een tolk."),
        Vinkveld("grote_letters", "Brief met grote letters"),
        Tekstveld("taal_de", "In het Duits", "Voor op een brief. Leeg: dan staat het er in het Nederlands."),
        Tekstveld("taal_en", "In het Engels"),
    ),
    lambda b: {**vars(b), **taal_cellen(b.vertaald)},
    _behoefte_make,
    lambda _i, _v: {**vars(Behoefte("", "")), **taal_cellen({})},
    {r"minuten erbij": "minuten_erbij", r"procent": "procent_erbij", r"naam|[Cc]ode": "naam"},
    lambda b: b.naam.casefold(),
    al_er=("naam", "Er is al een behoefte met deze naam. Kies een andere naam."),
)
