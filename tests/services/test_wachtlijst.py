"""De wachtlijst: wie eerder wil, krijgt bij vrijgekomen tijd een belkaart; niets verzet vanzelf."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from frontoffice.agenda.afspraak import Contactgegevens
from frontoffice.agendapoort import IemandWasEerder
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakwaarden import WensKanNiet
from frontoffice.services.agenda import Agendadiensten
from tests.services.agendabouw import DAG, MAANDAG, VOLGENDE, boek, gegevens, op, uid, wens

KLANT = Contactgegevens("W. Achter", "0612345678")


def vol(agenda: Agendadiensten) -> list[str]:
    return [
        boek(agenda, uur, minuut, product="a45" if minuut == 0 else "a15").id
        for uur in (17, 18, 19)
        for minuut in (0, 45)
    ]


def test_bij_vrijgekomen_tijd_komt_wie_het_eerst_moet_bovenaan(agenda: Agendadiensten) -> None:
    ids = vol(agenda)
    later = agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=VOLGENDE - timedelta(days=1))
    eerst = agenda.wachtlijst.add(wens(), Contactgegevens("E. Erst", "0611111111"), van=MAANDAG, tot=DAG)
    agenda.wachtlijst.add(wens("rijbewijs"), KLANT, van=MAANDAG, tot=DAG, laatst=time(16))
    assert agenda.wachtlijst.find_passend() == ()
    agenda.afspraken.cancel(ids[1], verzoek_id=uid())
    kaarten = agenda.wachtlijst.find_passend(DAG)
    assert [kaart.wachtende.id for kaart in kaarten] == [eerst.id, later.id]
    assert kaarten[0].starts[0].begin == op(17, 45)


def test_een_aanbod_houdt_de_tijd_twintig_minuten_vast_en_wordt_pas_na_een_ja_een_afspraak(
    agenda: Agendadiensten,
) -> None:
    agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=DAG)
    (kaart,) = agenda.wachtlijst.find_passend()
    houd = agenda.wachtlijst.offer(kaart, kaart.starts[0], verzoek_id=uid())
    assert houd.seconden == 1200
    assert agenda.wachtlijst.find_passend() == ()
    assert [w.toestand for w in agenda.wachtlijst.load()] == ["aangeboden"]
    agenda.afspraken.confirm(houd.reservering.id, gegevens("W. Achter"), verzoek_id=uid())
    (wachtende,) = agenda.wachtlijst.load()
    agenda.wachtlijst.set_toestand(wachtende, "geboekt")
    assert agenda.wachtlijst.load() == ()
    with pytest.raises(IemandWasEerder):
        agenda.wachtlijst.set_toestand(wachtende, "wacht")


def test_wie_al_een_afspraak_heeft_hoort_alleen_van_eerdere_tijden_en_houdt_zijn_nummer(
    agenda: Agendadiensten,
) -> None:
    eigen = boek(agenda, 17, dag=VOLGENDE)
    agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=date(2027, 1, 7), afspraak=eigen.id)
    (kaart,) = agenda.wachtlijst.find_passend()
    assert all(start.begin < eigen.begin for start in kaart.starts)
    assert kaart.afspraak == eigen
    houd = agenda.wachtlijst.offer(kaart, kaart.starts[0], verzoek_id=uid())
    verzet = agenda.afspraken.confirm(houd.reservering.id, gegevens(), verzoek_id=uid())
    assert (verzet.nummer, verzet.datum) == (eigen.nummer, DAG)


def test_is_de_eigen_afspraak_afgezegd_dan_is_er_geen_belkaart(agenda: Agendadiensten) -> None:
    eigen = boek(agenda, 17, dag=VOLGENDE)
    agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=date(2027, 1, 7), afspraak=eigen.id)
    agenda.afspraken.cancel(eigen.id, verzoek_id=uid())
    assert agenda.wachtlijst.find_passend() == ()


def test_hetzelfde_verzoek_zet_iemand_een_keer_op_de_lijst(agenda: Agendadiensten) -> None:
    verzoek = uid()
    for _ in range(2):
        agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=DAG, verzoek_id=verzoek)
    assert len(agenda.wachtlijst.load()) == 1


def test_wie_niet_te_bereiken_is_of_een_dag_in_het_verleden_kiest_komt_er_niet_op(
    agenda: Agendadiensten,
) -> None:
    with pytest.raises(InvoerFout):
        agenda.wachtlijst.add(wens(), Contactgegevens("X", geen_contact=True), van=MAANDAG, tot=DAG)
    with pytest.raises(InvoerFout):
        agenda.wachtlijst.add(wens(), KLANT, van=MAANDAG, tot=MAANDAG - timedelta(days=1))
    with pytest.raises(WensKanNiet):
        agenda.wachtlijst.add(wens("huwelijk"), KLANT, van=MAANDAG, tot=DAG)
    assert agenda.wachtlijst.load() == ()
