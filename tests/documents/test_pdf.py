"""De pdf zelf: tags, taal, titel, leesvolgorde, ingesloten letters, Arabisch schrift en de QR-code."""

from __future__ import annotations

import re
from importlib.metadata import version
from itertools import groupby

import pytest
import uharfbuzz as hb
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.documents.bevestiging import TALEN, Lettermaat
from frontoffice.documents.brief import make_brief, qr_raster
from frontoffice.documents.lettertype import GEWOON, LETTERMAP, VET, Stuk, lay_out, resolve
from frontoffice.documents.paginabeeld import pages
from frontoffice.documents.pdf import Pdf
from tests.documents import pdflezer
from tests.documents.bouwbrief import ARABISCH, BEVESTIGING, NAMEN, bevestiging
from tests.documents.qrlezer import read_qr

ARABIER = LETTERMAP / "NotoSansArabic-Regular.ttf"


def zet(tekst: str, *, los: bool = True) -> bytes:
    """Een pdf met één regel."""
    pdf = Pdf(titel="Proef", taal="nl-NL", auteur="Gemeente Losser")
    reeksen, volgorde = lay_out(
        resolve(
            (
                Stuk("Beste "),
                Stuk(tekst, los=los),
                Stuk(", tot 12 uur"),
            )
        )[0]
    )
    pdf.text(pdf.add("P"), reeksen, volgorde, 60, 700, 12)
    return pdf.to_bytes()


def test_de_reeks_van_reportlab_is_die_waarop_de_tags_zijn_beproefd() -> None:
    assert version("reportlab").startswith("5.1."), (
        "pdf.py leunt op inwendige namen: beproef een nieuwe reeks"
    )


@pytest.mark.parametrize("taal", TALEN)
def test_de_pdf_heeft_tags_taal_titel_en_maker(taal: str) -> None:
    pdf = make_brief(bevestiging(taal=taal)).pdf
    gegevens = pdflezer.gegevens(pdf)
    assert gegevens["getagd"]
    assert gegevens["taal"] == {"nl": "nl-NL", "de": "de-DE", "en": "en-GB"}[taal]
    assert gegevens["Creator"] == "Klant in Focus"
    assert b"/DisplayDocTitle true" in pdf
    assert f"<rdf:li>{gegevens['taal']}</rdf:li>".encode() in pdf
    assert b"pdfuaid" not in pdf, "PDF/UA beloven wij niet"


def test_de_leesvolgorde_is_die_van_de_brief() -> None:
    soorten: list[str] = []
    teksten: list[str] = []
    for boom in pdflezer.bomen(make_brief(BEVESTIGING).pdf):
        assert boom.soort == "Document"
        for knoop in boom.alle():
            if knoop.soort in ("H1", "H2", "P", "LBody") and (tekst := " ".join(knoop.tekst().split())):
                soorten.append(knoop.soort)
                teksten.append(tekst)
    assert soorten.count("H1") == 1
    volgorde = [
        "Gemeente Losser",
        "Uw afspraak staat vast",
        "Wanneer: donderdag 3 december 2026, 18.40 uur",
        "Uw nummer: 2026-00041",
        "Wie komt er?",
        "Het kind zelf",
        "Wat neemt u mee?",
        "Wat kost het?",
        "Komt het niet uit?",
        "Met vriendelijke groet,",
    ]
    plaatsen = [teksten.index(tekst) for tekst in volgorde]
    assert plaatsen == sorted(plaatsen)
    assert soorten[teksten.index("Wie komt er?")] == "H2"


def test_een_lijst_is_een_lijst_en_de_figuur_heeft_een_tekst() -> None:
    knopen = [knoop for boom in pdflezer.bomen(make_brief(BEVESTIGING).pdf) for knoop in boom.alle()]
    for item in (knoop for knoop in knopen if knoop.soort == "LI"):
        assert [deel.soort for deel in item.delen if not isinstance(deel, str)] == ["Lbl", "LBody"]
    (figuur,) = [knoop for knoop in knopen if knoop.soort == "Figure"]
    assert figuur.alt == "QR-code met het nummer van uw afspraak: 2026-00041"


def test_alles_op_de_bladzijde_is_inhoud_of_opmaak() -> None:
    pdf = make_brief(bevestiging(letters=Lettermaat.GROOT)).pdf
    for voorwerp in pdflezer.objecten(pdf).values():
        if b" Tf " not in voorwerp.inhoud:
            continue
        diepte = 0
        for woord in re.findall(rb"\b(?:BDC|BMC|EMC|BT|re|l S)\b", voorwerp.inhoud):
            diepte += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(woord, 0)
            assert diepte >= 1 or woord == b"EMC", "iets buiten de tags"
        assert diepte == 0


# --- letters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", [*NAMEN, "漢字"])
def test_elke_letter_is_ingesloten_en_er_is_geen_helvetica(naam: str) -> None:
    pdf = make_brief(bevestiging(naam=naam)).pdf
    assert b"Helvetica" not in pdf
    alle = pdflezer.objecten(pdf).values()
    assert not [o for o in alle if re.search(r"/Subtype\s*/(Type1|TrueType|Type3)\b", o.hoofd)]
    gebruikt = {zetting.letter for zetting in pdflezer.zettingen(pdf)}
    ingesloten = pdflezer.letters(pdf)
    assert gebruikt == set(ingesloten)
    for zetting in pdflezer.zettingen(pdf):
        assert set(zetting.gliefen) <= ingesloten[zetting.letter].gliefen


def test_een_ingesloten_glief_heeft_dezelfde_vorm_als_in_de_letter() -> None:
    pdf = zet(ARABISCH)
    letter = next(letter for letter in pdflezer.letters(pdf).values() if "Arabic" in letter.basis)
    heel, deel = (hb.Font(hb.Face(inhoud)) for inhoud in (ARABIER.read_bytes(), letter.bestand))
    for glief in letter.gliefen:
        assert heel.get_glyph_extents(glief) == deel.get_glyph_extents(glief)
        assert heel.get_glyph_h_advance(glief) == deel.get_glyph_h_advance(glief)
    vormen = [glief for glief in letter.gliefen if (maat := heel.get_glyph_extents(glief)) and maat.width]
    assert len(vormen) >= 6
    assert len(letter.bestand) < len(ARABIER.read_bytes()) / 5


@pytest.mark.parametrize("tekst", [ARABISCH, "سلام", "لاله کریمی", "مُحَمَّد", "عبد الله"])
def test_arabisch_krijgt_de_verbonden_vormen_van_harfbuzz_op_volgorde(tekst: str) -> None:
    """Los van onze code: HarfBuzz raadt zelf schrift en richting, en geeft de gliefen vanaf links."""
    buffer = hb.Buffer()
    buffer.add_str(tekst)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(ARABIER.read_bytes())), buffer)
    assert buffer.direction == "rtl"
    letter = hb.Font(hb.Face(ARABIER.read_bytes()))
    spatie = letter.get_nominal_glyph(0x20)
    verwacht = [info.codepoint for info in buffer.glyph_infos]
    woorden = [list(woord) for is_spatie, woord in groupby(verwacht, lambda g: g == spatie) if not is_spatie]
    pdf = zet(tekst)
    namen = {naam for naam, ingesloten in pdflezer.letters(pdf).items() if "Arabic" in ingesloten.basis}
    gezet = [zetting.gliefen for zetting in pdflezer.zettingen(pdf) if zetting.letter in namen]
    assert [woord for woord in gezet if woord != [spatie]] == woorden[::-1], "het eerste woord staat rechts"
    los = [letter.get_nominal_glyph(ord(teken)) for teken in reversed(tekst.split()[0])]
    assert gezet[0] != los, "losse letters zijn niet verbonden"


@pytest.mark.parametrize("tekst", [ARABISCH, "سلام", "لاله کریمی", "عبد الله"])
def test_arabisch_is_te_zoeken_en_voor_te_lezen_in_leesvolgorde(tekst: str) -> None:
    """PDFium zet woorden in een zin op hun plaats; hun letters, en de boom, staan op leesvolgorde."""
    pdf = zet(tekst)
    (blad,) = pdflezer.tekst(pdf)
    for woord in tekst.split():
        assert woord in blad
    (boom,) = pdflezer.bomen(pdf)
    alinea = next(knoop for knoop in boom.alle() if knoop.soort == "P")
    assert alinea.tekst().strip() == f"Beste {tekst}, tot 12 uur"


def test_een_getal_na_een_arabische_naam_blijft_rechts_staan() -> None:
    """Zonder eigen richting zou "12" links van de naam komen."""
    tekens, _ = resolve((Stuk("Beste "), Stuk(ARABISCH, los=True), Stuk(" 12 uur")))
    reeksen, volgorde = lay_out(tekens)
    woorden = ARABISCH.split()
    assert [reeksen[n].tekst for n in volgorde if reeksen[n].tekst.strip()] == [
        "Beste ",
        *reversed(woorden),
        " 12 uur",
    ]


@pytest.mark.parametrize(
    "tekst", ["Efficiënt, officieel en afl.", "e\u0301e\u0301n", "Ş", "Nguyễn", "fi fl ffi"]
)
def test_latijn_met_ligaturen_en_losse_accenten_is_te_zoeken(tekst: str) -> None:
    import unicodedata

    assert unicodedata.normalize("NFC", tekst) in pdflezer.platte_tekst(zet(tekst))


@pytest.mark.parametrize("stapel", [GEWOON, VET])
def test_elke_latijnse_griekse_en_cyrillische_letter_staat_in_een_van_de_lettertypen(
    stapel: tuple[str, ...],
) -> None:
    kent = set().union(*(hb.Face((LETTERMAP / naam).read_bytes()).unicodes for naam in stapel))
    reeksen = (range(0xA1, 0x250), range(0x388, 0x3CF), range(0x400, 0x52F), range(0x1E00, 0x1F00))
    mist = [chr(code) for reeks in reeksen for code in reeks if chr(code).isalpha() and code not in kent]
    assert not mist
    for soort in ("LICENTIE.txt", "LICENTIE-Noto.txt"):
        assert "icense" in (LETTERMAP / soort).read_text(encoding="utf-8")


ZINNEN = st.text(alphabet="abcXYZ 0123456789.,:-محدبنعليسش", max_size=40)


@given(ZINNEN)
def test_de_volgorde_op_papier_is_die_van_een_ander_programma(tekst: str) -> None:
    """get_display is een andere uitwerking van dezelfde norm (in Rust)."""
    tekens, onbekend = resolve((Stuk(tekst),))
    reeksen, volgorde = lay_out(tekens)
    gezien = "".join(
        reeksen[n].tekst[::-1] if reeksen[n].rechts_naar_links else reeksen[n].tekst for n in volgorde
    )
    assert not onbekend
    assert gezien == get_display(tekst, base_dir="L")


@given(ZINNEN.map(str.strip))
def test_een_ingevulde_naam_heeft_zijn_eigen_richting(tekst: str) -> None:
    tekens, _ = resolve((Stuk(tekst, los=True), Stuk(" 12.")))
    reeksen, volgorde = lay_out(tekens)
    gezien = "".join(
        reeksen[n].tekst[::-1] if reeksen[n].rechts_naar_links else reeksen[n].tekst for n in volgorde
    )
    assert gezien == get_display(tekst) + " 12."


@given(st.lists(st.builds(Stuk, st.text(max_size=30), st.booleans(), st.booleans()), max_size=4))
def test_elke_tekst_is_te_zetten(stukken: list[Stuk]) -> None:
    tekens, _ = resolve(tuple(stukken))
    reeksen, volgorde = lay_out(tekens)
    assert sorted(volgorde) == list(range(len(reeksen)))
    assert "".join(reeks.tekst for reeks in reeksen) == "".join(teken.tekst for teken in tekens)
    assert not any(glief.nummer == 0 for reeks in reeksen for glief in reeks.gliefen), "een blokje"


# --- QR ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nummer", ["2026-00041", "2027-00001", "1999-99999"])
def test_de_qr_code_is_het_nummer(nummer: str) -> None:
    assert read_qr(qr_raster(nummer)) == nummer


def test_de_qr_code_staat_leesbaar_op_het_papier() -> None:
    blad = next(pages(make_brief(BEVESTIGING).pdf, 144))
    raster = qr_raster(BEVESTIGING.nummer)
    punt = 144 / 25.4
    vakje = 30 / len(raster)
    links = 210 - 22 - 30
    for boven in range(60, 140):
        gezien = tuple(
            tuple(
                blad.beeldpunten[
                    round((boven + (rij + 0.5) * vakje) * punt) * blad.regellengte
                    + round((links + (kolom + 0.5) * vakje) * punt) * 4
                ]
                < 128
                for kolom in range(len(raster))
            )
            for rij in range(len(raster))
        )
        if gezien == raster:
            return
    pytest.fail("de QR-code staat niet rechts op de bladzijde")
