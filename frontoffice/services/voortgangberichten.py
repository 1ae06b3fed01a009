"""We zijn ermee bezig, of het is klaar: een bericht aan wie iets is beloofd of wie iets meldde.

Maakt van een terugbelverzoek of melding een aanleiding, kijkt na of het bericht mag, en zet het klaar. Het
versturen doet de outbox. Roep alles aan buiten de schermdraad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from frontoffice.domain.bericht import (
    OVER_MELDING,
    OVER_TAAK,
    TALEN,
    Berichtkanaal,
    Berichtsoort,
    Ontvanger,
    Toestemming,
    is_mobiel,
    refuse_overleden,
)
from frontoffice.domain.concept import Gesprekspartner, make_partner
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout, NietGevonden
from frontoffice.domain.klant import KlantSleutel, PersoonSleutel
from frontoffice.domain.meldingstand import Bericht
from frontoffice.domain.taal import dag_van, dagkop, datum_lang, tijd
from frontoffice.domain.terugbellen import Terugbelrij
from frontoffice.domain.waarden import EmailAdres
from frontoffice.ports import Aanroep, Klok, Logboek, Personen
from frontoffice.services.berichten import (
    Berichtaanvraag,
    Berichtendienst,
    Berichtstand,
    Voorbeeld,
    voortgang,
)
from frontoffice.services.inzage import RAADPLEEG
from frontoffice.services.meldingen import Meldingbeeld
from frontoffice.takenpoort import Takenregister

DOEL = "bericht aan een inwoner"
VERSTUURD = "bericht_verstuurd"
SOORTEN = {Berichtsoort.BEZIG: "We zijn ermee bezig", Berichtsoort.KLAAR: "Het is klaar"}
"""Welke berichten hier kunnen, met hoe zij op het scherm heten."""
MAX_OVER = 120
_GEEN_BRP = ("niet_aangesloten", "doel_ontbreekt")
_TALEN = {"nld": "nl", "deu": "de", "ger": "de", "eng": "en"}


@dataclass(frozen=True)
class Aanleiding:
    """Waarom er een bericht kan gaan. `over` en `versie` samen: dezelfde aanleiding is hetzelfde bericht.

    `omschrijving` is hoe de inwoner het herkent; `let_op` wat de medewerker eerst moet weten. `bij_contact`:
    zie `Berichtopdracht`. `wil_geen_mail`: de inwoner zei dat hij geen e-mail wil.
    """

    over: str
    versie: str
    naar: Ontvanger
    omschrijving: str = field(default="", repr=False)
    uiterlijk: date | None = None
    kenmerk: str = ""
    bij_contact: str = ""
    let_op: str = ""
    wil_geen_mail: bool = False


@dataclass(frozen=True)
class Berichtkeuze:
    """Wat de medewerker koos. `adres` leeg = er is geen: dan komt het bericht op de Bellijst. `mag`: de
    inwoner wil dit bericht."""

    wat: Berichtsoort
    kanaal: Berichtkanaal
    adres: str = field(repr=False)
    taal: str
    omschrijving: str = field(repr=False)
    mag: bool = False


class Voortgangberichten:
    """Zie de module. Raises WinkelFout bij alles wat bewaart of leest."""

    def __init__(
        self,
        berichten: Berichtendienst,
        klok: Klok,
        personen: Personen,
        taken: Takenregister | None,
        logboek: Logboek,
    ) -> None:
        self._berichten, self._klok = berichten, klok
        self._personen, self._taken, self._logboek = personen, taken, logboek

    def load_eerder(self, aanleiding: Aanleiding, aanroep: Aanroep) -> tuple[str, ...]:
        """Welke berichten hierover al gingen of klaarstaan, elk als zin: van hier, en uit het register van
        een andere werkplek. Raises KifFout."""
        eigen = self._berichten.load(aanleiding.over)
        zinnen = [f"{SOORTEN.get(stand.wat, 'Bericht')}. {stand.zin}" for stand in eigen]
        gezien = {stand.wat.value for stand in eigen}
        vandaag = self._klok.vandaag()
        for spoor in self._taken.find_berichten(aanleiding.over, aanroep) if self._taken else ():
            if spoor.wat in gezien or spoor.om is None:
                continue
            wat = next((woord for soort, woord in SOORTEN.items() if soort.value == spoor.wat), "Bericht")
            wanneer = f"{dagkop(dag_van(spoor.om), vandaag)} om {tijd(spoor.om)}"
            zinnen.append(f"{wat}. Verstuurd via {spoor.kanaal}, {wanneer}.")
        return tuple(zinnen)

    def preview(self, aanleiding: Aanleiding, keuze: Berichtkeuze) -> Voorbeeld:
        """Precies wat er weg zou gaan. Raises InvoerFout (`code` is het veld) of Geweigerd."""
        return self._berichten.preview(self._make(aanleiding, keuze))

    def send(self, aanleiding: Aanleiding, keuze: Berichtkeuze, aanroep: Aanroep) -> Berichtstand:
        """Zet het bericht klaar en zeg hoe het ermee staat; twee keer is één keer.

        Van wie een BSN heeft, wordt eerst gekeken of hij nog leeft: lukt dat niet, dan gaat er niets. Raises
        InvoerFout, Geweigerd of KifFout.
        """
        if not keuze.mag:
            raise InvoerFout("Vraag eerst of de inwoner dit bericht wil.", code="mag")
        aanvraag = self._make(aanleiding, keuze)
        klant = aanleiding.naar.klant
        self._check_leeft(klant.sleutel if klant is not None else None, aanroep)
        nummer = self._berichten.add(aanvraag)
        return next(stand for stand in self._berichten.load(aanleiding.over) if stand.id == nummer)

    def _make(self, aanleiding: Aanleiding, keuze: Berichtkeuze) -> Berichtaanvraag:
        over = " ".join(keuze.omschrijving.split())
        if not over:
            raise InvoerFout("Schrijf op waar het over gaat, zoals de inwoner het noemt.", code="over")
        if keuze.kanaal is Berichtkanaal.MAIL and aanleiding.wil_geen_mail:
            raise Geweigerd("De melder wil geen e-mail. Kies sms, of bel.", code="wil_geen_mail")
        naar, adres = replace(aanleiding.naar, taal=keuze.taal), keuze.adres.strip()
        if keuze.kanaal is Berichtkanaal.MAIL:
            naar = replace(naar, email=_check_mail(adres))
        else:
            if adres and not is_mobiel(adres):
                raise InvoerFout("Op dit nummer komt geen sms aan. Kies een mobiel nummer.", code="adres")
            naar = replace(naar, mobiel=adres, bel=naar.bel if adres or not is_mobiel(naar.bel) else "")
        return voortgang(
            keuze.wat,
            aanleiding.over,
            aanleiding.versie,
            naar,
            keuze.kanaal,
            Toestemming(frozenset({keuze.wat}), self._klok.vandaag(), "gevraagd aan de inwoner"),
            omschrijving=over[:MAX_OVER],
            uiterlijk=aanleiding.uiterlijk if keuze.wat is Berichtsoort.BEZIG else None,
            kenmerk=aanleiding.kenmerk,
            bij_contact=aanleiding.bij_contact,
        )

    def _check_leeft(self, sleutel: KlantSleutel | None, aanroep: Aanroep) -> None:
        if not isinstance(sleutel, PersoonSleutel):
            return
        uitslag = "gevonden"
        try:
            persoon = self._personen.load_persoon(sleutel.bsn, aanroep)
        except NietGevonden as fout:
            uitslag = fout.code
            return
        except KifFout as fout:
            uitslag = fout.code
            if isinstance(fout, Geweigerd) and fout.code in _GEEN_BRP:
                return  # hier is geen BRP: dan weet niemand op deze werkplek het
            raise
        finally:
            if uitslag not in _GEEN_BRP:
                self._logboek.note("brp_bevraagd", DOEL, sleutel, vraag=RAADPLEEG, uitslag=uitslag)
        refuse_overleden(Ontvanger(overleden=persoon.overleden))


def make_taakaanleiding(
    rij: Terugbelrij, telefoon: Sequence[str], email: Sequence[str], vandaag: date
) -> Aanleiding:
    """Een bericht over dit terugbelverzoek. Het onderwerp staat er niet vanzelf in: dat kan verraden waar
    iemand mee zit."""
    beller, datums = rij.beller, rij.datums
    naam = beller.naam if beller is not None else ""
    klant = None
    if beller is not None:
        klant = (
            make_partner(beller.sleutel, naam, partij_uuid=beller.partij_uuid)
            if beller.sleutel is not None
            else Gesprekspartner(naam)
        )
    mobiel = next((nummer for nummer in telefoon if is_mobiel(nummer)), "")
    taal = _TALEN.get(beller.taal if beller is not None else "", TALEN[0])
    om = beller.om if beller is not None else rij.taak.toegewezen_op
    over = f"uw vraag van {datum_lang(dag_van(om), vandaag)}" if om is not None else "uw vraag"
    beloofd = datums.beloofd if datums is not None else None
    return Aanleiding(
        f"{OVER_TAAK}:{rij.uuid}",
        beloofd.isoformat() if beloofd is not None else "",
        Ontvanger(naam, next(iter(email), ""), mobiel, next(iter(telefoon), ""), taal, klant=klant),
        over,
        beloofd if beloofd is not None and beloofd >= vandaag else None,
        bij_contact=rij.contact_uuid,
    )


def make_meldingaanleiding(beeld: Meldingbeeld, klant: Gesprekspartner | None, vandaag: date) -> Aanleiding:
    """Een bericht over deze melding in de stand van nu. `klant` is wie er in beeld was, als dat zo is."""
    melding, stand = beeld.melding, beeld.melder
    melder = melding.melder
    telefoon = "" if melder.telefoon_afgeschermd else melder.telefoon
    email = "" if melder.email_afgeschermd else melder.email
    uiterlijk = dag_van(melding.uiterlijk) if melding.uiterlijk is not None else None
    waar = f", {melding.plek.straat}" if melding.plek is not None and melding.plek.straat else ""
    woord = stand.laatste_woord if stand.bericht is Bericht.VERTELD else None
    return Aanleiding(
        f"{OVER_MELDING}:{melding.nummer}",
        melding.status.afdruk,
        Ontvanger(
            klant.naam if klant is not None else "",
            email,
            telefoon if is_mobiel(telefoon) else "",
            telefoon,
            klant=klant,
        ),
        f"uw melding over {melding.categorie[:1].lower()}{melding.categorie[1:]}{waar}",
        uiterlijk if melding.is_open and uiterlijk is not None and uiterlijk >= vandaag else None,
        melding.weergave,
        let_op=f"De melder weet dit al, via {woord.via}." if woord is not None else "",
        wil_geen_mail=not melder.mag_mail,
    )


def _check_mail(adres: str) -> str:
    if not adres:
        return ""
    try:
        return EmailAdres(adres).adres
    except InvoerFout as fout:
        raise InvoerFout(fout.uitleg, code="adres") from None
