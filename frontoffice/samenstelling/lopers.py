"""Wie alles verstuurt wat geen contact is, per soort opdracht van de outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frontoffice.services.taakwijzigen import Actorzoeker, Taakloper, Taakschrijver

if TYPE_CHECKING:
    from frontoffice.samenstelling.diensten import Diensten
    from frontoffice.services.verzenden import Loper, Tempo


def make_lopers(diensten: Diensten, tempo: Tempo) -> dict[str, Loper]:
    """Een loper voor elk register dat is aangesloten; `tempo` is dat van de werkplek."""
    winkel, register = diensten.opslag.winkel, diensten.registers.contactregister
    lopers: dict[str, Loper] = {"bericht": diensten.berichten.make_loper(winkel)}
    if diensten.meldingsysteem is not None:
        lopers |= diensten.meldingsysteem.make_lopers(winkel, tempo)
    taken = diensten.registers.taken
    if taken is not None and register is not None:
        schrijver = Taakschrijver(taken, tempo)
        zoeker = Actorzoeker(winkel, register, schrijver.wait)
        lopers["taak"] = Taakloper(winkel, taken, schrijver, diensten.uitvoerder, zoeker)
    return lopers
