"""Brengt wat klaarstaat naar het register: elke registratie precies één keer, ook na een storing.

Eén verzender per winkel (lease). Wat er met één registratie gebeurt, staat in `verzendstappen`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    GeheimFout,
    KifFout,
    NietBevoegd,
    Onbereikbaar,
    RegisterFout,
    Storing,
)
from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.ports import Aanroep, Klok, Stop
from frontoffice.registratiepoort import Contactregister, Wijziging, Winkel
from frontoffice.services.verzendfouten import NogNiet, NogOnbekend, TaakGewijzigd
from frontoffice.services.verzendstappen import Verzendstappen
from frontoffice.uitvoeren import Uitvoerder

if TYPE_CHECKING:
    from frontoffice.services.taakwijzigen import Taakschrijver

LEASE_S = 60.0
_EERSTE_WACHT_S, _LANGSTE_WACHT_S = 1.0, 30.0
_EIGEN_WACHT_S, _LANGSTE_EIGEN_WACHT_S = 2.0, 300.0
_TIJD_PER_RIJ_S = 30.0
_BUITEN = frozenset({429, 502, 503, 504})
Melding = Callable[[Verzending], None]


@dataclass(frozen=True)
class Verzendverslag:
    """`verstuurd` rijen staan nu in het register; `fout` zegt waarom er werd opgehouden, of None.

    `wachten` is het aantal seconden tot een nieuwe ronde zin heeft; None als er niets meer klaarstaat.
    """

    verstuurd: int = 0
    geprobeerd: int = 0
    fout: KifFout | None = None
    wachten: float | None = None
    bezet: bool = False


class Tempo:
    """Hoogstens zoveel verzoeken per seconde, met ruimte voor één gewoon contact achter elkaar."""

    def __init__(
        self, per_seconde: float, ruimte: int = 4, tijd: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_seconde = per_seconde
        self._ruimte = float(ruimte)
        self._tijd = tijd
        self._tegoed = float(ruimte)
        self._laatst = tijd()

    def take(self) -> float:
        """Neem één verzoek; geeft hoeveel seconden daarop eerst gewacht moet worden."""
        nu = self._tijd()
        self._tegoed = min(self._ruimte, self._tegoed + (nu - self._laatst) * self._per_seconde)
        self._laatst = nu
        self._tegoed -= 1
        return max(-self._tegoed / self._per_seconde, 0.0)


class Loper(Protocol):
    """Voert de stappen uit van één soort opdracht, en herkent daarbij zijn eigen eerdere werk.

    Wat lukt, bewaart hij meteen met `Winkel.update(id, Wijziging(stappen=…))`.
    """

    @property
    def register_naam(self) -> str:
        """Waar het heen gaat. Is dat er niet, dan gaat wat ergens anders heen gaat gewoon door."""

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        """Doe alles wat nog niet is gedaan. Raises NogOnbekend, NogNiet of KifFout."""


class Verzenddienst:
    """Verstuurt de outbox. Roep `send` aan op een achtergronddraad; één tegelijk per winkel."""

    def __init__(
        self,
        winkel: Winkel,
        register: Contactregister,
        klok: Klok,
        uitvoerder: Uitvoerder,
        *,
        houder: str,
        per_seconde: float = 4.0,
        find_zaak: Callable[[str, Aanroep], str] = lambda *_: "",
        toeval: random.Random | None = None,
        make_lopers: Callable[[Tempo], dict[str, Loper]] = lambda _: {},
        make_taakschrijver: Callable[[Tempo], Taakschrijver | None] = lambda _: None,
    ) -> None:
        """`make_lopers` geeft de lopers van alles wat geen contact is, per `Opdracht.soort`."""
        self._winkel = winkel
        self._klok = klok
        self._houder = houder
        self._toeval = toeval or random.Random()
        tempo = Tempo(per_seconde)
        contact: Loper = Verzendstappen(
            winkel, register, uitvoerder, tempo, find_zaak, make_taakschrijver(tempo)
        )
        self._lopers = make_lopers(tempo) | {Registratie.soort: contact}
        self._mislukt_op_rij: dict[str, int] = {}

    def send(self, stop: Stop, *, alles: bool = False, melding: Melding = lambda _: None) -> Verzendverslag:
        """Verstuur wat nu mag, op volgorde per klant; `alles` let niet op wachttijd of ongedaan maken.

        Elke rij komt hoogstens één keer aan de beurt. Raises WinkelFout.
        """
        if not self._winkel.acquire_lease(self._houder, self._klok.nu(), LEASE_S):
            return Verzendverslag(bezet=True, wachten=LEASE_S / 4)
        try:
            return self._send(stop, alles, melding)
        finally:
            self._winkel.release_lease(self._houder)

    def _send(self, stop: Stop, alles: bool, melding: Melding) -> Verzendverslag:
        verstuurd, geweest, dicht = 0, set[int](), dict[str, KifFout]()
        laatst: KifFout | None = None
        while not stop.is_gezet:
            self._winkel.acquire_lease(self._houder, self._klok.nu(), LEASE_S)
            niet = frozenset(self._find_soorten(dicht))
            rij = self._winkel.claim(self._klok.nu(), alles=alles, behalve=frozenset(geweest), niet=niet)
            if rij is None:
                return Verzendverslag(verstuurd, len(geweest), laatst, self._next_wacht(dicht))
            geweest.add(rij.id)
            melding(rij)
            fout, register = self._send_rij(rij, stop), self._find_register(rij.opdracht.soort)
            if fout is None:
                verstuurd += 1
                self._mislukt_op_rij.pop(register, None)
            nieuw = self._winkel.load_verzending(rij.id)
            if nieuw is not None:
                melding(nieuw)
            if fout is not None and _is_buiten(fout):
                self._mislukt_op_rij[register] = self._mislukt_op_rij.get(register, 0) + 1
                laatst = laatst or fout
                if not alles:
                    dicht[register] = fout
        return Verzendverslag(verstuurd, len(geweest), wachten=0.0)

    def _find_register(self, soort: str) -> str:
        return self._lopers[soort].register_naam if soort in self._lopers else ""

    def _find_soorten(self, registers: Iterable[str]) -> list[str]:
        """De soorten die naar deze registers gaan."""
        dicht = set(registers)
        return [soort for soort, loper in self._lopers.items() if loper.register_naam in dicht]

    def _send_rij(self, rij: Verzending, stop: Stop) -> KifFout | None:
        """Doe wat er van deze rij nog moet; de fout als het (nog) niet af is."""
        try:
            loper = self._lopers.get(rij.opdracht.soort)
            if loper is None:
                raise Afgekeurd(_GEEN_LOPER, register="kif")
            loper.run(rij, stop, _TIJD_PER_RIJ_S)
        except NogOnbekend as onbekend:
            tot = self._klok.nu() + timedelta(seconds=onbekend.wacht_s)
            self._winkel.update(
                rij.id, Wijziging(Toestand.WORDT_NAGEKEKEN, niet_voor=tot, fout=onbekend.oorzaak.uitleg)
            )
            return onbekend.oorzaak
        except NogNiet as later:
            self._winkel.update(
                rij.id,
                Wijziging(Toestand.NOG_NIET_VERSTUURD, niet_voor=later.tot, fout=later.uitleg, veld=""),
            )
            return KifFout(later.uitleg, code="nog_niet")
        except KifFout as fout:
            self._winkel.update(rij.id, self._wijziging(rij, fout))
            return fout
        self._winkel.update(
            rij.id,
            Wijziging(Toestand.STAAT_IN_REGISTER, fout="", veld="", verstuurd_op=self._klok.nu()),
        )
        return None

    def _wijziging(self, rij: Verzending, fout: KifFout) -> Wijziging:
        status = fout.http_status if isinstance(fout, RegisterFout) else None
        if isinstance(fout, Afgekeurd):
            contact = isinstance(rij.opdracht, Registratie) and not isinstance(fout, TaakGewijzigd)
            zin, veld = (_zin(fout), _veld(fout)) if contact else (fout.uitleg, "")
            return Wijziging(Toestand.ACTIE_NODIG, fout=zin, veld=veld, http_status=status)
        # Het register is er niet, of laat ons niet binnen: dat ligt niet aan deze rij. Zij hoeft dan niet te
        # wachten; de dienst wacht. Bij een storing op deze ene rij wacht alleen zij, en steeds langer.
        wacht = 0.0 if _is_buiten(fout) else self._eigen_wacht(rij.pogingen)
        onzeker = rij.toestand is Toestand.WORDT_NAGEKEKEN or not _nooit_aangekomen(fout)
        return Wijziging(
            Toestand.WORDT_NAGEKEKEN if onzeker else Toestand.NOG_NIET_VERSTUURD,
            niet_voor=self._klok.nu() + timedelta(seconds=wacht),
            fout=fout.uitleg,
            veld="",
            http_status=status,
        )

    def _eigen_wacht(self, pogingen: int) -> float:
        hoogst = min(_LANGSTE_EIGEN_WACHT_S, _EIGEN_WACHT_S * 2 ** min(pogingen, 10))
        return self._toeval.uniform(hoogst / 2, hoogst)

    def _backoff(self, register: str) -> float:
        """Hoe lang wachten als dit register er niet is: steeds langer, met toeval, hoogstens 30 s."""
        hoogst = min(_LANGSTE_WACHT_S, _EERSTE_WACHT_S * 2 ** min(self._mislukt_op_rij[register], 10))
        return self._toeval.uniform(hoogst / 2, hoogst)

    def _next_wacht(self, dicht: Iterable[str]) -> float | None:
        """Seconden tot de eerste rij weer mag, of een register dat er niet was; None als er niets wacht."""
        nu, niet = self._klok.nu(), set(self._find_soorten(dicht))
        momenten: list[datetime] = [
            rij.niet_voor
            for rij in self._winkel.load_verzendingen(ook_verstuurd=False)
            if rij.toestand is not Toestand.ACTIE_NODIG and rij.opdracht.soort not in niet
        ]
        wachten = [self._backoff(register) for register in dicht]
        if momenten:
            wachten.append(max((min(momenten) - nu).total_seconds(), 0.2))
        return min(wachten, default=None)


def _is_buiten(fout: KifFout) -> bool:
    """Ligt het aan het register of de verbinding, en niet aan deze ene rij?"""
    if isinstance(fout, Onbereikbaar | DuurtTeLang | NietBevoegd | GeheimFout):
        return True
    return isinstance(fout, Storing) and fout.http_status in _BUITEN


def _nooit_aangekomen(fout: KifFout) -> bool:
    if isinstance(fout, RegisterFout) and fout.nooit_verstuurd:
        return True
    return isinstance(fout, NietBevoegd | GeheimFout)


_GEEN_LOPER = "Dit is op deze werkplek niet meer aangesloten. Vraag uw beheerder om hulp."
_VELDEN = {
    "onderwerp": ("onderwerp", "het onderwerp"),
    "inhoud": ("notitie", "de notitie"),
    "kanaal": ("kanaal", "het kanaal"),
    "taal": ("taal", "de taal"),
    "toelichting": ("terugbel_vraag", "de vraag van het terugbelverzoek"),
    "gevraagdeHandeling": ("terugbel_vraag", "het terugbelverzoek"),
    "adres": ("telefoon", "het telefoonnummer of e-mailadres"),
    "plaatsgevondenOp": ("begonnen_op", "de begintijd"),
    "objectId": ("klant", "het nummer van de klant"),
    "wasPartij": ("klant", "de klant"),
    "zaak": ("zaken", "het zaaknummer"),
    "afdeling": ("terugbel", "wie er terugbelt"),
}


def _find_veld(fout: Afgekeurd) -> tuple[str, str]:
    for naam, _ in fout.velden:
        for deel in reversed(naam.split(".")):
            if deel in _VELDEN:
                return _VELDEN[deel]
    return "", ""


def _veld(fout: Afgekeurd) -> str:
    return _find_veld(fout)[0]


def _zin(fout: Afgekeurd) -> str:
    if any(code == "onbekend" for _, code in fout.velden):
        return fout.uitleg  # niet door het register afgekeurd: wij weten zelf al wat er niet klopt
    wat = _find_veld(fout)[1]
    if wat:
        return f"Het register keurt {wat} af. Kies Verbeteren en pas dit aan."
    return "Het register keurt dit contact af. Kies Verbeteren en kijk het na, of vraag uw beheerder."
