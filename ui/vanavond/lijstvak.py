"""Het midden: wie wacht, wie nog komt, wie is opgeroepen of even apart zit, en wie klaar is.

Toont en vraagt; doet zelf niets. Onderaan staat wat er met de aangewezen bezoeker kan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Toestand
from ui.beheer.tabel import Tabel
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst, set_uitleg
from ui.thema import Thema
from ui.vanavond.lijstmodel import BIJ, GROEP, NUMMER, TIJD, WACHT, Regelmodel
from ui.vanavond.model import Bord, Oproepregel, Regel

AANMELDEN, OPROEPEN, VOORRANG, NIET_GEKOMEN, TOCH_GEKOMEN = (
    "aanmelden", "oproepen", "voorrang", "niet_gekomen", "toch_gekomen",
)  # fmt: skip
OPNIEUW, VERDER, TERUG, NOTITIE = "opnieuw", "verder", "terug", "notitie"
_MARGE = 3 * Thema.afstand
_SMALST = 60


class Lijsttabel(Tabel):
    """Zo hoog als haar rijen, tot de plaats op is; dan scrolt zij. Opzij nooit: *Bijzonder* wijkt."""

    def _share(self) -> None:
        kop = self.horizontalHeader()
        if self._ruim < 0 or self._ruim >= self.model().columnCount():
            return
        rest = sum(kop.sectionSize(k) for k in range(kop.count()) if k != self._ruim)
        kop.resizeSection(self._ruim, max(self.viewport().width() - rest, _SMALST))

    def sizeHint(self) -> QSize:
        rij = self.verticalHeader().defaultSectionSize()
        hoogte = self.horizontalHeader().sizeHint().height() + self.model().rowCount() * rij + 6
        return QSize(super().sizeHint().width(), hoogte)

    def minimumSizeHint(self) -> QSize:
        rij = self.verticalHeader().defaultSectionSize()
        rijen = min(max(self.model().rowCount(), 1), 2)
        return QSize(200, self.horizontalHeader().sizeHint().height() + rijen * rij + 6)


class Lijstdeel(QWidget):
    """Kop met aantal, een tabel, en een zin als er niemand is. `aangewezen` (Regel) en `gekozen` (Enter)."""

    aangewezen = Signal(object)
    gekozen = Signal()

    def __init__(self, kop: str, model: Regelmodel, thema: Thema, leeg: str) -> None:
        super().__init__()
        self._kop = kop
        self.model = model
        self.titel = Tekst(kop, rol="kop2")
        self.leeg = Tekst(leeg, rol="gedempt")
        self.tabel = Lijsttabel(kop, thema, model)
        self.tabel.setProperty("soort", "kaal")
        self.tabel.horizontalHeader().setProperty("soort", "kaal")
        self.tabel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tabel.fit_kolommen(model.ruime_kolom)
        self.tabel.aangewezen.connect(self._point)
        self.tabel.clicked.connect(lambda index: self._point(index.row()))
        self.tabel.gekozen.connect(lambda _: self.gekozen.emit())
        for anders in (model.rowsInserted, model.rowsRemoved):
            anders.connect(self._resize)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for deel in (self.titel, self.leeg, self.tabel):
            kolom.addWidget(deel)
        self._resize()

    def show_regels(self, regels: Sequence[Regel]) -> None:
        self.model.set_regels(regels)
        self.titel.setText(f"{self._kop} ({len(regels)})" if regels else self._kop)

    def _resize(self) -> None:
        leeg = self.model.rowCount() == 0
        self.leeg.setVisible(leeg)
        self.tabel.setVisible(not leeg)
        # Een lege lijst is een kop met een zin: zij houdt geen plaats vrij.
        verticaal = QSizePolicy.Policy.Fixed if leeg else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, verticaal)
        self.tabel.updateGeometry()

    def _point(self, rij: int) -> None:
        regel = self.model.regel(rij)
        if regel is not None:
            self.aangewezen.emit(regel)


class Oproeplijst(QWidget):
    """Korte regels met een knop: opgeroepen, of even apart. `gevraagd` draagt het id."""

    gevraagd = Signal(str)

    def __init__(self, kop: str, knop: str) -> None:
        super().__init__()
        self._kop, self._knop = kop, knop
        self.setAccessibleName(kop)
        self.titel = Tekst(kop, rol="kop2")
        self._rijen: dict[str, tuple[QWidget, KorteTekst, Tekst, Knop]] = {}
        self._regels: tuple[Oproepregel, ...] = ()
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(0)
        self._kolom.addWidget(self.titel)
        self.hide()

    def show_regels(self, regels: tuple[Oproepregel, ...]) -> None:
        if regels == self._regels:
            return
        self._regels = regels
        self.titel.setText(f"{self._kop} ({len(regels)})")
        blijft = {regel.id for regel in regels}
        for id_ in [id_ for id_ in self._rijen if id_ not in blijft]:
            rij = self._rijen.pop(id_)[0]
            self._kolom.removeWidget(rij)
            rij.hide()
            rij.deleteLater()
        for regel in regels:
            if regel.id not in self._rijen:
                self._add(regel.id)
            _, nummer, zin, knop = self._rijen[regel.id]
            nummer.setText(regel.volgnummer)
            zin.setText(". ".join(deel for deel in (regel.zin, regel.kan_niet) if deel))
            knop.set_tekst(self._knop, f"{self._knop}: {regel.volgnummer}")
            knop.setEnabled(not regel.kan_niet)
            set_uitleg(knop, regel.kan_niet)
        self.setVisible(bool(regels))

    def knop(self, id_: str) -> Knop | None:
        rij = self._rijen.get(id_)
        return rij[3] if rij is not None else None

    def _add(self, id_: str) -> None:
        vak = QWidget()
        rij = QHBoxLayout(vak)
        rij.setContentsMargins(2 * Thema.afstand, 0, 0, 0)
        rij.setSpacing(2 * Thema.afstand)
        nummer, zin = KorteTekst(rol="nadruk"), Tekst()
        knop = Knop(self._knop, partial(self.gevraagd.emit, id_))
        rij.addWidget(nummer)
        rij.addWidget(zin, 1)
        rij.addWidget(knop)
        self._rijen[id_] = (vak, nummer, zin, knop)
        self._kolom.addWidget(vak)


class Keuzebalk(QWidget):
    """Wat er met de aangewezen bezoeker kan. `gevraagd` (handeling, Regel); `notitie` (Regel, tekst)."""

    gevraagd = Signal(str, object)
    notitie = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Aangewezen bezoeker")
        self.regel: Regel | None = None
        self._balie = ""
        self.wie = KorteTekst("Wijs iemand aan om iets te doen.", rol="gedempt")
        self.knoppen = {
            AANMELDEN: self._knop(AANMELDEN, "Aangemeld"),
            OPROEPEN: self._knop(OPROEPEN, "Oproepen"),
            VOORRANG: self._knop(VOORRANG, "Voorrang"),
            TOCH_GEKOMEN: self._knop(TOCH_GEKOMEN, "Toch gekomen"),
            NIET_GEKOMEN: self._knop(NIET_GEKOMEN, "Niet gekomen"),
            NOTITIE: self._knop(NOTITIE, "Notitie"),
        }
        self.veld = QLineEdit()
        self.veld.setAccessibleName("Notitie bij deze bezoeker")
        self.veld.setPlaceholderText("Kort. Alleen te lezen op Mijn balie.")
        self.veld.setMaxLength(80)
        self.veld.returnPressed.connect(self._save_notitie)
        self.veld.hide()
        rij = QWidget()
        vloei = Vloei(rij, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for knop in self.knoppen.values():
            vloei.addWidget(knop)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, Thema.afstand, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.wie, rij, self.veld):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        # Ook zonder keuze zo hoog: wie iemand aanwijst, ziet de lijst niet verspringen.
        self.setMinimumHeight(2 * Thema.hoofddoel)
        self.show_regel(None)

    def _knop(self, naam: str, tekst: str) -> Knop:
        return Knop(tekst, lambda: self._ask(naam))

    def set_balie(self, naam: str) -> None:
        self._balie = naam
        self.show_regel(self.regel)

    def show_regel(self, regel: Regel | None) -> None:
        """Wie is aangewezen, met alleen wat er nu met hem kan."""
        if regel is None or self.regel is None or regel.id != self.regel.id:
            self.veld.hide()
            self.veld.clear()
        self.regel = regel
        toestand = regel.toestand if regel is not None else None
        wacht, komt = toestand is Toestand.AANGEMELD, toestand is Toestand.BEVESTIGD
        zichtbaar = {
            AANMELDEN: komt,
            OPROEPEN: wacht and bool(self._balie),
            VOORRANG: wacht,
            TOCH_GEKOMEN: toestand is Toestand.NIET_GEKOMEN,
            NIET_GEKOMEN: komt or wacht,
            NOTITIE: wacht or komt,
        }
        for naam, knop in self.knoppen.items():
            knop.setVisible(zichtbaar[naam])
        if regel is None:
            self.wie.setText("Wijs iemand aan om iets te doen.")
            self.wie.set_rol("gedempt")
            return
        nummer = regel.volgnummer
        self.knoppen[OPROEPEN].set_tekst(
            f"Oproepen aan {self._balie}", f"{nummer} oproepen aan {self._balie}"
        )
        for naam, tekst in ((AANMELDEN, "Aangemeld"), (NIET_GEKOMEN, "Niet gekomen")):
            self.knoppen[naam].setAccessibleName(f"{tekst}: aangewezen {nummer}")
        self.wie.setText(regel.gesproken)
        self.wie.set_rol("nadruk")

    def focus_eerste(self) -> None:
        """Enter in een lijst: naar het eerste dat kan."""
        for knop in self.knoppen.values():
            if not knop.isHidden():
                knop.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _ask(self, naam: str) -> None:
        if self.regel is None:
            return
        if naam == NOTITIE:
            self.veld.setVisible(self.veld.isHidden())
            if not self.veld.isHidden():
                self.veld.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.gevraagd.emit(naam, self.regel)

    def _save_notitie(self) -> None:
        if self.regel is not None:
            self.notitie.emit(self.regel, " ".join(self.veld.text().split()))


class Lijstvak(QWidget):
    """`gevraagd` (handeling, id, volgnummer) en `notitie` (id, tekst)."""

    gevraagd = Signal(str, str, str)
    notitie = Signal(str, str)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName("Bezoekers van vanavond")
        self.wacht = self._deel("Wacht", (NUMMER, TIJD, WACHT, GROEP, BIJ), thema, "Er wacht niemand.")
        self.komt = self._deel("Komt nog", (TIJD, NUMMER, GROEP, BIJ), thema, "Er komt niemand meer.")
        self.klaar = self._deel("Klaar", (NUMMER, TIJD, GROEP, BIJ), thema, "Er is nog niemand klaar.")
        self.klaar.hide()
        self.opgeroepen = Oproeplijst("Opgeroepen", "Nog een keer oproepen")
        self.apart = Oproeplijst("Even apart", "Verder helpen")
        self.telling = KorteTekst(rol="gewoon")
        self.laat_zien = Knop("Laat zien", self._toggle_klaar, soort="stil", naam="Klaar: laat zien")
        self.melding = Tekst(rol="fout")
        self.melding.hide()
        self.balk = Keuzebalk()
        self._build()
        self._connect()

    def _deel(
        self, kop: str, kolommen: Sequence[tuple[str, Callable[[Regel], str]]], thema: Thema, leeg: str
    ) -> Lijstdeel:
        return Lijstdeel(kop, Regelmodel(kolommen, self), thema, leeg)

    def _build(self) -> None:
        onder = QHBoxLayout()
        onder.addWidget(self.telling)
        onder.addWidget(self.laat_zien)
        onder.addStretch(1)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self.wacht, 3)
        kolom.addWidget(Lijn())
        kolom.addWidget(self.komt, 2)
        for deel in (self.opgeroepen, self.apart):
            kolom.addWidget(deel)
        kolom.addWidget(self.klaar, 2)
        kolom.addStretch(1)
        kolom.addWidget(Lijn())
        kolom.addLayout(onder)
        kolom.addWidget(self.melding)
        kolom.addWidget(self.balk)

    def _connect(self) -> None:
        for deel in (self.wacht, self.komt, self.klaar):
            deel.aangewezen.connect(self._point)
            deel.gekozen.connect(self.balk.focus_eerste)
        self.balk.gevraagd.connect(lambda naam, regel: self.gevraagd.emit(naam, regel.id, regel.volgnummer))
        self.balk.notitie.connect(lambda regel, tekst: self.notitie.emit(regel.id, tekst))
        self.opgeroepen.gevraagd.connect(lambda id_: self.gevraagd.emit(OPNIEUW, id_, ""))
        self.apart.gevraagd.connect(lambda id_: self.gevraagd.emit(VERDER, id_, ""))

    # --- tonen ---------------------------------------------------------------------------------------------

    def show_bord(self, bord: Bord) -> None:
        self.wacht.show_regels(bord.wacht)
        self.komt.show_regels(bord.komt)
        self.klaar.show_regels(bord.klaar)
        self.opgeroepen.show_regels(bord.opgeroepen)
        self.apart.show_regels(bord.apart)
        self.telling.setText(f"Klaar {bord.aantal_klaar} – Niet gekomen {bord.aantal_niet_gekomen}")
        self.laat_zien.setVisible(bool(bord.klaar))
        self.balk.set_balie(bord.mijn.naam if bord.mijn is not None else "")
        self._follow_aangewezen()

    def show_namen(self, namen: Mapping[str, str]) -> None:
        for deel in (self.wacht, self.komt, self.klaar):
            deel.model.set_namen(namen)
            deel.tabel.fit_kolommen(deel.model.ruime_kolom)

    def show_fout(self, zin: str) -> None:
        self.melding.setText(zin)
        self.melding.setVisible(bool(zin))

    def choose(self, id_: str) -> None:
        """Wijs dit bezoek aan in de lijst waar het staat."""
        for deel in (self.wacht, self.komt, self.klaar):
            rij = deel.model.find(id_)
            if rij >= 0:
                deel.tabel.selectRow(rij)
                return

    def focus_wacht(self) -> None:
        """*Iemand anders…*: kies in de lijst."""
        doel = self.wacht if self.wacht.model.rowCount() else self.komt
        doel.tabel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_notitie(self) -> None:
        self.balk.veld.clear()
        self.balk.veld.hide()

    def _point(self, regel: Regel) -> None:
        self.show_fout("")
        self.balk.show_regel(regel)

    def _follow_aangewezen(self) -> None:
        """Wie is aangewezen, kan intussen verder zijn: toon wat er nu met hem kan."""
        regel = self.balk.regel
        if regel is None:
            return
        for deel in (self.wacht, self.komt, self.klaar):
            nu = deel.model.regel(deel.model.find(regel.id))
            if nu is not None:
                if nu != regel:
                    self.balk.show_regel(nu)
                return
        self.balk.show_regel(None)

    def _toggle_klaar(self) -> None:
        open_ = self.klaar.isHidden()
        self.klaar.setVisible(open_)
        self.laat_zien.set_tekst(
            "Verberg" if open_ else "Laat zien", f"Klaar: {'verberg' if open_ else 'laat zien'}"
        )
