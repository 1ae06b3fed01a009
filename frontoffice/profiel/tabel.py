"""Leest waarden uit een TOML-tabel en verzamelt elke fout als Nederlandse zin.

Weet niets van gemeenten of registers. Na een fout gaat het lezen door met de standaardwaarde, zodat alle
fouten in één keer bekend zijn. Zinnen noemen de sleutel, nooit een tekst die een geheim kan zijn.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

K = TypeVar("K", bound=str)

_LIJKT_GEHEIM = ("wachtwoord", "password", "secret", "sleutel", "token", "apikey", "api_key")


class Tabel:
    """Eén tabel van het profiel. Lees alle sleutels en roep daarna `close` aan."""

    def __init__(self, inhoud: Mapping[str, object], pad: str, fouten: list[str]) -> None:
        self._inhoud = inhoud
        self._pad = pad
        self.fouten = fouten
        self._gelezen: list[str] = []

    def naam(self, sleutel: str) -> str:
        """De sleutel met zijn pad, zoals in een foutzin: "gemeente.naam"."""
        return f"{self._pad}.{sleutel}" if self._pad else sleutel

    def fout(self, sleutel: str, zin: str) -> None:
        self.fouten.append(f"{self.naam(sleutel)}: {zin}.")

    def __contains__(self, sleutel: object) -> bool:
        return sleutel in self._inhoud

    @property
    def sleutels(self) -> tuple[str, ...]:
        return tuple(self._inhoud)

    def _pak(self, sleutel: str) -> object:
        self._gelezen.append(sleutel)
        return self._inhoud.get(sleutel)

    def tekst(
        self, sleutel: str, standaard: str | None = None, voorbeeld: str = "", leeg_mag: bool = False
    ) -> str:
        """Een tekst op één regel. Zonder `standaard` is ze verplicht."""
        waarde = self._pak(sleutel)
        hint = f', zoals {sleutel} = "{voorbeeld}"' if voorbeeld else ""
        if waarde is None:
            if standaard is None:
                self.fout(sleutel, f"ontbreekt. Schrijf deze regel erbij{hint}")
            return standaard or ""
        if not isinstance(waarde, str):
            self.fout(sleutel, f"moet een tekst tussen aanhalingstekens zijn{hint}")
            return standaard or ""
        if not waarde.strip() and not leeg_mag:
            self.fout(sleutel, f"is leeg. Vul een tekst in{hint}")
            return standaard or ""
        if not waarde.isprintable():
            self.fout(
                sleutel, "bevat een onzichtbaar teken of een nieuwe regel. Schrijf de tekst op één regel"
            )
            return standaard or ""
        return waarde.strip()

    def lap(self, sleutel: str) -> str:
        """Een tekst van meer regels, of leeg als zij er niet is."""
        waarde = self._pak(sleutel)
        if waarde is None:
            return ""
        if not isinstance(waarde, str) or not waarde.replace("\n", "").replace("\r", "").isprintable():
            self.fout(sleutel, 'moet een tekst zijn, tussen """ als er meer regels zijn')
            return ""
        return waarde

    def keuze(self, sleutel: str, mogelijk: Iterable[K], standaard: K | None = None) -> K | None:
        """Een van de mogelijke woorden. None als er een fout is en geen standaard."""
        keuzes = list(mogelijk)
        lijst = ", ".join(f'"{keuze}"' for keuze in keuzes)
        waarde = self._pak(sleutel)
        if waarde is None:
            if standaard is None:
                self.fout(sleutel, f"ontbreekt. Kies een van: {lijst}")
            return standaard
        for keuze in keuzes:
            if waarde == str(keuze):
                return keuze
        self.fout(sleutel, f"dit woord ken ik hier niet. Kies een van: {lijst}")
        return standaard

    def ja_nee(self, sleutel: str, standaard: bool) -> bool:
        waarde = self._pak(sleutel)
        if waarde is None or isinstance(waarde, bool):
            return standaard if waarde is None else waarde
        self.fout(sleutel, "schrijf true of false, zonder aanhalingstekens")
        return standaard

    def geheel(self, sleutel: str, standaard: int, laagste: int, hoogste: int) -> int:
        waarde = self._pak(sleutel)
        if waarde is None:
            return standaard
        if isinstance(waarde, int) and not isinstance(waarde, bool) and laagste <= waarde <= hoogste:
            return waarde
        self.fout(sleutel, f"kies een heel getal van {laagste} tot en met {hoogste}, zonder aanhalingstekens")
        return standaard

    def seconden(self, sleutel: str, standaard: float, laagste: float, hoogste: float) -> float:
        waarde = self._pak(sleutel)
        if waarde is None:
            return standaard
        if isinstance(waarde, int | float) and not isinstance(waarde, bool) and laagste <= waarde <= hoogste:
            return float(waarde)
        self.fout(
            sleutel, f"kies een aantal seconden van {laagste:g} tot en met {hoogste:g}, met een punt: 4.5"
        )
        return standaard

    def dag(self, sleutel: str) -> date | None:
        waarde = self._pak(sleutel)
        if waarde is None or (isinstance(waarde, date) and not isinstance(waarde, datetime)):
            return waarde
        self.fout(sleutel, "schrijf een datum zonder aanhalingstekens, zoals 2026-12-31")
        return None

    def teksten(
        self, sleutel: str, standaard: tuple[str, ...] | None = None, voorbeeld: str = ""
    ) -> tuple[str, ...]:
        """Een lijst van teksten, niet leeg."""
        waarde = self._pak(sleutel)
        if waarde is None and standaard is not None:
            return standaard
        if (
            isinstance(waarde, list)
            and waarde
            and all(isinstance(deel, str) and deel.strip() and deel.isprintable() for deel in waarde)
        ):
            return tuple(deel.strip() for deel in waarde)
        woord = "ontbreekt" if waarde is None else "klopt niet"
        self.fout(sleutel, f'{woord}. Schrijf een lijst van teksten, zoals {sleutel} = ["{voorbeeld}"]')
        return standaard or ()

    def tabel(self, sleutel: str) -> Tabel:
        """De tabel onder deze sleutel; een ontbrekende tabel leest als een lege."""
        waarde = self._pak(sleutel)
        if waarde is not None and not isinstance(waarde, dict):
            self.fout(sleutel, f"moet een tabel zijn. Schrijf [{self.naam(sleutel)}] op een eigen regel")
            waarde = None
        return Tabel(waarde or {}, self.naam(sleutel), self.fouten)

    def tabellen(self, sleutel: str) -> tuple[Tabel, ...]:
        """De tabellen onder [[sleutel]]; in een foutzin heten ze sleutel.1, sleutel.2, …"""
        waarde = self._pak(sleutel)
        if waarde is None:
            return ()
        if not isinstance(waarde, list) or not all(isinstance(deel, dict) for deel in waarde):
            self.fout(sleutel, f"moet een lijst van tabellen zijn. Schrijf [[{self.naam(sleutel)}]] erboven")
            return ()
        naam = self.naam(sleutel)
        return tuple(Tabel(deel, f"{naam}.{plek}", self.fouten) for plek, deel in enumerate(waarde, start=1))

    def close(self) -> None:
        """Meld elke sleutel waar niemand naar vroeg, met de sleutel die waarschijnlijk is bedoeld."""
        for sleutel in self._inhoud:
            if sleutel not in self._gelezen:
                self.fout(
                    sleutel, _onbekend(sleutel, [bekend for bekend in self._gelezen if bekend not in self])
                )


def _onbekend(sleutel: str, bekend: list[str]) -> str:
    klein = {naam.lower(): naam for naam in bekend}
    lijkt = difflib.get_close_matches(sleutel.lower(), klein, n=1)
    if lijkt:
        return (
            f'deze sleutel ken ik niet. Bedoelde u "{klein[lijkt[0]]}"? Verander de naam of haal de regel weg'
        )
    if any(woord in sleutel.lower() for woord in _LIJKT_GEHEIM):
        return "een geheim hoort niet in het profiel. Haal deze regel weg en gebruik: kif geheim set"
    return "deze sleutel ken ik niet. Haal deze regel weg"
