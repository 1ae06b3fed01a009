"""Een volledige bevestiging om in tests mee te beginnen; mensen en plaatsen zijn verzonnen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from frontoffice.documents.bevestiging import (
    Bereikbaar,
    Bevestiging,
    Kostenregel,
    Ophalen,
    Plaats,
    Productregel,
    Woorden,
)

TWENTS = "mevrouw A. Groot Bramel-Oude Luttikhuis"
ARABISCH = "محمد بن علي"
NAMEN = ("Şahin", "Łukasz", ARABISCH, "Ğülçin Öztürk", "Ñandú ø Æ ß ẞ", "Nguyễn Thị Hường")


def woorden(nl: str, de: str, en: str) -> Woorden:
    return Woorden(nl, {"de": de, "en": en})


PASPOORT = woorden("Paspoort voor een kind", "Reisepass für ein Kind", "Passport for a child")
RIJBEWIJS = woorden("Rijbewijs", "Führerschein", "Driving licence")

BEVESTIGING = Bevestiging(
    naam=TWENTS,
    begin=datetime(2026, 12, 3, 17, 40, tzinfo=UTC),
    eind=datetime(2026, 12, 3, 18, 5, tzinfo=UTC),
    plaats=Plaats("Gemeentehuis Losser", ("Voorbeeldplein 1", "7581 AG Losser")),
    afzender="Gemeente Losser",
    producten=(Productregel(PASPOORT, 2), Productregel(RIJBEWIJS)),
    nummer="2026-00041",
    code="K7M2PQ9R",
    gemaakt_op=date(2026, 11, 22),
    adres=("Kerkstraat 12", "7581 AB Losser"),
    adres_bevestigd=True,
    telefoon="06-00 00 00 01",
    meenemen=(
        woorden(
            "Alle oude paspoorten van het kind",
            "Alle alten Pässe des Kindes",
            "All old passports of the child",
        ),
        woorden("Een pasfoto", "Ein Passfoto", "A passport photo"),
    ),
    wie_komt=(
        woorden("Het kind zelf", "Das Kind selbst", "The child"),
        woorden("Een ouder met gezag", "Ein Elternteil mit Sorgerecht", "A parent with custody"),
    ),
    geregeld=(woorden("Extra tijd", "Mehr Zeit", "Extra time"),),
    kosten=(Kostenregel(PASPOORT, Decimal("128.50")), Kostenregel(RIJBEWIJS, Decimal("1051"))),
    ophalen=Ophalen(date(2026, 12, 10)),
    bereikbaar=Bereikbaar("14 000", "www.losser.voorbeeld"),
)


def bevestiging(**anders: Any) -> Bevestiging:
    """De bevestiging hierboven, met iets anders."""
    return replace(BEVESTIGING, **anders)
