"""Een bericht sturen over een verzoek of melding: kiezen, lezen hoe de inwoner het leest, en klaarzetten.

Vraagt alles aan `Stuurvragen` en beslist niets zelf. Wat hier wordt klaargezet, is nog niet verstuurd.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.ports import Stop
from ui.bericht.voorbeeld import Berichtvoorbeeld, wanneer_zin
from ui.bouwstenen import Scrollvlak
from ui.paneel import Paneel
from ui.tekst import Tekst, announce
from ui.thema import Thema

if TYPE_CHECKING:
    from frontoffice.services.berichten import Berichtstand, Voorbeeld
    from frontoffice.services.voortgangberichten import Aanleiding, Berichtkeuze
    from ui.bericht.dienst import Stuurvragen

_RUST_MS = 200
_KANALEN = (("mail", "E-mail"), ("sms", "Sms"))
_TALEN = (("nl", "Nederlands"), ("de", "Duits"), ("en", "Engels"))
_SOORTEN = (("bezig", "We zijn ermee bezig"), ("klaar", "Het is klaar"))


class Stuurvak(Paneel):
    """`klaargezet` komt met een zin voor de medewerker: zo staat het ermee."""

    klaargezet = Signal(str)

    def __init__(self, vragen: Stuurvragen) -> None:
        super().__init__("Bericht aan de inwoner", "Bericht versturen")
        self._vragen = vragen
        self._aanleiding: Aanleiding | None = None
        self._bezig = False
        self.eerder = Tekst(rol="let_op")
        self.soort = self._add_keuze("Bericht", _SOORTEN)
        aan = tuple((waarde, naam) for waarde, naam in _KANALEN if waarde in vragen.aangesloten)
        self.via = self._add_keuze("Via", aan)
        self.adres = self.velden.rij("Adres", QLineEdit())
        self.adres.setMaxLength(254)
        self.taal = self._add_keuze("Taal", _TALEN)
        self.over = self.velden.rij("Waarover", QLineEdit())
        self.over.setMaxLength(120)
        self.mag = self.velden.rij("Toestemming", QCheckBox("De inwoner wil dit bericht"))
        self.mag.setAccessibleName("De inwoner wil dit bericht")
        self.mag.setMinimumHeight(Thema.doel)
        self._velden = {"adres": self.adres, "over": self.over, "mag": self.mag}
        self.voorbeeld = Berichtvoorbeeld()
        self.wanneer = Tekst(rol="let_op")
        kolom = self.layout()
        assert isinstance(kolom, QVBoxLayout)
        kolom.insertWidget(1, self.eerder)
        for plek, deel in enumerate((self.voorbeeld, self.wanneer), 3):
            kolom.insertWidget(plek, deel)
        self._rust = QTimer(self)
        self._rust.setSingleShot(True)
        self._rust.setInterval(_RUST_MS)
        self._rust.timeout.connect(self._preview)
        self._connect()

    def _add_keuze(self, naam: str, keuzes: tuple[tuple[str, str], ...]) -> QComboBox:
        veld = self.velden.rij(naam, QComboBox())
        for waarde, tekst in keuzes:
            veld.addItem(tekst, waarde)
        return veld

    def _connect(self) -> None:
        self.bewaard.connect(self._send)
        self.soort.activated.connect(lambda _: self._preview())
        self.taal.activated.connect(lambda _: self._preview())
        self.via.activated.connect(lambda _: self._show_adres())
        self.adres.textEdited.connect(lambda _: self._rust.start())
        self.over.textEdited.connect(lambda _: self._rust.start())
        self.mag.toggled.connect(lambda _: self.velden.fout(self.mag, ""))

    # --- openen -------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def begin(self, make: Callable[[Stop], Aanleiding]) -> None:
        """Open voor wat `make` op de achtergrond uitzoekt; wat bij een vorige stond, is weg."""
        self._aanleiding = None
        self._show_bezig("Laden…")
        self.eerder.hide()
        self.mag.setChecked(False)
        self._clear_velden()
        for veld in (self.adres, self.over):
            veld.clear()
        self.show()
        self.soort.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._vragen.load(make, self._show_aanleiding, self._show_eerder, self._failed)

    def close_vak(self) -> None:
        """Dicht; een laat antwoord valt weg."""
        self._rust.stop()
        self._vragen.cancel()
        self._aanleiding = None
        self.hide()

    def _show_aanleiding(self, aanleiding: Aanleiding) -> None:
        self._aanleiding = aanleiding
        self._set_bezig(bezig=False)
        naar = aanleiding.naar
        self.taal.setCurrentIndex(max(self.taal.findData(naar.taal), 0))
        heeft = [waarde for waarde, er_is in (("mail", naar.email), ("sms", naar.mobiel)) if er_is]
        if aanleiding.wil_geen_mail:
            heeft = [waarde for waarde in heeft if waarde != "mail"]
        for waarde in reversed(heeft):
            self.via.setCurrentIndex(max(self.via.findData(waarde), 0))
        self.over.setText(aanleiding.omschrijving)
        self._show_eerder(())
        self._show_adres()

    def _show_eerder(self, zinnen: tuple[str, ...]) -> None:
        let_op = self._aanleiding.let_op if self._aanleiding is not None else ""
        self.eerder.setText("\n".join(zin for zin in (let_op, *zinnen) if zin))
        self.eerder.setVisible(bool(self.eerder.text()))

    def _show_adres(self) -> None:
        """Het adres dat bij het kanaal hoort; wat er is getypt voor het andere, geldt hier niet."""
        if self._aanleiding is not None:
            naar = self._aanleiding.naar
            self.adres.setText(naar.email if self.via.currentData() == "mail" else naar.mobiel)
            self._preview()

    # --- voorbeeld ----------------------------------------------------------------------------------------

    def _keuze(self) -> Berichtkeuze:
        from frontoffice.domain.bericht import Berichtkanaal, Berichtsoort
        from frontoffice.services.voortgangberichten import Berichtkeuze

        return Berichtkeuze(
            Berichtsoort(self.soort.currentData()),
            Berichtkanaal(self.via.currentData()),
            self.adres.text(),
            str(self.taal.currentData()),
            self.over.text(),
            self.mag.isChecked(),
        )

    def _preview(self) -> None:
        self._rust.stop()
        if self._aanleiding is not None:
            self._vragen.preview(self._aanleiding, self._keuze(), self._show_voorbeeld, self._failed)

    def _show_voorbeeld(self, voorbeeld: Voorbeeld) -> None:
        self._clear_velden()
        self.voorbeeld.show_voorbeeld(voorbeeld)
        self.voorbeeld.show()
        self.wanneer.setText(wanneer_zin(voorbeeld))
        self.wanneer.setVisible(bool(self.wanneer.text()))
        # Zonder adres gaat er niets weg: dan zegt de knop wat er wel gebeurt.
        self.bewaar.set_tekst("Op de Bellijst zetten" if voorbeeld.geen_adres else "Bericht versturen")

    # --- versturen ----------------------------------------------------------------------------------------

    def _send(self) -> None:
        if self._aanleiding is None or self._bezig:
            return
        self._rust.stop()
        self.show_fout("")
        self._set_bezig(bezig=True)
        aanleiding = self._aanleiding

        def klaar(stand: Berichtstand) -> None:
            self.klaargezet.emit(f"Bericht: {stand.zin[:1].lower()}{stand.zin[1:]}")
            if self._aanleiding is aanleiding:
                self._set_bezig(bezig=False)
                self.gesloten.emit()

        def mislukt(fout: KifFout) -> None:
            if self._aanleiding is aanleiding:
                self._failed(fout)
                self._rust.start()  # het voorbeeld kan nog van vóór de laatste letters zijn
            else:
                self.klaargezet.emit(f"Het bericht staat niet klaar. {fout.uitleg}")

        self._vragen.send(aanleiding, self._keuze(), klaar, mislukt)

    def _failed(self, fout: KifFout) -> None:
        """De zin staat bij haar veld; wat is getypt, blijft staan."""
        self._set_bezig(bezig=False)
        self._clear_velden()
        veld = self._velden.get(fout.code) if isinstance(fout, InvoerFout) else None
        if veld is None:
            self.show_fout(fout.uitleg)
            announce(self, fout.uitleg)
            return
        self.velden.fout(veld, fout.uitleg)
        if veld is self.mag:
            self.mag.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_velden(self) -> None:
        for veld in (self.adres, self.over):
            self.velden.fout(veld, "")

    def _show_bezig(self, zin: str) -> None:
        self._set_bezig(bezig=True)
        self.show_fout("")
        self.voorbeeld.hide()
        self.wanneer.setText(zin)
        self.wanneer.show()

    def _set_bezig(self, *, bezig: bool) -> None:
        self._bezig = bezig
        self.bewaar.setEnabled(not bezig)


def make_stuurvlak(vak: Stuurvak) -> QWidget:
    """Het formulier met een rand eromheen, dat scrolt als het niet past; nog dicht."""
    blad = QWidget()
    kolom = QVBoxLayout(blad)
    marge = 4 * Thema.afstand
    kolom.setContentsMargins(marge, 3 * Thema.afstand, marge, marge)
    kolom.addWidget(vak)
    kolom.addStretch(1)
    vlak = Scrollvlak(blad)
    vlak.hide()
    return vlak
