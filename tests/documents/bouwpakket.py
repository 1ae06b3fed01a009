"""Een avond op papier om in tests mee te beginnen; mensen zijn verzonnen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from frontoffice.documents.avondpakket import Avondpakket, Pakketbalie, Pakketregel, Werktijd
from tests.agenda.bouw import DAG, moment

NAMEN = (
    "mevrouw A. van der Velde", "B. Jansen-ter Braak", "Fatima El Amrani", "dhr. Ç. Öztürk", "Jan Bakker",
    "de heer K.L. Groot Bramel", "محمد بن علي", "=HYPERLINK(1)", "<b>Piet</b> </para>", "Ø. Ångström",
)  # fmt: skip
GROEPEN = ("Reisdocumenten", "Rijbewijzen", "Burgerzaken", "Ophalen")


def balies() -> tuple[Pakketbalie, ...]:
    heel = (moment("17.00"), moment("20.00"))
    wissel = moment("18.30")
    return (
        Pakketbalie("B1", "Balie 1", (Werktijd(*heel, "S. Bos"),)),
        Pakketbalie(
            "B2",
            "Balie 2",
            (Werktijd(heel[0], wissel, "M. Kaya", "Enschede"), Werktijd(wissel, heel[1], "R. de Wit")),
        ),
        Pakketbalie("B3", "Balie 3", (Werktijd(*heel, "T. Visser", "Enschede"),)),
        Pakketbalie("B4", "Balie 4"),
    )


def regels(aantal: int) -> tuple[Pakketregel, ...]:
    return tuple(
        Pakketregel(
            f"A{n + 1:02d}",
            moment("17.00") + timedelta(minutes=15 * (n // 3)),
            15,
            f"B{n % 3 + 1}",
            GROEPEN[n % 4],
            1 + (n % 5 == 0),
            ("tolk Duits",) if n % 7 == 0 else (),
            NAMEN[n % len(NAMEN)] + ("" if n < len(NAMEN) else chr(96 + n // len(NAMEN)) * 2),
        )
        for n in range(aantal)
    )


def avondpakket(aantal: int = 30, **anders: Any) -> Avondpakket:
    basis = Avondpakket(
        afzender="Gemeente Losser",
        locatie="Gemeentehuis",
        datum=DAG,
        open_van=moment("17.00"),
        open_tot=moment("20.00"),
        balies=balies(),
        afspraken=regels(aantal),
        gemaakt_op=moment("16.40"),
        versie=12,
    )
    return replace(basis, **anders)
