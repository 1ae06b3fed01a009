"""De onderste regel van het afsprakenscherm: is de agenda bereikbaar, en hoe vers zijn de web-afspraken."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from frontoffice.domain import taal
from ui.afspraak import woorden
from ui.afspraak.dienst import Agendastand
from ui.bouwstenen import Lijn
from ui.tekst import Tekst, announce
from ui.thema import Thema

ONBEREIKBAAR = "Agenda: niet bereikbaar"
_TE_OUD = "Die lijst is te oud voor vanavond. Lees haar opnieuw in bij Beheer van avonden."


class Voet(QFrame):
    """Leeg tot er iets bekend is; een te oude lijst met web-afspraken valt op en wordt uitgesproken."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stand van de agenda")
        self.tekst = Tekst("Agenda: laden…", rol="klein")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        kolom.addWidget(Lijn())
        marge = 3 * Thema.afstand
        self.tekst.setContentsMargins(marge, Thema.afstand, marge, Thema.afstand)
        kolom.addWidget(self.tekst)

    def show_stand(self, stand: Agendastand) -> None:
        zin = stand_tekst(stand)
        if zin == self.tekst.text():
            return
        self.tekst.set_rol("let_op" if stand.verouderd else "klein")
        self.tekst.setText(zin)
        if stand.verouderd:
            announce(self.tekst, zin)

    def show_onbereikbaar(self) -> None:
        self.tekst.set_rol("let_op")
        self.tekst.setText(ONBEREIKBAAR)


def stand_tekst(stand: Agendastand) -> str:
    """ "Agenda: gedeeld, goed · web-afspraken van 15.40 uur"."""
    tekst = "Agenda: gedeeld, goed" if stand.gedeeld else "Agenda: alleen deze pc"
    if stand.web_van is None:
        return tekst
    zelfde_dag = taal.dag_van(stand.web_van) == stand.vandaag
    van = taal.tijd(stand.web_van) if zelfde_dag else woorden.moment_kort(stand.web_van, stand.vandaag)
    tekst += f" · web-afspraken van {van}"
    return f"{tekst}. {_TE_OUD}" if stand.verouderd else tekst
