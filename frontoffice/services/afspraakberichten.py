"""Van iets wat met een afspraak gebeurde naar het bericht dat de inwoner krijgt, als hij daarom vroeg.

Noemt nooit een product: dat verraadt waarvoor iemand komt. De sleutel is de afspraak met haar stand
(`ics_volgnummer`): dezelfde wijziging twee keer horen geeft één bericht.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal, Toestand
from frontoffice.agenda.meegeven import make_meegeven
from frontoffice.agenda.tijd import ceil_tik, from_tik
from frontoffice.agendapoort import AgendaFout
from frontoffice.domain.bericht import (
    BIJ_BEGINTIJD,
    OVER_AFSPRAAK,
    Berichtkanaal,
    Berichtopdracht,
    Berichtsoort,
    Ontvanger,
    Toestemming,
)
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakwaarden import Gebeurd
from frontoffice.services.avondbeelden import Agendabeeld
from frontoffice.services.berichtbord import Berichtbord
from frontoffice.services.berichten import (
    NIET_AANGESLOTEN,
    Berichtaanvraag,
    Berichtendienst,
    Berichtstand,
    Voorbeeld,
)
from frontoffice.services.berichtteksten import format_dag, format_tijd

_KANALEN = {Bevestigkanaal.MAIL: Berichtkanaal.MAIL, Bevestigkanaal.SMS: Berichtkanaal.SMS}
_NOG_NIET = "Er staat nog geen bericht klaar."
_SOORTEN = {
    Gebeurd.GEBOEKT: Berichtsoort.AFSPRAAK_BEVESTIGD,
    Gebeurd.VERZET: Berichtsoort.AFSPRAAK_GEWIJZIGD,
    Gebeurd.GEWIJZIGD: Berichtsoort.AFSPRAAK_GEWIJZIGD,
    Gebeurd.AFGEZEGD: Berichtsoort.AFSPRAAK_AFGEZEGD,
    Gebeurd.CONTACT: Berichtsoort.AFSPRAAK_BEVESTIGD,
}


@dataclass(frozen=True)
class Berichtbeeld:
    """Het bericht bij een afspraak: hoe het ermee staat, wat de inwoner leest, of waarom er geen is.

    `kan_klaar`: er hoort een bericht te gaan dat er nog niet is; iemand mag het alsnog klaarzetten.
    """

    stand: Berichtstand | None
    voorbeeld: Voorbeeld | None
    reden: str = ""
    kan_klaar: bool = False


class Afspraakberichten:
    """`hear` is de luisteraar van de afsprakendienst.

    Onthoudt van klanten in beeld wie bij welke klantsleutel hoort, alleen in het geheugen: de agenda kent
    geen BSN.
    """

    def __init__(
        self,
        berichten: Berichtendienst,
        load_beeld: Callable[[], Agendabeeld],
        bord: Berichtbord | None = None,
    ) -> None:
        """`bord`: dat van een gedeelde agenda; daarop zien collega's dat hier een bericht klaarstaat."""
        self.berichten, self.bord = berichten, bord
        self._load_beeld = load_beeld
        self._bekend: dict[str, tuple[Gesprekspartner, bool]] = {}

    def know(self, klantsleutel: str, partner: Gesprekspartner, *, overleden: bool) -> None:
        """De klant in beeld met deze sleutel: zijn bericht wordt ook een contact, tenzij hij is overleden."""
        if klantsleutel:
            self._bekend[klantsleutel] = (partner, overleden)

    def hear(self, gebeurd: Gebeurd, afspraak: Afspraak) -> None:
        """Zet het bericht klaar dat hierbij hoort; doet niets als de inwoner er niet om vroeg."""
        self.send(afspraak, _SOORTEN[gebeurd])

    def send(self, afspraak: Afspraak, wat: Berichtsoort) -> int | None:
        """Zet dit bericht klaar; None als er geen hoort te gaan. Twee keer is één keer. Raises WinkelFout."""
        aanvraag = self.make_aanvraag(afspraak, wat)
        if aanvraag is None or aanvraag.naar.overleden:
            return None
        return self._add(aanvraag)

    def _add(self, aanvraag: Berichtaanvraag) -> int:
        nummer = self.berichten.add(aanvraag)
        rij = self.berichten.find(nummer)
        if self.bord is not None and rij is not None and isinstance(rij.opdracht, Berichtopdracht):
            wacht = max(rij.niet_voor - rij.opdracht.gemaakt_op, timedelta())
            # Zonder bord gaat het bericht ook weg; dan ziet alleen een collega het niet wachten.
            with contextlib.suppress(AgendaFout):
                self.bord.put(rij.opdracht, wacht)
        return nummer

    def warn_later(self, afspraak: Afspraak, begin: datetime) -> int | None:
        """Laat één keer weten dat deze afspraak vandaag pas rond `begin` aan de beurt komt.

        None als de inwoner geen e-mail of sms koos. Raises WinkelFout."""
        aanvraag = self.make_aanvraag(afspraak, Berichtsoort.AFSPRAAK_LATER)
        if aanvraag is None or aanvraag.naar.overleden:
            return None
        later = {"later": format_tijd(from_tik(ceil_tik(begin)), afspraak.klant.brieftaal)}
        return self._add(replace(aanvraag, waarden={**aanvraag.waarden, **later}))

    def load_beeld(self, afspraak: Afspraak) -> Berichtbeeld | None:
        """Wat er over het bericht bij deze afspraak te zeggen is; None als de inwoner er geen koos.

        Raises WinkelFout."""
        kanaal = _find_kanaal(afspraak)
        standen = self.berichten.load(over_afspraak(afspraak))
        if standen and (kanaal is not None or standen[-1].moet_bellen):
            laatste = standen[-1]
            standen_nr = [int(stand.versie) for stand in standen if stand.versie.isdecimal()]
            is_nieuwste = max(standen_nr, default=0) >= afspraak.ics_volgnummer
            voorbeeld = self.berichten.load_voorbeeld(laatste.id)
            return Berichtbeeld(laatste, voorbeeld, "", not is_nieuwste and self._can_send(afspraak))
        if kanaal is None:
            return None
        try:
            aanvraag = self.make_aanvraag(afspraak)
            if aanvraag is None:
                aan = self.berichten.can_send(kanaal, find_soort(afspraak))
                return None if aan else Berichtbeeld(None, None, NIET_AANGESLOTEN)
            return Berichtbeeld(None, self.berichten.preview(aanvraag), _NOG_NIET, True)
        except Geweigerd as fout:
            return Berichtbeeld(None, None, fout.uitleg)

    def _can_send(self, afspraak: Afspraak) -> bool:
        aanvraag = self.make_aanvraag(afspraak)
        return aanvraag is not None and not aanvraag.naar.overleden

    def make_aanvraag(self, afspraak: Afspraak, wat: Berichtsoort | None = None) -> Berichtaanvraag | None:
        """Het bericht bij deze afspraak; None als de inwoner geen e-mail of sms koos, of het uit staat.

        Zonder `wat`: wat bij de afspraak hoort zoals zij nu is. Een herinnering is er ook voor wie een brief
        koos en een telefoonnummer gaf: zonder adres komt die op de Bellijst."""
        wat = wat or find_soort(afspraak)
        bellen = wat is Berichtsoort.HERINNERING and _is_alleen_te_bellen(afspraak)
        kanaal = Berichtkanaal.MAIL if bellen else _find_kanaal(afspraak)
        if kanaal is None or not self.berichten.can_send(kanaal, wat):
            return None
        if wat is Berichtsoort.AFSPRAAK_AFGEZEGD and afspraak.toestand is not Toestand.AFGEZEGD:
            return None
        if wat is not Berichtsoort.AFSPRAAK_AFGEZEGD and afspraak.toestand is not Toestand.BEVESTIGD:
            return None
        klant = afspraak.klant
        partner, overleden = self._bekend.get(klant.klantsleutel, (None, False))
        email = "" if bellen else klant.email
        naar = Ontvanger(
            klant.naam, email, klant.telefoon, klant.telefoon, klant.brieftaal, overleden, partner
        )
        # Wie bij het boeken e-mail of sms kiest, zegt daarmee dat berichten over deze afspraak mogen.
        gevraagd_op = dag_van(afspraak.gemaakt_op or afspraak.begin)
        return Berichtaanvraag(
            wat,
            kanaal,
            naar,
            over_afspraak(afspraak),
            versie_van(afspraak, wat),
            Toestemming(OVER_AFSPRAAK, gevraagd_op, "bij het maken van de afspraak"),
            afspraak.nummer,
            self._waarden(afspraak),
            afspraak.begin,
        )

    def _waarden(self, afspraak: Afspraak) -> dict[str, str]:
        inrichting, taal = self._load_beeld().inrichting, afspraak.klant.brieftaal
        plaats = inrichting.locatie
        meenemen = [
            (regel.vertaald.get(taal, "") or regel.tekst, regel.verplicht)
            for regel in make_meegeven(inrichting, afspraak).meenemen
        ]
        plaatsnaam = plaats.vertaald.get(taal, "") or plaats.naam
        waarden = {
            "dag": format_dag(dag_van(afspraak.begin), taal),
            "tijd": format_tijd(afspraak.begin, taal),
            "waar": ", ".join(deel for deel in (plaatsnaam, plaats.adres) if deel),
            "code": afspraak.code,
            "meenemen": "\n".join(f"- {tekst}" for tekst, verplicht in meenemen if verplicht),
        }
        eigen = {"bellen": plaats.telefoon, "website": plaats.website}
        return waarden | {naam: waarde for naam, waarde in eigen.items() if waarde}


def _find_kanaal(afspraak: Afspraak) -> Berichtkanaal | None:
    """Waarlangs deze inwoner bericht wil; None = niet digitaal."""
    keuze = afspraak.klant.bevestiging
    return _KANALEN.get(keuze) if keuze else None


def _is_alleen_te_bellen(afspraak: Afspraak) -> bool:
    return afspraak.klant.bevestiging is Bevestigkanaal.BRIEF and bool(afspraak.klant.telefoon)


def versie_van(afspraak: Afspraak, wat: Berichtsoort) -> str:
    """De stand waar een bericht over gaat. Een herinnering hoort bij de begintijd: een andere naam geeft er
    geen tweede."""
    if wat in BIJ_BEGINTIJD:
        return afspraak.begin.isoformat()
    return str(afspraak.ics_volgnummer)


def over_afspraak(afspraak: Afspraak) -> str:
    """Waar een bericht over gaat: alleen het id."""
    return f"afspraak:{afspraak.id}"


def find_soort(afspraak: Afspraak) -> Berichtsoort:
    """Welk bericht bij een afspraak hoort zoals zij nu is."""
    if afspraak.toestand is Toestand.AFGEZEGD:
        return Berichtsoort.AFSPRAAK_AFGEZEGD
    if afspraak.ics_volgnummer:
        return Berichtsoort.AFSPRAAK_GEWIJZIGD
    return Berichtsoort.AFSPRAAK_BEVESTIGD
