"""Het berichtenbord in beide databases: één werkplek per bericht, en wie er gebeld moet worden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from frontoffice.agenda.berichtbord import BEZIG_DUURT, Bordregel, Bordstand
from frontoffice.storage.agenda import AgendaDatabase
from tests.storage.bouw import DAG, moment

NU = moment(9)


def regel(houder: str = "een@balie-1", **anders: object) -> Bordregel:
    gewoon = Bordregel(
        "sleutel-1", 1, "afspraak:een", "herinnering", "1", DAG, Bordstand.BEZIG, houder, NU, NU + BEZIG_DUURT
    )
    return replace(gewoon, **anders)  # type: ignore[arg-type]  # velden van Bordregel


ANDER = regel("twee@balie-2")


def test_wie_het_eerst_komt_heeft_het_bericht_en_mag_verlengen(agenda: AgendaDatabase) -> None:
    assert agenda.take_bericht(regel(), na_te_kijken=True).is_van(regel())
    assert not agenda.take_bericht(ANDER, na_te_kijken=True).is_van(ANDER)
    assert agenda.take_bericht(regel(), na_te_kijken=True).is_van(regel())
    assert agenda.take_bericht(replace(ANDER, sleutel="sleutel-2"), na_te_kijken=True).is_van(ANDER)


def test_de_klok_is_die_van_de_database(agenda: AgendaDatabase) -> None:
    genomen = agenda.take_bericht(regel(sinds=NU - timedelta(days=3)), na_te_kijken=True)
    assert abs(genomen.sinds - agenda.nu()) < timedelta(minutes=1)


def test_valt_een_werkplek_weg_dan_neemt_een_ander_het_over_als_het_na_te_kijken_is(
    agenda: AgendaDatabase,
) -> None:
    agenda.take_bericht(regel(), na_te_kijken=True)
    agenda.set_klok(agenda.nu() + BEZIG_DUURT + timedelta(seconds=1))
    assert agenda.take_bericht(ANDER, na_te_kijken=True).is_van(ANDER)
    assert not agenda.take_bericht(regel(), na_te_kijken=True).is_van(regel())


def test_is_het_niet_na_te_kijken_dan_belt_er_iemand(agenda: AgendaDatabase) -> None:
    agenda.take_bericht(regel(), na_te_kijken=False)
    agenda.set_klok(agenda.nu() + BEZIG_DUURT + timedelta(seconds=1))
    assert agenda.take_bericht(ANDER, na_te_kijken=False).stand is Bordstand.BELLEN
    (staat,) = agenda.load_bord(DAG)
    assert "niet zeker" in staat.reden
    assert staat.moet_bellen(agenda.nu())


def test_wat_is_verstuurd_of_gebeld_gaat_niet_nog_eens_en_staat_niet_open(
    agenda: AgendaDatabase,
) -> None:
    for stand in (Bordstand.VERSTUURD, Bordstand.GEBELD):
        agenda.note_bericht(regel(stand=stand))
        assert agenda.take_bericht(ANDER, na_te_kijken=True).stand is stand
        assert agenda.load_bord(DAG) == ()
        (staat,) = agenda.load_bord(sleutels=["sleutel-1", "is-er-niet"])
        assert staat.stand is stand


def test_opnieuw_versturen_is_een_besluit_en_ook_dat_gaat_een_keer(agenda: AgendaDatabase) -> None:
    agenda.note_bericht(regel(stand=Bordstand.BELLEN, reden="Er is geen e-mailadres."))
    assert agenda.take_bericht(ANDER, na_te_kijken=True).stand is Bordstand.BELLEN
    weer = replace(ANDER, keer=2)
    assert agenda.take_bericht(weer, na_te_kijken=True).is_van(weer)
    assert not agenda.take_bericht(regel(keer=2), na_te_kijken=True).is_van(regel(keer=2))


def test_klaargezet_verandert_niets_aan_wat_er_al_staat(agenda: AgendaDatabase) -> None:
    klaar = regel("drie@balie-3", stand=Bordstand.KLAARGEZET)
    agenda.note_bericht(klaar, alleen_nieuw=True)
    assert agenda.take_bericht(regel(), na_te_kijken=False).is_van(regel()), "wie het eerst kan, doet het"
    agenda.note_bericht(klaar, alleen_nieuw=True)
    (staat,) = agenda.load_bord(DAG)
    assert staat.stand is Bordstand.BEZIG
    assert agenda.load_bord(DAG + timedelta(days=1)) == ()
