"""Van wens naar tijd: zoekt bij elke verandering opnieuw en zet tijden en avonden op het scherm.

Kiest zelf niets; gaat alleen naar de lijst als de medewerker daarom vroeg.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.wens import Wens
from frontoffice.services.afspraakgegevens import wens_van
from ui.afspraak.avondenvak import AvondenVak
from ui.afspraak.dienst import Resultaat
from ui.afspraak.kolommen import Kolommen
from ui.afspraak.maandvak import MaandVak
from ui.afspraak.tijdenvak import TijdenVak
from ui.afspraak.verloop import Boekverloop
from ui.afspraak.wensvak import WensVak


class Tijdkeuze(QObject):
    """Signalen: `gewijzigd` (een andere wens of filter), `anders` (er staan andere vakken of knoppen)."""

    gewijzigd = Signal()
    anders = Signal()

    def __init__(
        self,
        wens: WensVak,
        tijden: TijdenVak,
        avonden: AvondenVak,
        maand: MaandVak,
        kolommen: Kolommen,
        verloop: Boekverloop,
        scherm: QWidget,
    ) -> None:
        super().__init__(scherm)
        self._wens, self._tijden, self._avonden, self._maand = wens, tijden, avonden, maand
        self._kolommen, self._verloop, self._scherm = kolommen, verloop, scherm
        self._naar_lijst = False
        self._wens_verzet: Wens | None = None
        self._heeft: tuple[Afspraak, ...] = ()
        zoeker = verloop.zoeker
        zoeker.producten.connect(wens.set_producten)
        zoeker.gevonden.connect(self._show_resultaat)
        zoeker.bijgewerkt.connect(self._follow)
        wens.gezocht.connect(lambda zoek: zoeker.find_producten(zoek, wens.wens))
        wens.gewijzigd.connect(self._search)
        wens.verder.connect(self._focus_lijst)
        tijden.opnieuw.connect(self._retry)
        tijden.vernieuwen.connect(self._renew)
        tijden.zonder_filters.connect(self._clear_filters)
        tijden.splits.connect(self._search_splits)
        for vak in (avonden, maand):
            vak.gekozen.connect(self._choose_avond)
            vak.waarom.connect(self._ask_waarom)

    def begin(self, verzet: Afspraak | None) -> None:
        """Een lege wens. Die van de afspraak die verzet wordt, komt met `fill`."""
        self._heeft, self._naar_lijst = (), False
        self._wens_verzet = wens_van(verzet) if verzet is not None else None
        self._tijden.clear()
        self._clear_avonden()
        self._wens.begin(heeft_afspraak=verzet is not None)

    def fill(self, inrichting: Inrichting | None) -> None:
        """Zoek op de wens van wat verzet wordt, zodra de producten bekend zijn."""
        if inrichting is not None and self._wens_verzet is not None:
            self._wens.set_wens(self._wens_verzet, inrichting)

    def set_heeft(self, afspraken: tuple[Afspraak, ...]) -> None:
        """Wat de klant in beeld al heeft: een eerdere tijd ligt daarvoor."""
        self._heeft = afspraken

    def mark_vast(self) -> None:
        """Laat in de lijst zien welke tijd vaststaat."""
        self._tijden.mark_vast(self._vast_sleutel())

    def focus_lijst(self) -> None:
        """Naar de tijden; zijn ze er nog niet, dan zodra ze er zijn."""
        self._naar_lijst = True
        self._focus_lijst()

    @property
    def is_focus_vrij(self) -> bool:
        """Staat de focus nergens, tussen de tijden, of op iets wat net verdween?"""
        nu = self._scherm.focusWidget()
        vakken = (self._tijden, self._avonden, self._maand)
        in_tijden = nu is not None and any(vak.isAncestorOf(nu) for vak in vakken)
        return nu is None or not nu.isVisible() or in_tijden

    # --- zoeken -------------------------------------------------------------------------------------------

    def _search(self) -> None:
        """De wens of een filter is veranderd: meteen opnieuw zoeken."""
        wensen = self._wens.wensen
        self.anders.emit()
        if not wensen:
            self._verloop.zoeker.clear()
            self._clear_avonden()
            self._tijden.clear()
        else:
            self._search_wensen(wensen)
        self.gewijzigd.emit()

    def _search_wensen(self, wensen: tuple[Wens, ...]) -> None:
        filters = self._wens.filters(self._avonden.datum, self._voor())
        self._tijden.show_zoeken()
        self._verloop.zoeker.search(self._verloop.opdracht(wensen, filters))

    def _search_splits(self, wensen: Sequence[Wens]) -> None:
        self._naar_lijst = True
        self._search_wensen(tuple(wensen))

    def _voor(self) -> datetime | None:
        """Wat iemand nu heeft: daarvoor moet het liggen."""
        if self._verloop.verzet is not None:
            return self._verloop.verzet.begin
        return self._heeft[0].begin if self._heeft else None

    def _retry(self) -> None:
        """Na een storing: alles wat nog ontbreekt opnieuw."""
        self._verloop.zoeker.load_inrichting()
        self._search()

    def _renew(self) -> None:
        self._naar_lijst = True
        self._search()

    def _clear_filters(self) -> None:
        self._wens.clear_filters()
        self._choose_avond(None)

    def _choose_avond(self, datum: date | None) -> None:
        self._avonden.set_datum(datum)
        self._maand.set_datum(datum)
        self._renew()

    def _ask_waarom(self, datum: date) -> None:
        wens = self._wens.wens
        if wens is not None:
            self._verloop.explain(wens, datum, lambda geweigerd: self._avonden.show_waarom(datum, geweigerd))

    # --- tonen --------------------------------------------------------------------------------------------

    def _show_resultaat(self, resultaat: Resultaat) -> None:
        self._tijden.show_resultaat(resultaat, gefilterd=resultaat.opdracht.filters.zijn_gezet)
        self._show_avonden(resultaat)
        self.mark_vast()
        self.anders.emit()
        if self._naar_lijst:
            self._naar_lijst = False
            self._focus_lijst()

    def _follow(self, resultaat: Resultaat) -> None:
        self._tijden.follow(resultaat, self._vast_sleutel())
        self._show_avonden(resultaat)

    def _show_avonden(self, resultaat: Resultaat) -> None:
        standen, vandaag = resultaat.uitslag.avonden, resultaat.vandaag
        self._avonden.show_standen(standen, vandaag)
        self._maand.show_standen(standen, resultaat.dekking, vandaag)

    def _clear_avonden(self) -> None:
        self._avonden.clear()
        self._maand.clear()

    def _vast_sleutel(self) -> object:
        return self._verloop.vast.mogelijkheid.sleutel if self._verloop.vast is not None else None

    def _focus_lijst(self) -> None:
        """Naar de tijden, als de medewerker daar zelf om vroeg en intussen niet ergens anders heen ging."""
        gevraagd = self._wens.wens is not None or self._wens_verzet is not None
        wacht = self._verloop.is_onderweg("zoeken") or (gevraagd and self._verloop.zoeker.resultaat is None)
        if wacht or self._tijden.lijst.isHidden():
            self._naar_lijst = wacht
            if not wacht:
                self._kolommen.go("tijden")
            return
        self._kolommen.go("tijden")
        in_wens = self._wens.isAncestorOf(self._scherm.focusWidget() or self._wens)
        if in_wens or self._kolommen.is_smal or self.is_focus_vrij:
            self._tijden.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
