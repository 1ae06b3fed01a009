"""Het rooster van één avond als twee tabellen: wie werkt waar en wanneer, en wanneer er pauze is.

Alles gaat met het toetsenbord. Bewaart niets voordat de gevolgen zijn nagekeken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.keuring import FOUT, Planfout
from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.dienst import Basis, Botsing, copy_blokkades, copy_diensten, filled_avonden
from ui.beheer.onderdelenvak import Opdracht
from ui.beheer.rijmodel import Invoerrij, Invoertabel, Kolom, Rijmodel
from ui.beheer.roosterlezen import (
    LEGE_DIENST,
    Celfout,
    Gelezen,
    balie_keuzes,
    blokkade_cellen,
    dienst_cellen,
    find_kolom,
    make_wijzigingen,
    medewerker_keuzes,
    pauze_keuzes,
    read_rooster,
)
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_TABELNAAM = {"diensten": "Werktijden", "blokkades": "Pauzes"}


class RoosterVak(Vak):
    """Signalen: `voorleggen` (Opdracht), `terug`, en `geschiedenis` (date)."""

    voorleggen = Signal(object)
    terug = Signal()
    geschiedenis = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Rooster")
        self._basis: Basis | None = None
        self._andermans: Basis | None = None
        self._gelezen: Gelezen | None = None
        self._bronnen: tuple[date, ...] = ()
        self._vandaag = date.min
        self.datum: date | None = None
        self._vuil = False
        self.kop.set_rol("kop1")
        self.diensten, self.blokkades = (
            Rijmodel(self._dienstkolommen({}), self),
            Rijmodel(self._pauzekolommen({}), self),
        )
        self.tabel = Invoertabel("Werktijden", thema, self.diensten)
        self.pauzetabel = Invoertabel("Pauzes", thema, self.blokkades)
        for model in (self.diensten, self.blokkades):
            model.gewijzigd.connect(self._mark)
        self.tabel.erbij.connect(self.add_dienst)
        self.pauzetabel.erbij.connect(self.add_pauze)
        self.tabel.fit_kolommen(5)
        self.pauzetabel.fit_kolommen(3)
        self.terugknop = Knop("Terug naar de avonden", self.terug.emit)
        self.kopregel.addWidget(self.terugknop)
        self._stand = Tekst("", rol="gedempt")
        self._leeg = Band(
            "Het rooster is nog niet ingevuld. Kopieer een avond, of voeg een regel toe.", "let_op"
        )
        self._botsing = self._build_botsing()
        self.fouten = RijLijst("Wat niet klopt", thema)
        self.fouten.gekozen.connect(self._jump)
        self._foutkop = Tekst("", rol="fout")
        self.verder = Knop("Bekijk wat dit doet", self.propose, soort="hoofd")
        self.herstel = Knop("Invoer weghalen", self._reset, soort="groot")
        self._terug: dict[str, Knop] = {}
        self._build_inhoud()

    def eerste_focus(self) -> QWidget:
        return self.tabel if self.diensten.rowCount() else self.bron

    @property
    def is_vuil(self) -> bool:
        return self._vuil

    # --- opbouw ------------------------------------------------------------------------------------------

    def _build_inhoud(self) -> None:
        marge = 3 * Thema.afstand
        boven = QVBoxLayout()
        boven.setContentsMargins(marge, 0, marge, 2 * Thema.afstand)
        boven.setSpacing(2 * Thema.afstand)
        uitleg = Tekst(
            "Enter wijzigt een cel. Insert voegt een regel toe, Delete haalt hem weg. Ctrl+Z maakt ongedaan.",
            rol="klein",
        )
        for deel in (self._stand, uitleg, self._botsing, self._leeg):
            boven.addWidget(deel)
        boven.addWidget(self._build_kopie())
        vlak = QWidget()
        alles = QVBoxLayout(vlak)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addLayout(boven)
        alles.addWidget(Lijn())
        alles.addWidget(self._blok("Werktijden", "Werktijd", self.tabel, self.add_dienst), 4)
        alles.addWidget(Lijn())
        alles.addWidget(self._blok("Pauzes", "Pauze", self.pauzetabel, self.add_pauze), 1)
        self._foutblok = QWidget()
        kolom = QVBoxLayout(self._foutblok)
        kolom.setContentsMargins(marge, Thema.afstand, marge, 0)
        kolom.addWidget(self._foutkop)
        kolom.addWidget(self.fouten)
        self._foutblok.hide()
        alles.addWidget(self._foutblok)
        self.inhoud.addWidget(Scrollvlak(vlak), 1)
        self.inhoud.addWidget(Lijn())
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        vloei.setContentsMargins(0, 0, 0, 0)
        for knop in (self.verder, self.herstel, Knop("Geschiedenis", self._ask_geschiedenis, soort="stil")):
            vloei.addWidget(knop)
        onder = QHBoxLayout()
        onder.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        onder.addWidget(knoppen, 1)
        self.inhoud.addLayout(onder)

    def _build_kopie(self) -> QWidget:
        rij = QWidget()
        vloei = Vloei(rij, tussen=2 * Thema.afstand)
        label = Tekst("Kopieer een avond")
        self.bron = QComboBox()
        self.bron.setAccessibleName("Kopieer een avond")
        self.bron.setMinimumWidth(190)
        label.setBuddy(self.bron)
        self.overnemen = Knop("Neem dit rooster over", self._copy)
        for deel in (label, self.bron, self.overnemen):
            vloei.addWidget(deel)
        return rij

    def _blok(self, kop: str, een: str, tabel: Invoertabel, erbij: Any) -> QWidget:
        blok = QWidget()
        kolom = QVBoxLayout(blok)
        kolom.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        kolom.setSpacing(Thema.afstand)
        boven = QHBoxLayout()
        boven.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 0)
        boven.setSpacing(4 * Thema.afstand)
        boven.addWidget(Tekst(kop, rol="kop2"), 0, Qt.AlignmentFlag.AlignTop)
        terug = self._terug[kop] = Knop(
            "Ongedaan maken", tabel.undo, naam=f"{kop}: ongedaan maken", uitleg="Of druk op Ctrl+Z."
        )
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in (
            Knop(f"{een} toevoegen", erbij, uitleg="Of druk op Insert in de tabel."),
            Knop(f"{een} weghalen", tabel.remove_huidige, uitleg="Of druk op Delete in de tabel."),
            terug,
        ):
            vloei.addWidget(knop)
        boven.addWidget(knoppen, 1)
        tabel.setProperty("soort", "kaal")
        tabel.setMinimumHeight(110)
        kolom.addLayout(boven)
        kolom.addWidget(tabel, 1)
        return blok

    def _build_botsing(self) -> Band:
        band = Band("", "let_op")
        rij = band.layout()
        assert rij is not None
        rij.addWidget(Knop("Neem de nieuwe over", self._take_nieuwe))
        rij.addWidget(Knop("Mijn invoer toch nakijken", self._insist))
        band.hide()
        return band

    @staticmethod
    def _dienstkolommen(keuzes: Mapping[str, Mapping[Any, str]]) -> tuple[Kolom, ...]:
        return (
            Kolom("medewerker", "Wie", "keuze", {"": "kies een medewerker", **keuzes.get("medewerker", {})}),
            Kolom("balie", "Balie", "keuze", keuzes.get("balie", {"": "geen balie"})),
            Kolom("van", "Van", "tijd"),
            Kolom("tot", "Tot", "tijd"),
            Kolom("rol", "Rol", "keuze", woorden.ROLLEN),
            Kolom("toestand", "Stand", "keuze", woorden.DIENSTEN),
        )

    @staticmethod
    def _pauzekolommen(keuzes: Mapping[str, str]) -> tuple[Kolom, ...]:
        return (
            Kolom("wie", "Voor wie", "keuze", keuzes),
            Kolom("van", "Van", "tijd"),
            Kolom("tot", "Tot", "tijd"),
            Kolom("reden", "Reden"),
        )

    # --- vullen ------------------------------------------------------------------------------------------

    def open(self, datum: date, basis: Basis, vandaag: date) -> None:
        """Toon het rooster van deze avond. Getypt werk aan dezelfde avond blijft staan."""
        if self._vuil and datum == self.datum:
            return
        self.datum, self._vandaag = datum, vandaag
        self._fill(basis)

    def show_basis(self, basis: Basis, vandaag: date) -> None:
        """De inrichting is intussen nieuwer: werk bij, behalve als hier is getypt."""
        self._vandaag = vandaag
        if self.datum is None or self._vuil:
            return
        oud = self._basis
        if oud is None or self._rooster(oud) != self._rooster(basis):
            self._fill(basis)
        else:
            self._basis = basis

    def note_bewaard(self) -> None:
        self._vuil = False
        self._set_knoppen()

    def _rooster(self, basis: Basis) -> object:
        assert self.datum is not None
        i = basis.inrichting
        return (i.diensten_op.get(self.datum), i.blokkades_op.get(self.datum), i.balies, i.medewerkers)

    def _fill(self, basis: Basis) -> None:
        assert self.datum is not None
        self._basis, self._vuil = basis, False
        inrichting = basis.inrichting
        self.kop.setText(f"Rooster van {taal.datum_lang(self.datum, self._vandaag)}")
        self._set_keuzes(basis)
        diensten = sorted(
            inrichting.diensten_op.get(self.datum, ()),
            key=lambda d: (inrichting.balie[d.balie].volgorde if d.balie in inrichting.balie else 99, d.van),
        )
        self.diensten.set_rijen([Invoerrij(d.id, dienst_cellen(d)) for d in diensten])
        blokkades = inrichting.blokkades_op.get(self.datum, ())
        self.blokkades.set_rijen([Invoerrij(b.id, blokkade_cellen(b)) for b in blokkades])
        opening = Kalender(inrichting).opening(self.datum)
        self._stand.setText(
            f"Open {woorden.vakken_lang(opening.vakken)}." if opening.vakken else opening.dicht_omdat
        )
        self._botsing.hide()
        self._clear_fouten()
        self._set_knoppen()

    def _set_keuzes(self, basis: Basis) -> None:
        inrichting = basis.inrichting
        keuzes = {"medewerker": medewerker_keuzes(inrichting), "balie": balie_keuzes(inrichting)}
        self.diensten.set_kolommen(self._dienstkolommen(keuzes))
        self.blokkades.set_kolommen(self._pauzekolommen(pauze_keuzes(inrichting)))
        self.bron.clear()
        self._bronnen = tuple(dag for dag in filled_avonden(basis) if dag != self.datum)
        for dag in self._bronnen:
            self.bron.addItem(taal.datum_kort(dag, self._vandaag))
        self.overnemen.setEnabled(self.bron.count() > 0)

    def _copy(self) -> None:
        """Neem het rooster van een andere avond over; wat er stond gaat pas weg bij het bewaren."""
        if self._basis is None or self.datum is None or self.bron.currentIndex() < 0:
            return
        van = self._bronnen[self.bron.currentIndex()]
        inrichting = self._basis.inrichting
        diensten = copy_diensten(inrichting.diensten_op.get(van, ()), self.datum)
        blokkades = copy_blokkades(inrichting.blokkades_op.get(van, ()), self.datum)
        self.diensten.replace_rijen([Invoerrij(d.id, dienst_cellen(d)) for d in diensten])
        self.blokkades.replace_rijen([Invoerrij(b.id, blokkade_cellen(b)) for b in blokkades])
        self._clear_fouten()
        self.tabel.setCurrentIndex(self.diensten.index(0, 0))
        self.tabel.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.tabel, f"Overgenomen: {taal.aantal(len(diensten), 'werktijd', 'werktijden')}.")

    def add_dienst(self) -> None:
        cellen = dict(LEGE_DIENST)
        cellen |= self._usual_tijden()
        gebruikt = {rij.cellen["balie"] for rij in self.diensten.rijen}
        kolom = self.diensten.kolommen[1]
        cellen["balie"] = next((balie for balie in kolom.keuzes if balie and balie not in gebruikt), "")
        rij = self.diensten.add(cellen)
        self.tabel.go_to(rij, "medewerker")

    def add_pauze(self) -> None:
        rij = self.blokkades.add(
            {"wie": next(iter(self.blokkades.kolommen[0].keuzes), ""), "van": "", "tot": "", "reden": "pauze"}
        )
        self.pauzetabel.go_to(rij, "wie")

    def _usual_tijden(self) -> dict[str, str]:
        """Zoals de regel erboven, anders zoals de avond open is."""
        if self.diensten.rijen:
            laatste = self.diensten.rijen[-1].cellen
            return {"van": laatste["van"], "tot": laatste["tot"]}
        if self._basis is None or self.datum is None:
            return {}
        vakken = Kalender(self._basis.inrichting).opening(self.datum).vakken
        if not vakken:
            return {}
        van, _, tot = woorden.vakken((vakken[0],)).partition("–")
        return {"van": van, "tot": tot}

    def _mark(self) -> None:
        self._vuil = True
        self._set_knoppen()

    def _set_knoppen(self) -> None:
        self.verder.setEnabled(self._vuil)
        self._terug["Werktijden"].setEnabled(self.diensten.kan_terug)
        self._terug["Pauzes"].setEnabled(self.blokkades.kan_terug)
        self.herstel.setVisible(self._vuil)
        self._leeg.setVisible(not self.diensten.rowCount())

    def _reset(self) -> None:
        if self._basis is not None:
            self._fill(self._basis)
            self.eerste_focus().setFocus()

    # --- voorleggen --------------------------------------------------------------------------------------

    def propose(self) -> None:
        """Lees alle cellen en leg het nieuwe rooster voor, met alle fouten tegelijk."""
        if self._basis is None or self.datum is None:
            return
        self.tabel.commit()
        self.pauzetabel.commit()
        gelezen = self._gelezen = read_rooster(
            self.datum,
            [(rij.id, rij.cellen) for rij in self.diensten.rijen],
            [(rij.id, rij.cellen) for rij in self.blokkades.rijen],
        )
        fouten = tuple(Planfout(FOUT, "cel", str(n), fout.zin) for n, fout in enumerate(gelezen.fouten))
        wijzigingen = make_wijzigingen(self._basis.inrichting, self.datum, gelezen)
        kop = f"Rooster van {taal.datum_lang(self.datum, self._vandaag)} wijzigen"
        self.voorleggen.emit(Opdracht(self._basis, kop, wijzigingen, fouten=fouten))

    def show_fouten(self, fouten: tuple[Planfout, ...]) -> None:
        """Alle fouten in hun cel en in de lijst eronder; de focus gaat naar de eerste."""
        cellen = list(self._gelezen.fouten) if self._gelezen else []
        los: list[str] = []
        bezet = {(c.tabel, c.rij, c.kolom) for c in cellen}
        for fout in fouten:
            if fout.soort == "cel":
                continue
            rij = self._rij_van(fout)
            kolom = find_kolom(fout.tekst)
            if rij < 0:
                los.append(fout.tekst)
            elif (fout.soort, rij, kolom) not in bezet:
                cellen.append(Celfout(fout.soort, rij, kolom, fout.tekst))
        for tabel, model in (("diensten", self.diensten), ("blokkades", self.blokkades)):
            model.set_fouten({(c.rij, c.kolom): c.zin for c in cellen if c.tabel == tabel})
        cellen.sort(key=lambda c: (c.tabel == "blokkades", c.rij, self._kolomplek(c)))
        rijen = [Rij(self._plaats(c) + c.zin, waarde=c) for c in cellen] + [
            Rij(zin, aan=False) for zin in los
        ]
        self._foutkop.setText(f"Wat niet klopt ({len(rijen)})")
        self.fouten.set_rijen(rijen)
        self.fouten.setFixedHeight(self.fouten.gewenste_hoogte(130))
        self._foutblok.setVisible(bool(rijen))
        if cellen:
            self._jump(cellen[0])
        if rijen:
            announce(self, f"{self._foutkop.text()}. {rijen[0].titel}")

    def _rij_van(self, fout: Planfout) -> int:
        """De regel waar een zin van de keuring over gaat; -1 als het iets anders is."""
        namen = self._gelezen.ids if self._gelezen else {}
        return next((rij for (tabel, rij), id_ in namen.items() if (tabel, id_) == (fout.soort, fout.id)), -1)

    def _kolomplek(self, fout: Celfout) -> int:
        return (self.diensten if fout.tabel == "diensten" else self.blokkades).kolom_van(fout.kolom)

    def _plaats(self, fout: Celfout) -> str:
        model = self.diensten if fout.tabel == "diensten" else self.blokkades
        kop = model.kolommen[model.kolom_van(fout.kolom)].kop
        return f"{_TABELNAAM[fout.tabel]}, regel {fout.rij + 1}, {kop}: "

    def _jump(self, fout: object) -> None:
        if isinstance(fout, Celfout):
            tabel = self.tabel if fout.tabel == "diensten" else self.pauzetabel
            tabel.go_to(fout.rij, fout.kolom)

    def _clear_fouten(self) -> None:
        self._foutblok.hide()
        for model in (self.diensten, self.blokkades):
            model.set_fouten({})

    # --- een collega was eerder --------------------------------------------------------------------------

    def show_botsing(self, botsing: Botsing) -> None:
        self._andermans = botsing.basis
        self._botsing.tekst.setText(woorden.botsing_zin(botsing, self._vandaag))
        self._botsing.show()
        announce(self, self._botsing.tekst.text())

    def _take_nieuwe(self) -> None:
        if self._andermans is not None:
            self._fill(self._andermans)

    def _insist(self) -> None:
        if self._andermans is not None:
            self._basis = self._andermans
            self._botsing.hide()
            self.propose()

    def _ask_geschiedenis(self) -> None:
        if self.datum is not None:
            self.geschiedenis.emit(self.datum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.terug.emit()
        else:
            super().keyPressEvent(event)
