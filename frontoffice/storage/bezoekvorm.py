"""Bezoeken als rijen, en terug. Van een afspraak komt wie, wat en wanneer uit de rij van de afspraak zelf."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.tijd import Vak
from frontoffice.agenda.vanavond.bezoek import Bezoek, SoortBezoek, Uitkomst
from frontoffice.storage import vorm

# Wat de avond zelf bijhoudt; van beide soorten bezoek staat dit in de rij van het bezoek.
_VAN_DE_AVOND = (
    "volgnummer", "balie", "voorrang", "te_laat", "aangemeld_op", "opgeroepen_op", "oproepen", "begonnen_op",
    "apart_op", "apart_omdat", "klaar_op", "gewerkt", "vervolg", "versie",
)  # fmt: skip
_TERUG = ("toestand", "balie", "oproepen", "voorrang", "te_laat")


def from_bezoek(bezoek: Bezoek, naam: str = "") -> dict[str, Any]:
    """De rij zonder de plek in het rooster: die zet `plek`."""
    eigen = bezoek.soort is SoortBezoek.ZONDER_AFSPRAAK
    rij = {veld: getattr(bezoek, veld) for veld in _VAN_DE_AVOND}
    return rij | {
        "id": bezoek.id,
        "datum": bezoek.datum,
        "soort": bezoek.soort.value,
        "toestand": bezoek.toestand.value,
        "naam": naam if eigen else "",
        "regels": vorm.to_json(bezoek.regels if eigen else ()),
        "eisen": vorm.to_json(bezoek.eisen) if eigen else "{}",
        "minuten": bezoek.minuten if eigen else 0,
        "gepland": bezoek.gepland if eigen else "",
        "behoeften": vorm.to_json(bezoek.behoeften if eigen else ()),
        "taal": bezoek.taal if eigen else "",
        "notitie": bezoek.notitie if eigen else "",
        "uitkomsten": vorm.to_json(bezoek.uitkomsten),
    }


_VOLGNUMMER = re.compile(r"([A-Z])([0-9]+)")


def read_volgnummer(volgnummer: str) -> tuple[str, int]:
    """ "A14" → ("A", 14). Een nummer dat zonder verbinding is gegeven ("W1-03"), hoort bij geen reeks: 0."""
    gelezen = _VOLGNUMMER.fullmatch(volgnummer)
    return (gelezen[1], int(gelezen[2])) if gelezen else (volgnummer, 0)


def plek(vak: Vak | None) -> dict[str, int]:
    return {"begin_tik": 0 if vak is None else vak.begin, "eind_tik": 0 if vak is None else vak.eind}


def to_bezoek(rij: Any, afspraak: Afspraak | None) -> Bezoek:
    """Het bezoek uit zijn rij; `afspraak` None = zonder afspraak."""
    velden = {veld: getattr(rij, veld) for veld in _VAN_DE_AVOND}
    velden["uitkomsten"] = vorm.from_json(rij.uitkomsten, tuple[Uitkomst, ...])
    if afspraak is not None:
        return replace(from_afspraak(afspraak), **velden)
    return Bezoek(
        id=rij.id,
        datum=rij.datum,
        soort=SoortBezoek.ZONDER_AFSPRAAK,
        toestand=Toestand(rij.toestand),
        regels=vorm.read_regels(rij.regels),
        eisen=vorm.read_eisen(rij.eisen),
        minuten=rij.minuten,
        gepland=rij.gepland,
        behoeften=vorm.read_teksten(rij.behoeften),
        taal=rij.taal,
        notitie=rij.notitie,
        **velden,
    )


def from_afspraak(afspraak: Afspraak) -> Bezoek:
    """Een afspraak waar vanavond nog niets mee is gebeurd: zonder volgnummer, versie 0."""
    return Bezoek(
        id=afspraak.id,
        datum=afspraak.datum,
        volgnummer="",
        soort=SoortBezoek.AFSPRAAK,
        toestand=afspraak.toestand,
        regels=afspraak.regels,
        eisen=afspraak.eisen,
        minuten=int((afspraak.eind - afspraak.begin).total_seconds()) // 60,
        tijd=afspraak.begin,
        nummer=afspraak.nummer,
        gepland=afspraak.balie,
        behoeften=afspraak.behoeften,
        taal=afspraak.taal,
        notitie=afspraak.opmerking,
        versie=0,
    )


def note_bezoek(bezoek: Bezoek) -> dict[str, Any]:
    """Wat er van een bezoek in de geschiedenis komt: nooit een naam of wat iemand opschreef."""
    kort = {veld: getattr(bezoek, veld) for veld in _TERUG}
    return kort | {"toestand": bezoek.toestand.value}
