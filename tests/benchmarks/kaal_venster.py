"""Een kaal Qt-venster met drie tabellen: de maat waarnaast start en geheugen van het programma worden gelegd.

Drukt één JSON-regel af: `ms` van processtart tot eerste tekening, `piek_kb` het hoogste geheugen.
"""

from __future__ import annotations

import json
import sys

from meten import peak_kb, since_process_start_ms
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTableView


class Tabel(QAbstractTableModel):
    """Tweehonderd rijen van zes kolommen."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 200

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return f"rij {index.row()} kolom {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


class Venster(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, report)


def report() -> None:
    print(json.dumps({"ms": since_process_start_ms(), "piek_kb": peak_kb()}), flush=True)
    QApplication.exit(0)


if __name__ == "__main__":
    app = QApplication(sys.argv)
    venster = Venster()
    splitter = QSplitter()
    model = Tabel()
    for _ in range(3):
        tabel = QTableView()
        tabel.setModel(model)
        splitter.addWidget(tabel)
    venster.setCentralWidget(splitter)
    venster.resize(1366, 768)
    venster.show()
    sys.exit(app.exec())
