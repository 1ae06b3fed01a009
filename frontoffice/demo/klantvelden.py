"""Velden van een verzoek om te schrijven nakijken zoals Django REST framework dat doet.

Alle fouten van een verzoek komen tegelijk, in de volgorde van de velden, met de codes en zinnen van Open
Klant 2.18. Kent de rijen niet: wie een verwijzing leest, geeft mee wat er bestaat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from frontoffice.demo.http import ApiFout, Json, Verzoek, is_uuid
from frontoffice.demo.tijd import read_moment

T = TypeVar("T")
Fouten = list[tuple[str, str, str]]
VEREIST = "Dit veld is vereist."
LEEG = "Dit veld mag niet leeg zijn."
TIJD = (
    "Datetime heeft een ongeldig formaat, gebruik 1 van de volgende formaten: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
_WAAR = {"t", "y", "yes", "true", "on", "1"}
_ONWAAR = {"f", "n", "no", "false", "off", "0"}
_AFWEZIG = object()


def read_body(verzoek: Verzoek) -> Any:
    """Het lijf als JSON. ApiFout 415 of 400 (parse_error)."""
    soort = verzoek.koppen.get("content-type", "").partition(";")[0].strip().lower()
    if soort != "application/json":
        raise ApiFout(415, "unsupported_media_type", f'Ongeldige media type "{soort}" in aanvraag.')
    try:
        return json.loads(verzoek.inhoud)
    except ValueError as fout:
        detail = f"JSON parse error - {fout}"
        raise ApiFout(400, "parse_error", detail, titel="Ongeldig samengestelde request.") from None


def camelize_key(sleutel: str) -> str:
    """Wat Open Klant van een sleutel in metadata maakt: `idemKey_one` wordt `idemKeyOne`."""
    plat = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", sleutel).lower()
    return re.sub(
        r"[a-z0-9]?_[a-z0-9]",
        lambda m: m[0][0] + m[0][2].upper() if len(m[0]) == 3 else m[0][1].upper(),
        plat,
    )


class Invoer:
    """De velden van één object. Lees ze op volgorde; `fouten` deelt het hele verzoek."""

    def __init__(
        self, data: Mapping[str, Any], fouten: Fouten, voor: str = "", *, deels: bool = False
    ) -> None:
        self.data = data
        self.fouten = fouten
        self._voor = voor
        self._deels = deels
        self._begin = len(fouten)

    @property
    def is_goed(self) -> bool:
        """Waar als er in dit object nog niets is afgekeurd."""
        return len(self.fouten) == self._begin

    def reject(self, naam: str, code: str, reden: str) -> None:
        self.fouten.append((self._voor + naam, code, reden))

    def __contains__(self, naam: object) -> bool:
        return naam in self.data

    def _take(self, naam: str, *, verplicht: bool, null: bool) -> Any:
        """De waarde; _AFWEZIG als ze ontbreekt of niet deugt."""
        if naam not in self.data:
            if verplicht and not self._deels:
                self.reject(naam, "required", VEREIST)
            return _AFWEZIG
        waarde = self.data[naam]
        if waarde is None and not null:
            self.reject(naam, "null", LEEG)
            return _AFWEZIG
        return waarde

    def text(
        self,
        naam: str,
        hoogste: int,
        *,
        verplicht: bool = False,
        leeg: bool = True,
        null: bool = False,
        standaard: Any = "",
    ) -> Any:
        """Een tekst zonder witruimte aan de randen; getallen worden tekst."""
        waarde = self._take(naam, verplicht=verplicht, null=null)
        if waarde is _AFWEZIG or waarde is None:
            return standaard if waarde is _AFWEZIG else None
        if isinstance(waarde, bool) or not isinstance(waarde, str | int | float):
            self.reject(naam, "invalid", "Not a valid string.")
            return standaard
        tekst = str(waarde).strip()
        if not tekst and not leeg:
            self.reject(naam, "blank", LEEG)
        if "\x00" in tekst:
            self.reject(naam, "null_characters_not_allowed", "Null-tekens zijn niet toegestaan.")
        if len(tekst) > hoogste:
            reden = f"Zorg ervoor dat dit veld niet meer dan {hoogste} karakters bevat."
            self.reject(naam, "max_length", reden)
        return tekst

    def number(self, naam: str) -> str | None:
        """Een referentienummer: null, leeg, of een geheel getal van hoogstens tien tekens."""
        ruw = self.data.get(naam)
        tekst = str(ruw).strip() if isinstance(ruw, str | int) and not isinstance(ruw, bool) else ""
        if tekst and not re.fullmatch(r"-?\d+", tekst):
            self.reject(naam, "invalid", "Voer een geldig geheel getal in.")
        waarde: str | None = self.text(naam, 10, null=True, standaard=None)
        return waarde

    def flag(self, naam: str, *, verplicht: bool = False, null: bool = False, standaard: Any = False) -> Any:
        waarde = self._take(naam, verplicht=verplicht, null=null)
        if waarde is _AFWEZIG or waarde is None:
            return standaard if waarde is _AFWEZIG else None
        woord = str(waarde).lower()
        if isinstance(waarde, bool | str | int) and woord in _WAAR | _ONWAAR:
            return woord in _WAAR
        self.reject(naam, "invalid", "Must be a valid boolean.")
        return standaard

    def choice(self, naam: str, keuzes: Iterable[str], *, standaard: str = "") -> str:
        waarde = self._take(naam, verplicht=True, null=False)
        if waarde is _AFWEZIG:
            return standaard
        if waarde not in tuple(keuzes):
            self.reject(naam, "invalid_choice", f'"{waarde}" is een ongeldige keuze.')
            return standaard
        return str(waarde)

    def moment(self, naam: str, *, null: bool = False) -> datetime | None:
        waarde = self._take(naam, verplicht=False, null=null)
        if waarde is _AFWEZIG or waarde is None:
            return None
        tijd = read_moment(waarde) if isinstance(waarde, str) else None
        if tijd is None:
            self.reject(naam, "invalid", TIJD)
        return tijd

    def group(self, naam: str, *, verplicht: bool = False, null: bool = True) -> Invoer | None:
        """Een object in dit object; None als het er niet is of niet deugt."""
        waarde = self._take(naam, verplicht=verplicht, null=null)
        if waarde is _AFWEZIG or waarde is None:
            return None
        if not isinstance(waarde, dict):
            self.reject(f"{naam}.nonFieldErrors", "invalid", no_object(waarde))
            return None
        return Invoer(waarde, self.fouten, f"{self._voor}{naam}.")

    def link(
        self,
        naam: str,
        find: Callable[[str], T | None],
        wat: str,
        *,
        verplicht: bool = False,
        null: bool = True,
    ) -> T | None:
        """De rij achter {"uuid": …}."""
        deel = self.group(naam, verplicht=verplicht, null=null)
        return deel.linked(find, wat) if deel is not None else None

    def linked(self, find: Callable[[str], T | None], wat: str) -> T | None:
        """De rij die dit object zelf noemt met "uuid"."""
        uuid = self._take("uuid", verplicht=True, null=False)
        if uuid is _AFWEZIG:
            return None
        if not isinstance(uuid, str) or not is_uuid(uuid):
            self.reject("uuid", "invalid", "Must be a valid UUID.")
            return None
        rij = find(uuid.lower())
        if rij is None:
            self.reject("uuid", "invalid", f"{wat} object bestaat niet.")
        return rij

    def items(self, naam: str, *, null: bool = False) -> list[Invoer] | None:
        """Een lijst van objecten; None als de sleutel er niet is."""
        waarde = self._take(naam, verplicht=False, null=null)
        if waarde is _AFWEZIG or waarde is None:
            return None
        if not isinstance(waarde, list):
            reden = f'Verwachtte een lijst met items, maar kreeg type "{type(waarde).__name__}".'
            self.reject(f"{naam}.nonFieldErrors", "not_a_list", reden)
            return []
        delen = []
        for plek, deel in enumerate(waarde):
            if isinstance(deel, dict):
                delen.append(Invoer(deel, self.fouten, f"{self._voor}{naam}.{plek}."))
            else:
                self.reject(f"{naam}.{plek}.nonFieldErrors", "invalid", no_object(deel))
        return delen

    def metadata(self, naam: str, hoogste: int) -> dict[str, str]:
        waarde = self._take(naam, verplicht=False, null=False)
        if waarde is _AFWEZIG:
            return {}
        if not isinstance(waarde, dict):
            soort = type(waarde).__name__
            reden = f'Verwachtte een dictionary van items, maar kreeg type "{soort}".'
            self.reject(naam, "not_a_dict", reden)
            return {}
        deel = Invoer(
            {camelize_key(sleutel): w for sleutel, w in waarde.items()}, self.fouten, f"{self._voor}{naam}."
        )
        return {sleutel: deel.text(sleutel, hoogste, leeg=False) for sleutel in deel.data}


def no_object(waarde: object) -> str:
    return f"Ongeldige data. Verwacht een dictionary, kreeg een {type(waarde).__name__}."


def open_body(verzoek: Verzoek, *, deels: bool = False) -> Invoer:
    """Het lijf als object om te lezen. ApiFout als het dat niet is."""
    data: Json | Any = read_body(verzoek)
    if not isinstance(data, dict):
        raise ApiFout(400, "invalid", params=[("nonFieldErrors", "invalid", no_object(data))])
    return Invoer(data, [], deels=deels)
