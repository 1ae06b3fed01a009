"""Midden: de eerste mogelijkheden; of waarom er niets is en wat dan wel kan. Nooit een dood einde."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from ui.afspraak import woorden
from ui.afspraak.dienst import Resultaat
from ui.afspraak.tijdenlijst import Tijdenlijst
from ui.bouwstenen import Knop, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

KIES_PRODUCT = "Kies links een product. Daarna staan hier de eerste tijden."


class TijdenVak(Vak):
    """Signalen: `gekozen` (Mogelijkheid), `weg` (een tijd die net is vergeven), `wachtlijst`,
    `zonder_filters`, `splits` (wensen die samen wel kunnen), `opnieuw`, `vernieuwen`."""

    gekozen = Signal(object)
    weg = Signal(object)
    wachtlijst = Signal()
    zonder_filters = Signal()
    splits = Signal(object)
    opnieuw = Signal()
    vernieuwen = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Eerste mogelijkheden")
        self._resultaat: Resultaat | None = None
        self.kopregel.addWidget(Tekst("Alt+1 tot en met Alt+9", rol="klein"))
        self.zin = Tekst(KIES_PRODUCT, rol="gedempt")
        self.zin.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, Thema.afstand)
        self.lijst = Tijdenlijst(thema)
        self.lijst.gekozen.connect(self.gekozen)
        self.lijst.weg.connect(self.weg)
        self._nieuws = QFrame()
        rij = QHBoxLayout(self._nieuws)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        self._nieuwszin = Tekst("", rol="let_op")
        rij.addWidget(self._nieuwszin, 1)
        rij.addWidget(Knop("Toon opnieuw", self.vernieuwen.emit))
        self._nieuws.hide()
        self._uitweg = QWidget()
        self._uitwegen = QVBoxLayout(self._uitweg)
        self._uitwegen.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        self._uitwegen.setSpacing(2 * Thema.afstand)
        vlak = QWidget()
        kolom = QVBoxLayout(vlak)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for deel in (self.zin, self._nieuws, self.lijst, self._uitweg):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        self.inhoud.addWidget(Scrollvlak(vlak))
        self.clear()

    def eerste_focus(self) -> QWidget:
        return self.lijst

    # --- tonen ----------------------------------------------------------------------------------------------

    def clear(self, zin: str = KIES_PRODUCT) -> None:
        """Nog niets gezocht."""
        self._resultaat = None
        self._show([], zin, "gedempt")

    def show_zoeken(self) -> None:
        """Onderweg: wat er stond blijft staan, want meestal is het antwoord er meteen."""
        if self._resultaat is None:
            self.zin.setText("Zoeken…")

    def show_fout(self, fout: KifFout) -> None:
        self._resultaat = None
        self._show([], fout.uitleg, "fout")
        self._add_knoppen(("Opnieuw", self.opnieuw.emit))
        announce(self, fout.uitleg)

    def show_resultaat(self, resultaat: Resultaat, *, gefilterd: bool) -> None:
        """Het antwoord op een zoekactie van de medewerker zelf."""
        self._resultaat = resultaat
        if resultaat.mogelijkheden:
            self._show(resultaat.mogelijkheden, self._kop(resultaat), "gedempt")
            self._add_knoppen(("Niets goed? Wachtlijst", self.wachtlijst.emit))
        elif resultaat.is_wens_geweigerd:
            self._show_weigering(resultaat)
        else:
            self._show_niets(resultaat, gefilterd=gefilterd)
        announce(self.lijst, self._gesproken(resultaat))

    def follow(self, resultaat: Resultaat, vast: object) -> None:
        """Een collega veranderde iets: niets verschuift, maar wat weg is staat er zo bij."""
        oud = self._resultaat
        if oud is None:
            return
        self._resultaat = resultaat
        if not self.lijst.tijden.regels or not oud.mogelijkheden:
            if resultaat.mogelijkheden:
                self._show_nieuws("Er is intussen tijd vrijgekomen.")
            return
        anders = self.lijst.tijden.follow(resultaat.alle, vast)
        weg = sum(regel.vergeven for regel in self.lijst.tijden.regels)
        eerder = resultaat.alle and resultaat.alle[0].begin < self.lijst.tijden.regels[0].keuze.begin
        if eerder:
            self._show_nieuws("Er is eerder tijd vrijgekomen.")
        elif anders:
            self._show_nieuws(_zin_vergeven(weg) if weg else "")

    def mark_vast(self, vast: object) -> None:
        self.lijst.tijden.mark_vast(vast)

    # --- intern ---------------------------------------------------------------------------------------------

    def _show(self, keuzes: object, zin: str, rol: str) -> None:
        regels = tuple(keuzes) if isinstance(keuzes, tuple | list) else ()
        self.zin.set_rol("fout" if rol == "fout" else "let_op" if rol == "let_op" else "gedempt")
        self.zin.setText(zin)
        self.zin.setVisible(bool(zin))
        vandaag = self._resultaat.vandaag if self._resultaat else self.lijst.tijden.vandaag
        self.lijst.set_keuzes(regels, vandaag)
        self.lijst.setVisible(bool(regels))
        self.lijst.setFixedHeight(self.lijst.sizeHint().height())
        self._show_nieuws("")
        while (plek := self._uitwegen.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_nieuws(self, zin: str) -> None:
        nieuw = zin != self._nieuwszin.text()
        self._nieuwszin.setText(zin)
        self._nieuws.setVisible(bool(zin))
        if zin and nieuw:
            announce(self.lijst, zin)

    def _kop(self, resultaat: Resultaat) -> str:
        minuten = resultaat.uitslag.minuten
        if resultaat.opdracht.samen:
            return f"Samen komen met {len(resultaat.opdracht.wensen)} personen."
        return f"De afspraak duurt {minuten} minuten." if minuten else ""

    def _show_weigering(self, resultaat: Resultaat) -> None:
        uitslag = resultaat.uitslag
        self._show([], " ".join(reden.tekst for reden in uitslag.weigering), "let_op")
        for zin in uitslag.overdag:
            if zin not in self.zin.text():
                self._uitwegen.addWidget(Tekst(zin))
        if uitslag.splitsing:
            delen = [sum(r.personen for r in wens.regels) for wens in uitslag.splitsing]
            self._uitwegen.addWidget(
                Tekst(
                    f"Het kan wel in {len(delen)} afspraken: {woorden.opsomming(map(str, delen))} personen."
                )
            )
            self._add_knoppen(("Zoek die samen", lambda: self.splits.emit(uitslag.splitsing)))

    def _show_niets(self, resultaat: Resultaat, *, gefilterd: bool) -> None:
        uitslag, anders = resultaat.uitslag, resultaat.anders
        waarom = _waarom(resultaat)
        zin = "Binnen uw keuze is er niets vrij." if gefilterd else "De komende avonden is er niets vrij."
        if anders is not None:
            self._show((anders,), f"{zin} {waarom} De eerste tijd die wel kan:".replace("  ", " "), "let_op")
        else:
            self._show([], f"{zin} {waarom}".strip(), "let_op")
        for overdag in uitslag.overdag:
            self._uitwegen.addWidget(Tekst(f"Overdag: {overdag}"))
        knoppen: list[tuple[str, Callable[[], object]]] = []
        if gefilterd:
            knoppen.append(("Toon alle tijden", self.zonder_filters.emit))
        knoppen.append(("Zet op de wachtlijst", self.wachtlijst.emit))
        self._add_knoppen(*knoppen)

    def _add_knoppen(self, *knoppen: tuple[str, Callable[[], object]]) -> None:
        rij = QWidget()
        vloei = Vloei(rij, tussen=2 * Thema.afstand)
        for tekst, doe in knoppen:
            vloei.addWidget(Knop(tekst, doe))
        self._uitwegen.addWidget(rij)

    def _gesproken(self, resultaat: Resultaat) -> str:
        if not self.lijst.tijden.regels:
            return self.zin.text()
        eerste = self.lijst.tijden.gesproken(self.lijst.tijden.regels[0])
        if not resultaat.mogelijkheden:
            return f"{self.zin.text()} {eerste}"
        return f"{len(resultaat.mogelijkheden)} mogelijkheden. {eerste}"


def _zin_vergeven(aantal: int) -> str:
    return "1 tijd is net vergeven." if aantal == 1 else f"{aantal} tijden zijn net vergeven."


def _waarom(resultaat: Resultaat) -> str:
    """De reden van de gevraagde avond, anders die op de meeste avonden geldt."""
    aantal: dict[str, int] = {}
    datum = resultaat.opdracht.filters.datum
    for stand in resultaat.uitslag.avonden:
        if stand.reden and datum in (None, stand.datum):
            aantal[stand.reden] = aantal.get(stand.reden, 0) + 1
    return max(aantal, key=lambda tekst: aantal[tekst]) if aantal else ""
