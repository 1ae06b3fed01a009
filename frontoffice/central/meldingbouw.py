"""Sluit het meldingensysteem en de plaatsenlijst aan, elk pas bij de eerste vraag."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from frontoffice.central.bouw import Lui
from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling

if TYPE_CHECKING:
    from frontoffice.meldingpoort import Locatiezoeker, Meldingregister


@dataclass(frozen=True)
class Meldingaansluitingen:
    """`locaties` is None als het profiel er geen heeft."""

    register: Meldingregister
    locaties: Locatiezoeker | None
    _lijnen: Lijnen = field(repr=False)

    def close(self) -> None:
        self._lijnen.close()


def build(
    meldingen: RegisterInstelling, locaties: RegisterInstelling | None, gemeente: str
) -> Meldingaansluitingen:
    """Raises ProfielFout als een adres niet deugt."""
    lijnen = Lijnen()
    meldinglijn = Verbinding(meldingen, lijnen)
    plaatslijn = None if locaties is None else Verbinding(locaties, lijnen)

    def make_register() -> object:
        from frontoffice.central.signalen import Signalen

        return Signalen(meldinglijn)

    def make_locaties() -> object:
        from frontoffice.central.locaties import Locatieserver

        assert plaatslijn is not None
        return Locatieserver(plaatslijn, gemeente)

    return Meldingaansluitingen(
        cast("Meldingregister", Lui(make_register)),
        None if plaatslijn is None else cast("Locatiezoeker", Lui(make_locaties)),
        lijnen,
    )
