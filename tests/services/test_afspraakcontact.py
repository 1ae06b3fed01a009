"""Contactgegevens bij een bestaande afspraak wijzigen, en wat er bij het boeken is geantwoord bewaren."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from frontoffice.agenda.afspraak import Antwoorden, Bevestigkanaal, Contactgegevens, Toestand
from frontoffice.agenda.inrichting import Kosten, Meenemen, Voorwaarde, WieKomt
from frontoffice.agenda.meegeven import make_meegeven
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agendapoort import AgendaFout
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.services.afspraakcontact import ContactAnders
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.agenda import Agendadiensten
from tests.services.agendabouw import BASIS, TWEE, VOLGENDE, boek, gegevens, op, richt_in, uid, wens

GEBOREN = date(1990, 5, 4)
KIND = date(2016, 1, 2)
_ONDER_18 = Voorwaarde(leeftijd_onder=18)
_MET_VOORWAARDEN = replace(
    BASIS,
    producten=tuple(
        replace(
            product,
            meenemen=(
                Meenemen("pasfoto"),
                Meenemen("verklaring van vermissing", Voorwaarde(omstandigheid="vermissing")),
                Meenemen("geboorteakte", Voorwaarde(omstandigheid="buitenlandse_akte")),
                Meenemen("bewijs van inkomen", Voorwaarde(leeftijd_vanaf=18)),
                Meenemen("verklaring van de arts", Voorwaarde(leeftijd_vanaf=75)),
            ),
            wie_komt=(
                WieKomt(
                    "ouder met gezag", voorwaarde=_ONDER_18, vervanging="toestemming", toestemming_dagen=28
                ),
            ),
            kosten=(
                Kosten(Decimal("70.00"), date(2020, 1, 1)),
                Kosten(Decimal("40.00"), date(2020, 1, 1), variant="18-", voorwaarde=_ONDER_18),
            ),
        )
        if product.code == "paspoort"
        else product
        for product in BASIS.producten
    ),
)


def soorten(agenda: Agendadiensten, id_: str) -> list[str]:
    return [g.soort for g in agenda.zoeken.load_geschiedenis(id_)]


# --- contactgegevens ---------------------------------------------------------------------------------------


def test_alle_contactgegevens_zijn_te_wijzigen_en_tijd_en_plek_blijven(agenda: Agendadiensten) -> None:
    eerst = boek(agenda, 17)
    nieuw = Contactgegevens(
        "  Ayşe   Öztürk ", "06 12 34 99 99", "ayse@voorbeeld.example",
        bevestiging=Bevestigkanaal.MAIL, brieftaal="de",
    )  # fmt: skip
    na = agenda.contact.change(eerst.id, eerst.klant, nieuw, verzoek_id=uid(), reden="verkeerd verstaan")
    assert (na.klant.naam, na.klant.telefoon) == ("Ayşe Öztürk", "+31612349999")
    assert (na.klant.bevestiging, na.klant.brieftaal) == (Bevestigkanaal.MAIL, "de")
    assert (na.nummer, na.code, na.begin, na.balie) == (eerst.nummer, eerst.code, eerst.begin, eerst.balie)
    (gelezen,) = agenda.opslag.find_afspraken(ids=[eerst.id])
    assert gelezen == na
    assert agenda.opslag.check() == ()
    assert agenda.zoeken.find("öztürk") == (gelezen,), "ook op de nieuwe naam te vinden"
    gebeurtenis = agenda.zoeken.load_geschiedenis(eerst.id)[-1]
    assert (gebeurtenis.soort, gebeurtenis.reden) == ("contact_gewijzigd", "verkeerd verstaan")
    assert "Öztürk" not in repr((gebeurtenis.voor, gebeurtenis.na)), "wie het was, staat er niet in"
    assert set(gebeurtenis.na["gewijzigd"]) == {"naam", "telefoon", "email", "bevestiging", "brieftaal"}


def test_het_agendabestand_telt_op_bij_elke_wijziging_ook_van_contactgegevens(agenda: Agendadiensten) -> None:
    eerst = boek(agenda, 17)
    na = agenda.contact.change(eerst.id, eerst.klant, replace(eerst.klant, naam="B. Bos"), verzoek_id=uid())
    verzet = agenda.afspraken.move(eerst.id, op(18), verzoek_id=uid())
    af = agenda.afspraken.cancel(eerst.id, verzoek_id=uid())
    assert [a.ics_volgnummer for a in (eerst, na, verzet, af)] == [0, 1, 2, 3]
    assert {a.id for a in (eerst, na, verzet, af)} == {eerst.id}
    assert af.klant.naam == "B. Bos"


def test_hetzelfde_verzoek_doet_het_maar_een_keer(agenda: Agendadiensten) -> None:
    eerst, verzoek = boek(agenda, 17), uid()
    naar = replace(eerst.klant, email="nieuw@voorbeeld.example")
    een = agenda.contact.change(eerst.id, eerst.klant, naar, verzoek_id=verzoek)
    nog_eens = agenda.contact.change(eerst.id, een.klant, naar, verzoek_id=verzoek)
    assert een == nog_eens
    assert soorten(agenda, eerst.id).count("contact_gewijzigd") == 1
    with pytest.raises(AgendaFout):
        agenda.contact.change(eerst.id, een.klant, replace(naar, naam="X"), verzoek_id=verzoek)


def test_een_collega_was_eerder_en_er_wordt_niets_overschreven(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    eerst = boek(agenda, 17)
    hunne = collega.contact.change(
        eerst.id, eerst.klant, replace(eerst.klant, telefoon="0612345600"), verzoek_id=uid()
    )
    mijne = replace(eerst.klant, naam="Mijn naam", email="mijn@voorbeeld.example")
    with pytest.raises(ContactAnders, match="wijzigde intussen het telefoonnummer") as fout:
        agenda.contact.change(eerst.id, eerst.klant, mijne, verzoek_id=uid())
    assert fout.value.nu == hunne
    assert collega.wie.medewerker in fout.value.uitleg
    assert agenda.opslag.find_afspraken(ids=[eerst.id]) == (hunne,)
    toch = agenda.contact.change(eerst.id, fout.value.nu.klant, mijne, verzoek_id=uid())
    assert (toch.klant.naam, toch.klant.telefoon) == ("Mijn naam", eerst.klant.telefoon)


def test_wat_een_collega_al_zo_had_gezet_is_geen_conflict(
    agenda: Agendadiensten, collega: Agendadiensten
) -> None:
    eerst = boek(agenda, 17)
    naar = replace(eerst.klant, naam="Goede naam")
    collega.contact.change(eerst.id, eerst.klant, naar, verzoek_id=uid())
    zelfde = agenda.contact.change(eerst.id, eerst.klant, naar, verzoek_id=uid())
    assert zelfde.klant.naam == "Goede naam"
    assert soorten(agenda, eerst.id).count("contact_gewijzigd") == 1


def test_verzetten_door_een_collega_of_een_andere_balie_zit_niet_in_de_weg(
    agenda: Agendadiensten, collega: Agendadiensten, monkeypatch: pytest.MonkeyPatch
) -> None:
    eerst = boek(agenda, 17)
    echt = agenda.contact._load

    def load_en_verzet(id_: str) -> object:
        gevonden = echt(id_)
        if gevonden.datum != VOLGENDE:
            collega.afspraken.move(id_, op(17, dag=VOLGENDE), verzoek_id=uid())
        return gevonden

    monkeypatch.setattr(agenda.contact, "_load", load_en_verzet)
    na = agenda.contact.change(eerst.id, eerst.klant, replace(eerst.klant, naam="B"), verzoek_id=uid())
    assert (na.datum, na.klant.naam) == (VOLGENDE, "B")


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"naam": " "}, "naam"),
        ({"naam": "111222333"}, "naam"),
        ({"telefoon": "", "email": ""}, "contact"),
        ({"telefoon": "12"}, "telefoon"),
        ({"bevestiging": Bevestigkanaal.MAIL}, "bevestiging"),
        ({"telefoon": "", "email": "a@b.nl", "bevestiging": Bevestigkanaal.SMS}, "bevestiging"),
        ({"brieftaal": "fr"}, "brieftaal"),
    ],
)
def test_onvolledige_gegevens_worden_geweigerd_en_er_verandert_niets(
    agenda: Agendadiensten, anders: dict[str, object], code: str
) -> None:
    eerst = boek(agenda, 17)
    with pytest.raises(InvoerFout) as fout:
        agenda.contact.change(
            eerst.id,
            eerst.klant,
            replace(eerst.klant, **anders),
            verzoek_id=uid(),  # type: ignore[arg-type]  # velden van Contactgegevens
        )
    assert fout.value.code == code
    assert agenda.opslag.find_afspraken(ids=[eerst.id]) == (eerst,)


def test_bij_een_afgezegde_afspraak_kan_het_niet_meer(agenda: Agendadiensten) -> None:
    eerst = boek(agenda, 17)
    agenda.afspraken.cancel(eerst.id, verzoek_id=uid())
    with pytest.raises(Geweigerd):
        agenda.contact.change(eerst.id, eerst.klant, replace(eerst.klant, naam="B"), verzoek_id=uid())


def test_de_klantsleutel_blijft_van_de_afspraak(agenda: Agendadiensten) -> None:
    houd = agenda.afspraken.book(wens(), op(17), gegevens(klantsleutel="abc"), verzoek_id=uid())
    na = agenda.contact.change(
        houd.id,
        replace(houd.klant, klantsleutel=""),
        replace(houd.klant, naam="B", klantsleutel="anders"),
        verzoek_id=uid(),
    )
    assert na.klant.klantsleutel == "abc"


def test_de_geboortedatum_van_een_volwassene_wordt_niet_bewaard_van_een_kind_wel(
    agenda: Agendadiensten,
) -> None:
    richt_in(agenda, _MET_VOORWAARDEN)
    eerst = boek(agenda, 17, product="paspoort")
    kind = agenda.contact.change(
        eerst.id, eerst.klant, replace(eerst.klant, geboortedatum=KIND), verzoek_id=uid()
    )
    assert kind.klant.geboortedatum == KIND
    assert kind.antwoorden == Antwoorden()
    groot = agenda.contact.change(
        eerst.id, kind.klant, replace(kind.klant, geboortedatum=GEBOREN), verzoek_id=uid()
    )
    assert groot.klant.geboortedatum is None
    assert groot.antwoorden == Antwoorden(leeftijd_vanaf=18, leeftijd_onder=75)


# --- wat er is geantwoord ----------------------------------------------------------------------------------


def _met(wat: Omstandigheden, geboren: date | None = None) -> Boekgegevens:
    basis = gegevens()
    return replace(basis, klant=replace(basis.klant, geboortedatum=geboren), omstandigheden=wat)


def _teksten(agenda: Agendadiensten, id_: str) -> list[str]:
    (afspraak,) = agenda.opslag.find_afspraken(ids=[id_])
    meegeven = make_meegeven(agenda.vrij.load().inrichting, afspraak)
    return [m.tekst for m in meegeven.meenemen] + [w.rol for w in meegeven.wie_komt]


@pytest.mark.parametrize("via", ["boeken", "vasthouden"])
def test_wat_bij_het_boeken_is_geantwoord_geldt_later_nog(agenda: Agendadiensten, via: str) -> None:
    richt_in(agenda, _MET_VOORWAARDEN)
    wat = Omstandigheden(GEBOREN, frozenset({"vermissing", "iets_van_een_ander_product"}), date(2026, 11, 20))
    if via == "boeken":
        afspraak = agenda.afspraken.book(wens("paspoort"), op(17), _met(wat, GEBOREN), verzoek_id=uid())
    else:
        houd = agenda.afspraken.hold(wens("paspoort"), op(17), verzoek_id=uid())
        afspraak = agenda.afspraken.confirm(houd.reservering.id, _met(wat, GEBOREN), verzoek_id=uid())
    assert afspraak.klant.geboortedatum is None
    assert afspraak.antwoorden == Antwoorden(("vermissing",), date(2026, 11, 20), 18, 75)
    assert afspraak.regels[0].kosten == Decimal("70.00"), "zoals voorgelezen, niet: hangt af van de leeftijd"
    verwacht = ["pasfoto", "verklaring van vermissing", "bewijs van inkomen"]
    assert _teksten(agenda, afspraak.id) == verwacht
    agenda.afspraken.move(afspraak.id, op(18, dag=VOLGENDE), verzoek_id=uid())
    assert _teksten(agenda, afspraak.id) == verwacht, "ook na verzetten"
    agenda.contact.change(afspraak.id, afspraak.klant, replace(afspraak.klant, naam="B"), verzoek_id=uid())
    assert _teksten(agenda, afspraak.id) == verwacht, "en na andere contactgegevens"


def test_een_kind_houdt_zijn_geboortedatum_en_dus_wie_er_mee_komt(agenda: Agendadiensten) -> None:
    richt_in(agenda, _MET_VOORWAARDEN)
    afspraak = agenda.afspraken.book(
        wens("paspoort"), op(17), _met(Omstandigheden(KIND), KIND), verzoek_id=uid()
    )
    assert afspraak.antwoorden == Antwoorden()
    assert afspraak.regels[0].kosten == Decimal("40.00")
    assert _teksten(agenda, afspraak.id) == ["pasfoto", "ouder met gezag"]


def test_zonder_antwoorden_staat_er_alleen_wat_altijd_geldt(agenda: Agendadiensten) -> None:
    richt_in(agenda, _MET_VOORWAARDEN)
    afspraak = boek(agenda, 17, product="paspoort")
    assert afspraak.antwoorden == Antwoorden()
    assert afspraak.regels[0].kosten is None
    assert _teksten(agenda, afspraak.id) == ["pasfoto"]


@pytest.mark.parametrize(
    ("leeftijd", "onder_18", "vanaf_75"),
    [(17, True, False), (18, False, False), (74, False, False), (75, False, True)],
)
def test_de_grenzen_zeggen_hetzelfde_als_de_geboortedatum(
    leeftijd: int, onder_18: bool, vanaf_75: bool
) -> None:
    from frontoffice.agenda.voorwaarde import applies, circumstances_of, note_antwoorden

    dag = date(2026, 12, 3)
    product = next(p for p in _MET_VOORWAARDEN.producten if p.code == "paspoort")
    geboren = date(dag.year - leeftijd, dag.month, dag.day)
    antwoorden = note_antwoorden([product], Omstandigheden(geboren), dag, None)
    terug = circumstances_of(antwoorden, None)
    assert terug.geboortedatum is None
    assert applies(Voorwaarde(leeftijd_onder=18), terug, dag) is onder_18
    assert applies(Voorwaarde(leeftijd_vanaf=75), terug, dag) is vanaf_75
    assert applies(Voorwaarde(leeftijd_onder=16), terug, dag) in (None, False)


def test_afgezegd_en_opnieuw_bekeken_staat_er_nog_wat_er_was(agenda: Agendadiensten) -> None:
    richt_in(agenda, replace(TWEE, producten=_MET_VOORWAARDEN.producten))
    afspraak = agenda.afspraken.book(
        wens("paspoort"), op(17), _met(Omstandigheden(codes=frozenset({"vermissing"}))), verzoek_id=uid()
    )
    af = agenda.afspraken.cancel(afspraak.id, verzoek_id=uid())
    assert af.toestand is Toestand.AFGEZEGD
    assert af.antwoorden.codes == ("vermissing",)
