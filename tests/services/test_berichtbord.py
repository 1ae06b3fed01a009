"""Een bericht dat op meer werkplekken klaarstaat, gaat één keer; wie te bellen is, ziet elke werkplek.

Met een echte PostgreSQL als gedeelde agenda, een server in de vorm van Notify en een echte mailserver.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal
from frontoffice.agendapoort import AgendaOnbereikbaar, Wie
from frontoffice.demo.server import DemoServer
from frontoffice.domain.bericht import Berichtkanaal, Berichtopdracht, Berichtsoort
from frontoffice.ports import Stop
from frontoffice.services.afspraakberichten import Afspraakberichten
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.services.berichtbord import Berichtbord
from frontoffice.services.berichten import Berichtaanvraag
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from frontoffice.storage.lezer import open_lezer
from frontoffice.uitvoeren import Uitvoerder
from tests.central.mailserver import Mailserver
from tests.nep_registratie import NepRegister
from tests.services.agendabouw import gegevens, op, uid, wens
from tests.services.berichtbouw import MAANDAG, Wereld
from tests.services.test_berichten import NAAR, vraag
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
BALIES = 6
OVER = ("taak:5c1f0d8e", "melding:1234", "taak:77aa", "melding:1235")


@pytest.fixture(scope="module")
def centrale() -> Iterator[DemoServer]:
    with DemoServer() as server:
        yield server


@pytest.fixture
def mailserver() -> Iterator[Mailserver]:
    with Mailserver() as server:
        yield server


@pytest.fixture
def balies(
    pg_agenda: PostgresInstelling, centrale: DemoServer, mailserver: Mailserver, uitvoerder: Uitvoerder
) -> Iterator[Callable[[int], list[Wereld]]]:
    """Werkplekken met elk een eigen outbox en een eigen verbinding met de ene agenda."""
    with ExitStack() as stapel:
        centrale.notify.berichten.clear()

        def make(aantal: int) -> list[Wereld]:
            werelden = []
            for nummer in range(aantal):
                opslag = AgendaDatabase(pg_agenda)
                stapel.callback(opslag.close)
                opslag.set_klok(MAANDAG)
                bord = Berichtbord(opslag, Wie("s.bos", f"balie-{nummer}"))
                wereld = Wereld(centrale, mailserver, uitvoerder, NepRegister(), bord)
                stapel.callback(wereld.close)
                werelden.append(wereld)
            return werelden

        yield make


def tegelijk(werelden: list[Wereld]) -> None:
    """Alle werkplekken versturen op hetzelfde moment."""
    start = threading.Barrier(len(werelden))

    def send(wereld: Wereld) -> None:
        start.wait(60)
        wereld.send()

    draden = [threading.Thread(target=send, args=(wereld,)) for wereld in werelden]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()


def put(werelden: list[Wereld], aanvraag: Callable[[str], Berichtaanvraag]) -> None:
    for wereld in werelden:
        for over in OVER:
            wereld.berichten.add(aanvraag(over))


def test_zes_balies_tegelijk_en_elk_bericht_gaat_een_keer(
    balies: Callable[[int], list[Wereld]], centrale: DemoServer
) -> None:
    werelden = balies(BALIES)
    put(werelden, lambda over: vraag(over=over))
    tegelijk(werelden)
    verstuurd = [bericht["reference"] for bericht in centrale.notify.berichten]
    assert len(verstuurd) == len(set(verstuurd)) == len(OVER)
    for wereld in werelden:  # wie moest wachten, ziet daarna dat het weg is
        wereld.send(minutes=2)
        assert {stand.woord for stand in wereld.berichten.load()} <= {"Verstuurd", "Aangekomen"}
    assert len(centrale.notify.berichten) == len(OVER)


def test_ook_naar_een_mailserver_die_niet_is_na_te_vragen_gaat_het_een_keer(
    balies: Callable[[int], list[Wereld]], mailserver: Mailserver
) -> None:
    werelden = balies(4)
    put(werelden, lambda over: vraag(Berichtkanaal.MAIL, over=over))
    tegelijk(werelden)
    assert len(mailserver.mails) == len(OVER)


def test_valt_de_agenda_weg_dan_wacht_het_bericht(
    balies: Callable[[int], list[Wereld]], monkeypatch: pytest.MonkeyPatch, centrale: DemoServer
) -> None:
    (wereld,) = balies(1)
    wereld.berichten.add(vraag())
    with monkeypatch.context() as stuk:

        def weg() -> None:
            raise AgendaOnbereikbaar("De agenda is niet bereikbaar. Het bericht wacht.")

        stuk.setattr(wereld.loper, "_open_bord", weg)
        wereld.send()
        assert centrale.notify.berichten == []
        assert (wereld.stand.woord, wereld.stand.moet_bellen) == ("Staat klaar", False)
    wereld.send(minutes=30)
    assert len(centrale.notify.berichten) == 1


# --- de bellijst van alle werkplekken -----------------------------------------------------------------------


@pytest.fixture
def agenda(pg_agenda: PostgresInstelling) -> Iterator[Agendadiensten]:
    opslag = AgendaDatabase(pg_agenda)
    opslag.set_klok(MAANDAG)
    yield make_agendadiensten(opslag, Wie("s.bos", "balie-0"))
    opslag.close()


def boek(
    agenda: Agendadiensten,
    wereld: Wereld,
    wat: Berichtsoort = Berichtsoort.AFSPRAAK_BEVESTIGD,
    **klant: object,
) -> Afspraak:
    wie = gegevens(**{"naam": "A. Jansen", "telefoon": "0612345678"} | klant)  # type: ignore[arg-type]  # velden
    afspraak = agenda.afspraken.book(wens("a15"), op(17), wie, verzoek_id=uid())
    Afspraakberichten(wereld.berichten, agenda.vrij.load, wereld.bord).send(afspraak, wat)
    return afspraak


def count_te_bellen(agenda: PostgresInstelling) -> int:
    with open_lezer(agenda) as lezer:
        assert lezer is not None
        return lezer.count_te_bellen()


def test_wie_geen_adres_heeft_staat_op_de_bellijst_van_elke_werkplek_tot_iemand_belt(
    balies: Callable[[int], list[Wereld]], agenda: Agendadiensten, pg_agenda: PostgresInstelling
) -> None:
    een, twee = balies(2)
    afspraak = boek(agenda, een, Berichtsoort.HERINNERING, bevestiging=Bevestigkanaal.BRIEF)
    assert een.bord is not None
    assert twee.bord is not None
    assert twee.bord.load_te_bellen() == (), "het staat net klaar"
    een.send()
    (bellen,) = twee.bord.load_te_bellen()
    assert (bellen.afspraak, bellen.kenmerk, bellen.naam, bellen.bel) == (
        afspraak.id, afspraak.nummer, "A. Jansen", "06 12 34 56 78"
    )  # fmt: skip
    assert bellen.reden == "Er is geen e-mailadres."
    assert count_te_bellen(pg_agenda) == 1, "zo telt Vandaag"
    twee.bord.mark_gebeld(bellen.sleutel)
    assert een.bord.load_te_bellen() == ()
    assert count_te_bellen(pg_agenda) == 0
    een.loper.follow(Stop())
    assert een.berichten.load_bellijst() == ()
    assert een.stand.woord == "Gebeld"


def test_belt_wie_het_verstuurde_zelf_dan_ziet_de_ander_het_niet_meer(
    balies: Callable[[int], list[Wereld]], agenda: Agendadiensten
) -> None:
    een, twee = balies(2)
    boek(agenda, een, Berichtsoort.HERINNERING, bevestiging=Bevestigkanaal.BRIEF)
    een.send()
    een.berichten.mark_gebeld(een.stand.id)
    een.loper.follow(Stop())
    assert twee.bord is not None
    assert twee.bord.load_te_bellen() == ()


def test_een_bericht_dat_later_niet_aankwam_komt_er_ook_op(
    balies: Callable[[int], list[Wereld]], agenda: Agendadiensten, centrale: DemoServer
) -> None:
    een, twee = balies(2)
    een.mail_via_notify = True
    boek(agenda, een, email="perm-fail@simulator.notify", bevestiging=Bevestigkanaal.MAIL)
    een.send()
    assert twee.bord is not None
    assert twee.bord.load_te_bellen() == ()
    centrale.notify.berichten[0]["_sinds"] -= 10
    een.loper.follow(Stop())
    (bellen,) = twee.bord.load_te_bellen()
    assert bellen.reden == "Het bericht kwam niet aan: het adres bestaat niet."


def test_staat_een_werkplek_uit_dan_zien_anderen_wat_daar_bleef_liggen(
    balies: Callable[[int], list[Wereld]], agenda: Agendadiensten, pg_agenda: PostgresInstelling
) -> None:
    een, twee = balies(2)
    afspraak = boek(agenda, een, email=NAAR.email, bevestiging=Bevestigkanaal.MAIL)
    agenda.opslag.set_klok(MAANDAG + timedelta(hours=1))  # type: ignore[attr-defined]  # alleen een proefagenda
    assert twee.bord is not None
    (bellen,) = twee.bord.load_te_bellen()
    assert "nog niet verstuurd" in bellen.reden
    assert count_te_bellen(pg_agenda) == 1
    # De inwoner hoeft over een oudere stand niets meer te horen.
    agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert twee.bord.load_te_bellen() == ()
    assert count_te_bellen(pg_agenda) == 0


def test_op_het_bord_staat_geen_naam_nummer_of_adres(
    balies: Callable[[int], list[Wereld]], agenda: Agendadiensten
) -> None:
    (een,) = balies(1)
    een.mail_via_notify = True
    boek(agenda, een, email="perm-fail@simulator.notify", bevestiging=Bevestigkanaal.MAIL)
    een.send()
    een.centrale.notify.berichten[0]["_sinds"] -= 10
    een.loper.follow(Stop())
    (opdracht,) = [
        rij.opdracht for rij in een.winkel.load_verzendingen() if isinstance(rij.opdracht, Berichtopdracht)
    ]
    (regel,) = agenda.opslag.load_bord(sleutels=[opdracht.uuid])
    regel = replace(regel, houder="")
    for spoor in ("Jansen", "061234", "06-12", "simulator", opdracht.code or "?"):
        assert spoor not in repr(regel)
