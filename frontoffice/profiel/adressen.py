"""Adressen van registers: wat een goed adres is en welke op deze computer zelf wijzen.

Leest streng: wat niet precies de verwachte vorm heeft, is geen adres. Zo kan een slim geschreven adres
(`http://127.0.0.1@elders.example`) nooit voor loopback doorgaan. Zoekt geen namen op in DNS.
"""

from __future__ import annotations

import ipaddress
import re

_NAAM = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADRES = re.compile(
    rf"(?P<schema>https?)://(?P<host>{_NAAM}(?:\.{_NAAM})*|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<poort>[0-9]{1,5}))?(?P<pad>(?:/[A-Za-z0-9._~-]+)*)/?"
)


def check_adres(tekst: str) -> str:
    """Geef "" voor een goed adres, anders een halve zin die zegt wat er dan wel moet staan."""
    if "@" in tekst:
        return "haal de naam of het wachtwoord voor het apenstaartje weg; geheimen horen in de sleutelbos"
    if "?" in tekst or "#" in tekst:
        return "schrijf alleen het adres en het pad, zonder ? of #"
    gevonden = _ADRES.fullmatch(tekst)
    if gevonden is None:
        return "schrijf een heel adres, zoals https://api.voorbeeld.nl/zaken/api/v1"
    if gevonden["poort"] and not 1 <= int(gevonden["poort"]) <= 65535:
        return "kies een poort van 1 tot en met 65535"
    if any(deel in (".", "..") for deel in gevonden["pad"].split("/")):
        return "schrijf het pad voluit, zonder . of .."
    host = gevonden["host"]
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return "kijk het IP-adres tussen de vierkante haken na"
    return ""


def is_http(tekst: str) -> bool:
    """Waar als het adres zonder versleuteling is."""
    return tekst.startswith("http://")


def is_loopback(tekst: str) -> bool:
    """Waar voor 127.0.0.0/8, ::1 en localhost, en alleen als het adres verder in orde is."""
    if check_adres(tekst):
        return False
    gevonden = _ADRES.fullmatch(tekst)
    assert gevonden is not None
    host = gevonden["host"].strip("[]").lower()
    if host == "localhost":
        return True
    try:
        adres = ipaddress.ip_address(host)
    except ValueError:
        return False
    return adres.is_loopback and not getattr(adres, "ipv4_mapped", None)
