"""Wie zonder afspraak komt: past het, een volgnummer en een plek in het rooster; en die plek daarna.

Of het past en waar, zegt `agenda.vanavond.inpassen`. Schrijft onder het slot van de avond.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.tijd import Vak, to_tik
from frontoffice.agenda.vanavond.bezoek import Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.inpassen import PastNiet as KanNietInpassen
from frontoffice.agenda.vanavond.inpassen import Plaats, fit_in
from frontoffice.agenda.vanavond.wat_wel import find_wat_wel
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Gebeurtenis, Stapgegevens, Wie
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import LANGSTE_NAAM, has_bsn, make_vingerafdruk, to_wensdict
from frontoffice.services.schrijven import Schrijver
from frontoffice.services.vanavondregels import check_loopt, find_bezoek
from frontoffice.services.vanavondstand import Standlezer, fill
from frontoffice.services.vanavondwaarden import Antwoord, PastNiet, read_antwoord, restore, to_dict

_SOORT = "bezoek_zonder_afspraak"


class Inloop:
    """Zonder afspraak: wie past er nog bij, en wie niet. `Vanavonddienst` is de voorkant."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie, stand: Standlezer) -> None:
        self._opslag = opslag
        self._wie = wie
        self._schrijver = Schrijver(opslag)
        self._stand = stand

    def walk_in(
        self,
        wens: Wens,
        naam: str,
        *,
        verzoek_id: str,
        voorrang: bool,
        op: datetime | None,
        volgnummer: str,
        toch: bool,
    ) -> Bezoek:
        """Zie `Vanavonddienst.walk_in`."""
        datum = dag_van(op if op is not None else self._opslag.nu())
        schoon = _naam(naam)
        self._check_wens(wens)
        gezocht = None if toch else self._search(datum, wens, voorrang)

        def write(tx: AgendaTransactie) -> tuple[Bezoek, Mapping[str, Any]]:
            check_loopt(tx.load_toestand(datum))
            stand = self._stand.load_binnen(tx, datum)
            inrichting, _ = tx.load_inrichting()
            plan = plan_wens(inrichting, wens, datum)
            plaats = None
            if not toch:
                zelfde = gezocht is not None and gezocht[1] == stand.avond.versie
                uit = gezocht[0] if gezocht is not None and zelfde else None
                if not isinstance(uit, KanNietInpassen):
                    kalender, vanaf = self._stand.kalender(inrichting), uit.begin if uit is not None else None
                    uit = fit_in(stand, inrichting, kalender, plan, tx.nu, voorrang=voorrang, vanaf=vanaf)
                if isinstance(uit, KanNietInpassen):
                    raise PastNiet.of_uitkomst(uit)
                plaats = uit
            if isinstance(plan, Weigering):
                raise PastNiet(" ".join(reden.tekst for reden in plan.redenen))
            om = tx.nu if op is None else min(op, tx.nu)
            bezoek = self._make(tx, verzoek_id, datum, wens, plan, om, voorrang, volgnummer)
            waarom = "" if plaats is None else _waarom(plaats)
            eigen = plaats.begin if plaats is not None and plaats.vast else None
            stap = Stapgegevens(verzoek_id, waarom, None if op is None else om, eigen)
            bezoek = tx.add_bezoek(bezoek, self._wie, _SOORT, naam=schoon, stap=stap)
            bezoek = replace(bezoek, gepland=self._place(tx, bezoek, plan, plaats))
            antwoord = Antwoord(bezoek.id, datum, _SOORT, om, to_dict(bezoek))
            return fill(bezoek, inrichting), antwoord.to_json()

        def repeat(tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> Bezoek:
            gedaan = read_antwoord(antwoord)
            assert gedaan is not None
            bezoek = find_bezoek(tx, datum, gedaan.id)
            return restore(fill(bezoek, tx.load_inrichting()[0]), gedaan.na)

        afdruk = make_vingerafdruk(_SOORT, to_wensdict(wens), schoon, voorrang)
        try:
            return self._schrijver.run(verzoek_id, afdruk, {datum}, write, repeat)
        except PastNiet as fout:
            with contextlib.suppress(KifFout):  # de weigering zelf is belangrijker dan haar telling
                self.refuse(wens, fout.waarom, verzoek_id=verzoek_id, op=op)
            raise self._with_wat_wel(fout, datum, wens) from None

    def _search(self, datum: date, wens: Wens, voorrang: bool) -> tuple[Plaats | KanNietInpassen, int] | None:
        """Zoek alvast buiten het slot: zo hoeft een collega niet te wachten tot de avond is nagespeeld.

        Met de versie van de avond waarvoor dat geldt; None als er geen stand is.
        """
        stand = self._stand.load(datum)
        if stand is None:
            return None
        inrichting, _ = self._opslag.load_inrichting()
        plan, kalender = plan_wens(inrichting, wens, datum), self._stand.kalender(inrichting)
        uit = fit_in(stand, inrichting, kalender, plan, stand.nu, voorrang=voorrang)
        return uit, stand.avond.versie

    def _with_wat_wel(self, fout: PastNiet, datum: date, wens: Wens) -> PastNiet:
        """Met wat er wel kan: pas buiten het slot, want elke poging speelt de avond na."""
        try:
            stand = self._stand.load(datum)
            inrichting, _ = self._opslag.load_inrichting()
        except KifFout:  # de weigering zelf is belangrijker
            return fout
        if stand is None:
            return fout
        wel = find_wat_wel(stand, inrichting, self._stand.kalender(inrichting), wens, stand.nu)
        return PastNiet.of_uitkomst(KanNietInpassen(fout.uitleg, fout.waarom, fout.wacht), wel)

    def _check_wens(self, wens: Wens) -> None:
        inrichting, _ = self._opslag.load_inrichting()
        if not wens.regels or any(regel.product not in inrichting.product for regel in wens.regels):
            raise InvoerFout("Kies waarvoor iemand komt.", code="product")
        if any(regel.personen < 1 for regel in wens.regels):
            raise InvoerFout("Kies minstens één persoon.", code="personen")
        if any(code not in inrichting.behoefte for code in wens.behoeften):
            raise InvoerFout("Deze behoefte kennen wij niet. Kies uit de lijst.", code="behoefte")

    def _make(
        self,
        tx: AgendaTransactie,
        id_: str,
        datum: date,
        wens: Wens,
        plan: Plan,
        om: datetime,
        voorrang: bool,
        volgnummer: str,
    ) -> Bezoek:
        soort = SoortBezoek.ZONDER_AFSPRAAK
        return Bezoek(
            id=id_,
            datum=datum,
            volgnummer=volgnummer or tx.next_volgnummer(datum, soort),
            soort=soort,
            toestand=Toestand.AANGEMELD,
            regels=plan.regels,
            eisen=plan.eisen,
            minuten=plan.minuten,
            voorrang=voorrang,
            behoeften=wens.behoeften,
            taal=wens.taal,
            aangemeld_op=om,
        )

    def _place(self, tx: AgendaTransactie, bezoek: Bezoek, plan: Plan, plaats: Plaats | None) -> str:
        """Neem de plek in het rooster; geeft haar balie. Is zij in de bezetting niet vrij, dan wacht hij
        zonder eigen tijd (leeg)."""
        if plaats is None or not plaats.vast:
            return ""
        tx.move_balies(bezoek.datum, plaats.verhuizingen)
        gelukt = tx.set_bezoekplek(bezoek, plaats.balie, plan.vak(to_tik(plaats.begin)))
        return plaats.balie if gelukt else ""

    def refuse(self, wens: Wens, waarom: str, *, verzoek_id: str, op: datetime | None) -> None:
        """Zie `Vanavonddienst.refuse`. Hetzelfde verzoek telt maar één keer."""
        datum = dag_van(op if op is not None else self._opslag.nu())
        inrichting, _ = self._opslag.load_inrichting()
        groepen = [p.groep for r in wens.regels if (p := inrichting.product.get(r.product)) and p.groep]
        na = {"waarom": waarom, "groep": ", ".join(dict.fromkeys(groepen))}
        if op is not None:
            na["gebeurd_op"] = op.isoformat()
        sleutel = f"{verzoek_id}#geweigerd"

        def write(tx: AgendaTransactie) -> None:
            if tx.load_verzoek(sleutel, "") is None:
                onderwerp = f"bezoeken:{datum.isoformat()}"
                tx.note(Gebeurtenis(tx.nu, self._wie, "bezoek_geweigerd", onderwerp, datum, {}, na))
                tx.note_verzoek(sleutel, "", {"soort": "geweigerd"})

        self._schrijver.change({datum}, write)

    # --- de plek daarna -------------------------------------------------------------------------------------

    def plek_van(self, tx: AgendaTransactie, bezoek: Bezoek) -> tuple[str, int, int] | None:
        """De plek van wie zonder afspraak komt, om haar bij ongedaan maken terug te kunnen geven."""
        plek = tx.load_bezoekplek(bezoek.id) if bezoek.soort is SoortBezoek.ZONDER_AFSPRAAK else None
        return None if plek is None else (plek[0], plek[1].begin, plek[1].eind)

    def restore_plek(self, tx: AgendaTransactie, bezoek: Bezoek, gedaan: Antwoord) -> None:
        """Geef na ongedaan maken de plek terug; is zij al vergeven, dan wacht hij zonder eigen tijd."""
        if gedaan.voor is None:
            tx.set_bezoekplek(bezoek, "", None)
            tx.forget_bezoeknaam(bezoek.id)
        elif gedaan.na["toestand"] in (Toestand.KLAAR.value, Toestand.NIET_GEKOMEN.value):
            if bezoek.soort is SoortBezoek.AFSPRAAK:
                tx.retake_bezoekplek(bezoek)
            elif gedaan.plek is not None:
                balie, begin, eind = gedaan.plek
                tx.set_bezoekplek(bezoek, balie, Vak(begin, eind))


def _waarom(plaats: Plaats) -> str:
    return f"Past erbij, over ongeveer {plaats.wacht_min} minuten."


def _naam(naam: str) -> str:
    """Mag leeg zijn: een volgnummer is genoeg. Raises InvoerFout."""
    schoon = " ".join(naam.split())
    if len(schoon) > LANGSTE_NAAM:
        raise InvoerFout(f"Deze naam is te lang. Gebruik hoogstens {LANGSTE_NAAM} tekens.", code="naam")
    if has_bsn(schoon):
        raise InvoerFout(
            "Hier staat een burgerservicenummer. Haal dat weg: de agenda bewaart het niet.", code="naam"
        )
    return schoon
