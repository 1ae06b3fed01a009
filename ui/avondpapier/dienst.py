"""Wat papier en verslag van de services vragen. Zonder Qt; alles hier draait op een achtergronddraad."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.vanavond.verslag import Verslag, find_open, make_verslag
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.taal import dag_van
from frontoffice.ports import Logboek
from frontoffice.services.avondpapier import GEEN_AVOND, Papierdienst
from frontoffice.services.avondverslagen import Teruggekeken
from ui.papier import Klaarpapier, preview

DOEL = "de avond voorbereiden en afsluiten"


class Avond(Protocol):
    """De dienst van de avond, of wat zonder database doorwerkt."""

    def load_stand(self) -> Avondstand | None: ...

    def load_alle_namen(self) -> Mapping[str, str]: ...

    def load_stappen(self) -> tuple[Gebeurtenis, ...]: ...

    def find_avonden(self) -> tuple[date, ...]: ...

    def load_verslag(self, datum: date) -> Teruggekeken | None: ...

    def finish(
        self,
        id_: str,
        uitkomsten: Sequence[Uitkomst] = (),
        *,
        verzoek_id: str,
        op: datetime | None = None,
    ) -> Bezoek: ...

    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...

    def close_avond(self, *, verzoek_id: str, datum: date | None = None) -> Avondstand: ...


@dataclass(frozen=True)
class Bronnen:
    """Alles wat hier nodig is, geopend. `afzender`: hoe de gemeente boven een brief heet."""

    avond: Avond
    papier: Papierdienst
    logboek: Logboek
    afzender: str


Open = Callable[[], Bronnen]
"""Geeft de bronnen; de eerste keer gaat de agenda daarvoor open, dus nooit op de draad van het scherm."""


@dataclass(frozen=True)
class Verslagstand:
    """Het verslag met wie er nog een uitkomst nodig heeft, op volgnummer en zonder naam.

    `avonden`: welke er te kiezen zijn; leeg als dat niet te zien is. `eerder`: niet die van vandaag.
    """

    verslag: Verslag
    nog_open: tuple[Bezoek, ...]
    stand: Avondstand
    avonden: tuple[date, ...] = ()
    eerder: bool = False

    @property
    def op(self) -> datetime | None:
        """Wanneer iets gebeurde dat u nu pas kiest: bij een eerdere avond de sluitingstijd van toen."""
        return self.verslag.open_tot if self.eerder else None


def load_verslag(open_: Open, datum: date | None) -> Verslagstand | None:
    """De gekozen avond, of zonder keuze vanavond en anders de laatste; None als er nog geen avond was."""
    avond = open_().avond
    vanavond = None if datum is not None else avond.load_stand()
    avonden: tuple[date, ...] = ()
    if vanavond is None:
        avonden = avond.find_avonden()
    else:
        with contextlib.suppress(KifFout):  # zonder verbinding is er alleen vanavond
            avonden = avond.find_avonden()
    if vanavond is not None:
        verslag = make_verslag(vanavond, avond.load_stappen())
        return Verslagstand(verslag, find_open(vanavond.bezoeken), vanavond, avonden)
    dag = datum or (avonden[0] if avonden else None)
    terug = avond.load_verslag(dag) if dag is not None else None
    if terug is None:
        return None
    stand = terug.stand
    eerder = stand.datum != dag_van(stand.nu)
    return Verslagstand(terug.verslag, find_open(stand.bezoeken), stand, avonden, eerder)


def save_verslag(open_: Open, verslag: Verslag, soort: str, map_: Path) -> Path:
    """Leg vast en bewaar; lukt vastleggen niet, dan komt er geen bestand."""
    from frontoffice.documents.avondverslag import make_bestand
    from frontoffice.documents.bestand import save

    bronnen = open_()
    bestand = make_bestand(verslag, soort, bronnen.afzender)
    note(bronnen.logboek, "avondverslag_bewaard", verslag.datum.isoformat(), vorm=soort)
    return save(map_ / bestand.naam, bestand.inhoud)


def make_verslagpapier(open_: Open, verslag: Verslag) -> Klaarpapier:
    from frontoffice.documents.avondverslag import make_bestand

    bestand = make_bestand(verslag, "pdf", open_().afzender)
    return preview(bestand.naam, bestand.inhoud)


def make_lijst(open_: Open) -> Klaarpapier:
    """De avondlijst zoals de avond nu is."""
    from frontoffice.documents.avondpakket import make_pakket
    from ui.avondpapier.inhoud import make_avondpakket

    bronnen = open_()
    gegevens = bronnen.papier.load_gegevens(namen=True)
    pakket = make_pakket(make_avondpakket(gegevens, bronnen.afzender))
    zin = "De lijst bij de deur heeft namen: laat hem niet liggen."
    return preview(pakket.bestandsnaam, pakket.pdf, f"{zin} {pakket.waarschuwing}".strip(), gegevens)


def make_volgnummer(open_: Open, bezoek: Bezoek, taal: str) -> Klaarpapier:
    """Het briefje zoals het nu is, en "kopie" als het al eens is afgedrukt (E13)."""
    from frontoffice.documents.volgnummerbriefje import make_briefje as make_pdf
    from ui.avondpapier.inhoud import make_briefje

    bronnen = open_()
    stand = bronnen.avond.load_stand()
    if stand is None:
        raise KifFout(GEEN_AVOND, code="geen_avond")
    kopie = bronnen.papier.is_kopie(bezoek)
    briefje = make_pdf(make_briefje(stand, bezoek, bronnen.afzender, taal, kopie=kopie))
    zin = "Dit briefje is al eens afgedrukt: er staat kopie op." if kopie else ""
    return preview(briefje.bestandsnaam, briefje.pdf, f"{zin} {briefje.waarschuwing}".strip())


def note(logboek: Logboek, handeling: str, datum: str, **bij: str) -> None:
    """Leg vast dat er iets van de avond weggaat. Raises WinkelFout: dan gaat het niet weg."""
    logboek.note(handeling, DOEL, None, datum=datum, **bij)
