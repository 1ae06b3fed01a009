"""De vorm van een product: duur, grenzen, wat ervoor nodig is, wat het kost, en wat men meeneemt.

De tabellen in deze vorm staan in `productlijsten`; of alles samen klopt, zegt de keuring van de agenda.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from frontoffice.agenda.inrichting import Aanlooptijd, Eenheid, Inrichting, Product, Vervolg
from frontoffice.domain import taal
from ui.beheer.productlijsten import (
    kosten_regels,
    make_vertaald,
    meenemen_regels,
    taal_cellen,
    wie_regels,
)
from ui.beheer.tabelveld import Tabelveld
from ui.beheer.velden import (
    Datumveld,
    Getalveld,
    Keuzeveld,
    Tekstveld,
    Tijdveld,
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
    producten = {p.code: p.naam for p in sorted(i.producten, key=lambda p: p.naam.casefold())}
    return (
        Tekstveld("naam", "Naam", nodig=True),
        Getalveld("minuten", "Duur in minuten", nodig=True),
        Getalveld("minuten_per_extra", "Minuten per extra persoon"),
        Getalveld("personen_max", "Hoogste aantal personen"),
        Vinkenveld("bevoegdheden", "Wat moet de medewerker mogen?", bevoegdheden(i), erbij="Iets anders"),
        Vinkveld("avond", "Kan in de avond"),
        Tekstveld("groep", "Groep in de wachtruimte", "Wat iedereen mag zien. Leeg: Overig."),
        Getalveld("per_avond_max", "Hoogste aantal per avond", "Leeg: geen grens."),
        Keuzeveld("vervolg", "Wat komt erna?", {"": "niets", **producten}),
        Getalveld("vervolg_dagen", "Na hoeveel werkdagen?", "Eerder is dat niet klaar."),
        Tabelveld("kosten", "Kosten", kosten_regels(i), "De prijs op de dag van de afspraak telt."),
        Tabelveld(
            "meenemen",
            "Meenemen",
            meenemen_regels(i),
            "Leeftijd en Alleen bij leeg: het geldt voor iedereen. Alleen bij is wat de collega aanvinkt.",
        ),
        Tabelveld(
            "wie_komt",
            "Wie komt",
            wie_regels(i),
            "Wie erbij moet zijn, of welke toestemming in de plaats komt en hoelang die geldt.",
        ),
        Getalveld("tegelijk_max", "Hoogste aantal tegelijk", "Leeg: geen grens.", meer=True),
        Vinkenveld("voorzieningen", "Wat moet er aan de balie zijn?", voorzieningen(i), meer=True),
        Getalveld("buffer", "Minuten erna", "Tijd om op te ruimen; mag na sluitingstijd.", meer=True),
        Vinkveld("overdracht", "Mag een collega het overnemen?", "Aan dezelfde balie.", meer=True),
        Vinkveld("minderjarig", "Alleen voor een kind", "Jonger dan 18 jaar.", meer=True),
        Woordenveld("synoniemen", "Andere woorden", "Met een komma ertussen, om op te zoeken.", meer=True),
        Getalveld("aanloop", "Hoe lang van tevoren", meer=True),
        Keuzeveld("eenheid", "Dat zijn", _EENHEDEN, meer=True),
        Getalveld("aanloop_minuten", "Met daarbij minuten", meer=True),
        Getalveld("horizon_dagen", "Dagen vooruit te boeken", meer=True),
        Tijdveld("uitgifte_uur", "Laatste dag gaat open om", "Leeg: om middernacht.", meer=True),
        Datumveld("geldig_van", "Geldig van", "Leeg: altijd al.", meer=True),
        Datumveld("geldig_tot", "Geldig tot en met", "Leeg: zonder einde.", meer=True),
        Tekstveld("overdag_verwijzing", "Waar kan het overdag?", "Een hele zin.", meer=True),
        Tekstveld("taal_de", "Naam in het Duits", meer=True),
        Tekstveld("taal_en", "Naam in het Engels", meer=True),
    )


def _product_read(p: Product) -> Waarden:
    loop, vervolg = p.aanlooptijd, p.vervolg
    return {
        **vars(p),
        **taal_cellen(p.vertaald),
        "aanloop": loop.aantal,
        "eenheid": loop.eenheid,
        "aanloop_minuten": loop.minuten,
        "vervolg": vervolg.product if vervolg else "",
        "vervolg_dagen": vervolg.werkdagen if vervolg else None,
    }


def _product_make(oud: Product | None, w: Waarden) -> Product:
    basis = oud or Product(_code(w["naam"]), "", 0)
    return replace(
        basis,
        **{naam: w[naam] for naam in (
            "naam", "minuten", "bevoegdheden", "avond", "per_avond_max", "tegelijk_max", "voorzieningen",
            "synoniemen", "geldig_van", "geldig_tot", "overdag_verwijzing", "kosten", "meenemen", "wie_komt",
            "overdracht", "minderjarig", "uitgifte_uur", "groep",
        )},
        minuten_per_extra=w["minuten_per_extra"] or 0,
        personen_max=1 if w["personen_max"] is None else w["personen_max"],
        buffer=w["buffer"] or 0,
        horizon_dagen=basis.horizon_dagen if w["horizon_dagen"] is None else w["horizon_dagen"],
        aanlooptijd=Aanlooptijd(w["aanloop"] or 0, w["eenheid"], w["aanloop_minuten"] or 0),
        vervolg=Vervolg(w["vervolg"], w["vervolg_dagen"] or 0) if w["vervolg"] else None,
        vertaald=make_vertaald(basis.vertaald, w),
    )  # fmt: skip


def _code(naam: str) -> str:
    kaal = re.sub(r"[^a-z0-9]+", "-", taal.zonder_accenten(naam)).strip("-")
    return kaal[:40].rstrip("-") or "product"


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
        r"aanlooptijd": "aanloop", r"dagen vooruit|horizon": "horizon_dagen",
        r"^Kosten van|de kosten|twee prijzen": "kosten", r"leegs bij meenemen": "meenemen",
        r"zonder rol|komen:|komen is|toestemming": "wie_komt",
        r"werkdagen tot het vervolg": "vervolg_dagen", r"vervolg": "vervolg",
        r"einddatum": "geldig_tot", r"overdag": "overdag_verwijzing",
        r"leeftijd|niemand is vanaf": "", r"naam|[Cc]ode": "naam",
    },
    lambda p: p.naam.casefold(),
    al_er=("naam", "Er is al een product met deze naam. Kies een andere naam."),
)  # fmt: skip
