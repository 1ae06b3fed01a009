"""Maakt van contacten, zaken, documenten en afspraken items voor de tijdlijn.

Haalt niets op en verbergt niets: dat doen de laders en `domain.weergave`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from frontoffice.domain.afspraak import KlantAfspraak
from frontoffice.domain.belofte import zeg_kort
from frontoffice.domain.contact import InterneTaak, Klantcontact
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klantbeeld import Klantbeeld, Zaken, waarde_van
from frontoffice.domain.meldingstand import Klantmeldingen, meldingtekst, stand_kort
from frontoffice.domain.taal import ONBEKEND_MOMENT, middernacht
from frontoffice.domain.tijdlijn import Stroom, TijdlijnItem, TijdlijnSoort
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.weergave import statustekst
from frontoffice.domain.weergave_afspraak import MOGELIJK, moment
from frontoffice.domain.weergave_detail import kanaalnaam
from frontoffice.domain.zaak import Catalogus, Zaak
from frontoffice.ports import BronPagina
from frontoffice.uitvoeren import Uitkomst

CONTACTEN = "contacten"
ZAKEN = "zaken"
AFSPRAKEN = "afspraken"
MELDINGEN = "meldingen"


def items_van_contacten(contacten: Iterable[Klantcontact], vandaag: date) -> Iterator[TijdlijnItem]:
    """Elk contact en zijn terugbelverzoeken.

    Een terugbelverzoek staat bij het contact waaruit het ontstond, niet bij zijn eigen datum: anders kan
    het ouder of nieuwer zijn dan de bladzijde waarop het binnenkomt, en klopt de grens van de tijdlijn niet.
    """
    for contact in contacten:
        om = contact.plaatsgevonden_op or ONBEKEND_MOMENT
        kanaal = kanaalnaam(contact.kanaal)
        yield TijdlijnItem(
            id=f"contact:{contact.uuid}",
            soort=TijdlijnSoort.CONTACT,
            om=om,
            titel=schoon(contact.onderwerp) or kanaal,
            regel=schoon(contact.inhoud[:200]),
            tekst="\n\n".join(deel for deel in (contact.inhoud, contact.reactie) if deel),
            kanaal=kanaal,
            wie=", ".join(schoon(actor.naam) for actor in contact.actoren if actor.naam),
            gevoelig=contact.vertrouwelijk,
            verwijzing=("contact", contact.uuid),
            toestand="niet gelukt" if contact.contact_gelukt is False else "",
        )
        for taak in contact.taken:
            yield _item_van_taak(taak, contact, om, vandaag)


def _item_van_taak(taak: InterneTaak, contact: Klantcontact, om: datetime, vandaag: date) -> TijdlijnItem:
    """Eerst wat er is beloofd en gebeurd, dan wat er is gevraagd."""
    datums, kort = taak.tekst.datums, zeg_kort(taak.tekst, vandaag)
    laat = taak.is_open and datums is not None and datums.beloofd < vandaag
    return TijdlijnItem(
        id=f"terugbelverzoek:{taak.uuid}",
        soort=TijdlijnSoort.TERUGBELVERZOEK,
        om=om,
        titel=schoon(taak.gevraagde_handeling) or "Terugbelverzoek",
        regel=" · ".join(deel for deel in (schoon(kort), schoon(taak.tekst.vraag[:200])) if deel),
        tekst=taak.tekst.vraag,
        gevoelig=contact.vertrouwelijk,
        verwijzing=("contact", contact.uuid),
        toestand=("te laat" if laat else "open") if taak.is_open else "afgehandeld",
    )


def items_van_zaak(zaak: Zaak, catalogus: Catalogus | None) -> Iterator[TijdlijnItem]:
    """De huidige status van een zaak (of haar start, als die er nog niet is) en haar documenten."""
    zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
    naam = schoon(zaaktype.omschrijving) if zaaktype else f"Zaak {schoon(zaak.identificatie)}"
    begin = middernacht(zaak.startdatum) if zaak.startdatum else ONBEKEND_MOMENT
    om = (zaak.status.gezet_op if zaak.status else None) or begin
    yield TijdlijnItem(
        id=f"zaak:{zaak.uuid}:{zaak.status.uuid if zaak.status else 'start'}",
        soort=TijdlijnSoort.ZAAK,
        om=om,
        titel=naam,
        regel=f"Status: {statustekst(zaak, catalogus)}" if zaak.status else "Zaak gestart",
        tekst=zaak.status.toelichting if zaak.status else "",
        verwijzing=("zaak", zaak.uuid),
        toestand="" if zaak.is_open else "afgerond",
    )
    for document in zaak.documenten or ():
        yield TijdlijnItem(
            id=f"document:{document.uuid}",
            soort=TijdlijnSoort.DOCUMENT,
            om=document.registratiedatum or begin,
            titel=schoon(document.titel) or "Document",
            regel=naam,
            verwijzing=("document", document.uuid),
        )


def stroom_van_zaken(zaken: Zaken, catalogus: Catalogus | None) -> Stroom:
    """Van elke geladen zaak de huidige status en de documenten; deze stroom heeft geen volgende pagina."""
    alle = (*zaken.zaken, *(zaken.afgerond or ()))
    return Stroom(ZAKEN).met_pagina((item for zaak in alle for item in items_van_zaak(zaak, catalogus)), None)


def stroom_van_bron(naam: str, aangesloten: bool, uitkomst: Uitkomst) -> Stroom:
    """De eerste pagina van een bron, of waarom zij er niet is."""
    leeg = Stroom(naam, fout=uitkomst.fout, aangesloten=aangesloten)
    pagina = uitkomst.waarde
    if not isinstance(pagina, BronPagina):
        return leeg
    return leeg.met_pagina(pagina.items, pagina.vervolg, pagina.bereikt)


def contactpagina(
    stroom: Stroom | None, rijen: Iterable[Klantcontact], volgende: int | None, vandaag: date
) -> Stroom:
    """De stroom van contacten met een pagina erbij."""
    vervolg = None if volgende is None else str(volgende)
    return (stroom or Stroom(CONTACTEN)).met_pagina(items_van_contacten(rijen, vandaag), vervolg)


def items_van_afspraken(afspraken: Iterable[KlantAfspraak], vandaag: date) -> Iterator[TijdlijnItem]:
    """Elke afspraak één keer: op haar tijd, of als zij is afgezegd op het moment daarvan."""
    for afspraak in afspraken:
        delen = []
        if afspraak.afgezegd_op is not None:
            delen.append(f"was {moment(afspraak.begin, vandaag)}")
        elif afspraak.verzet_van is not None:
            delen.append(f"verzet van {moment(afspraak.verzet_van, vandaag)}")
        if afspraak.moet_verzet:
            delen.append("moet verzet worden")
        if not afspraak.zeker:
            delen.append(MOGELIJK)
        yield TijdlijnItem(
            id=f"afspraak:{afspraak.id}",
            soort=TijdlijnSoort.AFSPRAAK,
            om=afspraak.afgezegd_op or afspraak.begin,
            titel=afspraak.producten,
            regel=", ".join(delen),
            verwijzing=("afspraak", afspraak.id),
            toestand=afspraak.woord,
        )


def stroom_van_afspraken(afspraken: Iterable[KlantAfspraak], vandaag: date) -> Stroom:
    """Alle afspraken in één keer; deze stroom heeft geen volgende pagina."""
    return Stroom(AFSPRAKEN).met_pagina(items_van_afspraken(afspraken, vandaag), None)


def items_van_meldingen(meldingen: Klantmeldingen, vandaag: date) -> Iterator[TijdlijnItem]:
    """Elke melding één keer, op het moment van melden; wat erover te zeggen is staat in de tekst."""
    for rij in meldingen.rijen:
        melding = rij.melding
        waar = schoon(melding.plek.omschrijving) if melding.plek else ""
        delen = [waar]
        if rij.termijn.te_laat:
            delen.append(rij.termijn.zin)
        if rij.melder.moet_bellen:
            delen.append("melder weet het nog niet: bel")
        if rij.zin:
            delen.append(rij.zin)
        yield TijdlijnItem(
            id=f"melding:{melding.nummer}",
            soort=TijdlijnSoort.MELDING,
            om=melding.gemeld_op or ONBEKEND_MOMENT,
            titel=f"{schoon(melding.weergave)} {schoon(melding.categorie)}",
            regel=", ".join(deel for deel in delen if deel),
            tekst=meldingtekst(rij, vandaag),
            wie=schoon(melding.wie),
            verwijzing=("melding", str(melding.nummer)),
            toestand=stand_kort(melding.status).lower(),
        )


def stroom_van_meldingen(meldingen: Klantmeldingen, vandaag: date) -> Stroom:
    """Alle meldingen in één keer. Kon er niet overal worden gezocht, dan zegt de stroom dat zelf."""
    stroom = Stroom(MELDINGEN).met_pagina(items_van_meldingen(meldingen, vandaag), None)
    if not meldingen.onvolledig:
        return stroom
    return replace(stroom, fout=KifFout(meldingen.onvolledig, code="zoekindex", opnieuw_helpt=True))


def met_tijdlijn(beeld: Klantbeeld, naam: str) -> Klantbeeld:
    """Werk de stroom bij die bij dit onderdeel hoort; een nieuwe catalogus geeft zaken hun namen."""
    tijdlijn = beeld.tijdlijn
    if naam == CONTACTEN:
        contacten = waarde_van(beeld.contacten)
        tijdlijn = tijdlijn.zonder(CONTACTEN)
        if contacten is not None:
            tijdlijn = tijdlijn.met(
                contactpagina(None, contacten.rijen, contacten.volgende_pagina, beeld.vandaag)
            )
    if naam in (ZAKEN, "catalogus"):
        zaken: Zaken | None = waarde_van(beeld.zaken)
        tijdlijn = tijdlijn.zonder(ZAKEN)
        if zaken is not None:
            tijdlijn = tijdlijn.met(stroom_van_zaken(zaken, waarde_van(beeld.catalogus)))
    if naam == AFSPRAKEN:
        afspraken = waarde_van(beeld.afspraken)
        tijdlijn = tijdlijn.zonder(AFSPRAKEN)
        if afspraken is not None:
            tijdlijn = tijdlijn.met(stroom_van_afspraken(afspraken, beeld.vandaag))
    if naam == MELDINGEN:
        meldingen = waarde_van(beeld.meldingen)
        tijdlijn = tijdlijn.zonder(MELDINGEN)
        if meldingen is not None:
            tijdlijn = tijdlijn.met(stroom_van_meldingen(meldingen, beeld.vandaag))
    return beeld if tijdlijn is beeld.tijdlijn else replace(beeld, tijdlijn=tijdlijn)
