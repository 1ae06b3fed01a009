"""Van een afspraak naar wat er in de brief staat. Zonder Qt; op een achtergronddraad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Product, WieKomt
from frontoffice.agenda.meegeven import make_meegeven
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.documents.bevestiging import (
    TALEN,
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
from frontoffice.documents.brief import make_brief
from frontoffice.documents.briefteksten import read_teksten
from frontoffice.services.avondbeelden import Agendabeeld
from ui.afspraak.briefadres import Briefadres, choose_adres
from ui.afspraak.dienst import Agenda
from ui.afspraak.klant import Boekklant
from ui.papier import Klaarpapier, preview


@dataclass(frozen=True)
class Briefvraag:
    """Welke brief. `afspraken`: de eerste, met eventueel het ophalen dat erbij hoort.

    `adres`: alleen als de medewerker heeft aangevinkt dat het is gecontroleerd; de agenda bewaart het niet.
    """

    afspraken: tuple[Afspraak, ...] = field(repr=False)
    afzender: str
    taal: str = "nl"
    groot: bool = False
    klant: Boekklant | None = field(default=None, repr=False)
    adres: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Agendabestand:
    """Een .ics met zijn naam."""

    naam: str
    inhoud: bytes = field(repr=False)


def load_brief(agenda: Agenda, vraag: Briefvraag) -> Klaarpapier:
    """Maak de brief van de afspraak zoals ze nu is; `gegevens` is het Briefadres erbij. Raises PaginaFout."""
    vraag, bevestiging, adres = _load(agenda, vraag)
    brief = make_brief(bevestiging)
    return preview(brief.bestandsnaam, brief.pdf, brief.waarschuwing, adres)


def load_ics(agenda: Agenda, vraag: Briefvraag) -> Agendabestand:
    """De afspraak voor de agenda van de inwoner zelf; een hoger volgnummer vervangt wat hij al had."""
    from frontoffice.documents.kalenderbestand import ics_name, make_ics

    vraag, bevestiging, _ = _load(agenda, vraag)
    afspraak = vraag.afspraken[0]
    inhoud = make_ics(
        bevestiging, kenmerk=afspraak.id, volgnummer=afspraak.ics_volgnummer, gemaakt=agenda.vrij.load().nu
    )
    return Agendabestand(ics_name(bevestiging), inhoud)


def _load(agenda: Agenda, vraag: Briefvraag) -> tuple[Briefvraag, Bevestiging, Briefadres]:
    nu = {a.id: a for a in agenda.zoeken.load_ids([a.id for a in vraag.afspraken])}
    vraag = replace(vraag, afspraken=tuple(nu.get(a.id, a) for a in vraag.afspraken))
    afspraak = vraag.afspraken[0]
    adres = choose_adres(agenda, vraag.klant, afspraak)
    soort = find_soort(afspraak, agenda.zoeken.load_geschiedenis(afspraak.id))
    return vraag, make_bevestiging(agenda.vrij.load(), vraag, adres, soort), adres


def make_bevestiging(
    beeld: Agendabeeld, vraag: Briefvraag, briefadres: Briefadres, soort: Soort
) -> Bevestiging:
    """Alleen wat vaststaat komt op papier: wat van een niet gevraagde leeftijd afhangt, staat er niet in."""
    afspraak = vraag.afspraken[0]
    adres = vraag.adres if briefadres.mag else ()
    inrichting = beeld.inrichting
    locatie = inrichting.locatie
    producten = [inrichting.product[r.product] for r in afspraak.regels if r.product in inrichting.product]
    nodig = {b.code: Woorden(b.naam, b.vertaald) for b in inrichting.behoeften if b.naam.strip()}
    meegeven = make_meegeven(inrichting, afspraak)
    return Bevestiging(
        naam=afspraak.klant.naam,
        begin=afspraak.begin,
        eind=afspraak.eind,
        plaats=Plaats(
            locatie.naam,
            tuple(deel.strip() for deel in locatie.adres.split(",") if deel.strip()),
            locatie.vertaald,
        ),
        afzender=vraag.afzender,
        producten=tuple(
            Productregel(_woorden(regel.naam, inrichting.product.get(regel.product)), regel.personen)
            for regel in afspraak.regels
        ),
        nummer=afspraak.nummer,
        code=afspraak.code,
        gemaakt_op=beeld.vandaag,
        soort=soort,
        taal=vraag.taal,
        letters=Lettermaat.GROOT if vraag.groot else Lettermaat.GEWOON,
        geheim=briefadres.geheim,
        adres=adres,
        adres_bevestigd=bool(adres),
        meenemen=tuple(Woorden(m.tekst, m.vertaald, m.verplicht) for m in meegeven.meenemen),
        wie_komt=tuple(_wie_komt(regel) for regel in meegeven.wie_komt),
        geregeld=tuple(nodig[code] for code in afspraak.behoeften if code in nodig),
        kosten=tuple(
            Kostenregel(_woorden(regel.naam, inrichting.product.get(regel.product)), regel.kosten)
            for regel in afspraak.regels
            if regel.kosten is not None
        ),
        ophalen=_ophalen(beeld, producten, afspraak, vraag.afspraken[1:]),
        bereikbaar=Bereikbaar(locatie.telefoon, locatie.website),
        voorbeeld=locatie.voorbeeld,
    )


def find_soort(afspraak: Afspraak, geschiedenis: Sequence[Gebeurtenis]) -> Soort:
    """Waarom deze brief er is. Een andere naam of een andere balie maakt van de brief geen nieuwe soort."""
    if afspraak.toestand is Toestand.AFGEZEGD:
        return Soort.AFGEZEGD
    if any("begin" in gebeurtenis.voor for gebeurtenis in geschiedenis):
        return Soort.VERZET
    anders = any({"producten", "eind", "behoeften"} & set(g.voor) for g in geschiedenis)
    return Soort.GEWIJZIGD if anders else Soort.NIEUW


def _woorden(naam: str, product: Product | None) -> Woorden:
    """De naam zoals bij het boeken; de vertaling alleen als het product nog zo heet."""
    return Woorden(naam, product.vertaald if product is not None and product.naam == naam else {})


def _wie_komt(regel: WieKomt) -> Woorden:
    """Wie, hoeveel en wat er in de plaats mag komen; in een andere taal alleen als beide vertaald zijn."""
    vertaald = {}
    for taal in TALEN:
        rol, anders = regel.vertaald.get(taal, ""), regel.vervanging_vertaald.get(taal, "")
        if rol.strip() and (anders.strip() or not regel.vervanging):
            vertaald[taal] = read_teksten(taal).wie(rol, regel.aantal, anders)
    return Woorden(read_teksten("nl").wie(regel.rol, regel.aantal, regel.vervanging), vertaald)


def _regels(adres: str) -> tuple[str, ...]:
    return tuple(deel.strip() for deel in adres.split(",") if deel.strip())


def _ophalen(
    beeld: Agendabeeld, producten: Sequence[Product], afspraak: Afspraak, erbij: Sequence[Afspraak]
) -> Ophalen | None:
    werkdagen = [product.vervolg.werkdagen for product in producten if product.vervolg]
    if not werkdagen:
        return None
    vanaf = beeld.kalender.add_werkdagen(afspraak.datum, max(werkdagen))
    mee = next((ander for ander in erbij if ander.vervolg_van == afspraak.id), None)
    return Ophalen(vanaf) if mee is None else Ophalen(vanaf, mee.begin, mee.nummer, mee.code)
