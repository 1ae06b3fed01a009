"""Het verzonnen Losser: wat erin moet zitten, en dat het elke keer hetzelfde is."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.bron import elfproef
from tests.demo.hulp import VANDAAG

TELEFOON = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
WORTEL = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wereld() -> Wereld:
    return Wereld(1, VANDAAG)


@pytest.fixture(
    scope="module",
    params=[(1, VANDAAG), (7, date(2024, 2, 29)), (123456, date(2027, 1, 1))],
    ids=["een", "schrikkeldag", "nieuwjaar"],
)
def welke_dan_ook(request: pytest.FixtureRequest) -> Wereld:
    return Wereld(*request.param)


def test_er_wonen_ongeveer_driehonderd_mensen_en_er_zijn_zestig_bedrijven(welke_dan_ook: Wereld) -> None:
    assert 290 <= len(welke_dan_ook.personen) <= 310
    assert len(welke_dan_ook.bedrijven) == 60


def test_elk_bsn_is_een_testnummer_dat_aan_de_elfproef_voldoet(welke_dan_ook: Wereld) -> None:
    bsns = [p.bsn for p in welke_dan_ook.personen]
    assert len(set(bsns)) == len(bsns)
    assert all(b.startswith("9999") and not b.startswith("99999") and elfproef(b) for b in bsns)


def test_elk_telefoonnummer_past_in_het_register_en_is_niet_uitgegeven(welke_dan_ook: Wereld) -> None:
    nummers = [a.adres for a in welke_dan_ook.digitale_adressen if a.soort == "telefoonnummer"]
    assert all(TELEFOON.fullmatch(n) for n in nummers)
    kaal = [re.sub(r"^(\+31|0031)", "0", n) for n in nummers]
    assert all(re.match(r"0600000|06000|053000|0541000|\+49256200", n) for n in kaal)


def test_huisnummers_liggen_boven_de_negenhonderd(welke_dan_ook: Wereld) -> None:
    adressen = [p.adres for p in welke_dan_ook.personen if not p.adres.land] + [
        b.adres for b in welke_dan_ook.bedrijven
    ]
    assert all(a.huisnummer > 900 for a in adressen)


def test_de_bijzondere_gevallen_komen_voor(wereld: Wereld) -> None:
    personen = wereld.personen
    assert 5 <= sum(p.geheim for p in personen) <= 20
    assert sum(p.overleden is not None for p in personen) >= 3
    assert sum(p.onderzoek is not None for p in personen) >= 3
    assert any(p.curatele for p in personen)
    assert any(p.adres.land for p in personen)
    assert any(not p.geboorte.dag for p in personen)
    assert any(set("şłğöŁİı") & set(p.voornamen + p.achternaam) for p in personen)
    assert any(len(p.achternaam) > 20 for p in personen)
    flat = Counter((p.adres.postcode, p.adres.huisnummer) for p in personen if not p.adres.land).most_common(
        1
    )[0][1]
    assert flat > 10


def test_partijen_dekken_dubbel_bsn_geen_bsn_gedeeld_nummer_en_geen_partij(wereld: Wereld) -> None:
    bsns = Counter(i.object_id for p in wereld.partijen for i in p.identificatoren if i.soort == "bsn")
    assert max(bsns.values()) == 2
    assert any(p.soort == "persoon" and not p.identificatoren for p in wereld.partijen)
    nummers: dict[str, set[int]] = {}
    for adres in wereld.partij_adressen:
        if adres.soort == "telefoonnummer":
            nummers.setdefault(adres.adres[-9:], set()).add(adres.partij)
    assert any(len(partijen) > 1 for partijen in nummers.values())
    met_partij = {p.persoon for p in wereld.partijen}
    assert any(p.nummer not in met_partij and p.leeftijd > 18 for p in wereld.personen)


def test_de_zware_klant_heeft_tweeduizend_contacten_en_de_lege_niets(wereld: Wereld) -> None:
    def contacten_van(rol: str) -> int:
        partij = wereld.partij_van(wereld.persoon_met_rol(rol))
        assert partij is not None
        return sum(any(b.partij == partij.nummer for b in c.betrokkenen) for c in wereld.contacten)

    def zaken_van(rol: str) -> list[bool]:
        nummer = wereld.persoon_met_rol(rol).nummer
        return [z.eind is None for z in wereld.zaken if any(r.persoon == nummer for r in z.rollen)]

    assert contacten_van("zwaar") == 2000
    assert zaken_van("zwaar").count(True) == 152
    assert len(zaken_van("zwaar")) == 300
    assert (contacten_van("geen"), zaken_van("geen")) == (0, [])


def test_zaken_dekken_termijnen_opschorting_verlenging_en_vertrouwelijkheid(wereld: Wereld) -> None:
    open_ = [z for z in wereld.zaken if z.eind is None]
    assert any(z.uiterlijk and z.uiterlijk < VANDAAG and not z.opgeschort for z in open_)
    assert any(z.streef and z.streef < VANDAAG and z.uiterlijk and z.uiterlijk > VANDAAG for z in open_)
    assert any(z.opgeschort for z in open_)
    assert any(z.verlenging for z in open_)
    assert any(z.uiterlijk is None for z in wereld.zaken)
    assert any(not z.statussen for z in open_)
    assert any(
        z.statussen and z.statussen[-1].type.naam in ("Aanvullende gegevens gevraagd", "Wacht op inwoner")
        for z in open_
    )
    assert any(z.hoofdzaak is not None for z in wereld.zaken)
    assert len({z.vertrouwelijk for z in wereld.zaken}) >= 5
    assert {r.type.naam for z in wereld.zaken for r in z.rollen} >= {
        "Gemachtigde",
        "Belanghebbende",
        "Behandelaar",
    }
    assert {r.soort for z in wereld.zaken for r in z.rollen} >= {
        "natuurlijk_persoon",
        "niet_natuurlijk_persoon",
        "vestiging",
        "medewerker",
        "organisatorische_eenheid",
    }


def test_de_gewone_beller_heeft_alles_wat_een_dag_lastig_maakt(wereld: Wereld) -> None:
    nummer = wereld.persoon_met_rol("gewoon").nummer
    open_ = [z for z in wereld.zaken if z.eind is None and z.rollen[0].persoon == nummer]
    assert any(z.uiterlijk and z.uiterlijk < VANDAAG for z in open_)
    assert any(z.opgeschort for z in open_)
    assert any(z.verlenging for z in open_)
    assert any(z.statussen[-1].type.naam == "Wacht op inwoner" for z in open_)


def test_niets_gebeurt_in_de_toekomst_en_niets_voor_de_start(welke_dan_ook: Wereld) -> None:
    vandaag = welke_dan_ook.vandaag.isoformat()
    assert all(c.tijd[:10] < vandaag for c in welke_dan_ook.contacten)
    assert all(
        t.afgehandeld is None or c.tijd <= t.afgehandeld < vandaag
        for c in welke_dan_ook.contacten
        for t in c.taken
    )
    for zaak in welke_dan_ook.zaken:
        tijden = [s.tijd for s in zaak.statussen]
        assert tijden == sorted(tijden)
        assert not tijden or (zaak.start.isoformat() <= tijden[0][:10] and tijden[-1][:10] < vandaag)
        assert zaak.eind is None or zaak.start <= zaak.eind < welke_dan_ook.vandaag
        assert all(d.dag <= welke_dan_ook.vandaag for d in zaak.documenten)


def test_een_open_zaak_heeft_nooit_de_eindstatus_en_een_gesloten_altijd(welke_dan_ook: Wereld) -> None:
    for zaak in welke_dan_ook.zaken:
        klaar = bool(zaak.statussen) and zaak.statussen[-1].type.eind
        assert klaar == (zaak.eind is not None) == (zaak.resultaat is not None)


def test_teksten_passen_in_de_velden_van_het_register(welke_dan_ook: Wereld) -> None:
    for contact in welke_dan_ook.contacten:
        assert 0 < len(contact.onderwerp) <= 200
        assert len(contact.inhoud) <= 1000
        assert "{" not in contact.inhoud
    assert len({c.inhoud for c in welke_dan_ook.contacten}) > 200


def test_uuids_zijn_uniek(wereld: Wereld) -> None:
    uuids = [z.uuid for z in wereld.zaken] + [s.uuid for z in wereld.zaken for s in z.statussen]
    uuids += [r.uuid for z in wereld.zaken for r in z.rollen] + [c.uuid for c in wereld.contacten]
    uuids += [b.uuid for c in wereld.contacten for b in c.betrokkenen] + [
        a.uuid for a in wereld.digitale_adressen
    ]
    assert len(set(uuids)) == len(uuids)


def test_leeftijd_klopt_met_de_geboortedatum(welke_dan_ook: Wereld) -> None:
    vandaag = welke_dan_ook.vandaag
    for p in welke_dan_ook.personen:
        if p.geboorte.dag:
            jarig = (p.geboorte.maand, p.geboorte.dag) <= (vandaag.month, vandaag.day)
            assert p.leeftijd == vandaag.year - p.geboorte.jaar - (not jarig)


def test_een_andere_seed_geeft_een_andere_wereld_en_een_andere_dag_verschuift_mee() -> None:
    assert Wereld(1, VANDAAG).personen[0].bsn != Wereld(2, VANDAAG).personen[0].bsn
    assert Wereld(1, VANDAAG).contacten[-1].tijd < Wereld(1, VANDAAG + timedelta(days=40)).contacten[-1].tijd


def test_twee_processen_geven_dezelfde_bytes() -> None:
    code = (
        "import sys, hashlib; from datetime import date; from frontoffice.demo.wereld import Wereld\n"
        "w = Wereld(1, date(2026, 11, 16))\n"
        "alles = repr((w.personen, w.partijen, w.bedrijven, w.zaken, w.contacten))\n"
        "print(hashlib.sha256(alles.encode()).hexdigest())"
    )
    uitkomsten = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=WORTEL,
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": str(zaad), "PYTHONPATH": str(WORTEL)},
        ).stdout
        for zaad in (1, 2)
    }
    assert len(uitkomsten) == 1


@pytest.mark.parametrize("seed", range(0, 400, 25))
def test_elke_seed_en_dag_geeft_een_hele_wereld_met_voorbeelden(seed: int) -> None:
    wereld = Wereld(seed, VANDAAG + timedelta(days=seed))
    voorbeelden = wereld.voorbeelden()
    assert all(
        {"bsn", "telefoon", "zaaknummer"} == set(voorbeelden[rol]) for rol in ("gewoon", "zwaar", "geheim")
    )
    nummers = {z.identificatie: z for z in wereld.zaken}
    for rol in ("gewoon", "zwaar", "geheim"):
        zaak = nummers[voorbeelden[rol]["zaaknummer"]]
        initiatoren = [r.persoon for r in zaak.rollen if r.type.generiek == "initiator"]
        assert initiatoren == [wereld.persoon_met_rol(rol).nummer]
        assert zaak.eind is None
    zwaar = wereld.persoon_met_rol("zwaar").nummer
    open_ = [z.eind is None for z in wereld.zaken if any(r.persoon == zwaar for r in z.rollen)]
    assert (len(open_), open_.count(True)) == (300, 152)
    assert any(p.soort == "contactpersoon" for p in wereld.partijen)
    assert any(z.hoofdzaak is not None for z in wereld.zaken)
    assert any(r.soort == "vestiging" for z in wereld.zaken for r in z.rollen)
