"""Wie wij waarschuwen als het uitloopt, in welke volgorde, en met welke woorden."""

from __future__ import annotations

from hypothesis import given

from frontoffice.agenda.vanavond.bezoek import Avondregels, Avondstand
from frontoffice.agenda.vanavond.te_laat import Waar, find_uitloop
from frontoffice.agenda.vanavond.voorspelling import predict
from tests.agenda.bouw import moment
from tests.agenda.vanavond.bouw import aan_de_balie, bezoek, er, stand
from tests.agenda.vanavond.willekeurig import standen


def uitloop() -> Avondstand:
    """Eén balie die nog een uur bezig is; iedereen daarna schuift op."""
    return stand(
        "18.00", aan_de_balie("A01", "B1", "18.00", "17.15", minuten=60),
        er("A02", "18.00", "17.50"), bezoek("A03", "18.15"), bezoek("A04", "18.30"), bezoek("A05", "18.45"),
        bezoek("A06", "19.45"),
    )  # fmt: skip


def test_eerst_wie_nog_thuis_is_dan_wie_onderweg_is_dan_wie_er_al_is() -> None:
    wie = [(w.bezoek.volgnummer, w.waar) for w in find_uitloop(uitloop())]
    assert wie == [
        ("A04", Waar.THUIS), ("A05", Waar.THUIS), ("A03", Waar.ONDERWEG), ("A02", Waar.HIER),
    ]  # fmt: skip


def test_binnen_zo_een_groep_gaat_de_grootste_uitloop_voor() -> None:
    thuis = [w for w in find_uitloop(uitloop()) if w.waar is Waar.THUIS]
    assert [w.minuten_later for w in thuis] == sorted((w.minuten_later for w in thuis), reverse=True)
    assert thuis[0].minuten_later > 40


def test_de_tekst_zegt_hoe_laat_het_wordt_en_wat_er_kan() -> None:
    per_nummer = {w.bezoek.volgnummer: w.tekst for w in find_uitloop(uitloop())}
    assert per_nummer["A04"] == (
        "Uw afspraak is vanavond om 18.30 uur. "
        "Het loopt uit: u bent waarschijnlijk rond 19.20 uur aan de beurt. "
        "Wilt u liever op een andere avond komen? Dan maken wij een nieuwe afspraak."
    )
    assert per_nummer["A03"].endswith("U kunt gewoon komen. Meld u bij de gastheer of gastvrouw.")
    assert per_nummer["A02"] == "Het loopt vanavond uit. U bent over ongeveer 60 minuten aan de beurt."


def test_wie_binnen_de_norm_aan_de_beurt_komt_krijgt_geen_bericht() -> None:
    op = stand("18.00", aan_de_balie("A01", "B1", "18.00", minuten=25), er("A02", "18.15", "18.00"))
    assert find_uitloop(op) == ()
    strenger = stand(
        "18.00", aan_de_balie("A01", "B1", "18.00", minuten=25), er("A02", "18.15", "18.00"),
        regels=Avondregels(norm=9),
    )  # fmt: skip
    assert [w.bezoek.volgnummer for w in find_uitloop(strenger)] == ["A02"]


def test_wie_zelf_te_laat_kwam_of_geen_afspraak_heeft_staat_er_niet_bij() -> None:
    bezig = aan_de_balie("A01", "B1", "18.00", minuten=60)
    laat = er("A02", "17.30", "17.50", te_laat=True)
    assert find_uitloop(stand("18.00", bezig, laat, er("W01", sinds="17.30"))) == ()


@given(standen())
def test_wat_wij_zeggen_is_nooit_vroeger_dan_wij_verwachten(op: Avondstand) -> None:
    uit = predict(op)
    for waarschuwing in find_uitloop(op, uit):
        verwacht = uit.per_bezoek[waarschuwing.bezoek.id].begin
        assert waarschuwing.verwacht_begin == verwacht
        assert waarschuwing.bezoek.tijd is not None
        assert (verwacht - waarschuwing.bezoek.tijd).total_seconds() > 600
        gezegd = [d for d in waarschuwing.tekst.split() if d[0].isdigit()]
        if waarschuwing.waar is Waar.HIER:
            assert int(gezegd[0]) * 60 >= (verwacht - op.nu).total_seconds()
        else:
            assert moment(gezegd[1]) >= verwacht
        for zin in waarschuwing.tekst.split(". "):
            assert len(zin.split()) <= 15
