"""`kif agenda`: dezelfde agenda als het venster, voor beheer, controle en tests.

Beslist zelf niets. Tijden zijn ISO 8601 met de Nederlandse zone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.avond import KIF
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AndereAgenda, Bronafspraak
from frontoffice.cli.agendaklant import Contactwijziging, read_contact, read_klant
from frontoffice.cli.agendaopties import Agendavraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import ANDERS, GEWEIGERD, KLAAR, Uitvoer, fout_document, uitgang
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van, datum_kort, lokaal
from frontoffice.geheimen import choose_geheimen
from frontoffice.klok import SysteemKlok
from frontoffice.profiel import profielpad
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling.agenda import open_agenda
from frontoffice.samenstelling.berichten import Berichtenbouw
from frontoffice.samenstelling.gedeeld import check_eigen_account
from frontoffice.samenstelling.werkplek import load_opslag
from frontoffice.services.afspraakwaarden import (
    AlAfgezegd,
    AvondSoort,
    BestaatNiet,
    Boekgegevens,
    TijdBezet,
    WensKanNiet,
)
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.agendainlezen import load_agenda
from frontoffice.services.avonden import InrichtingFout
from frontoffice.services.bewaartermijn import Bewaartermijn
from frontoffice.services.extern import load_extern
from frontoffice.services.externdienst import Inleeskeuze, as_agendatijd, make_verslagzinnen
from frontoffice.services.inrichten import is_weggezet
from frontoffice.services.proefvulling import Proefopslag, fill

_HOOGSTE_OMVANG = 6_000_000
_GEWOON_VOORUIT = timedelta(days=45)
_LANGSTE_PERIODE = timedelta(days=366)
_ZONDER_MEDEWERKER = ("slots", "check")
"""Laat geen afspraak zien en wijzigt niets: mag ook op een gedeeld account, waar hier niemand is."""


def run_agenda(vraag: Agendavraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer `kif agenda …` uit en geef de uitgangscode."""
    pad = profielpad(opties.profiel)
    profiel = None if pad is None else load_profiel(pad)
    if vraag.deel not in _ZONDER_MEDEWERKER:
        check_eigen_account(profiel)
    demo = profiel is None or profiel.gemeente.demo
    gegevens, contact = read_klant(vraag, demo=demo), read_contact(vraag, demo=demo)
    klok = SysteemKlok(profiel.gemeente.vandaag if profiel else None)
    geheimen = None if profiel is None else choose_geheimen(profiel)
    agenda = open_agenda(profiel, geheimen, data_dir, klok, vraag.database)
    with ExitStack() as sluiten:
        sluiten.callback(agenda.close)
        if profiel is not None and profiel.berichten is not None:
            opslag = load_opslag(pad, data_dir, klok)
            berichten = Berichtenbouw(profiel, lambda: choose_geheimen(profiel), opslag, klok)
            sluiten.callback(opslag.close)
            sluiten.callback(berichten.close)
            berichten.listen(agenda)
        return _Opdracht(vraag, gegevens, contact, agenda, uitvoer).run()


class _Opdracht:
    """Eén opdracht op een geopende agenda."""

    def __init__(
        self,
        vraag: Agendavraag,
        gegevens: Boekgegevens | None,
        contact: Contactwijziging | None,
        agenda: Agendadiensten,
        uitvoer: Uitvoer,
    ) -> None:
        self._vraag = vraag
        self._gegevens = gegevens
        self._wijziging = contact
        self._agenda = agenda
        self._uitvoer = uitvoer
        self._verzoek = vraag.verzoek or str(uuid.uuid4())

    def run(self) -> int:
        opdrachten: dict[str, Callable[[], int]] = {
            "seed-demo": self._seed,
            "load": self._load,
            "import": self._import,
            "slots": self._slots,
            "book": self._book,
            "hold": self._hold,
            "confirm": self._confirm,
            "move": self._move,
            "cancel": self._cancel,
            "contact": self._contact,
            "day": self._day,
            "check": self._check,
            "anonymize": self._anonymize,
            "forget-klantsleutels": self._forget_klantsleutels,
        }
        try:
            return opdrachten[self._vraag.deel]()
        except TijdBezet as fout:
            return self._bezet(fout)
        except (WensKanNiet, AlAfgezegd) as fout:
            self._uitvoer.melding(fout.uitleg)
            self._uitvoer.document({"fout": fout_document(fout)})
            return GEWEIGERD
        except InrichtingFout as fout:
            for zin in fout.fouten:
                self._uitvoer.melding(zin)
            document = {**fout_document(fout), "fouten": list(fout.fouten)}
            self._uitvoer.document({"fout": document})
            return uitgang(fout)

    # --- vullen en inlezen ---------------------------------------------------------------------------------

    def _seed(self) -> int:
        opslag = self._agenda.opslag
        assert isinstance(opslag, Proefopslag)
        stand = fill(opslag, self._agenda.wie, avond_nu=self._vraag.avond_nu)
        avond = stand.avond.isoformat() if stand.avond else None
        self._uitvoer.document({"avonden": stand.avonden, "afspraken": stand.afspraken, "avond": avond})
        self._uitvoer.regel(f"Er kwamen {stand.afspraken} afspraken bij, op {stand.avonden} avonden.")
        if stand.avond:
            self._uitvoer.regel("Er is nu een avond bezig.")
        return KLAAR

    def _load(self) -> int:
        pad = self._vraag.bestand
        assert pad is not None
        gelezen = load_agenda(
            self._agenda.opslag,
            self._agenda.wie,
            _read_bestand(pad),
            "json" if pad.suffix.lower() == ".json" else "toml",
        )
        self._uitvoer.document(
            {
                "onderdelen": gelezen.onderdelen,
                "afspraken": gelezen.afspraken,
                "avonden": gelezen.avonden,
                "te_verzetten": gelezen.te_verzetten,
                "waarschuwingen": list(gelezen.waarschuwingen),
            }
        )
        for zin in gelezen.waarschuwingen:
            self._uitvoer.melding(zin)
        self._uitvoer.regel(
            f"Gewijzigd: {gelezen.onderdelen} onderdelen. Nieuw: {gelezen.afspraken} afspraken. "
            f"Te verzetten: {gelezen.te_verzetten}."
        )
        return KLAAR

    def _import(self) -> int:
        pad, vraag = self._vraag.bestand, self._vraag
        assert pad is not None
        bestand, gemaakt = load_extern(pad)
        van = vraag.als_van or as_agendatijd(gemaakt, datetime.now(UTC), self._agenda.opslag.nu())
        dagen = (vraag.datum,) if vraag.datum else ()
        keuze = Inleeskeuze(van, dagen, vraag.van, vraag.tot, vraag.eigenaar)
        verslag = self._agenda.extern.read_in(bestand, keuze, verzoek_id=self._verzoek)
        self._uitvoer.document(verslag)
        for zin in verslag["opmerkingen"]:
            self._uitvoer.melding(zin)
        for zin in make_verslagzinnen(verslag):
            self._uitvoer.regel(zin)
        return KLAAR

    # --- kijken --------------------------------------------------------------------------------------------

    def _wens(self) -> Wens:
        vraag = self._vraag
        return Wens(vraag.producten, vraag.behoeften, vraag.taal, vraag.kanaal or self._agenda.kanaal)

    def _slots(self) -> int:
        vrij, vraag = self._agenda.vrij, self._vraag
        van = vraag.van or vrij.vandaag()
        tot = vraag.tot or max(van, vrij.vandaag()) + min(_GEWOON_VOORUIT, date.max - van)
        if tot - max(van, vrij.vandaag()) > _LANGSTE_PERIODE:
            raise InvoerFout("Kies hoogstens een jaar tegelijk: zet --from en --to dichter bij elkaar.")
        uitslag = vrij.find_starts(
            self._wens(), van, tot, maximum=1_000_000, met_redenen=vraag.waarom, verder=False
        )
        if uitslag.weigering:
            raise WensKanNiet(uitslag.weigering, uitslag.splitsing)
        if vraag.waarom:
            rijen = [_geweigerd(g.begin, [r.tekst for r in g.redenen]) for g in uitslag.geweigerd]
            met_start = {rij["datum"] for rij in rijen}
            rijen += [
                {"datum": dag, "begin": None, "redenen": [reden.tekst for reden in avond.redenen]}
                for avond in uitslag.avonden
                if avond.soort is not AvondSoort.VRIJ and (dag := avond.datum.isoformat()) not in met_start
            ]
            rijen.sort(key=lambda rij: (str(rij["datum"]), str(rij["begin"])))
        else:
            rijen = [
                {
                    "datum": dag_van(start.begin).isoformat(),
                    "begin": _iso(start.begin),
                    "eind": _iso(start.eind),
                    "balies": start.balies,
                }
                for start in uitslag.eerste
            ]
        self._uitvoer.document(rijen)
        for rij in rijen:
            tekst = " ".join(rij["redenen"]) if vraag.waarom else f"nog {rij['balies']}"  # type: ignore[arg-type]  # redenen zijn teksten
            self._uitvoer.regel(f"{rij['begin'] or rij['datum']}  {tekst}")
        if not rijen:
            self._uitvoer.regel("Er is niets gevonden. Kies andere datums, of kijk met --why.")
        return KLAAR

    def _day(self) -> int:
        assert self._vraag.datum is not None
        afspraken = self._agenda.zoeken.load_avond(self._vraag.datum)
        geldig = [a for a in afspraken if a.toestand is not Toestand.AFGEZEGD]
        af = [a for a in afspraken if a.toestand is Toestand.AFGEZEGD]
        bron = self._agenda.bronnen.bron_van(self._vraag.datum)
        extern = self._agenda.bronnen.ingelezen(self._vraag.datum).load_bezet(self._vraag.datum)
        self._uitvoer.document(
            {
                "afspraken": [_dagrij(a) for a in geldig],
                "afgezegd": [_dagrij(a) for a in af],
                "eigenaar": bron.naam,
                "extern": [_externrij(a) for a in extern],
            }
        )
        if bron.naam != KIF:
            self._uitvoer.regel(f"Deze avond wordt in {bron.naam} gepland.")
        for ander in extern:
            self._uitvoer.regel(f"{_iso(ander.begin)}  {ander.balie or 'geen balie':12}  andere agenda")
        for afspraak in geldig:
            rij = _dagrij(afspraak)
            producten = ", ".join(regel.naam for regel in afspraak.regels)
            self._uitvoer.regel(
                f"{rij['begin']}  {rij['balie'] or 'geen balie':12}  {rij['nummer']}  "
                f"{rij['toestand']:12}  {producten}"
            )
        if not geldig and not extern:
            self._uitvoer.regel("Op deze dag zijn er geen afspraken.")
        return KLAAR

    def _check(self) -> int:
        fouten = self._agenda.opslag.check()
        self._uitvoer.document({"fouten": list(fouten)})
        for zin in fouten:
            self._uitvoer.regel(zin)
        if not fouten:
            self._uitvoer.regel("De agenda klopt.")
        return ANDERS if fouten else KLAAR

    def _anonymize(self) -> int:
        assert self._vraag.voor is not None
        gedaan = Bewaartermijn(self._agenda.opslag, self._agenda.wie).anonymize(self._vraag.voor)
        self._uitvoer.document(
            {"avonden": gedaan.avonden, "personen": gedaan.personen, "opgeruimd": gedaan.opgeruimd}
        )
        self._uitvoer.regel(f"Vergeten: {gedaan.personen} mensen, op {gedaan.avonden} avonden.")
        if not gedaan.opgeruimd:
            self._uitvoer.melding(
                "Het bestand is nu in gebruik. Doe dit nog eens als het programma dicht is."
            )
        return KLAAR

    # --- boeken --------------------------------------------------------------------------------------------

    def _book(self) -> int:
        assert self._gegevens is not None
        afspraak = self._agenda.afspraken.book(
            self._wens(), self._begin, self._gegevens, verzoek_id=self._verzoek, extra_reden=self._vraag.extra
        )
        return self._show(afspraak)

    def _hold(self) -> int:
        houd = self._agenda.afspraken.hold(self._wens(), self._begin, verzoek_id=self._verzoek)
        reservering = houd.reservering
        self._uitvoer.document(
            {
                "id": reservering.id,
                "begin": _iso(reservering.begin),
                "eind": _iso(reservering.eind),
                "balie": reservering.balie,
                "verloopt": _iso(reservering.verloopt),
                "seconden": houd.seconden,
            }
        )
        self._uitvoer.regel(f"Vastgehouden tot {_iso(reservering.verloopt)}: {reservering.id}")
        return KLAAR

    def _confirm(self) -> int:
        assert self._gegevens is not None
        return self._show(
            self._agenda.afspraken.confirm(self._vraag.wie, self._gegevens, verzoek_id=self._verzoek)
        )

    def _move(self) -> int:
        return self._show(
            self._agenda.afspraken.move(
                self._find().id, self._begin, verzoek_id=self._verzoek, reden=self._vraag.reden
            )
        )

    def _cancel(self) -> int:
        afspraak = self._agenda.afspraken.cancel(
            self._find().id, verzoek_id=self._verzoek, reden=self._vraag.reden
        )
        self._uitvoer.document({**_afspraak(afspraak), "toestand": afspraak.toestand.value})
        self._uitvoer.regel(f"Afgezegd: {afspraak.nummer}.")
        return KLAAR

    def _contact(self) -> int:
        assert self._wijziging is not None
        afspraak = self._find()
        nieuw = self._agenda.contact.change(
            afspraak.id,
            afspraak.klant,
            self._wijziging.apply(afspraak.klant),
            verzoek_id=self._verzoek,
            reden=self._vraag.reden,
        )
        self._uitvoer.document(_afspraak(nieuw))
        self._uitvoer.regel(f"De gegevens bij afspraak {nieuw.nummer} zijn gewijzigd.")
        return KLAAR

    def _forget_klantsleutels(self) -> int:
        gewist = self._agenda.opslag.forget_klantsleutels(self._agenda.wie)
        self._uitvoer.document({"gewist": gewist})
        self._uitvoer.regel(f"Bij {gewist} afspraken is de klantsleutel gewist.")
        return KLAAR

    @property
    def _begin(self) -> datetime:
        assert self._vraag.begin is not None
        return self._vraag.begin

    def _find(self) -> Afspraak:
        """De afspraak die precies dit nummer, dit id of deze code heeft."""
        wie = self._vraag.wie.strip()
        opslag = self._agenda.opslag
        gevonden = (*opslag.find_afspraken(ids=[wie]), *opslag.find_afspraken(zoek=wie))
        for afspraak in gevonden:
            if wie == afspraak.id or wie.upper() in (afspraak.nummer.upper(), afspraak.code):
                return afspraak
        if self._vraag.begin is None and (ander := self._agenda.bronnen.find_ingelezen(wie)) is not None:
            raise AndereAgenda.zeg_daar_af(ander.bron)
        raise BestaatNiet("Deze afspraak is er niet. Kijk het nummer of de code na.")

    def _show(self, afspraak: Afspraak) -> int:
        self._uitvoer.document(_afspraak(afspraak))
        self._uitvoer.regel(f"Afspraak {afspraak.nummer}, code {afspraak.code}, {_iso(afspraak.begin)}.")
        return KLAAR

    def _bezet(self, fout: TijdBezet) -> int:
        self._uitvoer.melding(fout.uitleg)
        self._uitvoer.document(
            {
                "fout": "bezet",
                "alternatieven": [_alternatief(start) for start in fout.alternatieven],
                "uitleg": fout.uitleg,
                "redenen": [reden.tekst for reden in fout.redenen],
            }
        )
        for start in fout.alternatieven:
            dag = dag_van(start.begin)
            self._uitvoer.regel(f"Wel vrij: {_iso(start.begin)} ({datum_kort(dag, dag)})")
        return GEWEIGERD


def _read_bestand(pad: Path) -> str:
    try:
        with pad.open("rb") as bestand:
            ruw = bestand.read(_HOOGSTE_OMVANG + 1)
        if len(ruw) > _HOOGSTE_OMVANG:
            raise InvoerFout("Het bestand is te groot. Kijk of dit het goede bestand is.", code="bestand")
        return ruw.decode("utf-8-sig")
    except OSError:
        raise InvoerFout("Dit bestand is niet te lezen. Kijk het pad na.", code="bestand") from None
    except UnicodeDecodeError:
        raise InvoerFout("Dit bestand is geen UTF-8. Bewaar het opnieuw als UTF-8.", code="bestand") from None


def _iso(moment: datetime) -> str:
    return lokaal(moment).isoformat(timespec="seconds")


def _afspraak(afspraak: Afspraak) -> dict[str, object]:
    return {
        "nummer": afspraak.nummer,
        "code": afspraak.code,
        "begin": _iso(afspraak.begin),
        "eind": _iso(afspraak.eind),
        "balie": _balie(afspraak),
        "id": afspraak.id,
    }


def _dagrij(afspraak: Afspraak) -> dict[str, object]:
    return {
        "nummer": afspraak.nummer,
        "begin": _iso(afspraak.begin),
        "eind": _iso(afspraak.eind),
        "balie": _balie(afspraak),
        "toestand": afspraak.toestand.value,
        "producten": [regel.product for regel in afspraak.regels],
        "personen": [regel.personen for regel in afspraak.regels],
        "te_verzetten": afspraak.te_verzetten,
    }


def _externrij(afspraak: Bronafspraak) -> dict[str, object]:
    return {
        "id": afspraak.id,
        "begin": _iso(afspraak.begin),
        "eind": _iso(afspraak.eind),
        "balie": afspraak.balie,
        "producten": list(afspraak.producten),
    }


def _balie(afspraak: Afspraak) -> str:
    """Leeg voor wie geen plek meer heeft."""
    return "" if is_weggezet(afspraak.balie) else afspraak.balie


def _alternatief(start: VrijeStart) -> dict[str, object]:
    return {
        "datum": dag_van(start.begin).isoformat(),
        "begin": _iso(start.begin),
        "eind": _iso(start.eind),
    }


def _geweigerd(begin: datetime, redenen: Iterable[str]) -> dict[str, object]:
    return {"datum": dag_van(begin).isoformat(), "begin": _iso(begin), "redenen": list(redenen)}
