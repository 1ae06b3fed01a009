"""Wie er vanavond te bellen is, op volgorde, met wat u zegt en waarheen iemand kan. Zonder namen.

Een naam en een telefoonnummer komen er pas bij als iemand *Bel* kiest, en gaan met de namen weer weg.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Bevestigkanaal
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.domain.taal import dag_van
from frontoffice.services.uitvalwaarden import TeBellen, noem
from ui.afspraak.woorden import moment_kort
from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce, isolate
from ui.terugbellen.model import toon_nummer
from ui.thema import Thema

_HOOGSTE = 260


class Bellijst(QWidget):
    """Signalen: `verzet` (Afspraak, begin) en `bericht` (Afspraak, wanneer aan de beurt)."""

    verzet = Signal(object, object)
    bericht = Signal(object, object)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._vandaag = date.min
        self._seconden = 60
        self._huidig: TeBellen | None = None
        self._eerst = ""
        self.kop = Tekst("", rol="kop2")
        self.rijen = RijLijst("Wie u belt", thema)
        self.rijen.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.bel: Knop = Knop("Bel", self._show_wie)
        self.stuur: Knop = Knop("Stuur bericht", self._send_bericht)
        self.kan_berichten = False
        self.rijen.gekozen.connect(lambda _: self.bel.setFocus())
        self._wie = Tekst(rol="nadruk")
        self._zeg_kop = Tekst("Zeg dit", rol="kop2")
        self.zeg = Tekst()
        self._voorstelkop = Tekst("Verzet naar", rol="kop2")
        self.knoppen: list[Knop] = []
        self._plek = QWidget()
        self._vloei = Vloei(self._plek, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        self._geen = Tekst(
            "Er is geen vrije tijd gevonden. Zoek een andere tijd bij Afspraken.", rol="gedempt"
        )
        self._namenweg = QTimer(self)
        self._namenweg.setSingleShot(True)
        self._namenweg.timeout.connect(self.hide_namen)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (
            self.kop, self.rijen, self._doen(), self._wie, self._zeg_kop, self.zeg,
            self._voorstelkop, self._plek, self._geen,
        ):  # fmt: skip
            kolom.addWidget(deel)
        self.show_rijen((), date.min)

    def set_namen_seconden(self, seconden: int) -> None:
        """Zo lang blijft een naam staan."""
        self._seconden = seconden

    def begin_bij(self, id_: str) -> None:
        """Kies straks deze bezoeker, als hij erbij staat."""
        self._eerst = id_

    def show_rijen(self, rijen: Sequence[TeBellen], vandaag: date, *, kop: str = "Wie u belt") -> None:
        """Vul of werk bij; wie iemand aan het bellen is, blijft bij die rij."""
        self._vandaag = vandaag
        was = self._huidig.bezoek.id if self._huidig is not None else self._eerst
        nummer = max(self.rijen.currentIndex().row(), 0)
        kies = next((n for n, rij in enumerate(rijen) if rij.bezoek.id == was), min(nummer, len(rijen) - 1))
        self.kop.setText(f"{kop} ({len(rijen)})")
        self._huidig = None
        self.rijen.set_rijen([_rij(rij) for rij in rijen], kies=kies)
        self.rijen.setFixedHeight(self.rijen.gewenste_hoogte(_HOOGSTE))
        for deel in (self.kop, self.rijen):
            deel.setVisible(bool(rijen))
        self._follow()

    def hide_namen(self) -> None:
        self._namenweg.stop()
        self._wie.setText("")
        self._wie.hide()

    def set_bezig(self, bezig: bool) -> None:
        for knop in (*self.knoppen, self.stuur):
            knop.setEnabled(not bezig)

    def _follow(self) -> None:
        gekozen = self.rijen.gekozen_rij
        rij = gekozen.waarde if gekozen is not None and isinstance(gekozen.waarde, TeBellen) else None
        if rij is not None and rij == self._huidig:
            return
        if rij is None or self._huidig is None or rij.bezoek.id != self._huidig.bezoek.id:
            self.hide_namen()
        self._huidig = rij
        kan_bellen = rij is not None and rij.afspraak is not None and not rij.aanwezig
        kan_verzetten = rij is not None and rij.afspraak is not None and not (rij.aanwezig and rij.wordt)
        for deel, zichtbaar in (
            (self.bel, kan_bellen), (self.stuur, kan_bellen and self._can_send(rij)),
            (self._zeg_kop, rij is not None), (self.zeg, rij is not None),
            (self._voorstelkop, kan_verzetten), (self._plek, kan_verzetten),
        ):  # fmt: skip
            deel.setVisible(zichtbaar)
        self._geen.setVisible(kan_verzetten and rij is not None and not rij.voorstellen)
        if rij is None:
            return
        self.zeg.setText(rij.zeg)
        self.bel.setAccessibleName(f"Bel: {noem(rij.bezoek)}")
        self.stuur.setAccessibleName(f"Stuur bericht: {noem(rij.bezoek)}")
        self._show_voorstellen(rij.voorstellen if kan_verzetten else ())

    def _show_voorstellen(self, voorstellen: Sequence[VrijeStart]) -> None:
        while len(self.knoppen) < len(voorstellen):
            knop = Knop("", partial(self._send, len(self.knoppen)), soort="groot")
            self.knoppen.append(knop)
            self._vloei.addWidget(knop)
        for nummer, knop in enumerate(self.knoppen):
            knop.setVisible(nummer < len(voorstellen))
            knop.setEnabled(True)
            if nummer < len(voorstellen):
                moment = self._moment(voorstellen[nummer])
                knop.set_tekst(moment, f"Verzet naar {moment}")
        self._plek.setVisible(bool(voorstellen))

    def _moment(self, start: VrijeStart) -> str:
        kort = moment_kort(start.begin, self._vandaag)
        return f"vanavond {kort.split(' ', 3)[-1]}" if dag_van(start.begin) == self._vandaag else kort

    def _show_wie(self) -> None:
        rij = self._huidig
        if rij is None or rij.afspraak is None:
            return
        klant = rij.afspraak.klant
        telefoon = toon_nummer(klant.telefoon) if klant.telefoon else "geen telefoonnummer bekend"
        self._wie.setText(f"{isolate(klant.naam)}, {telefoon}")
        self._wie.show()
        announce(self, self._wie.text())
        self._namenweg.start(1000 * self._seconden)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wie wegkijkt, laat geen naam staan."""
        super().hideEvent(event)
        self.hide_namen()

    def _doen(self) -> QWidget:
        vak = QWidget()
        vloei = Vloei(vak, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        vloei.addWidget(self.bel)
        vloei.addWidget(self.stuur)
        return vak

    def _can_send(self, rij: TeBellen | None) -> bool:
        """Alleen wie later komt en e-mail of sms koos; wie moet verzetten, krijgt daarna bericht."""
        if rij is None or rij.afspraak is None or rij.wordt is None or not self.kan_berichten:
            return False
        return rij.afspraak.klant.bevestiging in (Bevestigkanaal.MAIL, Bevestigkanaal.SMS)

    def _send_bericht(self) -> None:
        rij = self._huidig
        if rij is not None and rij.afspraak is not None and rij.wordt is not None:
            self.stuur.setEnabled(False)
            self.bericht.emit(rij.afspraak, rij.wordt)

    def _send(self, nummer: int) -> None:
        rij = self._huidig
        if rij is not None and rij.afspraak is not None and nummer < len(rij.voorstellen):
            self.set_bezig(True)
            self.verzet.emit(rij.afspraak, rij.voorstellen[nummer].begin)


def _rij(rij: TeBellen) -> Rij:
    if rij.aanwezig:
        return Rij(noem(rij.bezoek), rij.reden, waarde=rij, merk="is er al", kleur="let_op")
    return Rij(noem(rij.bezoek), rij.reden, waarde=rij)
