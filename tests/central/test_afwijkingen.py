"""Het register verandert: extra velden en vreemde woorden deren niet, een veld dat moet kost één deel.

Elke test haalt één antwoord door de echte lezer, zonder server ertussen.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontoffice.central import bedrijven, catalogi, klantinteracties, personen, zaakvormen
from frontoffice.central.antwoord import Ondeugdelijk, parse
from frontoffice.central.bladzijden import Bladzij
from frontoffice.domain.zaak import Vertrouwelijkheid
from tests.central.proefserver import OPNAMEN, lijf

WAARDE = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda kind: st.lists(kind, max_size=2) | st.dictionaries(st.text(max_size=4), kind, max_size=2),
    max_leaves=4,
)
KVK = json.loads((OPNAMEN / "kvk-testomgeving.json").read_text(encoding="utf-8"))["interactions"]

# Vorm, een echt antwoord, en de velden die er per rij moeten zijn.
VORMEN: dict[str, tuple[type, Any, str]] = {
    "partijen": (
        Bladzij[klantinteracties.Partijrij],
        lijf("openklant-01-partij-search-bsn-expand-digitaleadressen"),
        "uuid",
    ),
    "contacten": (
        Bladzij[klantinteracties.Contactrij],
        lijf("openklant-16-klantcontacten-normal-page1-expand"),
        "uuid",
    ),
    "zaken": (Bladzij[zaakvormen.ZaakVorm], lijf("openzaak-zaken-zoek-bsn-open-expand"), "einddatum"),
    "rollen": (Bladzij[zaakvormen.RolVorm], lijf("openzaak-rollen-van-zaak"), "uuid"),
    "statussen": (Bladzij[zaakvormen.StatusVorm], lijf("openzaak-statussen-van-zaak"), "statustype"),
    "zaaktypen": (Bladzij[catalogi._Zaaktype], lijf("openzaak-catalogi-zaaktypen"), "omschrijving"),
    "statustypen": (
        Bladzij[catalogi._Statustype],
        lijf("openzaak-catalogi-statustypen-van-zaaktype"),
        "volgnummer",
    ),
}
ALLES: dict[str, tuple[type, Any]] = {
    **{naam: (vorm, antwoord) for naam, (vorm, antwoord, _) in VORMEN.items()},
    "personen": (
        personen._Personen,
        json.loads((OPNAMEN / "brp-testpersonen.json").read_text(encoding="utf-8")),
    ),
    "basisprofiel": (bedrijven._Basisprofiel, KVK[2]["body"]),
    "treffers": (bedrijven._Treffers, KVK[0]["body"]),
}


def read(vorm: type, antwoord: Any) -> Any:
    return parse(json.dumps(antwoord).encode(), vorm)


def objects(waarde: Any) -> Iterator[dict[str, Any]]:
    if isinstance(waarde, dict):
        yield waarde
        waarde = list(waarde.values())
    if isinstance(waarde, list):
        for kind in waarde:
            yield from objects(kind)


@pytest.mark.parametrize("naam", ALLES)
@given(data=st.data())
@settings(max_examples=15)
def test_extra_velden_veranderen_niets(naam: str, data: st.DataObject) -> None:
    vorm, antwoord = ALLES[naam]
    met_extra = copy.deepcopy(antwoord)
    for ding in data.draw(st.lists(st.sampled_from(list(objects(met_extra))), min_size=1, max_size=5)):
        ding["nieuwVeld" + data.draw(st.text("abc", max_size=3))] = data.draw(WAARDE)
    assert read(vorm, met_extra) == read(vorm, antwoord)


@pytest.mark.parametrize("naam", VORMEN)
def test_zonder_een_verplicht_veld_mislukt_het_deel_met_de_naam_van_het_veld(naam: str) -> None:
    vorm, antwoord, veld = VORMEN[naam]
    zonder = copy.deepcopy(antwoord)
    del zonder["results"][-1][veld]
    with pytest.raises(Ondeugdelijk, match=veld):
        read(vorm, zonder)


@pytest.mark.parametrize("naam", ALLES)
@given(data=st.data())
@settings(max_examples=40)
def test_elke_verminking_wordt_gelezen_of_is_een_nette_fout(naam: str, data: st.DataObject) -> None:
    vorm, antwoord = ALLES[naam]
    verminkt = copy.deepcopy(antwoord)
    ding = data.draw(st.sampled_from([d for d in objects(verminkt) if d]))
    sleutel = data.draw(st.sampled_from(sorted(ding)))
    if data.draw(st.booleans()):
        del ding[sleutel]
    else:
        ding[sleutel] = data.draw(WAARDE)
    try:
        gelezen = read(vorm, verminkt)
        for rij in getattr(gelezen, "results", ()):
            if isinstance(rij, zaakvormen.ZaakVorm):
                zaakvormen.to_zaak(rij, ("rollen",))
            elif isinstance(rij, klantinteracties.Contactrij):
                klantinteracties.to_contact(rij)
        for rij in getattr(gelezen, "personen", ()):
            personen._to_persoon(rij)
    except Ondeugdelijk:
        return


@pytest.mark.parametrize("antwoord", [{"results": None}, [], {}, "x", {"results": {"a": 1}}, None])
def test_een_lijst_die_geen_lijst_is_is_een_nette_fout(antwoord: Any) -> None:
    with pytest.raises(Ondeugdelijk):
        read(Bladzij[zaakvormen.ZaakVorm], antwoord)


def test_een_count_die_niet_klopt_deert_niet() -> None:
    antwoord = copy.deepcopy(VORMEN["zaken"][1]) | {"count": 99}
    assert len(read(Bladzij[zaakvormen.ZaakVorm], antwoord).results) == 3


@given(st.text(max_size=12))
def test_een_vreemd_woord_komt_door_zoals_het_is(woord: str) -> None:
    rij = copy.deepcopy(VORMEN["zaken"][1]["results"][0])
    rij["vertrouwelijkheidaanduiding"] = woord
    rij["_expand"]["rollen"][0]["omschrijvingGeneriek"] = woord
    rij["_expand"]["rollen"][0]["betrokkeneType"] = woord
    gelezen = zaakvormen.to_zaak(read(zaakvormen.ZaakVorm, rij), ("rollen",))
    assert gelezen.vertrouwelijkheid == woord
    assert (gelezen.rollen or ())[0].omschrijving_generiek == woord
    if woord not in Vertrouwelijkheid.__members__:
        assert Vertrouwelijkheid.lees(gelezen.vertrouwelijkheid) is Vertrouwelijkheid.zeer_geheim
