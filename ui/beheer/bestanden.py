"""Het rooster als bestand en *Wie veranderde wat*: brengt vraag en antwoord bij elkaar, toont zelf niets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from frontoffice.domain.fouten import KifFout
from ui.beheer.bestandvak import BestandVak
from ui.beheer.roosterbestand import Ingelezen
from ui.beheer.verloop import Beheerverloop
from ui.beheer.wijzigingen import Zoekfilter
from ui.beheer.wijzigingenvak import WijzigingenVak


class Bestanden(QObject):
    """`voorstel` (Voorstel): een ingelezen rooster om na te kijken."""

    voorstel = Signal(object)

    def __init__(
        self, rooster: BestandVak, wijzigingen: WijzigingenVak, verloop: Beheerverloop, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooster, self._wijzigingen, self._verloop = rooster, wijzigingen, verloop
        wijzigingen.zoek.connect(self._search)
        wijzigingen.ouder.connect(self._load_ouder)
        wijzigingen.bewaar.connect(self.write_wijzigingen)
        verloop.wijzigingen.connect(wijzigingen.show_lijst)

    def read_rooster(self, pad: Path) -> None:
        """Lees een rooster in: alle fouten per regel, of de gevolgen om na te kijken."""
        self._rooster.show_stand("Bezig met lezen…")
        self._verloop.read_bestand(pad, self._receive)

    def write_rooster(self, pad: Path) -> None:
        """Bewaar het rooster vanaf vandaag."""
        self._verloop.write_bestand(
            pad,
            self._verloop.vandaag,
            lambda aantal: self._rooster.show_stand(f"Bewaard: {aantal} vanaf vandaag."),
        )

    def write_wijzigingen(self, filter_: Zoekfilter, pad: Path) -> None:
        """Bewaar alles wat bij het filter past."""
        self._verloop.write_wijzigingen(filter_, pad, self._wijzigingen.show_stand)

    def show_fout(self, wat: str, fout: KifFout) -> bool:
        """Zet een fout waar zij hoort. Onwaar als ze hier niet hoort."""
        doelen: dict[str, Callable[[], None]] = {
            "bestand": lambda: self._rooster.show_stand(fout.uitleg, fout=True),
            "wijzigingen": lambda: self._wijzigingen.show_stand(fout.uitleg, fout=True),
        }
        doel = doelen.get(wat)
        if doel is not None:
            doel()
        return doel is not None

    def _receive(self, gelezen: Ingelezen) -> None:
        if gelezen.fouten:
            self._rooster.show_fouten(gelezen.fouten)
        elif not gelezen.voorstel.gevolgen.wijzigingen:
            self._rooster.show_stand("Dit rooster staat er al zo. Er verandert niets.")
        else:
            self._rooster.show_stand("")
            self.voorstel.emit(gelezen.voorstel)

    def _search(self, filter_: Zoekfilter) -> None:
        self._verloop.load_wijzigingen(filter_)

    def _load_ouder(self) -> None:
        lijst = self._wijzigingen.lijst
        if lijst is not None:
            self._verloop.load_wijzigingen(lijst.filter, lijst.regels)
