"""Eén venster per gebruiker en map met gegevens: een tweede start haalt het eerste naar voren.

Er gaat alleen "toon" over de lijn, nooit een zoekvraag of klant.
"""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TOON = b"toon\n"
_WACHT_MS = 300


class EnkelVenster(QObject):
    """`gevraagd` meldt dat iemand het programma nog een keer startte."""

    gevraagd = Signal()

    def __init__(self, data_map: Path) -> None:
        super().__init__()
        kenmerk = hashlib.sha256(f"{getpass.getuser()}\n{data_map.resolve()}".encode()).hexdigest()[:16]
        self._naam = f"klant-in-focus-{kenmerk}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)

    def claim(self) -> bool:
        """Waar als dit het eerste venster is; onwaar als het eerste nu naar voren komt."""
        lijn = QLocalSocket()
        lijn.connectToServer(self._naam)
        if lijn.waitForConnected(_WACHT_MS):
            lijn.write(_TOON)
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
            lijn.disconnected.connect(lijn.deleteLater)
            self.gevraagd.emit()
