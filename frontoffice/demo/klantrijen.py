"""Hoe Open Klant 2.18 zijn rijen toont, met expand en alle eigenaardigheden daarvan.

Elke rij is een dict met adressen op de vaste oorsprong. Filteren gebeurt in `klantinteracties`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from frontoffice.demo.http import OORSPRONG, Json
from frontoffice.demo.klantbestand import Klantbestand
from frontoffice.demo.wereld.feiten import (
    Actor,
    Adres,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Identificator,
    Koppeling,
    Onderwerpobject,
    Partij,
    Taak,
)

BASIS = f"{OORSPRONG}/klantinteracties/api/v1"
EXPAND: dict[str, tuple[str, ...]] = {
    "klantcontacten": (
        "hadBetrokkenen",
        "hadBetrokkenen.wasPartij",
        "hadBetrokkenen.digitaleAdressen",
        "leiddeTotInterneTaken",
        "gingOverOnderwerpobjecten",
        "omvatteBijlagen",
    ),
    "partijen": ("digitaleAdressen", "betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties"),
    "betrokkenen": ("digitaleAdressen",),
    "digitaleadressen": (
        "verstrektDoorBetrokkene",
        "verstrektDoorBetrokkene.hadKlantcontact",
        "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
    ),
}
LEEG_ADRES: Json = {
    "nummeraanduidingId": "",
    "straatnaam": "",
    "huisnummer": None,
    "huisnummertoevoeging": "",
    "postcode": "",
    "stad": "",
    "adresregel1": "",
    "adresregel2": "",
    "adresregel3": "",
    "land": "",
}
_ACTOR_CODES = {
    "medewerker": ("mdw", "msei", "idf"),
    "organisatorische_eenheid": ("afd", "obj", "idf"),
    "geautomatiseerde_actor": ("sys", "of", "idf"),
}


def verwijzing(bron: str, uuid: str) -> Json:
    return {"uuid": uuid, "url": f"{BASIS}/{bron}/{uuid}"}


def _adres(adres: Adres | None) -> Json:
    if adres is None:
        return LEEG_ADRES
    return {
        **LEEG_ADRES,
        "straatnaam": adres.straat,
        "huisnummer": adres.huisnummer,
        "huisnummertoevoeging": f"{adres.huisletter}{adres.toevoeging}",
        "postcode": f"{adres.postcode[:4]} {adres.postcode[4:]}",
        "stad": adres.plaats,
    }


def _volledige_naam(voornaam: str, voorvoegsel: str, achternaam: str) -> str:
    return " ".join(deel for deel in (voornaam, voorvoegsel, achternaam) if deel)


def _contactnaam(voorletters: str, voornaam: str, voorvoegsel: str, achternaam: str) -> Json:
    return {
        "voorletters": voorletters,
        "voornaam": voornaam,
        "voorvoegselAchternaam": voorvoegsel,
        "achternaam": achternaam,
    }


class Klantrijen:
    """Weergave van de klantinteracties."""

    def __init__(self, bestand: Klantbestand) -> None:
        self.bestand = bestand
        self.wereld = bestand.wereld

    def render(self, bron: str, rijen: Sequence[Any], expand: Sequence[str]) -> list[Json]:
        """De rijen van één antwoord; `_expand` is {} als niets is gevraagd, weg waar het niet kan."""
        if bron == "partijen":
            return [{**self.partij(p), "_expand": self._partij_expand(p, expand)} for p in rijen]
        if bron == "digitaleadressen":
            return [{**self.digitaal_adres(a), "_expand": self._adres_expand(a, expand)} for a in rijen]
        if bron == "betrokkenen":
            return [
                {
                    **self.betrokkene(b),
                    "_expand": self._betrokkene_expand(b) if "digitaleAdressen" in expand else {},
                }
                for b in rijen
            ]
        if bron == "klantcontacten":
            gezien: set[int] = set()
            return [
                {**self.klantcontact(c), "_expand": self._contact_expand(c, expand, gezien)} for c in rijen
            ]
        kaal: dict[str, Callable[[Any], Json]] = {
            "internetaken": self.taak,
            "actoren": self.actor,
            "onderwerpobjecten": self.onderwerpobject,
            "actorklantcontacten": self.koppeling,
            "partij-identificatoren": lambda paar: self.identificator(*paar),
        }
        return [kaal[bron](rij) for rij in rijen]

    # --- rijen --------------------------------------------------------------

    def partij(self, partij: Partij) -> Json:
        wereld = self.wereld
        identificatie: Json | None
        if not partij.met_naam:
            identificatie = None
        elif partij.soort == "organisatie":
            identificatie = {"naam": partij.naam}
        else:
            naam = _contactnaam(partij.voorletters, partij.voornaam, partij.voorvoegsel, partij.achternaam)
            volledig = _volledige_naam(partij.voornaam, partij.voorvoegsel, partij.achternaam)
            identificatie = {"contactnaam": naam, "volledigeNaam": volledig}
        vertegenwoordigden = []
        if partij.werkt_voor >= 0:
            werkgever = verwijzing("partijen", wereld.partijen[partij.werkt_voor].uuid)
            identificatie = {
                "uuid": wereld.toeval.uuid("contactpersoon", partij.nummer),
                "werkteVoorPartij": werkgever,
                **(identificatie or {}),
            }
            vertegenwoordigden = [werkgever]
        return {
            **verwijzing("partijen", partij.uuid),
            "nummer": None,
            "interneNotitie": partij.notitie,
            "betrokkenen": [verwijzing("betrokkenen", b.uuid) for b in self._betrokkenen_van(partij)],
            "categorieRelaties": [],
            "digitaleAdressen": [verwijzing("digitaleadressen", a.uuid) for a in partij.adressen],
            "voorkeursDigitaalAdres": verwijzing("digitaleadressen", partij.adressen[partij.voorkeur].uuid)
            if partij.voorkeur >= 0
            else None,
            "vertegenwoordigden": vertegenwoordigden,
            "rekeningnummers": [],
            "voorkeursRekeningnummer": None,
            "partijIdentificatoren": [self.identificator(i, partij) for i in partij.identificatoren],
            "soortPartij": partij.soort,
            "indicatieGeheimhouding": partij.geheim if partij.soort != "organisatie" else None,
            "voorkeurstaal": partij.taal,
            "indicatieActief": partij.actief,
            "bezoekadres": _adres(partij.adres),
            "correspondentieadres": LEEG_ADRES,
            "partijIdentificatie": identificatie,
        }

    def _betrokkenen_van(self, partij: Partij) -> list[Betrokkene]:
        bestand = self.bestand
        return [bestand.betrokkenen[n] for n in bestand.betrokkenen_van.get(partij.nummer, ())]

    def identificator(self, i: Identificator, partij: Partij | None) -> Json:
        return {
            **verwijzing("partij-identificatoren", i.uuid),
            "identificeerdePartij": verwijzing("partijen", partij.uuid) if partij else None,
            "anderePartijIdentificator": "",
            "partijIdentificator": {
                "codeObjecttype": i.objecttype,
                "codeSoortObjectId": i.soort,
                "objectId": i.object_id,
                "codeRegister": i.register,
            },
            "subIdentificatorVan": verwijzing("partij-identificatoren", i.sub_van) if i.sub_van else None,
        }

    def digitaal_adres(self, adres: DigitaalAdres) -> Json:
        van_partij = (
            verwijzing("partijen", self.wereld.partijen[adres.partij].uuid) if adres.partij >= 0 else None
        )
        van_betrokkene = (
            verwijzing("betrokkenen", self.bestand.betrokkenen[adres.betrokkene].uuid)
            if adres.betrokkene is not None
            else None
        )
        return {
            **verwijzing("digitaleadressen", adres.uuid),
            "verstrektDoorBetrokkene": van_betrokkene,
            "verstrektDoorPartij": van_partij,
            "adres": adres.adres,
            "soortDigitaalAdres": adres.soort,
            "isStandaardAdres": adres.standaard,
            "omschrijving": adres.omschrijving,
            "referentie": adres.referentie,
            "verificatieDatum": None,
        }

    def klantcontact(self, contact: Contact) -> Json:
        return {
            **verwijzing("klantcontacten", contact.uuid),
            "gingOverOnderwerpobjecten": [
                verwijzing("onderwerpobjecten", o.uuid) for o in contact.onderwerpen
            ],
            "hadBetrokkenActoren": [self.actor(self.wereld.actoren[a]) for a in contact.actoren],
            "omvatteBijlagen": [],
            "hadBetrokkenen": [verwijzing("betrokkenen", b.uuid) for b in contact.betrokkenen],
            "leiddeTotInterneTaken": [verwijzing("internetaken", t.uuid) for t in contact.taken],
            "nummer": None,
            "referentienummer": contact.referentienummer,
            "kanaal": contact.kanaal,
            "onderwerp": contact.onderwerp,
            "inhoud": contact.inhoud,
            "reactie": contact.reactie,
            "indicatieContactGelukt": contact.gelukt,
            "hoofdOnderwerpType": "",
            "verdereActieOndernomen": contact.verder,
            "taal": contact.taal,
            "vertrouwelijk": contact.vertrouwelijk,
            "plaatsgevondenOp": contact.tijd,
            "metadata": dict(contact.metadata),
        }

    def betrokkene(self, betrokkene: Betrokkene) -> Json:
        voorletters, voornaam, voorvoegsel, achternaam = betrokkene.naam
        partij = (
            verwijzing("partijen", self.wereld.partijen[betrokkene.partij].uuid)
            if betrokkene.partij >= 0
            else None
        )
        return {
            **verwijzing("betrokkenen", betrokkene.uuid),
            "wasPartij": partij,
            "hadKlantcontact": verwijzing("klantcontacten", self.wereld.contacten[betrokkene.contact].uuid),
            "digitaleAdressen": [verwijzing("digitaleadressen", a.uuid) for a in betrokkene.adressen],
            "bezoekadres": LEEG_ADRES,
            "correspondentieadres": LEEG_ADRES,
            "contactnaam": _contactnaam(voorletters, voornaam, voorvoegsel, achternaam),
            "volledigeNaam": _volledige_naam(voornaam, voorvoegsel, achternaam),
            "rol": betrokkene.rol,
            "organisatienaam": betrokkene.organisatie,
            "initiator": betrokkene.initiator,
        }

    def _contact(self, nummer: int) -> Json | None:
        return verwijzing("klantcontacten", self.wereld.contacten[nummer].uuid) if nummer >= 0 else None

    def onderwerpobject(self, onderwerp: Onderwerpobject) -> Json:
        objecttype, register, soort = onderwerp.code
        return {
            **verwijzing("onderwerpobjecten", onderwerp.uuid),
            "klantcontact": self._contact(onderwerp.contact),
            "wasKlantcontact": self._contact(onderwerp.was_contact),
            "onderwerpobjectidentificator": {
                "objectId": onderwerp.object_id,
                "codeObjecttype": objecttype,
                "codeRegister": register,
                "codeSoortObjectId": soort,
            },
        }

    def koppeling(self, koppeling: Koppeling) -> Json:
        return {
            **verwijzing("actorklantcontacten", koppeling.uuid),
            "actor": verwijzing("actoren", self.wereld.actoren[koppeling.actor].uuid),
            "klantcontact": self._contact(koppeling.contact),
        }

    def taak(self, taak: Taak) -> Json:
        actoren = [verwijzing("actoren", self.wereld.actoren[a].uuid) for a in taak.actoren]
        return {
            **verwijzing("internetaken", taak.uuid),
            "nummer": None,
            "referentienummer": taak.referentienummer,
            "gevraagdeHandeling": taak.handeling,
            "aanleidinggevendKlantcontact": self._contact(taak.contact),
            "toegewezenAanActor": actoren[0] if actoren else {"uuid": None},
            "toegewezenAanActoren": actoren,
            "toelichting": taak.toelichting,
            "status": "verwerkt" if taak.afgehandeld else "te_verwerken",
            "toegewezenOp": taak.gezet,
            "afgehandeldOp": taak.afgehandeld,
        }

    def actor(self, actor: Actor) -> Json:
        if actor.eigen is not None:
            code, eigen, actief = actor.eigen
            return {
                **verwijzing("actoren", actor.uuid),
                "naam": actor.naam,
                "soortActor": actor.soort,
                "indicatieActief": actief,
                "actoridentificator": dict(code),
                "actorIdentificatie": eigen,
            }
        objecttype, register, soort = _ACTOR_CODES[actor.soort]
        telefoon = "0530000000"
        if actor.soort == "medewerker":
            gemeente = actor.plaats.lower()
            identificatie: Json = {
                "functie": actor.functie,
                "emailadres": f"{actor.code}@{gemeente}.example",
                "telefoonnummer": telefoon,
            }
        elif actor.soort == "organisatorische_eenheid":
            mail = f"{actor.code.lower()}@losser.example"
            identificatie = {
                "omschrijving": actor.functie,
                "emailadres": mail,
                "faxnummer": "",
                "telefoonnummer": telefoon,
            }
        else:
            identificatie = {"functie": actor.functie, "omschrijving": actor.plaats}
        return {
            **verwijzing("actoren", actor.uuid),
            "naam": actor.naam,
            "soortActor": actor.soort,
            "indicatieActief": True,
            "actoridentificator": {
                "objectId": actor.code,
                "codeObjecttype": objecttype,
                "codeRegister": register,
                "codeSoortObjectId": soort,
            },
            "actorIdentificatie": identificatie,
        }

    # --- expand -------------------------------------------------------------

    def _partij_expand(self, partij: Partij, expand: Sequence[str]) -> Json:
        uit: Json = {}
        if "betrokkenen" in expand:
            uit["betrokkenen"] = [self.betrokkene(b) for b in self._betrokkenen_van(partij)]
            if "betrokkenen.hadKlantcontact" in expand:
                for betrokkene, rij in zip(self._betrokkenen_van(partij), uit["betrokkenen"], strict=True):
                    rij["_expand"] = {
                        "hadKlantcontact": self.klantcontact(self.wereld.contacten[betrokkene.contact])
                    }
        if "categorieRelaties" in expand:
            uit["categorieRelaties"] = []
        if "digitaleAdressen" in expand:
            uit["digitaleAdressen"] = [self.digitaal_adres(a) for a in partij.adressen]
        return uit

    def _betrokkene_expand(self, betrokkene: Betrokkene) -> Json:
        return {"digitaleAdressen": [self.digitaal_adres(a) for a in betrokkene.adressen]}

    def _adres_expand(self, adres: DigitaalAdres, expand: Sequence[str]) -> Json:
        if "verstrektDoorBetrokkene" not in expand or adres.betrokkene is None:
            return {}
        betrokkene = self.bestand.betrokkenen[adres.betrokkene]
        rij = self.betrokkene(betrokkene)
        if "verstrektDoorBetrokkene.hadKlantcontact" in expand:
            contact = self.wereld.contacten[betrokkene.contact]
            inhoud = self.klantcontact(contact)
            if "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken" in expand:
                inhoud["_expand"] = {"leiddeTotInterneTaken": [self.taak(t) for t in contact.taken]}
            rij["_expand"] = {"hadKlantcontact": inhoud}
        return {"verstrektDoorBetrokkene": rij}

    def _contact_expand(self, contact: Contact, expand: Sequence[str], gezien: set[int]) -> Json:
        """Sleutels op alfabet; van de lege lijsten komt alleen de eerste mee, de rest ontbreekt."""
        uit: Json = {}
        leeg = False
        for naam in (
            "gingOverOnderwerpobjecten",
            "hadBetrokkenen",
            "leiddeTotInterneTaken",
            "omvatteBijlagen",
        ):
            if naam not in expand:
                continue
            rijen = self._uitgeklapt(naam, contact, expand, gezien)
            if not rijen and leeg:
                continue
            leeg = leeg or not rijen
            uit[naam] = rijen
        return uit

    def _uitgeklapt(self, naam: str, contact: Contact, expand: Sequence[str], gezien: set[int]) -> list[Json]:
        if naam == "gingOverOnderwerpobjecten":
            return [self.onderwerpobject(o) for o in contact.onderwerpen]
        if naam == "leiddeTotInterneTaken":
            return [self.taak(t) for t in contact.taken]
        if naam == "omvatteBijlagen":
            return []
        rijen = []
        for betrokkene in contact.betrokkenen:
            rij = self.betrokkene(betrokkene)
            onder: Json = {}
            if "hadBetrokkenen.digitaleAdressen" in expand:
                onder.update(self._betrokkene_expand(betrokkene))
            if "hadBetrokkenen.wasPartij" in expand:
                onder["wasPartij"] = self._partij_eenmaal(betrokkene.partij, gezien)
            if onder:
                rij["_expand"] = onder
            rijen.append(rij)
        return rijen

    def _partij_eenmaal(self, nummer: int, gezien: set[int]) -> Json | None:
        """Elke partij wordt per antwoord één keer uitgeklapt; daarna staat er null."""
        if nummer < 0 or nummer in gezien:
            return None
        gezien.add(nummer)
        return self.partij(self.wereld.partijen[nummer])
