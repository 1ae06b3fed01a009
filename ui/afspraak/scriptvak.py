"""Bij de gekozen tijd: wat mee te nemen, wie er komt, wat het kost, en het ophalen. Alleen wat geldt.

Wat van een omstandigheid afhangt, vinkt de medewerker hier aan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from frontoffice.agenda.afspraak import Antwoorden
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.script import Belscript, Punt
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.voorwaarde import Omstandigheden, conditions_of
from frontoffice.agenda.wens import Wens
from frontoffice.domain import taal
from frontoffice.services.afspraakwaarden import Startuitslag
from ui.afspraak import woorden
from ui.afspraak.datums import read_voorbij
from ui.formulier import Formulier
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst
from ui.thema import Thema


def asks_leeftijd(inrichting: Inrichting, wens: Wens) -> bool:
    """Hangt er iets af van hoe oud iemand is? Alleen dan wordt de geboortedatum gevraagd."""
    producten = [inrichting.product[r.product] for r in wens.regels if r.product in inrichting.product]
    return any(
        product.minderjarig
        or any(
            voorwaarde.leeftijd_onder is not None or voorwaarde.leeftijd_vanaf is not None
            for voorwaarde in conditions_of(product)
        )
        for product in producten
    )


class _Blok(QWidget):
    """Een kopje met regels eronder; weg als er niets is."""

    def __init__(self, kop: str) -> None:
        super().__init__()
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 2 * Thema.afstand)
        self._kolom.setSpacing(2)
        self.kop = Tekst(kop, rol="kop2")
        self._kolom.addWidget(self.kop)
        self._regels: list[tuple[QWidget, Tekst]] = []

    def show_regels(self, regels: Sequence[str], *, punten: bool = False) -> None:
        for nummer, regel in enumerate(regels):
            if nummer == len(self._regels):
                self._add_regel(punten)
            rij, tekst = self._regels[nummer]
            tekst.setText(regel)
            rij.show()
        for rij, _ in self._regels[len(regels) :]:
            rij.hide()
        self.setVisible(bool(regels))

    def _add_regel(self, punten: bool) -> None:
        """De stip staat los van de tekst: zo springt een tweede regel netjes in."""
        rij, tekst = QWidget(), Tekst()
        naast = QHBoxLayout(rij)
        naast.setContentsMargins(0, 0, 0, 0)
        naast.setSpacing(2 * Thema.afstand)
        if punten:
            naast.addWidget(KorteTekst("•"), 0, Qt.AlignmentFlag.AlignTop)
        naast.addWidget(tekst, 1)
        self._regels.append((rij, tekst))
        self._kolom.addWidget(rij)

    def add(self, widget: QWidget) -> None:
        self._kolom.addWidget(widget)


class ScriptVak(QWidget):
    """Signalen: `gewijzigd` (andere omstandigheden) en `vervolg_gekozen` (VrijeStart of None)."""

    gewijzigd = Signal()
    vervolg_gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._vinkjes: dict[str, QCheckBox] = {}
        self._vandaag = date.min
        self._gegeven: date | None = None
        self._vervolg: Startuitslag | None = None
        self._geldt = QWidget()
        self._geldt_rij = Vloei(self._geldt, tussen=4 * Thema.afstand)
        self._geldt_kop = Tekst("Wat geldt er?", rol="kop2")
        self._toestemming = Formulier()
        self.toestemming = self._toestemming.rij("Toestemming gegeven op", QLineEdit())
        self.toestemming.setPlaceholderText("dag-maand")
        self.toestemming.setMaximumWidth(140)
        self.toestemming.editingFinished.connect(self._read_toestemming)
        self.meenemen, self.wie, self.kosten = _Blok("Neem mee"), _Blok("Wie komt"), _Blok("Kosten")
        self._let_op = Tekst(rol="let_op")
        self._ophalen = _Blok("Ophalen")
        self._keuzes = QWidget()
        self._keuzerij = QVBoxLayout(self._keuzes)
        self._keuzerij.setContentsMargins(0, 0, 0, 0)
        self._keuzerij.setSpacing(0)
        self._ophalen.add(self._keuzes)
        self._groep = QButtonGroup(self)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (
            self._let_op, self._geldt_kop, self._geldt, self._toestemming,
            self.meenemen, self.wie, self.kosten, self._ophalen,
        ):  # fmt: skip
            kolom.addWidget(deel)
        self.clear()

    def clear(self) -> None:
        """Vergeet wat er was aangevinkt."""
        self._set_codes(())
        self.toestemming.clear()
        self._gegeven = None
        self._toestemming.fout(self.toestemming, "")
        self._toestemming.hide()
        self._let_op.hide()
        for blok in (self.meenemen, self.wie, self.kosten):
            blok.show_regels(())
        self.show_vervolg(None)

    def begin(self, inrichting: Inrichting, wens: Wens, vandaag: date) -> None:
        """Zet neer wat er bij deze producten aan te vinken is; wat al was aangevinkt, blijft."""
        self._vandaag = vandaag
        producten = [inrichting.product[r.product] for r in wens.regels if r.product in inrichting.product]
        codes = [v.omstandigheid for p in producten for v in conditions_of(p) if v.omstandigheid]
        if tuple(dict.fromkeys(codes)) != tuple(self._vinkjes):
            self._set_codes(tuple(dict.fromkeys(codes)))
        vraagt = any(regel.toestemming_dagen is not None for p in producten for regel in p.wie_komt)
        self._toestemming.setVisible(vraagt)

    def fill(self, antwoorden: Antwoorden) -> None:
        """Wat er bij het boeken is geantwoord, als deze afspraak wordt verzet."""
        for code, vink in self._vinkjes.items():
            vink.blockSignals(True)
            vink.setChecked(code in antwoorden.codes)
            vink.blockSignals(False)
        self._gegeven = antwoorden.toestemming_op
        op = antwoorden.toestemming_op
        self.toestemming.setText(f"{op.day}-{op.month}-{op.year}" if op else "")

    def omstandigheden(self, geboren: date | None) -> Omstandigheden:
        codes = frozenset(code for code, vink in self._vinkjes.items() if vink.isChecked())
        return Omstandigheden(geboren, codes, self._gegeven)

    def show_script(self, script: Belscript | None, dag: date) -> None:
        if script is None:
            return
        self._let_op.setText(" ".join(script.waarschuwingen))
        self._let_op.setVisible(bool(script.waarschuwingen))
        self.meenemen.show_regels([_punt(punt) for punt in script.meenemen], punten=True)
        self.wie.show_regels([_punt(punt) for punt in script.wie_komt], punten=True)
        self.kosten.kop.setText(f"Kosten op {taal.datum_kort(dag, self._vandaag)}")
        self.kosten.show_regels(_kosten(script))

    def show_vervolg(self, uitslag: Startuitslag | None) -> None:
        """Het ophalen: drie voorstellen om mee te boeken, of waarom dat niet kan."""
        self._vervolg = uitslag
        for knop in self._groep.buttons():
            self._groep.removeButton(knop)
            self._keuzerij.removeWidget(knop)
            knop.hide()
            knop.deleteLater()
        if uitslag is None:
            self._ophalen.show_regels(())
            return
        if not uitslag.eerste:
            self._ophalen.show_regels(("Er is nog geen tijd om mee te boeken. Dat kan later.",))
            return
        self._ophalen.show_regels(())
        self._ophalen.show()
        self._add_keuze("Nu niet meeboeken", None, aan=True)
        for start in uitslag.eerste:
            self._add_keuze(f"Boek mee: {woorden.moment_kort(start.begin, self._vandaag)}", start)

    def _add_keuze(self, tekst: str, start: VrijeStart | None, *, aan: bool = False) -> None:
        knop = QRadioButton(tekst)
        knop.setChecked(aan)
        knop.toggled.connect(lambda gezet: self.vervolg_gekozen.emit(start) if gezet else None)
        self._groep.addButton(knop)
        self._keuzerij.addWidget(knop)

    @property
    def vervolg(self) -> Startuitslag | None:
        return self._vervolg

    def _set_codes(self, codes: Sequence[str]) -> None:
        oud = {code for code, vink in self._vinkjes.items() if vink.isChecked()}
        for vink in self._vinkjes.values():
            vink.hide()
            self._geldt_rij.removeWidget(vink)
            vink.deleteLater()
        self._vinkjes = {}
        for code in codes:
            vink = QCheckBox(woorden.omstandigheid_tekst(code).replace("&", "&&"))
            vink.setChecked(code in oud)
            vink.toggled.connect(lambda _: self.gewijzigd.emit())
            self._geldt_rij.addWidget(vink)
            self._vinkjes[code] = vink
        self._geldt.setVisible(bool(codes))
        self._geldt_kop.setVisible(bool(codes))

    def _read_toestemming(self) -> None:
        getypt = self.toestemming.text().strip()
        nieuw = read_voorbij(getypt, self._vandaag) if getypt else None
        fout = "Typ de dag waarop, zoals 1-11." if getypt and nieuw is None else ""
        self._toestemming.fout(self.toestemming, fout)
        if nieuw != self._gegeven:
            self._gegeven = nieuw
            self.gewijzigd.emit()


def _punt(punt: Punt) -> str:
    if punt.als:
        return f"Alleen {punt.als}: {punt.tekst}"
    tekst = punt.tekst[:1].upper() + punt.tekst[1:]
    return tekst if punt.verplicht else f"{tekst} (als u dat hebt)"


def _kosten(script: Belscript) -> list[str]:
    regels = []
    for punt in script.kosten:
        naam = woorden.regel_tekst(punt.naam, punt.personen)
        hoeveel = "hangt af van de leeftijd" if punt.bedrag is None else woorden.bedrag(punt.bedrag)
        if punt.bedrag is not None or len(script.kosten) > 1:
            regels.append(f"{naam}: {hoeveel}")
    if script.totaal is not None and len(script.kosten) > 1:
        regels.append(f"Samen: {woorden.bedrag(script.totaal)}")
    return regels
