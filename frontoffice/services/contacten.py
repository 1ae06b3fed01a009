"""De diensten rond een contact bij elkaar, zoals de samenstelling ze opent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from frontoffice.domain.concept import Afdeling
from frontoffice.domain.registratie import Opdracht, Toestand, Verzending
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import Contactregister, Winkel
from frontoffice.services.registreren import Registreerdienst
from frontoffice.services.verzenden import Verzenddienst

BEWAART = timedelta(days=14)
"""Zo lang blijft te zien wat er is verstuurd; daarna staat het alleen nog in het register."""


@dataclass
class Contactdiensten:
    """`waarschuwing` zegt wat nu over bewaren te weten is, leeg = niets; `vast` is wat daarvan altijd zo is.

    `nakijken` geeft elke fout in de winkel als zin; `backup` maakt een reservekopie en geeft haar naam.
    `alleen_eigen`: met dit account werken meer mensen.
    """

    winkel: Winkel
    register: Contactregister
    registreren: Registreerdienst
    verzenden: Verzenddienst
    waarschuwing: Callable[[], str] = str
    vast: str = ""
    nakijken: Callable[[], tuple[str, ...]] = tuple
    backup: Callable[[], str] = str
    backup_if_due: Callable[[], object] = str
    sluiten: list[Callable[[], None]] = field(default_factory=list)
    herhalen: Mapping[str, Callable[[int], None]] = field(default_factory=dict)
    """Per soort opdracht hoe zij opnieuw gaat, als dat anders is dan bij een contact."""
    afdoen: Mapping[str, Callable[[int], None]] = field(default_factory=dict)
    """Per soort opdracht hoe iemand haar afdoet die *Actie nodig* is: een bericht door te bellen."""
    alleen_eigen: bool = False

    def load_verzendingen(self) -> tuple[Verzending, ...]:
        """De outbox die deze medewerker mag zien: op een gedeeld account alleen wat van hemzelf is.

        Versturen gaat voor iedereen door. Raises WinkelFout.
        """
        return tuple(rij for rij in self.winkel.load_verzendingen() if self._mag(rij))

    def count_wachtend(self) -> tuple[int, int]:
        """(nog niet in het register, waarvan Actie nodig), van wat deze medewerker mag zien."""
        if not self.alleen_eigen:
            return self.winkel.count_wachtend()
        rijen = [rij for rij in self.winkel.load_verzendingen(ook_verstuurd=False) if self._mag(rij)]
        return len(rijen), sum(rij.toestand is Toestand.ACTIE_NODIG for rij in rijen)

    def _mag(self, rij: Verzending) -> bool:
        return not self.alleen_eigen or rij.opdracht.medewerker == self.registreren.instellingen.medewerker

    def maintain(self, nu: datetime) -> None:
        """Wat elk uur moet: wat lang genoeg geleden is verstuurd gaat weg, en eens per dag een reservekopie.

        Raises WinkelFout.
        """
        self.winkel.purge(nu - BEWAART)
        self.backup_if_due()

    def retry(self, rij: Verzending, opdracht: Opdracht | None = None) -> None:
        """Laat een rij met *Actie nodig* weer meedoen, zo nodig verbeterd. Raises Geweigerd, WinkelFout."""
        herhaal = self.herhalen.get(rij.opdracht.soort)
        if herhaal is None:
            self.registreren.retry(rij, opdracht)
        else:
            herhaal(rij.id)

    def withdraw(self, id: int) -> bool:
        """Trek in wat zeker nergens staat, of doe af wat *Actie nodig* is; onwaar als dat niet (meer) kan."""
        rij = self.winkel.load_verzending(id)
        if rij is not None and rij.toestand is Toestand.ACTIE_NODIG and rij.opdracht.soort in self.afdoen:
            self.afdoen[rij.opdracht.soort](id)
            return True
        return self.winkel.withdraw(id)

    def probe(self) -> None:
        """Schrijf iets kleins: lukt bewaren weer? Raises WinkelFout."""
        self.winkel.remember("laatste_proef", "gelukt")

    def load_afdelingen(self, aanroep: Aanroep) -> tuple[Afdeling, ...]:
        """Wie een terugbelverzoek kan krijgen: eerst die uit het profiel, dan de andere uit het register."""
        eigen = self.registreren.instellingen.afdelingen
        bekend = {(afdeling.soort, afdeling.object_id) for afdeling in eigen}
        rest = [
            afdeling
            for afdeling in self.register.find_afdelingen(aanroep)
            if (afdeling.soort, afdeling.object_id) not in bekend
        ]
        return (*eigen, *rest)

    def close(self) -> None:
        """Laat de winkel los; wat is bewaard, staat er."""
        while self.sluiten:
            self.sluiten.pop()()
        self.winkel.close()
