"""Of er een adres op de brief mag, en welk. Rekent alleen; de medewerker bevestigt het.

Bij geheimhouding nooit, ook niet getypt. Is niet na te gaan of er geheimhouding is, dan ook niet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens
from frontoffice.domain.fouten import KifFout
from frontoffice.services.afspraakgegevens import lijkt_naam, same_contact
from ui.afspraak.dienst import Agenda
from ui.afspraak.klant import Boekklant

_MEE = "Geef de brief mee aan de balie."
_GEHEIM = f"Deze klant heeft geheimhouding. Er komt geen adres of telefoonnummer op de brief. {_MEE}"
_ONBEKEND = (
    "Of deze klant geheimhouding heeft, is nu niet na te gaan. Daarom komt er geen adres op de brief. "
    f"{_MEE} Of probeer het later opnieuw."
)
_OVERLEDEN = "Deze klant is overleden. Er komt geen adres op de brief."
_NIET_IN_BEELD = (
    "Zoek eerst de klant van deze afspraak op en controleer hem. Open daarna de brief. "
    "Dan is bekend of er een adres op mag."
)
_ONZEKER = "Dit adres wordt onderzocht: het is niet zeker. Vraag het aan de klant."


@dataclass(frozen=True)
class Briefadres:
    """`mag`: er mag een adres op, na controle. `regels`: wat al bekend is. `geheim`: ook geen telefoon."""

    mag: bool
    zin: str = ""
    regels: tuple[str, ...] = field(default=(), repr=False)
    geheim: bool = False


def choose_adres(agenda: Agenda, klant: Boekklant | None, afspraak: Afspraak) -> Briefadres:
    """Wat er bij deze afspraak mag, met de klant die in beeld is (of niemand).

    Is de afspraak voor een bekende klant gemaakt, dan moet die in beeld zijn: alleen dan is bekend of er
    geheimhouding is. Een adres van een ander komt nooit vooraf in beeld.
    """
    sleutel = afspraak.klant.klantsleutel
    eigen = False
    if klant is not None and klant.nummer is not None and sleutel:
        eigen = agenda.zoeken.make_klantsleutel(klant.nummer) == sleutel
    if sleutel and not eigen:
        return Briefadres(False, _NIET_IN_BEELD, geheim=True)
    if klant is not None and (eigen or _may_be(klant, afspraak.klant)):
        if klant.geheim:
            return Briefadres(False, _ONBEKEND if klant.geheim_onbekend else _GEHEIM, geheim=True)
        if klant.brieven_geblokkeerd:
            return Briefadres(False, _OVERLEDEN)
    if not eigen or klant is None:
        return Briefadres(True)
    return Briefadres(True, _ONZEKER if klant.adres_onzeker and klant.adres else "", klant.adres)


def _may_be(klant: Boekklant, komt: Contactgegevens) -> bool:
    """Kan dit de klant in beeld zijn? Bij twijfel wel: dan gaat geheimhouding voor."""
    try:
        zelf = Contactgegevens(klant.naam, klant.telefoon, geboortedatum=klant.geboortedatum)
        return same_contact(zelf, komt) or lijkt_naam(klant.naam, komt.naam)
    except KifFout:
        return True
