"""Hoe een register is aangesloten en hoe het in gewone taal heet. Weet niets van het profielbestand.

`samenstelling` vult ze uit het profiel. Een geheim is een functie: zo staat het nooit in een waarde.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from frontoffice.domain.fouten import ProfielFout

MB = 1024 * 1024

# Register → (aan het begin van een zin, midden in een zin).
_MENSNAMEN = {
    "klantinteracties": ("De contactgeschiedenis", "de contactgeschiedenis"),
    "zaken": ("Het zaaksysteem", "het zaaksysteem"),
    "catalogi": ("De lijst met zaaktypen", "de lijst met zaaktypen"),
    "documenten": ("Het documentensysteem", "het documentensysteem"),
    "brp": ("De basisregistratie personen", "de basisregistratie personen"),
    "kvk": ("Het handelsregister", "het handelsregister"),
    "meldingen": ("Het meldingensysteem", "het meldingensysteem"),
    "locaties": ("De plaatsenlijst van het land", "de plaatsenlijst van het land"),
    "logboek": ("Het adres van het logboek", "het adres van het logboek"),
    "berichten": ("De berichtendienst", "de berichtendienst"),
    "mail": ("De mailserver", "de mailserver"),
}


def _geen_geheim() -> str:
    return ""


@dataclass(frozen=True)
class RegisterInstelling:
    """Eén aangesloten register.

    `naam` is de naam uit het profiel ("zaken"), `url` het basisadres zonder schuine streep aan het eind.
    `login`: "token" | "bearer" | "apikey" (in `header`) | "jwt" (ZGW, met client_id) | "notify" | "geen".
    `koppen` gaan met elk verzoek mee (zoals x-origin-oin). `verbinden` in seconden, `grootste_antwoord` in
    bytes na uitpakken.
    """

    naam: str
    url: str
    login: str = "geen"
    geheim: Callable[[], str] = field(default=_geen_geheim, repr=False)
    header: str = "X-API-KEY"
    client_id: str = ""
    gebruiker_id: str = ""
    gebruiker_naam: str = ""
    ca_bundel: Path | None = None
    koppen: Mapping[str, str] = field(default_factory=dict)
    verbinden: float = 2.0
    grootste_antwoord: int = 5 * MB

    @property
    def mensnaam(self) -> str:
        """De naam voor aan het begin van een zin."""
        return _MENSNAMEN.get(self.naam, (f"Het register {self.naam}",))[0]

    @property
    def in_zin(self) -> str:
        """De naam voor midden in een zin."""
        return _MENSNAMEN.get(self.naam, ("", f"het register {self.naam}"))[1]


def check_url(register: RegisterInstelling) -> str:
    """Het basisadres zonder schuine streep aan het eind.

    Raises ProfielFout als het niet deugt, of als een sleutel onversleuteld het netwerk op zou gaan.
    """
    delen = urlsplit(register.url)
    vreemd = delen.username or delen.query or delen.fragment
    if delen.scheme not in ("http", "https") or not delen.hostname or vreemd:
        raise ProfielFout(
            (f"Het adres van register {register.naam} klopt niet. Kijk het na in het profiel.",)
        )
    if delen.scheme == "http" and not _is_loopback(delen.hostname):
        raise ProfielFout((f"Register {register.naam} moet een adres met https:// hebben.",))
    return register.url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Objectcode:
    """Hoe Klantinteracties zegt wat voor nummer iets is (partijIdentificator en onderwerpobject)."""

    code_register: str
    code_objecttype: str
    code_soort_object_id: str


@dataclass(frozen=True)
class Codes:
    """De codes waarmee deze gemeente personen, bedrijven en zaken aanduidt, en wie er contact heeft."""

    bsn: Objectcode = Objectcode("brp", "natuurlijk_persoon", "bsn")
    kvk: Objectcode = Objectcode("hr", "niet_natuurlijk_persoon", "kvk_nummer")
    vestiging: Objectcode = Objectcode("hr", "vestiging", "vestigingsnummer")
    zaak: Objectcode = Objectcode("openzaak", "zgw-Zaak", "uuid")
    melding: Objectcode = Objectcode("signalen", "melding", "meldingnummer")
    medewerker: Objectcode = Objectcode("msei", "mdw", "idf")
    afdeling: Objectcode = Objectcode("obj", "afd", "idf")
    groep: Objectcode = Objectcode("obj", "grp", "idf")
    taak: Objectcode = Objectcode("klantinteracties", "internetaak", "uuid")
