"""De cijfers als bestand: een CSV voor een rekenprogramma, of het rapport als pdf.

Beslist niets over wat te tonen is: dat is al gebeurd. Bewaart niets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontoffice.documents.bestand import file_name
from frontoffice.documents.csvbestand import Tabel, number_column, text_column, write_csv
from frontoffice.domain import cijferwoorden
from frontoffice.domain.cijfers import DEFINITIES, Cijfers, Stand

TABEL = Tabel(
    (
        text_column("Cijfer"),
        text_column("Soort"),
        text_column("Naam"),
        number_column("Goed", verplicht=False),
        number_column("Totaal", verplicht=False),
        number_column("Procent", verplicht=False),
        text_column("Uitleg", hoogste=1000, verplicht=False),
    )
)


@dataclass(frozen=True)
class Cijferbestand:
    """`naam` is een veilige bestandsnaam met de periode erin."""

    naam: str
    inhoud: bytes


def make_bestand(cijfers: Cijfers, soort: str, gemeente: str) -> Cijferbestand:
    """`soort` is "csv" of "pdf". Duurt bij een pdf: niet op de draad van het scherm."""
    naam = file_name("cijfers", f"{cijfers.periode.van:%Y%m%d}-{cijfers.periode.tot:%Y%m%d}", soort)
    if soort == "csv":
        return Cijferbestand(naam, write_csv(TABEL, _rijen(cijfers)))
    from frontoffice.documents.cijferrapport import make_rapport  # reportlab laadt pas voor een pdf

    return Cijferbestand(naam, make_rapport(cijfers, gemeente))


def _rijen(cijfers: Cijfers) -> Iterator[Mapping[str, Any]]:
    """Een aantal dat te klein is om te tonen, is hier leeg met de reden erbij."""
    yield _rij("Periode", "", cijferwoorden.zeg_periode(cijfers.periode))
    for cijfer in cijfers.maten:
        definitie = DEFINITIES[cijfer.maat]
        yield _rij(definitie.naam, "Samen", "Alles", cijfer.stand, definitie.zin)
        per = "Per week" if cijfers.periode.per_week else "Per maand"
        for punt in cijfer.verloop:
            yield _rij(definitie.naam, per, f"{punt.naam} (vanaf {punt.begin:%d-%m-%Y})", punt.stand)
        for naam, stand in cijferwoorden.rijen_onderwerp(cijfer):
            yield _rij(definitie.naam, "Per onderwerp", naam, stand)
        for naam, stand in cijferwoorden.rijen_plaats(cijfer):
            yield _rij(definitie.naam, "Per dorp", naam, stand)
    if cijfers.zonder_meldingen:
        yield _rij("Meldingen", "Samen", "", uitleg=cijfers.zonder_meldingen)
    if cijfers.week is not None:
        for getal, woorden in cijferwoorden.zeg_week(cijfers.week):
            yield _rij("Goed nieuws", "Deze week", f"{getal} {woorden}")
    for dag in cijfers.komend:
        te_klein = "" if dag.aantal is not None else cijferwoorden.TE_KLEIN
        rij = dict(_rij(cijferwoorden.KOMEND_KOP, "Per dag", f"{dag.dag:%d-%m-%Y}", uitleg=te_klein))
        yield rij | {"Totaal": dag.aantal}
    for pagina in cijfers.paginas:
        rij = dict(_rij("Niet gevonden op website", f"{pagina.maand:%m-%Y}", pagina.adres))
        yield rij | {"Totaal": pagina.keer}
    yield dict(_rij("Complimenten", "Samen", "Alles")) | {"Totaal": cijfers.complimenten}
    for zin in (cijferwoorden.UITLEG_KLEIN, cijferwoorden.UITLEG_DORP):
        yield _rij("Uitleg", "", "", uitleg=zin)


_GEEN = Stand()


def _rij(
    cijfer: str, soort: str, naam: str, stand: Stand | None = _GEEN, uitleg: str = ""
) -> Mapping[str, Any]:
    rij: dict[str, Any] = {"Cijfer": cijfer, "Soort": soort, "Naam": naam, "Uitleg": uitleg}
    if stand is None:
        return rij | {"Uitleg": f"{cijferwoorden.TE_KLEIN}. {uitleg}".strip()}
    if stand is not _GEEN:
        rij |= {"Goed": stand.goed, "Totaal": stand.totaal, "Procent": stand.procent}
    return rij
