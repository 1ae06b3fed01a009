"""Wat er op het gedraaide scherm komt: één bezoek, in de taal van de bezoeker. Zonder Qt.

Geen naam: die kent de bezoeker zelf, en een ander kijkt weleens mee. Wat niet is vertaald, staat er in het
Nederlands met dat erbij, net als in een brief.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.meegeven import make_meegeven
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Bezoek
from frontoffice.documents.bevestiging import TALEN, Woorden
from frontoffice.documents.briefteksten import Briefteksten, plain, read_teksten

TAALNAMEN = {"nl": "Nederlands", "de": "Deutsch", "en": "English"}
KLAAR_NU = frozenset({Toestand.KLAAR, Toestand.NIET_GEKOMEN, Toestand.AFGEZEGD})


@dataclass(frozen=True)
class Gegevens:
    """Wat er nodig is om het in elke taal te zeggen. `wacht`: de wachttijd in Nederlandse woorden."""

    bezoek: Bezoek = field(repr=False)
    producten: tuple[tuple[Woorden, int], ...]
    meenemen: tuple[Woorden, ...] = ()
    kosten: tuple[tuple[Woorden, Decimal], ...] = ()
    balie: str = ""
    wacht: str = ""
    taal: str = "nl"


@dataclass(frozen=True)
class Stukje:
    """Een kop met wat eronder staat."""

    kop: str
    regels: tuple[str, ...]


@dataclass(frozen=True)
class Gedraaid:
    """`kop` boven het nummer, `zinnen` eronder, dan de stukjes; `sluiten`: wat er op de knop staat."""

    taal: str
    kop: str
    nummer: str
    zinnen: tuple[str, ...]
    stukjes: tuple[Stukje, ...]
    sluiten: str


def make_gegevens(
    bezoek: Bezoek,
    inrichting: Inrichting,
    balienamen: Mapping[str, str],
    afspraak: Afspraak | None = None,
    wacht: str = "",
) -> Gegevens:
    """`afspraak` alleen als het bezoek er een heeft: daaruit komt wat iemand mee moest nemen."""
    namen = {regel.product: _woorden(regel.product, regel.naam, inrichting) for regel in bezoek.regels}
    mee = make_meegeven(inrichting, afspraak).meenemen if afspraak is not None else ()
    return Gegevens(
        bezoek,
        tuple((namen[regel.product], regel.personen) for regel in bezoek.regels),
        tuple(Woorden(m.tekst, m.vertaald, m.verplicht) for m in mee),
        tuple((namen[regel.product], regel.kosten) for regel in bezoek.regels if regel.kosten is not None),
        balienamen.get(bezoek.balie, bezoek.balie) if bezoek.toestand in AAN_BALIE else "",
        wacht if bezoek.toestand is Toestand.AANGEMELD else "",
        _taal(bezoek, afspraak),
    )


def make_gedraaid(gegevens: Gegevens, taal: str) -> Gedraaid:
    teksten, bezoek = read_teksten(taal), gegevens.bezoek
    return Gedraaid(
        taal,
        teksten.avond("titel"),
        bezoek.volgnummer or bezoek.nummer,
        tuple(_zinnen(gegevens, teksten)),
        tuple(_stukjes(gegevens, teksten)),
        teksten.avond("sluiten"),
    )


def _zinnen(gegevens: Gegevens, teksten: Briefteksten) -> list[str]:
    bezoek, zinnen = gegevens.bezoek, []
    if bezoek.toestand is Toestand.OPGEROEPEN and gegevens.balie:
        zinnen.append(teksten.avond("roep", balie=gegevens.balie))
    if bezoek.tijd is not None and bezoek.toestand not in KLAAR_NU:
        zinnen.append(teksten.avond("tijd", tijd=teksten.tijd(bezoek.tijd)))
    if gegevens.wacht:
        zinnen.append(teksten.avond("wacht", wacht=teksten.wacht(gegevens.wacht)))
    return zinnen


def _stukjes(gegevens: Gegevens, teksten: Briefteksten) -> list[Stukje]:
    producten = tuple(plain(teksten.product(naam, personen)) for naam, personen in gegevens.producten)
    stukjes = [Stukje(teksten.tekst("waarvoor"), producten)]
    if gegevens.meenemen:
        punten = tuple(plain(teksten.punt(punt)) for punt in gegevens.meenemen)
        stukjes.append(Stukje(teksten.tekst("kop_meenemen"), punten))
    if gegevens.kosten:
        stukjes.append(Stukje(teksten.tekst("kop_kosten"), _kosten(gegevens, teksten)))
    return stukjes


def _kosten(gegevens: Gegevens, teksten: Briefteksten) -> tuple[str, ...]:
    samen = sum((bedrag for _, bedrag in gegevens.kosten), Decimal())
    if not samen:
        return (teksten.tekst("kosten_geen"),)
    regels = [
        teksten.tekst("kosten_regel", naam=teksten.stukken(naam), bedrag=teksten.bedrag(bedrag))
        for naam, bedrag in gegevens.kosten
    ]
    if len(regels) > 1:
        regels.append(teksten.tekst("kosten_samen", bedrag=teksten.bedrag(samen)))
    return tuple(regels)


def _woorden(code: str, naam: str, inrichting: Inrichting) -> Woorden:
    product = inrichting.product.get(code)
    return Woorden(naam, product.vertaald if product is not None and product.naam == naam else {})


def _taal(bezoek: Bezoek, afspraak: Afspraak | None) -> str:
    """De taal van de brief, of die van de tolk als wij die spreken; anders Nederlands."""
    keuzes = (bezoek.taal, afspraak.klant.brieftaal if afspraak is not None else "")
    return next((taal for taal in keuzes if taal in TALEN), "nl")
