"""De avond zelf: aanmelden, oproepen, helpen, klaar, en elke stap een minuut lang terug.

Elke stap leest, beslist en schrijft onder het slot van haar avond, en is met hetzelfde verzoek-id
onschadelijk te herhalen: twee balies krijgen zo nooit dezelfde. Wie er aan de beurt is, zegt
`agenda.vanavond.volgorde`; wat een stap verandert `agenda.vanavond.stappen`; of er iemand bij past
`vanavondinloop`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.tijd import ceil_tik
from frontoffice.agenda.vanavond import stappen
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondregels, Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.vanavond.verloop import NOTITIE
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import (
    AgendaBezet,
    AgendaOpslag,
    AgendaTransactie,
    Gebeurtenis,
    Stapgegevens,
    Wie,
)
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import LANGSTE_OPMERKING, has_bsn, make_vingerafdruk
from frontoffice.services.afspraakwaarden import BestaatNiet
from frontoffice.services.avondverslagen import Teruggekeken, find_avonden, load_verslag
from frontoffice.services.schrijven import Schrijver
from frontoffice.services.vanavondinloop import Inloop
from frontoffice.services.vanavondregels import (
    check_loopt,
    check_stap,
    check_vrij,
    find_bezoek,
    last_own,
    undo_step,
)
from frontoffice.services.vanavondstand import Standlezer, fill, needs_nummers, number
from frontoffice.services.vanavondwaarden import Antwoord, Laatste, NogOpen, read_antwoord, restore, to_dict

Doe = Callable[[Bezoek, datetime, Avondregels], Bezoek]
Stapluisteraar = Callable[[str, Bezoek], None]
_MAAKT_PLAATS = frozenset({Toestand.KLAAR, Toestand.NIET_GEKOMEN})
_LANGSTE_REDEN = 200


class Vanavonddienst:
    """Elke methode mag van elke achtergronddraad. `op`: wanneer het echt gebeurde (anders nu).

    Raises bij elke stap: AgendaBezet, AgendaOnbereikbaar (herhaal met hetzelfde verzoek-id), IemandWasEerder,
    Geweigerd met de volgende stap, BestaatNiet bij een onbekend bezoek.
    """

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self._wie = wie
        self._schrijver = Schrijver(opslag)
        self._stand = Standlezer(opslag)
        self._inloop = Inloop(opslag, wie, self._stand)
        self._luisteraars: list[Stapluisteraar] = []

    def on_stap(self, luister: Stapluisteraar) -> None:
        """Roep `luister(soort, bezoek)` na elke gelukte stap, op de draad die haar deed.

        Na een herhaling nog eens: luister per bezoek-id maar één keer. Een fout erin stoort niet.
        """
        self._luisteraars.append(luister)

    def voor(self, wie: Wie) -> Vanavonddienst:
        """Dezelfde avond op naam van een ander: voor stappen die pas later zijn doorgevoerd."""
        dienst = Vanavonddienst(self._opslag, wie)
        dienst._luisteraars = self._luisteraars
        return dienst

    # --- kijken --------------------------------------------------------------------------------------------

    def load_stand(self, datum: date | None = None) -> Avondstand | None:
        """Vanavond (of een andere avond) zoals het nu is; None als er die dag geen avond is."""
        stand = self._stand.load(datum)
        if stand is None or not needs_nummers(stand) or stand.datum != dag_van(stand.nu):
            return stand
        try:
            self._schrijver.change({stand.datum}, lambda tx: number(tx, stand.datum, self._wie))
        except AgendaBezet:  # kijken gaat voor: de volgende keer komt het nummer er wel
            return stand
        return self._stand.load(datum)

    def load_namen(self, ids: Sequence[str]) -> Mapping[str, str]:
        """De namen bij deze bezoeken van vanavond."""
        return self._opslag.load_bezoeknamen(self._vandaag(), ids) if ids else {}

    def load_alle_namen(self) -> Mapping[str, str]:
        """Iedereen van vanavond, voor *Namen tonen*; het scherm vouwt ze na een minuut weer dicht."""
        return self._opslag.load_bezoeknamen(self._vandaag())

    def find(self, zoek: str) -> tuple[Bezoek, ...]:
        """Bezoeken van vanavond, met naam: op naam, telefoon, afspraaknummer, code of volgnummer."""
        inrichting, _ = self._opslag.load_inrichting()
        gevonden = self._opslag.find_bezoeken(self._vandaag(), zoek)
        return tuple(replace(fill(bezoek, inrichting), naam=naam) for bezoek, naam in gevonden)

    def load_stappen(self, datum: date | None = None) -> tuple[Gebeurtenis, ...]:
        """Alles wat er die avond (anders vanavond) gebeurde, oudste eerst, zonder namen."""
        return self._opslag.load_stappen(datum or self._vandaag())

    def find_avonden(self) -> tuple[date, ...]:
        """De avonden tot en met vandaag die open zijn geweest, nieuwste eerst."""
        return find_avonden(self._opslag)

    def load_verslag(self, datum: date) -> Teruggekeken | None:
        """Het verslag van die avond; None als er geen was."""
        return load_verslag(self, datum)

    def can_undo(self) -> Laatste | None:
        """De laatste eigen stap, zolang die nog ongedaan te maken is."""
        stand = self.load_stand()
        if stand is None:
            return None
        return last_own(self._opslag.load_stappen(stand.datum), self._wie, stand.nu, stand.regels)

    # --- de avond ------------------------------------------------------------------------------------------

    def open_avond(self, *, verzoek_id: str) -> Avondstand:
        """Begin de avond: iedereen een volgnummer. Ook om een gesloten avond weer te openen."""
        datum = self._vandaag()

        def write(tx: AgendaTransactie) -> tuple[None, Mapping[str, Any]]:
            stand = self._stand.load_binnen(tx, datum)
            if not stand.avond.open and not stand.bezoeken:
                raise Geweigerd(
                    "Vandaag is er geen avond. Kijk bij Beheer of de dag klopt.", code="geen_avond"
                )
            if stand.avond.toestand is not AvondToestand.DICHT_VOOR_BOEKEN:
                self._set_avond(tx, datum, AvondToestand.BEZIG)
            number(tx, datum, self._wie)
            return None, {"soort": "avond", "datum": datum.isoformat()}

        afdruk = make_vingerafdruk("avond_open", datum)
        self._schrijver.run(verzoek_id, afdruk, {datum}, write, lambda tx, _: None)
        stand = self.load_stand(datum)
        assert stand is not None
        return stand

    def close_avond(self, *, verzoek_id: str, datum: date | None = None) -> Avondstand:
        """Sluit de avond af (anders vanavond: die van `datum`). Raises NogOpen met wie nog niet klaar is."""
        datum = datum or self._vandaag()

        def write(tx: AgendaTransactie) -> tuple[None, Mapping[str, Any]]:
            assert datum is not None
            check_loopt(tx.load_toestand(datum))
            inrichting, _ = tx.load_inrichting()
            nog = [b for b in tx.load_bezoeken(datum) if b.is_aanwezig or b.toestand is Toestand.BEVESTIGD]
            if nog:
                raise NogOpen(tuple(fill(b, inrichting) for b in nog))
            self._set_avond(tx, datum, AvondToestand.AFGESLOTEN)
            return None, {"soort": "avond", "datum": datum.isoformat()}

        afdruk = make_vingerafdruk("avond_dicht", datum)
        self._schrijver.run(verzoek_id, afdruk, {datum}, write, lambda tx, _: None)
        stand = self.load_stand(datum)
        assert stand is not None
        return stand

    def _set_avond(self, tx: AgendaTransactie, datum: date, toestand: AvondToestand) -> None:
        voor = tx.load_avond(datum)
        if voor.toestand is toestand:
            return
        tx.set_avond(datum, toestand, voor.notitie)
        van, naar = {"toestand": voor.toestand.value}, {"toestand": toestand.value}
        onderwerp = f"avond:{datum.isoformat()}"
        tx.note(Gebeurtenis(tx.nu, self._wie, "avond", onderwerp, datum, van, naar))

    # --- binnenkomen ---------------------------------------------------------------------------------------

    def arrive(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Iemand met een afspraak meldt zich. Te laat of te vroeg mag: de volgorde houdt er rekening mee."""
        return self._step(id_, "bezoek_aangemeld", stappen.arrive, verzoek_id, op)

    def walk_in(
        self,
        wens: Wens,
        naam: str,
        *,
        verzoek_id: str,
        voorrang: bool = False,
        op: datetime | None = None,
        volgnummer: str = "",
        toch: bool = False,
    ) -> Bezoek:
        """Iemand zonder afspraak; zijn id is het verzoek-id. Raises PastNiet als dat een afspraak schaadt.

        `toch`: is al binnengelaten toen er geen verbinding was, met `volgnummer` van papier; past dan altijd.
        """
        bezoek = self._inloop.walk_in(
            wens, naam, verzoek_id=verzoek_id, voorrang=voorrang, op=op, volgnummer=volgnummer, toch=toch
        )
        return self._tell("bezoek_zonder_afspraak", bezoek)

    def refuse(self, wens: Wens, waarom: str, *, verzoek_id: str, op: datetime | None = None) -> None:
        """Iemand zonder afspraak kon niet terecht en gaat weg: telt voor het verslag, zonder wie.

        `waarom`: de code van `inpassen.PastNiet`. Is `walk_in` geweigerd, dan is dat al geteld.
        """
        self._inloop.refuse(wens, waarom, verzoek_id=verzoek_id, op=op)

    def come_after_all(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """E06: toch gekomen; in de rij zonder afspraak, als te laat gemerkt."""
        return self._step(
            id_, "bezoek_toch_gekomen", lambda b, om, _: stappen.come_after_all(b, om), verzoek_id, op
        )

    # --- oproepen ------------------------------------------------------------------------------------------

    def call_next(self, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek | None:
        """Roep op wie er voor deze balie aan de beurt is; None als er niemand wacht die zij mag helpen.

        Raises NogBezig als de balie nog iemand helpt (E04).
        """
        datum = self._vandaag() if op is None else dag_van(op)

        def write(tx: AgendaTransactie) -> tuple[Bezoek | None, Mapping[str, Any]]:
            stand = self._check_balie(tx, datum, balie)
            om = _moment(tx, op)
            beurt = next_for(stand, balie)
            if beurt is None:
                return None, {"soort": "niemand"}
            oud = find_bezoek(tx, datum, beurt.bezoek.id)
            nieuw = stappen.call(oud, balie, om, stand.regels)
            return self._write(tx, oud, nieuw, "bezoek_opgeroepen", verzoek_id, op, waarom=beurt.waarom)

        def repeat(tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> Bezoek | None:
            return self._repeat(tx, antwoord) if antwoord["soort"] == "bezoek" else None

        afdruk = make_vingerafdruk("bezoek_volgende", balie)
        bezoek = self._schrijver.run(verzoek_id, afdruk, {datum}, write, repeat)
        return None if bezoek is None else self._tell("bezoek_opgeroepen", bezoek)

    def call(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Roep deze persoon op, ook als een ander eerst aan de beurt is. Raises NogBezig."""
        return self._step(
            id_,
            "bezoek_opgeroepen",
            lambda b, om, regels: stappen.call(b, balie, om, regels),
            verzoek_id,
            op,
            vrij=balie,
            waarom="Door de medewerker gekozen.",
        )

    def recall(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Nog een keer oproepen. Raises Geweigerd na het hoogste aantal keren en binnen de rust."""
        return self._step(id_, "bezoek_opnieuw_opgeroepen", stappen.recall, verzoek_id, op)

    def put_back(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Kwam niet op de oproep: weer in de rij, na de rust. De balie is vrij."""
        return self._step(id_, "bezoek_terug", lambda b, *_: stappen.put_back(b), verzoek_id, op)

    # --- aan de balie --------------------------------------------------------------------------------------

    def start(self, id_: str, *, verzoek_id: str, op: datetime | None = None, balie: str = "") -> Bezoek:
        """`balie`, hier en hierna: weiger als het bezoek bij een andere balie is."""
        return self._step(
            id_, "bezoek_aan_de_balie", lambda b, om, _: stappen.start(b, om), verzoek_id, op, balie=balie
        )

    def park(
        self, id_: str, reden: str = "", *, verzoek_id: str, op: datetime | None = None, balie: str = ""
    ) -> Bezoek:
        """Even apart: de balie is vrij. Komt alleen door een klik terug (E07)."""
        kort = _kort(reden, "reden", _LANGSTE_REDEN)
        return self._step(
            id_, "bezoek_even_apart", lambda b, om, _: stappen.park(b, om, kort), verzoek_id, op, balie=balie
        )

    def resume(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Weer aan deze balie. Raises NogBezig."""
        return self._step(
            id_,
            "bezoek_hervat",
            lambda b, om, _: stappen.resume(b, balie, om),
            verzoek_id,
            op,
            vrij=balie,
        )

    def finish(
        self,
        id_: str,
        uitkomsten: Sequence[Uitkomst] = (),
        *,
        verzoek_id: str,
        op: datetime | None = None,
        balie: str = "",
        vervolg: str = "",
    ) -> Bezoek:
        """Klaar, met een uitkomst per product (zonder: alles gedaan). `vervolg`: de afspraak erna."""
        schoon = tuple(replace(u, reden=_kort(u.reden, "reden", _LANGSTE_REDEN)) for u in uitkomsten)
        return self._step(
            id_,
            "bezoek_klaar",
            lambda b, om, _: stappen.finish(b, om, schoon, vervolg),
            verzoek_id,
            op,
            balie=balie,
        )

    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None, balie: str = "") -> Bezoek:
        """Niet gekomen. Gebeurt nooit vanzelf. Raises Geweigerd voordat het respijt om is."""
        return self._step(id_, "bezoek_niet_gekomen", stappen.no_show, verzoek_id, op, balie=balie)

    # --- wijzigen ------------------------------------------------------------------------------------------

    def set_notitie(self, id_: str, notitie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """De opmerking bij dit bezoek; verandert de plaats in de rij niet (E08)."""
        tekst = _kort(notitie, "notitie", LANGSTE_OPMERKING)
        return self._step(id_, NOTITIE, lambda b, *_: replace(b, notitie=tekst), verzoek_id, op, afdruk=tekst)

    def set_voorrang(
        self, id_: str, voorrang: bool, *, verzoek_id: str, op: datetime | None = None
    ) -> Bezoek:
        """Voorrang, of niet meer (E02)."""
        return self._change(id_, {"voorrang": voorrang}, verzoek_id, op)

    def set_behoeften(
        self, id_: str, behoeften: Sequence[str], *, verzoek_id: str, op: datetime | None = None
    ) -> Bezoek:
        """Wat iemand nodig heeft; duur en plaats in de rij blijven (E08)."""
        bekend = self._opslag.load_inrichting()[0].behoefte
        if onbekend := [code for code in behoeften if code not in bekend]:
            raise InvoerFout(
                f"Dit kennen wij niet: {', '.join(onbekend)}. Kies uit de lijst.", code="behoefte"
            )
        return self._change(id_, {"behoeften": tuple(behoeften)}, verzoek_id, op)

    def _change(self, id_: str, velden: Mapping[str, Any], verzoek_id: str, op: datetime | None) -> Bezoek:
        return self._step(
            id_,
            "bezoek_gewijzigd",
            lambda b, *_: replace(b, **velden),
            verzoek_id,
            op,
            afdruk=[f"{veld}={waarde}" for veld, waarde in velden.items()],
        )

    # --- ongedaan ------------------------------------------------------------------------------------------

    def undo(self, stap: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Zet terug wat dit verzoek (`stap`) deed, met afspraak en plek in het rooster.

        Raises Geweigerd als de tijd ervoor om is, IemandWasEerder als er daarna nog iets mee is gedaan.
        """
        gedaan = read_antwoord(self._opslag.find_verzoek(stap))
        if gedaan is None:
            raise BestaatNiet("Deze stap is niet gedaan: er is niets om ongedaan te maken.")

        def write(tx: AgendaTransactie) -> tuple[Bezoek, Mapping[str, Any]]:
            assert gedaan is not None
            stand = self._stand.load_binnen(tx, gedaan.datum)
            check_loopt(stand.avond.toestand)
            oud = find_bezoek(tx, gedaan.datum, gedaan.id)
            nieuw = undo_step(tx, oud, stap, gedaan, _moment(tx, op))
            if nieuw.toestand in AAN_BALIE:  # wie intussen aan die balie zit, gaat daar niet weg
                check_vrij(stand, nieuw.balie, oud.id)
            return self._write(tx, oud, nieuw, "bezoek_ongedaan", verzoek_id, op, ongedaan=gedaan)

        afdruk = make_vingerafdruk("bezoek_ongedaan", stap)
        bezoek = self._schrijver.run(verzoek_id, afdruk, {gedaan.datum}, write, self._repeat)
        return self._tell("bezoek_ongedaan", bezoek)

    # --- eromheen ------------------------------------------------------------------------------------------

    def _step(
        self,
        id_: str,
        soort: str,
        doe: Doe,
        verzoek_id: str,
        op: datetime | None,
        *,
        vrij: str = "",
        balie: str = "",
        waarom: str = "",
        afdruk: object = "",
    ) -> Bezoek:
        """Eén stap van één bezoek. `vrij`: deze balie moet vrij zijn; `balie`: daar moet het bezoek zijn."""
        datum = self._datum(id_, op)

        def write(tx: AgendaTransactie) -> tuple[Bezoek, Mapping[str, Any]]:
            if vrij:
                stand = self._check_balie(tx, datum, vrij, behalve=id_)
                regels = stand.regels
            else:
                check_loopt(tx.load_toestand(datum))
                regels = tx.load_inrichting()[0].locatie.avondregels
            oud = find_bezoek(tx, datum, id_)
            check_stap(tx, oud, soort, balie)
            if not oud.volgnummer:
                number(tx, datum, self._wie)
                oud = find_bezoek(tx, datum, id_)
            nieuw = doe(oud, _moment(tx, op), regels)
            return self._write(tx, oud, nieuw, soort, verzoek_id, op, waarom=waarom)

        vingerafdruk = make_vingerafdruk(soort, id_, vrij, afdruk)
        return self._tell(soort, self._schrijver.run(verzoek_id, vingerafdruk, {datum}, write, self._repeat))

    def _write(
        self,
        tx: AgendaTransactie,
        oud: Bezoek,
        nieuw: Bezoek,
        soort: str,
        verzoek_id: str,
        op: datetime | None,
        *,
        waarom: str = "",
        ongedaan: Antwoord | None = None,
    ) -> tuple[Bezoek, Mapping[str, Any]]:
        plek = self._inloop.plek_van(tx, oud)
        om = _moment(tx, op)
        stap = Stapgegevens(verzoek_id, waarom, None if op is None else om)
        geschreven = tx.update_bezoek(nieuw, self._wie, soort, stap=stap)
        if ongedaan is not None:
            self._inloop.restore_plek(tx, geschreven, ongedaan)
        elif geschreven.toestand in _MAAKT_PLAATS and oud.toestand not in _MAAKT_PLAATS:
            tx.free_bezoekplek(geschreven, ceil_tik(tx.nu))
        antwoord = Antwoord(oud.id, oud.datum, soort, om, to_dict(geschreven), to_dict(oud), plek)
        return fill(geschreven, tx.load_inrichting()[0]), antwoord.to_json()

    def _repeat(self, tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> Bezoek:
        """Het bezoek zoals het na die stap was: hetzelfde verzoek, hetzelfde antwoord."""
        gedaan = read_antwoord(antwoord)
        assert gedaan is not None
        bezoek = find_bezoek(tx, gedaan.datum, gedaan.id)
        return restore(fill(bezoek, tx.load_inrichting()[0]), gedaan.na)

    def _check_balie(self, tx: AgendaTransactie, datum: date, balie: str, behalve: str = "") -> Avondstand:
        stand = self._stand.load_binnen(tx, datum)
        check_loopt(stand.avond.toestand)
        check_vrij(stand, balie, behalve)
        return stand

    def _vandaag(self) -> date:
        return dag_van(self._opslag.nu())

    def _datum(self, id_: str, op: datetime | None) -> date:
        """De avond van dit bezoek. Raises BestaatNiet, of Geweigerd als het niet van vanavond is."""
        datum = self._stand.known_datum(id_) or self._opslag.find_bezoekdatum(id_)
        if datum is None:
            raise BestaatNiet("Dit bezoek is er niet. Zoek op naam, nummer of code.")
        if datum != (self._vandaag() if op is None else dag_van(op)):
            raise Geweigerd("Deze afspraak is niet voor vanavond. Kijk bij Afspraken.", code="andere_avond")
        return datum

    def _tell(self, soort: str, bezoek: Bezoek) -> Bezoek:
        for luister in self._luisteraars:
            _try_tell(luister, soort, bezoek)
        return bezoek


def _moment(tx: AgendaTransactie, op: datetime | None) -> datetime:
    """Wanneer het gebeurde; nooit later dan nu, wat de klok van een pc ook zegt."""
    return tx.nu if op is None else min(op, tx.nu)


def _kort(tekst: str, veld: str, langste: int) -> str:
    schoon = tekst.strip()
    if len(schoon) > langste:
        raise InvoerFout(f"Deze tekst is te lang. Gebruik hoogstens {langste} tekens.", code=veld)
    if has_bsn(schoon):
        raise InvoerFout(
            "Hier staat een burgerservicenummer. Haal dat weg: de agenda bewaart het niet.", code=veld
        )
    return schoon


def _try_tell(luister: Stapluisteraar, soort: str, bezoek: Bezoek) -> None:
    try:
        luister(soort, bezoek)
    except Exception as bug:  # noqa: BLE001 - de stap staat er al; wie meeluistert, stoort niet
        import logging

        fout = {"code": "luisteraar", "soort": type(bug).__name__}
        logging.getLogger(__name__).error("luisteraar gaf een fout", extra=fout)
