"""Het echte programma in een vers proces, met een stopwatch. Drukt één JSON-regel af.

`start`: van processtart tot het zoekveld een toets aanneemt. `zwaar`: de zwaarste klant openen, alles laden
en door de tijdlijn bladeren. Alles loopt langs `ui.__main__.main`, zoals bij een medewerker.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui import __main__ as programma_begin

if TYPE_CHECKING:
    from frontoffice.cli.opties import Opties
    from frontoffice.domain.klantbeeld import Klantbeeld
    from ui.app import Programma

KLAAR_NA_S = 120
_echt = programma_begin.open_venster


def main() -> int:
    """`meetvenster.py start [argumenten]` of `meetvenster.py zwaar BSN [argumenten]`."""
    soort, *rest = sys.argv[1:]
    if soort == "start":
        programma_begin.open_venster = lambda opties: _open(opties, _attach_start)
        return programma_begin.main(rest)
    bsn, *rest = rest
    programma_begin.open_venster = lambda opties: _open(opties, lambda p: _attach_zwaar(p, bsn))
    return programma_begin.main(rest)


def _open(opties: Opties, attach: Callable[[Programma], None]) -> int:
    from ui import app

    start = app.Programma.start

    def met_meter(zelf: Programma) -> None:
        attach(zelf)
        start(zelf)

    app.Programma.start = met_meter  # type: ignore[method-assign]
    return _echt(opties)


def _guard(meet: Callable[[], None]) -> Callable[[], None]:
    """Een meting die zelf faalt, stopt het proces met haar spoor; het programma zou anders doorwerken."""

    def met_vangnet() -> None:
        try:
            meet()
        except BaseException:  # noqa: BLE001 - hierna is er geen proces meer
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    return met_vangnet


def _report(programma: Programma, **cijfers: Any) -> None:
    print(json.dumps(cijfers), flush=True)
    programma.venster.close()


# --- koude start -------------------------------------------------------------------------------------------


def _attach_start(programma: Programma) -> None:
    programma.venster.getekend.connect(_guard(lambda: _type_teken(programma)))


def _type_teken(programma: Programma) -> None:
    """Een toets zoals het systeem die geeft: naar wie de focus heeft."""
    from meten import peak_kb, since_process_start_ms
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    doel = QApplication.focusWidget() or programma.venster.zoekveld
    for soort in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(doel, QKeyEvent(soort, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0"))
    nam_aan = programma.venster.zoekveld.text() == "0"
    _report(programma, ms=since_process_start_ms(), nam_aan=nam_aan, piek_kb=peak_kb())


# --- de zware klant ----------------------------------------------------------------------------------------


def _attach_zwaar(programma: Programma, bsn: str) -> None:
    from PySide6.QtCore import QTimer

    programma.klaar.connect(lambda _: QTimer.singleShot(1_000, _guard(lambda: _meet_zwaar(programma, bsn))))


def _meet_zwaar(programma: Programma, bsn: str) -> None:
    from meten import Stilstand, peak_kb
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    from frontoffice.domain.klant import Herkomst, Kandidaat, PersoonSleutel
    from frontoffice.domain.waarden import Bsn

    scherm = programma.venster.scherm
    assert scherm is not None

    class Verfkijker(QObject):
        """Wanneer het eerste geladen deel ook echt getekend is."""

        geladen = 0.0
        getekend = 0.0
        vlak: QWidget | None = None
        verf = 0

        def eventFilter(self, wie: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.verf += wie is self.vlak
                if self.geladen and not self.getekend:
                    self.getekend = time.perf_counter()
            return False

    # Een gewoon scherm; het scherm van offscreen is maar 800 breed en dan stapelt het venster.
    programma.venster.resize(1366, 768)
    _pause(0.5)
    assert programma.venster.width() == 1366
    kijker = Verfkijker()

    def follow(_beeld: object) -> None:
        beeld = scherm.current
        if beeld and not kijker.geladen and _is_begonnen(beeld):
            kijker.geladen = time.perf_counter()

    scherm.gewijzigd.connect(follow)
    # Alleen waar iets van de klant komt te staan: een kijker op alles zou zelf de stilstand maken.
    for plek in (scherm.kop.naam, scherm.zaken.lijst.viewport(), scherm.tijdlijn.lijst.viewport()):
        plek.installEventFilter(kijker)
    klant = Kandidaat(PersoonSleutel(Bsn(bsn)), "", Herkomst.BSN)

    def open_klant() -> dict[str, float]:
        kijker.geladen = kijker.getekend = 0.0
        meter = Stilstand()
        begin = time.perf_counter()
        programma.venster.open_klant(klant)
        _wait(lambda: scherm.current is not None and scherm.current.is_compleet and scherm.is_bijgewerkt)
        compleet = time.perf_counter()
        _wait(lambda: kijker.getekend > 0)
        _pause(0.3)
        return {
            "compleet_ms": (compleet - begin) * 1000,
            "eerste_ms": (kijker.getekend - begin) * 1000,
            "stilstand_ms": meter.stop(),
        }

    # Hoe druk de computer zelf is: wat een venster dat niets doet al stilstaat.
    rust = Stilstand()
    _pause(1.0)
    rust_ms = rust.stop()
    keren = []
    for _ in range(5):
        keren.append(open_klant())
        programma.venster.close_klant()
        _pause(0.1)
    open_klant()
    piek_eerste_beeld = peak_kb()

    lijst = scherm.tijdlijn.lijst
    balk = lijst.verticalScrollBar()
    meter = Stilstand()
    begin = time.perf_counter()
    while scherm.current is not None and scherm.current.tijdlijn.heeft_meer:
        assert time.perf_counter() - begin < KLAAR_NA_S, "de tijdlijn komt niet af"
        # Zoals iemand die door blijft draaien aan het wiel: een stukje terug en weer naar het einde.
        balk.setValue(balk.maximum() - 40)
        balk.setValue(balk.maximum())
        _pause(0.005)
    laden_s = time.perf_counter() - begin
    bladeren_ms = meter.stop()
    _pause(0.2)

    balk.setValue(0)
    _pause(0.05)
    beelden, duur = 400, 0.0
    stap = max(1, balk.maximum() // beelden)
    traagste = 0.0
    kijker.vlak = lijst.viewport()
    for nummer in range(1, beelden + 1):
        gezien, start = kijker.verf, time.perf_counter()
        balk.setValue(nummer * stap)
        while kijker.verf == gezien:  # tot het beeld echt is getekend
            assert time.perf_counter() - start < 5, "er wordt niet getekend"
            QApplication.processEvents()
        nodig = time.perf_counter() - start
        duur += nodig
        traagste = max(traagste, nodig)
    _report(
        programma,
        keren=keren,
        rust_ms=rust_ms,
        rijen=lijst.model().rowCount(),
        laden_s=laden_s,
        bladeren_stilstand_ms=bladeren_ms,
        beelden_per_s=beelden / duur,
        traagste_beeld_ms=traagste * 1000,
        piek_eerste_beeld_kb=piek_eerste_beeld,
        piek_kb=peak_kb(),
    )


def _is_begonnen(beeld: Klantbeeld) -> bool:
    """Er is iets van de klant zelf; de catalogus van schijf telt niet."""
    from frontoffice.domain.klantbeeld import Geladen

    return any(isinstance(d, Geladen) for naam, d in beeld.onderdelen.items() if naam != "catalogus")


def _wait(voorwaarde: Callable[[], bool]) -> None:
    """Wacht tot het zo is, zoals het programma zelf wacht: in een lus van Qt.

    Niet met `QTest.qWait`: PySide houdt daarin de GIL vast, ook terwijl het slaapt. De draden die antwoorden
    lezen staan dan het grootste deel van de tijd stil, en dat gebeurt in het programma (`app.exec`) niet.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    einde = time.perf_counter() + 20
    lus = QEventLoop()
    kijk = QTimer()
    kijk.setInterval(2)
    te_laat = False

    def look() -> None:
        nonlocal te_laat
        te_laat = time.perf_counter() > einde
        if te_laat or voorwaarde():
            lus.quit()

    kijk.timeout.connect(look)
    kijk.start()
    lus.exec()
    kijk.stop()
    assert not te_laat, "het komt niet"


def _pause(seconden: float) -> None:
    """Laat het programma gewoon doorlopen; zie `_wait` voor waarom niet met qWait."""
    from PySide6.QtCore import QEventLoop, QTimer

    lus = QEventLoop()
    QTimer.singleShot(round(seconden * 1000), lus.quit)
    lus.exec()


if __name__ == "__main__":
    sys.exit(main())
