"""Zet alinea's op bladzijden: regels afbreken, koppen bij hun tekst houden, bladzijden nummeren.

Krijgt blokken op leesvolgorde en geeft een pdf. Weet niets van brieven. Het kleinste wat er komt te staan
is de lettergrootte van de gewone tekst, ook onderaan de bladzijde.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from frontoffice.documents.lettertype import Stuk, Teken, lay_out, resolve
from frontoffice.documents.pdf import A4, A4_LIGGEND, MM, Element, Pdf
from frontoffice.documents.tabel import Tabel, place_tabel


@dataclass(frozen=True)
class Stijl:
    """Letter en ruimte van een blok; alle maten zijn keren de gewone lettergrootte."""

    soort: str = "P"
    grootte: float = 1.0
    vet: bool = False
    regel: float = 1.45
    ervoor: float = 0.5
    bij_volgende: bool = False
    """Nooit als laatste op een bladzijde (een kop)."""


GEWOON = Stijl()
AAN_ELKAAR = Stijl(ervoor=0.0)
TITEL = Stijl(soort="H1", grootte=1.55, vet=True, regel=1.3, ervoor=0.6, bij_volgende=True)
_ADRESREGELS = (AAN_ELKAAR, Stijl(ervoor=0.0, regel=1.25))
"""Ruim als het past; anders dichter op elkaar, zodat het adres in het venster blijft."""
KOP = Stijl(soort="H2", grootte=1.15, vet=True, ervoor=1.0, bij_volgende=True)


@dataclass(frozen=True)
class Alinea:
    stukken: tuple[Stuk, ...]
    stijl: Stijl = GEWOON


@dataclass(frozen=True)
class Lijst:
    """Een opsomming; elk punt blijft bij elkaar zolang het op een bladzijde past."""

    punten: tuple[tuple[Stuk, ...], ...]


@dataclass(frozen=True)
class Adres:
    """Naam en adres op de plaats van het venster van een envelop.

    De plaats is die van DIN 5008 vorm B (envelop met venster volgens DIN 680): het adresveld ligt van 45 tot
    90 mm onder de bovenkant en van 20 tot 105 mm vanaf links, de tekst begint op 25 mm en de adresregels op
    62,7 mm. Zijn de letters groter, dan beginnen de regels hoger; boven 50 mm dekt de envelop ze af. NEN 1026
    is hier niet nagekeken: leg een proefbrief in de eigen envelop voor de eerste verzending.
    """

    regels: tuple[tuple[Stuk, ...], ...]


@dataclass(frozen=True)
class Figuur:
    """Een raster van zwarte en witte vakjes (rij voor rij, van boven naar beneden), met wat erop staat."""

    vakjes: tuple[tuple[bool, ...], ...]
    alt: str
    maat: float
    """Breedte en hoogte in millimeter."""


@dataclass(frozen=True)
class Naast:
    """Alinea's met rechts ernaast een figuur; blijft bij elkaar."""

    alineas: tuple[Alinea, ...]
    figuur: Figuur


@dataclass(frozen=True)
class Balk:
    """Eén staaf: een naam, hoe vol zij is (0 tot en met 1; None = geen staaf) en het getal in woorden."""

    naam: str
    deel: float | None
    tekst: str


@dataclass(frozen=True)
class Balken:
    """Staven onder elkaar, elk met naam en getal ernaast; voorgelezen is het een lijst van zinnen."""

    rijen: tuple[Balk, ...]


@dataclass(frozen=True)
class Bladzijde:
    """Hier begint een nieuwe bladzijde (niet als er nog niets staat)."""

    liggend: bool = False


Blok = Alinea | Lijst | Adres | Naast | Balken | Tabel | Bladzijde
MARGE = 22 * MM
_ONDER = 24 * MM
_LIJSTTEKEN = "•"
_INSPRING = 1.3
_GAT = 6 * MM
_NAAM_DEEL, _BALK_DEEL = 0.36, 0.34
"""Van een rij met een staaf is dit deel voor de naam en dit voor de staaf; de rest is voor het getal."""
_VENSTER_LINKS, _VENSTER_BREED = 25 * MM, 80 * MM
_VENSTER_BEGIN, _VENSTER_HOOGST, _VENSTER_ONDER = 62.7 * MM, 50 * MM, 90 * MM
_NA_VENSTER = 97 * MM
"""Hieronder gaat de brief verder: ook een brief die in de envelop verschuift, laat dan niets anders zien."""


@dataclass(frozen=True)
class _Regel:
    tekens: tuple[Teken, ...]
    hoogte: float
    punten: float
    inspring: float = 0.0
    label: tuple[Teken, ...] = ()


@dataclass(frozen=True)
class Opgemaakt:
    pdf: bytes
    bladzijden: int
    onbekend: tuple[str, ...]
    """Tekens die in geen van de letters staan en zichtbaar vervangen zijn."""
    adres_past: bool = True
    """Onwaar als het adres niet in het venster paste en als gewone tekst is gezet."""


class Opmaak:
    """Eén document: geef het de blokken, en krijg de pdf."""

    def __init__(
        self,
        *,
        titel: str,
        taal: str,
        auteur: str,
        punten: float,
        voet: Callable[[int, int], tuple[Stuk, ...]],
    ) -> None:
        """`punten`: de gewone lettergrootte. `voet`: de voettekst van bladzijde n van het totaal."""
        self._titel, self._taal, self._auteur = titel, taal, auteur
        self._punten = punten
        self._voet = voet
        self._onbekend: dict[str, None] = {}
        self._adres_past = True
        self._gebroken: dict[tuple[tuple[Stuk, ...], float, float], tuple[tuple[Teken, ...], ...]] = {}
        """Wat al in regels is verdeeld: de tweede ronde, met het aantal bladzijden, doet dat niet over."""
        self._breedte = A4[0] - 2 * MARGE

    def build(self, blokken: tuple[Blok, ...]) -> Opgemaakt:
        totaal = self._place(blokken, 0)[1]
        pdf, _ = self._place(blokken, totaal)
        return Opgemaakt(pdf.to_bytes(), totaal, tuple(self._onbekend), self._adres_past)

    # --- plaatsen -------------------------------------------------------------------------------------------

    def _place(self, blokken: tuple[Blok, ...], totaal: int) -> tuple[Pdf, int]:
        pdf = Pdf(titel=self._titel, taal=self._taal, auteur=self._auteur)
        vel = _Vel(pdf, self, totaal)
        for nummer, blok in enumerate(blokken):
            match blok:
                case Alinea():
                    vel.place_alinea(blok, self._volgende(blokken, nummer))
                case Lijst():
                    vel.place_lijst(blok)
                case Adres():
                    self._adres_past = vel.place_adres(blok)
                case Naast():
                    vel.place_naast(blok)
                case Balken():
                    vel.place_balken(blok)
                case Tabel():
                    place_tabel(blok, vel, pdf, MARGE)
                case Bladzijde():
                    vel.begin(liggend=blok.liggend)
        vel.finish()
        return pdf, vel.bladzijde

    def _volgende(self, blokken: tuple[Blok, ...], nummer: int) -> float:
        """Hoeveel ruimte er na een kop nog moet zijn: wat erbij hoort, tot en met de eerste regels tekst."""
        if nummer + 1 == len(blokken):
            return 0.0
        volgende = blokken[nummer + 1]
        if isinstance(volgende, Naast):
            return self.height(volgende)
        if isinstance(volgende, Alinea):
            hoogte = volgende.stijl.ervoor * self._punten
            hoogte += sum(regel.hoogte for regel in self.lines(volgende, self._breedte)[:3])
            return hoogte + (self._volgende(blokken, nummer + 1) if volgende.stijl.bij_volgende else 0.0)
        return 2.5 * GEWOON.regel * self._punten

    def height(self, blok: Naast) -> float:
        smal = self._breedte - blok.figuur.maat * MM - _GAT
        tekst = sum(
            sum(regel.hoogte for regel in self.lines(alinea, smal)) + alinea.stijl.ervoor * self._punten
            for alinea in blok.alineas
        )
        return max(tekst, blok.figuur.maat * MM)

    # --- regels ---------------------------------------------------------------------------------------------

    def lines(self, alinea: Alinea, breedte: float) -> tuple[_Regel, ...]:
        stijl = alinea.stijl
        punten = self._punten * stijl.grootte
        stukken = tuple(Stuk(s.tekst, s.vet or stijl.vet, s.los, s.taal) for s in alinea.stukken)
        return tuple(
            _Regel(tekens, punten * stijl.regel, punten) for tekens in self._split(stukken, breedte, punten)
        )

    def item_lines(self, stukken: tuple[Stuk, ...], breedte: float) -> tuple[_Regel, ...]:
        punten = self._punten
        inspring = _INSPRING * punten
        return tuple(
            _Regel(
                tekens,
                punten * GEWOON.regel,
                punten,
                inspring,
                self.read((Stuk(_LIJSTTEKEN + " "),)) if nummer == 0 else (),
            )
            for nummer, tekens in enumerate(self._split(stukken, breedte - inspring, punten))
        )

    def _split(
        self, stukken: tuple[Stuk, ...], breedte: float, punten: float
    ) -> tuple[tuple[Teken, ...], ...]:
        sleutel = (stukken, breedte, punten)
        if sleutel not in self._gebroken:
            self._gebroken[sleutel] = tuple(self._break(self.read(stukken), breedte, punten))
        return self._gebroken[sleutel]

    def read(self, stukken: tuple[Stuk, ...]) -> tuple[Teken, ...]:
        tekens, onbekend = resolve(stukken)
        self._onbekend.update(dict.fromkeys(onbekend))
        return tekens

    def _break(self, tekens: tuple[Teken, ...], breedte: float, punten: float) -> Iterator[tuple[Teken, ...]]:
        """Regels die passen; een woord dat langer is dan een regel breekt tussen twee tekens af."""
        regel: tuple[Teken, ...] = ()
        vol = 0.0
        for woord in _words(tekens):
            lengte = _width(woord, punten)
            kaal = _width(_without_space(woord), punten)
            if regel and vol + kaal > breedte:
                yield regel
                regel, vol = (), 0.0
            while not regel and kaal > breedte:
                deel = _fitting(woord, breedte, punten)
                yield woord[:deel]
                woord = woord[deel:]
                lengte, kaal = _width(woord, punten), _width(_without_space(woord), punten)
            regel += woord
            vol += lengte
        if regel:
            yield regel

    @property
    def punten(self) -> float:
        return self._punten

    @property
    def breedte(self) -> float:
        return self._breedte

    def footer(self, nummer: int, totaal: int) -> tuple[Stuk, ...]:
        return self._voet(nummer, totaal)


class _Vel:
    """De bladzijde waarop nu geschreven wordt."""

    def __init__(self, pdf: Pdf, opmaak: Opmaak, totaal: int) -> None:
        self._pdf = pdf
        self._opmaak = opmaak
        self._totaal = totaal
        self.proef = totaal == 0
        """De eerste ronde telt alleen de bladzijden."""
        self.bladzijde = 1
        self._papier = A4
        self.y = self._boven

    @property
    def _boven(self) -> float:
        return self._papier[1] - MARGE

    @property
    def breed(self) -> float:
        return self._papier[0] - 2 * MARGE

    def begin(self, *, liggend: bool) -> None:
        """Ga verder op een bladzijde waar nog niets op staat."""
        papier = A4_LIGGEND if liggend else A4
        if self.y < self._boven:
            self._next_page(papier)
        elif papier != self._papier:
            self._turn(papier)

    def _turn(self, papier: tuple[float, float]) -> None:
        self._papier = papier
        self._pdf.turn(papier)
        self.y = self._boven

    def place_alinea(self, alinea: Alinea, ruimte_erna: float) -> None:
        regels = self._opmaak.lines(alinea, self.breed)
        nodig = sum(regel.hoogte for regel in regels) if len(regels) < 4 else 2 * regels[0].hoogte
        self._space(alinea.stijl.ervoor)
        self._need(nodig + (ruimte_erna if alinea.stijl.bij_volgende else 0))
        element = self._pdf.add(alinea.stijl.soort)
        for nummer, regel in enumerate(regels):
            laatste_twee = nummer == len(regels) - 2
            self._need(regel.hoogte * (2 if laatste_twee else 1))
            self._write(element, regel)

    def place_lijst(self, lijst: Lijst) -> None:
        boom = self._pdf.add("L")
        for punt in lijst.punten:
            regels = self._opmaak.item_lines(punt, self.breed)
            self._space(0.25)
            self._need(min(sum(regel.hoogte for regel in regels), 0.5 * A4[1]))
            item = self._pdf.add("LI", boom)
            label, tekst = self._pdf.add("Lbl", item), self._pdf.add("LBody", item)
            for regel in regels:
                self._need(regel.hoogte)
                self._write(tekst, regel, label)

    def place_adres(self, adres: Adres) -> bool:
        """Waar als het in het venster past; anders staat het er als gewone tekst."""
        # Met een spatie erachter blijft voorgelezen het huisnummer los van de postcode.
        stukken = [(*regel, Stuk(" ")) for regel in adres.regels]
        past = False
        for stijl in _ADRESREGELS:
            regels = [r for s in stukken for r in self._opmaak.lines(Alinea(s, stijl), _VENSTER_BREED)]
            begin = min(_VENSTER_BEGIN, _VENSTER_ONDER - sum(regel.hoogte for regel in regels))
            past = begin >= _VENSTER_HOOGST and self.y >= A4[1] - begin
            if past:
                self.y = A4[1] - begin
                break
        else:
            self._space(1.0)
            breed = self.breed
            regels = [r for s in stukken for r in self._opmaak.lines(Alinea(s, AAN_ELKAAR), breed)]
        element = self._pdf.add("P")
        for regel in regels:
            self._need(regel.hoogte)
            self._write(element, regel, links=_VENSTER_LINKS if past else MARGE)
        if past:
            self.y = min(self.y, A4[1] - _NA_VENSTER)
        return past

    def place_naast(self, blok: Naast) -> None:
        maat = blok.figuur.maat * MM
        smal = self.breed - maat - _GAT
        self._need(self._opmaak.height(blok))
        boven = self.y
        for alinea in blok.alineas:
            element = self._pdf.add(alinea.stijl.soort)
            self._space(alinea.stijl.ervoor)
            for regel in self._opmaak.lines(alinea, smal):
                self._write(element, regel)
        self._figure(blok.figuur, self._papier[0] - MARGE - maat, boven - 0.5 * self._opmaak.punten)
        self.y = min(self.y, boven - maat - 0.5 * self._opmaak.punten)

    def place_balken(self, balken: Balken) -> None:
        boom = self._pdf.add("L")
        breed = self.breed
        x_balk, x_tekst = MARGE + _NAAM_DEEL * breed, MARGE + (_NAAM_DEEL + _BALK_DEEL) * breed + _GAT
        for balk in balken.rijen:
            namen = self._opmaak.lines(
                Alinea((Stuk(f"{balk.naam}: "),), AAN_ELKAAR), _NAAM_DEEL * breed - 0.5 * _GAT
            )
            teksten = self._opmaak.lines(Alinea((Stuk(balk.tekst),), AAN_ELKAAR), MARGE + breed - x_tekst)
            self._need(sum(regel.hoogte for regel in max(namen, teksten, key=len)))
            boven = self.y
            element = self._pdf.add("LBody", self._pdf.add("LI", boom))
            onder = boven
            for regels, links in ((namen, MARGE), (teksten, x_tekst)):
                self.y = boven
                for regel in regels:
                    self._write(element, regel, links=links)
                onder = min(onder, self.y)
            self.y = onder
            if balk.deel is not None and not self.proef:
                hoog = 0.8 * self._opmaak.punten
                y = boven - 0.5 * (teksten[0].hoogte + hoog)
                self._pdf.bar(x_balk, y, _BALK_DEEL * breed, hoog, balk.deel)

    def lay_cel(self, stukken: tuple[Stuk, ...], breedte: float, grootte: float) -> tuple[_Regel, ...]:
        return self._opmaak.lines(Alinea(stukken, Stijl(grootte=grootte, regel=1.3)), breedte)

    def take(self, hoogte: float) -> None:
        self.y -= hoogte

    def fresh(self, hoogte: float) -> bool:
        """Begin een nieuwe bladzijde als dit er niet meer bij kan; waar als dat gebeurde."""
        voor = self.bladzijde
        self._need(hoogte)
        return self.bladzijde != voor

    def _figure(self, figuur: Figuur, x: float, boven: float) -> None:
        vakje = figuur.maat * MM / len(figuur.vakjes)
        element = self._pdf.add("Figure", alt=figuur.alt)
        zwart = [
            (x + kolom * vakje, boven - (rij + 1) * vakje)
            for rij, vakjes in enumerate(figuur.vakjes)
            for kolom, is_zwart in enumerate(vakjes)
            if is_zwart
        ]
        self._pdf.squares(element, zwart, vakje)

    def finish(self) -> None:
        """De voettekst van deze bladzijde, als die er is."""
        tekens = self._opmaak.read(self._opmaak.footer(self.bladzijde, self._totaal))
        if self.proef or not tekens:
            return
        y = _ONDER - 1.6 * self._opmaak.punten
        self._pdf.rule(MARGE, _ONDER - 0.2 * self._opmaak.punten, self.breed)
        self._pdf.text(None, *lay_out(tekens), MARGE, y, self._opmaak.punten)

    def _space(self, keer: float) -> None:
        """Witruimte boven een blok; boven aan een bladzijde valt die weg."""
        if self.y < self._boven:
            self.y -= keer * self._opmaak.punten

    def _need(self, hoogte: float) -> None:
        if self.y - hoogte >= _ONDER or self.y >= self._boven:
            return
        self._next_page(self._papier)

    def _next_page(self, papier: tuple[float, float]) -> None:
        self.finish()
        self._pdf.new_page()
        self.bladzijde += 1
        self._turn(papier)

    def _write(
        self, element: Element, regel: _Regel, label: Element | None = None, links: float = MARGE
    ) -> None:
        self.y -= regel.hoogte
        if self.proef:
            return
        lijn = self.y + 0.35 * regel.punten
        if label is not None and regel.label:
            self._pdf.text(label, *lay_out(regel.label), MARGE, lijn, regel.punten)
        self._pdf.text(element, *lay_out(regel.tekens), links + regel.inspring, lijn, regel.punten)


def _words(tekens: tuple[Teken, ...]) -> Iterator[tuple[Teken, ...]]:
    """Stukken die bij elkaar blijven: een woord met de spatie erachter, of tot en met een koppelteken."""
    begin = 0
    for nummer, teken in enumerate(tekens):
        volgende = tekens[nummer + 1].tekst if nummer + 1 < len(tekens) else ""
        na_spatie = teken.tekst == " " and volgende != " "
        vorige = tekens[nummer - 1].tekst if nummer else ""
        na_streep = teken.tekst == "-" and vorige.isalpha() and volgende.isalpha()
        if na_spatie or na_streep:
            yield tekens[begin : nummer + 1]
            begin = nummer + 1
    if begin < len(tekens):
        yield tekens[begin:]


def _without_space(woord: tuple[Teken, ...]) -> tuple[Teken, ...]:
    eind = len(woord)
    while eind and woord[eind - 1].tekst == " ":
        eind -= 1
    return woord[:eind]


def _width(woord: tuple[Teken, ...], punten: float) -> float:
    return sum(reeks.breedte for reeks in lay_out(woord)[0]) * punten / 1000


def _fitting(woord: tuple[Teken, ...], breedte: float, punten: float) -> int:
    """Hoeveel tekens van een te lang woord op een regel passen; altijd minstens één."""
    laag, hoog = 1, len(woord)
    while laag < hoog:
        midden = (laag + hoog + 1) // 2
        if _width(woord[:midden], punten) <= breedte:
            laag = midden
        else:
            hoog = midden - 1
    return laag
