"""Eén melding helemaal: hoe het staat, wie ermee bezig is, wat de melder al weet, en wat er is gebeurd.

Alles uit het register is gewone tekst. De naam van een behandelaar is voor de medewerker, nooit voor de
melder; dat staat erbij.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.melding import Gebeurtenis, Melder
from frontoffice.domain.meldingstand import Bericht
from frontoffice.domain.taal import dag_van, datum_lang, tijd
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from frontoffice.services.meldingen import Meldingbeeld, melder_vragen
from ui.bouwstenen import Band, Knop, Scrollvlak
from ui.klantbeeld.stukken import add_kop, add_paren
from ui.klantbeeld.tekstvak import Tekstvak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

LAAT_WETEN, NOTITIE, VERTELD, BROWSER, MELDER, BERICHT, BELOFTE = (
    "laat_weten", "notitie", "verteld", "browser", "melder", "bericht", "belofte",
)  # fmt: skip
_LEEG = "Kies een melding. Dan leest u hier hoe het ermee staat."
_MEESTE_REGELS = 40


class MeldingDetail(QWidget):
    """`gevraagd` komt met een van de handelingen hierboven."""

    gevraagd = Signal(str)

    def __init__(self, *, met_bericht: bool = False) -> None:
        """`met_bericht`: er zijn kanalen om de melder zelf een bericht te sturen."""
        super().__init__()
        self.setAccessibleName("Melding")
        self._met_bericht = met_bericht
        self._knoppen: dict[str, Knop] = {}
        self.beeld: Meldingbeeld | None = None
        self._blad = QWidget()
        self._kolom = QVBoxLayout(self._blad)
        marge = 4 * Thema.afstand
        self._kolom.setContentsMargins(marge, 3 * Thema.afstand, marge, marge)
        self._kolom.setSpacing(Thema.afstand)
        self.vlak = Scrollvlak(self._blad)
        self.vlak.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.vlak.setAccessibleName("Melding")
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.addWidget(self.vlak)
        self.clear()

    def clear(self, zin: str = _LEEG) -> None:
        """Niets gekozen, of er wordt gehaald; `zin` zegt welk van de twee."""
        self.beeld = None
        self._begin()
        self._kolom.addWidget(Tekst(zin, rol="gedempt"))
        self._kolom.addStretch(1)

    def knop(self, wat: str) -> Knop | None:
        """De knop van deze handeling, als zij er nu is."""
        return self._knoppen.get(wat)

    def show_beeld(self, beeld: Meldingbeeld, vandaag: date) -> None:
        """Toon deze melding; de focus blijft waar hij is."""
        self._begin()
        self.beeld = beeld
        melding, kolom = beeld.melding, self._kolom
        kolom.addWidget(Tekst(f"{melding.weergave}  {melding.categorie}", rol="kop1"))
        if melding.plek is not None:
            kolom.addWidget(Tekst(melding.plek.omschrijving, rol="gewoon"))
        if beeld.melder.moet_bellen:
            kolom.addWidget(Band(beeld.melder.zin, "let_op"))
        for zin in beeld.delen_mislukt:
            kolom.addWidget(Band(zin, "let_op"))
        add_kop(kolom, "Zeg dit")
        kolom.addWidget(Tekst(beeld.stand, rol="nadruk"))
        if beeld.belofte:
            kolom.addWidget(Tekstvak(beeld.belofte, "Wat bij het melden is beloofd"))
        kolom.addSpacing(Thema.afstand)
        kolom.addWidget(self._build_knoppen(beeld))
        add_kop(kolom, "Gegevens")
        add_paren(kolom, _paren(beeld, vandaag))
        add_kop(kolom, "Wat de melder schreef")
        kolom.addWidget(Tekstvak(melding.tekst or "Er staat geen tekst bij.", "Tekst van de melding"))
        if melding.status.tekst:
            add_kop(kolom, "Laatste bericht bij deze stand")
            kolom.addWidget(Tekstvak(melding.status.tekst, "Laatste bericht"))
        if beeld.historie:
            add_kop(kolom, "Wat er gebeurde")
            for regel in beeld.historie[:_MEESTE_REGELS]:
                self._add_gebeurtenis(regel, vandaag)
            rest = len(beeld.historie) - _MEESTE_REGELS
            if rest > 0:
                kolom.addWidget(Tekst(f"En nog {rest} eerdere regels in het meldingensysteem.", rol="klein"))
        kolom.addStretch(1)
        announce(self, f"{melding.weergave}. {beeld.stand}")

    def _build_knoppen(self, beeld: Meldingbeeld) -> QWidget:
        vlak = QWidget()
        vloei = Vloei(vlak, tussen=2 * Thema.afstand)
        namen = [(LAAT_WETEN, "Laat iets weten"), (VERTELD, "Verteld aan de melder"), (NOTITIE, "Notitie")]
        if self._met_bericht and not beeld.melding.melder.is_anoniem:
            namen.insert(1, (BERICHT, "Bericht sturen"))
        namen.append((BELOFTE, "Beloof iets"))
        if melder_vragen(beeld.melding.melder):
            namen.append((MELDER, "Zoek de melder"))
        if beeld.browser:
            namen.append((BROWSER, "Open in het meldingensysteem"))
        for wat, naam in namen:
            knop = Knop(naam, lambda wat=wat: self.gevraagd.emit(wat))  # type: ignore[misc]  # lambda in lus
            self._knoppen[wat] = knop
            vloei.addWidget(knop)
        return vlak

    def _add_gebeurtenis(self, regel: Gebeurtenis, vandaag: date) -> None:
        wie = f" · {regel.wie}" if regel.wie else ""
        kop = f"{_moment(regel.om, vandaag)}{wie}"
        self._kolom.addSpacing(Thema.afstand)
        self._kolom.addWidget(Tekst(kop, rol="klein"))
        self._kolom.addWidget(Tekst(regel.titel or regel.soort.value.capitalize()))
        if regel.tekst:
            self._kolom.addWidget(Tekst(regel.tekst, rol="gedempt"))

    def _begin(self) -> None:
        self._knoppen = {}
        self._blad = QWidget()
        kolom = QVBoxLayout(self._blad)
        kolom.setContentsMargins(self._kolom.contentsMargins())
        kolom.setSpacing(self._kolom.spacing())
        self._kolom = kolom
        self._blad.setProperty("soort", "inhoud")
        self.vlak.setWidget(self._blad)  # ruimt het vorige op


def _paren(beeld: Meldingbeeld, vandaag: date) -> list[tuple[str, str]]:
    melding, termijn, melder = beeld.melding, beeld.termijn, beeld.melder
    uiterlijk = ""
    if termijn.uiterlijk is not None:
        uiterlijk = f"{datum_lang(termijn.uiterlijk, vandaag)} ({termijn.zin})"
    woord = melder.laatste_woord
    laatst = f"{_moment(woord.om, vandaag)}, via {woord.via}" if woord else "nog niets"
    return [
        ("Gemeld", _moment(melding.gemeld_op, vandaag)),
        ("Antwoord beloofd vóór", uiterlijk),
        ("Afdeling", melding.wie),
        ("Collega (zeg dit niet)", melding.behandelaar),
        ("Laatst iets laten weten", laatst),
        ("Laatste verandering", _moment(melder.laatste_verandering, vandaag)),
        ("Weet de melder het?", "" if melder.bericht is Bericht.BEL else melder.zin),
        ("Melder", _melder(melding.melder)),
        ("Kwam binnen via", melding.bron),
        ("Foto's", ", ".join(beeld.fotos)),
    ]


def _melder(melder: Melder) -> str:
    if melder.is_anoniem:
        return "Anoniem"
    nummer = lees_telefoon(melder.telefoon) if melder.telefoon else None
    telefoon = toon_telefoon(nummer) if nummer is not None else melder.telefoon
    delen = [deel for deel in (telefoon, melder.email) if deel]
    if melder.afgeschermd:
        delen.append("afgeschermd: u mag deze gegevens hier niet zien")
    if not melder.mag_mail:
        delen.append("wil geen e-mail")
    return " · ".join(delen)


def _moment(om: datetime | None, vandaag: date) -> str:
    return "" if om is None else f"{datum_lang(dag_van(om), vandaag)} {tijd(om)}"
