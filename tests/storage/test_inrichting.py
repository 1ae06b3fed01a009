"""Inrichting, zoeken en wachtlijst: wat elke opslag van de agenda doet, op beide databases."""
# ruff: noqa: PT012 - het blok van het slot is wat hier moet mislukken, en dat heeft meer regels

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from frontoffice.agenda.afspraak import Contactgegevens, Toestand
from frontoffice.agenda.inrichting import Dienst, Inrichting
from frontoffice.agendapoort import Gebeurtenis, Gebeurtenisvraag, IemandWasEerder, Wachtende
from frontoffice.storage.agenda import AgendaDatabase
from tests.storage.bouw import (
    ANDERE_DAG,
    COLLEGA,
    DAG,
    INRICHTING,
    KLANT,
    MAANDAG,
    WIE,
    add,
    make_afspraak,
)

Werkplek = Callable[[], AgendaDatabase]


# --- inrichting


def test_de_inrichting_komt_terug_zoals_zij_erin_ging_en_op_volgorde(agenda: AgendaDatabase) -> None:
    inrichting, versie = agenda.load_inrichting()
    assert inrichting == INRICHTING
    assert versie == 1


def test_een_ongewijzigde_inrichting_geeft_hetzelfde_object(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    eerste, versie = agenda.load_inrichting()
    assert agenda.load_inrichting()[0] is eerste
    with agenda.lock([DAG]) as tx:
        assert tx.load_inrichting()[0] is eerste
    with werkplek().lock((), inrichting=True) as tx:
        tx.put_onderdelen(
            "balies", [replace(INRICHTING.balies[0], naam="Voorste balie")], WIE, "Nieuw bordje."
        )
    nieuw, nieuwe_versie = agenda.load_inrichting()
    assert nieuwe_versie == versie + 1
    assert agenda.load_versies(DAG, DAG).inrichting == nieuwe_versie
    assert [balie.naam for balie in nieuw.balies][:2] == ["Voorste balie", "Balie 2"]


def test_wie_inricht_ziet_de_wijziging_al_voor_het_vastleggen_en_een_ander_niet(
    agenda: AgendaDatabase,
) -> None:
    _, versie = agenda.load_inrichting()
    with pytest.raises(ZeroDivisionError), agenda.lock((), inrichting=True) as tx:
        tx.remove_onderdelen("balies", ["B6"], WIE)
        inrichting, nieuwe_versie = tx.load_inrichting()
        assert (len(inrichting.balies), nieuwe_versie) == (5, versie + 1)
        raise ZeroDivisionError
    assert agenda.load_inrichting() == (INRICHTING, versie)


def test_de_geschiedenis_van_de_inrichting_noemt_voor_en_na_maar_geen_naam_van_een_medewerker(
    agenda: AgendaDatabase,
) -> None:
    dienst = INRICHTING.diensten[0]
    with agenda.lock([dienst.datum], inrichting=True) as tx:
        tx.put_onderdelen("diensten", [replace(dienst, balie="B2")], COLLEGA, "Ruil.")
        tx.put_onderdelen(
            "medewerkers", [replace(INRICHTING.medewerkers[0], organisatie="Enschede")], COLLEGA
        )
        tx.remove_onderdelen("diensten", [INRICHTING.diensten[1].id, "bestaat-niet"], COLLEGA)
    gewijzigd = agenda.load_gebeurtenissen(f"diensten:{dienst.id}")[-1]
    assert (gewijzigd.soort, gewijzigd.reden, gewijzigd.datum) == ("gewijzigd", "Ruil.", dienst.datum)
    assert (gewijzigd.voor["balie"], gewijzigd.na["balie"]) == ("B1", "B2")
    assert agenda.load_gebeurtenissen(f"diensten:{INRICHTING.diensten[1].id}")[-1].soort == "verwijderd"
    (eerst, anders) = agenda.load_gebeurtenissen("medewerkers:mB1")
    assert "naam" not in {*eerst.na, *anders.voor, *anders.na}
    assert anders.na["organisatie"] == "Enschede"


def test_wat_niet_verandert_geeft_geen_nieuwe_versie_en_geen_geschiedenis(agenda: AgendaDatabase) -> None:
    _, versie = agenda.load_inrichting()
    with agenda.lock((), inrichting=True) as tx:
        tx.put_onderdelen("balies", INRICHTING.balies, WIE)
    assert agenda.load_inrichting()[1] == versie
    assert len(agenda.load_gebeurtenissen("balies:B1")) == 1


def test_een_deel_van_de_verkeerde_soort_wordt_geweigerd(agenda: AgendaDatabase) -> None:
    with agenda.lock((), inrichting=True) as tx:
        with pytest.raises(ValueError):
            tx.put_onderdelen("balies", INRICHTING.producten, WIE)
        with pytest.raises(ValueError):
            tx.put_onderdelen("stoelen", [], WIE)


def test_een_lege_agenda_heeft_een_lege_inrichting(agenda: AgendaDatabase) -> None:
    with agenda.lock((), inrichting=True) as tx:
        for soort in ("regels", "balies", "medewerkers", "diensten"):
            tx.remove_onderdelen(soort, [deel.id for deel in getattr(INRICHTING, soort)], WIE)
        tx.remove_onderdelen("producten", [product.code for product in INRICHTING.producten], WIE)
        tx.remove_onderdelen("locatie", ["locatie"], WIE)
    inrichting, _ = agenda.load_inrichting()
    assert inrichting == Inrichting(replace(INRICHTING.locatie, naam="", stap=15, voorbeeld=False))


def test_een_dienst_erbij_komt_achteraan(agenda: AgendaDatabase) -> None:
    erbij = Dienst("aaa", DAG, "mB1", INRICHTING.diensten[0].van, INRICHTING.diensten[0].tot, "B6")
    with agenda.lock([DAG], inrichting=True) as tx:
        tx.put_onderdelen("diensten", [erbij], WIE)
    assert agenda.load_inrichting()[0].diensten[-1] == erbij


# --- zoeken


@pytest.mark.parametrize(
    "zoek",
    ["ayse", "AYŞE", "lecki ayse", "van der", "0612345678", "06 123", "+31612345678", "0031 6 1234 5678",
     "ayse@voorbeeld", "CODEAAA1", "codeaaa1", "2026-90001"],
)  # fmt: skip
def test_een_afspraak_is_te_vinden_op(agenda: AgendaDatabase, zoek: str) -> None:
    with agenda.lock([DAG]) as tx:
        tx.add_afspraak(make_afspraak("1"), WIE)
        anders = Contactgegevens("Bea Anders", "053-7654321", "bea@elders.example")
        tx.add_afspraak(make_afspraak("2", 18, klant=anders, nummer="2026-77777", code="ZZZZZZZZ"), WIE)
    assert [a.id for a in agenda.find_afspraken(zoek=zoek)] == ["1"]


@pytest.mark.parametrize("zoek", ["%", "_yse", "ayse jansen", "0699999999", "' OR 1=1 --", "\\", "\x00"])
def test_een_vreemde_zoekvraag_vindt_niemand(agenda: AgendaDatabase, zoek: str) -> None:
    add(agenda, make_afspraak("1"))
    assert agenda.find_afspraken(zoek=zoek) == ()


def test_zoeken_op_datum_klantsleutel_en_te_verzetten_oudste_eerst(agenda: AgendaDatabase) -> None:
    sleutel = "cd" * 32
    add(
        agenda,
        make_afspraak("2", 18, klant=replace(KLANT, klantsleutel=sleutel)),
        make_afspraak("1", 17, te_verzetten="Balie weg."),
        make_afspraak("3", 17, dag=ANDERE_DAG, klant=replace(KLANT, klantsleutel=sleutel)),
        make_afspraak("4", 19, toestand=Toestand.AFGEZEGD, te_verzetten="Balie weg."),
    )
    assert [a.id for a in agenda.find_afspraken()] == ["1", "2", "4", "3"]
    assert [a.id for a in agenda.find_afspraken(maximum=2)] == ["1", "2"]
    assert [a.id for a in agenda.find_afspraken(datum_van=ANDERE_DAG)] == ["3"]
    assert [a.id for a in agenda.find_afspraken(datum_tot=DAG)] == ["1", "2", "4"]
    assert [a.id for a in agenda.find_afspraken(klantsleutel=sleutel)] == ["2", "3"]
    assert [a.id for a in agenda.find_afspraken(te_verzetten=True)] == ["1"]
    assert agenda.find_afspraken(ids=["9"]) == ()


def test_onbewaarbare_tekens_worden_vervangen_en_breken_niets(agenda: AgendaDatabase) -> None:
    vreemd = Contactgegevens("Jan\x00 \ud800Jansen", "06", "")
    add(agenda, make_afspraak("1", klant=vreemd, opmerking="\udfff", behoeften=("\ud800",)))
    (gelezen,) = agenda.find_afspraken(zoek="jansen")
    assert (gelezen.klant.naam, gelezen.opmerking, gelezen.behoeften) == (
        "Jan\ufffd \ufffdJansen",
        "\ufffd",
        ("\ufffd",),
    )


# --- wachtlijst


def wachtende(**over: object) -> Wachtende:
    velden: dict[str, object] = {
        "id": "w1",
        "sinds": datetime(2026, 11, 30, 8, tzinfo=UTC),
        "producten": (("a15", 2),),
        "behoeften": ("tolk",),
        "van": MAANDAG,
        "tot": DAG,
        "vroegst": "17.00",
        "laatst": "19.00",
        "naam": "Bea Anders",
        "telefoon": "053-7654321",
        "email": "",
        "afspraak": "1",
    }
    return Wachtende(**(velden | over))  # type: ignore[arg-type]  # de velden hierboven


def test_de_wachtlijst_houdt_wie_nog_wacht_oudste_eerst(agenda: AgendaDatabase) -> None:
    agenda.put_wachtende(wachtende(), WIE)
    eerder = wachtende(id="w0", sinds=datetime(2026, 11, 29, 8, tzinfo=UTC))
    agenda.put_wachtende(eerder, WIE)
    assert agenda.load_wachtlijst() == (eerder, wachtende())
    agenda.put_wachtende(replace(eerder, toestand="geboekt"), COLLEGA)
    assert agenda.load_wachtlijst() == (wachtende(),)
    with pytest.raises(IemandWasEerder):
        agenda.put_wachtende(replace(eerder, toestand="wacht"), WIE)
    assert [regel.soort for regel in agenda.load_gebeurtenissen("w0")] == [
        "op_wachtlijst",
        "wachtlijst_gewijzigd",
    ]
    assert "Bea" not in repr(agenda.load_gebeurtenissen("w0"))


# --- wie wat veranderde


def test_wijzigingen_zoekt_men_op_soort_persoon_en_tijd_nieuwste_eerst(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1"))
    begin = agenda.nu()
    for wie, naam in ((WIE, "Voorste balie"), (COLLEGA, "Achterste balie")):
        with agenda.lock((), inrichting=True) as tx:
            tx.put_onderdelen("balies", [replace(INRICHTING.balies[0], naam=naam)], wie)
    with agenda.lock([DAG]) as tx:
        for soort, onderwerp in (("avond", "avond:2026-12-03"), ("rooster", "avond:2026-12-03"),
                                 ("vreemd", "avondX:1"), ("vreemd", "av%nd:1")):  # fmt: skip
            tx.note(Gebeurtenis(tx.nu, WIE, soort, onderwerp, DAG, {}, {}))
    soorten = ("balies", "avond")
    vraag = Gebeurtenisvraag(soorten, van=begin, zonder=("rooster",))
    gevonden = agenda.find_gebeurtenissen(vraag, 10)
    assert [(g.soort, g.na.get("naam")) for _, g in gevonden] == [
        ("avond", None),
        ("gewijzigd", "Achterste balie"),
        ("gewijzigd", "Voorste balie"),
    ]
    nummers = [nummer for nummer, _ in gevonden]
    assert nummers == sorted(nummers, reverse=True)
    van_collega = agenda.find_gebeurtenissen(replace(vraag, medewerker=COLLEGA.medewerker), 10)
    assert [nummer for nummer, _ in van_collega] == nummers[1:2]
    assert [nummer for nummer, _ in agenda.find_gebeurtenissen(replace(vraag, voor=nummers[0]), 1)] == [
        nummers[1]
    ]
    assert agenda.find_gebeurtenissen(replace(vraag, van=None, tot=begin, soorten=("avond",)), 10) == ()
    assert COLLEGA.medewerker in agenda.find_wijzigers(soorten)
    assert agenda.find_wijzigers(("producten_x",)) == ()
