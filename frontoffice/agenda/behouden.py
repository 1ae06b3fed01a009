"""Wie kan blijven als het rooster verandert: de grootste groep afspraken die nog past, met nieuwe balies.

De tijd van een afspraak verandert nooit. Wat overblijft, is te verzetten; waarom en waarheen zegt `gevolgen`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import EXTRA_PLAATS, Indeling, Vraag
from frontoffice.agenda.passen import Blok, TeVeelWerk, fit, keep_most, repair

_NIET_VAN_ONS = (SoortInhoud.EXTERN, SoortInhoud.ZONDER_AFSPRAAK)


@dataclass(frozen=True)
class Behouden:
    """`balies`: wie blijft, met zijn balie. `verhuizingen`: wie daarvan een andere balie krijgt.

    `te_verzetten`: ids die niet passen, in de volgorde van de avond. `bewezen` is onwaar als de avond te
    druk was om alles af te zoeken; dan kan een enkele afspraak meer zijn gevallen dan nodig.
    """

    balies: Mapping[str, str]
    verhuizingen: Mapping[str, str]
    te_verzetten: tuple[str, ...]
    bewezen: bool = True


def max_behouden(
    avond: Avond, erbij: Sequence[Inhoud] = (), eerst: Sequence[str] = (), weg: Sequence[str] = ()
) -> Behouden:
    """De grootste groep van `avond.inhoud` en `erbij` die past; bij gelijke aantallen wie eerst boekte.

    `erbij`: eerder te verzetten afspraken die terug willen; zij verdringen geen afspraak die er staat, wel
    een reservering. `eerst`: ids op volgorde van boeken (zonder: de volgorde van de avond). `weg`: ids die
    hoe dan ook niet kunnen, bijvoorbeeld buiten de opening. Wat uit een andere agenda nog een balie zoekt
    (EXTERN_LOS), gaat voor alles.
    """
    alles = (*avond.inhoud, *erbij)
    blijft_staan = tuple(item for item in avond.inhoud if _stays(item) and item.id not in weg)
    indeling = Indeling(replace(avond, inhoud=tuple(replace(item, vast=True) for item in blijft_staan)))
    kandidaten = [item for item in alles if not _stays(item) and item.id not in weg]
    rang = {id_: nummer for nummer, id_ in enumerate(eerst)}
    kandidaten.sort(key=lambda item: rang.get(item.id, len(rang)))
    terug = {item.id for item in erbij}
    balies = {item.id: item.balie for item in blijft_staan}
    bewezen = True
    for groep in _groups(kandidaten):
        gezet, zeker = _keep(indeling, groep, terug)
        balies |= gezet
        bewezen = bewezen and zeker
    verhuizingen = {
        item.id: balies[item.id] for item in alles if balies.get(item.id, item.balie) != item.balie
    }
    over = tuple(item.id for item in alles if item.id not in balies)
    return Behouden(balies, verhuizingen, over, bewezen)


def _stays(item: Inhoud) -> bool:
    """Van een andere agenda, iemand die er al is, of een extra plaats: daar gaat het rooster niet over."""
    return item.soort in _NIET_VAN_ONS or item.balie.startswith(EXTRA_PLAATS)


def _groups(kandidaten: Sequence[Inhoud]) -> list[list[Inhoud]]:
    """Opgedeeld in groepen die elkaar in tijd niet raken, elk in de volgorde van de kandidaten."""
    groepen: list[tuple[int, list[int]]] = []
    for nummer in sorted(range(len(kandidaten)), key=lambda n: kandidaten[n].vak):
        vak = kandidaten[nummer].vak
        if groepen and vak.begin < groepen[-1][0]:
            eind, leden = groepen[-1]
            groepen[-1] = max(eind, vak.eind), [*leden, nummer]
        else:
            groepen.append((vak.eind, [nummer]))
    return [[kandidaten[n] for n in sorted(leden)] for _, leden in groepen]


def _keep(indeling: Indeling, groep: Sequence[Inhoud], terug: set[str]) -> tuple[dict[str, str], bool]:
    """Wie van de groep blijft, met balie; en of dat bewezen het meeste is."""
    blokken, nu = _blokken(indeling, groep)
    kan = [n for n, blok in enumerate(blokken) if blok.voorkeur]
    eigen, staat = [blokken[n] for n in kan], [nu[n] for n in kan]
    zeker = True
    gezet: Sequence[int | None] | None = _all(eigen, staat, len(indeling.balies))
    if gezet is None:
        waarden = _waarden([groep[n] for n in kan], terug)
        gezet, zeker = keep_most(eigen, waarden, staat, len(indeling.balies))
    return {
        groep[n].id: indeling.balies[balie] for n, balie in zip(kan, gezet, strict=True) if balie is not None
    }, zeker


def _all(blokken: Sequence[Blok], nu: Sequence[int], balies: int) -> tuple[int, ...] | None:
    """Iedereen, met zo min mogelijk verhuizingen; None als dat niet past of te lang duurt om te zien."""
    try:
        return repair(blokken, nu, balies)
    except TeVeelWerk:
        pass
    try:
        return fit(blokken, balies, stappen=20_000)
    except TeVeelWerk:
        return None


def _blokken(indeling: Indeling, groep: Sequence[Inhoud]) -> tuple[list[Blok], list[int]]:
    """Elk een blok, en de balie waar het nu staat, of -1 als het daar niet (meer) kan staan."""
    blokken: list[Blok] = []
    nu: list[int] = []
    bezet = [0] * len(indeling.balies)
    for item in groep:
        blok = indeling.blok(Vraag(item.vak, item.eisen), item.balie)
        eigen = indeling.balies.index(item.balie) if item.balie in indeling.balies else -1
        if item.vast:
            blok = blok._replace(voorkeur=tuple(balie for balie in blok.voorkeur if balie == eigen))
        if eigen not in blok.voorkeur or bezet[eigen] & blok.bits:
            eigen = -1
        else:
            bezet[eigen] |= blok.bits
        blokken.append(blok)
        nu.append(eigen)
    return blokken, nu


def _waarden(groep: Sequence[Inhoud], terug: set[str]) -> list[int]:
    """Wat behouden waard is: het aantal gaat voor alles, daarna wie eerst boekte (hoogste bit)."""
    aantal = len(groep)
    reservering = 1 << aantal
    terugkeer = reservering * (aantal + 1)
    afspraak = terugkeer * (aantal + 1)
    extern = afspraak * (aantal + 1)
    waarden = []
    for nummer, item in enumerate(groep):
        stuk = afspraak if item.soort is SoortInhoud.AFSPRAAK else reservering
        if item.id in terug:
            stuk = terugkeer
        elif item.soort is SoortInhoud.EXTERN_LOS:
            stuk = extern
        waarden.append(stuk + (1 << (aantal - 1 - nummer)))
    return waarden
