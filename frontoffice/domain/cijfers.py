"""De cijfers van de visie: wat er telt, over welke periode, en wanneer een aantal te klein is om te tonen.

Alleen waarden en rekenregels. Optellen staat in `cijfertelling`, woorden in `cijferwoorden`. Er staat nergens
bij wie iets deed: deze cijfers gaan over de gemeente, niet over een collega.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import MAANDEN, MAANDEN_KORT
from frontoffice.domain.werkdagen import EERSTE_JAAR

MINSTENS = 5
"""Over minder dan zoveel tonen we niets: dan is te raden om wie het gaat."""
AANLOOP = timedelta(weeks=6)
"""Zo lang voor het begin van de periode lezen we contacten, om beloften te vinden met een datum erin."""
ANTWOORD_WERKDAGEN = 10
LANGSTE = 731
MEESTE_GROEPEN = 12
MEESTE_KOMEND = 10
"""Zoveel dagen met open beloften noemt een rapport."""
WOORD_COMPLIMENT, WOORD_TEKST, WOORD_PLAATS = "compliment", "complimenttekst", "plaats"
"""Sleutels in de metadata van een klantcontact. Alleen kleine letters: die laat het register zo."""


class Maat(StrEnum):
    """De cijfers uit de visie. De waarden zijn die van de opdrachtregel."""

    NAGEKOMEN = "nagekomen"
    VERTELD = "verteld"
    IN_EEN_KEER = "in_een_keer"
    MELDINGEN = "meldingen"


@dataclass(frozen=True)
class Definitie:
    """Hoe een cijfer heet en wat het eerlijk zegt: wat telt mee, en wat niet."""

    naam: str
    eenheid: str
    zin: str


DEFINITIES: Mapping[Maat, Definitie] = {
    Maat.NAGEKOMEN: Definitie(
        "Beloften nagekomen",
        "beloften",
        "Telt: beloften die klaar waren op of voor de beloofde dag, van alle beloften waarvan die dag "
        "voorbij is. Nog open is dus niet nagekomen. Telt niet mee: een belofte zonder datum, of een die "
        "meer dan 6 weken voor deze periode is gedaan.",
    ),
    Maat.VERTELD: Definitie(
        "Op tijd verteld",
        "beloften",
        "Telt: dezelfde beloften, als erbij staat dat de klant het op of voor die dag hoorde. Wie wij niet "
        "bereikten, of waar het niet bij staat, telt als niet verteld.",
    ),
    Maat.IN_EEN_KEER: Definitie(
        "In één keer goed",
        "contacten",
        "Telt: contacten met antwoord of een afspraak, zonder terugbelverzoek en zonder doorverbinden, van "
        "alle contacten die met dit programma zijn afgerond. Telt niet mee: een poging die niet lukte. Of de "
        "klant later terugkwam, weten wij niet.",
    ),
    Maat.MELDINGEN: Definitie(
        f"Meldingen binnen {ANTWOORD_WERKDAGEN} werkdagen beantwoord",
        "meldingen",
        "Telt: meldingen die binnen die tijd klaar waren, of met reden zijn afgewezen, van alle meldingen "
        f"die {ANTWOORD_WERKDAGEN} werkdagen of ouder zijn. Een bericht tussendoor is nog geen antwoord. "
        "Is de melding opnieuw open, dan telt zij als niet beantwoord.",
    ),
}


# --- aantallen -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """`goed` van `totaal`."""

    goed: int = 0
    totaal: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.goed <= self.totaal:
            raise ValueError("goed ligt tussen nul en totaal")

    def __add__(self, ander: Stand) -> Stand:
        return Stand(self.goed + ander.goed, self.totaal + ander.totaal)

    @property
    def procent(self) -> int | None:
        """Afgerond; 100 alleen als alles goed ging en 0 alleen als niets goed ging. None zonder aantallen."""
        if not self.totaal:
            return None
        afgerond = (200 * self.goed + self.totaal) // (2 * self.totaal)
        if 0 < self.goed < self.totaal:
            return min(max(afgerond, 1), 99)
        return afgerond

    @property
    def te_klein(self) -> bool:
        return 0 < self.totaal < MINSTENS


def add_standen(standen: Sequence[Stand]) -> Stand:
    return Stand(sum(s.goed for s in standen), sum(s.totaal for s in standen))


@dataclass(frozen=True)
class Groep:
    """Een onderwerp of dorp met genoeg aantallen om te tonen."""

    naam: str
    stand: Stand


@dataclass(frozen=True)
class Verdeling:
    """Een cijfer per onderwerp of dorp. `rest` is wat te klein was, samen; None als alles getoond mag."""

    groepen: tuple[Groep, ...] = ()
    rest: Stand | None = None

    @property
    def is_leeg(self) -> bool:
        return not self.groepen and self.rest is None


def verdeel(standen: Mapping[str, Stand], meeste: int = MEESTE_GROEPEN) -> Verdeling:
    """De groepen die getoond mogen worden, grootste eerst.

    Te kleine groepen gaan samen in `rest`. Was dat er maar één, of zijn ze samen nog te klein, dan gaat de
    kleinste andere mee: anders is een kleine groep uit te rekenen door de rest van het geheel af te trekken.
    """
    op_grootte = sorted(
        (Groep(naam, stand) for naam, stand in standen.items() if stand.totaal),
        key=lambda groep: (-groep.stand.totaal, groep.naam.casefold(), groep.naam),
    )
    heel = [groep for groep in op_grootte if not groep.stand.te_klein]
    rest = [groep.stand for groep in op_grootte if groep.stand.te_klein]
    while len(heel) > meeste:
        rest.append(heel.pop().stand)
    while rest and heel and (len(rest) < 2 or add_standen(rest).totaal < MINSTENS):
        rest.append(heel.pop().stand)
    samen = add_standen(rest)
    if not rest or samen.te_klein:  # alles bij elkaar is te klein: dan is er niets te tonen
        return Verdeling(tuple(heel))
    return Verdeling(tuple(heel), samen)


def dek_af(standen: Sequence[Stand]) -> tuple[Stand | None, ...]:
    """Een reeks in de tijd met de te kleine aantallen weg (None); nul blijft nul.

    Net als bij `verdeel` valt er zo nodig een tweede weg, zodat niets uit het geheel is terug te rekenen.
    """
    weg = {plek for plek, stand in enumerate(standen) if stand.te_klein}
    over = sorted(
        (plek for plek, stand in enumerate(standen) if stand.totaal and plek not in weg),
        key=lambda plek: (-standen[plek].totaal, plek),
    )
    while weg and over and (len(weg) < 2 or sum(standen[plek].totaal for plek in weg) < MINSTENS):
        weg.add(over.pop())
    return tuple(None if plek in weg else stand for plek, stand in enumerate(standen))


# --- de periode ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Periode:
    """Van en tot en met een dag in Nederland. Raises InvoerFout als dat niet kan."""

    van: date
    tot: date

    def __post_init__(self) -> None:
        if self.van > self.tot:
            raise InvoerFout("De periode begint na haar einde. Kies een eerdere begindag.", code="periode")
        if (self.tot - self.van).days >= LANGSTE:
            raise InvoerFout("Deze periode is langer dan twee jaar. Kies een kortere.", code="periode")
        if self.van.year < EERSTE_JAAR or self.tot.year > 2099:
            raise InvoerFout("Deze periode kan niet. Kies dagen vanaf 2014.", code="periode")

    def __contains__(self, dag: object) -> bool:
        return isinstance(dag, date) and self.van <= dag <= self.tot

    @property
    def dagen(self) -> int:
        return (self.tot - self.van).days + 1

    @property
    def per_week(self) -> bool:
        """Een korte periode tonen we per week, een lange per maand."""
        return self.dagen <= 100

    def begin_van(self, dag: date) -> date:
        """De week of maand van een dag; de eerste begint niet eerder dan de periode."""
        begin = dag - timedelta(days=dag.weekday()) if self.per_week else dag.replace(day=1)
        return max(begin, self.van)

    def stappen(self) -> Iterator[date]:
        """Het begin van elke week of maand, oudste eerst."""
        dag = self.van
        while dag <= self.tot:
            yield dag
            if self.per_week:
                dag += timedelta(days=7 - dag.weekday())
            else:
                dag = (dag.replace(day=1) + timedelta(days=32)).replace(day=1)

    def naam_van(self, begin: date) -> str:
        """ "week 47" of "nov 2026"."""
        if self.per_week:
            return f"week {begin.isocalendar().week}"
        return f"{MAANDEN_KORT[begin.month - 1]} {begin.year}"


def maandnaam(maand: date) -> str:
    """ "november 2026"."""
    return f"{MAANDEN[maand.month - 1]} {maand.year}"


# --- wat er binnenkomt -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taakfeit:
    """Wat er voor de cijfers van een internetaak nodig is."""

    toelichting: str = field(repr=False)
    klaar: bool
    afgehandeld_op: datetime | None


@dataclass(frozen=True, slots=True)
class Contactfeit:
    """Wat er voor de cijfers van een klantcontact nodig is: geen naam, geen inhoud, geen medewerker."""

    uuid: str
    om: datetime | None
    onderwerp: str = field(repr=False)
    vertrouwelijk: bool
    gelukt: bool | None
    over_iets: bool
    """Er hangt een onderwerpobject aan, zoals een zaak."""
    metadata: Mapping[str, str] = field(repr=False)
    taken: tuple[Taakfeit, ...] = ()
    heeft_taken: bool = False


@dataclass(frozen=True, slots=True)
class Meldingfeit:
    """Een melding openbare ruimte. `klaar_op` is None zolang zij open is."""

    nummer: int
    gemeld_op: datetime
    klaar_op: datetime | None
    soort: str
    plaats: str


# --- wat eruit komt --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Punt:
    """Een week of maand van het verloop; `stand` is None als het er te weinig zijn."""

    naam: str
    begin: date
    stand: Stand | None


@dataclass(frozen=True)
class Maatcijfer:
    """Eén cijfer van het rapport. `stand` is None als het er te weinig zijn om te tonen."""

    maat: Maat
    stand: Stand | None = Stand()
    verloop: tuple[Punt, ...] = ()
    onderwerpen: Verdeling = Verdeling()
    plaatsen: Verdeling = Verdeling()


@dataclass(frozen=True)
class Webpagina:
    """Een bladzijde van de website waar iemand het antwoord niet vond, met hoe vaak in die maand."""

    maand: date
    adres: str
    keer: int


@dataclass(frozen=True)
class Beloftedag:
    """Hoeveel open beloften op deze dag nagekomen moeten zijn; None als het er te weinig zijn om te tonen."""

    dag: date
    aantal: int | None


@dataclass(frozen=True)
class Compliment:
    """Wat een collega zonder naam opschreef om te delen; leeg als er alleen een vinkje staat."""

    dag: date
    tekst: str = ""


@dataclass(frozen=True)
class Weeknieuws:
    """Het goede nieuws van maandag tot en met vandaag; een aantal is None als het er te weinig zijn."""

    van: date
    tot: date
    nagekomen: int | None
    verteld: int | None
    complimenten: tuple[Compliment, ...] = ()


@dataclass(frozen=True)
class Cijfers:
    """Het hele rapport. `week` is None als de periode deze week niet raakt; `zonder_meldingen` is een zin als
    er geen cijfer over meldingen is. `komend` zijn de eerste dagen waarop nog iets beloofd is."""

    periode: Periode
    gemaakt_op: datetime
    maten: tuple[Maatcijfer, ...]
    paginas: tuple[Webpagina, ...] = ()
    week: Weeknieuws | None = None
    complimenten: int = 0
    zonder_meldingen: str = ""
    mislukt: bool = False
    komend: tuple[Beloftedag, ...] = ()
    """De meldingen zijn wel aangesloten, maar waren niet te lezen."""

    def maat(self, maat: Maat) -> Maatcijfer:
        return next(cijfer for cijfer in self.maten if cijfer.maat is maat)
