"""Van een wens naar een plan: hoe lang het duurt, wat een balie moet kunnen, en of het mag.

Kijkt niet naar een avond; of het ergens past zegt `vrij`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from frontoffice.agenda.afspraak import Afspraak, Afspraakregel, Eisen, Reservering
from frontoffice.agenda.inrichting import Combinatie, Inrichting, Product
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import TIK_MINUTEN, Vak, tikken, to_tik
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.voorwaarde import tarief
from frontoffice.agenda.wens import Wens, Wensregel


@dataclass(frozen=True)
class Plan:
    """Wat een wens op één dag vraagt. `minuten` is de duur voor de klant, afgerond naar boven op tikken.

    `regels` zijn momentopnamen; hun minuten tellen samen meer dan `minuten` als combineren tijd scheelt.
    """

    tikken: int
    buffer_tikken: int
    eisen: Eisen
    regels: tuple[Afspraakregel, ...]
    minuten: int

    @property
    def buffer(self) -> int:
        """In minuten, zoals op `Afspraak`."""
        return self.buffer_tikken * TIK_MINUTEN

    @property
    def producten(self) -> tuple[str, ...]:
        return tuple(regel.product for regel in self.regels)

    def vak(self, begin: int) -> Vak:
        """Wat de balie bezet houdt als het op tik `begin` begint, buffer inbegrepen."""
        return Vak(begin, begin + self.tikken + self.buffer_tikken)


def plan_wens(inrichting: Inrichting, wens: Wens, dag: date) -> Plan | Weigering:
    """Het plan voor deze dag, of alle redenen waarom deze wens niet in één avondafspraak kan.

    Regels van hetzelfde product worden één regel. Raises ValueError bij een lege wens, minder dan één
    persoon of een onbekende behoefte: dat houdt de invoer tegen.
    """
    regels = _merge(wens.regels)
    onbekend = [code for code in wens.behoeften if code not in inrichting.behoefte]
    if not regels or onbekend or any(regel.personen < 1 for regel in regels):
        raise ValueError("een wens zonder product, zonder personen of met een onbekende behoefte")
    redenen = tuple(_reasons(inrichting, regels, dag))
    if redenen:
        return Weigering(redenen, splitsing=_split(inrichting, wens, regels, redenen))
    producten = [inrichting.product[regel.product] for regel in regels]
    minuten = _minuten(inrichting, regels, wens.behoeften)
    return Plan(
        tikken=tikken(minuten),
        buffer_tikken=tikken(max(product.buffer for product in producten)),
        eisen=Eisen(
            bevoegdheden=frozenset().union(*(p.bevoegdheden for p in producten)),
            voorzieningen=frozenset().union(*(p.voorzieningen for p in producten)),
            overdracht=all(p.overdracht for p in producten),
        ),
        regels=tuple(_regel(p, regel, dag) for p, regel in zip(producten, regels, strict=True)),
        minuten=tikken(minuten) * TIK_MINUTEN,
    )


def plan_van(afspraak: Afspraak | Reservering) -> Plan:
    """Het plan van wat er al staat: duur, eisen en regels van toen, ook als het product daarna wijzigde."""
    duur = to_tik(afspraak.eind) - to_tik(afspraak.begin)
    return Plan(duur, tikken(afspraak.buffer), afspraak.eisen, afspraak.regels, duur * TIK_MINUTEN)


def evening_products(inrichting: Inrichting, dag: date) -> tuple[tuple[Product, Reden | None], ...]:
    """Alle producten die op die dag bestaan, met waarom ze niet in de avond kunnen, of None (V21)."""
    geldig = (product for product in inrichting.producten if product.is_geldig(dag))
    return tuple((p, None if p.avond else _reden_overdag(p)) for p in geldig)


def may_add(inrichting: Inrichting, regels: Iterable[Wensregel], product: str) -> Reden | None:
    """Waarom `product` niet bij deze regels kan, of None als het mag (V22: grijs met reden)."""
    for regel in regels:
        if (combinatie := _combinatie(inrichting, regel.product, product)) and not combinatie.mag:
            return _reden_combinatie(inrichting, regel.product, product)
    return None


def _merge(regels: Iterable[Wensregel]) -> tuple[Wensregel, ...]:
    personen: dict[str, int] = {}
    for regel in regels:
        if regel.personen < 1:
            return ()
        personen[regel.product] = personen.get(regel.product, 0) + regel.personen
    return tuple(Wensregel(product, aantal) for product, aantal in personen.items())


def _minuten(inrichting: Inrichting, regels: tuple[Wensregel, ...], behoeften: tuple[str, ...]) -> int:
    """Alle regels min wat combineren scheelt, nooit korter dan de langste regel; dan de behoeften erbij."""
    per_regel = [_minuten_van(inrichting.product[regel.product], regel.personen) for regel in regels]
    minder = sum(
        combinatie.minuten_minder * min(een.personen, twee.personen)
        for een, twee in combinations(regels, 2)
        if (combinatie := _combinatie(inrichting, een.product, twee.product))
    )
    kaal = max(sum(per_regel) - minder, *per_regel, 1)
    nodig = [inrichting.behoefte[code] for code in dict.fromkeys(behoeften)]
    erbij = sum(behoefte.minuten_erbij for behoefte in nodig)
    procent = sum(behoefte.procent_erbij for behoefte in nodig)
    return kaal + erbij - (-kaal * procent // 100)


def _minuten_van(product: Product, personen: int) -> int:
    return product.minuten + (personen - 1) * product.minuten_per_extra


def _regel(product: Product, regel: Wensregel, dag: date) -> Afspraakregel:
    bedrag = tarief(product, dag)
    return Afspraakregel(
        product=product.code,
        naam=product.naam,
        personen=regel.personen,
        minuten=_minuten_van(product, regel.personen),
        bevoegdheden=product.bevoegdheden,
        voorzieningen=product.voorzieningen,
        kosten=None if bedrag is None else bedrag * regel.personen,
    )


def _combinatie(inrichting: Inrichting, een: str, ander: str) -> Combinatie | None:
    for combinatie in inrichting.combinaties:
        if {combinatie.product, combinatie.ander} == {een, ander} and een != ander:
            return combinatie
    return None


# --- waarom niet -------------------------------------------------------------------------------------------


def _reasons(inrichting: Inrichting, regels: tuple[Wensregel, ...], dag: date) -> Iterable[Reden]:
    bekend = [regel for regel in regels if regel.product in inrichting.product]
    producten = [(inrichting.product[regel.product], regel.personen) for regel in bekend]
    for product, _ in producten:
        if not product.avond:
            yield _reden_overdag(product)
    if len(bekend) < len(regels):
        yield Reden(RedenCode.PRODUCT_NIET_GELDIG, "Dit product staat niet in de agenda.")
    for product, _ in producten:
        if not product.is_geldig(dag):
            yield Reden(RedenCode.PRODUCT_NIET_GELDIG, f"{product.naam}: dat kan op deze dag niet.")
    for product, personen in producten:
        if personen > product.personen_max:
            yield Reden(
                RedenCode.TE_VEEL_PERSONEN,
                f"{product.naam}: hoogstens {product.personen_max} personen in één afspraak.",
            )
    for een, ander in combinations(bekend, 2):
        combinatie = _combinatie(inrichting, een.product, ander.product)
        if combinatie and not combinatie.mag:
            yield _reden_combinatie(inrichting, een.product, ander.product)


def _reden_overdag(product: Product) -> Reden:
    return Reden(
        RedenCode.NIET_IN_DE_AVOND, product.overdag_verwijzing or f"{product.naam}: dat kan alleen overdag."
    )


def _reden_combinatie(inrichting: Inrichting, een: str, ander: str) -> Reden:
    namen = [inrichting.product[code].naam for code in (een, ander) if code in inrichting.product]
    return Reden(RedenCode.COMBINATIE, f"{' en '.join(namen)}: maak daarvoor twee afspraken.")


def _split(
    inrichting: Inrichting, wens: Wens, regels: tuple[Wensregel, ...], redenen: tuple[Reden, ...]
) -> tuple[Wens, ...]:
    """Dezelfde mensen over zo min mogelijk afspraken, zo gelijk mogelijk verdeeld; alleen als dat helpt."""
    if {reden.code for reden in redenen} != {RedenCode.TE_VEEL_PERSONEN}:
        return ()
    delen = max(-(-r.personen // max(1, inrichting.product[r.product].personen_max)) for r in regels)
    verdeeld: list[Wens] = []
    for nummer in range(delen):
        eigen = tuple(
            Wensregel(r.product, aantal)
            for r in regels
            if (aantal := r.personen // delen + (nummer < r.personen % delen))
        )
        verdeeld.append(replace(wens, regels=eigen))
    return tuple(verdeeld)
