"""Eén contact helemaal: wat is er gezegd, door wie, welke terugbelverzoeken, en over welke zaak het ging."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.weergave_detail import ContactWeergave, TaakWeergave
from ui.bouwstenen import Knop
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.stukken import add_kop, add_paren, add_regel_met_icoon
from ui.klantbeeld.tekstvak import Tekstvak
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema


class Contactdetail(QWidget):
    """`open_zaak` komt met de uuid van een zaak waar dit contact over ging."""

    open_zaak = Signal(str)

    def __init__(
        self,
        contact: ContactWeergave,
        zaken: tuple[tuple[str, str], ...],
        iconen: Iconen,
        *,
        laadt: bool = False,
    ) -> None:
        """`zaken` zijn paren (uuid, naam) van zaken die deze klant mag zien."""
        super().__init__()
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        wat = contact.onderwerp or contact.titel
        kolom.addWidget(Tekst(wat, rol="nadruk"))
        wie = (contact.wanneer, contact.kanaal, contact.wie)
        kolom.addWidget(Tekst(" · ".join(deel for deel in wie if deel), rol="gedempt"))
        if contact.inhoud:
            kolom.addWidget(Tekstvak(contact.inhoud, "Inhoud van het contact"))
        if contact.reactie:
            add_kop(kolom, "Antwoord")
            kolom.addWidget(Tekstvak(contact.reactie, "Antwoord"))
        if not contact.inhoud and not contact.reactie and not laadt:
            kolom.addWidget(Tekst("Er is geen tekst bij dit contact geschreven.", rol="gedempt"))
        if contact.taken:
            add_kop(kolom, "Terugbelverzoeken" if len(contact.taken) > 1 else "Terugbelverzoek")
            for taak in contact.taken:
                self._add_taak(kolom, taak, iconen)
        if zaken:
            add_kop(kolom, "Gaat over")
            for uuid, naam in zaken:
                knop = Knop(f"Open zaak: {naam}", partial(self.open_zaak.emit, uuid))
                kolom.addWidget(knop)

    @staticmethod
    def _add_taak(kolom: QVBoxLayout, taak: TaakWeergave, iconen: Iconen) -> None:
        kleur: Kleurnaam = "tekst_zacht"
        if taak.is_open:
            kleur = "gevaar" if taak.te_laat else "let_op"
        add_regel_met_icoon(kolom, iconen, "terugbellen", kleur, taak.tekst or "Terugbellen")
        add_paren(kolom, (("Stand", taak.toestand), *taak.feiten))
        if taak.toelichting:
            kolom.addWidget(Tekstvak(taak.toelichting, "Toelichting bij het terugbelverzoek"))
