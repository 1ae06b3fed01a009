"""Papier en verslag van de avond in het venster: maakt elk scherm als het nodig is, en gaat weer terug.

Kent de avond niet zelf: wie er gekozen is, en waar de avond te lezen is, krijgt het van buiten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontoffice.domain.fouten import KifFout
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.vragen import Vragen
from ui.papier import Klaarpapier, Papierwerk
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.agenda.vanavond.bezoek import Bezoek
    from frontoffice.services.avondpapier import Papiergegevens
    from ui.avondpapier.dienst import Open
    from ui.avondpapier.verslagscherm import VerslagScherm
    from ui.papierscherm import PapierScherm
    from ui.publiek.gedraaid import GedraaidScherm
    from ui.publiek.inhoud import Gegevens

_KIES = "Kies eerst om wie het gaat."


class Avondpapier(QObject):
    """`melding` draagt een zin voor de statusregel; `afgedrukt`: er ligt een nieuwe avondlijst."""

    melding = Signal(str)
    afgedrukt = Signal()

    def __init__(
        self,
        midden: QStackedWidget,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        bij: QWidget,
        current: Callable[[], Bezoek | None],
    ) -> None:
        """`current`: wie er aan de balie zit of is gekozen; `bij`: het venster dat gedraaid wordt."""
        super().__init__(bij)
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._bij, self._current = bij, current
        self._vragen = Vragen(achtergrond)
        self._open: Open | None = None
        self._weg = Terugweg(midden)
        self._papier: PapierScherm | None = None
        self._verslag: VerslagScherm | None = None
        self._gedraaid: GedraaidScherm | None = None
        acties.avondlijst.triggered.connect(lambda: self.open_lijst())
        acties.avondverslag.triggered.connect(lambda: self.open_verslag())
        acties.volgnummer_afdrukken.triggered.connect(lambda: self.open_volgnummer())
        acties.draai_scherm.triggered.connect(lambda: self.draai())

    @property
    def papier(self) -> PapierScherm | None:
        return self._papier

    @property
    def verslag(self) -> VerslagScherm | None:
        return self._verslag

    @property
    def gedraaid(self) -> GedraaidScherm | None:
        return self._gedraaid

    @property
    def is_open(self) -> bool:
        return self._weg.shows(self._papier, self._verslag)

    @property
    def hulp(self) -> str:
        return "vanavond" if self.is_open else ""

    def set_bronnen(self, open_: Open | None) -> None:
        """De services zijn er; er gaat pas iets open als iemand erom vraagt. None = er is geen agenda."""
        self._forget()
        self._open = open_
        for actie in (
            self._acties.avondlijst,
            self._acties.avondverslag,
            self._acties.volgnummer_afdrukken,
            self._acties.draai_scherm,
        ):
            actie.setEnabled(open_ is not None)

    def close_schermen(self) -> None:
        """Het venster sluit."""
        self._vragen.cancel_alles()
        if self._gedraaid is not None:
            self._gedraaid.close()
        if self._papier is not None:
            self._papier.clear()
        if self._verslag is not None:
            self._verslag.close_scherm()

    # --- openen --------------------------------------------------------------------------------------------

    def open_lijst(self) -> None:
        """De avondlijst bekijken en afdrukken."""
        open_ = self._open
        if open_ is None:
            return
        from ui.avondpapier import dienst as werk

        def note(hoe: str, klaar: Klaarpapier) -> None:
            werk.note(open_().logboek, f"avondlijst_{hoe}", _datum(klaar.gegevens))

        def na(klaar: Klaarpapier) -> None:
            if is_gegevens(klaar.gegevens):
                open_().papier.note_lijst(klaar.gegevens)

        self._show_papier(
            Papierwerk(
                "Avondlijst", lambda _: werk.make_lijst(open_), note, "De avondlijst is naar de printer.", na
            )
        )

    def open_volgnummer(self, bezoek: Bezoek | None = None) -> None:
        """Het briefje met het volgnummer, in de taal van wie wacht."""
        open_, wie = self._open, bezoek or self._current()
        if open_ is None:
            return
        if wie is None or not wie.volgnummer:
            self.melding.emit(_KIES if wie is None else "Dit bezoek heeft nog geen volgnummer.")
            return
        from ui.avondpapier import dienst as werk

        def note(hoe: str, _: Klaarpapier) -> None:
            dag = wie.datum.isoformat()
            werk.note(open_().logboek, f"volgnummer_{hoe}", dag, volgnummer=wie.volgnummer)

        self._show_papier(
            Papierwerk(
                f"Volgnummer {wie.volgnummer}",
                lambda taal: werk.make_volgnummer(open_, wie, taal),
                note,
                f"Het briefje van {wie.volgnummer} is naar de printer.",
                lambda _: open_().papier.note_briefje(wie),
                taal=wie.taal,
                talen=True,
                opnieuw=True,
            )
        )

    def open_verslag(self) -> None:
        """Hoe de avond ging, en de avond afsluiten."""
        if self._open is None:
            return
        if self._verslag is None:
            from ui.avondpapier.verslagscherm import VerslagScherm

            self._verslag = VerslagScherm(self._open, self._achtergrond, self._thema)
            self._verslag.melding.connect(self.melding)
            self._verslag.gesloten.connect(self._back)
            self._verslag.rapport.connect(self._open_rapport)
            self._midden.addWidget(self._verslag)
        self._weg.go(self._verslag)
        self._verslag.start()

    def draai(self, bezoek: Bezoek | None = None) -> None:
        """Laat deze bezoeker alleen zijn eigen bezoek zien."""
        open_, wie = self._open, bezoek or self._current()
        if open_ is None or wie is None:
            self.melding.emit(_KIES)
            return
        self._vragen.ask("draai", lambda _: load_gegevens(open_, wie), self._show_gedraaid, self._show_fout)

    # --- intern --------------------------------------------------------------------------------------------

    def _open_rapport(self, verslag: object) -> None:
        from frontoffice.agenda.vanavond.verslag import Verslag
        from ui.avondpapier import dienst as werk

        open_ = self._open
        if open_ is None or not isinstance(verslag, Verslag):
            return

        def note(hoe: str, _: Klaarpapier) -> None:
            werk.note(open_().logboek, f"avondverslag_{hoe}", verslag.datum.isoformat(), vorm="pdf")

        self._show_papier(
            Papierwerk(
                "Avondverslag",
                lambda _: werk.make_verslagpapier(open_, verslag),
                note,
                "Het verslag is naar de printer.",
            )
        )

    def _show_papier(self, werk: Papierwerk) -> None:
        if self._papier is None:
            from ui.papierscherm import PapierScherm

            self._papier = PapierScherm(self._achtergrond, hulp="vanavond")
            self._papier.melding.connect(self.melding)
            self._papier.gesloten.connect(self._back)
            self._papier.afgedrukt.connect(self.afgedrukt)
            self._midden.addWidget(self._papier)
        self._weg.go(self._papier)
        self._papier.open(werk)

    def _show_gedraaid(self, gegevens: Gegevens) -> None:
        if self._gedraaid is None:
            from ui.publiek.gedraaid import GedraaidScherm

            self._gedraaid = GedraaidScherm(self._thema)
            self._gedraaid.addAction(self._acties.afdekken)
        self._gedraaid.open_op(self._bij, gegevens)

    def _show_fout(self, fout: KifFout) -> None:
        self.melding.emit(fout.uitleg)

    def _back(self) -> None:
        """Terug naar waar dit werd geopend; papier vergeet wat erop stond."""
        if self._papier is not None and self._weg.shows(self._papier):
            self._papier.clear()
        self._weg.back()

    def _forget(self) -> None:
        """Wat een ander op deze werkplek bekeek, blijft niet staan."""
        self.close_schermen()
        for scherm in (self._papier, self._verslag):
            if scherm is not None:
                self._weg.remove(scherm)
        self._papier = self._verslag = None


def load_gegevens(open_: Open, bezoek: Bezoek) -> Gegevens:
    """Wat er op het gedraaide scherm komt, zoals het nu is; op een achtergronddraad."""
    from frontoffice.agenda.vanavond.bezoek import SoortBezoek
    from ui.avondpapier.inhoud import wait_words
    from ui.publiek.inhoud import make_gegevens

    papier = open_().papier
    gegevens = papier.load_gegevens(namen=False)
    nu = gegevens.stand.find(bezoek.id) or bezoek
    afspraak = papier.load_afspraak(nu.id) if nu.soort is SoortBezoek.AFSPRAAK else None
    stand = gegevens.stand
    return make_gegevens(nu, gegevens.inrichting, stand.balienamen, afspraak, wait_words(stand, nu))


def is_gegevens(wat: object) -> TypeGuard[Papiergegevens]:
    from frontoffice.services.avondpapier import Papiergegevens

    return isinstance(wat, Papiergegevens)


def _datum(gegevens: object) -> str:
    return gegevens.stand.datum.isoformat() if is_gegevens(gegevens) else ""
