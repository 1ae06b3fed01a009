"""Hoe de Zaken-API een zaak en wat eronder hangt toont, met expand.

Een sleutel in `_expand` ontbreekt als er niets te tonen valt; zonder expand is `_expand` leeg.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from frontoffice.demo.catalogi import RSIN, CatalogiApi
from frontoffice.demo.http import OORSPRONG, Json
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Document, Rol, Status, Zaak

BASIS = f"{OORSPRONG}/zaken/api/v1"
_PER_ZAAK = (
    "zaaktype",
    "status",
    "status.statustype",
    "resultaat",
    "resultaat.resultaattype",
    "rollen",
    "rollen.roltype",
    "zaakinformatieobjecten",
    "zaakobjecten",
)
EXPAND = (
    "hoofdzaak",
    "deelzaken",
    "eigenschappen",
    "eigenschappen.eigenschap",
    *_PER_ZAAK,
    *(f"{boven}.{naam}" for boven in ("hoofdzaak", "deelzaken") for naam in _PER_ZAAK),
)
_BETALING = {
    "": "",
    "nvt": "Er is geen sprake van te betalen, met de zaak gemoeide, kosten.",
    "geheel": "**DEPRECATED** De met de zaak gemoeide kosten zijn geheel betaald.",
    "nog_niet": "**DEPRECATED** De met de zaak gemoeide kosten zijn (nog) niet betaald.",
}
_CONTACTPERSOON = {"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""}


class Zaakrijen:
    """Weergave van zaken, statussen, rollen, resultaten en documentkoppelingen."""

    def __init__(self, wereld: Wereld, catalogi: CatalogiApi) -> None:
        self.wereld = wereld
        self.catalogi = catalogi

    @cached_property
    def op_uuid(self) -> dict[str, Zaak]:
        return {z.uuid: z for z in self.wereld.zaken}

    @cached_property
    def statussen(self) -> dict[str, tuple[Zaak, Status]]:
        return {s.uuid: (z, s) for z in self.wereld.zaken for s in z.statussen}

    @cached_property
    def rollen(self) -> dict[str, tuple[Zaak, Rol]]:
        return {r.uuid: (z, r) for z in self.wereld.zaken for r in z.rollen}

    @cached_property
    def resultaten(self) -> dict[str, Zaak]:
        return {z.resultaat[0]: z for z in self.wereld.zaken if z.resultaat}

    @cached_property
    def koppelingen(self) -> dict[str, tuple[Zaak, Document]]:
        return {d.zio_uuid: (z, d) for z in self.wereld.zaken for d in z.documenten}

    def zaak(self, z: Zaak, expand: Sequence[str] = ()) -> Json:
        # Het archief: vijf jaar na afloop vernietigen, zoals het resultaattype zegt.
        archief = (z.eind + timedelta(days=5 * 365)).isoformat() if z.eind else None
        return {
            "url": f"{BASIS}/zaken/{z.uuid}",
            "uuid": z.uuid,
            "identificatie": z.identificatie,
            "bronorganisatie": RSIN,
            "omschrijving": z.omschrijving,
            "toelichting": z.toelichting,
            "zaaktype": self.catalogi.zaaktype_url(z.zaaktype),
            "registratiedatum": z.start.isoformat(),
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": z.start.isoformat(),
            "einddatum": _iso(z.eind),
            "einddatumGepland": _iso(z.streef),
            "uiterlijkeEinddatumAfdoening": _iso(z.uiterlijk),
            "publicatiedatum": None,
            "laatstGemuteerd": z.gewijzigd,
            "laatstGeopend": None,
            "communicatiekanaal": "",
            "communicatiekanaalNaam": z.kanaal,
            "productenOfDiensten": [],
            "vertrouwelijkheidaanduiding": z.vertrouwelijk,
            "betalingsindicatie": z.betaling,
            "betalingsindicatieWeergave": _BETALING[z.betaling],
            "laatsteBetaaldatum": None,
            "zaakgeometrie": {"type": "Point", "coordinates": list(z.punt)} if z.punt else None,
            "verlenging": {"reden": z.verlenging[0], "duur": z.verlenging[1]} if z.verlenging else None,
            "opschorting": {
                "indicatie": z.opgeschort,
                "eerdereOpschorting": z.eerder_opgeschort,
                "reden": z.opschorting_reden,
            },
            "selectielijstklasse": "",
            "hoofdzaak": self._zaak_url(z.hoofdzaak) if z.hoofdzaak is not None else None,
            "deelzaken": [self._zaak_url(n) for n in z.deelzaken],
            "relevanteAndereZaken": [],
            "gerelateerdeZaken": [],
            "eigenschappen": [],
            "rollen": [f"{BASIS}/rollen/{r.uuid}" for r in z.rollen],
            "status": f"{BASIS}/statussen/{z.statussen[-1].uuid}" if z.statussen else None,
            "zaakinformatieobjecten": [f"{BASIS}/zaakinformatieobjecten/{d.zio_uuid}" for d in z.documenten],
            "zaakobjecten": [],
            "kenmerken": [],
            "archiefnominatie": "vernietigen" if archief else None,
            "archiefstatus": "nog_te_archiveren",
            "archiefactiedatum": archief,
            "resultaat": f"{BASIS}/resultaten/{z.resultaat[0]}" if z.resultaat else None,
            "opdrachtgevendeOrganisatie": "",
            "processobjectaard": "",
            "startdatumBewaartermijn": None,
            "processobject": {"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""},
            "_expand": self._expand(z, expand),
        }

    def _zaak_url(self, nummer: int) -> str:
        return f"{BASIS}/zaken/{self.wereld.zaken[nummer].uuid}"

    def status(self, z: Zaak, s: Status) -> Json:
        return {
            "url": f"{BASIS}/statussen/{s.uuid}",
            "uuid": s.uuid,
            "zaak": f"{BASIS}/zaken/{z.uuid}",
            "statustype": self.catalogi.statustype(s.type)["url"],
            "datumStatusGezet": s.tijd,
            "statustoelichting": s.toelichting,
            "indicatieLaatstGezetteStatus": s is z.statussen[-1],
            "gezetdoor": None,
            "zaakinformatieobjecten": [],
        }

    def resultaat(self, z: Zaak) -> Json:
        assert z.resultaat is not None
        return {
            "url": f"{BASIS}/resultaten/{z.resultaat[0]}",
            "uuid": z.resultaat[0],
            "zaak": f"{BASIS}/zaken/{z.uuid}",
            "resultaattype": self.catalogi.resultaattype(z.resultaat[1])["url"],
            "toelichting": "",
        }

    def koppeling(self, z: Zaak, d: Document) -> Json:
        return {
            "url": f"{BASIS}/zaakinformatieobjecten/{d.zio_uuid}",
            "uuid": d.zio_uuid,
            "informatieobject": f"{OORSPRONG}/documenten/api/v1/enkelvoudiginformatieobjecten/{d.uuid}",
            "zaak": f"{BASIS}/zaken/{z.uuid}",
            "aardRelatieWeergave": "Hoort bij, omgekeerd: kent",
            "titel": d.titel,
            "beschrijving": "",
            "registratiedatum": f"{d.dag.isoformat()}T10:{d.nummer % 60:02d}:07.218443Z",
            "vernietigingsdatum": None,
            "status": None,
        }

    def rol(self, z: Zaak, r: Rol) -> Json:
        return {
            "url": f"{BASIS}/rollen/{r.uuid}",
            "uuid": r.uuid,
            "zaak": f"{BASIS}/zaken/{z.uuid}",
            "betrokkene": "",
            "betrokkeneType": r.soort,
            "afwijkendeNaamBetrokkene": "",
            "roltype": self.catalogi.roltype(r.type)["url"],
            "omschrijving": r.type.naam,
            "omschrijvingGeneriek": r.type.generiek,
            "roltoelichting": r.type.naam,
            "registratiedatum": f"{z.start.isoformat()}T09:{z.nummer % 60:02d}:35.109423Z",
            "indicatieMachtiging": r.machtiging,
            "contactpersoonRol": _CONTACTPERSOON,
            "statussen": [],
            "beginGeldigheid": None,
            "eindeGeldigheid": None,
            "betrokkeneIdentificatie": self._betrokkene(r),
            **(
                {"authenticatieContext": None}
                if r.soort not in ("medewerker", "organisatorische_eenheid")
                else {}
            ),
        }

    def _betrokkene(self, r: Rol) -> Json:
        """De vorm hangt af van het soort betrokkene."""
        if r.soort == "natuurlijk_persoon":
            p = self.wereld.personen[r.persoon]
            datum = (
                f"{p.geboorte.jaar:04d}-{p.geboorte.maand:02d}-{p.geboorte.dag:02d}" if p.geboorte.dag else ""
            )
            return {
                "inpBsn": p.bsn,
                "anpIdentificatie": "",
                "inpA_nummer": "",
                "geslachtsnaam": p.achternaam,
                "voorvoegselGeslachtsnaam": p.voorvoegsel,
                "voorletters": p.voorletters,
                "voornamen": p.voornamen,
                "geslachtsaanduiding": "",
                "geboortedatum": datum,
                "verblijfsadres": None,
                "subVerblijfBuitenland": None,
            }
        if r.soort == "niet_natuurlijk_persoon":
            b = self.wereld.bedrijven[r.bedrijf]
            return {
                "innNnpId": b.rsin,
                "annIdentificatie": "",
                "statutaireNaam": b.naam,
                "innRechtsvorm": "",
                "bezoekadres": "",
                "subVerblijfBuitenland": None,
                "kvkNummer": b.kvk,
                "vestigingsNummer": "",
            }
        if r.soort == "vestiging":
            b = self.wereld.bedrijven[r.bedrijf]
            return {
                "vestigingsNummer": b.nevenvestiging,
                "handelsnaam": [b.naam],
                "verblijfsadres": None,
                "subVerblijfBuitenland": None,
                "kvkNummer": b.kvk,
            }
        actor = self.wereld.actoren[r.actor]
        if r.soort == "organisatorische_eenheid":
            huis = "Stadskantoor Enschede" if actor.plaats == "Enschede" else "Raadhuis Losser"
            return {"identificatie": actor.code, "naam": actor.naam, "isGehuisvestIn": huis}
        voornaam, *rest = actor.naam.split()
        return {
            "identificatie": actor.code,
            "achternaam": rest[-1],
            "voorletters": f"{voornaam[0]}.",
            "voorvoegselAchternaam": " ".join(rest[:-1]),
        }

    # --- expand -------------------------------------------------------------

    def _expand(self, z: Zaak, expand: Sequence[str]) -> Json:
        uit: Json = {}
        if "zaaktype" in expand:
            uit["zaaktype"] = self.catalogi.zaaktype(z.zaaktype)
        if "status" in expand and z.statussen:
            uit["status"] = self.status(z, z.statussen[-1])
            if "status.statustype" in expand:
                uit["status"]["_expand"] = {"statustype": self.catalogi.statustype(z.statussen[-1].type)}
        if "resultaat" in expand and z.resultaat:
            uit["resultaat"] = self.resultaat(z)
            if "resultaat.resultaattype" in expand:
                uit["resultaat"]["_expand"] = {"resultaattype": self.catalogi.resultaattype(z.resultaat[1])}
        if "rollen" in expand and z.rollen:
            uit["rollen"] = [self.rol(z, r) for r in z.rollen]
            if "rollen.roltype" in expand:
                for rol, rij in zip(z.rollen, uit["rollen"], strict=True):
                    rij["_expand"] = {"roltype": self.catalogi.roltype(rol.type)}
        if "zaakinformatieobjecten" in expand and z.documenten:
            uit["zaakinformatieobjecten"] = [self.koppeling(z, d) for d in z.documenten]
        if "hoofdzaak" in expand and z.hoofdzaak is not None:
            uit["hoofdzaak"] = self.zaak(self.wereld.zaken[z.hoofdzaak], _onder("hoofdzaak", expand))
        if "deelzaken" in expand and z.deelzaken:
            uit["deelzaken"] = [
                self.zaak(self.wereld.zaken[n], _onder("deelzaken", expand)) for n in z.deelzaken
            ]
        return uit


def _onder(boven: str, expand: Sequence[str]) -> list[str]:
    return [naam[len(boven) + 1 :] for naam in expand if naam.startswith(f"{boven}.")]


def _iso(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None
