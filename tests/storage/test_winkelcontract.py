"""Wat elke winkel doet, de echte en die van de tests: concepten blijven, afronden is alles of niets, en elke
rij heeft één verzender.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging, Winkel
from tests.nep_registratie import NepWinkel
from tests.storage.bouwwinkel import NU, Klok, finish, later, make_concept, make_registratie, open_winkel


@pytest.fixture(params=["bestand", "geheugen", "nep"])
def winkel(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Winkel]:
    geopend: Winkel
    if request.param == "nep":
        geopend = NepWinkel(Klok())
    else:
        geopend = open_winkel(tmp_path / "werkplek.db" if request.param == "bestand" else None)
    yield geopend
    geopend.close()


def claim_id(winkel: Winkel, seconden: float = 60, **over: bool) -> int | None:
    rij = winkel.claim(later(seconden), **over)
    return None if rij is None else rij.id


class TestWinkelcontract:
    """Alleen via de port: wat hier staat, geldt ook voor een winkel die een test gebruikt."""

    # --- concepten

    def test_concepten_staan_op_plek_en_zijn_van_hun_medewerker(self, winkel: Winkel) -> None:
        for uuid, plek, wie in (("a", 0, "s.bos"), ("b", 3, "s.bos"), ("c", 1, "s.bos"), ("d", 2, "j.smit")):
            winkel.save_concept(make_concept(uuid, plek=plek, medewerker=wie))
        assert [concept.uuid for concept in winkel.load_concepten("s.bos")] == ["c", "b", "a"]
        assert len(winkel.load_concepten()) == 4
        winkel.remove_concept("b")
        winkel.remove_concept("b")
        assert [concept.uuid for concept in winkel.load_concepten("s.bos")] == ["c", "a"]

    @pytest.mark.parametrize("tekst", ["", "\ud83d half", "\x00", "é" * 5000, "'; DROP TABLE concept; --"])
    def test_elke_tekst_is_te_bewaren(self, winkel: Winkel, tekst: str) -> None:
        winkel.save_concept(make_concept(notitie=tekst, extra={tekst: tekst}))
        (terug,) = winkel.load_concepten()
        assert terug.notitie == tekst.replace("\ud83d", "\ufffd")

    def test_een_oudere_stand_komt_nooit_over_een_nieuwere_heen(self, winkel: Winkel) -> None:
        """Bij het sluiten kan een bewaaropdracht die nog liep, later klaar zijn dan de laatste."""
        winkel.save_concept(make_concept("c1", notitie="nieuw", versie=7))
        winkel.save_concept(make_concept("c1", notitie="oud", versie=6))
        assert winkel.load_concepten()[0].notitie == "nieuw"
        winkel.save_concept(make_concept("c1", notitie="gelijk", versie=7))
        assert winkel.load_concepten()[0].notitie == "gelijk"

    def test_een_late_toetsaanslag_maakt_een_afgerond_concept_niet_weer_open(self, winkel: Winkel) -> None:
        finish(winkel, concept="c1")
        winkel.save_concept(make_concept("c1", notitie="te laat"))
        assert winkel.load_concepten() == ()

    # --- nummers en afronden

    def test_afronden_haalt_het_concept_weg_en_zet_elk_deel_klaar(self, winkel: Winkel) -> None:
        winkel.save_concept(make_concept("c1"))
        delen = [make_registratie(nummer) for nummer in winkel.next_referentienummers(2)]
        ids = winkel.finish("c1", delen, later(10))
        assert winkel.load_concepten() == ()
        rijen = winkel.load_verzendingen()
        assert [rij.id for rij in rijen] == list(ids)
        assert [rij.registratie for rij in rijen] == delen
        assert {(rij.toestand, rij.pogingen, rij.niet_voor) for rij in rijen} == {
            (Toestand.NOG_NIET_VERSTUURD, 0, later(10))
        }

    def test_twee_keer_afronden_geeft_dezelfde_ids_en_niets_dubbel(self, winkel: Winkel) -> None:
        winkel.save_concept(make_concept("c1"))
        delen = [make_registratie(nummer) for nummer in winkel.next_referentienummers(2)]
        eerste = winkel.finish("c1", delen, NU)
        anders = [make_registratie(nummer) for nummer in winkel.next_referentienummers(1)]
        assert winkel.finish("c1", delen, NU) == eerste
        assert winkel.finish("c1", anders, NU) == eerste
        assert len(winkel.load_verzendingen()) == 2

    def test_een_contact_zonder_concept_is_ook_af_te_ronden_maar_niet_ongedaan_te_maken(
        self,
        winkel: Winkel,
    ) -> None:
        (nummer,) = winkel.next_referentienummers(1)
        winkel.finish("c9", [make_registratie(nummer)], NU)
        assert winkel.undo("c9") is None
        assert len(winkel.load_verzendingen()) == 1

    def test_ongedaan_maken_geeft_het_concept_precies_terug(self, winkel: Winkel) -> None:
        concept = make_concept("c1", plek=4)
        winkel.save_concept(concept)
        (nummer,) = winkel.next_referentienummers(1)
        eerste = winkel.finish("c1", [make_registratie(nummer)], later(10))
        assert winkel.undo("c1") == concept
        assert winkel.undo("c1") == concept
        assert winkel.load_verzendingen() == ()
        assert winkel.load_concepten() == (concept,)
        winkel.save_concept(replace(concept, notitie="verder"))
        tweede = winkel.finish("c1", [make_registratie(nummer)], later(10))
        assert tweede != eerste

    def test_na_het_begin_van_versturen_is_ongedaan_maken_te_laat(self, winkel: Winkel) -> None:
        finish(winkel, concept="c1")
        assert winkel.claim(later(60)) is not None
        assert winkel.undo("c1") is None
        assert winkel.undo("nooit-gezien") is None

    # --- wie er aan de beurt is

    def test_een_rij_komt_pas_na_haar_tijd_of_als_alles_mag(self, winkel: Winkel) -> None:
        winkel.save_concept(make_concept("c1"))
        (id_,) = winkel.finish("c1", [make_registratie("1")], later(10))
        assert claim_id(winkel, 9) is None
        assert claim_id(winkel, 9, alles=True) == id_

    def test_elke_rij_gaat_naar_een_verzender_tegelijk(self, winkel: Winkel) -> None:
        for _ in range(20):
            finish(winkel)
        gekregen: list[int] = []

        def take() -> None:
            while (rij := winkel.claim(later(60))) is not None:
                gekregen.append(rij.id)

        draden = [threading.Thread(target=take) for _ in range(4)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert sorted(gekregen) == [rij.id for rij in winkel.load_verzendingen()]

    def test_een_groep_blijft_op_volgorde_en_andere_gaan_door(self, winkel: Winkel) -> None:
        eerste, tweede = finish(winkel, 2, groep="a")
        (ander,) = finish(winkel, groep="b")
        assert claim_id(winkel) == eerste
        assert claim_id(winkel) == ander
        assert claim_id(winkel) is None
        winkel.update(eerste, Wijziging(Toestand.STAAT_IN_REGISTER))
        assert claim_id(winkel) == tweede

    def test_een_rij_die_wacht_houdt_haar_groep_op_maar_actie_nodig_niet(self, winkel: Winkel) -> None:
        eerste, tweede = finish(winkel, 2)
        assert claim_id(winkel) == eerste
        winkel.update(eerste, Wijziging(Toestand.WORDT_NAGEKEKEN, niet_voor=later(600)))
        assert claim_id(winkel) is None
        winkel.update(eerste, Wijziging(Toestand.ACTIE_NODIG, fout="Afgekeurd.", veld="inhoud"))
        assert claim_id(winkel) == tweede

    @pytest.mark.parametrize(
        ("uitkomst", "daarna"),
        [
            (Toestand.NOG_NIET_VERSTUURD, Toestand.WORDT_VERSTUURD),
            (Toestand.WORDT_NAGEKEKEN, Toestand.WORDT_NAGEKEKEN),
        ],
    )
    def test_een_tweede_poging_kijkt_eerst_na_tenzij_de_eerste_zeker_niet_aankwam(
        self, winkel: Winkel, uitkomst: Toestand, daarna: Toestand
    ) -> None:
        (id_,) = finish(winkel)
        eerste = winkel.claim(later(60))
        assert eerste is not None
        assert (eerste.toestand, eerste.pogingen) == (Toestand.WORDT_VERSTUURD, 1)
        winkel.update(id_, Wijziging(uitkomst, fout="Onbereikbaar."))
        tweede = winkel.claim(later(60))
        assert tweede is not None
        assert (tweede.toestand, tweede.pogingen, tweede.fout) == (daarna, 2, "Onbereikbaar.")

    def test_wie_al_aan_de_beurt_was_kan_worden_overgeslagen(self, winkel: Winkel) -> None:
        (eerste,), (tweede,) = finish(winkel), finish(winkel)
        rij = winkel.claim(later(60), behalve=frozenset({eerste}))
        assert rij is not None
        assert rij.id == tweede

    def test_stappen_komen_erbij_en_het_einde_wist_de_fout(self, winkel: Winkel) -> None:
        (id_,) = finish(winkel)
        eerste = Wijziging(stappen={"contact": "k1"}, fout="Storing.", veld="inhoud", http_status=500)
        winkel.update(id_, eerste)
        winkel.update(id_, Wijziging(stappen={"actor": "a1"}))
        rij = winkel.load_verzending(id_)
        assert rij is not None
        assert (rij.stappen, rij.fout, rij.http_status, rij.pogingen) == (
            {"contact": "k1", "actor": "a1"}, "Storing.", 500, 0,
        )  # fmt: skip
        winkel.update(id_, Wijziging(Toestand.STAAT_IN_REGISTER, verstuurd_op=later(99)))
        klaar = winkel.load_verzending(id_)
        assert klaar is not None
        assert klaar.verstuurd_op == later(99)
        assert (klaar.fout, klaar.veld, klaar.http_status, klaar.stappen) == ("", "", None, rij.stappen)
        assert winkel.load_verzending(99) is None

    def test_een_ander_nummer_wordt_bewaard_voor_het_gebruikt_is(self, winkel: Winkel) -> None:
        (id_,) = finish(winkel)
        rij = winkel.load_verzending(id_)
        assert rij is not None
        nieuw = replace(rij.registratie, referentienummer="1234567890", onderwerp="Anders")
        winkel.update(id_, Wijziging(opdracht=nieuw))
        opnieuw = winkel.load_verzending(id_)
        assert opnieuw is not None
        assert opnieuw.registratie == nieuw

    # --- de lease

    def test_er_is_een_verzender_per_winkel_tot_de_lease_verloopt(self, winkel: Winkel) -> None:
        assert winkel.acquire_lease("venster", NU, 60)
        assert not winkel.acquire_lease("kif", later(30), 60)
        assert winkel.acquire_lease("venster", later(30), 60)
        assert not winkel.acquire_lease("kif", later(80), 60)
        assert winkel.acquire_lease("kif", later(90), 60)
        assert not winkel.acquire_lease("venster", later(91), 60)
        winkel.release_lease("venster")
        assert not winkel.acquire_lease("venster", later(91), 60)
        winkel.release_lease("kif")
        assert winkel.acquire_lease("venster", later(91), 60)

    def test_een_klok_die_terugspringt_houdt_het_versturen_niet_op(self, winkel: Winkel) -> None:
        assert winkel.acquire_lease("venster", later(7200), 60)
        assert winkel.acquire_lease("kif", NU, 60)

    def test_een_rij_van_een_verzender_die_wegviel_wordt_nagekeken_als_zijn_lease_voorbij_is(
        self,
        winkel: Winkel,
    ) -> None:
        (id_,) = finish(winkel)
        winkel.acquire_lease("weg", NU, 60)
        assert claim_id(winkel, 1) == id_
        assert claim_id(winkel, 2) is None
        winkel.acquire_lease("weg", later(50), 60)  # hij leeft nog: ook wat hij vasthoudt, blijft van hem
        assert claim_id(winkel, 70) is None
        assert winkel.acquire_lease("ander", later(120), 60)
        rij = winkel.claim(later(121))
        assert rij is not None
        assert (rij.id, rij.toestand) == (id_, Toestand.WORDT_NAGEKEKEN)

    def test_wie_netjes_loslaat_geeft_zijn_rij_meteen_aan_de_volgende(self, winkel: Winkel) -> None:
        (id_,) = finish(winkel)
        winkel.acquire_lease("venster", NU, 60)
        assert claim_id(winkel, 1) == id_
        winkel.release_lease("venster")
        winkel.acquire_lease("kif", later(2), 60)
        rij = winkel.claim(later(2))
        assert rij is not None
        assert (rij.id, rij.toestand) == (id_, Toestand.WORDT_NAGEKEKEN)

    # --- intrekken, tellen, opruimen

    def test_intrekken_kan_zolang_zeker_is_dat_het_register_niets_heeft(self, winkel: Winkel) -> None:
        (nieuw,), (bezig,), (afgekeurd,), (half,) = (finish(winkel) for _ in range(4))
        assert winkel.withdraw(nieuw)
        assert not winkel.withdraw(nieuw)
        assert claim_id(winkel) == bezig
        assert not winkel.withdraw(bezig)
        winkel.update(bezig, Wijziging(Toestand.WORDT_NAGEKEKEN))
        assert not winkel.withdraw(bezig)
        winkel.update(afgekeurd, Wijziging(Toestand.ACTIE_NODIG))
        assert winkel.withdraw(afgekeurd)
        winkel.update(half, Wijziging(Toestand.ACTIE_NODIG, stappen={"contact": "k1"}))
        assert not winkel.withdraw(half)
        assert winkel.count_wachtend() == (2, 1)

    def test_wat_verstuurd_is_telt_niet_mee_en_gaat_na_zijn_tijd_weg(self, winkel: Winkel) -> None:
        (oud,), (nieuw,) = finish(winkel), finish(winkel)
        winkel.update(oud, Wijziging(Toestand.STAAT_IN_REGISTER))
        grens = winkel.load_verzending(oud)
        assert grens is not None
        assert grens.verstuurd_op is not None
        assert winkel.count_wachtend() == (1, 0)
        assert [rij.id for rij in winkel.load_verzendingen(ook_verstuurd=False)] == [nieuw]
        assert winkel.purge(grens.verstuurd_op) == 0
        assert winkel.purge(later(10_000)) == 1
        assert [rij.id for rij in winkel.load_verzendingen()] == [nieuw]
        (later_,) = finish(winkel)
        assert later_ > nieuw

    def test_een_id_komt_nooit_terug_bij_een_ander_contact(self, winkel: Winkel) -> None:
        (id_,) = finish(winkel)
        assert winkel.withdraw(id_)
        (volgend,) = finish(winkel)
        assert volgend > id_

    def test_wat_onthouden_is_blijft_en_mag_veranderen(self, winkel: Winkel) -> None:
        assert winkel.recall("actor") == ""
        winkel.remember("actor", "a1")
        winkel.remember("actor", "a2")
        assert winkel.recall("actor") == "a2"

    # --- andere opdrachten dan contacten ---

    def test_een_opdracht_zonder_concept_komt_er_maar_een_keer_in(self, winkel: Winkel) -> None:
        opdracht = make_registratie("1230000001")
        assert winkel.add(opdracht, NU) == winkel.add(opdracht, NU)
        assert [rij.opdracht for rij in winkel.load_verzendingen()] == [opdracht]

    def test_een_soort_waarvan_het_register_er_niet_is_houdt_de_rest_niet_op(self, winkel: Winkel) -> None:
        winkel.add(make_registratie("1230000001", groep=""), NU)
        assert winkel.claim(later(60), niet=frozenset({"contact"})) is None
        assert winkel.claim(later(60), niet=frozenset({"melding"})) is not None
