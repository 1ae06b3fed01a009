"""Rechts na een keuze: vastgezet met de tijd die er nog is, wat u zegt, wat mee moet, en wie er komt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.afspraak import woorden
from ui.afspraak.contactvak import ContactVak
from ui.afspraak.scriptvak import ScriptVak
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.tekst import KorteTekst, Tekst, announce
from ui.thema import Thema, set_stijl

_SMAL, _BREEDST = 600, 980
_WAARSCHUW_S = 60


class GekozenVak(QFrame):
    """Signalen: `bevestigen`, `andere_tijd`, `vrijgeven`, `verlengen`."""

    bevestigen = Signal()
    andere_tijd = Signal()
    vrijgeven = Signal()
    verlengen = Signal()

    def __init__(self, verlengen: QAction) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setAccessibleName("Vastgezette tijd")
        self._gewaarschuwd = False
        self._verlopen = False
        self._toets = verlengen.shortcut().toString()
        self._band = QFrame()
        set_stijl(self._band, "soort", "band_goed")
        self._band.setAccessibleName("Vastgezet")
        self.wat = Tekst(rol="nadruk")
        self.rest = KorteTekst(rol="nadruk")
        self.rest.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.verleng = Knop(f"Verlengen ({self._toets})" if self._toets else "Verlengen", self.verlengen.emit)
        self.verleng.setAccessibleName("Verlengen")
        rij = self._bandrij = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._band)
        rij.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        rij.setSpacing(Thema.afstand)
        rij.addWidget(self.wat, 1)
        nog = QHBoxLayout()
        nog.setSpacing(3 * Thema.afstand)
        nog.addWidget(self.rest)
        nog.addWidget(self.verleng)
        nog.addStretch(1)
        rij.addLayout(nog)
        self.zeg = Tekst(rol="nadruk")
        self.zeg.setAccessibleName("Zeg dit")
        self.script = ScriptVak()
        self.contact = ContactVak()
        self.contact.bevestigd.connect(self.bevestigen)
        self.huidig = Tekst(rol="gedempt")
        self.huidig.hide()
        self._build()

    def _build(self) -> None:
        zegblok = QFrame()
        set_stijl(zegblok, "soort", "zeg")
        zeg = QVBoxLayout(zegblok)
        zeg.setContentsMargins(0, 0, 0, 0)
        zeg.setSpacing(2)
        zeg.addWidget(Tekst("Zeg dit", rol="kop2"))
        zeg.addWidget(self.zeg)
        self._delen = QHBoxLayout()
        self._delen.setSpacing(6 * Thema.afstand)
        self._delen.addWidget(self.script, 1, Qt.AlignmentFlag.AlignTop)
        self._delen.addWidget(self.contact, 1, Qt.AlignmentFlag.AlignTop)
        binnen = QWidget()
        binnen.setMaximumWidth(_BREEDST)
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self.huidig)
        kolom.addWidget(zegblok)
        kolom.addWidget(Lijn())
        kolom.addLayout(self._delen)
        kolom.addStretch(1)
        self.bevestig = Knop("Bevestigen", self.bevestigen.emit, soort="hoofd")
        self.anders = Knop("Andere tijd", self.andere_tijd.emit, soort="groot")
        self.los = Knop("Tijd vrijgeven", self.vrijgeven.emit, soort="groot")
        onder = QHBoxLayout()
        onder.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        onder.setSpacing(2 * Thema.afstand)
        for knop in (self.bevestig, self.anders, self.los):
            onder.addWidget(knop)
        onder.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(self._band)
        alles.addWidget(Scrollvlak(binnen), 1)
        alles.addWidget(Lijn())
        alles.addLayout(onder)

    # --- tonen ----------------------------------------------------------------------------------------------

    def show_vast(self, wat: str, zeg: str, *, telt_af: bool, mag_verlengen: bool, verzet: str = "") -> None:
        """Deze tijd is gekozen. `verzet`: wat de klant nu heeft, als er verzet wordt."""
        self._gewaarschuwd = self._verlopen = False
        set_stijl(self._band, "soort", "band_goed")
        self.wat.setText(f"Vastgezet: {wat}" if telt_af else f"Gekozen: {wat}")
        self.zeg.setText(f"“{zeg}”")
        self.rest.setVisible(telt_af)
        self.verleng.setVisible(telt_af and mag_verlengen)
        self.huidig.setText(verzet)
        self.huidig.setVisible(bool(verzet))
        self.contact.setVisible(not verzet)
        self.bevestig.set_tekst("Verzetten" if verzet else "Bevestigen")

    def show_seconden(self, seconden: int, *, mag_verlengen: bool) -> None:
        """Elke seconde; spreekt alleen op één minuut en als het voorbij is."""
        self.rest.setText(woorden.resterend(seconden) if seconden else "niet meer vastgezet")
        self.rest.setFixedWidth(self.rest.sizeHint().width())
        self.verleng.setVisible(mag_verlengen and seconden > 0)
        if seconden == 0 and not self._verlopen:
            self._verlopen = True
            set_stijl(self._band, "soort", "band_let_op")
            announce(self, "De tijd is niet meer vastgezet. Wat u typte, staat er nog.")
        elif 0 < seconden <= _WAARSCHUW_S and not self._gewaarschuwd:
            self._gewaarschuwd = True
            set_stijl(self._band, "soort", "band_let_op")
            hoe = f" Druk op {self._toets} om te verlengen." if mag_verlengen and self._toets else ""
            announce(self, f"De tijd staat {woorden.resterend_gesproken(seconden)} vast.{hoe}")
        elif seconden > _WAARSCHUW_S and self._gewaarschuwd:
            self._gewaarschuwd = self._verlopen = False
            set_stijl(self._band, "soort", "band_goed")

    def eerste_focus(self) -> QWidget:
        """Wat nog ontbreekt, anders de knop om te bevestigen."""
        leeg = self.contact.eerste_leeg() if not self.contact.isHidden() else None
        return leeg or self.bevestig

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        smal = self.width() < _SMAL
        # Naast elkaar zou de dag zelf over vier regels breken.
        onder = QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight
        self._bandrij.setDirection(onder)
        richting = QBoxLayout.Direction.BottomToTop if smal else QBoxLayout.Direction.LeftToRight
        if self._delen.direction() != richting:
            self._delen.setDirection(richting)
