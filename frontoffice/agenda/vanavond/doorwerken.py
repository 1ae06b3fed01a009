"""Doorwerken op het laatste beeld van de avond, zonder agenda: mag deze stap, en hoe is het bezoek daarna?

Dezelfde stappen en regels als met verbinding (`stappen`). Strenger is alleen *Volgende oproepen*: zonder
verbinding weet een balie niet wie een andere balie oproept, en neemt zij alleen wie voor haar is ingepland.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from frontoffice.agenda.afspraak import VAST_AAN_BALIE, Toestand
from frontoffice.agenda.vanavond.bezoek import Avondregels, Avondstand, Bezoek
from frontoffice.agenda.vanavond.stappen import MAG
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.domain.fouten import Geweigerd

WOORDEN = {
    Toestand.BEVESTIGD: "nog niet aangemeld",
    Toestand.AANGEMELD: "aangemeld",
    Toestand.OPGEROEPEN: "opgeroepen",
    Toestand.AAN_DE_BALIE: "aan de balie",
    Toestand.EVEN_APART: "even apart",
    Toestand.KLAAR: "klaar",
    Toestand.NIET_GEKOMEN: "niet gekomen",
    Toestand.AFGEZEGD: "afgezegd",
}


def step(
    stand: Avondstand, id_: str, soort: str, doe: Callable[[Bezoek, Avondregels], Bezoek], vrij: str = ""
) -> Bezoek:
    """Het bezoek na deze stap. `soort` zoals in `MAG`; `vrij`: deze balie mag niemand anders hebben.

    Raises Geweigerd (code "nog_bezig" als de balie bezet is).
    """
    bezoek = stand.find(id_)
    if bezoek is None:
        raise Geweigerd(
            "Dit bezoek staat niet in het laatste beeld van vanavond. Kijk op de papieren lijst.",
            code="onbekend_bezoek",
        )
    if bezoek.toestand not in MAG[soort]:
        raise Geweigerd(f"{bezoek.volgnummer} is {WOORDEN[bezoek.toestand]}. Kijk wat er nu kan.")
    if vrij:
        check_vrij(stand, vrij, id_)
    return doe(bezoek, stand.regels)


def check_vrij(stand: Avondstand, balie: str, behalve: str = "") -> None:
    bezet = stand.at_balie(balie)
    if bezet is not None and bezet.id != behalve:
        raise Geweigerd(
            f"{bezet.volgnummer} is nog bij deze balie. Kies eerst Klaar of Even apart.", code="nog_bezig"
        )


def choose_next(stand: Avondstand, balie: str, eigen: frozenset[str] = frozenset()) -> Bezoek | None:
    """Wie deze balie zonder verbinding mag oproepen; None als er voor haar niemand wacht.

    Raises Geweigerd (code "nog_bezig") als de balie nog iemand heeft. Alleen wie voor deze balie is
    ingepland, of `eigen` is: wie alleen deze werkplek kent. Zo roepen twee balies nooit vanzelf dezelfde op.
    """
    check_vrij(stand, balie)
    beurt = next_for(own_rij(stand, balie, eigen), balie)
    return None if beurt is None else beurt.bezoek


def own_rij(stand: Avondstand, balie: str, eigen: frozenset[str]) -> Avondstand:
    """De stand zonder wie er wacht op een andere balie."""
    bezoeken = (
        b
        for b in stand.bezoeken
        if b.toestand is not Toestand.AANGEMELD or b.gepland == balie or b.id in eigen
    )
    return replace(stand, bezoeken=tuple(bezoeken))


def is_al_zo(soort: str, argumenten: Mapping[str, Any], na: Bezoek | None, nu: Bezoek) -> bool:
    """Staat in de agenda (`nu`) al wat deze stap wilde bereiken? Een ander deed dan hetzelfde."""
    if soort == "arrive":
        return nu.toestand in VAST_AAN_BALIE or nu.toestand is Toestand.AANGEMELD
    if na is None:
        return False
    if soort in ("set_notitie", "set_voorrang", "set_behoeften"):
        veld = soort.removeprefix("set_")
        return bool(getattr(na, veld) == getattr(nu, veld))
    if nu.toestand is not na.toestand:
        # Wie opgeroepen werd aan deze balie, kan daar intussen al verder zijn.
        verder = soort in ("call", "start", "resume", "recall") and nu.toestand in VAST_AAN_BALIE
        return verder and nu.balie == na.balie
    if soort in ("no_show", "come_after_all"):
        return True
    return nu.balie == na.balie and (soort != "finish" or nu.uitkomsten == na.uitkomsten)
