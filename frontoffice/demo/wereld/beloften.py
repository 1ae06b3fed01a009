"""Wat de cijfers nodig hebben: hoe contacten afliepen, en beloften die zijn nagekomen, te laat of verteld.

Trekt uit een eigen bron van toeval en zet rijen alleen achteraan: wat er al was, blijft precies zo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from frontoffice.demo.wereld.bron import Toeval, load_woorden
from frontoffice.demo.wereld.feiten import Actor, Betrokkene, Contact, Partij, Persoon, Taak

WEKEN = 26
PER_WEEK, ANTWOORDEN = 11, 15
"""Zoveel beloften, en zoveel vragen die meteen zijn beantwoord."""
_VIA = ("telefoon", "telefoon", "telefoon", "e-mail", "balie")


class Afloop:
    """De metadata van contacten die een medewerker met dit programma afrondde."""

    def __init__(self, toeval: Toeval, personen: Sequence[Persoon], partijen: Sequence[Partij]) -> None:
        self._rng = toeval("afloop")
        self._woorden: dict[str, Any] = load_woorden("beloften")
        self._gegeven = 0
        self._plaatsen: dict[int, str] = {
            partij.nummer: personen[partij.persoon].adres.plaats
            for partij in partijen
            if partij.persoon >= 0
            and not personen[partij.persoon].geheim
            and not personen[partij.persoon].adres.land
        }

    def add(self, contact: Contact) -> Contact:
        """Hetzelfde contact, met hoe het afliep. Wat niet door een medewerker is gedaan, blijft zonder."""
        lot = self._rng.random
        loten = lot(), lot(), lot()
        if contact.kanaal in ("contactformulier", "brief"):
            return contact
        metadata = {"afsluiting": _afsluiting(contact, loten[0])}
        plaats = next(
            (self._plaatsen[b.partij] for b in contact.betrokkenen if b.partij in self._plaatsen), ""
        )
        if plaats:
            metadata["plaats"] = plaats
        if loten[1] < 0.03:
            metadata["nietopwebsite"] = "ja"
            paginas = self._woorden["paginas"]
            metadata["webpagina"] = paginas[int(loten[1] / 0.03 * len(paginas))]
        if loten[2] < 0.012:
            complimenten = self._woorden["complimenten"]
            metadata["compliment"] = "ja"
            metadata["complimenttekst"] = complimenten[self._gegeven % len(complimenten)]
            self._gegeven += 1
        return contact._replace(metadata=metadata)


def _afsluiting(contact: Contact, lot: float) -> str:
    if contact.gelukt is False:
        return "niet_gelukt"
    if contact.taken:
        return "terugbelverzoek"
    if "Afspraak" in contact.reactie:
        return "afspraak"
    return "doorverbonden" if lot < 0.12 else "beantwoord"


class Beloften:
    """Contacten van onbekende bellers met een terugbelverzoek dat is afgehandeld, van de laatste weken."""

    def __init__(
        self, toeval: Toeval, actoren: Sequence[Actor], plaatsen: Sequence[str], contacten: Sequence[Contact]
    ) -> None:
        self._toeval = toeval
        self._rng: Random = toeval("beloften")
        self._woorden: dict[str, Any] = load_woorden("beloften")
        self._namen = load_woorden("contacten")["namens"]
        self._plaatsen = plaatsen
        self._afdeling: Mapping[str, int] = {
            actor.code: actor.nummer for actor in actoren if actor.soort == "organisatorische_eenheid"
        }
        self._kcc = [a.nummer for a in actoren if a.soort == "medewerker" and a.afdeling == "KCC"]
        self._nummer = len(contacten)
        self._betrokkene = sum(len(contact.betrokkenen) for contact in contacten)
        self._taak = sum(len(contact.taken) for contact in contacten)

    def make(self) -> list[Contact]:
        """Oudste eerst; alles is voorbij voor vandaag begint."""
        vandaag = self._toeval.vandaag
        maandag = vandaag - timedelta(days=vandaag.weekday())
        uit: list[Contact] = []
        for week in range(WEKEN, -1, -1):
            begin = maandag - timedelta(weeks=week)
            goed = 0.9 - 0.2 * week / WEKEN
            for volgorde in range(PER_WEEK + ANTWOORDEN):
                make = self._make_belofte if volgorde < PER_WEEK else self._make_antwoord
                contact = make(begin + timedelta(days=volgorde % 5), volgorde, goed, vandaag)
                uit += [contact] if contact is not None else []
        return uit

    def _make_antwoord(self, dag: date, volgorde: int, goed: float, vandaag: date) -> Contact | None:
        thema = self._rng.choice(self._woorden["themas"])
        doorverbonden = self._rng.random() > goed
        if dag >= vandaag:
            return None
        afsluiting = "doorverbonden" if doorverbonden else "beantwoord"
        return self._make_contact(dag, volgorde, thema, afsluiting)

    def _make_belofte(self, dag: date, volgorde: int, goed: float, vandaag: date) -> Contact | None:
        rng = self._rng
        thema = rng.choice(self._woorden["themas"])
        lot, via = rng.random(), rng.choice(_VIA)
        beloofd = _werkdag(dag, 2)
        klaar = beloofd if rng.random() < 0.5 else _werkdag(dag, 1)
        if lot > goed:
            klaar = _werkdag(beloofd, 1 + rng.randrange(4))
        verteld = lot < goed * 0.93 or lot > 0.96
        if max(klaar, beloofd) >= vandaag:
            return None
        contact = self._make_contact(dag, volgorde, thema, "terugbelverzoek")
        nummer = self._taak
        self._taak += 1
        taak = Taak(
            nummer,
            self._toeval.uuid("internetaak", f"belofte-{dag.isoformat()}-{volgorde}"),
            contact.nummer,
            "Terugbellen",
            _toelichting(thema["vraag"], beloofd, klaar if verteld else None, via),
            (self._afdeling[thema["afdeling"]],),
            contact.tijd,
            f"{klaar.isoformat()}T15:{nummer % 60:02d}:40Z",
        )
        return contact._replace(taken=(taak,))

    def _make_contact(self, dag: date, volgorde: int, thema: Mapping[str, str], afsluiting: str) -> Contact:
        """Een telefoontje van iemand die niet in het register staat."""
        rng, uuid, sleutel = self._rng, self._toeval.uuid, f"belofte-{dag.isoformat()}-{volgorde}"
        naam, kcc, plaats = rng.choice(self._namen), rng.choice(self._kcc), rng.choice(self._plaatsen)
        nummer, betrokkene = self._nummer, self._betrokkene
        self._nummer, self._betrokkene = nummer + 1, betrokkene + 1
        return Contact(
            nummer,
            uuid("klantcontact", sleutel),
            f"{dag.isoformat()}T{rng.randrange(8, 15):02d}:{rng.randrange(60):02d}:{7 * volgorde % 60:02d}Z",
            "telefoon",
            thema["onderwerp"],
            thema["vraag"],
            thema["antwoord"] if afsluiting == "beantwoord" else "",
            True,
            "nld",
            False,
            (kcc,),
            (Betrokkene(betrokkene, uuid("betrokkene", sleutel), nummer, -1, "klant", True, tuple(naam)),),
            (),
            (),
            metadata={"afsluiting": afsluiting, "plaats": plaats},
        )


def _toelichting(vraag: str, beloofd: date, verteld: date | None, via: str) -> str:
    """De regels die elk ander programma gewoon als tekst toont."""
    regels = [f"Terugbellen uiterlijk {beloofd:%d-%m-%Y}. Beloofd: {beloofd:%d-%m-%Y}.", vraag]
    if verteld is not None:
        regels.append(f"Verteld op {verteld:%d-%m-%Y} via {via}.")
    return "\n".join(regels)


def _werkdag(dag: date, aantal: int) -> date:
    """Zoveel doordeweekse dagen later."""
    while aantal:
        dag += timedelta(days=1)
        aantal -= dag.weekday() < 5
    return dag
