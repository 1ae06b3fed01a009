"""De strook rechts: altijd zichtbaar, nooit bedekt. Welke contacten lopen, en het contact dat gekozen is.

Verbindt vorm en `Gesprekken`; beslist zelf niets over registreren.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.concept import Afdeling, Afsluiting, Concept, Terugbelverzoek, ZaakKoppeling
from frontoffice.domain.registratie import MAX_INHOUD
from frontoffice.services.registreren import Afgerond, Registreerinstellingen, Veldfout
from ui.acties import Acties
from ui.bouwstenen import ActieKnop, Band, Knop, Lijn, Scrollvlak
from ui.contact import woorden
from ui.contact.balk import Gesprekbalk
from ui.contact.foutband import Foutband
from ui.contact.gesprekken import Gesprekken
from ui.contact.kijkvak import Kijkvak
from ui.contact.klaarband import Klaarband
from ui.contact.terugbelvorm import Terugbelvorm
from ui.contact.vorm import Contactvorm
from ui.tekst import KorteTekst, Tekst, announce, isolate, set_uitleg
from ui.thema import Thema, set_stijl

_LANGSTE_VRAAG = 500
_TELLER_MS = 1000


class Contactstrook(QWidget):
    """Signalen: `melding` (zin), `vraag_voorstel` (Afdeling): reken de voorgestelde dag uit, `terug`: vouw
    in, `getikt`: er is weer een seconde om, en `begonnen` (uuid): het eerste teken begon een contact."""

    melding = Signal(str)
    vraag_voorstel = Signal(object)
    terug = Signal()
    getikt = Signal()
    begonnen = Signal(str)

    def __init__(self, gesprekken: Gesprekken, acties: Acties, instellingen: Registreerinstellingen) -> None:
        super().__init__()
        self._gesprekken = gesprekken
        self._acties = acties
        self.setAccessibleName("Contact")
        self.setProperty("hulp", "contact")
        set_stijl(self, "soort", "strook")
        self.balk = Gesprekbalk()
        self.kop = Tekst(rol="kop2")
        self.tijd = KorteTekst(rol="nadruk")
        self.vorm = Contactvorm(instellingen)
        self.terugbel = Terugbelvorm()
        self.opnieuw = Band("", "let_op", Knop("Klant belt opnieuw", self._call_again))
        self.opnieuw.hide()
        self.fout = Foutband()
        self.storing = Band("", "let_op")
        self.storing.hide()
        self.klaar = Klaarband()
        self.kijkvak = Kijkvak()
        self.waarschuwing = KorteTekst(rol="klein")
        self.waarschuwing.hide()
        self.voor = Tekst(rol="klein")
        self.delen = Knop("Rond af in delen", lambda: self._finish(in_delen=True))
        self.delen.hide()
        self._inklap = Knop("Terug naar de klant", self.terug.emit)
        self._inklap.hide()
        self.weg = Knop("Weggooien", self._remove, soort="stil", naam="Contact weggooien")
        self.afronden = ActieKnop(acties.contact_afronden, soort="hoofd", met_toets=True)
        self._open_taak: tuple[str, str] = ("", "")
        self._is_smal = False
        self._weggegooid: Concept | None = None
        self._afgerond_met: dict[str, str] = {}
        self._seconden = QTimer(self)
        self._seconden.setInterval(_TELLER_MS)
        self._seconden.timeout.connect(self._tick)
        self._build()
        self._connect()
        self.show_alles()

    def _build(self) -> None:
        binnen = QWidget()
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 0, marge, 0)
        kolom.setSpacing(2 * Thema.afstand)
        kop = QHBoxLayout()
        kop.addWidget(self.kop, 1)
        kop.addWidget(self.tijd)
        kolom.addLayout(kop)
        kolom.addWidget(self.opnieuw)
        kolom.addWidget(self.vorm, 1)
        kolom.addWidget(self.terugbel)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 2 * Thema.afstand, 0, 2 * Thema.afstand)
        alles.setSpacing(2 * Thema.afstand)
        boven = QHBoxLayout()
        boven.setContentsMargins(marge, 0, marge, 0)
        boven.addWidget(self.balk, 1)
        boven.addWidget(self._inklap, 0, Qt.AlignmentFlag.AlignTop)
        alles.addLayout(boven)
        alles.addWidget(self.klaar)
        alles.addWidget(self.fout)
        alles.addWidget(self.storing)
        alles.addWidget(self.kijkvak)
        self._vlak = Scrollvlak(binnen)
        alles.addWidget(self._vlak, 1)
        alles.addWidget(Lijn())
        slot = QVBoxLayout()
        slot.setContentsMargins(marge, 0, marge, 0)
        slot.addWidget(self.delen, 0, Qt.AlignmentFlag.AlignRight)
        slot.addWidget(self.voor)
        slot.addWidget(self.waarschuwing)
        alles.addLayout(slot)
        onder = QHBoxLayout()
        onder.setContentsMargins(marge, 0, marge, 0)
        onder.addWidget(self.weg)
        onder.addStretch(1)
        onder.addWidget(self.afronden)
        alles.addLayout(onder)

    def _connect(self) -> None:
        gesprekken, vorm = self._gesprekken, self.vorm
        self.balk.gekozen.connect(self._choose)
        self.balk.nieuw.connect(self.start_nieuw)
        vorm.veranderd.connect(self._change)
        vorm.klant_los.connect(lambda: self._edit(klant=None, bedrijf=None, namens=None))
        vorm.getypt.connect(self._typed)
        vorm.verplaatst.connect(lambda cursor, schuif: self._edit(cursor=cursor, schuif=schuif))
        vorm.verlaten.connect(gesprekken.flush)
        vorm.terugbellen.connect(self.open_terugbel)
        self.terugbel.veranderd.connect(lambda verzoek: self._edit(terugbel=verzoek))
        self.terugbel.gekozen.connect(self.vraag_voorstel)
        self.terugbel.sluit.clicked.connect(self._close_terugbel)
        gesprekken.gewijzigd.connect(self.show_alles)
        gesprekken.anders.connect(self._show_anders)
        gesprekken.onaf.connect(self._show_onaf)
        gesprekken.afgerond.connect(self._show_afgerond)
        gesprekken.teruggehaald.connect(self._show_teruggehaald)
        gesprekken.bewaarstand.fout_anders.connect(self._show_bewaarfout)
        gesprekken.bewaarstand.storing_anders.connect(lambda _: self._show_storing())
        gesprekken.bewaarstand.vast_anders.connect(self._show_waarschuwing)
        gesprekken.melding.connect(self.melding)
        self.klaar.ongedaan.connect(gesprekken.undo)

    def set_smal(self, *, smal: bool) -> None:
        """Op een smal scherm staat de strook alleen, met een weg terug."""
        self._inklap.setVisible(smal)
        self._is_smal = smal
        self._show_waarschuwing(self.waarschuwing.text())

    # --- wat het venster vraagt ----------------------------------------------------------------------

    def start_nieuw(self) -> None:
        """Ctrl+N: een nieuw contact, met de focus in de notitie."""
        self.take_half()
        if self._gesprekken.start() is not None:
            self.focus_notitie()

    def focus_notitie(self) -> None:
        """F6: verder typen waar de cursor was."""
        self.vorm.notitie.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._vlak.ensureWidgetVisible(self.vorm.notitie)

    def finish(self) -> None:
        """Ctrl+Enter."""
        self._finish(in_delen=False)

    def link_zaak(self) -> None:
        """F7: koppel de zaak die openstaat."""
        if self.vorm.zaken.aanbod is None:
            self.melding.emit("Open eerst een zaak. Dan koppelt F7 haar aan dit contact.")
            return
        if self._gesprekken.actief is None:
            self._gesprekken.start()
        self.vorm.zaken.link_aanbod()

    def set_zaak(self, zaak: ZaakKoppeling | None) -> None:
        """De zaak die nu in beeld staat; zij wordt aangeboden, niet gekoppeld."""
        self.vorm.zaken.set_aanbod(zaak)

    def set_open_taak(self, taak_uuid: str, contact_uuid: str, tekst: str) -> None:
        """Er staat al een terugbelverzoek open: bellen zij opnieuw, dan komt er geen tweede."""
        self._open_taak = (taak_uuid, contact_uuid)
        self.opnieuw.tekst.setText(tekst)
        self._show_opnieuw()

    def set_afdelingen(self, afdelingen: tuple[Afdeling, ...], vandaag: date) -> None:
        self.terugbel.set_afdelingen(afdelingen, vandaag)

    def show_voorstel(self, uuid: str, verzoek: Terugbelverzoek) -> None:
        """Zet de voorgestelde belofte bij het contact dat erom vroeg; wat al is getypt, blijft."""
        concept = self._gesprekken.get(uuid)
        if concept is None:
            return
        oud = concept.terugbel
        nieuw = replace(
            verzoek,
            vraag=oud.vraag if oud is not None and oud.vraag else concept.notitie.strip()[:_LANGSTE_VRAAG],
            telefoon=(oud.telefoon if oud is not None else "") or verzoek.telefoon,
            antwoorden=oud.antwoorden if oud is not None and oud.aan == verzoek.aan else (),
            laten_weten=oud.laten_weten if oud is not None else "",
        )
        self._gesprekken.edit(uuid, terugbel=nieuw, afsluiting=Afsluiting.TERUGBELVERZOEK)
        if self._is_actief(uuid):
            self.terugbel.focus_na_keuze()

    def open_terugbel(self) -> None:
        """Ctrl+T: het terugbelverzoek, met de focus op wie er terugbelt."""
        if self._gesprekken.actief is None and self._gesprekken.start() is None:
            return
        self._edit(afsluiting=Afsluiting.TERUGBELVERZOEK)
        actief = self._gesprekken.actief
        if actief is None or actief.taak_uuid:
            self.melding.emit("Dit contact hoort al bij een open terugbelverzoek.")
            return
        self.terugbel.aan.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self._scroll_naar_terugbel)

    def open_belofte(self, weten: str, vraag: str) -> None:
        """Hetzelfde formulier, met waar de belofte over gaat al ingevuld."""
        self.open_terugbel()
        self._edit(terugbel=self.terugbel.make_belofte(weten, vraag))

    def _scroll_naar_terugbel(self) -> None:
        """Pas als de opmaak klaar is, is bekend waar het formulier staat."""
        if self.terugbel.isVisible():
            self._vlak.ensureWidgetVisible(self.terugbel.velden, 0, 40)

    def open_adres(self) -> None:
        """F9: een nieuw nummer of e-mailadres."""
        self.vorm.set_kort(kort=False)
        self.vorm.adressen.veld.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._vlak.ensureWidgetVisible(self.vorm.adressen.veld)

    def add_afspraak(self, nummer: str) -> None:
        """Er is in dit contact een afspraak gemaakt of verzet: het nummer gaat mee."""
        actief = self._gesprekken.actief
        if actief is None:
            return
        nummers = [deel for deel in actief.afspraak.split(", ") if deel and deel != nummer]
        afsluiting = actief.afsluiting
        if afsluiting in (None, Afsluiting.BEANTWOORD):
            afsluiting = Afsluiting.AFSPRAAK
        self._edit(afspraak=", ".join((*nummers, nummer)), afsluiting=afsluiting)

    # --- tonen ----------------------------------------------------------------------

    def show_alles(self) -> None:
        """Teken de balk en het gekozen contact opnieuw."""
        gesprekken = self._gesprekken
        actief = gesprekken.actief
        self._tick()
        self.kop.setText(f"Gesprek {actief.plek}" if actief is not None else "Gesprek")
        self.vorm.show_concept(actief, gesprekken.onderwerp(actief) if actief is not None else "")
        self._show_terugbel(actief)
        self._show_voor(actief)
        self.weg.setVisible(actief is not None)
        self._acties.contact_afronden.setEnabled(actief is not None)
        self._show_opnieuw()
        if gesprekken.concepten and not self._seconden.isActive():
            self._seconden.start()
        elif not gesprekken.concepten:
            self._seconden.stop()

    def _show_anders(self, concept: Concept) -> None:
        actief = self._gesprekken.actief
        if actief is not None and concept.uuid == actief.uuid:
            self.vorm.show_concept(actief, self._gesprekken.onderwerp(actief))
            self._show_terugbel(actief)
            self._show_voor(actief)
            self._show_opnieuw()

    def _show_terugbel(self, actief: Concept | None) -> None:
        """Staat het formulier open, dan wijken de velden die zelden nodig zijn."""
        is_open = (
            actief is not None and actief.afsluiting is Afsluiting.TERUGBELVERZOEK and not actief.taak_uuid
        )
        self.terugbel.begin(actief.uuid if actief is not None else "")
        if is_open and actief is not None:
            self.terugbel.show_verzoek(actief.terugbel)
            self.terugbel.show_wet(self._gesprekken.say_wettelijk(actief))
        if is_open != (not self.terugbel.isHidden()):
            self.terugbel.setVisible(is_open)
            self.vorm.set_kort(kort=is_open)

    def _show_voor(self, actief: Concept | None) -> None:
        """Bij de knop staat voor wie er wordt afgerond; bij een te lange notitie hoe dat toch kan."""
        partner = woorden.wie(actief) if actief is not None else None
        self.voor.setText(f"Voor {isolate(partner.zin)}" if partner is not None else "")
        self.voor.setVisible(partner is not None)
        self.delen.setVisible(actief is not None and len(actief.notitie.strip()) > MAX_INHOUD)

    def _show_waarschuwing(self, zin: str) -> None:
        self.waarschuwing.setText(zin)
        set_uitleg(self.waarschuwing, zin)
        self.waarschuwing.setVisible(bool(zin) and not self._is_smal)

    def _is_actief(self, uuid: str) -> bool:
        actief = self._gesprekken.actief
        return actief is not None and actief.uuid == uuid

    def _show_onaf(self, fouten: tuple[Veldfout, ...]) -> None:
        """Elke zin bij haar veld; de focus naar het eerste."""
        for fout in reversed(fouten):
            if not (self.terugbel.show_fout(fout.veld, fout.zin) or self.vorm.show_fout(fout.veld, fout.zin)):
                self.melding.emit(fout.zin)

    def _show_afgerond(self, afgerond: Afgerond) -> None:
        self.vorm.notitie.forget(afgerond.uuid)
        self._weggegooid = None
        self.klaar.show_afgerond(self._afgerond_met.pop(afgerond.uuid, ""))

    def _show_teruggehaald(self, _concept: Concept) -> None:
        self.klaar.stop()
        self.focus_notitie()

    def _show_bewaarfout(self, zin: str) -> None:
        self.fout.show_fout(zin, self._gesprekken.bewaarstand.foutcode)
        self._show_storing()

    def _show_storing(self) -> None:
        """De schijf geeft een waarschuwing en bewaren lukt nog; lukt het niet meer, dan zegt de fout dat."""
        stand = self._gesprekken.bewaarstand
        zin = "" if stand.fout else stand.storing
        self.storing.tekst.setText(zin)
        self.storing.setVisible(bool(zin))
        announce(self.storing, zin)

    def _show_opnieuw(self) -> None:
        actief = self._gesprekken.actief
        kan = bool(self._open_taak[0]) and actief is not None and not actief.taak_uuid
        self.opnieuw.setVisible(kan)

    def _tick(self) -> None:
        gesprekken = self._gesprekken
        actief = gesprekken.actief
        self.tijd.setText(woorden.duur(gesprekken.duur(actief)) if actief is not None else "")
        self.balk.show_contacten(
            tuple((concept, gesprekken.duur(concept)) for concept in gesprekken.concepten),
            actief.uuid if actief is not None else "",
        )
        self.getikt.emit()

    # --- doen ----------------------------------------------------------------------

    def _typed(self, tekst: str, cursor: int) -> None:
        """Het eerste teken begint een contact; wat er al stond, hoort daarbij."""
        if self._gesprekken.actief is None:
            if not tekst:
                return
            begonnen = self._begin_met(lambda uuid: self.vorm.notitie.adopt(uuid), tekst, cursor)
            if begonnen is None:
                return
        self._edit(notitie=tekst, cursor=cursor)

    def _begin_met(self, adopt: Callable[[str], None], tekst: str, cursor: int) -> Concept | None:
        """Begin een contact om wat er in een veld is getypt, zonder dat het veld verspringt."""
        self._gesprekken.gewijzigd.disconnect(self.show_alles)
        begonnen = self._gesprekken.start()
        self._gesprekken.gewijzigd.connect(self.show_alles)
        if begonnen is not None:
            adopt(begonnen.uuid)
            self._gesprekken.edit(begonnen.uuid, notitie=tekst, cursor=cursor)
            self.begonnen.emit(begonnen.uuid)
        self.show_alles()
        return begonnen

    def _change(self, velden: dict[str, object]) -> None:
        """Iets invullen in een lege vorm begint ook een contact."""
        if self._gesprekken.actief is None and any(velden.values()) and self._gesprekken.start() is None:
            return
        self._edit(**velden)

    def _edit(self, **velden: object) -> None:
        actief = self._gesprekken.actief
        if actief is not None:
            self._gesprekken.edit(actief.uuid, **velden)

    def take_half(self) -> None:
        """Wat in een veld staat en nog niet is overgenomen, is van dit contact en niet van het volgende."""
        if self._gesprekken.actief is not None:
            self.vorm.commit()
            self.terugbel.commit()

    def _choose(self, uuid: str) -> None:
        self.take_half()
        self._gesprekken.choose(uuid)
        self.show_alles()
        self.focus_notitie()

    def _finish(self, *, in_delen: bool) -> None:
        actief = self._gesprekken.actief
        if actief is None or self._gesprekken.is_afrondend(actief.uuid):
            return
        # Een veld dat nog de focus heeft, neemt eerst over wat erin staat.
        if not self.vorm.commit() or not self.terugbel.commit():
            return
        # Wat nu de focus heeft, kan zo weg zijn; dan zou Qt haar op Weggooien zetten.
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus():
            self.vorm.notitie.setFocus(Qt.FocusReason.OtherFocusReason)
        actief = self._gesprekken.get(actief.uuid) or actief
        partner = woorden.wie(actief)
        self._afgerond_met[actief.uuid] = partner.zin if partner is not None else ""
        self._gesprekken.finish(actief.uuid, in_delen=in_delen)

    def _call_again(self) -> None:
        taak, contact = self._open_taak
        self._edit(
            taak_uuid=taak, taak_contact_uuid=contact, terugbel=None, afsluiting=Afsluiting.TERUGBELVERZOEK
        )
        self.melding.emit("Dit contact komt bij het verzoek dat al openstaat.")

    def _close_terugbel(self) -> None:
        self._edit(terugbel=None, afsluiting=Afsluiting.BEANTWOORD)
        self.focus_notitie()

    def _remove(self) -> None:
        """Weggooien vraagt niets: het is terug te halen."""
        actief = self._gesprekken.actief
        if actief is None:
            return
        self._gesprekken.remove(actief.uuid)
        self.vorm.notitie.forget(actief.uuid)
        self._weggegooid = actief
        self.melding.emit("Contact weggegooid. Ctrl+Z in de strook haalt het terug.")
        self.show_alles()

    def undo(self) -> None:
        """Haal terug wat het laatst wegging: een weggegooid of een net afgerond contact."""
        if self._weggegooid is not None:
            concept, self._weggegooid = self._weggegooid, None
            self._gesprekken.restore(concept)
        else:
            self._gesprekken.undo()
