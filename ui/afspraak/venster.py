"""De afsprakenschermen in het venster: maakt ze als ze nodig zijn, wisselt ze, en vraagt na wat vaststaat.

Wie weggaat met een vastgezette tijd wordt nooit tegengehouden: een band boven vraagt "Tijd vrijgeven?".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from frontoffice.domain.taal import make_afzender
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop
from ui.tekst import Tekst, announce
from ui.terugweg import Terugweg
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.domain.klantbeeld import Klantbeeld
    from frontoffice.ports import Logboek, Stop
    from ui.afspraak.briefinhoud import Briefvraag
    from ui.afspraak.briefscherm import BriefScherm
    from ui.afspraak.dienst import Agenda
    from ui.afspraak.meldingvak import Meldingvak
    from ui.afspraak.overzicht import AfsprakenScherm
    from ui.afspraak.scherm import BoekScherm
    from ui.bericht.dienst import Berichten, Berichtvragen


class Agendabron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def agenda(self) -> Agenda: ...

    @property
    def agenda_uit(self) -> str: ...

    @property
    def logboek(self) -> Logboek: ...

    @property
    def berichten(self) -> Berichten: ...


def _note_brief(bron: Agendabron, handeling: str, vraag: Briefvraag) -> None:
    """Een brief die het programma uit gaat, staat in het logboek. Raises WinkelFout."""
    onderwerp = vraag.klant.sleutel if vraag.klant is not None else None
    bron.logboek.note(handeling, "afspraak bevestigen", onderwerp, afspraak=vraag.afspraken[0].nummer)


class AfsprakenUit(QWidget):
    """Afspraken maken staat hier uit: één zin waarom, en terug."""

    def __init__(self, terug: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("hulp", "afspraak")
        self.setAccessibleName("Afspraken maken staat uit")
        set_stijl(self, "soort", "venster")
        self._zin = Tekst(rol="gewoon")
        self.sluit = Knop("Terug", terug, soort="groot")
        kolom = QVBoxLayout(self)
        marge = 8 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addWidget(Tekst("Afspraken", rol="kop1"))
        kolom.addWidget(self._zin)
        kolom.addWidget(self.sluit, 0, Qt.AlignmentFlag.AlignLeft)
        kolom.addStretch(1)

    def show_reden(self, zin: str) -> None:
        self._zin.setText(zin)
        self.sluit.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, zin)


class Afspraken(QObject):
    """`melding` draagt een korte zin voor de statusregel, `geboekt` de afspraken die net gemaakt zijn;
    `terug`: men is weer waar men vandaan kwam."""

    melding = Signal(str)
    geboekt = Signal(object)
    terug = Signal()

    def __init__(
        self,
        midden: QStackedWidget,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        klant: Callable[[], Klantbeeld | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._midden, self._acties, self._thema = midden, acties, thema
        self._achtergrond, self._klant = achtergrond, klant
        self._vragen = Vragen(achtergrond)
        self._bron: Agendabron | None = None
        self._werkplek = "telefoon"
        self._weg = Terugweg(midden)
        self._boek: BoekScherm | None = None
        self._overzicht: AfsprakenScherm | None = None
        self._uit: AfsprakenUit | None = None
        self._brief: BriefScherm | None = None
        self._afzender = ""
        self._band: Meldingvak | None = None
        self.bandplaats = QWidget()
        plaats = QVBoxLayout(self.bandplaats)
        plaats.setContentsMargins(0, 0, 0, 0)
        self.bandplaats.hide()
        acties.afspraak_maken.triggered.connect(self.open_boeken)
        acties.afspraken_zoeken.triggered.connect(lambda: self._open_overzicht("zoeken"))
        acties.wachtlijst.triggered.connect(lambda: self._open_overzicht("wachtlijst"))
        midden.currentChanged.connect(self._follow_midden)
        for actie in (acties.afspraak_maken, acties.afspraken_zoeken, acties.wachtlijst):
            actie.setEnabled(False)

    @property
    def boek(self) -> BoekScherm | None:
        """Het scherm om te boeken, zodra het een keer open was."""
        return self._boek

    @property
    def overzicht(self) -> AfsprakenScherm | None:
        return self._overzicht

    @property
    def brief(self) -> BriefScherm | None:
        return self._brief

    @property
    def hulp(self) -> str:
        """Het hulponderwerp van wat er nu staat, of leeg."""
        nu = self._midden.currentWidget()
        return str(nu.property("hulp") or "") if nu is not None and self._is_eigen else ""

    def set_diensten(self, bron: Agendabron, werkplek: str, gemeente: str) -> None:
        """De services zijn er; de agenda zelf gaat pas open bij de eerste vraag."""
        self._bron, self._werkplek = bron, werkplek
        self._afzender = make_afzender(gemeente)
        acties = self._acties
        for actie in (acties.afspraak_maken, acties.afspraken_zoeken, acties.wachtlijst):
            actie.setEnabled(True)

    def open_boeken(self) -> None:
        """Begin een afspraak voor de klant in beeld; wat nog vaststaat gaat voor."""
        if self._refuse():
            return
        from ui.afspraak.gekozen import Fase
        from ui.afspraak.klant import make_boekklant

        boek = self._make_boek()
        staat_al = self._midden.currentWidget() is boek
        bezig = boek.verloop.fase in (Fase.VASTZETTEN, Fase.BEVESTIGEN, Fase.ONBEKEND)
        if not (boek.houdt_vast or bezig or (staat_al and boek.verloop.fase is Fase.KIEZEN)):
            klant = make_boekklant(self._klant(), self._werkplek) if not staat_al else boek.verloop.klant
            self._know_klant()
            boek.open(klant)
        self._show(boek)
        boek.focus_begin()

    def open_van_klant(self, wat: str, afspraak_id: str) -> None:
        """Bekijk, verzet of zeg af wat van de klant in beeld is, zoals het nu in de agenda staat."""
        bron, beeld = self._bron, self._klant()
        if bron is None or self._refuse():
            return
        self.melding.emit("De afspraak wordt geopend…")
        self._know_klant()

        def show(afspraak: Afspraak) -> None:
            nu = self._klant()
            if nu is None or beeld is None or nu.sleutel != beeld.sleutel:
                return  # er is intussen een andere klant open
            self.melding.emit("")
            if wat == "verzetten":
                self.move(afspraak, van_klant=True)
            else:
                self._look_at(afspraak, afzeggen=wat == "afzeggen")

        self._vragen.ask(
            "afspraak",
            lambda _: bron.agenda.zoeken.load(afspraak_id),
            show,
            lambda fout: self.melding.emit(fout.uitleg),
        )

    def move(self, afspraak: Afspraak, *, van_klant: bool = False) -> None:
        """Verzetten vanuit een ander scherm; staat er nog een tijd vast, dan eerst die.

        `van_klant`: de afspraak is van de klant in beeld, dus diens waarschuwingen staan erboven.
        """
        from ui.afspraak.klant import make_boekklant

        boek = self._make_boek()
        if boek.houdt_vast:
            self._ask_vrij(lambda: self.move(afspraak, van_klant=van_klant))
            return
        boek.open(make_boekklant(self._klant(), self._werkplek) if van_klant else None, afspraak)
        self._show(boek)
        boek.focus_begin()

    def close_schermen(self) -> None:
        """Het venster sluit."""
        self._vragen.cancel_alles()
        if self._boek is not None:
            self._boek.close_scherm()
        if self._overzicht is not None:
            self._overzicht.close_scherm()
        if self._brief is not None:
            self._brief.clear()

    # --- intern -------------------------------------------------------------------------------------------

    def _refuse(self) -> bool:
        """Staat afspraken maken uit, dan staat er waarom; er komen geen knoppen die niets doen."""
        if self._bron is None:
            return True
        if not (reden := self._bron.agenda_uit):
            return False
        if self._uit is None:
            self._uit = AfsprakenUit(self._back)
            self._midden.addWidget(self._uit)
        self._show(self._uit)
        self._uit.show_reden(reden)
        return True

    def _make_boek(self) -> BoekScherm:
        if self._boek is None:
            from ui.afspraak.meldingvak import Meldingvak
            from ui.afspraak.scherm import BoekScherm

            bron = self._bron
            assert bron is not None
            self._boek = BoekScherm(lambda: bron.agenda, self._achtergrond, self._acties, self._thema)
            self._boek.gesloten.connect(self._back)
            self._boek.melding.connect(self.melding)
            self._boek.stand.connect(self._follow_stand)
            self._boek.bekijk.connect(self._look_at)
            self._boek.brief.connect(self._open_brief)
            self._boek.verloop.klaar.connect(self.geboekt)
            self._boek.gekozen.contact.keuze.set_kanalen(bron.berichten.aangesloten)
            self._boek.klaar.bericht.set_vragen(self._make_vragen(bron))
            self._midden.addWidget(self._boek)
            self._band = Meldingvak("Vastgezette tijd")
            self._band.hide()
            opmaak = self.bandplaats.layout()
            assert opmaak is not None
            opmaak.addWidget(self._band)
        return self._boek

    def _know_klant(self) -> None:
        """Een bericht aan de klant in beeld wordt ook een contact; een overledene krijgt er geen."""
        from frontoffice.domain.klantbeeld import waarde_van
        from ui.afspraak.klant import make_boekklant
        from ui.contact.beeld import to_partner

        bron, beeld = self._bron, self._klant()
        klant = make_boekklant(beeld, self._werkplek)
        partner = to_partner(beeld) if beeld is not None else None
        nummer = klant.nummer if klant is not None and klant.bekend else None
        if bron is None or beeld is None or partner is None or nummer is None:
            return
        if not bron.berichten.aangesloten:
            return
        persoon = waarde_van(beeld.persoon)
        overleden = persoon is not None and persoon.overleden

        def know(_: Stop) -> None:
            agenda = bron.agenda
            sleutel = agenda.zoeken.make_klantsleutel(nummer)
            bron.berichten.of_afspraken(agenda).know(sleutel, partner, overleden=overleden)

        self._vragen.ask("kennen", know, lambda _: None, stil=True)

    def _make_vragen(self, bron: Agendabron) -> Berichtvragen:
        from ui.bericht.dienst import Berichtvragen

        return Berichtvragen(bron.berichten, lambda: bron.agenda, self._achtergrond)

    def _open_overzicht(self, blad: str) -> None:
        if self._refuse():
            return
        scherm = self._make_overzicht()
        self._show(scherm)
        scherm.open("wachtlijst" if blad == "wachtlijst" else "zoeken")

    def _make_overzicht(self) -> AfsprakenScherm:
        if self._overzicht is None:
            from ui.afspraak.overzicht import AfsprakenScherm

            bron = self._bron
            assert bron is not None
            self._overzicht = AfsprakenScherm(lambda: bron.agenda, self._achtergrond, self._thema)
            self._overzicht.gesloten.connect(self._back)
            self._overzicht.melding.connect(self.melding)
            self._overzicht.verzetten.connect(self.move)
            self._overzicht.brief.connect(self._open_brief)
            self._overzicht.detail.contact.set_kanalen(bron.berichten.aangesloten)
            self._overzicht.detail.bericht.set_vragen(self._make_vragen(bron))
            self._midden.addWidget(self._overzicht)
        return self._overzicht

    def _look_at(self, afspraak: Afspraak, *, afzeggen: bool = False) -> None:
        scherm = self._make_overzicht()
        self._show(scherm)
        scherm.open_afspraak(afspraak, afzeggen=afzeggen)

    def _open_brief(self, afspraken: tuple[Afspraak, ...]) -> None:
        """De brief bij deze afspraak; met het ophalen als dat meegeboekt is."""
        from ui.afspraak.briefinhoud import Briefvraag
        from ui.afspraak.briefscherm import BriefScherm
        from ui.afspraak.klant import make_boekklant

        bron = self._bron
        if bron is None or not afspraken:
            return
        if self._brief is None:
            self._brief = BriefScherm(lambda: bron.agenda, self._achtergrond, partial(_note_brief, bron))
            self._brief.gesloten.connect(self._close_brief)
            self._brief.melding.connect(self.melding)
            self._midden.addWidget(self._brief)
        groot = any("groot" in code or "grote" in code for code in afspraken[0].behoeften)
        klant = make_boekklant(self._klant(), self._werkplek)
        self._weg.go(self._brief)
        taal = afspraken[0].klant.brieftaal
        self._brief.open(Briefvraag(afspraken, self._afzender, taal, groot=groot, klant=klant))

    def _close_brief(self) -> None:
        if self._brief is not None:
            self._brief.clear()
        if self._weg.back() is self._boek and self._boek is not None:
            self._boek.focus_begin()

    def _show(self, scherm: QWidget) -> None:
        self._weg.go(scherm, *self._eigen)

    def _back(self) -> None:
        """Terug naar waar men vandaan kwam: de klant, of het begin."""
        if self._overzicht is not None:
            self._overzicht.clear()
        if self._weg.back() is not None:
            self.terug.emit()

    @property
    def _eigen(self) -> tuple[QWidget | None, ...]:
        return self._boek, self._overzicht, self._uit, self._brief

    @property
    def _is_eigen(self) -> bool:
        return self._weg.shows(*self._eigen)

    def _follow_midden(self) -> None:
        """Alt+1 kiest op het boekscherm een tijd en springt elders naar de klant."""
        self._acties.set_sprongen(self._acties.klant_sluiten.isEnabled() and not self._is_eigen)
        self._follow_stand()

    def _follow_stand(self) -> None:
        """Weg van een scherm waar nog tijd vaststaat: vraag of die vrij mag."""
        boek, band = self._boek, self._band
        if boek is None or band is None:
            return
        elders = self._midden.currentWidget() is not boek
        if boek.houdt_vast and elders:
            if not band.is_open:
                self._ask_vrij(None)
        elif band.is_open:
            band.clear()
            self.bandplaats.hide()

    def _ask_vrij(self, daarna: Callable[[], object] | None) -> None:
        boek, band = self._boek, self._band
        if boek is None or band is None:
            return

        def release() -> None:
            boek.release()
            if daarna is not None:
                daarna()

        band.show_melding(
            f"Tijd vrijgeven? {boek.wat_vaststaat} staat nog vast.",
            "let_op",
            ("Tijd vrijgeven", release),
            ("Terug naar de afspraak", self.open_boeken),
        )
        self.bandplaats.show()
