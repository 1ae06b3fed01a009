"""Aanmelden op een gedeeld account: wie iemand is blijkt uit zijn code, en ligt eerst vast."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.profiel import Medewerker
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services import toegangscode
from frontoffice.services.aanmelden import VRIJE_POGINGEN, Aanmelddienst, Werkt
from tests.nep import NepKlok, NepLogboek
from tests.nep_registratie import NepWinkel

BOS = Medewerker("S. Bos", "s.bos", "Losser", "kcc")
WIT = Medewerker("F. de Wit", "f.dewit", "Losser", "kcc")
CODE = "paars fietswiel"


@pytest.fixture(autouse=True)
def snel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dezelfde rekenwijze, een kleinere maat: de echte maat heeft haar eigen test."""
    monkeypatch.setattr(toegangscode, "_MACHT", 4)


@dataclass
class Balie:
    dienst: Aanmelddienst
    winkel: NepWinkel
    klok: NepKlok
    logboeken: dict[str, NepLogboek]

    def handelingen(self, wie: Medewerker) -> list[str]:
        return self.logboeken[wie.identificatie].handelingen


@pytest.fixture
def balie() -> Balie:
    winkel, klok = NepWinkel(), NepKlok()
    logboeken = {wie.identificatie: NepLogboek() for wie in (BOS, WIT)}

    def logboek_van(wie: Werkt) -> NepLogboek:
        return logboeken[wie.identificatie]

    return Balie(Aanmelddienst((BOS, WIT), lambda: winkel, logboek_van, klok), winkel, klok, logboeken)


def test_de_eerste_keer_kiest_een_medewerker_een_code_en_daarna_telt_die(balie: Balie) -> None:
    assert balie.dienst.load_toegang("s.bos").is_eerste_keer
    assert balie.dienst.choose_code("S.Bos ", CODE) is BOS
    assert not balie.dienst.load_toegang("s.bos").is_eerste_keer
    assert balie.dienst.load_toegang("f.dewit").is_eerste_keer
    assert balie.dienst.sign_in("s.bos", CODE) is BOS
    balie.dienst.sign_out("s.bos", "gewisseld")
    assert balie.handelingen(BOS) == ["toegangscode_gekozen", "aangemeld", "aangemeld", "afgemeld"]
    assert balie.handelingen(WIT) == []


def test_zonder_code_of_met_die_van_een_ander_komt_niemand_binnen(balie: Balie) -> None:
    with pytest.raises(Geweigerd, match="nog geen code"):
        balie.dienst.sign_in("s.bos", "")
    balie.dienst.choose_code("s.bos", CODE)
    balie.dienst.choose_code("f.dewit", "oranje lantaarn")
    with pytest.raises(Geweigerd, match="klopt niet"):
        balie.dienst.sign_in("s.bos", "oranje lantaarn")
    assert balie.handelingen(BOS)[-1] == "aanmelden_geweigerd"


def test_een_gekozen_code_is_niet_te_vervangen_zonder_dat_zij_is_gewist(balie: Balie) -> None:
    balie.dienst.choose_code("s.bos", CODE)
    with pytest.raises(Geweigerd, match="al een code"):
        balie.dienst.choose_code("s.bos", "oranje lantaarn")
    assert balie.dienst.forget("s.bos")
    assert not balie.dienst.forget("s.bos")
    assert balie.dienst.choose_code("s.bos", "oranje lantaarn") is BOS
    assert "toegangscode_gewist" in balie.handelingen(BOS)


def test_wie_niet_in_het_profiel_staat_kan_niets(balie: Balie) -> None:
    for doe in (
        lambda: balie.dienst.choose_code("x.ander", CODE),
        lambda: balie.dienst.sign_in("x.ander", CODE),
        lambda: balie.dienst.load_toegang("x.ander"),
    ):
        with pytest.raises(InvoerFout, match="staat niet in het profiel"):
            doe()


def test_na_vijf_fouten_wacht_ook_de_goede_code_en_elke_fout_langer(balie: Balie) -> None:
    balie.dienst.choose_code("s.bos", CODE)
    for _ in range(VRIJE_POGINGEN):
        with pytest.raises(Geweigerd, match="klopt niet"):
            balie.dienst.sign_in("s.bos", "fout geraden")
    with pytest.raises(Geweigerd, match="over 31 seconden"):
        balie.dienst.sign_in("s.bos", CODE)
    balie.klok.zet_vooruit(seconds=31)
    with pytest.raises(Geweigerd, match="klopt niet"):
        balie.dienst.sign_in("s.bos", "fout geraden")
    balie.klok.zet_vooruit(seconds=31)
    with pytest.raises(Geweigerd, match="te vaak"):
        balie.dienst.sign_in("s.bos", CODE)
    balie.klok.zet_vooruit(seconds=30)
    assert balie.dienst.sign_in("s.bos", CODE) is BOS
    with pytest.raises(Geweigerd, match="klopt niet"):
        balie.dienst.sign_in("s.bos", "een nieuwe fout")


def test_na_een_klok_die_dagen_voorliep_wacht_niemand_dagen(balie: Balie) -> None:
    balie.dienst.choose_code("s.bos", CODE)
    balie.klok.zet_vooruit(days=3)
    for _ in range(VRIJE_POGINGEN):
        with pytest.raises(Geweigerd):
            balie.dienst.sign_in("s.bos", "fout geraden")
    balie.klok.zet_vooruit(days=-3)
    assert balie.dienst.sign_in("s.bos", CODE) is BOS


def test_als_vastleggen_niet_lukt_meldt_niemand_zich_aan(
    balie: Balie, monkeypatch: pytest.MonkeyPatch
) -> None:
    balie.dienst.choose_code("s.bos", CODE)

    def note(*_: object, **__: object) -> None:
        raise WinkelFout("De schijf is vol.", code="winkel_vol")

    monkeypatch.setattr(balie.logboeken["s.bos"], "note", note)
    with pytest.raises(WinkelFout):
        balie.dienst.sign_in("s.bos", CODE)


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("12345", "minstens 6"),
        ("", "minstens 6"),
        ("111111", "te makkelijk"),
        ("121212", "te makkelijk"),
        ("123456", "te makkelijk"),
        ("87654321", "te makkelijk"),
        ("abcdef", "te makkelijk"),
        ("x1" * 65, "hoogstens 128"),
        ("S. BOS", "eigen naam"),
        ("718293", ""),
        ("paars fietswiel", ""),
    ],
)
def test_een_code_is_niet_te_kort_en_niet_te_raden(balie: Balie, code: str, zin: str) -> None:
    if not zin:
        assert balie.dienst.choose_code("s.bos", code) is BOS
        return
    with pytest.raises(InvoerFout, match=zin):
        balie.dienst.choose_code("s.bos", code)
    assert balie.dienst.load_toegang("s.bos").is_eerste_keer


def test_van_een_code_staat_alleen_een_gezouten_afdruk_in_de_winkel(balie: Balie) -> None:
    balie.dienst.choose_code("s.bos", CODE)
    balie.dienst.choose_code("f.dewit", CODE)
    eerste, tweede = (balie.dienst.load_toegang(wie.identificatie).afdruk for wie in (BOS, WIT))
    assert eerste.startswith("scrypt$")
    assert eerste != tweede
    assert CODE not in balie.winkel.recall("toegang:s.bos")


def test_een_afdruk_met_een_andere_maat_of_vorm_past_nooit() -> None:
    afdruk = toegangscode.make_afdruk(CODE)
    assert toegangscode.past(CODE, afdruk)
    assert not toegangscode.past(CODE + " ", afdruk)
    for kapot in ("", "scrypt", afdruk.replace("$4$", "$1$"), afdruk.replace("scrypt", "plain"), afdruk[:-4]):
        assert not toegangscode.past(CODE, kapot)


def test_de_echte_maat_rekent_met_32_mb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    afdruk = toegangscode.make_afdruk(CODE)
    assert afdruk.startswith("scrypt$15$8$3$")
    assert toegangscode.past(CODE, afdruk)
