"""Van de avond naar wat er op papier staat. Zonder Qt; op een achtergronddraad."""

from __future__ import annotations

from collections.abc import Sequence

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.inrichting import Behoefte, Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.voorspelling import predict, wachtwoorden
from frontoffice.documents.avondpakket import CHECKLIST, Avondpakket, Pakketbalie, Pakketregel, Werktijd
from frontoffice.documents.bevestiging import TALEN
from frontoffice.documents.volgnummerbriefje import Briefje
from frontoffice.services.avondpapier import Papiergegevens
from ui.afspraak.talen import taal_naam


def make_avondpakket(gegevens: Papiergegevens, afzender: str) -> Avondpakket:
    """Iedereen die vanavond een afspraak heeft, wie waar werkt, en de lijst om af te vinken."""
    stand, inrichting = gegevens.stand, gegevens.inrichting
    locatie = inrichting.locatie
    komen = [
        b
        for b in stand.bezoeken
        if b.soort is SoortBezoek.AFSPRAAK and b.toestand is not Toestand.AFGEZEGD and b.tijd is not None
    ]
    begin = min((vak.begin_utc for vak in stand.avond.open), default=stand.nu)
    eind = max((vak.eind_utc for vak in stand.avond.open), default=stand.nu)
    return Avondpakket(
        afzender=afzender,
        locatie=locatie.naam,
        datum=stand.datum,
        open_van=begin,
        open_tot=eind,
        balies=_balies(stand, inrichting, {b.gepland for b in komen}),
        afspraken=tuple(_regel(b, gegevens) for b in komen),
        gemaakt_op=stand.nu,
        versie=stand.avond.versie,
        checklist=locatie.avondtaken or CHECKLIST,
        voorbeeld=locatie.voorbeeld,
    )


def make_briefje(stand: Avondstand, bezoek: Bezoek, afzender: str, taal: str, *, kopie: bool) -> Briefje:
    """Het briefje van dit bezoek zoals het nu is: het nummer en hoe lang het nog duurt."""
    nu = stand.find(bezoek.id) or bezoek
    return Briefje(
        volgnummer=nu.volgnummer,
        afzender=afzender,
        gemaakt_op=stand.nu,
        wacht=wait_words(stand, nu),
        tijd=nu.tijd,
        kopie=kopie,
        taal=taal if taal in TALEN else "nl",
    )


def wait_words(stand: Avondstand, bezoek: Bezoek) -> str:
    """De wachttijd in woorden, alleen voor wie er al is en nog niet is opgeroepen."""
    if bezoek.toestand is not Toestand.AANGEMELD:
        return ""
    verwacht = predict(stand).per_bezoek.get(bezoek.id)
    return wachtwoorden(verwacht.wacht_min) if verwacht is not None else ""


def _balies(stand: Avondstand, inrichting: Inrichting, gebruikt: set[str]) -> tuple[Pakketbalie, ...]:
    """De balies waar iemand werkt of waar iets staat, in de volgorde van de inrichting."""
    eigen = next(iter(inrichting.locatie.organisaties), "")
    werk: dict[str, list[Werktijd]] = {}
    for plek in stand.avond.plekken:
        medewerker = inrichting.medewerker.get(plek.medewerker)
        naam = medewerker.naam if medewerker is not None else plek.medewerker
        organisatie = "" if plek.organisatie == eigen else plek.organisatie
        werk.setdefault(plek.balie, []).append(
            Werktijd(plek.vak.begin_utc, plek.vak.eind_utc, naam, organisatie)
        )
    balies = sorted(inrichting.balies, key=lambda b: (b.volgorde, b.naam, b.id))
    bekend = {balie.id for balie in balies}
    namen = [(balie.id, balie.naam) for balie in balies]
    namen += [(id_, stand.balienamen.get(id_, id_)) for id_ in sorted(gebruikt - bekend - {""})]
    return tuple(
        Pakketbalie(id_, naam, tuple(sorted(werk.get(id_, ()), key=lambda w: w.van)))
        for id_, naam in namen
        if id_ in werk or id_ in gebruikt
    )


def _regel(bezoek: Bezoek, gegevens: Papiergegevens) -> Pakketregel:
    assert bezoek.tijd is not None
    return Pakketregel(
        nummer=bezoek.volgnummer or bezoek.nummer,
        begin=bezoek.tijd,
        minuten=bezoek.minuten,
        balie=bezoek.gepland,
        waarvoor=bezoek.groep,
        personen=max((regel.personen for regel in bezoek.regels), default=1),
        nodig=_nodig(bezoek, gegevens.inrichting.behoeften),
        naam=gegevens.namen.get(bezoek.id, ""),
    )


def _nodig(bezoek: Bezoek, behoeften: Sequence[Behoefte]) -> tuple[str, ...]:
    """Wat er geregeld moet zijn, in woorden; bij een tolk de taal erbij."""
    bekend = {behoefte.code: behoefte for behoefte in behoeften}
    uit = []
    for code in bezoek.behoeften:
        behoefte = bekend.get(code)
        woord = behoefte.naam if behoefte is not None else code.replace("_", " ")
        taal = taal_naam(bezoek.taal) if behoefte is not None and behoefte.vraagt_taal and bezoek.taal else ""
        uit.append(f"{woord} {taal}".strip())
    return tuple(uit)
