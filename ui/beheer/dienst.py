"""Wat het beheer van de agenda vraagt, en wat het scherm ervan terugkrijgt. Zonder Qt.

Alles hier draait op een achtergronddraad. Wie een wijziging voorlegt, zegt waarop zij is gebaseerd: heeft een
collega intussen hetzelfde gewijzigd, dan komt dat eerst naar voren en wordt er niets overschreven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Toestand
from frontoffice.agenda.avond import KIF, Avond, AvondToestand
from frontoffice.agenda.inrichting import Blokkade, Dienst, DienstToestand, Inrichting
from frontoffice.agenda.kalender import Kalender, Opening
from frontoffice.agenda.keuring import Planfout
from frontoffice.agenda.rooster import Dekking, build_avond, dekking
from frontoffice.agendapoort import (
    AgendaFout,
    AgendaOpslag,
    AgendaTransactie,
    AvondInhoud,
    Gebeurtenis,
    IemandWasEerder,
    Wie,
)
from frontoffice.domain.taal import dag_van
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.avondbeelden import to_avond
from frontoffice.services.avonden import Avondendienst, Avondoverzicht, GevolgenAnders
from frontoffice.services.externdienst import Externdienst, is_verouderd
from frontoffice.services.inrichten import (
    Gevolgen,
    TeVerzetten,
    Wijziging,
    apply_wijzigingen,
    diff_inrichting,
    find_id,
)

WEKEN = 13
_KEREN = 3
_PER_DAG = ("diensten", "blokkades", "uitzonderingen")
"""Soorten die een avond samen maken: verandert een collega er een van dezelfde dag, dan telt dat."""


class Agenda(Protocol):
    """De geopende agenda, zoals de samenstelling haar geeft."""

    @property
    def opslag(self) -> AgendaOpslag: ...

    @property
    def wie(self) -> Wie: ...

    @property
    def avonden(self) -> Avondendienst: ...

    @property
    def afspraken(self) -> Afsprakendienst: ...

    @property
    def extern(self) -> Externdienst: ...

    @property
    def extern_uren(self) -> int: ...


Bron = Callable[[], Agenda]


@dataclass(frozen=True)
class Basis:
    """De inrichting waarop iemand een wijziging maakt."""

    inrichting: Inrichting
    versie: int


@dataclass(frozen=True)
class Avondstand:
    """Eén avond in het overzicht.

    `dekking` per bevoegdheid, in de volgorde van `Beheerbeeld.bevoegdheden`. `verouderd`: vanavond, met een
    lijst van een andere agenda die te oud is.
    """

    overzicht: Avondoverzicht
    opening: Opening
    dekking: tuple[Dekking, ...]
    verouderd: bool = False

    @property
    def datum(self) -> date:
        return self.overzicht.datum


@dataclass(frozen=True)
class Beheerbeeld:
    """Het overzicht van een periode.

    `te_verzetten`: hoeveel afspraken er in de hele agenda op de lijst staan.
    """

    nu: datetime
    van: date
    tot: date
    basis: Basis
    avonden: tuple[Avondstand, ...]
    bevoegdheden: tuple[str, ...]
    te_verzetten: int
    stempel: object = None

    @property
    def vandaag(self) -> date:
        return dag_van(self.nu)

    def avond(self, datum: date) -> Avondstand | None:
        return next((stand for stand in self.avonden if stand.datum == datum), None)


@dataclass(frozen=True)
class Avonddetail:
    """Eén avond met alles wat er staat."""

    stand: Avondstand
    avond: Avond
    basis: Basis
    afspraken: tuple[Afspraak, ...]
    inhoud: AvondInhoud


@dataclass(frozen=True)
class Voorstel:
    """Een wijziging met haar gevolgen, nog niet vastgelegd.

    `kop` zegt wat er gebeurt; `oud` is van ervoor.
    """

    kop: str
    gevolgen: Gevolgen
    oud: Basis
    reden: str = ""
    waarom_opnieuw: str = ""
    fouten: tuple[Planfout, ...] = ()

    @property
    def alle_fouten(self) -> tuple[Planfout, ...]:
        return (*self.fouten, *self.gevolgen.fouten)

    @property
    def terug(self) -> tuple[Wijziging, ...]:
        """De wijzigingen die dit ongedaan maken."""
        nieuw = apply_wijzigingen(self.oud.inrichting, self.gevolgen.wijzigingen)
        return diff_inrichting(nieuw, self.oud.inrichting)


@dataclass(frozen=True)
class Lijst:
    """*Te verzetten afspraken*. `bellen`: per afspraak (id) het nummer in paren, anders het e-mailadres."""

    rijen: tuple[TeVerzetten, ...]
    bellen: Mapping[str, str]
    vandaag: date


@dataclass(frozen=True)
class Geschiedenis:
    titel: str
    gebeurtenissen: tuple[Gebeurtenis, ...]
    inrichting: Inrichting
    vandaag: date = field(default=date.min)


class Botsing(AgendaFout):
    """Een collega wijzigde intussen hetzelfde.

    `wie` en `wanneer` als dat bekend is; `basis` is de nieuwe stand.
    """

    standaard_code = "intussen_gewijzigd"

    def __init__(self, wie: str, wanneer: datetime | None, basis: Basis) -> None:
        super().__init__("Intussen gewijzigd door een collega. Kijk wat er nu staat.")
        self.wie, self.wanneer, self.basis = wie, wanneer, basis


class _Verschoven(Exception):
    """De inrichting is nieuwer dan waarvoor de gevolgen zijn uitgerekend."""


# --- kijken ----------------------------------------------------------------------------------------------


def load_beeld(agenda: Agenda, van: date | None) -> Beheerbeeld:
    """Het overzicht van dertien weken vanaf `van`; None = vanaf vandaag. Raises AgendaFout."""
    nu = agenda.opslag.nu()
    begin = van or dag_van(nu)
    tot = begin + timedelta(weeks=WEKEN)
    stempel = _stempel(agenda, begin, tot)
    inrichting, versie = agenda.opslag.load_inrichting()
    kalender = Kalender(inrichting)
    standen = tuple(
        Avondstand(o, kalender.opening(o.datum), _dekking(inrichting, kalender, o), _is_oud(agenda, o, nu))
        for o in agenda.avonden.overzicht(begin, tot)
    )
    soorten = dict.fromkeys(d.soort for stand in standen for d in stand.dekking)
    op_lijst = agenda.opslag.find_afspraken(te_verzetten=True, maximum=1000)
    return Beheerbeeld(
        nu, begin, tot, Basis(inrichting, versie), standen, tuple(soorten), len(op_lijst), stempel
    )


def load_beeld_als_nieuw(agenda: Agenda, oud: Beheerbeeld) -> Beheerbeeld | None:
    """Het overzicht opnieuw als er iets is veranderd, anders None.

    Goedkoop genoeg voor elke twee seconden.
    """
    if _stempel(agenda, oud.van, oud.tot) == oud.stempel:
        return None
    return load_beeld(agenda, oud.van)


def _stempel(agenda: Agenda, van: date, tot: date) -> object:
    versies = agenda.opslag.load_versies(van, tot)
    nu = agenda.opslag.nu()
    # Elke tien minuten: een lijst van een andere agenda wordt ook te oud als er niets gebeurt.
    tijdvak = int(nu.timestamp()) // 600
    return (dag_van(nu), tijdvak, versies.inrichting, tuple(sorted(versies.avonden.items())))


def _dekking(inrichting: Inrichting, kalender: Kalender, o: Avondoverzicht) -> tuple[Dekking, ...]:
    return dekking(build_avond(inrichting, kalender, o.datum), inrichting) if o.eigenaar == KIF else ()


def _is_oud(agenda: Agenda, o: Avondoverzicht, nu: datetime) -> bool:
    return is_verouderd(o.datum, o.extern_van, nu, agenda.extern_uren)


def load_avond(agenda: Agenda, datum: date) -> Avonddetail:
    """Eén avond met rooster en afspraken."""
    inrichting, versie = agenda.opslag.load_inrichting()
    kalender = Kalender(inrichting)
    inhoud = agenda.opslag.load_avonden([datum])[datum]
    avond = to_avond(inrichting, kalender, inhoud)
    gevonden = agenda.avonden.overzicht(datum, datum)
    overzicht = gevonden[0] if gevonden else _leeg(datum, kalender.opening(datum), inhoud)
    afspraken = agenda.opslag.find_afspraken(datum_van=datum, datum_tot=datum, maximum=1000)
    gedekt = dekking(avond, inrichting) if inhoud.eigenaar == KIF else ()
    oud = _is_oud(agenda, overzicht, agenda.opslag.nu())
    stand = Avondstand(overzicht, kalender.opening(datum), gedekt, oud)
    blijft = tuple(a for a in afspraken if a.toestand is not Toestand.AFGEZEGD)
    return Avonddetail(stand, avond, Basis(inrichting, versie), blijft, inhoud)


def _leeg(datum: date, opening: Opening, inhoud: AvondInhoud) -> Avondoverzicht:
    """Een dag waarop geen avond hoort."""
    return Avondoverzicht(
        datum, opening.vakken, opening.dicht_omdat, inhoud.toestand, False, 0, 0, 0, 0, (), inhoud.notitie
    )


def load_lijst(agenda: Agenda) -> Lijst:
    """Wie er nog moet worden verzet, met drie voorstellen elk."""
    rijen = agenda.avonden.te_verzetten()
    bellen = {rij.afspraak.id: _bellen(rij.afspraak.klant) for rij in rijen}
    return Lijst(rijen, bellen, dag_van(agenda.opslag.nu()))


def _bellen(klant: Contactgegevens) -> str:
    nummer = lees_telefoon(klant.telefoon) if klant.telefoon else None
    return toon_telefoon(nummer) if nummer is not None else klant.telefoon or klant.email


# --- geschiedenis ----------------------------------------------------------------------------------------


def load_geschiedenis(agenda: Agenda, titel: str, soort: str, id_: str) -> Geschiedenis:
    """Wie dit onderdeel wijzigde, nieuwste eerst."""
    return _geschiedenis(agenda, titel, agenda.avonden.load_geschiedenis(soort, id_))


def load_avondgeschiedenis(agenda: Agenda, titel: str, datum: date) -> Geschiedenis:
    """Wie iets aan deze avond wijzigde: rooster, pauzes, uitzondering en of hij open staat."""
    eigen = agenda.avonden.load_geschiedenis("avond", datum.isoformat())
    onderwerpen = dict.fromkeys(_onderwerpen(agenda.avonden.load_inrichting(), datum))
    onderwerpen |= dict.fromkeys(str(weg) for g in eigen for weg in g.voor.get("weg", ()))
    alle = [g for g in eigen if g.soort != _VERWIJDERD]
    for onderwerp in onderwerpen:
        soort, _, id_ = onderwerp.partition(":")
        alle += agenda.avonden.load_geschiedenis(soort, id_)
    return _geschiedenis(agenda, titel, alle)


_VERWIJDERD = "rooster"


def _geschiedenis(agenda: Agenda, titel: str, gebeurtenissen: Iterable[Gebeurtenis]) -> Geschiedenis:
    nieuwste_eerst = sorted(gebeurtenissen, key=lambda g: g.op, reverse=True)
    inrichting = agenda.avonden.load_inrichting()
    return Geschiedenis(titel, tuple(nieuwste_eerst), inrichting, dag_van(agenda.opslag.nu()))


def _onderwerpen(inrichting: Inrichting, datum: date) -> list[str]:
    uit = [f"uitzonderingen:gesloten-{datum.isoformat()}"]
    uit += [f"uitzonderingen:{u.id}" for u in inrichting.uitzonderingen if u.datum == datum]
    uit += [f"diensten:{d.id}" for d in inrichting.diensten_op.get(datum, ())]
    uit += [f"blokkades:{b.id}" for b in inrichting.blokkades_op.get(datum, ())]
    return uit


# --- wijzigen --------------------------------------------------------------------------------------------


def preview(
    agenda: Agenda,
    basis: Basis,
    kop: str,
    wijzigingen: Sequence[Wijziging],
    reden: str = "",
    fouten: tuple[Planfout, ...] = (),
) -> Voorstel:
    """Wat deze wijzigingen doen.

    Legt niets vast. Raises Botsing als een collega intussen hetzelfde wijzigde.
    """
    inrichting, versie = agenda.opslag.load_inrichting()
    nu = Basis(inrichting, versie)
    if versie != basis.versie:
        _check_botsing(agenda, basis, nu, wijzigingen)
    return Voorstel(kop, agenda.avonden.preview(wijzigingen), nu, reden, fouten=fouten)


def save(agenda: Agenda, voorstel: Voorstel, verzoek_id: str) -> Voorstel:
    """Leg vast wat is voorgerekend.

    Raises Botsing, GevolgenAnders, InrichtingFout; dan is er niets veranderd.
    """
    for poging in range(1, _KEREN + 1):
        nu = voorstel

        def check(tx: AgendaTransactie, gezien: Voorstel = nu) -> None:
            # Wie tussen voorrekenen en vastleggen schreef, heeft de versie een extra stap verder gezet.
            if tx.load_inrichting()[1] > gezien.oud.versie + 1:
                raise _Verschoven
            for gebeurtenis in _verwijderd(agenda, gezien, tx.nu):
                tx.note(gebeurtenis)

        try:
            gedaan = agenda.avonden.apply(
                voorstel.gevolgen, verzoek_id=verzoek_id, reden=voorstel.reden, erbij=check
            )
            return replace(voorstel, gevolgen=gedaan)
        except _Verschoven:
            voorstel = preview(agenda, voorstel.oud, voorstel.kop, nu.gevolgen.wijzigingen, nu.reden)
            if voorstel.gevolgen.afdruk != nu.gevolgen.afdruk or poging == _KEREN:
                raise GevolgenAnders(voorstel.gevolgen) from None
    raise AssertionError("onbereikbaar")


def _verwijderd(agenda: Agenda, voorstel: Voorstel, nu: datetime) -> list[Gebeurtenis]:
    """Per avond wat er uit het rooster gaat: van wat weg is, is anders de avond niet meer te vinden."""
    per_dag: dict[date, list[str]] = {}
    for wijziging in voorstel.gevolgen.wijzigingen:
        if wijziging.soort not in _PER_DAG:
            continue
        for deel in getattr(voorstel.oud.inrichting, wijziging.soort):
            if deel.id in wijziging.weg:
                per_dag.setdefault(deel.datum, []).append(f"{wijziging.soort}:{deel.id}")
    return [
        Gebeurtenis(
            nu, agenda.wie, _VERWIJDERD, f"avond:{dag.isoformat()}", dag, {"weg": weg}, {}, voorstel.reden
        )
        for dag, weg in per_dag.items()
    ]


def _check_botsing(agenda: Agenda, oud: Basis, nu: Basis, wijzigingen: Sequence[Wijziging]) -> None:
    """Raises Botsing als iets van wat hier wijzigt, of dezelfde avond, niet meer is zoals het was."""
    for wijziging in wijzigingen:
        was, is_ = _delen(oud.inrichting, wijziging.soort), _delen(nu.inrichting, wijziging.soort)
        ids = {find_id(wijziging.soort, deel) for deel in wijziging.bewaar} | set(wijziging.weg)
        if wijziging.soort in _PER_DAG:
            dagen = {deel.datum for deel in wijziging.bewaar}
            dagen |= {was[id_].datum for id_ in wijziging.weg if id_ in was}
            ids |= {id_ for id_, deel in {**was, **is_}.items() if deel.datum in dagen}
        for id_ in sorted(ids):
            if was.get(id_) != is_.get(id_):
                raise _botsing(agenda, wijziging.soort, id_, nu)


def _delen(inrichting: Inrichting, soort: str) -> dict[str, Any]:
    if soort == "locatie":
        return {"locatie": inrichting.locatie}
    return {find_id(soort, deel): deel for deel in getattr(inrichting, soort)}


def _botsing(agenda: Agenda, soort: str, id_: str, nu: Basis) -> Botsing:
    gebeurtenissen = agenda.avonden.load_geschiedenis(soort, id_)
    laatste = gebeurtenissen[-1] if gebeurtenissen else None
    return Botsing(laatste.wie.medewerker if laatste else "", laatste.op if laatste else None, nu)


def set_avond(
    agenda: Agenda, datum: date, van: AvondToestand, naar: AvondToestand, verzoek_id: str
) -> AvondToestand:
    """Neem wel of geen nieuwe afspraken meer aan.

    Raises IemandWasEerder als een collega net hetzelfde koos.
    """
    inhoud = agenda.opslag.load_avonden([datum])[datum]
    if inhoud.toestand is naar and van is not naar:
        raise IemandWasEerder("Een collega deed dit net al. Er is niets meer nodig.")
    agenda.avonden.set_avond(datum, naar, verzoek_id=verzoek_id, notitie=inhoud.notitie)
    return naar


def move_back(agenda: Agenda, oud: Afspraak, nieuw: Afspraak, verzoek_id: str) -> Afspraak:
    """Zet een net verzette afspraak terug op haar oude tijd, met hetzelfde nummer en dezelfde code.

    Alleen als die tijd nog te doen is: anders blijft de nieuwe staan. Raises AgendaFout met waarom niet,
    IemandWasEerder als een collega haar intussen wijzigde.
    """
    if agenda.opslag.find_verzoek(verzoek_id) is None:
        gevonden = agenda.opslag.find_afspraken(ids=[nieuw.id])
        if not gevonden or gevonden[0].versie != nieuw.versie:
            raise IemandWasEerder("Een collega wijzigde deze afspraak intussen. Zoek haar op bij Afspraken.")
    try:
        return agenda.afspraken.move(nieuw.id, oud.begin, verzoek_id=verzoek_id, reden="ongedaan gemaakt")
    except TijdBezet as fout:
        waarom = fout.redenen[0].tekst if fout.redenen else fout.uitleg
        zin = f"Terugzetten kan niet: {waarom[:1].lower()}{waarom[1:]} De nieuwe tijd blijft staan."
        raise AgendaFout(zin) from fout


# --- hulp bij het rooster --------------------------------------------------------------------------------


def filled_avonden(basis: Basis) -> tuple[date, ...]:
    """De avonden met een rooster, nieuwste eerst: waar iets te kopiëren is."""
    return tuple(sorted(basis.inrichting.diensten_op, reverse=True))


def copy_diensten(diensten: Iterable[Dienst], datum: date) -> tuple[Dienst, ...]:
    """Dezelfde werktijden op een andere avond, zonder ziekmeldingen en met eigen ids."""
    return tuple(
        replace(dienst, id=f"{datum.isoformat()}-{nummer}", datum=datum, toestand=DienstToestand.GEPLAND)
        for nummer, dienst in enumerate(diensten, 1)
    )


def copy_blokkades(blokkades: Iterable[Blokkade], datum: date) -> tuple[Blokkade, ...]:
    """Dezelfde pauzes op een andere avond."""
    return tuple(
        replace(blok, id=f"{datum.isoformat()}-pauze-{nummer}", datum=datum)
        for nummer, blok in enumerate(blokkades, 1)
    )
