"""Het logboek van inzage: wie bekeek welke klant, waarom en wanneer. De vorm van een regel, en het logboek
dat alleen in het geheugen bestaat; wat blijft staan doet `storage.werkplek`.

De klant staat er als sleutelafdruk (HMAC), nooit leesbaar: twee regels over dezelfde klant zijn te herkennen,
de klant zelf niet. Staat los van het logbestand, dat over het programma gaat.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from frontoffice.domain.klant import BedrijfSleutel, KlantSleutel, PersoonSleutel
from frontoffice.ports import Klok
from frontoffice.registratiepoort import WinkelFout

HERSTELD = "gegevens_hersteld"
"""De handeling van een regel die zegt dat hier een reservekopie of een nieuw bestand begint."""
ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Logregel:
    """Een handeling. `om` is UTC, `onderwerp` de sleutelafdruk van de klant of None.

    `uuid` is van deze regel zelf, `keten` haar schakel; leeg bij een regel in het geheugen.
    """

    handeling: str
    doel: str
    medewerker: str
    organisatie: str
    om: datetime
    onderwerp: str | None
    bijzonderheden: dict[str, str] = field(default_factory=dict)
    volgnummer: int = 0
    uuid: str = ""
    werkplek: str = ""
    keten: str = ""


def niet_vastgelegd(fout: WinkelFout) -> WinkelFout:
    """De fout voor de medewerker als er geen regel bij kwam: zonder regel gaat er niets open."""
    wat_nu = {
        "winkel_vol": "De schijf van deze pc is vol. Maak ruimte vrij en probeer het opnieuw.",
        "winkel_alleen_lezen": "Bewaren is op deze pc nu niet toegestaan. Vraag uw beheerder om hulp.",
        "winkel_bezet": "Een ander programma houdt het bestand vast. Probeer het zo opnieuw.",
    }.get(fout.code, fout.uitleg)
    return WinkelFout(
        f"Dit gaat nu niet open: vastleggen dat u het bekijkt, lukt niet. {wat_nu}",
        code=fout.code,
        opnieuw_helpt=fout.opnieuw_helpt,
    )


def regel_document(regel: Logregel) -> dict[str, object]:
    """Een regel zoals `kif audit export` haar schrijft en een adres haar ontvangt.

    `onderwerp` is de sleutelafdruk van de klant of null, `om` is UTC (ISO 8601), `keten` de schakel met de
    regel ervoor. Er staat geen BSN, naam of nummer van een klant in.
    """
    bijzonderheden = dict(regel.bijzonderheden)
    return {
        "volgnummer": regel.volgnummer,
        "uuid": regel.uuid,
        "om": regel.om.isoformat(),
        "handeling": regel.handeling,
        "onderwerp": regel.onderwerp,
        "uitslag": bijzonderheden.pop("uitslag", "gedaan"),
        "doel": regel.doel,
        "medewerker": regel.medewerker,
        "organisatie": regel.organisatie,
        "werkplek": regel.werkplek,
        "bijzonderheden": bijzonderheden,
        "keten": regel.keten,
    }


class LogboekInGeheugen:
    """Port `Logboek`. De sleutel van de afdrukken leeft zo lang als dit object."""

    def __init__(self, klok: Klok, medewerker: str, organisatie: str, sleutel: bytes | None = None) -> None:
        self._klok = klok
        self._medewerker = medewerker
        self._organisatie = organisatie
        self._sleutel = sleutel or secrets.token_bytes(32)
        self._regels: list[Logregel] = []

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        afdruk = None if onderwerp is None else self.afdruk(onderwerp)
        self._regels.append(
            Logregel(
                handeling,
                doel,
                self._medewerker,
                self._organisatie,
                self._klok.nu(),
                afdruk,
                dict(bijzonderheden),
            )
        )

    @property
    def regels(self) -> tuple[Logregel, ...]:
        """Alle regels tot nu toe, oudste eerst."""
        return tuple(self._regels)

    def afdruk(self, sleutel: KlantSleutel) -> str:
        """De sleutelafdruk waaronder deze klant in het logboek staat."""
        return hmac.new(self._sleutel, _onderwerp(sleutel).encode(), hashlib.sha256).hexdigest()


def _onderwerp(sleutel: KlantSleutel) -> str:
    if isinstance(sleutel, PersoonSleutel):
        return f"bsn:{sleutel.bsn.nummer}"
    if isinstance(sleutel, BedrijfSleutel):
        vestiging = sleutel.vestiging.nummer if sleutel.vestiging else ""
        return f"kvk:{sleutel.kvk.nummer}:{vestiging}"
    return f"partij:{sleutel.uuid}"
