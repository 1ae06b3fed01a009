"""De brief over een afspraak: bevestigd, verzet of afgezegd; gewoon of in grote letters; nl, de of en.

Zet een `Bevestiging` om in een pdf. Beslist niets over de afspraak en bewaart niets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.graphics.barcode import qrencoder

from frontoffice.documents.bestand import file_name
from frontoffice.documents.bevestiging import Bevestiging, Soort
from frontoffice.documents.briefteksten import BCP47, Briefteksten, read_teksten
from frontoffice.documents.lettertype import Stuk
from frontoffice.documents.opmaak import (
    AAN_ELKAAR,
    GEWOON,
    KOP,
    TITEL,
    Adres,
    Alinea,
    Blok,
    Figuur,
    Lijst,
    Naast,
    Opmaak,
    Stijl,
)
from frontoffice.domain import taal as nederlands

_KERN = Stijl(ervoor=0.25)
_MERK = Stijl(vet=True, ervoor=0.0)
_QR_MAAT = 30.0
"""Millimeter: ook van een wat vuile kopie nog te lezen."""


@dataclass(frozen=True)
class Brief:
    """Een brief die klaar is. `onbekend`: tekens die in geen van de letters staan, zichtbaar vervangen."""

    pdf: bytes
    bladzijden: int
    bestandsnaam: str
    onbekend: tuple[str, ...] = ()
    onvertaald: tuple[str, ...] = ()
    """Wat er in het Nederlands staat omdat de inrichting er geen vertaling van heeft."""
    adres_past: bool = True

    @property
    def waarschuwing(self) -> str:
        """Wat de medewerker moet weten voor de brief weggaat; leeg als er niets is."""
        zinnen = []
        if self.onbekend:
            zinnen.append(
                f"Deze tekens kan de brief niet laten zien: {' '.join(self.onbekend)}. "
                "Op die plaats staat [?]. Schrijf de naam met andere letters."
            )
        if self.onvertaald:
            zinnen.append(
                f"Dit staat er in het Nederlands: {'; '.join(self.onvertaald)}. Leg het uit aan de klant. "
                "Beheer kan het laten vertalen."
            )
        if not self.adres_past:
            zinnen.append("Het adres past niet in het venster. Gebruik een envelop zonder venster.")
        return " ".join(zinnen)


def make_brief(bevestiging: Bevestiging) -> Brief:
    """Maak de pdf. Duurt: niet op de UI-draad."""
    teksten = read_teksten(bevestiging.taal)
    opmaak = Opmaak(
        titel=teksten.tekst(f"titel_{bevestiging.soort.value}"),
        taal=BCP47[bevestiging.taal],
        auteur=bevestiging.afzender,
        punten=float(bevestiging.letters),
        voet=lambda nummer, totaal: _voet(teksten, nummer, totaal),
    )
    klaar = opmaak.build(tuple(_Schrijver(bevestiging, teksten).blokken()))
    naam = file_name("afspraak", bevestiging.nummer, "pdf")
    onvertaald = bevestiging.missing(bevestiging.taal)
    return Brief(klaar.pdf, klaar.bladzijden, naam, klaar.onbekend, onvertaald, klaar.adres_past)


def _voet(teksten: Briefteksten, nummer: int, totaal: int) -> tuple[Stuk, ...]:
    return teksten.zin("bladzijde", nummer=str(nummer), totaal=str(totaal))


class _Schrijver:
    """De blokken van één brief, op leesvolgorde."""

    def __init__(self, bevestiging: Bevestiging, teksten: Briefteksten) -> None:
        self._b = bevestiging
        self._t = teksten

    def blokken(self) -> list[Blok]:
        b = self._b
        blokken = [*self._hoofd(), self._kern()]
        if b.soort is not Soort.AFGEZEGD:
            blokken += [*self._lijsten(), *self._kosten(), *self._ophalen()]
        return [*blokken, *self._wijzigen(), *self._slot()]

    def _hoofd(self) -> list[Blok]:
        b = self._b
        blokken: list[Blok] = []
        if b.voorbeeld:
            blokken.append(Alinea(self._t.zin("voorbeeld"), _MERK))
        blokken.append(Alinea((Stuk(b.afzender, vet=True, los=True),), AAN_ELKAAR))
        if b.adres:
            regels = tuple((Stuk(regel, los=True),) for regel in (b.naam, *b.adres))
            blokken.append(Adres(regels))
        blokken.append(Alinea((Stuk(self._t.briefdatum(b.gemaakt_op)),)))
        blokken.append(Alinea(self._t.zin(f"titel_{b.soort.value}"), TITEL))
        blokken.append(Alinea(self._t.zin("aanhef", naam=b.naam)))
        blokken.append(Alinea(self._t.zin(f"inleiding_{b.soort.value}")))
        return blokken

    def _kern(self) -> Blok:
        """Wat iemand als eerste zoekt: wanneer, waar, waarvoor en het nummer."""
        b, t = self._b, self._t
        waar = [t.stukken(b.plaats.woorden), *((Stuk(_unbroken(deel), los=True),) for deel in b.plaats.adres)]
        regels = [
            ("wanneer", [_los(t.moment(b.begin))]),
            ("waar", waar),
            ("waarvoor", [t.product(p.naam, p.personen) for p in b.producten]),
        ]
        if b.soort is not Soort.AFGEZEGD:
            regels.append(("duur", [t.zin("duur_minuten", minuten=str(b.minuten))]))
        regels += [("nummer", [_los(b.nummer)]), ("code", [_los(b.code)])]
        alineas = [self._row(sleutel, waarden) for sleutel, waarden in regels]
        if b.soort is Soort.AFGEZEGD:
            alineas.pop()
        alineas[0] = replace(alineas[0], stijl=replace(_KERN, ervoor=1.0, grootte=1.12))
        figuur = Figuur(qr_raster(b.nummer), t.tekst("qr", nummer=b.nummer), _QR_MAAT)
        return Naast(tuple(alineas), figuur)

    def _row(self, sleutel: str, waarden: list[tuple[Stuk, ...]]) -> Alinea:
        """ "Waar: gemeentehuis, Raadhuisplein 1, Losser": het woord vet, en gewoon ervoor te lezen."""
        stukken = [*(replace(stuk, vet=True) for stuk in self._t.zin(sleutel)), Stuk(": ", vet=True)]
        for nummer, waarde in enumerate(waarden):
            if nummer:
                stukken.append(Stuk("; " if sleutel == "waarvoor" else ", "))
            stukken += [replace(stuk, vet=sleutel == "wanneer") for stuk in waarde]
        return Alinea(tuple(stukken), _KERN)

    def _lijsten(self) -> list[Blok]:
        b, t = self._b, self._t
        blokken: list[Blok] = [Alinea(t.zin("binnenkomst"))]
        for kop, inleiding, slot, punten in (
            ("kop_komt", "komt", "", b.wie_komt),
            ("kop_meenemen", "", "meenemen", b.meenemen),
            ("kop_geregeld", "", "", b.geregeld),
        ):
            if not punten:
                continue
            blokken.append(Alinea(t.zin(kop), KOP))
            if inleiding:
                blokken.append(Alinea(t.zin(inleiding), replace(AAN_ELKAAR, bij_volgende=True)))
            blokken.append(Lijst(tuple(t.punt(punt) for punt in punten)))
            if slot:
                blokken.append(Alinea(t.zin(slot), replace(GEWOON, ervoor=0.25)))
        return blokken

    def _kosten(self) -> list[Blok]:
        b, t = self._b, self._t
        if not b.kosten:
            return []
        kop = Alinea(t.zin("kop_kosten"), KOP)
        samen = sum((regel.bedrag for regel in b.kosten), start=b.kosten[0].bedrag * 0)
        if not samen:
            return [kop, Alinea(t.zin("kosten_geen"), AAN_ELKAAR)]
        punten = [t.zin("kosten_regel", naam=t.stukken(r.naam), bedrag=t.bedrag(r.bedrag)) for r in b.kosten]
        if len(punten) > 1:
            totaal = t.zin("kosten_samen", bedrag=t.bedrag(samen))
            punten.append(tuple(replace(stuk, vet=True) for stuk in totaal))
        dag = t.briefdatum(nederlands.dag_van(b.begin))
        uitleg = Alinea(t.zin("kosten", datum=dag), replace(AAN_ELKAAR, bij_volgende=True))
        return [kop, uitleg, Lijst(tuple(punten))]

    def _ophalen(self) -> list[Blok]:
        ophalen, t = self._b.ophalen, self._t
        if ophalen is None:
            return []
        tekst = t.zin("ophalen_vanaf", datum=t.datum(ophalen.vanaf))
        if ophalen.begin is not None:
            tekst = t.zin(
                "ophalen_afspraak", moment=t.moment(ophalen.begin), nummer=ophalen.nummer, code=ophalen.code
            )
        return [Alinea(t.zin("kop_ophalen"), KOP), Alinea(tekst, AAN_ELKAAR)]

    def _wijzigen(self) -> list[Blok]:
        b, t = self._b, self._t
        soort = "opnieuw" if b.soort is Soort.AFGEZEGD else "wijzigen"
        blokken: list[Blok] = [
            Alinea(t.zin(f"kop_{soort}"), KOP),
            Alinea(t.zin(soort), AAN_ELKAAR),
            Alinea(self._bereik(), replace(GEWOON, ervoor=0.25)),
        ]
        if b.telefoon and b.soort is not Soort.AFGEZEGD:
            blokken.append(
                Alinea(t.zin("telefoon_inwoner", telefoon=b.telefoon), replace(GEWOON, ervoor=0.25))
            )
        return blokken

    def _bereik(self) -> tuple[Stuk, ...]:
        """Hoe de gemeente te bereiken is; is er niets bekend, dan aan de balie."""
        bereik, t = self._b.bereikbaar, self._t
        zinnen = []
        if bereik.telefoon:
            zinnen.append(t.zin("bel", telefoon=bereik.telefoon))
        if bereik.website:
            zinnen.append(t.zin("website" if zinnen else "alleen_website", website=bereik.website))
        if bereik.email:
            zinnen.append(t.zin("email" if zinnen else "alleen_email", email=bereik.email))
        uit: list[Stuk] = []
        for zin in zinnen or [t.zin("balie")]:
            uit += [Stuk(" ")] if uit else []
            uit += zin
        return tuple(uit)

    def _slot(self) -> list[Blok]:
        groet = Alinea(self._t.zin("groet"), replace(GEWOON, ervoor=1.2, bij_volgende=True))
        return [groet, Alinea((Stuk(self._b.afzender, los=True),), AAN_ELKAAR)]


def _los(tekst: str) -> tuple[Stuk, ...]:
    return (Stuk(tekst, los=True),)


def _unbroken(regel: str) -> str:
    """Straat en huisnummer, of postcode en plaats, blijven op een regel."""
    return regel.replace(" ", "\u00a0")


def qr_raster(tekst: str) -> tuple[tuple[bool, ...], ...]:
    """De vakjes van een QR-code met `tekst`, waar = zwart, met het foutherstel dat een vouw overleeft."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.Q)
    code.addData(tekst)
    code.make()
    return tuple(tuple(bool(vakje) for vakje in rij) for rij in code.modules)
