"""De cijfers in gewone woorden, gelijk op het scherm, op papier, in een bestand en op de opdrachtregel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frontoffice.domain import taal
from frontoffice.domain.cijfers import (
    DEFINITIES,
    MINSTENS,
    Beloftedag,
    Cijfers,
    Maat,
    Maatcijfer,
    Periode,
    Punt,
    Stand,
    Weeknieuws,
    maandnaam,
)

TE_KLEIN = f"minder dan {MINSTENS}"
NIETS = "nog niets"
REST_ONDERWERP, REST_PLAATS = "Overige onderwerpen", "Overige dorpen"
GEEN_PAGINA = "(geen pagina genoemd)"
UITLEG_KLEIN = (
    f"Een cijfer over minder dan {MINSTENS} tonen we niet: dan is te raden om wie het gaat. "
    "Zo nodig gaat een tweede klein cijfer mee bij de rest, zodat niets is terug te rekenen."
)
UITLEG_DORP = (
    "Een dorp kennen we alleen als het bij het contact staat of bij de melding. "
    "Voor cijfers vragen we niets aan de BRP."
)
UITLEG_MENSEN = "Deze cijfers gaan over de gemeente als geheel. Er staat nergens bij wie iets deed."


def zeg_periode(periode: Periode) -> str:
    """ "1 september tot en met 22 november 2026"."""
    return f"{_dag(periode.van, periode.tot)} tot en met {_dag(periode.tot)}"


def _dag(dag: date, met: date | None = None) -> str:
    """Een datum; zonder jaar als dat gelijk is aan dat van `met`."""
    jaar = "" if met is not None and met.year == dag.year else f" {dag.year}"
    return f"{dag.day} {taal.MAANDEN[dag.month - 1]}{jaar}"


def zeg_stand(stand: Stand | None) -> str:
    """ "84 % (43 van 51)", "minder dan 5" of "nog niets"."""
    if stand is None:
        return TE_KLEIN
    if stand.procent is None:
        return NIETS
    return f"{stand.procent} % ({zeg_getal(stand.goed)} van {zeg_getal(stand.totaal)})"


def zeg_getal(getal: int) -> str:
    """ "1.071"."""
    return f"{getal:,}".replace(",", ".")


def zeg_verschil(cijfer: Maatcijfer) -> str:
    """Hoe het verloop eindigt ten opzichte van het begin, in een zin; leeg als dat niet te zeggen is."""
    bekend = [punt for punt in cijfer.verloop if punt.stand is not None and punt.stand.totaal]
    if len(bekend) < 2:
        return ""
    eerste, laatste = bekend[0], bekend[-1]
    assert eerste.stand is not None
    assert laatste.stand is not None
    return f"Van {eerste.stand.procent} % in {eerste.naam} naar {laatste.stand.procent} % in {laatste.naam}."


def zeg_punt(punt: Punt) -> str:
    return f"{punt.naam}: {zeg_stand(punt.stand)}"


def rijen_onderwerp(cijfer: Maatcijfer) -> list[tuple[str, Stand]]:
    return _rijen(cijfer, REST_ONDERWERP)


def rijen_plaats(cijfer: Maatcijfer) -> list[tuple[str, Stand]]:
    return _rijen(cijfer, REST_PLAATS)


def _rijen(cijfer: Maatcijfer, rest: str) -> list[tuple[str, Stand]]:
    verdeling = cijfer.onderwerpen if rest is REST_ONDERWERP else cijfer.plaatsen
    rijen = [(groep.naam, groep.stand) for groep in verdeling.groepen]
    return rijen if verdeling.rest is None else [*rijen, (rest, verdeling.rest)]


def zeg_week(week: Weeknieuws) -> list[tuple[str, str]]:
    """Wat er deze week goed ging, als (aantal, woorden)."""
    complimenten = len(week.complimenten)
    return [
        (_aantal(week.nagekomen), "belofte nagekomen" if week.nagekomen == 1 else "beloften nagekomen"),
        (_aantal(week.verteld), "keer op tijd verteld"),
        (str(complimenten), "compliment" if complimenten == 1 else "complimenten"),
    ]


def _aantal(getal: int | None) -> str:
    return f"1 tot {MINSTENS - 1}" if getal is None else str(getal)


KOMEND_KOP, KOMEND_NIETS = "Nog na te komen", "Er staat geen belofte open met een dag die nog komt."


def zeg_komend(dag: Beloftedag, met: date) -> str:
    """ "dinsdag 29 december: 6 beloften", of hoeveel het er minstens niet zijn."""
    if dag.aantal is None:
        return f"{taal.datum_lang(dag.dag, met)}: {TE_KLEIN} beloften"
    return f"{taal.datum_lang(dag.dag, met)}: {zeg_getal(dag.aantal)} beloften"


def rijen_komend(cijfers: Cijfers) -> list[str]:
    """Wat er nog is beloofd, per dag."""
    return [zeg_komend(dag, taal.dag_van(cijfers.gemaakt_op)) for dag in cijfers.komend]


def zeg_pagina(adres: str) -> str:
    return adres or GEEN_PAGINA


def regels(cijfers: Cijfers) -> Iterator[str]:
    """Het hele rapport als regels tekst: om te kopiëren en voor de opdrachtregel."""
    yield f"Cijfers van {zeg_periode(cijfers.periode)}"
    if cijfers.week is not None:
        yield ""
        yield "Goed nieuws van deze week"
        yield from (f"- {getal} {woorden}" for getal, woorden in zeg_week(cijfers.week))
        yield from (f'- "{compliment.tekst}"' for compliment in cijfers.week.complimenten if compliment.tekst)
    for cijfer in cijfers.maten:
        yield ""
        yield f"{DEFINITIES[cijfer.maat].naam}: {zeg_stand(cijfer.stand)}"
        yield DEFINITIES[cijfer.maat].zin
        yield from (f"- {zeg_punt(punt)}" for punt in cijfer.verloop)
        for kop, rijen in (("Per onderwerp", rijen_onderwerp(cijfer)), ("Per dorp", rijen_plaats(cijfer))):
            if rijen:
                yield f"{kop}:"
                yield from (f"- {naam}: {zeg_stand(stand)}" for naam, stand in rijen)
    if cijfers.zonder_meldingen:
        yield ""
        yield f"{DEFINITIES[Maat.MELDINGEN].naam}: geen cijfer. {cijfers.zonder_meldingen}"
    if cijfers.week is not None:
        yield ""
        yield KOMEND_KOP
        yield from (f"- {regel}" for regel in rijen_komend(cijfers) or [KOMEND_NIETS])
    yield ""
    yield "Niet gevonden op website"
    if not cijfers.paginas:
        yield "In deze periode is er niets genoteerd."
    for pagina in cijfers.paginas:
        yield f"- {maandnaam(pagina.maand)}: {zeg_pagina(pagina.adres)}, {pagina.keer} keer"
    yield ""
    yield f"Complimenten in deze periode: {cijfers.complimenten}"
    yield UITLEG_KLEIN
    yield UITLEG_DORP
    yield UITLEG_MENSEN
