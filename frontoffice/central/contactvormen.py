"""Hoe Klantinteracties 2.18 schrijft: de lijven die we sturen en de delen van een antwoord die we gebruiken.

Kent geen netwerk. Tekst gaat mee zoals zij is getypt; een naam wordt op de lengte van zijn veld gebracht.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from frontoffice.central.instelling import Codes, Objectcode
from frontoffice.domain.concept import Actorsoort, Gesprekspartner, NieuwAdres
from frontoffice.domain.registratie import SLEUTEL, Deelnemer, Registratie, Taakopgave
from frontoffice.domain.taakwijziging import Taakvelden

MAX_NAAM = 200
MAX_OMSCHRIJVING = 40
OPEN, KLAAR = "te_verwerken", "verwerkt"
_SOORT_ACTOR = {
    Actorsoort.MEDEWERKER: "medewerker",
    Actorsoort.AFDELING: "organisatorische_eenheid",
    Actorsoort.GROEP: "organisatorische_eenheid",
}

Lijf = dict[str, object]


# --- antwoorden ------------------------------------------------------------------------------------------


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    """Basis: namen in camelCase, onbekende velden tellen niet mee."""


class Rij(_Vorm, frozen=True):
    """Iets met een uuid; van wat net is gemaakt hoeven we niet meer te weten."""

    uuid: str


class Link(Rij, frozen=True):
    """Een verwijzing naar een andere rij."""


class Identificator(_Vorm, frozen=True):
    object_id: str = ""
    code_objecttype: str = ""
    code_register: str = ""
    code_soort_object_id: str = ""

    def has(self, code: Objectcode, object_id: str) -> bool:
        """Waar als alle vier de delen gelijk zijn."""
        return self.object_id == object_id and self.has_code(code)

    def has_code(self, code: Objectcode) -> bool:
        return (self.code_register, self.code_objecttype, self.code_soort_object_id) == (
            code.code_register,
            code.code_objecttype,
            code.code_soort_object_id,
        )


class GemaaktKlantcontact(Rij, frozen=True):
    referentienummer: str | None = None


class GemaaktGeheel(_Vorm, frozen=True):
    """Het antwoord op maak-klantcontact."""

    klantcontact: GemaaktKlantcontact
    betrokkene: Link | None = None
    onderwerpobject: Link | None = None


class Onderwerp(Rij, frozen=True):
    klantcontact: Link | None = None
    was_klantcontact: Link | None = None
    onderwerpobjectidentificator: Identificator | None = None

    @property
    def doel(self) -> str:
        """De uuid van de zaak of het contact waar dit naar wijst; leeg bij iets zonder doel."""
        if self.was_klantcontact is not None:
            return self.was_klantcontact.uuid.lower()
        code = self.onderwerpobjectidentificator
        return code.object_id.lower() if code is not None else ""


class Actorkoppeling(Rij, frozen=True):
    actor: Link | None = None
    klantcontact: Link | None = None


class Contact(Rij, frozen=True):
    had_betrokkenen: list[Link] = []
    referentienummer: str | None = None
    plaatsgevonden_op: datetime | None = None
    kanaal: str = ""
    onderwerp: str = ""
    inhoud: str | None = None
    indicatie_contact_gelukt: bool | None = None
    metadata: dict[str, object] | None = None

    @property
    def sleutel(self) -> str:
        waarde = (self.metadata or {}).get(SLEUTEL, "")
        return waarde if isinstance(waarde, str) else ""


class Actor(Rij, frozen=True):
    naam: str = ""
    soort_actor: str = ""
    indicatie_actief: bool | None = True
    actoridentificator: Identificator | None = None


class Adres(Rij, frozen=True):
    adres: str
    verstrekt_door_partij: Link | None = None
    verstrekt_door_betrokkene: Link | None = None


class _BetrokkeneUitgevouwen(_Vorm, frozen=True):
    digitale_adressen: list[Adres] | None = None


class Betrokkene(Rij, frozen=True):
    rol: str = ""
    was_partij: Link | None = None
    had_klantcontact: Link | None = None
    volledige_naam: str = ""
    organisatienaam: str = ""
    expand: _BetrokkeneUitgevouwen = msgspec.field(name="_expand", default=_BetrokkeneUitgevouwen())


class Taak(Rij, frozen=True):
    status: str
    toelichting: str = ""
    aanleidinggevend_klantcontact: Link | None = None


class Partijnummer(Rij, frozen=True):
    """Een partij-identificator."""

    partij_identificator: Identificator = Identificator()
    identificeerde_partij: Link | None = None


class Partij(Rij, frozen=True):
    partij_identificatoren: list[Partijnummer] = []
    indicatie_actief: bool | None = True


# --- wat we sturen ---------------------------------------------------------------------------------------


def format_moment(moment: datetime) -> str:
    """Altijd met zone en microseconden: zonder zone leest Open Klant UTC, en op tijd zoekt het exact."""
    if moment.tzinfo is None:
        raise ValueError("een moment voor het register heeft een tijdzone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def clean(tekst: str) -> str:
    """Zonder wat geen register aanneemt en niemand ziet: een NUL, of een half surrogaat (geen UTF-8)."""
    if "\x00" not in tekst and tekst.isascii():
        return tekst
    return tekst.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def make_code(code: Objectcode, object_id: str) -> Lijf:
    return {
        "objectId": object_id,
        "codeObjecttype": code.code_objecttype,
        "codeRegister": code.code_register,
        "codeSoortObjectId": code.code_soort_object_id,
    }


def make_klantcontact(registratie: Registratie) -> Lijf:
    """Een leeg referentienummer blijft weg: de tweede lege is bij Open Klant een 500.

    Een lege waarde in metadata keurt Open Klant af, dus die blijft ook weg.
    """
    lijf: Lijf = {
        "kanaal": registratie.kanaal,
        "onderwerp": clean(registratie.onderwerp),
        "inhoud": clean(registratie.inhoud),
        "indicatieContactGelukt": registratie.gelukt,
        "taal": registratie.taal,
        "vertrouwelijk": registratie.vertrouwelijk,
        "plaatsgevondenOp": format_moment(registratie.plaatsgevonden_op),
        "metadata": _make_metadata(registratie.metadata, registratie.uuid),
    }
    if registratie.referentienummer:
        lijf["referentienummer"] = registratie.referentienummer
    return lijf


def _make_metadata(metadata: Mapping[str, str], sleutel: str) -> dict[str, str]:
    alle = {naam: clean(waarde) for naam, waarde in {**metadata, SLEUTEL: sleutel}.items()}
    return {naam: waarde for naam, waarde in alle.items() if waarde.strip()}


def make_betrokkene(deelnemer: Deelnemer, partij_uuid: str) -> Lijf:
    """Met een partij is dat de identiteit en blijft de naam weg: die staat in de basisregistratie."""
    lijf: Lijf = {"rol": deelnemer.rol.value, "initiator": deelnemer.initiator}
    if partij_uuid:
        return lijf | {"wasPartij": {"uuid": partij_uuid}}
    naam = clean(deelnemer.wie.naam).strip()[:MAX_NAAM]
    if deelnemer.wie.kvk:
        return lijf | {"organisatienaam": naam}
    if naam:
        # Waar de voornaam ophoudt weten we niet; raden zet een naam verkeerd in elk ander programma.
        lijf["contactnaam"] = {
            "voorletters": "",
            "voornaam": "",
            "voorvoegselAchternaam": "",
            "achternaam": naam,
        }
    return lijf


def make_onderwerp(codes: Codes, zaak_uuid: str) -> Lijf:
    return {"onderwerpobjectidentificator": make_code(codes.zaak, zaak_uuid)}


def make_meldingonderwerp(codes: Codes, nummer: str) -> Lijf:
    return {"onderwerpobjectidentificator": make_code(codes.melding, nummer)}


def make_taakverwijzing(codes: Codes, contact_uuid: str, eerder_uuid: str, taak_uuid: str) -> Lijf:
    """Dit contact gaat over een taak, en over het contact waaruit zij ontstond."""
    return {
        "klantcontact": {"uuid": contact_uuid},
        "wasKlantcontact": {"uuid": eerder_uuid} if eerder_uuid else None,
        "onderwerpobjectidentificator": make_code(codes.taak, taak_uuid),
    }


def make_taakvelden(velden: Taakvelden) -> Lijf:
    """Alleen wat verandert: wat er niet in staat, blijft in het register zoals het is."""
    lijf: Lijf = {}
    if velden.toelichting is not None:
        lijf["toelichting"] = clean(velden.toelichting)
    if velden.open is not None:
        lijf["status"] = OPEN if velden.open else KLAAR
    if velden.actoren is not None:
        lijf["toegewezenAanActoren"] = [{"uuid": uuid} for uuid in velden.actoren]
    return lijf


def make_taak(contact_uuid: str, actor_uuid: str, taak: Taakopgave) -> Lijf:
    return {
        "gevraagdeHandeling": clean(taak.handeling),
        "toelichting": clean(taak.toelichting),
        "aanleidinggevendKlantcontact": {"uuid": contact_uuid},
        "toegewezenAanActoren": [{"uuid": actor_uuid}],
        "status": OPEN,
    }


def make_actor(code: Objectcode, soort: Actorsoort, object_id: str, naam: str) -> Lijf:
    """Zonder actorIdentificatie: die mag alleen helemaal ingevuld, en een telefoonnummer hebben we niet."""
    return {
        "naam": (clean(naam).strip() or object_id)[:MAX_NAAM],
        "soortActor": _SOORT_ACTOR[soort],
        "indicatieActief": True,
        "actoridentificator": make_code(code, object_id),
    }


def make_adres(adres: NieuwAdres, partij_uuid: str, betrokkene_uuid: str) -> Lijf:
    omschrijving = {"telefoonnummer": "telefoonnummer", "email": "e-mailadres"}.get(adres.soort, "")
    return {
        "adres": adres.adres,
        "soortDigitaalAdres": adres.soort,
        "omschrijving": omschrijving[:MAX_OMSCHRIJVING],
        "verstrektDoorPartij": {"uuid": partij_uuid} if partij_uuid else None,
        "verstrektDoorBetrokkene": {"uuid": betrokkene_uuid} if betrokkene_uuid else None,
    }


def make_partij(wie: Gesprekspartner, identificator: Lijf) -> Lijf:
    """De naam van een mens komt uit de BRP en wordt hier niet overgeschreven; een bedrijf krijgt de zijne."""
    naam: Lijf = {"contactnaam": None} if wie.bsn else {"naam": clean(wie.naam).strip()[:MAX_NAAM]}
    return {
        "soortPartij": "persoon" if wie.bsn else "organisatie",
        "indicatieActief": True,
        "partijIdentificatie": naam,
        "partijIdentificatoren": [identificator],
    }
