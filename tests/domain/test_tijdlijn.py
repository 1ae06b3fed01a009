"""Stromen samenvoegen tot een eerlijke tijdlijn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from frontoffice.domain.fouten import Storing
from frontoffice.domain.tijdlijn import Stroom, Tijdlijn, TijdlijnItem, TijdlijnSoort
from tests.bouwers import NU, maak_item

STORING = Storing("Er is een storing. Probeer het later opnieuw.", register="x")


def geleden(uren: int, **anders: object) -> TijdlijnItem:
    return maak_item(NU - timedelta(hours=uren), **anders)


def test_wat_ouder_is_dan_de_traagste_bron_bereikte_wacht_nog() -> None:
    contacten = Stroom("contacten").met_pagina([geleden(1), geleden(10)], vervolg="2")
    zaken = Stroom("zaken").met_pagina([geleden(5), geleden(20)], vervolg=None)
    tijdlijn = Tijdlijn((contacten, zaken))
    assert [item.om for item in tijdlijn.items] == [NU - timedelta(hours=u) for u in (1, 5, 10)]
    assert tijdlijn.remmende_stroom == contacten
    assert tijdlijn.heeft_meer


def test_na_de_laatste_pagina_is_alles_te_zien() -> None:
    contacten = Stroom("contacten").met_pagina([geleden(1)], "2").met_pagina([geleden(30)], None)
    zaken = Stroom("zaken").met_pagina([geleden(20)], None)
    tijdlijn = Tijdlijn((contacten, zaken))
    assert len(tijdlijn.items) == 3
    assert not tijdlijn.heeft_meer


def test_een_bron_met_meer_die_nog_niets_gaf_houdt_alles_tegen() -> None:
    tijdlijn = Tijdlijn(
        (Stroom("agenda").met_pagina([], "2"), Stroom("zaken").met_pagina([geleden(1)], None))
    )
    assert tijdlijn.items == ()
    assert tijdlijn.remmende_stroom is not None
    assert tijdlijn.remmende_stroom.naam == "agenda"


def test_bronnen_die_mislukken_worden_allemaal_genoemd_en_houden_de_rest_niet_tegen() -> None:
    stuk = [Stroom(naam, fout=STORING) for naam in ("agenda", "meldingen")]
    tijdlijn = Tijdlijn((*stuk, Stroom("zaken").met_pagina([geleden(1)], None)))
    assert [stroom.naam for stroom in tijdlijn.mislukt] == ["agenda", "meldingen"]
    assert len(tijdlijn.items) == 1


def test_een_bron_die_halverwege_mislukt_laat_ouder_niet_stilletjes_weg() -> None:
    half = Stroom("contacten", (geleden(2),), vervolg="2", bereikt=NU - timedelta(hours=2), fout=STORING)
    tijdlijn = Tijdlijn((half, Stroom("zaken").met_pagina([geleden(9)], None)))
    assert len(tijdlijn.items) == 1


def test_een_verschoven_bladzijde_geeft_geen_dubbele_items() -> None:
    een, twee, drie = geleden(1), geleden(2), geleden(3)
    stroom = Stroom("contacten").met_pagina([een, twee], "2").met_pagina([twee, drie], None)
    assert stroom.items == (een, twee, drie)


class Wereld:
    """Bronnen die hun items in willekeurig grote pagina's geven, nieuwste eerst."""

    def __init__(self, tijden: list[list[int]], groottes: list[int]) -> None:
        self.alles: set[str] = set()
        self.bronnen: list[list[TijdlijnItem]] = []
        for nummer, bron in enumerate(tijden):
            items = [
                TijdlijnItem(f"{nummer}-{i}", TijdlijnSoort.CONTACT, datetime.fromtimestamp(t, UTC), "x")
                for i, t in enumerate(sorted(bron, reverse=True))
            ]
            self.bronnen.append(items)
            self.alles |= {item.id for item in items}
        self.groottes = groottes

    def pagina(self, nummer: int, vanaf: int) -> tuple[list[TijdlijnItem], int | None]:
        grootte = self.groottes[nummer % len(self.groottes)]
        tot = vanaf + grootte
        return self.bronnen[nummer][vanaf:tot], tot if tot < len(self.bronnen[nummer]) else None


@settings(max_examples=80)
@given(
    st.lists(st.lists(st.integers(0, 50), max_size=25), min_size=1, max_size=4),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
)
def test_de_tijdlijn_toont_nooit_iets_voorbij_de_grens_en_verliest_of_verdubbelt_niets(
    tijden: list[list[int]], groottes: list[int]
) -> None:
    wereld = Wereld(tijden, groottes)
    tijdlijn = Tijdlijn()
    for nummer in range(len(wereld.bronnen)):
        items, vervolg = wereld.pagina(nummer, 0)
        stroom = Stroom(str(nummer)).met_pagina(items, None if vervolg is None else str(vervolg))
        tijdlijn = tijdlijn.met(stroom)
    while True:
        getoond = tijdlijn.items
        assert [i.om for i in getoond] == sorted((i.om for i in getoond), reverse=True)
        assert len({i.id for i in getoond}) == len(getoond)
        oudste = getoond[-1].om if getoond else None
        for nummer, bron in enumerate(wereld.bronnen):
            gekregen = {i.id for i in (tijdlijn.stroom(str(nummer)) or Stroom("")).items}
            ontbreekt = [i for i in bron if i.id not in gekregen]
            assert oudste is None or all(i.om <= oudste for i in ontbreekt)
        rem = tijdlijn.remmende_stroom
        if rem is None:
            break
        assert rem.vervolg is not None
        items, vervolg = wereld.pagina(int(rem.naam), int(rem.vervolg))
        tijdlijn = tijdlijn.met(rem.met_pagina(items, None if vervolg is None else str(vervolg)))
    assert {i.id for i in tijdlijn.items} == wereld.alles
