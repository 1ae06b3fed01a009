"""Elke stap van een bezoek als rekensom: van het bezoek voor de stap naar dat erna, of waarom het niet kan.

Puur: de tijd komt mee (`om`, UTC), en wie er wint beslist de opslag. Een stap kijkt alleen naar dit ene
bezoek; of de balie vrij is, kijkt `vanavond` na.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.tijd import tijdlabel
from frontoffice.agenda.vanavond.bezoek import Avondregels, Bezoek, Resultaat, Uitkomst
from frontoffice.agenda.vanavond.verloop import NOTITIE
from frontoffice.domain.fouten import Geweigerd, InvoerFout

T = Toestand
MAG: Mapping[str, frozenset[Toestand]] = {
    "bezoek_aangemeld": frozenset({T.BEVESTIGD}),
    "bezoek_opgeroepen": frozenset({T.BEVESTIGD, T.AANGEMELD, T.EVEN_APART}),
    "bezoek_opnieuw_opgeroepen": frozenset({T.OPGEROEPEN}),
    "bezoek_terug": frozenset({T.OPGEROEPEN}),
    "bezoek_aan_de_balie": frozenset({T.OPGEROEPEN}),
    "bezoek_even_apart": frozenset({T.OPGEROEPEN, T.AAN_DE_BALIE}),
    "bezoek_hervat": frozenset({T.EVEN_APART}),
    "bezoek_klaar": frozenset({T.OPGEROEPEN, T.AAN_DE_BALIE, T.EVEN_APART}),
    "bezoek_niet_gekomen": frozenset({T.BEVESTIGD, T.AANGEMELD, T.OPGEROEPEN, T.EVEN_APART}),
    "bezoek_toch_gekomen": frozenset({T.NIET_GEKOMEN}),
    "bezoek_gewijzigd": frozenset({T.BEVESTIGD, T.AANGEMELD, T.OPGEROEPEN, T.AAN_DE_BALIE, T.EVEN_APART}),
    NOTITIE: frozenset(T) - {T.AFGEZEGD},
}
"""Uit welke toestand een stap kan. Klaar mag ook zonder *Aan de balie* ertussen: dat scheelt een klik."""


def arrive(bezoek: Bezoek, om: datetime, regels: Avondregels) -> Bezoek:
    """Aangemeld op `om` (UTC); telt als te laat boven de norm van de inrichting."""
    return replace(
        bezoek, toestand=T.AANGEMELD, aangemeld_op=om, oproepen=0, te_laat=is_te_laat(bezoek, om, regels)
    )


def come_after_all(bezoek: Bezoek, om: datetime) -> Bezoek:
    """E06: weer in de rij, vanaf nu en als te laat; wat er eerder gebeurde staat in de geschiedenis."""
    return replace(
        bezoek, toestand=T.AANGEMELD, aangemeld_op=om, oproepen=0, balie="", klaar_op=None, te_laat=True
    )


def call(bezoek: Bezoek, balie: str, om: datetime, regels: Avondregels) -> Bezoek:
    """Raises Geweigerd na het hoogste aantal oproepen, of te snel na de vorige."""
    keren = bezoek.oproepen if bezoek.toestand is T.AANGEMELD else 0
    if keren:
        check_oproep(bezoek, om, regels)
    if bezoek.aangemeld_op is None:  # wie zonder zich te melden voor de balie staat, is er
        bezoek = arrive(bezoek, om, regels)
    return replace(
        bezoek, toestand=T.OPGEROEPEN, balie=balie, opgeroepen_op=om, oproepen=keren + 1, apart_op=None,
        apart_omdat="",
    )  # fmt: skip


def recall(bezoek: Bezoek, om: datetime, regels: Avondregels) -> Bezoek:
    """Raises Geweigerd na het hoogste aantal oproepen, of te snel na de vorige."""
    check_oproep(bezoek, om, regels)
    return replace(bezoek, opgeroepen_op=om, oproepen=bezoek.oproepen + 1)


def check_oproep(bezoek: Bezoek, om: datetime, regels: Avondregels) -> None:
    """Raises Geweigerd na het hoogste aantal oproepen, of binnen de rust (minuten) na de vorige."""
    if bezoek.oproepen >= regels.oproepen_max:
        raise Geweigerd(
            f"{bezoek.volgnummer} is al {bezoek.oproepen} keer opgeroepen. Kies Niet gekomen of Even apart.",
            code="oproepen_op",
        )
    if bezoek.opgeroepen_op is None:
        return
    wacht = bezoek.opgeroepen_op + timedelta(minutes=regels.rust) - om
    if wacht > timedelta(0):
        minuten = -(-int(wacht.total_seconds()) // 60) or 1
        tijd = "1 minuut" if minuten == 1 else f"{minuten} minuten"
        raise Geweigerd(f"{bezoek.volgnummer} is net opgeroepen. Over {tijd} kan het weer.", code="rust")


def put_back(bezoek: Bezoek) -> Bezoek:
    """Kwam niet op de oproep: terug in de rij, met de rust die daarbij hoort."""
    return replace(bezoek, toestand=T.AANGEMELD, balie="")


def start(bezoek: Bezoek, om: datetime) -> Bezoek:
    return replace(bezoek, toestand=T.AAN_DE_BALIE, begonnen_op=om)


def park(bezoek: Bezoek, om: datetime, reden: str) -> Bezoek:
    return replace(
        bezoek, toestand=T.EVEN_APART, apart_op=om, apart_omdat=reden, gewerkt=_gewerkt(bezoek, om)
    )


def resume(bezoek: Bezoek, balie: str, om: datetime) -> Bezoek:
    return replace(
        bezoek, toestand=T.AAN_DE_BALIE, balie=balie, begonnen_op=om, apart_op=None, apart_omdat=""
    )


def finish(bezoek: Bezoek, om: datetime, uitkomsten: Sequence[Uitkomst], vervolg: str) -> Bezoek:
    """Zonder uitkomsten is alles gedaan. Raises InvoerFout bij een product dat hier niet bij hoort."""
    producten = [regel.product for regel in bezoek.regels]
    gegeven = {uitkomst.product: uitkomst for uitkomst in uitkomsten}
    if not set(gegeven) <= set(producten):
        raise InvoerFout("Dit product hoort niet bij dit bezoek. Kijk de uitkomst na.", code="product")
    alles = tuple(gegeven.get(p, Uitkomst(p, Resultaat.GEDAAN)) for p in dict.fromkeys(producten))
    if bezoek.toestand is T.OPGEROEPEN:  # wie meteen klaar is, zat er sinds de oproep
        bezoek = replace(bezoek, toestand=T.AAN_DE_BALIE, begonnen_op=bezoek.opgeroepen_op)
    return replace(
        bezoek, toestand=T.KLAAR, klaar_op=om, gewerkt=_gewerkt(bezoek, om),
        uitkomsten=alles, vervolg=vervolg or bezoek.vervolg, apart_op=None, apart_omdat="",
    )  # fmt: skip


def no_show(bezoek: Bezoek, om: datetime, regels: Avondregels) -> Bezoek:
    """Raises Geweigerd voordat het respijt om is van wie zich nog niet heeft gemeld."""
    if bezoek.toestand is T.BEVESTIGD and bezoek.tijd is not None:
        vanaf = bezoek.tijd + timedelta(minutes=regels.respijt)
        if om < vanaf:
            raise Geweigerd(
                f"{bezoek.volgnummer or 'Deze bezoeker'} kan nog komen. Wacht tot {tijdlabel(vanaf)}.",
                code="respijt",
            )
    return replace(
        bezoek,
        toestand=T.NIET_GEKOMEN,
        klaar_op=om,
        gewerkt=_gewerkt(bezoek, om),
        apart_op=None,
        apart_omdat="",
    )


def is_te_laat(bezoek: Bezoek, om: datetime, regels: Avondregels) -> bool:
    return bezoek.tijd is not None and om > bezoek.tijd + timedelta(minutes=regels.respijt)


def _gewerkt(bezoek: Bezoek, om: datetime) -> int:
    """Seconden aan de balie tot nu."""
    sinds = bezoek.begonnen_op if bezoek.toestand is T.AAN_DE_BALIE else None
    return bezoek.gewerkt if sinds is None else bezoek.gewerkt + max(0, int((om - sinds).total_seconds()))
