"""De afspraken van een klant in zijn klantbeeld, op een echte agenda: van wie ze zijn en wat te zien is."""

from __future__ import annotations

import shutil
import threading
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Toestand
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.cli.document import klant_document, klant_regels
from frontoffice.domain.afspraak import AfspraakStand, KlantAfspraak, Klantkenmerken
from frontoffice.domain.fouten import Storing
from frontoffice.domain.klant import BedrijfSleutel, Herkomst, KlantSleutel, PartijSleutel
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt, Wacht
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.weergave import maak_weergave
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.klantafspraken import AfsprakenInBeeld, make_klantafspraak
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import SqliteInstelling
from tests.bouwers import (
    ANDER_BSN,
    ANDERE_SLEUTEL,
    BSN,
    KVK,
    SLEUTEL,
    maak_bedrijf,
    maak_partij,
    maak_persoon,
)
from tests.services import agendabouw
from tests.services.agendabouw import MAANDAG, VOLGENDE, op, uid, wens
from tests.services.conftest import Werkplek, pas_toe

TELEFOON = "0612345678"
WEG = AgendaOnbereikbaar("De verbinding met de agenda is weg. Probeer het opnieuw.")


@pytest.fixture
def klaar(werkplek: Werkplek, agenda: Agendadiensten) -> Werkplek:
    """Een klant met telefoon, een ander zonder, en een agenda ernaast."""
    werkplek.personen.personen = [maak_persoon(), maak_persoon(ANDER_BSN)]
    werkplek.klantinteracties.partijen = [maak_partij(), maak_partij(ANDER_BSN, digitale_adressen=())]
    werkplek.afspraken = AfsprakenInBeeld(lambda: nullcontext(agenda.opslag))
    return werkplek


def boek(
    agenda: Agendadiensten, begin: datetime, *, bsn: str = BSN, product: str = "a15", **klant: object
) -> Afspraak:
    """Zoals het boekscherm het doet vanuit de klant: met de klantsleutel van deze agenda."""
    sleutel = agenda.zoeken.make_klantsleutel(Bsn(bsn)) if bsn else ""
    velden = {"naam": "A. Jansen", "telefoon": TELEFOON, "klantsleutel": sleutel} | klant
    gegevens = Boekgegevens(Contactgegevens(**velden))  # type: ignore[arg-type]  # velden van Contactgegevens
    return agenda.afspraken.book(wens(product), begin, gegevens, verzoek_id=uid())


def afspraken(beeld: Klantbeeld) -> tuple[KlantAfspraak, ...]:
    assert isinstance(beeld.afspraken, Geladen), beeld.afspraken
    return beeld.afspraken.waarde


def items(beeld: Klantbeeld) -> list[TijdlijnItem]:
    return [item for item in maak_weergave(beeld).tijdlijn if item.soort is TijdlijnSoort.AFSPRAAK]


# --- van wie


def test_wie_vanuit_de_klant_boekt_vindt_de_afspraak_daar_terug(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    gemaakt = boek(agenda, op(17), product="paspoort")
    beeld = klaar.open()
    (afspraak,) = afspraken(beeld)
    assert (afspraak.id, afspraak.zeker, afspraak.stand) == (gemaakt.id, True, AfspraakStand.KOMT)
    (item,) = items(beeld)
    assert item.om == gemaakt.begin
    assert (item.titel, item.toestand, item.regel) == ("Paspoort aanvragen", "komt nog", "")
    assert item.verwijzing == ("afspraak", gemaakt.id)
    weergave = maak_weergave(beeld)
    assert weergave.afspraken[0].zin == "Afspraak do 3 dec 17.00 uur"
    assert weergave.afspraken[0].mag_wijzigen
    assert ("Afspraak", "do 3 dec 17.00 uur") in {(g.label, g.tekst) for g in weergave.gegevens}


def test_bij_een_ander_staat_de_afspraak_niet(klaar: Werkplek, agenda: Agendadiensten) -> None:
    boek(agenda, op(17))
    beeld = klaar.open(ANDERE_SLEUTEL)
    assert afspraken(beeld) == ()
    assert items(beeld) == []


def test_een_ander_met_hetzelfde_nummer_en_dezelfde_naam_krijgt_haar_ook_niet_als_mogelijk(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    """Waar een klantsleutel op staat, is van precies één klant."""
    boek(agenda, op(17))
    klaar.klantinteracties.partijen[1] = maak_partij(ANDER_BSN)
    assert afspraken(klaar.open(ANDERE_SLEUTEL)) == ()


def test_een_agenda_met_een_andere_sleutel_herkent_de_klant_niet(
    klaar: Werkplek, agenda: Agendadiensten, agendasjabloon: Path, tmp_path: Path
) -> None:
    """De klantsleutel van de ene agenda zegt in de andere niets."""
    pad = Path(shutil.copy(agendasjabloon, tmp_path / "andere.db"))
    database = AgendaDatabase(SqliteInstelling(pad, lambda: agendabouw.SLEUTEL))
    with database._schrijf([], inrichting=True) as (lijn, _):
        from sqlalchemy import update

        from frontoffice.storage.tabellen import KenmerkRij

        lijn.run(update(KenmerkRij).values(klantgeheim="11" * 32))
    andere = agendabouw.werkplek(database)
    assert andere.zoeken.make_klantsleutel(Bsn(BSN)) != agenda.zoeken.make_klantsleutel(Bsn(BSN))
    sleutel = agenda.zoeken.make_klantsleutel(Bsn(BSN))
    boek(andere, op(17), bsn="", klantsleutel=sleutel)
    klaar.afspraken = AfsprakenInBeeld(lambda: nullcontext(andere.opslag))
    assert afspraken(klaar.open()) == ()
    database.close()


def test_een_bedrijf_vindt_zijn_afspraken_op_kvk_nummer(klaar: Werkplek, agenda: Agendadiensten) -> None:
    klaar.bedrijven.bedrijven = [maak_bedrijf()]
    sleutel = agenda.zoeken.make_klantsleutel(KvkNummer(KVK))
    gemaakt = boek(agenda, op(17), bsn="", klantsleutel=sleutel)
    (afspraak,) = afspraken(klaar.open(BedrijfSleutel(KvkNummer(KVK)), Herkomst.KVK))
    assert (afspraak.id, afspraak.zeker) == (gemaakt.id, True)


def test_telefoon_met_achternaam_is_mogelijk_van_deze_klant_en_dat_staat_er(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    boek(agenda, op(17), bsn="", naam="Anna ter Braak", telefoon="+31 6 1234 5678")
    beeld = klaar.open()
    (afspraak,) = afspraken(beeld)
    assert not afspraak.zeker
    assert "mogelijk van deze klant" in items(beeld)[0].regel
    weergave = maak_weergave(beeld)
    assert weergave.afspraken[0].zin == "Afspraak, mogelijk van deze klant: do 3 dec 17.00 uur"
    assert any(g.tekst == "do 3 dec 17.00 uur (mogelijk van deze klant)" for g in weergave.gegevens)


def test_alleen_hetzelfde_nummer_is_niet_genoeg(klaar: Werkplek, agenda: Agendadiensten) -> None:
    boek(agenda, op(17), bsn="", naam="P. de Vries")
    assert afspraken(klaar.open()) == ()


def test_bij_een_kind_telt_de_geboortedatum(klaar: Werkplek, agenda: Agendadiensten) -> None:
    from frontoffice.domain.waarden import Datum

    klaar.personen.personen[0] = maak_persoon(geboortedatum=Datum(2016, 2, 29), leeftijd=10)
    van_kind = boek(agenda, op(17), bsn="", naam="Ouder", geboortedatum=date(2016, 2, 29))
    boek(agenda, op(18), bsn="", naam="Anna ter Braak", geboortedatum=date(2014, 5, 1))
    assert [a.id for a in afspraken(klaar.open())] == [van_kind.id]


def test_wat_zeker_is_staat_voor_wat_mogelijk_is_en_elk_nummer_telt(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    from tests.bouwers import maak_digitaal_adres

    klaar.klantinteracties.partijen[0] = maak_partij(
        digitale_adressen=(maak_digitaal_adres("0531112233"), maak_digitaal_adres("+31612345678"))
    )
    mogelijk = boek(agenda, op(17), bsn="", naam="Anna ter Braak")
    zeker = boek(agenda, op(18))
    assert [r.id for r in maak_weergave(klaar.open()).afspraken] == [zeker.id, mogelijk.id]


def test_een_klant_zonder_nummers_vraagt_niets_dat_niet_kan(klaar: Werkplek, agenda: Agendadiensten) -> None:
    boek(agenda, op(17))
    partij = maak_partij(None, digitale_adressen=())
    klaar.klantinteracties.partijen.append(partij)
    assert afspraken(klaar.open(PartijSleutel(partij.uuid), Herkomst.NAAM)) == ()


# --- hoe het ermee staat


def test_verzetten_en_afzeggen_staan_erbij_en_de_klant_blijft_dezelfde(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    verzet, weg = boek(agenda, op(17)), boek(agenda, op(18))
    agenda.afspraken.move(verzet.id, op(17, 30, VOLGENDE), verzoek_id=uid())
    agenda.afspraken.cancel(weg.id, verzoek_id=uid())
    beeld = klaar.open()
    gevonden = {a.id: a for a in afspraken(beeld)}
    assert gevonden[verzet.id].verzet_van == op(17)
    assert gevonden[weg.id].stand is AfspraakStand.AFGEZEGD
    eerste, tweede = items(beeld)
    assert (eerste.toestand, eerste.regel) == ("komt nog", "verzet van do 3 dec 17.00 uur")
    assert (tweede.toestand, tweede.regel) == ("afgezegd", "was do 3 dec 18.00 uur")
    assert tweede.om == gevonden[weg.id].afgezegd_op
    assert tweede.om.date() == MAANDAG
    regels = maak_weergave(beeld).afspraken
    assert [regel.komt_nog for regel in regels] == [True, False]
    assert any("Stond eerst op do 3 dec 17.00 uur" in zin for zin in regels[0].geschiedenis)


@pytest.mark.parametrize(
    ("toestand", "uur", "stand", "woord", "mag"),
    [
        (Toestand.BEVESTIGD, -1, AfspraakStand.KOMT, "komt nog", True),
        (Toestand.BEVESTIGD, 5, AfspraakStand.VOORBIJ, "was gepland", False),
        (Toestand.AANGEMELD, 0, AfspraakStand.BEZIG, "aangemeld", False),
        (Toestand.AAN_DE_BALIE, 0, AfspraakStand.BEZIG, "aan de balie", False),
        (Toestand.AAN_DE_BALIE, 50, AfspraakStand.VOORBIJ, "aan de balie", False),
        (Toestand.KLAAR, 5, AfspraakStand.GEWEEST, "geweest", False),
        (Toestand.NIET_GEKOMEN, 5, AfspraakStand.NIET_GEKOMEN, "niet gekomen", False),
        (Toestand.AFGEZEGD, -1, AfspraakStand.AFGEZEGD, "afgezegd", False),
    ],
)
def test_elke_toestand_heeft_een_woord(
    agenda: Agendadiensten, toestand: Toestand, uur: int, stand: AfspraakStand, woord: str, mag: bool
) -> None:
    afspraak = replace(boek(agenda, op(17)), toestand=toestand)
    gezien = make_klantafspraak(afspraak, True, op(17) + timedelta(hours=uur))
    assert (gezien.stand, gezien.woord, gezien.mag_wijzigen) == (stand, woord, mag)


def test_wat_de_gemeente_moet_verzetten_mag_ook_achteraf_nog_verzet_worden(agenda: Agendadiensten) -> None:
    afspraak = replace(boek(agenda, op(17)), te_verzetten="De avond gaat niet door.")
    gezien = make_klantafspraak(afspraak, True, op(17) + timedelta(days=2))
    assert gezien.moet_verzet
    assert gezien.mag_wijzigen


# --- wat er niet te zien is


def test_bij_geheimhouding_lekt_er_niets_uit_de_afspraak(klaar: Werkplek, agenda: Agendadiensten) -> None:
    klaar.personen.personen = [maak_persoon(geheimhouding=True)]
    klant = Contactgegevens(
        "Roepnaam Schuilplaats", "0687654321", "schuil@plaats.example",
        klantsleutel=agenda.zoeken.make_klantsleutel(Bsn(BSN)),
    )  # fmt: skip
    agenda.afspraken.book(
        wens("paspoort"),
        op(17),
        Boekgegevens(klant, "Belt vanaf Geheimstraat 13, 7581 AB, nummer 06-87654321"),
        verzoek_id=uid(),
    )
    beeld = klaar.open()
    weergave = maak_weergave(beeld)
    assert len(afspraken(beeld)) == 1
    te_zien = f"{klant_document(beeld, weergave)}{list(klant_regels(weergave))}{weergave}{beeld.afspraken}"
    for geheim in ("Schuilplaats", "87654321", "plaats.example", "Geheimstraat", "7581 AB"):
        assert geheim not in te_zien
    assert "Paspoort aanvragen" in te_zien


def test_voor_de_controle_is_er_niets_van_te_zien(klaar: Werkplek, agenda: Agendadiensten) -> None:
    boek(agenda, op(17))
    beeld = klaar.open(herkomst=Herkomst.TELEFOON)
    weergave = maak_weergave(beeld)
    assert weergave.afspraken == ()
    assert weergave.tijdlijn == ()
    assert "do 3 dec" not in f"{klant_document(beeld, weergave)}"


def test_de_kenmerken_en_de_agenda_laten_zich_niet_afdrukken() -> None:
    tekst = repr(Klantkenmerken(SLEUTEL, (TELEFOON,), date(1985, 12, 1), "A. Jansen"))
    assert BSN not in tekst
    assert TELEFOON not in tekst
    assert "1985" not in tekst


# --- laden


@dataclass
class Wachtbron:
    """Een agenda die pas antwoordt als zij mag, of die weg is."""

    mag: threading.Event
    fout: AgendaOnbereikbaar | None = None
    gevraagd: list[Klantkenmerken] | None = None

    def load(self, klant: Klantkenmerken, aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
        if self.gevraagd is not None:
            self.gevraagd.append(klant)
        assert self.mag.wait(60)
        if self.fout is not None:
            raise self.fout
        return ()


def open_gate() -> threading.Event:
    hek = threading.Event()
    hek.set()
    return hek


def test_het_eerste_beeld_wacht_niet_op_de_agenda_en_doet_er_geen_verzoek_meer_om(klaar: Werkplek) -> None:
    hek = threading.Event()
    klaar.afspraken = Wachtbron(hek)
    dienst = klaar.klantbeeld
    beeld = dienst.begin(SLEUTEL, Herkomst.BSN)
    assert isinstance(beeld.afspraken, Wacht)
    veranderingen = dienst.load(beeld, Stop())
    while not beeld.is_compleet:
        beeld = next(veranderingen)(beeld)
    assert isinstance(beeld.afspraken, Wacht)
    assert isinstance(beeld.zaken, Geladen)
    assert maak_weergave(beeld).toestanden["afspraken"].soort == "laden"
    hek.set()
    beeld = pas_toe(beeld, veranderingen)
    assert isinstance(beeld.afspraken, Geladen)
    klaar.afspraken = None
    assert [v.pad for v in beeld.verzoeken] == [v.pad for v in klaar.open().verzoeken]
    assert len(beeld.verzoeken) <= 6


def test_een_agenda_die_weg_is_lijkt_nooit_op_geen_afspraken_en_de_rest_werkt_door(klaar: Werkplek) -> None:
    bron = Wachtbron(open_gate(), WEG)
    klaar.afspraken = bron
    beeld = klaar.open()
    assert isinstance(beeld.afspraken, Mislukt)
    assert isinstance(beeld.contacten, Geladen)
    assert beeld.is_compleet
    weergave = maak_weergave(beeld)
    assert weergave.toestanden["afspraken"].opnieuw_helpt
    assert any(zin.startswith("Afspraken: niet geladen.") for zin in weergave.tijdlijn_meldingen)
    bron.fout = None
    eerste, *rest = klaar.klantbeeld.retry(beeld, "afspraken", Stop())
    beeld = eerste(beeld)
    assert isinstance(beeld.afspraken, Wacht)
    assert isinstance(pas_toe(beeld, rest).afspraken, Geladen)


def test_zonder_agenda_zegt_het_beeld_er_niets_over(klaar: Werkplek) -> None:
    klaar.afspraken = None
    beeld = klaar.open()
    assert beeld.afspraken is None
    assert "afspraken" not in beeld.onderdelen
    assert beeld.tijdlijn.stroom("afspraken") is None
    assert "afspraken" not in klant_document(beeld, maak_weergave(beeld))


def test_zonder_klantregister_telt_de_klantsleutel_nog_en_daarna_ook_de_telefoon(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    zeker = boek(agenda, op(17))
    mogelijk = boek(agenda, op(18), bsn="", naam="Anna ter Braak")
    klaar.klantinteracties.fouten["find_partijen"] = Storing(
        "Er is een storing.", register="klantinteracties"
    )
    beeld = klaar.open()
    assert [a.id for a in afspraken(beeld)] == [zeker.id]
    klaar.klantinteracties.fouten.clear()
    beeld = pas_toe(beeld, klaar.klantbeeld.retry(beeld, "klant", Stop()))
    assert [a.id for a in afspraken(beeld)] == [zeker.id, mogelijk.id]


def test_opnieuw_kijken_laat_staan_wat_er_stond_tot_het_nieuwe_er_is(
    klaar: Werkplek, agenda: Agendadiensten
) -> None:
    een = boek(agenda, op(17))
    beeld = klaar.open()
    twee = boek(agenda, op(18))
    veranderingen = list(klaar.klantbeeld.reload(beeld, "afspraken", Stop()))
    tussen = [beeld := verandering(beeld) for verandering in veranderingen]
    assert all(isinstance(b.afspraken, Geladen) for b in tussen)
    assert [a.id for a in afspraken(beeld)] == [een.id, twee.id]
    klaar.afspraken = None
    leeg = klaar.open()
    assert list(klaar.klantbeeld.reload(leeg, "afspraken", Stop())) == []


def test_een_laat_antwoord_komt_niet_bij_een_andere_klant(klaar: Werkplek, agenda: Agendadiensten) -> None:
    boek(agenda, op(17))
    dienst = klaar.klantbeeld
    van_een = list(dienst.load(dienst.begin(SLEUTEL, Herkomst.BSN), Stop()))
    ander = dienst.begin(ANDERE_SLEUTEL, Herkomst.BSN)
    assert pas_toe(ander, van_een).afspraken == ander.afspraken


@pytest.mark.parametrize("sleutel", [SLEUTEL, ANDERE_SLEUTEL])
def test_er_wordt_gezocht_met_wat_de_registers_gaven(klaar: Werkplek, sleutel: KlantSleutel) -> None:
    bron = Wachtbron(open_gate(), gevraagd=[])
    klaar.afspraken = bron
    klaar.open(sleutel)
    assert bron.gevraagd is not None
    (klant,) = bron.gevraagd
    assert klant.sleutel == sleutel
    assert klant.telefoons == ((TELEFOON,) if sleutel == SLEUTEL else ())
    assert klant.geboortedatum == date(1985, 12, 1)
    assert klant.naam == "Mevrouw A.M. Jansen-ter Braak"
