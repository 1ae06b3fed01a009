"""Het verslag van een avond als pdf, of als CSV voor een rekenprogramma. Rekent niets uit en bewaart niets.

Er staat geen naam van een bezoeker of medewerker in: een `Verslag` kent die niet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontoffice.agenda.vanavond import verslagwoorden as woorden
from frontoffice.agenda.vanavond.verslag import Reden, Telling, Verslag, Wachttijd
from frontoffice.documents.bestand import file_name
from frontoffice.documents.csvbestand import Tabel, number_column, text_column, write_csv
from frontoffice.domain import taal

TABEL = Tabel(
    (
        text_column("Deel"),
        text_column("Naam"),
        number_column("Aantal", verplicht=False),
        number_column("Van", verplicht=False),
        number_column("Procent", verplicht=False),
        number_column("Minuten", verplicht=False),
        text_column("Uitleg", hoogste=1000, verplicht=False),
    )
)


@dataclass(frozen=True)
class Verslagbestand:
    """`naam` is een veilige bestandsnaam met de datum erin."""

    naam: str
    inhoud: bytes = field(repr=False)


def make_bestand(verslag: Verslag, soort: str, gemeente: str) -> Verslagbestand:
    """`soort` is "csv" of "pdf". Duurt bij een pdf: niet op de draad van het scherm."""
    naam = file_name("avondverslag", f"{verslag.datum:%Y%m%d}", soort)
    if soort == "csv":
        return Verslagbestand(naam, write_csv(TABEL, _rijen(verslag)))
    return Verslagbestand(naam, make_pdf(verslag, gemeente))


def make_pdf(verslag: Verslag, gemeente: str) -> bytes:
    from frontoffice.documents.lettertype import Stuk
    from frontoffice.documents.opmaak import Opmaak

    opmaak = Opmaak(
        titel=_titel(verslag),
        taal="nl-NL",
        auteur=gemeente,
        punten=10.5,
        voet=lambda nummer, totaal: (Stuk(f"Bladzijde {nummer} van {totaal}"),),
    )
    return opmaak.build(tuple(_blokken(verslag, gemeente))).pdf


def _titel(verslag: Verslag) -> str:
    return f"Verslag van {taal.datum_lang(verslag.datum, verslag.datum)} {verslag.datum.year}"


def _blokken(verslag: Verslag, gemeente: str) -> Iterator[Any]:
    from frontoffice.documents.lettertype import Stuk
    from frontoffice.documents.opmaak import AAN_ELKAAR, GEWOON, KOP, TITEL, Alinea, Lijst

    def tekst(wat: str, stijl: Any = GEWOON) -> Any:
        return Alinea((Stuk(wat, los=True),), stijl)

    yield tekst(gemeente, AAN_ELKAAR)
    yield tekst(_titel(verslag), TITEL)
    yield tekst(woorden.zeg_kop(verslag))
    dag, om = taal.dag_van(verslag.gemaakt_op), taal.tijd(verslag.gemaakt_op)
    yield tekst(f"Gemaakt op {taal.datum_lang(dag, dag)} {dag.year}, {om}.", AAN_ELKAAR)
    yield from _balken("De avond", woorden.rijen_kern(verslag))
    for kop, rijen in woorden.rijen_wacht(verslag):
        yield from _balken(kop, rijen)
    yield from _balken("Wachten per half uur", woorden.rijen_half_uur(verslag))
    yield from _balken("Per product", woorden.rijen_telling(verslag.per_product))
    yield from _balken("Per bevoegdheid", woorden.rijen_telling(verslag.per_bevoegdheid))
    for kop, redenen, niets in (
        ("Zonder afspraak geweigerd", verslag.geweigerd, "Niemand is geweigerd."),
        ("Niet gedaan", verslag.niet_gedaan, "Alles waar iemand voor kwam, is gedaan."),
    ):
        yield tekst(kop, KOP)
        if redenen:
            yield Lijst(tuple((Stuk(f"{reden.naam}: {reden.aantal}"),) for reden in redenen))
        else:
            yield tekst(niets, AAN_ELKAAR)
    yield tekst("Hoe wij tellen", KOP)
    yield Lijst(tuple((Stuk(zin),) for zin in woorden.UITLEG))


def _balken(kop: str, rijen: tuple[woorden.Verslagrij, ...]) -> Iterator[Any]:
    from frontoffice.documents.lettertype import Stuk
    from frontoffice.documents.opmaak import KOP, Alinea, Balk, Balken

    if rijen:
        yield Alinea((Stuk(kop),), KOP)
        yield Balken(tuple(Balk(rij.naam, rij.deel, rij.tekst) for rij in rijen))


# --- csv --------------------------------------------------------------------------------------------------


def _rijen(v: Verslag) -> Iterator[Mapping[str, Any]]:
    yield _rij("Avond", _titel(v), uitleg=woorden.zeg_kop(v))
    yield _rij("Avond", "Afspraken", v.afspraken)
    yield _rij("Avond", "Afgezegd", v.afgezegd)
    yield _rij("Avond", "Zonder afspraak", v.zonder_afspraak)
    yield _rij("Avond", "Geholpen", v.geholpen, v.afspraken + v.zonder_afspraak)
    yield _rij("Avond", "Niet gekomen", v.niet_gekomen, v.afspraken)
    yield _rij("Avond", "Toch gekomen", v.toch_gekomen)
    yield _rij("Avond", "Weer weggegaan", v.weggegaan, v.zonder_afspraak)
    yield _rij("Avond", "Nog open", v.open_bezoeken)
    yield _rij("Avond", "Uitloop", minuten=v.uitloop)
    for naam, wacht in (
        ("Iedereen", v.wacht),
        ("Met afspraak", v.wacht_afspraak),
        ("Zonder afspraak", v.wacht_zonder),
    ):
        yield from _wacht(naam, wacht, v.norm)
    for half in v.per_half_uur:
        minuten = round(half.mediaan) if half.aantal else None
        yield _rij("Per half uur", taal.tijd(half.begin), half.aantal, minuten=minuten)
    yield from _tellingen("Per product", v.per_product)
    yield from _tellingen("Per bevoegdheid", v.per_bevoegdheid)
    yield from _redenen("Geweigerd", v.geweigerd)
    yield from _redenen("Niet gedaan", v.niet_gedaan)
    for zin in woorden.UITLEG:
        yield _rij("Uitleg", "", uitleg=zin)


def _wacht(naam: str, wacht: Wachttijd, norm: int) -> Iterator[Mapping[str, Any]]:
    yield _rij("Wachten", f"{naam}, binnen {norm} minuten", wacht.binnen, wacht.aantal)
    if wacht.mediaan is not None and wacht.p90 is not None:
        yield _rij("Wachten", f"{naam}, mediaan", minuten=round(wacht.mediaan))
        yield _rij("Wachten", f"{naam}, 9 van de 10", minuten=round(wacht.p90))


def _tellingen(deel: str, tellingen: tuple[Telling, ...]) -> Iterator[Mapping[str, Any]]:
    for telling in tellingen:
        uitleg = f"{telling.niet_gedaan} niet gedaan" if telling.niet_gedaan else ""
        yield _rij(deel, telling.naam, telling.gedaan, telling.gevraagd, uitleg=uitleg)


def _redenen(deel: str, redenen: tuple[Reden, ...]) -> Iterator[Mapping[str, Any]]:
    for reden in redenen:
        yield _rij(deel, reden.naam, reden.aantal)


def _rij(
    deel: str,
    naam: str,
    aantal: int | None = None,
    van: int | None = None,
    *,
    minuten: int | None = None,
    uitleg: str = "",
) -> Mapping[str, Any]:
    procent = round(100 * aantal / van) if aantal is not None and van else None
    return {
        "Deel": deel, "Naam": naam, "Aantal": aantal, "Van": van, "Procent": procent, "Minuten": minuten,
        "Uitleg": uitleg or None,
    }  # fmt: skip
