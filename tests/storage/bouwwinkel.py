"""Bouwt concepten, registraties en een winkel voor de tests. Zondag 22 november 2026, 8.00 uur UTC.

Laadt zo weinig mogelijk: processen die steeds opnieuw beginnen, gebruiken dit ook.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from frontoffice.domain.concept import (
    Actorsoort,
    Afdeling,
    Afsluiting,
    Concept,
    Gesprekspartner,
    Identiteit,
    Identiteitsniveau,
    NieuwAdres,
    Terugbelverzoek,
    ZaakKoppeling,
)
from frontoffice.domain.registratie import Deelnemer, Herhaling, Registratie, Taakopgave
from frontoffice.registratiepoort import Winkel
from frontoffice.storage.reserve import Reserve
from frontoffice.storage.werkplekbestand import Werkplekbestand
from frontoffice.storage.winkel import WerkplekWinkel

SLEUTEL = "5a" * 32
NU = datetime(2026, 11, 22, 8, tzinfo=UTC)
AFDELING = Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken", "Losser", ("Waar gaat het over?",))
KLANT = Gesprekspartner("A. Jansen", "1-12-1985", bsn="999990019")


class Klok:
    """Elke vraag naar de tijd is een seconde later."""

    def __init__(self, nu: datetime = NU) -> None:
        self._nu = nu

    def nu(self) -> datetime:
        self._nu += timedelta(seconds=1)
        return self._nu

    def vandaag(self) -> date:
        return self._nu.date()

    def verlopen(self) -> float:
        return 0.0


def later(seconden: float) -> datetime:
    return NU + timedelta(seconds=seconden)


def make_uuid() -> str:
    return str(uuid.uuid4())


def make_concept(uuid: str = "c1", **over: Any) -> Concept:
    concept = Concept(
        uuid, "gesprek-1", "s.bos", NU, "telefoon", 1, KLANT,
        onderwerp="Paspoort", notitie="Vraagt naar een paspoort. Ça va? \U0001f600", cursor=12, schuif=3,
        zaken=(ZaakKoppeling("z1", "2026-1", "Aanvraag"),),
        afsluiting=Afsluiting.TERUGBELVERZOEK,
        terugbel=Terugbelverzoek(
            AFDELING, "Wanneer klaar?", date(2026, 11, 24), date(2026, 11, 24), "+31612345678", (("a", "b"),)
        ),
        adressen=(NieuwAdres("email", "a@voorbeeld.example", True),),
        identiteit=Identiteit(Identiteitsniveau.EIGEN_ZAAK, "geboortedatum"),
        duur_s=12.5, extra={"hoe": "zo"},
    )  # fmt: skip
    return replace(concept, **over)


def make_registratie(nummer: str, groep: str = "g1", **over: Any) -> Registratie:
    registratie = Registratie(
        make_uuid(), nummer, "s.bos", "S. Bos", "telefoon", "Paspoort", "tekst", "nld", False, True, NU,
        groep, (Deelnemer(KLANT),), ("z1",), Taakopgave(AFDELING, "Terugbellen", "Uiterlijk morgen"),
        Herhaling("t1", "k1", NU), metadata={"kifsleutel": "x"},
    )  # fmt: skip
    return replace(registratie, **over)


def open_winkel(pad: Path | None, **over: Any) -> WerkplekWinkel:
    """Een winkel met de sleutel van de tests en een kleine reserve."""
    reserve = None if pad is None else Reserve(pad.with_suffix(".reserve"), over.pop("reserve", 64 * 1024))
    bestand = Werkplekbestand(pad, over.pop("sleutel", SLEUTEL), reserve=reserve, **over)
    bestand.open()
    return WerkplekWinkel(bestand, Klok())


def finish(winkel: Winkel, aantal: int = 1, groep: str = "", concept: str = "") -> tuple[int, ...]:
    """Rond een nieuw contact af; zonder groep staat het op zichzelf."""
    concept = concept or make_uuid()
    winkel.save_concept(make_concept(concept))
    nummers = winkel.next_referentienummers(aantal)
    registraties = [make_registratie(nummer, groep or concept) for nummer in nummers]
    return winkel.finish(concept, registraties, NU)
