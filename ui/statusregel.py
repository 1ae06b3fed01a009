"""De statusregel: korte mededelingen links, de stand van de registers rechts; allebei als leesbare tekst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QStatusBar

from ui.bouwstenen import Knop
from ui.tekst import KorteTekst, announce, set_uitleg
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.domain.klantbeeld import Klantbeeld

_NAMEN = {
    "persoon": "BRP",
    "bedrijf": "KVK",
    "klant": "Klantgegevens",
    "contacten": "Contacten",
    "zaken": "Zaken",
    "catalogus": "Zaaktypen",
    "afspraken": "Agenda",
    "meldingen": "Meldingen",
}
_WOORDEN = {"laden": "laden…", "geladen": "goed", "mislukt": "niet geladen"}
_MELDING_MS = 8_000
_ALLEEN_DEZE_PC = "Agenda: alleen deze pc"
_ALLEEN_DEZE_PC_UITLEG = "Collega’s zien deze afspraken niet."


class Statusregel(QStatusBar):
    """Zegt wat er net gebeurde en hoe vers de gegevens zijn."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Statusregel")
        self.setSizeGripEnabled(False)
        self.melding = KorteTekst()
        self.stand = KorteTekst()
        self.bewaard = KorteTekst()
        self.wacht = Knop("", soort="stil", uitleg="Bekijk wat nog niet verstuurd is")
        self.agenda = KorteTekst(_ALLEEN_DEZE_PC)
        # "Op …" zegt niets: wat bewaard is, staat er heel.
        self.bewaard.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Een waarschuwing kort je niet in: de andere wijken.
        self.agenda.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_uitleg(self.agenda, _ALLEEN_DEZE_PC_UITLEG)
        marge = 3 * Thema.afstand
        for tekst in (self.melding, self.bewaard, self.agenda, self.stand):
            tekst.setContentsMargins(marge, 0, marge, 0)
        self.addWidget(self.melding, 1)
        self.addPermanentWidget(self.bewaard)
        self.addPermanentWidget(self.wacht)
        self.addPermanentWidget(self.agenda)
        self.addPermanentWidget(self.stand)
        for leeg in (self.agenda, self.bewaard, self.wacht):
            leeg.hide()
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.setInterval(_MELDING_MS)
        self._wekker.timeout.connect(lambda: self.melding.setText(""))

    def show_melding(self, zin: str) -> None:
        """Toon een korte zin en spreek haar uit; na een tijdje verdwijnt ze."""
        self.melding.setText(zin)
        announce(self.melding, zin)
        self._wekker.start()

    def show_stand(self, zin: str) -> None:
        if zin != self.stand.text():
            self.stand.setText(zin)
            set_uitleg(self.stand, zin)

    def set_alleen_deze_pc(self, alleen: bool) -> None:
        """Blijft staan zolang geen collega de agenda van deze pc ziet."""
        self.agenda.setVisible(alleen)

    def show_bewaard(self, zin: str) -> None:
        """Wanneer het laatste teken op schijf kwam."""
        self.bewaard.setText(zin)
        self.bewaard.setVisible(bool(zin))

    def show_wacht(self, zin: str) -> None:
        """Wat nog niet in het register staat; leeg = alles staat er."""
        if zin != self.wacht.text():
            self.wacht.set_tekst(zin)
            self.wacht.setVisible(bool(zin))

    def show_beeld(self, beeld: Klantbeeld | None) -> None:
        """Vat samen hoe het met elk register staat."""
        self.show_stand("Geen klant open" if beeld is None else beschrijf_stand(beeld))


def beschrijf_stand(beeld: Klantbeeld) -> str:
    """ "Bijgewerkt 14.03 uur · BRP goed · Zaken niet geladen"; de tijd is die van het oudste deel."""
    from frontoffice.domain.weergave import maak_toestand  # pas nodig als er een klant is

    toestanden = {naam: maak_toestand(deel) for naam, deel in beeld.onderdelen.items()}
    tijden = [(deel.om, maak_toestand(deel).om) for deel in beeld.onderdelen.values() if hasattr(deel, "om")]
    delen = [f"Bijgewerkt {min(tijden)[1]}"] if beeld.is_compleet and tijden else []
    delen += [f"{_NAMEN.get(naam, naam.capitalize())} {_WOORDEN[t.soort]}" for naam, t in toestanden.items()]
    return " · ".join(delen)
