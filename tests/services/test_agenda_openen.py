"""De agenda van een profiel: zij opent pas als iemand haar nodig heeft, en zegt anders waarom niet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from frontoffice.demo.profieltekst import make_profiel
from frontoffice.domain.fouten import Geweigerd
from frontoffice.profiel import Agenda, Profiel
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import build
from tests.conftest import Geheugensleutelbos


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
