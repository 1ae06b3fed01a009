"""Wanneer kan dit: van drie letters van een product naar de eerste mogelijkheden, en waarom iets niet kan.

Leest alleen. Wat niet van de klok afhangt wordt onthouden per versie van de avond; de klok komt er elke keer
bij. Of een tijd nog vrij is als iemand hem kiest, beslist `afspraken` onder het slot van de avond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from frontoffice.agenda import vrij
from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.avond import Avond
from frontoffice.agenda.geheugen import Avondversie, Kansengeheugen
from frontoffice.agenda.inrichting import Inrichting, Product
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.samen import Samenkomst, samen
from frontoffice.agenda.script import Belscript, make_script
from frontoffice.agenda.tijd import floor_tik, to_utc
from frontoffice.agenda.tijdgrens import Tijdgrens, tijdgrens
from frontoffice.agenda.voorstel import GeweigerdeStart, VrijeStart, Weigering
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import Plan, evening_products, may_add, plan_van, plan_wens
from frontoffice.agendapoort import AgendaOpslag
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van, zonder_accenten
from frontoffice.services.afspraakgegevens import wens_van
from frontoffice.services.afspraakwaarden import (
    AvondSoort,
    AvondStand,
    Productkeuze,
    Startuitslag,
    WensKanNiet,
)
from frontoffice.services.avondbeelden import Agendabeeld, Avondbeeld, Avondbeelden

STANDAARD_DAGEN = 45
"""Zo ver vooruit kijkt `find_starts` als er geen einddatum is gevraagd."""

_AAN_DE_WENS = frozenset({RedenCode.NIET_IN_DE_AVOND, RedenCode.TE_VEEL_PERSONEN, RedenCode.COMBINATIE})
"""Redenen die op elke avond gelden: die gaan over de wens zelf."""
_SOORTEN = {
    RedenCode.DICHT: AvondSoort.DICHT,
    RedenCode.FEESTDAG: AvondSoort.DICHT,
    RedenCode.AFGESLOTEN: AvondSoort.DICHT,
    RedenCode.ROOSTER_LEEG: AvondSoort.ROOSTER_LEEG,
    RedenCode.ANDERE_AGENDA: AvondSoort.ELDERS,
}
_LABELS = {
    AvondSoort.DICHT: "dicht",
    AvondSoort.ROOSTER_LEEG: "rooster nog niet ingevuld",
    AvondSoort.VOL: "VOL",
    AvondSoort.KAN_NIET: "kan niet",
    AvondSoort.ELDERS: "andere agenda",
}
_VOL = frozenset(
    {
        RedenCode.VOL,
        RedenCode.DAGLIMIET,
        RedenCode.KANAALLIMIET,
        RedenCode.TEGELIJK_MAX,
        RedenCode.GEEN_BEVOEGDE,
    }
)
_FILTER = Reden(RedenCode.VOL, "Op deze avond is er niets vrij op de tijden die u vraagt.")


class Vrijetijden:
    """De leeskant van de agenda. Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar."""

    def __init__(self, opslag: AgendaOpslag) -> None:
        self._opslag = opslag
        self._beelden = Avondbeelden(opslag)
        # Eén plek per avond: wie verzet en wie een lege avond navraagt, verdringt niet wat er echt staat.
        self._geheugen, self._verzet, self._leeg = Kansengeheugen(), Kansengeheugen(), Kansengeheugen()

    # --- wat er te kiezen is -------------------------------------------------------------------------------

    def load(self, van: date | None = None, tot: date | None = None) -> Agendabeeld:
        """De agenda zoals zij nu is: klok, inrichting en de avonden van de periode."""
        return self._beelden.load(van, tot)

    def vandaag(self) -> date:
        """De dag van vandaag volgens de agenda."""
        return self.load().vandaag

    def find_producten(self, zoek: str = "", gekozen: Wens | None = None) -> tuple[Productkeuze, ...]:
        """De producten die bij deze letters passen, beste eerst; zonder letters allemaal.

        Zoekt in naam, code en synoniemen, aan het begin van elk woord, zonder accenten ("paspoort kind").
        Wat niet mag (alleen overdag, niet samen met `gekozen`) staat er met de reden bij.
        """
        return search_producten(self.load(), zoek, gekozen)

    # --- wanneer kan het -----------------------------------------------------------------------------------

    def find_starts(
        self,
        wens: Wens,
        van: date | None = None,
        tot: date | None = None,
        *,
        na: time | None = None,
        datum: date | None = None,
        voor: datetime | None = None,
        maximum: int = 9,
        met_redenen: bool = False,
        zonder: str = "",
        verder: bool = True,
    ) -> Startuitslag:
        """De eerste mogelijkheden, en per avond wat er over is; van `van` (anders vandaag) tot en met `tot`.

        Filters: `na` een plaatselijk uur ("na 18.30 uur"), alleen één `datum`, of eerder dan `voor` (wat
        iemand nu heeft). `zonder`: het id van de afspraak die verzet wordt: die telt niet mee, en met
        dezelfde wens geldt de duur van toen. `verder`: zoek voorbij de periode als er niets is.

        Raises InvoerFout bij een wens die geen zinnige invoer is.
        """
        begin = van or datum or self.vandaag()
        beeld = self.load(begin, tot or datum or begin + timedelta(days=STANDAARD_DAGEN))
        check_wens(beeld.inrichting, wens)
        plan = self._plan_van_toen(wens, zonder)
        kan_niet = wens_redenen(beeld, wens) if plan is None else None
        if kan_niet is not None:
            return Startuitslag(
                wens,
                beeld.nu,
                weigering=kan_niet.redenen,
                splitsing=kan_niet.splitsing,
                overdag=_overdag(beeld.inrichting, wens),
            )
        past = _filter(na, datum, voor)
        grens = _grens(beeld, wens)
        eerste: list[VrijeStart] = []
        standen: list[AvondStand] = []
        geweigerd: list[GeweigerdeStart] = []
        for dag in sorted(beeld.avonden):
            uitslag = self._find_kansen(beeld, beeld.avonden[dag], wens, zonder, plan).at(grens)
            passend = [start for start in uitslag.vrij if past(start.begin)]
            eerste += passend[: maximum - len(eerste)]
            stand = _stand(dag, passend, uitslag)
            if stand.soort is AvondSoort.VOL and not uitslag.vrij:
                stand = self._check_vol(beeld, beeld.avonden[dag], wens, grens, stand)
            standen.append(stand)
            if met_redenen:
                geweigerd += uitslag.geweigerd
        return Startuitslag(
            wens,
            beeld.nu,
            minuten=plan.minuten if plan else _minuten(beeld, wens),
            eerste=tuple(eerste),
            avonden=tuple(standen),
            anders=None if eerste or not verder else self._first_anywhere(beeld, wens, zonder),
            overdag=() if eerste else _overdag(beeld.inrichting, wens),
            geweigerd=tuple(geweigerd),
        )

    def make_script(
        self, wens: Wens, begin: datetime, omstandigheden: Omstandigheden | None = None, taal: str = "nl"
    ) -> Belscript:
        """Zeg dit: wat mee te nemen, wie er komt, de kosten op die dag. Raises InvoerFout, WensKanNiet."""
        beeld = self.load()
        check_wens(beeld.inrichting, wens)
        plan = plan_wens(beeld.inrichting, wens, dag_van(begin))
        if isinstance(plan, Weigering):
            raise WensKanNiet(plan.redenen, plan.splitsing)
        return make_script(beeld.inrichting, beeld.kalender, plan, dag_van(begin), omstandigheden, taal)

    def explain(self, wens: Wens, datum: date, zonder: str = "") -> tuple[GeweigerdeStart, ...]:
        """Waarom elke begintijd van deze avond die niet kan, niet kan; leeg als er geen avond is."""
        return self.find_starts(wens, datum, datum, met_redenen=True, zonder=zonder).geweigerd

    def find_vervolg(self, wens: Wens, begin: datetime, maximum: int = 3) -> Startuitslag | None:
        """Wanneer het vervolg kan (ophalen na de aanvraag), of None als er geen vervolg is.

        Van meer producten telt de langste wachttijd; iedereen die aanvraagt, komt ook ophalen.
        """
        beeld = self.load()
        vervolg = make_vervolg(beeld, wens, begin)
        if vervolg is None:
            return None
        eigen_wens, vanaf = vervolg
        return self.find_starts(eigen_wens, vanaf, vanaf + timedelta(days=STANDAARD_DAGEN), maximum=maximum)

    def find_samen(
        self,
        wensen: Sequence[Wens],
        van: date | None = None,
        tot: date | None = None,
        *,
        na: time | None = None,
        datum: date | None = None,
        maximum: int = 9,
    ) -> tuple[Samenkomst, ...]:
        """Wanneer een gezin samen kan: naast elkaar of na elkaar, per avond het kortste verblijf eerst.

        De starts staan in de volgorde van `wensen`. Raises InvoerFout, WensKanNiet.
        """
        begin = van or datum or self.vandaag()
        beeld = self.load(begin, tot or datum or begin + timedelta(days=STANDAARD_DAGEN))
        for wens in wensen:
            require_wens(beeld, wens)
        past = _filter(na, datum, None)
        gevonden: list[Samenkomst] = []
        for dag in sorted(beeld.avonden):
            plannen = [plan_wens(beeld.inrichting, wens, dag) for wens in wensen]
            goed = [plan for plan in plannen if not isinstance(plan, Weigering)]
            if len(goed) < len(plannen) or not goed:
                continue
            avond = beeld.avonden[dag].avond
            mogelijk = samen(beeld.inrichting, beeld.kalender, avond, goed, wensen[0], beeld.nu, aantal=1000)
            gevonden += [s for s in mogelijk if all(past(start.begin) for start in s.starts)]
            if len(gevonden) >= maximum:
                break
        return tuple(gevonden[:maximum])

    def find_dichtbij(
        self,
        wens: Wens,
        begin: datetime,
        aantal: int = 3,
        zonder: str = "",
    ) -> tuple[VrijeStart, ...]:
        """De vrije begintijden die het dichtst bij `begin` liggen, dichtstbij eerst."""
        dag = dag_van(begin)
        plan = self._plan_van_toen(wens, zonder)
        gevonden: tuple[VrijeStart, ...] = ()
        for ruim in (0, 21, STANDAARD_DAGEN, 200):
            beeld = self.load(
                max(dag_van(self.load().nu), dag - timedelta(days=ruim)), dag + timedelta(days=ruim)
            )
            grens = _grens(beeld, wens)
            starts = [
                start
                for avond in beeld.avonden.values()
                for start in self._find_kansen(beeld, avond, wens, zonder, plan).at(grens).vrij
            ]
            gevonden = tuple(sorted(starts, key=lambda s: (abs(s.begin - begin), s.begin))[:aantal])
            if len(gevonden) >= aantal:
                break
        return gevonden

    def _plan_van_toen(self, wens: Wens, afspraak_id: str) -> Plan | None:
        gevonden = self._opslag.find_afspraken(ids=[afspraak_id]) if afspraak_id else ()
        return plan_van_toen(wens, gevonden[0] if gevonden else None)

    # --- onthouden -----------------------------------------------------------------------------------------

    def _find_kansen(
        self, beeld: Agendabeeld, avond: Avondbeeld, wens: Wens, zonder: str, plan: Plan | None
    ) -> vrij.Kansen:
        """Wat er op deze avond kan voor deze wens; `plan` als dat al vaststaat."""
        dag = avond.avond.datum
        gepland = plan or plan_wens(beeld.inrichting, wens, dag)
        eigen = any(item.id == zonder for item in avond.avond.inhoud) if zonder else False
        geheugen, weg = (self._verzet, zonder) if eigen else (self._geheugen, "")
        return geheugen.find(
            beeld.inrichting,
            beeld.kalender,
            dag,
            Avondversie(*avond.sleutel, weg),
            lambda: _without(avond.avond, weg),
            gepland,
            wens.kanaal,
        )

    def _check_vol(
        self, beeld: Agendabeeld, avond: Avondbeeld, wens: Wens, grens: Tijdgrens, stand: AvondStand
    ) -> AvondStand:
        """Kan het ook op een lege avond niet (niemand die het mag), dan is de avond niet vol."""
        dag = avond.avond.datum
        kansen = self._leeg.find(
            beeld.inrichting,
            beeld.kalender,
            dag,
            Avondversie(beeld.versie, avond.inhoud.versie),
            lambda: replace(avond.avond, inhoud=()),
            plan_wens(beeld.inrichting, wens, dag),
            wens.kanaal,
        )
        if kansen.at(grens).vrij:
            return stand
        return replace(stand, soort=AvondSoort.KAN_NIET, label=_LABELS[AvondSoort.KAN_NIET])

    def _first_anywhere(self, beeld: Agendabeeld, wens: Wens, zonder: str) -> VrijeStart | None:
        """De eerste mogelijkheid zonder filters, tot de horizon van de producten."""
        grens = _grens(beeld, wens)
        laatste = min(grens.laatste_dag, beeld.vandaag + timedelta(days=400))
        begin = max(beeld.vandaag, min(grens.eerste_dag, laatste))
        verder = self.load(begin, max(begin, laatste))
        avonden = (_without(verder.avonden[dag].avond, zonder) for dag in sorted(verder.avonden))
        gevonden = vrij.first_starts(verder.inrichting, verder.kalender, avonden, wens, verder.nu, 1)
        return gevonden[0] if gevonden else None


def search_producten(beeld: Agendabeeld, zoek: str, gekozen: Wens | None) -> tuple[Productkeuze, ...]:
    """Zie `Vrijetijden.find_producten`."""
    woorden = _woorden(zoek)
    gevonden = []
    for nummer, (product, reden) in enumerate(evening_products(beeld.inrichting, beeld.vandaag)):
        rang, via = _match(product, woorden)
        if rang is None:
            continue
        if reden is None and gekozen is not None:
            reden = may_add(beeld.inrichting, gekozen.regels, product.code)
        keuze = Productkeuze(product, via, reden.tekst if reden else "")
        gevonden.append((not product.avond, rang, nummer, keuze))
    return tuple(keuze for *_, keuze in sorted(gevonden, key=lambda rij: rij[:3]))


def check_wens(inrichting: Inrichting, wens: Wens) -> None:
    """Raises InvoerFout bij een wens zonder product of personen, of met een onbekend product of behoefte."""
    if not wens.regels:
        raise InvoerFout("Kies eerst een product.")
    if any(not 1 <= regel.personen <= 99 for regel in wens.regels):
        raise InvoerFout("Kies minstens één persoon.")
    onbekend = [regel.product for regel in wens.regels if regel.product not in inrichting.product]
    if onbekend:
        raise InvoerFout(
            "Dit product staat niet in de agenda. Kies een product uit de lijst.", code="product"
        )
    if any(code not in inrichting.behoefte for code in wens.behoeften):
        raise InvoerFout("Deze behoefte kent de agenda niet. Kies uit de lijst.", code="behoefte")


def wens_redenen(beeld: Agendabeeld, wens: Wens) -> Weigering | None:
    """Waarom de wens op geen enkele avond kan, of None."""
    plan = plan_wens(beeld.inrichting, wens, beeld.vandaag)
    if not isinstance(plan, Weigering):
        return None
    redenen = tuple(reden for reden in plan.redenen if reden.code in _AAN_DE_WENS)
    return replace(plan, redenen=redenen) if redenen else None


def require_wens(beeld: Agendabeeld, wens: Wens) -> None:
    """Raises InvoerFout of WensKanNiet."""
    check_wens(beeld.inrichting, wens)
    if kan_niet := wens_redenen(beeld, wens):
        raise WensKanNiet(kan_niet.redenen, kan_niet.splitsing)


def plan_van_toen(wens: Wens, afspraak: Afspraak | None) -> Plan | None:
    """Wie alleen verzet, houdt duur en eisen van toen; anders None: dan geldt de inrichting van nu."""
    if afspraak is None:
        return None
    eigen = wens_van(afspraak)
    zelfde = (eigen.regels, eigen.behoeften) == (wens.regels, wens.behoeften)
    return plan_van(afspraak) if zelfde else None


def make_vervolg(beeld: Agendabeeld, wens: Wens, begin: datetime) -> tuple[Wens, date] | None:
    """De wens van het vervolg en de eerste dag waarop het kan, of None zonder vervolg."""
    personen: dict[str, int] = {}
    werkdagen = 0
    for regel in wens.regels:
        product = beeld.inrichting.product.get(regel.product)
        if (
            product is None
            or product.vervolg is None
            or product.vervolg.product not in beeld.inrichting.product
        ):
            continue
        personen[product.vervolg.product] = personen.get(product.vervolg.product, 0) + regel.personen
        werkdagen = max(werkdagen, product.vervolg.werkdagen)
    if not personen:
        return None
    regels = tuple(
        Wensregel(code, min(aantal, beeld.inrichting.product[code].personen_max))
        for code, aantal in personen.items()
    )
    vanaf = beeld.kalender.add_werkdagen(dag_van(begin), werkdagen)
    return replace(wens, regels=regels, overrulen=False), vanaf


def _grens(beeld: Agendabeeld, wens: Wens) -> Tijdgrens:
    codes = [regel.product for regel in wens.regels]
    return tijdgrens(beeld.inrichting, beeld.kalender, codes, beeld.nu, wens.overrulen)


def _without(avond: Avond, zonder: str) -> Avond:
    if not zonder:
        return avond
    return replace(avond, inhoud=tuple(item for item in avond.inhoud if item.id != zonder))


def _filter(na: time | None, datum: date | None, voor: datetime | None) -> Callable[[datetime], bool]:
    def past(begin: datetime) -> bool:
        dag = dag_van(begin)
        return (
            (datum is None or dag == datum)
            and (voor is None or begin < voor)
            and (na is None or floor_tik(begin) >= floor_tik(to_utc(dag, na)))
        )

    return past


def _stand(dag: date, passend: Sequence[VrijeStart], uitslag: vrij.Uitslag) -> AvondStand:
    if passend:
        return AvondStand(dag, AvondSoort.VRIJ, len(passend), f"{len(passend)} vrij")
    redenen = (_FILTER,) if uitslag.vrij else uitslag.redenen or _most_frequent(uitslag.geweigerd)
    eerste = redenen[0].code if redenen else RedenCode.DICHT
    soort = _SOORTEN.get(eerste) or (AvondSoort.VOL if eerste in _VOL else AvondSoort.KAN_NIET)
    return AvondStand(dag, soort, 0, _LABELS[soort], tuple(redenen))


def _most_frequent(geweigerd: Iterable[GeweigerdeStart]) -> tuple[Reden, ...]:
    """De redenen van de begintijden, de meest genoemde eerst; "sluit om" alleen als er niets anders is."""
    aantal: dict[Reden, int] = {}
    for start in geweigerd:
        if start.redenen:
            aantal[start.redenen[0]] = aantal.get(start.redenen[0], 0) + 1
    return tuple(
        sorted(
            aantal, key=lambda reden: (reden.code is RedenCode.BUITEN_OPENING, -aantal[reden], reden.tekst)
        )
    )


def _minuten(beeld: Agendabeeld, wens: Wens) -> int:
    plan = plan_wens(beeld.inrichting, wens, beeld.vandaag)
    return 0 if isinstance(plan, Weigering) else plan.minuten


def _overdag(inrichting: Inrichting, wens: Wens) -> tuple[str, ...]:
    gevraagd = (inrichting.product[regel.product] for regel in wens.regels)
    return tuple(dict.fromkeys(p.overdag_verwijzing for p in gevraagd if p.overdag_verwijzing))


def _woorden(tekst: str) -> list[str]:
    return zonder_accenten(tekst).replace("-", " ").split()


def _match(product: Product, woorden: list[str]) -> tuple[int | None, str]:
    """(rang, synoniem): elk getypt woord staat aan het begin van een ander woord van de naam of een synoniem.

    Een treffer in de naam gaat voor; daarbinnen wat er het meest op lijkt.
    """
    if not woorden:
        return 0, ""
    beste: tuple[int | None, str] = (None, "")
    for plaats, tekst in enumerate((product.naam, product.code, *product.synoniemen)):
        eigen = _woorden(tekst)
        if not all(any(woord.startswith(getypt) for woord in eigen) for getypt in woorden):
            continue
        rang = 10 * len(eigen) + (0 if eigen[0].startswith(woorden[0]) else 5) + (0 if plaats < 2 else 1)
        if eigen == woorden:
            rang = 0
        if beste[0] is None or rang < beste[0]:
            beste = rang, tekst if plaats > 1 else ""
    return beste
