"""Eerst zien wat een wijziging doet, dan pas bewaren.

Wie moet worden verzet, staat er met drie voorstellen.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain import taal
from frontoffice.services.inrichten import TeVerzetten
from ui.afspraak.woorden import moment_kort, producten_tekst
from ui.beheer import woorden
from ui.beheer.dienst import Voorstel
from ui.beheer.tabel import KLEUR, Index, Tabel
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.tekst import Tekst, announce, letterlijk, tooltip_tekst
from ui.thema import Thema

_GEEN = QModelIndex()
_KOPPEN = ("Nu", "Naam", "Waarvoor", "Voorstellen", "Waarom niet")
_WAAROM = 4
_LAAGST = 150


class Verzetmodel(QAbstractTableModel):
    """Afspraken die niet kunnen blijven."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rijen: tuple[TeVerzetten, ...] = ()
        self._vandaag = date.min

    def set_rijen(self, rijen: tuple[TeVerzetten, ...], vandaag: date) -> None:
        self.beginResetModel()
        self.rijen, self._vandaag = rijen, vandaag
        self.endResetModel()

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self.rijen)

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(_KOPPEN)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_kop = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _KOPPEN[section] if is_kop else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rijen):
            return None
        rij = self.rijen[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return letterlijk(self._tekst(rij, index.column()), 300, een_regel=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kolommen = range(len(_KOPPEN)) if index.column() == 0 else (index.column(),)
            delen = [f"{_KOPPEN[k]}: {self._tekst(rij, k)}" for k in kolommen]
            return letterlijk(", ".join(delen), 600, een_regel=True)
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return "nadruk"
        if role == KLEUR and index.column() == 3 and not rij.voorstellen:
            return "let_op"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(self._tekst(rij, index.column()))
        return None

    def _tekst(self, rij: TeVerzetten, kolom: int) -> str:
        afspraak = rij.afspraak
        if kolom == 0:
            return moment_kort(afspraak.begin, self._vandaag)
        if kolom == 1:
            return afspraak.klant.naam
        if kolom == 2:
            return producten_tekst(afspraak)
        if kolom == 4:
            return rij.reden
        if not rij.voorstellen:
            return "geen tijd gevonden"
        return woorden.voorstellen_tekst([start.begin for start in rij.voorstellen], self._vandaag)


class GevolgenVak(Vak):
    """Signalen: `bewaren` (Voorstel) en `terug` (er wordt niets bewaard)."""

    bewaren = Signal(object)
    terug = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Wat dit doet")
        self.voorstel: Voorstel | None = None
        self.kop.set_rol("kop1")
        marge = 3 * Thema.afstand
        self._opnieuw = Band("", "let_op")
        self._opnieuw.hide()
        self._zinnen = Tekst("")
        self._waarschuwing = Tekst("", rol="let_op")
        self._avonden = Tekst("", rol="gedempt")
        self.model = Verzetmodel(self)
        self._kop_lijst = Tekst("Te verzetten afspraken", rol="kop2")
        self.tabel = Tabel("Te verzetten afspraken", thema, self.model)
        self.tabel.setProperty("soort", "kaal")
        self.bewaarknop = Knop("Bewaren", self._save, soort="hoofd")
        self.terugknop = Knop("Terug, niets bewaren", self.terug.emit, soort="groot")
        self._stand = Tekst("", rol="gedempt")
        boven = QVBoxLayout()
        boven.setContentsMargins(marge, 0, marge, 2 * Thema.afstand)
        boven.setSpacing(Thema.afstand)
        for deel in (self._opnieuw, self._zinnen, self._avonden, self._waarschuwing):
            boven.addWidget(deel)
        self._kop_lijst.setContentsMargins(marge, 2 * Thema.afstand, marge, Thema.afstand)
        knoppen = QHBoxLayout()
        knoppen.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        knoppen.setSpacing(2 * Thema.afstand)
        knoppen.addWidget(self.bewaarknop)
        knoppen.addWidget(self.terugknop)
        knoppen.addWidget(self._stand, 1)
        self._leeg = QWidget()
        vlak = QWidget()
        alles = QVBoxLayout(vlak)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addLayout(boven)
        alles.addWidget(self._kop_lijst)
        alles.addWidget(self.tabel, 1)
        alles.addWidget(self._leeg, 1)
        self.tabel.setMinimumHeight(_LAAGST)
        # Op een laag scherm scrolt alles samen: anders valt er van de zinnen een stuk weg.
        self.inhoud.addWidget(Scrollvlak(vlak), 1)
        self.inhoud.addWidget(Lijn())
        self.inhoud.addLayout(knoppen)

    def eerste_focus(self) -> QWidget:
        return self.tabel if self.tabel.isVisible() else self.bewaarknop

    def show_voorstel(self, voorstel: Voorstel, vandaag: date) -> None:
        self.voorstel = voorstel
        gevolgen = voorstel.gevolgen
        self.kop.setText(voorstel.kop)
        zinnen = woorden.gevolg_zinnen(gevolgen)
        self._zinnen.setText("\n".join(zinnen))
        self._opnieuw.tekst.setText(voorstel.waarom_opnieuw)
        self._opnieuw.setVisible(bool(voorstel.waarom_opnieuw))
        dagen = [taal.datum_kort(avond.datum, vandaag) for avond in gevolgen.avonden]
        redenen = {rij.reden for rij in gevolgen.te_verzetten}
        een_reden = len(redenen) == 1 and len(gevolgen.te_verzetten) > 1
        delen = [next(iter(redenen))] if een_reden else []
        delen += [f"Het gaat om: {woorden.opsomming(dagen)}."] if len(dagen) > 1 else []
        self._avonden.setText(" ".join(delen))
        self._avonden.setVisible(bool(delen))
        self.tabel.setColumnHidden(_WAAROM, een_reden)
        self.tabel.fit_kolommen(_WAAROM - 1 if een_reden else _WAAROM)
        self._waarschuwing.setText(
            "\n".join(f"Let op. {zin}" for zin in woorden.waarschuwing_zinnen(gevolgen.waarschuwingen))
        )
        self._waarschuwing.setVisible(bool(gevolgen.waarschuwingen))
        self.model.set_rijen(gevolgen.te_verzetten, vandaag)
        heeft = bool(gevolgen.te_verzetten)
        self._kop_lijst.setText(f"Te verzetten afspraken ({len(gevolgen.te_verzetten)})")
        for deel in (self._kop_lijst, self.tabel):
            deel.setVisible(heeft)
        self._leeg.setVisible(not heeft)
        self.set_bezig(False)
        announce(self, woorden.gevolg_kort(voorstel))

    def set_bezig(self, bezig: bool) -> None:
        """Tijdens het bewaren staat dat er, en kan er niet nog een keer op de knop."""
        self.bewaarknop.setEnabled(not bezig)
        self._stand.setText("Bewaren…" if bezig else "")

    def show_fout(self, zin: str) -> None:
        self.set_bezig(False)
        self._opnieuw.tekst.setText(zin)
        self._opnieuw.show()
        self.bewaarknop.setFocus()

    def _save(self) -> None:
        if self.voorstel is not None:
            self.set_bezig(True)
            self.bewaren.emit(self.voorstel)
