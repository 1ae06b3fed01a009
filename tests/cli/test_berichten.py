"""`kif berichten`: wat er met een afspraak gebeurt komt bij de aanbieder aan, of op de lijst om te bellen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal, Contactgegevens
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.cli import main
from frontoffice.demo.server import DemoServer
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import Diensten, build
from frontoffice.services.afspraakwaarden import Boekgegevens

KLANT = Contactgegevens("Ayşe Öztürk", "0612345678", "ayse@voorbeeld.example")


@pytest.fixture
def bij_notify(server: DemoServer) -> list[dict[str, Any]]:
    server.notify.berichten.clear()
    return server.notify.berichten


def kif(capsys: pytest.CaptureFixture[str], profiel: str, *woorden: str) -> tuple[int, Any]:
    capsys.readouterr()
    uitgang = main(["berichten", *woorden, "--json", "--profile", profiel])
    return uitgang, json.loads(capsys.readouterr().out)


def boek(diensten: Diensten, **anders: Any) -> Afspraak:
    agenda = diensten.agenda
    inrichting = agenda.vrij.load().inrichting
    wens = Wens((Wensregel(next(code for code in inrichting.product if "paspoort" in code)),))
    vandaag = agenda.vrij.vandaag()
    eerste = agenda.vrij.find_starts(wens, vandaag, vandaag.replace(year=vandaag.year + 1), maximum=1).eerste
    return agenda.afspraken.book(
        wens, eerste[0].begin, Boekgegevens(replace(KLANT, **anders)), verzoek_id=str(uuid4())
    )


def test_boeken_verzenden_en_volgen_van_begin_tot_eind(
    capsys: pytest.CaptureFixture[str], profiel: str, bij_notify: list[dict[str, Any]]
) -> None:
    diensten = build(load_profiel(Path(profiel)))
    try:
        eerste = boek(diensten, bevestiging=Bevestigkanaal.MAIL)
        boek(diensten, bevestiging=Bevestigkanaal.GEEN)
        weg = boek(diensten, bevestiging=Bevestigkanaal.MAIL, email="perm-fail@simulator.notify")
    finally:
        diensten.close()
    uitgang, lijst = kif(capsys, profiel, "list")
    assert uitgang == 0
    assert [(regel["toestand"], regel["kenmerk"]) for regel in lijst] == [
        ("staat_klaar", eerste.nummer),
        ("staat_klaar", weg.nummer),
    ]
    assert "Ayşe" not in json.dumps(lijst, ensure_ascii=False)
    assert kif(capsys, profiel, "send") == (0, {"wacht": 0, "onderweg": 2, "bellen": 0})
    assert [bericht["email_address"] for bericht in bij_notify] == [KLANT.email, "perm-fail@simulator.notify"]
    for bericht in bij_notify:
        bericht["_sinds"] -= 10
    assert kif(capsys, profiel, "send") == (3, {"wacht": 0, "onderweg": 0, "bellen": 1})
    assert len(bij_notify) == 2
    _, (bellen,) = kif(capsys, profiel, "list", "--bellen")
    assert (bellen["naam"], bellen["telefoon"]) == (KLANT.naam, "+31612345678")
    assert bellen["uitleg"].startswith("Het bericht kwam niet aan: het adres bestaat niet.")
    uitgang, klaar = kif(capsys, profiel, "gebeld", str(bellen["id"]))
    assert (uitgang, klaar["toestand"]) == (0, "gebeld")
    assert kif(capsys, profiel, "list", "--bellen") == (0, [])
    assert kif(capsys, profiel, "gebeld", str(bellen["id"]))[0] == 4


def test_zonder_berichten_in_het_profiel_wordt_verzenden_geweigerd_met_wat_wel_kan(
    capsys: pytest.CaptureFixture[str], profiel: str, tmp_path: Path
) -> None:
    kaal = tmp_path / "kaal.toml"
    tekst = Path(profiel).read_text(encoding="utf-8")
    voor, _, na = tekst.partition("[berichten]")
    kaal.write_text(voor + na[na.index("[[registratie.afdelingen]]") :], encoding="utf-8")
    uitgang, fout = kif(capsys, str(kaal), "send")
    assert (uitgang, fout["fout"]["code"]) == (4, "niet_aangesloten")
    diensten = build(load_profiel(kaal))
    try:
        boek(diensten, bevestiging=Bevestigkanaal.MAIL)
        assert diensten.berichten.dienst.load() == ()
    finally:
        diensten.close()


def test_herinneringen_zet_een_keer_klaar_voor_wie_binnen_een_dag_komt(
    capsys: pytest.CaptureFixture[str], profiel: str
) -> None:
    diensten = build(load_profiel(Path(profiel)))
    try:
        afspraak = boek(diensten, bevestiging=Bevestigkanaal.MAIL)
        opslag = diensten.agenda.opslag
        with opslag.lock({afspraak.datum}) as tx:
            eerder = replace(afspraak, gemaakt_op=afspraak.begin - timedelta(days=9))
            tx.update_afspraak(eerder, diensten.agenda.wie, "gewijzigd")
    finally:
        diensten.close()
    uitgang, gedaan = kif(capsys, profiel, "herinneringen")
    assert uitgang == 0
    assert set(gedaan) == {"klaargezet", "lease", "stil"}
    assert kif(capsys, profiel, "herinneringen")[1]["klaargezet"] == 0
    assert main(["berichten", "herinneringen", "--profile", profiel]) == 0


@pytest.mark.parametrize("woorden", [[], ["verwijder"], ["gebeld"], ["gebeld", "x"], ["send", "--bellen"]])
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet(
    capsys: pytest.CaptureFixture[str], woorden: list[str]
) -> None:
    assert main(["berichten", *woorden]) == 2
    assert "kif berichten list" in capsys.readouterr().err
