"""Herinneren: elke afspraak één keer, door één werkplek, en nooit aan wie er niets meer aan heeft (E14)."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal
from frontoffice.agendapoort import Wie
from frontoffice.domain.bericht import Berichtopdracht, Berichtsoort, Stiltetijd
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.services.herinneringen import Herinneringen
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.cli.stam import WORTEL
from tests.services.agendabouw import gegevens, op, uid, wens
from tests.services.test_afspraakberichten import Luisteraar, boek
from tests.services.test_afspraakronde import zet_klok
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
ANDER = Wie("j.smit", "balie-2")
AANTAL = 5


@pytest.fixture
def luisteraar(agenda: Agendadiensten) -> Luisteraar:
    return Luisteraar(agenda)


def morgen_iemand(agenda: Agendadiensten, luisteraar: Luisteraar, **klant: object) -> Afspraak:
    """Drie dagen vooraf geboekt, en nu is het de dag ervoor."""
    zet_klok(agenda, luisteraar, 72)
    afspraak = boek(agenda, **klant)
    luisteraar.deliver()
    zet_klok(agenda, luisteraar, 23)
    return afspraak


def herinner(agenda: Agendadiensten, luisteraar: Luisteraar, wie: Wie | None = None) -> Herinneringen:
    return Herinneringen(agenda.opslag, wie or agenda.wie, luisteraar.berichten)


def herinneringen(luisteraar: Luisteraar) -> list[Berichtopdracht]:
    return [opdracht for opdracht in luisteraar.opdrachten if opdracht.wat is Berichtsoort.HERINNERING]


def test_een_collega_verzet_de_afspraak_en_wat_hier_nog_wachtte_vervalt(
    agenda: Agendadiensten, collega: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = morgen_iemand(agenda, luisteraar)
    herinner(agenda, luisteraar).run()
    assert len(herinneringen(luisteraar)) == 1
    collega.afspraken.move(afspraak.id, op(18), verzoek_id=uid())
    herinner(agenda, luisteraar).run()
    (opdracht,) = herinneringen(luisteraar)
    assert "18.00 uur" in opdracht.tekst


def test_een_collega_zegt_af_en_er_gaat_geen_herinnering_meer(
    agenda: Agendadiensten, collega: Agendadiensten, luisteraar: Luisteraar
) -> None:
    afspraak = morgen_iemand(agenda, luisteraar)
    herinner(agenda, luisteraar).run()
    collega.afspraken.cancel(afspraak.id, verzoek_id=uid())
    herinner(agenda, luisteraar).run()
    assert herinneringen(luisteraar) == []


def test_wie_een_brief_koos_en_een_telefoon_heeft_komt_op_de_bellijst_en_krijgt_geen_sms(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    morgen_iemand(agenda, luisteraar, bevestiging=Bevestigkanaal.BRIEF)
    herinner(agenda, luisteraar).run()
    (opdracht,) = herinneringen(luisteraar)
    assert (opdracht.adres, opdracht.bel[-8:]) == ("", "12345678")


@pytest.mark.parametrize("bevestiging", [None, Bevestigkanaal.GEEN])
def test_wie_niets_wil_krijgt_niets_en_wordt_niet_gebeld(
    agenda: Agendadiensten, luisteraar: Luisteraar, bevestiging: Bevestigkanaal | None
) -> None:
    morgen_iemand(agenda, luisteraar, bevestiging=bevestiging)
    assert herinner(agenda, luisteraar).run().klaargezet == 0
    assert herinneringen(luisteraar) == []


@pytest.mark.parametrize("bevestiging", [Bevestigkanaal.MAIL, Bevestigkanaal.BRIEF])
def test_wie_is_overleden_krijgt_nooit_een_herinnering_en_komt_niet_op_de_bellijst(
    agenda: Agendadiensten, luisteraar: Luisteraar, bevestiging: Bevestigkanaal
) -> None:
    luisteraar.berichten.know("ab" * 32, Gesprekspartner("A. Öztürk"), overleden=True)
    morgen_iemand(agenda, luisteraar, bevestiging=bevestiging, klantsleutel="ab" * 32)
    assert herinner(agenda, luisteraar).run().klaargezet == 0
    assert herinneringen(luisteraar) == []


def test_in_de_stiltetijd_wordt_niets_klaargezet_en_daarna_wel(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    morgen_iemand(agenda, luisteraar)
    nu = luisteraar.klok.nu()
    luisteraar.dienst.instellingen = luisteraar.dienst.instellingen.__class__(
        **{
            **vars(luisteraar.dienst.instellingen),
            "stilte": Stiltetijd((nu - timedelta(hours=1)).time(), (nu + timedelta(hours=3)).time(), False),
        }
    )
    assert herinner(agenda, luisteraar).run().stil
    assert herinneringen(luisteraar) == []
    zet_klok(agenda, luisteraar, 18)
    assert herinner(agenda, luisteraar).run().klaargezet == 1


def test_een_werkplek_heeft_de_lease_en_de_ander_doet_niets_tot_zij_verloopt(
    agenda: Agendadiensten, luisteraar: Luisteraar
) -> None:
    zet_klok(agenda, luisteraar, 30)
    assert herinner(agenda, luisteraar, ANDER).run().lease
    assert not herinner(agenda, luisteraar).run().lease
    morgen_iemand(agenda, luisteraar)
    assert herinner(agenda, luisteraar).run().klaargezet == 1


def test_valt_een_werkplek_weg_voor_de_herinnering_klaarstond_dan_neemt_een_ander_haar_over(
    agenda: Agendadiensten, luisteraar: Luisteraar, monkeypatch: pytest.MonkeyPatch
) -> None:
    morgen_iemand(agenda, luisteraar)
    with monkeypatch.context() as stuk:
        stuk.setattr(luisteraar.berichten, "send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            herinner(agenda, luisteraar, ANDER).run()
    zet_klok(agenda, luisteraar, 22.6)
    assert herinner(agenda, luisteraar).run().klaargezet == 0, "die werkplek kan nog bezig zijn"
    zet_klok(agenda, luisteraar, 22)
    assert herinner(agenda, luisteraar).run().klaargezet == 1
    zet_klok(agenda, luisteraar, 21)
    assert herinner(agenda, luisteraar, ANDER).run().klaargezet == 0
    assert len(herinneringen(luisteraar)) == 1


def test_e14_twee_werkplekken_tegelijk_en_nog_een_keer_geven_elke_afspraak_een_herinnering(
    pg_agenda: PostgresInstelling, tmp_path: Path
) -> None:
    opslag = AgendaDatabase(pg_agenda)
    agenda = make_agendadiensten(opslag, Wie("s.bos", "pc"))
    for nummer in range(AANTAL):
        wie = gegevens(f"Bezoeker {nummer}", email="a@voorbeeld.example", bevestiging=Bevestigkanaal.MAIL)
        agenda.afspraken.book(wens("a15"), op(17), wie, verzoek_id=uid())
    opslag.set_klok(op(17) - timedelta(hours=8))
    werkplekken = [start(pg_agenda, tmp_path / naam, naam) for naam in ("een", "twee")]
    try:
        for werkplek in werkplekken:
            assert lees(werkplek) == ["klaar"]
        for _ in range(2):
            for werkplek in werkplekken:
                zeg(werkplek)
            standen = [[int(deel) for deel in lees(werkplek)] for werkplek in werkplekken]
            assert sorted(lease for lease, _, _ in standen) == [0, 1]
            assert sum(aantal for _, _, aantal in standen) == AANTAL
        # De lease is verlopen en de ander is nu het eerst: ook dan komt er niets bij.
        opslag.set_klok(opslag.nu() + timedelta(hours=1))
        for werkplek in werkplekken:
            zeg(werkplek)
        assert sum(int(lees(werkplek)[2]) for werkplek in werkplekken) == AANTAL
    finally:
        for werkplek in werkplekken:
            werkplek.kill()
            werkplek.communicate()
        opslag.close()


def start(agenda: PostgresInstelling, map_: Path, naam: str) -> subprocess.Popen[str]:
    map_.mkdir()
    woorden = (str(agenda.poort), agenda.naam, str(map_), naam)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.herinnerproces", *woorden],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=WORTEL,
    )  # fmt: skip


def zeg(werkplek: subprocess.Popen[str]) -> None:
    assert werkplek.stdin is not None
    werkplek.stdin.write("nu\n")
    werkplek.stdin.flush()


def lees(werkplek: subprocess.Popen[str]) -> list[str]:
    assert werkplek.stdout is not None
    return werkplek.stdout.readline().split()
