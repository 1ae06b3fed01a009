"""Vandaag: wat eerst moet, in woorden die kloppen, zonder mensen naast elkaar te zetten."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from frontoffice.agenda.inrichting import Inrichting, Locatie, Openingsregel, SoortUitzondering, Uitzondering
from frontoffice.agenda.tijd import to_tik, to_utc
from frontoffice.agendapoort import AgendaOnbereikbaar, Avondlezer, Avondrij
from frontoffice.domain.belofte import NIET_BEREIKT, Telling, format_belofte, read_taaktekst, set_telling
from frontoffice.domain.concept import Concept, Gesprekspartner
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.vandaag import (
    MEESTE_REGELS,
    Deel,
    Deelnaam,
    Doel,
    Doelsoort,
    Dringend,
    Openstaand,
    Regel,
    Vandaagdienst,
    find_eerste,
    make_avond,
    make_beloften,
    make_contacten,
    make_deel,
    make_team,
    read_avond,
    zeg_stand,
)
from tests.nep import NepKlok

VANDAAG = date(2026, 12, 3)  # een donderdag
NU = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)


def taak(uuid: str, over: int | None, vraag: str = "Wanneer is het klaar?", wat: str = "") -> Openstaand:
    """Een open verzoek, beloofd over zoveel dagen (min = te laat); None = zonder datum."""
    kop = "" if over is None else format_belofte(VANDAAG, VANDAAG + timedelta(days=over))
    return Openstaand(uuid, wat or "Terugbellen", read_taaktekst(kop), vraag=vraag)


def concept(uuid: str, naam: str = "", kanaal: str = "telefoon") -> Concept:
    klant = Gesprekspartner(naam=naam) if naam else None
    return Concept(uuid, uuid, "s.bos", NU, kanaal, klant=klant)


# --- beloften ----------------------------------------------------------------------------------------------


def test_het_meeste_te_laat_staat_bovenaan_en_zonder_datum_onderaan() -> None:
    verzoeken = [taak("geen", None), taak("morgen", 1), taak("laat1", -1), taak("nu", 0), taak("laat9", -9)]
    deel = make_beloften(verzoeken, VANDAAG, NU)
    assert [regel.doel.id for regel in deel.regels] == ["laat9", "laat1", "nu", "geen", "morgen"]
    assert [regel.merk for regel in deel.regels] == ["9 dagen te laat", "1 dag te laat", "vandaag", "", ""]


def test_te_laat_staat_er_ook_in_woorden() -> None:
    (regel,) = make_beloften([taak("a", -1)], VANDAAG, NU).regels
    assert regel.onder.startswith("had gisteren gemoeten · Wanneer is het klaar?")
    assert regel.dringend is Dringend.TE_LAAT


def test_wie_en_hoe_vaak_geprobeerd_staan_erbij() -> None:
    tekst = set_telling(format_belofte(VANDAAG, VANDAAG), NIET_BEREIKT, Telling(2, NU))
    verzoek = replace(taak("a", 0), tekst=read_taaktekst(tekst), wie="A. Jansen")
    (regel,) = make_beloften([verzoek], VANDAAG, NU).regels
    assert regel.titel == "Terugbellen: A. Jansen"
    assert "We belden al 2 keer zonder gehoor." in regel.onder


def test_een_verzoek_zonder_datum_van_een_ander_programma_wordt_getoond_en_niet_te_laat_genoemd() -> None:
    (regel,) = make_beloften([taak("a", None, wat="Contact opnemen met betrokkene")], VANDAAG, NU).regels
    assert regel.titel == "Contact opnemen met betrokkene"
    assert regel.onder.startswith("zonder datum")
    assert regel.dringend is Dringend.LATER


def test_wat_niet_past_telt_mee_en_is_ergens_anders_te_zien() -> None:
    deel = make_beloften([taak(str(n), -n - 1) for n in range(23)], VANDAAG, NU)
    assert len(deel.regels) == MEESTE_REGELS
    assert deel.totaal == 23
    assert deel.alles is not None
    assert deel.alles.soort is Doelsoort.TERUGBELLEN


def test_een_vraag_met_nieuwe_regels_wordt_een_regel() -> None:
    (regel,) = make_beloften([taak("a", 0, "Eerste\n\n  tweede")], VANDAAG, NU).regels
    assert "Eerste tweede" in regel.onder


# --- team --------------------------------------------------------------------------------------------------


def test_een_team_staat_er_alleen_met_aantallen() -> None:
    verzoeken = [taak("a", -3, "Bel mevrouw De Vries"), taak("b", -1), taak("c", 0), taak("d", 5)]
    (regel,) = make_team(verzoeken, VANDAAG, NU).regels
    assert (regel.titel, regel.onder) == ("2 te laat", "1 voor vandaag · 4 verzoeken open")
    assert regel.merk == "langst: 3 dagen"
    assert "Vries" not in repr(regel)


def test_een_team_dat_bij_is_zegt_dat() -> None:
    assert make_team([], VANDAAG, NU).leeg == "Uw team heeft niets openstaan."
    (regel,) = make_team([taak("a", 2)], VANDAAG, NU).regels
    assert regel.titel == "Niets te laat"
    assert regel.merk == ""


# --- contacten ---------------------------------------------------------------------------------------------


def test_lopende_contacten_en_wat_niet_is_verstuurd_staan_er_allebei() -> None:
    deel = make_contacten([concept("1", "A. Jansen"), concept("2")], 4, 1, NU)
    assert [regel.titel for regel in deel.regels] == [
        "1 contact niet verstuurd",
        "A. Jansen",
        "Onbekend",
        "3 contacten nog niet verstuurd",
    ]
    assert deel.regels[1].onder == "telefoon · sinds 10.30 uur"
    assert [regel.doel.soort for regel in deel.regels][1:3] == [Doelsoort.CONTACT] * 2


def test_zonder_contacten_is_er_rust() -> None:
    deel = make_contacten([], 0, 0, NU)
    assert not deel.regels
    assert deel.leeg == "Er loopt geen contact. Alles staat in het register."


# --- vanavond ----------------------------------------------------------------------------------------------


class NepAvondlezer:
    """Een avond op donderdag van 17.00 tot 20.00 uur."""

    te_bellen = 0

    def __init__(self, *rijen: Avondrij, uitzonderingen: tuple[Uitzondering, ...] = ()) -> None:
        self._rijen, self._uitzonderingen = rijen, uitzonderingen

    def load_opening(self) -> Inrichting:
        regel = Openingsregel("r", "Donderdag", frozenset({3}), time(17), time(20), date(2026, 1, 1))
        return Inrichting(Locatie("Gemeentehuis"), regels=(regel,), uitzonderingen=self._uitzonderingen)

    def find_avond(self, dag: date) -> tuple[Avondrij, ...]:
        return self._rijen

    def count_te_bellen(self) -> int:
        return self.te_bellen


def rij(uur: int, minuut: int = 0, toestand: str = "bevestigd", verzetten: str = "") -> Avondrij:
    return Avondrij(to_tik(to_utc(VANDAAG, time(uur, minuut))), toestand, verzetten)


def test_wie_over_een_afspraak_te_bellen_is_staat_er_ook_zonder_avond() -> None:
    lezer = NepAvondlezer()
    lezer.te_bellen = 2
    for dag in (VANDAAG, VANDAAG + timedelta(days=1)):
        regel = make_avond(read_avond(lezer, dag), NU).regels[0]
        assert regel.titel == "2 inwoners te bellen over een afspraak"
        assert regel.doel.soort is Doelsoort.OUTBOX


def test_vanavond_zegt_hoe_laat_en_hoe_vol() -> None:
    lezer = NepAvondlezer(rij(17, 15), rij(18), rij(17, 0, "afgezegd"), rij(19, 0, "klaar"))
    (regel,) = make_avond(read_avond(lezer, VANDAAG), NU).regels
    assert regel.titel == "Open van 17.00 tot 20.00 uur"
    assert regel.onder == "3 afspraken · eerste om 17.15 uur"


def test_op_een_dag_zonder_avond_is_er_geen_avond() -> None:
    deel = make_avond(read_avond(NepAvondlezer(), VANDAAG + timedelta(days=1)), NU)
    assert not deel.regels
    assert deel.leeg == "Vanavond is er geen avondopenstelling."


def test_een_gesloten_avond_met_afspraken_is_werk_voor_vandaag() -> None:
    dicht = Uitzondering("u", VANDAAG, SoortUitzondering.GESLOTEN, "Stroomstoring")
    lezer = NepAvondlezer(rij(17, verzetten="De avond is gesloten."), uitzonderingen=(dicht,))
    deel = make_avond(read_avond(lezer, VANDAAG), NU)
    assert [regel.titel for regel in deel.regels] == ["1 afspraak te verzetten", "Dicht, met 1 afspraak"]
    assert deel.regels[1].onder == "Gesloten: Stroomstoring."
    assert deel.moet


def test_een_gesloten_avond_zonder_afspraken_zegt_waarom() -> None:
    dicht = Uitzondering("u", VANDAAG, SoortUitzondering.GESLOTEN, "Stroomstoring")
    deel = make_avond(read_avond(NepAvondlezer(uitzonderingen=(dicht,)), VANDAAG), NU)
    assert (deel.regels, deel.leeg) == ((), "Gesloten: Stroomstoring.")


def test_wie_al_te_horen_kreeg_dat_het_anders_wordt_hoeft_niet_verzet() -> None:
    lezer = NepAvondlezer(rij(17, toestand="afgezegd", verzetten="De avond is gesloten."))
    assert read_avond(lezer, VANDAAG).te_verzetten == 0


# --- samen -------------------------------------------------------------------------------------------------


def test_te_laat_gaat_voor_vandaag_en_vandaag_voor_wat_loopt() -> None:
    contacten = make_contacten([concept("1", "A. Jansen")], 0, 0, NU)
    vandaag = make_beloften([taak("nu", 0)], VANDAAG, NU)
    laat = make_beloften([taak("laat", -2), taak("nu", 0)], VANDAAG, NU)
    assert find_eerste([contacten]).doel.id == "1"  # type: ignore[union-attr]  # anders faalt de test
    assert find_eerste([contacten, vandaag]).doel.id == "nu"  # type: ignore[union-attr]  # idem
    assert find_eerste([contacten, laat]).doel.id == "laat"  # type: ignore[union-attr]  # idem


def test_wat_het_eerst_klaar_moest_zijn_gaat_voor_ook_als_een_melding_werkdagen_telt() -> None:
    """Zes kalenderdagen te laat is later dan vijf werkdagen te laat: die zijn een hele week."""
    beloofd = make_beloften([taak("belofte", -6)], VANDAAG, NU)
    melding = Regel(
        "SIG-1", "", Dringend.TE_LAAT, Doel(Doelsoort.MELDING, "1"), "", 5, VANDAAG - timedelta(days=7)
    )
    meldingen = make_deel(Deelnaam.MELDINGEN, NU, "Meldingen", [melding])
    assert find_eerste([beloofd, meldingen]) == melding
    later = make_deel(Deelnaam.MELDINGEN, NU, "Meldingen", [replace(melding, streef=VANDAAG)])
    assert find_eerste([beloofd, later]) == beloofd.regels[0]


def test_het_werk_van_het_team_is_nooit_wat_ik_eerst_moet_doen() -> None:
    team = make_team([taak("a", -30)], VANDAAG, NU)
    assert find_eerste([team]) is None
    assert zeg_stand([team], compleet=True) == ("U bent bij. Er wacht niemand op u.", True)


def test_wat_pas_later_hoeft_is_niet_het_eerste() -> None:
    assert find_eerste([make_beloften([taak("a", 4)], VANDAAG, NU)]) is None


def test_de_stand_noemt_wat_er_is_en_zegt_niet_dat_alles_bij_is_als_er_iets_niet_laadde() -> None:
    beloften = make_beloften([taak("a", -1), taak("b", -2), taak("c", 0)], VANDAAG, NU)
    assert zeg_stand([beloften], compleet=False) == (
        "Voor u: 2 te laat en 1 voor vandaag. Nog niet alles is geladen.",
        False,
    )
    leeg = make_beloften([], VANDAAG, NU)
    assert zeg_stand([leeg], compleet=True) == ("U bent bij. Er wacht niemand op u.", True)
    assert zeg_stand([leeg], compleet=False) == ("", False)


def test_de_stand_telt_ook_wat_niet_in_de_korte_lijst_past() -> None:
    beloften = make_beloften([taak(str(n), -1) for n in range(23)], VANDAAG, NU)
    assert zeg_stand([beloften], compleet=True) == ("Voor u: 23 te laat.", False)


def test_alleen_wat_is_aangesloten_wordt_geladen_en_een_fout_blijft_bij_haar_deel() -> None:
    @contextmanager
    def weg() -> Iterator[Avondlezer]:
        raise AgendaOnbereikbaar("De agenda is niet te bereiken. Probeer het zo nog eens.")
        yield NepAvondlezer()

    def load(_: Aanroep) -> Deel:
        return make_beloften([], VANDAAG, NU)

    dienst = Vandaagdienst(NepKlok(NU, VANDAAG), weg, laders={Deelnaam.BELOFTEN: load})
    assert dienst.namen == (Deelnaam.BELOFTEN, Deelnaam.AVOND)
    assert dienst.load(Deelnaam.BELOFTEN, Aanroep.van(5)).regels == ()
    with pytest.raises(AgendaOnbereikbaar):
        dienst.load(Deelnaam.AVOND, Aanroep.van(5))
    assert Vandaagdienst(NepKlok()).namen == ()


def test_wie_weg_is_laat_niets_meer_laden() -> None:
    from frontoffice.domain.fouten import Geannuleerd

    gevraagd: list[str] = []

    def load(_: Aanroep) -> Deel:
        gevraagd.append("ja")
        return make_beloften([], VANDAAG, NU)

    stop = Stop()
    stop.set()
    dienst = Vandaagdienst(NepKlok(), laders={Deelnaam.BELOFTEN: load})
    with pytest.raises(Geannuleerd):
        dienst.load(Deelnaam.BELOFTEN, Aanroep.van(5, stop))
    assert not gevraagd


def test_de_avond_lezen_laadt_de_databaselaag_niet() -> None:
    code = (
        "import sys, datetime; from frontoffice.storage.lezer import LegeLezer;"
        "from frontoffice.services.vandaag import read_avond;"
        "assert read_avond(LegeLezer(), datetime.date(2026, 12, 3)).afspraken == 0;"
        "zwaar = {'sqlalchemy', 'alembic', 'holidays', 'PySide6'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(zwaar)) or 0)"
    )
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stderr
