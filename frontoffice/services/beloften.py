"""Beloften: wat iemand aan een klant toezegde, of het nog kan, en of het is nagekomen.

Leest ze uit de internetaken, de plek die elk ander programma ook toont. Maken gebeurt met het contact waarin
iets wordt beloofd: `registreren` en `terugbellen`. Rekent niets uit over personen: dat doet niemand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from frontoffice.domain.belofte import (
    TERUGBELLEN,
    Belofte,
    Beloftestand,
    find_stand,
)
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Aanroep, Klok, Stop
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.takenpoort import Takenregister
from frontoffice.uitvoeren import Lading, Uitvoerder

_TIJD_S = 60.0


class Beloftedienst:
    """Leest beloften. Roep alles aan buiten de schermdraad."""

    def __init__(
        self, lijst: Terugbellijst, taken: Takenregister, klok: Klok, uitvoerder: Uitvoerder
    ) -> None:
        self._lijst, self._taken, self._klok, self._uitvoerder = lijst, taken, klok, uitvoerder

    def load_open(self, wiens: Wiens, stop: Stop, *, te_laat: bool = False) -> tuple[Belofte, ...]:
        """Open beloften die bij mij, mijn team of iedereen liggen; wat het eerst is beloofd eerst."""
        (*_, lijst) = self._lijst.load(wiens, stop)
        beloften = self._make_beloften(rij.taak for rij in lijst.rijen)
        return tuple(b for b in beloften if not te_laat or b.stand is Beloftestand.TE_LAAT)

    def load_door_mij(self, stop: Stop) -> tuple[Belofte, ...]:
        """Open beloften die ik zelf deed, bij wie zij ook liggen: uit mijn laatste vijfhonderd contacten."""
        actoren = self._lijst.find_actoren(Wiens.MIJN, stop)
        eigen: set[str] = set()

        def load(actor: str, _: object, aanroep: Aanroep) -> None:
            eigen.update(self._taken.find_eigen_contacten(actor, 500, aanroep))

        plan = [Lading(actor, partial(load, actor)) for actor in actoren]
        for uitkomst in self._uitvoerder.run(plan, seconden=_TIJD_S, stop=stop):
            if uitkomst.fout is not None:
                raise uitkomst.fout
        (*_, lijst) = self._lijst.load(Wiens.ALLE, stop)
        return tuple(
            self._make_beloften(rij.taak for rij in lijst.rijen if rij.taak.klantcontact_uuid in eigen)
        )

    def _make_beloften(self, taken: Iterable[InterneTaak]) -> list[Belofte]:
        vandaag = self._klok.vandaag()
        beloften = [b for taak in taken if (b := make_belofte(taak, vandaag)) is not None]
        return sorted(beloften, key=lambda b: (b.beloofd, b.taak_uuid))


def make_belofte(taak: InterneTaak, vandaag: date) -> Belofte | None:
    """De belofte in een taak; None als er geen datum in staat."""
    tekst = taak.tekst
    if tekst.datums is None:
        return None
    return Belofte(
        taak_uuid=taak.uuid,
        contact_uuid=taak.klantcontact_uuid,
        wat=taak.gevraagde_handeling,
        bellen=tekst.soort == TERUGBELLEN,
        uiterlijk=tekst.datums.uiterlijk,
        beloofd=tekst.datums.beloofd,
        gedaan_op=taak.toegewezen_op,
        afgehandeld_op=taak.afgehandeld_op,
        verteld=tekst.verteld,
        stand=find_stand(tekst, taak.is_open, vandaag),
        actor_uuids=taak.actor_uuids,
    )
