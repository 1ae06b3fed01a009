"""Begin van het programma: een opdracht gaat naar de opdrachtregel, anders opent het venster.

Laadt Qt pas als er een venster komt, zodat een opdracht snel is en ook zonder scherm werkt.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from frontoffice import cli
from frontoffice.cli.opties import Opties


def main(argv: Sequence[str] | None = None) -> int:
    """Voer uit wat er is gevraagd en geef de uitgangscode."""
    return cli.main(argv, venster=open_venster)


def open_venster(opties: Opties) -> int:
    """Open het venster. Bij `kif demo` start eerst de server met de gevraagde wereld."""
    from ui.app import run

    if opties.opdracht != "demo":
        return run(_argumenten(opties, opties.profiel))
    from frontoffice.samenstelling import start_demo

    storingen = dict(storing.split("=", 1) for storing in opties.storingen)
    demo = start_demo(opties.seed, opties.vandaag, storingen=storingen, latency_ms=opties.latency_ms)
    with demo as proces:
        return run(_argumenten(opties, str(proces.profiel_pad)))


def _argumenten(opties: Opties, profiel: str | None) -> list[str]:
    paren = (("--profile", profiel), ("--zoek", opties.zoek))
    vlaggen = [deel for vlag, waarde in paren if waarde for deel in (vlag, waarde)]
    return [*vlaggen, *(["--proef"] if opties.proef else [])]


if __name__ == "__main__":
    sys.exit(main())
