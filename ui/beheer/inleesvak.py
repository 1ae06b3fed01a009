"""Web-afspraken inlezen: eerst zien wat de lijst vult en waar zij botst, dan pas inlezen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.avond import KIF
from frontoffice.agenda.tijd import to_utc
from frontoffice.domain import taal
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.externdienst import Inleesplan, check_eigenaar
from frontoffice.services.inrichten import TeVerzetten
from ui.beheer import inleeswoorden, woorden
from ui.beheer.gevolgenvak import Verzetmodel
from ui.beheer.inleesdienst import Inleesbeeld, Inleesvraag
from ui.beheer.tabel import Tabel
from ui.beheer.velden import read_datum, read_tijd, show_datum
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_MEESTE = 1_000
_LAAGST = 120
_MOMENT_FOUT = "Schrijf een dag en een tijd, zoals 3-12-2026 15.40."


class InleesVak(Vak):
    """Signalen: `gevraagd` (Inleesvraag), `inlezen` (Inleesplan) en `terug` (er wordt niets ingelezen)."""

    gevraagd = Signal(object)
    inlezen = Signal(object)
    terug = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Web-afspraken inlezen")
        self.kop.set_rol("kop1")
        self._pad: Path | None = None
        self._datum = self._vandaag = date.min
        self._beeld: Inleesbeeld | None = None
        self._getoond: tuple[str, datetime | None] = ("", None)
        self._zinnen = Tekst("")
        self._build_formulier()
        self._kop_botst = Tekst("", rol="kop2")
        self.model = Verzetmodel(self)
        self.tabel = Tabel("Te verzetten afspraken", thema, self.model)
        self.tabel.setProperty("soort", "kaal")
        self._kop_lijst = Tekst("", rol="kop2")
        self.lijst = RijLijst("Om na te kijken", thema)
        self.doe = Knop("Inlezen", self._send, soort="hoofd")
        self.terugknop = Knop("Terug, niets inlezen", self.terug.emit, soort="groot")
        self._stand = Tekst("", rol="gedempt")
        self._build()

    def _build_formulier(self) -> None:
        blok = self._blok = Formulier()
        self.avonden = blok.rij("Welke avonden", QComboBox())
        self.avonden.activated.connect(lambda _: self._ask())
        self.wie = blok.rij("Wie plant deze avond", QComboBox())
        self.wie.addItem("KiF, dit komt bij onze afspraken", KIF)
        self.wie.addItem("Een andere agenda, KiF boekt hier niets", "")
        self.wie.activated.connect(lambda _: self._choose_wie())
        self.naam = blok.rij("Naam van die agenda", QLineEdit())
        self.naam.setPlaceholderText("JCC")
        self.naam.setMaxLength(30)
        self.naam.editingFinished.connect(self._ask)
        self.van = blok.rij(
            "Lijst van", QLineEdit(), "Hoe laat is de lijst opgehaald? De collega aan de telefoon ziet dit."
        )
        self.van.setMaxLength(40)
        self.van.editingFinished.connect(self._ask)

    def _build(self) -> None:
        marge = 3 * Thema.afstand
        boven = QVBoxLayout()
        boven.setContentsMargins(marge, 0, marge, 2 * Thema.afstand)
        boven.setSpacing(2 * Thema.afstand)
        boven.addWidget(self._blok)
        boven.addWidget(self._zinnen)
        for kop in (self._kop_botst, self._kop_lijst):
            kop.setContentsMargins(marge, 2 * Thema.afstand, marge, Thema.afstand)
        knoppen = QHBoxLayout()
        knoppen.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        knoppen.setSpacing(2 * Thema.afstand)
        knoppen.addWidget(self.doe)
        knoppen.addWidget(self.terugknop)
        knoppen.addWidget(self._stand, 1)
        self._leeg = QWidget()
        self.tabel.setMinimumHeight(_LAAGST)
        self.lijst.setMinimumHeight(_LAAGST)
        vlak = QWidget()  # bij grote letters scrolt alles samen; de knoppen blijven staan
        kolom = QVBoxLayout(vlak)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        kolom.addLayout(boven)
        kolom.addWidget(self._kop_botst)
        kolom.addWidget(self.tabel, 2)
        kolom.addWidget(self._kop_lijst)
        kolom.addWidget(self.lijst, 1)
        kolom.addWidget(self._leeg, 1)
        self.inhoud.addWidget(Scrollvlak(vlak), 1)
        self.inhoud.addWidget(Lijn())
        self.inhoud.addLayout(knoppen)

    def eerste_focus(self) -> QWidget:
        return self.doe if self.doe.isEnabled() else self.avonden

    # --- vragen --------------------------------------------------------------------------------------------

    def open(self, pad: Path, datum: date, eigenaar: str, vandaag: date) -> None:
        """Begin met dit bestand voor deze avond; vraagt meteen wat het doet."""
        self._pad, self._datum, self._vandaag, self._beeld = pad, datum, vandaag, None
        dag = taal.datum_kort(datum, vandaag)
        self.avonden.clear()
        self.avonden.addItem(f"Alleen {dag}", False)
        self.avonden.addItem("Alle avonden in het bestand", True)
        self.wie.setCurrentIndex(int(eigenaar != KIF))
        self.naam.setText("" if eigenaar == KIF else eigenaar)
        self._blok.set_zichtbaar(self.naam, eigenaar != KIF)
        self.van.clear()
        self._getoond = ("", None)
        for veld in (self.naam, self.van):
            self._blok.fout(veld, "")
        self._show_lijsten((), ())
        self._ask()

    def _choose_wie(self) -> None:
        ander = self.wie.currentData() != KIF
        self._blok.set_zichtbaar(self.naam, ander)
        if ander and not self.naam.text().strip():
            self._wait("")
            self.naam.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._ask()

    def _ask(self) -> None:
        vraag = self._vraag()
        if vraag is None or (self._beeld is not None and self._beeld.vraag == vraag):
            return
        self._wait("Bezig met lezen…")
        self.gevraagd.emit(vraag)

    def _vraag(self) -> Inleesvraag | None:
        """Wat er nu is gekozen, of None met de fout bij het veld."""
        if self._pad is None:
            return None
        eigenaar = KIF
        if self.wie.currentData() != KIF:
            try:
                eigenaar = check_eigenaar(self.naam.text())
                self._blok.fout(self.naam, "")
            except InvoerFout as fout:
                self._blok.fout(self.naam, fout.uitleg)
                self._wait("")
                return None
        try:
            van = self._moment()
            self._blok.fout(self.van, "")
        except ValueError:
            self._blok.fout(self.van, _MOMENT_FOUT)
            self._wait("")
            return None
        return Inleesvraag(self._pad, self._datum, van, bool(self.avonden.currentData()), eigenaar)

    def _moment(self) -> datetime | None:
        """Wat er is getypt; None zolang dat het moment van het bestand zelf is. Raises ValueError."""
        getypt = " ".join(self.van.text().replace("uur", "").split())
        if not getypt:
            return None
        if getypt == self._getoond[0]:
            return self._getoond[1]
        dag, _, tijd = getypt.rpartition(" ")
        return to_utc(read_datum(dag) if dag else self._vandaag, read_tijd(tijd))

    def _wait(self, zin: str) -> None:
        """Wat er staat, hoort nog niet bij wat er is gekozen."""
        self._beeld = None
        self.doe.setEnabled(False)
        self._stand.setText(zin)

    # --- antwoorden ----------------------------------------------------------------------------------------

    def show_beeld(self, beeld: Inleesbeeld) -> None:
        if beeld.vraag.pad != self._pad:
            return
        self._beeld = beeld
        self._stand.setText("")
        self._getoond = (_toon(beeld.van), beeld.vraag.van)
        if not self.van.text() or not self.van.hasFocus():
            self.van.setText(self._getoond[0])
        if beeld.plan is None:
            self._show_fouten(beeld.fouten)
            return
        plan = beeld.plan
        self._zinnen.set_rol("gewoon")
        self._zinnen.setText("\n".join(inleeswoorden.plan_zinnen(plan, self._vandaag)))
        self.model.set_rijen(plan.te_verzetten, self._vandaag)
        self.tabel.fit_kolommen(4)
        opmerkingen = [
            Rij(woorden.hoofdletter(o.tekst), f"Regel {o.regel}") for a in plan.avonden for o in a.opmerkingen
        ]
        self._show_lijsten(plan.te_verzetten, opmerkingen)
        self.doe.setEnabled(not plan.is_gelijk)
        announce(self, self._zinnen.text())

    def show_fout(self, zin: str) -> None:
        """De agenda weigert dit, of is er niet."""
        self._beeld = None
        self._show_fouten((zin,))

    def show_opnieuw(self, plan: Inleesplan, zin: str) -> None:
        """Er is intussen iets gewijzigd: nog een keer nakijken."""
        vraag = self._vraag()
        if vraag is not None:
            self.show_beeld(Inleesbeeld(vraag, plan.keuze.van, self._vandaag, plan))
            self._zinnen.setText(f"{zin}\n{self._zinnen.text()}")
            self._zinnen.set_rol("let_op")
            announce(self, zin)

    def set_bezig(self) -> None:
        self.doe.setEnabled(False)
        self._stand.setText("Inlezen…")

    def _show_fouten(self, fouten: tuple[str, ...]) -> None:
        self.doe.setEnabled(False)
        self._stand.setText("")
        self._zinnen.set_rol("fout")
        self.model.set_rijen((), self._vandaag)
        if len(fouten) == 1 and not fouten[0].startswith("Regel"):
            self._zinnen.setText(fouten[0])
            self._show_lijsten((), ())
        else:
            aantal = "staat 1 fout" if len(fouten) == 1 else f"staan {len(fouten)} fouten"
            self._zinnen.setText(f"In het bestand {aantal}. Er is niets veranderd.")
            rijen = []
            for zin in fouten[:_MEESTE]:
                regel, dubbelpunt, rest = zin.partition(": ")
                los = zin.startswith("Regel") and dubbelpunt
                rijen.append(Rij(woorden.hoofdletter(rest), regel) if los else Rij(zin, "Bestand"))
            self._show_lijsten((), rijen)
        announce(self, self._zinnen.text())

    def _show_lijsten(self, verzet: Sequence[TeVerzetten], lijst: Sequence[Rij]) -> None:
        self._kop_botst.setText(f"Te verzetten afspraken ({len(verzet)})")
        wat = "Om na te kijken" if self._beeld and self._beeld.plan else "Wat er niet klopt"
        self._kop_lijst.setText(f"{wat} ({len(lijst)})")
        self.lijst.set_rijen(lijst[:_MEESTE])
        self._kop_botst.setVisible(bool(verzet))
        self.tabel.setVisible(bool(verzet))
        self._kop_lijst.setVisible(bool(lijst))
        self.lijst.setVisible(bool(lijst))
        self._leeg.setVisible(not verzet and not lijst)

    def _send(self) -> None:
        vraag = self._vraag()
        if self._beeld is None or self._beeld.plan is None or vraag is None:
            return
        if vraag != self._beeld.vraag:
            self._ask()
            return
        self.set_bezig()
        self.inlezen.emit(self._beeld.plan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.terug.emit()
        else:
            super().keyPressEvent(event)


def _toon(van: datetime) -> str:
    """ "3-12-2026 15.40"."""
    return f"{show_datum(taal.dag_van(van))} {taal.tijd(van).removesuffix(' uur')}"
