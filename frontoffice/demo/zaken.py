"""De Zaken-API van Open Zaak 1.30, alleen lezen: filters, `_zoek` en de valkuilen daarvan.

`_zoek` neemt filters alleen uit de inhoud en bladeren alleen uit de query; een onbekend veld in de inhoud
telt stil niet mee en geeft dus ieders zaken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from frontoffice.demo.catalogi import CatalogiApi
from frontoffice.demo.http import (
    ApiFout,
    Json,
    Verzoek,
    check_keuze,
    check_namen,
    is_uuid,
    lees_bool,
    lees_expand,
    niet_gevonden,
    ongeldig,
    render_pagina,
    uuid_uit_url,
)
from frontoffice.demo.openzaak import OpenZaakApi, Recht
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Rol, Zaak
from frontoffice.demo.zaakrijen import EXPAND, Zaakrijen

VERTROUWELIJK = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)
ORDENING = (
    "startdatum",
    "einddatum",
    "publicatiedatum",
    "archiefactiedatum",
    "registratiedatum",
    "identificatie",
)
_ROL = "rol__betrokkeneIdentificatie__"
_DATUMVELDEN: dict[str, Callable[[Zaak], date | None]] = {
    "startdatum": lambda z: z.start,
    "registratiedatum": lambda z: z.start,
    "einddatum": lambda z: z.eind,
    "einddatumGepland": lambda z: z.streef,
    "uiterlijkeEinddatumAfdoening": lambda z: z.uiterlijk,
}
_TYPEVELDEN: dict[str, Callable[[Zaak], str]] = {
    "zaaktype": lambda z: z.zaaktype.uuid,
    "status__statustype": lambda z: z.statussen[-1].type.uuid if z.statussen else "",
    "resultaat__resultaattype": lambda z: z.resultaat[1].uuid if z.resultaat else "",
}
_ROLFILTERS = (
    f"{_ROL}natuurlijkPersoon__inpBsn",
    f"{_ROL}natuurlijkPersoon__anpIdentificatie",
    f"{_ROL}natuurlijkPersoon__inpA_nummer",
    f"{_ROL}nietNatuurlijkPersoon__innNnpId",
    f"{_ROL}nietNatuurlijkPersoon__annIdentificatie",
    f"{_ROL}nietNatuurlijkPersoon__kvkNummer",
    f"{_ROL}nietNatuurlijkPersoon__vestigingsNummer",
    f"{_ROL}vestiging__vestigingsNummer",
    f"{_ROL}vestiging__kvkNummer",
    f"{_ROL}medewerker__identificatie",
    f"{_ROL}organisatorischeEenheid__identificatie",
    "rol__omschrijvingGeneriek",
    "rol__betrokkeneType",
    "rol__betrokkene",
    "rol__machtiging",
    "rol__machtiging__loa",
)
_DATUMFILTERS = tuple(
    f"{veld}{achter}"
    for veld in _DATUMVELDEN
    for achter in ("", "__gt", "__gte", "__lt", "__lte", "__isnull")
)
_BETROKKENE_SOORT = {
    "natuurlijkPersoon": "natuurlijk_persoon",
    "nietNatuurlijkPersoon": "niet_natuurlijk_persoon",
    "vestiging": "vestiging",
    "medewerker": "medewerker",
    "organisatorischeEenheid": "organisatorische_eenheid",
}
ZAAKFILTERS = (
    *_ROLFILTERS,
    *_DATUMFILTERS,
    "identificatie",
    "identificatie__icontains",
    "omschrijving",
    "bronorganisatie",
    "bronorganisatie__in",
    "zaaktype",
    "zaaktype__omschrijving",
    "status__statustype",
    "resultaat__resultaattype",
    "maximaleVertrouwelijkheidaanduiding",
    "archiefactiedatum",
    "archiefactiedatum__gt",
    "archiefactiedatum__isnull",
    "archiefactiedatum__lt",
    "archiefnominatie",
    "archiefnominatie__in",
    "archiefstatus",
    "archiefstatus__in",
    "kenmerk",
    "kenmerk__bron",
    "ordering",
)


class ZakenApi(OpenZaakApi):
    """Beantwoordt alles onder /zaken/api/v1."""

    pad = "/zaken/api/v1"
    versie = "1.5.1"
    met_crs = ("zaken",)
    zoekbronnen = ("zaken",)
    detailmethoden: ClassVar[Mapping[str, str]] = {
        "statussen": "",
        "rollen": "PUT, DELETE, ",
        "zaakcontactmomenten": "DELETE, ",
    }
    filters: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "zaken": (*ZAAKFILTERS, "expand", "page", "pageSize"),
        "statussen": ("zaak", "statustype", "indicatieLaatstGezetteStatus", "page", "pageSize"),
        "rollen": (
            "zaak",
            "betrokkene",
            "betrokkeneType",
            "omschrijving",
            "omschrijvingGeneriek",
            "roltype",
            "machtiging",
            "machtiging__loa",
            "page",
            "pageSize",
            *(naam.removeprefix("rol__") for naam in _ROLFILTERS if naam.startswith(_ROL)),
        ),
        "resultaten": ("zaak", "resultaattype", "page", "pageSize"),
        "zaakinformatieobjecten": ("zaak", "informatieobject"),
        "zaakcontactmomenten": ("zaak", "contactmoment"),
    }

    def __init__(self, wereld: Wereld, catalogi: CatalogiApi, klok: Callable[[], float]) -> None:
        super().__init__(klok)
        self.wereld = wereld
        self.rijen = Zaakrijen(wereld, catalogi)

    # --- API ----------------------------------------------------------------

    def lijst(self, bron: str, verzoek: Verzoek, recht: Recht) -> object:
        if bron == "zaken":
            expand = lees_expand(verzoek, EXPAND)
            zaken = self._filter(self._zichtbaar(recht), {n: verzoek.waarde(n) for n in verzoek.query})
            return render_pagina(verzoek, zaken, lambda z: self.rijen.zaak(z, expand))
        zaken = self._van_zaak(verzoek, recht)
        if bron == "statussen":
            paren = [(z, s) for z in zaken for s in reversed(z.statussen)]
            if (laatste := lees_bool(verzoek.waarde("indicatieLaatstGezetteStatus"))) is not None:
                paren = [(z, s) for z, s in paren if (s is z.statussen[-1]) is laatste]
            if "statustype" in verzoek.query:
                uuid = uuid_uit_url("statustype", verzoek.waarde("statustype"))
                paren = [(z, s) for z, s in paren if s.type.uuid == uuid]
            return render_pagina(verzoek, paren, lambda paar: self.rijen.status(*paar))
        if bron == "rollen":
            rollen = [
                (z, r)
                for z in zaken
                for r in reversed(z.rollen)
                if self._rol_past(r, _als_rolfilters(verzoek))
            ]
            return render_pagina(verzoek, rollen, lambda paar: self.rijen.rol(*paar))
        if bron == "resultaten":
            return render_pagina(verzoek, [z for z in zaken if z.resultaat], self.rijen.resultaat)
        if bron == "zaakinformatieobjecten":
            document = (
                uuid_uit_url("informatieobject", verzoek.waarde("informatieobject"))
                if "informatieobject" in verzoek.query
                else ""
            )
            return [
                self.rijen.koppeling(z, d) for z in zaken for d in z.documenten if document in ("", d.uuid)
            ]
        # Met Klantinteracties worden contacten niet via Open Zaak gekoppeld; de lijst bestaat, maar is leeg.
        return []

    def detail(self, bron: str, uuid: str, verzoek: Verzoek, recht: Recht) -> tuple[Json, Json]:
        check_namen(verzoek, ["expand"] if bron == "zaken" else [])
        rijen = self.rijen
        if bron == "zaken":
            expand = lees_expand(verzoek, EXPAND)
            zaak = rijen.op_uuid.get(uuid)
            return rijen.zaak(self._mag(zaak, recht)), rijen.zaak(self._mag(zaak, recht), expand)
        if bron == "statussen" and uuid in rijen.statussen:
            zaak, status = rijen.statussen[uuid]
            data = rijen.status(self._mag(zaak, recht), status)
        elif bron == "rollen" and uuid in rijen.rollen:
            zaak, rol = rijen.rollen[uuid]
            data = rijen.rol(self._mag(zaak, recht), rol)
        elif bron == "resultaten" and uuid in rijen.resultaten:
            data = rijen.resultaat(self._mag(rijen.resultaten[uuid], recht))
        elif bron == "zaakinformatieobjecten" and uuid in rijen.koppelingen:
            zaak, document = rijen.koppelingen[uuid]
            data = rijen.koppeling(self._mag(zaak, recht), document)
        else:
            raise niet_gevonden()
        return data, data

    def zoek(self, bron: str, verzoek: Verzoek, body: Json, recht: Recht) -> Json:
        if not body:
            raise ongeldig("nonFieldErrors", "empty_search_body", "Je moet zoekparameters opgeven")
        expand = body.get("expand", [])
        if not isinstance(expand, list):
            raise ApiFout(500, "error", "Internal Server Error")
        for waarde in expand:
            check_keuze("expand", str(waarde), EXPAND)
        zaken = self._zichtbaar(recht)
        if verzoek.storing != "filter-genegeerd":
            zaken = self._filter(zaken, {n: w for n, w in body.items() if n in ZAAKFILTERS})
            zaken = self._zoekvelden(zaken, body)
        return render_pagina(verzoek, zaken, lambda z: self.rijen.zaak(z, expand))

    # --- rechten ------------------------------------------------------------

    def _zichtbaar(self, recht: Recht) -> list[Zaak]:
        """Nieuwste eerst; wat de client niet mag, ontbreekt zonder melding."""
        return [z for z in reversed(self.wereld.zaken) if recht.mag(z.zaaktype.identificatie)]

    @staticmethod
    def _mag(zaak: Zaak | None, recht: Recht) -> Zaak:
        """Een detail dat bestaat maar niet mag is 403, anders 404."""
        if zaak is None:
            raise niet_gevonden()
        if not recht.mag(zaak.zaaktype.identificatie):
            raise ApiFout(403, "permission_denied")
        return zaak

    def _van_zaak(self, verzoek: Verzoek, recht: Recht) -> list[Zaak]:
        zaken = self._zichtbaar(recht)
        if "zaak" not in verzoek.query:
            return zaken
        uuid = uuid_uit_url("zaak", verzoek.waarde("zaak"))
        zaak = self.rijen.op_uuid.get(uuid)
        return [zaak] if zaak and recht.mag(zaak.zaaktype.identificatie) else []

    # --- filters ------------------------------------------------------------

    def _zoekvelden(self, zaken: list[Zaak], body: Json) -> list[Zaak]:
        """De velden die alleen `_zoek` kent."""
        if "uuid__in" in body:
            gezocht = frozenset(_lijst("uuid__in", body["uuid__in"]))
            for uuid in gezocht:
                if not is_uuid(uuid):
                    raise ongeldig("uuid__in", "invalid", f"“{uuid}” is geen geldige UUID.")
            zaken = [z for z in zaken if z.uuid in gezocht]
        for naam, erin in (("zaaktype__in", True), ("zaaktype__not_in", False)):
            if naam in body:
                typen = {uuid_uit_url(naam, url) for url in _lijst(naam, body[naam])}
                zaken = [z for z in zaken if (z.zaaktype.uuid in typen) is erin]
        return zaken

    def _filter(self, zaken: list[Zaak], filters: Mapping[str, Any]) -> list[Zaak]:
        rolfilters = {n: str(w) for n, w in filters.items() if n in _ROLFILTERS}
        bsn = rolfilters.get(f"{_ROL}natuurlijkPersoon__inpBsn", "")
        if len(bsn) > 9:
            raise ongeldig(
                f"{_ROL}natuurlijkPersoon__inpBsn",
                "max_length",
                "Zorg dat deze waarde niet meer dan 9 tekens bevat.",
            )
        if rolfilters:
            zaken = [z for z in zaken if any(self._rol_past(r, rolfilters) for r in z.rollen)]
        for naam, waarde in filters.items():
            veld, _, test = naam.partition("__")
            if veld in _DATUMVELDEN:
                zaken = _filter_datum(zaken, naam, veld, test, waarde)
        return _orden(self._filter_tekst(zaken, filters), filters.get("ordering"))

    def _filter_tekst(self, zaken: list[Zaak], filters: Mapping[str, Any]) -> list[Zaak]:
        if "identificatie" in filters:
            zaken = [z for z in zaken if z.identificatie == filters["identificatie"]]
        if "identificatie__icontains" in filters:
            zaken = [
                z
                for z in zaken
                if str(filters["identificatie__icontains"]).lower() in z.identificatie.lower()
            ]
        if "omschrijving" in filters:
            zaken = [z for z in zaken if str(filters["omschrijving"]).lower() in z.omschrijving.lower()]
        if "zaaktype__omschrijving" in filters:
            zaken = [z for z in zaken if z.zaaktype.naam == filters["zaaktype__omschrijving"]]
        if "bronorganisatie" in filters and filters["bronorganisatie"] != "999900006":
            zaken = []
        for naam, uuid_van in _TYPEVELDEN.items():
            if naam in filters:
                uuid = uuid_uit_url(naam, str(filters[naam]))
                zaken = [z for z in zaken if uuid_van(z) == uuid]
        if "maximaleVertrouwelijkheidaanduiding" in filters:
            hoogste = check_keuze(
                "maximaleVertrouwelijkheidaanduiding",
                str(filters["maximaleVertrouwelijkheidaanduiding"]),
                VERTROUWELIJK,
            )
            zaken = [z for z in zaken if VERTROUWELIJK.index(z.vertrouwelijk) <= VERTROUWELIJK.index(hoogste)]
        if filters.keys() & {"kenmerk", "kenmerk__bron"}:
            zaken = []
        return zaken

    def _rol_past(self, rol: Rol, filters: Mapping[str, str]) -> bool:
        """Alle rolfilters slaan op dezelfde rol."""
        for naam, waarde in filters.items():
            if naam == "rol__omschrijvingGeneriek":
                if rol.type.generiek != waarde:
                    return False
            elif naam == "rol__betrokkeneType":
                if rol.soort != waarde:
                    return False
            elif naam.startswith(_ROL):
                soort, _, veld = naam.removeprefix(_ROL).partition("__")
                if rol.soort != _BETROKKENE_SOORT[soort] or self._rolwaarde(rol, veld) != waarde:
                    return False
            else:
                return False
        return True

    def _rolwaarde(self, rol: Rol, veld: str) -> str:
        if veld == "inpBsn":
            return self.wereld.personen[rol.persoon].bsn
        if veld == "identificatie":
            return self.wereld.actoren[rol.actor].code
        if rol.bedrijf >= 0:
            bedrijf = self.wereld.bedrijven[rol.bedrijf]
            vestiging = bedrijf.nevenvestiging if rol.soort == "vestiging" else ""
            return {"kvkNummer": bedrijf.kvk, "innNnpId": bedrijf.rsin, "vestigingsNummer": vestiging}.get(
                veld, ""
            )
        return ""


def _als_rolfilters(verzoek: Verzoek) -> dict[str, str]:
    """De filters van /rollen onder dezelfde namen als bij /zaken."""
    return {
        f"rol__{naam}": verzoek.waarde(naam)
        for naam in verzoek.query
        if naam in ("omschrijvingGeneriek", "betrokkeneType", "betrokkene")
        or naam.startswith("betrokkeneIdentificatie__")
    }


def _lijst(naam: str, waarde: object) -> list[str]:
    if not isinstance(waarde, list):
        raise ongeldig(
            naam, "not_a_list", f'Verwachtte een lijst met items, maar kreeg type "{type(waarde).__name__}".'
        )
    return [str(deel).lower() for deel in waarde]


def _lees_datum(naam: str, waarde: object) -> date:
    """ISO, en ook dag-maand-jaar: de echte server leest 01-02-2026 zonder morren als 1 februari."""
    tekst = str(waarde)
    delen = tekst.split("-")
    try:
        if len(delen) == 3 and len(delen[2]) == 4:
            return date(int(delen[2]), int(delen[1]), int(delen[0]))
        return date.fromisoformat(tekst)
    except ValueError:
        raise ongeldig(naam, "invalid", "Voer een geldige datum in.") from None


def _filter_datum(zaken: list[Zaak], naam: str, veld: str, test: str, waarde: object) -> list[Zaak]:
    lees = _DATUMVELDEN[veld]
    if test == "isnull":
        leeg = lees_bool(waarde)
        return zaken if leeg is None else [z for z in zaken if (lees(z) is None) is leeg]
    grens = _lees_datum(naam, waarde)
    vergelijk: dict[str, Callable[[date], bool]] = {
        "": lambda d: d == grens,
        "gt": lambda d: d > grens,
        "gte": lambda d: d >= grens,
        "lt": lambda d: d < grens,
        "lte": lambda d: d <= grens,
    }
    return [z for z in zaken if (d := lees(z)) is not None and vergelijk[test](d)]


def _orden(zaken: list[Zaak], ordening: object) -> list[Zaak]:
    """Alleen de velden van de witte lijst; de termijn hoort daar niet bij."""
    if not ordening:
        return zaken
    for deel in reversed(str(ordening).split(",")):
        veld = check_keuze("ordering", deel.lstrip("-"), ORDENING)
        sleutel: Callable[[Zaak], str] = (
            (lambda z: z.identificatie)
            if veld == "identificatie"
            else (lambda z: str(z.eind or "9999"))
            if veld in ("einddatum", "archiefactiedatum")
            else (lambda z: str(z.start))
        )
        zaken = sorted(zaken, key=sleutel, reverse=deel.startswith("-"))
    return zaken
