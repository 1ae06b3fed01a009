"""Beloften: wat iemand aan een klant toezegde, of het nog kan, en of het is nagekomen.

Leest ze uit de internetaken (de plek die elk ander programma ook toont) en maakt ze als contact met een taak.
Rekent niets uit over personen: dat doet niemand.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast

from frontoffice.domain import taal
from frontoffice.domain.belofte import (
    DOEN,
    LATEN_WETEN,
    MAX_TOELICHTING,
    RUIMTE,
    TERUGBELLEN,
    Belofte,
    Beloftestand,
    find_stand,
    format_belofte,
    quote_eigen,
)
from frontoffice.domain.concept import Afdeling, Gesprekspartner
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.normen import Normen, Waarvoor
from frontoffice.domain.registratie import (
    MAX_HANDELING,
    MAX_INHOUD,
    MAX_ONDERWERP,
    SLEUTEL,
    Deelnemer,
    Registratie,
    Rol,
    Taakopgave,
    clean_tekst,
)
from frontoffice.domain.taakwijziging import METADATA_ACTIE, METADATA_TAAK, Taakactie, Taakstap
from frontoffice.domain.terugbellen import Terugbelrij, Wiens
from frontoffice.ports import Aanroep, Klok, Pagina, Stop
from frontoffice.services.registreren import ONGEDAAN_S, Registreerinstellingen, make_uniek
from frontoffice.services.terugbellen import Bewaard, OpenWinkel, make_gezien
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.takenpoort import Takenregister
from frontoffice.uitvoeren import Lading, Uitvoerder

_PER_PAGINA = 100
_TEGELIJK = 4
_MEESTE_PAGINAS = 200
_TIJD_S = 60.0


@dataclass(frozen=True)
class Beloftevraag:
    """Wat er wordt beloofd, en waar het vandaan komt.

    `kanaal` is hoe het de klant is gezegd. Van `verzoek`, `zaak`, `afspraak` en `melding` is er hoogstens één
    nodig: waar de belofte over gaat (een rij van de werklijst, de uuid van een zaak, het nummer van een
    afspraak of melding). Zonder die gaat zij over het gesprek zelf.
    """

    wat: str
    aan: Afdeling
    uiterlijk: date
    beloofd: date
    kanaal: str
    onderwerp: str = ""
    notitie: str = ""
    klant: Gesprekspartner | None = None
    bellen: bool = False
    verzoek: Terugbelrij | None = None
    zaak: str = ""
    afspraak: str = ""
    melding: str = ""


class Beloftedienst:
    """Beloften lezen en maken. Roep alles aan buiten de schermdraad."""

    def __init__(
        self,
        lijst: Terugbellijst,
        taken: Takenregister,
        open_winkel: OpenWinkel,
        klok: Klok,
        uitvoerder: Uitvoerder,
        instellingen: Registreerinstellingen,
        normen: Normen,
    ) -> None:
        self._lijst = lijst
        self._taken = taken
        self._open_winkel = open_winkel
        self._klok = klok
        self._uitvoerder = uitvoerder
        self._instellingen = instellingen
        self._normen = normen

    # --- lezen ------------------------------------------------------------------------------------------

    def load_open(self, wiens: Wiens, stop: Stop, *, te_laat: bool = False) -> tuple[Belofte, ...]:
        """Open beloften die bij mij, mijn team of iedereen liggen; wat het eerst is beloofd eerst."""
        (*_, lijst) = self._lijst.load(wiens, stop)
        beloften = self._make_beloften(rij.taak for rij in lijst.rijen)
        return tuple(b for b in beloften if not te_laat or b.stand is Beloftestand.TE_LAAT)

    def load_door_mij(self, stop: Stop) -> tuple[Belofte, ...]:
        """Open beloften die ik zelf deed, bij wie zij ook liggen: uit mijn laatste vijfhonderd contacten."""
        actoren = self._lijst.find_actoren(Wiens.MIJN, stop)
        eigen: set[str] = set()

        def load(actor: str, _: object, aanroep: Aanroep) -> None:
            eigen.update(self._taken.find_eigen_contacten(actor, 500, aanroep))

        plan = [Lading(actor, partial(load, actor)) for actor in actoren]
        for uitkomst in self._uitvoerder.run(plan, seconden=_TIJD_S, stop=stop):
            if uitkomst.fout is not None:
                raise uitkomst.fout
        (*_, lijst) = self._lijst.load(Wiens.ALLE, stop)
        return tuple(
            self._make_beloften(rij.taak for rij in lijst.rijen if rij.taak.klantcontact_uuid in eigen)
        )

    def load_periode(self, van: date, tot: date, stop: Stop) -> tuple[Belofte, ...]:
        """Alle beloften die in deze dagen (met `tot`) zijn gedaan, open en afgehandeld; nieuwste eerst.

        Het register zoekt niet op periode: dit leest van nieuw naar oud tot vóór `van`.
        """
        taken: dict[str, InterneTaak] = {}
        for is_open in (True, False):
            for taak in self._load_vanaf(van, is_open, stop):
                taken[taak.uuid] = taak
        beloften = self._make_beloften(taken.values())
        binnen = [b for b in beloften if b.gedaan_op is None or van <= taal.dag_van(b.gedaan_op) <= tot]
        return tuple(sorted(binnen, key=_nieuwste_eerst))

    def _load_vanaf(self, van: date, is_open: bool, stop: Stop) -> Iterator[InterneTaak]:
        nummer = 1
        while nummer <= _MEESTE_PAGINAS:

            def load(pagina: int, _: object, aanroep: Aanroep) -> Pagina[InterneTaak]:
                return self._taken.load_taken(pagina, _PER_PAGINA, aanroep, is_open=is_open)

            plan = [Lading(str(nummer + n), partial(load, nummer + n)) for n in range(_TEGELIJK)]
            paginas = []
            for uitkomst in self._uitvoerder.run(plan, seconden=_TIJD_S, stop=stop):
                if uitkomst.fout is not None:
                    raise uitkomst.fout
                paginas.append(cast(Pagina[InterneTaak], uitkomst.waarde))
            rijen = [taak for pagina in paginas for taak in pagina.rijen]
            yield from rijen
            oud = any(t.toegewezen_op is not None and taal.dag_van(t.toegewezen_op) < van for t in rijen)
            if oud or len(rijen) < _PER_PAGINA * _TEGELIJK:
                return
            nummer += _TEGELIJK

    def _make_beloften(self, taken: Iterable[InterneTaak]) -> list[Belofte]:
        vandaag = self._klok.vandaag()
        beloften = [b for taak in taken if (b := make_belofte(taak, vandaag)) is not None]
        return sorted(beloften, key=lambda b: (b.beloofd, b.taak_uuid))

    # --- maken ------------------------------------------------------------------------------------------

    def propose_datum(self, onderwerp: str = "", kanaal: str = "", *, bellen: bool = False) -> date:
        """De dag om te beloven volgens de norm, in werkdagen vanaf vandaag."""
        waarvoor = Waarvoor.TERUGBELLEN if bellen else Waarvoor.LATEN_WETEN
        return self._normen.find_datum(waarvoor, self._klok.vandaag(), onderwerp, kanaal)

    def promise(self, vraag: Beloftevraag, *, ongedaan_s: float = ONGEDAAN_S) -> Bewaard:
        """Leg de belofte vast als contact met een taak eraan; gaat langs de outbox. Raises InvoerFout,
        WinkelFout."""
        wat = " ".join(clean_tekst(vraag.wat).split())
        soort = TERUGBELLEN if vraag.bellen else DOEN
        toelichting = f"{format_belofte(vraag.uiterlijk, vraag.beloofd, soort)}\n{quote_eigen(wat)}"
        self._check(vraag, wat, toelichting)
        handeling = "Terugbellen" if vraag.bellen else f"{LATEN_WETEN}: {wat}"
        winkel, nu, sleutel = self._open_winkel(), self._klok.nu(), str(uuid.uuid4())
        opdracht = Registratie(
            uuid=sleutel,
            referentienummer=winkel.next_referentienummers(1)[0],
            medewerker=self._instellingen.medewerker,
            medewerker_naam=self._instellingen.medewerker_naam,
            kanaal=vraag.kanaal,
            onderwerp=(vraag.onderwerp.strip() or wat)[:MAX_ONDERWERP],
            inhoud=clean_tekst(vraag.notitie).strip() or f"Beloofd: {wat}"[:MAX_INHOUD],
            taal=self._instellingen.taal,
            vertrouwelijk=_is_vertrouwelijk(vraag.verzoek),
            gelukt=True,
            plaatsgevonden_op=make_uniek(nu, sleutel),
            groep=sleutel,
            deelnemers=(Deelnemer(vraag.klant, Rol.KLANT, initiator=False),) if vraag.klant else (),
            zaken=(vraag.zaak,) if vraag.zaak else (),
            meldingen=(vraag.melding,) if vraag.melding else (),
            taak=Taakopgave(vraag.aan, handeling[:MAX_HANDELING], toelichting),
            vervolg=self._make_vervolg(vraag.verzoek, nu),
            metadata=_metadata(vraag, sleutel),
        )
        tot = nu + timedelta(seconds=ongedaan_s)
        return Bewaard(winkel.add(opdracht, tot), sleutel, tot)

    def _check(self, vraag: Beloftevraag, wat: str, toelichting: str) -> None:
        if not wat:
            raise InvoerFout("Schrijf op wat u belooft.", code="wat_ontbreekt")
        if not vraag.kanaal.strip():
            raise InvoerFout("Kies hoe u het de klant hebt gezegd.", code="kanaal")
        if not (vraag.aan.object_id or vraag.aan.naam):
            raise InvoerFout("Kies wie dit doet.", code="aan_ontbreekt")
        if vraag.uiterlijk < self._klok.vandaag():
            raise InvoerFout("De datum is al voorbij. Kies een latere dag.", code="uiterlijk")
        if vraag.beloofd < vraag.uiterlijk:
            raise InvoerFout(
                "De klant verwacht ons eerder dan de afdeling klaar is. Kies een latere dag.", code="beloofd"
            )
        te_veel = max(
            len(toelichting) - (MAX_TOELICHTING - RUIMTE),
            len(clean_tekst(vraag.notitie).strip()) - MAX_INHOUD,
        )
        if te_veel > 0:
            raise InvoerFout(f"De tekst is {te_veel} tekens te lang. Kort hem in.", code="te_lang")

    def _make_vervolg(self, verzoek: Terugbelrij | None, nu: datetime) -> Taakstap | None:
        """Beloofd tijdens het terugbellen: dan is er ook gesproken."""
        if verzoek is None:
            return None
        door = self._instellingen.medewerker_naam
        return Taakstap(
            verzoek.uuid, verzoek.contact_uuid, Taakactie.GESPROKEN, nu, door, make_gezien(verzoek)
        )


def make_belofte(taak: InterneTaak, vandaag: date) -> Belofte | None:
    """De belofte in een taak; None als er geen datum in staat."""
    tekst = taak.tekst
    if tekst.datums is None:
        return None
    return Belofte(
        taak_uuid=taak.uuid,
        contact_uuid=taak.klantcontact_uuid,
        wat=taak.gevraagde_handeling,
        bellen=tekst.soort == TERUGBELLEN,
        uiterlijk=tekst.datums.uiterlijk,
        beloofd=tekst.datums.beloofd,
        gedaan_op=taak.toegewezen_op,
        afgehandeld_op=taak.afgehandeld_op,
        verteld=tekst.verteld,
        stand=find_stand(tekst, taak.is_open, vandaag),
        actor_uuids=taak.actor_uuids,
    )


def _nieuwste_eerst(belofte: Belofte) -> tuple[float, str]:
    return (-belofte.gedaan_op.timestamp() if belofte.gedaan_op else 0.0, belofte.taak_uuid)


def _is_vertrouwelijk(verzoek: Terugbelrij | None) -> bool:
    return verzoek is not None and (verzoek.beller is None or verzoek.beller.vertrouwelijk)


def _metadata(vraag: Beloftevraag, sleutel: str) -> dict[str, str]:
    metadata = {
        "gesprek": sleutel,
        SLEUTEL: sleutel,
        "belofteuiterlijk": vraag.uiterlijk.isoformat(),
        "beloftebeloofd": vraag.beloofd.isoformat(),
    }
    if vraag.afspraak:
        metadata["afspraak"] = vraag.afspraak
    if vraag.verzoek is not None:
        metadata |= {METADATA_TAAK: vraag.verzoek.uuid, METADATA_ACTIE: Taakactie.GESPROKEN.value}
    return metadata
