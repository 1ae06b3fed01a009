"""Wat een melding nu betekent: te laat of niet, weet de melder het al, en de stand in gewone woorden.

Rekent alleen; haalt niets op. De regels zijn die van Signalen v1: automatische e-mail bij vier standen, en
bij elke andere alleen als iemand daarom vroeg.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from frontoffice.domain.melding import Gebeurtenis, Melding, Meldingstatus, Soort
from frontoffice.domain.taal import dag_van, datum_lang, lokaal

_AUTOMATISCH = frozenset({"o", "reaction requested", "reaction received", "reopened"})

# --- te laat -----------------------------------------------------------------------------------------------


class Tijdigheid(StrEnum):
    OP_TIJD = "op tijd"
    VANDAAG = "vandaag"
    TE_LAAT = "te laat"
    VEEL_TE_LAAT = "veel te laat"
    GEEN_TERMIJN = "geen termijn"
    KLAAR = "klaar"


TelWerkdagen = Callable[[date, date], int]
"""Het aantal werkdagen na de eerste dag tot en met de tweede."""


@dataclass(frozen=True)
class Antwoordtermijn:
    """Het antwoord dat is beloofd vóór `uiterlijk` (een dag in Nederland)."""

    soort: Tijdigheid
    uiterlijk: date | None = None
    werkdagen_te_laat: int = 0

    @property
    def te_laat(self) -> bool:
        return self.soort in (Tijdigheid.TE_LAAT, Tijdigheid.VEEL_TE_LAAT)

    @property
    def zin(self) -> str:
        """Het label: "op tijd", "vandaag", "3 werkdagen te laat", "veel te laat: 20 werkdagen"."""
        aantal = self.werkdagen_te_laat
        dagen = f"{aantal} {'werkdag' if aantal == 1 else 'werkdagen'}"
        if self.soort is Tijdigheid.TE_LAAT:
            return f"{dagen} te laat" if aantal else "net te laat"
        if self.soort is Tijdigheid.VEEL_TE_LAAT:
            return f"veel te laat: {dagen}"
        return self.soort.value


def bepaal_termijn(melding: Melding, nu: datetime, tel_werkdagen: TelWerkdagen) -> Antwoordtermijn:
    """Is het antwoord op tijd? Een afgehandelde melding is nooit te laat."""
    if melding.uiterlijk is None:
        return Antwoordtermijn(Tijdigheid.GEEN_TERMIJN if melding.is_open else Tijdigheid.KLAAR)
    dag = dag_van(melding.uiterlijk)
    if not melding.is_open:
        return Antwoordtermijn(Tijdigheid.KLAAR, dag)
    if melding.uiterlijk >= nu:
        return Antwoordtermijn(Tijdigheid.VANDAAG if dag == dag_van(nu) else Tijdigheid.OP_TIJD, dag)
    veel = melding.veel_te_laat_na is not None and melding.veel_te_laat_na < nu
    soort = Tijdigheid.VEEL_TE_LAAT if veel else Tijdigheid.TE_LAAT
    return Antwoordtermijn(soort, dag, max(tel_werkdagen(dag, dag_van(nu)), 0))


# --- weet de melder het al? --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Woord:
    """De laatste keer dat de melder iets hoorde, en hoe ("e-mail", "telefoon", "balie")."""

    om: datetime
    via: str


class Bericht(StrEnum):
    """Wat de melder van de laatste verandering weet."""

    VERTELD = "verteld"
    BEL = "bel"
    NIEMAND = "niemand om te bellen"
    NIETS_NIEUWS = "niets nieuws"


@dataclass(frozen=True)
class Melderstand:
    """Het laatste woord naar buiten naast de laatste verandering binnen."""

    bericht: Bericht
    laatste_woord: Woord | None = None
    laatste_verandering: datetime | None = None

    @property
    def moet_bellen(self) -> bool:
        return self.bericht is Bericht.BEL

    @property
    def zin(self) -> str:
        if self.bericht is Bericht.BEL:
            return "Melder nog niet geïnformeerd: bel."
        if self.bericht is Bericht.NIEMAND:
            return "De melder is onbekend. Er is niemand om te bellen."
        if self.bericht is Bericht.VERTELD:
            return "De melder weet het."
        return "Er is nog niets veranderd sinds de melding."


_EIGEN_MAIL = re.compile(
    r"e-mail.{0,80}\b(?:verzonden|verstuurd) aan (?:de )?melder\b", re.IGNORECASE | re.DOTALL
)
_VERTELD = re.compile(
    r"Verteld op (\d{2})-(\d{2})-(\d{4}) om (\d{2})\.(\d{2}) uur via ([a-z][a-z -]{1,29})\.", re.IGNORECASE
)
_ZELFDE = timedelta(minutes=5)


def format_verteld(om: datetime, via: str) -> str:
    """De regel in een notitie waaraan iedereen, ook dit programma, ziet dat de melder het weet."""
    return f"Verteld op {lokaal(om):%d-%m-%Y om %H.%M} uur via {via}."


def read_verteld(notities: Iterable[str]) -> Woord | None:
    """Het laatste "Verteld op …" in deze notities; onzin telt niet."""
    gevonden = []
    for notitie in notities:
        for treffer in _VERTELD.finditer(notitie):
            dag, maand, jaar, uur, minuut = (int(deel) for deel in treffer.groups()[:5])
            try:
                om = lokaal(datetime(2000, 1, 1, tzinfo=UTC)).replace(
                    year=jaar, month=maand, day=dag, hour=uur, minute=minuut, second=0, microsecond=0
                )
            except ValueError:
                continue
            gevonden.append(Woord(om, treffer.group(6).strip().lower()))
    return max(gevonden, key=lambda woord: woord.om, default=None)


def bepaal_melderstand(
    melding: Melding, historie: Iterable[Gebeurtenis] = (), contacten: Iterable[Woord] = ()
) -> Melderstand:
    """Weet de melder de laatste verandering? Met `historie` preciezer; zonder telt wat de status zelf zegt.

    `contacten`: wanneer een collega de melder hierover sprak (klantcontacten met deze melding). Zonder
    e-mailadres, of als de melder geen mail wil, stuurt het register niets: dan moet er iemand bellen.
    """
    status = melding.status
    woorden = [*contacten]
    verteld = read_verteld(melding.notities)
    if verteld is not None:
        woorden.append(verteld)
    verandering = _laatste_verandering(melding)
    for gebeurtenis in historie:
        if gebeurtenis.om is None or gebeurtenis.soort is not Soort.NOTITIE:
            continue
        if _EIGEN_MAIL.search(f"{gebeurtenis.titel} {gebeurtenis.tekst}"):
            woorden.append(Woord(gebeurtenis.om, "e-mail"))
    gemaild = status.mail or status.code in _AUTOMATISCH
    if verandering is not None and gemaild and melding.melder.krijgt_mail:
        woorden.append(Woord(verandering, "e-mail"))
    if not woorden and melding.gemeld_op is not None and melding.melder.krijgt_mail:
        woorden.append(Woord(melding.gemeld_op, "e-mail"))  # de bevestiging van de melding
    laatste = max(woorden, key=lambda woord: woord.om, default=None)
    return Melderstand(_bericht(melding, laatste, verandering), laatste, verandering)


def _bericht(melding: Melding, laatste: Woord | None, verandering: datetime | None) -> Bericht:
    if verandering is None:
        return Bericht.NIETS_NIEUWS
    # Een gesprek vlak voor de verandering ging daarover: eerst bellen, dan vastleggen. De regel "Verteld op"
    # kent bovendien geen seconden.
    if laatste is not None and laatste.om + _ZELFDE >= verandering:
        return Bericht.VERTELD
    return Bericht.NIEMAND if melding.melder.is_anoniem else Bericht.BEL


def _laatste_verandering(melding: Melding) -> datetime | None:
    """Wanneer de status voor het laatst veranderde; None als hij nog is zoals gemeld."""
    sinds = melding.status.sinds
    if sinds is None or melding.status.code == "s":
        return None
    if melding.status.code in ("m", ""):
        return None
    return sinds


# --- in gewone woorden -------------------------------------------------------------------------------------

_ZINNEN = {
    "m": "We hebben uw melding. Nog niemand is begonnen.",
    "i": "Uw melding wacht op behandeling.",
    "b": "Een collega is ermee bezig.",
    "ingepland": "Het werk staat gepland.",
    "h": "Uw melding ligt even stil.",
    "reaction requested": "Wij hebben u iets gevraagd.",
    "reaction received": "Wij hebben uw antwoord.",
    "forward to external": "Een ander bedrijf of een andere organisatie lost het op.",
    "ready to send": "Uw melding staat bij de aannemer.",
    "sent": "Uw melding staat bij de aannemer.",
    "send failed": "Uw melding staat bij de aannemer.",
    "done external": "De aannemer zegt: klaar. Wij controleren dat.",
    "closure requested": "De aannemer zegt: klaar. Wij controleren dat.",
    "reopen requested": "U gaf aan dat het niet klaar is. Wij kijken opnieuw.",
    "reopened": "Uw melding is opnieuw open.",
    "o": "Uw melding is klaar.",
    "a": "Wij doen niets met deze melding.",
    "s": "Uw melding is gesplitst in meer meldingen.",
}
_KORT = {
    "m": "Gemeld", "i": "Wacht", "b": "Bezig", "ingepland": "Gepland", "h": "Ligt stil",
    "reaction requested": "Vraag aan de melder", "reaction received": "Antwoord van de melder",
    "forward to external": "Bij een andere organisatie", "ready to send": "Bij de aannemer",
    "sent": "Bij de aannemer", "send failed": "Niet bij de aannemer gekomen",
    "done external": "Aannemer zegt klaar", "closure requested": "Aannemer zegt klaar",
    "reopen requested": "Melder niet tevreden", "reopened": "Opnieuw open", "o": "Klaar",
    "a": "Geannuleerd", "s": "Gesplitst",
}  # fmt: skip
ANTWOORD_DAGEN = 5
"""Zo lang werkt de link waarmee de melder antwoord geeft."""


def stand_in_woorden(status: Meldingstatus) -> str:
    """De zin die de medewerker tegen de melder zegt. Een onbekende code: het woord van het register."""
    zin = _ZINNEN.get(status.code)
    if zin is None:
        return f"De stand is: {status.naam or status.code or 'onbekend'}."
    if status.code == "reaction requested" and status.sinds is not None:
        tot = dag_van(status.sinds + timedelta(days=ANTWOORD_DAGEN))
        return f"{zin} U kunt antwoorden tot {tot:%d-%m-%Y}."
    if status.code == "o" and status.sinds is not None:
        return f"Uw melding is klaar sinds {dag_van(status.sinds):%d-%m-%Y}."
    return zin


def stand_kort(status: Meldingstatus) -> str:
    """Een of twee woorden voor in een lijst; bij een onbekende code het woord van het register."""
    return _KORT.get(status.code) or status.naam or status.code or "Onbekend"


NIEUWE_STANDEN = {
    "i": "Wacht op behandeling", "b": "Een collega is bezig", "ingepland": "Het werk staat gepland",
    "reaction requested": "Vraag aan de melder", "o": "Klaar", "a": "Wij doen niets",
    "reopened": "Opnieuw open",
}  # fmt: skip
"""De standen die een medewerker kan kiezen; welke er mogen, beslist het register."""
_MOGELIJK = {
    "m": ("i", "b", "ingepland", "reaction requested", "o", "a"),
    "i": ("b", "ingepland", "reaction requested", "o", "a"),
    "b": ("ingepland", "reaction requested", "o", "a"),
    "ingepland": ("b", "reaction requested", "o", "a"),
    "h": ("ingepland", "a"),
    "reopened": ("b", "ingepland", "o", "a"),
    "o": ("reopened",),
    "a": ("reopened",),
}


def mogelijke_standen(melding: Melding) -> tuple[tuple[str, str], ...]:
    """(code, woorden) waar deze melding nu heen kan; dezelfde stand (alleen een bericht) staat vooraan."""
    code = melding.status.code
    rest = _MOGELIJK.get(code, ("b", "o", "a"))
    eigen = (code,) if code in ("b", "i", "ingepland") else ()
    return tuple((c, NIEUWE_STANDEN[c]) for c in (*eigen, *rest))


# --- van wie is zij? ---------------------------------------------------------------------------------------


class Reden(StrEnum):
    """Waarom een melding bij een klant staat."""

    BEVESTIGD = "bevestigd in een contact"
    EMAIL = "zelfde e-mailadres"
    TELEFOON = "zelfde telefoonnummer"


@dataclass(frozen=True)
class Klantmelding:
    """Een melding in het klantbeeld. Zonder `bevestigd` is zij alleen mogelijk van deze klant."""

    melding: Melding
    redenen: tuple[Reden, ...]
    termijn: Antwoordtermijn = Antwoordtermijn(Tijdigheid.GEEN_TERMIJN)
    melder: Melderstand = Melderstand(Bericht.NIETS_NIEUWS)

    @property
    def bevestigd(self) -> bool:
        return Reden.BEVESTIGD in self.redenen

    @property
    def zin(self) -> str:
        """ "mogelijk van deze klant: zelfde e-mailadres", of leeg als het vaststaat."""
        if self.bevestigd:
            return ""
        return f"mogelijk van deze klant: {' en '.join(reden.value for reden in self.redenen)}"


@dataclass(frozen=True)
class Klantmeldingen:
    """De meldingen van een klant, nieuwste eerst. `onvolledig`: een hele zin als niet overal is gezocht."""

    rijen: tuple[Klantmelding, ...] = ()
    onvolledig: str = ""


def meldingtekst(rij: Klantmelding, vandaag: date) -> str:
    """Wat er naast de regel in de tijdlijn over een melding te zeggen is, in gewone tekst."""
    melding, regels = rij.melding, []
    if not rij.bevestigd:
        regels.append("Vraag de klant of dit zijn melding is.")
    regels.append(stand_in_woorden(melding.status))
    if melding.status.tekst:
        regels.append(f"Laatste bericht: {melding.status.tekst}")
    if melding.wie:
        regels.append(f"Wie is ermee bezig: {melding.wie}.")
    if rij.termijn.uiterlijk and melding.is_open:
        regels.append(f"Antwoord beloofd vóór {datum_lang(rij.termijn.uiterlijk, vandaag)}.")
    if rij.melder.laatste_woord:
        woord = rij.melder.laatste_woord
        wanneer = datum_lang(dag_van(woord.om), vandaag)
        regels.append(f"Laatst iets laten weten: {wanneer}, via {woord.via}.")
    return "\n".join([*regels, "", melding.tekst])
