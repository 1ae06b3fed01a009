"""Terugbellen: wat een medewerker met een verzoek doet. Alles gaat langs de outbox.

Gesproken, niet bereikt en klaar geven een nieuw contact dat aan het verzoek hangt; overnemen en doorgeven
veranderen alleen het verzoek. Roep alles aan buiten de schermdraad.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontoffice.domain import taal
from frontoffice.domain.belofte import MAX_REDEN, format_doorgegeven, format_overgenomen, format_verteld
from frontoffice.domain.concept import (
    Afdeling,
    Gesprekspartner,
    NieuwAdres,
    Terugbelverzoek,
    make_partner,
)
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.registratie import (
    MAX_INHOUD,
    MAX_ONDERWERP,
    SLEUTEL,
    Deelnemer,
    Registratie,
    Rol,
    Toestand,
    Verzending,
    clean_tekst,
)
from frontoffice.domain.taakwijziging import (
    METADATA_ACTIE,
    METADATA_TAAK,
    Gezien,
    Taakactie,
    Taakstap,
    Taakwijziging,
    groep_van,
)
from frontoffice.domain.terugbellen import Beller, Lijst, Terugbelrij
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Winkel
from frontoffice.services.registreren import (
    ONGEDAAN_S,
    ConceptFout,
    Registreerinstellingen,
    belofte_metadata,
    check_terugbel,
    make_taakopgave,
    make_uniek,
)
from frontoffice.services.terugbellijst import Terugbellijst

_TELEFOON = "telefoon"
OpenWinkel = Callable[[], Winkel]


@dataclass(frozen=True)
class Bewaard:
    """Het staat op deze pc en gaat straks naar het register. `id` is de rij van de outbox."""

    id: int
    uuid: str
    ongedaan_tot: datetime


class Terugbeldienst:
    """`lijst` laadt wat er te doen is; de rest doet het."""

    def __init__(
        self,
        lijst: Terugbellijst,
        open_winkel: OpenWinkel,
        klok: Klok,
        instellingen: Registreerinstellingen,
    ) -> None:
        self.lijst = lijst
        self._open_winkel = open_winkel
        self._klok = klok
        self._instellingen = instellingen

    # --- met een nieuw contact --------------------------------------------------------------------------

    def gesproken(
        self,
        rij: Terugbelrij,
        notitie: str,
        kanaal: str = "",
        *,
        belofte: Terugbelverzoek | None = None,
        ongedaan_s: float = ONGEDAAN_S,
    ) -> Bewaard:
        """Gesproken, maar nog niet klaar. `belofte`: wat er in dat gesprek is beloofd; dat wordt een eigen
        verzoek bij hetzelfde contact. Raises InvoerFout (ConceptFout bij de belofte), WinkelFout."""
        return self._add_contact(rij, Taakactie.GESPROKEN, notitie, kanaal, "", ongedaan_s, belofte)

    def niet_bereikt(
        self, rij: Terugbelrij, notitie: str = "", kanaal: str = "", *, ongedaan_s: float = ONGEDAAN_S
    ) -> Bewaard:
        """Gebeld en niet bereikt: een contact dat niet is gelukt. De hoeveelste keer het is, telt het
        register."""
        tekst = notitie.strip() or "Gebeld, niet bereikt."
        return self._add_contact(rij, Taakactie.NIET_BEREIKT, tekst, kanaal, "", ongedaan_s)

    def klaar(
        self,
        rij: Terugbelrij,
        via: str,
        notitie: str = "",
        *,
        al_verteld_op: date | None = None,
        ongedaan_s: float = ONGEDAAN_S,
    ) -> Bewaard:
        """Klaar, en zo weet de klant het: `via` is een kanaal. Zonder dat gaat een belofte niet dicht.

        `al_verteld_op`: dat is eerder gebeurd en staat al in een contact; dan komt er geen bij. Raises
        InvoerFout, WinkelFout.
        """
        via = " ".join(via.split())
        if not via:
            raise InvoerFout("Kies hoe de klant het te horen kreeg.", code="verteld_via_ontbreekt")
        if len(via) > 50:
            raise InvoerFout("Houd het kort: hooguit 50 tekens.", code="verteld_via_te_lang")
        if al_verteld_op is None:
            return self._add_contact(rij, Taakactie.KLAAR, notitie, via, via, ongedaan_s)
        if al_verteld_op > self._klok.vandaag():
            raise InvoerFout("Deze dag is nog niet geweest. Kies een eerdere dag.", code="verteld_op")
        om = min(taal.middernacht(al_verteld_op) + timedelta(hours=12), self._klok.nu())
        return self._add_wijziging(rij, Taakactie.KLAAR, ongedaan_s, via=via, om=om)

    # --- zonder nieuw contact ---------------------------------------------------------------------------

    def overnemen(self, rij: Terugbelrij, *, ongedaan_s: float = ONGEDAAN_S) -> Bewaard:
        """Dit verzoek is nu van mij; de afdeling blijft erbij staan."""
        return self._add_wijziging(rij, Taakactie.OVERNEMEN, ongedaan_s)

    def doorgeven(
        self, rij: Terugbelrij, aan: Afdeling, reden: str, *, ongedaan_s: float = ONGEDAAN_S
    ) -> Bewaard:
        """Geef het aan een ander, met de reden erbij. Raises InvoerFout, WinkelFout."""
        reden = " ".join(clean_tekst(reden).split())
        if not reden:
            raise InvoerFout("Schrijf op waarom u dit doorgeeft.", code="reden_ontbreekt")
        if len(reden) > MAX_REDEN:
            raise InvoerFout(
                f"De reden is {len(reden) - MAX_REDEN} tekens te lang. Maak hem korter.", code="reden_te_lang"
            )
        if not aan.object_id:
            raise InvoerFout("Kies aan wie u dit doorgeeft.", code="doorgeven_aan")
        return self._add_wijziging(rij, Taakactie.DOORGEVEN, ongedaan_s, aan=aan, reden=reden)

    def undo(self, bewaard: Bewaard) -> bool:
        """Haal het terug; onwaar als het al onderweg is. Raises WinkelFout."""
        return self._open_winkel().withdraw(bewaard.id)

    # --- wat er nog onderweg is ---------------------------------------------------------------------------

    def load_onderweg(self) -> dict[str, Verzending]:
        """Per verzoek wat nog niet in het register staat; *Actie nodig* gaat voor. Raises WinkelFout."""
        onderweg: dict[str, Verzending] = {}
        for rij in self._open_winkel().load_verzendingen(ook_verstuurd=False):
            stap = stap_van(rij)
            if stap is None:
                continue
            if rij.toestand is Toestand.ACTIE_NODIG or stap.taak_uuid not in onderweg:
                onderweg[stap.taak_uuid] = rij
        return onderweg

    def load_waarschuwingen(self, lijst: Lijst) -> dict[str, str]:
        """Per verzoek een zin als een wijziging van deze werkplek niet meer in het register staat.

        Een ander programma kan een verzoek overschrijven zonder het onze te lezen. Kost geen verzoek. Raises
        WinkelFout.
        """
        taken = {rij.uuid: rij.taak for rij in lijst.rijen}
        zinnen: dict[str, str] = {}
        for rij in self._open_winkel().load_verzendingen():
            stap = stap_van(rij) if rij.toestand is Toestand.STAAT_IN_REGISTER else None
            taak = taken.get(stap.taak_uuid) if stap else None
            if stap is None or taak is None or rij.verstuurd_op is None or lijst.om is None:
                continue
            if rij.verstuurd_op >= lijst.om or _staat_er(stap, taak.toelichting, taak.is_open):
                continue
            zinnen[stap.taak_uuid] = (
                f"Wat u om {taal.tijd(stap.om)} deed, staat niet meer bij dit verzoek. "
                "Een ander heeft het overschreven. Doe het zo nodig opnieuw."
            )
        return zinnen

    # --- opdrachten maken ---------------------------------------------------------------------------------

    def _add_contact(
        self,
        rij: Terugbelrij,
        actie: Taakactie,
        notitie: str,
        kanaal: str,
        via: str,
        ongedaan_s: float,
        belofte: Terugbelverzoek | None = None,
    ) -> Bewaard:
        if rij.beller is None:
            raise InvoerFout("Dit verzoek is nog niet geladen. Wacht even.", code="niet_geladen")
        if belofte is not None and (
            fouten := check_terugbel(belofte, self._klok.nu(), nummer_nodig=not rij.beller.partij_uuid)
        ):
            raise ConceptFout(tuple(fouten))
        inhoud = clean_tekst(notitie).strip()
        if len(inhoud) > MAX_INHOUD:
            raise InvoerFout(
                f"De notitie is {len(inhoud) - MAX_INHOUD} tekens te lang. Kort haar in.", code="te_lang"
            )
        winkel, nu, sleutel = self._open_winkel(), self._klok.nu(), str(uuid.uuid4())
        metadata = {
            METADATA_ACTIE: actie.value,
            METADATA_TAAK: rij.uuid,
            "gesprek": sleutel,
            SLEUTEL: sleutel,
        }
        if via:
            metadata |= {"verteldvia": via, "verteldop": taal.dag_van(nu).isoformat()}
        if belofte is not None:
            metadata |= belofte_metadata(belofte)
        opdracht = Registratie(
            uuid=sleutel,
            referentienummer=winkel.next_referentienummers(1)[0],
            medewerker=self._instellingen.medewerker,
            medewerker_naam=self._instellingen.medewerker_naam,
            kanaal=kanaal or self._kanaal,
            onderwerp=(rij.beller.onderwerp or rij.taak.gevraagde_handeling or "Terugbellen")[:MAX_ONDERWERP],
            inhoud=inhoud,
            taal=rij.beller.taal or self._instellingen.taal,
            vertrouwelijk=rij.beller.vertrouwelijk,
            gelukt=actie is not Taakactie.NIET_BEREIKT,
            plaatsgevonden_op=make_uniek(nu, sleutel),
            groep=groep_van(rij.uuid),
            deelnemers=_deelnemers(rij.beller, belofte.telefoon if belofte is not None else ""),
            zaken=rij.beller.zaken,
            taak=make_taakopgave(belofte) if belofte is not None else None,
            vervolg=self._make_stap(rij, actie, nu, via=via),
            metadata=metadata,
        )
        return self._add(winkel, opdracht, ongedaan_s)

    @property
    def _kanaal(self) -> str:
        """Terugbellen gaat per telefoon, zoals de gemeente dat kanaal schrijft."""
        kanalen = self._instellingen.kanalen
        return next((k for k in kanalen if k.casefold() == _TELEFOON), self._instellingen.kanaal)

    def _add_wijziging(
        self,
        rij: Terugbelrij,
        actie: Taakactie,
        ongedaan_s: float,
        *,
        via: str = "",
        aan: Afdeling | None = None,
        reden: str = "",
        om: datetime | None = None,
    ) -> Bewaard:
        opdracht = Taakwijziging(
            uuid=str(uuid.uuid4()),
            medewerker=self._instellingen.medewerker,
            medewerker_naam=self._instellingen.medewerker_naam,
            stap=self._make_stap(rij, actie, om or self._klok.nu(), via=via, aan=aan, reden=reden),
            wie=rij.beller.naam if rij.beller else "",
        )
        return self._add(self._open_winkel(), opdracht, ongedaan_s)

    def _make_stap(
        self,
        rij: Terugbelrij,
        actie: Taakactie,
        om: datetime,
        *,
        via: str = "",
        aan: Afdeling | None = None,
        reden: str = "",
    ) -> Taakstap:
        if not rij.taak.is_open:
            verteld = rij.taak.tekst.verteld
            wie = verteld.door if verteld and verteld.door else "Een collega"
            raise Geweigerd(f"{wie} heeft dit verzoek al afgehandeld. Kies een ander.", code="afgehandeld")
        door = self._instellingen.medewerker_naam
        return Taakstap(rij.uuid, rij.contact_uuid, actie, om, door, make_gezien(rij), via, aan, reden)

    def _add(self, winkel: Winkel, opdracht: Registratie | Taakwijziging, ongedaan_s: float) -> Bewaard:
        tot = self._klok.nu() + timedelta(seconds=ongedaan_s)
        return Bewaard(winkel.add(opdracht, tot), opdracht.uuid, tot)


def make_gezien(rij: Terugbelrij) -> Gezien:
    """Wat de medewerker zag toen hij besloot."""
    return Gezien(rij.taak.is_open, rij.taak.actor_uuids)


def stap_van(rij: Verzending) -> Taakstap | None:
    """Wat deze rij van de outbox met een terugbelverzoek doet; None als het daar niet over gaat."""
    opdracht = rij.opdracht
    if isinstance(opdracht, Taakwijziging):
        return opdracht.stap
    return opdracht.vervolg if isinstance(opdracht, Registratie) else None


def _staat_er(stap: Taakstap, toelichting: str, is_open: bool) -> bool:
    if stap.actie is Taakactie.OVERNEMEN:
        return format_overgenomen(stap.om, stap.door) in toelichting
    if stap.actie is Taakactie.DOORGEVEN:
        return (
            format_doorgegeven(stap.om, stap.door, stap.aan.naam if stap.aan else "", stap.reden)
            in toelichting
        )
    if stap.actie is Taakactie.KLAAR:
        return not is_open or format_verteld(taal.dag_van(stap.om), stap.via, stap.door) in toelichting
    return True  # een telling komt uit de contacten en staat er bij de volgende keer vanzelf weer


def _deelnemers(beller: Beller, nummer: str = "") -> tuple[Deelnemer, ...]:
    """De klant; wij belden, dus hij begon het contact niet. `nummer`: waarop is beloofd te bellen. Anders
    hoort er alleen een nummer bij wie geen partij heeft."""
    if beller.sleutel is not None:
        wie = make_partner(beller.sleutel, beller.naam, partij_uuid=beller.partij_uuid)
        eigen = (NieuwAdres("telefoonnummer", nummer),) if nummer else ()
        return (Deelnemer(wie, Rol.KLANT, initiator=False, adressen=eigen),)
    nummers = (nummer,) if nummer else beller.telefoon[:1]
    adressen = tuple(NieuwAdres("telefoonnummer", nummer) for nummer in nummers)
    return (Deelnemer(Gesprekspartner(beller.naam), Rol.KLANT, initiator=False, adressen=adressen),)
