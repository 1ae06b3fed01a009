"""Zet een handeling op een melding klaar in de outbox: maken, notitie, nieuwe stand, "verteld".

Kijkt eerst na wat er is ingevuld, zodat een medewerker het meteen hoort en niet pas als het register het
afkeurt. Verstuurt zelf niets.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.melding import MAX_FOTO, MAX_TEKST, MAX_VRAAG, MEESTE_FOTOS, Categorie, Melding, Plek
from frontoffice.domain.meldingopdracht import (
    Handeling,
    Meldingfoto,
    Meldingopdracht,
    Meldingopgave,
    Standwijziging,
)
from frontoffice.domain.registratie import (
    MAX_INHOUD,
    SLEUTEL,
    Deelnemer,
    Opdracht,
    Registratie,
    clean_tekst,
)
from frontoffice.domain.waarden import EmailAdres
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Winkel
from frontoffice.services.meldingen import read_telefoon

_BEGIN = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif"}
_VRAGEN = frozenset({"o", "reaction requested"})
"""Standen waarbij het register een tekst voor de melder wil."""
MAX_TELEFOON = 17
_RUIMTE_VOOR_KENMERK = 400


@dataclass(frozen=True)
class Meldinginvoer:
    """Wat de medewerker invulde voor een nieuwe melding. `fotos` zijn de bytes van elke foto."""

    tekst: str
    categorie: Categorie | None
    plek: Plek | None
    email: str = ""
    telefoon: str = ""
    delen_mag: bool = False
    spoed: bool = False
    fotos: tuple[bytes, ...] = ()

    @property
    def is_anoniem(self) -> bool:
        return not (self.email.strip() or self.telefoon.strip())


class Meldingschrijver:
    """Zie de module. Alleen op een achtergronddraad: de winkel schrijft naar schijf. Raises WinkelFout."""

    def __init__(
        self,
        winkel: Callable[[], Winkel],
        klok: Klok,
        *,
        medewerker: str,
        medewerker_naam: str,
        taal: str = "nld",
        wacht_s: float = 0.0,
    ) -> None:
        """`wacht_s`: zo lang is een opdracht nog in te trekken voordat zij gaat."""
        self._winkel = winkel
        self._klok = klok
        self._medewerker = medewerker
        self._medewerker_naam = medewerker_naam
        self._taal = taal
        self._wacht = timedelta(seconds=wacht_s)

    def make(self, invoer: Meldinginvoer, *, sleutel: str = "") -> int:
        """Zet een nieuwe melding klaar; geeft de id in de outbox. Dezelfde `sleutel` is dezelfde melding.

        Raises InvoerFout met `code` = het veld ("tekst", "categorie", "plek", "email", "telefoon", "foto").
        """
        nu = self._klok.nu()
        fotos = tuple(Meldingfoto(str(plek), check_foto(foto)) for plek, foto in enumerate(invoer.fotos))
        if len(fotos) > MEESTE_FOTOS:
            raise InvoerFout(f"Kies hoogstens {MEESTE_FOTOS} foto's.", code="foto")
        categorie, plek = invoer.categorie, invoer.plek
        if categorie is None:
            raise InvoerFout("Kies wat voor melding het is.", code="categorie")
        if plek is None or plek.punt is None:
            raise InvoerFout("Kies waar het is: een adres, straat of bekende plek.", code="plek")
        opgave = Meldingopgave(
            check_tekst(invoer.tekst),
            plek,
            categorie.adres,
            categorie.naam,
            nu,
            check_email(invoer.email),
            check_telefoon(invoer.telefoon),
            invoer.delen_mag,
            invoer.spoed,
            fotos,
        )
        opdracht = replace(self._begin(Handeling.MAKEN, nu), uuid=sleutel or str(uuid.uuid4()), opgave=opgave)
        bijlagen = {
            foto.naam: base64.b64encode(inhoud).decode()
            for foto, inhoud in zip(fotos, invoer.fotos, strict=True)
        }
        return self._winkel().add(
            replace(opdracht, groep=f"melding:{opdracht.uuid}"), nu + self._wacht, bijlagen
        )

    def note(self, melding: Melding, tekst: str) -> int:
        """Een notitie voor collega's; de melder ziet haar niet."""
        return self._add(
            replace(self._on(melding, Handeling.NOTITIE), tekst=check_tekst(tekst, _RUIMTE_VOOR_KENMERK))
        )

    def change(self, melding: Melding, code: str, tekst: str, *, mail: bool) -> int:
        """Een nieuwe stand. Met `mail` krijgt de melder `tekst` per e-mail. Raises InvoerFout."""
        schoon = clean_tekst(tekst).strip()
        if not schoon and (mail or code in _VRAGEN):
            raise InvoerFout("Typ wat de melder moet weten.", code="tekst")
        grens = MAX_VRAAG if code == "reaction requested" else MAX_TEKST
        if len(schoon) > grens:
            raise InvoerFout(f"Deze tekst is te lang. Er passen {grens} tekens in.", code="tekst")
        if (mail or code == "reaction requested") and not melding.melder.krijgt_mail:
            raise InvoerFout(
                "Deze melder krijgt geen e-mail: er is geen adres, of hij wil geen bericht. Bel de melder.",
                code="mail",
            )
        stand = Standwijziging(code, schoon, mail, melding.status.afdruk)
        return self._add(replace(self._on(melding, Handeling.STAND), stand=stand))

    def mark_told(
        self,
        melding: Melding,
        *,
        via: str,
        tekst: str,
        klant: Gesprekspartner | None = None,
        gelukt: bool = True,
    ) -> tuple[int, int | None]:
        """De melder weet het: een klantcontact met deze melding, en een notitie in het meldingensysteem.

        Geeft de id's van (contact, notitie). Niet gelukt = alleen het contact: dan weet de melder nog niets.
        """
        nu = self._klok.nu()
        inhoud = clean_tekst(tekst).strip()
        if len(inhoud) > MAX_INHOUD:
            raise InvoerFout(f"Deze tekst is te lang. Er passen {MAX_INHOUD} tekens in.", code="tekst")
        winkel = self._winkel()
        (referentie,) = winkel.next_referentienummers(1)
        sleutel = str(uuid.uuid4())
        wat = "verteld hoe het staat" if gelukt else "niet bereikt"
        contact = winkel.add(
            Registratie(
                uuid=sleutel,
                referentienummer=referentie,
                medewerker=self._medewerker,
                medewerker_naam=self._medewerker_naam,
                kanaal=via,
                onderwerp=f"Melding {melding.weergave}: {wat}",
                inhoud=inhoud or f"De melder is {wat if gelukt else 'niet bereikt'}.",
                taal=self._taal,
                vertrouwelijk=False,
                gelukt=gelukt,
                plaatsgevonden_op=nu,
                groep=f"melding:{melding.nummer}",
                deelnemers=() if klant is None else (Deelnemer(klant),),
                metadata={SLEUTEL: sleutel},
                meldingen=(str(melding.nummer),),
            ),
            nu + self._wacht,
        )
        if not gelukt:
            return contact, None
        opdracht = replace(self._on(melding, Handeling.VERTELD), via=via.lower(), tekst=inhoud, om=nu)
        return contact, self._add(opdracht)

    # --- hulp ----------------------------------------------------------------------------------------------

    def _begin(self, handeling: Handeling, nu: datetime) -> Meldingopdracht:
        return Meldingopdracht(str(uuid.uuid4()), "", self._medewerker, self._medewerker_naam, handeling, nu)

    def _on(self, melding: Melding, handeling: Handeling) -> Meldingopdracht:
        """Handelingen op één melding gaan op volgorde."""
        opdracht = self._begin(handeling, self._klok.nu())
        return replace(
            opdracht, groep=f"melding:{melding.nummer}", nummer=melding.nummer, weergave=melding.weergave
        )

    def _add(self, opdracht: Opdracht) -> int:
        return self._winkel().add(opdracht, self._klok.nu() + self._wacht)


def check_tekst(tekst: str, ruimte: int = 0) -> str:
    """Raises InvoerFout."""
    schoon = clean_tekst(tekst).strip()
    if not schoon:
        raise InvoerFout("Typ wat er aan de hand is.", code="tekst")
    if len(schoon) > MAX_TEKST - ruimte:
        raise InvoerFout(f"Deze tekst is te lang. Er passen {MAX_TEKST - ruimte} tekens in.", code="tekst")
    return schoon


def check_email(tekst: str) -> str:
    """Leeg mag. Raises InvoerFout."""
    if not tekst.strip():
        return ""
    try:
        return EmailAdres(tekst.strip()).adres
    except InvoerFout as fout:
        raise InvoerFout(fout.uitleg, code="email") from None


def check_telefoon(tekst: str) -> str:
    """In E.164; leeg mag. Raises InvoerFout."""
    if not tekst.strip():
        return ""
    nummer = read_telefoon(tekst)
    if nummer is None or len(nummer.e164) > MAX_TELEFOON:
        raise InvoerFout("Dit telefoonnummer klopt niet. Kijk de cijfers na.", code="telefoon")
    return nummer.e164


def check_foto(inhoud: bytes) -> str:
    """Het mediatype, gelezen uit het bestand zelf. Raises InvoerFout."""
    if len(inhoud) > MAX_FOTO:
        raise InvoerFout(
            f"Deze foto is te groot. Kies er een van hoogstens {MAX_FOTO // 1024 // 1024} MB.", code="foto"
        )
    for begin, soort in _BEGIN.items():
        if inhoud.startswith(begin):
            return soort
    raise InvoerFout("Dit is geen foto die het meldingensysteem kent. Kies een jpg, png of gif.", code="foto")
