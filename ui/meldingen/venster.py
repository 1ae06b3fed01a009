"""De meldingenschermen in het venster: maakt ze bij de eerste keer, en wisselt ze.

Kost niets bij het starten. Zonder meldingensysteem zijn er geen menu's en geen knoppen die niets doen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.domain.concept import Gesprekspartner
    from frontoffice.domain.klantbeeld import Klantbeeld
    from frontoffice.domain.registratie import Verzending
    from frontoffice.ports import Klok
    from frontoffice.profiel import Profiel
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.meldingen import Meldingdienst
    from frontoffice.services.meldingschrijven import Meldingschrijver
    from ui.bericht.dienst import Berichten
    from ui.contact.gesprekken import Gesprekken
    from ui.meldingen.nieuw import NieuweMelding
    from ui.meldingen.scherm import Blad, MeldingenScherm


class Bron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def berichten(self) -> Berichten: ...

    @property
    def meldingen(self) -> Meldingdienst | None: ...

    @property
    def meldingschrijver(self) -> Meldingschrijver | None: ...

    @property
    def contacten(self) -> Contactdiensten: ...

    @property
    def klok(self) -> Klok: ...

    @property
    def profiel(self) -> Profiel: ...


class Meldingen(QObject):
    """Signalen: `melding` (zin voor de statusregel), `klaargezet` (er staat iets in de outbox) en
    `zoek_klant` (tekst) en `belofte` (Belofteaanleiding)."""

    melding = Signal(str)
    klaargezet = Signal()
    zoek_klant = Signal(str)
    belofte = Signal(object)

    def __init__(
        self,
        midden: QStackedWidget,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        klant: Callable[[], Klantbeeld | None],
        gesprekken: Callable[[], Gesprekken | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._midden, self._acties, self._thema = midden, acties, thema
        self._achtergrond, self._klant, self._gesprekken = achtergrond, klant, gesprekken
        self._bron: Bron | None = None
        self._scherm: MeldingenScherm | None = None
        self._nieuw: NieuweMelding | None = None
        self._weg = Terugweg(midden)
        self._wacht_op: dict[int, str] = {}
        self._van_klant: tuple[int, Gesprekspartner | None] = (0, None)
        acties.meldingen.triggered.connect(lambda: self.open("zoeken"))
        acties.melding_maken.triggered.connect(self.open_nieuw)
        for actie in (acties.meldingen, acties.melding_maken):
            actie.setEnabled(False)

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als een van deze schermen voor staat, anders leeg."""
        return "meldingen" if self._weg.shows(self._scherm, self._nieuw) else ""

    @property
    def scherm(self) -> MeldingenScherm | None:
        return self._scherm

    @property
    def nieuw(self) -> NieuweMelding | None:
        return self._nieuw

    def set_diensten(self, bron: Bron, *, aangesloten: bool) -> None:
        """De services zijn er. Niet aangesloten: dan is er ook niets om aan te klikken."""
        self._bron = bron if aangesloten else None
        for actie in (self._acties.meldingen, self._acties.melding_maken):
            actie.setEnabled(aangesloten)
            actie.setVisible(aangesloten)

    def open(self, blad: Blad) -> None:
        """Het scherm met meldingen, op dit blad."""
        if self._bron is not None:
            scherm = self._make_scherm()
            self._show(scherm)
            scherm.open(blad)

    def open_vanaf_vandaag(self, nummer: str) -> None:
        """Deze ene melding, of zonder nummer de lijst van wie nog niets hoorde."""
        if nummer:
            self.open_melding(int(nummer))
        else:
            self.open("zonder_woord")

    def open_melding(self, nummer: int) -> None:
        """Deze ene melding, vanuit Vandaag of het zoekveld."""
        self._van_klant = (0, None)
        self._open_melding(nummer)

    def open_van_klant(self, nummer: int) -> None:
        """Deze melding van de klant in beeld: wat men hem vertelt, komt bij die klant te staan."""
        from ui.contact.beeld import to_partner

        beeld = self._klant()
        partner = to_partner(beeld) if beeld is not None and beeld.gecontroleerd else None
        self._van_klant = (nummer, partner)
        self._open_melding(nummer)

    def _open_melding(self, nummer: int) -> None:
        if self._bron is not None:
            scherm = self._make_scherm()
            self._show(scherm)
            scherm.open_melding(nummer)

    def open_nieuw(self) -> None:
        """Een nieuwe melding, met het nummer en adres van de klant in beeld."""
        bron = self._bron
        if bron is None:
            return
        if self._nieuw is None:
            from ui.meldingen.nieuw import NieuweMelding

            self._nieuw = NieuweMelding(
                bron,
                lambda: bron.contacten.winkel,
                bron.profiel.medewerker.identificatie,
                self._achtergrond,
                self._thema,
            )
            self._nieuw.gesloten.connect(self._back)
            self._nieuw.gemaakt.connect(self._made)
            self._nieuw.bekijk.connect(self.open_melding)
            self._nieuw.melding.connect(self.melding)
            self._midden.addWidget(self._nieuw)
        self._show(self._nieuw)
        self._nieuw.open(*_bereikbaar(self._klant()))

    def note_verzonden(self, verzending: Verzending) -> None:
        """Een nieuwe melding is weg: zeg het nummer, dat wil de melder horen. Loopt het gesprek nog, dan
        noemt dat contact de melding."""
        if verzending.id in self._wacht_op and verzending.is_klaar:
            gesprek = self._wacht_op.pop(verzending.id)
            nummer = verzending.stappen.get("melding", "")
            gesprekken = self._gesprekken()
            concept = gesprekken.find(gesprek) if gesprekken is not None else None
            if gesprekken is not None and concept is not None and nummer:
                gesprekken.edit(gesprek, meldingen=(*concept.meldingen, nummer))
            zin = f"De melding heeft nummer {nummer}." if nummer else "De melding staat in het systeem."
            self.melding.emit(zin)
            if self._scherm is not None and self._weg.shows(self._scherm):
                self._scherm.meldingvak.show_melding(f"Zeg dit: uw melding heeft nummer {nummer}.", "goed")

    def close_schermen(self) -> None:
        """Het venster sluit."""
        if self._scherm is not None:
            self._scherm.close_scherm()
        if self._nieuw is not None:
            self._nieuw.close_scherm()

    # --- intern -------------------------------------------------------------------------------------------

    def _make_scherm(self) -> MeldingenScherm:
        if self._scherm is None:
            from ui.meldingen.scherm import MeldingenScherm

            bron = self._bron
            assert bron is not None
            self._scherm = MeldingenScherm(
                bron, self._achtergrond, self._thema, bron.profiel.kanalen, self._find_partner
            )
            self._scherm.gesloten.connect(self._back)
            self._scherm.nieuw.connect(self.open_nieuw)
            self._scherm.melding.connect(self.melding)
            self._scherm.klaargezet.connect(self.klaargezet)
            self._scherm.zoek_klant.connect(self.zoek_klant)
            self._scherm.belofte.connect(self.belofte)
            self._midden.addWidget(self._scherm)
        return self._scherm

    def _find_partner(self, nummer: int) -> Gesprekspartner | None:
        """De klant van wie men deze melding opende; van elke andere melding is de melder niet bekend."""
        van, partner = self._van_klant
        return partner if van == nummer else None

    def _made(self, nummer: int, zin: str) -> None:
        gesprekken = self._gesprekken()
        actief = gesprekken.actief if gesprekken is not None else None
        self._wacht_op[nummer] = actief.uuid if actief is not None else ""
        scherm = self._make_scherm()
        self._show(scherm)
        scherm.open("zoeken")
        scherm.meldingvak.show_melding(zin, "goed")
        self.melding.emit(zin)
        self.klaargezet.emit()

    def _show(self, scherm: QWidget) -> None:
        self._weg.go(scherm, self._scherm, self._nieuw)

    def _back(self) -> None:
        """Van een nieuwe melding naar de klant of de lijst; vandaar naar waar men vandaan kwam."""
        if self._scherm is not None:
            self._scherm.clear()
        self._weg.back()


def _bereikbaar(beeld: Klantbeeld | None) -> tuple[str, str]:
    """Het nummer en e-mailadres van de klant in beeld; leeg als die er niet zijn."""
    from ui.afspraak.klant import make_boekklant

    klant = make_boekklant(beeld, "")
    return (klant.telefoon, klant.email) if klant is not None else ("", "")
