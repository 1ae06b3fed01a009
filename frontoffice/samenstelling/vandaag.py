"""Sluit Vandaag aan op wat dit profiel heeft; wat er niet is, staat er niet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontoffice.ports import Aanroep
from frontoffice.services.vandaag import Deel, Deelnaam

if TYPE_CHECKING:
    from frontoffice.samenstelling.diensten import Diensten


def connect_vandaag(diensten: Diensten) -> None:
    """Opent niets en laadt niets: dat gebeurt bij de eerste vraag, op een achtergronddraad."""
    dienst = diensten.vandaag

    def beloften(aanroep: Aanroep) -> Deel:
        from frontoffice.services.vandaagladen import Terugbelladers

        return Terugbelladers(diensten.terugbellen.lijst, diensten.klok).load_beloften(aanroep)

    def door_mij(aanroep: Aanroep) -> Deel:
        from frontoffice.services.vandaagladen import Belofteladers

        laders = Belofteladers(diensten.beloften, diensten.terugbellen.lijst, diensten.klok)
        return laders.load_bij_ander(aanroep)

    def team(aanroep: Aanroep) -> Deel:
        from frontoffice.services.vandaagladen import Terugbelladers

        return Terugbelladers(diensten.terugbellen.lijst, diensten.klok).load_team(aanroep)

    def meldingen(aanroep: Aanroep) -> Deel:
        from frontoffice.services.vandaagladen import Meldingladers

        assert diensten.meldingen is not None
        return Meldingladers(diensten.meldingen, diensten.klok).load_zonder_bericht(aanroep)

    if diensten.registers.taken is not None:
        dienst.add(Deelnaam.BELOFTEN, beloften)
        dienst.add(Deelnaam.DOOR_MIJ, door_mij)
        dienst.add(Deelnaam.TEAM, team)
    if diensten.meldingsysteem is not None:
        dienst.add(Deelnaam.MELDINGEN, meldingen)
