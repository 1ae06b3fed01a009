"""Wat er nu speelt: de zinnen die een collega zou zeggen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from frontoffice.domain.aandacht import bepaal_aandacht, bepaal_waarschuwingen
from frontoffice.domain.belofte import format_belofte
from frontoffice.domain.klant import Herkomst, WaarschuwingSoort
from frontoffice.domain.klantbeeld import AandachtSoort, Contacten, Klantbeeld, Mislukt, Wacht, Zaken
from frontoffice.domain.normen import GEWOON, Waarvoor
from frontoffice.domain.waarden import Datum
from frontoffice.domain.weergave_detail import maak_contactweergave
from tests.bouwers import (
    KAPVERGUNNING,
    NU,
    PARKEERKAART,
    SLEUTEL,
    STORING,
    VANDAAG,
    geladen,
    maak_adres,
    maak_catalogus,
    maak_contact,
    maak_partij,
    maak_persoon,
    maak_rol,
    maak_status,
    maak_taak,
    maak_zaak,
)

WACHT_OP_INWONER = frozenset({"Aanvullende gegevens gevraagd"})


def beeld(*zaken: Any, contacten: Any = (), **anders: Any) -> Klantbeeld:
    velden: dict[str, Any] = {
        "persoon": geladen(maak_persoon()),
        "klant": geladen(()),
        "contacten": geladen(Contacten(tuple(contacten), len(contacten))),
        "zaken": geladen(Zaken(tuple(zaken))),
        "catalogus": geladen(maak_catalogus()),
    }
    return Klantbeeld(SLEUTEL, Herkomst.BSN, VANDAAG, gecontroleerd=True, **{**velden, **anders})


def zinnen(*zaken: Any, **anders: Any) -> list[str]:
    return [punt.tekst for punt in bepaal_aandacht(beeld(*zaken, **anders), WACHT_OP_INWONER)]


def test_een_besluit_dat_te_laat_is() -> None:
    assert zinnen(maak_zaak(dagen=-3)) == [
        "Het besluit op de kapvergunning had er 3 dagen geleden moeten zijn."
    ]
    assert zinnen(maak_zaak(dagen=-1)) == ["Het besluit op de kapvergunning had er gisteren moeten zijn."]


def test_een_zaak_die_stillag_heet_niet_te_laat_maar_wordt_wel_genoemd() -> None:
    (zin,) = zinnen(maak_zaak(dagen=-3, eerder_opgeschort=True))
    assert zin.startswith("De datum voor de kapvergunning is voorbij, maar de zaak lag stil.")


def test_meer_terugbelverzoeken_zijn_samen_een_regel_die_bij_het_oudste_begint() -> None:
    contacten = [maak_contact(dag) for dag in (1, 4, 2)]
    met_taak = [replace(c, taken=(maak_taak(c.uuid, toegewezen_op=c.plaatsgevonden_op),)) for c in contacten]
    (punt,) = bepaal_aandacht(beeld(contacten=met_taak), WACHT_OP_INWONER)
    assert punt.tekst.startswith("Er staan 3 terugbelverzoeken open, het oudste sinds ")
    assert punt.verwijzing == contacten[1].uuid


def test_een_besluit_dat_bijna_moet_komen() -> None:
    assert zinnen(maak_zaak(PARKEERKAART, dagen=5)) == [
        "Het besluit op de parkeerkaart moet er binnen 5 dagen zijn."
    ]
    assert zinnen(maak_zaak(dagen=0)) == ["Het besluit op de kapvergunning moet er vandaag zijn."]
    assert zinnen(maak_zaak(dagen=8)) == []


def test_een_zaak_die_stilligt_is_nooit_te_laat() -> None:
    assert zinnen(maak_zaak(dagen=-30, opgeschort=True)) == []


def test_een_streefdatum_die_voorbij_is_heet_niet_te_laat() -> None:
    (zin,) = zinnen(maak_zaak(streefdatum=VANDAAG - timedelta(days=2)))
    voorbij, uiterlijk = zin.split(". ")
    assert voorbij == "De streefdatum van de kapvergunning is 2 dagen voorbij"
    assert uiterlijk == "Het besluit moet er uiterlijk zaterdag 12 december zijn."


def test_een_zaak_die_op_de_inwoner_wacht() -> None:
    zaak = maak_zaak(status=maak_status(stap=3))
    assert zinnen(zaak) == [
        "De gemeente wacht op de klant voor de kapvergunning: aanvullende gegevens gevraagd."
    ]


@pytest.mark.parametrize(
    "rol", [maak_rol(omschrijving_generiek="belanghebbende", omschrijving="Belanghebbende")]
)
def test_over_de_zaak_van_een_ander_wordt_niets_gezegd(rol: Any) -> None:
    assert zinnen(maak_zaak(dagen=-3, rollen=(rol,))) == []


def test_een_gemachtigde_hoort_het_wel() -> None:
    rol = maak_rol(omschrijving_generiek="belanghebbende", indicatie_machtiging="gemachtigde")
    assert len(zinnen(maak_zaak(dagen=-3, rollen=(rol,)))) == 1


def test_een_open_terugbelverzoek_noemt_sinds_wanneer_en_niet_waarover() -> None:
    contact = maak_contact(vertrouwelijk=True)
    contact = replace(contact, taken=(maak_taak(contact.uuid), maak_taak(contact.uuid, status="verwerkt")))
    punten = bepaal_aandacht(beeld(contacten=[contact]), ())
    assert [(p.tekst, p.verwijzing) for p in punten] == [
        ("Er staat een terugbelverzoek open sinds vr 20 nov.", contact.uuid)
    ]


def test_wie_vaak_belt_valt_op() -> None:
    contacten = [maak_contact(dag) for dag in (0, 1, 2, 5, 20)]
    assert zinnen(contacten=contacten) == ["De klant had 4 keer contact sinds ma 16 nov."]


def test_er_zijn_er_nooit_meer_dan_vijf_en_het_zwaarste_staat_bovenaan() -> None:
    zaken = [maak_zaak(dagen=dag) for dag in (3, -1, -9, 5, 1, 2, -4)]
    punten = bepaal_aandacht(beeld(*zaken), ())
    assert len(punten) == 5
    assert [p.soort for p in punten] == [AandachtSoort.TE_LAAT] * 3 + [AandachtSoort.BIJNA_TE_LAAT] * 2
    assert "9 dagen geleden" in punten[0].tekst
    assert "morgen" in punten[3].tekst


def test_een_zaaktype_met_een_onbekend_lidwoord_krijgt_een_neutrale_naam() -> None:
    catalogus = maak_catalogus()
    raar = replace(catalogus.zaaktypen["type-kap"], omschrijving="Woo-procedure 2026")
    anders = geladen(replace(catalogus, zaaktypen={"type-kap": raar}))
    assert zinnen(maak_zaak(dagen=-3), catalogus=anders) == [
        "Het besluit op de zaak Woo-procedure 2026 had er 3 dagen geleden moeten zijn."
    ]


def test_zonder_catalogus_of_met_wachtende_delen_gaat_het_goed() -> None:
    assert "ZAAK-2026" in zinnen(maak_zaak(dagen=-3), catalogus=Mislukt(STORING, NU, 1.0))[0]
    assert zinnen(zaken=Wacht(), contacten=()) == []


def test_waarschuwingen_staan_van_zwaar_naar_licht() -> None:
    persoon = maak_persoon(
        geheimhouding=True,
        overleden=True,
        overlijdensdatum=Datum(2026, 5, 3),
        curatele=True,
        adres=maak_adres(in_onderzoek=True),
        opschorting_reden="overlijden",
    )
    gevonden = bepaal_waarschuwingen(beeld(persoon=geladen(persoon)))
    assert [w.soort for w in gevonden] == [
        WaarschuwingSoort.OVERLEDEN,
        WaarschuwingSoort.GEHEIMHOUDING,
        WaarschuwingSoort.ADRES_IN_ONDERZOEK,
        WaarschuwingSoort.CURATELE,
    ]
    assert "Overleden op 3-5-2026. Stuur geen brieven." in gevonden[0].tekst


def test_geheimhouding_in_het_klantregister_waarschuwt_ook() -> None:
    partij = maak_partij(geheimhouding=True)
    soorten = [w.soort for w in bepaal_waarschuwingen(beeld(klant=geladen((partij,))))]
    assert soorten == [WaarschuwingSoort.GEHEIMHOUDING]


def test_wie_is_vertrokken_is_geen_ingezetene() -> None:
    vertrokken = geladen(maak_persoon(opschorting_reden="emigratie"))
    assert [w.soort for w in bepaal_waarschuwingen(beeld(persoon=vertrokken))] == [
        WaarschuwingSoort.NIET_INGEZETENE
    ]


def test_omkerende_tekens_uit_een_register_komen_niet_in_een_zin() -> None:
    te_laat = maak_zaak(identificatie="Z\u202e1", uiterste_datum=VANDAAG - timedelta(days=3))
    vreemd = replace(KAPVERGUNNING, omschrijving="Kap\u202evergunning")
    for catalogus in (None, geladen(maak_catalogus(vreemd))):
        gezien = beeld(te_laat, catalogus=catalogus)
        (punt,) = bepaal_aandacht(gezien, ())
        assert "\u202e" not in punt.tekst


def _met_belofte(beloofd: int, dagen_geleden: float = 1, rest: str = "", **anders: Any) -> Any:
    dag = VANDAAG + timedelta(days=beloofd)
    contact = maak_contact(dagen_geleden)
    taak = maak_taak(contact.uuid, toelichting=f"{format_belofte(dag, dag)}\n{rest}", **anders)
    return replace(contact, taken=(taak,))


def test_een_open_belofte_wordt_gezegd_met_haar_datum() -> None:
    opnieuw = "Klant belde opnieuw: 2 keer, laatst 20-11-2026 14.03 uur."
    assert zinnen(contacten=[_met_belofte(2, rest=opnieuw)]) == [
        "De klant wordt uiterlijk dinsdag 24 november teruggebeld. Zo is het beloofd. "
        "De klant belde al 2 keer opnieuw."
    ]


def test_een_belofte_die_te_laat_is_staat_boven_een_gewoon_terugbelverzoek() -> None:
    (punt,) = bepaal_aandacht(beeld(contacten=[_met_belofte(-1)]), ())
    assert punt.soort is AandachtSoort.BELOFTE_TE_LAAT
    assert punt.tekst == "We zouden de klant uiterlijk gisteren terugbellen. Dat is 1 dag te laat."


def test_van_meer_terugbelverzoeken_telt_wat_het_eerst_is_beloofd() -> None:
    contacten = [_met_belofte(3, 9), _met_belofte(-2, 1), _met_belofte(1, 5)]
    (punt,) = bepaal_aandacht(beeld(contacten=contacten), ())
    assert punt.tekst.startswith(
        "Er staan 3 terugbelverzoeken open. Het eerste: we zouden de klant uiterlijk vrijdag 20 november"
    )
    assert punt.verwijzing == contacten[1].uuid


def test_een_afgehandelde_belofte_wordt_niet_meer_gezegd() -> None:
    assert zinnen(contacten=[_met_belofte(-2, status="verwerkt")]) == []


def test_een_belofte_van_donderdag_24_december_is_in_het_klantbeeld_dinsdag_29_december() -> None:
    vandaag = date(2026, 12, 24)
    beloofd = GEWOON.find_datum(Waarvoor.TERUGBELLEN, vandaag)
    contact = maak_contact(1)
    contact = replace(contact, taken=(maak_taak(contact.uuid, toelichting=format_belofte(beloofd, beloofd)),))
    kerst = replace(beeld(contacten=[contact]), vandaag=vandaag)
    (punt,) = bepaal_aandacht(kerst, ())
    assert punt.tekst == "De klant wordt uiterlijk dinsdag 29 december teruggebeld. Zo is het beloofd."
    (taak,) = maak_contactweergave(kerst, contact).taken
    assert ("Beloofd", "uiterlijk dinsdag 29 december (nog 5 dagen)") in taak.feiten
