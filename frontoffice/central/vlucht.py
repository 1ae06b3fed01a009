"""Een verzoek onderweg, van een andere draad af te breken: op tijd, of omdat iemand op stop drukt."""

from __future__ import annotations

import heapq
import socket
import threading
import time


class Greep:
    """Een tweede greep op de socket van een verbinding, om haar van een andere draad af te breken.

    Een eigen greep, omdat TLS de eerste overneemt en een vrij nummer meteen opnieuw kan worden uitgegeven.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._slot = threading.Lock()
        self._sock = sock.dup()

    def break_off(self) -> None:
        with self._slot:
            try:
                self._sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # al gesloten, of nog niet verbonden: er is niets af te breken

    def close(self) -> None:
        with self._slot:
            self._sock.close()


class Vlucht:
    """Eén verzoek onderweg. `reden` is "tijd" of "stop" zodra het is afgebroken.

    `verbonden`: er was verbinding, dus het register kan het hebben gezien.
    """

    def __init__(self, einde: float) -> None:
        self.einde = einde
        self.reden = ""
        self.verbonden = False
        self._slot = threading.Lock()
        self._grepen: list[Greep] = []
        self._los: list[Greep] = []
        self._klaar = False

    def track(self, greep: Greep) -> None:
        with self._slot:
            self._grepen.append(greep)
            afgebroken = bool(self.reden)
        if afgebroken:
            greep.break_off()

    def release(self, greep: Greep) -> None:
        """De verbinding is dicht, maar haar antwoord kan nog onderweg zijn: sluit de greep aan het eind."""
        with self._slot:
            self._los.append(greep)

    def break_off(self, reden: str) -> None:
        with self._slot:
            if self._klaar or self.reden:
                return
            self.reden = reden
            grepen = list(self._grepen)
        for greep in grepen:
            greep.break_off()

    def finish(self) -> None:
        with self._slot:
            self._klaar = True
            self._grepen.clear()
            los, self._los = self._los, []
        for greep in los:
            greep.close()


class Bewaker:
    """Breekt vluchten af waarvan de tijd om is, met één draad voor alle registers samen.

    Nodig omdat een time-out van een socket elke ontvangst apart meet: wie druppelt, haalt hem nooit.
    """

    def __init__(self) -> None:
        self._slot = threading.Condition()
        self._hoop: list[tuple[float, int, Vlucht]] = []
        self._volgnummer = 0
        self._draad: threading.Thread | None = None
        self._is_dicht = False

    def watch(self, vlucht: Vlucht) -> None:
        with self._slot:
            if self._is_dicht:
                return
            self._volgnummer += 1
            heapq.heappush(self._hoop, (vlucht.einde, self._volgnummer, vlucht))
            if self._draad is None:
                self._draad = threading.Thread(target=self._run, name="kif-bewaker", daemon=True)
                self._draad.start()
            if self._hoop[0][2] is vlucht:
                self._slot.notify()

    def close(self) -> None:
        """Breek af wat nog onderweg is en laat de draad eindigen."""
        with self._slot:
            self._is_dicht = True
            onderweg, self._hoop = self._hoop, []
            self._slot.notify()
        for _, _, vlucht in onderweg:
            vlucht.break_off("stop")

    def _run(self) -> None:
        while True:
            with self._slot:
                while not self._hoop and not self._is_dicht:
                    self._slot.wait()
                if self._is_dicht:
                    return
                wacht = self._hoop[0][0] - time.monotonic()
                if wacht > 0:
                    self._slot.wait(wacht)
                    continue
                vlucht = heapq.heappop(self._hoop)[2]
            vlucht.break_off("tijd")
