"""`kif agenda …` als echt proces, op de agenda van de demonstratie in een eigen map."""

from __future__ import annotations

import json
import subprocess
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from tests.cli.hulp import kif, kif_vers

AGENDA = """
[locatie]
naam = "Proefhuis"
stap = 15
vasthouden = 5
voorbeeld = true

[[regels]]
id = "elke-dag"
naam = "elke dag"
weekdagen = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
van = "17:00"
tot = "20:00"
geldig_van = 2020-01-01

[[balies]]
id = "B1"
naam = "Balie 1"

[[medewerkers]]
id = "m1"
naam = "Medewerker"
organisatie = "Losser"
bevoegdheden = ["reisdocument"]

[[producten]]
code = "paspoort"
naam = "Paspoort aanvragen"
minuten = 15
minuten_per_extra = 10
personen_max = 5
bevoegdheden = ["reisdocument"]

[[feestdagen]]
naam = "altijd open"
naam_van = "Eerste kerstdag"
beleid = "open"
"""


def morgen() -> date:
    """Ver genoeg vooruit om niet tegen de aanlooptijd te lopen, en geen feestdag."""
    dag = date.today() + timedelta(days=3)  # noqa: DTZ011 - de dag van de pc, zoals de demonstratie
    while (dag.month, dag.day) in ((12, 25), (12, 26), (1, 1), (4, 27)):
        dag += timedelta(days=1)
    return dag


def dienst(dag: date) -> str:
    return (
        f'[[diensten]]\ndatum = {dag.isoformat()}\nmedewerker = "m1"\nbalie = "B1"\n'
        'van = "17:00"\ntot = "20:00"\n'
    )


@pytest.fixture
def bron(tmp_path: Path) -> Path:
    pad = tmp_path / "agenda.toml"
    pad.write_text(AGENDA + dienst(morgen()), encoding="utf-8")
    return pad


@pytest.fixture
def database(tmp_path: Path, bron: Path) -> str:
    """Een agenda met één balie, ingelezen uit een bestand."""
    adres = f"sqlite:///{tmp_path / 'agenda.db'}"
    klaar = kif("agenda", "load", str(bron), "--database", adres, "--json")
    assert klaar.returncode == 0, klaar.stderr
    return adres


def lees(klaar: subprocess.CompletedProcess[str]) -> Any:
    assert klaar.stdout.count("\n") == 1, klaar.stdout + klaar.stderr
    return json.loads(klaar.stdout)


def opdracht(database: str, *woorden: str) -> subprocess.CompletedProcess[str]:
    return kif("agenda", *woorden, "--database", database, "--json")


@pytest.mark.parametrize(
    "woorden", [("check",), ("slots", "--product", "paspoort"), ("day", "2026-12-03")], ids=lambda w: w[0]
)
def test_in_een_nieuw_proces_laadt_elke_opdracht_wat_zij_nodig_heeft(
    database: str, woorden: tuple[str, ...]
) -> None:
    klaar = kif_vers("agenda", *woorden, "--database", database, "--json")
    assert klaar.returncode == 0, klaar.stderr
    assert klaar.stdout == opdracht(database, *woorden).stdout
    assert klaar.stderr == ""


def om(uur: int, minuut: int = 0) -> str:
    dag = morgen()
    moment = datetime(dag.year, dag.month, dag.day, uur, minuut)  # noqa: DTZ001 - de zone volgt
    from zoneinfo import ZoneInfo

    return moment.replace(tzinfo=ZoneInfo("Europe/Amsterdam")).isoformat()


def boek(database: str, begin: str, verzoek: str = "") -> subprocess.CompletedProcess[str]:
    return opdracht(
        database, "book", "--product", "paspoort", "--at", begin, "--naam", "A. Jansen",
        "--telefoon", "0612345678", "--request-id", verzoek or str(uuid.uuid4()),
    )  # fmt: skip


@pytest.mark.traag
def test_van_inlezen_tot_afzeggen(database: str) -> None:
    dag = morgen().isoformat()
    slots = lees(opdracht(database, "slots", "--product", "paspoort", "--from", dag, "--to", dag))
    assert len(slots) == 12
    assert slots[0] == {"datum": dag, "begin": om(17), "eind": om(17, 15), "balies": 1}

    verzoek = str(uuid.uuid4())
    klaar = boek(database, om(17), verzoek)
    afspraak = lees(klaar)
    assert klaar.returncode == 0
    assert afspraak | {"id": ""} == {
        "nummer": f"{date.today().year}-00001",  # noqa: DTZ011 - het jaar van de pc
        "code": afspraak["code"],
        "begin": om(17),
        "eind": om(17, 15),
        "balie": "B1",
        "id": "",
    }
    assert lees(boek(database, om(17), verzoek)) == afspraak
    anders = boek(database, om(17, 30), verzoek)
    assert (anders.returncode, lees(anders)["fout"]["code"]) == (4, "verzoek_anders")

    eeuwen = opdracht(database, "slots", "--product", "paspoort", "--from", dag, "--to", "2190-01-01")
    assert (eeuwen.returncode, lees(eeuwen)["fout"]["code"]) == (2, "invoer")
    assert "hoogstens een jaar" in eeuwen.stderr

    bezet = boek(database, om(17))
    assert bezet.returncode == 4
    antwoord = lees(bezet)
    assert antwoord["fout"] == "bezet"
    assert [start["begin"] for start in antwoord["alternatieven"]] == [om(17, 15), om(17, 30), om(17, 45)]

    houd = lees(opdracht(database, "hold", "--product", "paspoort:2", "--at", om(18)))
    assert (houd["begin"], houd["eind"], houd["seconden"]) == (om(18), om(18, 25), 300)
    bevestigd = lees(opdracht(database, "confirm", houd["id"], "--naam", "B. Bakker"))
    assert bevestigd["begin"] == om(18)

    verzet = lees(opdracht(database, "move", afspraak["nummer"], "--at", om(19)))
    assert verzet | {"begin": "", "eind": ""} == afspraak | {"begin": "", "eind": ""}
    assert verzet["begin"] == om(19)

    avond = lees(opdracht(database, "day", dag))
    velden = ("nummer", "begin", "balie", "toestand", "producten")
    assert [[a[veld] for veld in velden] for a in avond["afspraken"]] == [
        [bevestigd["nummer"], om(18), "B1", "bevestigd", ["paspoort"]],
        [afspraak["nummer"], om(19), "B1", "bevestigd", ["paspoort"]],
    ]  # fmt: skip

    weg = opdracht(database, "cancel", afspraak["code"], "--reden", "ziek")
    assert (weg.returncode, lees(weg)["toestand"]) == (0, "afgezegd")
    nogmaals = opdracht(database, "cancel", "--nummer", afspraak["nummer"])
    assert (nogmaals.returncode, lees(nogmaals)["fout"]["code"]) == (4, "al_afgezegd")
    assert len(lees(opdracht(database, "day", dag))["afspraken"]) == 1
    assert lees(opdracht(database, "check")) == {"fouten": []}


def test_met_why_zegt_elke_geweigerde_begintijd_waarom(database: str) -> None:
    lees(boek(database, om(17)))
    van, tot = morgen().isoformat(), (morgen() + timedelta(days=1)).isoformat()
    rijen = lees(opdracht(database, "slots", "--product", "paspoort", "--from", van, "--to", tot, "--why"))
    assert rijen[0]["begin"] == om(17)
    assert rijen[0]["redenen"] == ["Alle balies zijn dan bezet."]
    assert {rij["datum"] for rij in rijen} == {van, tot}
    assert any("rooster" in zin for rij in rijen if rij["datum"] == tot for zin in rij["redenen"])


def test_een_bestand_met_fouten_noemt_ze_allemaal_en_verandert_niets(database: str, bron: Path) -> None:
    kapot = bron.with_name("kapot.toml")
    kapot.write_text(
        AGENDA.replace("minuten = 15\n", "minuten = -15\n").replace('tot = "20:00"', 'tot = "16:00"')
        + dienst(morgen()).replace('"m1"', '"weg"'),
        encoding="utf-8",
    )
    klaar = opdracht(database, "load", str(kapot))
    assert klaar.returncode == 2
    fouten = lees(klaar)["fout"]["fouten"]
    assert len(fouten) >= 3
    assert all(zin.startswith("Regel") for zin in fouten)
    dag = morgen().isoformat()
    assert len(lees(opdracht(database, "slots", "--product", "paspoort", "--from", dag, "--to", dag))) == 12


def test_afspraken_uit_een_bestand_komen_erin_of_geen_ervan(database: str, bron: Path) -> None:
    regel = '[[afspraken]]\nbegin = {}\nproducten = ["paspoort"]\nnaam = "A. Uit Bestand"\n'
    goed = regel.format(f"{morgen().isoformat()}T17:00:00")
    bron.write_text(AGENDA + dienst(morgen()) + goed * 2, encoding="utf-8")
    klaar = opdracht(database, "load", str(bron))
    assert klaar.returncode == 2, "twee keer dezelfde plek past niet"
    assert lees(opdracht(database, "day", morgen().isoformat()))["afspraken"] == []
    bron.write_text(AGENDA + dienst(morgen()) + goed, encoding="utf-8")
    for aantal in (1, 0):
        assert lees(opdracht(database, "load", str(bron)))["afspraken"] == aantal
    assert len(lees(opdracht(database, "day", morgen().isoformat()))["afspraken"]) == 1


def test_de_naam_op_de_invoer_en_een_echt_profiel_zonder_gedeelde_agenda(
    database: str, echt: dict[str, str]
) -> None:
    klaar = kif(
        "agenda", "book", "--product", "paspoort", "--at", om(17), "--naam", "-", "--database", database,
        "--json", invoer="A. Jansen; 0612345678; a@voorbeeld.example\n",
    )  # fmt: skip
    assert klaar.returncode == 0, klaar.stderr
    uit = kif("agenda", "slots", "--product", "paspoort", "--json", **echt)
    assert (uit.returncode, lees(uit)["fout"]["code"]) == (4, "geen_gedeelde_agenda")
    open_ = kif(
        "agenda", "book", "--product", "paspoort", "--at", om(17), "--naam", "A. Jansen", "--json", **echt
    )
    assert (open_.returncode, lees(open_)["fout"]["code"]) == (2, "vraag_op_opdrachtregel")
    assert "Jansen" not in open_.stdout + open_.stderr


@pytest.mark.traag
def test_de_demonstratie_vult_zichzelf_en_een_avond_van_nu_is_bezig() -> None:
    vandaag = date.today()  # noqa: DTZ011 - de dag van de pc, zoals de demonstratie
    slots = lees(
        kif(
            "agenda",
            "slots",
            "--product",
            "paspoort",
            "--to",
            (vandaag + timedelta(days=14)).isoformat(),
            "--json",
        )
    )
    assert slots
    klaar = lees(kif("agenda", "seed-demo", "--avond", "nu", "--json"))
    assert klaar["avond"]
    avond = lees(kif("agenda", "day", klaar["avond"], "--json"))["afspraken"]
    assert len(avond) > 10
    assert {a["toestand"] for a in avond} >= {"bevestigd"}
    assert lees(kif("agenda", "seed-demo", "--json"))["afspraken"] == 0
    assert lees(kif("agenda", "check", "--json")) == {"fouten": []}


@pytest.mark.parametrize(
    "woorden",
    [
        "",
        "onzin",
        "slots",
        "slots --product",
        "slots --product paspoort:0",
        "slots --product paspoort:x",
        "slots --product paspoort --from gisteren",
        "slots --product paspoort --from 2026-12-02 --to 2026-12-01",
        "book --product paspoort --at 2026-12-03T17:00+01:00",
        "book --at 2026-12-03T17:00+01:00 --naam x",
        "book --product paspoort --at qqq --naam x",
        "hold --product paspoort",
        "hold --product paspoort --at 2026-12-03T17:00+01:00 --kanaal fax",
        "confirm --naam x",
        "move --at 2026-12-03T17:00+01:00",
        "cancel",
        "cancel a b",
        "day",
        "day 2026-02-30",
        "day 9999-12-31",
        "hold --product paspoort --at 0001-01-01T00:00+14:00",
        f"slots --product paspoort:{'9' * 5000}",
        "slots --product paspoort --from 2026-12-01 --to 9999-12-31",
        "load",
        "seed-demo --avond straks",
        "check x",
        "check --qqq",
    ],
)
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet_en_herhaalt_niets(woorden: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        read_opties(["agenda", *woorden.split()])
    assert gevangen.value.code == "gebruik"
    assert "kif agenda" in gevangen.value.uitleg
    assert "qqq" not in gevangen.value.uitleg


def test_een_moment_zonder_zone_wordt_geweigerd_met_een_voorbeeld() -> None:
    with pytest.raises(InvoerFout) as gevangen:
        read_opties(["agenda", "hold", "--product", "paspoort", "--at", "2026-12-03T17:00"])
    assert "+01:00" in gevangen.value.uitleg


def test_de_hulp_van_agenda_noemt_elke_opdracht() -> None:
    hulp = kif("agenda", "--help")
    assert hulp.returncode == 0
    for deel in ("seed-demo", "load", "slots", "book", "hold", "confirm", "move", "cancel", "day", "check"):
        assert f"kif agenda {deel}" in hulp.stdout


@pytest.mark.traag
def test_contactgegevens_wijzigen_en_weghalen(database: str) -> None:
    afspraak = lees(boek(database, om(17)))
    verzoek = ("--request-id", str(uuid.uuid4()))
    klaar = opdracht(
        database, "contact", afspraak["nummer"], "--email", "a@voorbeeld.example", "--bevestiging", "mail",
        "--brieftaal", "de", *verzoek,
    )  # fmt: skip
    assert klaar.returncode == 0, klaar.stderr
    assert lees(klaar) == afspraak, "nummer, code, tijd en balie blijven"
    assert "voorbeeld.example" not in klaar.stdout + klaar.stderr
    nog_eens = opdracht(
        database, "contact", afspraak["code"], "--email", "a@voorbeeld.example", "--bevestiging", "mail",
        "--brieftaal", "de", *verzoek,
    )  # fmt: skip
    assert lees(nog_eens) == afspraak, "hetzelfde verzoek, hetzelfde antwoord"
    weg = opdracht(database, "contact", afspraak["id"], "--email=", "--request-id", str(uuid.uuid4()))
    assert weg.returncode == 2, "per e-mail bevestigen kan niet zonder e-mailadres"
    assert lees(weg)["fout"]["code"] == "bevestiging"
    leeg = opdracht(database, "contact", afspraak["id"], "--request-id", str(uuid.uuid4()))
    assert leeg.returncode == 2, "zonder iets om te wijzigen"
    onbekend = opdracht(database, "contact", "2020-00001", "--naam", "B", "--request-id", str(uuid.uuid4()))
    assert onbekend.returncode == 2


def test_het_antwoord_op_contact_wijzigen_zet_alleen_wat_is_gegeven() -> None:
    from frontoffice.agenda.afspraak import Contactgegevens
    from frontoffice.cli.agendaklant import read_contact

    vraag = read_opties(["agenda", "contact", "2026-00001", "--telefoon=", "--brieftaal", "en"]).agenda
    assert vraag is not None
    wijziging = read_contact(vraag, demo=True)
    assert wijziging is not None
    oud = Contactgegevens("A. Jansen", "0612345678", "a@voorbeeld.example")
    assert wijziging.apply(oud) == Contactgegevens("A. Jansen", "", "a@voorbeeld.example", brieftaal="en")


def test_buiten_de_demonstratie_staan_ook_gewijzigde_gegevens_niet_op_de_opdrachtregel() -> None:
    from frontoffice.cli.agendaklant import read_contact

    vraag = read_opties(["agenda", "contact", "2026-00001", "--email", "a@voorbeeld.example"]).agenda
    assert vraag is not None
    with pytest.raises(InvoerFout) as fout:
        read_contact(vraag, demo=False)
    assert fout.value.code == "vraag_op_opdrachtregel"
