"""Vandaag: wat een medewerker heeft beloofd, wat te laat is, wat loopt en wat er vanavond is, bij elkaar.

Elk deel laadt los en zegt zelf wat er mis is. Telt een team, nooit mensen naast elkaar. Bewaart niets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from frontoffice.domain import taal
from frontoffice.domain.belofte import TERUGBELLEN, Taaktekst, uiterlijk_dag, zeg_moeite
from frontoffice.ports import Aanroep, Klok

if TYPE_CHECKING:
    from frontoffice.agenda.tijd import Vak
    from frontoffice.agendapoort import Avondlezer
    from frontoffice.domain.concept import Concept

MEESTE_REGELS = 5
"""Zoveel regels toont een deel; de rest staat achter "Alle … bekijken"."""


class Deelnaam(StrEnum):
    BELOFTEN = "beloften"
    MELDINGEN = "meldingen"
    CONTACTEN = "contacten"
    DOOR_MIJ = "door_mij"
    TEAM = "team"
    AVOND = "avond"


_EIGEN = (Deelnaam.BELOFTEN, Deelnaam.MELDINGEN, Deelnaam.CONTACTEN)
"""Wat van mij is; een team en een avond zijn van iedereen."""


class Dringend(IntEnum):
    """Hoe eerder, hoe kleiner."""

    TE_LAAT = 0
    VANDAAG = 1
    LOOPT = 2
    LATER = 3


class Doelsoort(StrEnum):
    """Wat er opengaat als iemand een regel kiest."""

    VERZOEK = "verzoek"
    MELDING = "melding"
    MELDINGEN = "meldingen"
    CONTACT = "contact"
    OUTBOX = "outbox"
    TERUGBELLEN = "terugbellen"
    AVONDEN = "avonden"
    VANAVOND = "vanavond"


@dataclass(frozen=True)
class Doel:
    """`id` is de uuid of het nummer van wat opengaat; leeg voor een heel scherm."""

    soort: Doelsoort
    id: str = ""


@dataclass(frozen=True)
class Regel:
    """Eén regel. `merk` staat apart ("2 dagen te laat"); `laat` telt dagen binnen dit deel, het meeste gaat
    voor. `streef`: de dag waarop het gedaan moest zijn; alleen dagen zijn tussen delen te vergelijken, want
    een belofte telt kalenderdagen en een melding werkdagen.
    """

    titel: str
    onder: str
    dringend: Dringend
    doel: Doel
    merk: str = ""
    laat: int = 0
    streef: date | None = None


@dataclass(frozen=True)
class Deel:
    """Eén deel van Vandaag. `bron` is waar het vandaan komt, `om` wanneer; zonder regels zegt `leeg` waarom.

    `totaal`, `te_laat` en `vandaag` tellen ook wat niet in `regels` staat; `alles` is waar dat te zien is.
    `meer`: er kan nog meer zijn dan is geteld.
    """

    naam: Deelnaam
    om: datetime
    bron: str
    regels: tuple[Regel, ...] = ()
    totaal: int = 0
    te_laat: int = 0
    vandaag: int = 0
    leeg: str = ""
    alles: Doel | None = None
    meer: bool = False

    @property
    def moet(self) -> bool:
        """Staat er iets dat vandaag gedaan moet worden?"""
        return bool(self.te_laat or self.vandaag)


def make_deel(
    naam: Deelnaam,
    om: datetime,
    bron: str,
    regels: Sequence[Regel],
    leeg: str = "",
    alles: Doel | None = None,
    hoogstens: int = MEESTE_REGELS,
) -> Deel:
    """Een deel met hoogstens zoveel regels, en tellingen over alle."""
    return Deel(
        naam,
        om,
        bron,
        tuple(regels[:hoogstens]),
        len(regels),
        sum(regel.dringend is Dringend.TE_LAAT for regel in regels),
        sum(regel.dringend is Dringend.VANDAAG for regel in regels),
        leeg,
        alles,
    )


# --- combineren --------------------------------------------------------------------------------------------


def find_eerste(delen: Iterable[Deel]) -> Regel | None:
    """Wat het eerst gedaan moet worden: te laat, dan vandaag, dan wat loopt. Een team of avond is geen taak.

    Van wat even dringend is gaat voor wat het eerst klaar moest zijn, ook als het een ander telt; daarna
    beloften, meldingen, contacten.
    """
    kandidaten = [
        (regel.dringend, regel.streef or date.max, _EIGEN.index(deel.naam), plaats, regel)
        for deel in delen
        if deel.naam in _EIGEN
        for plaats, regel in enumerate(deel.regels)
        if regel.dringend is not Dringend.LATER
    ]
    return min(kandidaten, key=lambda k: k[:4])[4] if kandidaten else None


def zeg_stand(delen: Sequence[Deel], *, compleet: bool) -> tuple[str, bool]:
    """(de zin bovenaan, is er niets te doen). Zegt alleen dat alles bij is als alles is geladen."""
    laat = sum(deel.te_laat for deel in delen if deel.naam in _EIGEN)
    vandaag = sum(deel.vandaag for deel in delen if deel.naam in _EIGEN)
    zinnen = []
    if laat:
        zinnen.append(f"{laat} te laat")
    if vandaag:
        zinnen.append(f"{vandaag} voor vandaag")
    if zinnen:
        rest = "" if compleet else " Nog niet alles is geladen."
        return f"Voor u: {' en '.join(zinnen)}.{rest}", False
    return ("U bent bij. Er wacht niemand op u.", True) if compleet else ("", False)


# --- beloften ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Openstaand:
    """Een open verzoek: wat er is gevraagd (`wat`) en beloofd (`tekst`).

    `wie` en `vraag` zijn leeg zolang niet bekend is of ze getoond mogen worden.
    """

    uuid: str
    wat: str
    tekst: Taaktekst
    wie: str = ""
    vraag: str = ""


def zeg_wanneer(tekst: Taaktekst, vandaag: date) -> str:
    """De belofte in woorden: "had gisteren gemoeten", "beloofd: uiterlijk morgen"; leeg zonder datum."""
    if tekst.datums is None:
        return ""
    beloofd = tekst.datums.beloofd
    if beloofd < vandaag:
        return f"had {uiterlijk_dag(beloofd, vandaag, op=True)} gemoeten"
    return f"beloofd: uiterlijk {uiterlijk_dag(beloofd, vandaag)}"


def zeg_merk(dringend: Dringend, laat: int) -> str:
    """Wat er naast een regel staat: "2 dagen te laat", "vandaag" of niets."""
    if dringend is Dringend.TE_LAAT:
        return taal.te_laat(laat) if laat else "te laat"
    return "vandaag" if dringend is Dringend.VANDAAG else ""


def zeg_dringend(tekst: Taaktekst, vandaag: date) -> tuple[Dringend, int]:
    """(hoe dringend, dagen te laat) van een open belofte; zonder datum is zij voor later."""
    if tekst.datums is None:
        return Dringend.LATER, 0
    laat = (vandaag - tekst.datums.beloofd).days
    if laat > 0:
        return Dringend.TE_LAAT, laat
    return (Dringend.VANDAAG if laat == 0 else Dringend.LATER), 0


def make_beloften(verzoeken: Sequence[Openstaand], vandaag: date, om: datetime) -> Deel:
    """Wat ik heb beloofd, het meeste te laat bovenaan."""
    regels = sorted(
        (_make_belofte(verzoek, vandaag) for verzoek in verzoeken),
        key=lambda regel: (regel.dringend, -regel.laat, regel.titel),
    )
    leeg = "U hebt niets beloofd dat nog openstaat."
    return make_deel(Deelnaam.BELOFTEN, om, "Contacten", regels, leeg, Doel(Doelsoort.TERUGBELLEN))


def _make_belofte(verzoek: Openstaand, vandaag: date) -> Regel:
    tekst = verzoek.tekst
    dringend, laat = zeg_dringend(tekst, vandaag)
    vraag = " ".join(verzoek.vraag.split())
    wat = verzoek.wat.strip() or TERUGBELLEN
    delen = [zeg_wanneer(tekst, vandaag) or "zonder datum", zeg_moeite(tekst), vraag]
    return Regel(
        f"{wat}: {verzoek.wie}" if verzoek.wie else wat,
        " · ".join(deel for deel in delen if deel),
        dringend,
        Doel(Doelsoort.VERZOEK, verzoek.uuid),
        zeg_merk(dringend, laat),
        laat,
        tekst.datums.beloofd if tekst.datums is not None else None,
    )


def make_team(verzoeken: Sequence[Openstaand], vandaag: date, om: datetime) -> Deel:
    """Hoe het team ervoor staat, alleen in aantallen. Zegt nooit van wie iets is."""
    standen = [zeg_dringend(verzoek.tekst, vandaag) for verzoek in verzoeken]
    laat = sum(dringend is Dringend.TE_LAAT for dringend, _ in standen)
    nu = sum(dringend is Dringend.VANDAAG for dringend, _ in standen)
    regels = []
    if verzoeken:
        langst = max(laat for _, laat in standen)
        regels.append(
            Regel(
                f"{laat} te laat" if laat else "Niets te laat",
                f"{nu} voor vandaag · {taal.aantal(len(standen), 'verzoek', 'verzoeken')} open",
                Dringend.TE_LAAT if laat else Dringend.VANDAAG if nu else Dringend.LATER,
                Doel(Doelsoort.TERUGBELLEN, "team"),
                f"langst: {taal.dagen(langst)}" if langst else "",
                langst,
            )
        )
    return make_deel(Deelnaam.TEAM, om, "Contacten", regels, "Uw team heeft niets openstaan.")


# --- contacten ---------------------------------------------------------------------------------------------


def make_contacten(concepten: Sequence[Concept], wachtend: int, actie_nodig: int, om: datetime) -> Deel:
    """Wat er loopt en wat nog niet in het register staat. `wachtend` telt `actie_nodig` mee."""
    regels = []
    if actie_nodig:
        regels.append(
            Regel(
                f"{taal.aantal(actie_nodig, 'contact', 'contacten')} niet verstuurd",
                "Het register keurde iets af. Verbeter het en verstuur opnieuw.",
                Dringend.VANDAAG,
                Doel(Doelsoort.OUTBOX),
                "actie nodig",
            )
        )
    for concept in concepten:
        partner = concept.klant or concept.bedrijf
        regels.append(
            Regel(
                (partner.naam if partner is not None else "") or "Onbekend",
                f"{concept.kanaal} · sinds {taal.tijd(concept.begonnen_op)}",
                Dringend.LOOPT,
                Doel(Doelsoort.CONTACT, concept.uuid),
                "loopt",
            )
        )
    rest = wachtend - actie_nodig
    if rest > 0:
        regels.append(
            Regel(
                f"{taal.aantal(rest, 'contact', 'contacten')} nog niet verstuurd",
                "Het programma verstuurt dit vanzelf.",
                Dringend.LATER,
                Doel(Doelsoort.OUTBOX),
            )
        )
    leeg = "Er loopt geen contact. Alles staat in het register."
    return make_deel(Deelnaam.CONTACTEN, om, "deze pc", regels, leeg, hoogstens=len(regels))


# --- vanavond ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Avondstand:
    """De avond van vandaag. `tijden` zijn (van, tot) in UTC; zonder tijden zegt `dicht_omdat` waarom."""

    tijden: tuple[tuple[datetime, datetime], ...]
    dicht_omdat: str
    afspraken: int
    te_verzetten: int
    eerste: datetime | None = None
    te_bellen: int = 0


def make_avond(stand: Avondstand | None, om: datetime) -> Deel:
    """Vanavond; zonder regels als er geen avond is (`leeg` zegt het dan)."""
    bron = "Agenda"
    bellen = _make_te_bellen(stand.te_bellen if stand is not None else 0)
    if stand is None or not (stand.tijden or stand.afspraken):
        zin = (stand.dicht_omdat if stand is not None else "") or "Vanavond is er geen avondopenstelling."
        return make_deel(Deelnaam.AVOND, om, bron, bellen, zin)
    doel = Doel(Doelsoort.AVONDEN)
    open_ = " en ".join(f"{_klok(van)} tot {taal.tijd(tot)}" for van, tot in stand.tijden)
    onder = [taal.aantal(stand.afspraken, "afspraak", "afspraken")]
    if stand.eerste is not None:
        onder.append(f"eerste om {taal.tijd(stand.eerste)}")
    regels = [*bellen]
    if stand.te_verzetten:
        wat = taal.aantal(stand.te_verzetten, "afspraak", "afspraken")
        regels.append(
            Regel(f"{wat} te verzetten", "Deze klanten weten het nog niet.", Dringend.VANDAAG, doel)
        )
    titel = f"Open van {open_}" if open_ else f"Dicht, met {onder[0]}"
    regels.append(
        Regel(titel, " · ".join(onder), Dringend.LATER, Doel(Doelsoort.VANAVOND))
        if open_
        else Regel(titel, stand.dicht_omdat, Dringend.VANDAAG, doel)
    )
    return make_deel(Deelnaam.AVOND, om, bron, regels)


def _make_te_bellen(aantal: int) -> list[Regel]:
    """Van elke werkplek, ook als die er nu niet is."""
    if not aantal:
        return []
    wie = taal.aantal(aantal, "inwoner", "inwoners")
    onder = "Het bericht kwam niet aan. Bel, en zeg dan dat de inwoner is gebeld."
    return [
        Regel(f"{wie} te bellen over een afspraak", onder, Dringend.VANDAAG, Doel(Doelsoort.OUTBOX), "bellen")
    ]


def _klok(moment: datetime) -> str:
    return taal.tijd(moment).removesuffix(" uur")


def read_avond(lezer: Avondlezer, dag: date) -> Avondstand:
    """Lees wat er die dag is. Rekent de opening alleen uit als er die dag een kan zijn."""
    from frontoffice.agenda.afspraak import Toestand
    from frontoffice.agenda.kalender import Kalender
    from frontoffice.agenda.tijd import from_tik

    kalender = Kalender(lezer.load_opening())
    vakken: tuple[Vak, ...] = ()
    dicht_omdat = ""
    if kalender.open_dagen(dag, dag):
        vakken = kalender.opening(dag).vakken
    elif any(u.datum == dag for u in kalender.inrichting.uitzonderingen):
        dicht_omdat = kalender.opening(dag).dicht_omdat
    rijen = [rij for rij in lezer.find_avond(dag) if rij.toestand != Toestand.AFGEZEGD]
    eerste = min((rij.begin_tik for rij in rijen), default=None)
    return Avondstand(
        tuple((vak.begin_utc, vak.eind_utc) for vak in vakken),
        dicht_omdat,
        len(rijen),
        sum(bool(rij.te_verzetten) and rij.toestand == Toestand.BEVESTIGD for rij in rijen),
        None if eerste is None else from_tik(eerste),
        lezer.count_te_bellen(),
    )


# --- laden -------------------------------------------------------------------------------------------------

Lader = Callable[[Aanroep], Deel]


class Vandaagdienst:
    """De delen die niet op deze pc staan. Elke methode mag van elke achtergronddraad.

    Een bron die hier niet is aangesloten is None: dan staat het deel er niet, en is er geen dode knop.
    """

    def __init__(
        self,
        klok: Klok,
        open_avond: Callable[[], AbstractContextManager[Avondlezer]] | None = None,
        *,
        laders: Mapping[Deelnaam, Lader] | None = None,
    ) -> None:
        self.klok = klok
        self._laders: dict[Deelnaam, Lader] = dict(laders or {})
        self._open_avond = open_avond
        if open_avond is not None:
            self._laders[Deelnaam.AVOND] = self._load_avond

    def add(self, naam: Deelnaam, lader: Lader) -> None:
        """Sluit een deel aan, voordat het scherm er is."""
        self._laders[naam] = lader

    @property
    def namen(self) -> tuple[Deelnaam, ...]:
        """Wat er te laden is, in de volgorde van het scherm."""
        return tuple(naam for naam in Deelnaam if naam in self._laders)

    def load(self, naam: Deelnaam, aanroep: Aanroep) -> Deel:
        """Eén deel. Raises KifFout met een zin die zegt wat er nu kan."""
        aanroep.stop.check()
        return self._laders[naam](aanroep)

    def _load_avond(self, _: Aanroep) -> Deel:
        assert self._open_avond is not None
        with self._open_avond() as lezer:
            stand = read_avond(lezer, self.klok.vandaag())
        return make_avond(stand, self.klok.nu())
