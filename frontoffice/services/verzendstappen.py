"""De stappen waarmee één registratie in het register komt; elke stap herkent zijn eigen eerdere werk.

Twee lagen diep: eerst het contact (met de eerste betrokkene en zaak) en wie het deed, daarna alles wat naar
het contact wijst. Wat lukt, staat meteen in de winkel, zodat een volgende poging daar verdergaat.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.concept import Actorsoort, Afdeling, Gesprekspartner, find_op_naam
from frontoffice.domain.fouten import (
    Afgekeurd,
    Geannuleerd,
    KifFout,
    NietBevoegd,
    NietGevonden,
    RegisterFout,
)
from frontoffice.domain.registratie import Deelnemer, Verzending
from frontoffice.domain.taakwijziging import Taakactie, Taakstap
from frontoffice.ports import Aanroep, Stop
from frontoffice.registratiepoort import Contactregister, GevondenContact, Wijziging, Winkel
from frontoffice.services.verzendfouten import NogNiet, NogOnbekend, TaakGewijzigd
from frontoffice.services.zaaknummers import FindZaak, Zaaknummers
from frontoffice.uitvoeren import Lading, Uitvoerder

if TYPE_CHECKING:
    from frontoffice.domain.contact import InterneTaak
    from frontoffice.services.taakwijzigen import Taakschrijver

__all__ = ["NogNiet", "NogOnbekend", "Verzendstappen"]

ECHO = "register_geeft_nummer_terug"
LAAT_S = 120.0
"""Zo lang na een onbekende uitkomst kan een server zonder uniek nummer nog klaarkomen (router: 60 s)."""


class Tempo(Protocol):
    def take(self) -> float: ...


class Verzendstappen:
    """Loper voor contacten: voert de stappen van één verzending uit."""

    register_naam = "klantinteracties"

    def __init__(
        self,
        winkel: Winkel,
        register: Contactregister,
        uitvoerder: Uitvoerder,
        tempo: Tempo,
        find_zaak: FindZaak,
        taakschrijver: Taakschrijver | None = None,
    ) -> None:
        """`taakschrijver` werkt het terugbelverzoek bij waar een contact over gaat."""
        self._winkel = winkel
        self._register = register
        self._uitvoerder = uitvoerder
        self._tempo = tempo
        self._find_zaak = find_zaak
        self._taakschrijver = taakschrijver

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        """Doe alles wat nog niet is gedaan. Raises NogOnbekend of de zwaarste KifFout.

        Wat lukte, is dan al bewaard.
        """
        poging = _Poging(
            self._winkel, self._register, self._tempo, self._find_zaak, verzending, self._taakschrijver
        )
        for plan in (poging.plan_contact, poging.plan_rest):
            self._run(plan(), poging, stop, seconden)

    def _run(self, plan: list[Lading], poging: _Poging, stop: Stop, seconden: float) -> None:
        fouten: dict[str, KifFout] = {}
        for uitkomst in self._uitvoerder.run(plan, seconden=seconden, stop=stop) if plan else ():
            if uitkomst.fout is not None:
                fouten[uitkomst.naam] = uitkomst.fout
        if poging.onbekend is not None:
            raise poging.onbekend
        # Kan het contact er staan, dan gaat dat voor alles: wie het intrekt, zou het anders dubbel maken.
        contact = fouten.get("contact")
        if contact is not None and _kan_er_staan(contact):
            raise contact
        if fouten:
            # Een afkeuring gaat voor: daar moet iemand iets mee, op de rest wordt gewacht.
            alle = list(fouten.values())
            raise next((fout for fout in alle if isinstance(fout, Afgekeurd)), alle[0])


class _Poging:
    """Eén poging van één verzending. `opnieuw`: een eerdere poging kan al iets hebben gedaan."""

    def __init__(
        self,
        winkel: Winkel,
        register: Contactregister,
        tempo: Tempo,
        find_zaak: FindZaak,
        rij: Verzending,
        taakschrijver: Taakschrijver | None,
    ) -> None:
        self._zaken = Zaaknummers(find_zaak, self._wacht)
        self._taakschrijver = taakschrijver
        self._winkel = winkel
        self._register = register
        self._tempo = tempo
        self._id = rij.id
        self._wat = rij.registratie
        self._stappen = dict(rij.stappen)
        self._opnieuw = rij.pogingen > 1
        self.onbekend: NogOnbekend | None = None

    # --- het plan --------------------------------------------------------------------------------------

    def plan_contact(self) -> list[Lading]:
        """Het contact, en tegelijk opzoeken wie het deed en wie terugbelt."""
        plan = []
        if "contact" not in self._stappen:
            partijen = [
                self._lading(f"partij:{nr}", partial(self._partij, deelnemer.wie))
                for nr, deelnemer in enumerate(self._wat.deelnemers)
                if _heeft_nummer(deelnemer.wie) and f"partij:{nr}" not in self._stappen
            ]
            zaken = self._plan_zaaknummer()
            na = tuple(lading.naam for lading in (*partijen, *zaken))
            plan = [
                *partijen,
                *zaken,
                Lading("contact", lambda eerder, aanroep: self._contact(eerder, aanroep), na),
            ]
        actor = partial(self._actor, Actorsoort.MEDEWERKER, self._wat.medewerker, self._wat.medewerker_naam)
        if "koppeling" not in self._stappen:
            plan += self._stap("actor", actor)
        if self._wat.taak is not None and "taak" not in self._stappen:
            aan = self._wat.taak.aan
            plan += self._stap("taakactor", partial(self._find_ontvanger, aan))
        return plan

    def _plan_zaaknummer(self) -> list[Lading]:
        """Met een bekende zaak erbij is er geen tweede verzoek nodig om haar te koppelen."""
        zaken = self._wat.zaken
        if not zaken or any(self._zaken.choose(zaken)):
            return []
        return [Lading("zaaknummer", lambda _, aanroep: self._zaken.try_find(zaken[0], aanroep))]

    def plan_rest(self) -> list[Lading]:
        """Alles wat naar het contact wijst; staat los van elkaar en mag dus tegelijk."""
        contact = self._stappen["contact"]
        plan = self._stap("koppeling", partial(self._koppel, contact))
        if self._wat.taak is not None:
            plan += self._stap("taak", partial(self._taak, contact))
        for nr, deelnemer in enumerate(self._wat.deelnemers):
            plan += self._stap(f"betrokkene:{nr}", partial(self._betrokkene, contact, nr, deelnemer))
            for plaats in range(len(deelnemer.adressen)):
                naam = f"adres:{nr}:{plaats}"
                if naam not in self._stappen:
                    na = () if f"betrokkene:{nr}" in self._stappen else (f"betrokkene:{nr}",)
                    plan.append(self._lading(naam, partial(self._adres, nr, deelnemer, plaats), na))
        for zaak in self._wat.zaken:
            plan += self._stap(f"zaak:{zaak}", partial(self._zaak, contact, zaak))
        for nummer in self._wat.meldingen:
            plan += self._stap(f"melding:{nummer}", partial(self._melding, contact, nummer))
        stap = self._wat.vervolg or self._herhaling
        if stap is not None:
            koppel = self._stap("contactkoppeling", partial(self._koppel_taak, contact, stap))
            eerst = tuple(lading.naam for lading in koppel)
            plan += koppel
            if "herhaling" not in self._stappen:
                plan.append(self._lading("herhaling", partial(self._werk_bij, stap), eerst))
        return plan

    @property
    def _herhaling(self) -> Taakstap | None:
        """ "Klant belt opnieuw", als dit contact daarover gaat."""
        eigen, door = self._wat.herhaling, self._wat.medewerker_naam
        if eigen is None:
            return None
        return Taakstap(eigen.taak_uuid, eigen.contact_uuid, Taakactie.OPNIEUW, eigen.om, door)

    def _stap(self, naam: str, werk: Callable[[Aanroep], str]) -> list[Lading]:
        return [] if naam in self._stappen else [self._lading(naam, werk)]

    def _lading(self, naam: str, werk: Callable[[Aanroep], str], na: tuple[str, ...] = ()) -> Lading:
        def run(eerder: object, aanroep: Aanroep) -> None:
            self._save(naam, werk(aanroep))

        return Lading(naam, run, na)

    def _save(self, naam: str, waarde: str) -> None:
        self._winkel.update(self._id, Wijziging(stappen={naam: waarde}))
        self._stappen[naam] = waarde

    def _wacht(self, aanroep: Aanroep) -> None:
        """Houd het tempo; blijft wakker voor de stopknop."""
        einde = time.monotonic() + self._tempo.take()
        while (rest := einde - time.monotonic()) > 0:
            aanroep.stop.check()
            time.sleep(min(rest, 0.05))

    # --- het contact -----------------------------------------------------------------------------------

    def _partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        if wie.partij_uuid:
            return wie.partij_uuid
        # Bleek in beeld dat er nog geen is, dan is zoeken te veel: maken zoekt zelf bij een dubbele.
        if not wie.is_nieuw:
            self._wacht(aanroep)
            gevonden = self._register.find_partij(wie, aanroep)
            if gevonden:
                return gevonden
        self._wacht(aanroep)
        return self._register.make_partij(wie, aanroep)

    def _partij_van(self, nr: int) -> str:
        return self._wat.deelnemers[nr].wie.partij_uuid or self._stappen.get(f"partij:{nr}", "")

    def _contact(self, eerder: object, aanroep: Aanroep) -> None:
        for nr, deelnemer in enumerate(self._wat.deelnemers):
            if _heeft_nummer(deelnemer.wie) and not self._partij_van(nr):
                raise Geannuleerd("De klant is nog niet bekend in het register.")
        if self._opnieuw and self._found(aanroep):
            return
        for _ in range(3):
            try:
                self._make(aanroep)
                return
            except Afgekeurd as afgekeurd:
                if not _is_dubbel(afgekeurd):
                    raise
                nummer = self._wat.referentienummer
                if self._found(aanroep):
                    return
                if nummer == self._wat.referentienummer:  # bezet, en toch niet te vinden
                    self._renumber()
            except (NietBevoegd, Geannuleerd, NietGevonden):
                raise
            except RegisterFout as fout:
                self._look_na(fout, aanroep)
                return
        raise Geannuleerd("Er is geen vrij nummer voor dit contact. Probeer het opnieuw.")

    def _make(self, aanroep: Aanroep) -> None:
        eerste = self._wat.deelnemers[0] if self._wat.deelnemers else None
        zaak, zaak_uuid = self._zaken.choose(self._wat.zaken)
        self._wacht(aanroep)
        gemaakt = self._register.make_contact(
            self._wat, eerste, self._partij_van(0) if eerste else "", zaak_uuid, aanroep
        )
        self._winkel.remember(ECHO, "ja" if gemaakt.echo else "nee")
        stappen = {"contact": gemaakt.uuid}
        if eerste is not None and gemaakt.betrokkene_uuid:
            stappen["betrokkene:0"] = gemaakt.betrokkene_uuid
        if zaak and gemaakt.onderwerpobject_uuid:
            stappen[f"zaak:{zaak}"] = gemaakt.onderwerpobject_uuid
        self._save_alle(stappen)

    def _save_alle(self, stappen: dict[str, str]) -> None:
        self._winkel.update(self._id, Wijziging(stappen=stappen))
        self._stappen |= stappen

    def _look_na(self, fout: RegisterFout, aanroep: Aanroep) -> None:
        """De uitkomst is onbekend: kijk eerst of het contact er staat. Zo niet, dan mag het later opnieuw."""
        self._opnieuw = True
        try:
            if self._found(aanroep):
                return
        except NogOnbekend as onbekend:
            self.onbekend = onbekend
            raise fout from None
        except RegisterFout:
            raise fout from None  # nakijken lukt ook niet; een volgende poging begint met nakijken
        if self._winkel.recall(ECHO) == "nee":
            self.onbekend = NogOnbekend(fout, LAAT_S)
        raise fout

    def _found(self, aanroep: Aanroep) -> bool:
        """Staat het contact er al? Is het nummer van een ander, dan krijgt dit contact een nieuw.

        Raises RegisterFout als het niet na te kijken is.
        """
        gevonden: GevondenContact | None = None
        if self._winkel.recall(ECHO) != "nee":
            self._wacht(aanroep)
            try:
                gevonden = self._register.find_contact(self._wat.referentienummer, aanroep)
                self._winkel.remember(ECHO, "ja")
            except Afgekeurd:  # een oudere server kent dit nummer niet
                self._winkel.remember(ECHO, "nee")
            if gevonden is not None and gevonden.sleutel != self._wat.uuid:
                self._renumber()
                return False
        if gevonden is None and self._winkel.recall(ECHO) == "nee":
            self._wacht(aanroep)
            gevonden = self._register.find_contact_op_tijd(self._wat, aanroep)
        if gevonden is None:
            return False
        self._save("contact", gevonden.uuid)
        self._opnieuw = True
        return True

    def _renumber(self) -> None:
        """Een ander contact heeft dit nummer: neem het volgende. Eerst bewaren, dan pas gebruiken."""
        (nummer,) = self._winkel.next_referentienummers(1)
        self._wat = replace(self._wat, referentienummer=nummer)
        self._winkel.update(self._id, Wijziging(opdracht=self._wat))

    # --- wie het deed, en wat naar het contact wijst -------------------------------------------------------

    def _actor(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str:
        onthouden = f"actor:{soort}:{object_id}"
        if bekend := self._winkel.recall(onthouden):
            return bekend
        self._wacht(aanroep)
        uuid = self._register.find_actor(soort, object_id, aanroep)
        if not uuid:
            self._wacht(aanroep)
            uuid = self._register.make_actor(soort, object_id, naam, aanroep)
        self._winkel.remember(onthouden, uuid)
        return uuid

    def _find_ontvanger(self, aan: Afdeling, aanroep: Aanroep) -> str:
        """De actor die terugbelt. Met alleen een naam moet die precies één keer in het register staan."""
        if aan.object_id:
            return self._actor(aan.soort, aan.object_id, aan.naam, aanroep)
        self._wacht(aanroep)
        passend = find_op_naam(self._register.find_afdelingen(aanroep), aan.naam)
        if len(passend) != 1:
            zin = (
                "In het register heten er meer zo. Kies Verbeteren en kies wie er terugbelt."
                if passend
                else "Deze afdeling is niet te vinden in het register. Kies Verbeteren en kies een andere."
            )
            raise Afgekeurd(zin, register="klantinteracties", velden=(("afdeling", "onbekend"),))
        return self._actor(passend[0].soort, passend[0].object_id, passend[0].naam, aanroep)

    def _koppel(self, contact: str, aanroep: Aanroep) -> str:
        wie = (Actorsoort.MEDEWERKER, self._wat.medewerker, self._wat.medewerker_naam)
        self._wacht(aanroep)
        try:
            self._register.link_actor(contact, self._stappen["actor"], aanroep)
        except Afgekeurd:
            nieuw = self._look_again(*wie, aanroep)
            if nieuw == self._stappen["actor"]:
                raise
            self._save("actor", nieuw)
            self._wacht(aanroep)
            self._register.link_actor(contact, nieuw, aanroep)
        return "ja"

    def _look_again(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str:
        """De onthouden actor bestaat misschien niet meer: zoek hem weer op."""
        self._winkel.remember(f"actor:{soort}:{object_id}", "")
        return self._actor(soort, object_id, naam, aanroep)

    def _taak(self, contact: str, aanroep: Aanroep) -> str:
        assert self._wat.taak is not None
        if self._opnieuw:
            self._wacht(aanroep)
            eerdere = self._register.find_taken(contact, aanroep)
            if eerdere:
                return eerdere[0].uuid
        taak, oud = self._wat.taak, self._stappen["taakactor"]
        self._wacht(aanroep)
        try:
            return self._register.make_taak(contact, oud, taak, aanroep)
        except Afgekeurd:
            self._winkel.remember(f"actor:{taak.aan.soort}:{taak.aan.object_id}", "")
            nieuw = self._find_ontvanger(taak.aan, aanroep)
            if nieuw == oud:
                raise
            self._save("taakactor", nieuw)
            self._wacht(aanroep)
            return self._register.make_taak(contact, nieuw, taak, aanroep)

    def _betrokkene(self, contact: str, nr: int, deelnemer: Deelnemer, aanroep: Aanroep) -> str:
        partij = self._partij_van(nr)
        if self._opnieuw:
            self._wacht(aanroep)
            bezet = {uuid for naam, uuid in self._stappen.items() if naam.startswith("betrokkene:")}
            for gevonden in self._register.find_betrokkenen(contact, aanroep):
                zelfde = gevonden.partij_uuid == partij if partij else gevonden.naam == deelnemer.wie.naam
                if zelfde and gevonden.rol == deelnemer.rol and gevonden.uuid not in bezet:
                    return gevonden.uuid
        self._wacht(aanroep)
        return self._register.make_betrokkene(contact, deelnemer, partij, aanroep)

    def _adres(self, nr: int, deelnemer: Deelnemer, plaats: int, aanroep: Aanroep) -> str:
        adres = deelnemer.adressen[plaats]
        partij = self._partij_van(nr) if adres.bewaren else ""
        betrokkene = "" if partij else self._stappen.get(f"betrokkene:{nr}", "")
        if not (partij or betrokkene):
            raise Geannuleerd("Het adres wacht op de klant bij dit contact.")
        # Bij een klant bewaren is vragen om dubbelen: een collega kan het net hebben gedaan.
        if self._opnieuw or partij:
            self._wacht(aanroep)
            bestaand = self._register.find_adressen_van(
                partij_uuid=partij, betrokkene_uuid=betrokkene, aanroep=aanroep
            )
            if adres.adres in bestaand:
                return "stond er al"
        self._wacht(aanroep)
        return self._register.make_adres(
            adres, partij_uuid=partij, betrokkene_uuid=betrokkene, aanroep=aanroep
        )

    def _zaak(self, contact: str, zaak: str, aanroep: Aanroep) -> str:
        zaak = self._zaken.find(zaak, aanroep)
        if self._opnieuw:
            self._wacht(aanroep)
            if zaak in self._register.find_zaken(contact, aanroep):
                return "stond er al"
        self._wacht(aanroep)
        return self._register.link_zaak(contact, zaak, aanroep)

    def _melding(self, contact: str, nummer: str, aanroep: Aanroep) -> str:
        if self._opnieuw:
            self._wacht(aanroep)
            if nummer in self._register.find_zaken(contact, aanroep):
                return "stond er al"
        self._wacht(aanroep)
        return self._register.link_melding(contact, nummer, aanroep)

    def _koppel_taak(self, contact: str, stap: Taakstap, aanroep: Aanroep) -> str:
        if self._opnieuw:
            self._wacht(aanroep)
            if {stap.contact_uuid, stap.taak_uuid} & set(self._register.find_zaken(contact, aanroep)):
                return "stond er al"
        self._wacht(aanroep)
        return self._register.link_taak(contact, stap.contact_uuid, stap.taak_uuid, aanroep)

    def _werk_bij(self, stap: Taakstap, aanroep: Aanroep) -> str:
        """Het verzoek zelf. Pas als dit contact eraan hangt, want de telling komt uit de contacten."""
        if "contactkoppeling" not in self._stappen:
            raise Geannuleerd("Het verzoek wacht op het contact.")
        assert self._taakschrijver is not None
        try:
            self._taakschrijver.run(stap, _geen_doel, aanroep)
        except NietGevonden:
            return "weg"  # het gesprek staat er; aan een verzoek dat weg is valt niets meer bij te werken
        except NogOnbekend as onbekend:
            self.onbekend = onbekend
            raise onbekend.oorzaak from None
        except TaakGewijzigd as gewijzigd:
            if self._wat.vervolg is not None:  # kiest de medewerker Opnieuw, dan weet hij dit
                self._wat = replace(self._wat, vervolg=replace(stap, gezien=gewijzigd.gezien))
                self._winkel.update(self._id, Wijziging(opdracht=self._wat))
            raise
        return "ja"


def _geen_doel(_: Aanroep) -> Callable[[InterneTaak], tuple[str, ...]]:
    """Een gesprek verandert niet bij wie het verzoek ligt."""
    return lambda _: ()


def _kan_er_staan(fout: KifFout) -> bool:
    """Zegt deze fout niet zeker dat het register het contact niet heeft?"""
    if isinstance(fout, Afgekeurd | NietBevoegd | NietGevonden) or not isinstance(fout, RegisterFout):
        return False
    return not fout.nooit_verstuurd


def _heeft_nummer(wie: Gesprekspartner) -> bool:
    return bool(wie.bsn or wie.kvk or wie.partij_uuid)


def _is_dubbel(fout: Afgekeurd) -> bool:
    return any(naam.split(".")[-1] == "referentienummer" and code == "unique" for naam, code in fout.velden)
