"""Het profiel: alle fouten tegelijk, in gewone taal, en nooit een onveilig adres."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import certifi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.concept import Actorsoort, Afdeling
from frontoffice.domain.fouten import ProfielFout
from frontoffice.domain.normen import Waarvoor
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.profiel import Login, Objectcode, Profiel, Register, mensenlezen, profielpad
from frontoffice.profiel.adressen import check_adres, is_loopback
from frontoffice.profiel.lezen import load_profiel, parse_profiel, read_inhoud

VOORBEELD = Path(__file__).parents[1] / "resources" / "profiel" / "voorbeeld.toml"

MENSEN = """
[gemeente]
naam = "Losser"
code = "0168"
[medewerker]
naam = "S. Bos"
identificatie = "s.bos"
organisatie = "Losser"
rol = "kcc"
[rollen.kcc]
zaaktypen = ["*"]
hoogste_vertrouwelijkheid = "zaakvertrouwelijk"
"""
DOELEN = """
[brp.doelen]
RaadpleegMetBurgerservicenummer = {x-doelbinding = "A", x-verwerking = "B"}
ZoekMetGeslachtsnaamEnGeboortedatum = {x-doelbinding = "A"}
ZoekMetPostcodeEnHuisnummer = {x-doelbinding = "A"}
"""


def centraal(basis: str = "https://api.losser.example", meer: str = "") -> str:
    return f'{MENSEN}{DOELEN}[centraal]\nbasis = "{basis}"\n{meer}'


def demo(adres: str = "http://127.0.0.1:8099", meer: str = "") -> str:
    return f'[gemeente]\nnaam = "Losser"\ncode = "0168"\ndemo = true\n[centraal]\nbasis = "{adres}"\n{meer}'


def fouten_van(tekst: str) -> tuple[str, ...]:
    with pytest.raises(ProfielFout) as gevangen:
        parse_profiel(tekst)
    return gevangen.value.fouten


def enige_fout(tekst: str) -> str:
    fouten = fouten_van(tekst)
    assert len(fouten) == 1, fouten
    return fouten[0]


def test_het_voorbeeld_is_een_goed_profiel_waarin_elke_regel_uitleg_heeft() -> None:
    profiel = load_profiel(VOORBEELD)
    assert set(profiel.registers) == set(Register)
    assert not profiel.gemeente.demo
    assert profiel.registers[Register.DOCUMENTEN].geheim == "zaken"
    assert VOORBEELD.read_text(encoding="utf-8").count("#") > 25


def test_het_voorbeeld_werkt_ook_met_de_vorm_centraal() -> None:
    tekst = VOORBEELD.read_text(encoding="utf-8")
    begin, eind = (
        tekst.index("[registers.klantinteracties]"),
        tekst.index("# Hoe Klantinteracties een persoon"),
    )
    blok = tekst[tekst.index("# [centraal]") : tekst.index("# Vorm 2")]
    regels = [regel.removeprefix("# ") for regel in blok.splitlines() if regel != "#"]
    profiel = parse_profiel(tekst[:begin] + "\n".join(regels) + "\n" + tekst[eind:])
    assert profiel.registers[Register.BRP].url == "https://api.voorbeeldstad.example/brp"
    assert {a.login for a in profiel.registers.values()} == {Login.BEARER}
    assert {a.geheim for a in profiel.registers.values()} == {"centraal"}


def test_de_vorm_centraal_zet_elk_register_op_zijn_standaardpad() -> None:
    profiel = parse_profiel(centraal("https://api.losser.example/"))
    assert {r.value: a.url for r, a in profiel.registers.items()} == {
        "klantinteracties": "https://api.losser.example/klantinteracties/api/v1",
        "zaken": "https://api.losser.example/zaken/api/v1",
        "catalogi": "https://api.losser.example/catalogi/api/v1",
        "documenten": "https://api.losser.example/documenten/api/v1",
        "brp": "https://api.losser.example/brp",
        "kvk": "https://api.losser.example/kvk",
    }


def test_wat_het_demoprofiel_weglaat_krijgt_de_standaardwaarde() -> None:
    profiel = parse_profiel(demo())
    assert profiel.bevoegdheid.alle_zaaktypen
    assert profiel.bevoegdheid.hoogste_vertrouwelijkheid is Vertrouwelijkheid.zaakvertrouwelijk
    assert profiel.termijnen.eerste_beeld == 4.5
    assert profiel.werkplek.afdekken_na_minuten == 5
    assert profiel.codes.bsn.code_soort_object_id == "bsn"
    assert "telefoon" in profiel.kanalen
    assert profiel.brp_doelen == {}


def test_een_demonstratie_mag_op_een_vaste_dag_staan_en_iets_anders_niet() -> None:
    vast = demo().replace("demo = true", "demo = true\nvandaag = 2026-03-02")
    assert parse_profiel(vast).gemeente.vandaag == date(2026, 3, 2)
    echt = centraal().replace('code = "0168"', 'code = "0168"\nvandaag = 2026-03-02')
    assert enige_fout(echt).startswith("gemeente.vandaag:")


def test_alle_fouten_komen_tegelijk_en_noemen_hun_sleutel() -> None:
    fouten = fouten_van(
        """
        [gemeente]
        nam = "Losser"
        code = 168
        [werkplek]
        soort = "loket"
        afdekken_na_minuten = 20
        [medewerker]
        naam = ""
        identificatie = "s.bos"
        organisatie = "Losser"
        rol = "baas"
        [rollen.kcc]
        zaaktypen = []
        hoogste_vertrouwelijkheid = "top"
        [registers.klantinteracties]
        url = "www.losser.example"
        login = "oauth"
        [registers.zaken]
        url = "https://losser.example/zaken/api/v1"
        [registers.catalogi]
        url = "https://losser.example/catalogi/api/v1"
        client_id = "kif"
        [registers.brp]
        url = "https://losser.example/brp"
        [termijnen]
        eerste_beeld = "snel"
        [kanalen]
        namen = "telefoon"
        [codes]
        bsn = {codeRegister = 1}
        """
    )
    sleutels = [fout.split(":")[0] for fout in fouten]
    assert sorted(set(sleutels)) == sorted(
        {
            "gemeente.naam",
            "gemeente.nam",
            "gemeente.code",
            "werkplek.soort",
            "werkplek.afdekken_na_minuten",
            "medewerker.naam",
            "medewerker.rol",
            "rollen.kcc.zaaktypen",
            "rollen.kcc.hoogste_vertrouwelijkheid",
            "registers.klantinteracties.url",
            "registers.klantinteracties.login",
            "registers.zaken.client_id",
            "registers.documenten.url",
            "registers.documenten.client_id",
            "termijnen.eerste_beeld",
            "kanalen.namen",
            "codes.bsn.codeRegister",
            "brp.doelen.RaadpleegMetBurgerservicenummer",
            "brp.doelen.ZoekMetGeslachtsnaamEnGeboortedatum",
            "brp.doelen.ZoekMetPostcodeEnHuisnummer",
        }
    )
    assert all(fout.endswith((".", "?")) and len(fout) > 40 for fout in fouten)


def test_een_verschreven_sleutel_noemt_de_sleutel_die_is_bedoeld() -> None:
    assert '"afdekken_na_minuten"' in enige_fout(centraal(meer="[werkplek]\nafdekken_na_minuut = 5"))
    assert '"RaadpleegMetBurgerservicenummer"' in enige_fout(
        demo(meer='[brp.doelen]\nRaadpleegMetBurgerservicenumer = {x-a = "b"}')
    )
    assert "Haal deze regel weg" in enige_fout(centraal(meer="[qqq]\nx = 1"))


def test_een_geheim_in_het_profiel_wordt_gemeld_maar_niet_herhaald() -> None:
    fout = enige_fout(centraal(meer='wachtwoord = "zeer-geheim-1"'))
    assert "kif geheim set" in fout
    assert "zeer-geheim-1" not in fout
    assert "zeer-geheim-1" not in "".join(fouten_van(centraal("https://kif:zeer-geheim-1@losser.example")))


@pytest.mark.parametrize(("minuten", "goed"), [(0, False), (1, True), (15, True), (16, False)])
def test_afdekken_kan_van_een_tot_en_met_vijftien_minuten(minuten: int, goed: bool) -> None:
    tekst = centraal(meer=f"[werkplek]\nafdekken_na_minuten = {minuten}")
    if goed:
        assert parse_profiel(tekst).werkplek.afdekken_na_minuten == minuten
    else:
        assert "1 tot en met 15" in enige_fout(tekst)


def test_centraal_en_registers_samen_is_een_fout() -> None:
    assert "kies een van de twee" in enige_fout(centraal(meer="[registers.kvk]\nurl = 'https://kvk.example'"))


def test_zonder_registers_zegt_de_fout_wat_er_moet_staan() -> None:
    assert "[centraal]" in enige_fout(MENSEN)


def test_brp_en_kvk_mogen_ontbreken_en_dan_zijn_er_geen_doelen_nodig() -> None:
    profiel = parse_profiel(
        MENSEN
        + "".join(
            f'[registers.{naam}]\nurl = "https://losser.example/{naam}"\nlogin = "bearer"\n'
            for naam in ("klantinteracties", "zaken", "catalogi", "documenten")
        )
    )
    assert Register.BRP not in profiel.registers
    assert Register.KVK not in profiel.registers


def test_de_regel_van_een_tikfout_in_toml_wordt_genoemd() -> None:
    assert enige_fout('[gemeente]\nnaam = "Losser"\ncode = 01 68\n').startswith("Regel 3,")
    assert "staat er al" in enige_fout("a = 1\na = 2\n")


def test_een_profiel_dat_er_niet_is_of_geen_tekst_is_geeft_een_zin(tmp_path: Path) -> None:
    for pad, inhoud in {
        "weg.toml": None,
        "beeld.toml": b"\xff\xd8\xff",
        "groot.toml": b"#" * 1_000_001,
    }.items():
        if inhoud is not None:
            (tmp_path / pad).write_bytes(inhoud)
        with pytest.raises(ProfielFout):
            load_profiel(tmp_path / pad)
    with pytest.raises(ProfielFout):
        load_profiel(tmp_path)


@pytest.mark.parametrize(
    "adres",
    [
        "http://127.0.0.1",
        "http://127.0.0.1:8000",
        "http://127.8.9.1/x/",
        "http://localhost:80",
        "http://[::1]:9/api",
        "https://LOCALHOST",
    ],
)
def test_deze_adressen_wijzen_op_deze_computer(adres: str) -> None:
    assert is_loopback(adres)


@pytest.mark.parametrize(
    "adres",
    [
        "http://127.0.0.1@evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example",
        "http://evil.example/127.0.0.1", "http://evil.example#@127.0.0.1", "http://evil.example?127.0.0.1",
        "http://127.0.0.1\\@evil.example", "http://127.0.0.1%2eevil.example", "http://127.0.0.1:80@evil.example",
        "http://localhost.", "http://0.0.0.0", "http://127.1", "http://2130706433", "http://0x7f.0.0.1",
        "http://[::ffff:127.0.0.1]", "http://[::]", "http://[fe80::1%25lo]", "http://localhost:99999", "ftp://127.0.0.1",
        "http://127.0.0.1 ", " http://127.0.0.1", "http:/127.0.0.1", "//127.0.0.1", "http://", "http://127.0.0.1/a/../b",
        "http://127。0。0。1", "http://ⓛocalhost", "http://localhost\n", "http://128.0.0.1", "http://kif:x@localhost",
    ],
)  # fmt: skip
def test_deze_adressen_gaan_nooit_voor_loopback_door(adres: str) -> None:
    assert not is_loopback(adres)


@given(st.text(alphabet="htps:/@.127.0lcaost#?\\[]%", max_size=40))
def test_een_adres_met_een_vreemd_teken_is_nooit_loopback(staart: str) -> None:
    adres = "http://127.0.0.1" + staart
    if set(staart) & set("@#?\\%[]"):
        assert not is_loopback(adres)
        assert check_adres(adres)


def test_http_mag_alleen_als_elk_register_op_deze_computer_draait() -> None:
    assert parse_profiel(centraal("http://127.0.0.1:9000")).alleen_loopback
    assert enige_fout(centraal("http://api.losser.example")).startswith("http://")
    gemengd = MENSEN + "".join(
        f'[registers.{naam}]\nurl = "{adres}"\nlogin = "geen"\n'
        for naam, adres in {
            "klantinteracties": "http://127.0.0.1:9000",
            "zaken": "https://losser.example/zaken",
            "catalogi": "https://losser.example/catalogi",
            "documenten": "https://losser.example/documenten",
        }.items()
    )
    assert enige_fout(gemengd).startswith("http://")


def test_een_demonstratie_tegen_echte_registers_wordt_geweigerd() -> None:
    assert enige_fout(demo("https://api.losser.example")).startswith("gemeente.demo:")
    assert len(fouten_van(demo("http://localhost.evil.example"))) == 2


def test_een_goed_profiel_op_loopback_zonder_demo_heeft_toch_doelen_nodig() -> None:
    zonder = centraal("http://127.0.0.1:9000").replace(DOELEN, "")
    assert all(fout.startswith("brp.doelen.") for fout in fouten_van(zonder))


@pytest.mark.parametrize("header", ["Authorization", "host", "x doel", "x-doel:", "", "x\\r\\ny"])
def test_een_doel_kan_geen_vreemde_header_zetten(header: str) -> None:
    doelen = "".join(
        f'[brp.doelen.{vraag}]\n"{header}" = "waarde"\n'
        for vraag in (
            "RaadpleegMetBurgerservicenummer",
            "ZoekMetGeslachtsnaamEnGeboortedatum",
            "ZoekMetPostcodeEnHuisnummer",
        )
    )
    assert len(fouten_van(centraal().replace(DOELEN, doelen))) == 3


def test_een_ca_bundel_zonder_certificaten_is_een_fout_in_het_profiel(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("dit is geen certificaat", encoding="utf-8")
    pad = tmp_path / "profiel.toml"
    pad.write_text(centraal(meer='ca_bundel = "ca.pem"'), encoding="utf-8")
    with pytest.raises(ProfielFout) as gevangen:
        load_profiel(pad)
    (zin,) = gevangen.value.fouten
    assert "ca_bundel" in zin
    assert "PEM" in zin


def test_een_ca_bundel_wordt_naast_het_profiel_gezocht(tmp_path: Path) -> None:
    shutil.copy(certifi.where(), tmp_path / "ca.pem")
    pad = tmp_path / "losser.toml"
    pad.write_text(centraal(meer='ca_bundel = "ca.pem"'))
    assert load_profiel(pad).registers[Register.ZAKEN].ca_bundel == tmp_path / "ca.pem"
    pad.write_text(centraal(meer='ca_bundel = "weg.pem"'))
    with pytest.raises(ProfielFout, match="ca_bundel"):
        load_profiel(pad)


def test_profile_gaat_voor_de_omgeving_en_zonder_beide_is_er_geen_pad() -> None:
    omgeving = {"KIF_PROFILE": "uit-omgeving.toml"}
    assert profielpad("gekozen.toml", omgeving) == Path("gekozen.toml")
    assert profielpad(None, omgeving) == Path("uit-omgeving.toml")
    assert profielpad(None, {}) is None


_waarde = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a* \n", max_size=3),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text("abc", max_size=3), kind, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "gemeente",
                "werkplek",
                "medewerker",
                "rollen",
                "centraal",
                "registers",
                "codes",
                "kanalen",
                "brp",
                "x",
            ]
        ),
        st.dictionaries(
            st.sampled_from(
                ["naam", "code", "demo", "rol", "basis", "login", "zaken", "bsn", "doelen", "kcc"]
            ),
            _waarde,
        )
        | _waarde,
    )
)
def test_welke_vorm_een_profiel_ook_heeft_er_komt_een_profiel_of_een_zin(inhoud: dict[str, object]) -> None:
    try:
        assert isinstance(read_inhoud(inhoud), Profiel)
    except ProfielFout as fout:
        assert all(len(zin) > 20 for zin in fout.fouten)


# --- registratie ---


def registratie(meer: str = "") -> str:
    return f"{centraal()}\n[registratie]\n{meer}"


def test_zonder_registratie_gelden_de_standaarden() -> None:
    eigen = parse_profiel(centraal()).registratie
    assert (eigen.taal, eigen.werkplek_nummer, eigen.verzoeken_per_seconde) == ("nld", "", 4)
    assert (eigen.terugbel_werkdagen, eigen.niet_op_website, eigen.afdelingen) == (2, True, ())
    assert eigen.medewerker == Objectcode("msei", "mdw", "idf")
    assert eigen.afdeling == Objectcode("obj", "afd", "idf")
    assert eigen.groep == Objectcode("obj", "grp", "idf")
    assert "Vraag van een collega" in eigen.alleen_kijken_redenen


def test_een_medewerker_met_een_mailadres_staat_als_mailadres_in_het_register() -> None:
    met_mail = centraal().replace('identificatie = "s.bos"', 'identificatie = "s.bos@losser.example"')
    assert parse_profiel(met_mail).registratie.medewerker.code_soort_object_id == "email"
    gekozen = met_mail + '[registratie]\nmedewerker = {codeSoortObjectId = "idf"}\n'
    assert parse_profiel(gekozen).registratie.medewerker == Objectcode("msei", "mdw", "idf")


def test_een_afdeling_heeft_vragen_en_werkdagen_en_anders_die_van_het_profiel() -> None:
    tekst = registratie(
        """
        terugbel_werkdagen = 3
        onderwerpen = ["Openingstijden"]
        [[registratie.afdelingen]]
        naam = "Burgerzaken"
        id = "BURGERZAKEN"
        vragen = ["Om welk document gaat het?"]
        [[registratie.afdelingen]]
        naam = "Wijkteam"
        id = "wijkteam"
        soort = "groep"
        organisatie = "Losser"
        werkdagen = 5
        """
    )
    eigen = parse_profiel(tekst).registratie
    burgerzaken, wijkteam = eigen.afdelingen
    assert burgerzaken == Afdeling(
        Actorsoort.AFDELING, "BURGERZAKEN", "Burgerzaken", "", ("Om welk document gaat het?",), 3
    )
    assert wijkteam == Afdeling(Actorsoort.GROEP, "wijkteam", "Wijkteam", "Losser", (), 5)
    assert eigen.onderwerpen == ("Openingstijden",)


@pytest.mark.parametrize(
    ("regel", "sleutel"),
    [
        ('taal = "nl"', "registratie.taal"),
        ("werkplek_nummer = 14", "registratie.werkplek_nummer"),
        ('werkplek_nummer = "14"', "registratie.werkplek_nummer"),
        ("verzoeken_per_seconde = 0", "registratie.verzoeken_per_seconde"),
        ("terugbel_werkdagen = -1", "registratie.terugbel_werkdagen"),
        ('onderwerpen = ["Afval", "afval"]', "registratie.onderwerpen"),
        (f'onderwerpen = ["{"x" * 201}"]', "registratie.onderwerpen"),
        ("onderwerpen = []", "registratie.onderwerpen"),
        ("alleen_kijken_redenen = [1]", "registratie.alleen_kijken_redenen"),
        ('niet_op_website = "ja"', "registratie.niet_op_website"),
        ('medewerker = {codeObjecttype = "afd", codeRegister = "obj"}', "registratie.medewerker"),
        ('groep = {codeSoort = "x"}', "registratie.groep.codeSoort"),
        ("afdelingen = 3", "registratie.afdelingen"),
        ('afdelingen = [{id = "X"}]', "registratie.afdelingen.1.naam"),
        ('afdelingen = [{naam = "X", id = "X", soort = "team"}]', "registratie.afdelingen.1.soort"),
        ('afdelingen = [{naam = "X", id = "X", vraag = "y"}]', "registratie.afdelingen.1.vraag"),
        (
            'afdelingen = [{naam = "X", id = "X"}, {naam = "Y", id = "X"}]',
            "registratie.afdelingen.2.id",
        ),
        ('onderwerp = ["Afval"]', "registratie.onderwerp"),
    ],
)
def test_een_fout_in_registratie_noemt_de_sleutel(regel: str, sleutel: str) -> None:
    fout = enige_fout(registratie(regel))
    assert fout.startswith(f"{sleutel}: ")
    assert fout.endswith(".")


def test_het_demoprofiel_noemt_alleen_afdelingen_die_in_de_demonstratie_bestaan() -> None:
    from frontoffice.demo.profieltekst import make_profiel
    from frontoffice.demo.wereld import Wereld

    profiel = parse_profiel(make_profiel("http://127.0.0.1:9"))
    actoren = {(a.soort, a.code): a for a in Wereld(1, date(2026, 11, 16)).actoren}
    for afdeling in profiel.registratie.afdelingen:
        actor = actoren["organisatorische_eenheid", afdeling.object_id]
        assert (actor.naam, actor.functie) == (afdeling.naam, f"Afdeling {afdeling.naam}")
        assert actor.plaats == afdeling.organisatie
    assert len(profiel.registratie.afdelingen) > 5
    assert ("medewerker", profiel.medewerker.identificatie) in actoren
    assert profiel.registratie.medewerker.code_soort_object_id == "idf"


def test_de_medewerker_kan_het_account_van_het_systeem_zijn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "s.bos@losser")
    tekst = centraal()
    met_account = re.sub(r"(?m)^identificatie = .*$", "van_account = true", tekst, count=1)
    assert met_account != tekst
    assert parse_profiel(met_account).medewerker.identificatie == "s.bos@losser"
    allebei = tekst.replace("[medewerker]", "[medewerker]\nvan_account = true", 1)
    assert "kan niet samen" in enige_fout(allebei)


def test_een_omgevingsvariabele_verandert_niet_wie_er_werkt(monkeypatch: pytest.MonkeyPatch) -> None:
    eerst = mensenlezen.read_account()
    for naam in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(naam, "iemand.anders")
    assert mensenlezen.read_account() == eerst
    assert eerst


def test_het_adres_van_het_logboek_komt_uit_het_profiel_met_twee_geheimen() -> None:
    tekst = centraal(meer='[logboek]\nurl = "https://log.losser.example/regels/"\n')
    adres = parse_profiel(tekst).logboek
    assert adres is not None
    assert (adres.url, adres.geheim, adres.afdrukgeheim) == (
        "https://log.losser.example/regels", "logboek", "logboek-afdruk",
    )  # fmt: skip
    assert parse_profiel(centraal()).logboek is None
    assert "https" in enige_fout(centraal(meer='[logboek]\nurl = "http://log.losser.example"\n'))


# --- normen ---


def test_normen_komen_uit_het_profiel_en_anders_van_terugbellen() -> None:
    tekst = registratie(
        """
        terugbel_werkdagen = 3
        [normen]
        laten_weten = 4
        goede_vrijdag = true
        bevrijdingsdag = "altijd"
        vrije_dagen = ["2026-12-31"]
        [[normen.dienst]]
        onderwerp = "Paspoort"
        kanaal = "e-mail"
        werkdagen = 1
        [[normen.wet]]
        onderwerp = "Bezwaar"
        duur = "P6W"
        artikel = "Awb 7:10"
        """
    )
    normen = parse_profiel(tekst).normen
    assert (normen.terugbellen, normen.laten_weten, normen.melding) == (3, 4, 10)
    assert normen.kalender.find_reden(date(2026, 12, 31)) == "vrije dag"
    assert normen.kalender.find_reden(date(2026, 4, 3)) == "Goede Vrijdag"
    assert normen.find_norm(Waarvoor.TERUGBELLEN, "paspoort", "E-mail").werkdagen == 1
    assert [termijn.artikel for termijn in normen.wet] == ["Awb 7:10"]


@pytest.mark.parametrize(
    ("regel", "sleutel"),
    [
        ("terugbellen = -1", "normen.terugbellen"),
        ('bevrijdingsdag = "soms"', "normen.bevrijdingsdag"),
        ('vrije_dagen = ["31-12-2026"]', "normen.vrije_dagen"),
        ("[[normen.dienst]]\nwerkdagen = 1", "normen.dienst"),
        ('[[normen.dienst]]\nonderwerp = "A"\n[[normen.dienst]]\nonderwerp = "a"', "normen.dienst"),
        ('[[normen.wet]]\nonderwerp = "Bezwaar"\nduur = "6 weken"', "normen.wet"),
    ],
)
def test_een_norm_die_niet_kan_heeft_een_zin(regel: str, sleutel: str) -> None:
    with pytest.raises(ProfielFout) as fout:
        parse_profiel(f"{centraal()}\n[normen]\n{regel}")
    assert any(sleutel in zin for zin in fout.value.fouten)


# --- gedeelde accounts -------------------------------------------------------------------------------------

GEDEELD = """
[werkplek]
gedeelde_accounts = ["balie1", "Avond"]
[[medewerkers]]
naam = "S. Bos"
identificatie = "s.bos"
[[medewerkers]]
naam = "F. de Wit"
identificatie = "f.dewit"
rol = "kcc"
organisatie = "Noaberkracht"
"""


def test_op_een_gedeeld_account_staat_in_het_profiel_wie_zich_mag_aanmelden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "AVOND")
    profiel = parse_profiel(centraal(meer=GEDEELD))
    assert profiel.op_gedeeld_account
    assert [(m.naam, m.identificatie, m.organisatie, m.rol) for m in profiel.medewerkers] == [
        ("S. Bos", "s.bos", "Losser", "kcc"),
        ("F. de Wit", "f.dewit", "Noaberkracht", "kcc"),
    ]


def test_op_een_eigen_account_blijft_de_medewerker_die_van_het_profiel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "s.bos")
    profiel = parse_profiel(centraal(meer=GEDEELD))
    assert not profiel.op_gedeeld_account
    assert profiel.medewerker.identificatie == "s.bos"
    assert not parse_profiel(centraal()).op_gedeeld_account


@pytest.mark.parametrize(
    ("was", "wordt", "zin"),
    [
        ('"balie1", "Avond"', '"LOSSER\\\\balie1"', "zonder domein"),
        ('"balie1", "Avond"', '"balie*"', "zonder sterretje"),
        ('"balie1", "Avond"', '"balie1", "Balie1"', "staat er twee keer in"),
        ('identificatie = "f.dewit"', 'identificatie = "S.Bos"', "identificatie: deze medewerker staat"),
        ('identificatie = "f.dewit"', "", "medewerkers.2.identificatie: ontbreekt"),
        ('rol = "kcc"\norg', 'rol = "balie"\norg', "medewerkers.2.rol: deze rol staat niet onder [rollen]"),
        ('[werkplek]\ngedeelde_accounts = ["balie1", "Avond"]', "", "hoort bij gedeelde accounts"),
    ],
)  # fmt: skip
def test_wat_niet_klopt_aan_gedeelde_accounts_krijgt_een_zin(was: str, wordt: str, zin: str) -> None:
    assert was in GEDEELD
    assert zin in enige_fout(centraal(meer=GEDEELD.replace(was, wordt)))


def test_een_gedeeld_account_zonder_medewerkers_is_een_fout() -> None:
    zin = enige_fout(centraal(meer='[werkplek]\ngedeelde_accounts = ["balie1"]'))
    assert "[[medewerkers]] met een naam en een identificatie" in zin
