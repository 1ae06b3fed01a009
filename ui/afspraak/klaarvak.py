"""Na het bevestigen: nummer en code om voor te lezen en te kopiëren, en wat men nu kan doen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak
from ui import klembord
from ui.afspraak import woorden
from ui.bericht.berichtvak import Berichtvak
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl


class KlaarVak(QFrame):
    """Signalen: `nieuw` (nog een afspraak), `terug`, `brief` (tuple[Afspraak]), `melding` (korte zin)."""

    nieuw = Signal()
    terug = Signal()
    brief = Signal(object)
    melding = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setAccessibleName("Afspraak bevestigd")
        self._afspraken: tuple[Afspraak, ...] = ()
        self._vandaag = date.min
        self.band = Band("De afspraak staat.", "goed")
        self.bericht = Berichtvak()
        self.zeg = Tekst()
        self.zeg.setAccessibleName("Zeg dit")
        self._rijen = QWidget()
        self._rooster = QGridLayout(self._rijen)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setHorizontalSpacing(4 * Thema.afstand)
        self._rooster.setVerticalSpacing(2 * Thema.afstand)
        self._rooster.setColumnStretch(3, 1)
        self.kopieer = Knop("Kopieer bevestiging", self._copy_alles)
        self.briefknop = Knop("Brief", lambda: self.brief.emit(self._afspraken))
        self.nog_een = Knop("Nog een afspraak", self.nieuw.emit)
        self.sluit = Knop("Klaar", self.terug.emit, soort="hoofd")
        binnen = QWidget()
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self._rijen)
        kolom.addWidget(self.bericht)
        kolom.addWidget(Lijn())
        kolom.addWidget(Tekst("Zeg dit", rol="kop2"))
        kolom.addWidget(self.zeg)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        for knop in (self.kopieer, self.briefknop, self.nog_een):
            rij.addWidget(knop)
        kolom.addWidget(knoppen)
        kolom.addStretch(1)
        onder = QHBoxLayout()
        onder.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        onder.addWidget(self.sluit)
        onder.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(self.band)
        alles.addWidget(Scrollvlak(binnen), 1)
        alles.addWidget(Lijn())
        alles.addLayout(onder)

    def show_afspraken(self, afspraken: Sequence[Afspraak], vandaag: date, *, verzet: bool) -> None:
        """Wat er nu in de agenda staat."""
        self._afspraken, self._vandaag = tuple(afspraken), vandaag
        zin = "De afspraak is verzet." if verzet else "De afspraak staat."
        if len(self._afspraken) > 1:
            zin = f"Er staan {len(self._afspraken)} afspraken."
        self.band.tekst.setText(zin)
        self._fill()
        self.bericht.show_afspraak(self._afspraken[0] if self._afspraken else None)
        self.zeg.setText(f"“{self._zeg(verzet)}”")
        announce(self, f"{zin} {self._zeg(verzet)}")

    def eerste_focus(self) -> QWidget:
        return self.sluit

    def _zeg(self, verzet: bool) -> str:
        return " ".join(woorden.zeg_klaar(a, self._vandaag, verzet=verzet) for a in self._afspraken)

    def _fill(self) -> None:
        while (plek := self._rooster.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rij = 0
        for afspraak in self._afspraken:
            bij = (
                ""
                if len(self._afspraken) == 1
                else f" van {woorden.moment_kort(afspraak.begin, self._vandaag)}"
            )
            moment = Tekst(woorden.moment_lang(afspraak.begin, self._vandaag), rol="kop2")
            self._rooster.addWidget(moment, rij, 0, 1, 4)
            self._rooster.addWidget(Tekst(woorden.producten_tekst(afspraak), rol="gedempt"), rij + 1, 0, 1, 4)
            delen = (("Nummer", afspraak.nummer, afspraak.nummer),
                     ("Code", woorden.gespeld(afspraak.code), afspraak.code))  # fmt: skip
            for plaats, (wat, zichtbaar, waarde) in enumerate(delen):
                self._add_kenmerk(rij + 2 + plaats, wat, zichtbaar, waarde, bij)
            rij += 4

    def _add_kenmerk(self, rij: int, wat: str, zichtbaar: str, waarde: str, bij: str) -> None:
        midden = Qt.AlignmentFlag.AlignVCenter
        self._rooster.addWidget(Tekst(wat, rol="gedempt"), rij, 0, midden)
        self._rooster.addWidget(Tekst(zichtbaar, rol="kop1"), rij, 1, midden)
        knop = Knop(
            f"Kopieer {wat.lower()}", lambda: self._copy(waarde, wat), naam=f"Kopieer {wat.lower()}{bij}"
        )
        self._rooster.addWidget(knop, rij, 2, midden)

    def _copy(self, waarde: str, wat: str) -> None:
        klembord.copy(
            self,
            waarde,
            f"{wat.lower()} van afspraak",
            lambda: self.melding.emit(f"{wat} gekopieerd."),
            afspraak=self._nummers,
        )

    def _copy_alles(self) -> None:
        """In gewone zinnen, om in een e-mail of notitie te plakken; zonder naam of telefoon."""
        blokken = [
            f"Afspraak: {woorden.moment_lang(a.begin, self._vandaag)}\n"
            f"Voor: {woorden.producten_tekst(a)}\nNummer: {a.nummer}\nCode: {a.code}"
            for a in self._afspraken
        ]
        klembord.copy(
            self,
            "\n\n".join(blokken),
            "bevestiging van afspraak",
            lambda: self.melding.emit("Bevestiging gekopieerd."),
            afspraak=self._nummers,
        )

    @property
    def _nummers(self) -> str:
        return ", ".join(afspraak.nummer for afspraak in self._afspraken)
