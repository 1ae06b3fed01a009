"""Wat er naar de agenda gaat als de medewerker bevestigt: een nieuwe afspraak, of een andere tijd. Zonder Qt.

Verzet ook direct, als de nieuwe tijd de oude overlapt en dus niet apart is vast te houden.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.services.afspraakgegevens import wens_van
from frontoffice.services.afspraakwaarden import Boekgegevens
from ui.afspraak.dienst import Agenda
from ui.afspraak.gekozen import Dubbel, Vast


@dataclass(frozen=True)
class Bevestiging:
    """`nummer`: van de klant in beeld, als die zelf komt. `toch`: ook als er al zo'n afspraak is."""

    vast: Vast
    vervolg: Vast | None
    verzet: Afspraak | None
    gegevens: Boekgegevens
    nummer: Bsn | KvkNummer | None = None
    toch: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        return self.vast.ids + (self.vervolg.ids if self.vervolg else ())

    @property
    def bedoeling(self) -> Hashable:
        """Twee keer hetzelfde bevestigen is één verzoek."""
        return ("bevestigen", self.ids, self.vast.mogelijkheid.sleutel, self.gegevens, self.toch)

    def make(self, agenda: Agenda, verzoek: str) -> tuple[Afspraak, ...] | Dubbel:
        """Maak of verzet de afspraak; `Dubbel` als de klant hiervoor al komt. Raises KifFout."""
        ids = self.ids
        if self.verzet is not None and not ids:
            return (self._move(agenda, self.verzet, verzoek),)
        if self.verzet is not None:
            return agenda.afspraken.confirm_samen(ids, (self.gegevens,), verzoek_id=verzoek)
        klant = self.gegevens.klant
        if self.nummer is not None:
            klant = replace(klant, klantsleutel=agenda.zoeken.make_klantsleutel(self.nummer))
        schoon = replace(self.gegevens, klant=klant)
        if not self.toch and (al := agenda.zoeken.find_dubbel(self.vast.hele_wens, klant)):
            return Dubbel(tuple(al))
        aantal = len(self.vast.ids)
        alle = [schoon] * aantal
        alle += [replace(schoon, vervolg_van=verzoek)] * (len(ids) - aantal)
        return agenda.afspraken.confirm_samen(ids, alle, verzoek_id=verzoek)

    def _move(self, agenda: Agenda, verzet: Afspraak, verzoek: str) -> Afspraak:
        """Zonder eerst vast te houden: de nieuwe tijd overlapt de oude."""
        wens, begin = self.vast.mogelijkheid.delen[0][0], self.vast.mogelijkheid.begin
        if wens == wens_van(verzet):
            return agenda.afspraken.move(verzet.id, begin, verzoek_id=verzoek)
        return agenda.afspraken.change(verzet.id, wens, verzoek_id=verzoek, begin=begin)
