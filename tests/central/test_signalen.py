"""Signalen v1: antwoorden in de vorm van de specificatie, met en zonder recht op contactgegevens."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.central.signalen import INDEX_WEG, Signalen, spellings
from frontoffice.domain.fouten import Afgekeurd, FilterGenegeerd, NietBevoegd, NietGevonden, Storing
from frontoffice.domain.melding import Plek, Punt, Soort
from frontoffice.domain.meldingstand import Tijdigheid, bepaal_melderstand, bepaal_termijn, stand_in_woorden
from frontoffice.domain.waarden import EmailAdres, Telefoonnummer
from frontoffice.meldingpoort import NieuweMelding
from frontoffice.ports import Aanroep
from tests.central.proefserver import Ontvangen, Proefserver, Reactie

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EMAIL = EmailAdres("Test@Post.example")
MOBIEL = Telefoonnummer("+31612345678")
PLEK = Plek("Brinkstraat 12", Punt(7.0, 52.26), "Brinkstraat", "12", "", "", "7581XB", "Losser")

# Zoals de specificatie het geeft (V1PrivateSignalDetailList), zonder wat oudere versies niet hebben.
KAAL: dict[str, Any] = {
    "_links": {"self": {"href": "http://elders.invalid/signals/v1/private/signals/123"}},
    "_display": "123 - m - E17a - 2020-01-01 00:00:00.000000+00:00",
    "category": {
        "sub": "Overlast terrassen",
        "sub_slug": "overlast-terrassen",
        "main": "Overlast Bedrijven en Horeca",
        "main_slug": "overlast-bedrijven-en-horeca",
        "category_url": "http://elders.invalid/x",
        "departments": "VTH, ASC",
        "created_by": None,
        "text": None,
        "deadline": "2026-11-17T12:00:00+00:00",
        "deadline_factor_3": "2026-12-17T12:00:00+00:00",
    },
    "id": 123,
    "has_attachments": False,
    "location": {
        "stadsdeel": "E",
        "address": {
            "postcode": "1053KP",
            "huisletter": None,
            "huisnummer": 157,
            "woonplaats": "Losser",
            "openbare_ruimte": "Bilderdijkstraat",
            "huisnummer_toevoeging": "3",
        },
        "address_text": "Bilderdijkstraat 157-3 1053KP Losser",
        "geometrie": {"type": "Point", "coordinates": [7.0, 52.26]},
        "extra_properties": {},
    },
    "status": {
        "text": None,
        "state": "b",
        "target_api": None,
        "extra_properties": {},
        "created_by": "test@test.com",
        "created_at": "2026-11-10T10:00:00+00:00",
    },
    "reporter": {
        "email": "test@post.example",
        "phone": "06 12345678",
        "sharing_allowed": False,
        "allows_contact": True,
    },
    "priority": {"priority": "normal", "created_by": None},
    "notes": [{"text": "Gebeld", "created_by": "test@test.com"}],
    "type": {"code": "SIG", "created_at": "2020-01-01T00:00:00+00:00", "created_by": None},
    "directing_departments": [],
    "source": "Telefoon – ASC",
    "text": "Het cafe op de hoek maakt enorme herrie",
    "text_extra": None,
    "created_at": "2026-11-01T00:00:00+00:00",
    "updated_at": "2026-11-10T10:00:00+00:00",
    "incident_date_start": "2020-01-01T00:00:00+00:00",
    "extra_properties": None,
    "routing_departments": None,
    "assigned_user_email": None,
}


def signaal(nummer: int = 123, **anders: Any) -> dict[str, Any]:
    """Een melding; `reporter__email="x"` verandert een veld daarbinnen."""
    uit = copy.deepcopy(KAAL) | {"id": nummer}
    for naam, waarde in anders.items():
        doel, _, veld = naam.partition("__")
        if veld:
            uit[doel][veld] = waarde
        else:
            uit[doel] = waarde
    return uit


def bladzij(*rijen: dict[str, Any], volgende: str | None = None, aantal: int | None = None) -> Reactie:
    links = {"self": {"href": "http://x"}, "next": {"href": volgende}, "previous": {"href": None}}
    telling = len(rijen) if aantal is None else aantal
    return Reactie(json={"_links": links, "count": telling, "results": list(rijen)})


@pytest.fixture
def server() -> Iterator[Proefserver]:
    proef = Proefserver()
    yield proef
    proef.close()


@pytest.fixture
def register(server: Proefserver) -> Iterator[Signalen]:
    lijnen = Lijnen()
    instelling = RegisterInstelling("meldingen", f"{server.basis}/signals/v1", "bearer", lambda: "token-123")
    yield Signalen(Verbinding(instelling, lijnen))
    lijnen.close()


@pytest.fixture
def aanroep() -> Aanroep:
    return Aanroep.van(5)


# --- lezen -----------------------------------------------------------------------------------------------


def test_een_melding_wordt_gelezen_met_een_bearer_token(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(json=signaal()))
    melding = register.load(123, aanroep)
    (verzoek,) = server.verzoeken
    assert (verzoek.pad, verzoek.koppen["authorization"]) == (
        "/signals/v1/private/signals/123",
        "Bearer token-123",
    )
    assert (melding.weergave, melding.categorie, melding.wie) == ("SIG-123", "Overlast terrassen", "VTH, ASC")
    assert melding.plek is not None
    assert (melding.plek.huisnummer, melding.plek.toevoeging) == ("157", "3")
    assert melding.plek.punt == Punt(7.0, 52.26)
    assert melding.gemeld_op == datetime(2026, 11, 1, tzinfo=UTC)
    assert bepaal_termijn(melding, NU, lambda van, tot: (tot - van).days).soort is Tijdigheid.TE_LAAT


def test_zonder_recht_zijn_contactgegevens_afgeschermd_en_geen_waarde(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(json=signaal(reporter__email="*****", reporter__phone="*****")))
    melder = register.load(123, aanroep).melder
    assert (melder.email, melder.telefoon) == ("", "")
    assert melder.afgeschermd
    assert not melder.is_anoniem
    assert melder.krijgt_mail


def test_een_onbekende_stand_wordt_getoond_zoals_het_register_haar_noemt(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    stand = KAAL["status"] | {"state": "in de wacht bij liander", "state_display": "Wacht op nutsbedrijf"}
    server.always(Reactie(json=signaal(status=stand)))
    melding = register.load(123, aanroep)
    assert melding.is_open
    assert stand_in_woorden(melding.status) == "De stand is: Wacht op nutsbedrijf."


def test_een_andere_melding_dan_gevraagd_wordt_niet_getoond(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(json=signaal(999)))
    with pytest.raises(FilterGenegeerd):
        register.load(123, aanroep)


def test_de_geschiedenis_zegt_wanneer_de_melder_een_mail_kreeg(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def regel(what: str, when: str, action: str, description: str | None) -> dict[str, Any]:
        return {
            "identifier": f"{what}_1", "when": when, "what": what, "action": action,
            "description": description, "who": "Signalen systeem", "_signal": 123,
        }  # fmt: skip

    mail = "De statusupdate is per e-mail verzonden aan de melder"
    regels = [
        regel("CREATE_NOTE", "2026-11-10T10:00:01+00:00", "Notitie toegevoegd:", mail),
        regel("UPDATE_STATUS", "2026-11-10T10:00:00+00:00", "Status gewijzigd naar: In behandeling", "Ja"),
        regel("UPDATE_SLA", "2026-11-01T00:00:00+00:00", "Servicebelofte:", "Binnen 5 werkdagen."),
        regel("NIEUW_IN_EEN_LATERE_VERSIE", "2026-11-01T00:00:00+00:00", "Iets", None),
    ]
    server.answer = lambda v: Reactie(json=regels if v.pad.endswith("/history") else signaal())
    historie = register.load_historie(123, aanroep)
    assert [g.soort for g in historie] == [Soort.NOTITIE, Soort.STATUS, Soort.SERVICEBELOFTE, Soort.OVERIG]
    melding = register.load(123, aanroep)
    assert bepaal_melderstand(melding).moet_bellen
    assert not bepaal_melderstand(melding, historie).moet_bellen


# --- zoeken ----------------------------------------------------------------------------------------------


def test_op_email_telt_alleen_precies_dit_adres(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(bladzij(signaal(1), signaal(2)))
    assert [m.nummer for m in register.find_op_email(EMAIL, aanroep).meldingen] == [1, 2]
    assert server.verzoeken[0].query["reporter_email"] == "Test@Post.example"


@pytest.mark.parametrize("ander", ["iemand.anders@post.example", ""])
def test_meldingen_van_een_ander_bij_een_adres_worden_niet_getoond(
    server: Proefserver, register: Signalen, aanroep: Aanroep, ander: str
) -> None:
    server.always(bladzij(signaal(1), signaal(2, reporter__email=ander)))
    with pytest.raises(FilterGenegeerd):
        register.find_op_email(EMAIL, aanroep)


def test_een_telefoonnummer_wordt_in_elke_schrijfwijze_gevonden_en_nagekeken(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def answer(verzoek: Ontvangen) -> Reactie:
        if "12 34" in verzoek.query["q"]:
            return bladzij(signaal(4, reporter__phone="06 12 34 56 78"), signaal(5, reporter__phone="06 99"))
        return bladzij(
            signaal(1, reporter__phone="+31612345678"),
            signaal(2, reporter__phone="06-12345678"),
            signaal(3, reporter__phone="0612345679"),
            signaal(1, reporter__phone="+31612345678"),
        )

    server.answer = answer
    gevonden = register.find_op_telefoon(MOBIEL, aanroep)
    assert sorted(m.nummer for m in gevonden.meldingen) == [1, 2, 4]
    assert not gevonden.onvolledig
    woorden = server.verzoeken[0].query["q"].split()
    assert {"+31612345678", "0612345678", "12345678"} <= set(woorden)


def test_een_vast_nummer_wordt_ook_zonder_netnummer_gezocht() -> None:
    (alles, _), (paren, wijst_aan) = spellings(Telefoonnummer("+31534611234"))
    assert {"0534611234", "4611234"} <= set(alles.split())
    assert (paren, wijst_aan) == ("05 34 61 12 34", False)


def test_afgeschermd_telt_een_vraag_die_het_nummer_aanwijst_en_losse_cijfers_niet(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def answer(verzoek: Ontvangen) -> Reactie:
        nummer = 2 if "12 34" in verzoek.query["q"] else 1
        return bladzij(signaal(nummer, reporter__phone="*****", reporter__email="*****"))

    server.answer = answer
    assert [m.nummer for m in register.find_op_telefoon(MOBIEL, aanroep).meldingen] == [1]


def test_ligt_de_zoekindex_plat_dan_zegt_het_resultaat_dat_en_gaat_email_door(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def answer(verzoek: Ontvangen) -> Reactie:
        if verzoek.pad.endswith("/search"):
            return Reactie(504, {"detail": "The elastic cluster is unreachable"})
        return bladzij(signaal(1))

    server.answer = answer
    assert register.find_op_telefoon(MOBIEL, aanroep).onvolledig == INDEX_WEG
    assert len(server.verzoeken) == 1
    assert [m.nummer for m in register.find_op_email(EMAIL, aanroep).meldingen] == [1]


def test_een_andere_storing_bij_het_zoeken_is_een_gewone_storing(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(500, ruw=b"<h1>Server Error</h1>", koppen={"Content-Type": "text/html"}))
    with pytest.raises(Storing):
        register.find_op_telefoon(MOBIEL, aanroep)


def test_honderdvijftig_late_meldingen_komen_in_twee_bladzijden_van_het_eigen_adres(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def answer(verzoek: Ontvangen) -> Reactie:
        tweede = verzoek.query.get("page") == "2"
        reeks = range(101, 151) if tweede else range(1, 101)
        volgende = None if tweede else "http://elders.invalid/signals/v1/private/signals/?page=2"
        return bladzij(*(signaal(nummer) for nummer in reeks), volgende=volgende, aantal=150)

    server.answer = answer
    eerste = register.find_te_laat(1, aanroep)
    assert (len(eerste.rijen), eerste.totaal, eerste.volgende_pagina) == (100, 150, 2)
    laatste = register.find_te_laat(2, aanroep)
    assert (len(laatste.rijen), laatste.volgende_pagina) == (50, None)
    assert server.verzoeken[0].query["punctuality"] == "late"


def test_een_afgehandelde_melding_tussen_de_late_betekent_dat_er_niet_is_gefilterd(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(bladzij(signaal(1), signaal(2, status__state="o")))
    with pytest.raises(FilterGenegeerd):
        register.find_te_laat(1, aanroep)


def test_dubbele_zijn_alleen_die_binnen_vijftig_meter(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def punt(nummer: int, lengte: float) -> dict[str, Any]:
        plek = {"type": "Point", "coordinates": [lengte, 52.26]}
        return {"type": "Feature", "geometry": plek, "properties": {"id": nummer, "created_at": "x"}}

    def answer(verzoek: Ontvangen) -> Reactie:
        if verzoek.pad.endswith("/geography"):
            punten = [punt(1, 7.0006), punt(2, 7.0010), punt(3, 7.0), punt(4, 7.0001)]
            return Reactie(json={"type": "FeatureCollection", "features": punten})
        if verzoek.pad.endswith("/4"):
            return Reactie(403, {"detail": "geen toestemming"})
        return Reactie(json=signaal(int(verzoek.pad.rsplit("/", 1)[1])))

    server.answer = answer
    gevonden = register.find_dichtbij(Punt(7.0, 52.26), "overlast", NU - timedelta(weeks=12), aanroep)
    assert [m.nummer for m in gevonden] == [3, 1]
    assert server.verzoeken[0].query == {
        "category_slug": "overlast",
        "created_after": "2026-08-30T12:00:00Z",
    }


# --- weigeren --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "lijf", "soort", "code"),
    [
        (401, {"detail": "Login failed"}, NietBevoegd, "sleutel_onjuist"),
        (403, {"detail": "Je hebt geen toestemming"}, NietBevoegd, "niet_bevoegd"),
        (404, {"detail": "No Signal matches the given query."}, NietGevonden, "niet_gevonden"),
        (504, {"detail": "x"}, Storing, "storing"),
    ],
)
def test_een_weigering_is_een_zin_met_wat_nu_kan(
    server: Proefserver, register: Signalen, aanroep: Aanroep, status: int, lijf: Any, soort: Any, code: str
) -> None:
    server.always(Reactie(status, lijf))
    with pytest.raises(soort) as fout:
        register.load(123, aanroep)
    assert fout.value.code == code
    assert fout.value.uitleg.endswith(".")
    assert "detail" not in fout.value.uitleg


def test_een_afkeuring_noemt_de_velden_en_nooit_wat_er_stond(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    lijf = {"reporter": {"phone": ["06123 is te lang"]}, "notes": [{"text": ["leeg"]}], "source": ["x"]}
    server.always(Reactie(400, lijf))
    nieuw = NieuweMelding("Tegel los", PLEK, "/pad", NU, "a@post.example")
    with pytest.raises(Afgekeurd) as fout:
        register.make_melding(nieuw, "Telefoon", "k", aanroep)
    assert [naam for naam, _ in fout.value.velden] == ["reporter.phone", "notes", "source"]
    assert "06123" not in fout.value.uitleg


def test_een_te_grote_foto_is_een_afkeuring_ook_als_een_server_ervoor_dat_zegt(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(413, ruw=b"<html>413</html>", koppen={"Content-Type": "text/html"}))
    with pytest.raises(Afgekeurd, match="te groot"):
        register.change_status(1, "b", "x", False, "k", "n", aanroep)


# --- schrijven -------------------------------------------------------------------------------------------


def test_een_nieuwe_melding_draagt_haar_kenmerk_en_is_daaraan_terug_te_vinden(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(201, signaal(7, id_display="SIG-7")))
    nieuw = NieuweMelding(
        "Tegel los", PLEK, "/signals/v1/public/terms/x", NU, "a@post.example", "+31612345678"
    )
    assert register.make_melding(nieuw, "Balie", "kenmerk-1", aanroep).weergave == "SIG-7"
    (verzoek,) = server.verzoeken
    assert (verzoek.methode, verzoek.pad) == ("POST", "/signals/v1/private/signals/")
    assert verzoek.lijf["source"] == "Balie"
    assert verzoek.lijf["location"]["geometrie"]["coordinates"] == [7.0, 52.26]
    assert verzoek.lijf["category"] == {"category_url": "/signals/v1/public/terms/x"}
    vragen = verzoek.lijf["extra_properties"]
    assert [vraag["answer"] for vraag in vragen] == ["kenmerk-1"]

    def answer(verzoek: Ontvangen) -> Reactie:
        if verzoek.query.get("page") == "2":
            return bladzij(signaal(7, extra_properties=vragen))
        return bladzij(signaal(8), volgende="http://x/?page=2")

    server.answer = answer
    gevonden = register.find_eigen("kenmerk-1", NU, "a@post.example", aanroep)
    assert gevonden is not None
    assert gevonden.nummer == 7
    assert server.verzoeken[-1].query["reporter_email"] == "a@post.example"
    server.always(bladzij(signaal(8)))
    assert register.find_eigen("kenmerk-1", NU, "", aanroep) is None


def test_stand_en_notitie_gaan_samen_in_een_verzoek(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(Reactie(json=signaal()))
    register.change_status(123, "b", "Wij komen kijken.", True, "k", "Bericht. KIF-1", aanroep)
    (verzoek,) = server.verzoeken
    assert verzoek.methode == "PATCH"
    assert verzoek.lijf == {
        "status": {
            "state": "b",
            "text": "Wij komen kijken.",
            "send_email": True,
            "extra_properties": {"kif_kenmerk": "k"},
        },
        "notes": [{"text": "Bericht. KIF-1"}],
    }


def test_het_voorbeeld_van_de_mail_is_platte_tekst(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    html = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><p>Beste melder,</p>"
        "<script>alert(1)</script><p>Stand:<br/>Klaar &amp; &lt;b&gt;netjes</p></body></html>"
    )
    server.always(Reactie(json={"subject": "Uw melding\nSIG-1", "html": html}))
    mail = register.preview(1, "o", "Klaar", aanroep)
    assert mail.onderwerp == "Uw melding SIG-1"
    assert mail.tekst == "Beste melder,\nStand:\nKlaar & <b>netjes"


def test_de_lijst_met_soorten_laat_weg_wat_niet_meer_mag(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    def deel(slug: str, **anders: Any) -> dict[str, Any]:
        href = f"https://elders.invalid/signals/v1/public/terms/categories/afval/sub_categories/{slug}"
        basis = {"name": slug, "slug": slug, "is_active": True, "_links": {"self": {"href": href}}}
        return basis | {"public_name": None, "handling_message": "Snel.", "description": None} | anders

    soorten = [
        deel("container"),
        deel("oud", is_active=False),
        deel("vreemd", _links={"self": {"href": "?x"}}),
    ]
    hoofd = {"name": "Afval", "slug": "afval", "public_name": "Afval en vuil", "sub_categories": soorten}
    server.always(Reactie(json={"_links": {"next": {"href": None}}, "count": 1, "results": [hoofd]}))
    (soort,) = register.load_categorieen(aanroep)
    assert soort.adres == "/signals/v1/public/terms/categories/afval/sub_categories/container"
    assert (soort.pad, soort.hoofdnaam, soort.belofte) == ("afval/container", "Afval en vuil", "Snel.")


def test_de_controle_zegt_welk_recht_dit_account_mist(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    rechten = {"permissions": [{"codename": "sia_read"}], "roles": []}
    server.always(Reactie(json=rechten, koppen={"X-Api-Version": "2.50.12"}))
    stand = register.check(aanroep)
    assert stand.bevoegd
    assert stand.versie == "2.50.12"
    assert stand.oorzaak is not None
    assert "een notitie maken" in stand.oorzaak
    assert "meldingen lezen" not in stand.oorzaak


def test_een_zoekvraag_komt_niet_in_de_telling_van_verzoeken(
    server: Proefserver, register: Signalen, aanroep: Aanroep
) -> None:
    server.always(bladzij(signaal()))
    register.find_op_email(EMAIL, aanroep)
    register.find_op_telefoon(MOBIEL, aanroep)
    paden = " ".join(verzoek.pad for verzoek in aanroep.verzoeken)
    assert "post.example" not in paden.lower()
    assert "12345678" not in paden
