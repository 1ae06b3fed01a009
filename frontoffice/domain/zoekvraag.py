"""Herkent wat in het zoekveld is getypt of geplakt, zonder een register te vragen.

Geeft elke mogelijke lezing, de beste eerst. Wat niet kan kloppen, is een InvoerFout met een zin voor onder
het veld.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from frontoffice.domain.datumlezen import Datumlezing, find_datum
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.waarden import Bsn, EmailAdres, KvkNummer, Postcode, Telefoonnummer, Vestigingsnummer

LANGSTE_VRAAG = 200
KORTSTE_ZAAKNUMMER = 5
LANGSTE_ZAAKNUMMER = 40
KORTE_NUMMERS = ("112", "113", "144")


@dataclass(frozen=True)
class BsnVraag:
    bsn: Bsn

    @property
    def begrepen(self) -> str:
        return f"Burgerservicenummer {self.bsn.gemaskeerd}"


@dataclass(frozen=True)
class NaamVraag:
    """Achternaam zoals getypt, met of zonder voorvoegsel, en een hele geboortedatum."""

    geslachtsnaam: str
    geboortedatum: date

    @property
    def zonder_voorvoegsel(self) -> str:
        return zonder_voorvoegsel(self.geslachtsnaam)

    @property
    def begrepen(self) -> str:
        dag = self.geboortedatum
        return f"{self.geslachtsnaam}, geboren op {dag.day}-{dag.month}-{dag.year}"


@dataclass(frozen=True)
class AdresVraag:
    postcode: Postcode
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    geslachtsnaam: str = ""

    @property
    def begrepen(self) -> str:
        toevoeging = f"-{self.toevoeging}" if self.toevoeging else ""
        naam = f", {self.geslachtsnaam}" if self.geslachtsnaam else ""
        return f"Adres {self.postcode.weergave} {self.huisnummer}{self.huisletter}{toevoeging}{naam}"


@dataclass(frozen=True)
class TelefoonVraag:
    nummer: Telefoonnummer

    @property
    def begrepen(self) -> str:
        return f"Telefoonnummer {toon_telefoon(self.nummer)}"


@dataclass(frozen=True)
class EmailVraag:
    adres: EmailAdres

    @property
    def begrepen(self) -> str:
        return f"E-mailadres {self.adres.adres}"


@dataclass(frozen=True)
class ZaakVraag:
    nummer: str

    @property
    def begrepen(self) -> str:
        return f"Zaaknummer {self.nummer}"


@dataclass(frozen=True)
class KvkVraag:
    kvk: KvkNummer

    @property
    def begrepen(self) -> str:
        return f"KVK-nummer {self.kvk.nummer}"


@dataclass(frozen=True)
class VestigingVraag:
    vestiging: Vestigingsnummer

    @property
    def begrepen(self) -> str:
        return f"Vestigingsnummer {self.vestiging.nummer}"


@dataclass(frozen=True)
class BedrijfsnaamVraag:
    naam: str

    @property
    def begrepen(self) -> str:
        return f"Bedrijf {self.naam}"


@dataclass(frozen=True)
class MeldingVraag:
    nummer: str

    @property
    def begrepen(self) -> str:
        return f"Melding {self.nummer}"


@dataclass(frozen=True)
class PartijVraag:
    """De sleutel van een klant zonder BSN of KVK-nummer, uit een eerdere lijst met kandidaten."""

    uuid: str

    @property
    def begrepen(self) -> str:
        return "Klant uit een eerdere lijst"


Zoekvraag = (
    BsnVraag
    | NaamVraag
    | AdresVraag
    | TelefoonVraag
    | EmailVraag
    | ZaakVraag
    | KvkVraag
    | VestigingVraag
    | BedrijfsnaamVraag
    | MeldingVraag
    | PartijVraag
)

_VOORVOEGSELS = frozenset(
    (
        "'s", "'t", "aan", "al", "am", "auf", "aus", "bij", "d'", "da", "dal", "de", "del", "della",
        "den", "der", "des", "di", "die", "do", "don", "dos", "du", "el", "het", "im", "in", "l'",
        "la", "las", "le", "les", "lo", "los", "of", "onder", "op", "over", "te", "ten", "ter",
        "thor", "toe", "tot", "uit", "uijt", "van", "ver", "vom", "von", "voor", "vor", "zu", "zum",
        "zur",
    )
)  # fmt: skip
_TOEVOEGINGEN = frozenset(
    (
        "bis", "hs", "huis", "bv", "boven", "beneden", "onder", "links", "rechts", "zw", "rd", "i",
        "ii", "iii", "iv", "vi", "ra", "la", "to",
    )
)  # fmt: skip

_UUID = re.compile(r"(?:partij:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_MELDING = re.compile(r"(?:SIG|MOR)[- ]?[0-9][0-9A-Z-]*", re.IGNORECASE)
_LIJKT_TELEFOON = re.compile(r"(?:tel:)?\+?[0-9(][0-9 ().\-/]*", re.IGNORECASE)
_POSTCODE = re.compile(r"([0-9]{4}) ?([A-Za-z]{2})(?![A-Za-z])[ ,]*(.*)")
_HALVE_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]")
_HUISNUMMER = re.compile(r"([0-9]+)(.*)")
_ZAAKNUMMER = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._/\-]*")


def herken(tekst: str, vandaag: date) -> tuple[Zoekvraag, ...]:
    """Alle lezingen van `tekst`, beste eerst; leeg als er te weinig staat om te zoeken.

    Raises InvoerFout met een zin voor onder het veld als duidelijk is wat bedoeld is, maar het niet klopt.
    """
    schoon = _maak_schoon(tekst)
    if len(schoon) < 2:
        return ()
    lezers: tuple[Callable[[str, date], tuple[Zoekvraag, ...]], ...] = (
        _lees_sleutel,
        _lees_email,
        _lees_melding,
        _lees_voorzien_van_soort,
        _lees_datum_en_naam,
        _lees_cijfers,
        _lees_adres,
        _lees_zaak_of_naam,
    )
    for lees in lezers:
        gelezen = lees(schoon, vandaag)
        if gelezen:
            return tuple(dict.fromkeys(gelezen))
    raise InvoerFout(
        "Dit herkennen wij niet. Typ een telefoonnummer, BSN, postcode met huisnummer, "
        "of geboortedatum en achternaam.",
        code="niet_herkend",
    )


def zonder_voorvoegsel(naam: str) -> str:
    """De BRP bewaart voorvoegsels apart: "van der Berg" staat er als "Berg"."""
    woorden = naam.split()
    while len(woorden) > 1 and woorden[0].lower().replace("’", "'") in _VOORVOEGSELS:
        woorden.pop(0)
    return " ".join(woorden)


def toon_telefoon(nummer: Telefoonnummer) -> str:
    """Zoals men het hier leest en voorleest: "06 12 34 56 78", "053 461 1234", "+49 2562 1234", "14 053"."""
    if not nummer.e164.startswith("+"):
        kort = nummer.e164
        return f"{kort[:2]} {kort[2:]}" if kort.startswith("140") else kort
    import phonenumbers  # zwaar: pas laden als er een nummer is

    gelezen = phonenumbers.parse(nummer.e164)
    nederlands = gelezen.country_code == 31
    vorm = phonenumbers.PhoneNumberFormat
    tekst = phonenumbers.format_number(gelezen, vorm.NATIONAL if nederlands else vorm.INTERNATIONAL)
    if nederlands and re.fullmatch(r"06 \d{8}", tekst):  # de bibliotheek laat een mobiel nummer aan één stuk
        return " ".join(tekst.replace(" ", "")[i : i + 2] for i in range(0, 10, 2))
    return tekst


def lees_telefoon(tekst: str) -> Telefoonnummer | None:
    """Een telefoonnummer in elke notatie, of None als het er geen kan zijn."""
    cijfers = re.sub(r"\D", "", tekst)
    if cijfers in KORTE_NUMMERS or re.fullmatch(r"140[0-9]{2,3}", cijfers):
        return Telefoonnummer(cijfers)
    if not 8 <= len(cijfers) <= 17:
        return None
    import phonenumbers  # zwaar: pas laden als er een nummer is

    try:
        gelezen = phonenumbers.parse(tekst.replace("(0)", " ").removeprefix("tel:"), "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(gelezen):
        return None
    return Telefoonnummer(phonenumbers.format_number(gelezen, phonenumbers.PhoneNumberFormat.E164))


def _maak_schoon(tekst: str) -> str:
    """Gewone spaties en tekens, of InvoerFout bij te veel of onzichtbare tekens."""
    if len(tekst) > LANGSTE_VRAAG:
        raise InvoerFout("Dit is te lang om op te zoeken. Plak alleen het nummer of de naam.", code="te_lang")
    breed = unicodedata.normalize("NFKC", tekst).replace("\t", " ").strip()
    if any(unicodedata.category(teken) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for teken in breed):
        raise InvoerFout("Hier staan onzichtbare tekens in. Typ het over.", code="onzichtbare_tekens")
    return " ".join(breed.split())


def _lees_sleutel(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    gevonden = _UUID.fullmatch(tekst)
    return (PartijVraag(gevonden.group(1).lower()),) if gevonden else ()


def _lees_email(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    if "@" not in tekst:
        return ()
    tussen_haken = re.search(r"<([^<>]*@[^<>]*)>", tekst)
    adres = tussen_haken.group(1) if tussen_haken else re.sub(r"^mailto:", "", tekst, flags=re.IGNORECASE)
    return (EmailVraag(EmailAdres(adres.strip(" .,;"))),)


def _lees_melding(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    if not _MELDING.fullmatch(tekst):
        return ()
    return (MeldingVraag(tekst.upper().replace(" ", "-")),)


def _lees_voorzien_van_soort(tekst: str, vandaag: date) -> tuple[Zoekvraag, ...]:
    """De soort staat ervoor: "bsn 999993653", "kvk 69599084", "zaak 2026-12", "tel. 06…"."""
    gevonden = re.fullmatch(
        r"(bsn|kvk|vestiging|zaak|zaaknummer|tel|telefoon)(?:nummer)?[.:]? +(.+)", tekst, re.I
    )
    if not gevonden:
        return ()
    soort, rest = gevonden.group(1).lower(), gevonden.group(2)
    cijfers = re.sub(r"[ .\-]", "", rest)
    if soort == "bsn":
        return (BsnVraag(Bsn(cijfers)),)
    if soort == "kvk":
        return (KvkVraag(KvkNummer(cijfers)),)
    if soort == "vestiging":
        return (VestigingVraag(Vestigingsnummer(cijfers)),)
    if soort in ("tel", "telefoon"):
        nummer = lees_telefoon(rest)
        return (TelefoonVraag(nummer),) if nummer else ()
    return _als_zaak(rest)


def _lees_datum_en_naam(tekst: str, vandaag: date) -> tuple[Zoekvraag, ...]:
    """Een datum vooraan of achteraan met een achternaam ernaast."""
    gevonden = find_datum(tekst, vandaag)
    if gevonden is None:
        return ()
    naam = _achternaam(gevonden.rest)
    if not naam:
        return _alleen_datum(tekst, gevonden)
    if not gevonden.dagen:
        raise InvoerFout(gevonden.bezwaar, code="datum_ongeldig")
    return tuple(NaamVraag(naam, dag) for dag in gevonden.dagen)


def _alleen_datum(tekst: str, gevonden: Datumlezing) -> tuple[Zoekvraag, ...]:
    """Zonder naam is het pas een datum als hij als datum is geschreven: acht cijfers is een KVK-nummer."""
    if gevonden.rest or tekst.isdigit():
        return ()
    if not gevonden.dagen:
        raise InvoerFout(gevonden.bezwaar, code="datum_ongeldig")
    raise InvoerFout("Typ ook de achternaam, bijvoorbeeld 1-12-1985 Jansen.", code="achternaam_ontbreekt")


def _achternaam(tekst: str) -> str:
    """De naam zonder voorletters en leestekens eromheen, of "" als het geen naam kan zijn."""
    naam = re.sub(
        r"^(?:geb(?:oren)?\.?(?: op)?|dhr\.?|mevr?\.?|mw\.?)\s+", "", tekst.strip(" ,;:"), flags=re.I
    )
    naam = re.sub(r"\s*,?\s+geb(?:oren)?\.?(?: op)?$", "", naam, flags=re.I)
    naam = re.sub(r"^(?:[^\W\d_]{1,2}\.\s*)+(?=\S)", "", naam)
    naam = naam.strip(" ,;:")
    return naam if any(t.isalpha() for t in naam) and _is_naam(naam) else ""


def _is_naam(tekst: str) -> bool:
    """Letters uit elk schrift met samengestelde tekens, spaties, streepjes, punten en apostroffen."""
    return all(t.isalpha() or t in " .'’‘`-" or unicodedata.category(t).startswith("M") for t in tekst)


def _lees_cijfers(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    """Alleen cijfers en leestekens: telefoon, BSN, KVK-nummer, vestigingsnummer of zaaknummer."""
    if not _LIJKT_TELEFOON.fullmatch(tekst):
        return ()
    cijfers = re.sub(r"\D", "", tekst)
    if tekst.startswith(("+", "tel:", "TEL:", "(")):
        return _verplicht_telefoon(tekst)
    return tuple(_lezingen_van_cijfers(tekst, cijfers))


def _lezingen_van_cijfers(tekst: str, cijfers: str) -> Iterator[Zoekvraag]:
    aaneen = re.fullmatch(r"[0-9 .\-]+", tekst) is not None
    nummer = lees_telefoon(tekst)
    if len(cijfers) == 12 and cijfers.startswith("0000") and aaneen:
        yield VestigingVraag(Vestigingsnummer(cijfers))
        return
    if nummer and ((cijfers.startswith("0") and len(cijfers) >= 10) or not nummer.e164.startswith("+")):
        yield TelefoonVraag(nummer)
        if len(cijfers) == 12 and aaneen:
            yield VestigingVraag(Vestigingsnummer(cijfers))
        return
    if len(cijfers) == 9 and aaneen:
        yield from _negen_cijfers(cijfers, nummer)
        return
    if len(cijfers) == 8 and aaneen:
        yield KvkVraag(KvkNummer(cijfers))
        if _is_bsn("0" + cijfers):
            yield BsnVraag(Bsn("0" + cijfers))
    if len(cijfers) == 12 and aaneen:
        yield VestigingVraag(Vestigingsnummer(cijfers))
    buitenland = (
        lees_telefoon("+" + cijfers)
        if len(cijfers) >= 11 and cijfers.startswith(("31", "49", "32"))
        else None
    )
    if buitenland:
        yield TelefoonVraag(buitenland)
    if cijfers.startswith("0") and len(cijfers) > 12 and not nummer:
        raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon_ongeldig")
    if len(cijfers) < KORTSTE_ZAAKNUMMER:
        raise InvoerFout(
            "Dit is nog te kort. Typ het hele nummer, of een postcode met huisnummer, zoals 7581 AB 12.",
            code="te_kort",
        )
    yield from _als_zaak(tekst)


def _negen_cijfers(cijfers: str, nummer: Telefoonnummer | None) -> Iterator[Zoekvraag]:
    if _is_bsn(cijfers):
        yield BsnVraag(Bsn(cijfers))
    if cijfers.startswith("6") and nummer:
        yield TelefoonVraag(nummer)
    elif not _is_bsn(cijfers):
        Bsn(cijfers)


def _is_bsn(cijfers: str) -> bool:
    try:
        Bsn(cijfers)
    except InvoerFout:
        return False
    return True


def _verplicht_telefoon(tekst: str) -> tuple[Zoekvraag, ...]:
    nummer = lees_telefoon(tekst)
    if nummer is None:
        raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon_ongeldig")
    return (TelefoonVraag(nummer),)


def _lees_adres(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    if _HALVE_POSTCODE.fullmatch(tekst):
        raise InvoerFout(
            "Een postcode heeft vier cijfers en twee letters, zoals 7581 AB.", code="halve_postcode"
        )
    gevonden = _POSTCODE.fullmatch(tekst)
    if gevonden is None:
        return ()
    rest = gevonden.group(3).strip(" ,")
    if rest and not rest[0].isdigit():
        return ()
    postcode = Postcode(gevonden.group(1) + gevonden.group(2).upper())
    if not rest:
        raise InvoerFout("Typ ook het huisnummer, bijvoorbeeld 7581 AB 12.", code="huisnummer_ontbreekt")
    return _adressen(postcode, rest)


def _adressen(postcode: Postcode, rest: str) -> tuple[Zoekvraag, ...]:
    gevonden = _HUISNUMMER.fullmatch(rest)
    if gevonden is None:
        return ()
    huisnummer = int(gevonden.group(1))
    if not 1 <= huisnummer <= 99999:
        raise InvoerFout("Een huisnummer ligt tussen 1 en 99999. Kijk het na.", code="huisnummer_ongeldig")
    letter, toevoeging, achter = _splits_toevoeging(gevonden.group(2))
    naam = _achternaam(achter) if achter else ""
    if achter and not naam:
        raise InvoerFout(
            "Wat achter het huisnummer staat, herkennen wij niet. Kijk het na.", code="adres_ongeldig"
        )
    return (AdresVraag(postcode, huisnummer, letter, toevoeging, naam),)


def _splits_toevoeging(tekst: str) -> tuple[str, str, str]:
    """Wat na het huisnummer komt: (huisletter, toevoeging, wat overblijft: een naam)."""
    letter = toevoeging = ""
    vast = re.match(r"([A-Za-z])(?=$|[ ,\-/]|[0-9])", tekst) or re.match(
        r" ([A-Za-z])(?=$|[ ,\-/])(?!\.)", tekst
    )
    if vast:
        letter, tekst = vast.group(1), tekst[vast.end() :]
    los = re.match(r"\s*[-/]\s*([A-Za-z0-9]{1,4})(?=$|[ ,])", tekst) or re.match(
        r"([A-Za-z0-9]{1,4})(?=$|[ ,])", tekst
    )
    if los is None:
        woord = re.match(r"\s+([A-Za-z0-9]{1,4})(?=$|[ ,])", tekst)
        if woord and (woord.group(1).lower() in _TOEVOEGINGEN or any(t.isdigit() for t in woord.group(1))):
            los = woord
    if los:
        toevoeging, tekst = los.group(1), tekst[los.end() :]
    return letter, toevoeging, tekst.strip(" ,")


def _als_zaak(tekst: str) -> tuple[Zoekvraag, ...]:
    if len(tekst) <= LANGSTE_ZAAKNUMMER and _ZAAKNUMMER.fullmatch(tekst):
        return (ZaakVraag(tekst),)
    return ()


def _lees_zaak_of_naam(tekst: str, _vandaag: date) -> tuple[Zoekvraag, ...]:
    """Wat overblijft: een zaaknummer in vrije vorm, of de naam van een bedrijf."""
    zaak = _als_zaak(tekst)
    heeft_letters = sum(teken.isalpha() for teken in tekst) >= 2
    naam: tuple[Zoekvraag, ...] = (BedrijfsnaamVraag(tekst),) if heeft_letters else ()
    return zaak + naam
