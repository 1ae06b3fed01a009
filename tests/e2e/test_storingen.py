"""Eén register doet het niet: de rest wacht daar niet op, wat ontbreekt zegt waarom, en niets lijkt leeg.

Hoe snel, en met elke storing in het venster: tests/volhouden.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from frontoffice.domain.klant import BedrijfSleutel, Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt, Wacht
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.weergave import maak_weergave
from frontoffice.ports import Stop
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import Afloop, diensten, kif, laad, opdracht, warm_catalogus

STORINGEN = ("weiger", "fout:500", "fout:503", "html", "truncated", "afgebroken", "bom-gzip", "nesting")
# Welke onderdelen er zonder dit register niet zijn. Contacten zijn zonder de partij niet na te kijken.
ONDERDELEN = {
    "brp": {"persoon"},
    "klantinteracties": {"klant", "contacten"},
    "zaken": {"zaken"},
    "catalogi": {"catalogus"},
}
# Afspraken en meldingen worden ook op de nummers van de klant gezocht: alleen zij wachten daarop.
MET_NUMMERS = {"afspraken", "meldingen"}


def check_storing(register: str, centrale: Centrale, werkplek: Diensten) -> None:
    """Laad een klant terwijl dit register stoort, en kijk naar toestanden en wat er te zien is."""
    beeld = laad(werkplek, centrale.persoon("gewoon")["bsn"]).beeld
    kapot = ONDERDELEN[register]
    for naam, deel in beeld.onderdelen.items():
        assert not isinstance(deel, Wacht), naam
        if naam in kapot:
            assert isinstance(deel, Mislukt), naam
            assert deel.fout.code
            check_zin(deel.fout.uitleg)
        else:
            assert isinstance(deel, Geladen), (naam, deel)
    check_weergave(register, beeld)


def check_weergave(register: str, beeld: Klantbeeld) -> None:
    weergave = maak_weergave(beeld)
    for naam in ONDERDELEN[register]:
        assert weergave.toestanden[naam].tekst.startswith("Niet geladen: ")
    if register == "zaken":
        assert weergave.zaken_samenvatting != "Geen open zaken"
    if register in ("zaken", "klantinteracties"):
        assert weergave.tijdlijn_meldingen, "de tijdlijn zegt wat ontbreekt"


def check_zin(uitleg: str) -> None:
    """Een hele Nederlandse zin die zegt wat nu kan, zonder techniek."""
    assert uitleg[0].isupper()
    assert uitleg.endswith(".")
    for woord in ("Error", "Exception", "HTTP", "Traceback", "JSON", "None", "Timeout", "127.0.0.1"):
        assert woord not in uitleg, uitleg


def check_document(register: str, afloop: Afloop) -> None:
    """Zoals de opdrachtregel het zegt: uitgang 3, het onderdeel mislukt, de rest geladen."""
    assert afloop.uitgang == 3
    document = afloop.json
    for naam, deel in document["onderdelen"].items():
        if naam in ONDERDELEN[register]:
            assert deel["toestand"] == "mislukt", naam
            assert deel["fout"]["code"]
            check_zin(deel["fout"]["uitleg"])
            assert "aantal" not in deel, "wat niet is geladen, is niet nul"
        else:
            assert deel["toestand"] == "geladen", naam


@pytest.mark.parametrize("storing", STORINGEN)
@pytest.mark.parametrize("register", ONDERDELEN)
def test_een_gestoord_register_houdt_de_andere_niet_op_en_zegt_wat_er_mis_is(
    register: str, storing: str, centrale: Centrale, werkplek: Diensten
) -> None:
    if register != "catalogi":
        warm_catalogus(werkplek)
    centrale.storing(register, storing)
    check_storing(register, centrale, werkplek)
    check_document(register, opdracht(centrale.persoon("gewoon")["bsn"], werkplek))


@pytest.mark.parametrize(("register", "storing"), [("klantinteracties", "hang"), ("zaken", "druppel")])
def test_een_hangend_register_houdt_de_andere_niet_op(
    register: str, storing: str, centrale: Centrale, werkplek: Diensten
) -> None:
    """Alles wat kan, is er terwijl het register nog hangt: de tijd van het beeld is dan lang niet om."""
    warm_catalogus(werkplek)
    wachten = ONDERDELEN[register] | (MET_NUMMERS if register == "klantinteracties" else set())
    centrale.storing(register, storing)
    beeld = werkplek.klantbeeld.begin(PersoonSleutel(Bsn(centrale.persoon("gewoon")["bsn"])), Herkomst.BSN)
    veranderingen = werkplek.klantbeeld.load(beeld, Stop())
    for verandering in veranderingen:
        beeld = verandering(beeld)
        if {naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Wacht)} == wachten:
            break
    veranderingen.close()  # type: ignore[attr-defined]  # een generator
    for naam, deel in beeld.onderdelen.items():
        assert isinstance(deel, Wacht if naam in wachten else Geladen), (naam, deel)


@pytest.mark.parametrize(("register", "storing"), [("klantinteracties", "hang"), ("zaken", "druppel")])
def test_een_hangend_register_is_na_de_tijd_van_het_beeld_mislukt_met_een_zin(
    register: str, storing: str, centrale: Centrale, tmp_path: Path
) -> None:
    centrale.storing(register, storing)
    with diensten(centrale.write_profiel(tmp_path, eerste_beeld=1.0), tmp_path / "werkplek") as werkplek:
        beeld = laad(werkplek, centrale.persoon("gewoon")["bsn"]).beeld
    for naam in ONDERDELEN[register]:
        deel = beeld.onderdelen[naam]
        assert isinstance(deel, Mislukt), naam
        check_zin(deel.fout.uitleg)
    check_weergave(register, beeld)


def test_de_opdrachtregel_geeft_uitgang_drie_bij_een_gestoord_register(
    centrale: Centrale, profiel: Path
) -> None:
    centrale.storing("brp", "html")
    check_document("brp", kif("klant", centrale.persoon("gewoon")["bsn"], "--json", profiel=profiel))
    centrale.storing("brp")
    centrale.storing("zaken", "fout:500")
    check_document(
        "zaken", kif("klant", "-", "--json", profiel=profiel, invoer=centrale.persoon("zwaar")["bsn"])
    )


@pytest.mark.parametrize("storing", STORINGEN[:5])
def test_een_gestoord_handelsregister_houdt_de_zaken_van_een_bedrijf_niet_op(
    storing: str, centrale: Centrale, werkplek: Diensten
) -> None:
    warm_catalogus(werkplek)
    centrale.storing("kvk", storing)
    sleutel = BedrijfSleutel(KvkNummer(centrale.voorbeelden["bedrijf"]["kvk"]))
    beeld = laad(werkplek, sleutel, Herkomst.KVK).beeld
    assert isinstance(beeld.bedrijf, Mislukt)
    check_zin(beeld.bedrijf.fout.uitleg)
    for naam in ("klant", "contacten", "zaken"):
        assert isinstance(beeld.onderdelen[naam], Geladen), naam


@pytest.mark.parametrize("storing", STORINGEN[:5])
def test_een_gestoord_documentenregister_laat_de_rest_van_de_zaak_staan(
    storing: str, centrale: Centrale, werkplek: Diensten
) -> None:
    beeld = laad(werkplek, centrale.persoon("gewoon")["bsn"]).beeld
    assert isinstance(beeld.zaken, Geladen)
    zaak = next(zaak for zaak in beeld.zaken.waarde.zaken if zaak.documenten)
    centrale.storing("documenten", storing)
    dossier = werkplek.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
    assert dossier.detail.statussen
    assert dossier.stappen
    fouten = dict(dossier.fouten)
    assert set(fouten) == {"documenten"}
    check_zin(fouten["documenten"].uitleg)
    # De titels uit het eerste beeld zijn er nog: het dossier lijkt niet leeg.
    assert dossier.detail.documenten


def test_na_een_storing_helpt_opnieuw(centrale: Centrale, werkplek: Diensten) -> None:
    warm_catalogus(werkplek)
    centrale.storing("klantinteracties", "fout:503")
    beeld = laad(werkplek, centrale.persoon("gewoon")["bsn"]).beeld
    assert isinstance(beeld.contacten, Mislukt)
    assert beeld.contacten.fout.opnieuw_helpt
    centrale.storing("klantinteracties")
    standen = []
    for verandering in werkplek.klantbeeld.retry(beeld, "contacten", Stop()):
        beeld = verandering(beeld)
        standen.append(type(beeld.contacten))
    assert standen[0] is Wacht
    assert isinstance(beeld.contacten, Geladen)
    assert isinstance(beeld.klant, Geladen)
    assert beeld.tijdlijn.items


@pytest.mark.parametrize("storing", ["elders", "lus"])
def test_een_volgende_pagina_die_nergens_heen_gaat_laat_niets_van_een_ander_zien(
    storing: str, centrale: Centrale, werkplek: Diensten
) -> None:
    """Bij de zware klant zijn er meer pagina's; het eerste beeld komt er, en verder bladeren hangt niet."""
    warm_catalogus(werkplek)
    centrale.storing("klantinteracties", storing)
    beeld = laad(werkplek, centrale.persoon("zwaar")["bsn"]).beeld
    for deel in beeld.onderdelen.values():
        assert not isinstance(deel, Wacht)
    for _ in range(3):
        for verandering in werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()):
            beeld = verandering(beeld)
    uuids = (
        [contact.uuid for contact in beeld.contacten.waarde.rijen]
        if isinstance(beeld.contacten, Geladen)
        else []
    )
    assert len(uuids) == len(set(uuids))
