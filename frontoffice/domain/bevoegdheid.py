"""Welke zaken en documenten een medewerker mag zien: zaaktypen en hoogste vertrouwelijkheid van de rol.

De enige plek die dit beslist, zodat venster, aantallen, tijdlijn, zoeken en opdrachtregel gelijk lopen.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.domain.zaak import Catalogus, Vertrouwelijkheid, Zaak, ZaakDocument

ALLE_ZAAKTYPEN = "*"


@dataclass(frozen=True)
class Bevoegdheid:
    """`zaaktypen` zijn waarden van zaaktype.identificatie; "*" staat voor alle."""

    zaaktypen: frozenset[str]
    hoogste_vertrouwelijkheid: Vertrouwelijkheid

    @property
    def alle_zaaktypen(self) -> bool:
        return ALLE_ZAAKTYPEN in self.zaaktypen

    def mag_zaak(self, zaak: Zaak, catalogus: Catalogus | None) -> bool:
        """Zonder catalogus is het zaaktype onbekend: dan mag alleen wie alle zaaktypen mag."""
        if Vertrouwelijkheid.lees(zaak.vertrouwelijkheid) > self.hoogste_vertrouwelijkheid:
            return False
        if self.alle_zaaktypen:
            return True
        zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
        return zaaktype is not None and zaaktype.identificatie in self.zaaktypen

    def mag_document(self, document: ZaakDocument) -> bool:
        """Een document zonder eigen aanduiding (nog zonder details) volgt zijn zaak."""
        if not document.vertrouwelijkheid:
            return True
        return Vertrouwelijkheid.lees(document.vertrouwelijkheid) <= self.hoogste_vertrouwelijkheid
