"""De delen van het scherm: het goede nieuws, een cijfer op een kaart, het verloop en de pagina's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from frontoffice.domain import cijferwoorden as woorden
from frontoffice.domain.cijfers import (
    DEFINITIES,
    MINSTENS,
    Cijfers,
    Maat,
    Maatcijfer,
    Stand,
    Webpagina,
    Weeknieuws,
    maandnaam,
)
from frontoffice.domain.taal import DAGEN
from ui.goednieuws.plot import Balken, Lijnplot, Plotrij
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.stukken import clear_layout
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_MARGE = 3 * Thema.afstand
MEESTE_PAGINAS = 40
MEESTE_COMPLIMENTEN = 8
NOG_NIET = "Er is nog niets uitgerekend."


class Weekvak(Vak):
    """Wat er deze week goed ging, met wat inwoners zeiden."""

    def __init__(self) -> None:
        super().__init__("Goed nieuws van deze week")
        set_stijl(self, "soort", "band_goed")
        self._getallen = QWidget()
        self._vloei = Vloei(self._getallen, tussen=10 * Thema.afstand, regel=2 * Thema.afstand)
        self._paren: list[tuple[Tekst, Tekst]] = []
        for _ in range(3):
            deel = QWidget()
            kolom = QVBoxLayout(deel)
            kolom.setContentsMargins(0, 0, 0, 0)
            kolom.setSpacing(0)
            paar = Tekst("–", rol="kop1"), Tekst("", rol="gewoon")
            for tekst in paar:
                kolom.addWidget(tekst)
            self._paren.append(paar)
            self._vloei.addWidget(deel)
        self._citaten = QWidget()
        self._lijst = QVBoxLayout(self._citaten)
        self._lijst.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        self._lijst.setSpacing(Thema.afstand)
        self._leeg = Tekst(NOG_NIET, rol="gedempt")
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        for widget in (self._leeg, self._getallen, self._citaten):
            self.inhoud.addWidget(widget)
        self._getallen.hide()

    def show_week(self, week: Weeknieuws) -> None:
        self._leeg.hide()
        self._getallen.show()
        for (getal, wat), (aantal, tekst) in zip(self._paren, woorden.zeg_week(week), strict=True):
            getal.setText(aantal)
            wat.setText(tekst)
        clear_layout(self._lijst)
        gezegd = [compliment for compliment in week.complimenten if compliment.tekst]
        for compliment in gezegd[:MEESTE_COMPLIMENTEN]:
            self._lijst.addWidget(Tekst(f"“{compliment.tekst}” ({DAGEN[compliment.dag.weekday()]})"))
        if len(gezegd) > MEESTE_COMPLIMENTEN:
            self._lijst.addWidget(Tekst(f"En nog {len(gezegd) - MEESTE_COMPLIMENTEN} keer een compliment."))
        if not week.nagekomen and not week.verteld and not week.complimenten and week.nagekomen is not None:
            self._lijst.addWidget(Tekst("De week begint nog. Noteer een compliment bij het contact."))


class Cijferkaart(QFrame):
    """Eén cijfer: naam, percentage, aantallen en een zin over wat telt."""

    def __init__(self, maat: Maat) -> None:
        super().__init__()
        definitie = DEFINITIES[maat]
        self.setAccessibleName(definitie.naam)
        set_stijl(self, "soort", "kaart")
        self._maat = maat
        self.getal = Tekst("–", rol="kop1")
        self.aantal = Tekst(NOG_NIET, rol="gedempt")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, _MARGE)
        kolom.setSpacing(Thema.afstand)
        for tekst in (
            Tekst(definitie.naam, rol="nadruk"),
            self.getal,
            self.aantal,
            Tekst(definitie.zin, rol="klein"),
        ):
            kolom.addWidget(tekst)
        kolom.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_stand(self, stand: Stand | None, uitleg: str = "") -> None:
        """`uitleg` staat er als er geen cijfer kan zijn."""
        meer = DEFINITIES[self._maat].eenheid
        if uitleg:
            self.getal.setText("Geen cijfer")
            self.aantal.setText(uitleg)
        elif stand is None:
            self.getal.setText("Te weinig")
            self.aantal.setText(f"Er zijn er minder dan {MINSTENS}.")
        elif stand.procent is None:
            self.getal.setText("Nog niets")
            self.aantal.setText(f"In deze periode zijn er geen {meer}.")
        else:
            self.getal.setText(f"{stand.procent} %")
            self.aantal.setText(
                f"{woorden.zeg_getal(stand.goed)} van {woorden.zeg_getal(stand.totaal)} {meer}"
            )


class Verloopvak(Vak):
    """Eén cijfer in de tijd, per onderwerp en per dorp. Past het verloop niet als lijn, dan als staven."""

    def __init__(self, thema: Thema) -> None:
        super().__init__("Verloop en verdeling")
        self.lijn = Lijnplot("Verloop", thema)
        self.staven = Balken("Verloop", thema)
        self.onderwerpen = Balken("Per onderwerp", thema)
        self.plaatsen = Balken("Per dorp", thema)
        self.zin = Tekst("", rol="gedempt")
        self._koppen = {
            "verloop": Tekst("Verloop", rol="nadruk"),
            "onderwerpen": Tekst("Per onderwerp", rol="nadruk"),
            "plaatsen": Tekst("Per dorp", rol="nadruk"),
        }
        self.dorpuitleg = Tekst(woorden.UITLEG_DORP, rol="klein")
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        self.inhoud.setSpacing(2 * Thema.afstand)
        for widget in (
            self._koppen["verloop"], self.zin, self.lijn, self.staven,
            self._koppen["onderwerpen"], self.onderwerpen,
            self._koppen["plaatsen"], self.plaatsen, self.dorpuitleg,
        ):  # fmt: skip
            self.inhoud.addWidget(widget)
        self._show_delen()

    def show_cijfer(self, cijfer: Maatcijfer | None, *, per_week: bool) -> None:
        """None: van deze maat is er geen cijfer."""
        verloop = cijfer.verloop if cijfer is not None and cijfer.stand is not None else ()
        rijen = [_rij(punt.naam, punt.stand) for punt in verloop]
        naam = DEFINITIES[cijfer.maat].naam if cijfer is not None else "Verloop"
        for plot in (self.lijn, self.staven):
            plot.setAccessibleName(f"{naam} {'per week' if per_week else 'per maand'}")
            plot.show_rijen(rijen)
        self._koppen["verloop"].setText("Per week" if per_week else "Per maand")
        self.zin.setText(woorden.zeg_verschil(cijfer) if cijfer is not None else "")
        self.onderwerpen.setAccessibleName(f"{naam} per onderwerp")
        self.plaatsen.setAccessibleName(f"{naam} per dorp")
        self.onderwerpen.show_rijen(
            [_rij(*paar) for paar in woorden.rijen_onderwerp(cijfer)] if cijfer else []
        )
        self.plaatsen.show_rijen([_rij(*paar) for paar in woorden.rijen_plaats(cijfer)] if cijfer else [])
        self._show_delen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_delen()

    def _show_delen(self) -> None:
        """Een lijn zegt meer dan staven, maar alleen als er bij elk punt plaats is voor het getal."""
        als_lijn = self.lijn.past(self.width() - 2 * _MARGE)
        er_is = bool(self.lijn.rijen)
        self.lijn.setVisible(er_is and als_lijn)
        self.staven.setVisible(er_is and not als_lijn)
        self._koppen["verloop"].setVisible(er_is)
        self.zin.setVisible(er_is and bool(self.zin.text()))
        for naam, plot in (("onderwerpen", self.onderwerpen), ("plaatsen", self.plaatsen)):
            self._koppen[naam].setVisible(bool(plot.rijen))
            plot.setVisible(bool(plot.rijen))
        self.dorpuitleg.setVisible(bool(self.plaatsen.rijen))


def _rij(naam: str, stand: Stand | None) -> Plotrij:
    tekst = woorden.zeg_stand(stand)
    if stand is None:
        return Plotrij(naam, None, tekst, f"< {MINSTENS}")
    if not stand.totaal:
        return Plotrij(naam, None, tekst, "–")
    return Plotrij(naam, stand.goed / stand.totaal, tekst, f"{stand.procent} %")


class Komendvak(Vak):
    """Op welke dagen er nog iets is beloofd, en hoeveel."""

    def __init__(self) -> None:
        super().__init__(woorden.KOMEND_KOP)
        self.zin = Tekst(NOG_NIET, rol="gedempt")
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        self.inhoud.addWidget(self.zin)

    def show_komend(self, cijfers: Cijfers) -> None:
        regels = woorden.rijen_komend(cijfers)
        self.setVisible(cijfers.week is not None)
        self.zin.setText("\n".join(regels) or woorden.KOMEND_NIETS)
        self.zin.set_rol("gewoon" if regels else "gedempt")


class Paginavak(Vak):
    """Per maand de pagina's van de website waar inwoners het antwoord niet vonden."""

    def __init__(self) -> None:
        super().__init__("Niet gevonden op website")
        self._vlak = QWidget()
        self._rooster = QGridLayout(self._vlak)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setHorizontalSpacing(4 * Thema.afstand)
        self._rooster.setVerticalSpacing(Thema.afstand)
        self._rooster.setColumnStretch(2, 1)
        self.zin = Tekst(NOG_NIET, rol="gedempt")
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        self.inhoud.setSpacing(2 * Thema.afstand)
        self.inhoud.addWidget(self.zin)
        self.inhoud.addWidget(self._vlak)

    def show_paginas(self, paginas: tuple[Webpagina, ...]) -> None:
        clear_layout(self._rooster)
        if not paginas:
            self.zin.setText("In deze periode is er niets genoteerd. Zet bij een contact het vinkje aan.")
            return
        self.zin.setText("Verbeter eerst wat bovenaan staat: daar bleven de meeste vragen over.")
        rij, maand = 0, None
        for pagina in paginas[:MEESTE_PAGINAS]:
            if pagina.maand != maand:
                maand = pagina.maand
                self._rooster.addWidget(Tekst(maandnaam(maand).capitalize(), rol="nadruk"), rij, 0, 1, 3)
                rij += 1
            self._rooster.addWidget(Tekst(woorden.zeg_pagina(pagina.adres)), rij, 0)
            keer = Tekst(f"{pagina.keer} keer")
            self._rooster.addWidget(keer, rij, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            rij += 1
        if len(paginas) > MEESTE_PAGINAS:
            rest = f"Nog {len(paginas) - MEESTE_PAGINAS} staan in het bestand (CSV)."
            self._rooster.addWidget(Tekst(rest, rol="gedempt"), rij, 0, 1, 3)


class Uitlegvak(Vak):
    """Hoe er wordt geteld en wat er nooit in staat."""

    def __init__(self) -> None:
        super().__init__("Hoe wij tellen")
        self.inhoud.setContentsMargins(_MARGE, 0, _MARGE, _MARGE)
        self.inhoud.setSpacing(Thema.afstand)
        for zin in (woorden.UITLEG_KLEIN, woorden.UITLEG_MENSEN):
            self.inhoud.addWidget(Tekst(zin, rol="klein"))


def uitleg_van(cijfers: Cijfers, maat: Maat) -> str:
    """Waarom er van deze maat geen cijfer is; leeg als het er is."""
    return cijfers.zonder_meldingen if maat is Maat.MELDINGEN else ""
