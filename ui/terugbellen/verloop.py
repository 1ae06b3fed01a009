"""Wat er met de werklijst gebeurt: laden, opzoeken wie er in beeld is, en doen wat iemand kiest.

Alles wat wacht gaat buiten de schermdraad. Elke handeling staat eerst op deze pc en gaat dan via de outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.concept import Afdeling, Concept
from frontoffice.domain.fouten import Geannuleerd, KifFout
from frontoffice.domain.registratie import Toestand, Verzending
from frontoffice.domain.terugbellen import Beller, Lijst, Terugbelrij, Volgorde, Wiens
from frontoffice.ports import Aanroep, Klok, Stop
from frontoffice.services.terugbellen import Bewaard, Terugbeldienst, stap_van
from ui.achtergrond import Achtergrond
from ui.terugbellen.model import TerugbelModel

if TYPE_CHECKING:
    from frontoffice.profiel import Profiel
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.registreren import Registreerinstellingen
    from frontoffice.services.voortgangberichten import Aanleiding
    from ui.bericht.dienst import Berichten
    from ui.contact.gesprekken import Gesprekken

_HERLAAD_MS = 1500
_AFDELINGEN_S = 15.0
Doe = Callable[[Terugbeldienst], Bewaard]


class Terugbelbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def terugbellen(self) -> Terugbeldienst: ...

    @property
    def contacten(self) -> Contactdiensten: ...

    @property
    def registreerinstellingen(self) -> Registreerinstellingen: ...

    @property
    def klok(self) -> Klok: ...

    @property
    def berichten(self) -> Berichten: ...

    @property
    def profiel(self) -> Profiel: ...


class Terugbelverloop(QObject):
    """Signalen: `geladen` (Lijst tot nu toe), `mislukt` (zin, leeg = weer goed), `melding` (zin), `gedaan`
    (zin: het staat op deze pc), `afgekeurd` (zin bij het formulier), `afdelingen` (tuple) en `nummers`
    (rij, tuple: de nummers van de klant zelf)."""

    geladen = Signal(object)
    mislukt = Signal(str)
    melding = Signal(str)
    gedaan = Signal(str)
    teruggehaald = Signal()
    afgekeurd = Signal(str)
    afdelingen = Signal(object)
    nummers = Signal(object, object)

    def __init__(
        self,
        bron: Terugbelbron,
        gesprekken: Gesprekken | None,
        achtergrond: Achtergrond,
        model: TerugbelModel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bron, self._gesprekken, self._achtergrond, self._model = bron, gesprekken, achtergrond, model
        self.wiens = Wiens.MIJN
        self.volgorde = Volgorde.DRINGEND
        self.lijst: Lijst | None = None
        self._stop = Stop()
        self._laadstop = Stop()
        self._gevraagd: set[str] = set()
        self._laatste: tuple[Bewaard, str, Concept | None] | None = None
        self._gebeld: dict[str, str] = {}
        self._namen_bekend = self._afdelingen_gevraagd = False
        self._bezig = False
        self._herlader = QTimer(self)
        self._herlader.setSingleShot(True)
        self._herlader.setInterval(_HERLAAD_MS)
        self._herlader.timeout.connect(self.load)
        if gesprekken is not None:
            gesprekken.verzonden.connect(self._follow_verzonden)

    @property
    def vandaag(self) -> date:
        return self._bron.klok.vandaag()

    # --- laden --------------------------------------------------------------------------------------------

    def choose(self, wiens: Wiens) -> None:
        """Van mij, van mijn team of alle."""
        self.wiens = wiens
        self.lijst = None
        self._model.set_rijen((), self.vandaag)
        self.load()

    def choose_volgorde(self, volgorde: Volgorde) -> None:
        """Wat er al is, staat meteen goed; wat nog binnenkomt, komt in de nieuwe volgorde."""
        self.volgorde = volgorde
        lijst = self.lijst
        if lijst is None or not lijst.compleet:
            self.load()
            return
        self.lijst = self._bron.terugbellen.lijst.reorder(lijst, volgorde)
        self._model.set_rijen(self.lijst.rijen, self.vandaag)

    def load(self) -> None:
        """Haal de lijst op; wat er al staat blijft staan tot het nieuwe er is."""
        self._laadstop.set()
        self._laadstop = stop = Stop()
        bron, wiens, met_namen = self._bron, self.wiens, not self._namen_bekend
        volgorde = self.volgorde
        had_rijen = bool(self._model.rowCount())

        def ieder(lijst: Lijst) -> None:
            self._namen_bekend = True
            self.lijst = lijst
            if lijst.compleet or not had_rijen:
                self._model.set_rijen(lijst.rijen, self.vandaag)
            self.geladen.emit(lijst)

        def klaar() -> None:
            self.mislukt.emit("")
            self.load_onderweg()

        def mislukt(fout: KifFout) -> None:
            self.mislukt.emit(fout.uitleg)

        def werk(stop: Stop) -> Iterator[Lijst]:
            dienst = bron.terugbellen.lijst
            if met_namen and wiens is not Wiens.MIJN:
                dienst.load_namen(stop)
            yield from dienst.load(wiens, stop, volgorde)

        self._achtergrond.stream(werk, ieder, klaar, mislukt, stop)

    def load_bellers(self, van: int, tot: int) -> None:
        """Zoek op om wie het gaat bij de rijen die te zien zijn; elke rij hoogstens één keer."""
        rijen = [rij for rij in self._model.zonder_beller(van, tot) if rij.uuid not in self._gevraagd]
        if not rijen:
            return
        self._gevraagd |= {rij.uuid for rij in rijen}
        bron = self._bron

        def ieder(paar: tuple[str, Beller | KifFout]) -> None:
            uuid, beller = paar
            self._gevraagd.discard(uuid)
            self._model.set_beller(uuid, beller if isinstance(beller, Beller) else beller.uitleg)

        def klaar() -> None:
            self._gevraagd -= {rij.uuid for rij in rijen}

        def mislukt(fout: KifFout) -> None:
            for rij in rijen:
                if rij.uuid in self._gevraagd:
                    self._model.set_beller(rij.uuid, fout.uitleg)
            klaar()

        self._achtergrond.stream(
            lambda stop: bron.terugbellen.lijst.load_bellers(rijen, stop), ieder, klaar, mislukt, self._stop
        )

    def load_onderweg(self) -> None:
        """Wat van deze werkplek nog niet in het register staat, en wat een ander overschreef."""
        bron, lijst = self._bron, self.lijst

        def werk(_: Stop) -> tuple[dict[str, Verzending], dict[str, str]]:
            dienst = bron.terugbellen
            return dienst.load_onderweg(), dienst.load_waarschuwingen(lijst) if lijst is not None else {}

        def klaar(stand: tuple[dict[str, Verzending], dict[str, str]]) -> None:
            self._model.set_waarschuwingen(stand[1])
            self._model.set_onderweg(stand[0])

        self._achtergrond.start(werk, klaar, self._failed, self._stop)

    def load_afdelingen(self) -> None:
        """Wie een verzoek kan krijgen; één keer."""
        if self._afdelingen_gevraagd:
            return
        self._afdelingen_gevraagd = True
        bron = self._bron
        self.afdelingen.emit(bron.registreerinstellingen.afdelingen)

        def mislukt(fout: KifFout) -> None:
            self._afdelingen_gevraagd = False
            self._failed(fout)

        self._achtergrond.start(
            lambda stop: bron.contacten.load_afdelingen(Aanroep.van(_AFDELINGEN_S, stop)),
            self.afdelingen.emit,
            mislukt,
            self._stop,
        )

    def load_nummers(self, rij: Terugbelrij) -> None:
        """De nummers van de klant zelf, als het verzoek er geen heeft."""
        bron = self._bron
        self._achtergrond.start(
            lambda stop: bron.terugbellen.lijst.load_nummers(rij, stop),
            lambda nummers: self.nummers.emit(rij, nummers),
            self._failed,
            self._stop,
        )

    def make_aanleiding(self, rij: Terugbelrij) -> Callable[[Stop], Aanleiding]:
        """Zoekt op de achtergrond uit waar een bericht over dit verzoek heen kan."""
        lijst, vandaag = self._bron.terugbellen.lijst, self.vandaag

        def make(stop: Stop) -> Aanleiding:
            from frontoffice.services.voortgangberichten import make_taakaanleiding

            try:
                nummers, mail = lijst.load_adressen(rij, stop)
            except Geannuleerd:
                raise
            except KifFout as fout:  # met het nummer bij het verzoek kan een bericht ook
                eigen = rij.beller.telefoon if rij.beller is not None else ()
                let_op = f"Het e-mailadres is niet opgehaald. {fout.uitleg}"
                return replace(make_taakaanleiding(rij, eigen, (), vandaag), let_op=let_op)
            return make_taakaanleiding(rij, nummers, mail, vandaag)

        return make

    def onthul(self, rij: Terugbelrij, reden: str, klaar: Callable[[], object]) -> None:
        """Toon een geheim nummer of een vertrouwelijke tekst; eerst ligt de reden vast."""
        bron = self._bron

        def toon(beller: Beller) -> None:
            self._model.set_beller(rij.uuid, beller)
            klaar()

        self._achtergrond.start(
            lambda _: bron.terugbellen.lijst.onthul(rij, reden),
            toon,
            lambda fout: self.afgekeurd.emit(fout.uitleg),
            self._stop,
        )

    # --- doen ---------------------------------------------------------------------------------------------

    def niet_bereikt(self, rij: Terugbelrij) -> None:
        notitie = self.notitie_van(rij)
        self._do(rij, lambda dienst: dienst.niet_bereikt(rij, notitie), "Niet bereikt")

    def gesproken(self, rij: Terugbelrij, notitie: str) -> None:
        """Wat er in de strook is beloofd sinds Bel, komt bij ditzelfde gesprek."""
        concept = self._contact_van(rij)
        belofte = concept.terugbel if concept is not None and concept.terugbel else None
        wat = "Gesproken, met een belofte" if belofte is not None else "Gesproken"
        self._do(rij, lambda dienst: dienst.gesproken(rij, notitie, belofte=belofte), wat, met_belofte=True)

    def klaar(self, rij: Terugbelrij, via: str, notitie: str, op: date) -> None:
        """Sluit het verzoek. Een eerdere dag: het staat al in een contact, er komt er geen bij."""
        eerder = op if op < self.vandaag else None
        self._do(rij, lambda dienst: dienst.klaar(rij, via, notitie, al_verteld_op=eerder), "Klaar")

    def overnemen(self, rij: Terugbelrij) -> None:
        self._do(rij, lambda dienst: dienst.overnemen(rij), "Overgenomen", met_contact=False)

    def doorgeven(self, rij: Terugbelrij, aan: Afdeling, reden: str) -> None:
        wat = f"Doorgegeven aan {aan.naam}"
        self._do(rij, lambda dienst: dienst.doorgeven(rij, aan, reden), wat, met_contact=False)

    def undo(self) -> None:
        """Haal de laatste handeling terug, zolang zij nog niet onderweg is."""
        if self._laatste is None:
            return
        bewaard, _, concept = self._laatste
        self._laatste = None
        bron = self._bron

        def klaar(gelukt: bool) -> None:
            if gelukt:
                if concept is not None and self._gesprekken is not None:
                    self._gesprekken.restore(concept)
                self.teruggehaald.emit()
            else:
                self.melding.emit("Dit is al onderweg naar het register. Terughalen kan niet meer.")
            self.load_onderweg()

        self._achtergrond.start(lambda _: bron.terugbellen.undo(bewaard), klaar, self._failed, self._stop)

    def retry(self, uuid: str) -> None:
        """Na *Actie nodig*: stuur het nog een keer; klopt het niet meer, dan zegt het register dat."""
        verzending = self._model.onderweg(uuid)
        if verzending is not None and self._gesprekken is not None:
            self._gesprekken.retry(verzending, None)

    def withdraw(self, uuid: str) -> None:
        """Trek de handeling in die nog niet in het register staat."""
        verzending = self._model.onderweg(uuid)
        if verzending is not None and self._gesprekken is not None:
            self._gesprekken.withdraw(verzending.id)
            self._herlader.start()

    def _do(
        self, rij: Terugbelrij, doe: Doe, wat: str, *, met_contact: bool = True, met_belofte: bool = False
    ) -> None:
        """Eén handeling tegelijk: een tweede druk op de knop telt niet. Een belofte in de strook blijft staan
        als deze handeling haar niet meeneemt."""
        if self._bezig:
            return
        self._bezig = True
        bron = self._bron
        concept = self._contact_van(rij) if met_contact else None
        if concept is not None and concept.terugbel is not None and not met_belofte:
            concept = None

        def klaar(bewaard: Bewaard) -> None:
            self._bezig = False
            if concept is not None and self._gesprekken is not None:
                self._gesprekken.remove(concept.uuid)  # zijn notitie staat nu bij het verzoek
            self._laatste = (bewaard, rij.uuid, concept)
            self.gedaan.emit(f"{wat}, {rij.beller.naam}" if rij.beller is not None else wat)
            self.load_onderweg()
            if self._gesprekken is not None:
                self._gesprekken.send()

        def mislukt(fout: KifFout) -> None:
            self._bezig = False
            self.afgekeurd.emit(fout.uitleg)

        self._achtergrond.start(lambda _: doe(bron.terugbellen), klaar, mislukt, self._stop)

    # --- het contact dat Bel begon ------------------------------------------------------------------------

    def start_contact(self, rij: Terugbelrij) -> None:
        """Begin een contact met deze klant, tenzij dat er voor dit verzoek al is."""
        gesprekken, beller = self._gesprekken, rij.beller
        if gesprekken is None or beller is None:
            return
        loopt = self._contact_van(rij)
        if loopt is not None:
            gesprekken.choose(loopt.uuid)
            return
        from frontoffice.domain.concept import make_partner

        kanalen = self._bron.registreerinstellingen.kanalen
        nieuw = gesprekken.start(next((k for k in kanalen if k.casefold() == "telefoon"), ""))
        if nieuw is None:
            return
        self._gebeld[rij.uuid] = nieuw.uuid
        if beller.sleutel is not None:
            partner = make_partner(beller.sleutel, beller.naam, partij_uuid=beller.partij_uuid)
            gesprekken.edit(nieuw.uuid, **{"bedrijf" if partner.kvk else "klant": partner})

    def notitie_van(self, rij: Terugbelrij) -> str:
        """Wat er in de strook is getypt sinds Bel; die tekst hoort bij dit verzoek."""
        concept = self._contact_van(rij)
        return concept.notitie.strip() if concept is not None else ""

    def _contact_van(self, rij: Terugbelrij) -> Concept | None:
        uuid = self._gebeld.get(rij.uuid, "")
        return self._gesprekken.get(uuid) if self._gesprekken is not None and uuid else None

    # --- volgen -------------------------------------------------------------------------------------------

    def _follow_verzonden(self, verzending: Verzending) -> None:
        """Iets van deze lijst kwam aan, of een collega was eerder: kijk opnieuw."""
        if stap_van(verzending) is None:
            return
        if verzending.toestand is Toestand.STAAT_IN_REGISTER:
            self._herlader.start()
        self.load_onderweg()

    def _failed(self, fout: KifFout) -> None:
        self.melding.emit(fout.uitleg)

    def close(self) -> None:
        self._herlader.stop()
        self._laadstop.set()
        self._stop.set()
