"""Open zaken, en na een klik de afgeronde, in hetzelfde vak; eronder de afspraken die nog komen.

Toont wat de weergave geeft; "geen" en "niet geladen" zien er nooit hetzelfde uit.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from frontoffice.domain.weergave import KlantWeergave, Toestand, ZaakRegel
from ui.bouwstenen import Knop
from ui.klantbeeld.afspraken import AfspraakVak
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.lijst import Lijst
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.toestand import Toestandregel, zin_mislukt
from ui.klantbeeld.zaken_lijst import REGEL_ROL, ZakenDelegate, ZakenModel
from ui.tekst import KorteTekst
from ui.thema import Thema

GEEN_ZAKEN_BEKEND = "Van deze klant kunnen geen zaken worden gezocht: er is geen BSN of KVK-nummer."


class ZakenVak(Vak):
    """Signalen: `gekozen` (ZaakRegel), `meer_gevraagd`, `afgerond_gevraagd`, `opnieuw` (onderdeel),
    `annuleren` en `gekopieerd` (korte tekst)."""

    gekozen = Signal(object)
    meer_gevraagd = Signal()
    afgerond_gevraagd = Signal()
    opnieuw = Signal(str)
    annuleren = Signal()
    gekopieerd = Signal(str)

    def __init__(self, thema: Thema, iconen: Iconen) -> None:
        super().__init__("Open zaken")
        self._weergave: KlantWeergave | None = None
        self._toont_afgerond = False
        self._bezig: dict[str, bool] = {}
        self._fouten: dict[str, str] = {}
        self.model, self.afgerond_model = ZakenModel(self), ZakenModel(self)
        self.lijst, self.afgerond_lijst = Lijst("Open zaken"), Lijst("Afgeronde zaken")
        self._delegates: list[ZakenDelegate] = []
        for lijst, model in ((self.lijst, self.model), (self.afgerond_lijst, self.afgerond_model)):
            lijst.setModel(model)
            delegate = ZakenDelegate(thema, iconen, lijst)
            lijst.setItemDelegate(delegate)
            self._delegates.append(delegate)
            lijst.gekozen.connect(self._choose)
            lijst.gekopieerd.connect(self.gekopieerd)
        self._stand = Toestandregel(iconen, "Zaken")
        self._stand.opnieuw.connect(self._retry)
        self._stand.annuleren.connect(self.annuleren)
        self._meer_stand = Toestandregel(iconen, "Meer zaken")
        self._meer_stand.opnieuw.connect(self._ask_more)
        self._samenvatting = KorteTekst(rol="klein")
        self._meer = Knop("Meer zaken tonen", self._ask_more, soort="stil")
        self._wissel = Knop("Afgeronde zaken", self.toggle_afgerond, soort="stil")
        self.afspraken = AfspraakVak(iconen)
        self.afspraken.opnieuw.connect(lambda: self.opnieuw.emit("afspraken"))
        self.afspraken.annuleren.connect(self.annuleren)
        self._build()
        thema.gewijzigd.connect(self._restyle)

    def _build(self) -> None:
        self.kopregel.addWidget(self._samenvatting)
        onder = QHBoxLayout()
        onder.setContentsMargins(Thema.afstand, 0, 2 * Thema.afstand, Thema.afstand)
        onder.addWidget(self._wissel)
        onder.addStretch(1)
        onder.addWidget(self._meer)
        self.inhoud.addWidget(self._stand)
        self.inhoud.addWidget(self.lijst, 1)
        self.inhoud.addWidget(self.afgerond_lijst, 1)
        self.inhoud.addWidget(self._meer_stand)
        self.inhoud.addLayout(onder)
        self.inhoud.addStretch(0)
        self._plaats_rek = self.inhoud.count() - 1
        self.inhoud.addWidget(self.afspraken)
        self.afgerond_lijst.hide()

    # --- tonen -----------------------------------------------------------------------------------------

    def show_weergave(self, weergave: KlantWeergave) -> None:
        self._weergave = weergave
        self.model.set_regels(weergave.zaken)
        self.afgerond_model.set_regels(weergave.afgerond or ())
        if not weergave.gecontroleerd:
            self._toont_afgerond = False
        self.afspraken.show_weergave(weergave)
        self._refresh()

    def clear(self) -> None:
        self._weergave = None
        self.afspraken.clear()
        self._toont_afgerond = False
        self._bezig.clear()
        self._fouten.clear()
        self.model.set_regels(())
        self.afgerond_model.set_regels(())
        self._stand.show_niets()
        self._meer_stand.show_niets()
        self._samenvatting.setText("")

    def set_bezig(self, wat: str, is_bezig: bool) -> None:
        """`wat` is "zaken" (meer open zaken) of "afgerond"."""
        if is_bezig:
            self._fouten.pop(wat, None)
        self._bezig[wat] = is_bezig
        self._refresh()

    def show_mislukt(self, wat: str, zin: str) -> None:
        self._fouten[wat] = zin
        self._refresh()

    def toggle_afgerond(self) -> None:
        """Wissel tussen open en afgeronde zaken; de eerste keer worden die opgehaald."""
        weergave = self._weergave
        if weergave is None or not weergave.gecontroleerd:
            return
        self._toont_afgerond = not self._toont_afgerond
        had_focus = self.lijst.hasFocus() or self.afgerond_lijst.hasFocus()
        if self._toont_afgerond and weergave.afgerond is None and not self._bezig.get("afgerond"):
            self.afgerond_gevraagd.emit()
        self._refresh()
        if had_focus:
            self.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, uuid: str) -> None:
        """Wijs een zaak aan als ze er is, en anders niets; verplaatst de focus niet."""
        self.lijst.point_at(self.model.index_van(uuid))
        self.afgerond_lijst.point_at(self.afgerond_model.index_van(uuid))

    def eerste_focus(self) -> QWidget:
        lijst = self.afgerond_lijst if self._toont_afgerond else self.lijst
        return lijst if lijst.isVisible() else self._wissel

    def _refresh(self) -> None:
        weergave = self._weergave
        if weergave is None:
            return
        afgerond = self._toont_afgerond
        self.kop.setText("Afgeronde zaken" if afgerond else "Open zaken")
        self._wissel.setText("Terug naar open zaken" if afgerond else "Afgeronde zaken")
        self._wissel.setAccessibleName(self._wissel.text())
        toestand = weergave.toestanden.get("zaken")
        self._wissel.setVisible(
            weergave.gecontroleerd and toestand is not None and toestand.soort == "geladen"
        )
        model, lijst = (self.afgerond_model, self.afgerond_lijst) if afgerond else (self.model, self.lijst)
        self._show_stand(weergave, toestand, leeg=model.rowCount() == 0)
        (self.lijst if afgerond else self.afgerond_lijst).hide()
        lijst.setVisible(model.rowCount() > 0)
        self.inhoud.setStretch(self._plaats_rek, 0 if model.rowCount() else 1)
        samenvatting = weergave.zaken_samenvatting if not afgerond and self.model.rowCount() else ""
        self._samenvatting.setText(samenvatting)
        wat = "afgerond" if afgerond else "zaken"
        er_is_meer = weergave.afgerond_meer if afgerond else weergave.zaken_meer
        self._meer.setText("Meer afgeronde zaken" if afgerond else "Meer zaken tonen")
        self._meer.setAccessibleName(self._meer.text())
        self._meer.setVisible(er_is_meer and not self._bezig.get(wat) and wat not in self._fouten)
        if model.rowCount() and wat in self._fouten:
            self._meer_stand.show_fout(f"Meer zaken: niet geladen. {self._fouten[wat]}", opnieuw_helpt=True)
        elif model.rowCount() and self._bezig.get(wat):
            self._meer_stand.show_laden("Meer")
        else:
            self._meer_stand.show_niets()

    def _show_stand(self, weergave: KlantWeergave, toestand: Toestand | None, *, leeg: bool) -> None:
        if weergave.uitleg:
            self._stand.show_leeg(weergave.uitleg)
        elif toestand is None:
            self._stand.show_leeg(GEEN_ZAKEN_BEKEND)
        elif toestand.soort == "mislukt":
            self._stand.show_fout(zin_mislukt(toestand), opnieuw_helpt=toestand.opnieuw_helpt)
        elif not leeg:
            self._stand.show_niets()
        elif toestand.soort == "laden":
            self._stand.show_laden()
        elif not self._toont_afgerond:
            self._stand.show_leeg("Geen open zaken.")
        elif "afgerond" in self._fouten:
            self._stand.show_fout(f"Niet geladen: {self._fouten['afgerond']}", opnieuw_helpt=True)
        elif weergave.afgerond is None:
            self._stand.show_laden()
        else:
            self._stand.show_leeg("Geen afgeronde zaken.")

    # --- doen ------------------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        regel = index.data(REGEL_ROL)
        if isinstance(regel, ZaakRegel):
            self.gekozen.emit(regel)

    def _ask_more(self) -> None:
        if self._toont_afgerond:
            self.afgerond_gevraagd.emit()
        else:
            self.meer_gevraagd.emit()

    def _retry(self) -> None:
        if self._toont_afgerond and "afgerond" in self._fouten:
            self.afgerond_gevraagd.emit()
        else:
            self.opnieuw.emit("zaken")

    def _restyle(self) -> None:
        for delegate in self._delegates:
            delegate.restyle()
        for lijst in (self.lijst, self.afgerond_lijst):
            lijst.doItemsLayout()
