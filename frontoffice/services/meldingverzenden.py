"""Brengt een handeling op een melding naar het register, precies één keer, ook na een storing.

Signalen kent geen sleutel tegen dubbel maken. Daarom draagt alles een eigen kenmerk: een nieuwe melding bij
haar aanvullende vragen, een notitie en een nieuwe stand in de tekst van de notitie, een foto in haar naam.
Vóór een tweede poging wordt daarop gezocht.
"""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from frontoffice.domain.fouten import Afgekeurd, Geweigerd, KifFout, NietBevoegd, NietGevonden, RegisterFout
from frontoffice.domain.melding import Melding
from frontoffice.domain.meldingopdracht import (
    Handeling,
    Meldingfoto,
    Meldingopdracht,
    Standwijziging,
    make_fotonaam,
    make_notitie,
)
from frontoffice.domain.meldingstand import stand_kort
from frontoffice.domain.registratie import Verzending
from frontoffice.meldingpoort import Gemaakt, Meldingregister, NieuweMelding
from frontoffice.ports import Aanroep, Klok, Stop
from frontoffice.registratiepoort import Wijziging, Winkel
from frontoffice.services.verzendstappen import LAAT_S, NogOnbekend

T = TypeVar("T")
MELDING = "melding"
REGISTER = "meldingen"
KiesBron = Callable[[Aanroep], str]


class Tempo(Protocol):
    def take(self) -> float: ...


class Meldingloper:
    """`Loper` voor een Meldingopdracht. `kies_bron` geeft de bron waaronder een nieuwe melding komt."""

    def __init__(
        self, winkel: Winkel, register: Meldingregister, tempo: Tempo, klok: Klok, kies_bron: KiesBron
    ) -> None:
        self._winkel = winkel
        self._register = register
        self._tempo = tempo
        self._klok = klok
        self._kies_bron = kies_bron

    @property
    def register_naam(self) -> str:
        return REGISTER

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        """Doe wat nog niet is gedaan. Raises NogOnbekend of KifFout."""
        opdracht = verzending.opdracht
        if not isinstance(opdracht, Meldingopdracht):
            raise TypeError(f"geen opdracht voor een melding: {opdracht.soort}")
        poging = _Poging(
            self, self._winkel, self._register, verzending, opdracht, Aanroep.van(seconden, stop)
        )
        if opdracht.handeling is Handeling.MAKEN:
            poging.make()
        elif opdracht.handeling is Handeling.STAND:
            poging.change()
        else:
            poging.note()

    def wait(self, aanroep: Aanroep) -> None:
        """Houd het tempo; blijft wakker voor de stopknop."""
        einde = time.monotonic() + self._tempo.take()
        while (rest := einde - time.monotonic()) > 0:
            aanroep.stop.check()
            time.sleep(min(rest, 0.05))

    def choose_bron(self, aanroep: Aanroep) -> str:
        return self._kies_bron(aanroep)

    @property
    def klok(self) -> Klok:
        return self._klok


class _Poging:
    """Eén poging. `opnieuw`: een eerdere poging kan al iets hebben gedaan."""

    def __init__(
        self,
        loper: Meldingloper,
        winkel: Winkel,
        register: Meldingregister,
        rij: Verzending,
        opdracht: Meldingopdracht,
        aanroep: Aanroep,
    ) -> None:
        self._loper = loper
        self._winkel = winkel
        self._register = register
        self._rij = rij
        self._wat = opdracht
        self._aanroep = aanroep
        self._stappen = dict(rij.stappen)
        self._opnieuw = rij.pogingen > 1

    # --- een melding met foto's ----------------------------------------------------------------------------

    def make(self) -> None:
        opgave = self._wat.opgave
        assert opgave is not None
        nummer = self._stappen.get(MELDING)
        if nummer is None:
            bron = self._choose_bron()
            nummer = str(self._once(self._find_eigen, lambda: self._make_melding(bron)).nummer)
            self._save(MELDING, nummer)
        fouten: list[KifFout] = []
        for foto in opgave.fotos:
            try:
                self._add_foto(int(nummer), foto)
            except Afgekeurd as fout:  # de andere foto's kunnen wel goed zijn
                fouten.append(fout)
        if fouten:
            raise fouten[0]

    def _find_eigen(self) -> Gemaakt | None:
        assert self._wat.opgave is not None
        return self._register.find_eigen(self._wat.uuid, self._wat.om, self._wat.opgave.email, self._aanroep)

    def _choose_bron(self) -> str:
        """Vóór het maken: mislukt dit, dan is er zeker nog niets gemaakt."""
        try:
            return self._loper.choose_bron(self._aanroep)
        except Geweigerd as fout:
            raise Afgekeurd(fout.uitleg, register=REGISTER, velden=(("source", "ontbreekt"),)) from None

    def _make_melding(self, bron: str) -> Gemaakt:
        opgave = self._wat.opgave
        assert opgave is not None
        nieuw = NieuweMelding(
            opgave.tekst,
            opgave.plek,
            opgave.categorie_adres,
            opgave.begin,
            opgave.email,
            opgave.telefoon,
            opgave.delen_mag,
            opgave.spoed,
        )
        return self._register.make_melding(nieuw, bron, self._wat.uuid, self._aanroep)

    def _add_foto(self, nummer: int, foto: Meldingfoto) -> None:
        stap = f"foto:{foto.naam}"
        if stap in self._stappen:
            return
        naam = make_fotonaam(self._wat, foto)
        stam = naam.rpartition(".")[0] or naam
        plaats = f"bijlage:{self._wat.uuid}:{foto.naam}"
        inhoud = _decode(self._winkel.recall(plaats))
        if inhoud is None:
            zin = "De foto staat niet meer op deze pc. Voeg haar toe in het meldingensysteem."
            raise Afgekeurd(zin, register=REGISTER, velden=(("foto", "weg"),))

        def find() -> str | None:
            fotos = self._register.load_fotos(nummer, self._aanroep)
            return next((bestand for bestand in fotos if bestand.startswith(stam)), None)

        def add() -> str:
            self._register.add_foto(nummer, naam, inhoud, foto.soort, self._aanroep)
            return naam

        self._save(stap, self._once(find, add))
        self._winkel.remember(plaats, "")  # de foto staat in het register; hier hoeft zij niet te blijven

    # --- een notitie, een stand ----------------------------------------------------------------------------

    def note(self) -> None:
        if "notitie" in self._stappen:
            return

        def add() -> bool:
            self._register.add_notitie(self._wat.nummer, make_notitie(self._wat), self._aanroep)
            return True

        self._once(self._has_kenmerk, add)
        self._save("notitie", "ja")

    def change(self) -> None:
        """Kijkt eerst of de stand nog is wat de medewerker zag: niets wordt stil overschreven."""
        stand = self._wat.stand
        assert stand is not None
        if "stand" in self._stappen:
            return
        melding = self._register.load(self._wat.nummer, self._aanroep)
        if not self._is_done(melding):
            if stand.gezien and stand.gezien != melding.status.afdruk:
                zin = (
                    f"De stand van {melding.weergave} is intussen veranderd: {stand_kort(melding.status)}. "
                    "Kijk de melding na en kies opnieuw."
                )
                raise Afgekeurd(zin, register=REGISTER, code="intussen", velden=(("stand", "veranderd"),))
            self._once(self._has_kenmerk, lambda: self._change(stand))
        self._save("stand", "ja")

    def _change(self, stand: Standwijziging) -> bool:
        wat = self._wat
        self._register.change_status(
            wat.nummer, stand.code, stand.tekst, stand.mail, wat.uuid, make_notitie(wat), self._aanroep
        )
        return True

    def _has_kenmerk(self) -> bool | None:
        """Staat het kenmerk van deze opdracht al in het register? None als dat niet zo is."""
        return True if self._is_done(self._register.load(self._wat.nummer, self._aanroep)) else None

    def _is_done(self, melding: Melding) -> bool:
        raak = any(self._wat.kenmerk in notitie for notitie in melding.notities)
        return raak or melding.status.kenmerk == self._wat.uuid

    # --- precies één keer ----------------------------------------------------------------------------------

    def _once(self, find: Callable[[], T | None], do: Callable[[], T]) -> T:
        """Zoek na een eerdere poging eerst of het er al is; doe het anders, en kijk bij een onbekende
        uitkomst meteen na. Raises NogOnbekend zolang een late server het nog kan doen."""
        if self._opnieuw:
            self._loper.wait(self._aanroep)
            gevonden = find()
            if gevonden is not None:
                return gevonden
            self._check_laat()
        self._loper.wait(self._aanroep)
        self._winkel.remember(self._tijdplaats, str(self._loper.klok.nu().timestamp()))
        try:
            return do()
        except RegisterFout as fout:
            if fout.nooit_verstuurd or isinstance(fout, Afgekeurd | NietBevoegd | NietGevonden):
                self._winkel.remember(self._tijdplaats, "")  # het register heeft het zeker niet gedaan
                raise _explain(fout) from None
            oorzaak = fout
        self._opnieuw = True
        try:
            gevonden = find()
        except KifFout:
            gevonden = None
        if gevonden is not None:
            return gevonden
        raise NogOnbekend(oorzaak, LAAT_S)

    def _check_laat(self) -> None:
        """Een server kan na een verbroken verbinding nog klaarkomen: daarom niet te snel nog een keer."""
        eerder = self._winkel.recall(self._tijdplaats)
        if not eerder:
            return
        sinds = self._loper.klok.nu().timestamp() - float(eerder)
        if 0 <= sinds < LAAT_S:
            uitleg = "Het meldingensysteem gaf geen antwoord. We kijken straks of het er staat."
            fout = RegisterFout(uitleg, register=REGISTER, code="wordt_nagekeken", opnieuw_helpt=True)
            raise NogOnbekend(fout, LAAT_S - sinds)

    @property
    def _tijdplaats(self) -> str:
        """Hoort bij de opdracht, en gaat met haar weg."""
        return f"bijlage:{self._wat.uuid}:tijd"

    def _save(self, naam: str, waarde: str) -> None:
        self._winkel.update(self._rij.id, Wijziging(stappen={naam: waarde}))
        self._stappen[naam] = waarde


def _decode(tekst: str) -> bytes | None:
    try:
        return base64.b64decode(tekst, validate=True) if tekst else None
    except binascii.Error:
        return None


_WOORDEN = {
    "source": "de bron van de melding",
    "location": "de plek",
    "category": "het soort melding",
    "email": "het e-mailadres",
    "phone": "het telefoonnummer",
    "text": "de tekst",
    "notes": "de notitie",
    "state": "deze stand",
    "file": "de foto",
}


def _explain(fout: RegisterFout) -> RegisterFout:
    """Een afkeuring met de naam van wat niet goed is, en wat nu kan."""
    if not isinstance(fout, Afgekeurd) or fout.code == "te_groot":
        return fout
    delen = [deel for naam, _ in fout.velden for deel in reversed(naam.split("."))]
    wat = next((_WOORDEN[deel] for deel in delen if deel in _WOORDEN), "dit")
    zin = f"Het meldingensysteem keurt {wat} af. Trek dit in en doe het opnieuw, of vraag uw beheerder."
    return Afgekeurd(zin, register=fout.register, http_status=fout.http_status, velden=fout.velden)
