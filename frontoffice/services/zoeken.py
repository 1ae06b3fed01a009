"""Van een zoekvraag naar kandidaten: wie zou dit kunnen zijn, en wat kan de medewerker nu doen.

Een telefoonnummer of e-mailadres is geen identiteit: zulke treffers zijn altijd kandidaten met alleen
voornaam en eerste letter, en vragen niets aan de BRP. Een adres mag niet verraden wie er woont: iemand met
geheimhouding staat er naamloos. Recente klanten leven alleen in het geheugen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from frontoffice.domain.fouten import Geannuleerd, KifFout, NietGevonden, TeVeelGevonden
from frontoffice.domain.gegevens import adres_in_regel, klantnaam, korte_naam, naam_ongecontroleerd
from frontoffice.domain.klant import (
    Bedrijf,
    BedrijfSleutel,
    Herkomst,
    Kandidaat,
    KlantSleutel,
    Partij,
    PartijSleutel,
    Persoon,
    PersoonSleutel,
    RecenteKlant,
)
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.melding import read_nummer
from frontoffice.domain.taal import zonder_accenten
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.domain.zaak import Rol, Zaak
from frontoffice.domain.zoekvraag import (
    AdresVraag,
    BedrijfsnaamVraag,
    BsnVraag,
    EmailVraag,
    KvkVraag,
    MeldingVraag,
    NaamVraag,
    PartijVraag,
    TelefoonVraag,
    VestigingVraag,
    ZaakVraag,
    Zoekvraag,
    herken,
)
from frontoffice.ports import (
    Aanroep,
    AdresTreffer,
    Bedrijven,
    Klantinteracties,
    Klok,
    Logboek,
    Personen,
    Stop,
    Zaken,
)
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.meldingen import (
    MELDING_NIET_AANGESLOTEN,
    Meldingbeeld,
    Meldinglezer,
    describe,
    melder_vragen,
)
from frontoffice.uitvoeren import Lading, Uitvoerder

MEESTE_KANDIDATEN = 10
MEESTE_RECENTE = 12
GEHEIM = "Persoon met geheimhouding"

_RegisterVraag = (
    NaamVraag
    | AdresVraag
    | TelefoonVraag
    | EmailVraag
    | ZaakVraag
    | VestigingVraag
    | BedrijfsnaamVraag
    | PartijVraag
    | MeldingVraag
)


@dataclass(frozen=True)
class Zoekresultaat:
    """`uitleg` zegt wat er is gevonden of wat nu kan. `direct` is er als de vraag zelf al zegt wie het is,
    `melding` als er op een meldingnummer is gezocht."""

    kandidaten: tuple[Kandidaat, ...]
    uitleg: str
    meer: bool = False
    direct: Kandidaat | None = None
    melding: Meldingbeeld | None = None


class Zoekdienst:
    """Zie de module. `zoek` draait op een achtergronddraad; `herken` en `recent` niet."""

    def __init__(
        self,
        *,
        klantinteracties: Klantinteracties,
        zaken: Zaken,
        personen: Personen,
        bedrijven: Bedrijven,
        logboek: Logboek,
        klok: Klok,
        uitvoerder: Uitvoerder,
        instellingen: Instellingen,
        meldingen: Meldinglezer | None = None,
    ) -> None:
        self._klantinteracties = klantinteracties
        self._zaken = zaken
        self._personen = personen
        self._bedrijven = bedrijven
        self._logboek = logboek
        self._klok = klok
        self._uitvoerder = uitvoerder
        self._instellingen = instellingen
        self._meldingen = meldingen
        self._recent: tuple[RecenteKlant, ...] = ()

    def herken(self, tekst: str) -> tuple[Zoekvraag, ...]:
        """Alle lezingen van wat is getypt, beste eerst. Vraagt niets aan een register. Raises InvoerFout."""
        return herken(tekst, self._klok.vandaag())

    def zoek(self, vraag: Zoekvraag, stop: Stop) -> Zoekresultaat:
        """Zoek wie dit kan zijn. Raises KifFout; te veel treffers is een gewoon resultaat met uitleg.

        Elke zoekvraag is één regel in het logboek, met wat de BRP daarvoor is gevraagd. Een BSN,
        KVK-nummer of partij wijst zelf al iemand aan: het openen is dan de regel.
        """
        if isinstance(vraag, BsnVraag):
            return _direct(Kandidaat(PersoonSleutel(vraag.bsn), "", Herkomst.BSN), vraag.begrepen)
        if isinstance(vraag, KvkVraag):
            return _direct(Kandidaat(BedrijfSleutel(vraag.kvk), "", Herkomst.KVK), vraag.begrepen)
        if isinstance(vraag, MeldingVraag) and self._meldingen is None:
            return Zoekresultaat((), MELDING_NIET_AANGESLOTEN)
        if isinstance(vraag, PartijVraag):
            return self._ask(vraag, [], stop)
        brp: list[str] = []
        uitslag = Geannuleerd.standaard_code
        try:
            gevonden = self._ask(vraag, brp, stop)
            uitslag = str(len(gevonden.kandidaten) or int(gevonden.direct is not None))
        except KifFout as fout:
            uitslag = fout.code
            raise
        finally:
            # Voordat iemand het resultaat ziet: lukt vastleggen niet, dan komt er geen resultaat.
            bij = {"vraag": type(vraag).__name__, "uitslag": uitslag}
            if brp:
                bij["brp"] = ", ".join(brp)
            self._logboek.note("gezocht", self._instellingen.doel, None, **bij)
        return gevonden

    def _ask(self, vraag: _RegisterVraag, brp: list[str], stop: Stop) -> Zoekresultaat:
        """Langs de uitvoerder: die houdt de tijd ook als het opzoeken van een servernaam blijft hangen."""
        plan = [Lading("zoeken", lambda _, aanroep: self._vraag_registers(vraag, aanroep, brp))]
        (uitkomst,) = self._uitvoerder.run(plan, seconden=self._instellingen.eerste_beeld, stop=stop)
        if uitkomst.fout is not None:
            raise uitkomst.fout
        return cast(Zoekresultaat, uitkomst.waarde)

    def _vraag_registers(self, vraag: _RegisterVraag, aanroep: Aanroep, brp: list[str]) -> Zoekresultaat:
        if isinstance(vraag, NaamVraag):
            return self._zoek_naam(vraag, aanroep, brp)
        if isinstance(vraag, AdresVraag):
            return self._zoek_adres(vraag, aanroep, brp)
        if isinstance(vraag, TelefoonVraag):
            return self._zoek_telefoon(vraag, aanroep)
        if isinstance(vraag, EmailVraag):
            return self._zoek_email(vraag, aanroep)
        if isinstance(vraag, MeldingVraag):
            return self._zoek_melding(vraag, aanroep)
        if isinstance(vraag, ZaakVraag):
            return self._zoek_zaak(vraag, aanroep)
        if isinstance(vraag, VestigingVraag):
            return self._zoek_vestiging(vraag, aanroep)
        if isinstance(vraag, BedrijfsnaamVraag):
            return self._zoek_bedrijfsnaam(vraag, aanroep)
        return self._zoek_partij(vraag, aanroep)

    @property
    def recent(self) -> tuple[RecenteKlant, ...]:
        """De klanten van vandaag, laatste eerst."""
        vandaag = self._klok.vandaag()
        return tuple(klant for klant in self._recent if klant.geopend_op == vandaag)

    def note_recent(self, beeld: Klantbeeld) -> None:
        """Zet deze klant bovenaan de recente klanten; wie nog niet is gecontroleerd, alleen met korte
        naam."""
        naam = klantnaam(beeld) if beeld.gecontroleerd else naam_ongecontroleerd(beeld)
        ander = tuple(klant for klant in self.recent if klant.sleutel != beeld.sleutel)
        nieuw = RecenteKlant(beeld.sleutel, naam, self._klok.vandaag(), beeld.herkomst)
        self._recent = (nieuw, *ander)[:MEESTE_RECENTE]

    def _zoek_melding(self, vraag: MeldingVraag, aanroep: Aanroep) -> Zoekresultaat:
        assert self._meldingen is not None
        beeld = self._meldingen.load_kort(read_nummer(vraag.nummer) or 0, aanroep)
        kandidaten: tuple[Kandidaat, ...] = ()
        for melder in melder_vragen(beeld.melding.melder):
            kandidaten = kandidaten or self._vraag_registers(melder, aanroep, []).kandidaten
        return Zoekresultaat(kandidaten, describe(beeld), melding=beeld)

    # Personen

    def _zoek_naam(self, vraag: NaamVraag, aanroep: Aanroep, brp: list[str]) -> Zoekresultaat:
        personen = self._vraag_brp(
            brp,
            "ZoekMetGeslachtsnaamEnGeboortedatum",
            lambda: self._personen.find_op_naam(vraag.geslachtsnaam, vraag.geboortedatum, aanroep),
        )
        if personen is None:
            return Zoekresultaat(
                (), "Er zijn meer dan 10 personen gevonden. Typ de achternaam vollediger.", meer=True
            )
        kandidaten = tuple(_kandidaat_op_naam(persoon) for persoon in _uniek(personen))
        if not kandidaten:
            return Zoekresultaat(
                (),
                "Niemand gevonden. De BRP zoekt op de eigen achternaam, niet op die van de partner. "
                "Vraag daarnaar, of zoek op postcode en huisnummer.",
            )
        precies = zonder_accenten(personen[0].naam.geslachtsnaam) == zonder_accenten(vraag.zonder_voorvoegsel)
        direct = kandidaten[0] if len(kandidaten) == 1 and precies else None
        return Zoekresultaat(kandidaten, _aantal_personen(kandidaten), direct=direct)

    def _zoek_adres(self, vraag: AdresVraag, aanroep: Aanroep, brp: list[str]) -> Zoekresultaat:
        personen = self._vraag_brp(
            brp,
            "ZoekMetPostcodeEnHuisnummer",
            lambda: self._personen.find_op_adres(
                vraag.postcode.code,
                vraag.huisnummer,
                huisletter=vraag.huisletter,
                toevoeging=vraag.toevoeging,
                geslachtsnaam=vraag.geslachtsnaam,
                aanroep=aanroep,
            ),
        )
        if personen is None:
            zin = "Er zijn meer dan 10 personen gevonden. Typ ook de achternaam."
            if vraag.geslachtsnaam:
                zin = "Er zijn meer dan 10 personen gevonden. Zoek op geboortedatum en achternaam."
            return Zoekresultaat((), zin, meer=True)
        kandidaten = tuple(_kandidaat_op_adres(persoon) for persoon in _uniek(personen))
        if not kandidaten:
            return Zoekresultaat(
                (),
                "Niemand gevonden op dit adres. Kijk het huisnummer na, "
                "of zoek op geboortedatum en achternaam.",
            )
        return Zoekresultaat(kandidaten, _aantal_personen(kandidaten))

    def _vraag_brp(
        self, brp: list[str], soort: str, vraag: Callable[[], tuple[Persoon, ...]]
    ) -> tuple[Persoon, ...] | None:
        """De treffers, of None als het er te veel zijn. `brp` verzamelt wat er is gevraagd en gevonden."""
        uitslag = "0"
        try:
            personen = vraag()
            uitslag = str(len(personen))
            return personen
        except TeVeelGevonden as fout:
            uitslag = fout.code
            return None
        except KifFout as fout:
            uitslag = fout.code
            raise
        finally:
            brp.append(f"{soort}: {uitslag}")

    # Telefoon en e-mail

    def _zoek_telefoon(self, vraag: TelefoonVraag, aanroep: Aanroep) -> Zoekresultaat:
        """Klantinteracties bewaart nummers zoals ze zijn getypt: zoek op de laatste negen cijfers."""
        staart = vraag.nummer.laatste_negen
        kort = not vraag.nummer.e164.startswith("+")
        treffers = self._klantinteracties.find_adressen(staart, aanroep)

        def past(adres: str) -> bool:
            cijfers = "".join(teken for teken in adres if teken.isdecimal())
            return "@" not in adres and (cijfers == staart if kort else cijfers.endswith(staart))

        return self._van_treffers(
            [t for t in treffers if past(t.adres)], Herkomst.TELEFOON, "Dit nummer", aanroep
        )

    def _zoek_email(self, vraag: EmailVraag, aanroep: Aanroep) -> Zoekresultaat:
        """Precies zoeken is in Klantinteracties hoofdlettergevoelig; ruim zoeken en zelf vergelijken niet."""
        adres = vraag.adres.adres.casefold()
        treffers = self._klantinteracties.find_adressen(vraag.adres.adres, aanroep)
        passend = [t for t in treffers if t.adres.casefold() == adres]
        return self._van_treffers(passend, Herkomst.EMAIL, "Dit e-mailadres", aanroep)

    def _van_treffers(
        self, treffers: list[AdresTreffer], herkomst: Herkomst, wat: str, aanroep: Aanroep
    ) -> Zoekresultaat:
        uuids = tuple(dict.fromkeys(t.partij_uuid for t in treffers if t.partij_uuid))
        partijen, fouten = self._load_partijen(uuids[:MEESTE_KANDIDATEN], aanroep)
        if not partijen and fouten:
            raise fouten[0]
        if not partijen:
            if treffers:
                zin = f"{wat} staat alleen bij eerdere contacten zonder klant."
            else:
                zin = f"{wat} is niet bekend."
            return Zoekresultaat((), f"{zin} Zoek op geboortedatum en achternaam, of op adres.")
        kandidaten = _samen(_kandidaat_van_partij(partij, herkomst) for partij in partijen)
        meer = len(uuids) > MEESTE_KANDIDATEN
        zin = _mogelijk(kandidaten)
        if fouten:
            zin += " Een deel kon niet worden opgehaald. Zoek nog een keer om alles te zien."
        if meer:
            zin = "Meer dan 10 klanten gebruiken dit. Zoek op geboortedatum en achternaam."
        return Zoekresultaat(kandidaten, zin, meer=meer)

    def _load_partijen(self, uuids: Iterable[str], aanroep: Aanroep) -> tuple[list[Partij], list[KifFout]]:
        """De partijen naast elkaar opgehaald, in volgorde; wie intussen weg is, telt niet als fout."""
        volgorde = list(uuids)
        plan = [
            Lading(uuid, lambda _, a, uuid=uuid: self._klantinteracties.load_partij(uuid, a))  # type: ignore[misc]
            for uuid in volgorde
        ]
        gevonden: dict[str, Partij] = {}
        fouten: list[KifFout] = []
        for uitkomst in self._uitvoerder.run(plan, seconden=aanroep.resterend, stop=aanroep.stop):
            if isinstance(uitkomst.waarde, Partij):
                gevonden[uitkomst.naam] = uitkomst.waarde
            elif uitkomst.fout is not None and not isinstance(uitkomst.fout, NietGevonden):
                fouten.append(uitkomst.fout)
        return [gevonden[uuid] for uuid in volgorde if uuid in gevonden], fouten

    def _zoek_partij(self, vraag: PartijVraag, aanroep: Aanroep) -> Zoekresultaat:
        partij = self._klantinteracties.load_partij(vraag.uuid, aanroep)
        return _direct(_kandidaat_van_partij(partij, Herkomst.SLEUTEL), vraag.begrepen)

    # Zaken en bedrijven

    def _zoek_zaak(self, vraag: ZaakVraag, aanroep: Aanroep) -> Zoekresultaat:
        """Een zaak die deze medewerker niet mag zien, bestaat hier niet; ook een storing verraadt niets."""
        bevoegdheid = self._instellingen.bevoegdheid
        catalogus = None if bevoegdheid.alle_zaaktypen else self._zaken.load_catalogus(aanroep)
        zaken = self._zaken.find_zaak(vraag.nummer, aanroep)
        if not zaken and vraag.nummer != vraag.nummer.upper():
            zaken = self._zaken.find_zaak(vraag.nummer.upper(), aanroep)
        mag = [zaak for zaak in zaken if bevoegdheid.mag_zaak(zaak, catalogus)]
        if not mag:
            return Zoekresultaat((), "Geen zaak gevonden met dit nummer. Kijk het nummer na.")
        kandidaten = _samen(k for zaak in mag for k in _aanvragers(zaak))
        if not kandidaten:
            return Zoekresultaat((), "Bij deze zaak staat geen aanvrager. Zoek de klant op naam of adres.")
        direct = kandidaten[0] if len(kandidaten) == 1 else None
        zin = "Aanvrager gevonden." if direct else "Deze zaak heeft meer aanvragers. Kies er een."
        return Zoekresultaat(kandidaten, zin, direct=direct)

    def _zoek_vestiging(self, vraag: VestigingVraag, aanroep: Aanroep) -> Zoekresultaat:
        bedrijven = self._bedrijven.find_op_nummer(aanroep, vestiging=vraag.vestiging)
        kandidaten = _samen(_kandidaat_van_bedrijf(bedrijf) for bedrijf in bedrijven)
        if not kandidaten:
            return Zoekresultaat(
                (), "Geen vestiging gevonden met dit nummer. Zoek op de naam van het bedrijf."
            )
        direct = kandidaten[0] if len(kandidaten) == 1 else None
        return Zoekresultaat(kandidaten, _aantal_bedrijven(kandidaten), direct=direct)

    def _zoek_bedrijfsnaam(self, vraag: BedrijfsnaamVraag, aanroep: Aanroep) -> Zoekresultaat:
        pagina = self._bedrijven.find_op_naam(vraag.naam, 1, aanroep)
        kandidaten = _samen(_kandidaat_van_bedrijf(bedrijf) for bedrijf in pagina.rijen)
        if not kandidaten:
            return Zoekresultaat(
                (), "Geen bedrijf gevonden. Zoekt u een inwoner? Typ de geboortedatum en de achternaam."
            )
        if pagina.volgende_pagina is not None:
            zin = f"Er zijn {pagina.totaal} bedrijven gevonden. Typ meer van de naam, of het KVK-nummer."
            return Zoekresultaat(kandidaten, zin, meer=True)
        return Zoekresultaat(kandidaten, _aantal_bedrijven(kandidaten))


def _direct(kandidaat: Kandidaat, uitleg: str) -> Zoekresultaat:
    return Zoekresultaat((kandidaat,), uitleg, direct=kandidaat)


def _uniek(personen: Iterable[Persoon]) -> tuple[Persoon, ...]:
    return tuple({persoon.bsn: persoon for persoon in personen}.values())


def _kandidaat_op_naam(persoon: Persoon) -> Kandidaat:
    """Naamgenoten zijn te onderscheiden aan geboortedatum en adres, behalve bij geheimhouding."""
    adres = adres_in_regel(persoon.adres) if persoon.adres and not persoon.geheimhouding else ""
    toelichting = "Geheimhouding: adres verborgen" if persoon.geheimhouding else ""
    if persoon.overleden:
        toelichting = "Overleden"
    return Kandidaat(
        PersoonSleutel(persoon.bsn),
        schoon(persoon.naam.volledig or persoon.naam.weergave) or "(geen naam)",
        Herkomst.NAAM,
        geboortedatum=persoon.geboortedatum,
        adres=adres,
        toelichting=toelichting,
        geheimhouding=persoon.geheimhouding,
    )


def _kandidaat_op_adres(persoon: Persoon) -> Kandidaat:
    """Wie geheimhouding heeft, blijft hier naamloos, ook als er een achternaam bij is getypt: anders
    bevestigt het zoeken dat die persoon daar woont. Vinden kan op geboortedatum en achternaam."""
    if persoon.geheimhouding:
        return Kandidaat(
            PersoonSleutel(persoon.bsn),
            GEHEIM,
            Herkomst.ADRES_GEHEIM,
            toelichting="Zoek op geboortedatum en achternaam",
            geheimhouding=True,
        )
    return replace(_kandidaat_op_naam(persoon), herkomst=Herkomst.ADRES)


def _kandidaat_van_partij(partij: Partij, herkomst: Herkomst) -> Kandidaat:
    sleutel: KlantSleutel = PartijSleutel(partij.uuid)
    if partij.bsn:
        sleutel = PersoonSleutel(partij.bsn)
    elif partij.kvk:
        sleutel = BedrijfSleutel(partij.kvk, partij.vestiging)
    return Kandidaat(sleutel, korte_naam(partij), herkomst, geheimhouding=partij.geheimhouding)


def _kandidaat_van_bedrijf(bedrijf: Bedrijf) -> Kandidaat:
    adres = adres_in_regel(bedrijf.adres) if bedrijf.adres and not bedrijf.adres_afgeschermd else ""
    toelichting = f"KVK {bedrijf.kvk.nummer}" + ("" if bedrijf.actief else ", uitgeschreven")
    return Kandidaat(
        BedrijfSleutel(bedrijf.kvk, bedrijf.vestiging, bedrijf.rsin),
        schoon(bedrijf.naam) or "(geen naam)",
        Herkomst.KVK,
        adres=adres,
        toelichting=toelichting,
        geheimhouding=bedrijf.adres_afgeschermd,
    )


def _aanvragers(zaak: Zaak) -> Iterable[Kandidaat]:
    for rol in zaak.rollen or ():
        sleutel = _sleutel_van_rol(rol) if rol.is_aanvrager else None
        if sleutel is not None:
            naam = schoon(rol.naam) or "Aanvrager"
            yield Kandidaat(
                sleutel, naam, Herkomst.ZAAK, toelichting=f"Aanvrager van {schoon(zaak.identificatie)}"
            )


def _sleutel_van_rol(rol: Rol) -> KlantSleutel | None:
    """None als het register geen goed nummer bij de rol heeft."""
    try:
        if rol.bsn:
            return PersoonSleutel(Bsn(rol.bsn))
        if rol.kvk:
            return BedrijfSleutel(
                KvkNummer(rol.kvk), Vestigingsnummer(rol.vestiging) if rol.vestiging else None
            )
    except KifFout:
        return None
    return None


def _samen(kandidaten: Iterable[Kandidaat]) -> tuple[Kandidaat, ...]:
    """Elke klant één keer; geheimhouding bij een van de dubbelen telt voor het geheel."""
    uniek: dict[KlantSleutel, Kandidaat] = {}
    for kandidaat in kandidaten:
        eerder = uniek.get(kandidaat.sleutel)
        if eerder is not None:
            geheim = eerder.geheimhouding or kandidaat.geheimhouding
            kandidaat = replace(eerder, naam=eerder.naam or kandidaat.naam, geheimhouding=geheim)
        uniek[kandidaat.sleutel] = kandidaat
    return tuple(uniek.values())


def _mogelijk(kandidaten: tuple[Kandidaat, ...]) -> str:
    if len(kandidaten) == 1:
        return "Misschien is dit de klant. Controleer wie u spreekt."
    return f"Misschien is het een van deze {len(kandidaten)} klanten. Controleer wie u spreekt."


def _aantal_personen(kandidaten: tuple[Kandidaat, ...]) -> str:
    return (
        "1 persoon gevonden"
        if len(kandidaten) == 1
        else f"{len(kandidaten)} personen gevonden. Kies wie u spreekt."
    )


def _aantal_bedrijven(kandidaten: tuple[Kandidaat, ...]) -> str:
    return (
        "1 bedrijf gevonden"
        if len(kandidaten) == 1
        else f"{len(kandidaten)} bedrijven gevonden. Kies er een."
    )
