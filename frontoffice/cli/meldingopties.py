"""Leest `kif melding …`: welke opdracht, met welke gegevens. Voert niets uit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontoffice.cli.opties import Argumenten, Opties

_VLAGGEN = ("--tekst", "--soort", "--plek", "--melder", "--foto", "--stand", "--via")
_LOS = ("--spoed", "--mail", "--toch", "--veel")


@dataclass(frozen=True)
class Meldingvraag:
    """Wat er moet gebeuren. `vraag`, `melder` en `tekst` mogen "-" zijn: dan staan ze op de invoer, de melder
    als eerste regel."""

    deel: str
    nummer: int = 0
    vraag: str = ""
    tekst: str = ""
    soort: str = ""
    plek: str = ""
    melder: str = ""
    fotos: tuple[str, ...] = ()
    stand: str = ""
    via: str = ""
    spoed: bool = False
    mail: bool = False
    toch: bool = False
    veel: bool = False


def read_melding(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif melding`. Raises InvoerFout met code "gebruik"."""
    gelezen = Argumenten("melding", argv, _VLAGGEN, _LOS)
    tekst, soort, plek, melder, _, stand, via = (gelezen.read(vlag, str) or "" for vlag in _VLAGGEN)

    def make(deel: str, **velden: object) -> Opties:
        return gelezen.make("melding", melding=Meldingvraag(deel, **velden))  # type: ignore[arg-type]  # velden van Meldingvraag

    match gelezen.woorden:
        case [("te-laat" | "zonder-woord") as lijst]:
            return make(lijst, veel=gelezen.has("--veel"))
        case ["soorten", *woorden]:
            return make("soorten", vraag=" ".join(woorden))
        case ["zoek", *woorden] if woorden:
            return make("zoek", vraag=" ".join(woorden))
        case ["maak"] if tekst and soort and plek:
            return make(
                "maak",
                tekst=tekst,
                soort=soort,
                plek=plek,
                melder=melder,
                fotos=gelezen.all("--foto"),
                spoed=gelezen.has("--spoed"),
                toch=gelezen.has("--toch"),
            )
        case ["notitie", nummer] if tekst and _is_nummer(nummer):
            return make("notitie", nummer=_read(nummer), tekst=tekst)
        case ["stand", nummer] if stand and _is_nummer(nummer):
            return make("stand", nummer=_read(nummer), stand=stand, tekst=tekst, mail=gelezen.has("--mail"))
        case ["verteld", nummer] if via and _is_nummer(nummer):
            return make("verteld", nummer=_read(nummer), via=via, tekst=tekst)
        case [nummer] if _is_nummer(nummer):
            return make("toon", nummer=_read(nummer))
    raise gelezen.fout()


def _is_nummer(tekst: str) -> bool:
    from frontoffice.domain.melding import read_nummer

    return read_nummer(tekst) is not None


def _read(tekst: str) -> int:
    from frontoffice.domain.melding import read_nummer

    return read_nummer(tekst) or 0
