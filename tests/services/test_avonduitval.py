"""Er valt vanavond iets weg: eerst zien wie het merkt, dan pas vastleggen. Geval C12, maar dan om 18.00 uur.

Drie balies van 17.00 tot 20.00 uur; alleen de medewerker van balie 1 mag naturalisatie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Balie, Inrichting
from frontoffice.agenda.vanavond.uitval import Soortuitval, Uitval
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.avonduitval import REISTIJD
from frontoffice.services.inrichten import is_weggezet
from frontoffice.services.uitvalwaarden import UitvalAnders, Uitvalbeeld
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import (
    BASIS,
    DAG,
    DONDERDAGEN,
    MAANDAG,
    begintijden,
    boek,
    gegevens,
    medewerker,
    op,
    richt_in,
    rooster,
    uid,
    wens,
)

GEWOON = ("reisdocument", "rijbewijs", "uitgifte")
DRIE: Inrichting = replace(
    BASIS,
    balies=tuple(Balie(f"B{n}", f"balie {n}", volgorde=n) for n in (1, 2, 3)),
    medewerkers=(medewerker("m1"), medewerker("m2", *GEWOON), medewerker("m3", *GEWOON)),
    diensten=rooster(DONDERDAGEN, ("B1", "m1"), ("B2", "m2"), ("B3", "m3")),
)
ZIEK = Uitval(Soortuitval.ZIEK, op(18), "m1")


class Avond:
    """De avond van 3 december, tot nu 18.00 uur."""

    def __init__(self, agenda: Agendadiensten) -> None:
        self.agenda = agenda
        richt_in(agenda, DRIE)

    def boek(self, uur: int, minuut: int = 0, product: str = "a15", balie: str = "") -> Afspraak:
        """Een afspraak, zo nodig naar deze balie verhuisd."""
        afspraak = boek(self.agenda, uur, minuut, product)
        if balie and afspraak.balie != balie:
            with self.agenda.opslag.lock({DAG}) as tx:
                tx.move_balies(DAG, {afspraak.id: balie})
        return afspraak

    def begin(self, uur: int = 18, minuut: int = 0) -> None:
        self.klok(uur, minuut)
        self.agenda.vanavond.open_avond(verzoek_id=uid())

    def klok(self, uur: int, minuut: int = 0) -> None:
        assert isinstance(self.agenda.opslag, AgendaDatabase)
        self.agenda.opslag.set_klok(op(uur, minuut))

    def meld(self, *afspraken: Afspraak) -> None:
        for afspraak in afspraken:
            self.agenda.vanavond.arrive(afspraak.id, verzoek_id=uid())

    def roep(self, afspraak: Afspraak, balie: str) -> None:
        self.agenda.vanavond.call(afspraak.id, balie, verzoek_id=uid())

    def nu(self, afspraak: Afspraak) -> Afspraak:
        return self.agenda.zoeken.load(afspraak.id)

    def zie(self, uitval: Uitval = ZIEK) -> Uitvalbeeld:
        return self.agenda.uitval.preview(uitval)

    def doe(self, uitval: Uitval = ZIEK) -> Uitvalbeeld:
        return self.agenda.uitval.apply(self.zie(uitval), verzoek_id=uid())

    def nummer(self, afspraak: Afspraak) -> str:
        stand = self.agenda.vanavond.load_stand()
        assert stand is not None
        bezoek = stand.find(afspraak.id)
        assert bezoek is not None
        return bezoek.volgnummer


@pytest.fixture
def avond(agenda: Agendadiensten) -> Iterator[Avond]:
    gemaakt = Avond(agenda)
    yield gemaakt
    assert agenda.opslag.check() == ()


def test_c12_om_achttien_uur_moet_alleen_de_naturalisatie_verzetten_en_merkt_de_rest_niets(
    avond: Avond,
) -> None:
    paspoorten = [avond.boek(19, 0, balie="B1"), avond.boek(19, 15, balie="B2")]
    naturalisatie = avond.boek(18, 15, "naturalisatie")
    assert naturalisatie.balie == "B1"
    avond.begin()
    beeld = avond.zie()
    assert beeld.zinnen == (
        "1 bezoeker verhuist ongemerkt naar een andere balie.",
        f"1 bezoeker moet verzetten: 18.15 uur {avond.nummer(naturalisatie)}.",
    )
    (bel,) = beeld.bellen
    assert (bel.afspraak, bel.aanwezig, bel.vanavond) == (avond.nu(naturalisatie), False, ())
    assert "mag doen" in bel.reden
    assert len(bel.later) >= 3
    assert bel.zeg == (
        "Uw afspraak van vanavond om 18.15 uur kan helaas niet doorgaan. "
        "Kunt u op donderdag 10 december om 18.15 uur? U houdt hetzelfde nummer en dezelfde code."
    )
    assert avond.nu(naturalisatie).te_verzetten == "", "vooraf kijken verandert niets"

    avond.agenda.uitval.apply(beeld, verzoek_id=uid())
    weg = avond.nu(naturalisatie)
    assert is_weggezet(weg.balie)
    assert (weg.toestand, weg.te_verzetten) == (Toestand.BEVESTIGD, bel.reden)
    assert {avond.nu(paspoort).balie for paspoort in paspoorten} <= {"B2", "B3"}
    assert [rij.afspraak.id for rij in avond.agenda.avonden.te_verzetten()] == [naturalisatie.id]
    assert begintijden(avond.agenda, "naturalisatie") == []


def test_wat_voorbij_is_en_wie_klaar_is_telt_niet_mee(avond: Avond) -> None:
    vroeg = avond.boek(17, 0, "naturalisatie")
    klaar = avond.boek(18, 15, "naturalisatie")
    avond.begin(17, 50)
    avond.meld(vroeg, klaar)
    for afspraak in (vroeg, klaar):
        avond.roep(afspraak, "B1")
        avond.agenda.vanavond.finish(afspraak.id, verzoek_id=uid())
    avond.klok(18)
    assert avond.zie().zinnen == ("Niemand hoeft te verzetten.",)
    avond.doe()
    assert avond.agenda.avonden.te_verzetten() == ()


def test_wie_aan_de_balie_zit_die_wegvalt_gaat_even_apart_en_komt_niet_op_de_lijst(avond: Avond) -> None:
    zit = avond.boek(17, 45, balie="B1")
    avond.begin(17, 45)
    avond.meld(zit)
    avond.roep(zit, "B1")
    avond.klok(18)
    beeld = avond.zie()
    nummer = avond.nummer(zit)
    assert beeld.zinnen[0] == (
        f"{nummer} is nu aan balie 1 en gaat even apart. Roep {nummer} zelf op aan een andere balie."
    )
    assert beeld.bellen == ()
    avond.agenda.uitval.apply(beeld, verzoek_id=uid())
    assert avond.nu(zit).toestand is Toestand.EVEN_APART
    assert avond.agenda.vanavond.resume(zit.id, "B2", verzoek_id=uid()).balie == "B2"


def test_wie_al_aan_een_andere_balie_zit_merkt_er_niets_van(avond: Avond) -> None:
    zit = avond.boek(17, 45, "a30", balie="B2")
    avond.begin(17, 45)
    avond.meld(zit)
    avond.roep(zit, "B2")
    avond.klok(18, 2)
    assert avond.zie().zinnen == ("Niemand hoeft te verzetten.",)
    beeld = avond.zie(Uitval(Soortuitval.EERDER_DICHT, op(19)))
    assert beeld.wachten == beeld.aan_balie == beeld.bellen == ()


def test_wie_er_al_is_en_nog_geholpen_kan_worden_wacht_en_wordt_niet_verzet(avond: Avond) -> None:
    """Om 18.15 uur zitten drie balies vol; balie 1 valt weg, en twee van de drie zijn er al."""
    thuis, *hier = [avond.boek(18, 15, balie=balie) for balie in ("B2", "B3", "B1")]
    avond.begin()
    avond.meld(*hier)
    beeld = avond.zie()
    assert [rij.afspraak.id for rij in beeld.bellen if rij.afspraak] == [thuis.id]
    avond.agenda.uitval.apply(beeld, verzoek_id=uid())
    assert {avond.nu(afspraak).balie for afspraak in hier} == {"B2", "B3"}


def test_zijn_ze_er_allemaal_al_dan_hoeft_niemand_te_verzetten_en_wacht_er_een_langer(avond: Avond) -> None:
    drie = [avond.boek(18, 15, balie=balie) for balie in ("B1", "B2", "B3")]
    avond.begin()
    avond.meld(*drie)
    beeld = avond.doe()
    (wacht,) = beeld.wachten
    assert f"1 bezoeker is er al en wacht misschien langer: 18.15 uur {wacht.volgnummer}." in beeld.zinnen
    assert "Niemand hoeft te verzetten." in beeld.zinnen
    avond.klok(18, 15)
    opgeroepen = [avond.agenda.vanavond.call_next(balie, verzoek_id=uid()) for balie in ("B2", "B3")]
    assert None not in opgeroepen
    avond.agenda.vanavond.finish(opgeroepen[0].id, verzoek_id=uid())  # type: ignore[union-attr]  # niet None, zie hierboven
    assert avond.agenda.vanavond.call_next("B2", verzoek_id=uid()) is not None, (
        "ook de derde komt aan de beurt"
    )


def test_wie_er_al_is_en_door_niemand_meer_te_helpen_is_hoort_het_het_eerst(avond: Avond) -> None:
    later = avond.boek(19, 0, "naturalisatie")
    hier = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    avond.meld(hier)
    eerste, tweede = avond.zie().bellen
    assert (eerste.bezoek.id, eerste.aanwezig, eerste.vanavond) == (hier.id, True, ())
    assert eerste.zeg.startswith("Het spijt ons: wij kunnen u vanavond helaas niet meer helpen. Kunt u op ")
    assert (tweede.bezoek.id, tweede.aanwezig) == (later.id, False)


def test_wie_te_laat_is_en_niet_meer_te_helpen_hoeft_niet_meer_te_komen(avond: Avond) -> None:
    laat = avond.boek(17, 45, "naturalisatie")
    paspoort = avond.boek(17, 45, balie="B2")
    avond.begin()
    (bel,) = avond.zie().bellen
    assert (bel.bezoek.id, bel.aanwezig) == (laat.id, False)
    assert avond.nu(paspoort).te_verzetten == ""


def test_wie_zonder_afspraak_wacht_en_niet_meer_te_helpen_is_staat_er_met_zijn_nummer_bij(
    avond: Avond,
) -> None:
    avond.begin()
    loper = avond.agenda.vanavond.walk_in(wens("naturalisatie"), "P. de Wit", verzoek_id=uid())
    beeld = avond.doe()
    (bel,) = beeld.bellen
    assert (bel.bezoek.id, bel.afspraak, bel.aanwezig) == (loper.id, None, True)
    assert beeld.zinnen[0] == f"1 bezoeker is er al en kan niet meer worden geholpen: {loper.volgnummer}."


def test_is_een_balie_stuk_dan_is_er_eerst_een_andere_tijd_vanavond_en_die_kan_ook_echt(avond: Avond) -> None:
    drie = [avond.boek(18, 30, balie=balie) for balie in ("B1", "B2", "B3")]
    avond.begin()
    beeld = avond.doe(Uitval(Soortuitval.BALIE_DICHT, op(18), "B3"))
    (bel,) = beeld.bellen
    assert bel.afspraak is not None
    assert bel.afspraak.id in {afspraak.id for afspraak in drie}
    assert bel.vanavond[0].begin.date() == DAG
    assert bel.vanavond[0].begin >= op(18) + REISTIJD
    assert "Kunt u vanavond om 18.45 uur? Of op donderdag 10 december om 18.30 uur?" in bel.zeg
    verzet = avond.agenda.afspraken.move(bel.afspraak.id, bel.vanavond[0].begin, verzoek_id=uid())
    assert (verzet.te_verzetten, verzet.balie in ("B1", "B2")) == ("", True)
    assert avond.agenda.avonden.te_verzetten() == ()


def test_gaat_de_avond_eerder_dicht_dan_moet_wie_daarna_komt_verzetten_op_volgorde_van_tijd(
    avond: Avond,
) -> None:
    blijft = avond.boek(18, 45)
    ids = [avond.boek(19, 30).id, avond.boek(19, 0).id]
    avond.begin()
    beeld = avond.doe(Uitval(Soortuitval.EERDER_DICHT, op(19)))
    assert [rij.bezoek.tijd for rij in beeld.bellen] == [op(19), op(19, 30)]
    assert {rij.bezoek.id for rij in beeld.bellen} == set(ids)
    assert beeld.bellen[0].reden == "De avond gaat om 19.00 uur dicht."
    assert avond.nu(blijft).te_verzetten == ""
    assert max(begintijden(avond.agenda)) < op(19)


def test_wie_niet_te_bereiken_is_staat_achteraan(avond: Avond) -> None:
    zonder = avond.agenda.afspraken.book(
        wens("naturalisatie"),
        op(18, 15),
        replace(gegevens(), klant=replace(gegevens().klant, telefoon="", geen_contact=True)),
        verzoek_id=uid(),
    )
    bereikbaar = avond.boek(19, 0, "naturalisatie")
    avond.begin()
    assert [rij.bezoek.id for rij in avond.zie().bellen] == [bereikbaar.id, zonder.id]


def test_is_er_intussen_iets_gebeurd_dan_wordt_er_niets_vastgelegd_en_staat_er_wat_het_nu_is(
    avond: Avond,
) -> None:
    avond.begin()
    gezien = avond.zie()
    erbij = avond.agenda.afspraken.book(
        wens("naturalisatie"), op(19), gegevens("B. Wevers"), verzoek_id=uid()
    )
    with pytest.raises(UitvalAnders) as gevangen:
        avond.agenda.uitval.apply(gezien, verzoek_id=uid())
    assert [rij.bezoek.id for rij in gevangen.value.beeld.bellen] == [erbij.id]
    assert avond.agenda.uitval.load_uitval() == ()
    avond.agenda.uitval.apply(gevangen.value.beeld, verzoek_id=uid())
    assert avond.nu(erbij).te_verzetten


def test_hetzelfde_verzoek_nog_eens_doet_niets(avond: Avond) -> None:
    naturalisatie = avond.boek(18, 15, "naturalisatie")
    avond.begin()
    beeld, verzoek = avond.zie(), uid()
    for _ in range(2):
        avond.agenda.uitval.apply(beeld, verzoek_id=verzoek)
    versie = avond.nu(naturalisatie).versie
    avond.agenda.uitval.apply(beeld, verzoek_id=verzoek)
    assert avond.nu(naturalisatie).versie == versie


def test_viel_de_verbinding_weg_voor_het_even_apart_dan_doet_hetzelfde_verzoek_dat_alsnog(
    avond: Avond, monkeypatch: pytest.MonkeyPatch
) -> None:
    zit = avond.boek(17, 45, balie="B1")
    avond.begin(17, 45)
    avond.meld(zit)
    avond.roep(zit, "B1")
    avond.klok(18)
    beeld, verzoek = avond.zie(), uid()

    def breek(*_: object, **__: object) -> None:
        raise AgendaOnbereikbaar("Geen verbinding.")

    with monkeypatch.context() as weg:
        weg.setattr(avond.agenda.vanavond, "park", breek)
        with pytest.raises(AgendaOnbereikbaar):
            avond.agenda.uitval.apply(beeld, verzoek_id=verzoek)
    avond.agenda.uitval.apply(beeld, verzoek_id=verzoek)
    assert avond.nu(zit).toestand is Toestand.EVEN_APART
    assert len(avond.agenda.uitval.load_uitval()) == 1


def test_toch_niet_ziek_zet_terug_wie_nog_niet_is_verzet(avond: Avond) -> None:
    blijft = avond.boek(18, 15, "naturalisatie")
    verzet = avond.boek(19, 0, "naturalisatie")
    avond.begin()
    avond.doe()
    (uitval,) = avond.agenda.uitval.load_uitval()
    assert (uitval.medewerker, uitval.reden) == ("m1", "collega ziek")
    avond.agenda.afspraken.move(verzet.id, op(18, 15, dag=DAG + timedelta(days=7)), verzoek_id=uid())
    beeld = avond.agenda.uitval.preview_terug(uitval.id)
    assert beeld.zinnen[0] == f"1 bezoeker kan toch blijven: 18.15 uur {avond.nummer(blijft)}."
    avond.agenda.uitval.apply(beeld, verzoek_id=uid())
    assert avond.agenda.uitval.load_uitval() == ()
    assert (avond.nu(blijft).te_verzetten, avond.nu(blijft).balie) == ("", "B1")
    assert avond.nu(verzet).datum == DAG + timedelta(days=7)
    with pytest.raises(InvoerFout, match="al teruggedraaid"):
        avond.agenda.uitval.preview_terug(uitval.id)


@pytest.mark.parametrize(
    ("uitval", "zin"),
    [
        (Uitval(Soortuitval.ZIEK, op(18), "m9"), "werkt vanavond niet meer"),
        (Uitval(Soortuitval.BALIE_DICHT, op(18), "B9"), "werkt vanavond niemand meer"),
        (Uitval(Soortuitval.EERDER_DICHT, op(20)), "al voorbij"),
    ],
)
def test_wat_niet_kan_wegvallen_wordt_geweigerd_met_wat_er_wel_kan(
    avond: Avond, uitval: Uitval, zin: str
) -> None:
    avond.begin()
    with pytest.raises(InvoerFout, match=zin):
        avond.zie(uitval)


def test_twee_keer_ziek_melden_kan_niet_en_eerder_dicht_kan_wel_nog_eerder(avond: Avond) -> None:
    avond.begin()
    avond.doe()
    with pytest.raises(InvoerFout, match="al gemeld"):
        avond.zie(Uitval(Soortuitval.ZIEK, op(18, 30), "m1"))
    avond.doe(Uitval(Soortuitval.EERDER_DICHT, op(19, 30)))
    avond.doe(Uitval(Soortuitval.EERDER_DICHT, op(19)))
    assert [blok.reden for blok in avond.agenda.uitval.load_uitval()] == [
        "collega ziek",
        "avond eerder dicht",
    ]


def test_zonder_avond_vandaag_valt_er_niets_weg(avond: Avond) -> None:
    assert isinstance(avond.agenda.opslag, AgendaDatabase)
    avond.agenda.opslag.set_klok(op(18, dag=MAANDAG))
    with pytest.raises(Geweigerd, match="geen avond"):
        avond.zie(Uitval(Soortuitval.ZIEK, datetime.now(op(18).tzinfo), "m1"))


def test_te_kiezen_is_wie_en_wat_er_nu_nog_werkt_en_wat_terug_te_draaien_is(avond: Avond) -> None:
    avond.begin(19, 20)
    keuzes = avond.agenda.uitval.load_keuzes()
    assert keuzes.medewerkers[0] == ("m1", "Medewerker m1, balie 1")
    assert [naam for _, naam in keuzes.balies] == ["balie 1", "balie 2", "balie 3"]
    assert [naam for _, naam in keuzes.einden] == ["19.30 uur", "19.45 uur"]
    avond.doe(Uitval(Soortuitval.ZIEK, op(19, 20), "m1"))
    avond.doe(Uitval(Soortuitval.BALIE_DICHT, op(19, 20), "B2"))
    assert [naam for _, naam in avond.agenda.uitval.load_keuzes().gemeld] == [
        "balie 2: dicht vanaf 19.20 uur",
        "Medewerker m1: ziek vanaf 19.20 uur",
    ]


def test_wie_verplaatsen_noemt_eerst_wie_niet_kan_blijven_en_dan_wie_later_komt(avond: Avond) -> None:
    """Twee balies vallen weg; aan de derde duurt wie er zit al een uur te lang."""
    naturalisatie = avond.boek(19, 15, "naturalisatie")
    zit = avond.boek(17, 0, balie="B3")
    later = avond.boek(18, 45, balie="B3")
    avond.begin(17, 0)
    avond.meld(zit)
    avond.roep(zit, "B3")
    avond.agenda.vanavond.start(zit.id, verzoek_id=uid())
    for wie in ("m1", "m2"):
        avond.doe(Uitval(Soortuitval.ZIEK, op(17), wie))
    wacht = [avond.boek(17 + n // 4, 15 * (n % 4), balie="B3") for n in range(2, 7)]
    avond.klok(18, 20)
    avond.meld(*wacht)
    rijen = avond.agenda.uitval.load_verplaatsen()
    assert rijen[0].bezoek.id == naturalisatie.id
    assert rijen[0].wordt is None
    uitloop = {rij.bezoek.id: rij for rij in rijen[1:]}
    assert uitloop[later.id].wordt is not None
    assert uitloop[later.id].zeg.startswith("Uw afspraak is vanavond om 18.45 uur. Het loopt uit")
    assert len(uitloop[later.id].later) == 3
    assert {id_ for id_, rij in uitloop.items() if rij.aanwezig} <= {afspraak.id for afspraak in wacht}
    assert all(rij.later == () for rij in uitloop.values() if rij.aanwezig)
