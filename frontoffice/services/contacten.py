"""De diensten rond een contact bij elkaar, zoals de samenstelling ze opent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from frontoffice.domain.concept import Afdeling
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import Contactregister, Winkel
from frontoffice.services.registreren import Registreerdienst
from frontoffice.services.verzenden import Verzenddienst

BEWAART = timedelta(days=14)
"""Zo lang blijft te zien wat er is verstuurd; daarna staat het alleen nog in het register."""


@dataclass
class Contactdiensten:
    """`waarschuwing` blijft in beeld, leeg = geen.

    `nakijken` geeft elke fout in de winkel als zin; `backup` maakt een reservekopie en geeft haar naam.
    """

    winkel: Winkel
    register: Contactregister
    registreren: Registreerdienst
    verzenden: Verzenddienst
    waarschuwing: str = ""
    nakijken: Callable[[], tuple[str, ...]] = tuple
    backup: Callable[[], str] = str
    backup_if_due: Callable[[], object] = str
    sluiten: list[Callable[[], None]] = field(default_factory=list)

    def maintain(self, nu: datetime) -> None:
        """Wat elk uur moet: wat lang genoeg geleden is verstuurd gaat weg, en eens per dag een reservekopie.

        Raises WinkelFout.
        """
        self.winkel.purge(nu - BEWAART)
        self.backup_if_due()

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
