"""Het klantscherm: zet de onderdelen neer en verbindt ze met de lader. Beslist zelf niets.

Breed: kop boven, links wat speelt er en zaken, in het midden de tijdlijn, rechts wat is gekozen. Smal
(200 %): één onderdeel tegelijk, met een spronglijst; het detail ligt erover.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.aandacht import HOOGSTENS
from frontoffice.domain.concept import Identiteit, to_identiteit
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Controle, Herkomst, KlantSleutel, PersoonSleutel
from frontoffice.domain.klantbeeld import Aandachtspunt, Klantbeeld
from frontoffice.domain.tijdlijn import TijdlijnItem
from frontoffice.domain.weergave import KlantWeergave, ZaakRegel, maak_weergave
from frontoffice.services.klantbeeld import KlantbeeldDienst
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.klantbeeld.aandacht import AandachtVak
from ui.klantbeeld.beurten import Beurten, Stuk
from ui.klantbeeld.detail import DetailVak
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.kolommen import Kolommen
from ui.klantbeeld.kop import KopVak
from ui.klantbeeld.lader import AFGEROND, BEELD, INZAGE, TIJDLIJN, ZAKEN, Klantlader
from ui.klantbeeld.namen import mislukte_delen, zin_nieuws
from ui.klantbeeld.sprongen import SECTIES, Spronglijst
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.klantbeeld.tijdlijn import TijdlijnVak
from ui.klantbeeld.voorbereiding import Voorbereiding
from ui.klantbeeld.zaken import ZakenVak
from ui.tekst import announce
from ui.thema import Thema, set_stijl

SMAL = 1000
MIDDEL = 1300
"""Daaronder is er naast de strook geen plaats voor een derde kolom: het detail ligt dan over de linker."""
HOOG_GENOEG = 360  # op een smal scherm is er dan onder de klant ook plaats voor wat er speelt
_TABS_MS = 50


class KlantbeeldScherm(QWidget):
    """Eén klant in beeld.

    Signalen: `gewijzigd` (Klantbeeld) na elke verandering, `melding` (korte tekst) voor de statusregel en
    `afspraak` ("verzetten", "afzeggen" of "bekijken", id) voor het afsprakenscherm, en `zaak_in_beeld`
    (ZaakKoppeling of None). `niet_geopend` (zin): vastleggen lukte niet, deze klant moet weer dicht.
    `gecontroleerd` (Identiteit): er is net gecontroleerd. `identiteit` (Identiteit of None): zet dit erbij.
    """

    gewijzigd = Signal(object)
    zaak_in_beeld = Signal(object)
    niet_geopend = Signal(str)
    gecontroleerd = Signal(object)
    identiteit = Signal(object)
    melding = Signal(str)
    melding_openen = Signal(int)
    afspraak = Signal(str, str)
    belofte = Signal(object)

    def __init__(
        self,
        dienst: KlantbeeldDienst,
        achtergrond: Achtergrond,
        acties: Acties,
        thema: Thema,
        werkplek: str,
    ) -> None:
        super().__init__()
        self._acties, self._thema, self._werkplek = acties, thema, werkplek
        iconen = self._iconen = Iconen(thema)
        self._lader = Klantlader(dienst, achtergrond, self)
        self.kop = KopVak(thema, iconen, acties.controleer)
        self.aandacht = AandachtVak(iconen)
        self.zaken = ZakenVak(thema, iconen)
        self.tijdlijn = TijdlijnVak(thema, iconen)
        self.detail = DetailVak(self._lader, thema, iconen)
        self.sprongen = Spronglijst()
        self._sectie = "klant"
        self._is_smal = self._is_middel = False
        self._gemeld: frozenset[str] = frozenset()
        self._was_compleet = False
        self._beurten = Beurten(self._start_ronde, self)
        self._voorbereiding = Voorbereiding(self)
        self._tabs = QTimer(self)
        self._tabs.setSingleShot(True)
        self._tabs.setInterval(_TABS_MS)
        self._tabs.timeout.connect(self._order_tabs)
        set_stijl(self, "soort", "venster")
        self._build()
        self._connect()

    # --- wat het venster vraagt ------------------------------------------------------------------------

    @property
    def current(self) -> Klantbeeld | None:
        """Het klantbeeld van de klant die openstaat."""
        return self._lader.beeld

    def open(self, sleutel: KlantSleutel, herkomst: Herkomst) -> None:
        """Zet een andere klant in beeld; van de vorige blijft niets staan."""
        self._voorbereiding.stop()
        self._clear()
        self._sectie = "klant"
        self._try(lambda: self._lader.open(sleutel, herkomst))
        self._beurten.run()
        self._place()

    def warm(self) -> None:
        """Doe in kleine beurten vooraf wat anders de eerste klant kost. Mag meteen na het bouwen."""
        stappen: list[Stuk] = [*self._iconen.warm_stappen(), *self.kop.warm_stappen()]
        stappen += [partial(self.aandacht.make_regels, aantal) for aantal in range(1, HOOGSTENS + 1)]
        # Tekenen op een plaatje dat wordt weggegooid: dan zijn stijl, letters en plaats van alles bekend.
        stappen += [vak.grab for vak in (*self._delen().values(), self.detail)]
        stappen += [self._order_tabs_nu, self.grab]
        self._voorbereiding.start(stappen)

    def refresh(self) -> None:
        """Haal alles van deze klant opnieuw op; wat er stond blijft staan tot het nieuwe er is."""
        self._was_compleet = False
        self._gemeld = frozenset()
        self._lader.refresh()

    def renew_afspraken(self) -> None:
        """In het afsprakenscherm kan er iets zijn veranderd."""
        self._lader.reload("afspraken")

    def close_klant(self) -> None:
        self._lader.close()

    def jump(self, section: str) -> None:
        """Ga naar "klant", "wat_speelt_er", "open_zaken" of "tijdlijn"."""
        if self._is_smal:
            self._sectie = section
            if not self.detail.is_leeg:
                self.detail.close_detail()
            self._place()
        self._order_tabs_nu()
        delen = self._delen()
        delen[section].eerste_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_state(self, instellingen: QSettings) -> None:
        self._kolommen.save(instellingen)

    def restore_state(self, instellingen: QSettings) -> None:
        self._kolommen.restore(instellingen)

    # --- opbouw ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._kolommen = Kolommen(self.kop, self.aandacht, self.zaken, self.tijdlijn, self.detail)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(self.sprongen)
        alles.addWidget(self._kolommen.buiten, 1)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Duurt een paar milliseconden: daarom pas als er widgets bij kwamen en het even rustig is."""
        order_tabs((self.sprongen, self.kop, self.aandacht, self.zaken, self.tijdlijn, self.detail))

    def _order_tabs_nu(self) -> None:
        """Nu, als het nog moest: iemand gaat met Tab of een sprong verder."""
        if self._tabs.isActive():
            self._tabs.stop()
            self._order_tabs()

    def _connect(self) -> None:
        lader = self._lader
        lader.gewijzigd.connect(self._changed)
        lader.bezig_gewijzigd.connect(self._show_bezig)
        lader.mislukt.connect(self._show_mislukt)
        lader.gesloten.connect(self._clear)
        self.kop.onthul.connect(self._onthul)
        self.kop.gecontroleerd.connect(self._controleer)
        self.kop.identiteit_gekozen.connect(self.identiteit)
        self.kop.melding.connect(self._say)
        for vak in (self.kop, self.aandacht, self.zaken, self.tijdlijn):
            vak.annuleren.connect(lader.cancel)
        for bron in (self.kop.opnieuw, self.zaken.opnieuw, self.tijdlijn.opnieuw):
            bron.connect(lader.retry)
        self.aandacht.gekozen.connect(self._open_punt)
        self.zaken.gekozen.connect(self._open_zaak)
        self.zaken.meer_gevraagd.connect(lader.load_meer_zaken)
        self.zaken.afgerond_gevraagd.connect(lader.load_afgeronde_zaken)
        self.zaken.gekopieerd.connect(self._say)
        self.zaken.afspraken.gevraagd.connect(self.afspraak)
        self.detail.afspraak.connect(self.afspraak)
        self.detail.belofte.connect(self.belofte)
        self.tijdlijn.gekozen.connect(self._open_item)
        self.tijdlijn.bekeken.connect(self._look_at)
        self.tijdlijn.meer_gevraagd.connect(lader.load_meer_tijdlijn)
        self.tijdlijn.einde_nadert.connect(self._load_vanzelf)
        self.tijdlijn.gekopieerd.connect(self._say)
        self.detail.onthul.connect(self._onthul)
        self.detail.melding.connect(self._say)
        self.detail.melding_openen.connect(self.melding_openen)
        self.detail.gesloten.connect(self._detail_closed)
        self.detail.zaak_getoond.connect(self.zaak_in_beeld)
        for anders in (
            self.kop.uitgebreid,
            self.aandacht.uitgebreid,
            self.tijdlijn.uitgebreid,
            self.detail.getekend,
        ):
            anders.connect(self._tabs.start)
        self.sprongen.gekozen.connect(self.jump)
        acties = self._acties
        self.addAction(acties.terug)
        acties.terug.triggered.connect(self._back)
        acties.opnieuw.triggered.connect(self._retry_all)
        acties.controleer.triggered.connect(self._start_controle)
        acties.toon_bsn.triggered.connect(self.kop.reveal_bsn)
        acties.afgeronde_zaken.triggered.connect(self._toggle_afgerond)
        acties.zoek_in_tijdlijn.triggered.connect(self._search_tijdlijn)

    # --- tonen -------------------------------------------------------------------------------------------

    def _changed(self, beeld: Klantbeeld) -> None:
        """Onthoud dat er iets te tekenen is; er wordt altijd het beeld van nu getekend."""
        self._beurten.ask()
        self.gewijzigd.emit(beeld)

    @property
    def is_bijgewerkt(self) -> bool:
        """Staat alles van het klantbeeld van nu op het scherm?"""
        return self._beurten.is_bij

    def _start_ronde(self) -> tuple[Stuk, ...]:
        """Wat er te tekenen is aan het klantbeeld van nu."""
        beeld = self._lader.beeld
        if beeld is None:
            return ()
        weergave = maak_weergave(beeld, self._werkplek)
        return (
            partial(self.kop.show_weergave, weergave, beeld),
            partial(self.aandacht.show_weergave, weergave),
            partial(self.zaken.show_weergave, weergave),
            partial(self.tijdlijn.show_weergave, weergave, beeld),
            partial(self.detail.show_weergave, weergave, beeld),
            partial(self._finish_ronde, weergave, beeld),
        )

    def _finish_ronde(self, weergave: KlantWeergave, beeld: Klantbeeld) -> None:
        self._enable(beeld, weergave)
        self._fit_aandacht()
        self._announce(beeld)
        self._load_verder()

    def _clear(self) -> None:
        self._beurten.clear()
        self._gemeld, self._was_compleet = frozenset(), False
        for vak in (self.kop, self.aandacht, self.zaken, self.tijdlijn, self.detail):
            vak.clear()

    def _enable(self, beeld: Klantbeeld, weergave: KlantWeergave) -> None:
        acties = self._acties
        zaken = weergave.toestanden.get("zaken")
        acties.controleer.setEnabled(True)
        is_persoon = isinstance(beeld.sleutel, PersoonSleutel)
        acties.toon_bsn.setEnabled(is_persoon and beeld.gecontroleerd and "bsn" not in beeld.onthuld)
        acties.opnieuw.setEnabled(bool(mislukte_delen(beeld)))
        zaken_er = zaken is not None and zaken.soort == "geladen"
        acties.afgeronde_zaken.setEnabled(beeld.gecontroleerd and zaken_er)

    def _announce(self, beeld: Klantbeeld) -> None:
        """Vertel één keer dat alles er is, en van elk deel dat het niet lukte."""
        mislukt = frozenset(mislukte_delen(beeld))
        if zin := zin_nieuws(beeld, mislukt - self._gemeld, was_compleet=self._was_compleet):
            announce(self, zin)
        self._gemeld, self._was_compleet = mislukt, beeld.is_compleet

    def _show_bezig(self) -> None:
        self.tijdlijn.set_bezig(self._lader.is_bezig(TIJDLIJN))
        for wat in (ZAKEN, AFGEROND):
            self.zaken.set_bezig(wat, self._lader.is_bezig(wat))
        self._load_verder()

    def _load_verder(self) -> None:
        """Staat de tijdlijn al onderaan, dan verschuift er niets meer dat om de volgende bladzijde vraagt."""
        if self.is_bijgewerkt:
            self.tijdlijn.want_more()

    def _load_vanzelf(self) -> None:
        """Niet op grond van een oud beeld (de bron kan net zijn mislukt); na de ronde komt `_load_verder`."""
        if self.is_bijgewerkt:
            self._lader.load_meer_tijdlijn()

    def _show_mislukt(self, wat: str, fout: KifFout) -> None:
        if wat in (ZAKEN, AFGEROND):
            self.zaken.show_mislukt(wat, fout.uitleg)
        elif wat == TIJDLIJN:
            self.tijdlijn.show_meer_mislukt(fout.uitleg)
        elif wat == BEELD and self.current is not None and not self.current.vastgelegd:
            self.niet_geopend.emit(fout.uitleg)
            return
        elif wat in (BEELD, INZAGE):
            self.melding.emit(fout.uitleg)
        announce(self, fout.uitleg)

    # --- doen ----------------------------------------------------------------------------------------------

    def _open_punt(self, punt: Aandachtspunt) -> None:
        if punt.actie == "open_zaak":
            self.detail.show_zaak(punt.verwijzing)
        elif punt.actie == "open_melding":
            self._show_melding(punt.verwijzing)
        else:
            self.detail.show_contact(punt.verwijzing)
        self._point_at(punt.verwijzing)
        self._show_detail()

    def _show_melding(self, nummer: str) -> None:
        """De melding zoals zij in de tijdlijn staat."""
        stroom = self._lader.beeld.tijdlijn.stroom("meldingen") if self._lader.beeld else None
        item = next((i for i in stroom.items if i.id == f"melding:{nummer}"), None) if stroom else None
        if item is not None:
            self.detail.show_item(item, meteen=True)

    def _open_zaak(self, regel: ZaakRegel) -> None:
        self.detail.show_zaak(regel.uuid)
        self._point_at(regel.uuid)
        self._show_detail()

    def _open_item(self, item: TijdlijnItem) -> None:
        self.detail.show_item(item, meteen=True)
        self.zaken.select("")
        self._show_detail()

    def _look_at(self, item: TijdlijnItem) -> None:
        """Lopen door de tijdlijn laat de rij ernaast zien, als daar een eigen kolom voor is."""
        if not (self._is_smal or self._is_middel):
            self.zaken.select("")
            self.detail.show_item(item, meteen=False)

    def _point_at(self, uuid: str) -> None:
        """In de lijsten is alleen aangewezen wat rechts staat."""
        self.zaken.select(uuid)
        self.tijdlijn.select(f"contact:{uuid}")

    def _show_detail(self) -> None:
        if self._is_smal or self._is_middel:
            self._place()
        if self._is_smal:
            self.detail.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _detail_closed(self) -> None:
        had_focus = self.detail.isAncestorOf(self.focusWidget() or self)
        self._place()
        if had_focus or self._is_smal:
            sectie = self._sectie if self._is_smal else "tijdlijn"
            self._delen()[sectie].eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        """Esc: eerst wat het laatst openging."""
        if self.kop.reden.isVisible():
            self.kop.reden.close_regel()
        elif self.detail.reden.isVisible():
            self.detail.reden.close_regel()
        elif self.kop.controle.is_open:
            self.kop.controle.close_paneel()
        elif self.tijdlijn.zoek.hasFocus() and self.tijdlijn.zoek.text():
            self.tijdlijn.clear_filter()
        else:
            self.detail.close_detail()

    def _onthul(self, wat: str, reden: str) -> None:
        self._lader.onthul(wat, reden)

    def _controleer(self, wijze: Controle, toelichting: str) -> None:
        self._lader.controleer(
            wijze, toelichting, partial(self._show_gecontroleerd, to_identiteit(wijze, toelichting))
        )

    def _show_gecontroleerd(self, identiteit: Identiteit) -> None:
        self.gecontroleerd.emit(identiteit)
        self._beurten.run()
        # Het paneel met de focus is weg. Naar de tijdlijn: een Enter te veel doet daar niets wat telt.
        self.tijdlijn.eerste_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_controle(self) -> None:
        if self._is_smal:
            self._sectie = "klant"
            self._place()
        if not self.kop.start_controle():
            self._say("Begin een contact. Dan legt u hier vast hoe u de klant hebt gecontroleerd.")

    def _toggle_afgerond(self) -> None:
        if self._is_smal:
            self.jump("open_zaken")
        self.zaken.toggle_afgerond()

    def _search_tijdlijn(self) -> None:
        if self._is_smal:
            self.jump("tijdlijn")
        self.tijdlijn.focus_zoek()

    def _retry_all(self) -> None:
        beeld = self._lader.beeld
        namen = mislukte_delen(beeld) if beeld else []
        for naam in namen:
            if naam != "contacten" or "klant" not in namen:
                self._lader.retry(naam)

    def _try(self, doe: Callable[[], None]) -> None:
        """Een verwachte fout wordt een zin onderin; er komt geen venster voor."""
        try:
            doe()
        except KifFout as fout:
            self._say(fout.uitleg)

    def _say(self, zin: str) -> None:
        self.melding.emit(zin)
        announce(self, zin)

    # --- plaats --------------------------------------------------------------------------------------------

    def _delen(self) -> dict[str, KopVak | AandachtVak | ZakenVak | TijdlijnVak]:
        vakken = (self.kop, self.aandacht, self.zaken, self.tijdlijn)
        return dict(zip(SECTIES, vakken, strict=True))

    def _place(self) -> None:
        """Breed staat alles naast elkaar; smal staat er één onderdeel, of het detail eroverheen."""
        smal, sectie = self._is_smal, self._sectie
        over = smal and not self.detail.is_leeg
        self._kolommen.set_middel(middel=self._is_middel)
        self.sprongen.setVisible(smal and not over)
        self.sprongen.show_sectie(sectie)
        self._kolommen.hoofd.setVisible(not over)
        open_detail = not self.detail.is_leeg
        self.detail.setVisible(open_detail if smal or self._is_middel else True)
        self.kop.set_compact(smal and sectie != "klant")
        aandacht = sectie == "wat_speelt_er" or (sectie == "klant" and self.height() >= HOOG_GENOEG)
        self.aandacht.setVisible(not smal or aandacht)
        self.zaken.setVisible(not smal or sectie == "open_zaken")
        links = not smal or aandacht or sectie == "open_zaken"
        self._kolommen.links.setVisible(links and not (self._is_middel and open_detail))
        self.tijdlijn.setVisible(not smal or sectie == "tijdlijn")

    def _fit_aandacht(self) -> None:
        if not self._is_smal:
            self._kolommen.fit_boven(self.aandacht.gewenste_hoogte, self.focusWidget() or self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        smal = self.width() < SMAL
        middel = SMAL <= self.width() < MIDDEL
        hoog_genoeg = self.height() >= HOOG_GENOEG
        was_hoog_genoeg = event.oldSize().height() >= HOOG_GENOEG
        anders = (smal, middel) != (self._is_smal, self._is_middel)
        if anders or (smal and hoog_genoeg != was_hoog_genoeg):
            self._is_smal, self._is_middel = smal, middel
            self._place()
        if not smal:
            self._kolommen.spread(self.width())
            self._fit_aandacht()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def focusNextPrevChild(self, verder: bool) -> bool:
        self._order_tabs_nu()
        return super().focusNextPrevChild(verder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 loopt langs de onderdelen, Shift+F6 terug."""
        if event.key() == Qt.Key.Key_F6 and self._lader.beeld is not None:
            self._step_deel(event)
        else:
            super().keyPressEvent(event)

    def _step_deel(self, event: QKeyEvent) -> None:
        terug = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        delen = list(SECTIES)
        focus = self.focusWidget() or self
        nu = next((naam for naam, deel in self._delen().items() if deel.isAncestorOf(focus)), "")
        plaats = delen.index(nu) if nu else (0 if terug else -1)
        in_detail = self.detail.isAncestorOf(focus)
        if not self.detail.is_leeg and not self._is_smal and not in_detail and plaats == (0 if terug else 3):
            self.detail.eerste_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.jump(delen[(plaats + (-1 if terug else 1)) % len(delen)])
