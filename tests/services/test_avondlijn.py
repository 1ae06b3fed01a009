"""De agenda valt weg tijdens de avond: het werk gaat door, niets raakt kwijt en niets gebeurt dubbel.

De agenda is een echte SQLite; alleen de lijn ernaartoe stoort. PostgreSQL bevroren en herstart staat in
test_avondstoring.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Resultaat, Uitkomst
from frontoffice.agenda.vanavond.verslag import Reden, make_verslag
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaOnbereikbaar, IemandWasEerder
from frontoffice.domain.fouten import Geweigerd
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.avondinhalen import Inhaler
from frontoffice.services.avondlijn import Avondlijn
from frontoffice.services.avondnakijken import Keuze
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vanavondwaarden import PastNiet
from frontoffice.storage.avondnotities import WerkplekNotities
from frontoffice.storage.instelling import SqliteInstelling
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond
from tests.services.bouwlijn import LijnKlok, Plek
from tests.storage.bouw import DAG, moment
from tests.storage.bouwwinkel import open_winkel
from tests.storage.conftest import sqlite_instelling, sqlite_sjabloon

__all__ = ["sqlite_sjabloon"]
GEDAAN = (Uitkomst("a15", Resultaat.GEDAAN),)


class Storing:
    """Een avond om 18.00 uur met twee werkplekken, en een klok die voor iedereen gelijk loopt."""

    def __init__(self, instelling: SqliteInstelling, map_: Path, open_: ExitStack) -> None:
        self.avond = open_.enter_context(Avond(instelling))
        self.avond.klok(17, 0)
        self.klok = LijnKlok(moment(17, 0))
        self._map, self._open = map_, open_
        self.een = self.plek("balie-1")
        self.twee = self.plek("balie-2")

    def plek(self, naam: str, geduld: float = 3.0) -> Plek:
        plek = Plek(self.avond.agenda, self._map / f"{naam}.db", self.klok, naam, geduld)
        self._open.callback(plek.close)
        plek.lijn.load_stand()
        return plek

    @property
    def bezoeken(self) -> list[Bezoek]:
        """Jansen0 en Jansen1 om 17.00 uur aan twee balies, Jansen2 om 19.00 uur."""
        return sorted(self.stand().bezoeken, key=lambda b: b.volgnummer)

    def later(self, seconden: float) -> None:
        """Het wordt later, overal."""
        self.klok.loop(seconden)
        self.avond.agenda.set_klok(self.avond.agenda.nu() + timedelta(seconds=seconden))  # type: ignore[attr-defined]  # een proefagenda

    def stand(self) -> Avondstand:
        stand = self.avond.dienst.load_stand()
        assert stand is not None
        return stand

    def nu(self, id_: str) -> Bezoek:
        return bezoek_van(self.stand(), id_)

    def soorten(self, id_: str) -> list[str]:
        return [g.soort for g in self.avond.dienst.load_stappen() if g.onderwerp == id_][1:]

    def lose(self) -> None:
        for plek in (self.een, self.twee):
            plek.lijn.load_stand()
        for plek in (self.een, self.twee):
            plek.draad.is_weg = True
            plek.lijn.load_stand()

    def back(self) -> None:
        for plek in (self.een, self.twee):
            plek.draad.is_weg = False
            plek.lijn.load_stand()


@pytest.fixture(scope="module")
def begonnen(sqlite_sjabloon: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Een avond die om 17.00 uur is geopend, met drie afspraken."""
    pad = tmp_path_factory.mktemp("avond") / "agenda.db"
    shutil.copy(sqlite_sjabloon, pad)
    with Avond(sqlite_instelling(pad)) as avond:
        for nummer, uur in enumerate((17, 17, 19)):
            avond.boek(uur, naam=f"Jansen{nummer}")
        avond.begin(17, 0)
    return pad


@pytest.fixture
def storing(begonnen: Path, tmp_path: Path) -> Iterator[Storing]:
    with ExitStack() as open_:
        kopie = sqlite_instelling(Path(shutil.copy(begonnen, tmp_path / "agenda.db")))
        geopend = Storing(kopie, tmp_path, open_)
        yield geopend
        assert geopend.avond.agenda.check() == ()


def bezoek_van(stand: Avondstand, id_: str) -> Bezoek:
    bezoek = stand.find(id_)
    assert bezoek is not None
    return bezoek


def stand_van(lijn: Avondlijn) -> Avondstand:
    stand = lijn.load_stand()
    assert stand is not None
    return stand


# --- met verbinding


def test_met_verbinding_gaat_elke_stap_naar_de_agenda_en_blijft_er_niets_achter(storing: Storing) -> None:
    eerste, *_ = storing.bezoeken
    lijn = storing.een.lijn
    lijn.arrive(eerste.id, verzoek_id=uid())
    opgeroepen = lijn.call_next(eerste.gepland, verzoek_id=uid())
    assert opgeroepen is not None
    lijn.start(eerste.id, verzoek_id=uid())
    lijn.finish(eerste.id, GEDAAN, verzoek_id=uid())
    assert (storing.nu(eerste.id).toestand, lijn.stand_van, lijn.te_versturen) == (Toestand.KLAAR, None, 0)
    assert lijn.band == ""
    assert storing.een.notities.load() == ()
    with pytest.raises(IemandWasEerder):
        lijn.arrive(eerste.id, verzoek_id=uid())
    assert storing.een.notities.load() == ()
    assert {b.naam for b in stand_van(lijn).bezoeken} == {""}


# --- zonder verbinding


def test_zonder_verbinding_gaat_het_werk_door_en_daarna_staat_alles_er_met_zijn_eigen_tijd(
    storing: Storing,
) -> None:
    een, twee, *_ = storing.bezoeken
    lijn, balie = storing.een.lijn, een.gepland
    storing.lose()
    assert lijn.stand_van is not None
    storing.later(60)
    lijn.arrive(een.id, verzoek_id=uid())
    lijn.arrive(twee.id, verzoek_id=uid())
    storing.later(60)
    opgeroepen = lijn.call_next(balie, verzoek_id=uid())
    assert opgeroepen is not None
    assert (opgeroepen.id, opgeroepen.balie) == (een.id, balie)
    assert lijn.is_genoteerd(een.id)
    lijn.start(een.id, verzoek_id=uid())
    storing.later(600)
    lijn.set_notitie(twee.id, "Heeft een rolstoel.", verzoek_id=uid())
    lijn.finish(een.id, GEDAAN, verzoek_id=uid())
    hier = bezoek_van(stand_van(lijn), een.id)
    assert (hier.toestand, 598 <= hier.gewerkt <= 602) == (Toestand.KLAAR, True)
    assert storing.nu(een.id).toestand is Toestand.BEVESTIGD
    assert lijn.te_versturen == 6
    assert lijn.band.startswith(
        "Geen verbinding sinds 17.00 uur. U kunt doorwerken; wij voeren het later door."
    )
    assert lijn.band.endswith("Hier genoteerd: 6 stappen.")
    storing.later(300)
    storing.back()
    daar = storing.nu(een.id)
    assert (daar.toestand, daar.uitkomsten, daar.balie) == (Toestand.KLAAR, GEDAAN, balie)
    for veld in ("aangemeld_op", "opgeroepen_op", "begonnen_op", "klaar_op"):
        assert abs(getattr(daar, veld) - getattr(hier, veld)) < timedelta(seconds=1), veld
    assert storing.nu(twee.id).notitie == "Heeft een rolstoel."
    assert (lijn.te_versturen, lijn.stand_van, lijn.band) == (0, None, "")
    assert lijn.nakijken() == ()


def test_een_balie_roept_zonder_verbinding_alleen_op_wie_voor_haar_is_ingepland(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    assert een.gepland != twee.gepland
    for bezoek in (een, twee):
        storing.een.lijn.arrive(bezoek.id, verzoek_id=uid())
    storing.lose()
    eerste = storing.een.lijn.call_next(een.gepland, verzoek_id=uid())
    tweede = storing.twee.lijn.call_next(twee.gepland, verzoek_id=uid())
    assert eerste is not None
    assert tweede is not None
    assert (eerste.id, tweede.id) == (een.id, twee.id)
    with pytest.raises(Geweigerd) as bezig:
        storing.een.lijn.call_next(een.gepland, verzoek_id=uid())
    assert bezig.value.code == "nog_bezig"
    assert "andere balie" in storing.een.lijn.waarschuwing(twee.id, een.gepland)
    assert storing.een.lijn.waarschuwing(een.id, een.gepland) == ""
    lege = next(b for b in stand_van(storing.een.lijn).balienamen if b not in (een.gepland, twee.gepland))
    assert storing.een.lijn.call_next(lege, verzoek_id=uid()) is None
    storing.back()
    assert {storing.nu(b.id).toestand for b in (een, twee)} == {Toestand.OPGEROEPEN}
    assert storing.een.lijn.nakijken() == ()


def test_wie_zonder_afspraak_komt_houdt_zijn_nummer_en_geen_twee_werkplekken_geven_hetzelfde(
    storing: Storing,
) -> None:
    storing.lose()
    wens = Wens((Wensregel("a10"),))
    gemaakt = [
        plek.lijn.walk_in(wens, f"P. de Wit {nummer}", verzoek_id=uid())
        for nummer in range(2)
        for plek in (storing.een, storing.twee)
    ]
    assert [b.volgnummer for b in gemaakt] == ["W1-01", "W2-01", "W1-02", "W2-02"]
    assert {b.groep for b in gemaakt} == {"Overig"}
    eigen = storing.een.lijn.call_next("B1", verzoek_id=uid())
    assert eigen is not None
    assert eigen.id == gemaakt[0].id
    klaar = storing.een.lijn.finish(eigen.id, (), verzoek_id=uid())
    assert klaar.uitkomsten == (Uitkomst("a10", Resultaat.GEDAAN),)
    assert [b.naam for b in storing.een.lijn.find("wit")] == ["P. de Wit 0", "P. de Wit 1"]
    storing.back()
    nummers = {b.volgnummer: b.toestand for b in storing.stand().bezoeken if b.volgnummer.startswith("W")}
    assert nummers.pop("W1-01") is Toestand.KLAAR
    assert nummers == dict.fromkeys(("W2-01", "W1-02", "W2-02"), Toestand.AANGEMELD)
    namen = storing.avond.dienst.load_namen([b.id for b in gemaakt])
    assert sorted(namen.values()) == ["P. de Wit 0", "P. de Wit 0", "P. de Wit 1", "P. de Wit 1"]
    assert storing.avond.loper().volgnummer == "W01"
    assert storing.een.lijn.nakijken() == ()


def test_wie_zonder_verbinding_niet_terechtkon_telt_daarna_een_keer_mee_in_het_verslag(
    storing: Storing,
) -> None:
    """Geweigerd bij het aanmelden, of al bij het kijken en dan genoteerd; nooit met een naam."""
    storing.later(165 * 60)  # een kwartier voor sluitingstijd
    storing.een.lijn.load_stand()
    storing.lose()
    lijn, wens = storing.een.lijn, Wens((Wensregel("a45"),))
    verzoek = uid()
    for _ in range(2):
        with pytest.raises(PastNiet) as geweigerd:
            lijn.walk_in(wens, "P. de Wit", verzoek_id=verzoek)
    assert geweigerd.value.waarom == "te_laat"
    lijn.refuse(Wens((Wensregel("a10"),)), "vol", verzoek_id=uid())
    assert lijn.te_versturen == 2
    assert "P. de Wit" not in repr(storing.een.notities.load())
    storing.een.restart()
    storing.back()
    assert storing.een.lijn.nakijken() == ()
    stappen = storing.avond.dienst.load_stappen()
    assert make_verslag(storing.stand(), stappen).geweigerd == (
        Reden("Geen plaats meer", 1),
        Reden("Niet meer klaar voor sluiting", 1),
    )
    toen = [stap.na["gebeurd_op"] for stap in stappen if stap.soort == "bezoek_geweigerd"]
    assert toen == sorted(toen)


def test_zoeken_op_naam_en_namen_op_mijn_balie_werken_ook_zonder_verbinding(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    lijn = storing.een.lijn
    met = {bezoek.id for bezoek in lijn.find("jansen0")}
    storing.lose()
    assert {bezoek.id for bezoek in lijn.find("JANSEN0")} == met == {een.id}
    assert lijn.find("jansen0")[0].naam == "Jansen0"
    assert [b.id for b in lijn.find(een.volgnummer)] == [een.id]
    assert lijn.find(" ") == ()
    assert dict(lijn.load_namen([een.id])) == {een.id: "Jansen0"}
    assert len(lijn.load_alle_namen()) == 3
    assert {b.naam for b in stand_van(lijn).bezoeken} == {""}


def test_openen_en_sluiten_wacht_op_verbinding_en_op_wat_er_nog_door_moet(storing: Storing) -> None:
    een, *anderen = storing.bezoeken
    lijn = storing.een.lijn
    storing.lose()
    for doe in (lijn.open_avond, lijn.close_avond):
        with pytest.raises(Geweigerd, match="met verbinding"):
            doe(verzoek_id=uid())
    lijn.arrive(een.id, verzoek_id=uid())
    with pytest.raises(Geweigerd, match="doorvoeren"):
        lijn.close_avond(verzoek_id=uid())
    storing.back()
    lijn.call(een.id, "B1", verzoek_id=uid())
    lijn.finish(een.id, verzoek_id=uid())
    storing.later(3 * 3600)
    for ander in anderen:
        lijn.no_show(ander.id, verzoek_id=uid())
    storing.twee.lijn.load_stand()
    lijn.close_avond(verzoek_id=uid())
    assert storing.een.notities.load_beeld() is None
    gesloten = stand_van(storing.twee.lijn)
    assert gesloten.avond.toestand is AvondToestand.AFGESLOTEN
    assert storing.twee.notities.load_beeld() is None


def test_een_avond_die_open_bleef_staan_is_de_dag_erna_nog_af_te_sluiten(storing: Storing) -> None:
    een, *anderen = storing.bezoeken
    storing.een.lijn.arrive(een.id, verzoek_id=uid())
    storing.later(24 * 3600)
    lijn = storing.een.lijn
    assert lijn.load_stand() is None
    assert lijn.find_avonden() == (DAG,)
    terug = lijn.load_verslag(DAG)
    assert terug is not None
    assert (terug.verslag.datum, terug.verslag.open_bezoeken) == (DAG, 3)
    toen = terug.verslag.open_tot
    for bezoek in (een, *anderen):
        lijn.no_show(bezoek.id, verzoek_id=uid(), op=toen)
    lijn.close_avond(verzoek_id=uid(), datum=DAG)
    terug = lijn.load_verslag(DAG)
    assert terug is not None
    assert (terug.verslag.niet_gekomen, terug.verslag.open_bezoeken) == (3, 0)
    assert terug.stand.avond.toestand is AvondToestand.AFGESLOTEN
    assert lijn.load_verslag(DAG + timedelta(days=1)) is None
    storing.een.draad.is_weg = True
    for kijk in (lijn.find_avonden, lambda: lijn.load_verslag(DAG)):
        with pytest.raises(Geweigerd, match="alleen met verbinding te zien"):
            kijk()


# --- het antwoord viel weg


@pytest.mark.parametrize("stap", ["arrive", "call", "call_next", "walk_in", "park", "finish"])
def test_een_stap_waarvan_het_antwoord_wegviel_is_precies_een_keer_gedaan(
    storing: Storing, stap: str
) -> None:
    een, *_ = storing.bezoeken
    lijn, balie = storing.een.lijn, een.gepland
    wens = Wens((Wensregel("a10"),))
    if stap != "arrive":
        lijn.arrive(een.id, verzoek_id=uid())
    if stap in ("park", "finish"):
        lijn.call(een.id, balie, verzoek_id=uid())
    doe: dict[str, Callable[[], Bezoek | None]] = {
        "arrive": lambda: lijn.arrive(een.id, verzoek_id=uid()),
        "call": lambda: lijn.call(een.id, balie, verzoek_id=uid()),
        "call_next": lambda: lijn.call_next(balie, verzoek_id=uid()),
        "walk_in": lambda: lijn.walk_in(wens, "P. de Wit", verzoek_id=uid()),
        "park": lambda: lijn.park(een.id, "haalt pasfoto", verzoek_id=uid()),
        "finish": lambda: lijn.finish(een.id, GEDAAN, verzoek_id=uid()),
    }
    aantal = len(storing.avond.dienst.load_stappen())
    storing.een.draad.antwoord_weg = 1
    bezoek = doe[stap]()
    assert bezoek is not None
    assert lijn.te_versturen == 1
    assert lijn.stand_van is not None
    stand = stand_van(lijn)
    assert (lijn.te_versturen, lijn.stand_van, lijn.nakijken()) == (0, None, ())
    soorten = [g.soort for g in storing.avond.dienst.load_stappen()[aantal:]]
    assert len([s for s in soorten if s not in ("bezoek_gewijzigd", "bezoek_notitie")]) == 1
    # De bezoeker houdt het nummer dat hij hier kreeg.
    daar = next(b for b in stand.bezoeken if b.volgnummer == bezoek.volgnummer)
    assert daar.toestand is bezoek.toestand
    assert len(stand.bezoeken) == (4 if stap == "walk_in" else 3)


def test_riep_de_agenda_toch_een_ander_op_dan_kiest_de_avondleiding(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    lijn = storing.een.lijn
    lijn.arrive(een.id, verzoek_id=uid())
    lijn.load_stand()
    # Een collega meldt iemand met voorrang; deze werkplek weet dat nog niet als het antwoord wegvalt.
    storing.avond.dienst.arrive(twee.id, verzoek_id=uid())
    storing.avond.dienst.set_voorrang(twee.id, True, verzoek_id=uid())
    storing.een.draad.antwoord_weg = 1
    hier = lijn.call_next(een.gepland, verzoek_id=uid())
    assert hier is not None
    assert hier.id == een.id
    stand = stand_van(lijn)
    bij = stand.at_balie(een.gepland)
    assert bij is not None
    assert bij.id == twee.id
    assert bezoek_van(stand, een.id).toestand is Toestand.AANGEMELD
    (punt,) = lijn.nakijken()
    assert punt.bezoek == een.id
    assert twee.volgnummer in punt.waarom


def test_riep_de_agenda_niemand_op_dan_raakt_de_oproep_van_hier_niet_kwijt(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    lijn = storing.een.lijn
    lijn.arrive(een.id, verzoek_id=uid())
    lijn.load_stand()
    storing.avond.dienst.call(een.id, "B3", verzoek_id=uid())
    storing.een.draad.antwoord_weg = 1
    hier = lijn.call_next(een.gepland, verzoek_id=uid())
    assert hier is not None
    assert hier.id == een.id
    lijn.load_stand()
    (punt,) = lijn.nakijken()
    assert [regel.split(": ", 1)[1] for regel in punt.gedaan] == ["opgeroepen (Balie 1)"]
    assert punt.nu.endswith("nu opgeroepen, Balie 3.")


# --- nakijken


def clash(storing: Storing) -> tuple[Bezoek, Plek]:
    """Twee balies roepen zonder verbinding bewust dezelfde persoon op; de tweede maakt hem ook af."""
    een, twee, _ = storing.bezoeken
    for bezoek in (een, twee):
        storing.avond.dienst.arrive(bezoek.id, verzoek_id=uid())
    storing.lose()
    storing.een.lijn.call(een.id, een.gepland, verzoek_id=uid())
    storing.twee.lijn.call(een.id, twee.gepland, verzoek_id=uid())
    storing.later(30)
    storing.twee.lijn.finish(een.id, GEDAAN, verzoek_id=uid())
    storing.twee.lijn.call(twee.id, twee.gepland, verzoek_id=uid())
    return een, storing.twee


def test_wat_niet_meer_past_gaat_naar_nakijken_en_houdt_de_rest_niet_op(storing: Storing) -> None:
    een, plek = clash(storing)
    storing.back()
    (punt,) = plek.lijn.nakijken()
    assert storing.een.lijn.nakijken() == (punt,)  # elke werkplek ziet het, ook die van de avondleiding
    assert (punt.volgnummer, punt.werkplek) == (een.volgnummer, "balie-2")
    assert [regel.split(": ", 1)[1] for regel in punt.gedaan] == ["opgeroepen (Balie 2)", "klaar (Balie 2)"]
    assert punt.nu == f"In de agenda is {een.volgnummer} nu opgeroepen, Balie 1."
    assert punt.waarom == f"{een.volgnummer} is al opgeroepen, door m-balie-1 om 17.00 uur."
    assert punt.keuzes == (Keuze.LAAT_ZO, Keuze.NEEM_OVER)
    assert "Jansen" not in repr(punt)
    assert plek.lijn.te_versturen == 0
    twee = storing.bezoeken[1]
    assert storing.nu(twee.id).toestand is Toestand.OPGEROEPEN


@pytest.mark.parametrize(
    ("keuze", "daarna"), [(Keuze.LAAT_ZO, Toestand.OPGEROEPEN), (Keuze.NEEM_OVER, Toestand.KLAAR)]
)
def test_de_avondleiding_kiest_een_keer_en_overal_is_het_punt_weg(
    storing: Storing, keuze: Keuze, daarna: Toestand
) -> None:
    een, plek = clash(storing)
    storing.back()
    (punt,) = plek.lijn.nakijken()
    for lijn in (storing.een.lijn, plek.lijn):
        lijn.resolve(punt.id, keuze, verzoek_id=uid())
    assert storing.nu(een.id).toestand is daarna
    assert (storing.een.lijn.nakijken(), plek.lijn.nakijken()) == ((), ())
    assert storing.soorten(een.id).count("bezoek_nagekeken") == 1
    assert plek.notities.load() == ()


def test_twee_gastheren_die_dezelfde_aanmelden_is_geen_nakijkpunt(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    storing.lose()
    for plek in (storing.een, storing.twee):
        plek.lijn.arrive(een.id, verzoek_id=uid())
    storing.back()
    assert storing.nu(een.id).toestand is Toestand.AANGEMELD
    assert storing.een.lijn.nakijken() == ()
    assert storing.soorten(een.id) == ["bezoek_aangemeld"]


def test_nakijken_kan_niet_zonder_verbinding(storing: Storing) -> None:
    _, plek = clash(storing)
    storing.back()
    (punt,) = plek.lijn.nakijken()
    storing.lose()
    assert plek.lijn.nakijken() == (punt,)
    with pytest.raises(Geweigerd, match="met verbinding"):
        plek.lijn.resolve(punt.id, Keuze.LAAT_ZO, verzoek_id=uid())


# --- ongedaan


def test_een_stap_die_alleen_hier_staat_is_na_ongedaan_maken_helemaal_weg(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    lijn = storing.een.lijn
    storing.lose()
    lijn.arrive(een.id, verzoek_id=uid())
    stap = uid()
    lijn.call(een.id, "B1", verzoek_id=stap)
    terug = lijn.undo(stap, verzoek_id=uid())
    assert (terug.toestand, lijn.te_versturen) == (Toestand.AANGEMELD, 1)
    assert stand_van(lijn).at_balie("B1") is None
    wens = Wens((Wensregel("a10"),))
    nieuw = uid()
    lijn.walk_in(wens, "P. de Wit", verzoek_id=nieuw)
    lijn.undo(nieuw, verzoek_id=uid())
    assert len(stand_van(lijn).bezoeken) == 3
    assert lijn.walk_in(wens, "P. de Wit", verzoek_id=uid()).volgnummer == "W1-02"
    storing.back()
    assert storing.soorten(een.id) == ["bezoek_aangemeld"]
    assert lijn.nakijken() == ()


def test_een_stap_van_voor_de_storing_is_een_minuut_lang_ook_hier_ongedaan_te_maken(
    storing: Storing,
) -> None:
    een, twee, _ = storing.bezoeken
    lijn = storing.een.lijn
    stap, ander = uid(), uid()
    lijn.arrive(een.id, verzoek_id=stap)
    lijn.arrive(twee.id, verzoek_id=ander)
    storing.lose()
    storing.later(20)
    assert lijn.undo(stap, verzoek_id=uid()).toestand is Toestand.BEVESTIGD
    storing.later(100)
    with pytest.raises(Geweigerd, match="niet meer ongedaan"):
        lijn.undo(ander, verzoek_id=uid())
    storing.back()
    assert storing.soorten(een.id) == ["bezoek_aangemeld", "bezoek_ongedaan"]
    assert storing.nu(een.id).toestand is Toestand.BEVESTIGD
    assert lijn.nakijken() == ()


# --- opnieuw starten, de schijf, en tegelijk


def test_na_opnieuw_starten_tijdens_de_storing_staat_alles_er_nog(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    storing.lose()
    storing.een.lijn.arrive(een.id, verzoek_id=uid())
    voor = stand_van(storing.een.lijn)
    storing.later(120)
    storing.een.restart()
    lijn = storing.een.lijn
    na = stand_van(lijn)
    assert na.bezoeken == voor.bezoeken
    assert timedelta(seconds=118) < na.nu - voor.nu < timedelta(seconds=125)
    assert lijn.stand_van is not None
    assert lijn.te_versturen == 1
    lijn.call(een.id, een.gepland, verzoek_id=uid())
    assert [b.id for b in lijn.find("jansen1")] == [twee.id]
    assert lijn.walk_in(Wens((Wensregel("a10"),)), "", verzoek_id=uid()).volgnummer == "W1-01"
    storing.back()
    assert storing.nu(een.id).toestand is Toestand.OPGEROEPEN
    assert lijn.nakijken() == ()


def test_na_opnieuw_starten_komt_een_nieuwe_stap_achter_wat_er_nog_stond(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    storing.lose()
    storing.een.lijn.arrive(een.id, verzoek_id=uid())
    storing.een.restart()
    storing.een.draad.is_weg = False
    storing.een.lijn.call(een.id, "B1", verzoek_id=uid())
    assert storing.een.lijn.te_versturen == 2
    storing.back()
    assert storing.soorten(een.id) == ["bezoek_aangemeld", "bezoek_opgeroepen"]


def test_een_stap_die_onderweg_was_toen_het_programma_stopte_wordt_nagevraagd(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    draad, lijn = storing.een.draad, storing.een.lijn
    draad.freeze()
    hangt = threading.Thread(target=lambda: lijn.arrive(een.id, verzoek_id=uid()), daemon=True)
    hangt.start()
    oproep = threading.Thread(target=lambda: lijn.call(twee.id, "B3", verzoek_id=uid()), daemon=True)
    while not storing.een.notities.load():
        time.sleep(0.01)
    oproep.start()
    while len(storing.een.notities.load()) < 2:
        time.sleep(0.01)
    nieuw = storing.plek("balie-1")  # dezelfde pc, opnieuw gestart: de vorige kreeg nooit antwoord
    stand = storing.stand()
    assert bezoek_van(stand, een.id).toestand is Toestand.AANGEMELD
    # Wie niemand zag oproepen, is niet opgeroepen.
    assert bezoek_van(stand, twee.id).toestand is Toestand.BEVESTIGD
    assert (nieuw.notities.load(), nieuw.lijn.nakijken()) == ((), ())
    draad.is_weg = True
    draad.thaw()
    hangt.join(60)
    oproep.join(60)


def test_het_beeld_van_een_andere_avond_wordt_niet_getoond_en_weggegooid(storing: Storing) -> None:
    storing.lose()
    storing.klok.loop(24 * 3600)
    storing.een.restart()
    with pytest.raises(AgendaOnbereikbaar):
        storing.een.lijn.load_stand()
    assert storing.een.notities.load_beeld() is None


def test_stappen_van_een_avond_die_voorbij_is_worden_de_volgende_dag_doorgevoerd(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    storing.lose()
    storing.een.lijn.arrive(een.id, verzoek_id=uid())
    storing.een.lijn.call(een.id, "B1", verzoek_id=uid())
    storing.een.lijn.finish(een.id, GEDAAN, verzoek_id=uid())
    storing.later(16 * 3600)
    storing.een.restart()
    storing.een.draad.is_weg = False
    assert storing.een.lijn.load_stand() is None
    daar = next(b for b in storing.avond.agenda.load_bezoeken(DAG) if b.id == een.id)
    assert daar.toestand is Toestand.KLAAR
    assert storing.een.lijn.te_versturen == 0


def test_zonder_ruimte_op_schijf_gaat_het_werk_ook_door_en_zegt_de_band_het(
    storing: Storing, monkeypatch: pytest.MonkeyPatch
) -> None:
    een, twee, _ = storing.bezoeken
    lijn = storing.een.lijn
    storing.lose()

    def vol(*_: object) -> None:
        raise WinkelFout("De schijf van deze pc is vol.", code="winkel_vol")

    with monkeypatch.context() as kapot:
        kapot.setattr(storing.een.winkel.bestand, "schrijf", vol)
        lijn.arrive(een.id, verzoek_id=uid())
        assert lijn.band.endswith("sluit het programma niet.")
        assert lijn.te_versturen == 1
    lijn.arrive(twee.id, verzoek_id=uid())
    assert "sluit het programma" not in lijn.band
    assert [n.bezoek for n in storing.een.notities.load()] == [een.id, twee.id]
    storing.back()
    assert {storing.nu(b.id).toestand for b in (een, twee)} == {Toestand.AANGEMELD}


def test_een_bevroren_agenda_houdt_niemand_op_en_hangende_vragen_stapelen_niet(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    plek = storing.plek("balie-3", geduld=1.5)
    plek.draad.freeze()
    for doe in (
        lambda: plek.lijn.arrive(een.id, verzoek_id=uid()),
        lambda: plek.lijn.arrive(twee.id, verzoek_id=uid()),
        lambda: plek.lijn.load_stand(),
        lambda: plek.lijn.call(een.id, "B1", verzoek_id=uid()),
        lambda: plek.lijn.find("jansen"),
    ):
        doe()
        assert plek.draad.hangend == 1, "de eerste wacht het geduld; wie daarna komt, vraagt niets meer"
    plek.draad.thaw()
    while plek.lijn.stand_van is not None:
        plek.lijn.load_stand()
        time.sleep(0.02)
    assert storing.nu(een.id).toestand is Toestand.OPGEROEPEN
    assert storing.nu(twee.id).toestand is Toestand.AANGEMELD
    assert storing.soorten(een.id) == ["bezoek_aangemeld", "bezoek_opgeroepen"]


def test_een_stap_tijdens_het_doorvoeren_komt_achteraan_en_gaat_mee(storing: Storing) -> None:
    een, twee, _ = storing.bezoeken
    lijn, draad = storing.een.lijn, storing.een.draad
    storing.lose()
    lijn.arrive(een.id, verzoek_id=uid())
    lijn.arrive(twee.id, verzoek_id=uid())
    draad.is_weg = False
    gedaan = threading.Event()
    echt = storing.een.dienst.arrive

    def during(*wat: object, **hoe: object) -> Bezoek:
        if not gedaan.is_set():
            gedaan.set()
            lijn.call(een.id, "B1", verzoek_id=uid())
        return echt(*wat, **hoe)  # type: ignore[arg-type]  # doorgegeven zoals ontvangen

    storing.een.dienst.arrive = during  # type: ignore[method-assign]  # een collega klikt juist nu
    stand_van(lijn)
    assert gedaan.is_set()
    assert storing.nu(een.id).toestand is Toestand.OPGEROEPEN
    assert (lijn.te_versturen, lijn.nakijken()) == (0, ())


def test_producten_kiezen_en_kijken_of_het_past_kan_ook_zonder_verbinding(storing: Storing) -> None:
    beelden = storing.een.lijn.beelden
    met = [keuze.product.code for keuze in beelden.find_producten("10")]
    assert beelden.load().avonden
    storing.lose()
    assert [keuze.product.code for keuze in beelden.find_producten("10")] == met == ["a10"]
    zonder = beelden.load()
    assert zonder.inrichting.producten
    assert zonder.vandaag == DAG
    assert zonder.kalender.opening(DAG).vakken


def test_wat_nog_wacht_gaat_ook_door_als_niemand_naar_vanavond_kijkt(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    storing.lose()
    storing.een.lijn.arrive(een.id, verzoek_id=uid())
    storing.een.restart()
    assert storing.een.lijn.catch_up() == 1
    storing.een.draad.is_weg = False
    assert storing.een.lijn.catch_up() == 0
    assert storing.nu(een.id).toestand is Toestand.AANGEMELD


def test_zonder_notities_gaat_de_agenda_niet_open() -> None:
    winkel = open_winkel(None)

    def nooit() -> Inhaler:
        raise AssertionError("de agenda ging open")

    lijn = Avondlijn(nooit, lambda: WerkplekNotities(winkel.bestand), LijnKlok(moment(17)), "s.bos")
    assert lijn.catch_up() == 0
    winkel.close()


def test_zonder_winkel_werkt_de_avond_in_het_geheugen_en_zegt_de_band_het(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    draad = storing.een.draad

    def dicht() -> WerkplekNotities:
        raise WinkelFout("De sleutelbos is er niet.", code="winkel_sleutel")

    dienst = Vanavonddienst(draad, storing.een.wie)  # type: ignore[arg-type]  # een lijn ertussen
    inhaler = Inhaler(draad, dienst, storing.een.wie)  # type: ignore[arg-type]  # idem
    lijn = Avondlijn(lambda: inhaler, dicht, storing.klok, storing.een.wie.medewerker)
    stand_van(lijn)
    draad.is_weg = True
    lijn.arrive(een.id, verzoek_id=uid())
    assert bezoek_van(stand_van(lijn), een.id).toestand is Toestand.AANGEMELD
    assert lijn.band.endswith("sluit het programma niet.")
    with pytest.raises(Geweigerd, match="papieren lijst"):
        lijn.walk_in(Wens((Wensregel("a10"),)), "", verzoek_id=uid())
    draad.is_weg = False
    stand_van(lijn)
    assert (lijn.te_versturen, storing.nu(een.id).toestand) == (0, Toestand.AANGEMELD)


def test_ook_als_de_agenda_niet_eens_opengaat_staat_het_laatste_beeld_er(storing: Storing) -> None:
    een, *_ = storing.bezoeken
    storing.een.lijn.load_stand()

    def dicht() -> Inhaler:
        raise AgendaOnbereikbaar("De verbinding met de agenda is weg.")

    notities = storing.een.notities
    lijn = Avondlijn(dicht, lambda: notities, storing.klok, "s.bos")
    assert [b.id for b in stand_van(lijn).bezoeken] == [b.id for b in storing.bezoeken]
    lijn.arrive(een.id, verzoek_id=uid())
    assert lijn.te_versturen == 1
    assert lijn.next_for(stand_van(lijn), een.gepland) is not None
    storing.een.restart()
    stand_van(storing.een.lijn)
    assert storing.soorten(een.id) == ["bezoek_aangemeld"]
    stap = next(s for s in storing.avond.dienst.load_stappen() if s.soort == "bezoek_aangemeld")
    assert stap.wie.medewerker == "s.bos"  # wie het deed, niet wie het doorvoerde
