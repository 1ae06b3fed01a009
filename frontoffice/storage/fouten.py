"""Van een fout van database of driver naar een zin met wat er nu kan. Geen waarde uit de fout gaat mee.

Een database zet rijen en waarden in haar foutteksten; daarom komt hier alleen de soort fout uit.
"""

from __future__ import annotations

import logging
from enum import Enum, auto
from typing import TYPE_CHECKING

from frontoffice.agendapoort import AgendaBezet, AgendaFout, AgendaOnbereikbaar

if TYPE_CHECKING:
    from sqlalchemy import exc

_log = logging.getLogger(__name__)


class Fase(Enum):
    """Waar het misging; dat bepaalt wat er bekend is over een wijziging."""

    LEZEN = auto()
    SCHRIJVEN = auto()
    VASTLEGGEN = auto()


_GEDAAN = {
    Fase.LEZEN: "Probeer het opnieuw.",
    Fase.SCHRIJVEN: "Er is niets gewijzigd. Probeer het opnieuw.",
    Fase.VASTLEGGEN: "Het is niet bekend of de wijziging is gelukt. "
    "Kies Opnieuw: dan wordt dat eerst nagekeken.",
}


def onbereikbaar(fase: Fase) -> AgendaOnbereikbaar:
    code = "agenda_onzeker" if fase is Fase.VASTLEGGEN else None
    return AgendaOnbereikbaar(f"De verbinding met de agenda is weg. {_GEDAAN[fase]}", code=code)


def bezet() -> AgendaBezet:
    return AgendaBezet(
        "Een collega is op dit moment bezig met deze avond. Er is niets gewijzigd. Probeer het opnieuw."
    )


def net_vergeven() -> AgendaFout:
    return AgendaFout("Deze plek is net vergeven. Kies een andere tijd.", code="bezet")


def translate(fout: exc.SQLAlchemyError, fase: Fase) -> AgendaFout:
    """De AgendaFout bij een fout van de database. Een programmeerfout van SQLAlchemy gaat niet hierdoor."""
    from sqlalchemy import exc

    if isinstance(fout, exc.TimeoutError):  # alle verbindingen van deze werkplek zijn in gebruik
        return bezet()
    weg = isinstance(fout, exc.DBAPIError) and fout.connection_invalidated
    return translate_ruw(getattr(fout, "orig", None), fase, weg=weg)


def translate_ruw(oorzaak: BaseException | None, fase: Fase, *, weg: bool = False) -> AgendaFout:
    """Hetzelfde voor een fout van de driver zelf. `weg`: de verbinding is al opgegeven."""
    staat = getattr(oorzaak, "sqlstate", None) or ""
    naam = getattr(oorzaak, "sqlite_errorname", None) or ""
    melding = str(oorzaak)
    soort = type(oorzaak).__name__
    klassen = {klasse.__name__ for klasse in type(oorzaak).__mro__}
    if "IntegrityError" in klassen:
        uit = _integriteit(melding)
    else:
        weg = weg or _is_verbinding(klassen, staat)
        uit = _translate(staat, naam, melding, fase, weg=weg)
    _log.info("agenda gaf een fout", extra={"code": uit.code, "soort": staat or naam or soort})
    return uit


def _translate(staat: str, naam: str, melding: str, fase: Fase, *, weg: bool) -> AgendaFout:
    if staat in ("55P03", "40001", "40P01") or naam.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return bezet()
    if fase is Fase.VASTLEGGEN and naam != "SQLITE_FULL":
        return onbereikbaar(fase)  # het kan al vastliggen, wat de fout ook zegt
    if staat == "57014":
        return AgendaOnbereikbaar(f"De agenda antwoordt te langzaam. {_GEDAAN[fase]}")
    if staat in ("53100", "53200") or naam == "SQLITE_FULL":
        return AgendaFout(
            "De schijf van de agenda is vol. Er is niets gewijzigd. "
            "Maak ruimte, of vraag uw beheerder om hulp.",
            code="agenda_schijf",
            opnieuw_helpt=True,
        )
    if staat == "42501":
        return AgendaFout(
            "Deze werkplek heeft te weinig rechten op de agenda. Vraag uw beheerder om hulp.",
            code="agenda_rechten",
        )
    if staat == "25006" or naam.startswith("SQLITE_READONLY"):
        return AgendaFout(
            "De agenda is alleen te lezen. Er is niets gewijzigd. Vraag uw beheerder om hulp.",
            code="agenda_alleen_lezen",
        )
    if naam == "SQLITE_NOTADB":
        return AgendaFout(
            "De agenda op deze pc past niet bij de sleutel in de sleutelbos. Vraag uw beheerder om hulp.",
            code="agenda_sleutel",
        )
    if naam.startswith("SQLITE_CORRUPT"):
        return AgendaFout(
            "Het bestand van de agenda is beschadigd. Verander er niets aan en vraag uw beheerder om hulp.",
            code="agenda_kapot",
        )
    if naam.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return AgendaFout(
            "Het bestand van de agenda is niet te gebruiken. "
            "Kijk of de schijf vol is en of u er mag schrijven.",
            code="agenda_schijf",
            opnieuw_helpt=True,
        )
    if weg:
        return _verbinding(melding, fase)
    return AgendaFout(
        "De agenda gaf een onverwachte fout. Er is niets gewijzigd. Probeer het opnieuw, of meld het.",
        code="agenda_onverwacht",
    )


def _integriteit(melding: str) -> AgendaFout:
    if "bezetting" in melding:
        return net_vergeven()
    if "verzoek" in melding:
        return AgendaBezet("Dit verzoek wordt al verwerkt. Wacht even en kies Opnieuw.")
    return AgendaFout(
        "Dit staat al in de agenda, of klopt niet met wat er staat. "
        "Er is niets gewijzigd. Bekijk het opnieuw.",
        code="agenda_dubbel",
    )


def _is_verbinding(klassen: set[str], staat: str) -> bool:
    """Elke driver noemt zijn fouten zoals de DB-API (PEP 249) ze noemt."""
    if staat:
        return staat.startswith(("08", "57P", "53")) or staat in ("25P03", "28000", "28P01")
    return bool(klassen & {"OperationalError", "InterfaceError"})


def _verbinding(melding: str, fase: Fase) -> AgendaFout:
    klein = melding.lower()
    if "does not support ssl" in klein:
        return AgendaFout(
            "De server van de agenda biedt geen versleutelde verbinding aan. Er is niets verstuurd. "
            "Laat uw beheerder TLS aanzetten op die server.",
            code="agenda_onversleuteld",
        )
    if "certificate" in klein or "ssl" in klein or "tls" in klein:
        return AgendaFout(
            "De server van de agenda heeft geen vertrouwd certificaat. "
            "Laat uw beheerder [agenda] ca_bundel in het profiel nakijken.",
            code="agenda_certificaat",
        )
    if "authentication" in klein or "no password" in klein or "role " in klein:
        return AgendaFout(
            "De server van de agenda laat deze werkplek niet toe. "
            "Laat uw beheerder de naam in het profiel en het wachtwoord in de sleutelbos nakijken.",
            code="agenda_toegang",
        )
    return onbereikbaar(fase)
