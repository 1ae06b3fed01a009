"""Een werkplek voor de tests van het contact: echte draden, nepwinkel en nepregister."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from frontoffice.domain.concept import Actorsoort, Afdeling, Concept
from frontoffice.domain.fouten import KifFout
from frontoffice.services.contacten import Contactdiensten
from frontoffice.services.registreren import Registreerdienst, Registreerinstellingen
from frontoffice.services.verzenden import Verzenddienst
from frontoffice.uitvoeren import Uitvoerder
from tests.nep import NepKlok
from tests.nep_registratie import NepRegister, NepWinkel
from ui.achtergrond import Achtergrond
from ui.contact.gesprekken import Gesprekken

AFDELING = Afdeling(
    Actorsoort.AFDELING, "burgerzaken", "Burgerzaken", "Enschede", ("Om welk document gaat het?",)
)
INSTELLINGEN = Registreerinstellingen(
    "s.bos@losser.example",
    "S. Bos",
    ("telefoon", "balie", "e-mail"),
    "telefoon",
    onderwerpen=("Openingstijden", "Afval"),
    afdelingen=(AFDELING,),
)


class HaperWinkel(NepWinkel):
    """Een winkel die weigert zolang `fout` is gezet, en telt hoe vaak er is bewaard."""

    def __init__(self) -> None:
        super().__init__()
        self.fout: KifFout | None = None
        self.bewaard = 0

    def save_concept(self, concept: Concept) -> None:
        if self.fout is not None:
            raise self.fout
        self.bewaard += 1
        super().save_concept(concept)


@dataclass
class Werkplek:
    winkel: HaperWinkel
    register: NepRegister
    klok: NepKlok
    diensten: Contactdiensten
    maak: Callable[[], Gesprekken]


@pytest.fixture
def werkplek(achtergrond: Achtergrond) -> Iterator[Werkplek]:
    winkel, register, klok, uitvoerder = HaperWinkel(), NepRegister(), NepKlok(), Uitvoerder()
    diensten = Contactdiensten(
        winkel,
        register,
        Registreerdienst(winkel, klok, INSTELLINGEN),
        Verzenddienst(winkel, register, klok, uitvoerder, houder="venster", per_seconde=10_000),
    )
    gemaakt: list[Gesprekken] = []

    def maak() -> Gesprekken:
        gemaakt.append(Gesprekken(achtergrond, lambda: diensten, INSTELLINGEN, klok))
        return gemaakt[-1]

    yield Werkplek(winkel, register, klok, diensten, maak)
    for gesprekken in gemaakt:
        gesprekken.close()
    uitvoerder.close()


@pytest.fixture
def gesprekken(werkplek: Werkplek) -> Gesprekken:
    return werkplek.maak()
