"""Wat er onder het slot van een avond gebeurt om een afspraak te plaatsen, te vervangen of te weigeren.

Hoort bij `afspraken`, dat de sloten neemt en verzoeken bewaakt. Roept nooit zelf om een slot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.avond import KIF, Avond
from frontoffice.agenda.boeken import decide, decide_extra
from frontoffice.agenda.indelen import Toewijzing
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.meegeven import answers_for, with_kosten
from frontoffice.agenda.reden import Reden
from frontoffice.agenda.tijd import floor_tik, tijdlabel
from frontoffice.agenda.tijdgrens import tijdgrens
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.voorwaarde import Omstandigheden, circumstances_of
from frontoffice.agenda.waarom import evening_reasons
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan, plan_van, plan_wens
from frontoffice.agendapoort import AgendaTransactie, AndereAgenda, IemandWasEerder, Wie
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import dag_van, tijd
from frontoffice.services.afspraakgegevens import as_answered
from frontoffice.services.afspraakwaarden import (
    MEESTE_KEREN_VERLENGD,
    AlAfgezegd,
    BestaatNiet,
    Boekgegevens,
    EigenPlek,
    TijdBezet,
    Vastgehouden,
)
from frontoffice.services.avondbeelden import to_avond

_PARKEER = "even-weg-"
"""Balie die niet bestaat: daar staat een afspraak tussen haar oude en nieuwe plek, binnen één transactie."""
_GEEN = "Deze afspraak staat niet meer in de agenda. Zoek hem opnieuw op."


class Boekwerk:
    """De stappen van een boeking. Onthoudt alleen de kalender van de laatste inrichting."""

    def __init__(self, wie: Wie) -> None:
        self._wie = wie
        self._kalender: Kalender | None = None

    # --- plaats nemen --------------------------------------------------------------------------------------

    def take(
        self,
        tx: AgendaTransactie,
        wens: Wens,
        begin: datetime,
        *,
        zonder: Collection[str] = (),
        verzet: str = "",
        extra: bool = False,
        plan: Plan | Weigering | None = None,
    ) -> tuple[Plan, Toewijzing]:
        """Beslis, en laat anderen zo nodig van balie wisselen; de aanroeper schrijft daarna zijn eigen tijd.

        `zonder`: wat vervangen wordt; dan wisselt er nog niets, dat doet `replace`. `verzet`: de afspraak
        waarvoor dit een tweede plek is. `plan`: dat van toen, bij verzetten. Raises TijdBezet, EigenPlek,
        AndereAgenda.
        """
        inrichting, avond = self._avond(tx, begin)
        kalender = self.kalender(inrichting)
        if plan is None:
            plan = plan_wens(inrichting, wens, avond.datum)
        if isinstance(plan, Weigering):
            raise _bezet(begin, plan)
        if extra:
            redenen = _extra_redenen(inrichting, kalender, avond, plan, begin, tx.nu)
            keuze = Weigering(redenen) if redenen else decide_extra(avond, plan, begin)
        else:
            # Alternatieven zoekt de aanroeper, als niemand meer op dit slot wacht.
            keuze = decide(
                inrichting, kalender, avond, plan, begin, wens, tx.nu, zonder=zonder, alternatieven=False
            )
        if isinstance(keuze, Weigering):
            ruimer = {*zonder, verzet}
            if verzet and isinstance(
                decide(
                    inrichting, kalender, avond, plan, begin, wens, tx.nu, zonder=ruimer, alternatieven=False
                ),
                Toewijzing,
            ):
                raise EigenPlek("Deze tijd overlapt de huidige afspraak. Kies direct Verzetten.")
            raise _bezet(begin, keuze)
        if not zonder:
            tx.move_balies(avond.datum, keuze.verhuizingen)
        return plan, keuze

    def take_held(
        self, tx: AgendaTransactie, id_: str, wens: Wens, begin: datetime, verzet: str
    ) -> tuple[Plan, Toewijzing]:
        """De plek van een vastgehouden tijd. Is hij verlopen, dan opnieuw beslissen."""
        self._avond(tx, begin)  # is de avond intussen van een andere agenda, dan houdt het hier op
        reservering = tx.load_reservering(id_)
        tx.remove_reservering(id_)
        if reservering is None or reservering.verloopt <= tx.nu:
            oud = plan_van(reservering) if verzet and reservering else None
            return self.take(tx, wens, begin, zonder={verzet} if verzet else (), plan=oud)
        return plan_van(reservering), Toewijzing(reservering.balie)

    # --- schrijven -----------------------------------------------------------------------------------------

    def make(
        self,
        tx: AgendaTransactie,
        id_: str,
        wens: Wens,
        plan: Plan,
        plek: Toewijzing,
        begin: datetime,
        gegevens: Boekgegevens,
        *,
        extra_reden: str = "",
    ) -> Afspraak:
        """Schrijf een nieuwe afspraak met nummer en code."""
        dag, wat = dag_van(begin), gegevens.omstandigheden
        inrichting, _ = tx.load_inrichting()
        afspraak = Afspraak(
            id=id_,
            nummer=tx.next_nummer(dag_van(tx.nu).year),
            code=tx.next_code(),
            datum=dag,
            begin=begin,
            eind=begin + timedelta(minutes=plan.minuten),
            buffer=plan.buffer,
            balie=plek.balie,
            toestand=Toestand.BEVESTIGD,
            regels=with_kosten(inrichting, plan.regels, dag, wat) if wat else plan.regels,
            eisen=plan.eisen,
            klant=gegevens.klant,
            kanaal=wens.kanaal,
            behoeften=wens.behoeften,
            taal=wens.taal,
            opmerking=gegevens.opmerking,
            vaste_balie=bool(extra_reden),
            gemaakt_op=tx.nu,
            vervolg_van=gegevens.vervolg_van,
            antwoorden=answers_for(inrichting, plan.regels, wat, dag, gegevens.klant.geboortedatum),
        )
        tx.add_afspraak(afspraak, self._wie, extra_reden)
        return afspraak

    def replace(
        self,
        tx: AgendaTransactie,
        oud: Afspraak,
        wens: Wens,
        plan: Plan,
        plek: Toewijzing,
        begin: datetime,
        soort: str,
        reden: str = "",
        omstandigheden: Omstandigheden | None = None,
    ) -> Afspraak:
        """Zet de afspraak op haar nieuwe plek. Wie daarvoor van balie wisselt, mag haar oude plek krijgen.

        Zonder `omstandigheden` blijft staan wat er bij het boeken is geantwoord.
        """
        dag = dag_van(begin)
        inrichting, _ = tx.load_inrichting()
        wat = omstandigheden or circumstances_of(oud.antwoorden, oud.klant.geboortedatum)
        if plek.verhuizingen:
            opzij = {oud.id: f"{_PARKEER}{oud.id}"} if oud.datum == dag else {}
            tx.move_balies(dag, {**plek.verhuizingen, **opzij})
            oud = self.reread(tx, oud)
        nieuw = replace(
            oud,
            datum=dag,
            begin=begin,
            eind=begin + timedelta(minutes=plan.minuten),
            buffer=plan.buffer,
            balie=plek.balie,
            regels=with_kosten(inrichting, plan.regels, dag, wat),
            eisen=plan.eisen,
            antwoorden=answers_for(inrichting, plan.regels, wat, dag, oud.klant.geboortedatum),
            behoeften=wens.behoeften,
            taal=wens.taal,
            # Wie vanavond al binnen was, is er op een andere avond nog niet.
            toestand=oud.toestand if oud.datum == dag else Toestand.BEVESTIGD,
            vaste_balie=False,
            te_verzetten="",
            ics_volgnummer=oud.ics_volgnummer + 1,
        )
        return tx.update_afspraak(nieuw, self._wie, soort, reden)

    # --- lezen en nakijken ---------------------------------------------------------------------------------

    def kalender(self, inrichting: Inrichting) -> Kalender:
        """De kalender van deze inrichting, één keer uitgerekend zolang zij dezelfde is."""
        kalender = self._kalender
        if kalender is None or kalender.inrichting is not inrichting:
            kalender = self._kalender = Kalender(inrichting)
        return kalender

    def reread(self, tx: AgendaTransactie, afspraak: Afspraak) -> Afspraak:
        """De afspraak zoals ze nu is. Raises IemandWasEerder als een collega haar intussen verzette."""
        nu = tx.load_afspraak(afspraak.id)
        if nu is None:
            raise BestaatNiet(_GEEN)
        if nu.datum != afspraak.datum:
            raise was_eerder(nu)
        return nu

    def answered(self, tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> tuple[Afspraak, ...]:
        """De afspraken van een eerder antwoord, met tijd en balie van toen."""
        uit = []
        for deel in antwoord["afspraken"]:
            afspraak = tx.load_afspraak(deel["id"])
            if afspraak is None:
                raise BestaatNiet(_GEEN)
            uit.append(as_answered(afspraak, deel))
        return tuple(uit)

    def held(self, tx: AgendaTransactie, id_: str) -> Vastgehouden:
        """Wat is vastgehouden, met hoe vaak het is verlengd. Raises BestaatNiet."""
        reservering = tx.load_reservering(id_)
        if reservering is None:
            raise BestaatNiet("Deze tijd is niet meer vastgehouden. Kies de tijd opnieuw.")
        keren = 0
        while keren < MEESTE_KEREN_VERLENGD and tx.load_verzoek(verlenging(id_, keren), "") is not None:
            keren += 1
        return Vastgehouden(reservering, tx.nu, keren)

    def _avond(self, tx: AgendaTransactie, begin: datetime) -> tuple[Inrichting, Avond]:
        inrichting, _ = tx.load_inrichting()
        inhoud = tx.load_avond(dag_van(begin))
        if inhoud.eigenaar != KIF:
            raise AndereAgenda.boek_daar(inhoud.eigenaar)
        return inrichting, to_avond(inrichting, self.kalender(inrichting), inhoud)


def check_wijzigbaar(tx: AgendaTransactie, afspraak: Afspraak) -> None:
    """Raises AlAfgezegd, of Geweigerd als de afspraak is begonnen of al aan de gang is (C07)."""
    if afspraak.toestand is Toestand.AFGEZEGD:
        raise AlAfgezegd("Deze afspraak was al afgezegd.")
    if afspraak.toestand not in (Toestand.BEVESTIGD, Toestand.AANGEMELD):
        raise Geweigerd("Deze afspraak is al aan de gang. Rond hem af aan de balie.", code="al_bezig")
    if afspraak.begin <= tx.nu and not afspraak.te_verzetten:
        raise Geweigerd(
            f"De afspraak van {tijd(afspraak.begin)} is al begonnen. Kies Niet gekomen of Klaar.",
            code="al_begonnen",
        )


def was_eerder(nu: Afspraak) -> IemandWasEerder:
    return IemandWasEerder(
        f"Een collega wijzigde deze afspraak intussen: {toestandswoord(nu.toestand)}. Bekijk hem opnieuw."
    )


def toestandswoord(toestand: Toestand) -> str:
    """ "aan de balie"."""
    return toestand.value.replace("_", " ")


def verlenging(reservering_id: str, keer: int) -> str:
    """Onder welk verzoek-id de zoveelste verlenging is genoteerd."""
    return f"{reservering_id}#verlengd{keer}"


def _extra_redenen(
    inrichting: Inrichting, kalender: Kalender, avond: Avond, plan: Plan, begin: datetime, nu: datetime
) -> tuple[Reden, ...]:
    """Een extra plaats gaat voorbij aan balies en limieten, niet aan een dichte avond of het verleden."""
    grens = tijdgrens(inrichting, kalender, plan.producten, nu, overrulen=True)
    return evening_reasons(kalender, avond) + grens.reason(avond.datum, floor_tik(begin))


def _bezet(begin: datetime, weigering: Weigering) -> TijdBezet:
    reden = weigering.redenen[0].tekst if weigering.redenen else "Deze tijd is net vergeven."
    uitleg = f"Om {tijdlabel(begin)} kan het niet. {reden} Kies een andere tijd."
    return TijdBezet(uitleg, redenen=weigering.redenen, alternatieven=weigering.alternatieven)
