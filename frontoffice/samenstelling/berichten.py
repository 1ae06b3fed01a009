"""Bouwt wat er nodig is om berichten te versturen: de aanbieder uit het profiel, de dienst en de loper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from frontoffice.domain.fouten import Geweigerd
from frontoffice.uitvoeren import Eenmalig

if TYPE_CHECKING:
    from frontoffice.berichtpoort import Berichtenkanaal
    from frontoffice.central.http import Lijnen
    from frontoffice.domain.bericht import Berichtkanaal
    from frontoffice.ports import Geheimen, Klok
    from frontoffice.profiel import Profiel
    from frontoffice.profiel.berichten import Mailserver, Notifydienst
    from frontoffice.registratiepoort import Winkel
    from frontoffice.services.berichten import Berichtendienst
    from frontoffice.services.berichtverzenden import Berichtloper


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


def open_berichten(profiel: Profiel, winkel: Winkel, klok: Klok) -> Berichtendienst:
    """De dienst bij dit profiel; zonder [berichten] is er niets aangesloten. Doet geen verzoek."""
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
    return Berichtendienst(winkel, klok, instellingen, teksten, _is_feestdag)


def open_loper(winkel: Winkel, klok: Klok, dienst: Berichtendienst, kanalen: Berichtkanalen) -> Berichtloper:
    from frontoffice.services.berichtverzenden import Berichtloper

    return Berichtloper(winkel, klok, dienst, kanalen.get)


def _is_feestdag(dag: date) -> bool:
    """Een landelijke feestdag; die lijst laadt pas bij het eerste bericht."""
    from frontoffice.agenda.kalender import landelijke_feestdagen

    return dag in landelijke_feestdagen(dag.year)
