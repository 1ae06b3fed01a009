"""De tijdlijn in beeld: filters, de lijst, en daaronder wat er nog komt of niet is geladen.

Laat zien wat het krijgt en vraagt om meer als het einde nadert. Wat er onder de muis of de focus staat,
blijft daar staan als er nieuwe rijen bij komen.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from frontoffice.domain.weergave import KlantWeergave
from ui.bouwstenen import Knop
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.lijst import Lijst
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.tijdlijn_delegate import TijdlijnDelegate
from ui.klantbeeld.tijdlijn_model import ITEM_ROL, TijdlijnModel
from ui.klantbeeld.tijdlijn_rijen import Rijenmaker
from ui.klantbeeld.toestand import Toestandregel, zin_mislukt
from ui.thema import Thema

_FILTERS: tuple[tuple[str, TijdlijnSoort | None], ...] = (
    ("Alles", None),
    ("Contacten", TijdlijnSoort.CONTACT),
    ("Terugbelverzoeken", TijdlijnSoort.TERUGBELVERZOEK),
    ("Zaken", TijdlijnSoort.ZAAK),
    ("Documenten", TijdlijnSoort.DOCUMENT),
    ("Afspraken", TijdlijnSoort.AFSPRAAK),
    ("Meldingen", TijdlijnSoort.MELDING),
)
_PLAATS_AFSPRAKEN = 5  # alleen waar een agenda is
_TYPPAUZE_MS = 150
_PLAATS_LEEG = 5  # de rek onderaan: houdt alles bovenin als er geen lijst is
_BRONNEN = {"contacten": "Contacten", "zaken": "Zaken"}
_ALLE_BRONNEN = {**_BRONNEN, "afspraken": "Afspraken", "meldingen": "Meldingen"}


class Tijdlijnlijst(Lijst):
    """De lijst; houdt bij nieuwe rijen vast wat er bovenaan stond, tenzij niemand ernaar kijkt."""

    def __init__(self) -> None:
        super().__init__("Tijdlijn")
        self._anker: tuple[str, int] | None = None
        self._houdt_vast = False
        self._is_aangewezen = False
        self.is_gebladerd = False
        self.verticalScrollBar().valueChanged.connect(self._note_bladeren)

    def _note_bladeren(self, waarde: int) -> None:
        """Schuift de medewerker zelf, of houdt de lijst alleen een rij op haar plaats?"""
        if waarde == 0:
            self.is_gebladerd = False
        elif not self._houdt_vast:
            self.is_gebladerd = True

    def forget(self) -> None:
        """Een andere klant: begin bovenaan. Een muis die hier toevallig ligt, leest nog niets."""
        self._anker = None
        self._is_aangewezen = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._is_aangewezen = True
        super().mouseMoveEvent(event)

    def hold(self) -> None:
        """Onthoud de bovenste rij, als iemand naar beneden is gebladerd of de muis of focus hier heeft."""
        index = self.indexAt(self.viewport().rect().topLeft())
        met_muis = self._is_aangewezen and self.underMouse()
        wordt_bekeken = self.verticalScrollBar().value() > 0 or self.hasFocus() or met_muis
        if index.isValid() and wordt_bekeken:
            self._anker = (index.data(ITEM_ROL).id, self.visualRect(index).top())
        else:
            self._anker = None

    def settle(self) -> None:
        """Zet de onthouden rij terug op haar plaats."""
        if self._anker is None:
            return
        model = self.model()
        assert isinstance(model, TijdlijnModel)
        index = model.index_van(self._anker[0])
        if index.isValid():
            self._houdt_vast = True
            self.doItemsLayout()
            balk = self.verticalScrollBar()
            balk.setValue(balk.value() + self.visualRect(index).top() - self._anker[1])
            self._houdt_vast = False


class TijdlijnVak(Vak):
    """Signalen: `gekozen` (TijdlijnItem, met Enter of klik), `bekeken` (TijdlijnItem, bij het lopen door de
    lijst), `meer_gevraagd` (met een knop), `einde_nadert` (bij het bladeren), `opnieuw` (naam van de bron),
    `annuleren` en `uitgebreid` (er kwam een regel bij)."""

    gekozen = Signal(object)
    bekeken = Signal(object)
    meer_gevraagd = Signal()
    einde_nadert = Signal()
    opnieuw = Signal(str)
    annuleren = Signal()
    gekopieerd = Signal(str)
    uitgebreid = Signal()

    def __init__(self, thema: Thema, iconen: Iconen) -> None:
        super().__init__("Tijdlijn")
        self._iconen = iconen
        self._maker = Rijenmaker()
        self._weergave: KlantWeergave | None = None
        self._beeld: Klantbeeld | None = None
        self._is_bezig = False
        self._meer_mislukt = ""
        self._bronnen: dict[str, Toestandregel] = {}
        self.model = TijdlijnModel(self)
        self.lijst = Tijdlijnlijst()
        self.lijst.setModel(self.model)
        self._delegate = TijdlijnDelegate(thema, iconen, self.lijst)
        self.lijst.setItemDelegate(self._delegate)
        self._build()
        thema.gewijzigd.connect(self._restyle)
        self.lijst.gekozen.connect(self._choose)
        self.lijst.gekopieerd.connect(self.gekopieerd)
        self.lijst.selectionModel().currentChanged.connect(self._walk)
        self.lijst.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.lijst.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_verder())

    def _build(self) -> None:
        self.soort = QComboBox()
        self.soort.setAccessibleName("Soort in de tijdlijn")
        for naam, soort in _FILTERS:
            if soort is not TijdlijnSoort.AFSPRAAK:
                self.soort.addItem(naam, soort)
        self.soort.currentIndexChanged.connect(self._filter)
        self.zoek = QLineEdit()
        self.zoek.setPlaceholderText("Zoek in tijdlijn")
        self.zoek.setAccessibleName("Zoek in tijdlijn")
        self.zoek.setClearButtonEnabled(True)
        self.zoek.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.zoek.setMaximumWidth(260)
        self._typpauze = QTimer(self)
        self._typpauze.setSingleShot(True)
        self._typpauze.setInterval(_TYPPAUZE_MS)
        self._typpauze.timeout.connect(self._filter)
        self.zoek.textChanged.connect(lambda _: self._typpauze.start())
        self.zoek.returnPressed.connect(self._to_lijst)
        self._nieuwere = Knop("Nieuwere staan bovenaan", self.lijst.scrollToTop, soort="stil")
        self._nieuwere.hide()
        for deel in (self._nieuwere, self.soort, self.zoek):
            self.kopregel.addWidget(deel)
        self._midden = Toestandregel(self._iconen, "Tijdlijn")
        self._midden.annuleren.connect(self.annuleren)
        self._meer = Toestandregel(self._iconen, "Meer van de tijdlijn")
        self._meer.opnieuw.connect(self._retry_meer)
        self._meer.annuleren.connect(self.annuleren)
        self._verder = Knop("Ouder laden", self._search_on, soort="stil")
        self._wissen = Knop("Alles tonen", self.clear_filter, soort="stil")
        onder = QHBoxLayout()
        onder.setContentsMargins(2 * Thema.afstand, 0, 2 * Thema.afstand, 0)
        onder.addWidget(self._verder)
        onder.addWidget(self._wissen)
        onder.addStretch(1)
        self._onderregel = QWidget()
        self._onderregel.setLayout(onder)
        self._onderregel.hide()
        self._bronvak = QVBoxLayout()
        self._bronvak.setSpacing(0)
        self.inhoud.addWidget(self._midden)
        self.inhoud.addWidget(self.lijst, 1)
        self.inhoud.addWidget(self._onderregel)
        self.inhoud.addWidget(self._meer)
        self.inhoud.addLayout(self._bronvak)
        self.inhoud.addStretch(0)

    # --- tonen -----------------------------------------------------------------------------------------

    def show_weergave(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        """Breng de lijst bij; wat bekeken wordt blijft op zijn plaats."""
        self._weergave, self._beeld = weergave, beeld
        self._show_afsprakenfilter("afspraken" in weergave.toestanden)
        self._set_rijen(weergave, beeld.vandaag)
        self._show_bronnen(weergave, beeld)
        self._show_standen()

    def clear(self) -> None:
        """Er is geen klant meer, of een andere."""
        self._weergave, self._beeld = None, None
        self._meer_mislukt = ""
        self._maker.clear()
        self.clear_filter()
        self.model.clear()
        self.lijst.forget()
        for regel in self._bronnen.values():
            regel.show_niets()
        for deel in (self._midden, self._meer):
            deel.show_niets()
        self._nieuwere.hide()
        self._onderregel.hide()

    def set_bezig(self, is_bezig: bool) -> None:
        """Er wordt een volgende bladzijde opgehaald, of niet meer."""
        self._is_bezig = is_bezig
        if is_bezig:
            self._meer_mislukt = ""
        self._show_standen()

    def show_meer_mislukt(self, zin: str) -> None:
        self._meer_mislukt = zin
        self._show_standen()

    def select(self, item_id: str) -> None:
        """Wijs een gebeurtenis aan als ze er is, en anders niets; verplaatst de focus niet."""
        self.lijst.point_at(self.model.index_van(item_id))

    def eerste_focus(self) -> QWidget:
        return self.lijst if self.lijst.isVisible() else self.zoek

    def focus_zoek(self) -> None:
        self.zoek.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.zoek.selectAll()

    def clear_filter(self) -> None:
        self.soort.setCurrentIndex(0)
        self.zoek.clear()
        self._filter()

    def _set_rijen(self, weergave: KlantWeergave, vandaag: date) -> None:
        eerste = self.model.index(0).data(ITEM_ROL)
        self.lijst.hold()
        self.model.set_rijen(self._maker.make(weergave.tijdlijn, vandaag))
        self.lijst.settle()
        nieuw_bovenaan = eerste is not None and self.model.index_van(eerste.id).row() > 0
        if nieuw_bovenaan and self.lijst.verticalScrollBar().value() > 0:
            self._nieuwere.show()

    @property
    def _gestokt(self) -> bool:
        """De bron die verder moet, is net mislukt; dan gaat het pas verder met Opnieuw."""
        stroom = self._beeld.tijdlijn.remmende_stroom if self._beeld else None
        return stroom is not None and stroom.fout is not None

    def _show_bronnen(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        """Een regel per bron die nog komt of ontbreekt, met de reden."""
        gemeld: set[str] = set()
        for naam, woord in _ALLE_BRONNEN.items():
            toestand = weergave.toestanden.get(naam)
            if toestand is None:
                continue
            if toestand.soort == "mislukt":
                gemeld.add(naam)
                zin = zin_mislukt(toestand, woord)
                self._bron(naam).show_fout(zin, opnieuw_helpt=toestand.opnieuw_helpt)
            elif toestand.soort == "laden" and self.model.aantal_geladen:
                gemeld.add(naam)
                self._bron(naam).show_laden(woord)
        for stroom in beeld.tijdlijn.stromen:
            if stroom.fout is not None and stroom.naam not in gemeld:
                gemeld.add(stroom.naam)
                zin = f"{stroom.naam.capitalize()}: niet geladen. {stroom.fout.uitleg}"
                self._bron(stroom.naam).show_fout(zin, opnieuw_helpt=stroom.fout.opnieuw_helpt)
        for naam, regel in self._bronnen.items():
            if naam not in gemeld:
                regel.show_niets()

    def _bron(self, naam: str) -> Toestandregel:
        if naam not in self._bronnen:
            regel = Toestandregel(
                self._iconen, f"{_ALLE_BRONNEN.get(naam, naam.capitalize())} in de tijdlijn"
            )
            regel.opnieuw.connect(lambda: self._retry_bron(naam))
            regel.annuleren.connect(self.annuleren)
            self._bronnen[naam] = regel
            self._bronvak.addWidget(regel)
            self.uitgebreid.emit()
        return self._bronnen[naam]

    def _show_standen(self) -> None:
        """De regel in plaats van een lege lijst, en de regel over de volgende bladzijde."""
        weergave = self._weergave
        if weergave is None:
            return
        laadt = any(t.soort == "laden" for n, t in weergave.toestanden.items() if n in _BRONNEN)
        mist = any(t.soort == "mislukt" for n, t in weergave.toestanden.items() if n in _ALLE_BRONNEN)
        leeg = self.model.rowCount() == 0
        if not leeg:
            self._midden.show_niets()
        elif weergave.uitleg:
            self._midden.show_leeg(weergave.uitleg)
        elif laadt and not self.model.aantal_geladen:
            self._midden.show_laden()
        elif self._is_niet_aangesloten:
            self._midden.show_leeg("Meldingen zijn hier nog niet aangesloten. Kijk in het meldingensysteem.")
        elif self.model.is_gefilterd and self.model.aantal_geladen:
            self._midden.show_leeg("Niets gevonden. Typ minder, of kies Alles.")
        elif mist:
            self._midden.show_niets()
        else:
            self._midden.show_leeg("Nog geen contacten, zaken of documenten.")
        self.lijst.setVisible(not leeg)
        self.inhoud.setStretch(_PLAATS_LEEG, 1 if leeg else 0)
        self._show_verder()
        if self._meer_mislukt:
            self._meer.show_fout(f"Meer is niet geladen. {self._meer_mislukt}", opnieuw_helpt=True)
        elif self._is_bezig:
            self._meer.show_laden("Meer")
        else:
            self._meer.show_niets()

    @property
    def _is_niet_aangesloten(self) -> bool:
        """Er wordt om meldingen gevraagd, en die heeft deze gemeente hier (nog) niet."""
        stroom = self._beeld.tijdlijn.stroom("meldingen") if self._beeld else None
        gevraagd = self._gekozen_soort is TijdlijnSoort.MELDING
        return gevraagd and stroom is not None and not stroom.aangesloten

    def _show_verder(self) -> None:
        """Wie niet kan bladeren omdat alles past, of filtert, krijgt een knop om verder terug te gaan."""
        plaats = self.lijst.height() + (self._onderregel.height() if self._onderregel.isVisible() else 0)
        past = self.model.rowCount() * self._delegate.hoogte <= plaats
        op_verzoek = self._can_more and (self.model.is_gefilterd or past)
        self._verder.setText("Verder zoeken in ouder" if self.model.is_gefilterd else "Ouder laden")
        self._verder.setAccessibleName(self._verder.text())
        self._verder.setVisible(op_verzoek)
        self._wissen.setVisible(self.model.is_gefilterd)
        self._onderregel.setVisible(op_verzoek or self.model.is_gefilterd)

    # --- meedoen ---------------------------------------------------------------------------------------

    @property
    def _gekozen_soort(self) -> TijdlijnSoort | None:
        soort = self.soort.currentData()
        return TijdlijnSoort(soort) if soort else None

    def _show_afsprakenfilter(self, er_is_een_agenda: bool) -> None:
        naam, soort = _FILTERS[_PLAATS_AFSPRAKEN]
        plaats = self.soort.findText(naam)
        if er_is_een_agenda and plaats < 0:
            self.soort.insertItem(_PLAATS_AFSPRAKEN, naam, soort)
        elif not er_is_een_agenda and plaats >= 0:
            self.soort.removeItem(plaats)

    def _filter(self) -> None:
        self._typpauze.stop()
        gekozen = self.lijst.currentIndex().data(ITEM_ROL)
        self.model.set_filter(self._gekozen_soort, self.zoek.text())
        if isinstance(gekozen, TijdlijnItem):
            index = self.model.index_van(gekozen.id)
            if index.isValid():
                self.lijst.setCurrentIndex(index)
        self._nieuwere.hide()
        self._show_standen()
        self.want_more()

    def _to_lijst(self) -> None:
        """Enter in het zoekveld: naar wat er is gevonden."""
        self._filter()
        if self.model.rowCount():
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROL)
        if isinstance(item, TijdlijnItem):
            self.gekozen.emit(item)

    def _walk(self, index: QModelIndex) -> None:
        """Alleen wie loopt, kijkt: de lijst die enkel de focus krijgt, haalt niet weg wat rechts stond."""
        item = index.data(ITEM_ROL)
        is_aangewezen = self.lijst.selectionModel().isSelected(index)
        if isinstance(item, TijdlijnItem) and self.lijst.hasFocus() and is_aangewezen:
            self.bekeken.emit(item)

    def _scrolled(self, waarde: int) -> None:
        if waarde == 0:
            self._nieuwere.hide()
        self.lijst.viewport().update()  # Qt schuift het beeld op; de bovenste rij moet haar dag krijgen
        self.want_more()

    def want_more(self) -> None:
        """Vraag de volgende bladzijde ruim voor het einde, maar alleen als iemand naar beneden bladert.

        Wie niet bladert, kost het register geen verzoek. Met een filter, of als een bron net mislukte, alleen
        op verzoek.
        """
        balk = self.lijst.verticalScrollBar()
        if not self._can_more or self.model.is_gefilterd or not self.lijst.is_gebladerd:
            return
        if balk.maximum() - balk.value() < 2 * self.lijst.viewport().height():
            self.einde_nadert.emit()

    @property
    def _can_more(self) -> bool:
        weergave = self._weergave
        if weergave is None or not weergave.tijdlijn_meer or self._is_bezig or self._meer_mislukt:
            return False
        laadt = any(t.soort == "laden" for n, t in weergave.toestanden.items() if n in _BRONNEN)
        return not laadt and not self._gestokt

    def _retry_bron(self, naam: str) -> None:
        """Brak een bron halverwege af, dan gaat zij daar verder; anders begint zij opnieuw."""
        stroom = self._beeld.tijdlijn.stroom(naam) if self._beeld else None
        if stroom is not None and stroom.fout is not None and stroom.items and stroom.vervolg:
            self.meer_gevraagd.emit()
        else:
            self.opnieuw.emit(naam)

    def _search_on(self) -> None:
        self.meer_gevraagd.emit()

    def _retry_meer(self) -> None:
        self._meer_mislukt = ""
        self.meer_gevraagd.emit()

    def _restyle(self) -> None:
        self._delegate.restyle()
        self.lijst.doItemsLayout()
