"""Catalogi 1.3: zaaktypen en statustypen, met een voorraad op schijf. Niets hierin gaat over een persoon.

De voorraad is per register en client, want rechten verschillen per client. Een gepubliceerd type verandert
niet: een dag oud mag, en lukt verversen niet, dan is een oudere voorraad beter dan geen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from frontoffice.central.antwoord import check_uuid, require_uuid
from frontoffice.central.bladzijden import Bladzij, load_all, to_pagina
from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.fouten import NietBevoegd, NietGevonden, RegisterFout
from frontoffice.domain.zaak import Catalogus, Statustype, Zaaktype
from frontoffice.jsonvorm import decode
from frontoffice.ports import Aanroep, Opslag, Pagina, RegisterStand

D = TypeVar("D")
R = TypeVar("R")
DAG = 24 * 3600.0
# Een zaaktype kost de server 20 ms: met bladzijden van honderd komt er binnen de tijd altijd iets binnen.
_ZAAKTYPEN_PER_PAGINA = 100
_STATUSTYPEN_PER_PAGINA = 500
_VERSIE = 1
# Met een oude voorraad houdt een register dat zwijgt de klant niet op tot de tijd om is, en niet elke keer.
_GEDULD = 2.5
_RUST = 300.0


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    pass


class _Zaaktype(_Vorm, frozen=True):
    url: str
    omschrijving: str
    identificatie: str = ""
    vertrouwelijkheidaanduiding: str = ""
    doorlooptijd: str | None = None


class _Statustype(_Vorm, frozen=True):
    url: str
    zaaktype: str
    omschrijving: str
    volgnummer: int
    statustekst: str = ""
    is_eindstatus: bool = False


class _Resultaattype(_Vorm, frozen=True):
    omschrijving: str = ""
    omschrijving_generiek: str = ""


class _Voorraad(msgspec.Struct, frozen=True):
    """Zoals het op schijf staat."""

    versie: int
    opgehaald: float
    zaaktypen: list[Zaaktype]
    statustypen: list[Statustype]


class CatalogusBron:
    """De catalogus achter port `Zaken`. `houdbaar` en wat `nu` geeft zijn seconden."""

    def __init__(
        self,
        verbinding: Verbinding,
        opslag: Opslag,
        houdbaar: float = DAG,
        nu: Callable[[], float] = time.time,
    ) -> None:
        self._verbinding = verbinding
        self._opslag = opslag
        self._houdbaar = houdbaar
        self._nu = nu
        register = verbinding.register
        self._sleutel = f"catalogus|{register.url}|{register.client_id}"
        self._bekend: Catalogus | None = None
        self._opgehaald = 0.0
        self._verouderd = False
        self._mislukt_om = float("-inf")
        self._gevraagd_naar: set[str] = set()
        self._half: dict[str, dict[int, Pagina[object]]] = {}
        self._resultaattypen: dict[str, str] = {}

    def load(self, aanroep: Aanroep) -> Catalogus:
        """Warm als het kan. Wat er van een afgebroken poging al binnen was, wordt niet opnieuw gevraagd."""
        if self._bekend is None:
            self._read_store()
        oud = self._bekend
        if oud is None:
            return self._refresh(aanroep)
        vers = not self._verouderd and 0 <= self._nu() - self._opgehaald < self._houdbaar
        if vers or 0 <= self._nu() - self._mislukt_om < _RUST:
            return oud
        einde = aanroep.einde
        aanroep.einde = min(einde, time.monotonic() + _GEDULD)
        try:
            return self._refresh(aanroep)
        except RegisterFout:
            self._mislukt_om = self._nu()
            return oud
        finally:
            aanroep.einde = einde

    def report_types(self, uuids: Iterable[str]) -> None:
        """Onbekende typen in een antwoord: dan is de voorraad te oud. Per type hoogstens één keer, want een
        type dat deze client niet mag zien blijft onbekend."""
        bekend = self._bekend
        if bekend is None:
            return
        nieuw = {u for u in uuids if u and u not in bekend.zaaktypen and u not in bekend.statustypen}
        nieuw -= self._gevraagd_naar
        if nieuw:
            self._gevraagd_naar |= nieuw
            self._verouderd = self._nu() - self._opgehaald > 1.0

    def load_resultaattype(self, uuid: str, aanroep: Aanroep) -> str:
        """De omschrijving; leeg als deze client het type niet mag zien."""
        if uuid not in self._resultaattypen:
            vraag = Vraag("GET", f"/resultaattypen/{check_uuid(uuid)}", herhaalbaar=True)
            try:
                tekst = self._verbinding.ask(
                    vraag, aanroep, _Resultaattype, lambda r: r.omschrijving or r.omschrijving_generiek
                )
            except (NietBevoegd, NietGevonden):
                tekst = ""
            self._resultaattypen[uuid] = tekst
        return self._resultaattypen[uuid]

    def check(self, aanroep: Aanroep) -> RegisterStand:
        vraag = Vraag("GET", "/zaaktypen", (("status", "definitief"), ("pageSize", "1")))
        return probe(self._verbinding, vraag, aanroep)

    def _refresh(self, aanroep: Aanroep) -> Catalogus:
        zaaktypen = self._load_list(
            "/zaaktypen", _ZAAKTYPEN_PER_PAGINA, Bladzij[_Zaaktype], _to_zaaktype, aanroep
        )
        statustypen = self._load_list(
            "/statustypen", _STATUSTYPEN_PER_PAGINA, Bladzij[_Statustype], _to_statustype, aanroep
        )
        self._half.clear()
        verse = self._set(zaaktypen, statustypen, self._nu())
        voorraad = _Voorraad(_VERSIE, self._opgehaald, list(zaaktypen), list(statustypen))
        self._opslag.set(self._sleutel, msgspec.json.encode(voorraad))
        return verse

    def _load_list(
        self,
        pad: str,
        per_pagina: int,
        vorm: type[Bladzij[R]],
        make: Callable[[R], D],
        aanroep: Aanroep,
    ) -> tuple[D, ...]:
        half: dict[int, Pagina[D]] = self._half.setdefault(pad, {})  # type: ignore[assignment]

        def load(pagina: int) -> Pagina[D]:
            if pagina not in half:
                query = (("status", "definitief"), ("pageSize", str(per_pagina)), ("page", str(pagina)))
                half[pagina] = self._verbinding.ask(
                    Vraag("GET", pad, query, herhaalbaar=True),
                    aanroep,
                    vorm,
                    lambda b: to_pagina(b, pagina, make, _key),
                )
            return half[pagina]

        return load_all(load, _key, self._verbinding.register, hoogste=40)

    def _read_store(self) -> None:
        ruw = self._opslag.get(self._sleutel)
        if ruw is None:
            return
        try:
            voorraad = decode(ruw, _Voorraad)
        except msgspec.DecodeError:
            return  # een kapotte voorraad is geen voorraad
        if voorraad.versie == _VERSIE:
            self._set(voorraad.zaaktypen, voorraad.statustypen, voorraad.opgehaald)

    def _set(
        self, zaaktypen: Iterable[Zaaktype], statustypen: Iterable[Statustype], opgehaald: float
    ) -> Catalogus:
        self._bekend = Catalogus({z.uuid: z for z in zaaktypen}, {s.uuid: s for s in statustypen})
        self._opgehaald = opgehaald
        self._verouderd = False
        return self._bekend


def _key(soort: object) -> str:
    return str(getattr(soort, "uuid", ""))


def _to_zaaktype(rij: _Zaaktype) -> Zaaktype:
    return Zaaktype(
        url=rij.url,
        uuid=require_uuid(rij.url),
        identificatie=rij.identificatie,
        omschrijving=rij.omschrijving,
        vertrouwelijkheid=rij.vertrouwelijkheidaanduiding,
        doorlooptijd=rij.doorlooptijd or "",
    )


def _to_statustype(rij: _Statustype) -> Statustype:
    return Statustype(
        url=rij.url,
        uuid=require_uuid(rij.url),
        zaaktype_uuid=require_uuid(rij.zaaktype),
        omschrijving=rij.omschrijving,
        statustekst=rij.statustekst,
        volgnummer=rij.volgnummer,
        is_eindstatus=rij.is_eindstatus,
    )
