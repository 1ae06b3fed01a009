"""De avond op papier: balies en tijden, de lijst voor de gastheer of gastvrouw, een blad per balie en de
lijst met dingen om te doen. Hiermee gaat de avond door als er geen verbinding is.

Waarvoor iemand komt staat er als productgroep, nooit als product; een naam staat alleen op de lijst bij de
deur. Geen BSN, geboortedatum, adres of telefoonnummer: een `Avondpakket` heeft ze niet. Beslist niets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from frontoffice.documents.bestand import file_name
from frontoffice.documents.lettertype import Stuk
from frontoffice.documents.opmaak import (
    AAN_ELKAAR,
    GEWOON,
    KOP,
    TITEL,
    Alinea,
    Bladzijde,
    Blok,
    Opmaak,
    Stijl,
)
from frontoffice.documents.tabel import Cel, Tabel, cel
from frontoffice.domain import taal

CHECKLIST: Final = (
    "Voor opening: kluis open, documenten geteld.",
    "Voor opening: elke balie kan vingerafdrukken maken en pinnen.",
    "Voor opening: publiek scherm aan, deze lijst afgedrukt.",
    "Collega van de andere gemeente is er en kan inloggen.",
    "Nummer van de storingsdienst: ______________________",
    "Nummer van de beveiliging: ______________________",
    "Na sluiting: iedereen weg, deuren dicht.",
    "Na sluiting: documenten geteld, kluis dicht, sleutels terug.",
    "Na sluiting: alles van dit papier staat in het programma.",
    "Na sluiting: dit papier gaat in de papierversnipperaar.",
)
"""Waar een gemeente mee begint; wat er komt te staan, geeft de aanroeper."""
LEGE_RIJEN = 8
MEESTE_BALIES = 8
"""Zoveel kolommen passen er leesbaar naast elkaar; meer balies komen op een volgend blad."""
_PUNTEN = 10.0
_HANDHOOG = 24.0
"""Zo hoog is een rij waarin iemand met een pen schrijft, in punten."""
_STAP = timedelta(minutes=15)
_GEDEMPT = Stijl(ervoor=0.2)
_NAAR_VERNIETIGING = "Dit papier gaat na de avond in de papierversnipperaar."


@dataclass(frozen=True)
class Werktijd:
    """Wie er aan een balie werkt, van en tot (UTC). `organisatie` leeg = de eigen gemeente."""

    van: datetime
    tot: datetime
    naam: str
    organisatie: str = ""


@dataclass(frozen=True)
class Pakketbalie:
    id: str
    naam: str
    werktijden: tuple[Werktijd, ...] = ()


@dataclass(frozen=True)
class Pakketregel:
    """Eén afspraak. `nummer`: het volgnummer, of voor de opening het nummer van de afspraak.

    `waarvoor` is de productgroep. `nodig`: wat er geregeld moet zijn (tolk Duits), nooit waarom.
    """

    nummer: str
    begin: datetime
    minuten: int
    balie: str
    waarvoor: str
    personen: int = 1
    nodig: tuple[str, ...] = ()
    naam: str = field(default="", repr=False)


@dataclass(frozen=True)
class Avondpakket:
    """Alles wat op papier komt. `versie` is die van de avond: het scherm weet daarmee of dit oud is."""

    afzender: str
    locatie: str
    datum: date
    open_van: datetime
    open_tot: datetime
    balies: tuple[Pakketbalie, ...]
    afspraken: tuple[Pakketregel, ...]
    gemaakt_op: datetime
    versie: int
    checklist: tuple[str, ...] = CHECKLIST
    lege_rijen: int = LEGE_RIJEN
    voorbeeld: bool = False

    def __post_init__(self) -> None:
        if any(m.tzinfo is None for m in (self.open_van, self.open_tot, self.gemaakt_op)):
            raise ValueError("de tijden van een avond hebben een zone")
        bekend = {balie.id for balie in self.balies}
        if any(regel.balie and regel.balie not in bekend for regel in self.afspraken):
            raise ValueError("een afspraak staat aan een balie die er niet is")

    @property
    def titel(self) -> str:
        return f"Avond van {taal.datum_lang(self.datum, self.datum)} {self.datum.year}"


@dataclass(frozen=True)
class Pakket:
    """De pdf die klaar is. `onbekend`: tekens die geen letter kent en die er als [?] staan."""

    pdf: bytes = field(repr=False)
    bladzijden: int
    bestandsnaam: str
    onbekend: tuple[str, ...] = ()

    @property
    def waarschuwing(self) -> str:
        if not self.onbekend:
            return ""
        return f"Deze tekens kan het papier niet laten zien: {' '.join(self.onbekend)}. Daar staat [?]."


def make_pakket(avond: Avondpakket) -> Pakket:
    """Maak de pdf. Duurt: niet op de draad van het scherm."""
    om = taal.tijd(avond.gemaakt_op)
    dag = taal.datum_kort(taal.dag_van(avond.gemaakt_op), avond.datum)
    opmaak = Opmaak(
        titel=avond.titel,
        taal="nl-NL",
        auteur=avond.afzender,
        punten=_PUNTEN,
        voet=lambda nummer, totaal: (
            Stuk(f"Van {dag}, {om} (versie {avond.versie}). Na de avond: papierversnipperaar. "),
            Stuk(f"Bladzijde {nummer} van {totaal}"),
        ),
    )
    klaar = opmaak.build(tuple(_blokken(avond)))
    naam = file_name("avondlijst", f"{avond.datum:%Y%m%d}", "pdf")
    return Pakket(klaar.pdf, klaar.bladzijden, naam, klaar.onbekend)


def _blokken(avond: Avondpakket) -> Iterator[Blok]:
    yield from _rooster(avond)
    yield from _deurlijst(avond)
    for balie in avond.balies:
        if balie.werktijden or any(regel.balie == balie.id for regel in avond.afspraken):
            yield from _balieblad(avond, balie)
    los = [regel for regel in avond.afspraken if not regel.balie]
    if los:
        yield from _balieblad(avond, Pakketbalie("", "Nog zonder balie"))
    yield from _lijst(avond)


# --- balies en tijden --------------------------------------------------------------------------------------


def _rooster(avond: Avondpakket) -> Iterator[Blok]:
    """Wie waar werkt en wat er wanneer komt. Zonder namen van bezoekers: dit blad mag aan de muur."""
    groepen = [avond.balies[n : n + MEESTE_BALIES] for n in range(0, len(avond.balies), MEESTE_BALIES)]
    for balies in groepen or [()]:
        yield Bladzijde(liggend=True)
        yield _tekst(f"{avond.afzender} · {avond.locatie}", AAN_ELKAAR)
        yield _tekst(avond.titel, TITEL)
        yield _tekst(_samenvatting(avond), _GEDEMPT)
        yield _roostertabel(avond, balies)


def _samenvatting(avond: Avondpakket) -> str:
    zinnen = [f"Open van {taal.tijd(avond.open_van)} tot {taal.tijd(avond.open_tot)}."]
    if avond.voorbeeld:
        zinnen.insert(0, "Voorbeeld: dit is geen echte avond.")
    per = ", ".join(f"{b.naam}: {sum(r.balie == b.id for r in avond.afspraken)}" for b in avond.balies)
    los = sum(not regel.balie for regel in avond.afspraken)
    erbij = f", nog zonder balie: {los}" if los else ""
    aantal = _aantal(len(avond.afspraken))
    zinnen.append(f"{aantal}: {per}{erbij}." if avond.afspraken else f"{aantal}.")
    return " ".join(zinnen)


def _roostertabel(avond: Avondpakket, balies: Sequence[Pakketbalie]) -> Tabel:
    koppen = (cel("Tijd", vet=True), *(_baliekop(balie) for balie in balies))
    per_vak: dict[tuple[str, datetime], list[Pakketregel]] = {}
    for regel in sorted(avond.afspraken, key=lambda r: r.nummer):
        per_vak.setdefault((regel.balie, regel.begin), []).append(regel)
    rijen = tuple(
        (
            cel(taal.tijd(begin).removesuffix(" uur"), vet=True),
            *(_roostercel(balie, begin, per_vak.get((balie.id, begin), ())) for balie in balies),
        )
        for begin in _tijden(avond)
    )
    return Tabel(koppen, rijen, (0.45, *(1.0,) * len(balies)), hoogte=20, staand=True, grootte=0.9)


def _tijden(avond: Avondpakket) -> list[datetime]:
    """Elk kwartier van de avond, en elk ander moment waarop een afspraak begint."""
    tijden = {regel.begin for regel in avond.afspraken}
    begin = avond.open_van
    while begin < avond.open_tot:
        tijden.add(begin)
        begin += _STAP
    return sorted(tijden)


def _baliekop(balie: Pakketbalie) -> Cel:
    regels = [(Stuk(balie.naam, vet=True, los=True),)]
    heel = len({(w.van, w.tot) for w in balie.werktijden}) == 1
    for werktijd in balie.werktijden:
        wie = _met_organisatie(werktijd)
        regels.append(
            (Stuk(wie if heel else f"{_kort(werktijd.van)}–{_kort(werktijd.tot)} {wie}", los=True),)
        )
    if not balie.werktijden:
        regels.append((Stuk("niemand ingeroosterd"),))
    return Cel(tuple(regels))


def _met_organisatie(werktijd: Werktijd) -> str:
    return f"{werktijd.naam} ({werktijd.organisatie})" if werktijd.organisatie else werktijd.naam


def _roostercel(balie: Pakketbalie, begin: datetime, regels: Sequence[Pakketregel]) -> Cel:
    if regels:
        return Cel(tuple(_kort_regel(regel) for regel in regels))
    werkt = any(w.van <= begin < w.tot for w in balie.werktijden)
    return Cel() if werkt else cel("dicht")


def _kort_regel(regel: Pakketregel) -> tuple[Stuk, ...]:
    return (
        Stuk(f"{regel.nummer} ", vet=True, los=True),
        Stuk(f"{_waarvoor(regel)}, {regel.minuten} min", los=True),
    )


# --- bij de deur -------------------------------------------------------------------------------------------


def _deurlijst(avond: Avondpakket) -> Iterator[Blok]:
    yield Bladzijde()
    yield _tekst("Voor de gastheer of gastvrouw", TITEL)
    yield _tekst("Op achternaam. Leg deze lijst zo neer dat bezoekers hem niet kunnen lezen.", _GEDEMPT)
    rijen = tuple(
        (
            Cel(vakje=True),
            _naamcel(regel.naam),
            cel(_kort(regel.begin)),
            cel(regel.nummer),
            cel(_balienaam(avond, regel.balie)),
            cel(_waarvoor(regel)),
            cel(*regel.nodig),
        )
        for regel in sorted(avond.afspraken, key=lambda r: (surname_key(r.naam), r.begin, r.nummer))
    )
    koppen = _koppen("", "Naam", "Tijd", "Nummer", "Balie", "Waarvoor", "Nodig")
    yield Tabel(koppen, rijen, (0.35, 2.35, 0.75, 1.25, 1.7, 1.9, 1.4))
    yield _tekst("Zonder afspraak", KOP)
    yield _tekst("Schrijf hier op wie zonder afspraak komt. Voer het later in.", AAN_ELKAAR)
    yield Tabel(
        _koppen("", "Nummer", "Tijd", "Waarvoor", "Balie"),
        _leeg(avond.lege_rijen, 5),
        (0.35, 1.2, 1.2, 4.5, 1.8),
        hoogte=_HANDHOOG,
        staand=True,
    )


def _naamcel(naam: str) -> Cel:
    kern, rest = split_naam(naam)
    return Cel(((Stuk(kern, vet=True, los=True), *((Stuk(f", {rest}", los=True),) if rest else ())),))


_AANHEF = re.compile(r"(?i)^(?:mevrouw|meneer|mevr\.?|mw\.?|dhr\.?|(?:de )?heer|familie|fam\.)\s+")
_TUSSEN = frozenset(
    {"van", "de", "der", "den", "het", "'t", "’t", "ten", "ter", "te", "in", "op", "aan", "bij", "von", "zu"}
)
_VOORLETTERS = re.compile(r"(?:[^\W\d_]{1,3}\.)+|[^\W\d_]")


def split_naam(naam: str) -> tuple[str, str]:
    """ "mevrouw A. van der Velde" → ("Velde", "A. van der"). Wat achternaam is, is te raden en niet te weten:
    na voorletters alles, anders vanaf een tussenvoegsel, anders het laatste woord."""
    woorden = _AANHEF.sub("", " ".join(naam.split())).split()
    letters = 0
    while letters < len(woorden) - 1 and _VOORLETTERS.fullmatch(woorden[letters]):
        letters += 1
    begin = letters
    if not letters and len(woorden) > 1:
        tussen = [n for n, woord in enumerate(woorden) if n and woord.lower() in _TUSSEN]
        begin = tussen[0] if tussen else len(woorden) - 1
    voor = woorden[:begin]
    while begin < len(woorden) - 1 and woorden[begin].lower() in _TUSSEN:
        voor.append(woorden[begin])
        begin += 1
    return " ".join(woorden[begin:]), " ".join(voor)


def surname_key(naam: str) -> tuple[str, str]:
    kern, rest = split_naam(naam)
    return taal.zonder_accenten(kern), taal.zonder_accenten(rest)


# --- per balie ---------------------------------------------------------------------------------------------


def _balieblad(avond: Avondpakket, balie: Pakketbalie) -> Iterator[Blok]:
    """Zonder namen: de balie vraagt wie er staat, en kijkt naar het document."""
    regels = sorted((r for r in avond.afspraken if r.balie == balie.id), key=lambda r: (r.begin, r.nummer))
    yield Bladzijde()
    yield _tekst(balie.naam, TITEL)
    for werktijd in balie.werktijden:
        uren = f"{taal.tijd(werktijd.van)} tot {taal.tijd(werktijd.tot)}"
        yield _tekst(f"{_met_organisatie(werktijd)}, {uren}", AAN_ELKAAR)
    yield _tekst(f"{_aantal(len(regels))}.", _GEDEMPT)
    rijen = tuple(
        (
            cel(_kort(regel.begin)),
            cel(regel.nummer, vet=True),
            cel(_waarvoor(regel)),
            cel(f"{regel.minuten} min"),
            cel(*regel.nodig),
            Cel(vakje=True),
            Cel(),
        )
        for regel in regels
    )
    yield Tabel(
        _koppen("Tijd", "Nummer", "Waarvoor", "Duur", "Nodig", "Klaar", "Wat is er afgesproken"),
        (*rijen, *_leeg(avond.lege_rijen // 2, 7)),
        (0.8, 1.35, 1.9, 0.9, 1.4, 0.75, 2.6),
        hoogte=_HANDHOOG,
        staand=True,
    )


# --- te doen -----------------------------------------------------------------------------------------------


def _lijst(avond: Avondpakket) -> Iterator[Blok]:
    yield Bladzijde()
    yield _tekst("Niet vergeten", TITEL)
    rijen = tuple((Cel(vakje=True), cel(punt)) for punt in avond.checklist if punt.strip())
    if rijen:
        yield Tabel(_koppen("", "Wat"), rijen, (0.35, 9.0), hoogte=_HANDHOOG)
    yield _tekst("Geen verbinding", KOP)
    yield _tekst(
        "Werk door met dit papier. Streep aan wie er is en wie klaar is, en schrijf de tijd erbij. "
        "Voer het in zodra het programma weer werkt.",
        AAN_ELKAAR,
    )
    yield _tekst(_NAAR_VERNIETIGING, GEWOON)


# --- klein -------------------------------------------------------------------------------------------------


def _tekst(tekst: str, stijl: Stijl = GEWOON) -> Alinea:
    return Alinea((Stuk(tekst, los=True),), stijl)


def _koppen(*namen: str) -> tuple[Cel, ...]:
    return tuple(cel(naam, vet=True) for naam in namen)


def _leeg(aantal: int, kolommen: int) -> tuple[tuple[Cel, ...], ...]:
    return ((Cel(),) * kolommen,) * aantal


def _kort(moment: datetime) -> str:
    return taal.tijd(moment).removesuffix(" uur")


def _aantal(getal: int) -> str:
    tekst = taal.aantal(getal, "afspraak", "afspraken")
    return tekst[:1].upper() + tekst[1:]


def _waarvoor(regel: Pakketregel) -> str:
    return regel.waarvoor if regel.personen == 1 else f"{regel.waarvoor}, {regel.personen} personen"


def _balienaam(avond: Avondpakket, id_: str) -> str:
    return next((balie.naam for balie in avond.balies if balie.id == id_), "")
