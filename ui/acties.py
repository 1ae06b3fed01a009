"""Alle handelingen van het programma als gegevens: naam, tekst, toets, icoon en uitleg.

Menu's, opdrachtenpalet en het overzicht van sneltoetsen lezen deze tabel. Wat een handeling doet, verbindt
het venster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.thema import Thema

Menu = Literal[
    "Vandaag", "Klant", "Contacten", "Terugbellen", "Afspraken", "Vanavond", "Beheer", "Beeld", "Hulp"
]
MENUS: tuple[Menu, ...] = (
    "Vandaag", "Klant", "Contacten", "Terugbellen", "Afspraken", "Vanavond", "Beheer", "Beeld", "Hulp",
)  # fmt: skip


@dataclass(frozen=True)
class Actiegegevens:
    """Eén handeling. `toets` en `ook` zoals Qt ze schrijft; `menu` None = alleen in het scherm zelf.

    `klant` = alleen mogelijk als er een klant open is. `scherm` = de toets geldt alleen in het scherm dat de
    handeling aan zichzelf toevoegt, niet in het hele venster. `keuze` = een van een groep waaruit men kiest.
    `uit` = pas mogelijk als een scherm haar aanzet.
    """

    naam: str
    tekst: str
    uitleg: str
    toets: str = ""
    ook: str = ""
    icoon: str = ""
    menu: Menu | None = None
    klant: bool = False
    scherm: bool = False
    keuze: str = ""
    lijn: bool = False  # begint in het menu een nieuwe groep
    uit: bool = False


TABEL: tuple[Actiegegevens, ...] = (
    Actiegegevens(
        "vandaag", "Naar &Vandaag", "Zie wat u hebt beloofd en wat er loopt.", "Alt+Home",
        icoon="lijst", menu="Vandaag",
    ),
    Actiegegevens(
        "eerste", "Het &eerste openen", "Open wat het eerst gedaan moet worden. Op Vandaag is dat Alt+1.",
        icoon="bel", menu="Vandaag", uit=True,
    ),
    Actiegegevens("zoeken", "Klant &zoeken", "Ga naar het zoekveld.", "Ctrl+K", icoon="zoek", menu="Klant"),
    Actiegegevens(
        "ververs", "Gegevens &verversen", "Haal alles wat u ziet opnieuw op.", "F5",
        icoon="ververs", menu="Klant", klant=True,
    ),
    Actiegegevens(
        "opnieuw", "Mislukte delen &opnieuw laden", "Probeer wat niet is geladen nog een keer.", "Ctrl+R",
        icoon="opnieuw", menu="Klant", klant=True,
    ),
    Actiegegevens(
        "controleer", "Klant &controleren", "Vertel hoe u de klant hebt gecontroleerd.", "Ctrl+Shift+C",
        icoon="vink", menu="Klant", klant=True,
    ),
    Actiegegevens(
        "toon_bsn", "&BSN tonen", "Laat het hele burgerservicenummer zien. Dit wordt vastgelegd.", "Ctrl+B",
        icoon="oog", menu="Klant", klant=True,
    ),
    Actiegegevens(
        "afgeronde_zaken", "&Afgeronde zaken", "Haal de zaken op die al klaar zijn.", "Ctrl+Shift+F",
        icoon="map", menu="Klant", klant=True, lijn=True,
    ),
    Actiegegevens(
        "zoek_in_tijdlijn", "Zoeken in &tijdlijn", "Zoek op een woord in de tijdlijn.", "Ctrl+F",
        icoon="filter", menu="Klant", klant=True,
    ),
    Actiegegevens(
        "terug", "Detail sl&uiten", "Sluit wat u hebt geopend en ga terug naar de klant.", "Esc",
        icoon="pijl_links", klant=True, scherm=True,
    ),
    Actiegegevens(
        "klant_sluiten", "Klant &sluiten", "Haal deze klant van het scherm.", "Ctrl+W",
        icoon="kruis", menu="Klant", klant=True, lijn=True,
    ),
    Actiegegevens(
        "wissel", "&Wissel medewerker", "Een collega gaat hier verder. Uw contacten blijven van u.",
        "Ctrl+Shift+M", icoon="persoon", menu="Klant", lijn=True, uit=True,
    ),
    Actiegegevens(
        "afsluiten", "&Programma afsluiten", "Sluit Klant in Focus.", "Ctrl+Q",
        icoon="afsluiten", menu="Klant",
    ),
    Actiegegevens(
        "nieuw_contact", "&Nieuw contact", "Begin een contact; wat loopt, blijft lopen.", "Ctrl+N",
        icoon="telefoon", menu="Contacten",
    ),
    Actiegegevens(
        "nieuwe_vraag", "Nog een &vraag", "Begin een tweede vraag in hetzelfde gesprek.", "Ctrl+Shift+N",
        icoon="telefoon", menu="Contacten",
    ),
    Actiegegevens(
        "naar_notitie", "Naar n&otitie", "Typ verder in de notitie van dit contact.", "F6",
        icoon="document", menu="Contacten",
    ),
    Actiegegevens(
        "koppel_zaak", "Zaak &koppelen", "Koppel de zaak die openstaat aan dit contact.", "F7",
        icoon="map", menu="Contacten",
    ),
    Actiegegevens(
        "terugbelverzoek", "&Terugbelverzoek maken", "Leg vast wie de klant terugbelt, en wanneer.", "Ctrl+T",
        icoon="terugbellen", menu="Contacten",
    ),
    Actiegegevens(
        "nieuw_adres", "Nieuw n&ummer of e-mail", "Voor dit gesprek, of om te bewaren bij de klant.", "F9",
        icoon="telefoon", menu="Contacten",
    ),
    Actiegegevens(
        "contact_afronden", "Af&ronden", "Bewaar dit contact en verstuur het naar het register.",
        icoon="vink", menu="Contacten", lijn=True,
    ),
    Actiegegevens(
        "contact_terug", "Contact terug&halen", "Haal terug wat u net afrondde of weggooide.", "Ctrl+Shift+Z",
        icoon="opnieuw", menu="Contacten",
    ),
    Actiegegevens(
        "outbox", "Nog niet ver&stuurd", "Zie wat nog niet in het register staat.", icoon="lijst",
        menu="Contacten",
    ),
    Actiegegevens(
        "alleen_kijken", "Alleen ki&jken", "Bekijk een klant zonder contact.", icoon="oog", menu="Contacten",
    ),
    Actiegegevens(
        "terugbellen", "&Werklijst openen", "Zie wie er teruggebeld moet worden, en wat er is beloofd.",
        "Ctrl+Shift+T", icoon="terugbellen", menu="Terugbellen",
    ),
    Actiegegevens(
        "afspraak_maken", "Afspraak &maken", "Zoek een tijd op een avond en zet haar vast.", "Ctrl+Shift+A",
        icoon="kalender", menu="Afspraken",
    ),
    Actiegegevens(
        "afspraken_zoeken", "Afspraken &zoeken", "Zoek een afspraak om te verzetten of af te zeggen.",
        "Ctrl+Shift+K", icoon="zoek", menu="Afspraken",
    ),
    Actiegegevens(
        "wachtlijst", "&Wachtlijst", "Kijk wie eerder kan komen en bel die op.", "Ctrl+Shift+W",
        icoon="lijst", menu="Afspraken",
    ),
    Actiegegevens(
        "meldingen", "Me&ldingen", "Zoek een melding over de straat en kijk hoe het ermee staat.",
        "Ctrl+Shift+L", icoon="melding", menu="Contacten", lijn=True,
    ),
    Actiegegevens(
        "melding_maken", "&Melding maken", "Maak een melding over de straat, ook tijdens een gesprek.",
        "Ctrl+Shift+O", icoon="melding", menu="Contacten",
    ),
    Actiegegevens(
        "afspraak_bevestigen", "Afspraak &bevestigen", "Maak van de gekozen tijd een afspraak.",
        "Ctrl+Return", "Ctrl+Enter", icoon="vink", menu="Afspraken", lijn=True, uit=True,
    ),
    Actiegegevens(
        "tijd_verlengen", "Vastgezette tijd ver&lengen", "Houd de gekozen tijd nog een keer zo lang vast.",
        "F8", icoon="klok", menu="Afspraken", uit=True,
    ),
    Actiegegevens(
        "tijd_vrijgeven", "Tijd vrij&geven", "Laat de gekozen tijd los, zodat een ander haar kan krijgen.",
        icoon="kruis", menu="Afspraken", uit=True,
    ),
    Actiegegevens(
        "vanavond", "Vanavond &openen", "Zie wie er is, wie wacht en wie geholpen wordt.", "Ctrl+Shift+V",
        icoon="balie", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "publiek_scherm", "&Publiek scherm", "Laat op een tweede scherm zien wie naar welke balie gaat.",
        icoon="scherm", menu="Vanavond", lijn=True, uit=True,
    ),
    Actiegegevens(
        "publiek_verplaatsen", "Publiek scherm &verplaatsen", "Zet het op het volgende beeldscherm.",
        icoon="scherm", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "publiek_geluid", "&Geluid bij een oproep", "Laat een kort geluid horen als er een nummer bij komt.",
        icoon="bel", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "draai_scherm", "&Draai het scherm", "Laat alleen deze afspraak zien, in de taal van de klant.",
        "Ctrl+Shift+D", icoon="oog", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "volgnummer_afdrukken", "Volg&nummer afdrukken", "Druk het briefje met het volgnummer af.",
        icoon="document", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "avondlijst", "Avond&lijst afdrukken", "Druk de avond op papier af, voor als de verbinding wegvalt.",
        "Ctrl+Shift+R", icoon="lijst", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "avondverslag", "Avondv&erslag", "Zie hoe de avond ging, en sluit haar af.",
        icoon="document", menu="Vanavond", uit=True,
    ),
    Actiegegevens(
        "avonden", "A&vonden", "Kijk vooruit en wijzig rooster, openingstijden en producten.", "Ctrl+Shift+B",
        icoon="gebouw", menu="Beheer", uit=True,
    ),
    Actiegegevens(
        "goed_nieuws", "&Goed nieuws", "Zie wat er goed gaat: beloften, meldingen en complimenten.",
        "Ctrl+Shift+G", icoon="vink", menu="Beheer", uit=True,
    ),
    Actiegegevens(
        "naar_klant", "Naar &klant", "Ga naar de gegevens van de klant.", "Alt+1",
        icoon="persoon", menu="Beeld", klant=True,
    ),
    Actiegegevens(
        "naar_wat_speelt_er", "Naar &wat speelt er", "Ga naar wat u nu kunt zeggen.", "Alt+2",
        icoon="bel", menu="Beeld", klant=True,
    ),
    Actiegegevens(
        "naar_open_zaken", "Naar &open zaken", "Ga naar de zaken die nog lopen.", "Alt+3",
        icoon="map", menu="Beeld", klant=True,
    ),
    Actiegegevens(
        "naar_tijdlijn", "Naar &tijdlijn", "Ga naar wat er eerder is gebeurd.", "Alt+4",
        icoon="klok", menu="Beeld", klant=True,
    ),
    Actiegegevens(
        "afdekken", "Scherm &afdekken", "Verberg alles op het scherm. Nog een keer: verder werken.", "F12",
        icoon="afdekken", menu="Beeld", lijn=True,
    ),
    Actiegegevens(
        "tekst_groter", "Tekst &groter", "Maak alle letters een stap groter.", "Ctrl++", "Ctrl+=",
        icoon="tekst_groter", menu="Beeld", lijn=True,
    ),
    Actiegegevens(
        "tekst_kleiner", "Tekst k&leiner", "Maak alle letters een stap kleiner.", "Ctrl+-",
        icoon="tekst_kleiner", menu="Beeld",
    ),
    Actiegegevens(
        "tekst_gewoon", "Tekst g&ewoon", "Geef de letters hun gewone grootte.", "Ctrl+0",
        icoon="tekst_gewoon", menu="Beeld",
    ),
    Actiegegevens(
        "kleuren_systeem", "Kleuren van het &systeem", "Volg de kleuren van deze pc.",
        icoon="scherm", menu="Beeld", keuze="kleuren", lijn=True,
    ),
    Actiegegevens(
        "kleuren_licht", "Lichte kle&uren", "Gebruik altijd een licht scherm.",
        icoon="licht", menu="Beeld", keuze="kleuren",
    ),
    Actiegegevens(
        "kleuren_donker", "&Donkere kleuren", "Gebruik altijd een donker scherm.",
        icoon="donker", menu="Beeld", keuze="kleuren",
    ),
    Actiegegevens(
        "hulp", "&Hulp bij dit scherm", "Lees wat u hier kunt doen.", "F1", icoon="hulp", menu="Hulp",
    ),
    Actiegegevens(
        "sneltoetsen", "&Sneltoetsen", "Bekijk alle toetsen op een rij.", "Ctrl+/", "Shift+F1",
        icoon="toetsenbord", menu="Hulp",
    ),
    Actiegegevens(
        "palet", "&Opdracht kiezen", "Typ een paar letters van wat u wilt doen.", "Ctrl+Shift+P",
        icoon="palet", menu="Hulp",
    ),
    Actiegegevens(
        "over", "Over &Klant in Focus", "Versie, licentie en gegevens voor de beheerder.",
        icoon="info", menu="Hulp", lijn=True,
    ),
)  # fmt: skip


class Acties(QObject):
    """De QActions, elk onder zijn naam. Andere delen verbinden `triggered` en zetten aan of uit."""

    vandaag: QAction
    eerste: QAction
    zoeken: QAction
    ververs: QAction
    opnieuw: QAction
    controleer: QAction
    toon_bsn: QAction
    afgeronde_zaken: QAction
    zoek_in_tijdlijn: QAction
    terug: QAction
    klant_sluiten: QAction
    wissel: QAction
    afsluiten: QAction
    nieuw_contact: QAction
    nieuwe_vraag: QAction
    naar_notitie: QAction
    koppel_zaak: QAction
    terugbelverzoek: QAction
    nieuw_adres: QAction
    contact_afronden: QAction
    contact_terug: QAction
    outbox: QAction
    alleen_kijken: QAction
    meldingen: QAction
    melding_maken: QAction
    terugbellen: QAction
    afspraak_maken: QAction
    afspraken_zoeken: QAction
    wachtlijst: QAction
    afspraak_bevestigen: QAction
    tijd_verlengen: QAction
    tijd_vrijgeven: QAction
    vanavond: QAction
    publiek_scherm: QAction
    publiek_verplaatsen: QAction
    publiek_geluid: QAction
    draai_scherm: QAction
    volgnummer_afdrukken: QAction
    avondlijst: QAction
    avondverslag: QAction
    avonden: QAction
    goed_nieuws: QAction
    naar_klant: QAction
    naar_wat_speelt_er: QAction
    naar_open_zaken: QAction
    naar_tijdlijn: QAction
    afdekken: QAction
    tekst_groter: QAction
    tekst_kleiner: QAction
    tekst_gewoon: QAction
    kleuren_systeem: QAction
    kleuren_licht: QAction
    kleuren_donker: QAction
    hulp: QAction
    sneltoetsen: QAction
    palet: QAction
    over: QAction

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._thema = thema
        self._groepen: dict[str, QActionGroup] = {}
        self._iconen_geladen = False
        for gegevens in TABEL:
            setattr(self, gegevens.naam, self._build(gegevens))
        thema.gewijzigd.connect(self._refresh_iconen)

    def __iter__(self) -> Iterator[tuple[Actiegegevens, QAction]]:
        """Alle handelingen in de volgorde van de tabel."""
        return ((gegevens, getattr(self, gegevens.naam)) for gegevens in TABEL)

    def set_klant_open(self, is_open: bool) -> None:
        """Zet alles aan of uit wat alleen met een klant in beeld kan."""
        for gegevens, actie in self:
            if gegevens.klant:
                actie.setEnabled(is_open)

    def set_sprongen(self, aan: bool) -> None:
        """De sprongen binnen een klant; waar Alt+1 iets anders kiest, staan ze uit."""
        for actie in (self.naar_klant, self.naar_wat_speelt_er, self.naar_open_zaken, self.naar_tijdlijn):
            actie.setEnabled(aan)

    def load_iconen(self) -> None:
        """Teken de iconen; pas na het eerste beeld, want dat kost tijd."""
        self._iconen_geladen = True
        self._refresh_iconen()

    def _build(self, gegevens: Actiegegevens) -> QAction:
        actie = QAction(gegevens.tekst, self)
        actie.setObjectName(gegevens.naam)
        actie.setStatusTip(gegevens.uitleg)
        actie.setToolTip(gegevens.uitleg)
        toetsen = [QKeySequence(toets) for toets in (gegevens.toets, gegevens.ook) if toets]
        actie.setShortcuts(toetsen)
        if gegevens.scherm:
            actie.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if gegevens.keuze:
            groep = self._groepen.setdefault(gegevens.keuze, QActionGroup(self))
            actie.setCheckable(True)
            groep.addAction(actie)
        actie.setEnabled(not gegevens.klant and not gegevens.uit)
        actie.setMenuRole(QAction.MenuRole.NoRole)
        return actie

    def _refresh_iconen(self) -> None:
        if not self._iconen_geladen:
            return
        for gegevens, actie in self:
            if gegevens.icoon:
                actie.setIcon(self._thema.icoon(gegevens.icoon))


def gewone_tekst(actie: QAction) -> str:
    """De tekst van een handeling zonder het &-teken; dat is ook de toegankelijke naam."""
    return actie.text().replace("&", "")


def toets_tekst(actie: QAction) -> str:
    """De toetsen van een handeling zoals op het toetsenbord: "Ctrl+K", "Ctrl+/ of Shift+F1"."""
    return " of ".join(toets.toString(QKeySequence.SequenceFormat.NativeText) for toets in actie.shortcuts())
