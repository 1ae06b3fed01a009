"""Wie er komt, van de opdrachtregel of de invoer van `kif agenda book|confirm|contact`. Voert niets uit.

Buiten de demonstratie staan persoonsgegevens nooit op de opdrachtregel.
"""

from __future__ import annotations

from dataclasses import replace

from frontoffice.agenda.afspraak import Contactgegevens
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.cli.agendaopties import Agendavraag
from frontoffice.cli.invoer import read_invoer
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakwaarden import Boekgegevens

_WEG = "-"
"""Op de invoer van `contact`: haal dit gegeven weg. Leeg = laat het zoals het is."""


def read_klant(vraag: Agendavraag, *, demo: bool) -> Boekgegevens | None:
    """De gegevens van wie komt, of None als deze opdracht ze niet vraagt. Raises InvoerFout."""
    if vraag.deel not in ("book", "confirm"):
        return None
    _check_opdrachtregel(vraag, demo)
    naam, telefoon, email = vraag.naam, vraag.telefoon.strip("-"), vraag.email.strip("-")
    if naam == "-":
        delen = _read_delen()
        naam, telefoon, email = delen[0], telefoon or delen[1], email or delen[2]
    geen = vraag.geen_contact or not (telefoon or email)
    klant = Contactgegevens(
        naam,
        telefoon,
        email,
        geen,
        vraag.geboortedatum,
        bevestiging=vraag.bevestiging,
        brieftaal=vraag.brieftaal or "nl",
    )
    gevraagd = bool(vraag.omstandigheden or vraag.toestemming_op or vraag.geboortedatum)
    wat = Omstandigheden(vraag.geboortedatum, frozenset(vraag.omstandigheden), vraag.toestemming_op)
    return Boekgegevens(klant, vraag.opmerking, omstandigheden=wat if gevraagd else None)


def read_contact(vraag: Agendavraag, *, demo: bool) -> Contactwijziging | None:
    """Wat `kif agenda contact` aan de gegevens verandert, of None bij een andere opdracht."""
    if vraag.deel != "contact":
        return None
    _check_opdrachtregel(vraag, demo)
    tekst: dict[str, str] = {}
    if vraag.naam == "-":
        namen = ("naam", "telefoon", "email")
        for naam, waarde in zip(namen, _read_delen()[:3], strict=True):
            if waarde:
                tekst[naam] = "" if waarde == _WEG else waarde
    elif "--naam" in vraag.gegeven:
        tekst["naam"] = vraag.naam
    for naam, waarde in (("telefoon", vraag.telefoon), ("email", vraag.email)):
        if f"--{naam}" in vraag.gegeven:
            tekst[naam] = waarde.strip("-")
    return Contactwijziging(tekst, vraag)


class Contactwijziging:
    """De gegevens die anders worden; wat niet is gegeven, blijft."""

    def __init__(self, tekst: dict[str, str], vraag: Agendavraag) -> None:
        self._tekst, self._vraag = tekst, vraag

    def apply(self, klant: Contactgegevens) -> Contactgegevens:
        """Deze gegevens met wat er anders wordt."""
        vraag, tekst = self._vraag, self._tekst
        nieuw = replace(
            klant,
            naam=tekst.get("naam", klant.naam),
            telefoon=tekst.get("telefoon", klant.telefoon),
            email=tekst.get("email", klant.email),
        )
        geen = vraag.geen_contact or (klant.geen_contact and not (nieuw.telefoon or nieuw.email))
        if vraag.geen_contact:
            nieuw = replace(nieuw, telefoon="", email="")
        return replace(
            nieuw,
            geen_contact=geen,
            geboortedatum=vraag.geboortedatum or klant.geboortedatum,
            bevestiging=vraag.bevestiging or klant.bevestiging,
            brieftaal=vraag.brieftaal or klant.brieftaal,
        )


def _check_opdrachtregel(vraag: Agendavraag, demo: bool) -> None:
    naam_open = vraag.naam not in ("", "-")
    if not demo and (naam_open or vraag.telefoon not in ("", "-") or vraag.email not in ("", "-")):
        raise InvoerFout(
            "Zet persoonsgegevens niet op de opdrachtregel: andere programma's kunnen die lezen. "
            "Gebruik --naam - en schrijf naar de invoer: naam; telefoon; e-mail.",
            code="vraag_op_opdrachtregel",
        )


def _read_delen() -> list[str]:
    return [deel.strip() for deel in read_invoer().split(";")] + ["", ""]
