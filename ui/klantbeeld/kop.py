"""De kop van het klantscherm: waarschuwingen, naam, gegevens, en wat daarvan ontbreekt. Scrolt nooit weg.

Toont alleen wat de weergave geeft en vraagt om te onthullen; het beslist niet wat verborgen is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from frontoffice.domain.concept import Identiteit, Identiteitsniveau
from frontoffice.domain.gegevens import GEEN_NAAM, Gegeven
from frontoffice.domain.klant import BedrijfSleutel, Waarschuwing, WaarschuwingSoort
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.weergave import KlantWeergave
from ui import klembord
from ui.bouwstenen import Band, Knop, Scrollvlak
from ui.klantbeeld.controle import Controlebalk
from ui.klantbeeld.gegeven import Gegevenvak
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.identiteit import Identiteitregel
from ui.klantbeeld.onthul import Redenregel
from ui.klantbeeld.toestand import Beeldje, Toestandregel, zin_mislukt
from ui.klantbeeld.vloei import Vloei, one_opmaak
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema, set_stijl

ZONDER_REDEN = "op verzoek getoond"
_ZWAAR = (WaarschuwingSoort.OVERLEDEN, WaarschuwingSoort.GEHEIMHOUDING)
_BRONNEN = {"persoon": "Gegevens uit de BRP", "bedrijf": "Handelsregister", "klant": "Klantregister"}
_WOORDEN = {"adres": "het adres", "telefoon": "het telefoonnummer", "email": "het e-mailadres"}
_NABESTAANDE = (
    "Zeg dit: “Gecondoleerd met uw verlies. Wat is uw naam, en wat was uw band met de overledene?”\n"
    "Geef geen gegevens van de overledene. Vertel alleen wat de nabestaande zelf kan regelen."
)


# De leesvolgorde van de weergave. De eerste klant is bijna altijd een persoon: die vakken liggen klaar.
_VOLGORDE = (
    "bsn", "kvk", "vestiging", "rsin", "geboortedatum", "adres", "handelsnamen", "activiteiten",
    "geen_reclame", "actief", "telefoon", "email", "overig", "voorkeurskanaal", "taal",
)  # fmt: skip
_KLAAR = ("bsn", "adres", "telefoon", "email", "voorkeurskanaal", "taal")


class _Naam(Tekst):
    """De naam wil op één regel, hoe lang ook; pas als de plaats op is, loopt hij door."""

    def _measure_wens(self) -> QSize:
        breed = int(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 4
        return QSize(breed, self.heightForWidth(breed))


class Meegroeivlak(Scrollvlak):
    """Zo hoog als zijn inhoud; alleen als het venster daarvoor te klein is, scrolt hij."""

    _KLEINST = 72

    def __init__(self, inhoud: QWidget) -> None:
        super().__init__(inhoud)
        self._inhoud = inhoud
        beleid = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        beleid.setHeightForWidth(True)
        self.setSizePolicy(beleid)
        inhoud.installEventFilter(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, breedte: int) -> int:
        opmaak = self._inhoud.layout()
        return opmaak.totalHeightForWidth(breedte) if opmaak is not None else 0

    def sizeHint(self) -> QSize:
        return QSize(self._inhoud.sizeHint().width(), self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.sizeHint().height(), self._KLEINST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Waarschuwingsband(Band):
    """Eén waarschuwing met een icoon ervoor en hoogstens één knop."""

    def __init__(self, waarschuwing: Waarschuwing, iconen: Iconen, *knoppen: Knop) -> None:
        zwaar = waarschuwing.soort in _ZWAAR
        super().__init__(waarschuwing.tekst, "gevaar" if zwaar else "let_op", *knoppen)
        kleur: Kleurnaam = "gevaar" if zwaar else "let_op"
        self.setAccessibleName(f"Waarschuwing: {waarschuwing.tekst}")
        if zwaar:
            self.tekst.setProperty("nadruk", True)
        rij = self.layout()
        if isinstance(rij, QHBoxLayout):
            rij.insertWidget(0, Beeldje(iconen, "waarschuwing" if zwaar else "info", kleur))


class KopVak(QFrame):
    """Signalen: `onthul` (wat, reden), `gecontroleerd` (Controle, toelichting), `opnieuw` (onderdeel),
    `annuleren`, `melding` (korte tekst), `uitgebreid` (er kwamen widgets bij), `identiteit_gekozen`
    (Identiteit of None)."""

    onthul = Signal(str, str)
    gecontroleerd = Signal(object, str)
    opnieuw = Signal(str)
    annuleren = Signal()
    melding = Signal(str)
    uitgebreid = Signal()
    identiteit_gekozen = Signal(object)

    def __init__(self, thema: Thema, iconen: Iconen, controleer: QAction) -> None:
        super().__init__()
        self._iconen = iconen
        self._beeld: Klantbeeld | None = None
        self._gegevens: dict[tuple[str, int], Gegevenvak] = {}
        self._getoond: tuple[Waarschuwing, ...] | None = None
        self.setAccessibleName("Klant")
        set_stijl(self, "soort", "kop")
        self._waarschuwingen = QVBoxLayout()
        self._waarschuwingen.setSpacing(1)
        self._nabestaande = Band(_NABESTAANDE, "goed", Knop("Sluiten", self._close_nabestaande, soort="stil"))
        self._nabestaande.hide()
        self.controle = Controlebalk(iconen, controleer)
        self.controle.gecontroleerd.connect(self.gecontroleerd)
        self.identiteit = Identiteitregel()
        self.identiteit.gekozen.connect(self._choose_identiteit)
        self.reden = Redenregel()
        self.reden.gegeven.connect(self.onthul)
        self._regels = {naam: Toestandregel(iconen, woord) for naam, woord in _BRONNEN.items()}
        for naam, regel in self._regels.items():
            regel.opnieuw.connect(lambda naam=naam: self.opnieuw.emit(naam))
            regel.annuleren.connect(self.annuleren)
        self._build()
        thema.gewijzigd.connect(self._restyle)

    def _build(self) -> None:
        self.naam = _Naam(rol="kop1")
        self._ondertitel = Tekst(rol="gedempt")
        namen = QWidget()
        vloei = Vloei(namen, tussen=3 * Thema.afstand)
        vloei.addWidget(self.naam)
        vloei.addWidget(self._ondertitel)
        vloei.addWidget(self.identiteit)
        feiten = QWidget()
        self._vloei = Vloei(feiten, tussen=5 * Thema.afstand, regel=0)
        self.feiten = feiten
        self._opmerkingen = Tekst(rol="klein")
        self._detail = QWidget()
        onder = QVBoxLayout(self._detail)
        onder.setContentsMargins(0, 0, 0, 0)
        onder.setSpacing(Thema.afstand)
        onder.addWidget(feiten)
        onder.addWidget(self._opmerkingen)
        midden = QVBoxLayout()
        midden.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        midden.setSpacing(Thema.afstand)
        midden.addWidget(namen)
        midden.addWidget(self._detail)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addLayout(self._waarschuwingen)
        rest = QWidget()
        onder_waarschuwing = QVBoxLayout(rest)
        onder_waarschuwing.setContentsMargins(0, 0, 0, 0)
        onder_waarschuwing.setSpacing(0)
        onder_waarschuwing.addWidget(self._nabestaande)
        onder_waarschuwing.addLayout(midden)
        for deel in (self.controle, self.reden, *self._regels.values()):
            onder_waarschuwing.addWidget(deel)
        alles.addWidget(Meegroeivlak(rest))
        self._lagen = (self._vloei, onder, onder_waarschuwing)

    # --- tonen -----------------------------------------------------------------------------------------

    def show_weergave(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        with one_opmaak(*self._lagen):
            self._show(weergave, beeld)

    def _show(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        self._beeld = beeld
        self._show_waarschuwingen(weergave.waarschuwingen)
        self.naam.setText(_naam(weergave))
        ondertitel = weergave.ondertitel if weergave.gecontroleerd else ""
        self._ondertitel.setText(ondertitel)
        self._ondertitel.setVisible(bool(ondertitel))
        self._show_gegevens(weergave, beeld)
        self._opmerkingen.setText("\n".join(weergave.opmerkingen))
        self._opmerkingen.setVisible(bool(weergave.opmerkingen))
        self.controle.show_beeld(beeld)
        for naam, regel in self._regels.items():
            self._show_toestand(naam, regel, weergave)

    def clear(self) -> None:
        """Alles van de vorige klant weg."""
        self._beeld = None
        self.reden.close_regel()
        self.controle.clear()
        self.identiteit.clear()
        self._close_nabestaande()
        self._show_waarschuwingen(())
        for tekst in (self.naam, self._ondertitel, self._opmerkingen):
            tekst.setText("")
        for vak in self._gegevens.values():
            vak.hide()
            vak.show_gegeven(Gegeven("", "", ""), vraagt_reden=False)
        for regel in self._regels.values():
            regel.show_niets()

    def eerste_focus(self) -> QWidget:
        """De controleknop, anders het eerste gegeven met een knop."""
        keten: QWidget | None = self.nextInFocusChain()
        while keten is not None and keten is not self:
            met_tab = keten.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            if met_tab and self.isAncestorOf(keten) and keten.isVisible() and keten.isEnabled():
                return keten
            keten = keten.nextInFocusChain()
        return self

    def show_identiteit(self, identiteit: Identiteit | None, hoort: bool) -> None:
        """Wat het lopende contact zegt over wie er spreekt; `hoort`: het gaat over de klant in beeld."""
        if hoort:
            self.identiteit.show_identiteit(identiteit)
        else:
            self.identiteit.clear()

    def start_controle(self) -> bool:
        """Naar het paneel om te controleren, of naar de vinkjes. Onwaar als geen van beide er is."""
        if not self.controle.isHidden():
            self.controle.open_paneel()
        elif not self.identiteit.isHidden():
            self.identiteit.focus_begin()
        else:
            return False
        return True

    def _choose_identiteit(self, identiteit: Identiteit | None) -> None:
        """Verder dan een algemene vraag gaat pas als is gecontroleerd wie er spreekt."""
        algemeen = identiteit is None or identiteit.niveau is Identiteitsniveau.ALGEMEEN
        if self._beeld is not None and (self._beeld.gecontroleerd or algemeen):
            self.identiteit_gekozen.emit(identiteit)
        else:
            self.identiteit.restore()
            self.controle.open_paneel()

    def set_compact(self, is_compact: bool) -> None:
        """Op een smal scherm: alleen waarschuwingen en naam, zodat er plaats is voor de rest."""
        self._detail.setVisible(not is_compact)
        self.identiteit.set_compact(compact=is_compact)

    def reveal_bsn(self) -> None:
        """De handeling "BSN tonen" uit het menu."""
        if self._beeld is not None and self._beeld.gecontroleerd:
            self.onthul.emit("bsn", ZONDER_REDEN)

    def _show_waarschuwingen(self, waarschuwingen: tuple[Waarschuwing, ...]) -> None:
        if waarschuwingen == self._getoond:
            return
        self._getoond = waarschuwingen
        while (plek := self._waarschuwingen.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for waarschuwing in waarschuwingen:
            knoppen = []
            if waarschuwing.soort is WaarschuwingSoort.OVERLEDEN:
                knoppen.append(Knop("Nabestaande belt", self._open_nabestaande))
            self._waarschuwingen.addWidget(Waarschuwingsband(waarschuwing, self._iconen, *knoppen))
        self.uitgebreid.emit()

    def _show_gegevens(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        gezien: dict[str, int] = {}
        getoond = set()
        for gegeven in weergave.gegevens:
            if gegeven.soort == "geboortedatum" and gegeven.onthul is None and weergave.ondertitel:
                continue  # staat al naast de naam
            sleutel = (gegeven.soort, gezien.get(gegeven.soort, 0))
            gezien[gegeven.soort] = sleutel[1] + 1
            getoond.add(sleutel)
            vak = self.make_vak(sleutel)
            vak.show_gegeven(gegeven, vraagt_reden=_vraagt_reden(gegeven, beeld))
            vak.show()
        for sleutel, vak in self._gegevens.items():
            if sleutel not in getoond:
                vak.hide()
        self.feiten.setVisible(bool(getoond))

    def make_vak(self, sleutel: tuple[str, int]) -> Gegevenvak:
        """Het vak van een gegeven (soort, volgnummer), in leesvolgorde tussen de andere."""
        bekend = self._gegevens.get(sleutel)
        if bekend is not None:
            return bekend
        vak = Gegevenvak(self._iconen)
        vak.hide()
        vak.kopieer.connect(self._copy)
        vak.tonen.connect(lambda gegeven: self._reveal(gegeven, vak))
        self._vloei.insert_widget(sum(_plek(ander) < _plek(sleutel) for ander in self._gegevens), vak)
        self._gegevens[sleutel] = vak
        self.uitgebreid.emit()
        return vak

    def warm_stappen(self) -> Iterator[Callable[[], object]]:
        """Wat vooraf te maken is, in kleine stukken: anders betaalt de eerste klant ervoor."""
        yield from (partial(self.make_vak, (soort, 0)) for soort in _KLAAR)

    def _show_toestand(self, naam: str, regel: Toestandregel, weergave: KlantWeergave) -> None:
        toestand = weergave.toestanden.get(naam)
        if toestand is None or toestand.soort == "geladen":
            regel.show_niets()
        elif toestand.soort == "laden":
            regel.show_laden(_BRONNEN[naam])
        else:
            regel.show_fout(zin_mislukt(toestand, _BRONNEN[naam]), opnieuw_helpt=toestand.opnieuw_helpt)

    # --- doen ------------------------------------------------------------------------------------------

    def _copy(self, gegeven: Gegeven) -> None:
        klembord.copy(
            self, gegeven.tekst, gegeven.soort, lambda: self.melding.emit(f"{gegeven.label} gekopieerd.")
        )

    def _reveal(self, gegeven: Gegeven, vak: Gegevenvak) -> None:
        if gegeven.onthul is None or self._beeld is None:
            return
        if _vraagt_reden(gegeven, self._beeld):
            woord = _WOORDEN.get(gegeven.soort, gegeven.label.lower())
            self.reden.open_voor(gegeven.onthul, woord, vak.tonen_knop)
        else:
            self.onthul.emit(gegeven.onthul, ZONDER_REDEN)

    def _open_nabestaande(self) -> None:
        self._nabestaande.show()

    def _close_nabestaande(self) -> None:
        self._nabestaande.hide()

    def _restyle(self) -> None:
        for vak in self._gegevens.values():
            vak.restyle()


def _plek(sleutel: tuple[str, int]) -> tuple[int, str, int]:
    """Waar een gegeven hoort; een soort die hier niet staat komt achteraan."""
    soort, nummer = sleutel
    return (_VOLGORDE.index(soort) if soort in _VOLGORDE else len(_VOLGORDE), soort, nummer)


def _naam(weergave: KlantWeergave) -> str:
    """De naam, of waarom die er niet staat: nog onderweg, of niet geladen."""
    standen = [toestand.soort for bron, toestand in weergave.toestanden.items() if bron in _BRONNEN]
    if all(stand == "laden" for stand in standen):
        return "Laden…"
    if weergave.naam != GEEN_NAAM:
        return weergave.naam
    return "Naam niet geladen" if "mislukt" in standen else "Naam onbekend"


def _vraagt_reden(gegeven: Gegeven, beeld: Klantbeeld) -> bool:
    """BSN en wat aan de balie dicht ligt gaan met één klik open; geheimhouding vraagt om een reden."""
    if gegeven.onthul is None or gegeven.soort in ("bsn", "geboortedatum"):
        return False
    geheim = beeld.geheimhouding or beeld.geheimhouding_onbekend
    return geheim or isinstance(beeld.sleutel, BedrijfSleutel)
