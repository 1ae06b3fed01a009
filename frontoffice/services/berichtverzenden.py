"""Brengt één bericht naar de aanbieder, precies één keer, en vraagt later hoe het aankwam.

Wie terug te vragen is (Notify), wordt dat eerst: daar staat een eerder bericht onder dezelfde sleutel. Wie
dat niet is (SMTP), krijgt een bericht waarvan de uitkomst onbekend is nooit vanzelf nog eens: dan beslist een
mens. Wat is aangenomen, wordt bij een bekende klant ook een contact, zodat de volgende collega het ziet.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from frontoffice.agenda.berichtbord import Bordstand
from frontoffice.agendapoort import AgendaFout
from frontoffice.berichtpoort import Aangenomen, Berichtenkanaal, Uitgaand
from frontoffice.domain.bericht import (
    Aflevering,
    Berichtkanaal,
    Berichtopdracht,
)
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    GeheimFout,
    Geweigerd,
    KifFout,
    NietBevoegd,
    NietGevonden,
    Onbereikbaar,
    RegisterFout,
    Storing,
)
from frontoffice.domain.registratie import (
    Toestand,
    Verzending,
)
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from frontoffice.ports import Aanroep, Klok, Stop
from frontoffice.registratiepoort import Wijziging, Winkel, WinkelFout
from frontoffice.services.berichtbord import Berichtbord
from frontoffice.services.berichtcontact import make_contact, make_stap
from frontoffice.services.berichten import (
    AFLEVERING,
    BEGONNEN,
    BORD,
    ELDERS,
    GEBELD,
    KEER,
    STILTE,
    VERSTUURD,
    Berichtendienst,
)
from frontoffice.services.verzendstappen import LAAT_S, NogNiet, NogOnbekend
from frontoffice.takenpoort import Berichtspoor

VOLGT = timedelta(days=7)
"""Zo lang weet de aanbieder nog hoe een bericht aankwam."""
_DICHT_S = 15.0
_MISLUKT = {
    Aflevering.BLIJVEND_MISLUKT: "Het bericht kwam niet aan: het adres bestaat niet.",
    Aflevering.TIJDELIJK_MISLUKT: "Het bericht kwam niet aan: de mailbox is vol of de telefoon staat uit.",
    Aflevering.TECHNISCH_MISLUKT: "Het bericht kwam niet aan door een storing bij de aanbieder.",
}
Kanalen = Callable[[Berichtkanaal], Berichtenkanaal]
Opzoeken = Callable[[str, Aanroep], Iterable[Berichtspoor]]
"""Geeft de berichten die over een taak of melding al in het register staan."""


class Berichtloper:
    """Loper voor `Berichtopdracht`. `kanalen` geeft het aangesloten kanaal; raises Geweigerd als het er niet
    meer is, of GeheimFout. `opzoeken` ziet wat een andere werkplek al stuurde; `note` legt vast wat er
    weggaat, en raises WinkelFout als dat niet kan: dan gaat er niets weg. `open_bord` geeft het bord dat alle
    werkplekken delen, of None als dat er niet is; raises AgendaFout of GeheimFout."""

    register_naam = "berichten"

    def __init__(
        self,
        winkel: Winkel,
        klok: Klok,
        berichten: Berichtendienst,
        kanalen: Kanalen,
        tijd: Callable[[], float] = time.monotonic,
        *,
        opzoeken: Opzoeken | None = None,
        note: Callable[[Berichtopdracht], None] = lambda _: None,
        open_bord: Callable[[], Berichtbord | None] = lambda: None,
    ) -> None:
        self._open_bord = open_bord
        self._winkel, self._klok, self._berichten = winkel, klok, berichten
        self._kanalen, self._tijd = kanalen, tijd
        self._opzoeken, self._note = opzoeken, note
        self._dicht: dict[Berichtkanaal, tuple[float, KifFout]] = {}

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        """Raises NogOnbekend, NogNiet, of KifFout; Afgekeurd zet het bericht op de Bellijst."""
        opdracht = verzending.opdracht
        assert isinstance(opdracht, Berichtopdracht)
        if not verzending.stappen.get(VERSTUURD):
            try:
                self._send(verzending, opdracht, Aanroep.van(seconden, stop))
            except Afgekeurd as fout:
                self._tell_bord(verzending, opdracht, Bordstand.BELLEN, fout.uitleg)
                raise
            self._tell_bord(verzending, opdracht, Bordstand.VERSTUURD)
        rij = self._winkel.load_verzending(verzending.id)
        if rij is not None and rij.stappen.get(VERSTUURD) != ELDERS:
            self._register(opdracht)

    # --- afgeven -------------------------------------------------------------------------------------------

    def _send(self, rij: Verzending, opdracht: Berichtopdracht, aanroep: Aanroep) -> None:
        sleutel = make_kenmerk(opdracht, rij.stappen)
        if not opdracht.adres:
            raise _to_bellijst(_GEEN_ADRES[opdracht.kanaal], opdracht)
        self._check_open(opdracht.kanaal)
        try:
            kanaal = self._kanalen(opdracht.kanaal)
            aangenomen = self._find(kanaal, rij, opdracht, sleutel, aanroep)
            if aangenomen is None and self._is_elders(kanaal, rij, opdracht, aanroep):
                aangenomen = Aangenomen(ELDERS, Aflevering.AANGEKOMEN)
            if aangenomen is None:
                self._check_moment(opdracht)
                aangenomen = self._claim(kanaal, rij, opdracht)
            if aangenomen is None:
                aangenomen = self._deliver(kanaal, rij, opdracht, sleutel, aanroep)
        except Afgekeurd as fout:
            raise _to_bellijst(fout.uitleg, opdracht, fout) from None
        except Geweigerd as fout:  # het profiel sloot dit kanaal af nadat het bericht was gemaakt
            raise _to_bellijst(fout.uitleg, opdracht) from None
        except (RegisterFout, GeheimFout) as fout:
            if isinstance(fout, Onbereikbaar | DuurtTeLang | NietBevoegd | GeheimFout):
                self._dicht[opdracht.kanaal] = (self._tijd() + _DICHT_S, fout)
            raise _own_wait(fout) from None
        self._winkel.update(
            rij.id, Wijziging(stappen={VERSTUURD: aangenomen.id, AFLEVERING: aangenomen.aflevering.value})
        )

    def _is_elders(
        self, kanaal: Berichtenkanaal, rij: Verzending, opdracht: Berichtopdracht, aanroep: Aanroep
    ) -> bool:
        """Stuurde een andere werkplek dit al? Alleen bij een eerste keer: Opnieuw versturen is een besluit.

        Ziet niet wie hetzelfde doet in de seconden voordat dat in het register staat: dat kan alleen het
        bord (`_claim`). Is het register er niet, dan wacht alleen wat niet bij de aanbieder zelf is na te
        kijken.
        """
        over = opdracht.over_taak or opdracht.over_melding
        if self._opzoeken is None or rij.stappen.get(KEER) or not over:
            return False
        try:
            sporen = self._opzoeken(opdracht.over, aanroep)
        except RegisterFout as fout:
            if kanaal.kan_nakijken:
                return False
            raise _own_wait(fout, zeker=True) from None
        return any(spoor.sleutel == opdracht.contactsleutel for spoor in sporen)

    def _claim(
        self, kanaal: Berichtenkanaal, rij: Verzending, opdracht: Berichtopdracht
    ) -> Aangenomen | None:
        """Neem dit bericht op het gedeelde bord; None als het hier weg mag, of er geen bord is."""
        try:
            bord = self._open_bord()
            if bord is None:
                return None
            mag, regel = bord.take(opdracht, _keer(rij), na_te_kijken=kanaal.kan_nakijken)
        except AgendaFout as fout:
            raise _own_wait(fout, zeker=not rij.stappen.get(BEGONNEN)) from None
        if mag:
            return None
        if regel.stand is Bordstand.BELLEN:
            raise _to_bellijst(regel.reden, opdracht)
        if regel.stand is Bordstand.BEZIG:
            raise NogNiet(_COLLEGA_BEZIG, self._klok.nu() + _KIJK_WEER)
        if regel.stand is Bordstand.GEBELD:
            self._winkel.update(rij.id, Wijziging(stappen={GEBELD: regel.sinds.isoformat()}))
        return Aangenomen(ELDERS, Aflevering.AANGEKOMEN)

    def _tell_bord(
        self, oud: Verzending, opdracht: Berichtopdracht, stand: Bordstand, uitleg: str = ""
    ) -> None:
        """Zet op het bord hoe het ging. Lukt dat nu niet, dan doet `follow` het."""
        rij = self._winkel.load_verzending(oud.id) or oud
        if rij.stappen.get(VERSTUURD) == ELDERS:
            return
        try:
            bord = self._open_bord()
            if bord is None:
                return
            reden = uitleg.removesuffix(_bel_zin(opdracht)).strip()
            if stand is Bordstand.BELLEN and not rij.stappen.get(VERSTUURD):
                bord.refuse(opdracht, _keer(rij), reden)
            else:
                bord.note(opdracht, _keer(rij), stand, reden)
        except (AgendaFout, GeheimFout):
            return
        self._winkel.update(rij.id, Wijziging(stappen={BORD: stand.value}))

    def _find(
        self,
        kanaal: Berichtenkanaal,
        rij: Verzending,
        opdracht: Berichtopdracht,
        sleutel: str,
        aanroep: Aanroep,
    ) -> Aangenomen | None:
        """Wat er al is aangenomen. Ook bij een eerste poging: een andere werkplek kan dezelfde aanleiding
        hebben gezien."""
        if kanaal.kan_nakijken:
            try:
                gevonden = kanaal.find(sleutel, aanroep)
            except RegisterFout as fout:
                fout.nooit_verstuurd = not rij.stappen.get(BEGONNEN)
                raise
            if gevonden is not None and gevonden.aflevering.is_mislukt:
                raise _to_bellijst(_MISLUKT[gevonden.aflevering], opdracht)
            return gevonden
        if rij.stappen.get(BEGONNEN) and rij.toestand is Toestand.WORDT_NAGEKEKEN:
            raise _to_bellijst(_ONZEKER, opdracht)
        return None

    def _deliver(
        self,
        kanaal: Berichtenkanaal,
        rij: Verzending,
        opdracht: Berichtopdracht,
        sleutel: str,
        aanroep: Aanroep,
    ) -> Aangenomen:
        try:
            self._note(opdracht)
        except WinkelFout as fout:
            raise _own_wait(fout, zeker=True) from None
        self._winkel.update(rij.id, Wijziging(stappen={BEGONNEN: "ja"}))
        uitgaand = Uitgaand(
            sleutel, opdracht.kanaal, opdracht.adres, opdracht.titel, opdracht.tekst, opdracht.taal
        )
        try:
            return kanaal.send(uitgaand, aanroep)
        except KifFout as fout:
            if _nooit_aangenomen(fout):
                self._winkel.update(rij.id, Wijziging(stappen={BEGONNEN: ""}))
                raise
            if not kanaal.kan_nakijken:
                raise _to_bellijst(_ONZEKER, opdracht) from None
            return self._look_na(kanaal, sleutel, fout, aanroep)

    def _look_na(self, kanaal: Berichtenkanaal, sleutel: str, fout: KifFout, aanroep: Aanroep) -> Aangenomen:
        """De uitkomst is onbekend. Staat het er niet, dan kan het er nog komen: eerst wachten, dan kijken."""
        try:
            gevonden = kanaal.find(sleutel, aanroep)
        except KifFout:  # ook als iemand op stop drukt: de aanbieder kan nog klaarkomen
            gevonden = None
        if gevonden is None:
            raise NogOnbekend(_own_wait(fout), LAAT_S) from None
        return gevonden

    def _check_open(self, kanaal: Berichtkanaal) -> None:
        """Was de aanbieder er net niet, dan hoeft het volgende bericht niet ook te wachten op zijn tijd."""
        tot, fout = self._dicht.get(kanaal, (0.0, None))
        if fout is not None and self._tijd() < tot:
            raise _own_wait(fout, zeker=True)
        self._dicht.pop(kanaal, None)

    def _check_moment(self, opdracht: Berichtopdracht) -> None:
        nu = self._klok.nu()
        if opdracht.uiterlijk is not None and nu >= opdracht.uiterlijk:
            raise _to_bellijst("Het bericht is niet op tijd weggegaan.", opdracht)
        moment = self._berichten.next_moment(nu)
        if opdracht.uiterlijk is not None and moment >= opdracht.uiterlijk:
            raise _to_bellijst("Door de stiltetijd kan het bericht niet meer op tijd weg.", opdracht)
        if moment > nu:
            raise NogNiet(STILTE, moment)

    # --- vastleggen ----------------------------------------------------------------------------------------

    def _register(self, opdracht: Berichtopdracht) -> None:
        """Een bericht aan een bekende klant of over een taak of melding is ook een contact. Twee keer geeft
        één contact."""
        bekend = opdracht.klant is not None and opdracht.klant.sleutel is not None
        if not (bekend or make_stap(opdracht) or opdracht.over_melding):
            return
        (nummer,) = self._winkel.next_referentienummers(1)
        contact = make_contact(opdracht, opdracht.contactsleutel, nummer)
        self._winkel.add(contact, self._klok.nu())

    # --- hoe het aankwam -----------------------------------------------------------------------------------

    def follow(self, stop: Stop, seconden: float = 10.0) -> int:
        """Vraag van wat onderweg is hoe het aankwam; wat niet aankwam, komt op de Bellijst. Geeft het aantal
        dat nog onderweg is. Een aanbieder die er niet is, komt een volgende keer."""
        self._follow_bord()
        nu, onderweg = self._klok.nu(), 0
        aanroep = Aanroep.van(seconden, stop)
        for rij in self._winkel.load_verzendingen():
            opdracht = rij.opdracht
            if not isinstance(opdracht, Berichtopdracht) or not rij.is_klaar or rij.stappen.get(GEBELD):
                continue
            if rij.stappen.get(AFLEVERING) != Aflevering.ONDERWEG or stop.is_gezet:
                continue
            if nu - (rij.verstuurd_op or rij.aangemaakt_op) > VOLGT:
                continue
            try:
                kanaal = self._kanalen(opdracht.kanaal)
                if kanaal.kan_nakijken:
                    onderweg += self._follow(kanaal, rij, opdracht, aanroep)
            except NietGevonden:
                continue
            except KifFout:
                onderweg += 1
                break
        return onderweg

    def _follow_bord(self) -> None:
        """Maak het bord en deze werkplek weer gelijk: wat hier gebeurde, en wat een collega intussen deed."""
        rijen = [rij for rij in self._winkel.load_verzendingen() if self._is_recent(rij)]
        te_bellen = {rij.opdracht.uuid: rij for rij in rijen if rij.toestand is Toestand.ACTIE_NODIG}
        try:
            bord = self._open_bord() if rijen else None
            gedaan = bord.find_gedaan(te_bellen) if bord is not None and te_bellen else {}
        except (AgendaFout, GeheimFout):
            return
        if bord is None:
            return
        for sleutel, regel in gedaan.items():
            rij = te_bellen.pop(sleutel)
            if regel.houder != bord.houder and regel.keer >= _keer(rij):
                gebeld = {GEBELD: regel.sinds.isoformat()} if regel.stand is Bordstand.GEBELD else {}
                stappen = {VERSTUURD: ELDERS, AFLEVERING: Aflevering.AANGEKOMEN.value, **gebeld}
                klaar = Toestand.STAAT_IN_REGISTER
                self._winkel.update(
                    rij.id, Wijziging(klaar, stappen=stappen, fout="", verstuurd_op=regel.sinds)
                )
        for rij in rijen:
            stand = _find_bordstand(rij)
            if stand is None or rij.stappen.get(BORD) == stand or rij.opdracht.uuid in gedaan:
                continue
            assert isinstance(rij.opdracht, Berichtopdracht)
            self._tell_bord(rij, rij.opdracht, stand, rij.fout)

    def _is_recent(self, rij: Verzending) -> bool:
        sinds = rij.verstuurd_op or rij.aangemaakt_op
        return isinstance(rij.opdracht, Berichtopdracht) and self._klok.nu() - sinds <= VOLGT

    def _follow(
        self, kanaal: Berichtenkanaal, rij: Verzending, opdracht: Berichtopdracht, aanroep: Aanroep
    ) -> int:
        nu = kanaal.load_aflevering(rij.stappen[VERSTUURD], aanroep)
        if nu is Aflevering.ONDERWEG:
            return 1
        stappen = {AFLEVERING: nu.value}
        if nu.is_mislukt:
            zin = _to_bellijst(_MISLUKT[nu], opdracht).uitleg
            self._winkel.update(rij.id, Wijziging(Toestand.ACTIE_NODIG, stappen=stappen, fout=zin))
            self._tell_bord(rij, opdracht, Bordstand.BELLEN, zin)
        else:
            self._winkel.update(rij.id, Wijziging(stappen=stappen))
        return 0


_GEEN_ADRES = {
    Berichtkanaal.MAIL: "Er is geen e-mailadres.",
    Berichtkanaal.SMS: "Er is geen mobiel nummer.",
}
_ONZEKER = (
    "Het is niet zeker of het bericht is verstuurd: de verbinding viel weg. Het gaat niet vanzelf nog eens."
)


_COLLEGA_BEZIG = "Een collega verstuurt dit bericht nu. Straks kijkt het programma of dat is gelukt."
_KIJK_WEER = timedelta(minutes=1)


def _keer(rij: Verzending) -> int:
    return int(rij.stappen.get(KEER) or 1)


def _find_bordstand(rij: Verzending) -> Bordstand | None:
    """Wat andere werkplekken over deze rij horen te weten."""
    if rij.stappen.get(GEBELD):
        return Bordstand.GEBELD
    if rij.toestand is Toestand.ACTIE_NODIG:
        return Bordstand.BELLEN
    return Bordstand.VERSTUURD if rij.is_klaar and rij.stappen.get(VERSTUURD) else None


def make_kenmerk(opdracht: Berichtopdracht, stappen: dict[str, str]) -> str:
    """De sleutel bij de aanbieder. Laat iemand een bericht opnieuw gaan, dan is dat een ander bericht."""
    keer = stappen.get(KEER, "")
    return f"{opdracht.uuid}-{keer}" if keer not in ("", "1") else opdracht.uuid


def _to_bellijst(reden: str, opdracht: Berichtopdracht, fout: Afgekeurd | None = None) -> Afgekeurd:
    """Afgekeurd zet een rij op *Actie nodig*: dat is de Bellijst. De zin zegt wat er nu moet gebeuren."""
    status = fout.http_status if fout is not None else None
    zin = f"{reden} {_bel_zin(opdracht)}"
    return Afgekeurd(zin, register="berichten", code="bellen", http_status=status)


def _bel_zin(opdracht: Berichtopdracht) -> str:
    if not opdracht.bel:
        return "Er is geen telefoonnummer. Stuur een brief."
    gelezen = lees_telefoon(opdracht.bel)
    return f"Bel {toon_telefoon(gelezen) if gelezen else opdracht.bel}."


def _nooit_aangenomen(fout: KifFout) -> bool:
    if isinstance(fout, Afgekeurd | NietBevoegd | GeheimFout):
        return True
    return isinstance(fout, RegisterFout) and fout.nooit_verstuurd


def _own_wait(fout: KifFout, *, zeker: bool = False) -> Storing:
    """Alleen dit bericht wacht: een sms hoeft niet te wachten op een mailserver die er niet is."""
    return Storing(
        fout.uitleg,
        register="berichten",
        code=fout.code,
        nooit_verstuurd=zeker or _nooit_aangenomen(fout),
    )
