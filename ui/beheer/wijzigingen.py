"""Wie wat veranderde aan de inrichting en de avonden: zoeken, en als CSV bewaren. Zonder Qt.

Leest alleen; de geschiedenis zelf schrijft de agenda bij elke wijziging bij.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import to_utc
from frontoffice.agendapoort import Gebeurtenis, Gebeurtenisvraag
from frontoffice.documents.bestand import save
from frontoffice.documents.csvbestand import Tabel, text_column, write_csv
from frontoffice.domain import taal
from ui.beheer import geschiedeniswoorden as woorden
from ui.beheer.dienst import Agenda

KEER = 500
"""Zoveel regels komen er per keer; oudere op verzoek."""
MEESTE = 50_000
"""Zoveel regels staan er hoogstens in een bestand."""
_NIET = ("rooster",)
"""Een regel die alleen zegt waar iets weggehaalds bij hoorde; het weghalen zelf staat er al."""
KOPPEN = ("Wanneer", "Wie", "Wat", "Avond", "Wat er veranderde", "Reden")


@dataclass(frozen=True)
class Zoekfilter:
    """Leeg = alles. `soort` is een sleutel van `SOORTEN`; `van` en `tot` tellen allebei mee."""

    soort: str = ""
    medewerker: str = ""
    van: date | None = None
    tot: date | None = None


@dataclass(frozen=True)
class Wijzigingsregel:
    """Eén wijziging, klaar om te tonen. `avond` is leeg als zij niet over één avond gaat."""

    nummer: int
    op: datetime
    wie: str
    wat: str
    avond: date | None
    verschil: str
    reden: str

    def teksten(self, vandaag: date) -> tuple[str, ...]:
        """Eén tekst per kop van `KOPPEN`."""
        avond = taal.datum_kort(self.avond, vandaag) if self.avond else ""
        return (woorden.moment(self.op, vandaag), self.wie, self.wat, avond, self.verschil, self.reden)


@dataclass(frozen=True)
class Wijzigingenlijst:
    """`meer`: er zijn nog oudere. `mensen`: wie er ooit iets wijzigde."""

    filter: Zoekfilter
    regels: tuple[Wijzigingsregel, ...]
    meer: bool
    mensen: tuple[str, ...]
    vandaag: date


def load_wijzigingen(
    agenda: Agenda, filter_: Zoekfilter, eerder: tuple[Wijzigingsregel, ...] = ()
) -> Wijzigingenlijst:
    """De nieuwste wijzigingen, of met `eerder` ook wat daarvoor kwam. Raises AgendaFout."""
    voor = eerder[-1].nummer if eerder else 0
    regels = _load(agenda, filter_, voor, KEER + 1)
    mensen = agenda.avonden.find_wijzigers(tuple(woorden.SOORTEN))
    vandaag = taal.dag_van(agenda.opslag.nu())
    return Wijzigingenlijst(filter_, (*eerder, *regels[:KEER]), len(regels) > KEER, mensen, vandaag)


def _load(agenda: Agenda, filter_: Zoekfilter, voor: int, maximum: int) -> tuple[Wijzigingsregel, ...]:
    vraag = Gebeurtenisvraag(
        (filter_.soort,) if filter_.soort else tuple(woorden.SOORTEN),
        filter_.medewerker,
        to_utc(filter_.van, time(0)) if filter_.van else None,
        to_utc(filter_.tot + timedelta(days=1), time(0)) if filter_.tot else None,
        voor,
        _NIET,
    )
    inrichting = agenda.avonden.load_inrichting()
    gevonden = agenda.avonden.find_wijzigingen(vraag, maximum)
    return tuple(_regel(nummer, gebeurtenis, inrichting) for nummer, gebeurtenis in gevonden)


def _regel(nummer: int, gebeurtenis: Gebeurtenis, inrichting: Inrichting) -> Wijzigingsregel:
    return Wijzigingsregel(
        nummer,
        gebeurtenis.op,
        gebeurtenis.wie.medewerker,
        woorden.gebeurtenis_titel(gebeurtenis, inrichting),
        gebeurtenis.datum,
        " · ".join(woorden.differences(gebeurtenis, inrichting)),
        gebeurtenis.reden,
    )


def save_wijzigingen(agenda: Agenda, filter_: Zoekfilter, pad: Path) -> str:
    """Schrijf alles wat bij het filter past; geeft hoeveel dat is, als zin. Raises BestandFout."""
    regels = _load(agenda, filter_, 0, MEESTE)
    save(pad, make_csv(regels))
    zin = f"Bewaard: {taal.aantal(len(regels), 'wijziging', 'wijzigingen')}."
    return f"{zin} Er zijn er meer: kies een kortere periode." if len(regels) == MEESTE else zin


def make_csv(regels: Iterable[Wijzigingsregel]) -> bytes:
    """Met de datum en tijd voluit; een cel die een formule lijkt, wordt er geen."""
    koppen = ("datum", "tijd", "wie", "wat", "avond", "wat er veranderde", "reden")
    tabel = Tabel(tuple(text_column(kop, verplicht=False) for kop in koppen))
    return write_csv(tabel, (dict(zip(koppen, _cellen(regel), strict=True)) for regel in regels))


def _cellen(regel: Wijzigingsregel) -> tuple[str, ...]:
    op = taal.lokaal(regel.op)
    avond = f"{regel.avond:%d-%m-%Y}" if regel.avond else ""
    tijd = f"{op.hour}.{op.minute:02d}.{op.second:02d}"
    return (f"{op:%d-%m-%Y}", tijd, regel.wie, regel.wat, avond, regel.verschil, regel.reden)


def make_kopie(regels: Iterable[Wijzigingsregel], vandaag: date) -> str:
    """Voor het klembord: koppen en regels met tabs, zoals een rekenprogramma en een brief ze plakken."""
    from frontoffice.documents.csvbestand import defuse

    rijen = [KOPPEN, *(regel.teksten(vandaag) for regel in regels)]
    return "\n".join("\t".join(defuse(" ".join(cel.split())) for cel in rij) for rij in rijen)
