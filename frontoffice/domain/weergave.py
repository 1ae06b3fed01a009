"""Wat er van een klantbeeld te zien mag zijn, als gewone Nederlandse tekst; venster en opdrachtregel
gebruiken dit.

Alleen hier wordt verborgen: geheimhouding, nog niet gecontroleerd, vertrouwelijk, dicht aan de balie.
Haalt niets op en kent geen scherm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from frontoffice.domain import taal
from frontoffice.domain.fouten import NietGevonden
from frontoffice.domain.gegevens import (
    CONTROLEER_EERST,
    Gegeven,
    klantnaam,
    maak_gegevens,
    naam_ongecontroleerd,
)
from frontoffice.domain.klant import AdresSoort, Bedrijf, KlantSleutel, Waarschuwing, WaarschuwingSoort
from frontoffice.domain.klantbeeld import Aandachtspunt, Klantbeeld, Mislukt, Onderdeel, Wacht, waarde_van
from frontoffice.domain.termijn import Termijn, bereken_termijn
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from frontoffice.domain.verbergen import Verberger, schoon, straat_van
from frontoffice.domain.weergave_afspraak import AfspraakRegel, maak_afspraakregels, maak_gegeven
from frontoffice.domain.zaak import Catalogus, Rol, Zaak

VERTROUWELIJK = "Vertrouwelijk contact"
BIJNA_DAGEN = 7
GEEN_STATUS = "Nog geen status"
NIEMAND = "Nog niemand"


class Ernst(StrEnum):
    """Hoe een regel eruit springt; er staan altijd ook woorden bij."""

    GEWOON = "gewoon"
    LET_OP = "let_op"
    GEVAAR = "gevaar"


@dataclass(frozen=True)
class ZaakRegel:
    """Een zaak in de lijst. `termijn` is in woorden, `dagen` tot `uiterste_datum` (negatief is voorbij).

    Van een afgeronde zaak zegt `termijn` wanneer hij klaar was.
    """

    uuid: str
    identificatie: str
    zaaktype: str
    status: str
    termijn: str
    ernst: Ernst
    behandelaar: str
    rol: str
    open: bool
    omschrijving: str = ""
    uiterste_datum: date | None = None
    streefdatum: date | None = None
    dagen: int | None = None
    einddatum: date | None = None


@dataclass(frozen=True)
class Toestand:
    """Hoe het met een onderdeel staat. `soort` is "laden", "geladen" of "mislukt"; `om` is "14.03 uur" of
    leeg."""

    soort: str
    tekst: str
    opnieuw_helpt: bool = False
    om: str = ""


@dataclass(frozen=True)
class KlantWeergave:
    """Alles wat van een klant getoond mag worden. `uitleg` staat in elk leeg vak zolang niet is
    gecontroleerd.

    `tijdlijn_meldingen` noemt bronnen die ontbreken; `opmerkingen` zijn regels onder de kop;
    `afgerond` is None zolang afgeronde zaken niet zijn opgevraagd; `afspraken`: wat nog komt eerst.
    """

    naam: str
    ondertitel: str
    gecontroleerd: bool
    gegevens: tuple[Gegeven, ...] = ()
    waarschuwingen: tuple[Waarschuwing, ...] = ()
    brieven_geblokkeerd: bool = False
    aandacht: tuple[Aandachtspunt, ...] = ()
    zaken: tuple[ZaakRegel, ...] = ()
    zaken_samenvatting: str = ""
    zaken_meer: bool = False
    afgerond: tuple[ZaakRegel, ...] | None = None
    afgerond_meer: bool = False
    afspraken: tuple[AfspraakRegel, ...] = ()
    tijdlijn: tuple[TijdlijnItem, ...] = ()
    tijdlijn_meer: bool = False
    tijdlijn_meldingen: tuple[str, ...] = ()
    opmerkingen: tuple[str, ...] = ()
    toestanden: Mapping[str, Toestand] = field(default_factory=dict)
    uitleg: str = ""


def maak_weergave(beeld: Klantbeeld, werkplek: str = "telefoon") -> KlantWeergave:
    """Maak van een klantbeeld wat er te zien mag zijn. `werkplek` is "telefoon" of "balie"."""
    toestanden = {naam: maak_toestand(deel) for naam, deel in beeld.onderdelen.items()}
    if not beeld.gecontroleerd:
        alleen_geheim = tuple(w for w in beeld.waarschuwingen if w.soort is WaarschuwingSoort.GEHEIMHOUDING)
        return KlantWeergave(
            naam=naam_ongecontroleerd(beeld),
            ondertitel="Nog niet gecontroleerd",
            gecontroleerd=False,
            waarschuwingen=alleen_geheim,
            toestanden=toestanden,
            uitleg=CONTROLEER_EERST,
        )
    ondertitel, gegevens = maak_gegevens(beeld, werkplek)
    catalogus = waarde_van(beeld.catalogus)
    zaken = waarde_van(beeld.zaken)
    afspraken = maak_afspraakregels(waarde_van(beeld.afspraken) or (), beeld.vandaag)
    verberger = maak_verberger(beeld)
    open_zaken = tuple(maak_zaakregel(z, beeld, catalogus, verberger) for z in zaken.zaken) if zaken else ()
    afgerond = None
    if zaken is not None and zaken.afgerond is not None:
        afgerond = tuple(maak_zaakregel(z, beeld, catalogus, verberger) for z in zaken.afgerond)
    return KlantWeergave(
        naam=klantnaam(beeld),
        ondertitel=ondertitel,
        gecontroleerd=True,
        gegevens=(*gegevens, *maak_gegeven(afspraken)),
        waarschuwingen=beeld.waarschuwingen,
        brieven_geblokkeerd=any(w.soort is WaarschuwingSoort.OVERLEDEN for w in beeld.waarschuwingen),
        aandacht=beeld.aandacht,
        zaken=open_zaken,
        zaken_samenvatting=_samenvatting(len(open_zaken), bool(zaken.nog_na_te_kijken)) if zaken else "",
        zaken_meer=bool(zaken and zaken.nog_na_te_kijken),
        afgerond=afgerond,
        afgerond_meer=bool(zaken and zaken.afgerond_volgende_pagina),
        afspraken=afspraken,
        tijdlijn=tuple(_toonbaar(item, beeld, verberger) for item in beeld.tijdlijn.items),
        tijdlijn_meer=beeld.tijdlijn.heeft_meer,
        tijdlijn_meldingen=_meldingen(beeld),
        opmerkingen=_opmerkingen(beeld),
        toestanden=toestanden,
    )


def maak_toestand(deel: Onderdeel[object]) -> Toestand:
    """ "Laden…", "Bijgewerkt 14.03 uur" of "Niet geladen: …" met of Opnieuw zin heeft."""
    if isinstance(deel, Wacht):
        return Toestand("laden", "Laden…")
    if isinstance(deel, Mislukt) and isinstance(deel.fout, NietGevonden):
        # Het register werkt en kent deze klant niet: dat is een antwoord, geen storing.
        return Toestand("geladen", "Niet gevonden", om=taal.tijd(deel.om))
    if isinstance(deel, Mislukt):
        return Toestand(
            "mislukt", f"Niet geladen: {deel.fout.uitleg}", deel.fout.opnieuw_helpt, taal.tijd(deel.om)
        )
    om = taal.tijd(deel.om)
    return Toestand("geladen", f"Bijgewerkt {om}", om=om)


def maak_zaakregel(
    zaak: Zaak, beeld: Klantbeeld, catalogus: Catalogus | None, verberger: Verberger
) -> ZaakRegel:
    termijn = bereken_termijn(zaak, beeld.vandaag, catalogus)
    return ZaakRegel(
        uuid=zaak.uuid,
        identificatie=schoon(zaak.identificatie),
        zaaktype=zaaktypenaam(zaak, catalogus),
        status=statustekst(zaak, catalogus),
        termijn=termijn.tekst or _afgerond(zaak.einddatum, beeld.vandaag),
        ernst=ernst_van(termijn),
        behandelaar=behandelaar_van(zaak),
        rol=rol_van(zaak, beeld.sleutel),
        open=zaak.is_open,
        omschrijving=schoon(verberger.tekst(zaak.omschrijving)),
        uiterste_datum=termijn.wettelijk,
        streefdatum=termijn.streefdatum,
        dagen=termijn.dagen,
        einddatum=zaak.einddatum,
    )


def ernst_van(termijn: Termijn) -> Ernst:
    """Gevaar als de wettelijke termijn voorbij is; let op als hij bijna komt of de streefdatum voorbij is."""
    if termijn.te_laat:
        return Ernst.GEVAAR
    bijna = termijn.wettelijk is not None and termijn.dagen is not None and termijn.dagen <= BIJNA_DAGEN
    return Ernst.LET_OP if termijn.streefdatum_voorbij or bijna else Ernst.GEWOON


def zaaktypenaam(zaak: Zaak, catalogus: Catalogus | None) -> str:
    zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
    return schoon(zaaktype.omschrijving) if zaaktype else "Zaaktype onbekend"


def statustekst(zaak: Zaak, catalogus: Catalogus | None) -> str:
    if zaak.status is None:
        return GEEN_STATUS
    soort = catalogus.statustypen.get(zaak.status.statustype_uuid) if catalogus else None
    return schoon(soort.omschrijving) if soort else "Status onbekend"


def behandelaar_van(zaak: Zaak) -> str:
    """Namen van alle behandelaars: medewerkers of afdelingen; meer dan een kan."""
    namen = [
        schoon(r.naam)
        for r in zaak.rollen or ()
        if r.omschrijving_generiek == "behandelaar" and r.naam.strip()
    ]
    return ", ".join(dict.fromkeys(namen)) or NIEMAND


def rolnaam(rol: Rol) -> str:
    """De rol in een gewoon woord: aanvrager, gemachtigde, belanghebbende, …"""
    if rol.is_gemachtigde:
        return "gemachtigde"
    if rol.indicatie_machtiging == "machtiginggever":
        return "laat een ander het regelen"
    vast = {"initiator": "aanvrager", "mede_initiator": "medeaanvrager", "belanghebbende": "belanghebbende"}
    return vast.get(rol.omschrijving_generiek) or schoon(rol.omschrijving).lower() or "betrokken bij de zaak"


def rol_van(zaak: Zaak, sleutel: KlantSleutel) -> str:
    return ", ".join(dict.fromkeys(rolnaam(rol) for rol in zaak.rollen_van(sleutel)))


def is_open_gemaakt(beeld: Klantbeeld, contact_uuid: str) -> bool:
    """Heeft de medewerker dit vertrouwelijke contact met een reden geopend?"""
    return f"contact:{contact_uuid}" in beeld.onthuld


def maak_verberger(beeld: Klantbeeld) -> Verberger:
    """Wat er in vrije tekst verborgen moet blijven zolang er geheimhouding is, of kan zijn.

    Het Handelsregister schermt alleen een adres af, geen telefoonnummer.
    """
    geheim = beeld.geheimhouding or beeld.geheimhouding_onbekend
    bron = waarde_van(beeld.persoon) or waarde_van(beeld.bedrijf)
    afgeschermd = isinstance(bron, Bedrijf) and bron.adres_afgeschermd
    if not (geheim or afgeschermd or isinstance(beeld.bedrijf, Wacht | Mislukt)):
        return Verberger()
    adres = bron.adres if bron else None
    nummers = tuple(
        a.adres
        for p in waarde_van(beeld.klant) or ()
        for a in p.digitale_adressen
        if a.soort is AdresSoort.TELEFOON
    )
    return Verberger(
        adres="adres" not in beeld.onthuld,
        telefoon=geheim and "telefoon" not in beeld.onthuld,
        email=geheim and "email" not in beeld.onthuld,
        straten=(straat_van(adres.regels[0]),) if adres and adres.regels else (),
        postcodes=(adres.postcode,) if adres else (),
        nummers=nummers,
    )


def _toonbaar(item: TijdlijnItem, beeld: Klantbeeld, verberger: Verberger) -> TijdlijnItem:
    if item.gevoelig and not (item.verwijzing and is_open_gemaakt(beeld, item.verwijzing[1])):
        titel = "Terugbelverzoek" if item.soort is TijdlijnSoort.TERUGBELVERZOEK else VERTROUWELIJK
        return replace(item, titel=titel, regel="", tekst="", wie="")
    return verberger.item(item) if verberger.doet_iets else item


def _afgerond(dag: date | None, vandaag: date) -> str:
    """ "Afgerond op 3 november", met het jaar erbij als dat niet dit jaar is; leeg zolang een zaak loopt."""
    if dag is None:
        return ""
    jaar = "" if dag.year == vandaag.year else f" {dag.year}"
    return f"Afgerond op {dag.day} {taal.MAANDEN[dag.month - 1]}{jaar}"


def _samenvatting(getoond: int, meer: bool) -> str:
    if meer:
        return f"{getoond} getoond, er zijn er meer"
    return "Geen open zaken" if not getoond else taal.aantal(getoond, "open zaak", "open zaken")


def _meldingen(beeld: Klantbeeld) -> tuple[str, ...]:
    """Eén zin per bron die in de tijdlijn ontbreekt."""
    zinnen = [
        f"{s.naam.capitalize()}: niet geladen. {s.fout.uitleg}" for s in beeld.tijdlijn.stromen if s.fout
    ]
    zinnen += [
        f"{s.naam.capitalize()}: niet aangesloten." for s in beeld.tijdlijn.stromen if not s.aangesloten
    ]
    for naam in ("contacten", "zaken", "afspraken", "meldingen"):
        deel = beeld.onderdelen.get(naam)
        if isinstance(deel, Mislukt) and beeld.tijdlijn.stroom(naam) is None:
            zinnen.append(f"{naam.capitalize()}: niet geladen. {deel.fout.uitleg}")
    return tuple(zinnen)


def _opmerkingen(beeld: Klantbeeld) -> tuple[str, ...]:
    partijen = waarde_van(beeld.klant)
    zinnen = [
        deel.fout.uitleg
        for deel in (beeld.persoon, beeld.bedrijf)
        if isinstance(deel, Mislukt) and isinstance(deel.fout, NietGevonden)
    ]
    if partijen is not None and len(partijen) > 1:
        zinnen.append(f"Deze klant staat {len(partijen)} keer in het klantregister. U ziet alles samen.")
    if partijen == () and beeld.gecontroleerd:
        zinnen.append("Deze klant staat nog niet in het klantregister: er zijn nog geen contacten.")
    return tuple(zinnen)
