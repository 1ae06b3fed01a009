"""*Te verzetten afspraken*: links wie er nog moet worden gebeld, rechts de belkaart met drie voorstellen.

Niemand wordt ongevraagd verzet: eerst bellen, dan kiezen. De oude tijd gaat pas weg als de nieuwe er is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.domain import taal
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.inrichten import TeVerzetten
from ui import klembord
from ui.afspraak.woorden import moment_kort, moment_lang, producten_tekst
from ui.beheer.dienst import Lijst
from ui.bouwstenen import Band, Knop, Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

LEEG = "Er zijn geen afspraken die verzet moeten worden."
_SMAL = 820


class VerzetVak(Vak):
    """Signalen: `verzet` (Afspraak, VrijeStart), `andere_tijd` (Afspraak)."""

    verzet = Signal(object, object)
    andere_tijd = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Te verzetten afspraken")
        self._lijst: Lijst | None = None
        self._alle: Lijst | None = None
        self._huidig: TeVerzetten | None = None
        self._alleen: date | None = None
        self._gedaan = 0
        self._stand = Tekst("Laden…", rol="gedempt")
        self._stand.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        self.alle_knop = Knop("Toon alle avonden", lambda: self.filter_avond(None))
        self.alle_knop.hide()
        self.kopregel.addWidget(self.alle_knop)
        self.lijst = RijLijst("Te verzetten afspraken", thema)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.voorstellen = RijLijst("Voorstellen", thema, cijfers=True)
        self.lijst.gekozen.connect(lambda _: self.voorstellen.setFocus())
        self.voorstellen.selectionModel().currentChanged.connect(lambda *_: self._follow_voorstel())
        self.voorstellen.gekozen.connect(self._choose_voorstel)
        self.inhoud.addWidget(self._stand)
        self.inhoud.addWidget(Lijn())
        self._rij = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rij.setSpacing(0)
        self._rij.addWidget(self.lijst, 4)
        self._streep = Lijn(staand=True)
        self._rij.addWidget(self._streep)
        self._kaart = self._build_kaart()
        self._rij.addWidget(self._kaart, 5)
        self.inhoud.addLayout(self._rij, 1)

    def eerste_focus(self) -> QWidget:
        return self.lijst

    def _build_kaart(self) -> QWidget:
        self._naam = Tekst("", rol="kop1")
        self._nu = Tekst("")
        self._waarom = Tekst("", rol="let_op")
        self._bellen = Tekst("", rol="nadruk")
        self.kopieer = Knop("Kopieer telefoonnummer", self._copy)
        self._geen = Band(
            "Van deze bezoeker is geen telefoonnummer of e-mailadres bekend. Stuur een brief.", "let_op"
        )
        self.zeg = Tekst("")
        self._melding = Band("", "let_op")
        self._melding.hide()
        self._kop_voorstel = Tekst("Voorstellen", rol="kop2")
        self._geen_voorstel = Tekst(
            "Er is geen vrije tijd gevonden. Zoek een andere tijd met de bezoeker.", rol="let_op"
        )
        self.verzetknop = Knop("Verzet", self._send, soort="hoofd")
        self.anderknop = Knop("Andere tijd zoeken", self._ask_ander, soort="groot")
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        vloei.addWidget(self.verzetknop)
        vloei.addWidget(self.anderknop)
        bel = QWidget()
        belvloei = Vloei(bel, tussen=3 * Thema.afstand)
        belvloei.addWidget(self._bellen)
        belvloei.addWidget(self.kopieer)
        self._bel = bel
        vlak = QWidget()
        kolom = QVBoxLayout(vlak)
        marge = 4 * Thema.afstand
        kolom.setContentsMargins(marge, 3 * Thema.afstand, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (
            self._naam, self._nu, self._waarom, self._bel, self._geen, Tekst("Zeg dit", rol="kop2"), self.zeg,
            self._kop_voorstel, self._melding, self._geen_voorstel, self.voorstellen, knoppen,
        ):  # fmt: skip
            kolom.addWidget(deel)
        kolom.addStretch(1)
        return Scrollvlak(vlak)

    # --- vullen ------------------------------------------------------------------------------------------

    def filter_avond(self, datum: date | None) -> None:
        """Alleen deze avond; None = alle."""
        self._alleen = datum
        if self._alle is not None:
            self.show_lijst(self._alle)

    def show_lijst(self, lijst: Lijst) -> None:
        """Vul of werk bij; wie iemand aan het bellen is, blijft bij die kaart."""
        self._alle = lijst
        rijen = [r for r in lijst.rijen if self._alleen is None or r.afspraak.datum == self._alleen]
        self.alle_knop.setVisible(self._alleen is not None)
        was = self._huidig.afspraak.id if self._huidig else ""
        oude_plek = max(self.lijst.currentIndex().row(), 0)
        self._lijst = lijst
        kies = next((n for n, rij in enumerate(rijen) if rij.afspraak.id == was), -1)
        if kies < 0 and rijen:
            kies = min(oude_plek, len(rijen) - 1)
        self.lijst.set_rijen(
            [
                Rij(
                    f"{moment_kort(r.afspraak.begin, lijst.vandaag)} · {r.afspraak.klant.naam}",
                    f"{producten_tekst(r.afspraak)} · {r.reden}",
                    waarde=r,
                )
                for r in rijen
            ],
            kies=kies,
        )
        self.lijst.setVisible(bool(rijen))
        self._kaart.setVisible(bool(rijen))
        self._streep.setVisible(bool(rijen))
        self._show_stand(len(rijen))
        if not rijen:
            self._huidig = None
        else:
            self._follow()

    def _show_stand(self, aantal: int) -> None:
        if not aantal:
            self._stand.setText(LEEG if not self._gedaan else f"{LEEG} U hebt er {self._gedaan} verzet.")
            return
        zin = "Nog 1 afspraak te verzetten." if aantal == 1 else f"Nog {aantal} afspraken te verzetten."
        gedaan = f" {self._gedaan} gedaan." if self._gedaan else ""
        self._stand.setText(f"{zin}{gedaan} Bel eerst, kies dan een nieuwe tijd.")

    def _follow(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is None or not isinstance(rij.waarde, TeVerzetten) or self._lijst is None:
            return
        zelfde = self._huidig is not None and self._huidig.afspraak.id == rij.waarde.afspraak.id
        ververst = zelfde and self._huidig != rij.waarde
        if zelfde and not ververst:
            return
        self._huidig = rij.waarde
        if not zelfde:
            self._melding.hide()
        self._show_kaart(rij.waarde, self._lijst.vandaag)

    def _show_kaart(self, rij: TeVerzetten, vandaag: date) -> None:
        afspraak, klant = rij.afspraak, rij.afspraak.klant
        self._naam.setText(klant.naam)
        self._nu.setText(
            f"{producten_tekst(afspraak)}\nNu: {moment_lang(afspraak.begin, vandaag)}. "
            f"Nummer {afspraak.nummer}."
        )
        self._waarom.setText(rij.reden)
        self._bellen.setText(self._lijst.bellen.get(afspraak.id, "") if self._lijst else "")
        self._bel.setVisible(bool(klant.telefoon or klant.email))
        self.kopieer.set_tekst("Kopieer telefoonnummer" if klant.telefoon else "Kopieer e-mailadres")
        self._geen.setVisible(not klant.telefoon and not klant.email)
        self._show_voorstellen(rij.voorstellen, vandaag)

    def _show_voorstellen(self, voorstellen: tuple[VrijeStart, ...], vandaag: date) -> None:
        rijen = [
            Rij(moment_kort(start.begin, vandaag), toets=f"Ctrl+{nummer}", waarde=start)
            for nummer, start in enumerate(voorstellen, 1)
        ]
        self.voorstellen.set_rijen(rijen, kies=0)
        self.voorstellen.setVisible(bool(rijen))
        self.voorstellen.setFixedHeight(self.voorstellen.gewenste_hoogte(220))
        self._geen_voorstel.setVisible(not rijen)
        self._follow_voorstel()

    def _choose_voorstel(self, start: object) -> None:
        """Enter, klik of Ctrl met het cijfer: wijs dat voorstel aan; daarna verzet Enter."""
        for rij in range(self.voorstellen.rijen.rowCount()):
            plek = self.voorstellen.rijen.index(rij)
            gevonden = self.voorstellen.rijen.rij(plek)
            if gevonden is not None and gevonden.waarde == start:
                self.voorstellen.setCurrentIndex(plek)
        self.verzetknop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_voorstel(self) -> None:
        start = self._start
        self.verzetknop.setVisible(start is not None)
        vandaag = self._lijst.vandaag if self._lijst else date.min
        if start is not None:
            self.verzetknop.set_tekst(f"Verzet naar {moment_kort(start.begin, vandaag)}")
        if self._huidig is not None:
            self.zeg.setText(_zeg(self._huidig.afspraak, start, vandaag))

    @property
    def _start(self) -> VrijeStart | None:
        rij = self.voorstellen.gekozen_rij
        return rij.waarde if rij is not None and isinstance(rij.waarde, VrijeStart) else None

    # --- doen --------------------------------------------------------------------------------------------

    def _send(self) -> None:
        if self._huidig is not None and self._start is not None:
            self.verzetknop.setEnabled(False)
            self.verzet.emit(self._huidig.afspraak, self._start)

    def note_verzet(self, oud: Afspraak, nieuw: Afspraak) -> None:
        """Gelukt: de volgende is aan de beurt zodra de lijst er weer is."""
        self._gedaan += 1
        self.verzetknop.setEnabled(True)
        if self._huidig is not None and self._huidig.afspraak.id == oud.id:
            self._huidig = None
        self.lijst.setFocus()
        vandaag = self._lijst.vandaag if self._lijst else date.min
        announce(self, f"Verzet naar {moment_lang(nieuw.begin, vandaag)}.")

    def note_terug(self) -> None:
        """Een verzette afspraak staat weer op haar oude tijd."""
        self._gedaan = max(self._gedaan - 1, 0)

    def show_bezet(self, fout: TijdBezet) -> None:
        """Die tijd is net weg: de oude tijd staat er nog, en dit zijn de nieuwe voorstellen."""
        self.verzetknop.setEnabled(True)
        self._melding.tekst.setText("Deze tijd is net vergeven. De oude tijd staat er nog. Kies een andere.")
        self._melding.show()
        if self._lijst is not None and fout.alternatieven:
            self._show_voorstellen(fout.alternatieven, self._lijst.vandaag)
        self.voorstellen.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._melding.tekst.text())

    def note_mislukt(self) -> None:
        self.verzetknop.setEnabled(True)

    def _ask_ander(self) -> None:
        if self._huidig is not None:
            self.andere_tijd.emit(self._huidig.afspraak)

    def _copy(self) -> None:
        if self._huidig is not None:
            afspraak = self._huidig.afspraak
            klembord.copy(
                self,
                afspraak.klant.telefoon or afspraak.klant.email,
                "telefoon" if afspraak.klant.telefoon else "email",
                lambda: announce(self, "Gekopieerd."),
                afspraak=afspraak.nummer,
            )

    def resizeEvent(self, event: Any) -> None:
        smal = self.width() < _SMAL
        richting = QBoxLayout.Direction.TopToBottom if smal else QBoxLayout.Direction.LeftToRight
        if self._rij.direction() != richting:
            self._rij.setDirection(richting)
        super().resizeEvent(event)


def _zeg(afspraak: Afspraak, start: VrijeStart | None, vandaag: date) -> str:
    """Wat de medewerker voorleest."""
    oud = f"{taal.datum_lang(afspraak.datum, vandaag)} om {taal.tijd(afspraak.begin)}"
    zinnen = [f"Uw afspraak van {oud} kan helaas niet doorgaan."]
    if start is not None:
        nieuw = f"{taal.datum_lang(taal.dag_van(start.begin), vandaag)} om {taal.tijd(start.begin)}"
        zinnen.append(f"Kunt u op {nieuw}?")
    else:
        zinnen.append("Wanneer kunt u wel?")
    zinnen.append("U houdt hetzelfde nummer en dezelfde code.")
    return " ".join(zinnen)
