"""De avonden inrichten: eerst zien wat een wijziging doet, dan vastleggen; niets verdwijnt ongemerkt.

Wie niet kan blijven, komt op *Te verzetten afspraken* en houdt tijd, nummer en code tot er iets nieuws is
afgesproken. Rekent zelf niet: dat doen `inrichten` en `frontoffice.agenda`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import EINDE
from frontoffice.agenda.avond import EXTERN_PLAATS, AvondToestand, SoortInhoud
from frontoffice.agenda.inrichting import (
    Blokkade,
    Dienst,
    DienstToestand,
    Inrichting,
    Rol,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.rooster import dekkingszinnen
from frontoffice.agenda.tijd import Vak
from frontoffice.agendapoort import (
    AgendaOpslag,
    AgendaTransactie,
    AvondInhoud,
    Gebeurtenis,
    Gebeurtenisvraag,
    Wie,
)
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import make_vingerafdruk
from frontoffice.services.avondbeelden import Agendabeeld, Avondbeelden
from frontoffice.services.inrichten import (
    Gevolgen,
    TeVerzetten,
    Wijziging,
    apply_wijzigingen,
    find_gevolgen,
    find_voorstellen,
    is_weggezet,
    weggezet,
)
from frontoffice.services.schrijven import Schrijver

_VOORUIT = timedelta(days=800)
_PROBEERT = 3


class GevolgenAnders(KifFout):
    """Intussen is er geboekt of gewijzigd: wat de beheerder zag, klopt niet meer. `gevolgen`: die van nu."""

    standaard_code = "gevolgen_anders"

    def __init__(self, gevolgen: Gevolgen) -> None:
        super().__init__("Er is intussen iets gewijzigd. Kijk de gevolgen nog een keer na.")
        self.gevolgen = gevolgen


class InrichtingFout(InvoerFout):
    """De inrichting klopt zo niet; `fouten` noemt alles tegelijk."""

    standaard_code = "inrichting"

    def __init__(self, fouten: Sequence[str]) -> None:
        super().__init__("\n".join(fouten))
        self.fouten = tuple(fouten)


class _MeerAvonden(Exception):
    """Er kwam een avond bij die niet onder het slot viel."""


@dataclass(frozen=True)
class Avondoverzicht:
    """Eén avond in het maandoverzicht. `dekking`: wat er niet kan, als zinnen."""

    datum: date
    open: tuple[Vak, ...]
    dicht_omdat: str
    toestand: AvondToestand
    rooster_ingevuld: bool
    balies: int
    medewerkers: int
    afspraken: int
    te_verzetten: int
    dekking: tuple[str, ...]
    notitie: str = ""
    eigenaar: str = "kif"
    extern_van: datetime | None = None
    extern: int = 0
    """Hoeveel afspraken van een andere agenda er staan."""
    zonder_balie: int = 0
    """Hoeveel daarvan geen balie hebben: die moeten worden nagekeken."""


class Avondendienst:
    """Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar, AgendaBezet."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self._wie = wie
        self._schrijver = Schrijver(opslag)
        self._beelden = Avondbeelden(opslag)

    # --- kijken --------------------------------------------------------------------------------------------

    def load_inrichting(self) -> Inrichting:
        return self._opslag.load_inrichting()[0]

    def overzicht(self, van: date | None = None, tot: date | None = None) -> tuple[Avondoverzicht, ...]:
        """Elke avond van `van` (anders vandaag) tot en met `tot` (anders 13 weken), ook de dichte."""
        begin = van or dag_van(self._opslag.nu())
        beeld = self._beelden.load(begin, tot or begin + timedelta(weeks=13))
        return tuple(_overzicht(beeld, dag) for dag in sorted(beeld.avonden))

    def te_verzetten(self) -> tuple[TeVerzetten, ...]:
        """Wie nog moet worden verzet, eerste avond eerst, elk met drie voorstellen."""
        afspraken = self._opslag.find_afspraken(te_verzetten=True, maximum=1000)
        if not afspraken:
            return ()
        beeld = self._beelden.load()
        inhoud = self._opslag.load_avonden(self._dagen(beeld.vandaag))
        voorstellen = find_voorstellen(
            beeld.inrichting, beeld.kalender, afspraken, inhoud, {}, beeld.nu, beeld.vandaag
        )
        return tuple(TeVerzetten(a, a.te_verzetten, voorstellen.get(a.id, ())) for a in afspraken)

    def load_geschiedenis(self, soort: str, id_: str) -> tuple[Gebeurtenis, ...]:
        """Wie dit onderdeel van de inrichting wijzigde, oudste eerst."""
        return self._opslag.load_gebeurtenissen(f"{soort}:{id_}")

    def find_wijzigingen(self, vraag: Gebeurtenisvraag, maximum: int) -> tuple[tuple[int, Gebeurtenis], ...]:
        """Wie wat veranderde aan de inrichting en de avonden, nieuwste eerst, met het volgnummer."""
        return self._opslag.find_gebeurtenissen(vraag, maximum)

    def find_wijzigers(self, soorten: Sequence[str]) -> tuple[str, ...]:
        """Wie er ooit iets aan deze soorten wijzigde."""
        return self._opslag.find_wijzigers(soorten)

    # --- wijzigen ------------------------------------------------------------------------------------------

    def preview(self, wijzigingen: Iterable[Wijziging]) -> Gevolgen:
        """Wat deze wijzigingen doen. Legt niets vast."""
        lijst = tuple(wijzigingen)
        beeld = self._beelden.load()
        inhoud = self._opslag.load_avonden(self._dagen(beeld.vandaag))
        return self._find_gevolgen(beeld.inrichting, lijst, inhoud, beeld.nu)

    def apply(
        self,
        gevolgen: Gevolgen,
        *,
        verzoek_id: str,
        reden: str = "",
        dagen_erbij: Iterable[date] = (),
        erbij: Callable[[AgendaTransactie], None] | None = None,
    ) -> Gevolgen:
        """Leg vast wat is voorgerekend, met `erbij` (op `dagen_erbij`) wat er nog bij hoort: alles of niets.

        Raises InrichtingFout met alle fouten, GevolgenAnders als de lijst met te verzetten intussen anders
        is.
        """
        afdruk = make_vingerafdruk("inrichten", gevolgen.wijzigingen)
        extra = set(dagen_erbij)
        for poging in range(1, _PROBEERT + 1):
            dagen = sorted({*self._dagen(dag_van(self._opslag.nu())), *extra})

            def write(
                tx: AgendaTransactie, dagen: Sequence[date] = dagen
            ) -> tuple[Gevolgen, Mapping[str, Any]]:
                # Het slot op de inrichting houdt iedereen tegen; wat ervoor nog is geboekt, moet mee.
                if not set(self._dagen(dag_van(tx.nu))) <= set(dagen):
                    raise _MeerAvonden
                gedaan = self._write(tx, gevolgen, dagen, reden)
                if erbij is not None:
                    erbij(tx)
                return gedaan, {"soort": "inrichting"}

            try:
                return self._schrijver.run(
                    verzoek_id, afdruk, dagen, write, lambda tx, _: gevolgen, inrichting=True
                )
            except _MeerAvonden:
                if poging == _PROBEERT:
                    raise GevolgenAnders(self.preview(gevolgen.wijzigingen)) from None
        raise AssertionError("onbereikbaar")

    def set_avond(self, datum: date, toestand: AvondToestand, *, verzoek_id: str, notitie: str = "") -> None:
        """Open of dicht voor nieuwe afspraken; wie al een afspraak heeft, merkt er niets van."""

        def write(tx: AgendaTransactie) -> tuple[None, Mapping[str, Any]]:
            self.write_avond(tx, datum, toestand, notitie)
            return None, {"soort": "avond"}

        afdruk = make_vingerafdruk("avond", datum, toestand.value, notitie)
        self._schrijver.run(verzoek_id, afdruk, {datum}, write, lambda tx, _: None)

    def write_avond(self, tx: AgendaTransactie, datum: date, toestand: AvondToestand, notitie: str) -> None:
        """Zoals `set_avond`, binnen een slot dat er al is."""
        voor = tx.load_avond(datum)
        tx.set_avond(datum, toestand, notitie)
        tx.note(
            Gebeurtenis(
                tx.nu,
                self._wie,
                "avond",
                f"avond:{datum.isoformat()}",
                datum,
                {"toestand": voor.toestand.value},
                {"toestand": toestand.value},
            )
        )

    def _find_gevolgen(
        self,
        oud: Inrichting,
        wijzigingen: Sequence[Wijziging],
        inhoud: Mapping[date, AvondInhoud],
        nu: datetime,
    ) -> Gevolgen:
        vandaag = dag_van(nu)
        afspraken = {
            a.id: a
            for a in self._opslag.find_afspraken(datum_van=vandaag, maximum=100_000)
            if a.toestand not in EINDE
        }
        nieuw = apply_wijzigingen(oud, wijzigingen)
        return find_gevolgen(oud, nieuw, wijzigingen, inhoud, afspraken, nu, vandaag)

    def _write(self, tx: AgendaTransactie, gezien: Gevolgen, dagen: Sequence[date], reden: str) -> Gevolgen:
        inrichting, _ = tx.load_inrichting()
        inhoud = {dag: tx.load_avond(dag) for dag in dagen}
        gevolgen = self._find_gevolgen(inrichting, gezien.wijzigingen, inhoud, tx.nu)
        if gevolgen.fouten:
            raise InrichtingFout([fout.tekst for fout in gevolgen.fouten])
        if gevolgen.afdruk != gezien.afdruk:
            raise GevolgenAnders(gevolgen)
        for wijziging in gevolgen.wijzigingen:
            if wijziging.weg:
                tx.remove_onderdelen(wijziging.soort, wijziging.weg, self._wie, reden)
            if wijziging.bewaar:
                tx.put_onderdelen(wijziging.soort, wijziging.bewaar, self._wie, reden)
        for avond in gevolgen.avonden:
            for id_ in avond.reserveringen_weg:
                tx.remove_reservering(id_)
            opzij = {
                rij.afspraak.id: weggezet(rij.afspraak.id, rij.afspraak.balie) for rij in avond.te_verzetten
            }
            tx.move_balies(avond.datum, {**avond.gevolg.verhuizingen, **opzij})
            for rij in avond.te_verzetten:
                self._mark(tx, rij.afspraak.id, rij.reden, "te_verzetten", reden)
            for afspraak in avond.terug:
                self._mark(tx, afspraak.id, "", "blijft_toch", reden)
        return gevolgen

    def _mark(self, tx: AgendaTransactie, id_: str, te_verzetten: str, soort: str, reden: str) -> None:
        afspraak = tx.load_afspraak(id_)
        if afspraak is not None and afspraak.te_verzetten != te_verzetten:
            tx.update_afspraak(replace(afspraak, te_verzetten=te_verzetten), self._wie, soort, reden)

    def _dagen(self, vanaf: date) -> tuple[date, ...]:
        """Alle avonden vanaf die dag waar ooit iets op is vastgelegd."""
        return tuple(sorted(self._opslag.load_versies(vanaf, vanaf + _VOORUIT).avonden))

    # --- veelgebruikte wijzigingen -------------------------------------------------------------------------

    def make_sluiting(self, datum: date, reden: str) -> tuple[Wijziging, ...]:
        """Sluit één avond (C09). Raises InvoerFout zonder reden."""
        if not reden.strip():
            raise InvoerFout("Schrijf op waarom deze avond dicht gaat.", code="reden")
        dicht = Uitzondering(
            f"gesloten-{datum.isoformat()}", datum, SoortUitzondering.GESLOTEN, reden.strip()
        )
        return (Wijziging("uitzonderingen", (dicht,)),)

    def make_heropening(self, datum: date) -> tuple[Wijziging, ...]:
        """Haal de sluiting van één avond weg (C10). Raises InvoerFout als hij niet gesloten was."""
        ids = tuple(
            u.id
            for u in self.load_inrichting().uitzonderingen
            if u.datum == datum and u.soort is SoortUitzondering.GESLOTEN
        )
        if not ids:
            raise InvoerFout("Deze avond is niet door een uitzondering gesloten.", code="datum")
        return (Wijziging("uitzonderingen", weg=ids),)

    def make_ziek(self, datum: date, medewerker: str, *, ziek: bool = True) -> tuple[Wijziging, ...]:
        """Meld een medewerker voor die avond ziek (C12), of met `ziek` onwaar weer beter."""
        toestand = DienstToestand.ZIEK if ziek else DienstToestand.GEPLAND
        diensten = tuple(
            replace(dienst, toestand=toestand)
            for dienst in self.load_inrichting().diensten_op.get(datum, ())
            if dienst.medewerker == medewerker
        )
        if not diensten:
            raise InvoerFout("Deze medewerker staat die avond niet in het rooster.", code="medewerker")
        return (Wijziging("diensten", diensten),)

    def make_balie_weg(self, balie_id: str, vanaf: date) -> tuple[Wijziging, ...]:
        """Haal een balie vanaf die dag uit gebruik (C16). Wie er zou werken, staat er dan als gastheer."""
        inrichting = self.load_inrichting()
        if balie_id not in inrichting.balie:
            raise InvoerFout("Deze balie staat niet in de inrichting.", code="balie")
        balie = replace(inrichting.balie[balie_id], actief_tot=vanaf - timedelta(days=1))
        later = [d for d in inrichting.diensten if d.balie == balie_id and d.datum >= vanaf]
        zonder = [replace(dienst, balie="", rol=Rol.GASTHEER) for dienst in later]
        return (Wijziging("balies", (balie,)), *_wijziging("diensten", zonder, ()))

    def make_rooster_kopie(self, van: date, naar: Sequence[date]) -> tuple[Wijziging, ...]:
        """Zet het rooster van een avond ook op andere avonden, in plaats van wat er stond."""
        inrichting = self.load_inrichting()
        diensten, blokkades = inrichting.diensten_op.get(van, ()), inrichting.blokkades_op.get(van, ())
        if not diensten:
            raise InvoerFout("Op deze avond staat geen rooster om te kopiëren.", code="datum")
        nieuw_d: list[Dienst] = []
        nieuw_b: list[Blokkade] = []
        weg_d: list[str] = []
        weg_b: list[str] = []
        for dag in naar:
            if dag == van:
                continue
            weg_d += [dienst.id for dienst in inrichting.diensten_op.get(dag, ())]
            weg_b += [blok.id for blok in inrichting.blokkades_op.get(dag, ())]
            nieuw_d += [
                replace(d, id=_kopie_id(dag, d.id), datum=dag, toestand=DienstToestand.GEPLAND)
                for d in diensten
            ]
            nieuw_b += [replace(b, id=_kopie_id(dag, b.id), datum=dag) for b in blokkades]
        return _wijziging("diensten", nieuw_d, weg_d) + _wijziging("blokkades", nieuw_b, weg_b)


def _kopie_id(dag: date, id_: str) -> str:
    """De datum vooraan in het id wisselt mee, zodat nog een keer kopiëren hetzelfde geeft."""
    kop, streep, rest = id_[:10], id_[10:11], id_[11:]
    return f"{dag.isoformat()}-{rest if streep == '-' and _is_datum(kop) else id_}"


def _is_datum(tekst: str) -> bool:
    try:
        date.fromisoformat(tekst)
    except ValueError:
        return False
    return True


def _wijziging(soort: str, bewaar: Sequence[Any], weg: Sequence[str]) -> tuple[Wijziging, ...]:
    ids = {deel.id for deel in bewaar}
    echt_weg = tuple(id_ for id_ in weg if id_ not in ids)
    return (Wijziging(soort, tuple(bewaar), echt_weg),) if bewaar or echt_weg else ()


def _overzicht(beeld: Agendabeeld, dag: date) -> Avondoverzicht:
    avond, inhoud = beeld.avonden[dag].avond, beeld.avonden[dag].inhoud
    afspraken = [item for item in avond.inhoud if item.soort.value == "afspraak"]
    return Avondoverzicht(
        dag,
        avond.open,
        avond.dicht_omdat,
        avond.toestand,
        avond.rooster_ingevuld,
        len({plek.balie for plek in avond.plekken}),
        len({plek.medewerker for plek in avond.plekken}),
        len(afspraken),
        sum(is_weggezet(item.balie) for item in afspraken),
        dekkingszinnen(avond, beeld.inrichting),
        inhoud.notitie,
        inhoud.eigenaar,
        inhoud.extern_van,
        sum(item.soort is SoortInhoud.EXTERN for item in avond.inhoud),
        sum(item.balie.startswith(EXTERN_PLAATS) for item in avond.inhoud),
    )
