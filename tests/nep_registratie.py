"""Een nepregister dat schrijft en een nepwinkel, met het gedrag van de echte: uniek nummer, alles of niets,
vastleggen en dan wegvallen, trage races.

De nepwinkel houdt zich aan dezelfde regels als de echte: hetzelfde contract beproeft allebei.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from frontoffice.domain.concept import Actorsoort, Afdeling, Concept, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import Afgekeurd, KifFout, Onbereikbaar, Storing
from frontoffice.domain.registratie import (
    MAX_INHOUD,
    MAX_ONDERWERP,
    SLEUTEL,
    Deelnemer,
    Opdracht,
    Registratie,
    Taakopgave,
    Toestand,
    Verzending,
)
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import (
    GemaaktContact,
    GevondenBetrokkene,
    GevondenContact,
    GevondenTaak,
    Wijziging,
)
from frontoffice.storage.winkelvorm import read_concept, to_json

_KLOK_SPEELT = timedelta(seconds=2)
NAAM = "klantinteracties"
WEG = "weg"  # de verbinding valt weg nadat het is vastgelegd
STORING = "storing"  # 500 nadat het is vastgelegd
NIETS = "niets"  # 500 zonder dat er iets is vastgelegd
DICHT = "dicht"  # er is geen verbinding


@dataclass
class Rij:
    """Eén ding in het register, met zijn soort."""

    soort: str
    uuid: str
    velden: dict[str, object]


@dataclass
class NepRegister:
    """`pech(soort, hoeveelste)` zegt wat er bij deze schrijfvraag misgaat; "" is niets."""

    pech: Callable[[str, int], str] = lambda *_: ""
    echo: bool = True
    rijen: list[Rij] = field(default_factory=list)
    vragen: list[str] = field(default_factory=list)
    partijen: dict[str, str] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def van(self, soort: str) -> list[Rij]:
        return [rij for rij in self.rijen if rij.soort == soort]

    def _lees(self, wat: str) -> None:
        with self._slot:
            self.vragen.append(f"GET {wat}")
            fout = self.pech(f"GET {wat}", len(self.vragen))
        if fout:
            raise _fout(fout)

    def _schrijf(self, soort: str, velden: dict[str, object]) -> str:
        with self._slot:
            self.vragen.append(f"POST {soort}")
            fout = self.pech(f"POST {soort}", len(self.vragen))
            if fout in ("", WEG, STORING):
                rij = Rij(soort, str(uuid.uuid4()), velden)
                self.rijen.append(rij)
        if fout:
            raise _fout(fout)
        return rij.uuid

    # --- contact ---------------------------------------------------------------------------------------

    def find_contact(self, referentienummer: str, aanroep: Aanroep) -> GevondenContact | None:
        self._lees("contact")
        if not self.echo:
            raise Afgekeurd("onbekend", register=NAAM, velden=(("nonFieldErrors", "unknown-parameters"),))
        for rij in self.van("contact"):
            if rij.velden["referentienummer"] == referentienummer:
                return GevondenContact(rij.uuid, str(rij.velden["sleutel"]))
        return None

    def find_contact_op_tijd(self, registratie: Registratie, aanroep: Aanroep) -> GevondenContact | None:
        self._lees("contact op tijd")
        for rij in self.van("contact"):
            if (rij.velden["om"], rij.velden["onderwerp"], rij.velden["inhoud"]) == (
                registratie.plaatsgevonden_op,
                registratie.onderwerp,
                registratie.inhoud,
            ):
                return GevondenContact(rij.uuid, "")
        return None

    def make_contact(
        self,
        registratie: Registratie,
        deelnemer: Deelnemer | None,
        partij_uuid: str,
        zaak_uuid: str,
        aanroep: Aanroep,
    ) -> GemaaktContact:
        nummer = registratie.referentienummer if self.echo else None
        if len(registratie.inhoud) > MAX_INHOUD or len(registratie.onderwerp) > MAX_ONDERWERP:
            raise _afgekeurd("klantcontact.inhoud", "max_length")
        if nummer and any(rij.velden["referentienummer"] == nummer for rij in self.van("contact")):
            self.vragen.append("POST contact")
            raise _afgekeurd("klantcontact.referentienummer", "unique")
        contact = self._schrijf_contact(registratie, nummer, deelnemer, partij_uuid, zaak_uuid)
        betrokkene = next((r.uuid for r in self.van("betrokkene") if r.velden["contact"] == contact), "")
        zaak = next((r.uuid for r in self.van("zaak") if r.velden["contact"] == contact), "")
        return GemaaktContact(contact, betrokkene, zaak, self.echo)

    def _schrijf_contact(
        self,
        registratie: Registratie,
        nummer: str | None,
        deelnemer: Deelnemer | None,
        partij: str,
        zaak: str,
    ) -> str:
        """Alles of niets, ook als daarna de verbinding wegvalt."""
        eigen = str(uuid.uuid4())
        velden = {
            "referentienummer": nummer,
            "sleutel": registratie.metadata[SLEUTEL] if self.echo else "",
            "onderwerp": registratie.onderwerp,
            "inhoud": registratie.inhoud,
            "om": registratie.plaatsgevonden_op,
            "metadata": registratie.metadata,
            "gelukt": registratie.gelukt,
            "kanaal": registratie.kanaal,
        }
        with self._slot:
            self.vragen.append("POST contact")
            fout = self.pech("POST contact", len(self.vragen))
            if fout in ("", WEG, STORING):
                self.rijen.append(Rij("contact", eigen, velden))
                if deelnemer is not None:
                    self._add_betrokkene(eigen, deelnemer, partij)
                if zaak:
                    self.rijen.append(Rij("zaak", str(uuid.uuid4()), {"contact": eigen, "zaak": zaak}))
        if fout:
            raise _fout(fout)
        return eigen

    # --- mensen ----------------------------------------------------------------------------------------

    def find_actor(self, soort: Actorsoort, object_id: str, aanroep: Aanroep) -> str:
        self._lees("actor")
        for rij in self.van("actor"):
            if rij.velden == {"soort": soort, "id": object_id}:
                return rij.uuid
        return ""

    def make_actor(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str:
        return self._schrijf("actor", {"soort": soort, "id": object_id})

    def find_afdelingen(self, aanroep: Aanroep) -> tuple[Afdeling, ...]:
        self._lees("actoren")
        return tuple(
            Afdeling(
                Actorsoort(str(rij.velden["soort"])), str(rij.velden["id"]), str(rij.velden["id"]).title()
            )
            for rij in self.van("actor")
            if rij.velden["soort"] != Actorsoort.MEDEWERKER
        )

    def link_actor(self, contact_uuid: str, actor_uuid: str, aanroep: Aanroep) -> None:
        if all(rij.uuid != actor_uuid for rij in self.van("actor")):
            self.vragen.append("POST koppeling")
            raise _afgekeurd("actor.uuid", "does_not_exist")
        velden = {"contact": contact_uuid, "actor": actor_uuid}
        if any(rij.velden == velden for rij in self.van("koppeling")):
            self.vragen.append("POST koppeling")
            return
        self._schrijf("koppeling", velden)

    def find_betrokkenen(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenBetrokkene, ...]:
        self._lees("betrokkenen")
        return tuple(
            GevondenBetrokkene(
                rij.uuid, str(rij.velden["rol"]), str(rij.velden["partij"]), str(rij.velden["naam"])
            )
            for rij in self.van("betrokkene")
            if rij.velden["contact"] == contact_uuid
        )

    def make_betrokkene(
        self, contact_uuid: str, deelnemer: Deelnemer, partij_uuid: str, aanroep: Aanroep
    ) -> str:
        return self._schrijf("betrokkene", _betrokkene(contact_uuid, deelnemer, partij_uuid))

    def _add_betrokkene(self, contact: str, deelnemer: Deelnemer, partij: str) -> None:
        self.rijen.append(Rij("betrokkene", str(uuid.uuid4()), _betrokkene(contact, deelnemer, partij)))

    def find_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        self._lees("partij")
        return self.partijen.get(wie.bsn or wie.kvk, "")

    def make_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        nummer = wie.bsn or wie.kvk
        with self._slot:
            self.vragen.append("POST partij")
            fout = self.pech("POST partij", len(self.vragen))
            if fout in ("", WEG, STORING):
                self.partijen.setdefault(nummer, str(uuid.uuid4()))
        if fout:
            raise _fout(fout)
        return self.partijen[nummer]

    # --- wat naar het contact wijst --------------------------------------------------------------------

    def find_zaken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[str, ...]:
        self._lees("zaken")
        return tuple(str(r.velden["zaak"]) for r in self.van("zaak") if r.velden["contact"] == contact_uuid)

    def link_zaak(self, contact_uuid: str, zaak_uuid: str, aanroep: Aanroep) -> str:
        return self._schrijf("zaak", {"contact": contact_uuid, "zaak": zaak_uuid})

    def link_melding(self, contact_uuid: str, nummer: str, aanroep: Aanroep) -> str:
        return self._schrijf("zaak", {"contact": contact_uuid, "zaak": nummer})

    def link_taak(self, contact_uuid: str, eerder_uuid: str, taak_uuid: str, aanroep: Aanroep) -> str:
        velden: dict[str, object] = {"contact": contact_uuid, "zaak": eerder_uuid or taak_uuid}
        return self._schrijf("zaak", velden | {"taak": taak_uuid})

    def find_taken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenTaak, ...]:
        self._lees("taken")
        return tuple(
            GevondenTaak(rij.uuid, str(rij.velden["toelichting"]), open=True)
            for rij in self.van("taak")
            if rij.velden["contact"] == contact_uuid
        )

    def make_taak(self, contact_uuid: str, actor_uuid: str, taak: Taakopgave, aanroep: Aanroep) -> str:
        velden: dict[str, object] = {"contact": contact_uuid, "actor": actor_uuid}
        return self._schrijf("taak", velden | {"toelichting": taak.toelichting})

    def find_adressen_van(
        self, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> tuple[str, ...]:
        self._lees("adressen")
        van = partij_uuid or betrokkene_uuid
        return tuple(str(rij.velden["adres"]) for rij in self.van("adres") if rij.velden["van"] == van)

    def make_adres(
        self, adres: NieuwAdres, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> str:
        return self._schrijf("adres", {"van": partij_uuid or betrokkene_uuid, "adres": adres.adres})


def _betrokkene(contact: str, deelnemer: Deelnemer, partij: str) -> dict[str, object]:
    return {"contact": contact, "rol": deelnemer.rol, "partij": partij, "naam": deelnemer.wie.naam}


def _afgekeurd(naam: str, code: str) -> Afgekeurd:
    return Afgekeurd("Afgekeurd.", register=NAAM, http_status=400, velden=((naam, code),))


def _fout(soort: str) -> KifFout:
    if soort in (STORING, NIETS):
        return Storing("Storing.", register=NAAM, http_status=500)
    if soort == DICHT:
        return Onbereikbaar("Niet bereikbaar.", register=NAAM, nooit_verstuurd=True)
    return Onbereikbaar("Weggevallen.", register=NAAM)


class Tijd(Protocol):
    def nu(self) -> datetime: ...


@dataclass
class _Vast:
    """Wie een rij in handen heeft, en tot wanneer."""

    sinds: datetime
    tot: datetime
    lease: int | None


@dataclass
class _Lease:
    nummer: int
    houder: str
    sinds: datetime
    tot: datetime


class NepWinkel:
    """Port `Winkel` in het geheugen. `klok` geeft het moment waarop iets in het register kwam.

    Doet wat de echte doet: tests/storage/test_winkelcontract.py draait op allebei.
    """

    def __init__(self, klok: Tijd | None = None) -> None:
        self.concepten: dict[str, Concept] = {}
        self.rijen: dict[int, Verzending] = {}
        self._klok = klok
        self._van: dict[int, str] = {}  # id van een rij -> uuid van haar concept
        self._afgerond: dict[str, Concept] = {}
        self._hoogste_id = 0
        self._teller = 0
        self._vast: dict[int, _Vast] = {}
        self._lease: _Lease | None = None
        self._kenmerken: dict[str, str] = {}
        self._slot = threading.RLock()

    def _nu(self) -> datetime:
        return datetime.now(UTC) if self._klok is None else self._klok.nu()

    # --- concepten -------------------------------------------------------------------------------------

    def load_concepten(self, medewerker: str = "") -> tuple[Concept, ...]:
        with self._slot:
            alle = sorted(self.concepten.values(), key=lambda concept: (concept.plek == 0, concept.plek))
        return tuple(c for c in alle if not medewerker or c.medewerker == medewerker)

    def save_concept(self, concept: Concept) -> None:
        with self._slot:
            oud = self.concepten.get(concept.uuid)
            if concept.uuid not in self._van.values() and (oud is None or oud.versie <= concept.versie):
                self.concepten[concept.uuid] = read_concept(to_json(concept))

    def remove_concept(self, uuid: str) -> None:
        with self._slot:
            self.concepten.pop(uuid, None)

    # --- afronden --------------------------------------------------------------------------------------

    def next_referentienummers(self, aantal: int) -> tuple[str, ...]:
        with self._slot:
            self._teller += aantal
            return tuple(f"123{nummer:07}" for nummer in range(self._teller - aantal + 1, self._teller + 1))

    def _ids_van(self, concept_uuid: str) -> tuple[int, ...]:
        return tuple(nummer for nummer, uuid in sorted(self._van.items()) if uuid == concept_uuid)

    def finish(
        self, concept_uuid: str, registraties: Sequence[Opdracht], niet_voor: datetime
    ) -> tuple[int, ...]:
        if not registraties:
            raise ValueError("zonder registratie zou het concept verdwijnen")
        with self._slot:
            concept = self.concepten.pop(concept_uuid, None)
            if eerder := self._ids_van(concept_uuid):
                return eerder
            if concept is not None:
                self._afgerond[concept_uuid] = concept
            nu = self._nu()
            for registratie in registraties:
                self._hoogste_id += 1
                self._van[self._hoogste_id] = concept_uuid
                self.rijen[self._hoogste_id] = Verzending(
                    self._hoogste_id, registratie, Toestand.NOG_NIET_VERSTUURD, 0, nu, niet_voor
                )
            return self._ids_van(concept_uuid)

    def undo(self, concept_uuid: str) -> Concept | None:
        with self._slot:
            ids = self._ids_van(concept_uuid)
            if not ids:
                return self.concepten.get(concept_uuid)
            rijen = [self.rijen[nummer] for nummer in ids]
            ongerept = all(
                rij.toestand is Toestand.NOG_NIET_VERSTUURD and not rij.pogingen and not rij.stappen
                for rij in rijen
            )
            if concept_uuid not in self._afgerond or not ongerept:
                return None
            for nummer in ids:
                self._remove(nummer)
            self.concepten[concept_uuid] = self._afgerond.pop(concept_uuid)
            return self.concepten[concept_uuid]

    def _remove(self, nummer: int) -> None:
        del self.rijen[nummer], self._van[nummer]
        self._vast.pop(nummer, None)

    # --- versturen -------------------------------------------------------------------------------------

    def add(self, opdracht: Opdracht, niet_voor: datetime, bijlagen: Mapping[str, str] | None = None) -> int:
        for naam, inhoud in (bijlagen or {}).items():
            self._kenmerken.setdefault(f"bijlage:{opdracht.uuid}:{naam}", inhoud)
        return self.finish(opdracht.uuid, (opdracht,), niet_voor)[0]

    def claim(
        self,
        nu: datetime,
        *,
        alles: bool = False,
        behalve: frozenset[int] = frozenset(),
        niet: frozenset[str] = frozenset(),
    ) -> Verzending | None:
        with self._slot:
            bezet: set[str] = set()
            for nummer, rij in sorted(self.rijen.items()):
                if rij.toestand in (Toestand.STAAT_IN_REGISTER, Toestand.ACTIE_NODIG):
                    continue
                groep = rij.opdracht.groep
                mag = (alles or rij.niet_voor <= nu) and nummer not in behalve
                mag = mag and rij.opdracht.soort not in niet
                if mag and groep not in bezet and not self._is_vast(nummer, nu):
                    return self._hold(rij, nu)
                if groep:
                    bezet.add(groep)
            return None

    def _hold(self, rij: Verzending, nu: datetime) -> Verzending:
        eerder = rij.toestand is not Toestand.NOG_NIET_VERSTUURD
        toestand = Toestand.WORDT_NAGEKEKEN if eerder else Toestand.WORDT_VERSTUURD
        lease = self._geldige_lease(nu)
        tot = nu + timedelta(seconds=60) if lease is None else lease.tot
        self._vast[rij.id] = _Vast(nu, tot, None if lease is None else lease.nummer)
        self._afgerond.pop(self._van[rij.id], None)
        self.rijen[rij.id] = replace(rij, toestand=toestand, pogingen=rij.pogingen + 1)
        return self.rijen[rij.id]

    def _is_vast(self, nummer: int, nu: datetime) -> bool:
        vast, lease = self._vast.get(nummer), self._geldige_lease(nu)
        if vast is None or vast.tot <= nu or vast.sinds > nu + _KLOK_SPEELT:
            return False
        return vast.lease is None or (lease is not None and vast.lease == lease.nummer)

    def update(self, id: int, wijziging: Wijziging) -> None:
        with self._slot:
            rij = self.rijen.get(id)
            if rij is None:
                return
            anders: dict[str, Any] = {}
            if wijziging.toestand is not None:
                self._vast.pop(id, None)
            if wijziging.toestand is Toestand.STAAT_IN_REGISTER:
                om = wijziging.verstuurd_op or self._nu()
                anders = {"verstuurd_op": om, "fout": "", "veld": "", "http_status": None}
            for naam in ("toestand", "niet_voor", "fout", "veld", "http_status", "opdracht"):
                if (waarde := getattr(wijziging, naam)) is not None:
                    anders[naam] = waarde
            self.rijen[id] = replace(rij, stappen=rij.stappen | wijziging.stappen, **anders)

    def load_verzendingen(self, *, ook_verstuurd: bool = True) -> tuple[Verzending, ...]:
        with self._slot:
            return tuple(
                rij
                for _, rij in sorted(self.rijen.items())
                if ook_verstuurd or rij.toestand is not Toestand.STAAT_IN_REGISTER
            )

    def load_verzending(self, id: int) -> Verzending | None:
        return self.rijen.get(id)

    def withdraw(self, id: int) -> bool:
        with self._slot:
            rij = self.rijen.get(id)
            if rij is None or rij.toestand not in (Toestand.NOG_NIET_VERSTUURD, Toestand.ACTIE_NODIG):
                return False
            gedaan = any(rij.stappen.values()) and rij.opdracht.soort != Registratie.soort
            if "contact" in rij.stappen or gedaan:
                return False
            self._remove(id)
            return True

    def count_wachtend(self) -> tuple[int, int]:
        wacht = self.load_verzendingen(ook_verstuurd=False)
        return len(wacht), sum(rij.toestand is Toestand.ACTIE_NODIG for rij in wacht)

    def purge(self, voor: datetime) -> int:
        with self._slot:
            weg = [
                nummer
                for nummer, rij in self.rijen.items()
                if rij.toestand is Toestand.STAAT_IN_REGISTER and rij.verstuurd_op and rij.verstuurd_op < voor
            ]
            for nummer in weg:
                self._remove(nummer)
            return len(weg)

    # --- de lease --------------------------------------------------------------------------------------

    def _geldige_lease(self, nu: datetime) -> _Lease | None:
        lease = self._lease
        return lease if lease is not None and lease.sinds - _KLOK_SPEELT <= nu < lease.tot else None

    def acquire_lease(self, houder: str, nu: datetime, seconden: float) -> bool:
        with self._slot:
            lease, tot = self._geldige_lease(nu), nu + timedelta(seconds=seconden)
            if lease is not None and lease.houder != houder:
                return False
            if lease is None:
                nummer = 1 if self._lease is None else self._lease.nummer + 1
                self._lease = _Lease(nummer, houder, nu, tot)
                return True
            lease.sinds, lease.tot = nu, tot
            for vast in self._vast.values():
                if vast.lease == lease.nummer:
                    vast.sinds, vast.tot = nu, tot
            return True

    def release_lease(self, houder: str) -> None:
        with self._slot:
            lease = self._lease
            if lease is not None and lease.houder == houder:
                lease.tot, lease.houder = lease.sinds, ""
                self._vast = {nr: vast for nr, vast in self._vast.items() if vast.lease != lease.nummer}

    # --- onthouden -------------------------------------------------------------------------------------

    def recall(self, naam: str) -> str:
        return self._kenmerken.get(naam, "")

    def remember(self, naam: str, waarde: str) -> None:
        self._kenmerken[naam] = waarde

    def close(self) -> None:
        """Niets te sluiten."""
