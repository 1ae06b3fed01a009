"""Nalopen: een bericht dat door een crash miste komt alsnog, en elke herinnering gaat één keer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from frontoffice.agenda.afspraak import Bevestigkanaal
from frontoffice.agendapoort import Wie
from frontoffice.domain.bericht import Berichtsoort
from frontoffice.services.afspraakronde import Afspraakronde
from frontoffice.services.agenda import Agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import op, uid
from tests.services.test_afspraakberichten import Luisteraar, boek


@pytest.fixture
def luisteraar(agenda: Agendadiensten) -> Luisteraar:
    return Luisteraar(agenda)


def ronde(agenda: Agendadiensten, luisteraar: Luisteraar, wie: Wie | None = None) -> Afspraakronde:
    return Afspraakronde(agenda.opslag, wie or agenda.wie, luisteraar.berichten)


def zet_klok(agenda: Agendadiensten, luisteraar: Luisteraar, uren_voor: float) -> None:
    moment = op(17) - timedelta(hours=uren_voor)
    assert isinstance(agenda.opslag, AgendaDatabase)
    agenda.opslag.mark_proef()
    agenda.opslag.set_klok(moment)
    luisteraar.klok._nu = moment


# --- alsnog klaarzetten ------------------------------------------------------------------------------------


def test_stopte_het_programma_voor_het_bericht_klaarstond_dan_komt_het_alsnog(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    agenda.afspraken._luisteraars.clear()
    boek(agenda)
    assert luisteraar.opdrachten == []
    for _ in range(2):
        ronde(agenda, luisteraar).run()
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD]


def test_een_verloren_wijziging_komt_alsnog_en_wat_er_al_was_niet_nog_eens(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = boek(agenda)
    luisteraar.deliver()
    agenda.afspraken._luisteraars.clear()
    agenda.afspraken.move(afspraak.id, op(18), verzoek_id=uid())
    for _ in range(2):
        ronde(agenda, luisteraar).run()
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD, Berichtsoort.AFSPRAAK_GEWIJZIGD]


def test_alleen_een_andere_naam_geeft_bij_het_nalopen_geen_bericht(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = boek(agenda)
    luisteraar.deliver()
    agenda.contact.change(
        afspraak.id, afspraak.klant, replace(afspraak.klant, naam="A. Öztürk"), verzoek_id=uid()
    )
    ronde(agenda, luisteraar).run()
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD]


def test_wat_een_andere_werkplek_deed_is_niet_aan_ons(agenda: Agendadiensten, luisteraar: Luisteraar) -> None:
    agenda.afspraken._luisteraars.clear()
    boek(agenda)
    ronde(agenda, luisteraar, Wie(agenda.wie.medewerker, "andere-pc")).run()
    assert luisteraar.opdrachten == []


# --- herinneren --------------------------------------------------------------------------------------------


def test_een_dag_vooraf_gaat_er_een_herinnering_en_van_twee_werkplekken_een(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    zet_klok(agenda, luisteraar, 72)
    boek(agenda)
    luisteraar.deliver()
    ronde(agenda, luisteraar).run()
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD]
    zet_klok(agenda, luisteraar, 23)
    ronde(agenda, luisteraar, Wie("collega", "andere-pc")).run()
    luisteraar.deliver()
    for _ in range(2):
        ronde(agenda, luisteraar).run()
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD, Berichtsoort.HERINNERING]
    assert luisteraar.opdrachten[1].tekst.startswith("Beste Ayşe Öztürk,\n\nU hebt binnenkort een afspraak")


@pytest.mark.parametrize(("geboekt", "nu"), [(20, 10), (72, 2), (72, 30)])
def test_wie_kort_vooraf_boekt_of_te_laat_of_te_vroeg_is_krijgt_geen_herinnering(
    agenda: Agendadiensten, luisteraar: Luisteraar, geboekt: float, nu: float
) -> None:
    zet_klok(agenda, luisteraar, geboekt)
    boek(agenda)
    zet_klok(agenda, luisteraar, nu)
    ronde(agenda, luisteraar).run()
    assert Berichtsoort.HERINNERING not in luisteraar.soorten


def test_zonder_e_mail_of_sms_en_na_afzeggen_is_er_geen_herinnering(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    zet_klok(agenda, luisteraar, 72)
    boek(agenda, bevestiging=Bevestigkanaal.BRIEF)
    zet_klok(agenda, luisteraar, 20)
    ronde(agenda, luisteraar).run()
    assert luisteraar.opdrachten == []


def test_een_nieuwe_stand_trekt_een_herinnering_in_die_nog_wacht(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    zet_klok(agenda, luisteraar, 72)
    afspraak = boek(agenda)
    luisteraar.deliver()
    zet_klok(agenda, luisteraar, 23)
    ronde(agenda, luisteraar).run()
    agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD, Berichtsoort.AFSPRAAK_AFGEZEGD]
