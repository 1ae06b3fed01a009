"""Eén afspraak in woorden, met wat men ermee kan en wie er wat aan deed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import WieKomt
from frontoffice.agenda.meegeven import Meegeven, make_meegeven
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.domain import taal
from ui import klembord
from ui.afspraak import woorden
from ui.afspraak.contactwijzigen import ContactWijzigen, kanaal_tekst, taalnaam, telefoon_tekst
from ui.afspraak.dienst import Agenda
from ui.afspraak.talen import taal_naam
from ui.bericht.berichtvak import Berichtvak
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
    meegeven: Meegeven = field(default_factory=Meegeven)


def load_inzage(agenda: Agenda, afspraak: Afspraak) -> Inzage:
    beeld = agenda.vrij.load()
    namen = {behoefte.code: behoefte.naam for behoefte in beeld.inrichting.behoeften}
    return Inzage(
        afspraak.id,
        beeld.nu,
        agenda.zoeken.load_geschiedenis(afspraak.id),
        namen,
        make_meegeven(beeld.inrichting, afspraak),
    )


class AfspraakDetail(QFrame):
    """Signalen: `verzetten`, `afzeggen`, `brief` (Afspraak), `bewaren` (Afspraak, van, naar) en `melding`."""

    verzetten = Signal(object)
    afzeggen = Signal(object)
    brief = Signal(object)
    bewaren = Signal(object, object, object)
    melding = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setAccessibleName("Afspraak")
        self._afspraak: Afspraak | None = None
        self._vandaag = date.min
        self._inzage: Inzage | None = None
        self.kop = Tekst(rol="kop1")
        self.stand = Tekst(rol="let_op")
        self.bericht = Berichtvak()
        self._verzet = Knop("Verzetten", lambda: self.verzetten.emit(self._afspraak))
        self._zeg_af = Knop("Afzeggen", lambda: self.afzeggen.emit(self._afspraak))
        self.wijzigknop = Knop("Gegevens wijzigen", self._open_contact)
        self.contact = ContactWijzigen()
        self.contact.bewaren.connect(self.bewaren)
        self.contact.klaar.connect(self.close_contact)
        self.briefknop = Knop("Brief", lambda: self.brief.emit(self._afspraak))
        self._kopieer = Knop("Kopieer nummer en code", self._copy)
        knoppen = self._knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        for knop in (self._verzet, self._zeg_af, self.wijzigknop, self.briefknop, self._kopieer):
            rij.addWidget(knop)
        velden = self._gegevens = QWidget()
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
        for deel in (
            self.kop, self.stand, knoppen, self.contact, velden, self.bericht,
            self._geschiedenis_kop, self._geschiedenis,
        ):  # fmt: skip
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
        """Er is niets aangewezen. Wat bij een afspraak al is getypt, blijft tot men het scherm verlaat."""
        self._afspraak = None
        self.bericht.show_afspraak(None)
        self._binnen.hide()

    def show_afspraak(self, afspraak: Afspraak, vandaag: date) -> None:
        self._afspraak, self._vandaag, self._inzage = afspraak, vandaag, None
        self._follow_contact()
        self.kop.setText(woorden.moment_lang(afspraak.begin, vandaag))
        self.stand.setText(_stand(afspraak))
        self.stand.setVisible(bool(self.stand.text()))
        komt = afspraak.toestand in _WIJZIGBAAR and (afspraak.datum >= vandaag or bool(afspraak.te_verzetten))
        for knop in (self._verzet, self._zeg_af):
            knop.setEnabled(komt)
        self.wijzigknop.setEnabled(afspraak.toestand not in (Toestand.AFGEZEGD, Toestand.KLAAR))
        self._show_velden(afspraak)
        self.bericht.show_afspraak(afspraak)
        self._geschiedenis_kop.hide()
        self._geschiedenis.hide()
        self._binnen.show()

    def show_inzage(self, inzage: Inzage) -> None:
        """De rest, zodra het er is; voor een andere afspraak telt het niet meer."""
        afspraak = self._afspraak
        if afspraak is None or inzage.afspraak != afspraak.id:
            return
        self._inzage = inzage
        self._show_velden(afspraak)
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

    # --- gegevens wijzigen ----------------------------------------------------------------------------------

    def _open_contact(self) -> None:
        if self._afspraak is not None:
            self.contact.open(self._afspraak, self._vandaag)
            self._follow_contact()

    def close_contact(self) -> None:
        """Het is bewaard, of de medewerker ziet ervan af."""
        self.contact.finish()
        self._follow_contact()
        self.wijzigknop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_contact(self) -> None:
        """Het formulier hoort bij één afspraak. Wie even een andere bekijkt, vindt terug wat er stond."""
        open_ = self.contact.afspraak
        eigen = open_ is not None and self._afspraak is not None and open_.id == self._afspraak.id
        if open_ is not None and not eigen and not self.contact.is_gewijzigd:
            self.contact.finish()
        self.contact.setVisible(eigen)
        self._knoppen.setVisible(not eigen)
        self._gegevens.setVisible(not eigen)

    def _show_velden(self, afspraak: Afspraak) -> None:
        klant, inzage = afspraak.klant, self._inzage
        behoeften = inzage.behoeften if inzage else {}
        meegeven = inzage.meegeven if inzage else Meegeven()
        nodig = [behoeften.get(code, code.replace("_", " ").capitalize()) for code in afspraak.behoeften]
        if afspraak.taal:
            nodig.append(taal_naam(afspraak.taal))
        minuten = int((afspraak.eind - afspraak.begin).total_seconds()) // 60
        paren = [
            ("Voor", woorden.producten_tekst(afspraak)),
            ("Duurt", taal.aantal(minuten, "minuut", "minuten")),
            ("Naam", klant.naam),
            ("Geboren", _dag(klant.geboortedatum) if klant.geboortedatum else ""),
            ("Telefoon", telefoon_tekst(klant.telefoon)),
            ("E-mail", klant.email),
            ("Bevestiging", kanaal_tekst(klant.bevestiging)),
            ("Brief", taalnaam(klant.brieftaal) if klant.brieftaal != "nl" else ""),
            ("Nummer", afspraak.nummer),
            ("Code", woorden.gespeld(afspraak.code)),
            ("Nodig", woorden.opsomming(nodig)),
            ("Neemt mee", "; ".join(regel.tekst for regel in meegeven.meenemen)),
            ("Wie komt", "; ".join(_wie(regel) for regel in meegeven.wie_komt)),
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
            klembord.copy(
                self,
                f"{self._afspraak.nummer} {self._afspraak.code}",
                "nummer en code van afspraak",
                lambda: self.melding.emit("Nummer en code gekopieerd."),
                afspraak=self._afspraak.nummer,
            )


def _dag(dag: date) -> str:
    return f"{dag.day}-{dag.month}-{dag.year}"


def _wie(regel: WieKomt) -> str:
    wie = regel.rol if regel.aantal == 1 else f"{regel.aantal} × {regel.rol}"
    return f"{wie}, of {regel.vervanging}" if regel.vervanging else wie


def _stand(afspraak: Afspraak) -> str:
    if afspraak.te_verzetten:
        return f"Moet verzet worden: {afspraak.te_verzetten}"
    if afspraak.toestand is Toestand.BEVESTIGD:
        return ""
    return woorden.toestand_tekst(afspraak.toestand)
