"""Het eerste beeld over echte HTTP tegen de ingebouwde centrale API: verzoeken tellen en niemand anders
zien."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.demo.server import DemoServer
from frontoffice.domain.klant import Controle, Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt, Wacht, waarde_van
from frontoffice.domain.tijdlijn import TijdlijnSoort
from frontoffice.domain.waarden import Bsn
from frontoffice.domain.weergave import maak_weergave
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Stop
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import Diensten, build
from tests.proefprofiel import make_proefprofiel
from tests.services.conftest import pas_toe


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(seed=1) as server:
        server.wereld.warm_up()
        yield server


@pytest.fixture
def diensten(server: DemoServer, tmp_path: Path) -> Iterator[Diensten]:
    """Een nieuwe werkplek met een koude catalogus."""
    pad = tmp_path / "profiel.toml"
    pad.write_text(make_proefprofiel(server.basis), encoding="utf-8")
    profiel = load_profiel(pad)
    # Zonder meldingen: daar wacht het eerste beeld niet op, en hier tellen de verzoeken van de registers.
    profiel = replace(profiel, meldingen=None, locaties=None)
    diensten = build(profiel, data_dir=tmp_path)
    yield diensten
    diensten.close()
    for register in ("klantinteracties", "zaken", "catalogi", "brp"):
        server.storing(register)


def open_klant(diensten: Diensten, sleutel: object, herkomst: Herkomst = Herkomst.BSN) -> Klantbeeld:
    assert isinstance(sleutel, PersoonSleutel)
    beeld = diensten.klantbeeld.begin(sleutel, herkomst)
    return pas_toe(beeld, diensten.klantbeeld.load(beeld, Stop()))


def maak_warm(diensten: Diensten, server: DemoServer) -> None:
    open_klant(diensten, sleutel_van(server, "geen"))
    server.clear_log()


def sleutel_van(server: DemoServer, rol: str) -> PersoonSleutel:
    return PersoonSleutel(Bsn(server.wereld.persoon_met_rol(rol).bsn))


def uitleg(beeld: Klantbeeld) -> dict[str, str]:
    return {naam: deel.fout.uitleg for naam, deel in beeld.onderdelen.items() if isinstance(deel, Mislukt)}


@pytest.mark.parametrize(
    "rol", ["geen", "gewoon", "zwaar", "zonderPartij", "tweePartijen", "geheim", "overleden"]
)
def test_met_een_warme_catalogus_zijn_het_hoogstens_zes_verzoeken_en_twee_diep(
    diensten: Diensten, server: DemoServer, rol: str
) -> None:
    maak_warm(diensten, server)
    beeld = open_klant(diensten, sleutel_van(server, rol))
    assert uitleg(beeld) == {}
    assert beeld.is_compleet
    assert len(server.log) == len(beeld.verzoeken) <= 6
    assert max(v.diepte for v in beeld.verzoeken) <= 2


@pytest.mark.parametrize("rol", ["geen", "gewoon", "zwaar"])
def test_met_een_koude_catalogus_zijn_het_hoogstens_tien_verzoeken_en_drie_diep(
    diensten: Diensten, server: DemoServer, rol: str
) -> None:
    server.clear_log()
    beeld = open_klant(diensten, sleutel_van(server, rol))
    assert uitleg(beeld) == {}
    assert len(server.log) == len(beeld.verzoeken) <= 10
    assert max(v.diepte for v in beeld.verzoeken) <= 3


@pytest.mark.parametrize("rol", ["gewoon", "zwaar"])
def test_via_de_telefoon_komen_er_twee_verzoeken_bij_en_geen_brp(
    diensten: Diensten, server: DemoServer, rol: str
) -> None:
    maak_warm(diensten, server)
    telefoon = server.wereld.voorbeelden()[rol]["telefoon"]
    resultaat = diensten.zoeken.zoek(diensten.zoeken.herken(telefoon)[0], Stop())
    assert [r.register for r in server.log] == ["klantinteracties"] * 2
    assert resultaat.direct is None
    (kandidaat,) = resultaat.kandidaten
    beeld = open_klant(diensten, kandidaat.sleutel, kandidaat.herkomst)
    assert len(server.log) <= 8
    assert not maak_weergave(beeld).zaken
    assert maak_weergave(diensten.klantbeeld.controleer(beeld, Controle.VRAGEN_BEANTWOORD)).zaken


def test_het_zware_beeld_heeft_de_nieuwste_contacten_en_de_dringendste_zaken(
    diensten: Diensten, server: DemoServer
) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "zwaar"))
    contacten, zaken = waarde_van(beeld.contacten), waarde_van(beeld.zaken)
    assert contacten is not None
    assert zaken is not None
    assert (len(contacten.rijen), contacten.totaal) == (25, 2000)
    assert len(zaken.zaken) == 20
    assert zaken.nog_na_te_kijken
    assert all(z.rollen and z.documenten is not None for z in zaken.zaken)
    assert sum(z.status is not None for z in zaken.zaken) > 10
    assert any(r.behandelaar != "Nog niemand" for r in maak_weergave(beeld).zaken)
    assert beeld.aandacht


def test_wie_niets_heeft_krijgt_nul_en_geen_fout(diensten: Diensten, server: DemoServer) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "geen"))
    contacten, zaken = waarde_van(beeld.contacten), waarde_van(beeld.zaken)
    assert contacten is not None
    assert zaken is not None
    assert (contacten.rijen, zaken.zaken) == ((), ())
    assert maak_weergave(beeld).zaken_samenvatting == "Geen open zaken"


def test_de_hele_tijdlijn_van_de_zwaarste_klant_is_door_te_bladeren(
    diensten: Diensten, server: DemoServer
) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "zwaar"))
    while beeld.tijdlijn.heeft_meer:
        for verandering in diensten.klantbeeld.load_meer_tijdlijn(beeld, Stop()):
            beeld = verandering(beeld)
            assert beeld.tijdlijn.items
    contacten = waarde_van(beeld.contacten)
    assert contacten is not None
    assert len(contacten.rijen) == 2000
    assert sum(i.soort is TijdlijnSoort.CONTACT for i in beeld.tijdlijn.items) == 2000


def test_alle_zaken_van_de_zwaarste_klant_komen_nagekeken_binnen(
    diensten: Diensten, server: DemoServer
) -> None:
    sleutel = sleutel_van(server, "zwaar")
    beeld = open_klant(diensten, sleutel)
    for _ in range(30):
        beeld = pas_toe(beeld, diensten.klantbeeld.load_meer_zaken(beeld, Stop()))
        beeld = pas_toe(beeld, diensten.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    weergave = maak_weergave(beeld)
    assert uitleg(beeld) == {}
    nummer = server.wereld.persoon_met_rol("zwaar").nummer
    hoogste = diensten.profiel.bevoegdheid.hoogste_vertrouwelijkheid
    van_haar = [
        z
        for z in server.wereld.zaken
        if any(r.soort == "natuurlijk_persoon" and r.persoon == nummer for r in z.rollen)
    ]
    mag = {z.uuid for z in van_haar if Vertrouwelijkheid.lees(z.vertrouwelijk) <= hoogste}
    assert len(van_haar) >= 300 > len(mag)
    assert {regel.uuid for regel in (*weergave.zaken, *(weergave.afgerond or ()))} == mag
    zaken = waarde_van(beeld.zaken)
    assert zaken is not None
    assert all(z.rollen_van(sleutel) for z in (*zaken.zaken, *(zaken.afgerond or ())))


def test_een_filter_dat_wordt_genegeerd_toont_niemand_anders(diensten: Diensten, server: DemoServer) -> None:
    for register, deel in (("zaken", "zaken"), ("klantinteracties", "contacten")):
        server.storing(register, "filter-genegeerd")
        beeld = open_klant(diensten, sleutel_van(server, "gewoon"))
        onderdeel = beeld.onderdelen[deel]
        assert isinstance(onderdeel, Mislukt)
        assert onderdeel.fout.code == "filter_genegeerd"
        soort = TijdlijnSoort.ZAAK if deel == "zaken" else TijdlijnSoort.CONTACT
        assert not any(i.soort is soort for i in beeld.tijdlijn.items)
        server.storing(register)


def test_een_register_dat_hangt_houdt_de_andere_niet_op(diensten: Diensten, server: DemoServer) -> None:
    maak_warm(diensten, server)
    server.storing("zaken", "hang")
    beeld = diensten.klantbeeld.begin(sleutel_van(server, "gewoon"), Herkomst.BSN)
    veranderingen = diensten.klantbeeld.load(beeld, Stop())
    for verandering in veranderingen:
        beeld = verandering(beeld)
        if {naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Wacht)} == {"zaken"}:
            break  # de anderen zijn er, terwijl dit register nog hangt
    veranderingen.close()  # type: ignore[attr-defined]  # een generator
    assert uitleg(beeld) == {}
    assert isinstance(beeld.zaken, Wacht)
    server.storing("zaken")
    beeld = pas_toe(beeld, diensten.klantbeeld.retry(beeld, "zaken", Stop()))
    assert isinstance(beeld.zaken, Geladen)


def test_een_zaak_openen_en_een_document_bewaren(
    diensten: Diensten, server: DemoServer, tmp_path: Path
) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "zwaar"))
    zaken = waarde_van(beeld.zaken)
    assert zaken is not None
    zaak = next(z for z in zaken.zaken if z.documenten)
    dossier = diensten.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
    assert dossier.fouten == ()
    assert dossier.stappen
    document = dossier.detail.documenten[0]
    map_ = tmp_path / "bewaard"
    map_.mkdir()
    gezien: list[int] = []
    bestand = diensten.klantbeeld.save_document(beeld, document, map_, lambda n, _: gezien.append(n), Stop())
    assert bestand.stat().st_size == gezien[-1] > 0
    assert [p.name for p in map_.iterdir()] == [bestand.name]


def test_een_contact_openen_geeft_de_betrokkenen(diensten: Diensten, server: DemoServer) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "gewoon"))
    contacten = waarde_van(beeld.contacten)
    assert contacten is not None
    contact = diensten.klantbeeld.load_contact(beeld, contacten.rijen[0].uuid, Stop())
    assert contact.betrokkenen


def test_bij_geheimhouding_staat_telefoon_en_adres_nergens_in_beeld(
    diensten: Diensten, server: DemoServer
) -> None:
    beeld = open_klant(diensten, sleutel_van(server, "geheim"))
    persoon, partijen = waarde_van(beeld.persoon), waarde_van(beeld.klant)
    assert persoon is not None
    assert persoon.adres is not None
    assert partijen
    tekst = repr(maak_weergave(beeld))
    assert persoon.adres.regels[0] not in tekst
    assert persoon.adres.postcode not in tekst.replace(" ", "")
    for adres in partijen[0].digitale_adressen:
        assert adres.adres not in tekst


def test_een_zaaknummer_en_een_adres_en_een_naam_vinden_de_klant(
    diensten: Diensten, server: DemoServer
) -> None:
    voorbeeld = server.wereld.voorbeelden()["gewoon"]
    zoek = diensten.zoeken
    direct = zoek.zoek(zoek.herken(voorbeeld["zaaknummer"])[0], Stop()).direct
    assert direct is not None
    assert direct.sleutel == sleutel_van(server, "gewoon")
    persoon = waarde_van(open_klant(diensten, direct.sleutel).persoon)
    assert persoon is not None
    assert persoon.adres is not None
    assert persoon.geboortedatum is not None
    adres = zoek.zoek(zoek.herken(f"{persoon.adres.postcode} {persoon.adres.huisnummer}")[0], Stop())
    assert direct.sleutel in [k.sleutel for k in adres.kandidaten]
    naam = f"{persoon.naam.voorvoegsel} {persoon.naam.geslachtsnaam} {persoon.geboortedatum.weergave}"
    op_naam = zoek.zoek(zoek.herken(naam)[0], Stop())
    assert direct.sleutel in [k.sleutel for k in op_naam.kandidaten]
    assert op_naam.kandidaten[0] == replace(op_naam.kandidaten[0], herkomst=Herkomst.NAAM)
