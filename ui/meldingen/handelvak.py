"""Het formulier onder een melding: iets laten weten, een notitie, of opschrijven dat de melder het weet.

Wat is getypt, blijft per melding en handeling bewaard tot het in de outbox staat, ook als men intussen een
andere melding bekijkt.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.melding import MAX_TEKST, Melding
from frontoffice.domain.meldingstand import mogelijke_standen
from frontoffice.meldingpoort import Mailvoorbeeld
from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.klantbeeld.tekstvak import Tekstvak
from ui.meldingen.detail import LAAT_WETEN, NOTITIE, VERTELD
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

_KOPPEN = {
    LAAT_WETEN: "Iets laten weten",
    NOTITIE: "Notitie voor collega's",
    VERTELD: "Verteld aan de melder",
}
_UITLEG = {
    LAAT_WETEN: "Schrijf korte zinnen. De melder krijgt precies deze tekst.",
    NOTITIE: "De melder ziet deze notitie niet.",
    VERTELD: "Schrijf kort op wat u vertelde.",
}
_GEEN_MAIL = "Deze melder krijgt geen e-mail. Bel, en kies daarna Verteld aan de melder."


@dataclass(frozen=True)
class Handelinvoer:
    """Wat er moet gebeuren met `melding`. `code` is de nieuwe stand; `via` en `gelukt` horen bij verteld."""

    wat: str
    melding: Melding
    tekst: str
    code: str = ""
    mail: bool = False
    via: str = ""
    gelukt: bool = True


class Handelvak(QFrame):
    """`bewaren` (Handelinvoer), `voorbeeld` (Handelinvoer) en `gesloten`."""

    bewaren = Signal(object)
    voorbeeld = Signal(object)
    gesloten = Signal()

    def __init__(self, kanalen: tuple[str, ...]) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._melding: Melding | None = None
        self._wat = NOTITIE
        self._teksten: dict[tuple[int, str], str] = {}
        self._bezig = False
        self._kop = Tekst(rol="kop2")
        self.vorm = Formulier()
        self.stand = self.vorm.rij("Stand", QComboBox())
        self.via = self.vorm.rij("Verteld via", QComboBox())
        for kanaal in kanalen:
            self.via.addItem(kanaal[:1].upper() + kanaal[1:], kanaal)
        self.gelukt = self.vorm.rij("Gelukt?", QComboBox())
        self.gelukt.addItem("Gesproken", True)
        self.gelukt.addItem("Niet bereikt", False)
        self.tekst = self.vorm.rij("Tekst", QPlainTextEdit())
        self.tekst.setTabChangesFocus(True)
        self.tekst.setMinimumHeight(48)
        self.tekst.setMaximumHeight(100)
        self._uitleg = Tekst(rol="klein")
        self.mail = QCheckBox("Stuur de melder deze tekst per e-mail")
        self._geen_mail = Tekst(_GEEN_MAIL, rol="let_op")
        self._voorbeeldkop = Tekst("Zo leest de melder het", rol="kop2")
        self.voorbeeldtekst = Tekstvak("", "Voorbeeld van de e-mail", hoogste_regels=8)
        self.kijk = Knop("Bekijk de e-mail", self._ask_voorbeeld)
        self.bewaar = Knop("Bewaren", self._save, soort="groot")
        self._build()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open(self, wat: str, melding: Melding) -> None:
        """Begin deze handeling; staat er nog tekst van eerder, dan gaat die verder."""
        self._remember()
        self._melding, self._wat, self._bezig = melding, wat, False
        self._kop.setText(f"{_KOPPEN[wat]}: {melding.weergave}")
        self._uitleg.setText(_UITLEG[wat])
        weten = wat == LAAT_WETEN
        self.stand.clear()
        standen = mogelijke_standen(melding) if weten else ()
        # Alleen de stand van nu kiest zichzelf: een andere stand is een besluit.
        if not standen or standen[0][0] != melding.status.code:
            self.stand.addItem("Kies een stand", "")
        for code, woorden in standen:
            self.stand.addItem(woorden, code)
        self.vorm.fout(self.stand, "")
        self.vorm.set_zichtbaar(self.stand, weten)
        self.vorm.set_zichtbaar(self.via, wat == VERTELD)
        self.vorm.set_zichtbaar(self.gelukt, wat == VERTELD)
        self.vorm.fout(self.tekst, "")
        kan_mail = weten and melding.melder.krijgt_mail
        self.mail.setVisible(kan_mail)
        self.mail.setChecked(kan_mail)
        self._geen_mail.setVisible(weten and not melding.melder.krijgt_mail)
        self.kijk.setVisible(kan_mail)
        self.show_voorbeeld(None)
        self.tekst.setPlainText(self._teksten.get((melding.nummer, wat), ""))
        self.bewaar.set_tekst("Versturen" if weten else "Bewaren")
        self._set_bezig(False)
        self.show()
        (self.stand if weten else self.tekst).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._kop.text())

    def close_vak(self) -> None:
        """Dicht; de tekst blijft bewaard."""
        self._remember()
        self._melding = None
        self.hide()

    def show_gelukt(self, invoer: Handelinvoer) -> None:
        """Het staat in de outbox: deze tekst hoeft niet meer bewaard te blijven."""
        self._teksten.pop((invoer.melding.nummer, invoer.wat), None)
        if self._melding is not None and self._melding.nummer == invoer.melding.nummer:
            self.tekst.setPlainText("")
            self.close_vak()

    def show_fout(self, fout: InvoerFout | None, zin: str) -> None:
        """De tekst blijft staan; de zin staat bij het veld."""
        self._set_bezig(False)
        self.vorm.fout(self.tekst, fout.uitleg if fout is not None else zin)
        self.tekst.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_voorbeeld(self, voorbeeld: Mailvoorbeeld | None) -> None:
        """De e-mail zoals de melder hem krijgt; None haalt het voorbeeld weg."""
        for deel in (self._voorbeeldkop, self.voorbeeldtekst):
            deel.setVisible(voorbeeld is not None)
        if voorbeeld is not None:
            self.voorbeeldtekst.set_tekst(f"{voorbeeld.onderwerp}\n\n{voorbeeld.tekst}")

    # --- intern -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        kolom = QVBoxLayout(self)
        marge = 4 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, 3 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        delen: tuple[QWidget, ...] = (
            self._kop, self.vorm, self._uitleg, self.mail, self._geen_mail, self._voorbeeldkop,
            self.voorbeeldtekst,
        )  # fmt: skip
        for deel in delen:
            kolom.addWidget(deel)
        rij = QHBoxLayout()
        for knop in (self.bewaar, self.kijk, Knop("Annuleren (Esc)", self._close, naam="Annuleren")):
            rij.addWidget(knop)
        rij.addStretch(1)
        kolom.addLayout(rij)
        self.hide()
        self.tekst.textChanged.connect(self._follow_tekst)
        self.mail.toggled.connect(lambda aan: self.kijk.setEnabled(aan))

    def _invoer(self) -> Handelinvoer | None:
        if self._melding is None:
            return None
        return Handelinvoer(
            self._wat,
            self._melding,
            self.tekst.toPlainText(),
            str(self.stand.currentData() or ""),
            self.mail.isChecked() and not self.mail.isHidden(),
            str(self.via.currentData() or ""),
            bool(self.gelukt.currentData()),
        )

    def _save(self) -> None:
        invoer = self._invoer()
        if invoer is not None and not self._bezig and self._has_stand(invoer):
            self._remember()
            self._set_bezig(True)
            self.bewaren.emit(invoer)

    def _ask_voorbeeld(self) -> None:
        invoer = self._invoer()
        if invoer is not None and self._has_stand(invoer):
            self.voorbeeld.emit(invoer)

    def _has_stand(self, invoer: Handelinvoer) -> bool:
        if invoer.wat == LAAT_WETEN and not invoer.code:
            self.vorm.fout(self.stand, "Kies hoe het nu staat. Verandert er niets? Bel dan de melder.")
            self.stand.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.vorm.fout(self.stand, "")
        return True

    def _set_bezig(self, bezig: bool) -> None:
        self._bezig = bezig
        self.bewaar.setEnabled(not bezig)

    def _follow_tekst(self) -> None:
        self._remember()
        lengte = len(self.tekst.toPlainText())
        over = MAX_TEKST - lengte
        if over < 0:
            self.vorm.fout(self.tekst, f"Deze tekst is {-over} tekens te lang. Maak haar korter.")
        else:
            self.vorm.fout(self.tekst, "")

    def _remember(self) -> None:
        if self._melding is not None:
            self._teksten[(self._melding.nummer, self._wat)] = self.tekst.toPlainText()

    def _close(self) -> None:
        self.close_vak()
        self.gesloten.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._close()
        else:
            super().keyPressEvent(event)
