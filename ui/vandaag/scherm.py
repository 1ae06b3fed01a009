"""Het beginscherm: bovenaan wat eerst moet, daaronder de delen, en wie u deze dienst al opende.

Staat er al vóór de services; de delen komen er pas bij als die er zijn. Haalt zelf niets op.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.klant import RecenteKlant
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.rijen import Rij, RijLijst
from ui.tekst import KorteTekst, Tekst
from ui.thema import Thema, set_stijl
from ui.zoeken.zoeker import recente_rijen

if TYPE_CHECKING:  # komt pas na de eerste tekening
    from frontoffice.services.vandaag import Regel

_VRAGEN = {"telefoon": "Wie belt er?", "balie": "Wie staat er voor u?"}
_HINT = (
    "Typ bovenaan een telefoonnummer, naam met geboortedatum, postcode met huisnummer of zaaknummer. "
    "F1 noemt de rest."
)
_SMAL = 760


class VandaagScherm(QWidget):
    """`gekozen` draagt een RecenteKlant, `gezocht` een tekst om op te zoeken; `eerste` en `terug` niets."""

    gekozen = Signal(object)
    gezocht = Signal(str)
    eerste = Signal()
    terug = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.setProperty("hulp", "vandaag")
        self.dag = KorteTekst(rol="gedempt")
        self.stand = Tekst(rol="gewoon")
        self._standvak = QFrame()
        self._standvak.hide()
        plaats = QHBoxLayout(self._standvak)
        plaats.setContentsMargins(0, 0, 0, 0)
        plaats.addWidget(self.stand)
        self.terugknop = Knop("Terug naar de klant", self.terug.emit, soort="stil")
        self.terugknop.hide()
        self._hint = Tekst(f"{_VRAGEN['telefoon']} {_HINT}", rol="gedempt")
        self._recent = RijLijst("Recent geopend", thema)
        self._recent.gekozen.connect(self.gekozen)
        self._leeg = Tekst(
            "Hier komen de klanten die u opent. Als u het programma sluit, is deze lijst weer leeg.",
            rol="gedempt",
        )
        self._proberen = RijLijst("Proberen in de demonstratie", thema)
        self._proberen.gekozen.connect(lambda tekst: self.gezocht.emit(str(tekst)))
        self._probeerblok = QWidget()
        self._probeerblok.setLayout(_build_blok("Proberen in de demonstratie", self._proberen))
        self._build_eerst()
        self.links, self.rechts = QVBoxLayout(), QVBoxLayout()
        for kolom in (self.links, self.rechts):
            kolom.setContentsMargins(0, 0, 0, 0)
            kolom.setSpacing(6 * Thema.afstand)
        self._links = QWidget()
        self._links.setLayout(self.links)
        rechts = QWidget()
        rechts.setLayout(self.rechts)
        rechts.setMaximumWidth(460)
        self.rechts.addWidget(self._probeerblok)
        self.rechts.addLayout(_build_blok("Recent geopend", self._leeg, self._recent))
        self._rij = QHBoxLayout()
        self._rij.setSpacing(10 * Thema.afstand)
        self._rij.addWidget(self._links, 3, Qt.AlignmentFlag.AlignTop)
        self._rij.addWidget(rechts, 2, Qt.AlignmentFlag.AlignTop)
        self._build()
        self.set_recent(())
        self.set_voorbeelden(())

    def _build_eerst(self) -> None:
        self.eerst = QFrame()
        set_stijl(self.eerst, "soort", "paneel")
        self.eerst_titel = Tekst(rol="nadruk")
        self.eerst_onder = Tekst(rol="gedempt")
        self.eerst_knop = Knop("Openen   Alt+1", self.eerste.emit, soort="groot", naam="Het eerste openen")
        zinnen = QVBoxLayout()
        zinnen.setSpacing(0)
        zinnen.addWidget(KorteTekst("Eerst dit", rol="klein"))
        zinnen.addWidget(self.eerst_titel)
        zinnen.addWidget(self.eerst_onder)
        rij = QHBoxLayout(self.eerst)
        marge = 3 * Thema.afstand
        rij.setContentsMargins(marge, marge, marge, marge)
        rij.setSpacing(marge)
        rij.addLayout(zinnen, 1)
        rij.addWidget(self.eerst_knop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.eerst.hide()

    def _build(self) -> None:
        boven = QHBoxLayout()
        boven.setSpacing(3 * Thema.afstand)
        boven.addWidget(Tekst("Vandaag", rol="kop1"))
        boven.addWidget(self.dag, 1, Qt.AlignmentFlag.AlignBottom)
        boven.addWidget(self.terugknop)
        inhoud = QWidget()
        kolom = QVBoxLayout(inhoud)
        marge = 6 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(Thema.afstand)
        kolom.addLayout(boven)
        kolom.addWidget(self._standvak)
        kolom.addWidget(self._hint)
        kolom.addSpacing(3 * Thema.afstand)
        kolom.addWidget(self.eerst)
        kolom.addSpacing(3 * Thema.afstand)
        kolom.addLayout(self._rij)
        kolom.addStretch(1)
        buiten = QVBoxLayout(self)
        buiten.setContentsMargins(0, 0, 0, 0)
        buiten.addWidget(Scrollvlak(inhoud))

    # --- tonen ---------------------------------------------------------------------------------------------

    def add_delen(self, links: Sequence[QWidget], rechts: Sequence[QWidget]) -> None:
        """Zet de delen neer; rechts komen ze boven wat er al stond."""
        for vak in links:
            self.links.addWidget(vak)
        for plaats, vak in enumerate(rechts):
            self.rechts.insertWidget(plaats, vak)

    def show_stand(self, zin: str, *, goed: bool = False) -> None:
        self.stand.setText(zin)
        self.stand.set_rol("goed" if goed else "nadruk")
        set_stijl(self._standvak, "soort", "band_goed" if goed else "")
        marge = 2 * Thema.afstand if goed else 0
        self.stand.setContentsMargins(2 * marge, marge, marge, marge)
        self._standvak.setVisible(bool(zin))

    def show_eerste(self, regel: Regel | None) -> None:
        """Wat het eerst gedaan moet worden; None = niets."""
        self.eerst.setVisible(regel is not None)
        if regel is not None:
            self.eerst_titel.setText(f"{regel.titel}, {regel.merk}" if regel.merk else regel.titel)
            self.eerst_onder.setText(regel.onder)

    def set_werkplek(self, soort: str) -> None:
        self._hint.setText(f"{_VRAGEN.get(soort, _VRAGEN['telefoon'])} {_HINT}")

    def set_recent(self, recent: Sequence[RecenteKlant]) -> None:
        self._recent.set_rijen(recente_rijen(tuple(recent)))
        self._recent.setVisible(bool(recent))
        self._recent.setFixedHeight(self._recent.gewenste_hoogte(360))
        self._leeg.setVisible(not recent)

    def set_voorbeelden(self, voorbeelden: Sequence[tuple[str, str]]) -> None:
        """Klanten om te proberen, als (wie het is, wat u typt); leeg buiten de demonstratie."""
        rijen = [Rij(wie, onder=tekst, icoon="zoek", waarde=tekst) for wie, tekst in voorbeelden]
        self._proberen.set_rijen(rijen)
        self._proberen.setFixedHeight(self._proberen.gewenste_hoogte(360))
        self._probeerblok.setVisible(bool(voorbeelden))

    def set_breedte(self, breedte: int) -> None:
        """Onder elkaar als er naast elkaar geen plaats is."""
        smal = breedte < _SMAL
        self._rij.setDirection(QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight)
        self._rij.setSpacing((6 if smal else 10) * Thema.afstand)


def _build_blok(kop: str, *inhoud: QWidget) -> QVBoxLayout:
    kolom = QVBoxLayout()
    kolom.setContentsMargins(0, 0, 0, 0)
    kolom.setSpacing(Thema.afstand)
    kolom.addWidget(Tekst(kop, rol="kop2"))
    kolom.addWidget(Lijn())
    for deel in inhoud:
        kolom.addWidget(deel)
    return kolom
