"""Na de bewaartermijn (E17): van wie er kwam is niets meer te vinden, ook niet in het bestand; tellen wel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import exc, select, text

from frontoffice.agenda.afspraak import Antwoorden, Contactgegevens, Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek, Resultaat, SoortBezoek, Uitkomst
from frontoffice.agenda.vanavond.verslag import ANDERE_REDEN
from frontoffice.agendapoort import Wachtende
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.bewaartermijn import Bewaartermijn
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, SqliteInstelling
from frontoffice.storage.tabellen import Basis
from tests.storage.bouw import (
    ANDERE_DAG,
    COLLEGA,
    DAG,
    EISEN,
    REGEL,
    SLEUTEL,
    WIE,
    add,
    make_afspraak,
    moment,
)
from tests.storage.test_schema import connected

KANARIE = "Kanariewieczorek"
KLANT = Contactgegevens(
    KANARIE,
    "06-98 76 54 32",
    f"{KANARIE}@voorbeeld.example",
    geboortedatum=date(2016, 2, 29),
    klantsleutel="ab" * 32,
)
ANDER = Contactgegevens("C. Later", "06-12 34 56 78")
SPOREN = (KANARIE.lower(), "98 76 54 32", "98765432", "2016, 2, 29", "ab" * 32)


def vul(agenda: AgendaDatabase) -> None:
    """Drie december met twee afspraken en iemand zonder, en een week later nog een afspraak."""
    antwoorden = Antwoorden(("vermissing",))
    add(agenda, make_afspraak("een", 17, klant=KLANT, opmerking=f"{KANARIE} komt", antwoorden=antwoorden))
    add(agenda, make_afspraak("twee", 18, klant=replace(KLANT, naam="B. Wevers"), balie="B2"))
    add(
        agenda,
        make_afspraak("later", 17, dag=ANDERE_DAG, klant=ANDER),
    )
    loper = Bezoek(
        "loper", DAG, "W01", SoortBezoek.ZONDER_AFSPRAAK, Toestand.AANGEMELD, (REGEL,), EISEN, 15,
        notitie=f"{KANARIE} wacht", aangemeld_op=moment(17, 5),
    )  # fmt: skip
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        een = next(b for b in tx.load_bezoeken(DAG) if b.id == "een")
        klaar = tx.add_bezoek(
            replace(een, volgnummer=tx.next_volgnummer(DAG, een.soort)), WIE, "bezoek_genummerd"
        )
        niet = (
            Uitkomst("a15", Resultaat.NIET_GEDAAN, f"{KANARIE} was boos"),
            Uitkomst("a10", Resultaat.NIET_GEDAAN, "Papieren ontbreken"),
        )
        tx.update_bezoek(replace(klaar, toestand=Toestand.KLAAR, uitkomsten=niet), WIE, "bezoek_klaar")
        tx.next_volgnummer(DAG, loper.soort)
        tx.add_bezoek(loper, WIE, "bezoek_zonder_afspraak", naam=KANARIE)
        twee = tx.load_afspraak("twee")
        assert twee is not None
        tx.update_afspraak(replace(twee, toestand=Toestand.AFGEZEGD), WIE, "afgezegd", f"{KANARIE} is ziek")
        tx.note_verzoek("12345678-verzoek", f"afdruk van {KANARIE}", {"soort": "boeken"})
    wacht = Wachtende(
        "w1", moment(9), (("a15", 1),), (), DAG, DAG, "17:00", "20:00", KANARIE, "06-98 76 54 32", ""
    )
    agenda.put_wachtende(wacht, WIE)
    agenda.put_wachtende(
        replace(wacht, id="w2", tot=ANDERE_DAG, naam="D. Wacht", telefoon=ANDER.telefoon), WIE
    )


@pytest.fixture
def gevuld(agenda: AgendaDatabase) -> AgendaDatabase:
    vul(agenda)
    agenda.set_klok(moment(12, 0, DAG + timedelta(days=1)))
    return agenda


def vergeet(agenda: AgendaDatabase, voor: date = DAG + timedelta(days=1)) -> Any:
    return Bewaartermijn(agenda, COLLEGA).anonymize(voor)


def dump(instelling: Instelling) -> str:
    """Alles wat er in de database staat."""
    with connected(instelling) as verbinding:
        return "\n".join(
            str(tuple(rij))
            for tabel in Basis.metadata.tables.values()
            for rij in verbinding.execute(select(tabel))
        ).lower()


def tellen(agenda: AgendaDatabase) -> list[Any]:
    afspraken = agenda.find_afspraken(datum_van=DAG, datum_tot=DAG)
    bezoeken = agenda.load_bezoeken(DAG)
    return [
        [(a.nummer, a.code, a.begin, a.balie, a.toestand, a.regels, a.gemaakt_op) for a in afspraken],
        [(b.volgnummer, b.toestand, b.aangemeld_op, b.minuten, len(b.uitkomsten)) for b in bezoeken],
        [(s.op, s.soort, s.wie, s.voor, s.na) for s in agenda.load_stappen(DAG)],
        agenda.load_avonden([DAG])[DAG].inhoud,
    ]


def test_e17_na_de_bewaartermijn_is_wie_er_kwam_nergens_meer_te_vinden_en_zijn_de_aantallen_gelijk(
    gevuld: AgendaDatabase, instelling: Instelling
) -> None:
    voor = tellen(gevuld)
    assert all(spoor in dump(instelling) for spoor in SPOREN)
    gedaan = vergeet(gevuld)
    assert (gedaan.avonden, gedaan.personen) == (1, 4)
    assert tellen(gevuld) == voor
    inhoud = dump(instelling)
    assert [spoor for spoor in SPOREN if spoor in inhoud] == []
    assert gevuld.find_afspraken(zoek="Kanarie") == ()
    assert [a.id for a in gevuld.find_afspraken(zoek=voor[0][0][0])] == ["een"], "op nummer nog wel"
    assert gevuld.load_bezoeknamen(DAG) == {}
    uitkomsten = next(b for b in gevuld.load_bezoeken(DAG) if b.id == "een").uitkomsten
    assert [deel.reden for deel in uitkomsten] == [ANDERE_REDEN, "Papieren ontbreken"]
    assert gevuld.check() == ()


def test_een_avond_die_nog_komt_en_wie_nog_wacht_blijven_zoals_ze_zijn(gevuld: AgendaDatabase) -> None:
    vergeet(gevuld)
    (later,) = gevuld.find_afspraken(zoek="later")
    assert (later.klant.naam, later.klant.telefoon) == (ANDER.naam, ANDER.telefoon)
    assert [w.naam for w in gevuld.load_wachtlijst()] == ["D. Wacht"]


def test_nog_een_keer_verandert_niets_en_er_staat_een_regel_van_in_de_geschiedenis(
    gevuld: AgendaDatabase, instelling: Instelling
) -> None:
    vergeet(gevuld)
    eerst = dump(instelling)
    assert (vergeet(gevuld).avonden, vergeet(gevuld).personen) == (0, 0)
    assert dump(instelling) == eerst
    (regel,) = gevuld.load_gebeurtenissen("agenda")
    assert (regel.soort, regel.wie, regel.na["personen"]) == ("geanonimiseerd", COLLEGA, 4)
    assert regel.na["voor"] == (DAG + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("dagen", [1, 30])
def test_een_datum_die_nog_niet_is_geweest_wordt_geweigerd_en_wist_niets(
    gevuld: AgendaDatabase, dagen: int
) -> None:
    with pytest.raises(InvoerFout, match="nog niet geweest"):
        vergeet(gevuld, DAG + timedelta(days=1 + dagen))
    assert gevuld.find_afspraken(zoek="Kanarie")


def test_de_avond_van_vandaag_blijft_staan(gevuld: AgendaDatabase) -> None:
    gevuld.set_klok(moment(21))
    assert vergeet(gevuld, DAG).avonden == 0
    assert gevuld.find_afspraken(zoek="Kanarie")


def test_onderbroken_tussen_twee_avonden_gaat_de_volgende_keer_verder(
    gevuld: AgendaDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    gevuld.set_klok(moment(12, 0, ANDERE_DAG + timedelta(days=1)))
    gedaan: list[date] = []
    dienst = Bewaartermijn(gevuld, WIE)
    echt = dienst._forget

    def breek(dag: date) -> int:
        if gedaan:
            raise KeyboardInterrupt
        gedaan.append(dag)
        return echt(dag)

    monkeypatch.setattr(dienst, "_forget", breek)
    with pytest.raises(KeyboardInterrupt):
        dienst.anonymize(ANDERE_DAG + timedelta(days=1))
    assert gevuld.find_te_vergeten(ANDERE_DAG + timedelta(days=1)) == (ANDERE_DAG,)
    assert vergeet(gevuld, ANDERE_DAG + timedelta(days=1)).avonden == 1
    assert gevuld.check() == ()


def test_van_de_geschiedenis_kan_alleen_een_reden_leeg_worden(
    gevuld: AgendaDatabase, instelling: Instelling
) -> None:
    for anders in ("reden = 'x'", "reden = '', soort = 'x'", "na = '{}'", "op = '2020-01-01'"):
        with pytest.raises(exc.DBAPIError, match="alleen bijschrijven"), connected(instelling) as verbinding:
            verbinding.execute(text(f"UPDATE gebeurtenis SET {anders}"))  # noqa: S608 - vaste teksten van deze test


def test_in_het_bestand_en_de_wal_staat_na_afloop_geen_letter_meer(
    sqlite_agenda: SqliteInstelling,
) -> None:
    agenda = AgendaDatabase(sqlite_agenda)
    vul(agenda)
    bestand = sqlite_agenda.pad
    assert KANARIE.encode() in decrypt(bestand), "anders bewijst deze proef niets"
    agenda.set_klok(moment(12, 0, DAG + timedelta(days=1)))
    assert vergeet(agenda).opgeruimd
    assert KANARIE.lower().encode() not in decrypt(bestand).lower()
    agenda.close()
    assert KANARIE.lower().encode() not in decrypt(bestand).lower()


def test_is_het_bestand_in_gebruik_dan_zegt_hij_dat_er_nog_resten_kunnen_staan(
    sqlite_agenda: SqliteInstelling,
) -> None:
    agenda = AgendaDatabase(sqlite_agenda)
    vul(agenda)
    agenda.set_klok(moment(12, 0, DAG + timedelta(days=1)))
    ander = AgendaDatabase(sqlite_agenda)
    with ander._lees():
        assert vergeet(agenda).opgeruimd is False
    ander.close()
    assert agenda.find_afspraken(zoek="Kanarie") == ()
    assert vergeet(agenda).opgeruimd
    agenda.close()


def test_de_lease_is_van_een_werkplek_tot_zij_verloopt_op_de_klok_van_de_agenda(
    agenda: AgendaDatabase,
) -> None:
    duur = timedelta(minutes=20)
    assert agenda.take_lease("herinneringen", "een", duur)
    assert not agenda.take_lease("herinneringen", "twee", duur)
    assert agenda.take_lease("herinneringen", "een", duur), "verlengen mag"
    assert agenda.take_lease("iets anders", "twee", duur)
    agenda.set_klok(agenda.nu() + duur)
    assert agenda.take_lease("herinneringen", "twee", duur)
    assert not agenda.take_lease("herinneringen", "een", duur)


def decrypt(bestand: Path) -> bytes:
    """Elke bladzijde van het bestand en van de WAL, zoals SQLCipher ze leest: ook de vrije ruimte."""
    uit = b""
    for pad, begin, kop in ((bestand, 0, 0), (bestand.with_name(f"{bestand.name}-wal"), 32, 24)):
        ruw = pad.read_bytes() if pad.exists() else b""
        for plek in range(begin, len(ruw), 4096 + kop):
            bladzijde = ruw[plek + kop : plek + kop + 4096]
            if len(bladzijde) < 4096:
                continue
            iv = bladzijde[-80:-64]
            for zout in (0, 16):  # de eerste bladzijde begint met het zout
                lezer = Cipher(algorithms.AES(bytes.fromhex(SLEUTEL)), modes.CBC(iv)).decryptor()
                uit += lezer.update(bladzijde[zout:-80])
    return uit
