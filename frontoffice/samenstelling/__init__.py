"""Bouwt het programma zonder scherm uit een nagekeken profiel: aansluitingen, services, logboek, klok.

De enige plek die de adapters kent. Wat zwaar is (requests, msgspec, keyring, de demonstratie) laadt pas als
het nodig is, zodat het venster er eerder staat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.geheimen import choose_geheimen
from frontoffice.klok import SysteemKlok
from frontoffice.opslag import SchijfOpslag, find_data_dir
from frontoffice.ports import (
    Aanroep,
    Bedrijven,
    Geheimen,
    Klantinteracties,
    Klok,
    Personen,
    RegisterStand,
    Stop,
    Zaken,
)
from frontoffice.profiel import Objectcode, Profiel, Register, standaard
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling.afwezig import Afwezig, niet_aangesloten
from frontoffice.samenstelling.agenda import Klantafspraken, open_agenda, reden_zonder_agenda
from frontoffice.samenstelling.berichten import Berichtenbouw
from frontoffice.samenstelling.meldingen import Meldingen, make_meldingen
from frontoffice.samenstelling.werkplek import Inzagelogboek, Werkplekopslag
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.klantbeeld import KlantbeeldDienst
from frontoffice.services.meldingen import MeldingenNietAangesloten
from frontoffice.services.vandaag import Vandaagdienst
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.uitvoeren import Eenmalig, Lading, Uitvoerder

if TYPE_CHECKING:
    from frontoffice.central.instelling import RegisterInstelling
    from frontoffice.demo.proces import DemoProces
    from frontoffice.registratiepoort import Contactregister, Herstel
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.contacten import Contactdiensten
    from frontoffice.services.logboekversturen import Logboekverslag
    from frontoffice.services.meldingen import Meldingdienst
    from frontoffice.services.meldingschrijven import Meldingschrijver
    from frontoffice.services.registreren import Registreerinstellingen
    from frontoffice.services.terugbellen import Terugbeldienst
    from frontoffice.takenpoort import Takenregister

STANDAARD_SEED = 1
# Voor een register dat dit profiel niet heeft: een adres dat niet bestaat (RFC 2606).
_NERGENS = "https://niet-aangesloten.invalid"


@dataclass(frozen=True)
class Registers:
    """De aangesloten registers als ports."""

    klantinteracties: Klantinteracties
    zaken: Zaken
    personen: Personen
    bedrijven: Bedrijven
    contactregister: Contactregister | None = None
    taken: Takenregister | None = None


# Wie er in de demonstratie te vinden is: (naam in `voorbeelden`, waarop u zoekt, wie het is).
DEMO_VOORBEELDEN = (
    ("gewoon", "telefoon", "Iemand met van alles wat"),
    ("zwaar", "telefoon", "Iemand met heel veel contacten en zaken"),
    ("geen", "telefoon", "Iemand zonder contacten en zaken"),
    ("geheim", "bsn", "Iemand met geheimhouding"),
    ("bedrijf", "kvk", "Een bedrijf"),
)


@dataclass
class Diensten:
    """Alles wat een venster of een opdracht nodig heeft. `close` laat niets achter.

    `voorbeelden`: om te proberen in de ingebouwde demonstratie, als (wie het is, wat u typt).
    """

    profiel: Profiel
    data_dir: Path
    klok: Klok
    logboek: Inzagelogboek
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
    _terugbellen: Eenmalig[Terugbeldienst] = field(default_factory=Eenmalig)

    @property
    def agenda(self) -> Agendadiensten:
        """De agenda van de avonden; opent bij het eerste gebruik, dus alleen op een achtergronddraad.

        Raises Geweigerd als afspraken maken hier uit staat, AgendaFout of GeheimFout als zij niet opent.
        """
        return self._make_agenda()

    @property
    def contacten(self) -> Contactdiensten:
        """Registreren en verzenden; opent de winkel bij het eerste gebruik, dus op een achtergronddraad.

        Raises WinkelFout; bij code "winkel_sleutel" kan het met `alleen_deze_zitting` zonder te bewaren.
        """
        return self._contacten.get(self._open_contacten)

    def _open_contacten(self) -> Contactdiensten:
        from frontoffice.samenstelling.contacten import open_contacten
        from frontoffice.samenstelling.lopers import make_lopers

        assert self.registers.contactregister is not None
        return open_contacten(
            self.profiel,
            self.opslag.winkel,
            self.klok,
            self.uitvoerder,
            self.registers.contactregister,
            self.registers.zaken,
            partial(make_lopers, self),
            {"bericht": lambda id: self.berichten.dienst.retry(id)},
            {"bericht": lambda id: self.berichten.dienst.mark_gebeld(id)},
            self.registers.taken,
        )

    @property
    def meldingen(self) -> Meldingdienst | None:
        """Meldingen openbare ruimte lezen en zoeken; None als er hier geen meldingensysteem is."""
        return None if self.meldingsysteem is None else self.meldingsysteem.dienst

    @property
    def meldingschrijver(self) -> Meldingschrijver | None:
        """Meldingen maken en bijwerken, via de outbox; None als er hier geen meldingensysteem is."""
        return (
            None
            if self.meldingsysteem is None
            else self.meldingsysteem.make_schrijver(lambda: self.contacten.winkel)
        )

    @property
    def terugbellen(self) -> Terugbeldienst:
        """De werklijst Terugbellen. Opent de winkel pas bij de eerste handeling."""
        from frontoffice.samenstelling.terugbellen import make_terugbellen

        return self._terugbellen.get(lambda: make_terugbellen(self))

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
        import phonenumbers  # noqa: F401 - alleen om het laden: de kop van de eerste klant heeft het nodig

        self._warm()

    def check_registers(self, stop: Stop) -> tuple[RegisterStand, ...]:
        """Vraag elk aangesloten register, tegelijk, of het bereikbaar is en ons toelaat."""
        registers, aangesloten = self.registers, self.profiel.registers
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
        """Sluit verbindingen en draden, en de demonstratie als die hierbij hoort."""
        self.uitvoerder.close()
        contacten = self._contacten.take()
        if contacten is not None:
            contacten.close()
        self.berichten.close()
        self.opslag.close()
        if self.meldingsysteem is not None:
            self.meldingsysteem.close()
        agenda = self._agenda.take()
        if agenda is not None:
            agenda.close()
        while self._sluiten:
            self._sluiten.pop()()


def build(
    profiel: Profiel,
    geheimen: Geheimen | None = None,
    *,
    data_dir: Path | None = None,
    registers: Registers | None = None,
    klok: Klok | None = None,
) -> Diensten:
    """Bouw alles voor dit profiel. Doet geen verzoek en leest geen geheim; dat gebeurt bij de eerste vraag.

    `registers` vervangt de aansluitingen, voor tests. Raises Geweigerd als KIF_GEHEIMEN hier niet mag.
    """
    data_dir = data_dir or find_data_dir()
    klok = klok or SysteemKlok(profiel.gemeente.vandaag)
    opslag = Werkplekopslag(profiel, lambda: geheimen or choose_geheimen(profiel), data_dir, klok)
    logboek = Inzagelogboek(opslag)
    sluiten: list[Callable[[], None]] = []
    warm: Callable[[], None] = lambda: None  # noqa: E731 - er valt niets te laden als de registers zijn meegegeven
    if registers is None:
        registers, warm, sluit = _connect(profiel, geheimen or choose_geheimen(profiel), data_dir)
        sluiten.append(sluit)
    registers = _block_personen(profiel, registers)
    uitvoerder = Uitvoerder()
    instellingen = Instellingen(
        bevoegdheid=profiel.bevoegdheid,
        wacht_op_inwoner=frozenset(profiel.wacht_op_inwoner),
        eerste_beeld=profiel.termijnen.eerste_beeld,
        details=profiel.termijnen.details,
    )
    delen: dict[str, Any] = {
        "klantinteracties": registers.klantinteracties,
        "zaken": registers.zaken,
        "personen": registers.personen,
        "bedrijven": registers.bedrijven,
        "logboek": logboek,
        "klok": klok,
        "uitvoerder": uitvoerder,
        "instellingen": instellingen,
    }
    agenda: Eenmalig[Agendadiensten] = Eenmalig()

    berichten = Berichtenbouw(
        profiel, lambda: geheimen or choose_geheimen(profiel), lambda: opslag.winkel, klok
    )

    def open_luisterend() -> Agendadiensten:
        diensten = open_agenda(profiel, geheimen, data_dir, klok)
        berichten.listen(diensten)
        return diensten

    def make_agenda() -> Agendadiensten:
        return agenda.get(open_luisterend)

    afspraken = None
    if not reden_zonder_agenda(profiel):
        afspraken = Klantafspraken(profiel, geheimen, data_dir, klok, make_agenda)
        warm = partial(_warm_alles, warm, afspraken.warm)
    meldingen = make_meldingen(
        profiel,
        lambda: geheimen or choose_geheimen(profiel),
        logboek,
        klok,
        uitvoerder,
        SchijfOpslag(data_dir / "voorraad"),
    )
    bronnen = (MeldingenNietAangesloten(),) if meldingen is None else ()
    return Diensten(
        profiel,
        data_dir,
        klok,
        logboek,
        registers,
        Zoekdienst(**delen, meldingen=meldingen),
        KlantbeeldDienst(**delen, bronnen=bronnen, afspraken=afspraken, meldingen=meldingen),
        uitvoerder,
        opslag,
        berichten,
        Vandaagdienst(klok, None if afspraken is None else afspraken.open_avond),
        make_agenda,
        agenda,
        warm,
        sluiten,
        meldingsysteem=meldingen,
    )


def _warm_alles(*delen: Callable[[], None]) -> None:
    for warm in delen:
        warm()


@contextmanager
def open_diensten(pad: Path | None, *, data_dir: Path | None = None) -> Iterator[Diensten]:
    """De diensten van een profiel, of zonder pad die van de ingebouwde demonstratie in een eigen proces.

    Raises ProfielFout of Geweigerd.
    """
    if pad is None:
        with start_demo() as demo, open_diensten(demo.profiel_pad, data_dir=data_dir) as diensten:
            diensten.voorbeelden = tuple(
                (wie, demo.voorbeelden[sleutel][soort])
                for sleutel, soort, wie in DEMO_VOORBEELDEN
                if soort in demo.voorbeelden.get(sleutel, {})
            )
            yield diensten
        return
    diensten = build(load_profiel(pad), data_dir=data_dir)
    try:
        yield diensten
    finally:
        diensten.close()


@contextmanager
def start_demo(
    seed: int | None = None,
    vandaag: date | None = None,
    *,
    storingen: Mapping[str, str] | None = None,
    latency_ms: float = 0.0,
) -> Iterator[DemoProces]:
    """De demonstratieserver in een eigen proces, zolang het blok duurt. Raises KifFout als hij niet start."""
    from frontoffice.demo.proces import DemoStartFout, start_demo_proces

    try:
        proces = start_demo_proces(
            STANDAARD_SEED if seed is None else seed,
            vandaag,
            storingen=dict(storingen or {}),
            latency_ms=latency_ms,
        )
    except (DemoStartFout, OSError):
        raise KifFout(
            "De demonstratie start niet. Probeer het opnieuw, of gebruik een profiel met --profile.",
            code="demo",
            opnieuw_helpt=True,
        ) from None
    try:
        yield proces
    finally:
        proces.stop()


def serve_demo(argumenten: Sequence[str]) -> int:
    """Alleen de demonstratieserver, tot SIGTERM. Geeft de uitgangscode van `kif demo --server-only`."""
    from frontoffice.demo.opdracht import run

    return run(list(argumenten))


def _connect(
    profiel: Profiel, geheimen: Geheimen, data_dir: Path
) -> tuple[Registers, Callable[[], None], Callable[[], None]]:
    """Sluit de registers aan: (ports, vooraf laden, sluiten)."""
    from frontoffice.central import bouw, instelling

    def code(eigen: Objectcode) -> instelling.Objectcode:
        return instelling.Objectcode(eigen.code_register, eigen.code_objecttype, eigen.code_soort_object_id)

    codes, registratie = profiel.codes, profiel.registratie

    aansluitingen = bouw.build(
        {register.value: _instelling(profiel, register, geheimen) for register in Register},
        codes=instelling.Codes(
            bsn=code(codes.bsn),
            kvk=code(codes.kvk),
            vestiging=code(codes.vestiging),
            zaak=code(codes.zaak),
            melding=code(codes.melding),
            medewerker=code(registratie.medewerker),
            afdeling=code(registratie.afdeling),
            groep=code(registratie.groep),
        ),
        doelen=profiel.brp_doelen,
        opslag=SchijfOpslag(data_dir / "voorraad"),
    )
    registers = Registers(
        aansluitingen.klantinteracties,
        aansluitingen.zaken,
        aansluitingen.personen,
        aansluitingen.bedrijven
        if Register.KVK in profiel.registers
        else cast(Bedrijven, Afwezig(Register.KVK, niet_aangesloten("Het handelsregister"))),
        aansluitingen.contactregister,
        aansluitingen.taken,
    )
    return registers, aansluitingen.warm, aansluitingen.close


def _instelling(profiel: Profiel, register: Register, geheimen: Geheimen) -> RegisterInstelling:
    from frontoffice.central.instelling import RegisterInstelling

    aansluiting = profiel.registers.get(register)
    if aansluiting is None:
        return RegisterInstelling(register.value, _NERGENS)
    return RegisterInstelling(
        naam=register.value,
        url=aansluiting.url,
        login=aansluiting.login.value,
        geheim=lambda: geheimen.get(aansluiting.geheim),
        header=aansluiting.header,
        client_id=aansluiting.client_id,
        gebruiker_id=profiel.medewerker.identificatie,
        gebruiker_naam=profiel.medewerker.naam,
        ca_bundel=aansluiting.ca_bundel,
        verbinden=profiel.termijnen.verbinden,
    )


def _block_personen(profiel: Profiel, registers: Registers) -> Registers:
    """Zonder aansluiting, of buiten de demonstratie zonder doel voor elke soort vraag, is er geen BRP."""
    if Register.BRP not in profiel.registers:
        fout = niet_aangesloten("De basisregistratie personen")
    elif not profiel.gemeente.demo and not all(
        profiel.brp_doelen.get(vraag) for vraag in standaard.BRP_VRAGEN
    ):
        fout = Geweigerd(
            "Zonder doel mag de BRP niet worden bevraagd. Vul [brp.doelen] in het profiel in.",
            code="doel_ontbreekt",
        )
    else:
        return registers
    return replace(registers, personen=cast(Personen, Afwezig(Register.BRP, fout)))
