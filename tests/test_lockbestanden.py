"""De lockbestanden: precies, met controlegetallen, zonder adressen, en voor elke computer waarvoor KiF is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement

from frontoffice.versie import VERSIE
from tests.conftest import PROJECTMAP


def read_lock(naam: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Elke eis uit een lockbestand, met zijn controlegetallen."""
    tekst = (PROJECTMAP / naam).read_text(encoding="utf-8").replace("\\\n", " ")
    for regel in tekst.splitlines():
        if regel.strip() and not regel.strip().startswith("#"):
            eis, *hashes = regel.split("--hash=")
            yield Requirement(eis.strip()), [hash.strip() for hash in hashes]


LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("naam", LOCKS)
def test_lockbestanden_noemen_geen_adres_of_map(naam: str) -> None:
    tekst = (PROJECTMAP / naam).read_text(encoding="utf-8")
    assert "://" not in tekst
    assert "http" not in tekst
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)", tekst, re.MULTILINE)
    assert not re.search(r"\s/[a-z]", tekst)


@pytest.mark.parametrize("naam", LOCKS)
def test_elke_regel_heeft_een_precieze_versie_en_controlegetallen(naam: str) -> None:
    regels = list(read_lock(naam))
    assert len(regels) > 20
    for eis, hashes in regels:
        assert [vergelijking.operator for vergelijking in eis.specifier] == ["=="], eis
        assert hashes, eis
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", hash) for hash in hashes), eis


def test_de_lockbestanden_voldoen_aan_pyproject_en_aan_elkaar() -> None:
    opzet = tomllib.loads((PROJECTMAP / "pyproject.toml").read_text(encoding="utf-8"))
    gewoon, ontwikkel = ({eis.name: eis for eis, _ in read_lock(naam)} for naam in LOCKS)
    assert {naam: str(eis) for naam, eis in gewoon.items()}.items() <= {
        naam: str(eis) for naam, eis in ontwikkel.items()
    }.items()
    for vast, eisen in (
        (gewoon, opzet["project"]["dependencies"]),
        (ontwikkel, opzet["dependency-groups"]["dev"]),
    ):
        for eis in map(Requirement, eisen):
            (versie,) = (vergelijking.version for vergelijking in vast[eis.name].specifier)
            assert eis.specifier.contains(versie), eis


@pytest.mark.parametrize("naam", LOCKS)
def test_verboden_pakketten_komen_niet_mee(naam: str) -> None:
    """niquests vervangt stil urllib3, heel PySide6 is 670 MB, keyrings.alt bewaart geheimen leesbaar."""
    verboden = {"niquests", "urllib3-future", "pyside6", "pyside6-addons", "keyrings-alt"}
    assert not verboden & {eis.name for eis, _ in read_lock(naam)}


@pytest.mark.parametrize("naam", LOCKS)
@pytest.mark.parametrize(
    ("systeem", "python"), [(s, p) for s in ("linux", "win32") for p in ("3.11", "3.12", "3.13")]
)
def test_qt_komt_mee_op_elke_computer_waarvoor_het_programma_is(naam: str, systeem: str, python: str) -> None:
    omgeving = {
        "sys_platform": systeem,
        "python_version": python,
        "python_full_version": python + ".0",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    mee = {eis.name for eis, _ in read_lock(naam) if eis.marker is None or eis.marker.evaluate(omgeving)}
    assert {"pyside6-essentials", "shiboken6", "requests", "keyring", "msgspec", "cryptography"} <= mee
    assert ("pywin32-ctypes" in mee) == (systeem == "win32")
    assert ("secretstorage" in mee) == (systeem == "linux")


def test_de_versie_is_overal_dezelfde() -> None:
    opzet = tomllib.loads((PROJECTMAP / "pyproject.toml").read_text(encoding="utf-8"))
    assert opzet["project"]["version"] == VERSIE
