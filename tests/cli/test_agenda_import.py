"""`kif agenda import` als echt proces: een lijst van een andere agenda, met een document en nette zinnen."""

from __future__ import annotations

import subprocess
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from tests.cli.test_agenda import boek, bron, database, lees, morgen, om, opdracht

__all__ = ["bron", "database"]


def csv(pad: Path, *regels: str) -> str:
    pad.write_text("datum;begin;eind;balie\n" + "".join(f"{regel}\n" for regel in regels), encoding="utf-8")
    return str(pad)


def tijdstip(minuten: int) -> str:
    return (datetime.now().astimezone() + timedelta(minutes=minuten)).isoformat(timespec="seconds")


def inlezen(database: str, *woorden: str) -> subprocess.CompletedProcess[str]:
    return opdracht(database, "import", *woorden)


@pytest.mark.traag
def test_inlezen_bezet_vervangt_weigert_en_geeft_weer_vrij(database: str, tmp_path: Path) -> None:
    dag = morgen().isoformat()
    eigen = lees(boek(database, om(18)))
    lijst = csv(
        tmp_path / "web.csv", f"{dag};17:00;17:15;Balie 1", f"{dag};18:00;18:15;", f"{dag};21:00;21:15;"
    )
    klaar = inlezen(database, lijst, "--als-van", tijdstip(-30))
    assert klaar.returncode == 0, klaar.stderr
    verslag = lees(klaar)
    (avond,) = verslag["avonden"]
    assert avond == {
        "datum": dag, "eigenaar": "kif", "afspraken": 3, "nieuw": 3, "weg": 0, "zonder_balie": 1,
        "te_verzetten": [eigen["nummer"]], "terug": [],
    }  # fmt: skip
    assert verslag["gewijzigd"]
    assert [zin.partition(":")[0] for zin in verslag["opmerkingen"]] == ["Regel 4"]
    assert "Regel 4" in klaar.stderr

    dagbeeld = lees(opdracht(database, "day", dag))
    assert dagbeeld["eigenaar"] == "kif"
    assert [(a["begin"], a["balie"]) for a in dagbeeld["extern"]] == [
        (om(17), "B1"),
        (om(18), "B1"),
        (om(21), ""),
    ]
    assert [a["te_verzetten"] for a in dagbeeld["afspraken"]] == ["Een web-afspraak heeft nu deze plaats."]
    assert boek(database, om(17)).returncode == 4

    oud = inlezen(database, lijst, "--als-van", tijdstip(-60))
    assert oud.returncode == 4
    assert lees(oud)["fout"]["code"] == "ouder"
    af = opdracht(database, "cancel", dagbeeld["extern"][0]["id"])
    assert (af.returncode, lees(af)["fout"]["uitleg"]) == (
        4,
        "Deze afspraak staat in de web-agenda. Zeg hem daar af.",
    )

    leeg = csv(tmp_path / "leeg.csv")
    assert lees(inlezen(database, leeg, "--als-van", tijdstip(-20)))["fout"]["fouten"][0].startswith(
        "In het bestand staat geen enkele afspraak."
    )
    verslag = lees(inlezen(database, leeg, "--avond", dag, "--als-van", tijdstip(-20)))
    assert (verslag["avonden"][0]["weg"], verslag["avonden"][0]["terug"]) == (3, [eigen["nummer"]])
    assert lees(opdracht(database, "check")) == {"fouten": []}


@pytest.mark.traag
def test_een_avond_van_jcc_staat_dicht_met_de_reden(database: str, tmp_path: Path) -> None:
    dag = morgen().isoformat()
    lijst = csv(tmp_path / "jcc.csv", f"{dag};17:00;17:15;")
    assert inlezen(database, lijst, "--eigenaar", "JCC").returncode == 0
    weer = inlezen(database, lijst)
    assert lees(weer)["gewijzigd"] is False
    waarom = lees(opdracht(database, "slots", "--product", "paspoort", "--from", dag, "--to", dag, "--why"))
    assert {tuple(rij["redenen"]) for rij in waarom} == {("Deze avond wordt in JCC gepland.",)}
    assert lees(opdracht(database, "slots", "--product", "paspoort", "--from", dag, "--to", dag)) == []
    klaar = boek(database, om(18))
    assert klaar.returncode == 4
    assert lees(klaar)["fout"] == {"code": "andere_agenda", "uitleg": "Deze avond staat in JCC. Boek daar."}
    assert lees(opdracht(database, "day", dag))["eigenaar"] == "JCC"
    assert lees(opdracht(database, "check")) == {"fouten": []}
    assert inlezen(database, lijst, "--eigenaar", "KiF", "--request-id", str(uuid.uuid4())).returncode == 0
    assert boek(database, om(18)).returncode == 0


@pytest.mark.traag
def test_alle_fouten_van_een_lijst_komen_samen_en_er_verandert_niets(database: str, tmp_path: Path) -> None:
    dag = morgen().isoformat()
    lijst = csv(tmp_path / "web.csv", "31-2-2027;17:00;17:15;", f"{dag};17:00;17:15;", f"{dag};18:00;17:00;")
    klaar = inlezen(database, lijst)
    assert klaar.returncode == 2
    assert [zin.partition(":")[0] for zin in lees(klaar)["fout"]["fouten"]] == ["Regel 2", "Regel 4"]
    assert lees(opdracht(database, "day", dag))["extern"] == []
    leeg = tmp_path / "leeg.ics"
    leeg.write_bytes(b"")
    klaar = inlezen(database, str(leeg))
    assert (klaar.returncode, klaar.stderr) == (2, "Het bestand is leeg. Haal de lijst opnieuw op.\n")


@pytest.mark.traag
def test_een_vol_kanaal_zegt_dat_bij_boeken_en_bij_why_en_een_ander_kanaal_niet(
    database: str, tmp_path: Path, bron: Path
) -> None:
    tekst = bron.read_text(encoding="utf-8").replace(
        "voorbeeld = true\n", "voorbeeld = true\nkanaalmaximum = { telefoon = 1, balie = 2 }\n"
    )
    bron.write_text(tekst, encoding="utf-8")
    assert opdracht(database, "load", str(bron)).returncode == 0
    dag = morgen().isoformat()
    assert boek(database, om(17)).returncode == 0
    vol = boek(database, om(18))
    assert vol.returncode == 4
    assert lees(vol)["redenen"] == ["De plaatsen van deze avond voor telefoon zijn op."]
    vraag = ("slots", "--product", "paspoort", "--from", dag, "--to", dag)
    assert lees(opdracht(database, *vraag)) == []
    redenen = {r for rij in lees(opdracht(database, *vraag, "--why")) for r in rij["redenen"]}
    assert redenen == {"De plaatsen van deze avond voor telefoon zijn op."}
    assert len(lees(opdracht(database, *vraag, "--kanaal", "balie"))) == 11


@pytest.mark.parametrize(
    "woorden",
    [
        ("import",),
        ("import", "a.csv", "b.csv"),
        ("import", "a.csv", "--avond", "nu"),
        ("import", "a.csv", "--from", "2026-12-03"),
        ("import", "a.csv", "--avond", "2026-12-03", "--from", "2026-12-03", "--to", "2026-12-10"),
        ("import", "a.csv", "--als-van", "2026-12-03T17:00"),
        ("import", "a.csv", "--als-van", "gisteren"),
        ("import", "a.csv", "--product", "paspoort"),
    ],
)
def test_een_verkeerde_opdracht_zegt_hoe_het_wel_moet(woorden: tuple[str, ...]) -> None:
    with pytest.raises(InvoerFout) as fout:
        read_opties(["agenda", *woorden])
    assert fout.value.code == "gebruik"
