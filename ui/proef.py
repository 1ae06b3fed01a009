"""De proef op de som: opent het venster zonder scherm, zoekt een inwoner op telefoon en wacht op het beeld.

Drukt {"venster_ms", "klant_ms"} af. Gebruikt altijd de ingebouwde demonstratie en een lege map met gegevens.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Wacht

if TYPE_CHECKING:
    from frontoffice.samenstelling import Diensten
    from ui.app import Programma

HOOGSTENS_S = 20
_KIJK_MS = 10


class Proef(QObject):
    """Speelt één gesprek na met toetsen, en meet."""

    def __init__(self, programma: Programma, voorbeelden: dict[str, dict[str, str]]) -> None:
        super().__init__(programma)
        self._programma = programma
        self._voorbeelden = voorbeelden
        self._begin = 0.0
        self.venster_ms = 0
        self.klant_ms = 0
        self.uitleg = f"De proef duurde langer dan {HOOGSTENS_S} seconden."
        programma.venster.getekend.connect(self._note_venster)
        programma.klaar.connect(self._type_nummer)
        programma.mislukt.connect(self._fail)
        QTimer.singleShot(HOOGSTENS_S * 1000, self._end)
        self._kijker = QTimer(self)
        self._kijker.setInterval(_KIJK_MS)
        self._kijker.timeout.connect(self._look)

    def _note_venster(self) -> None:
        from ui.app import seconden_sinds_start

        self.venster_ms = round(seconden_sinds_start() * 1000)

    def _type_nummer(self, _diensten: object) -> None:
        self._begin = time.monotonic()
        veld = self._programma.venster.zoekveld
        for teken in self._voorbeelden["gewoon"]["telefoon"]:
            _press(veld, Qt.Key.Key_unknown, teken)
        _press(veld, Qt.Key.Key_Return)
        scherm = self._programma.venster.scherm
        assert scherm is not None
        scherm.gewijzigd.connect(self._follow)
        self._kijker.start()

    def _look(self) -> None:
        """Zodra er kandidaten staan: de eerste openen, net als een medewerker."""
        venster = self._programma.venster
        if not venster.zoeker.is_bezig:
            self._kijker.stop()
            _press(venster.zoekveld, Qt.Key.Key_Return)
            if venster.scherm is None or venster.scherm.current is None:
                _press(venster.zoekveld, Qt.Key.Key_Return)
            if venster.scherm is None or venster.scherm.current is None:
                self.uitleg = "De inwoner van de demonstratie is niet op telefoonnummer gevonden."
                self._end()

    def _follow(self, beeld: object) -> None:
        if isinstance(beeld, Klantbeeld) and beeld.is_compleet and not self.klant_ms:
            mis = [naam for naam, deel in beeld.onderdelen.items() if not isinstance(deel, Geladen | Wacht)]
            if mis:
                self.uitleg = f"Niet alles is geladen: {', '.join(mis)}."
            else:
                self.klant_ms = max(1, round((time.monotonic() - self._begin) * 1000))
            self._end()

    def _fail(self, fout: object) -> None:
        self.uitleg = fout.uitleg if isinstance(fout, KifFout) else self.uitleg
        self._end()

    def _end(self) -> None:
        self._programma.venster.close()
        QApplication.quit()


def run_proef() -> int:
    """Uitgang 0 als de klant helemaal in beeld kwam, anders 1 met een zin op stderr."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.app import Programma, build_app

    app = build_app()
    voorbeelden: dict[str, dict[str, str]] = {}

    @contextmanager
    def bron() -> Iterator[Diensten]:
        """De demonstratie, net als bij een gewone start, maar met onthouden wie erin woont."""
        from frontoffice.samenstelling import open_diensten, start_demo

        with start_demo() as demo, open_diensten(demo.profiel_pad) as diensten:
            voorbeelden.update(demo.voorbeelden)
            yield diensten

    with tempfile.TemporaryDirectory(prefix="kif-proef-") as map_:
        os.environ["KIF_DATA_DIR"] = map_
        programma = Programma(app, Path(map_), bron)
        proef = Proef(programma, voorbeelden)
        try:
            programma.start()
            app.exec()
        finally:
            programma.close()
    if not proef.klant_ms:
        print(proef.uitleg, file=sys.stderr)
        return 1
    print(json.dumps({"venster_ms": proef.venster_ms, "klant_ms": proef.klant_ms}))
    return 0


def _press(widget: QWidget, toets: Qt.Key, teken: str = "") -> None:
    for soort in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(soort, toets, Qt.KeyboardModifier.NoModifier, teken))
