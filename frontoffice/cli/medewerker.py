"""`kif medewerker list|forget`: wie zich op dit gedeelde account kan aanmelden; een vergeten code wissen.

Laat geen code of klant zien, en vraagt niets aan een register.
"""

from __future__ import annotations

from pathlib import Path

from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import KLAAR, Uitvoer
from frontoffice.domain.fouten import Geweigerd
from frontoffice.klok import SysteemKlok
from frontoffice.profiel import profielpad
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling.gedeeld import make_aanmelddienst
from frontoffice.samenstelling.werkplek import load_opslag
from frontoffice.services.aanmelden import Aanmelddienst


def run_medewerker(opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    pad, klok = profielpad(opties.profiel), SysteemKlok()
    profiel = None if pad is None else load_profiel(pad)
    if profiel is None or not profiel.op_gedeeld_account:
        raise Geweigerd(
            "Met dit account werkt volgens het profiel één persoon. Er is hier niets aan te melden.",
            code="geen_gedeeld_account",
        )
    opslag = load_opslag(pad, data_dir, klok)
    try:
        dienst = make_aanmelddienst(profiel, opslag, klok)
        if opties.opdracht == "medewerker list":
            return _list(dienst, uitvoer)
        return _forget(dienst, opties.naam, uitvoer)
    finally:
        opslag.close()


def _list(dienst: Aanmelddienst, uitvoer: Uitvoer) -> int:
    rijen = [(wie, dienst.load_toegang(wie.identificatie)) for wie in dienst.medewerkers]
    uitvoer.document(
        [
            {
                "identificatie": wie.identificatie,
                "naam": wie.naam,
                "heeft_code": not toegang.is_eerste_keer,
                "laatst": toegang.laatst.isoformat() if toegang.laatst else None,
            }
            for wie, toegang in rijen
        ]
    )
    for wie, toegang in rijen:
        stand = "nog geen code" if toegang.is_eerste_keer else "heeft een code"
        uitvoer.regel(f"{wie.identificatie}  {wie.naam}  {stand}")
    return KLAAR


def _forget(dienst: Aanmelddienst, wie: str, uitvoer: Uitvoer) -> int:
    gewist = dienst.forget(wie)
    uitvoer.document({"identificatie": wie, "gewist": gewist})
    uitvoer.regel(
        "De code is gewist. De volgende keer kiest deze medewerker een nieuwe."
        if gewist
        else "Deze medewerker had op deze pc nog geen code."
    )
    return KLAAR
