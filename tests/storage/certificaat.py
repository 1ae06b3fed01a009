"""Een eigen certificaat voor de PostgreSQL van een test."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def make_certificaat(map_: Path, adres: str) -> Path:
    """Schrijf server.key en server.crt, zelf getekend voor dit IP-adres; geeft het certificaat."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "proef")])
    nu = datetime.now(UTC)
    certificaat = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(adres))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(sleutel, hashes.SHA256())
    )
    (map_ / "server.key").write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    pad = map_ / "server.crt"
    pad.write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
    return pad


def make_ca(map_: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey, Path]:
    """Een eigen uitgever van certificaten, met zijn bundel (ca.crt)."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"uitgever {map_.name}")])
    ca = _builder(naam, naam, sleutel).add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
    certificaat = ca.sign(sleutel, hashes.SHA256())
    bundel = map_ / "ca.crt"
    bundel.write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
    return certificaat, sleutel, bundel


def make_server(
    map_: Path, ca: x509.Certificate, ca_sleutel: ec.EllipticCurvePrivateKey, hostnaam: str
) -> None:
    """Schrijf server.key en server.crt voor deze naam, getekend door de uitgever."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "proefserver")])
    bouw = _builder(naam, ca.subject, sleutel).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(hostnaam)]), False
    )
    certificaat = bouw.sign(ca_sleutel, hashes.SHA256())
    (map_ / "server.key").write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (map_ / "server.crt").write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))


def _builder(
    naam: x509.Name, uitgever: x509.Name, sleutel: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    nu = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(uitgever)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=1))
    )
