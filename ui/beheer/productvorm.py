"""De vorm van een product: duur, grenzen, wat ervoor nodig is. Kosten en meenemen staan hier niet in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from frontoffice.agenda.inrichting import Aanlooptijd, Eenheid, Inrichting, Product
from frontoffice.domain import taal
from ui.beheer.velden import (
    Datumveld,
    Getalveld,
    Keuzeveld,
    Tekstveld,
    Veld,
    Vinkenveld,
    Vinkveld,
    Woordenveld,
)
from ui.beheer.vorm import Vorm, Waarden, bevoegdheden, voorzieningen

_EENHEDEN = {Eenheid.UREN: "uren", Eenheid.DAGEN: "dagen", Eenheid.WERKDAGEN: "werkdagen"}


def _product_rij(p: Product, _: date) -> tuple[str, str]:
    delen = [f"{p.minuten} minuten"]
    if p.minuten_per_extra:
        delen.append(f"{p.minuten_per_extra} per extra persoon")
    delen.append(", ".join(sorted(p.bevoegdheden)) or "nog niemand mag dit")
    if not p.avond:
        delen.append("alleen overdag")
    return p.naam, " · ".join(delen)


def _product_velden(i: Inrichting) -> Sequence[Veld]:
    return (
        Tekstveld("naam", "Naam", nodig=True),
        Getalveld("minuten", "Duur in minuten", nodig=True),
        Getalveld("minuten_per_extra", "Minuten per extra persoon"),
        Getalveld("personen_max", "Hoogste aantal personen"),
        Vinkenveld("bevoegdheden", "Wat moet de medewerker mogen?", bevoegdheden(i), erbij="Iets anders"),
        Vinkveld("avond", "Kan in de avond"),
        Getalveld("per_avond_max", "Hoogste aantal per avond", "Leeg: geen grens."),
        Getalveld("tegelijk_max", "Hoogste aantal tegelijk", "Leeg: geen grens.", meer=True),
        Vinkenveld("voorzieningen", "Wat moet er aan de balie zijn?", voorzieningen(i), meer=True),
        Getalveld("buffer", "Minuten erna", "Tijd om op te ruimen; mag na sluitingstijd.", meer=True),
        Woordenveld("synoniemen", "Andere woorden", "Met een komma ertussen, om op te zoeken.", meer=True),
        Getalveld("aanloop", "Hoe lang van tevoren", meer=True),
        Keuzeveld("eenheid", "Dat zijn", _EENHEDEN, meer=True),
        Getalveld("aanloop_minuten", "Met daarbij minuten", meer=True),
        Getalveld("horizon_dagen", "Dagen vooruit te boeken", meer=True),
        Datumveld("geldig_van", "Geldig van", "Leeg: altijd al.", meer=True),
        Datumveld("geldig_tot", "Geldig tot en met", "Leeg: zonder einde.", meer=True),
        Tekstveld("overdag_verwijzing", "Waar kan het overdag?", "Een hele zin.", meer=True),
    )


def _product_read(p: Product) -> Waarden:
    loop = p.aanlooptijd
    return {**vars(p), "aanloop": loop.aantal, "eenheid": loop.eenheid, "aanloop_minuten": loop.minuten}


def _product_make(oud: Product | None, w: Waarden) -> Product:
    """Kosten, meenemen en wie er komt, blijven zoals ze zijn."""
    basis = oud or Product(_code(w["naam"]), "", 0)
    return replace(
        basis,
        **{naam: w[naam] for naam in (
            "naam", "minuten", "bevoegdheden", "avond", "per_avond_max", "tegelijk_max", "voorzieningen",
            "synoniemen", "geldig_van", "geldig_tot", "overdag_verwijzing",
        )},
        minuten_per_extra=w["minuten_per_extra"] or 0,
        personen_max=1 if w["personen_max"] is None else w["personen_max"],
        buffer=w["buffer"] or 0,
        horizon_dagen=basis.horizon_dagen if w["horizon_dagen"] is None else w["horizon_dagen"],
        aanlooptijd=Aanlooptijd(w["aanloop"] or 0, w["eenheid"], w["aanloop_minuten"] or 0),
    )  # fmt: skip


def _code(naam: str) -> str:
    kaal = re.sub(r"[^a-z0-9]+", "-", taal.zonder_accenten(naam)).strip("-")
    return kaal[:40] or "product"


PRODUCTEN = Vorm(
    "producten",
    "Producten",
    "product",
    "Nieuw product",
    "Waarvoor iemand komt en hoelang het duurt. Afspraken die er al zijn, houden hun duur.",
    _product_rij,
    _product_velden,
    _product_read,
    _product_make,
    lambda _i, _v: _product_read(Product("", "", 15)),
    {
        r"duurt 0 minuten|^De duur": "minuten", r"per extra persoon": "minuten_per_extra",
        r"aantal personen": "personen_max", r"moet mogen|geen medewerker": "bevoegdheden",
        r"geen balie": "voorzieningen", r"per avond": "per_avond_max", r"tegelijk": "tegelijk_max",
        r"tijd erna": "buffer", r"minuten van de aanlooptijd|minuten horen": "aanloop_minuten",
        r"aanlooptijd": "aanloop", r"dagen vooruit|horizon": "horizon_dagen", r"einddatum": "geldig_tot",
        r"overdag": "overdag_verwijzing", r"naam|[Cc]ode": "naam",
    },
    lambda p: p.naam.casefold(),
)  # fmt: skip
