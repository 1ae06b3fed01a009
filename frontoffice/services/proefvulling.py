"""Vult een proefagenda: de inrichting van de demonstratie, en afspraken van verzonnen mensen.

Dezelfde dag geeft dezelfde afspraken, en nog eens vullen verandert niets. Alleen voor een agenda die als
proef is gemerkt; een echte agenda wordt geweigerd.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol, runtime_checkable

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Kanaal, Toestand
from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Indeling, Vraag, find_balie
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.limieten import limit_reasons
from frontoffice.agenda.tijd import ceil_tik, from_tik
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.agenda.vrij import grid
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Wie
from frontoffice.domain.taal import dag_van
from frontoffice.services.avondbeelden import to_avond
from frontoffice.services.avonden import Avondendienst
from frontoffice.services.inrichten import Wijziging, diff_inrichting

_NOG_GENOEG = timedelta(weeks=6)
"""Is er minder rooster vooruit, dan komt er bij."""
_TWEE_WEKEN = timedelta(weeks=2)
_OVER = (0, 3, 9, 2, 6, 8, 10)
"""Hoeveel begintijden voor een paspoort er op de komende avonden over blijven; daarna is het nog leeg."""
_PROEF = "paspoort"
_GEWEEST = 3
_AVOND_NU = 4
_NAMEN = (
    "A. Averink", "Łukasz Kowalczyk", "Gülşen Şahin", "H. ter Braak", "M. Oude Elferink", "Jürgen Behrens",
    "Ninos Gabriël", "S. Nijhuis-Kok", "Małgorzata Nowak", "B. Wevers", "Th. Olde Daalhuis", "محمد الأحمد",
    "P. van der Veen", "Olena Sjevtsjenko", "F. Lohuis", "C. Bruns-Kamphuis", "D. Evers", "I. Hemmer",
    "G. Scholte op Reimer", "W. Kip", "E. de Jong", "Käthe Wilmink", "R. in het Veld", "N. Tijhuis",
)  # fmt: skip
_WENSEN = (
    (30, (("paspoort", 1),)), (8, (("paspoort", 2),)), (16, (("id-kaart", 1),)), (22, (("rijbewijs", 1),)),
    (20, (("ophalen", 1),)), (4, (("ophalen", 2),)), (6, (("verhuizing", 2),)), (7, (("paspoort-kind", 1),)),
    (4, (("paspoort", 1), ("rijbewijs", 1))), (2, (("naturalisatie", 1),)),
)  # fmt: skip
_KANALEN = (Kanaal.TELEFOON, Kanaal.TELEFOON, Kanaal.BALIE, Kanaal.WEB)
_RUIMTE = uuid.UUID("6f1c6b0e-0a52-4a2c-9d7e-3f5f4c1d2b10")


@runtime_checkable
class Proefopslag(AgendaOpslag, Protocol):
    """Een agenda die een proefagenda kan zijn."""

    def mark_proef(self) -> None: ...

    def set_klok(self, nu: datetime) -> None: ...

    def restart_avond(self, datum: date, door: Wie) -> None: ...


@dataclass(frozen=True)
class Proefstand:
    """Wat er is gevuld. `avond`: de datum van de avond die nu bezig is, of None."""

    avonden: int
    afspraken: int
    avond: date | None = None


def ensure_demo(opslag: Proefopslag, wie: Wie) -> None:
    """Zorg dat de ingebouwde demonstratie een rooster vooruit heeft; laat staan wat er al is."""
    laatste = _laatste_dienst(opslag.load_inrichting()[0])
    if laatste is None or laatste < dag_van(opslag.nu()) + _NOG_GENOEG:
        fill(opslag, wie)


def fill(opslag: Proefopslag, wie: Wie, *, avond_nu: bool = False) -> Proefstand:
    """Zet de demonstratie in de agenda, met `avond_nu` ook een avond die nu bezig is.

    Staat er al een rooster, dan komt er alleen bij wat daarna komt; de avond van nu begint elke keer
    overnieuw. Raises AgendaFout bij een echte agenda.
    """
    opslag.mark_proef()
    nu = opslag.nu()
    vandaag = dag_van(nu)
    if avond_nu:
        _cancel_day(opslag, wie, vandaag)
    nieuw = demo_inrichting(vandaag, avond_nu=nu if avond_nu else None)
    oud, _ = opslag.load_inrichting()
    laatste = _laatste_dienst(oud)
    if laatste is None:
        _arrange(opslag, wie, diff_inrichting(oud, nieuw))
    else:
        nu_erbij = {vandaag} if avond_nu else set()
        _arrange(opslag, wie, _extended(oud, nieuw, laatste, nu_erbij))
    avonden, afspraken = _book_all(opslag, wie, vandaag, vandaag if avond_nu else None)
    if avond_nu:
        from frontoffice.services.proefavond import play
        from frontoffice.services.vanavond import Vanavonddienst

        play(Vanavonddienst(opslag, wie), random.Random(f"verloop {vandaag.isoformat()}"))
    return Proefstand(avonden, afspraken, vandaag if avond_nu else None)


def _laatste_dienst(inrichting: Inrichting) -> date | None:
    return max((dienst.datum for dienst in inrichting.diensten), default=None)


def _extended(oud: Inrichting, demo: Inrichting, laatste: date, vervang: set[date]) -> tuple[Wijziging, ...]:
    """Wat na de laatste dag van het rooster komt; op de dagen `vervang` komt het in plaats van wat er was."""
    uit = []
    for soort in ("uitzonderingen", "diensten", "blokkades"):
        erbij = tuple(deel for deel in getattr(demo, soort) if deel.datum > laatste or deel.datum in vervang)
        ids = {deel.id for deel in erbij}
        weg = tuple(deel.id for deel in getattr(oud, soort) if deel.datum in vervang and deel.id not in ids)
        if erbij or weg:
            uit.append(Wijziging(soort, erbij, weg))
    return tuple(uit)


def _arrange(opslag: AgendaOpslag, wie: Wie, wijzigingen: Sequence[Wijziging]) -> None:
    if wijzigingen:
        avonden = Avondendienst(opslag, wie)
        avonden.apply(avonden.preview(wijzigingen), verzoek_id=str(uuid.uuid4()), reden="demonstratie")


def _cancel_day(opslag: Proefopslag, wie: Wie, dag: date) -> None:
    """Zeg af wat er vandaag stond: de avond begint overnieuw."""
    opslag.restart_avond(dag, wie)
    with opslag.lock({dag}) as tx:
        for afspraak in opslag.find_afspraken(datum_van=dag, datum_tot=dag, maximum=1000):
            if afspraak.toestand is not Toestand.AFGEZEGD:
                weg = replace(afspraak, toestand=Toestand.AFGEZEGD, te_verzetten="")
                tx.update_afspraak(weg, wie, "afgezegd", "demonstratie opnieuw gevuld")


def choose_over(avonden: Sequence[date], vandaag: date) -> dict[date, int]:
    """Hoeveel begintijden voor een paspoort er op elk van de komende avonden over moeten blijven.

    De eerste is vol, als de volgende binnen twee weken is: er is altijd binnen twee weken iets vrij.
    """
    over = dict(zip(avonden, _OVER, strict=False))
    if avonden and not any(dag <= vandaag + _TWEE_WEKEN for dag in avonden[1:]):
        over[avonden[0]] = _OVER[1]
    return over


def _book_all(opslag: AgendaOpslag, wie: Wie, vandaag: date, avond_nu: date | None = None) -> tuple[int, int]:
    inrichting, _ = opslag.load_inrichting()
    kalender = Kalender(inrichting)
    komend = kalender.open_dagen(vandaag, vandaag + timedelta(weeks=13))
    geweest = kalender.open_dagen(vandaag - _TWEE_WEKEN, vandaag - timedelta(days=1))
    plan = [(dag, _GEWEEST) for dag in geweest]
    plan += list(choose_over([dag for dag in komend if dag != avond_nu], vandaag).items())
    if avond_nu is not None:
        plan.append((avond_nu, _AVOND_NU))
    geboekt = [_book_evening(opslag, wie, kalender, dag, vol, dag == avond_nu) for dag, vol in sorted(plan)]
    return sum(aantal > 0 for aantal in geboekt), sum(geboekt)


def _book_evening(
    opslag: AgendaOpslag, wie: Wie, kalender: Kalender, dag: date, over: int, bezig: bool
) -> int:
    """Vul één avond waar nog niets staat; geeft hoeveel afspraken erbij kwamen."""
    with opslag.lock({dag}) as tx:
        inhoud = tx.load_avond(dag)
        if inhoud.inhoud or (inhoud.versie and not bezig):
            return 0
        # Wat er eerder vandaag stond, is afgezegd en houdt zijn id.
        keer = len(opslag.find_afspraken(datum_van=dag, datum_tot=dag, maximum=1000)) if bezig else 0
        avond = to_avond(kalender.inrichting, kalender, inhoud)
        lot = random.Random(f"agenda {dag.isoformat()}")
        vanaf = 0
        # Op een avond die bezig is, moet er vanaf nu plaats over zijn: ook voor wie zonder afspraak komt.
        if bezig and (komend := _count_free(kalender.inrichting, avond, ceil_tik(tx.nu))) > 1:
            vanaf, over = ceil_tik(tx.nu), min(over, komend // 2)
        gekozen = _choose(kalender.inrichting, avond, lot, over, vanaf)
        for nummer, (item, plan, wens) in enumerate(gekozen):
            tx.add_afspraak(_make(tx, dag, nummer + keer, item, plan, wens, bezig), wie, "demonstratie")
        return len(gekozen)


def _choose(
    inrichting: Inrichting, avond: Avond, lot: random.Random, over: int, vanaf: int
) -> list[tuple[Inhoud, Plan, Wens]]:
    """Wie er komt, met balies zoals ze aan het eind staan. Vanaf tik `vanaf` blijft er plaats over."""
    gekozen: dict[str, tuple[Plan, Wens]] = {}
    missers = 0
    while missers < 40:
        nummer = str(len(gekozen))
        wens = _wens(lot)
        plan = plan_wens(inrichting, wens, avond.datum)
        nieuw = _place(inrichting, avond, plan, wens, lot, nummer) if isinstance(plan, Plan) else None
        if nieuw is None or not isinstance(plan, Plan) or _count_free(inrichting, nieuw, vanaf) < over:
            missers += 1
            continue
        avond = nieuw
        gekozen[nummer] = plan, wens
    return [(item, *gekozen[item.id]) for item in avond.inhoud]


def _count_free(inrichting: Inrichting, avond: Avond, vanaf: int) -> int:
    """Hoeveel begintijden er voor een paspoort over zijn, vanaf tik `vanaf`."""
    plan = plan_wens(inrichting, Wens((Wensregel(_PROEF),)), avond.datum)
    if not isinstance(plan, Plan):
        return 0
    indeling = Indeling(avond)
    rooster = grid(avond, inrichting.locatie.stap)
    starts = (tik for tik, blok in rooster if vanaf <= tik and tik + plan.tikken <= blok.eind)
    return sum(indeling.capaciteit(Vraag(plan.vak(tik), plan.eisen), 1) > 0 for tik in starts)


def _place(
    inrichting: Inrichting, avond: Avond, plan: Plan, wens: Wens, lot: random.Random, id_: str
) -> Avond | None:
    """De avond met deze afspraak erbij, op een willekeurige vrije begintijd; None als het niet past."""
    if limit_reasons(inrichting, avond, plan.producten, wens.kanaal):
        return None
    starts = [tik for tik, blok in grid(avond, inrichting.locatie.stap) if tik + plan.tikken <= blok.eind]
    lot.shuffle(starts)
    for tik in starts[:4]:
        plek = find_balie(avond, Vraag(plan.vak(tik), plan.eisen))
        if plek is None:
            continue
        nieuw = Inhoud(
            SoortInhoud.AFSPRAAK, id_, plan.vak(tik), plek.balie, plan.eisen, plan.producten,
            kanaal=wens.kanaal, buffer=plan.buffer_tikken,
        )  # fmt: skip
        verhuisd = (replace(i, balie=plek.verhuizingen.get(i.id, i.balie)) for i in avond.inhoud)
        return replace(avond, inhoud=(*verhuisd, nieuw))
    return None


def _wens(lot: random.Random) -> Wens:
    (regels,) = lot.choices([keuze for _, keuze in _WENSEN], [gewicht for gewicht, _ in _WENSEN])
    wens = Wens(_regels(regels), kanaal=lot.choice(_KANALEN))
    worp = lot.random()
    if worp < 0.04:
        return replace(wens, behoeften=("tolk",), taal=lot.choice(("de", "pl", "ar")))
    return replace(wens, behoeften=("grote_letters",)) if worp < 0.1 else wens


def _regels(regels: Sequence[tuple[str, int]]) -> tuple[Wensregel, ...]:
    return tuple(Wensregel(code, aantal) for code, aantal in regels)


def _make(
    tx: AgendaTransactie, dag: date, nummer: int, item: Inhoud, plan: Plan, wens: Wens, bezig: bool
) -> Afspraak:
    """Op een avond die bezig is, moet iedereen nog komen: wat er al gebeurde, speelt `proefavond` af."""
    sleutel = f"{dag.isoformat()} {nummer}"
    lot = random.Random(sleutel)
    begin = from_tik(item.vak.begin)
    eind = begin + timedelta(minutes=plan.minuten)
    return Afspraak(
        id=str(uuid.uuid5(_RUIMTE, f"{sleutel} {item.vak.begin}")),
        nummer=tx.next_nummer(dag_van(tx.nu).year),
        code=tx.next_code(),
        datum=dag,
        begin=begin,
        eind=eind,
        buffer=plan.buffer,
        balie=item.balie,
        toestand=Toestand.BEVESTIGD if bezig else _toestand(tx.nu, begin, eind, lot),
        regels=plan.regels,
        eisen=plan.eisen,
        klant=_klant(dag, nummer, lot),
        kanaal=wens.kanaal,
        behoeften=wens.behoeften,
        taal=wens.taal,
        gemaakt_op=min(begin, tx.nu) - timedelta(days=lot.randint(1, 20), minutes=lot.randint(0, 500)),
    )


def _klant(dag: date, nummer: int, lot: random.Random) -> Contactgegevens:
    """Een verzonnen naam, met een nummer uit de reeks voor apparaten: daar neemt niemand op."""
    naam = _NAMEN[(dag.toordinal() + nummer * 7) % len(_NAMEN)]
    if lot.random() < 0.06:
        return Contactgegevens(naam, geen_contact=True)
    telefoon = f"+3197{lot.randint(10_000_000, 99_999_999):08d}"
    email = f"bezoeker{nummer}.{dag:%d%m}@voorbeeld.example" if lot.random() < 0.6 else ""
    return Contactgegevens(naam, telefoon, email)


def _toestand(nu: datetime, begin: datetime, eind: datetime, lot: random.Random) -> Toestand:
    if eind <= nu:
        return Toestand.NIET_GEKOMEN if lot.random() < 0.1 else Toestand.KLAAR
    return Toestand.AAN_DE_BALIE if begin <= nu else Toestand.BEVESTIGD
