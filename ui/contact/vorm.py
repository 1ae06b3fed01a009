"""De velden van één contact. Eén vorm voor alle contacten: wisselen zet andere waarden in dezelfde velden.

Beslist niets: wat verandert, gaat als veldnaam en waarde naar buiten.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain.concept import Afsluiting, Concept, Gesprekspartner
from frontoffice.domain.registratie import MAX_METADATA, MAX_ONDERWERP
from frontoffice.domain.taal import lokaal
from frontoffice.services.registreren import Registreerinstellingen
from ui.bouwstenen import Knop
from ui.contact import woorden
from ui.contact.adresvak import Adresvak
from ui.contact.notitieveld import Notitieveld
from ui.contact.zaakvak import Zaakvak
from ui.formulier import Formulier
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst, isolate, set_uitleg
from ui.thema import Thema

_GEEN_KEUZE = "Kies…"
_NOTITIE_HOOG, _NOTITIE_KORT = 96, 50


class Contactvorm(QWidget):
    """Signalen: `veranderd` (velden als dict), `klant_los`, `getypt` (tekst, cursor), `verplaatst`,
    `verlaten` en `afronden`."""

    veranderd = Signal(object)
    klant_los = Signal()
    getypt = Signal(str, int)
    verplaatst = Signal(int, int)
    verlaten = Signal()
    terugbellen = Signal()

    def __init__(self, instellingen: Registreerinstellingen) -> None:
        super().__init__()
        self._concept: Concept | None = None
        self._begonnen: datetime | None = None
        self.met = Tekst("Nog geen klant gekozen.", rol="nadruk")
        self.los = Knop("Losmaken", self.klant_los.emit, soort="stil", naam="Klant losmaken")
        self.velden = Formulier()
        self.kanaal = self.velden.rij("Kanaal", QComboBox())
        self.kanaal.addItems(list(instellingen.kanalen))
        self.begonnen = self.velden.rij("Begonnen", QLineEdit())
        self.namens = self.velden.rij("Belt namens", QLineEdit())
        self.namens.setPlaceholderText("Naam van wie er belt, als dat een ander is")
        self.identiteit = self.velden.rij("Identiteit", Tekst())
        self.onderwerp = self.velden.rij("Onderwerp", QLineEdit())
        self.onderwerp.setMaxLength(MAX_ONDERWERP)
        aanvuller = QCompleter(QStringListModel(list(instellingen.onderwerpen), self), self)
        aanvuller.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        aanvuller.setFilterMode(Qt.MatchFlag.MatchContains)
        self.onderwerp.setCompleter(aanvuller)
        self.notitie = Notitieveld()
        self.teller = Tekst(rol="let_op")
        self.teller.hide()
        self.zaken = Zaakvak()
        self.adressen = Adresvak()
        self.website = QCheckBox("Niet gevonden op website")
        self.pagina = QLineEdit()
        self.pagina.setAccessibleName("Welke pagina")
        self.pagina.setPlaceholderText("Welke pagina?")
        self.compliment = QCheckBox("Compliment")
        self.citaat = QLineEdit()
        self.citaat.setAccessibleName("Wat zei de klant")
        self.citaat.setPlaceholderText("Wat zei de klant? Zonder naam.")
        self.citaat.setMaxLength(MAX_METADATA)
        set_uitleg(self.compliment, "Collega's lezen dit bij Goed nieuws, zonder naam.")
        self.vinkjes = QWidget()
        self.slot = Formulier()
        self.afsluiting = self.slot.rij("Afsluiting", QComboBox())
        self.afsluiting.addItem(_GEEN_KEUZE)
        for _, naam in woorden.AFSLUITINGEN:
            self.afsluiting.addItem(naam)
        self.doorverbonden = self.slot.rij("Met wie", QLineEdit())
        self.meer = Knop("Alle velden", lambda: self.set_kort(kort=False), soort="stil")
        self._kort = False
        self._build()
        self._connect()

    def _build(self) -> None:
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kop = QHBoxLayout()
        kop.addWidget(self.met, 1)
        kop.addWidget(self.los, 0, Qt.AlignmentFlag.AlignTop)
        kolom.addLayout(kop)
        kolom.addWidget(self.velden)
        notitiekop = QHBoxLayout()
        label = Tekst("Notitie", rol="nadruk")
        label.setBuddy(self.notitie)
        notitiekop.addWidget(label, 1)
        notitiekop.addWidget(self.meer)
        self.meer.hide()
        notitiekop.addWidget(KorteTekst("F6", rol="klein"))
        kolom.addLayout(notitiekop)
        self.notitie.setMinimumHeight(_NOTITIE_HOOG)
        kolom.addWidget(self.notitie, 1)
        kolom.addWidget(self.teller)
        kolom.addWidget(self.adressen)
        kolom.addWidget(self.zaken)
        vinkjes = Vloei(self.vinkjes, tussen=3 * Thema.afstand, regel=0)
        for vinkje in (self.website, self.compliment):
            vinkjes.addWidget(vinkje)
        for deel in (self.vinkjes, self.pagina, self.citaat):
            kolom.addWidget(deel)
        kolom.addWidget(self.slot)

    def _connect(self) -> None:
        self.kanaal.currentTextChanged.connect(lambda tekst: self._tell(kanaal=tekst))
        self.begonnen.editingFinished.connect(self._read_begonnen)
        self.namens.textEdited.connect(
            lambda tekst: self._tell(namens=Gesprekspartner(tekst.strip()) if tekst.strip() else None)
        )
        self.onderwerp.textEdited.connect(lambda tekst: self._tell(onderwerp=tekst))
        aanvuller = self.onderwerp.completer()
        assert aanvuller is not None
        aanvuller.activated.connect(lambda _: self._tell(onderwerp=self.onderwerp.text()))
        self.notitie.getypt.connect(self._typed)
        self.notitie.verplaatst.connect(self.verplaatst)
        self.notitie.verlaten.connect(self.verlaten)
        self.zaken.gekozen.connect(lambda zaken: self._tell(zaken=zaken))
        self.adressen.gekozen.connect(lambda adressen: self._tell(adressen=adressen))
        self.website.toggled.connect(lambda aan: self._tell(niet_op_website=aan))
        self.pagina.textEdited.connect(lambda tekst: self._tell(webpagina=tekst))
        self.compliment.toggled.connect(lambda aan: self._tell(compliment=aan))
        self.citaat.textEdited.connect(lambda tekst: self._tell(complimenttekst=tekst))
        self.afsluiting.currentIndexChanged.connect(self._choose_afsluiting)
        self.doorverbonden.textEdited.connect(lambda tekst: self._tell(doorverbonden_met=tekst))

    # --- tonen -------------------------------------------------------------------------------------------

    def set_kort(self, *, kort: bool) -> None:
        """Alleen de klant en de notitie: dan past er een terugbelverzoek onder zonder te schuiven."""
        self._kort = kort
        for deel in (self.velden, self.adressen, self.zaken, self.vinkjes, self.slot):
            deel.setVisible(not kort)
        self.pagina.setVisible(not kort and self.website.isChecked())
        self.citaat.setVisible(not kort and self.compliment.isChecked())
        self.meer.setVisible(kort)
        self.notitie.setMinimumHeight(_NOTITIE_KORT if kort else _NOTITIE_HOOG)

    def show_concept(self, concept: Concept | None, voorstel: str) -> None:
        """Toon dit contact; None is een lege vorm waarin het eerste teken een contact begint."""
        anders = concept is None or self._concept is None or concept.uuid != self._concept.uuid
        self._concept = concept
        if concept is None:
            self._show_leeg()
            return
        met = (
            isolate(woorden.met_wie(concept))
            if concept.klant or concept.bedrijf
            else "Nog geen klant gekozen."
        )
        self.met.setText(met)
        self.los.setVisible(bool(concept.klant or concept.bedrijf))
        self._show_velden(concept, anders=anders)
        self.onderwerp.setPlaceholderText(voorstel)
        if anders:
            self.notitie.show_contact(concept.uuid, concept.notitie, concept.cursor, concept.schuif)
            self.adressen.clear()
            self._clear_fouten()
        self._show_teller()
        self.zaken.show_zaken(concept.zaken)
        self.adressen.show_adressen(concept.adressen, kan_bewaren=bool(concept.klant or concept.bedrijf))

    def _show_leeg(self) -> None:
        self.met.setText("Geen contact. Het eerste teken hieronder begint er een.")
        self.los.hide()
        self.notitie.show_contact("", "", 0, 0)
        leeg = Concept(
            "", "", "", datetime.min.replace(tzinfo=UTC), self.kanaal.itemText(0),
            afsluiting=Afsluiting.BEANTWOORD,
        )  # fmt: skip
        self._show_velden(leeg, anders=True)
        self._clear_fouten()
        self.onderwerp.setPlaceholderText("")
        self.begonnen.setText("")
        self.teller.hide()
        self.zaken.show_zaken(())
        self.adressen.show_adressen((), kan_bewaren=False)

    def _show_velden(self, concept: Concept, *, anders: bool) -> None:
        """Waarden in de velden zonder dat dat als een wijziging van de medewerker telt."""
        paren: tuple[tuple[QLineEdit, str], ...] = (
            (self.namens, concept.namens.naam if concept.namens else ""),
            (self.onderwerp, concept.onderwerp),
            (self.pagina, concept.webpagina),
            (self.citaat, concept.complimenttekst),
            (self.doorverbonden, concept.doorverbonden_met),
        )
        for veld, waarde in paren:
            if veld.text() != waarde and (anders or not veld.hasFocus()):
                veld.setText(waarde)
        begon_anders = self._begonnen != concept.begonnen_op and not self.begonnen.hasFocus()
        if concept.uuid and (anders or begon_anders):
            self.begonnen.setText(f"{lokaal(concept.begonnen_op):%H.%M}")
        self._begonnen = concept.begonnen_op if concept.uuid else None
        self.identiteit.setText(woorden.identiteit(concept))
        with (
            QSignalBlocker(self.kanaal),
            QSignalBlocker(self.afsluiting),
            QSignalBlocker(self.website),
            QSignalBlocker(self.compliment),
        ):
            if self.kanaal.findText(concept.kanaal) < 0:
                self.kanaal.addItem(concept.kanaal)
            self.kanaal.setCurrentText(concept.kanaal)
            self.afsluiting.setCurrentIndex(_plaats(concept.afsluiting))
            self.website.setChecked(concept.niet_op_website)
            self.compliment.setChecked(concept.compliment)
        self.pagina.setVisible(concept.niet_op_website and not self._kort)
        self.citaat.setVisible(concept.compliment and not self._kort)
        self.slot.set_zichtbaar(self.doorverbonden, concept.afsluiting is Afsluiting.DOORVERBONDEN)

    def show_fout(self, veld: str, zin: str) -> bool:
        """Zet een zin bij zijn veld; onwaar als dat veld hier niet is."""
        plek = {
            "kanaal": (self.velden, self.kanaal),
            "begonnen_op": (self.velden, self.begonnen),
            "klant": (self.velden, self.namens),
            "onderwerp": (self.velden, self.onderwerp),
            "afsluiting": (self.slot, self.afsluiting),
        }.get(veld)
        if veld == "notitie":
            self.teller.setText(zin)
            self.teller.show()
            self.notitie.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if plek is None:
            return False
        self.set_kort(kort=False)
        plek[0].fout(plek[1], zin)
        plek[1].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def commit(self) -> bool:
        """Neem over wat er nog in een veld staat. Onwaar als daar iets aan mankeert."""
        return self._read_begonnen() and self.adressen.take(focus=False)

    def _clear_fouten(self) -> None:
        for veld in (self.kanaal, self.begonnen, self.namens, self.onderwerp):
            self.velden.fout(veld, "")
        self.slot.fout(self.afsluiting, "")

    def _show_teller(self) -> None:
        self.teller.setText(self.notitie.teller)
        self.teller.setVisible(bool(self.notitie.teller))

    # --- wijzigen ------------------------------------------------------------------------------------------

    def _tell(self, **velden: object) -> None:
        for naam in velden:
            veld = {"kanaal": self.kanaal, "namens": self.namens, "onderwerp": self.onderwerp}.get(naam)
            if veld is not None:
                self.velden.fout(veld, "")
        self.veranderd.emit(velden)

    def _typed(self, tekst: str, cursor: int) -> None:
        self._show_teller()
        self.getypt.emit(tekst, cursor)

    def _choose_afsluiting(self, plaats: int) -> None:
        self.slot.fout(self.afsluiting, "")
        gekozen = woorden.AFSLUITINGEN[plaats - 1][0] if plaats > 0 else None
        self._tell(afsluiting=gekozen)
        if gekozen is Afsluiting.TERUGBELVERZOEK:
            self.terugbellen.emit()

    def _read_begonnen(self) -> bool:
        """De begintijd als 14.03 of 14:03, van vandaag of gisteravond; iets anders krijgt een zin."""
        concept = self._concept
        tekst = self.begonnen.text().strip().replace(":", ".")
        if concept is None or not tekst or tekst == f"{lokaal(concept.begonnen_op):%H.%M}":
            self.velden.fout(self.begonnen, "")
            return True
        try:
            uur, minuut = (int(deel) for deel in tekst.split("."))
            nieuw = lokaal(concept.begonnen_op).replace(hour=uur, minute=minuut, second=0, microsecond=0)
        except ValueError:
            self.set_kort(kort=False)
            self.velden.fout(self.begonnen, "Typ de tijd als 14.03.")
            return False
        if nieuw > lokaal(concept.begonnen_op) + timedelta(hours=12):
            nieuw -= timedelta(days=1)
        self.velden.fout(self.begonnen, "")
        self._tell(begonnen_op=nieuw.astimezone(concept.begonnen_op.tzinfo))
        return True


def _plaats(afsluiting: Afsluiting | None) -> int:
    if afsluiting is None:
        return 0
    return 1 + [soort for soort, _ in woorden.AFSLUITINGEN].index(afsluiting)
