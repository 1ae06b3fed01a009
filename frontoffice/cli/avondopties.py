"""Leest `kif avond …`: welke stap van vanavond, van wie en aan welke balie. Voert niets uit.

Foutzinnen herhalen nooit wat er is getypt: dat kan een persoonsgegeven zijn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frontoffice.agenda.wens import Wensregel
from frontoffice.cli.agendaopties import lees_wensregel
from frontoffice.cli.opties import Argumenten, Opties, lees_datum

HULP = """\
De avond zelf: van de deur tot klaar.

  kif avond status [--datum DATUM]   wie er komt en is, aan welke balie, en hoe lang hij nog wacht
  kif avond report [--datum DATUM]   het verslag: aantallen en wachttijden; zonder datum dat van vanavond, en
                                     anders van de laatste avond. Noemt ook welke avonden er een hebben
  kif avond arrive NUMMER --request-id UUID
                                     iemand is er; NUMMER is het nummer of de code van de afspraak, of het
                                     volgnummer
  kif avond arrive --inloop CODE[:N] --naam NAAM|- --request-id UUID
                                     iemand zonder afspraak komt voor dit product; met --naam - staat de
                                     naam op de invoer; zegt hoe lang het duurt, of waarom het niet kan
  kif avond call --balie BALIE --request-id UUID
                                     roep de volgende op; wacht er niemand of helpt deze balie nog iemand, dan
                                     is het volgnummer null en de uitgang 4
  kif avond park VOLGNUMMER --balie BALIE --request-id UUID
                                     even apart: de balie is weer vrij
  kif avond finish VOLGNUMMER --balie BALIE --request-id UUID
                                     klaar
  kif avond noshow VOLGNUMMER --balie BALIE --request-id UUID
                                     niet gekomen; pas na de respijttijd

Zonder --request-id is elke opdracht een nieuw verzoek; hetzelfde verzoek nog eens geeft hetzelfde antwoord.
Achter elke opdracht: --database ADRES, --json en --profile BESTAND. Namen staan nooit op de uitvoer. Uitgang:
0 klaar, 1 onbereikbaar, 2 verkeerd gebruik, 4 geweigerd of niemand om op te roepen. Is er geen avond, dan
zegt status dat, met uitgang 0.
"""

_GEWOON = ("--database", "--request-id")
_VLAGGEN = {
    "status": ("--database", "--datum"),
    "report": ("--database", "--datum"),
    "arrive": (*_GEWOON, "--inloop", "--naam"),
    "call": (*_GEWOON, "--balie"),
    "park": (*_GEWOON, "--balie"),
    "finish": (*_GEWOON, "--balie"),
    "noshow": (*_GEWOON, "--balie"),
}
_MET_NUMMER = ("park", "finish", "noshow")
KIJKT = ("status", "report")
"""Deze opdrachten veranderen niets en gaan over geen balie."""


@dataclass(frozen=True)
class Avondvraag:
    """`wie` wijst iemand van vanavond aan; `inloop` is het product van iemand zonder afspraak."""

    deel: str
    database: str = ""
    datum: date | None = None
    wie: str = ""
    inloop: Wensregel | None = None
    naam: str = ""
    balie: str = ""
    verzoek: str = ""


def read_avond(argv: Sequence[str]) -> Opties:
    """Lees wat achter `kif avond` staat. Raises InvoerFout met code "gebruik"."""
    if "--help" in argv or "-h" in argv:
        return Opties("hulp", als_json="--json" in argv, vraag=HULP)
    deel = argv[0] if argv else ""
    if deel not in _VLAGGEN:
        raise Argumenten("avond", ()).fout()
    gelezen = Argumenten("avond", argv[1:], _VLAGGEN[deel])
    vraag = Avondvraag(
        deel,
        database=gelezen.read("--database", str) or "",
        datum=gelezen.read("--datum", lees_datum),
        wie=" ".join(gelezen.woorden),
        inloop=gelezen.read("--inloop", lees_wensregel),
        naam=(gelezen.read("--naam", str) or "").strip(),
        balie=(gelezen.read("--balie", str) or "").strip(),
        verzoek=gelezen.read("--request-id", str) or "",
    )
    if not _is_goed(vraag, len(gelezen.woorden)):
        raise gelezen.fout()
    return gelezen.make("avond", avond=vraag)


def _is_goed(vraag: Avondvraag, woorden: int) -> bool:
    if vraag.deel == "arrive":
        met_afspraak = woorden == 1 and vraag.inloop is None and not vraag.naam
        return met_afspraak or (woorden == 0 and vraag.inloop is not None and bool(vraag.naam))
    met_nummer = vraag.deel in _MET_NUMMER
    return woorden == met_nummer and bool(vraag.balie) == (vraag.deel not in KIJKT)
