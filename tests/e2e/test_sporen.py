"""Na een dag werken staat nergens een spoor van een klant: niet in logs, bestanden of op stderr."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECTMAP
from tests.e2e.centrale import Centrale, omgeving
from tests.e2e.hulp import Afloop, diensten, kif
from tests.e2e.kanariedag import kanarie


def kanaries(centrale: Centrale) -> Iterator[re.Pattern[str]]:
    """Alles waaraan de gebruikte personen te herkennen zijn."""
    for rol in ("gewoon", "zwaar", "geen", "geheim", "naamgenoot1"):
        persoon: dict[str, Any] = centrale.persoon(rol)
        teksten = [persoon["bsn"], re.escape(persoon["achternaam"])]
        teksten += [rf"{re.escape(persoon['straat'])}\s*{persoon['huisnummer']}\b"]
        teksten += [rf"{persoon['postcode'][:4]}\s?{persoon['postcode'][4:]}\b"]
        for adres in persoon["digitaal"]:
            teksten.append(
                re.escape(adres) if "@" in adres else r"\D{0,3}".join(re.sub(r"\D", "", adres)[-8:])
            )
        yield from (re.compile(tekst, re.IGNORECASE) for tekst in teksten)


def check_schoon(centrale: Centrale, waar: str, tekst: str) -> None:
    for patroon in kanaries(centrale):
        gevonden = patroon.search(tekst)
        assert not gevonden, (
            f"{waar}: er staat een persoonsgegeven (patroon voor {len(patroon.pattern)} tekens)"
        )


@pytest.fixture
def dag(centrale: Centrale, profiel: Path) -> list[Afloop]:
    """Alles wat met een klant kan, goed en fout, op één werkplek."""
    gewoon, zwaar, geheim = (centrale.persoon(rol) for rol in ("gewoon", "zwaar", "geheim"))
    uit = [
        kif("klant", zwaar["bsn"], "--json", profiel=profiel),
        kif("klant", geheim["bsn"], profiel=profiel),
        kif("klant", centrale.voorbeelden["gewoon"]["telefoon"], "--json", profiel=profiel),
        kif("klant", f"{gewoon['geboren']} {gewoon['achternaam']}", "--json", profiel=profiel),
        kif("klant", f"{geheim['postcode']} {geheim['huisnummer']}", "--json", profiel=profiel),
        kif("klant", next(a for a in gewoon["digitaal"] if "@" in a), "--json", profiel=profiel),
        kif("klant", gewoon["bsn"][:-1] + str((int(gewoon["bsn"][-1]) + 1) % 10), profiel=profiel),
        kif("klant", gewoon["bsn"], "--onbekend", profiel=profiel),
        kif("klnat", gewoon["bsn"], profiel=profiel),
        kif("doctor", "--json", profiel=profiel),
    ]
    for register, storing in (
        ("klantinteracties", "fout:400"),
        ("brp", "html"),
        ("zaken", "filter-genegeerd"),
    ):
        centrale.storing(register, storing)
    uit.append(kif("klant", gewoon["bsn"], "--json", profiel=profiel))
    uit.append(kif("klant", centrale.voorbeelden["gewoon"]["telefoon"], "--json", profiel=profiel))
    return uit


@pytest.mark.traag
def test_na_een_dag_werken_staat_er_nergens_een_persoonsgegeven(
    dag: list[Afloop], centrale: Centrale, eigen_omgeving: Path
) -> None:
    assert [afloop.uitgang for afloop in dag] == [0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 3, 1], [
        a.uitgang for a in dag
    ]
    for plaats, afloop in enumerate(dag):
        check_schoon(centrale, f"stderr van opdracht {plaats}", afloop.stderr)
    for plaats in (0, 10):  # `verzoeken[].pad` noemt nooit een waarde
        paden = "\n".join(verzoek["pad"] for verzoek in dag[plaats].json["verzoeken"])
        assert paden
        check_schoon(centrale, "verzoeken", paden)
    bestanden = [bestand for bestand in eigen_omgeving.rglob("*") if bestand.is_file()]
    assert any("log" in bestand.name for bestand in bestanden), "er is wel een logbestand"
    for bestand in bestanden:
        check_schoon(centrale, bestand.name, str(bestand.name))
        check_schoon(centrale, bestand.name, bestand.read_bytes().decode("utf-8", "replace"))
        assert not bestand.stat().st_mode & 0o077, f"{bestand.name} is voor anderen te lezen"
    # De proef op de som: het log noemt wel dat er registers stoorden.
    log = "".join(b.read_text("utf-8", "replace") for b in bestanden if "log" in b.name)
    assert "klantinteracties" in log


@pytest.mark.traag
def test_vijftig_kanaries_door_twee_crashes_heen_laten_geen_leesbaar_spoor(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path, tmp_path: Path
) -> None:
    """Notities, namen en adressen staan alleen versleuteld op schijf, ook na een crash en een afkeuring."""
    tijdelijk = tmp_path / "tijdelijk"
    tijdelijk.mkdir()
    uitvoer = []
    for van, storing in ((0, "fout:400"), (25, "weiger")):
        centrale.storing("klantinteracties", storing)
        opdracht = [sys.executable, "-m", "tests.e2e.kanariedag", str(profiel), str(eigen_omgeving)]
        klaar = subprocess.run(
            [*opdracht, str(van), str(van + 25)],
            env=omgeving(TMPDIR=str(tijdelijk)),
            cwd=PROJECTMAP,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert klaar.returncode == 9, klaar.stderr
        uitvoer.append(klaar.stdout + klaar.stderr)
    kif("outbox", "list", "--json", profiel=profiel)
    plekken = {f"uitvoer {nummer}": tekst for nummer, tekst in enumerate(uitvoer)}
    for map_ in (eigen_omgeving, tijdelijk):
        for bestand in (pad for pad in map_.rglob("*") if pad.is_file()):
            plekken[bestand.name] = bestand.name + bestand.read_bytes().decode("utf-8", "replace")
    assert any(naam.startswith("werkplek") for naam in plekken), "er is wel een winkel"
    for nummer in range(50):
        assert not [naam for naam, tekst in plekken.items() if kanarie(nummer).lower() in tekst.lower()]
    with diensten(profiel, eigen_omgeving) as gebouwd:
        teruggevonden = gebouwd.contacten.winkel.load_concepten()
        rijen = gebouwd.contacten.winkel.load_verzendingen()
    assert len(teruggevonden) + len(rijen) == 50
