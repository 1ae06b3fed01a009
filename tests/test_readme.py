"""De README klopt: wat er staat, werkt, en wat er is, staat er."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from frontoffice.cli.opties import Opties, read_opties
from tests.conftest import PROJECTMAP
from tests.e2e.hulp import kif

README = (PROJECTMAP / "README.md").read_text(encoding="utf-8")
START = re.compile(r"^python3 start\.py(.*)$")


def blokken() -> list[str]:
    """De regels in de codeblokken."""
    return [
        regel
        for blok in re.findall(r"```\n(.*?)```", README, re.DOTALL)
        for regel in blok.splitlines()
        if regel
    ]


def tabel(kop: str) -> list[list[str]]:
    """De cellen van de tabel onder het kopje of met deze kop in de eerste rij."""
    regels = README.splitlines()
    begin = next(i for i, regel in enumerate(regels) if regel.startswith("|") and kop in regel)
    rijen = []
    for regel in regels[begin + 2 :]:
        if not regel.startswith("|"):
            break
        rijen.append([cel.strip() for cel in regel.strip("|").split("|")])
    return rijen


def commandos() -> list[str]:
    """Elk commando dat de README noemt: in blokken, in tabellen en tussen aanhalingstekens."""
    uit = blokken() + re.findall(r"`((?:python3 start\.py|kif)[^`]*)`", README)
    return sorted(set(uit))


# --- commando's --------------------------------------------------------------------------------------------


def kif_argumenten(commando: str) -> list[str] | None:
    """Wat het programma aan argumenten krijgt; None als de starter het zelf afhandelt."""
    kort = commando.split(">")[0].rsplit("|", 1)[-1].strip().replace(" …", "")
    if kort.startswith("kif"):
        return kort.split()[1:]
    passend = START.match(kort)
    if passend is None:
        return None
    woorden = passend.group(1).split()
    if not woorden or woorden[0].startswith("-"):
        return woorden
    return woorden[1:] if woorden[0] == "kif" else None


def test_de_readme_noemt_commandos() -> None:
    gevonden = commandos()
    assert "python3 start.py" in gevonden
    assert "python3 start.py test" in gevonden
    assert any(commando.startswith("kif klant") for commando in gevonden)
    assert len(gevonden) >= 15


@pytest.mark.parametrize("commando", commandos())
def test_elk_commando_uit_de_readme_wordt_begrepen(commando: str) -> None:
    argumenten = kif_argumenten(commando)
    if argumenten is None:
        woorden = commando.split()
        assert woorden[:2] == ["python3", "start.py"], commando
        assert woorden[2] in ("test", "lint", "meet"), commando
        assert set(woorden[3:]) <= {"--snel", "--lang"}, commando
        return
    opties = read_opties(argumenten)  # een InvoerFout laat de test falen
    assert isinstance(opties, Opties)
    assert opties.opdracht != "hulp"


def test_elke_opdracht_van_de_hulptekst_staat_in_de_readme() -> None:
    from frontoffice.cli.opties import OPDRACHTEN

    for opdracht in OPDRACHTEN:
        assert re.search(rf"`(?:python3 start\.py )?kif {opdracht}\b", README), opdracht


def test_de_starter_kent_elk_commando_uit_de_readme() -> None:
    hulp = subprocess.run(
        [sys.executable, str(PROJECTMAP / "start.py"), "--help"], capture_output=True, text=True, check=False
    )
    assert hulp.returncode == 0
    for woord in ("test", "lint", "meet", "--proef", "kif", "--snel", "--lang"):
        assert re.search(rf"(?<![\w-]){woord}(?!\w)", hulp.stderr), woord
        assert f"start.py {woord}" in README or woord in README, woord


def test_het_voorbeeldprofiel_uit_de_readme_wordt_goedgekeurd(tmp_path: Path) -> None:
    voorbeeld = kif("profiel", "voorbeeld")
    assert voorbeeld.uitgang == 0
    profiel = tmp_path / "losser.toml"
    profiel.write_text(voorbeeld.stdout, encoding="utf-8")
    check = kif("profiel", "check", str(profiel))
    assert check.uitgang == 0, check.stderr
    fout = tmp_path / "fout.toml"
    fout.write_text('[gemeente]\nnaam = 3\nonzin = "x"\n', encoding="utf-8")
    afloop = kif("profiel", "check", str(fout), "--json")
    assert afloop.uitgang == 2
    assert len(afloop.json["fout"]["fouten"]) >= 3, "alle fouten tegelijk"


def test_de_versie_uit_de_readme_is_die_van_het_pakket() -> None:
    versie = tomllib.loads((PROJECTMAP / "pyproject.toml").read_text())["project"]["version"]
    assert kif("--version").stdout.strip() == f"Klant in Focus {versie}"


def test_het_telefoonnummer_uit_de_readme_geeft_een_kandidaat() -> None:
    """Wie de README overtypt, ziet iemand."""
    regel = next(regel for regel in blokken() if " kif klant " in regel)
    argumenten = kif_argumenten(regel)
    assert argumenten
    afloop = kif(*argumenten)
    assert afloop.uitgang == 0
    assert afloop.json.get("kandidaten") or afloop.json.get("klant"), "het voorbeeld vindt niemand"


# --- tabellen ----------------------------------------------------------------------------------------------


def test_elke_map_uit_de_tabel_bestaat_en_elke_map_staat_erin() -> None:
    genoemd = {re.sub("`", "", rij[0]) for rij in tabel("| map |")}
    for pad in genoemd:
        assert (PROJECTMAP / pad).exists(), pad
    sporen = {Path(pad) for pad in gevolgd()}
    hoofdmappen = {pad.parts[0] for pad in sporen if len(pad.parts) > 1 and not pad.parts[0].startswith(".")}
    for map_ in hoofdmappen:
        assert any(pad == map_ or pad.startswith(f"{map_}/") for pad in genoemd), map_
    kern = {pad.parts[1] for pad in sporen if len(pad.parts) > 2 and pad.parts[0] == "frontoffice"}
    beschreven = {pad.split("/")[1] for pad in genoemd if pad.startswith("frontoffice/")}
    assert kern <= beschreven | {""}, f"in de tabel ontbreekt: {sorted(kern - beschreven)}"


def test_elk_pakket_staat_met_een_reden_in_de_tabel() -> None:
    project = tomllib.loads((PROJECTMAP / "pyproject.toml").read_text())
    nodig = {re.split(r"[<>=!~ ]", eis)[0].lower() for eis in project["project"]["dependencies"]}
    rijen = tabel("| pakket |")
    genoemd = {rij[0].split()[0].strip("`").lower() for rij in rijen}
    assert genoemd == nodig
    assert all(len(rij[1]) > 15 for rij in rijen), "elk pakket heeft een reden"
    los = README[README.index("Voor ontwikkelaars:") :]
    for eis in project["dependency-groups"]["dev"]:
        naam = re.split(r"[<>=!~ ]", eis)[0].lower()
        assert naam in los.lower() or naam.startswith("types-"), naam


def test_elke_verwijzing_in_de_readme_bestaat() -> None:
    for doel in re.findall(r"\]\(([^)#]+)\)", README):
        assert not doel.startswith("http"), doel
        assert (PROJECTMAP / doel).is_file(), doel


# --- wat er niet in hoort ----------------------------------------------------------------------------------


def gevolgd() -> list[str]:
    """De bestanden die in git staan of er bij een commit in zouden komen."""
    lijst = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECTMAP,
        capture_output=True,
        text=True,
        check=False,
    )
    if lijst.returncode:
        pytest.skip("dit is geen git-map")
    return [naam for naam in lijst.stdout.splitlines() if (PROJECTMAP / naam).is_file()]


# In stukken, zodat dit bestand zelf niets noemt.
VERBODEN = {
    "adres van een pakketbron": re.compile(
        r"https?://[^\s\"'>]*(?:py"
        + r"pi\.|python"
        + r"hosted|/sim"
        + r"ple/|arti"
        + r"factory|ne"
        + r"xus)",
        re.IGNORECASE,
    ),
    "pad van een computer": re.compile(
        r"(?<![\w.$~])/(?:ho" + r"me|ro" + r"ot|Us" + r"ers|wo" + r"rk|tmp/ki" + r"f)/\w"
    ),
    "sleutel": re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRI" + r"VATE KEY"),
}


def test_er_staat_geen_pakketbron_pad_of_sleutel_in_de_bestanden() -> None:
    gevonden = []
    for naam in gevolgd():
        inhoud = (PROJECTMAP / naam).read_bytes()
        if b"\0" in inhoud[:4096]:
            continue
        tekst = inhoud.decode("utf-8", "replace")
        for wat, patroon in VERBODEN.items():
            for treffer in patroon.finditer(tekst):
                gevonden.append(f"{naam}: {wat}: {treffer.group()[:60]}")
    assert not gevonden, "\n".join(gevonden)


def test_geen_bestand_is_onnodig_lang() -> None:
    """Boven 500 regels is er een tweede reden om te veranderen; tests en lockbestanden daargelaten."""
    lang = {
        naam: regels
        for naam in gevolgd()
        if naam.endswith(".py")
        and naam.startswith(("frontoffice/", "ui/"))
        and (regels := len((PROJECTMAP / naam).read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not lang
