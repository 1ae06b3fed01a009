"""Links: wat wil de klant. Producten met personen, wanneer, en wat iemand nodig heeft.

Zoekt zelf niets; meldt wat er is getypt en gekozen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import Behoefte, Inrichting
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.services.afspraakwaarden import Productkeuze
from ui.afspraak.datums import opening_uren, read_dag
from ui.afspraak.dienst import Filters, split_wens
from ui.afspraak.productregels import Productregel, Productveld, read_product
from ui.afspraak.talen import TALEN, taal_tekst
from ui.bouwstenen import Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_ZOEK_NA_MS = 60
_LIJST_HOOG = 212


class WensVak(Vak):
    """Signalen: `gezocht` (letters), `gewijzigd` (de wens of wanneer), `verder` (Enter: naar de tijden)."""

    gezocht = Signal(str)
    gewijzigd = Signal()
    verder = Signal()

    def __init__(self, thema: Thema, *, met_wanneer: bool = True) -> None:
        super().__init__("Wat wil de klant?")
        self._met_wanneer = met_wanneer  # wie er al staat, kiest geen dag
        self._keuzes: tuple[Productkeuze, ...] = ()
        self._regels: list[Productregel] = []
        self._behoeften: dict[str, tuple[Behoefte, QCheckBox]] = {}
        self._inrichting: Inrichting | None = None
        self._vandaag = date.min
        self._kanaal = Kanaal.TELEFOON
        self._van: date | None = None
        self._stil = False
        self._wil_enter = False
        self._zoekwekker = QTimer(self)
        self._zoekwekker.setSingleShot(True)
        self._zoekwekker.setInterval(_ZOEK_NA_MS)
        self._zoekwekker.timeout.connect(self._ask)
        self.product = Productveld()
        self.lijst = RijLijst("Producten", thema)
        self.lijst.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lijst.hide()
        self._fout = Tekst(rol="fout")
        self._fout.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        binnen = QWidget()
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 0, marge, marge)
        kolom.setSpacing(Thema.afstand)
        label = Tekst("Product", rol="gedempt")
        label.setBuddy(self.product)
        kolom.addWidget(label)
        kolom.addWidget(self.product)
        kolom.addWidget(self.lijst)
        kolom.addWidget(self._fout)
        self._regelvak = QVBoxLayout()
        self._regelvak.setSpacing(0)
        kolom.addLayout(self._regelvak)
        self.samen = QCheckBox("Samen komen, ieder een eigen afspraak")
        self.samen.hide()
        kolom.addWidget(self.samen)
        self._wanneerkop = Tekst("Wanneer", rol="kop2")
        self.wanneer = Formulier()
        if self._met_wanneer:
            kolom.addSpacing(Thema.afstand)
            kolom.addWidget(Lijn())
            kolom.addWidget(self._wanneerkop)
            kolom.addWidget(self.wanneer)
        self.van = self.wanneer.rij("Vanaf", QLineEdit())
        self.van.setPlaceholderText("vandaag")
        self.na = self.wanneer.rij("Hoe laat", QComboBox())
        self.na.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.eerder = QCheckBox("Alleen eerder dan nu")
        self.eerder.hide()
        kolom.addWidget(self.eerder)
        kolom.addSpacing(Thema.afstand)
        kolom.addWidget(Lijn())
        kolom.addWidget(Tekst("Wat is er nodig?", rol="kop2"))
        self._nodig = QVBoxLayout()
        self._nodig.setSpacing(0)
        kolom.addLayout(self._nodig)
        self.taal = QComboBox()
        self.taal.setAccessibleName("Taal van de tolk")
        for code in TALEN:
            self.taal.addItem(taal_tekst(code), code)
        self.taal.hide()
        kolom.addWidget(self.taal)
        kolom.addStretch(1)
        self.inhoud.addWidget(Scrollvlak(binnen))

    def _connect(self) -> None:
        self.product.textEdited.connect(self._type)
        self.product.gestapt.connect(self._step)
        self.product.bevestigd.connect(self._confirm)
        self.product.verlaten.connect(self._drop_zoek)
        self.lijst.gekozen.connect(lambda keuze: self._pick(keuze))
        self.samen.toggled.connect(lambda _: self._changed())
        self.eerder.toggled.connect(lambda _: self._changed())
        self.na.currentIndexChanged.connect(lambda _: self._changed())
        self.taal.currentIndexChanged.connect(lambda _: self._changed())
        self.van.editingFinished.connect(self._read_van)
        self.van.returnPressed.connect(self.verder)

    # --- wat er gevraagd wordt ------------------------------------------------------------------------------

    @property
    def wens(self) -> Wens | None:
        """Alles samen in één afspraak, of None zolang er geen product is."""
        if not self._regels:
            return None
        nodig = tuple(code for code, (_, vink) in self._behoeften.items() if vink.isChecked())
        vraagt = any(behoefte.vraagt_taal for code, (behoefte, _) in self._behoeften.items() if code in nodig)
        return Wens(
            tuple(Wensregel(regel.code, regel.aantal.waarde) for regel in self._regels),
            nodig,
            str(self.taal.currentData()) if vraagt else "",
            self._kanaal,
        )

    @property
    def wensen(self) -> tuple[Wens, ...]:
        """Eén wens, of één per persoon als zij samen komen."""
        wens = self.wens
        if wens is None:
            return ()
        return split_wens(wens) if self.samen.isChecked() and not self.samen.isHidden() else (wens,)

    def filters(self, datum: date | None, voor: datetime | None = None) -> Filters:
        """De filters van dit vak, met de avond die elders is gekozen en wat iemand nu heeft."""
        na = self.na.currentData()
        return Filters(
            van=self._van,
            na=na if isinstance(na, time) else None,
            datum=datum,
            voor=voor if self.eerder.isChecked() else None,
        )

    def clear_filters(self) -> None:
        self._stil = True
        self.van.clear()
        self._van = None
        self.wanneer.fout(self.van, "")
        self.na.setCurrentIndex(0)
        self.eerder.setChecked(False)
        self._stil = False

    # --- vullen ---------------------------------------------------------------------------------------------

    def begin(self, *, heeft_afspraak: bool = False) -> None:
        """Leeg, voor een nieuwe boeking."""
        self._stil = True
        while self._regels:
            self._remove(self._regels[0], stil=True)
        self._drop_zoek()
        self.clear_filters()
        self._stil = True
        for _, vink in self._behoeften.values():
            vink.setChecked(False)
        self.samen.setChecked(False)
        self.set_heeft_afspraak(heeft_afspraak)
        self._stil = False

    def set_heeft_afspraak(self, heeft: bool) -> None:
        """Wie al een afspraak heeft, kan vragen om iets dat eerder is."""
        self.eerder.setVisible(heeft)

    def set_inrichting(self, inrichting: Inrichting, vandaag: date, kanaal: Kanaal) -> None:
        """De keuzes die van de inrichting komen: hoe laat, en wat iemand nodig kan hebben."""
        self._vandaag, self._kanaal = vandaag, kanaal
        if inrichting is self._inrichting:
            return
        self._inrichting = inrichting
        self._stil = True
        self._fill_uren(inrichting)
        self._fill_behoeften(inrichting.behoeften)
        self._stil = False

    def set_wens(self, wens: Wens, inrichting: Inrichting) -> None:
        """Vul in wat er al was, om te verzetten of te wijzigen."""
        self._stil = True
        for regel in wens.regels:
            product = inrichting.product.get(regel.product)
            self._add(regel.product, product.naam if product else regel.product, regel.personen)
        for code, (_, vink) in self._behoeften.items():
            vink.setChecked(code in wens.behoeften)
        self.taal.setCurrentIndex(max(0, self.taal.findData(wens.taal)))
        self._stil = False
        self._changed()

    def set_producten(self, keuzes: Sequence[Productkeuze]) -> None:
        """Wat er bij de getypte letters past."""
        self._keuzes = tuple(keuzes)
        if not self.product.text().strip():
            self.lijst.hide()
            return
        rijen = [Rij(keuze.naam, _onder(keuze), waarde=keuze, aan=keuze.mag) for keuze in keuzes[:8]]
        eerste = next((nummer for nummer, keuze in enumerate(keuzes) if keuze.mag), -1)
        self.lijst.set_rijen(rijen, kies=eerste)
        self.lijst.setFixedHeight(self.lijst.gewenste_hoogte(_LIJST_HOOG))
        self.lijst.setVisible(bool(rijen))
        self._show_fout("" if rijen else "Dit product is er niet. Typ een ander woord.")
        if rijen:
            announce(self.product, f"{len(rijen)} producten. {rijen[max(eerste, 0)].gesproken}")
        if self._wil_enter:
            self._wil_enter = False
            self._confirm()

    def focus_product(self) -> None:
        self.product.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.product.selectAll()

    def eerste_focus(self) -> QWidget:
        return self.product

    # --- producten kiezen -----------------------------------------------------------------------------------

    def _type(self) -> None:
        self._wil_enter = False
        self._show_fout("")
        if not self.product.text().strip():
            self._drop_zoek()
            return
        self._zoekwekker.start()

    def _ask(self) -> None:
        zoek, _ = read_product(self.product.text())
        if zoek:
            self.gezocht.emit(zoek)

    def _step(self, stap: int) -> None:
        if self.lijst.isHidden():
            self.gezocht.emit(read_product(self.product.text())[0])
            return
        self.lijst.step(stap)
        if self.lijst.gekozen_rij is not None:
            announce(self.product, self.lijst.gekozen_rij.gesproken)

    def _confirm(self) -> None:
        """Enter: neem de aangewezen rij; zonder letters door naar de tijden."""
        if not self.product.text().strip():
            if self._regels:
                self.verder.emit()
            else:
                self._show_fout("Typ eerst een paar letters van het product.")
            return
        if self._zoekwekker.isActive() or self.lijst.isHidden():
            # Wie sneller typt dan het antwoord komt, hoeft niet nog eens op Enter te drukken.
            self._zoekwekker.stop()
            if self._fout.isHidden():
                self._wil_enter = True
                self._ask()
            return
        rij = self.lijst.gekozen_rij
        if rij is None:
            self._show_fout("Kies een product uit de lijst.")
        elif not rij.aan:
            self._show_fout(rij.onder)
        else:
            self.lijst.choose_huidige()

    def _pick(self, keuze: object) -> None:
        if not isinstance(keuze, Productkeuze):
            return
        _, personen = read_product(self.product.text())
        bestaand = next((regel for regel in self._regels if regel.code == keuze.code), None)
        self._stil = True
        if bestaand is None:
            self._add(keuze.code, keuze.naam, personen or 1)
        else:
            bestaand.aantal.set_waarde(personen or bestaand.aantal.waarde + 1)
        self._stil = False
        self._drop_zoek()
        self._changed()
        self.verder.emit()

    def _add(self, code: str, naam: str, personen: int) -> None:
        regel = Productregel(code, naam, personen)
        regel.gewijzigd.connect(self._changed)
        regel.bevestigd.connect(self.verder)
        regel.weg.connect(self._remove)
        self._regels.append(regel)
        self._regelvak.addWidget(regel)
        self._name_regels()

    def _remove(self, regel: Productregel, *, stil: bool = False) -> None:
        self._regels.remove(regel)
        regel.hide()
        self._regelvak.removeWidget(regel)
        regel.deleteLater()
        self._name_regels()
        if not stil:
            self.product.setFocus(Qt.FocusReason.OtherFocusReason)
            self._changed()

    def _name_regels(self) -> None:
        for regel in self._regels:
            regel.set_alleen(len(self._regels) == 1)
        self.product.setPlaceholderText("Nog een product" if self._regels else "Typ drie letters, zoals: pas")

    def _drop_zoek(self) -> None:
        self._zoekwekker.stop()
        self._wil_enter = False
        self.product.clear()
        self.lijst.hide()
        self._show_fout("")

    def _show_fout(self, zin: str) -> None:
        self._fout.setText(zin)
        self._fout.setVisible(bool(zin))
        self.product.setAccessibleDescription(zin)
        if zin:
            announce(self.product, zin)

    # --- wanneer en nodig -----------------------------------------------------------------------------------

    def _read_van(self) -> None:
        getypt = self.van.text().strip()
        nieuw: date | None = None
        fout = ""
        if getypt:
            nieuw = read_dag(getypt, self._vandaag)
            fout = "" if nieuw else "Typ een dag, zoals 15-1 of 15 januari."
        self.wanneer.fout(self.van, fout)
        if not fout and nieuw != self._van:
            self._van = nieuw
            self._changed()

    def _fill_uren(self, inrichting: Inrichting) -> None:
        self.na.clear()
        self.na.addItem("Maakt niet uit", None)
        for uur in opening_uren(inrichting):
            self.na.addItem(f"Na {uur.hour}.{uur.minute:02d} uur", uur)

    def _fill_behoeften(self, behoeften: Sequence[Behoefte]) -> None:
        for _, vink in self._behoeften.values():
            vink.hide()
            self._nodig.removeWidget(vink)
            vink.deleteLater()
        self._behoeften = {}
        for behoefte in behoeften:
            vink = QCheckBox(behoefte.naam.replace("&", "&&"))
            vink.setAccessibleName(behoefte.naam)
            vink.toggled.connect(lambda _: self._changed())
            self._nodig.addWidget(vink)
            self._behoeften[behoefte.code] = (behoefte, vink)

    def _changed(self) -> None:
        vraagt = any(b.vraagt_taal and vink.isChecked() for b, vink in self._behoeften.values())
        self.taal.setVisible(vraagt)
        wens = self.wens
        meer = wens is not None and max(regel.personen for regel in wens.regels) > 1
        self.samen.setVisible(meer)
        if not self._stil:
            self.gewijzigd.emit()


def _onder(keuze: Productkeuze) -> str:
    if keuze.reden:
        return keuze.reden
    return f"ook: {keuze.via}" if keuze.via else ""
