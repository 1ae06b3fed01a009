"""Berichten aan inwoners: maken, laten zien, klaarzetten, en wie er gebeld moet worden.

Niets hier verstuurt: dat doet de outbox met `berichtverzenden`. Een bericht heet pas verstuurd als de
aanbieder het heeft aangenomen. Wat niet kan of misgaat, staat op de Bellijst met de reden en het nummer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from frontoffice.domain.bericht import (
    BIJ_BEGINTIJD,
    Aflevering,
    Berichtkanaal,
    Berichtopdracht,
    Berichtsoort,
    Ontvanger,
    Stiltetijd,
    Toestemming,
    count_sms,
    make_sleutel,
    mask_adres,
    refuse_overleden,
)
from frontoffice.domain.berichttekst import safe_tekst
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.leesbaar import Leesbaarheid, measure
from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.domain.taal import dag_van, dagkop, tijd
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Wijziging, Winkel
from frontoffice.services.berichtteksten import Berichtteksten, format_dag

NIET_AANGESLOTEN = "Berichten versturen is hier niet aangesloten. Kies een brief, of bel."
BELLIJST = "Deze Bellijst is van deze werkplek. Een collega ziet haar niet: bel zelf, of geef het door."
BELLIJST_GEDEELD = "Wie over een afspraak te bellen is, zien collega's ook. De rest staat alleen hier."
STILTE = "Nu is het stiltetijd. Het bericht gaat later vanzelf weg."
ELDERS = "elders"
"""Zo heet bij VERSTUURD een bericht dat een andere werkplek al had verstuurd."""
BEGONNEN, VERSTUURD, AFLEVERING, KEER, GEBELD = "begonnen", "verstuurd", "aflevering", "keer", "gebeld"
BORD = "bord"
"""Stappen van een bericht in de outbox: bezig met afgeven, hoe de aanbieder het noemt, hoe het aankwam,
de hoeveelste keer iemand het liet versturen, dat de inwoner is gebeld, en wat daarvan op het bord staat."""


@dataclass(frozen=True)
class Berichtinstellingen:
    """Wat het profiel over berichten zegt. `kanalen`: wat er is aangesloten; leeg = niets."""

    medewerker: str
    medewerker_naam: str
    afzender: str
    kanalen: frozenset[Berichtkanaal] = frozenset()
    soorten: frozenset[Berichtsoort] = frozenset(Berichtsoort)
    stilte: Stiltetijd = field(default_factory=Stiltetijd)
    bellen: str = ""
    website: str = ""


@dataclass(frozen=True)
class Berichtaanvraag:
    """Waarom er een bericht moet komen, en voor wie. `waarden` vult de tekst; zie `berichttekst.PLEKKEN`.

    `over` ("afspraak:<id>", "taak:<uuid>", "melding:<nummer>") en `versie` samen maken het bericht uniek.
    """

    wat: Berichtsoort
    kanaal: Berichtkanaal
    naar: Ontvanger
    over: str
    versie: str
    toestemming: Toestemming
    kenmerk: str = ""
    waarden: Mapping[str, str] = field(default_factory=dict, repr=False)
    uiterlijk: datetime | None = None
    bij_contact: str = ""


@dataclass(frozen=True)
class Voorbeeld:
    """Zo leest de inwoner het. `gaat_om`: wanneer het weggaat. `geen_adres`: dan komt het op de Bellijst."""

    kanaal: Berichtkanaal
    adres: str
    titel: str = field(repr=False)
    tekst: str = field(repr=False)
    gaat_om: datetime
    wacht: bool
    delen: int
    leesbaar: Leesbaarheid
    taal: str = "nl"

    @property
    def geen_adres(self) -> bool:
        return not self.adres


@dataclass(frozen=True)
class Berichtstand:
    """Hoe het met een bericht staat, in woorden. `bel`: het nummer, als er gebeld moet worden."""

    id: int
    wat: Berichtsoort
    kanaal: Berichtkanaal
    over: str
    versie: str
    kenmerk: str
    naam: str = field(repr=False)
    bel: str = field(repr=False)
    woord: str
    zin: str
    sinds: datetime
    moet_bellen: bool = False


class Berichtendienst:
    """Elke methode mag van elke achtergronddraad. Raises WinkelFout."""

    def __init__(
        self,
        winkel: Winkel,
        klok: Klok,
        instellingen: Berichtinstellingen,
        teksten: Berichtteksten,
        is_feestdag: Callable[[date], bool],
    ) -> None:
        self._winkel = winkel
        self._klok = klok
        self.instellingen = instellingen
        self._teksten = teksten
        self._is_feestdag = is_feestdag
        self._luisteraars: list[Callable[[], object]] = []

    # --- maken -----------------------------------------------------------------------------------------

    def can_send(self, kanaal: Berichtkanaal, wat: Berichtsoort) -> bool:
        """Is dit kanaal aangesloten, en wil de gemeente dit bericht sturen?"""
        return kanaal in self.instellingen.kanalen and wat in self.instellingen.soorten

    def make(self, aanvraag: Berichtaanvraag) -> Berichtopdracht:
        """De opdracht met haar tekst; bewaart niets.

        Raises Geweigerd: niet aangesloten, geen toestemming voor deze soort, of de inwoner is overleden.
        """
        refuse_overleden(aanvraag.naar)
        if not self.can_send(aanvraag.kanaal, aanvraag.wat):
            raise Geweigerd(NIET_AANGESLOTEN, code="niet_aangesloten")
        aanvraag.toestemming.check(aanvraag.wat)
        naar, eigen = aanvraag.naar, self.instellingen
        waarden = {
            "naam": naar.naam,
            "afzender": eigen.afzender,
            "bellen": eigen.bellen,
            "website": eigen.website,
            **aanvraag.waarden,
            "nummer": aanvraag.kenmerk,
        }
        if "over" in aanvraag.waarden:
            waarden["over"] = safe_tekst(aanvraag.waarden["over"])
        tekst = self._teksten.make(aanvraag.wat, aanvraag.kanaal, naar.taal, waarden)
        if not tekst.inhoud:
            raise Geweigerd("Dit bericht heeft geen tekst. Vraag uw beheerder om hulp.", code="leeg")
        return Berichtopdracht(
            uuid=make_sleutel(aanvraag.wat, aanvraag.over, aanvraag.versie),
            groep=aanvraag.over,
            medewerker=eigen.medewerker,
            medewerker_naam=eigen.medewerker_naam,
            wat=aanvraag.wat,
            kanaal=aanvraag.kanaal,
            over=aanvraag.over,
            versie=aanvraag.versie,
            titel=tekst.titel,
            tekst=tekst.inhoud,
            gemaakt_op=self._klok.nu(),
            adres=naar.adres(aanvraag.kanaal),
            naam=naar.naam,
            bel=naar.bel or naar.mobiel,
            taal=naar.taal,
            kenmerk=aanvraag.kenmerk,
            toestemming_op=aanvraag.toestemming.op,
            toestemming_bron=aanvraag.toestemming.bron,
            uiterlijk=aanvraag.uiterlijk,
            klant=naar.klant,
            code=aanvraag.waarden.get("code", ""),
            bij_contact=aanvraag.bij_contact,
        )

    def preview(self, aanvraag: Berichtaanvraag) -> Voorbeeld:
        """Precies wat er weg zou gaan, en wanneer. Raises Geweigerd, als `make`."""
        nu = self._klok.nu()
        return _to_voorbeeld(self.make(aanvraag), self.next_moment(nu), nu)

    def load_voorbeeld(self, id: int) -> Voorbeeld | None:
        """De tekst van een bericht dat er al is: wat de inwoner leest, is wat toen is gemaakt."""
        rij = self._winkel.load_verzending(id)
        if rij is None or not isinstance(rij.opdracht, Berichtopdracht):
            return None
        return _to_voorbeeld(rij.opdracht, rij.niet_voor, self._klok.nu())

    def next_moment(self, nu: datetime) -> datetime:
        """Wanneer er weer iets weg mag."""
        return self.instellingen.stilte.next_moment(nu, self._is_feestdag)

    def is_stil(self) -> bool:
        """Mag er nu niets weg?"""
        nu = self._klok.nu()
        return self.next_moment(nu) > nu

    # --- klaarzetten -------------------------------------------------------------------------------------

    def add(self, aanvraag: Berichtaanvraag) -> int:
        """Zet het bericht klaar en geef zijn nummer. Dezelfde aanleiding twee keer geeft één bericht.

        Wat over hetzelfde nog wachtte, vervalt: de inwoner krijgt alleen de laatste stand. Is er al een
        latere stand, dan komt deze er niet meer bij. Raises Geweigerd, als `make`.
        """
        opdracht = self.make(aanvraag)
        for rij in self._load(aanvraag.over):
            eerder = rij.opdracht
            assert isinstance(eerder, Berichtopdracht)
            if _is_later(eerder.versie, aanvraag.versie):
                return rij.id
            if eerder.uuid != opdracht.uuid and aanvraag.wat not in BIJ_BEGINTIJD:
                self._winkel.withdraw(rij.id)
        nummer = self._winkel.add(opdracht, self.next_moment(self._klok.nu()))
        self._tell()
        return nummer

    def on_nieuw(self, luister: Callable[[], object]) -> None:
        """Roep `luister` als er iets klaarstaat om te versturen, op de draad die het klaarzette."""
        self._luisteraars.append(luister)

    def _tell(self) -> None:
        for luister in self._luisteraars:
            luister()

    def retry(self, id: int) -> None:
        """Iemand laat het bericht opnieuw gaan, ook als het misschien al aankwam. Raises Geweigerd."""
        rij = self._require(id)
        keer = int(rij.stappen.get(KEER) or 1) + 1
        self._winkel.update(
            id,
            Wijziging(
                Toestand.NOG_NIET_VERSTUURD,
                stappen={BEGONNEN: "", VERSTUURD: "", AFLEVERING: "", KEER: str(keer)},
                niet_voor=self.next_moment(self._klok.nu()),
                fout="",
                veld="",
            ),
        )
        self._tell()

    def mark_gebeld(self, id: int) -> None:
        """De inwoner is gebeld: het bericht hoeft niet meer. Raises Geweigerd."""
        self._require(id)
        nu = self._klok.nu()
        self._winkel.update(
            id,
            Wijziging(Toestand.STAAT_IN_REGISTER, stappen={GEBELD: nu.isoformat()}, fout="", verstuurd_op=nu),
        )

    def _require(self, id: int) -> Verzending:
        rij = self._winkel.load_verzending(id)
        if rij is None or not isinstance(rij.opdracht, Berichtopdracht):
            raise Geweigerd("Dit bericht staat niet op deze pc. Kijk de lijst na.", code="bestaat_niet")
        if rij.toestand is not Toestand.ACTIE_NODIG:
            raise Geweigerd("Dit bericht heeft geen actie nodig.", code="geen_actie")
        return rij

    # --- bekijken ----------------------------------------------------------------------------------------

    def load(self, over: str = "") -> tuple[Berichtstand, ...]:
        """De berichten van deze werkplek, oudste eerst; `over`: alleen die hierover gaan."""
        nu = self._klok.nu()
        return tuple(make_stand(rij, nu) for rij in self._load(over))

    def load_wachtend(self) -> tuple[Verzending, ...]:
        """Wat nog niet weg is en waar nog niets mee is gedaan, of wat op de Bellijst staat."""
        wacht = (Toestand.NOG_NIET_VERSTUURD, Toestand.ACTIE_NODIG)
        return tuple(rij for rij in self._load("") if rij.toestand in wacht)

    def find(self, id: int) -> Verzending | None:
        """Het bericht met dit nummer, zoals het in de outbox staat."""
        return self._winkel.load_verzending(id)

    def withdraw(self, id: int) -> bool:
        """Haal een bericht weg dat niet meer geldt; onwaar als het misschien al weg is."""
        return self._winkel.withdraw(id)

    def load_bellijst(self) -> tuple[Berichtstand, ...]:
        """Wie er gebeld moet worden omdat een bericht niet kon of niet aankwam, oudste eerst."""
        return tuple(stand for stand in self.load() if stand.moet_bellen)

    def _load(self, over: str) -> list[Verzending]:
        return [
            rij
            for rij in self._winkel.load_verzendingen()
            if isinstance(rij.opdracht, Berichtopdracht) and over in ("", rij.opdracht.over)
        ]


def _to_voorbeeld(opdracht: Berichtopdracht, gaat_om: datetime, nu: datetime) -> Voorbeeld:
    is_sms = opdracht.kanaal is Berichtkanaal.SMS
    return Voorbeeld(
        opdracht.kanaal,
        mask_adres(opdracht.kanaal, opdracht.adres),
        opdracht.titel,
        opdracht.tekst,
        gaat_om,
        gaat_om > nu,
        count_sms(opdracht.tekst) if is_sms else 0,
        measure(opdracht.tekst) if opdracht.taal == "nl" else Leesbaarheid(0, 0, 0),
        opdracht.taal,
    )


def voortgang(
    wat: Berichtsoort,
    over: str,
    versie: str,
    naar: Ontvanger,
    kanaal: Berichtkanaal,
    toestemming: Toestemming,
    *,
    omschrijving: str,
    uiterlijk: date | None = None,
    kenmerk: str = "",
    bij_contact: str = "",
) -> Berichtaanvraag:
    """ "We zijn ermee bezig" of "Het is klaar", voor een belofte of een melding.

    `omschrijving` is wat de inwoner ervan herkent ("de losse stoeptegel in de Hoofdstraat").
    """
    waarden = {"over": omschrijving}
    if uiterlijk is not None:
        waarden["uiterlijk"] = format_dag(uiterlijk, naar.taal)
    return Berichtaanvraag(
        wat, kanaal, naar, over, versie, toestemming, kenmerk, waarden, bij_contact=bij_contact
    )


def make_stand(rij: Verzending, nu: datetime) -> Berichtstand:
    """Hoe het met dit bericht staat. Zegt nooit "verstuurd" voordat de aanbieder het aannam."""
    opdracht = rij.opdracht
    assert isinstance(opdracht, Berichtopdracht)
    woord, zin, sinds = _tell(rij, opdracht, nu)
    return Berichtstand(
        rij.id,
        opdracht.wat,
        opdracht.kanaal,
        opdracht.over,
        opdracht.versie,
        opdracht.kenmerk,
        opdracht.naam,
        opdracht.bel,
        woord,
        zin,
        sinds,
        rij.toestand is Toestand.ACTIE_NODIG,
    )


def _tell(rij: Verzending, opdracht: Berichtopdracht, nu: datetime) -> tuple[str, str, datetime]:
    via = opdracht.kanaal.zin
    om = rij.verstuurd_op or rij.aangemaakt_op
    match rij.toestand:
        case Toestand.ACTIE_NODIG:
            return "Bellen", rij.fout, rij.aangemaakt_op
        case Toestand.STAAT_IN_REGISTER if rij.stappen.get(GEBELD):
            return "Gebeld", f"De inwoner is gebeld, {_moment(om, nu)}.", om
        case Toestand.STAAT_IN_REGISTER if rij.stappen.get(VERSTUURD) == ELDERS:
            return "Verstuurd", "Een collega stuurde dit bericht al.", om
        case Toestand.STAAT_IN_REGISTER if rij.stappen.get(AFLEVERING) == Aflevering.AANGEKOMEN:
            return "Aangekomen", f"Aangekomen {via}. Verstuurd {_moment(om, nu)}.", om
        case Toestand.STAAT_IN_REGISTER:
            return "Verstuurd", f"Verstuurd {via}, {_moment(om, nu)}.", om
        case Toestand.WORDT_NAGEKEKEN:
            return "Wordt nagekeken", "Het programma kijkt na of dit bericht is aangenomen.", om
        case Toestand.WORDT_VERSTUURD:
            return "Wordt verstuurd", f"Het bericht gaat nu {via} weg.", om
    if rij.niet_voor > nu and rij.fout in ("", STILTE):
        return "Wacht", f"Gaat {via} weg, {_moment(rij.niet_voor, nu)}.", om
    return "Staat klaar", rij.fout or f"Staat klaar om {via} weg te gaan.", om


def _moment(om: datetime, nu: datetime) -> str:
    """ "vandaag om 14.03 uur"."""
    return f"{dagkop(dag_van(om), dag_van(nu))} om {tijd(om)}"


def _is_later(een: str, ander: str) -> bool:
    """Versies zijn getallen (de stand van een afspraak) of woorden zonder volgorde."""
    return een.isdecimal() and ander.isdecimal() and int(een) > int(ander)
