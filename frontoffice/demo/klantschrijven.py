"""Schrijven in Klantinteracties zoals Open Klant 2.18 het doet: nakijken, en dan bijschrijven.

Onbekende sleutels en een meegestuurde uuid tellen stil niet mee. Tussen nakijken en bijschrijven zit een
kier, net als daar: wat in die kier dubbel raakt, is een 500 en geen 400.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from frontoffice.demo.http import ApiFout, Json, Verzoek, niet_gevonden
from frontoffice.demo.klantbestand import Klantbestand, new_uuid
from frontoffice.demo.klantpartijen import Partijschrijver
from frontoffice.demo.klantrijen import Klantrijen
from frontoffice.demo.klantvelden import Invoer, open_body
from frontoffice.demo.tijd import format_moment
from frontoffice.demo.wereld.feiten import (
    GEEN_NAAM,
    Actor,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Koppeling,
    Onderwerpobject,
    Partij,
    Taak,
)

MAAK = "maak-klantcontact"
MAX = {"kanaal": 50, "onderwerp": 200, "inhoud": 1000, "reactie": 4000, "taal": 3, "metadata": 255}
_TELEFOON = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
_GEEN_TELEFOON = ("0800", "0900", "1400", "140")
_MAIL = re.compile(r"[^@\s]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,63}")
_OBJECT_ID = ("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId")
_NIET_AFGEHANDELD = (
    "De Internetaak kan geen afgehandeld op datum bevatten als de status niet op 'verwerkt' staat."
)
_SERVICENUMMER = (
    "Het opgegeven telefoonnummer is ongeldig, telefoonnummers beginnend met 0800, 0900, 1400 of 140xx zijn "
    "niet toegestaan."
)
_GEEN_SLUG = 'Voer een geldige "slug" in, bestaande uit letters, cijfers, lage streepjes of streepjes.'

Bijschrijven = Callable[[], Json]


class Klantschrijver:
    """Beantwoordt POST op een lijst en PATCH van een interne taak."""

    def __init__(self, bestand: Klantbestand, rijen: Klantrijen, nu: Callable[[], datetime]) -> None:
        self.bestand = bestand
        self.wereld = bestand.wereld
        self.rijen = rijen
        self._nu = nu
        partijen = Partijschrijver(bestand, rijen)
        self._soorten: dict[str, Callable[[Invoer], Bijschrijven]] = {
            MAAK: self._maak,
            "klantcontacten": self._klantcontact,
            "betrokkenen": self._betrokkene,
            "onderwerpobjecten": self._onderwerpobject,
            "actorklantcontacten": self._koppeling,
            "internetaken": self._taak,
            "digitaleadressen": self._adres,
            "actoren": self._actor,
            "partijen": partijen.read_partij,
            "partij-identificatoren": partijen.read_los,
        }

    def make(self, bron: str, verzoek: Verzoek, kier: Callable[[], object] = lambda: None) -> Json:
        """De gemaakte rij zoals de server haar teruggeeft. ApiFout 400, 415 of 500.

        `kier` wordt geroepen tussen nakijken en bijschrijven, zonder het slot.
        """
        invoer = open_body(verzoek)
        with self.bestand.slot:
            bijschrijven = self._soorten[bron](invoer)
            _stop_bij_fouten(invoer)
        kier()
        with self.bestand.slot:
            return bijschrijven()

    def change_taak(self, uuid: str, verzoek: Verzoek) -> Json:
        """PATCH: alleen wat er staat. ApiFout 404 of 400."""
        invoer = open_body(verzoek, deels=True)
        with self.bestand.slot:
            taak: Taak | None = self.bestand.on_uuid("internetaken").get(uuid.lower())
            if taak is None:
                raise niet_gevonden()
            nieuw = self._read_taak(invoer, taak)
            _stop_bij_fouten(invoer)
            return self.rijen.taak(self.bestand.put_taak(nieuw))

    # --- contact --------------------------------------------------------------

    def _read_contact(self, invoer: Invoer) -> Callable[[], Contact]:
        nummer = self._read_nummer(invoer, "klantcontacten", "klantcontact")
        kanaal = invoer.text("kanaal", MAX["kanaal"], verplicht=True, leeg=False)
        onderwerp = invoer.text("onderwerp", MAX["onderwerp"], verplicht=True, leeg=False)
        inhoud = invoer.text("inhoud", MAX["inhoud"])
        reactie = invoer.text("reactie", MAX["reactie"])
        gelukt = invoer.flag("indicatieContactGelukt", null=True, standaard=None)
        verder = invoer.flag("verdereActieOndernomen")
        taal = invoer.text("taal", MAX["taal"], verplicht=True, leeg=False)
        vertrouwelijk = invoer.flag("vertrouwelijk", verplicht=True)
        tijd = invoer.moment("plaatsgevondenOp")
        metadata = invoer.metadata("metadata", MAX["metadata"])
        if invoer.is_goed and gelukt and verder:
            invoer.reject(
                "nonFieldErrors",
                "no-further-action-when-contact-succesful",
                "Als het contact gelukt is kan er geen verdere actie zijn ondernomen",
            )

        def add() -> Contact:
            self._require_vrij("klantcontacten", nummer)
            return self.bestand.add_contact(
                Contact(
                    self.bestand.count("klantcontacten"),
                    new_uuid(),
                    format_moment(tijd or self._nu()),
                    kanaal,
                    onderwerp,
                    inhoud,
                    reactie,
                    gelukt,
                    taal,
                    vertrouwelijk,
                    (),
                    (),
                    (),
                    (),
                    nummer,
                    metadata,
                    verder,
                )
            )

        return add

    def _klantcontact(self, invoer: Invoer) -> Bijschrijven:
        add = self._read_contact(invoer)
        return lambda: self.rijen.klantcontact(add())

    def _maak(self, invoer: Invoer) -> Bijschrijven:
        """Alles of niets: pas als elk deel deugt, wordt er geschreven."""
        deel = invoer.group("klantcontact", verplicht=True, null=False)
        add_contact = self._read_contact(deel) if deel is not None else None
        deel = invoer.group("betrokkene", null=False)
        add_betrokkene = self._read_betrokkene(deel) if deel is not None else None
        deel = invoer.group("onderwerpobject", null=False)
        add_onderwerp = self._read_onderwerp(deel) if deel is not None else None

        def add() -> Json:
            assert add_contact is not None  # zonder klantcontact is er al afgekeurd
            nummer = add_contact().nummer
            betrokkene = add_betrokkene(nummer) if add_betrokkene else None
            onderwerp = add_onderwerp(nummer) if add_onderwerp else None
            return {
                "klantcontact": self.rijen.klantcontact(self.wereld.contacten[nummer]),
                "betrokkene": self.rijen.betrokkene(betrokkene) if betrokkene else None,
                "onderwerpobject": self.rijen.onderwerpobject(onderwerp) if onderwerp else None,
            }

        return add

    # --- betrokkene en onderwerp ------------------------------------------------

    def _read_betrokkene(self, invoer: Invoer) -> Callable[[int], Betrokkene]:
        partij: Partij | None = invoer.link("wasPartij", self._find("partijen"), "Partij")
        return self._read_rest(invoer, partij)

    def _read_rest(self, invoer: Invoer, partij: Partij | None) -> Callable[[int], Betrokkene]:
        naam = GEEN_NAAM
        groep = invoer.group("contactnaam")
        if groep is not None:
            naam = (
                groep.text("voorletters", 10),
                groep.text("voornaam", 200),
                groep.text("voorvoegselAchternaam", 10),
                groep.text("achternaam", 200),
            )
        rol = invoer.choice("rol", ("vertegenwoordiger", "klant"))
        organisatie = invoer.text("organisatienaam", 200)
        initiator = invoer.flag("initiator", verplicht=True)

        def add(contact: int) -> Betrokkene:
            nummer = self.bestand.count("betrokkenen")
            van = partij.nummer if partij else -1
            return self.bestand.add_betrokkene(
                Betrokkene(nummer, new_uuid(), contact, van, rol, initiator, naam, (), organisatie)
            )

        return add

    def _betrokkene(self, invoer: Invoer) -> Bijschrijven:
        partij: Partij | None = invoer.link("wasPartij", self._find("partijen"), "Partij")
        contact = self._read_bij(invoer, "hadKlantcontact", verplicht=True)
        add = self._read_rest(invoer, partij)
        return lambda: self.rijen.betrokkene(add(contact))

    def _read_onderwerp(self, invoer: Invoer) -> Callable[[int], Onderwerpobject]:
        was = self._read_bij(invoer, "wasKlantcontact")
        groep = invoer.group("onderwerpobjectidentificator")
        delen = [groep.text(deel, 200) if groep is not None else "" for deel in _OBJECT_ID]

        def add(contact: int) -> Onderwerpobject:
            nummer = self.bestand.count("onderwerpobjecten")
            code = (delen[1], delen[2], delen[3])
            return self.bestand.add_onderwerp(
                Onderwerpobject(nummer, new_uuid(), contact, delen[0], code, was)
            )

        return add

    def _onderwerpobject(self, invoer: Invoer) -> Bijschrijven:
        contact = self._read_bij(invoer, "klantcontact")
        add = self._read_onderwerp(invoer)
        return lambda: self.rijen.onderwerpobject(add(contact))

    def _koppeling(self, invoer: Invoer) -> Bijschrijven:
        actor: Actor | None = invoer.link("actor", self._find("actoren"), "Actor", verplicht=True, null=False)
        contact = self._read_bij(invoer, "klantcontact", verplicht=True)

        def is_dubbel() -> bool:
            return actor is not None and actor.nummer in self.wereld.contacten[contact].actoren

        if invoer.is_goed and is_dubbel():
            invoer.reject(
                "nonFieldErrors", "unique", "De velden actor, klantcontact moeten een unieke set zijn."
            )

        def add() -> Json:
            if is_dubbel():
                raise ApiFout(500, "error", "Internal Server Error")
            nummer = self.bestand.count("actorklantcontacten")
            assert actor is not None
            koppeling = Koppeling(nummer, new_uuid(), contact, actor.nummer)
            return self.rijen.koppeling(self.bestand.add_koppeling(koppeling))

        return add

    # --- taken ------------------------------------------------------------------

    def _taak(self, invoer: Invoer) -> Bijschrijven:
        taak = self._read_taak(invoer, None)

        def add() -> Json:
            self._require_vrij("internetaken", taak.referentienummer)
            nieuw = taak._replace(nummer=self.bestand.count("internetaken"), uuid=new_uuid())
            return self.rijen.taak(self.bestand.put_taak(nieuw))

        return add

    def _read_taak(self, invoer: Invoer, oud: Taak | None) -> Taak:
        """Een nieuwe taak, of `oud` met wat er in het verzoek staat."""
        nummer = self._read_nummer(invoer, "internetaken", "interne taak") if oud is None else None
        handeling = invoer.text(
            "gevraagdeHandeling", 200, verplicht=True, leeg=False, standaard=oud.handeling if oud else ""
        )
        contact = self._read_bij(invoer, "aanleidinggevendKlantcontact", verplicht=oud is None)
        actoren = self._read_actoren(invoer)
        toelichting = invoer.text("toelichting", 1000, standaard=oud.toelichting if oud else "")
        staat = "verwerkt" if oud and oud.afgehandeld else "te_verwerken" if oud else ""
        status = (
            invoer.choice("status", ("te_verwerken", "verwerkt"))
            if oud is None or "status" in invoer
            else staat
        )
        op = invoer.moment("afgehandeldOp", null=True)
        if invoer.is_goed:
            self._check_taak(invoer, oud is None, status, op)
        afgehandeld = None
        if status == "verwerkt":
            eerder = oud.afgehandeld if oud else None
            afgehandeld = format_moment(op) if op else eerder or format_moment(self._nu())
        if oud is None:
            gezet = format_moment(self._nu())
            return Taak(-1, "", contact, handeling, toelichting, actoren or (), gezet, afgehandeld, nummer)
        return oud._replace(
            handeling=handeling,
            toelichting=toelichting,
            afgehandeld=afgehandeld,
            actoren=oud.actoren if actoren is None else actoren,
        )

    def _read_actoren(self, invoer: Invoer) -> tuple[int, ...] | None:
        """Volgnummers; None als geen van beide velden er is."""
        een: Actor | None = invoer.link("toegewezenAanActor", self._find("actoren"), "Actor", null=False)
        delen = invoer.items("toegewezenAanActoren")
        meer = [deel.linked(self._find("actoren"), "Actor") for deel in delen or ()]
        if delen is None and een is None:
            return None
        return tuple(actor.nummer for actor in (*meer, een) if actor is not None)

    @staticmethod
    def _check_taak(invoer: Invoer, nieuw: bool, status: str, op: datetime | None) -> None:
        een, meer = "toegewezenAanActor" in invoer, "toegewezenAanActoren" in invoer
        if een and meer:
            reden = "`toegewezen_aan_actor` en `toegewezen_aan_actoren` mag niet beiden gebruikt worden."
            invoer.reject("nonFieldErrors", "invalid", reden)
        elif nieuw and not een and not meer:
            reden = (
                "`toegewezen_aan_actor` of `toegewezen_aan_actoren` is required (mag niet beiden gebruiken)."
            )
            invoer.reject("nonFieldErrors", "invalid", reden)
        elif op is not None and status != "verwerkt":
            invoer.reject("afgehandeldOp", "invalid", _NIET_AFGEHANDELD)

    # --- adressen en actoren ------------------------------------------------------

    def _adres(self, invoer: Invoer) -> Bijschrijven:
        betrokkene: Betrokkene | None = invoer.link(
            "verstrektDoorBetrokkene", self._find("betrokkenen"), "Betrokkene"
        )
        partij: Partij | None = invoer.link("verstrektDoorPartij", self._find("partijen"), "Partij")
        adres = invoer.text("adres", 80, verplicht=True, leeg=False)
        if adres:
            _check_adres(invoer, str(invoer.data.get("soortDigitaalAdres", "")), adres)
        soort = invoer.choice("soortDigitaalAdres", ("email", "telefoonnummer", "overig"))
        standaard = invoer.flag("isStandaardAdres")
        omschrijving = invoer.text("omschrijving", 40)
        referentie = invoer.text("referentie", 50)
        if not re.fullmatch(r"[-a-zA-Z0-9_]*", referentie):
            invoer.reject("referentie", "invalid", _GEEN_SLUG)
        if invoer.is_goed and "verstrektDoorPartij" not in invoer:
            invoer.reject("verstrektDoorPartij", "required", "Dit veld is vereist.")
        elif invoer.is_goed and standaard and partij is None:
            reden = "`is_standaard_adres` kan alleen gezet worden als `verstrekt_door_partij` niet leeg is."
            invoer.reject("isStandaardAdres", "invalid", reden)

        def add() -> Json:
            nieuw = DigitaalAdres(
                self.bestand.count("digitaleadressen"),
                new_uuid(),
                partij.nummer if partij else -1,
                betrokkene.nummer if betrokkene else None,
                adres,
                soort,
                standaard,
                omschrijving,
                referentie,
            )
            return self.rijen.digitaal_adres(self.bestand.add_adres(nieuw))

        return add

    def _actor(self, invoer: Invoer) -> Bijschrijven:
        naam = invoer.text("naam", 200, verplicht=True, leeg=False)
        soorten = ("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid")
        soort = invoer.choice("soortActor", soorten)
        actief = invoer.flag("indicatieActief", standaard=True)
        groep = invoer.group("actoridentificator")
        code = {deel: groep.text(deel, 200) if groep is not None else "" for deel in _OBJECT_ID}
        eigen = _read_identificatie(invoer, soort) if invoer.is_goed else None

        def add() -> Json:
            nummer = self.bestand.count("actoren")
            actor = Actor(
                nummer, new_uuid(), soort, code["objectId"], naam, "", "", "", (code, eigen, actief)
            )
            return self.rijen.actor(self.bestand.add_actor(actor))

        return add

    # --- hulp ---------------------------------------------------------------------

    def _find(self, bron: str) -> Callable[[str], Any]:
        return self.bestand.on_uuid(bron).get

    def _read_bij(self, invoer: Invoer, naam: str, *, verplicht: bool = False) -> int:
        """Het volgnummer van een klantcontact, of -1."""
        contact: Contact | None = invoer.link(
            naam, self._find("klantcontacten"), "Klantcontact", verplicht=verplicht, null=not verplicht
        )
        return contact.nummer if contact else -1

    def _read_nummer(self, invoer: Invoer, bron: str, wat: str) -> str | None:
        """Een leeg nummer slaat de server bij het nakijken over; pas de database weigert het tweede."""
        nummer = invoer.number("referentienummer")
        if nummer and self.bestand.has_referentienummer(bron, nummer):
            reden = f"Er bestaat al een {wat} met eenzelfde referentienummer."
            invoer.reject("referentienummer", "unique", reden)
        return nummer

    def _require_vrij(self, bron: str, nummer: str | None) -> None:
        if nummer is not None and self.bestand.has_referentienummer(bron, nummer):
            raise ApiFout(500, "error", "Internal Server Error")


def _stop_bij_fouten(invoer: Invoer) -> None:
    if invoer.fouten:
        raise ApiFout(400, "invalid", params=invoer.fouten)


def _check_adres(invoer: Invoer, soort: str, adres: str) -> None:
    if soort == "email" and not _MAIL.fullmatch(adres):
        invoer.reject("adres", "invalid", "Voer een geldig e-mailadres in.")
    elif soort == "telefoonnummer" and adres.startswith(_GEEN_TELEFOON):
        invoer.reject("adres", "invalid", _SERVICENUMMER)
    elif soort == "telefoonnummer" and not _TELEFOON.fullmatch(adres):
        invoer.reject("adres", "invalid", "Het opgegeven telefoonnummer is ongeldig.")


def _read_identificatie(invoer: Invoer, soort: str) -> Json | None:
    """actorIdentificatie: alleen goed als ze helemaal is ingevuld."""
    velden = {
        "medewerker": (("functie", 40), ("emailadres", 254), ("telefoonnummer", 20)),
        "geautomatiseerde_actor": (("functie", 40), ("omschrijving", 200)),
        "organisatorische_eenheid": (
            ("omschrijving", 200),
            ("emailadres", 254),
            ("faxnummer", 20),
            ("telefoonnummer", 20),
        ),
    }
    groep = invoer.group("actorIdentificatie")
    if groep is None or soort not in velden:
        return None
    leeg = soort == "organisatorische_eenheid"
    uit = {}
    for naam, hoogste in velden[soort]:
        uit[naam] = groep.text(naam, hoogste, verplicht=not leeg, leeg=leeg)
        if naam == "emailadres" and uit[naam] and not _MAIL.fullmatch(uit[naam]):
            groep.reject(naam, "invalid", "Voer een geldig e-mailadres in.")
    return uit
