"""Meer balies op hetzelfde moment, op een echte database: nooit dezelfde, nooit twee aan één balie."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand, Bezoek
from frontoffice.agenda.vanavond.verloop import read_verlopen
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaBezet, AgendaOnbereikbaar, IemandWasEerder
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.agenda import make_agendadiensten
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vanavondwaarden import AlGedaan, NogBezig
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from frontoffice.storage.transactie import Transactie
from tests.services.agendabouw import gegevens, uid
from tests.services.avondbouw import Avond, choose_databases, instelling
from tests.storage.bouw import ANDERE_DAG, BALIES, WIE, moment
from tests.storage.conftest import (
    pg_agenda,
    pg_sjabloon,
    postgres,
    sqlite_agenda,
    sqlite_sjabloon,
)

__all__ = ["instelling", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]
Taak = Callable[[], Any]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    choose_databases(metafunc, "^test_e03|na_te_vertellen|verloren_antwoord", "postgresql")


@pytest.fixture
def avond(instelling: Instelling) -> Iterator[Avond]:
    with Avond(instelling) as avond:
        yield avond
        assert avond.agenda.check() == ()


def tegelijk(*taken: Taak) -> list[Any]:
    """Alles op één teken; een KifFout komt als waarde terug, elke andere fout laat de test falen."""
    start, uit = threading.Barrier(len(taken)), [None] * len(taken)
    stuk: list[BaseException] = []

    def run(nummer: int) -> None:
        try:
            start.wait(30)
            uit[nummer] = taken[nummer]()
        except KifFout as fout:
            uit[nummer] = fout  # type: ignore[call-overload]  # een lijst van wat er ook uitkomt
        except BaseException as fout:  # noqa: BLE001 - de test kijkt wat het is
            stuk.append(fout)

    draden = [threading.Thread(target=run, args=(nummer,)) for nummer in range(len(taken))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert not stuk, stuk
    return uit


def roep(dienst: Vanavonddienst, balie: str) -> Taak:
    return lambda: dienst.call_next(balie, verzoek_id=uid())


def test_e03_zes_balies_drukken_tegelijk_op_volgende_en_krijgen_nooit_dezelfde(avond: Avond) -> None:
    afspraken = [avond.boek(17) for _ in range(3)]
    avond.begin(17)
    avond.meld(*afspraken)
    balies = [(avond.collega(nummer), balie) for nummer, balie in enumerate(BALIES)]
    uit = tegelijk(*(roep(dienst, balie) for dienst, balie in balies))
    geroepen = [bezoek for bezoek in uit if isinstance(bezoek, Bezoek)]
    assert {bezoek.id for bezoek in geroepen} == {afspraak.id for afspraak in afspraken}
    assert len(geroepen) == 3
    assert uit.count(None) == 3
    assert len({bezoek.balie for bezoek in geroepen}) == 3


def test_wie_door_vier_balies_tegelijk_wordt_gekozen_gaat_naar_een(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    collegas = [(avond.collega(n), f"B{n}") for n in range(1, 5)]
    uit = tegelijk(
        *[lambda d=d, b=b: d.call(a.id, b, verzoek_id=uid()) for d, b in collegas]  # type: ignore[misc]  # waarde van nu
    )
    (winnaar,) = [deel for deel in uit if isinstance(deel, Bezoek)]
    rest = [deel for deel in uit if isinstance(deel, AlGedaan)]
    assert len(rest) == 3
    assert {fout.wie for fout in rest} == {f"m{winnaar.balie[1:]}"}


def test_een_balie_met_twee_schermen_krijgt_er_een_en_hetzelfde_verzoek_hetzelfde_antwoord(
    avond: Avond,
) -> None:
    afspraken = [avond.boek(17) for _ in range(4)]
    avond.begin(17)
    avond.meld(*afspraken)
    een, ander = avond.collega(1), avond.collega(2)
    uit = tegelijk(roep(een, "B1"), roep(ander, "B1"))
    assert sorted(type(deel).__name__ for deel in uit) == ["Bezoek", "NogBezig"]
    assert any(isinstance(deel, NogBezig) for deel in uit)
    verzoek = uid()
    zelfde = tegelijk(*[lambda d=d: d.call_next("B2", verzoek_id=verzoek) for d in (een, ander)])  # type: ignore[misc]  # idem
    assert zelfde[0] == zelfde[1]
    assert sum(s.soort == "bezoek_opgeroepen" for s in avond.dienst.load_stappen()) == 2


def test_klaar_wordt_een_keer_geteld_en_ongedaan_wint_of_verliest_van_de_volgende_stap(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    een, ander = avond.collega(1), avond.collega(2)
    for _ in range(3):
        stap = uid()
        een.call(a.id, "B1", verzoek_id=stap)
        terug, begonnen = tegelijk(
            lambda s=stap: een.undo(s, verzoek_id=uid()),  # type: ignore[misc]  # waarde van nu
            lambda: ander.start(a.id, verzoek_id=uid()),
        )
        if isinstance(terug, Bezoek):
            assert isinstance(begonnen, IemandWasEerder)
            assert avond.nu(a.id).toestand is Toestand.AANGEMELD
        else:
            assert isinstance(terug, IemandWasEerder)
            assert avond.nu(a.id).toestand is Toestand.AAN_DE_BALIE
            break
    if avond.nu(a.id).toestand is Toestand.AANGEMELD:
        een.call(a.id, "B1", verzoek_id=uid())
    uit = tegelijk(*[lambda d=d: d.finish(a.id, verzoek_id=uid()) for d in (een, ander)])  # type: ignore[misc]  # idem
    assert sorted(type(deel).__name__ for deel in uit) == ["AlGedaan", "Bezoek"]
    assert sum(s.soort == "bezoek_klaar" for s in avond.dienst.load_stappen()) == 1


def test_drie_werkplekken_openen_de_avond_en_ieder_krijgt_een_eigen_nummer(avond: Avond) -> None:
    for uur in (17, 18, 19):
        avond.boek(uur)
    avond.klok(16, 50)
    werk = [avond.collega(n) for n in range(3)]
    uit = tegelijk(*[lambda d=d: d.open_avond(verzoek_id=uid()) for d in werk])  # type: ignore[misc]  # waarde van nu
    assert all(isinstance(stand, Avondstand) for stand in uit)
    assert [b.volgnummer for b in uit[0].bezoeken] == ["A01", "A02", "A03"]


class Kwijt(AgendaDatabase):
    """Een agenda waarvan het antwoord onderweg verloren gaat, nadat alles is vastgelegd."""

    verlies = 0

    @contextmanager
    def lock(self, datums: Iterable[date], *, inrichting: bool = False) -> Iterator[Transactie]:
        with super().lock(datums, inrichting=inrichting) as tx:
            yield tx
        if self.verlies:
            self.verlies -= 1
            raise AgendaOnbereikbaar("De verbinding met de agenda is weg.")


def test_na_een_verloren_antwoord_doet_hetzelfde_verzoek_het_niet_nog_eens(avond: Avond) -> None:
    a = avond.boek(17)
    avond.begin(17)
    avond.meld(a)
    database = Kwijt(avond.instelling)
    dienst = make_agendadiensten(database, WIE).vanavond
    doen: tuple[Callable[[str], Any], ...] = (
        lambda v: dienst.call_next("B1", verzoek_id=v),
        lambda v: dienst.start(klant, verzoek_id=v),
        lambda v: dienst.finish(klant, verzoek_id=v),
        lambda v: dienst.walk_in(Wens((Wensregel("a10"),)), "P. de Wit", verzoek_id=v),
    )
    klant = ""
    for stap in doen:
        verzoek, vooraf = uid(), len(avond.dienst.load_stappen())
        database.verlies = 1
        with pytest.raises(AgendaOnbereikbaar):
            stap(verzoek)
        antwoord = stap(verzoek)
        klant = antwoord.id
        assert antwoord == avond.nu(klant)
        assert stap(verzoek) == antwoord
        assert len(avond.dienst.load_stappen()) == vooraf + 1
    database.close()


def test_boeken_en_inloop_om_de_laatste_tijd_geven_hem_nooit_twee_keer(avond: Avond) -> None:
    for _ in range(5):
        avond.boek(19, 15, "a45")
    avond.begin(19, 10)
    telefoon = avond.werkplek("telefoon", "tel")
    aanvrager = Avond(avond.instelling)
    with aanvrager:
        uit = tegelijk(
            lambda: aanvrager.loper("a45"),
            lambda: _boek(avond, telefoon),
            lambda: avond.loper("a45"),
        )
    gelukt = [deel for deel in uit if not isinstance(deel, KifFout)]
    assert len(gelukt) == 1, uit
    assert all(isinstance(deel, TijdBezet | Geweigerd) for deel in uit if isinstance(deel, KifFout))


def _boek(avond: Avond, telefoon: Any) -> Any:
    wens = Wens((Wensregel("a45"),), overrulen=True)
    return telefoon.afspraken.book(wens, moment(19, 15), gegevens(), verzoek_id=uid())


def test_de_telefoon_verzet_iemand_terwijl_een_balie_hem_oproept(avond: Avond) -> None:
    for _ in range(3):
        a = avond.boek(19)
        avond.begin(18, 50)
        avond.meld(a)
        tel, balie = avond.werkplek("telefoon", "tel").afspraken, avond.collega(3)
        verzet, geroepen = tegelijk(
            lambda a=a, tel=tel: tel.move(a.id, moment(18, 0, ANDERE_DAG), verzoek_id=uid(), overrulen=True),  # type: ignore[misc]  # waarde van nu
            lambda a=a, balie=balie: balie.call(a.id, "B3", verzoek_id=uid()),  # type: ignore[misc]  # idem
        )
        if isinstance(geroepen, Bezoek):
            assert isinstance(verzet, KifFout)
            balie.finish(a.id, verzoek_id=uid())
        else:
            assert not isinstance(verzet, KifFout)


def test_wat_vijf_balies_ook_door_elkaar_doen_de_avond_klopt_en_is_na_te_vertellen(
    avond: Avond,
) -> None:
    afspraken = [avond.boek(17, kwart) for kwart in (0, 15, 30, 45) for _ in range(2)]
    avond.begin(17, 10)
    ids = [afspraak.id for afspraak in afspraken]

    def balie(nummer: int) -> Taak:
        dienst, lot = avond.collega(nummer), random.Random(f"balie {nummer}")
        return lambda: _werk(dienst, f"B{nummer}", ids, lot)

    assert tegelijk(*(balie(nummer) for nummer in range(1, 6))) == [None] * 5
    stand = avond.dienst.load_stand()
    assert stand is not None
    bezet = [b.balie for b in stand.bezoeken if b.toestand in AAN_BALIE]
    assert len(bezet) == len(set(bezet))
    assert len({b.volgnummer for b in stand.bezoeken}) == len(stand.bezoeken)
    verteld = read_verlopen(avond.dienst.load_stappen())
    toestanden = {id_: v.toestand or Toestand.BEVESTIGD for id_, v in verteld.items()}
    for bezoek in stand.bezoeken:  # wie alleen een nummer kreeg, komt er niet in voor
        assert bezoek.toestand is toestanden.get(bezoek.id, Toestand.BEVESTIGD)


def _werk(dienst: Vanavonddienst, balie: str, ids: list[str], lot: random.Random) -> None:
    """Zestien willekeurige klikken; alleen een nette weigering mag."""
    laatste = ""
    for _ in range(16):
        id_, verzoek = lot.choice(ids), uid()
        klik = lot.choice(
            (
                lambda i=id_, v=verzoek: dienst.arrive(i, verzoek_id=v),
                lambda v=verzoek: dienst.call_next(balie, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.call(i, balie, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.start(i, verzoek_id=v, balie=balie),
                lambda i=id_, v=verzoek: dienst.park(i, verzoek_id=v, balie=balie),
                lambda i=id_, v=verzoek: dienst.resume(i, balie, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.put_back(i, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.finish(i, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.no_show(i, verzoek_id=v),
                lambda i=id_, v=verzoek: dienst.come_after_all(i, verzoek_id=v),
                lambda s=laatste, v=verzoek: dienst.undo(s, verzoek_id=v),
            )
        )
        try:
            klik()
        except (Geweigerd, InvoerFout, IemandWasEerder, AgendaBezet):
            continue
        laatste = verzoek
