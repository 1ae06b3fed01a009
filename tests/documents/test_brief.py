"""De brief over een afspraak, teruggelezen: inhoud, talen, grote letters, wat er nooit op staat."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from frontoffice.documents.bevestiging import (
    TALEN,
    Bereikbaar,
    Bevestiging,
    Kostenregel,
    Lettermaat,
    Ophalen,
    Plaats,
    Productregel,
    Soort,
    Woorden,
)
from frontoffice.documents.brief import make_brief
from tests.documents import pdflezer
from tests.documents.bouwbrief import BEVESTIGING, NAMEN, PASPOORT, TWENTS, bevestiging

LANGE_EN_LOSSE = (
    "Wilhelmina Johanna van der Oude Groothuis-Lutke Veldhuis ten Broeke",
    "Bartholomeus-Maximiliaan Konstantinopolitaan-Schwarzenbergerhof",
    unicodedata.normalize("NFD", "Şahin Öztürk-Çelik"),
    unicodedata.normalize("NFD", "Nguyễn Thị Hường"),
    "محمد عبد الرحمن بن عبد الله الخطيب",
)


def lees(b: Bevestiging) -> str:
    return pdflezer.platte_tekst(make_brief(b).pdf)


def test_de_brief_zegt_wanneer_waar_waarvoor_wat_mee_en_wat_het_kost() -> None:
    tekst = lees(BEVESTIGING)
    for deel in (
        f"Beste {TWENTS},",
        "Wanneer: donderdag 3 december 2026, 18.40 uur",
        "Waar: Gemeentehuis Losser, Voorbeeldplein 1, 7581 AG Losser",
        "Waarvoor: Paspoort voor een kind, 2 personen; Rijbewijs",
        "Hoe lang: ongeveer 25 minuten",
        "Uw nummer: 2026-00041",
        "Uw code: K7M2PQ9R",
        "Wie komt er?",
        "• Een ouder met gezag",
        "Wat neemt u mee?",
        "• Alle oude paspoorten van het kind",
        "Dit zijn de kosten op 3 december 2026:",
        "• Paspoort voor een kind: € 128,50",
        "Samen: € 1.179,50",
        "U kunt het ophalen vanaf donderdag 10 december 2026.",
        "Bel ons op 14 000. Of kijk op www.losser.voorbeeld.",
        "bellen wij u op 06-00 00 00 01.",
        "Kerkstraat 12",
    ):
        assert deel in tekst, deel


def test_wat_niet_van_toepassing_is_staat_er_niet() -> None:
    kaal = bevestiging(meenemen=(), wie_komt=(), geregeld=(), kosten=(), ophalen=None, telefoon="")
    tekst = lees(replace(kaal, bereikbaar=Bereikbaar()))
    for kop in (
        "Wie komt er?",
        "Wat neemt u mee?",
        "Hier houden wij rekening mee",
        "Wat kost het?",
        "ophalen",
        "bellen",
    ):
        assert kop not in tekst, kop
    assert "Kom naar de balie." in tekst


def test_een_afspraak_zonder_kosten_zegt_dat() -> None:
    tekst = lees(bevestiging(kosten=(Kostenregel(PASPOORT, Decimal(0)),)))
    assert "Deze afspraak kost u niets." in tekst
    assert "€" not in tekst


def test_een_afspraak_om_op_te_halen_staat_er_met_nummer_en_code() -> None:
    ophalen = Ophalen(
        date(2026, 12, 10), datetime(2026, 12, 17, 16, 15, tzinfo=UTC), "2026-00042", "ABCD2345"
    )
    tekst = lees(bevestiging(ophalen=ophalen))
    assert "donderdag 17 december 2026, 17.15 uur. Het nummer van die afspraak is 2026-00042." in tekst
    assert "De code is ABCD2345." in tekst


@pytest.mark.parametrize(
    ("dag", "tijd"), [(datetime(2027, 3, 25, 16, tzinfo=UTC), 25), (datetime(2027, 4, 1, 15, tzinfo=UTC), 1)]
)
def test_t01_voor_en_na_de_zomertijd_staat_er_17_uur(dag: datetime, tijd: int) -> None:
    tekst = lees(bevestiging(begin=dag, eind=dag + timedelta(minutes=15)))
    assert re.search(rf"donderdag {tijd} (maart|april) 2027, 17\.00 uur", tekst)


def test_een_verzette_afspraak_zegt_dat_nummer_en_code_blijven() -> None:
    tekst = lees(bevestiging(soort=Soort.VERZET))
    assert "Uw afspraak is verzet" in tekst
    assert "Uw nummer en uw code zijn hetzelfde gebleven." in tekst


def test_een_afgezegde_afspraak_vraagt_niets_meer() -> None:
    tekst = lees(bevestiging(soort=Soort.AFGEZEGD))
    assert "Uw afspraak gaat niet door" in tekst
    assert "U hoeft niet te komen." in tekst
    for weg in ("Wat neemt u mee?", "Wat kost het?", "K7M2PQ9R", "06-00"):
        assert weg not in tekst, weg


def test_een_voorbeeld_is_op_papier_te_herkennen() -> None:
    assert lees(bevestiging(voorbeeld=True)).startswith("Voorbeeld. Dit is geen echte afspraak.")
    assert "Voorbeeld." not in lees(BEVESTIGING)


# --- talen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taal", "delen"),
    [
        (
            "de",
            (
                "Wann: Donnerstag, 3. Dezember 2026, 18:40 Uhr",
                "Reisepass für ein Kind, 2 Personen; Führerschein",
                "Führerschein: 1.051,00 €",
                "Ihr Termin steht fest",
            ),
        ),
        (
            "en",
            (
                "When: Thursday 3 December 2026 at 18:40",
                "Passport for a child, 2 people; Driving licence",
                "Driving licence: €1,051.00",
                "Your appointment is confirmed",
            ),
        ),
    ],
)
def test_duits_en_engels_zijn_heel(taal: str, delen: tuple[str, ...]) -> None:
    tekst = lees(bevestiging(taal=taal))
    for deel in delen:
        assert deel in tekst, deel
    for nederlands in (
        "afspraak",
        "Wanneer",
        "uur",
        "neemt",
        "Paspoort voor",
        "december",
        "Extra tijd",
        "Bladzijde",
    ):
        assert not re.search(rf"\b{nederlands}\b", tekst), nederlands


def test_wat_niet_vertaald_is_staat_er_in_het_nederlands_en_als_nederlands_gemerkt() -> None:
    half = bevestiging(
        taal="de",
        meenemen=(
            Woorden("een kopie van het legitimatiebewijs"),
            Woorden("de huwelijksakte", {"en": "the deed"}, verplicht=False),
        ),
        producten=(Productregel(Woorden("Naturalisatie", {"de": "  "}), 2),),
    )
    brief = make_brief(half)
    onvertaald = ("Naturalisatie", "een kopie van het legitimatiebewijs", "de huwelijksakte")
    assert brief.onvertaald == onvertaald
    assert "Leg het uit aan de klant." in brief.waarschuwing
    tekst = pdflezer.platte_tekst(brief.pdf)
    assert "Naturalisatie (auf Niederländisch), 2 Personen" in tekst
    assert "• Een kopie van het legitimatiebewijs (auf Niederländisch)" in tekst
    assert "De huwelijksakte (auf Niederländisch) (falls Sie das haben)" in tekst
    gemerkt = [o.hoofd for o in pdflezer.objecten(brief.pdf).values() if "/Lang (nl-NL)" in o.hoofd]
    assert len(gemerkt) == 3, "een schermlezer leest precies deze drie op zijn Nederlands"
    assert all("/Span" in hoofd for hoofd in gemerkt)
    stukken = [k.tekst() for b in pdflezer.bomen(brief.pdf) for k in b.alle() if k.soort == "Span"]
    assert stukken == ["Naturalisatie", "Een kopie van het legitimatiebewijs", "De huwelijksakte"]
    assert half.talen() == ("nl",)
    assert BEVESTIGING.talen() == TALEN
    heel = make_brief(replace(half, taal="nl"))
    assert not heel.onvertaald
    assert "Niederländisch" not in pdflezer.platte_tekst(heel.pdf)


def test_een_heel_vertaalde_brief_merkt_niets_als_nederlands() -> None:
    brief = make_brief(bevestiging(taal="de"))
    assert not brief.onvertaald
    assert not [o for o in pdflezer.objecten(brief.pdf).values() if "/Lang (nl-NL)" in o.hoofd]


def test_een_andere_wijziging_dan_de_tijd_zegt_dat_de_tijd_blijft() -> None:
    for taal, zin in (
        ("nl", "De datum en de tijd zijn hetzelfde gebleven."),
        ("de", "Datum und Uhrzeit sind gleich geblieben."),
        ("en", "The date and the time are still the same."),
    ):
        assert zin in lees(bevestiging(soort=Soort.GEWIJZIGD, taal=taal))


# --- het adres in het venster ------------------------------------------------------------------------------

MM = 72 / 25.4


def _vakken(pdf: bytes, tekst: str) -> tuple[float, float, float, float]:
    """Links, onder, rechts en boven van deze tekst op bladzijde 1, in mm vanaf linksboven."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        blad = document[0]
        hoog = blad.get_height()
        vlak = blad.get_textpage()
        gevonden = vlak.search(tekst).get_next()
        assert gevonden, tekst
        vakken = [vlak.get_charbox(i) for i in range(gevonden[0], gevonden[0] + gevonden[1])]
    return (
        min(v[0] for v in vakken) / MM,
        (hoog - min(v[1] for v in vakken)) / MM,
        max(v[2] for v in vakken) / MM,
        (hoog - max(v[3] for v in vakken)) / MM,
    )


@pytest.mark.parametrize("maat", [Lettermaat.GEWOON, Lettermaat.GROOT])
@pytest.mark.parametrize("voorbeeld", [False, True])
def test_naam_en_adres_vallen_binnen_het_venster_en_verder_niets(maat: Lettermaat, voorbeeld: bool) -> None:
    brief = make_brief(bevestiging(naam="mevrouw A. Jansen", letters=maat, voorbeeld=voorbeeld))
    assert brief.adres_past
    for regel in ("mevrouw A. Jansen", "Kerkstraat 12", "7581 AB Losser"):
        links, onder, rechts, boven = _vakken(brief.pdf, regel)
        assert links >= 24, regel
        assert rechts <= 105, regel
        assert boven >= 50, regel
        assert onder <= 90, regel
    _, onder, _, _ = _vakken(brief.pdf, "Gemeente Losser")
    assert onder < 45
    assert _vakken(brief.pdf, "november 2026")[3] > 92


def test_een_adres_dat_niet_in_het_venster_past_staat_er_als_tekst_en_dat_wordt_gemeld() -> None:
    lang = ("Zeer lange straatnaam van een nog langere laan met een bijzonder huisnummer 12 bis",) * 4
    brief = make_brief(bevestiging(adres=lang, letters=Lettermaat.GROOTST))
    assert not brief.adres_past
    assert "envelop zonder venster" in brief.waarschuwing
    assert pdflezer.platte_tekst(brief.pdf).count("Zeer lange straatnaam") == 4


# --- grote letters -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("maat", "punten"), [(Lettermaat.GROOT, 18), (Lettermaat.GROOTST, 24)])
@pytest.mark.parametrize("taal", TALEN)
def test_in_grote_letters_is_niets_kleiner_dan_beloofd(maat: Lettermaat, punten: int, taal: str) -> None:
    brief = make_brief(bevestiging(letters=maat, taal=taal, voorbeeld=True))
    assert min(zetting.punten for zetting in pdflezer.zettingen(brief.pdf)) >= punten
    assert brief.bladzijden >= 2
    gewoon = lees(bevestiging(taal=taal, voorbeeld=True))
    groot = pdflezer.platte_tekst(brief.pdf)
    voet = re.compile(r"(Bladzijde|Seite|Page) \d+ (van|von|of) \d+ ?")
    assert voet.sub("", groot).split() == voet.sub("", gewoon).split(), "dezelfde brief, groter gezet"


def test_niets_valt_buiten_de_bladzijde_ook_niet_een_heel_lang_woord() -> None:
    import pypdfium2

    brief = make_brief(
        bevestiging(naam="W" * 399, letters=Lettermaat.GROOTST, adres=(), adres_bevestigd=False)
    )
    with pypdfium2.PdfDocument(brief.pdf) as document:
        for pagina in document:
            for voorwerp in pagina.get_objects():
                links, onder, rechts, boven = voorwerp.get_bounds()
                assert links >= 55
                assert rechts <= 545
                assert onder >= 20
                assert boven <= 800
    assert sum(map(len, re.findall("W{5,}", pdflezer.platte_tekst(brief.pdf)))) == 399


def test_een_lange_lijst_loopt_door_op_de_volgende_bladzijde_zonder_iets_te_verliezen() -> None:
    punten = tuple(Woorden(f"Papier nummer {n} van de hele stapel") for n in range(1, 61))
    brief = make_brief(bevestiging(meenemen=punten))
    bladen = pdflezer.tekst(brief.pdf)
    assert len(bladen) == brief.bladzijden >= 3
    alles = pdflezer.platte_tekst(brief.pdf)
    assert [int(n) for n in re.findall(r"Papier nummer (\d+) ", alles)] == list(range(1, 61))
    for nummer, blad in enumerate(bladen, 1):
        assert f"Bladzijde {nummer} van {len(bladen)}" in blad


@pytest.mark.parametrize("aantal", range(8))
@pytest.mark.parametrize("maat", list(Lettermaat))
def test_een_kop_staat_nooit_alleen_onderaan(aantal: int, maat: Lettermaat) -> None:
    punten = tuple(Woorden(f"Papier {n}") for n in range(aantal * 3))
    bladen = pdflezer.bomen(make_brief(bevestiging(meenemen=punten, letters=maat)).pdf)
    for blad in bladen:
        assert [knoop.soort for knoop in blad.alle() if knoop.soort in ("H1", "H2", "P", "LBody", "Figure")][
            -1
        ] not in (
            "H1",
            "H2",
        )


# --- wat er nooit op staat ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "anders",
    [{"adres": ("Kerkstraat 12",), "adres_bevestigd": True, "telefoon": ""}, {"adres": (), "telefoon": "06"}],
)
def test_bij_geheimhouding_kan_er_geen_adres_of_telefoon_zijn(anders: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="geheimhouding") as fout:
        bevestiging(geheim=True, **anders)
    assert "Kerkstraat" not in str(fout.value)


def test_een_brief_bij_geheimhouding_heeft_alleen_de_naam() -> None:
    tekst = lees(bevestiging(geheim=True, adres=(), adres_bevestigd=False, telefoon=""))
    assert TWENTS in tekst
    assert "Kerkstraat" not in tekst
    assert "06-" not in tekst


def test_een_adres_vraagt_een_uitdrukkelijke_bevestiging() -> None:
    with pytest.raises(ValueError, match="bevestigd"):
        bevestiging(adres_bevestigd=False)


def test_naam_adres_telefoon_en_code_staan_niet_in_de_repr() -> None:
    assert not re.search("Bramel|Kerkstraat|06-00|K7M2", repr(BEVESTIGING))


def test_eigenschappen_en_bestandsnaam_zijn_zonder_persoon() -> None:
    brief = make_brief(BEVESTIGING)
    eigenschappen = pdflezer.gegevens(brief.pdf)
    assert brief.bestandsnaam == "afspraak-2026-00041.pdf"
    assert eigenschappen["Title"] == "Uw afspraak staat vast"
    assert eigenschappen["Author"] == "Gemeente Losser"
    assert "Bramel" not in repr(eigenschappen)
    assert "Bramel".encode("utf-16-be") not in brief.pdf
    assert b"Bramel" not in brief.pdf


@pytest.mark.parametrize(
    "anders",
    [
        {"begin": datetime(2026, 12, 3, 17, 40)},  # noqa: DTZ001 - dat is de fout
        {"eind": BEVESTIGING.begin},
        {"taal": "fr"},
        {"naam": "  "},
        {"nummer": ""},
        {"producten": ()},
        {"naam": "x" * 501},
        {"adres": ("x" * 501,)},
        {"meenemen": (Woorden("x" * 300),) * 100},
    ],
)
def test_een_onmogelijke_bevestiging_bestaat_niet(anders: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        bevestiging(**anders)


@pytest.mark.parametrize("bedrag", ["-1", "NaN", "Infinity"])
def test_een_onmogelijk_bedrag_bestaat_niet(bedrag: str) -> None:
    with pytest.raises(ValueError):
        Kostenregel(PASPOORT, Decimal(bedrag))


# --- vreemde tekst -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("maat", [Lettermaat.GEWOON, Lettermaat.GROOT])
@pytest.mark.parametrize("naam", LANGE_EN_LOSSE)
def test_een_lange_naam_of_losse_accenten_staan_er_helemaal(naam: str, maat: Lettermaat) -> None:
    brief = make_brief(bevestiging(naam=naam, letters=maat))
    assert not brief.onbekend
    gelezen = unicodedata.normalize("NFC", pdflezer.voorleestekst(brief.pdf)).replace("- ", "-")
    assert f"{unicodedata.normalize('NFC', naam)}," in gelezen
    punten = [zetting.punten for zetting in pdflezer.zettingen(brief.pdf)]
    assert min(punten) >= maat
    assert 0 not in {glief for zetting in pdflezer.zettingen(brief.pdf) for glief in zetting.gliefen}


@pytest.mark.parametrize("naam", NAMEN)
def test_een_naam_met_bijzondere_letters_staat_er_goed(naam: str) -> None:
    brief = make_brief(bevestiging(naam=naam))
    assert not brief.onbekend
    assert not brief.waarschuwing
    assert f"Beste {naam}," in pdflezer.voorleestekst(brief.pdf)


@pytest.mark.parametrize(
    "naam",
    ["<b", '</para><img src="x"/>', "&lt;script&gt;", "(haak) \\ ) Tj ET", "{naam} %s {0}", "' OR 1=1 --"],
)
def test_opmaaktekens_in_een_naam_staan_er_letterlijk(naam: str) -> None:
    assert f"Beste {naam}," in lees(bevestiging(naam=naam))


def test_stuurtekens_in_een_naam_doen_niets() -> None:
    tekst = lees(bevestiging(naam="Jan\u202e\nneJ\x00\u2067\x1b[31m\ud800 Bos\u200f"))
    assert "Beste Jan neJ[31m Bos," in tekst


def test_een_teken_dat_geen_letter_kent_wordt_zichtbaar_vervangen_en_gemeld() -> None:
    brief = make_brief(bevestiging(naam="漢字 Łukasz 🧑‍🦽"))
    tekst = pdflezer.platte_tekst(brief.pdf)
    assert "Beste [?] Łukasz [?]," in tekst
    assert brief.onbekend == ("漢", "字", "🧑‍🦽")
    assert "漢" in brief.waarschuwing
    assert "Schrijf de naam met andere letters." in brief.waarschuwing
    assert 0 not in {glief for zetting in pdflezer.zettingen(brief.pdf) for glief in zetting.gliefen}


@pytest.mark.parametrize("taal", TALEN)
@pytest.mark.parametrize("maat", [Lettermaat.GEWOON, Lettermaat.GROOT])
def test_de_brief_is_getagd_met_taal_titel_en_leesvolgorde(taal: str, maat: Lettermaat) -> None:
    brief = make_brief(bevestiging(taal=taal, letters=maat))
    eigenschappen = pdflezer.gegevens(brief.pdf)
    assert eigenschappen["getagd"]
    assert eigenschappen["taal"] == {"nl": "nl-NL", "de": "de-DE", "en": "en-GB"}[taal]
    titel = {
        "nl": "Uw afspraak staat vast",
        "de": "Ihr Termin steht fest",
        "en": "Your appointment is confirmed",
    }[taal]
    assert eigenschappen["Title"] == titel
    voorgelezen = pdflezer.voorleestekst(brief.pdf)
    kopjes = {
        "nl": (
            "Wanneer",
            "Wie komt er?",
            "Wat neemt u mee?",
            "Hier houden",
            "Wat kost het?",
            "Komt het niet",
        ),
        "de": ("Wann", "Wer kommt", "Was müssen Sie", "Das berücks", "Was kostet es?", "Passt der Termin"),
        "en": ("When", "Who needs", "What do you need", "What we will", "What does it cost?", "What if you"),
    }[taal]
    stappen = ("Gemeente Losser", TWENTS, "Kerkstraat 12", "2026", titel, *kopjes)
    plaatsen = [voorgelezen.index(stap) for stap in stappen]
    assert plaatsen == sorted(plaatsen), "afzender, adres, datum, titel, wanneer, en dan de rest"
    soorten = [k.soort for b in pdflezer.bomen(brief.pdf) for k in b.alle()]
    assert soorten.count("H1") == 1
    assert soorten.index("H1") < soorten.index("H2")


def test_de_plaats_is_zoals_ingevoerd() -> None:
    assert "Waar: Café 't Hoekje" in lees(bevestiging(plaats=Plaats("Café 't Hoekje")))
