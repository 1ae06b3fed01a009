"""Keurt waarvoor men komt: producten met kosten en lijsten, combinaties en behoeften."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from frontoffice.agenda.inrichting import Eenheid, Inrichting, Kosten, Product, Voorwaarde
from frontoffice.agenda.keuring.bevinding import (
    Melder,
    Planfout,
    check_getal,
    check_ids,
    check_naam,
    check_periode,
    elk,
    opsomming,
)

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOOGSTE_DUUR = 8 * 60


def check_producten(inrichting: Inrichting) -> Iterator[Planfout]:
    yield from check_ids("producten", inrichting.producten, "code")
    for meld, product in elk("producten", inrichting.producten, "code"):
        if product.code.strip() and not _CODE.fullmatch(product.code):
            yield meld.fout(f"Code {product.code}: gebruik kleine letters, cijfers en streepjes.")
        yield from check_naam(meld, product.naam)
        yield from _check_duur(meld, product)
        yield from _check_grenzen(meld, product)
        yield from _check_bemensing(meld, product, inrichting)
        yield from _check_vervolg(meld, product, inrichting)
        yield from _check_kosten(meld, product)
        yield from _check_lijsten(meld, product)


def _check_duur(meld: Melder, product: Product) -> Iterator[Planfout]:
    naam = product.naam
    if product.minuten == 0:
        yield meld.fout(f"{naam} duurt 0 minuten. Vul in hoelang het duurt.")
    else:
        yield from check_getal(meld, f"De duur van {naam}", product.minuten, 1, _HOOGSTE_DUUR)
    yield from check_getal(
        meld, f"{naam}: minuten per extra persoon", product.minuten_per_extra, 0, _HOOGSTE_DUUR
    )
    yield from check_getal(meld, f"{naam}: hoogste aantal personen", product.personen_max, 1, 50)
    yield from check_getal(meld, f"{naam}: tijd erna", product.buffer, 0, _HOOGSTE_DUUR)


def _check_grenzen(meld: Melder, product: Product) -> Iterator[Planfout]:
    naam, aanloop = product.naam, product.aanlooptijd
    yield from check_getal(meld, f"{naam}: aanlooptijd", aanloop.aantal, 0, 1000)
    yield from check_getal(meld, f"{naam}: minuten van de aanlooptijd", aanloop.minuten, 0, 1000)
    if aanloop.minuten and aanloop.eenheid is not Eenheid.UREN:
        yield meld.fout(f"{naam}: minuten horen alleen bij een aanlooptijd in uren.")
    yield from check_getal(meld, f"{naam}: dagen vooruit te boeken", product.horizon_dagen, 0, 1000)
    yield from check_getal(meld, f"{naam}: hoogste aantal per avond", product.per_avond_max, 0, 1000)
    yield from check_getal(meld, f"{naam}: hoogste aantal tegelijk", product.tegelijk_max, 1, 100)
    yield from check_periode(meld, naam, product.geldig_van, product.geldig_tot)
    if not product.avond and not product.overdag_verwijzing:
        yield meld.let_op(f"{naam} kan niet in de avond. Vul in waar het overdag kan.")
    if aanloop.eenheid is not Eenheid.UREN and aanloop.aantal > product.horizon_dagen:
        yield meld.fout(f"{naam} is nooit te boeken: de aanlooptijd is langer dan de horizon.")


def _check_bemensing(meld: Melder, product: Product, inrichting: Inrichting) -> Iterator[Planfout]:
    if not product.bevoegdheden:
        yield meld.fout(f"{product.naam}: zeg wat een medewerker hiervoor moet mogen.")
        return
    if not product.avond:
        return
    kunnen = [
        medewerker
        for medewerker in inrichting.medewerkers
        if product.bevoegdheden <= {b.soort for b in medewerker.bevoegdheden if b.zelfstandig}
    ]
    if inrichting.medewerkers and not kunnen:
        nodig = opsomming(sorted(product.bevoegdheden))
        yield meld.let_op(f"{product.naam}: geen medewerker mag dit ({nodig}).", verwijst=True)
    if inrichting.balies and not any(product.voorzieningen <= b.voorzieningen for b in inrichting.balies):
        nodig = opsomming(sorted(product.voorzieningen))
        yield meld.let_op(f"{product.naam}: geen balie heeft alles wat nodig is ({nodig}).", verwijst=True)


def _check_vervolg(meld: Melder, product: Product, inrichting: Inrichting) -> Iterator[Planfout]:
    if product.vervolg is None:
        return
    if product.vervolg.product == product.code:
        yield meld.fout(f"{product.naam} kan niet zijn eigen vervolg zijn. Kies een ander product.")
    elif product.vervolg.product not in inrichting.product:
        yield meld.fout(
            f"{product.naam}: vervolgproduct {product.vervolg.product} bestaat niet. Kies een ander.",
            verwijst=True,
        )
    yield from check_getal(
        meld, f"{product.naam}: werkdagen tot het vervolg", product.vervolg.werkdagen, 0, 250
    )


def _check_kosten(meld: Melder, product: Product) -> Iterator[Planfout]:
    for kosten in product.kosten:
        if not kosten.bedrag.is_finite() or kosten.bedrag != round(kosten.bedrag, 2):
            yield meld.fout(f"{product.naam}: schrijf de kosten in hele centen.")
        elif kosten.bedrag < 0:
            yield meld.fout(f"{product.naam}: de kosten zijn negatief. Vul een bedrag van 0 of meer in.")
        yield from check_periode(meld, f"Kosten van {product.naam}", kosten.geldig_van, kosten.geldig_tot)
        yield from _check_voorwaarde(meld, product.naam, kosten.voorwaarde)
    for eerste, tweede in combinations(product.kosten, 2):
        if (eerste.variant, eerste.voorwaarde) == (tweede.variant, tweede.voorwaarde) and _overlapt(
            eerste, tweede
        ):
            variant = f" ({eerste.variant})" if eerste.variant else ""
            yield meld.fout(f"{product.naam}{variant}: op één dag gelden twee prijzen. Kijk de datums na.")


def _overlapt(eerste: Kosten, tweede: Kosten) -> bool:
    return eerste.geldig_van <= (tweede.geldig_tot or date.max) and tweede.geldig_van <= (
        eerste.geldig_tot or date.max
    )


def _check_lijsten(meld: Melder, product: Product) -> Iterator[Planfout]:
    for meenemen in product.meenemen:
        if not meenemen.tekst.strip():
            yield meld.fout(f"{product.naam}: er staat iets leegs bij meenemen. Vul het in of haal het weg.")
        yield from _check_voorwaarde(meld, product.naam, meenemen.voorwaarde)
    for wie in product.wie_komt:
        if not wie.rol.strip():
            yield meld.fout(f"{product.naam}: er staat iemand zonder rol bij wie er komt.")
        yield from check_getal(meld, f"{product.naam}: hoeveel er van {wie.rol} komen", wie.aantal, 1, 50)
        yield from check_getal(
            meld, f"{product.naam}: dagen dat toestemming geldig is", wie.toestemming_dagen, 1, 3650
        )
        if wie.toestemming_dagen is not None and not wie.vervanging:
            yield meld.fout(f"{product.naam}: zeg welke toestemming in de plaats komt van {wie.rol}.")
        yield from _check_voorwaarde(meld, product.naam, wie.voorwaarde)


def _check_voorwaarde(meld: Melder, naam: str, voorwaarde: Voorwaarde) -> Iterator[Planfout]:
    onder, vanaf = voorwaarde.leeftijd_onder, voorwaarde.leeftijd_vanaf
    yield from check_getal(meld, f"{naam}: leeftijd", onder, 1, 150)
    yield from check_getal(meld, f"{naam}: leeftijd", vanaf, 0, 150)
    if onder is not None and vanaf is not None and onder <= vanaf:
        yield meld.fout(f"{naam}: niemand is vanaf {vanaf} en onder {onder} jaar. Kijk de leeftijden na.")


def check_combinaties(inrichting: Inrichting) -> Iterator[Planfout]:
    gezien: set[frozenset[str]] = set()
    for meld, combinatie in elk("combinaties", inrichting.combinaties, ""):
        paar = frozenset((combinatie.product, combinatie.ander))
        wat = f"{combinatie.product} met {combinatie.ander}"
        if len(paar) == 1:
            yield meld.fout(f"{wat}: kies twee verschillende producten.")
        for code in sorted(paar - inrichting.product.keys()):
            yield meld.fout(f"{wat}: product {code} bestaat niet. Kies een ander.", verwijst=True)
        if paar in gezien:
            yield meld.fout(f"{wat}: deze twee staan er al samen. Haal er een weg.")
        gezien.add(paar)
        yield from check_getal(meld, f"{wat}: minuten minder", combinatie.minuten_minder, 0, _HOOGSTE_DUUR)
        kortste = min(
            (inrichting.product[code].minuten for code in paar & inrichting.product.keys()), default=0
        )
        if combinatie.minuten_minder > kortste > 0:
            yield meld.fout(f"{wat}: het scheelt meer minuten dan het kortste product duurt.")
        if not combinatie.mag and combinatie.minuten_minder:
            yield meld.let_op(f"{wat}: dit mag niet samen, dus minuten minder doet niets.")


def check_behoeften(inrichting: Inrichting) -> Iterator[Planfout]:
    yield from check_ids("behoeften", inrichting.behoeften, "code")
    for meld, behoefte in elk("behoeften", inrichting.behoeften, "code"):
        yield from check_naam(meld, behoefte.naam)
        yield from check_getal(
            meld, f"{behoefte.naam}: minuten erbij", behoefte.minuten_erbij, 0, _HOOGSTE_DUUR
        )
        yield from check_getal(meld, f"{behoefte.naam}: procent erbij", behoefte.procent_erbij, 0, 300)
