"""Klantinteracties zoals Open Klant 2.18 ze geeft: adressen, filters, fouten en eigenaardigheden.

De weergave van rijen en expand staat in `klantrijen`. Schrijven geeft 405.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from frontoffice.demo import klantrijen
from frontoffice.demo.http import (
    Antwoord,
    ApiFout,
    Json,
    Verzoek,
    check_accept,
    check_keuze,
    check_namen,
    django_fout,
    dump,
    html_404,
    lees_bool,
    lees_expand,
    lees_uuid,
    niet_gevonden,
    render_pagina,
    render_pagina_als_geheel,
    uuid_uit_url,
)
from frontoffice.demo.klantrijen import EXPAND, Klantrijen
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import (
    Actor,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Onderwerpobject,
    Partij,
    Taak,
)

PAD = "/klantinteracties/api/v1"
TOKEN = "demo-klantinteracties"
DELEN = {
    "codeObjecttype": "objecttype",
    "codeRegister": "register",
    "codeSoortObjectId": "soort",
    "objectId": "object_id",
}
SOORTEN_PARTIJ = ("persoon", "organisatie", "contactpersoon")
SOORTEN_ADRES = ("email", "telefoonnummer", "overig")
SOORTEN_ACTOR = ("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid")
_DEEL = tuple(DELEN)
_OBJECT_DELEN = {
    "CodeObjecttype": klantrijen.ZAAK_CODE[0],
    "CodeRegister": klantrijen.ZAAK_CODE[1],
    "CodeSoortObjectId": klantrijen.ZAAK_CODE[2],
}


def _namen(voor: str, delen: Iterable[str]) -> list[str]:
    return [voor + deel for deel in delen]


_OBJECTFILTERS = [*_OBJECT_DELEN, "ObjectId"]
_ADRESREGELS = ("Adresregel1", "Adresregel2", "Adresregel3", "Land", "NummeraanduidingId")
FILTERS: dict[str, list[str]] = {
    "partijen": [
        *_namen("partijIdentificator__", _DEEL),
        *_namen("subIdentificatorVan__", _DEEL),
        "soortPartij",
        "indicatieActief",
        "indicatieGeheimhouding",
        "nummer",
        "vertegenwoordigdePartij__uuid",
        "vertegenwoordigdePartij__url",
        "categorierelatie__categorie__naam",
        *_namen("bezoekadres", _ADRESREGELS),
        *_namen("correspondentieadres", _ADRESREGELS),
        "expand",
    ],
    "digitaleadressen": [
        "adres",
        "adres__icontains",
        "soortDigitaalAdres",
        "isStandaardAdres",
        "omschrijving",
        "referentie",
        "isGeverifieerd",
        "verificatieDatum",
        "verificatieDatum__gt",
        "verificatieDatum__gte",
        "verificatieDatum__lt",
        "verificatieDatum__lte",
        "verstrektDoorPartij__uuid",
        "verstrektDoorPartij__url",
        "verstrektDoorPartij__soortPartij",
        *_namen("verstrektDoorPartij__partijIdentificator__", _DEEL),
        "verstrektDoorBetrokkene__uuid",
        "verstrektDoorBetrokkene__url",
        "verstrektDoorBetrokkene__rol",
        "expand",
    ],
    "klantcontacten": [
        "hadBetrokkene__uuid",
        "hadBetrokkene__url",
        "hadBetrokkene__wasPartij",
        "hadBetrokkene__wasPartij__uuid",
        "hadBetrokkene__wasPartij__url",
        *_namen("hadBetrokkene__wasPartij__partijIdentificator__", _DEEL),
        "hadBetrokkene__digitaaladres__adres__icontains",
        "indicatieContactGelukt",
        "inhoud",
        "onderwerp",
        "reactie",
        "kanaal",
        "leiddeTotInterneTaken",
        "nummer",
        "referentienummer",
        "vertrouwelijk",
        "plaatsgevondenOp",
        "onderwerpobject__uuid",
        "onderwerpobject__url",
        *_namen("onderwerpobject__onderwerpobjectidentificator", _OBJECTFILTERS),
        "wasOnderwerpobject__uuid",
        "wasOnderwerpobject__url",
        *_namen("wasOnderwerpobject__onderwerpobjectidentificator", _OBJECTFILTERS),
        "expand",
    ],
    "betrokkenen": [
        "contactnaamAchternaam",
        "contactnaamVoorletters",
        "contactnaamVoornaam",
        "contactnaamVoorvoegselAchternaam",
        "organisatienaam",
        "hadKlantcontact__uuid",
        "hadKlantcontact__url",
        "hadKlantcontact__nummer",
        "hadKlantcontact__referentienummer",
        "verstrektedigitaalAdres__adres",
        "verstrektedigitaalAdres__url",
        "verstrektedigitaalAdres__uuid",
        "wasPartij__uuid",
        "wasPartij__url",
        "wasPartij__nummer",
        *_namen("wasPartij__partijIdentificator__", _DEEL),
        "expand",
    ],
    "internetaken": [
        "status",
        "toegewezenAanActor__uuid",
        "toegewezenAanActor__url",
        "actoren__naam",
        "aanleidinggevendKlantcontact__uuid",
        "aanleidinggevendKlantcontact__url",
        "klantcontact__uuid",
        "klantcontact__nummer",
        "klantcontact__referentienummer",
        "nummer",
        "referentienummer",
        "toegewezenOp",
    ],
    "actoren": [
        "naam",
        "soortActor",
        "indicatieActief",
        "actoridentificatorCodeObjecttype",
        "actoridentificatorCodeRegister",
        "actoridentificatorCodeSoortObjectId",
        "actoridentificatorObjectId",
    ],
    "onderwerpobjecten": [
        "klantcontact__uuid",
        "klantcontact__url",
        "wasKlantcontact__uuid",
        "wasKlantcontact__url",
        *_namen("onderwerpobjectidentificator", _OBJECTFILTERS),
    ],
}


class KlantinteractiesApi:
    """Beantwoordt alles onder /klantinteracties/api/v1."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld
        self.rijen = Klantrijen(wereld)
        self._lijsten: dict[str, Callable[[Verzoek], Json]] = {
            "partijen": self._partijen,
            "digitaleadressen": self._digitale_adressen,
            "klantcontacten": self._klantcontacten,
            "betrokkenen": self._betrokkenen,
            "internetaken": self._internetaken,
            "actoren": self._actoren,
            "onderwerpobjecten": self._onderwerpobjecten,
        }

    def handle(self, verzoek: Verzoek) -> Antwoord:
        delen = verzoek.pad[len(PAD) :].split("/")[1:]
        bron = delen[0] if delen else ""
        if bron not in self._lijsten or len(delen) > 2 or (len(delen) == 2 and not delen[1]):
            return html_404("Open Klant")
        detail = len(delen) == 2
        koppen = {
            "API-version": "0.9.0",
            "Allow": f"GET, {'PUT, PATCH, DELETE' if detail else 'POST'}, HEAD, OPTIONS",
        }
        try:
            check_accept(verzoek)
            self._check_token(verzoek)
            if verzoek.methode not in ("GET", "HEAD"):
                raise ApiFout(405, "method_not_allowed", f'Methode "{verzoek.methode}" niet toegestaan.')
            data = self._detail(bron, delen[1], verzoek) if detail else self._lijst(bron, verzoek)
        except ApiFout as fout:
            if fout.status == 401:
                koppen["WWW-Authenticate"] = "Token"
            return django_fout(fout, verzoek, "Ongeldige invoerwaarde.", koppen)
        return Antwoord(200, dump(data), koppen=koppen)

    @staticmethod
    def _check_token(verzoek: Verzoek) -> None:
        if verzoek.is_centraal:
            return
        soort, _, token = verzoek.koppen.get("authorization", "").partition(" ")
        if soort.lower() != "token":
            raise ApiFout(401, "not_authenticated")
        if token.strip() != TOKEN:
            raise ApiFout(
                401, "authentication_failed", "Ongeldige token.", titel="Ongeldige authenticatiegegevens."
            )

    def _lijst(self, bron: str, verzoek: Verzoek) -> Json:
        check_namen(verzoek, [*FILTERS[bron], "page", "pageSize"])
        return self._lijsten[bron](verzoek)

    def _detail(self, bron: str, uuid: str, verzoek: Verzoek) -> Json:
        rijen = self.rijen
        expand = lees_expand(verzoek, EXPAND.get(bron, ())) if bron in EXPAND else []
        check_namen(verzoek, ["expand"] if bron in EXPAND else [])
        rij = rijen.op_uuid(bron).get(uuid.lower())
        if rij is None:
            raise niet_gevonden()
        return rijen.render(bron, [rij], expand)[0]

    # --- hulp bij filters ---------------------------------------------------

    def _partijnummers(self, verzoek: Verzoek, voor: str) -> set[int] | None:
        """De partijen die aan elk onderdeel van de identificator voldoen; elk onderdeel wordt apart bekeken.

        None als er geen zo'n filter is. "rsin" met een KVK-nummer vindt daardoor ook een partij die beide
        heeft, net als Open Klant.
        """
        uit: set[int] | None = None
        for naam, veld in DELEN.items():
            if voor + naam in verzoek.query:
                waarde = verzoek.waarde(voor + naam)
                goed = {
                    p.nummer
                    for p in self.wereld.partijen
                    if any(getattr(i, veld) == waarde for i in p.identificatoren)
                }
                uit = goed if uit is None else uit & goed
        return uit

    @staticmethod
    def _gezocht_uuid(verzoek: Verzoek, voor: str) -> str | None:
        if f"{voor}__uuid" in verzoek.query:
            return lees_uuid(f"{voor}__uuid", verzoek.waarde(f"{voor}__uuid"))
        if f"{voor}__url" in verzoek.query:
            return uuid_uit_url(f"{voor}__url", verzoek.waarde(f"{voor}__url"))
        return None

    # --- lijsten ------------------------------------------------------------

    def _partijen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["partijen"])
        rijen: list[Partij] = list(reversed(self.wereld.partijen))
        nummers = self._partijnummers(verzoek, "partijIdentificator__")
        if nummers is not None:
            rijen = [p for p in rijen if p.nummer in nummers]
        for naam, veld in (("codeSoortObjectId", "sub_soort"), ("objectId", "sub_object_id")):
            if f"subIdentificatorVan__{naam}" in verzoek.query:
                waarde = verzoek.waarde(f"subIdentificatorVan__{naam}")
                rijen = [p for p in rijen if any(getattr(i, veld) == waarde for i in p.identificatoren)]
        if "soortPartij" in verzoek.query:
            soort = check_keuze("soortPartij", verzoek.waarde("soortPartij"), SOORTEN_PARTIJ)
            rijen = [p for p in rijen if p.soort == soort]
        if (actief := lees_bool(verzoek.waarde("indicatieActief"))) is not None:
            rijen = rijen if actief else []
        if (geheim := lees_bool(verzoek.waarde("indicatieGeheimhouding"))) is not None:
            rijen = [p for p in rijen if p.geheim is geheim]
        if (
            uuid := self._gezocht_uuid(verzoek, "vertegenwoordigdePartij")
        ) is not None or "nummer" in verzoek.query:
            rijen = [
                p
                for p in rijen
                if uuid is not None and p.werkt_voor >= 0 and self.wereld.partijen[p.werkt_voor].uuid == uuid
            ]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("partijen", deel, expand)
        )

    def _digitale_adressen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["digitaleadressen"])
        rijen: list[DigitaalAdres] = list(reversed(self.wereld.digitale_adressen))
        if "adres" in verzoek.query:
            rijen = [a for a in rijen if a.adres == verzoek.waarde("adres")]
        if "adres__icontains" in verzoek.query:
            deel = verzoek.waarde("adres__icontains").lower()
            rijen = [a for a in rijen if deel in a.adres.lower()]
        if "soortDigitaalAdres" in verzoek.query:
            soort = check_keuze("soortDigitaalAdres", verzoek.waarde("soortDigitaalAdres"), SOORTEN_ADRES)
            rijen = [a for a in rijen if a.soort == soort]
        if (standaard := lees_bool(verzoek.waarde("isStandaardAdres"))) is not None:
            rijen = [a for a in rijen if a.standaard is standaard]
        if (uuid := self._gezocht_uuid(verzoek, "verstrektDoorPartij")) is not None:
            rijen = [a for a in rijen if a.partij >= 0 and self.wereld.partijen[a.partij].uuid == uuid]
        nummers = self._partijnummers(verzoek, "verstrektDoorPartij__partijIdentificator__")
        if nummers is not None:
            rijen = [a for a in rijen if a.partij in nummers]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("digitaleadressen", deel, expand)
        )

    def _klantcontacten(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["klantcontacten"])
        rijen: list[Contact] = list(reversed(self.wereld.contacten))
        rijen.sort(key=lambda c: c.tijd, reverse=True)
        if verzoek.storing != "filter-genegeerd":
            rijen = self._filter_op_klant(verzoek, rijen)
        rijen = self._filter_op_inhoud(verzoek, rijen)
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("klantcontacten", deel, expand)
        )

    def _filter_op_klant(self, verzoek: Verzoek, rijen: list[Contact]) -> list[Contact]:
        """Filters op betrokkene en partij. Op uuid is het een JOIN: met twee rollen komt de rij twee keer."""
        nummers = self._partijnummers(verzoek, "hadBetrokkene__wasPartij__partijIdentificator__")
        if nummers is not None:
            gezocht = nummers
            rijen = [c for c in rijen if any(b.partij in gezocht for b in c.betrokkenen)]
        if (uuid := self._gezocht_uuid(verzoek, "hadBetrokkene__wasPartij")) is not None:
            partij = self.rijen.partij_op_uuid.get(uuid)
            nummer = partij.nummer if partij else -2
            rijen = [c for c in rijen for b in c.betrokkenen if b.partij == nummer]
        if (uuid := self._gezocht_uuid(verzoek, "hadBetrokkene")) is not None:
            rijen = [c for c in rijen for b in c.betrokkenen if b.uuid == uuid]
        if (met_partij := lees_bool(verzoek.waarde("hadBetrokkene__wasPartij"))) is not None:
            rijen = [c for c in rijen if any((b.partij >= 0) is met_partij for b in c.betrokkenen)]
        if "hadBetrokkene__digitaaladres__adres__icontains" in verzoek.query:
            deel = verzoek.waarde("hadBetrokkene__digitaaladres__adres__icontains").lower()
            rijen = [c for c in rijen for b in c.betrokkenen if b.adres and deel in b.adres.adres.lower()]
        return rijen

    def _filter_op_inhoud(self, verzoek: Verzoek, rijen: list[Contact]) -> list[Contact]:
        query = verzoek.query
        for naam in ("onderwerp", "inhoud", "reactie"):
            if naam in query:
                deel = verzoek.waarde(naam).lower()
                rijen = [c for c in rijen if deel in getattr(c, naam).lower()]
        if "kanaal" in query:
            rijen = [c for c in rijen if c.kanaal == verzoek.waarde("kanaal")]
        if "plaatsgevondenOp" in query:
            rijen = [c for c in rijen if c.tijd == verzoek.waarde("plaatsgevondenOp")]
        if query.keys() & {"nummer", "referentienummer"} or any(
            naam.startswith("wasOnderwerpobject") for naam in query
        ):
            rijen = []
        if (taken := lees_bool(verzoek.waarde("leiddeTotInterneTaken"))) is not None:
            rijen = [c for c in rijen if bool(c.taken) is taken]
        if (dicht := lees_bool(verzoek.waarde("vertrouwelijk"))) is not None:
            rijen = [c for c in rijen if c.vertrouwelijk is dicht]
        if (gelukt := lees_bool(verzoek.waarde("indicatieContactGelukt"))) is not None:
            rijen = [c for c in rijen if c.gelukt is gelukt]
        if (uuid := self._gezocht_uuid(verzoek, "onderwerpobject")) is not None:
            rijen = [c for c in rijen for o in c.onderwerpen if o.uuid == uuid]
        test = self._objecttest(verzoek, "onderwerpobject__onderwerpobjectidentificator")
        return rijen if test is None else [c for c in rijen for o in c.onderwerpen if test(o)]

    @staticmethod
    def _objecttest(verzoek: Verzoek, voor: str) -> Callable[[Onderwerpobject], bool] | None:
        if not any(naam.startswith(voor) for naam in verzoek.query):
            return None
        codes_goed = all(
            verzoek.waarde(voor + naam) == code
            for naam, code in _OBJECT_DELEN.items()
            if voor + naam in verzoek.query
        )
        zoek_id = voor + "ObjectId" in verzoek.query
        object_id = verzoek.waarde(voor + "ObjectId")
        return lambda o: codes_goed and (not zoek_id or o.zaak_uuid == object_id)

    def _betrokkenen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["betrokkenen"])
        rijen: list[Betrokkene] = list(reversed(self.rijen.betrokkenen))
        for plek, naam in enumerate(("Voorletters", "Voornaam", "VoorvoegselAchternaam", "Achternaam")):
            if f"contactnaam{naam}" in verzoek.query:
                rijen = [b for b in rijen if b.naam[plek] == verzoek.waarde(f"contactnaam{naam}")]
        if (uuid := self._gezocht_uuid(verzoek, "wasPartij")) is not None:
            rijen = [b for b in rijen if b.partij >= 0 and self.wereld.partijen[b.partij].uuid == uuid]
        if (uuid := self._gezocht_uuid(verzoek, "hadKlantcontact")) is not None:
            rijen = [b for b in rijen if self.wereld.contacten[b.contact].uuid == uuid]
        if "verstrektedigitaalAdres__adres" in verzoek.query:
            rijen = [
                b
                for b in rijen
                if b.adres and b.adres.adres == verzoek.waarde("verstrektedigitaalAdres__adres")
            ]
        if verzoek.query.keys() & {
            "hadKlantcontact__nummer",
            "hadKlantcontact__referentienummer",
            "wasPartij__nummer",
            "organisatienaam",
        }:
            rijen = []
        nummers = self._partijnummers(verzoek, "wasPartij__partijIdentificator__")
        if nummers is not None:
            rijen = [b for b in rijen if b.partij in nummers]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("betrokkenen", deel, expand)
        )

    def _internetaken(self, verzoek: Verzoek) -> Json:
        rijen: list[Taak] = list(reversed(self.rijen.taken))
        if "status" in verzoek.query:
            status = check_keuze("status", verzoek.waarde("status"), ("te_verwerken", "verwerkt"))
            rijen = [t for t in rijen if (t.afgehandeld is None) == (status == "te_verwerken")]
        if (uuid := self._gezocht_uuid(verzoek, "toegewezenAanActor")) is not None:
            rijen = [t for t in rijen if any(self.wereld.actoren[a].uuid == uuid for a in t.actoren)]
        if "actoren__naam" in verzoek.query:
            rijen = [
                t
                for t in rijen
                if any(self.wereld.actoren[a].naam == verzoek.waarde("actoren__naam") for a in t.actoren)
            ]
        for voor in ("aanleidinggevendKlantcontact", "klantcontact"):
            if (uuid := self._gezocht_uuid(verzoek, voor)) is not None:
                rijen = [t for t in rijen if self.wereld.contacten[t.contact].uuid == uuid]
        if "toegewezenOp" in verzoek.query:
            rijen = [t for t in rijen if t.gezet == verzoek.waarde("toegewezenOp")]
        if verzoek.query.keys() & {
            "nummer",
            "referentienummer",
            "klantcontact__nummer",
            "klantcontact__referentienummer",
        }:
            rijen = []
        return render_pagina(verzoek, rijen, self.rijen.taak)

    def _actoren(self, verzoek: Verzoek) -> Json:
        rijen: list[Actor] = list(reversed(self.wereld.actoren))
        if "naam" in verzoek.query:
            rijen = [a for a in rijen if a.naam == verzoek.waarde("naam")]
        if "soortActor" in verzoek.query:
            soort = check_keuze("soortActor", verzoek.waarde("soortActor"), SOORTEN_ACTOR)
            rijen = [a for a in rijen if a.soort == soort]
        if lees_bool(verzoek.waarde("indicatieActief")) is False:
            rijen = []
        for naam in ("CodeObjecttype", "CodeRegister", "CodeSoortObjectId", "ObjectId"):
            if f"actoridentificator{naam}" in verzoek.query:
                sleutel = naam[0].lower() + naam[1:]
                waarde = verzoek.waarde(f"actoridentificator{naam}")
                rijen = [a for a in rijen if self.rijen.actor(a)["actoridentificator"][sleutel] == waarde]
        return render_pagina(verzoek, rijen, self.rijen.actor)

    def _onderwerpobjecten(self, verzoek: Verzoek) -> Json:
        rijen: Sequence[Onderwerpobject] = list(reversed(self.rijen.onderwerpobjecten))
        if (uuid := self._gezocht_uuid(verzoek, "klantcontact")) is not None:
            rijen = [o for o in rijen if self.wereld.contacten[o.contact].uuid == uuid]
        if self._gezocht_uuid(verzoek, "wasKlantcontact") is not None:
            rijen = []
        test: Any = self._objecttest(verzoek, "onderwerpobjectidentificator")
        if test is not None:
            rijen = [o for o in rijen if test(o)]
        return render_pagina(verzoek, rijen, self.rijen.onderwerpobject)
