"""Bouwt wat er nodig is om berichten te versturen: de aanbieder uit het profiel, de dienst en de loper."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.werkdagen import Werkkalender, feestdagen
from frontoffice.samenstelling.werkplek import Inzagelogboek, Werkplekopslag
from frontoffice.uitvoeren import Eenmalig

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.berichtpoort import Berichtenkanaal
    from frontoffice.central.http import Lijnen
    from frontoffice.domain.bericht import Berichtkanaal, Berichtopdracht
    from frontoffice.ports import Aanroep, Geheimen, Klok, RegisterStand, Stop
    from frontoffice.profiel import Profiel
    from frontoffice.profiel.berichten import Mailserver, Notifydienst
    from frontoffice.registratiepoort import Winkel
    from frontoffice.samenstelling.aansluiten import Registers
    from frontoffice.services.afspraakberichten import Afspraakberichten
    from frontoffice.services.afspraakwaarden import Gebeurd
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.bekenden import Bekenden
    from frontoffice.services.berichtbord import Berichtbord
    from frontoffice.services.berichten import Berichtendienst
    from frontoffice.services.berichtverzenden import Berichtloper
    from frontoffice.services.voortgangberichten import Voortgangberichten
    from frontoffice.services.vrijetijden import Vrijetijden


_RONDE_S = 900.0


class Agenda(Protocol):
    """Wat berichten van de agenda nodig hebben."""

    @property
    def vrij(self) -> Vrijetijden: ...


class Berichtkanalen:
    """De aangesloten kanalen, elk gemaakt bij het eerste bericht."""

    def __init__(self, profiel: Profiel, make_geheimen: Callable[[], Geheimen], klok: Klok) -> None:
        self._profiel, self._make_geheimen, self._klok = profiel, make_geheimen, klok
        self._notify: Eenmalig[Berichtenkanaal] = Eenmalig()
        self._post: Eenmalig[Berichtenkanaal] = Eenmalig()
        self._sluiten: list[Callable[[], None]] = []

    def get(self, kanaal: Berichtkanaal) -> Berichtenkanaal:
        """Raises Geweigerd als dit kanaal niet (meer) is aangesloten, GeheimFout of ProfielFout."""
        eigen = self._profiel.berichten
        via = "" if eigen is None else getattr(eigen, kanaal.value)
        if eigen is not None and via == "notify" and eigen.notify is not None:
            dienst = eigen.notify
            return self._notify.get(lambda: self._make_notify(dienst))
        if eigen is not None and via == "smtp" and eigen.smtp is not None:
            server = eigen.smtp
            return self._post.get(lambda: self._make_post(server, eigen.afzender))
        raise Geweigerd(
            "Dit kanaal is op deze werkplek niet meer aangesloten. Vraag uw beheerder om hulp.",
            code="niet_aangesloten",
        )

    def _make_notify(self, dienst: Notifydienst) -> Berichtenkanaal:
        from frontoffice.central.http import Verbinding
        from frontoffice.central.instelling import RegisterInstelling
        from frontoffice.central.notify import Notify
        from frontoffice.domain.bericht import Berichtkanaal

        lijnen = self._make_lijnen()
        instelling = RegisterInstelling(
            "berichten",
            dienst.url,
            "notify",
            lambda: self._make_geheimen().get(dienst.geheim),
            ca_bundel=dienst.ca_bundel,
            verbinden=self._profiel.termijnen.verbinden,
        )
        sjablonen = {Berichtkanaal.MAIL: dienst.sjabloon_mail, Berichtkanaal.SMS: dienst.sjabloon_sms}
        return Notify(Verbinding(instelling, lijnen), sjablonen)

    def _make_lijnen(self) -> Lijnen:
        from frontoffice.central.http import Lijnen

        lijnen = Lijnen()
        self._sluiten.append(lijnen.close)
        return lijnen

    def _make_post(self, server: Mailserver, afzender: str) -> Berichtenkanaal:
        from frontoffice.central import post

        gemaakt = post.Post(
            post.Mailserver(
                server.server,
                server.poort,
                server.van,
                afzender,
                server.beveiliging,
                server.gebruiker,
                lambda: self._make_geheimen().get(server.geheim),
                server.antwoord,
                server.ca_bundel,
                self._profiel.termijnen.verbinden,
            ),
            self._klok,
        )
        self._sluiten.append(gemaakt.close)
        return gemaakt

    def close(self) -> None:
        self._notify.take()
        self._post.take()
        while self._sluiten:
            self._sluiten.pop()()


class Berichtenbouw:
    """Alles rond berichten, elk gemaakt bij het eerste gebruik, dus op een achtergronddraad.

    `aangesloten`: welke kanalen er zijn; zonder [berichten] in het profiel geen enkel. Opent niets. Zonder
    `registers` is er niet na te kijken wat een andere werkplek al stuurde, en is er geen `voortgang`.
    """

    def __init__(
        self,
        profiel: Profiel,
        make_geheimen: Callable[[], Geheimen],
        opslag: Werkplekopslag,
        klok: Klok,
        registers: Registers | None = None,
        open_agenda: Callable[[], Agendadiensten] | None = None,
    ) -> None:
        """`open_agenda`: om te zien wat een andere werkplek verstuurt; ook zonder dat er iemand is."""
        self._profiel, self._opslag, self._klok, self._registers = profiel, opslag, klok, registers
        self._open_agenda = open_agenda
        self._kanalen = Berichtkanalen(profiel, make_geheimen, klok)
        self._dienst: Eenmalig[Berichtendienst] = Eenmalig()
        self._afspraken: Eenmalig[Afspraakberichten] = Eenmalig()
        self._bekenden: Eenmalig[Bekenden] = Eenmalig()
        self._luisteraars: list[Callable[[], object]] = []
        self._agenda: Agendadiensten | None = None
        self._volgende_ronde = 0.0

    @property
    def bekenden(self) -> Bekenden:
        """Welke klanten hier open waren, voor het contact na een bezoek."""
        return self._bekenden.get(self._make_bekenden)

    def _make_bekenden(self) -> Bekenden:
        from frontoffice.services.bekenden import Bekenden

        return Bekenden(self._klok)

    @property
    def aangesloten(self) -> tuple[str, ...]:
        """ "mail" en "sms", voor zover het profiel ze noemt."""
        eigen = self._profiel.berichten
        return () if eigen is None else tuple(naam for naam in ("mail", "sms") if getattr(eigen, naam))

    @property
    def dienst(self) -> Berichtendienst:
        """Raises WinkelFout."""
        return self._dienst.get(self._make_dienst)

    def make_loper(self, winkel: Winkel) -> Berichtloper:
        from frontoffice.services.berichtverzenden import Berichtloper

        taken = self._registers.taken if self._registers is not None else None
        return Berichtloper(
            winkel,
            self._klok,
            self._make_dienst(winkel),
            self._kanalen.get,
            opzoeken=taken.find_berichten if taken is not None else None,
            note=self._note,
            open_bord=self.open_bord,
        )

    def open_bord(self) -> Berichtbord | None:
        """Het bord dat alle werkplekken delen; None zonder gedeelde agenda. Raises AgendaFout, GeheimFout."""
        if self._open_agenda is None or not self._profiel.agenda.database or not self.aangesloten:
            return None
        from frontoffice.services.berichtbord import Berichtbord

        agenda = self._open_agenda()
        return Berichtbord(agenda.opslag, agenda.wie) if agenda.opslag.gedeeld else None

    def _note(self, opdracht: Berichtopdracht) -> None:
        """Wat er weggaat staat op naam van wie het klaarzette, ook als die intussen weg is."""
        from frontoffice.services.voortgangberichten import DOEL, VERSTUURD

        wie = replace(
            self._profiel.medewerker, identificatie=opdracht.medewerker, naam=opdracht.medewerker_naam
        )
        Inzagelogboek(self._opslag, wie).note(
            VERSTUURD,
            DOEL,
            opdracht.klant.sleutel if opdracht.klant is not None else None,
            wat=opdracht.wat.value,
            kanaal=opdracht.kanaal.value,
            over=opdracht.over,
        )

    @property
    def voortgang(self) -> Voortgangberichten:
        """ "We zijn ermee bezig" en "het is klaar". Raises WinkelFout."""
        from frontoffice.services.voortgangberichten import Voortgangberichten

        assert self._registers is not None
        return Voortgangberichten(
            self.dienst,
            self._klok,
            self._registers.personen,
            self._registers.taken,
            Inzagelogboek(self._opslag, self._profiel.medewerker),
        )

    @property
    def loper(self) -> Berichtloper:
        """Raises WinkelFout."""
        return self.make_loper(self._opslag.winkel)

    def follow(self, stop: Stop) -> int:
        """Vraag hoe berichten aankwamen; geeft hoeveel er nog onderweg zijn. Raises WinkelFout."""
        if not self.aangesloten:
            return 0
        self._run_ronde()
        return self.loper.follow(stop)

    def _run_ronde(self) -> None:
        """Alleen met een agenda die al open is, en niet vaker dan nodig."""
        from frontoffice.agendapoort import AgendaFout
        from frontoffice.services.afspraakronde import Afspraakronde

        nu = self._klok.verlopen()
        if self._agenda is None or nu < self._volgende_ronde:
            return
        self._volgende_ronde = nu + _RONDE_S
        agenda = self._agenda
        with contextlib.suppress(AgendaFout):  # over een kwartier weer; het scherm zegt zelf wat er mis is
            Afspraakronde(agenda.opslag, agenda.wie, self.of_afspraken(agenda)).run()

    def on_nieuw(self, luister: Callable[[], object]) -> None:
        """Roep `luister` als er een bericht klaarstaat, op de draad die het klaarzette. Opent niets."""
        self._luisteraars.append(luister)

    def listen(self, agenda: Agendadiensten) -> None:
        """Laat elke wijziging van een afspraak het bericht klaarzetten waar de inwoner om vroeg, en elk Klaar
        van de avond een contact."""
        from frontoffice.samenstelling.avond import listen_klaar

        listen_klaar(agenda, self._profiel, lambda: self._opslag.winkel, self.bekenden, self._klok)
        if not self.aangesloten:
            return

        def hear(gebeurd: Gebeurd, afspraak: Afspraak) -> None:
            if afspraak.klant.bevestiging is not None:  # anders hoeft de winkel niet open
                self.of_afspraken(agenda).hear(gebeurd, afspraak)

        self._agenda = agenda
        agenda.afspraken.on_gebeurd(hear)
        agenda.contact.on_gebeurd(hear)

    def of_afspraken(self, agenda: Agenda) -> Afspraakberichten:
        """De berichten bij afspraken van deze agenda. Raises WinkelFout."""
        return self._afspraken.get(lambda: self._make_afspraken(agenda))

    def checks(self) -> dict[str, Callable[[Aanroep], RegisterStand]]:
        """Voor `kif doctor`: is elke aanbieder bereikbaar, en mogen we erin? Verstuurt niets."""
        from frontoffice.domain.bericht import Berichtkanaal

        eigen = self._profiel.berichten
        uit: dict[str, Callable[[Aanroep], RegisterStand]] = {}
        for naam in self.aangesloten:
            via = "mail" if getattr(eigen, naam) == "smtp" else "berichten"
            kanaal = Berichtkanaal(naam)
            uit.setdefault(via, lambda aanroep, kanaal=kanaal: self._kanalen.get(kanaal).check(aanroep))  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
        return uit

    def close(self) -> None:
        self._agenda = None
        self._afspraken.take()
        self._dienst.take()
        self._kanalen.close()

    def _make_afspraken(self, agenda: Agenda) -> Afspraakberichten:
        from frontoffice.services.afspraakberichten import Afspraakberichten

        return Afspraakberichten(self.dienst, agenda.vrij.load, self.open_bord())

    def _make_dienst(self, winkel: Winkel | None = None) -> Berichtendienst:
        dienst = make_dienst(self._profiel, winkel or self._opslag.winkel, self._klok)
        dienst.on_nieuw(self._tell)
        return dienst

    def _tell(self) -> None:
        for luister in self._luisteraars:
            luister()


def make_dienst(profiel: Profiel, winkel: Winkel, klok: Klok) -> Berichtendienst:
    """De dienst bij dit profiel. Doet geen verzoek."""
    from frontoffice.domain.bericht import Berichtkanaal, Berichtsoort, Stiltetijd
    from frontoffice.domain.berichttekst import Sjabloon
    from frontoffice.profiel.berichten import Berichten
    from frontoffice.services.berichten import Berichtendienst, Berichtinstellingen
    from frontoffice.services.berichtteksten import Berichtteksten

    eigen = profiel.berichten or Berichten()
    instellingen = Berichtinstellingen(
        profiel.medewerker.identificatie,
        profiel.medewerker.naam,
        eigen.afzender,
        frozenset(kanaal for kanaal in Berichtkanaal if getattr(eigen, kanaal.value)),
        frozenset(Berichtsoort(soort) for soort in eigen.soorten) or frozenset(Berichtsoort),
        Stiltetijd(eigen.stil_van, eigen.stil_tot, eigen.stille_dagen),
        eigen.bellen,
        eigen.website,
    )
    teksten = Berichtteksten(
        {(taal, Berichtsoort(soort)): Sjabloon(**deel) for (taal, soort), deel in eigen.teksten.items()}
    )
    return Berichtendienst(winkel, klok, instellingen, teksten, make_is_feestdag(profiel.normen.kalender))


def make_is_feestdag(kalender: Werkkalender) -> Callable[[date], bool]:
    """Een feestdag van deze gemeente, ook als hij op zaterdag valt. Een eigen vrije dag is geen feestdag."""

    def is_feestdag(dag: date) -> bool:
        if dag.weekday() == 5:
            return dag in feestdagen(dag.year)
        return kalender.find_reden(dag) not in ("", "zondag", "vrije dag")

    return is_feestdag
