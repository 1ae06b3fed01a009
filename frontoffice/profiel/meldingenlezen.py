"""Leest [meldingen] en [locaties] uit het profiel. Zonder [meldingen] is er geen meldingensysteem.

Fouten komen als zinnen in de tabel terecht, net als bij de andere onderdelen. Maakt geen verbinding.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from frontoffice.profiel import Locaties, Login, Meldingen, standaard
from frontoffice.profiel.tabel import Tabel

ReadAdres = Callable[[Tabel, str, str], str]
ReadBundel = Callable[[Tabel], Path | None]
ReadToegang = Callable[[Tabel, Login, str, str], tuple[str, str, str]]
_LOGINS = (Login.BEARER, Login.TOKEN, Login.APIKEY, Login.GEEN)


def read_meldingen(
    tabel: Tabel, read_adres: ReadAdres, read_toegang: ReadToegang, read_bundel: ReadBundel
) -> Meldingen:
    """`url` is het adres tot en met /signals/v1."""
    url = read_adres(tabel, "url", "https://meldingen.voorbeeld.nl/signals/v1")
    if url and not url.endswith("/signals/v1"):
        tabel.fout("url", "eindigt niet op /signals/v1. Neem het adres van de API, niet dat van de website")
    login = tabel.keuze("login", _LOGINS, Login.BEARER) or Login.BEARER
    geheim, _, header = read_toegang(tabel, login, "meldingen", standaard.HEADER)
    scherm = tabel.tekst("scherm", "", leeg_mag=True)
    if scherm and ("{nummer}" not in scherm or not scherm.startswith(("https://", "http://"))):
        tabel.fout("scherm", "schrijf het adres van een melding, met {nummer} op de plaats van het nummer")
    meldingen = Meldingen(
        url, login, geheim, tabel.tekst("bron", "", leeg_mag=True), scherm, header, read_bundel(tabel)
    )
    tabel.close()
    return meldingen


def read_locaties(tabel: Tabel, gemeente: str, read_adres: ReadAdres, read_bundel: ReadBundel) -> Locaties:
    """`gemeente` is de naam uit [gemeente], tenzij de plaatsenlijst haar anders spelt."""
    url = read_adres(tabel, "url", "https://api.pdok.nl/bzk/locatieserver/search/v3_1")
    naam = tabel.tekst("gemeente", gemeente)
    if '"' in naam or "\\" in naam:
        tabel.fout("gemeente", "gebruik alleen de naam, zonder aanhalingstekens")
    locaties = Locaties(url, naam, read_bundel(tabel))
    tabel.close()
    return locaties
