"""Bouwt de aansluitingen uit losse instellingen; `samenstelling` vult die uit het profiel.

De modules van de registers laden pas bij de eerste vraag, want msgspec en requests zijn zwaar.
`Aansluitingen.warm` doet dat vooraf, op een achtergronddraad, als het venster er eenmaal staat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import Codes, RegisterInstelling
from frontoffice.domain.fouten import ProfielFout

if TYPE_CHECKING:
    from frontoffice.ports import Bedrijven, Contactlezer, Klantinteracties, Opslag, Personen, Zaken
    from frontoffice.registratiepoort import Contactregister
    from frontoffice.takenpoort import Takenregister

DAG = 24 * 3600.0
_NODIG = ("klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk")


class Lui:
    """Staat voor een aansluiting die pas bij de eerste vraag wordt gemaakt."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, naam: str) -> Any:
        if naam.startswith("__"):
            raise AttributeError(naam)
        return getattr(self._get(), naam)

    def _get(self) -> object:
        # setdefault: maken twee draden hem tegelijk, dan gebruiken ze toch dezelfde.
        return self.__dict__.get("_echt") or self.__dict__.setdefault("_echt", self._make())


@dataclass(frozen=True)
class Aansluitingen:
    """De vier registers als ports, het schrijven en tellen van contacten, en de lijnen eronder."""

    klantinteracties: Klantinteracties
    zaken: Zaken
    personen: Personen
    bedrijven: Bedrijven
    contactregister: Contactregister
    taken: Takenregister
    contactlezer: Contactlezer
    _lijnen: Lijnen = field(repr=False)
    _instellingen: Mapping[str, RegisterInstelling] = field(repr=False)

    def warm(self) -> None:
        """Laad vooraf wat zwaar is: modules, certificaten. Doet geen verzoek; mag op elke draad."""
        self._lijnen.warm(self._instellingen.values())
        for aansluiting in (self.klantinteracties, self.zaken, self.personen, self.bedrijven):
            cast(Lui, aansluiting)._get()

    def close(self) -> None:
        """Sluit de verbindingen; wat nog onderweg is, breekt af via zijn eigen Stop of tijd."""
        self._lijnen.close()


def build(
    instellingen: Mapping[str, RegisterInstelling],
    *,
    codes: Codes | None = None,
    doelen: Mapping[str, Mapping[str, str]] | None = None,
    opslag: Opslag,
    catalogus_houdbaar: float = DAG,
    grootste_document: int | None = None,
) -> Aansluitingen:
    """Bouw alles. `instellingen` op naam: klantinteracties, zaken, catalogi, documenten, brp, kvk.

    `doelen`: per soort BRP-vraag de headers.
    Raises ProfielFout als een register ontbreekt of een adres niet deugt.
    """
    ontbreekt = tuple(
        f"Register {naam} ontbreekt in het profiel." for naam in _NODIG if naam not in instellingen
    )
    if ontbreekt:
        raise ProfielFout(ontbreekt)
    lijnen = Lijnen()
    lijn = {naam: Verbinding(instellingen[naam], lijnen) for naam in _NODIG}

    def make_klantinteracties() -> object:
        from frontoffice.central.klantinteracties import OpenKlant

        return OpenKlant(lijn["klantinteracties"], codes or Codes())

    def make_contactregister() -> object:
        from frontoffice.central.contactregister import OpenKlantSchrijver

        return OpenKlantSchrijver(lijn["klantinteracties"], codes or Codes())

    def make_taken() -> object:
        from frontoffice.central.taken import OpenKlantTaken

        return OpenKlantTaken(lijn["klantinteracties"], codes or Codes())

    def make_contactlezer() -> object:
        from frontoffice.central.contactfeiten import Contactfeiten

        return Contactfeiten(lijn["klantinteracties"])

    def make_zaken() -> object:
        from frontoffice.central.catalogi import CatalogusBron
        from frontoffice.central.documenten import GROOTSTE_DOCUMENT, Documenten
        from frontoffice.central.zaken import OpenZaak

        catalogus = CatalogusBron(lijn["catalogi"], opslag, catalogus_houdbaar)
        documenten = Documenten(lijn["documenten"], grootste_document or GROOTSTE_DOCUMENT)
        return OpenZaak(lijn["zaken"], catalogus, documenten)

    def make_personen() -> object:
        from frontoffice.central.personen import HaalCentraal

        return HaalCentraal(lijn["brp"], doelen or {})

    def make_bedrijven() -> object:
        from frontoffice.central.bedrijven import Handelsregister

        return Handelsregister(lijn["kvk"])

    return Aansluitingen(
        cast("Klantinteracties", Lui(make_klantinteracties)),
        cast("Zaken", Lui(make_zaken)),
        cast("Personen", Lui(make_personen)),
        cast("Bedrijven", Lui(make_bedrijven)),
        cast("Contactregister", Lui(make_contactregister)),
        cast("Takenregister", Lui(make_taken)),
        cast("Contactlezer", Lui(make_contactlezer)),
        lijnen,
        instellingen,
    )
