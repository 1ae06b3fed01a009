"""Legt een antwoord naast een schema uit een OpenAPI-bestand: klein, alleen bouw en vorm.

Kent $ref, allOf, oneOf/anyOf, discriminator, nullable, enum, pattern, lengte en de gangbare formaten. Een
sleutel die het schema niet kent, is ook een verschil.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

_LADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SOORTEN: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


class Specificatie:
    """Eén OpenAPI-bestand."""

    def __init__(self, bestand: Path) -> None:
        self.doc: dict[str, Any] = yaml.load(bestand.read_text(encoding="utf-8"), Loader=_LADER)  # noqa: S506 -- veilige lader

    def response(self, pad: str, methode: str, status: int = 200) -> dict[str, Any]:
        """Het schema van dit antwoord."""
        antwoorden = self.doc["paths"][pad][methode]["responses"]
        antwoord = self._volg(antwoorden.get(str(status)) or antwoorden["default"])
        schema: dict[str, Any] = next(iter(antwoord["content"].values()))["schema"]
        return schema

    def schema(self, naam: str) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{naam}"}

    def _volg(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            if not schema["$ref"].startswith("#/"):
                return {}  # naar een ander bestand op het net: dat halen we niet op
            doel: Any = self.doc
            for deel in schema["$ref"].removeprefix("#/").split("/"):
                doel = doel[deel]
            schema = doel
        return schema

    def _vlak(self, schema: dict[str, Any], waarde: Any, gezien: tuple[str, ...] = ()) -> dict[str, Any]:
        """allOf en discriminator samengevoegd tot één schema met properties en required."""
        schema = self._volg(schema)
        uit = {k: v for k, v in schema.items() if k != "allOf"}
        uit["properties"] = dict(schema.get("properties", {}))
        uit["required"] = list(schema.get("required", ()))
        for deel in schema.get("allOf", ()):
            onder = self._vlak(deel, waarde, gezien)
            uit = {
                **onder,
                **uit,
                "properties": {**onder["properties"], **uit["properties"]},
                "required": [*onder["required"], *uit["required"]],
            }
        keuze = schema.get("discriminator", {})
        naam = waarde.get(keuze.get("propertyName")) if isinstance(waarde, dict) and keuze else None
        doel = keuze.get("mapping", {}).get(naam)
        if doel and doel not in gezien:
            onder = self._vlak({"$ref": doel}, waarde, (*gezien, doel))
            uit = {
                **uit,
                "properties": {**uit["properties"], **onder["properties"]},
                "required": [*uit["required"], *onder["required"]],
            }
        return uit

    def fouten(self, waarde: Any, schema: dict[str, Any], pad: str = "") -> list[str]:
        """Een regel per verschil tussen de waarde en het schema."""
        ruw = self._volg(schema)
        keuzes = [*ruw.get("oneOf", ()), *ruw.get("anyOf", ())]
        if waarde is None:
            nul = ruw.get("nullable") or any(
                self._volg(k).get("nullable") or self._volg(k).get("enum") == [None] for k in keuzes
            )
            return [] if nul or not ruw else [f"{pad}: null mag niet"]
        if keuzes and not ruw.get("discriminator"):
            basis = {k: v for k, v in ruw.items() if k not in ("oneOf", "anyOf")}
            if basis.get("properties") or basis.get("allOf"):
                samen = [{"allOf": [basis, keuze]} for keuze in keuzes]
            else:
                samen = keuzes
            return min((self.fouten(waarde, k, pad) for k in samen), key=len)
        vlak = self._vlak(schema, waarde)
        uit = self._fouten_van_soort(waarde, vlak, pad)
        if uit or not isinstance(waarde, dict | list):
            return uit
        if isinstance(waarde, list):
            return [
                f
                for i, deel in enumerate(waarde)
                for f in self.fouten(deel, vlak.get("items", {}), f"{pad}[{i}]")
            ]
        return self._fouten_van_object(waarde, vlak, pad)

    def _fouten_van_object(self, waarde: dict[str, Any], vlak: dict[str, Any], pad: str) -> list[str]:
        uit = [f"{pad}.{naam}: ontbreekt" for naam in vlak["required"] if naam not in waarde]
        vrij = vlak.get("additionalProperties") or not vlak["properties"]
        for naam, deel in waarde.items():
            if naam in vlak["properties"]:
                uit += self.fouten(deel, vlak["properties"][naam], f"{pad}.{naam}")
            elif not vrij:
                uit.append(f"{pad}.{naam}: staat niet in het schema")
        return uit

    @staticmethod
    def _fouten_van_soort(waarde: Any, vlak: dict[str, Any], pad: str) -> list[str]:
        soort = vlak.get("type") or ("object" if vlak["properties"] else "")
        if soort and (
            not isinstance(waarde, _SOORTEN[soort]) or (isinstance(waarde, bool) and soort != "boolean")
        ):
            return [f"{pad}: {type(waarde).__name__} waar {soort} hoort"]
        if "enum" in vlak and waarde not in vlak["enum"]:
            return [f"{pad}: {waarde!r} staat niet in de lijst"]
        if not isinstance(waarde, str):
            return []
        # Beide servers geven "" voor wat niet is ingevuld, ook waar hun schema een patroon noemt.
        if "pattern" in vlak and waarde and not re.search(vlak["pattern"], waarde):
            return [f"{pad}: {waarde!r} past niet op {vlak['pattern']}"]
        if len(waarde) > vlak.get("maxLength", len(waarde)):
            return [f"{pad}: langer dan {vlak['maxLength']}"]
        try:
            if vlak.get("format") == "date":
                date.fromisoformat(waarde)
            elif vlak.get("format") == "date-time":
                datetime.fromisoformat(waarde)
        except ValueError:
            return [f"{pad}: {waarde!r} is geen {vlak['format']}"]
        return []
