"""Van een Avondstand naar wat er op het bord staat; zonder scherm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.volgorde import next_for, waiting_order
from frontoffice.agenda.vanavond.voorspelling import predict
from tests.bouwavond import WOORDEN, bezoek, stand
from tests.storage.bouw import moment
from ui.vanavond.aandacht import Soort, find_aandacht
from ui.vanavond.model import (
    Bord,
    Fase,
    fase_van,
    klok_ongeveer,
    make_bord,
    make_kaart,
    respijt_zin,
    rust_zin,
)


def bord(van: Avondstand, balie: str = "B1") -> Bord:
    return make_bord(van, balie, waiting_order(van), next_for(van, balie), predict(van), WOORDEN)


def test_wie_wacht_staat_in_de_volgorde_van_de_beurt_met_waarom() -> None:
    later = bezoek("A02", Toestand.AANGEMELD, tijd=moment(18, 15), aangemeld_op=moment(17, 50))
    eerst = bezoek("A07", Toestand.AANGEMELD, tijd=moment(18), aangemeld_op=moment(17, 58))
    regels = bord(stand(moment(18, 7), later, eerst)).wacht
    assert [regel.volgnummer for regel in regels] == ["A07", "A02"]
    assert regels[0].bij.startswith("aan de beurt")
    assert regels[0].wacht == "9 min"
    assert "18.00" in regels[0].waarom


def test_het_bord_noemt_de_productgroep_en_mijn_balie_het_product() -> None:
    van = stand(moment(18), bezoek("A01", tijd=moment(18, 30), behoeften=("tolk",), taal="de"))
    regel = bord(van).komt[0]
    assert (regel.groep, regel.bij) == ("Reisdocumenten", "tolk Duits")
    assert "Paspoort" not in regel.gesproken
    assert make_kaart(van, van.bezoeken[0], WOORDEN).producten == "Paspoort aanvragen, 2 personen"


def test_wie_aan_de_balie_zit_houdt_de_volgende_tegen_met_een_reden() -> None:
    zit = bezoek("A01", Toestand.AAN_DE_BALIE, tijd=moment(18), balie="B1", begonnen_op=moment(17, 58))
    wacht = bezoek("A02", Toestand.AANGEMELD, tijd=moment(18), aangemeld_op=moment(18))
    mijn = bord(stand(moment(18, 7), zit, wacht)).mijn
    assert mijn is not None
    assert mijn.kan_niet == "Eerst A01: kies Klaar of Even apart."
    assert mijn.nu is not None
    assert mijn.nu.sinds == "Afspraak om 18.00 uur\nAan de balie sinds 17.58 uur (9 minuten)"
    assert mijn.volgende is not None
    assert mijn.volgende.volgnummer == "A02"


@pytest.mark.parametrize(
    ("oproepen", "minuten", "zin"),
    [(1, 2, "Over 3 minuten kan het weer."), (1, 5, ""), (3, 9, "A01 is al 3 keer opgeroepen.")],
)
def test_nog_een_keer_oproepen_kent_rust_en_een_maximum(oproepen: int, minuten: int, zin: str) -> None:
    op = moment(18)
    wie = bezoek("A01", Toestand.OPGEROEPEN, balie="B1", opgeroepen_op=op, oproepen=oproepen, tijd=op)
    assert rust_zin(stand(op + timedelta(minutes=minuten), wie), wie) == zin


def test_te_laat_is_pas_na_het_respijt_en_staat_dan_bij_aandacht() -> None:
    wie = bezoek("A16", tijd=moment(18))
    for minuten, verwacht in ((9, []), (12, ["A16 te laat: 12 minuten"])):
        van = stand(moment(18, minuten), wie)
        punten = [p for p in find_aandacht(van, predict(van)).punten if p.soort is Soort.TE_LAAT]
        assert [punt.zin for punt in punten] == verwacht
        assert bool(respijt_zin(van, wie)) == (not verwacht)
    assert punten[0].bellen
    assert punten[0].weg


def test_een_gat_in_het_rooster_staat_bij_aandacht() -> None:
    van, gat = stand(moment(18)), "Na 19.00 uur kan niemand dit doen: Rijbewijs."
    assert [punt.zin for punt in find_aandacht(van, predict(van), (gat,)).punten] == [gat]


def test_balies_zeggen_wie_er_zit_wie_vrij_is_en_wat_dicht_is() -> None:
    van = stand(moment(18), bezoek("A12", Toestand.OPGEROEPEN, balie="B1", opgeroepen_op=moment(18)))
    assert [(b.naam, b.stand) for b in bord(van).balies] == [
        ("Balie 1", "A12 opgeroepen"),
        ("Balie 2", "vrij"),
    ]
    laat = replace(van, nu=moment(20, 5), bezoeken=())
    assert [b.stand for b in bord(laat).balies] == ["dicht", "dicht"]


def test_dicht_voor_boeken_is_pas_een_lopende_avond_als_er_nummers_zijn() -> None:
    dicht = AvondToestand.DICHT_VOOR_BOEKEN
    assert fase_van(stand(moment(17), bezoek("", tijd=moment(17)), toestand=dicht)) is Fase.NIET_OPEN
    assert fase_van(stand(moment(17), bezoek("A01", tijd=moment(17)), toestand=dicht)) is Fase.BEZIG


def test_een_verwachting_is_nooit_op_de_minuut() -> None:
    assert klok_ongeveer(moment(18, 22)) == "18.25"
    assert klok_ongeveer(moment(18, 56)) == "19.00"
    assert klok_ongeveer(moment(18, 25)) == "18.25"


def test_een_notitie_staat_nooit_op_het_bord() -> None:
    wie = bezoek(
        "A01", Toestand.AANGEMELD, notitie="papieren missen", aangemeld_op=moment(18), tijd=moment(18)
    )
    van = stand(moment(18), wie)
    assert bord(van).wacht[0].bij.endswith("notitie")
    assert "papieren" not in bord(van).wacht[0].gesproken
    assert make_kaart(van, wie, WOORDEN).notitie == "papieren missen"
