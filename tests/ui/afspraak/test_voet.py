"""Onder aan het afsprakenscherm: is de agenda bereikbaar, en van hoe laat zijn de web-afspraken."""

from __future__ import annotations

from datetime import date, time, timedelta

from frontoffice.agenda.tijd import to_utc
from frontoffice.domain.taal import dag_van
from tests.ui.afspraak.conftest import MaakWerk, Werk
from tests.ui.afspraak.nep_agenda import NU, VANDAAG, NepAgenda
from ui.afspraak.dienst import Agendastand
from ui.afspraak.voet import stand_tekst


def avonden(agenda: NepAgenda) -> list[date]:
    beeld = agenda.vrij.load(VANDAAG, VANDAAG + timedelta(days=30))
    return [dag for dag in sorted(beeld.avonden) if beeld.avonden[dag].avond.open]


def test_zonder_andere_agenda_staat_er_alleen_hoe_het_met_de_agenda_is(werk: Werk) -> None:
    werk.wacht(lambda: werk.scherm.voet.tekst.text() == "Agenda: gedeeld, goed")


def test_de_tijd_van_de_lijst_staat_er_en_volgt_een_collega(maak_werk: MaakWerk, agenda: NepAgenda) -> None:
    eerste = avonden(agenda)[0]
    agenda.opslag.lees_in(eerste, NU - timedelta(minutes=20))
    werk = maak_werk()
    werk.wacht(lambda: werk.scherm.voet.tekst.text().endswith(" · web-afspraken van 8.40 uur"))
    werk.zoek()
    agenda.opslag.lees_in(eerste, NU - timedelta(minutes=5))
    werk.wacht(lambda: werk.scherm.voet.tekst.text().endswith(" · web-afspraken van 8.55 uur"))


def test_op_de_avond_zelf_is_een_te_oude_lijst_een_waarschuwing(
    maak_werk: MaakWerk, agenda: NepAgenda
) -> None:
    eerste = avonden(agenda)[0]
    agenda.opslag.lees_in(eerste, NU)
    agenda.opslag.schuif(seconds=(to_utc(eerste, time(12)) - NU).total_seconds())
    assert dag_van(agenda.opslag.nu()) == eerste
    werk = maak_werk()
    werk.wacht(lambda: "te oud voor vanavond" in werk.scherm.voet.tekst.text())
    assert "Lees haar opnieuw in bij Beheer van avonden." in werk.tekst
    agenda.extern_uren = 24 * 30
    werk.zoek()
    werk.wacht(lambda: "te oud" not in werk.scherm.voet.tekst.text())


def test_is_de_agenda_weg_dan_staat_dat_er(maak_werk: MaakWerk, agenda: NepAgenda) -> None:
    agenda.opslag.stuk = True
    werk = maak_werk()
    werk.wacht(lambda: werk.scherm.voet.tekst.text() == "Agenda: niet bereikbaar")


def test_een_avond_van_jcc_wordt_niet_aangeboden_en_zegt_waarom(
    maak_werk: MaakWerk, agenda: NepAgenda
) -> None:
    eerste = avonden(agenda)[0]
    agenda.opslag.lees_in(eerste, NU, "JCC")
    werk = maak_werk()
    werk.zoek()
    assert any("Deze avond wordt in JCC gepland." in rij for rij in werk.rijen(werk.scherm.avonden.lijst))
    assert all(m.dag != eerste for m in werk.scherm.verloop.zoeker.resultaat.alle)  # type: ignore[union-attr]  # er is gezocht


def test_alleen_deze_pc_en_een_lijst_van_gisteren_staan_er_voluit() -> None:
    assert stand_tekst(Agendastand(False, VANDAAG)) == "Agenda: alleen deze pc"
    gisteren = Agendastand(True, VANDAAG, NU - timedelta(days=1))
    assert stand_tekst(gisteren) == "Agenda: gedeeld, goed · web-afspraken van zo 29 nov 9.00 uur"
