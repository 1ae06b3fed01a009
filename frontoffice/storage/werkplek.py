"""Het logboek van inzage in de database van deze werkplek.

Elke regel draagt een ketting (een controlegetal over de vorige regel en deze) en het anker naast de database
onthoudt de laatste: wie er een weghaalt, wijzigt of tussenvoegt, breekt haar.
"""

from __future__ import annotations

import copy
import hashlib
import hmac
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec

from frontoffice.domain.klant import KlantSleutel
from frontoffice.logboek import HERSTELD, ONBEKEND, LogboekInGeheugen, Logregel
from frontoffice.ports import Klok
from frontoffice.storage.logboekanker import Anker, AnkerKapot, Kop, derive
from frontoffice.storage.werkplekbestand import (
    Verbinding,
    Werkplekbestand,
    from_tekst,
    to_tekst,
    to_winkelfout,
)

_BEGIN = "0" * 64
_MET_SLEUTEL = "k1:"
_EIGEN = ("_uuid", "_werkplek")
_LANG_NUMMER = re.compile(r"\d(?:[ .-]?\d){7,}")


@dataclass(frozen=True)
class _Kern:
    """Waar de ketting over rekent: precies wat er van een regel in de tabel staat."""

    handeling: str
    doel: str
    medewerker: str
    organisatie: str
    om: datetime
    onderwerp: str | None
    bijzonderheden: dict[str, str]


@dataclass(frozen=True)
class Logboekcontrole:
    """Hoeveel regels er zijn, de laatste, en wat er niet klopt. `regel` is het volgnummer van de eerste
    foute regel; `zin` is leeg als alles klopt. `hersteld`: de regels waar iemand een reservekopie terugzette
    of opnieuw begon, met wat er toen ontbrak."""

    regels: int
    kop: Kop | None
    regel: int | None = None
    zin: str = ""
    hersteld: tuple[tuple[int, str], ...] = ()


class WerkplekLogboek:
    """Port `Logboek`, dat het programma overleeft. Raises WinkelFout als er niet te schrijven is.

    `bestand` is al open en wordt gedeeld met de winkel: wie het opende, sluit het. `afdruksleutel`: gedeeld
    door alle werkplekken van een gemeente, anders heeft deze werkplek een eigen.
    """

    def __init__(
        self,
        bestand: Werkplekbestand,
        klok: Klok,
        medewerker: str,
        organisatie: str,
        *,
        werkplek: str = "",
        afdruksleutel: bytes | None = None,
        anker: Anker | None = None,
    ) -> None:
        self._bestand = bestand
        self._klok = klok
        self._medewerker = medewerker
        self._organisatie = organisatie
        self._werkplek = werkplek
        self._afdruksleutel = afdruksleutel
        self._anker = anker
        self._ketensleutel = derive(bestand.sleutel, "logboek-keten")

    def voor(self, medewerker: str, organisatie: str) -> WerkplekLogboek:
        """Dezelfde ketting en hetzelfde anker, met regels op naam van een ander."""
        ander = copy.copy(self)
        ander._medewerker, ander._organisatie = medewerker, organisatie
        return ander

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        """Zie de port. Staat op schijf, met het anker erbij, als dit terugkeert."""
        kern = _Kern(
            handeling,
            mask(doel),
            self._medewerker,
            self._organisatie,
            self._klok.nu(),
            None if onderwerp is None else self.afdruk(onderwerp),
            {
                naam: mask(waarde) if naam not in _NUMMERS_VAN_ONS else waarde
                for naam, waarde in bijzonderheden.items()
            }
            | {"_uuid": str(uuid.uuid4()), "_werkplek": self._werkplek},
        )
        try:
            self._bestand.schrijf(lambda db: self._append(db, kern))
            self._advance()
        except OSError as fout:
            raise to_winkelfout(fout) from None

    def note_hersteld(self, doel: str) -> None:
        """De database is vervangen. Ontbreken er regels, dan gaat het anker apart en zegt een regel welke."""
        kop = self._bestand.lees(_read_kop)
        ontbreekt = self._find_gat(kop)
        if ontbreekt and self._anker is not None:
            self._restart_anker(self._anker, kop)
        self.note(HERSTELD, doel, None, **({"ontbreekt": ontbreekt} if ontbreekt else {}))

    def _find_gat(self, kop: Kop | None) -> str:
        """Welke regels het anker kent en de database niet; leeg als alles er is."""
        if self._anker is None:
            return ""
        bekend, zin = self._load_anker()
        laatste = 0 if kop is None else kop.volgnummer
        if bekend is not None and bekend.volgnummer > laatste:
            return f"{laatste + 1} tot en met {bekend.volgnummer}"
        past = not zin if kop is None else self._bestand.lees(lambda db: self._fits(db, kop))
        return "" if past else ONBEKEND

    def _restart_anker(self, anker: Anker, kop: Kop | None) -> None:
        try:
            anker.set_aside(self._klok.nu())
            if kop is not None:
                anker.save(kop)
        except OSError as fout:
            raise to_winkelfout(fout) from None

    @property
    def regels(self) -> tuple[Logregel, ...]:
        """Alle regels, oudste eerst."""
        return self.load()

    def load(self, na: int = 0, hoogstens: int = -1) -> tuple[Logregel, ...]:
        """De regels na volgnummer `na`, oudste eerst, hoogstens zoveel."""
        rijen = self._bestand.lees(
            lambda db: db.execute(
                "SELECT * FROM logregel WHERE volgnummer > ? ORDER BY volgnummer LIMIT ?", (na, hoogstens)
            ).fetchall()
        )
        return tuple(_to_regel(rij) for rij in rijen)

    def check(self) -> int | None:
        """Het volgnummer van de eerste regel die niet klopt; None als alles klopt."""
        return self.verify().regel

    def verify(self, elders: Kop | None = None) -> Logboekcontrole:
        """Loop de ketting na, met het anker en met `elders`: een kop die iemand eerder apart hield."""
        # Eerst het anker: wat er daarna nog bij komt, ligt erachter en klopt ook.
        anker, zin = self._load_anker()
        rijen = self._bestand.lees(
            lambda db: db.execute("SELECT * FROM logregel ORDER BY volgnummer").fetchall()
        )
        kop = Kop(rijen[-1]["volgnummer"], rijen[-1]["keten"]) if rijen else None
        fout = self._check_keten(rijen)
        ketens = {rij["volgnummer"]: rij["keten"] for rij in rijen}
        if fout is None and zin:
            fout = (kop.volgnummer if kop else 1, zin)
        if fout is None and anker is None and rijen and self._anker is not None:
            fout = (len(rijen), "Het anker is weg. Of er regels aan het eind ontbreken, is niet te zien.")
        for bekend in (anker, elders):
            if fout is None and bekend is not None:
                fout = _check_kop(bekend, ketens)
        regel, zin = fout or (None, "")
        return Logboekcontrole(len(rijen), kop, regel, zin, _find_hersteld(rijen))

    def afdruk(self, sleutel: KlantSleutel) -> str:
        """De sleutelafdruk waaronder deze klant in het logboek staat; elke dag dezelfde."""
        return self._afdrukker.afdruk(sleutel)

    @cached_property
    def _afdrukker(self) -> LogboekInGeheugen:
        sleutel = self._afdruksleutel
        if sleutel is None:
            rij = self._bestand.lees(lambda db: db.execute("SELECT afdruksleutel FROM kenmerk").fetchone())
            sleutel = bytes.fromhex(rij["afdruksleutel"])
        return LogboekInGeheugen(self._klok, self._medewerker, self._organisatie, sleutel)

    # --- de ketting ------------------------------------------------------------------------------------

    def _append(self, db: Verbinding, kern: _Kern) -> None:
        laatste = _read_kop(db)
        db.execute(
            "INSERT INTO logregel (om, handeling, doel, medewerker, organisatie, onderwerp, bijzonderheden,"
            " keten) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                to_tekst(kern.om), kern.handeling, kern.doel, kern.medewerker, kern.organisatie,
                kern.onderwerp, _json(kern.bijzonderheden).decode(),
                self._link(_BEGIN if laatste is None else laatste.keten, kern),
            ),
        )  # fmt: skip

    def _link(self, vorige: str, kern: _Kern) -> str:
        bericht = vorige.encode() + b"\n" + _json(kern)
        return _MET_SLEUTEL + hmac.new(self._ketensleutel, bericht, hashlib.sha256).hexdigest()

    def _check_keten(self, rijen: list[Verbinding]) -> tuple[int, str] | None:
        vorige, oud_mag = _BEGIN, True
        for nummer, rij in enumerate(rijen, 1):
            if rij["volgnummer"] != nummer:
                return nummer, f"Regel {nummer} is weg."
            keten = str(rij["keten"])
            met_sleutel = keten.startswith(_MET_SLEUTEL)
            oud_mag = oud_mag and not met_sleutel
            try:
                kern = _to_kern(rij)
            except (ValueError, TypeError, msgspec.MsgspecError):
                return nummer, f"Regel {nummer} is niet te lezen."
            verwacht = self._link(vorige, kern) if met_sleutel else _old_link(vorige, kern)
            if not hmac.compare_digest(verwacht, keten) or not (met_sleutel or oud_mag):
                return nummer, f"Regel {nummer} is gewijzigd, verwisseld of later ingevoegd."
            vorige = keten
        return None

    # --- het anker -------------------------------------------------------------------------------------

    def _advance(self) -> None:
        """Zet het anker op de laatste regel, in een beurt om te schrijven: zo gaat het nooit terug.

        Past het anker niet bij de regels die er zijn, dan blijft het staan: `verify` moet dat kunnen zien.
        """
        anker = self._anker
        if anker is None:
            return

        def advance(db: Verbinding) -> None:
            kop = _read_kop(db)
            if kop is not None and self._fits(db, kop):
                anker.save(kop)

        self._bestand.schrijf(advance)

    def _fits(self, db: Verbinding, kop: Kop) -> bool:
        assert self._anker is not None
        try:
            vorige = self._anker.load()
        except AnkerKapot:
            return False
        if vorige is None:
            return kop.volgnummer == 1
        rij = db.execute("SELECT keten FROM logregel WHERE volgnummer = ?", (vorige.volgnummer,)).fetchone()
        return rij is not None and hmac.compare_digest(str(rij["keten"]), vorige.keten)

    def _load_anker(self) -> tuple[Kop | None, str]:
        if self._anker is None:
            return None, ""
        try:
            return self._anker.load(), ""
        except AnkerKapot:
            return None, "Het anker is veranderd of niet te lezen."


_NUMMERS_VAN_ONS = frozenset({"contact", "zaak", "document", "afspraak"})


def mask(tekst: str) -> str:
    """Tekst zonder lange nummers: een reden die iemand typt, kan een BSN of telefoonnummer noemen."""
    return _LANG_NUMMER.sub("[nummer]", tekst)


def _check_kop(bekend: Kop, ketens: dict[int, str]) -> tuple[int, str] | None:
    """Staat de regel van een bekende kop er nog, en is zij dezelfde?"""
    keten = ketens.get(bekend.volgnummer)
    if keten is None:
        eerste = len(ketens) + 1
        return eerste, f"Regel {eerste} tot en met {bekend.volgnummer} zijn weg."
    if not hmac.compare_digest(keten, bekend.keten):
        return bekend.volgnummer, f"Regel {bekend.volgnummer}, of een eerdere, is later opnieuw doorgerekend."
    return None


def _find_hersteld(rijen: list[Verbinding]) -> tuple[tuple[int, str], ...]:
    uit = []
    for rij in rijen:
        if rij["handeling"] == HERSTELD:
            bijzonderheden = msgspec.json.decode(rij["bijzonderheden"], type=dict[str, str])
            uit.append((int(rij["volgnummer"]), bijzonderheden.get("ontbreekt", "")))
    return tuple(uit)


def _read_kop(db: Verbinding) -> Kop | None:
    rij = db.execute("SELECT volgnummer, keten FROM logregel ORDER BY volgnummer DESC LIMIT 1").fetchone()
    return None if rij is None else Kop(rij["volgnummer"], rij["keten"])


def _to_kern(rij: Verbinding) -> _Kern:
    return _Kern(
        rij["handeling"],
        rij["doel"],
        rij["medewerker"],
        rij["organisatie"],
        from_tekst(rij["om"]),
        rij["onderwerp"],
        msgspec.json.decode(rij["bijzonderheden"], type=dict[str, str]),
    )


def _to_regel(rij: Verbinding) -> Logregel:
    kern = _to_kern(rij)
    bijzonderheden = {naam: waarde for naam, waarde in kern.bijzonderheden.items() if naam not in _EIGEN}
    return Logregel(
        kern.handeling,
        kern.doel,
        kern.medewerker,
        kern.organisatie,
        kern.om,
        kern.onderwerp,
        bijzonderheden,
        volgnummer=rij["volgnummer"],
        uuid=kern.bijzonderheden.get("_uuid") or str(uuid.uuid5(uuid.NAMESPACE_OID, rij["keten"])),
        werkplek=kern.bijzonderheden.get("_werkplek", ""),
        keten=rij["keten"],
    )


def _old_link(vorige: str, kern: _Kern) -> str:
    """De schakel zonder sleutel, van de eerste versie."""
    return hashlib.sha256(vorige.encode() + b"\n" + _json(kern)).hexdigest()


def _json(waarde: object) -> bytes:
    return msgspec.json.encode(waarde, order="deterministic")
