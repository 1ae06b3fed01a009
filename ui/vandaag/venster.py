"""Vandaag in het venster: laadt elk deel los op de achtergrond, ververst stil zolang iemand het ziet.

De delen worden pas gemaakt als de services er zijn. Houdt nooit op wat iemand in het zoekveld typt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Aanroep, Klok, Stop
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.terugweg import Terugweg
from ui.thema import Thema
from ui.vandaag.scherm import VandaagScherm

if TYPE_CHECKING:  # komt pas na de eerste tekening
    from frontoffice.services.vandaag import Deel, Deelnaam, Doel, Regel, Vandaagdienst
    from ui.contact.gesprekken import Gesprekken
    from ui.vandaag.deelvak import Deelvak

VERVERS_MS = 180_000
_VERS_S = 60.0
_SECONDEN = 10.0
_EERST_MS = 100
"""Zo lang na de services beginnen de vragen: eerst staat de rest van het venster er."""


class Vandaagbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def vandaag(self) -> Vandaagdienst: ...

    @property
    def klok(self) -> Klok: ...


class Vandaag(QObject):
    """`terugbellen` (uuid van een verzoek, "team", of leeg), `open_melding` (nummer, of leeg voor de lijst
    van wie nog niets hoorde) en `open_vanavond`: wat iemand koos."""

    terugbellen = Signal(str)
    open_melding = Signal(str)
    open_vanavond = Signal()

    def __init__(
        self, midden: QStackedWidget, acties: Acties, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._bron: Vandaagbron | None = None
        self._gesprekken: Gesprekken | None = None
        self._vakken: dict[Deelnaam, Deelvak] = {}
        self._bezig: set[Deelnaam] = set()
        self._eerste: Regel | None = None
        self._weg = Terugweg(midden)
        self._geladen_op: float | None = None
        self._stop = Stop()
        self.scherm = VandaagScherm(thema)
        self.scherm.eerste.connect(self.open_eerste)
        self.scherm.terug.connect(self.toggle)
        midden.addWidget(self.scherm)
        midden.currentChanged.connect(self._follow_midden)
        acties.vandaag.triggered.connect(self.toggle)
        acties.eerste.triggered.connect(self.open_eerste)
        acties.ververs.triggered.connect(lambda _=False: self.refresh() if self.is_open else None)
        self._wekker = QTimer(self)
        self._wekker.setInterval(VERVERS_MS)
        self._wekker.timeout.connect(self._refresh_stil)

    @property
    def vakken(self) -> dict[Deelnaam, Deelvak]:
        """De delen die er zijn, op naam; leeg tot de services er zijn."""
        return self._vakken

    @property
    def is_open(self) -> bool:
        return self._midden.currentWidget() is self.scherm

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als dit te zien is, of leeg."""
        return "vandaag" if self.is_open else ""

    def set_diensten(self, bron: Vandaagbron, gesprekken: Gesprekken | None) -> None:
        """De services zijn er: maak de delen, en laad ze zodra het venster weer rust heeft."""
        from frontoffice.domain import taal

        self._bron, self._gesprekken = bron, gesprekken
        vandaag = bron.klok.vandaag()
        self.scherm.dag.setText(taal.datum_lang(vandaag, vandaag))
        if not self._vakken:
            self._make_delen(bron.vandaag)
        if gesprekken is not None:
            gesprekken.gewijzigd.connect(self._show_contacten)
            gesprekken.anders.connect(lambda _: self._show_contacten())
            gesprekken.wacht.connect(lambda _: self._show_contacten())
        self._follow_midden()
        self._wekker.start()
        QTimer.singleShot(_EERST_MS, self, self._begin)

    def toggle(self) -> None:
        """Naar Vandaag; staat het er al, ga dan terug naar wat er eerst stond (de klant blijft open)."""
        if self.is_open:
            self._weg.back()
            return
        self._weg.go(self.scherm)
        self.scherm.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """F5: haal elk deel opnieuw op."""
        if self._bron is None:
            return
        self._geladen_op = self._bron.klok.verlopen()
        self._show_contacten()
        for naam in self._bron.vandaag.namen:
            self._load(naam)

    def open_eerste(self) -> None:
        if self._eerste is not None:
            self.open_doel(self._eerste.doel)

    def open_doel(self, doel: Doel) -> None:
        """Open wat iemand koos; de focus gaat mee."""
        from frontoffice.services.vandaag import Doelsoort

        if doel.soort is Doelsoort.CONTACT and self._gesprekken is not None:
            self._gesprekken.choose(doel.id)
            self._acties.naar_notitie.trigger()
        elif doel.soort is Doelsoort.OUTBOX:
            self._acties.outbox.trigger()
        elif doel.soort is Doelsoort.VANAVOND:
            self.open_vanavond.emit()
        elif doel.soort is Doelsoort.AVONDEN:
            self._acties.avonden.trigger()
        elif doel.soort in (Doelsoort.MELDING, Doelsoort.MELDINGEN):
            self.open_melding.emit(doel.id)
        else:
            self.terugbellen.emit(doel.id)

    def close(self) -> None:
        """Het venster sluit."""
        self._wekker.stop()
        self._stop.set()

    # --- laden ---------------------------------------------------------------------------------------------

    def _make_delen(self, dienst: Vandaagdienst) -> None:
        from frontoffice.services.vandaag import Deelnaam
        from ui.vandaag.deelvak import Deelvak

        er_zijn = {*dienst.namen, Deelnaam.CONTACTEN}
        for naam in Deelnaam:
            if naam in er_zijn:
                vak = self._vakken[naam] = Deelvak(naam, self._thema)
                vak.gekozen.connect(self.open_doel)
                vak.opnieuw.connect(self._load)
        links = (Deelnaam.BELOFTEN, Deelnaam.MELDINGEN, Deelnaam.CONTACTEN)
        self.scherm.add_delen(
            [vak for naam, vak in self._vakken.items() if naam in links],
            [vak for naam, vak in self._vakken.items() if naam not in links],
        )

    def _begin(self) -> None:
        if not self._stop.is_gezet:
            self.refresh()

    def _load(self, naam: Deelnaam) -> None:
        bron, vak = self._bron, self._vakken.get(naam)
        if bron is None or vak is None or naam in self._bezig:
            return
        self._bezig.add(naam)
        vak.show_bezig()

        def klaar(deel: Deel) -> None:
            self._bezig.discard(naam)
            self._show(deel)

        def mislukt(fout: KifFout) -> None:
            self._bezig.discard(naam)
            vak.show_fout(fout.uitleg)
            self._combine()

        self._achtergrond.start(
            lambda stop: bron.vandaag.load(naam, Aanroep.van(_SECONDEN, stop)), klaar, mislukt, self._stop
        )

    def _show_contacten(self) -> None:
        """Wat op deze pc loopt, staat al in het geheugen."""
        from frontoffice.services.vandaag import make_contacten

        if self._bron is None or self._gesprekken is None:
            return
        stand = self._gesprekken.stand
        nu = self._bron.klok.nu()
        self._show(make_contacten(self._gesprekken.concepten, stand.wachtend, stand.actie_nodig, nu))

    def _show(self, deel: Deel) -> None:
        vak = self._vakken.get(deel.naam)
        if vak is not None:
            vak.show_deel(deel)
            self._combine()

    def _combine(self) -> None:
        from frontoffice.services.vandaag import find_eerste, zeg_stand

        delen = [vak.deel for vak in self._vakken.values() if vak.deel is not None]
        compleet = all(vak.deel is not None and not vak.fout for vak in self._vakken.values())
        self._eerste = find_eerste(delen)
        self._acties.eerste.setEnabled(self._eerste is not None)
        self.scherm.show_eerste(self._eerste)
        zin, is_bij = zeg_stand(delen, compleet=compleet)
        self.scherm.show_stand(zin, goed=is_bij)

    # --- volgen --------------------------------------------------------------------------------------------

    def _refresh_stil(self) -> None:
        """Alleen zolang iemand het ziet: een afgedekt of klein venster vraagt niets."""
        venster = self.scherm.window()
        if self.scherm.isVisible() and not venster.isMinimized() and venster.isEnabled():
            self.refresh()

    def _follow_midden(self) -> None:
        """Alt+1 opent hier het eerste en springt elders naar de klant; F5 ververst wat er staat."""
        acties, is_open = self._acties, self.is_open
        klant = acties.klant_sluiten.isEnabled()
        acties.eerste.setShortcuts([QKeySequence("Alt+1")] if is_open else [])
        if is_open:
            acties.set_sprongen(False)
        acties.ververs.setEnabled(klant or (is_open and self._bron is not None))
        self.scherm.terugknop.setVisible(is_open and klant)
        bron, sinds = self._bron, self._geladen_op
        is_oud = bron is not None and sinds is not None and bron.klok.verlopen() - sinds > _VERS_S
        if is_open and is_oud:
            self.refresh()
