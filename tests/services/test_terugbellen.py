"""De werklijst Terugbellen: wat er staat, wat het kost, en wat een collega ermee doet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from frontoffice.domain.belofte import MAX_REDEN, format_belofte
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import Betrokkene
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.terugbellen import Volgorde, Wiens
from frontoffice.domain.waarden import Bsn
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Stop
from frontoffice.services.terugbellijst import PER_PAGINA
from frontoffice.takenpoort import Taakcontact
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN, NU, VANDAAG, maak_digitaal_adres, maak_partij
from tests.nep_registratie import DICHT
from tests.services.terugbelbouw import BURGERZAKEN, GROEN, Collega, Kantoor


@pytest.fixture
def deniz(kantoor: Kantoor, uitvoerder: Uitvoerder) -> Collega:
    return Collega(kantoor, uitvoerder, "A. Deniz", zaad=2)


def belofte(dagen: int, vraag: str = "Bel over de kap.") -> str:
    dag = VANDAAG + timedelta(days=dagen)
    return f"{format_belofte(dag, dag)}\n{vraag}"


# --- de lijst ---


def test_wat_het_langst_te_laat_is_staat_bovenaan(kantoor: Kantoor, bos: Collega) -> None:
    morgen, laat, heel_laat = (kantoor.add(belofte(dagen)) for dagen in (1, -1, -9))
    zonder = kantoor.add("Graag bellen")
    kantoor.taken._rij(zonder).velden["gezet"] = NU - timedelta(days=7)
    lijst = bos.load()
    assert [rij.uuid for rij in lijst.rijen] == [heel_laat, zonder, laat, morgen]
    assert [rij.count_dagen_te_laat(VANDAAG) for rij in lijst.rijen] == [9, 0, 1, 0]
    assert (lijst.compleet, lijst.totaal) == (True, 4)


def test_het_nieuwste_kan_ook_bovenaan(kantoor: Kantoor, bos: Collega) -> None:
    uuids = [kantoor.add(belofte(-dag)) for dag in range(3)]
    for nr, uuid in enumerate(uuids):
        kantoor.taken._rij(uuid).velden["gezet"] = NU + timedelta(minutes=nr)
    assert [rij.uuid for rij in bos.load(volgorde=Volgorde.NIEUWSTE).rijen] == uuids[::-1]


def test_mijn_lijst_is_van_mij_ook_als_ik_in_een_ander_programma_anders_heet(
    kantoor: Kantoor, bos: Collega
) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, "s.bos")
    kantoor.register.rijen.append(replace(kantoor.register.van("actor")[0], uuid="actor-ita"))
    team = kantoor.add_actor(Actorsoort.AFDELING, "burgerzaken")
    een, twee = kantoor.add("a", (ik,)), kantoor.add("b", ("actor-ita", team))
    drie = kantoor.add("c", (team,))
    kantoor.add("d", ("actor-ander",))
    assert {rij.uuid for rij in bos.load(Wiens.MIJN).rijen} == {een, twee}
    assert {rij.uuid for rij in bos.load(Wiens.TEAM).rijen} == {twee, drie}
    assert all("Burgerzaken" in rij.aan for rij in bos.load(Wiens.TEAM).rijen)


def test_zonder_afdeling_zegt_de_lijst_van_het_team_wat_u_kunt_doen(
    kantoor: Kantoor, uitvoerder: Uitvoerder
) -> None:
    los = Collega(kantoor, uitvoerder, afdelingen=())
    with pytest.raises(InvoerFout, match="Kies Alle"):
        los.load(Wiens.TEAM)


def test_wie_nergens_bekend_is_heeft_een_lege_lijst(kantoor: Kantoor, bos: Collega) -> None:
    kantoor.add("a", ("actor-ander",))
    assert bos.load(Wiens.MIJN).rijen == ()


def test_een_register_dat_wegvalt_geeft_een_fout_en_geen_halve_lijst_die_compleet_heet(
    kantoor: Kantoor, bos: Collega
) -> None:
    for _ in range(3):
        kantoor.add("a")
    beurt = iter(["", DICHT])
    kantoor.register.pech = lambda soort, _: next(beurt, "")
    standen = []
    with pytest.raises(KifFout):
        standen.extend(bos.lijst.load(Wiens.ALLE, Stop()))
    assert not any(lijst.compleet for lijst in standen)


def test_een_verzoek_dat_tijdens_het_laden_erbij_komt_verdringt_er_geen(
    kantoor: Kantoor, bos: Collega
) -> None:
    uuids = {kantoor.add(belofte(n % 7)) for n in range(2 * PER_PAGINA)}
    erbij: list[str] = []

    def pech(soort: str, _: int) -> str:
        if soort == "GET taken" and kantoor.register.vragen.count("GET taken") == 3 and not erbij:
            erbij.append("nu")
            kantoor.register._slot.release()
            kantoor.add(belofte(1))
            kantoor.register._slot.acquire()
        return ""

    kantoor.register.pech = pech
    assert uuids <= {rij.uuid for rij in bos.load().rijen}


def test_zeshonderd_verzoeken_kosten_een_verzoek_per_bladzijde_en_een_per_zichtbare_rij(
    kantoor: Kantoor, bos: Collega
) -> None:
    for nr in range(600):
        kantoor.add(belofte(nr % 30 - 15))
    kantoor.register.vragen.clear()
    lijsten = bos.lijst.load(Wiens.ALLE, Stop())
    eerste = next(lijsten)
    assert len(kantoor.register.vragen) <= 1 + 6
    assert len(eerste.rijen) >= PER_PAGINA
    assert eerste.totaal == 600
    lijst = list(lijsten)[-1]
    assert kantoor.register.vragen.count("GET taken") == 1 + 600 // PER_PAGINA
    kantoor.register.vragen.clear()
    zichtbaar = lijst.rijen[:25]
    assert len(list(bos.lijst.load_bellers(zichtbaar, Stop()))) == 25
    assert kantoor.register.vragen == ["GET taakcontact"] * 25
    assert len(list(bos.lijst.load_bellers(zichtbaar, Stop()))) == 25
    assert len(kantoor.register.vragen) == 25


# --- wie er te bellen is ---


def test_een_rij_zegt_wie_welk_nummer_wat_en_wanneer(kantoor: Kantoor, bos: Collega) -> None:
    rij = bos.zie(kantoor.add(belofte(2) + "\nNiet bereikt: 2 keer, laatst 20-11-2026 14.03 uur."))
    assert rij.beller is not None
    assert rij.beller.naam.endswith("Jansen")
    assert rij.beller.telefoon[0] == "+31612345678"
    assert rij.beller.sleutel == PersoonSleutel(Bsn(BSN))
    assert (rij.vraag, rij.pogingen) == ("Bel over de kap.", 2)
    assert rij.zeg_kort(VANDAAG) == "beloofd di 24 nov, 2 keer niet bereikt"
    assert rij.beller.aangenomen_door == "S. Bos"


def test_zonder_beller_is_er_van_de_klant_niets_te_zien(kantoor: Kantoor, bos: Collega) -> None:
    kantoor.add(belofte(2, "Geheim verhaal"))
    (rij,) = bos.load().rijen
    assert rij.vraag == ""
    assert rij.beller is None


def test_wie_getoond_wordt_staat_een_keer_in_het_logboek(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(2))
    bos.zie(uuid)
    bos.zie(uuid)
    (regel,) = bos.logboek.regels
    assert (regel.handeling, regel.onderwerp) == ("terugbelverzoek_getoond", PersoonSleutel(Bsn(BSN)))
    bos.lijst.forget()
    bos.zie(uuid)
    assert len(bos.logboek.regels) == 2


def test_bij_geheimhouding_is_het_nummer_weg_tot_iemand_het_met_een_reden_opent(
    kantoor: Kantoor, bos: Collega
) -> None:
    rij = bos.zie(kantoor.add(belofte(2, "Bel 06-87654321"), partij=maak_partij(geheimhouding=True)))
    assert rij.beller is not None
    assert (rij.beller.telefoon, rij.beller.geheim) == ((), True)
    assert "87654321" not in rij.vraag
    assert bos.lijst.load_nummers(rij, Stop()) == ()
    with pytest.raises(InvoerFout):
        bos.lijst.onthul(rij, " ")
    assert bos.lijst.onthul(rij, "Terugbellen").telefoon == ("+31612345678",)
    assert bos.logboek.handelingen == ["terugbelverzoek_getoond", "onthuld"]


def test_een_vertrouwelijk_contact_is_dicht_voor_wie_dat_niet_mag(
    kantoor: Kantoor, uitvoerder: Uitvoerder, bos: Collega
) -> None:
    uuid = kantoor.add(belofte(2, "Schulden"), vertrouwelijk=True)
    rij = bos.zie(uuid)
    assert rij.beller is not None
    assert (rij.beller.dicht, rij.vraag, rij.beller.onderwerp, rij.beller.inhoud) == (True, "", "", "")
    mag = Collega(kantoor, uitvoerder, hoogste=Vertrouwelijkheid.vertrouwelijk)
    assert mag.zie(uuid).vraag == "Schulden"
    bos.dienst.gesproken(rij, "Gesproken.")
    assert bos.winkel.load_verzendingen()[0].registratie.vertrouwelijk


def test_zonder_nummer_bij_het_verzoek_zijn_er_de_nummers_van_de_klant(
    kantoor: Kantoor, bos: Collega
) -> None:
    partij = maak_partij(digitale_adressen=())
    uuid = kantoor.add(belofte(1), partij=partij)
    contact = kantoor.taak(uuid).klantcontact_uuid
    oud = kantoor.taken.contacten[contact]
    zonder = replace(oud.contact, betrokkenen=(replace(oud.contact.betrokkenen[0], adressen=()),))
    kantoor.taken.contacten[contact] = Taakcontact(zonder, oud.partijen)
    kantoor.klantinteracties.partijen = [
        replace(partij, digitale_adressen=(maak_digitaal_adres("0533333333"),))
    ]
    rij = bos.zie(uuid)
    assert rij.beller is not None
    assert rij.beller.telefoon == ()
    assert bos.lijst.load_nummers(rij, Stop()) == ("0533333333",)


def test_een_beller_zonder_partij_heeft_een_naam_en_een_nummer(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    contact = kantoor.taak(uuid).klantcontact_uuid
    los = Betrokkene("b1", "klant", None, "Onbekende\x00 beller", True, ("+31687654321", "a@b.example"))
    oud = kantoor.taken.contacten[contact].contact
    kantoor.taken.contacten[contact] = Taakcontact(replace(oud, betrokkenen=(los,)))
    rij = bos.zie(uuid)
    assert rij.beller is not None
    assert (rij.beller.sleutel, rij.beller.telefoon) == (None, ("+31687654321",))
    assert "\x00" not in rij.beller.naam
    bos.dienst.niet_bereikt(rij)
    (deelnemer,) = bos.winkel.load_verzendingen()[0].registratie.deelnemers
    assert [adres.adres for adres in deelnemer.adressen] == ["+31687654321"]


# --- wat een collega ermee doet ---


def test_niet_bereikt_is_een_contact_dat_niet_is_gelukt_en_telt(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    for keer in (1, 2, 3):
        bos.dienst.niet_bereikt(bos.zie(uuid))
        bos.send()
        kantoor.klok.zet_vooruit(minutes=5)
        assert kantoor.taak(uuid).tekst.niet_bereikt.aantal == keer
    contacten = kantoor.register.van("contact")
    assert [rij.velden["gelukt"] for rij in contacten] == [False] * 3
    assert kantoor.taak(uuid).is_open
    assert kantoor.taak(uuid).tekst.vraag == "Bel over de kap."
    eerste = kantoor.taak(uuid).klantcontact_uuid
    assert {rij.velden["zaak"] for rij in kantoor.register.van("zaak")} == {eerste}


def test_klaar_zegt_hoe_de_klant_het_weet_en_sluit_het_verzoek(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    bos.dienst.klaar(bos.zie(uuid), "telefoon", "Alles verteld.")
    (rij,) = bos.send()
    assert rij.toestand is Toestand.STAAT_IN_REGISTER
    taak = kantoor.taak(uuid)
    assert not taak.is_open
    assert taak.tekst.verteld is not None
    assert (taak.tekst.verteld.op, taak.tekst.verteld.via, taak.tekst.verteld.door) == (
        VANDAAG,
        "telefoon",
        "S. Bos",
    )
    assert rij.registratie.metadata["verteldvia"] == "telefoon"


@pytest.mark.parametrize("via", ["", "  ", "x" * 51])
def test_zonder_verteld_via_gaat_een_belofte_niet_dicht(kantoor: Kantoor, bos: Collega, via: str) -> None:
    rij = bos.zie(kantoor.add(belofte(1)))
    with pytest.raises(InvoerFout):
        bos.dienst.klaar(rij, via)
    assert bos.winkel.load_verzendingen() == ()


def test_wat_al_is_verteld_geeft_geen_tweede_contact(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    bos.dienst.klaar(bos.zie(uuid), "e-mail", al_verteld_op=VANDAAG - timedelta(days=2))
    bos.send()
    verteld = kantoor.taak(uuid).tekst.verteld
    assert verteld is not None
    assert verteld.op == VANDAAG - timedelta(days=2)
    assert kantoor.register.van("contact") == []
    with pytest.raises(InvoerFout):
        bos.dienst.klaar(bos.zie(uuid), "e-mail", al_verteld_op=VANDAAG + timedelta(days=1))


def test_overnemen_zet_mij_ervoor_en_laat_de_afdeling_staan(kantoor: Kantoor, bos: Collega) -> None:
    team = kantoor.add_actor(Actorsoort.AFDELING, "burgerzaken")
    ander = kantoor.add_actor(Actorsoort.MEDEWERKER, "a.deniz")
    uuid = kantoor.add(belofte(1), (ander, team))
    bos.dienst.overnemen(bos.zie(uuid))
    (rij,) = bos.send()
    assert rij.toestand is Toestand.STAAT_IN_REGISTER
    ik = next(r.uuid for r in kantoor.register.van("actor") if r.velden["id"] == "s.bos")
    assert kantoor.taak(uuid).actor_uuids == (ik, team)
    assert kantoor.taak(uuid).tekst.doorgaven[0].door == "S. Bos"


def test_doorgeven_zegt_waarom(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    rij = bos.zie(uuid)
    for reden in ("", "x" * (MAX_REDEN + 1)):
        with pytest.raises(InvoerFout):
            bos.dienst.doorgeven(rij, GROEN, reden)
    bos.dienst.doorgeven(rij, GROEN, "zij gaan\nover bomen")
    bos.send()
    (doorgave,) = kantoor.taak(uuid).tekst.doorgaven
    assert (doorgave.door, doorgave.aan, doorgave.reden) == ("S. Bos", "Team Groen", "zij gaan over bomen")
    assert len(kantoor.taak(uuid).actor_uuids) == 1


def test_binnen_tien_seconden_is_alles_terug_te_halen(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    rij = bos.zie(uuid)
    eerste, tweede = bos.dienst.klaar(rij, "telefoon"), bos.dienst.overnemen(rij)
    assert bos.send(alles=False)[0].toestand is Toestand.NOG_NIET_VERSTUURD
    assert bos.dienst.undo(eerste)
    assert bos.dienst.undo(tweede)
    bos.send()
    assert kantoor.taak(uuid).is_open
    assert not bos.dienst.undo(eerste)


# --- twee collega's ---


def test_de_tweede_die_klaar_zegt_ziet_wie_de_eerste_was(
    kantoor: Kantoor, bos: Collega, deniz: Collega
) -> None:
    uuid = kantoor.add(belofte(1))
    gezien = deniz.zie(uuid)
    bos.dienst.klaar(bos.zie(uuid), "telefoon")
    bos.send()
    deniz.dienst.klaar(gezien, "e-mail")
    (rij,) = deniz.send()
    assert rij.toestand is Toestand.ACTIE_NODIG
    assert rij.fout.startswith("S. Bos heeft dit verzoek om 14.03 uur al afgehandeld. Uw gesprek staat")
    verteld = kantoor.taak(uuid).tekst.verteld
    assert verteld is not None
    assert verteld.door == "S. Bos"
    assert len(kantoor.register.van("contact")) == 2  # beiden hebben gesproken
    assert deniz.dienst.load_onderweg()[uuid].id == rij.id
    _opnieuw(deniz, rij.id)
    assert [r.toestand for r in deniz.send()] == [Toestand.STAAT_IN_REGISTER]
    assert kantoor.taak(uuid).tekst.verteld == verteld
    assert len(kantoor.register.van("contact")) == 2


def _opnieuw(wie: Collega, id_: int) -> None:
    """Wat de knop Opnieuw doet."""
    from frontoffice.registratiepoort import Wijziging

    wie.winkel.update(id_, Wijziging(Toestand.WORDT_NAGEKEKEN, niet_voor=NU, fout=""))


def test_de_tweede_die_overneemt_ziet_wie_de_eerste_was_en_kan_het_toch_doen(
    kantoor: Kantoor, bos: Collega, deniz: Collega
) -> None:
    uuid = kantoor.add(belofte(1), ("actor-ander",))
    gezien = deniz.zie(uuid)
    bos.dienst.overnemen(bos.zie(uuid))
    bos.send()
    deniz.dienst.overnemen(gezien)
    (rij,) = deniz.send()
    assert rij.toestand is Toestand.ACTIE_NODIG
    assert rij.fout.startswith("S. Bos heeft dit verzoek om 14.03 uur overgenomen.")
    _opnieuw(deniz, rij.id)
    assert [r.toestand for r in deniz.send()] == [Toestand.STAAT_IN_REGISTER]
    assert [d.door for d in kantoor.taak(uuid).tekst.doorgaven] == ["S. Bos", "A. Deniz"]


def test_wat_niet_doorgaat_is_in_te_trekken(kantoor: Kantoor, bos: Collega, deniz: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    gezien = deniz.zie(uuid)
    bos.dienst.klaar(bos.zie(uuid), "telefoon")
    bos.send()
    bewaard = deniz.dienst.overnemen(gezien)
    assert deniz.send()[0].fout.startswith("S. Bos heeft dit verzoek om 14.03 uur al afgehandeld.")
    assert deniz.dienst.undo(bewaard)


def test_bellen_naast_een_collega_die_overneemt_past_naast_elkaar(
    kantoor: Kantoor, bos: Collega, deniz: Collega
) -> None:
    uuid = kantoor.add(belofte(1), ("actor-ander",))
    gezien = deniz.zie(uuid)
    bos.dienst.overnemen(bos.zie(uuid))
    bos.dienst.niet_bereikt(bos.zie(uuid))
    bos.send()
    deniz.dienst.niet_bereikt(gezien)
    assert [rij.toestand for rij in deniz.send()] == [Toestand.STAAT_IN_REGISTER]
    assert kantoor.taak(uuid).tekst.niet_bereikt.aantal == 2
    assert kantoor.taak(uuid).tekst.doorgaven[0].door == "S. Bos"


def test_een_ander_programma_dat_eroverheen_schrijft_valt_op(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    bos.dienst.doorgeven(bos.zie(uuid), GROEN, "bomen")
    kantoor.klok.zet_vooruit(minutes=1)
    bos.send()
    kantoor.klok.zet_vooruit(minutes=1)
    assert bos.dienst.load_waarschuwingen(bos.load()) == {}
    kantoor.taken._rij(uuid).velden["toelichting"] = "helemaal anders"
    (zin,) = bos.dienst.load_waarschuwingen(bos.load()).values()
    assert zin.startswith("Wat u om 14.03 uur deed, staat niet meer bij dit verzoek.")


def test_een_verzoek_dat_weg_is_houdt_het_gesprek_niet_tegen(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(belofte(1))
    rij = bos.zie(uuid)
    bos.dienst.gesproken(rij, "Gesproken.")
    bewaard = bos.dienst.overnemen(rij)
    kantoor.register.rijen = [r for r in kantoor.register.rijen if r.uuid != uuid]
    toestanden = {r.id: r for r in bos.send()}
    assert toestanden[1].toestand is Toestand.STAAT_IN_REGISTER
    assert toestanden[bewaard.id].fout == "Dit verzoek staat niet meer in het register. Kies Intrekken."


@pytest.mark.parametrize("doe", ["gesproken", "niet_bereikt", "klaar"])
def test_zonder_geladen_klant_gaat_er_geen_contact_weg(kantoor: Kantoor, bos: Collega, doe: str) -> None:
    kantoor.add(belofte(1))
    (rij,) = bos.load().rijen
    met: Any = {"gesproken": ("x",), "niet_bereikt": (), "klaar": ("telefoon",)}[doe]
    with pytest.raises(InvoerFout, match="nog niet geladen"):
        getattr(bos.dienst, doe)(rij, *met)


def test_een_belofte_van_24_december_staat_op_dinsdag_29_december_in_de_lijst(
    kantoor: Kantoor, bos: Collega
) -> None:
    from frontoffice.domain.normen import GEWOON, Waarvoor

    vandaag = date(2026, 12, 24)
    beloofd = GEWOON.find_datum(Waarvoor.TERUGBELLEN, vandaag)
    kantoor.add(format_belofte(beloofd, beloofd))
    (rij,) = bos.load().rijen
    assert rij.zeg_kort(vandaag) == "beloofd di 29 dec"
    assert rij.find_streef(GEWOON) == date(2026, 12, 29)
    assert BURGERZAKEN.werkdagen == 0
