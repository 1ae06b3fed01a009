"""Het bestand met notities gaat niet open: wat er te kiezen is, en wat elke keuze kost. Beslist niets."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.taal import datum_lang, lokaal, tijd
from frontoffice.registratiepoort import Herstelstand, Kopie
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

_BREEDST = 680
_HOOGST = 220
TITEL = "Uw notities op deze pc gaan niet open"
GERUST = (
    "Wat u ook kiest: wat nu op uw scherm staat, blijft staan. Contacten die al in het register staan, zijn "
    "niet weg."
)
_NA_KOPIE = (
    "Wat u na die tijd typte of afrondde, kan ontbreken. Wat nog verstuurd moest worden, kijkt het programma "
    "eerst na in het register. Er komt dus niets dubbel."
)
_ZITTING = (
    "U kunt meteen werken. Sluit u het programma, dan zijn uw nieuwe notities weg, behalve wat verstuurd is. "
    "De volgende keer kiest u opnieuw."
)


class Herstelvak(QWidget):
    """Signalen: `terugzetten` (naam), `leeg`, `zitting`, `opnieuw` en `gesloten`."""

    terugzetten = Signal(str)
    leeg = Signal()
    zitting = Signal()
    opnieuw = Signal()
    gesloten = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName(TITEL)
        self.setProperty("hulp", "storing")
        set_stijl(self, "soort", "venster")
        self.reden = Tekst()
        self.bezig = Tekst(rol="gedempt")
        self.leesbaar = Tekst()
        self.lijst = RijLijst("Reservekopieën", thema)
        self.terugzet = Knop("Terugzetten", self._restore, soort="hoofd")
        self.begin_leeg = Knop("Leeg beginnen", self.leeg.emit)
        self.wat_leeg = Tekst(rol="gedempt")
        self.niet_nu = Knop("Alleen deze zitting", self.zitting.emit, naam="Nu niet: alleen deze zitting")
        self.probeer = Knop("Probeer het bestand nog een keer", self.opnieuw.emit, soort="stil")
        self.terug = Knop("Terug", self.gesloten.emit, naam="Terug naar waar u was")
        self._kop_kopie = Tekst("Een reservekopie terugzetten", rol="kop2")
        self._na_kopie = Tekst(_NA_KOPIE, rol="gedempt")
        self._keuzes = QWidget()
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.lijst.gekozen.connect(lambda _: self._restore())
        self._build()

    def _build(self) -> None:
        keuzes = QVBoxLayout(self._keuzes)
        keuzes.setContentsMargins(0, 0, 0, 0)
        keuzes.setSpacing(2 * Thema.afstand)
        keuzes.addWidget(self._kop_kopie)
        keuzes.addWidget(self.lijst)
        keuzes.addWidget(_build_keuze(self.terugzet, self._na_kopie))
        for naam, uitleg, knop in (
            ("Leeg beginnen", self.wat_leeg, self.begin_leeg),
            ("Nu niet", Tekst(_ZITTING, rol="gedempt"), self.niet_nu),
        ):
            keuzes.addWidget(Lijn())
            keuzes.addWidget(_build_keuze(knop, Tekst(naam, rol="kop2"), uitleg))
        keuzes.addWidget(Lijn())
        keuzes.addWidget(self.probeer, 0, Qt.AlignmentFlag.AlignLeft)
        inhoud = QWidget()
        kolom = QVBoxLayout(inhoud)
        marge = 6 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kop = QHBoxLayout()
        kop.addWidget(Tekst(TITEL, rol="kop1"), 1)
        kop.addWidget(self.terug, 0, Qt.AlignmentFlag.AlignTop)
        kolom.addLayout(kop)
        for zin in (self.reden, Tekst(GERUST), self.leesbaar, self.bezig, self._keuzes):
            kolom.addWidget(zin)
        kolom.addStretch(1)
        inhoud.setMaximumWidth(_BREEDST)
        buiten = QVBoxLayout(self)
        buiten.setContentsMargins(0, 0, 0, 0)
        buiten.addWidget(Scrollvlak(inhoud))

    # --- tonen -----------------------------------------------------------------------------------------

    def show_bezig(self, zin: str) -> None:
        """Er wordt gelezen of hersteld; kiezen kan even niet."""
        self.bezig.setText(zin)
        self.bezig.show()
        self._keuzes.setEnabled(False)
        announce(self, zin)

    def show_stand(self, stand: Herstelstand, reden: str, vandaag: date) -> None:
        """Toon waaruit te kiezen is, met de focus op de veiligste keuze."""
        self.reden.setText(reden)
        self.bezig.hide()
        self._keuzes.setEnabled(True)
        self.leesbaar.setText(_leesbaar(stand.leesbaar))
        self.leesbaar.setVisible(stand.leesbaar > 0)
        self.wat_leeg.setText(_wat_leeg(stand.leesbaar))
        rijen = [_to_rij(kopie, vandaag) for kopie in stand.kopieen]
        eerste = next((i for i, kopie in enumerate(stand.kopieen) if kopie.open is not None), 0)
        self.lijst.set_rijen(rijen, kies=eerste)
        self.lijst.setFixedHeight(self.lijst.gewenste_hoogte(_HOOGST))
        for deel in (self._kop_kopie, self.lijst, self._na_kopie, self.terugzet):
            deel.setVisible(bool(rijen))
        self._follow()
        bruikbaar = self.terugzet.isEnabled() and bool(rijen)
        (self.lijst if bruikbaar else self.niet_nu).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{TITEL}. {reden}")

    def show_fout(self, zin: str) -> None:
        """Het is niet gelukt; er is niets veranderd."""
        self.reden.setText(zin)
        self.bezig.hide()
        self._keuzes.setEnabled(True)
        announce(self, zin)

    def _follow(self) -> None:
        rij = self.lijst.gekozen_rij
        self.terugzet.setEnabled(rij is not None and bool(rij.waarde))

    def _restore(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is not None and rij.waarde:
            self.terugzetten.emit(str(rij.waarde))


def _build_keuze(knop: Knop, *zinnen: Tekst) -> QWidget:
    """Links wat het is en wat het kost, rechts de knop."""
    vak, tekst = QWidget(), QVBoxLayout()
    rij = QHBoxLayout(vak)
    rij.setContentsMargins(0, 0, 0, 0)
    rij.setSpacing(4 * Thema.afstand)
    tekst.setSpacing(Thema.afstand)
    for zin in zinnen:
        tekst.addWidget(zin)
    rij.addLayout(tekst, 1)
    rij.addWidget(knop, 0, Qt.AlignmentFlag.AlignVCenter)
    return vak


def _to_rij(kopie: Kopie, vandaag: date) -> Rij:
    dag = lokaal(kopie.gemaakt_op).date()
    om = f"{datum_lang(dag, vandaag)}, {tijd(kopie.gemaakt_op)}"
    if kopie.open is None or kopie.wacht is None:
        return Rij(om, onder="Deze kopie is niet te gebruiken.", icoon="waarschuwing", waarde="")
    open_ = "1 open contact" if kopie.open == 1 else f"{kopie.open} open contacten"
    return Rij(om, onder=f"{open_}, {kopie.wacht} nog niet verstuurd", icoon="klok", waarde=kopie.naam)


def _leesbaar(aantal: int) -> str:
    if aantal == 1:
        return "In het bestand is nog 1 contact te lezen. Dat komt mee als u terugzet of leeg begint."
    return (
        f"In het bestand zijn nog {aantal} contacten te lezen. Die komen mee als u terugzet of leeg begint."
    )


def _wat_leeg(aantal: int) -> str:
    if aantal:
        return (
            "Alleen wat nog te lezen is, staat er dan in. Andere open contacten niet, en ook niet wat nog "
            "niet verstuurd was."
        )
    return "Uw open contacten staan er dan niet meer in, en ook niet wat nog niet verstuurd was."
