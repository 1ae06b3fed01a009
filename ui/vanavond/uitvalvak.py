"""*Iemand ziek*, *Balie dicht*, *Avond eerder dicht* en *Wie verplaatsen?*: eerst zien wat het doet, dan
vastleggen, dan bellen. Geen dialoog: een vak naast de avond, die gewoon doorgaat. Beslist zelf niets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.vanavond.uitval import Soortuitval, Uitval
from frontoffice.domain.taal import dag_van
from frontoffice.services.uitvalwaarden import Keuzes, TeBellen, Uitvalbeeld
from ui.afspraak.woorden import moment_lang
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.tekst import Tekst, announce, letterlijk
from ui.thema import Thema
from ui.vanavond.bellijst import Bellijst
from ui.vanavond.uitvalverloop import Uitvalverloop

VERPLAATSEN = "verplaatsen"
_TITELS = {
    Soortuitval.ZIEK.value: "Iemand ziek",
    Soortuitval.BALIE_DICHT.value: "Balie dicht",
    Soortuitval.EERDER_DICHT.value: "Avond eerder dicht",
    VERPLAATSEN: "Wie verplaatsen?",
}
_MARGE = 3 * Thema.afstand


class Uitvalvak(QWidget):
    """`gesloten`: terug naar wat er stond. `melding` (zin) voor de statusregel. `vastgelegd`: de avond is nu
    anders."""

    gesloten = Signal()
    melding = Signal(str)
    vastgelegd = Signal()

    def __init__(self, verloop: Uitvalverloop, thema: Thema) -> None:
        super().__init__()
        self.verloop = verloop
        self.soort = ""
        self._keuzes: Keuzes | None = None
        self._beeld: Uitvalbeeld | None = None
        self._kiezen = True
        self.titel = Tekst("", rol="kop2")
        self.sluit = Knop("Terug   Esc", self.gesloten.emit, soort="stil", naam="Uitval sluiten")
        self.velden = Formulier()
        self.wie = self.velden.rij("Wie", QComboBox())
        self.balie = self.velden.rij("Balie", QComboBox())
        self.vanaf = self.velden.rij("Vanaf", QComboBox())
        for veld in (self.wie, self.balie, self.vanaf):
            veld.activated.connect(lambda _: self._ask())
        self.opnieuw = Band("", "let_op")
        self.zinnen = Tekst()
        self.leg_vast = Knop("Vastleggen", self._apply, soort="hoofd")
        self.stand = Tekst(rol="gedempt")
        self.bellijst = Bellijst(thema)
        self.bellijst.verzet.connect(verloop.move)
        self.bellijst.bericht.connect(verloop.warn)
        self.bellijst.kan_berichten = verloop.kan_berichten
        self.gemeldkop = Tekst("Gemeld", rol="kop2")
        self.gemeld = QVBoxLayout()
        self._gemeld: list[tuple[QWidget, Tekst, Knop]] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        boven = QHBoxLayout()
        boven.addWidget(self.titel, 1)
        boven.addWidget(self.sluit)
        vlak = QWidget()
        binnen = QVBoxLayout(vlak)
        binnen.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, _MARGE)
        binnen.setSpacing(2 * Thema.afstand)
        binnen.addLayout(boven)
        self._lijn = Lijn()
        for deel in (
            self.velden, self.opnieuw, self.zinnen, self.leg_vast, self.stand, self.bellijst, self._lijn,
            self.gemeldkop,
        ):  # fmt: skip
            binnen.addWidget(deel)
        binnen.addLayout(self.gemeld)
        binnen.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.addWidget(Scrollvlak(vlak))

    def _connect(self) -> None:
        v = self.verloop
        v.keuzes.connect(self.show_keuzes)
        v.beeld.connect(self.show_beeld)
        v.vastgelegd.connect(self._show_vastgelegd)
        v.lijst.connect(self._show_lijst)
        v.verzet.connect(self._show_verzet)
        v.klaargezet.connect(self._show_klaargezet)
        v.mislukt.connect(self.show_fout)

    # --- openen --------------------------------------------------------------------------------------------

    def open(self, soort: str, namen_seconden: int = 60, id_: str = "") -> None:
        """Begin met deze vraag: een `Soortuitval` of VERPLAATSEN; `id_`: bij wie te beginnen."""
        self.bellijst.begin_bij(id_)
        self.soort, self._beeld, self._kiezen = soort, None, soort != VERPLAATSEN
        self.setAccessibleName(_TITELS[soort])
        self.titel.setText(_TITELS[soort])
        self.bellijst.set_namen_seconden(namen_seconden)
        self.bellijst.show_rijen((), date.min)
        self.velden.set_zichtbaar(self.wie, soort == Soortuitval.ZIEK)
        self.velden.set_zichtbaar(self.balie, soort == Soortuitval.BALIE_DICHT)
        self.velden.setVisible(soort != VERPLAATSEN)
        for deel in (self.opnieuw, self.leg_vast):
            deel.hide()
        self._say("")
        self._show_gemeld(())
        for veld in (self.wie, self.balie, self.vanaf):
            veld.clear()
        self._load()
        self.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def retry(self) -> None:
        """De verbinding is er weer: haal op wat er niet was. Wat is gekozen of voorgerekend, blijft staan."""
        if self._beeld is None and (self._kiezen or self.soort == VERPLAATSEN):
            self.opnieuw.hide()
            self._load()

    def _load(self) -> None:
        self._show_stand("Laden…")
        self.verloop.load_keuzes()
        if self.soort == VERPLAATSEN:
            self.verloop.load_lijst()

    def eerste_focus(self) -> QWidget:
        per_soort = {Soortuitval.ZIEK.value: self.wie, Soortuitval.BALIE_DICHT.value: self.balie}
        return self.sluit if self.soort == VERPLAATSEN else per_soort.get(self.soort, self.vanaf)

    def close_vak(self) -> None:
        """Niet meer te zien: geen namen, en wat onderweg was, hoeft niet meer."""
        self.bellijst.hide_namen()
        self.verloop.close()

    def show_keuzes(self, keuzes: Keuzes) -> None:
        self._keuzes = keuzes
        self._show_gemeld(keuzes.gemeld)
        if not self._kiezen:
            return
        nu = [] if self.soort == Soortuitval.EERDER_DICHT else [(keuzes.nu, "Nu")]
        for veld, rijen in (
            (self.wie, keuzes.medewerkers), (self.balie, keuzes.balies), (self.vanaf, [*nu, *keuzes.einden]),
        ):  # fmt: skip
            was = veld.currentData()
            veld.clear()
            for waarde, naam in rijen:
                veld.addItem(letterlijk(naam, 80, een_regel=True), waarde)
            zelfde = (nummer for nummer, (waarde, _) in enumerate(rijen) if waarde == was)
            veld.setCurrentIndex(next(zelfde, 0) if rijen else -1)
        self._ask()

    def _ask(self) -> None:
        """Reken voor wat er nu gekozen is."""
        uitval = self._uitval()
        self.leg_vast.hide()
        self._beeld = None
        self.bellijst.show_rijen((), self._vandaag())
        if uitval is None:
            self._say("")
            self._show_stand("Er is vanavond niets meer te kiezen.")
            return
        self._show_stand("Even kijken wat dit doet…")
        self.verloop.preview(uitval)

    def _uitval(self) -> Uitval | None:
        veld = {Soortuitval.ZIEK.value: self.wie, Soortuitval.BALIE_DICHT.value: self.balie}.get(self.soort)
        vanaf, wie = self.vanaf.currentData(), "" if veld is None else veld.currentData()
        if not isinstance(vanaf, datetime) or wie is None or self.soort not in list(Soortuitval):
            return None
        return Uitval(Soortuitval(self.soort), vanaf, wie)

    def _vandaag(self) -> date:
        return dag_van(self._keuzes.nu) if self._keuzes is not None else date.min

    # --- zien en vastleggen --------------------------------------------------------------------------------

    def show_beeld(self, beeld: Uitvalbeeld, waarom_opnieuw: str) -> None:
        self._beeld = beeld
        self.opnieuw.tekst.setText(waarom_opnieuw)
        self.opnieuw.setVisible(bool(waarom_opnieuw))
        self._say("\n".join(beeld.zinnen))
        self.zinnen.set_rol("let_op" if beeld.fouten else "gewoon")
        self._show_stand("Er is nog niets vastgelegd.")
        self.leg_vast.setVisible(beeld.mag)
        self.leg_vast.setEnabled(True)
        announce(self, " ".join((waarom_opnieuw, *beeld.zinnen)).strip())

    def _apply(self) -> None:
        if self._beeld is not None:
            self.leg_vast.setEnabled(False)
            self._show_stand("Vastleggen…")
            self.verloop.apply(self._beeld)

    def _show_vastgelegd(self, beeld: Uitvalbeeld) -> None:
        """Het staat vast; nu bellen, in deze volgorde."""
        self._beeld = None
        self.opnieuw.hide()
        self.leg_vast.hide()
        self.velden.hide()
        zin = "Vastgelegd." if not beeld.bellen else "Vastgelegd. Bel nu wie moet verzetten."
        self._show_stand(zin)
        self.melding.emit(zin)
        announce(self, zin)
        self.bellijst.show_rijen(beeld.bellen, beeld.datum)
        (self.bellijst.rijen if beeld.bellen else self.sluit).setFocus(Qt.FocusReason.OtherFocusReason)
        self._kiezen = False
        self.vastgelegd.emit()
        self.verloop.load_keuzes()

    def _say(self, zinnen: str) -> None:
        self.zinnen.setText(zinnen)
        self.zinnen.setVisible(bool(zinnen))

    def _show_stand(self, zin: str) -> None:
        self.stand.setText(zin)
        self.stand.setVisible(bool(zin))

    # --- bellen --------------------------------------------------------------------------------------------

    def _show_lijst(self, rijen: Sequence[TeBellen]) -> None:
        self.bellijst.show_rijen(rijen, self._vandaag())
        if self.soort == VERPLAATSEN or not rijen:
            self._show_stand("" if rijen else "Er hoeft niemand te worden verplaatst.")

    def _show_verzet(self, oud: Afspraak, nieuw: Afspraak) -> None:
        self.vastgelegd.emit()
        zin = f"Verzet naar {moment_lang(nieuw.begin, self._vandaag())}."
        self._show_stand(zin)
        self.melding.emit(zin)
        announce(self, zin)
        self.verloop.load_lijst()

    def _show_klaargezet(self, zin: str) -> None:
        self.bellijst.set_bezig(False)
        self._show_stand(zin)
        self.melding.emit(zin)
        announce(self, zin)

    # --- terugdraaien --------------------------------------------------------------------------------------

    def _show_gemeld(self, gemeld: Sequence[tuple[str, str]]) -> None:
        while len(self._gemeld) < len(gemeld):
            self._add_gemeld()
        for nummer, (vak, zin, knop) in enumerate(self._gemeld):
            vak.setVisible(nummer < len(gemeld))
            if nummer < len(gemeld):
                id_, tekst = gemeld[nummer]
                zin.setText(f"{tekst}.")
                knop.setProperty("melding", id_)
                knop.set_tekst("Toch niet…", f"Toch niet: {tekst}")
        for deel in (self._lijn, self.gemeldkop):
            deel.setVisible(bool(gemeld))

    def _add_gemeld(self) -> None:
        vak = QWidget()
        rij = QHBoxLayout(vak)
        rij.setContentsMargins(0, 0, 0, 0)
        zin = Tekst()
        knop = Knop("Toch niet…")
        knop.clicked.connect(lambda _=False: self._ask_terug(str(knop.property("melding"))))
        rij.addWidget(zin, 1)
        rij.addWidget(knop)
        self._gemeld.append((vak, zin, knop))
        self.gemeld.addWidget(vak)

    def _ask_terug(self, id_: str) -> None:
        """Ook dit eerst voorrekenen."""
        self._kiezen = False
        self.velden.hide()
        self.leg_vast.hide()
        self.bellijst.show_rijen((), self._vandaag())
        self._show_stand("Even kijken wat dit doet…")
        self.verloop.preview_terug(id_)

    def show_fout(self, zin: str) -> None:
        """Er is niets veranderd; wat was gekozen, blijft staan."""
        self._show_stand("")
        self.opnieuw.tekst.setText(zin)
        self.opnieuw.show()
        self.leg_vast.setEnabled(True)
        self.bellijst.set_bezig(False)
        announce(self, zin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)
