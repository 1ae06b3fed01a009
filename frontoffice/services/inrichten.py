"""Een wijziging van de inrichting als waarde, en wat zij met bestaande afspraken doet. Schrijft niets.

`avonden` legt vast; dit rekent voor wat de beheerder eerst te zien krijgt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.avond import KIF, Avond, Inhoud, SoortInhoud
from frontoffice.agenda.gevolgen import Gevolg, consequences, proposals
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.keuring import FOUT, Planfout, check_inrichting
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agendapoort import AvondInhoud
from frontoffice.domain import taal

WEGGEZET = "te-verzetten-"
"""Begin van de balie van een afspraak zonder plek; haar oude balie staat achter het apenstaartje."""
VOORSTELDAGEN = 91
_LOCATIE = "locatie"
_RAAD = {
    "producten": "Vul bij Geldig tot en met in wanneer het ophoudt.",
    "behoeften": "Haal haar weg als die afspraken zijn geweest.",
}


@dataclass(frozen=True)
class Wijziging:
    """Delen van één soort: `soort` is een veld van `Inrichting` ("diensten"). `weg` zijn ids."""

    soort: str
    bewaar: tuple[Any, ...] = ()
    weg: tuple[str, ...] = ()


@dataclass(frozen=True)
class TeVerzetten:
    """Een afspraak die niet kan blijven: waarom (hele zin), en minstens drie begintijden als die er zijn."""

    afspraak: Afspraak
    reden: str
    voorstellen: tuple[VrijeStart, ...] = ()


@dataclass(frozen=True)
class Avondgevolg:
    """Wat er op één avond verandert. `verhuizingen`: ongemerkt naar een andere balie, zelfde tijd."""

    datum: date
    gevolg: Gevolg
    te_verzetten: tuple[TeVerzetten, ...] = ()
    terug: tuple[Afspraak, ...] = ()
    reserveringen_weg: tuple[str, ...] = ()

    @property
    def verhuizingen(self) -> int:
        return sum(id_ not in self.gevolg.terug for id_ in self.gevolg.verhuizingen)


@dataclass(frozen=True)
class Gevolgen:
    """Wat een wijziging doet, nog zonder iets vast te leggen. Met `fouten` is zij niet vast te leggen.

    `fouten` en `waarschuwingen` zijn alleen die er door deze wijziging bij komen.
    """

    wijzigingen: tuple[Wijziging, ...]
    avonden: tuple[Avondgevolg, ...]
    fouten: tuple[Planfout, ...] = ()
    waarschuwingen: tuple[Planfout, ...] = ()

    @property
    def mag(self) -> bool:
        return not self.fouten

    @property
    def te_verzetten(self) -> tuple[TeVerzetten, ...]:
        return tuple(rij for avond in self.avonden for rij in avond.te_verzetten)

    @property
    def terug(self) -> tuple[Afspraak, ...]:
        return tuple(afspraak for avond in self.avonden for afspraak in avond.terug)

    @property
    def afdruk(self) -> str:
        """Waar de beheerder ja tegen zei: wie er moet worden verzet en wie er terugkomt."""
        ids = sorted(rij.afspraak.id for rij in self.te_verzetten)
        terug = sorted(afspraak.id for afspraak in self.terug)
        return hashlib.sha256(repr((ids, terug)).encode()).hexdigest()


def apply_wijzigingen(inrichting: Inrichting, wijzigingen: Iterable[Wijziging]) -> Inrichting:
    """De inrichting met deze wijzigingen. Raises ValueError bij een onbekende soort."""
    for wijziging in wijzigingen:
        if wijziging.soort == _LOCATIE:
            inrichting = replace(inrichting, locatie=wijziging.bewaar[-1])
            continue
        if wijziging.soort not in {veld.name for veld in fields(Inrichting)}:
            raise ValueError("een onbekende soort onderdeel")
        delen = {find_id(wijziging.soort, deel): deel for deel in getattr(inrichting, wijziging.soort)}
        delen |= {find_id(wijziging.soort, deel): deel for deel in wijziging.bewaar}
        for id_ in wijziging.weg:
            delen.pop(id_, None)
        nieuw: dict[str, Any] = {wijziging.soort: tuple(delen.values())}
        inrichting = replace(inrichting, **nieuw)
    return inrichting


def diff_inrichting(oud: Inrichting, nieuw: Inrichting) -> tuple[Wijziging, ...]:
    """De wijzigingen die van `oud` `nieuw` maken."""
    uit: list[Wijziging] = []
    if oud.locatie != nieuw.locatie:
        uit.append(Wijziging(_LOCATIE, (nieuw.locatie,)))
    for soort in (veld.name for veld in fields(Inrichting) if veld.name != _LOCATIE):
        was = {find_id(soort, deel): deel for deel in getattr(oud, soort)}
        wordt = {find_id(soort, deel): deel for deel in getattr(nieuw, soort)}
        bewaar = tuple(deel for id_, deel in wordt.items() if was.get(id_) != deel)
        weg = tuple(id_ for id_ in was if id_ not in wordt)
        if bewaar or weg:
            uit.append(Wijziging(soort, bewaar, weg))
    return tuple(uit)


def find_id(soort: str, onderdeel: Any) -> str:
    """Waaronder een onderdeel bewaard wordt."""
    if soort in ("producten", "behoeften"):
        return str(onderdeel.code)
    if soort == "combinaties":
        return f"{onderdeel.product}+{onderdeel.ander}"
    return str(onderdeel.id)


def weggezet(afspraak_id: str, balie: str) -> str:
    """De plaats van een afspraak die niemand kan doen: houdt niets van de avond bezet."""
    return f"{WEGGEZET}{afspraak_id}@{balie}"


def is_weggezet(balie: str) -> bool:
    return balie.startswith(WEGGEZET)


def oude_balie(balie: str) -> str:
    """De balie van voor het wegzetten; anders de balie zelf."""
    return balie.rpartition("@")[2] if is_weggezet(balie) else balie


# --- rekenen ----------------------------------------------------------------------------------------------


def find_gevolgen(
    oud: Inrichting,
    nieuw: Inrichting,
    wijzigingen: Sequence[Wijziging],
    inhoud: Mapping[date, AvondInhoud],
    afspraken: Mapping[str, Afspraak],
    nu: datetime,
    vandaag: date,
) -> Gevolgen:
    """Loop elke avond vanaf vandaag na. `inhoud`: alle avonden waar iets staat; `afspraken` op id."""
    was, wordt = Kalender(oud), Kalender(nieuw)
    eerst = [a.id for a in sorted(afspraken.values(), key=lambda a: (a.gemaakt_op or nu, a.nummer))]
    per_dag: list[tuple[date, Gevolg]] = []
    for dag in sorted(inhoud):
        gevolg = _gevolg(oud, nieuw, was, wordt, inhoud[dag], eerst) if dag >= vandaag else None
        if gevolg is not None and not gevolg.is_leeg:
            per_dag.append((dag, gevolg))
    weg = [afspraken[id_] for _, g in per_dag for id_, _ in g.te_verzetten if id_ in afspraken]
    voorstellen = find_voorstellen(nieuw, wordt, weg, inhoud, dict(per_dag), nu, vandaag)
    eerder = {(fout.soort, fout.id, fout.tekst) for fout in check_inrichting(oud)}
    erbij = [f for f in check_inrichting(nieuw) if (f.soort, f.id, f.tekst) not in eerder]
    return Gevolgen(
        tuple(wijzigingen),
        tuple(_avondgevolg(dag, gevolg, afspraken, voorstellen) for dag, gevolg in per_dag),
        (*_in_gebruik(oud, wijzigingen, afspraken), *(fout for fout in erbij if fout.is_fout)),
        tuple(fout for fout in erbij if not fout.is_fout),
    )


def _in_gebruik(
    oud: Inrichting, wijzigingen: Sequence[Wijziging], afspraken: Mapping[str, Afspraak]
) -> Iterator[Planfout]:
    """Een product of behoefte van een komende afspraak kan niet weg: die was dan niet te verzetten."""
    for wijziging in wijzigingen:
        if wijziging.soort not in ("producten", "behoeften"):
            continue
        for code in wijziging.weg:
            aantal = sum(code in _codes(afspraak, wijziging.soort) for afspraak in afspraken.values())
            if aantal:
                deel = (oud.product if wijziging.soort == "producten" else oud.behoefte).get(code)
                naam = deel.naam if deel is not None else code
                raad = _RAAD[wijziging.soort]
                hoort = taal.aantal(aantal, "afspraak die nog komt", "afspraken die nog komen")
                yield Planfout(FOUT, wijziging.soort, code, f"{naam} hoort bij {hoort}. {raad}")


def _codes(afspraak: Afspraak, soort: str) -> Iterable[str]:
    return [regel.product for regel in afspraak.regels] if soort == "producten" else afspraak.behoeften


def find_voorstellen(
    inrichting: Inrichting,
    kalender: Kalender,
    afspraken: Sequence[Afspraak],
    inhoud: Mapping[date, AvondInhoud],
    gevolgen: Mapping[date, Gevolg],
    nu: datetime,
    vandaag: date,
) -> Mapping[str, tuple[VrijeStart, ...]]:
    """Per afspraak de begintijden het dichtst bij de oude, zoals het na de wijziging is."""
    if not afspraken:
        return {}
    laatste = max(max(a.datum for a in afspraken), vandaag) + timedelta(days=VOORSTELDAGEN)
    avonden = []
    for dag in kalender.open_dagen(vandaag, laatste):
        bekend = inhoud.get(dag)
        avond = build_avond(inrichting, kalender, dag, staat(bekend))
        if bekend is not None:
            avond = replace(avond, toestand=bekend.toestand, eigenaar=bekend.eigenaar)
        avonden.append(_after(avond, gevolgen.get(dag)))
    return proposals(inrichting, kalender, afspraken, avonden, nu)


def staat(inhoud: AvondInhoud | None) -> tuple[Inhoud, ...]:
    """Wat er aan een balie staat; wie is weggezet hoort daar niet bij."""
    return () if inhoud is None else tuple(i for i in inhoud.inhoud if not is_weggezet(i.balie))


def _gevolg(
    oud: Inrichting,
    nieuw: Inrichting,
    was: Kalender,
    wordt: Kalender,
    inhoud: AvondInhoud,
    eerst: Sequence[str],
) -> Gevolg | None:
    if inhoud.eigenaar != KIF:  # daar plannen wij niet, dus komt er ook niemand terug
        return None
    dag, blijft = inhoud.datum, staat(inhoud)
    voor = build_avond(oud, was, dag, blijft, inhoud.toestand)
    na = build_avond(nieuw, wordt, dag, blijft, inhoud.toestand)
    if (voor.open, voor.plekken) == (na.open, na.plekken):
        return None
    op_lijst = [replace(i, balie=oude_balie(i.balie)) for i in inhoud.inhoud if is_weggezet(i.balie)]
    gevolg = consequences(wordt, voor, na, op_lijst, eerst)
    if not gevolg.terug:
        return gevolg
    # Wie terugkomt op de balie van toen, verhuist volgens de berekening niet; in de opslag wel.
    terug = {i.id: i.balie for i in op_lijst if i.id in gevolg.terug}
    return replace(gevolg, verhuizingen={**terug, **gevolg.verhuizingen})


def _avondgevolg(
    dag: date,
    gevolg: Gevolg,
    afspraken: Mapping[str, Afspraak],
    voorstellen: Mapping[str, tuple[VrijeStart, ...]],
) -> Avondgevolg:
    return Avondgevolg(
        dag,
        gevolg,
        tuple(
            TeVerzetten(afspraken[id_], reden.tekst, voorstellen.get(id_, ()))
            for id_, reden in gevolg.te_verzetten
            if id_ in afspraken
        ),
        tuple(afspraken[id_] for id_ in gevolg.terug if id_ in afspraken),
        tuple(id_ for id_, _ in gevolg.te_verzetten if id_ not in afspraken),
    )


def _after(avond: Avond, gevolg: Gevolg | None) -> Avond:
    """De avond zoals hij er na de wijziging uitziet."""
    if gevolg is None:
        return avond
    weg = {id_ for id_, _ in gevolg.te_verzetten}
    inhoud = tuple(
        replace(item, balie=gevolg.verhuizingen.get(item.id, item.balie))
        for item in avond.inhoud
        if item.id not in weg or item.soort is SoortInhoud.EXTERN
    )
    return replace(avond, inhoud=inhoud)
