"""Wat er nu speelt: de paar zinnen die een collega zou zeggen, met wat u eraan kunt doen; en de
waarschuwingen.

Rekent alleen met wat in het klantbeeld staat (dus nagekeken en toegestaan) en neemt geen vrije tekst over.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from frontoffice.domain.belofte import TERUGBELLEN, zeg_belofte, zeg_moeite
from frontoffice.domain.contact import InterneTaak, Klantcontact
from frontoffice.domain.klant import Waarschuwing, WaarschuwingSoort
from frontoffice.domain.klantbeeld import AandachtSoort, Aandachtspunt, Klantbeeld, waarde_van
from frontoffice.domain.melding import Melding
from frontoffice.domain.meldingstand import Klantmelding
from frontoffice.domain.taal import (
    ONBEKEND_MOMENT,
    dag_van,
    dagen,
    datum_kort,
    datum_lang,
    middernacht,
    sinds,
)
from frontoffice.domain.termijn import Termijn, bereken_termijn
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.zaak import Catalogus, Zaak

HOOGSTENS = 5
BIJNA_DAGEN = 7
VAAK = 4
VAAK_DAGEN = 7
STIL_DAGEN = 28
"""Zo lang geleden mag een melding klaar zijn om de klant daarvan nog te vertellen."""

_DE_WOORDEN = (
    "vergunning",
    "kaart",
    "ontheffing",
    "melding",
    "aanvraag",
    "subsidie",
    "uitkering",
    "toeslag",
    "klacht",
    "verklaring",
    "regeling",
    "voorziening",
    "bijdrage",
    "verhuizing",
    "kwijtschelding",
)
_HET_WOORDEN = ("paspoort", "rijbewijs", "bezwaar", "bezwaarschrift", "uittreksel", "verzoek", "besluit")


def bepaal_aandacht(beeld: Klantbeeld, wacht_op_inwoner: Collection[str]) -> tuple[Aandachtspunt, ...]:
    """Ten hoogste vijf punten, zwaarste soort eerst en daarbinnen wat het langst wacht.

    `wacht_op_inwoner`: omschrijvingen van statustypen uit het profiel die op de klant wachten.
    """
    gevonden = [*_over_zaken(beeld, wacht_op_inwoner), *_over_contacten(beeld), *_over_meldingen(beeld)]
    volgorde = list(AandachtSoort)
    gevonden.sort(key=lambda paar: (volgorde.index(paar[1].soort), paar[0]))
    return tuple(punt for _, punt in gevonden[:HOOGSTENS])


def bepaal_waarschuwingen(beeld: Klantbeeld) -> tuple[Waarschuwing, ...]:
    """De zwaarste eerst; wat de BRP (nog) niet gaf, waarschuwt niet."""
    gevonden: list[Waarschuwing] = []
    persoon = waarde_van(beeld.persoon)
    if persoon and persoon.overleden:
        op = f" op {persoon.overlijdensdatum.weergave}" if persoon.overlijdensdatum else ""
        tekst = f"Overleden{op}. Stuur geen brieven. Belt er een nabestaande? Kies Nabestaande belt."
        gevonden.append(Waarschuwing(WaarschuwingSoort.OVERLEDEN, tekst))
    if beeld.geheimhouding:
        tekst = "Geheimhouding: geef niets door aan anderen, ook niet dat deze persoon hier staat."
        gevonden.append(Waarschuwing(WaarschuwingSoort.GEHEIMHOUDING, tekst))
    if persoon and (persoon.adres_in_onderzoek or (persoon.adres and persoon.adres.in_onderzoek)):
        gevonden.append(
            Waarschuwing(WaarschuwingSoort.ADRES_IN_ONDERZOEK, "Adres wordt onderzocht: niet zeker.")
        )
    if persoon and persoon.curatele:
        tekst = "Onder curatele. Vraag of de curator ervan weet."
        gevonden.append(Waarschuwing(WaarschuwingSoort.CURATELE, tekst))
    if persoon and persoon.opschorting_reden and not persoon.overleden:
        tekst = "Staat niet meer ingeschreven in een Nederlandse gemeente."
        gevonden.append(Waarschuwing(WaarschuwingSoort.NIET_INGEZETENE, tekst))
    return tuple(gevonden)


def _over_zaken(
    beeld: Klantbeeld, wacht_op_inwoner: Collection[str]
) -> Iterator[tuple[float, Aandachtspunt]]:
    zaken = waarde_van(beeld.zaken)
    catalogus = waarde_van(beeld.catalogus)
    for zaak in zaken.zaken if zaken else ():
        if not zaak.is_open or not zaak.is_eigen_zaak(beeld.sleutel):
            continue
        termijn = bereken_termijn(zaak, beeld.vandaag, catalogus)
        naam = _zaaknaam(zaak, catalogus)
        gevonden = _over_termijn(termijn, naam)
        if gevonden:
            soort, tekst, gewicht = gevonden
            yield gewicht, Aandachtspunt(soort, tekst, "open_zaak", "Open zaak", zaak.uuid)
        soort_status = (
            catalogus.statustypen.get(zaak.status.statustype_uuid) if catalogus and zaak.status else None
        )
        if soort_status and zaak.status and soort_status.omschrijving in wacht_op_inwoner:
            tekst = f"De gemeente wacht op de klant voor {naam}: {schoon(soort_status.omschrijving).lower()}."
            gezet = zaak.status.gezet_op.timestamp() if zaak.status.gezet_op else 0.0
            yield (
                gezet,
                Aandachtspunt(AandachtSoort.WACHT_OP_INWONER, tekst, "open_zaak", "Open zaak", zaak.uuid),
            )


def _over_termijn(termijn: Termijn, naam: str) -> tuple[AandachtSoort, str, float] | None:
    """Soort, zin en gewicht (laag eerst) van de termijn, of None als er niets over te zeggen is."""
    if termijn.te_laat:
        geleden = termijn.dagen_te_laat
        wanneer = "gisteren" if geleden == 1 else f"{dagen(geleden)} geleden"
        return AandachtSoort.TE_LAAT, f"Het besluit op {naam} had er {wanneer} moeten zijn.", -geleden
    if termijn.onzeker_te_laat:
        zin = f"De datum voor {naam} is voorbij, maar de zaak lag stil. Vraag de behandelaar ernaar."
        return AandachtSoort.BIJNA_TE_LAAT, zin, -1
    over = termijn.dagen
    if termijn.wettelijk and over is not None and over <= BIJNA_DAGEN:
        wanneer = ("vandaag", "uiterlijk morgen")[over] if over < 2 else f"binnen {dagen(over)}"
        return AandachtSoort.BIJNA_TE_LAAT, f"Het besluit op {naam} moet er {wanneer} zijn.", over
    if termijn.streefdatum_voorbij and termijn.streefdatum:
        voorbij = (termijn.vandaag - termijn.streefdatum).days
        zin = f"De streefdatum van {naam} is {dagen(voorbij)} voorbij."
        if termijn.wettelijk:
            zin += f" Het besluit moet er uiterlijk {datum_lang(termijn.wettelijk, termijn.vandaag)} zijn."
        return AandachtSoort.STREEFDATUM_VOORBIJ, zin, -voorbij
    return None


def _zaaknaam(zaak: Zaak, catalogus: Catalogus | None) -> str:
    """ "de kapvergunning", "het bezwaarschrift" of, als het lidwoord onzeker is, "de zaak Woo 2026"."""
    zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
    if zaaktype is None:
        return f"zaak {schoon(zaak.identificatie)}"
    woord = " ".join(schoon(zaaktype.omschrijving).split())
    klein = woord.lower()
    if klein.isalpha() and klein.endswith(_DE_WOORDEN):
        return f"de {klein}"
    if klein.isalpha() and klein.endswith(_HET_WOORDEN):
        return f"het {klein}"
    return f"de zaak {woord}"


def open_taken(contacten: tuple[Klantcontact, ...]) -> Iterator[tuple[Klantcontact, InterneTaak]]:
    """Alle terugbelverzoeken die nog niet zijn afgehandeld, met hun contact."""
    for contact in contacten:
        for taak in contact.taken:
            if taak.is_open:
                yield contact, taak


def _taakpunt(
    taken: list[tuple[Klantcontact, InterneTaak]], vandaag: date, *, bellen: bool
) -> tuple[float, Aandachtspunt] | None:
    """Eén regel voor alle open terugbelverzoeken samen (of alle andere beloften), met het dringendste als
    ingang: eerst wat het eerst is beloofd, dan wat het langst wacht."""
    eigen = [paar for paar in taken if (paar[1].tekst.soort == TERUGBELLEN) is bellen]
    if not eigen:
        return None
    contact, taak = min(eigen, key=_dringend)
    om = taak.toegewezen_op or contact.plaatsgevonden_op
    tekst = _zeg_taken([taak for _, taak in eigen], taak, om, vandaag, bellen=bellen)
    datums = taak.tekst.datums
    laat = datums is not None and datums.beloofd < vandaag
    soort = AandachtSoort.BELOFTE_TE_LAAT if laat else AandachtSoort.TERUGBELLEN
    actie = "Toon contact" if len(eigen) == 1 else "Toon eerste"
    return (
        om.timestamp() if om else 0.0,
        Aandachtspunt(soort, tekst, "open_contact", actie, contact.uuid),
    )


def _dringend(paar: tuple[Klantcontact, InterneTaak]) -> tuple[date, float]:
    contact, taak = paar
    om = taak.toegewezen_op or contact.plaatsgevonden_op
    return (taak.tekst.datums.beloofd if taak.tekst.datums else date.max, om.timestamp() if om else math.inf)


def _zeg_taken(
    alle: list[InterneTaak], eerste: InterneTaak, om: datetime | None, vandaag: date, *, bellen: bool
) -> str:
    gezegd = zeg_belofte(eerste.tekst, vandaag)
    if len(alle) == 1 and gezegd:
        return gezegd
    wanneer = f" {sinds(dag_van(om), vandaag)}" if om else ""
    wat, meer = ("terugbelverzoek", "terugbelverzoeken") if bellen else ("belofte", "beloften")
    lid = "het" if bellen else "de"
    if len(alle) == 1:
        moeite = zeg_moeite(eerste.tekst)
        return f"Er staat een {wat} open{wanneer}." + (f" {moeite}" if moeite else "")
    if gezegd:
        return f"Er staan {len(alle)} {meer} open. {lid.capitalize()} eerste: {gezegd[0].lower()}{gezegd[1:]}"
    return f"Er staan {len(alle)} {meer} open" + (f", {lid} oudste{wanneer}." if om else ".")


def _over_meldingen(beeld: Klantbeeld) -> Iterator[tuple[float, Aandachtspunt]]:
    """Wat te laat is, en wat de klant nog niet weet: elk één regel, met de oudste als ingang."""
    meldingen = waarde_van(beeld.meldingen)
    rijen = meldingen.rijen if meldingen else ()
    laat = sorted((r for r in rijen if r.termijn.te_laat), key=lambda r: -r.termijn.werkdagen_te_laat)
    grens = middernacht(beeld.vandaag - timedelta(days=STIL_DAGEN))
    stil = [r for r in rijen if r.melder.moet_bellen and (r.melding.is_open or _veranderd(r) >= grens)]
    stil.sort(key=_veranderd)
    if laat:
        eerste, over = laat[0], _meldingnaam(laat[0].melding)
        tekst = f"{over} is {eerste.termijn.zin}."
        if len(laat) > 1:
            tekst = f"{len(laat)} meldingen zijn te laat. {over} het meest: {eerste.termijn.zin}."
        yield (
            -float(eerste.termijn.werkdagen_te_laat),
            _meldingpunt(AandachtSoort.MELDING_TE_LAAT, tekst, eerste),
        )
    if stil:
        eerste, over = stil[0], _meldingnaam(stil[0].melding)
        tekst = f"{over} is veranderd en de klant weet het nog niet. Vertel het nu."
        if len(stil) > 1:
            begin = schoon(eerste.melding.weergave)
            tekst = f"{len(stil)} meldingen zijn veranderd en de klant weet het nog niet. Begin met {begin}."
        yield 0.0, _meldingpunt(AandachtSoort.MELDER_WEET_NIET, tekst, eerste)


def _veranderd(rij: Klantmelding) -> datetime:
    return rij.melder.laatste_verandering or ONBEKEND_MOMENT


def _meldingnaam(melding: Melding) -> str:
    return f"Melding {schoon(melding.weergave)}"


def _meldingpunt(soort: AandachtSoort, tekst: str, rij: Klantmelding) -> Aandachtspunt:
    if not rij.bevestigd:
        tekst = f"{tekst} (Mogelijk van deze klant.)"
    return Aandachtspunt(soort, tekst, "open_melding", "Toon melding", str(rij.melding.nummer))


def _over_contacten(beeld: Klantbeeld) -> Iterator[tuple[float, Aandachtspunt]]:
    contacten = waarde_van(beeld.contacten)
    rijen = contacten.rijen if contacten else ()
    taken = list(open_taken(rijen))
    for bellen in (True, False):
        punt = _taakpunt(taken, beeld.vandaag, bellen=bellen)
        if punt is not None:
            yield punt
    vanaf = beeld.vandaag - timedelta(days=VAAK_DAGEN - 1)
    begin = middernacht(vanaf)
    recent = [
        c for c in rijen if not c.vertrouwelijk and c.plaatsgevonden_op and c.plaatsgevonden_op >= begin
    ]
    if len(recent) >= VAAK:
        tekst = f"De klant had {len(recent)} keer contact sinds {datum_kort(vanaf, beeld.vandaag)}."
        yield (
            0.0,
            Aandachtspunt(AandachtSoort.BELT_VAKER, tekst, "open_contact", "Toon laatste", recent[0].uuid),
        )
