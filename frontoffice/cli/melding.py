"""`kif melding`: meldingen openbare ruimte lezen, zoeken, maken en bijwerken.

Wat hier wordt gemaakt, staat in dezelfde outbox als in het venster; `kif outbox send` verstuurt het.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from frontoffice.cli.meldingopties import Meldingvraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import DEELS, GEWEIGERD, KLAAR, Uitvoer
from frontoffice.domain.fouten import Geweigerd, InvoerFout
from frontoffice.domain.melding import MAX_FOTO, Categorie
from frontoffice.ports import Pagina, Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.services.meldingen import MELDING_NIET_AANGESLOTEN, Meldingbeeld, Meldingdienst
from frontoffice.services.meldingschrijven import Meldinginvoer, Meldingschrijver

_GROOTSTE_TEKST = 20_000


def run_melding(vraag: Meldingvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        return _Opdracht(vraag, diensten, uitvoer).run()


class _Opdracht:
    def __init__(self, vraag: Meldingvraag, diensten: Diensten, uitvoer: Uitvoer) -> None:
        self._vraag = vraag
        self._diensten = diensten
        self._uitvoer = uitvoer

    def run(self) -> int:
        opdrachten: dict[str, Callable[[], int]] = {
            "toon": self._toon,
            "zoek": self._zoek,
            "te-laat": lambda: self._lijst(
                lambda pagina: self._dienst.load_te_laat(Stop(), pagina, veel=self._vraag.veel)
            ),
            "zonder-woord": lambda: self._lijst(
                lambda pagina: self._dienst.load_zonder_woord(Stop(), pagina)
            ),
            "soorten": self._soorten,
            "maak": self._maak,
            "notitie": self._notitie,
            "stand": self._stand,
            "verteld": self._verteld,
        }
        return opdrachten[self._vraag.deel]()

    @property
    def _dienst(self) -> Meldingdienst:
        dienst = self._diensten.meldingen
        if dienst is None:
            raise Geweigerd(MELDING_NIET_AANGESLOTEN, code="niet_aangesloten")
        return dienst

    @property
    def _schrijver(self) -> Meldingschrijver:
        schrijver = self._diensten.meldingschrijver
        if schrijver is None:
            raise Geweigerd(MELDING_NIET_AANGESLOTEN, code="niet_aangesloten")
        return schrijver

    # --- lezen -----------------------------------------------------------------------------------------

    def _toon(self) -> int:
        beeld = self._dienst.load(self._vraag.nummer, Stop())
        self._uitvoer.document({**_document(beeld), "historie": _historie(beeld), "fotos": list(beeld.fotos)})
        for regel in _regels(beeld):
            self._uitvoer.regel(regel)
        for gebeurtenis in beeld.historie:
            dag = gebeurtenis.om.strftime("%d-%m-%Y") if gebeurtenis.om else "datum onbekend"
            self._uitvoer.regel(f"  {dag}  {gebeurtenis.titel}  {gebeurtenis.tekst}")
        for zin in beeld.delen_mislukt:
            self._uitvoer.melding(zin)
        return DEELS if beeld.delen_mislukt else KLAAR

    def _zoek(self) -> int:
        (vraag,) = self._read_invoer(self._vraag.vraag)
        gevonden = self._dienst.zoek(vraag, Stop())
        beelden = [self._dienst.make_beeld(melding) for melding in gevonden.meldingen]
        self._uitvoer.document(
            {"meldingen": [_document(beeld) for beeld in beelden], "onvolledig": gevonden.onvolledig or None}
        )
        self._show(beelden)
        if gevonden.onvolledig:
            self._uitvoer.melding(gevonden.onvolledig)
        return DEELS if gevonden.onvolledig else KLAAR

    def _lijst(self, load: Callable[[int], Pagina[Meldingbeeld]]) -> int:
        beelden: list[Meldingbeeld] = []
        pagina: int | None = 1
        while pagina is not None and pagina <= 20:
            gelezen = load(pagina)
            beelden += gelezen.rijen
            pagina = gelezen.volgende_pagina
        self._uitvoer.document({"meldingen": [_document(beeld) for beeld in beelden]})
        self._show(beelden)
        return KLAAR

    def _show(self, beelden: list[Meldingbeeld]) -> None:
        for beeld in beelden:
            self._uitvoer.regel("  ".join(_kort(beeld)))
        if not beelden:
            self._uitvoer.regel("Geen meldingen.")

    def _soorten(self) -> int:
        soorten = self._dienst.find_categorieen(self._vraag.vraag, Stop())
        self._uitvoer.document([{"soort": s.pad, "naam": s.naam, "belofte": s.belofte} for s in soorten])
        for soort in soorten:
            self._uitvoer.regel(f"{soort.pad}  {soort.naam}")
        return KLAAR

    # --- schrijven -------------------------------------------------------------------------------------

    def _maak(self) -> int:
        melder, tekst = self._read_invoer(self._vraag.melder, self._vraag.tekst)
        dienst, soort = self._dienst, self._find_soort()
        plekken = dienst.find_plekken(self._vraag.plek, Stop())
        if not plekken or plekken[0].punt is None:
            raise InvoerFout(
                "Deze plek is niet gevonden. Typ een straat met huisnummer en dorp.", code="plek"
            )
        dubbel = [d for d in dienst.find_dubbel(plekken[0].punt, soort, Stop()) if d.melding.is_open]
        if dubbel and not self._vraag.toch:
            zinnen = [f"{d.zin}: {d.melding.weergave}, {d.waar}." for d in dubbel]
            zin = f"{zinnen[0]} Met --toch maakt u toch een nieuwe."
            self._uitvoer.document(
                {"fout": {"code": "dubbel", "uitleg": zin}, "dubbel": [d.melding.weergave for d in dubbel]}
            )
            self._uitvoer.melding(zin)
            return GEWEIGERD
        email, telefoon = _split_melder(melder)
        fotos = tuple(_read_foto(Path(pad)) for pad in self._vraag.fotos)
        invoer = Meldinginvoer(
            tekst, soort, plekken[0], email, telefoon, spoed=self._vraag.spoed, fotos=fotos
        )
        nummer = self._schrijver.make(invoer)
        return self._saved(nummer, soort=soort.pad, plek=plekken[0].omschrijving)

    def _find_soort(self) -> Categorie:
        soorten = self._dienst.load_categorieen(Stop())
        precies = [s for s in soorten if self._vraag.soort in (s.pad, s.slug)]
        gevonden = precies or list(self._dienst.find_categorieen(self._vraag.soort, Stop()))
        if not gevonden:
            raise InvoerFout("Dit soort melding is er niet. kif melding soorten noemt ze.", code="categorie")
        return gevonden[0]

    def _notitie(self) -> int:
        (tekst,) = self._read_tekst()
        melding = self._dienst.load(self._vraag.nummer, Stop()).melding
        return self._saved(self._schrijver.note(melding, tekst))

    def _stand(self) -> int:
        (tekst,) = self._read_tekst()
        melding = self._dienst.load(self._vraag.nummer, Stop()).melding
        return self._saved(self._schrijver.change(melding, self._vraag.stand, tekst, mail=self._vraag.mail))

    def _verteld(self) -> int:
        (tekst,) = self._read_tekst()
        kanalen = {kanaal.lower(): kanaal for kanaal in self._diensten.profiel.kanalen}
        if self._vraag.via.lower() not in kanalen:
            raise InvoerFout(
                f"Dit kanaal is er niet. Kies uit: {', '.join(kanalen.values())}.", code="kanaal"
            )
        melding = self._dienst.load(self._vraag.nummer, Stop()).melding
        contact, notitie = self._schrijver.mark_told(
            melding, via=kanalen[self._vraag.via.lower()], tekst=tekst
        )
        return self._saved(contact, notitie=notitie)

    def _saved(self, nummer: int, **nog: object) -> int:
        self._uitvoer.document({"id": nummer, "toestand": "nog_niet_verstuurd", **nog})
        self._uitvoer.regel(f"Bewaard op deze pc als nummer {nummer}. Nog niet verstuurd.")
        return KLAAR

    # --- invoer ----------------------------------------------------------------------------------------

    def _read_tekst(self) -> list[str]:
        return self._read_invoer(self._vraag.tekst)[-1:]

    def _read_invoer(self, *delen: str) -> list[str]:
        """Elk deel, met de invoer op de plaats van "-": een regel voor elk, en de rest voor het laatste."""
        eerste_is_persoonlijk = len(delen) > 1 or self._vraag.deel == "zoek"
        if eerste_is_persoonlijk and delen[0] not in ("", "-") and not self._diensten.profiel.gemeente.demo:
            raise InvoerFout(
                "Zet persoonsgegevens niet op de opdrachtregel: andere programma's kunnen die lezen. "
                "Gebruik - en schrijf het naar de invoer.",
                code="vraag_op_opdrachtregel",
            )
        if "-" not in delen:
            return list(delen)
        ruw = sys.stdin.buffer.read(_GROOTSTE_TEKST + 1)
        if len(ruw) > _GROOTSTE_TEKST:
            raise InvoerFout("De tekst op de invoer is te lang. Maak haar korter.")
        try:
            rest = ruw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvoerFout("De invoer is geen tekst (UTF-8).") from None
        uit = []
        for plek, deel in enumerate(delen):
            if deel != "-":
                uit.append(deel)
            elif plek < len(delen) - 1:
                regel, _, rest = rest.partition("\n")
                uit.append(regel.strip())
            else:
                uit.append(rest.strip())
        return uit


def _split_melder(tekst: str) -> tuple[str, str]:
    """("a@b.nl", "06…") uit woorden in willekeurige volgorde; leeg = anoniem."""
    woorden = tekst.replace(",", " ").replace(";", " ").split()
    emails = [woord for woord in woorden if "@" in woord]
    return " ".join(emails), " ".join(woord for woord in woorden if "@" not in woord)


def _read_foto(pad: Path) -> bytes:
    try:
        with pad.open("rb") as bestand:
            return bestand.read(MAX_FOTO + 1)
    except OSError:
        raise InvoerFout("Een foto is niet te lezen. Kijk het pad na.", code="foto") from None


# --- tonen -------------------------------------------------------------------------------------------------


def _document(beeld: Meldingbeeld) -> dict[str, object]:
    """Zonder e-mailadres en telefoonnummer: wie dat nodig heeft, kijkt in het venster."""
    melding, woord = beeld.melding, beeld.melder.laatste_woord
    return {
        "nummer": melding.nummer,
        "weergave": melding.weergave,
        "soort": melding.categoriepad,
        "naam": melding.categorie,
        "waar": melding.plek.omschrijving if melding.plek else None,
        "tekst": melding.tekst,
        "gemeld_op": melding.gemeld_op.isoformat() if melding.gemeld_op else None,
        "stand": melding.status.code,
        "stand_in_woorden": beeld.stand,
        "open": melding.is_open,
        "wie": melding.wie or None,
        "uiterlijk": beeld.termijn.uiterlijk.isoformat() if beeld.termijn.uiterlijk else None,
        "tijdigheid": beeld.termijn.soort.value,
        "werkdagen_te_laat": beeld.termijn.werkdagen_te_laat,
        "laatste_woord": {"om": woord.om.isoformat(), "via": woord.via} if woord else None,
        "bel_de_melder": beeld.melder.moet_bellen,
        "melder_afgeschermd": melding.melder.afgeschermd,
        "anoniem": melding.melder.is_anoniem,
    }


def _historie(beeld: Meldingbeeld) -> list[dict[str, object]]:
    return [
        {
            "om": g.om.isoformat() if g.om else None,
            "soort": g.soort.value,
            "titel": g.titel,
            "tekst": g.tekst,
            "wie": g.wie,
        }
        for g in beeld.historie
    ]


def _kort(beeld: Meldingbeeld) -> list[str]:
    melding = beeld.melding
    waar = melding.plek.omschrijving if melding.plek else ""
    bel = "bel de melder" if beeld.melder.moet_bellen else ""
    delen = (melding.weergave, melding.categorie, waar, beeld.stand, beeld.termijn.zin, bel)
    return [deel for deel in delen if deel]


def _regels(beeld: Meldingbeeld) -> list[str]:
    melding, vrij = beeld.melding, [f"{beeld.melding.weergave}  {beeld.melding.categorie}"]
    if melding.plek:
        vrij.append(f"Waar: {melding.plek.omschrijving}")
    vrij.append(beeld.stand)
    if melding.wie:
        vrij.append(f"Wie: {melding.wie}")
    if beeld.termijn.uiterlijk:
        vrij.append(f"Antwoord beloofd vóór {beeld.termijn.uiterlijk:%d-%m-%Y}: {beeld.termijn.zin}")
    return [*vrij, beeld.melder.zin, melding.tekst]
