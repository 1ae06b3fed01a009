"""Documenten 1.4: de gegevens en de bytes van documenten bij een zaak. Weet niet welke zaak dat is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO

from frontoffice.central.antwoord import check_uuid, require_uuid
from frontoffice.central.bladzijden import Bladzij
from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.central.instelling import MB
from frontoffice.central.zaakvormen import Vorm
from frontoffice.domain.fouten import FilterGenegeerd
from frontoffice.domain.zaak import ZaakDocument
from frontoffice.ports import Aanroep, RegisterStand

GROOTSTE_DOCUMENT = 200 * MB
_PER_VRAAG = 100


class _Document(Vorm, frozen=True):
    url: str
    titel: str = ""
    formaat: str = ""
    bestandsnaam: str = ""
    bestandsomvang: int | None = None
    vertrouwelijkheidaanduiding: str = ""
    creatiedatum: date | None = None
    auteur: str = ""


class Documenten:
    """De documenten achter port `Zaken`."""

    def __init__(self, verbinding: Verbinding, grootste: int = GROOTSTE_DOCUMENT) -> None:
        self._verbinding = verbinding
        self._grootste = grootste

    def add_details(self, documenten: Sequence[ZaakDocument], aanroep: Aanroep) -> tuple[ZaakDocument, ...]:
        """Vul aan met formaat, omvang en bestandsnaam; één verzoek per honderd."""
        details: dict[str, _Document] = {}
        uuids = list(dict.fromkeys(document.informatieobject_uuid for document in documenten))
        for begin in range(0, len(uuids), _PER_VRAAG):
            details |= self._load(uuids[begin : begin + _PER_VRAAG], aanroep)
        return tuple(_complete(d, details.get(d.informatieobject_uuid)) for d in documenten)

    def download(
        self,
        document_uuid: str,
        doel: BinaryIO,
        voortgang: Callable[[int, int | None], None],
        aanroep: Aanroep,
    ) -> None:
        """Schrijf het document in `doel`; `voortgang` krijgt (bytes tot nu, bytes in totaal of None).

        Raises OnverwachtAntwoord boven de grens van het profiel; `doel` is dan niet heel.
        """
        vraag = Vraag(
            "GET",
            f"/enkelvoudiginformatieobjecten/{check_uuid(document_uuid)}/download",
            koppen={"Accept": "*/*", "Accept-Encoding": "identity"},
        )
        self._verbinding.download(vraag, doel, voortgang, aanroep, self._grootste)

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Zoekt een documentnummer dat niet bestaat."""
        query = (("identificatie", "kif-doctor"), ("pageSize", "1"))
        return probe(self._verbinding, Vraag("GET", "/enkelvoudiginformatieobjecten", query), aanroep)

    def _load(self, uuids: list[str], aanroep: Aanroep) -> dict[str, _Document]:
        def make(bladzij: Bladzij[_Document]) -> dict[str, _Document]:
            return {require_uuid(rij.url): rij for rij in bladzij.results}

        vraag = Vraag(
            "POST",
            "/enkelvoudiginformatieobjecten/_zoek",
            (("pageSize", str(_PER_VRAAG)),),
            {"uuid__in": uuids},
            herhaalbaar=True,
        )
        gevonden = self._verbinding.ask(vraag, aanroep, Bladzij[_Document], make)
        if not gevonden.keys() <= set(uuids):
            register = self._verbinding.register
            zin = (
                f"{register.mensnaam} gaf documenten waar niet om is gevraagd. Daarom tonen we er geen. "
                "Meld dit meteen bij de applicatiebeheerder."
            )
            raise FilterGenegeerd(zin, register=register.naam)
        return gevonden


def _complete(document: ZaakDocument, detail: _Document | None) -> ZaakDocument:
    if detail is None:
        return document
    return dataclasses.replace(
        document,
        titel=document.titel or detail.titel,
        formaat=detail.formaat,
        bestandsnaam=detail.bestandsnaam,
        omvang=detail.bestandsomvang,
        vertrouwelijkheid=detail.vertrouwelijkheidaanduiding,
        creatiedatum=detail.creatiedatum,
        auteur=detail.auteur,
    )
