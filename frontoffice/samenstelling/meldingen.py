"""Sluit meldingensysteem en plaatsenlijst aan als het profiel ze noemt, en bouwt de diensten eromheen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.meldingstand import Klantmeldingen
from frontoffice.ports import Aanroep, Geheimen, Klok, Logboek, Opslag, RegisterStand
from frontoffice.profiel import Profiel
from frontoffice.uitvoeren import Eenmalig, Uitvoerder

if TYPE_CHECKING:
    from frontoffice.central.meldingbouw import Meldingaansluitingen
    from frontoffice.meldingpoort import Locatiezoeker, Meldingregister
    from frontoffice.registratiepoort import Winkel
    from frontoffice.services.meldingen import Meldingbeeld, Meldingdienst
    from frontoffice.services.meldingschrijven import Meldingschrijver
    from frontoffice.services.verzenden import Loper, Tempo

_EERSTE_DAG = date(2014, 1, 1)


@dataclass
class Meldingen:
    """Alles rond meldingen van één profiel; laadt pas iets bij de eerste vraag. Ook de port `Meldingenbron`.

    Alleen gemaakt als het profiel een meldingensysteem heeft, of een test er een meegeeft.
    """

    profiel: Profiel
    make_geheimen: Callable[[], Geheimen]
    logboek: Logboek
    klok: Klok
    uitvoerder: Uitvoerder
    opslag: Opslag
    register: Meldingregister | None = None
    locaties: Locatiezoeker | None = None
    _aansluitingen: Eenmalig[Meldingaansluitingen] = field(default_factory=Eenmalig)
    _dienst: Eenmalig[Meldingdienst] = field(default_factory=Eenmalig)

    @property
    def dienst(self) -> Meldingdienst:
        """Lezen, zoeken en kiezen."""
        return self._dienst.get(self._make_dienst)

    def make_schrijver(self, winkel: Callable[[], Winkel]) -> Meldingschrijver:
        """Klaarzetten in de outbox."""
        from frontoffice.services.meldingschrijven import Meldingschrijver

        medewerker = self.profiel.medewerker
        return Meldingschrijver(
            winkel,
            self.klok,
            medewerker=medewerker.identificatie,
            medewerker_naam=medewerker.naam,
            taal=self.profiel.registratie.taal,
        )

    def make_lopers(self, winkel: Winkel, tempo: Tempo) -> dict[str, Loper]:
        """Wat de outbox nodig heeft om een melding te versturen."""
        from frontoffice.domain.meldingopdracht import Meldingopdracht
        from frontoffice.services.meldingverzenden import Meldingloper

        dienst = self.dienst
        loper = Meldingloper(winkel, dienst.register, tempo, self.klok, dienst.choose_bron)
        return {Meldingopdracht.soort: loper}

    def find_van_klant(
        self,
        telefoons: Sequence[str],
        emails: Sequence[str],
        contacten: Iterable[Klantcontact],
        aanroep: Aanroep,
    ) -> Klantmeldingen:
        return self.dienst.find_van_klant(telefoons, emails, contacten, aanroep)

    def load_kort(self, nummer: int, aanroep: Aanroep) -> Meldingbeeld:
        return self.dienst.load_kort(nummer, aanroep)

    def checks(self) -> dict[str, Callable[[Aanroep], RegisterStand]]:
        """Voor `kif doctor`: het meldingensysteem, en de plaatsenlijst als die er is."""
        register, locaties = self._registers()
        uit: dict[str, Callable[[Aanroep], RegisterStand]] = {"meldingen": register.check}
        if locaties is not None:
            uit["locaties"] = locaties.check
        return uit

    def close(self) -> None:
        aansluitingen = self._aansluitingen.take()
        if aansluitingen is not None:
            aansluitingen.close()

    def _count_werkdagen(self, van: date, tot: date) -> int:
        """Met de kalender van de gemeente; van vóór 2014 telt alleen wat daarna kwam."""
        return self.profiel.normen.kalender.count_werkdagen(max(van, _EERSTE_DAG), tot)

    def _registers(self) -> tuple[Meldingregister, Locatiezoeker | None]:
        if self.register is not None:
            return self.register, self.locaties
        aansluitingen = self._aansluitingen.get(self._connect)
        return aansluitingen.register, aansluitingen.locaties

    def _connect(self) -> Meldingaansluitingen:
        from frontoffice.central import meldingbouw
        from frontoffice.central.instelling import RegisterInstelling

        eigen, plaatsen, geheimen = self.profiel.meldingen, self.profiel.locaties, self.make_geheimen()
        assert eigen is not None
        verbinden = self.profiel.termijnen.verbinden
        meldingen = RegisterInstelling(
            "meldingen",
            eigen.url,
            eigen.login.value,
            lambda: geheimen.get(eigen.geheim),
            eigen.header,
            ca_bundel=eigen.ca_bundel,
            verbinden=verbinden,
        )
        locaties = None
        if plaatsen is not None:
            locaties = RegisterInstelling(
                "locaties", plaatsen.url, ca_bundel=plaatsen.ca_bundel, verbinden=verbinden
            )
        return meldingbouw.build(meldingen, locaties, plaatsen.gemeente if plaatsen else "")

    def _make_dienst(self) -> Meldingdienst:
        from frontoffice.services.meldingen import Meldingdienst, Meldinginstellingen

        register, locaties = self._registers()
        eigen, code = self.profiel.meldingen, self.profiel.codes.melding
        instellingen = Meldinginstellingen(
            eigen.bron if eigen else "",
            eigen.scherm if eigen else "",
            self.profiel.termijnen.eerste_beeld,
            (code.code_register, code.code_objecttype, code.code_soort_object_id),
        )
        return Meldingdienst(
            register,
            locaties,
            logboek=self.logboek,
            klok=self.klok,
            uitvoerder=self.uitvoerder,
            opslag=self.opslag,
            tel_werkdagen=self._count_werkdagen,
            instellingen=instellingen,
        )


def make_meldingen(
    profiel: Profiel,
    make_geheimen: Callable[[], Geheimen],
    logboek: Logboek,
    klok: Klok,
    uitvoerder: Uitvoerder,
    opslag: Opslag,
) -> Meldingen | None:
    """None als deze gemeente geen meldingensysteem heeft aangesloten."""
    if profiel.meldingen is None:
        return None
    return Meldingen(profiel, make_geheimen, logboek, klok, uitvoerder, opslag)
