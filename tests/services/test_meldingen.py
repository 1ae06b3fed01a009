"""Meldingen bij een klant, in het zoekveld, in de lijsten, en bij het maken van een nieuwe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontoffice.demo.server import DemoServer
from frontoffice.domain.contact import Klantcontact, Onderwerpobject
from frontoffice.domain.fouten import Geweigerd, NietGevonden
from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import AandachtSoort, Geladen, Klantbeeld
from frontoffice.domain.melding import Categorie, Meldingbron, Punt
from frontoffice.domain.meldingstand import Reden
from frontoffice.domain.tijdlijn import TijdlijnSoort
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import Diensten, build
from frontoffice.services.meldingen import Meldingdienst
from tests.proefprofiel import make_proefprofiel

VANDAAG = date(2026, 11, 20)


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(seed=1, vandaag=VANDAAG) as demo:
        yield demo


@pytest.fixture
def diensten(server: DemoServer, tmp_path: Path) -> Iterator[Diensten]:
    diensten = build(parse_profiel(make_proefprofiel(server.basis, VANDAAG)), data_dir=tmp_path)
    yield diensten
    diensten.close()
    for register in ("meldingen", "locaties", "klantinteracties"):
        server.storing(register)


@pytest.fixture
def dienst(diensten: Diensten) -> Meldingdienst:
    assert diensten.meldingen is not None
    return diensten.meldingen


def open_klant(diensten: Diensten, bsn: str) -> Klantbeeld:
    beeld = diensten.klantbeeld.begin(PersoonSleutel(Bsn(bsn)), Herkomst.BSN)
    for verandering in diensten.klantbeeld.load(beeld, Stop()):
        beeld = verandering(beeld)
    return beeld


def contact_over(
    nummer: int, om: datetime, *, gelukt: bool = True, register: str = "signalen"
) -> Klantcontact:
    wijst = Onderwerpobject("u", str(nummer), "melding", register, "meldingnummer")
    return Klantcontact("c", om, "telefoon", "", "", "", "nld", False, gelukt, onderwerpobjecten=(wijst,))


# --- bij een klant ---


def test_een_klant_ziet_zijn_meldingen_in_de_tijdlijn_en_wat_er_speelt(
    diensten: Diensten, server: DemoServer
) -> None:
    beeld = open_klant(diensten, server.wereld.persoon_met_rol("gewoon").bsn)
    assert isinstance(beeld.meldingen, Geladen)
    rijen = beeld.meldingen.waarde.rijen
    assert rijen
    assert all(rij.zin.startswith("mogelijk van deze klant: zelfde") for rij in rijen)
    items = [item for item in beeld.tijdlijn.items if item.soort is TijdlijnSoort.MELDING]
    assert {item.verwijzing for item in items} == {("melding", str(rij.melding.nummer)) for rij in rijen}
    laat = [rij for rij in rijen if rij.termijn.te_laat]
    assert laat
    punt = next(p for p in beeld.aandacht if p.soort is AandachtSoort.MELDING_TE_LAAT)
    assert "werkdagen te laat" in punt.tekst
    assert "Mogelijk van deze klant" in punt.tekst
    assert punt.actie == "open_melding"


def test_ligt_de_zoekindex_plat_dan_blijven_de_meldingen_op_email_staan(
    diensten: Diensten, server: DemoServer
) -> None:
    server.storing("meldingen", "index-weg")
    beeld = open_klant(diensten, server.wereld.persoon_met_rol("gewoon").bsn)
    assert isinstance(beeld.meldingen, Geladen)
    assert beeld.meldingen.waarde.rijen
    assert all(rij.redenen == (Reden.EMAIL,) for rij in beeld.meldingen.waarde.rijen)
    (stroom,) = beeld.tijdlijn.mislukt
    assert stroom.fout is not None
    assert "zoekindex" in stroom.fout.uitleg


def test_een_kapot_meldingensysteem_raakt_de_rest_van_het_beeld_niet(
    diensten: Diensten, server: DemoServer
) -> None:
    server.storing("meldingen", "fout:500")
    beeld = open_klant(diensten, server.wereld.persoon_met_rol("gewoon").bsn)
    mislukt = [naam for naam, deel in beeld.onderdelen.items() if not isinstance(deel, Geladen)]
    assert mislukt == ["meldingen"]
    assert beeld.is_compleet


def test_een_melding_uit_een_contact_is_bevestigd_en_zegt_wanneer_er_is_gesproken(
    dienst: Meldingdienst,
) -> None:
    melding = dienst.load_zonder_woord(Stop()).rijen[0].melding
    straks = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    vraag = Aanroep.van(5)
    (rij,) = dienst.find_van_klant((), (), [contact_over(melding.nummer, straks)], vraag).rijen
    assert rij.bevestigd
    assert rij.zin == ""
    assert not rij.melder.moet_bellen
    niet = contact_over(melding.nummer, straks, gelukt=False)
    (rij,) = dienst.find_van_klant((), (), [niet], vraag).rijen
    assert rij.bevestigd
    assert rij.melder.moet_bellen


def test_een_onderwerp_van_een_ander_systeem_is_geen_melding(dienst: Meldingdienst) -> None:
    vreemd = contact_over(1001, datetime(2026, 11, 20, tzinfo=UTC), register="openzaak")
    assert dienst.find_van_klant((), (), [vreemd], Aanroep.van(5)).rijen == ()


def test_een_opgeruimde_melding_houdt_de_rest_niet_tegen(dienst: Meldingdienst) -> None:
    om = datetime(2026, 11, 20, tzinfo=UTC)
    over = [contact_over(999_999, om), contact_over(1001, om)]
    assert [r.melding.nummer for r in dienst.find_van_klant((), (), over, Aanroep.van(5)).rijen] == [1001]


def test_onzin_in_het_klantregister_zoekt_niets(dienst: Meldingdienst, server: DemoServer) -> None:
    server.clear_log()
    assert dienst.find_van_klant(("112", "x"), ("geen adres",), [], Aanroep.van(5)).rijen == ()
    assert server.log == []


def test_wie_ermee_bezig_is_heeft_een_naam_en_geen_code(diensten: Diensten, server: DemoServer) -> None:
    beeld = open_klant(diensten, server.wereld.persoon_met_rol("gewoon").bsn)
    assert isinstance(beeld.meldingen, Geladen)
    namen = {rij.melding.wie for rij in beeld.meldingen.waarde.rijen}
    assert namen <= {"Openbare ruimte", "Afval", "Toezicht en handhaving", "Riool en water"}


# --- zoeken en lijsten ---


def test_een_meldingnummer_in_het_zoekveld_zegt_hoe_het_staat_en_wie_het_kan_zijn(diensten: Diensten) -> None:
    gevonden = diensten.zoeken.zoek(diensten.zoeken.herken("SIG-1003")[0], Stop())
    assert gevonden.melding is not None
    assert gevonden.uitleg.startswith("SIG-1003: ")
    assert [k.naam for k in gevonden.kandidaten] == ["Johanna B."]
    with pytest.raises(NietGevonden, match="Melding 999999 bestaat niet"):
        diensten.zoeken.zoek(diensten.zoeken.herken("SIG-999999")[0], Stop())


@pytest.mark.parametrize(
    "vraag", ["1003", "SIG-1003", "johanna.braak@post.example", "0530000101", "053 0000101"]
)
def test_zoeken_herkent_nummer_email_en_telefoon(dienst: Meldingdienst, vraag: str) -> None:
    assert 1003 in [melding.nummer for melding in dienst.zoek(vraag, Stop()).meldingen]


def test_zoeken_op_straat_en_anders_op_woorden(dienst: Meldingdienst) -> None:
    straat = dienst.zoek("brinkstraat", Stop()).meldingen
    assert straat
    assert all(m.plek and "Brinkstraat" in m.plek.omschrijving for m in straat)
    assert dienst.zoek("schommel", Stop()).meldingen


def test_de_lijst_van_late_meldingen_is_die_van_het_register(dienst: Meldingdienst) -> None:
    laat = dienst.load_te_laat(Stop())
    assert laat.totaal == len(laat.rijen)
    assert 28 <= laat.totaal <= 32
    assert all(rij.termijn.te_laat for rij in laat.rijen)
    veel = dienst.load_te_laat(Stop(), veel=True)
    assert 4 <= veel.totaal <= 8
    assert all(rij.termijn.zin.startswith("veel te laat") for rij in veel.rijen)


def test_zonder_woord_staat_alleen_wie_gebeld_moet_worden_langst_geleden_eerst(dienst: Meldingdienst) -> None:
    rijen = dienst.load_zonder_woord(Stop()).rijen
    assert rijen
    assert all(rij.melder.moet_bellen and not rij.melding.melder.is_anoniem for rij in rijen)
    tijden = [rij.melder.laatste_verandering for rij in rijen]
    assert tijden == sorted(tijden, key=str)


def test_een_melding_opent_met_geschiedenis_en_belofte(dienst: Meldingdienst, diensten: Diensten) -> None:
    beeld = dienst.load(1003, Stop())
    assert beeld.belofte.startswith("Wij")
    assert beeld.historie
    assert beeld.delen_mislukt == ()
    assert [regel.handeling for regel in diensten.logboek.regels][-1] == "melding_geopend"


# --- een nieuwe melding ---


def test_woorden_wijzen_de_soort_aan(dienst: Meldingdienst) -> None:
    for woorden, slug in [
        ("de lantaarnpaal doet het niet", "lantaarnpaal"),
        ("er ligt een stoeptegel los", "stoeptegel"),
        ("hondenpoep", "hondenpoep"),
        ("ratten bij de container", "ongedierte"),
    ]:
        assert slug in [soort.slug for soort in dienst.find_categorieen(woorden, Stop())[:2]]
    assert dienst.find_categorieen("qqqq", Stop()) == ()


def test_een_soort_is_ook_te_vinden_op_het_woord_dat_alleen_in_haar_adres_staat(
    dienst: Meldingdienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zo is het bij het echte Signalen: Straatverlichting, met lantaarnpaal-straatverlichting als adres."""
    lamp = Categorie("lantaarnpaal-straatverlichting", "Straatverlichting", "wegen", "Wegen", "/lamp", "")
    ander = Categorie("prullenbak-is-vol", "Container is vol", "afval", "Afval", "/vol", "")
    monkeypatch.setattr(dienst, "load_categorieen", lambda _: (ander, lamp))
    assert dienst.find_categorieen("de lantaarnpaal is stuk", Stop()) == (lamp,)


def test_de_soorten_komen_een_keer_per_dag(dienst: Meldingdienst, server: DemoServer) -> None:
    server.clear_log()
    eerste = dienst.load_categorieen(Stop())
    assert dienst.load_categorieen(Stop()) == eerste
    assert len(server.log) == 1
    dienst._klok = type("Morgen", (), {"vandaag": lambda _: date(2026, 11, 21)})()
    dienst.load_categorieen(Stop())
    assert len(server.log) == 2


def test_een_kapotte_voorraad_telt_als_leeg(dienst: Meldingdienst) -> None:
    for kapot in (b"{", b"[]", b'{"dag": "2026-11-20", "rijen": [{"x": 1}]}', b'{"dag": "2026-11-20"}'):
        dienst._onthouden = None
        dienst._opslag.set("meldingcategorieen", kapot)
        assert dienst.load_categorieen(Stop())


def test_de_bron_komt_uit_het_profiel_of_is_een_van_de_telefoon(dienst: Meldingdienst) -> None:
    bronnen = [
        Meldingbron("online"),
        Meldingbron("Balie"),
        Meldingbron("Telefoon – KCC"),
        Meldingbron("Telefoon oud", actief=False),
        Meldingbron("Automaat", te_kiezen=False),
    ]
    nep = type("Nep", (), {"load_bronnen": lambda _, aanroep: tuple(bronnen)})()
    dienst.register = nep
    dienst.instellingen = replace(dienst.instellingen, bron="")
    assert dienst.choose_bron(Aanroep.van(1)) == "Telefoon – KCC"
    dienst.instellingen = replace(dienst.instellingen, bron="balie")
    assert dienst.choose_bron(Aanroep.van(1)) == "Balie"
    dienst.instellingen = replace(dienst.instellingen, bron="Telefoon oud")
    with pytest.raises(Geweigerd):
        dienst.choose_bron(Aanroep.van(1))
    bronnen[:] = [Meldingbron("online")]
    dienst.instellingen = replace(dienst.instellingen, bron="")
    with pytest.raises(Geweigerd):
        dienst.choose_bron(Aanroep.van(1))


def test_dezelfde_melding_vlakbij_komt_eerst_in_beeld(dienst: Meldingdienst) -> None:
    beeld = dienst.load_te_laat(Stop()).rijen[-1]
    melding = beeld.melding
    assert melding.plek is not None
    assert melding.plek.punt is not None
    soort = next(s for s in dienst.load_categorieen(Stop()) if s.pad == melding.categoriepad)
    dubbel = dienst.find_dubbel(melding.plek.punt, soort, Stop())
    assert melding.nummer in [d.melding.nummer for d in dubbel]
    assert all(d.zin.startswith("Is al gemeld, ") and d.meters <= 50 for d in dubbel)
    assert dienst.find_dubbel(Punt(6.0, 52.0), soort, Stop()) == ()


def test_een_plek_op_adres_straat_of_bekend_punt(dienst: Meldingdienst) -> None:
    (adres,) = dienst.find_plekken("brinkstraat 12", Stop())
    assert (adres.straat, adres.huisnummer, adres.plaats) == ("Brinkstraat", "12", "Losser")
    assert dienst.find_plekken("lutterzand", Stop())[0].punt is not None
    assert dienst.find_plekken("bestaat niet", Stop()) == ()


# --- niet aangesloten ---


def test_zonder_meldingensysteem_zegt_het_programma_dat_en_vraagt_niets(
    server: DemoServer, tmp_path: Path
) -> None:
    profiel = replace(parse_profiel(make_proefprofiel(server.basis, VANDAAG)), meldingen=None)
    diensten = build(profiel, data_dir=tmp_path)
    assert diensten.meldingen is None
    assert diensten.meldingschrijver is None
    beeld = open_klant(diensten, server.wereld.persoon_met_rol("gewoon").bsn)
    assert beeld.meldingen is None
    stroom = beeld.tijdlijn.stroom("meldingen")
    assert stroom is not None
    assert not stroom.aangesloten
    uitleg = diensten.zoeken.zoek(diensten.zoeken.herken("SIG-1003")[0], Stop()).uitleg
    assert "nog niet aangesloten" in uitleg
    diensten.close()
