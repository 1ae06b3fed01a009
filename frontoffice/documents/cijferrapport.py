"""Het rapport van de cijfers als pdf: eerst het goede nieuws, dan elk cijfer met verloop en verdeling.

Elke staaf heeft haar getal ernaast; wie het laat voorlezen, hoort gewone zinnen. Rekent niets uit.
"""

from __future__ import annotations

from collections.abc import Iterator

from frontoffice.documents.lettertype import Stuk
from frontoffice.documents.opmaak import (
    AAN_ELKAAR,
    GEWOON,
    KOP,
    TITEL,
    Alinea,
    Balk,
    Balken,
    Blok,
    Lijst,
    Opmaak,
    Stijl,
)
from frontoffice.domain import cijferwoorden as woorden
from frontoffice.domain import taal
from frontoffice.domain.cijfers import DEFINITIES, Cijfers, Maat, Maatcijfer, Stand, Weeknieuws, maandnaam

_SUBKOP = Stijl(soort="H3", vet=True, ervoor=0.7, bij_volgende=True)
_GETAL = Stijl(grootte=1.2, vet=True, ervoor=0.25, bij_volgende=True)
_PUNTEN = 10.5
MEESTE_PAGINAS = 60
"""Zoveel bladzijden om te verbeteren staan er in het rapport; het bestand (CSV) heeft ze allemaal."""


def make_rapport(cijfers: Cijfers, gemeente: str) -> bytes:
    """Maak de pdf. Duurt: niet op de draad van het scherm."""
    titel = "Cijfers en goed nieuws"
    opmaak = Opmaak(
        titel=titel,
        taal="nl-NL",
        auteur=f"Gemeente {gemeente}",
        punten=_PUNTEN,
        voet=lambda nummer, totaal: (Stuk(f"Bladzijde {nummer} van {totaal}"),),
    )
    return opmaak.build(tuple(_blokken(cijfers, titel, gemeente))).pdf


def _blokken(cijfers: Cijfers, titel: str, gemeente: str) -> Iterator[Blok]:
    yield _tekst(f"Gemeente {gemeente}", AAN_ELKAAR)
    yield _tekst(titel, TITEL)
    yield _tekst(f"Van {woorden.zeg_periode(cijfers.periode)}.")
    dag, om = taal.dag_van(cijfers.gemaakt_op), taal.tijd(cijfers.gemaakt_op)
    yield _tekst(f"Gemaakt op {dag.day} {taal.MAANDEN[dag.month - 1]} {dag.year}, {om}.", AAN_ELKAAR)
    if cijfers.week is not None:
        yield from _week(cijfers.week)
    for cijfer in cijfers.maten:
        yield from _maat(cijfer, per_week=cijfers.periode.per_week)
    if cijfers.zonder_meldingen:
        yield _tekst(DEFINITIES[Maat.MELDINGEN].naam, KOP)
        yield _tekst(cijfers.zonder_meldingen, AAN_ELKAAR)
    if cijfers.week is not None:
        yield _tekst(woorden.KOMEND_KOP, KOP)
        komend = woorden.rijen_komend(cijfers) or [woorden.KOMEND_NIETS]
        yield Lijst(tuple((Stuk(regel),) for regel in komend))
    yield from _paginas(cijfers)
    yield _tekst("Hoe wij tellen", KOP)
    yield Lijst(
        tuple((Stuk(zin),) for zin in (woorden.UITLEG_KLEIN, woorden.UITLEG_DORP, woorden.UITLEG_MENSEN))
    )


def _week(week: Weeknieuws) -> Iterator[Blok]:
    yield _tekst("Goed nieuws van deze week", KOP)
    yield Lijst(tuple((Stuk(getal, vet=True), Stuk(f" {wat}")) for getal, wat in woorden.zeg_week(week)))
    gezegd = [compliment.tekst for compliment in week.complimenten if compliment.tekst]
    if gezegd:
        yield _tekst("Wat inwoners zeiden", _SUBKOP)
        yield Lijst(tuple((Stuk(f"“{tekst}”", los=True),) for tekst in gezegd))


def _maat(cijfer: Maatcijfer, *, per_week: bool) -> Iterator[Blok]:
    definitie = DEFINITIES[cijfer.maat]
    yield _tekst(definitie.naam, KOP)
    yield _tekst(woorden.zeg_stand(cijfer.stand), _GETAL)
    yield _tekst(definitie.zin, AAN_ELKAAR)
    verloop = [(punt.naam, punt.stand) for punt in cijfer.verloop]
    for kop, rijen in (
        ("Per week" if per_week else "Per maand", verloop),
        ("Per onderwerp", woorden.rijen_onderwerp(cijfer)),
        ("Per dorp", woorden.rijen_plaats(cijfer)),
    ):
        if cijfer.stand is not None and cijfer.stand.totaal and rijen:
            yield _tekst(kop, _SUBKOP)
            yield Balken(tuple(Balk(naam, _deel(stand), woorden.zeg_stand(stand)) for naam, stand in rijen))


def _deel(stand: Stand | None) -> float | None:
    return stand.goed / stand.totaal if stand is not None and stand.totaal else None


def _paginas(cijfers: Cijfers) -> Iterator[Blok]:
    yield _tekst("Niet gevonden op website", KOP)
    if not cijfers.paginas:
        yield _tekst("In deze periode is er niets genoteerd.", AAN_ELKAAR)
        return
    yield _tekst("Op deze bladzijden vonden inwoners het antwoord niet.", AAN_ELKAAR)
    getoond = cijfers.paginas[:MEESTE_PAGINAS]
    for maand in dict.fromkeys(pagina.maand for pagina in getoond):
        yield _tekst(maandnaam(maand).capitalize(), _SUBKOP)
        yield Lijst(
            tuple(
                (Stuk(woorden.zeg_pagina(pagina.adres), los=True), Stuk(f": {pagina.keer} keer"))
                for pagina in getoond
                if pagina.maand == maand
            )
        )
    if len(cijfers.paginas) > len(getoond):
        meer = len(cijfers.paginas) - len(getoond)
        yield _tekst(f"Nog {meer} staan in het bestand (CSV).", GEWOON)


def _tekst(tekst: str, stijl: Stijl = GEWOON) -> Alinea:
    return Alinea((Stuk(tekst),), stijl)
