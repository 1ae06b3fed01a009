"""Waarom niet: de redenen waarom een avond of een begintijd niet kan, in zinnen voor het scherm.

Legt uit wat `vrij` en `indelen` al weigerden en beslist zelf niet over balies. Noemt nooit een persoon.
"""

from __future__ import annotations

from frontoffice.agenda.afspraak import Afspraakregel, Eisen
from frontoffice.agenda.avond import KIF, Avond, AvondToestand
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import Vak, tijdlabel
from frontoffice.agenda.wensen import Plan

_TOESTAND = {
    AvondToestand.CONCEPT: "Deze avond is nog niet open voor afspraken.",
    AvondToestand.DICHT_VOOR_BOEKEN: "Deze avond is dicht voor nieuwe afspraken.",
    AvondToestand.AFGESLOTEN: "Deze avond is afgesloten.",
}
_GEEN_OPENING = "Op deze dag is er geen avondopenstelling."
_ROOSTER_LEEG = Reden(RedenCode.ROOSTER_LEEG, "Het rooster van deze avond is nog niet ingevuld.")
_VOL = Reden(RedenCode.VOL, "Alle balies zijn dan bezet.")
_PAUZE = Reden(RedenCode.PAUZE, "Er is dan pauze, of de balie is dan even dicht.")


def evening_reasons(kalender: Kalender, avond: Avond) -> tuple[Reden, ...]:
    """Waarom er op de hele avond niets kan, wie of wat er ook komt; leeg als de avond meedoet."""
    if avond.eigenaar != KIF:
        return (Reden(RedenCode.ANDERE_AGENDA, f"Deze avond wordt in {avond.eigenaar} gepland."),)
    if not avond.open:
        feest = kalender.opening(avond.datum).soort == "feestdag"
        code = RedenCode.FEESTDAG if feest else RedenCode.DICHT
        return (Reden(code, avond.dicht_omdat or _GEEN_OPENING),)
    redenen = () if avond.rooster_ingevuld else (_ROOSTER_LEEG,)
    if tekst := _TOESTAND.get(avond.toestand):
        redenen = (*redenen, Reden(RedenCode.AFGESLOTEN, tekst))
    return redenen


def balie_reasons(indeling: Indeling, plan: Plan, vak: Vak) -> tuple[Reden, ...]:
    """Waarom geen enkele balie dit kan nemen; er is er echt geen, ook niet met herindelen."""
    kan = indeling.rostered(Vraag(vak, plan.eisen))
    if kan:
        if kan == (1 << len(indeling.balies)) - 1 or not _is_beperkt(indeling, plan.eisen):
            return (_VOL,)
        return (Reden(RedenCode.GEEN_BEVOEGDE, f"{_wat(indeling, plan)}: geen bevoegde balie vrij."),)
    if _in_pauze(indeling, plan.eisen, vak):
        return (_PAUZE,)
    alleen_bevoegd = Eisen(plan.eisen.bevoegdheden, overdracht=plan.eisen.overdracht)
    if plan.eisen.voorzieningen and indeling.rostered(Vraag(vak, alleen_bevoegd)):
        tekst = f"{_wat(indeling, plan)}: de balie heeft dan niet wat daarvoor nodig is."
        return (Reden(RedenCode.VOORZIENING, tekst),)
    return (_niemand(indeling, plan, vak),)


def _niemand(indeling: Indeling, plan: Plan, vak: Vak) -> Reden:
    """Niemand die het mag is dan aan het werk: hier, later, of de hele avond niet."""
    stukken = [stuk for balie in indeling.stukken(plan.eisen) for stuk in balie]
    wat = _wat(indeling, plan)
    if not stukken:
        return Reden(RedenCode.GEEN_BEVOEGDE, f"{wat}: deze avond werkt er niemand die dit mag doen.")
    eind = max(stuk.eind for stuk in stukken)
    if vak.eind > eind:
        label = tijdlabel(Vak(eind, eind).begin_utc)
        return Reden(RedenCode.GEEN_BEVOEGDE, f"{wat}: na {label} werkt er niemand die dit mag doen.")
    return Reden(RedenCode.GEEN_BEVOEGDE, f"{wat}: dan werkt er niemand lang genoeg die dit mag doen.")


def _is_beperkt(indeling: Indeling, eisen: Eisen) -> bool:
    """Is er deze avond een balie die dit nooit kan? Dan is "vol" niet het hele verhaal."""
    return any(not stukken for stukken in indeling.stukken(eisen))


def _in_pauze(indeling: Indeling, eisen: Eisen, vak: Vak) -> bool:
    """Werkt iemand die dit mag zowel ervoor als erna aan dezelfde balie?"""
    return any(
        any(stuk.begin < vak.eind for stuk in stukken)
        and any(stuk.eind > vak.begin for stuk in stukken)
        and stukken[0].begin <= vak.begin
        and stukken[-1].eind >= vak.eind
        for stukken in indeling.stukken(eisen)
        if len(stukken) > 1
    )


def _wat(indeling: Indeling, plan: Plan) -> str:
    """Het product waar het op vastloopt: dat wat de minste balies deze avond kunnen."""

    if len(plan.regels) == 1:
        return plan.regels[0].naam

    def aantal(regel: Afspraakregel) -> int:
        eisen = Eisen(regel.bevoegdheden, regel.voorzieningen, plan.eisen.overdracht)
        return sum(bool(stukken) for stukken in indeling.stukken(eisen))

    return min(plan.regels, key=aantal).naam
