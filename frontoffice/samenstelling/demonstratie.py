"""De ingebouwde demonstratie: een eigen proces met fictieve registers, en wie daarin te vinden is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from frontoffice.domain.fouten import KifFout

if TYPE_CHECKING:
    from frontoffice.demo.proces import DemoProces

_STANDAARD_SEED = 1


# Wie er in de demonstratie te vinden is: (naam in `voorbeelden`, waarop u zoekt, wie het is).
_VOORBEELDEN = (
    ("gewoon", "telefoon", "Iemand met van alles wat"),
    ("zwaar", "telefoon", "Iemand met heel veel contacten en zaken"),
    ("geen", "telefoon", "Iemand zonder contacten en zaken"),
    ("geheim", "bsn", "Iemand met geheimhouding"),
    ("bedrijf", "kvk", "Een bedrijf"),
)


@contextmanager
def start_demo(
    seed: int | None = None,
    vandaag: date | None = None,
    *,
    storingen: Mapping[str, str] | None = None,
    latency_ms: float = 0.0,
) -> Iterator[DemoProces]:
    """De demonstratieserver in een eigen proces, zolang het blok duurt. Raises KifFout als hij niet start."""
    from frontoffice.demo.proces import DemoStartFout, start_demo_proces

    try:
        proces = start_demo_proces(
            _STANDAARD_SEED if seed is None else seed,
            vandaag,
            storingen=dict(storingen or {}),
            latency_ms=latency_ms,
        )
    except (DemoStartFout, OSError):
        raise KifFout(
            "De demonstratie start niet. Probeer het opnieuw, of gebruik een profiel met --profile.",
            code="demo",
            opnieuw_helpt=True,
        ) from None
    try:
        yield proces
    finally:
        proces.stop()


def serve_demo(argumenten: Sequence[str]) -> int:
    """Alleen de demonstratieserver, tot SIGTERM. Geeft de uitgangscode van `kif demo --server-only`."""
    from frontoffice.demo.opdracht import run

    return run(list(argumenten))


def list_voorbeelden(demo: DemoProces) -> tuple[tuple[str, str], ...]:
    """Om in deze demonstratie te proberen: (wie het is, wat u typt)."""
    return tuple(
        (wie, demo.voorbeelden[sleutel][soort])
        for sleutel, soort, wie in _VOORBEELDEN
        if soort in demo.voorbeelden.get(sleutel, {})
    )
