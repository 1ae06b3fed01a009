"""Het contact in het venster: zet de strook neer, volgt wie er in beeld is, en bewaakt dat dat dezelfde is.

Een contact neemt de klant die wordt geopend als het er nog geen heeft. Daarna verandert niets vanzelf.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Herkomst
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.contact.bron import Contactbron
from ui.contact.inkomend import Inkomend
from ui.contact.plaatsing import Plaatsing

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak
    from frontoffice.domain.concept import Afdeling, Gesprekspartner, Identiteit, ZaakKoppeling
    from frontoffice.domain.klantbeeld import Klantbeeld
    from ui.contact.amberband import Amberband
    from ui.contact.belofte import Belofteaanleiding
    from ui.contact.gesprekken import Gesprekken, Wachtstand
    from ui.contact.strook import Contactstrook
    from ui.contact.terugbeldienst import Terugbeldienst
    from ui.klantbeeld.scherm import KlantbeeldScherm


class Contacten(QObject):
    """Signalen: `melding` (zin), `wacht` (zin voor de statusregel, leeg = alles is verstuurd), `bewaard`
    (zin), `verzonden` (Verzending), `open_klant` (sleutel, herkomst), `zoek` (tekst: de telefooncentrale
    zegt wie er belt), `klant_in_beeld` (Gesprekspartner) en `identiteit` (Identiteit of None, hoort het bij
    het beeld)."""

    melding = Signal(str)
    wacht = Signal(str)
    bewaard = Signal(str)
    verzonden = Signal(object)
    open_klant = Signal(object, object)
    klant_in_beeld = Signal(object)
    zoek = Signal(str)
    identiteit = Signal(object, bool)

    def __init__(self, acties: Acties, achtergrond: Achtergrond, parent: QObject) -> None:
        super().__init__(parent)
        self._acties, self._achtergrond = acties, achtergrond
        self._bron: Contactbron | None = None
        self._gesprekken: Gesprekken | None = None
        self._strook: Contactstrook | None = None
        self._band: Amberband | None = None
        self._beeld: Gesprekspartner | None = None
        self._taak = ("", "", "")
        self._neemt = self._telefoon = ""
        self._gecontroleerd: Identiteit | None = None
        self._terugbellen: Terugbeldienst | None = None
        self._stop = Stop()
        self._werkplek = "telefoon"
        self.plaatsing = Plaatsing()
        self.inkomend = Inkomend(self.plaatsing, acties, self)
        self.inkomend.zoek.connect(self._search)
        for actie in self._eigen_acties():
            actie.setEnabled(False)

    @property
    def gesprekken(self) -> Gesprekken | None:
        return self._gesprekken

    @property
    def strook(self) -> Contactstrook | None:
        return self._strook

    def set_diensten(
        self, bron: Contactbron, werkplek: str, venster: QWidget, midden: QStackedWidget
    ) -> None:
        """De services zijn er: de strook komt er te staan, met wat er de vorige keer nog liep."""
        from ui.contact.amberband import Amberband
        from ui.contact.gesprekken import PLEKKEN, Gesprekken
        from ui.contact.strook import Contactstrook
        from ui.contact.terugbeldienst import Terugbeldienst

        self._bron, self._werkplek = bron, werkplek
        instellingen = bron.registreerinstellingen
        gesprekken = Gesprekken(self._achtergrond, lambda: bron.contacten, instellingen, bron.klok, self)
        self._gesprekken = gesprekken
        strook = self._strook = Contactstrook(gesprekken, self._acties, instellingen)
        self._band = Amberband()
        self.plaatsing.fill(gesprekken, strook, self._band, self._acties.naar_notitie, midden)
        strook.set_afdelingen(instellingen.afdelingen, bron.klok.vandaag())
        self._terugbellen = Terugbeldienst(bron, strook, self._achtergrond, self._stop, self._failed)
        strook.kijkvak.set_redenen(bron.profiel.registratie.alleen_kijken_redenen)
        self._connect(gesprekken, strook, self._band)
        self.inkomend.set_gesprekken(gesprekken)
        for plek in range(1, PLEKKEN + 1):
            toets = QShortcut(QKeySequence(f"Ctrl+{plek}"), venster)
            toets.activated.connect(lambda plek=plek: self._choose_plek(plek))
        for actie in self._eigen_acties():
            actie.setEnabled(True)
        self._acties.contact_afronden.setEnabled(False)
        self._share_enter()
        gesprekken.load()

    def unfold(self) -> None:
        """F6: naar de notitie; op een smal scherm komt de strook ervoor in de plaats."""
        if self._strook is None:
            return
        self.plaatsing.show_strook()
        self._strook.focus_notitie()

    def follow_beeld(self, beeld: Klantbeeld) -> None:
        """Er is iets nieuws van de klant in beeld. Een contact zonder klant neemt haar over."""
        from ui.contact.beeld import neemt_over, open_taak, telefoon_van, to_partner, veld_van

        partner = to_partner(beeld)
        self._beeld, self._telefoon = partner, telefoon_van(beeld)
        if partner is not None:
            self.klant_in_beeld.emit(partner)
        gesprekken = self._gesprekken
        if gesprekken is None or self._strook is None or partner is None:
            return
        actief = gesprekken.actief
        if actief is not None and neemt_over(actief, partner, mag_nieuw=actief.uuid == self._neemt):
            gesprekken.edit(actief.uuid, **{veld_van(partner): partner}, **self._take_controle())
        self._taak = open_taak(beeld)
        self._show_band()

    def note_geopend(self) -> None:
        """De medewerker opent een klant: loopt er een contact zonder klant, dan is dit hem.

        Wie daarna een nieuw contact begint terwijl deze klant nog in beeld is, krijgt hem er niet bij.
        """
        actief = self._gesprekken.actief if self._gesprekken is not None else None
        self._neemt = actief.uuid if actief is not None else ""
        self.close_beeld()

    def close_beeld(self) -> None:
        """Er is geen klant (meer) in beeld."""
        self._beeld, self._telefoon, self._gecontroleerd = None, "", None
        self._taak = ("", "", "")
        if self._strook is not None:
            self._strook.set_zaak(None)
        self._show_band()

    def follow_scherm(self, scherm: KlantbeeldScherm) -> None:
        """Wat er in het klantbeeld gebeurt en bij het contact hoort."""
        scherm.zaak_in_beeld.connect(self.follow_zaak)
        scherm.gecontroleerd.connect(self.note_gecontroleerd)
        scherm.identiteit.connect(self.set_identiteit)
        scherm.belofte.connect(self.open_belofte)
        self.identiteit.connect(scherm.kop.show_identiteit)

    def follow_zaak(self, zaak: ZaakKoppeling | None) -> None:
        """Er staat een zaak open (of None): zij kan bij het contact."""
        if self._strook is not None:
            self._strook.set_zaak(zaak)

    def send(self) -> None:
        """Een ander scherm zette iets in de outbox: verstuur het."""
        if self._gesprekken is not None:
            self._gesprekken.send()

    def note_gezocht(self, tekst: str) -> None:
        """Aan de telefoon begint het eerste teken in Zoeken een contact."""
        gesprekken = self._gesprekken
        if gesprekken is None or not tekst or self._werkplek != "telefoon":
            return
        if gesprekken.actief is None and not self._kijkt_alleen:
            gesprekken.start()

    def _search(self, tekst: str) -> None:
        """Wie belt, is een gesprek: het begint zoals bij het eerste teken in Zoeken."""
        self.note_gezocht(tekst)
        self.zoek.emit(tekst)

    _kijkt_alleen = False

    def look_only(self) -> None:
        """Alleen kijken: met een reden, en er wordt niets geregistreerd tot er een contact begint."""
        gesprekken = self._gesprekken
        if gesprekken is None:
            return
        if self.plaatsing.is_smal:
            self.unfold()
        if self._strook is not None:
            self._strook.kijkvak.open()

    def _look(self, reden: str) -> None:
        """Eerst ligt vast waarom; pas dan gaat een leeg contact weg."""
        bron, gesprekken = self._bron, self._gesprekken
        if bron is None or gesprekken is None:
            return
        onderwerp = self._beeld.sleutel if self._beeld is not None else None

        def klaar(_: None) -> None:
            actief = gesprekken.actief
            if actief is not None and not actief.notitie.strip():
                gesprekken.remove(actief.uuid)
            self._kijkt_alleen = True
            self.melding.emit("U kijkt alleen. Nieuw contact begint weer een gesprek.")

        self._achtergrond.start(
            lambda _: bron.logboek.note("alleen_gekeken", reden, onderwerp), klaar, self._failed, self._stop
        )

    def note_geboekt(self, afspraken: tuple[Afspraak, ...]) -> None:
        """Er is een afspraak gemaakt: zij hoort bij het gesprek met de klant die in beeld is."""
        from ui.contact.amberband import is_bij

        gesprekken, beeld = self._gesprekken, self._beeld
        actief = gesprekken.actief if gesprekken is not None else None
        if self._strook is None or actief is None or not afspraken:
            return
        if beeld is None or is_bij(beeld, actief):
            self._strook.add_afspraak(afspraken[0].nummer)

    def _work_zonder_sleutel(self) -> None:
        """De medewerker koos ervoor: alles blijft in het geheugen en is daarna weg."""
        if self._bron is not None and self._gesprekken is not None:
            self._bron.alleen_deze_zitting = True
            self._gesprekken.load()
            self._gesprekken.flush()

    def flush(self) -> None:
        if self._gesprekken is not None:
            self._gesprekken.flush()

    def close(self) -> None:
        """Het venster sluit: alles wat is getypt, staat daarna op schijf."""
        self._stop.set()
        if self._gesprekken is not None:
            self._gesprekken.close()

    # --- intern --------------------------------------------------------------------------------------------

    def _eigen_acties(self) -> tuple[QAction, ...]:
        acties = self._acties
        return (
            acties.nieuw_contact,
            acties.nieuwe_vraag,
            acties.contact_afronden,
            acties.terugbelverzoek,
            acties.koppel_zaak,
            acties.naar_notitie,
            acties.contact_terug,
            acties.alleen_kijken,
            acties.nieuw_adres,
            acties.outbox,
        )

    def _connect(self, gesprekken: Gesprekken, strook: Contactstrook, band: Amberband) -> None:
        acties = self._acties
        paren: tuple[tuple[QAction, Callable[[], object]], ...] = (
            (acties.nieuw_contact, self._start_nieuw),
            (acties.nieuwe_vraag, self._start_vraag),
            (acties.contact_afronden, strook.finish),
            (acties.terugbelverzoek, self._open_terugbel),
            (acties.nieuw_adres, self._open_adres),
            (acties.koppel_zaak, strook.link_zaak),
            (acties.naar_notitie, self.unfold),
            (acties.contact_terug, strook.undo),
            (acties.alleen_kijken, self.look_only),
        )
        for actie, doe in paren:
            actie.triggered.connect(lambda _=False, doe=doe: doe())
        acties.afspraak_bevestigen.changed.connect(self._share_enter)
        strook.melding.connect(self.melding)
        strook.vraag_voorstel.connect(self._ask_voorstel)
        strook.begonnen.connect(self._take_beeld)
        strook.fout.zitting.connect(self._work_zonder_sleutel)
        strook.kijkvak.gekozen.connect(self._look)
        strook.vorm.terugbellen.connect(self.load_afdelingen)
        gesprekken.gewijzigd.connect(self._show_band)
        gesprekken.anders.connect(lambda _: self._show_band())
        gesprekken.afgerond.connect(lambda _: self._say_afgerond())
        gesprekken.wacht.connect(self._show_wacht)
        gesprekken.verzonden.connect(self.verzonden)
        gesprekken.bewaard.connect(self._show_bewaard)
        gesprekken.hersteld.connect(self._show_hersteld)
        band.terug.connect(self._open_gesprek)
        band.hoort_erbij.connect(self._add_erbij)
        band.nieuw_contact.connect(self._start_met_beeld)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._follow_programma)

    def _follow_programma(self, stand: Qt.ApplicationState) -> None:
        if stand != Qt.ApplicationState.ApplicationActive:
            self.flush()

    def _share_enter(self) -> None:
        """Staat er een tijd vast, dan is Ctrl+Enter van de afspraak; anders rondt hij het contact af."""
        acties = self._acties
        toetsen = [] if acties.afspraak_bevestigen.isEnabled() else ["Ctrl+Enter", "Ctrl+Return"]
        acties.contact_afronden.setShortcuts([QKeySequence(toets) for toets in toetsen])

    def _take_beeld(self, uuid: str) -> None:
        """Het eerste teken begon een contact terwijl er een klant in beeld was: over die klant gaat het."""
        gesprekken, beeld = self._gesprekken, self._beeld
        if gesprekken is not None and beeld is not None and len(gesprekken.concepten) == 1:
            gesprekken.edit(uuid, **_met(beeld), **self._take_controle())

    def _start_nieuw(self) -> None:
        self._kijkt_alleen = False
        if self._strook is not None:
            self._strook.start_nieuw()

    def _start_vraag(self) -> None:
        if self._gesprekken is not None and self._strook is not None:
            self._gesprekken.start_vraag()
            self._strook.focus_notitie()

    def _choose_plek(self, plek: int) -> None:
        if self._strook is not None:
            self._strook.take_half()
        if self._gesprekken is not None and self._strook is not None and self._gesprekken.choose_plek(plek):
            self._strook.focus_notitie()

    def _show_band(self) -> None:
        if self._band is None or self._gesprekken is None or self._strook is None:
            return
        actief = self._gesprekken.actief
        from ui.contact.amberband import is_bij

        self._band.show_verschil(self._beeld, actief)
        is_deze = actief is not None and self._beeld is not None and (actief.klant or actief.bedrijf)
        hoort = is_deze and actief is not None and is_bij(cast("Gesprekspartner", self._beeld), actief)
        self._strook.set_open_taak(*(self._taak if hoort else ("", "", "")))
        self.identiteit.emit(actief.identiteit if hoort and actief is not None else None, bool(hoort))

    def note_gecontroleerd(self, identiteit: Identiteit) -> None:
        """Er is gecontroleerd wie er spreekt: dat hoort bij het contact over deze klant, nu of zo meteen."""
        if not self._edit_van_beeld(identiteit):
            self._gecontroleerd = identiteit

    def set_identiteit(self, identiteit: Identiteit | None) -> None:
        self._edit_van_beeld(identiteit)

    def _edit_van_beeld(self, identiteit: Identiteit | None) -> bool:
        from ui.contact.amberband import is_bij

        gesprekken, beeld = self._gesprekken, self._beeld
        actief = gesprekken.actief if gesprekken is not None else None
        if gesprekken is None or actief is None or beeld is None:
            return False
        if not (actief.klant or actief.bedrijf) or not is_bij(beeld, actief):
            return False
        gesprekken.edit(actief.uuid, identiteit=identiteit)
        return True

    def _take_controle(self) -> dict[str, Identiteit]:
        """Eén keer: een volgend contact begint zonder."""
        identiteit, self._gecontroleerd = self._gecontroleerd, None
        return {} if identiteit is None else {"identiteit": identiteit}

    def _open_gesprek(self) -> None:
        actief = self._gesprekken.actief if self._gesprekken is not None else None
        partner = (actief.klant or actief.bedrijf) if actief is not None else None
        if partner is not None and partner.sleutel is not None:
            self.open_klant.emit(partner.sleutel, Herkomst.SLEUTEL)

    def _add_erbij(self) -> None:
        gesprekken, beeld = self._gesprekken, self._beeld
        if gesprekken is None or beeld is None or gesprekken.actief is None:
            return
        actief = gesprekken.actief
        if beeld.kvk:
            gesprekken.edit(actief.uuid, bedrijf=beeld)
        elif actief.klant is None:
            gesprekken.edit(actief.uuid, klant=beeld)
        else:
            gesprekken.edit(actief.uuid, klant=beeld, namens=actief.klant)
            self.melding.emit("De eerste klant staat nu bij Belt namens.")
        self._show_band()

    def _start_met_beeld(self) -> None:
        gesprekken, beeld = self._gesprekken, self._beeld
        if gesprekken is None or beeld is None:
            return
        nieuw = gesprekken.start()
        if nieuw is not None:
            gesprekken.edit(nieuw.uuid, **_met(beeld), **self._take_controle())
            self._acties.naar_notitie.trigger()

    def _ask_voorstel(self, afdeling: Afdeling) -> None:
        """De voorgestelde dag volgt de norm van onderwerp, kanaal of afdeling, in werkdagen."""
        from ui.contact.amberband import is_bij

        gesprekken, beeld = self._gesprekken, self._beeld
        if self._terugbellen is None or gesprekken is None or gesprekken.actief is None:
            return
        actief = gesprekken.actief
        eigen = next((a.adres for a in actief.adressen if a.soort == "telefoonnummer"), "")
        bekend = self._telefoon if beeld is not None and is_bij(beeld, actief) else ""
        self._terugbellen.ask_voorstel(actief, afdeling, eigen or bekend)

    def _open_terugbel(self) -> None:
        """Ctrl+T: op een smal scherm komt de strook er eerst bij."""
        if self._strook is not None:
            self.plaatsing.show_strook()
            self._strook.open_terugbel()
            self.load_afdelingen()

    def _open_adres(self) -> None:
        if self._strook is not None:
            self.plaatsing.show_strook()
            self._strook.open_adres()

    def open_belofte(self, over: Belofteaanleiding) -> None:
        """Beloof iets over de zaak, afspraak of melding in beeld: hetzelfde formulier als Ctrl+T."""
        from ui.contact.belofte import begin_belofte

        gesprekken, strook = self._gesprekken, self._strook
        if gesprekken is None or strook is None:
            return
        if begin_belofte(gesprekken, over, self._beeld, self._take_controle) is not None:
            self.plaatsing.show_strook()
            strook.open_belofte(over.weten, over.vraag)
            self.load_afdelingen()

    def load_afdelingen(self) -> None:
        if self._terugbellen is not None:
            self._terugbellen.load_afdelingen()

    def _say_afgerond(self) -> None:
        """Op een smal scherm is de band van de strook er niet: dan zegt de statusregel het."""
        if self.plaatsing.is_smal and not self.plaatsing.is_open:
            self.melding.emit("Bewaard op deze pc. Ctrl+Shift+Z maakt het ongedaan.")

    def _failed(self, fout: KifFout) -> None:
        self.melding.emit(fout.uitleg)

    def _show_wacht(self, stand: Wachtstand) -> None:
        from ui.contact import woorden

        self.wacht.emit(woorden.wacht(stand.wachtend, stand.actie_nodig))

    def _show_bewaard(self) -> None:
        from frontoffice.domain.taal import lokaal

        if self._bron is not None:
            self.bewaard.emit(f"Op deze pc bewaard {lokaal(self._bron.klok.nu()):%H.%M.%S}")

    def _show_hersteld(self, aantal: int) -> None:
        """Na een afgebroken programma: dezelfde contacten, en dezelfde klant in beeld."""
        if not aantal or self._gesprekken is None:
            return
        zin = "Uw contact staat er weer." if aantal == 1 else f"Uw {aantal} contacten staan er weer."
        self.melding.emit(zin)
        if self._beeld is None:
            self._open_gesprek()


def _met(partner: Gesprekspartner) -> dict[str, Gesprekspartner]:
    from ui.contact.beeld import veld_van

    return {veld_van(partner): partner}
