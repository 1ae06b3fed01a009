"""Houdt het klantbeeld van de klant die nu openstaat en laat het laden, bijwerken en onthullen.

Elke klant heeft een eigen Stop. Een antwoord wordt alleen verwerkt als het bij die Stop hoort: een laat
antwoord van een vorige klant valt weg. Tekent niets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.dossier import ZaakDossier
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Controle, Herkomst, KlantSleutel
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.zaak import ZaakDocument
from frontoffice.ports import Stop
from frontoffice.services.klantbeeld import KlantbeeldDienst, Verandering
from ui.achtergrond import Achtergrond

T = TypeVar("T")
BEELD, TIJDLIJN, ZAKEN, AFGEROND = "beeld", "tijdlijn", "zaken", "afgerond"
INZAGE = "inzage"


class Voortgang:
    """Hoe ver een download is, in bytes. Gewone gegevens: een draad schrijft, het scherm leest."""

    def __init__(self) -> None:
        self.stand: tuple[int, int | None] = (0, None)

    def note(self, gelezen: int, totaal: int | None) -> None:
        self.stand = (gelezen, totaal)


class Klantlader(QObject):
    """De klant die openstaat. Bezig kan zijn: "beeld", "tijdlijn", "zaken" en "afgerond".

    Signalen: `gewijzigd` (Klantbeeld), `bezig_gewijzigd`, `mislukt` (wat, KifFout) voor wat niet in een
    onderdeel van het beeld past, en `gesloten` als er geen klant meer is.
    """

    gewijzigd = Signal(object)
    bezig_gewijzigd = Signal()
    mislukt = Signal(str, object)
    gesloten = Signal()

    def __init__(
        self, dienst: KlantbeeldDienst, achtergrond: Achtergrond, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._dienst = dienst
        self._achtergrond = achtergrond
        self._beeld: Klantbeeld | None = None
        self._klant_stop = Stop()
        self._laad_stop = Stop()
        self._bezig: dict[str, int] = {}
        self._begin_laden = QTimer(self)  # een echte wekker: die gaat pas af als Qt heeft getekend
        self._begin_laden.setSingleShot(True)
        self._begin_laden.setInterval(0)
        self._begin_laden.timeout.connect(self._load)

    @property
    def beeld(self) -> Klantbeeld | None:
        return self._beeld

    def is_bezig(self, wat: str) -> bool:
        return self._bezig.get(wat, 0) > 0

    # --- openen en sluiten ---------------------------------------------------------------------------

    def open(self, sleutel: KlantSleutel, herkomst: Herkomst) -> None:
        """Sluit de vorige klant en begin aan deze. Raises KifFout als dat niet mag.

        De verzoeken vertrekken als het scherm deze klant heeft getekend: de draden die ze maken, zouden het
        tekenen anders twee keer zo lang laten duren.
        """
        self._release()
        self._set_beeld(self._dienst.begin(sleutel, herkomst))
        self._begin_laden.start()

    def close(self) -> None:
        self._release()
        self._beeld = None
        self.gesloten.emit()

    def refresh(self) -> None:
        """Laad alles opnieuw; wat er stond blijft staan tot het nieuwe er is."""
        if self._beeld is not None:
            self._begin_laden.stop()
            self._laad_stop.set()
            self._bezig.clear()
            self._load()

    def cancel(self) -> None:
        """Breek het laden af. Wat er nog niet was, is niet geladen en kan met Opnieuw."""
        if self._beeld is None:
            return
        self._begin_laden.stop()
        self._laad_stop.set()
        self._laad_stop = self.child_stop()
        self._bezig.clear()
        self.bezig_gewijzigd.emit()
        self._set_beeld(self._dienst.annuleer(self._beeld))

    # --- meer laden ------------------------------------------------------------------------------------

    def retry(self, onderdeel: str) -> None:
        beeld = self._beeld
        if beeld is not None:
            self._stream(BEELD, lambda stop: self._dienst.retry(beeld, onderdeel, stop))

    def reload(self, onderdeel: str) -> None:
        """Kijk of een onderdeel is veranderd; wat er stond blijft staan tot het nieuwe er is."""
        beeld = self._beeld
        if beeld is not None and onderdeel in beeld.onderdelen:
            self._stream(onderdeel, lambda stop: self._dienst.reload(beeld, onderdeel, stop))

    def load_meer_tijdlijn(self) -> None:
        beeld = self._beeld
        if beeld is not None and not self.is_bezig(TIJDLIJN):
            self._stream(TIJDLIJN, lambda stop: self._dienst.load_meer_tijdlijn(beeld, stop))

    def load_meer_zaken(self) -> None:
        beeld = self._beeld
        if beeld is not None and not self.is_bezig(ZAKEN):
            self._stream(ZAKEN, lambda stop: self._dienst.load_meer_zaken(beeld, stop))

    def load_afgeronde_zaken(self) -> None:
        beeld = self._beeld
        if beeld is not None and not self.is_bezig(AFGEROND):
            self._stream(AFGEROND, lambda stop: self._dienst.load_afgeronde_zaken(beeld, stop))

    # --- één ding tegelijk -------------------------------------------------------------------------------

    def fetch_contact(
        self,
        uuid: str,
        klaar: Callable[[Klantcontact], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None:
        beeld = self._beeld
        if beeld is not None:
            self._achtergrond.start(
                lambda stop: self._dienst.load_contact(beeld, uuid, stop), klaar, mislukt, zolang
            )

    def fetch_zaak(
        self,
        uuid: str,
        klaar: Callable[[ZaakDossier], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None:
        beeld = self._beeld
        if beeld is not None:
            self._achtergrond.start(
                lambda stop: self._dienst.load_zaak(beeld, uuid, stop), klaar, mislukt, zolang
            )

    def save_document(
        self,
        document: ZaakDocument,
        doel: Path,
        voortgang: Voortgang,
        klaar: Callable[[Path], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None:
        """Bewaar een document in de map of het bestand `doel`; lees `voortgang` af zolang het duurt."""
        beeld = self._beeld
        if beeld is not None:
            self._achtergrond.start(
                lambda stop: self._dienst.save_document(beeld, document, doel, voortgang.note, stop),
                klaar,
                mislukt,
                zolang,
            )

    def controleer(
        self, wijze: Controle, toelichting: str = "", klaar: Callable[[], None] = lambda: None
    ) -> None:
        """De medewerker heeft gecontroleerd wie er spreekt; zodra dat vastligt, gaat het beeld open."""
        self._change(lambda beeld: self._dienst.controleer(beeld, wijze, toelichting), klaar)

    def onthul(self, wat: str, reden: str) -> None:
        """Laat een verborgen gegeven zien, zodra de reden is vastgelegd."""
        self._change(lambda beeld: self._dienst.onthul(beeld, wat, reden))

    def _change(
        self, werk: Callable[[Klantbeeld], Klantbeeld], klaar: Callable[[], None] = lambda: None
    ) -> None:
        """Doe `werk` buiten deze draad, want vastleggen is schrijven. Wat intussen is geladen blijft."""
        beeld = self._beeld
        if beeld is None:
            return

        def apply(nieuw: Klantbeeld) -> None:
            nu = self._beeld
            if nu is not None:
                gecontroleerd = nu.gecontroleerd or nieuw.gecontroleerd
                onthuld = nu.onthuld | nieuw.onthuld
                self._set_beeld(replace(nu, gecontroleerd=gecontroleerd, onthuld=onthuld))
                klaar()

        self._achtergrond.start(
            lambda _: werk(beeld), apply, lambda fout: self.mislukt.emit(INZAGE, fout), self._klant_stop
        )

    def child_stop(self) -> Stop:
        """Een Stop die ook wordt gezet als deze klant weggaat."""
        kind = Stop()
        self._klant_stop.on_set(kind.set)
        return kind

    # --- binnenwerk --------------------------------------------------------------------------------------

    def _release(self) -> None:
        self._begin_laden.stop()
        self._klant_stop.set()
        self._klant_stop = Stop()
        self._laad_stop = self.child_stop()
        self._bezig.clear()

    def _load(self) -> None:
        self._laad_stop = self.child_stop()
        beeld = self._beeld
        if beeld is not None:
            self._stream(BEELD, lambda stop: self._dienst.load(beeld, stop))

    def _stream(self, wat: str, werk: Callable[[Stop], Iterator[Verandering]]) -> None:
        zolang, klant = self._laad_stop, self._klant_stop
        self._bezig[wat] = self._bezig.get(wat, 0) + 1

        def is_van_nu() -> bool:
            return klant is self._klant_stop and zolang is self._laad_stop

        def apply(verandering: Verandering) -> None:
            if is_van_nu() and self._beeld is not None:
                self._set_beeld(verandering(self._beeld))

        def end() -> None:
            if is_van_nu():
                self._bezig[wat] = max(0, self._bezig.get(wat, 0) - 1)
                self.bezig_gewijzigd.emit()

        def fail(fout: KifFout) -> None:
            if is_van_nu():
                self.mislukt.emit(
                    wat, fout
                )  # eerst de fout: wie hoort dat het klaar is, vraagt anders verder
                end()

        self.bezig_gewijzigd.emit()
        self._achtergrond.stream(werk, apply, end, fail, zolang)

    def _set_beeld(self, beeld: Klantbeeld) -> None:
        self._beeld = beeld
        self.gewijzigd.emit(beeld)
