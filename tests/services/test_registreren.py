"""Van notitie naar registratie: niets wordt afgekapt, wat waar is gaat mee, twee keer drukken is één keer."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.belofte import (
    MAX_TOELICHTING,
    add_herhaling,
    format_belofte,
    read_belofte,
    read_herhalingen,
)
from frontoffice.domain.concept import (
    Actorsoort,
    Afdeling,
    Afsluiting,
    Concept,
    Gesprekspartner,
    Identiteit,
    Identiteitsniveau,
    NieuwAdres,
    Terugbelverzoek,
    ZaakKoppeling,
    make_partner,
)
from frontoffice.domain.klant import BedrijfSleutel, PartijSleutel, PersoonSleutel
from frontoffice.domain.normen import Norm, Normen
from frontoffice.domain.registratie import (
    MAX_INHOUD,
    MAX_ONDERWERP,
    Rol,
    clean_tekst,
    cut_inhoud,
    label_deel,
)
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.services.registreren import (
    ConceptFout,
    Registreerdienst,
    Registreerinstellingen,
    check_concept,
    next_vraag,
    propose_onderwerp,
)
from tests.bouwers import BSN, KVK, NU, VANDAAG
from tests.nep import NepKlok
from tests.nep_registratie import NepWinkel

BURGERZAKEN = Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken", "Enschede", ("Welk document?",))
KLANT = Gesprekspartner("A. Jansen-ter Braak", "1-12-1985", bsn=BSN)
NORMEN = Normen(dienst=(Norm(1, onderwerp="Paspoort"), Norm(4, kanaal="e-mail")))
ZAAK = ZaakKoppeling("8b1a1b53-46ad-485a-b3af-3e40a158ffbf", "ZAAK-2026-1", "Kapvergunning")


@pytest.fixture
def winkel() -> NepWinkel:
    return NepWinkel()


@pytest.fixture
def dienst(winkel: NepWinkel) -> Registreerdienst:
    eigen = Registreerinstellingen("s.bos@losser.example", "S. Bos", ("telefoon", "balie"), "telefoon")
    return Registreerdienst(winkel, NepKlok(), eigen, NORMEN)


def maak(dienst: Registreerdienst, **anders: Any) -> Concept:
    velden: dict[str, Any] = {
        "afsluiting": Afsluiting.BEANTWOORD,
        "klant": KLANT,
        "notitie": "Vraag over kap.",
    }
    return dataclasses.replace(dienst.start(), **(velden | anders))


def terugbel(**anders: Any) -> Terugbelverzoek:
    velden: dict[str, Any] = {
        "aan": BURGERZAKEN,
        "vraag": "Wanneer is het paspoort klaar?",
        "uiterlijk": date(2026, 11, 24),
        "beloofd": date(2026, 11, 24),
        "telefoon": "+31612345678",
    }
    return Terugbelverzoek(**(velden | anders))


def test_een_afgerond_contact_gaat_in_een_keer_van_concept_naar_outbox(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    concept = maak(dienst, zaken=(ZAAK,), identiteit=Identiteit(Identiteitsniveau.EIGEN_ZAAK, "vragen"))
    dienst.save(concept)
    afgerond = dienst.finish(concept)
    assert winkel.load_concepten() == ()
    (rij,) = winkel.load_verzendingen()
    registratie = rij.registratie
    assert registratie.uuid == concept.uuid == registratie.metadata["kifsleutel"]
    assert (registratie.onderwerp, registratie.inhoud) == ("Kapvergunning", "Vraag over kap.")
    assert registratie.zaken == (ZAAK.uuid,)
    assert registratie.metadata["identiteitniveau"] == "eigen_zaak"
    assert rij.niet_voor == afgerond.ongedaan_tot == NU + timedelta(seconds=10)
    assert len(registratie.referentienummer) == 10


def test_een_compliment_en_het_dorp_gaan_mee_voor_de_cijfers_en_anders_niets(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    uit_glane = dataclasses.replace(KLANT, plaats="Glane")
    dienst.finish(maak(dienst, klant=uit_glane, compliment=True, complimenttekst=" Dank u wel\x00 "))
    dienst.finish(maak(dienst, complimenttekst="vinkje staat uit"))
    met, zonder = (rij.registratie.metadata for rij in winkel.load_verzendingen())
    assert (met["compliment"], met["complimenttekst"], met["plaats"]) == ("ja", "Dank u wel\ufffd", "Glane")
    assert not {"compliment", "complimenttekst", "plaats"} & zonder.keys()


def test_twee_keer_afronden_is_een_registratie(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    concept = maak(dienst)
    assert dienst.finish(concept).ids == dienst.finish(concept).ids
    assert len(winkel.load_verzendingen()) == 1


def test_ongedaan_maken_geeft_het_concept_terug_zoals_het_was(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    concept = maak(dienst, cursor=7, schuif=3)
    dienst.save(concept)
    dienst.finish(concept)
    assert dienst.undo(concept.uuid) == concept
    assert winkel.load_verzendingen() == ()
    assert dienst.finish(concept).ids  # en daarna kan het gewoon weer


def test_wat_al_onderweg_is_komt_niet_terug(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    concept = maak(dienst)
    dienst.save(concept)
    dienst.finish(concept)
    assert winkel.claim(NU + timedelta(seconds=11)) is not None
    assert dienst.undo(concept.uuid) is None


def test_een_te_lange_notitie_wordt_niet_afgekapt_maar_kan_in_delen(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    tekst = "woord " * 250
    concept = maak(dienst, notitie=tekst, onderwerp="Paspoort", adressen=(NieuwAdres("email", "a@b.nl"),))
    with pytest.raises(ConceptFout) as fout:
        dienst.finish(concept)
    assert [f.veld for f in fout.value.fouten] == ["notitie"]
    dienst.finish(concept, in_delen=True)
    een, twee = (rij.registratie for rij in winkel.load_verzendingen())
    assert (een.onderwerp, twee.onderwerp) == ("Paspoort (1/2)", "Paspoort (2/2)")
    assert een.inhoud + twee.inhoud == tekst.strip()
    assert een.uuid != twee.uuid
    assert een.groep == twee.groep
    assert een.metadata["gesprek"] == twee.metadata["gesprek"]
    assert [len(r.deelnemers[0].adressen) for r in (een, twee)] == [1, 0]


def test_alle_fouten_komen_tegelijk_bij_hun_veld(dienst: Registreerdienst) -> None:
    concept = maak(
        dienst,
        kanaal="",
        klant=None,
        namens=Gesprekspartner("B. de Vries"),
        notitie="x" * 1001,
        begonnen_op=NU + timedelta(hours=1),
        afsluiting=None,
        onderwerp="y" * 201,
    )
    velden = {fout.veld for fout in check_concept(concept, NU)}
    assert velden == {"kanaal", "klant", "notitie", "begonnen_op", "afsluiting", "onderwerp"}


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"vraag": "  "}, "terugbel_vraag"),
        ({"telefoon": ""}, "telefoon"),
        ({"uiterlijk": date(2026, 11, 20), "beloofd": date(2026, 11, 23)}, "uiterlijk"),
        ({"beloofd": date(2026, 11, 23)}, "beloofd"),
        ({"aan": Afdeling(Actorsoort.AFDELING, "", "")}, "terugbel"),
        ({"vraag": "v" * 1000}, "terugbel_vraag"),
    ],
)
def test_een_belofte_die_niet_kan_wordt_niet_gedaan(
    dienst: Registreerdienst, anders: dict[str, Any], veld: str
) -> None:
    concept = maak(dienst, afsluiting=Afsluiting.TERUGBELVERZOEK, terugbel=terugbel(**anders))
    assert [fout.veld for fout in check_concept(concept, NU)] == [veld]


def test_een_terugbelverzoek_zonder_gegevens_wordt_gevraagd(dienst: Registreerdienst) -> None:
    concept = maak(dienst, afsluiting=Afsluiting.TERUGBELVERZOEK)
    assert [fout.veld for fout in check_concept(concept, NU)] == ["terugbel"]


def test_de_voorgestelde_dag_telt_werkdagen(dienst: Registreerdienst) -> None:
    voorstel = dienst.propose_terugbel(BURGERZAKEN, "Vraag", "+31612345678")
    assert VANDAAG.weekday() == 6
    assert voorstel.uiterlijk == voorstel.beloofd == date(2026, 11, 24)


def test_een_norm_voor_onderwerp_of_kanaal_gaat_voor_die_van_de_afdeling(dienst: Registreerdienst) -> None:
    def voorstel(onderwerp: str, kanaal: str, werkdagen: int = 3) -> date:
        aan = dataclasses.replace(BURGERZAKEN, werkdagen=werkdagen)
        return dienst.propose_terugbel(aan, "Vraag", "", onderwerp, kanaal).beloofd

    assert voorstel("paspoort", "telefoon") == date(2026, 11, 23)
    assert voorstel("Kap", "E-mail") == date(2026, 11, 26)
    assert voorstel("Kap", "telefoon") == date(2026, 11, 25)
    assert voorstel("Kap", "telefoon", 0) == date(2026, 11, 24)


def test_het_terugbelverzoek_draagt_belofte_vraag_antwoorden_en_nummer(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    verzoek = terugbel(antwoorden=(("Welk document?", "Paspoort"), ("Anders?", " ")))
    dienst.finish(maak(dienst, afsluiting=Afsluiting.TERUGBELVERZOEK, terugbel=verzoek))
    (rij,) = winkel.load_verzendingen()
    taak = rij.registratie.taak
    assert taak is not None
    assert taak.toelichting.splitlines() == [
        "Terugbellen uiterlijk 24-11-2026. Beloofd: 24-11-2026.",
        "Wanneer is het paspoort klaar?",
        "Welk document?: Paspoort",
    ]
    assert rij.registratie.metadata["terugbellenbeloofd"] == "2026-11-24"
    assert rij.registratie.deelnemers[0].adressen == (NieuwAdres("telefoonnummer", "+31612345678"),)
    assert rij.registratie.gelukt


def test_klant_belt_opnieuw_maakt_geen_tweede_verzoek(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    concept = maak(dienst, afsluiting=Afsluiting.TERUGBELVERZOEK, taak_uuid="taak-1", taak_contact_uuid="c-1")
    dienst.finish(concept)
    (rij,) = winkel.load_verzendingen()
    assert rij.registratie.taak is None
    assert rij.registratie.herhaling is not None
    assert rij.registratie.metadata["terugbeltaak"] == "taak-1"


def test_wie_namens_een_ander_belt_begon_het_contact(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    dochter = Gesprekspartner("B. Jansen")
    dienst.finish(maak(dienst, namens=dochter, adressen=(NieuwAdres("email", "b@example.com"),)))
    (rij,) = winkel.load_verzendingen()
    klant, namens = rij.registratie.deelnemers
    assert (klant.rol, klant.initiator, klant.adressen) == (Rol.KLANT, False, ())
    assert (namens.rol, namens.initiator, len(namens.adressen)) == (Rol.VERTEGENWOORDIGER, True, 1)


def test_een_algemene_vraag_heeft_geen_klant_nodig(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    dienst.finish(maak(dienst, klant=None, notitie="", onderwerp="Openingstijden"))
    (rij,) = winkel.load_verzendingen()
    assert rij.registratie.deelnemers == ()
    assert rij.registratie.inhoud == ""


def test_persoon_en_bedrijf_gaan_samen_en_een_begon(dienst: Registreerdienst, winkel: NepWinkel) -> None:
    dienst.finish(maak(dienst, bedrijf=Gesprekspartner("Bakkerij", kvk=KVK)))
    (rij,) = winkel.load_verzendingen()
    assert [deelnemer.initiator for deelnemer in rij.registratie.deelnemers] == [True, False]


def test_een_tweede_vraag_deelt_het_gesprek_en_de_mensen_maar_niet_de_sleutel(
    dienst: Registreerdienst,
) -> None:
    eerste = maak(dienst, zaken=(ZAAK,))
    tweede = next_vraag(eerste, dienst.instellingen, NU, plek=2)
    assert (tweede.gesprek, tweede.klant) == (eerste.gesprek, eerste.klant)
    assert tweede.uuid != eerste.uuid
    assert (tweede.notitie, tweede.zaken) == ("", ())


def test_een_niet_gelukt_contact_zegt_dat_en_de_begintijd_is_die_van_het_gesprek(
    dienst: Registreerdienst, winkel: NepWinkel
) -> None:
    begin = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    dienst.finish(maak(dienst, afsluiting=Afsluiting.NIET_GELUKT, begonnen_op=begin, taal="deu", duur_s=61.4))
    (rij,) = winkel.load_verzendingen()
    assert not rij.registratie.gelukt
    assert rij.registratie.plaatsgevonden_op.replace(microsecond=0) == begin
    assert rij.registratie.taal == "deu"
    assert rij.registratie.metadata["duurseconden"] == "61"


@pytest.mark.parametrize(
    ("anders", "onderwerp"),
    [
        ({"onderwerp": " Paspoort "}, "Paspoort"),
        ({"onderwerp": "Pas\n poort\x1b[31m"}, "Pas poort\ufffd[31m"),
        ({"zaken": (ZAAK,)}, "Kapvergunning"),
        ({"notitie": "Wil een boom kappen. Vroeg naar leges."}, "Wil een boom kappen"),
        ({"notitie": "\n\n"}, "Algemene vraag"),
        ({"terugbel": terugbel()}, "Wanneer is het paspoort klaar?"),
    ],
)
def test_het_onderwerp_wordt_voorgesteld_uit_wat_er_al_staat(
    dienst: Registreerdienst, anders: dict[str, Any], onderwerp: str
) -> None:
    assert propose_onderwerp(maak(dienst, **({"notitie": ""} | anders))) == onderwerp


@pytest.mark.parametrize(
    "sleutel",
    [
        PersoonSleutel(Bsn(BSN)),
        BedrijfSleutel(KvkNummer(KVK)),
        BedrijfSleutel(KvkNummer(KVK), Vestigingsnummer("000012345678")),
        PartijSleutel("71a5eedd-6b52-4a8f-a9bc-e03f2d0632be"),
    ],
)
def test_een_gesprekspartner_is_weer_te_openen(sleutel: Any) -> None:
    assert make_partner(sleutel, "Naam").sleutel == sleutel


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_delen_samen_zijn_precies_de_tekst(tekst: str, grens: int) -> None:
    delen = cut_inhoud(tekst, grens)
    assert "".join(delen) == tekst
    assert all(len(deel) <= grens for deel in delen)


@given(st.text(min_size=1, max_size=300), st.integers(1, 30), st.integers(1, 30))
def test_een_deel_past_altijd_in_het_onderwerp(onderwerp: str, nummer: int, totaal: int) -> None:
    assert len(label_deel(onderwerp, nummer, totaal)) <= MAX_ONDERWERP


@given(st.text())
def test_schone_tekst_is_op_te_slaan_en_even_lang_of_korter(tekst: str) -> None:
    schoon = clean_tekst(tekst)
    assert "\x00" not in schoon
    assert len(schoon) <= len(tekst)
    schoon.encode()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.text())
def test_een_belofte_is_terug_te_lezen(uiterlijk: date, beloofd: date, rest: str) -> None:
    datums = read_belofte(format_belofte(uiterlijk, beloofd) + "\n" + rest)
    assert datums is not None
    assert (datums.uiterlijk, datums.beloofd) == (uiterlijk, beloofd)


@pytest.mark.parametrize("tekst", ["", "Terugbellen graag", "Terugbellen uiterlijk 31-02-2026."])
def test_een_toelichting_van_een_ander_heeft_geen_belofte(tekst: str) -> None:
    assert read_belofte(tekst) is None


@given(st.text(max_size=MAX_TOELICHTING - 60), st.lists(st.integers(0, 10_000), unique=True, max_size=20))
def test_elke_keer_opnieuw_bellen_telt_een_keer_ook_na_een_herhaling(tekst: str, minuten: list[int]) -> None:
    toelichting = tekst.replace("Klant belde opnieuw", "")
    for minuut in minuten:
        om = NU + timedelta(minutes=minuut)
        toelichting = add_herhaling(add_herhaling(toelichting, om), om)
        assert len(toelichting) <= MAX_TOELICHTING
    assert read_herhalingen(toelichting) == len(minuten)


def test_de_grens_van_de_notitie_is_die_van_het_register() -> None:
    assert MAX_INHOUD == 1000
