"""Avonden, gevolgen en geschiedenis in de woorden van het scherm. Alleen tekst, in B1; kent geen widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from frontoffice.agenda.avond import KIF, AvondToestand
from frontoffice.agenda.inrichting import DienstToestand, Rol, SoortUitzondering
from frontoffice.agenda.kalender import Opening
from frontoffice.agenda.keuring import Planfout
from frontoffice.agenda.rooster import Dekking
from frontoffice.agenda.tijd import Vak
from frontoffice.domain import taal
from frontoffice.services.avonden import Avondoverzicht
from frontoffice.services.externdienst import lijst_van
from frontoffice.services.inrichten import Gevolgen
from ui.beheer.dienst import Avondstand, Botsing, Voorstel

ROOSTER_LEEG = "rooster nog niet ingevuld"
ROLLEN = {Rol.BALIE: "balie", Rol.GASTHEER: "gastheer of gastvrouw", Rol.TELEFOON: "telefoon"}
DIENSTEN = {
    DienstToestand.GEPLAND: "gepland",
    DienstToestand.BEVESTIGD: "bevestigd",
    DienstToestand.ZIEK: "ziek",
}
UITZONDERINGEN = {
    SoortUitzondering.GESLOTEN: "gesloten",
    SoortUitzondering.ANDERE_TIJDEN: "andere tijden",
    SoortUitzondering.EXTRA_OPEN: "extra open",
}
_MEERVOUD = {"diensten": "werktijden", "blokkades": "pauzes", "producten": "producten"}
TOESTANDEN = {
    AvondToestand.CONCEPT: "concept",
    AvondToestand.OPEN: "open",
    AvondToestand.DICHT_VOOR_BOEKEN: "geen nieuwe afspraken",
    AvondToestand.BEZIG: "bezig",
    AvondToestand.AFGESLOTEN: "afgesloten",
}


# --- tijden ----------------------------------------------------------------------------------------------


def klok(tijd: time) -> str:
    """ "17.30"."""
    return f"{tijd.hour}.{tijd.minute:02d}"


def klok_uur(tijd: time) -> str:
    """ "17.30 uur"."""
    return f"{klok(tijd)} uur"


def vakken(stukken: Sequence[Vak]) -> str:
    """ "17.00–20.00", met een komma tussen twee stukken."""
    return ", ".join(
        f"{taal.tijd(vak.begin_utc).removesuffix(' uur')}–{taal.tijd(vak.eind_utc).removesuffix(' uur')}"
        for vak in stukken
    )


def vakken_lang(stukken: Sequence[Vak]) -> str:
    """ "van 17.00 tot 20.00 uur"."""
    delen = [
        f"van {taal.tijd(vak.begin_utc).removesuffix(' uur')} tot {taal.tijd(vak.eind_utc)}"
        for vak in stukken
    ]
    return opsomming(delen)


def opsomming(delen: Iterable[str]) -> str:
    """ "een, twee en drie"."""
    lijst = list(delen)
    return f"{', '.join(lijst[:-1])} en {lijst[-1]}" if len(lijst) > 1 else "".join(lijst)


def hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def kleine_letter(tekst: str) -> str:
    """Voor midden in een zin."""
    return tekst if tekst[1:2].isupper() else tekst[:1].lower() + tekst[1:]


def dag_lang(datum: date, vandaag: date) -> str:
    """ "Donderdag 17 december"."""
    return hoofdletter(taal.datum_lang(datum, vandaag))


# --- avonden ---------------------------------------------------------------------------------------------


def stand_kort(overzicht: Avondoverzicht, opening: Opening) -> str:
    """Hoe de avond ervoor staat, in een paar woorden. Een leeg rooster is nooit "vol"."""
    if overzicht.eigenaar != KIF:
        return f"in {overzicht.eigenaar}"
    if not overzicht.open:
        return "feestdag" if opening.soort == "feestdag" else "dicht"
    if overzicht.toestand in (AvondToestand.BEZIG, AvondToestand.AFGESLOTEN):
        return TOESTANDEN[overzicht.toestand]
    if not overzicht.rooster_ingevuld:
        return ROOSTER_LEEG
    return TOESTANDEN[overzicht.toestand]


def stand_lang(overzicht: Avondoverzicht, opening: Opening) -> str:
    """Dezelfde stand als hele zinnen."""
    if overzicht.eigenaar != KIF:
        return f"Deze avond wordt in {overzicht.eigenaar} gepland. KiF boekt hier niets."
    if not overzicht.open:
        return opening.dicht_omdat or "Op deze dag is er geen avondopenstelling."
    zinnen = [f"Open {vakken_lang(overzicht.open)}."]
    if not overzicht.rooster_ingevuld:
        zinnen.append("Het rooster is nog niet ingevuld.")
    if overzicht.toestand is AvondToestand.DICHT_VOOR_BOEKEN:
        zinnen.append("Er komen geen nieuwe afspraken bij.")
    elif overzicht.toestand is not AvondToestand.OPEN:
        zinnen.append(f"De avond is: {TOESTANDEN[overzicht.toestand]}.")
    return " ".join(zinnen)


def aandacht(stand: Avondstand) -> tuple[str, ...]:
    """Wat er op deze avond ontbreekt, als zinnen zonder datum."""
    zinnen = list(stand.overzicht.dekking)
    if stand.overzicht.te_verzetten:
        aantal = taal.aantal(stand.overzicht.te_verzetten, "afspraak", "afspraken")
        zinnen.append(f"{aantal} te verzetten.")
    if stand.overzicht.zonder_balie:
        aantal = taal.aantal(stand.overzicht.zonder_balie, "web-afspraak heeft", "web-afspraken hebben")
        zinnen.append(f"{aantal} geen balie.")
    if stand.verouderd:
        zinnen.append("De web-afspraken zijn te oud voor vanavond. Lees ze opnieuw in.")
    return (*zinnen, *stand.opening.meldingen)


def web_zin(overzicht: Avondoverzicht, vandaag: date) -> str:
    """ "12 web-afspraken, lijst van 15.40 uur.", of leeg als er nooit iets is ingelezen."""
    if overzicht.extern_van is None:
        return ""
    aantal = taal.aantal(overzicht.extern, "web-afspraak", "web-afspraken")
    return f"{hoofdletter(aantal)}, lijst van {lijst_van(overzicht.extern_van, vandaag)}."


def soort_naam(soort: str) -> str:
    """Een bevoegdheid of voorziening als kop: "reisdocument" wordt "Reisdocument", "brp" wordt "BRP"."""
    return soort.upper() if len(soort) <= 3 else hoofdletter(soort.replace("_", " "))


def dekking_cel(dekking: Dekking) -> str:
    """Hoeveel balies dit kunnen: "3", "2–3", "niemand", "tot 18.30", "niet 18.15"."""
    if not dekking.stukken:
        return ""
    meest = max(stuk.aantal for stuk in dekking.stukken)
    if meest == 0:
        return "niemand"
    if dekking.minst:
        return str(meest) if dekking.minst == meest else f"{dekking.minst}–{meest}"
    gat = dekking.gaten[0]
    begin, eind = dekking.stukken[0].vak.begin, dekking.stukken[-1].vak.eind
    if gat.eind == eind:
        return f"tot {_kort(gat.begin_utc)}"
    if gat.begin == begin:
        return f"na {_kort(gat.eind_utc)}"
    return f"niet {_kort(gat.begin_utc)}"


def _kort(moment: datetime) -> str:
    return taal.tijd(moment).removesuffix(" uur")


# --- gevolgen --------------------------------------------------------------------------------------------


def gevolg_zinnen(gevolgen: Gevolgen) -> tuple[str, ...]:
    """Wat een wijziging met bestaande afspraken doet; belangrijkste eerst. Nooit leeg."""
    verhuist = sum(avond.verhuizingen for avond in gevolgen.avonden)
    weg = sum(len(avond.reserveringen_weg) for avond in gevolgen.avonden)
    zinnen = []
    if gevolgen.te_verzetten:
        aantal = len(gevolgen.te_verzetten)
        zinnen.append(
            "1 afspraak kan niet blijven en komt op Te verzetten afspraken."
            if aantal == 1
            else f"{aantal} afspraken kunnen niet blijven en komen op Te verzetten afspraken."
        )
        zinnen.append("Er wordt geen afspraak verwijderd.")
    if verhuist:
        zinnen.append(
            "1 afspraak gaat naar een andere balie. De tijd blijft gelijk."
            if verhuist == 1
            else f"{verhuist} afspraken gaan naar een andere balie. De tijd blijft gelijk."
        )
    if gevolgen.terug:
        zinnen.append(
            "1 afspraak kan toch blijven en gaat van de lijst af."
            if len(gevolgen.terug) == 1
            else f"{len(gevolgen.terug)} afspraken kunnen toch blijven en gaan van de lijst af."
        )
    if weg:
        aantal_tekst = "1 vastgehouden tijd vervalt." if weg == 1 else f"{weg} vastgehouden tijden vervallen."
        zinnen.append(f"{aantal_tekst} De collega aan de telefoon ziet dat meteen.")
    if not all(avond.gevolg.bewezen for avond in gevolgen.avonden):
        zinnen.append("Op een drukke avond is niet elke indeling nagegaan.")
    return tuple(zinnen) or ("Dit verandert niets aan afspraken die er al zijn.",)


def waarschuwing_zinnen(waarschuwingen: Sequence[Planfout]) -> tuple[str, ...]:
    """Elke waarschuwing één keer; dezelfde over meer werktijden wordt één zin met het aantal."""
    per_zin: dict[tuple[str, str], list[str]] = {}
    for fout in waarschuwingen:
        per_zin.setdefault((fout.soort, fout.tekst.partition(": ")[2] or fout.tekst), []).append(fout.tekst)
    uit = []
    for (soort, rest), zinnen in per_zin.items():
        meervoud = _MEERVOUD.get(soort, "keer")
        uit.append(zinnen[0] if len(zinnen) == 1 else f"{len(zinnen)} {meervoud}: {rest}")
    return tuple(uit)


def voorstellen_tekst(begintijden: Sequence[datetime], vandaag: date) -> str:
    """ "do 10 dec 17.00, 17.45 en 18.00 uur · do 17 dec 17.00 uur"."""
    per_dag: dict[date, list[str]] = {}
    for begin in sorted(begintijden):
        per_dag.setdefault(taal.dag_van(begin), []).append(_kort(begin))
    return " · ".join(
        f"{taal.datum_kort(dag, vandaag)} {opsomming(tijden)} uur" for dag, tijden in per_dag.items()
    )


def gevolg_kort(voorstel: Voorstel) -> str:
    """Eén zin voor hulptechniek."""
    return f"{voorstel.kop}. {gevolg_zinnen(voorstel.gevolgen)[0]}"


def botsing_zin(botsing: Botsing, vandaag: date) -> str:
    """ "Intussen gewijzigd door s.bos om 14.03 uur. Wat u typte, staat er nog."."""
    wie = botsing.wie or "een collega"
    if botsing.wanneer is None:
        wanneer = ""
    elif taal.dag_van(botsing.wanneer) == vandaag:
        wanneer = f" om {taal.tijd(botsing.wanneer)}"
    else:
        wanneer = f" op {taal.datum_kort(taal.dag_van(botsing.wanneer), vandaag)}"
    return f"Intussen gewijzigd door {wie}{wanneer}. Wat u typte, staat er nog."
