"""De samenstelling: gebouwd uit een profiel, licht om te laden, met dezelfde regels voor elke ingang."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from frontoffice.cli.klant import answer, load_klantbeeld
from frontoffice.cli.uitvoer import Uitvoer
from frontoffice.domain.fouten import Geweigerd, InvoerFout, Storing
from frontoffice.domain.klant import AdresSoort, Herkomst, PartijSleutel
from frontoffice.domain.klantbeeld import Geladen
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel import Profiel, Register
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.registratiepoort import WinkelFout
from frontoffice.samenstelling import Diensten, Registers, build
from tests.bouwers import (
    BSN,
    KAPVERGUNNING,
    KVK,
    PARKEERKAART,
    SLEUTEL,
    maak_adres,
    maak_bedrijf,
    maak_contact,
    maak_digitaal_adres,
    maak_naam,
    maak_partij,
    maak_persoon,
    maak_zaak,
)
from tests.nep import NepBedrijven, NepKlantinteracties, NepKlok, NepPersonen, NepZaken
from tests.test_profiel import DOELEN, MENSEN, centraal, demo

WORTEL = Path(__file__).parents[1]


class Wereld:
    """Nepregisters met één gewone inwoner, en de diensten eromheen."""

    def __init__(self, data_dir: Path, profiel: Profiel | None = None) -> None:
        contacten = [maak_contact(dag) for dag in range(3)]
        self.klantinteracties = NepKlantinteracties([maak_partij(contacten=contacten)], contacten)
        self.zaken = NepZaken([maak_zaak(KAPVERGUNNING), maak_zaak(PARKEERKAART)])
        self.personen = NepPersonen([maak_persoon()])
        self.bedrijven = NepBedrijven([maak_bedrijf()])
        self.data_dir = data_dir
        registers = Registers(self.klantinteracties, self.zaken, self.personen, self.bedrijven)
        self.diensten: Diensten = build(
            profiel or parse_profiel(demo()), data_dir=data_dir, registers=registers, klok=NepKlok()
        )

    def ask(self, vraag: str, *, als_json: bool = True) -> tuple[int, str]:
        """(uitgangscode, stdout) van `kif klant VRAAG`."""
        stdout = io.StringIO()
        uitvoer = Uitvoer(als_json=als_json, stdout=stdout, stderr=io.StringIO())
        return answer(vraag, self.diensten, uitvoer, self.data_dir), stdout.getvalue()

    def beeld(self, vraag: str = BSN) -> dict[str, Any]:
        gelezen = json.loads(self.ask(vraag)[1])
        assert isinstance(gelezen, dict)
        return gelezen


@pytest.fixture
def wereld(tmp_path: Path) -> Any:
    wereld = Wereld(tmp_path)
    yield wereld
    wereld.diensten.close()


LICHT = """
import sys
from pathlib import Path
import frontoffice.samenstelling as s
from frontoffice.profiel.lezen import parse_profiel
zwaar = {"requests", "urllib3", "msgspec", "keyring", "phonenumbers", "cryptography", "PySide6"}
zwaar |= {"frontoffice.demo"}
print(sorted(zwaar & set(sys.modules)))
tekst = Path(sys.argv[1]).read_text(encoding="utf-8")
diensten = s.build(parse_profiel(tekst))
print(sorted(zwaar & set(sys.modules)))
diensten.close()
"""


def test_laden_en_bouwen_haalt_niets_zwaars_binnen(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(demo())
    klaar = subprocess.run(
        [sys.executable, "-c", LICHT, str(tmp_path / "p.toml")],
        capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "PYTHONPATH": str(WORTEL)},
    )  # fmt: skip
    assert klaar.stdout.split() == ["[]", "[]"]


def test_een_opdracht_laadt_geen_qt() -> None:
    tekst = "import sys, ui.__main__ as m; m.main(['--version']); print('PySide6' in sys.modules)"
    klaar = subprocess.run(
        [sys.executable, "-c", tekst],
        capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "PYTHONPATH": str(WORTEL)},
    )  # fmt: skip
    assert klaar.stdout.split()[-1] == "False"


def test_bouwen_vraagt_niets_aan_een_register_of_sleutelbos(tmp_path: Path) -> None:
    diensten = build(parse_profiel(centraal("https://nergens.invalid")), data_dir=tmp_path)
    diensten.close()
    assert list(tmp_path.iterdir()) == []


def test_elke_inzage_staat_in_het_logboek_met_doel_en_medewerker(wereld: Wereld) -> None:
    wereld.ask(BSN)
    regels = wereld.diensten.logboek.regels
    handelingen = {regel.handeling for regel in regels}
    assert handelingen == {"klant_geopend"}
    assert all(
        regel.doel and regel.medewerker == "s.bos" and regel.organisatie == "Losser" for regel in regels
    )
    geopend = next(regel for regel in regels if regel.handeling == "klant_geopend")
    assert geopend.onderwerp == wereld.diensten.logboek.afdruk(SLEUTEL)
    assert BSN not in repr(regels)


def test_twintig_keer_openen_drie_keer_onthullen_en_vijf_zoekvragen_zijn_28_regels(wereld: Wereld) -> None:
    diensten = wereld.diensten
    for nummer in range(20):
        beeld = load_klantbeeld(diensten, SLEUTEL, Herkomst.BSN)
        assert isinstance(beeld.persoon, Geladen)
        if nummer < 3:
            diensten.klantbeeld.onthul(beeld, ("bsn", "adres", "telefoon")[nummer], "Klant vraagt erom")
    for tekst in ("1-12-1985 Jansen", "7581 ZZ 912", "06-12345678", "anna@voorbeeld.nl", "1-1-1990 Bos"):
        diensten.zoeken.zoek(diensten.zoeken.herken(tekst)[0], Stop())
    regels = diensten.logboek.regels
    assert Counter(regel.handeling for regel in regels) == {"klant_geopend": 20, "onthuld": 3, "gezocht": 5}
    assert len({regel.uuid for regel in regels}) == 28
    assert diensten.opslag.verify().regels == 28
    assert diensten.opslag.verify().zin == ""


def test_als_vastleggen_niet_lukt_gaat_er_niets_open(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("in de weg")
    wereld = Wereld(tmp_path / "bestand")
    with pytest.raises(WinkelFout, match="gaat nu niet open"):
        wereld.ask(BSN)
    assert wereld.personen.aanroepen == []
    wereld.diensten.close()


def test_een_zaak_die_deze_rol_niet_mag_zien_laat_geen_spoor_na(tmp_path: Path) -> None:
    rol = '[rollen.kcc]\nzaaktypen = ["PARKEER"]\nhoogste_vertrouwelijkheid = "zaakvertrouwelijk"\n'
    beperkt = Wereld(tmp_path, parse_profiel(demo(meer=rol)))
    uitgang, tekst = beperkt.ask(BSN)
    beeld = json.loads(tekst)
    assert uitgang == 0
    assert [zaak["zaaktype"] for zaak in beeld["zaken"]] == ["Parkeerkaart"]
    assert beeld["onderdelen"]["zaken"]["aantal"] == 1
    assert "Kapvergunning" not in json.dumps([beeld["tijdlijn"], beeld["aandacht"], beeld["zaken"]])
    kap = next(zaak for zaak in beperkt.zaken.zaken if zaak.zaaktype_uuid == KAPVERGUNNING.uuid)
    assert kap.identificatie not in tekst
    assert json.loads(beperkt.ask(kap.identificatie)[1])["kandidaten"] == []
    beperkt.diensten.close()


def test_aan_de_balie_zijn_geboortedatum_en_adres_dicht(tmp_path: Path) -> None:
    balie = Wereld(tmp_path, parse_profiel(demo(meer='[werkplek]\nsoort = "balie"')))
    klant = balie.beeld()["klant"]
    assert not {"geboortedatum", "leeftijd", "adres"} & set(klant)
    assert "1985" not in json.dumps(klant)
    balie.diensten.close()


def test_geheimhouding_haalt_adres_en_telefoon_overal_weg(wereld: Wereld) -> None:
    wereld.personen.personen = [maak_persoon(geheimhouding=True)]
    for contact in wereld.klantinteracties.contacten:
        geheim = replace(contact, inhoud="Woont op Brinkstraat 912, 7581 ZZ. Belt met 06-12345678.")
        wereld.klantinteracties.contacten[wereld.klantinteracties.contacten.index(contact)] = geheim
    _, tekst = wereld.ask(BSN)
    _, regels = wereld.ask(BSN, als_json=False)
    for uitvoer in (tekst, regels):
        assert not [deel for deel in ("Brinkstraat", "7581", "12345678", "anna@") if deel in uitvoer]
    assert json.loads(tekst)["klant"]["geheimhouding"] is True


def test_zonder_antwoord_van_de_brp_is_geheimhouding_onbekend_en_blijft_alles_dicht(wereld: Wereld) -> None:
    wereld.personen.fouten["load_persoon"] = Storing("De BRP werkt niet.", register="brp")
    uitgang, tekst = wereld.ask(BSN)
    assert uitgang == 3
    assert "geheimhouding" not in json.loads(tekst)["klant"]
    assert "12345678" not in tekst


def test_bij_de_schuilnaam_van_een_register_komen_stuurtekens_niet_door(wereld: Wereld) -> None:
    vals = "Jan\x1b[31m\u202egpj\r\nINFO login ok"
    wereld.personen.personen = [maak_persoon(naam=maak_naam(aanschrijfnaam=vals))]
    wereld.klantinteracties.contacten[0] = replace(
        wereld.klantinteracties.contacten[0], onderwerp=vals, inhoud=vals
    )
    _, regels = wereld.ask(BSN, als_json=False)
    assert regels.replace("\n", "").isprintable()
    assert "\nINFO" not in regels
    _, tekst = wereld.ask(BSN)
    assert tekst.replace("\n", "").isprintable()


def test_een_telefoontreffer_zonder_bsn_opent_via_zijn_partij_en_blijft_ongecontroleerd(
    wereld: Wereld,
) -> None:
    los = maak_partij(bsn=None, digitale_adressen=(maak_digitaal_adres("0534611234"),))
    wereld.klantinteracties.partijen.append(los)
    (kandidaat,) = wereld.beeld("053-4611234")["kandidaten"]
    assert kandidaat["sleutel"] == f"partij:{los.uuid}"
    klant = wereld.beeld(kandidaat["sleutel"])["klant"]
    assert klant["gecontroleerd"] is False
    assert klant["naam"] == "Anna J."
    assert wereld.personen.aanroepen == []


def test_namesakes_zijn_kandidaten_met_een_sleutel_die_de_juiste_opent(wereld: Wereld) -> None:
    ander = maak_persoon(
        "999990639",
        adres=maak_adres(regels=("Kerkstraat 3", "7581 AA LOSSER")),
        naam=maak_naam(voornamen="Bea"),
    )
    wereld.personen.personen.append(ander)
    kandidaten = wereld.beeld("1-12-1985 Jansen")["kandidaten"]
    assert {k["geboortedatum"] for k in kandidaten} == {"1985-12-01"}
    assert {k["bsn_gemaskeerd"][-3:] for k in kandidaten} == {"653", "639"}
    gekozen = next(k for k in kandidaten if k["bsn_gemaskeerd"].endswith("639"))
    assert wereld.beeld(gekozen["sleutel"])["klant"]["bsn_gemaskeerd"].endswith("639")


@pytest.mark.parametrize("vraag", ["123456789", "1-13-1985 Jansen", "7581 Z", "x"])
def test_wat_niet_kan_kloppen_geeft_een_zin_en_geen_verzoek(wereld: Wereld, vraag: str) -> None:
    with pytest.raises(InvoerFout):
        wereld.ask(vraag)
    assert not wereld.personen.aanroepen + wereld.klantinteracties.aanroepen + wereld.zaken.aanroepen


@pytest.mark.parametrize("invoer", [b"", b"  \n", b"een\ntwee\n", b"\xff\xfe", b"x" * 20_000])
def test_een_lege_vreemde_of_dubbele_invoer_geeft_een_zin(
    wereld: Wereld, invoer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(invoer)))
    with pytest.raises(InvoerFout):
        wereld.ask("-")


def test_niemand_gevonden_is_een_leeg_antwoord_met_uitleg(wereld: Wereld) -> None:
    uitgang, tekst = wereld.ask("2-2-1972 Pietersen")
    gelezen = json.loads(tekst)
    assert uitgang == 0
    assert gelezen["kandidaten"] == []
    assert gelezen["uitleg"]


def test_een_bedrijf_staat_er_met_zijn_kvk_nummer(wereld: Wereld) -> None:
    beeld = wereld.beeld(KVK)
    assert beeld["klant"]["kvk"] == KVK
    assert "bsn_gemaskeerd" not in beeld["klant"]


def test_een_register_dat_het_profiel_niet_heeft_wordt_nooit_gevraagd(tmp_path: Path) -> None:
    registers = "".join(
        f'[registers.{naam}]\nurl = "http://127.0.0.1:9/{naam}"\nlogin = "geen"\n'
        for naam in ("klantinteracties", "zaken", "catalogi", "documenten")
    )
    diensten = build(parse_profiel(MENSEN + registers), data_dir=tmp_path)
    for vraag in (
        lambda: diensten.registers.personen.load_persoon(Bsn(BSN), Aanroep.van(1)),
        lambda: diensten.registers.bedrijven.load_bedrijf(maak_bedrijf().kvk, None, Aanroep.van(1)),
    ):
        with pytest.raises(Geweigerd, match="niet aangesloten"):
            vraag()
    namen = {stand.naam for stand in diensten.check_registers(Stop())}
    assert namen == {"klantinteracties", "zaken", "catalogi", "documenten"}
    diensten.close()


def test_zonder_doel_wordt_de_brp_buiten_de_demonstratie_geweigerd(tmp_path: Path) -> None:
    zonder = replace(parse_profiel(centraal("http://127.0.0.1:9")), brp_doelen={})
    dicht = Wereld(tmp_path, zonder)
    with pytest.raises(Geweigerd, match=r"brp\.doelen"):
        dicht.diensten.registers.personen.load_persoon(Bsn(BSN), Aanroep.van(1))
    assert dicht.personen.aanroepen == []
    dicht.diensten.close()


def test_buiten_de_demonstratie_mag_alleen_een_sleutel_op_de_opdrachtregel(tmp_path: Path) -> None:
    echt = Wereld(tmp_path, parse_profiel(MENSEN + DOELEN + '[centraal]\nbasis = "https://losser.example"\n'))
    with pytest.raises(InvoerFout, match="kif klant -"):
        echt.ask(BSN)
    assert echt.personen.aanroepen == []
    echt.diensten.close()


def test_de_stand_van_elk_register_staat_op_vaste_volgorde(wereld: Wereld) -> None:
    wereld.personen.fouten["check"] = Storing("De BRP werkt niet.", register="brp")
    standen = wereld.diensten.check_registers(Stop())
    assert [stand.naam for stand in standen] == [register.value for register in Register]
    assert [stand.bereikbaar for stand in standen] == [True, True, True, True, False, True]


def test_meldingen_staan_eerlijk_als_niet_aangesloten(wereld: Wereld) -> None:
    assert any("niet aangesloten" in melding for melding in wereld.beeld()["meldingen"])


def test_wat_niet_van_toepassing_is_ontbreekt(wereld: Wereld) -> None:
    wereld.klantinteracties.partijen = [maak_partij(digitale_adressen=(), contacten=())]
    beeld = wereld.beeld()
    assert "contactgegevens" not in beeld["klant"]
    assert None not in beeld["klant"].values()
    assert all(None not in zaak.values() for zaak in beeld["zaken"])
    assert AdresSoort.TELEFOON.value not in json.dumps(beeld["klant"])


def test_een_partijsleutel_zonder_bsn_kan_ook_zonder_controle_geen_brp_vragen(wereld: Wereld) -> None:
    beeld = wereld.diensten.klantbeeld.begin(
        PartijSleutel("5f000000-0000-4000-8000-00000000000a"), Herkomst.TELEFOON
    )
    for verandering in wereld.diensten.klantbeeld.load(beeld, Stop()):
        beeld = verandering(beeld)
    assert beeld.persoon is None
    assert wereld.personen.aanroepen == []
