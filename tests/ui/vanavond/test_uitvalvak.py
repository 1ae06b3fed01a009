"""Er valt vanavond iets weg, op het scherm: voorrekenen, vastleggen, bellen en verzetten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal, Contactgegevens
from frontoffice.agenda.vanavond.uitval import Soortuitval
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.bericht import Berichtsoort
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.uitvalwaarden import TeBellen
from tests.services.agendabouw import DAG, op, uid, wens
from tests.services.conftest import agenda, agendasjabloon, database
from tests.services.test_afspraakberichten import Luisteraar
from tests.services.test_avonduitval import Avond
from tests.ui.vanavond.bouw import Werkplek
from ui.achtergrond import Achtergrond
from ui.beheer.geschiedeniswoorden import gebeurtenis_titel
from ui.thema import Thema
from ui.vanavond.uitvalplaats import Uitvalplaats
from ui.vanavond.uitvalvak import VERPLAATSEN, Uitvalvak
from ui.vanavond.uitvalverloop import Uitvalverloop

__all__ = ["agenda", "agendasjabloon", "database"]
NAAM = "A. Jansen"


@pytest.fixture
def avond(agenda: Agendadiensten) -> Avond:
    return Avond(agenda)


class Scherm:
    def __init__(self, qtbot: QtBot, vak: Uitvalvak) -> None:
        self.qtbot, self.vak = qtbot, vak

    def open(self, soort: str) -> None:
        self.vak.open(soort)
        self.qtbot.waitUntil(lambda: not self.vak.stand.text().startswith(("Laden", "Even kijken")))

    def druk(self, knop: QPushButton) -> None:
        assert knop.isVisible(), knop.text()
        assert knop.isEnabled(), knop.text()
        knop.click()

    def wacht(self, stand: str) -> None:
        self.qtbot.waitUntil(lambda: self.vak.stand.text().startswith(stand))

    @property
    def zinnen(self) -> list[str]:
        return self.vak.zinnen.text().split("\n")

    @property
    def knoppen(self) -> list[str]:
        return [knop.text() for knop in self.vak.bellijst.knoppen if not knop.isHidden()]

    @property
    def alles(self) -> str:
        """Wat er te lezen en te horen is."""
        delen: list[QObject] = [self.vak, *self.vak.findChildren(QWidget)]
        teksten = [d.text() for d in delen if isinstance(d, QLabel | QPushButton) and not d.isHidden()]
        teksten += [d.accessibleName() for d in delen if isinstance(d, QWidget)]
        rijen = self.vak.bellijst.rijen.rijen
        gelezen = [rijen.rij(rijen.index(nummer)) for nummer in range(rijen.rowCount())]
        return "\n".join([*teksten, *(rij.gesproken for rij in gelezen if rij is not None)])


@pytest.fixture
def scherm(qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, agenda: Agendadiensten) -> Iterator[Scherm]:
    verloop = Uitvalverloop(lambda: (agenda.uitval, agenda.afspraken), achtergrond)
    vak = Uitvalvak(verloop, thema)
    thema.dress(vak)
    qtbot.addWidget(vak)
    vak.resize(400, 700)
    vak.show()
    yield Scherm(qtbot, vak)
    verloop.close()


def test_iemand_ziek_zegt_eerst_wat_het_doet_en_legt_dan_pas_vast(avond: Avond, scherm: Scherm) -> None:
    avond.boek(19, 0, balie="B1")
    naturalisatie = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    scherm.open(Soortuitval.ZIEK)
    assert scherm.vak.titel.text() == "Iemand ziek"
    assert scherm.vak.wie.itemText(0) == "Medewerker m1, balie 1"
    assert scherm.zinnen == [
        "1 bezoeker verhuist ongemerkt naar een andere balie.",
        f"1 bezoeker moet verzetten: 18.15 uur {avond.nummer(naturalisatie)}.",
    ]
    assert avond.nu(naturalisatie).te_verzetten == ""
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd. Bel nu")
    assert avond.nu(naturalisatie).te_verzetten
    assert not scherm.vak.leg_vast.isVisible()
    assert scherm.vak.bellijst.kop.text() == "Wie u belt (1)"


def test_bellen_en_verzetten_en_de_naam_staat_er_alleen_na_bel(avond: Avond, scherm: Scherm) -> None:
    naturalisatie = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    scherm.open(Soortuitval.ZIEK)
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd")
    assert NAAM not in scherm.alles
    scherm.druk(scherm.vak.bellijst.bel)
    assert NAAM in scherm.alles
    assert avond.nu(naturalisatie).klant.telefoon[-2:] in scherm.vak.bellijst._wie.text()
    scherm.vak.bellijst.hide_namen()
    assert NAAM not in scherm.alles
    assert scherm.knoppen[0] == "do 10 dec 18.15 uur"
    scherm.druk(scherm.vak.bellijst.knoppen[0])
    scherm.wacht("Verzet naar donderdag 10 december, 18.15 uur.")
    assert avond.nu(naturalisatie).begin == op(18, 15, DAG + timedelta(days=7))
    scherm.qtbot.waitUntil(lambda: scherm.vak.bellijst.rijen.isHidden())


def test_een_andere_keuze_rekent_opnieuw_voor(avond: Avond, scherm: Scherm) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    scherm.open(Soortuitval.ZIEK)
    assert len(scherm.zinnen) == 1
    scherm.vak.wie.setCurrentIndex(1)
    scherm.vak.wie.activated.emit(1)
    scherm.qtbot.waitUntil(lambda: scherm.zinnen == ["Niemand hoeft te verzetten."])


def test_is_er_intussen_iets_gebeurd_dan_staat_dat_erboven_en_is_er_niets_vastgelegd(
    avond: Avond, scherm: Scherm
) -> None:
    avond.begin()
    scherm.open(Soortuitval.ZIEK)
    erbij = avond.boek(19, 0, "naturalisatie")
    scherm.druk(scherm.vak.leg_vast)
    scherm.qtbot.waitUntil(lambda: scherm.vak.opnieuw.isVisible())
    assert "intussen iets gewijzigd" in scherm.vak.opnieuw.tekst.text()
    assert avond.nu(erbij).te_verzetten == ""
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd")
    assert avond.nu(erbij).te_verzetten


def test_toch_niet_wordt_ook_voorgerekend_en_zet_terug(avond: Avond, scherm: Scherm) -> None:
    naturalisatie = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    avond.doe()
    scherm.open(Soortuitval.ZIEK)
    ((_, zin, knop),) = scherm.vak._gemeld
    assert zin.text() == "Medewerker m1: ziek vanaf 18.00 uur."
    scherm.druk(knop)
    scherm.wacht("Er is nog niets vastgelegd")
    assert scherm.zinnen[0].startswith("1 bezoeker kan toch blijven")
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd.")
    assert avond.nu(naturalisatie).te_verzetten == ""
    scherm.qtbot.waitUntil(lambda: not scherm.vak.gemeldkop.isVisible())


def test_wie_verplaatsen_toont_meteen_wie_er_te_bellen_is(avond: Avond, scherm: Scherm) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    avond.doe()
    scherm.vak.open(VERPLAATSEN)
    scherm.qtbot.waitUntil(lambda: scherm.vak.bellijst.rijen.isVisible())
    assert not scherm.vak.velden.isVisible()
    assert scherm.knoppen


def test_hoeft_er_niemand_weg_dan_staat_dat_er(avond: Avond, scherm: Scherm) -> None:
    avond.begin()
    scherm.vak.open(VERPLAATSEN)
    scherm.wacht("Er hoeft niemand te worden verplaatst.")


def test_zonder_verbinding_blijft_de_keuze_staan_en_gaat_hetzelfde_verzoek_nog_eens(
    avond: Avond, scherm: Scherm, monkeypatch: pytest.MonkeyPatch
) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    scherm.open(Soortuitval.ZIEK)
    echt, verzoeken = avond.agenda.uitval.apply, []

    def breek(beeld: object, *, verzoek_id: str) -> object:
        verzoeken.append(verzoek_id)
        uit = echt(beeld, verzoek_id=verzoek_id)  # type: ignore[arg-type]  # wat het vak meegaf
        if len(verzoeken) == 1:
            raise AgendaOnbereikbaar("De agenda is nu niet bereikbaar. Probeer het opnieuw.")
        return uit

    monkeypatch.setattr(avond.agenda.uitval, "apply", breek)
    scherm.druk(scherm.vak.leg_vast)
    scherm.qtbot.waitUntil(lambda: scherm.vak.opnieuw.isVisible())
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd")
    assert len(verzoeken) == 2
    assert len(set(verzoeken)) == 1


def test_wie_er_al_is_heeft_geen_belknop_en_wie_zonder_afspraak_kwam_geen_andere_tijd(
    avond: Avond, scherm: Scherm
) -> None:
    avond.begin()
    avond.agenda.vanavond.walk_in(wens("naturalisatie"), NAAM, verzoek_id=uid())
    scherm.open(Soortuitval.ZIEK)
    scherm.druk(scherm.vak.leg_vast)
    scherm.wacht("Vastgelegd")
    assert not scherm.vak.bellijst.bel.isVisible()
    assert scherm.knoppen == []
    assert "is er al" in scherm.alles
    assert NAAM not in scherm.alles


def test_verzet_naar_een_andere_avond_is_daar_niet_al_aangemeld(avond: Avond) -> None:
    hier: Afspraak = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    avond.meld(hier)
    avond.doe()
    (bel,) = avond.agenda.uitval.load_verplaatsen()
    nieuw = avond.agenda.afspraken.move(hier.id, bel.later[0].begin, verzoek_id=uid())
    assert nieuw.toestand.value == "bevestigd"
    assert avond.agenda.opslag.check() == ()


def test_op_vanavond_komt_het_vak_in_de_plaats_van_mijn_balie_en_gaat_met_esc_weer_weg(
    qtbot: QtBot, thema: Thema, agenda: Agendadiensten, avond: Avond, tmp_path: Path
) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    plek = Werkplek(qtbot, agenda, thema, tmp_path, balie="B2")
    try:
        qtbot.waitUntil(lambda: plek.scherm.midden.currentWidget() is plek.scherm.indeling)
        plaats = Uitvalplaats(plek.scherm, lambda: (agenda.uitval, agenda.afspraken), plek.achtergrond, thema)
        knop = plek.scherm.rechts.knoppen["ziek"]
        assert knop.isEnabled()
        knop.click()
        vak = plaats.vak
        assert vak is not None
        assert plek.scherm.links.currentWidget() is vak
        qtbot.waitUntil(lambda: vak.leg_vast.isVisible())
        vak.leg_vast.click()
        qtbot.waitUntil(lambda: vak.bellijst.rijen.isVisible())
        vak.bellijst.bel.click()
        qtbot.keyClick(vak, Qt.Key.Key_Escape)
        assert plek.scherm.links.currentWidget() is plek.scherm.balie
        assert vak.bellijst._wie.text() == "", "wie wegkijkt, laat geen naam staan"
        plaats.close()
    finally:
        plek.close()


def test_zonder_verbinding_zeggen_de_knoppen_bij_uitval_waarom_en_komen_ze_vanzelf_terug(
    qtbot: QtBot, thema: Thema, agenda: Agendadiensten, avond: Avond, tmp_path: Path
) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    plek = Werkplek(qtbot, agenda, thema, tmp_path, balie="B2")
    weg = AgendaOnbereikbaar("De agenda is niet bereikbaar. Probeer het zo weer.")

    def bron() -> Any:
        if plek.plek.draad.is_weg:
            raise weg
        return agenda.uitval, agenda.afspraken

    try:
        plaats = Uitvalplaats(plek.scherm, bron, plek.achtergrond, thema)
        knop, reden = plek.scherm.rechts.knoppen["ziek"], plek.scherm.rechts.uitvalreden
        plek.plek.draad.is_weg = True
        knop.click()  # net voor het scherm het weet
        vak = plaats.vak
        assert vak is not None
        qtbot.waitUntil(lambda: "niet bereikbaar" in vak.opnieuw.tekst.text())
        plek.look()
        assert (knop.isEnabled(), reden.isVisible()) == (False, True)
        assert "alleen met verbinding" in reden.text()
        plek.plek.draad.is_weg = False
        plek.look()
        assert (knop.isEnabled(), reden.isVisible()) == (True, False)
        qtbot.waitUntil(vak.leg_vast.isVisible)
        assert not vak.opnieuw.isVisible()
        vak.vanaf.setCurrentIndex(2)
        gekozen = vak.vanaf.currentText()
        vak._ask()
        plek.plek.draad.is_weg = True
        plek.look()
        vak._ask()
        qtbot.waitUntil(vak.opnieuw.isVisible)
        plek.plek.draad.is_weg = False
        plek.look()
        qtbot.waitUntil(vak.leg_vast.isVisible)
        assert vak.vanaf.currentText() == gekozen, "wat was gekozen, staat er nog"
        plaats.close()
    finally:
        plek.close()


def test_wie_later_komt_en_e_mail_koos_krijgt_met_een_klik_een_bericht_een_keer(
    avond: Avond, qtbot: QtBot, thema: Thema, achtergrond: Achtergrond
) -> None:
    luisteraar = Luisteraar(avond.agenda)
    verloop = Uitvalverloop(
        lambda: (avond.agenda.uitval, avond.agenda.afspraken), achtergrond, None, lambda: luisteraar.berichten
    )
    vak = Uitvalvak(verloop, thema)
    qtbot.addWidget(vak)
    vak.show()
    klant = Contactgegevens("A. Jansen", "0612345678", "a@voorbeeld.example", bevestiging=Bevestigkanaal.MAIL)
    afspraak = avond.agenda.afspraken.book(wens("a15"), op(18, 45), Boekgegevens(klant), verzoek_id=uid())
    luisteraar.deliver()
    avond.begin()
    stand = avond.agenda.vanavond.load_stand()
    assert stand is not None
    bezoek = stand.find(afspraak.id)
    assert bezoek is not None
    rij = TeBellen(bezoek, afspraak, "Wordt ongeveer 19.05 uur.", wordt=op(19, 2))
    for keer in range(2):
        vak.bellijst.show_rijen((replace(rij, zeg=f"keer {keer}"),), DAG)
        assert vak.bellijst.stuur.isVisible()
        vak.bellijst.set_bezig(False)
        vak.bellijst.stuur.click()
        qtbot.waitUntil(lambda: vak.stand.text().startswith("Het bericht staat klaar"))
        vak.stand.setText("")
    (bericht,) = (o for o in luisteraar.opdrachten if o.wat is Berichtsoort.AFSPRAAK_LATER)
    assert "waarschijnlijk rond 19.05 uur aan de beurt" in bericht.tekst
    assert not any(regel.naam.lower() in bericht.tekst.lower() for regel in afspraak.regels)
    vak.bellijst.show_rijen((replace(rij, wordt=None),), DAG)
    assert not vak.bellijst.stuur.isVisible(), "wie moet verzetten, krijgt bericht van het verzetten"
    verloop.close()


def test_in_de_geschiedenis_van_beheer_staat_in_gewone_woorden_wat_er_wegviel(avond: Avond) -> None:
    avond.boek(18, 15, "naturalisatie")
    avond.begin()
    avond.doe()
    avond.agenda.uitval.apply(
        avond.agenda.uitval.preview_terug(avond.agenda.uitval.load_uitval()[0].id), verzoek_id=uid()
    )
    inrichting, _ = avond.agenda.opslag.load_inrichting()
    geschiedenis = avond.agenda.opslag.load_gebeurtenissen(f"avond:{DAG.isoformat()}")
    titels = [gebeurtenis_titel(regel, inrichting) for regel in geschiedenis if regel.soort == "uitval"]
    assert titels == [
        "Uitval: collega ziek, 1 afspraak te verzetten",
        "Uitval: teruggedraaid, geen afspraken te verzetten",
    ]
