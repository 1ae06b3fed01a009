"""Leest de opdrachtregel: welke opdracht, met welke opties. Voert niets uit.

Foutzinnen herhalen nooit wat er is getypt: dat kan een persoonsgegeven zijn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from frontoffice.domain.fouten import InvoerFout

if TYPE_CHECKING:
    from frontoffice.cli.agendaopties import Agendavraag
    from frontoffice.cli.auditopties import Auditvraag
    from frontoffice.cli.avondopties import Avondvraag
    from frontoffice.cli.berichten import Berichtvraag
    from frontoffice.cli.cijferopties import Cijfervraag
    from frontoffice.cli.contactopties import Contactvraag
    from frontoffice.cli.meldingopties import Meldingvraag
    from frontoffice.cli.terugbelopties import Terugbelvraag

HULP = """\
Klant in Focus: een inwoner of bedrijf in beeld, uit de registers van de gemeente.

  kif                                het venster (zonder profiel: op de demonstratie)
  kif --zoek -                       hetzelfde, en zoek wie er belt (van de invoer; voor de telefooncentrale)
  kif demo [--seed N] [--vandaag JJJJ-MM-DD]
                                     het venster op de demonstratie
  kif demo --server-only [--port N]  alleen de registers van de demonstratie
  kif klant VRAAG                    zoek een klant; VRAAG is wat u ook in het zoekveld typt
  kif klant -                        hetzelfde, met de vraag op de invoer (buiten de demonstratie verplicht)
  kif contact add --kanaal K --onderwerp T --tekst T|- [--klant VRAAG|-] [--zaak NR] [--terugbellen AFDELING]
                                     bewaar een contact; het wordt verstuurd zodra dat kan
  kif outbox send | list             verstuur nu wat klaarstaat; wat is er al verstuurd en wat niet
  kif outbox retry ID | withdraw ID  probeer opnieuw wat actie nodig had; trek iets in
  kif berichten list [--bellen]      berichten aan inwoners; met --bellen alleen wie gebeld moet worden
  kif berichten herinneringen        zet klaar voor wie binnen een dag een afspraak heeft
  kif berichten send                 verstuur nu wat mag, en vraag hoe eerdere berichten aankwamen
  kif berichten opnieuw ID | gebeld ID
                                     verstuur een bericht nog een keer; de inwoner is gebeld
  kif terugbellen list [--mijn|--team|--alle] [--te-laat] [--nieuwste] [--aantal N]
                                     wie wij moeten terugbellen; wat het langst te laat is eerst
  kif terugbellen gesproken | niet-bereikt TAAK [--tekst T|-] [--kanaal K]
                                     gebeld, en de klant wel of niet gesproken
  kif terugbellen klaar TAAK --via KANAAL [--tekst T|-] [--verteld-op DATUM]
                                     klaar, en zo weet de klant het
  kif terugbellen overnemen TAAK | doorgeven TAAK --aan AFDELING --reden T
                                     het is nu van mij, of van een ander
  kif belofte list [--te-laat] [--mijn|--team|--alle|--door-mij]
                                     beloften aan klanten die nog openstaan
  kif concepten list                 contacten die nog lopen
  kif store check | backup           kijk de gegevens op deze pc na; maak een reservekopie
  kif store list | restore NAAM | new
                                     de reservekopieën; zet er een terug, of begin opnieuw (sluit het venster)
  kif melding NR | zoek VRAAG|-      een melding openbare ruimte; zoek op e-mail, telefoon, adres of woorden
  kif melding te-laat [--veel] | zonder-woord | soorten [WOORDEN]
                                     over de datum; veranderd zonder dat de melder het weet; welke er zijn
  kif melding maak --soort S --plek P --tekst T|- [--melder M|-] [--foto BESTAND] [--spoed] [--toch]
                                     zet een melding klaar; M is e-mail en telefoon, zonder is zij anoniem
  kif melding notitie NR --tekst T|- | stand NR --stand CODE --tekst T|- [--mail] | verteld NR --via KANAAL
                                     zet een notitie, een nieuwe stand of "verteld" klaar
  kif audit verify [--kop NR:KETEN]  klopt het logboek van inzage nog; zo nee, de eerste regel die niet klopt
  kif audit export                   het logboek als JSON Lines, zonder leesbaar BSN
  kif audit send                     stuur nu wat nog niet bij het adres van [logboek] in het profiel is
  kif cijfers --van D --tot D [--bestand NAAM.csv|NAAM.pdf]
                                     de cijfers van de visie en goed nieuws (D is JJJJ-MM-DD)
  kif doctor                         zijn de registers bereikbaar, en mogen we erin?
  kif profiel voorbeeld              een profiel met uitleg
  kif profiel check BESTAND          alle fouten van een profiel
  kif geheim set NAAM [-]            bewaar een geheim in de sleutelbos (vraagt erom, of leest de invoer)
  kif geheim check                   welke geheimen zijn er?
  kif medewerker list | forget ID    wie mag zich op dit gedeelde account aanmelden; wis een vergeten code
  kif agenda slots --product CODE[:N] [--from DATUM] [--to DATUM] [--why]
                                     wanneer kan dit, of waarom niet
  kif agenda book --product CODE[:N] --at MOMENT --naam NAAM|- --request-id UUID
                                     maak een afspraak; kif agenda --help noemt alle opdrachten en vlaggen
  kif agenda hold | confirm | move | cancel | contact | day | check | load | import | seed-demo | anonymize
                                     vasthouden, bevestigen, verzetten, afzeggen, bekijken, inlezen, vullen,
                                     vergeten wie er kwam
  kif avond status [--datum DATUM]   de avond zelf: wie er komt en is, en hoe lang hij nog wacht
  kif avond arrive NUMMER | arrive --inloop CODE --naam NAAM|- | call --balie B
                                     iemand is er, met of zonder afspraak; roep de volgende op
  kif avond park | finish | noshow VOLGNUMMER --balie B
                                     even apart, klaar, niet gekomen; kif avond --help zegt meer
  kif --version                      de versie

Achter elke opdracht: --json (een JSON-document op de uitvoer) en --profile BESTAND (anders KIF_PROFILE).
Uitgang: 0 klaar, 2 verkeerd gebruik, 3 niet alles geladen, 4 geweigerd of bezet, 1 iets anders.
"""

GEBRUIK = {
    "klant": "kif klant VRAAG, of kif klant - met de vraag op de invoer",
    "contact": "kif contact add --kanaal K --onderwerp T --tekst T|- [--klant VRAAG|-] [--zaak NR] "
    "[--terugbellen AFDELING [--telefoon NR]]",
    "outbox": "kif outbox send|list, of kif outbox retry|withdraw ID",
    "berichten": "kif berichten list [--bellen], kif berichten send|herinneringen, "
    "of kif berichten opnieuw|gebeld ID",
    "terugbellen": "kif terugbellen list [--mijn|--team|--alle], "
    "kif terugbellen gesproken|niet-bereikt|overnemen TAAK, kif terugbellen klaar TAAK --via KANAAL, "
    "of kif terugbellen doorgeven TAAK --aan AFDELING --reden T",
    "belofte": "kif belofte list [--te-laat] [--mijn|--team|--alle|--door-mij]",
    "concepten": "kif concepten list",
    "store": "kif store check|backup|list, kif store restore NAAM, of kif store new",
    "melding": "kif melding NUMMER, kif melding zoek VRAAG|-, kif melding te-laat|zonder-woord|soorten, "
    "kif melding maak --soort S --plek P --tekst T|- [--melder M|-], of kif melding notitie|stand|verteld NR",
    "audit": "kif audit verify [--kop NR:KETEN], kif audit export, of kif audit send",
    "cijfers": "kif cijfers --van JJJJ-MM-DD --tot JJJJ-MM-DD [--bestand NAAM.csv|NAAM.pdf]",
    "doctor": "kif doctor",
    "profiel": "kif profiel voorbeeld, of kif profiel check BESTAND",
    "geheim": "kif geheim set NAAM, of kif geheim check",
    "medewerker": "kif medewerker list, of kif medewerker forget ID",
    "agenda": "kif agenda slots|book|hold|confirm|move|cancel|contact|day|check|load|import|seed-demo, "
    "of kif agenda anonymize --before DATUM",
    "avond": "kif avond status [--datum D], kif avond arrive NUMMER, "
    "kif avond arrive --inloop CODE --naam N|-, kif avond call --balie B, "
    "of kif avond park|finish|noshow VOLGNUMMER --balie B",
    "demo": "kif demo [--server-only [--port N]] [--seed N] [--vandaag JJJJ-MM-DD]",
    "venster": "kif, kif --profile BESTAND, kif --zoek -, of een opdracht; kif --help noemt ze",
}
T = TypeVar("T")
_VROEGST, _LAATST = 1850, 2199
"""Jaren waarin een inwoner kan zijn geboren of een avond kan zijn; daarbuiten is het een typefout."""
OPDRACHTEN = (
    "klant", "contact", "outbox", "berichten", "terugbellen", "belofte", "concepten", "store", "melding",
    "audit", "cijfers", "doctor", "profiel", "geheim", "medewerker", "agenda", "avond", "demo",
)  # fmt: skip


@dataclass(frozen=True)
class Opties:
    """Wat er is gevraagd: "klant", "doctor", "profiel check", …, "demo", "venster", "versie" of "hulp"."""

    opdracht: str
    als_json: bool = False
    profiel: str | None = None
    vraag: str = ""
    bestand: str = ""
    naam: str = ""
    van_invoer: bool = False
    server_only: bool = False
    proef: bool = False
    zoek: str = ""
    port: int | None = None
    seed: int | None = None
    vandaag: date | None = None
    storingen: tuple[str, ...] = ()
    latency_ms: float = 0.0
    agenda: Agendavraag | None = None
    avond: Avondvraag | None = None
    contact: Contactvraag | None = None
    audit: Auditvraag | None = None
    berichten: Berichtvraag | None = None
    melding: Meldingvraag | None = None
    cijfers: Cijfervraag | None = None
    terugbellen: Terugbelvraag | None = None

    @property
    def servervlaggen(self) -> list[str]:
        """De vlaggen voor de demonstratieserver, zoals `kif demo --server-only` ze kreeg."""
        paren = (
            ("--port", self.port),
            ("--seed", self.seed),
            ("--vandaag", self.vandaag),
            ("--latency-ms", self.latency_ms or None),
            *(("--storing", storing) for storing in self.storingen),
        )
        return [deel for vlag, waarde in paren if waarde is not None for deel in (vlag, str(waarde))]


class Argumenten:
    """De woorden na de opdracht, gesorteerd in vlaggen en losse woorden (argparse spreekt Engels)."""

    def __init__(
        self, opdracht: str, argv: Sequence[str], met_waarde: Sequence[str] = (), los: Sequence[str] = ()
    ) -> None:
        self._opdracht = opdracht
        self.woorden: list[str] = []
        self._waarden: dict[str, list[str]] = {}
        rest = list(argv)
        while rest:
            woord = rest.pop(0)
            vlag, gelijk, waarde = woord.partition("=")
            if not woord.startswith("--"):
                self.woorden.append(woord)
            elif vlag in ("--profile", *met_waarde):
                if not gelijk and (not rest or rest[0].startswith("--")):
                    raise self.fout()
                self._waarden.setdefault(vlag, []).append(waarde if gelijk else rest.pop(0))
            elif woord in ("--json", *los):
                self._waarden[woord] = [""]
            else:
                raise self.fout()

    def fout(self) -> InvoerFout:
        """De fout die zegt hoe deze opdracht wel gaat; herhaalt niet wat er is getypt."""
        return InvoerFout(f"Deze opdracht klopt niet. Gebruik: {GEBRUIK[self._opdracht]}.", code="gebruik")

    def has(self, vlag: str) -> bool:
        return vlag in self._waarden

    def all(self, vlag: str) -> tuple[str, ...]:
        return tuple(self._waarden.get(vlag, ()))

    def read(self, vlag: str, lees: Callable[[str], T]) -> T | None:
        """De waarde van een vlag, of None als zij er niet is. Raises InvoerFout als `lees` haar niet kent."""
        try:
            return lees(self._waarden[vlag][-1]) if self.has(vlag) else None
        except ValueError:
            raise self.fout() from None

    def make(self, opdracht: str, **velden: Any) -> Opties:
        return Opties(opdracht, self.has("--json"), self.read("--profile", str), **velden)


def lees_datum(tekst: str) -> date:
    """Een dag als JJJJ-MM-DD. Raises ValueError, ook bij een jaar dat niet kan."""
    dag = date.fromisoformat(tekst)
    if not _VROEGST <= dag.year <= _LAATST:
        raise ValueError
    return dag


def lees_moment(tekst: str) -> datetime:
    """Een moment als ISO 8601. Raises ValueError, ook bij een jaar dat niet kan."""
    moment = datetime.fromisoformat(tekst)
    if not _VROEGST <= moment.year <= _LAATST:
        raise ValueError
    return moment


def read_opties(argv: Sequence[str]) -> Opties:
    """Lees de argumenten zonder programmanaam. Raises InvoerFout met code "gebruik"."""
    if argv and argv[0] == "agenda":
        from frontoffice.cli.agendaopties import read_agenda

        return read_agenda(argv[1:])
    if argv and argv[0] == "avond":
        from frontoffice.cli.avondopties import read_avond

        return read_avond(argv[1:])
    if argv and argv[0] in ("contact", "outbox", "concepten", "store") and "--help" not in argv:
        from frontoffice.cli.contactopties import read_contact

        return read_contact(argv)
    if argv and argv[0] == "berichten" and "--help" not in argv:
        from frontoffice.cli.berichten import read_berichten

        return read_berichten(argv[1:])
    if argv and argv[0] == "melding" and "--help" not in argv:
        from frontoffice.cli.meldingopties import read_melding

        return read_melding(argv[1:])
    if argv and argv[0] in ("terugbellen", "belofte") and "--help" not in argv:
        from frontoffice.cli.terugbelopties import read_terugbellen

        return read_terugbellen(argv)
    if argv and argv[0] == "audit" and "--help" not in argv:
        from frontoffice.cli.auditopties import read_audit

        return read_audit(argv[1:])
    if argv and argv[0] == "cijfers" and "--help" not in argv:
        from frontoffice.cli.cijferopties import read_cijfers

        return read_cijfers(argv[1:])
    if "--help" in argv or "-h" in argv:
        return Opties("hulp", als_json="--json" in argv)
    if "--version" in argv:
        return Opties("versie", als_json="--json" in argv)
    if not argv or argv[0].startswith("-"):
        gelezen = Argumenten("venster", argv, ("--zoek",), los=("--proef",))
        if gelezen.woorden:
            raise gelezen.fout()
        zoek = gelezen.read("--zoek", str) or ""
        return gelezen.make("venster", proef=gelezen.has("--proef"), zoek=zoek)
    opdracht, rest = argv[0], argv[1:]
    if opdracht not in OPDRACHTEN:
        import difflib

        lijkt = difflib.get_close_matches(opdracht.lower(), OPDRACHTEN, n=1)
        tip = f"Bedoelde u kif {lijkt[0]}?" if lijkt else "kif --help noemt alle opdrachten."
        raise InvoerFout(f"Deze opdracht ken ik niet. {tip}", code="gebruik")
    if opdracht == "demo":
        return _demo(rest)
    gelezen = Argumenten(opdracht, rest)
    if opdracht == "klant" and gelezen.woorden:
        return gelezen.make("klant", vraag=" ".join(gelezen.woorden))
    if opdracht == "doctor" and not gelezen.woorden:
        return gelezen.make("doctor")
    return _beheer(opdracht, gelezen)


def _demo(argv: Sequence[str]) -> Opties:
    vlaggen = ("--port", "--seed", "--vandaag", "--storing", "--latency-ms")
    gelezen = Argumenten("demo", argv, vlaggen, ("--server-only", "--proef"))
    server_only = gelezen.has("--server-only")
    port = gelezen.read("--port", int)
    storingen = gelezen.all("--storing")
    latency_ms = gelezen.read("--latency-ms", float) or 0.0
    if (
        gelezen.woorden
        or (port is not None and not (server_only and 0 <= port <= 65535))
        or not all("=" in storing for storing in storingen)
        or not 0 <= latency_ms <= 60_000
    ):
        raise gelezen.fout()
    return gelezen.make(
        "demo",
        server_only=server_only,
        proef=gelezen.has("--proef"),
        port=port,
        seed=gelezen.read("--seed", int),
        vandaag=gelezen.read("--vandaag", lees_datum),
        storingen=storingen,
        latency_ms=latency_ms,
    )


def _beheer(opdracht: str, gelezen: Argumenten) -> Opties:
    """`kif profiel voorbeeld|check BESTAND`, `kif geheim set NAAM [-]|check` en `kif medewerker …`."""
    match opdracht, *gelezen.woorden:
        case "profiel", "voorbeeld":
            return gelezen.make("profiel voorbeeld")
        case "profiel", "check", bestand:
            return gelezen.make("profiel check", bestand=bestand)
        case "geheim", "check":
            return gelezen.make("geheim check")
        case "geheim", "set", naam:
            return gelezen.make("geheim set", naam=naam)
        case "geheim", "set", naam, "-":
            return gelezen.make("geheim set", naam=naam, van_invoer=True)
        case "medewerker", "list":
            return gelezen.make("medewerker list")
        case "medewerker", "forget", naam:
            return gelezen.make("medewerker forget", naam=naam)
    raise gelezen.fout()
