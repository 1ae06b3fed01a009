"""Aanmelden op een account waarmee meer mensen werken: wie is dit, en hoe weten wij dat.

Zegt wie er werkt, voor het logboek en de registers; beschermt niet tegen wie dit account zelf beheert. De
toegang tot de registers bewaken hun geheimen in de sleutelbos.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.ports import Klok, Logboek
from frontoffice.services import toegangscode

VRIJE_POGINGEN = 5
_EERSTE_WACHT = timedelta(seconds=30)
_LANGSTE_WACHT = timedelta(minutes=15)
_DOEL = "wie werkt hier"


class Werkt(Protocol):
    """Een medewerker zoals het profiel hem noemt."""

    @property
    def naam(self) -> str: ...

    @property
    def identificatie(self) -> str: ...


class Geheugen(Protocol):
    """Wat de winkel van deze werkplek onthoudt; zie `registratiepoort.Winkel`."""

    def recall(self, naam: str) -> str: ...

    def remember(self, naam: str, waarde: str) -> None: ...


@dataclass(frozen=True)
class Toegang:
    """Wat er van een medewerker op deze pc bekend is. Zonder `afdruk` kiest hij de eerste keer een code.

    `fout`: pogingen achter elkaar die mislukten. `laatst`: wanneer hij hier eerder begon.
    """

    afdruk: str = ""
    fout: int = 0
    wacht_tot: datetime | None = None
    laatst: datetime | None = None

    @property
    def is_eerste_keer(self) -> bool:
        return not self.afdruk


class Aanmelddienst:
    """Alles hier schrijft naar de winkel of rekent een kwart seconde: op een achtergronddraad.

    `logboek_van` geeft het logboek op naam van een medewerker. Raises WinkelFout als er niets is vast te
    leggen: dan meldt niemand zich aan.
    """

    def __init__(
        self,
        medewerkers: tuple[Werkt, ...],
        geheugen: Callable[[], Geheugen],
        logboek_van: Callable[[Werkt], Logboek],
        klok: Klok,
    ) -> None:
        self.medewerkers = medewerkers
        self._geheugen = geheugen
        self._logboek_van = logboek_van
        self._klok = klok

    def load_toegang(self, identificatie: str) -> Toegang:
        """Raises InvoerFout als het profiel deze medewerker niet noemt."""
        return self._load(self._find(identificatie))

    def choose_code(self, identificatie: str, code: str) -> Werkt:
        """De eerste keer: leg de code vast en meld aan. Raises InvoerFout als zij niet kan, Geweigerd als er
        al een is."""
        wie = self._find(identificatie)
        zin = toegangscode.check_sterkte(code, wie.naam, wie.identificatie)
        if zin:
            raise InvoerFout(zin, code="toegangscode")
        if not self._load(wie).is_eerste_keer:
            raise Geweigerd("U hebt op deze pc al een code. Meld u daarmee aan.", code="toegangscode")
        self._logboek_van(wie).note("toegangscode_gekozen", _DOEL)
        self._save(wie, Toegang(toegangscode.make_afdruk(code)))
        return self._begin(wie)

    def sign_in(self, identificatie: str, code: str) -> Werkt:
        """Meld aan met de code. Raises Geweigerd bij een foute code, of als er te vaak een fout was."""
        wie = self._find(identificatie)
        toegang = self._load(wie)
        if toegang.is_eerste_keer:
            raise Geweigerd("U hebt op deze pc nog geen code. Kies er eerst een.", code="geen_toegangscode")
        self._check_wacht(toegang)
        if not toegangscode.past(code, toegang.afdruk):
            raise self._refuse(wie, toegang)
        return self._begin(wie)

    def unlock(self, identificatie: str, code: str) -> None:
        """Het scherm was afgedekt; wie er werkte, gaat verder. Raises Geweigerd zoals bij `sign_in`."""
        wie = self._find(identificatie)
        toegang = self._load(wie)
        if toegang.is_eerste_keer:
            raise Geweigerd(
                "Uw code op deze pc is gewist. Kies Iemand anders en meld u opnieuw aan.",
                code="geen_toegangscode",
            )
        self._check_wacht(toegang)
        if not toegangscode.past(code, toegang.afdruk):
            raise self._refuse(wie, toegang)
        self._logboek_van(wie).note("scherm_ontgrendeld", _DOEL)
        self._save(wie, Toegang(toegang.afdruk, laatst=toegang.laatst))

    def sign_out(self, identificatie: str, reden: str) -> None:
        """De medewerker gaat weg; `reden` is "gewisseld" of "afgesloten"."""
        self._logboek_van(self._find(identificatie)).note("afgemeld", _DOEL, reden=reden)

    def forget(self, identificatie: str) -> bool:
        """Vergeet de code: de volgende keer kiest de medewerker een nieuwe. Onwaar als er geen was."""
        wie = self._find(identificatie)
        if self._load(wie).is_eerste_keer:
            return False
        self._logboek_van(wie).note("toegangscode_gewist", "kwijt of bekend bij een ander")
        self._save(wie, Toegang())
        return True

    # --- intern ------------------------------------------------------------------------------------------

    def _begin(self, wie: Werkt) -> Werkt:
        """Eerst staat vast dat hij begint; pas dan gaat er iets open."""
        self._logboek_van(wie).note("aangemeld", _DOEL)
        self._save(wie, Toegang(self._load(wie).afdruk, laatst=self._klok.nu()))
        return wie

    def _check_wacht(self, toegang: Toegang) -> None:
        nu = self._klok.nu()
        if toegang.wacht_tot is None or nu >= toegang.wacht_tot:
            return
        if toegang.wacht_tot - nu > _LANGSTE_WACHT:
            return  # de klok van deze pc is teruggezet: dan zou iemand dagen moeten wachten
        seconden = int((toegang.wacht_tot - nu).total_seconds()) + 1
        raise Geweigerd(
            f"Er is te vaak een foute code getypt. Probeer het over {seconden} seconden opnieuw.",
            code="toegangscode_wacht",
        )

    def _refuse(self, wie: Werkt, toegang: Toegang) -> Geweigerd:
        fout = toegang.fout + 1
        tot = None
        if fout >= VRIJE_POGINGEN:
            wacht = min(_EERSTE_WACHT * 2 ** min(fout - VRIJE_POGINGEN, 10), _LANGSTE_WACHT)
            tot = self._klok.nu() + wacht
        self._save(wie, Toegang(toegang.afdruk, fout, tot, toegang.laatst))
        self._logboek_van(wie).note("aanmelden_geweigerd", _DOEL, uitslag="foute code")
        return Geweigerd("Deze code klopt niet. Typ haar nog een keer.", code="toegangscode")

    def _find(self, identificatie: str) -> Werkt:
        for wie in self.medewerkers:
            if wie.identificatie.casefold() == identificatie.strip().casefold():
                return wie
        raise InvoerFout(
            "Deze medewerker staat niet in het profiel. Vraag uw beheerder om hulp.", code="medewerker"
        )

    def _load(self, wie: Werkt) -> Toegang:
        tekst = self._geheugen().recall(_naam(wie))
        if not tekst:
            return Toegang()
        gelezen = json.loads(tekst)
        return Toegang(
            gelezen["afdruk"], gelezen["fout"], _moment(gelezen["wacht_tot"]), _moment(gelezen["laatst"])
        )

    def _save(self, wie: Werkt, toegang: Toegang) -> None:
        inhoud = {
            "afdruk": toegang.afdruk,
            "fout": toegang.fout,
            "wacht_tot": toegang.wacht_tot.isoformat() if toegang.wacht_tot else "",
            "laatst": toegang.laatst.isoformat() if toegang.laatst else "",
        }
        self._geheugen().remember(_naam(wie), json.dumps(inhoud))


def _naam(wie: Werkt) -> str:
    return f"toegang:{wie.identificatie.casefold()}"


def _moment(tekst: str) -> datetime | None:
    return datetime.fromisoformat(tekst) if tekst else None
