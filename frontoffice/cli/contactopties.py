"""Leest `kif contact|outbox|concepten|store …`: welke opdracht, met welke gegevens. Voert niets uit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontoffice.cli.opties import Argumenten, Opties

_TOEVOEGEN = ("--klant", "--kanaal", "--onderwerp", "--tekst", "--zaak", "--terugbellen", "--telefoon")


@dataclass(frozen=True)
class Contactvraag:
    """Wat er moet gebeuren. `klant` en `tekst` mogen "-" zijn: dan staan ze op de invoer."""

    deel: str
    klant: str = ""
    kanaal: str = ""
    onderwerp: str = ""
    tekst: str = ""
    zaak: str = ""
    terugbellen: str = ""
    telefoon: str = ""
    id: int = 0
    naam: str = ""


def read_contact(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif`. Raises InvoerFout met code "gebruik"."""
    opdracht, rest = argv[0], argv[1:]
    is_toevoegen = opdracht == "contact"
    gelezen = Argumenten(opdracht, rest, _TOEVOEGEN if is_toevoegen else ())
    match opdracht, *gelezen.woorden:
        case "contact", "add":
            klant, kanaal, onderwerp, tekst, zaak, terugbellen, telefoon = (
                gelezen.read(vlag, str) or "" for vlag in _TOEVOEGEN
            )
            if not (gelezen.has("--tekst") and kanaal and onderwerp):
                raise gelezen.fout()
            vraag = Contactvraag("contact add", klant, kanaal, onderwerp, tekst, zaak, terugbellen, telefoon)
            return gelezen.make("contact", contact=vraag)
        case "outbox", ("send" | "list") as deel:
            return gelezen.make("contact", contact=Contactvraag(f"outbox {deel}"))
        case "outbox", ("retry" | "withdraw") as deel, nummer if nummer.isdecimal() and len(nummer) < 19:
            return gelezen.make("contact", contact=Contactvraag(f"outbox {deel}", id=int(nummer)))
        case "concepten", "list":
            return gelezen.make("contact", contact=Contactvraag("concepten list"))
        case "store", ("check" | "backup") as deel:
            return gelezen.make("contact", contact=Contactvraag(f"store {deel}"))
        case "store", ("list" | "new") as deel:
            return gelezen.make("herstel", contact=Contactvraag(f"store {deel}"))
        case "store", "restore", naam:
            return gelezen.make("herstel", contact=Contactvraag("store restore", naam=naam))
    raise gelezen.fout()
