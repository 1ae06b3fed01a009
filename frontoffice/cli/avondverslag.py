"""`kif avond report`: het verslag van een avond, met dezelfde getallen als scherm, pdf en CSV.

Rekent zelf niets. Er staat geen naam in, en geen medewerker.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from frontoffice.agenda.vanavond import verslagwoorden as woorden
from frontoffice.agenda.vanavond.verslag import Reden, Telling, Verslag, Wachttijd
from frontoffice.cli.uitvoer import KLAAR, Uitvoer
from frontoffice.domain.taal import dag_van, datum_lang
from frontoffice.services.avondverslagen import find_avonden, load_verslag

if TYPE_CHECKING:
    from frontoffice.services.agenda import Agendadiensten


def run_verslag(agenda: Agendadiensten, datum: date | None, uitvoer: Uitvoer) -> int:
    """Zonder datum dat van vanavond, en anders van de laatste avond. Geen avond: `datum` is null."""
    avonden = find_avonden(agenda.opslag)
    if datum is None:
        vandaag = dag_van(agenda.opslag.nu())
        datum = avonden[0] if avonden else vandaag
    terug = load_verslag(agenda.vanavond, datum)
    kan = [dag.isoformat() for dag in avonden]
    if terug is None:
        uitvoer.document({"datum": None, "avonden": kan})
        uitvoer.regel("Er is dan geen avond geweest.")
        return KLAAR
    uitvoer.document({**verslagdocument(terug.verslag), "avonden": kan})
    for regel in _regels(terug.verslag):
        uitvoer.regel(regel)
    return KLAAR


def verslagdocument(v: Verslag) -> dict[str, Any]:
    """Minuten zijn gehele getallen; `null` is: niemand opgeroepen."""
    return {
        "datum": v.datum.isoformat(),
        "voorlopig": v.is_voorlopig,
        "afspraken": v.afspraken,
        "afgezegd": v.afgezegd,
        "zonder_afspraak": v.zonder_afspraak,
        "geholpen": v.geholpen,
        "niet_gekomen": v.niet_gekomen,
        "toch_gekomen": v.toch_gekomen,
        "weggegaan": v.weggegaan,
        "nog_open": v.open_bezoeken,
        "uitloop_min": v.uitloop,
        "norm_min": v.norm,
        "wachten": {
            "iedereen": _wacht(v.wacht),
            "met_afspraak": _wacht(v.wacht_afspraak),
            "zonder_afspraak": _wacht(v.wacht_zonder),
        },
        "per_product": _tellingen(v.per_product),
        "per_bevoegdheid": _tellingen(v.per_bevoegdheid),
        "geweigerd": _redenen(v.geweigerd),
        "niet_gedaan": _redenen(v.niet_gedaan),
    }


def _wacht(wacht: Wachttijd) -> dict[str, int | None]:
    mediaan, p90 = (None if m is None else round(m) for m in (wacht.mediaan, wacht.p90))
    return {"aantal": wacht.aantal, "mediaan_min": mediaan, "p90_min": p90, "binnen_norm": wacht.binnen}


def _tellingen(tellingen: tuple[Telling, ...]) -> list[dict[str, Any]]:
    return [asdict(telling) for telling in tellingen]


def _redenen(redenen: tuple[Reden, ...]) -> list[dict[str, Any]]:
    return [asdict(reden) for reden in redenen]


def _regels(v: Verslag) -> list[str]:
    regels = [f"Avondverslag van {datum_lang(v.datum, dag_van(v.gemaakt_op))}", woorden.zeg_kop(v)]
    groepen = [
        ("De avond", woorden.rijen_kern(v)),
        *woorden.rijen_wacht(v),
        ("Per product", woorden.rijen_telling(v.per_product)),
        ("Per bevoegdheid", woorden.rijen_telling(v.per_bevoegdheid)),
    ]
    for kop, rijen in groepen:
        regels += [kop, *(f"  {rij.naam}: {rij.tekst}" for rij in rijen)]
    for kop, redenen in (("Zonder afspraak geweigerd", v.geweigerd), ("Niet gedaan", v.niet_gedaan)):
        regels += [kop, *([f"  {r.naam}: {r.aantal}" for r in redenen] or ["  geen"])]
    return regels
