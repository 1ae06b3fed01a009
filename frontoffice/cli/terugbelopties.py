"""Leest `kif terugbellen …` en `kif belofte …`: welke opdracht, met welke gegevens. Voert niets uit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frontoffice.cli.opties import Argumenten, Opties, lees_datum

_WIENS = ("--mijn", "--team", "--alle")
_VLAGGEN = {
    "list": ("--aantal",),
    "gesproken": ("--tekst", "--kanaal"),
    "niet-bereikt": ("--tekst", "--kanaal"),
    "klaar": ("--via", "--tekst", "--verteld-op"),
    "overnemen": (),
    "doorgeven": ("--aan", "--reden"),
}


@dataclass(frozen=True)
class Terugbelvraag:
    """Wat er moet gebeuren. `tekst` mag "-" zijn: dan staat zij op de invoer. `aantal` 0 = alles."""

    deel: str
    wiens: str = "mijn"
    taak: str = ""
    tekst: str = ""
    kanaal: str = ""
    via: str = ""
    verteld_op: date | None = None
    aan: str = ""
    reden: str = ""
    aantal: int = 0
    nieuwste: bool = False
    te_laat: bool = False
    door_mij: bool = False


def read_terugbellen(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif`. Raises InvoerFout met code "gebruik"."""
    opdracht, rest = argv[0], argv[1:]
    deel = next((woord for woord in rest if not woord.startswith("-")), "")
    if opdracht == "belofte":
        return _read_belofte(rest)
    los = (*_WIENS, "--nieuwste", "--te-laat") if deel == "list" else ()
    gelezen = Argumenten("terugbellen", rest, _VLAGGEN.get(deel, ()), los)
    match gelezen.woorden:
        case ["list"]:
            vraag = Terugbelvraag(
                "terugbellen list",
                _read_wiens(gelezen),
                aantal=gelezen.read("--aantal", int) or 0,
                nieuwste=gelezen.has("--nieuwste"),
                te_laat=gelezen.has("--te-laat"),
            )
            return gelezen.make("terugbellen", terugbellen=vraag)
        case [("gesproken" | "niet-bereikt" | "klaar" | "overnemen" | "doorgeven") as deel, taak]:
            return gelezen.make("terugbellen", terugbellen=_read_actie(gelezen, deel, taak))
    raise gelezen.fout()


def _read_actie(gelezen: Argumenten, deel: str, taak: str) -> Terugbelvraag:
    waarden = {vlag: gelezen.read(vlag, str) or "" for vlag in _VLAGGEN[deel] if vlag != "--verteld-op"}
    verteld_op = gelezen.read("--verteld-op", lees_datum) if deel == "klaar" else None
    if (deel == "klaar" and not waarden["--via"]) or (
        deel == "doorgeven" and not (waarden["--aan"] and waarden["--reden"])
    ):
        raise gelezen.fout()
    return Terugbelvraag(
        f"terugbellen {deel}",
        taak=taak,
        tekst=waarden.get("--tekst", ""),
        kanaal=waarden.get("--kanaal", ""),
        via=waarden.get("--via", ""),
        verteld_op=verteld_op,
        aan=waarden.get("--aan", ""),
        reden=waarden.get("--reden", ""),
    )


def _read_belofte(rest: Sequence[str]) -> Opties:
    gelezen = Argumenten("belofte", rest, (), (*_WIENS, "--te-laat", "--door-mij"))
    if list(gelezen.woorden) != ["list"]:
        raise gelezen.fout()
    vraag = Terugbelvraag(
        "belofte list",
        _read_wiens(gelezen),
        te_laat=gelezen.has("--te-laat"),
        door_mij=gelezen.has("--door-mij"),
    )
    return gelezen.make("terugbellen", terugbellen=vraag)


def _read_wiens(gelezen: Argumenten) -> str:
    gekozen = [vlag for vlag in _WIENS if gelezen.has(vlag)]
    if len(gekozen) > 1:
        raise gelezen.fout()
    return gekozen[0].removeprefix("--") if gekozen else "alle"
