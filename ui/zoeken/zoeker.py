"""Verbindt zoekveld, paneel en Zoekdienst: leest mee bij elke toets, en zoekt pas na Enter of een keuze.

Opent zelf geen klant: `gekozen` zegt wie de medewerker aanwees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from frontoffice.domain.fouten import Geannuleerd, InvoerFout, KifFout
from frontoffice.domain.klant import BedrijfSleutel, Kandidaat, RecenteKlant
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.rijen import Rij
from ui.tekst import announce
from ui.thema import set_stijl
from ui.zoeken.paneel import Zoekpaneel
from ui.zoeken.veld import Zoekveld

if TYPE_CHECKING:
    from frontoffice.domain.zoekvraag import Zoekvraag
    from frontoffice.services.zoeken import Zoekdienst, Zoekresultaat

STARTEN = "Het programma start nog op. Typ gerust verder; Enter zoekt zodra het kan."
TE_WEINIG = "Typ iets meer, bijvoorbeeld een telefoonnummer of een naam met geboortedatum."
LANGZAAM = "Zoeken duurt langer dan normaal…"
_FOUT_NA_MS = 700  # wie nog typt, krijgt niet bij elke toets een foutzin
_LANGZAAM_NA_MS = 2_000


@dataclass(frozen=True)
class _Lezing:
    """Een rij die een lezing van de tekst is, nog geen klant."""

    vraag: Zoekvraag


class Zoeker(QObject):
    """Wat er gebeurt tussen de eerste toets en een aangewezen klant.

    `gekozen` draagt een Kandidaat of RecenteKlant. Getypte tekst blijft staan tot er een klant is gekozen.
    """

    gekozen = Signal(object)
    verlaten = Signal()

    def __init__(self, veld: Zoekveld, paneel: Zoekpaneel, achtergrond: Achtergrond) -> None:
        super().__init__(veld)
        self._veld = veld
        self._paneel = paneel
        self._achtergrond = achtergrond
        self._dienst: Zoekdienst | None = None
        self._lezingen: tuple[Zoekvraag, ...] = ()
        self._fout: InvoerFout | None = None
        self._stop: Stop | None = None
        self._vraag: Zoekvraag | None = None
        self._zoek_zodra_klaar = False
        self._fout_wekker = self._build_wekker(_FOUT_NA_MS, self._show_fout)
        self._langzaam_wekker = self._build_wekker(_LANGZAAM_NA_MS, self._show_langzaam)
        veld.textEdited.connect(self._read)
        veld.bevestigd.connect(self._confirm)
        veld.gestapt.connect(self._step)
        veld.verlaten.connect(self._leave)
        veld.cijfer.connect(self._choose_cijfer)
        veld.heeft_keuze = paneel.isVisible
        veld.betreden.connect(self._show_weer)
        paneel.gekozen.connect(self._choose)
        paneel.afgebroken.connect(self._cancel)
        paneel.opnieuw.connect(self._retry)

    @property
    def is_bezig(self) -> bool:
        return self._stop is not None

    def set_dienst(self, dienst: Zoekdienst) -> None:
        """Vanaf nu kan er gezocht worden; wat al was getypt (en bevestigd) gaat alsnog."""
        self._dienst = dienst
        if self._veld.text().strip():
            was_bevestigd = self._zoek_zodra_klaar
            self._read(self._veld.text())
            if was_bevestigd:
                self._confirm()

    def set_tekst(self, tekst: str) -> None:
        """Vul het veld alsof iemand het typt, bijvoorbeeld vanuit de telefooncentrale."""
        self._veld.setText(tekst)
        self._read(tekst)

    def search_tekst(self, tekst: str) -> None:
        """Zoek op `tekst` alsof iemand het typt en op Enter drukt."""
        self._veld.setFocus()
        self.set_tekst(tekst)
        self._confirm()

    def hide_bij_verlies(self, nieuw: QWidget | None) -> None:
        """De focus ging naar `nieuw`; buiten veld en paneel gaat het dicht, behalve onder het zoeken."""
        if nieuw is None or nieuw is self._veld or self._paneel.isAncestorOf(nieuw):
            return
        if not self.is_bezig:
            self._paneel.hide()

    # --- lezen ---------------------------------------------------------------------------------------------

    def _read(self, tekst: str) -> None:
        self._end()
        self._zoek_zodra_klaar = False
        self._fout = None
        self._lezingen = ()
        if not tekst.strip():
            self._mark("")
            self._paneel.clear()
            return
        if self._dienst is None:
            self._paneel.show_inhoud(STARTEN)
            return
        try:
            self._lezingen = self._dienst.herken(tekst)
        except InvoerFout as fout:
            self._fout = fout
            self._fout_wekker.start()
        self._show_lezingen()

    def _show_lezingen(self) -> None:
        if self._fout is not None:
            self._paneel.clear()
            return
        self._fout_wekker.stop()
        self._mark("")
        if not self._lezingen:
            self._paneel.clear()
            return
        rijen = [
            Rij(
                vraag.begrepen,
                toets="Enter" if i == 0 else "",
                icoon=_icoon_van(vraag),
                waarde=_Lezing(vraag),
            )
            for i, vraag in enumerate(self._lezingen)
        ]
        self._paneel.show_inhoud("", rijen, naam="Zo is het gelezen", kies=0)
        self._describe(f"Gelezen als: {self._lezingen[0].begrepen}")

    def _show_fout(self) -> None:
        """De foutzin, als er na een korte pauze nog steeds een fout staat."""
        if self._fout is not None:
            self._paneel.show_inhoud(self._fout.uitleg, rol="fout")
            self._mark(self._fout.uitleg)

    # --- kiezen --------------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        """Enter in het veld."""
        if self.is_bezig:
            return
        if self._dienst is None:
            self._zoek_zodra_klaar = bool(self._veld.text().strip())
        elif self._fout is not None:
            self._fout_wekker.stop()
            self._show_fout()
        elif self._paneel.heeft_inhoud and self._paneel.lijst.rijen.rowCount():
            self._paneel.show()
            if not self._paneel.lijst.choose_huidige():
                self._paneel.lijst.step(1)  # de eerste Enter wijst aan, de volgende opent
        elif self._lezingen:
            self._search(self._lezingen[0])
        elif self._veld.text().strip():
            self._paneel.show_inhoud(TE_WEINIG, rol="fout")
            self._mark(TE_WEINIG)

    def _step(self, stap: int) -> None:
        if not self._paneel.heeft_inhoud and not self._veld.text().strip():
            self._show_recent()
            return
        if self._paneel.heeft_inhoud:
            self._paneel.show()
            self._paneel.lijst.step(stap)
            rij = self._paneel.lijst.gekozen_rij
            if rij is not None:
                self._describe(rij.gesproken)
                announce(self._veld, rij.gesproken)

    def _choose_cijfer(self, event: QKeyEvent) -> None:
        if self._paneel.isVisible():
            self._paneel.lijst.choose_cijfer(event)

    def _choose(self, waarde: object) -> None:
        if isinstance(waarde, _Lezing):
            self._search(waarde.vraag)
        elif isinstance(waarde, Kandidaat | RecenteKlant):
            self._finish(waarde)

    def _leave(self) -> None:
        """Escape: eerst afbreken, dan het paneel dicht, dan terug naar het scherm."""
        if self.is_bezig:
            self._cancel()
        elif self._paneel.isVisible():
            self._paneel.hide()
        else:
            self.verlaten.emit()

    def _show_weer(self) -> None:
        if self._paneel.heeft_inhoud:
            self._paneel.show()
            self._paneel.raise_()

    def _show_recent(self) -> None:
        recent = tuple(self._dienst.recent) if self._dienst is not None else ()
        if recent:
            self._paneel.show_inhoud("Recent geopend", recente_rijen(recent), naam="Recent geopend", kies=0)

    # --- zoeken --------------------------------------------------------------------------------------------

    def _search(self, vraag: Zoekvraag) -> None:
        dienst = self._dienst
        if dienst is None or self.is_bezig:
            return
        self._vraag = vraag
        self._stop = stop = Stop()
        self._mark("")
        self._langzaam_wekker.start()
        self._show_bezig(f"Zoeken op {_eerst_klein(vraag.begrepen)}…")
        self._achtergrond.start(
            lambda s: dienst.zoek(vraag, s), self._show_resultaat, self._show_mislukt, stop
        )

    def _show_bezig(self, zin: str) -> None:
        self._paneel.show_inhoud(zin, annuleren=True)
        announce(self._veld, zin)

    def _show_langzaam(self) -> None:
        if self.is_bezig:
            self._show_bezig(LANGZAAM)

    def _show_resultaat(self, resultaat: Zoekresultaat) -> None:
        self._end()
        if resultaat.direct is not None:
            self._finish(resultaat.direct)
            return
        rijen = kandidaat_rijen(resultaat.kandidaten)
        self._paneel.show_inhoud(resultaat.uitleg, rijen, rol="gedempt" if rijen else "gewoon",
                                 kies=0 if len(rijen) == 1 else -1)  # fmt: skip
        self._describe(resultaat.uitleg)
        announce(self._veld, resultaat.uitleg)

    def _show_mislukt(self, fout: KifFout) -> None:
        self._end()
        self._paneel.show_inhoud(fout.uitleg, rol="fout", opnieuw=fout.opnieuw_helpt)
        self._describe(fout.uitleg)
        announce(self._veld, fout.uitleg)

    def _cancel(self) -> None:
        """Breek het zoeken af; de tekst blijft en de focus gaat terug naar het veld."""
        self._end()
        self._veld.setFocus()
        self._paneel.show_inhoud(Geannuleerd().uitleg, opnieuw=True)

    def _retry(self) -> None:
        self._veld.setFocus()
        if self._vraag is not None:
            self._search(self._vraag)

    def _end(self) -> None:
        """Niemand wacht nog op een zoekvraag; een laat antwoord vervalt."""
        self._langzaam_wekker.stop()
        self._fout_wekker.stop()
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _finish(self, klant: Kandidaat | RecenteKlant) -> None:
        """Er is een klant gekozen. Het veld wordt leeg: een BSN of geheim nummer mag niet blijven staan."""
        self._end()
        self._lezingen = ()
        self._fout = None
        self._veld.clear()
        self._mark("")
        self._paneel.clear()
        self.gekozen.emit(klant)

    # --- klein ---------------------------------------------------------------------------------------------

    def _mark(self, fout: str) -> None:
        """Zet of wis de foutkleur en de beschrijving van het veld."""
        set_stijl(self._veld, "fout", bool(fout))
        self._describe(fout or "Typ wat u van de klant weet en druk op Enter.")
        if fout:
            announce(self._veld, fout)

    def _describe(self, zin: str) -> None:
        self._veld.setAccessibleDescription(zin)

    def _build_wekker(self, ms: int, doe: Callable[[], None]) -> QTimer:
        wekker = QTimer(self)
        wekker.setSingleShot(True)
        wekker.setInterval(ms)
        wekker.timeout.connect(doe)
        return wekker


def kandidaat_rijen(kandidaten: tuple[Kandidaat, ...]) -> list[Rij]:
    """Een rij per kandidaat, met wat naamgenoten uit elkaar houdt."""
    rijen = []
    for nummer, kandidaat in enumerate(kandidaten, 1):
        delen = [f"geboren {kandidaat.geboortedatum.weergave}"] if kandidaat.geboortedatum else []
        delen += [kandidaat.adres] if kandidaat.adres else []
        delen += [kandidaat.toelichting] if kandidaat.toelichting else []
        rijen.append(
            Rij(
                titel=f"Mogelijk: {kandidaat.naam}" if kandidaat.mogelijk else kandidaat.naam,
                onder=" · ".join(delen),
                toets=f"Ctrl+{nummer}" if nummer <= 9 else "",
                icoon="gebouw" if isinstance(kandidaat.sleutel, BedrijfSleutel) else "persoon",
                waarde=kandidaat,
            )
        )
    return rijen


def recente_rijen(recent: tuple[RecenteKlant, ...]) -> list[Rij]:
    """Een rij per recente klant, de laatste bovenaan."""
    return [
        Rij(
            titel=klant.naam,
            icoon="gebouw" if isinstance(klant.sleutel, BedrijfSleutel) else "persoon",
            waarde=klant,
        )
        for klant in recent
    ]


def _icoon_van(vraag: Zoekvraag) -> str:
    from frontoffice.domain import zoekvraag as z

    soorten: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (z.TelefoonVraag, "telefoon"),
        (z.EmailVraag, "email"),
        (z.ZaakVraag, "map"),
        ((z.KvkVraag, z.VestigingVraag, z.BedrijfsnaamVraag), "gebouw"),
        (z.MeldingVraag, "melding"),
        (z.AdresVraag, "brief"),
    )
    return next((icoon for soort, icoon in soorten if isinstance(vraag, soort)), "persoon")


def _eerst_klein(zin: str) -> str:
    """ "Telefoonnummer 06" wordt "telefoonnummer 06"; een afkorting als BSN blijft."""
    return zin if zin[:2].isupper() else zin[:1].lower() + zin[1:]
