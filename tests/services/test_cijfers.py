"""De cijferdienst: leest bladzijde voor bladzijde, op tempo, te stoppen, en bewaart geen rij."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from frontoffice.domain.cijfers import (
    AANLOOP,
    Cijfers,
    Contactfeit,
    Maat,
    Meldingfeit,
    Periode,
    Stand,
    Taakfeit,
)
from frontoffice.domain.fouten import Afgekeurd, Geannuleerd, KifFout, Onbereikbaar, RegisterFout
from frontoffice.domain.werkdagen import Werkkalender
from frontoffice.ports import Aanroep, Pagina, Stop
from frontoffice.services.cijfers import Cijferdienst, Voortgang
from frontoffice.services.verzenden import Tempo
from tests.nep import NepKlok, NepLogboek

VANDAAG = date(2026, 11, 20)
PER_PAGINA = 100


class NepContactlezer:
    """Contacten, nieuwste eerst, per honderd. `schuif`: na zoveel pagina's komt er een nieuw contact bij."""

    def __init__(self, feiten: Sequence[Contactfeit]) -> None:
        self.feiten = sorted(
            feiten, key=lambda feit: feit.om or datetime.min.replace(tzinfo=UTC), reverse=True
        )
        self.paginas: list[int] = []
        self.plaatsen: list[int] = []
        self.fouten: list[KifFout] = []
        self.schuif = 0

    def load_plaats(self, plaats: int, aanroep: Aanroep) -> tuple[datetime | None, int]:
        self.plaatsen.append(plaats)
        feit = self.feiten[plaats - 1] if plaats <= len(self.feiten) else None
        return (feit.om if feit else None), len(self.feiten)

    def load_contactfeiten(self, pagina: int, aanroep: Aanroep) -> Pagina[Contactfeit]:
        aanroep.stop.check()
        if self.fouten:
            raise self.fouten.pop()
        self.paginas.append(pagina)
        if self.schuif and len(self.paginas) == self.schuif + 1:
            self.feiten.insert(0, replace(self.feiten[0], uuid="nieuw"))
        begin = (pagina - 1) * PER_PAGINA
        rijen = tuple(self.feiten[begin : begin + PER_PAGINA])
        meer = begin + PER_PAGINA < len(self.feiten)
        return Pagina(rijen, len(self.feiten), pagina + 1 if meer else None)


class NepMeldinglezer:
    def __init__(self, *feiten: Meldingfeit, fout: KifFout | None = None) -> None:
        self.feiten, self.fout = feiten, fout
        self.sinds: list[datetime] = []

    def load_meldingfeiten(self, na: datetime, pagina: int, aanroep: Aanroep) -> Pagina[Meldingfeit]:
        self.sinds.append(na)
        if self.fout:
            raise self.fout
        deel = self.feiten[(pagina - 1) * 2 : pagina * 2]
        return Pagina(deel, len(self.feiten), pagina + 1 if pagina * 2 < len(self.feiten) else None)


def maak(nummer: int, dag: date, afsluiting: str = "beantwoord") -> Contactfeit:
    om = datetime.combine(dag, time(9), UTC) + timedelta(seconds=nummer % 3600)
    return Contactfeit(str(nummer), om, "Paspoort", False, True, False, {"afsluiting": afsluiting})


def een_jaar(aantal: int, dagen: int = 365) -> list[Contactfeit]:
    return [maak(nummer, VANDAAG - timedelta(days=nummer * dagen // aantal)) for nummer in range(aantal)]


class Opstelling:
    def __init__(
        self, lezer: NepContactlezer, meldingen: NepMeldinglezer | None = None, per_seconde: float = 1000.0
    ) -> None:
        self.lezer = lezer
        self.klok = NepKlok(vandaag=VANDAAG)
        self.logboek = NepLogboek()
        self.geslapen = 0.0
        self.dienst = Cijferdienst(
            lezer,
            self.klok,
            self.logboek,
            Werkkalender().add_werkdagen,
            meldingen=meldingen,
            tempo=Tempo(per_seconde, tijd=lambda: self.geslapen),
            slaap=self._slaap,
        )

    def _slaap(self, seconden: float) -> None:
        self.geslapen += seconden

    def load(self, van: date, tot: date = VANDAAG, *, vers: bool = False) -> tuple[Cijfers, list[Voortgang]]:
        stukken = list(self.dienst.load(Periode(van, tot), Stop(), vers=vers))
        *voortgang, cijfers = stukken
        assert isinstance(cijfers, Cijfers)
        return cijfers, [stuk for stuk in voortgang if isinstance(stuk, Voortgang)]


def test_een_heel_jaar_wordt_geteld_zonder_een_rij_te_missen_of_dubbel_te_tellen() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(2_500)))
    opstelling.lezer.schuif = 3
    cijfers, voortgang = opstelling.load(date(2025, 11, 21))
    assert cijfers.maat(Maat.IN_EEN_KEER).stand == Stand(2_500, 2_500)
    assert [stuk.deel for stuk in voortgang] == sorted(stuk.deel for stuk in voortgang)
    assert voortgang[-1].deel >= 0.85
    assert opstelling.logboek.regels[0].handeling == "cijfers_berekend"
    assert opstelling.logboek.regels[0].bijzonderheden == {"van": "2025-11-21", "tot": "2026-11-20"}


def test_het_lezen_houdt_het_tempo_van_het_profiel() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(1_000)), per_seconde=0.1)
    opstelling.load(date(2025, 11, 21))
    # Tien bladzijden, waarvan vier meteen mogen: zes keer tien seconden.
    assert 59 < opstelling.geslapen < 61


def test_een_korte_periode_leest_alleen_de_aanloop_en_niet_alles() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(2_500)))
    opstelling.load(date(2026, 11, 1))
    dagen = (VANDAAG - date(2026, 11, 1) + AANLOOP).days
    assert len(opstelling.lezer.paginas) <= dagen * 2500 / 365 / PER_PAGINA + 2
    assert opstelling.lezer.plaatsen == []


def test_een_oude_periode_slaat_het_nieuwe_over_en_telt_toch_alles() -> None:
    feiten = een_jaar(2_500)
    opstelling = Opstelling(NepContactlezer(feiten))
    van, tot = date(2026, 1, 1), date(2026, 1, 31)
    cijfers, _ = opstelling.load(van, tot)
    verwacht = sum(feit.om is not None and van <= feit.om.date() <= tot for feit in feiten)
    assert cijfers.maat(Maat.IN_EEN_KEER).stand == Stand(verwacht, verwacht)
    assert opstelling.lezer.paginas[0] > 15
    assert len(opstelling.lezer.plaatsen) < 15
    assert cijfers.week is None


@pytest.mark.parametrize("aantal", [0, 1, 99, 100, 101])
def test_ook_aan_de_rand_van_een_bladzijde_klopt_het(aantal: int) -> None:
    dag = date(2026, 6, 15)
    opstelling = Opstelling(NepContactlezer([maak(n, dag) for n in range(aantal)]))
    cijfers, _ = opstelling.load(date(2026, 6, 1), date(2026, 6, 30))
    stand = cijfers.maat(Maat.IN_EEN_KEER).stand
    assert stand == (None if 0 < aantal < 5 else Stand(aantal, aantal))


def test_een_belofte_van_voor_de_periode_telt_bij_haar_eigen_dag() -> None:
    beloofd = date(2026, 10, 1)
    taak = Taakfeit(
        "Terugbellen uiterlijk 01-10-2026. Beloofd: 01-10-2026.", True, datetime(2026, 9, 30, 9, tzinfo=UTC)
    )
    feiten = [replace(maak(n, beloofd - timedelta(days=20)), taken=(taak,)) for n in range(6)]
    cijfers, _ = Opstelling(NepContactlezer(feiten)).load(beloofd, beloofd + timedelta(days=30))
    assert cijfers.maat(Maat.NAGEKOMEN).stand == Stand(6, 6)


def test_dezelfde_dag_nog_een_keer_vraagt_niets_en_vers_wel_en_morgen_ook() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(50)))
    van = date(2026, 11, 1)
    eerste, _ = opstelling.load(van)
    gevraagd = len(opstelling.lezer.paginas)
    tweede, voortgang = opstelling.load(van)
    assert (tweede, voortgang, len(opstelling.lezer.paginas)) == (eerste, [], gevraagd)
    opstelling.load(van, vers=True)
    assert len(opstelling.lezer.paginas) > gevraagd
    assert len(opstelling.logboek.regels) == 2
    opstelling.klok.zet_vooruit(days=1)
    assert opstelling.dienst.find(Periode(van, VANDAAG)) is None


def test_het_geheugen_houdt_niet_meer_dan_een_handvol_rapporten_vast() -> None:
    opstelling = Opstelling(NepContactlezer([]))
    for dag in range(1, 21):
        opstelling.load(date(2026, 10, dag))
    assert (
        sum(opstelling.dienst.find(Periode(date(2026, 10, d), VANDAAG)) is not None for d in range(1, 21))
        == 12
    )


def test_stoppen_houdt_meteen_op_en_bewaart_niets() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(2_500)))
    stop, periode = Stop(), Periode(date(2025, 12, 1), VANDAAG)
    lopend = opstelling.dienst.load(periode, stop)
    for _ in range(4):
        next(lopend)
    stop.set()
    with pytest.raises(Geannuleerd):
        list(lopend)
    assert len(opstelling.lezer.paginas) <= 4
    assert opstelling.dienst.find(periode) is None


def test_een_hapering_kost_geen_minuten_lezen_maar_een_afkeuring_stopt_meteen() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(300)))
    opstelling.lezer.fouten = [Onbereikbaar("Geen verbinding.", register="klantinteracties")] * 2
    cijfers, _ = opstelling.load(date(2025, 12, 1))
    assert cijfers.maat(Maat.IN_EEN_KEER).stand is not None
    opstelling.lezer.fouten = [Afgekeurd("Dat mag niet.", register="klantinteracties")]
    with pytest.raises(RegisterFout, match="Dat mag niet"):
        opstelling.load(date(2025, 12, 1), vers=True)


def test_drie_keer_geen_verbinding_zegt_het_en_bewaart_niets() -> None:
    opstelling = Opstelling(NepContactlezer(een_jaar(300)))
    opstelling.lezer.fouten = [Onbereikbaar("Geen verbinding.", register="klantinteracties")] * 3
    with pytest.raises(Onbereikbaar):
        opstelling.load(date(2025, 12, 1))


def test_zonder_meldingensysteem_staat_er_dat_het_niet_is_aangesloten() -> None:
    cijfers, _ = Opstelling(NepContactlezer([])).load(date(2026, 11, 1))
    assert "niet aangesloten" in cijfers.zonder_meldingen
    assert not cijfers.mislukt
    assert all(cijfer.maat is not Maat.MELDINGEN for cijfer in cijfers.maten)


def test_meldingen_tellen_mee_en_een_dubbele_een_keer() -> None:
    gemeld = datetime(2026, 10, 5, 8, tzinfo=UTC)
    melding = Meldingfeit(1, gemeld, gemeld + timedelta(days=3), "Weg", "Glane")
    meldingen = NepMeldinglezer(*[replace(melding, nummer=n % 7) for n in range(9)])
    cijfers, voortgang = Opstelling(NepContactlezer([]), meldingen).load(date(2026, 10, 1))
    assert cijfers.maat(Maat.MELDINGEN).stand == Stand(7, 7)
    assert meldingen.sinds[0] == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert [stuk.wat for stuk in voortgang][-1] == "meldingen"


def test_lukken_alleen_de_meldingen_niet_dan_staat_de_rest_er_en_mag_het_zo_opnieuw() -> None:
    fout = Afgekeurd("Dit account mag geen meldingen zien.", register="signalen")
    opstelling = Opstelling(NepContactlezer(een_jaar(300)), NepMeldinglezer(fout=fout))
    cijfers, _ = opstelling.load(date(2026, 10, 1))
    assert cijfers.mislukt
    assert "mag geen meldingen zien" in cijfers.zonder_meldingen
    assert cijfers.maat(Maat.IN_EEN_KEER).stand is not None
    assert opstelling.dienst.find(cijfers.periode) is None
