"""De opdrachten voor de beheerder: `kif profiel …` en `kif geheim …`. Maakt geen verbinding met registers."""

from __future__ import annotations

import getpass
import re
import sys
from pathlib import Path

from frontoffice.cli.invoer import read_invoer
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import ANDERS, KLAAR, Uitvoer
from frontoffice.domain.fouten import InvoerFout
from frontoffice.geheimen import DEMO_GEHEIMEN, Sleutelbos, check_geheimen, choose_geheimen, needed_geheimen
from frontoffice.profiel import Profiel, profielpad
from frontoffice.profiel.lezen import load_profiel

VOORBEELD = Path(__file__).resolve().parents[2] / "resources" / "profiel" / "voorbeeld.toml"
_NAAM = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def run_beheer(opties: Opties, uitvoer: Uitvoer) -> int:
    """Voer `kif profiel …` of `kif geheim …` uit."""
    match opties.opdracht:
        case "profiel voorbeeld":
            tekst = VOORBEELD.read_text(encoding="utf-8")
            uitvoer.document({"voorbeeld": tekst})
            uitvoer.blok(tekst)
            return KLAAR
        case "profiel check":
            load_profiel(Path(opties.bestand))
            uitvoer.document({"in_orde": True})
            uitvoer.regel("Het profiel is in orde.")
            return KLAAR
        case "geheim set":
            return _geheim_set(opties, uitvoer)
    return _geheim_check(opties, uitvoer)


def _profiel(opties: Opties) -> Profiel | None:
    pad = profielpad(opties.profiel)
    return None if pad is None else load_profiel(pad)


def _geheim_set(opties: Opties, uitvoer: Uitvoer) -> int:
    """Bewaar een geheim; de waarde komt van een verborgen vraag of van de invoer, nooit van het commando."""
    if not _NAAM.fullmatch(opties.naam):
        raise InvoerFout("Zo'n naam heeft alleen kleine letters, cijfers, - en _.")
    profiel = _profiel(opties)
    if profiel is not None and opties.naam not in needed_geheimen(profiel):
        namen = ", ".join(needed_geheimen(profiel)) or "geen"
        raise InvoerFout(f"Dit profiel kent geen geheim met deze naam, wel: {namen}.")
    geheimen = Sleutelbos() if profiel is None else choose_geheimen(profiel)
    if opties.van_invoer or not sys.stdin.isatty():
        waarde = read_invoer()
    else:
        waarde = getpass.getpass(
            f"Geheim voor {opties.naam} (u ziet niet wat u typt): ", stream=sys.stderr
        ).strip()
    geheimen.set(opties.naam, waarde)
    uitvoer.document({"bewaard": opties.naam})
    uitvoer.regel(f"Het geheim {opties.naam} is bewaard in de sleutelbos.")
    return KLAAR


def _geheim_check(opties: Opties, uitvoer: Uitvoer) -> int:
    """Welke geheimen zijn er? Zegt nooit een waarde."""
    profiel = _profiel(opties)
    if profiel is None:
        uitkomst = dict.fromkeys(DEMO_GEHEIMEN)
    else:
        uitkomst = check_geheimen(choose_geheimen(profiel), needed_geheimen(profiel))
    uitvoer.document(
        {
            "geheimen": [
                {"naam": naam, "aanwezig": fout is None, **({"uitleg": fout.uitleg} if fout else {})}
                for naam, fout in uitkomst.items()
            ]
        }
    )
    for naam, fout in uitkomst.items():
        uitvoer.regel(f"{naam}: {'aanwezig' if fout is None else fout.uitleg}")
    if not uitkomst:
        uitvoer.regel("Dit profiel heeft geen geheimen nodig.")
    return KLAAR if not any(uitkomst.values()) else ANDERS
