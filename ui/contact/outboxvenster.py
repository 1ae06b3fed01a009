"""Zet de lijst van wat nog niet verstuurd is in het midden van het venster, en houdt haar bij."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:  # het venster laadt deze module vóór de eerste tekening
    from frontoffice.domain.registratie import Registratie, Verzending
    from ui.achtergrond import Achtergrond
    from ui.bericht.dienst import Berichten
    from ui.contact.bordvak import Bordvak
    from ui.contact.gesprekken import Gesprekken
    from ui.contact.outboxvak import OutboxScherm


class Outboxvenster(QObject):
    """Het scherm wordt pas gemaakt als iemand erom vraagt."""

    def __init__(
        self, midden: QStackedWidget, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._achtergrond = achtergrond
        self._berichten: Berichten | None = None
        self._midden, self._thema = midden, thema
        self._gesprekken: Gesprekken | None = None
        self._scherm: OutboxScherm | None = None
        self._weg = Terugweg(midden)
        self._begint = False

    @property
    def scherm(self) -> OutboxScherm | None:
        return self._scherm

    def set_gesprekken(self, gesprekken: Gesprekken, berichten: Berichten) -> None:
        self._gesprekken, self._berichten = gesprekken, berichten
        gesprekken.wacht.connect(lambda _: self._load())

    def open(self) -> None:
        """Toon de lijst; Terug of Esc gaat naar wat er stond."""
        if self._gesprekken is None:
            return
        scherm = self._make_scherm()
        scherm.begin()
        self._weg.go(scherm)
        self._begint = True
        self._load()

    def _make_scherm(self) -> OutboxScherm:
        if self._scherm is None:
            from ui.contact.outboxvak import OutboxScherm

            self._scherm = OutboxScherm(self._thema, self._make_bord())
            self._scherm.gesloten.connect(self.close)
            self._scherm.opnieuw.connect(self._retry)
            self._scherm.intrekken.connect(self._withdraw)
            self._scherm.nu_versturen.connect(self._send)
            self._midden.addWidget(self._scherm)
        return self._scherm

    def _make_bord(self) -> Bordvak | None:
        if self._berichten is None or not self._berichten.aangesloten:
            return None
        from ui.contact.bordvak import Bordvak

        return Bordvak(self._berichten.open_bord, self._achtergrond, self._thema)

    def close(self) -> None:
        """Terug naar wat er stond."""
        self._weg.back()

    def _load(self) -> None:
        """Ververs, als de lijst in beeld is."""
        gesprekken, scherm = self._gesprekken, self._scherm
        if gesprekken is None or scherm is None or not self._weg.shows(scherm):
            return

        def klaar(rijen: tuple[Verzending, ...]) -> None:
            scherm.show_rijen(tuple(rij for rij in rijen if not rij.is_klaar))
            if scherm.bord is not None:
                scherm.bord.load([rij.opdracht.uuid for rij in rijen if not rij.is_klaar])
            if self._begint:
                self._begint = False
                scherm.focus_begin()

        gesprekken.load_verzendingen(klaar)

    def _retry(self, rij: Verzending, registratie: Registratie | None) -> None:
        if self._gesprekken is not None:
            self._gesprekken.retry(rij, registratie)

    def _withdraw(self, nummer: int) -> None:
        if self._gesprekken is not None:
            self._gesprekken.withdraw(nummer)

    def _send(self) -> None:
        if self._gesprekken is not None:
            self._gesprekken.send(alles=True)
