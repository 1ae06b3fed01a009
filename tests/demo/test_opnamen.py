"""De verzoeken uit opnamen van Open Klant 2.18 en Open Zaak 1.30, opnieuw gedaan aan de demoserver."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Zaak
from tests.demo.hulp import Beller, make_jwt
from tests.demo.vergelijk import verschillen

MAP = Path(__file__).resolve().parents[1] / "opnamen"
# Wat schrijft, hangt van elkaar af en staat in test_schrijven.
OPNAMEN = sorted(p for p in MAP.glob("*/*.json") if not p.parent.name.endswith("-schrijven"))
KOPPEN = ("API-version", "Content-Crs", "Vary", "WWW-Authenticate", "Allow")


def _zaak(w: Wereld, keus: Callable[[Zaak], bool]) -> Zaak:
    return next(z for z in reversed(w.zaken) if keus(z))


def _van_gewoon(beller: Beller) -> Zaak:
    """Een lopende zaak van de gewone beller, met behandelaar en documenten."""
    nummer = beller.persoon("gewoon").nummer
    return _zaak(
        beller.server.wereld,
        lambda z: (
            z.eind is None and bool(z.documenten) and len(z.rollen) > 1 and z.rollen[0].persoon == nummer
        ),
    )


def _plaatshouders(beller: Beller) -> dict[str, Callable[[], str]]:
    w = beller.server.wereld
    neven = next(b for b in w.bedrijven if b.nevenadres)
    met_rsin = next(b for b in w.bedrijven if b.rsin)
    basis = beller.server.basis

    def twee_rollen() -> str:
        contact = next(
            c
            for c in w.contacten
            if len(c.betrokkenen) == 2 and c.betrokkenen[0].partij == c.betrokkenen[1].partij
        )
        return w.partijen[contact.betrokkenen[0].partij].uuid

    def etag() -> str:
        return beller.zaak(f"/zaken/api/v1/zaken/{_van_gewoon(beller).uuid}").headers["ETag"]

    return {
        "token": lambda: "demo-klantinteracties",
        "kvk": lambda: w.bedrijven[0].kvk,
        "kvk:vestiging": lambda: neven.kvk,
        "kvk:rsin": lambda: met_rsin.kvk,
        "vestiging": lambda: neven.nevenvestiging,
        "email:gewoon": lambda: next(a.adres for a in w.partij_adressen if a.soort == "email"),
        "negen:gewoon": lambda: w.voorbeelden()["gewoon"]["telefoon"][-9:],
        "gedeeld": lambda: gedeeld_nummer(w),
        "achternaam": lambda: next(b.naam[3] for c in w.contacten for b in c.betrokkenen if b.naam[3]),
        "partij:contactpersoon": lambda: next(p.uuid for p in w.partijen if p.soort == "contactpersoon"),
        "partij:tweerollen": twee_rollen,
        "klantcontact:zaak": lambda: next(c.uuid for c in w.contacten if c.onderwerpen),
        "actor": lambda: next(
            w.actoren[t.actoren[0]].uuid for c in w.contacten for t in c.taken if not t.afgehandeld
        ),
        "url:zaaktype": lambda: f"{basis}/catalogi/api/v1/zaaktypen/{w.zaaktypen[1].uuid}",
        "zaaktype": lambda: w.zaaktypen[1].uuid,
        "url:zaak": lambda: f"{basis}/zaken/api/v1/zaken/{_van_gewoon(beller).uuid}",
        "zaak:gewoon": lambda: _van_gewoon(beller).uuid,
        "zaak:gesloten": lambda: _zaak(w, lambda z: z.resultaat is not None).uuid,
        "zaak:nietbeperkt": lambda: _zaak(w, lambda z: z.zaaktype.identificatie == "LOS-WMO").uuid,
        "zaaknummer": lambda: _van_gewoon(beller).identificatie,
        "document": lambda: _van_gewoon(beller).documenten[0].uuid,
        "status": lambda: _van_gewoon(beller).statussen[-1].uuid,
        "rol:vestiging": lambda: next(r.uuid for z in w.zaken for r in z.rollen if r.soort == "vestiging"),
        "etag": etag,
    }


def gedeeld_nummer(w: Wereld) -> str:
    """Een telefoonnummer dat bij twee partijen in dezelfde notatie staat."""
    gezien: dict[str, int] = {}
    for adres in w.partij_adressen:
        if adres.soort == "telefoonnummer" and gezien.setdefault(adres.adres, adres.partij) != adres.partij:
            return adres.adres
    raise AssertionError("geen gedeeld nummer in de wereld")


def _vul_in(waarde: Any, beller: Beller) -> Any:
    if isinstance(waarde, dict):
        return {k: _vul_in(v, beller) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [_vul_in(v, beller) for v in waarde]
    if not isinstance(waarde, str):
        return waarde

    def kies(gevonden: re.Match[str]) -> str:
        naam = gevonden[1]
        soort, _, rol = naam.partition(":")
        if soort == "jwt":
            return make_jwt(rol)
        if soort == "bsn":
            return beller.persoon(rol).bsn
        vast = _plaatshouders(beller).get(naam)
        return vast() if vast else beller.partij_uuid(rol)

    return re.sub(r"\{([a-z:-]+)\}", kies, waarde)


@pytest.mark.parametrize("bestand", OPNAMEN, ids=lambda p: p.stem)
def test_antwoordt_in_de_vorm_van_de_opname(bestand: Path, demo: Beller) -> None:
    opname = json.loads(bestand.read_text(encoding="utf-8"))
    vraag, verwacht = _vul_in(opname["request"], demo), opname["response"]
    antwoord = demo.vraag(
        vraag["method"], vraag["path"], params=vraag["query"], headers=vraag["headers"], json=vraag["body"]
    )
    assert antwoord.status_code == verwacht["status"], antwoord.text[:300]
    for kop in KOPPEN:
        if kop in verwacht["headers"]:
            assert antwoord.headers.get(kop) == verwacht["headers"][kop], kop
    assert ("ETag" in antwoord.headers) == ("ETag" in verwacht["headers"])
    soort = verwacht["headers"].get("Content-Type")
    if soort:
        assert antwoord.headers["Content-Type"] == soort
    if soort == "application/json":
        _check_inhoud(verwacht["body"], antwoord.json())


def _check_inhoud(verwacht: Any, gekregen: Any) -> None:
    assert verschillen(verwacht, gekregen) == []
    if isinstance(verwacht, dict) and "code" in verwacht and "status" in verwacht:
        # Een foutbericht is niet alleen van vorm hetzelfde: code en teksten zijn die van de echte server.
        for veld in ("code", "title", "detail"):
            assert gekregen[veld] == verwacht[veld]
        assert gekregen["type"].rsplit("/ref/")[1] == verwacht["type"].rsplit("/ref/")[1]
        assert gekregen.get("invalidParams") == verwacht.get("invalidParams") or "bsn" in str(gekregen)
    elif isinstance(verwacht, dict) and "results" in verwacht and verwacht["results"]:
        assert gekregen["results"], "de opname heeft rijen, de demo niet"


def test_er_zijn_opnamen_van_beide_servers() -> None:
    assert {p.parent.name for p in OPNAMEN} == {"openklant-2.18", "openzaak-1.30"}
    assert len(OPNAMEN) > 60


def test_de_vergelijking_ziet_een_ontbrekende_sleutel_en_een_ander_soort_waarde() -> None:
    assert verschillen({"a": 1, "b": "x"}, {"a": "1"}) == [".b: ontbreekt", ".a: str, opname getal"]
    assert verschillen({"_expand": {"x": []}}, {"_expand": {}}) == []
    assert verschillen([{"a": 1}], [{"a": 1, "z": 2}]) == ["[].z: niet in de opname"]
