"""Een account waarmee meer mensen werken: er gaat niets open tot bekend is wie dat doet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.klant import KlantSleutel
from frontoffice.logboek import Logregel
from frontoffice.ports import Klok
from frontoffice.profiel import Medewerker, Profiel

if TYPE_CHECKING:
    from frontoffice.samenstelling.werkplek import Werkplekopslag
    from frontoffice.services.aanmelden import Aanmelddienst

NIET_AANGEMELD = "niet_aangemeld"


def niet_aangemeld() -> Geweigerd:
    return Geweigerd("Meld u eerst aan. Daarna kunt u zoeken.", code=NIET_AANGEMELD)


def check_eigen_account(profiel: Profiel | None) -> None:
    """Raises Geweigerd op een gedeeld account: op de opdrachtregel meldt niemand zich aan."""
    if profiel is not None and profiel.op_gedeeld_account:
        raise Geweigerd(
            "Met dit account werken meer mensen. Open het venster en meld u daar aan.", code=NIET_AANGEMELD
        )


class GeslotenLogboek:
    """Port `Logboek` zolang er niemand is: een regel zonder medewerker bestaat niet."""

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        raise niet_aangemeld()

    @property
    def regels(self) -> tuple[Logregel, ...]:
        raise niet_aangemeld()

    def afdruk(self, sleutel: KlantSleutel) -> str:
        raise niet_aangemeld()


def make_aanmelddienst(profiel: Profiel, opslag: Werkplekopslag, klok: Klok) -> Aanmelddienst:
    """Opent niets; de winkel gaat open bij de eerste vraag."""
    from frontoffice.samenstelling.werkplek import Inzagelogboek
    from frontoffice.services.aanmelden import Aanmelddienst, Werkt

    bekend = {wie.identificatie: wie for wie in profiel.medewerkers}

    def logboek_van(wie: Werkt) -> Inzagelogboek:
        return Inzagelogboek(opslag, bekend[wie.identificatie])

    return Aanmelddienst(profiel.medewerkers, lambda: opslag.winkel, logboek_van, klok)


def find_medewerker(profiel: Profiel, identificatie: str) -> Medewerker:
    """Een medewerker die zich heeft aangemeld."""
    return next(wie for wie in profiel.medewerkers if wie.identificatie == identificatie)
