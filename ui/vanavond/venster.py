"""*Vanavond* in het venster: maakt het scherm als het nodig is, en wisselt ernaartoe en terug.

Alles van de agenda gaat open op de achtergrond. Wat een ander deel doet (klant opzoeken, afdrukken) gaat als
signaal naar buiten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.instellingen import Instellingen
from ui.terugweg import Terugweg
from ui.thema import Thema
from ui.vanavond.erbij import Erbij

if TYPE_CHECKING:
    from frontoffice.agenda.vanavond.bezoek import Bezoek
    from frontoffice.domain.concept import Gesprekspartner
    from frontoffice.domain.fouten import KifFout
    from frontoffice.ports import Logboek, Stop
    from frontoffice.profiel import Profiel
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn
    from ui.bericht.dienst import Berichten
    from ui.vanavond.bronnen import Avondbronnen
    from ui.vanavond.doorvoerder import Doorvoerder
    from ui.vanavond.scherm import VanavondScherm
    from ui.vanavond.uitvalplaats import Uitvalplaats


class Avondbron(Protocol):
    """Wat hier nodig is van de samengestelde services."""

    @property
    def profiel(self) -> Profiel: ...

    @property
    def agenda(self) -> Agendadiensten: ...

    @property
    def agenda_uit(self) -> str: ...

    @property
    def avondlijn(self) -> Avondlijn: ...

    @property
    def logboek(self) -> Logboek: ...

    @property
    def berichten(self) -> Berichten: ...

    def catch_up_avond(self) -> int: ...


class Vanavond(QObject):
    """`melding` draagt een zin voor de statusregel, `zoek_klant` een telefoonnummer, `in_beeld` of dit scherm
    te zien is. Tot de eerste keer openen is er niets gemaakt."""

    melding = Signal(str)
    zoek_klant = Signal(str)
    in_beeld = Signal(bool)

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
        self._midden, self._acties, self._thema, self._achtergrond = midden, acties, thema, achtergrond
        self._instellingen = instellingen
        self._bron: Avondbron | None = None
        self._doorvoerder: Doorvoerder | None = None
        self._bronnen: Avondbronnen | None = None
        self._weg = Terugweg(midden)
        self._scherm: VanavondScherm | None = None
        self._stop: Stop | None = None
        self._uitval: Uitvalplaats | None = None
        self.erbij = Erbij(midden, acties, thema, achtergrond, instellingen, self.current, self)
        self.erbij.melding.connect(self.melding)
        self.erbij.papier.connect(self._show_papier)
        acties.vanavond.triggered.connect(self.toggle)
        midden.currentChanged.connect(self._follow_midden)

    @property
    def scherm(self) -> VanavondScherm | None:
        """Het scherm, zodra het een keer open was."""
        return self._scherm

    @property
    def uitval(self) -> Uitvalplaats | None:
        """Het vak bij uitval, zodra het scherm een keer open was."""
        return self._uitval

    @property
    def hulp(self) -> str:
        """Het hulponderwerp als dit te zien is, of leeg."""
        return "vanavond" if self.is_open or self.erbij.is_open else ""

    @property
    def is_open(self) -> bool:
        return self._weg.shows(self._scherm)

    def set_diensten(self, bron: Avondbron) -> None:
        """De services zijn er; er wordt pas iets gevraagd als iemand dit opent."""
        self._forget_scherm()
        self._bron = bron
        self.erbij.set_diensten(bron)
        self._acties.vanavond.setEnabled(not bron.agenda_uit)
        self._catch_up(bron)

    def _catch_up(self, bron: Avondbron) -> None:
        """Ook wie Vanavond niet opent, laat doorvoeren wat hier tijdens een storing is gedaan."""
        from ui.vanavond.doorvoerder import Doorvoerder

        if self._doorvoerder is not None:
            self._doorvoerder.close()
        self._doorvoerder = Doorvoerder(self._achtergrond, self)
        if not bron.agenda_uit:
            self._doorvoerder.start(lambda: bron.catch_up_avond())

    def note_klant(self, partner: Gesprekspartner) -> None:
        """Deze klant is in beeld: hoort hij bij wie nu aan de balie zit, dan komt het contact bij hem."""
        if self._bron is not None:
            self._bron.berichten.bekenden.know(partner)

    def toggle(self) -> None:
        """Open het scherm, of ga terug naar wat er eerst stond."""
        if self.is_open and self._weg.back() is not None:
            return
        self.open()

    def open(self) -> None:
        if self._bron is None or self._bron.agenda_uit or self.is_open:
            return
        scherm = self._make(self._bron)
        self._weg.go(scherm)
        scherm.start()

    def current(self) -> Bezoek | None:
        """Wie er aan mijn balie zit, of anders wie er in een lijst is aangewezen."""
        return self._scherm.current if self._scherm is not None and self.is_open else None

    def focus_zoeken(self) -> bool:
        """Ctrl+K: zoek hier, als dit te zien is. Onwaar als het zoeken ergens anders hoort."""
        if self._scherm is None or not self.is_open or not self._scherm.kop.zoek.isEnabled():
            return False
        self._scherm.zoeker.focus()
        return True

    def close_schermen(self) -> None:
        """Het venster sluit."""
        if self._doorvoerder is not None:
            self._doorvoerder.close()
        if self._stop is not None:
            self._stop.set()
        self.erbij.close_schermen()
        if self._uitval is not None:
            self._uitval.close()
        if self._scherm is not None:
            self._scherm.close_scherm()

    def _follow_midden(self) -> None:
        self.in_beeld.emit(self.is_open or self.erbij.is_open)

    def _forget_scherm(self) -> None:
        """Wie hier daarvoor werkte, laat geen namen achter."""
        if self._scherm is not None:
            self.close_schermen()
            self._weg.remove(self._scherm)
            self._scherm = self._bronnen = self._uitval = None

    def _make(self, bron: Avondbron) -> VanavondScherm:
        if self._scherm is None:
            from frontoffice.ports import Stop
            from ui.vanavond.bronnen import Avondbronnen
            from ui.vanavond.scherm import VanavondScherm
            from ui.vanavond.uitvalplaats import Uitvalplaats
            from ui.vanavond.verloop import Avondverloop
            from ui.vanavond.vervolg import Vervolgverloop
            from ui.vanavond.werkplek import Avondwerkplek
            from ui.vanavond.zonder import Zonderverloop

            self._stop = Stop()
            bronnen = self._bronnen = Avondbronnen(bron)
            verloop = Avondverloop(bronnen.load, self._achtergrond, self)
            zonder = Zonderverloop(bronnen.load_zonder, lambda: verloop.stand, self._achtergrond, self)
            werkplek = Avondwerkplek(self._instellingen.qsettings)
            wie = bron.profiel.medewerker.naam
            vervolg = Vervolgverloop(bronnen.load_agenda, self._achtergrond, self)
            scherm = self._scherm = VanavondScherm(verloop, zonder, vervolg, werkplek, wie, self._thema)
            scherm.leeg.demo = bron.profiel.gemeente.demo
            scherm.melding.connect(self.melding)
            scherm.bel.connect(self._bel)
            scherm.zoek_klant.connect(self._search_klant)
            scherm.balie.heeft_publiek = True
            scherm.publiek.connect(lambda _: self._acties.draai_scherm.trigger())
            scherm.druk_af.connect(self._acties.avondlijst.trigger)
            scherm.verslag.connect(self._acties.avondverslag.trigger)
            verloop.opgenomen.connect(self.erbij.follow_opname)
            berichten = bronnen.load_berichten if bron.berichten.aangesloten else None
            self._uitval = Uitvalplaats(
                scherm, bronnen.load_uitval, self._achtergrond, self._thema, berichten
            )
            self._midden.addWidget(scherm)
        return self._scherm

    def _show_papier(self, papier: object) -> None:
        from frontoffice.services.avondpapier import Papier

        if self._scherm is not None and isinstance(papier, Papier):
            opnieuw = "opnieuw " if papier.op is not None else ""
            self._scherm.drukknop.set_tekst(f"Druk {opnieuw}af", f"Papieren lijst {opnieuw}afdrukken")
            self._scherm.show_papier(papier.zin, kan_afdrukken=papier.is_oud)

    # --- wat er van de afspraak bij komt -------------------------------------------------------------------

    def _bel(self, id_: str) -> None:
        """Wie er te bellen is: dat staat er zolang namen er mogen staan."""

        def toon(uitkomst: tuple[str, str | None]) -> None:
            naam, telefoon = uitkomst
            if self._scherm is not None:
                self._scherm.show_bellen(id_, naam, telefoon)

        self._load_contact(id_, toon)

    def _search_klant(self, id_: str) -> None:
        """De klant opzoeken gebeurt alleen op verzoek, en met wat er bij de afspraak staat."""

        def toon(uitkomst: tuple[str, str | None]) -> None:
            _, telefoon = uitkomst
            if telefoon:
                self.zoek_klant.emit(telefoon)
            elif telefoon is None:
                self.melding.emit("Zonder verbinding is er geen nummer. Zoek de klant bovenaan het venster.")
            else:
                self.melding.emit("Er is geen telefoonnummer bekend. Zoek de klant bovenaan het venster.")

        self._load_contact(id_, toon)

    def _load_contact(self, id_: str, toon: object) -> None:
        bronnen, stop = self._bronnen, self._stop
        if bronnen is None or stop is None or not callable(toon):
            return

        def mislukt(fout: KifFout) -> None:
            self.melding.emit(fout.uitleg)

        self._achtergrond.start(lambda _: bronnen.load_contact(id_), toon, mislukt, stop)
