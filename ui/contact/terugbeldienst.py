"""Haalt op wat een terugbelverzoek nodig heeft: wie er kan terugbellen, en welke dag wij voorstellen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Aanroep, Stop
from ui.achtergrond import Achtergrond
from ui.contact.bron import Contactbron

if TYPE_CHECKING:
    from frontoffice.domain.concept import Afdeling, Concept, Terugbelverzoek
    from ui.contact.strook import Contactstrook

_AFDELINGEN_S = 15.0


class Terugbeldienst:
    """Vraagt op de achtergrond, en geeft het antwoord aan de strook. `zolang`: het venster is er nog."""

    def __init__(
        self,
        bron: Contactbron,
        strook: Contactstrook,
        achtergrond: Achtergrond,
        zolang: Stop,
        mislukt: Callable[[KifFout], None],
    ) -> None:
        self._bron, self._strook, self._achtergrond = bron, strook, achtergrond
        self._zolang, self._mislukt = zolang, mislukt
        self._gevraagd = False

    def ask_voorstel(self, contact: Concept, afdeling: Afdeling, telefoon: str) -> None:
        """De voorgestelde dag volgt de norm van onderwerp, kanaal of afdeling, in werkdagen."""
        bron, strook = self._bron, self._strook

        laten_weten = contact.terugbel is not None and bool(contact.terugbel.laten_weten.strip())

        def werk(_: Stop) -> Terugbelverzoek:
            from frontoffice.domain.zoekvraag import lees_telefoon

            gelezen = lees_telefoon(telefoon)
            nummer = gelezen.e164 if gelezen is not None else ""
            voorstel = bron.contacten.registreren.propose_terugbel
            return voorstel(afdeling, "", nummer, contact.onderwerp, contact.kanaal, laten_weten=laten_weten)

        def klaar(verzoek: Terugbelverzoek) -> None:
            strook.show_voorstel(contact.uuid, verzoek)

        self._achtergrond.start(werk, klaar, self._mislukt, self._zolang)

    def load_afdelingen(self) -> None:
        """Haal één keer op wie er een terugbelverzoek kan krijgen; wat het profiel noemt, staat er al."""
        bron, strook = self._bron, self._strook
        if self._gevraagd:
            return
        self._gevraagd = True

        def klaar(afdelingen: tuple[Afdeling, ...]) -> None:
            strook.set_afdelingen(afdelingen, bron.klok.vandaag())

        def mislukt(fout: KifFout) -> None:
            self._gevraagd = False
            self._mislukt(fout)

        self._achtergrond.start(
            lambda stop: bron.contacten.load_afdelingen(Aanroep.van(_AFDELINGEN_S, stop)),
            klaar,
            mislukt,
            self._zolang,
        )
