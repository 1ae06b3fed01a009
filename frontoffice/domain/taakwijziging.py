"""Wat er aan een internetaak verandert, en of dat nog past bij wat er nu staat.

Zonder netwerk: `plan` krijgt de stand uit het register en geeft wat er geschreven moet worden, niets, of een
botsing met een collega. Tellingen worden nooit opgehoogd maar opnieuw geteld uit de contacten zelf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from frontoffice.domain import taal
from frontoffice.domain.belofte import (
    GESPROKEN,
    NIET_BEREIKT,
    OPNIEUW,
    Taaktekst,
    Telling,
    add_regel,
    format_doorgegeven,
    format_overgenomen,
    format_verteld,
    read_taaktekst,
    set_telling,
    set_verteld,
)
from frontoffice.domain.concept import Afdeling


class Taakactie(StrEnum):
    """Wat een medewerker met een terugbelverzoek deed; zo staat het ook in de metadata van het contact."""

    OPNIEUW = "opnieuw"
    NIET_BEREIKT = "nietbereikt"
    GESPROKEN = "gesproken"
    KLAAR = "klaar"
    OVERNEMEN = "overnemen"
    DOORGEVEN = "doorgeven"
    BERICHT = "bericht"
    """Er ging een bericht naar de klant; dat verandert niets aan het verzoek."""


METADATA_ACTIE = "terugbelactie"
METADATA_TAAK = "terugbeltaak"
"""Zo zegt een contact in zijn metadata wat het met welk verzoek deed; zonder hoofdletters of streep."""

REGELS = {
    Taakactie.OPNIEUW: OPNIEUW,
    Taakactie.NIET_BEREIKT: NIET_BEREIKT,
    Taakactie.GESPROKEN: GESPROKEN,
}
"""De acties die geteld worden, met het begin van hun regel."""
_ALTIJD = (Taakactie.OPNIEUW, Taakactie.BERICHT)
"""Gaan niet over wie het afhandelt: daarin is een collega nooit eerder."""


@dataclass(frozen=True)
class Gezien:
    """Wat de medewerker zag toen hij besloot: was het verzoek open, en bij wie lag het."""

    open: bool = True
    actoren: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taakstap:
    """Eén handeling op een terugbelverzoek. `om` is UTC; `door` de naam van wie het deed.

    `via` hoort bij klaar (hoe de klant het weet), `aan` en `reden` bij doorgeven.
    """

    taak_uuid: str
    contact_uuid: str
    actie: Taakactie
    om: datetime
    door: str
    gezien: Gezien = Gezien()
    via: str = ""
    aan: Afdeling | None = None
    reden: str = ""


@dataclass(frozen=True)
class Taakwijziging:
    """Opdracht voor de outbox: een handeling zonder nieuw contact (overnemen, doorgeven, alsnog klaar)."""

    soort: ClassVar[str] = "taak"

    uuid: str
    medewerker: str
    medewerker_naam: str
    stap: Taakstap
    wie: str = ""

    @property
    def groep(self) -> str:
        return groep_van(self.stap.taak_uuid)

    @property
    def onderwerp(self) -> str:
        return {
            Taakactie.OVERNEMEN: "Terugbelverzoek overnemen",
            Taakactie.DOORGEVEN: "Terugbelverzoek doorgeven",
        }.get(self.stap.actie, "Terugbelverzoek afhandelen")

    @property
    def om(self) -> datetime:
        return self.stap.om


@dataclass(frozen=True)
class Taakstand:
    """Een internetaak zoals zij nu in het register staat."""

    toelichting: str
    open: bool
    actoren: tuple[str, ...] = ()
    afgehandeld_op: datetime | None = None


@dataclass(frozen=True)
class Taakvelden:
    """Wat er geschreven wordt; None blijft zoals het is. Leeg = er hoeft niets meer."""

    toelichting: str | None = None
    open: bool | None = None
    actoren: tuple[str, ...] | None = None

    @property
    def is_leeg(self) -> bool:
        return self == Taakvelden()


class Taakbotsing(Exception):
    """Een collega was eerder. `zin` zegt wie en wanneer, en wat u kunt doen."""

    def __init__(self, zin: str) -> None:
        super().__init__(zin)
        self.zin = zin


def groep_van(taak_uuid: str) -> str:
    """Handelingen op één verzoek gaan op volgorde."""
    return f"taak:{taak_uuid}"


def plan(
    stap: Taakstap, stand: Taakstand, tellingen: Mapping[Taakactie, Telling], doel: tuple[str, ...] = ()
) -> Taakvelden:
    """Wat er nog geschreven moet worden; leeg als het er al staat.

    `tellingen` komen uit de contacten die aan het verzoek hangen, `doel` zijn de actoren na overnemen of
    doorgeven. Wat een collega intussen deed en wat ernaast past, blijft staan. Raises Taakbotsing.
    """
    tekst = read_taaktekst(stand.toelichting)
    toelichting = _tel(stand.toelichting, tekst, tellingen)
    if stap.actie in (Taakactie.OVERNEMEN, Taakactie.DOORGEVEN):
        return _plan_ander(stap, stand, toelichting, doel)
    if stap.actie is Taakactie.KLAAR:
        return _plan_klaar(stap, stand, tekst, toelichting)
    if not stand.open and stap.gezien.open and stap.actie not in _ALTIJD:
        raise Taakbotsing(zeg_afgehandeld(stand, tekst, contact=True))
    return _velden(stand, toelichting)


def _plan_klaar(stap: Taakstap, stand: Taakstand, tekst: Taaktekst, toelichting: str) -> Taakvelden:
    regel = format_verteld(taal.dag_van(stap.om), stap.via, stap.door)
    if stand.open:
        return _velden(stand, set_verteld(toelichting, regel), open=False)
    eigen = regel in stand.toelichting
    if not eigen and stap.gezien.open:
        raise Taakbotsing(zeg_afgehandeld(stand, tekst, contact=True))
    return _velden(stand, toelichting)


def _plan_ander(stap: Taakstap, stand: Taakstand, toelichting: str, doel: tuple[str, ...]) -> Taakvelden:
    if stap.actie is Taakactie.OVERNEMEN:
        regel = format_overgenomen(stap.om, stap.door)
    else:
        regel = format_doorgegeven(stap.om, stap.door, stap.aan.naam if stap.aan else "", stap.reden)
    nu, gewild = set(stand.actoren), set(doel)
    if regel in stand.toelichting:  # het onze staat er; wie daarna kwam, heeft het gezien
        return _velden(stand, toelichting)
    if not stand.open:
        if stap.gezien.open:
            raise Taakbotsing(zeg_afgehandeld(stand, read_taaktekst(stand.toelichting), contact=False))
        return Taakvelden()
    if nu != set(stap.gezien.actoren) and nu != gewild and not _is_eigen(stap, stand):
        raise Taakbotsing(_zeg_bij_ander(stand))
    nieuw = add_regel(toelichting, regel)
    return _velden(stand, nieuw, actoren=None if nu == gewild else doel)


def _is_eigen(stap: Taakstap, stand: Taakstand) -> bool:
    """Bracht hij het zelf waar het nu ligt? Wie overneemt en meteen doorgeeft, botst niet met zichzelf."""
    doorgaven = read_taaktekst(stand.toelichting).doorgaven
    return bool(doorgaven) and doorgaven[-1].door == stap.door and doorgaven[-1].om <= op_minuut(stap.om)


def _velden(
    stand: Taakstand, toelichting: str, *, open: bool | None = None, actoren: tuple[str, ...] | None = None
) -> Taakvelden:
    return Taakvelden(toelichting if toelichting != stand.toelichting else None, open, actoren)


def _tel(toelichting: str, tekst: Taaktekst, tellingen: Mapping[Taakactie, Telling]) -> str:
    """De tellingen in de tekst gelijk aan wat er echt is gebeurd; nooit lager dan wat er al stond."""
    staat = {
        Taakactie.OPNIEUW: tekst.herhaald,
        Taakactie.NIET_BEREIKT: tekst.niet_bereikt,
        Taakactie.GESPROKEN: tekst.gesproken,
    }
    for actie, regel in REGELS.items():
        geteld, nu = tellingen.get(actie, Telling()), staat[actie]
        if geteld.laatst is None or geteld.aantal < nu.aantal:
            continue
        laatst = max(op_minuut(geteld.laatst), nu.laatst or op_minuut(geteld.laatst))
        nieuw = Telling(min(geteld.aantal, 999), laatst)
        if nieuw != nu:
            toelichting = set_telling(toelichting, regel, nieuw)
    return toelichting


def op_minuut(om: datetime) -> datetime:
    """Zo staat een tijd in een toelichting."""
    return taal.lokaal(om).replace(second=0, microsecond=0)


def zeg_afgehandeld(stand: Taakstand, tekst: Taaktekst, *, contact: bool) -> str:
    wie = tekst.verteld.door if tekst.verteld and tekst.verteld.door else "Een collega"
    om = f" om {taal.tijd(stand.afgehandeld_op)}" if stand.afgehandeld_op else ""
    bewaard = " Uw gesprek staat in het register." if contact else ""
    return (
        f"{wie} heeft dit verzoek{om} al afgehandeld.{bewaard} "
        "Kies Opnieuw als dat klopt: dan verdwijnt deze regel."
    )


def _zeg_bij_ander(stand: Taakstand) -> str:
    doorgaven = read_taaktekst(stand.toelichting).doorgaven
    if not doorgaven:
        return (
            "Een collega heeft dit verzoek intussen aan een ander gegeven. Kies Opnieuw om het toch te doen."
        )
    laatste = doorgaven[-1]
    wat = "overgenomen" if laatste.door == laatste.aan else f"doorgegeven aan {laatste.aan}"
    return (
        f"{laatste.door} heeft dit verzoek om {taal.tijd(laatste.om)} {wat}. "
        "Kies Opnieuw om het toch te doen, of Intrekken."
    )
