"""Wat er met een afspraak gebeurt, geeft precies één bericht als de inwoner daarom vroeg."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal, Contactgegevens, Toestand
from frontoffice.domain.bericht import Berichtkanaal, Berichtopdracht, Berichtsoort
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.registratie import Toestand as Verzendtoestand
from frontoffice.services.afspraakberichten import Afspraakberichten
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.berichten import Berichtendienst, Berichtinstellingen
from frontoffice.services.berichtteksten import Berichtteksten
from tests.bouwers import BSN
from tests.nep import NepKlok
from tests.nep_registratie import NepWinkel
from tests.services.agendabouw import op, uid, wens

MIDDAG = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Luisteraar:
    def __init__(self, agenda: Agendadiensten) -> None:
        self.klok = NepKlok(MIDDAG, MIDDAG.date())
        self.winkel = NepWinkel(self.klok)
        self.dienst = Berichtendienst(
            self.winkel,
            self.klok,
            Berichtinstellingen("s.bos", "S. Bos", "Gemeente Losser", frozenset(Berichtkanaal)),
            Berichtteksten(),
            lambda _: False,
        )
        self.berichten = Afspraakberichten(self.dienst, agenda.vrij.load)
        agenda.afspraken.on_gebeurd(self.berichten.hear)
        agenda.contact.on_gebeurd(self.berichten.hear)

    @property
    def opdrachten(self) -> list[Berichtopdracht]:
        return [
            rij.opdracht
            for rij in self.winkel.load_verzendingen()
            if isinstance(rij.opdracht, Berichtopdracht)
        ]

    @property
    def soorten(self) -> list[Berichtsoort]:
        return [opdracht.wat for opdracht in self.opdrachten]

    def deliver(self) -> None:
        """Alles wat klaarstond is weg."""
        for nummer, rij in self.winkel.rijen.items():
            self.winkel.rijen[nummer] = replace(
                rij,
                toestand=Verzendtoestand.STAAT_IN_REGISTER,
                stappen={"verstuurd": "x"},
                verstuurd_op=self.klok.nu(),
            )


@pytest.fixture
def luisteraar(agenda: Agendadiensten) -> Luisteraar:
    return Luisteraar(agenda)


def klant(**anders: Any) -> Contactgegevens:
    return replace(
        Contactgegevens(
            "Ayşe Öztürk", "0612345678", "ayse@voorbeeld.example", bevestiging=Bevestigkanaal.MAIL
        ),
        **anders,
    )


def boek(agenda: Agendadiensten, verzoek: str = "", **anders: Any) -> Afspraak:
    return agenda.afspraken.book(wens(), op(17), Boekgegevens(klant(**anders)), verzoek_id=verzoek or uid())


def test_wie_e_mail_koos_krijgt_een_bevestiging_zonder_product(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = boek(agenda)
    (opdracht,) = luisteraar.opdrachten
    assert (opdracht.wat, opdracht.kanaal) == (Berichtsoort.AFSPRAAK_BEVESTIGD, Berichtkanaal.MAIL)
    assert opdracht.adres == "ayse@voorbeeld.example"
    for deel in ("Ayşe Öztürk", "17.00 uur", afspraak.nummer, afspraak.code, "Gemeente Losser"):
        assert deel in opdracht.tekst
    for regel in afspraak.regels:
        assert regel.naam.lower() not in opdracht.tekst.lower()
    assert opdracht.uiterlijk == afspraak.begin


@pytest.mark.parametrize("keuze", [None, Bevestigkanaal.GEEN, Bevestigkanaal.BRIEF])
def test_wie_geen_e_mail_of_sms_koos_krijgt_niets(
    agenda: Agendadiensten, luisteraar: Luisteraar, keuze: Bevestigkanaal | None
) -> None:
    afspraak = boek(agenda, bevestiging=keuze)
    agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert luisteraar.opdrachten == []


def test_sms_gaat_naar_het_mobiele_nummer_in_de_taal_van_de_inwoner(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    boek(agenda, bevestiging=Bevestigkanaal.SMS, brieftaal="de")
    (opdracht,) = luisteraar.opdrachten
    assert opdracht.tekst.startswith("Gemeente Losser: Ihr Termin ist am ")
    assert opdracht.adres.endswith("612345678")


def test_een_dubbele_aanleiding_geeft_een_bericht(agenda: Agendadiensten, luisteraar: Luisteraar) -> None:
    verzoek = uid()
    afspraak = boek(agenda, verzoek)
    boek(agenda, verzoek)  # hetzelfde verzoek nog eens: twee keer geklikt, of opnieuw na een storing
    agenda.afspraken.resolve(verzoek)
    luisteraar.berichten.send(afspraak, Berichtsoort.AFSPRAAK_BEVESTIGD)
    luisteraar.deliver()
    boek(agenda, verzoek)
    agenda.afspraken.resolve(verzoek)
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD]


def test_valt_het_antwoord_van_de_agenda_weg_dan_zet_nakijken_het_bericht_alsnog_klaar(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    verzoek = uid()
    agenda.afspraken._luisteraars.clear()
    boek(agenda, verzoek)
    assert luisteraar.opdrachten == []
    agenda.afspraken.on_gebeurd(luisteraar.berichten.hear)
    agenda.afspraken.resolve(verzoek)
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_BEVESTIGD]


def test_verzetten_en_afzeggen_geven_elk_een_bericht_op_volgorde(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = boek(agenda)
    luisteraar.deliver()
    agenda.afspraken.move(afspraak.id, op(18), verzoek_id=uid())
    luisteraar.deliver()
    agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert luisteraar.soorten == [
        Berichtsoort.AFSPRAAK_BEVESTIGD,
        Berichtsoort.AFSPRAAK_GEWIJZIGD,
        Berichtsoort.AFSPRAAK_AFGEZEGD,
    ]
    assert len({opdracht.groep for opdracht in luisteraar.opdrachten}) == 1
    assert "18.00 uur" in luisteraar.opdrachten[1].tekst


def test_van_wat_nog_wacht_krijgt_de_inwoner_alleen_de_laatste_stand(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    verzoek = uid()
    afspraak = boek(agenda, verzoek)
    agenda.afspraken.move(afspraak.id, op(18), verzoek_id=uid())
    agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    boek(agenda, verzoek)  # het eerste verzoek wordt nog eens gehoord
    assert luisteraar.soorten == [Berichtsoort.AFSPRAAK_AFGEZEGD]


def test_een_ander_adres_geeft_de_bevestiging_nog_eens_en_een_andere_naam_niet(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = boek(agenda)
    luisteraar.deliver()
    anders = agenda.contact.change(
        afspraak.id, afspraak.klant, replace(afspraak.klant, naam="A. Öztürk"), verzoek_id=uid()
    )
    assert len(luisteraar.opdrachten) == 1
    agenda.contact.change(
        afspraak.id, anders.klant, replace(anders.klant, email="nieuw@voorbeeld.example"), verzoek_id=uid()
    )
    assert [opdracht.adres for opdracht in luisteraar.opdrachten] == [
        "ayse@voorbeeld.example",
        "nieuw@voorbeeld.example",
    ]


def test_een_klant_in_beeld_krijgt_het_bericht_ook_als_contact_en_een_overledene_niets(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    partner = Gesprekspartner("Ayşe Öztürk", bsn=BSN)
    luisteraar.berichten.know("sleutel-a", partner, overleden=False)
    luisteraar.berichten.know("sleutel-b", partner, overleden=True)
    luisteraar.berichten.know("", partner, overleden=True)  # zonder sleutel is het niemand in het bijzonder
    boek(agenda, klantsleutel="sleutel-b")
    assert luisteraar.opdrachten == []
    agenda.afspraken.book(wens(), op(18), Boekgegevens(klant(klantsleutel="sleutel-a")), verzoek_id=uid())
    agenda.afspraken.book(wens(), op(18, 30), Boekgegevens(klant()), verzoek_id=uid())
    assert [opdracht.klant for opdracht in luisteraar.opdrachten] == [partner, None]


def test_wie_is_gekomen_krijgt_geen_bericht_meer(agenda: Agendadiensten, luisteraar: Luisteraar) -> None:
    afspraak = boek(agenda, bevestiging=None)
    weg = replace(
        afspraak, toestand=Toestand.KLAAR, klant=replace(afspraak.klant, bevestiging=Bevestigkanaal.MAIL)
    )
    assert luisteraar.berichten.make_aanvraag(weg) is None
