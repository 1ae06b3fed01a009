"""De agenda van een profiel: zij opent pas als iemand haar nodig heeft, en zegt anders waarom niet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Contactgegevens
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.demo.profieltekst import make_profiel
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.klant import Herkomst
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt
from frontoffice.geheimen import DIENST
from frontoffice.ports import Stop
from frontoffice.profiel import Agenda, Profiel
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import Diensten, build
from frontoffice.services.afspraakwaarden import Boekgegevens
from tests.bouwers import SLEUTEL
from tests.conftest import Geheugensleutelbos
from tests.services.agendabouw import BASIS, richt_in, rooster, uid, wens

BSN = SLEUTEL.bsn


def maak_inrichting(vandaag: date) -> Inrichting:
    """De basis, met een rooster dat over een week begint."""
    dagen = [vandaag + timedelta(days=n) for n in range(7, 60)]
    return replace(BASIS, diensten=rooster([d for d in dagen if d.weekday() == 3], ("B1", "m1")))


def profiel(*, demo: bool, agenda: Agenda) -> Profiel:
    gelezen = parse_profiel(make_profiel("http://127.0.0.1:9"))
    return replace(gelezen, gemeente=replace(gelezen.gemeente, demo=demo), agenda=agenda)


def test_zonder_vraag_naar_de_agenda_is_er_geen_bestand(tmp_path: Path) -> None:
    diensten = build(profiel(demo=True, agenda=Agenda()), data_dir=tmp_path)
    assert diensten.agenda_uit == ""
    assert not diensten.agenda_alleen_deze_pc
    diensten.close()
    assert not [*tmp_path.glob("*.db")]


@pytest.mark.traag
def test_de_demonstratie_heeft_bij_het_eerste_gebruik_een_gevulde_agenda(tmp_path: Path) -> None:
    diensten = build(profiel(demo=True, agenda=Agenda()), data_dir=tmp_path)
    agenda = diensten.agenda
    assert diensten.agenda is agenda
    assert agenda.vrij.find_producten("pas")
    assert len([a for a in agenda.avonden.overzicht() if a.afspraken]) >= 3
    diensten.close()
    (bestand,) = tmp_path.glob("*.db")
    assert not bestand.read_bytes().startswith(b"SQLite format 3"), "het bestand is versleuteld"


def test_buiten_de_demonstratie_zonder_database_staat_afspraken_maken_uit(tmp_path: Path) -> None:
    diensten = build(profiel(demo=False, agenda=Agenda()), data_dir=tmp_path)
    assert "staat uit" in diensten.agenda_uit
    with pytest.raises(Geweigerd) as gevangen:
        _ = diensten.agenda
    assert gevangen.value.uitleg == diensten.agenda_uit
    diensten.close()
    assert not [*tmp_path.glob("*.db")]


def test_alleen_deze_pc_is_een_bewuste_keuze_die_te_zien_blijft(
    tmp_path: Path, sleutelbos: Geheugensleutelbos
) -> None:
    diensten = build(profiel(demo=False, agenda=Agenda(alleen_deze_pc=True)), data_dir=tmp_path)
    assert diensten.agenda_uit == ""
    assert diensten.agenda_alleen_deze_pc
    agenda = diensten.agenda
    assert agenda.alleen_deze_pc
    assert agenda.avonden.overzicht() == ()
    assert agenda.vrij.find_producten("") == ()
    diensten.close()


# --- de afspraken van een klant


def open_klantbeeld(diensten: Diensten) -> Klantbeeld:
    """Een klant openen zonder registers: alleen wat de agenda geeft, telt hier."""
    beeld = diensten.klantbeeld.begin(SLEUTEL, Herkomst.BSN)
    for verandering in diensten.klantbeeld.reload(beeld, "afspraken", Stop()):
        beeld = verandering(beeld)
    return beeld


def test_een_klant_openen_maakt_geen_agenda_en_laadt_haar_niet_helemaal(tmp_path: Path) -> None:
    diensten = build(profiel(demo=True, agenda=Agenda()), data_dir=tmp_path)
    beeld = open_klantbeeld(diensten)
    assert isinstance(beeld.afspraken, Geladen)
    assert beeld.afspraken.waarde == ()
    assert diensten._agenda.take() is None
    diensten.close()
    assert not [*tmp_path.glob("agenda*.db")]


def test_buiten_de_demonstratie_zonder_agenda_gaat_het_klantbeeld_niet_over_afspraken(tmp_path: Path) -> None:
    diensten = build(profiel(demo=False, agenda=Agenda()), data_dir=tmp_path)
    beeld = open_klantbeeld(diensten)
    assert beeld.afspraken is None
    diensten.close()


def test_wat_in_de_agenda_van_deze_pc_staat_is_bij_de_klant_te_zien(
    tmp_path: Path, sleutelbos: Geheugensleutelbos
) -> None:
    sleutelbos.set_password(DIENST, "ks", "a1" * 32)
    met_tweede_deel = Agenda(alleen_deze_pc=True, klantsleutel="ks")
    diensten = build(profiel(demo=False, agenda=met_tweede_deel), data_dir=tmp_path)
    agenda = diensten.agenda
    richt_in(agenda, maak_inrichting(agenda.vrij.vandaag()))
    begin = agenda.vrij.find_starts(wens("paspoort")).eerste[0].begin
    klant = Contactgegevens("A. Jansen", "0612345678", klantsleutel=agenda.zoeken.make_klantsleutel(BSN))
    gemaakt = agenda.afspraken.book(wens("paspoort"), begin, Boekgegevens(klant), verzoek_id=uid())
    beeld = open_klantbeeld(diensten)
    assert isinstance(beeld.afspraken, Geladen)
    assert [(a.id, a.zeker, a.komt_nog) for a in beeld.afspraken.waarde] == [(gemaakt.id, True, True)]
    diensten.close()


def test_een_server_die_er_niet_is_is_een_onderdeel_dat_niet_is_geladen(tmp_path: Path) -> None:
    nergens = Agenda(database="postgresql://kif@127.0.0.1:9/agenda")
    diensten = build(profiel(demo=True, agenda=nergens), data_dir=tmp_path)
    beeld = open_klantbeeld(diensten)
    assert isinstance(beeld.afspraken, Mislukt)
    assert beeld.afspraken.fout.opnieuw_helpt
    diensten.close()
