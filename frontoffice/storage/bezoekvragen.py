"""Lezen wie er vanavond komt of er is, voor wie alleen kijkt en voor wie het slot heeft.

Een bezoek met een afspraak is haar rij met wat de avond erbij doet: wie de afspraak wijzigt, wijzigt zo
vanzelf ook wat de avond ziet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from frontoffice.agenda.afspraak import ZONDER_PLEK
from frontoffice.agenda.vanavond.bezoek import Bezoek, SoortBezoek
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.storage import bezoekvorm, vorm, vragen
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import AfspraakRij, BezoekRij, GebeurtenisRij
from frontoffice.storage.zoekwoorden import make_naamwoorden, read_zoek

_BEZOEKEN = BezoekRij.__table__
_EIGEN = SoortBezoek.ZONDER_AFSPRAAK.value
_VOLGNUMMER = re.compile(r"([AW]?) ?0*([0-9]{1,4})", re.IGNORECASE)
_KORTSTE_NAAM = 2
OPNIEUW = "avond_opnieuw"
"""De gebeurtenis waarmee een avond van een proefagenda overnieuw begint."""


def load_bezoeken(lijn: Lijn, datum: date) -> tuple[Bezoek, ...]:
    """Iedereen van die avond, op volgnummer; wie er nog geen heeft achteraan, op tijd."""
    rijen = {rij.id: rij for rij in lijn.rijen(select(_BEZOEKEN).where(BezoekRij.datum == datum))}
    uit = [bezoekvorm.to_bezoek(rij, None) for rij in rijen.values() if rij.soort == _EIGEN]
    for afspraakrij in lijn.rijen(select(AfspraakRij.__table__).where(AfspraakRij.datum == datum)):
        rij = rijen.get(afspraakrij.id)
        afspraak = vorm.to_afspraak(afspraakrij)
        if rij is not None:
            uit.append(bezoekvorm.to_bezoek(rij, afspraak))
        elif afspraak.toestand not in ZONDER_PLEK:
            uit.append(bezoekvorm.from_afspraak(afspraak))
    return tuple(sorted(uit, key=_volgorde))


def _volgorde(bezoek: Bezoek) -> tuple[bool, str, int, float, str]:
    letter, cijfers = bezoekvorm.read_volgnummer(bezoek.volgnummer)
    tijd = bezoek.tijd.timestamp() if bezoek.tijd else 0.0
    return not letter, letter, cijfers, tijd, bezoek.nummer


def load_namen(lijn: Lijn, datum: date, ids: Sequence[str]) -> Mapping[str, str]:
    namen: dict[str, str] = {}
    for tabel in (AfspraakRij, BezoekRij):
        vraag: Any = select(tabel.id, tabel.naam).where(tabel.datum == datum)
        if ids:
            vraag = vraag.where(tabel.id.in_(ids))
        # Van een afspraak staat de naam alleen bij de afspraak.
        namen |= {rij.id: rij.naam for rij in lijn.rijen(vraag) if rij.naam}
    return namen


def find_bezoeken(lijn: Lijn, datum: date, zoek: str) -> tuple[tuple[Bezoek, str], ...]:
    """Op volgnummer, of op alles waarop een afspraak te vinden is; zonder afspraak op naam."""
    tekst = " ".join(zoek.split())
    bezoeken = load_bezoeken(lijn, datum)
    nummer = _VOLGNUMMER.fullmatch(tekst)
    ids = {b.id for b in bezoeken if tekst and b.volgnummer.upper() == tekst.upper()}
    ids |= {b.id for b in bezoeken if nummer and _is_nummer(b, nummer[1].upper(), int(nummer[2]))}
    if len(tekst) >= _KORTSTE_NAAM and not (nummer and nummer[1]):
        gevonden = vragen.find_afspraken(
            lijn, ids=(), datum_van=datum, datum_tot=datum, zoek=tekst, klantsleutel="", te_verzetten=False,
            nieuwste_eerst=False, maximum=200,
        )  # fmt: skip
        ids |= {afspraak.id for afspraak in gevonden}
        b = BezoekRij
        eigen = select(b.id, b.naam).where(b.datum == datum, b.soort == _EIGEN)
        ids |= {rij.id for rij in lijn.rijen(eigen) if _lijkt(rij.naam, tekst)}
    namen = load_namen(lijn, datum, sorted(ids)) if ids else {}
    return tuple((bezoek, namen.get(bezoek.id, "")) for bezoek in bezoeken if bezoek.id in ids)


def _is_nummer(bezoek: Bezoek, letter: str, nummer: int) -> bool:
    eigen, cijfers = bezoekvorm.read_volgnummer(bezoek.volgnummer)
    return bool(eigen) and cijfers == nummer and letter in ("", eigen)


def _lijkt(naam: str, zoek: str) -> bool:
    """Begint voor elk gezocht woord een woord van de naam zo?"""
    woorden = make_naamwoorden(naam)
    return any(
        all(any(woord.startswith(deel) for woord in woorden) for deel in groep) for groep in read_zoek(zoek)
    )


def find_bezoekdatum(lijn: Lijn, id_: str) -> date | None:
    """Van welke avond dit bezoek is, ook als er nog niets mee is gebeurd."""
    for tabel in (BezoekRij, AfspraakRij):
        rij = lijn.rij(select(tabel.datum).where(tabel.id == id_))
        if rij is not None:
            return rij.datum  # type: ignore[no-any-return]  # een kolom van beide tabellen
    return None


def load_stappen(lijn: Lijn, datum: date) -> tuple[Gebeurtenis, ...]:
    """Wat er met de bezoeken gebeurde; begon een proefavond overnieuw, dan alleen wat daarna kwam."""
    g = GebeurtenisRij
    begin = select(func.coalesce(func.max(g.volgnummer), 0)).where(g.datum == datum, g.soort == OPNIEUW)
    waar = (
        g.datum == datum,
        g.volgnummer > begin.scalar_subquery(),
        g.soort.startswith("bezoek_", autoescape=True),
    )
    rijen = lijn.rijen(select(g.__table__).where(*waar).order_by(g.volgnummer))
    return tuple(vorm.to_gebeurtenis(rij) for rij in rijen)


def load_stappen_van(lijn: Lijn, bezoek_id: str) -> tuple[Gebeurtenis, ...]:
    g = GebeurtenisRij
    waar = (g.onderwerp == bezoek_id, g.soort.startswith("bezoek_", autoescape=True))
    rijen = lijn.rijen(select(g.__table__).where(*waar).order_by(g.volgnummer))
    return tuple(vorm.to_gebeurtenis(rij) for rij in rijen)
