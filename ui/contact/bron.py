"""Wat de strook van de samengestelde services nodig heeft. Alleen een vorm; opent niets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from frontoffice.ports import Klok, Logboek

if TYPE_CHECKING:
    from frontoffice.profiel import Profiel
    from frontoffice.registratiepoort import Herstel
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.registreren import Registreerinstellingen


class Contactbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def contacten(self) -> Contactdiensten: ...

    @property
    def registreerinstellingen(self) -> Registreerinstellingen: ...

    @property
    def klok(self) -> Klok: ...

    @property
    def profiel(self) -> Profiel: ...

    @property
    def logboek(self) -> Logboek: ...

    @property
    def herstel(self) -> Herstel: ...

    alleen_deze_zitting: bool
