"""Wat een wijziging van rooster, balies of opening doet met de afspraken die er al staan.

Wijzigt niets en verwijdert nooit iets: wie niet meer past, komt met een reden op de lijst. Eerst wordt er
herindeeld; een afspraak verandert nooit ongemerkt van tijd.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontoffice.agenda.afspraak import Afspraak, Eisen
from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.behouden import max_behouden
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import Vak
from frontoffice.agenda.tijdgrens import tijdgrens
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.vrij import Kansen, find_kansen
from frontoffice.agenda.waarom import evening_reasons
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import plan_van

VOORSTELLEN = 3

_BUITEN = Reden(RedenCode.BUITEN_OPENING, "De afspraak valt nu buiten de openingstijd.")
_NIEMAND = Reden(RedenCode.GEEN_BEVOEGDE, "Er werkt dan niemand meer die dit mag doen.")
_VOORZIENING = Reden(RedenCode.VOORZIENING, "De balie heeft dan niet meer wat daarvoor nodig is.")
_BALIE_WEG = Reden(RedenCode.VOL, "De vaste balie van deze afspraak is er dan niet meer.")
_VOL = Reden(RedenCode.VOL, "Er is dan geen balie meer vrij.")


@dataclass(frozen=True)
class Gevolg:
    """`verhuizingen`: id → nieuwe balie, zelfde tijd. `te_verzetten`: id met de reden.

    `terug`: eerder te verzetten afspraken die weer een plek hebben (hun balie staat in `verhuizingen` als
    die anders is). `bewezen` is onwaar als een drukke avond niet helemaal was af te zoeken.
    """

    verhuizingen: Mapping[str, str]
    te_verzetten: tuple[tuple[str, Reden], ...]
    terug: tuple[str, ...] = ()
    bewezen: bool = True

    @property
    def is_leeg(self) -> bool:
        return not (self.verhuizingen or self.te_verzetten or self.terug)


def consequences(
    kalender: Kalender,
    oud: Avond,
    nieuw: Avond,
    te_verzetten: Sequence[Inhoud] = (),
    eerst: Sequence[str] = (),
) -> Gevolg:
    """Van `oud` naar `nieuw` met dezelfde inhoud (die van `nieuw` telt). `kalender` is de nieuwe.

    `te_verzetten`: afspraken van deze avond die al op de lijst staan en geen balie meer bezetten; wie weer
    past, komt in `terug`, wie niet past wordt niet opnieuw genoemd. `eerst`: ids op volgorde van boeken.
    """
    al_op_lijst = {item.id for item in te_verzetten}
    buiten = {
        item.id: reden
        for item in (*nieuw.inhoud, *te_verzetten)
        if (reden := _outside(kalender, oud, nieuw, item, item.id in al_op_lijst))
    }
    behouden = max_behouden(nieuw, te_verzetten, eerst, tuple(buiten))
    indeling = Indeling(nieuw)
    per_id = {item.id: item for item in nieuw.inhoud}
    weg = tuple(
        (id_, buiten.get(id_) or _why(indeling, per_id[id_]))
        for id_ in behouden.te_verzetten
        if id_ not in al_op_lijst
    )
    terug = tuple(item.id for item in te_verzetten if item.id in behouden.balies)
    return Gevolg(behouden.verhuizingen, weg, terug, behouden.bewezen)


def proposals(
    inrichting: Inrichting,
    kalender: Kalender,
    afspraken: Sequence[Afspraak],
    avonden: Sequence[Avond],
    nu: datetime,
    aantal: int = VOORSTELLEN,
) -> Mapping[str, tuple[VrijeStart, ...]]:
    """Per afspraak (id) de begintijden het dichtst bij de oude, met dezelfde duur en eisen als geboekt.

    Wat voor de een al het eerste voorstel is, telt bij de volgende als bezet: zo kan iedereen het eerste
    voorstel krijgen zolang er plaats is. Zoekt in alle `avonden`; de aanlooptijd geldt niet, wij verzetten.
    """
    al_eerste: dict[datetime, int] = {}
    kansen: dict[tuple[object, ...], list[Kansen]] = {}
    uit: dict[str, tuple[VrijeStart, ...]] = {}
    for afspraak in afspraken:
        plan = plan_van(afspraak)
        sleutel = (plan.tikken, plan.buffer_tikken, plan.eisen, plan.producten, afspraak.kanaal)
        if sleutel not in kansen:
            kansen[sleutel] = [
                find_kansen(inrichting, kalender, avond, plan, afspraak.kanaal) for avond in avonden
            ]
        grens = tijdgrens(inrichting, kalender, plan.producten, nu, overrulen=True)
        vrij = [start for kans in kansen[sleutel] for start in kans.at(grens).vrij]
        over = [start for start in vrij if al_eerste.get(start.begin, 0) < start.balies]

        def afstand(start: VrijeStart, oud: datetime = afspraak.begin) -> tuple[float, datetime]:
            return abs((start.begin - oud).total_seconds()), start.begin

        beste = sorted(over, key=afstand)[:1]
        rest = sorted((start for start in vrij if start not in beste), key=afstand)
        uit[afspraak.id] = (*beste, *rest[: aantal - len(beste)])
        for start in uit[afspraak.id][:1]:
            al_eerste[start.begin] = al_eerste.get(start.begin, 0) + 1
    return uit


def wens_van(afspraak: Afspraak) -> Wens:
    """De wens waarmee deze afspraak nu opnieuw gezocht zou worden."""
    regels = tuple(Wensregel(regel.product, regel.personen) for regel in afspraak.regels)
    return Wens(regels, afspraak.behoeften, afspraak.taal, afspraak.kanaal)


def _outside(kalender: Kalender, oud: Avond, nieuw: Avond, item: Inhoud, terug: bool) -> Reden | None:
    """Waarom de opening dit niet toelaat. Wat bewust al buiten de opening stond, mag dat blijven."""
    if item.soort not in (SoortInhoud.AFSPRAAK, SoortInhoud.RESERVERING):
        return None
    publiek = Vak(item.vak.begin, max(item.vak.begin, item.vak.eind - item.buffer))
    if any(blok.omvat(publiek) for blok in nieuw.open):
        return None
    if nieuw.open:
        stond_al_buiten = not any(blok.omvat(publiek) for blok in oud.open)
        return None if stond_al_buiten and not terug else _BUITEN
    if kalender.opening(nieuw.datum).soort == "dicht":
        return _BUITEN
    return evening_reasons(kalender, nieuw)[0]


def _why(indeling: Indeling, item: Inhoud) -> Reden:
    """Waarom er in het nieuwe rooster geen plek is."""
    if indeling.rostered(Vraag(item.vak, item.eisen)):
        return _BALIE_WEG if item.vast and item.balie not in indeling.balies else _VOL
    zonder = Eisen(item.eisen.bevoegdheden, overdracht=item.eisen.overdracht)
    if item.eisen.voorzieningen and indeling.rostered(Vraag(item.vak, zonder)):
        return _VOORZIENING
    return _NIEMAND
