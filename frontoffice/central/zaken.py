"""Zaken 1.5, Catalogi 1.3 en Documenten 1.4 (Open Zaak 1.30). Alleen lezen.

Een BSN gaat in het lijf van `_zoek`. Dat negeert een onbekend filter zonder iets te zeggen en geeft dan
ieders zaken. Daarom staan de namen hieronder als constanten en telt een zaak pas als een rol de klant noemt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO, TypeVar

from frontoffice.central.antwoord import check_uuid, require_uuid
from frontoffice.central.bladzijden import Bladzij, load_all, to_pagina, unique
from frontoffice.central.catalogi import CatalogusBron
from frontoffice.central.documenten import Documenten
from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.central.zaakvormen import (
    Koppeling,
    StatusVorm,
    Vorm,
    ZaakVorm,
    to_document,
    to_status,
    to_zaak,
)
from frontoffice.domain.fouten import FilterGenegeerd, NietBevoegd, NietGevonden
from frontoffice.domain.klant import KlantSleutel, PartijSleutel, PersoonSleutel
from frontoffice.domain.zaak import Catalogus, Resultaat, Status, Zaak, ZaakDocument
from frontoffice.ports import Aanroep, Pagina, RegisterStand

R = TypeVar("R")
D = TypeVar("D")
# Alleen /zaken en /zaken/_zoek willen deze headers; zonder komt er een 412.
_CRS = {"Accept-Crs": "EPSG:4326"}
_CRS_POST = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}

_ROL = "rol__betrokkeneIdentificatie__"
BSN = f"{_ROL}natuurlijkPersoon__inpBsn"
NNP_KVK = f"{_ROL}nietNatuurlijkPersoon__kvkNummer"
NNP_VESTIGING = f"{_ROL}nietNatuurlijkPersoon__vestigingsNummer"
NNP_RSIN = f"{_ROL}nietNatuurlijkPersoon__innNnpId"
VESTIGING_KVK = f"{_ROL}vestiging__kvkNummer"
VESTIGING = f"{_ROL}vestiging__vestigingsNummer"
UUIDS = "uuid__in"
OPEN = "einddatum__isnull"
NUMMER = "identificatie"

HOOGSTE_AANTAL_DETAILS = 20
_HOOGSTE_PAGINA = 500  # meer zet Open Zaak stilzwijgend terug naar 500
_DETAILS = ("status", "rollen", "zaakinformatieobjecten")


class _Resultaat(Vorm, frozen=True):
    uuid: str
    resultaattype: str
    toelichting: str = ""


class OpenZaak:
    """Port `Zaken`."""

    def __init__(self, zaken: Verbinding, catalogus: CatalogusBron, documenten: Documenten) -> None:
        self._zaken = zaken
        self._catalogus = catalogus
        self._documenten = documenten

    def find_open_zaken(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Zaak, ...]:
        gevonden: list[Zaak] = []
        for filter_ in _filters(sleutel):
            gevonden += self._load_open(filter_, aanroep)
        zaken = unique(gevonden, _uuid)
        self._catalogus.report_types(zaak.zaaktype_uuid for zaak in zaken)
        return zaken

    def find_afgeronde_zaken(self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep) -> Pagina[Zaak]:
        """Bij een bedrijf twintig per filter: `_zoek` kent geen "of"."""
        delen = [self._load_afgerond(filter_, pagina, aanroep) for filter_ in _filters(sleutel)]
        zaken = unique((zaak for deel in delen for zaak in deel.rijen), _uuid)
        self._check_owner(zaken, sleutel)
        self._catalogus.report_types(zaak.zaaktype_uuid for zaak in zaken)
        nieuwste_eerst = sorted(zaken, key=lambda zaak: str(zaak.einddatum), reverse=True)
        meer = any(deel.volgende_pagina is not None for deel in delen)
        totaal = sum(deel.totaal for deel in delen)
        return Pagina(tuple(nieuwste_eerst), totaal, pagina + 1 if meer else None)

    def load_zaken(self, sleutel: KlantSleutel, uuids: Sequence[str], aanroep: Aanroep) -> tuple[Zaak, ...]:
        """Deze zaken met hun details, in de gevraagde volgorde. Raises ValueError bij meer dan er mogen.

        Raises FilterGenegeerd bij een zaak die niet is gevraagd of van een ander is.
        """
        gevraagd = list(dict.fromkeys(check_uuid(uuid) for uuid in uuids))
        if len(gevraagd) > HOOGSTE_AANTAL_DETAILS:
            raise ValueError(f"hoogstens {HOOGSTE_AANTAL_DETAILS} zaken tegelijk")
        if not gevraagd:
            return ()
        # Bij een persoon gaat het BSN mee: dan kijken het register en wij allebei. Een bedrijf staat met
        # verschillende nummers in zaken; daar is alleen het eigen nakijken er.
        eigen = {BSN: sleutel.bsn.nummer} if isinstance(sleutel, PersoonSleutel) else {}
        zaken = self._search({**eigen, UUIDS: gevraagd}, aanroep, expand=_DETAILS).rijen
        if any(zaak.uuid not in gevraagd for zaak in zaken):
            raise self._filter_ignored()
        self._check_owner(zaken, sleutel)
        self._catalogus.report_types(zaak.status.statustype_uuid for zaak in zaken if zaak.status)
        volgorde = {uuid: plaats for plaats, uuid in enumerate(gevraagd)}
        return tuple(sorted(zaken, key=lambda zaak: volgorde[zaak.uuid]))

    def find_zaak(self, zaaknummer: str, aanroep: Aanroep) -> tuple[Zaak, ...]:
        """De zaken met precies dit nummer: het is alleen uniek binnen een organisatie."""
        zaken = self._search({NUMMER: zaaknummer}, aanroep, expand=("status", "rollen")).rijen
        if any(zaak.identificatie != zaaknummer for zaak in zaken):
            raise self._filter_ignored()
        return zaken

    def load_statussen(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[Status, ...]:
        """Elke status die de zaak had, nieuwste eerst."""
        statussen = self._load_of_zaak("/statussen", zaak_uuid, Bladzij[StatusVorm], to_status, aanroep)
        self._catalogus.report_types(status.statustype_uuid for status in statussen)
        return tuple(sorted(statussen, key=_moment, reverse=True))

    def load_resultaat(self, resultaat_uuid: str, aanroep: Aanroep) -> Resultaat:
        """Het resultaat met de omschrijving uit de catalogus: twee verzoeken na elkaar."""
        vraag = Vraag("GET", f"/resultaten/{check_uuid(resultaat_uuid)}", koppen=_CRS, herhaalbaar=True)
        kaal = self._zaken.ask(
            vraag,
            aanroep,
            _Resultaat,
            lambda r: Resultaat(r.uuid, require_uuid(r.resultaattype), r.toelichting),
        )
        omschrijving = self._catalogus.load_resultaattype(kaal.resultaattype_uuid, aanroep)
        return Resultaat(kaal.uuid, kaal.resultaattype_uuid, kaal.toelichting, omschrijving)

    def load_documenten(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[ZaakDocument, ...]:
        """Mag deze client geen documenten zien, dan blijven de titels over die de zaak zelf geeft."""
        query = (("zaak", self._zaken.url(f"/zaken/{check_uuid(zaak_uuid)}")),)
        vraag = Vraag("GET", "/zaakinformatieobjecten", query, koppen=_CRS, herhaalbaar=True)
        documenten = self._zaken.ask(  # een kale lijst: dit onderdeel van de API kent geen bladzijden
            vraag, aanroep, list[Koppeling], lambda rijen: unique(map(to_document, rijen), _uuid)
        )
        if not documenten:
            return ()
        try:
            return self._documenten.add_details(documenten, aanroep)
        except NietBevoegd:
            return documenten

    def download(
        self,
        document_uuid: str,
        doel: BinaryIO,
        voortgang: Callable[[int, int | None], None],
        aanroep: Aanroep,
    ) -> None:
        self._documenten.download(document_uuid, doel, voortgang, aanroep)

    def load_catalogus(self, aanroep: Aanroep) -> Catalogus:
        return self._catalogus.load(aanroep)

    def check(self, register: str, aanroep: Aanroep) -> RegisterStand:
        checks = {
            "zaken": self._check_zaken,
            "catalogi": self._catalogus.check,
            "documenten": self._documenten.check,
        }
        return checks[register](aanroep)

    def _check_zaken(self, aanroep: Aanroep) -> RegisterStand:
        """Zoekt een zaaknummer dat niet bestaat: zo komt er geen zaak van iemand mee."""
        vraag = Vraag("GET", "/zaken", ((NUMMER, "kif-doctor"), ("pageSize", "1")), koppen=_CRS)
        return probe(self._zaken, vraag, aanroep)

    def _load_open(self, filter_: Mapping[str, object], aanroep: Aanroep) -> tuple[Zaak, ...]:
        filters = {**filter_, OPEN: True, "ordering": "-startdatum"}

        def load(pagina: int) -> Pagina[Zaak]:
            return self._search(filters, aanroep, per_pagina=_HOOGSTE_PAGINA, pagina=pagina)

        zaken = load_all(load, _uuid, self._zaken.register, hoogste=8)
        if any(not zaak.is_open for zaak in zaken):
            raise self._filter_ignored()
        return zaken

    def _load_afgerond(self, filter_: Mapping[str, object], pagina: int, aanroep: Aanroep) -> Pagina[Zaak]:
        filters = {**filter_, OPEN: False, "ordering": "-einddatum"}
        try:
            deel = self._search(filters, aanroep, expand=_DETAILS, pagina=pagina)
        except NietGevonden:
            if pagina == 1:
                raise
            return Pagina((), 0)  # voorbij het eind van dit filter
        if any(zaak.is_open for zaak in deel.rijen):
            raise self._filter_ignored()
        return deel

    def _search(
        self,
        filters: Mapping[str, object],
        aanroep: Aanroep,
        *,
        expand: Sequence[str] = (),
        per_pagina: int = HOOGSTE_AANTAL_DETAILS,
        pagina: int = 1,
    ) -> Pagina[Zaak]:
        """`page` en `pageSize` gelden alleen in de query, filters alleen in het lijf.

        `expand` moet een lijst zijn: op een tekst antwoordt Open Zaak met een storing.
        """
        query = [("pageSize", str(per_pagina))] + ([("page", str(pagina))] if pagina > 1 else [])
        lijf = {**filters, "expand": list(expand)} if expand else dict(filters)
        vraag = Vraag("POST", "/zaken/_zoek", tuple(query), lijf, _CRS_POST, herhaalbaar=True)

        def make(bladzij: Bladzij[ZaakVorm]) -> Pagina[Zaak]:
            return to_pagina(bladzij, pagina, lambda rij: to_zaak(rij, expand), _uuid)

        return self._zaken.ask(vraag, aanroep, Bladzij[ZaakVorm], make)

    def _load_of_zaak(
        self,
        pad: str,
        zaak_uuid: str,
        vorm: type[Bladzij[R]],
        make: Callable[[R], D],
        aanroep: Aanroep,
    ) -> tuple[D, ...]:
        zaak_url = self._zaken.url(f"/zaken/{check_uuid(zaak_uuid)}")

        def load(pagina: int) -> Pagina[D]:
            bij = (("page", str(pagina)),) if pagina > 1 else ()
            query = (("zaak", zaak_url), ("pageSize", "100"), *bij)
            vraag = Vraag("GET", pad, query, koppen=_CRS, herhaalbaar=True)
            return self._zaken.ask(vraag, aanroep, vorm, lambda b: to_pagina(b, pagina, make, _uuid))

        return load_all(load, _uuid, self._zaken.register, hoogste=5)

    def _check_owner(self, zaken: Iterable[Zaak], sleutel: KlantSleutel) -> None:
        """Raises FilterGenegeerd zodra één zaak de klant in geen enkele rol noemt."""
        if not all(any(rol.is_van(sleutel) for rol in zaak.rollen or ()) for zaak in zaken):
            raise self._filter_ignored()

    def _filter_ignored(self) -> FilterGenegeerd:
        register = self._zaken.register
        zin = (
            f"{register.mensnaam} gaf een zaak van iemand anders. Daarom tonen we geen zaken. "
            "Meld dit meteen bij de applicatiebeheerder."
        )
        return FilterGenegeerd(zin, register=register.naam)


def _filters(sleutel: KlantSleutel) -> list[dict[str, object]]:
    """De filters die samen alle zaken van deze klant vinden; `_zoek` kent geen "of"."""
    if isinstance(sleutel, PartijSleutel):
        return []
    if isinstance(sleutel, PersoonSleutel):
        return [{BSN: sleutel.bsn.nummer}]
    if sleutel.vestiging is not None:
        return [{VESTIGING: sleutel.vestiging.nummer}, {NNP_VESTIGING: sleutel.vestiging.nummer}]
    kvk: list[dict[str, object]] = [{NNP_KVK: sleutel.kvk.nummer}, {VESTIGING_KVK: sleutel.kvk.nummer}]
    return kvk + ([{NNP_RSIN: sleutel.rsin}] if sleutel.rsin else [])


def _uuid(ding: object) -> str:
    return str(getattr(ding, "uuid", ""))


def _moment(status: Status) -> str:
    return status.gezet_op.isoformat() if status.gezet_op else ""
