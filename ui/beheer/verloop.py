"""Het verloop van het beheer: laden, voorrekenen, bewaren, ongedaan maken, verzetten.

Kent geen widgets. Elke vraag gaat via de achtergrond; een laat antwoord op een oude vraag valt weg.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.keuring import Planfout
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.avonden import GevolgenAnders
from frontoffice.services.externdienst import Inleesplan
from frontoffice.services.inrichten import Wijziging, apply_wijzigingen
from ui.achtergrond import Achtergrond
from ui.afspraak.verzoeken import Verzoeken
from ui.beheer import dienst
from ui.beheer.dienst import Agenda, Basis, Beheerbeeld, Botsing, Bron, Voorstel
from ui.beheer.inleesdienst import Inleesbeeld, Inleesvraag, preview
from ui.beheer.roosterbestand import Ingelezen, load_rooster, save_rooster
from ui.beheer.wijzigingen import Wijzigingsregel, Zoekfilter, load_wijzigingen, save_wijzigingen

T = TypeVar("T")
KIJK_MS = 2_000
NOG_EENS = "Er is intussen iets gewijzigd. Kijk de gevolgen nog een keer na."


class Beheerverloop(QObject):
    """Signalen komen op de draad van het scherm.

    `beeld` (Beheerbeeld), `bijgewerkt` (Beheerbeeld, vanzelf), `avond` (Avonddetail), `lijst` (Lijst),
    `voorstel` (Voorstel, om na te kijken), `afgekeurd` (Voorstel met fouten), `bewaard` (Voorstel),
    `botsing` (Botsing), `geschiedenis` (Geschiedenis), `wijzigingen` (Wijzigingenlijst),
    `verzet` en `teruggezet` (oude en nieuwe Afspraak), `bezet` (TijdBezet), `avond_gezet` (date,
    AvondToestand), `mislukt` (wat, KifFout), `bezig` (wat).
    """

    beeld = Signal(object)
    bijgewerkt = Signal(object)
    avond = Signal(object)
    lijst = Signal(object)
    voorstel = Signal(object)
    afgekeurd = Signal(object)
    bewaard = Signal(object)
    botsing = Signal(object)
    geschiedenis = Signal(object)
    wijzigingen = Signal(object)
    verzet = Signal(object, object)
    teruggezet = Signal(object, object)
    bezet = Signal(object)
    avond_gezet = Signal(object, object)
    mislukt = Signal(str, object)
    bezig = Signal(str)

    def __init__(self, bron: Bron, achtergrond: Achtergrond, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bron, self._achtergrond = bron, achtergrond
        self._verzoeken = Verzoeken()
        self._stoppen: dict[str, Stop] = {}
        self._van: date | None = None
        self.note: Callable[[str], None] = lambda _: None
        """Legt op een andere draad vast wat het programma uit gaat; lukt dat niet, dan gebeurt het niet."""
        self.huidig: Beheerbeeld | None = None
        self.terug: Voorstel | None = None
        self._kijk = QTimer(self)
        self._kijk.setInterval(KIJK_MS)
        self._kijk.timeout.connect(self._look)

    # --- kijken ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Het scherm is te zien: laad, en volg wat collega's doen."""
        self.load(self._van)
        self._kijk.start()

    def stop(self) -> None:
        """Het scherm is weg: wat nog loopt om te kijken, mag vervallen. Wat wordt bewaard, gaat door."""
        self._kijk.stop()
        for wat in ("beeld", "kijken", "avond", "lijst", "geschiedenis", "wijzigingen"):
            self._cancel(wat)

    def close(self) -> None:
        self.stop()
        for wat in list(self._stoppen):
            self._cancel(wat)

    def load(self, van: date | None) -> None:
        """Toon dertien weken vanaf deze dag; None = vanaf vandaag."""
        self._van = van
        self._cancel("kijken")
        self._ask("beeld", lambda agenda: dienst.load_beeld(agenda, van), self._receive_beeld)

    def load_avond(self, datum: date) -> None:
        self._ask("avond", lambda agenda: dienst.load_avond(agenda, datum), self.avond.emit)

    def load_lijst(self) -> None:
        self._ask("lijst", dienst.load_lijst, self.lijst.emit)

    def load_geschiedenis(self, titel: str, soort: str, id_: str) -> None:
        self._ask(
            "geschiedenis",
            lambda agenda: dienst.load_geschiedenis(agenda, titel, soort, id_),
            self.geschiedenis.emit,
        )

    def load_avondgeschiedenis(self, titel: str, datum: date) -> None:
        self._ask(
            "geschiedenis",
            lambda agenda: dienst.load_avondgeschiedenis(agenda, titel, datum),
            self.geschiedenis.emit,
        )

    def load_wijzigingen(self, filter_: Zoekfilter, eerder: tuple[Wijzigingsregel, ...] = ()) -> None:
        """Wie wat veranderde: de nieuwste, of met `eerder` wat daarvoor kwam erbij."""
        self._ask(
            "wijzigingen",
            lambda agenda: load_wijzigingen(agenda, filter_, eerder),
            self.wijzigingen.emit,
        )

    def write_wijzigingen(self, filter_: Zoekfilter, pad: Path, klaar: Callable[[str], None]) -> None:
        note = self.note

        def write(agenda: Agenda) -> str:
            note("wijzigingen_bewaard")
            return save_wijzigingen(agenda, filter_, pad)

        self._ask("wijzigingen", write, klaar)

    # --- wijzigen ----------------------------------------------------------------------------------------

    def propose(
        self,
        basis: Basis,
        kop: str,
        wijzigingen: Sequence[Wijziging],
        reden: str = "",
        fouten: tuple[Planfout, ...] = (),
    ) -> None:
        """Reken voor wat dit doet: `voorstel`, of `afgekeurd` met alles wat niet klopt, of `botsing`."""
        lijst = tuple(wijzigingen)
        self._ask(
            "voorstel",
            lambda agenda: dienst.preview(agenda, basis, kop, lijst, reden, fouten),
            self._receive_voorstel,
        )

    def propose_sluiting(self, datum: date, kop: str, reden: str) -> None:
        def werk(agenda: Agenda) -> Voorstel:
            wijzigingen = agenda.avonden.make_sluiting(datum, reden)
            return dienst.preview(agenda, _now(agenda), kop, wijzigingen, reden)

        self._ask("voorstel", werk, self._receive_voorstel)

    def propose_heropening(self, datum: date, kop: str) -> None:
        def werk(agenda: Agenda) -> Voorstel:
            return dienst.preview(agenda, _now(agenda), kop, agenda.avonden.make_heropening(datum))

        self._ask("voorstel", werk, self._receive_voorstel)

    def propose_kopie(self, van: date, naar: Sequence[date], kop: str) -> None:
        def werk(agenda: Agenda) -> Voorstel:
            return dienst.preview(agenda, _now(agenda), kop, agenda.avonden.make_rooster_kopie(van, naar))

        self._ask("voorstel", werk, self._receive_voorstel)

    def save(self, voorstel: Voorstel) -> None:
        """Leg vast wat is nagekeken. Nog een keer na een storing is hetzelfde verzoek."""
        if self.is_bezig("bewaren"):
            return
        bedoeling = ("bewaren", repr(voorstel.gevolgen.wijzigingen))
        id_ = self._verzoeken.id_van(bedoeling)

        def klaar(gedaan: Voorstel) -> None:
            self._verzoeken.finish(bedoeling)
            self.terug = gedaan
            self.bewaard.emit(gedaan)
            self.load(self._van)

        def mislukt(fout: KifFout) -> None:
            self._verzoeken.note_fout(bedoeling, fout)
            if isinstance(fout, GevolgenAnders):
                self._again(voorstel)
            elif isinstance(fout, Botsing):
                self.botsing.emit(fout)
            else:
                self.mislukt.emit("bewaren", fout)

        self._ask("bewaren", lambda agenda: dienst.save(agenda, voorstel, id_), klaar, mislukt)

    def undo(self) -> None:
        """Draai de laatste wijziging terug; ook dat laat eerst zien wat het doet."""
        if self.terug is not None:
            gedaan = self.terug
            self._ask(
                "voorstel",
                lambda agenda: dienst.preview(
                    agenda, _after(gedaan), f"Ongedaan maken: {gedaan.kop}", gedaan.terug, gedaan.reden
                ),
                self._receive_voorstel,
            )

    def set_avond(self, datum: date, van: AvondToestand, naar: AvondToestand) -> None:
        """Open of dicht voor nieuwe afspraken; aan bestaande verandert niets."""
        if self.is_bezig("avond zetten"):
            return
        bedoeling = ("avond", datum, naar)
        id_ = self._verzoeken.id_van(bedoeling)

        def klaar(toestand: AvondToestand) -> None:
            self._verzoeken.finish(bedoeling)
            self.avond_gezet.emit(datum, toestand)
            self.load(self._van)

        self._ask(
            "avond zetten",
            lambda agenda: dienst.set_avond(agenda, datum, van, naar, id_),
            klaar,
            lambda fout: self._fail("avond zetten", bedoeling, fout),
        )

    def move(self, afspraak: Afspraak, start: VrijeStart, reden: str) -> None:
        """Verzet één afspraak naar een voorstel. De oude tijd gaat pas weg als de nieuwe er is."""
        if self.is_bezig("verzetten"):
            return
        bedoeling = ("verzetten", afspraak.id, start.begin)
        id_ = self._verzoeken.id_van(bedoeling)

        def klaar(nieuw: Afspraak) -> None:
            self._verzoeken.finish(bedoeling)
            self.verzet.emit(afspraak, nieuw)
            self.load(self._van)

        def mislukt(fout: KifFout) -> None:
            if isinstance(fout, TijdBezet):
                self._verzoeken.finish(bedoeling)
                self.bezet.emit(fout)
            else:
                self._fail("verzetten", bedoeling, fout)

        self._ask(
            "verzetten",
            lambda agenda: agenda.afspraken.move(afspraak.id, start.begin, verzoek_id=id_, reden=reden),
            klaar,
            mislukt,
        )

    def move_back(self, oud: Afspraak, nieuw: Afspraak) -> None:
        """Maak een verzetting ongedaan. Kan de oude tijd niet meer, dan blijft de nieuwe staan."""
        if self.is_bezig("terugzetten"):
            return
        bedoeling = ("terugzetten", nieuw.id, nieuw.versie)
        id_ = self._verzoeken.id_van(bedoeling)

        def klaar(terug: Afspraak) -> None:
            self._verzoeken.finish(bedoeling)
            self.teruggezet.emit(oud, terug)
            self.load(self._van)

        self._ask(
            "terugzetten",
            lambda agenda: dienst.move_back(agenda, oud, nieuw, id_),
            klaar,
            lambda fout: self._fail("terugzetten", bedoeling, fout),
        )

    # --- web-afspraken -------------------------------------------------------------------------------------

    def preview_extern(
        self, vraag: Inleesvraag, klaar: Callable[[Inleesbeeld], None], mislukt: Callable[[KifFout], None]
    ) -> None:
        """Reken voor wat een lijst van een andere agenda doet."""
        vandaag = self.vandaag
        self._ask("inlezen", lambda agenda: preview(agenda, vraag, vandaag), klaar, mislukt)

    def save_extern(
        self,
        plan: Inleesplan,
        klaar: Callable[[Mapping[str, Any]], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        """Lees in wat is nagekeken. Nog een keer na een storing is hetzelfde verzoek."""
        if self.is_bezig("inlezen"):
            return
        bedoeling = ("inlezen", plan.afdruk, plan.keuze, hash(plan.bestand))
        id_ = self._verzoeken.id_van(bedoeling)

        def gedaan(verslag: Mapping[str, Any]) -> None:
            self._verzoeken.finish(bedoeling)
            klaar(verslag)
            self.load(self._van)

        def fout_af(fout: KifFout) -> None:
            self._verzoeken.note_fout(bedoeling, fout)
            mislukt(fout)

        self._ask("inlezen", lambda agenda: agenda.extern.apply(plan, verzoek_id=id_), gedaan, fout_af)

    # --- bestand -----------------------------------------------------------------------------------------

    def read_bestand(self, pad: Path, klaar: Callable[[Ingelezen], None]) -> None:
        """Lees een rooster in en reken voor wat het doet.

        `mislukt` met "bestand" als het niet te openen is.
        """
        self._ask("bestand", lambda agenda: load_rooster(agenda, pad), klaar)

    def write_bestand(self, pad: Path, vanaf: date, klaar: Callable[[str], None]) -> None:
        note = self.note

        def write(agenda: Agenda) -> str:
            note("rooster_bewaard")
            return save_rooster(agenda, pad, vanaf)

        self._ask("bestand", write, klaar)

    # --- intern ------------------------------------------------------------------------------------------

    def _ask(
        self,
        wat: str,
        werk: Callable[[Agenda], T],
        klaar: Callable[[T], None],
        mislukt: Callable[[KifFout], None] | None = None,
    ) -> None:
        """Eén lopende vraag per soort: een nieuwe maakt de vorige overbodig."""
        self._cancel(wat)
        stop = self._stoppen[wat] = Stop()
        bron = self._bron
        if wat not in ("beeld", "kijken", "avond"):
            self.bezig.emit(wat)

        def af(antwoord: T) -> None:
            self._end(wat, stop)
            klaar(antwoord)

        def fout_af(fout: KifFout) -> None:
            self._end(wat, stop)
            if isinstance(fout, Botsing) and mislukt is None:
                self.botsing.emit(fout)
            elif mislukt is not None:
                mislukt(fout)
            else:
                self.mislukt.emit(wat, fout)

        self._achtergrond.start(lambda _stop: werk(bron()), af, fout_af, stop)

    def _end(self, wat: str, stop: Stop) -> None:
        if self._stoppen.get(wat) is stop:
            del self._stoppen[wat]
        self.bezig.emit("")

    def _cancel(self, wat: str) -> None:
        stop = self._stoppen.pop(wat, None)
        if stop is not None:
            stop.set()

    def is_bezig(self, wat: str) -> bool:
        return wat in self._stoppen

    def _fail(self, wat: str, bedoeling: Hashable, fout: KifFout) -> None:
        self._verzoeken.note_fout(bedoeling, fout)
        self.mislukt.emit(wat, fout)

    def _receive_beeld(self, beeld: Beheerbeeld) -> None:
        self.huidig = beeld
        self.beeld.emit(beeld)

    def _receive_voorstel(self, voorstel: Voorstel) -> None:
        if voorstel.alle_fouten:
            self.afgekeurd.emit(voorstel)
        else:
            self.voorstel.emit(voorstel)

    def _again(self, voorstel: Voorstel) -> None:
        """Er is intussen geboekt: laat de nieuwe gevolgen zien, met de reden waarom opnieuw."""

        def klaar(nieuw: Voorstel) -> None:
            self._receive_voorstel(replace(nieuw, waarom_opnieuw=NOG_EENS))

        self._ask(
            "voorstel",
            lambda agenda: dienst.preview(
                agenda, voorstel.oud, voorstel.kop, voorstel.gevolgen.wijzigingen, voorstel.reden
            ),
            klaar,
        )

    def _look(self) -> None:
        oud = self.huidig
        if oud is None or self.is_bezig("beeld") or self.is_bezig("kijken"):
            return

        def klaar(nieuw: Beheerbeeld | None) -> None:
            if nieuw is not None:
                self.huidig = nieuw
                self.bijgewerkt.emit(nieuw)

        # Lukt kijken even niet, dan blijft staan wat er stond; wie iets doet, hoort het dan.
        self._ask(
            "kijken", lambda agenda: dienst.load_beeld_als_nieuw(agenda, oud), klaar, lambda _fout: None
        )

    @property
    def vandaag(self) -> date:
        return self.huidig.vandaag if self.huidig is not None else date.min

    @property
    def nu(self) -> datetime | None:
        return self.huidig.nu if self.huidig is not None else None


def _now(agenda: Agenda) -> Basis:
    inrichting, versie = agenda.opslag.load_inrichting()
    return Basis(inrichting, versie)


def _after(gedaan: Voorstel) -> Basis:
    """De inrichting zoals zij na deze wijziging was: is zij intussen anders, dan is dat een botsing."""
    nieuw = apply_wijzigingen(gedaan.oud.inrichting, gedaan.gevolgen.wijzigingen)
    return Basis(nieuw, gedaan.oud.versie + 1)
