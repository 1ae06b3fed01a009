"""Mijn balie: wie er nu zit, wie er hierna komt, en wat u met hen kunt doen. De enige plaats met namen.

Toont en vraagt; doet zelf niets. Oproepen opent nooit het klantbeeld: daarvoor is een eigen knop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Toestand
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst, set_uitleg
from ui.thema import Thema, set_stijl
from ui.vanavond.klaarvorm import Apartvorm, Klaarvorm
from ui.vanavond.model import Kaart, Mijnbalie

OPROEPEN, ANDERS, IS_ER, OPNIEUW, KLAAR, APART, TERUG, WEG, KLANT, PUBLIEK = (
    "oproepen", "anders", "is_er", "opnieuw", "klaar", "apart", "terug", "weg", "klant", "publiek",
)  # fmt: skip
_MARGE = 3 * Thema.afstand


class Kaartvak(QWidget):
    """Eén bezoeker: nummer en naam groot, daaronder waarvoor hij komt en wat hij nodig heeft."""

    def __init__(self, kop: str) -> None:
        super().__init__()
        self.setAccessibleName(kop)
        self.kop = KorteTekst(kop, rol="klein")
        self.nummer = KorteTekst(rol="kop1")
        self.naam = Tekst(rol="kop1")
        self.producten, self.sinds = Tekst(), Tekst(rol="gedempt")
        self.bij, self.notitie, self.waarom = Tekst(rol="let_op"), Tekst(), Tekst(rol="klein")
        self.meenemen = Tekst(rol="klein")
        self._regels = (self.producten, self.bij, self.notitie, self.sinds, self.meenemen, self.waarom)
        boven = QHBoxLayout()
        boven.setSpacing(_MARGE)
        boven.addWidget(self.nummer, 0, Qt.AlignmentFlag.AlignTop)
        boven.addWidget(self.naam, 1)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2)
        kolom.addWidget(self.kop)
        kolom.addLayout(boven)
        for deel in self._regels:
            kolom.addWidget(deel)

    def show_kaart(self, kaart: Kaart | None, naam: str, leeg: str) -> None:
        """`leeg`: de zin als er niemand is."""
        self.nummer.setVisible(kaart is not None)
        if kaart is None:
            self.naam.setText(leeg)
            self.naam.set_rol("gedempt")
            for deel in self._regels:
                deel.setText("")
                deel.hide()
            return
        self.naam.set_rol("kop1")
        self.nummer.setText(kaart.volgnummer)
        self.naam.setText(naam)  # alleen op zijn regel: ook van rechts naar links staat hij goed
        for deel, tekst in (
            (self.producten, kaart.producten),
            (self.bij, kaart.bij[:1].upper() + kaart.bij[1:]),
            (self.notitie, kaart.notitie and f"Notitie: {kaart.notitie}"),
            (self.sinds, kaart.sinds),
            (self.meenemen, kaart.meenemen and f"Nodig: {kaart.meenemen}"),
            (self.waarom, kaart.waarom),
        ):
            deel.setText(tekst)
            deel.setVisible(bool(tekst))


class Balievak(QWidget):
    """Signalen: `gevraagd` (handeling), `klaar` (tuple[Uitkomst]), `apart` (reden), `balie_gekozen` (id)
    en `ongedaan`."""

    gevraagd = Signal(str)
    klaar = Signal(object)
    apart = Signal(str)
    balie_gekozen = Signal(str)
    ongedaan = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Mijn balie")
        self.mijn: Mijnbalie | None = None
        self._bezig = False
        self.titel = Tekst("Mijn balie", rol="kop2")
        self.nu, self.volgende = Kaartvak("Nu"), Kaartvak("Volgende")
        self.knoppen = {
            IS_ER: Knop("Is er", partial(self._ask, IS_ER), soort="hoofd"),
            KLAAR: Knop("Klaar", partial(self._ask, KLAAR), soort="hoofd"),
            OPNIEUW: Knop("Nog een keer oproepen", partial(self._ask, OPNIEUW), soort="groot"),
            APART: Knop("Even apart", partial(self._ask, APART), soort="groot"),
            TERUG: Knop("Terug in de rij", partial(self._ask, TERUG), soort="groot"),
            WEG: Knop("Niet gekomen", partial(self._ask, WEG), soort="groot"),
            KLANT: Knop("Klant opzoeken", partial(self._ask, KLANT), soort="stil"),
            PUBLIEK: Knop("Scherm voor de bezoeker", partial(self._ask, PUBLIEK), soort="stil"),
        }
        self.oproepen = Knop(
            "Oproepen   Spatie", partial(self._ask, OPROEPEN), soort="hoofd", naam="Oproepen"
        )
        self.anders = Knop("Iemand anders…", partial(self._ask, ANDERS), soort="groot")
        self.reden = Tekst(rol="klein")
        self.fout = Tekst(rol="fout")
        self.terug = Knop("Ongedaan maken", self.ongedaan.emit)
        self.klaarvorm, self.apartvorm = Klaarvorm(), Apartvorm()
        self.keuze = QWidget()
        self._balieknoppen: dict[str, Knop] = {}
        self.heeft_publiek = False
        self._build()
        self._connect()
        self.show_mijn(None, {}, ())

    def _build(self) -> None:
        self._nuknoppen, onder = QWidget(), QWidget()
        vloei = Vloei(self._nuknoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in self.knoppen.values():
            vloei.addWidget(knop)
        vloei2 = Vloei(onder, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        vloei2.addWidget(self.oproepen)
        vloei2.addWidget(self.anders)
        self._keuzevloei = Vloei(self.keuze, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        self._nuvak = QFrame()
        set_stijl(self._nuvak, "soort", "paneel")
        nu = QVBoxLayout(self._nuvak)
        nu.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, _MARGE)
        nu.setSpacing(2 * Thema.afstand)
        for deel in (self.nu, self._nuknoppen, self.klaarvorm, self.apartvorm):
            nu.addWidget(deel)
        self._hierna = QWidget()
        hierna = QVBoxLayout(self._hierna)
        hierna.setContentsMargins(0, 0, 0, 0)
        hierna.setSpacing(2 * Thema.afstand)
        for deel in (self.volgende, onder, self.reden):
            hierna.addWidget(deel)
        # Boven, en ook verborgen met zijn plaats: hij blijft in beeld en verschuift niets.
        plaats = self.terug.sizePolicy()
        plaats.setRetainSizeWhenHidden(True)
        self.terug.setSizePolicy(plaats)
        boven = QHBoxLayout()
        boven.setSpacing(2 * Thema.afstand)
        boven.addWidget(self.titel, 1)
        boven.addWidget(self.terug)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addLayout(boven)
        for deel in (self.keuze, self._nuvak, self.fout, Lijn(), self._hierna):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        for leeg in (self.fout, self.terug):
            leeg.hide()

    def _connect(self) -> None:
        self.klaarvorm.bewaard.connect(lambda: self.klaar.emit(self.klaarvorm.uitkomsten))
        self.apartvorm.bewaard.connect(lambda: self.apart.emit(self.apartvorm.reden))
        for vorm in (self.klaarvorm, self.apartvorm):
            vorm.gesloten.connect(self.close_vormen)

    # --- tonen ---------------------------------------------------------------------------------------------

    def show_mijn(
        self, mijn: Mijnbalie | None, namen: Mapping[str, str], balies: Sequence[tuple[str, str]]
    ) -> None:
        """`balies`: (id, naam) om uit te kiezen zolang deze werkplek er geen heeft."""
        had = self._hoofdknop_met_focus()
        ander = _id(self.mijn) != _id(mijn) or _toestand(self.mijn) != _toestand(mijn)
        self.mijn = mijn
        if ander:
            self.close_vormen()
        self.titel.setText(f"Mijn balie: {mijn.naam}" if mijn is not None else "Welke balie bent u?")
        self.keuze.setVisible(mijn is None)
        self._nuvak.setVisible(mijn is not None)
        self._hierna.setVisible(mijn is not None)
        if mijn is None:
            self._show_balies(balies)
            return
        self.nu.show_kaart(mijn.nu, _naam(mijn.nu, namen), "Er zit niemand aan uw balie.")
        leeg = mijn.kan_niet if mijn.nu is None else "Er wacht niemand voor u."
        self.volgende.show_kaart(mijn.volgende, _naam(mijn.volgende, namen), leeg)
        self._show_knoppen(mijn)
        if had and ander:
            self.focus_hoofd()

    def _show_knoppen(self, mijn: Mijnbalie) -> None:
        nu = mijn.nu
        opgeroepen = nu is not None and nu.toestand is Toestand.OPGEROEPEN
        zit = nu is not None and nu.toestand is Toestand.AAN_DE_BALIE
        zichtbaar = {
            IS_ER: opgeroepen, KLAAR: zit, OPNIEUW: opgeroepen, APART: nu is not None, TERUG: opgeroepen,
            WEG: opgeroepen, KLANT: nu is not None, PUBLIEK: nu is not None and self.heeft_publiek,
        }  # fmt: skip
        for naam, knop in self.knoppen.items():
            knop.setVisible(zichtbaar[naam])
        if nu is not None:
            for naam, kan_niet in ((OPNIEUW, nu.opnieuw_kan_niet), (WEG, nu.weg_kan_niet)):
                self.knoppen[naam].setEnabled(not kan_niet)
                set_uitleg(self.knoppen[naam], kan_niet)
            for naam in (OPNIEUW, APART, WEG):
                tekst = self.knoppen[naam].text()
                self.knoppen[naam].setAccessibleName(f"{tekst}: {nu.volgnummer} aan mijn balie")
        self.oproepen.setVisible(nu is None)
        self.oproepen.setEnabled(not mijn.kan_niet)
        self.anders.setVisible(nu is None)
        self.reden.setText(mijn.kan_niet if nu is not None and mijn.volgende is not None else "")
        self.reden.setVisible(bool(self.reden.text()))

    def _show_balies(self, balies: Sequence[tuple[str, str]]) -> None:
        gewild = dict(balies)
        if list(gewild) == list(self._balieknoppen):
            return
        for knop in self._balieknoppen.values():
            self._keuzevloei.removeWidget(knop)
            knop.deleteLater()
        self._balieknoppen = {
            id_: Knop(naam, partial(self.balie_gekozen.emit, id_), soort="groot", naam=f"Ik ben {naam}")
            for id_, naam in gewild.items()
        }
        for knop in self._balieknoppen.values():
            self._keuzevloei.addWidget(knop)

    def set_bezig(self, bezig: bool) -> None:
        """Zolang een stap onderweg is, telt een druk op een knop niet; zij blijft wel aan, met haar focus."""
        self._bezig = bezig

    def show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))

    def show_ongedaan(self, zin: str, seconden: int) -> None:
        """De laatste stap, en hoe lang zij nog terug te draaien is."""
        had_focus = self.terug.hasFocus()
        self.terug.setVisible(seconden > 0)
        self.terug.set_tekst(f"Ongedaan maken   {seconden // 60}:{seconden % 60:02d}", "Ongedaan maken")
        set_uitleg(self.terug, f"Terug te draaien: {zin}" if zin else "")
        if had_focus and not seconden:
            self.focus_hoofd()

    def focus_hoofd(self) -> None:
        """Naar wat u hier nu het eerst zou doen."""
        eerst = (self.knoppen[IS_ER], self.knoppen[KLAAR], self.oproepen, self.anders)
        for knop in (*eerst, *self._balieknoppen.values()):
            if knop.isVisible() and knop.isEnabled():
                knop.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # --- formulieren ---------------------------------------------------------------------------------------

    def open_klaar(self) -> None:
        if self.mijn is not None and self.mijn.nu is not None:
            self._nuknoppen.hide()
            self.klaarvorm.begin(self.mijn.nu.regels)

    def open_apart(self) -> None:
        self._nuknoppen.hide()
        self.apartvorm.begin()

    def close_vormen(self) -> None:
        had = any(vorm.isAncestorOf(self.focusWidget() or self) for vorm in (self.klaarvorm, self.apartvorm))
        self.klaarvorm.hide()
        self.apartvorm.hide()
        self._nuknoppen.show()
        if had:
            self.focus_hoofd()

    @property
    def vult_in(self) -> bool:
        return not (self.klaarvorm.isHidden() and self.apartvorm.isHidden())

    def _ask(self, naam: str) -> None:
        if not self._bezig:
            self.gevraagd.emit(naam)

    def _hoofdknop_met_focus(self) -> bool:
        eigen = (
            *self.knoppen.values(),
            self.oproepen,
            self.klaarvorm.bewaar,
            self.apartvorm.bewaar,
            *self._balieknoppen.values(),
        )
        focus = self.window().focusWidget()
        in_vorm = self.vult_in and focus is not None and self.isAncestorOf(focus)
        return in_vorm or any(knop.hasFocus() for knop in eigen)


def _naam(kaart: Kaart | None, namen: Mapping[str, str]) -> str:
    return namen.get(kaart.id, "") if kaart is not None else ""


def _id(mijn: Mijnbalie | None) -> tuple[str, str]:
    return (mijn.id, mijn.nu.id if mijn.nu is not None else "") if mijn is not None else ("", "")


def _toestand(mijn: Mijnbalie | None) -> Toestand | None:
    return mijn.nu.toestand if mijn is not None and mijn.nu is not None else None
