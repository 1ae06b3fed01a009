"""Het verslag van vanavond of een eerdere avond: hoe het ging, wie er nog open is, en de avond afsluiten.

Toont en verbindt; tellen doet `agenda.vanavond.verslag`, op een andere draad. Geen naam en geen medewerker.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond import verslagwoorden as woorden
from frontoffice.agenda.vanavond.verslag import Reden, Verslag
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.taal import dag_van, datum_lang
from ui.achtergrond import Achtergrond
from ui.afspraak.vragen import Vragen
from ui.avondpapier import dienst as werk
from ui.avondpapier.avondkeuze import Avondkeuze
from ui.avondpapier.dienst import Open, Verslagstand
from ui.avondpapier.openvak import KLAAR, Openvak
from ui.bewaren import downloads, zeg_opgeslagen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.goednieuws.plot import Balken, Plotrij
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

TITEL = "Avondverslag"
_MARGE = 3 * Thema.afstand
_TWEE_KOLOMMEN = 1100


class Staafvak(Vak):
    """Staven met hun getal ernaast onder een kop."""

    def __init__(self, naam: str, thema: Thema) -> None:
        super().__init__(naam)
        self.staven = Balken(naam, thema)
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        self.inhoud.addWidget(self.staven)

    def set_naam(self, naam: str) -> None:
        self.kop.setText(naam)
        self.setAccessibleName(naam)
        self.staven.setAccessibleName(naam)

    def show_rijen(self, rijen: tuple[woorden.Verslagrij, ...]) -> None:
        self.staven.show_rijen([Plotrij(rij.naam, rij.deel, rij.tekst) for rij in rijen])
        self.setVisible(bool(rijen))


class VerslagScherm(QWidget):
    """Signalen: `gesloten`, `melding` (korte zin) en `rapport` (Verslag: laat het als papier zien)."""

    gesloten = Signal()
    melding = Signal(str)
    rapport = Signal(object)

    def __init__(self, open_: Open, achtergrond: Achtergrond, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName(TITEL)
        self.setProperty("hulp", "vanavond")
        set_stijl(self, "soort", "venster")
        self._open, self._thema = open_, thema
        self._vragen = Vragen(achtergrond)
        self._stand: Verslagstand | None = None
        self.kop = Tekst(TITEL, rol="kop1")
        self.zin = Tekst(rol="gedempt")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self.afsluiten = Knop("Avond afsluiten", self._close_avond, soort="hoofd")
        self.pdf = Knop("Verslag bekijken (pdf)", self._show_rapport, soort="groot")
        self.csv = Knop("Bewaren als CSV", self._save_csv, soort="groot", naam="Verslag bewaren als CSV")
        self.ververs = Knop("Opnieuw tellen", self.start, soort="groot")
        self.sluit = Knop("Sluiten (Esc)", self.gesloten.emit, soort="groot", naam="Verslag sluiten")
        self.keuze = Avondkeuze()
        self.keuze.hide()
        self.keuze.gekozen.connect(self._choose)
        self._datum: date | None = None  # None = die van vanavond, of anders de laatste
        self._vanavond: date | None = None
        self._avonden: tuple[date, ...] = ()
        self.nog_open = Openvak()
        self.kern = Staafvak("De avond", thema)
        self.wacht = [Staafvak("Wachten", thema) for _ in range(3)]
        self.half_uur = Staafvak("Wachten per half uur", thema)
        self.product = Staafvak("Per product", thema)
        self.bevoegdheid = Staafvak("Per bevoegdheid", thema)
        self.geweigerd = Staafvak("Zonder afspraak geweigerd", thema)
        self.niet_gedaan = Staafvak("Niet gedaan", thema)
        self.nog_open.gekozen.connect(self._resolve)
        self.nog_open.alle.connect(self._resolve_alle)
        self._build()

    def _build(self) -> None:
        kop = QWidget()
        set_stijl(kop, "soort", "kaart")
        kolom = QVBoxLayout(kop)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        rij.addWidget(self.keuze)
        for knop in (self.afsluiten, self.pdf, self.csv, self.ververs, self.sluit):
            rij.addWidget(knop)
        for deel in (self.kop, self.zin, knoppen, self.fout):
            kolom.addWidget(deel)
        inhoud = QWidget()
        self._rooster = QGridLayout(inhoud)
        self._rooster.setContentsMargins(_MARGE, _MARGE, _MARGE, _MARGE)
        self._rooster.setSpacing(_MARGE)
        self._vakken: tuple[QWidget, ...] = (
            self.nog_open, self.kern, *self.wacht, self.half_uur, self.product, self.bevoegdheid,
            self.geweigerd, self.niet_gedaan,
        )  # fmt: skip
        self._indeling: tuple[int, bool] = (0, False)
        self._is_laat = True
        self._place()
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(Lijn())
        self.vlak = Scrollvlak(inhoud)
        alles.addWidget(self.vlak, 1)

    # --- tonen ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Het is te zien: begin bij vanavond, tel opnieuw, en wijs aan waar het om gaat."""
        self.fout.hide()
        self._datum = None
        self.load()
        self.sluit.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        self.zin.setText("Tellen…" if self._stand is None else self.zin.text())
        open_, datum = self._open, self._datum
        self._vragen.ask(
            "verslag", lambda _: werk.load_verslag(open_, datum), self.show_verslag, self._show_fout
        )

    def _choose(self, dag: date) -> None:
        """Een andere avond; lukt dat niet, dan blijft staan wat er stond."""
        self.fout.hide()
        self._datum = None if dag == self._vanavond else dag
        self.load()

    def close_scherm(self) -> None:
        self._vragen.cancel_alles()

    @property
    def stand(self) -> Verslagstand | None:
        return self._stand

    def show_verslag(self, stand: Verslagstand | None) -> None:
        self._stand = stand
        for deel in (self.pdf, self.csv, self.vlak):
            deel.setVisible(stand is not None)
        if stand is None:
            self._show_geen()
            return
        v, vandaag = stand.verslag, dag_van(stand.stand.nu)
        if stand.eerder:
            self._datum = v.datum
        else:
            self._vanavond = v.datum
        self._avonden = stand.avonden or self._avonden
        self._show_keuze(v.datum, vandaag)
        self.kop.setText(f"{TITEL} van {datum_lang(v.datum, vandaag)}")
        self.zin.setText(woorden.zeg_kop(v))
        dicht = stand.stand.avond.toestand is AvondToestand.AFGESLOTEN
        had_focus = self.nog_open.has_focus
        self.nog_open.show_open(stand.nog_open)
        self._is_laat = v.open_tot is None or v.gemaakt_op >= v.open_tot
        self._place()
        self.nog_open.setVisible(not dicht or bool(stand.nog_open))
        self.afsluiten.setVisible(not dicht)
        self.afsluiten.setEnabled(not stand.nog_open)
        if had_focus:
            (self.nog_open.eerste_knop or self.afsluiten).setFocus(Qt.FocusReason.OtherFocusReason)
        for vak, rijen in self._delen(v):
            vak.show_rijen(rijen)
        for vak, (naam, rijen) in zip(self.wacht, woorden.rijen_wacht(v), strict=True):
            vak.set_naam(naam)
            vak.show_rijen(rijen)
        order_tabs(self._volgorde())

    def _show_keuze(self, dag: date, vandaag: date) -> None:
        """Ook vanavond staat erbij, open of niet."""
        ook = () if self._vanavond is None else (self._vanavond,)
        self.keuze.show_avonden(sorted({*self._avonden, *ook, dag}, reverse=True), dag, vandaag)

    def _show_geen(self) -> None:
        self.kop.setText(TITEL)
        self.zin.setText("Er is nog geen avond geweest. Na de eerste avond staat hier hoe het ging.")
        for deel in (self.afsluiten, self.keuze):
            deel.hide()

    def _delen(self, v: Verslag) -> tuple[tuple[Staafvak, tuple[woorden.Verslagrij, ...]], ...]:
        return (
            (self.kern, woorden.rijen_kern(v)),
            (self.half_uur, woorden.rijen_half_uur(v)),
            (self.product, woorden.rijen_telling(v.per_product)),
            (self.bevoegdheid, woorden.rijen_telling(v.per_bevoegdheid)),
            (self.geweigerd, _redenen(v.geweigerd)),
            (self.niet_gedaan, _redenen(v.niet_gedaan)),
        )

    def _show_fout(self, fout: KifFout) -> None:
        self.fout.setText(fout.uitleg)
        self.fout.show()
        announce(self.fout, fout.uitleg)
        if self._stand is None:
            self.zin.setText("Er is nog niets geteld.")
            return
        dag = self._stand.verslag.datum
        self._datum = None if dag == self._vanavond else dag
        self._show_keuze(dag, dag_van(self._stand.stand.nu))

    # --- doen ----------------------------------------------------------------------------------------------

    def _resolve(self, id_: str, stap: str) -> None:
        self._doe([(id_, stap)])

    def _resolve_alle(self, ids: object) -> None:
        if isinstance(ids, tuple):
            self._doe([(str(id_), "niet_gekomen") for id_ in ids])

    def _doe(self, stappen: list[tuple[str, str]]) -> None:
        """Zet elke stap met een eigen verzoek-id. Wat al gezet is blijft staan als een volgende mislukt."""
        open_, op = self._open, self._stand.op if self._stand is not None else None
        met_id = [(id_, stap, str(uuid.uuid4())) for id_, stap in stappen]

        def run(_: object) -> None:
            avond = open_().avond
            for id_, stap, verzoek in met_id:
                if stap == KLAAR:
                    avond.finish(id_, verzoek_id=verzoek, op=op)
                else:
                    avond.no_show(id_, verzoek_id=verzoek, op=op)

        self._write(run, "")

    def _close_avond(self) -> None:
        open_, verzoek, datum = self._open, str(uuid.uuid4()), self._datum
        self._write(
            lambda _: open_().avond.close_avond(verzoek_id=verzoek, datum=datum), "De avond is afgesloten."
        )

    def _write(self, werk_: Callable[[object], object], klaar: str) -> None:
        """Doe het, en tel daarna opnieuw: ook als het niet mocht, kan er iets zijn veranderd."""
        self.fout.hide()

        def done(_: object) -> None:
            if klaar:
                self.melding.emit(klaar)
            self.load()

        def fail(fout: KifFout) -> None:
            self.load()
            self._show_fout(fout)

        self._vragen.ask("stap", werk_, done, fail)

    def _show_rapport(self) -> None:
        if self._stand is not None:
            self.rapport.emit(self._stand.verslag)

    def _save_csv(self) -> None:
        if self._stand is None:
            return
        open_, verslag, map_ = self._open, self._stand.verslag, downloads()

        def show(gemaakt: Path) -> None:
            self.melding.emit(zeg_opgeslagen(gemaakt))

        self._vragen.ask(
            "csv", lambda _: werk.save_verslag(open_, verslag, "csv", map_), show, self._show_fout
        )

    # --- Qt ------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Na sluitingstijd gaat het eerst om wie nog open is; daarvoor om hoe het gaat."""
        kolommen = 2 if self.width() >= _TWEE_KOLOMMEN else 1
        if (kolommen, self._is_laat) == self._indeling:
            return
        self._indeling = kolommen, self._is_laat
        onder = len(self._vakken) + 1
        self._rooster.addWidget(self.nog_open, 0 if self._is_laat else onder, 0, 1, kolommen)
        for nummer, vak in enumerate(self._vakken[1:]):
            rij, kolom = divmod(nummer, kolommen)
            self._rooster.addWidget(vak, 1 + rij, kolom, Qt.AlignmentFlag.AlignTop)
        self._rooster.setColumnStretch(1, 1 if kolommen == 2 else 0)
        self._rooster.setColumnStretch(0, 1)
        self._rooster.setRowStretch(onder + 1, 1)

    def _volgorde(self) -> list[QWidget]:
        kop: list[QWidget] = [self.keuze, self.afsluiten, self.pdf, self.csv, self.ververs, self.sluit]
        rest = list(self._vakken[1:])
        return [*kop, self.nog_open, *rest] if self._is_laat else [*kop, *rest, self.nog_open]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)


def _redenen(redenen: tuple[Reden, ...]) -> tuple[woorden.Verslagrij, ...]:
    meest = max((reden.aantal for reden in redenen), default=0)
    return tuple(woorden.Verslagrij(r.naam, str(r.aantal), r.aantal / meest) for r in redenen)
