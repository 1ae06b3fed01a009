"""Het verloop van de avond op deze werkplek: volgen wat anderen doen, stappen zetten, en terug kunnen.

Kent geen widgets. Alles gaat via de achtergrond; een stap heeft één verzoek-id tot er een uitkomst is, dus
twee keer klikken is één keer doen. Wat mislukt, verandert niets op het scherm.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.wens import Wens
from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.ports import Stop
from frontoffice.services.avondnakijken import Keuze
from ui.achtergrond import Achtergrond
from ui.afspraak.verzoeken import Verzoeken
from ui.afspraak.vragen import Vragen
from ui.vanavond.dienst import Avonddienst, Bronnen, GeenAvond, Opname, Opnemer
from ui.vanavond.lijn import Lijnkijker, Lijnstand
from ui.vanavond.vervolg import Boeking

T = TypeVar("T")
KIJK_MS = 1_000
"""Met de vraag aan de agenda erbij ziet een collega een stap zo binnen twee seconden."""
TIK_MS = 250
WAARSCHUWING = "zonder_verbinding"
"""De code van een stap die nog niet is gezet omdat iemand eerst iets moet weten."""


@dataclass(frozen=True)
class Gedaan:
    """Een stap die is gezet. `zin` zonder naam; `waar` zegt welk vak haar vroeg."""

    zin: str
    waar: str
    verzoek_id: str
    bezoek: Bezoek | None = None
    boeking: Boeking | None = None


@dataclass(frozen=True)
class Mislukt:
    """Een stap die niet doorging; er is niets veranderd."""

    fout: KifFout
    waar: str


class Avondverloop(QObject):
    """Signalen komen op de draad van het scherm.

    `opgenomen` (Opname of GeenAvond), `mislukt` (Mislukt, een stap), `niet_geladen` (zin, leeg = weer goed),
    `gedaan` (Gedaan), `ongedaan` (tekst van wat terug kan, seconden; 0 = niets meer), `bezig` (bool),
    `gevonden` (zoektekst, tuple[Bezoek]), `namen` (Mapping id → naam; leeg = weer weg) met `namen_over`
    (seconden), `lijn` (Lijnstand).
    """

    opgenomen = Signal(object)
    mislukt = Signal(object)
    niet_geladen = Signal(str)
    gedaan = Signal(object)
    ongedaan = Signal(str, int)
    bezig = Signal(bool)
    gevonden = Signal(str, object)
    namen = Signal(object)
    namen_over = Signal(int)
    lijn = Signal(object)

    def __init__(
        self,
        bronnen: Bronnen,
        achtergrond: Achtergrond,
        parent: QObject | None = None,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._bronnen, self._achtergrond, self._klok = bronnen, achtergrond, klok
        self._vragen = Vragen(achtergrond)
        self._verzoeken = Verzoeken()
        self._opnemer = _Lui(bronnen)
        self._einde = Stop()
        self._onderweg: set[Hashable] = set()
        self._nog_eens = False
        self.balie = ""
        self.opname: Opname | None = None
        self._stap: tuple[Gedaan, float] | None = None
        self._namen_tot: float | None = None
        self._lijnstand = Lijnstand()
        self._kijk = QTimer(self)
        self._kijk.setInterval(KIJK_MS)
        self._kijk.timeout.connect(self.look)
        self._tik = QTimer(self)
        self._tik.setInterval(TIK_MS)
        self._tik.timeout.connect(self.count)

    # --- volgen --------------------------------------------------------------------------------------------

    def set_zichtbaar(self, zichtbaar: bool) -> None:
        """Alleen wie kijkt, volgt wat er gebeurt; wie weggaat, ziet geen namen meer."""
        if zichtbaar:
            self._kijk.start()
            self.look()
        else:
            self._kijk.stop()
            self.hide_namen()

    def set_balie(self, balie: str) -> None:
        self.balie = balie
        self.look()

    def look(self) -> None:
        """Neem op wat er nu is. Hooguit één tegelijk; vraagt er intussen iemand, dan komt er nog een."""
        if self._vragen.is_onderweg("opname"):
            self._nog_eens = True
            return
        opnemer, balie = self._opnemer, self.balie

        def klaar(uitkomst: tuple[Opname | GeenAvond, Lijnstand]) -> None:
            opname, lijn = uitkomst
            if balie == self.balie:
                self._show(opname, lijn)
            self._look_again()

        def mislukt(fout: KifFout) -> None:
            self.niet_geladen.emit(fout.uitleg)
            self._look_again()

        self._vragen.ask("opname", lambda _: opnemer.load(balie), klaar, mislukt)

    def _look_again(self) -> None:
        if self._nog_eens:
            self._nog_eens = False
            self.look()

    def _show(self, opname: Opname | GeenAvond, lijn: Lijnstand) -> None:
        self.niet_geladen.emit("")
        if lijn != self._lijnstand:
            self._lijnstand = lijn
            self.lijn.emit(lijn)
        self.opname = opname if isinstance(opname, Opname) else None
        self.opgenomen.emit(opname)

    def close(self) -> None:
        self._kijk.stop()
        self._tik.stop()
        self._einde.set()
        self._vragen.cancel_alles()

    @property
    def stand(self) -> Avondstand | None:
        """De stand waar het scherm nu op staat."""
        return self.opname.stand if self.opname is not None else None

    # --- stappen -------------------------------------------------------------------------------------------

    @property
    def is_bezig(self) -> bool:
        """Is er een stap onderweg die nog geen uitkomst heeft?"""
        return bool(self._onderweg)

    def open_avond(self) -> None:
        self._do("open", "avond", "De avond is open.", lambda d, v: _niets(d.open_avond(verzoek_id=v)))

    def arrive(self, id_: str, volgnummer: str, waar: str) -> None:
        zin = f"{volgnummer or 'Bezoeker'} is aangemeld."
        self._do(("aangemeld", id_), waar, zin, lambda d, v: d.arrive(id_, verzoek_id=v))

    def call_next(self) -> None:
        balie = self.balie
        if balie:
            self._do(
                ("oproepen", balie), "balie", "is opgeroepen.", lambda d, v: d.call_next(balie, verzoek_id=v)
            )

    def call(self, id_: str, waar: str, *, toch: bool = False) -> None:
        """Deze persoon. Zonder verbinding eerst (tot `toch`) dat een ander hem ook kan oproepen."""
        balie = self.balie

        def werk(dienst: Avonddienst, verzoek: str) -> Bezoek:
            zin = "" if toch else dienst.waarschuwing(id_, balie)
            if zin:
                raise Geweigerd(f"{zin} Kies dan nog een keer Oproepen.", code=WAARSCHUWING)
            return dienst.call(id_, balie, verzoek_id=verzoek)

        self._do(("oproepen", balie), waar, "is opgeroepen.", werk)

    def recall(self, id_: str, waar: str) -> None:
        self._do(
            ("opnieuw", id_), waar, "is nog een keer opgeroepen.", lambda d, v: d.recall(id_, verzoek_id=v)
        )

    def start(self, id_: str) -> None:
        self._do(("start", id_), "balie", "is aan de balie.", lambda d, v: d.start(id_, verzoek_id=v))

    def park(self, id_: str, reden: str) -> None:
        self._do(("apart", id_), "balie", "zit even apart.", lambda d, v: d.park(id_, reden, verzoek_id=v))

    def resume(self, id_: str, waar: str) -> None:
        balie = self.balie
        self._do(
            ("oproepen", balie), waar, "gaat weer verder.", lambda d, v: d.resume(id_, balie, verzoek_id=v)
        )

    def finish(self, id_: str, uitkomsten: Sequence[Uitkomst], boeking: Boeking | None = None) -> None:
        """`boeking`: wat erop volgt wordt eerst geboekt, en bij Ongedaan maken weer afgezegd."""
        lijst = tuple(uitkomsten)

        def werk(dienst: Avonddienst, verzoek: str) -> Bezoek:
            vervolg = boeking.book(verzoek) if boeking is not None else ""
            return dienst.finish(id_, lijst, verzoek_id=verzoek, vervolg=vervolg)

        zin = "is klaar. Ophalen is geboekt." if boeking is not None else "is klaar."
        self._do(("klaar", id_), "balie", zin, werk, boeking)

    def no_show(self, id_: str, waar: str) -> None:
        self._do(("weg", id_), waar, "is niet gekomen.", lambda d, v: d.no_show(id_, verzoek_id=v))

    def put_back(self, id_: str, waar: str) -> None:
        self._do(("terugrij", id_), waar, "staat weer in de rij.", lambda d, v: d.put_back(id_, verzoek_id=v))

    def resolve(self, punt_id: str, keuze: Keuze) -> None:
        """Wat de avondleiding bij Nakijken koos."""

        def werk(dienst: Avonddienst, verzoek: str) -> None:
            dienst.resolve(punt_id, keuze, verzoek_id=verzoek)

        self._do(("nakijken", punt_id), "nakijken", "Dat is nagekeken.", werk)

    def come_after_all(self, id_: str, waar: str) -> None:
        self._do(
            ("toch", id_), waar, "is toch gekomen en wacht.", lambda d, v: d.come_after_all(id_, verzoek_id=v)
        )

    def set_voorrang(self, id_: str, voorrang: bool, waar: str) -> None:
        zin = "heeft voorrang." if voorrang else "heeft geen voorrang meer."
        self._do(("voorrang", id_), waar, zin, lambda d, v: d.set_voorrang(id_, voorrang, verzoek_id=v))

    def set_notitie(self, id_: str, notitie: str, waar: str) -> None:
        self._do(
            ("notitie", id_, notitie),
            waar,
            "heeft een notitie.",
            lambda d, v: d.set_notitie(id_, notitie, verzoek_id=v),
        )

    def walk_in(self, wens: Wens, naam: str, voorrang: bool) -> None:
        """Iemand zonder afspraak. Raakt `mislukt` met PastNiet als het een afspraak zou schaden."""
        self._do(
            ("zonder", wens, naam, voorrang),
            "zonder",
            "is aangemeld zonder afspraak.",
            lambda d, v: d.walk_in(wens, naam, verzoek_id=v, voorrang=voorrang),
        )

    def refuse(self, wens: Wens, waarom: str) -> None:
        """Iemand zonder afspraak kon niet terecht: dat telt mee in het verslag."""
        self._do(
            ("geweigerd", wens),
            "zonder",
            "Genoteerd: iemand zonder afspraak kon niet terecht.",
            lambda d, v: d.refuse(wens, waarom, verzoek_id=v),
        )

    def undo(self) -> None:
        """Draai de laatste eigen stap terug, zolang dat mag."""
        if self._stap is None:
            return
        gedaan, _ = self._stap
        stap, boeking = gedaan.verzoek_id, gedaan.boeking

        def werk(dienst: Avonddienst, verzoek: str) -> Bezoek:
            bezoek = dienst.undo(stap, verzoek_id=verzoek)
            if boeking is not None:
                boeking.cancel(stap)
            return bezoek

        zin = "staat weer zoals het was. Ophalen is afgezegd." if boeking else "staat weer zoals het was."
        self._do(("terug", stap), gedaan.waar, zin, werk)

    def _do(
        self,
        bedoeling: Hashable,
        waar: str,
        zin: str,
        werk: Callable[[Avonddienst, str], Bezoek | None],
        boeking: Boeking | None = None,
    ) -> None:
        """Zet een stap. Is dezelfde nog onderweg, dan gebeurt er niets."""
        if bedoeling in self._onderweg:
            return
        self._onderweg.add(bedoeling)
        self.bezig.emit(True)
        verzoek, bronnen = self._verzoeken.id_van(bedoeling), self._bronnen
        terug = isinstance(bedoeling, tuple) and bedoeling[0] == "terug"

        def klaar(bezoek: Bezoek | None) -> None:
            self._verzoeken.finish(bedoeling)
            self._finish(bedoeling)
            hele_zin = zin if zin[:1].isupper() else f"{bezoek.volgnummer if bezoek else ''} {zin}"
            if bedoeling == ("oproepen", self.balie) and bezoek is None:
                hele_zin = "Er wacht niemand die u nu kunt helpen."
            gedaan = Gedaan(hele_zin, waar, verzoek, bezoek, boeking)
            if terug or bezoek is not None:  # wat over niemand gaat, laat Ongedaan maken zoals het was
                self._note_stap(None if terug else gedaan)
            self.gedaan.emit(gedaan)
            self.look()

        def mislukt(fout: KifFout) -> None:
            self._verzoeken.note_fout(bedoeling, fout)
            self._finish(bedoeling)
            self.mislukt.emit(Mislukt(fout, waar))
            self.look()

        self._achtergrond.start(lambda _: werk(bronnen()[0], verzoek), klaar, mislukt, self._einde)

    def _finish(self, bedoeling: Hashable) -> None:
        self._onderweg.discard(bedoeling)
        self.bezig.emit(self.is_bezig)

    # --- terug kunnen --------------------------------------------------------------------------------------

    def _note_stap(self, gedaan: Gedaan | None) -> None:
        seconden = self.opname.stand.regels.ongedaan_seconden if self.opname is not None else 60
        self._stap = (gedaan, self._klok() + seconden) if gedaan is not None else None
        self._tik.start()
        self.count()

    def count(self) -> None:
        """Hoe lang er nog terug kan, en hoe lang de namen er nog staan."""
        nu = self._klok()
        if self._stap is not None:
            over = self._stap[1] - nu
            if over <= 0:
                self._stap = None
        self.ongedaan.emit(
            self._stap[0].zin if self._stap else "", _naar_boven(self._stap[1] - nu) if self._stap else 0
        )
        if self._namen_tot is not None:
            if nu >= self._namen_tot:
                self.hide_namen()
            else:
                self.namen_over.emit(_naar_boven(self._namen_tot - nu))
        if self._stap is None and self._namen_tot is None:
            self._tik.stop()

    # --- namen en zoeken -----------------------------------------------------------------------------------

    def show_namen(self) -> None:
        """Namen op het bord, voor de tijd die de inrichting noemt."""
        seconden = self.opname.stand.regels.namen_seconden if self.opname is not None else 60

        def klaar(namen: Mapping[str, str]) -> None:
            self._namen_tot = self._klok() + seconden
            self.namen.emit(namen)
            self._tik.start()
            self.count()

        self._ask("namen", "namen", lambda d: d.load_alle_namen(), klaar)

    def hide_namen(self) -> None:
        self._vragen.cancel("namen")
        if self._namen_tot is not None:
            self._namen_tot = None
            self.namen.emit({})
            self.namen_over.emit(0)

    @property
    def toont_namen(self) -> bool:
        return self._namen_tot is not None

    def search(self, tekst: str) -> None:
        """Zoek op naam, nummer of code; een later antwoord op een oude tekst valt weg."""
        self._ask(
            "zoeken", "zoeken", lambda d: d.find(tekst), lambda treffers: self.gevonden.emit(tekst, treffers)
        )

    def cancel_search(self) -> None:
        self._vragen.cancel("zoeken")

    def _ask(
        self, soort: str, waar: str, werk: Callable[[Avonddienst], T], klaar: Callable[[T], None]
    ) -> None:
        bronnen = self._bronnen
        self._vragen.ask(
            soort, lambda _: werk(bronnen()[0]), klaar, lambda fout: self.mislukt.emit(Mislukt(fout, waar))
        )


class _Lui:
    """Maakt de opnemer pas op de achtergrond: dan gaat de agenda open, en dat kan even duren."""

    def __init__(self, bronnen: Bronnen) -> None:
        self._bronnen = bronnen
        self._opnemer: Opnemer | None = None
        self._lijn = Lijnkijker()

    def load(self, balie: str) -> tuple[Opname | GeenAvond, Lijnstand]:
        dienst, beelden = self._bronnen()
        if self._opnemer is None:
            self._opnemer = Opnemer(dienst, beelden)
        opname = self._opnemer.load(balie)
        bezoeken = opname.stand.bezoeken if isinstance(opname, Opname) else ()
        return opname, self._lijn.look(dienst, bezoeken)


def _niets(_: object) -> None:
    """De avond openen gaat over niemand in het bijzonder."""


def _naar_boven(seconden: float) -> int:
    return max(0, -int(-seconden // 1))


def op_moment(moment: datetime | None) -> str:
    """ "18.07.14 uur", voor de voet."""
    from frontoffice.domain.taal import lokaal

    if moment is None:
        return ""
    hier = lokaal(moment)
    return f"{hier.hour}.{hier.minute:02d}.{hier.second:02d} uur"
