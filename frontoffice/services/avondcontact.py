"""Na Klaar: wat er aan de balie is gedaan, als contact van de soort Balie in de outbox; één keer per bezoek.

De agenda kent alleen een klantsleutel. Het contact komt daarom alleen bij een klant als de medewerker die
klant tijdens dit bezoek open had; anders staat er niemand bij. Houdt Klaar nooit tegen.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from frontoffice.agenda.vanavond.bezoek import Bezoek, Resultaat, Uitkomst
from frontoffice.agenda.vanavond.verslag import ANDERE_REDEN, GEKOZEN_REDENEN
from frontoffice.agendapoort import AgendaFout, AgendaOpslag
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.registratie import SLEUTEL, Deelnemer, Registratie, cut_inhoud
from frontoffice.domain.taal import datum_lang, tijd
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Winkel
from frontoffice.services.bekenden import Bekenden
from frontoffice.services.klantafspraken import Klantzoeker
from frontoffice.services.registreren import Registreerinstellingen

ONDERWERP = "Bezoek aan de balie"
_RUIMTE = uuid.UUID("0f6a2b0d-4a0b-5c58-9d83-7f0f2f1c6d21")
_ERVOOR = 120.0
"""Zoveel seconden voor de oproep mag de klant al in beeld zijn gekomen."""


class Avondcontacten:
    """`hear` is de luisteraar van de avond. `load_winkel` opent de winkel bij het eerste Klaar."""

    def __init__(
        self,
        opslag: AgendaOpslag,
        load_winkel: Callable[[], Winkel],
        klok: Klok,
        instellingen: Registreerinstellingen,
        bekenden: Bekenden,
    ) -> None:
        self._opslag, self._load_winkel, self._klok = opslag, load_winkel, klok
        self._instellingen, self._bekenden = instellingen, bekenden

    def hear(self, soort: str, bezoek: Bezoek) -> None:
        """Zet het contact klaar na Klaar; haal het weg als dat ongedaan is gemaakt. Raises WinkelFout."""
        if soort == "bezoek_klaar":
            self._add(bezoek)
        elif soort == "bezoek_ongedaan" and bezoek.klaar_op is None:
            self._withdraw(bezoek)

    def _add(self, bezoek: Bezoek) -> None:
        winkel = self._load_winkel()
        sleutel = make_sleutel(bezoek)
        if any(rij.opdracht.uuid == sleutel for rij in winkel.load_verzendingen()):
            return
        (nummer,) = winkel.next_referentienummers(1)
        contact = self._make(bezoek, sleutel, nummer)
        # Zolang Klaar terug kan, gaat er niets weg.
        regels = self._opslag.load_inrichting()[0].locatie.avondregels
        winkel.add(contact, self._klok.nu() + timedelta(seconds=regels.ongedaan_seconden))

    def _withdraw(self, bezoek: Bezoek) -> None:
        winkel, sleutel = self._load_winkel(), make_sleutel(bezoek)
        for rij in winkel.load_verzendingen():
            if rij.opdracht.uuid == sleutel:
                winkel.withdraw(rij.id)

    def _make(self, bezoek: Bezoek, sleutel: str, nummer: str) -> Registratie:
        eigen, partner = self._instellingen, self._find_klant(bezoek)
        om = bezoek.begonnen_op or bezoek.opgeroepen_op or bezoek.klaar_op or self._klok.nu()
        metadata = {SLEUTEL: sleutel, "bezoek": bezoek.id}
        if bezoek.nummer:
            metadata["afspraak"] = bezoek.nummer
        return Registratie(
            uuid=sleutel,
            referentienummer=nummer,
            medewerker=eigen.medewerker,
            medewerker_naam=eigen.medewerker_naam,
            kanaal=next((kanaal for kanaal in eigen.kanalen if kanaal.lower() == "balie"), "balie"),
            onderwerp=ONDERWERP,
            inhoud=cut_inhoud(make_inhoud(bezoek, om))[0],
            taal=eigen.taal,
            vertrouwelijk=False,
            gelukt=True,
            plaatsgevonden_op=om.replace(microsecond=uuid.UUID(sleutel).int % 1_000_000),
            groep=sleutel,
            deelnemers=() if partner is None else (Deelnemer(partner),),
            metadata=metadata,
        )

    def _find_klant(self, bezoek: Bezoek) -> Gesprekspartner | None:
        """De klant die tijdens dit bezoek open was en bij deze afspraak hoort."""
        begin, eind = bezoek.opgeroepen_op or bezoek.begonnen_op, bezoek.klaar_op
        if begin is None or eind is None or not bezoek.nummer:
            return None
        seconden = max(0.0, (eind - begin).total_seconds()) + _ERVOOR
        open_ = self._bekenden.seen(seconden)
        if not open_:
            return None
        try:
            gevonden = self._opslag.find_afspraken(ids=[bezoek.id])
            sleutel = gevonden[0].klant.klantsleutel if gevonden else ""
            return next((p for p in open_ if sleutel and self._make_klantsleutel(p) == sleutel), None)
        except AgendaFout:  # dan staat er niemand bij: beter niemand dan de verkeerde
            return None

    def _make_klantsleutel(self, partner: Gesprekspartner) -> str:
        nummer = Bsn(partner.bsn) if partner.bsn else KvkNummer(partner.kvk)
        return Klantzoeker(self._opslag).make_klantsleutel(nummer)


def make_sleutel(bezoek: Bezoek) -> str:
    """Hetzelfde bezoek geeft altijd hetzelfde contact."""
    return str(uuid.uuid5(_RUIMTE, bezoek.id))


def make_inhoud(bezoek: Bezoek, om: datetime) -> str:
    """Wat er is gedaan, zonder naam en zonder wat iemand zelf opschreef."""
    namen = {regel.product: regel.naam for regel in bezoek.regels}
    wat = f"Afspraak {bezoek.nummer}" if bezoek.nummer else "Zonder afspraak"
    zinnen = [f"{wat}, geholpen op {datum_lang(bezoek.datum, bezoek.datum)} om {tijd(om)}."]
    gedaan = [namen.get(u.product, u.product) for u in bezoek.uitkomsten if u.resultaat is Resultaat.GEDAAN]
    if gedaan:
        zinnen.append(f"Gedaan: {', '.join(gedaan)}.")
    zinnen += [
        _niet(u, namen.get(u.product, u.product))
        for u in bezoek.uitkomsten
        if u.resultaat is not Resultaat.GEDAAN
    ]
    if bezoek.vervolg:
        zinnen.append(f"Vervolg: afspraak {bezoek.vervolg}.")
    return "\n".join(zinnen)


def _niet(uitkomst: Uitkomst, naam: str) -> str:
    kort = uitkomst.reden.strip().rstrip(".")
    reden = next(
        (keus for keus in GEKOZEN_REDENEN if keus.lower() == kort.lower()), ANDERE_REDEN if kort else ""
    )
    return f"Niet gedaan: {naam} ({reden.lower()})." if reden else f"Niet gedaan: {naam}."
