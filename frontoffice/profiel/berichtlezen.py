"""Leest [berichten] uit het profiel: de aanbieder, de stiltetijd, en eigen teksten met hun invulplekken.

Fouten komen als zinnen in de tabel terecht, net als bij de andere onderdelen. Maakt geen verbinding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path

from frontoffice.domain.bericht import TALEN, Berichtsoort
from frontoffice.domain.berichttekst import PLEKKEN, find_plekken
from frontoffice.domain.taal import make_afzender
from frontoffice.profiel.adressen import is_loopback
from frontoffice.profiel.berichten import Berichten, Mailserver, Notifydienst
from frontoffice.profiel.tabel import Tabel

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TIJD = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]+\]?")
_GEHEIM = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_DELEN = ("onderwerp", "mail", "sms")
Adres = Callable[[Tabel, str, str], str]
Bundel = Callable[[Tabel], Path | None]


def read_berichten(tabel: Tabel, gemeente: str, read_adres: Adres, read_bundel: Bundel) -> Berichten:
    """Lees de tabel. `read_adres` en `read_bundel` kijken een webadres en een bestand met certificaten na."""
    vast = Berichten()
    mail = tabel.keuze("mail", ("notify", "smtp", "geen"), "geen") or "geen"
    sms = tabel.keuze("sms", ("notify", "geen"), "geen") or "geen"
    afzender = make_afzender(gemeente)
    notify = smtp = None
    if "notify" in (mail, sms):
        notify = _read_notify(tabel.tabel("notify"), mail, sms, read_adres, read_bundel)
    elif "notify" in tabel:
        tabel.tabel("notify")
        tabel.fout("notify", 'wordt niet gebruikt. Kies mail = "notify" of sms = "notify", of haal deze weg')
    if mail == "smtp":
        smtp = _read_smtp(tabel.tabel("smtp"), read_bundel)
    elif "smtp" in tabel:
        tabel.tabel("smtp")
        tabel.fout("smtp", 'wordt niet gebruikt. Kies mail = "smtp", of haal deze tabel weg')
    berichten = Berichten(
        "" if mail == "geen" else mail,
        "" if sms == "geen" else sms,
        tabel.tekst("afzender", afzender),
        tabel.tekst("bellen", "", leeg_mag=True),
        tabel.tekst("website", "", leeg_mag=True),
        _read_tijd(tabel, "stil_van", vast.stil_van),
        _read_tijd(tabel, "stil_tot", vast.stil_tot),
        tabel.ja_nee("stil_op_zondag_en_feestdagen", vast.stille_dagen),
        _read_soorten(tabel),
        notify,
        smtp,
        _read_teksten(tabel.tabel("teksten")),
    )
    tabel.close()
    return berichten


def _read_notify(tabel: Tabel, mail: str, sms: str, read_adres: Adres, read_bundel: Bundel) -> Notifydienst:
    dienst = Notifydienst(
        read_adres(tabel, "url", "https://api.notifynl.nl"),
        _read_geheim(tabel, "notify"),
        _read_sjabloon(tabel, "sjabloon_mail", verplicht=mail == "notify"),
        _read_sjabloon(tabel, "sjabloon_sms", verplicht=sms == "notify"),
        read_bundel(tabel),
    )
    tabel.close()
    return dienst


def _read_sjabloon(tabel: Tabel, sleutel: str, *, verplicht: bool) -> str:
    tekst = tabel.tekst(
        sleutel, None if verplicht else "", "het id uit de beheerpagina", leeg_mag=not verplicht
    )
    if tekst and not _UUID.fullmatch(tekst):
        tabel.fout(sleutel, "schrijf het id van het sjabloon, zoals de berichtendienst het noemt")
    return tekst


def _read_smtp(tabel: Tabel, read_bundel: Bundel) -> Mailserver:
    server = tabel.tekst("server", voorbeeld="mail.voorbeeld.nl")
    if server and not _HOST.fullmatch(server):
        tabel.fout("server", "schrijf alleen de naam van de mailserver, zonder smtp:// en zonder poort")
    beveiliging = tabel.keuze("beveiliging", ("starttls", "tls", "geen"), "starttls") or "starttls"
    if beveiliging == "geen" and server and not is_loopback(f"http://{server}"):
        tabel.fout("beveiliging", '"geen" mag alleen bij een mailserver op deze computer. Kies "starttls"')
    van = _read_mailadres(tabel, "van")
    uit = Mailserver(
        server,
        van,
        tabel.geheel("poort", 465 if beveiliging == "tls" else 587, 1, 65535),
        beveiliging,
        tabel.tekst("gebruiker", "", leeg_mag=True),
        _read_geheim(tabel, "smtp"),
        _read_mailadres(tabel, "reacties_naar", verplicht=False),
        read_bundel(tabel),
    )
    tabel.close()
    return uit


def _read_mailadres(tabel: Tabel, sleutel: str, *, verplicht: bool = True) -> str:
    adres = tabel.tekst(sleutel, None if verplicht else "", "noreply@voorbeeld.nl", leeg_mag=not verplicht)
    if adres and not _MAIL.fullmatch(adres):
        tabel.fout(sleutel, "dit is geen e-mailadres. Schrijf alleen het adres, zoals noreply@voorbeeld.nl")
    return adres


def _read_geheim(tabel: Tabel, vast: str) -> str:
    geheim = tabel.tekst("geheim", vast)
    if not _GEHEIM.fullmatch(geheim):
        tabel.fout("geheim", "schrijf hier de naam van het geheim, met kleine letters, cijfers, - en _")
    return geheim


def _read_tijd(tabel: Tabel, sleutel: str, vast: time) -> time:
    tekst = tabel.tekst(sleutel, f"{vast.hour}.{vast.minute:02d}")
    gevonden = _TIJD.fullmatch(tekst)
    if gevonden is None:
        tabel.fout(sleutel, f'schrijf een tijd tussen aanhalingstekens, zoals {sleutel} = "21.00"')
        return vast
    return time(int(gevonden[1]), int(gevonden[2]))


def _read_soorten(tabel: Tabel) -> tuple[str, ...]:
    soorten = tabel.teksten("soorten", (), Berichtsoort.AFSPRAAK_BEVESTIGD.value)
    bekend = [soort.value for soort in Berichtsoort]
    for vreemd in (soort for soort in soorten if soort not in bekend):
        namen = ", ".join(f'"{naam}"' for naam in bekend)
        tabel.fout("soorten", f'"{vreemd}" ken ik niet. Kies uit: {namen}')
    return soorten


def _read_teksten(tabel: Tabel) -> dict[tuple[str, str], dict[str, str]]:
    uit: dict[tuple[str, str], dict[str, str]] = {}
    for taal in TALEN:
        per_taal = tabel.tabel(taal)
        for soort in Berichtsoort:
            deel = per_taal.tabel(soort.value)
            tekst = {naam: _read_sjabloontekst(deel, naam) for naam in _DELEN}
            deel.close()
            if any(tekst.values()):
                uit[taal, soort.value] = tekst
        per_taal.close()
    tabel.close()
    return uit


def _read_sjabloontekst(tabel: Tabel, naam: str) -> str:
    tekst = tabel.lap(naam)
    try:
        vreemd = [plek for plek in find_plekken(tekst) if plek not in PLEKKEN]
    except ValueError:
        tabel.fout(naam, "de accolades kloppen niet. Schrijf een invulplek als {dag}")
        return ""
    if vreemd:
        bekend = ", ".join(f"{{{plek}}}" for plek in PLEKKEN)
        tabel.fout(naam, f"{{{vreemd[0]}}} ken ik niet. Invulplekken zijn: {bekend}")
        return ""
    return tekst
