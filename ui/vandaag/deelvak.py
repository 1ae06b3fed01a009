"""Eén deel van Vandaag: kop met bron en tijd, een korte lijst, of één zin. Haalt zelf niets op."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain import taal
from frontoffice.services.vandaag import Deel, Deelnaam, Dringend, Regel
from ui.bouwstenen import Knop, Lijn
from ui.rijen import Rij, RijLijst
from ui.tekst import KorteTekst, Tekst
from ui.thema import Kleurnaam, Thema

KOPPEN: dict[Deelnaam, str] = {
    Deelnaam.BELOFTEN: "Wat u hebt beloofd",
    Deelnaam.MELDINGEN: "Meldingen zonder bericht",
    Deelnaam.CONTACTEN: "Uw contacten",
    Deelnaam.DOOR_MIJ: "Door u beloofd, bij een ander",
    Deelnaam.TEAM: "Uw team",
    Deelnaam.AVOND: "Vanavond",
}
_ICONEN: dict[Deelnaam, str] = {
    Deelnaam.BELOFTEN: "terugbellen",
    Deelnaam.MELDINGEN: "melding",
    Deelnaam.CONTACTEN: "telefoon",
    Deelnaam.DOOR_MIJ: "persoon",
    Deelnaam.TEAM: "persoon",
    Deelnaam.AVOND: "kalender",
}
_KLEUREN: dict[Dringend, Kleurnaam] = {
    Dringend.TE_LAAT: "gevaar",
    Dringend.VANDAAG: "let_op",
    Dringend.LOOPT: "tekst_zacht",
    Dringend.LATER: "tekst_zacht",
}
_HOOGST = 600


class Deelvak(QWidget):
    """`gekozen` draagt het Doel van een regel; `opnieuw` de naam van dit deel."""

    gekozen = Signal(object)
    opnieuw = Signal(object)

    def __init__(self, naam: Deelnaam, thema: Thema) -> None:
        super().__init__()
        self.naam = naam
        self.deel: Deel | None = None
        self.fout = ""
        kop = KOPPEN[naam]
        self.stand = KorteTekst(rol="klein")
        self.zin = Tekst("Laden…", rol="gedempt")
        self.melding = Tekst(rol="fout")
        self.again = Knop("Opnieuw", self._again, soort="stil", naam=f"{kop}: opnieuw laden")
        self.alles = Knop("", self._show_alles, soort="stil")
        self.meer = Tekst(rol="klein")
        self.lijst = RijLijst(kop, thema)
        self.lijst.gekozen.connect(self.gekozen)
        thema.gewijzigd.connect(self._fit)
        boven = QHBoxLayout()
        boven.addWidget(Tekst(kop, rol="kop2"), 1)
        boven.addWidget(self.stand)
        fout = QHBoxLayout()
        fout.addWidget(self.melding, 1)
        fout.addWidget(self.again)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addLayout(boven)
        kolom.addWidget(Lijn())
        kolom.addLayout(fout)
        kolom.addWidget(self.zin)
        kolom.addWidget(self.lijst)
        kolom.addWidget(self.alles)
        kolom.addWidget(self.meer)
        for leeg in (self.melding, self.again, self.lijst, self.alles, self.meer):
            leeg.hide()

    def show_deel(self, deel: Deel) -> None:
        """Toon wat er nu is. Staat er hetzelfde, dan blijft wat is aangewezen zoals het was."""
        oud = self.deel
        self.deel, self.fout = deel, ""
        self.melding.hide()
        self.again.hide()
        self.stand.setText(f"{taal.tijd(deel.om)} · {deel.bron}")
        if oud is None or oud.regels != deel.regels:
            gekozen = self.lijst.gekozen_rij
            kies = next(
                (i for i, r in enumerate(deel.regels) if gekozen is not None and r.doel == gekozen.waarde), -1
            )
            self.lijst.set_rijen([to_rij(deel.naam, regel) for regel in deel.regels], kies=kies)
            self._fit()
        self.lijst.setVisible(bool(deel.regels))
        self.zin.setText(deel.leeg)
        self.zin.setVisible(not deel.regels)
        self.alles.set_tekst("Alle meldingen bekijken" if deel.meer else f"Alle {deel.totaal} bekijken")
        meer = deel.totaal - len(deel.regels)
        self.alles.setVisible(deel.alles is not None and (meer > 0 or deel.meer))
        self.meer.setText(f"En nog {meer} andere.")
        self.meer.setVisible(deel.alles is None and meer > 0)

    def show_fout(self, zin: str) -> None:
        """Dit deel laadde niet. Wat er al stond, blijft staan met zijn tijd."""
        self.fout = zin
        wat = "Niet geladen" if self.deel is None else f"Niet ververst, dit is van {taal.tijd(self.deel.om)}"
        self.melding.setText(f"{wat}. {zin}")
        self.melding.show()
        self.again.show()
        self.zin.hide()

    def show_bezig(self) -> None:
        """Weer op weg na Opnieuw."""
        if self.deel is None:
            self.melding.hide()
            self.again.hide()
            self.zin.setText("Laden…")
            self.zin.show()

    def _again(self) -> None:
        self.opnieuw.emit(self.naam)

    def _show_alles(self) -> None:
        if self.deel is not None and self.deel.alles is not None:
            self.gekozen.emit(self.deel.alles)

    def _fit(self) -> None:
        self.lijst.setFixedHeight(self.lijst.gewenste_hoogte(_HOOGST))


def to_rij(naam: Deelnaam, regel: Regel) -> Rij:
    """Een regel als rij; te laat staat er in woorden, en heeft daarnaast een kleur."""
    laat = regel.dringend is Dringend.TE_LAAT
    return Rij(
        regel.titel,
        regel.onder,
        icoon="waarschuwing" if laat else _ICONEN[naam],
        waarde=regel.doel,
        merk=regel.merk,
        kleur=_KLEUREN[regel.dringend],
    )
