"""Een terugbelverzoek: wie belt terug, waarover, op welk nummer en wanneer; en wat u de klant zegt.

De datums zijn een belofte: wat de afdeling moet halen en wat de klant is gezegd.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.concept import Actorsoort, Afdeling, Terugbelverzoek
from frontoffice.domain.taal import datum_lang
from frontoffice.domain.waarden import Telefoonnummer
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from ui.afspraak.datums import read_dag
from ui.bouwstenen import Knop
from ui.contact.notitieveld import Notitieveld
from ui.formulier import Formulier
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_MEESTE_VRAGEN = 6
_KOP, _KOP_WETEN = "Terugbelverzoek", "Belofte"
_NIEMAND = Afdeling(Actorsoort.AFDELING, "", "")


class Terugbelvorm(QWidget):
    """Signalen: `veranderd` (Terugbelverzoek of None zolang er niemand is gekozen) en `gekozen` (Afdeling):
    vraag de voorgestelde dag."""

    veranderd = Signal(object)
    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._afdelingen: tuple[Afdeling, ...] = ()
        self._aan: Afdeling | None = None
        self._verzoek: Terugbelverzoek | None = None
        self._contact = ""
        self._gevraagd: Afdeling | None = None
        self._vandaag = date(2000, 1, 1)
        self.kop = Tekst(_KOP, rol="kop2")
        self.velden = Formulier()
        self.aan = self.velden.rij("Wie belt terug", QComboBox())
        self.aan.setEditable(True)
        self.aan.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.aan.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.aan.setMinimumContentsLength(8)
        regel = self.aan.lineEdit()
        assert regel is not None
        regel.setPlaceholderText("Afdeling, groep of collega")
        regel.setAccessibleName("Wie belt terug")
        self.vraag = Notitieveld()
        self.vraag.setAccessibleName("Wat wil de klant weten")
        self.vraag.setPlaceholderText("Wat wil de klant weten?")
        self.vraag.setFixedHeight(50)
        self._vraagfout = Tekst(rol="fout")
        self._vraagfout.hide()
        self.dagen = Formulier()
        self.telefoon = self.dagen.rij("Nummer", QLineEdit())
        self.uiterlijk = self.dagen.rij("Uiterlijk", QLineEdit())
        self.beloofd = self.dagen.rij("Beloofd", QLineEdit())
        self.weten = self.dagen.rij("Of laat weten", QLineEdit())
        self.weten.setPlaceholderText("of de stoep is gemaakt")
        self.weten.setAccessibleDescription("Vul dit in als wij niet bellen maar iets laten weten.")
        self.weten.setMaxLength(150)
        self.vragen = [QLineEdit() for _ in range(_MEESTE_VRAGEN)]
        self._labels = [Tekst(rol="klein") for _ in range(_MEESTE_VRAGEN)]
        self.zeg = Tekst(rol="gewoon")
        self._zegkop = Tekst("Zeg dit", rol="nadruk")
        self.wet = Tekst(rol="klein")
        self.wet.hide()
        self.sluit = Knop("Toch niet", soort="stil", naam="Geen terugbelverzoek")
        self._build()
        self._connect()
        self.show_verzoek(None)

    def _build(self) -> None:
        set_stijl(self, "soort", "vak")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kop = QHBoxLayout()
        kop.addWidget(self.kop, 1)
        kop.addWidget(self.sluit)
        kolom.addLayout(kop)
        kolom.addWidget(self.velden)
        kolom.addWidget(self.vraag)
        kolom.addWidget(self._vraagfout)
        kolom.addWidget(self.dagen)
        kolom.addWidget(self._zegkop)
        kolom.addWidget(self.zeg)
        kolom.addWidget(self.wet)
        for label, veld in zip(self._labels, self.vragen, strict=True):
            kolom.addWidget(label)
            kolom.addWidget(veld)

    def _connect(self) -> None:
        self.aan.activated.connect(self._choose)
        regel = self.aan.lineEdit()
        assert regel is not None
        regel.returnPressed.connect(self._choose_getypt)
        regel.editingFinished.connect(self._choose_getypt)
        self.vraag.getypt.connect(lambda tekst, _: self._change(vraag=tekst))
        self.telefoon.editingFinished.connect(self._read_telefoon)
        self.weten.textEdited.connect(lambda tekst: self._change(laten_weten=tekst))
        self.uiterlijk.editingFinished.connect(lambda: self._read_dag(self.uiterlijk, "uiterlijk"))
        self.beloofd.editingFinished.connect(lambda: self._read_dag(self.beloofd, "beloofd"))
        for veld in self.vragen:
            veld.textEdited.connect(lambda _: self._change_antwoorden())

    # --- tonen -------------------------------------------------------------------------------------------

    def set_afdelingen(self, afdelingen: tuple[Afdeling, ...], vandaag: date) -> None:
        """Wie er te kiezen is; wat is gekozen, blijft gekozen."""
        self._vandaag = vandaag
        if afdelingen == self._afdelingen:
            return
        self._afdelingen = afdelingen
        with QSignalBlocker(self.aan):
            tekst = self.aan.currentText()
            self.aan.clear()
            for afdeling in afdelingen:
                self.aan.addItem(_naam(afdeling))
            self.aan.setCurrentIndex(-1)
            self.aan.setEditText(tekst)
        aanvuller = QCompleter(QStringListModel([_naam(a) for a in afdelingen], self), self)
        aanvuller.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        aanvuller.setFilterMode(Qt.MatchFlag.MatchContains)
        self.aan.setCompleter(aanvuller)

    def show_verzoek(self, verzoek: Terugbelverzoek | None) -> None:
        """Toon dit verzoek; None is een leeg verzoek."""
        self._verzoek = verzoek
        self._gevraagd = None
        aan = verzoek.aan if verzoek is not None and verzoek.aan.object_id else None
        if aan is None or aan != self._aan:
            regel = self.aan.lineEdit()
            half = aan is None and regel is not None and bool(regel.text())
            bezig = half and (verzoek is not None or self.aan.hasFocus())
            self._aan = aan
            if not bezig:
                with QSignalBlocker(self.aan):
                    self.aan.setEditText(_naam(aan) if aan is not None else "")
                if regel is not None:
                    regel.setCursorPosition(0)  # van een lange naam telt het begin
            self._show_vragen(verzoek)
        if verzoek is None:
            self.vraag.show_contact("", "", 0, 0)
        elif self.vraag.tekst != verzoek.vraag:
            self.vraag.show_contact("vraag", verzoek.vraag, len(verzoek.vraag), 0)
        self._set(self.telefoon, _toon_nummer(verzoek.telefoon) if verzoek is not None else "")
        self._set(self.weten, verzoek.laten_weten if verzoek is not None else "")
        gekozen = verzoek if aan is not None else None
        self._set(self.uiterlijk, f"{gekozen.uiterlijk:%d-%m-%Y}" if gekozen is not None else "")
        self._set(self.beloofd, f"{gekozen.beloofd:%d-%m-%Y}" if gekozen is not None else "")
        self._show_zeg()

    def show_wet(self, zin: str) -> None:
        """Wat de wet over dit onderwerp zegt; dat staat los van de belofte."""
        self.wet.setText(zin)
        self.wet.setVisible(bool(zin))

    def make_belofte(self, weten: str, vraag: str) -> Terugbelverzoek:
        """Een belofte om iets te laten weten, waarvan nog niet is gekozen wie haar nakomt."""
        return Terugbelverzoek(_NIEMAND, vraag, self._vandaag, self._vandaag, "", laten_weten=weten)

    def begin(self, contact: str) -> None:
        """Een ander contact: wat bij het vorige half stond, en de zinnen daarbij, horen hier niet."""
        if contact == self._contact:
            return
        self._contact = contact
        # Een veld dat straks de focus verliest, meldt zich nog: dat mag niet over het vorige contact gaan.
        self._verzoek = self._gevraagd = self._aan = None
        with QSignalBlocker(self.aan):
            self.aan.setEditText("")
        self.vraag.clear_alles()
        for veld in (self.telefoon, self.uiterlijk, self.beloofd, self.weten):
            veld.clear()
            self.dagen.fout(veld, "")
        self.velden.fout(self.aan, "")
        self._vraagfout.hide()

    def focus_na_keuze(self) -> None:
        """Er is gekozen wie er terugbelt: verder met de vraag."""
        regel = self.aan.lineEdit()
        if self.aan.hasFocus() or (regel is not None and regel.hasFocus()):
            self.vraag.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fout(self, veld: str, zin: str) -> bool:
        """Zet een zin bij zijn veld; onwaar als dat veld hier niet is."""
        if veld == "terugbel_vraag":
            self._vraagfout.setText(zin)
            self._vraagfout.show()
            self.vraag.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        plek = {
            "terugbel": (self.velden, self.aan),
            "telefoon": (self.dagen, self.telefoon),
            "uiterlijk": (self.dagen, self.uiterlijk),
            "beloofd": (self.dagen, self.beloofd),
        }.get(veld)
        if plek is None:
            return False
        plek[0].fout(plek[1], zin)
        plek[1].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_vragen(self, verzoek: Terugbelverzoek | None) -> None:
        vragen = verzoek.aan.vragen[:_MEESTE_VRAGEN] if verzoek is not None else ()
        antwoorden = dict(verzoek.antwoorden) if verzoek is not None else {}
        for nummer, (label, veld) in enumerate(zip(self._labels, self.vragen, strict=True)):
            er_is = nummer < len(vragen)
            label.setVisible(er_is)
            veld.setVisible(er_is)
            if er_is:
                label.setText(vragen[nummer])
                veld.setAccessibleName(vragen[nummer])
                veld.setText(antwoorden.get(vragen[nummer], ""))
            else:
                veld.clear()

    def _show_zeg(self) -> None:
        verzoek = self._verzoek
        is_belofte = verzoek is not None and bool(verzoek.laten_weten.strip())
        self.kop.setText(_KOP_WETEN if is_belofte else _KOP)
        er_is = verzoek is not None and bool(verzoek.aan.object_id)
        self._zegkop.setVisible(er_is)
        self.zeg.setVisible(er_is)
        if verzoek is not None and er_is:
            wie = f"De afdeling {verzoek.aan.naam}" if verzoek.aan.soort == "afdeling" else verzoek.aan.naam
            nummer = f" op {_toon_nummer(verzoek.telefoon)}" if verzoek.telefoon else ""
            dag = datum_lang(verzoek.beloofd, self._vandaag)
            weten = " ".join(verzoek.laten_weten.split()).rstrip(".")
            if weten:
                self.zeg.setText(f"“{wie} laat u uiterlijk {dag} weten {weten}.”")
            else:
                vraag = "Klopt dat nummer?" if nummer else "Op welk nummer kan dat?"
                self.zeg.setText(f"“{wie} belt u uiterlijk {dag}{nummer}. {vraag}”")

    @staticmethod
    def _set(veld: QLineEdit, tekst: str) -> None:
        if not veld.hasFocus() and veld.text() != tekst:
            veld.setText(tekst)

    # --- wijzigen ------------------------------------------------------------------------------------------

    def _choose(self, plaats: int) -> None:
        if 0 <= plaats < len(self._afdelingen):
            self._ask(self._afdelingen[plaats])

    def _ask(self, afdeling: Afdeling) -> None:
        """Enter en het verlaten van het veld vragen samen één keer."""
        self.velden.fout(self.aan, "")
        if afdeling != self._gevraagd:
            self._gevraagd = afdeling
            self.gekozen.emit(afdeling)

    def _choose_getypt(self) -> None:
        """Wat is getypt, kiest de enige die zo heet; anders blijft de tekst staan met een zin."""
        tekst = self.aan.currentText().strip().casefold()
        if not tekst or (self._aan is not None and _naam(self._aan).casefold() == tekst):
            return
        namen = [(_naam(afdeling).casefold(), afdeling) for afdeling in self._afdelingen]
        passend = (
            [a for naam, a in namen if naam == tekst]
            or [a for naam, a in namen if naam.startswith(tekst)]
            or [a for naam, a in namen if tekst in naam]
        )
        if len(passend) == 1:
            self._ask(passend[0])
        else:
            zin = "Kies er een uit de lijst." if passend else "Deze afdeling staat niet in de lijst."
            self.velden.fout(self.aan, zin)

    def commit(self) -> bool:
        """Neem over wat er nog in een veld staat. Onwaar als daar iets aan mankeert."""
        if self.isHidden():
            return True
        velden = [self._read_telefoon()]
        if self._verzoek is not None and self._verzoek.aan.object_id:
            velden += [self._read_dag(self.uiterlijk, "uiterlijk"), self._read_dag(self.beloofd, "beloofd")]
        return all(velden)

    def _read_telefoon(self) -> bool:
        tekst = self.telefoon.text().strip()
        nummer = lees_telefoon(tekst) if tekst else None
        if tekst and nummer is None:
            self.dagen.fout(self.telefoon, "Dit nummer klopt niet. Kijk de cijfers na.")
            return False
        self.dagen.fout(self.telefoon, "")
        self._change(telefoon=nummer.e164 if nummer is not None else "")
        return True

    def _read_dag(self, veld: QLineEdit, naam: str) -> bool:
        gelezen = read_dag(veld.text(), self._vandaag)
        if gelezen is None:
            if not veld.text().strip() and (self._verzoek is None or not self._verzoek.aan.object_id):
                return True
            self.dagen.fout(veld, "Typ de dag als 24-11-2026.")
            return False
        self.dagen.fout(veld, "")
        self._change(**{naam: gelezen})
        return True

    def _change_antwoorden(self) -> None:
        paren = [
            (label.text(), veld.text())
            for label, veld in zip(self._labels, self.vragen, strict=True)
            if not veld.isHidden()
        ]
        self._change(antwoorden=tuple(paren))

    def _change(self, **velden: object) -> None:
        if "vraag" in velden:
            self._vraagfout.hide()
        oud = self._verzoek
        if oud is None:
            if not any(velden.values()):
                return
            # Wie er terugbelt is nog niet gekozen; wat al is getypt, blijft er vast bij.
            oud = Terugbelverzoek(_NIEMAND, "", self._vandaag, self._vandaag, "")
        self.veranderd.emit(replace(oud, **velden))  # type: ignore[arg-type]  # de namen staan hierboven


def _naam(afdeling: Afdeling) -> str:
    return f"{afdeling.naam} ({afdeling.organisatie})" if afdeling.organisatie else afdeling.naam


def _toon_nummer(e164: str) -> str:
    return toon_telefoon(Telefoonnummer(e164)) if e164 else ""
