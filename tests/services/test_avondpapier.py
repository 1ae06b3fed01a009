"""De avond op papier vanuit een echte agenda: klopt het papier nog, en staat iedereen er één keer op."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.verslag import make_verslag
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.documents.avondpakket import make_pakket
from frontoffice.domain.fouten import KifFout
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.avondpapier import Papier, Papierdienst
from frontoffice.storage.instelling import Instelling
from tests.documents import pdflezer
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond
from tests.storage.bouw import moment
from tests.storage.conftest import sqlite_agenda, sqlite_sjabloon
from ui.avondpapier.inhoud import make_avondpakket
from ui.beheer.velden import Puntenveld

__all__ = ["sqlite_agenda", "sqlite_sjabloon"]


@pytest.fixture
def avond(sqlite_agenda: Instelling) -> Iterator[Avond]:
    with Avond(sqlite_agenda) as avond:
        yield avond


@pytest.fixture
def papier(avond: Avond) -> Papierdienst:
    return Papierdienst(lambda: avond.plek, avond.dienst, lambda: avond.agenda.load_inrichting()[0])


def stand_van(avond: Avond) -> Avondstand:
    stand = avond.dienst.load_stand()
    assert stand is not None
    return stand


def test_het_scherm_weet_of_het_papier_ouder_is_dan_de_laatste_wijziging(
    avond: Avond, papier: Papierdienst
) -> None:
    eerste, tweede = avond.boek(17), avond.boek(18)
    avond.klok(16, 40)
    assert papier.load_papier(stand_van(avond)).zin == "er is nog geen papieren lijst"
    papier.note_lijst(papier.load_gegevens(namen=True))
    assert papier.load_papier(stand_van(avond)).zin == "papieren lijst van 16.40 uur"
    avond.boek(19)
    nieuwer = papier.load_papier(stand_van(avond))
    assert (nieuwer.zin, nieuwer.is_oud) == ("papieren lijst van 16.40 uur: 1 afspraak nieuwer", True)
    avond.plek.afspraken.cancel(eerste.id, verzoek_id=uid())
    assert papier.load_papier(stand_van(avond)).nieuwer == 2
    avond.klok(16, 50)
    papier.note_lijst(papier.load_gegevens(namen=True))
    assert papier.load_papier(stand_van(avond)).zin == "papieren lijst van 16.50 uur"
    assert tweede.id in {b.id for b in stand_van(avond).bezoeken}


def test_een_andere_balie_ziet_hetzelfde_papier(avond: Avond, papier: Papierdienst) -> None:
    avond.boek(17)
    avond.klok(16, 40)
    papier.note_lijst(papier.load_gegevens(namen=True))
    ander = avond.werkplek("m2", "balie-2")
    bij_hem = Papierdienst(lambda: ander, ander.vanavond, lambda: ander.opslag.load_inrichting()[0])
    assert bij_hem.load_papier(stand_van(avond)).zin == "papieren lijst van 16.40 uur"


def test_aanmelden_en_zonder_afspraak_maken_het_papier_niet_ouder(avond: Avond, papier: Papierdienst) -> None:
    afspraak = avond.boek(17)
    avond.begin()
    papier.note_lijst(papier.load_gegevens(namen=True))
    avond.meld(afspraak)
    avond.loper()
    assert papier.load_papier(stand_van(avond)).nieuwer == 0


def test_wat_er_van_het_papier_wordt_bewaard_heeft_geen_naam(avond: Avond, papier: Papierdienst) -> None:
    avond.boek(17, naam="A. Jansen-ter Braak")
    avond.klok(16, 40)
    gegevens = papier.load_gegevens(namen=True)
    assert "A. Jansen-ter Braak" in gegevens.namen.values()
    assert "Jansen" not in repr(gegevens)
    papier.note_lijst(gegevens)
    (regel,) = avond.agenda.load_gebeurtenissen("papier:2026-12-03")
    assert "Jansen" not in repr(regel)
    assert regel.na["versie"] == gegevens.stand.avond.versie


def test_e13_het_tweede_briefje_van_een_volgnummer_is_een_kopie(avond: Avond, papier: Papierdienst) -> None:
    avond.begin()
    bezoek, ander = avond.loper(), avond.loper(naam="J. Bakker")
    assert not papier.is_kopie(bezoek)
    papier.note_briefje(bezoek)
    assert papier.is_kopie(avond.nu(bezoek.id))
    assert not papier.is_kopie(ander)
    assert avond.nu(bezoek.id).volgnummer == bezoek.volgnummer


def test_op_een_dag_zonder_avond_valt_er_niets_af_te_drukken(avond: Avond, papier: Papierdienst) -> None:
    avond.agenda.set_klok(moment(12).replace(day=2))  # type: ignore[attr-defined]  # een proefagenda
    with pytest.raises(KifFout, match="geen avond"):
        papier.load_gegevens(namen=True)


def test_e16_uit_de_agenda_staat_iedereen_een_keer_op_papier_en_klopt_de_som_per_balie(
    avond: Avond, papier: Papierdienst
) -> None:
    for uur, minuut in ((17, 0), (17, 0), (17, 0), (17, 30), (18, 15), (19, 0)):
        avond.boek(uur, minuut, naam=f"Bezoeker {chr(65 + minuut % 26)}")
    weg = avond.boek(19, 30)
    avond.plek.afspraken.cancel(weg.id, verzoek_id=uid())
    avond.begin()
    avond.loper()
    gegevens = papier.load_gegevens(namen=True)
    stand = gegevens.stand
    bladen = [
        " ".join(b.split())
        for b in pdflezer.tekst(make_pakket(make_avondpakket(gegevens, "Gemeente Losser")).pdf)
    ]
    per_balie = Counter(b.gepland for b in stand.bezoeken if b.nummer)
    assert sum(per_balie.values()) == 6
    for balie, aantal in per_balie.items():
        assert f"{stand.balienamen[balie]}: {aantal}" in bladen[0]
    assert Counter(re.findall(r"\bA\d\d\b", bladen[0])) == {f"A{n:02d}": 1 for n in range(1, 7)}
    assert Counter(re.findall(r"\bA\d\d\b", bladen[1])) == {f"A{n:02d}": 1 for n in range(1, 7)}
    assert "Bezoeker" not in bladen[0]
    assert "W01" not in " ".join(bladen)


class Onthouden:
    """Wat doorwerkt zonder database: de laatst bekende stand."""

    def __init__(self, stand: Avondstand, namen: Mapping[str, str]) -> None:
        self._stand, self._namen = stand, namen

    def load_stand(self) -> Avondstand:
        return self._stand

    def load_alle_namen(self) -> Mapping[str, str]:
        return self._namen


def test_ook_zonder_database_is_er_papier_en_weet_deze_werkplek_dat_het_er_ligt(
    avond: Avond, papier: Papierdienst
) -> None:
    afspraak = avond.boek(17, naam="A. Jansen")
    avond.begin()
    bekend = papier.load_gegevens(namen=True)

    def weg() -> Agendadiensten:
        raise AgendaOnbereikbaar("De agenda geeft geen antwoord.")

    los = Papierdienst(weg, Onthouden(bekend.stand, bekend.namen), lambda: bekend.inrichting)
    gegevens = los.load_gegevens(namen=True)
    assert gegevens.namen == {afspraak.id: "A. Jansen"}
    assert los.load_papier(gegevens.stand).op is None
    los.note_lijst(gegevens)
    assert los.load_papier(gegevens.stand) == Papier(gegevens.stand.nu, 0)
    los.note_briefje(gegevens.stand.bezoeken[0])
    assert not los.is_kopie(gegevens.stand.bezoeken[0])


def test_het_verslag_uit_de_echte_agenda_is_gelijk_aan_wat_er_gebeurde(avond: Avond) -> None:
    vroeg, laat, weg = avond.boek(17), avond.boek(17, 15), avond.boek(17, 30)
    avond.begin()
    avond.meld(vroeg)
    avond.klok(17, 4)
    geroepen = avond.dienst.call_next("B1", verzoek_id=uid())
    assert geroepen is not None
    avond.klok(17, 20)
    avond.dienst.finish(geroepen.id, verzoek_id=uid())
    avond.meld(laat)
    avond.klok(17, 26)
    stap = uid()
    avond.dienst.call(laat.id, "B1", verzoek_id=stap)
    avond.dienst.undo(stap, verzoek_id=uid())
    avond.klok(17, 45)
    avond.dienst.no_show(weg.id, verzoek_id=uid())
    verslag = make_verslag(stand_van(avond), avond.dienst.load_stappen())
    assert (verslag.afspraken, verslag.geholpen, verslag.niet_gekomen, verslag.open_bezoeken) == (3, 1, 1, 1)
    assert (verslag.wacht.aantal, round(verslag.wacht.mediaan or 0)) == (1, 4)  # de ongedane oproep telt niet


def test_wat_een_gemeente_zelf_niet_wil_vergeten_staat_op_papier(avond: Avond, papier: Papierdienst) -> None:
    avond.boek(17)
    avond.klok(16, 40)
    locatie = avond.agenda.load_inrichting()[0].locatie
    veld = Puntenveld("avondtaken", "Niet vergeten")
    taken = veld.from_tekst("Koffie, thee en water;  Sleutel terug ; ")
    assert veld.to_tekst(taken) == "Koffie, thee en water; Sleutel terug"
    with avond.agenda.lock((), inrichting=True) as tx:
        tx.put_onderdelen("locatie", [replace(locatie, avondtaken=taken)], avond.plek.wie)
    pakket = make_avondpakket(papier.load_gegevens(namen=True), "Gemeente Losser")
    assert pakket.checklist == ("Koffie, thee en water", "Sleutel terug")
    laatste = pdflezer.tekst(make_pakket(pakket).pdf)[-1]
    assert "Koffie, thee en water" in laatste
    assert "kluis" not in laatste
