"""Bouwt Terugbellen: de werklijst en wat een medewerker ermee doet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontoffice.samenstelling.diensten import Diensten
    from frontoffice.services.beloften import Beloftedienst
    from frontoffice.services.terugbellen import Terugbeldienst


def make_terugbellen(diensten: Diensten) -> tuple[Terugbeldienst, Beloftedienst]:
    """Opent niets: de winkel gaat open bij de eerste handeling."""
    from frontoffice.samenstelling.contacten import make_instellingen
    from frontoffice.services.beloften import Beloftedienst
    from frontoffice.services.terugbellen import Terugbeldienst
    from frontoffice.services.terugbellijst import Terugbellijst

    profiel, taken = diensten.profiel, diensten.registers.taken
    assert taken is not None
    lijst = Terugbellijst(
        taken,
        diensten.registers.klantinteracties,
        diensten.logboek,
        diensten.klok,
        diensten.uitvoerder,
        medewerker=profiel.medewerker.identificatie,
        afdelingen=profiel.medewerker.afdelingen,
        normen=profiel.normen,
        bevoegdheid=profiel.bevoegdheid,
    )
    instellingen, klok = make_instellingen(profiel), diensten.klok
    beloften = Beloftedienst(lijst, taken, klok, diensten.uitvoerder)
    return Terugbeldienst(lijst, lambda: diensten.opslag.winkel, klok, instellingen), beloften
