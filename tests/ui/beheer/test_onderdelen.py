"""Openingstijden, uitzonderingen, feestdagen, balies, medewerkers en producten wijzigen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.inrichting import FeestdagBeleid, Kosten, SoortUitzondering, Voorwaarde, Wanneer
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.services.inrichten import Wijziging
from tests.services.agendabouw import DAG, MAANDAG, VOLGENDE, boek, gegevens, op, uid, wens
from tests.ui.beheer.conftest import Werk
from ui.beheer.onderdelenvak import OnderdelenVak
from ui.beheer.productvorm import _code
from ui.beheer.tabelveld import Tabelblok
from ui.beheer.vorm import Vorm
from ui.beheer.vormen import LOCATIE, VORMEN
from ui.thema import Thema


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


def tabel(vak: OnderdelenVak, label: str) -> Tabelblok:
    gevonden = veld(vak, label)
    assert isinstance(gevonden, Tabelblok)
    return gevonden


def zet(blok: Tabelblok, rij: int, **cellen: Any) -> None:
    """Typ in de cellen van deze regel."""
    for naam, waarde in cellen.items():
        assert blok.model.setData(blok.model.index(rij, blok.model.kolom_van(naam)), waarde)


def kies(vak: OnderdelenVak, label: str, tekst: str) -> None:
    keuze = veld(vak, label)
    assert isinstance(keuze, QComboBox)
    plek = keuze.findText(tekst)
    assert plek >= 0
    keuze.setCurrentIndex(plek)
    keuze.activated.emit(plek)


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
    typ(vak, "Werkt hier tot en met", "9-12-2026")
    bekijk_en_bewaar(werk, vak)
    assert len(werk.inrichting.diensten_op[DAG]) == 2
    assert len(werk.inrichting.diensten_op[VOLGENDE]) == 1
    assert werk.te_verzetten == 0


def test_een_medewerker_krijgt_een_bevoegdheid_met_begin_en_eind(werk: Werk) -> None:
    vak = open_deel(werk, "medewerkers", "Medewerker m2")
    blok = tabel(vak, "Mag doen")
    blok.erbij.click()
    zet(blok, 2, soort="rijbewijs", geldig_van="1-12-2026", geldig_tot="9-12-2026")
    bekijk_en_bewaar(werk, vak)
    wie = werk.inrichting.medewerker["m2"]
    assert wie.mag(DAG) == {"reisdocument", "rijbewijs", "uitgifte"}
    assert wie.mag(VOLGENDE) == {"reisdocument", "uitgifte"}


def test_wie_met_begeleiding_werkt_telt_niet_mee_en_dat_kost_zo_nodig_afspraken(werk: Werk) -> None:
    boek(werk.agenda, 17, product="paspoort")
    boek(werk.agenda, 17, product="paspoort")
    vak = open_deel(werk, "medewerkers", "Medewerker m2")
    blok = tabel(vak, "Mag doen")
    zet(blok, 0, zelfstandig=False)
    vak.verder.click()
    werk.wacht_op_gevolgen()
    assert "1 afspraak kan niet blijven" in werk.tekst


def test_elke_fout_in_een_tabel_staat_er_met_regel_en_kolom(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    typ(vak, "Duur in minuten", "lang")
    blok = tabel(vak, "Kosten")
    for _ in range(2):
        blok.erbij.click()
    zet(blok, 0, bedrag="tachtig", geldig_van="1-1-2026", leeftijd="18 tot 12")
    zet(blok, 1, bedrag="12,50", geldig_van="31-2-2026")
    vak.verder.click()
    werk.wacht(lambda: "Regel 2, Vanaf" in werk.tekst)
    assert "Dit is geen heel getal." in werk.tekst
    assert "Regel 1, Bedrag (€): Dit is geen bedrag. Schrijf het bedrag als 83,87." in werk.tekst
    assert "Regel 1, Leeftijd: Niemand is vanaf 18 en onder 12 jaar." in werk.tekst
    assert "Dit is geen bedrag." in str(blok.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert not werk.inrichting.product["paspoort"].kosten


def test_twee_prijzen_op_een_dag_staan_bij_de_kosten(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    blok = tabel(vak, "Kosten")
    for rij in range(2):
        blok.erbij.click()
        zet(blok, rij, bedrag="80", geldig_van="1-1-2026")
    vak.verder.click()
    werk.wacht(lambda: "op één dag gelden twee prijzen" in werk.tekst)
    assert "twee prijzen" in blok.accessibleDescription()


def test_kosten_meenemen_wie_komt_en_vervolg_van_een_product(werk: Werk) -> None:
    vak = open_deel(werk, "producten", "Paspoort aanvragen")
    kosten = tabel(vak, "Kosten")
    kosten.erbij.click()
    zet(kosten, 0, bedrag="€ 83,87", geldig_van="1-1-2026", geldig_tot="31-12-2026")
    kosten.erbij.click()
    zet(kosten, 1, bedrag="85,00", geldig_van="1-1-2027", leeftijd="vanaf 18", omstandigheid="Eerste keer")
    mee = tabel(vak, "Meenemen")
    mee.erbij.click()
    zet(mee, 0, tekst="uw oude paspoort", wanneer=Wanneer.OPHALEN, verplicht=False, taal_de="Ihr Reisepass")
    wie = tabel(vak, "Wie komt")
    wie.erbij.click()
    zet(wie, 0, rol="ouder met gezag", aantal="2", leeftijd="onder 18", vervanging="toestemming",
        toestemming_dagen="28")  # fmt: skip
    keuze = veld(vak, "Wat komt erna?")
    assert isinstance(keuze, QComboBox)
    keuze.setCurrentIndex(1)
    keuze.activated.emit(1)
    typ(vak, "Na hoeveel werkdagen?", "5")
    bekijk_en_bewaar(werk, vak)
    product = werk.inrichting.product["paspoort"]
    assert product.kosten == (
        Kosten(Decimal("83.87"), date(2026, 1, 1), date(2026, 12, 31)),
        Kosten(Decimal("85.00"), date(2027, 1, 1), voorwaarde=Voorwaarde(None, 18, "eerste_keer")),
    )
    (regel,) = product.meenemen
    assert (regel.tekst, regel.wanneer, regel.verplicht) == ("uw oude paspoort", Wanneer.OPHALEN, False)
    assert regel.vertaald == {"de": "Ihr Reisepass"}
    (ouder,) = product.wie_komt
    assert (ouder.aantal, ouder.voorwaarde.leeftijd_onder, ouder.toestemming_dagen) == (2, 18, 28)
    assert product.vervolg is not None
    assert product.vervolg.werkdagen == 5


def test_een_regel_weg_en_ongedaan_maken_met_toetsen(werk: Werk) -> None:
    vak = open_deel(werk, "medewerkers", "Medewerker m1")
    blok = tabel(vak, "Mag doen")
    blok.tabel.setFocus()
    voor = blok.read()
    blok.tabel.setCurrentIndex(blok.model.index(1, 0))
    werk.druk(Qt.Key.Key_Delete, blok.tabel)
    werk.druk(Qt.Key.Key_Insert, blok.tabel)
    assert len(blok.model.rijen) == len(voor)
    assert blok.terug.isEnabled()
    for _ in range(2):
        werk.druk(Qt.Key.Key_Z, blok.tabel, Qt.KeyboardModifier.ControlModifier)
    assert blok.read() == voor
    assert not blok.terug.isEnabled()


def test_een_cel_typt_men_met_enter_en_het_toetsenbord(werk: Werk) -> None:
    vak = open_deel(werk, "medewerkers", "Medewerker m1")
    blok = tabel(vak, "Mag doen")
    blok.tabel.setFocus()
    blok.tabel.setCurrentIndex(blok.model.index(0, 2))
    werk.druk(Qt.Key.Key_Return, blok.tabel)
    QTest.keyClicks(QApplication.focusWidget(), "31-12-2027")
    werk.druk(Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt neemt een cel over als de toets is afgehandeld
    assert blok.read()[0].geldig_tot == date(2027, 12, 31)
    assert vak.is_vuil


@pytest.mark.parametrize("vorm", VORMEN, ids=lambda vorm: vorm.soort)
def test_wat_een_formulier_toont_leest_het_precies_zo_terug(vorm: Vorm, thema: Thema, qtbot: QtBot) -> None:
    demo = demo_inrichting(date(2026, 11, 23))
    delen: list[Any] = [demo.locatie] if vorm is LOCATIE else list(getattr(demo, vorm.soort))
    for deel in delen:
        waarden = dict(vorm.leeg(demo, MAANDAG))
        was = vorm.read(deel)
        for veld in vorm.velden(demo):
            widget = veld.make(lambda: None, thema)
            qtbot.addWidget(widget)
            veld.show(widget, was.get(veld.naam))
            waarden[veld.naam] = veld.read(widget)
        assert vorm.make(deel, waarden) == deel


def test_een_nieuw_product_met_een_bestaande_naam_overschrijft_niets(werk: Werk) -> None:
    vak = open_deel(werk, "producten")
    code = next(code for code, p in werk.inrichting.product.items() if _code(p.naam) == code)
    vak.nieuwknop.click()
    typ(vak, "Naam", werk.inrichting.product[code].naam)
    typ(vak, "Duur in minuten", "10")
    vak.verder.click()
    werk.wacht(lambda: "Er is al een product met deze naam." in werk.tekst)
    assert werk.scherm.stapel.currentWidget() is vak


def test_combinaties_maken_wijzigen_en_omwisselen(werk: Werk) -> None:
    vak = open_deel(werk, "combinaties")
    vak.nieuwknop.click()
    kies(vak, "Product", "Paspoort aanvragen")
    vak.verder.click()
    werk.wacht(lambda: "Kies een product." in werk.tekst)
    kies(vak, "Samen met", "Identiteitskaart aanvragen")
    typ(vak, "Minuten minder", "4")
    bekijk_en_bewaar(werk, vak)
    samen = next(c for c in werk.inrichting.combinaties if c.minuten_minder == 4)
    assert (samen.product, samen.ander, samen.mag, samen.minuten_minder) == ("paspoort", "id-kaart", True, 4)
    assert "Paspoort aanvragen + Identiteitskaart aanvragen" in werk.tekst
    assert vak.select(lambda c: c == samen)
    kies(vak, "Samen met", "Document ophalen")
    bekijk_en_bewaar(werk, vak)
    paren = {(c.product, c.ander) for c in werk.inrichting.combinaties}
    assert ("paspoort", "ophalen") in paren
    assert ("paspoort", "id-kaart") not in paren


def test_een_behoefte_wijzigen_en_niet_weghalen_zolang_een_afspraak_haar_heeft(werk: Werk) -> None:
    vak = open_deel(werk, "behoeften")
    vak.nieuwknop.click()
    typ(vak, "Naam", "Extra tijd")
    typ(vak, "Minuten erbij", "15")
    bekijk_en_bewaar(werk, vak)
    (behoefte,) = werk.inrichting.behoeften
    assert (behoefte.code, behoefte.minuten_erbij) == ("extra_tijd", 15)
    afspraak = werk.agenda.afspraken.book(
        replace(wens("paspoort"), behoeften=("extra_tijd",)), op(17), gegevens("Jan"), verzoek_id=uid()
    )
    assert afspraak
    assert vak.select(lambda b: b.code == "extra_tijd")
    vak.weg.click()
    werk.wacht(lambda: "Extra tijd hoort bij 1 afspraak die nog komt." in werk.tekst)
    assert werk.inrichting.behoeften


def test_hoeveel_afspraken_er_via_de_website_mogen(werk: Werk) -> None:
    vak = open_deel(werk, "locatie")
    typ(vak, "Hoogstens via de website", "-1")
    vak.verder.click()
    werk.wacht(lambda: "kanaal web is negatief" in werk.tekst)
    typ(vak, "Hoogstens via de website", "12")
    bekijk_en_bewaar(werk, vak)
    assert werk.inrichting.locatie.kanaalmaximum == {"web": 12}


def test_de_regels_van_de_avond_zijn_in_te_stellen(werk: Werk) -> None:
    vak = open_deel(werk, "locatie")
    next(k for k in vak.findChildren(QAbstractButton) if k.text() == "Meer instellingen").click()
    typ(vak, "Hoogste aantal oproepen", "0")
    vak.verder.click()
    werk.wacht(lambda: "van 1 tot en met 9" in werk.tekst)
    typ(vak, "Hoogste aantal oproepen", "2")
    typ(vak, "Te laat na zoveel minuten", "15")
    bekijk_en_bewaar(werk, vak)
    regels = werk.inrichting.locatie.avondregels
    assert (regels.oproepen_max, regels.respijt, regels.rust) == (2, 15, 5)


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


def test_een_vertaling_van_een_vervanging_die_wijzigt_vervalt() -> None:
    from frontoffice.agenda.inrichting import WieKomt
    from ui.beheer.productlijsten import _make_wie

    oud = WieKomt("ouder", vervanging="toestemming", vervanging_vertaald={"de": "die Zustimmung"})
    cellen = {
        "rol": "ouder", "aantal": 1, "leeftijd": (None, None), "omstandigheid": "",
        "toestemming_dagen": None, "taal_de": "Elternteil", "taal_en": "",
    }  # fmt: skip
    assert _make_wie(oud, {**cellen, "vervanging": "toestemming"}).vervanging_vertaald == {
        "de": "die Zustimmung"
    }
    assert _make_wie(oud, {**cellen, "vervanging": "een volmacht"}).vervanging_vertaald == {}


def test_een_behoefte_heeft_vertalingen_voor_op_de_brief() -> None:
    from frontoffice.agenda.inrichting import Behoefte
    from ui.beheer.samenvormen import _behoefte_make

    oud = Behoefte("tolk", "Tolk", vertaald={"de": "Dolmetscher", "fr": "interprète"})
    w = {
        "naam": "Tolk", "minuten_erbij": None, "procent_erbij": 50, "vraagt_taal": True,
        "grote_letters": False, "taal_de": "", "taal_en": "an interpreter",
    }  # fmt: skip
    assert _behoefte_make(oud, w).vertaald == {"fr": "interprète", "en": "an interpreter"}
