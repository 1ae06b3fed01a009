"""Wat de afsprakenschermen van de agenda vragen, en wat ze ervan terugkrijgen om te tonen. Zonder Qt.

Alles hier draait op een achtergronddraad: een `Bron` mag de agenda de eerste keer nog openen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakwaarden import KlantAfspraken, Startuitslag
from frontoffice.services.externdienst import is_verouderd
from ui.afspraak.klant import Boekklant

if TYPE_CHECKING:
    from frontoffice.agenda.script import Belscript
    from frontoffice.agenda.voorwaarde import Omstandigheden
    from frontoffice.services.afspraakcontact import Contactdienst
    from frontoffice.services.afspraakzoeken import Afspraakzoeker
    from frontoffice.services.afspraken import Afsprakendienst
    from frontoffice.services.avondbeelden import Agendabeeld
    from frontoffice.services.vrijetijden import Vrijetijden
    from frontoffice.services.wachtlijst import Wachtlijstdienst

MEESTE = 9
"""Zoveel mogelijkheden staan er: elk heeft een cijfer."""
_RUIM = 400
_RUIM_SAMEN = 60
"""Zoveel worden er opgehaald: zo is ook van een tijd buiten de eerste negen te zien of hij nog vrij is."""
DAGEN = 60
_VERS = timedelta(seconds=20)
"""Ook zonder wijziging van een collega schuift de klok op: zo vaak wordt dan toch opnieuw gerekend."""


class Agenda(Protocol):
    """De geopende agenda, zoals de samenstelling haar geeft."""

    @property
    def kanaal(self) -> Kanaal: ...

    @property
    def vrij(self) -> Vrijetijden: ...

    @property
    def afspraken(self) -> Afsprakendienst: ...

    @property
    def zoeken(self) -> Afspraakzoeker: ...

    @property
    def wachtlijst(self) -> Wachtlijstdienst: ...

    @property
    def contact(self) -> Contactdienst: ...

    @property
    def alleen_deze_pc(self) -> bool: ...

    @property
    def extern_uren(self) -> int: ...


Bron = Callable[[], Agenda]


@dataclass(frozen=True)
class Filters:
    """Waar de medewerker op let: `na` een plaatselijk uur, één avond, of eerder dan wat iemand nu heeft."""

    van: date | None = None
    na: time | None = None
    datum: date | None = None
    voor: datetime | None = None

    @property
    def zijn_gezet(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Zoekopdracht:
    """`wensen`: één wens, of één per persoon die samen komt. `zonder`: de afspraak die verzet wordt."""

    wensen: tuple[Wens, ...]
    filters: Filters = Filters()
    zonder: str = ""

    @property
    def samen(self) -> bool:
        return len(self.wensen) > 1


@dataclass(frozen=True)
class Mogelijkheid:
    """Iets om te kiezen: één begintijd, of een begintijd per persoon die samen komt."""

    delen: tuple[tuple[Wens, VrijeStart], ...]
    tegelijk: bool = False

    @property
    def starts(self) -> tuple[VrijeStart, ...]:
        return tuple(start for _, start in self.delen)

    @property
    def begin(self) -> datetime:
        return min(start.begin for start in self.starts)

    @property
    def eind(self) -> datetime:
        return max(start.eind for start in self.starts)

    @property
    def dag(self) -> date:
        return dag_van(self.begin)

    @property
    def sleutel(self) -> tuple[tuple[Wens, datetime], ...]:
        """Wat deze mogelijkheid is, los van hoeveel er nog bij kunnen."""
        return tuple((wens, start.begin) for wens, start in self.delen)

    @property
    def over(self) -> int:
        """Hoeveel er van deze wens dan nog bij kunnen; 0 = niet geteld."""
        return min(start.balies for start in self.starts)


@dataclass(frozen=True)
class Agendastand:
    """Hoe het met de agenda staat. `web_van`: hoe laat de lijst met web-afspraken is, None = er is er geen.

    `verouderd`: voor vanavond is die lijst te oud.
    """

    gedeeld: bool
    vandaag: date
    web_van: datetime | None = None
    verouderd: bool = False


@dataclass(frozen=True)
class Resultaat:
    """Alles wat kan bij een zoekopdracht. `stempel` verandert zodra er iets anders kan staan.

    `dekking`: per avond die nog komt welk werk dan niet kan, als zinnen.
    """

    opdracht: Zoekopdracht
    uitslag: Startuitslag
    alle: tuple[Mogelijkheid, ...]
    inrichting: Inrichting
    stempel: object
    stand: Agendastand
    dekking: Mapping[date, tuple[str, ...]] = field(default_factory=dict)

    @property
    def mogelijkheden(self) -> tuple[Mogelijkheid, ...]:
        """De eerste negen."""
        return self.alle[:MEESTE]

    @property
    def vandaag(self) -> date:
        return dag_van(self.uitslag.nu)

    @property
    def anders(self) -> Mogelijkheid | None:
        """De eerste die wel kan, buiten de filters; alleen als er niets is."""
        eerste = self.uitslag.eerste
        start = eerste[0] if eerste else self.uitslag.anders
        if start is None or self.mogelijkheden or self.opdracht.samen:
            return None
        return Mogelijkheid(((self.uitslag.wens, start),))

    @property
    def is_wens_geweigerd(self) -> bool:
        return bool(self.uitslag.weigering)


def search(agenda: Agenda, opdracht: Zoekopdracht) -> Resultaat:
    """De eerste mogelijkheden met de avonden ernaast. Raises KifFout."""
    vrij, filters = agenda.vrij, opdracht.filters
    van = max(filters.van or vrij.vandaag(), vrij.vandaag())
    tot = van + timedelta(days=DAGEN)
    stempel = _stempel(agenda, van, tot)
    # Zonder de gekozen avond: ernaast blijft staan wat er op de andere avonden is.
    uitslag = vrij.find_starts(
        opdracht.wensen[0], van, tot, na=filters.na, voor=filters.voor, maximum=_RUIM, zonder=opdracht.zonder
    )
    if opdracht.samen and not uitslag.weigering:
        gevonden = vrij.find_samen(
            opdracht.wensen, van, tot, na=filters.na, datum=filters.datum, maximum=_RUIM_SAMEN
        )
        mogelijk = tuple(
            Mogelijkheid(tuple(zip(opdracht.wensen, samen.starts, strict=True)), samen.tegelijk)
            for samen in gevonden
        )
    else:
        mogelijk = tuple(
            Mogelijkheid(((opdracht.wensen[0], start),))
            for start in uitslag.eerste
            if filters.datum in (None, dag_van(start.begin))
        )
    beeld = vrij.load(van, tot)
    stand = make_stand(agenda, beeld)
    return Resultaat(opdracht, uitslag, mogelijk, beeld.inrichting, stempel, stand, _dekking(beeld))


def make_stand(agenda: Agenda, beeld: Agendabeeld) -> Agendastand:
    """Van vanavond als daar iets is ingelezen, anders de oudste lijst van de avonden die komen."""
    van = {
        dag: avond.inhoud.extern_van
        for dag, avond in beeld.avonden.items()
        if avond.inhoud.extern_van is not None and dag >= beeld.vandaag
    }
    web_van = van.get(beeld.vandaag) or min(van.values(), default=None)
    oud = is_verouderd(beeld.vandaag, van.get(beeld.vandaag), beeld.nu, agenda.extern_uren)
    return Agendastand(not agenda.alleen_deze_pc, beeld.vandaag, web_van, oud)


def load_begin(agenda: Agenda) -> tuple[Agendabeeld, Kanaal, Agendastand]:
    """Wat er al te tonen is voor er is gezocht."""
    vandaag = agenda.vrij.vandaag()
    beeld = agenda.vrij.load(vandaag, vandaag + timedelta(days=DAGEN))
    return beeld, agenda.kanaal, make_stand(agenda, beeld)


def _dekking(beeld: Agendabeeld) -> Mapping[date, tuple[str, ...]]:
    from frontoffice.agenda.rooster import dekkingszinnen

    zinnen = {dag: dekkingszinnen(stand.avond, beeld.inrichting) for dag, stand in beeld.avonden.items()}
    return {dag: gaten for dag, gaten in zinnen.items() if gaten}


def search_again(agenda: Agenda, oud: Resultaat) -> Resultaat | None:
    """Hetzelfde opnieuw als er iets is veranderd, anders None. Goedkoop genoeg voor elke twee seconden."""
    vrij, van = agenda.vrij, oud.opdracht.filters.van
    begin = max(van or vrij.vandaag(), vrij.vandaag())
    beeld = vrij.load()
    ongewijzigd = _stempel(agenda, begin, begin + timedelta(days=DAGEN)) == oud.stempel
    if ongewijzigd and beeld.nu - oud.uitslag.nu < _VERS:
        return None
    return search(agenda, oud.opdracht)


def _stempel(agenda: Agenda, van: date, tot: date) -> object:
    beeld = agenda.vrij.load(van, tot)
    avonden = tuple((dag, avond.sleutel) for dag, avond in sorted(beeld.avonden.items()))
    return (beeld.versie, van, avonden)


def split_wens(wens: Wens) -> tuple[Wens, ...]:
    """Eén wens per persoon: wie voor twee producten komt, houdt die samen."""
    aantal = max(regel.personen for regel in wens.regels)
    return tuple(
        replace(wens, regels=tuple(Wensregel(r.product) for r in wens.regels if r.personen > nummer))
        for nummer in range(aantal)
    )


def load_script(
    agenda: Agenda, wens: Wens, begin: datetime, omstandigheden: Omstandigheden
) -> Belscript | None:
    """Wat mee te nemen, wie er komt en wat het kost op die dag; None als de wens dan niet bestaat."""
    from frontoffice.agenda.script import make_script
    from frontoffice.agenda.wensen import Plan, plan_wens

    beeld = agenda.vrij.load()
    dag = dag_van(begin)
    plan = plan_wens(beeld.inrichting, wens, dag)
    if not isinstance(plan, Plan):
        return None
    return make_script(beeld.inrichting, beeld.kalender, plan, dag, omstandigheden)


def load_afspraken(agenda: Agenda, klant: Boekklant) -> KlantAfspraken:
    """De afspraken van de klant in beeld, gezocht zoals het klantbeeld dat doet."""
    return agenda.zoeken.for_kenmerken(klant.kenmerken) if klant.kenmerken else KlantAfspraken()
