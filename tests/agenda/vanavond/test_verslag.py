"""Het verslag van een avond: gelijk aan wat er is vastgelegd, en zonder iets over een persoon."""

from __future__ import annotations

import dataclasses
import math
import statistics
from datetime import datetime, timedelta

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Resultaat, Uitkomst
from frontoffice.agenda.vanavond.verloop import read_verlopen
from frontoffice.agenda.vanavond.verslag import (
    ANDERE_REDEN,
    REDENEN,
    Verslag,
    classify_reden,
    find_open,
    make_verslag,
)
from frontoffice.agendapoort import Gebeurtenis
from tests.agenda.bouw import moment
from tests.agenda.vanavond.bouwavond import Gespeeld, bezoek, play, stand

ZADEN = range(60)


def verslag_van(spel: Gespeeld) -> Verslag:
    return make_verslag(spel.stand(), spel.stappen)


# --- de tegenrekening: alleen uit de regels, op een andere manier -----------------------------------


def echte_tijd(regel: Gebeurtenis) -> datetime:
    return datetime.fromisoformat(regel.na["gebeurd_op"]) if "gebeurd_op" in regel.na else regel.op


def geldige_regels(stappen: list[Gebeurtenis]) -> list[Gebeurtenis]:
    """Van achteren naar voren: wat ongedaan is gemaakt, slaat de eerstvolgende regel van dat bezoek over."""
    over: dict[str, int] = {}
    uit = []
    for regel in reversed(stappen):
        if regel.soort == "bezoek_ongedaan":
            over[regel.onderwerp] = over.get(regel.onderwerp, 0) + 1
        elif over.get(regel.onderwerp):
            over[regel.onderwerp] -= 1
        else:
            uit.append(regel)
    return uit[::-1]


def test_zestig_gespeelde_avonden_geven_een_verslag_dat_gelijk_is_aan_de_vastgelegde_stappen() -> None:
    soorten = set()
    for zaad in ZADEN:
        spel = play(zaad)
        regels = geldige_regels(spel.stappen)
        soorten |= {regel.soort for regel in spel.stappen}
        per: dict[str, list[Gebeurtenis]] = {}
        for regel in regels:
            if regel.soort != "bezoek_geweigerd":
                per.setdefault(regel.onderwerp, []).append(regel)
        laatste = {id_: rij[-1].soort for id_, rij in per.items()}
        verslag = verslag_van(spel)
        klaar = [id_ for id_, soort in laatste.items() if soort == "bezoek_klaar"]
        weg = [id_ for id_, soort in laatste.items() if soort == "bezoek_niet_gekomen"]
        assert verslag.afspraken + verslag.zonder_afspraak == len(spel.bezoeken) == 42
        assert verslag.geholpen == len(klaar)
        assert verslag.niet_gekomen == sum(id_.startswith("id-A") for id_ in weg)
        assert verslag.weggegaan == sum(id_.startswith("id-W") for id_ in weg)
        assert verslag.open_bezoeken == 42 - len(klaar) - len(weg)
        assert verslag.toch_gekomen == sum(r.soort == "bezoek_toch_gekomen" for r in regels)
        assert sum(r.aantal for r in verslag.geweigerd) == sum(r.soort == "bezoek_geweigerd" for r in regels)
        gewacht = []
        for id_, rij in per.items():
            komst = max(
                (n for n, r in enumerate(rij) if r.soort not in _NIET_KOMST and "opgeroepen" not in r.soort),
                default=-1,
            )
            oproepen = [r for r in rij[komst + 1 :] if r.soort == "bezoek_opgeroepen"]
            if oproepen:
                vanaf = echte_tijd(rij[komst])
                tijd = spel.bezoeken[id_].tijd
                vanaf = max(vanaf, tijd) if tijd is not None else vanaf
                gewacht.append(max(0.0, (echte_tijd(oproepen[0]) - vanaf).total_seconds() / 60))
        assert verslag.wacht.aantal == len(gewacht)
        assert verslag.wacht.mediaan == pytest.approx(statistics.median(gewacht))
        assert verslag.wacht.p90 == pytest.approx(sorted(gewacht)[math.ceil(0.9 * len(gewacht)) - 1])
        assert verslag.wacht.binnen == sum(minuten <= 10 for minuten in gewacht)
        assert sum(half.aantal for half in verslag.per_half_uur) == len(gewacht)
    # Anders zegt deze test niets: alles moet ergens gebeurd zijn.
    assert soorten >= {
        "bezoek_ongedaan", "bezoek_toch_gekomen", "bezoek_even_apart", "bezoek_hervat", "bezoek_geweigerd",
        "bezoek_opnieuw_opgeroepen", "bezoek_niet_gekomen", "bezoek_klaar",
    }  # fmt: skip


_NIET_KOMST = frozenset(
    {"bezoek_klaar", "bezoek_niet_gekomen", "bezoek_even_apart", "bezoek_hervat", "bezoek_aan_de_balie"}
)


def test_de_toestand_uit_de_stappen_is_die_van_het_bezoek() -> None:
    for zaad in ZADEN:
        spel = play(zaad)
        verlopen = read_verlopen(spel.stappen)
        for id_, wat in spel.bezoeken.items():
            verwacht = verlopen[id_].toestand if id_ in verlopen else None
            assert (verwacht or Toestand.BEVESTIGD) is wat.toestand


def test_de_aantallen_per_product_en_per_bevoegdheid_tellen_op_tot_het_geheel() -> None:
    for zaad in ZADEN:
        verslag = verslag_van(play(zaad))
        for rijen in (verslag.per_product, verslag.per_bevoegdheid):
            assert sum(rij.gevraagd for rij in rijen) == 42  # elk bezoek heeft hier één product
            assert sum(rij.gedaan + rij.niet_gedaan for rij in rijen) == verslag.geholpen
        assert sum(r.aantal for r in verslag.niet_gedaan) == sum(r.niet_gedaan for r in verslag.per_product)


# --- losse gevallen -------------------------------------------------------------------------------


def test_wie_te_vroeg_is_wacht_pas_vanaf_zijn_eigen_tijd() -> None:
    spel = Gespeeld()
    spel.add(bezoek("A01", "17.30"))
    spel.arrive("id-A01", moment("17.05"))
    spel.call("id-A01", moment("17.34"))
    assert verslag_van(spel).wacht.mediaan == 4


def test_wie_voor_zijn_tijd_aan_de_beurt_is_heeft_niet_gewacht() -> None:
    spel = Gespeeld()
    spel.add(bezoek("A01", "17.30"))
    spel.arrive("id-A01", moment("17.05"))
    spel.call("id-A01", moment("17.20"))
    assert verslag_van(spel).wacht == dataclasses.replace(verslag_van(spel).wacht, aantal=1, mediaan=0, p90=0)


def test_nog_een_keer_oproepen_maakt_de_wachttijd_niet_langer() -> None:
    spel = Gespeeld()
    spel.add(bezoek("W01"), moment("17.10"))
    spel.call("id-W01", moment("17.18"))
    spel.call("id-W01", moment("17.40"))
    assert verslag_van(spel).wacht_zonder.mediaan == 8
    assert verslag_van(spel).wacht_afspraak.aantal == 0


def test_een_oproep_die_ongedaan_is_gemaakt_telt_niet() -> None:
    spel = Gespeeld()
    spel.add(bezoek("W01"), moment("17.10"))
    spel.call("id-W01", moment("17.18"))
    spel.undo(moment("17.18"))
    assert verslag_van(spel).wacht.aantal == 0
    spel.call("id-W01", moment("17.40"))
    assert verslag_van(spel).wacht.mediaan == 30


def test_wat_zonder_verbinding_is_genoteerd_telt_op_het_moment_dat_het_gebeurde() -> None:
    spel = Gespeeld()
    spel.add(bezoek("A01", "17.30"))
    spel.arrive("id-A01", moment("17.30"), ingevoerd=moment("17.50"))
    spel.call("id-A01", moment("17.37"), ingevoerd=moment("17.50"))
    assert verslag_van(spel).wacht.mediaan == 7


def test_de_uitloop_is_van_sluiting_tot_de_laatste_klaar_is() -> None:
    spel = Gespeeld()
    spel.add(bezoek("A01", "19.45"))
    spel.arrive("id-A01", moment("19.45"))
    spel.call("id-A01", moment("19.50"))
    spel.finish("id-A01", moment("20.06"))
    verslag = verslag_van(spel)
    assert (verslag.uitloop, verslag.laatste_klaar) == (6, moment("20.06"))


def test_een_avond_zonder_bezoek_geeft_een_leeg_verslag_en_geen_procent() -> None:
    verslag = make_verslag(stand(), ())
    assert (verslag.afspraken, verslag.geholpen, verslag.deel_niet_gekomen, verslag.wacht.deel) == (
        0,
    ) * 2 + (
        None,
        None,
    )
    assert not verslag.is_voorlopig
    assert verslag.per_half_uur == ()


def test_een_afgezegde_afspraak_telt_niet_bij_niet_gekomen() -> None:
    afgezegd = bezoek("A02", "17.15", toestand=Toestand.AFGEZEGD)
    weg = bezoek("A01", "17.00", toestand=Toestand.NIET_GEKOMEN)
    verslag = make_verslag(stand(weg, afgezegd), ())
    assert (verslag.afspraken, verslag.afgezegd, verslag.niet_gekomen) == (1, 1, 1)
    assert verslag.deel_niet_gekomen == 1.0


def test_nummeren_en_nakijken_zijn_geen_stappen_en_maken_ongedaan_niet_in_de_war() -> None:
    spel = Gespeeld()
    spel.add(bezoek("W01"), moment("17.10"))
    spel.call("id-W01", moment("17.12"))
    for soort in ("bezoek_genummerd", "bezoek_na_te_kijken"):
        spel.stappen.append(dataclasses.replace(spel.stappen[-1], soort=soort))
    spel.undo(moment("17.13"))
    assert verslag_van(spel).wacht.aantal == 0


def test_terug_in_de_rij_na_een_oproep_telt_tot_de_eerste_oproep() -> None:
    spel = Gespeeld()
    spel.add(bezoek("W01"), moment("17.10"))
    spel.call("id-W01", moment("17.12"))
    terug = {"opgeroepen_op": None, "balie": ""}
    spel._change(spel.bezoeken["id-W01"], moment("17.15"), "bezoek_terug", Toestand.AANGEMELD, **terug)
    spel.call("id-W01", moment("17.30"))
    assert verslag_van(spel).wacht.mediaan == 2


def test_iemand_zonder_afspraak_die_ongedaan_is_gemaakt_telt_nergens() -> None:
    weg = bezoek("W01", toestand=Toestand.AFGEZEGD)
    verslag = make_verslag(stand(weg), ())
    assert (verslag.zonder_afspraak, verslag.afgezegd) == (0, 0)


def test_wat_een_medewerker_zelf_opschreef_komt_niet_in_het_verslag() -> None:
    klaar = bezoek(
        "A01",
        "17.00",
        toestand=Toestand.KLAAR,
        uitkomsten=(Uitkomst("paspoort", Resultaat.NIET_GEDAAN, "Jansen had ruzie"),),
    )
    ook = bezoek(
        "A02",
        "17.00",
        toestand=Toestand.KLAAR,
        uitkomsten=(Uitkomst("paspoort", Resultaat.NIET_GEDAAN, "papieren ontbreken."),),
    )
    verslag = make_verslag(stand(klaar, ook), ())
    assert {(r.naam, r.aantal) for r in verslag.niet_gedaan} == {(ANDERE_REDEN, 1), ("Papieren ontbreken", 1)}
    assert "Jansen" not in repr(verslag)


def test_een_reden_die_al_is_ingekort_blijft_dezelfde_zo_telt_een_gewiste_avond_hetzelfde() -> None:
    for tekst in (*REDENEN, ANDERE_REDEN, "zijn moeder is er niet bij, geen toestemming", "iets met Jan", ""):
        assert classify_reden(classify_reden(tekst)) == classify_reden(tekst)
    for reden in REDENEN:
        assert classify_reden(f"{reden.upper()}.") == reden


def test_een_geweigerd_bezoek_telt_met_zijn_reden() -> None:
    spel = Gespeeld()
    for waarom in ("vol", "vol", "niemand_bevoegd", "een_code_van_morgen"):
        spel.refuse(moment("18.00"), waarom)
    assert [(r.naam, r.aantal) for r in verslag_van(spel).geweigerd] == [
        ("Geen plaats meer", 2),
        (ANDERE_REDEN, 1),
        ("Niemand die dit mag doen", 1),
    ]


def test_een_avond_waarvan_de_namen_zijn_gewist_geeft_hetzelfde_verslag() -> None:
    spel = play(7)
    met = [
        dataclasses.replace(b, naam="A. Jansen", notitie="wacht op zijn zus") for b in spel.stand().bezoeken
    ]
    zonder = [dataclasses.replace(b, naam="", notitie="") for b in met]
    assert make_verslag(stand(*met, nu="20.30"), spel.stappen) == make_verslag(
        stand(*zonder, nu="20.30"), spel.stappen
    )


def test_wie_er_nog_is_staat_voor_wie_nog_kon_komen_in_de_lijst_om_af_te_sluiten() -> None:
    komt = bezoek("A01", "17.00")
    wacht = bezoek("A09", "18.00", toestand=Toestand.AANGEMELD)
    klaar = bezoek("A02", "17.00", toestand=Toestand.KLAAR)
    assert [b.volgnummer for b in find_open((komt, klaar, wacht))] == ["A09", "A01"]


def test_het_verslag_noemt_geen_medewerker_en_geen_balie() -> None:
    verslag = verslag_van(play(3))
    tekst = repr(verslag)
    assert "bos" not in tekst
    assert "B1" not in tekst
    assert "Balie" not in tekst


def test_de_halve_uren_lopen_door_ook_als_er_niemand_aan_de_beurt_kwam() -> None:
    spel = Gespeeld()
    for nummer, om in (("W01", "17.10"), ("W02", "18.20")):
        spel.add(bezoek(nummer), moment(om))
        spel.call(f"id-{nummer}", moment(om) + timedelta(minutes=5))
    assert [(h.begin, h.aantal) for h in verslag_van(spel).per_half_uur] == [
        (moment("17.00"), 1),
        (moment("17.30"), 0),
        (moment("18.00"), 1),
    ]
