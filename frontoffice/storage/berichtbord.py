"""Het berichtenbord bewaren: lezen, nemen en bijwerken van één regel, binnen de transactie van `agenda`.

Wie een bericht mag afgeven, beslist `frontoffice.agenda.berichtbord`; de sleutel en het slot op de rij zorgen
dat er nooit twee tegelijk beslissen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from frontoffice.agenda.berichtbord import Bordregel, Bordstand, decide_afgifte
from frontoffice.storage.grondwerk import upsert
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import BerichtRij

_AF = (Bordstand.VERSTUURD.value, Bordstand.GEBELD.value)


def take(lijn: Lijn, nieuw: Bordregel, nu: datetime, *, na_te_kijken: bool) -> Bordregel:
    """Zie `AgendaOpslag.take_bericht`. Wie tegelijk komt, wacht op de ander en ziet diens regel."""
    eigen = replace(nieuw, sinds=nu, verloopt=nu + (nieuw.verloopt - nieuw.sinds))
    neem = upsert(lijn.verbinding.dialect)(BerichtRij).values(**_to_rij(eigen))
    ingevoegd = neem.on_conflict_do_nothing(index_elements=[BerichtRij.sleutel]).returning(BerichtRij.sleutel)
    if lijn.rij(ingevoegd) is not None:
        return eigen
    vraag = select(BerichtRij.__table__).where(BerichtRij.sleutel == nieuw.sleutel).with_for_update()
    oud = _to_regel(lijn.rij(vraag))
    uit = decide_afgifte(oud, eigen, na_te_kijken=na_te_kijken)
    if uit != oud:
        _put(lijn, uit)
    return uit


def note(lijn: Lijn, regel: Bordregel, nu: datetime, *, alleen_nieuw: bool) -> None:
    """Zie `AgendaOpslag.note_bericht`."""
    op_tijd = replace(regel, sinds=nu, verloopt=nu + (regel.verloopt - regel.sinds))
    if alleen_nieuw:
        neem = upsert(lijn.verbinding.dialect)(BerichtRij).values(**_to_rij(op_tijd))
        lijn.run(neem.on_conflict_do_nothing(index_elements=[BerichtRij.sleutel]))
        return
    _put(lijn, op_tijd)


def load(lijn: Lijn, vanaf: date | None, sleutels: Sequence[str]) -> tuple[Bordregel, ...]:
    """Zie `AgendaOpslag.load_bord`."""
    b = BerichtRij
    vraag = select(b.__table__).order_by(b.datum, b.sinds)
    if vanaf is not None:
        vraag = vraag.where(b.datum >= vanaf, b.stand.not_in(_AF))
    else:
        vraag = vraag.where(b.sleutel.in_(sleutels))
    return tuple(_to_regel(rij) for rij in lijn.rijen(vraag))


def forget(lijn: Lijn, voor: datetime) -> None:
    """Na de bewaartermijn heeft niemand er nog iets aan."""
    lijn.run(delete(BerichtRij).where(BerichtRij.sinds < voor))


def _put(lijn: Lijn, regel: Bordregel) -> None:
    rij = _to_rij(regel)
    zet = upsert(lijn.verbinding.dialect)(BerichtRij).values(**rij)
    lijn.run(zet.on_conflict_do_update(index_elements=[BerichtRij.sleutel], set_=rij))


def _to_rij(regel: Bordregel) -> dict[str, Any]:
    return {veld.name: getattr(regel, veld.name) for veld in fields(regel)} | {"stand": regel.stand.value}


def _to_regel(rij: Any) -> Bordregel:
    assert rij is not None
    return Bordregel(**{**rij._mapping, "stand": Bordstand(rij.stand)})
