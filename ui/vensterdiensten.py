"""Wat het venster van de samengestelde services nodig heeft. Alleen een vorm; opent niets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from frontoffice.ports import Klok, Logboek, Stop
    from frontoffice.profiel import Profiel
    from frontoffice.registratiepoort import Herstel
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn
    from frontoffice.services.cijfers import Cijferdienst
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.klantbeeld import KlantbeeldDienst
    from frontoffice.services.logboekversturen import Logboekverslag
    from frontoffice.services.meldingen import Meldingdienst
    from frontoffice.services.meldingschrijven import Meldingschrijver
    from frontoffice.services.registreren import Registreerinstellingen
    from frontoffice.services.terugbellen import Terugbeldienst
    from frontoffice.services.vandaag import Vandaagdienst
    from frontoffice.services.zoeken import Zoekdienst
    from ui.bericht.dienst import Berichten


class Diensten(Protocol):
    """Wat het venster van de samengestelde services nodig heeft."""

    @property
    def profiel(self) -> Profiel: ...

    @property
    def zoeken(self) -> Zoekdienst: ...

    @property
    def klantbeeld(self) -> KlantbeeldDienst: ...

    @property
    def voorbeelden(self) -> tuple[tuple[str, str], ...]: ...

    @property
    def agenda(self) -> Agendadiensten: ...

    @property
    def agenda_uit(self) -> str: ...

    @property
    def avondlijn(self) -> Avondlijn: ...

    def catch_up_avond(self) -> int: ...

    @property
    def agenda_alleen_deze_pc(self) -> bool: ...

    @property
    def contacten(self) -> Contactdiensten: ...

    @property
    def cijfers(self) -> Cijferdienst: ...

    @property
    def registreerinstellingen(self) -> Registreerinstellingen: ...

    @property
    def vandaag(self) -> Vandaagdienst: ...

    @property
    def meldingen(self) -> Meldingdienst | None: ...

    @property
    def meldingschrijver(self) -> Meldingschrijver | None: ...

    @property
    def terugbellen(self) -> Terugbeldienst: ...

    @property
    def klok(self) -> Klok: ...

    @property
    def logboek(self) -> Logboek: ...

    @property
    def berichten(self) -> Berichten: ...

    @property
    def herstel(self) -> Herstel: ...

    def send_logboek(self, stop: Stop) -> Logboekverslag: ...

    @property
    def op_gedeeld_account(self) -> bool: ...

    alleen_deze_zitting: bool
