"""Het verslag van een avond in woorden en rijen: hetzelfde op het scherm, op papier en in het bestand.

Rekent niets uit wat niet al in het `Verslag` staat.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.agenda.vanavond.verslag import Halfuur, Telling, Verslag, Wachttijd
from frontoffice.domain import taal

UITLEG = (
    "Wachten telt van aangemeld tot de eerste oproep. Wie te vroeg is, wacht pas vanaf zijn eigen tijd.",
    "De mediaan is het midden: de helft wachtte korter, de helft langer.",
    "Niet gekomen gaat alleen over afspraken die niet zijn afgezegd.",
    "Dit verslag gaat over bezoeken. Over een medewerker of een balie staat er niets in.",
)


@dataclass(frozen=True)
class Verslagrij:
    """Een naam, het getal in woorden, en welk deel van het geheel dat is (None = geen staaf)."""

    naam: str
    tekst: str
    deel: float | None = None


def rijen_kern(v: Verslag) -> tuple[Verslagrij, ...]:
    """Wat de avondleiding als eerste wil weten."""
    samen = v.afspraken + v.zonder_afspraak
    rijen = [
        Verslagrij(
            "Afspraken", _met(v.afspraken, v.afgezegd, "op de avond zelf afgezegd"), _deel(v.afspraken, samen)
        ),
        Verslagrij(
            "Zonder afspraak",
            _met(v.zonder_afspraak, v.weggegaan, "weer weg"),
            _deel(v.zonder_afspraak, samen),
        ),
        Verslagrij("Geholpen", f"{v.geholpen} van {samen}", _deel(v.geholpen, samen)),
        Verslagrij("Niet gekomen", _niet_gekomen(v), v.deel_niet_gekomen),
        Verslagrij("Uitloop na sluiting", "geen" if not v.uitloop else _minuten(v.uitloop)),
    ]
    if v.toch_gekomen:
        rijen.insert(4, Verslagrij("Later toch gekomen", str(v.toch_gekomen)))
    return tuple(rijen)


def rijen_wacht(v: Verslag) -> tuple[tuple[str, tuple[Verslagrij, ...]], ...]:
    """Per kop de rijen: hoe lang de meesten wachtten, hoe lang bijna iedereen, en hoeveel binnen de norm."""
    groepen = (
        ("Iedereen", v.wacht),
        ("Met afspraak", v.wacht_afspraak),
        ("Zonder afspraak", v.wacht_zonder),
    )
    langst = max((wacht.p90 or 0.0 for _, wacht in groepen), default=0.0)
    return (
        ("Wachten: mediaan", tuple(_duur(naam, wacht.mediaan, langst) for naam, wacht in groepen)),
        ("Wachten: 9 van de 10 niet langer dan", tuple(_duur(n, w.p90, langst) for n, w in groepen)),
        (
            f"Binnen {_minuten(v.norm)} aan de beurt",
            tuple(Verslagrij(naam, _binnen(wacht), wacht.deel) for naam, wacht in groepen),
        ),
    )


def _duur(naam: str, minuten: float | None, langst: float) -> Verslagrij:
    if minuten is None:
        return Verslagrij(naam, "niemand opgeroepen")
    return Verslagrij(naam, _minuten(round(minuten)), _deel_van(minuten, langst))


def rijen_half_uur(v: Verslag) -> tuple[Verslagrij, ...]:
    """De staaf is de wachttijd ten opzichte van het langste half uur."""
    langst = max((half.mediaan for half in v.per_half_uur), default=0.0)
    return tuple(
        Verslagrij(
            taal.tijd(half.begin),
            _half_uur(half),
            _deel_van(half.mediaan, langst) if half.aantal else None,
        )
        for half in v.per_half_uur
    )


def _half_uur(half: Halfuur) -> str:
    if not half.aantal:
        return "niemand"
    return f"{_minuten(round(half.mediaan))}, {taal.aantal(half.aantal, 'bezoek', 'bezoeken')}"


def rijen_telling(tellingen: tuple[Telling, ...]) -> tuple[Verslagrij, ...]:
    return tuple(
        Verslagrij(
            telling.naam[:1].upper() + telling.naam[1:],
            _met(telling.gedaan, telling.niet_gedaan, "niet gedaan", f" van {telling.gevraagd}"),
            _deel(telling.gedaan, telling.gevraagd),
        )
        for telling in tellingen
    )


def zeg_kop(v: Verslag) -> str:
    """Van wanneer tot wanneer, en of het verslag al af is."""
    if v.open_van is None or v.open_tot is None:
        return "De avond was dicht."
    uren = f"Open van {taal.tijd(v.open_van)} tot {taal.tijd(v.open_tot)}."
    if v.laatste_klaar is not None:
        uren += f" De laatste was klaar om {taal.tijd(v.laatste_klaar)}."
    if v.is_voorlopig:
        wie = "1 bezoek is" if v.open_bezoeken == 1 else f"{v.open_bezoeken} bezoeken zijn"
        uren += f" Voorlopig: {wie} nog open."
    return uren


def _niet_gekomen(v: Verslag) -> str:
    deel = v.deel_niet_gekomen
    return "0" if deel is None else f"{v.niet_gekomen} van {v.afspraken} ({round(100 * deel)} %)"


def _binnen(wacht: Wachttijd) -> str:
    if not wacht.aantal:
        return "niemand opgeroepen"
    return f"{wacht.binnen} van {wacht.aantal} ({round(100 * wacht.binnen / wacht.aantal)} %)"


def _met(aantal: int, ook: int, woord: str, van: str = "") -> str:
    return f"{aantal}{van}, {ook} {woord}" if ook else f"{aantal}{van}"


def _minuten(getal: int) -> str:
    return "1 minuut" if getal == 1 else f"{getal} minuten"


def _deel(aantal: int, van: int) -> float | None:
    return aantal / van if van else None


def _deel_van(minuten: float, langst: float) -> float:
    return minuten / langst if langst else 0.0
