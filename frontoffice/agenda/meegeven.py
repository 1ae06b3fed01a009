"""Wat er bij een gemaakte afspraak hoort: wat mee te nemen, wie er komt, wat het kost. Voor brief en scherm.

Rekent met wat er bij het boeken is geantwoord en met de inrichting van nu: zo staat er op een brief van later
hetzelfde, en toch nooit iets wat aan de balie niet meer geldt. Kent geen taal en geen opmaak.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from frontoffice.agenda.afspraak import Afspraak, Afspraakregel, Antwoorden
from frontoffice.agenda.inrichting import Inrichting, Meenemen, Product, Wanneer, WieKomt
from frontoffice.agenda.voorwaarde import (
    Omstandigheden,
    applies,
    circumstances_of,
    note_antwoorden,
    tarief,
)


@dataclass(frozen=True)
class Meegeven:
    """Alleen wat vaststaat: wat van een niet gevraagde leeftijd afhangt, staat er niet in."""

    meenemen: tuple[Meenemen, ...] = ()
    wie_komt: tuple[WieKomt, ...] = ()


def make_meegeven(inrichting: Inrichting, afspraak: Afspraak) -> Meegeven:
    """Elke regel één keer, in de volgorde van de producten."""
    wat = circumstances_of(afspraak.antwoorden, afspraak.klant.geboortedatum)
    producten = products_of(inrichting, afspraak.regels)
    soorten = {Wanneer.AANVRAAG} | ({Wanneer.OPHALEN} if afspraak.vervolg_van else set())
    meenemen = {
        regel.tekst: regel
        for product in producten
        for regel in product.meenemen
        if regel.wanneer in soorten and applies(regel.voorwaarde, wat, afspraak.datum)
    }
    wie_komt = {
        (regel.rol, regel.aantal, regel.vervanging): regel
        for product in producten
        for regel in product.wie_komt
        if applies(regel.voorwaarde, wat, afspraak.datum)
    }
    return Meegeven(tuple(meenemen.values()), tuple(wie_komt.values()))


def products_of(inrichting: Inrichting, regels: tuple[Afspraakregel, ...]) -> tuple[Product, ...]:
    """De producten van deze regels die er nog zijn."""
    return tuple(inrichting.product[r.product] for r in regels if r.product in inrichting.product)


def answers_for(
    inrichting: Inrichting,
    regels: tuple[Afspraakregel, ...],
    omstandigheden: Omstandigheden | None,
    dag: date,
    geboortedatum: date | None,
) -> Antwoorden:
    """Wat er van deze omstandigheden bij een afspraak met deze regels bewaard blijft."""
    if omstandigheden is None:
        return Antwoorden()
    return note_antwoorden(products_of(inrichting, regels), omstandigheden, dag, geboortedatum)


def with_kosten(
    inrichting: Inrichting, regels: tuple[Afspraakregel, ...], dag: date, omstandigheden: Omstandigheden
) -> tuple[Afspraakregel, ...]:
    """Vul de kosten in die zonder leeftijd of omstandigheid nog niet vaststonden, zoals voorgelezen."""
    if omstandigheden == Omstandigheden():
        return regels
    uit = []
    for regel in regels:
        product = inrichting.product.get(regel.product)
        bedrag = tarief(product, dag, omstandigheden) if product and regel.kosten is None else None
        uit.append(regel if bedrag is None else replace(regel, kosten=bedrag * regel.personen))
    return tuple(uit)
