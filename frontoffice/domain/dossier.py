"""Eén zaak helemaal: wat er is gebeurd, wat nog komt, contacten erover, en een tekst om voor te lezen.

Haalt niets op. De voorleestekst is er alleen voor wie aanvrager of gemachtigde is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import KlantSleutel
from frontoffice.domain.taal import dag_van, datum_lang
from frontoffice.domain.termijn import Termijn, bereken_termijn
from frontoffice.domain.zaak import Catalogus, Resultaat, Status, Zaak, ZaakDetail


@dataclass(frozen=True)
class Stap:
    """Een stap van een zaak: gezet (met datum), de stap van nu, of nog te gaan."""

    omschrijving: str
    gezet_op: datetime | None = None
    toelichting: str = ""
    is_nu: bool = False
    is_eind: bool = False

    @property
    def is_gezet(self) -> bool:
        return self.gezet_op is not None or self.is_nu


@dataclass(frozen=True)
class ZaakDossier:
    """Een zaak met alles eromheen. `fouten`: onderdelen die niet zijn geladen, met de reden.

    `contacten` zijn alleen die van deze klant; `contacten_van_anderen` is het aantal andere over deze zaak.
    `voorleestekst` is None als de klant geen aanvrager of gemachtigde is.
    """

    detail: ZaakDetail
    zaaktype: str
    termijn: Termijn
    stappen: tuple[Stap, ...]
    contacten: tuple[Klantcontact, ...] = ()
    contacten_van_anderen: int = 0
    voorleestekst: str | None = None
    fouten: tuple[tuple[str, KifFout], ...] = ()


def maak_stappen(statussen: tuple[Status, ...], zaak: Zaak, catalogus: Catalogus | None) -> tuple[Stap, ...]:
    """Gezette stappen op volgorde van tijd, daarna de statustypen die nog niet zijn geweest."""
    gezet = sorted(
        statussen, key=lambda s: (s.gezet_op is None, s.gezet_op.timestamp() if s.gezet_op else 0.0)
    )
    nu_uuid = zaak.status.uuid if zaak.status else (gezet[-1].uuid if gezet else "")
    stappen = []
    for status in gezet:
        soort = catalogus.statustypen.get(status.statustype_uuid) if catalogus else None
        stappen.append(
            Stap(
                soort.omschrijving if soort else "Stap onbekend",
                status.gezet_op,
                status.toelichting,
                is_nu=status.uuid == nu_uuid,
                is_eind=bool(soort and soort.is_eindstatus),
            )
        )
    if catalogus and zaak.is_open:
        nu = next((s for s in gezet if s.uuid == nu_uuid), None)
        soort_nu = catalogus.statustypen.get(nu.statustype_uuid) if nu else None
        vanaf = soort_nu.volgnummer if soort_nu else 0
        stappen += [
            Stap(s.omschrijving, is_eind=s.is_eindstatus)
            for s in catalogus.stappen(zaak.zaaktype_uuid)
            if s.volgnummer > vanaf
        ]
    return tuple(stappen)


def maak_voorleestekst(
    zaak: Zaak,
    sleutel: KlantSleutel,
    catalogus: Catalogus | None,
    wacht_op_inwoner: Collection[str],
    vandaag: date,
    resultaat: Resultaat | None = None,
) -> str | None:
    """Ten hoogste vier korte zinnen om voor te lezen, of None als deze klant dat niet mag horen."""
    if not zaak.is_eigen_zaak(sleutel):
        return None
    zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
    zinnen = [f"U vraagt naar de zaak {zaaktype.omschrijving}." if zaaktype else "U vraagt naar uw zaak."]
    if not zaak.is_open:
        zinnen.append(
            f"Deze zaak is klaar sinds {datum_lang(zaak.einddatum, vandaag)}." if zaak.einddatum else ""
        )
        if resultaat and resultaat.omschrijving:
            zinnen.append(f"Het resultaat is: {resultaat.omschrijving}.")
        return " ".join(zin for zin in zinnen if zin)
    soort = catalogus.statustypen.get(zaak.status.statustype_uuid) if catalogus and zaak.status else None
    if soort and zaak.status:
        sinds = f" sinds {datum_lang(dag_van(zaak.status.gezet_op), vandaag)}" if zaak.status.gezet_op else ""
        zinnen.append(f"De zaak heeft{sinds} de status: {soort.omschrijving}.")
    zinnen.append(_zin_over_termijn(bereken_termijn(zaak, vandaag, catalogus), vandaag))
    if soort and soort.omschrijving in wacht_op_inwoner:
        zinnen.append("Wij wachten nog op iets van u.")
    return " ".join(zin for zin in zinnen if zin)


def _zin_over_termijn(termijn: Termijn, vandaag: date) -> str:
    if termijn.ligt_stil:
        return "De zaak ligt nu stil, de tijd telt niet door."
    if termijn.te_laat:
        return "Het besluit had er al moeten zijn, dat spijt ons."
    if termijn.wettelijk:
        return f"U krijgt uiterlijk {datum_lang(termijn.wettelijk, vandaag)} een besluit."
    if termijn.streefdatum and not termijn.streefdatum_voorbij:
        return f"Wij proberen klaar te zijn op {datum_lang(termijn.streefdatum, vandaag)}."
    return ""
