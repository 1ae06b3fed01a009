"""Wat een lijst met web-afspraken doet, in de woorden van het scherm. Alleen tekst, in B1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from frontoffice.agenda.avond import KIF
from frontoffice.domain import taal
from frontoffice.services.externdienst import Inleesplan
from frontoffice.services.externplan import Avondplan
from ui.beheer import woorden

_MEESTE_AVONDEN = 8


def plan_zinnen(plan: Inleesplan, vandaag: date) -> list[str]:
    """Wat er gebeurt, belangrijkste eerst. Nooit leeg."""
    if plan.is_gelijk:
        return ["Deze lijst staat er al zo. Er verandert niets."]
    zinnen = [_avond_zin(avond, vandaag) for avond in plan.avonden[:_MEESTE_AVONDEN]]
    if len(plan.avonden) > _MEESTE_AVONDEN:
        rest = plan.avonden[_MEESTE_AVONDEN:]
        aantal = taal.aantal(sum(len(a.inhoud) for a in rest), "web-afspraak", "web-afspraken")
        zinnen.append(f"En nog {len(rest)} avonden, samen {aantal}.")
    botst = len(plan.te_verzetten)
    if botst:
        wie = "1 afspraak van ons moet" if botst == 1 else f"{botst} afspraken van ons moeten"
        zinnen.append(f"{wie} worden verzet. Er wordt geen afspraak verwijderd.")
    verhuist = sum(len(a.verhuizingen or ()) for a in plan.avonden) - len(plan.terug)
    if verhuist > 0:
        wie = "1 afspraak gaat" if verhuist == 1 else f"{verhuist} afspraken gaan"
        zinnen.append(f"{wie} naar een andere balie. De tijd blijft gelijk.")
    if plan.terug:
        zinnen.append(
            "1 afspraak kan toch blijven en gaat van de lijst af."
            if len(plan.terug) == 1
            else f"{len(plan.terug)} afspraken kunnen toch blijven en gaan van de lijst af."
        )
    if any(a.reserveringen_weg for a in plan.avonden):
        zinnen.append("Een vastgehouden tijd vervalt. De collega aan de telefoon ziet dat meteen.")
    if plan.overgeslagen:
        wie = taal.aantal(plan.overgeslagen, "afspraak", "afspraken")
        zinnen.append(f"Niet ingelezen, want op een andere dag: {wie}.")
    return zinnen


def _avond_zin(avond: Avondplan, vandaag: date) -> str:
    dag = woorden.hoofdletter(taal.datum_kort(avond.datum, vandaag))
    aantal = taal.aantal(len(avond.inhoud), "web-afspraak", "web-afspraken")
    zin = f"{dag}: {aantal} ({avond.nieuw} nieuw, {avond.weg} weg)."
    if avond.eigenaar != KIF:
        zin += f" Deze avond wordt in {avond.eigenaar} gepland, KiF boekt hier niets."
    return zin


def klaar_zin(verslag: Mapping[str, Any], vandaag: date) -> str:
    """Wat er is gedaan, in één regel."""
    avonden = verslag["avonden"]
    totaal = taal.aantal(sum(a["afspraken"] for a in avonden), "web-afspraak", "web-afspraken")
    waar = (
        f"op {taal.datum_kort(date.fromisoformat(avonden[0]['datum']), vandaag)}"
        if len(avonden) == 1
        else f"op {len(avonden)} avonden"
    )
    zin = f"Ingelezen: {totaal} {waar}."
    verzet = sum(len(a["te_verzetten"]) for a in avonden)
    if verzet:
        wie = taal.aantal(verzet, "afspraak staat", "afspraken staan")
        zin += f" {woorden.hoofdletter(wie)} op Te verzetten afspraken."
    return zin
