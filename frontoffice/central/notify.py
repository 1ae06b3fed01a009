"""Berichten via een API zoals GOV.UK Notify: NotifyNL, of een eigen dienst met dezelfde vorm.

Eigen, kleine client op `central.http`, en niet notifications-python-client: die kent onze regels voor tijd,
afbreken, omvang en loopback niet, zet het adres met zoekvraag in zijn fouten, en laadt PyJWT (en daarmee
cryptography) in het venster. Het sjabloon bij de aanbieder is alleen een doorgeefluik: onderwerp
`((onderwerp))` en tekst `((tekst))`; wat er staat, bepaalt KiF.

De aanbieder kent geen idempotentie: twee keer dezelfde `reference` geeft twee berichten. Daarom wordt eerst
op `reference` gezocht (zeven dagen terug). Het veld `message` van een fout wordt niet gelezen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from frontoffice.berichtpoort import Aangenomen, Uitgaand
from frontoffice.central.antwoord import check_uuid
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.bericht import Aflevering, Berichtkanaal
from frontoffice.domain.fouten import Afgekeurd, NietBevoegd, RegisterFout
from frontoffice.ports import Aanroep, RegisterStand

V = TypeVar("V")
_STATEN = {
    "created": Aflevering.ONDERWEG,
    "sending": Aflevering.ONDERWEG,
    "pending": Aflevering.ONDERWEG,
    "sent": Aflevering.ONDERWEG,
    "delivered": Aflevering.AANGEKOMEN,
    "permanent-failure": Aflevering.BLIJVEND_MISLUKT,
    "temporary-failure": Aflevering.TIJDELIJK_MISLUKT,
    "technical-failure": Aflevering.TECHNISCH_MISLUKT,
}
_NIET_TOEGELATEN = (
    "De berichtendienst laat dit programma niet binnen. Kijk of de klok van deze pc gelijk loopt: een halve "
    "minuut verschil is te veel. Klopt de klok, vraag dan de applicatiebeheerder de sleutel na te kijken."
)
_ADRES_ONGELDIG = "De berichtendienst neemt dit adres niet aan."
_INRICHTING = (
    "De berichtendienst weigert dit bericht. Vraag de applicatiebeheerder het sjabloon en de soort sleutel "
    "na te kijken."
)


class _Bericht(msgspec.Struct, frozen=True):
    id: str
    status: str = "created"
    reference: str | None = None
    created_at: str = ""


class _Lijst(msgspec.Struct, frozen=True):
    notifications: list[_Bericht]


class Notify:
    """Port `Berichtenkanaal`. `sjablonen`: per kanaal het id van het sjabloon bij de aanbieder."""

    def __init__(self, verbinding: Verbinding, sjablonen: Mapping[Berichtkanaal, str]) -> None:
        self._verbinding = verbinding
        self._sjablonen = sjablonen

    @property
    def kan_nakijken(self) -> bool:
        return True

    def find(self, sleutel: str, aanroep: Aanroep) -> Aangenomen | None:
        vraag = Vraag("GET", "/v2/notifications", (("reference", sleutel),), herhaalbaar=True)
        lijst = self._ask(vraag, aanroep, _Lijst)
        # Een server die niet op `reference` let, geeft ieders berichten: die tellen niet.
        eigen = [bericht for bericht in lijst.notifications if bericht.reference == sleutel]
        if not eigen:
            return None
        laatste = max(eigen, key=lambda bericht: bericht.created_at)
        return Aangenomen(laatste.id, _to_aflevering(laatste.status))

    def send(self, bericht: Uitgaand, aanroep: Aanroep) -> Aangenomen:
        """POST /v2/notifications: aangenomen is nog niet afgeleverd. Zoek eerst, voor u dit herhaalt."""
        is_mail = bericht.kanaal is Berichtkanaal.MAIL
        lijf: dict[str, object] = {
            "email_address" if is_mail else "phone_number": bericht.adres,
            "template_id": self._sjablonen[bericht.kanaal],
            "reference": bericht.sleutel,
            "personalisation": {"onderwerp": bericht.titel, "tekst": bericht.tekst},
        }
        vraag = Vraag("POST", f"/v2/notifications/{'email' if is_mail else 'sms'}", lijf=lijf)
        return Aangenomen(self._ask(vraag, aanroep, _Bericht).id)

    def load_aflevering(self, id: str, aanroep: Aanroep) -> Aflevering:
        vraag = Vraag("GET", f"/v2/notifications/{check_uuid(id)}", herhaalbaar=True)
        return _to_aflevering(self._ask(vraag, aanroep, _Bericht).status)

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Kan de aanbieder worden bereikt, en kent hij de sleutel?"""
        naam = self._verbinding.register.naam
        try:
            self._verbinding.fetch(Vraag("GET", "/v2/templates", herhaalbaar=True), aanroep)
        except NietBevoegd as fout:
            return RegisterStand(naam, True, False, None, None, fout.uitleg)
        except RegisterFout as fout:
            return RegisterStand(naam, False, None, None, None, fout.uitleg)
        return RegisterStand(naam, True, True, "v2", None, None)

    def _ask(self, vraag: Vraag, aanroep: Aanroep, vorm: type[V]) -> V:
        try:
            return self._verbinding.ask(vraag, aanroep, vorm, lambda gelezen: gelezen)
        except NietBevoegd as fout:
            # De API weigert vóór zij iets doet: er is zeker niets aangenomen.
            raise NietBevoegd(
                _NIET_TOEGELATEN,
                register=fout.register,
                code="sleutel_of_klok",
                http_status=fout.http_status,
                nooit_verstuurd=True,
            ) from None
        except Afgekeurd as fout:
            is_adres = fout.register_code == "ValidationError"
            raise Afgekeurd(
                _ADRES_ONGELDIG if is_adres else _INRICHTING,
                register=fout.register,
                http_status=fout.http_status,
                register_code=fout.register_code,
                velden=(("adres", "ongeldig"),) if is_adres else (),
            ) from None


def _to_aflevering(status: str) -> Aflevering:
    """Een staat die wij niet kennen, is nog geen mislukking."""
    return _STATEN.get(status, Aflevering.ONDERWEG)
