"""Een werkdag vol kanaries in een los proces dat aan het eind crasht: niets wordt netjes gesloten."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from frontoffice.cli.uitvoer import Uitvoer
from frontoffice.domain.concept import Afsluiting, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import KifFout
from frontoffice.logbestand import log_bug, start_logbestand
from frontoffice.ports import Stop
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import build


def kanarie(nummer: int) -> str:
    return f"Kanarie{nummer:02}Vogelzang"


def main(profiel: str, data_map: str, van: int, tot: int) -> None:
    start_logbestand(Path(data_map))
    werkplek = build(load_profiel(Path(profiel)), data_dir=Path(data_map))
    registreren = werkplek.contacten.registreren
    for nummer in range(van, tot):
        tekst = kanarie(nummer)
        concept = replace(
            registreren.start(),
            klant=Gesprekspartner(tekst),
            namens=Gesprekspartner(f"B. {tekst}"),
            onderwerp=f"Over {tekst}",
            notitie=f"{tekst} belt over zichzelf",
            adressen=(NieuwAdres("email", f"{tekst}@vogels.example"),),
            afsluiting=Afsluiting.BEANTWOORD if nummer % 2 else None,
        )
        registreren.save(concept)
        try:
            registreren.finish(concept, ongedaan_s=0)
        except KifFout as fout:
            Uitvoer(als_json=False).fout(fout)
    werkplek.contacten.verzenden.send(Stop(), alles=True)
    werkplek.contacten.backup()
    try:
        raise ValueError(concept)
    except ValueError as bug:
        log_bug(bug)
    os._exit(9)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
