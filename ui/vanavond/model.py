"""Van een Avondstand naar wat elk vak laat zien: kop, mijn balie, lijsten, balies. Rekent en tekent niets.

Kent geen widgets en geen namen: een naam komt er pas bij waar zij mag staan, en nooit op het bord. Wat er
aandacht vraagt, staat in `aandacht`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from frontoffice.agenda.afspraak import Afspraakregel, Toestand
from frontoffice.agenda.avond import AvondToestand, Plek
from frontoffice.agenda.tijd import floor_tik
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.volgorde import Beurt
from frontoffice.agenda.vanavond.voorspelling import Voorspelling, wachtwoorden
from frontoffice.domain.taal import datum_kort, lokaal

OVERIG = "Overig"
BALIE, GASTHEER, LEIDING = "balie", "gastheer", "leiding"
ROLLEN = {GASTHEER: "Gastheer/gastvrouw", BALIE: "Balie", LEIDING: "Avondleiding"}


class Fase(StrEnum):
    NIET_OPEN = "niet_open"
    BEZIG = "bezig"
    AFGESLOTEN = "afgesloten"


@dataclass(frozen=True)
class Woorden:
    """Wat codes van de inrichting op het scherm heten; een code zonder woord blijft zoals zij is."""

    behoeften: Mapping[str, str]
    talen: Mapping[str, str]
    meenemen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per product wat iedereen ervoor bij zich moet hebben."""

    def behoefte(self, code: str, taal: str) -> str:
        woord = self.behoeften.get(code, code.replace("_", " "))
        woord = woord[:1].lower() + woord[1:]
        return f"{woord} {self.talen.get(taal, taal)}" if taal and code == "tolk" else woord


@dataclass(frozen=True)
class Kop:
    datum: str
    uren: str
    nu: str
    wachten: str
    uitloop: str
    loopt_uit: bool


@dataclass(frozen=True)
class Regel:
    """Eén rij van WACHT, KOMT NOG of KLAAR. `waarom` legt de plaats in de rij uit; `let_op` kleurt `bij`."""

    id: str
    volgnummer: str
    tijd: str
    wacht: str
    groep: str
    bij: str
    waarom: str = ""
    aan_de_beurt: bool = False
    let_op: bool = False
    toestand: Toestand = Toestand.BEVESTIGD

    @property
    def gesproken(self) -> str:
        delen = (self.volgnummer, self.tijd, self.wacht and f"wacht {self.wacht}", self.groep, self.bij)
        return ", ".join(deel for deel in delen if deel and deel != "–")


@dataclass(frozen=True)
class Oproepregel:
    """Iemand die is opgeroepen, of even apart zit. `kan_niet` zegt waarom de knop nu niets doet."""

    id: str
    volgnummer: str
    zin: str
    kan_niet: str = ""


@dataclass(frozen=True)
class Balieregel:
    """`stand` in woorden: "A12 aan de balie", "vrij", "dicht". `loopt_uit` staat er ook als woord in."""

    id: str
    naam: str
    organisatie: str
    stand: str
    is_vrij: bool = False
    loopt_uit: bool = False
    is_dicht: bool = False


@dataclass(frozen=True)
class Kaart:
    """Iemand op Mijn balie. Een naam hoort er alleen hier bij; zij komt los van het bord."""

    id: str
    volgnummer: str
    toestand: Toestand
    producten: str
    sinds: str
    bij: str
    notitie: str
    regels: tuple[Afspraakregel, ...]
    oproepen: int = 0
    waarom: str = ""
    opnieuw_kan_niet: str = ""
    weg_kan_niet: str = ""
    meenemen: str = ""


@dataclass(frozen=True)
class Mijnbalie:
    """`kan_niet`: waarom deze balie nu niemand kan oproepen, of leeg."""

    id: str
    naam: str
    nu: Kaart | None
    volgende: Kaart | None
    kan_niet: str = ""


@dataclass(frozen=True)
class Bord:
    """Alles wat er staat, zonder namen. Twee keer hetzelfde bord is twee keer hetzelfde scherm."""

    fase: Fase
    kop: Kop
    mijn: Mijnbalie | None
    wacht: tuple[Regel, ...]
    komt: tuple[Regel, ...]
    opgeroepen: tuple[Oproepregel, ...]
    apart: tuple[Oproepregel, ...]
    klaar: tuple[Regel, ...]
    balies: tuple[Balieregel, ...]
    aantal_klaar: int
    aantal_niet_gekomen: int

    @property
    def toon_ids(self) -> tuple[str, ...]:
        """Van wie de naam op Mijn balie mag staan: nu en hierna."""
        mijn = self.mijn
        kaarten = (mijn.nu, mijn.volgende) if mijn is not None else ()
        return tuple(kaart.id for kaart in kaarten if kaart is not None)


def make_bord(
    stand: Avondstand,
    balie: str,
    volgorde: Sequence[Beurt],
    beurt: Beurt | None,
    voorspelling: Voorspelling,
    woorden: Woorden,
) -> Bord:
    """Het bord van dit moment, voor wie aan `balie` zit ("" = geen). `beurt`: wie daar hierna komt."""
    per_toestand: dict[Toestand, list[Bezoek]] = {toestand: [] for toestand in Toestand}
    for bezoek in stand.bezoeken:
        per_toestand[bezoek.toestand].append(bezoek)
    weg = per_toestand[Toestand.NIET_GEKOMEN]
    klaar = per_toestand[Toestand.KLAAR]
    return Bord(
        fase_van(stand),
        make_kop(stand, voorspelling),
        _make_mijn(stand, balie, beurt, voorspelling, woorden),
        _make_wacht(stand, per_toestand[Toestand.AANGEMELD], volgorde, beurt, woorden),
        tuple(_komt(stand, b, woorden) for b in _op_tijd(per_toestand[Toestand.BEVESTIGD])),
        tuple(_opgeroepen(stand, b) for b in per_toestand[Toestand.OPGEROEPEN]),
        tuple(_apart(b) for b in per_toestand[Toestand.EVEN_APART]),
        tuple(_klaar(stand, b) for b in sorted((*klaar, *weg), key=_laatste_stap, reverse=True)),
        tuple(_make_balie(stand, id_, voorspelling) for id_ in balies_van(stand)),
        len(klaar),
        len(weg),
    )


def fase_van(stand: Avondstand) -> Fase:
    """Dicht voor boeken kan ook een avond zijn die eerder dichtgaat: wie een nummer heeft, is er nog."""
    toestand = stand.avond.toestand
    if toestand is AvondToestand.AFGESLOTEN:
        return Fase.AFGESLOTEN
    genummerd = toestand is AvondToestand.DICHT_VOOR_BOEKEN and any(b.volgnummer for b in stand.bezoeken)
    return Fase.BEZIG if toestand is AvondToestand.BEZIG or genummerd else Fase.NIET_OPEN


def klok(moment: datetime) -> str:
    """ "18.05", zoals in een kolom."""
    hier = lokaal(moment)
    return f"{hier.hour}.{hier.minute:02d}"


def klok_ongeveer(moment: datetime) -> str:
    """ "18.25" voor 18.22: een verwachting is nooit op de minuut, en liever te laat dan te vroeg."""
    rest = (moment.minute % 5) * 60 + moment.second
    return klok(moment + timedelta(seconds=300 - rest) if rest else moment)


def minuten_tussen(van: datetime, tot: datetime) -> int:
    return max(0, int((tot - van).total_seconds() // 60))


def zeg_minuten(aantal: int) -> str:
    return f"{aantal} {'minuut' if aantal == 1 else 'minuten'}"


def balies_van(stand: Avondstand) -> tuple[str, ...]:
    """De balies van vanavond, in de volgorde van de inrichting; wat daar niet in staat achteraan."""
    bezet = {p.balie for p in stand.avond.plekken} | {b.balie for b in stand.bezoeken if b.balie}
    bekend = [id_ for id_ in stand.balienamen if id_ in bezet or not stand.avond.plekken]
    return (*bekend, *sorted(bezet - set(bekend)))


def balienaam(stand: Avondstand, id_: str) -> str:
    naam = stand.balienamen.get(id_, id_)
    return naam if naam.casefold().startswith("balie") else f"Balie {naam}"


# --- kop ---------------------------------------------------------------------------------------------------


def make_kop(stand: Avondstand, voorspelling: Voorspelling) -> Kop:
    uren = " en ".join(f"{klok(vak.begin_utc)}–{klok(vak.eind_utc)}" for vak in stand.avond.open)
    langst = max(
        (
            voorspelling.per_bezoek[b.id].wacht_min
            for b in stand.bezoeken
            if b.toestand is Toestand.AANGEMELD and b.id in voorspelling.per_bezoek
        ),
        default=None,
    )
    uitloop = voorspelling.uitloop_min
    return Kop(
        datum_kort(stand.datum, stand.datum),
        f"{uren} uur" if uren else stand.avond.dicht_omdat or "gesloten",
        klok(stand.nu),
        "niemand wacht" if langst is None else f"wachten: {wachtwoorden(langst)}",
        f"loopt {zeg_minuten(uitloop)} uit" if uitloop > 0 else "loopt op tijd",
        uitloop > 0,
    )


# --- mijn balie --------------------------------------------------------------------------------------------


def _make_mijn(
    stand: Avondstand, balie: str, beurt: Beurt | None, voorspelling: Voorspelling, woorden: Woorden
) -> Mijnbalie | None:
    if balie not in balies_van(stand):
        return None
    nu = stand.at_balie(balie)
    kan_niet = ""
    if nu is not None:
        kan_niet = f"Eerst {nu.volgnummer}: kies Klaar of Even apart."
    elif beurt is None:
        kan_niet = "Er wacht niemand die u nu kunt helpen."
    volgende = make_kaart(stand, beurt.bezoek, woorden) if beurt is not None else None
    if volgende is not None and beurt is not None:
        volgende = replace(volgende, waarom=beurt.waarom, meenemen="")  # dat komt als hij er zit
    nu_kaart = make_kaart(stand, nu, woorden) if nu is not None else None
    return Mijnbalie(balie, balienaam(stand, balie), nu_kaart, volgende, kan_niet)


def make_kaart(stand: Avondstand, bezoek: Bezoek, woorden: Woorden) -> Kaart:
    """Wat de medewerker aan de balie van iemand ziet, behalve de naam."""
    return Kaart(
        bezoek.id,
        bezoek.volgnummer,
        bezoek.toestand,
        "\n".join(_zeg_regel(regel) for regel in bezoek.regels) or bezoek.groep or OVERIG,
        _zeg_sinds(stand, bezoek),
        ", ".join(_bijzonder(bezoek, woorden, kort=False)),
        bezoek.notitie,
        bezoek.regels,
        bezoek.oproepen,
        opnieuw_kan_niet=rust_zin(stand, bezoek),
        weg_kan_niet=respijt_zin(stand, bezoek),
        meenemen=", ".join(
            dict.fromkeys(wat for regel in bezoek.regels for wat in woorden.meenemen.get(regel.product, ()))
        ),
    )


def _zeg_regel(regel: Afspraakregel) -> str:
    return f"{regel.naam}, {regel.personen} personen" if regel.personen > 1 else regel.naam


def _zeg_sinds(stand: Avondstand, bezoek: Bezoek) -> str:
    """Waar iemand staat en hoe lang al: "Aan de balie sinds 17.58 uur (9 minuten)"."""
    woord, sinds = {
        Toestand.AAN_DE_BALIE: ("Aan de balie", bezoek.begonnen_op),
        Toestand.OPGEROEPEN: ("Opgeroepen", bezoek.opgeroepen_op),
        Toestand.AANGEMELD: ("Aangemeld", bezoek.aangemeld_op),
        Toestand.EVEN_APART: ("Even apart", bezoek.apart_op),
    }.get(bezoek.toestand, ("", None))
    tijd = f"Afspraak om {klok(bezoek.tijd)} uur" if bezoek.tijd else "Zonder afspraak"
    if sinds is None:
        return tijd
    gewerkt = bezoek.gewerkt // 60 if bezoek.toestand is Toestand.AAN_DE_BALIE else 0
    al = zeg_minuten(minuten_tussen(sinds, stand.nu) + gewerkt)
    return f"{tijd}\n{woord} sinds {klok(sinds)} uur ({al})"


def rust_zin(stand: Avondstand, bezoek: Bezoek) -> str:
    """Waarom er nu niet nog een keer kan worden opgeroepen, of leeg."""
    if bezoek.toestand is not Toestand.OPGEROEPEN:
        return ""
    if bezoek.oproepen >= stand.regels.oproepen_max:
        return f"{bezoek.volgnummer} is al {bezoek.oproepen} keer opgeroepen."
    if bezoek.opgeroepen_op is None:
        return ""
    kan_om = bezoek.opgeroepen_op + timedelta(minutes=stand.regels.rust)
    nog = -int((stand.nu - kan_om).total_seconds() // 60)
    return f"Over {zeg_minuten(nog)} kan het weer." if stand.nu < kan_om else ""


def respijt_zin(stand: Avondstand, bezoek: Bezoek) -> str:
    """Waarom *Niet gekomen* nu nog niet mag, of leeg."""
    if bezoek.tijd is None or bezoek.toestand in (Toestand.AANGEMELD, Toestand.EVEN_APART):
        return ""
    kan_om = bezoek.tijd + timedelta(minutes=stand.regels.respijt)
    return f"Niet gekomen kan vanaf {klok(kan_om)} uur." if stand.nu < kan_om else ""


# --- lijsten -----------------------------------------------------------------------------------------------


def _make_wacht(
    stand: Avondstand,
    wachten: Sequence[Bezoek],
    volgorde: Sequence[Beurt],
    beurt: Beurt | None,
    woorden: Woorden,
) -> tuple[Regel, ...]:
    """Wie er wacht, in de volgorde waarin zij aan de beurt komen."""
    plaats = {b.bezoek.id: nummer for nummer, b in enumerate(volgorde)}
    waarom = {b.bezoek.id: b.waarom for b in volgorde}
    rij = sorted(wachten, key=lambda b: (plaats.get(b.id, len(plaats)), b.volgnummer))
    eerste = beurt.bezoek.id if beurt is not None else ""
    uit = []
    for bezoek in rij:
        eerst = bezoek.id == eerste
        bij = _bijzonder(bezoek, woorden)
        minuten = minuten_tussen(bezoek.aangemeld_op, stand.nu) if bezoek.aangemeld_op else 0
        uit.append(
            Regel(
                bezoek.id,
                bezoek.volgnummer,
                klok(bezoek.tijd) if bezoek.tijd else "–",
                f"{minuten} min",
                bezoek.groep or OVERIG,
                ", ".join((*(("aan de beurt",) if eerst else ()), *bij)),
                waarom.get(bezoek.id, ""),
                aan_de_beurt=eerst,
                let_op=bezoek.te_laat or bezoek.voorrang,
                toestand=bezoek.toestand,
            )
        )
    return tuple(uit)


def _bijzonder(bezoek: Bezoek, woorden: Woorden, *, kort: bool = True) -> list[str]:
    """Wat er bij iemand te weten is zonder te zeggen wie hij is; `kort` voor een rij in een lijst."""
    bij = []
    if bezoek.voorrang:
        bij.append("voorrang")
    if bezoek.te_laat:
        bij.append("te laat")
    if kort and bezoek.soort is SoortBezoek.ZONDER_AFSPRAAK:
        bij.append("zonder afspraak")
    bij += [woorden.behoefte(code, bezoek.taal) for code in bezoek.behoeften]
    if kort and bezoek.notitie:
        bij.append("notitie")  # wat erin staat, leest alleen wie hem helpt
    return bij


def _op_tijd(bezoeken: Sequence[Bezoek]) -> list[Bezoek]:
    return sorted(bezoeken, key=lambda b: (b.tijd.timestamp() if b.tijd else 0.0, b.volgnummer))


def is_te_laat(stand: Avondstand, bezoek: Bezoek) -> bool:
    """Nog niet aangemeld, en het respijt is om."""
    return (
        bezoek.toestand is Toestand.BEVESTIGD
        and bezoek.tijd is not None
        and stand.nu >= bezoek.tijd + timedelta(minutes=stand.regels.respijt)
    )


def _komt(stand: Avondstand, bezoek: Bezoek, woorden: Woorden) -> Regel:
    laat = is_te_laat(stand, bezoek)
    bij = _bijzonder(bezoek, woorden)
    return Regel(
        bezoek.id,
        bezoek.volgnummer or "–",
        klok(bezoek.tijd) if bezoek.tijd else "–",
        "",
        bezoek.groep or OVERIG,
        ", ".join((*(("nog niet gemeld",) if laat else ()), *bij)),
        let_op=laat,
        toestand=bezoek.toestand,
    )


def _opgeroepen(stand: Avondstand, bezoek: Bezoek) -> Oproepregel:
    keer = {1: "eerste keer", 2: "tweede keer", 3: "derde keer"}.get(
        bezoek.oproepen, f"{bezoek.oproepen}e keer"
    )
    om = f" om {klok(bezoek.opgeroepen_op)} uur" if bezoek.opgeroepen_op else ""
    waar = balienaam(stand, bezoek.balie)
    return Oproepregel(bezoek.id, bezoek.volgnummer, f"{waar}, {keer}{om}", rust_zin(stand, bezoek))


def _apart(bezoek: Bezoek) -> Oproepregel:
    sinds = f"sinds {klok(bezoek.apart_op)} uur" if bezoek.apart_op else ""
    wat = bezoek.apart_omdat if len(bezoek.apart_omdat) <= 40 else f"{bezoek.apart_omdat[:39]}…"
    return Oproepregel(bezoek.id, bezoek.volgnummer, ", ".join(deel for deel in (wat, sinds) if deel))


def _laatste_stap(bezoek: Bezoek) -> tuple[float, str]:
    moment = bezoek.klaar_op or bezoek.opgeroepen_op or bezoek.tijd
    return (moment.timestamp() if moment else 0.0, bezoek.volgnummer)


def _klaar(stand: Avondstand, bezoek: Bezoek) -> Regel:
    weg = bezoek.toestand is Toestand.NIET_GEKOMEN
    waar = balienaam(stand, bezoek.balie) if bezoek.balie and not weg else ""
    om = f"klaar om {klok(bezoek.klaar_op)} uur" if bezoek.klaar_op and not weg else ""
    woord = "niet gekomen" if weg else om or "klaar"
    return Regel(
        bezoek.id,
        bezoek.volgnummer or "–",
        klok(bezoek.tijd) if bezoek.tijd else "–",
        "",
        bezoek.groep or OVERIG,
        ", ".join(deel for deel in (woord, waar) if deel),
        toestand=bezoek.toestand,
    )


# --- balies ------------------------------------------------------------------------------------------------


def _make_balie(stand: Avondstand, id_: str, voorspelling: Voorspelling) -> Balieregel:
    nu = floor_tik(stand.nu)
    plekken = sorted((p for p in stand.avond.plekken if p.balie == id_), key=lambda p: p.vak)
    hier = next((p for p in plekken if p.vak.begin <= nu < p.vak.eind), None)
    later = next((p for p in plekken if p.vak.begin > nu), None)
    plek: Plek | None = hier or later
    wie = stand.at_balie(id_)
    verwacht = voorspelling.per_balie.get(id_)
    uit = verwacht is not None and verwacht.loopt_uit_min > 0
    if wie is not None:
        woord = "opgeroepen" if wie.toestand is Toestand.OPGEROEPEN else "aan de balie"
        zin = f"{wie.volgnummer} {woord}"
    elif hier is not None:
        zin = "vrij"
    elif later is not None:
        zin = f"vanaf {klok(later.vak.begin_utc)} uur"
    else:
        zin = "dicht"
    return Balieregel(
        id_,
        balienaam(stand, id_),
        plek.organisatie if plek is not None else "",
        f"{zin}, loopt uit" if uit else zin,
        is_vrij=wie is None and hier is not None,
        loopt_uit=uit,
        is_dicht=wie is None and hier is None,
    )
