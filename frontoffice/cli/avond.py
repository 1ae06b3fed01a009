"""`kif avond`: dezelfde stappen als het scherm Vanavond, voor beheer, controle en tests.

Beslist zelf niets. Noemt nooit een naam: wie er is, heeft een volgnummer.
"""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.voorspelling import predict, wachtwoorden
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import IemandWasEerder
from frontoffice.cli.avondopties import KIJKT, Avondvraag
from frontoffice.cli.avondverslag import run_verslag
from frontoffice.cli.invoer import read_invoer
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import GEWEIGERD, KLAAR, Uitvoer, fout_document
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.geheimen import choose_geheimen
from frontoffice.klok import SysteemKlok
from frontoffice.profiel import profielpad
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling.agenda import open_agenda
from frontoffice.samenstelling.avond import listen_klaar
from frontoffice.samenstelling.gedeeld import check_eigen_account
from frontoffice.samenstelling.werkplek import load_opslag
from frontoffice.services.afspraakwaarden import BestaatNiet
from frontoffice.services.bekenden import Bekenden
from frontoffice.services.vanavondwaarden import PastNiet

if TYPE_CHECKING:
    from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
    from frontoffice.services.agenda import Agendadiensten

_NOG_BEZIG = "nog_bezig"
_NIEMAND = "Er wacht nu niemand die deze balie kan helpen."


def run_avond(vraag: Avondvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer `kif avond …` uit en geef de uitgangscode."""
    pad = profielpad(opties.profiel)
    profiel = None if pad is None else load_profiel(pad)
    if vraag.deel not in KIJKT:
        check_eigen_account(profiel)
    demo = profiel is None or profiel.gemeente.demo
    naam = _read_naam(vraag, demo=demo)
    klok = SysteemKlok(profiel.gemeente.vandaag if profiel else None)
    geheimen = None if profiel is None else choose_geheimen(profiel)
    agenda = open_agenda(profiel, geheimen, data_dir, klok, vraag.database)
    with ExitStack() as sluiten:
        sluiten.callback(agenda.close)
        if profiel is not None and vraag.deel == "finish":
            opslag = load_opslag(pad, data_dir, klok)
            sluiten.callback(opslag.close)
            listen_klaar(agenda, profiel, lambda: opslag.winkel, Bekenden(klok), klok)
        return _Opdracht(vraag, naam, agenda, uitvoer).run()


class _Opdracht:
    """Eén opdracht op een geopende agenda."""

    def __init__(self, vraag: Avondvraag, naam: str, agenda: Agendadiensten, uitvoer: Uitvoer) -> None:
        self._vraag = vraag
        self._naam = naam
        self._agenda = agenda
        self._dienst = agenda.vanavond
        self._uitvoer = uitvoer
        self._verzoek = vraag.verzoek or str(uuid.uuid4())

    def run(self) -> int:
        opdrachten = {
            "status": self._status,
            "report": lambda: run_verslag(self._agenda, self._vraag.datum, self._uitvoer),
            "arrive": self._arrive,
            "call": self._call,
        }
        try:
            return opdrachten.get(self._vraag.deel, self._change)()
        except IemandWasEerder as fout:  # er is niets veranderd, en zo nog eens helpt niet
            self._uitvoer.melding(fout.uitleg)
            self._uitvoer.document({"fout": fout_document(fout)})
            return GEWEIGERD

    # --- kijken --------------------------------------------------------------------------------------------

    def _status(self) -> int:
        stand = self._dienst.load_stand(self._vraag.datum)
        if stand is None:
            self._uitvoer.document({"datum": None, "rijen": []})
            self._uitvoer.regel("Er is dan geen avond." if self._vraag.datum else "Er is vandaag geen avond.")
            return KLAAR
        wacht = _find_wacht(stand)
        self._uitvoer.document(
            {
                "datum": stand.datum.isoformat(),
                "stand": stand.avond.toestand.value,
                "rijen": [_rij(bezoek, wacht) for bezoek in stand.bezoeken],
            }
        )
        for bezoek in stand.bezoeken:
            minuten = wacht.get(bezoek.id)
            nog = "" if minuten is None else f"wacht nog {minuten} min"
            self._uitvoer.regel(
                f"{bezoek.volgnummer or '—':5} {bezoek.toestand.value:14} {_balie(bezoek):10} {nog}".rstrip()
            )
        if not stand.bezoeken:
            self._uitvoer.regel("Er staat niemand op de lijst van deze avond.")
        return KLAAR

    def _load(self) -> Avondstand:
        stand = self._dienst.load_stand()
        if stand is None:
            raise Geweigerd(
                "Er is vandaag geen avond. Kijk in de agenda wanneer er een is.", code="geen_avond"
            )
        return stand

    def _find(self, stand: Avondstand) -> Bezoek:
        """Wie dit volgnummer, nummer of deze code heeft. Raises BestaatNiet."""
        wie = self._vraag.wie.strip().upper()
        for bezoek in stand.bezoeken:
            if wie in (bezoek.volgnummer.upper(), bezoek.nummer.upper()) and wie:
                return bezoek
        dag = stand.datum
        for afspraak in self._agenda.opslag.find_afspraken(zoek=wie, datum_van=dag, datum_tot=dag):
            gevonden = stand.find(afspraak.id)
            if afspraak.code == wie and gevonden is not None:
                return gevonden
        raise BestaatNiet("Dit nummer is er vanavond niet. Kijk het nummer of de code na.")

    # --- stappen -------------------------------------------------------------------------------------------

    def _arrive(self) -> int:
        if self._vraag.inloop is not None:
            return self._walk_in(Wens((self._vraag.inloop,), kanaal=self._agenda.kanaal))
        bezoek = self._find(self._load())
        return self._show(self._dienst.arrive(bezoek.id, verzoek_id=self._verzoek))

    def _walk_in(self, wens: Wens) -> int:
        """Zegt ook hoe lang het nog duurt, of waarom het niet kan en hoe lang het dan zou duren."""
        try:
            bezoek = self._dienst.walk_in(wens, self._naam, verzoek_id=self._verzoek)
        except PastNiet as fout:
            self._uitvoer.melding(fout.uitleg)
            self._uitvoer.document(
                {
                    "volgnummer": None,
                    "wacht_min": fout.wacht,
                    "waarom": fout.waarom,
                    "fout": fout_document(fout),
                }
            )
            return GEWEIGERD
        wacht = _find_wacht(self._load()).get(bezoek.id)
        self._uitvoer.document({"volgnummer": bezoek.volgnummer, "wacht_min": wacht})
        nog = "" if wacht is None else f"wachten {wachtwoorden(wacht)}"
        self._uitvoer.regel(f"{bezoek.volgnummer}  {bezoek.toestand.value}  {nog}".rstrip())
        return KLAAR

    def _call(self) -> int:
        balie = _find_balie(self._load(), self._vraag.balie)
        try:
            bezoek = self._dienst.call_next(balie, verzoek_id=self._verzoek)
        except Geweigerd as fout:
            if fout.code != _NOG_BEZIG:
                raise
            return self._show_niemand(fout.uitleg)
        return self._show_niemand(_NIEMAND) if bezoek is None else self._show(bezoek)

    def _change(self) -> int:
        stand = self._load()
        balie, bezoek = _find_balie(stand, self._vraag.balie), self._find(stand)
        match self._vraag.deel:
            case "park":
                return self._show(self._dienst.park(bezoek.id, verzoek_id=self._verzoek, balie=balie))
            case "finish":
                return self._show(self._dienst.finish(bezoek.id, verzoek_id=self._verzoek, balie=balie))
            case _:
                return self._show(self._dienst.no_show(bezoek.id, verzoek_id=self._verzoek, balie=balie))

    def _show(self, bezoek: Bezoek) -> int:
        self._uitvoer.document({"volgnummer": bezoek.volgnummer})
        self._uitvoer.regel(f"{bezoek.volgnummer}  {bezoek.toestand.value}  {_balie(bezoek)}".rstrip())
        return KLAAR

    def _show_niemand(self, zin: str) -> int:
        self._uitvoer.document({"volgnummer": None})
        self._uitvoer.melding(zin)
        return GEWEIGERD


def _read_naam(vraag: Avondvraag, *, demo: bool) -> str:
    """De naam van wie zonder afspraak komt, van de opdrachtregel of de invoer. Raises InvoerFout."""
    if vraag.naam == "-":
        return read_invoer()
    if vraag.naam and not demo:
        raise InvoerFout(
            "Zet een naam niet op de opdrachtregel: andere programma's kunnen die lezen. "
            "Gebruik --naam - en schrijf de naam naar de invoer.",
            code="vraag_op_opdrachtregel",
        )
    return vraag.naam


def _find_balie(stand: Avondstand, tekst: str) -> str:
    """Het id van de balie die zo heet. Raises InvoerFout."""
    namen = {plek.balie: stand.balienamen.get(plek.balie, "") for plek in stand.avond.plekken}
    namen |= dict(stand.balienamen)
    zoek = tekst.casefold()
    for id_, naam in namen.items():
        if zoek in (id_.casefold(), naam.casefold()):
            return id_
    raise InvoerFout("Deze balie is er vanavond niet. Kijk de naam na met kif avond status.", code="balie")


def _find_wacht(stand: Avondstand) -> dict[str, int]:
    """Per wachtende (id) hoeveel minuten het naar verwachting nog duurt."""
    wachtend = {b.id for b in stand.bezoeken if b.toestand is Toestand.AANGEMELD}
    if not wachtend:
        return {}
    return {id_: v.wacht_min for id_, v in predict(stand).per_bezoek.items() if id_ in wachtend}


def _rij(bezoek: Bezoek, wacht: dict[str, int]) -> dict[str, object]:
    return {
        "volgnummer": bezoek.volgnummer,
        "toestand": bezoek.toestand.value,
        "balie": _balie(bezoek),
        "wacht_min": wacht.get(bezoek.id),
    }


def _balie(bezoek: Bezoek) -> str:
    """Waar iemand is of was; wie nog nergens is, heeft er geen."""
    return bezoek.balie
