"""Het bericht aan de inwoner op het afsprakenscherm: kiezen, lezen, volgen, en bellen als het misging."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from frontoffice.agenda.afspraak import Bevestigkanaal
from frontoffice.domain.bericht import Aflevering, Berichtkanaal
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.registratie import Toestand
from frontoffice.ports import Stop
from tests.nep import NepKlok
from tests.nep_berichten import NepBerichten
from tests.nep_registratie import NepWinkel
from tests.ui.afspraak.conftest import MaakWerk, Werk
from tests.ui.afspraak.nep_agenda import NU, NepAgenda
from ui.achtergrond import Achtergrond
from ui.afspraak.gekozen import Fase
from ui.bericht.dienst import Berichtvragen

MIDDAG = NU + timedelta(hours=2)


class Post:
    """Berichten op een nepwinkel; `send` doet wat de verzender van de outbox doet."""

    def __init__(self, agenda: NepAgenda, *kanalen: Berichtkanaal, nu: datetime = MIDDAG) -> None:
        self.klok = NepKlok(nu, nu.date())
        self.winkel = NepWinkel(self.klok)
        self.berichten = NepBerichten(self.winkel, self.klok, *kanalen)
        self.berichten.listen(agenda)

    def send(self) -> None:
        from frontoffice.domain.fouten import KifFout
        from frontoffice.registratiepoort import Wijziging

        self.klok.zet_vooruit(seconds=1)
        rij = self.winkel.claim(self.klok.nu())
        assert rij is not None
        try:
            self.berichten.loper.run(rij, Stop(), 5)
        except KifFout as fout:
            self.winkel.update(rij.id, Wijziging(Toestand.ACTIE_NODIG, fout=fout.uitleg))
        else:
            self.winkel.update(rij.id, Wijziging(Toestand.STAAT_IN_REGISTER, verstuurd_op=self.klok.nu()))


def verbind(werk: Werk, post: Post, agenda: NepAgenda, achtergrond: Achtergrond) -> None:
    scherm = werk.scherm
    scherm.gekozen.contact.keuze.set_kanalen(post.berichten.aangesloten)
    scherm.klaar.bericht.set_vragen(Berichtvragen(post.berichten, lambda: agenda, achtergrond))


def boek(werk: Werk, keuze: Bevestigkanaal | None, email: str = "ayse@voorbeeld.example") -> None:
    werk.zoek()
    werk.kies()
    contact = werk.scherm.gekozen.contact
    contact.email.setText(email)
    if keuze is not None:
        contact.keuze._knoppen[keuze].click()
    werk.scherm.confirm()


@pytest.fixture
def post(agenda: NepAgenda) -> Post:
    return Post(agenda, *Berichtkanaal)


def test_wie_e_mail_kiest_ziet_het_bericht_klaarstaan_en_pas_verstuurd_als_het_is_aangenomen(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, Bevestigkanaal.MAIL)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    vak = werk.scherm.klaar.bericht
    werk.wacht(lambda: vak.isVisible())
    assert vak.regel.text() == "Bericht: staat klaar om per e-mail weg te gaan."
    post.send()
    werk.wacht(lambda: vak.regel.text().startswith("Bericht: verstuurd per e-mail, vandaag om "))
    post.berichten.kanaal.staat = Aflevering.AANGEKOMEN
    post.berichten.follow(Stop())
    werk.wacht(lambda: vak.regel.text().startswith("Bericht: aangekomen per e-mail."))
    assert not vak.gebeld.isVisible()


def test_het_voorbeeld_is_te_lezen_zonder_dialoog_en_is_wat_er_wegging(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, Bevestigkanaal.SMS)
    vak = werk.scherm.klaar.bericht
    werk.wacht(lambda: vak.lees.isVisible())
    vak.lees.setFocus()
    werk.druk(Qt.Key.Key_Space)
    assert vak.voorbeeld is not None
    assert vak.voorbeeld.isVisible()
    post.send()
    (weg,) = post.berichten.kanaal.berichten.values()
    assert vak.voorbeeld.tekst.text() == weg.tekst
    assert "1 sms." in vak.voorbeeld.hint.text()
    assert "678" in vak.voorbeeld.waarheen.text()
    werk.druk(Qt.Key.Key_Space)
    assert not vak.voorbeeld.isVisible()


def test_zonder_keuze_gaat_er_niets_en_staat_er_niets(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, None)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert post.winkel.load_verzendingen() == ()
    assert not werk.scherm.klaar.bericht.isVisible()


def test_e_mail_zonder_adres_vraagt_erom_bij_dat_veld(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, Bevestigkanaal.MAIL, email="")
    assert werk.fase is Fase.VAST
    assert werk.focus is werk.scherm.gekozen.contact.email
    assert "is een e-mailadres nodig" in werk.tekst


def test_sms_naar_een_vast_nummer_vraagt_om_een_mobiel_nummer(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    werk.zoek()
    werk.kies()
    contact = werk.scherm.gekozen.contact
    contact.telefoon.setText("053 537 74 44")
    contact.keuze._knoppen[Bevestigkanaal.SMS].click()
    werk.scherm.confirm()
    assert werk.focus is contact.telefoon
    assert "mobiel nummer" in werk.tekst


def test_de_volgende_inwoner_begint_zonder_keuze(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, Bevestigkanaal.MAIL)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    werk.scherm.open(None)
    assert werk.scherm.gekozen.contact.keuze.kanaal is None
    assert not werk.scherm.klaar.bericht.isVisible()


def test_niet_aangesloten_laat_geen_knop_zien_die_niets_doet(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond
) -> None:
    verbind(werk, Post(agenda), agenda, achtergrond)
    werk.zoek()
    werk.kies()
    keuze = werk.scherm.gekozen.contact.keuze
    zichtbaar = [kanaal for kanaal, knop in keuze._knoppen.items() if knop.isVisible()]
    assert zichtbaar == [Bevestigkanaal.BRIEF, Bevestigkanaal.GEEN]
    assert "niet aangesloten" in werk.tekst


def test_kwam_het_niet_aan_dan_staat_er_wie_te_bellen_en_is_het_af_te_doen(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    boek(werk, Bevestigkanaal.SMS)
    vak = werk.scherm.klaar.bericht
    werk.wacht(lambda: vak.isVisible())
    post.send()
    post.berichten.kanaal.staat = Aflevering.TIJDELIJK_MISLUKT
    post.berichten.follow(Stop())
    werk.wacht(lambda: vak.gebeld.isVisible())
    assert "Bel 06" in vak.regel.text()
    assert vak.opnieuw.isVisible()
    vak.gebeld.click()
    werk.wacht(lambda: "de inwoner is gebeld" in vak.regel.text())
    assert not vak.gebeld.isVisible()


def test_miste_het_bericht_dan_is_het_alsnog_klaar_te_zetten_en_dan_is_er_een(
    werk: Werk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    verbind(werk, post, agenda, achtergrond)
    agenda.afspraken._luisteraars.clear()  # het klaarzetten mislukte
    boek(werk, Bevestigkanaal.MAIL)
    vak = werk.scherm.klaar.bericht
    werk.wacht(lambda: vak.zet_klaar.isVisible())
    assert vak.regel.text() == "Bericht: er staat nog geen bericht klaar."
    vak.zet_klaar.click()
    vak.zet_klaar.click()
    werk.wacht(lambda: "staat klaar om" in vak.regel.text())
    assert len(post.winkel.load_verzendingen()) == 1


def test_aan_een_overledene_in_beeld_gaat_niets(
    maak_werk: MaakWerk, agenda: NepAgenda, achtergrond: Achtergrond, post: Post
) -> None:
    beeld = post.berichten.of_afspraken(agenda)
    beeld.know("s", Gesprekspartner("A"), overleden=True)
    afspraak = agenda.boek("paspoort", agenda.vrij.load().nu + timedelta(days=3, hours=8))
    import dataclasses

    klant = dataclasses.replace(
        afspraak.klant, klantsleutel="s", bevestiging=Bevestigkanaal.MAIL, email="a@b.example"
    )
    uitkomst = beeld.load_beeld(dataclasses.replace(afspraak, klant=klant))
    assert uitkomst is not None
    assert uitkomst.reden.startswith("Deze persoon is overleden.")
    assert not uitkomst.kan_klaar
