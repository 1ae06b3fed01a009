"""`kif contact|outbox|concepten|store`: dezelfde winkel en verzender als het venster.

Een contact staat op schijf voordat de opdracht klaar is, ook als geen enkel register antwoordt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.cli.contactopties import Contactvraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import ANDERS, DEELS, GEWEIGERD, KLAAR, Uitvoer
from frontoffice.domain.concept import (
    Actorsoort,
    Afdeling,
    Afsluiting,
    Concept,
    Gesprekspartner,
    NieuwAdres,
    ZaakKoppeling,
    find_op_naam,
    make_partner,
)
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.domain.zoekvraag import (
    BsnVraag,
    EmailVraag,
    KvkVraag,
    TelefoonVraag,
    Zoekvraag,
    lees_telefoon,
)
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.samenstelling.gedeeld import check_eigen_account
from frontoffice.services.registreren import ConceptFout

if TYPE_CHECKING:
    from frontoffice.services.contacten import Contactdiensten

_GROOTSTE_TEKST = 200_000
_NAAM_S = 4.0
_ZONDER_MEDEWERKER = ("outbox send", "store check", "store backup")
"""Laat niets van een klant zien en legt niets op naam vast: mag ook als er niemand is aangemeld."""


def run_contact(vraag: Contactvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        return _Opdracht(vraag, diensten, uitvoer).run()


class _Opdracht:
    def __init__(self, vraag: Contactvraag, diensten: Diensten, uitvoer: Uitvoer) -> None:
        self._vraag = vraag
        self._diensten = diensten
        self._uitvoer = uitvoer

    @property
    def _contacten(self) -> Contactdiensten:
        # Op een gedeeld account is er hier niemand: wat daar wel mag, is onderhoud.
        return self._diensten.onderhoud

    def run(self) -> int:
        opdrachten: dict[str, Callable[[], int]] = {
            "contact add": self._add,
            "outbox send": self._send,
            "outbox list": self._list,
            "outbox retry": self._retry,
            "outbox withdraw": self._withdraw,
            "concepten list": self._concepten,
            "store check": self._check,
            "store backup": self._backup,
        }
        if self._vraag.deel not in _ZONDER_MEDEWERKER:
            check_eigen_account(self._diensten.profiel)
        return opdrachten[self._vraag.deel]()

    # --- toevoegen ---------------------------------------------------------------------------------------

    def _add(self) -> int:
        klant, tekst = self._read_invoer()
        concept = self._make_concept(klant, tekst)
        registreren = self._contacten.registreren
        try:
            registreren.save(concept)
            afgerond = registreren.finish(concept, in_delen=True, nummer_nodig=False, ongedaan_s=0)
        except ConceptFout:
            registreren.remove(concept)
            raise
        rij = self._contacten.winkel.load_verzending(afgerond.ids[0])
        toestand = rij.toestand if rij is not None else Toestand.NOG_NIET_VERSTUURD
        self._uitvoer.document({"id": afgerond.ids[0], "uuid": afgerond.uuid, "toestand": toestand.value})
        self._uitvoer.regel(f"Bewaard op deze pc als nummer {afgerond.ids[0]}. Nog niet verstuurd.")
        return KLAAR

    def _read_invoer(self) -> tuple[str, str]:
        """Klant en tekst; wat "-" is, komt van de invoer: de klant als eerste regel, de rest is de tekst."""
        klant, tekst = self._vraag.klant, self._vraag.tekst
        if klant not in ("", "-") and not self._diensten.profiel.gemeente.demo:
            raise InvoerFout(
                "Zet persoonsgegevens niet op de opdrachtregel: andere programma's kunnen die lezen. "
                "Gebruik --klant - en schrijf de vraag naar de invoer.",
                code="vraag_op_opdrachtregel",
            )
        if "-" not in (klant, tekst):
            return klant, tekst
        ruw = sys.stdin.buffer.read(_GROOTSTE_TEKST + 1)
        if len(ruw) > _GROOTSTE_TEKST:
            raise InvoerFout("De tekst op de invoer is te lang. Verdeel haar over meer contacten.")
        try:
            invoer = ruw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvoerFout("De invoer is geen tekst (UTF-8).") from None
        if klant == "-":
            klant, _, invoer = invoer.partition("\n")
        return klant.strip(), invoer if tekst == "-" else tekst

    def _make_concept(self, klant: str, tekst: str) -> Concept:
        vraag = self._vraag
        registreren = self._contacten.registreren
        kanalen = {kanaal.lower(): kanaal for kanaal in registreren.instellingen.kanalen}
        if vraag.kanaal.lower() not in kanalen:
            namen = ", ".join(registreren.instellingen.kanalen)
            raise InvoerFout(f"Dit kanaal is er niet. Kies uit: {namen}.", code="kanaal")
        partner, adressen = self._find_partner(klant)
        concept = replace(
            registreren.start(kanaal=kanalen[vraag.kanaal.lower()]),
            notitie=tekst,
            onderwerp=vraag.onderwerp,
            afsluiting=Afsluiting.BEANTWOORD,
            zaken=(ZaakKoppeling("", vraag.zaak, ""),) if vraag.zaak else (),
            adressen=adressen,
        )
        if partner is not None:
            is_bedrijf = bool(partner.kvk)
            concept = replace(
                concept,
                klant=None if is_bedrijf else partner,
                bedrijf=partner if is_bedrijf else None,
            )
        if vraag.terugbellen:
            telefoon = next((a.adres for a in adressen if a.soort == "telefoonnummer"), "")
            if vraag.telefoon:
                telefoon = _to_e164(vraag.telefoon)
            aan = self._find_afdeling(vraag.terugbellen)
            terugbel = registreren.propose_terugbel(
                aan, vraag.onderwerp, telefoon, vraag.onderwerp, concept.kanaal
            )
            concept = replace(concept, afsluiting=Afsluiting.TERUGBELVERZOEK, terugbel=terugbel)
        return concept

    def _find_partner(self, klant: str) -> tuple[Gesprekspartner | None, tuple[NieuwAdres, ...]]:
        """De klant bij een vraag. Een BSN of KVK-nummer heeft geen register nodig."""
        if not klant:
            return None, ()
        vragen = self._diensten.zoeken.herken(klant)
        if not vragen:
            raise InvoerFout("Deze klant is niet te herkennen. Geef een BSN, KVK-nummer of telefoonnummer.")
        vraag = vragen[0]
        if isinstance(vraag, BsnVraag):
            return Gesprekspartner(bsn=vraag.bsn.nummer), ()
        if isinstance(vraag, KvkVraag):
            return Gesprekspartner(self._find_bedrijfsnaam(vraag), kvk=vraag.kvk.nummer), ()
        adressen = _to_adressen(vraag)
        try:
            gevonden = self._diensten.zoeken.zoek(vraag, Stop())
        except KifFout:
            if adressen:
                return None, adressen
            raise
        if len(gevonden.kandidaten) == 1 and not gevonden.kandidaten[0].mogelijk:
            kandidaat = gevonden.kandidaten[0]
            return make_partner(kandidaat.sleutel, kandidaat.naam), adressen
        if adressen:
            # Een nummer is geen identiteit: het contact houdt het nummer, niet de eigenaar ervan.
            return None, adressen
        raise InvoerFout("Deze vraag wijst niet precies één klant aan. Geef een BSN of KVK-nummer.")

    def _find_bedrijfsnaam(self, vraag: KvkVraag) -> str:
        """De naam uit het handelsregister. Zwijgt dat, dan is het nummer genoeg: het contact gaat voor."""
        try:
            aanroep = Aanroep.van(_NAAM_S, Stop())
            return self._diensten.registers.bedrijven.load_bedrijf(vraag.kvk, None, aanroep).naam
        except KifFout:
            return ""

    def _find_afdeling(self, naam: str) -> Afdeling:
        eigen = find_op_naam(self._contacten.registreren.instellingen.afdelingen, naam)
        if eigen:
            return eigen[0]
        # Alleen een naam: bij het versturen moet die precies één keer in het register staan.
        return Afdeling(Actorsoort.AFDELING, "", naam)

    # --- de outbox ---------------------------------------------------------------------------------------

    def _send(self) -> int:
        verslag = self._contacten.verzenden.send(Stop(), alles=True)
        if verslag.bezet:
            zin = "Het venster is nu aan het versturen. Probeer het over een minuut opnieuw."
            self._uitvoer.document({"fout": {"code": "bezet", "uitleg": zin}})
            self._uitvoer.melding(zin)
            return GEWEIGERD
        wachtend, actie = self._contacten.winkel.count_wachtend()
        self._uitvoer.document({"verstuurd": verslag.verstuurd, "wachtend": wachtend, "actie_nodig": actie})
        self._uitvoer.regel(f"Verstuurd: {verslag.verstuurd}. Nog niet in het register: {wachtend}.")
        if verslag.fout is not None:
            self._uitvoer.melding(verslag.fout.uitleg)
        return DEELS if wachtend else KLAAR

    def _list(self) -> int:
        rijen = self._contacten.winkel.load_verzendingen()
        self._uitvoer.document([_rij(rij) for rij in rijen])
        for rij in rijen:
            self._uitvoer.regel(f"{rij.id}  {rij.toestand.value}  {rij.opdracht.onderwerp}  {rij.fout}")
        if not rijen:
            self._uitvoer.regel("Er staat niets klaar.")
        return KLAAR

    def _retry(self) -> int:
        rij = self._get_rij()
        if rij.toestand is not Toestand.ACTIE_NODIG:
            raise InvoerFout(
                "Dit contact heeft geen actie nodig. Het wordt vanzelf verstuurd.", code="gebruik"
            )
        self._contacten.retry(rij)
        return self._show_rij(rij.id)

    def _withdraw(self) -> int:
        rij = self._get_rij()
        if not self._contacten.withdraw(rij.id):
            zin = "Dit contact staat in het register, of dat is niet zeker. Het kan niet meer terug."
            self._uitvoer.document({"fout": {"code": "te_laat", "uitleg": zin}})
            self._uitvoer.melding(zin)
            return GEWEIGERD
        self._uitvoer.document({"id": rij.id, "ingetrokken": True})
        self._uitvoer.regel("Ingetrokken. Het gaat niet naar het register.")
        return KLAAR

    def _get_rij(self) -> Verzending:
        rij = self._contacten.winkel.load_verzending(self._vraag.id)
        if rij is None:
            raise InvoerFout("Dit nummer staat niet in de lijst. kif outbox list toont ze.", code="gebruik")
        return rij

    def _show_rij(self, id: int) -> int:
        rij = self._contacten.winkel.load_verzending(id)
        assert rij is not None
        self._uitvoer.document(_rij(rij))
        self._uitvoer.regel(f"{rij.id}  {rij.toestand.value}  {rij.opdracht.onderwerp}")
        return KLAAR

    # --- concepten en de winkel -----------------------------------------------------------------------------

    def _concepten(self) -> int:
        concepten = self._contacten.winkel.load_concepten()
        self._uitvoer.document(
            [
                {
                    "uuid": concept.uuid,
                    "begonnen_op": concept.begonnen_op.isoformat(),
                    "kanaal": concept.kanaal,
                    "onderwerp": concept.onderwerp,
                    "tekens": len(concept.notitie),
                }
                for concept in concepten
            ]
        )
        for concept in concepten:
            self._uitvoer.regel(f"{concept.uuid}  {concept.kanaal}  {len(concept.notitie)} tekens")
        if not concepten:
            self._uitvoer.regel("Er loopt geen contact.")
        return KLAAR

    def _check(self) -> int:
        fouten = self._contacten.nakijken()
        self._uitvoer.document({"fouten": list(fouten)})
        for fout in fouten:
            self._uitvoer.regel(fout)
        if not fouten:
            self._uitvoer.regel("De gegevens op deze pc zijn in orde.")
        return ANDERS if fouten else KLAAR

    def _backup(self) -> int:
        naam = self._contacten.backup()
        self._uitvoer.document({"reservekopie": naam})
        self._uitvoer.regel(f"Reservekopie gemaakt: {naam}.")
        return KLAAR


def _rij(rij: Verzending) -> dict[str, object]:
    return {
        "id": rij.id,
        "uuid": rij.opdracht.uuid,
        "toestand": rij.toestand.value,
        "onderwerp": rij.opdracht.onderwerp,
        "pogingen": rij.pogingen,
        "fout": rij.fout or None,
    }


def _to_adressen(vraag: Zoekvraag) -> tuple[NieuwAdres, ...]:
    if isinstance(vraag, TelefoonVraag):
        return (NieuwAdres("telefoonnummer", vraag.nummer.e164),)
    if isinstance(vraag, EmailVraag):
        return (NieuwAdres("email", vraag.adres.adres),)
    return ()


def _to_e164(tekst: str) -> str:
    nummer = lees_telefoon(tekst)
    if nummer is None:
        raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon_ongeldig")
    return nummer.e164
