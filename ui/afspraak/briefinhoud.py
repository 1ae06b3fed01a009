"""Van een afspraak naar wat er in de brief staat. Zonder Qt; op een achtergronddraad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Product, Wanneer
from frontoffice.agenda.voorwaarde import Omstandigheden, applies
from frontoffice.documents.bevestiging import (
    Bereikbaar,
    Bevestiging,
    Kostenregel,
    Lettermaat,
    Ophalen,
    Plaats,
    Productregel,
    Soort,
    Woorden,
)
from frontoffice.documents.brief import Brief, make_brief
from frontoffice.documents.paginabeeld import Paginabeeld, pages
from frontoffice.services.avondbeelden import Agendabeeld
from ui.afspraak.dienst import Agenda

VOORBEELD_DPI = 96


@dataclass(frozen=True)
class Briefvraag:
    """Welke brief. `afspraken`: de eerste, met eventueel het ophalen dat erbij hoort. Nooit met een adres."""

    afspraken: tuple[Afspraak, ...] = field(repr=False)
    afzender: str
    taal: str = "nl"
    groot: bool = False
    omstandigheden: Omstandigheden = field(default_factory=Omstandigheden, repr=False)


@dataclass(frozen=True)
class Klarebrief:
    """De pdf met de bladzijden om te laten zien: wat op papier komt, is wat er staat."""

    brief: Brief = field(repr=False)
    bladzijden: tuple[Paginabeeld, ...] = field(repr=False)


def load_brief(agenda: Agenda, vraag: Briefvraag) -> Klarebrief:
    """Maak de brief. Raises TaalOnvolledig als niet alles in die taal bestaat, PaginaFout."""
    brief = make_brief(make_bevestiging(agenda.vrij.load(), vraag))
    return Klarebrief(brief, tuple(pages(brief.pdf, VOORBEELD_DPI)))


def make_bevestiging(beeld: Agendabeeld, vraag: Briefvraag) -> Bevestiging:
    """Alleen wat vaststaat komt op papier: wat van een niet gevraagde leeftijd afhangt, staat er niet in."""
    afspraak = vraag.afspraken[0]
    inrichting = beeld.inrichting
    locatie = inrichting.locatie
    producten = [inrichting.product[r.product] for r in afspraak.regels if r.product in inrichting.product]
    nodig = {behoefte.code: behoefte.naam for behoefte in inrichting.behoeften}
    return Bevestiging(
        naam=afspraak.klant.naam,
        begin=afspraak.begin,
        eind=afspraak.eind,
        plaats=Plaats(locatie.naam, tuple(deel.strip() for deel in locatie.adres.split(",") if deel.strip())),
        afzender=vraag.afzender,
        producten=tuple(
            Productregel(_woorden(regel.naam, inrichting.product.get(regel.product)), regel.personen)
            for regel in afspraak.regels
        ),
        nummer=afspraak.nummer,
        code=afspraak.code,
        gemaakt_op=beeld.vandaag,
        soort=_soort(afspraak),
        taal=vraag.taal,
        letters=Lettermaat.GROOT if vraag.groot else Lettermaat.GEWOON,
        meenemen=_meenemen(producten, afspraak, vraag),
        wie_komt=_wie_komt(producten, afspraak, vraag),
        geregeld=tuple(Woorden(nodig[code]) for code in afspraak.behoeften if nodig.get(code)),
        kosten=tuple(
            Kostenregel(_woorden(regel.naam, inrichting.product.get(regel.product)), regel.kosten)
            for regel in afspraak.regels
            if regel.kosten is not None
        ),
        ophalen=_ophalen(beeld, producten, afspraak, vraag.afspraken[1:]),
        bereikbaar=Bereikbaar(locatie.telefoon, locatie.website),
        voorbeeld=locatie.voorbeeld,
    )


def _soort(afspraak: Afspraak) -> Soort:
    if afspraak.toestand is Toestand.AFGEZEGD:
        return Soort.AFGEZEGD
    return Soort.VERZET if afspraak.ics_volgnummer else Soort.NIEUW


def _woorden(naam: str, product: Product | None) -> Woorden:
    """De naam zoals bij het boeken; de vertaling alleen als het product nog zo heet."""
    return Woorden(naam, product.vertaald if product is not None and product.naam == naam else {})


def _omstandigheden(afspraak: Afspraak, vraag: Briefvraag) -> Omstandigheden:
    wat = vraag.omstandigheden
    geboren = wat.geboortedatum or afspraak.klant.geboortedatum
    return Omstandigheden(geboren, wat.codes, wat.toestemming_op)


def _meenemen(producten: Sequence[Product], afspraak: Afspraak, vraag: Briefvraag) -> tuple[Woorden, ...]:
    wat = _omstandigheden(afspraak, vraag)
    wanneer = Wanneer.OPHALEN if afspraak.vervolg_van else Wanneer.AANVRAAG
    regels = {
        regel.tekst: Woorden(regel.tekst, regel.vertaald)
        for product in producten
        for regel in product.meenemen
        if regel.wanneer in (wanneer, Wanneer.AANVRAAG) and applies(regel.voorwaarde, wat, afspraak.datum)
    }
    return tuple(regels.values())


def _wie_komt(producten: Sequence[Product], afspraak: Afspraak, vraag: Briefvraag) -> tuple[Woorden, ...]:
    wat = _omstandigheden(afspraak, vraag)
    regels: dict[str, Woorden] = {}
    for product in producten:
        for regel in product.wie_komt:
            if applies(regel.voorwaarde, wat, afspraak.datum):
                wie = regel.rol if regel.aantal == 1 else f"{regel.aantal} × {regel.rol}"
                tekst = f"{wie}, of {regel.vervanging}" if regel.vervanging else wie
                regels[tekst] = Woorden(tekst, regel.vertaald)
    return tuple(regels.values())


def _ophalen(
    beeld: Agendabeeld, producten: Sequence[Product], afspraak: Afspraak, erbij: Sequence[Afspraak]
) -> Ophalen | None:
    werkdagen = [product.vervolg.werkdagen for product in producten if product.vervolg]
    if not werkdagen:
        return None
    vanaf = beeld.kalender.add_werkdagen(afspraak.datum, max(werkdagen))
    mee = next((ander for ander in erbij if ander.vervolg_van == afspraak.id), None)
    return Ophalen(vanaf) if mee is None else Ophalen(vanaf, mee.begin, mee.nummer, mee.code)
