"""Eén afspraak in woorden, met wat men ermee kan en wie er wat aan deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.domain import taal
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from ui.afspraak import woorden
from ui.afspraak.dienst import Agenda
from ui.afspraak.talen import taal_naam
from ui.bouwstenen import Knop, Scrollvlak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_WIJZIGBAAR = (Toestand.BEVESTIGD, Toestand.AANGEMELD)


@dataclass(frozen=True)
class Inzage:
    """Wat bij een afspraak hoort en apart wordt opgehaald. `behoeften`: code naar naam."""

    afspraak: str
    nu: datetime
    geschiedenis: tuple[Gebeurtenis, ...]
    behoeften: dict[str, str]


def load_inzage(agenda: Agenda, afspraak: Afspraak) -> Inzage:
    beeld = agenda.vrij.load()
    namen = {behoefte.code: behoefte.naam for behoefte in beeld.inrichting.behoeften}
    return Inzage(afspraak.id, beeld.nu, agenda.zoeken.load_geschiedenis(afspraak.id), namen)


class AfspraakDetail(QFrame):
    """Signalen: `verzetten`, `afzeggen`, `brief` (Afspraak) en `melding` (korte zin)."""

    verzetten = Signal(object)
    afzeggen = Signal(object)
    brief = Signal(object)
    melding = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setAccessibleName("Afspraak")
        self._afspraak: Afspraak | None = None
        self._vandaag = date.min
        self.kop = Tekst(rol="kop1")
        self.stand = Tekst(rol="let_op")
        self._verzet = Knop("Verzetten", lambda: self.verzetten.emit(self._afspraak))
        self._zeg_af = Knop("Afzeggen", lambda: self.afzeggen.emit(self._afspraak))
        self.briefknop = Knop("Brief", lambda: self.brief.emit(self._afspraak))
        self._kopieer = Knop("Kopieer nummer en code", self._copy)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        for knop in (self._verzet, self._zeg_af, self.briefknop, self._kopieer):
            rij.addWidget(knop)
        velden = QWidget()
        self._rooster = QGridLayout(velden)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setHorizontalSpacing(4 * Thema.afstand)
        self._rooster.setVerticalSpacing(Thema.afstand)
        self._rooster.setColumnStretch(1, 1)
        self._velden: list[tuple[Tekst, Tekst]] = []
        self._geschiedenis_kop = Tekst("Wie deed wat", rol="kop2")
        self._geschiedenis = Tekst(rol="gedempt")
        self._binnen = QWidget()
        marge = 3 * Thema.afstand
        kolom = QVBoxLayout(self._binnen)
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (self.kop, self.stand, knoppen, velden, self._geschiedenis_kop, self._geschiedenis):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.addWidget(Scrollvlak(self._binnen))
        self.clear()

    @property
    def mag_wijzigen(self) -> bool:
        return self._afspraak is not None and self._verzet.isEnabled()

    def eerste_focus(self) -> QWidget:
        return self._verzet if self._verzet.isEnabled() else self._kopieer

    def clear(self) -> None:
        self._afspraak = None
        self._binnen.hide()

    def show_afspraak(self, afspraak: Afspraak, vandaag: date) -> None:
        self._afspraak, self._vandaag = afspraak, vandaag
        self.kop.setText(woorden.moment_lang(afspraak.begin, vandaag))
        self.stand.setText(_stand(afspraak))
        self.stand.setVisible(bool(self.stand.text()))
        komt = afspraak.toestand in _WIJZIGBAAR and (afspraak.datum >= vandaag or bool(afspraak.te_verzetten))
        for knop in (self._verzet, self._zeg_af):
            knop.setEnabled(komt)
        self._show_velden(afspraak, {})
        self._geschiedenis_kop.hide()
        self._geschiedenis.hide()
        self._binnen.show()

    def show_inzage(self, inzage: Inzage) -> None:
        """De rest, zodra het er is; voor een andere afspraak telt het niet meer."""
        afspraak = self._afspraak
        if afspraak is None or inzage.afspraak != afspraak.id:
            return
        self._show_velden(afspraak, inzage.behoeften)
        if afspraak.begin <= inzage.nu and not afspraak.te_verzetten:
            for knop in (self._verzet, self._zeg_af):
                knop.setEnabled(False)
        regels = [
            f"{taal.datum_kort(taal.dag_van(g.op), self._vandaag)} {taal.tijd(g.op)}  "
            f"{g.soort.replace('_', ' ')}, {g.wie.medewerker}{f': {g.reden}' if g.reden else ''}"
            for g in inzage.geschiedenis
        ]
        self._geschiedenis.setText("\n".join(regels))
        for deel in (self._geschiedenis_kop, self._geschiedenis):
            deel.setVisible(bool(regels))

    def _show_velden(self, afspraak: Afspraak, behoeften: dict[str, str]) -> None:
        klant = afspraak.klant
        nodig = [behoeften.get(code, code.replace("_", " ").capitalize()) for code in afspraak.behoeften]
        if afspraak.taal:
            nodig.append(taal_naam(afspraak.taal))
        nummer = lees_telefoon(klant.telefoon) if klant.telefoon else None
        minuten = int((afspraak.eind - afspraak.begin).total_seconds()) // 60
        paren = [
            ("Voor", woorden.producten_tekst(afspraak)),
            ("Duurt", taal.aantal(minuten, "minuut", "minuten")),
            ("Naam", klant.naam),
            ("Telefoon", toon_telefoon(nummer) if nummer else klant.telefoon),
            ("E-mail", klant.email),
            ("Nummer", afspraak.nummer),
            ("Code", woorden.gespeld(afspraak.code)),
            ("Nodig", woorden.opsomming(nodig)),
            ("Opmerking", afspraak.opmerking),
        ]
        paren = [paar for paar in paren if paar[1]]
        for rij, (naam, waarde) in enumerate(paren):
            if rij == len(self._velden):
                self._velden.append((Tekst(rol="gedempt"), Tekst()))
                self._rooster.addWidget(self._velden[rij][0], rij, 0)
                self._rooster.addWidget(self._velden[rij][1], rij, 1)
            self._velden[rij][0].setText(naam)
            self._velden[rij][1].setText(waarde)
        for rij, paar in enumerate(self._velden):
            for tekst in paar:
                tekst.setVisible(rij < len(paren))

    def _copy(self) -> None:
        if self._afspraak is not None:
            QGuiApplication.clipboard().setText(f"{self._afspraak.nummer} {self._afspraak.code}")
            self.melding.emit("Nummer en code gekopieerd.")


def _stand(afspraak: Afspraak) -> str:
    if afspraak.te_verzetten:
        return f"Moet verzet worden: {afspraak.te_verzetten}"
    if afspraak.toestand is Toestand.BEVESTIGD:
        return ""
    return woorden.toestand_tekst(afspraak.toestand)
