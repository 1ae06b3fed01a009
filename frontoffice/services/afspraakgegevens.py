"""Wat er van een boeking wordt bewaard: gecontroleerde gegevens, en het antwoord op een verzoek.

Doet geen vraag aan de opslag. Bewaart nooit een burgerservicenummer, ook niet als iemand het ergens in typt.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from frontoffice.agenda.afspraak import (
    BRIEFTALEN,
    Afspraak,
    Bevestigkanaal,
    Contactgegevens,
    Kanaal,
    Reservering,
)
from frontoffice.agenda.voorwaarde import age_on
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.bericht import is_mobiel
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.waarden import Bsn, EmailAdres
from frontoffice.domain.zoekvraag import lees_telefoon
from frontoffice.services.afspraakwaarden import Boekgegevens

LANGSTE_NAAM = 128
LANGSTE_OPMERKING = 500

_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")


def check_gegevens(gegevens: Boekgegevens, dag: date) -> Boekgegevens:
    """De gegevens zoals ze bewaard worden: spaties weg, telefoon in één schrijfwijze, alleen wat nodig is.

    Raises InvoerFout zonder naam, zonder telefoon of e-mail (tenzij `geen_contact`), of met een BSN in de
    tekst.
    """
    klant = gegevens.klant
    naam = _regel(klant.naam)
    opmerking = gegevens.opmerking.strip()
    if not naam:
        raise InvoerFout("Vul de naam in van wie er komt.", code="naam")
    if len(naam) > LANGSTE_NAAM:
        raise InvoerFout(f"Deze naam is te lang. Gebruik hoogstens {LANGSTE_NAAM} tekens.", code="naam")
    if len(opmerking) > LANGSTE_OPMERKING:
        raise InvoerFout(
            f"Deze opmerking is te lang. Gebruik hoogstens {LANGSTE_OPMERKING} tekens.", code="opmerking"
        )
    telefoon, email = _telefoon(klant.telefoon), _email(klant.email)
    if not telefoon and not email and not klant.geen_contact:
        raise InvoerFout("Vul een telefoonnummer of e-mailadres in, of kies: geen.", code="contact")
    _check_bevestiging(klant, telefoon, email)
    for veld, tekst in (("naam", naam), ("opmerking", opmerking)):
        if has_bsn(tekst):
            raise InvoerFout(
                "Hier staat een burgerservicenummer. Haal dat weg: de agenda bewaart het niet.", code=veld
            )
    return replace(
        gegevens,
        opmerking=opmerking,
        klant=replace(
            klant,
            naam=naam,
            telefoon=telefoon,
            email=email,
            geen_contact=klant.geen_contact and not telefoon and not email,
            geboortedatum=_geboortedatum(klant.geboortedatum, dag),
        ),
    )


def _check_bevestiging(klant: Contactgegevens, telefoon: str, email: str) -> None:
    if klant.bevestiging is Bevestigkanaal.MAIL and not email:
        raise InvoerFout(
            "Voor een bevestiging per e-mail is een e-mailadres nodig. Vul het in, of kies iets anders.",
            code="bevestiging",
        )
    if klant.bevestiging is Bevestigkanaal.SMS and not telefoon:
        raise InvoerFout(
            "Voor een bevestiging per sms is een telefoonnummer nodig. Vul het in, of kies iets anders.",
            code="bevestiging",
        )
    if klant.bevestiging is Bevestigkanaal.SMS and not is_mobiel(telefoon):
        raise InvoerFout(
            "Een sms komt alleen aan op een mobiel nummer. Vul dat in, of kies iets anders.",
            code="bevestiging",
        )
    if klant.brieftaal not in BRIEFTALEN:
        raise InvoerFout("Brieven zijn er in nl, de en en. Kies een van deze talen.", code="brieftaal")


def has_bsn(tekst: str) -> bool:
    """Staat er een reeks van negen cijfers in die een burgerservicenummer kan zijn?"""
    return any(_is_bsn(re.sub(r"\D", "", treffer.group())) for treffer in _NEGEN_CIJFERS.finditer(tekst))


def _is_bsn(cijfers: str) -> bool:
    try:
        Bsn(cijfers)
    except InvoerFout:
        return False
    return True


def _regel(tekst: str) -> str:
    return " ".join(tekst.split())


def _telefoon(tekst: str) -> str:
    kaal = _regel(tekst)
    if not kaal:
        return ""
    nummer = lees_telefoon(kaal)
    if nummer is None:
        raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon")
    return nummer.e164


def _email(tekst: str) -> str:
    kaal = tekst.strip()
    return EmailAdres(kaal).adres if kaal else ""


def _geboortedatum(geboren: date | None, dag: date) -> date | None:
    """Alleen van wie dan nog geen 18 is: verder is zij niet nodig. Raises InvoerFout bij de toekomst."""
    if geboren is None:
        return None
    if geboren > dag:
        raise InvoerFout("Deze geboortedatum ligt in de toekomst. Kijk de datum na.", code="geboortedatum")
    return geboren if age_on(geboren, dag) < 18 else None


# --- verzoeken --------------------------------------------------------------------------------------------


def make_vingerafdruk(soort: str, *delen: object) -> str:
    """Een afdruk van wat is gevraagd: hetzelfde id voor iets anders valt daarmee op. Niet terug te lezen."""
    tekst = json.dumps([soort, *delen], default=_to_json, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(tekst.encode("utf-8", "surrogatepass")).hexdigest()


def _to_json(waarde: object) -> object:
    if isinstance(waarde, date | datetime):
        return waarde.isoformat()
    if isinstance(waarde, frozenset | set):
        return sorted(waarde)
    if hasattr(waarde, "__dataclass_fields__"):
        return {naam: getattr(waarde, naam) for naam in waarde.__dataclass_fields__}
    return str(waarde)


def to_antwoord(afspraken: Sequence[Afspraak]) -> dict[str, Any]:
    """Het antwoord op een boeking, verzetting of afzegging, zonder persoonsgegevens."""
    return {"soort": "afspraak", "afspraken": [_afspraak(afspraak) for afspraak in afspraken]}


def _afspraak(afspraak: Afspraak) -> dict[str, Any]:
    return {
        "id": afspraak.id,
        "nummer": afspraak.nummer,
        "code": afspraak.code,
        "datum": afspraak.datum.isoformat(),
        "begin": afspraak.begin.isoformat(),
        "eind": afspraak.eind.isoformat(),
        "balie": afspraak.balie,
    }


def as_answered(afspraak: Afspraak, antwoord: Mapping[str, Any]) -> Afspraak:
    """De afspraak met tijd en balie van destijds: hetzelfde verzoek, hetzelfde antwoord."""
    return replace(
        afspraak,
        datum=date.fromisoformat(antwoord["datum"]),
        begin=datetime.fromisoformat(antwoord["begin"]),
        eind=datetime.fromisoformat(antwoord["eind"]),
        balie=antwoord["balie"],
    )


def to_houdantwoord(delen: Sequence[tuple[Reservering, Wens]], gemaakt: datetime) -> dict[str, Any]:
    """Het antwoord op vasthouden; bewaart ook de wens, zodat bevestigen die niet opnieuw hoeft te weten."""
    return {
        "soort": "reservering",
        "gemaakt": gemaakt.isoformat(),
        "delen": [
            {
                "id": reservering.id,
                "datum": reservering.datum.isoformat(),
                "begin": reservering.begin.isoformat(),
                "afspraak": reservering.afspraak,
                "wens": to_wensdict(wens),
            }
            for reservering, wens in delen
        ],
    }


def to_wensdict(wens: Wens) -> dict[str, Any]:
    return {
        "regels": [[regel.product, regel.personen] for regel in wens.regels],
        "behoeften": list(wens.behoeften),
        "taal": wens.taal,
        "kanaal": wens.kanaal.value,
        "overrulen": wens.overrulen,
    }


def to_wens(tabel: Mapping[str, Any]) -> Wens:
    return Wens(
        tuple(Wensregel(product, personen) for product, personen in tabel["regels"]),
        tuple(tabel["behoeften"]),
        tabel["taal"],
        Kanaal(tabel["kanaal"]),
        tabel["overrulen"],
    )


def wens_van(afspraak: Afspraak, *, overrulen: bool = False) -> Wens:
    """De wens waarmee een afspraak opnieuw te plannen is."""
    return Wens(
        tuple(Wensregel(regel.product, regel.personen) for regel in afspraak.regels),
        afspraak.behoeften,
        afspraak.taal,
        afspraak.kanaal,
        overrulen,
    )


def is_zelfde_nummer(een: str, ander: str) -> bool:
    """Zijn dit dezelfde telefoonnummers, hoe ze ook geschreven zijn?"""
    links, rechts = lees_telefoon(een) if een else None, lees_telefoon(ander) if ander else None
    return links is not None and links == rechts


def lijkt_naam(een: str, ander: str) -> bool:
    """Hebben deze namen hetzelfde laatste woord (de achternaam), zonder op accenten te letten?"""
    from frontoffice.domain.taal import zonder_accenten

    links, rechts = zonder_accenten(een).split(), zonder_accenten(ander).split()
    return bool(links and rechts) and links[-1] == rechts[-1]


def same_contact(een: Contactgegevens, ander: Contactgegevens) -> bool:
    """Is dit vermoedelijk dezelfde persoon? Op klantsleutel, anders op telefoon met geboortedatum of naam."""
    if een.klantsleutel and ander.klantsleutel:
        return een.klantsleutel == ander.klantsleutel
    if not is_zelfde_nummer(een.telefoon, ander.telefoon):
        return False
    if een.geboortedatum and ander.geboortedatum:
        return een.geboortedatum == ander.geboortedatum
    return lijkt_naam(een.naam, ander.naam)
