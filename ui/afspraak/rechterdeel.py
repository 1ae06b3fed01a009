"""Rechts op het boekscherm: de avonden, wat er is gekozen, wat er staat na bevestigen, of de wachtlijst.

Wisselt en vult die vakken; waar de focus heen gaat en wat er gebeurt na een knop, beslist het scherm.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.script import Belscript
from frontoffice.agenda.voorwaarde import Omstandigheden, circumstances_of
from frontoffice.agenda.wens import Wens
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.services.afspraakwaarden import Startuitslag
from ui.afspraak import woorden
from ui.afspraak.avondenvak import AvondenVak
from ui.afspraak.gekozen import Fase
from ui.afspraak.gekozenvak import GekozenVak
from ui.afspraak.klaarvak import KlaarVak
from ui.afspraak.klant import Boekklant
from ui.afspraak.scriptvak import asks_leeftijd
from ui.afspraak.verloop import Boekverloop
from ui.afspraak.wachtvak import WachtVak
from ui.tekst import announce
from ui.thema import Thema


class Rechterdeel(QStackedWidget):
    """`anders`: er staan andere knoppen in het vak dat open is."""

    anders = Signal()

    def __init__(self, verloop: Boekverloop, verlengen: QAction, thema: Thema) -> None:
        super().__init__()
        self._verloop = verloop
        self._getoond: object = None
        self._ingevuld = ""
        self.avonden = AvondenVak(thema)
        self.gekozen = GekozenVak(verlengen)
        self.klaar = KlaarVak()
        self.wacht = WachtVak()
        for vak in (self.avonden, self.gekozen, self.klaar, self.wacht):
            self.addWidget(vak)
        verloop.tik.connect(self._show_tik)
        verloop.script.connect(self._show_script)
        verloop.vervolg.connect(self._show_vervolg)
        self.gekozen.verlengen.connect(verloop.extend)
        self.gekozen.script.gewijzigd.connect(self._load_script)
        self.gekozen.script.vervolg_gekozen.connect(self._choose_vervolg)
        self.gekozen.contact.geboren.connect(self._load_script)

    @property
    def is_gekozen(self) -> bool:
        return self.currentWidget() is self.gekozen

    @property
    def is_wachtlijst(self) -> bool:
        return self.currentWidget() is self.wacht

    @property
    def naam(self) -> str:
        """Hoe dit deel nu heet op een smal scherm."""
        return "Avonden" if self.currentWidget() is self.avonden else "Gekozen"

    @property
    def omstandigheden(self) -> Omstandigheden:
        """Wat er bij deze boeking is aangevinkt."""
        verzet = self._verloop.verzet
        if verzet is None:
            return self.gekozen.script.omstandigheden(self.gekozen.contact.datum_geboren)
        toen = circumstances_of(verzet.antwoorden, verzet.klant.geboortedatum)
        nu = self.gekozen.script.omstandigheden(toen.geboortedatum)
        return replace(toen, codes=nu.codes, toestemming_op=nu.toestemming_op)

    def eerste_focus(self) -> QWidget:
        """Waar men verder gaat in het vak dat open is."""
        nu = self.currentWidget()
        return nu.eerste_focus() if isinstance(nu, GekozenVak | KlaarVak | WachtVak) else self.avonden

    def begin(self, klant: Boekklant | None) -> None:
        """Een nieuwe boeking: de avonden, en niets meer van de vorige klant."""
        self.gekozen.contact.begin(klant, self._verloop.zoeker.vandaag)
        self.gekozen.script.clear()
        self._ingevuld = ""
        self.setCurrentWidget(self.avonden)

    def show_kiezen(self) -> None:
        """Er staat niets meer vast; een open wachtlijst blijft staan."""
        if self.currentWidget() in (self.gekozen, self.klaar):
            self.setCurrentWidget(self.avonden)

    # --- wat er is gekozen ----------------------------------------------------------------------------------

    def show_vast(self, inrichting: Inrichting) -> bool:
        """Toon wat vaststaat. Waar als dat iets anders is dan wat er al stond."""
        vast, verzet, vandaag = self._verloop.vast, self._verloop.verzet, self._verloop.zoeker.vandaag
        if vast is None:
            return False
        keuze = vast.mogelijkheid
        zelfde = self.is_gekozen and self._getoond == (keuze.sleutel, vast.ids)
        self._getoond = (keuze.sleutel, vast.ids)
        wat, wens = woorden.wat_gekozen(keuze, vandaag), vast.hele_wens
        self.gekozen.bevestig.setEnabled(True)
        self.gekozen.contact.set_vraagt_leeftijd(verzet is None and asks_leeftijd(inrichting, wens))
        self.gekozen.script.begin(inrichting, wens, vandaag)
        if verzet is not None and self._ingevuld != verzet.id:
            self._ingevuld = verzet.id
            self.gekozen.script.fill(verzet.antwoorden)
        self.gekozen.show_vast(
            wat,
            woorden.zeg_gekozen(keuze, inrichting.locatie, vandaag),
            telt_af=bool(vast.houden),
            mag_verlengen=vast.mag_verlengen,
            verzet=f"Nu: {woorden.moment_lang(verzet.begin, vandaag)}." if verzet is not None else "",
        )
        if zelfde:
            return False
        self.setCurrentWidget(self.gekozen)
        self._load_script()
        announce(self.gekozen, f"Vastgezet: {wat}.")
        return True

    def show_klaar(self, afspraken: tuple[Afspraak, ...]) -> None:
        verloop = self._verloop
        self.klaar.show_afspraken(afspraken, verloop.zoeker.vandaag, verzet=verloop.verzet is not None)
        self.setCurrentWidget(self.klaar)

    def show_invoerfout(self, wat: str, fout: KifFout) -> bool:
        """Zet een invoerfout bij het veld waar zij over gaat. Onwaar als ze hier niet hoort."""
        if not isinstance(fout, InvoerFout) or not (self.is_gekozen or wat == "wachtlijst"):
            return False
        (self.gekozen if self.is_gekozen else self.wacht).contact.show_fout(fout)
        return True

    def _show_tik(self, seconden: int) -> None:
        self.gekozen.show_seconden(seconden, mag_verlengen=self._verloop.mag_verlengen)

    def _load_script(self) -> None:
        self._verloop.load_script(self.omstandigheden)

    def _show_script(self, script: Belscript | None) -> None:
        vast = self._verloop.vast
        if vast is not None:
            self.gekozen.script.show_script(script, vast.mogelijkheid.dag)

    def _show_vervolg(self, uitslag: Startuitslag | None) -> None:
        self.gekozen.script.show_vervolg(uitslag)
        self.anders.emit()

    def _choose_vervolg(self, start: object) -> None:
        uitslag = self.gekozen.script.vervolg
        if uitslag is not None:
            self._verloop.choose_vervolg(uitslag, next((s for s in uitslag.eerste if s == start), None))

    # --- wachtlijst -----------------------------------------------------------------------------------------

    def show_wachtlijst(self, wens: Wens, inrichting: Inrichting) -> None:
        """Vraag wie er op de wachtlijst komt voor deze wens."""
        namen = [
            woorden.regel_tekst(inrichting.product[r.product].naam, r.personen)
            for r in wens.regels
            if r.product in inrichting.product
        ]
        self.wacht.begin(self._verloop.klant, "; ".join(namen), self._verloop.zoeker.vandaag)
        self.setCurrentWidget(self.wacht)

    def close_wachtlijst(self) -> None:
        """Terug naar wat vaststaat, of naar de avonden."""
        self.setCurrentWidget(self.gekozen if self._verloop.fase is Fase.VAST else self.avonden)
