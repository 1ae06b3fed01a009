"""De verzonnen inrichting van de demonstratie, met een rooster voor de weken rond een dag.

Tijden, duren en bedragen staan in `resources/demo/agenda.toml` en zijn als voorbeeld gemerkt. Dezelfde dag
geeft hetzelfde rooster, met wat in het echt ook gebeurt: ziekte, pauzes, een avond zonder rijbewijzen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from frontoffice.agenda.inrichting import (
    Blokkade,
    Dienst,
    DienstToestand,
    FeestdagBeleid,
    Inrichting,
    Kosten,
    Product,
    Rol,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.kalender import Kalender, maandag
from frontoffice.agenda.lezen import read_inrichting
from frontoffice.agenda.tijd import Vak
from frontoffice.domain import taal

BESTAND = Path(__file__).resolve().parents[2] / "resources" / "demo" / "agenda.toml"

_TERUG = timedelta(weeks=2)
_NAWERK = 3  # tikken na sluitingstijd
_OP_HALF = 18  # tikken na het begin: anderhalf uur

# Per avond: wie aan welke balie, en hoeveel tikken na het begin hij weggaat (None = tot het eind).
_Bezetting = tuple[tuple[str, str, int | None], ...]
_ROOSTERS: tuple[_Bezetting, ...] = (
    (
        ("balie-1", "w.snijders", None),
        ("balie-2", "s.haddad.es", None),
        ("balie-3", "j.tijink.es", None),
        ("balie-4", "p.kroeze", None),
    ),
    (
        ("balie-1", "i.brunink", None),
        ("balie-2", "m.eshuis.es", None),
        ("balie-3", "g.wolbers", None),
        ("balie-4", "p.kroeze", 24),
    ),
    (
        ("balie-1", "w.snijders", None),
        ("balie-2", "s.haddad.es", _OP_HALF),
        ("balie-3", "j.tijink.es", None),
        ("balie-4", "i.brunink", None),
    ),
)
_ZONDER_RIJBEWIJS: _Bezetting = (
    ("balie-1", "m.eshuis.es", None),
    ("balie-3", "g.wolbers", None),
    ("balie-4", "p.kroeze", None),
)
_RIJBEWIJS_TOT_HALF: _Bezetting = (
    ("balie-1", "s.haddad.es", _OP_HALF),
    ("balie-2", "m.eshuis.es", None),
    ("balie-4", "p.kroeze", None),
)
_AVOND_ZIEK, _AVOND_ZONDER, _AVOND_HALF, _AVOND_LATER = 1, 3, 4, 6
"""De hoeveelste avond vanaf vandaag iets bijzonders heeft."""


@cache
def _uit_bestand() -> Inrichting:
    resultaat = read_inrichting(BESTAND.read_text("utf-8"))
    if resultaat.inrichting is None:
        raise ValueError("; ".join(resultaat.fouten))
    return resultaat.inrichting


def demo_inrichting(vandaag: date, weken: int = 13, avond_nu: datetime | None = None) -> Inrichting:
    """De inrichting met een rooster van twee weken terug tot `weken` weken vooruit.

    Bij meer dan acht weken is het rooster van de laatste avond leeg. `avond_nu`: ook een avond rond dan.
    """
    basis = _uit_bestand()
    laatste = vandaag + timedelta(weeks=weken)
    basis = replace(basis, producten=tuple(_met_jaarprijzen(product, vandaag) for product in basis.producten))
    basis = _met_uitzonderingen(basis, vandaag, laatste, avond_nu)
    kalender = Kalender(basis)
    dagen = kalender.open_dagen(vandaag - _TERUG, laatste)
    if weken > 8:
        dagen = dagen[:-1]
    diensten: list[Dienst] = []
    blokkades: list[Blokkade] = []
    komend = [dag for dag in dagen if dag >= vandaag]
    for dag in dagen:
        hoeveelste = komend.index(dag) if dag in komend else -1
        avond = kalender.opening(dag).vakken[0]
        diensten += _diensten(dag, avond, hoeveelste)
        blokkades.append(_pauze(dag, avond))
    return replace(basis, diensten=tuple(diensten), blokkades=tuple(blokkades))


def _met_jaarprijzen(product: Product, vandaag: date) -> Product:
    """Elk jaar een andere prijs: zo is te zien dat de dag van de afspraak telt."""
    nieuwjaar = date(vandaag.year + 1, 1, 1)
    kosten: list[Kosten] = []
    for prijs in product.kosten:
        kosten.append(replace(prijs, geldig_tot=nieuwjaar - timedelta(days=1)))
        kosten.append(replace(prijs, geldig_van=nieuwjaar, bedrag=prijs.bedrag + Decimal("1.50")))
    return replace(product, kosten=tuple(kosten))


def _met_uitzonderingen(
    basis: Inrichting, vandaag: date, laatste: date, avond_nu: datetime | None
) -> Inrichting:
    """Valt een donderdag uit, dan is er die week een andere avond; één avond begint later."""
    kalender = Kalender(basis)
    regel = basis.regels[0]
    eerste = maandag(vandaag - _TERUG)
    donderdagen = [eerste + timedelta(days=3, weeks=n) for n in range((laatste - eerste).days // 7 + 1)]
    uitzonderingen = [
        Uitzondering(
            f"vervanging-{dag.isoformat()}",
            ander,
            SoortUitzondering.EXTRA_OPEN,
            f"In plaats van {taal.datum_lang(dag, dag)}",
            regel.van,
            regel.tot,
        )
        for dag in donderdagen
        if not kalender.is_open(dag) and (ander := _andere_dag(kalender, dag)) is not None
    ]
    later = [dag for dag in donderdagen if dag >= vandaag and kalender.is_open(dag)][_AVOND_LATER:]
    if later:
        soort, reden = SoortUitzondering.ANDERE_TIJDEN, "Personeelsbijeenkomst"
        uitzonderingen.append(Uitzondering("later-open", later[0], soort, reden, time(18), regel.tot))
    if avond_nu is not None:
        nu = _avond_rond(avond_nu, kalender)
        uitzonderingen = [u for u in uitzonderingen if u.datum != nu.datum]
        uitzonderingen.append(nu)
    return replace(basis, uitzonderingen=tuple(uitzonderingen))


def _andere_dag(kalender: Kalender, donderdag: date) -> date | None:
    """Dinsdag, woensdag of maandag van dezelfde week: de eerste zonder feestdagbeleid."""
    for terug in (2, 1, 3):
        dag = donderdag - timedelta(days=terug)
        if kalender.beleid(dag) in (None, FeestdagBeleid.OPEN):
            return dag
    return None


def _avond_rond(moment: datetime, kalender: Kalender) -> Uitzondering:
    """Een uur voor tot drie uur na dit moment, op hele uren en binnen de dag."""
    plaatselijk = taal.lokaal(moment)
    van = min(max(plaatselijk.hour - 1, 0), 20)
    tot = (van + 4) % 24
    dag = plaatselijk.date()
    soort = SoortUitzondering.ANDERE_TIJDEN if kalender.is_open(dag) else SoortUitzondering.EXTRA_OPEN
    boven = kalender.beleid(dag) in (FeestdagBeleid.GESLOTEN, FeestdagBeleid.VROEG_DICHT)
    return Uitzondering("avond-nu", dag, soort, "Avond van de demonstratie", time(van), time(tot), boven)


def _rooster_van(dag: date, hoeveelste: int) -> _Bezetting:
    if hoeveelste == _AVOND_ZONDER:
        return _ZONDER_RIJBEWIJS
    if hoeveelste == _AVOND_HALF:
        return _RIJBEWIJS_TOT_HALF
    return _ROOSTERS[dag.toordinal() // 7 % len(_ROOSTERS)]


def _diensten(dag: date, avond: Vak, hoeveelste: int) -> list[Dienst]:
    diensten = []
    van = _kloktijd(avond.begin)
    for balie, medewerker, na in _rooster_van(dag, hoeveelste):
        eind = avond.eind + _NAWERK if na is None else min(avond.begin + na, avond.eind)
        if taal.dag_van(Vak(eind, eind).begin_utc) != dag:
            eind = avond.eind
        ziek = hoeveelste == _AVOND_ZIEK and balie == "balie-2"
        diensten.append(
            Dienst(
                f"{dag.isoformat()}-{balie}",
                dag,
                medewerker,
                van,
                _kloktijd(eind),
                balie,
                Rol.BALIE,
                DienstToestand.ZIEK if ziek else DienstToestand.BEVESTIGD,
            )
        )
    return diensten


def _pauze(dag: date, avond: Vak) -> Blokkade:
    """Balie 1 pauzeert een kwartier, kort na het begin van de tweede helft."""
    begin = avond.begin + avond.lengte // 2 - 3
    van, tot = _kloktijd(begin), _kloktijd(begin + 3)
    return Blokkade(f"{dag.isoformat()}-pauze", dag, van, tot, "pauze", balie="balie-1")


def _kloktijd(tik: int) -> time:
    return taal.lokaal(Vak(tik, tik).begin_utc).time().replace(tzinfo=None)
