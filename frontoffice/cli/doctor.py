"""`kif doctor`: zijn de registers bereikbaar, mogen we erin, loopt de klok gelijk? Niets persoonlijks."""

from __future__ import annotations

from collections.abc import Iterator

from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import DEELS, KLAAR, Uitvoer
from frontoffice.ports import RegisterStand, Stop
from frontoffice.profiel import Agenda, profielpad
from frontoffice.samenstelling import open_diensten


def run_doctor(opties: Opties, uitvoer: Uitvoer) -> int:
    """Kijk alle registers tegelijk na; uitgang 3 als er een niet werkt."""
    with open_diensten(profielpad(opties.profiel)) as diensten:
        standen = diensten.check_registers(Stop())
        adviezen = list(_adviezen(diensten.profiel.agenda))
    uitvoer.document({"registers": [_rij(stand) for stand in standen], "adviezen": adviezen})
    for stand in standen:
        uitvoer.regel(_regel(stand))
    for advies in adviezen:
        uitvoer.regel(f"advies: {advies}")
    return DEELS if any(stand.oorzaak for stand in standen) else KLAAR


def _adviezen(agenda: Agenda) -> Iterator[str]:
    """Wat nog beter kan, zonder dat er iets stuk is."""
    if agenda.database and not agenda.klantsleutel:
        yield (
            "Wie een kopie van de agenda heeft, kan er BSN's mee narekenen. Zet [agenda] klantsleutel in het "
            "profiel en bewaar dat geheim op elke werkplek."
        )


def _rij(stand: RegisterStand) -> dict[str, object]:
    return {
        "naam": stand.naam,
        "bereikbaar": stand.bereikbaar,
        "bevoegd": stand.bevoegd,
        "versie": stand.versie,
        "klokverschil_s": stand.klokverschil_s,
        "oorzaak": stand.oorzaak,
    }


def _regel(stand: RegisterStand) -> str:
    if stand.oorzaak:
        return f"{stand.naam}: {stand.oorzaak}"
    delen = ["bereikbaar" if stand.bereikbaar else "niet bereikbaar"]
    delen += ["toegang" if stand.bevoegd else "geen toegang"] if stand.bevoegd is not None else []
    delen += [f"versie {stand.versie}"] if stand.versie else []
    delen += [f"klok {stand.klokverschil_s:+.1f} s"] if stand.klokverschil_s is not None else []
    return f"{stand.naam}: {', '.join(delen)}"
