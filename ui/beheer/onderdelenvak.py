"""Eén soort onderdeel: links wat er is, rechts de velden. Bewaart niets voordat de gevolgen zijn nagekeken.

Voor openingstijden, uitzonderingen, feestdagen, balies, medewerkers, producten en de locatie gelijk; wat er
verschilt, staat in `vormen`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.keuring import FOUT, Planfout
from frontoffice.services.inrichten import Wijziging, find_id
from ui.beheer import woorden
from ui.beheer.dienst import Basis, Botsing
from ui.beheer.velden import Veld
from ui.beheer.vorm import Veldfout, Vorm, Waarden
from ui.beheer.vormen import LOCATIE
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_NIEUW = object()
_SMAL, _LAAG = 820, 520


@dataclass(frozen=True)
class Opdracht:
    """Een wijziging om voor te leggen, met de fouten die bij het lezen van de velden al bleken."""

    basis: Basis
    kop: str
    wijzigingen: tuple[Wijziging, ...]
    reden: str = ""
    fouten: tuple[Planfout, ...] = ()


class _Velden(Formulier):
    """Een formulier waarvan de labels even breed zijn als in het formulier erboven."""

    def __init__(self) -> None:
        super().__init__()
        self._rooster.setColumnMinimumWidth(0, 190)
        self._rooster.setColumnStretch(1, 1)


class OnderdelenVak(Vak):
    """Signalen: `voorleggen` (Opdracht) en `geschiedenis` (titel, soort, id)."""

    voorleggen = Signal(object)
    geschiedenis = Signal(str, str, str)

    def __init__(self, vorm: Vorm, thema: Thema) -> None:
        super().__init__(vorm.titel)
        self.vorm = vorm
        self._thema = thema
        self._basis: Basis | None = None
        self._vandaag = date.min
        self._huidig: Any = None
        self._vuil = False
        self._voorgelegd, self._bewaard = "", ""
        self._widgets: dict[str, tuple[Veld, QWidget, Formulier]] = {}
        self.lijst = RijLijst(vorm.titel, thema)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.lijst.gekozen.connect(lambda _: self._focus_veld())
        self.nieuwknop = Knop(vorm.nieuw, self.begin_nieuw)
        self.kopregel.addWidget(self.nieuwknop)
        self.nieuwknop.setVisible(bool(vorm.nieuw))  # pas nu: zonder ouder zou het een eigen venster zijn
        uitleg = Tekst(vorm.uitleg, rol="gedempt")
        uitleg.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        self.inhoud.addWidget(uitleg)
        self.inhoud.addWidget(Lijn())
        self._rij = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rij.setSpacing(0)
        self._rij.addWidget(self.lijst, 1)
        self._streep = Lijn(staand=True)
        self._rij.addWidget(self._streep)
        self._rij.addWidget(self._build_rechts(), 2)
        self.inhoud.addLayout(self._rij, 1)
        self.lijst.setVisible(vorm is not LOCATIE)
        self._streep.setVisible(vorm is not LOCATIE)

    def eerste_focus(self) -> QWidget:
        return self.lijst if self.lijst.isVisible() and self.lijst.rijen.rowCount() else self.nieuwknop

    @property
    def is_vuil(self) -> bool:
        """Is er iets getypt dat nog niet is bewaard?"""
        return self._vuil

    # --- vullen ------------------------------------------------------------------------------------------

    def show_basis(self, basis: Basis, vandaag: date) -> None:
        """De inrichting zoals zij nu is. Wat getypt is, blijft staan."""
        eerste = self._basis is None
        self._vandaag = vandaag
        delen = self._delen(basis)
        if self._vuil:
            self._fill_lijst(delen)
            return
        was, self._basis = self._huidig, basis
        sleutel = self._bewaard or (self._id(was) if was not in (None, _NIEUW) else "")
        nieuw = next((deel for deel in delen if self._id(deel) == sleutel), None)
        if nieuw is not None and nieuw == was:
            self._huidig = nieuw
        elif was is not _NIEUW or eerste:
            self._show(nieuw if nieuw is not None else (delen[0] if delen else None))
        if nieuw is not None:
            self._bewaard = ""
        self._fill_lijst(delen)

    def begin_nieuw(self, vooraf: Waarden | None = None) -> None:
        """Een leeg formulier; `vooraf` vult velden in."""
        if self._basis is None:
            return
        self._show(_NIEUW)
        leeg = self.vorm.leeg(self._basis.inrichting, self._vandaag) | (vooraf or {})
        for naam, (veld, widget, _) in self._widgets.items():
            veld.show(widget, leeg.get(naam))
        self.lijst.setCurrentIndex(self.lijst.rijen.index(-1))
        if vooraf:
            self._mark()
        self._focus_veld()

    def select(self, past: Callable[[Any], bool]) -> bool:
        """Toon het eerste onderdeel waarvoor `past` waar is; onwaar als het er niet is."""
        if self._basis is None:
            return False
        deel = next((deel for deel in self._delen(self._basis) if past(deel)), None)
        if deel is not None:
            self._show(deel)
            self._fill_lijst(self._delen(self._basis))
            self._focus_veld()
        return deel is not None

    def focus_melding(self) -> None:
        """Hier is al iets getypt: zeg dat, en zet de focus erin."""
        self._melding.tekst.setText("Bewaar eerst wat u typte, of kies Invoer weghalen.")
        self._melding.show()
        self._focus_veld()

    def note_bewaard(self) -> None:
        """Wat hier stond, is bewaard."""
        if self._vuil:
            self._vuil = False
            self._melding.hide()
            if self._huidig is _NIEUW:
                self._huidig = None
            self._bewaard = self._voorgelegd
            self._set_knoppen()

    def _delen(self, basis: Basis) -> list[Any]:
        if self.vorm is LOCATIE:
            return [basis.inrichting.locatie]
        return sorted(getattr(basis.inrichting, self.vorm.soort), key=self.vorm.volgorde)

    def _id(self, deel: Any) -> str:
        return "locatie" if self.vorm is LOCATIE else find_id(self.vorm.soort, deel)

    def _fill_lijst(self, delen: Sequence[Any]) -> None:
        rijen = []
        for deel in delen:
            titel, onder = self._regel(deel)
            rijen.append(Rij(titel or "Zonder naam", onder, waarde=deel))
        eigen = self._id(self._huidig) if self._huidig not in (None, _NIEUW) else ""
        kies = next((n for n, deel in enumerate(delen) if self._id(deel) == eigen), -1)
        self.lijst.blockSignals(True)
        self.lijst.selectionModel().blockSignals(True)
        self.lijst.set_rijen(rijen, kies=kies)
        self.lijst.selectionModel().blockSignals(False)
        self.lijst.blockSignals(False)

    # --- het formulier -----------------------------------------------------------------------------------

    def _build_rechts(self) -> QWidget:
        self._titel = Tekst("", rol="kop2")
        self._melding = Band("", "let_op")
        self._melding.hide()
        self._botsing = self._build_botsing()
        self._fouten = Tekst("", rol="fout")
        self._fouten.hide()
        self._plek = QVBoxLayout()
        self._plek.setSpacing(Thema.afstand)
        self._meer = Knop("Meer instellingen", self._toggle_meer, soort="stil")
        self.verder = Knop("Bekijk wat dit doet", self.propose, soort="hoofd")
        self.terug = Knop("Invoer weghalen", self._reset)
        self.weg = Knop(f"{woorden.hoofdletter(self.vorm.een)} verwijderen", self._remove)
        self._geschiedenis = Knop("Geschiedenis", self._ask_geschiedenis, soort="stil")
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in (self.verder, self.terug, self.weg, self._geschiedenis):
            vloei.addWidget(knop)
        self._knoppen = knoppen
        self._leegzin = Tekst(f"Er is nog geen {self.vorm.een}.", rol="gedempt")
        vlak = QWidget()
        kolom = QVBoxLayout(vlak)
        marge = 4 * Thema.afstand
        kolom.setContentsMargins(marge, 3 * Thema.afstand, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (self._leegzin, self._titel, self._melding, self._botsing, self._fouten):
            kolom.addWidget(deel)
        kolom.addLayout(self._plek)
        kolom.addWidget(self._meer)
        kolom.addStretch(1)
        self._formulier = kolom
        self._voet = QWidget()
        voet = QVBoxLayout(self._voet)
        voet.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        rechts = QWidget()
        alles = QVBoxLayout(rechts)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(Scrollvlak(vlak), 1)
        self._voetlijn = Lijn()
        alles.addWidget(self._voetlijn)
        alles.addWidget(self._voet)
        self._place_knoppen(vast=True)
        return rechts

    def _place_knoppen(self, *, vast: bool) -> None:
        """Onder een lang formulier blijven de knoppen staan; is het scherm te laag, dan scrollen ze mee."""
        voet = self._voet.layout()
        assert voet is not None
        if vast:
            voet.addWidget(self._knoppen)
        else:
            self._formulier.insertWidget(self._formulier.count() - 1, self._knoppen)
        for deel in (self._voet, self._voetlijn):
            deel.setVisible(vast)
        self._is_vast = vast

    def _build_botsing(self) -> Band:
        band = Band("", "let_op")
        rij = band.layout()
        assert rij is not None
        rij.addWidget(Knop("Neem de nieuwe over", self._take_nieuwe))
        rij.addWidget(Knop("Mijn invoer toch nakijken", self._insist))
        band.hide()
        self._andermans: Basis | None = None
        return band

    def _show(self, deel: Any) -> None:
        """Bouw de velden voor dit onderdeel. None = er is niets."""
        assert self._basis is not None
        self._huidig, self._vuil = deel, False
        for band in (self._melding, self._botsing, self._fouten):
            band.hide()
        self._clear_velden()
        heeft = deel is not None
        self._leegzin.setVisible(not heeft)
        self._titel.setVisible(heeft)
        self._knoppen.setVisible(heeft)
        if heeft:
            self._build_velden(deel)
        self._meer.setVisible(heeft and any(veld.meer for veld, _, _ in self._widgets.values()))
        self._set_knoppen()

    def _clear_velden(self) -> None:
        self._widgets.clear()
        while (plek := self._plek.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _build_velden(self, deel: Any) -> None:
        assert self._basis is not None
        gewoon, meer = _Velden(), _Velden()
        nieuw = deel is _NIEUW
        waarden = self.vorm.leeg(self._basis.inrichting, self._vandaag) if nieuw else self.vorm.read(deel)
        self._titel.setText(self.vorm.nieuw if nieuw else self._regel(deel)[0])
        for veld in self.vorm.velden(self._basis.inrichting):
            formulier = meer if veld.meer else gewoon
            gemaakt = veld.make(self._mark, self._thema)
            widget = formulier.rij(veld.label, gemaakt, veld.uitleg, breed=veld.is_breed)
            veld.show(widget, waarden.get(veld.naam))
            self._widgets[veld.naam] = (veld, widget, formulier)
        self._plek.addWidget(gewoon)
        self._plek.addWidget(meer)
        self._meerblok = meer
        self._set_meer(False)

    def _toggle_meer(self) -> None:
        self._set_meer(self._meerblok.isHidden())

    def _set_meer(self, toon: bool) -> None:
        self._meerblok.setVisible(toon)
        self._meer.set_tekst("Minder instellingen" if toon else "Meer instellingen")

    def _focus_veld(self) -> None:
        if self._widgets:
            next(iter(self._widgets.values()))[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> None:
        if not self._vuil:
            self._vuil = True
            self._set_knoppen()

    def _set_knoppen(self) -> None:
        bestaat = self._huidig is not None and self._huidig is not _NIEUW
        self.verder.setEnabled(self._vuil or self._huidig is _NIEUW)
        self.terug.setVisible(self._vuil or self._huidig is _NIEUW)
        vrij = self._basis is None or not (
            bestaat and self.vorm.in_gebruik(self._basis.inrichting, self._huidig)
        )
        self.weg.setVisible(bestaat and self.vorm.weg_mag and vrij)
        self._geschiedenis.setVisible(bestaat)

    def _follow(self) -> None:
        """Een andere rij. Wat getypt is, gaat niet verloren: eerst bewaren of weghalen."""
        rij = self.lijst.gekozen_rij
        if rij is None or rij.waarde is self._huidig or self._basis is None:
            return
        if self._vuil:
            self._melding.tekst.setText("Bewaar eerst wat u typte, of kies Invoer weghalen.")
            self._melding.show()
            announce(self, self._melding.tekst.text())
            return
        self._show(rij.waarde)

    def _reset(self) -> None:
        """Terug naar wat er bewaard is."""
        self._vuil = False
        was = self._huidig
        if self._basis is not None:
            delen = self._delen(self._basis)
            sleutel = "" if was in (None, _NIEUW) else self._id(was)
            terug = next((deel for deel in delen if self._id(deel) == sleutel), delen[0] if delen else None)
            self._show(terug)
            self._fill_lijst(delen)
        self.eerste_focus().setFocus()

    # --- voorleggen --------------------------------------------------------------------------------------

    def propose(self) -> None:
        """Lees de velden en leg de wijziging voor, met alle fouten tegelijk."""
        if self._basis is None or self._huidig is None:
            return
        oud = None if self._huidig is _NIEUW else self._huidig
        fouten: list[Planfout] = []
        waarden = self._read(fouten)
        try:
            deel = self.vorm.make(oud, waarden)
        except Veldfout as fout:
            fouten.append(self._veldfout(fout.veld, str(fout)))
            self.show_fouten(tuple(fouten))
            return
        if self._bestaat_al(oud, deel):
            fouten.append(self._veldfout(*self.vorm.al_er))
            self.show_fouten(tuple(fouten))
            return
        titel = self._regel(deel)[0] or self.vorm.een
        kop = f"{woorden.hoofdletter(self.vorm.een)} {titel} {'toevoegen' if oud is None else 'wijzigen'}"
        self._voorgelegd = self._id(deel)
        was = "" if oud is None else self._id(oud)
        weg = (was,) if was and was != self._id(deel) else ()
        wijzigingen = (Wijziging(self.vorm.soort, (deel,), weg), *self.vorm.mee(self._basis.inrichting, deel))
        self.voorleggen.emit(Opdracht(self._basis, kop, wijzigingen, fouten=tuple(fouten)))

    def _bestaat_al(self, oud: Any, deel: Any) -> bool:
        """Zou dit een ander onderdeel overschrijven? Een code maken wij van de naam."""
        assert self._basis is not None
        bekend = {self._id(ander) for ander in self._delen(self._basis)}
        return self._id(deel) in bekend and (oud is None or self._id(oud) != self._id(deel))

    def _regel(self, deel: Any) -> tuple[str, str]:
        assert self._basis is not None
        return self.vorm.regel(self._basis.inrichting, deel, self._vandaag)

    def _read(self, fouten: list[Planfout]) -> Waarden:
        """De waarden; van wat niet te lezen is de waarde van ervoor, zodat de rest toch wordt nagekeken."""
        assert self._basis is not None
        leeg = self.vorm.leeg(self._basis.inrichting, self._vandaag)
        was = leeg if self._huidig is _NIEUW else self.vorm.read(self._huidig)
        waarden = dict(leeg)
        for naam, (veld, widget, _) in self._widgets.items():
            try:
                waarden[naam] = veld.read(widget)
            except ValueError as fout:
                terugval = was.get(naam)
                waarden[naam] = (
                    self._vandaag if terugval is None and "Datum" in type(veld).__name__ else terugval
                )
                fouten.append(self._veldfout(naam, str(fout)))
        return waarden

    def _veldfout(self, naam: str, zin: str) -> Planfout:
        return Planfout(FOUT, f"veld:{naam}", "", zin)

    def _remove(self) -> None:
        if self._basis is None or self._huidig in (None, _NIEUW):
            return
        titel = self._regel(self._huidig)[0]
        wijziging = Wijziging(self.vorm.soort, weg=(self._id(self._huidig),))
        kop = f"{woorden.hoofdletter(self.vorm.een)} {titel} verwijderen"
        self.voorleggen.emit(Opdracht(self._basis, kop, (wijziging,)))

    def show_fouten(self, fouten: tuple[Planfout, ...]) -> None:
        """Elke zin bij zijn veld; wat bij geen veld hoort, komt erboven. De focus gaat naar de eerste."""
        per_veld: dict[str, list[str]] = {}
        los: list[str] = []
        gemeld = {fout.soort.removeprefix("veld:") for fout in fouten if fout.soort.startswith("veld:")}
        for fout in fouten:
            if fout.soort.startswith("veld:"):
                per_veld.setdefault(fout.soort.removeprefix("veld:"), []).append(fout.tekst)
                continue
            naam = self.vorm.find_veld(fout.tekst) if fout.soort == self.vorm.soort else ""
            if naam in self._widgets and naam not in gemeld:
                per_veld.setdefault(naam, []).append(fout.tekst)
            elif naam not in gemeld:
                los.append(fout.tekst)
        for naam, (_, widget, formulier) in self._widgets.items():
            formulier.fout(widget, " ".join(per_veld.get(naam, ())))
        self._fouten.setText("\n".join(los))
        self._fouten.setVisible(bool(los))
        eerste = next((naam for naam in self._widgets if naam in per_veld), "")
        if eerste:
            veld, widget, _ = self._widgets[eerste]
            if veld.meer:
                self._set_meer(True)
            veld.focus(widget)
        aantal = len(fouten)
        announce(self, f"{aantal} {'fout' if aantal == 1 else 'fouten'}. {fouten[0].tekst}" if fouten else "")

    def clear_fouten(self) -> None:
        for _, widget, formulier in self._widgets.values():
            formulier.fout(widget, "")
        self._fouten.hide()

    # --- een collega was eerder --------------------------------------------------------------------------

    def show_botsing(self, botsing: Botsing) -> None:
        """Zeg wie het deed en wat er nu staat; wat getypt is, blijft staan."""
        self._andermans = botsing.basis
        nu = self._find(botsing.basis)
        staat = (
            ": ".join(self.vorm.regel(botsing.basis.inrichting, nu, self._vandaag))
            if nu is not None
            else "het is weggehaald"
        )
        self._botsing.tekst.setText(f"{woorden.botsing_zin(botsing, self._vandaag)}\nNu staat er: {staat}.")
        self._botsing.show()
        announce(self, self._botsing.tekst.text())

    def _find(self, basis: Basis) -> Any:
        if self._huidig in (None, _NIEUW):
            return None
        sleutel = self._id(self._huidig)
        return next((deel for deel in self._delen(basis) if self._id(deel) == sleutel), None)

    def _take_nieuwe(self) -> None:
        if self._andermans is not None:
            nieuw = self._find(self._andermans)
            self._basis, self._vuil = self._andermans, False
            delen = self._delen(self._andermans)
            self._show(nieuw if nieuw is not None else (delen[0] if delen else None))
            self._fill_lijst(delen)

    def _insist(self) -> None:
        if self._andermans is not None:
            self._basis = self._andermans
            self._botsing.hide()
            self.propose()

    def _ask_geschiedenis(self) -> None:
        if self._huidig not in (None, _NIEUW):
            titel = self._regel(self._huidig)[0]
            self.geschiedenis.emit(titel, self.vorm.soort, self._id(self._huidig))

    def resizeEvent(self, event: Any) -> None:
        smal = self.width() < _SMAL
        richting = QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight
        if self._rij.direction() != richting:
            self._rij.setDirection(richting)
            self._streep.setVisible(not smal and self.vorm is not LOCATIE)
        vast = self.height() >= _LAAG
        if vast != self._is_vast:
            self._place_knoppen(vast=vast)
        super().resizeEvent(event)
