"""Precies één keer in het register, wat er ook misgaat onderweg."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontoffice.domain.belofte import read_herhalingen
from frontoffice.domain.concept import (
    Actorsoort,
    Afdeling,
    Afsluiting,
    Concept,
    Gesprekspartner,
    NieuwAdres,
    Terugbelverzoek,
    ZaakKoppeling,
    find_op_naam,
)
from frontoffice.domain.fouten import Afgekeurd, KifFout, NietBevoegd, Onbereikbaar
from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.registreren import Registreerdienst, Registreerinstellingen
from frontoffice.services.taakwijzigen import Taakschrijver
from frontoffice.services.verzenden import Tempo, Verzenddienst
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN, KVK
from tests.nep import NepKlok
from tests.nep_registratie import DICHT, NAAM, NIETS, STORING, WEG, NepRegister, NepWinkel, Rij
from tests.nep_taken import NepTaken

AFDELING = Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken")
PARTIJ = "71a5eedd-6b52-4a8f-a9bc-e03f2d0632be"
BEKEND = Gesprekspartner("A. Jansen", "1-12-1985", bsn=BSN, partij_uuid=PARTIJ)
ZAAK = ZaakKoppeling("8b1a1b53-46ad-485a-b3af-3e40a158ffbf", "ZAAK-1", "Kap")
TERUGBEL = Terugbelverzoek(AFDELING, "Bel over kap", date(2026, 12, 1), date(2026, 12, 1), "+31612345678")


class Wereld:
    """Een werkplek met nepwinkel, nepregister en een klok die de test vooruitzet."""

    def __init__(self, uitvoerder: Uitvoerder) -> None:
        self.klok = NepKlok()
        self.winkel = NepWinkel()
        self.register = NepRegister()
        self.taken = NepTaken(self.register)
        self.uitvoerder = uitvoerder
        eigen = Registreerinstellingen("s.bos@losser.example", "S. Bos", ("telefoon",), "telefoon")
        self.registreren = Registreerdienst(self.winkel, self.klok, eigen)
        self.verzenden = self.maak_verzender()

    def maak_verzender(self, houder: str = "venster", **anders: Any) -> Verzenddienst:
        return Verzenddienst(
            self.winkel,
            self.register,
            self.klok,
            self.uitvoerder,
            houder=houder,
            per_seconde=10_000,
            toeval=random.Random(1),
            make_taakschrijver=lambda tempo: Taakschrijver(self.taken, tempo, rust=0.0),
            **anders,
        )

    def finish(self, **anders: Any) -> Concept:
        velden: dict[str, Any] = {"klant": BEKEND, "afsluiting": Afsluiting.BEANTWOORD, "notitie": "Hallo."}
        concept = dataclasses.replace(self.registreren.start(), **(velden | anders))
        self.registreren.save(concept)
        self.registreren.finish(concept)
        return concept

    def send(self, **anders: Any) -> Any:
        self.klok.zet_vooruit(seconds=11)
        return self.verzenden.send(Stop(), **anders)

    def send_tot_klaar(self, rondes: int = 200) -> None:
        for _ in range(rondes):
            self.klok.zet_vooruit(seconds=400)
            self.verzenden.send(Stop())
            if self.winkel.count_wachtend() == (0, 0):
                return
        raise AssertionError([rij.fout for rij in self.winkel.load_verzendingen(ook_verstuurd=False)])

    @property
    def rij(self) -> Verzending:
        (rij,) = self.winkel.load_verzendingen()
        return rij

    def tel(self) -> dict[str, int]:
        return {
            soort: len(self.register.van(soort)) for soort in ("contact", "koppeling", "taak", "betrokkene")
        }


@pytest.fixture
def wereld() -> Iterator[Wereld]:
    uitvoerder = Uitvoerder()
    yield Wereld(uitvoerder)
    uitvoerder.close()


VOL: dict[str, Any] = {"afsluiting": Afsluiting.TERUGBELVERZOEK, "terugbel": TERUGBEL, "zaken": (ZAAK,)}


# --- de gewone weg ---


def test_een_bekende_klant_kost_vier_verzoeken_en_daarna_drie(wereld: Wereld) -> None:
    wereld.register.rijen += [
        Rij("actor", "medewerker", {"soort": Actorsoort.MEDEWERKER, "id": "s.bos@losser.example"}),
        Rij("actor", "afdeling", {"soort": Actorsoort.AFDELING, "id": "burgerzaken"}),
    ]
    geen_nummer = dataclasses.replace(TERUGBEL, telefoon="+31612345678")
    adres = (NieuwAdres("telefoonnummer", "+31612345678"),)
    wereld.finish(**VOL | {"terugbel": geen_nummer, "adressen": adres})
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    assert sorted(wereld.register.vragen) == [
        "GET actor",
        "GET actor",
        "POST adres",
        "POST contact",
        "POST koppeling",
        "POST taak",
    ]
    wereld.register.vragen.clear()
    wereld.finish(zaken=(ZAAK,))
    wereld.send()
    assert wereld.register.vragen == ["POST contact", "POST koppeling"]


def test_een_onbekende_klant_krijgt_eerst_een_partij(wereld: Wereld) -> None:
    wereld.finish(klant=Gesprekspartner("A. Jansen", bsn=BSN), bedrijf=Gesprekspartner("Bakker", kvk=KVK))
    wereld.send()
    assert set(wereld.register.partijen) == {BSN, KVK}
    partijen = {rij.velden["partij"] for rij in wereld.register.van("betrokkene")}
    assert partijen == set(wereld.register.partijen.values())
    assert wereld.tel()["betrokkene"] == 2


def test_een_tweede_workplek_die_de_partij_al_maakte_geeft_geen_tweede(wereld: Wereld) -> None:
    wereld.register.partijen[BSN] = PARTIJ
    wereld.finish(klant=Gesprekspartner("A. Jansen", bsn=BSN))
    wereld.send()
    assert "POST partij" not in wereld.register.vragen
    assert wereld.register.van("betrokkene")[0].velden["partij"] == PARTIJ


def test_een_klant_die_er_zeker_nog_niet_is_wordt_niet_eerst_gezocht(wereld: Wereld) -> None:
    wereld.finish(klant=Gesprekspartner("A. Jansen", bsn=BSN, is_nieuw=True))
    wereld.send()
    assert "GET partij" not in wereld.register.vragen
    assert set(wereld.register.partijen) == {BSN}


@pytest.mark.parametrize("naam", ["Burgerzaken", "burgerzaken"])
def test_een_afdeling_met_alleen_een_naam_wordt_opgezocht_en_niet_gemaakt(wereld: Wereld, naam: str) -> None:
    wereld.register.rijen.append(Rij("actor", "b", {"soort": Actorsoort.AFDELING, "id": "burgerzaken"}))
    aan = Afdeling(Actorsoort.AFDELING, "", naam)
    wereld.finish(**VOL | {"terugbel": dataclasses.replace(TERUGBEL, aan=aan)})
    wereld.send()
    assert wereld.register.van("taak")[0].velden["actor"] == "b"


def test_een_afdeling_die_niemand_kent_vraagt_om_een_andere(wereld: Wereld) -> None:
    aan = Afdeling(Actorsoort.AFDELING, "", "Bestaat niet")
    wereld.finish(**VOL | {"terugbel": dataclasses.replace(TERUGBEL, aan=aan)})
    wereld.send()
    assert (wereld.rij.toestand, wereld.rij.veld) == (Toestand.ACTIE_NODIG, "terugbel")
    assert all(rij.velden["soort"] == Actorsoort.MEDEWERKER for rij in wereld.register.van("actor"))


def test_een_afkeuring_ernaast_maakt_een_contact_dat_er_kan_staan_niet_in_te_trekken(wereld: Wereld) -> None:
    wereld.register.pech = lambda soort, _: WEG if "contact" in soort else ""
    aan = Afdeling(Actorsoort.AFDELING, "", "Bestaat niet")
    wereld.finish(**VOL | {"terugbel": dataclasses.replace(TERUGBEL, aan=aan)})
    wereld.send()
    assert wereld.rij.toestand is Toestand.WORDT_NAGEKEKEN
    wereld.register.pech = lambda *_: ""
    wereld.klok.zet_vooruit(seconds=400)
    wereld.send()
    assert wereld.rij.toestand is Toestand.ACTIE_NODIG
    assert not wereld.winkel.withdraw(wereld.rij.id)
    assert wereld.tel()["contact"] == 1


def test_in_de_tijd_om_ongedaan_te_maken_gaat_er_niets_weg(wereld: Wereld) -> None:
    wereld.finish()
    verslag = wereld.verzenden.send(Stop())
    assert wereld.register.vragen == []
    assert verslag.wachten == pytest.approx(10)
    assert wereld.verzenden.send(Stop(), alles=True).verstuurd == 1


def test_volgorde_per_klant_blijft_ook_als_de_eerste_hapert(wereld: Wereld) -> None:
    wereld.finish(notitie="een")
    wereld.finish(notitie="twee")
    wereld.finish(notitie="ander", klant=None)
    beurt = iter([NIETS])
    wereld.register.pech = lambda soort, _: next(beurt, "") if soort == "POST contact" else ""
    wereld.send()
    assert [rij.velden["inhoud"] for rij in wereld.register.van("contact")] == ["ander"]
    wereld.send_tot_klaar()
    assert [rij.velden["inhoud"] for rij in wereld.register.van("contact")] == ["ander", "een", "twee"]


def test_een_afgekeurde_rij_wacht_apart_en_de_rest_gaat_door(wereld: Wereld) -> None:
    giftig = wereld.finish(notitie="giftig")
    wereld.finish(notitie="gewoon")
    echt = wereld.register.make_contact

    def keur(registratie: Any, *rest: Any) -> Any:
        if registratie.uuid == giftig.uuid:
            raise Afgekeurd("", register=NAAM, http_status=400, velden=(("klantcontact.inhoud", "invalid"),))
        return echt(registratie, *rest)

    wereld.register.make_contact = keur  # type: ignore[method-assign]
    wereld.send()
    ziek, goed = wereld.winkel.load_verzendingen()
    assert (ziek.toestand, ziek.veld) == (Toestand.ACTIE_NODIG, "notitie")
    assert ziek.fout.startswith("Het register keurt de notitie af.")
    assert goed.toestand is Toestand.STAAT_IN_REGISTER
    assert wereld.winkel.count_wachtend() == (1, 1)


NUMMER = ZaakKoppeling("", "ZAAK-2026-7", "")


def send_met_zoeker(wereld: Wereld, *antwoorden: str | Exception) -> list[str]:
    """Verstuur met een zaakregister dat deze antwoorden geeft; geeft wat er is gevraagd."""
    rij, gevraagd = iter(antwoorden), list[str]()

    def find_zaak(nummer: str, aanroep: Aanroep) -> str:
        gevraagd.append(nummer)
        antwoord = next(rij)
        if isinstance(antwoord, Exception):
            raise antwoord
        return antwoord

    wereld.verzenden = wereld.maak_verzender(find_zaak=find_zaak)
    wereld.finish(zaken=(NUMMER,))
    wereld.send()
    return gevraagd


def test_een_getypt_zaaknummer_wordt_een_keer_gezocht_en_gaat_met_het_contact_mee(wereld: Wereld) -> None:
    assert send_met_zoeker(wereld, "zaak-uuid") == ["ZAAK-2026-7"]
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    assert [rij.velden["zaak"] for rij in wereld.register.van("zaak")] == ["zaak-uuid"]
    assert "POST zaak" not in wereld.register.vragen


def test_zonder_zaakregister_gaat_het_contact_voor_en_volgt_de_zaak(wereld: Wereld) -> None:
    weg = Onbereikbaar("Het zaakregister antwoordt niet.", register="zaken")
    send_met_zoeker(wereld, weg, weg, "zaak-uuid")
    assert wereld.tel()["koppeling"] == 1, "wie het deed staat er al"
    assert wereld.register.van("zaak") == []
    wereld.send_tot_klaar()
    assert [rij.velden["zaak"] for rij in wereld.register.van("zaak")] == ["zaak-uuid"]
    assert wereld.tel()["contact"] == 1


def test_bij_een_zaaknummer_dat_niet_bestaat_staat_dat_er_ook(wereld: Wereld) -> None:
    send_met_zoeker(wereld, "", "")
    assert wereld.rij.toestand is Toestand.ACTIE_NODIG
    assert wereld.rij.fout == "Dit zaaknummer bestaat niet. Kies Verbeteren en kijk het na."
    assert wereld.tel()["koppeling"] == 1


def test_een_afdeling_op_naam_gaat_eerst_op_de_identificatie() -> None:
    hoog, laag, zorg = (Afdeling(Actorsoort.AFDELING, i, i.title()) for i in ("BURGER", "burger", "ZORG"))
    assert find_op_naam([hoog, laag, zorg], "BURGER") == (hoog,)
    assert find_op_naam([hoog, laag, zorg], "Burger") == (hoog, laag), "wie dubbel is, moet worden gekozen"
    assert find_op_naam([hoog, laag, zorg], "zorg") == (zorg,)


# --- onbekende uitkomst ---


@pytest.mark.parametrize("pech", [WEG, STORING])
def test_een_contact_dat_er_al_staat_wordt_herkend_en_niet_nog_eens_gemaakt(
    wereld: Wereld, pech: str
) -> None:
    beurt = iter([pech])
    wereld.register.pech = lambda soort, _: next(beurt, "") if soort == "POST contact" else ""
    wereld.finish(**VOL)
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    assert wereld.tel() == {"contact": 1, "koppeling": 1, "taak": 1, "betrokkene": 1}


def test_zolang_nakijken_niet_lukt_heet_het_wordt_nagekeken(wereld: Wereld) -> None:
    wereld.register.pech = lambda soort, nr: (
        WEG if soort in ("POST contact", "GET contact") and nr < 5 else ""
    )
    wereld.finish()
    verslag = wereld.send()
    assert wereld.rij.toestand is Toestand.WORDT_NAGEKEKEN
    assert verslag.fout is not None
    wereld.send_tot_klaar()
    assert wereld.tel()["contact"] == 1


def test_zonder_verbinding_heet_het_nog_niet_verstuurd_en_telt_het_nooit_op_tot_actie(wereld: Wereld) -> None:
    wereld.register.pech = lambda *_: DICHT
    wereld.finish()
    for _ in range(50):
        wereld.send()
    assert wereld.rij.toestand is Toestand.NOG_NIET_VERSTUURD
    assert wereld.send(alles=True).fout is not None, "wie nu wil versturen, hoort waarom het niet ging"
    wereld.register.pech = lambda *_: ""
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER


def test_eindeloze_storingen_worden_nooit_actie_nodig(wereld: Wereld) -> None:
    wereld.register.pech = lambda soort, _: NIETS if soort == "POST contact" else ""
    wereld.finish()
    for _ in range(30):
        wereld.klok.zet_vooruit(seconds=400)
        wereld.verzenden.send(Stop())
    assert wereld.rij.toestand is Toestand.WORDT_NAGEKEKEN
    assert wereld.rij.pogingen == 30
    assert wereld.tel()["contact"] == 0


def test_een_geweigerde_sleutel_wacht_tot_zij_goed_is(wereld: Wereld) -> None:
    echt = wereld.register.make_contact

    def weiger(*_: Any) -> Any:
        raise NietBevoegd("Geen toegang.", register=NAAM, http_status=401)

    wereld.register.make_contact = weiger  # type: ignore[method-assign]
    wereld.finish()
    wereld.send()
    assert (wereld.rij.toestand, wereld.rij.fout) == (Toestand.NOG_NIET_VERSTUURD, "Geen toegang.")
    wereld.register.make_contact = echt  # type: ignore[method-assign]
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER


def test_het_nummer_van_een_ander_contact_wordt_niet_het_onze(wereld: Wereld) -> None:
    velden = {"referentienummer": "1230000001", "sleutel": "van-een-ander", "om": None}
    wereld.register.rijen.append(Rij("contact", "ander", velden | {"onderwerp": "", "inhoud": ""}))
    wereld.finish()
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    assert wereld.rij.registratie.referentienummer == "1230000002"
    assert wereld.rij.stappen["contact"] != "ander"


def test_een_server_die_het_nummer_niet_kent_wordt_op_tijd_en_tekst_nagekeken(wereld: Wereld) -> None:
    wereld.register.echo = False
    beurt = iter([WEG])
    wereld.register.pech = lambda soort, _: next(beurt, "") if soort == "POST contact" else ""
    wereld.finish()
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    assert wereld.tel()["contact"] == 1
    assert wereld.winkel.recall("register_geeft_nummer_terug") == "nee"


def test_zonder_uniek_nummer_wordt_pas_opnieuw_geprobeerd_als_de_server_zeker_klaar_is(
    wereld: Wereld,
) -> None:
    wereld.register.echo = False
    wereld.finish(notitie="eerste")
    wereld.send()
    wereld.register.pech = lambda soort, _: NIETS if soort == "POST contact" else ""
    wereld.finish(notitie="tweede")
    wereld.send()
    wachtend = wereld.winkel.load_verzendingen(ook_verstuurd=False)[0]
    assert wachtend.niet_voor - wereld.klok.nu() >= timedelta(seconds=120)


def test_een_actor_die_niet_meer_bestaat_wordt_opnieuw_opgezocht(wereld: Wereld) -> None:
    wereld.winkel.remember("actor:medewerker:s.bos@losser.example", "weg")
    wereld.finish()
    wereld.send()
    assert wereld.rij.toestand is Toestand.STAAT_IN_REGISTER
    (koppeling,) = wereld.register.van("koppeling")
    assert koppeling.velden["actor"] == wereld.register.van("actor")[0].uuid


def test_klant_belt_opnieuw_telt_een_keer_bij_het_bestaande_verzoek(wereld: Wereld) -> None:
    wereld.finish(**VOL)
    wereld.send()
    (taak,) = wereld.register.van("taak")
    beurt = iter([WEG])
    wereld.register.pech = lambda soort, _: next(beurt, "") if soort == "PATCH taak" else ""
    eerste = str(taak.velden["contact"])
    wereld.finish(afsluiting=Afsluiting.TERUGBELVERZOEK, taak_uuid=taak.uuid, taak_contact_uuid=eerste)
    wereld.send_tot_klaar()
    assert len(wereld.register.van("taak")) == 1
    assert read_herhalingen(str(taak.velden["toelichting"])) == 1
    assert eerste in {rij.velden["zaak"] for rij in wereld.register.van("zaak")}


# --- een verzender tegelijk ---


def test_een_tweede_verzender_wacht_op_de_eerste(wereld: Wereld) -> None:
    wereld.finish()
    assert wereld.winkel.acquire_lease("opdrachtregel", wereld.klok.nu(), 60)
    assert wereld.send().bezet
    assert wereld.register.vragen == []
    wereld.klok.zet_vooruit(seconds=61)
    assert wereld.send().verstuurd == 1


def test_stop_houdt_op_tussen_twee_rijen(wereld: Wereld) -> None:
    wereld.finish()
    wereld.finish()
    stop = Stop()
    wereld.klok.zet_vooruit(seconds=11)
    wereld.verzenden.send(stop, melding=lambda rij: stop.set() if rij.verstuurd_op else None)
    assert [rij.toestand for rij in wereld.winkel.load_verzendingen()] == [
        Toestand.STAAT_IN_REGISTER,
        Toestand.NOG_NIET_VERSTUURD,
    ]


@given(st.floats(0.5, 50), st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_het_tempo_gaat_nooit_over_de_grens(per_seconde: float, pauzes: list[float]) -> None:
    nu = [0.0]
    tempo = Tempo(per_seconde, tijd=lambda: nu[0])
    momenten = []
    for pauze in pauzes:
        nu[0] += pauze
        nu[0] += tempo.take()
        momenten.append(nu[0])
    for begin in momenten:
        in_de_seconde = sum(begin <= moment < begin + 1 - 1e-6 for moment in momenten)
        assert in_de_seconde <= per_seconde + 4 + 1


# --- alles wat mis kan gaan, door elkaar ---


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.booleans())
def test_wat_er_ook_misgaat_elk_contact_staat_er_precies_een_keer(zaad: int, echo: bool) -> None:
    uitvoerder = Uitvoerder()
    try:
        _run_rampspoed(Wereld(uitvoerder), random.Random(zaad), echo)
    finally:
        uitvoerder.close()


def _run_rampspoed(wereld: Wereld, toeval: random.Random, echo: bool) -> None:
    wereld.register.echo = echo
    dempen = [0.5]

    def pech(soort: str, _: int) -> str:
        if toeval.random() >= dempen[0]:
            return ""
        return toeval.choice([WEG, DICHT, STORING, NIETS] if soort.startswith("P") else [WEG, DICHT])

    wereld.register.pech = pech
    concepten = [
        wereld.finish(
            notitie=f"nummer {nr}",
            klant=toeval.choice([None, BEKEND, Gesprekspartner("K", bsn=BSN)]),
            **(VOL if nr % 2 else {}),
        )
        for nr in range(6)
    ]
    for ronde in range(400):
        dempen[0] = 0.5 if ronde < 100 else 0.1
        wereld.klok.zet_vooruit(seconds=toeval.choice([1, 30, 400]))
        if toeval.random() < 0.2:  # het programma is afgebroken en opnieuw begonnen
            wereld.verzenden = wereld.maak_verzender(f"venster {ronde}")
            wereld.klok.zet_vooruit(seconds=61)
        wereld.verzenden.send(Stop())
        if wereld.winkel.count_wachtend() == (0, 0):
            break
    assert wereld.winkel.count_wachtend() == (0, 0)
    contacten = wereld.register.van("contact")
    assert sorted(str(rij.velden["inhoud"]) for rij in contacten) == [
        f"nummer {nr}" for nr in range(len(concepten))
    ]
    uuids = {rij.uuid for rij in contacten}
    assert {rij.velden["contact"] for rij in wereld.register.van("koppeling")} == uuids
    assert len(wereld.register.van("koppeling")) == len(contacten)
    taken = [rij.velden["contact"] for rij in wereld.register.van("taak")]
    assert len(taken) == len(set(taken)) == 3
    per_contact = [(rij.velden["contact"], rij.velden["zaak"]) for rij in wereld.register.van("zaak")]
    assert len(per_contact) == len(set(per_contact)) == 3
    adressen = [rij.velden["van"] for rij in wereld.register.van("adres")]
    assert len(adressen) == len(set(adressen)) == 3


def test_een_onbekende_fout_in_een_stap_komt_naar_buiten(wereld: Wereld) -> None:
    def stuk(*_: Any) -> Any:
        raise ZeroDivisionError

    wereld.register.make_contact = stuk  # type: ignore[method-assign]
    wereld.finish()
    with pytest.raises(ZeroDivisionError):
        wereld.send()


# --- opdrachten die naar een ander register gaan ---


@dataclasses.dataclass(frozen=True)
class Anders:
    """Een opdracht van een ander register."""

    soort: ClassVar[str] = "anders"
    uuid: str
    groep: str = ""
    medewerker: str = "s.bos"
    medewerker_naam: str = "S. Bos"
    onderwerp: str = "Iets anders"
    wie: str = ""
    om: datetime = datetime(2026, 11, 22, 8, tzinfo=UTC)


class AndereLoper:
    """Doet het, of gooit de fout die klaarstaat."""

    register_naam = "ander register"

    def __init__(self) -> None:
        self.gedaan: list[str] = []
        self.fout: KifFout | None = None

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        if self.fout is not None:
            raise self.fout
        self.gedaan.append(verzending.opdracht.uuid)


@pytest.fixture
def loper(wereld: Wereld) -> AndereLoper:
    loper = AndereLoper()
    wereld.verzenden = wereld.maak_verzender(make_lopers=lambda _: {"anders": loper})
    return loper


def test_elke_soort_gaat_naar_haar_eigen_loper(wereld: Wereld, loper: AndereLoper) -> None:
    wereld.winkel.add(Anders("a1"), wereld.klok.nu())
    wereld.finish()
    assert wereld.send().verstuurd == 2
    assert loper.gedaan == ["a1"]
    assert wereld.tel()["contact"] == 1


def test_een_register_dat_er_niet_is_houdt_een_ander_register_niet_op(
    wereld: Wereld, loper: AndereLoper
) -> None:
    loper.fout = Onbereikbaar("Het andere register is er niet.", register="ander register")
    for nummer in range(3):
        wereld.winkel.add(Anders(f"a{nummer}"), wereld.klok.nu())
    wereld.finish()
    verslag = wereld.send()
    assert (verslag.verstuurd, verslag.geprobeerd) == (1, 2), "één poging bij wat er niet is, dan de rest"
    assert verslag.fout is loper.fout
    assert verslag.wachten is not None
    assert 0 < verslag.wachten <= 2
    loper.fout = None
    wereld.send_tot_klaar()
    assert sorted(loper.gedaan) == ["a0", "a1", "a2"]


def test_wat_is_afgekeurd_zegt_de_zin_van_zijn_eigen_loper(wereld: Wereld, loper: AndereLoper) -> None:
    loper.fout = Afgekeurd("Deze plaats ligt buiten de gemeente. Kies een andere.", register="ander register")
    wereld.winkel.add(Anders("a1"), wereld.klok.nu())
    wereld.send()
    assert (wereld.rij.toestand, wereld.rij.fout) == (Toestand.ACTIE_NODIG, loper.fout.uitleg)


def test_wat_niet_meer_is_aangesloten_wacht_met_een_zin(wereld: Wereld) -> None:
    wereld.winkel.add(Anders("a1"), wereld.klok.nu())
    wereld.send()
    assert wereld.rij.toestand is Toestand.ACTIE_NODIG
    assert "niet meer aangesloten" in wereld.rij.fout
