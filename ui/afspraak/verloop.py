"""Het verloop van één boeking: vastzetten, bevestigen, en wat er bekend is als de verbinding wegvalt.

Kent geen widgets; zoeken doet de tijdzoeker. Elke vraag gaat via de achtergrond; een laat antwoord op een
oude vraag valt weg.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from datetime import date
from datetime import time as clock
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens
from frontoffice.agenda.voorstel import GeweigerdeStart, VrijeStart
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import Wachtende
from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.services.afspraakwaarden import (
    Afloop,
    Boekgegevens,
    EigenPlek,
    Startuitslag,
    TijdBezet,
    Vastgehouden,
)
from ui.achtergrond import Achtergrond
from ui.afspraak.bevestiging import Bevestiging
from ui.afspraak.dienst import Bron, Filters, Mogelijkheid, Zoekopdracht, load_afspraken, load_script
from ui.afspraak.gekozen import Dubbel, Fase, Vast, renew
from ui.afspraak.klant import Boekklant
from ui.afspraak.tijdzoeker import Tijdzoeker
from ui.afspraak.verzoeken import Verzoeken
from ui.afspraak.vragen import Vragen

T = TypeVar("T")
_KIJK_MS = 1_500
"""Met de vraag aan de agenda erbij ziet een collega een wijziging zo binnen twee seconden."""
_TIK_MS = 250
_NIET_GEDAAN = "Er is niets veranderd in de agenda. U kunt het gewoon nog een keer doen."


class Boekverloop(QObject):
    """Signalen komen op de draad van het scherm.

    `gewijzigd` (er is een andere fase of tijd), `tik` (seconden die nog over zijn), `mislukt` (wat, KifFout),
    `dubbel` (Dubbel), `bezet` (TijdBezet), `script` en `vervolg` (bij de gekozen tijd), `afspraken`
    (KlantAfspraken van de klant in beeld), `klaar` (tuple[Afspraak]),
    `wacht` (Wachtende: staat op de wachtlijst), `hervatten` (tuple[Vastgehouden] van voor een herstart).
    """

    gewijzigd = Signal()
    tik = Signal(int)
    mislukt = Signal(str, object)
    dubbel = Signal(object)
    bezet = Signal(object)
    script = Signal(object)
    vervolg = Signal(object)
    afspraken = Signal(object)
    klaar = Signal(object)
    wacht = Signal(object)
    hervatten = Signal(object)

    def __init__(
        self,
        bron: Bron,
        achtergrond: Achtergrond,
        parent: QObject | None = None,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._bron, self._achtergrond, self._klok = bron, achtergrond, klok
        self._verzoeken = Verzoeken()
        self._vragen = Vragen(achtergrond, self.mislukt.emit)
        self.zoeker = Tijdzoeker(bron, self._vragen, self)
        self._einde = Stop()
        self.fase = Fase.KIEZEN
        self.vast: Vast | None = None
        self.vervolg_vast: Vast | None = None
        self.verzet: Afspraak | None = None
        self.klant: Boekklant | None = None
        self.gemaakt: tuple[Afspraak, ...] = ()
        self._onbekend: tuple[Hashable, str] | None = None
        self._tik = QTimer(self)
        self._tik.setInterval(_TIK_MS)
        self._tik.timeout.connect(self._count)
        self._laatste_tik = -1
        self._kijk = QTimer(self)
        self._kijk.setInterval(_KIJK_MS)
        self._kijk.timeout.connect(self.look)

    # --- begin en eind --------------------------------------------------------------------------------------

    @property
    def is_bezig(self) -> bool:
        return self.fase in (Fase.VASTZETTEN, Fase.BEVESTIGEN)

    @property
    def houdt_vast(self) -> bool:
        """Staat er tijd vast die een ander nu niet kan krijgen?"""
        return self.fase is not Fase.KLAAR and any(
            vast is not None and (vast.seconden(self._klok()) or 0) > 0
            for vast in (self.vast, self.vervolg_vast)
        )

    @property
    def mag_verlengen(self) -> bool:
        """Mag wat vaststaat nog een keer zo lang?"""
        return self.vast is not None and self.vast.mag_verlengen

    def begin(self, klant: Boekklant | None, verzet: Afspraak | None = None) -> None:
        """Een nieuwe boeking, of het verzetten van een afspraak. Wat vastgehouden was, moet al los zijn."""
        self._vragen.cancel_alles()
        self._verzoeken = Verzoeken()
        self._onbekend = None
        self.klant, self.verzet = klant, verzet
        self.vast = self.vervolg_vast = None
        self.zoeker.clear()
        self.gemaakt = ()
        self._tik.stop()
        self._set_fase(Fase.KIEZEN)
        self.zoeker.load_inrichting()
        self._load_afspraken()

    def set_zichtbaar(self, zichtbaar: bool) -> None:
        """Alleen wie kijkt, volgt wat collega's doen."""
        if zichtbaar:
            self._kijk.start()
        else:
            self._kijk.stop()

    def close(self) -> None:
        """Het programma sluit: wat vastgehouden is, verloopt vanzelf."""
        self._einde.set()
        self._vragen.cancel_alles()
        self._tik.stop()
        self._kijk.stop()

    # --- zoeken ---------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Kijk of collega's iets veranderden; na het bevestigen is er niets meer te volgen."""
        if self.fase is not Fase.KLAAR:
            self.zoeker.look()

    def explain(self, wens: Wens, datum: date, klaar: Callable[[tuple[GeweigerdeStart, ...]], None]) -> None:
        """Waarom elke tijd van die avond niet kan."""
        self.zoeker.explain(wens, datum, self._zonder, klaar)

    def is_onderweg(self, soort: str) -> bool:
        """Is er een vraag van deze soort weg die nog geen antwoord heeft?"""
        return self._vragen.is_onderweg(soort)

    def opdracht(self, wensen: tuple[Wens, ...], filters: Filters) -> Zoekopdracht:
        return Zoekopdracht(wensen, filters, self._zonder)

    @property
    def _zonder(self) -> str:
        """Wat niet meetelt bij het zoeken: de afspraak die verzet wordt, anders wat wij zelf vasthouden."""
        if self.verzet is not None:
            return self.verzet.id
        return self.vast.ids[0] if self.vast is not None and len(self.vast.ids) == 1 else ""

    # --- vastzetten -----------------------------------------------------------------------------------------

    def choose(self, keuze: Mogelijkheid) -> None:
        """Zet deze tijd vast; wat al vaststond gaat in dezelfde beweging los. Twee keer is één keer."""
        if self.fase not in (Fase.KIEZEN, Fase.VAST):
            return
        if self.vast is not None and self.vast.mogelijkheid.sleutel == keuze.sleutel and self.houdt_vast:
            self.gewijzigd.emit()
            return
        oud = self.vast
        vervangt = oud.ids if oud else ()
        bedoeling = ("vast", keuze.sleutel, vervangt)
        verzoek, sinds, bron = self._verzoeken.id_van(bedoeling), self._klok(), self._bron
        verzet = self.verzet.id if self.verzet is not None else ""

        def hold(_: Stop) -> tuple[Vastgehouden, ...]:
            try:
                return bron().afspraken.hold_samen(
                    keuze.sleutel, verzoek_id=verzoek, vervangt=vervangt, afspraak=verzet
                )
            except EigenPlek:
                return ()

        self._drop_vervolg()
        self._set_fase(Fase.VASTZETTEN)
        self._write(bedoeling, hold, lambda houden: self._held(Vast(keuze, houden, sinds)))

    def extend(self) -> None:
        """Nog een keer zo lang."""
        vast = self.vast
        if vast is None or not vast.houden or self.fase is not Fase.VAST:
            return
        bron, sinds = self._bron, self._klok()
        ids = vast.ids + (self.vervolg_vast.ids if self.vervolg_vast else ())
        keer = vast.houden[0].verlengd
        verzoeken = {id_: self._verzoeken.id_van(("langer", id_, keer)) for id_ in ids}

        def extend(_: Stop) -> dict[str, Vastgehouden]:
            dienst = bron().afspraken
            return {id_: dienst.extend(id_, verzoek_id=verzoek) for id_, verzoek in verzoeken.items()}

        def show(nieuw: dict[str, Vastgehouden]) -> None:
            for id_ in nieuw:
                self._verzoeken.finish(("langer", id_, keer))
            self.vast = renew(self.vast, nieuw, sinds)
            self.vervolg_vast = renew(self.vervolg_vast, nieuw, sinds)
            self._laatste_tik = -1
            self._count()
            self.gewijzigd.emit()

        self._vragen.ask("verlengen", extend, show)

    def release(self) -> None:
        """Geef alles vrij wat vaststond en ga terug naar kiezen. Wacht niet op het antwoord."""
        if self.is_bezig or self.fase is Fase.ONBEKEND:
            return
        ids = [id_ for vast in (self.vast, self.vervolg_vast) if vast is not None for id_ in vast.ids]
        self.vast = self.vervolg_vast = None
        self._tik.stop()
        self._set_fase(Fase.KIEZEN)
        self._release_ids(ids)

    def look_back(self) -> None:
        """Houdt deze werkplek nog iets vast van voor een herstart? Zo ja, dan komt `hervatten`."""
        bron = self._bron

        def show(houden: tuple[Vastgehouden, ...]) -> None:
            geldig = tuple(h for h in houden if h.seconden > 0 and not h.reservering.afspraak)
            if geldig and self.vast is None and self.fase is Fase.KIEZEN:
                self.hervatten.emit(geldig)

        self._vragen.ask("terugkijken", lambda _: bron().afspraken.resume(), show, stil=True)

    def resume(self, houd: Vastgehouden) -> None:
        """Ga verder met wat nog vaststond."""
        if self.fase is not Fase.KIEZEN:
            return
        reservering = houd.reservering
        wens = Wens(
            tuple(Wensregel(regel.product, regel.personen) for regel in reservering.regels),
            kanaal=reservering.kanaal,
        )
        start = VrijeStart(reservering.begin, reservering.eind)
        self._held(Vast(Mogelijkheid(((wens, start),)), (houd,), self._klok()))

    def drop(self, houden: tuple[Vastgehouden, ...]) -> None:
        """Geef vrij wat niet wordt hervat."""
        self._release_ids([houd.reservering.id for houd in houden])

    # --- wat erbij hoort ------------------------------------------------------------------------------------

    def load_script(self, omstandigheden: Omstandigheden) -> None:
        """Wat mee te nemen, wie er komt en wat het kost op de gekozen dag."""
        vast = self.vast
        if vast is None:
            return
        bron = self._bron
        wens, begin = vast.hele_wens, vast.mogelijkheid.begin
        self._vragen.ask(
            "script", lambda _: load_script(bron(), wens, begin, omstandigheden), self.script.emit
        )

    def choose_vervolg(self, uitslag: Startuitslag, start: VrijeStart | None) -> None:
        """Boek het ophalen mee op deze tijd, of toch niet."""
        if start is None or self.fase is not Fase.VAST:
            self._drop_vervolg()
            self.gewijzigd.emit()
            return
        keuze = Mogelijkheid(((uitslag.wens, start),))
        vervangt = self.vervolg_vast.ids if self.vervolg_vast else ()
        bedoeling = ("vervolg", keuze.sleutel, vervangt)
        verzoek, bron, sinds = self._verzoeken.id_van(bedoeling), self._bron, self._klok()

        def show(houden: tuple[Vastgehouden, ...]) -> None:
            self._verzoeken.finish(bedoeling)
            self.vervolg_vast = Vast(keuze, tuple(houden), sinds)
            self.gewijzigd.emit()

        def fail(fout: KifFout) -> None:
            self._verzoeken.note_fout(bedoeling, fout)
            self.mislukt.emit("vervolg", fout)

        self._vragen.ask(
            "vervolg_vast",
            lambda _: bron().afspraken.hold_samen(keuze.sleutel, verzoek_id=verzoek, vervangt=vervangt),
            show,
            fail,
        )

    # --- bevestigen -----------------------------------------------------------------------------------------

    def confirm(self, gegevens: Boekgegevens, *, toch: bool = False, eigen: bool = False) -> None:
        """Maak of verzet de afspraak. `toch`: ook als er al een is. `eigen`: voor de klant in beeld."""
        vast = self.vast
        if vast is None or self.fase is not Fase.VAST:
            return
        nummer = self.klant.nummer if self.klant is not None and self.klant.bekend and eigen else None
        keuze = Bevestiging(vast, self.vervolg_vast, self.verzet, gegevens, nummer, toch)
        verzoek, bron = self._verzoeken.id_van(keuze.bedoeling), self._bron
        self._set_fase(Fase.BEVESTIGEN)
        self._write(keuze.bedoeling, lambda _: keuze.make(bron(), verzoek), self._made)

    def wait(self, wens: Wens, klant: Contactgegevens, van: date, tot: date, vroegst: clock | None) -> None:
        """Zet de klant op de wachtlijst; wat hij al heeft, houdt hij."""
        bedoeling = ("wachtlijst", wens, klant, van, tot, vroegst)
        verzoek, bron = self._verzoeken.id_van(bedoeling), self._bron
        heeft = self.verzet.id if self.verzet else ""

        def add(_: Stop) -> Wachtende:
            return bron().wachtlijst.add(
                wens, klant, van=van, tot=tot, vroegst=vroegst, afspraak=heeft, verzoek_id=verzoek
            )

        def show(wachtende: Wachtende) -> None:
            self._verzoeken.finish(bedoeling)
            self.wacht.emit(wachtende)

        self._vragen.ask("wachtlijst", add, show)

    def resolve(self) -> None:
        """Kijk na wat er van het verzoek met onbekende afloop is geworden."""
        if self._onbekend is None:
            return
        bedoeling, verzoek = self._onbekend
        bron = self._bron

        def show(afloop: Afloop) -> None:
            self._onbekend = None
            if not afloop.gedaan:
                self._set_fase(Fase.VAST if self.vast is not None else Fase.KIEZEN)
                self.mislukt.emit("niet_gedaan", KifFout(_NIET_GEDAAN))
                return
            self._verzoeken.finish(bedoeling)
            if afloop.afspraken:
                self._made(tuple(afloop.afspraken))
            elif isinstance(bedoeling, tuple) and bedoeling[0] == "vast":
                self._repeat_hold(bedoeling, verzoek)

        self._vragen.ask("nakijken", lambda _: bron().afspraken.resolve(verzoek), show)

    # --- intern ---------------------------------------------------------------------------------------------

    def _load_afspraken(self) -> None:
        klant = self.klant
        if klant is None or not klant.bekend:
            return
        bron = self._bron
        self._vragen.ask("afspraken", lambda _: load_afspraken(bron(), klant), self.afspraken.emit, stil=True)

    def _held(self, vast: Vast) -> None:
        self.vast = vast
        self._laatste_tik = -1
        self._set_fase(Fase.VAST)
        self._tik.start()
        self._count()
        self._load_vervolg(vast)

    def _repeat_hold(self, bedoeling: tuple[object, ...], verzoek: str) -> None:
        """Het vastzetten bleek gelukt: haal met hetzelfde id op wat er vaststaat."""
        self._set_fase(Fase.KIEZEN)
        resultaat = self.zoeker.resultaat
        if resultaat is None:
            return
        keuze = next((m for m in resultaat.mogelijkheden if m.sleutel == bedoeling[1]), None)
        if keuze is not None:
            self._verzoeken.restore(bedoeling, verzoek)
            self.choose(keuze)

    def _load_vervolg(self, vast: Vast) -> None:
        self.vervolg.emit(None)
        if self.verzet is not None:
            return
        bron, wens, begin = self._bron, vast.hele_wens, vast.mogelijkheid.begin

        def show(uitslag: Startuitslag | None) -> None:
            if uitslag is not None and self.vast is vast:
                self.vervolg.emit(uitslag)

        self._vragen.ask("vervolg", lambda _: bron().vrij.find_vervolg(wens, begin), show, stil=True)

    def _drop_vervolg(self) -> None:
        oud, self.vervolg_vast = self.vervolg_vast, None
        if oud is not None:
            self._release_ids(list(oud.ids))

    def _release_ids(self, ids: list[str]) -> None:
        if not ids:
            return
        bron = self._bron

        def release(_: Stop) -> None:
            dienst = bron().afspraken
            for id_ in ids:
                dienst.release(id_)

        # Lukt het niet, dan verloopt de tijd vanzelf: daar hoeft niemand iets voor te doen.
        self._achtergrond.start(release, lambda _: self.look(), lambda _: None, self._einde)

    def _made(self, uitkomst: tuple[Afspraak, ...] | Dubbel) -> None:
        if isinstance(uitkomst, Dubbel):
            self._set_fase(Fase.VAST)
            self.dubbel.emit(uitkomst)
            return
        self.gemaakt = uitkomst
        self.vast = self.vervolg_vast = None
        self._tik.stop()
        self._set_fase(Fase.KLAAR)
        self.klaar.emit(uitkomst)

    def _count(self) -> None:
        seconden = self.vast.seconden(self._klok()) if self.vast else None
        if seconden is not None and seconden != self._laatste_tik:
            self._laatste_tik = seconden
            self.tik.emit(seconden)
        if seconden == 0:
            self._tik.stop()

    def _set_fase(self, fase: Fase) -> None:
        self.fase = fase
        self.gewijzigd.emit()

    def _write(self, bedoeling: Hashable, werk: Callable[[Stop], T], klaar: Callable[[T], None]) -> None:
        """Een wijziging: het antwoord telt altijd, ook als het scherm even ergens anders staat."""
        terug = Fase.VAST if self.vast is not None else Fase.KIEZEN
        verzoek = self._verzoeken.id_van(bedoeling)

        def done(uitkomst: T) -> None:
            self._verzoeken.finish(bedoeling)
            klaar(uitkomst)

        def fail(fout: KifFout) -> None:
            if self._verzoeken.note_fout(bedoeling, fout):
                self._onbekend = (bedoeling, verzoek)
                self._set_fase(Fase.ONBEKEND)
                self.mislukt.emit("onbekend", fout)
                return
            self._set_fase(terug)
            if isinstance(fout, TijdBezet):
                self.bezet.emit(fout)
                self.look()
            else:
                self.mislukt.emit("schrijven", fout)

        self._achtergrond.start(werk, done, fail, self._einde)
