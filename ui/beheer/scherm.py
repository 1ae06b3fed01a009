"""Het scherm 'Beheer van avonden': links de delen, rechts het werk. Verbindt, beslist niets.

Elke wijziging gaat dezelfde weg: deel → voorleggen → gevolgen nakijken → bewaren → ongedaan maken kan.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from frontoffice.agenda.inrichting import SoortUitzondering
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain import taal
from frontoffice.domain.fouten import KifFout
from ui.achtergrond import Achtergrond
from ui.beheer import woorden
from ui.beheer.avondvak import AvondVak
from ui.beheer.bestanden import Bestanden
from ui.beheer.bestandvak import BestandVak
from ui.beheer.dienst import Avonddetail, Beheerbeeld, Botsing, Bron, Geschiedenis, Voorstel
from ui.beheer.geschiedenisvak import GeschiedenisVak
from ui.beheer.gevolgenvak import GevolgenVak
from ui.beheer.inlezen import Inlezer
from ui.beheer.kopievak import KopieVak
from ui.beheer.maandvak import MaandVak
from ui.beheer.meldband import Meldband
from ui.beheer.navigatie import Navigatie
from ui.beheer.onderdelenvak import OnderdelenVak, Opdracht
from ui.beheer.roostervak import RoosterVak
from ui.beheer.verloop import Beheerverloop
from ui.beheer.verzetvak import VerzetVak
from ui.beheer.vormen import VORMEN
from ui.beheer.wijzigingenvak import WijzigingenVak
from ui.bouwstenen import Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.tekst import announce
from ui.thema import Thema
from ui.uitgesteld import Bladen

TITEL = "Beheer van avonden"
_MAAND, _VERZET, _BESTAND, _WIJZIGINGEN = "maand", "verzet", "bestand", "wijzigingen"
_SMAL = 900
_KRAP = 1_000


class BeheerScherm(QWidget):
    """Maak met een `bron` van de geopende agenda. Roep `start` als het te zien is en `stop` als het weggaat.

    Signalen: `andere_tijd` (Afspraak: zoek op het afsprakenscherm), `melding` (zin voor de statusregel).
    """

    andere_tijd = Signal(object)
    melding = Signal(str)

    def __init__(self, bron: Bron, achtergrond: Achtergrond, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName(TITEL)
        self.setProperty("hulp", "beheer")
        self._vandaag = date.min
        self._bezig_met: Any = None
        self._terug_naar: QWidget | None = None
        self.verloop = Beheerverloop(bron, achtergrond, self)
        self.maand, self.avond = MaandVak(thema), AvondVak(thema)
        self.verzet = VerzetVak(thema)
        self.bestand, self.wijzigingen = BestandVak(thema), WijzigingenVak(thema)
        self.bestanden = Bestanden(self.bestand, self.wijzigingen, self.verloop, self)
        makers = {vorm.soort: partial(OnderdelenVak, vorm, thema) for vorm in VORMEN}
        self.onderdelen = Bladen(makers, self._add_onderdeel)
        self.rooster, self.gevolgen = RoosterVak(thema), GevolgenVak(thema)
        self.kopie, self.geschiedenis = KopieVak(thema), GeschiedenisVak(thema)
        self.band = Meldband(lambda: self._terugweg(), self.verloop.start)
        self._terugweg: Callable[[], None] = self._undo
        self._maandvlak = QWidget()
        self._maandblad, self._thema = Scrollvlak(self._maandvlak), thema
        self._vast: dict[str, QWidget] = {_MAAND: self._maandblad, _VERZET: self.verzet}
        self._vast |= {_BESTAND: self.bestand, _WIJZIGINGEN: self.wijzigingen}
        self._build(thema)
        self.inlezer = Inlezer(self, thema)
        self._connect()

    # --- opbouw ------------------------------------------------------------------------------------------

    def _build(self, thema: Thema) -> None:
        namen = {_MAAND: "Avonden", _VERZET: "Te verzetten"} | {vorm.soort: vorm.titel for vorm in VORMEN}
        namen |= {_BESTAND: "Rooster als bestand", _WIJZIGINGEN: "Wie veranderde wat"}
        self.navigatie = Navigatie(TITEL, namen, thema, self)
        self.nav = self.navigatie.lijst
        self._build_maandblad()
        self.stapel = QStackedWidget()
        for blad in (*self._vast.values(), self.rooster, self.gevolgen, self.kopie, self.geschiedenis):
            self.stapel.addWidget(blad)
        midden = QVBoxLayout()
        midden.setSpacing(0)
        midden.addWidget(self.navigatie.keuze)
        midden.addWidget(self.band)
        midden.addWidget(self.stapel, 1)
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(self.navigatie.blok)
        rij.addWidget(Lijn(staand=True))
        rij.addLayout(midden, 1)
        thema.gewijzigd.connect(self._follow_thema)

    def _build_maandblad(self) -> None:
        self._maandrij = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._maandvlak)
        self._maandrij.setContentsMargins(0, 0, 0, 0)
        self._maandrij.setSpacing(0)
        self._maandrij.addWidget(self.maand, 16)
        self._streep = Lijn(staand=True)
        self._maandrij.addWidget(self._streep)
        self._maandrij.addWidget(self.avond, 9)

    def _follow_thema(self) -> None:
        self.navigatie.set_breedte()
        self._arrange()

    def _connect(self) -> None:
        verloop, maand, avond = self.verloop, self.maand, self.avond
        self.navigatie.gewisseld.connect(self._follow_nav)
        self.navigatie.geopend.connect(self.focus_deel)
        maand.gekozen.connect(self._show_avond)
        maand.geopend.connect(lambda _: avond.eerste_focus().setFocus())
        maand.periode.connect(verloop.load)
        maand.begin_openingstijden.connect(lambda: self.show_deel("regels", focus=True))
        avond.rooster.connect(self.open_rooster)
        avond.kopieer_van.connect(self.open_rooster)
        avond.kopieer_naar.connect(self._open_kopie)
        avond.andere_tijden.connect(self._open_uitzondering)
        avond.heropen.connect(self._propose_heropening)
        avond.geschiedenis.connect(self._ask_avondgeschiedenis)
        avond.verzetten.connect(self._open_verzet)
        avond.sluit.connect(self._propose_sluiting)
        avond.boeken.connect(self._set_boeken)
        self.verzet.verzet.connect(lambda afspraak, start: verloop.move(afspraak, start, "te verzetten"))
        self.verzet.andere_tijd.connect(self.andere_tijd)
        self.rooster.voorleggen.connect(lambda opdracht: self._propose(self.rooster, opdracht))
        self.rooster.terug.connect(self.back)
        self.rooster.geschiedenis.connect(self._ask_avondgeschiedenis)
        self.gevolgen.terug.connect(self._back_uit_gevolgen)
        self.gevolgen.bewaren.connect(verloop.save)
        self.kopie.kopieer.connect(self._propose_kopie)
        self.kopie.terug.connect(self.back)
        self.geschiedenis.terug.connect(self.back)
        self.bestand.open.connect(self.read_bestand)
        self.bestand.bewaar.connect(self.bestanden.write_rooster)
        self.bestanden.voorstel.connect(self._show_gevolgen)
        verloop.beeld.connect(self._receive_beeld)
        verloop.bijgewerkt.connect(self._receive_beeld)
        verloop.avond.connect(self._receive_avond)
        verloop.lijst.connect(self.verzet.show_lijst)
        verloop.voorstel.connect(self._show_gevolgen)
        verloop.afgekeurd.connect(self._show_fouten)
        verloop.bewaard.connect(self._note_bewaard)
        verloop.botsing.connect(self._show_botsing)
        verloop.geschiedenis.connect(self._show_geschiedenis)
        verloop.verzet.connect(self._note_verzet)
        verloop.bezet.connect(self.verzet.show_bezet)
        verloop.teruggezet.connect(self._note_terug)
        verloop.avond_gezet.connect(self._note_avond)
        verloop.mislukt.connect(self._show_fout)
        verloop.bezig.connect(lambda wat: self.navigatie.werkt.setText("Bezig…" if wat else ""))

    # --- openen en sluiten -------------------------------------------------------------------------------

    def start(self) -> None:
        """Het scherm is te zien."""
        self.verloop.start()

    def stop(self) -> None:
        """Het scherm is weg; getypt werk blijft staan tot het terugkomt."""
        self.verloop.stop()

    def close_beheer(self) -> None:
        """Het venster sluit."""
        self.verloop.close()

    @property
    def is_vuil(self) -> bool:
        """Is er iets getypt dat nog niet is bewaard?"""
        return self.rooster.is_vuil or any(vak.is_vuil for vak in self.onderdelen.gemaakt)

    def show_deel(self, naam: str, *, focus: bool = False) -> None:
        """Ga naar een deel: "maand", "verzet", "regels", "producten", … of "bestand"."""
        self.navigatie.select(naam)
        self._follow_nav()
        if focus:
            self.focus_deel()

    def focus_deel(self) -> None:
        """Zet de focus in wat er nu te zien is."""
        blad = self.stapel.currentWidget()
        doel = self.maand if blad is self._maandblad else blad
        if isinstance(doel, Vak):
            doel.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_nav(self) -> None:
        naam = self.navigatie.naam
        self._terug_naar = None
        self.stapel.setCurrentWidget(self._blad(naam))
        if naam == _VERZET:
            self.verloop.load_lijst()
        elif naam == _WIJZIGINGEN:
            self.wijzigingen.open()

    def open_blad(self, blad: QWidget) -> None:
        """Toon iets bovenop een deel; `back` gaat weer naar wat er stond."""
        nu = self.stapel.currentWidget()
        if nu not in (self.gevolgen, self.geschiedenis, self.kopie):
            self._terug_naar = nu
        self.stapel.setCurrentWidget(blad)
        self.focus_deel()

    def back(self) -> None:
        nu, terug = self.stapel.currentWidget(), self._terug_naar
        if nu is self.rooster or terug is None or terug is nu:
            terug = self._blad_van_nav()
        self._terug_naar = None
        self.stapel.setCurrentWidget(terug)
        self.focus_deel()

    def _blad_van_nav(self) -> QWidget:
        return self._blad(self.navigatie.naam)

    def _blad(self, naam: str) -> QWidget:
        return self._vast.get(naam) or self.onderdelen[naam]

    def _add_onderdeel(self, vak: OnderdelenVak) -> None:
        """Iemand opent dit onderdeel voor het eerst."""
        self.stapel.addWidget(vak)
        vak.voorleggen.connect(lambda opdracht: self._propose(vak, opdracht))
        vak.geschiedenis.connect(self.verloop.load_geschiedenis)
        if (beeld := self.verloop.huidig) is not None:
            vak.show_basis(beeld.basis, beeld.vandaag)

    # --- avonden -----------------------------------------------------------------------------------------

    def _receive_beeld(self, beeld: Beheerbeeld) -> None:
        self._vandaag = beeld.vandaag
        self.navigatie.show_tellers({_VERZET: beeld.te_verzetten})
        self.maand.show_beeld(beeld)
        if not beeld.avonden:
            self.avond.clear()
        for vak in self.onderdelen.gemaakt:
            vak.show_basis(beeld.basis, beeld.vandaag)
        self.rooster.show_basis(beeld.basis, beeld.vandaag)
        if self.stapel.currentWidget() is self.verzet:
            self.verloop.load_lijst()
        if self.band.opnieuw.isVisible():
            self.band.hide()

    def _show_avond(self, datum: date) -> None:
        beeld = self.verloop.huidig
        stand = beeld.avond(datum) if beeld else None
        if stand is not None:
            self.avond.show_stand(stand, self._vandaag)
            self.verloop.load_avond(datum)

    def _receive_avond(self, detail: Avonddetail) -> None:
        self.avond.show_detail(detail, self._vandaag)

    def open_rooster(self, datum: date) -> None:
        """Het rooster van deze avond om te wijzigen."""
        beeld = self.verloop.huidig
        if beeld is None:
            return
        if self.rooster.is_vuil and self.rooster.datum != datum and self.rooster.datum is not None:
            dag = taal.datum_kort(self.rooster.datum, self._vandaag)
            self.band.show_zin(
                f"U was bezig met het rooster van {dag}. Bewaar dat eerst, of haal uw invoer weg.", "let_op"
            )
        else:
            self.rooster.open(datum, beeld.basis, beeld.vandaag)
        self.open_blad(self.rooster)

    def _open_kopie(self, datum: date) -> None:
        if self.verloop.huidig is not None:
            self.kopie.open(datum, self.verloop.huidig)
            self.open_blad(self.kopie)

    def _open_uitzondering(self, datum: date) -> None:
        """Naar de uitzondering van deze avond, of naar een nieuwe met de datum al ingevuld."""
        vak = self.onderdelen["uitzonderingen"]
        self.show_deel("uitzonderingen")
        if vak.is_vuil:
            vak.focus_melding()
        elif not vak.select(lambda u: u.datum == datum):
            vak.begin_nieuw({"datum": datum, "soort": SoortUitzondering.ANDERE_TIJDEN})

    def _open_verzet(self, datum: date) -> None:
        self.verzet.filter_avond(datum)
        self.show_deel(_VERZET, focus=True)

    def _set_boeken(self, datum: date, naar: Any) -> None:
        if self.avond.detail is not None:
            self.verloop.set_avond(datum, self.avond.detail.stand.overzicht.toestand, naar)

    # --- voorleggen en bewaren ---------------------------------------------------------------------------

    def _propose(self, wie: Any, opdracht: Opdracht) -> None:
        self._bezig_met = wie
        self.band.hide()
        self.verloop.propose(
            opdracht.basis, opdracht.kop, opdracht.wijzigingen, opdracht.reden, opdracht.fouten
        )

    def _propose_sluiting(self, datum: date, reden: str) -> None:
        self._bezig_met = self.avond
        kop = f"{woorden.dag_lang(datum, self._vandaag)} sluiten"
        self.verloop.propose_sluiting(datum, kop, reden)

    def _propose_heropening(self, datum: date) -> None:
        self._bezig_met = self.avond
        self.verloop.propose_heropening(datum, f"{woorden.dag_lang(datum, self._vandaag)} weer openen")

    def _propose_kopie(self, van: date, naar: tuple[date, ...]) -> None:
        self._bezig_met = self.kopie
        aantal = taal.aantal(len(naar), "avond", "avonden")
        kop = f"Rooster van {taal.datum_kort(van, self._vandaag)} kopiëren naar {aantal}"
        self.verloop.propose_kopie(van, naar, kop)

    def _undo(self) -> None:
        self._bezig_met = None
        self.band.hide()
        self.verloop.undo()

    def _show_gevolgen(self, voorstel: Voorstel) -> None:
        if self._bezig_met is not None and hasattr(self._bezig_met, "clear_fouten"):
            self._bezig_met.clear_fouten()
        self.gevolgen.show_voorstel(voorstel, self._vandaag)
        self.open_blad(self.gevolgen)
        self.gevolgen.bewaarknop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fouten(self, voorstel: Voorstel) -> None:
        """Alle fouten samen, bij het veld; de gevolgen komen pas als er niets meer fout is."""
        if isinstance(wie := self._bezig_met, OnderdelenVak | RoosterVak):
            wie.show_fouten(voorstel.alle_fouten)
        else:
            self.band.show_zin(" ".join(fout.tekst for fout in voorstel.alle_fouten), "fout")

    def _back_uit_gevolgen(self) -> None:
        """Niets bewaard: terug naar wat er stond, met alles wat getypt is."""
        terug, self._terug_naar = self._terug_naar or self._blad_van_nav(), None
        self.stapel.setCurrentWidget(terug)
        self.focus_deel()

    def _note_bewaard(self, voorstel: Voorstel) -> None:
        wie = self._bezig_met
        if isinstance(wie, OnderdelenVak | RoosterVak):
            wie.note_bewaard()
        self.avond.close_sluiten()
        self._bezig_met = None
        terug = self._terug_naar
        self._terug_naar = None
        if self.stapel.currentWidget() is self.gevolgen:
            if terug is None or terug in (self.rooster, self.kopie):
                terug = self._blad_van_nav()
            self.stapel.setCurrentWidget(terug)
            self.focus_deel()
        aantal = len(voorstel.gevolgen.te_verzetten)
        zin = f"Bewaard: {woorden.kleine_letter(voorstel.kop)}."
        if aantal:
            zin += f" {taal.aantal(aantal, 'afspraak staat', 'afspraken staan')} op Te verzetten afspraken."
        self._terugweg = self._undo
        self.band.show_zin(zin, "goed", ongedaan=True)
        self.bestand.show_stand("")
        self.melding.emit(zin)

    def _note_avond(self, datum: date, toestand: Any) -> None:
        dag = taal.datum_kort(datum, self._vandaag)
        dicht = toestand.value == "dicht_voor_boeken"
        staat = "er komen geen nieuwe afspraken bij" if dicht else "er kunnen weer afspraken bij"
        self.band.show_zin(f"Bewaard: {dag}, {staat}.", "goed")

    def _note_verzet(self, oud: Any, nieuw: Any) -> None:
        self.verzet.note_verzet(oud, nieuw)
        dag = f"{taal.datum_kort(nieuw.datum, self._vandaag)} {taal.tijd(nieuw.begin)}"
        zin = f"Verzet naar {dag}. Nummer {nieuw.nummer} blijft gelijk."
        self._terugweg = lambda: self.verloop.move_back(oud, nieuw)
        self.band.show_zin(zin, "goed", ongedaan=True)

    def _note_terug(self, oud: Any, terug: Any) -> None:
        """Ongedaan gemaakt: dezelfde afspraak staat weer op haar oude tijd."""
        self.verzet.note_terug()
        dag = f"{taal.datum_kort(terug.datum, self._vandaag)} {taal.tijd(terug.begin)}"
        zin = f"Teruggezet naar {dag}. Nummer {terug.nummer} blijft gelijk. Bel {oud.klant.naam} terug."
        self.band.show_zin(zin, "goed")

    def _show_botsing(self, botsing: Botsing) -> None:
        wie = self._bezig_met
        if self.stapel.currentWidget() is self.gevolgen:
            self._back_uit_gevolgen()
        if isinstance(wie, OnderdelenVak | RoosterVak):
            wie.show_botsing(botsing)
        else:
            self.band.show_zin(woorden.botsing_zin(botsing, self._vandaag), "let_op")
        self.verloop.load(self.maand.van)

    def _show_fout(self, wat: str, fout: KifFout) -> None:
        """Iets lukte niet; wat er stond blijft staan."""
        if wat == "bewaren":
            zin = fout.uitleg
            if isinstance(fout, AgendaOnbereikbaar):
                zin = f"{fout.uitleg} Kies nog een keer Bewaren: dubbel bewaren kan niet."
            self.gevolgen.show_fout(zin)
            announce(self, zin)
            return
        if wat == "verzetten":
            self.verzet.note_mislukt()
        if wat == "terugzetten":
            self.band.show_zin(fout.uitleg, "let_op")
            return
        if self.bestanden.show_fout(wat, fout):
            return
        self.band.show_zin(fout.uitleg, "fout", opnieuw=wat in ("beeld", "lijst"))

    # --- geschiedenis en bestand -------------------------------------------------------------------------

    def _ask_avondgeschiedenis(self, datum: date) -> None:
        self.verloop.load_avondgeschiedenis(taal.datum_lang(datum, self._vandaag), datum)

    def _show_geschiedenis(self, geschiedenis: Geschiedenis) -> None:
        self.geschiedenis.show_geschiedenis(geschiedenis)
        self.open_blad(self.geschiedenis)

    def read_bestand(self, pad: Path) -> None:
        """Lees een rooster in: alle fouten per regel, of de gevolgen om na te kijken."""
        self._bezig_met = None
        self.band.hide()
        self.bestanden.read_rooster(pad)

    # --- Qt ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stapel.currentWidget() is self.gevolgen:
            self._back_uit_gevolgen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """Naast elkaar als het past, anders onder elkaar; bij grotere letters is dat eerder."""
        groter = self._thema.vergroting
        smal = self.width() < _SMAL * groter
        self.navigatie.set_smal(smal=smal)
        krap = self.width() - (0 if smal else self.navigatie.blok.minimumWidth()) < _KRAP * groter
        richting = QBoxLayout.Direction.TopToBottom if krap else QBoxLayout.Direction.LeftToRight
        if self._maandrij.direction() != richting:
            self._maandrij.setDirection(richting)
            self._streep.setVisible(not krap)
            self.maand.set_laag(krap)
