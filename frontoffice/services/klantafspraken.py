"""De afspraken van een klant: zeker op klantsleutel, mogelijk op telefoon met geboortedatum of achternaam.

Leest alleen. Een BSN of KVK-nummer wordt hier een sleutel waar het niet uit terug te halen is. Voor het
klantbeeld gaat er niets mee van wie er komt.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime

from frontoffice.agenda.afspraak import EINDE, Afspraak, Contactgegevens, Toestand
from frontoffice.agendapoort import Gebeurtenis, Klantlezer
from frontoffice.domain.afspraak import AfspraakStand, KlantAfspraak, Klantkenmerken
from frontoffice.domain.klant import BedrijfSleutel, PersoonSleutel
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.zoekvraag import lees_telefoon
from frontoffice.ports import Aanroep
from frontoffice.services.afspraakgegevens import same_contact
from frontoffice.services.afspraakwaarden import KlantAfspraken

MEESTE_GESCHIEDENIS = 20
"""Van zoveel afspraken die verzet of afgezegd zijn wordt nagezien wanneer dat was; de nieuwste eerst."""
_MEESTE_TELEFOONS = 10
_WIJZIGBAAR = (Toestand.BEVESTIGD, Toestand.AANGEMELD)
_STANDEN = {
    Toestand.KLAAR: (AfspraakStand.GEWEEST, "geweest"),
    Toestand.NIET_GEKOMEN: (AfspraakStand.NIET_GEKOMEN, "niet gekomen"),
    Toestand.AFGEZEGD: (AfspraakStand.AFGEZEGD, "afgezegd"),
    Toestand.AANGEMELD: (AfspraakStand.BEZIG, "aangemeld"),
    Toestand.OPGEROEPEN: (AfspraakStand.BEZIG, "opgeroepen"),
    Toestand.AAN_DE_BALIE: (AfspraakStand.BEZIG, "aan de balie"),
    Toestand.EVEN_APART: (AfspraakStand.BEZIG, "even apart"),
}


class Klantzoeker:
    """Zoekt de afspraken van één klant. Raises AgendaOnbereikbaar."""

    def __init__(self, lezer: Klantlezer) -> None:
        self._lezer = lezer

    def make_klantsleutel(self, nummer: Bsn | KvkNummer) -> str:
        """De sleutel waaronder afspraken van deze klant te vinden zijn. Zegt niets buiten deze agenda."""
        soort = "bsn" if isinstance(nummer, Bsn) else "kvk"
        tekst = f"{soort}:{nummer.nummer}".encode()
        return hmac.new(self._lezer.load_klantgeheim(), tekst, hashlib.sha256).hexdigest()

    def for_klant(
        self,
        *,
        bsn: Bsn | None = None,
        kvk: KvkNummer | None = None,
        telefoons: Iterable[str] = (),
        geboortedatum: date | None = None,
        naam: str = "",
    ) -> KlantAfspraken:
        """De afspraken van een klant; zonder sleutel alleen wat mogelijk van hem is.

        Een telefoonnummer alleen is geen klant: ook de geboortedatum moet gelijk zijn, of de achternaam als
        de afspraak geen geboortedatum heeft.
        """
        zeker: list[Afspraak] = []
        for nummer in (bsn, kvk):
            if nummer is not None:
                sleutel = self.make_klantsleutel(nummer)
                zeker += self._lezer.find_afspraken(klantsleutel=sleutel, maximum=500)
        mogelijk: dict[str, Afspraak] = {}
        for telefoon in telefoons:
            zoekende = Contactgegevens(naam, telefoon, geboortedatum=geboortedatum)
            for afspraak in self._find_telefoon(telefoon):
                if not afspraak.klant.klantsleutel and same_contact(zoekende, afspraak.klant):
                    mogelijk[afspraak.id] = afspraak
        bekend = {afspraak.id for afspraak in zeker}
        return KlantAfspraken(op_tijd(zeker), op_tijd(a for a in mogelijk.values() if a.id not in bekend))

    def for_kenmerken(self, klant: Klantkenmerken) -> KlantAfspraken:
        """Hetzelfde voor de klant in beeld: overal in het programma zo gezocht, dus overal hetzelfde."""
        sleutel = klant.sleutel
        return self.for_klant(
            bsn=sleutel.bsn if isinstance(sleutel, PersoonSleutel) else None,
            kvk=sleutel.kvk if isinstance(sleutel, BedrijfSleutel) else None,
            telefoons=_verschillend(klant.telefoons),
            geboortedatum=klant.geboortedatum,
            naam=klant.naam,
        )

    def _find_telefoon(self, telefoon: str, vanaf: date | None = None) -> tuple[Afspraak, ...]:
        nummer = lees_telefoon(telefoon) if telefoon else None
        if nummer is None:
            return ()
        return self._lezer.find_afspraken(zoek=nummer.e164, datum_van=vanaf, maximum=500)


class AfsprakenInBeeld:
    """Port `Afsprakenbron`: wat het klantbeeld van de agenda laat zien. Mag van elke achtergronddraad."""

    def __init__(
        self,
        open_lezer: Callable[[], AbstractContextManager[Klantlezer]],
        nu: Callable[[], datetime] | None = None,
    ) -> None:
        """`open_lezer` geeft de agenda zolang het duurt; `nu` gaat voor de klok van de agenda."""
        self._open_lezer, self._nu = open_lezer, nu

    def load(self, klant: Klantkenmerken, aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
        """Alle afspraken van deze klant op volgorde van tijd. Raises AgendaFout, GeheimFout."""
        aanroep.stop.check()
        with self._open_lezer() as lezer:
            nu = self._nu() if self._nu else lezer.nu()
            gevonden = Klantzoeker(lezer).for_kenmerken(klant)
            zeker = {afspraak.id for afspraak in gevonden.zeker}
            alle = op_tijd((*gevonden.zeker, *gevonden.mogelijk))
            anders = [a for a in alle if a.toestand is Toestand.AFGEZEGD or a.ics_volgnummer]
            verleden = {a.id: lezer.load_gebeurtenissen(a.id) for a in anders[-MEESTE_GESCHIEDENIS:]}
        return tuple(make_klantafspraak(a, a.id in zeker, nu, verleden.get(a.id, ())) for a in alle)


def make_klantafspraak(
    afspraak: Afspraak, zeker: bool, nu: datetime, verleden: Sequence[Gebeurtenis] = ()
) -> KlantAfspraak:
    """De afspraak zonder wie er komt. `verleden`: haar geschiedenis, oudste eerst, voor zover opgehaald."""
    stand, woord = _STANDEN.get(afspraak.toestand, (AfspraakStand.KOMT, "komt nog"))
    if stand is AfspraakStand.KOMT and afspraak.eind <= nu:
        stand, woord = AfspraakStand.VOORBIJ, "was gepland"
    elif stand is AfspraakStand.BEZIG and afspraak.eind.date() < nu.date():
        stand = AfspraakStand.VOORBIJ
    verplicht = bool(afspraak.te_verzetten) and afspraak.toestand not in EINDE
    afgezegd = afspraak.toestand is Toestand.AFGEZEGD
    return KlantAfspraak(
        id=afspraak.id,
        nummer=afspraak.nummer,
        begin=afspraak.begin,
        eind=afspraak.eind,
        producten=_producten(afspraak),
        stand=stand,
        woord=woord,
        zeker=zeker,
        mag_wijzigen=afspraak.toestand in _WIJZIGBAAR and (afspraak.begin > nu or verplicht),
        moet_verzet=verplicht,
        gemaakt_op=afspraak.gemaakt_op,
        verzet_van=_verzet_van(afspraak, verleden),
        afgezegd_op=verleden[-1].op if verleden and afgezegd else None,
    )


def _producten(afspraak: Afspraak) -> str:
    """ "Paspoort aanvragen, 2 personen; Rijbewijs aanvragen"."""
    delen = (f"{r.naam}, {r.personen} personen" if r.personen > 1 else r.naam for r in afspraak.regels)
    return schoon("; ".join(delen)) or "Afspraak"


def _verzet_van(afspraak: Afspraak, verleden: Sequence[Gebeurtenis]) -> datetime | None:
    """De laatste andere begintijd die hij had."""
    for gebeurtenis in reversed(verleden):
        begin = gebeurtenis.voor.get("begin")
        if isinstance(begin, str) and "begin" in gebeurtenis.na:
            oud = datetime.fromisoformat(begin)
            return oud if oud != afspraak.begin else None
    return None


def _verschillend(telefoons: Iterable[str]) -> tuple[str, ...]:
    """Elk nummer één keer, hoe het ook geschreven is; en niet eindeloos veel."""
    uniek: dict[str, str] = {}
    for telefoon in telefoons:
        nummer = lees_telefoon(telefoon) if telefoon else None
        if nummer is not None:
            uniek.setdefault(nummer.e164, telefoon)
    return tuple(uniek.values())[:_MEESTE_TELEFOONS]


def op_tijd(afspraken: Iterable[Afspraak]) -> tuple[Afspraak, ...]:
    return tuple(sorted(afspraken, key=lambda a: (a.begin, a.nummer)))
