"""Nepregisters met gedrag, voor alle tests: ze filteren, bladeren, tellen verzoeken, falen en hangen op
bevel.

Geen verwachtingen vooraf: een test zet gegevens klaar, laat eventueel iets mislukken en kijkt naar de
uitkomst.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import BinaryIO

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import DuurtTeLang, FilterGenegeerd, KifFout, NietGevonden, TeVeelGevonden
from frontoffice.domain.klant import (
    Bedrijf,
    BedrijfSleutel,
    KlantSleutel,
    Partij,
    PartijSleutel,
    Persoon,
    PersoonSleutel,
)
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.domain.zaak import Catalogus, Resultaat, Status, Zaak, ZaakDocument
from frontoffice.ports import Aanroep, AdresTreffer, BronPagina, Pagina, RegisterStand
from tests.bouwers import NU, VANDAAG, maak_catalogus


class NepKlok:
    """Staat stil op `NU`, tot een test hem verzet."""

    def __init__(self, nu: datetime = NU, vandaag: date = VANDAAG) -> None:
        self._nu = nu
        self._vandaag = vandaag
        self._verlopen = 0.0

    def nu(self) -> datetime:
        return self._nu

    def vandaag(self) -> date:
        return self._vandaag

    def verlopen(self) -> float:
        return self._verlopen

    def zet_vooruit(self, **duur: float) -> None:
        sprong = timedelta(**duur)
        self._nu += sprong
        self._vandaag = (self._nu).date()
        self._verlopen += sprong.total_seconds()


@dataclass(frozen=True)
class Logregel:
    handeling: str
    doel: str
    onderwerp: KlantSleutel | None
    bijzonderheden: dict[str, str]


class NepLogboek:
    """Onthoudt wat is vastgelegd, oudste eerst, in `regels`."""

    def __init__(self) -> None:
        self.regels: list[Logregel] = []

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        self.regels.append(Logregel(handeling, doel, onderwerp, bijzonderheden))

    @property
    def handelingen(self) -> list[str]:
        return [regel.handeling for regel in self.regels]


class _NepRegister:
    """Gemeenschappelijk gedrag.

    `fouten["load_zaken"] = Storing(…)` laat een methode falen; `vertraging` (seconden) maakt alles traag;
    `houd_vast("load_zaken")` laat een methode hangen tot `laat_los` (of tot stop of het einde van de
    aanroep). `aanroepen` zijn de namen van gevraagde methoden, op volgorde van binnenkomst.
    """

    naam = "register"

    def __init__(self) -> None:
        self.fouten: dict[str, KifFout] = {}
        self.vertraging = 0.0
        self.aanroepen: list[str] = []
        self._poorten: dict[str, threading.Event] = {}

    def houd_vast(self, methode: str) -> None:
        self._poorten[methode] = threading.Event()

    def laat_los(self, methode: str) -> None:
        self._poorten.pop(methode).set()

    def _vraag(self, methode: str, aanroep: Aanroep, pad: str = "", http: str = "GET") -> None:
        """Doe alsof één verzoek over de lijn gaat: telt, wacht, faalt."""
        aanroep.stop.check()
        self.aanroepen.append(methode)
        begin = time.monotonic()
        gestopt = threading.Event()
        afmelden = aanroep.stop.on_set(gestopt.set)
        try:
            self._wacht(methode, aanroep, gestopt)
        finally:
            afmelden()
        fout = self.fouten.get(methode)
        ms = (time.monotonic() - begin) * 1000
        aanroep.note(self.naam, http, pad or f"/{methode}", getattr(fout, "http_status", None) or 200, ms)
        if fout is not None:
            raise fout

    def _wacht(self, methode: str, aanroep: Aanroep, gestopt: threading.Event) -> None:
        if self.vertraging:
            gestopt.wait(min(self.vertraging, max(aanroep.resterend, 0)))
        poort = self._poorten.get(methode)
        while poort and not poort.wait(0.005) and not gestopt.is_set() and aanroep.resterend > 0:
            pass
        aanroep.stop.check()
        if aanroep.resterend <= 0:
            raise DuurtTeLang("Het register geeft geen antwoord. Probeer het opnieuw.", register=self.naam)

    def _stand(self, naam: str) -> RegisterStand:
        fout = self.fouten.get("check")
        if fout:
            return RegisterStand(naam, False, None, None, None, fout.uitleg)
        return RegisterStand(naam, True, True, "1.0.0", 0.0, None)


class NepKlantinteracties(_NepRegister):
    """Partijen en contacten. Een contact hoort bij een partij als ze een betrokkene delen.

    `negeer_filter = True` geeft ieders contacten. `contacten_van_zaak[zaak_uuid]` zijn contacten over een
    zaak.
    """

    naam = "klantinteracties"

    def __init__(self, partijen: Sequence[Partij] = (), contacten: Sequence[Klantcontact] = ()) -> None:
        super().__init__()
        self.partijen = list(partijen)
        self.contacten = list(contacten)
        self.losse_adressen: list[AdresTreffer] = []
        self.contacten_van_zaak: dict[str, list[Klantcontact]] = {}
        self.negeer_filter = False
        self.pagina_grootte = 25

    def find_partijen(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Partij, ...]:
        self._vraag("find_partijen", aanroep, "/partijen")
        return tuple(p for p in self.partijen if _is_partij_van(p, sleutel))

    def load_partij(self, uuid: str, aanroep: Aanroep) -> Partij:
        self._vraag("load_partij", aanroep, "/partijen/…")
        for partij in self.partijen:
            if partij.uuid == uuid:
                return partij
        raise NietGevonden("Deze klant bestaat niet meer. Zoek opnieuw.", register=self.naam, http_status=404)

    def find_adressen(self, zoektekst: str, aanroep: Aanroep) -> tuple[AdresTreffer, ...]:
        self._vraag("find_adressen", aanroep, "/digitaleadressen")
        alle = [AdresTreffer(a.adres, p.uuid) for p in self.partijen for a in p.digitale_adressen]
        return tuple(t for t in alle + self.losse_adressen if zoektekst.lower() in t.adres.lower())

    def load_klantcontacten(
        self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep
    ) -> Pagina[Klantcontact]:
        self._vraag("load_klantcontacten", aanroep, "/klantcontacten")
        eigen = {u for p in self.partijen if _is_partij_van(p, sleutel) for u in p.betrokkene_uuids}
        rijen = [c for c in self.contacten if self.negeer_filter or eigen.intersection(c.betrokkene_uuids)]
        rijen.sort(key=lambda c: c.plaatsgevonden_op or NU, reverse=True)
        begin = (pagina - 1) * self.pagina_grootte
        volgende = pagina + 1 if begin + self.pagina_grootte < len(rijen) else None
        return Pagina(tuple(rijen[begin : begin + self.pagina_grootte]), len(rijen), volgende)

    def load_klantcontact(self, uuid: str, aanroep: Aanroep) -> Klantcontact:
        self._vraag("load_klantcontact", aanroep, "/klantcontacten/…")
        overal = [*self.contacten, *(c for lijst in self.contacten_van_zaak.values() for c in lijst)]
        for contact in overal:
            if contact.uuid == uuid:
                return contact
        raise NietGevonden(
            "Dit contact bestaat niet meer. Ververs het scherm.", register=self.naam, http_status=404
        )

    def load_klantcontacten_van_zaak(self, zaak_uuid: str, aanroep: Aanroep) -> Pagina[Klantcontact]:
        self._vraag("load_klantcontacten_van_zaak", aanroep, "/klantcontacten")
        rijen = tuple(self.contacten_van_zaak.get(zaak_uuid, ()))
        return Pagina(rijen, len(rijen))

    def check(self, aanroep: Aanroep) -> RegisterStand:
        return self._stand(self.naam)


class NepZaken(_NepRegister):
    """Zaken met hun typen en documenten.

    `negeer_filter = True` geeft bij het zoeken ieders zaken; `negeer_filter_bij_laden = True` geeft vreemde
    zaken bij het laden zonder zelf in te grijpen, zoals een adapter die niet controleert. `warm = False` kost
    de catalogus twee verzoeken.
    """

    naam = "zaken"

    def __init__(self, zaken: Sequence[Zaak] = (), catalogus: Catalogus | None = None) -> None:
        super().__init__()
        self.zaken = list(zaken)
        self.catalogus = catalogus or maak_catalogus()
        self.statussen: dict[str, tuple[Status, ...]] = {}
        self.resultaten: dict[str, Resultaat] = {}
        self.inhoud: dict[str, bytes] = {}
        self.warm = True
        self.negeer_filter = False
        self.negeer_filter_bij_laden = False
        self.pagina_grootte = 20

    def find_open_zaken(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Zaak, ...]:
        self._vraag("find_open_zaken", aanroep, "/zaken/_zoek", "POST")
        gevonden = [z for z in self.zaken if z.is_open and (self.negeer_filter or z.rollen_van(sleutel))]
        return tuple(replace(z, status=None, rollen=None, documenten=None) for z in gevonden)

    def find_afgeronde_zaken(self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep) -> Pagina[Zaak]:
        self._vraag("find_afgeronde_zaken", aanroep, "/zaken/_zoek", "POST")
        klaar = [z for z in self.zaken if not z.is_open and (self.negeer_filter or z.rollen_van(sleutel))]
        klaar.sort(key=lambda z: z.einddatum or VANDAAG, reverse=True)
        begin = (pagina - 1) * self.pagina_grootte
        rijen = tuple(klaar[begin : begin + self.pagina_grootte])
        if not self.negeer_filter_bij_laden:
            self._controleer(sleutel, rijen)
        volgende = pagina + 1 if begin + self.pagina_grootte < len(klaar) else None
        return Pagina(rijen, len(klaar), volgende)

    def load_zaken(self, sleutel: KlantSleutel, uuids: Sequence[str], aanroep: Aanroep) -> tuple[Zaak, ...]:
        if len(uuids) > 20:
            raise ValueError("ten hoogste twintig zaken per keer")
        self._vraag("load_zaken", aanroep, "/zaken/_zoek", "POST")
        breed = self.negeer_filter_bij_laden
        gevonden = tuple(z for z in self.zaken if z.uuid in uuids and (breed or z.rollen_van(sleutel)))
        if not breed:
            self._controleer(sleutel, gevonden)
        return gevonden

    def find_zaak(self, zaaknummer: str, aanroep: Aanroep) -> tuple[Zaak, ...]:
        self._vraag("find_zaak", aanroep, "/zaken/_zoek", "POST")
        return tuple(z for z in self.zaken if z.identificatie == zaaknummer)

    def load_statussen(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[Status, ...]:
        self._vraag("load_statussen", aanroep, "/statussen")
        if zaak_uuid in self.statussen:
            return self.statussen[zaak_uuid]
        status = self._zaak(zaak_uuid).status
        return (status,) if status else ()

    def load_resultaat(self, resultaat_uuid: str, aanroep: Aanroep) -> Resultaat:
        self._vraag("load_resultaat", aanroep, "/resultaten/…")
        return self.resultaten[resultaat_uuid]

    def load_documenten(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[ZaakDocument, ...]:
        self._vraag("load_documenten", aanroep, "/zaakinformatieobjecten")
        aanroep.note(self.naam, "POST", "/enkelvoudiginformatieobjecten/_zoek", 200, 0.0)
        return self._zaak(zaak_uuid).documenten or ()

    def download(
        self,
        document_uuid: str,
        doel: BinaryIO,
        voortgang: Callable[[int, int | None], None],
        aanroep: Aanroep,
    ) -> None:
        self._vraag("download", aanroep, "/enkelvoudiginformatieobjecten/…/download")
        inhoud = self.inhoud.get(document_uuid, b"inhoud")
        for begin in range(0, len(inhoud), 4):
            aanroep.stop.check()
            doel.write(inhoud[begin : begin + 4])
            voortgang(min(begin + 4, len(inhoud)), len(inhoud))

    def load_catalogus(self, aanroep: Aanroep) -> Catalogus:
        if self.warm:
            fout = self.fouten.get("load_catalogus")
            if fout:
                raise fout
            self.aanroepen.append("load_catalogus")
            return self.catalogus
        self._vraag("load_catalogus", aanroep, "/zaaktypen")
        self._vraag("load_catalogus", aanroep, "/statustypen")
        return self.catalogus

    def check(self, register: str, aanroep: Aanroep) -> RegisterStand:
        return self._stand(register)

    def _zaak(self, uuid: str) -> Zaak:
        for zaak in self.zaken:
            if zaak.uuid == uuid:
                return zaak
        raise NietGevonden(
            "Deze zaak bestaat niet meer. Ververs het scherm.", register=self.naam, http_status=404
        )

    def _controleer(self, sleutel: KlantSleutel, zaken: Sequence[Zaak]) -> None:
        if any(not zaak.rollen_van(sleutel) for zaak in zaken):
            raise FilterGenegeerd(
                "De zaken zijn niet te vertrouwen. Meld dit bij beheer.", register=self.naam
            )


class NepPersonen(_NepRegister):
    """De BRP: vindt op het begin van de achternaam zonder voorvoegsel; meer dan tien is TeVeelGevonden."""

    naam = "brp"

    def __init__(self, personen: Sequence[Persoon] = ()) -> None:
        super().__init__()
        self.personen = list(personen)

    def load_persoon(self, bsn: Bsn, aanroep: Aanroep) -> Persoon:
        self._vraag("load_persoon", aanroep, "/personen", "POST")
        for persoon in self.personen:
            if persoon.bsn == bsn:
                return persoon
        raise NietGevonden("Deze persoon staat niet in de BRP.", register=self.naam, http_status=200)

    def find_op_naam(self, geslachtsnaam: str, geboortedatum: date, aanroep: Aanroep) -> tuple[Persoon, ...]:
        self._vraag("find_op_naam", aanroep, "/personen", "POST")
        begin = geslachtsnaam.split()[-1].casefold()
        return self._beperkt(
            p
            for p in self.personen
            if p.naam.geslachtsnaam.casefold().startswith(begin)
            and p.geboortedatum
            and p.geboortedatum.volledig == geboortedatum
        )

    def find_op_adres(
        self,
        postcode: str,
        huisnummer: int,
        *,
        huisletter: str = "",
        toevoeging: str = "",
        geslachtsnaam: str = "",
        aanroep: Aanroep,
    ) -> tuple[Persoon, ...]:
        self._vraag("find_op_adres", aanroep, "/personen", "POST")
        naam = geslachtsnaam.casefold()
        return self._beperkt(
            p
            for p in self.personen
            if p.adres
            and p.adres.postcode == postcode
            and p.adres.huisnummer == f"{huisnummer}{huisletter}{toevoeging}"
            and naam in ("", p.naam.geslachtsnaam.casefold())
        )

    def check(self, aanroep: Aanroep) -> RegisterStand:
        return self._stand(self.naam)

    def _beperkt(self, treffers: Iterable[Persoon]) -> tuple[Persoon, ...]:
        personen = tuple(treffers)
        if len(personen) > 10:
            raise TeVeelGevonden(
                "Er zijn meer dan 10 personen gevonden.", register=self.naam, http_status=400
            )
        return personen


class NepBedrijven(_NepRegister):
    """Het Handelsregister; tien namen per pagina."""

    naam = "kvk"

    def __init__(self, bedrijven: Sequence[Bedrijf] = ()) -> None:
        super().__init__()
        self.bedrijven = list(bedrijven)

    def load_bedrijf(self, kvk: KvkNummer, vestiging: Vestigingsnummer | None, aanroep: Aanroep) -> Bedrijf:
        self._vraag("load_bedrijf", aanroep, "/v1/basisprofielen/…")
        for bedrijf in self.bedrijven:
            if bedrijf.kvk == kvk and vestiging in (None, bedrijf.vestiging):
                return bedrijf
        raise NietGevonden(
            "Dit bedrijf staat niet in het Handelsregister.", register=self.naam, http_status=404
        )

    def find_op_naam(self, naam: str, pagina: int, aanroep: Aanroep) -> Pagina[Bedrijf]:
        self._vraag("find_op_naam", aanroep, "/v2/zoeken")
        treffers = [b for b in self.bedrijven if naam.casefold() in b.naam.casefold()]
        rijen = tuple(treffers[(pagina - 1) * 10 : pagina * 10])
        return Pagina(rijen, len(treffers), pagina + 1 if pagina * 10 < len(treffers) else None)

    def find_op_nummer(
        self, aanroep: Aanroep, *, kvk: KvkNummer | None = None, vestiging: Vestigingsnummer | None = None
    ) -> tuple[Bedrijf, ...]:
        self._vraag("find_op_nummer", aanroep, "/v2/zoeken")
        return tuple(b for b in self.bedrijven if kvk in (None, b.kvk) and vestiging in (None, b.vestiging))

    def check(self, aanroep: Aanroep) -> RegisterStand:
        return self._stand(self.naam)


class NepBron:
    """Een tijdlijnbron die vooraf gemaakte pagina's geeft; het vervolg is het volgnummer van de pagina."""

    def __init__(
        self, naam: str = "meldingen", paginas: Sequence[BronPagina] = (), aangesloten: bool = True
    ) -> None:
        self.naam = naam
        self.aangesloten = aangesloten
        self.paginas = list(paginas)
        self.fout: KifFout | None = None

    def load(self, sleutel: KlantSleutel, aanroep: Aanroep, vervolg: str | None = None) -> BronPagina:
        aanroep.stop.check()
        if self.fout:
            raise self.fout
        nummer = int(vervolg or 0)
        if not self.paginas:
            return BronPagina(())
        volgende = str(nummer + 1) if nummer + 1 < len(self.paginas) else None
        return replace(self.paginas[nummer], vervolg=volgende)


def _is_partij_van(partij: Partij, sleutel: KlantSleutel) -> bool:
    if isinstance(sleutel, PersoonSleutel):
        return partij.bsn == sleutel.bsn
    if isinstance(sleutel, BedrijfSleutel):
        return partij.kvk == sleutel.kvk and sleutel.vestiging in (None, partij.vestiging)
    if isinstance(sleutel, PartijSleutel):
        return partij.uuid == sleutel.uuid
    raise TypeError(sleutel)
