"""`kif audit verify|export|send`: het logboek van inzage nakijken, uitvoeren en versturen.

Vraagt niets aan een register. Een klant staat er alleen als sleutelafdruk in: leesbaar wordt hij hier nooit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from frontoffice.cli.auditopties import Auditvraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import ANDERS, DEELS, GEWEIGERD, KLAAR, Uitvoer
from frontoffice.domain.fouten import Geweigerd
from frontoffice.klok import SysteemKlok
from frontoffice.logboek import ONBEKEND, regel_document
from frontoffice.ports import Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling.werkplek import Werkplekopslag, load_opslag

_PER_KEER = 500


def run_audit(vraag: Auditvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    opslag = load_opslag(profielpad(opties.profiel), data_dir, SysteemKlok())
    try:
        match vraag.deel:
            case "verify":
                return _verify(opslag, vraag, uitvoer)
            case "send":
                return _send(opslag, uitvoer)
            case _:
                return _export(opslag)
    finally:
        opslag.close()


def _verify(opslag: Werkplekopslag, vraag: Auditvraag, uitvoer: Uitvoer) -> int:
    uitslag = opslag.verify(vraag.kop)
    kop = None if uitslag.kop is None else str(uitslag.kop)
    uitvoer.document(
        {
            "in_orde": not uitslag.zin,
            "regels": uitslag.regels,
            "kop": kop,
            "eerste_foute_regel": uitslag.regel,
            "uitleg": uitslag.zin or None,
            "hersteld": [{"regel": regel, "ontbreekt": ontbreekt} for regel, ontbreekt in uitslag.hersteld],
        }
    )
    for regel, ontbreekt in uitslag.hersteld:
        uitvoer.regel(f"Bij regel {regel} zijn de gegevens van deze pc hersteld. {_wat_ontbreekt(ontbreekt)}")
    if uitslag.zin:
        uitvoer.regel(f"Het logboek klopt niet. {uitslag.zin} Meld dit bij uw beveiligingsfunctionaris.")
        return ANDERS
    uitvoer.regel(f"Het logboek klopt: {uitslag.regels} regels.")
    if kop:
        uitvoer.regel(f"Laatste regel: {kop}")
    return KLAAR


def _wat_ontbreekt(ontbreekt: str) -> str:
    if not ontbreekt:
        return "Er ontbreekt geen regel."
    if ontbreekt == ONBEKEND:
        return "Welke regels er ontbreken, is niet te zien."
    return f"Van daarvoor ontbreken regel {ontbreekt}."


def _send(opslag: Werkplekopslag, uitvoer: Uitvoer) -> int:
    verzender = opslag.logboekverzender
    if verzender is None:
        raise Geweigerd(
            "Het profiel heeft geen adres voor het logboek. Vul [logboek] url in.", code="logboek_adres"
        )
    verslag = verzender.send(Stop())
    if verslag.bezet:
        zin = "Het venster is nu aan het versturen. Probeer het over een minuut opnieuw."
        uitvoer.document({"fout": {"code": "bezet", "uitleg": zin}})
        uitvoer.melding(zin)
        return GEWEIGERD
    uitvoer.document({"verstuurd": verslag.verstuurd, "wachtend": verslag.wachtend})
    uitvoer.regel(f"Verstuurd: {verslag.verstuurd}. Nog te versturen: {verslag.wachtend}.")
    if verslag.fout is not None:
        uitvoer.melding(verslag.fout.uitleg)
    return DEELS if verslag.wachtend else KLAAR


def _export(opslag: Werkplekopslag) -> int:
    """Een JSON-document per regel, oudste eerst; met en zonder --json hetzelfde."""
    na = 0
    while regels := opslag.logboek.load(na, _PER_KEER):
        for regel in regels:
            json.dump(regel_document(regel), sys.stdout, ensure_ascii=True, allow_nan=False)
            sys.stdout.write("\n")
        na = regels[-1].volgnummer
    sys.stdout.flush()
    return KLAAR
