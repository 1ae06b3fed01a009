"""Het verslag van een avond: aantallen en wachttijden, uit de bezoeken en de vastgelegde stappen.

Telt bezoeken, nooit medewerkers of balies: er komt geen lijst van wie sneller is. Gebruikt geen naam; een
avond waarvan de namen al zijn gewist, geeft hetzelfde verslag.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Resultaat, SoortBezoek
from frontoffice.agenda.vanavond.verloop import GEWEIGERD, Stap, Verloop, read_verlopen

REDENEN: Mapping[str, tuple[str, ...]] = {
    "Papieren ontbreken": ("papier", "document", "bewijs", "akte", "formulier"),
    "Pasfoto niet goed": ("foto",),
    "Andere persoon nodig": ("toestemming", "ouder", "partner", "kind", "erbij"),
    "Storing": ("storing", "systeem", "apparaat", "printer"),
    "Klant wil toch niet": ("toch niet", "bedacht", "wil niet"),
}
"""Waarom iets niet is gedaan, met woorden waaraan het te herkennen is. Goed genoeg om te tellen; over één
bezoek zegt zo'n woord te weinig, en geldt alleen een reden uit `GEKOZEN_REDENEN` zelf."""
GEKOZEN_REDENEN = tuple(REDENEN)
ANDERE_REDEN = "Andere reden"
"""Wat een medewerker zelf opschreef kan over iemand gaan: dat telt hier zonder de woorden."""
WEIGERREDENEN: Mapping[str, str] = {
    "vol": "Geen plaats meer",
    "niemand_bevoegd": "Niemand die dit mag doen",
    "schaadt_afspraak": "Een afspraak zou te laat aan de beurt zijn",
    "te_laat": "Niet meer klaar voor sluiting",
    "gesloten": "Gesloten",
}
_HALF_UUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Wachttijd:
    """Hoe lang `aantal` mensen wachtten, in minuten; `binnen` van hen niet langer dan de norm."""

    aantal: int = 0
    mediaan: float | None = None
    p90: float | None = None
    binnen: int = 0

    @property
    def deel(self) -> float | None:
        return self.binnen / self.aantal if self.aantal else None


@dataclass(frozen=True)
class Telling:
    """Eén product, of één ding dat iemand mag doen: hoe vaak gevraagd, gedaan en niet gedaan."""

    naam: str
    gevraagd: int
    gedaan: int
    niet_gedaan: int


@dataclass(frozen=True)
class Reden:
    naam: str
    aantal: int


@dataclass(frozen=True)
class Halfuur:
    """Wie er in dit halve uur aan de beurt kwam. `begin` is UTC."""

    begin: datetime
    aantal: int
    mediaan: float


@dataclass(frozen=True)
class Verslag:
    """De avond in aantallen. `niet_gekomen` gaat over afspraken; `weggegaan` over mensen zonder afspraak.

    `uitloop`: zoveel minuten na sluitingstijd was de laatste klaar. `open_bezoeken`: wie er nog is, of nog
    kon komen; zolang die er zijn, is het verslag voorlopig.
    """

    datum: date
    gemaakt_op: datetime
    open_van: datetime | None
    open_tot: datetime | None
    norm: int
    afspraken: int
    afgezegd: int
    zonder_afspraak: int
    geholpen: int
    niet_gekomen: int
    toch_gekomen: int
    weggegaan: int
    open_bezoeken: int
    wacht: Wachttijd
    wacht_afspraak: Wachttijd
    wacht_zonder: Wachttijd
    uitloop: int
    laatste_klaar: datetime | None
    per_product: tuple[Telling, ...]
    per_bevoegdheid: tuple[Telling, ...]
    per_half_uur: tuple[Halfuur, ...]
    geweigerd: tuple[Reden, ...]
    niet_gedaan: tuple[Reden, ...]

    @property
    def deel_niet_gekomen(self) -> float | None:
        return self.niet_gekomen / self.afspraken if self.afspraken else None

    @property
    def is_voorlopig(self) -> bool:
        return self.open_bezoeken > 0


EINDSTAND = frozenset({Toestand.KLAAR, Toestand.NIET_GEKOMEN, Toestand.AFGEZEGD})


def find_open(bezoeken: Iterable[Bezoek]) -> tuple[Bezoek, ...]:
    """Wie er nog een uitkomst nodig heeft voor de avond dicht kan; wie er is, staat vooraan."""
    over = [bezoek for bezoek in bezoeken if bezoek.toestand not in EINDSTAND]
    return tuple(sorted(over, key=lambda b: (not b.is_aanwezig, b.volgnummer)))


def make_verslag(stand: Avondstand, stappen: Iterable[Stap]) -> Verslag:
    """Het verslag zoals het nu is. `stappen`: alle vastgelegde regels van deze avond, op volgorde."""
    stappen = tuple(stappen)
    verlopen = read_verlopen(stappen)
    bezoeken = [b for b in stand.bezoeken if b.toestand is not Toestand.AFGEZEGD]
    afspraken = [b for b in bezoeken if b.soort is SoortBezoek.AFSPRAAK]
    zonder = [b for b in bezoeken if b.soort is SoortBezoek.ZONDER_AFSPRAAK]
    geholpen = [b for b in bezoeken if b.toestand is Toestand.KLAAR]
    gewacht = {b.id: w for b in bezoeken if (w := wait_of(b, verlopen.get(b.id))) is not None}
    norm = stand.regels.norm
    laatste = max((k for b in geholpen if (k := _klaar_op(b, verlopen)) is not None), default=None)
    sluit = max((vak.eind_utc for vak in stand.avond.open), default=None)
    return Verslag(
        datum=stand.datum,
        gemaakt_op=stand.nu,
        open_van=min((vak.begin_utc for vak in stand.avond.open), default=None),
        open_tot=sluit,
        norm=norm,
        afspraken=len(afspraken),
        afgezegd=sum(
            b.toestand is Toestand.AFGEZEGD and b.soort is SoortBezoek.AFSPRAAK for b in stand.bezoeken
        ),
        zonder_afspraak=len(zonder),
        geholpen=len(geholpen),
        niet_gekomen=sum(b.toestand is Toestand.NIET_GEKOMEN for b in afspraken),
        toch_gekomen=sum(verlopen[b.id].toch_gekomen for b in bezoeken if b.id in verlopen),
        weggegaan=sum(b.toestand is Toestand.NIET_GEKOMEN for b in zonder),
        open_bezoeken=len(find_open(bezoeken)),
        wacht=_wachttijd(gewacht.values(), norm),
        wacht_afspraak=_wachttijd([gewacht[b.id] for b in afspraken if b.id in gewacht], norm),
        wacht_zonder=_wachttijd([gewacht[b.id] for b in zonder if b.id in gewacht], norm),
        uitloop=_uitloop(laatste, sluit),
        laatste_klaar=laatste,
        per_product=_per_product(bezoeken),
        per_bevoegdheid=_per_bevoegdheid(bezoeken),
        per_half_uur=_per_half_uur(bezoeken, verlopen, gewacht),
        geweigerd=_geweigerd(stappen),
        niet_gedaan=_niet_gedaan(bezoeken),
    )


# --- wachten -----------------------------------------------------------------------------------------------


def wait_of(bezoek: Bezoek, verloop: Verloop | None) -> float | None:
    """Minuten van aangemeld, of van zijn eigen tijd als die later is, tot de eerste oproep; None = niet
    opgeroepen, of ongedaan gemaakt."""
    om = verloop.opgeroepen if verloop is not None else bezoek.opgeroepen_op
    if om is None:
        return None
    gekomen = (verloop.gekomen if verloop is not None else None) or bezoek.aangemeld_op
    vanaf = [moment for moment in (gekomen, bezoek.tijd) if moment is not None]
    return max(0.0, (om - max(vanaf)).total_seconds() / 60) if vanaf else None


def _wachttijd(minuten: Iterable[float], norm: int) -> Wachttijd:
    rij = sorted(minuten)
    if not rij:
        return Wachttijd()
    p90 = rij[math.ceil(0.9 * len(rij)) - 1]
    return Wachttijd(len(rij), statistics.median(rij), p90, sum(m <= norm for m in rij))


def _per_half_uur(
    bezoeken: Sequence[Bezoek], verlopen: Mapping[str, Verloop], gewacht: Mapping[str, float]
) -> tuple[Halfuur, ...]:
    """Elk half uur van de eerste tot en met de laatste oproep, ook als er niemand aan de beurt kwam."""
    per: dict[datetime, list[float]] = {}
    for bezoek in bezoeken:
        om = verlopen[bezoek.id].opgeroepen if bezoek.id in verlopen else bezoek.opgeroepen_op
        if om is not None and bezoek.id in gewacht:
            begin = om.replace(minute=om.minute - om.minute % 30, second=0, microsecond=0)
            per.setdefault(begin, []).append(gewacht[bezoek.id])
    if not per:
        return ()
    eerste, laatste = min(per), max(per)
    stappen = [eerste + n * _HALF_UUR for n in range((laatste - eerste) // _HALF_UUR + 1)]
    return tuple(Halfuur(b, len(r := per.get(b, [])), statistics.median(r) if r else 0.0) for b in stappen)


def _klaar_op(bezoek: Bezoek, verlopen: Mapping[str, Verloop]) -> datetime | None:
    verloop = verlopen.get(bezoek.id)
    return (verloop.klaar if verloop is not None else None) or bezoek.klaar_op


def _uitloop(laatste: datetime | None, sluit: datetime | None) -> int:
    if laatste is None or sluit is None:
        return 0
    return max(0, math.ceil((laatste - sluit).total_seconds() / 60))


# --- tellen ------------------------------------------------------------------------------------------------


def _per_product(bezoeken: Sequence[Bezoek]) -> tuple[Telling, ...]:
    gevraagd, gedaan, niet = Counter[str](), Counter[str](), Counter[str]()
    namen: dict[str, str] = {}
    for bezoek in bezoeken:
        mislukt = _mislukt(bezoek)
        for product, naam in {regel.product: regel.naam for regel in bezoek.regels}.items():
            namen.setdefault(product, naam)
            gevraagd[product] += 1
            if bezoek.toestand is Toestand.KLAAR:
                (niet if product in mislukt else gedaan)[product] += 1
    return _tellingen(namen, gevraagd, gedaan, niet)


def _per_bevoegdheid(bezoeken: Sequence[Bezoek]) -> tuple[Telling, ...]:
    """Een bezoek telt één keer per bevoegdheid; gedaan is het als alles gelukt is wat die vroeg."""
    gevraagd, gedaan, niet = Counter[str](), Counter[str](), Counter[str]()
    for bezoek in bezoeken:
        mislukt = _mislukt(bezoek)
        for soort in {soort for regel in bezoek.regels for soort in regel.bevoegdheden}:
            gevraagd[soort] += 1
            if bezoek.toestand is Toestand.KLAAR:
                geraakt = {regel.product for regel in bezoek.regels if soort in regel.bevoegdheden}
                (niet if geraakt & mislukt else gedaan)[soort] += 1
    return _tellingen({soort: soort for soort in gevraagd}, gevraagd, gedaan, niet)


def _tellingen(
    namen: Mapping[str, str], gevraagd: Counter[str], gedaan: Counter[str], niet: Counter[str]
) -> tuple[Telling, ...]:
    rijen = [Telling(naam, gevraagd[code], gedaan[code], niet[code]) for code, naam in namen.items()]
    return tuple(sorted(rijen, key=lambda rij: (-rij.gevraagd, rij.naam)))


def _mislukt(bezoek: Bezoek) -> set[str]:
    return {u.product for u in bezoek.uitkomsten if u.resultaat is Resultaat.NIET_GEDAAN}


def _niet_gedaan(bezoeken: Sequence[Bezoek]) -> tuple[Reden, ...]:
    teller = Counter(
        classify_reden(uitkomst.reden)
        for bezoek in bezoeken
        for uitkomst in bezoek.uitkomsten
        if uitkomst.resultaat is Resultaat.NIET_GEDAAN
    )
    return _redenen(teller)


def classify_reden(tekst: str) -> str:
    """De reden zonder wat de medewerker er zelf bij schreef; een reden van hier blijft zichzelf."""
    klein = tekst.strip().rstrip(".").lower()
    for reden, woorden in REDENEN.items():
        if klein == reden.lower() or any(woord in klein for woord in woorden):
            return reden
    return ANDERE_REDEN


def _geweigerd(stappen: Sequence[Stap]) -> tuple[Reden, ...]:
    teller = Counter(
        WEIGERREDENEN.get(str(stap.na.get("waarom", "")), ANDERE_REDEN)
        for stap in stappen
        if stap.soort == GEWEIGERD
    )
    return _redenen(teller)


def _redenen(teller: Counter[str]) -> tuple[Reden, ...]:
    return tuple(Reden(naam, n) for naam, n in sorted(teller.items(), key=lambda r: (-r[1], r[0])))
