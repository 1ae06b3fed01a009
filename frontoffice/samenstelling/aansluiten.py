"""Sluit de registers van een profiel aan. Doet geen verzoek en leest geen geheim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.opslag import SchijfOpslag
from frontoffice.ports import Bedrijven, Contactlezer, Geheimen, Klantinteracties, Personen, Zaken
from frontoffice.profiel import Objectcode, Profiel, Register
from frontoffice.samenstelling.afwezig import no_bedrijven

if TYPE_CHECKING:
    from frontoffice.central.instelling import RegisterInstelling
    from frontoffice.registratiepoort import Contactregister
    from frontoffice.takenpoort import Takenregister

# Voor een register dat dit profiel niet heeft: een adres dat niet bestaat (RFC 2606).
_NERGENS = "https://niet-aangesloten.invalid"


@dataclass(frozen=True)
class Registers:
    """De aangesloten registers als ports."""

    klantinteracties: Klantinteracties
    zaken: Zaken
    personen: Personen
    bedrijven: Bedrijven
    contactregister: Contactregister | None = None
    taken: Takenregister | None = None
    contactlezer: Contactlezer | None = None


def connect(
    profiel: Profiel, geheimen: Geheimen, data_dir: Path
) -> tuple[Registers, Callable[[], None], Callable[[], None]]:
    """Sluit de registers aan: (ports, vooraf laden, sluiten)."""
    from frontoffice.central import bouw, instelling

    def code(eigen: Objectcode) -> instelling.Objectcode:
        return instelling.Objectcode(eigen.code_register, eigen.code_objecttype, eigen.code_soort_object_id)

    codes, registratie = profiel.codes, profiel.registratie

    aansluitingen = bouw.build(
        {register.value: _instelling(profiel, register, geheimen) for register in Register},
        codes=instelling.Codes(
            bsn=code(codes.bsn),
            kvk=code(codes.kvk),
            vestiging=code(codes.vestiging),
            zaak=code(codes.zaak),
            melding=code(codes.melding),
            medewerker=code(registratie.medewerker),
            afdeling=code(registratie.afdeling),
            groep=code(registratie.groep),
        ),
        doelen=profiel.brp_doelen,
        opslag=SchijfOpslag(data_dir / "voorraad"),
    )
    registers = Registers(
        aansluitingen.klantinteracties,
        aansluitingen.zaken,
        aansluitingen.personen,
        aansluitingen.bedrijven if Register.KVK in profiel.registers else no_bedrijven(),
        aansluitingen.contactregister,
        aansluitingen.taken,
        aansluitingen.contactlezer,
    )
    return registers, aansluitingen.warm, aansluitingen.close


def _instelling(profiel: Profiel, register: Register, geheimen: Geheimen) -> RegisterInstelling:
    from frontoffice.central.instelling import RegisterInstelling

    aansluiting = profiel.registers.get(register)
    if aansluiting is None:
        return RegisterInstelling(register.value, _NERGENS)
    return RegisterInstelling(
        naam=register.value,
        url=aansluiting.url,
        login=aansluiting.login.value,
        geheim=lambda: geheimen.get(aansluiting.geheim),
        header=aansluiting.header,
        client_id=aansluiting.client_id,
        gebruiker_id=profiel.medewerker.identificatie,
        gebruiker_naam=profiel.medewerker.naam,
        ca_bundel=aansluiting.ca_bundel,
        verbinden=profiel.termijnen.verbinden,
    )


def warm_alles(*delen: Callable[[], None]) -> None:
    for warm in delen:
        warm()
