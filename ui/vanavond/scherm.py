"""Het scherm Vanavond: kop, drie kolommen en voet. Verbindt de vakken met het verloop; beslist zelf niets.

De rol zet alleen de focus. Oproepen opent nooit een klant: `zoek_klant` komt alleen van de eigen knop.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Avondregels, Bezoek, Uitkomst
from ui.bouwstenen import Band, Knop
from ui.tekst import KorteTekst, announce
from ui.terugbellen.model import toon_nummer
from ui.thema import Thema, set_stijl
from ui.vanavond import balievak, lijstvak, rechtervak
from ui.vanavond.aandacht import Punt
from ui.vanavond.balievak import Balievak
from ui.vanavond.dienst import GeenAvond, Opname
from ui.vanavond.indeling import Avondvlak, Indeling, Stapel
from ui.vanavond.kopvak import Kopvak
from ui.vanavond.leegvak import Leegvak
from ui.vanavond.lijn import Lijnstand
from ui.vanavond.lijstvak import Lijstvak
from ui.vanavond.model import BALIE, GASTHEER, LEIDING, Fase, balienaam, balies_van
from ui.vanavond.rechtervak import Rechtervak
from ui.vanavond.verloop import Avondverloop, Gedaan, Mislukt, op_moment
from ui.vanavond.vervolg import Vervolgverloop
from ui.vanavond.werkplek import Avondwerkplek
from ui.vanavond.zoeker import Avondzoeker
from ui.vanavond.zoekvak import Zoekvak
from ui.vanavond.zonder import Zonderverloop
from ui.vanavond.zondervak import Zondervak

TITEL = "Vanavond"
GEEN_NUMMER = "zonder verbinding is het nummer niet te zien. Zoek deze klant bovenaan het venster."


class VanavondScherm(QWidget):
    """Signalen: `melding` (zin), `zoek_klant` en `bel` (id van het bezoek), `uitval` (handeling, id of leeg),
    `druk_af`, `verslag` en `publiek` (id)."""

    melding = Signal(str)
    zoek_klant = Signal(str)
    bel = Signal(str)
    uitval = Signal(str, str)
    druk_af = Signal()
    verslag = Signal()
    publiek = Signal(str)

    def __init__(
        self,
        verloop: Avondverloop,
        zonder: Zonderverloop,
        vervolg: Vervolgverloop,
        werkplek: Avondwerkplek,
        wie: str,
        thema: Thema,
    ) -> None:
        super().__init__()
        self.setAccessibleName(TITEL)
        self.setProperty("hulp", "vanavond")
        set_stijl(self, "soort", "venster")
        self.verloop, self._zonder, self._werkplek, self._wie = verloop, zonder, werkplek, wie
        self._vervolg = vervolg
        self._namen: Mapping[str, str] = {}
        self._weg_sinds: datetime | None = None
        self._gewaarschuwd = ""
        self.kop = Kopvak()
        self.band = Band("", "grijs")
        self.band.hide()
        self.storing = Band("", "gevaar", Knop("Opnieuw", verloop.look, naam="Vanavond opnieuw laden"))
        self.storing.hide()
        self.balie, self.zoeken, self.zonder = Balievak(), Zoekvak(), Zondervak(thema)
        self.links = Stapel()
        for vak in (self.balie, self.zoeken, self.zonder):
            self.links.addWidget(vak)
        self.lijsten, self.rechts = Lijstvak(thema), Rechtervak()
        self.leeg = Leegvak()
        self.leeg.druk_af.connect(self.druk_af)
        self.indeling = Indeling(self.links, self.lijsten, self.rechts)
        self.midden = QStackedWidget()
        self.midden.addWidget(self.leeg)
        self.midden.addWidget(self.indeling)
        self.vlak = Avondvlak(self.kop, self.midden, self.indeling)
        self.bijgewerkt = KorteTekst(rol="klein")
        self.papier = KorteTekst(rol="klein")
        self.drukknop = Knop(
            "Druk opnieuw af", self.druk_af.emit, soort="stil", naam="Papieren lijst opnieuw afdrukken"
        )
        self.zoeker = Avondzoeker(
            self.kop.zoek, self.zoeken, self.links, self.balie, verloop, self._namen_seconden, self
        )
        self._belweg = QTimer(self)
        self._belweg.setSingleShot(True)
        self._belweg.timeout.connect(lambda: self.rechts.show_bellen("", ""))
        self._build()
        self._connect()
        self.kop.set_rol(werkplek.rol)
        verloop.balie = werkplek.balie
        self.leeg.show_zinnen("Laden…", "De avond wordt opgehaald.")
        self.kop.set_bezig_mogelijk(False)
        self.rechts.set_uitval("Dit kan nog niet op deze werkplek.")

    def _build(self) -> None:
        voet = QWidget()
        set_stijl(voet, "soort", "kaart")
        rij = QHBoxLayout(voet)
        rij.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 0)
        rij.setSpacing(3 * Thema.afstand)
        rij.addWidget(self.bijgewerkt)
        rij.addWidget(self.papier)
        rij.addWidget(self.drukknop)
        rij.addStretch(1)
        self.papier.hide()
        self.drukknop.hide()
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for deel in (self.band, self.storing):
            kolom.addWidget(deel)
        kolom.addWidget(self.vlak, 1)
        kolom.addWidget(voet)

    def _connect(self) -> None:
        v, kop = self.verloop, self.kop
        v.opgenomen.connect(self.show_opname)
        v.niet_geladen.connect(self._show_storing)
        v.lijn.connect(self._show_lijn)
        v.gedaan.connect(self._show_gedaan)
        v.mislukt.connect(self._show_mislukt)
        v.ongedaan.connect(self.balie.show_ongedaan)
        v.bezig.connect(self._set_bezig)
        v.namen.connect(self._show_namen)
        v.namen_over.connect(kop.show_namen_over)
        kop.rol_gekozen.connect(self.set_rol)
        kop.balie_gekozen.connect(self.set_balie)
        kop.zonder.connect(self.open_zonder)
        kop.namen.connect(self._toggle_namen)
        self.balie.gevraagd.connect(self._do_balie)
        self.balie.klaar.connect(self._finish)
        self._vervolg.gevonden.connect(self.balie.klaarvorm.show_vervolg)
        self.balie.apart.connect(lambda reden: self._with_nu(lambda id_: v.park(id_, reden)))
        self.balie.balie_gekozen.connect(self.set_balie)
        self.balie.ongedaan.connect(v.undo)
        self.lijsten.gevraagd.connect(self._do_lijst)
        self.lijsten.notitie.connect(lambda id_, tekst: v.set_notitie(id_, tekst, "lijst"))
        self.rechts.gevraagd.connect(self._do_punt)
        self.rechts.uitval.connect(lambda naam: self.uitval.emit(naam, ""))
        self.rechts.nakijken.gekozen.connect(v.resolve)
        zonder = self._zonder
        self.zonder.gezocht.connect(lambda tekst: zonder.find_producten(tekst, self.zonder.wens.wens))
        self.zonder.gewijzigd.connect(
            lambda wens: zonder.preview(wens, voorrang=self.zonder.voorrang.isChecked())
        )
        self.zonder.gevraagd.connect(v.walk_in)
        self.zonder.gesloten.connect(self.close_zonder)
        zonder.producten.connect(self.zonder.set_producten)
        zonder.inrichting.connect(self.zonder.set_inrichting)
        zonder.kan.connect(self.zonder.show_past)
        self.zonder.geweigerd.connect(v.refuse)

    # --- openen en sluiten ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Het scherm is te zien: volg de avond, en zet de focus waar deze rol begint."""
        self.verloop.set_zichtbaar(True)
        self.focus_rol()

    def close_scherm(self) -> None:
        self.verloop.close()
        self._zonder.close()
        self._vervolg.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.verloop.set_zichtbaar(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wie wegkijkt, laat geen namen staan en vraagt niets meer."""
        super().hideEvent(event)
        self.verloop.set_zichtbaar(False)
        self.zoeker.close()
        self.rechts.show_bellen("", "")

    # --- rol en balie --------------------------------------------------------------------------------------

    def set_rol(self, rol: str) -> None:
        """Onthoud de rol van deze werkplek en zet de focus waar zij begint."""
        self._werkplek.rol = rol
        self.kop.set_rol(rol)
        self.focus_rol()

    def focus_rol(self) -> None:
        rol = self._werkplek.rol
        if self.midden.currentWidget() is self.leeg:
            (self.leeg.knop if self.leeg.knop.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        elif rol == GASTHEER:
            self.zoeker.focus()
        elif rol == LEIDING:
            self.rechts.focus_aandacht()
        else:
            self.show_mijn()
        if (focus := self.focusWidget()) is not None:
            self.vlak.ensureWidgetVisible(focus)

    def show_mijn(self) -> None:
        self.links.setCurrentWidget(self.balie)
        self.balie.focus_hoofd()

    def set_balie(self, id_: str) -> None:
        """Onthoud welke balie deze werkplek is."""
        if id_ == self._werkplek.balie and id_ == self.verloop.balie:
            return
        self._werkplek.balie = id_
        if id_ and self._werkplek.rol != LEIDING:
            self._werkplek.rol = BALIE
            self.kop.set_rol(BALIE)
        self.verloop.set_balie(id_)

    # --- tonen ---------------------------------------------------------------------------------------------

    def show_opname(self, opname: Opname | GeenAvond) -> None:
        if isinstance(opname, GeenAvond):
            self.leeg.show_geen(opname.volgende)
            self._show_leeg()
            return
        bord, stand = opname.bord, opname.stand
        balies = [(id_, balienaam(stand, id_)) for id_ in balies_van(stand)]
        self.kop.show_kop(bord.kop)
        self.kop.set_balies(balies, self.verloop.balie)
        self.kop.show_wie(self._wie, bord.mijn.naam if bord.mijn is not None else "")
        self.bijgewerkt.setText(f"Bijgewerkt {op_moment(stand.nu)}")
        self.kop.set_bezig_mogelijk(bord.fase is Fase.BEZIG)
        if bord.fase is Fase.NIET_OPEN:
            komen = sum(b.toestand is not Toestand.AFGEZEGD for b in stand.bezoeken)
            self.leeg.show_niet_open(bord.kop, komen, self.verloop.open_avond)
            self._show_leeg(titel=False)
            return
        if bord.fase is Fase.AFGESLOTEN:
            klaar, weg = bord.aantal_klaar, bord.aantal_niet_gekomen
            self.leeg.show_afgesloten(bord.kop, klaar, weg, self.verslag.emit)
            self._show_leeg(titel=False)
            return
        eerst_leeg = self.midden.currentWidget() is self.leeg
        self.balie.show_mijn(bord.mijn, opname.namen, balies)
        self.lijsten.show_bord(bord)
        self.rechts.balies.show_regels(bord.balies)
        self.rechts.show_aandacht(opname.aandacht)
        self.midden.setCurrentWidget(self.indeling)
        if eerst_leeg and self.isVisible():
            self.focus_rol()

    def _show_leeg(self, *, titel: bool = True) -> None:
        if titel:
            self.kop.show_leeg()
            self.kop.set_bezig_mogelijk(False)
            self.kop.show_wie(self._wie, "")
        if self.midden.currentWidget() is not self.leeg:
            self.midden.setCurrentWidget(self.leeg)

    def _show_storing(self, zin: str) -> None:
        """De avond was niet te lezen; wat er stond, blijft staan."""
        if self.verloop.opname is None and zin:
            self.leeg.show_zinnen("De avond is niet geladen.", zin, "", "Opnieuw", self.verloop.look)
            self._show_leeg()
            return
        anders = bool(zin) == self.storing.isHidden()
        self.storing.tekst.setText(zin)
        self.storing.setVisible(bool(zin))
        if anders and zin:
            announce(self, zin)

    def _show_lijn(self, lijn: Lijnstand) -> None:
        self.band.tekst.setText(lijn.zin)
        self.band.setVisible(bool(lijn.zin))
        self.rechts.nakijken.show_punten(lijn.nakijken)
        if (lijn.weg_sinds is None) != (self._weg_sinds is None):
            announce(self, lijn.zin or "De verbinding met de agenda is er weer.")
        if lijn.weg_sinds is None and self._weg_sinds is not None:
            self.leeg.show_fout("")
        self._weg_sinds = lijn.weg_sinds

    def _set_bezig(self, bezig: bool) -> None:
        self.balie.set_bezig(bezig)
        self.zonder.set_bezig(bezig)

    # --- wat er gebeurde -----------------------------------------------------------------------------------

    def _show_gedaan(self, gedaan: Gedaan) -> None:
        for vak in (self.balie, self.lijsten, self.rechts, self.zoeken, self.leeg):
            vak.show_fout("")
        self.melding.emit(gedaan.zin)
        announce(self, gedaan.zin)
        if gedaan.waar == "zonder":
            self.zonder.clear()
            self.close_zonder()
        elif gedaan.waar == "zoeken":
            self.zoeker.close()
        elif gedaan.waar == "lijst":
            self.lijsten.clear_notitie()

    def _show_mislukt(self, mislukt: Mislukt) -> None:
        """De zin staat bij het vak dat het vroeg; er is niets veranderd en niets gewist."""
        zin = mislukt.fout.uitleg
        vakken = {
            "balie": self.balie, "lijst": self.lijsten, "zoeken": self.zoeken, "aandacht": self.rechts,
            "avond": self.leeg, "nakijken": self.rechts.nakijken,
        }  # fmt: skip
        if mislukt.waar == "zonder":
            self.zonder.show_geweigerd(zin)
            self._zonder.retry_later()
        elif mislukt.waar in vakken:
            vakken[mislukt.waar].show_fout(zin)  # type: ignore[attr-defined]  # elk van deze vakken heeft het
        else:
            self.melding.emit(zin)
        announce(self, zin)

    # --- mijn balie ----------------------------------------------------------------------------------------

    def _do_balie(self, naam: str) -> None:
        v = self.verloop
        self.balie.show_fout("")
        if naam == balievak.OPROEPEN:
            v.call_next()
        elif naam == balievak.ANDERS:
            self.lijsten.focus_wacht()
        elif naam == balievak.KLAAR:
            self.balie.open_klaar()
            self._with_nu(self._load_vervolg)
        elif naam == balievak.APART:
            self.balie.open_apart()
        elif naam == balievak.IS_ER:
            self._with_nu(v.start)
        elif naam == balievak.OPNIEUW:
            self._with_nu(lambda id_: v.recall(id_, "balie"))
        elif naam == balievak.TERUG:
            self._with_nu(lambda id_: v.put_back(id_, "balie"))
        elif naam == balievak.WEG:
            self._with_nu(lambda id_: v.no_show(id_, "balie"))
        elif naam == balievak.KLANT:
            self._with_nu(self.zoek_klant.emit)
        elif naam == balievak.PUBLIEK:
            self._with_nu(self.publiek.emit)

    def _load_vervolg(self, id_: str) -> None:
        bezoek, opname = self._find(id_), self.verloop.opname
        if bezoek is not None and opname is not None:
            self._vervolg.load(bezoek, opname.namen.get(id_, ""), opname.stand.nu)

    def _finish(self, uitkomsten: tuple[Uitkomst, ...]) -> None:
        gekozen = self.balie.klaarvorm.gekozen_vervolg
        boeking = self._vervolg.make_boeking(*gekozen) if gekozen is not None else None
        self._with_nu(lambda id_: self.verloop.finish(id_, uitkomsten, boeking))

    def _with_nu(self, doe: object) -> None:
        mijn = self.balie.mijn
        if mijn is not None and mijn.nu is not None and callable(doe):
            doe(mijn.nu.id)

    # --- lijsten en aandacht -------------------------------------------------------------------------------

    def _do_lijst(self, naam: str, id_: str, volgnummer: str) -> None:
        v = self.verloop
        self.lijsten.show_fout("")
        if naam == lijstvak.AANMELDEN:
            v.arrive(id_, volgnummer, "lijst")
        elif naam == lijstvak.OPROEPEN:
            v.call(id_, "lijst", toch=self._gewaarschuwd == id_)
            self._gewaarschuwd = id_
        elif naam == lijstvak.VOORRANG:
            self._toggle_voorrang(id_)
        elif naam == lijstvak.NIET_GEKOMEN:
            v.no_show(id_, "lijst")
        elif naam == lijstvak.TOCH_GEKOMEN:
            v.come_after_all(id_, "lijst")
        elif naam == lijstvak.TERUG:
            v.put_back(id_, "lijst")
        elif naam == lijstvak.OPNIEUW:
            v.recall(id_, "lijst")
        elif naam == lijstvak.VERDER:
            if v.balie:
                v.resume(id_, "lijst")
            else:
                self.lijsten.show_fout("Kies eerst welke balie u bent.")

    def _toggle_voorrang(self, id_: str) -> None:
        bezoek = self._find(id_)
        if bezoek is not None:
            self.verloop.set_voorrang(id_, not bezoek.voorrang, "lijst")

    def _namen_seconden(self) -> int:
        return (self.verloop.stand.regels if self.verloop.stand is not None else Avondregels()).namen_seconden

    def _find(self, id_: str) -> Bezoek | None:
        return self.verloop.opname.stand.find(id_) if self.verloop.opname is not None else None

    def _do_punt(self, naam: str, punt: Punt) -> None:
        self.rechts.show_fout("")
        if naam == rechtervak.WEG:
            self.verloop.no_show(punt.id, "aandacht")
        elif naam == rechtervak.BEL:
            self.bel.emit(punt.id)
        elif naam == rechtervak.VERPLAATSEN:
            self.uitval.emit(naam, punt.id)

    def show_bellen(self, id_: str, naam: str, telefoon: str | None) -> None:
        """Wie er te bellen is, met wat u zegt; het gaat met de namen weer weg."""
        opname = self.verloop.opname
        punt = next((p for p in opname.aandacht.punten if p.id == id_), None) if opname is not None else None
        wie = ", ".join(deel for deel in (naam, toon_nummer(telefoon) if telefoon else "") if deel)
        geen = "geen telefoonnummer bekend." if telefoon is not None else GEEN_NUMMER
        zinnen = [f"{wie}." if telefoon else f"{wie or 'Deze bezoeker'}: {geen}"]
        if punt is not None and punt.zeg:
            zinnen.append(f"Zeg dit: “{punt.zeg}”")
        self.rechts.show_bellen(id_, "\n".join(zinnen))
        announce(self, zinnen[0])
        self._belweg.start(1000 * self._namen_seconden())

    def set_uitval(self, kan_niet: str) -> None:
        """Waarom de knoppen bij uitval niets doen; leeg = er luistert iemand naar `uitval`."""
        self.rechts.set_uitval(kan_niet)

    @property
    def current(self) -> Bezoek | None:
        """Wie er aan mijn balie zit, of anders wie er in een lijst is aangewezen."""
        mijn, regel = self.balie.mijn, self.lijsten.balk.regel
        id_ = (
            mijn.nu.id if mijn is not None and mijn.nu is not None else regel.id if regel is not None else ""
        )
        return self._find(id_)

    # --- namen en zonder afspraak --------------------------------------------------------------------------

    def _toggle_namen(self) -> None:
        if self.verloop.toont_namen:
            self.verloop.hide_namen()
        else:
            self.verloop.show_namen()

    def _show_namen(self, namen: Mapping[str, str]) -> None:
        self.lijsten.show_namen(namen)
        announce(self, "De namen staan erbij." if namen else "De namen zijn weer weg.")

    def open_zonder(self) -> None:
        self.zoeker.close()
        self._zonder.load()
        self.links.setCurrentWidget(self.zonder)
        self.zonder.begin()

    def close_zonder(self) -> None:
        """Terug; wat was ingevuld blijft staan voor de volgende keer dat dit opengaat."""
        if self.links.currentWidget() is self.zonder:
            had = self.zonder.isAncestorOf(self.window().focusWidget() or self)
            self.links.setCurrentWidget(self.balie)
            if had:
                self.focus_rol()

    # --- voet ----------------------------------------------------------------------------------------------

    def show_papier(self, zin: str, *, kan_afdrukken: bool) -> None:
        """Hoe oud de papieren lijst is; leeg als er geen is."""
        self.papier.setText(zin)
        self.papier.setVisible(bool(zin))
        self.drukknop.setVisible(kan_afdrukken)

    # --- toetsen -------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is hier Ongedaan maken, behalve in een veld waar iemand typt."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_undo(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Spatie roept op als de focus niet in een veld of op een knop staat."""
        if self._is_undo(event):
            self.verloop.undo()
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self._may_spatie():
            self.balie.oproepen.click()
        else:
            super().keyPressEvent(event)

    def _may_spatie(self) -> bool:
        return self.balie.oproepen.isVisible() and self.balie.oproepen.isEnabled()

    def _is_undo(self, event: QKeyEvent) -> bool:
        typt = isinstance(self.window().focusWidget(), QLineEdit)
        return event.matches(QKeySequence.StandardKey.Undo) and not typt
