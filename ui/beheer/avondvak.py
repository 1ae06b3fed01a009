"""Naast het overzicht: één avond. Hoe hij ervoor staat, wat er ontbreekt, en wat u ermee kunt doen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.avond import KIF, AvondToestand
from frontoffice.agenda.inrichting import SoortUitzondering
from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.avondbalk import Avondbalk
from ui.beheer.dienst import Avonddetail, Avondstand
from ui.bouwstenen import Band, Knop, Scrollvlak
from ui.formulier import Formulier
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

KIES_AVOND = "Kies een avond in de lijst."
GEEN_REDEN = "Schrijf op waarom deze avond dicht gaat."


class AvondVak(Vak):
    """Signalen dragen de datum: `rooster`, `kopieer_van`, `kopieer_naar`, `andere_tijden`, `heropen`,
    `geschiedenis`, `verzetten`, `inlezen`; `sluit` ook de reden, `boeken` of er nog nieuwe bij mogen."""

    rooster = Signal(object)
    kopieer_van = Signal(object)
    kopieer_naar = Signal(object)
    andere_tijden = Signal(object)
    heropen = Signal(object)
    geschiedenis = Signal(object)
    verzetten = Signal(object)
    inlezen = Signal(object)
    sluit = Signal(object, str)
    boeken = Signal(object, object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Avond")
        self.detail: Avonddetail | None = None
        self._datum: date | None = None
        self._vandaag = date.min
        self.kop.set_rol("kop1")
        self.stand = Tekst(KIES_AVOND, rol="gedempt")
        self._leeg = Band(
            "Het rooster is nog niet ingevuld. Er kan nog niemand een afspraak maken.", "let_op"
        )
        self.kopieer_een = Knop("Kopieer een avond", lambda: self._emit(self.kopieer_van))
        self.vul_in = Knop("Vul het rooster in", lambda: self._emit(self.rooster))
        self._aandacht = Tekst("", rol="let_op")
        self.balk = Avondbalk(thema)
        self.roosterknop = Knop("Rooster wijzigen", lambda: self._emit(self.rooster), soort="hoofd")
        self.sluitknop = Knop("Avond sluiten", self._ask_sluiten)
        self.heropenknop = Knop("Avond weer openen", lambda: self._emit(self.heropen))
        self.boekknop = Knop("Geen nieuwe afspraken", self._switch_boeken)
        self.tijdenknop = Knop("Andere tijden", lambda: self._emit(self.andere_tijden))
        self.kopieerknop = Knop("Kopieer naar andere avonden", lambda: self._emit(self.kopieer_naar))
        self.verzetknop = Knop("Te verzetten afspraken van deze avond", lambda: self._emit(self.verzetten))
        self.inleesknop = Knop("Web-afspraken inlezen…", lambda: self._emit(self.inlezen))
        self.geschiedenisknop = Knop(
            "Geschiedenis van deze avond", lambda: self._emit(self.geschiedenis), soort="stil"
        )
        self._sluiten = self._build_sluiten()
        self._knoppen = QWidget()
        vloei = Vloei(self._knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in (
            self.roosterknop, self.kopieerknop, self.sluitknop, self.heropenknop, self.boekknop,
            self.tijdenknop, self.verzetknop, self.inleesknop, self.geschiedenisknop,
        ):  # fmt: skip
            vloei.addWidget(knop)
        vlak = QWidget()
        kolom = QVBoxLayout(vlak)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 0, marge, marge)
        kolom.setSpacing(3 * Thema.afstand)
        leegknoppen = QWidget()
        leegvloei = Vloei(leegknoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        leegvloei.addWidget(self.kopieer_een)
        leegvloei.addWidget(self.vul_in)
        self._leegblok = QWidget()
        leegkolom = QVBoxLayout(self._leegblok)
        leegkolom.setContentsMargins(0, 0, 0, 0)
        leegkolom.setSpacing(2 * Thema.afstand)
        leegkolom.addWidget(self._leeg)
        leegkolom.addWidget(leegknoppen)
        for deel in (self.stand, self._leegblok, self._aandacht, self.balk, self._knoppen, self._sluiten):
            kolom.addWidget(deel)
        kolom.addStretch(1)
        self.inhoud.addWidget(Scrollvlak(vlak))
        self.clear()

    def eerste_focus(self) -> QWidget:
        return self.roosterknop if self.roosterknop.isVisible() else self.sluitknop

    def clear(self) -> None:
        """Nog geen avond gekozen."""
        self.detail = None
        self._datum = None
        self.kop.setText("Avond")
        self.stand.setText(KIES_AVOND)
        for deel in (self._leegblok, self._aandacht, self.balk, self._knoppen, self._sluiten):
            deel.hide()

    def show_stand(self, stand: Avondstand, vandaag: date) -> None:
        """Wat het overzicht al weet; de rest komt met `show_detail`."""
        if stand.datum != self._datum:
            self._hide_sluiten()
            self.detail = None
            self.balk.hide()
        self._datum, self._vandaag = stand.datum, vandaag
        overzicht = stand.overzicht
        self.kop.setText(woorden.dag_lang(stand.datum, vandaag))
        self.setAccessibleName(self.kop.text())
        zin = woorden.stand_lang(overzicht, stand.opening)
        if overzicht.afspraken:
            zin += f" {woorden.hoofdletter(taal.aantal(overzicht.afspraken, 'afspraak', 'afspraken'))}."
        if web := woorden.web_zin(overzicht, vandaag):
            zin += f" {web}"
        self.stand.set_rol("gewoon")
        self.stand.setText(zin)
        leeg = bool(overzicht.open) and not overzicht.rooster_ingevuld and overzicht.eigenaar == KIF
        self._leegblok.setVisible(leeg)
        zinnen = () if leeg else woorden.aandacht(stand)
        self._aandacht.setText("\n".join(zinnen))
        self._aandacht.setVisible(bool(zinnen))
        self._show_knoppen(stand, leeg)

    def show_detail(self, detail: Avonddetail, vandaag: date) -> None:
        if detail.stand.datum != self._datum:
            return
        self.detail = detail
        self.show_stand(detail.stand, vandaag)
        self.balk.set_avond(detail)
        if not detail.avond.open:
            self.balk.hide()
        gesloten = any(
            u.datum == self._datum and u.soort is SoortUitzondering.GESLOTEN
            for u in detail.basis.inrichting.uitzonderingen
        )
        self.heropenknop.setVisible(gesloten)

    # --- intern ------------------------------------------------------------------------------------------

    def _show_knoppen(self, stand: Avondstand, leeg: bool) -> None:
        overzicht = stand.overzicht
        is_open, voorbij = bool(overzicht.open), stand.datum < self._vandaag
        eigen = overzicht.eigenaar == KIF
        self._knoppen.show()
        self.roosterknop.setVisible(is_open and not leeg and eigen)
        self.kopieerknop.setVisible(overzicht.rooster_ingevuld and eigen)
        self.sluitknop.setVisible(is_open and not voorbij and eigen)
        if is_open:
            self.heropenknop.hide()
        boekbaar = overzicht.toestand in (AvondToestand.OPEN, AvondToestand.DICHT_VOOR_BOEKEN)
        self.boekknop.setVisible(is_open and not voorbij and boekbaar and eigen)
        dicht = overzicht.toestand is AvondToestand.DICHT_VOOR_BOEKEN
        self.boekknop.set_tekst("Weer nieuwe afspraken" if dicht else "Geen nieuwe afspraken")
        self.tijdenknop.setVisible(not voorbij and eigen)
        self.verzetknop.setVisible(bool(overzicht.te_verzetten))
        self.inleesknop.setVisible(not voorbij and (is_open or not eigen))

    def _build_sluiten(self) -> QWidget:
        blok = Formulier()
        self.reden = blok.rij(
            "Waarom gaat de avond dicht?", QLineEdit(), "De collega aan de telefoon leest dit."
        )
        self.reden.setMaxLength(120)
        self.reden.returnPressed.connect(self._send_sluiten)
        self.reden.textEdited.connect(lambda _: blok.fout(self.reden, ""))
        self._redenblok = blok
        geheel = QWidget()
        kolom = QVBoxLayout(geheel)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(blok)
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand)
        self.sluit_verder = Knop("Bekijk wat sluiten doet", self._send_sluiten)
        vloei.addWidget(self.sluit_verder)
        vloei.addWidget(Knop("Niet sluiten", self._hide_sluiten))
        kolom.addWidget(knoppen)
        geheel.hide()
        return geheel

    def _ask_sluiten(self) -> None:
        self._sluiten.show()
        self.reden.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_sluiten(self) -> None:
        had_focus = self._sluiten.isVisible() and self.reden.hasFocus()
        self._sluiten.hide()
        self.reden.clear()
        self._redenblok.fout(self.reden, "")
        if had_focus:
            self.sluitknop.setFocus()

    def _send_sluiten(self) -> None:
        if not self.reden.text().strip():
            self._redenblok.fout(self.reden, GEEN_REDEN)
            self.reden.setFocus()
        elif self._datum is not None:
            self.sluit.emit(self._datum, self.reden.text().strip())

    def close_sluiten(self) -> None:
        """Het sluiten is gelukt: het veld mag weg."""
        self._hide_sluiten()

    def _switch_boeken(self) -> None:
        if self.detail is not None and self._datum is not None:
            dicht = self.detail.stand.overzicht.toestand is AvondToestand.DICHT_VOOR_BOEKEN
            naar = AvondToestand.OPEN if dicht else AvondToestand.DICHT_VOOR_BOEKEN
            self.boeken.emit(self._datum, naar)
            announce(self, "Bezig…")

    def _emit(self, signaal: object) -> None:
        if self._datum is not None:
            signaal.emit(self._datum)  # type: ignore[attr-defined]  # een van de signalen hierboven
