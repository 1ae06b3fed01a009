"""Eén verzoek van dichtbij: wie, welk nummer, wat er is gevraagd en beloofd, en wat u nu kunt doen.

Toont en vraagt; doet zelf niets. De formulieren komen in de plaats van de knoppen, nooit ervoor.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.belofte import zeg_belofte
from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.domain.taakwijziging import Taakactie
from frontoffice.domain.taal import dag_van, datum_kort, datum_lang, tijd
from frontoffice.domain.terugbellen import Beller, Terugbelrij
from frontoffice.services.terugbellen import stap_van
from ui.bericht.stuurvak import Stuurvak
from ui.bouwstenen import Knop, Scrollvlak
from ui.contact import woorden
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.klantbeeld.vloei import Vloei
from ui.paneel import Paneel
from ui.tekst import Tekst, isolate
from ui.terugbellen.model import LADEN, TerugbelModel, toon_nummer
from ui.terugbellen.panelen import Doorgeefpaneel, Gesprekpaneel, Klaarpaneel, Redenpaneel
from ui.thema import Thema, set_stijl

BEL, GESPROKEN, NIET_BEREIKT, KLAAR, OVERNEMEN, DOORGEVEN, BERICHT = (
    "bel", "gesproken", "niet_bereikt", "klaar", "overnemen", "doorgeven", "bericht",
)  # fmt: skip
HANDELINGEN = (
    (BEL, "Bel", "Bel de klant en begin een contact."),
    (GESPROKEN, "Gesproken", "U hebt de klant gesproken, maar het is nog niet klaar."),
    (NIET_BEREIKT, "Niet bereikt", "De klant nam niet op. Dit telt als een poging."),
    (KLAAR, "Klaar", "Sluit het verzoek: zeg hoe de klant het hoorde."),
    (OVERNEMEN, "Overnemen", "Dit verzoek is van u."),
    (DOORGEVEN, "Doorgeven", "Geef het aan een ander, met een reden."),
    (BERICHT, "Bericht", "Stuur de klant dat wij bezig zijn, of dat het klaar is."),
)
"""Wat er met een verzoek kan, op volgorde van Alt+1 tot en met Alt+7."""


_ACTIES = {
    Taakactie.OPNIEUW: "Klant belde opnieuw",
    Taakactie.NIET_BEREIKT: "Niet bereikt",
    Taakactie.GESPROKEN: "Gesproken",
    Taakactie.KLAAR: "Klaar",
    Taakactie.OVERNEMEN: "Overnemen",
    Taakactie.DOORGEVEN: "Doorgeven",
    Taakactie.BERICHT: "Bericht",
}


class Verzoekkaart(QWidget):
    """Signalen: `gevraagd` (een van de handelingen, "opnieuw", "intrekken", "tonen", "klant" of "herladen")
    `dicht`: terug naar de lijst, en `vorm_anders`: een formulier ging open of dicht."""

    gevraagd = Signal(str)
    dicht = Signal()
    vorm_anders = Signal()

    def __init__(self, model: TerugbelModel, stuurvak: Stuurvak | None = None) -> None:
        """`stuurvak`: het formulier voor een bericht; zonder is er ook geen knop."""
        super().__init__()
        self.setAccessibleName("Verzoek")
        self._model = model
        self._uuid = ""
        self.wie = Tekst(rol="kop1")
        self.nummer = Tekst(rol="nadruk")
        self.tonen = Knop("Tonen", lambda: self.gevraagd.emit("tonen"), naam="Nummer of tekst tonen")
        self.klant = Knop("Klant openen", lambda: self.gevraagd.emit("klant"))
        self.belofte = Tekst()
        self.stand = Tekst(rol="nadruk")
        self.reden = Tekst()
        self.vraag = Tekst()
        self.herkomst = Tekst(rol="klein")
        self.geschiedenis = Tekst(rol="klein")
        self.again = Knop("Opnieuw", lambda: self.gevraagd.emit("opnieuw"), naam="Opnieuw versturen")
        self.trek_in = Knop("Intrekken", lambda: self.gevraagd.emit("intrekken"), naam="Handeling intrekken")
        self.herladen = Knop("Opnieuw", lambda: self.gevraagd.emit("herladen"), naam="Klant opnieuw laden")
        self.terug = Knop("Terug naar de lijst", self.dicht.emit, soort="stil")
        self.knoppen = {
            naam: Knop(
                f"{tekst}   Alt+{nummer}",
                partial(self.gevraagd.emit, naam),
                soort="groot",
                naam=tekst,
                uitleg=uitleg,
            )
            for nummer, (naam, tekst, uitleg) in enumerate(HANDELINGEN, 1)
        }
        self.gesprek, self.klaar = Gesprekpaneel(), Klaarpaneel()
        self.doorgeven, self.tonen_paneel = Doorgeefpaneel(), Redenpaneel()
        self.bericht = stuurvak
        if stuurvak is None:
            self.knoppen[BERICHT].hide()
        eigen = (self.gesprek, self.klaar, self.doorgeven, self.tonen_paneel)
        self.panelen: tuple[Paneel, ...] = eigen if stuurvak is None else (*eigen, stuurvak)
        for paneel in self.panelen:
            paneel.gesloten.connect(self.close_panelen)
        self._build()
        self.show_rij(None, date(2000, 1, 1))

    def _build(self) -> None:
        self._rij, self._onderweg = QWidget(), QWidget()
        kop = QHBoxLayout()
        kop.addWidget(self.wie, 1)
        for knop in (self.tonen, self.klant, self.herladen, self.terug):
            kop.addWidget(knop, 0, Qt.AlignmentFlag.AlignTop)
        for plaats, knoppen in (
            (self._rij, tuple(self.knoppen.values())),
            (self._onderweg, (self.again, self.trek_in)),
        ):
            vloei = Vloei(plaats, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
            for knop in knoppen:
                vloei.addWidget(knop)
        binnen = QWidget()
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addLayout(kop)
        delen = (
            self.nummer, self.stand, self.reden, self._onderweg, self.belofte,
            self.vraag, self._rij, *self.panelen, self.herkomst, self.geschiedenis,
        )  # fmt: skip
        for deel in delen:
            kolom.addWidget(deel)
        kolom.addStretch(1)
        set_stijl(self, "soort", "kaart")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buiten = QVBoxLayout(self)
        buiten.setContentsMargins(0, 0, 0, 0)
        self.vlak = Scrollvlak(binnen)
        buiten.addWidget(self.vlak)

    # --- tonen --------------------------------------------------------------------------------------------

    @property
    def uuid(self) -> str:
        """Het verzoek dat er staat; leeg als er geen is."""
        return self._uuid

    def show_rij(self, rij: Terugbelrij | None, vandaag: date) -> None:
        """Toon dit verzoek. Een ander verzoek sluit wat nog openstond."""
        uuid = rij.uuid if rij is not None else ""
        if uuid != self._uuid:
            self._uuid = uuid
            self.close_panelen()
        self.setVisible(rij is not None)
        if rij is None:
            return
        beller = rij.beller
        self._show_beller(beller, self._model.fout(uuid))
        norm = f" De norm is {datum_lang(rij.norm, vandaag)}." if rij.norm is not None else ""
        self.belofte.setText(zeg_belofte(rij.taak.tekst, vandaag) or f"Er is geen dag beloofd.{norm}")
        self._show_herkomst(rij, vandaag)
        self._show_stand(self._model.onderweg(uuid), self._model.waarschuwing(uuid))

    def _show_beller(self, beller: Beller | None, fout: str) -> None:
        self.herladen.setVisible(bool(fout))
        self.klant.setVisible(beller is not None and beller.sleutel is not None)
        verborgen = beller is not None and (beller.dicht or (beller.geheim and not beller.telefoon))
        self.tonen.setVisible(verborgen)
        for naam, knop in self.knoppen.items():
            knop.setEnabled(beller is not None or naam in (OVERNEMEN, DOORGEVEN))
        if beller is None:
            self.wie.setText(f"Niet geladen. {fout}" if fout else LADEN)
            self.nummer.setText("")
            self.vraag.setText("")
            return
        self.wie.setText(isolate(beller.naam))
        nummers = " of ".join(toon_nummer(nummer) for nummer in beller.telefoon)
        geen = "Geheim nummer" if beller.geheim else "Geen nummer bij dit verzoek. Bel zoekt bij de klant."
        self.nummer.setText(nummers or geen)
        tekst = "De tekst is vertrouwelijk." if beller.dicht else (beller.vraag or beller.inhoud)
        self.vraag.setText(tekst or "Er staat geen vraag bij dit verzoek.")

    def _show_herkomst(self, rij: Terugbelrij, vandaag: date) -> None:
        beller = rij.beller
        delen = []
        if beller is not None and beller.om is not None:
            delen.append(f"Gevraagd {datum_kort(dag_van(beller.om), vandaag)} om {tijd(beller.om)}")
        if beller is not None and beller.kanaal:
            delen.append(f"via {beller.kanaal}")
        if beller is not None and beller.aangenomen_door:
            delen.append(f"aangenomen door {isolate(beller.aangenomen_door)}")
        bij = f"Ligt bij {isolate(', '.join(rij.aan))}." if rij.aan else ""
        self.herkomst.setText(
            " ".join(deel for deel in (f"{', '.join(delen)}." if delen else "", bij) if deel)
        )
        self.geschiedenis.setText(
            "\n".join(
                f"{datum_kort(dag_van(d.om), vandaag)} {tijd(d.om)}: "
                + (
                    f"overgenomen door {isolate(d.door)}."
                    if d.door == d.aan
                    else f"{isolate(d.door)} gaf het aan {isolate(d.aan)}: {d.reden}"
                )
                for d in rij.taak.tekst.doorgaven
            )
        )

    def _show_stand(self, onderweg: Verzending | None, waarschuwing: str) -> None:
        """Wat hier nog onderweg is, of waar een collega eerder was."""
        self.stand.setVisible(onderweg is not None)
        actie = onderweg is not None and onderweg.toestand is Toestand.ACTIE_NODIG
        if onderweg is not None:
            stap = stap_van(onderweg)
            wat = _ACTIES[stap.actie] if stap is not None else onderweg.opdracht.onderwerp
            self.stand.setText(f"{wat}: {woorden.TOESTANDEN[onderweg.toestand]}")
            self.stand.set_rol("let_op" if actie else "nadruk")
        self.reden.setText(onderweg.fout if onderweg is not None and actie else waarschuwing)
        self.reden.setVisible(bool(self.reden.text()))
        self._onderweg.setVisible(actie)

    # --- formulieren --------------------------------------------------------------------------------------

    def open_paneel(self, paneel: Paneel) -> None:
        """Zet een formulier in de plaats van de knoppen."""
        for ander in self.panelen:
            ander.setVisible(ander is paneel)
        self._rij.hide()
        order_tabs((paneel,))
        self.vorm_anders.emit()
        QTimer.singleShot(0, self, lambda: self.vlak.ensureWidgetVisible(paneel, 0, 0))

    def close_panelen(self) -> None:
        """Terug naar de knoppen; de focus gaat mee als die in het formulier stond."""
        had_focus = any(paneel.isAncestorOf(self.focusWidget() or self) for paneel in self.panelen)
        for paneel in self.panelen:
            paneel.hide()
        if self.bericht is not None:
            self.bericht.close_vak()
        self._rij.show()
        self.vorm_anders.emit()
        if had_focus:
            self.dicht.emit()

    @property
    def vraagt_hoogte(self) -> bool:
        """Staat het formulier open dat met zijn voorbeeld de hele hoogte nodig heeft?"""
        return self.bericht is not None and self.bericht.is_open

    @property
    def is_bezig(self) -> bool:
        """Staat er een formulier open?"""
        return any(not paneel.isHidden() for paneel in self.panelen)
