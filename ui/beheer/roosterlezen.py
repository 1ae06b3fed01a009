"""Van wat er in de roostertabellen staat naar werktijden en pauzes, met alle fouten tegelijk. Zonder Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from frontoffice.agenda.inrichting import Blokkade, Dienst, DienstToestand, Inrichting, Rol
from frontoffice.services.inrichten import Wijziging
from ui.beheer.velden import VUL_IN, read_tijd, show_tijd

IEDEREEN = ""
"""Een pauze van iedereen."""


@dataclass(frozen=True)
class Celfout:
    """Wat er in één cel niet klopt. `tabel` is "diensten" of "blokkades"."""

    tabel: str
    rij: int
    kolom: str
    zin: str


@dataclass(frozen=True)
class Gelezen:
    """Goede regels, en wat er niet te lezen is. `ids`: onder welk id een regel (tabel, rij) is voorgelegd."""

    diensten: tuple[Dienst, ...]
    blokkades: tuple[Blokkade, ...]
    fouten: tuple[Celfout, ...]
    ids: Mapping[tuple[str, int], str]


def dienst_cellen(dienst: Dienst) -> dict[str, Any]:
    return {
        "medewerker": dienst.medewerker,
        "balie": dienst.balie,
        "van": show_tijd(dienst.van),
        "tot": show_tijd(dienst.tot),
        "rol": dienst.rol,
        "toestand": dienst.toestand,
    }


def blokkade_cellen(blok: Blokkade) -> dict[str, Any]:
    wie = (
        f"balie:{blok.balie}"
        if blok.balie
        else f"medewerker:{blok.medewerker}"
        if blok.medewerker
        else IEDEREEN
    )
    return {"wie": wie, "van": show_tijd(blok.van), "tot": show_tijd(blok.tot), "reden": blok.reden}


def pauze_keuzes(inrichting: Inrichting) -> dict[str, str]:
    """Voor wie een pauze geldt: iedereen, een balie of een medewerker."""
    uit = {IEDEREEN: "iedereen"}
    uit |= {f"balie:{balie.id}": balie.naam for balie in inrichting.balies}
    return uit | {f"medewerker:{m.id}": m.naam for m in inrichting.medewerkers}


def medewerker_keuzes(inrichting: Inrichting) -> dict[str, str]:
    mensen = sorted(inrichting.medewerkers, key=lambda m: (m.organisatie, m.naam))
    return {m.id: f"{m.naam} ({m.organisatie})" for m in mensen}


def balie_keuzes(inrichting: Inrichting) -> dict[str, str]:
    balies = sorted(inrichting.balies, key=lambda b: (b.volgorde, b.naam))
    return {"": "geen balie", **{balie.id: balie.naam for balie in balies}}


def read_rooster(
    datum: date,
    diensten: Sequence[tuple[str, Mapping[str, Any]]],
    blokkades: Sequence[tuple[str, Mapping[str, Any]]],
) -> Gelezen:
    """Lees alle regels. Nieuwe regels krijgen een id dat bij de avond hoort."""
    fouten: list[Celfout] = []
    namen: dict[tuple[str, int], str] = {}
    ids = {id_ for id_, _ in (*diensten, *blokkades)}
    goede_d, goede_b = [], []
    for rij, (id_, cellen) in enumerate(diensten):
        van, tot = _tijden("diensten", rij, cellen, fouten)
        if not cellen["medewerker"]:
            fouten.append(Celfout("diensten", rij, "medewerker", "Kies wie er werkt."))
        if cellen["rol"] is Rol.BALIE and not cellen["balie"]:
            fouten.append(Celfout("diensten", rij, "balie", "Kies een balie, of een andere rol."))
        if van is not None and tot is not None and cellen["medewerker"]:
            eigen = namen["diensten", rij] = _eigen_id(id_, datum, "dienst", ids)
            goede_d.append(
                Dienst(
                    eigen,
                    datum,
                    cellen["medewerker"],
                    van,
                    tot,
                    cellen["balie"],
                    cellen["rol"],
                    cellen["toestand"],
                )
            )
    for rij, (id_, cellen) in enumerate(blokkades):
        van, tot = _tijden("blokkades", rij, cellen, fouten)
        if not str(cellen["reden"]).strip():
            fouten.append(Celfout("blokkades", rij, "reden", "Schrijf op waarom, zoals pauze."))
        if van is not None and tot is not None:
            soort, _, wie = str(cellen["wie"]).partition(":")
            eigen = namen["blokkades", rij] = _eigen_id(id_, datum, "pauze", ids)
            balie, medewerker = (wie, "") if soort == "balie" else ("", wie)
            goede_b.append(Blokkade(eigen, datum, van, tot, str(cellen["reden"]).strip(), balie, medewerker))
    return Gelezen(tuple(goede_d), tuple(goede_b), tuple(fouten), namen)


def _tijden(
    tabel: str, rij: int, cellen: Mapping[str, Any], fouten: list[Celfout]
) -> tuple[time | None, time | None]:
    uit: list[time | None] = []
    for kolom in ("van", "tot"):
        getypt = str(cellen[kolom]).strip()
        try:
            if not getypt:
                raise ValueError(VUL_IN)
            uit.append(read_tijd(getypt))
        except ValueError as fout:
            uit.append(None)
            fouten.append(Celfout(tabel, rij, kolom, str(fout)))
    return uit[0], uit[1]


def _eigen_id(id_: str, datum: date, soort: str, ids: set[str]) -> str:
    if not id_.startswith("nieuw-"):
        return id_
    nummer = 1
    while (eigen := f"{datum.isoformat()}-{soort}-{nummer}") in ids:
        nummer += 1
    ids.add(eigen)
    return eigen


def make_wijzigingen(inrichting: Inrichting, datum: date, gelezen: Gelezen) -> tuple[Wijziging, ...]:
    """Wat er van het oude rooster van deze avond het nieuwe maakt; leeg als er niets verandert."""
    uit = []
    for soort, was, is_ in (
        ("diensten", inrichting.diensten_op.get(datum, ()), gelezen.diensten),
        ("blokkades", inrichting.blokkades_op.get(datum, ()), gelezen.blokkades),
    ):
        oud: dict[str, Any] = {deel.id: deel for deel in was}
        nieuw: dict[str, Any] = {deel.id: deel for deel in is_}
        bewaar = tuple(deel for id_, deel in nieuw.items() if oud.get(id_) != deel)
        weg = tuple(id_ for id_ in oud if id_ not in nieuw)
        if bewaar or weg:
            uit.append(Wijziging(soort, bewaar, weg))
    return tuple(uit)


def find_kolom(zin: str) -> str:
    """Bij welke cel van een werktijd of pauze een zin van de keuring hoort."""
    woorden = zin.casefold()
    if ("balie" in woorden and "staan" in woorden) or "balie ontbreekt" in woorden or ": balie" in woorden:
        return "balie"
    if "reden" in woorden:
        return "reden"
    if "eind" in woorden or "tijden" in woorden or "twee keer" in woorden or "opening" in woorden:
        return "van"
    return "medewerker"


LEGE_DIENST: dict[str, Any] = {
    "medewerker": "", "balie": "", "van": "", "tot": "", "rol": Rol.BALIE, "toestand": DienstToestand.GEPLAND,
}  # fmt: skip
