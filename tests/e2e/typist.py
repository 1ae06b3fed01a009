"""Een typist in het echte venster: een los proces dat een contact herstelt of begint en 20 tekens per seconde
typt, tot iemand het proces doodt.

Elke regel op stdout is JSON: eerst wat er is hersteld, daarna van elk teken de lengte, hoeveel er volgens het
venster al bewaard is, en de monotone tijd.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from frontoffice.opslag import find_data_dir
from ui.app import Programma, build_app, profiel_bron, seconden_sinds_start

WOORDEN = "mevrouw belt over de kap van een eik achter haar huis "
TEKEN_MS = 50


def tell(**velden: object) -> None:
    print(json.dumps(velden), flush=True)


class Typist:
    """Typt door waar de notitie was gebleven."""

    def __init__(self, programma: Programma, klant: str) -> None:
        self._venster = programma.venster
        self._klant = klant
        self._bewaard = 0
        self._teken = QTimer()
        self._teken.setInterval(TEKEN_MS)
        self._teken.timeout.connect(self._type)
        programma.klaar.connect(self._wait)

    def _wait(self, _diensten: object) -> None:
        gesprekken = self._venster.contacten.gesprekken
        assert gesprekken is not None
        gesprekken.hersteld.connect(lambda _: QTimer.singleShot(0, self._begin))

    def _begin(self) -> None:
        contacten = self._venster.contacten
        gesprekken, strook = contacten.gesprekken, contacten.strook
        assert gesprekken is not None
        assert strook is not None
        actief = gesprekken.actief
        notitie = strook.vorm.notitie
        tell(
            hersteld=[concept.notitie for concept in gesprekken.concepten],
            in_beeld=notitie.tekst,
            klant=actief.klant.bsn if actief is not None and actief.klant is not None else "",
            cursor=notitie.textCursor().position(),
            seconden=round(seconden_sinds_start(), 2),
        )
        if actief is None:
            veld = self._venster.zoekveld
            veld.setFocus()
            QTest.keyClicks(veld, self._klant)
            self._venster.zoeker.search_tekst(self._klant)
        self._start()

    def _start(self) -> None:
        """Begin pas te typen als er een contact is, of de klant helemaal in beeld is."""
        gesprekken, scherm = self._venster.contacten.gesprekken, self._venster.scherm
        assert gesprekken is not None
        klant = scherm.current if scherm is not None else None
        if gesprekken.actief is None and (klant is None or not klant.is_compleet):
            QTimer.singleShot(TEKEN_MS, self._start)
            return
        self._venster.contacten.unfold()
        self._teken.start()

    def _type(self) -> None:
        gesprekken, strook = self._venster.contacten.gesprekken, self._venster.contacten.strook
        assert gesprekken is not None
        assert strook is not None
        notitie = strook.vorm.notitie
        lengte = len(notitie.tekst)
        if gesprekken.is_bewaard:
            self._bewaard = lengte
        QTest.keyClick(notitie, WOORDEN[lengte % len(WOORDEN)])
        tell(lengte=len(notitie.tekst), bewaard=self._bewaard, om=time.monotonic())


def main(profiel: str, klant: str) -> int:
    app = build_app()
    programma = Programma(app, find_data_dir(), profiel_bron(Path(profiel)))
    typist = Typist(programma, klant)
    programma.start()
    try:
        return app.exec()
    finally:
        del typist
        programma.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
