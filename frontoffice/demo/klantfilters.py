"""De queryparameters die elke lijst van Klantinteracties 2.18 kent."""

from __future__ import annotations

from collections.abc import Iterable

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
HOOFDDELEN = {deel[0].upper() + deel[1:]: veld for deel, veld in DELEN.items()}
# Elk deel van een onderwerpobjectidentificator met zijn plaats in Onderwerpobject.code.
OBJECT_DELEN = {"CodeObjecttype": 0, "CodeRegister": 1, "CodeSoortObjectId": 2}


def _namen(voor: str, delen: Iterable[str]) -> list[str]:
    return [voor + deel for deel in delen]


_OBJECTFILTERS = [*OBJECT_DELEN, "ObjectId"]
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
    "actorklantcontacten": ["actor__uuid", "actor__url", "klantcontact__uuid", "klantcontact__url"],
    "partij-identificatoren": [
        "anderePartijIdentificator",
        *_namen("partijIdentificator", HOOFDDELEN),
    ],
}
