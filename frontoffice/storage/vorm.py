"""Waarden van de agenda als rijen en JSON, en terug. Kent de tabellen, maar doet geen vraag."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from frontoffice.agenda.afspraak import (
    ZONDER_PLEK,
    Afspraak,
    Afspraakregel,
    Antwoorden,
    Bevestigkanaal,
    Contactgegevens,
    Eisen,
    Kanaal,
    Reservering,
    Toestand,
)
from frontoffice.agenda.avond import Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import (
    Balie,
    Behoefte,
    Blokkade,
    Combinatie,
    Dienst,
    Feestdag,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
    Uitzondering,
)
from frontoffice.agenda.tijd import Vak, from_tik, tikken, to_tik
from frontoffice.agendapoort import AgendaFout, Gebeurtenis, Wachtende, Wie
from frontoffice.storage.ruw import schoon

if TYPE_CHECKING:
    from sqlalchemy import Row

T = TypeVar("T")
LOCATIE = "locatie"
SOORTEN: Mapping[str, type[Any]] = {
    LOCATIE: Locatie,
    "regels": Openingsregel,
    "uitzonderingen": Uitzondering,
    "feestdagen": Feestdag,
    "balies": Balie,
    "medewerkers": Medewerker,
    "diensten": Dienst,
    "blokkades": Blokkade,
    "producten": Product,
    "combinaties": Combinatie,
    "behoeften": Behoefte,
}
_VAN_DE_PERSOON = (
    "naam", "telefoon", "email", "geen_contact", "geboortedatum", "klantsleutel", "bevestiging", "brieftaal",
)  # fmt: skip
_json = msgspec.json.Encoder(order="deterministic")


# --- JSON ---------------------------------------------------------------------------------------------------


def to_json(waarde: object) -> str:
    """JSON met vaste volgorde, zodat gelijk ook gelijk geschreven is."""
    try:
        return _json.encode(waarde).decode()
    except UnicodeEncodeError:
        return _json.encode(_schoon(msgspec.to_builtins(waarde))).decode()


def from_json(tekst: str, soort: type[T]) -> T:
    """Raises AgendaFout als het er anders staat dan deze versie van het programma kan lezen."""
    try:
        waarde: T = _decoder(soort).decode(tekst)  # type: ignore[arg-type]  # een soort is hashbaar
        return waarde
    except (msgspec.MsgspecError, ValueError):
        raise AgendaFout(
            "In de agenda staat iets wat dit programma niet kan lezen. "
            "Werk het programma bij, of vraag uw beheerder de agenda na te kijken.",
            code="agenda_onleesbaar",
        ) from None


def from_json_dict(tekst: str) -> dict[str, Any]:
    return from_json(tekst, dict[str, Any])


def to_builtins(waarde: object) -> dict[str, Any]:
    """Een waarde als gewone dict, zoals ze in de geschiedenis komt."""
    return from_json_dict(to_json(waarde))


@cache
def _decoder(soort: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(soort)


def _schoon(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return schoon(waarde)
    if isinstance(waarde, dict):
        return {_schoon(sleutel): _schoon(deel) for sleutel, deel in waarde.items()}
    return [_schoon(deel) for deel in waarde] if isinstance(waarde, list | tuple) else waarde


@lru_cache(maxsize=512)
def read_eisen(tekst: str) -> Eisen:
    return from_json(tekst, Eisen)


@lru_cache(maxsize=512)
def read_regels(tekst: str) -> tuple[Afspraakregel, ...]:
    return from_json(tekst, tuple[Afspraakregel, ...])


@lru_cache(maxsize=512)
def _antwoorden(tekst: str) -> Antwoorden:
    return from_json(tekst, Antwoorden)


@lru_cache(maxsize=512)
def read_teksten(tekst: str) -> tuple[str, ...]:
    return from_json(tekst, tuple[str, ...])


# --- inrichting ---------------------------------------------------------------------------------------------


def find_id(soort: str, onderdeel: Any) -> str:
    """Waaronder een onderdeel bewaard wordt. Raises ValueError bij een onbekende of andere soort."""
    if soort not in SOORTEN or not isinstance(onderdeel, SOORTEN[soort]):
        raise ValueError(f"geen onderdeel van de soort {soort}")
    if soort == LOCATIE:
        return LOCATIE
    if soort in ("producten", "behoeften"):
        return str(onderdeel.code)
    if soort == "combinaties":
        return f"{onderdeel.product}+{onderdeel.ander}"
    return str(onderdeel.id)


def find_datum(onderdeel: Any) -> date | None:
    datum = getattr(onderdeel, "datum", None)
    return datum if isinstance(datum, date) else None


def read_inrichting(rijen: list[tuple[str, str]]) -> Inrichting:
    """De inrichting uit (soort, inhoud), al op volgorde."""
    delen: dict[str, list[Any]] = {soort: [] for soort in SOORTEN}
    for soort, inhoud in rijen:
        if soort in SOORTEN:  # een soort van een nieuwere versie: het schema zegt of dat mag
            delen[soort].append(from_json(inhoud, SOORTEN[soort]))
    locatie = delen.pop(LOCATIE) or [Locatie(naam="")]
    return Inrichting(locatie[0], **{soort: tuple(lijst) for soort, lijst in delen.items()})


# --- afspraak -----------------------------------------------------------------------------------------------


def from_afspraak(afspraak: Afspraak) -> dict[str, Any]:
    klant = afspraak.klant
    return {
        "id": afspraak.id,
        "nummer": afspraak.nummer,
        "code": afspraak.code,
        "datum": afspraak.datum,
        "begin_tik": to_tik(afspraak.begin),
        "eind_tik": to_tik(afspraak.eind),
        "buffer": afspraak.buffer,
        "balie": afspraak.balie,
        "toestand": afspraak.toestand.value,
        "regels": to_json(afspraak.regels),
        "eisen": to_json(afspraak.eisen),
        "kanaal": afspraak.kanaal.value,
        "naam": klant.naam,
        "telefoon": klant.telefoon,
        "email": klant.email,
        "geen_contact": klant.geen_contact,
        "geboortedatum": klant.geboortedatum,
        "klantsleutel": klant.klantsleutel,
        "behoeften": to_json(afspraak.behoeften),
        "taal": afspraak.taal,
        "opmerking": afspraak.opmerking,
        "vaste_balie": afspraak.vaste_balie,
        "te_verzetten": afspraak.te_verzetten,
        "versie": afspraak.versie,
        "ics_volgnummer": afspraak.ics_volgnummer,
        "gemaakt_op": afspraak.gemaakt_op,
        "vervolg_van": afspraak.vervolg_van,
        "bevestiging": klant.bevestiging.value if klant.bevestiging else "",
        "brieftaal": klant.brieftaal,
        "antwoorden": to_json(afspraak.antwoorden),
    }


def to_afspraak(rij: Row[Any]) -> Afspraak:
    klant = Contactgegevens(
        rij.naam,
        rij.telefoon,
        rij.email,
        rij.geen_contact,
        rij.geboortedatum,
        rij.klantsleutel,
        Bevestigkanaal(rij.bevestiging) if rij.bevestiging else None,
        rij.brieftaal,
    )
    return Afspraak(
        id=rij.id,
        nummer=rij.nummer,
        code=rij.code,
        datum=rij.datum,
        begin=from_tik(rij.begin_tik),
        eind=from_tik(rij.eind_tik),
        buffer=rij.buffer,
        balie=rij.balie,
        toestand=Toestand(rij.toestand),
        regels=read_regels(rij.regels),
        eisen=read_eisen(rij.eisen),
        klant=klant,
        kanaal=Kanaal(rij.kanaal),
        behoeften=read_teksten(rij.behoeften),
        taal=rij.taal,
        opmerking=rij.opmerking,
        vaste_balie=rij.vaste_balie,
        te_verzetten=rij.te_verzetten,
        versie=rij.versie,
        ics_volgnummer=rij.ics_volgnummer,
        gemaakt_op=rij.gemaakt_op,
        vervolg_van=rij.vervolg_van,
        antwoorden=_antwoorden(rij.antwoorden),
    )


def find_vak(ding: Afspraak | Reservering) -> Vak | None:
    """De tikken die dit bezet houdt, met buffer; None als het geen plek meer heeft."""
    if isinstance(ding, Afspraak) and ding.toestand in ZONDER_PLEK:
        return None
    return Vak(to_tik(ding.begin), to_tik(ding.eind) + tikken(ding.buffer))


def note_afspraak(afspraak: Afspraak) -> dict[str, Any]:
    """Wat er van een afspraak in de geschiedenis komt: niets van de persoon, wel wat er is geregeld."""
    return {
        "nummer": afspraak.nummer,
        "datum": afspraak.datum.isoformat(),
        "begin": afspraak.begin.isoformat(),
        "eind": afspraak.eind.isoformat(),
        "balie": afspraak.balie,
        "toestand": afspraak.toestand.value,
        "producten": [[regel.product, regel.personen, regel.minuten] for regel in afspraak.regels],
        "kanaal": afspraak.kanaal.value,
        "behoeften": list(afspraak.behoeften),
        "vaste_balie": afspraak.vaste_balie,
        "te_verzetten": afspraak.te_verzetten,
    }


def note_verschil(oud: Afspraak, nieuw: Afspraak) -> tuple[dict[str, Any], dict[str, Any]]:
    """Alleen wat anders is. Van wie er komt en de opmerking staat er alleen dát ze gewijzigd zijn."""
    voor, na = note_afspraak(oud), note_afspraak(nieuw)
    anders = [sleutel for sleutel in voor if voor[sleutel] != na[sleutel]]
    uit_voor = {sleutel: voor[sleutel] for sleutel in anders}
    uit_na = {sleutel: na[sleutel] for sleutel in anders}
    persoonlijk = [naam for naam in _VAN_DE_PERSOON if getattr(oud.klant, naam) != getattr(nieuw.klant, naam)]
    persoonlijk += [
        naam for naam in ("taal", "opmerking", "antwoorden") if getattr(oud, naam) != getattr(nieuw, naam)
    ]
    if persoonlijk:
        uit_na["gewijzigd"] = persoonlijk
    return uit_voor, uit_na


# --- reservering, inhoud, geschiedenis, wachtlijst ----------------------------------------------------------


def from_reservering(reservering: Reservering) -> dict[str, Any]:
    return {
        "id": reservering.id,
        "datum": reservering.datum,
        "begin_tik": to_tik(reservering.begin),
        "eind_tik": to_tik(reservering.eind),
        "buffer": reservering.buffer,
        "balie": reservering.balie,
        "regels": to_json(reservering.regels),
        "eisen": to_json(reservering.eisen),
        "eigenaar": reservering.eigenaar,
        "kanaal": reservering.kanaal.value,
        "verloopt": reservering.verloopt,
        "versie": reservering.versie,
        "afspraak": reservering.afspraak,
    }


def to_reservering(rij: Row[Any]) -> Reservering:
    return Reservering(
        id=rij.id,
        datum=rij.datum,
        begin=from_tik(rij.begin_tik),
        eind=from_tik(rij.eind_tik),
        buffer=rij.buffer,
        balie=rij.balie,
        regels=read_regels(rij.regels),
        eisen=read_eisen(rij.eisen),
        eigenaar=rij.eigenaar,
        kanaal=Kanaal(rij.kanaal),
        verloopt=rij.verloopt,
        versie=rij.versie,
        afspraak=rij.afspraak,
    )


def to_inhoud(soort: SoortInhoud, rij: Row[Any], *, vast: bool = False) -> Inhoud:
    """Een afspraak, reservering of externe rij zoals de planning haar ziet."""
    regels = read_teksten(rij.producten) if soort is SoortInhoud.EXTERN else _producten(rij.regels)
    buffer = 0 if soort is SoortInhoud.EXTERN else tikken(rij.buffer)
    return Inhoud(
        soort=soort,
        id=rij.id,
        vak=Vak(rij.begin_tik, rij.eind_tik + buffer),
        balie=rij.balie,
        eisen=read_eisen(rij.eisen),
        producten=regels,
        vast=vast,
        kanaal=Kanaal(rij.kanaal) if rij.kanaal else None,
        buffer=buffer,
    )


def to_bezoekinhoud(rij: Row[Any]) -> Inhoud:
    """De plek van wie zonder afspraak komt. Staat vast: hij weet al hoe lang het duurt, en bij wie."""
    vak = Vak(rij.begin_tik, rij.eind_tik)
    return Inhoud(
        soort=SoortInhoud.ZONDER_AFSPRAAK,
        id=rij.id,
        vak=vak,
        balie=rij.gepland,
        eisen=read_eisen(rij.eisen),
        producten=_producten(rij.regels),
        vast=True,
        buffer=max(0, vak.lengte - tikken(rij.minuten)),
    )


@lru_cache(maxsize=512)
def _producten(regels: str) -> tuple[str, ...]:
    return tuple(regel.product for regel in read_regels(regels))


def from_extern(datum: date, inhoud: Inhoud) -> dict[str, Any]:
    return {
        "datum": datum,
        "id": inhoud.id,
        "begin_tik": inhoud.vak.begin,
        "eind_tik": inhoud.vak.eind,
        "balie": inhoud.balie,
        "eisen": to_json(inhoud.eisen),
        "producten": to_json(inhoud.producten),
        "kanaal": inhoud.kanaal.value if inhoud.kanaal else "",
    }


def from_gebeurtenis(gebeurtenis: Gebeurtenis) -> dict[str, Any]:
    return {
        "op": gebeurtenis.op,
        "medewerker": gebeurtenis.wie.medewerker,
        "werkplek": gebeurtenis.wie.werkplek,
        "soort": gebeurtenis.soort,
        "onderwerp": gebeurtenis.onderwerp,
        "datum": gebeurtenis.datum,
        "voor": to_json(gebeurtenis.voor),
        "na": to_json(gebeurtenis.na),
        "reden": gebeurtenis.reden,
    }


def to_gebeurtenis(rij: Row[Any]) -> Gebeurtenis:
    return Gebeurtenis(
        op=rij.op,
        wie=Wie(rij.medewerker, rij.werkplek),
        soort=rij.soort,
        onderwerp=rij.onderwerp,
        datum=rij.datum,
        voor=from_json_dict(rij.voor),
        na=from_json_dict(rij.na),
        reden=rij.reden,
    )


def from_wachtende(wachtende: Wachtende) -> dict[str, Any]:
    rij = {naam: getattr(wachtende, naam) for naam in wachtende.__dataclass_fields__}
    return rij | {"producten": to_json(wachtende.producten), "behoeften": to_json(wachtende.behoeften)}


def to_wachtende(rij: Row[Any]) -> Wachtende:
    velden = {naam: getattr(rij, naam) for naam in Wachtende.__dataclass_fields__}
    velden["producten"] = from_json(rij.producten, tuple[tuple[str, int], ...])
    velden["behoeften"] = read_teksten(rij.behoeften)
    return Wachtende(**velden)
