"""Van afronden tot register, met de echte winkel en een centrale API die hapert: alles precies één keer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from frontoffice.domain.concept import Afsluiting, Concept, Gesprekspartner, ZaakKoppeling
from frontoffice.klok import SysteemKlok
from frontoffice.ports import Stop
from frontoffice.samenstelling import Diensten
from frontoffice.storage.winkelopenen import open_winkel
from tests.e2e.centrale import Centrale, omgeving
from tests.e2e.hulp import diensten, kif
from tests.storage.test_winkelopenen import Geheim

pytestmark = pytest.mark.traag

TEMPO = 20
SLEUTEL = "Token demo-klantinteracties"


def finish(werkplek: Diensten, nummer: int, klant: Gesprekspartner | None, zaak: str = "") -> Concept:
    """Rond een contact af; elk derde met een terugbelverzoek."""
    registreren = werkplek.contacten.registreren
    concept = replace(
        registreren.start(),
        klant=klant,
        notitie=f"notitie {nummer:03}",
        onderwerp=f"proef {nummer:03}",
        afsluiting=Afsluiting.BEANTWOORD,
        zaken=(ZaakKoppeling(zaak, "", ""),) if zaak else (),
    )
    if nummer % 3 == 0:
        aan = registreren.instellingen.afdelingen[0]
        terugbel = registreren.propose_terugbel(aan, f"bel over {nummer:03}", "+31612345678")
        concept = replace(concept, afsluiting=Afsluiting.TERUGBELVERZOEK, terugbel=terugbel)
    registreren.save(concept)
    registreren.finish(concept, ongedaan_s=0)
    return concept


def klanten(centrale: Centrale) -> list[Gesprekspartner | None]:
    personen = [Gesprekspartner(bsn=persoon["bsn"]) for persoon in centrale.personen[:6]]
    return [None, *personen, Gesprekspartner(bsn=centrale.persoon("zonderPartij")["bsn"])]


def load_alle(centrale: Centrale, soort: str) -> list[dict[str, Any]]:
    """Alle rijen van een lijst in het register, rechtstreeks gelezen."""
    rijen: list[dict[str, Any]] = []
    adres: str | None = f"{centrale.basis}/klantinteracties/api/v1/{soort}?pageSize=500"
    while adres:
        verzoek = urllib.request.Request(adres, headers={"Authorization": SLEUTEL})
        with urllib.request.urlopen(verzoek, timeout=30) as antwoord:
            blad = json.load(antwoord)
        rijen += blad["results"]
        adres = blad["next"]
    return rijen


def check_precies_een_keer(centrale: Centrale, concepten: list[Concept]) -> list[dict[str, Any]]:
    """Elk contact één keer, met zijn medewerker, en elk terugbelverzoek één keer. Geeft de contacten."""
    onze = {concept.uuid: concept for concept in concepten}
    contacten = [c for c in load_alle(centrale, "klantcontacten") if c["metadata"].get("kifsleutel") in onze]
    assert Counter(c["metadata"]["kifsleutel"] for c in contacten) == dict.fromkeys(onze, 1)
    taken = Counter(
        taak["aanleidinggevendKlantcontact"]["uuid"] for taak in load_alle(centrale, "internetaken")
    )
    for contact in contacten:
        concept = onze[contact["metadata"]["kifsleutel"]]
        assert contact["inhoud"] == concept.notitie
        assert len(contact["hadBetrokkenActoren"]) == 1
        assert taken[contact["uuid"]] == (concept.terugbel is not None)
        assert len(contact["gingOverOnderwerpobjecten"]) == len(concept.zaken)
        betrokkenen = 1 if concept.klant is not None or concept.terugbel is not None else 0
        assert len(contact["hadBetrokkenen"]) == betrokkenen
    return contacten


def send_en_dood(profiel: Path, werkplekmap: Path, na_s: float) -> None:
    """`kif outbox send` in een eigen proces, dat na `na_s` seconden wordt gedood als het nog loopt."""
    kind = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui", "outbox", "send", "--profile", str(profiel)],
        env=omgeving(KIF_DATA_DIR=str(werkplekmap)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        kind.wait(na_s)
    except subprocess.TimeoutExpired:
        kind.kill()
        kind.wait()


def set_tempo(profiel: Path) -> None:
    """Sneller dan gewoon: de proef gaat niet over wachten."""
    sneller = f"[registratie]\nverzoeken_per_seconde = {TEMPO}\n"
    profiel.write_text(profiel.read_text("utf-8").replace("[registratie]\n", sneller), "utf-8")


def run_rampspoed(
    centrale: Centrale, profiel: Path, werkplekmap: Path, aantal: int, kills: int, zaad: int
) -> list[Concept]:
    """Rond af, laat de server haperen en dood de verzender; daarna herstelt alles en komt het aan."""
    toeval = random.Random(zaad)
    set_tempo(profiel)
    with diensten(profiel, werkplekmap) as werkplek:
        lijst = klanten(centrale)
        concepten = [finish(werkplek, nummer, toeval.choice(lijst)) for nummer in range(aantal)]
    centrale.storing("klantinteracties", f"schrijf-chaos:0.3:{zaad}")
    for _ in range(kills):
        send_en_dood(profiel, werkplekmap, toeval.uniform(1.0, 4.0))
    centrale.storing("klantinteracties", f"schrijf-weg:0.3:{zaad}")
    with diensten(profiel, werkplekmap) as werkplek:
        werkplek.klok = _Later(werkplek.klok)
        for ronde in range(400):
            if ronde == 10:
                centrale.storing("klantinteracties", "")
            werkplek.contacten.verzenden.send(Stop(), alles=True)
            if werkplek.contacten.winkel.count_wachtend() == (0, 0):
                break
        assert werkplek.contacten.winkel.count_wachtend() == (0, 0)
        assert werkplek.contacten.nakijken() == ()
    return concepten


class _Later:
    """Een klok die vooruitloopt, zodat de lease van een gedood proces verlopen is."""

    def __init__(self, klok: Any) -> None:
        self._klok = klok

    def nu(self) -> Any:
        return self._klok.nu() + timedelta(minutes=5)

    def __getattr__(self, naam: str) -> Any:
        return getattr(self._klok, naam)


def test_zestig_contacten_staan_er_na_storingen_en_kills_precies_een_keer(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    concepten = run_rampspoed(centrale, profiel, eigen_omgeving, 60, 4, zaad=2026)
    check_precies_een_keer(centrale, concepten)


def test_vijftig_contacten_zonder_verbinding_komen_daarna_allemaal_op_volgorde_aan(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    set_tempo(profiel)
    with diensten(profiel, eigen_omgeving) as werkplek:
        send_na_storing(centrale, werkplek)


def send_na_storing(centrale: Centrale, werkplek: Diensten) -> None:
    lijst = klanten(centrale)
    centrale.storing("klantinteracties", "weiger")
    concepten = [finish(werkplek, nummer, lijst[nummer % 5]) for nummer in range(50)]
    verslag = werkplek.contacten.verzenden.send(Stop())
    assert verslag.fout is not None
    assert verslag.wachten is not None
    assert verslag.wachten <= 30
    assert werkplek.contacten.winkel.count_wachtend() == (50, 0)
    centrale.storing("klantinteracties", "")
    centrale.clear()
    begin = time.monotonic()
    while werkplek.contacten.winkel.count_wachtend() != (0, 0):
        werkplek.contacten.verzenden.send(Stop())
    duur = time.monotonic() - begin
    verzoeken = len(centrale.log())
    assert verzoeken <= TEMPO * duur + 4 + 1  # het tempo na een storing
    contacten = check_precies_een_keer(centrale, concepten)
    per_klant: dict[str, list[str]] = {}
    op_nummer = {c.uuid: (c.klant.bsn if c.klant else c.uuid, c.onderwerp) for c in concepten}
    # Het register geeft de nieuwste eerst; wat per klant eerst werd afgerond, kwam eerst aan.
    for contact in sorted(contacten, key=lambda c: c["referentienummer"]):
        wie, onderwerp = op_nummer[contact["metadata"]["kifsleutel"]]
        per_klant.setdefault(wie, []).append(onderwerp)
    assert all(onderwerpen == sorted(onderwerpen) for onderwerpen in per_klant.values())


def test_de_opdrachtregel_bewaart_ook_als_niets_antwoordt_en_verstuurt_later(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    bsn = centrale.persoon("gewoon")["bsn"]
    woorden = ("contact", "add", "--klant", "-", "--kanaal", "telefoon", "--onderwerp", "Paspoort", "--json")
    centrale.storing("klantinteracties", "weiger")
    centrale.storing("brp", "weiger")
    afloop = kif(
        *woorden, "--tekst", "-", "--terugbellen", "Burgerzaken", profiel=profiel, invoer=f"{bsn}\neen\ntwee"
    )
    assert afloop.uitgang == 0, afloop.alles
    assert set(afloop.json) == {"id", "uuid", "toestand"}
    assert afloop.json["toestand"] == "nog_niet_verstuurd"
    leeg = kif(
        *woorden[:2], "--kanaal", "balie", "--onderwerp", "Loop", "--tekst", "", "--json", profiel=profiel
    )
    assert leeg.uitgang == 0, leeg.alles
    assert kif("outbox", "send", "--json", profiel=profiel).json["wachtend"] == 2
    rijen = kif("outbox", "list", "--json", profiel=profiel).json
    # De verbinding viel weg na het aannemen: het programma kan dan niet zeker weten of het er staat.
    assert {rij["toestand"] for rij in rijen} == {"wordt_nagekeken"}
    assert set(rijen[0]) == {"id", "uuid", "toestand", "onderwerp", "pogingen", "fout"}
    centrale.storing("klantinteracties", "")
    klaar = kif("outbox", "send", "--json", profiel=profiel)
    assert (klaar.uitgang, klaar.json["verstuurd"], klaar.json["wachtend"]) == (0, 2, 0)
    gevonden = [
        c
        for c in load_alle(centrale, "klantcontacten")
        if c["metadata"].get("kifsleutel") == rijen[0]["uuid"]
    ]
    assert [c["inhoud"] for c in gevonden] == ["een\ntwee"]
    assert kif("store", "check", "--json", profiel=profiel).json == {"fouten": []}
    assert kif("concepten", "list", "--json", profiel=profiel).json == []


def test_te_lange_tekst_wordt_in_delen_verstuurd_en_een_onbekend_kanaal_niet(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    tekst = "woord " * 400
    woorden = ("contact", "add", "--onderwerp", "Lang", "--tekst", "-", "--json")
    fout = kif(*woorden, "--kanaal", "rooksignaal", profiel=profiel, invoer=tekst)
    assert (fout.uitgang, fout.json["fout"]["code"]) == (2, "kanaal")
    kif(*woorden, "--kanaal", "telefoon", profiel=profiel, invoer=tekst)
    kif("outbox", "send", profiel=profiel)
    onderwerpen = [rij["onderwerp"] for rij in kif("outbox", "list", "--json", profiel=profiel).json]
    assert onderwerpen == ["Lang (1/3)", "Lang (2/3)", "Lang (3/3)"]
    delen = [c for c in load_alle(centrale, "klantcontacten") if c["onderwerp"].startswith("Lang (")]
    delen.sort(key=lambda contact: contact["onderwerp"])
    assert " ".join(contact["inhoud"] for contact in delen) == tekst.strip()


def test_een_bedrijf_van_de_opdrachtregel_krijgt_zijn_naam_als_het_handelsregister_antwoordt(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    kvk = centrale.voorbeelden["bedrijf"]["kvk"]
    woorden = ("contact", "add", "--klant", "-", "--kanaal", "balie", "--onderwerp", "Terras", "--json")
    met = kif(*woorden, "--tekst", "met naam", profiel=profiel, invoer=kvk)
    centrale.storing("kvk", "weiger")
    zonder = kif(*woorden, "--tekst", "zonder naam", profiel=profiel, invoer=kvk)
    centrale.storing("kvk", "")
    assert (met.uitgang, zonder.uitgang) == (0, 0), zonder.alles
    winkel = open_winkel(Geheim(), eigen_omgeving, SysteemKlok(), demo=True)
    namen = {
        rij.registratie.inhoud: rij.registratie.deelnemers[0].wie.naam for rij in winkel.load_verzendingen()
    }
    winkel.close()
    assert namen["zonder naam"] == ""
    assert namen["met naam"]
    assert namen["met naam"] in kif("klant", "-", profiel=profiel, invoer=kvk).alles
