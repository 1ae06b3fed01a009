"""Het publieke scherm in het programma: opent het op het tweede beeldscherm en houdt het bij.

Vraagt zelf elke seconde hoe de avond ervoor staat, ook als het scherm Vanavond niet openstaat. Lukt dat niet,
dan blijven de laatste nummers staan en verdwijnt alleen de wachttijd.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QDate, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from frontoffice.domain.fouten import KifFout
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.vragen import Vragen
from ui.publiek.schermkeuze import EEN_SCHERM, Beeldscherm, Plaatsing, choose, choose_next
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.agenda.vanavond.bezoek import Avondstand
    from frontoffice.agenda.vanavond.publiek import Publiekbeeld
    from ui.publiek.scherm import PubliekScherm

KIJK_MS = 1_000
_SCHERM, _GELUID, _OPEN = "publiek/scherm", "publiek/geluid", "publiek/open"


class Standbron(Protocol):
    """Waar de avond te lezen is: de dienst van de avond, of wat doorwerkt zonder database."""

    def load_stand(self) -> Avondstand | None: ...


class Publiek(QObject):
    """`melding` draagt een zin voor de statusregel. Tot iemand het opent is er niets gemaakt."""

    melding = Signal(str)

    def __init__(
        self, acties: Acties, thema: Thema, achtergrond: Achtergrond, bij: QWidget, onthoud: QSettings | None
    ) -> None:
        """`bij`: het gewone venster; sluit dat, dan sluit dit ook (`close_schermen`)."""
        super().__init__(bij)
        self._acties, self._thema, self._bij, self._onthoud = acties, thema, bij, onthoud
        self._vragen = Vragen(achtergrond)
        self._bron: Callable[[], Standbron] | None = None
        self._scherm: PubliekScherm | None = None
        self._wekker = QTimer(self)
        self._wekker.setInterval(KIJK_MS)
        self._wekker.timeout.connect(self._look)
        for actie in (acties.publiek_scherm, acties.publiek_geluid):
            actie.setCheckable(True)
        acties.publiek_geluid.setChecked(self._read(_GELUID) == "ja")
        acties.publiek_scherm.triggered.connect(lambda aan: self.open() if aan else self.close())
        acties.publiek_verplaatsen.triggered.connect(self.move_on)
        acties.publiek_geluid.triggered.connect(lambda aan: self._keep(_GELUID, "ja" if aan else "nee"))

    @property
    def scherm(self) -> PubliekScherm | None:
        return self._scherm

    @property
    def is_open(self) -> bool:
        return self._scherm is not None and self._scherm.isVisible()

    def set_bron(self, bron: Callable[[], Standbron] | None) -> None:
        """Waar de avond te lezen is, pas op de achtergrond te openen; None = er is geen agenda.

        Stond het scherm vandaag aan, dan gaat het weer aan: na het wisselen van medewerker wacht men nog.
        """
        self._close_zelf()
        self._bron = bron
        for actie in (self._acties.publiek_scherm, self._acties.publiek_geluid):
            actie.setEnabled(bron is not None)
        if bron is not None and self._read(_OPEN) == _vandaag():
            self.open()

    def open(self) -> None:
        if self._bron is None:
            return
        scherm = self._make()
        self._place(scherm, choose(self._schermen(), self._read(_SCHERM)))
        self._acties.publiek_scherm.setChecked(True)
        self._acties.publiek_verplaatsen.setEnabled(True)
        self._keep(_OPEN, _vandaag())
        self._wekker.start()
        self._look()

    def move_on(self) -> None:
        """Naar het volgende beeldscherm; de volgende keer opent het daar ook."""
        if self._scherm is None or not self.is_open:
            return
        schermen = self._schermen()
        plaats = choose_next(schermen, _name(self._scherm.screen()))
        self._keep(_SCHERM, schermen[plaats.nummer].naam if schermen else "")
        self._place(self._scherm, plaats)

    def close(self) -> None:
        if self._scherm is not None:
            self._scherm.close()

    def close_schermen(self) -> None:
        """Het programma sluit."""
        self._close_zelf()
        self._vragen.cancel_alles()

    def _close_zelf(self) -> None:
        """Niemand vroeg erom: onthoud dat het aan hoort te staan."""
        aan = self._read(_OPEN)
        self.close()
        self._keep(_OPEN, aan)

    # --- volgen --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        bron = self._bron
        if bron is None or not self.is_open or self._vragen.is_onderweg("stand"):
            return
        self._vragen.ask("stand", lambda _: load_beeld(bron()), self._show, self._keep_staan)

    def _show(self, antwoord: tuple[Publiekbeeld, bool]) -> None:
        beeld, verbonden = antwoord
        if self._scherm is not None:
            self._scherm.show_beeld(beeld)
            if not verbonden:
                self._scherm.hide_wacht()

    def _keep_staan(self, _: KifFout) -> None:
        """Geen antwoord: de laatste nummers kloppen nog het best. De avondleiding ziet de storing elders."""
        if self._scherm is not None:
            self._scherm.hide_wacht()

    # --- venster -------------------------------------------------------------------------------------------

    def _make(self) -> PubliekScherm:
        if self._scherm is None:
            from ui.publiek.scherm import PubliekScherm

            self._scherm = PubliekScherm(self._thema)
            self._scherm.gesloten.connect(self._note_gesloten)
            self._scherm.opgevallen.connect(self._ring)
            app = QGuiApplication.instance()
            if isinstance(app, QGuiApplication):
                app.screenRemoved.connect(self._save_van_los_scherm)
        return self._scherm

    def _place(self, scherm: PubliekScherm, plaats: Plaatsing) -> None:
        schermen = QGuiApplication.screens()
        if plaats.nummer < len(schermen):
            doel = schermen[plaats.nummer]
            scherm.showNormal()
            scherm.setScreen(doel)
            ruimte = doel.availableGeometry()
            scherm.resize(scherm.sizeHint().boundedTo(ruimte.size()))
            scherm.move(ruimte.center() - scherm.rect().center())
        if plaats.vullend:
            scherm.showFullScreen()
        else:
            scherm.showNormal()
        if plaats.zin:
            self.melding.emit(plaats.zin)

    def _save_van_los_scherm(self, weg: QScreen) -> None:
        """Het tweede beeldscherm is losgehaald: laat het publieke scherm niet over het werk vallen."""
        if self._scherm is not None and self.is_open and self._scherm.isFullScreen():
            over = self._schermen(zonder=weg)
            plaats = choose(over, self._read(_SCHERM))
            self._place(self._scherm, plaats if plaats.vullend else Plaatsing(0, False, EEN_SCHERM))

    def _schermen(self, zonder: QScreen | None = None) -> list[Beeldscherm]:
        eigen = self._bij.screen()
        return [Beeldscherm(_name(s), s is eigen) for s in QGuiApplication.screens() if s is not zonder]

    def _note_gesloten(self) -> None:
        self._wekker.stop()
        self._vragen.cancel_alles()
        self._keep(_OPEN, "")
        self._acties.publiek_scherm.setChecked(False)
        self._acties.publiek_verplaatsen.setEnabled(False)

    def _ring(self) -> None:
        if self._acties.publiek_geluid.isChecked():
            QApplication.beep()

    def _read(self, naam: str) -> str:
        return str(self._onthoud.value(naam, "")) if self._onthoud is not None else ""

    def _keep(self, naam: str, waarde: str) -> None:
        if self._onthoud is not None:
            self._onthoud.setValue(naam, waarde)


def load_beeld(bron: Standbron) -> tuple[Publiekbeeld, bool]:
    """Lees en reken; op een achtergronddraad. Onwaar: er is nu geen verbinding met de agenda."""
    from frontoffice.agenda.vanavond.publiek import make_publiek
    from frontoffice.agenda.vanavond.voorspelling import predict

    stand = bron.load_stand()
    verbonden = getattr(bron, "stand_van", None) is None
    bezig = stand is not None and verbonden
    return make_publiek(stand, predict(stand) if bezig and stand is not None else None), verbonden


def _vandaag() -> str:
    return QDate.currentDate().toString(Qt.DateFormat.ISODate)


def _name(scherm: QScreen | None) -> str:
    if scherm is None:
        return ""
    return " ".join(deel for deel in (scherm.manufacturer(), scherm.model()) if deel) or scherm.name()
