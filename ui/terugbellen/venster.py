"""Terugbellen in het venster: maakt het scherm als iemand erom vraagt, en verbindt het met het verloop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget

from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:  # het venster laadt deze module vóór de eerste tekening
    from frontoffice.domain.terugbellen import Lijst, Terugbelrij
    from ui.bericht.dienst import Stuurvragen
    from ui.bericht.stuurvak import Stuurvak
    from ui.contact.gesprekken import Gesprekken
    from ui.instellingen import Instellingen
    from ui.terugbellen.scherm import TerugbelScherm
    from ui.terugbellen.verloop import Terugbelbron, Terugbelverloop

VERVERS_MS = 180_000
TEAM, ALLE = "team", "alle"
_NIEUWSTE = "terugbellen/nieuwste"


class Terugbellen(QObject):
    """Signalen: `melding` (zin voor de statusregel) en `open_klant` (sleutel, herkomst)."""

    melding = Signal(str)
    open_klant = Signal(object, object)

    def __init__(
        self,
        midden: QStackedWidget,
        acties: Acties,
        thema: Thema,
        achtergrond: Achtergrond,
        instellingen: Instellingen,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._onthoud = instellingen.qsettings
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._bron: Terugbelbron | None = None
        self._gesprekken: Gesprekken | None = None
        self._scherm: TerugbelScherm | None = None
        self._verloop: Terugbelverloop | None = None
        self._weg = Terugweg(midden)
        self._stuurvragen: Stuurvragen | None = None
        self._wil_bellen = ""
        acties.terugbellen.triggered.connect(lambda: self.open())
        acties.terugbellen.setEnabled(False)
        acties.ververs.triggered.connect(lambda _=False: self.refresh() if self.is_open else None)
        midden.currentChanged.connect(self._follow_midden)
        self._wekker = QTimer(self)
        self._wekker.setInterval(VERVERS_MS)
        self._wekker.timeout.connect(self._refresh_stil)

    @property
    def scherm(self) -> TerugbelScherm | None:
        """Het scherm, zodra het een keer open was."""
        return self._scherm

    @property
    def verloop(self) -> Terugbelverloop | None:
        return self._verloop

    @property
    def is_open(self) -> bool:
        return self._weg.shows(self._scherm)

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als dit te zien is, of leeg."""
        return "terugbellen" if self.is_open else ""

    def set_diensten(self, bron: Terugbelbron, gesprekken: Gesprekken | None) -> None:
        """De services zijn er; er wordt pas iets geladen als iemand het scherm opent."""
        self._bron, self._gesprekken = bron, gesprekken
        self._acties.terugbellen.setEnabled(True)

    def open(self, doel: str = "") -> None:
        """Toon de lijst: van mij, die van het team bij "team", of die van iedereen bij "alle". Een uuid wijst
        dat verzoek aan, met "alle:" ervoor in de lijst van iedereen."""
        from frontoffice.domain.terugbellen import Wiens

        if self._bron is None:
            return
        nieuw = self._scherm is None
        scherm, verloop = self._make(self._bron)
        if doel == TEAM:
            verloop.wiens = Wiens.TEAM
        elif doel.partition(":")[0] == ALLE:
            verloop.wiens = Wiens.ALLE
            scherm.choose(doel.partition(":")[2])
        elif doel:
            verloop.wiens = Wiens.MIJN
            scherm.choose(doel)
        self._weg.go(scherm)
        scherm.show_wiens(verloop.wiens)
        if nieuw or doel:
            verloop.choose(verloop.wiens)
        else:
            verloop.load()
        self._show_stand(verloop.lijst)
        self._wekker.start()
        scherm.begin()

    def refresh(self) -> None:
        """F5: haal de lijst opnieuw op, en ook wat eerder niet lukte."""
        if self._verloop is not None and self._scherm is not None:
            self._scherm.model.forget_fouten()
            self._verloop.load()

    def close_scherm(self) -> None:
        """Terug naar wat er stond."""
        self._weg.back()

    def close_schermen(self) -> None:
        """Het venster sluit."""
        self._wekker.stop()
        if self._stuurvragen is not None:
            self._stuurvragen.close()
        if self._verloop is not None:
            self._verloop.close()

    # --- opbouw -------------------------------------------------------------------------------------------

    def _make(self, bron: Terugbelbron) -> tuple[TerugbelScherm, Terugbelverloop]:
        if self._scherm is None or self._verloop is None:
            from ui.terugbellen.model import TerugbelModel
            from ui.terugbellen.scherm import TerugbelScherm
            from ui.terugbellen.verloop import Terugbelverloop

            model = TerugbelModel(self)
            scherm = self._scherm = TerugbelScherm(self._thema, model, self._make_stuurvak(bron))
            verloop = self._verloop = Terugbelverloop(bron, self._gesprekken, self._achtergrond, model, self)
            self._midden.addWidget(scherm)
            self._connect(scherm, verloop)
            scherm.volgorde.setChecked(self._onthoud.value(_NIEUWSTE, "nee") == "ja")
        return self._scherm, self._verloop

    def _make_stuurvak(self, bron: Terugbelbron) -> Stuurvak | None:
        """Het formulier voor een bericht; None als er niets is aangesloten: dan is er ook geen knop."""
        if not bron.berichten.aangesloten:
            return None
        from ui.bericht.dienst import Stuurvragen
        from ui.bericht.stuurvak import Stuurvak

        self._stuurvragen = Stuurvragen(bron.berichten, self._achtergrond)
        vak = Stuurvak(self._stuurvragen)
        vak.klaargezet.connect(self.melding)
        return vak

    def _connect(self, scherm: TerugbelScherm, verloop: Terugbelverloop) -> None:
        scherm.gesloten.connect(self.close_scherm)
        scherm.opnieuw.connect(self.refresh)
        scherm.wiens.connect(lambda _: scherm.choose(""))
        scherm.wiens.connect(verloop.choose)
        scherm.wiens.connect(lambda _: self._show_stand(None))
        scherm.nieuwste.connect(self._reorder)
        scherm.in_beeld.connect(verloop.load_bellers)
        scherm.gevraagd.connect(self._do)
        scherm.klaar.ongedaan.connect(verloop.undo)
        verloop.geladen.connect(self._show_stand)
        verloop.mislukt.connect(scherm.show_fout)
        verloop.melding.connect(self.melding)
        verloop.gedaan.connect(self._show_gedaan)
        verloop.teruggehaald.connect(scherm.klaar.stop)
        verloop.afgekeurd.connect(self._show_afgekeurd)
        verloop.afdelingen.connect(scherm.kaart.doorgeven.set_afdelingen)
        verloop.nummers.connect(self._got_nummers)

    def _reorder(self, nieuwste: bool) -> None:
        from frontoffice.domain.terugbellen import Volgorde

        assert self._verloop is not None
        self._onthoud.setValue(_NIEUWSTE, "ja" if nieuwste else "nee")
        self._verloop.choose_volgorde(Volgorde.NIEUWSTE if nieuwste else Volgorde.DRINGEND)

    # --- tonen --------------------------------------------------------------------------------------------

    def _show_stand(self, lijst: Lijst | None) -> None:
        from frontoffice.domain import taal
        from ui.terugbellen.scherm import LEEG

        scherm, verloop = self._scherm, self._verloop
        if scherm is None or verloop is None:
            return
        if lijst is None:
            scherm.show_stand("Laden…", verloop.vandaag)
            scherm.show_leeg("")
            return
        delen = [taal.aantal(lijst.totaal, "verzoek", "verzoeken") + " open"]
        if not lijst.compleet:
            delen.append(f"{len(lijst.rijen)} geladen")
        if lijst.om is not None:
            delen.append(f"{taal.tijd(lijst.om)} uit Contacten")
        scherm.show_stand(" · ".join(delen), verloop.vandaag)
        leeg = lijst.compleet and not scherm.model.rowCount()
        scherm.show_leeg(LEEG[verloop.wiens] if leeg else "")

    def _show_gedaan(self, zin: str) -> None:
        scherm = self._scherm
        if scherm is not None:
            scherm.kaart.close_panelen()
            scherm.klaar.show_afgerond(zin)

    def _show_afgekeurd(self, zin: str) -> None:
        """Bij het formulier dat openstaat; anders in de statusregel."""
        scherm = self._scherm
        open_ = [p for p in scherm.kaart.panelen if not p.isHidden()] if scherm is not None else []
        if open_:
            open_[0].show_fout(zin)
        else:
            self.melding.emit(zin)

    # --- doen ---------------------------------------------------------------------------------------------

    def _do(self, wat: str) -> None:
        scherm, verloop = self._scherm, self._verloop
        rij = scherm.model.get(scherm.gekozen) if scherm is not None else None
        if scherm is None or verloop is None or rij is None:
            return
        kaart = scherm.kaart
        if wat == "bel":
            self._bel(rij)
        elif wat == "niet_bereikt":
            verloop.niet_bereikt(rij)
        elif wat == "overnemen":
            verloop.overnemen(rij)
        elif wat == "gesproken":
            kaart.open_paneel(kaart.gesprek)
            kaart.gesprek.begin(verloop.notitie_van(rij))
        elif wat == "klaar":
            self._open_klaar(rij)
        elif wat == "doorgeven":
            kaart.open_paneel(kaart.doorgeven)
            verloop.load_afdelingen()
            kaart.doorgeven.begin()
        elif wat == "tonen":
            kaart.open_paneel(kaart.tonen_paneel)
            kaart.tonen_paneel.begin()
        elif wat == "bericht" and kaart.bericht is not None:
            kaart.open_paneel(kaart.bericht)
            kaart.bericht.begin(verloop.make_aanleiding(rij))
        else:
            self._do_rest(wat, rij)

    def _do_rest(self, wat: str, rij: Terugbelrij) -> None:
        scherm, verloop = self._scherm, self._verloop
        assert scherm is not None
        assert verloop is not None
        kaart = scherm.kaart
        if wat == "gesproken_bewaren":
            verloop.gesproken(rij, kaart.gesprek.notitie.text())
        elif wat == "klaar_bewaren":
            self._save_klaar(rij)
        elif wat == "doorgeven_bewaren":
            if (keuze := kaart.doorgeven.read()) is not None:
                verloop.doorgeven(rij, *keuze)
        elif wat == "tonen_bewaren":
            if reden := kaart.tonen_paneel.read():
                verloop.onthul(rij, reden, kaart.close_panelen)
        elif wat == "opnieuw":
            verloop.retry(rij.uuid)
        elif wat == "intrekken":
            verloop.withdraw(rij.uuid)
        elif wat == "herladen":
            self.refresh()
            scherm.choose(rij.uuid)
        elif wat == "klant" and rij.beller is not None:
            from frontoffice.domain.klant import Herkomst

            self.open_klant.emit(rij.beller.sleutel, Herkomst.SLEUTEL)

    def _open_klaar(self, rij: Terugbelrij) -> None:
        scherm, verloop, bron = self._scherm, self._verloop, self._bron
        assert scherm is not None
        assert verloop is not None
        assert bron is not None
        kanalen = bron.registreerinstellingen.kanalen
        gewoon = next((k for k in kanalen if k.casefold() == "telefoon"), kanalen[0])
        scherm.kaart.open_paneel(scherm.kaart.klaar)
        scherm.kaart.klaar.begin(kanalen, gewoon, verloop.vandaag, verloop.notitie_van(rij))

    def _save_klaar(self, rij: Terugbelrij) -> None:
        scherm, verloop = self._scherm, self._verloop
        assert scherm is not None
        assert verloop is not None
        paneel = scherm.kaart.klaar
        op = paneel.read_op()
        if op is None:
            return
        notitie = paneel.notitie.text().strip()
        if op < verloop.vandaag and notitie:
            paneel.show_fout(
                "Bij een eerdere dag komt er geen nieuw contact. Maak de notitie leeg, of kies vandaag."
            )
            return
        verloop.klaar(rij, paneel.via.currentText(), notitie, op)

    # --- bellen -------------------------------------------------------------------------------------------

    def _bel(self, rij: Terugbelrij) -> None:
        scherm, verloop, beller = self._scherm, self._verloop, rij.beller
        if scherm is None or verloop is None or beller is None:
            return
        if beller.telefoon:
            self._call(rij, beller.telefoon[0])
        elif beller.geheim:
            self.melding.emit("Dit nummer is geheim. Kies Tonen en schrijf op waarom u belt.")
            self._do("tonen")
        else:
            self._wil_bellen = rij.uuid
            verloop.load_nummers(rij)

    def _got_nummers(self, rij: Terugbelrij, nummers: tuple[str, ...]) -> None:
        scherm = self._scherm
        if scherm is None or rij.beller is None:
            return
        if not nummers:
            self.melding.emit("Van deze klant is geen nummer bekend. Kies Klant openen om verder te zoeken.")
            return
        scherm.model.set_beller(rij.uuid, replace(rij.beller, telefoon=nummers))
        nieuw = scherm.model.get(rij.uuid)
        if nieuw is not None and self._wil_bellen == rij.uuid == scherm.gekozen:
            self._wil_bellen = ""
            self._call(nieuw, nummers[0])

    def _call(self, rij: Terugbelrij, nummer: str) -> None:
        """Geef het nummer aan de telefoon van deze pc als dat mag, en anders aan het klembord."""
        from frontoffice.domain.zoekvraag import lees_telefoon

        assert self._verloop is not None
        assert self._bron is not None
        gelezen = lees_telefoon(nummer)
        mag = self._bron.profiel.werkplek.bel_met_pc and gelezen is not None
        if not (mag and gelezen is not None and QDesktopServices.openUrl(QUrl(f"tel:{gelezen.e164}"))):
            from ui.klembord import copy

            zin = "Het nummer is gekopieerd. Plak het in uw telefoon."
            tekst = gelezen.e164 if gelezen is not None else nummer
            assert self._scherm is not None
            copy(self._scherm, tekst, "telefoon", lambda: self.melding.emit(zin), contact=rij.contact_uuid)
        self._verloop.start_contact(rij)

    # --- volgen -------------------------------------------------------------------------------------------

    def _refresh_stil(self) -> None:
        """Alleen zolang iemand kijkt en niets invult."""
        scherm = self._scherm
        if scherm is None or not scherm.isVisible() or scherm.kaart.is_bezig:
            return
        if self._verloop is not None and not scherm.window().isMinimized():
            self._verloop.load()

    def _follow_midden(self) -> None:
        """Alt+1 tot en met Alt+7 zijn hier van het verzoek; F5 haalt de lijst op."""
        if self.is_open:
            self._acties.set_sprongen(False)
            self._acties.ververs.setEnabled(True)
