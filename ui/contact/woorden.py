"""De zinnen en korte namen van het contact, op één plek."""

from __future__ import annotations

from frontoffice.domain.concept import NIVEAUS, Afsluiting, Concept, Gesprekspartner
from frontoffice.domain.registratie import Toestand

ONBEKEND = "Onbekend"
AFSLUITINGEN: tuple[tuple[Afsluiting, str], ...] = (
    (Afsluiting.BEANTWOORD, "Beantwoord"),
    (Afsluiting.DOORVERBONDEN, "Doorverbonden"),
    (Afsluiting.TERUGBELVERZOEK, "Terugbelverzoek"),
    (Afsluiting.AFSPRAAK, "Afspraak gemaakt"),
    (Afsluiting.NIET_GELUKT, "Niet gelukt"),
)
TOESTANDEN: dict[Toestand, str] = {
    Toestand.NOG_NIET_VERSTUURD: "Nog niet verstuurd",
    Toestand.WORDT_VERSTUURD: "Wordt verstuurd",
    Toestand.WORDT_NAGEKEKEN: "Wordt nagekeken",
    Toestand.STAAT_IN_REGISTER: "Staat in het register",
    Toestand.ACTIE_NODIG: "Actie nodig",
}


def duur(seconden: float) -> str:
    """ "03:12", of "1:03:12" na een uur."""
    heel = int(seconden)
    uren, minuten, rest = heel // 3600, heel // 60 % 60, heel % 60
    return f"{uren}:{minuten:02}:{rest:02}" if uren else f"{minuten:02}:{rest:02}"


def wie(concept: Concept) -> Gesprekspartner | None:
    """Om wie het contact gaat: de klant, anders het bedrijf."""
    return concept.klant or concept.bedrijf


def identiteit(concept: Concept) -> str:
    """Tot waar en waarmee is gecontroleerd wie er spreekt, zoals het in het register komt."""
    if concept.identiteit is None:
        return "Nog niet vastgelegd"
    naam = dict(NIVEAUS)[concept.identiteit.niveau]
    return f"{naam}: {concept.identiteit.methode}"


def korte_naam(concept: Concept) -> str:
    """De naam op de knop van een contact: de achternaam, of Onbekend."""
    partner = wie(concept)
    if partner is None or not partner.naam:
        return ONBEKEND
    return partner.naam.rsplit(" ", 1)[-1] if concept.klant else partner.naam


def met_wie(concept: Concept) -> str:
    """ "A. Jansen, geboren 1-12-1985", met wie er namens die persoon belt."""
    delen = [partner.zin for partner in (concept.klant, concept.bedrijf) if partner is not None]
    if not delen:
        return "Nog geen klant gekozen."
    return " en ".join(delen)


def wacht(wachtend: int, actie_nodig: int) -> str:
    """De teller in de statusregel; leeg als alles in het register staat."""
    if actie_nodig:
        return f"{wachtend} nog niet verstuurd, {actie_nodig} met actie nodig"
    return f"{wachtend} nog niet verstuurd" if wachtend else ""


def te_versturen(aantal: int) -> str:
    """ "12 te versturen"; als er meer is dan contacten."""
    return f"{aantal} te versturen"


def contacten(aantal: int) -> str:
    """ "12 contacten"; leeg bij geen."""
    if not aantal:
        return ""
    return "1 contact" if aantal == 1 else f"{aantal} contacten"
