"""Leest wie er werken: [werkplek], [medewerker] en, voor gedeelde accounts, [[medewerkers]].

Fouten komen als zinnen in de tabel terecht. Wie er op een gedeeld account werkt, blijkt bij het aanmelden.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.profiel import Medewerker, Werkplek, standaard
from frontoffice.profiel.tabel import Tabel

_MEESTE_MEDEWERKERS = 200
_LANGSTE = 60
_MET_DOMEIN = re.compile(r"[\\/@*?]")


def read_account() -> str:
    """Het account waarmee het systeem deze gebruiker kent; niet uit een omgevingsvariabele."""
    if os.name == "posix":
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    return os.getlogin()


def read_werkplek(tabel: Tabel) -> Werkplek:
    """Lees [werkplek]; wat er niet staat, krijgt zijn standaardwaarde."""
    soort = tabel.keuze("soort", ("telefoon", "balie"), "telefoon") or "telefoon"
    minuten = tabel.geheel("afdekken_na_minuten", 5, 1, 15)
    accounts = tabel.teksten("gedeelde_accounts", (), "balie1")
    if any(_MET_DOMEIN.search(account) for account in accounts):
        tabel.fout(
            "gedeelde_accounts",
            'noem elk account voluit, zonder domein en zonder sterretje: gedeelde_accounts = ["balie1"]',
        )
    if len({account.casefold() for account in accounts}) < len(accounts):
        tabel.fout("gedeelde_accounts", "hetzelfde account staat er twee keer in. Haal er een weg")
    bel_met_pc = tabel.ja_nee("bel_met_pc", False)
    tabel.close()
    return Werkplek(soort, minuten, accounts, bel_met_pc)


def is_op_gedeeld_account(werkplek: Werkplek) -> bool:
    """Draait het programma nu op een account waarmee meer mensen werken?"""
    return bool(werkplek.gedeelde_accounts) and werkplek.is_gedeeld(read_account())


def read_medewerker(tabel: Tabel, *, demo: bool, rollen: Mapping[str, Bevoegdheid]) -> Medewerker:
    """Lees [medewerker]."""
    vast = standaard.DEMO_MEDEWERKER if demo else None
    naam = tabel.tekst("naam", vast.naam if vast else None, "S. Bos")
    van_account = tabel.ja_nee("van_account", False)
    if van_account and "identificatie" in tabel:
        tabel.fout("identificatie", "kan niet samen met van_account = true. Kies een van de twee")
    eigen = read_account() if van_account else (vast.identificatie if vast else None)
    identificatie = tabel.tekst("identificatie", eigen, "s.bos")
    organisatie = tabel.tekst("organisatie", vast.organisatie if vast else None, "Losser")
    rol = tabel.tekst("rol", vast.rol if vast else None, "kcc")
    _check_rol(tabel, rol, rollen)
    afdelingen = tabel.teksten("afdelingen", vast.afdelingen if vast else (), "BURGERZAKEN")
    tabel.close()
    return Medewerker(naam, identificatie, organisatie, rol, afdelingen)


def read_medewerkers(
    wortel: Tabel, werkplek: Werkplek, vast: Medewerker, rollen: Mapping[str, Bevoegdheid]
) -> tuple[Medewerker, ...]:
    """Wie zich op een gedeeld account mogen aanmelden, in de volgorde van het profiel."""
    tabellen = wortel.tabellen("medewerkers")
    gelezen: dict[str, Medewerker] = {}
    for tabel in tabellen:
        medewerker = _read_een(tabel, vast, rollen)
        sleutel = medewerker.identificatie.casefold()
        if sleutel and sleutel in gelezen:
            tabel.fout("identificatie", "deze medewerker staat er al in. Haal er een weg")
        gelezen[sleutel] = medewerker
    if len(tabellen) > _MEESTE_MEDEWERKERS:
        wortel.fout("medewerkers", f"noem er hoogstens {_MEESTE_MEDEWERKERS}")
    if werkplek.gedeelde_accounts and not tabellen:
        wortel.fout(
            "medewerkers",
            "ontbreekt. Met werkplek.gedeelde_accounts moet bekend zijn wie zich mag aanmelden. "
            "Schrijf voor elke medewerker [[medewerkers]] met een naam en een identificatie",
        )
    if tabellen and not werkplek.gedeelde_accounts:
        wortel.fout(
            "medewerkers",
            "hoort bij gedeelde accounts. Schrijf onder [werkplek] welke dat zijn, zoals "
            'gedeelde_accounts = ["balie1"], of haal de lijst weg',
        )
    return tuple(gelezen.values())


def _read_een(tabel: Tabel, vast: Medewerker, rollen: Mapping[str, Bevoegdheid]) -> Medewerker:
    naam = tabel.tekst("naam", voorbeeld="S. Bos")
    identificatie = tabel.tekst("identificatie", voorbeeld="s.bos")
    for sleutel, tekst in (("naam", naam), ("identificatie", identificatie)):
        if len(tekst) > _LANGSTE:
            tabel.fout(sleutel, f"is langer dan {_LANGSTE} tekens. Maak de tekst korter")
    organisatie = tabel.tekst("organisatie", vast.organisatie)
    rol = tabel.tekst("rol", vast.rol)
    if "rol" in tabel:
        _check_rol(tabel, rol, rollen)
    afdelingen = tabel.teksten("afdelingen", vast.afdelingen, "BURGERZAKEN")
    tabel.close()
    return Medewerker(naam, identificatie, organisatie, rol, afdelingen)


def _check_rol(tabel: Tabel, rol: str, rollen: Mapping[str, Bevoegdheid]) -> None:
    if rol and rollen and rol not in rollen:
        bekend = ", ".join(f'"{naam}"' for naam in rollen)
        tabel.fout("rol", f"deze rol staat niet onder [rollen]. Kies een van: {bekend}")
