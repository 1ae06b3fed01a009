"""Wie over een afspraak niets hoorde, van elke werkplek: de Bellijst die alle balies delen.

Staat onder wat deze werkplek zelf nog moet versturen, en alleen als er iemand te bellen is. Haalt op de
achtergrond op; belt en verstuurt niet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.taal import dag_van, datum_kort, tijd
from frontoffice.services.berichtbord import TeBellen
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop, Lijn
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce, isolate
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.ports import Stop
    from frontoffice.services.berichtbord import Berichtbord
    from ui.achtergrond import Achtergrond

_KOP = "Te bellen over een afspraak"
_UITLEG = "Bij een andere werkplek kwam het bericht niet aan. Wie belt, kiest daarna Inwoner is gebeld."
_HOOGSTE, _LAAGSTE = 220, 56


class Bordvak(QWidget):
    """`open_bord` geeft het gedeelde bord, of None als er geen is; nooit op de schermdraad. `gedeeld`: er is
    een bord. `getoond`: staat er iemand op."""

    gedeeld = Signal()
    getoond = Signal(bool)

    def __init__(
        self, open_bord: Callable[[], Berichtbord | None], achtergrond: Achtergrond, thema: Thema
    ) -> None:
        super().__init__()
        self.setAccessibleName(_KOP)
        self._open_bord, self._vragen = open_bord, Vragen(achtergrond)
        self._eigen: frozenset[str] = frozenset()
        self._alle: tuple[TeBellen, ...] = ()
        self.uitleg = Tekst(_UITLEG, rol="gedempt")
        self.lijst = RijLijst(_KOP, thema)
        self.gebeld = Knop("Inwoner is gebeld", self._mark_gebeld)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (Lijn(), Tekst(_KOP, rol="kop2"), self.uitleg, self.lijst):
            kolom.addWidget(deel)
        kolom.addWidget(self.gebeld, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def load(self, eigen: Collection[str]) -> None:
        """Haal op wie er te bellen is. `eigen`: sleutels van berichten die hier al in de lijst staan."""
        self._eigen = frozenset(eigen)
        self._vragen.ask("lijst", self._fetch, self._show, self._show_fout)

    def close_vak(self) -> None:
        self._vragen.cancel_alles()

    def _fetch(self, _: Stop) -> tuple[TeBellen, ...] | None:
        bord = self._open_bord()
        return None if bord is None else bord.load_te_bellen()

    def _show(self, alle: tuple[TeBellen, ...] | None) -> None:
        if alle is None:
            return
        self.gedeeld.emit()
        had_focus = self.lijst.hasFocus() or self.gebeld.hasFocus()
        self._alle = tuple(bellen for bellen in alle if bellen.sleutel not in self._eigen)
        vorige = self.lijst.gekozen_rij
        gekozen = vorige.waarde if vorige is not None else ""
        plaats = next((n for n, bellen in enumerate(self._alle) if bellen.sleutel == gekozen), 0)
        self.lijst.set_rijen([_to_rij(bellen) for bellen in self._alle], kies=plaats if self._alle else -1)
        hoogte = self.lijst.gewenste_hoogte(_HOOGSTE)
        self.lijst.setMinimumHeight(min(hoogte, _LAAGSTE))  # op een klein scherm bladert men door de lijst
        self.lijst.setMaximumHeight(hoogte)
        self.uitleg.setText(_UITLEG)
        self.uitleg.set_rol("gedempt")
        self._show_delen()
        if had_focus and not self._alle:
            self.focusPreviousChild()

    def _show_fout(self, fout: KifFout) -> None:
        """Alleen als hier iets stond of hoort te staan: zonder gedeelde agenda is er geen fout."""
        self._alle = ()
        self.uitleg.setText(f"Of er voor andere werkplekken te bellen is, is niet te zien. {fout.uitleg}")
        self.uitleg.set_rol("let_op")
        self._show_delen(fout=True)

    def _show_delen(self, *, fout: bool = False) -> None:
        for deel in (self.lijst, self.gebeld):
            deel.setVisible(bool(self._alle))
        self.setVisible(bool(self._alle) or fout)
        self.getoond.emit(bool(self._alle))

    def _mark_gebeld(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is None or self._vragen.is_onderweg("gebeld"):
            return
        sleutel = str(rij.waarde)

        def werk(stop: Stop) -> tuple[TeBellen, ...] | None:
            bord = self._open_bord()
            if bord is not None:
                bord.mark_gebeld(sleutel)
            return self._fetch(stop)

        def klaar(alle: tuple[TeBellen, ...] | None) -> None:
            announce(self.lijst, "Dit staat niet meer in de lijst.")
            self._show(alle)

        self._vragen.ask("gebeld", werk, klaar, self._show_fout)


def _to_rij(bellen: TeBellen) -> Rij:
    dag = dag_van(bellen.begin)
    wanneer = f"{datum_kort(dag, dag)}, {tijd(bellen.begin)}"
    return Rij(
        f"{isolate(bellen.naam or 'Zonder naam')} · {bellen.bel or 'geen telefoonnummer'}",
        f"Afspraak {wanneer} · {bellen.reden}",
        toets=bellen.kenmerk,
        icoon="waarschuwing",
        waarde=bellen.sleutel,
    )
