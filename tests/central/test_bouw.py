"""Bouwen, vooraf laden, `kif doctor` en de beveiliging van de lijn zelf."""

from __future__ import annotations

import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from frontoffice.central.bouw import Aansluitingen, build
from frontoffice.domain.fouten import Onbereikbaar, ProfielFout
from frontoffice.ports import Aanroep
from tests.central.conftest import GeheugenOpslag, make_instellingen
from tests.central.proefserver import Ontvangen, Proefserver, Reactie, als_reactie, bladzij

# --- bouwen ---


def test_bouwen_laadt_nog_niets_zwaars_en_warm_wel() -> None:
    programma = """
import sys
from frontoffice.central.bouw import build
from frontoffice.central.instelling import RegisterInstelling
namen = ("klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk")
gebouwd = build({n: RegisterInstelling(n, "http://127.0.0.1:1/x") for n in namen}, opslag=None)
assert not {"requests", "urllib3", "msgspec"} & set(sys.modules), "te vroeg"
gebouwd.warm()
assert {"requests", "msgspec", "frontoffice.central.zaken"} <= set(sys.modules), "niet warm"
"""
    uitkomst = subprocess.run(
        [sys.executable, "-c", programma],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert uitkomst.returncode == 0, uitkomst.stderr


def test_een_register_dat_ontbreekt_wordt_bij_naam_genoemd() -> None:
    instellingen = make_instellingen("http://127.0.0.1:1")
    del instellingen["kvk"], instellingen["brp"]
    with pytest.raises(ProfielFout) as fout:
        build(instellingen, opslag=GeheugenOpslag())
    assert len(fout.value.fouten) == 2


# --- kif doctor ---


def healthy(verzoek: Ontvangen) -> Reactie:
    if verzoek.pad == "/brp/personen":
        assert verzoek.lijf["burgerservicenummer"] == []  # er wordt niemand opgezocht
        return Reactie(400, {"code": "paramsValidation"})
    if verzoek.pad.startswith("/kvk"):
        return Reactie(404, {"fout": [{"code": "IPD5200"}]})
    gisteren = datetime.now(UTC) - timedelta(minutes=10)
    koppen = {"API-version": "1.5.1", "Content-Type": "application/json"}
    if "klantinteracties" in verzoek.pad:
        koppen["Date"] = gisteren.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return Reactie(bladzij().status, bladzij().json, koppen=koppen)


def test_de_dokter_ziet_gezonde_registers_versies_en_het_klokverschil(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = healthy
    standen = [
        aansluitingen.klantinteracties.check(aanroep),
        *(aansluitingen.zaken.check(naam, aanroep) for naam in ("zaken", "catalogi", "documenten")),
        aansluitingen.personen.check(aanroep),
        aansluitingen.bedrijven.check(aanroep),
    ]
    assert [s.naam for s in standen] == ["klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk"]
    assert all(s.bereikbaar and s.bevoegd and s.oorzaak is None for s in standen)
    assert [s.versie for s in standen] == ["1.5.1"] * 4 + [None] * 2
    klantinteracties, zaken, *_ = standen
    assert klantinteracties.klokverschil_s == pytest.approx(600, abs=3)
    assert zaken.klokverschil_s is None  # Open Zaak stuurt geen Date


@pytest.mark.parametrize(
    ("reactie", "bereikbaar", "bevoegd", "woord"),
    [
        (als_reactie("openzaak-fout-403-jwt-verlopen"), True, False, "klok"),
        (als_reactie("openzaak-fout-403-geen-token"), True, False, "recht"),
        (als_reactie("openklant-47-404-unknown-path-is-html"), True, None, "webpagina"),
        (Reactie(500, {}), True, None, "storing"),
        (Reactie(gedrag=lambda a: a.connection.close()), False, None, "niet bereikbaar"),
    ],
    ids=["klok", "rechten", "verkeerd adres", "storing", "weg"],
)
def test_de_dokter_noemt_de_oorzaak(
    aansluitingen: Aansluitingen,
    server: Proefserver,
    aanroep: Aanroep,
    reactie: Reactie,
    bereikbaar: bool,
    bevoegd: bool | None,
    woord: str,
) -> None:
    server.always(reactie)
    stand = aansluitingen.zaken.check("zaken", aanroep)
    assert (stand.bereikbaar, stand.bevoegd) == (bereikbaar, bevoegd)
    assert woord in (stand.oorzaak or "")


# --- de lijn ---


@pytest.fixture
def certificaat(tmp_path: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "proef")])
    nu = datetime.now(UTC)
    getekend = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(1)
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(sleutel, hashes.SHA256())
    )
    pem, geheim = tmp_path / "proef.pem", tmp_path / "proef.key"
    pem.write_bytes(getekend.public_bytes(serialization.Encoding.PEM))
    geheim.write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, geheim


@pytest.fixture
def beveiligd(certificaat: tuple[Path, Path]) -> Iterator[tuple[str, list[str]]]:
    gezien: list[str] = []
    klaar = threading.Event()

    class Aannemer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gezien.append(self.headers.get("Authorization", ""))
            if "/actoren" in self.path:
                klaar.wait(60)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"results": []}')

        def log_message(self, *_: object) -> None:
            pass

    class Stil(HTTPServer):
        def handle_error(self, *_: object) -> None:
            """Een cliënt die ons niet vertrouwt is hier gewoon."""

    server = Stil(("127.0.0.1", 0), Aannemer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificaat)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}", gezien
    klaar.set()
    server.shutdown()
    server.server_close()


def test_een_onbekend_certificaat_wordt_geweigerd_voordat_de_sleutel_vertrekt(
    beveiligd: tuple[str, list[str]], aanroep: Aanroep
) -> None:
    basis, gezien = beveiligd
    aansluitingen = build(make_instellingen(basis), opslag=GeheugenOpslag())
    with pytest.raises(Onbereikbaar, match="certificaat") as fout:
        aansluitingen.klantinteracties.find_adressen("612345678", aanroep)
    assert fout.value.code == "certificaat"
    assert not fout.value.opnieuw_helpt
    assert gezien == []


def test_met_de_eigen_bundel_van_de_gemeente_lukt_het(
    beveiligd: tuple[str, list[str]], certificaat: tuple[Path, Path], aanroep: Aanroep
) -> None:
    basis, gezien = beveiligd
    aansluitingen = build(make_instellingen(basis, certificaat[0]), opslag=GeheugenOpslag())
    assert aansluitingen.klantinteracties.find_adressen("612345678", aanroep) == ()
    assert gezien[0].startswith("Token ")
    aansluitingen.close()


def test_ook_over_tls_is_een_server_die_zwijgt_op_tijd_voorbij(
    beveiligd: tuple[str, list[str]], certificaat: tuple[Path, Path]
) -> None:
    aansluitingen = build(make_instellingen(beveiligd[0], certificaat[0]), opslag=GeheugenOpslag())
    begin = time.monotonic()
    stand = aansluitingen.klantinteracties.check(Aanroep.van(0.5))
    assert time.monotonic() - begin < 15  # de server zwijgt een minuut
    assert "niet op tijd" in (stand.oorzaak or "")
    aansluitingen.close()
