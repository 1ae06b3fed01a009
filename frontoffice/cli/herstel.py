"""`kif store list|restore|new`: reservekopieën bekijken en terugzetten, of opnieuw beginnen.

Vraagt niets aan een register. Sluit eerst het venster: dat merkt anders pas bij het volgende teken dat zijn
bestand is vervangen.
"""

from __future__ import annotations

from pathlib import Path

from frontoffice.cli.contactopties import Contactvraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import ANDERS, KLAAR, Uitvoer
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import lokaal
from frontoffice.klok import SysteemKlok
from frontoffice.profiel import profielpad
from frontoffice.registratiepoort import Herstelstand, Kopie
from frontoffice.samenstelling.werkplek import Werkplekopslag, load_opslag


def run_herstel(vraag: Contactvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    opslag = load_opslag(profielpad(opties.profiel), data_dir, SysteemKlok())
    try:
        match vraag.deel:
            case "store list":
                return _list(opslag.list_kopieen(), uitvoer)
            case "store restore":
                return _restore(opslag, vraag.naam, uitvoer)
            case _:
                return _start_leeg(opslag, uitvoer)
    finally:
        opslag.close()


def _list(stand: Herstelstand, uitvoer: Uitvoer) -> int:
    uitvoer.document([_document(kopie) for kopie in stand.kopieen])
    for kopie in stand.kopieen:
        om = f"{lokaal(kopie.gemaakt_op):%d-%m-%Y %H.%M}"
        wat = (
            "niet te gebruiken"
            if kopie.open is None
            else f"{kopie.open} open, {kopie.wacht} nog niet verstuurd"
        )
        uitvoer.regel(f"{kopie.naam}  {om} uur  {wat}")
    if not stand.kopieen:
        uitvoer.regel("Er is nog geen reservekopie.")
    return KLAAR


def _document(kopie: Kopie) -> dict[str, object]:
    return {
        "naam": kopie.naam,
        "gemaakt_op": kopie.gemaakt_op.isoformat(),
        "heel": kopie.open is not None,
        "open": kopie.open,
        "nog_niet_verstuurd": kopie.wacht,
    }


def _restore(opslag: Werkplekopslag, naam: str, uitvoer: Uitvoer) -> int:
    if naam not in {kopie.naam for kopie in opslag.list_kopieen().kopieen}:
        raise InvoerFout(
            "Deze reservekopie is er niet. kif store list noemt ze, met hun naam.", code="gebruik"
        )
    opslag.restore_backup(naam)
    return _show(opslag, uitvoer, "De reservekopie staat er weer.")


def _start_leeg(opslag: Werkplekopslag, uitvoer: Uitvoer) -> int:
    """Alleen als het bestand niet opengaat: wie een goed bestand leeg wil, moet dat eerst zelf weghalen."""
    if opslag.load_herstelstand() is None:
        zin = "Het bestand met uw notities is heel. Er is niets veranderd."
        uitvoer.document({"fout": {"code": "winkel_heel", "uitleg": zin}})
        uitvoer.melding(zin)
        return ANDERS
    opslag.start_leeg()
    return _show(opslag, uitvoer, "Er is een nieuw bestand.")


def _show(opslag: Werkplekopslag, uitvoer: Uitvoer, zin: str) -> int:
    open_, (wacht, _) = len(opslag.winkel.load_concepten()), opslag.winkel.count_wachtend()
    uitvoer.document({"open": open_, "nog_niet_verstuurd": wacht})
    uitvoer.regel(
        f"{zin} Open contacten: {open_}. Nog niet verstuurd: {wacht}. Het oude bestand blijft veertien dagen."
    )
    return KLAAR
