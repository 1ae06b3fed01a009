"""Wat er bij Vanavond hoort en een eigen scherm heeft: het publieke scherm, papier, verslag, draaien.

Verbindt alleen. Alles van de agenda gaat open op de achtergrond, en werkt door als de database weg is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from frontoffice.domain.taal import make_afzender
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.vragen import Vragen
from ui.avondpapier.venster import Avondpapier
from ui.instellingen import Instellingen
from ui.publiek.venster import Publiek
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.agenda.inrichting import Inrichting
    from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
    from frontoffice.ports import Logboek
    from frontoffice.profiel import Profiel
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn
    from frontoffice.services.avondpapier import Papier, Papierdienst
    from ui.avondpapier.dienst import Bronnen


class Erbijbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def profiel(self) -> Profiel: ...

    @property
    def agenda(self) -> Agendadiensten: ...

    @property
    def agenda_uit(self) -> str: ...

    @property
    def avondlijn(self) -> Avondlijn: ...

    @property
    def logboek(self) -> Logboek: ...


class Erbij(QObject):
    """`melding` draagt een zin voor de statusregel; `papier` hoe het met de papieren lijst staat (Papier)."""

    melding = Signal(str)
    papier = Signal(object)

    def __init__(
        self,
        midden: QStackedWidget,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        instellingen: Instellingen,
        current: Callable[[], Bezoek | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._vragen = Vragen(achtergrond)
        self._bron: Erbijbron | None = None
        self._dienst: Papierdienst | None = None
        self._gezien: tuple[object, ...] = ()
        self._stand: Avondstand | None = None
        self.publiek = Publiek(acties, thema, achtergrond, midden, instellingen.qsettings)
        self.avondpapier = Avondpapier(midden, acties, thema, achtergrond, midden, current)
        for deel in (self.publiek, self.avondpapier):
            deel.melding.connect(self.melding)
        self.avondpapier.afgedrukt.connect(self._look_again)

    @property
    def is_open(self) -> bool:
        return self.avondpapier.is_open

    def set_diensten(self, bron: Erbijbron) -> None:
        """De services zijn er; er gaat pas iets open als iemand erom vraagt."""
        self._vragen.cancel_alles()
        self._bron, self._dienst, self._gezien, self._stand = bron, None, (), None
        kan = not bron.agenda_uit
        self.publiek.set_bron((lambda: bron.avondlijn) if kan else None)
        self.avondpapier.set_bronnen(self._load_bronnen if kan else None)

    def follow_opname(self, opname: object) -> None:
        """Wat het scherm Vanavond het laatst opnam; zonder avond is er niets om af te drukken."""
        from ui.vanavond.dienst import Opname

        if isinstance(opname, Opname):
            self.follow(opname.stand)

    def follow(self, stand: Avondstand) -> None:
        """De avond is zo: klopt het papier nog? Vraagt dat alleen als er iets veranderde."""
        self._stand = stand
        sleutel = (stand.datum, stand.avond.versie)
        if self._bron is None or sleutel == self._gezien:
            return
        self._gezien = sleutel
        self._vragen.ask("papier", lambda _: self._load_dienst().load_papier(stand), self._show, stil=True)

    def close_schermen(self) -> None:
        """Het venster sluit."""
        self._vragen.cancel_alles()
        self.publiek.close_schermen()
        self.avondpapier.close_schermen()

    def _show(self, papier: Papier) -> None:
        self.papier.emit(papier)

    def _look_again(self) -> None:
        self._gezien = ()
        if self._stand is not None:
            self.follow(self._stand)

    # --- op een achtergronddraad ---------------------------------------------------------------------------

    def _load_bronnen(self) -> Bronnen:
        from ui.avondpapier.dienst import Bronnen

        bron = self._bron
        assert bron is not None
        gemeente = bron.profiel.gemeente.naam
        afzender = make_afzender(gemeente)
        return Bronnen(bron.avondlijn, self._load_dienst(), bron.logboek, afzender)

    def _load_dienst(self) -> Papierdienst:
        """Eén dienst: die onthoudt ook zonder agenda wat hier is afgedrukt."""
        from frontoffice.services.avondpapier import Papierdienst

        bron = self._bron
        assert bron is not None

        def load_inrichting() -> Inrichting:
            return bron.avondlijn.beelden.load().inrichting

        if self._dienst is None:
            self._dienst = Papierdienst(lambda: bron.agenda, bron.avondlijn, load_inrichting)
        return self._dienst
