"""Zo leest de inwoner het: het bericht zelf, waarheen en wanneer, en een aanwijzing of het makkelijk leest.

Toont alleen; herbruikbaar voor een afspraak, een belofte en een melding. Geen dialoog.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from frontoffice.domain.bericht import Berichtkanaal
from frontoffice.domain.taal import aantal, dag_van, datum_lang, tijd
from frontoffice.services.berichten import Voorbeeld
from ui.tekst import Tekst, isolate
from ui.thema import Thema, set_stijl

_TALEN = {"de": "in het Duits", "en": "in het Engels"}


class Berichtvoorbeeld(QFrame):
    """Het bericht als tekst, nooit als opmaak: wat een register erin zet, is hier alleen te lezen."""

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "zeg")
        self.setAccessibleName("Zo leest de inwoner het")
        self.kop = Tekst("Zo leest de inwoner het", rol="kop2")
        self.waarheen = Tekst(rol="gedempt")
        self.titel = Tekst(rol="nadruk")
        self.tekst = Tekst()
        self.hint = Tekst(rol="gedempt")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (self.kop, self.waarheen, self.titel, self.tekst, self.hint):
            kolom.addWidget(deel)

    def show_voorbeeld(self, voorbeeld: Voorbeeld) -> None:
        self.waarheen.setText(waarheen_zin(voorbeeld))
        self.titel.setText(isolate(voorbeeld.titel))
        self.titel.setVisible(bool(voorbeeld.titel))
        self.tekst.setText(voorbeeld.tekst)
        self.hint.setText("\n".join(hint_zinnen(voorbeeld)))
        self.hint.setVisible(bool(self.hint.text()))


def waarheen_zin(voorbeeld: Voorbeeld) -> str:
    """ "Per e-mail naar a…@voorbeeld.nl, in het Duits."."""
    via = voorbeeld.kanaal.zin
    if voorbeeld.geen_adres:
        wat = "e-mailadres" if voorbeeld.kanaal is Berichtkanaal.MAIL else "mobiel nummer"
        return f"Er is geen {wat}: dit komt op de Bellijst van deze werkplek."
    taal = f", {_TALEN[voorbeeld.taal]}" if voorbeeld.taal in _TALEN else ""
    return f"{via[:1].upper()}{via[1:]} naar {isolate(voorbeeld.adres)}{taal}."


def hint_zinnen(voorbeeld: Voorbeeld) -> tuple[str, ...]:
    """Wat de medewerker mag weten: hoe lang de sms is, en of het makkelijk leest."""
    uit = []
    if voorbeeld.kanaal is Berichtkanaal.SMS:
        uit.append(f"{len(voorbeeld.tekst)} tekens, {aantal(voorbeeld.delen, 'sms', 'sms’jes')}.")
    if voorbeeld.taal == "nl":
        uit.append(
            " ".join(voorbeeld.leesbaar.hints)
            if voorbeeld.leesbaar.hints
            else f"Leest makkelijk: de langste zin heeft {voorbeeld.leesbaar.langste} woorden."
        )
    return tuple(uit)


def wanneer_zin(voorbeeld: Voorbeeld) -> str:
    """Wanneer het weggaat als dat niet nu is; anders leeg."""
    if not voorbeeld.wacht:
        return ""
    dag = dag_van(voorbeeld.gaat_om)
    return f"Nu is het stiltetijd. Het gaat weg op {datum_lang(dag, dag)} om {tijd(voorbeeld.gaat_om)}."
