"""Het briefje voor wie wacht: het volgnummer, hoe lang het ongeveer duurt en waar te wachten.

Er staat geen naam op en niet waarvoor iemand komt: het blijft weleens liggen. Deelt zelf geen nummers uit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontoffice.documents.avondpakket import Pakket
from frontoffice.documents.bestand import file_name
from frontoffice.documents.bevestiging import TALEN
from frontoffice.documents.briefteksten import BCP47, Briefteksten, read_teksten
from frontoffice.documents.lettertype import Stuk
from frontoffice.documents.opmaak import AAN_ELKAAR, GEWOON, TITEL, Alinea, Blok, Opmaak, Stijl

_PUNTEN = 18.0
_NUMMER = Stijl(soort="H2", grootte=5.0, vet=True, regel=1.2, ervoor=0.0)
_KOPIE = Stijl(vet=True, ervoor=0.0)


@dataclass(frozen=True)
class Briefje:
    """`wacht`: de wachttijd in woorden ("ongeveer 10 minuten"), of leeg. `tijd` alleen bij een afspraak.

    `kopie`: dit volgnummer is al eerder afgedrukt (E13); het nummer blijft dan hetzelfde.
    """

    volgnummer: str
    afzender: str
    gemaakt_op: datetime
    wacht: str = ""
    tijd: datetime | None = None
    kopie: bool = False
    taal: str = "nl"

    def __post_init__(self) -> None:
        if not self.volgnummer.strip():
            raise ValueError("een briefje heeft een volgnummer")
        if self.taal not in TALEN:
            raise ValueError("in deze taal zijn er geen briefjes")
        if self.gemaakt_op.tzinfo is None:
            raise ValueError("het moment van een briefje heeft een zone")


def make_briefje(briefje: Briefje) -> Pakket:
    """Maak de pdf, één bladzijde. Duurt: niet op de draad van het scherm."""
    teksten = read_teksten(briefje.taal)
    opmaak = Opmaak(
        titel=teksten.avond("titel"),
        taal=BCP47[briefje.taal],
        auteur=briefje.afzender,
        punten=_PUNTEN,
        voet=lambda *_: (),
    )
    klaar = opmaak.build(tuple(_blokken(briefje, teksten)))
    naam = file_name("volgnummer", briefje.volgnummer, "pdf")
    return Pakket(klaar.pdf, klaar.bladzijden, naam, klaar.onbekend)


def _blokken(briefje: Briefje, teksten: Briefteksten) -> list[Blok]:
    blokken: list[Blok] = [_tekst(briefje.afzender, AAN_ELKAAR)]
    if briefje.kopie:
        blokken.append(_tekst(teksten.avond("kopie"), _KOPIE))
    blokken += [_tekst(teksten.avond("titel"), TITEL), _tekst(briefje.volgnummer, _NUMMER)]
    if briefje.tijd is not None:
        blokken.append(_tekst(teksten.avond("tijd", tijd=teksten.tijd(briefje.tijd)), AAN_ELKAAR))
    if briefje.wacht:
        blokken.append(_tekst(teksten.avond("wacht", wacht=teksten.wacht(briefje.wacht)), AAN_ELKAAR))
    blokken.append(_tekst(teksten.avond("waar")))
    blokken.append(_tekst(teksten.avond("gemaakt", moment=teksten.moment(briefje.gemaakt_op))))
    return blokken


def _tekst(tekst: str, stijl: Stijl = GEWOON) -> Alinea:
    return Alinea((Stuk(tekst, los=True),), stijl)
