"""Zet een ingelezen bestand in de agenda: inrichting, avonden en afspraken, alles of niets.

Lezen en keuren doet `frontoffice.agenda.lezen`. Afspraken uit een bestand gaan voorbij aan aanlooptijd,
horizon en limieten, maar nooit aan een balie die bezet is.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from frontoffice.agenda.afspraak import ZONDER_PLEK, Afspraak, Contactgegevens
from frontoffice.agenda.avond import KIF, Avond, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Toewijzing, Vraag, find_balie
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.lezen import Inleesresultaat, InTeLezenAfspraak, read_inrichting
from frontoffice.agenda.tijd import tijdlabel, tikken, to_tik
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Wie
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van, datum_kort
from frontoffice.services.afspraakgegevens import check_gegevens, make_vingerafdruk
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.avondbeelden import to_avond
from frontoffice.services.avonden import Avondendienst, InrichtingFout
from frontoffice.services.inrichten import diff_inrichting

REDEN = "ingelezen uit een bestand"
_RUIMTE = uuid.UUID("0d0b3f1e-5a3e-4a55-9a63-8f6f0c7a1b22")


@dataclass(frozen=True)
class Ingelezen:
    """Wat er is veranderd. `te_verzetten`: hoeveel bestaande afspraken nu niet meer kunnen."""

    onderdelen: int
    afspraken: int
    avonden: int
    te_verzetten: int
    waarschuwingen: tuple[str, ...]


def load_agenda(opslag: AgendaOpslag, wie: Wie, tekst: str, soort: str) -> Ingelezen:
    """Lees een bestand (soort "toml" of "json") in. Twee keer inlezen verandert niets meer.

    Raises InrichtingFout met alle fouten tegelijk; dan is er niets veranderd.
    """
    huidig, _ = opslag.load_inrichting()
    basis = huidig if huidig.locatie.naam else None
    resultaat = read_inrichting(tekst, soort, basis)
    if resultaat.inrichting is None:
        raise InrichtingFout(resultaat.fouten)
    dienst = Avondendienst(opslag, wie)
    wijzigingen = diff_inrichting(huidig, resultaat.inrichting)
    boeker = _Boeker(wie, resultaat)

    def rest(tx: AgendaTransactie) -> None:
        boeker.write(tx)
        for avond in resultaat.avonden:
            dienst.write_avond(tx, avond.datum, avond.toestand, avond.notitie)

    gevolgen = dienst.apply(
        dienst.preview(wijzigingen),
        verzoek_id=str(uuid.uuid4()),
        reden=REDEN,
        dagen_erbij={*boeker.dagen, *(avond.datum for avond in resultaat.avonden)},
        erbij=rest,
    )
    return Ingelezen(
        sum(len(w.bewaar) + len(w.weg) for w in wijzigingen),
        boeker.aantal,
        len(resultaat.avonden),
        len(gevolgen.te_verzetten),
        resultaat.waarschuwingen,
    )


class _Boeker:
    """De afspraken van een bestand, binnen het slot van al hun avonden."""

    def __init__(self, wie: Wie, resultaat: Inleesresultaat) -> None:
        self._wie = wie
        self._resultaat = resultaat
        self.dagen = frozenset(dag_van(afspraak.begin) for afspraak in resultaat.afspraken)
        self.aantal = 0

    def write(self, tx: AgendaTransactie) -> None:
        """Raises InrichtingFout met elke afspraak die niet past."""
        fouten: list[str] = []
        self.aantal = 0
        avonden = {dag: self._avond(tx, dag) for dag in self.dagen}
        gelijk: Counter[str] = Counter()
        for nummer, afspraak in enumerate(self._resultaat.afspraken, 1):
            # Twee dezelfde regels zijn twee afspraken; het hele bestand nog eens inlezen maakt er geen bij.
            gelijk[repr(afspraak)] += 1
            eigen = str(uuid.uuid5(_RUIMTE, f"{afspraak!r} {gelijk[repr(afspraak)]}"))
            verzoek = afspraak.verzoek or eigen
            afdruk = make_vingerafdruk("inlezen", verzoek)
            if tx.load_verzoek(verzoek, afdruk) is not None:
                continue
            dag = dag_van(afspraak.begin)
            try:
                avonden[dag] = self._book(tx, avonden[dag], afspraak, nummer, verzoek)
            except InvoerFout as fout:
                fouten.append(fout.uitleg)
                continue
            tx.note_verzoek(verzoek, afdruk, {"soort": "ingelezen", "id": verzoek})
            self.aantal += 1
        if fouten:
            raise InrichtingFout(fouten)

    def _avond(self, tx: AgendaTransactie, dag: date) -> Avond:
        inrichting, _ = tx.load_inrichting()
        return to_avond(inrichting, Kalender(inrichting), tx.load_avond(dag))

    def _book(
        self, tx: AgendaTransactie, avond: Avond, afspraak: InTeLezenAfspraak, nummer: int, id_: str
    ) -> Avond:
        plan, plek, daarna = _plan(self._resultaat, avond, afspraak, nummer, id_)
        gegevens = check_gegevens(_gegevens(afspraak), avond.datum)
        tx.move_balies(avond.datum, plek.verhuizingen)
        tx.add_afspraak(
            Afspraak(
                id=id_,
                nummer=tx.next_nummer(dag_van(tx.nu).year),
                code=tx.next_code(),
                datum=avond.datum,
                begin=afspraak.begin,
                eind=afspraak.begin + timedelta(minutes=plan.minuten),
                buffer=plan.buffer,
                balie=plek.balie,
                toestand=afspraak.toestand,
                regels=plan.regels,
                eisen=plan.eisen,
                klant=gegevens.klant,
                kanaal=afspraak.kanaal,
                behoeften=afspraak.behoeften,
                taal=afspraak.taal,
                opmerking=gegevens.opmerking,
                vaste_balie=afspraak.vaste_balie,
                gemaakt_op=tx.nu,
            ),
            self._wie,
            REDEN,
        )
        return daarna


def _plan(
    resultaat: Inleesresultaat, avond: Avond, afspraak: InTeLezenAfspraak, nummer: int, id_: str = ""
) -> tuple[Plan, Toewijzing, Avond]:
    """De plek van een afspraak en de avond daarna. Raises InvoerFout als zij niet past."""
    assert resultaat.inrichting is not None
    if avond.eigenaar != KIF:
        raise InvoerFout(_zin(nummer, afspraak, f"deze avond wordt in {avond.eigenaar} gepland. Boek daar"))
    wens = Wens(afspraak.producten, afspraak.behoeften, afspraak.taal, afspraak.kanaal)
    plan = plan_wens(resultaat.inrichting, wens, avond.datum)
    if isinstance(plan, Weigering):
        raise InvoerFout(_zin(nummer, afspraak, plan.redenen[0].tekst.rstrip(".")))
    if afspraak.minuten is not None:
        duur = tikken(afspraak.minuten)
        plan = replace(plan, tikken=duur, minuten=duur * 5)
    if afspraak.toestand in ZONDER_PLEK:
        return plan, Toewijzing(afspraak.balie or "geen"), avond
    vak = plan.vak(to_tik(afspraak.begin))
    plek = Toewijzing(afspraak.balie) if afspraak.balie else find_balie(avond, Vraag(vak, plan.eisen))
    bezet = plek is not None and any(
        i.balie == plek.balie and i.vak.raakt(vak) and i.id not in plek.verhuizingen for i in avond.inhoud
    )
    if plek is None or bezet:
        raise InvoerFout(_zin(nummer, afspraak, "er is dan geen balie vrij die dit kan"))
    nieuw = Inhoud(
        SoortInhoud.AFSPRAAK, id_ or f"bestand {nummer}", vak, plek.balie, plan.eisen, plan.producten,
        vast=afspraak.vaste_balie, kanaal=afspraak.kanaal, buffer=plan.buffer_tikken,
    )  # fmt: skip
    verhuisd = (replace(i, balie=plek.verhuizingen.get(i.id, i.balie)) for i in avond.inhoud)
    return plan, plek, replace(avond, inhoud=(*verhuisd, nieuw))


def _gegevens(afspraak: InTeLezenAfspraak) -> Boekgegevens:
    geen = afspraak.geen_contact or not (afspraak.telefoon or afspraak.email)
    return Boekgegevens(
        Contactgegevens(afspraak.naam, afspraak.telefoon, afspraak.email, geen, afspraak.geboortedatum),
        afspraak.opmerking,
    )


def _zin(nummer: int, afspraak: InTeLezenAfspraak, wat: str) -> str:
    dag = dag_van(afspraak.begin)
    return f"Afspraken {nummer} ({datum_kort(dag, dag)}, {tijdlabel(afspraak.begin)}): {wat}."
