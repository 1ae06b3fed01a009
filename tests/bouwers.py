"""Bouwers van domeinwaarden voor alle tests: gewone, verzonnen waarden, per test alleen wat ertoe doet.

`VANDAAG` is een vaste zondag; alle BSN's zijn testnummers die aan de elfproef voldoen.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from frontoffice.domain.aandacht import bepaal_aandacht, bepaal_waarschuwingen
from frontoffice.domain.contact import Actor, InterneTaak, Klantcontact
from frontoffice.domain.fouten import Storing
from frontoffice.domain.klant import (
    Adres,
    AdresSoort,
    Bedrijf,
    BedrijfSleutel,
    DigitaalAdres,
    Herkomst,
    Naam,
    Partij,
    Persoon,
    PersoonSleutel,
)
from frontoffice.domain.klantbeeld import Contacten, Geladen, Klantbeeld, Zaken, waarde_van
from frontoffice.domain.tijdlijn import Tijdlijn, TijdlijnItem, TijdlijnSoort
from frontoffice.domain.waarden import Bsn, Datum, KvkNummer
from frontoffice.domain.zaak import Catalogus, Rol, Status, Statustype, Zaak, ZaakDocument, Zaaktype
from frontoffice.services.stromen import contactpagina, stroom_van_zaken

VANDAAG = date(2026, 11, 22)
NU = datetime(2026, 11, 22, 13, 3, tzinfo=UTC)
BSN = "999993653"
ANDER_BSN = "999990639"
DERDE_BSN = "999993872"
KVK = "69599084"

SLEUTEL = PersoonSleutel(Bsn(BSN))
ANDERE_SLEUTEL = PersoonSleutel(Bsn(ANDER_BSN))
BEDRIJF_SLEUTEL = BedrijfSleutel(KvkNummer(KVK))

_teller = count(1)


def nieuw_uuid() -> str:
    """Een uuid dat in deze testrun nog niet is gebruikt."""
    return str(UUID(int=0x5F00_0000_0000_0000_0000_0000_0000_0000 + next(_teller)))


def maak_naam(**anders: Any) -> Naam:
    velden: dict[str, Any] = {
        "voornamen": "Anna Maria",
        "voorletters": "A.M.",
        "geslachtsnaam": "Jansen",
        "volledig": "Anna Maria Jansen",
        "aanschrijfnaam": "mevrouw A.M. Jansen-ter Braak",
    }
    return Naam(**{**velden, **anders})


def maak_adres(**anders: Any) -> Adres:
    velden: dict[str, Any] = {
        "regels": ("Brinkstraat 912", "7581 ZZ LOSSER"),
        "postcode": "7581ZZ",
        "huisnummer": "912",
        "woonplaats": "Losser",
    }
    return Adres(**{**velden, **anders})


def maak_persoon(bsn: str = BSN, **anders: Any) -> Persoon:
    velden: dict[str, Any] = {
        "naam": maak_naam(),
        "geboortedatum": Datum(1985, 12, 1),
        "leeftijd": 40,
        "geslacht": "vrouw",
        "adres": maak_adres(),
        "gemeente_code": "0168",
    }
    return Persoon(bsn=Bsn(bsn), **{**velden, **anders})


def maak_bedrijf(kvk: str = KVK, **anders: Any) -> Bedrijf:
    velden: dict[str, Any] = {
        "naam": "Bakkerij De Gouden Krakeling",
        "rechtsvorm": "Eenmanszaak",
        "handelsnamen": ("Bakkerij De Gouden Krakeling",),
        "adres": maak_adres(
            regels=("Hoofdstraat 901", "7586 ZZ OVERDINKEL"), postcode="7586ZZ", huisnummer="901"
        ),
    }
    return Bedrijf(kvk=KvkNummer(kvk), **{**velden, **anders})


def maak_digitaal_adres(adres: str = "0612345678", **anders: Any) -> DigitaalAdres:
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "soort": AdresSoort.EMAIL if "@" in adres else AdresSoort.TELEFOON,
    }
    return DigitaalAdres(adres=adres, **{**velden, **anders})


def maak_partij(bsn: str | None = BSN, **anders: Any) -> Partij:
    """Een partij; `contacten=[…]` maakt haar eigenaar van de betrokkenen van die contacten."""
    contacten = anders.pop("contacten", ())
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "soort": "persoon",
        "naam": maak_naam(aanschrijfnaam=""),
        "bsn": Bsn(bsn) if bsn else None,
        "digitale_adressen": (
            maak_digitaal_adres("0612345678"),
            maak_digitaal_adres("anna@voorbeeld.example"),
        ),
        "voorkeurskanaal": "telefoon",
        "voorkeurstaal": "nld",
        "betrokkene_uuids": frozenset(u for contact in contacten for u in contact.betrokkene_uuids),
    }
    return Partij(**{**velden, **anders})


def maak_taak(contact_uuid: str = "", **anders: Any) -> InterneTaak:
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "klantcontact_uuid": contact_uuid,
        "gevraagde_handeling": "Terugbellen over de kapvergunning",
        "toelichting": "",
        "status": "te_verwerken",
        "toegewezen_op": NU - timedelta(days=2),
        "afgehandeld_op": None,
    }
    return InterneTaak(**{**velden, **anders})


def maak_contact(dagen_geleden: float = 1, **anders: Any) -> Klantcontact:
    uuid = anders.pop("uuid", None) or nieuw_uuid()
    velden: dict[str, Any] = {
        "uuid": uuid,
        "plaatsgevonden_op": NU - timedelta(days=dagen_geleden),
        "kanaal": "telefoon",
        "onderwerp": "Vraag over kapvergunning",
        "inhoud": "Wil weten wanneer het besluit komt.",
        "reactie": "",
        "taal": "nld",
        "vertrouwelijk": False,
        "contact_gelukt": True,
        "actoren": (Actor(nieuw_uuid(), "S. Bos", "medewerker"),),
        "betrokkene_uuids": (nieuw_uuid(),),
    }
    return Klantcontact(**{**velden, **anders})


def maak_contacten(aantal: int) -> list[Klantcontact]:
    """`aantal` contacten, elk zes uur ouder dan de vorige, nieuwste eerst."""
    return [maak_contact(i / 4) for i in range(aantal)]


KAPVERGUNNING = Zaaktype(
    "https://zaken.example/zaaktypen/kap", "type-kap", "KAP", "Kapvergunning", doorlooptijd="P56D"
)
PARKEERKAART = Zaaktype("https://zaken.example/zaaktypen/parkeer", "type-parkeer", "PARKEER", "Parkeerkaart")
BIJSTAND = Zaaktype(
    "https://zaken.example/zaaktypen/bijstand", "type-bijstand", "BIJSTAND", "Bijstandsuitkering"
)


def maak_catalogus(*zaaktypen: Zaaktype) -> Catalogus:
    """Elk zaaktype met vier stappen; uuid van een statustype: "<zaaktype-uuid>-<volgnummer>"."""
    typen = zaaktypen or (KAPVERGUNNING, PARKEERKAART, BIJSTAND)
    stappen = ("Ontvangen", "In behandeling", "Aanvullende gegevens gevraagd", "Afgehandeld")
    statustypen = [
        Statustype(f"{t.url}/st/{nr}", f"{t.uuid}-{nr}", t.uuid, omschrijving, "", nr, nr == len(stappen))
        for t in typen
        for nr, omschrijving in enumerate(stappen, start=1)
    ]
    return Catalogus({t.uuid: t for t in typen}, {s.uuid: s for s in statustypen})


def maak_rol(bsn: str = BSN, **anders: Any) -> Rol:
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "betrokkene_type": "natuurlijk_persoon",
        "omschrijving": "Aanvrager",
        "omschrijving_generiek": "initiator",
        "naam": "",
        "bsn": bsn,
    }
    return Rol(**{**velden, **anders})


def maak_behandelaar(naam: str = "K. de Boer") -> Rol:
    return maak_rol(
        "",
        betrokkene_type="medewerker",
        omschrijving="Behandelaar",
        omschrijving_generiek="behandelaar",
        naam=naam,
    )


def maak_status(zaaktype: Zaaktype = KAPVERGUNNING, stap: int = 2, **anders: Any) -> Status:
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "statustype_uuid": f"{zaaktype.uuid}-{stap}",
        "gezet_op": NU - timedelta(days=6),
    }
    return Status(**{**velden, **anders})


def maak_document(titel: str = "Ontvangstbevestiging", **anders: Any) -> ZaakDocument:
    velden: dict[str, Any] = {
        "uuid": nieuw_uuid(),
        "informatieobject_uuid": nieuw_uuid(),
        "registratiedatum": NU - timedelta(days=5),
    }
    return ZaakDocument(titel=titel, **{**velden, **anders})


def maak_zaak(zaaktype: Zaaktype = KAPVERGUNNING, *, bsn: str = BSN, **anders: Any) -> Zaak:
    """Een open zaak met status, rollen (aanvrager en behandelaar) en één document.

    `dagen=N` zet de wettelijke termijn op N dagen na vandaag.
    """
    uuid = anders.pop("uuid", None) or nieuw_uuid()
    dagen = anders.pop("dagen", 20)
    velden: dict[str, Any] = {
        "uuid": uuid,
        "identificatie": f"ZAAK-2026-{int(uuid[-6:], 16):010d}",
        "omschrijving": "Kap van een eik",
        "toelichting": "",
        "zaaktype_uuid": zaaktype.uuid,
        "startdatum": VANDAAG - timedelta(days=30),
        "einddatum": None,
        "streefdatum": None,
        "uiterste_datum": VANDAAG + timedelta(days=dagen),
        "vertrouwelijkheid": "zaakvertrouwelijk",
        "status": maak_status(zaaktype),
        "rollen": (maak_rol(bsn), maak_behandelaar()),
        "documenten": (maak_document(),),
    }
    return Zaak(**{**velden, **anders})


def maak_item(om: datetime = NU, **anders: Any) -> TijdlijnItem:
    velden: dict[str, Any] = {"id": nieuw_uuid(), "soort": TijdlijnSoort.CONTACT, "titel": "Telefoon"}
    return TijdlijnItem(om=om, **{**velden, **anders})


STORING = Storing("Er is een storing. Probeer het later opnieuw.", register="register")


def geladen(waarde: Any) -> Geladen[Any]:
    """Een geladen onderdeel van het klantbeeld."""
    return Geladen(waarde, NU, 12.0)


def maak_beeld(**anders: Any) -> Klantbeeld:
    """Een gecontroleerd klantbeeld van een persoon waarin alles is geladen, met één contact en één zaak.

    Wat een test meegeeft, vervangt een veld van Klantbeeld; de tijdlijn volgt uit `contacten` en `zaken`.
    """
    contact = maak_contact()
    velden: dict[str, Any] = {
        "sleutel": SLEUTEL,
        "herkomst": Herkomst.BSN,
        "vandaag": VANDAAG,
        "gecontroleerd": True,
        "persoon": geladen(maak_persoon()),
        "klant": geladen((maak_partij(contacten=[contact]),)),
        "contacten": geladen(Contacten((contact,), 1)),
        "zaken": geladen(Zaken((maak_zaak(),))),
        "catalogus": geladen(maak_catalogus()),
        **anders,
    }
    tijdlijn = Tijdlijn()
    contacten, zaken = waarde_van(velden["contacten"]), waarde_van(velden["zaken"])
    if contacten:
        tijdlijn = tijdlijn.met(contactpagina(None, contacten.rijen, contacten.volgende_pagina, VANDAAG))
    if zaken:
        tijdlijn = tijdlijn.met(stroom_van_zaken(zaken, waarde_van(velden["catalogus"])))
    velden.setdefault("tijdlijn", tijdlijn)
    beeld = Klantbeeld(**velden)
    velden.setdefault("waarschuwingen", bepaal_waarschuwingen(beeld))
    velden.setdefault("aandacht", bepaal_aandacht(beeld, {"Aanvullende gegevens gevraagd"}))
    return Klantbeeld(**velden)
