"""Openingstijden, uitzonderingen, feestdagen, balies, medewerkers en producten wijzigen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

from frontoffice.agenda.inrichting import FeestdagBeleid, SoortUitzondering
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.services.inrichten import Wijziging
from tests.services.agendabouw import DAG, MAANDAG, VOLGENDE, boek, uid
from tests.ui.beheer.conftest import Werk
from ui.beheer.onderdelenvak import OnderdelenVak
from ui.beheer.vorm import Vorm
from ui.beheer.vormen import LOCATIE, VORMEN


def veld(vak: OnderdelenVak, label: str) -> QWidget:
    QApplication.processEvents()  # een veld dat net is gemaakt, komt hier in beeld
    gevonden = [w for w in vak.findChildren(QWidget) if w.accessibleName() == label and w.isVisibleTo(vak)]
    assert gevonden, f"geen veld {label}"
    return gevonden[0]


def typ(vak: OnderdelenVak, label: str, tekst: str) -> None:
    widget = veld(vak, label)
    assert isinstance(widget, QLineEdit)
    widget.setText(tekst)
    widget.textEdited.emit(tekst)


def open_deel(werk: Werk, soort: str, titel: str = "") -> OnderdelenVak:
    werk.start()
    werk.scherm.show_deel(soort)
    vak = werk.scherm.onderdelen[soort]
    if titel:
        assert vak.select(lambda deel: titel in vak.vorm.rij(deel, MAANDAG)[0])
    return vak


def bekijk_en_bewaar(werk: Werk, vak: OnderdelenVak) -> None:
    vak.verder.click()
    werk.wacht_op_gevolgen()
    werk.bewaar()


@pytest.mark.parametrize("vorm", VORMEN, ids=lambda vorm: vorm.soort)
def test_een_onderdeel_openen_en_bewaren_zonder_iets_te_doen_verandert_niets(vorm: Vorm) -> None:
    demo = demo_inrichting(date(2026, 11, 23))
    delen: list[Any] = [demo.locatie] if vorm is LOCATIE else list(getattr(demo, vorm.soort))
    assert delen
    for deel in delen:
        assert vorm.make(deel, dict(vorm.leeg(demo, MAANDAG)) | vorm.read(deel)) == deel


def test_elk_deel_toont_wat_er_in_de_demonstratie_staat(werk: Werk) -> None:
    werk.start()
    for vorm in VORMEN:
        werk.scherm.show_deel(vorm.soort)
        assert vorm.uitleg in werk.tekst


def test_alle_fouten_van_een_product_staan_tegelijk_bij_hun_veld(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "-5")
    typ(vak, "Hoogste aantal personen", "veel")
    vak.verder.click()
    werk.wacht(lambda: "is negatief" in werk.tekst)
    assert "Dit is geen heel getal." in werk.tekst
    assert "is negatief" in veld(vak, "Duur in minuten").accessibleDescription()
    assert QApplication.focusWidget() is veld(vak, "Duur in minuten")
    assert werk.inrichting.product["paspoort"].minuten == 15
    lijn = veld(vak, "Hoogste aantal personen")
    assert isinstance(lijn, QLineEdit)
    assert lijn.text() == "veel"


def test_een_andere_duur_laat_gemaakte_afspraken_zoals_ze_zijn(werk: Werk) -> None:
    afspraak = boek(werk.agenda, 17, product="paspoort")
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "20")
    vak.verder.click()
    werk.wacht_op_gevolgen()
    assert "Dit verandert niets aan afspraken die er al zijn." in werk.tekst
    werk.bewaar()
    assert werk.inrichting.product["paspoort"].minuten == 20
    (blijft,) = werk.afspraken()
    assert (blijft.begin, blijft.eind) == (afspraak.begin, afspraak.eind)


def test_een_product_zonder_bevoegdheid_wordt_geweigerd(werk: Werk) -> None:
    vak = open_deel(werk, "producten")
    vak.nieuwknop.click()
    typ(vak, "Naam", "Verklaring omtrent gedrag")
    vak.verder.click()
    werk.wacht(lambda: "zeg wat een medewerker hiervoor moet mogen" in werk.tekst)
    assert len(werk.inrichting.producten) == len({p.code for p in werk.inrichting.producten})


def test_een_nieuw_product_komt_erbij(werk: Werk) -> None:
    vak = open_deel(werk, "producten")
    vak.nieuwknop.click()
    typ(vak, "Naam", "Verklaring omtrent gedrag")
    typ(vak, "Duur in minuten", "10")
    vink = veld(vak, "Wat moet de medewerker mogen?: Uitgifte")
    assert isinstance(vink, QCheckBox)
    vink.click()
    bekijk_en_bewaar(werk, vak)
    nieuw = werk.inrichting.product["verklaring-omtrent-gedrag"]
    assert nieuw.minuten == 10
    assert nieuw.bevoegdheden == {"uitgifte"}
    assert not vak.is_vuil


def test_een_kortere_openingstijd_noemt_wie_niet_kan_blijven(werk: Werk) -> None:
    boek(werk.agenda, 19, 30)
    vak = open_deel(werk, "regels", "donderdag")
    typ(vak, "Open tot", "19.00")
    vak.verder.click()
    werk.wacht_op_gevolgen()
    assert "1 afspraak kan niet blijven" in werk.tekst
    assert "De afspraak valt nu buiten de openingstijd." in werk.tekst
    werk.bewaar()
    assert werk.te_verzetten == 1


def test_een_onmogelijke_datum_staat_bij_het_veld(werk: Werk) -> None:
    vak = open_deel(werk, "regels", "donderdag")
    typ(vak, "Geldig tot en met", "31-2-2027")
    typ(vak, "Open van", "half zes")
    vak.verder.click()
    werk.wacht(lambda: "Dit is geen tijd. Schrijf de tijd als 18.30." in werk.tekst)
    assert "Schrijf de datum als 3-12-2026." in veld(vak, "Geldig tot en met").accessibleDescription()


def test_een_uitzondering_maken_met_de_knop_andere_tijden(werk: Werk) -> None:
    werk.start()
    werk.kies(VOLGENDE)
    werk.find("Andere tijden").click()
    vak = werk.scherm.onderdelen["uitzonderingen"]
    datum = veld(vak, "Datum")
    assert isinstance(datum, QLineEdit)
    assert datum.text() == "10-12-2026"
    typ(vak, "Open van", "18.00")
    typ(vak, "Open tot", "20.00")
    typ(vak, "Reden", "Personeelsbijeenkomst")
    bekijk_en_bewaar(werk, vak)
    (uitzondering,) = werk.inrichting.uitzonderingen
    assert (uitzondering.datum, uitzondering.soort) == (VOLGENDE, SoortUitzondering.ANDERE_TIJDEN)
    assert (uitzondering.van, uitzondering.tot) == (time(18), time(20))


def test_open_op_een_feestdag_vraagt_om_een_vinkje(werk: Werk) -> None:
    vak = open_deel(werk, "uitzonderingen")
    vak.nieuwknop.click()
    soort = veld(vak, "Wat is er anders?")
    assert isinstance(soort, QComboBox)
    soort.setCurrentText("extra open")
    for label, tekst in (("Datum", "25-12-2026"), ("Open van", "17"), ("Open tot", "20"), ("Reden", "Proef")):
        typ(vak, label, tekst)
    vak.verder.click()
    werk.wacht(lambda: "de feestdag gaat voor" in werk.tekst)
    boven = veld(vak, "Gaat boven de feestdag")
    assert "Zet aan dat dit boven de feestdag gaat." in boven.accessibleDescription()
    assert isinstance(boven, QCheckBox)
    boven.click()
    bekijk_en_bewaar(werk, vak)
    assert werk.inrichting.uitzonderingen[0].boven_feestdag


def test_een_feestdag_met_een_eigen_dag(werk: Werk) -> None:
    vak = open_deel(werk, "feestdagen")
    vak.nieuwknop.click()
    typ(vak, "Naam", "oudejaarsdag")
    typ(vak, "Dag", "oud en nieuw")
    vak.verder.click()
    werk.wacht(lambda: "Schrijf de dag en de maand als 24-12." in werk.tekst)
    typ(vak, "Dag", "31-12")
    typ(vak, "Dicht om", "16.00")
    bekijk_en_bewaar(werk, vak)
    (feest,) = werk.inrichting.feestdagen
    assert (feest.jaarlijks, feest.beleid, feest.tot) == ((12, 31), FeestdagBeleid.VROEG_DICHT, time(16))


def test_een_balie_uit_gebruik_verplaatst_eerst_en_verwijdert_niets(werk: Werk) -> None:
    boek(werk.agenda, 17)
    boek(werk.agenda, 17)
    vak = open_deel(werk, "balies", "Balie 2")
    typ(vak, "In gebruik tot en met", "1-12-2026")
    bekijk_en_bewaar(werk, vak)
    assert len(werk.afspraken()) == 2
    assert werk.te_verzetten == 1


def test_wie_hier_niet_meer_werkt_gaat_uit_het_rooster_na_die_dag(werk: Werk) -> None:
    boek(werk.agenda, 17)
    boek(werk.agenda, 17)
    vak = open_deel(werk, "medewerkers", "Medewerker m2")
    werk.find("Meer instellingen").click()
    typ(vak, "Werkt hier tot en met", "9-12-2026")
    bekijk_en_bewaar(werk, vak)
    assert len(werk.inrichting.diensten_op[DAG]) == 2
    assert len(werk.inrichting.diensten_op[VOLGENDE]) == 1
    assert werk.te_verzetten == 0


def test_een_medewerker_houdt_wat_hij_onder_begeleiding_mag(werk: Werk) -> None:
    vak = open_deel(werk, "medewerkers", "Medewerker m2")
    vink = veld(vak, "Mag doen: Rijbewijs")
    assert isinstance(vink, QCheckBox)
    vink.click()
    bekijk_en_bewaar(werk, vak)
    assert werk.inrichting.medewerker["m2"].mag(DAG) == {"reisdocument", "rijbewijs", "uitgifte"}


def test_verwijderen_laat_ook_eerst_zien_wat_het_doet(werk: Werk) -> None:
    boek(werk.agenda, 17)
    vak = open_deel(werk, "regels", "donderdag")
    vak.weg.click()
    werk.wacht_op_gevolgen()
    assert "1 afspraak kan niet blijven" in werk.tekst
    assert werk.inrichting.regels
    werk.bewaar()
    assert not werk.inrichting.regels
    assert len(werk.afspraken()) == 1


def test_een_collega_eerder_bij_hetzelfde_product(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "20")
    ander = replace(werk.inrichting.product["paspoort"], minuten=25)
    gevolgen = werk.collega.avonden.preview((Wijziging("producten", (ander,)),))
    werk.collega.avonden.apply(gevolgen, verzoek_id=uid())
    vak.verder.click()
    werk.wacht(lambda: "Intussen gewijzigd door j.smit" in werk.tekst)
    assert "Nu staat er: Paspoort aanvragen: 25 minuten" in werk.tekst
    duur = veld(vak, "Duur in minuten")
    assert isinstance(duur, QLineEdit)
    assert duur.text() == "20"
    werk.find("Mijn invoer toch nakijken").click()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    assert werk.inrichting.product["paspoort"].minuten == 20


def test_een_andere_regel_aanwijzen_gooit_niets_weg(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "20")
    vak.lijst.setCurrentIndex(vak.lijst.rijen.index(0))
    duur = veld(vak, "Duur in minuten")
    assert isinstance(duur, QLineEdit)
    assert duur.text() == "20"
    assert "Bewaar eerst wat u typte" in werk.tekst
    assert werk.scherm.is_vuil


def test_vreemde_tekst_in_een_naam_blijft_gewone_tekst(werk: Werk) -> None:
    vak = open_deel(werk, "balies", "Balie 1")
    typ(vak, "Naam", "<b>Balie</b> & \u202e1")
    bekijk_en_bewaar(werk, vak)
    assert "<b>Balie</b>" in werk.tekst
    assert "\u202e" not in werk.tekst


def test_wie_wat_wijzigde_aan_een_product(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "20")
    bekijk_en_bewaar(werk, vak)
    werk.find("Geschiedenis").click()
    werk.wacht(lambda: werk.scherm.stapel.currentWidget() is werk.scherm.geschiedenis)
    assert "duur: 15 → 20" in werk.tekst
    assert "s.bos" in werk.tekst
