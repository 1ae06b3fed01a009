"""De verbinding onder alle registers: tijd, omvang, aanmelden, herhalen en afbreken."""

from __future__ import annotations

import base64
import gzip
import io
import json
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from frontoffice.central.http import Lijnen, Verbinding, Vraag
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    Geannuleerd,
    KifFout,
    NietBevoegd,
    NietGevonden,
    Onbereikbaar,
    OnverwachtAntwoord,
    ProfielFout,
    RegisterFout,
    Storing,
)
from frontoffice.ports import Aanroep, Stop
from tests.central.conftest import GEHEIM
from tests.central.proefserver import Aannemer, Proefserver, Reactie, als_reactie
from tests.conftest import PROJECTMAP

RUIM_S = 15.0
"""Veel meer dan het mag duren, en veel minder dan de server zwijgt of druppelt."""
VRAAG = Vraag("GET", "/zaken", (("identificatie", "X"),))
KOP = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def ask(verbinding: Verbinding, aanroep: Aanroep, vraag: Vraag = VRAAG) -> object:
    return verbinding.ask(vraag, aanroep, dict, lambda d: d)


def write(*brokken: bytes, tussen: float = 0.0) -> Callable[[Aannemer], None]:
    def gedrag(aannemer: Aannemer) -> None:
        for brok in brokken:
            aannemer.wfile.write(brok)
            aannemer.wfile.flush()
            if tussen and aannemer.server.proef.einde.wait(tussen):
                return

    return gedrag


def drip(begin: bytes, druppel: bytes = b" ") -> Callable[[Aannemer], None]:
    return write(begin, *[druppel] * 1_200, tussen=0.05)


def be_silent(aannemer: Aannemer) -> None:
    aannemer.server.proef.einde.wait(60)


# --- tijd ---


@pytest.mark.parametrize(
    "gedrag",
    [
        be_silent,
        drip(KOP + b"Content-Length: 5000\r\n\r\n{"),
        drip(KOP + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        drip(KOP + b"Connection: close\r\n\r\n{"),
        drip(KOP + b"X-Kop: ", b"a"),
    ],
    ids=["zwijgt", "druppelt", "druppelt in brokken", "druppelt zonder lengte", "druppelt in de kop"],
)
def test_een_server_die_hangt_of_druppelt_is_op_tijd_voorbij(
    verbinding: Verbinding, server: Proefserver, gedrag: Callable[[Aannemer], None]
) -> None:
    server.always(Reactie(gedrag=gedrag))
    begin = time.monotonic()
    with pytest.raises(DuurtTeLang) as fout:
        ask(verbinding, Aanroep.van(0.4))
    assert 0.3 < time.monotonic() - begin < RUIM_S
    assert fout.value.opnieuw_helpt
    assert fout.value.uitleg.startswith("Het zaaksysteem")


def test_stop_breekt_een_verzoek_dat_onderweg_is_meteen_af(
    verbinding: Verbinding, server: Proefserver
) -> None:
    server.always(Reactie(gedrag=be_silent))
    stop = Stop()
    threading.Timer(0.2, stop.set).start()
    begin = time.monotonic()
    with pytest.raises(Geannuleerd):
        ask(verbinding, Aanroep.van(60, stop))
    assert time.monotonic() - begin < RUIM_S


def test_stop_breekt_ook_het_verbinden_af() -> None:
    vol = socket.socket()
    vol.bind(("127.0.0.1", 0))
    vol.listen(0)
    poort = vol.getsockname()[1]
    wachters = [socket.socket() for _ in range(3)]
    for wachter in wachters:  # de wachtrij vol: een volgende verbinding komt er niet meer door
        wachter.setblocking(False)
        wachter.connect_ex(("127.0.0.1", poort))
    lijnen = Lijnen()
    verbinding = Verbinding(RegisterInstelling("zaken", f"http://127.0.0.1:{poort}/x"), lijnen)
    stop = Stop()
    threading.Timer(0.2, stop.set).start()
    begin = time.monotonic()
    with pytest.raises(Geannuleerd):
        ask(verbinding, Aanroep.van(60, stop))
    assert time.monotonic() - begin < RUIM_S
    lijnen.close()
    for sock in (*wachters, vol):
        sock.close()


def test_na_een_afgebroken_verzoek_werkt_de_verbinding_gewoon_weer(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(gedrag=be_silent), Reactie(json={"goed": True}))
    with pytest.raises(DuurtTeLang):
        ask(verbinding, Aanroep.van(0.2))
    assert ask(verbinding, aanroep) == {"goed": True}


def test_wie_geen_tijd_of_zin_meer_heeft_doet_geen_verzoek(
    verbinding: Verbinding, server: Proefserver
) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Geannuleerd):
        ask(verbinding, Aanroep.van(10, stop))
    with pytest.raises(DuurtTeLang):
        ask(verbinding, Aanroep.van(-1))
    assert server.verzoeken == []


# --- herhalen ---

HERHAALBAAR = Vraag("GET", "/zaken", herhaalbaar=True)


@pytest.mark.parametrize("status", [502, 503, 504, 429])
def test_alleen_een_herhaalbare_vraag_wordt_een_keer_herhaald(
    verbinding: Verbinding, server: Proefserver, status: int
) -> None:
    server.always(Reactie(status, {}), Reactie(json={}))
    aanroep = Aanroep.van(5)
    assert ask(verbinding, aanroep, HERHAALBAAR) == {}
    assert [v.status for v in aanroep.verzoeken] == [status, 200]
    server.always(Reactie(status, {}), Reactie(json={}))
    with pytest.raises(Storing):
        ask(verbinding, aanroep, Vraag("GET", "/zaken"))


def test_een_gewone_500_wordt_niet_herhaald(verbinding: Verbinding, server: Proefserver) -> None:
    server.always(als_reactie("openzaak-zaken-zoek-expand-als-tekst-500"))
    with pytest.raises(Storing) as fout:
        ask(verbinding, Aanroep.van(5), HERHAALBAAR)
    assert len(server.verzoeken) == 1
    assert fout.value.register_code == "error"


@pytest.mark.parametrize("na", ["999999999", "-5", "Wed, 21 Oct 2015 07:28:00 GMT", "½", ""])
def test_retry_after_houdt_niemand_langer_vast_dan_de_tijd_van_de_aanroep(
    verbinding: Verbinding, server: Proefserver, na: str
) -> None:
    koppen = {"Retry-After": na.encode().decode("latin-1")}
    server.always(Reactie(503, {}, koppen=koppen))
    begin = time.monotonic()
    with pytest.raises(RegisterFout):
        ask(verbinding, Aanroep.van(0.8), HERHAALBAAR)
    assert time.monotonic() - begin < RUIM_S


def test_een_verbinding_die_meteen_wegvalt_wordt_herhaald(
    verbinding: Verbinding, server: Proefserver
) -> None:
    server.always(Reactie(gedrag=lambda _: None), Reactie(json={"goed": 1}))
    assert ask(verbinding, Aanroep.van(5), HERHAALBAAR) == {"goed": 1}


def test_stop_eindigt_ook_het_wachten_op_een_herhaling(verbinding: Verbinding, server: Proefserver) -> None:
    server.always(Reactie(503, {}, koppen={"Retry-After": "40"}))
    stop = Stop()
    threading.Timer(0.2, stop.set).start()
    begin = time.monotonic()
    with pytest.raises(Geannuleerd):
        ask(verbinding, Aanroep.van(60, stop), HERHAALBAAR)
    assert time.monotonic() - begin < RUIM_S


# --- wat er terugkomt ---


def gzip_bomb() -> bytes:
    pakker = zlib.compressobj(9, zlib.DEFLATED, 31)
    blok = b"\0" * (1024 * 1024)
    return b"".join(pakker.compress(blok) for _ in range(100)) + pakker.flush()


@pytest.mark.parametrize(
    ("reactie", "woord"),
    [
        (Reactie(ruw=b"<!DOCTYPE html><p>Log in", koppen={"Content-Type": "text/html"}), "webpagina"),
        (Reactie(ruw=b"<html>", koppen={"Content-Type": "text/plain"}), "webpagina"),
        (Reactie(ruw=b"{}", koppen={"Content-Type": "text/plain"}), "niet te lezen"),
        (Reactie(ruw=b'{"a":', koppen={}), "niet te lezen"),
        (Reactie(ruw=b'{"a": NaN}'), "niet te lezen"),
        (Reactie(ruw=b'{"a": "\xff"}'), "niet te lezen"),
        (Reactie(ruw=b""), "niet te lezen"),
        (Reactie(ruw=b"[1]"), "andere vorm"),
        (Reactie(ruw=b"[" * 100_000), "te diep"),
        (Reactie(ruw=b'{"a":' * 100 + b"1" + b"}" * 100), "te diep"),
        (Reactie(ruw=b'"' + b"x" * (6 * 1024 * 1024) + b'"'), "te groot"),
        (Reactie(ruw=b"geen gzip", koppen={"Content-Encoding": "gzip"}), "beschadigd"),
        (Reactie(ruw=gzip.compress(b'{"a": 1}')[:-9], koppen={"Content-Encoding": "gzip"}), "halverwege"),
        (Reactie(ruw=b"{}", koppen={"Content-Encoding": "br"}), "onbekende manier"),
    ],
    ids=lambda waarde: waarde if isinstance(waarde, str) else "",
)
def test_een_antwoord_dat_niet_deugt_wordt_een_zin(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep, reactie: Reactie, woord: str
) -> None:
    server.always(reactie)
    with pytest.raises(OnverwachtAntwoord, match=woord):
        ask(verbinding, aanroep)


def test_een_bom_van_gzip_stopt_bij_de_grens_en_kost_geen_geheugen(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(ruw=gzip_bomb(), koppen={"Content-Encoding": "gzip"}))
    tracemalloc.start()
    with pytest.raises(OnverwachtAntwoord, match="te groot"):
        ask(verbinding, aanroep)
    _, hoogste = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert hoogste < 15 * 1024 * 1024


def test_gewone_gzip_en_een_bom_vooraan_worden_gelezen(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    goed = b"\xef\xbb\xbf" + json.dumps({"naam": "José Şahin 漢字"}).encode()
    server.always(Reactie(ruw=gzip.compress(goed), koppen={"Content-Encoding": "gzip"}))
    assert ask(verbinding, aanroep) == {"naam": "José Şahin 漢字"}


def test_een_antwoord_dat_halverwege_wegvalt_is_geen_leeg_antwoord(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(gedrag=write(KOP + b'Content-Length: 500\r\n\r\n{"results": [')))
    with pytest.raises(OnverwachtAntwoord, match="halverwege") as fout:
        ask(verbinding, aanroep)
    assert fout.value.opnieuw_helpt


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_een_omleiding_wordt_nooit_gevolgd(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep, status: int
) -> None:
    server.always(Reactie(status, ruw=b"", koppen={"Location": f"{server.basis}/elders"}))
    with pytest.raises(OnverwachtAntwoord, match="ander adres"):
        ask(verbinding, aanroep)
    assert len(server.verzoeken) == 1


def test_een_koekje_van_een_register_gaat_niet_terug(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(json={}, koppen={"Set-Cookie": "sessie=1; Path=/"}))
    ask(verbinding, aanroep)
    ask(verbinding, aanroep)
    assert all("cookie" not in v.koppen for v in server.verzoeken)


def test_niemand_luistert_is_onbereikbaar() -> None:
    dicht = socket.socket()
    dicht.bind(("127.0.0.1", 0))
    poort = dicht.getsockname()[1]
    dicht.close()
    verbinding = Verbinding(RegisterInstelling("brp", f"http://127.0.0.1:{poort}"), Lijnen())
    aanroep = Aanroep.van(5)
    with pytest.raises(Onbereikbaar) as fout:
        ask(verbinding, aanroep)
    assert fout.value.uitleg.startswith("De basisregistratie personen is niet bereikbaar")
    assert [v.status for v in aanroep.verzoeken] == [None]
    assert fout.value.nooit_verstuurd


def test_alleen_zonder_verbinding_is_zeker_dat_het_register_het_niet_zag(
    verbinding: Verbinding, server: Proefserver
) -> None:
    server.always(Reactie(json={"goed": 1}), Reactie(gedrag=lambda _: None), Reactie(500, {}))
    ask(verbinding, Aanroep.van(5))
    for _ in range(2):  # op een verbinding die er al was, en op een nieuwe
        with pytest.raises(RegisterFout) as fout:
            ask(verbinding, Aanroep.van(5))
        assert not fout.value.nooit_verstuurd


# --- weigeringen ---


@pytest.mark.parametrize(
    ("opname", "soort", "code"),
    [
        ("openzaak-fout-403-jwt-verlopen", NietBevoegd, "klok_onjuist"),
        ("openzaak-fout-403-jwt-verkeerde-handtekening", NietBevoegd, "sleutel_onjuist"),
        ("openzaak-fout-403-client-onbekend", NietBevoegd, "sleutel_onjuist"),
        ("openzaak-fout-403-geen-token", NietBevoegd, "niet_bevoegd"),
        ("openzaak-fout-403-beperkt-ander-zaaktype", NietBevoegd, "niet_bevoegd"),
        ("openklant-44-401-no-token", NietBevoegd, "sleutel_onjuist"),
        ("openklant-45-401-wrong-token", NietBevoegd, "sleutel_onjuist"),
        ("openzaak-fout-404-zaak", NietGevonden, "niet_gevonden"),
        ("openklant-47-404-unknown-path-is-html", OnverwachtAntwoord, "webpagina"),
        ("openzaak-fout-412-accept-crs-ontbreekt", Afgekeurd, "afgekeurd"),
        ("openklant-09-partij-search-name-400-unknown-parameter", Afgekeurd, "afgekeurd"),
    ],
)
def test_weigeringen_van_de_echte_servers_worden_de_goede_fout(
    verbinding: Verbinding,
    server: Proefserver,
    aanroep: Aanroep,
    opname: str,
    soort: type[RegisterFout],
    code: str,
) -> None:
    server.always(als_reactie(opname))
    with pytest.raises(soort) as fout:
        ask(verbinding, aanroep)
    assert fout.value.code == code
    assert fout.value.http_status == als_reactie(opname).status
    assert fout.value.uitleg.endswith(".")


def test_een_weigering_noemt_de_velden_maar_niet_de_waarden(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    params = [
        {"name": "betrokkeneIdentificatie.inpBsn", "code": "invalid", "reason": "999993653 klopt niet"},
        {"name": "999993653", "code": "x y"},
        "onzin",
    ]
    server.always(Reactie(400, {"code": "invalid", "detail": "999993653", "invalidParams": params}))
    with pytest.raises(Afgekeurd) as fout:
        ask(verbinding, aanroep)
    assert fout.value.velden == (("betrokkeneIdentificatie.inpBsn", "invalid"), ("", ""))


# --- aanmelden ---


def test_het_zgw_token_is_vers_noemt_de_medewerker_en_is_goed_getekend(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    import hashlib
    import hmac

    server.always(Reactie(json={}))
    ask(verbinding, aanroep)
    kop, claims, handtekening = server.verzoeken[0].koppen["authorization"].removeprefix("Bearer ").split(".")

    def decode(deel: str) -> bytes:
        return base64.urlsafe_b64decode(deel + "=" * (-len(deel) % 4))

    assert json.loads(decode(kop)) == {"typ": "JWT", "alg": "HS256"}
    inhoud = json.loads(decode(claims))
    assert inhoud["client_id"] == "kif"
    assert (inhoud["user_id"], inhoud["user_representation"]) == ("s.bos", "S. Bos")
    assert 0 < time.time() - inhoud["iat"] < 120
    verwacht = hmac.new(GEHEIM.encode(), f"{kop}.{claims}".encode(), hashlib.sha256).digest()
    assert decode(handtekening) == verwacht


def test_na_een_geweigerde_sleutel_wordt_het_geheim_opnieuw_gelezen(server: Proefserver) -> None:
    sleutels = ["oud", "nieuw"]
    register = RegisterInstelling("klantinteracties", server.basis, "token", lambda: sleutels.pop(0))
    verbinding = Verbinding(register, Lijnen())
    server.always(als_reactie("openklant-45-401-wrong-token"), Reactie(json={}))
    with pytest.raises(NietBevoegd):
        ask(verbinding, Aanroep.van(5))
    ask(verbinding, Aanroep.van(5))
    assert [v.koppen["authorization"] for v in server.verzoeken] == ["Token oud", "Token nieuw"]
    assert "oud" not in repr(register) + repr(verbinding)


@pytest.mark.parametrize(
    "url",
    ["http://registers.example/zaken", "ftp://127.0.0.1/x", "https://a:b@127.0.0.1/x", "https:///x", "zaken"],
)
def test_een_adres_dat_de_sleutel_zou_weggeven_wordt_geweigerd(url: str) -> None:
    with pytest.raises(ProfielFout):
        Verbinding(RegisterInstelling("zaken", url), Lijnen())


# --- downloaden, draden, tellen ---


def test_een_download_meldt_voortgang_en_stopt_bij_de_grens(
    verbinding: Verbinding, server: Proefserver
) -> None:
    server.always(Reactie(ruw=b"x" * 200_000, koppen={"Content-Type": "application/octet-stream"}))
    doel, standen = io.BytesIO(), []
    vraag = Vraag("GET", "/d", koppen={"Accept": "*/*"})
    verbinding.download(vraag, doel, lambda *stand: standen.append(stand), Aanroep.van(5))
    assert doel.getvalue() == b"x" * 200_000
    assert standen[-1] == (200_000, 200_000)
    assert [s[0] for s in standen] == sorted(s[0] for s in standen)
    leeg = io.BytesIO()
    with pytest.raises(OnverwachtAntwoord, match="te groot"):
        verbinding.download(vraag, leeg, lambda *_: None, Aanroep.van(5), grens=1000)
    assert leeg.getvalue() == b""


def test_een_fout_bij_downloaden_schrijft_niets_weg(verbinding: Verbinding, server: Proefserver) -> None:
    octet = {"Content-Type": "application/octet-stream"}
    server.always(Reactie(404, ruw=b"application/octet-stream", koppen=octet))
    doel = io.BytesIO()
    with pytest.raises(NietGevonden):
        verbinding.download(Vraag("GET", "/d"), doel, lambda *_: None, Aanroep.van(5))
    assert doel.getvalue() == b""


def test_een_volle_schijf_is_geen_storing_van_het_register(
    verbinding: Verbinding, server: Proefserver
) -> None:
    class Vol(io.BytesIO):
        def write(self, *_: object) -> int:
            raise OSError(28, "vol")

    server.always(Reactie(ruw=b"x"))
    with pytest.raises(KifFout) as fout:
        verbinding.download(Vraag("GET", "/d"), Vol(), lambda *_: None, Aanroep.van(5))
    assert fout.value.code == "schijf"
    assert not isinstance(fout.value, RegisterFout)


def test_acht_draden_tegelijk_krijgen_elk_hun_eigen_antwoord(
    verbinding: Verbinding, server: Proefserver
) -> None:
    server.answer = lambda verzoek: Reactie(json={"n": verzoek.query["n"]})
    fouten: list[object] = []

    def werk(draad: int) -> None:
        for i in range(20):
            n = f"{draad}-{i}"
            antwoord = ask(verbinding, Aanroep.van(10), Vraag("GET", "/zaken", (("n", n),)))
            if antwoord != {"n": n}:
                fouten.append(antwoord)

    draden = [threading.Thread(target=werk, args=(n,)) for n in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    assert len(server.verzoeken) == 160


def test_verzoeken_worden_geteld_met_diepte_en_zonder_waarden(
    verbinding: Verbinding, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(json={}))
    uuid = "9b3f2f8d-e237-496a-986e-f33dba268a82"
    ask(verbinding, aanroep, Vraag("GET", f"/zaken/{uuid}", (("bsn", "999993653"), ("x", "+31612345678"))))
    ask(verbinding, aanroep, Vraag("GET", "/v1/basisprofielen/69599084"))
    assert server.verzoeken[0].query == {"bsn": "999993653", "x": "+31612345678"}
    assert [(v.pad, v.diepte) for v in aanroep.verzoeken] == [
        (f"/zaken/{uuid}?bsn=…&x=…", 1),
        ("/v1/basisprofielen/…", 2),
    ]


def test_requests_laadt_niets_dat_tekens_raadt() -> None:
    """In een nieuw proces: hier heeft een andere test het misschien al geladen."""
    vraag = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "import frontoffice.central.lijn\n"
        "print([m for m in sys.modules if m.startswith(('charset_normalizer', 'chardet'))])"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", vraag], cwd=PROJECTMAP, capture_output=True, text=True, check=True, timeout=60
    )
    assert klaar.stdout == "[]\n"
