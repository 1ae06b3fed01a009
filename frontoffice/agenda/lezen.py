"""Leest een inrichting met afspraken uit TOML of JSON, en schrijft haar weer weg als tabel.

De vorm: een tabel `locatie` en lijsten `regels`, `uitzonderingen`, `feestdagen`, `balies`, `medewerkers`,
`diensten`, `blokkades`, `producten`, `combinaties`, `behoeften`, `afspraken` en `avonden`, met als sleutels
de velden van `frontoffice.agenda.inrichting`, `InTeLezenAfspraak` en `InTeLezenAvond`; een uitgeschreven
voorbeeld is `resources/demo/agenda.toml`. Alle fouten komen tegelijk. Opent zelf geen bestand.
"""

from __future__ import annotations

import json
import re
import tomllib
import typing
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from frontoffice.agenda.afspraak import Kanaal, Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import Inrichting, Locatie
from frontoffice.agenda.keuring import Planfout, check_inrichting
from frontoffice.agenda.tijd import to_tik
from frontoffice.agenda.vorm import Lezer, to_tabel
from frontoffice.agenda.wens import Wensregel
from frontoffice.domain import taal

HOOGSTE_OMVANG = 5_000_000
"""Tekens; daarboven is het vrijwel zeker een verkeerd bestand."""

_PLAATS = re.compile(r"\(at line (\d+), column (\d+)\)")
_KOP = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?\s*(?:#.*)?")
_EIGEN_ID = {
    "regels": ("naam",),
    "uitzonderingen": ("datum", "soort", "van"),
    "feestdagen": ("naam",),
    "diensten": ("datum", "medewerker", "van"),
    "blokkades": ("datum", "balie", "medewerker", "van"),
}
"""Waar `id` mag ontbreken, en waar het dan van gemaakt wordt: opnieuw inlezen geeft hetzelfde id."""

Pad = tuple[str | int, ...]


@dataclass(frozen=True)
class InTeLezenAfspraak:
    """Een afspraak uit een bestand. `begin` is UTC; zonder zone in het bestand geldt Nederlandse tijd.

    `balie` leeg = zelf indelen. `minuten` = afwijkende duur (None = die van de producten). `verzoek` maakt
    twee keer inlezen onschadelijk; leeg = op te maken uit de rest.
    """

    begin: datetime
    producten: tuple[Wensregel, ...]
    naam: str
    telefoon: str = ""
    email: str = ""
    geen_contact: bool = False
    geboortedatum: date | None = None
    behoeften: tuple[str, ...] = ()
    taal: str = ""
    opmerking: str = ""
    kanaal: Kanaal = Kanaal.TELEFOON
    balie: str = ""
    vaste_balie: bool = False
    minuten: int | None = None
    toestand: Toestand = Toestand.BEVESTIGD
    verzoek: str = ""


@dataclass(frozen=True)
class InTeLezenAvond:
    """Wat er van een avond zelf is vastgelegd. `eigenaar` "kif", of de naam van een andere agenda."""

    datum: date
    toestand: AvondToestand = AvondToestand.OPEN
    notitie: str = ""
    eigenaar: str = "kif"


@dataclass(frozen=True)
class Inleesresultaat:
    """`inrichting` is None zodra er een fout is; waarschuwingen houden niets tegen."""

    inrichting: Inrichting | None
    afspraken: tuple[InTeLezenAfspraak, ...] = ()
    fouten: tuple[str, ...] = ()
    avonden: tuple[InTeLezenAvond, ...] = ()
    waarschuwingen: tuple[str, ...] = ()


def read_inrichting(tekst: str, soort: str = "toml", basis: Inrichting | None = None) -> Inleesresultaat:
    """Lees en keur een heel bestand. `soort` is "toml" of "json".

    Een lijst die er niet in staat, komt uit `basis`; zonder basis is zij leeg en is `locatie` verplicht.
    """
    if len(tekst) > HOOGSTE_OMVANG:
        return Inleesresultaat(None, fouten=("Het bestand is te groot. Kijk of dit het goede bestand is.",))
    tekst = tekst.removeprefix("\ufeff")
    try:
        inhoud = _ontleed(tekst, soort)
    except _Onleesbaar as fout:
        return Inleesresultaat(None, fouten=(str(fout),))
    return _Inlezing(inhoud, tekst if soort == "toml" else "", basis).read()


def to_dict(inrichting: Inrichting) -> dict[str, Any]:
    """De inrichting als tabel die `read_inrichting` als JSON weer leest, zonder wat al standaard is."""
    return dict(to_tabel(inrichting))


class _Onleesbaar(Exception):
    pass


def _ontleed(tekst: str, soort: str) -> dict[str, Any]:
    try:
        if soort == "toml":
            return tomllib.loads(tekst, parse_float=Decimal)
        inhoud = json.loads(tekst, parse_float=Decimal, object_pairs_hook=_zonder_dubbel)
    except tomllib.TOMLDecodeError as fout:
        raise _Onleesbaar(_toml_zin(str(fout))) from None
    except json.JSONDecodeError as fout:
        zin = "dit is geen goede JSON. Kijk naar aanhalingstekens, haakjes en komma's."
        raise _Onleesbaar(f"Regel {fout.lineno}, teken {fout.colno}: {zin}") from None
    except RecursionError:
        raise _Onleesbaar("Het bestand is te diep genest. Gebruik alleen lijsten van tabellen.") from None
    except ValueError:  # een getal met duizenden cijfers
        raise _Onleesbaar("In het bestand staat een getal dat te lang is. Maak het korter.") from None
    if not isinstance(inhoud, dict):
        raise _Onleesbaar("Het bestand moet beginnen met een accolade: één JSON-object.")
    return inhoud


def _zonder_dubbel(paren: list[tuple[str, Any]]) -> dict[str, Any]:
    uit = dict(paren)
    if len(uit) != len(paren):
        namen = [naam for naam, _ in paren]
        dubbel = next(naam for naam in namen if namen.count(naam) > 1)
        raise _Onleesbaar(f'De sleutel "{dubbel[:60]}" staat twee keer in één tabel. Haal er een weg.')
    return uit


def _toml_zin(melding: str) -> str:
    plaats = _PLAATS.search(melding)
    waar = f"Regel {plaats[1]}, teken {plaats[2]}" if plaats else "Aan het eind van het bestand"
    if "overwrite" in melding or "twice" in melding or "Cannot declare" in melding:
        return f"{waar}: deze sleutel of tabel staat er al. Voeg de twee samen."
    if "date" in melding:
        return f"{waar}: deze datum of tijd bestaat niet. Kijk de dag en de maand na."
    return f"{waar}: dit is geen goede TOML. Kijk naar aanhalingstekens, haakjes en het teken =."


class _Inlezing:
    """Eén bestand: leest elk onderdeel, keurt het geheel en bewaart alle fouten met hun plaats."""

    def __init__(self, inhoud: dict[str, Any], tekst: str, basis: Inrichting | None) -> None:
        self._inhoud = inhoud
        self._basis = basis
        self._wijzer = _Regelwijzer(tekst, inhoud)
        self._fouten: list[tuple[int, str]] = []
        self._lezer = Lezer(self._meld)
        self._onvolledig: set[str] = set()

    def read(self) -> Inleesresultaat:
        bekend = {veld.name for veld in fields(Inrichting)} | {"afspraken", "avonden"}
        for sleutel in self._inhoud:
            if sleutel not in bekend:
                self._meld((sleutel,), "dit onderdeel ken ik niet. Haal het weg of verbeter de naam")
        delen: dict[str, Any] = {}
        plaatsen: dict[str, list[int]] = {}
        soorten = typing.get_type_hints(Inrichting)
        for naam in (veld.name for veld in fields(Inrichting) if veld.name != "locatie"):
            delen[naam], plaatsen[naam] = self._lijst(naam, typing.get_args(soorten[naam])[0])
        inrichting = Inrichting(self._locatie(), **delen)
        avonden, _ = self._lijst("avonden", InTeLezenAvond)
        afspraken, waar = self._lijst("afspraken", InTeLezenAfspraak)
        for afspraak, nummer in zip(afspraken, waar, strict=True):
            self._check_afspraak(inrichting, afspraak, ("afspraken", nummer))
        waarschuwingen = self._keur(inrichting, plaatsen)
        fouten = tuple(dict.fromkeys(zin for _, zin in sorted(self._fouten, key=lambda paar: paar[0])))
        return Inleesresultaat(
            None if fouten else inrichting,
            () if fouten else afspraken,
            fouten,
            () if fouten else avonden,
            waarschuwingen,
        )

    def _meld(self, pad: Pad, zin: str) -> None:
        self._fouten.append((self._wijzer.regel(pad), self._wijzer.plaats(pad) + _met_punt(zin)))

    def _locatie(self) -> Locatie:
        if "locatie" not in self._inhoud and self._basis is not None:
            return self._basis.locatie
        if "locatie" not in self._inhoud:
            self._onvolledig.add("locatie")
            self._meld(("locatie",), "ontbreekt. Schrijf waar de avond is, met minstens een naam")
            return Locatie("?")
        gelezen = self._lezer.lees(Locatie, self._inhoud["locatie"], ("locatie",))
        if gelezen is None:
            self._onvolledig.add("locatie")
        return gelezen or Locatie("?")

    def _lijst(self, naam: str, soort: Any) -> tuple[tuple[Any, ...], list[int]]:
        """De goed gelezen onderdelen, en van elk het hoeveelste van het bestand het is."""
        if naam not in self._inhoud:
            return (getattr(self._basis, naam, ()) if self._basis else ()), []
        ruw = self._inhoud[naam]
        if not isinstance(ruw, list):
            self._onvolledig.add(naam)
            self._meld((naam,), f"moet een lijst van tabellen zijn. Schrijf [[{naam}]] boven elk onderdeel")
            return (), []
        _geef_id(naam, ruw)
        uit: list[Any] = []
        nummers: list[int] = []
        for nummer, deel in enumerate(ruw, 1):
            gelezen = self._lezer.lees(soort, deel, (naam, nummer))
            if gelezen is None:
                self._onvolledig.add(naam)
            else:
                uit.append(gelezen)
                nummers.append(nummer)
        return tuple(uit), nummers

    def _check_afspraak(self, inrichting: Inrichting, afspraak: InTeLezenAfspraak, pad: Pad) -> None:
        try:
            to_tik(afspraak.begin)
        except ValueError:
            self._meld((*pad, "begin"), "een afspraak begint op hele vijf minuten")
        if not afspraak.naam:
            self._meld((*pad, "naam"), "is leeg. Vul de naam in van wie er komt")
        if not afspraak.producten:
            self._meld((*pad, "producten"), "is leeg. Noem minstens één product")
        if afspraak.minuten is not None and not 0 < afspraak.minuten <= 720:
            self._meld((*pad, "minuten"), "kies een duur van 1 tot en met 720 minuten")
        if any(regel.personen < 1 for regel in afspraak.producten):
            self._meld((*pad, "producten"), "kies minstens één persoon")
        self._check_bekend(
            "producten", inrichting.product, [r.product for r in afspraak.producten], (*pad, "producten")
        )
        self._check_bekend("behoeften", inrichting.behoefte, afspraak.behoeften, (*pad, "behoeften"))
        self._check_bekend(
            "balies", inrichting.balie, [afspraak.balie] if afspraak.balie else [], (*pad, "balie")
        )

    def _check_bekend(
        self, naam: str, bekend: Mapping[str, object], gevraagd: Sequence[str], pad: Pad
    ) -> None:
        """Verwijst dit naar iets dat er is? Niet te zeggen als er van die lijst iets niet te lezen was."""
        for code in gevraagd:
            if code not in bekend and naam not in self._onvolledig:
                self._meld(pad, f'"{_schoon(code)}" staat niet bij de {naam}')

    def _keur(self, inrichting: Inrichting, plaatsen: Mapping[str, list[int]]) -> tuple[str, ...]:
        """Zet de fouten van de keuring bij de rest, met hun plaats; geeft de waarschuwingen."""
        waarschuwingen = []
        for fout in check_inrichting(inrichting):
            if self._onvolledig and fout.verwijst:
                continue  # waarnaar verwezen wordt, is zelf misschien het onderdeel dat niet te lezen was
            pad = self._pad_van(fout, inrichting, plaatsen)
            if fout.is_fout:
                self._meld(pad, fout.tekst)
            else:
                waarschuwingen.append(self._wijzer.plaats(pad) + fout.tekst)
        return tuple(dict.fromkeys(waarschuwingen))

    def _pad_van(self, fout: Planfout, inrichting: Inrichting, plaatsen: Mapping[str, list[int]]) -> Pad:
        onderdelen = getattr(inrichting, fout.soort, ())
        nummers = plaatsen.get(fout.soort, [])
        if fout.nummer is not None and fout.nummer < len(nummers) == len(onderdelen):
            return (fout.soort, nummers[fout.nummer])
        return (fout.soort, fout.id) if fout.id else (fout.soort,)


class _Regelwijzer:
    """Zoekt bij een pad de regel in de TOML-tekst. JSON heeft alleen het pad."""

    def __init__(self, tekst: str, inhoud: Mapping[str, Any]) -> None:
        self._regels = tekst.splitlines()
        koppen: dict[str, list[int]] = {}
        self._alle: list[int] = []
        for nummer, regel in enumerate(self._regels, 1):
            vorm = _KOP.fullmatch(regel) if "[" in regel else None
            if vorm:
                koppen.setdefault(vorm[1], []).append(nummer)
                self._alle.append(nummer)
        # Een kop in een lange tekst is geen kop: alleen als het aantal klopt, is de plaats zeker.
        self._koppen = {
            naam: nummers
            for naam, nummers in koppen.items()
            if len(nummers) == (len(inhoud[naam]) if isinstance(inhoud.get(naam), list) else 1)
        }

    def regel(self, pad: Pad) -> int:
        """Het regelnummer, of 0 als dat niet te zeggen is."""
        koppen = self._koppen.get(str(pad[0]), [])
        nummer = pad[1] if len(pad) > 1 and isinstance(pad[1], int) else 1
        if not 1 <= nummer <= len(koppen):
            return 0
        kop = koppen[nummer - 1]
        sleutels = [deel for deel in pad[1:] if isinstance(deel, str)]
        volgende = bisect_right(self._alle, kop)
        eind = self._alle[volgende] - 1 if volgende < len(self._alle) else len(self._regels)
        for plaats in range(kop, eind):
            if sleutels and re.match(rf"\s*{re.escape(sleutels[0])}\s*=", self._regels[plaats]):
                return plaats + 1
        return kop

    def plaats(self, pad: Pad) -> str:
        """ "Regel 41 (diensten 3): van: ", of zonder regel "Diensten 3: van: "."""
        kop = str(pad[0])
        rest = list(pad[1:])
        if rest and isinstance(rest[0], int):
            kop = f"{kop} {rest.pop(0)}"
        regel = self.regel(pad)
        voor = f"Regel {regel} ({kop}): " if regel else f"{kop[:1].upper()}{kop[1:]}: "
        staart = " ".join(_schoon(deel) for deel in rest)
        return f"{voor}{staart}: " if staart else voor


def _met_punt(zin: str) -> str:
    return zin if zin.endswith((".", "?")) else f"{zin}."


def _schoon(deel: object) -> str:
    tekst = str(deel)
    return tekst[:60] if tekst.isprintable() else "?"


def _geef_id(naam: str, ruw: list[Any]) -> None:
    """Vul een ontbrekend `id` in met iets dat bij dezelfde inhoud hetzelfde blijft."""
    if naam not in _EIGEN_ID:
        return
    bezet = {deel["id"] for deel in ruw if isinstance(deel, dict) and isinstance(deel.get("id"), str)}
    for deel in ruw:
        if not isinstance(deel, dict) or "id" in deel:
            continue
        woorden = " ".join(str(deel[veld]) for veld in _EIGEN_ID[naam] if veld in deel)
        basis = re.sub(r"[^a-z0-9]+", "-", taal.zonder_accenten(woorden)).strip("-")[:80] or naam
        nummer, keuze = 1, basis
        while keuze in bezet:
            nummer += 1
            keuze = f"{basis}-{nummer}"
        bezet.add(keuze)
        deel["id"] = keuze
