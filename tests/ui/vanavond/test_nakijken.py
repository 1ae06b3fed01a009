"""Het vak Nakijken: per bezoeker wat er gebeurde en twee keuzes; wat blijft staan, houdt zijn focus."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from frontoffice.services.avondnakijken import Keuze, Nakijkpunt
from ui.vanavond.nakijken import Nakijkvak

PUNT = Nakijkpunt(
    "p1", "b1", "A14", "balie-2", "A14 is al opgeroepen, door m1 om 18.04 uur. Er is niets veranderd.",
    ("18.05 uur: opgeroepen (Balie 2)", "18.12 uur: klaar (Balie 2)"),
    "In de agenda is A14 nu aan de balie, Balie 1.", (Keuze.LAAT_ZO, Keuze.NEEM_OVER),
)  # fmt: skip
ANDER = replace(PUNT, id="p2", volgnummer="W1-03", keuzes=(Keuze.LAAT_ZO,), alleen_hier=("Naam: P. de Wit",))


@pytest.fixture
def vak(qtbot: QtBot) -> Nakijkvak:
    gemaakt = Nakijkvak()
    qtbot.addWidget(gemaakt)
    return gemaakt


def namen(vak: Nakijkvak) -> list[str]:
    return [k.accessibleName() for k in vak.findChildren(QPushButton) if not k.isHidden()]


def test_zonder_punten_is_het_vak_er_niet(vak: Nakijkvak) -> None:
    assert vak.isHidden()
    vak.show_punten((PUNT,))
    assert not vak.isHidden()
    vak.show_punten(())
    assert vak.isHidden()


def test_elk_punt_zegt_wat_er_gebeurde_en_wat_er_te_kiezen_is(vak: Nakijkvak) -> None:
    vak.show_punten((PUNT, ANDER))
    assert vak.titel.text() == "Nakijken (2)"
    assert vak.blokken["p1"].gedaan.text() == "18.05 uur: opgeroepen (Balie 2)\n18.12 uur: klaar (Balie 2)"
    assert vak.blokken["p1"].hier.isHidden()
    assert vak.blokken["p2"].hier.text() == "Naam: P. de Wit"
    assert namen(vak) == ["De agenda klopt: A14", "Dit overnemen: A14", "De agenda klopt: W1-03"]


def test_een_keuze_gaat_een_keer_weg_en_mag_na_een_fout_opnieuw(vak: Nakijkvak, qtbot: QtBot) -> None:
    vak.show_punten((PUNT,))
    knop = vak.blokken["p1"].knoppen[Keuze.NEEM_OVER]
    with qtbot.waitSignal(vak.gekozen) as gekozen:
        knop.click()
    assert gekozen.args == ["p1", Keuze.NEEM_OVER]
    assert not knop.isEnabled()
    vak.show_fout("Bij die balie is nu A18. Maak dat bezoek eerst af.")
    assert knop.isEnabled()
    assert not vak.fout.isHidden()


def test_wat_blijft_staan_houdt_zijn_knop(vak: Nakijkvak) -> None:
    vak.show_punten((PUNT,))
    blok = vak.blokken["p1"]
    vak.show_punten((ANDER, PUNT))
    assert vak.blokken["p1"] is blok
    vak.show_punten((PUNT,))
    assert list(vak.blokken) == ["p1"]
