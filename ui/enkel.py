"""Eén venster per gebruiker en map met gegevens: een tweede start haalt het eerste naar voren.

Over de lijn, die alleen van deze gebruiker is, gaat "toon" of wie er belt. Er wordt niets van vastgelegd.
"""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TOON, _ZOEK = "toon", "zoek "
_WACHT_MS = 300
_LANGSTE = 2000


class EnkelVenster(QObject):
    """`gevraagd`: iemand startte het programma nog een keer. `oproep` (tekst): met wie er belt."""

    gevraagd = Signal()
    oproep = Signal(str)

    def __init__(self, data_map: Path) -> None:
        super().__init__()
        kenmerk = hashlib.sha256(f"{getpass.getuser()}\n{data_map.resolve()}".encode()).hexdigest()[:16]
        self._naam = f"klant-in-focus-{kenmerk}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)

    def claim(self, oproep: str = "") -> bool:
        """Waar als dit het eerste venster is; onwaar als het eerste naar voren komt of de oproep kreeg."""
        lijn = QLocalSocket()
        lijn.connectToServer(self._naam)
        if lijn.waitForConnected(_WACHT_MS):
            een_regel = " ".join(oproep.split())
            lijn.write(f"{_ZOEK + een_regel if een_regel else _TOON}\n".encode())
            lijn.waitForBytesWritten(_WACHT_MS)
            lijn.disconnectFromServer()
            return False
        if not self._server.listen(self._naam):
            # Een vorig programma is hard gestopt en liet zijn ingang staan.
            QLocalServer.removeServer(self._naam)
            self._server.listen(self._naam)
        return True

    def close(self) -> None:
        self._server.close()

    def _receive(self) -> None:
        while (lijn := self._server.nextPendingConnection()) is not None:
            ander = _Ander(lijn, self)
            ander.regel.connect(self._follow)
            ander.read()

    def _follow(self, regel: str) -> None:
        if regel.startswith(_ZOEK):
            self.oproep.emit(regel.removeprefix(_ZOEK))
        else:
            self.gevraagd.emit()


class _Ander(QObject):
    """Een tweede start aan de lijn: leest één regel, en is weg als hij ophangt."""

    regel = Signal(str)

    def __init__(self, lijn: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._lijn = lijn
        lijn.setParent(self)
        lijn.readyRead.connect(self.read)
        lijn.disconnected.connect(self.deleteLater)

    def read(self) -> None:
        if self._lijn.canReadLine():
            regel = bytes(self._lijn.readLine(_LANGSTE).data())
            self.regel.emit(regel.decode("utf-8", "replace").rstrip("\n"))
        elif self._lijn.bytesAvailable() > _LANGSTE:
            self._lijn.abort()
