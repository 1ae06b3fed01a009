"""Na Klaar staat er één contact in de outbox, en alleen bij een klant als die tijdens het bezoek open was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.vanavond.bezoek import Resultaat, Uitkomst
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.domain.waarden import Bsn
from frontoffice.registratiepoort import Wijziging, WinkelFout
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.avondcontact import Avondcontacten, make_sleutel
from frontoffice.services.bekenden import Bekenden
from frontoffice.services.registreren import Registreerinstellingen
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.winkel import WerkplekWinkel
from tests.bouwers import BSN
from tests.services.agendabouw import gegevens, op, uid, wens
from tests.storage.bouwwinkel import Klok, open_winkel

INSTELLINGEN = Registreerinstellingen("s.bos", "S. Bos", ("telefoon", "Balie"), "telefoon")
JANSEN = Gesprekspartner("A. Jansen", "1-12-1985", bsn=BSN)
ANDER = Gesprekspartner("B. Wevers", bsn="999990391")


class Telklok(Klok):
    """Een klok waarvan de test zegt hoeveel seconden er verliepen."""

    seconden = 1000.0

    def verlopen(self) -> float:
        return self.seconden


class Balie:
    """Eén bezoek met een afspraak, van oproepen tot klaar; van 18.00 tot 18.10 uur."""

    def __init__(self, agenda: Agendadiensten, winkel: WerkplekWinkel) -> None:
        self.agenda, self.winkel, self.klok = agenda, winkel, Telklok()
        self.bekenden = Bekenden(self.klok)
        self.contacten = Avondcontacten(agenda.opslag, lambda: winkel, self.klok, INSTELLINGEN, self.bekenden)
        agenda.vanavond.on_stap(self.contacten.hear)
        sleutel = agenda.zoeken.make_klantsleutel(Bsn(BSN))
        self.afspraak: Afspraak = agenda.afspraken.book(
            wens("paspoort"), op(18), gegevens("A. Jansen", klantsleutel=sleutel), verzoek_id=uid()
        )
        self.zet(18, 0)
        agenda.vanavond.open_avond(verzoek_id=uid())
        agenda.vanavond.arrive(self.afspraak.id, verzoek_id=uid())
        agenda.vanavond.call(self.afspraak.id, "B1", verzoek_id=uid())

    def zet(self, uur: int, minuut: int) -> None:
        assert isinstance(self.agenda.opslag, AgendaDatabase)
        self.agenda.opslag.set_klok(op(uur, minuut))

    def klaar(self, *uitkomsten: Uitkomst, verzoek: str = "") -> str:
        self.zet(18, 10)
        self.klok.seconden += 600
        verzoek = verzoek or uid()
        self.agenda.vanavond.finish(self.afspraak.id, uitkomsten, verzoek_id=verzoek)
        return verzoek

    @property
    def rijen(self) -> tuple[Verzending, ...]:
        return tuple(self.winkel.load_verzendingen())

    @property
    def contact(self) -> Registratie:
        (rij,) = self.rijen
        return rij.registratie


@pytest.fixture
def balie(agenda: Agendadiensten, tmp_path: Path) -> Iterator[Balie]:
    winkel = open_winkel(tmp_path / "winkel.db")
    yield Balie(agenda, winkel)
    winkel.close()


def test_na_klaar_staat_er_een_contact_van_de_soort_balie_zonder_naam_en_zonder_klant(balie: Balie) -> None:
    assert balie.rijen == ()
    balie.klaar()
    contact = balie.contact
    assert (contact.kanaal, contact.onderwerp, contact.medewerker) == (
        "Balie",
        "Bezoek aan de balie",
        "s.bos",
    )
    assert contact.inhoud == (
        f"Afspraak {balie.afspraak.nummer}, geholpen op donderdag 3 december om 18.00 uur.\n"
        "Gedaan: Paspoort aanvragen."
    )
    assert contact.deelnemers == ()
    assert "Jansen" not in contact.inhoud
    assert contact.plaatsgevonden_op.replace(microsecond=0) == op(18)


def test_was_deze_klant_tijdens_het_bezoek_open_dan_staat_het_contact_bij_hem(balie: Balie) -> None:
    balie.bekenden.know(ANDER)
    balie.bekenden.know(replace(JANSEN, partij_uuid="p1"))
    balie.klaar()
    (deelnemer,) = balie.contact.deelnemers
    assert (deelnemer.wie.bsn, deelnemer.wie.partij_uuid) == (BSN, "p1")


def test_een_andere_klant_of_een_van_eerder_komt_er_nooit_bij(balie: Balie) -> None:
    balie.bekenden.know(JANSEN)
    balie.klok.seconden += 600
    balie.bekenden.know(ANDER)
    balie.klaar()
    assert balie.contact.deelnemers == ()


def test_wie_zonder_afspraak_kwam_heeft_nooit_een_klant_bij_zijn_contact(balie: Balie) -> None:
    balie.bekenden.know(JANSEN)
    loper = balie.agenda.vanavond.walk_in(wens("ophalen"), "A. Jansen", verzoek_id=uid())
    balie.klaar()
    balie.agenda.vanavond.call(loper.id, "B1", verzoek_id=uid())
    balie.agenda.vanavond.finish(loper.id, verzoek_id=uid())
    (rij,) = (rij for rij in balie.rijen if rij.opdracht.uuid == make_sleutel(loper))
    assert rij.registratie.deelnemers == ()
    assert rij.registratie.inhoud.startswith("Zonder afspraak, geholpen op")


def test_hetzelfde_klaar_nog_eens_geeft_geen_tweede_contact_ook_niet_als_het_eerste_al_weg_is(
    balie: Balie,
) -> None:
    verzoek = balie.klaar()
    balie.klaar(verzoek=verzoek)
    assert len(balie.rijen) == 1
    balie.winkel.update(balie.rijen[0].id, Wijziging(Toestand.STAAT_IN_REGISTER))
    balie.klaar(verzoek=verzoek)
    assert len(balie.rijen) == 1


def test_ongedaan_maken_haalt_het_weg_en_opnieuw_klaar_zet_het_er_weer_een_keer(balie: Balie) -> None:
    verzoek = balie.klaar()
    assert balie.rijen[0].niet_voor > balie.rijen[0].aangemaakt_op, "zolang het terug kan, gaat het niet weg"
    balie.agenda.vanavond.undo(verzoek, verzoek_id=uid())
    assert balie.rijen == ()
    balie.klaar()
    assert len(balie.rijen) == 1


def test_wat_niet_is_gedaan_staat_erbij_zonder_wat_iemand_zelf_opschreef(balie: Balie) -> None:
    balie.klaar(Uitkomst("paspoort", Resultaat.NIET_GEDAAN, "mevrouw Jansen was haar pasfoto kwijt"))
    assert balie.contact.inhoud.endswith("Niet gedaan: Paspoort aanvragen (andere reden).")
    assert "Jansen" not in balie.contact.inhoud


def test_kan_de_winkel_niet_open_dan_gaat_klaar_gewoon_door(
    balie: Balie, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breek() -> WerkplekWinkel:
        raise WinkelFout("De schijf is vol.")

    monkeypatch.setattr(balie.contacten, "_load_winkel", breek)
    balie.klaar()
    assert balie.agenda.zoeken.load(balie.afspraak.id).toestand.value == "klaar"
    assert balie.rijen == ()
