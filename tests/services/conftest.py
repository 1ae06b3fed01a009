"""Een werkplek met nepregisters: samengesteld zoals `samenstelling` het doet, zonder netwerk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.klant import Herkomst, KlantSleutel
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Bron, Stop
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.klantbeeld import KlantbeeldDienst, Verandering
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import SLEUTEL, maak_persoon
from tests.nep import NepBedrijven, NepKlantinteracties, NepKlok, NepLogboek, NepPersonen, NepZaken


@dataclass
class Werkplek:
    """De registers om in te vullen en de diensten erop. `rol(…)` verandert wat de medewerker mag."""

    uitvoerder: Uitvoerder
    klantinteracties: NepKlantinteracties = field(default_factory=NepKlantinteracties)
    zaken: NepZaken = field(default_factory=NepZaken)
    personen: NepPersonen = field(default_factory=lambda: NepPersonen([maak_persoon()]))
    bedrijven: NepBedrijven = field(default_factory=NepBedrijven)
    logboek: NepLogboek = field(default_factory=NepLogboek)
    klok: NepKlok = field(default_factory=NepKlok)
    bronnen: tuple[Bron, ...] = ()
    instellingen: Instellingen = field(
        default_factory=lambda: Instellingen(
            Bevoegdheid(frozenset({"*"}), Vertrouwelijkheid.zaakvertrouwelijk),
            frozenset({"Aanvullende gegevens gevraagd"}),
        )
    )

    def rol(self, *zaaktypen: str, hoogste: Vertrouwelijkheid = Vertrouwelijkheid.zaakvertrouwelijk) -> None:
        nieuw = Bevoegdheid(frozenset(zaaktypen), hoogste)
        self.instellingen = Instellingen(nieuw, self.instellingen.wacht_op_inwoner)

    @property
    def _alles(self) -> dict[str, Any]:
        return {
            "klantinteracties": self.klantinteracties,
            "zaken": self.zaken,
            "personen": self.personen,
            "bedrijven": self.bedrijven,
            "logboek": self.logboek,
            "klok": self.klok,
            "uitvoerder": self.uitvoerder,
            "instellingen": self.instellingen,
        }

    @property
    def klantbeeld(self) -> KlantbeeldDienst:
        return KlantbeeldDienst(**self._alles, bronnen=self.bronnen)

    @property
    def zoeken(self) -> Zoekdienst:
        return Zoekdienst(**self._alles)

    def open(self, sleutel: KlantSleutel = SLEUTEL, herkomst: Herkomst = Herkomst.BSN) -> Klantbeeld:
        """Begin en laad het hele eerste beeld."""
        dienst = self.klantbeeld
        beeld = dienst.begin(sleutel, herkomst)
        return pas_toe(beeld, dienst.load(beeld, Stop()))


def pas_toe(beeld: Klantbeeld, veranderingen: Iterable[Verandering]) -> Klantbeeld:
    for verandering in veranderingen:
        beeld = verandering(beeld)
    return beeld


@pytest.fixture
def werkplek() -> Iterator[Werkplek]:
    uitvoerder = Uitvoerder()
    yield Werkplek(uitvoerder)
    uitvoerder.close()


@pytest.fixture
def toepassen() -> Callable[[Klantbeeld, Iterable[Verandering]], Klantbeeld]:
    return pas_toe
