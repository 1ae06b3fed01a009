"""De contacten die lopen: welke, met wie, welke nu, en wat er met elk gebeurt. Tekent niets.

Elke wijziging maakt een nieuw `Concept` en gaat de bewaarlijn in. Wat is getypt, hoort bij het contact dat
toen gekozen was; een laat antwoord verandert daar niets aan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.concept import Afsluiting, Concept
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.normen import say_wettelijk
from frontoffice.domain.registratie import Registratie, Verzending
from frontoffice.ports import Klok, Stop
from frontoffice.services.contacten import Contactdiensten
from frontoffice.services.registreren import (
    Afgerond,
    Registreerinstellingen,
    Veldfout,
    check_concept,
    next_vraag,
    propose_onderwerp,
    start_concept,
)
from frontoffice.services.verzenden import Verzendverslag
from ui.achtergrond import Achtergrond
from ui.contact.bewaarlijn import Bewaarlijn, Bron
from ui.contact.bewaarstand import Bewaarstand

PLEKKEN = 9
_ONDERHOUD_MS = 3_600_000
_KORTSTE_WACHT_S, _LANGSTE_WACHT_S = 0.2, 60.0
_LAADPAUZE_MS, _LANGE_LAADPAUZE_MS = 2000, 15_000


@dataclass(frozen=True)
class Wachtstand:
    """Hoeveel er nog niet in het register staat, en waarvan iemand iets moet doen."""

    wachtend: int = 0
    actie_nodig: int = 0


class Gesprekken(QObject):
    """Signalen: `gewijzigd` (andere lijst of ander gekozen contact), `anders` (Concept: dit contact kreeg
    andere gegevens), `bewaard`, `afgerond` (Afgerond), `teruggehaald` (Concept), `onaf` (fouten per veld),
    `verzonden` (Verzending: andere toestand), `wacht` (Wachtstand), `melding` (zin) en `hersteld` (aantal
    contacten van vorige keer). Of bewaren lukt, zegt `bewaarstand`.
    """

    gewijzigd = Signal()
    anders = Signal(object)
    bewaard = Signal()
    afgerond = Signal(object)
    teruggehaald = Signal(object)
    onaf = Signal(object)
    verzonden = Signal(object)
    wacht = Signal(object)
    melding = Signal(str)
    hersteld = Signal(int)

    def __init__(
        self,
        achtergrond: Achtergrond,
        bron: Bron,
        instellingen: Registreerinstellingen,
        klok: Klok,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.instellingen = instellingen
        self._achtergrond = achtergrond
        self._bron = bron
        self._klok = klok
        self._concepten: dict[str, Concept] = {}
        self._sinds: dict[str, float] = {}
        self._afrondend: set[str] = set()
        self._afgerond: list[Afgerond] = []
        self._actief = ""
        self._stop = Stop()
        self._stand = Wachtstand()
        self._lijn = Bewaarlijn(achtergrond, bron, self)
        self._lijn.bewaard.connect(self._saved)
        self.bewaarstand = Bewaarstand(self._lijn, self)
        self._verzendt = False
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self.send)
        self._onderhoud = QTimer(self)
        self._onderhoud.setInterval(_ONDERHOUD_MS)
        self._onderhoud.timeout.connect(self._maintain)
        self._lader = QTimer(self)
        self._lader.setSingleShot(True)
        self._lader.timeout.connect(self.load)

    # --- wat er loopt ----------------------------------------------------------------------

    @property
    def concepten(self) -> tuple[Concept, ...]:
        """De lopende contacten op plek (Ctrl+1…9)."""
        return tuple(sorted(self._concepten.values(), key=lambda concept: concept.plek))

    def find(self, uuid: str) -> Concept | None:
        """Het lopende contact met deze sleutel."""
        return self._concepten.get(uuid)

    @property
    def actief(self) -> Concept | None:
        """Het contact waar toetsen en tekst nu heen gaan."""
        return self._concepten.get(self._actief)

    @property
    def stand(self) -> Wachtstand:
        return self._stand

    @property
    def is_bewaard(self) -> bool:
        """Staat alles wat is getypt op deze pc?"""
        return self._lijn.is_bij

    def duur(self, concept: Concept) -> float:
        """Seconden sinds het begin, van een klok die niet verspringt."""
        return max(self._klok.verlopen() - self._sinds.get(concept.uuid, self._klok.verlopen()), 0.0)

    def get(self, uuid: str) -> Concept | None:
        return self._concepten.get(uuid)

    def is_afrondend(self, uuid: str) -> bool:
        return uuid in self._afrondend

    def load(self) -> None:
        """Haal op wat er de vorige keer nog liep; zonder vraag, met hetzelfde contact gekozen."""

        def klaar(concepten: tuple[Concept, ...]) -> None:
            self.bewaarstand.note_goed()
            self._restore(concepten)
            self._count()
            self._onderhoud.start()
            self._maintain()

        def mislukt(fout: KifFout) -> None:
            self.bewaarstand.note_fout(fout)
            self._lader.start(_LANGE_LAADPAUZE_MS if self.bewaarstand.moet_kiezen else _LAADPAUZE_MS)

        self._lijn.do(lambda diensten: diensten.registreren.load_concepten(), klaar, mislukt)
        self._wekker.start(1000)

    def reload(self) -> None:
        """De winkel is een andere: wat hier loopt gaat erin, en wat erin staat komt erbij."""
        for concept in self.concepten:
            if not concept.is_leeg and concept.uuid not in self._afrondend:
                self._save(concept)
        self.load()

    # --- beginnen en kiezen ----------------------------------------------------------------------

    def start(self, kanaal: str = "") -> Concept | None:
        """Begin een contact en kies het; None (met een melding) als er al negen lopen.

        De gewone afsluiting staat er al: wie anders eindigt, kiest iets anders."""
        nieuw = start_concept(self.instellingen, self._klok.nu(), self._free_plek(), kanaal)
        return self._add(replace(nieuw, afsluiting=Afsluiting.BEANTWOORD))

    def start_vraag(self) -> Concept | None:
        """Nog een vraag in het gesprek dat gekozen is."""
        actief = self.actief
        if actief is None:
            return self.start()
        nieuw = next_vraag(actief, self.instellingen, self._klok.nu(), self._free_plek())
        return self._add(replace(nieuw, afsluiting=Afsluiting.BEANTWOORD))

    def choose(self, uuid: str) -> None:
        """Zet een ander contact voor; wat bij het vorige stond, is bewaard."""
        if uuid in self._concepten and uuid != self._actief:
            self._actief = uuid
            self._mark_gekozen()
            self.gewijzigd.emit()

    def choose_plek(self, plek: int) -> bool:
        """Ctrl+1…9. Onwaar als daar geen contact is."""
        for concept in self.concepten:
            if concept.plek == plek:
                self.choose(concept.uuid)
                return True
        return False

    # --- invullen ----------------------------------------------------------------------

    def edit(self, uuid: str, **velden: Any) -> Concept | None:
        """Verander velden van dit contact. Komt het te laat (al afgerond), dan verandert er niets."""
        oud = self._concepten.get(uuid)
        if oud is None or uuid in self._afrondend:
            return oud
        nieuw = replace(oud, **velden)
        if nieuw == oud:
            return oud
        nieuw = replace(nieuw, versie=oud.versie + 1)
        self._concepten[uuid] = nieuw
        self._save(nieuw)
        self.anders.emit(nieuw)
        return nieuw

    def remove(self, uuid: str) -> None:
        """Gooi een contact weg dat niet geregistreerd wordt; `restore` haalt het terug."""
        concept = self._concepten.pop(uuid, None)
        if concept is None:
            return
        self._lijn.forget(uuid)
        self._lijn.do(
            lambda diensten: diensten.registreren.remove(concept), _niets, self.bewaarstand.note_fout
        )
        self._choose_ander(uuid)

    def restore(self, concept: Concept) -> None:
        """Zet een weggegooid of teruggehaald contact terug en kies het."""
        plek = concept.plek if concept.plek and not self._is_bezet(concept.plek) else self._free_plek()
        if self._add(replace(concept, plek=plek, versie=concept.versie + 1)) is not None:
            self._save(self._concepten[concept.uuid])

    # --- afronden ----------------------------------------------------------------------

    def check(self, uuid: str, *, in_delen: bool = False) -> tuple[Veldfout, ...]:
        """Wat er nog mist om af te ronden."""
        concept = self._concepten.get(uuid)
        return () if concept is None else check_concept(concept, self._klok.nu(), in_delen=in_delen)

    def onderwerp(self, concept: Concept) -> str:
        """Het onderwerp dat het register krijgt als er geen is getypt."""
        return propose_onderwerp(concept)

    def say_wettelijk(self, concept: Concept) -> str:
        """Wat de wet over dit onderwerp zegt; leeg als het profiel er niets over noemt."""
        onderwerp = concept.onderwerp or self.onderwerp(concept)
        return say_wettelijk(self.instellingen.wet, onderwerp, self._klok.vandaag())

    def finish(self, uuid: str, *, in_delen: bool = False) -> bool:
        """Rond af. Een tweede keer drukken doet niets; onwaar als er nog iets mist (`onaf`)."""
        concept = self._concepten.get(uuid)
        if concept is None or uuid in self._afrondend:
            return True
        fouten = self.check(uuid, in_delen=in_delen)
        if fouten:
            self.onaf.emit(fouten)
            return False
        concept = replace(concept, duur_s=self.duur(concept))
        self._afrondend.add(uuid)
        self._lijn.forget(uuid)

        def werk(diensten: Contactdiensten) -> Afgerond:
            diensten.registreren.save(concept)
            return diensten.registreren.finish(concept, in_delen=in_delen)

        def klaar(afgerond: Afgerond) -> None:
            self._afrondend.discard(uuid)
            self._concepten.pop(uuid, None)
            self._afgerond.append(afgerond)
            self._choose_ander(uuid)
            self.afgerond.emit(afgerond)
            self._count()
            self._wake_op(afgerond)

        def mislukt(fout: KifFout) -> None:
            self._afrondend.discard(uuid)
            self._save(concept)
            self.bewaarstand.note_fout(fout)

        self._lijn.do(werk, klaar, mislukt)
        return True

    def undo(self) -> None:
        """Haal het laatst afgeronde contact terug, zolang het nog niet onderweg is."""
        if not self._afgerond:
            self.melding.emit("Er is niets om ongedaan te maken.")
            return
        afgerond = self._afgerond.pop()

        def klaar(concept: Concept | None) -> None:
            if concept is None:
                self.melding.emit("Dit contact is al onderweg naar het register.")
                return
            self.restore(concept)
            self._count()
            self.teruggehaald.emit(concept)

        self._lijn.do(
            lambda diensten: diensten.registreren.undo(afgerond.uuid), klaar, self.bewaarstand.note_fout
        )

    # --- verzenden ----------------------------------------------------------------------

    def send(self, *, alles: bool = False) -> None:
        """Verstuur wat klaarstaat, op een achtergronddraad; daarna vanzelf weer als er nog iets wacht."""
        if self._verzendt or self._stop.is_gezet:
            return
        self._verzendt = True
        bron = self._bron

        def werk(stop: Stop) -> Any:
            meldingen: list[Verzending] = []
            verslag = bron().verzenden.send(stop, alles=alles, melding=meldingen.append)
            return meldingen, verslag

        self._achtergrond.start(werk, self._sent, self._not_sent, self._stop)

    def _sent(self, uitkomst: tuple[list[Verzending], Verzendverslag]) -> None:
        self._verzendt = False
        meldingen, verslag = uitkomst
        for verzending in meldingen:
            self.verzonden.emit(verzending)
        self._count()
        if verslag.wachten is not None:
            seconden = min(max(verslag.wachten, _KORTSTE_WACHT_S), _LANGSTE_WACHT_S)
            self._wekker.start(round(seconden * 1000))

    def _not_sent(self, fout: KifFout) -> None:
        self._verzendt = False
        self.bewaarstand.note_fout(fout)
        self._wekker.start(round(_LANGSTE_WACHT_S * 1000))

    def _maintain(self) -> None:
        """Elk uur, na het starten meteen: opruimen en zo nodig een reservekopie."""
        nu = self._klok.nu()
        self._lijn.do(lambda diensten: diensten.maintain(nu), _niets, self.bewaarstand.note_fout)

    def _wake_op(self, afgerond: Afgerond) -> None:
        seconden = (afgerond.ongedaan_tot - self._klok.nu()).total_seconds() + _KORTSTE_WACHT_S
        if not self._wekker.isActive() or self._wekker.remainingTime() > seconden * 1000:
            self._wekker.start(max(round(seconden * 1000), 0))

    def load_verzendingen(self, klaar: Callable[[tuple[Verzending, ...]], None]) -> None:
        """De outbox, voor de lijst."""
        self._lijn.do(lambda diensten: diensten.load_verzendingen(), klaar, self.bewaarstand.note_fout)

    def retry(self, rij: Verzending, registratie: Registratie | None) -> None:
        """Laat een rij met *Actie nodig* weer meedoen, zo nodig verbeterd."""

        def klaar(_: None) -> None:
            self.melding.emit("Dit wordt opnieuw verstuurd.")
            self._count()
            self.send()

        self._lijn.do(lambda diensten: diensten.retry(rij, registratie), klaar, self.bewaarstand.note_fout)

    def withdraw(self, nummer: int) -> None:
        """Trek een rij in die zeker nog niet in het register staat."""

        def klaar(ingetrokken: bool) -> None:
            zin = (
                "Dit staat niet meer in de lijst."
                if ingetrokken
                else ("Intrekken kan niet meer: dit contact kan al in het register staan.")
            )
            self.melding.emit(zin)
            self._count()

        self._lijn.do(lambda diensten: diensten.withdraw(nummer), klaar, self.bewaarstand.note_fout)

    def _count(self) -> None:
        def klaar(stand: tuple[int, int]) -> None:
            self._stand = Wachtstand(*stand)
            self.wacht.emit(self._stand)

        self._lijn.do(lambda diensten: diensten.count_wachtend(), klaar, self.bewaarstand.note_fout)

    # --- sluiten ----------------------------------------------------------------------

    def flush(self) -> None:
        """Bewaar nu: de focus gaat weg, het scherm wordt afgedekt, of er wordt gewisseld."""
        self._lijn.flush()

    def close(self) -> None:
        """Het venster sluit: zet op schijf wat er nog niet stond."""
        self._stop.set()
        self._wekker.stop()
        self._onderhoud.stop()
        self._lader.stop()
        self.bewaarstand.close()
        for concept in self.concepten:
            if concept.is_leeg:
                self._lijn.forget(concept.uuid)
            elif concept.uuid in self._afrondend:
                # Het afronden staat nog in de rij en komt niet meer aan de beurt; is het toch gebeurd, dan
                # laat de winkel dit concept niet terugkomen.
                self._save(concept)
        self._lijn.finish()

    # --- intern ----------------------------------------------------------------------

    def _add(self, concept: Concept) -> Concept | None:
        if concept.plek > PLEKKEN:
            self.melding.emit(f"Er lopen al {PLEKKEN} contacten. Rond er eerst een af.")
            return None
        self._concepten[concept.uuid] = concept
        self._sinds[concept.uuid] = self._klok.verlopen() - concept.duur_s
        self._actief = concept.uuid
        self._mark_gekozen()
        self.gewijzigd.emit()
        return concept

    def _save(self, concept: Concept) -> None:
        duur = round(self.duur(concept), 1)
        self._concepten[concept.uuid] = concept
        self._lijn.save(replace(concept, duur_s=duur))

    def _mark_gekozen(self) -> None:
        """Onthoud welk contact voor staat, zodat het na een afgebroken programma weer voor staat."""
        for concept in self.concepten:
            gekozen = "ja" if concept.uuid == self._actief else ""
            if concept.extra.get("gekozen", "") != gekozen:
                extra = concept.extra | {"gekozen": gekozen}
                anders = replace(concept, extra=extra, versie=concept.versie + 1)
                self._concepten[concept.uuid] = anders
                if not anders.is_leeg:
                    self._save(anders)

    def _restore(self, concepten: tuple[Concept, ...]) -> None:
        for concept in concepten:
            if concept.uuid not in self._concepten:
                plek = concept.plek if not self._is_bezet(concept.plek) else self._free_plek()
                self._concepten[concept.uuid] = replace(concept, plek=plek)
                self._sinds[concept.uuid] = self._klok.verlopen() - concept.duur_s
        if not self._actief and concepten:
            gekozen = next((c for c in concepten if c.extra.get("gekozen")), concepten[0])
            self._actief = gekozen.uuid
        if concepten:
            self.gewijzigd.emit()
        self.hersteld.emit(len(concepten))

    def _choose_ander(self, uuid: str) -> None:
        if self._actief == uuid:
            self._actief = next((concept.uuid for concept in self.concepten), "")
            self._mark_gekozen()
        self.gewijzigd.emit()

    def _is_bezet(self, plek: int) -> bool:
        return any(concept.plek == plek for concept in self._concepten.values())

    def _free_plek(self) -> int:
        """De laagste vrije plek; één meer dan er plekken zijn als alles bezet is."""
        return next(plek for plek in range(1, PLEKKEN + 2) if not self._is_bezet(plek))

    def _saved(self, _aantal: int) -> None:
        self.bewaarstand.note_goed()
        self.bewaard.emit()


def _niets(_: object) -> None:
    """Er hoeft niets te gebeuren."""
