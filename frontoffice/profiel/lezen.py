"""Leest een profiel (TOML) en kijkt het na; alle fouten komen tegelijk, in gewone taal.

Maakt geen verbinding en leest geen geheimen. Uitkomst: een `Profiel`, of een ProfielFout met elke foutzin.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.domain.bevoegdheid import ALLE_ZAAKTYPEN, Bevoegdheid
from frontoffice.domain.fouten import ProfielFout
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.profiel import (
    Aansluiting,
    Agenda,
    Codes,
    Gemeente,
    Locaties,
    Logboekadres,
    Login,
    Meldingen,
    Profiel,
    Register,
    Termijnen,
    Werkplek,
    standaard,
)
from frontoffice.profiel.adressen import check_adres, is_http, is_loopback
from frontoffice.profiel.databaseadres import Databaseadres, read_databaseadres
from frontoffice.profiel.meldingenlezen import read_locaties, read_meldingen
from frontoffice.profiel.mensenlezen import (
    is_op_gedeeld_account,
    read_medewerker,
    read_medewerkers,
    read_werkplek,
)
from frontoffice.profiel.normenlezen import read_normen
from frontoffice.profiel.registratielezen import read_objectcode, read_registratie
from frontoffice.profiel.tabel import Tabel

if TYPE_CHECKING:
    from frontoffice.profiel.berichten import Berichten

_HOOGSTE_OMVANG = 1_000_000
_OPTIONEEL = (Register.BRP, Register.KVK)
_HEADERNAAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_GEHEIMNAAM = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_EIGEN_HEADERS = {"authorization", "host", "cookie", "content-type", "content-length", "accept", "connection"}
_PLAATS = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def load_profiel(pad: Path) -> Profiel:
    """Lees het profiel uit een bestand. Raises ProfielFout met alle fouten tegelijk."""
    return parse_profiel(_lees_bestand(pad), pad)


def parse_profiel(tekst: str, pad: Path | None = None) -> Profiel:
    """Lees het profiel uit TOML-tekst; `pad` maakt een ca_bundel zonder map vindbaar. Raises ProfielFout."""
    try:
        inhoud = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        raise ProfielFout((_toml_zin(str(fout)),)) from None
    except RecursionError:
        raise ProfielFout(
            ("Het profiel is te diep genest. Begin opnieuw met: kif profiel voorbeeld.",)
        ) from None
    return read_inhoud(inhoud, pad)


def read_inhoud(inhoud: Mapping[str, object], pad: Path | None = None) -> Profiel:
    """Kijk een gelezen TOML-document na. Raises ProfielFout."""
    return _Lezer(inhoud, pad).read()


def _lees_bestand(pad: Path) -> str:
    try:
        with pad.open("rb") as bestand:
            ruw = bestand.read(_HOOGSTE_OMVANG + 1)
    except FileNotFoundError:
        raise ProfielFout(
            (f"Het profiel {pad} bestaat niet. Kijk het pad na, achter --profile of in KIF_PROFILE.",)
        ) from None
    except OSError:
        raise ProfielFout(
            (f"Het profiel {pad} is niet te lezen. Kijk of het een bestand is en of u het mag lezen.",)
        ) from None
    if len(ruw) > _HOOGSTE_OMVANG:
        raise ProfielFout(("Het profiel is groter dan 1 MB. Kijk of dit het goede bestand is.",))
    try:
        return ruw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProfielFout(("Het profiel is geen UTF-8. Bewaar het bestand opnieuw als UTF-8.",)) from None


def _heeft_certificaten(pad: Path) -> bool:
    import ssl  # zwaar: alleen laden als er een bundel is

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=str(pad))
    except OSError:  # ook ssl.SSLError
        return False
    return True


def _toml_zin(melding: str) -> str:
    plaats = _PLAATS.search(melding)
    waar = f"Regel {plaats[1]}, teken {plaats[2]}" if plaats and plaats[1] else "Aan het eind van het profiel"
    if "overwrite" in melding or "twice" in melding or "Cannot declare" in melding:
        return f"{waar}: deze sleutel of tabel staat er al. Voeg de twee samen."
    return f"{waar}: dit is geen goede TOML. Kijk naar aanhalingstekens, haakjes en het teken =."


class _Lezer:
    """Leest de onderdelen een voor een; verzamelt fouten en gaat door."""

    def __init__(self, inhoud: Mapping[str, object], pad: Path | None) -> None:
        self._fouten: list[str] = []
        self._wortel = Tabel(inhoud, "", self._fouten)
        self._pad = pad

    def read(self) -> Profiel:
        gemeente = self._gemeente()
        werkplek = read_werkplek(self._wortel.tabel("werkplek"))
        rollen = self._rollen(gemeente.demo)
        medewerker = read_medewerker(self._wortel.tabel("medewerker"), demo=gemeente.demo, rollen=rollen)
        medewerkers = read_medewerkers(self._wortel, werkplek, medewerker, rollen)
        registers = self._registers()
        codes = self._codes()
        kanalen_tabel = self._wortel.tabel("kanalen")
        kanalen = kanalen_tabel.teksten("namen", standaard.KANALEN, "telefoon")
        kanalen_tabel.close()
        doelen = self._brp_doelen(gemeente.demo, Register.BRP in registers)
        termijnen = self._termijnen()
        zaken_tabel = self._wortel.tabel("zaken")
        wacht = zaken_tabel.teksten(
            "wacht_op_inwoner", standaard.WACHT_OP_INWONER, "Aanvullende gegevens gevraagd"
        )
        zaken_tabel.close()
        agenda = self._agenda(gemeente.demo, werkplek)
        registratie = read_registratie(self._wortel.tabel("registratie"), medewerker)
        logboek = self._logboek()
        normen = read_normen(self._wortel.tabel("normen"), registratie.terugbel_werkdagen)
        berichten = self._berichten(gemeente.naam)
        meldingen, locaties = self._meldingen(), self._locaties(gemeente.naam)
        self._wortel.close()
        self._check_veilig(gemeente.demo, registers, (logboek, meldingen, locaties), berichten)
        if self._fouten:
            raise ProfielFout(tuple(self._fouten))
        return Profiel(
            gemeente,
            werkplek,
            medewerker,
            rollen,
            registers,
            codes,
            kanalen,
            doelen,
            termijnen,
            wacht,
            self._pad,
            agenda,
            registratie,
            logboek,
            normen,
            berichten,
            meldingen,
            locaties,
            medewerkers,
            is_op_gedeeld_account(werkplek),
        )

    def _gemeente(self) -> Gemeente:
        tabel = self._wortel.tabel("gemeente")
        naam = tabel.tekst("naam", voorbeeld="Losser")
        code = tabel.tekst("code", voorbeeld="0168")
        if code and not re.fullmatch(r"[0-9]{4}", code):
            tabel.fout("code", 'schrijf de gemeentecode met vier cijfers, zoals code = "0168"')
        demo = tabel.ja_nee("demo", False)
        vandaag = tabel.dag("vandaag")
        if vandaag and not demo:
            tabel.fout("vandaag", "dit kan alleen in een demonstratie. Haal deze regel weg")
        tabel.close()
        return Gemeente(naam, code, demo, vandaag)

    def _rollen(self, demo: bool) -> dict[str, Bevoegdheid]:
        tabel = self._wortel.tabel("rollen")
        if not tabel.sleutels:
            if demo:
                return dict(standaard.DEMO_ROLLEN)
            self._fouten.append("rollen: ontbreekt. Schrijf minstens een rol, zoals [rollen.kcc].")
        return {naam: self._bevoegdheid(tabel.tabel(naam)) for naam in tabel.sleutels}

    def _bevoegdheid(self, tabel: Tabel) -> Bevoegdheid:
        zaaktypen = tabel.teksten("zaaktypen", voorbeeld=ALLE_ZAAKTYPEN)
        hoogste = tabel.keuze("hoogste_vertrouwelijkheid", Vertrouwelijkheid.__members__)
        tabel.close()
        return Bevoegdheid(frozenset(zaaktypen), Vertrouwelijkheid[hoogste or "openbaar"])

    def _registers(self) -> dict[Register, Aansluiting]:
        if "centraal" in self._wortel and "registers" in self._wortel:
            self._wortel.tabel("centraal")
            self._wortel.tabel("registers")
            self._fouten.append(
                "centraal en registers: kies een van de twee. Haal [centraal] of [registers] weg."
            )
            return {}
        if "centraal" in self._wortel:
            return self._centraal(self._wortel.tabel("centraal"))
        tabel = self._wortel.tabel("registers")
        if not tabel.sleutels:
            self._fouten.append(
                "centraal of registers: ontbreekt. Zeg waar de registers staan: [centraal] of [registers.…]."
            )
            return {}
        gelezen = {}
        for register in Register:
            if register.value in tabel or register not in _OPTIONEEL:
                gelezen[register] = self._register(register, tabel.tabel(register.value))
            else:
                tabel.tabel(register.value)
        tabel.close()
        return gelezen

    def _centraal(self, tabel: Tabel) -> dict[Register, Aansluiting]:
        basis = self._adres(tabel, "basis", "https://api.voorbeeld.nl")
        login = tabel.keuze("login", Login, Login.BEARER) or Login.BEARER
        geheim, client_id, header = self._toegang(tabel, login, "centraal", standaard.HEADER)
        ca_bundel = self._ca_bundel(tabel)
        tabel.close()
        return {
            register: Aansluiting(register, basis + pad, login, geheim, client_id, header, ca_bundel)
            for register, pad in standaard.PADEN.items()
        }

    def _register(self, register: Register, tabel: Tabel) -> Aansluiting:
        url = self._adres(tabel, "url", f"https://api.voorbeeld.nl{standaard.PADEN[register]}")
        login = tabel.keuze("login", Login, standaard.LOGINS[register]) or Login.GEEN
        header = standaard.HEADERS.get(register, standaard.HEADER)
        geheim, client_id, header = self._toegang(tabel, login, register.value, header)
        ca_bundel = self._ca_bundel(tabel)
        tabel.close()
        return Aansluiting(register, url, login, geheim, client_id, header, ca_bundel)

    def _toegang(self, tabel: Tabel, login: Login, geheim: str, header: str) -> tuple[str, str, str]:
        """(naam van het geheim, client_id, header); wat bij deze login niet hoort, is leeg."""
        geheim = self._geheimnaam(tabel, geheim)
        client_id = tabel.tekst("client_id", "", leeg_mag=True)
        if login is Login.JWT and not client_id:
            tabel.fout("client_id", 'ontbreekt. Bij login "jwt" hoort de client_id uit het register')
        gekozen = tabel.tekst("header", header)
        if not _HEADERNAAM.fullmatch(gekozen) or gekozen.lower() in _EIGEN_HEADERS:
            tabel.fout("header", "dit kan geen naam van een header zijn. Neem de naam die het register noemt")
        if "header" in tabel and login is not Login.APIKEY:
            tabel.fout("header", 'hoort alleen bij login "apikey". Haal deze regel weg of kies die login')
        return geheim, client_id if login is Login.JWT else "", gekozen if login is Login.APIKEY else ""

    def _adres(self, tabel: Tabel, sleutel: str, voorbeeld: str) -> str:
        adres = tabel.tekst(sleutel, voorbeeld=voorbeeld)
        if not adres:
            return ""
        zin = check_adres(adres)
        if zin:
            tabel.fout(sleutel, f"dit adres is niet goed; {zin}")
            return ""
        return adres.rstrip("/")

    def _ca_bundel(self, tabel: Tabel) -> Path | None:
        tekst = tabel.tekst("ca_bundel", "", leeg_mag=True)
        if not tekst:
            return None
        pad = Path(tekst).expanduser()
        if not pad.is_absolute() and self._pad is not None:
            pad = self._pad.resolve().parent / pad
        if not pad.is_file():
            tabel.fout("ca_bundel", "dit bestand bestaat niet. Kijk het pad na, of laat de tekst leeg")
        elif not _heeft_certificaten(pad):
            tabel.fout("ca_bundel", "in dit bestand staan geen leesbare certificaten. Neem een PEM-bestand")
        return pad

    def _codes(self) -> Codes:
        tabel = self._wortel.tabel("codes")
        codes = Codes(
            bsn=read_objectcode(tabel.tabel("bsn"), standaard.CODES.bsn),
            kvk=read_objectcode(tabel.tabel("kvk"), standaard.CODES.kvk),
            vestiging=read_objectcode(tabel.tabel("vestiging"), standaard.CODES.vestiging),
            zaak=read_objectcode(tabel.tabel("zaak"), standaard.CODES.zaak),
            melding=read_objectcode(tabel.tabel("melding"), standaard.CODES.melding),
        )
        tabel.close()
        return codes

    def _brp_doelen(self, demo: bool, brp: bool) -> dict[str, dict[str, str]]:
        tabel = self._wortel.tabel("brp")
        doelen_tabel = tabel.tabel("doelen")
        tabel.close()
        doelen = {}
        for vraag in standaard.BRP_VRAGEN:
            headers_tabel = doelen_tabel.tabel(vraag)
            doelen[vraag] = self._doel(headers_tabel)
            if brp and not demo and not headers_tabel.sleutels:
                headers_tabel.fouten.append(
                    f"brp.doelen.{vraag}: ontbreekt. Zonder doel mag de BRP niet worden bevraagd; "
                    f'schrijf {vraag} = {{x-doelbinding = "…", x-verwerking = "…"}} onder [brp.doelen].'
                )
        doelen_tabel.close()
        return {vraag: headers for vraag, headers in doelen.items() if headers}

    def _doel(self, tabel: Tabel) -> dict[str, str]:
        headers = {}
        for naam in tabel.sleutels:
            waarde = tabel.tekst(naam, "")
            if not _HEADERNAAM.fullmatch(naam) or naam.lower() in _EIGEN_HEADERS:
                tabel.fout(
                    naam, "dit kan geen naam van een header zijn. Neem de naam die uw BRP-leverancier noemt"
                )
            elif not waarde.isascii():
                tabel.fout(naam, "gebruik alleen gewone letters, cijfers en leestekens")
            elif naam.lower() == "x-verwerking" and waarde.count("@") > 1:
                tabel.fout(naam, "mag hoogstens een apenstaartje bevatten")
            headers[naam] = waarde
        return headers

    def _termijnen(self) -> Termijnen:
        tabel = self._wortel.tabel("termijnen")
        vast = Termijnen()
        termijnen = Termijnen(
            tabel.seconden("verbinden", vast.verbinden, 0.1, 30),
            tabel.seconden("eerste_beeld", vast.eerste_beeld, 0.5, 60),
            tabel.seconden("details", vast.details, 1, 300),
        )
        tabel.close()
        return termijnen

    def _agenda(self, demo: bool, werkplek: Werkplek) -> Agenda:
        tabel = self._wortel.tabel("agenda")
        adres = self._databaseadres(tabel)
        alleen_deze_pc = tabel.ja_nee("alleen_deze_pc", False)
        if adres is not None and alleen_deze_pc:
            tabel.fout("alleen_deze_pc", "kan niet samen met database. Kies een van de twee")
        geheim = self._geheimnaam(tabel, "agenda")
        lokaal = adres is not None and adres.is_lokaal
        if demo and adres is not None and not lokaal:
            tabel.fout("database", "een demonstratie mag alleen een agenda op deze computer gebruiken")
        veilig = ("verify-full", "verify-ca")
        sslmode = tabel.keuze(
            "sslmode", (*veilig, "prefer") if lokaal else veilig, "prefer" if lokaal else "verify-full"
        )
        ca_bundel = self._ca_bundel(tabel)
        if sslmode == "verify-ca" and ca_bundel is None:
            tabel.fout("ca_bundel", 'ontbreekt. Bij sslmode "verify-ca" hoort een bestand met certificaten')
        kanaal = tabel.keuze("kanaal", ("balie", "telefoon", "web"), werkplek.soort) or werkplek.soort
        extern_uren = tabel.geheel("extern_uren", Agenda.extern_uren, 1, 168)
        klantsleutel = self._geheimnaam(tabel, "", "klantsleutel", leeg_mag=True)
        tabel.close()
        return Agenda(
            adres.tekst if adres is not None else "",
            alleen_deze_pc,
            geheim,
            sslmode or "verify-full",
            ca_bundel,
            kanaal,
            extern_uren,
            klantsleutel,
        )

    def _logboek(self) -> Logboekadres | None:
        if "logboek" not in self._wortel:
            return None
        tabel = self._wortel.tabel("logboek")
        url = self._adres(tabel, "url", "https://logboek.voorbeeld.nl/regels")
        mogelijk = (Login.BEARER, Login.TOKEN, Login.APIKEY, Login.GEEN)
        login = tabel.keuze("login", mogelijk, Login.BEARER) or Login.BEARER
        geheim = self._geheimnaam(tabel, "logboek")
        header = tabel.tekst("header", standaard.HEADER)
        if not _HEADERNAAM.fullmatch(header) or header.lower() in _EIGEN_HEADERS:
            tabel.fout("header", "dit kan geen naam van een header zijn. Neem de naam die de ontvanger noemt")
        afdrukgeheim = tabel.tekst("afdrukgeheim", "logboek-afdruk")
        if not _GEHEIMNAAM.fullmatch(afdrukgeheim):
            tabel.fout("afdrukgeheim", "schrijf hier de naam van het geheim, niet het geheim zelf")
        ca_bundel = self._ca_bundel(tabel)
        tabel.close()
        return Logboekadres(url, login, geheim, afdrukgeheim, header, ca_bundel)

    def _berichten(self, gemeente: str) -> Berichten | None:
        if "berichten" not in self._wortel:
            return None
        from frontoffice.profiel.berichtlezen import read_berichten

        return read_berichten(self._wortel.tabel("berichten"), gemeente, self._adres, self._ca_bundel)

    def _meldingen(self) -> Meldingen | None:
        if "meldingen" not in self._wortel:
            return None
        tabel = self._wortel.tabel("meldingen")
        return read_meldingen(tabel, self._adres, self._toegang, self._ca_bundel)

    def _locaties(self, gemeente: str) -> Locaties | None:
        if "locaties" not in self._wortel:
            return None
        return read_locaties(self._wortel.tabel("locaties"), gemeente, self._adres, self._ca_bundel)

    def _databaseadres(self, tabel: Tabel) -> Databaseadres | None:
        tekst = tabel.tekst("database", "", leeg_mag=True)
        if not tekst:
            return None
        uitkomst = read_databaseadres(tekst)
        if isinstance(uitkomst, Databaseadres) and not uitkomst.is_postgresql:
            uitkomst = (
                "hier hoort een gedeelde agenda op PostgreSQL; voor deze pc is er alleen_deze_pc = true"
            )
        if isinstance(uitkomst, str):
            tabel.fout("database", uitkomst)
            return None
        return uitkomst

    def _geheimnaam(
        self, tabel: Tabel, standaardnaam: str, regel: str = "geheim", *, leeg_mag: bool = False
    ) -> str:
        geheim = tabel.tekst(regel, standaardnaam, leeg_mag=leeg_mag)
        if not _GEHEIMNAAM.fullmatch(geheim) and not (leeg_mag and not geheim):
            tabel.fout(regel, "schrijf hier de naam van het geheim, met kleine letters, cijfers, - en _")
        return geheim

    def _check_veilig(
        self,
        demo: bool,
        registers: Mapping[Register, Aansluiting],
        andere: tuple[Logboekadres | Meldingen | Locaties | None, ...],
        berichten: Berichten | None,
    ) -> None:
        """http:// en demo alleen als elk register op deze computer zelf draait."""
        adressen = [aansluiting.url for aansluiting in registers.values() if aansluiting.url]
        adressen += [deel.url for deel in andere if deel is not None and deel.url]
        if berichten is not None:
            adressen += berichten.adressen
        if all(is_loopback(adres) for adres in adressen):
            return
        if demo:
            self._fouten.append(
                "gemeente.demo: een demonstratie mag alleen registers op deze computer gebruiken. "
                "Zet demo op false."
            )
        if any(is_http(adres) for adres in adressen):
            self._fouten.append(
                "http:// mag alleen als elk register op deze computer draait (127.0.0.1). Gebruik overal https://."
            )
