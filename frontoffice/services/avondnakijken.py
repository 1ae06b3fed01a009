"""Nakijken: wat zonder verbinding is gedaan en niet meer in de agenda past. De avondleiding kiest.

Een nakijkpunt staat in de geschiedenis van de agenda, zonder naam: elke werkplek ziet het, en het blijft ook
als deze pc uitgaat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Bezoek, Resultaat, Uitkomst
from frontoffice.agenda.vanavond.doorwerken import WOORDEN
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Gebeurtenis, Stapgegevens, Wie
from frontoffice.avondpoort import Avondnotitie
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import tijd

NA_TE_KIJKEN, NAGEKEKEN = "bezoek_na_te_kijken", "bezoek_nagekeken"
_MOMENTEN = ("aangemeld_op", "opgeroepen_op", "begonnen_op", "apart_op", "klaar_op")
_SOORTEN = {
    Toestand.AANGEMELD: "bezoek_aangemeld",
    Toestand.OPGEROEPEN: "bezoek_opgeroepen",
    Toestand.AAN_DE_BALIE: "bezoek_aan_de_balie",
    Toestand.EVEN_APART: "bezoek_even_apart",
    Toestand.KLAAR: "bezoek_klaar",
    Toestand.NIET_GEKOMEN: "bezoek_niet_gekomen",
}
_NU_KAN = re.compile(r" (?:Er is niets veranderd|Kijk opnieuw|Kijk wat er nu kan)\.$")
"""Wat een weigering zegt tegen wie net klikte; later, bij het nakijken, klopt dat niet meer."""
_VRIJ = {"naam": "Naam", "notitie": "Notitie", "reden": "Reden"}
_STAPWOORDEN = {
    "arrive": "aangemeld",
    "walk_in": "zonder afspraak aangemeld",
    "call": "opgeroepen",
    "call_next": "opgeroepen",
    "recall": "nog een keer opgeroepen",
    "start": "aan de balie",
    "park": "even apart",
    "resume": "weer verder",
    "finish": "klaar",
    "no_show": "niet gekomen",
    "come_after_all": "toch gekomen",
    "put_back": "terug in de rij",
    "set_notitie": "notitie gewijzigd",
    "set_voorrang": "voorrang gewijzigd",
    "set_behoeften": "behoeften gewijzigd",
    "undo": "ongedaan gemaakt",
}


class Keuze(StrEnum):
    LAAT_ZO = "laat_zo"
    """De agenda klopt; met wat zonder verbinding is gedaan, gebeurt niets."""
    NEEM_OVER = "neem_over"
    """Wat zonder verbinding is gedaan, klopt: zet dat in de agenda."""


@dataclass(frozen=True)
class Nakijkpunt:
    """Eén bezoeker. `gedaan`: wat er zonder verbinding gebeurde, per stap; `nu`: wat de agenda zegt."""

    id: str
    bezoek: str
    volgnummer: str
    werkplek: str
    waarom: str
    gedaan: tuple[str, ...]
    nu: str
    keuzes: tuple[Keuze, ...]
    alleen_hier: tuple[str, ...] = ()
    """Naam en vrije tekst van deze stappen: die staan alleen op de werkplek die ze deed."""


class Nakijkdienst:
    """De nakijkpunten van een avond. Elke methode mag van elke achtergronddraad."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self._wie = wie

    def note(self, stappen: Sequence[Avondnotitie], waarom: str) -> None:
        """Zet wat niet past bij de avond; nog een keer verandert niets. `stappen` zijn van één bezoeker."""
        eerste, laatste = stappen[0], stappen[-1]
        na = {
            "punt": eerste.verzoek_id,
            "werkplek": self._wie.werkplek,
            "volgnummer": laatste.na.volgnummer if laatste.na is not None else "",
            "waarom": _NU_KAN.sub("", waarom),
            "stappen": [[s.soort, s.op.isoformat(), s.na.balie if s.na is not None else ""] for s in stappen],
            "doel": {} if laatste.na is None else _to_doel(laatste.na),
        }
        nummer = f"nakijken-{eerste.verzoek_id}"[:64]
        with self._opslag.lock([eerste.datum]) as tx:
            if tx.load_verzoek(nummer, "nakijken") is not None:
                return
            tx.note(Gebeurtenis(tx.nu, self._wie, NA_TE_KIJKEN, eerste.bezoek, eerste.datum, {}, na))
            tx.note_verzoek(nummer, "nakijken", {})
            _touch(tx, eerste.datum)

    def load(self, datum: date) -> tuple[Nakijkpunt, ...]:
        """Wat nog nagekeken moet worden, oudste eerst."""
        gebeurd = self._opslag.load_stappen(datum)
        klaar = {g.na.get("punt") for g in gebeurd if g.soort == NAGEKEKEN}
        open_ = [g for g in gebeurd if g.soort == NA_TE_KIJKEN and g.na.get("punt") not in klaar]
        if not open_:
            return ()
        bezoeken = {bezoek.id: bezoek for bezoek in self._opslag.load_bezoeken(datum)}
        return tuple(_to_punt(g, bezoeken.get(g.onderwerp), self._balies()) for g in open_)

    def resolve(self, datum: date, punt_id: str, keuze: Keuze, *, verzoek_id: str) -> None:
        """Doe wat de avondleiding koos. Raises Geweigerd als het (nu) niet kan; twee keer is één keer."""
        punt = next(
            (
                g
                for g in self._opslag.load_stappen(datum)
                if g.soort == NA_TE_KIJKEN and g.na.get("punt") == punt_id
            ),
            None,
        )
        if punt is None:
            raise Geweigerd("Dit punt is er niet meer. Kijk opnieuw.")
        nummer = f"nagekeken-{punt_id}"[:64]
        with self._opslag.lock([datum]) as tx:
            if tx.load_verzoek(nummer, "nagekeken") is not None:
                return
            if keuze is Keuze.NEEM_OVER:
                self._take_over(tx, punt, verzoek_id)
            na = {"punt": punt_id, "keuze": keuze.value, "volgnummer": punt.na.get("volgnummer", "")}
            tx.note(Gebeurtenis(tx.nu, self._wie, NAGEKEKEN, punt.onderwerp, datum, {}, na))
            tx.note_verzoek(nummer, "nagekeken", {})
            _touch(tx, datum)

    def _take_over(self, tx: AgendaTransactie, punt: Gebeurtenis, verzoek_id: str) -> None:
        assert punt.datum is not None
        bezoeken = {bezoek.id: bezoek for bezoek in tx.load_bezoeken(punt.datum)}
        nu = bezoeken.get(punt.onderwerp)
        if nu is None:
            raise Geweigerd("Deze bezoeker staat niet in de agenda. Meld hem opnieuw aan, zonder afspraak.")
        doel = _from_doel(nu, punt.na["doel"])
        if doel.toestand in AAN_BALIE:
            bezet = next(
                (
                    b
                    for b in bezoeken.values()
                    if b.toestand in AAN_BALIE and b.balie == doel.balie and b.id != nu.id
                ),
                None,
            )
            if bezet is not None:
                raise Geweigerd(
                    f"Bij die balie is nu {bezet.volgnummer}. Maak dat bezoek eerst af.", code="nog_bezig"
                )
        stap = Stapgegevens(verzoek_id, gebeurd_op=datetime.fromisoformat(punt.na["stappen"][-1][1]))
        soort = _SOORTEN.get(doel.toestand, "bezoek_gewijzigd")
        if nu.versie:
            tx.update_bezoek(doel, self._wie, soort, reden="nagekeken na een storing", stap=stap)
        else:
            tx.add_bezoek(doel, self._wie, soort, stap=stap)

    def _balies(self) -> Mapping[str, str]:
        return {balie.id: balie.naam for balie in self._opslag.load_inrichting()[0].balies}


def _touch(tx: AgendaTransactie, datum: date) -> None:
    """Laat elke werkplek zien dat er iets is veranderd aan deze avond."""
    avond = tx.load_avond(datum)
    tx.set_avond(datum, avond.toestand, avond.notitie)


def with_eigen(punt: Nakijkpunt, stappen: Sequence[Avondnotitie]) -> Nakijkpunt:
    """Het punt met wat alleen deze werkplek nog weet."""
    regels = []
    for stap in stappen:
        if stap.punt == punt.id:
            wat = stap.argumenten
            regels += [f"{kop}: {wat[veld]}" for veld, kop in _VRIJ.items() if wat.get(veld)]
            regels += [f"Reden: {u.reden}" for u in stap.uitkomsten if u.reden]
    return replace(punt, alleen_hier=tuple(regels))


def _to_doel(bezoek: Bezoek) -> dict[str, Any]:
    """Wat er van een bezoek over te nemen is, zonder vrije tekst."""
    momenten = {naam: getattr(bezoek, naam) for naam in _MOMENTEN}
    return {
        "toestand": bezoek.toestand.value,
        "balie": bezoek.balie,
        "oproepen": bezoek.oproepen,
        "gewerkt": bezoek.gewerkt,
        "te_laat": bezoek.te_laat,
        "uitkomsten": [[u.product, u.resultaat.value] for u in bezoek.uitkomsten],
        **{naam: moment.isoformat() for naam, moment in momenten.items() if moment is not None},
    }


def _from_doel(bezoek: Bezoek, doel: Mapping[str, Any]) -> Bezoek:
    momenten: dict[str, Any] = {n: datetime.fromisoformat(doel[n]) for n in _MOMENTEN if n in doel}
    return replace(
        bezoek,
        toestand=Toestand(doel["toestand"]),
        balie=doel["balie"],
        oproepen=doel["oproepen"],
        gewerkt=doel["gewerkt"],
        te_laat=doel["te_laat"],
        uitkomsten=tuple(Uitkomst(product, Resultaat(uit)) for product, uit in doel["uitkomsten"]),
        **momenten,
    )


def _to_punt(gebeurd: Gebeurtenis, nu: Bezoek | None, balies: Mapping[str, str]) -> Nakijkpunt:
    na = gebeurd.na
    regels = []
    for soort, op, balie in na["stappen"]:
        aan = f" ({balies.get(balie, balie)})" if balie else ""
        regels.append(f"{tijd(datetime.fromisoformat(op))}: {_STAPWOORDEN.get(soort, soort)}{aan}")
    past = nu is not None and bool(na["doel"]) and na["doel"]["toestand"] in {t.value for t in _SOORTEN}
    return Nakijkpunt(
        na["punt"],
        gebeurd.onderwerp,
        na["volgnummer"],
        na["werkplek"],
        na["waarom"],
        tuple(regels),
        _to_zin(nu, balies),
        (Keuze.LAAT_ZO, Keuze.NEEM_OVER) if past else (Keuze.LAAT_ZO,),
    )


def _to_zin(nu: Bezoek | None, balies: Mapping[str, str]) -> str:
    if nu is None:
        return "De agenda kent deze bezoeker niet."
    aan = f", {balies.get(nu.balie, nu.balie)}" if nu.balie else ""
    return f"In de agenda is {nu.volgnummer or 'dit bezoek'} nu {WOORDEN[nu.toestand]}{aan}."
