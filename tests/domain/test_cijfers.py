"""De cijfers van de visie: wat telt, en dat wat te klein is niet is terug te rekenen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain import cijferwoorden
from frontoffice.domain.cijfers import (
    AANLOOP,
    MINSTENS,
    Cijfers,
    Contactfeit,
    Maat,
    Meldingfeit,
    Periode,
    Stand,
    Taakfeit,
    add_standen,
    dek_af,
    verdeel,
)
from frontoffice.domain.cijfertelling import (
    MEESTE_NAMEN,
    OVER_EEN_ZAAK,
    VERTROUWELIJK,
    Cijfertelling,
    clean_pagina,
)
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.werkdagen import Werkkalender

VANDAAG = date(2026, 11, 20)  # een vrijdag
NU = datetime(2026, 11, 20, 12, tzinfo=UTC)
KWARTAAL = Periode(date(2026, 9, 1), VANDAAG)
WERK = Werkkalender().add_werkdagen

standen = st.builds(
    lambda totaal, goed: Stand(min(goed, totaal), totaal), st.integers(0, 40), st.integers(0, 40)
)


def om(dag: date) -> datetime:
    return datetime.combine(dag, time(10), UTC)


def contact(dag: date = VANDAAG, *taken: Taakfeit, **anders: object) -> Contactfeit:
    basis = Contactfeit("1", om(dag), "Paspoort", False, True, False, {}, taken, bool(taken))
    return replace(basis, **anders)  # type: ignore[arg-type]  # velden van een test


def belofte(
    beloofd: date, *, klaar: date | None = None, verteld: date | None = None, via: str = "telefoon"
) -> Taakfeit:
    regels = [
        f"Terugbellen uiterlijk {beloofd:%d-%m-%Y}. Beloofd: {beloofd:%d-%m-%Y}.",
        "Wanneer is het klaar?",
    ]
    regels += [f"Verteld op {verteld:%d-%m-%Y} via {via}."] if verteld else []
    return Taakfeit("\n".join(regels), klaar is not None, om(klaar) if klaar else None)


def tel(*feiten: Contactfeit, meldingen: Sequence[Meldingfeit] = (), periode: Periode = KWARTAAL) -> Cijfers:
    telling = Cijfertelling(periode, VANDAAG, WERK)
    for nummer, feit in enumerate(feiten):
        telling.add_contact(replace(feit, uuid=str(nummer)))
    for melding in meldingen:
        telling.add_melding(melding)
    return telling.make(NU)


# --- rekenen -----------------------------------------------------------------------------------------------


@given(standen)
def test_een_percentage_is_alleen_honderd_als_alles_goed_ging_en_alleen_nul_als_niets(stand: Stand) -> None:
    if stand.totaal == 0:
        assert stand.procent is None
        return
    assert stand.procent is not None
    assert (stand.procent == 100) == (stand.goed == stand.totaal)
    assert (stand.procent == 0) == (stand.goed == 0)
    assert abs(stand.procent - 100 * stand.goed / stand.totaal) <= 1


@given(st.lists(standen, max_size=8))
def test_optellen_raakt_niets_kwijt_en_hangt_niet_van_de_volgorde_af(lijst: list[Stand]) -> None:
    assert add_standen(lijst) == add_standen(lijst[::-1])
    som = Stand()
    for stand in lijst:
        som += stand
    assert som == add_standen(lijst)


def test_meer_goed_dan_er_zijn_kan_niet() -> None:
    with pytest.raises(ValueError):
        Stand(2, 1)


# --- te klein om te tonen ----------------------------------------------------------------------------------


@given(st.dictionaries(st.text(min_size=1, max_size=3), standen, max_size=12), st.integers(1, 12))
def test_wat_te_klein_is_staat_er_niet_en_is_niet_terug_te_rekenen(
    per_groep: Mapping[str, Stand], meeste: int
) -> None:
    verdeling = verdeel(per_groep, meeste)
    geheel = add_standen(list(per_groep.values()))
    getoond = add_standen([groep.stand for groep in verdeling.groepen])
    namen = {groep.naam for groep in verdeling.groepen}
    weg = {naam: stand for naam, stand in per_groep.items() if stand.totaal and naam not in namen}
    assert all(groep.stand.totaal >= MINSTENS for groep in verdeling.groepen)
    assert len(verdeling.groepen) <= meeste
    if geheel.te_klein:
        assert verdeling.is_leeg
        return
    # Wat een lezer kan: alles wat er staat van het geheel aftrekken. Daar komt nooit één kleine groep uit.
    over = geheel.totaal - getoond.totaal
    assert over == 0 or over >= MINSTENS
    assert (verdeling.rest is None) == (over == 0)
    if verdeling.rest is not None:
        assert verdeling.rest.totaal == over
        assert verdeling.rest.goed == geheel.goed - getoond.goed
        if any(stand.te_klein for stand in weg.values()):
            assert len(weg) >= 2


@given(st.lists(standen, max_size=14))
def test_in_het_verloop_valt_nooit_precies_een_klein_getal_weg(reeks: list[Stand]) -> None:
    gezien = dek_af(reeks)
    weg = [stand for stand, toon in zip(reeks, gezien, strict=True) if toon is None]
    assert all(toon is None or toon == stand for stand, toon in zip(reeks, gezien, strict=True))
    assert all(toon is None or toon.totaal == 0 or toon.totaal >= MINSTENS for toon in gezien)
    if not weg:
        return
    if add_standen(reeks).te_klein:
        assert all(toon is None or toon.totaal == 0 for toon in gezien)
        return
    assert len(weg) >= 2
    assert sum(stand.totaal for stand in weg) >= MINSTENS
    assert all(stand.totaal for stand in weg), "een nul blijft gewoon nul"


@given(st.lists(st.integers(1, 30), min_size=2, max_size=6))
def test_elk_verborgen_getal_kan_ook_iets_anders_zijn(aantallen: list[int]) -> None:
    """Met het geheel en alles wat er staat, past er bij elk verborgen getal meer dan één waarde."""
    gezien = dek_af([Stand(0, aantal) for aantal in aantallen])
    weg = [aantal for aantal, toon in zip(aantallen, gezien, strict=True) if toon is None]
    som = sum(weg)
    if not weg or som < MINSTENS:
        return
    for _ in weg:
        mogelijk = range(1, som - (len(weg) - 1) + 1)
        assert len(mogelijk) > 1


def test_een_geheel_van_vier_staat_er_niet() -> None:
    dag = VANDAAG - timedelta(days=10)
    vier = tel(*[contact(dag - timedelta(days=2), belofte(dag, klaar=dag))] * 4)
    assert vier.maat(Maat.NAGEKOMEN).stand is None
    assert all(p.stand is None or not p.stand.totaal for p in vier.maat(Maat.NAGEKOMEN).verloop)
    assert vier.maat(Maat.NAGEKOMEN).onderwerpen.is_leeg
    vijf = tel(*[contact(dag - timedelta(days=2), belofte(dag, klaar=dag))] * 5)
    assert vijf.maat(Maat.NAGEKOMEN).stand == Stand(5, 5)


# --- beloften ----------------------------------------------------------------------------------------------

DAG = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("taak", "nagekomen", "verteld"),
    [
        (belofte(DAG, klaar=DAG, verteld=DAG), True, True),
        (belofte(DAG, klaar=DAG), True, False),
        (belofte(DAG, klaar=DAG + timedelta(days=1), verteld=DAG), True, True),
        (belofte(DAG, klaar=DAG + timedelta(days=1)), False, False),
        (belofte(DAG, klaar=DAG + timedelta(days=1), verteld=DAG + timedelta(days=1)), False, False),
        (belofte(DAG), False, False),
        (belofte(DAG, verteld=DAG), False, True),
        (belofte(DAG, klaar=DAG, verteld=VANDAAG + timedelta(days=3)), True, False),
    ],
    ids=[
        "op de dag verteld", "afgehandeld zonder verteld", "later afgevinkt", "te laat", "te laat verteld",
        "nog open", "verteld maar nog open", "verteld in de toekomst kan niet",
    ],
)  # fmt: skip
def test_wanneer_een_belofte_is_nagekomen_en_verteld(taak: Taakfeit, nagekomen: bool, verteld: bool) -> None:
    cijfers = tel(*[contact(DAG - timedelta(days=2), taak)] * 5)
    assert cijfers.maat(Maat.NAGEKOMEN).stand == Stand(5 * nagekomen, 5)
    assert cijfers.maat(Maat.VERTELD).stand == Stand(5 * verteld, 5)


def test_een_belofte_telt_bij_de_dag_die_is_beloofd_en_pas_als_die_voorbij_is() -> None:
    buiten = KWARTAAL.van - timedelta(days=1)
    nog_niet = [
        belofte(VANDAAG, klaar=VANDAAG),
        belofte(VANDAAG + timedelta(days=1)),
        belofte(buiten, klaar=buiten),
    ]
    voor_de_periode = contact(buiten, belofte(KWARTAAL.van, klaar=KWARTAAL.van))
    cijfers = tel(
        *[contact(VANDAAG - timedelta(days=2), taak) for taak in nog_niet * 5], *[voor_de_periode] * 5
    )
    assert cijfers.maat(Maat.NAGEKOMEN).stand == Stand(5, 5)


def test_een_belofte_van_langer_dan_zes_weken_ervoor_telt_niet_hoe_de_bladzijden_ook_vallen() -> None:
    taak = belofte(KWARTAAL.van, klaar=KWARTAAL.van)
    net = [contact(KWARTAAL.van - AANLOOP, taak)] * 5
    te_oud = [contact(KWARTAAL.van - AANLOOP - timedelta(days=1), taak)] * 5
    assert tel(*net, *te_oud).maat(Maat.NAGEKOMEN).stand == Stand(5, 5)


def test_een_taak_zonder_datum_of_met_onzin_is_geen_belofte() -> None:
    onzin = [
        Taakfeit("Graag bellen.", True, NU),
        Taakfeit("Terugbellen uiterlijk 31-02-2026. Beloofd: 31-02-2026.", True, NU),
        Taakfeit("", False, None),
    ]
    assert tel(*[contact(DAG, taak) for taak in onzin * 5]).maat(Maat.NAGEKOMEN).stand == Stand()


# --- in één keer goed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "anders", "stand"),
    [
        ({"afsluiting": "beantwoord"}, {}, Stand(5, 5)),
        ({"afsluiting": "afspraak"}, {}, Stand(5, 5)),
        ({"afsluiting": "doorverbonden"}, {}, Stand(0, 5)),
        ({"afsluiting": "terugbelverzoek"}, {"heeft_taken": True}, Stand(0, 5)),
        ({"afsluiting": "beantwoord"}, {"heeft_taken": True}, Stand(0, 5)),
        ({"afsluiting": "beantwoord", "terugbeltaak": "x"}, {}, Stand(0, 5)),
        ({"afsluiting": "niet_gelukt"}, {"gelukt": False}, Stand()),
        ({}, {}, Stand()),
        ({"afsluiting": "beantwoord", "deel": "2/2"}, {}, Stand()),
        ({"afsluiting": "beantwoord", "deel": "1/2"}, {}, Stand(5, 5)),
    ],
)
def test_wat_in_een_keer_goed_is(metadata: dict[str, str], anders: dict[str, object], stand: Stand) -> None:
    cijfers = tel(*[contact(DAG, metadata=metadata, **anders)] * 5)
    assert cijfers.maat(Maat.IN_EEN_KEER).stand == stand


# --- onderwerpen en dorpen ---------------------------------------------------------------------------------


def test_een_onderwerp_telt_ongeacht_schrijfwijze_en_deel_en_de_titel_van_een_zaak_komt_er_nooit_in() -> None:
    goed = {"afsluiting": "beantwoord"}
    feiten = [
        contact(DAG, metadata=goed, onderwerp=onderwerp)
        for onderwerp in ("Paspoort", " paspoort", "PASPOORT (1/2)", "Paspoort", "Paspoort")
    ]
    feiten += [contact(DAG, metadata=goed, onderwerp="Dakkapel Brinkstraat 12", over_iets=True)] * 5
    feiten += [contact(DAG, metadata=goed, onderwerp="Schulden van de buurman", vertrouwelijk=True)] * 5
    groepen = tel(*feiten).maat(Maat.IN_EEN_KEER).onderwerpen.groepen
    assert {groep.naam: groep.stand.totaal for groep in groepen} == {
        "Paspoort": 5, OVER_EEN_ZAAK: 5, VERTROUWELIJK: 5,
    }  # fmt: skip


def test_een_dorp_komt_uit_het_contact_zelf_of_uit_de_melding() -> None:
    glane = contact(DAG, metadata={"afsluiting": "beantwoord", "plaats": "Glane"})
    onbekend = contact(DAG, metadata={"afsluiting": "beantwoord"})
    melding = Meldingfeit(1, om(date(2026, 10, 1)), om(date(2026, 10, 5)), "Straatverlichting", "De Lutte")
    cijfers = tel(*[glane] * 6, *[onbekend] * 5, meldingen=[replace(melding, nummer=n) for n in range(5)])
    dorpen = cijferwoorden.rijen_plaats(cijfers.maat(Maat.IN_EEN_KEER))
    assert [(naam, stand.totaal) for naam, stand in dorpen] == [("Glane", 6), ("Dorp niet bekend", 5)]
    assert [g.naam for g in cijfers.maat(Maat.MELDINGEN).plaatsen.groepen] == ["De Lutte"]


def test_ook_met_tienduizend_verschillende_onderwerpen_blijft_de_telling_klein() -> None:
    telling = Cijfertelling(KWARTAAL, VANDAAG, WERK)
    for nummer in range(10_000):
        telling.add_contact(
            contact(DAG, uuid=str(nummer), onderwerp=f"Vraag {nummer}", metadata={"afsluiting": "beantwoord"})
        )
    cijfers = telling.make(NU)
    assert cijfers.maat(Maat.IN_EEN_KEER).stand == Stand(10_000, 10_000)
    assert len(telling._namen) <= MEESTE_NAMEN
    assert len(cijfers.maat(Maat.IN_EEN_KEER).onderwerpen.groepen) <= 12


# --- meldingen ---------------------------------------------------------------------------------------------


def test_een_melding_van_24_december_heeft_tot_en_met_12_januari() -> None:
    """Tien werkdagen: Kerst en Nieuwjaar tellen niet."""
    begin = Periode(date(2025, 12, 1), date(2026, 1, 31))
    gemeld = om(date(2025, 12, 24))
    op_tijd = Meldingfeit(1, gemeld, om(date(2026, 1, 12)), "Weg", "Losser")
    te_laat = Meldingfeit(2, gemeld, om(date(2026, 1, 13)), "Weg", "Losser")
    grens = WERK(date(2025, 12, 24), 10)
    assert grens == date(2026, 1, 12)
    feiten = [replace(op_tijd, nummer=n) for n in range(4)] + [te_laat]
    assert tel(meldingen=feiten, periode=begin).maat(Maat.MELDINGEN).stand == Stand(4, 5)


def test_een_verse_melding_telt_nog_niet_en_een_open_oude_telt_als_niet_beantwoord() -> None:
    vers = Meldingfeit(1, om(VANDAAG - timedelta(days=10)), NU, "Weg", "Losser")
    oud = Meldingfeit(2, om(date(2026, 9, 10)), None, "Weg", "Losser")
    cijfers = tel(
        meldingen=[replace(vers, nummer=n) for n in range(9)] + [replace(oud, nummer=n) for n in range(5)]
    )
    assert cijfers.maat(Maat.MELDINGEN).stand == Stand(0, 5)


# --- goed nieuws en pagina's -------------------------------------------------------------------------------


def test_het_goede_nieuws_is_van_maandag_tot_en_met_vandaag() -> None:
    maandag = date(2026, 11, 16)
    deze = contact(maandag, belofte(VANDAAG, klaar=maandag, verteld=maandag))
    vorige = contact(maandag, belofte(VANDAAG, klaar=date(2026, 11, 13), verteld=date(2026, 11, 13)))
    week = tel(*[deze] * 6, *[vorige] * 6).week
    assert week is not None
    assert (week.van, week.nagekomen, week.verteld) == (maandag, 6, 6)
    klein = tel(*[deze] * 3).week
    assert klein is not None
    assert klein.nagekomen is None, "onder de vijf staat er geen getal"
    assert cijferwoorden.zeg_week(klein)[0][0] == "1 tot 4"
    assert tel(deze, periode=Periode(date(2026, 8, 1), date(2026, 8, 31))).week is None


def test_een_compliment_is_van_deze_week_en_nooit_uit_een_vertrouwelijk_contact() -> None:
    noteer = {"compliment": "ja", "complimenttekst": "Dank\u202e u wel\n"}
    week = tel(
        contact(VANDAAG, metadata=noteer),
        contact(VANDAAG, metadata=noteer, vertrouwelijk=True),
        contact(DAG - timedelta(days=14), metadata=noteer),
        contact(VANDAAG, metadata={"compliment": "nee"}),
    ).week
    assert week is not None
    assert sorted(c.tekst for c in week.complimenten) == ["", "Dank\ufffd u wel"]


def test_de_paginas_om_te_verbeteren_staan_per_maand_met_de_vaakst_genoemde_bovenaan() -> None:
    def niet(dag: date, pagina: str) -> Contactfeit:
        return contact(dag, metadata={"nietopwebsite": "ja", "webpagina": pagina})

    paginas = tel(
        niet(date(2026, 10, 5), "https://www.losser.nl/Verhuizen/?naam=jansen#kop"),
        niet(DAG, "losser.nl/verhuizen"),
        niet(DAG, "HTTP://losser.nl/verhuizen/"),
        niet(DAG, ""),
    ).paginas
    assert [(p.maand.month, p.adres, p.keer) for p in paginas] == [
        (11, "losser.nl/verhuizen", 2), (11, "", 1), (10, "losser.nl/verhuizen", 1),
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_van_een_pagina_blijft_nooit_iets_achter_een_vraagteken(tekst: str) -> None:
    schoon = clean_pagina(f"losser.nl/x?{tekst}")
    assert schoon == "losser.nl/x"


# --- periode -----------------------------------------------------------------------------------------------


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 730))
def test_elke_dag_van_een_periode_hoort_bij_precies_een_stap(van: date, dagen: int) -> None:
    periode = Periode(van, van + timedelta(days=dagen))
    stappen = list(periode.stappen())
    assert stappen[0] == van
    assert stappen == sorted(set(stappen))
    for dag in (van, periode.tot, van + timedelta(days=dagen // 2)):
        assert periode.begin_van(dag) == max(stap for stap in stappen if stap <= dag)


@pytest.mark.parametrize(
    ("van", "tot"),
    [
        (date(2026, 2, 1), date(2026, 1, 1)),
        (date(2024, 1, 1), date(2026, 1, 2)),
        (date(1999, 1, 1), date(1999, 2, 1)),
    ],
)
def test_een_periode_die_niet_kan_zegt_wat_er_wel_kan(van: date, tot: date) -> None:
    with pytest.raises(InvoerFout, match="Kies"):
        Periode(van, tot)


# --- woorden -----------------------------------------------------------------------------------------------


def test_het_rapport_in_regels_noemt_elk_cijfer_met_wat_het_zegt_en_nooit_een_medewerker() -> None:
    dag = date(2026, 10, 6)
    cijfers = tel(*[contact(dag - timedelta(days=1), belofte(dag, klaar=dag, verteld=dag))] * 7)
    tekst = "\n".join(cijferwoorden.regels(cijfers))
    assert "Beloften nagekomen: 100 % (7 van 7)" in tekst
    assert "Telt niet mee" in tekst
    assert "1 september tot en met 20 november 2026" in tekst
    assert "medewerker" not in tekst


# --- wat nog moet komen ------


def test_een_belofte_op_donderdag_24_december_met_twee_werkdagen_staat_bij_dinsdag_29_december() -> None:
    """De kerstdagen zijn vrij en 26 en 27 december zijn een weekend."""
    kerstavond = date(2026, 12, 24)
    beloofd = WERK(kerstavond, 2)
    assert beloofd == date(2026, 12, 29)
    telling = Cijfertelling(Periode(date(2026, 12, 1), kerstavond), kerstavond, WERK)
    for _ in range(MINSTENS):
        telling.add_contact(contact(kerstavond, belofte(beloofd)))
    telling.add_contact(contact(kerstavond, belofte(date(2026, 12, 31))))
    rapport = telling.make(om(kerstavond))
    assert cijferwoorden.rijen_komend(rapport) == [
        f"dinsdag 29 december: {MINSTENS} beloften",
        "donderdag 31 december: minder dan 5 beloften",
    ]
    assert "- dinsdag 29 december: 5 beloften" in list(cijferwoorden.regels(rapport))


def test_wat_klaar_of_al_voorbij_is_hoeft_niet_meer_te_komen() -> None:
    telling = Cijfertelling(KWARTAAL, VANDAAG, WERK)
    morgen = VANDAAG + timedelta(days=3)
    for _ in range(MINSTENS):
        telling.add_contact(contact(VANDAAG, belofte(morgen, klaar=VANDAAG)))
        telling.add_contact(contact(VANDAAG, belofte(VANDAAG - timedelta(days=1))))
    assert telling.make(NU).komend == ()


def test_een_rapport_over_vroeger_zegt_niets_over_straks() -> None:
    telling = Cijfertelling(Periode(date(2026, 9, 1), date(2026, 9, 30)), VANDAAG, WERK)
    for _ in range(MINSTENS):
        telling.add_contact(contact(date(2026, 9, 3), belofte(VANDAAG + timedelta(days=3))))
    assert telling.make(NU).komend == ()
