"""Beloften: wat iemand aan een klant toezegde, of het nog kan, en of het is nagekomen.

Leest ze uit de internetaken, de plek die elk ander programma ook toont. Maken gebeurt met het contact waarin
iets wordt beloofd: `registreren` en `terugbellen`. Rekent niets uit over personen: dat doet niemand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import cast

from frontoffice.domain import taal
from frontoffice.domain.belofte import (
    TERUGBELLEN,
    Belofte,
    Beloftestand,
    find_stand,
)
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Aanroep, Klok, Pagina, Stop
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.takenpoort import Takenregister
from frontoffice.uitvoeren import Lading, Uitvoerder

_PER_PAGINA = 100
_TEGELIJK = 4
_MEESTE_PAGINAS = 200
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

    def load_periode(self, van: date, tot: date, stop: Stop) -> tuple[Belofte, ...]:
        """Alle beloften die in deze dagen (met `tot`) zijn gedaan, open en afgehandeld; nieuwste eerst.

        Het register zoekt niet op periode: dit leest van nieuw naar oud tot vóór `van`.
        """
        taken: dict[str, InterneTaak] = {}
        for is_open in (True, False):
            for taak in self._load_vanaf(van, is_open, stop):
                taken[taak.uuid] = taak
        beloften = self._make_beloften(taken.values())
        binnen = [b for b in beloften if b.gedaan_op is None or van <= taal.dag_van(b.gedaan_op) <= tot]
        return tuple(sorted(binnen, key=_nieuwste_eerst))

    def _load_vanaf(self, van: date, is_open: bool, stop: Stop) -> Iterator[InterneTaak]:
        nummer = 1
        while nummer <= _MEESTE_PAGINAS:

            def load(pagina: int, _: object, aanroep: Aanroep) -> Pagina[InterneTaak]:
                return self._taken.load_taken(pagina, _PER_PAGINA, aanroep, is_open=is_open)

            plan = [Lading(str(nummer + n), partial(load, nummer + n)) for n in range(_TEGELIJK)]
            paginas = []
            for uitkomst in self._uitvoerder.run(plan, seconden=_TIJD_S, stop=stop):
                if uitkomst.fout is not None:
                    raise uitkomst.fout
                paginas.append(cast(Pagina[InterneTaak], uitkomst.waarde))
            rijen = [taak for pagina in paginas for taak in pagina.rijen]
            yield from rijen
            oud = any(t.toegewezen_op is not None and taal.dag_van(t.toegewezen_op) < van for t in rijen)
            if oud or len(rijen) < _PER_PAGINA * _TEGELIJK:
                return
            nummer += _TEGELIJK

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


def _nieuwste_eerst(belofte: Belofte) -> tuple[float, str]:
    return (-belofte.gedaan_op.timestamp() if belofte.gedaan_op else 0.0, belofte.taak_uuid)
