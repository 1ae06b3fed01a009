"""Leest `kif agenda …`: welke opdracht, met welke producten, momenten en gegevens. Voert niets uit.

Foutzinnen herhalen nooit wat er is getypt: dat kan een persoonsgegeven zijn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from frontoffice.agenda.afspraak import Bevestigkanaal, Kanaal
from frontoffice.agenda.wens import Wensregel
from frontoffice.cli.opties import Argumenten, Opties, lees_datum, lees_moment
from frontoffice.domain.fouten import InvoerFout

HULP = """\
De agenda van de avondopenstelling.

  kif agenda seed-demo [--avond nu]  vul een proefagenda; met --avond nu is er nu een avond bezig
  kif agenda load BESTAND            lees inrichting en afspraken in (TOML of JSON; de vorm staat in
                                     resources/demo/agenda.toml)
  kif agenda slots --product CODE[:N] [--product …] [--from DATUM] [--to DATUM] [--why]
                                     begintijden die kunnen; met --why de andere, met waarom niet
  kif agenda book --product CODE[:N] --at MOMENT --naam NAAM|- --request-id UUID
                                     maak een afspraak
  kif agenda hold --product CODE[:N] --at MOMENT --request-id UUID
                                     houd een tijd vast
  kif agenda confirm ID --naam NAAM|- --request-id UUID
                                     maak van een vastgehouden tijd een afspraak
  kif agenda move NUMMER --at MOMENT --request-id UUID
                                     verzet een afspraak; ook op id of code
  kif agenda cancel NUMMER [--reden TEKST] --request-id UUID
                                     zeg een afspraak af; ook op id of code
  kif agenda contact NUMMER --request-id UUID [--naam NAAM|-] [--telefoon …] [--email …] [--bevestiging …]
                                     wijzig wie er komt of hoe die te bereiken is; de rest blijft
  kif agenda import BESTAND [--avond DATUM | --from DATUM --to DATUM] [--eigenaar NAAM] [--als-van MOMENT]
                                     lees een .ics of CSV van een andere agenda in (web-afspraken)
  kif agenda day DATUM               de afspraken van een avond, ook wat is ingelezen
  kif agenda anonymize --before DATUM
                                     vergeet wie er op de avonden voor die dag kwam; aantallen blijven
  kif agenda check                   loop bezetting en afspraken na
  kif agenda forget-klantsleutels    wis alle klantsleutels, om met een ander geheim verder te gaan

Bij import vervangt een nieuwere lijst de vorige; een oudere wordt geweigerd. Zonder --als-van is de lijst van
het moment waarop het bestand is bewaard; zonder --avond of --from en --to gaat zij over de eerste tot en met
de laatste dag die erin staat. Een CSV heeft de kolommen datum, begin en eind, en als u wilt balie, product en
nummer; in een .ics staat de balie bij RESOURCES of LOCATION. Met --eigenaar JCC wordt de avond voortaan in
JCC gepland en boekt KiF er niets; --eigenaar KiF draait dat terug.

Bij book, confirm en contact: --telefoon, --email of --geen-contact, --geboortedatum, --bevestiging
mail|sms|brief|geen, --brieftaal nl|de|en. Bij book en confirm ook --opmerking, --omstandigheid CODE en
--toestemming-op DATUM; die bepalen wat er op de brief staat. Bij slots, book en hold: --behoefte CODE,
--taal nl, --kanaal telefoon|balie|web. Een MOMENT is ISO 8601 met zone: 2026-12-03T17:00+01:00. Achter elke
opdracht: --database ADRES, --json en --profile BESTAND. Met --naam - staat de naam op de invoer. Uitgang: 0
klaar, 1 fout gevonden of onbereikbaar, 2 verkeerd gebruik, 4 geweigerd of bezet.
"""

_GEWOON = ("--database",)
_WENS = ("--product", "--behoefte", "--taal", "--kanaal")
_CONTACT = ("--naam", "--telefoon", "--email", "--geboortedatum", "--bevestiging", "--brieftaal")
_KLANT = (*_CONTACT, "--opmerking", "--omstandigheid", "--toestemming-op")
_VERZOEK = ("--request-id",)
_AANWIJZING = ("--id", "--nummer", "--code")
_VLAGGEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "seed-demo": (("--avond",), ()),
    "load": ((), ()),
    "import": ((*_VERZOEK, "--avond", "--from", "--to", "--eigenaar", "--als-van"), ()),
    "slots": ((*_WENS, "--from", "--to"), ("--why",)),
    "book": ((*_WENS, *_KLANT, *_VERZOEK, "--at", "--extra"), ("--geen-contact",)),
    "hold": ((*_WENS, *_VERZOEK, "--at"), ()),
    "confirm": ((*_KLANT, *_VERZOEK, "--id", "--hold"), ("--geen-contact",)),
    "move": ((*_VERZOEK, *_AANWIJZING, "--at", "--reden"), ()),
    "cancel": ((*_VERZOEK, *_AANWIJZING, "--reden"), ()),
    "contact": ((*_CONTACT, *_VERZOEK, *_AANWIJZING, "--reden"), ("--geen-contact",)),
    "day": ((), ()),
    "check": ((), ()),
    "anonymize": (("--before",), ()),
    "forget-klantsleutels": ((), ()),
}
_EEN_WOORD = ("load", "import", "day")
_MAG_WOORD = ("confirm", "move", "cancel", "contact")


@dataclass(frozen=True)
class Agendavraag:
    """Wat er moet gebeuren. `wie` wijst een afspraak of vastgehouden tijd aan: nummer, id of code."""

    deel: str
    database: str = ""
    producten: tuple[Wensregel, ...] = ()
    behoeften: tuple[str, ...] = ()
    taal: str = ""
    kanaal: Kanaal | None = None
    van: date | None = None
    tot: date | None = None
    voor: date | None = None
    begin: datetime | None = None
    waarom: bool = False
    wie: str = ""
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    geen_contact: bool = False
    geboortedatum: date | None = None
    bevestiging: Bevestigkanaal | None = None
    brieftaal: str = ""
    omstandigheden: tuple[str, ...] = ()
    toestemming_op: date | None = None
    gegeven: frozenset[str] = frozenset()
    """Welke contactgegevens er zijn meegegeven; een lege waarde wist dat gegeven."""
    opmerking: str = ""
    reden: str = ""
    extra: str = ""
    verzoek: str = ""
    bestand: Path | None = None
    datum: date | None = None
    avond_nu: bool = False
    eigenaar: str | None = None
    als_van: datetime | None = None


def read_agenda(argv: Sequence[str]) -> Opties:
    """Lees wat achter `kif agenda` staat. Raises InvoerFout met code "gebruik"."""
    if "--help" in argv or "-h" in argv:
        return Opties("hulp", als_json="--json" in argv, vraag=HULP)
    deel = argv[0] if argv else ""
    if deel not in _VLAGGEN:
        raise Argumenten("agenda", ()).fout()
    met_waarde, los = _VLAGGEN[deel]
    gelezen = Argumenten("agenda", argv[1:], (*_GEWOON, *met_waarde), los)
    woorden = gelezen.woorden
    if len(woorden) > (deel in _EEN_WOORD or deel in _MAG_WOORD) or (deel in _EEN_WOORD and not woorden):
        raise gelezen.fout()
    return gelezen.make("agenda", agenda=_vraag(deel, gelezen, woorden[0] if woorden else ""))


def _vraag(deel: str, gelezen: Argumenten, woord: str) -> Agendavraag:
    aangewezen = [waarde for vlag in ("--id", "--hold", "--nummer", "--code") for waarde in gelezen.all(vlag)]
    vraag = Agendavraag(
        deel,
        database=gelezen.read("--database", str) or "",
        producten=tuple(_product(tekst, gelezen) for tekst in gelezen.all("--product")),
        behoeften=gelezen.all("--behoefte"),
        taal=gelezen.read("--taal", str) or "",
        kanaal=gelezen.read("--kanaal", Kanaal),
        van=gelezen.read("--from", lees_datum),
        tot=gelezen.read("--to", lees_datum),
        voor=gelezen.read("--before", lees_datum),
        begin=_moment(gelezen, "--at"),
        waarom=gelezen.has("--why"),
        wie=woord if deel in _MAG_WOORD and woord else "".join(aangewezen[:1]),
        naam=gelezen.read("--naam", str) or "",
        telefoon=gelezen.read("--telefoon", str) or "",
        email=gelezen.read("--email", str) or "",
        geen_contact=gelezen.has("--geen-contact"),
        geboortedatum=gelezen.read("--geboortedatum", lees_datum),
        bevestiging=gelezen.read("--bevestiging", Bevestigkanaal),
        brieftaal=gelezen.read("--brieftaal", str) or "",
        omstandigheden=gelezen.all("--omstandigheid"),
        toestemming_op=gelezen.read("--toestemming-op", lees_datum),
        gegeven=frozenset(vlag for vlag in _CONTACT if gelezen.all(vlag)),
        opmerking=gelezen.read("--opmerking", str) or "",
        reden=gelezen.read("--reden", str) or "",
        extra=gelezen.read("--extra", str) or "",
        verzoek=gelezen.read("--request-id", str) or "",
        bestand=Path(woord).expanduser() if deel in ("load", "import") else None,
        datum=_avond(deel, woord, gelezen),
        avond_nu=deel == "seed-demo" and gelezen.has("--avond"),
        eigenaar=gelezen.read("--eigenaar", str),
        als_van=_moment(gelezen, "--als-van"),
    )
    _check(vraag, gelezen)
    return vraag


def _check(vraag: Agendavraag, gelezen: Argumenten) -> None:
    met_wens = vraag.deel in ("slots", "book", "hold")
    met_begin = vraag.deel in ("book", "hold", "move")
    if (
        (met_wens and not vraag.producten)
        or (met_begin and vraag.begin is None)
        or (vraag.deel in ("book", "confirm") and not vraag.naam)
        or (vraag.deel in _MAG_WOORD and not vraag.wie)
        or (vraag.deel == "contact" and not vraag.gegeven and not vraag.geen_contact)
        or (vraag.deel == "anonymize" and vraag.voor is None)
        or (vraag.avond_nu and gelezen.all("--avond") != ("nu",))
        or (vraag.van and vraag.tot and vraag.van > vraag.tot)
        or (vraag.deel == "import" and bool(vraag.van) != bool(vraag.tot))
        or (vraag.deel == "import" and vraag.van and vraag.datum)
    ):
        raise gelezen.fout()


def _product(tekst: str, gelezen: Argumenten) -> Wensregel:
    try:
        return lees_wensregel(tekst)
    except ValueError:
        raise gelezen.fout() from None


def lees_wensregel(tekst: str) -> Wensregel:
    """CODE of CODE:N, met N van 1 tot en met 99. Raises ValueError."""
    code, dubbelpunt, aantal = tekst.partition(":")
    if not code or (dubbelpunt and not re.fullmatch("[1-9][0-9]?", aantal)):
        raise ValueError
    return Wensregel(code, int(aantal) if dubbelpunt else 1)


def _avond(deel: str, woord: str, gelezen: Argumenten) -> date | None:
    if deel == "day":
        return _datum(woord, gelezen)
    return gelezen.read("--avond", lees_datum) if deel == "import" else None


def _datum(tekst: str, gelezen: Argumenten) -> date:
    try:
        return lees_datum(tekst)
    except ValueError:
        raise gelezen.fout() from None


def _moment(gelezen: Argumenten, vlag: str) -> datetime | None:
    moment = gelezen.read(vlag, lees_moment)
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise InvoerFout(
            "Zet de zone achter het moment, zoals 2026-12-03T17:00+01:00 (winter) of +02:00 (zomer).",
            code="gebruik",
        )
    return moment.astimezone(UTC)
