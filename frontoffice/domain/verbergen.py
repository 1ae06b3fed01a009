"""Haalt uit vrije tekst wat bij geheimhouding niemand hoort te zien: adres, telefoonnummer en e-mailadres.

Weet niet waarom er iets verborgen is; dat beslist `weergave`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.tijdlijn import TijdlijnItem

VERBORGEN = "[verborgen]"

_HUISNUMMER = r"(?:[ ,\u00a0]*[0-9]{1,5}(?:[ -]?[A-Za-z0-9]{1,4})?\b)"
# Kleine letters alleen aaneen: "in 2026 om 14 uur" is geen postcode. De eigen postcode herkent zich altijd.
_POSTCODE = re.compile(rf"[1-9](?<!\w.)[0-9]{{3}}(?:[ \u00a0]?[A-Z]{{2}}|[a-z]{{2}})\b{_HUISNUMMER}?")
# Elk patroon begint met een teken om naar te zoeken en kijkt dan pas terug: dat scheelt bij lange teksten
# veel.
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@.,;:<>\"()]{2,}")
_TELEFOON = re.compile(r"[+0](?<![\w-].)[0-9](?:[ \u00a0().\-/]{0,3}[0-9]){7,13}(?![\w-])")
_ONZICHTBAAR = {"Cf", "Cc", "Cs", "Co", "Cn"}


def schoon(tekst: str) -> str:
    """Tekst voor één regel: regeleinden worden spaties, onzichtbare en omkerende tekens een zichtbaar
    teken."""
    if tekst.isascii() and tekst.isprintable():
        return tekst.strip()
    tekens = []
    for teken in " ".join(tekst.split()):
        tekens.append("\ufffd" if unicodedata.category(teken) in _ONZICHTBAAR else teken)
    return "".join(tekens)


@dataclass(frozen=True)
class Verberger:
    """Vervangt verboden delen door "[verborgen]". Elk deel apart, want elk wordt apart onthuld.

    `straten`, `postcodes` en `nummers` zijn van de klant zelf en worden in elke schrijfwijze herkend.
    """

    adres: bool = False
    telefoon: bool = False
    email: bool = False
    straten: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    nummers: tuple[str, ...] = ()

    @property
    def doet_iets(self) -> bool:
        return self.adres or self.telefoon or self.email

    def tekst(self, tekst: str) -> str:
        if not tekst or not self.doet_iets:
            return tekst
        if self.email and "@" in tekst:
            tekst = _EMAIL.sub(VERBORGEN, tekst)
        if self.telefoon:
            tekst = _TELEFOON.sub(VERBORGEN, tekst)
            for patroon in self._eigen_nummers:
                tekst = patroon.sub(VERBORGEN, tekst)
        if self.adres:
            tekst = _POSTCODE.sub(VERBORGEN, tekst)
            klein = tekst.casefold()
            for begin, patroon in self._eigen_adressen:
                if begin in klein:
                    tekst = patroon.sub(VERBORGEN, tekst)
        return tekst

    def item(self, item: TijdlijnItem) -> TijdlijnItem:
        """Hetzelfde item als er niets te verbergen is. Onthoudt de uitkomst bij het item zelf."""
        bekend = item.versies.get(self)
        if bekend is None:
            delen = (self.tekst(item.titel), self.tekst(item.regel), self.tekst(item.tekst))
            gelijk = delen == (item.titel, item.regel, item.tekst)
            bekend = item if gelijk else replace(item, titel=delen[0], regel=delen[1], tekst=delen[2])
            item.versies[self] = bekend
        return bekend

    def contact(self, contact: Klantcontact) -> Klantcontact:
        """Het contact met alle vrije tekst nagekeken en zonder de adressen van betrokkenen."""
        if not self.doet_iets:
            return contact
        taken = tuple(
            replace(
                taak,
                gevraagde_handeling=self.tekst(taak.gevraagde_handeling),
                toelichting=self.tekst(taak.toelichting),
            )
            for taak in contact.taken
        )
        return replace(
            contact,
            onderwerp=self.tekst(contact.onderwerp),
            inhoud=self.tekst(contact.inhoud),
            reactie=self.tekst(contact.reactie),
            taken=taken,
            betrokkenen=tuple(replace(b, adressen=()) for b in contact.betrokkenen),
        )

    @cached_property
    def _eigen_adressen(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Paren van wat er in elk geval moet staan (snel te vinden) en het hele patroon."""
        paren = [(c[:4], rf"{re.escape(c[:4])}\s?{re.escape(c[4:])}") for c in self.postcodes if len(c) == 6]
        paren += [(straat.casefold(), re.escape(straat)) for straat in self.straten if len(straat) > 2]
        return tuple((begin, re.compile(rf"\b{w}\b{_HUISNUMMER}?", re.IGNORECASE)) for begin, w in paren)

    @cached_property
    def _eigen_nummers(self) -> tuple[re.Pattern[str], ...]:
        """Elk eigen nummer zonder voorloop: de laatste negen cijfers, met of zonder leestekens ertussen."""
        patronen = []
        for nummer in self.nummers:
            cijfers = re.sub(r"\D", "", nummer)[-9:]
            if len(cijfers) >= 6:
                patronen.append(re.compile(r"(?<![0-9])" + r"[ ().\-/]{0,3}".join(cijfers) + r"(?![0-9])"))
        return tuple(patronen)


def straat_van(adresregel: str) -> str:
    """De straatnaam zonder huisnummer: "Brinkstraat 912 a" wordt "Brinkstraat"."""
    gevonden = re.match(r"\s*(.+?)\s+[0-9]+\b.*", adresregel)
    return (gevonden.group(1) if gevonden else adresregel).strip()
