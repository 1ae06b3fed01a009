"""Bezoeken schrijven onder het slot van hun avond: volgnummer, stap, plek in het rooster. Beslist niets.

Wat een afspraak en haar bezoek allebei weten (de toestand), verandert hier altijd samen: een stap van de
avond gaat naar de afspraak, en wie de afspraak wijzigt of afzegt, verandert het bezoek.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import case, delete, insert, select, update

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.avond import AvondToestand, SoortInhoud
from frontoffice.agenda.tijd import Vak
from frontoffice.agenda.vanavond.bezoek import LETTER, Bezoek, SoortBezoek
from frontoffice.agendapoort import Gebeurtenis, IemandWasEerder, Stapgegevens, Wie
from frontoffice.domain import taal
from frontoffice.storage import bezoekvorm, bezoekvragen, vorm, vragen
from frontoffice.storage.grondwerk import Grondwerk
from frontoffice.storage.tabellen import (
    AfspraakRij,
    AvondRij,
    BezettingRij,
    BezoekRij,
    GebeurtenisRij,
    VolgreeksRij,
)

_AFSPRAAK, _EIGEN = SoortInhoud.AFSPRAAK.value, SoortInhoud.ZONDER_AFSPRAAK.value
_GEEN_STAP = Stapgegevens()


class Bezoekwerk(Grondwerk):
    def load_bezoeken(self, datum: date) -> tuple[Bezoek, ...]:
        self._check_datum(datum)
        return bezoekvragen.load_bezoeken(self._lijn, datum)

    def load_bezoek(self, datum: date, id_: str) -> Bezoek | None:
        self._check_datum(datum)
        rij = self._lijn.rij(select(BezoekRij.__table__).where(BezoekRij.id == id_))
        if rij is not None and rij.soort == _EIGEN:
            return bezoekvorm.to_bezoek(rij, None) if rij.datum == datum else None
        afspraak = vragen.load_afspraak(self._lijn, id_)
        if afspraak is None or afspraak.datum != datum:
            return None
        return bezoekvorm.from_afspraak(afspraak) if rij is None else bezoekvorm.to_bezoek(rij, afspraak)

    def load_bezoekplek(self, id_: str) -> tuple[str, Vak] | None:
        b = BezoekRij
        rij = self._lijn.rij(select(b.gepland, b.begin_tik, b.eind_tik).where(b.id == id_))
        if rij is None or rij.begin_tik == rij.eind_tik:
            return None
        return rij.gepland, Vak(rij.begin_tik, rij.eind_tik)

    def load_toestand(self, datum: date) -> AvondToestand:
        self._check_datum(datum)
        rij = self._lijn.rij(select(AvondRij.toestand).where(AvondRij.datum == datum))
        return AvondToestand.OPEN if rij is None else AvondToestand(rij.toestand)

    def load_laatste(self, onderwerp: str) -> Gebeurtenis | None:
        g = GebeurtenisRij
        vraag = select(g.__table__).where(g.onderwerp == onderwerp).order_by(g.volgnummer.desc()).limit(1)
        rij = self._lijn.rij(vraag)
        return None if rij is None else vorm.to_gebeurtenis(rij)

    def load_stappen_van(self, bezoek_id: str) -> tuple[Gebeurtenis, ...]:
        return bezoekvragen.load_stappen_van(self._lijn, bezoek_id)

    def next_volgnummer(self, datum: date, soort: SoortBezoek) -> str:
        v = VolgreeksRij
        opdracht = (
            self._upsert(v, {"datum": datum, "soort": soort.value, "laatste": 1})
            .on_conflict_do_update(index_elements=[v.datum, v.soort], set_={"laatste": v.laatste + 1})
            .returning(v.laatste)
        )
        rij = self._lijn.rij(opdracht)
        assert rij is not None
        return f"{LETTER[soort]}{rij.laatste:02d}"

    # --- schrijven ------------------------------------------------------------------------------------------

    def add_bezoek(
        self, bezoek: Bezoek, door: Wie, soort: str, *, naam: str = "", stap: Stapgegevens | None = None
    ) -> Bezoek:
        """Raises IemandWasEerder als het bezoek er intussen al is."""
        self._raak(bezoek.datum)
        if self._lijn.rij(select(BezoekRij.id).where(BezoekRij.id == bezoek.id)) is not None:
            raise self._bezoek_was_eerder(bezoek)
        nieuw = replace(bezoek, versie=1)
        self._lijn.run(insert(BezoekRij), bezoekvorm.from_bezoek(nieuw, naam) | bezoekvorm.plek(None))
        self._note_stap(None, nieuw, door, soort, "", stap or _GEEN_STAP)
        return nieuw

    def update_bezoek(
        self, bezoek: Bezoek, door: Wie, soort: str, *, reden: str = "", stap: Stapgegevens | None = None
    ) -> Bezoek:
        self._raak(bezoek.datum)
        b = BezoekRij
        oud = self.load_bezoek(bezoek.datum, bezoek.id)
        if oud is None or oud.versie != bezoek.versie:
            raise self._bezoek_was_eerder(bezoek)
        nieuw = replace(bezoek, versie=bezoek.versie + 1)
        rij = bezoekvorm.from_bezoek(nieuw)
        del rij["naam"]
        waar = (b.id == bezoek.id, b.versie == bezoek.versie)
        if not self._lijn.run(update(b).where(*waar).values(**rij)):
            raise self._bezoek_was_eerder(bezoek)
        if bezoek.soort is SoortBezoek.AFSPRAAK:
            self._volg_afspraak(nieuw)
        self._note_stap(oud, nieuw, door, soort, reden, stap or _GEEN_STAP)
        return nieuw

    def forget_bezoeknaam(self, id_: str) -> None:
        """Wis de naam van wie zonder afspraak kwam en toch niet blijft."""
        self._lijn.run(update(BezoekRij).where(BezoekRij.id == id_).values(naam="", notitie=""))

    def set_bezoekplek(self, bezoek: Bezoek, balie: str, vak: Vak | None) -> bool:
        self._raak(bezoek.datum)
        bz, b = BezettingRij, BezoekRij
        if vak is not None:
            anders = select(bz.ref).where(
                bz.balie == balie, bz.tik >= vak.begin, bz.tik < vak.eind, bz.ref != bezoek.id
            )
            if self._lijn.rij(anders.limit(1)) is not None:
                return False
        self._vrij(_EIGEN, [bezoek.id])
        nieuw = {"gepland": balie} | bezoekvorm.plek(vak)
        if self._lijn.run(update(b).where(b.id == bezoek.id, b.soort == _EIGEN).values(**nieuw)) != 1:
            raise ValueError("alleen wie zonder afspraak komt, krijgt hier een plek")
        if vak is not None:
            self._bezet(bezoek.datum, balie, vak, _EIGEN, bezoek.id)
        return True

    def free_bezoekplek(self, bezoek: Bezoek, vanaf: int) -> None:
        """Laat de plek in het rooster vanaf deze tik los; wat al voorbij is, blijft zoals het was."""
        self._raak(bezoek.datum)
        bz, b = BezettingRij, BezoekRij
        soort = bezoek.soort.value
        self._lijn.run(delete(bz).where(bz.soort == soort, bz.ref == bezoek.id, bz.tik >= vanaf))
        if bezoek.soort is SoortBezoek.ZONDER_AFSPRAAK:
            waar = (b.id == bezoek.id, b.eind_tik > vanaf)
            begin = case((b.begin_tik < vanaf, b.begin_tik), else_=vanaf)
            self._lijn.run(update(b).where(*waar).values(begin_tik=begin, eind_tik=vanaf))

    def retake_bezoekplek(self, bezoek: Bezoek) -> bool:
        """Neem de eigen tijd van deze afspraak weer in; onwaar als een ander er al staat."""
        afspraak = vragen.load_afspraak(self._lijn, bezoek.id)
        vak = None if afspraak is None else vorm.find_vak(afspraak)
        if afspraak is None or vak is None:
            return False
        bz = BezettingRij
        op = self._lijn.rijen(
            select(bz.tik, bz.ref).where(bz.balie == afspraak.balie, bz.tik >= vak.begin, bz.tik < vak.eind)
        )
        if any(rij.ref != bezoek.id for rij in op):
            return False
        self._raak(bezoek.datum)
        self._vrij(_AFSPRAAK, [bezoek.id])
        self._bezet(bezoek.datum, afspraak.balie, vak, _AFSPRAAK, bezoek.id)
        return True

    def _volg_afspraak(self, bezoek: Bezoek) -> None:
        """Zet op de afspraak wat het bezoek ook weet. Haar plek in het rooster blijft zoals zij is."""
        a = AfspraakRij
        nieuw: dict[str, Any] = {
            "toestand": bezoek.toestand.value,
            "opmerking": bezoek.notitie,
            "behoeften": vorm.to_json(bezoek.behoeften),
            "taal": bezoek.taal,
        }
        oud = self._lijn.rij(select(a.toestand, a.opmerking, a.behoeften, a.taal).where(a.id == bezoek.id))
        if oud is not None and dict(oud._mapping) != nieuw:
            self._lijn.run(update(a).where(a.id == bezoek.id).values(**nieuw, versie=a.versie + 1))

    # --- de afspraak verandert ------------------------------------------------------------------------------

    def _volg_bezoek(self, oud: Afspraak, nieuw: Afspraak, door: Wie) -> None:
        """Na een wijziging van de afspraak: haar bezoek volgt, of vervalt als zij niet meer vanavond is."""
        b = BezoekRij
        rij = self._lijn.rij(select(b.__table__).where(b.id == nieuw.id))
        if rij is None:
            return
        if nieuw.datum != rij.datum:
            self._lijn.run(delete(b).where(b.id == nieuw.id))
            weg = bezoekvorm.to_bezoek(rij, oud)
            self._note_stap(
                weg, replace(weg, toestand=oud.toestand), door, "bezoek_vervallen", "verzet", None
            )
        elif rij.toestand != nieuw.toestand.value:
            waarden = {"toestand": nieuw.toestand.value, "versie": b.versie + 1}
            self._lijn.run(update(b).where(b.id == nieuw.id).values(**waarden))
            af = nieuw.toestand is Toestand.AFGEZEGD
            soort, reden = ("bezoek_vervallen", "afgezegd") if af else ("bezoek_gewijzigd", "")
            was, is_ = (bezoekvorm.to_bezoek(rij, afspraak) for afspraak in (oud, nieuw))
            self._note_stap(was, replace(is_, versie=rij.versie + 1), door, soort, reden, None)

    # --- geschiedenis ---------------------------------------------------------------------------------------

    def _note_stap(
        self, oud: Bezoek | None, nieuw: Bezoek, door: Wie, soort: str, reden: str, stap: Stapgegevens | None
    ) -> None:
        stap = stap or _GEEN_STAP
        voor = {} if oud is None else bezoekvorm.note_bezoek(oud)
        na: dict[str, Any] = {"volgnummer": nieuw.volgnummer, "versie": nieuw.versie}
        na |= bezoekvorm.note_bezoek(nieuw)
        na |= {"verzoek": stap.verzoek} if stap.verzoek else {}
        na |= {"waarom": stap.waarom} if stap.waarom else {}
        na |= {"gebeurd_op": stap.gebeurd_op.isoformat()} if stap.gebeurd_op else {}
        na |= {"plek": stap.plek.isoformat()} if stap.plek else {}
        na |= {"omdat": reden} if soort == "bezoek_vervallen" else {}
        if oud is not None and oud.behoeften != nieuw.behoeften:
            voor["behoeften"], na["behoeften"] = list(oud.behoeften), list(nieuw.behoeften)
        if oud is not None and oud.notitie != nieuw.notitie:
            na["gewijzigd"] = ["notitie"]
        self.note(Gebeurtenis(self.nu, door, soort, nieuw.id, nieuw.datum, voor, na, reden))

    def _bezoek_was_eerder(self, bezoek: Bezoek) -> IemandWasEerder:
        wat = bezoek.volgnummer or "dit bezoek"
        laatste = self.load_laatste(bezoek.id)
        if laatste is None:
            return IemandWasEerder(f"Er is iets veranderd aan {wat}. Kijk opnieuw en probeer het nog eens.")
        return IemandWasEerder(
            f"{laatste.wie.medewerker} was eerder bij {wat} ({taal.tijd(laatste.op)}). Kijk opnieuw.",
            wie=laatste.wie.medewerker,
            wanneer=laatste.op,
        )
