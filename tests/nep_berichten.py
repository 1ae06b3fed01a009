"""Berichten zoals de samenstelling ze geeft, op een nepwinkel en met een aanbieder in het geheugen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from frontoffice.berichtpoort import Aangenomen, Uitgaand
from frontoffice.domain.bericht import Aflevering, Berichtkanaal
from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Aanroep, Klok, Logboek, Personen, RegisterStand, Stop
from frontoffice.registratiepoort import Winkel
from frontoffice.services.afspraakberichten import Afspraakberichten
from frontoffice.services.bekenden import Bekenden
from frontoffice.services.berichten import Berichtendienst, Berichtinstellingen
from frontoffice.services.berichtteksten import Berichtteksten
from frontoffice.services.berichtverzenden import Berichtloper
from frontoffice.services.voortgangberichten import Voortgangberichten
from frontoffice.takenpoort import Takenregister


@dataclass
class NepKanaal:
    """Neemt alles aan en onthoudt de sleutel, zoals Notify; `fout` is wat er anders gebeurt."""

    berichten: dict[str, Uitgaand] = field(default_factory=dict)
    staat: Aflevering = Aflevering.ONDERWEG
    fout: KifFout | None = None
    kan_nakijken: bool = True

    def find(self, sleutel: str, aanroep: Aanroep) -> Aangenomen | None:
        return Aangenomen(sleutel, self.staat) if sleutel in self.berichten else None

    def send(self, bericht: Uitgaand, aanroep: Aanroep) -> Aangenomen:
        if self.fout is not None:
            raise self.fout
        self.berichten[bericht.sleutel] = bericht
        return Aangenomen(bericht.sleutel)

    def load_aflevering(self, id: str, aanroep: Aanroep) -> Aflevering:
        return self.staat

    def check(self, aanroep: Aanroep) -> RegisterStand:
        return RegisterStand("berichten", True, True, None, None, None)


class NepBerichten:
    """`aangesloten` leeg = er zijn geen berichten."""

    def __init__(self, winkel: Winkel, klok: Klok, *kanalen: Berichtkanaal) -> None:
        self.aangesloten = tuple(kanaal.value for kanaal in kanalen)
        self.kanaal = NepKanaal()
        instellingen = Berichtinstellingen("s.bos", "S. Bos", "Gemeente Losser", frozenset(kanalen))
        self.dienst = Berichtendienst(winkel, klok, instellingen, Berichtteksten(), lambda _: False)
        self.loper = Berichtloper(winkel, klok, self.dienst, lambda _: self.kanaal)
        self._afspraken: Afspraakberichten | None = None
        self._klok, self._winkel = klok, winkel
        self.voortgang: Any = None
        self.bord: Any = None
        self.bekenden = Bekenden(klok)

    def set_registers(self, personen: Personen, taken: Takenregister, logboek: Logboek) -> None:
        """Voor berichten over een verzoek of melding."""
        self.voortgang = Voortgangberichten(self.dienst, self._klok, personen, taken, logboek)
        self.loper = Berichtloper(
            self._winkel, self._klok, self.dienst, lambda _: self.kanaal, opzoeken=taken.find_berichten
        )

    def of_afspraken(self, agenda: Any) -> Afspraakberichten:
        if self._afspraken is None:
            self._afspraken = Afspraakberichten(self.dienst, agenda.vrij.load)
        return self._afspraken

    def listen(self, agenda: Any) -> None:
        agenda.afspraken.on_gebeurd(lambda wat, afspraak: self.of_afspraken(agenda).hear(wat, afspraak))
        agenda.contact.on_gebeurd(lambda wat, afspraak: self.of_afspraken(agenda).hear(wat, afspraak))

    def open_bord(self) -> Any:
        return self.bord

    def follow(self, stop: Stop) -> int:
        return self.loper.follow(stop) if self.aangesloten else 0

    def on_nieuw(self, luister: Callable[[], object]) -> None:
        self.dienst.on_nieuw(luister)
