"""Er valt vanavond iets weg: een collega is ziek, een balie is stuk of de avond gaat eerder dicht.

Eerst zien wat het doet, dan vastleggen. Alleen vanaf nu; wie er al is, wordt zo mogelijk gewoon geholpen. Wie
niet kan blijven, komt op *Te verzetten afspraken* en houdt tijd, nummer en code tot er iets nieuws is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.avond import KIF, Avond, AvondToestand, Inhoud
from frontoffice.agenda.gevolgen import VOORSTELLEN, proposals
from frontoffice.agenda.indelen import EXTRA_PLAATS
from frontoffice.agenda.inrichting import Blokkade, Dienst, DienstToestand, Inrichting, Rol
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.keuring import check_inrichting
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import ceil_tik, dagvak, floor_tik, from_tik
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.te_laat import Waar, find_uitloop
from frontoffice.agenda.vanavond.uitval import Soortuitval, Uitval, Verdeling, spread
from frontoffice.agenda.vanavond.voorspelling import predict
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agendapoort import (
    AgendaOpslag,
    AgendaTransactie,
    AvondInhoud,
    Gebeurtenis,
    IemandWasEerder,
    Wie,
)
from frontoffice.domain import taal
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import make_vingerafdruk
from frontoffice.services.inrichten import (
    VOORSTELDAGEN,
    Wijziging,
    apply_wijzigingen,
    is_weggezet,
    oude_balie,
    staat,
    weggezet,
)
from frontoffice.services.schrijven import Schrijver
from frontoffice.services.uitvalwaarden import (
    Keuzes,
    TeBellen,
    UitvalAnders,
    Uitvalbeeld,
    make_afdruk,
    make_zeg,
)
from frontoffice.services.vanavondstand import make_stand

UITVAL = "uitval-"
"""Begin van het id van een blokkade die hier is gemaakt; zo is zij ook weer terug te draaien."""
REISTIJD = timedelta(minutes=20)
"""Zo lang heeft iemand nodig om te komen: eerder is een andere tijd vanavond geen voorstel."""
_REDEN = {
    Soortuitval.ZIEK: "collega ziek",
    Soortuitval.BALIE_DICHT: "balie stuk",
    Soortuitval.EERDER_DICHT: "avond eerder dicht",
}
_ALLE = 10_000
_KWARTIER = 3  # tikken
_NIEMAND = "Er is vanavond niemand meer die dit mag doen."
_GEEN_AVOND = "Er is vandaag geen avond. Kijk in de agenda wanneer er een is."


class _Anders(Exception):
    """Wat is voorgerekend, klopt niet meer."""


class Parkeerder(Protocol):
    """Wat hier van de avond zelf nodig is: wie aan een balie zit die wegvalt, even apart zetten."""

    def park(self, id_: str, reden: str = "", *, verzoek_id: str) -> Bezoek: ...


@dataclass(frozen=True)
class _Vanavond:
    """Alles van deze avond op één moment."""

    nu: datetime
    inrichting: Inrichting
    inhoud: AvondInhoud
    bezoeken: tuple[Bezoek, ...]
    afspraken: Mapping[str, Afspraak]


class Uitvaldienst:
    """Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar, AgendaBezet."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie, vanavond: Parkeerder) -> None:
        self._opslag = opslag
        self._wie = wie
        self._vanavond = vanavond
        self._schrijver = Schrijver(opslag)

    # --- kijken --------------------------------------------------------------------------------------------

    def load_uitval(self) -> tuple[Blokkade, ...]:
        """Wat er vanavond is weggevallen en nog terug te draaien is, oudste eerst."""
        dag = dag_van(self._opslag.nu())
        blokkades = self._opslag.load_inrichting()[0].blokkades_op.get(dag, ())
        return tuple(sorted((b for b in blokkades if b.id.startswith(UITVAL)), key=lambda b: (b.van, b.id)))

    def load_keuzes(self) -> Keuzes:
        """Wie en wat er nu nog kan wegvallen."""
        vanavond = self._load()
        inrichting, nu = vanavond.inrichting, vanavond.nu
        dag = dag_van(nu)
        nog = [d for d in _diensten(inrichting, dag) if dagvak(dag, d.van, d.tot).eind_utc > nu]
        balies = [inrichting.balie[d.balie] for d in nog if d.balie in inrichting.balie]
        mensen = [
            (d, inrichting.medewerker[d.medewerker]) for d in nog if d.medewerker in inrichting.medewerker
        ]
        eind = max((dagvak(dag, d.van, d.tot).eind_utc for d in nog), default=nu)
        eerste = from_tik(-(-(floor_tik(nu) + 1) // _KWARTIER) * _KWARTIER)
        einden = [eerste + n * timedelta(minutes=15) for n in range(96)]
        return Keuzes(
            nu,
            tuple(dict.fromkeys((m.id, f"{m.naam}, {_naam(inrichting, d.balie)}") for d, m in mensen)),
            tuple(dict.fromkeys((b.id, b.naam) for b in sorted(balies, key=lambda b: (b.volgorde, b.naam)))),
            tuple((om, taal.tijd(om)) for om in einden if om < eind),
            tuple((blok.id, _gemeld(inrichting, blok)) for blok in self.load_uitval()),
        )

    def preview(self, uitval: Uitval) -> Uitvalbeeld:
        """Wat dit doet. Legt niets vast. Raises InvoerFout als er dan niets wegvalt."""
        vanavond = self._load()
        return self._picture(vanavond, (make_uitval(vanavond.inrichting, uitval, vanavond.nu),))

    def preview_terug(self, id_: str) -> Uitvalbeeld:
        """Wat het doet als dit toch doorgaat: wie nog niet is verzet, kan terug."""
        vanavond = self._load()
        if id_ not in {b.id for b in vanavond.inrichting.blokkades if b.id.startswith(UITVAL)}:
            raise InvoerFout("Dit is al teruggedraaid. Bekijk de avond opnieuw.", code="uitval")
        return self._picture(vanavond, (Wijziging("blokkades", weg=(id_,)),))

    def load_verplaatsen(self) -> tuple[TeBellen, ...]:
        """Wie er vanavond te bellen is: eerst wie niet kan blijven, dan wie door de uitloop later komt."""
        vanavond = self._load()
        kalender = Kalender(vanavond.inrichting)
        avond = _avond(vanavond.inrichting, kalender, vanavond.inhoud)
        stand = make_stand(vanavond.inrichting, avond, vanavond.bezoeken, vanavond.nu)
        voorspelling = predict(stand)
        weg = {a.id: a.te_verzetten for a in vanavond.afspraken.values() if a.te_verzetten and _komt(a)}
        wacht = {b.id for b in stand.bezoeken if b.toestand in (Toestand.BEVESTIGD, Toestand.AANGEMELD)}
        weg |= {id_: _NIEMAND for id_ in voorspelling.niemand if id_ in wacht and id_ not in weg}
        uitloop = [w for w in find_uitloop(stand, voorspelling) if w.bezoek.id not in weg]
        thuis = [w.bezoek.id for w in uitloop if w.waar is Waar.THUIS]
        afspraken = [vanavond.afspraken[id_] for id_ in (*weg, *thuis) if id_ in vanavond.afspraken]
        eerder, later = self._find_tijden(vanavond, vanavond.inrichting, Verdeling({}), afspraken)
        rijen = []
        for bezoek in (b for b in stand.bezoeken if b.id in weg):
            nu, dan = (() if bezoek.is_aanwezig else eerder.get(bezoek.id, ())), later.get(bezoek.id, ())
            zeg = make_zeg(bezoek, bezoek.is_aanwezig, (*nu[:1], *dan[:1]), stand.datum)
            afspraak = vanavond.afspraken.get(bezoek.id)
            rijen.append(TeBellen(bezoek, afspraak, weg[bezoek.id], bezoek.is_aanwezig, nu, dan, zeg))
        return (
            *sorted(rijen, key=_belvolgorde),
            *(
                TeBellen(
                    w.bezoek,
                    vanavond.afspraken.get(w.bezoek.id),
                    f"Wordt ongeveer {taal.tijd(from_tik(ceil_tik(w.verwacht_begin)))}.",
                    w.waar is Waar.HIER,
                    later=later.get(w.bezoek.id, ()),
                    zeg=w.tekst,
                    wordt=w.verwacht_begin,
                )
                for w in uitloop
            ),
        )

    # --- vastleggen ----------------------------------------------------------------------------------------

    def apply(self, beeld: Uitvalbeeld, *, verzoek_id: str) -> Uitvalbeeld:
        """Leg vast wat is voorgerekend: alles of niets.

        Daarna gaat wie aan een balie zit die wegvalt even apart; viel toen de verbinding weg, dan doet
        hetzelfde verzoek dat alsnog. Raises UitvalAnders als er intussen iets is gebeurd waardoor er anderen
        zouden moeten verzetten, Geweigerd met fouten.
        """
        if beeld.fouten:
            raise Geweigerd(beeld.fouten[0].tekst, code="inrichting")
        afdruk = make_vingerafdruk("uitval", beeld.wijzigingen)

        def write(tx: AgendaTransactie) -> tuple[Uitvalbeeld, Mapping[str, Any]]:
            self._write(tx, beeld)
            return beeld, {"soort": "uitval"}

        try:
            gedaan = self._schrijver.run(
                verzoek_id, afdruk, {beeld.datum}, write, lambda tx, _: beeld, inrichting=True
            )
        except _Anders:  # de voorstellen zoeken kan lang duren: pas als niemand meer op dit slot wacht
            raise UitvalAnders(self._picture(self._load(), beeld.wijzigingen)) from None
        for nummer, bezoek in enumerate(beeld.aan_balie):
            try:
                self._vanavond.park(bezoek.id, "balie weggevallen", verzoek_id=f"{verzoek_id}-apart{nummer}")
            except (IemandWasEerder, Geweigerd, InvoerFout):  # net klaar aan de balie; dan hoeft het niet
                continue
        return gedaan

    def _write(self, tx: AgendaTransactie, gezien: Uitvalbeeld) -> None:
        inrichting, _ = tx.load_inrichting()
        dag = gezien.datum
        afspraken = {a.id: a for a in self._opslag.find_afspraken(datum_van=dag, datum_tot=dag, maximum=1000)}
        stand = _Vanavond(tx.nu, inrichting, tx.load_avond(dag), tx.load_bezoeken(dag), afspraken)
        verdeling = _verdeel(stand, gezien.wijzigingen)
        if make_afdruk(verdeling) != gezien.afdruk:
            raise _Anders
        reden = ", ".join(deel.reden for w in gezien.wijzigingen for deel in w.bewaar)
        for wijziging in gezien.wijzigingen:
            if wijziging.weg:
                tx.remove_onderdelen(wijziging.soort, wijziging.weg, self._wie, reden)
            if wijziging.bewaar:
                tx.put_onderdelen(wijziging.soort, wijziging.bewaar, self._wie, reden)
        for id_ in verdeling.reserveringen:
            tx.remove_reservering(id_)
        tx.move_balies(dag, _plaatsen(verdeling, stand))
        for id_, waarom in verdeling.te_verzetten:
            if _mag_weg(stand, id_):
                self._mark(tx, id_, waarom.tekst, "te_verzetten", reden)
        for id_ in verdeling.terug:
            self._mark(tx, id_, "", "blijft_toch", reden)
        na = {"te_verzetten": len(verdeling.te_verzetten), "andere_balie": len(verdeling.verhuizingen)}
        tx.note(Gebeurtenis(tx.nu, self._wie, "uitval", f"avond:{dag.isoformat()}", dag, {}, na, reden))

    def _mark(self, tx: AgendaTransactie, id_: str, te_verzetten: str, soort: str, reden: str) -> None:
        afspraak = tx.load_afspraak(id_)
        if afspraak is not None and afspraak.te_verzetten != te_verzetten:
            tx.update_afspraak(replace(afspraak, te_verzetten=te_verzetten), self._wie, soort, reden)

    # --- rekenen -------------------------------------------------------------------------------------------

    def _load(self) -> _Vanavond:
        nu = self._opslag.nu()
        dag = dag_van(nu)
        inrichting, _ = self._opslag.load_inrichting()
        inhoud = self._opslag.load_avonden([dag])[dag]
        if not Kalender(inrichting).is_open(dag) or inhoud.toestand is AvondToestand.AFGESLOTEN:
            raise Geweigerd(_GEEN_AVOND, code="geen_avond")
        if inhoud.eigenaar != KIF:
            raise Geweigerd(f"Deze avond staat in {inhoud.eigenaar}. Wijzig het daar.", code="andere_agenda")
        afspraken = self._opslag.find_afspraken(datum_van=dag, datum_tot=dag, maximum=1000)
        bezoeken = self._opslag.load_bezoeken(dag)
        return _Vanavond(nu, inrichting, inhoud, bezoeken, {a.id: a for a in afspraken})

    def _picture(self, vanavond: _Vanavond, wijzigingen: tuple[Wijziging, ...]) -> Uitvalbeeld:
        oud, nieuw = vanavond.inrichting, apply_wijzigingen(vanavond.inrichting, wijzigingen)
        verdeling = _verdeel(vanavond, wijzigingen)
        per_id = {bezoek.id: bezoek for bezoek in vanavond.bezoeken}
        eerder = {(fout.soort, fout.id, fout.tekst) for fout in check_inrichting(oud)}
        fouten = tuple(
            fout
            for fout in check_inrichting(nieuw)
            if fout.is_fout and (fout.soort, fout.id, fout.tekst) not in eerder
        )
        return Uitvalbeeld(
            vanavond.inhoud.datum,
            vanavond.nu,
            wijzigingen,
            verdeling,
            self._make_bellen(vanavond, nieuw, verdeling),
            tuple(per_id[id_] for id_ in verdeling.wachten),
            tuple(per_id[id_] for id_ in verdeling.aan_balie),
            tuple(per_id[id_] for id_ in verdeling.terug if id_ in per_id),
            fouten,
            {balie.id: balie.naam for balie in oud.balies},
        )

    def _make_bellen(
        self, vanavond: _Vanavond, nieuw: Inrichting, verdeling: Verdeling
    ) -> tuple[TeBellen, ...]:
        """Wie niet kan blijven, op volgorde: wie er al is, dan wie het eerst van huis gaat."""
        if not verdeling.te_verzetten:
            return ()
        per_id = {bezoek.id: bezoek for bezoek in vanavond.bezoeken}
        afspraken = [
            vanavond.afspraken[id_] for id_, _ in verdeling.te_verzetten if id_ in vanavond.afspraken
        ]
        vandaag, later = self._find_tijden(vanavond, nieuw, verdeling, afspraken)
        rijen = []
        for id_, reden in verdeling.te_verzetten:
            bezoek, aanwezig = per_id[id_], id_ in verdeling.aanwezig
            nu, dan = (() if aanwezig else vandaag.get(id_, ())), later.get(id_, ())
            zeg = make_zeg(bezoek, aanwezig, (*nu[:1], *dan[:1]), vanavond.inhoud.datum)
            rijen.append(TeBellen(bezoek, vanavond.afspraken.get(id_), reden.tekst, aanwezig, nu, dan, zeg))
        return tuple(sorted(rijen, key=_belvolgorde))

    def _find_tijden(
        self, vanavond: _Vanavond, nieuw: Inrichting, verdeling: Verdeling, afspraken: Sequence[Afspraak]
    ) -> tuple[Mapping[str, tuple[VrijeStart, ...]], Mapping[str, tuple[VrijeStart, ...]]]:
        """Per afspraak een andere tijd vanavond, en op een andere avond, zoals het na de wijziging is."""
        kalender, dag = Kalender(nieuw), vanavond.inhoud.datum
        straks = _after(_avond(nieuw, kalender, vanavond.inhoud), verdeling)
        anders = kalender.open_dagen(dag + timedelta(days=1), dag + timedelta(days=VOORSTELDAGEN))
        inhoud = self._opslag.load_avonden(anders)
        avonden = [_avond(nieuw, kalender, inhoud[ander]) for ander in anders]
        op_tijd = vanavond.nu + REISTIJD
        return (
            proposals(nieuw, kalender, afspraken, [straks], op_tijd, VOORSTELLEN),
            _per_avond(afspraken, proposals(nieuw, kalender, afspraken, avonden, vanavond.nu, _ALLE)),
        )


def _komt(afspraak: Afspraak) -> bool:
    return afspraak.toestand in (Toestand.BEVESTIGD, Toestand.AANGEMELD)


def _per_avond(
    afspraken: Sequence[Afspraak], starts: Mapping[str, tuple[VrijeStart, ...]]
) -> Mapping[str, tuple[VrijeStart, ...]]:
    """Van elke andere avond wat het dichtst bij het uur van nu ligt, de eerste avond eerst.

    Wat voor de een al het eerste voorstel is, telt bij de volgende als bezet.
    """
    genomen: Counter[datetime] = Counter()
    uit: dict[str, tuple[VrijeStart, ...]] = {}
    for afspraak in afspraken:
        uur = taal.lokaal(afspraak.begin)
        beste: dict[date, VrijeStart] = {}
        for start in starts.get(afspraak.id, ()):
            if genomen[start.begin] < start.balies:
                dag = dag_van(start.begin)
                keuzes = [keus for keus in (beste.get(dag), start) if keus is not None]
                beste[dag] = min(keuzes, key=lambda keus: (_verschil(keus.begin, uur), keus.begin))
        uit[afspraak.id] = tuple(beste[dag] for dag in sorted(beste)[:VOORSTELLEN])
        genomen.update(start.begin for start in uit[afspraak.id][:1])
    return uit


def _verschil(begin: datetime, uur: datetime) -> int:
    """Hoeveel minuten het op de klok scheelt."""
    anders = taal.lokaal(begin)
    return abs((anders.hour - uur.hour) * 60 + anders.minute - uur.minute)


def make_uitval(inrichting: Inrichting, uitval: Uitval, nu: datetime) -> Wijziging:
    """De blokkade die dit is, tot het eind van de avond. Raises InvoerFout als er niets wegvalt."""
    dag = dag_van(nu)
    raakt = [
        dienst
        for dienst in _diensten(inrichting, dag)
        if uitval.wie
        == {Soortuitval.ZIEK: dienst.medewerker, Soortuitval.BALIE_DICHT: dienst.balie}.get(uitval.soort, "")
    ]
    vanaf = from_tik(max(floor_tik(uitval.vanaf), floor_tik(nu)))
    einden = [dagvak(dag, dienst.van, dienst.tot).eind_utc for dienst in raakt]
    if not einden or max(einden) <= vanaf:
        raise InvoerFout(_NIETS[uitval.soort], code="uitval")
    id_ = f"{UITVAL}{dag.isoformat()}-{uitval.soort.value}{'-' if uitval.wie else ''}{uitval.wie}"
    eerder = next((b for b in inrichting.blokkades if b.id == id_), None)
    if eerder is not None and dagvak(dag, eerder.van, eerder.tot).begin_utc <= vanaf:
        raise InvoerFout("Dit was al gemeld. Bekijk de avond opnieuw.", code="uitval")
    return Wijziging(
        "blokkades",
        (
            Blokkade(
                id_,
                dag,
                _klok(vanaf),
                _klok(max(einden)),
                _REDEN[uitval.soort],
                uitval.wie if uitval.soort is Soortuitval.BALIE_DICHT else "",
                uitval.wie if uitval.soort is Soortuitval.ZIEK else "",
            ),
        ),
    )


_NIETS = {
    Soortuitval.ZIEK: "Deze collega werkt vanavond niet meer aan een balie. Kies een ander.",
    Soortuitval.BALIE_DICHT: "Aan deze balie werkt vanavond niemand meer. Kies een andere.",
    Soortuitval.EERDER_DICHT: "Dan is de avond al voorbij. Kies een eerdere tijd.",
}


def _naam(inrichting: Inrichting, balie: str) -> str:
    return inrichting.balie[balie].naam if balie in inrichting.balie else balie


def _gemeld(inrichting: Inrichting, blok: Blokkade) -> str:
    """ "S. Haddad: ziek vanaf 18.00 uur"."""
    vanaf = f"vanaf {taal.tijd(dagvak(blok.datum, blok.van, blok.tot).begin_utc)}"
    if blok.balie:
        return f"{_naam(inrichting, blok.balie)}: dicht {vanaf}"
    if blok.medewerker in inrichting.medewerker:
        return f"{inrichting.medewerker[blok.medewerker].naam}: ziek {vanaf}"
    return f"Avond eerder dicht: {vanaf}"


def _diensten(inrichting: Inrichting, dag: date) -> tuple[Dienst, ...]:
    return tuple(
        dienst
        for dienst in inrichting.diensten_op.get(dag, ())
        if dienst.rol is Rol.BALIE and dienst.balie and dienst.toestand is not DienstToestand.ZIEK
    )


def _klok(moment: datetime) -> Any:
    return taal.lokaal(moment).time().replace(tzinfo=None)


def _avond(inrichting: Inrichting, kalender: Kalender, inhoud: AvondInhoud) -> Avond:
    return build_avond(
        inrichting, kalender, inhoud.datum, staat(inhoud), inhoud.toestand, inhoud.versie, inhoud.eigenaar
    )


def _verdeel(vanavond: _Vanavond, wijzigingen: Sequence[Wijziging]) -> Verdeling:
    inhoud, oud = vanavond.inhoud, vanavond.inrichting
    nieuw = apply_wijzigingen(oud, wijzigingen)
    op_lijst = [replace(i, balie=oude_balie(i.balie)) for i in inhoud.inhoud if is_weggezet(i.balie)]
    was, wordt = Kalender(oud), Kalender(nieuw)
    afspraken = sorted(vanavond.afspraken.values(), key=lambda a: (a.gemaakt_op or vanavond.nu, a.nummer))
    verdeling = spread(
        wordt,
        _avond(oud, was, inhoud),
        _avond(nieuw, wordt, inhoud),
        vanavond.bezoeken,
        vanavond.nu,
        op_lijst,
        [afspraak.id for afspraak in afspraken],
    )
    if dicht := [b for w in wijzigingen for b in w.bewaar if b.reden == _REDEN[Soortuitval.EERDER_DICHT]]:
        zin = f"De avond gaat om {dicht[0].van.hour}.{dicht[0].van.minute:02d} uur dicht."
        te_verzetten = tuple((id_, replace(reden, tekst=zin)) for id_, reden in verdeling.te_verzetten)
        verdeling = replace(verdeling, te_verzetten=te_verzetten)
    if not verdeling.terug:
        return verdeling
    # Wie terugkomt op de balie van toen, verhuist volgens de berekening niet; in de opslag wel.
    terug = {item.id: item.balie for item in op_lijst if item.id in verdeling.terug}
    return replace(verdeling, verhuizingen={**terug, **verdeling.verhuizingen})


def _plaatsen(verdeling: Verdeling, vanavond: _Vanavond) -> dict[str, str]:
    """Waar iedereen heen gaat: een andere balie, opzij (te verzetten), of een extra plaats (wacht)."""
    afspraken = vanavond.afspraken
    plaatsen = dict(verdeling.verhuizingen)
    for id_, _ in verdeling.te_verzetten:
        if _mag_weg(vanavond, id_):
            plaatsen[id_] = weggezet(id_, oude_balie(afspraken[id_].balie))
    vrij = _extra_plaatsen(vanavond.inhoud)
    for id_ in verdeling.wachten:
        if id_ in afspraken:
            plaatsen[id_] = f"{EXTRA_PLAATS}{vrij}"
            vrij += 1
    return plaatsen


def _extra_plaatsen(inhoud: AvondInhoud) -> int:
    """Het eerste nummer waar vanavond nog niemand op staat."""
    gebruikt = [i.balie.removeprefix(EXTRA_PLAATS) for i in inhoud.inhoud if i.balie.startswith(EXTRA_PLAATS)]
    return 1 + max((int(nummer) for nummer in gebruikt if nummer.isdecimal()), default=0)


def _mag_weg(vanavond: _Vanavond, id_: str) -> bool:
    """Alleen wie nog niet aan de beurt is geweest, komt op de lijst om te verzetten."""
    afspraak = vanavond.afspraken.get(id_)
    return afspraak is not None and _komt(afspraak)


def _after(avond: Avond, verdeling: Verdeling) -> Avond:
    """De avond zoals hij er na de wijziging uitziet."""
    weg = {id_ for id_, _ in verdeling.te_verzetten} | {*verdeling.wachten, *verdeling.reserveringen}
    blijft: list[Inhoud] = [
        replace(item, balie=verdeling.verhuizingen.get(item.id, item.balie))
        for item in avond.inhoud
        if item.id not in weg
    ]
    return replace(avond, inhoud=tuple(blijft))


def _belvolgorde(rij: TeBellen) -> tuple[bool, bool, datetime | None, str]:
    tijd = rij.bezoek.tijd
    return (not rij.aanwezig, not rij.is_bereikbaar and not rij.aanwezig, tijd, rij.bezoek.volgnummer)
