"""Het veld voor de notitie: gewone tekst, met per contact een eigen cursor, plaats en ongedaan-lijst."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QFocusEvent, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from frontoffice.domain.registratie import MAX_INHOUD, WAARSCHUW_INHOUD, clean_tekst
from ui.tekst import make_document


class Notitieveld(QPlainTextEdit):
    """Signalen: `getypt` (tekst, cursor), `verplaatst` (cursor, schuif) en `verlaten`."""

    getypt = Signal(str, int)
    verplaatst = Signal(int, int)
    verlaten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Notitie")
        self.setTabChangesFocus(True)
        self.setPlaceholderText("Typ mee terwijl u luistert. Elk woord wordt meteen bewaard.")
        self._documenten: dict[str, QTextDocument] = {}
        self._stil = False
        self._sleutel = ""
        # Een eigen document vanaf het begin: dat van Qt verdwijnt zodra er een ander voor komt.
        self._documenten[""] = self._make_document("")
        self.setDocument(self._documenten[""])
        self.textChanged.connect(self._typed)
        self.cursorPositionChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._moved())

    @property
    def tekst(self) -> str:
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        """Zo laag als mag: het veld groeit in de ruimte die over is, en duwt niets uit beeld."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_contact(self, sleutel: str, tekst: str, cursor: int, schuif: int) -> None:
        """Zet de notitie van dit contact voor, met cursor en plaats zoals zij waren."""
        if sleutel == self._sleutel and tekst == self.tekst:
            return
        self._stil = True
        document = self._documenten.get(sleutel)
        oud = None
        if document is None or document.toPlainText() != tekst:
            oud, document = document, self._make_document(tekst)
            self._documenten[sleutel] = document
        self._sleutel = sleutel
        self.setDocument(document)
        if oud is not None:
            oud.deleteLater()
        plek = self.textCursor()
        plek.setPosition(min(max(cursor, 0), document.characterCount() - 1))
        self.setTextCursor(plek)
        self.verticalScrollBar().setValue(schuif)
        self._stil = False

    def adopt(self, sleutel: str) -> None:
        """Wat hier al staat, hoort vanaf nu bij dit (nieuwe) contact; niets verspringt."""
        self._documenten[sleutel] = self._documenten.pop(self._sleutel)
        self._sleutel = sleutel

    def forget(self, sleutel: str) -> None:
        """Dit contact is klaar: van zijn tekst blijft hier niets achter."""
        if self._sleutel == sleutel:
            self.show_contact("", "", 0, 0)
        weg = self._documenten.pop(sleutel, None) if sleutel else None
        if weg is not None:
            weg.deleteLater()

    def clear_alles(self) -> None:
        """Een ander gaat werken: geen tekst en geen ongedaan-lijst van de vorige."""
        self._stil = True
        self._sleutel = ""
        weg, self._documenten = self._documenten, {"": self._make_document("")}
        self.setDocument(self._documenten[""])
        for document in weg.values():
            document.deleteLater()
        self._stil = False

    @property
    def teller(self) -> str:
        """Vanaf 900 tekens hoeveel er nog kan, of hoeveel het er te veel zijn."""
        aantal = len(self.tekst.strip())
        if aantal < WAARSCHUW_INHOUD:
            return ""
        rest = MAX_INHOUD - aantal
        if rest >= 0:
            return f"Nog {rest} tekens in één contact."
        return f"{-rest} tekens te veel voor één contact. Kort in, of rond af in delen."

    def insertFromMimeData(self, bron: QMimeData) -> None:
        """Plak alleen gewone tekst: opmaak van elders kan bestanden laten lezen."""
        if bron.hasText():
            self.insertPlainText(clean_tekst(bron.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.verlaten.emit()

    def _make_document(self, tekst: str) -> QTextDocument:
        return make_document(tekst, self)

    def _typed(self) -> None:
        if not self._stil:
            self.getypt.emit(self.tekst, self.textCursor().position())

    def _moved(self) -> None:
        if not self._stil:
            self.verplaatst.emit(self.textCursor().position(), self.verticalScrollBar().value())
