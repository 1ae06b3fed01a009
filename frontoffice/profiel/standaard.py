"""Wat geldt als het profiel niets zegt: codes, kanalen, paden en woorden uit de standaarden."""

from __future__ import annotations

from frontoffice.domain.bevoegdheid import ALLE_ZAAKTYPEN, Bevoegdheid
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.profiel import Codes, Login, Medewerker, Objectcode, Register

CODES = Codes(
    bsn=Objectcode("brp", "natuurlijk_persoon", "bsn"),
    kvk=Objectcode("hr", "niet_natuurlijk_persoon", "kvk_nummer"),
    vestiging=Objectcode("hr", "vestiging", "vestigingsnummer"),
    zaak=Objectcode("openzaak", "zgw-Zaak", "uuid"),
    melding=Objectcode("signalen", "melding", "meldingnummer"),
)
KANALEN = ("telefoon", "balie", "e-mail", "brief", "formulier", "chat", "sociale media")
WACHT_OP_INWONER = ("Aanvullende gegevens gevraagd", "Wacht op aanvrager")
ALLEEN_KIJKEN = ("Vraag van een collega", "Gesprek voorbereiden", "Registratie nakijken")
BRP_VRAGEN = (
    "RaadpleegMetBurgerservicenummer",
    "ZoekMetGeslachtsnaamEnGeboortedatum",
    "ZoekMetPostcodeEnHuisnummer",
)

# De paden achter één centraal adres (profielvorm `centraal`).
PADEN = {
    Register.KLANTINTERACTIES: "/klantinteracties/api/v1",
    Register.ZAKEN: "/zaken/api/v1",
    Register.CATALOGI: "/catalogi/api/v1",
    Register.DOCUMENTEN: "/documenten/api/v1",
    Register.BRP: "/brp",
    Register.KVK: "/kvk",
}
LOGINS = {
    Register.KLANTINTERACTIES: Login.TOKEN,
    Register.ZAKEN: Login.JWT,
    Register.CATALOGI: Login.JWT,
    Register.DOCUMENTEN: Login.JWT,
    Register.BRP: Login.APIKEY,
    Register.KVK: Login.APIKEY,
}
HEADERS = {Register.KVK: "apikey"}
HEADER = "X-API-KEY"

DEMO_MEDEWERKER = Medewerker("S. Bos", "s.bos", "Losser", "kcc")
DEMO_ROLLEN = {"kcc": Bevoegdheid(frozenset({ALLE_ZAAKTYPEN}), Vertrouwelijkheid.zaakvertrouwelijk)}
