"""Een account waarmee meer mensen werken: er gaat niets open tot iemand zich heeft aangemeld."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from frontoffice.cli.agenda import run_agenda
from frontoffice.cli.agendaopties import Agendavraag
from frontoffice.cli.contact import _Opdracht
from frontoffice.cli.contactopties import Contactvraag
from frontoffice.cli.klant import answer, load_klantbeeld
from frontoffice.cli.medewerker import run_medewerker
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import Uitvoer
from frontoffice.domain.concept import Afsluiting
from frontoffice.domain.fouten import Geannuleerd, Geweigerd
from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Stop
from frontoffice.profiel import mensenlezen
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import Diensten, Registers, build
from frontoffice.services import toegangscode
from tests.bouwers import BSN, maak_bedrijf, maak_partij, maak_persoon
from tests.nep import NepBedrijven, NepKlantinteracties, NepKlok, NepPersonen, NepZaken
from tests.nep_registratie import NepRegister
from tests.test_profiel import demo

MENSEN = """
[werkplek]
gedeelde_accounts = ["balie1"]
[[medewerkers]]
naam = "S. Bos"
identificatie = "s.bos"
[[medewerkers]]
naam = "F. de Wit"
identificatie = "f.dewit"
rol = "beperkt"
[rollen.kcc]
zaaktypen = ["*"]
hoogste_vertrouwelijkheid = "zaakvertrouwelijk"
[rollen.beperkt]
zaaktypen = ["PARKEER"]
hoogste_vertrouwelijkheid = "openbaar"
"""
SLEUTEL = PersoonSleutel(Bsn(BSN))
CODE = "paars fietswiel"


class Balie:
    """De echte samenstelling op nepregisters, op een account dat in het profiel gedeeld heet."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.register = data_dir, NepRegister()
        self.klantinteracties, self.personen = NepKlantinteracties(), NepPersonen()
        self.personen.personen.append(maak_persoon())
        self.klantinteracties.partijen.append(maak_partij())
        bedrijven = NepBedrijven()
        bedrijven.bedrijven.append(maak_bedrijf())
        registers = Registers(self.klantinteracties, NepZaken(), self.personen, bedrijven, self.register)
        self.klok = NepKlok()
        self.profiel = parse_profiel(demo(meer=MENSEN))
        self.diensten = build(self.profiel, data_dir=data_dir, registers=registers, klok=self.klok)

    def sign_in(self, wie: str) -> Diensten:
        aanmelden = self.diensten.aanmelden
        assert aanmelden is not None
        eerste = aanmelden.load_toegang(wie).is_eerste_keer
        (aanmelden.choose_code if eerste else aanmelden.sign_in)(wie, CODE)
        return self.diensten.voor(wie)

    def regels(self) -> list[tuple[str, str]]:
        return [(regel.handeling, regel.medewerker) for regel in self.diensten.opslag.logboek.regels]


@pytest.fixture
def balie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Balie]:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "balie1")
    monkeypatch.setattr(toegangscode, "_MACHT", 4)
    balie = Balie(tmp_path)
    yield balie
    balie.diensten.close()


def uitvoer() -> Uitvoer:
    return Uitvoer(als_json=True, stdout=io.StringIO(), stderr=io.StringIO())


def test_zonder_aanmelden_gaat_er_niets_open_en_wordt_er_niets_gevraagd(balie: Balie) -> None:
    diensten = balie.diensten
    vragen = [diensten.zoeken.herken(tekst)[0] for tekst in ("1-12-1985 Jansen", "06-12345678")]
    pogingen: list[Callable[[], Any]] = [
        lambda: load_klantbeeld(diensten, SLEUTEL, Herkomst.BSN),
        lambda: diensten.contacten,
        lambda: diensten.agenda,
        lambda: diensten.logboek.note("klant_geopend", "dienstverlening", SLEUTEL),
        *(lambda vraag=vraag: diensten.zoeken.zoek(vraag, Stop()) for vraag in vragen),
    ]  # fmt: skip
    for doe in pogingen:
        with pytest.raises(Geweigerd, match="Meld u eerst aan"):
            doe()
    assert balie.personen.aanroepen == balie.klantinteracties.aanroepen == []
    assert balie.regels() == []


@pytest.mark.parametrize("vraag", [BSN, "06-12345678", "Jansen 1-12-1985"])
def test_kif_klant_weigert_op_een_gedeeld_account(balie: Balie, vraag: str) -> None:
    with pytest.raises(Geweigerd, match="Open het venster en meld u daar aan"):
        answer(vraag, balie.diensten, uitvoer(), balie.data_dir)
    assert balie.personen.aanroepen == []


@pytest.mark.parametrize(
    "deel", ["contact add", "outbox list", "outbox retry", "outbox withdraw", "concepten list"]
)
def test_opdrachten_over_klanten_weigeren_op_een_gedeeld_account(balie: Balie, deel: str) -> None:
    with pytest.raises(Geweigerd, match="meld u daar aan"):
        _Opdracht(Contactvraag(deel), balie.diensten, uitvoer()).run()


@pytest.mark.parametrize("deel", ["day", "book", "cancel", "contact", "load", "import"])
def test_de_agenda_weigert_wat_op_naam_gaat(balie: Balie, tmp_path: Path, deel: str) -> None:
    pad = tmp_path / "profiel.toml"
    pad.write_text(demo(meer=MENSEN), encoding="utf-8")
    with pytest.raises(Geweigerd, match="meld u daar aan"):
        run_agenda(Agendavraag(deel), Opties("agenda", profiel=str(pad)), uitvoer(), tmp_path)


def test_een_beheerder_wist_een_vergeten_code(balie: Balie, tmp_path: Path) -> None:
    pad = tmp_path / "profiel.toml"
    pad.write_text(demo(meer=MENSEN), encoding="utf-8")
    balie.sign_in("s.bos")

    def run(opdracht: str, naam: str = "") -> Any:
        tekst = io.StringIO()
        naar = Uitvoer(als_json=True, stdout=tekst, stderr=io.StringIO())
        assert run_medewerker(Opties(opdracht, profiel=str(pad), naam=naam), naar, tmp_path) == 0
        return json.loads(tekst.getvalue())

    rijen = run("medewerker list")
    assert [(rij["identificatie"], rij["heeft_code"]) for rij in rijen] == [
        ("s.bos", True),
        ("f.dewit", False),
    ]
    assert run("medewerker forget", "s.bos")["gewist"]
    assert not run("medewerker forget", "s.bos")["gewist"]
    assert balie.diensten.aanmelden is not None
    assert balie.diensten.aanmelden.load_toegang("s.bos").is_eerste_keer
    assert balie.regels()[-1] == ("toegangscode_gewist", "s.bos")


def test_op_een_eigen_account_is_er_geen_code_te_wissen(
    balie: Balie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "s.bos")
    pad = tmp_path / "profiel.toml"
    pad.write_text(demo(meer=MENSEN), encoding="utf-8")
    with pytest.raises(Geweigerd, match="één persoon"):
        run_medewerker(Opties("medewerker forget", profiel=str(pad), naam="s.bos"), uitvoer(), tmp_path)


def test_na_het_aanmelden_staat_elke_regel_op_naam_van_wie_er_werkt(balie: Balie) -> None:
    bos = balie.sign_in("s.bos")
    load_klantbeeld(bos, SLEUTEL, Herkomst.BSN)
    wit = balie.sign_in("f.dewit")
    load_klantbeeld(wit, SLEUTEL, Herkomst.BSN)
    bos.logboek.note("brp_bevraagd", "een antwoord dat te laat kwam", SLEUTEL)
    assert balie.regels() == [
        ("toegangscode_gekozen", "s.bos"), ("aangemeld", "s.bos"), ("klant_geopend", "s.bos"),
        ("toegangscode_gekozen", "f.dewit"), ("aangemeld", "f.dewit"), ("klant_geopend", "f.dewit"),
        ("brp_bevraagd", "s.bos"),
    ]  # fmt: skip
    assert balie.diensten.opslag.verify().zin == ""


def test_ieder_werkt_met_zijn_eigen_rol_naam_en_recente_klanten(balie: Balie) -> None:
    bos, wit = balie.sign_in("s.bos"), balie.sign_in("f.dewit")
    bos.zoeken.note_recent(load_klantbeeld(bos, SLEUTEL, Herkomst.BSN))
    assert bos.zoeken.recent
    assert wit.zoeken.recent == ()
    assert bos.profiel.bevoegdheid.zaaktypen == {"*"}
    assert wit.profiel.bevoegdheid.zaaktypen == {"PARKEER"}
    assert wit.registreerinstellingen.medewerker_naam == "F. de Wit"


def test_een_contact_dat_loopt_is_alleen_van_zijn_eigenaar_en_komt_later_terug(balie: Balie) -> None:
    bos = balie.sign_in("s.bos")
    registreren = bos.contacten.registreren
    concept = replace(registreren.start(1), notitie="Belt over een kapvergunning.")
    registreren.save(concept)
    bos.close()
    wit = balie.sign_in("f.dewit")
    assert wit.contacten.registreren.load_concepten() == ()
    wit.close()
    balie.klok.zet_vooruit(days=2)
    assert balie.sign_in("s.bos").contacten.registreren.load_concepten() == (concept,)


def test_wat_klaarstaat_wordt_verstuurd_op_naam_van_zijn_eigenaar(balie: Balie) -> None:
    """Ook zonder dat er iemand is, en zonder dat de volgende het ziet."""
    bos = balie.sign_in("s.bos")
    registreren = bos.contacten.registreren
    concept = replace(registreren.start(1), notitie="Vraagt naar afval.", afsluiting=Afsluiting.BEANTWOORD)
    registreren.finish(concept, ongedaan_s=0)
    bos.close()
    wit = balie.sign_in("f.dewit")
    assert wit.contacten.load_verzendingen() == ()
    assert wit.contacten.count_wachtend() == (0, 0)
    wit.close()
    assert balie.diensten.onderhoud.verzenden.send(Stop()).verstuurd == 1
    [rij] = balie.diensten.onderhoud.winkel.load_verzendingen()
    assert (rij.toestand, rij.registratie.medewerker) == (Toestand.STAAT_IN_REGISTER, "s.bos")
    assert balie.sign_in("s.bos").contacten.load_verzendingen() == (rij,)


def test_wie_weggaat_kan_niets_meer_en_de_opslag_blijft_open(balie: Balie) -> None:
    bos = balie.sign_in("s.bos")
    bos.close()
    with pytest.raises(Geannuleerd):
        list(bos.klantbeeld.load(bos.klantbeeld.begin(SLEUTEL, Herkomst.BSN), Stop()))
    load_klantbeeld(balie.sign_in("f.dewit"), SLEUTEL, Herkomst.BSN)


def test_op_een_eigen_account_verandert_er_niets(balie: Balie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "s.bos")
    diensten = build(parse_profiel(demo(meer=MENSEN)), data_dir=balie.data_dir)
    assert diensten.aanmelden is None
    assert not diensten.op_gedeeld_account
    diensten.close()
