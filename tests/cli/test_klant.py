"""`kif klant` als echt proces: kandidaten en klantbeeld, en nooit meer dan mag."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from frontoffice.cli.document import klant_document, klant_regels
from frontoffice.demo.server import DemoServer
from frontoffice.domain.afspraak import AfspraakStand, KlantAfspraak
from frontoffice.domain.klant import AdresSoort, PersoonSleutel
from frontoffice.domain.klantbeeld import Zaken
from frontoffice.domain.waarden import Bsn
from frontoffice.domain.weergave import maak_weergave
from frontoffice.ports import Aanroep
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import build
from tests.bouwers import geladen, maak_beeld, maak_rol, maak_zaak
from tests.cli.hulp import DOELEN, document_van, kif


def test_een_bsn_geeft_het_hele_klantbeeld(profiel: str, voorbeelden: dict[str, dict[str, str]]) -> None:
    bsn = voorbeelden["gewoon"]["bsn"]
    klaar = kif("klant", bsn, "--json", "--profile", profiel)
    assert klaar.returncode == 0, klaar.stderr
    beeld = document_van(klaar)
    assert beeld["klant"]["gecontroleerd"] is True
    assert beeld["klant"]["bsn_gemaskeerd"].endswith(bsn[-3:])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", beeld["klant"]["geboortedatum"])
    assert {naam: deel["toestand"] for naam, deel in beeld["onderdelen"].items()} == dict.fromkeys(
        ("persoon", "klant", "contacten", "zaken", "catalogus", "afspraken", "meldingen"), "geladen"
    )
    assert beeld["afspraken"] == []
    assert len(beeld["zaken"]) == beeld["onderdelen"]["zaken"]["aantal"] > 0
    assert {"identificatie", "uuid", "zaaktype", "status", "behandelaar", "open"} <= set(beeld["zaken"][0])
    assert beeld["tijdlijn"]
    assert beeld["aandacht"]
    assert bsn not in klaar.stdout


def test_een_nieuw_proces_begint_warm_en_blijft_binnen_het_aantal_verzoeken(
    profiel: str, voorbeelden: dict[str, dict[str, str]]
) -> None:
    vragen = ("klant", voorbeelden["zwaar"]["bsn"], "--json", "--profile", profiel)
    alle = [document_van(kif(*vragen))["verzoeken"] for _ in range(2)]
    # Meldingen komen erna, los van de rest; hoeveel dat er mogen zijn staat in tests/e2e/test_verzoeken.
    koud, warm = ([v for v in verzoeken if v["register"] != "meldingen"] for verzoeken in alle)
    assert len(koud) <= 10
    assert max(verzoek["diepte"] for verzoek in koud) <= 3
    assert len(warm) <= 6
    assert max(verzoek["diepte"] for verzoek in warm) <= 2
    assert set(warm[0]) == {"register", "methode", "pad", "status", "ms", "diepte"}


def test_wie_niets_heeft_krijgt_geladen_met_aantal_nul(
    profiel: str, voorbeelden: dict[str, dict[str, str]]
) -> None:
    klaar = kif("klant", voorbeelden["geen"]["bsn"], "--json", "--profile", profiel)
    beeld = document_van(klaar)
    assert klaar.returncode == 0
    assert {naam: beeld["onderdelen"][naam]["aantal"] for naam in ("contacten", "zaken")} == {
        "contacten": 0,
        "zaken": 0,
    }


def test_een_bsn_dat_niemand_heeft_is_geladen_met_aantal_nul(profiel: str) -> None:
    klaar = kif("klant", "111222333", "--json", "--profile", profiel)
    assert klaar.returncode == 0, klaar.stdout
    assert document_van(klaar)["onderdelen"]["persoon"]["aantal"] == 0


def test_een_telefoontreffer_blijft_een_kandidaat_en_opent_ongecontroleerd(
    profiel: str, voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    server.clear_log()
    gevonden = kif("klant", voorbeelden["gewoon"]["telefoon"], "--json", "--profile", profiel)
    assert gevonden.returncode == 0
    (kandidaat,) = document_van(gevonden)["kandidaten"]
    assert set(kandidaat) == {"naam", "mogelijk", "sleutel"}
    assert not [regel for regel in server.log if regel.register == "brp"]
    geopend = kif("klant", kandidaat["sleutel"], "--json", "--profile", profiel)
    assert geopend.returncode == 0, geopend.stderr
    beeld = document_van(geopend)
    assert beeld["klant"]["gecontroleerd"] is False
    assert beeld["klant"]["naam"] == kandidaat["naam"]
    assert set(beeld["klant"]) == {"naam", "gecontroleerd", "herkomst", "geheimhouding", "uitleg"}
    assert not any(beeld[naam] for naam in ("zaken", "tijdlijn", "aandacht"))
    assert not any("aantal" in deel for deel in beeld["onderdelen"].values())
    assert voorbeelden["gewoon"]["bsn"] not in geopend.stdout + gevonden.stdout


def test_van_iemand_met_geheimhouding_staat_nergens_een_adres_of_nummer(
    profiel: str, voorbeelden: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    bsn = Bsn(voorbeelden["geheim"]["bsn"])
    diensten = build(load_profiel(Path(profiel)), data_dir=tmp_path)
    persoon = diensten.registers.personen.load_persoon(bsn, Aanroep.van(10))
    partijen = diensten.registers.klantinteracties.find_partijen(PersoonSleutel(bsn), Aanroep.van(10))
    diensten.close()
    assert persoon.geheimhouding
    assert persoon.adres is not None
    nummers = [a.adres for p in partijen for a in p.digitale_adressen if a.soort is AdresSoort.TELEFOON]
    assert nummers
    klaar = kif("klant", bsn.nummer, "--json", "--profile", profiel)
    tekst = json.dumps(document_van(klaar), ensure_ascii=False)
    cijfers = re.sub(r"\D", "", tekst)
    assert document_van(klaar)["klant"]["geheimhouding"] is True
    assert persoon.adres.postcode not in tekst.replace(" ", "")
    assert not [regel for regel in persoon.adres.regels if regel in tekst]
    assert not [nummer for nummer in nummers if re.sub(r"\D", "", nummer)[-9:] in cijfers]
    adres = kif(
        "klant", f"{persoon.adres.postcode} {persoon.adres.huisnummer}", "--json", "--profile", profiel
    )
    assert persoon.naam.geslachtsnaam not in adres.stdout


def test_een_bedrijf_opent_met_zijn_kvk_nummer(profiel: str, voorbeelden: dict[str, dict[str, str]]) -> None:
    kvk = voorbeelden["bedrijf"]["kvk"]
    klaar = kif("klant", kvk, "--json", "--profile", profiel)
    assert klaar.returncode == 0, klaar.stdout
    beeld = document_van(klaar)
    assert beeld["klant"]["kvk"] == kvk
    assert "persoon" not in beeld["onderdelen"]


def test_een_register_dat_faalt_geeft_drie_en_laat_de_rest_staan(
    profiel: str, voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    server.storing("zaken", "fout:500")
    klaar = kif("klant", voorbeelden["gewoon"]["bsn"], "--json", "--profile", profiel)
    beeld = document_van(klaar)
    assert klaar.returncode == 3
    assert beeld["onderdelen"]["zaken"]["toestand"] == "mislukt"
    assert set(beeld["onderdelen"]["zaken"]["fout"]) == {"code", "uitleg"}
    assert beeld["onderdelen"]["contacten"]["toestand"] == "geladen"
    assert beeld["zaken"] == []


def test_een_genegeerd_filter_toont_van_niemand_een_zaak(
    profiel: str, voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    server.storing("zaken", "filter-genegeerd")
    klaar = kif("klant", voorbeelden["gewoon"]["bsn"], "--json", "--profile", profiel)
    beeld = document_van(klaar)
    assert klaar.returncode == 3
    assert beeld["onderdelen"]["zaken"]["fout"]["code"] == "filter_genegeerd"
    assert beeld["zaken"] == []
    assert "aantal" not in beeld["onderdelen"]["zaken"]


def test_zonder_json_staat_het_klantbeeld_er_in_gewone_regels(
    profiel: str, voorbeelden: dict[str, dict[str, str]]
) -> None:
    klaar = kif("klant", voorbeelden["gewoon"]["bsn"], "--profile", profiel)
    assert klaar.returncode == 0
    assert "Open zaken (" in klaar.stdout
    assert "Tijdlijn (" in klaar.stdout
    assert voorbeelden["gewoon"]["bsn"] not in klaar.stdout


def test_buiten_de_demonstratie_gaat_een_vraag_alleen_via_de_invoer(
    echt: dict[str, str], voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    bsn = voorbeelden["gewoon"]["bsn"]
    server.clear_log()
    geweigerd = kif("klant", bsn, "--json", **echt)
    assert (geweigerd.returncode, server.log) == (2, [])
    assert "kif klant -" in document_van(geweigerd)["fout"]["uitleg"]
    assert bsn not in geweigerd.stdout + geweigerd.stderr
    goed = kif("klant", "-", "--json", invoer=f"{bsn}\n", **echt)
    assert goed.returncode == 0, goed.stdout
    assert document_van(goed)["klant"]["gecontroleerd"] is True


def test_een_sleutel_mag_buiten_de_demonstratie_op_de_opdrachtregel(
    echt: dict[str, str], voorbeelden: dict[str, dict[str, str]]
) -> None:
    gevonden = kif("klant", "-", "--json", invoer=voorbeelden["gewoon"]["telefoon"], **echt)
    (kandidaat,) = document_van(gevonden)["kandidaten"]
    geopend = document_van(kif("klant", kandidaat["sleutel"], "--json", **echt))
    assert geopend["klant"]["gecontroleerd"] is False


def test_een_uuid_van_een_partij_bewijst_niet_wie_er_spreekt(
    profiel: str, voorbeelden: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    diensten = build(load_profiel(Path(profiel)), data_dir=tmp_path)
    sleutel = PersoonSleutel(Bsn(voorbeelden["gewoon"]["bsn"]))
    partij = diensten.registers.klantinteracties.find_partijen(sleutel, Aanroep.van(10))[0]
    diensten.close()
    for vraag in (partij.uuid, f"partij:{partij.uuid}"):
        beeld = document_van(kif("klant", vraag, "--json", "--profile", profiel))
        assert beeld["klant"]["gecontroleerd"] is False


def test_wat_een_zaak_niet_heeft_staat_er_niet(tmp_path: Path) -> None:
    weergave = maak_weergave(
        maak_beeld(zaken=geladen(Zaken((maak_zaak(rollen=(maak_rol(),), status=None),))))
    )
    (zaak,) = klant_document(maak_beeld(), weergave)["zaken"]  # type: ignore[misc]  # een lijst van objecten
    assert {"behandelaar", "status"}.isdisjoint(zaak)


def test_een_profiel_dat_niet_deugt_geeft_twee(tmp_path: Path) -> None:
    pad = tmp_path / "fout.toml"
    pad.write_text("[gemeente]\nnaam = 5\n")
    klaar = kif("doctor", "--json", "--profile", str(pad))
    assert klaar.returncode == 2
    assert len(document_van(klaar)["fout"]["fouten"]) > 3


def test_zonder_doelen_gaat_er_buiten_de_demonstratie_niets_naar_de_brp(
    echt: dict[str, str], voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    pad = Path(echt["KIF_PROFILE"])
    pad.write_text(pad.read_text(encoding="utf-8").replace(DOELEN, ""), encoding="utf-8")
    server.clear_log()
    klaar = kif("klant", "-", "--json", invoer=voorbeelden["gewoon"]["bsn"], **echt)
    assert (klaar.returncode, server.log) == (2, [])
    assert "brp.doelen" in klaar.stderr


def test_een_geheimenbestand_dat_anderen_kunnen_lezen_wordt_geweigerd(
    echt: dict[str, str], voorbeelden: dict[str, dict[str, str]], server: DemoServer
) -> None:
    """Zonder sleutel van de werkplek is niet vast te leggen wie er kijkt, en dan wordt er niets gevraagd."""
    Path(echt["KIF_GEHEIMEN"]).chmod(0o644)
    server.clear_log()
    klaar = kif("klant", "-", "--json", invoer=voorbeelden["gewoon"]["bsn"], **echt)
    assert (klaar.returncode, server.log) == (1, [])
    assert document_van(klaar)["fout"]["code"] == "winkel_sleutel"
    assert "chmod 600" in klaar.stderr


def test_een_afspraak_staat_in_het_document_met_tijd_in_nederland_en_zonder_wie_er_komt() -> None:
    afspraak = KlantAfspraak(
        "a1", "2026-00041",
        datetime(2026, 12, 17, 16, 15, tzinfo=UTC), datetime(2026, 12, 17, 16, 40, tzinfo=UTC),
        "Paspoort aanvragen", AfspraakStand.KOMT, "komt nog", zeker=False, mag_wijzigen=True,
    )  # fmt: skip
    beeld = maak_beeld(afspraken=geladen((afspraak,)))
    weergave = maak_weergave(beeld)
    document = klant_document(beeld, weergave)
    assert document["afspraken"] == [
        {
            "nummer": "2026-00041",
            "begin": "2026-12-17T17:15:00+01:00",
            "eind": "2026-12-17T17:40:00+01:00",
            "producten": "Paspoort aanvragen",
            "toestand": "komt nog",
            "komt_nog": True,
            "mogelijk": True,
        }
    ]
    assert "onderdelen" in document
    regels = list(klant_regels(weergave))
    assert (
        "  Afspraak, mogelijk van deze klant: do 17 dec 17.15 uur - Paspoort aanvragen - 2026-00041" in regels
    )
