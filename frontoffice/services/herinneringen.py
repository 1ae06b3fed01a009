"""Herinneren aan een afspraak, de dag ervoor. Eén werkplek heeft de lease; elke herinnering gaat één keer.

De lease en wat er al is klaargezet, staan in de gedeelde agenda, op de klok van de database. Niets hier
verstuurt: een herinnering gaat de outbox in, of op de Bellijst als de inwoner alleen te bellen is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Wie
from frontoffice.domain.bericht import Berichtopdracht, Berichtsoort, make_sleutel
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakberichten import Afspraakberichten, over_afspraak, versie_van
from frontoffice.services.schrijven import Schrijver, persist

VOORAF, KORTST = timedelta(hours=24), timedelta(hours=3)
"""Een herinnering gaat tussen een dag en drie uur vooraf, en alleen als er langer vooraf is geboekt."""
LEASE = "herinneringen"
_LEASE_DUURT = timedelta(minutes=20)
"""Langer dan een ronde; wie stopt, houdt de anderen dus niet lang tegen."""
_NEEM_OVER = timedelta(minutes=30)
"""Zo lang na het nemen hoort een herinnering klaar te staan; anders viel die werkplek weg."""
_MEESTE = 500
_WAT = Berichtsoort.HERINNERING


@dataclass(frozen=True)
class Herinnerd:
    """`lease`: was het aan deze werkplek. `klaargezet`: hoeveel er bij kwamen. `stil`: het is stiltetijd."""

    lease: bool
    klaargezet: int = 0
    stil: bool = False


class Herinneringen:
    """`wie`: deze werkplek, zoals de agenda haar kent."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie, berichten: Afspraakberichten) -> None:
        self._opslag, self._wie, self._berichten = opslag, wie, berichten
        self._naam = f"{wie.medewerker}@{wie.werkplek}"
        self._schrijver = Schrijver(opslag)

    def run(self) -> Herinnerd:
        """Zet klaar wat nu moet. Raises AgendaFout of WinkelFout."""
        nu = self._opslag.nu()
        self._withdraw_oude()
        if self._berichten.berichten.is_stil():  # wat nu wacht, kan achterhaald zijn als het weggaat
            return Herinnerd(lease=False, stil=True)
        nodig = [afspraak for afspraak in self._find(nu) if not self._is_klaar(afspraak)]
        if not self._take_lease():
            return Herinnerd(lease=False)
        gezet = 0
        for afspraak in nodig:
            if self._claim(afspraak):
                gezet += self._berichten.send(afspraak, _WAT) is not None
                self._finish(afspraak)
        return Herinnerd(lease=True, klaargezet=gezet)

    def _take_lease(self) -> bool:
        return persist(lambda: self._opslag.take_lease(LEASE, self._naam, _LEASE_DUURT))

    # --- wie -----------------------------------------------------------------------------------------------

    def _find(self, nu: datetime) -> list[Afspraak]:
        morgen = dag_van(nu + VOORAF)
        afspraken = self._opslag.find_afspraken(
            datum_van=dag_van(nu), datum_tot=morgen + timedelta(days=1), maximum=_MEESTE
        )
        return [afspraak for afspraak in afspraken if self._is_due(afspraak, nu)]

    def _is_due(self, afspraak: Afspraak, nu: datetime) -> bool:
        if afspraak.toestand is not Toestand.BEVESTIGD or afspraak.te_verzetten:
            return False
        geboekt = afspraak.gemaakt_op
        if (
            geboekt is None
            or afspraak.begin - geboekt <= VOORAF
            or not KORTST <= afspraak.begin - nu <= VOORAF
        ):
            return False
        aanvraag = self._berichten.make_aanvraag(afspraak, _WAT)
        return aanvraag is not None and not aanvraag.naar.overleden

    # --- een keer ------------------------------------------------------------------------------------------

    def _is_klaar(self, afspraak: Afspraak) -> bool:
        return self._opslag.find_verzoek(_klaar(afspraak)) is not None

    def _claim(self, afspraak: Afspraak) -> bool:
        """Neem deze herinnering; onwaar als een andere werkplek haar al nam en nog bezig kan zijn."""

        def write(tx: AgendaTransactie) -> tuple[bool, Mapping[str, Any]]:
            return True, {"soort": _WAT.value, "wie": self._naam, "op": tx.nu.isoformat()}

        def repeat(tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> bool:
            return antwoord.get("wie") == self._naam or not _is_vers(tx.nu, antwoord)

        sleutel, dagen = _sleutel(afspraak), {afspraak.datum}
        if not self._schrijver.run(sleutel, _WAT.value, dagen, write, repeat):
            return False
        if (self._opslag.find_verzoek(sleutel) or {}).get("wie") == self._naam:
            return True
        # Wie haar nam, viel weg voor zij klaarstond: een ander neemt haar over, ook weer maar één.
        return self._schrijver.run(f"{sleutel}-over", _WAT.value, dagen, write, repeat)

    def _finish(self, afspraak: Afspraak) -> None:
        def write(tx: AgendaTransactie) -> tuple[None, Mapping[str, Any]]:
            return None, {"soort": _WAT.value, "wie": self._naam}

        self._schrijver.run(_klaar(afspraak), _WAT.value, {afspraak.datum}, write, lambda _, __: None)

    # --- achterhaald ---------------------------------------------------------------------------------------

    def _withdraw_oude(self) -> None:
        """Trek in wat hier nog wacht over een afspraak die intussen is verzet, afgezegd of begonnen.

        Een collega kan dat hebben gedaan: zijn wijziging komt niet bij deze outbox langs.
        """
        wacht = {
            rij.opdracht.over: rij
            for rij in self._berichten.berichten.load_wachtend()
            if isinstance(rij.opdracht, Berichtopdracht) and rij.opdracht.wat is _WAT
        }
        if not wacht:
            return
        ids = [over.partition(":")[2] for over in wacht]
        gevonden = {over_afspraak(a): a for a in self._opslag.find_afspraken(ids=ids, maximum=len(ids))}
        for over, rij in wacht.items():
            afspraak = gevonden.get(over)
            assert isinstance(rij.opdracht, Berichtopdracht)
            geldt = afspraak is not None and afspraak.toestand is Toestand.BEVESTIGD
            if not geldt or afspraak is None or versie_van(afspraak, _WAT) != rij.opdracht.versie:
                self._berichten.berichten.withdraw(rij.id)


def _sleutel(afspraak: Afspraak) -> str:
    return make_sleutel(_WAT, over_afspraak(afspraak), versie_van(afspraak, _WAT))


def _klaar(afspraak: Afspraak) -> str:
    return f"{_sleutel(afspraak)}-klaar"


def _is_vers(nu: datetime, antwoord: Mapping[str, Any]) -> bool:
    """Kan wie haar nam nog bezig zijn? Een ouder programma schreef niet op wanneer: dan blijft het zo."""
    op = antwoord.get("op")
    return not isinstance(op, str) or nu - datetime.fromisoformat(op) < _NEEM_OVER
