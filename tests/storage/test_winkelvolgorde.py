"""Willekeurige gangen naast een eenvoudig model: volgorde per groep, één verzender per rij, nooit dubbel."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging, Winkel
from tests.nep_registratie import NepWinkel
from tests.storage.bouwwinkel import NU, make_concept, make_registratie, open_winkel

_KLAAR = (Toestand.STAAT_IN_REGISTER, Toestand.ACTIE_NODIG)
_UITKOMSTEN = st.sampled_from(
    [Toestand.STAAT_IN_REGISTER, Toestand.ACTIE_NODIG, Toestand.WORDT_NAGEKEKEN, Toestand.NOG_NIET_VERSTUURD]
)


class Gang(RuleBasedStateMachine):
    """Het model onthoudt per id de groep en de toestand, en wie er in handen is."""

    def __init__(self) -> None:
        super().__init__()
        self.winkel = self.open()
        self.nu = NU
        self.nummer = 0
        self.groep: dict[int, str] = {}
        self.toestand: dict[int, Toestand] = {}
        self.vast: set[int] = set()
        self.van: dict[str, tuple[int, ...]] = {}
        self.houder = ""
        self.winkel.acquire_lease("a", self.nu, 3600)
        self.houder = "a"

    def open(self) -> Winkel:
        return open_winkel(None)

    def teardown(self) -> None:
        self.winkel.close()

    @rule(groep=st.sampled_from("xyz"), aantal=st.integers(1, 3), wacht=st.integers(0, 20))
    def finish(self, groep: str, aantal: int, wacht: int) -> None:
        self.nummer += 1
        uuid = f"c{self.nummer}"
        self.winkel.save_concept(make_concept(uuid))
        nummers = self.winkel.next_referentienummers(aantal)
        delen = [make_registratie(nummer, groep) for nummer in nummers]
        ids = self.winkel.finish(uuid, delen, self.nu + timedelta(seconds=wacht))
        assert not set(ids) & set(self.groep)
        self.van[uuid] = ids
        self.groep |= dict.fromkeys(ids, groep)
        self.toestand |= dict.fromkeys(ids, Toestand.NOG_NIET_VERSTUURD)

    @precondition(lambda self: self.van)
    @rule(data=st.data())
    def finish_again(self, data: st.DataObject) -> None:
        uuid = data.draw(st.sampled_from(sorted(self.van)))
        assert self.winkel.finish(uuid, [make_registratie("9", "z")], self.nu) == self.van[uuid]

    @precondition(lambda self: self.van)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        uuid = data.draw(st.sampled_from(sorted(self.van)))
        ids = self.van[uuid]
        geweest = {rij.id for rij in self.winkel.load_verzendingen() if rij.pogingen}
        concept = self.winkel.undo(uuid)
        if geweest & set(ids):
            assert concept is None
        else:
            assert concept is not None
            assert concept.uuid == uuid
            for id_ in self.van.pop(uuid):
                del self.groep[id_], self.toestand[id_]

    @rule(alles=st.booleans(), verder=st.integers(0, 30))
    def claim(self, alles: bool, verder: int) -> None:
        self.nu += timedelta(seconds=verder)
        rij = self.winkel.claim(self.nu, alles=alles)
        vrij = [id_ for id_ in sorted(self.groep) if self.is_vrij(id_)]
        if rij is None:
            assert not alles or not vrij
            return
        assert rij.id in vrij
        assert alles or rij.niet_voor <= self.nu
        self.toestand[rij.id] = rij.toestand
        self.vast.add(rij.id)

    def is_vrij(self, id_: int) -> bool:
        if self.toestand[id_] in _KLAAR or id_ in self.vast:
            return False
        eerder = (ander for ander, groep in self.groep.items() if groep == self.groep[id_] and ander < id_)
        return all(self.toestand[ander] in _KLAAR for ander in eerder)

    @precondition(lambda self: self.vast)
    @rule(data=st.data(), uitkomst=_UITKOMSTEN)
    def update(self, data: st.DataObject, uitkomst: Toestand) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.vast)))
        self.winkel.update(id_, Wijziging(uitkomst, stappen={"actor": "a"}))
        self.vast.discard(id_)
        self.toestand[id_] = uitkomst

    @rule()
    def sender_dies(self) -> None:
        """De lease verloopt: wat in handen was, is weer vrij en moet worden nagekeken."""
        self.nu += timedelta(seconds=3601)
        self.houder = "b" if self.houder == "a" else "a"
        assert self.winkel.acquire_lease(self.houder, self.nu, 3600)
        assert not self.winkel.acquire_lease("ander", self.nu, 3600)
        self.vast.clear()

    @invariant()
    def same_rows(self) -> None:
        rijen = {rij.id: rij for rij in self.winkel.load_verzendingen()}
        assert {id_: rij.toestand for id_, rij in rijen.items()} == self.toestand
        nummers = [rij.registratie.referentienummer for rij in rijen.values()]
        assert len(nummers) == len(set(nummers))
        open_ = [
            toestand for toestand in self.toestand.values() if toestand is not Toestand.STAAT_IN_REGISTER
        ]
        assert self.winkel.count_wachtend() == (len(open_), open_.count(Toestand.ACTIE_NODIG))


class NepGang(Gang):
    """Dezelfde gangen op de winkel van de tests."""

    def open(self) -> Winkel:
        return NepWinkel()


Gang.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
NepGang.TestCase.settings = Gang.TestCase.settings
TestGang = Gang.TestCase
TestNepGang = NepGang.TestCase
