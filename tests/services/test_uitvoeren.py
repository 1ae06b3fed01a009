"""Een plan van ladingen uitvoeren: volgorde, afhankelijkheid, falen, stoppen, tijd."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from frontoffice.domain.fouten import DuurtTeLang, Geannuleerd, Storing
from frontoffice.ports import Aanroep, Stop
from frontoffice.uitvoeren import Eenmalig, Lading, Uitkomst, Uitvoerder
from tests.bouwers import STORING


@pytest.fixture
def uitvoerder() -> Iterator[Uitvoerder]:
    uitvoerder = Uitvoerder()
    yield uitvoerder
    uitvoerder.close()


def geef(waarde: object) -> Callable[[Mapping[str, Uitkomst], Aanroep], object]:
    return lambda _, aanroep: waarde


def alles(
    uitvoerder: Uitvoerder, *plan: Lading, seconden: float = 60, stop: Stop | None = None
) -> dict[str, Uitkomst]:
    return {u.naam: u for u in uitvoerder.run(plan, seconden=seconden, stop=stop or Stop())}


def test_uitkomsten_komen_in_de_volgorde_waarin_ze_klaar_zijn(uitvoerder: Uitvoerder) -> None:
    snel_gezien = threading.Event()

    def traag(_: object, __: Aanroep) -> str:
        assert snel_gezien.wait(60)
        return "traag"

    namen = []
    for uitkomst in uitvoerder.run(
        [Lading("traag", traag), Lading("snel", geef(1))], seconden=60, stop=Stop()
    ):
        namen.append(uitkomst.naam)
        snel_gezien.set()
    assert namen == ["snel", "traag"]


def test_een_lading_krijgt_de_uitkomsten_waarop_zij_wachtte_ook_mislukte(uitvoerder: Uitvoerder) -> None:
    def stuk(_: object, __: Aanroep) -> object:
        raise STORING

    def tel(eerdere: Mapping[str, Uitkomst], _: Aanroep) -> object:
        return sorted((naam, u.waarde, u.fout is STORING) for naam, u in eerdere.items())

    uitkomsten = alles(uitvoerder, Lading("som", tel, ("a", "b")), Lading("a", geef(1)), Lading("b", stuk))
    assert uitkomsten["som"].waarde == [("a", 1, False), ("b", None, True)]
    assert uitkomsten["b"].fout is STORING


def test_de_diepte_telt_door_over_ladingen_heen(uitvoerder: Uitvoerder) -> None:
    def vraag(aantal: int) -> Callable[[Mapping[str, Uitkomst], Aanroep], object]:
        def werk(_: Mapping[str, Uitkomst], aanroep: Aanroep) -> None:
            for _n in range(aantal):
                aanroep.note("zaken", "GET", "/x", 200, 1.0)

        return werk

    uitkomsten = alles(
        uitvoerder,
        Lading("a", vraag(1)),
        Lading("b", vraag(2)),
        Lading("c", vraag(1), ("a", "b")),
        Lading("d", geef(0), ("a",)),
    )
    assert {naam: u.diepte for naam, u in uitkomsten.items()} == {"a": 1, "b": 2, "c": 3, "d": 1}
    assert [v.diepte for v in uitkomsten["b"].verzoeken] == [1, 2]


def test_stoppen_breekt_af_ook_als_een_lading_niet_luistert(uitvoerder: Uitvoerder) -> None:
    stop, los, bezig, gehoord = Stop(), threading.Event(), threading.Event(), threading.Event()

    def doof(_: object, __: Aanroep) -> None:
        bezig.set()
        los.wait(60)
        gehoord.set()

    def druk() -> None:
        assert bezig.wait(60)
        stop.set()

    threading.Thread(target=druk, daemon=True).start()
    with pytest.raises(Geannuleerd):
        alles(uitvoerder, Lading("doof", doof), stop=stop)
    assert not gehoord.is_set(), "de lading zelf is nog bezig"
    los.set()


def test_na_stoppen_begint_er_niets_meer(uitvoerder: Uitvoerder) -> None:
    stop, gezien = Stop(), []
    stop.set()
    with pytest.raises(Geannuleerd):
        alles(uitvoerder, Lading("a", lambda *_: gezien.append(1)), stop=stop)
    assert gezien == []


def test_een_programmeerfout_komt_naar_buiten_en_laat_de_stop_van_de_klant_met_rust(
    uitvoerder: Uitvoerder,
) -> None:
    def bug(_: object, __: Aanroep) -> object:
        raise ZeroDivisionError

    stop = Stop()
    with pytest.raises(ZeroDivisionError):
        alles(uitvoerder, Lading("bug", bug), Lading("a", geef(1)), stop=stop)
    assert not stop.is_gezet


def test_wie_eerder_ophoudt_met_luisteren_stopt_ook_het_werk(uitvoerder: Uitvoerder) -> None:
    bezig, gestopt = threading.Event(), threading.Event()

    def wacht(_: object, aanroep: Aanroep) -> None:
        aanroep.stop.on_set(gestopt.set)
        bezig.set()
        gestopt.wait(60)

    plan = [Lading("a", lambda *_: bezig.wait(60)), Lading("wacht", wacht)]
    stroom = uitvoerder.run(plan, seconden=60, stop=Stop())
    next(stroom)
    stroom.close()  # type: ignore[attr-defined]  # een generator
    assert gestopt.wait(30)


def test_wie_na_de_tijd_nog_zwijgt_is_te_traag_en_houdt_de_anderen_niet_op(uitvoerder: Uitvoerder) -> None:
    los, gehoord = threading.Event(), threading.Event()

    def hang(_: object, __: Aanroep) -> None:
        los.wait(60)
        gehoord.set()

    uitkomsten = alles(
        uitvoerder,
        Lading("snel", geef(1)),
        Lading("hangt", hang),
        Lading("na", geef(2), ("hangt",)),
        seconden=1.0,
    )
    assert not gehoord.is_set(), "de lading zelf is nog bezig"
    los.set()
    assert isinstance(uitkomsten["hangt"].fout, DuurtTeLang)
    assert (uitkomsten["snel"].waarde, uitkomsten["na"].waarde) == (1, 2)


def test_elke_lading_krijgt_de_tijd_van_het_hele_plan(uitvoerder: Uitvoerder) -> None:
    def over(_: object, aanroep: Aanroep) -> float:
        return aanroep.resterend

    uitkomsten = alles(uitvoerder, Lading("a", over), Lading("b", over, ("a",)), seconden=3)
    eerst, later = uitkomsten["a"].waarde, uitkomsten["b"].waarde
    assert isinstance(eerst, float)
    assert isinstance(later, float)
    assert later <= eerst <= 3


@pytest.mark.parametrize(
    "plan",
    [
        [Lading("a", geef(1), ("onbekend",))],
        [Lading("a", geef(1), ("b",)), Lading("b", geef(1), ("a",))],
        [Lading("a", geef(1)), Lading("a", geef(2))],
    ],
)
def test_een_plan_dat_nooit_klaar_kan_komen_wordt_niet_begonnen(
    uitvoerder: Uitvoerder, plan: list[Lading]
) -> None:
    with pytest.raises(ValueError):
        alles(uitvoerder, *plan)


def test_er_zijn_nooit_meer_draden_dan_afgesproken() -> None:
    uitvoerder, slot, nu, meest = Uitvoerder(draden=3), threading.Lock(), [0], [0]

    def werk(_: object, __: Aanroep) -> None:
        with slot:
            nu[0] += 1
            meest[0] = max(meest[0], nu[0])
        time.sleep(0.005)
        with slot:
            nu[0] -= 1

    alles(uitvoerder, *(Lading(str(n), werk) for n in range(12)))
    uitvoerder.close()
    assert meest[0] == 3


def test_na_sluiten_wordt_niets_meer_aangenomen(uitvoerder: Uitvoerder) -> None:
    uitvoerder.close()
    uitvoerder.close()
    with pytest.raises(Geannuleerd):
        alles(uitvoerder, Lading("a", geef(1)))


def test_vijftig_klanten_na_elkaar_met_trage_registers_houden_de_laatste_niet_op(
    uitvoerder: Uitvoerder,
) -> None:
    def traag(_: Any, aanroep: Aanroep) -> None:
        wakker = threading.Event()
        aanroep.stop.on_set(wakker.set)
        wakker.wait(60)  # alleen stoppen maakt deze draad eerder vrij
        aanroep.stop.check()
        raise Storing("Te laat.", register="x")

    for _ in range(50):
        stroom = uitvoerder.run(
            [Lading("snel", geef(1)), *(Lading(f"t{n}", traag) for n in range(5))], seconden=30, stop=Stop()
        )
        assert next(stroom).naam == "snel"
        stroom.close()  # type: ignore[attr-defined]  # een generator
    assert alles(uitvoerder, Lading("nu", geef(1)), seconden=30)["nu"].waarde == 1


def test_wat_een_keer_gemaakt_wordt_wordt_ook_door_tien_draden_tegelijk_een_keer_gemaakt() -> None:
    gemaakt: list[int] = []
    samen = threading.Barrier(10)
    eenmalig: Eenmalig[object] = Eenmalig()
    gekregen: list[object] = []

    def maak() -> object:
        gemaakt.append(1)
        time.sleep(0.05)
        return object()

    def vraag() -> None:
        samen.wait()
        gekregen.append(eenmalig.get(maak))

    draden = [threading.Thread(target=vraag) for _ in range(10)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gemaakt) == 1
    assert len(set(map(id, gekregen))) == 1
    assert eenmalig.take() is gekregen[0]
    assert eenmalig.take() is None


def test_mislukt_het_maken_dan_probeert_de_volgende_het_opnieuw() -> None:
    eenmalig: Eenmalig[int] = Eenmalig()

    def mislukt() -> int:
        raise Storing("Nu niet.", register="x")

    with pytest.raises(Storing):
        eenmalig.get(mislukt)
    assert eenmalig.get(lambda: 7) == 7
