"""Wat er van één contact en één zaak te zien mag zijn, met dezelfde regels als het klantbeeld zelf.

Haalt niets op; `weergave` gaat over het geheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from frontoffice.domain import taal
from frontoffice.domain.belofte import zeg_datum_beloofd
from frontoffice.domain.contact import InterneTaak, Klantcontact
from frontoffice.domain.dossier import Stap, ZaakDossier
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.domain.verbergen import Verberger, schoon
from frontoffice.domain.weergave import (
    VERTROUWELIJK,
    ZaakRegel,
    is_open_gemaakt,
    maak_verberger,
    maak_zaakregel,
    rolnaam,
    zaaktypenaam,
)
from frontoffice.domain.zaak import ZaakDocument


@dataclass(frozen=True)
class TaakWeergave:
    """Een terugbelverzoek: wat er gevraagd is en hoe het staat ("open sinds gisteren").

    `feiten` zijn paren (naam, waarde) over wat is beloofd en wat er sindsdien gebeurde; `toelichting` is de
    rest. `te_laat`: de datum die de klant is beloofd, is voorbij.
    """

    tekst: str
    toelichting: str
    toestand: str
    is_open: bool
    feiten: tuple[tuple[str, str], ...] = ()
    te_laat: bool = False


@dataclass(frozen=True)
class ContactWeergave:
    """Eén contact. Een vertrouwelijk contact is dicht: dan zegt `onthul` hoe het opengaat.

    `over_zaken` zijn paren (uuid, zaaktype) van zaken in beeld waar het contact over ging.
    """

    uuid: str
    titel: str
    wanneer: str
    kanaal: str
    wie: str
    onderwerp: str = ""
    inhoud: str = ""
    reactie: str = ""
    taken: tuple[TaakWeergave, ...] = ()
    over_zaken: tuple[tuple[str, str], ...] = ()
    gelukt: bool = True
    onthul: str | None = None


@dataclass(frozen=True)
class DossierWeergave:
    """Eén zaak helemaal. `fouten` zijn zinnen over wat niet is geladen; documenten alleen die mogen."""

    regel: ZaakRegel
    toelichting: str
    streefdatum: str
    wettelijke_termijn: str
    opmerkingen: tuple[str, ...]
    stappen: tuple[Stap, ...]
    rollen: tuple[tuple[str, str], ...]
    resultaat: str
    documenten: tuple[ZaakDocument, ...]
    contacten: tuple[ContactWeergave, ...]
    voorleestekst: str | None
    fouten: tuple[str, ...]


def maak_contactweergave(
    beeld: Klantbeeld, contact: Klantcontact, verberger: Verberger | None = None
) -> ContactWeergave:
    """Een contact zoals het getoond mag worden; zonder controle is er niets te zien."""
    wanneer = _moment(contact, beeld)
    dicht = contact.vertrouwelijk and not is_open_gemaakt(beeld, contact.uuid)
    if dicht or not beeld.gecontroleerd:
        onthul = f"contact:{contact.uuid}" if beeld.gecontroleerd else None
        titel = VERTROUWELIJK if dicht else "Contact"
        return ContactWeergave(contact.uuid, titel, wanneer, "", "", onthul=onthul)
    verberger = verberger or maak_verberger(beeld)
    nagekeken = verberger.contact(contact)
    return ContactWeergave(
        uuid=contact.uuid,
        titel=kanaalnaam(contact.kanaal),
        wanneer=wanneer,
        kanaal=kanaalnaam(contact.kanaal),
        wie=", ".join(schoon(actor.naam) for actor in contact.actoren if actor.naam),
        onderwerp=schoon(nagekeken.onderwerp),
        inhoud=nagekeken.inhoud,
        reactie=nagekeken.reactie,
        taken=tuple(_taak(taak, beeld.vandaag, verberger) for taak in contact.taken),
        over_zaken=_over_zaken(contact, beeld),
        gelukt=contact.contact_gelukt is not False,
    )


def maak_dossierweergave(beeld: Klantbeeld, dossier: ZaakDossier) -> DossierWeergave:
    verberger = maak_verberger(beeld)
    zaak, termijn = dossier.detail.zaak, dossier.termijn
    resultaat = dossier.detail.resultaat
    opmerkingen = []
    if termijn.ligt_stil:
        reden = schoon(verberger.tekst(zaak.opschorting_reden))
        opmerkingen.append(f"De zaak ligt stil{f': {reden}' if reden else ''}. De tijd telt niet door.")
    if termijn.lag_stil and not termijn.ligt_stil:
        opmerkingen.append(
            "De zaak lag eerder stil. Die dagen tellen niet mee. Vraag de behandelaar naar de datum."
        )
    if zaak.verlenging_duur:
        reden = schoon(verberger.tekst(zaak.verlenging_reden))
        opmerkingen.append(f"De termijn is verlengd{f': {reden}' if reden else ''}.")
    if dossier.contacten_van_anderen:
        keer = taal.aantal(dossier.contacten_van_anderen, "keer contact", "keer contact")
        opmerkingen.append(f"Ook met anderen was er over deze zaak {keer}.")
    return DossierWeergave(
        regel=maak_zaakregel(zaak, beeld, waarde_van(beeld.catalogus), verberger),
        toelichting=verberger.tekst(zaak.toelichting),
        streefdatum=taal.datum_lang(termijn.streefdatum, beeld.vandaag) if termijn.streefdatum else "",
        wettelijke_termijn=taal.datum_lang(termijn.wettelijk, beeld.vandaag) if termijn.wettelijk else "",
        opmerkingen=tuple(opmerkingen),
        stappen=tuple(
            Stap(schoon(s.omschrijving), s.gezet_op, verberger.tekst(s.toelichting), s.is_nu, s.is_eind)
            for s in dossier.stappen
        ),
        rollen=tuple((rolnaam(rol), schoon(rol.naam) or "Naam niet bekend") for rol in dossier.detail.rollen),
        resultaat=schoon(verberger.tekst(resultaat.omschrijving or resultaat.toelichting))
        if resultaat
        else "",
        documenten=tuple(
            replace(d, titel=schoon(verberger.tekst(d.titel)) or "Document")
            for d in dossier.detail.documenten
        ),
        contacten=tuple(maak_contactweergave(beeld, c, verberger) for c in dossier.contacten),
        voorleestekst=dossier.voorleestekst,
        fouten=tuple(f"{naam.capitalize()}: niet geladen. {fout.uitleg}" for naam, fout in dossier.fouten),
    )


def kanaalnaam(kanaal: str) -> str:
    """Het kanaal met een hoofdletter: "Telefoon", "Balie", "E-mail"."""
    naam = schoon(kanaal) or "Contact"
    return naam[:1].upper() + naam[1:]


def _over_zaken(contact: Klantcontact, beeld: Klantbeeld) -> tuple[tuple[str, str], ...]:
    """Alleen zaken die in beeld zijn: een zaak die niet mag, laat hier ook geen spoor na."""
    zaken = waarde_van(beeld.zaken)
    catalogus = waarde_van(beeld.catalogus)
    bekend = {zaak.uuid: zaak for zaak in (*zaken.zaken, *(zaken.afgerond or ()))} if zaken else {}
    gevonden = {}
    for onderwerp in contact.onderwerpobjecten:
        zaak = bekend.get(onderwerp.object_id.lower())
        if zaak is not None:
            gevonden[zaak.uuid] = zaaktypenaam(zaak, catalogus)
    return tuple(gevonden.items())


def _moment(contact: Klantcontact, beeld: Klantbeeld) -> str:
    if contact.plaatsgevonden_op is None:
        return "Datum onbekend"
    dag = taal.datum_kort(taal.dag_van(contact.plaatsgevonden_op), beeld.vandaag)
    return f"{dag}, {taal.tijd(contact.plaatsgevonden_op)}"


def _taak(taak: InterneTaak, vandaag: date, verberger: Verberger) -> TaakWeergave:
    """Onze eigen regels lezen we vóór het verbergen: een datum met tijd lijkt soms op een telefoonnummer."""
    if taak.is_open:
        sinds = f" {taal.sinds(taal.dag_van(taak.toegewezen_op), vandaag)}" if taak.toegewezen_op else ""
        toestand = f"open{sinds}"
    else:
        op = (
            f" op {taal.datum_kort(taal.dag_van(taak.afgehandeld_op), vandaag)}"
            if taak.afgehandeld_op
            else ""
        )
        toestand = f"afgehandeld{op}"
    datums = taak.tekst.datums
    return TaakWeergave(
        schoon(verberger.tekst(taak.gevraagde_handeling)),
        verberger.tekst(taak.tekst.vraag),
        toestand,
        taak.is_open,
        tuple((naam, schoon(verberger.tekst(w))) for naam, w in _feiten(taak, vandaag)),
        te_laat=taak.is_open and datums is not None and datums.beloofd < vandaag,
    )


def _feiten(taak: InterneTaak, vandaag: date) -> Iterator[tuple[str, str]]:
    tekst = taak.tekst
    if tekst.datums is not None:
        yield "Beloofd", zeg_datum_beloofd(tekst, vandaag, taak.is_open)
        if tekst.datums.uiterlijk != tekst.datums.beloofd:
            yield "Afdeling", f"uiterlijk {taal.datum_lang(tekst.datums.uiterlijk, vandaag)}"
    for naam, telling in (
        ("Belde opnieuw", tekst.herhaald),
        ("Niet bereikt", tekst.niet_bereikt),
        ("Gesproken", tekst.gesproken),
    ):
        if telling.laatst is not None:
            dag = taal.datum_kort(taal.dag_van(telling.laatst), vandaag)
            yield naam, f"{telling.aantal} keer, laatst {dag}, {taal.tijd(telling.laatst)}"
    for doorgave in tekst.doorgaven:
        dag = taal.datum_kort(taal.dag_van(doorgave.om), vandaag)
        if doorgave.door == doorgave.aan:
            yield "Overgenomen", f"{dag} door {doorgave.door}"
        else:
            yield "Doorgegeven", f"{dag} door {doorgave.door} aan {doorgave.aan}: {doorgave.reden}"
    if tekst.verteld is not None:
        door = f" door {tekst.verteld.door}" if tekst.verteld.door else ""
        yield "Verteld", f"{taal.datum_kort(tekst.verteld.op, vandaag)} via {tekst.verteld.via}{door}"
