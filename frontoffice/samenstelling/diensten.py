"""Wat een venster of een opdracht van het programma gebruikt: alle diensten van één medewerker.

Opent pas iets bij het eerste gebruik. Hoe zij aan elkaar zitten weet opbouw.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from frontoffice.ports import Aanroep, Klok, RegisterStand, Stop
from frontoffice.profiel import Medewerker, Profiel, Register
from frontoffice.samenstelling.aansluiten import Registers
from frontoffice.samenstelling.agenda import reden_zonder_agenda
from frontoffice.samenstelling.avond import catch_up_avond, make_avondlijn
from frontoffice.samenstelling.berichten import Berichtenbouw
from frontoffice.samenstelling.gedeeld import (
    GeslotenLogboek,
    find_medewerker,
    niet_aangemeld,
)
from frontoffice.samenstelling.meldingen import Meldingen
from frontoffice.samenstelling.werkplek import Inzagelogboek, Werkplekopslag
from frontoffice.services.klantbeeld import KlantbeeldDienst
from frontoffice.services.vandaag import Vandaagdienst
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.uitvoeren import Eenmalig, Lading, Uitvoerder

if TYPE_CHECKING:
    from frontoffice.registratiepoort import Herstel
    from frontoffice.services.aanmelden import Aanmelddienst
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn
    from frontoffice.services.beloften import Beloftedienst
    from frontoffice.services.cijfers import Cijferdienst
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.logboekversturen import Logboekverslag
    from frontoffice.services.meldingen import Meldingdienst
    from frontoffice.services.meldingschrijven import Meldingschrijver
    from frontoffice.services.registreren import Registreerinstellingen
    from frontoffice.services.terugbellen import Terugbeldienst


@dataclass
class Diensten:
    """Alles wat een venster of een opdracht nodig heeft. `close` laat niets achter.

    `voorbeelden`: om te proberen in de ingebouwde demonstratie, als (wie het is, wat u typt).
    """

    profiel: Profiel
    data_dir: Path
    klok: Klok
    logboek: Inzagelogboek | GeslotenLogboek
    registers: Registers
    zoeken: Zoekdienst
    klantbeeld: KlantbeeldDienst
    uitvoerder: Uitvoerder
    opslag: Werkplekopslag
    berichten: Berichtenbouw
    vandaag: Vandaagdienst
    _make_agenda: Callable[[], Agendadiensten]
    _agenda: Eenmalig[Agendadiensten]
    _warm: Callable[[], None] = lambda: None
    _sluiten: list[Callable[[], None]] = field(default_factory=list)
    voorbeelden: tuple[tuple[str, str], ...] = ()
    meldingsysteem: Meldingen | None = None
    _contacten: Eenmalig[Contactdiensten] = field(default_factory=Eenmalig)
    _terugbellen: Eenmalig[tuple[Terugbeldienst, Beloftedienst]] = field(default_factory=Eenmalig)
    _avondlijn: Eenmalig[Avondlijn] = field(default_factory=Eenmalig)
    _cijfers: Eenmalig[Cijferdienst] = field(default_factory=Eenmalig)
    aanmelden: Aanmelddienst | None = None
    _registers: Registers | None = None
    _make_voor: Callable[[Medewerker], Diensten] | None = None
    _van_ander: bool = False
    _voor: list[Diensten] = field(default_factory=list)

    @property
    def op_gedeeld_account(self) -> bool:
        """Met dit account werken meer mensen; wie er werkt, kan wisselen."""
        return self.profiel.op_gedeeld_account

    def voor(self, identificatie: str) -> Diensten:
        """De diensten van wie zich heeft aangemeld: eigen verbindingen, rol en logboek, op dezelfde opslag.

        Ze sluiten als deze diensten sluiten, of eerder als hij weggaat.
        """
        assert self._make_voor is not None
        nieuw = self._make_voor(find_medewerker(self.profiel, identificatie))
        nieuw.voorbeelden = self.voorbeelden
        self._voor.append(nieuw)
        return nieuw

    @property
    def agenda(self) -> Agendadiensten:
        """De agenda van de avonden; opent bij het eerste gebruik, dus alleen op een achtergronddraad.

        Raises Geweigerd als afspraken maken hier uit staat, AgendaFout of GeheimFout als zij niet opent.
        """
        return self._make_agenda()

    @property
    def avondlijn(self) -> Avondlijn:
        """De avond zelf, die doorgaat als de agenda er niet is. Opent nog niets."""
        wie = self.profiel.medewerker.identificatie
        return self._avondlijn.get(lambda: make_avondlijn(self._make_agenda, self.opslag, self.klok, wie))

    def catch_up_avond(self) -> int:
        """Voer door wat zonder verbinding is gedaan; geeft hoeveel er nog wacht. Raises WinkelFout."""
        return catch_up_avond(self.opslag, self.klok, lambda: self.avondlijn)

    @property
    def contacten(self) -> Contactdiensten:
        """Registreren en verzenden; opent de winkel bij het eerste gebruik, dus op een achtergronddraad.

        Raises WinkelFout; bij code "winkel_sleutel" kan het met `alleen_deze_zitting` zonder te bewaren.
        Raises Geweigerd zolang er niemand is aangemeld.
        """
        if self.aanmelden is not None:
            raise niet_aangemeld()
        return self.onderhoud

    @property
    def onderhoud(self) -> Contactdiensten:
        """Dezelfde diensten, ook zonder dat er iemand is: om te versturen wat klaarstaat en na te kijken."""
        return self._contacten.get(self._open_contacten)

    def _open_contacten(self) -> Contactdiensten:
        from frontoffice.samenstelling.contacten import open_contacten
        from frontoffice.samenstelling.lopers import make_lopers

        registers = self._registers or self.registers
        assert registers.contactregister is not None
        return open_contacten(
            self.profiel,
            self.opslag.winkel,
            self.klok,
            self.uitvoerder,
            registers.contactregister,
            registers.zaken,
            partial(make_lopers, self),
            {"bericht": lambda id: self.berichten.dienst.retry(id)},
            {"bericht": lambda id: self.berichten.dienst.mark_gebeld(id)},
            registers.taken,
        )

    @property
    def meldingen(self) -> Meldingdienst | None:
        """Meldingen openbare ruimte lezen en zoeken; None als er hier geen meldingensysteem is."""
        if self.aanmelden is not None:
            raise niet_aangemeld()
        return None if self.meldingsysteem is None else self.meldingsysteem.dienst

    @property
    def meldingschrijver(self) -> Meldingschrijver | None:
        """Meldingen maken en bijwerken, via de outbox; None als er hier geen meldingensysteem is."""
        if self.aanmelden is not None:
            raise niet_aangemeld()
        return (
            None
            if self.meldingsysteem is None
            else self.meldingsysteem.make_schrijver(lambda: self.contacten.winkel)
        )

    @property
    def terugbellen(self) -> Terugbeldienst:
        """De werklijst Terugbellen. Opent de winkel pas bij de eerste handeling."""
        return self._taakdiensten[0]

    @property
    def beloften(self) -> Beloftedienst:
        """Wat er aan klanten is beloofd. Opent de winkel pas bij een nieuwe belofte."""
        return self._taakdiensten[1]

    @property
    def _taakdiensten(self) -> tuple[Terugbeldienst, Beloftedienst]:
        if self.aanmelden is not None:
            raise niet_aangemeld()
        from frontoffice.samenstelling.terugbellen import make_terugbellen

        return self._terugbellen.get(lambda: make_terugbellen(self))

    @property
    def cijfers(self) -> Cijferdienst:
        """De cijfers van de visie. Opent niets; rekenen doet haar `load`, op een achtergronddraad."""
        if self.aanmelden is not None:
            raise niet_aangemeld()
        from frontoffice.samenstelling.cijfers import make_cijfers

        return self._cijfers.get(lambda: make_cijfers(self))

    @property
    def alleen_deze_zitting(self) -> bool:
        """De medewerker werkt zonder sleutelbos: wat hij typt en bekijkt, blijft alleen in het geheugen."""
        return self.opslag.alleen_deze_zitting

    @alleen_deze_zitting.setter
    def alleen_deze_zitting(self, waarde: bool) -> None:
        self.opslag.alleen_deze_zitting = waarde

    @property
    def herstel(self) -> Herstel:
        """Wat te doen is als de winkel niet opengaat. Opent niets."""
        from frontoffice.samenstelling.herstel import Winkelherstel

        # Alleen vergeten: hun winkel is dan al dicht, en de volgende vraag opent ze op de nieuwe.
        return Winkelherstel(self.opslag, self._contacten.take)

    @property
    def registreerinstellingen(self) -> Registreerinstellingen:
        """Wat het profiel over registreren zegt. Opent niets."""
        from frontoffice.samenstelling.contacten import make_instellingen

        return make_instellingen(self.profiel)

    @property
    def agenda_uit(self) -> str:
        """Waarom afspraken maken hier uit staat, als hele zin; leeg als het kan. Opent niets."""
        return reden_zonder_agenda(self.profiel)

    @property
    def agenda_alleen_deze_pc(self) -> bool:
        """Bewust een agenda die geen collega ziet; dat blijft in de statusbalk staan. Opent niets."""
        return not self.profiel.gemeente.demo and self.profiel.agenda.alleen_deze_pc

    def send_logboek(self, stop: Stop) -> Logboekverslag:
        """Stuur het logboek naar het adres uit het profiel; zonder adres doet dit niets."""
        from frontoffice.services.logboekversturen import Logboekverslag

        verzender = self.opslag.logboekverzender
        return Logboekverslag() if verzender is None else verzender.send(stop)

    def warm(self) -> None:
        """Laad vooraf wat zwaar is, op een achtergronddraad zodra het venster er staat. Doet geen verzoek."""
        # Alleen om het laden: de eerste klant heeft het nodig.
        import stdnum.nl.bsn  # noqa: F401 - zie hierboven

        import frontoffice.storage.werkplek  # noqa: F401 - zie hierboven
        from frontoffice.domain.zoekvraag import lees_telefoon

        lees_telefoon("0530000000")  # met de nummers van Nederland
        self._warm()

    def check_registers(self, stop: Stop) -> tuple[RegisterStand, ...]:
        """Vraag elk aangesloten register, tegelijk, of het bereikbaar is en ons toelaat."""
        registers, aangesloten = self._registers or self.registers, self.profiel.registers
        checks: dict[str, Callable[[Aanroep], RegisterStand]] = {
            "klantinteracties": registers.klantinteracties.check,
            "zaken": lambda aanroep: registers.zaken.check("zaken", aanroep),
            "catalogi": lambda aanroep: registers.zaken.check("catalogi", aanroep),
            "documenten": lambda aanroep: registers.zaken.check("documenten", aanroep),
            "brp": registers.personen.check,
            "kvk": registers.bedrijven.check,
        }
        checks = {naam: check for naam, check in checks.items() if Register(naam) in aangesloten}
        if self.meldingsysteem is not None:
            checks |= self.meldingsysteem.checks()
        checks |= self.berichten.checks()
        plan = [
            Lading(naam, lambda _, aanroep, check=check: check(aanroep))  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
            for naam, check in checks.items()
        ]
        standen: dict[str, RegisterStand] = {}
        for uitkomst in self.uitvoerder.run(plan, seconden=self.profiel.termijnen.eerste_beeld, stop=stop):
            onbekend = RegisterStand(
                uitkomst.naam, None, None, None, None, uitkomst.fout.uitleg if uitkomst.fout else None
            )
            standen[uitkomst.naam] = onbekend if uitkomst.fout else cast(RegisterStand, uitkomst.waarde)
        return tuple(standen[lading.naam] for lading in plan)

    def close(self) -> None:
        """Sluit verbindingen en draden, en de demonstratie als die hierbij hoort.

        De opslag is van wie haar opende: zij blijft open als een medewerker weggaat.
        """
        while self._voor:
            self._voor.pop().close()
        self.uitvoerder.close()
        contacten = self._contacten.take()
        self.berichten.close()
        if not self._van_ander:
            if contacten is not None:
                contacten.close()
            self.opslag.close()
        if self.meldingsysteem is not None:
            self.meldingsysteem.close()
        agenda = self._agenda.take()
        if agenda is not None:
            agenda.close()
        while self._sluiten:
            self._sluiten.pop()()
