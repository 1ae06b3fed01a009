"""Van rooster naar avond: welke medewerker staat wanneer aan welke balie, en wat kan er dan.

Maakt van diensten, blokkades en bevoegdheden de `Plek`ken van één dag en telt per bevoegdheid of product
de dekking. Weet niet wie er komt; wat er al staat, geeft de aanroeper mee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from frontoffice.agenda.avond import KIF, Avond, AvondToestand, Inhoud, Plek
from frontoffice.agenda.inrichting import OVERIG, Blokkade, Dienst, DienstToestand, Inrichting, Product, Rol
from frontoffice.agenda.kalender import Kalender, is_tijdspanne
from frontoffice.agenda.tijd import Vak, dagvak, merge, subtract, tijdlabel


def build_avond(
    inrichting: Inrichting,
    kalender: Kalender,
    dag: date,
    inhoud: tuple[Inhoud, ...] = (),
    toestand: AvondToestand = AvondToestand.OPEN,
    versie: int = 0,
    eigenaar: str = KIF,
) -> Avond:
    """De avond zoals de planning haar ziet, met plekken op volgorde van balie en tijd."""
    opening = kalender.opening(dag)
    diensten = [dienst for dienst in inrichting.diensten_op.get(dag, ()) if dienst.rol is Rol.BALIE]
    return Avond(
        datum=dag,
        open=opening.vakken,
        plekken=_plekken(inrichting, dag, diensten),
        inhoud=inhoud,
        toestand=toestand,
        dicht_omdat=opening.dicht_omdat,
        rooster_ingevuld=bool(diensten),
        versie=versie,
        eigenaar=eigenaar,
    )


def _plekken(inrichting: Inrichting, dag: date, diensten: list[Dienst]) -> tuple[Plek, ...]:
    blokkades = [
        (blok, dagvak(dag, blok.van, blok.tot))
        for blok in inrichting.blokkades_op.get(dag, ())
        if is_tijdspanne(blok.van, blok.tot)
    ]
    elders: dict[str, list[Vak]] = {}
    plekken: list[Plek] = []
    for dienst in sorted(diensten, key=lambda d: (d.van, d.id)):
        balie = inrichting.balie.get(dienst.balie)
        medewerker = inrichting.medewerker.get(dienst.medewerker)
        if balie is None or medewerker is None or dienst.toestand is DienstToestand.ZIEK:
            continue
        mag = medewerker.mag(dag)
        if not mag or not balie.is_actief(dag) or not is_tijdspanne(dienst.van, dienst.tot):
            continue
        vak = dagvak(dag, dienst.van, dienst.tot)
        # Wie dubbel in het rooster staat, is er maar één keer: de eerste werktijd telt.
        weg = [*elders.get(medewerker.id, ()), *(v for blok, v in blokkades if _raakt(blok, dienst))]
        elders.setdefault(medewerker.id, []).append(vak)
        plekken += (
            Plek(balie.id, medewerker.id, medewerker.organisatie, rest, mag, balie.voorzieningen)
            for rest in subtract(vak, weg)
        )
    volgorde = {balie.id: (balie.volgorde, balie.naam, balie.id) for balie in inrichting.balies}
    return tuple(sorted(plekken, key=lambda p: (volgorde[p.balie], p.vak, p.medewerker)))


def _raakt(blok: Blokkade, dienst: Dienst) -> bool:
    iedereen = not blok.balie and not blok.medewerker
    return iedereen or blok.balie == dienst.balie or blok.medewerker == dienst.medewerker


@dataclass(frozen=True)
class Stuk:
    """In heel `vak` zijn er `aantal` balies die dit kunnen."""

    vak: Vak
    aantal: int


@dataclass(frozen=True)
class Dekking:
    """Hoeveel balies er tijdens de opening iets kunnen. `soort`: bevoegdheid of productcode.

    `naam` is voor mensen. `stukken` vullen samen de hele opening; aangrenzende stukken verschillen in aantal.
    """

    soort: str
    naam: str
    stukken: tuple[Stuk, ...]

    @property
    def gaten(self) -> tuple[Vak, ...]:
        """Wanneer niemand het kan."""
        return merge(stuk.vak for stuk in self.stukken if stuk.aantal == 0)

    @property
    def minst(self) -> int:
        return min((stuk.aantal for stuk in self.stukken), default=0)


def dekking(avond: Avond, inrichting: Inrichting) -> tuple[Dekking, ...]:
    """Per bevoegdheid die in de avond nodig is; leeg als de avond dicht is of geen rooster heeft."""
    if not avond.open or not avond.rooster_ingevuld:
        return ()
    producten = _avondproducten(avond, inrichting)
    soorten = dict.fromkeys(soort for product in producten for soort in sorted(product.bevoegdheden))
    return tuple(
        Dekking(soort, soort, _tel(avond, [plek for plek in avond.plekken if soort in plek.mag]))
        for soort in soorten
    )


def productdekking(avond: Avond, inrichting: Inrichting) -> tuple[Dekking, ...]:
    """Per product van de avond: één medewerker met alle bevoegdheden, aan een balie met de voorzieningen."""
    if not avond.open or not avond.rooster_ingevuld:
        return ()
    return tuple(
        Dekking(product.code, product.naam, _tel(avond, [p for p in avond.plekken if _kan(p, product)]))
        for product in _avondproducten(avond, inrichting)
    )


def dekkingszinnen(avond: Avond, inrichting: Inrichting, *, alleen_groep: bool = False) -> tuple[str, ...]:
    """Wat er niet kan, in hele zinnen: "Na 18.30 uur kan niemand dit doen: Rijbewijs aanvragen.".

    `alleen_groep`: zonder het product, voor een scherm dat een bezoeker kan zien.
    """
    if not avond.open or avond.eigenaar != KIF:
        return ()
    if not avond.rooster_ingevuld:
        return ("Het rooster van deze avond is nog niet ingevuld.",)
    zinnen = (
        f"{wanneer} kan niet alles: {inrichting.product[dekking.soort].groep or OVERIG}."
        if alleen_groep
        else f"{wanneer} kan niemand dit doen: {dekking.naam}."
        for dekking in productdekking(avond, inrichting)
        for wanneer in _gatwoorden(avond, dekking.gaten)
    )
    return tuple(dict.fromkeys(zinnen))  # twee producten van één groep geven dezelfde zin


def _gatwoorden(avond: Avond, gaten: tuple[Vak, ...]) -> list[str]:
    if gaten == avond.open:
        return ["De hele avond"]
    begin, eind = avond.open[0].begin, avond.open[-1].eind
    woorden = []
    for gat in gaten:
        van, tot = tijdlabel(gat.begin_utc), tijdlabel(gat.eind_utc)
        if gat.eind == eind:
            woorden.append(f"Na {van}")
        elif gat.begin == begin:
            woorden.append(f"Tot {tot}")
        else:
            woorden.append(f"Van {van} tot {tot}")
    return woorden


def _avondproducten(avond: Avond, inrichting: Inrichting) -> list[Product]:
    return [product for product in inrichting.producten if product.avond and product.is_geldig(avond.datum)]


def _kan(plek: Plek, product: Product) -> bool:
    return product.bevoegdheden <= plek.mag and product.voorzieningen <= plek.voorzieningen


def _tel(avond: Avond, plekken: list[Plek]) -> tuple[Stuk, ...]:
    """Tel tijdens de opening de balies met zo'n plek; aan een balie kan er één tegelijk."""
    grenzen = {rand for plek in plekken for rand in (plek.vak.begin, plek.vak.eind)}
    stukken: list[Stuk] = []
    for vak in avond.open:
        randen = sorted({vak.begin, vak.eind} | {rand for rand in grenzen if vak.begin < rand < vak.eind})
        for begin, eind in pairwise(randen):
            aantal = len({plek.balie for plek in plekken if plek.vak.begin <= begin < plek.vak.eind})
            _voeg_toe(stukken, Stuk(Vak(begin, eind), aantal))
    return tuple(stukken)


def _voeg_toe(stukken: list[Stuk], stuk: Stuk) -> None:
    if stukken and stukken[-1].vak.eind == stuk.vak.begin and stukken[-1].aantal == stuk.aantal:
        stuk = Stuk(Vak(stukken.pop().vak.begin, stuk.vak.eind), stuk.aantal)
    stukken.append(stuk)
