"""Schrijven onder het slot: port `AgendaTransactie`. Beslist niets; bewaakt versies en de bezetting.

Wat de avond zelf schrijft (bezoeken), staat in `bezoekwerk`.

Elke avond waar iets aan is gewijzigd, krijgt aan het eind één nieuwe versie. `agenda` opent en sluit deze
transactie; losse opdrachten hier leggen niets vast.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from frontoffice.agenda.afspraak import Afspraak, Reservering
from frontoffice.agenda.avond import AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import Vak
from frontoffice.agendapoort import AgendaFout, AvondInhoud, Gebeurtenis, IemandWasEerder, Wachtende, Wie
from frontoffice.domain import taal
from frontoffice.storage import vorm, vragen
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.nakijken import make_externe_ref
from frontoffice.storage.tabellen import (
    AfspraakRij,
    AvondRij,
    BezettingRij,
    ExternRij,
    KenmerkRij,
    NummerreeksRij,
    OnderdeelRij,
    ReserveringRij,
    VerzoekRij,
    WachtendeRij,
)
from frontoffice.storage.vergeten import Vergeetwerk
from frontoffice.storage.zoekregels import note_woorden

AUTOMATISCH = Wie("automatisch")
"""Wie er in de geschiedenis staat als een afspraak ongemerkt naar een andere balie gaat."""
# Zonder 0, O, 1 en I: die zijn aan de telefoon niet uit elkaar te houden.
CODETEKENS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODELENGTE = 8
BEWAAR_VERLOPEN = timedelta(days=1)
_AFSPRAAK, _RESERVERING, _EXTERN = (
    soort.value for soort in (SoortInhoud.AFSPRAAK, SoortInhoud.RESERVERING, SoortInhoud.EXTERN)
)


class Transactie(Vergeetwerk):
    """Port `AgendaTransactie`. `inrichting`: ook het slot van de inrichting is van ons."""

    def __init__(
        self,
        lijn: Lijn,
        datums: Sequence[date],
        stand: vragen.Stand,
        lees_inrichting: Any,
        *,
        inrichting: bool,
    ) -> None:
        super().__init__(lijn, datums, stand)
        self._inrichting_versie = stand.inrichting_versie
        self._lees_inrichting = lees_inrichting
        self._mag_inrichten = inrichting
        self._ingericht = False

    # --- openen en sluiten ----------------------------------------------------------------------------------

    def free_verlopen(self) -> None:
        """Geef vrij wat verlopen reserveringen op deze avonden nog vasthouden."""
        if not self._datums:
            return
        r = ReserveringRij
        verlopen = select(r.id).where(r.datum.in_(self._datums), r.verloopt <= self.nu)
        weg = delete(BezettingRij).where(BezettingRij.soort == _RESERVERING, BezettingRij.ref.in_(verlopen))
        if self._lijn.run(weg):
            oud = delete(r).where(r.datum.in_(self._datums), r.verloopt <= self.nu - BEWAAR_VERLOPEN)
            self._lijn.run(oud)

    def finish(self) -> None:
        """Hoog de versies op van wat is gewijzigd; het laatste voor het vastleggen."""
        for datum in sorted(self._gewijzigd):
            rij = {"datum": datum, "versie": 1} | _KAAL
            opdracht = self._upsert(AvondRij, rij)
            self._lijn.run(
                opdracht.on_conflict_do_update(
                    index_elements=[AvondRij.datum], set_={"versie": AvondRij.versie + 1}
                )
            )
        if self._ingericht:
            self._lijn.run(update(KenmerkRij).values(inrichting_versie=KenmerkRij.inrichting_versie + 1))

    # --- verzoeken ------------------------------------------------------------------------------------------

    def load_verzoek(self, verzoek_id: str, vingerafdruk: str) -> Mapping[str, Any] | None:
        rij = self._lijn.rij(
            select(VerzoekRij.vingerafdruk, VerzoekRij.antwoord).where(VerzoekRij.id == verzoek_id)
        )
        if rij is None:
            return None
        if rij.vingerafdruk != vingerafdruk:
            raise AgendaFout(
                "Dit verzoek is al eens gedaan met andere gegevens. Begin opnieuw met een nieuw verzoek.",
                code="verzoek_anders",
            )
        return vorm.from_json_dict(rij.antwoord)

    def note_verzoek(self, verzoek_id: str, vingerafdruk: str, antwoord: Mapping[str, Any]) -> None:
        rij = {
            "id": verzoek_id,
            "vingerafdruk": vingerafdruk,
            "antwoord": vorm.to_json(antwoord),
            "op": self.nu,
        }
        self._lijn.run(insert(VerzoekRij), rij)

    # --- lezen ----------------------------------------------------------------------------------------------

    def load_inrichting(self) -> tuple[Inrichting, int]:
        if self._ingericht:  # wat hier is gewijzigd, is nog van niemand anders
            return vragen.load_inrichting(self._lijn), self._inrichting_versie + 1
        return self._lees_inrichting(self._lijn, self._inrichting_versie)  # type: ignore[no-any-return]  # zie agenda.py

    def load_avond(self, datum: date) -> AvondInhoud:
        self._check_datum(datum)
        return vragen.load_avonden(self._lijn, [datum], self.nu)[datum]

    def load_reservering(self, id_: str) -> Reservering | None:
        return vragen.load_reservering(self._lijn, id_)

    def load_afspraak(self, id_: str) -> Afspraak | None:
        return vragen.load_afspraak(self._lijn, id_)

    # --- avonden --------------------------------------------------------------------------------------------

    def set_avond(self, datum: date, toestand: AvondToestand, notitie: str = "") -> None:
        self._raak(datum)
        nieuw = {"toestand": toestand.value, "notitie": notitie}
        rij = {"datum": datum, "versie": 0} | _KAAL | nieuw
        opdracht = self._upsert(AvondRij, rij)
        self._lijn.run(opdracht.on_conflict_do_update(index_elements=[AvondRij.datum], set_=nieuw))

    def put_extern(
        self, datum: date, inhoud: Sequence[Inhoud], van: datetime, eigenaar: str | None = None
    ) -> None:
        self._raak(datum)
        self._lijn.run(delete(ExternRij).where(ExternRij.datum == datum))
        self._lijn.run(delete(BezettingRij).where(BezettingRij.datum == datum, BezettingRij.soort == _EXTERN))
        if inhoud:
            self._lijn.run(insert(ExternRij), [vorm.from_extern(datum, ding) for ding in inhoud])
        for ding in inhoud:
            self._bezet(datum, ding.balie, ding.vak, _EXTERN, make_externe_ref(datum, ding.id))
        nieuw = {"extern_van": van} | ({} if eigenaar is None else {"eigenaar": eigenaar})
        opdracht = self._upsert(AvondRij, {"datum": datum, "versie": 0} | _KAAL | nieuw)
        self._lijn.run(opdracht.on_conflict_do_update(index_elements=[AvondRij.datum], set_=nieuw))

    # --- reserveringen --------------------------------------------------------------------------------------

    def add_reservering(self, reservering: Reservering) -> None:
        self._raak(reservering.datum)
        self._lijn.run(insert(ReserveringRij), vorm.from_reservering(reservering))
        self._bezet_ding(_RESERVERING, reservering)

    def update_reservering(self, reservering: Reservering) -> None:
        oud = self.load_reservering(reservering.id)
        if oud is None or oud.versie != reservering.versie:
            raise IemandWasEerder(
                "Deze vastgehouden tijd is intussen gewijzigd of vrijgegeven. Kies de tijd opnieuw."
            )
        self._raak(oud.datum)
        self._raak(reservering.datum)
        rij = vorm.from_reservering(replace(reservering, versie=reservering.versie + 1))
        self._lijn.run(update(ReserveringRij).where(ReserveringRij.id == reservering.id).values(**rij))
        # Ook als er niets verschoof: een verlopen reservering kan haar plek al kwijt zijn.
        self._vrij(_RESERVERING, [reservering.id])
        if reservering.verloopt > self.nu:
            self._bezet_ding(_RESERVERING, reservering)

    def remove_reservering(self, id_: str) -> None:
        oud = self.load_reservering(id_)
        if oud is None:
            return
        self._raak(oud.datum)
        self._vrij(_RESERVERING, [id_])
        self._lijn.run(delete(ReserveringRij).where(ReserveringRij.id == id_))

    # --- afspraken ------------------------------------------------------------------------------------------

    def add_afspraak(self, afspraak: Afspraak, door: Wie, reden: str = "") -> None:
        self._raak(afspraak.datum)
        self._lijn.run(insert(AfspraakRij), vorm.from_afspraak(afspraak))
        note_woorden(self._lijn, afspraak)
        self._bezet_ding(_AFSPRAAK, afspraak)
        self.note(
            Gebeurtenis(
                self.nu, door, "gemaakt", afspraak.id, afspraak.datum, {}, vorm.note_afspraak(afspraak), reden
            )
        )

    def update_afspraak(self, afspraak: Afspraak, door: Wie, soort: str, reden: str = "") -> Afspraak:
        oud = self.load_afspraak(afspraak.id)
        if oud is None or oud.versie != afspraak.versie:
            raise self._iemand_was_eerder(afspraak.id)
        self._raak(oud.datum)
        self._raak(afspraak.datum)
        nieuw = replace(afspraak, versie=afspraak.versie + 1)
        rij = vorm.from_afspraak(nieuw)
        gelukt = self._lijn.run(
            update(AfspraakRij)
            .where(AfspraakRij.id == afspraak.id, AfspraakRij.versie == afspraak.versie)
            .values(**rij)
        )
        if not gelukt:
            raise self._iemand_was_eerder(afspraak.id)
        note_woorden(self._lijn, nieuw, oud)
        if _plek(oud) != _plek(nieuw):
            self._vrij(_AFSPRAAK, [afspraak.id])
            self._bezet_ding(_AFSPRAAK, nieuw)
        voor, na = vorm.note_verschil(oud, nieuw)
        self.note(Gebeurtenis(self.nu, door, soort, afspraak.id, afspraak.datum, voor, na, reden))
        self._volg_bezoek(oud, nieuw, door)
        return nieuw

    def _iemand_was_eerder(self, id_: str) -> IemandWasEerder:
        laatste = self.load_laatste(id_)
        if laatste is None:
            return IemandWasEerder("Deze afspraak staat niet meer in de agenda. Zoek hem opnieuw op.")
        wanneer = (
            f"{taal.datum_kort(taal.dag_van(laatste.op), taal.dag_van(self.nu))} {taal.tijd(laatste.op)}"
        )
        return IemandWasEerder(
            f"{laatste.wie.medewerker} heeft deze afspraak gewijzigd ({wanneer}). Bekijk hem opnieuw.",
            wie=laatste.wie.medewerker,
            wanneer=laatste.op,
        )

    def move_balies(self, datum: date, verhuizingen: Mapping[str, str]) -> None:
        """Eerst alles vrij, dan alles bezet: zo mogen twee ook van plaats ruilen."""
        self._check_datum(datum)
        if not verhuizingen:
            return
        self._gewijzigd.add(datum)
        ids = sorted(verhuizingen)
        gevonden: dict[str, tuple[str, Afspraak | Reservering]] = {}
        for rij in self._lijn.rijen(
            select(AfspraakRij.__table__).where(AfspraakRij.id.in_(ids), AfspraakRij.datum == datum)
        ):
            gevonden[rij.id] = (_AFSPRAAK, vorm.to_afspraak(rij))
        for rij in self._lijn.rijen(
            select(ReserveringRij.__table__).where(ReserveringRij.id.in_(ids), ReserveringRij.datum == datum)
        ):
            gevonden[rij.id] = (_RESERVERING, vorm.to_reservering(rij))
        if len(gevonden) != len(ids):
            raise ValueError("een verhuizing van iets wat niet op deze avond staat")
        for soort in (_AFSPRAAK, _RESERVERING):
            self._vrij(soort, [id_ for id_ in ids if gevonden[id_][0] == soort])
        for id_ in ids:
            self._verhuis(*gevonden[id_], verhuizingen[id_])

    def _verhuis(self, soort: str, ding: Afspraak | Reservering, balie: str) -> None:
        tabel = AfspraakRij if isinstance(ding, Afspraak) else ReserveringRij
        nieuw = replace(ding, balie=balie, versie=ding.versie + 1)
        self._lijn.run(update(tabel).where(tabel.id == ding.id).values(balie=balie, versie=nieuw.versie))
        self._bezet_ding(soort, nieuw)
        if isinstance(ding, Afspraak):
            self.note(
                Gebeurtenis(
                    self.nu,
                    AUTOMATISCH,
                    "andere_balie",
                    ding.id,
                    ding.datum,
                    {"balie": ding.balie},
                    {"balie": balie},
                )
            )

    # --- bezetting ------------------------------------------------------------------------------------------

    def _bezet_ding(self, soort: str, ding: Afspraak | Reservering) -> None:
        vak = vorm.find_vak(ding)
        if vak is not None:
            self._bezet(ding.datum, ding.balie, vak, soort, ding.id)

    # --- nummers en geschiedenis ----------------------------------------------------------------------------

    def next_nummer(self, jaar: int) -> str:
        opdracht = (
            self._upsert(NummerreeksRij, {"jaar": jaar, "laatste": 1})
            .on_conflict_do_update(
                index_elements=[NummerreeksRij.jaar], set_={"laatste": NummerreeksRij.laatste + 1}
            )
            .returning(NummerreeksRij.laatste)
        )
        rij = self._lijn.rij(opdracht)
        assert rij is not None
        return f"{jaar}-{rij.laatste:05d}"

    def next_code(self) -> str:
        """Een code van 8 tekens die nog geen afspraak heeft, zonder 0, O, 1 en I."""
        while True:
            code = "".join(secrets.choice(CODETEKENS) for _ in range(_CODELENGTE))
            if self._lijn.rij(select(AfspraakRij.id).where(AfspraakRij.code == code)) is None:
                return code

    # --- inrichting -----------------------------------------------------------------------------------------

    def put_onderdelen(self, soort: str, onderdelen: Sequence[Any], door: Wie, reden: str = "") -> None:
        nieuw = {vorm.find_id(soort, onderdeel): onderdeel for onderdeel in onderdelen}
        oud = self._load_onderdelen(soort, nieuw)
        volgorde = self._load_volgorde(soort)
        for id_, onderdeel in nieuw.items():
            inhoud = vorm.to_json(onderdeel)
            eerder = oud.get(id_)
            if eerder is not None and eerder.inhoud == inhoud:
                continue
            volgorde += eerder is None
            rij: dict[str, Any] = {
                "soort": soort,
                "id": id_,
                "datum": vorm.find_datum(onderdeel),
                "volgorde": volgorde if eerder is None else eerder.volgorde,
                "inhoud": inhoud,
                "versie": 1 if eerder is None else eerder.versie + 1,
                "gewijzigd_door": door.medewerker,
                "gewijzigd_op": self.nu,
            }
            if eerder is None:
                self._lijn.run(insert(OnderdeelRij), rij)
            else:
                waar = (OnderdeelRij.soort == soort, OnderdeelRij.id == id_)
                self._lijn.run(update(OnderdeelRij).where(*waar).values(**rij))
            voor = None if eerder is None else eerder.inhoud
            self._note_onderdeel(soort, id_, rij["datum"], voor, inhoud, door, reden)

    def remove_onderdelen(self, soort: str, ids: Iterable[str], door: Wie, reden: str = "") -> None:
        for id_, eerder in self._load_onderdelen(soort, ids).items():
            self._lijn.run(delete(OnderdeelRij).where(OnderdeelRij.soort == soort, OnderdeelRij.id == id_))
            self._note_onderdeel(soort, id_, eerder.datum, eerder.inhoud, None, door, reden)

    def _load_onderdelen(self, soort: str, ids: Iterable[str]) -> dict[str, Any]:
        if not self._mag_inrichten:
            raise ValueError("de inrichting valt niet onder het slot")
        if soort not in vorm.SOORTEN:
            raise ValueError(f"onbekende soort onderdeel: {soort}")
        o = OnderdeelRij
        rijen = self._lijn.rijen(select(o.__table__).where(o.soort == soort, o.id.in_(list(ids))))
        return {rij.id: rij for rij in rijen}

    def _load_volgorde(self, soort: str) -> int:
        rij = self._lijn.rij(select(func.max(OnderdeelRij.volgorde)).where(OnderdeelRij.soort == soort))
        return 0 if rij is None or rij[0] is None else int(rij[0])

    def _note_onderdeel(
        self,
        soort: str,
        id_: str,
        datum: date | None,
        voor: str | None,
        na: str | None,
        door: Wie,
        reden: str,
    ) -> None:
        self._ingericht = True
        oud, nieuw = ({} if inhoud is None else vorm.from_json_dict(inhoud) for inhoud in (voor, na))
        if soort == "medewerkers":  # de naam staat in de inrichting; de geschiedenis noemt het id
            oud.pop("naam", None)
            nieuw.pop("naam", None)
        handeling = "toegevoegd" if voor is None else "verwijderd" if na is None else "gewijzigd"
        self.note(Gebeurtenis(self.nu, door, handeling, f"{soort}:{id_}", datum, oud, nieuw, reden))

    # --- wachtlijst -----------------------------------------------------------------------------------------

    def put_wachtende(self, wachtende: Wachtende, door: Wie) -> None:
        """Nieuw, of gewijzigd als `versie` nog klopt. Raises IemandWasEerder."""
        w = WachtendeRij
        bekend = self._lijn.rij(select(w.versie).where(w.id == wachtende.id))
        if bekend is None:
            self._lijn.run(insert(w), vorm.from_wachtende(wachtende))
        else:
            rij = vorm.from_wachtende(replace(wachtende, versie=wachtende.versie + 1))
            waar = (w.id == wachtende.id, w.versie == wachtende.versie)
            if not self._lijn.run(update(w).where(*waar).values(**rij)):
                raise IemandWasEerder(
                    "Een collega heeft deze regel van de wachtlijst gewijzigd. Bekijk de wachtlijst opnieuw."
                )
        na = {"toestand": wachtende.toestand, "van": wachtende.van, "tot": wachtende.tot}
        soort = "op_wachtlijst" if bekend is None else "wachtlijst_gewijzigd"
        self.note(Gebeurtenis(self.nu, door, soort, wachtende.id, None, {}, na))


_KAAL: dict[str, Any] = {
    "toestand": AvondToestand.OPEN.value,
    "notitie": "",
    "eigenaar": "kif",
    "extern_van": None,
}


def _plek(afspraak: Afspraak) -> tuple[date, str, Vak | None]:
    return afspraak.datum, afspraak.balie, vorm.find_vak(afspraak)
