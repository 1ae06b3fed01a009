"""De brief bekijken, afdrukken of bewaren, met links wat er te kiezen is: grote letters, taal en adres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.afspraak.adresvak import AdresVak
from ui.afspraak.briefadres import Briefadres
from ui.afspraak.dienst import Bron
from ui.bewaren import downloads
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.papier import Klaarpapier, Papierwerk
from ui.papierscherm import Papierbasis
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from ui.afspraak.briefinhoud import Briefvraag

_BREED = 300


class BriefScherm(Papierbasis):
    """Maakt de brief opnieuw bij elke keuze."""

    def __init__(
        self, bron: Bron, achtergrond: Achtergrond, note: Callable[[str, Briefvraag], None] = lambda *_: None
    ) -> None:
        """`note` legt vast wat het programma uit gaat (zoals "brief_afgedrukt"), op een andere
        draad; lukt dat niet (KifFout), dan gebeurt het niet."""
        super().__init__(achtergrond, "de brief", "afspraak")
        self._bron, self._note = bron, note
        self._vraag: Briefvraag | None = None
        self.groot = QCheckBox("Grote letters")
        self.adres = AdresVak()
        self.agendabestand = Knop(
            "Agendabestand opslaan",
            self._save_ics,
            soort="groot",
            uitleg="Een .ics-bestand dat de klant in de eigen agenda kan zetten.",
        )
        self._build()
        self.groot.toggled.connect(lambda _: self._change())
        self.taal.currentIndexChanged.connect(lambda _: self._change())
        self.adres.gewijzigd.connect(self._change)

    def _build(self) -> None:
        links = QFrame()
        set_stijl(links, "soort", "kaart")
        binnen = self._binnen = QWidget()
        keuzes = self._keuzes = Scrollvlak(binnen)
        keuzes.setFixedWidth(_BREED)
        om = QVBoxLayout(links)
        om.setContentsMargins(0, 0, 0, 0)
        om.addWidget(keuzes)
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(marge)
        kolom.addWidget(Tekst("Brief", rol="kop1"))
        for deel in (
            self.groot, self.taal, self.adres, self.zin,
            self.afdrukken, self.opslaan, self.agendabestand, self.sluit,
        ):  # fmt: skip
            kolom.addWidget(deel)
        kolom.addStretch(1)
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(links)
        rij.addWidget(Lijn(staand=True))
        rij.addWidget(self.bladzijden, 1)
        order_tabs((links, self.bladzijden))

    def open(self, vraag: Briefvraag) -> None:
        """Maak deze brief; grote letters als de klant daarom vroeg."""
        self.groot.blockSignals(True)
        self.groot.setChecked(vraag.groot)
        self.groot.blockSignals(False)
        self._choose_taal(vraag.taal)
        self.adres.clear()
        self._vraag = vraag
        self._make_brief(vraag)
        self.afdrukken.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Niets van deze klant blijft staan."""
        super().clear()
        self._vraag = None
        self.adres.clear()

    # --- intern -------------------------------------------------------------------------------------------

    def _change(self) -> None:
        if self._vraag is not None:
            self._vraag = replace(
                self._vraag,
                groot=self.groot.isChecked(),
                taal=str(self.taal.currentData()),
                adres=self.adres.regels,
            )
            self._make_brief(self._vraag)

    def _make_brief(self, vraag: Briefvraag) -> None:
        bron, note = self._bron, self._note

        def make(_: str) -> Klaarpapier:
            from ui.afspraak.briefinhoud import load_brief  # reportlab laadt pas als er een brief komt

            return load_brief(bron(), vraag)

        self._make(
            Papierwerk(
                "Brief", make, lambda hoe, _: note(f"brief_{hoe}", vraag), "De brief is naar de printer."
            )
        )

    def _show(self, klaar: Klaarpapier) -> None:
        if isinstance(klaar.gegevens, Briefadres):
            self.adres.show_adres(klaar.gegevens)
        self._fit_keuzes()
        super()._show(klaar)

    def _save_ics(self) -> None:
        vraag, bron, note, map_ = self._vraag, self._bron, self._note, downloads()
        if vraag is None:
            return

        def write(_: Stop) -> Path:
            from frontoffice.documents.bestand import save
            from ui.afspraak.briefinhoud import load_ics

            bestand = load_ics(bron(), vraag)
            note("agendabestand_bewaard", vraag)
            return save(map_ / bestand.naam, bestand.inhoud)

        self._vragen.ask("agendabestand", write, self._say_opgeslagen, self._show_fout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_keuzes()

    def _fit_keuzes(self) -> None:
        """Breed genoeg voor het langste vinkje, ook als de letters groter staan; de brief houdt de helft."""
        nodig = self._binnen.minimumSizeHint().width() + 4 * Thema.afstand
        self._keuzes.setFixedWidth(max(_BREED, min(nodig, self.width() // 2)))
