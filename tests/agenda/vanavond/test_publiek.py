"""Wat er op het publieke scherm komt: nummers en balies, nieuwste eerst, en nooit iets over iemand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond import publiek
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.publiek import make_publiek
from frontoffice.agenda.vanavond.voorspelling import predict
from tests.agenda.bouw import avond, moment
from tests.agenda.vanavond.bouwavond import Gespeeld, bezoek, opgeroepen, play, stand


def teksten(van: Avondstand) -> list[str]:
    return [oproep.tekst for oproep in make_publiek(van).oproepen]


def test_de_nieuwste_oproep_staat_bovenaan_met_de_naam_van_de_balie() -> None:
    beeld = stand(opgeroepen("A14", "B2", "17.58"), opgeroepen("A17", "B3", "18.06"))
    assert teksten(beeld) == ["A17  Balie 3", "A14  Balie 2"]


def test_nog_een_keer_oproepen_zet_het_nummer_weer_bovenaan_en_valt_weer_op() -> None:
    eerst = stand(opgeroepen("A14", "B2", "17.58"), opgeroepen("A17", "B3", "18.00"))
    daarna = stand(opgeroepen("A14", "B2", "18.03", keer=2), opgeroepen("A17", "B3", "18.00"))
    assert teksten(daarna) == ["A14  Balie 2", "A17  Balie 3"]
    eigen = {o.volgnummer: o.sleutel for o in make_publiek(eerst).oproepen}
    assert make_publiek(daarna).oproepen[0].sleutel != eigen["A14"]


def test_een_oproep_die_ongedaan_is_gemaakt_verdwijnt() -> None:
    spel = Gespeeld()
    spel.add(bezoek("A01", "17.00"))
    spel.arrive("id-A01", moment("16.58"))
    spel.call("id-A01", moment("17.01"))
    assert teksten(spel.stand("17.02")) == ["A01  Balie 1"]
    spel.undo(moment("17.02"))
    assert teksten(spel.stand("17.02")) == []


@pytest.mark.parametrize(
    "toestand", [Toestand.KLAAR, Toestand.NIET_GEKOMEN, Toestand.EVEN_APART, Toestand.AANGEMELD]
)
def test_wie_niet_bij_een_balie_hoort_te_zijn_staat_er_niet(toestand: Toestand) -> None:
    assert teksten(stand(opgeroepen("A14", "B2", "17.58", toestand=toestand))) == []


def test_wie_aan_de_balie_is_blijft_staan_tot_hij_klaar_is() -> None:
    assert teksten(stand(opgeroepen("A14", "B2", "17.58", toestand=Toestand.AAN_DE_BALIE))) == [
        "A14  Balie 2"
    ]


def test_er_staan_nooit_meer_nummers_dan_leesbaar_zijn() -> None:
    veel = [opgeroepen(f"A{n:02d}", "B1", f"18.{n:02d}") for n in range(10)]
    assert teksten(stand(*veel))[0] == "A09  Balie 1"
    assert len(teksten(stand(*veel))) == publiek.MEESTE


@pytest.mark.parametrize(
    ("toestand", "nu", "zin"),
    [
        (AvondToestand.OPEN, "16.40", "Wij gaan open om 17.00 uur."),
        (AvondToestand.DICHT_VOOR_BOEKEN, "16.40", "Wij gaan open om 17.00 uur."),
        (AvondToestand.OPEN, "17.02", publiek.BIJNA),
        (AvondToestand.OPEN, "20.01", publiek.GESLOTEN),
        (AvondToestand.BEZIG, "18.00", publiek.EVEN_GEDULD),
        (AvondToestand.AFGESLOTEN, "19.00", publiek.GESLOTEN),
    ],
)
def test_de_zin_past_bij_de_avond(toestand: AvondToestand, nu: str, zin: str) -> None:
    wie = (opgeroepen("A14", "B2", "16.30"),) if toestand is AvondToestand.BEZIG else (bezoek("", "17.00"),)
    beeld = make_publiek(stand(*wie, nu=nu, avond=avond(toestand=toestand)))
    assert beeld.zin == zin
    assert bool(beeld.oproepen) is (toestand is AvondToestand.BEZIG)


def test_een_avond_die_eerder_dicht_gaat_laat_nog_gewoon_oproepen_zien() -> None:
    eerder = avond(toestand=AvondToestand.DICHT_VOOR_BOEKEN)
    assert teksten(stand(opgeroepen("A14", "B2", "18.00"), avond=eerder)) == ["A14  Balie 2"]


def test_zonder_avond_staat_er_dat_er_geen_is() -> None:
    assert make_publiek(None).zin == publiek.GEEN_AVOND
    assert make_publiek(stand(avond=avond(open=()))).zin == publiek.GEEN_AVOND


def test_de_wachttijd_staat_er_in_woorden_en_alleen_met_een_voorspelling() -> None:
    beeld = stand(bezoek("W01", aangemeld_op=moment("18.00")), nu="18.05")
    assert make_publiek(beeld).wacht == ""
    assert make_publiek(beeld, predict(beeld)).wacht == "ongeveer 10 minuten"
    leeg = stand(nu="18.05")
    assert make_publiek(leeg, predict(leeg)).wacht == ""


def test_een_gespeelde_avond_laat_nooit_een_naam_product_of_nummer_van_een_afspraak_zien() -> None:
    for zaad in range(20):
        beeld = play(zaad).stand("18.30")
        met = replace(
            beeld,
            bezoeken=tuple(
                replace(b, naam="Jansen-ter Braak", notitie="boze buurman", toestand=Toestand.OPGEROEPEN,
                        opgeroepen_op=moment("18.20"), balie="B1")
                for b in beeld.bezoeken
            ),
        )  # fmt: skip
        tekst = repr(make_publiek(met, predict(met)))
        assert "A0" in tekst or "A1" in tekst or "W" in tekst
        for verboden in ("Jansen", "buurman", "Paspoort", "Nederlander", "Reisdocumenten", "2026-", "id-"):
            assert verboden not in tekst
