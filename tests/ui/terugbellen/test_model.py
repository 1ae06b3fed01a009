"""De werklijst als model: woorden naast kleur, en wat onderweg is verdwijnt niet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from frontoffice.domain.belofte import NIET_BEREIKT, Telling, format_belofte, set_telling
from frontoffice.domain.taal import datum_kort
from frontoffice.domain.terugbellen import Beller, Terugbelrij
from tests.bouwers import maak_taak
from tests.nep import NU, VANDAAG
from ui.beheer.tabel import KLEUR
from ui.terugbellen.model import BELOOFD, GEPROBEERD, KLANT, NUMMER, VRAAG, TerugbelModel


def rij(uuid: str, over: int | None = 0, pogingen: int = 0) -> Terugbelrij:
    dag = None if over is None else VANDAAG + timedelta(days=over)
    tekst = format_belofte(dag, dag) if dag is not None else "Bel terug"
    if pogingen:
        tekst = set_telling(tekst, NIET_BEREIKT, Telling(pogingen, NU))
    return Terugbelrij(maak_taak("c", uuid=uuid, toelichting=tekst))


def cel(model: TerugbelModel, nummer: int, kolom: int) -> str:
    return str(model.index(nummer, kolom).data())


def test_te_laat_staat_er_in_woorden_en_in_kleur() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a", -1), rij("b", -3), rij("c", 0), rij("d", 2), rij("e", None)], VANDAAG)
    assert cel(model, 0, BELOOFD) == "had gisteren gemoeten"
    assert cel(model, 1, BELOOFD).startswith("3 dagen te laat (")
    assert cel(model, 2, BELOOFD) == "uiterlijk vandaag"
    assert cel(model, 4, BELOOFD) == "geen dag beloofd"
    met_norm = replace(rij("f", None), norm=VANDAAG)
    model.set_rijen([met_norm], VANDAAG)
    assert cel(model, 0, BELOOFD) == f"geen dag, norm {datum_kort(VANDAAG, VANDAAG)}"
    model.set_rijen([rij("a", -1), rij("b", -3), rij("c", 0), rij("d", 2), rij("e", None)], VANDAAG)
    kleuren = [model.index(n, BELOOFD).data(KLEUR) for n in range(5)]
    assert kleuren == ["gevaar", "gevaar", "let_op", None, None]


def test_wie_nog_niet_is_opgezocht_laadt_en_laat_de_vraag_niet_zien() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a", pogingen=2)], VANDAAG)
    assert (cel(model, 0, KLANT), cel(model, 0, NUMMER), cel(model, 0, VRAAG)) == ("Laden…", "", "")
    assert cel(model, 0, GEPROBEERD) == "2 keer niet bereikt"
    model.set_beller("a", Beller("A. <b>Jansen</b>", ("+31612345678",), vraag="Wanneer\nis het klaar?"))
    assert (cel(model, 0, KLANT), cel(model, 0, NUMMER)) == ("A. <b>Jansen</b>", "06 12 34 56 78")
    assert cel(model, 0, VRAAG) == "Wanneer is het klaar?"


def test_een_geheim_nummer_en_een_vertrouwelijke_tekst_zeggen_waarom_ze_er_niet_staan() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a"), rij("b")], VANDAAG)
    model.set_beller("a", Beller("A. Jansen", geheim=True))
    model.set_beller("b", Beller("A. Jansen", ("0612345678",), vraag="geheim", dicht=True))
    assert cel(model, 0, NUMMER) == "Geheim nummer"
    assert cel(model, 1, VRAAG) == "Vertrouwelijk"


def test_een_nieuwe_lijst_houdt_wie_al_bekend_was() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a"), rij("b")], VANDAAG)
    model.set_beller("b", Beller("J. Smit"))
    model.set_rijen([rij("b"), rij("c"), rij("a")], VANDAAG)
    assert cel(model, 0, KLANT) == "J. Smit"
    assert [r.uuid for r in model.zonder_beller(0, 9)] == ["c", "a"]


def test_wat_niet_lukte_wordt_niet_steeds_opnieuw_gevraagd_tot_iemand_dat_wil() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a")], VANDAAG)
    model.set_beller("a", "Contacten geeft geen antwoord. Probeer het zo nog eens.")
    assert cel(model, 0, KLANT) == "Niet geladen"
    assert model.zonder_beller(0, 0) == ()
    model.forget_fouten()
    assert [r.uuid for r in model.zonder_beller(0, 0)] == ["a"]


def test_elke_cel_heeft_een_naam_voor_hulptechniek() -> None:
    model = TerugbelModel()
    model.set_rijen([rij("a")], VANDAAG)
    namen = [model.index(0, k).data(Qt.ItemDataRole.AccessibleTextRole) for k in range(model.columnCount())]
    assert all(namen)
    assert model.headerData(KLANT, Qt.Orientation.Horizontal) == "Klant"


def test_zeshonderd_rijen_verversen_zegt_een_keer_dat_er_iets_anders_is() -> None:
    model = TerugbelModel()
    rijen = [rij(str(n), n % 20 - 9) for n in range(600)]
    model.set_rijen(rijen, VANDAAG)
    gezegd: list[str] = []
    model.modelReset.connect(lambda: gezegd.append("opnieuw"))
    model.dataChanged.connect(lambda *_: gezegd.append("rij"))
    model.set_rijen(rijen, VANDAAG)
    assert gezegd == [], "er is niets veranderd"
    model.set_rijen([*rijen[300:], *rijen[:300]], VANDAAG)
    assert gezegd == ["opnieuw"]
    assert [r.uuid for r in model.rijen[:2]] == ["300", "301"]
