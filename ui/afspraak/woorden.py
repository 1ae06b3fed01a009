"""Tijden, kosten en zinnen zoals een medewerker ze leest of voorleest. Alleen tekst, in B1.

Kent geen widgets en geen dienst.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Locatie
from frontoffice.agenda.script import say_time
from frontoffice.agenda.tijd import tijdlabel
from frontoffice.agenda.voorstel import GeweigerdeStart, VrijeStart
from frontoffice.domain import taal
from ui.afspraak.dienst import Mogelijkheid

_TOESTANDEN = {
    Toestand.BEVESTIGD: "Bevestigd",
    Toestand.AANGEMELD: "Aangemeld",
    Toestand.OPGEROEPEN: "Opgeroepen",
    Toestand.AAN_DE_BALIE: "Aan de balie",
    Toestand.EVEN_APART: "Even apart",
    Toestand.KLAAR: "Klaar",
    Toestand.NIET_GEKOMEN: "Niet gekomen",
    Toestand.AFGEZEGD: "Afgezegd",
}


def toestand_tekst(toestand: Toestand) -> str:
    """ "Aan de balie": zoals het overal op het scherm heet."""
    return _TOESTANDEN[toestand]


def moment_kort(moment: datetime, vandaag: date) -> str:
    """ "do 10 dec 17.15 uur"."""
    return f"{taal.datum_kort(taal.dag_van(moment), vandaag)} {tijdlabel(moment)}"


def moment_lang(moment: datetime, vandaag: date) -> str:
    """ "donderdag 10 december, 17.15 uur"."""
    return f"{taal.datum_lang(taal.dag_van(moment), vandaag)}, {tijdlabel(moment)}"


def zeg_tijd(start: VrijeStart, locatie: Locatie, vandaag: date) -> str:
    """Wat de medewerker voorleest als een tijd is vastgezet: hele, korte zinnen."""
    dag = taal.datum_lang(taal.dag_van(start.begin), vandaag)
    minuten = int((start.eind - start.begin).total_seconds()) // 60
    zinnen = [
        f"Ik heb {dag} om {say_time(start.begin)} voor u.",
        f"De afspraak duurt ongeveer {minuten} minuten.",
    ]
    if locatie.naam:
        zinnen.append(f"U komt naar: {locatie.naam}.")
    return " ".join(zinnen)


def zeg_samen(starts: Sequence[VrijeStart], tegelijk: bool, locatie: Locatie, vandaag: date) -> str:
    """Hetzelfde voor een gezin dat samen komt."""
    dag = taal.datum_lang(taal.dag_van(starts[0].begin), vandaag)
    if tegelijk:
        zinnen = [f"Ik heb {dag} om {say_time(starts[0].begin)} voor u allemaal tegelijk."]
    else:
        tijden = opsomming(say_time(start.begin) for start in starts)
        zinnen = [f"Ik heb {dag} voor u, na elkaar: om {tijden}."]
    if locatie.naam:
        zinnen.append(f"U komt naar: {locatie.naam}.")
    return " ".join(zinnen)


def wat_gekozen(keuze: Mogelijkheid, vandaag: date) -> str:
    """ "donderdag 10 december, 17.15 uur", en bij samen komen met hoeveel."""
    moment = moment_lang(keuze.begin, vandaag)
    if len(keuze.delen) == 1:
        return moment
    return f"{moment}, {len(keuze.delen)} afspraken {'tegelijk' if keuze.tegelijk else 'na elkaar'}"


def zeg_gekozen(keuze: Mogelijkheid, locatie: Locatie, vandaag: date) -> str:
    """Wat de medewerker voorleest als deze keuze is vastgezet."""
    if len(keuze.delen) == 1:
        return zeg_tijd(keuze.starts[0], locatie, vandaag)
    return zeg_samen(keuze.starts, keuze.tegelijk, locatie, vandaag)


def zeg_klaar(afspraak: Afspraak, vandaag: date, *, verzet: bool = False) -> str:
    """Wat de medewerker voorleest na het bevestigen."""
    dag = taal.datum_lang(afspraak.datum, vandaag)
    staat = "is verzet naar" if verzet else "staat op"
    return (
        f"Uw afspraak {staat} {dag} om {say_time(afspraak.begin)}. "
        f"Uw nummer is {afspraak.nummer}. Uw code is {gespeld(afspraak.code)}."
    )


def gespeld(code: str) -> str:
    """Een code in twee groepen van vier: zo leest men haar voor en typt men haar over."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def duur(start: VrijeStart) -> str:
    """ "25 minuten"."""
    return taal.aantal(int((start.eind - start.begin).total_seconds()) // 60, "minuut", "minuten")


def resterend(seconden: int) -> str:
    """ "nog 4.32 minuten", "nog 0.09"; nooit onder nul."""
    over = max(0, seconden)
    return f"nog {over // 60}.{over % 60:02d} minuten"


def resterend_gesproken(seconden: int) -> str:
    """Voor wie luistert: hele minuten, of seconden als het er minder zijn."""
    if seconden >= 60:
        return f"nog {taal.aantal(round(seconden / 60), 'minuut', 'minuten')}"
    return f"nog {taal.aantal(max(0, seconden), 'seconde', 'seconden')}"


def bedrag(waarde: Decimal) -> str:
    """ "€ 83,87"."""
    heel = f"{waarde:,.2f}"
    return "€ " + heel.replace(",", "_").replace(".", ",").replace("_", ".")


def opsomming(delen: Iterable[str]) -> str:
    """ "een, twee en drie"."""
    lijst = list(delen)
    if len(lijst) < 2:
        return "".join(lijst)
    return f"{', '.join(lijst[:-1])} en {lijst[-1]}"


def producten_tekst(afspraak: Afspraak) -> str:
    """ "Paspoort aanvragen, 2 personen; Rijbewijs aanvragen"."""
    return "; ".join(regel_tekst(regel.naam, regel.personen) for regel in afspraak.regels)


def regel_tekst(naam: str, personen: int) -> str:
    return naam if personen == 1 else f"{naam}, {personen} personen"


def kleine_letter(tekst: str) -> str:
    """Voor midden in een zin: "Paspoort aanvragen" wordt "paspoort aanvragen"; "ID-kaart" blijft."""
    return tekst if tekst[1:2].isupper() else tekst[:1].lower() + tekst[1:]


def group_redenen(geweigerd: Sequence[GeweigerdeStart]) -> tuple[tuple[str, str], ...]:
    """Waarom niet, met gelijke redenen na elkaar als één regel: ("17.00 tot en met 18.15 uur", reden)."""
    groepen: list[tuple[datetime, datetime, str]] = []
    for start in geweigerd:
        tekst = start.redenen[0].tekst if start.redenen else ""
        if groepen and groepen[-1][2] == tekst:
            groepen[-1] = (groepen[-1][0], start.begin, tekst)
        else:
            groepen.append((start.begin, start.begin, tekst))
    uit = []
    for begin, eind, tekst in groepen:
        label = tijdlabel(begin)
        if eind != begin:
            label = f"{tijdlabel(begin).removesuffix(' uur')} tot en met {tijdlabel(eind)}"
        uit.append((label, tekst))
    return tuple(uit)


def omstandigheid_tekst(code: str) -> str:
    """ "eerste_keer" wordt "Eerste keer"."""
    tekst = code.replace("_", " ").strip()
    return tekst[:1].upper() + tekst[1:]
