"""Doorvoeren wat zonder verbinding is gedaan: elke stap precies één keer, met de tijd waarop hij gebeurde.

Een stap waarvan het antwoord wegviel, wordt eerst nagevraagd op zijn nummer. Wat niet meer past, houdt de
rest niet op: dat gaat naar *Nakijken*.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.doorwerken import is_al_zo
from frontoffice.agendapoort import AgendaFout, AgendaOpslag, IemandWasEerder, Stapgegevens, Wie
from frontoffice.avondpoort import Avondnotitie, Notitiestand
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout
from frontoffice.services.avondnakijken import Nakijkdienst
from frontoffice.services.avondstap import run_stap
from frontoffice.services.vanavond import Vanavonddienst

_NUMMERS = uuid.UUID("6a0a6f0e-93b5-4a5b-9a1e-0c1d1c7a5e36")
_NIET_ALSNOG = frozenset({"call_next", "call", "recall", "walk_in", "undo"})
"""Wie dit deed, wist de afloop nog niet toen het programma stopte, en doet het anders zelf opnieuw."""
_PAST_NIET = frozenset({"bezet", "agenda_dubbel", "agenda"})


@dataclass(frozen=True)
class Gedaan:
    """Het staat in de agenda, of hoeft er niet in. `bezoek`: hoe het daar nu staat, als dat bekend is."""

    bezoek: Bezoek | None = None


@dataclass(frozen=True)
class PastNiet:
    """De agenda weigert het. `zin` zegt waarom."""

    zin: str


class Inhaler:
    """De kant van de agenda. Elke methode raises AgendaOnbereikbaar of AgendaBezet; dan later opnieuw."""

    def __init__(self, opslag: AgendaOpslag, vanavond: Vanavonddienst, wie: Wie) -> None:
        self.opslag = opslag
        self._wie = wie
        self.vanavond = vanavond
        self.nakijken = Nakijkdienst(opslag, wie)

    def load_bij(self, datum: date, reeks: int) -> tuple[Mapping[str, str], int, Inrichting]:
        """Wat bij de stand hoort om zonder verbinding te werken: namen, een nummerreeks, de inrichting.

        De reeks is van deze werkplek alleen; zonder verbinding heten haar nummers "W2-01", "W2-02", …
        """
        namen, inrichting = self.opslag.load_bezoeknamen(datum), self.opslag.load_inrichting()[0]
        return namen, reeks or self._claim_reeks(datum), inrichting

    def _claim_reeks(self, datum: date) -> int:
        with self.opslag.lock([datum]) as tx:
            nummer = 1
            while tx.load_verzoek(f"reeks-{datum.isoformat()}-{nummer}", "reeks") is not None:
                nummer += 1
            tx.note_verzoek(f"reeks-{datum.isoformat()}-{nummer}", "reeks", {"werkplek": self._wie.werkplek})
        return nummer

    def run(self, notitie: Avondnotitie) -> Gedaan | PastNiet:
        """Zorg dat deze stap één keer in de agenda staat, of zeg waarom dat niet past."""
        try:
            return self._run(notitie)
        except KifFout as fout:
            if not _ligt_aan_de_stap(fout):
                raise
            nu = self._load_bezoek(notitie)
            al_zo = nu is not None and is_al_zo(notitie.soort, notitie.argumenten, notitie.na, nu)
            if al_zo or notitie.stand is Notitiestand.ONDERWEG:
                return Gedaan(nu)
            return PastNiet(fout.uitleg)

    def _run(self, notitie: Avondnotitie) -> Gedaan | PastNiet:
        if notitie.eerder and self._is_gedaan(notitie):
            bevestigd = self._confirm(notitie)
            if bevestigd is not None:
                return bevestigd
        if notitie.stand is Notitiestand.ONDERWEG and notitie.soort in _NIET_ALSNOG:
            return Gedaan()
        nummer = notitie.verzoek_id
        if notitie.eerder and (notitie.eerder != notitie.soort or notitie.soort == "walk_in"):
            nummer = _other(nummer)  # onder het oude nummer hoort iets anders dan wat hier is gedaan
        if notitie.soort == "undo":
            notitie = self._find_stap(notitie)
        dienst = self._dienst_van(notitie)
        return Gedaan(run_stap(dienst, notitie, nummer, notitie.op, nagekomen=True))

    def _dienst_van(self, notitie: Avondnotitie) -> Vanavonddienst:
        """De dienst op naam van wie de stap deed: intussen kan een ander hier zitten."""
        if notitie.medewerker in ("", self._wie.medewerker):
            return self.vanavond
        return self.vanavond.voor(replace(self._wie, medewerker=notitie.medewerker))

    def _find_stap(self, notitie: Avondnotitie) -> Avondnotitie:
        """De stap die ongedaan moet, onder het nummer waarmee hij is doorgevoerd."""
        stap = str(notitie.argumenten["stap"])
        if self.opslag.find_verzoek(stap) is None:
            stap = _other(stap)
        return replace(notitie, argumenten={"stap": stap})

    def _is_gedaan(self, notitie: Avondnotitie) -> bool:
        """Onder het slot: een server die bevroren was, kan het eerdere verzoek nu nog vastleggen."""
        with self.opslag.lock([notitie.datum]):
            pass
        return self.opslag.find_verzoek(notitie.verzoek_id) is not None

    def _confirm(self, notitie: Avondnotitie) -> Gedaan | PastNiet | None:
        """Het eerdere verzoek was toch gelukt: vraag wat het deed, en of dat is wat hier werd gezien.

        None: het deed niets, en hier is wel iemand opgeroepen.
        """
        eerder = replace(notitie, soort=notitie.eerder)
        gedaan = run_stap(self._dienst_van(notitie), eerder, notitie.verzoek_id, None)
        hier = notitie.na.volgnummer if notitie.na is not None else ""
        if notitie.soort == "call" and gedaan is None:
            return None
        if notitie.soort == "call" and gedaan is not None and gedaan.id != notitie.bezoek:
            return PastNiet(f"In de agenda riep deze balie {gedaan.volgnummer} op, en hier {hier}.")
        if notitie.soort == "walk_in" and gedaan is not None and hier not in ("", gedaan.volgnummer):
            gedaan = self._renumber(notitie, gedaan, hier)
        return Gedaan(gedaan)

    def _renumber(self, notitie: Avondnotitie, bezoek: Bezoek, volgnummer: str) -> Bezoek:
        """De bezoeker kreeg hier al een nummer mee: dat blijft het zijne."""
        with self.opslag.lock([bezoek.datum]) as tx:
            nu = next((b for b in tx.load_bezoeken(bezoek.datum) if b.id == bezoek.id), None)
            if nu is None or nu.volgnummer == volgnummer:
                return nu or bezoek
            stap = Stapgegevens(gebeurd_op=notitie.op)
            return tx.update_bezoek(
                replace(nu, volgnummer=volgnummer), self._wie, "bezoek_gewijzigd", stap=stap
            )

    def _load_bezoek(self, notitie: Avondnotitie) -> Bezoek | None:
        bezoeken = self.opslag.load_bezoeken(notitie.datum)
        return next((b for b in bezoeken if b.id == notitie.bezoek), None)


def _other(verzoek_id: str) -> str:
    """Een ander nummer bij hetzelfde verzoek, steeds hetzelfde."""
    return str(uuid.uuid5(_NUMMERS, verzoek_id))


def _ligt_aan_de_stap(fout: KifFout) -> bool:
    """Past deze ene stap niet, of kan de agenda nu niets?"""
    if isinstance(fout, Geweigerd | InvoerFout | IemandWasEerder):
        return True
    return isinstance(fout, AgendaFout) and fout.code in _PAST_NIET
