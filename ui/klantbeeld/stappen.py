"""De stappen van een zaak onder elkaar: geweest, nu, en wat nog komt."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from frontoffice.domain.dossier import Stap
from frontoffice.domain.taal import dag_van, datum_kort
from ui.tekst import Tekst
from ui.thema import Thema

_STIP = 5.0
_HOOGTE_STIP = 11.0


class _Stip(QWidget):
    """Een rondje op een lijn: dicht is geweest, een dubbele rand is nu, open is nog te gaan."""

    def __init__(self, thema: Thema, stap: Stap, *, eerste: bool, laatste: bool) -> None:
        super().__init__()
        self._thema, self._stap, self._eerste, self._laatste = thema, stap, eerste, laatste
        self.setFixedWidth(20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(20, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        schilder = QPainter(self)
        schilder.setRenderHint(QPainter.RenderHint.Antialiasing)
        midden = QPointF(8, _HOOGTE_STIP)
        kleur = self._thema.kleur("accent" if self._stap.is_gezet else "rand")
        schilder.setPen(QPen(self._thema.kleur("lijn"), 2))
        if not self._eerste:
            schilder.drawLine(QPointF(8, 0), midden - QPointF(0, _STIP + 2))
        if not self._laatste:
            schilder.drawLine(midden + QPointF(0, _STIP + 2), QPointF(8, self.height()))
        schilder.setPen(QPen(kleur, 2))
        vol = self._stap.is_gezet and not self._stap.is_nu
        schilder.setBrush(kleur if vol else Qt.BrushStyle.NoBrush)
        schilder.drawEllipse(midden, _STIP - 0.5, _STIP - 0.5)
        if self._stap.is_nu:
            schilder.setPen(Qt.PenStyle.NoPen)
            schilder.setBrush(kleur)
            schilder.drawEllipse(midden, 2.2, 2.2)
        schilder.end()


class Stappenlijst(QWidget):
    """Elke stap met haar datum en toelichting; in woorden staat erbij of ze geweest is."""

    def __init__(self, stappen: tuple[Stap, ...], vandaag: date, thema: Thema) -> None:
        super().__init__()
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for nummer, stap in enumerate(stappen):
            rij = QHBoxLayout()
            rij.setSpacing(Thema.afstand)
            rij.addWidget(_Stip(thema, stap, eerste=nummer == 0, laatste=nummer == len(stappen) - 1))
            rij.addLayout(self._tekst(stap, vandaag), 1)
            kolom.addLayout(rij)

    @staticmethod
    def _tekst(stap: Stap, vandaag: date) -> QVBoxLayout:
        tekst = QVBoxLayout()
        tekst.setSpacing(0)
        tekst.setContentsMargins(0, 1, 0, 2 * Thema.afstand)
        wanneer = datum_kort(dag_van(stap.gezet_op), vandaag) if stap.gezet_op else ""
        if stap.is_nu:
            bij = f"nu, sinds {wanneer}" if wanneer else "nu"
        else:
            bij = wanneer if stap.is_gezet else "komt nog"
        tekst.addWidget(
            Tekst(stap.omschrijving, rol="nadruk" if stap.is_nu else "gewoon" if stap.is_gezet else "gedempt")
        )
        tekst.addWidget(Tekst(bij, rol="klein"))
        if stap.toelichting:
            tekst.addWidget(Tekst(stap.toelichting, rol="klein"))
        return tekst
