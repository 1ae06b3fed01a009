"""De ingebouwde centrale API als los proces dat zich laat sturen: één opdracht per regel op stdin, in JSON.

Zo deelt de server geen draad met wat er wordt gemeten. Kan de wereld van `DemoServer` merken (wie hoort bij
welke tekst?) en alle vrije tekst in antwoorden vervangen door vijandige tekst. Stopt als stdin dichtgaat.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from frontoffice.demo.http import Antwoord, Verzoek
from frontoffice.demo.server import DemoServer
from frontoffice.demo.storing import REGISTERS, Storing
from frontoffice.demo.wereld.contacten import Contacten
from frontoffice.demo.wereld.feiten import Contact, Persoon, Zaak
from frontoffice.demo.wereld.personen import Personen
from frontoffice.demo.wereld.zaken import Zaken

# Vrije tekst in de antwoorden van de registers: wat mensen of andere systemen erin hebben getypt.
VRIJE_TEKST = frozenset({
    "geslachtsnaam", "achternaam", "voornaam", "voornamen", "voorletters", "volledigeNaam", "aanschrijfwijze",
    "naam", "volledigenaam", "onderwerp", "inhoud", "omschrijving", "toelichting", "titel", "statustekst",
    "statustoelichting", "gevraagdeHandeling", "bestandsnaam", "auteur", "interneNotitie", "straat",
    "adresregel1", "adresregel2", "zaaktypeOmschrijving", "statusOmschrijving", "korteNaam", "reden",
})  # fmt: skip


class Server(DemoServer):
    """Als de demonstratie, met een knop om alle vrije tekst te vervangen."""

    tekst: str = ""
    velden: frozenset[str] = VRIJE_TEKST
    registers: tuple[str, ...] = REGISTERS

    def answer(self, verzoek: Verzoek) -> tuple[str, Antwoord, Storing]:
        register, antwoord, storing = super().answer(verzoek)
        if self.tekst and register in self.registers and antwoord.inhoud[:1] in (b"{", b"["):
            data = vervang(json.loads(antwoord.inhoud), self.tekst, self.velden)
            antwoord = antwoord._replace(inhoud=json.dumps(data).encode())
        return register, antwoord, storing


def vervang(data: Any, tekst: str, velden: frozenset[str]) -> Any:
    """Dezelfde JSON met `tekst` in elk van deze velden dat met tekst gevuld was."""
    if isinstance(data, dict):
        return {
            naam: tekst
            if naam in velden and isinstance(waarde, str) and waarde
            else vervang(waarde, tekst, velden)
            for naam, waarde in data.items()
        }
    return [vervang(waarde, tekst, velden) for waarde in data] if isinstance(data, list) else data


def merk(nummer: int) -> str:
    """Het merkteken van een persoon; staat in alles wat over hem of haar gaat."""
    return f"Qx{nummer:03d}x"


def merk_wereld() -> None:
    """Zet in elke naam, zaak en elk contact van wie het is. Alleen voor dit proces."""
    maak_personen, maak_zaken, maak_contacten = Personen.make, Zaken.make, Contacten.make

    def personen(zelf: Personen) -> list[Persoon]:
        return [p._replace(achternaam=f"{p.achternaam} {merk(p.nummer)}") for p in maak_personen(zelf)]

    def zaken(zelf: Zaken) -> list[Zaak]:
        return [_merk_zaak(zaak) for zaak in maak_zaken(zelf)]

    def contacten(zelf: Contacten) -> list[Contact]:
        persoon_van = {p.nummer: p.persoon for p in zelf.partijen}
        return [_merk_contact(contact, persoon_van) for contact in maak_contacten(zelf)]

    Personen.make, Zaken.make, Contacten.make = personen, zaken, contacten  # type: ignore[method-assign]


def _merk_zaak(zaak: Zaak) -> Zaak:
    """Een zaak met meer personen hoort bij hen allemaal: die krijgt geen merk van één."""
    personen = {rol.persoon for rol in zaak.rollen if rol.persoon >= 0}
    if len(personen) != 1:
        return zaak
    teken = merk(personen.pop())
    documenten = tuple(d._replace(titel=f"{d.titel} {teken}") for d in zaak.documenten)
    return zaak._replace(omschrijving=f"{zaak.omschrijving} {teken}", documenten=documenten)


def _merk_contact(contact: Contact, persoon_van: dict[int, int]) -> Contact:
    personen = {persoon_van.get(b.partij, -1) for b in contact.betrokkenen} - {-1}
    if len(personen) != 1:
        return contact
    teken = merk(personen.pop())
    return contact._replace(onderwerp=f"{contact.onderwerp} {teken}", inhoud=f"{contact.inhoud} {teken}")


def feiten(server: DemoServer) -> dict[str, Any]:
    """Wie er in deze wereld zijn, met alles wat nergens mag uitlekken."""
    wereld = server.wereld
    adressen: dict[int, list[str]] = {}
    for partij in wereld.partijen:
        adressen.setdefault(partij.persoon, []).extend(a.adres for a in partij.adressen)
    rijen = [
        {
            "nummer": p.nummer,
            "rol": p.rol,
            "bsn": p.bsn,
            "voornamen": p.voornamen,
            "achternaam": p.achternaam,
            "straat": p.adres.straat,
            "huisnummer": p.adres.huisnummer,
            "postcode": p.adres.postcode,
            "geboren": f"{p.geboorte.dag:02d}-{p.geboorte.maand:02d}-{p.geboorte.jaar:04d}",
            "geheim": p.geheim,
            "digitaal": adressen.get(p.nummer, []),
            "gezin": p.gezin,
        }
        for p in wereld.personen
    ]
    zaken = {
        z.identificatie: sorted({wereld.personen[r.persoon].bsn for r in z.rollen if r.persoon >= 0})
        for z in wereld.zaken
    }
    bedrijven = [
        {
            "kvk": b.kvk,
            "naam": b.naam,
            "straat": b.adres.straat,
            "huisnummer": b.adres.huisnummer,
            "postcode": b.adres.postcode,
            "afgeschermd": b.afgeschermd,
        }
        for b in wereld.bedrijven
    ]
    return {
        "personen": rijen, "zaken": zaken, "bedrijven": bedrijven, "voorbeelden": wereld.voorbeelden(),
    }  # fmt: skip


def answer(server: Server, vraag: dict[str, Any]) -> Any:
    """Voer één opdracht uit; wat terugkomt gaat als JSON naar de test."""
    match vraag["doe"]:
        case "storing":
            server.storing(vraag["register"], vraag["tekst"])
        case "latency":
            server.latency_ms = vraag["ms"]
        case "vijandig":
            server.tekst = vraag["tekst"]
            server.velden = frozenset(vraag["velden"] or VRIJE_TEKST)
            server.registers = tuple(vraag["registers"] or REGISTERS)
        case "wis":
            server.clear_log()
        case "log":
            return [regel._asdict() for regel in server.log]
        case "feiten":
            return feiten(server)
    return None


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--seed", type=int, default=1)
    lezer.add_argument("--vandaag", type=date.fromisoformat, default=None)
    lezer.add_argument("--gemerkt", action="store_true")
    opties = lezer.parse_args()
    if opties.gemerkt:
        merk_wereld()
    with Server(opties.seed, opties.vandaag) as server:
        server.wereld.warm_up()
        print(json.dumps({"basis": server.basis}), flush=True)
        for regel in sys.stdin:
            print(json.dumps(answer(server, json.loads(regel))), flush=True)


if __name__ == "__main__":
    main()
