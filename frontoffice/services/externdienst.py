"""Een lijst van een andere agenda inlezen: eerst zien wat zij doet, dan vastleggen, alles of niets.

Een nieuwere lijst vervangt de oudere van dezelfde avonden; een oudere wordt geweigerd. Van het bestand blijft
alleen bewaard wat bezet is en wanneer: geen naam, geen omschrijving, geen kenmerk.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.avond import KIF, Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, AvondInhoud, Gebeurtenis, Wie
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout
from frontoffice.domain.taal import dag_van, datum_kort, datum_lang, lokaal, tijd
from frontoffice.services.afspraakgegevens import make_vingerafdruk
from frontoffice.services.avonden import InrichtingFout
from frontoffice.services.extern import ExternBestand, group_per_dag
from frontoffice.services.externplan import Avondplan, find_balie, plan_avond
from frontoffice.services.inrichten import TeVerzetten, find_voorstellen, weggezet
from frontoffice.services.schrijven import Schrijver

_VOORUIT = timedelta(days=800)
_MEESTE_PER_AVOND = 300
_SPELING = timedelta(minutes=1)
"""Zoveel mag dezelfde lijst bij de tweede keer ouder lijken: op het scherm staan geen seconden."""
_TOEKOMST = timedelta(minutes=5)
_NAAM = re.compile(r"[^\W_][\w.&/-]*(?: [\w.&/-]+){0,2}")
_LANGSTE_NAAM = 30


class Inleesfout(InrichtingFout):
    """Het bestand is zo niet in te lezen; `fouten` noemt alles tegelijk."""

    standaard_code = "inlezen"


class AlNieuwer(Geweigerd):
    """Van deze avond is al een nieuwere lijst ingelezen."""

    standaard_code = "ouder"


class InlezingAnders(KifFout):
    """Intussen is er iets gewijzigd: wat de beheerder zag, klopt niet meer. `plan`: dat van nu."""

    standaard_code = "gevolgen_anders"

    def __init__(self, plan: Inleesplan) -> None:
        super().__init__("Er is intussen iets gewijzigd. Kijk nog een keer na wat dit doet.")
        self.plan = plan


@dataclass(frozen=True)
class Inleeskeuze:
    """`van`: hoe laat de lijst is gemaakt. `dagen`: precies deze avonden; leeg = die van het bestand.

    `van_dag` en `tot_dag`: het bestand gaat over deze hele periode. `eigenaar`: wie de avonden voortaan
    plant; None laat dat zoals het is.
    """

    van: datetime
    dagen: tuple[date, ...] = ()
    van_dag: date | None = None
    tot_dag: date | None = None
    eigenaar: str | None = None


@dataclass(frozen=True)
class Inleesplan:
    """Wat inlezen doet, nog zonder iets vast te leggen. `overgeslagen`: rijen van een andere of oude dag."""

    bestand: ExternBestand
    keuze: Inleeskeuze
    avonden: tuple[Avondplan, ...]
    overgeslagen: int
    te_verzetten: tuple[TeVerzetten, ...] = ()
    terug: tuple[Afspraak, ...] = ()
    nummers: Mapping[str, str] = field(default_factory=dict)

    @property
    def afdruk(self) -> str:
        """Waar de beheerder ja tegen zei: welke avonden, wie moet worden verzet, wie terugkomt."""
        delen = [
            (a.datum, a.eigenaar, sorted(id_ for id_, _ in a.te_verzetten), sorted(a.terug))
            for a in self.avonden
        ]
        return hashlib.sha256(repr(delen).encode()).hexdigest()

    @property
    def is_gelijk(self) -> bool:
        """Staat alles er al zo?"""
        return all(avond.is_gelijk for avond in self.avonden)

    def verslag(self) -> dict[str, Any]:
        """Wat er is gedaan, als JSON, zonder personen."""
        return {
            "van": lokaal(self.keuze.van).isoformat(timespec="seconds"),
            "avonden": [
                {
                    "datum": a.datum.isoformat(),
                    "eigenaar": a.eigenaar,
                    "afspraken": len(a.inhoud),
                    "nieuw": a.nieuw,
                    "weg": a.weg,
                    "zonder_balie": a.zonder_balie,
                    "te_verzetten": [self.nummers[id_] for id_, _ in a.te_verzetten],
                    "terug": [self.nummers[id_] for id_ in a.terug if id_ in self.nummers],
                }
                for a in self.avonden
            ],
            "overgeslagen": self.overgeslagen,
            "opmerkingen": [o.zin for a in self.avonden for o in a.opmerkingen],
            "gewijzigd": not self.is_gelijk,
        }


def check_eigenaar(naam: str) -> str:
    """De naam van wie een avond plant, "kif" voor KiF zelf. Raises InvoerFout."""
    kort = " ".join(naam.split())
    if kort.casefold() == KIF:
        return KIF
    if len(kort) > _LANGSTE_NAAM or not _NAAM.fullmatch(kort):
        raise InvoerFout(
            "Geef de andere agenda een korte naam van hoogstens 30 letters, zoals JCC.", code="eigenaar"
        )
    return kort


class Externdienst:
    """Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar, AgendaBezet."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self._wie = wie
        self._schrijver = Schrijver(opslag)

    def preview(self, bestand: ExternBestand, keuze: Inleeskeuze) -> Inleesplan:
        """Wat dit bestand doet. Raises Inleesfout met alle fouten tegelijk, AlNieuwer."""
        keuze, dagen = self._begin(bestand, keuze)
        inrichting, _ = self._opslag.load_inrichting()
        nu = self._opslag.nu()
        plan = self._plan(bestand, keuze, inrichting, self._opslag.load_avonden(dagen), nu)
        return self._add_voorstellen(plan, inrichting, nu)

    def apply(self, gezien: Inleesplan, *, verzoek_id: str) -> Mapping[str, Any]:
        """Leg vast wat is voorgerekend; geeft het verslag. Raises InlezingAnders als het nu anders is."""
        return self._write(gezien.bestand, gezien.keuze, verzoek_id, gezien.afdruk)

    def read_in(self, bestand: ExternBestand, keuze: Inleeskeuze, *, verzoek_id: str) -> Mapping[str, Any]:
        """Voorrekenen en vastleggen in één keer. Raises Inleesfout, AlNieuwer."""
        return self._write(bestand, keuze, verzoek_id, None)

    # --- voorbereiden --------------------------------------------------------------------------------------

    def _begin(self, bestand: ExternBestand, keuze: Inleeskeuze) -> tuple[Inleeskeuze, tuple[date, ...]]:
        """De keuze nagekeken, met de avonden waar het over gaat."""
        if bestand.fouten:
            raise Inleesfout(bestand.fouten)
        nu = self._opslag.nu()
        if keuze.van > nu + _TOEKOMST:
            raise InvoerFout("Het tijdstip van de lijst ligt in de toekomst. Kijk het na.", code="als_van")
        eigenaar = None if keuze.eigenaar is None else check_eigenaar(keuze.eigenaar)
        keuze = replace(keuze, van=min(keuze.van, nu).replace(microsecond=0), eigenaar=eigenaar)
        dagen = self._dagen(bestand, keuze, dag_van(nu))
        if not dagen:
            raise Inleesfout([_geen_dagen(bestand, keuze)])
        fouten = [
            f"Op {datum_lang(dag, dag)} staan {len(rijen)} afspraken. Dat kan niet kloppen."
            for dag, rijen in group_per_dag(bestand.rijen).items()
            if dag in dagen and len(rijen) > _MEESTE_PER_AVOND
        ]
        inrichting, _ = self._opslag.load_inrichting()
        fouten += [
            f"Regel {rij.regel}: deze balie kent KiF niet. Neem de naam uit het beheer, of laat dit leeg."
            for rij in bestand.rijen
            if rij.balie_moet and rij.balies and rij.dag in dagen and not find_balie(inrichting, rij)
        ]
        if fouten:
            raise Inleesfout(fouten)
        return keuze, dagen

    def _dagen(self, bestand: ExternBestand, keuze: Inleeskeuze, vandaag: date) -> tuple[date, ...]:
        """Waar het bestand over gaat: ook een avond waar nu niets meer op staat."""
        laatste = vandaag + _VOORUIT
        if keuze.dagen:
            return tuple(sorted({dag for dag in keuze.dagen if vandaag <= dag <= laatste}))
        van = max(keuze.van_dag or min(bestand.dagen, default=date.max), vandaag)
        tot = min(keuze.tot_dag or max(bestand.dagen, default=date.min), laatste)
        if van > tot:
            return ()
        bekend = sorted(self._opslag.load_versies(van, tot).avonden)
        eerder = (dag for dag, a in self._opslag.load_avonden(bekend).items() if a.extern_van is not None)
        return tuple(sorted({dag for dag in (*bestand.dagen, *eerder) if van <= dag <= tot}))

    def _plan(
        self,
        bestand: ExternBestand,
        keuze: Inleeskeuze,
        inrichting: Inrichting,
        inhoud: Mapping[date, AvondInhoud],
        nu: datetime,
    ) -> Inleesplan:
        """Raises AlNieuwer."""
        kalender = Kalender(inrichting)
        per_dag = group_per_dag(bestand.rijen)
        geheim = self._opslag.load_klantgeheim()
        afspraken = self._load_afspraken(inhoud)
        avonden = []
        for dag in sorted(inhoud):
            staat = inhoud[dag]
            _check_nieuwer(staat, keuze.van, dag_van(nu))
            eigen = {a.id: a for a in afspraken.values() if a.datum == dag}
            plan = plan_avond(
                inrichting, kalender, staat, per_dag.get(dag, ()), keuze.eigenaar or staat.eigenaar, eigen,
                lambda sleutel: _make_id(geheim, sleutel), nu,
            )  # fmt: skip
            avonden.append(replace(plan, is_gelijk=plan.is_gelijk and _is_van(staat, keuze.van)))
        over = sum(rij.dag not in inhoud for rij in bestand.rijen)
        nummers = {a.id: a.nummer for a in afspraken.values()}
        return Inleesplan(bestand, keuze, tuple(avonden), over, nummers=nummers)

    def _load_afspraken(self, inhoud: Mapping[date, AvondInhoud]) -> dict[str, Afspraak]:
        ids = [d.id for a in inhoud.values() for d in a.inhoud if d.soort is SoortInhoud.AFSPRAAK]
        gevonden: dict[str, Afspraak] = {}
        for begin in range(0, len(ids), 500):
            deel = ids[begin : begin + 500]
            gevonden |= {a.id: a for a in self._opslag.find_afspraken(ids=deel, maximum=len(deel))}
        return gevonden

    def _add_voorstellen(self, plan: Inleesplan, inrichting: Inrichting, nu: datetime) -> Inleesplan:
        """Wie moet worden verzet met drie voorstellen, zoals het na het inlezen is."""
        redenen = {id_: reden for a in plan.avonden for id_, reden in a.te_verzetten}
        terug = {id_ for a in plan.avonden for id_ in a.terug}
        if not redenen and not terug:
            return plan
        vandaag = dag_van(nu)
        alle = sorted(self._opslag.load_versies(vandaag, vandaag + _VOORUIT).avonden)
        inhoud = dict(self._opslag.load_avonden(alle))
        afspraken = self._load_afspraken(
            {a.datum: inhoud[a.datum] for a in plan.avonden if a.datum in inhoud}
        )
        for avond in plan.avonden:
            if avond.datum in inhoud:
                inhoud[avond.datum] = _after(inhoud[avond.datum], avond)
        weg = [afspraken[id_] for id_ in redenen]
        voorstellen = find_voorstellen(inrichting, Kalender(inrichting), weg, inhoud, {}, nu, vandaag)
        rijen = (TeVerzetten(a, redenen[a.id], voorstellen.get(a.id, ())) for a in weg)
        return replace(
            plan,
            te_verzetten=tuple(sorted(rijen, key=lambda rij: rij.afspraak.begin)),
            terug=tuple(a for a in afspraken.values() if a.id in terug),
        )

    # --- vastleggen ----------------------------------------------------------------------------------------

    def _write(
        self, bestand: ExternBestand, keuze: Inleeskeuze, verzoek_id: str, gezien: str | None
    ) -> Mapping[str, Any]:
        keuze, dagen = self._begin(bestand, keuze)

        def write(tx: AgendaTransactie) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
            inrichting, _ = tx.load_inrichting()
            inhoud = {dag: tx.load_avond(dag) for dag in dagen}
            plan = self._plan(bestand, keuze, inrichting, inhoud, tx.nu)
            if gezien is not None and plan.afdruk != gezien:
                raise InlezingAnders(self._add_voorstellen(plan, inrichting, tx.nu))
            for avond in plan.avonden:
                if not avond.is_gelijk:
                    self._write_avond(tx, inhoud[avond.datum], avond, keuze.van)
            verslag = plan.verslag()
            return verslag, {"soort": "extern", "verslag": verslag}

        afdruk = make_vingerafdruk("extern", [list(bestand.rijen), repr(keuze)])
        return self._schrijver.run(verzoek_id, afdruk, dagen, write, lambda tx, eerder: eerder["verslag"])

    def _write_avond(self, tx: AgendaTransactie, voor: AvondInhoud, plan: Avondplan, van: datetime) -> None:
        dag, moment = plan.datum, max(van, voor.extern_van or van)
        tx.put_extern(dag, (), moment, plan.eigenaar)
        for id_ in plan.reserveringen_weg:
            tx.remove_reservering(id_)
        redenen = dict(plan.te_verzetten)
        balies = {ding.id: ding.balie for ding in voor.inhoud}
        opzij = {id_: weggezet(id_, balies[id_]) for id_ in redenen}
        tx.move_balies(dag, {**(plan.verhuizingen or {}), **opzij})
        for id_, reden in (*redenen.items(), *((id_, "") for id_ in plan.terug)):
            self._mark(tx, id_, reden)
        tx.put_extern(dag, plan.inhoud, moment, plan.eigenaar)
        eerder = sum(ding.soort is SoortInhoud.EXTERN for ding in voor.inhoud)
        tx.note(
            Gebeurtenis(
                tx.nu,
                self._wie,
                "ingelezen",
                f"avond:{dag.isoformat()}",
                dag,
                {"eigenaar": voor.eigenaar, "afspraken": eerder},
                {"eigenaar": plan.eigenaar, "afspraken": len(plan.inhoud), "lijst_van": moment.isoformat()},
            )
        )

    def _mark(self, tx: AgendaTransactie, id_: str, reden: str) -> None:
        afspraak = tx.load_afspraak(id_)
        if afspraak is not None and afspraak.te_verzetten != reden:
            soort = "te_verzetten" if reden else "blijft_toch"
            tx.update_afspraak(replace(afspraak, te_verzetten=reden), self._wie, soort)


def _make_id(geheim: bytes, sleutel: str) -> str:
    """Zonder de sleutel van deze agenda is hier geen kenmerk uit terug te raden."""
    return hmac.new(geheim, f"extern:{sleutel}".encode(), hashlib.sha256).hexdigest()[:32]


def _is_van(staat: AvondInhoud, van: datetime) -> bool:
    return staat.extern_van is not None and van <= staat.extern_van


def _check_nieuwer(staat: AvondInhoud, van: datetime, vandaag: date) -> None:
    if staat.extern_van is not None and van < staat.extern_van - _SPELING:
        raise AlNieuwer(
            f"Van {datum_kort(staat.datum, vandaag)} is al een nieuwere lijst ingelezen, van "
            f"{lijst_van(staat.extern_van, vandaag)}. Haal een nieuwe lijst op."
        )


def lijst_van(van: datetime, vandaag: date) -> str:
    """ "15.40 uur", of met de dag erbij als dat niet vandaag is."""
    dag = dag_van(van)
    return tijd(van) if dag == vandaag else f"{datum_kort(dag, vandaag)} {tijd(van)}"


def _geen_dagen(bestand: ExternBestand, keuze: Inleeskeuze) -> str:
    if keuze.dagen:
        return "Deze avond is al geweest, of ligt te ver weg. Kies een andere avond."
    if bestand.dagen:
        return (
            "Alle afspraken in het bestand zijn al geweest, of liggen te ver weg. Haal een nieuwe lijst op."
        )
    return "In het bestand staat geen enkele afspraak. Kies een avond als die leeg moet zijn."


def _after(staat: AvondInhoud, plan: Avondplan) -> AvondInhoud:
    """De avond zoals hij er na het inlezen uitziet."""
    weg = {id_ for id_, _ in plan.te_verzetten} | set(plan.reserveringen_weg)
    verhuizingen = plan.verhuizingen or {}
    blijft: Sequence[Inhoud] = [
        replace(ding, balie=verhuizingen.get(ding.id, ding.balie))
        for ding in staat.inhoud
        if ding.id not in weg and ding.soort is not SoortInhoud.EXTERN
    ]
    return replace(staat, inhoud=(*blijft, *plan.inhoud), eigenaar=plan.eigenaar)


def is_verouderd(datum: date, van: datetime | None, nu: datetime, uren: int) -> bool:
    """Is de lijst op de avond zelf ouder dan mag? Op andere dagen is een oude lijst gewoon."""
    return van is not None and datum == dag_van(nu) and nu - van > timedelta(hours=uren)


def as_agendatijd(gemaakt: datetime, pc: datetime, agenda: datetime) -> datetime:
    """Het moment waarop een bestand is gemaakt (klok van de pc) op de klok van de agenda.

    Kleine verschillen tellen niet: dezelfde lijst moet de tweede keer even oud zijn.
    """
    verschil = round((agenda - pc) / timedelta(minutes=1)) * timedelta(minutes=1)
    return min(gemaakt + verschil, agenda)


def make_verslagzinnen(verslag: Mapping[str, Any]) -> list[str]:
    """Het verslag voor een mens, een zin per avond."""
    if not verslag["gewijzigd"]:
        return ["Deze lijst stond er al zo. Er is niets veranderd."]
    zinnen = []
    for avond in verslag["avonden"]:
        zin = f"{avond['datum']}: {avond['afspraken']} afspraken uit de andere agenda"
        zin += f", {avond['nieuw']} nieuw, {avond['weg']} weg."
        if avond["te_verzetten"]:
            zin += f" Te verzetten: {', '.join(avond['te_verzetten'])}."
        if avond["zonder_balie"]:
            zin += f" Zonder balie: {avond['zonder_balie']}."
        zinnen.append(zin)
    return zinnen
