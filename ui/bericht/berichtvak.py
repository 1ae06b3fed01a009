"""Het bericht bij een afspraak: één regel hoe het ermee staat, met wat men eraan kan doen.

Volgt vanzelf tot het is aangekomen of iemand moet bellen. Verstuurt zelf niets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.domain.fouten import KifFout
    from frontoffice.services.afspraakberichten import Berichtbeeld
    from ui.bericht.dienst import Berichtvragen
    from ui.bericht.voorbeeld import Berichtvoorbeeld

_KIJK_MS = 1_500
_AF = ("Aangekomen", "Gebeld", "Bellen")
_LEZEN, _DICHT = "Lees het bericht", "Verberg het bericht"


class Berichtvak(QWidget):
    """Zonder vragen, of bij een afspraak zonder e-mail of sms, staat er niets. `anders`: er staan andere
    knoppen."""

    anders = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Bericht aan de inwoner")
        self._vragen: Berichtvragen | None = None
        self._afspraak: Afspraak | None = None
        self._beeld: Berichtbeeld | None = None
        self._gezegd = ""
        self.voorbeeld: Berichtvoorbeeld | None = None
        self.regel = Tekst()
        self.lees = Knop(_LEZEN, self._toggle)
        self.zet_klaar = Knop("Klaarzetten", self._put, naam="Bericht klaarzetten")
        self.opnieuw = Knop("Opnieuw versturen", self._retry, naam="Bericht opnieuw versturen")
        self.gebeld = Knop("Inwoner is gebeld", self._mark_gebeld)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        for knop in (self.lees, self.zet_klaar, self.opnieuw, self.gebeld):
            rij.addWidget(knop)
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(Thema.afstand)
        self._kolom.addWidget(self.regel)
        self._kolom.addWidget(knoppen)
        self._kijk = QTimer(self)
        self._kijk.setInterval(_KIJK_MS)
        self._kijk.timeout.connect(self._load)
        self.hide()

    def set_vragen(self, vragen: Berichtvragen) -> None:
        """De services zijn er."""
        self._vragen = vragen

    def show_afspraak(self, afspraak: Afspraak | None) -> None:
        """Toon het bericht van deze afspraak; van de vorige blijft niets staan."""
        zelfde = afspraak is not None and self._afspraak is not None and afspraak.id == self._afspraak.id
        self._afspraak = afspraak
        if not zelfde:
            self._beeld, self._gezegd = None, ""
            self._close_voorbeeld()
            self.hide()
        if afspraak is None or self._vragen is None:
            self._kijk.stop()
            if self._vragen is not None:
                self._vragen.cancel()
            return
        self._load()

    # --- laden en tonen ------------------------------------------------------------

    def _load(self) -> None:
        afspraak, vragen = self._afspraak, self._vragen
        if afspraak is None or vragen is None:
            return

        def show(beeld: Berichtbeeld | None) -> None:
            if self._afspraak is afspraak:
                self._show(beeld)

        vragen.load(afspraak, show, self._show_fout)

    def _show(self, beeld: Berichtbeeld | None) -> None:
        self._beeld = beeld
        if beeld is None:
            self._kijk.stop()
            self.hide()
            return
        stand = beeld.stand
        zin = beeld.reden if stand is None else stand.zin
        bellen = stand is not None and stand.moet_bellen
        self.regel.setText(f"Bericht: {zin[:1].lower()}{zin[1:]}" if not bellen else f"Bericht: {zin}")
        self.regel.set_rol("let_op" if bellen or beeld.kan_klaar else "gewoon")
        self.lees.setVisible(beeld.voorbeeld is not None)
        self.zet_klaar.setVisible(beeld.kan_klaar)
        self.opnieuw.setVisible(bellen)
        self.gebeld.setVisible(bellen)
        self._fill_voorbeeld()
        if self.isHidden():
            self.show()
        if self._gezegd and self._gezegd != zin:
            announce(self, zin)
        if self._gezegd != zin:
            self._gezegd = zin
            self.anders.emit()
        self._follow()

    def _follow(self) -> None:
        """Kijk zolang er nog iets kan veranderen, en alleen als iemand het ziet."""
        stand = self._beeld.stand if self._beeld is not None else None
        onderweg = stand is not None and stand.woord not in _AF
        if onderweg and self.isVisible():
            self._kijk.start()
        else:
            self._kijk.stop()

    def _show_fout(self, fout: KifFout) -> None:
        self._kijk.stop()
        self.regel.setText(f"Bericht: {fout.uitleg}")
        self.regel.set_rol("fout")
        for knop in (self.lees, self.zet_klaar, self.opnieuw, self.gebeld):
            knop.hide()
        self.show()

    # --- het voorbeeld ------------------------------------------------------------

    def _toggle(self) -> None:
        if self.voorbeeld is not None and not self.voorbeeld.isHidden():
            self._close_voorbeeld()
            return
        if self.voorbeeld is None:
            from ui.bericht.voorbeeld import Berichtvoorbeeld

            self.voorbeeld = Berichtvoorbeeld()
            self._kolom.addWidget(self.voorbeeld)
        self.voorbeeld.show()
        self.lees.set_tekst(_DICHT)
        self._fill_voorbeeld()
        announce(self.voorbeeld, self.voorbeeld.tekst.text())

    def _fill_voorbeeld(self) -> None:
        beeld = self._beeld
        if self.voorbeeld is not None and beeld is not None and beeld.voorbeeld is not None:
            self.voorbeeld.show_voorbeeld(beeld.voorbeeld)

    def _close_voorbeeld(self) -> None:
        if self.voorbeeld is not None:
            self.voorbeeld.hide()
        self.lees.set_tekst(_LEZEN)

    # --- doen ------------------------------------------------------------

    def _put(self) -> None:
        if self._vragen is not None and self._afspraak is not None:
            self._vragen.put(self._afspraak, self._done, self._show_fout)

    def _retry(self) -> None:
        if (nummer := self._nummer) and self._vragen is not None:
            self._vragen.retry(nummer, self._done, self._show_fout)

    def _mark_gebeld(self) -> None:
        if (nummer := self._nummer) and self._vragen is not None:
            self._vragen.mark_gebeld(nummer, self._done, self._show_fout)

    @property
    def _nummer(self) -> int:
        return self._beeld.stand.id if self._beeld is not None and self._beeld.stand is not None else 0

    def _done(self, _: object) -> None:
        if not self.lees.isHidden():
            self.lees.setFocus(Qt.FocusReason.OtherFocusReason)
        self._load()

    # --- Qt ------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._kijk.stop()
