"""De gedeelde agenda: port `AgendaOpslag` op PostgreSQL en op SQLite. Elke methode mag van elke draad.

Wie schrijft, heeft het slot van zijn avonden (advisory lock, of BEGIN IMMEDIATE) en een gedeeld slot op de
inrichting, zodat een boeking en een wijziging van het rooster nooit door elkaar lopen. De klok is die van de
database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, exc, func, insert, or_, select, update

from frontoffice.agenda.afspraak import Afspraak, Reservering
from frontoffice.agenda.berichtbord import Bordregel
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agendapoort import (
    AgendaFout,
    AgendaOnbereikbaar,
    AvondInhoud,
    Gebeurtenis,
    Gebeurtenisvraag,
    Versies,
    Wachtende,
    Wie,
)
from frontoffice.storage import berichtbord, bezoekvragen, vergeten, vorm, vragen
from frontoffice.storage.fouten import Fase
from frontoffice.storage.grondwerk import upsert
from frontoffice.storage.instelling import Instelling, PostgresInstelling
from frontoffice.storage.klantgeheim import anders, combine
from frontoffice.storage.lijn import Lijn, connect
from frontoffice.storage.nakijken import check_agenda
from frontoffice.storage.proef import restart_avond
from frontoffice.storage.schema import ensure_schema
from frontoffice.storage.tabellen import (
    AfspraakRij,
    GebeurtenisRij,
    KenmerkRij,
    LeaseRij,
    ReserveringRij,
    VerzoekRij,
    WachtendeRij,
)
from frontoffice.storage.transactie import AUTOMATISCH, BEWAAR_VERLOPEN, Transactie
from frontoffice.storage.verbinding import SCHRIJFT, clean_bestand, make_engine
from frontoffice.storage.versies import Geschiedenis

# Eerste helft van elk advisory lock van de agenda; de tweede is de dag, of 0 voor de inrichting.
_SLOTKLASSE = 0x4B4146
_INRICHTING = 0
_OP_DE_LIJST = ("wacht", "aangeboden")


class AgendaDatabase:
    """Port `AgendaOpslag`. `is_proef`: een agenda om te oefenen, waarvan de klok te verzetten is."""

    def __init__(self, instelling: Instelling, klantdeel: Callable[[], str] | None = None) -> None:
        """Maakt nog geen verbinding. `klantdeel`: het tweede deel van het klantgeheim, uit de sleutelbos.

        Raises AgendaFout als het bestand op een netwerkschijf staat.
        """
        self.gedeeld = isinstance(instelling, PostgresInstelling)
        self.naam = instelling.host if isinstance(instelling, PostgresInstelling) else "deze pc"
        self._engine: Engine = make_engine(instelling)
        self._klantdeel = klantdeel
        self._bekend: tuple[int, Inrichting] | None = None
        self._gereed = False

    def ensure_schema(self) -> bool:
        """Werk de database bij als dat nodig is. Raises SchemaTeNieuw, AgendaFout."""
        gedaan = ensure_schema(self._engine, Geschiedenis.AGENDA)
        self._gereed = True
        return gedaan

    def close(self) -> None:
        self._engine.dispose()

    # --- lezen ----------------------------------------------------------------------------------------------

    def nu(self) -> datetime:
        with self._lees() as (_, stand):
            return stand.nu

    @property
    def is_proef(self) -> bool:
        with self._lees() as (_, stand):
            return stand.soort == "proef"

    def load_versies(self, van: date, tot: date) -> Versies:
        with self._lees() as (lijn, stand):
            return Versies(stand.inrichting_versie, vragen.load_versies(lijn, van, tot), stand.nu)

    def load_inrichting(self) -> tuple[Inrichting, int]:
        with self._lees() as (lijn, stand):
            return self._load_inrichting(lijn, stand.inrichting_versie)

    def _load_inrichting(self, lijn: Lijn, versie: int) -> tuple[Inrichting, int]:
        bekend = self._bekend
        if bekend is None or bekend[0] != versie:
            bekend = versie, vragen.load_inrichting(lijn)
            self._bekend = bekend
        return bekend[1], versie

    def load_avonden(self, datums: Sequence[date]) -> Mapping[date, AvondInhoud]:
        with self._lees() as (lijn, stand):
            return vragen.load_avonden(lijn, datums, stand.nu)

    def find_afspraken(
        self,
        *,
        ids: Sequence[str] = (),
        datum_van: date | None = None,
        datum_tot: date | None = None,
        zoek: str = "",
        klantsleutel: str = "",
        te_verzetten: bool = False,
        nieuwste_eerst: bool = False,
        maximum: int = 200,
    ) -> tuple[Afspraak, ...]:
        with self._lees() as (lijn, _):
            return vragen.find_afspraken(
                lijn,
                ids=ids,
                datum_van=datum_van,
                datum_tot=datum_tot,
                zoek=zoek,
                klantsleutel=klantsleutel,
                te_verzetten=te_verzetten,
                nieuwste_eerst=nieuwste_eerst,
                maximum=maximum,
            )

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]:
        tabel = GebeurtenisRij.__table__
        vraag = select(tabel).where(GebeurtenisRij.onderwerp == onderwerp).order_by(GebeurtenisRij.volgnummer)
        with self._lees() as (lijn, _):
            return tuple(vorm.to_gebeurtenis(rij) for rij in lijn.rijen(vraag))

    def find_gebeurtenissen(
        self, vraag: Gebeurtenisvraag, maximum: int
    ) -> tuple[tuple[int, Gebeurtenis], ...]:
        with self._lees() as (lijn, _):
            return vragen.find_gebeurtenissen(lijn, vraag, maximum)

    def find_wijzigers(self, soorten: Sequence[str]) -> tuple[str, ...]:
        with self._lees() as (lijn, _):
            return vragen.find_wijzigers(lijn, soorten)

    def load_bezoeken(self, datum: date) -> tuple[Bezoek, ...]:
        with self._lees() as (lijn, _):
            return bezoekvragen.load_bezoeken(lijn, datum)

    def load_bezoeknamen(self, datum: date, ids: Sequence[str] = ()) -> Mapping[str, str]:
        with self._lees() as (lijn, _):
            return bezoekvragen.load_namen(lijn, datum, ids)

    def find_bezoeken(self, datum: date, zoek: str) -> tuple[tuple[Bezoek, str], ...]:
        with self._lees() as (lijn, _):
            return bezoekvragen.find_bezoeken(lijn, datum, zoek)

    def find_bezoekdatum(self, id_: str) -> date | None:
        with self._lees() as (lijn, _):
            return bezoekvragen.find_bezoekdatum(lijn, id_)

    def load_stappen(self, datum: date) -> tuple[Gebeurtenis, ...]:
        with self._lees() as (lijn, _):
            return bezoekvragen.load_stappen(lijn, datum)

    def find_verzoek(self, verzoek_id: str) -> Mapping[str, Any] | None:
        with self._lees() as (lijn, _):
            rij = lijn.rij(select(VerzoekRij.antwoord).where(VerzoekRij.id == verzoek_id))
            return None if rij is None else vorm.from_json_dict(rij.antwoord)

    def load_klantgeheim(self) -> bytes:
        """Zie de port. Raises AgendaFout (code "agenda_klantsleutel") als het deel van deze werkplek niet bij
        de klantsleutels past die er al staan."""
        deel = self._load_klantdeel()
        with self._lees() as (lijn, _):
            sleutel, merk, bekend = _klantgeheim(lijn, deel)
        if merk != bekend:
            self._set_klantmerk(deel, wis=False)
        return sleutel

    def forget_klantsleutels(self, door: Wie) -> int:
        """Wis alle klantsleutels, zodat deze werkplek een ander geheim mag gaan gebruiken; geeft hoeveel."""
        return self._set_klantmerk(self._load_klantdeel(), wis=True, door=door)

    def _load_klantdeel(self) -> str:
        return "" if self._klantdeel is None else self._klantdeel()

    def _set_klantmerk(self, deel: str, *, wis: bool, door: Wie | None = None) -> int:
        a = AfspraakRij
        with self._schrijf([], inrichting=True) as (lijn, stand):
            _, merk, bekend = _klantgeheim(lijn, deel)
            if not wis and merk != bekend:
                gebruikt = lijn.rij(select(a.id).where(a.klantsleutel != "").limit(1)) is not None
                if (
                    gebruikt or not merk
                ):  # zonder geheim wordt een agenda die er een heeft niet ongemerkt zwakker
                    raise anders()
            gewist = 0
            if wis:
                opdracht = update(a).where(a.klantsleutel != "").values(klantsleutel="", versie=a.versie + 1)
                gewist = lijn.run(opdracht)
                wie, na = door or AUTOMATISCH, {"aantal": gewist}
                gebeurd = Gebeurtenis(stand.nu, wie, "klantsleutels_gewist", "agenda", None, {}, na)
                lijn.run(insert(GebeurtenisRij), vorm.from_gebeurtenis(gebeurd))
            lijn.run(update(KenmerkRij).values(klantmerk=merk))
            return gewist

    def find_reserveringen(self, eigenaar: str) -> tuple[Reservering, ...]:
        r = ReserveringRij
        with self._lees() as (lijn, stand):
            vraag = select(r.__table__).where(r.eigenaar == eigenaar, r.verloopt > stand.nu - BEWAAR_VERLOPEN)
            return tuple(vorm.to_reservering(rij) for rij in lijn.rijen(vraag.order_by(r.verloopt, r.id)))

    def load_wachtlijst(self) -> tuple[Wachtende, ...]:
        """Wie nog wacht, oudste eerst."""
        w = WachtendeRij
        vraag = select(w.__table__).where(w.toestand.in_(_OP_DE_LIJST)).order_by(w.sinds, w.id)
        with self._lees() as (lijn, _):
            return tuple(vorm.to_wachtende(rij) for rij in lijn.rijen(vraag))

    def check(self) -> tuple[str, ...]:
        with self._lees() as (lijn, stand):
            return check_agenda(lijn, stand.nu)

    # --- schrijven ------------------------------------------------------------------------------------------

    @contextmanager
    def lock(self, datums: Iterable[date], *, inrichting: bool = False) -> Iterator[Transactie]:
        dagen = sorted(set(datums))
        with self._schrijf(dagen, inrichting) as (lijn, stand):
            transactie = Transactie(lijn, dagen, stand, self._load_inrichting, inrichting=inrichting)
            transactie.free_verlopen()
            yield transactie
            if lijn.fout is not None:  # de database heeft alles al teruggedraaid; doe niet of het gelukt is
                raise lijn.fout
            transactie.finish()

    def take_lease(self, naam: str, houder: str, duur: timedelta) -> bool:
        r = LeaseRij
        with self._schrijf([], inrichting=False) as (lijn, stand):
            rij = {"naam": naam, "houder": houder, "verloopt": stand.nu + duur}
            vrij = or_(r.houder == houder, r.verloopt <= stand.nu)
            neem = upsert(lijn.verbinding.dialect)(r).values(**rij)
            neem = neem.on_conflict_do_update(index_elements=[r.naam], set_=rij, where=vrij)
            return lijn.rij(neem.returning(r.houder)) is not None

    def take_bericht(self, nieuw: Bordregel, *, na_te_kijken: bool) -> Bordregel:
        with self._schrijf([], inrichting=False) as (lijn, stand):
            return berichtbord.take(lijn, nieuw, stand.nu, na_te_kijken=na_te_kijken)

    def note_bericht(self, regel: Bordregel, *, alleen_nieuw: bool = False) -> None:
        with self._schrijf([], inrichting=False) as (lijn, stand):
            berichtbord.note(lijn, regel, stand.nu, alleen_nieuw=alleen_nieuw)

    def load_bord(self, vanaf: date | None = None, sleutels: Sequence[str] = ()) -> tuple[Bordregel, ...]:
        with self._lees() as (lijn, _):
            return berichtbord.load(lijn, vanaf, sleutels)

    def find_te_vergeten(self, voor: date) -> tuple[date, ...]:
        with self._lees() as (lijn, _):
            return vergeten.find_te_vergeten(lijn, voor)

    def clean(self) -> bool:
        return self.gedeeld or clean_bestand(self._engine)

    def put_wachtende(self, wachtende: Wachtende, door: Wie) -> None:
        with self.lock(()) as transactie:
            transactie.put_wachtende(wachtende, door)

    def mark_proef(self) -> None:
        """Maak van een agenda zonder afspraken een proefagenda. Raises AgendaFout als die er al zijn."""
        with self._schrijf([], inrichting=True) as (lijn, stand):
            if stand.soort == "proef":
                return
            if lijn.rij(select(AfspraakRij.id).limit(1)) is not None:
                raise AgendaFout(
                    "In deze agenda staan al afspraken. Maak voor een proef een nieuwe, lege agenda.",
                    code="agenda_echt",
                )
            lijn.run(update(KenmerkRij).values(soort="proef"))

    def restart_avond(self, datum: date, door: Wie) -> None:
        """Laat de avond van een proefagenda overnieuw beginnen. Raises AgendaFout bij een echte."""
        with self._schrijf([datum], inrichting=False) as (lijn, stand):
            if stand.soort != "proef":
                raise AgendaFout(
                    "Een avond van een echte agenda begint niet overnieuw. Gebruik een proefagenda.",
                    code="agenda_echt",
                )
            restart_avond(lijn, datum, door, stand.nu)

    def set_klok(self, nu: datetime) -> None:
        """Zet de klok van een proefagenda; daarna loopt hij gewoon door. Raises AgendaFout bij een echte."""
        with self._schrijf([], inrichting=True) as (lijn, stand):
            if stand.soort != "proef":
                raise AgendaFout(
                    "De klok van een echte agenda is niet te verzetten. Gebruik een proefagenda.",
                    code="agenda_echt",
                )
            erbij = (nu - stand.nu) // timedelta(milliseconds=1)
            lijn.run(update(KenmerkRij).values(verschuiving=KenmerkRij.verschuiving + erbij))

    # --- verbindingen ---------------------------------------------------------------------------------------

    @contextmanager
    def _lees(self) -> Iterator[tuple[Lijn, vragen.Stand]]:
        """Een leestransactie waarin alles bij elkaar hoort."""
        with self._transactie(Fase.LEZEN, lambda lijn: None) as (lijn, stand):
            yield lijn, stand

    @contextmanager
    def _schrijf(self, dagen: Sequence[date], inrichting: bool) -> Iterator[tuple[Lijn, vragen.Stand]]:
        def lock(lijn: Lijn) -> None:
            if lijn.verbinding.dialect.name == "postgresql":
                lijn.rijen(_advisory_locks(dagen, inrichting))

        with self._transactie(Fase.SCHRIJVEN, lock) as (lijn, stand):
            yield lijn, stand
            lijn.commit()

    @contextmanager
    def _transactie(
        self, fase: Fase, neem_slot: Callable[[Lijn], None]
    ) -> Iterator[tuple[Lijn, vragen.Stand]]:
        if not self._gereed:
            self.ensure_schema()
        lijn, stand = self._begin(fase, neem_slot)
        try:
            yield lijn, stand
        finally:
            _release(lijn.verbinding)

    def _begin(self, fase: Fase, neem_slot: Callable[[Lijn], None]) -> tuple[Lijn, vragen.Stand]:
        """Verbind, neem het slot en lees de klok. Een verbinding die al dood was, telt niet als poging."""
        for laatste in (False, True):
            verbinding = self._connect(fase)
            lijn = Lijn(verbinding, fase)
            try:
                lijn.begin()
                neem_slot(lijn)
                # Pas na het slot: wie wachtte, moet zien wat de vorige vastlegde, en hoe laat het nu is.
                return lijn, vragen.load_stand(lijn)
            except AgendaOnbereikbaar:
                opnieuw = verbinding.invalidated and not laatste
                _release(verbinding)
                if not opnieuw:
                    raise
            except BaseException:
                _release(verbinding)
                raise
        raise AssertionError("onbereikbaar")

    def _connect(self, fase: Fase) -> Connection:
        verbinding = connect(self._engine, fase)
        if fase is Fase.SCHRIJVEN:
            return verbinding.execution_options(**{SCHRIJFT: True})
        if verbinding.dialect.name == "postgresql":
            return verbinding.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return verbinding


def _klantgeheim(lijn: Lijn, deel: str) -> tuple[bytes, str, str]:
    """De sleutel met het deel van deze werkplek, haar merk, en het merk van deze agenda."""
    rij = lijn.rij(select(KenmerkRij.klantgeheim, KenmerkRij.klantmerk))
    assert rij is not None
    return (*combine(rij.klantgeheim, deel), rij.klantmerk)


def _advisory_locks(dagen: Sequence[date], inrichting: bool) -> Select[Any]:
    """Altijd eerst dat van de inrichting, dan de avonden op datum: zo wacht nooit een kring op elkaar."""
    neem = func.pg_advisory_xact_lock if inrichting else func.pg_advisory_xact_lock_shared
    sloten = [neem(_SLOTKLASSE, _INRICHTING)]
    sloten += [func.pg_advisory_xact_lock(_SLOTKLASSE, dag.toordinal()) for dag in dagen]
    return select(*(slot.label(f"slot_{nummer}") for nummer, slot in enumerate(sloten)))


def _release(verbinding: Connection) -> None:
    """Draai terug wat niet is vastgelegd en geef de verbinding terug, ook als zij al dood is."""
    try:
        verbinding.rollback()
    except exc.SQLAlchemyError:
        verbinding.invalidate()
    finally:
        verbinding.close()
