"""Antwoorden die van vorm veranderen: per register 2.000 varianten, en alleen dat onderdeel kan mislukken.

Extra velden en onbekende waarden worden getoond of genegeerd; wat ontbreekt of van soort verandert is
hoogstens een nette fout van dat onderdeel, nooit een programmeerfout.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from frontoffice.cli.document import klant_document
from frontoffice.demo.http import Antwoord, Verzoek
from frontoffice.demo.profieltekst import make_profiel
from frontoffice.demo.server import DemoServer
from frontoffice.demo.storing import Storing
from frontoffice.domain.fouten import KifFout, RegisterFout
from frontoffice.domain.klant import BedrijfSleutel, Herkomst, KlantSleutel, PersoonSleutel
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt, Wacht
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.weergave import maak_weergave
from frontoffice.domain.weergave_detail import maak_contactweergave, maak_dossierweergave
from frontoffice.ports import Aanroep, Stop
from frontoffice.samenstelling import Diensten
from tests.e2e.hulp import diensten, laad

VARIANTEN = 2_000
VARIANTEN_DETAIL = 500  # elk detail kost vier verzoeken
VREEMD: tuple[Any, ...] = (
    None,
    "",
    "onbekend_v9",
    "2026-13-45",
    "2026-11-22",
    "0000-00-00",
    0,
    -1,
    3.5,
    10**25,
    True,
    False,
    [],
    {},
    ["x"],
    {"a": 1},
    "x" * 5_000,
    "\u202e\x00",
    "http://127.0.0.2/elders",
    "P1Y",
    "-P5D",
    [None],
    [[]],
    [{}],
    {"results": None},
)


class Vormserver(DemoServer):
    """De demonstratie, maar antwoorden op `pad` van `register` gaan eerst door `verander`."""

    register = ""
    pad = ""
    zaad: int | None = None
    alleen_erbij = False

    def answer(self, verzoek: Verzoek) -> tuple[str, Antwoord, Storing]:
        register, antwoord, storing = super().answer(verzoek)
        raakt = self.zaad is not None and register == self.register and self.pad in verzoek.pad
        if raakt and antwoord.inhoud[:1] in (b"{", b"["):
            assert self.zaad is not None
            data = verander(
                json.loads(antwoord.inhoud), random.Random(self.zaad), alleen_erbij=self.alleen_erbij
            )
            antwoord = antwoord._replace(inhoud=json.dumps(data).encode())
        return register, antwoord, storing


def plekken(data: Any) -> Iterator[tuple[Any, Any]]:
    """Elke plek in een JSON-waarde als (houder, sleutel)."""
    paren = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for sleutel, waarde in paren:
        yield data, sleutel
        yield from plekken(waarde)


def verander(data: Any, rng: random.Random, *, alleen_erbij: bool) -> Any:
    """Een tot drie veranderingen: een veld erbij, weg, van soort of waarde veranderd, of een rij dubbel."""
    for _ in range(rng.randint(1, 3)):
        alle = list(plekken(data))
        if not alle:
            return data
        houder, sleutel = rng.choice(alle)
        soort = (
            "erbij" if alleen_erbij else rng.choice(("erbij", "weg", "anders", "anders", "anders", "dubbel"))
        )
        if soort == "erbij":
            objecten = [h for h, _ in alle if isinstance(h, dict)]
            rng.choice(objecten)[f"nieuwVeld{rng.randrange(99)}"] = deepcopy(rng.choice(VREEMD))
        elif soort == "weg":
            del houder[sleutel]
        elif soort == "dubbel" and isinstance(houder, list):
            houder.append(deepcopy(houder[sleutel]))
        else:
            houder[sleutel] = deepcopy(rng.choice(VREEMD))
    return data


@contextmanager
def proef(tmp_path: Path) -> Iterator[tuple[Vormserver, Diensten]]:
    with Vormserver() as server:
        server.wereld.warm_up()
        profiel = tmp_path / "profiel.toml"
        profiel.write_text(make_profiel(server.basis))
        with diensten(profiel, tmp_path / "werkplek") as gebouwd:
            yield server, gebouwd


def bekijk(beeld: Klantbeeld) -> None:
    """Alles wat met een klantbeeld kan worden getoond, moet ook kunnen."""
    json.dumps(klant_document(beeld, maak_weergave(beeld)))
    maak_weergave(beeld, "balie")


# Onderdeel dat opnieuw wordt geladen, en welk antwoord daarbij verandert.
EINDPUNTEN = [
    ("persoon", "brp", "/personen"),
    ("klant", "klantinteracties", "/partijen"),
    ("contacten", "klantinteracties", "/klantcontacten"),
    ("zaken", "zaken", "/zaken/_zoek"),
    ("bedrijf", "kvk", "/basisprofielen"),
]
OOK = {"klant": {"klant", "contacten"}, "contacten": {"contacten"}}


@pytest.mark.parametrize(("onderdeel", "register", "pad"), EINDPUNTEN)
def test_een_andere_vorm_raakt_alleen_dat_onderdeel(
    onderdeel: str, register: str, pad: str, tmp_path: Path
) -> None:
    uitslag = {"geladen": 0, "mislukt": 0}
    with proef(tmp_path) as (server, gebouwd):
        voorbeelden = server.wereld.voorbeelden()
        sleutel: KlantSleutel = PersoonSleutel(Bsn(voorbeelden["gewoon"]["bsn"]))
        if onderdeel == "bedrijf":
            sleutel = BedrijfSleutel(KvkNummer(voorbeelden["bedrijf"]["kvk"]))
        gaaf = laad(gebouwd, sleutel, Herkomst.SLEUTEL).beeld
        assert all(isinstance(deel, Geladen) for deel in gaaf.onderdelen.values())
        server.register, server.pad = register, pad

        @settings(
            max_examples=VARIANTEN,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(st.integers(0, 2**63))
        def een_variant(zaad: int) -> None:
            server.zaad = zaad
            beeld = gaaf
            for verandering in gebouwd.klantbeeld.retry(beeld, onderdeel, Stop()):
                beeld = verandering(beeld)
            for naam, deel in beeld.onderdelen.items():
                assert not isinstance(deel, Wacht)
                if naam not in OOK.get(onderdeel, {onderdeel}):
                    assert isinstance(deel, Geladen), naam
                elif isinstance(deel, Mislukt):
                    assert isinstance(deel.fout, RegisterFout), deel.fout
            uitslag["geladen" if isinstance(beeld.onderdelen[onderdeel], Geladen) else "mislukt"] += 1
            bekijk(beeld)

        een_variant()
    # De proef op de som: er zijn varianten die er niet toe doen, en varianten die wel iets breken.
    assert uitslag["geladen"] > VARIANTEN // 10, uitslag
    assert uitslag["mislukt"] > 0, uitslag


@pytest.mark.parametrize(("onderdeel", "register", "pad"), EINDPUNTEN)
def test_velden_die_erbij_komen_maken_niets_uit(
    onderdeel: str, register: str, pad: str, tmp_path: Path
) -> None:
    with proef(tmp_path) as (server, gebouwd):
        voorbeelden = server.wereld.voorbeelden()
        sleutel: KlantSleutel = PersoonSleutel(Bsn(voorbeelden["gewoon"]["bsn"]))
        if onderdeel == "bedrijf":
            sleutel = BedrijfSleutel(KvkNummer(voorbeelden["bedrijf"]["kvk"]))
        gaaf = laad(gebouwd, sleutel, Herkomst.SLEUTEL).beeld
        server.register, server.pad, server.alleen_erbij = register, pad, True
        for zaad in range(300):
            server.zaad = zaad
            beeld = gaaf
            for verandering in gebouwd.klantbeeld.retry(beeld, onderdeel, Stop()):
                beeld = verandering(beeld)
            deel = beeld.onderdelen[onderdeel]
            assert isinstance(deel, Geladen), (zaad, deel)
            oud = gaaf.onderdelen[onderdeel]
            assert isinstance(oud, Geladen)
            assert deel.waarde == oud.waarde, zaad


@pytest.mark.parametrize("pad", ["/zaaktypen", "/statustypen"])
def test_een_andere_vorm_van_de_catalogus_is_een_nette_fout(pad: str, tmp_path: Path) -> None:
    """De catalogus wordt onthouden; hier vraagt elke variant haar als een nieuwe werkplek."""
    mislukt = 0
    with Vormserver() as server:
        server.register, server.pad = "catalogi", pad
        profiel = tmp_path / "profiel.toml"
        profiel.write_text(make_profiel(server.basis))
        for zaad in range(VARIANTEN):
            server.zaad = zaad
            with diensten(profiel, tmp_path / str(zaad)) as gebouwd:
                try:
                    assert gebouwd.registers.zaken.load_catalogus(Aanroep.van(5)) is not None
                except KifFout as fout:
                    assert isinstance(fout, RegisterFout)
                    mislukt += 1
    assert 0 < mislukt < VARIANTEN


@pytest.mark.parametrize(
    ("register", "pad"),
    [
        ("zaken", "/statussen"),
        ("zaken", "/rollen"),
        ("zaken", "/zaakinformatieobjecten"),
        ("documenten", "/enkelvoudiginformatieobjecten"),
        ("klantinteracties", "/klantcontacten"),
    ],
)
def test_een_andere_vorm_van_een_detail_is_een_nette_fout(register: str, pad: str, tmp_path: Path) -> None:
    geraakt = 0
    with proef(tmp_path) as (server, gebouwd):
        beeld = laad(gebouwd, server.wereld.voorbeelden()["gewoon"]["bsn"]).beeld
        assert isinstance(beeld.zaken, Geladen)
        assert isinstance(beeld.contacten, Geladen)
        zaak = next(zaak for zaak in beeld.zaken.waarde.zaken if zaak.documenten)
        contact = next(contact for contact in beeld.contacten.waarde.rijen if contact.taken)
        server.register, server.pad = register, pad
        for zaad in range(VARIANTEN_DETAIL):
            server.zaad = zaad
            if pad == "/klantcontacten" and zaad % 2:
                try:
                    maak_contactweergave(beeld, gebouwd.klantbeeld.load_contact(beeld, contact.uuid, Stop()))
                except KifFout:
                    geraakt += 1
                continue
            dossier = gebouwd.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
            maak_dossierweergave(beeld, dossier)
            geraakt += bool(dossier.fouten)
            for _naam, fout in dossier.fouten:
                assert isinstance(fout, RegisterFout), fout
    if (register, pad) != ("zaken", "/rollen"):  # de rollen komen al met het eerste beeld mee
        assert geraakt > 0


@pytest.mark.parametrize(
    ("register", "pad", "vraag"),
    [
        ("klantinteracties", "/digitaleadressen", "telefoon"),
        ("klantinteracties", "/partijen", "telefoon"),
        ("brp", "/personen", "naam"),
        ("kvk", "/zoeken", "bedrijfsnaam"),
        ("zaken", "/zaken", "zaaknummer"),
    ],
)
def test_een_andere_vorm_bij_het_zoeken_is_een_nette_fout(
    register: str, pad: str, vraag: str, tmp_path: Path
) -> None:
    from tests.e2e.hulp import opdracht

    with proef(tmp_path) as (server, gebouwd):
        wereld = server.wereld
        gewoon = wereld.persoon_met_rol("gewoon")
        voorbeeld = wereld.voorbeelden()["gewoon"]
        geboren = gewoon.geboorte
        tekst = {
            "telefoon": voorbeeld["telefoon"],
            "naam": f"{geboren.dag}-{geboren.maand}-{geboren.jaar} {gewoon.achternaam}",
            "bedrijfsnaam": wereld.bedrijven[0].naam,
            "zaaknummer": voorbeeld["zaaknummer"],
        }[vraag]
        server.register, server.pad = register, pad
        (lezing, *_) = gebouwd.zoeken.herken(tekst)
        gelukt = 0
        for zaad in range(VARIANTEN):
            server.zaad = zaad
            try:
                resultaat = gebouwd.zoeken.zoek(lezing, Stop())
                gelukt += bool(resultaat.kandidaten)
            except KifFout as fout:
                assert isinstance(fout, RegisterFout), fout
        assert gelukt > VARIANTEN // 10
        server.zaad = 1
        assert opdracht(tekst, gebouwd).uitgang in (0, 1, 3)
