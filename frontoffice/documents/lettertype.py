"""Lettertypen: kiest per teken een letter die het kent, en zet tekst om in gliefen (vormen op hun plaats).

Schrift dat van rechts naar links loopt krijgt zijn verbonden vormen en zijn volgorde. Kent geen pagina of
regel. Een teken dat geen letter kent wordt zichtbaar vervangen en gemeld, nooit stil een blokje.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from struct import unpack

import uharfbuzz as hb
from bidi import algorithm as bidi

LETTERMAP = Path(__file__).resolve().parent.parent.parent / "resources" / "lettertype"
_AANVULLING = ("NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf")
GEWOON = ("OpenSans-Regular.ttf", *_AANVULLING)
VET = ("OpenSans-Semibold.ttf", *_AANVULLING)
ONBEKEND = "[?]"
"""Staat zichtbaar in de tekst waar een teken stond dat geen van de letters kent."""

_EIGENSCHAPPEN = {"kern": True, "liga": True}
_NIET_MEE = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"kern", b"gasp")
"""Tabellen die na het vormen niets meer doen."""
_PLAKKERS = frozenset("\u200c\u200d")
"""ZWNJ en ZWJ: onzichtbaar, maar ze bepalen hoe Arabische en Perzische letters verbinden."""


@dataclass(frozen=True, slots=True)
class Glief:
    """Eén vorm. Maten in duizendsten van de lettergrootte; `cluster` is zijn plaats in de tekst."""

    nummer: int
    breedte: float
    dx: float
    dy: float
    cluster: int


class Letter:
    """Eén lettertypebestand. Verandert na het laden niet meer."""

    def __init__(self, pad: Path) -> None:
        self.vlak = hb.Face(hb.Blob.from_file_path(str(pad)))
        self._letter = hb.Font(self.vlak)
        self._schaal: float = 1000 / self.vlak.upem
        self.naam: str = self.vlak.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME, "en") or pad.stem
        self._tekens = frozenset(self.vlak.unicodes)

    def kent(self, cluster: str) -> bool:
        """Waar als elk zichtbaar teken van het cluster in deze letter staat."""
        return all(ord(teken) in self._tekens or teken in _PLAKKERS for teken in cluster)

    def shape(self, tekst: str, *, rechts_naar_links: bool = False) -> tuple[Glief, ...]:
        """De gliefen van links naar rechts, zoals ze op papier komen."""
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(teken) for teken in tekst])
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rechts_naar_links else "ltr"
        hb.shape(self._letter, buffer, _EIGENSCHAPPEN)
        s = self._schaal
        return tuple(
            Glief(
                info.codepoint, plaats.x_advance * s, plaats.x_offset * s, plaats.y_offset * s, info.cluster
            )
            for info, plaats in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )

    def breedte(self, glief: int) -> float:
        """De vaste breedte van een glief, zonder aanpassing aan zijn buren."""
        vooruit: int = self._letter.get_glyph_h_advance(glief)
        return vooruit * self._schaal

    @cached_property
    def maten(self) -> tuple[float, float, tuple[int, int, int, int]]:
        """Stijging, daling (negatief) en omvattende rechthoek, in duizendsten."""
        omvang = self._letter.get_font_extents("ltr")
        rechthoek = unpack(">4h", self.vlak.reference_table("head").data[36:44])
        s = self._schaal
        links, onder, rechts, boven = (round(waarde * s) for waarde in rechthoek)
        return omvang.ascender * s, omvang.descender * s, (links, onder, rechts, boven)

    def subset(self, gliefen: frozenset[int]) -> bytes:
        """Een lettertypebestand met alleen deze gliefen, onder hun eigen nummer."""
        keuze = hb.SubsetInput()
        keuze.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        keuze.glyph_set.update(gliefen | {0})
        keuze.drop_table_tag_set.update(int.from_bytes(tabel, "big") for tabel in _NIET_MEE)
        return bytes(keuze.subset(self.vlak).blob.data)


@cache
def letters(vet: bool) -> tuple[Letter, ...]:
    """De letters op volgorde van voorkeur."""
    return tuple(_laad(naam) for naam in (VET if vet else GEWOON))


@cache
def _laad(naam: str) -> Letter:
    return Letter(LETTERMAP / naam)


@dataclass(frozen=True, slots=True)
class Stuk:
    """Een stuk tekst in één stijl. `los`: ingevuld van buiten, met een eigen leesrichting (een naam).

    `taal`: een andere taal dan die van het document ("nl-NL"), of leeg.
    """

    tekst: str
    vet: bool = False
    los: bool = False
    taal: str = ""


@dataclass(frozen=True, slots=True)
class Teken:
    """Eén zichtbaar teken met zijn accenten, de letter die het kent en de diepte van zijn leesrichting.

    Een even `niveau` loopt van links naar rechts, een oneven niveau van rechts naar links.
    """

    tekst: str
    letter: Letter
    niveau: int
    taal: str = ""


def clean(tekst: str) -> str:
    """Samengestelde vorm zonder tekens die sturen: geen regeleinden, geen omkering van leesrichting."""
    uit = []
    for teken in unicodedata.normalize("NFC", tekst):
        if teken in _PLAKKERS:
            uit.append(teken)
        elif teken in "\t\n\r\v\f\x85\u2028\u2029":
            uit.append(" ")
        elif unicodedata.category(teken) not in ("Cc", "Cf", "Cs"):
            uit.append(teken)
    return "".join(uit)


def clusters(tekst: str) -> list[str]:
    """De tekst in zichtbare tekens: accenten, verbinders en huidskleuren horen bij wat ervoor staat."""
    uit: list[str] = []
    for teken in tekst:
        hoort_bij = (
            unicodedata.category(teken).startswith("M")
            or teken in _PLAKKERS
            or "\U0001f3fb" <= teken <= "\U0001f3ff"
        )
        if uit and (hoort_bij or uit[-1].endswith("\u200d")):
            uit[-1] += teken
        elif teken not in _PLAKKERS:
            uit.append(teken)
    return uit


def resolve(stukken: tuple[Stuk, ...]) -> tuple[tuple[Teken, ...], tuple[str, ...]]:
    """De tekens van een alinea in leesvolgorde, en de tekens die geen letter kent.

    De alinea zelf loopt van links naar rechts (Nederlands, Duits, Engels). Een los stuk krijgt een eigen
    richting en stoort zijn omgeving niet: het huisnummer na een Arabische naam blijft waar het hoort.
    """
    delen: list[list[str]] = []
    keuze: list[list[Letter]] = []
    onbekend: list[str] = []
    for stuk in stukken:
        deel, letter = _choose(clusters(clean(stuk.tekst)), letters(stuk.vet), onbekend)
        delen.append(deel)
        keuze.append(letter)
    niveaus = _niveaus(stukken, delen)
    tekens = tuple(
        Teken(tekst, letter, niveau, stuk.taal)
        for stuk, deel, letters_, reeks in zip(stukken, delen, keuze, niveaus, strict=True)
        for tekst, letter, niveau in zip(deel, letters_, reeks, strict=True)
    )
    return tekens, tuple(dict.fromkeys(onbekend))


def _choose(
    tekens: list[str], voorkeur: tuple[Letter, ...], onbekend: list[str]
) -> tuple[list[str], list[Letter]]:
    """Per teken de eerste letter die het kent; een spatie volgt de letter van haar buren."""
    uit: list[str] = []
    gekozen: list[Letter] = []
    vorige_onbekend = False
    for teken in tekens:
        letter = next((letter for letter in voorkeur if letter.kent(teken)), None)
        if letter is None:
            onbekend.append(teken)
            if not vorige_onbekend:
                uit.extend(ONBEKEND)
                gekozen.extend([voorkeur[0]] * len(ONBEKEND))
            vorige_onbekend = True
            continue
        vorige_onbekend = False
        uit.append(teken)
        gekozen.append(letter)
    for i in range(1, len(uit) - 1):
        buur = gekozen[i - 1]
        if uit[i].isspace() and buur is gekozen[i + 1] and buur.kent(uit[i]):
            gekozen[i] = buur
    return uit, gekozen


def _niveaus(stukken: tuple[Stuk, ...], delen: list[list[str]]) -> list[list[int]]:
    """De diepte van de leesrichting per teken, met losse stukken apart bepaald (als isolaten, UAX 9)."""
    buiten: list[str] = []
    for stuk, deel in zip(stukken, delen, strict=True):
        buiten.extend(["\ufffc"] if stuk.los else [teken[0] for teken in deel])
    rest = iter(_levels(buiten, 0))
    uit: list[list[int]] = []
    for stuk, deel in zip(stukken, delen, strict=True):
        if not stuk.los:
            uit.append([next(rest) for _ in deel])
            continue
        omgeving = next(rest)
        basis = bidi.get_base_level("".join(teken[0] for teken in deel))
        erbij = omgeving + omgeving % 2
        uit.append([niveau + erbij for niveau in _levels([teken[0] for teken in deel], basis)])
    return uit


def _levels(tekens: list[str], basis: int) -> list[int]:
    if all(teken.isascii() for teken in tekens) and not basis:
        return [0] * len(tekens)
    staat = bidi.get_empty_storage()
    staat["base_level"] = basis
    staat["base_dir"] = ("L", "R")[basis]
    bidi.get_embedding_levels("".join(tekens), staat)
    bidi.explicit_embed_and_overrides(staat)
    bidi.resolve_weak_types(staat)
    bidi.resolve_neutral_types(staat, False)
    bidi.resolve_implicit_levels(staat, False)
    return [teken["level"] for teken in staat["chars"]]


@dataclass(frozen=True, slots=True)
class Reeks:
    """Tekens van één letter en één richting, met hun gliefen; van rechts naar links is dat één woord."""

    tekst: str
    letter: Letter
    rechts_naar_links: bool
    gliefen: tuple[Glief, ...]
    taal: str = ""

    @property
    def clusters(self) -> dict[int, str]:
        """De tekst van elk cluster, op zijn plaats in `tekst`."""
        grenzen = [*sorted({glief.cluster for glief in self.gliefen}), len(self.tekst)]
        return {van: self.tekst[van:tot] for van, tot in pairwise(grenzen)}

    @property
    def breedte(self) -> float:
        """In duizendsten van de lettergrootte."""
        return sum(glief.breedte for glief in self.gliefen)


def lay_out(regel: tuple[Teken, ...]) -> tuple[tuple[Reeks, ...], tuple[int, ...]]:
    """De reeksen van een regel in leesvolgorde, en hun volgorde op papier van links naar rechts."""
    niveaus = [teken.niveau for teken in regel]
    for i in range(len(regel) - 1, -1, -1):  # witruimte aan het eind hoort bij de alinea (UAX 9, L1)
        if not regel[i].tekst.isspace():
            break
        niveaus[i] = 0
    reeksen: list[Reeks] = []
    diepte: list[int] = []
    begin = 0
    for i in range(1, len(regel) + 1):
        if i < len(regel) and _same_run(regel[begin], regel[i], niveaus[begin], niveaus[i]):
            continue
        tekst = "".join(teken.tekst for teken in regel[begin:i])
        omgekeerd = niveaus[begin] % 2 == 1
        letter = regel[begin].letter
        gliefen = letter.shape(tekst, rechts_naar_links=omgekeerd)
        reeksen.append(Reeks(tekst, letter, omgekeerd, gliefen, regel[begin].taal))
        diepte.append(niveaus[begin])
        begin = i
    return tuple(reeksen), _visual(diepte)


def _same_run(eerste: Teken, teken: Teken, niveau: int, dit_niveau: int) -> bool:
    """Van rechts naar links is elk woord een eigen reeks: pdf-lezers keren de letters van een woord om, maar
    niet de woorden van een naam."""
    if niveau != dit_niveau or eerste.letter is not teken.letter or eerste.taal != teken.taal:
        return False
    return niveau % 2 == 0 or eerste.tekst.isspace() == teken.tekst.isspace()


def _visual(niveaus: list[int]) -> tuple[int, ...]:
    """Volgorde van links naar rechts (UAX 9, L2): keer van diep naar ondiep steeds alles om."""
    volgorde = list(range(len(niveaus)))
    for diepte in range(max(niveaus, default=0), 0, -1):
        begin = 0
        while begin < len(volgorde):
            eind = begin
            while eind < len(volgorde) and niveaus[volgorde[eind]] >= diepte:
                eind += 1
            volgorde[begin:eind] = reversed(volgorde[begin:eind])
            begin = max(eind, begin + 1)
    return tuple(volgorde)
