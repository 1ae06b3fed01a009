"""Mag deze stap nu: loopt de avond, staat het bezoek goed, is de balie vrij, is het nog terug te draaien.

Leest onder het slot en weigert met een zin die zegt wie er eerder was of wat er wel kan. Schrijft niets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondregels, Avondstand, Bezoek
from frontoffice.agenda.vanavond.stappen import MAG
from frontoffice.agenda.vanavond.verloop import NOTITIE, ONGEDAAN, effective, happened
from frontoffice.agendapoort import AgendaTransactie, Gebeurtenis, IemandWasEerder, Wie
from frontoffice.domain import taal
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.services.afspraakwaarden import BestaatNiet
from frontoffice.services.vanavondstand import LOOPT
from frontoffice.services.vanavondwaarden import AlGedaan, Antwoord, Laatste, NogBezig, restore

_NAAR = {
    "bezoek_aangemeld": Toestand.AANGEMELD,
    "bezoek_opgeroepen": Toestand.OPGEROEPEN,
    "bezoek_terug": Toestand.AANGEMELD,
    "bezoek_aan_de_balie": Toestand.AAN_DE_BALIE,
    "bezoek_even_apart": Toestand.EVEN_APART,
    "bezoek_hervat": Toestand.AAN_DE_BALIE,
    "bezoek_klaar": Toestand.KLAAR,
    "bezoek_niet_gekomen": Toestand.NIET_GEKOMEN,
    "bezoek_toch_gekomen": Toestand.AANGEMELD,
}
_WOORD = {
    Toestand.BEVESTIGD: "nog niet aangemeld",
    Toestand.AANGEMELD: "aangemeld",
    Toestand.OPGEROEPEN: "opgeroepen",
    Toestand.AAN_DE_BALIE: "aan de balie",
    Toestand.EVEN_APART: "even apart",
    Toestand.KLAAR: "klaar",
    Toestand.NIET_GEKOMEN: "niet gekomen",
    Toestand.AFGEZEGD: "afgezegd",
}


def check_loopt(toestand: AvondToestand) -> None:
    """Raises Geweigerd als de avond niet loopt."""
    if toestand in LOOPT:
        return
    if toestand is AvondToestand.AFGESLOTEN:
        raise Geweigerd("Deze avond is afgesloten. Open hem opnieuw als er nog iets moet.", code="afgesloten")
    raise Geweigerd("De avond is nog niet begonnen. Open eerst de avond.", code="niet_begonnen")


def find_bezoek(tx: AgendaTransactie, datum: date, id_: str) -> Bezoek:
    """Raises BestaatNiet als het niet (meer) van die avond is."""
    bezoek = tx.load_bezoek(datum, id_)
    if bezoek is None:
        raise BestaatNiet("Dit bezoek is niet meer van vanavond. Zoek op naam, nummer of code.")
    return bezoek


def check_vrij(stand: Avondstand, balie: str, behalve: str = "") -> None:
    """Raises NogBezig (E04), InvoerFout bij een balie die er niet is."""
    if balie not in stand.balienamen:
        raise InvoerFout("Deze balie staat niet in de inrichting. Kies een andere balie.", code="balie")
    bezig = stand.at_balie(balie)
    if bezig is not None and bezig.id != behalve:
        raise NogBezig(bezig)


def check_stap(tx: AgendaTransactie, bezoek: Bezoek, soort: str, balie: str = "") -> None:
    """Raises AlGedaan als het al zo is, IemandWasEerder als het bezoek intussen anders staat."""
    if bezoek.toestand not in MAG[soort]:
        wie, wanneer, zin = _who(tx, bezoek)
        if bezoek.toestand is _NAAR.get(soort):
            raise AlGedaan(f"{zin} Er is niets veranderd.", wie=wie, wanneer=wanneer)
        raise IemandWasEerder(f"{zin} Kijk opnieuw.", wie=wie, wanneer=wanneer)
    if balie and bezoek.toestand in AAN_BALIE and bezoek.balie != balie:
        raise IemandWasEerder(f"{bezoek.volgnummer} is bij een andere balie. Kijk opnieuw.")


def _who(tx: AgendaTransactie, bezoek: Bezoek) -> tuple[str, datetime | None, str]:
    wat = f"{bezoek.volgnummer or 'Dit bezoek'} is al {_WOORD[bezoek.toestand]}"
    if bezoek.toestand is Toestand.BEVESTIGD:
        wat = f"{bezoek.volgnummer or 'Dit bezoek'} is {_WOORD[bezoek.toestand]}"
    laatste = tx.load_laatste(bezoek.id)
    if laatste is None:
        return "", None, f"{wat}."
    wie = laatste.wie.medewerker
    return wie, laatste.op, f"{wat}, door {wie} om {taal.tijd(laatste.op)}."


# --- ongedaan ---------------------------------------------------------------------------------------------


def undo_step(tx: AgendaTransactie, bezoek: Bezoek, stap: str, gedaan: Antwoord, om: datetime) -> Bezoek:
    """Het bezoek van voor de stap. Raises Geweigerd, IemandWasEerder."""
    if gedaan.stap == ONGEDAAN:
        raise Geweigerd("Dit was zelf al ongedaan maken. Doe de stap gewoon opnieuw.", code="niet_ongedaan")
    if gedaan.stap == NOTITIE:
        raise Geweigerd("Een notitie wijzigt u zelf terug.", code="niet_ongedaan")
    regels = tx.load_inrichting()[0].locatie.avondregels
    geldig = effective(tx.load_stappen_van(bezoek.id)).get(bezoek.id)
    if not geldig or geldig[-1].na.get("verzoek") != stap:
        wie, wanneer, zin = _who(tx, bezoek)
        raise IemandWasEerder(f"{zin} Deze stap is niet meer ongedaan te maken.", wie=wie, wanneer=wanneer)
    if om > gedaan.gedaan + timedelta(seconds=regels.ongedaan_seconden):
        raise Geweigerd(
            f"Ongedaan maken kan tot {regels.ongedaan_seconden} seconden erna. Kies de stap die nu klopt.",
            code="te_laat_ongedaan",
        )
    if gedaan.voor is None:
        return replace(bezoek, toestand=Toestand.AFGEZEGD)
    terug = replace(restore(bezoek, gedaan.voor), versie=bezoek.versie, volgnummer=bezoek.volgnummer)
    if gedaan.stap == "bezoek_klaar":
        terug = replace(terug, uitkomsten=())
    return terug


def last_own(stappen: Iterable[Gebeurtenis], wie: Wie, nu: datetime, regels: Avondregels) -> Laatste | None:
    """De laatste eigen stap die nog terug kan: daarna is er met dat bezoek niets meer gedaan."""
    eigen = [
        rij[-1]
        for rij in effective(stappen).values()
        if rij and rij[-1].wie == wie and rij[-1].na.get("verzoek")
    ]
    if not eigen:
        return None
    laatste = max(eigen, key=lambda stap: stap.op)
    over = regels.ongedaan_seconden - int((nu - happened(laatste)).total_seconds())
    if over <= 0:
        return None
    na = laatste.na
    return Laatste(na["verzoek"], laatste.onderwerp, na["volgnummer"], laatste.soort, laatste.op, over)
