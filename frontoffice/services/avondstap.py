"""Eén genoteerde stap uitvoeren: in de agenda, of op het laatste beeld van deze werkplek."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond import inpassen, stappen
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.doorwerken import step
from frontoffice.agenda.vanavond.wat_wel import find_wat_wel
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.wensen import plan_wens
from frontoffice.avondpoort import Avondnotitie
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakgegevens import LANGSTE_NAAM, LANGSTE_OPMERKING, has_bsn
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vanavondstand import fill
from frontoffice.services.vanavondwaarden import PastNiet

_MET_TIJD = frozenset({"arrive", "recall", "start", "no_show", "come_after_all", "put_back"})
_LANGSTE = {"naam": LANGSTE_NAAM, "notitie": LANGSTE_OPMERKING, "reden": 200}
_AAN_BALIE = frozenset({"start", "park", "finish", "no_show"})


def run_stap(
    vanavond: Vanavonddienst,
    notitie: Avondnotitie,
    verzoek_id: str,
    op: datetime | None,
    *,
    nagekomen: bool = False,
) -> Bezoek | None:
    """Doe deze stap in de agenda. `nagekomen`: hij is al gebeurd, dus vraag niet meer of het past.

    Raises wat de dienst weigert.
    """
    n, wat, id_ = notitie, notitie.argumenten, notitie.bezoek
    v: dict[str, object] = {"verzoek_id": verzoek_id, "op": op}
    if n.soort in _AAN_BALIE and wat.get("balie"):
        v["balie"] = wat["balie"]
    doe: Callable[..., Bezoek | None] = getattr(vanavond, n.soort)
    match n.soort:
        case "walk_in":
            nummer = n.na.volgnummer if nagekomen and n.na is not None else ""
            return doe(n.wens, wat["naam"], voorrang=wat["voorrang"], volgnummer=nummer, toch=nagekomen, **v)
        case "refuse":
            return doe(n.wens, wat["waarom"], verzoek_id=wat["van"], op=op)
        case "call_next":
            return doe(wat["balie"], **v)
        case "call" | "resume":
            return doe(id_, wat["balie"], **v)
        case "park":
            return doe(id_, wat["reden"], **v)
        case "finish":
            return doe(id_, n.uitkomsten, vervolg=wat.get("vervolg", ""), **v)
        case "set_notitie":
            return doe(id_, wat["notitie"], **v)
        case "set_voorrang":
            return doe(id_, wat["voorrang"], **v)
        case "set_behoeften":
            return doe(id_, wat["behoeften"], **v)
        case "undo":
            return doe(wat["stap"], **v)
        case soort if soort in _MET_TIJD:
            return doe(id_, **v)
    raise ValueError(n.soort)


def run_lokaal(
    stand: Avondstand, inrichting: Inrichting | None, notitie: Avondnotitie, volgnummer: str
) -> Bezoek:
    """Hoe het bezoek er na deze stap uitziet. `volgnummer` alleen voor wie zonder afspraak komt.

    Raises Geweigerd, InvoerFout als het niet kan.
    """
    n, wat, op, id_ = notitie, notitie.argumenten, notitie.op, notitie.bezoek
    check_teksten(wat)
    balie = str(wat.get("balie", ""))
    match n.soort:
        case "walk_in":
            return _walk_in(stand, inrichting, n, volgnummer)
        case "call":
            return step(stand, id_, "bezoek_opgeroepen", lambda b, r: stappen.call(b, balie, op, r), balie)
        case "resume":
            return step(stand, id_, "bezoek_hervat", lambda b, _: stappen.resume(b, balie, op), balie)
        case "park":
            reden = str(wat["reden"])
            return step(stand, id_, "bezoek_even_apart", lambda b, _: stappen.park(b, op, reden))
        case "finish":
            vervolg = str(wat.get("vervolg", ""))
            return step(stand, id_, "bezoek_klaar", lambda b, _: stappen.finish(b, op, n.uitkomsten, vervolg))
        case "arrive":
            return step(stand, id_, "bezoek_aangemeld", lambda b, r: stappen.arrive(b, op, r))
        case "recall":
            return step(stand, id_, "bezoek_opnieuw_opgeroepen", lambda b, r: stappen.recall(b, op, r))
        case "start":
            return step(stand, id_, "bezoek_aan_de_balie", lambda b, _: stappen.start(b, op))
        case "no_show":
            return step(stand, id_, "bezoek_niet_gekomen", lambda b, r: stappen.no_show(b, op, r))
        case "come_after_all":
            return step(stand, id_, "bezoek_toch_gekomen", lambda b, _: stappen.come_after_all(b, op))
        case "put_back":
            return step(stand, id_, "bezoek_terug", lambda b, _: stappen.put_back(b))
        case "set_notitie" | "set_voorrang" | "set_behoeften":
            return step(stand, id_, "bezoek_gewijzigd", lambda b, _: _change(b, n))
    raise ValueError(n.soort)


def check_teksten(argumenten: Mapping[str, str | bool | list[str]]) -> None:
    """Wat de agenda straks toch weigert, weigeren wij meteen. Raises InvoerFout."""
    for veld, langste in _LANGSTE.items():
        tekst = str(argumenten.get(veld, ""))
        if len(tekst) > langste:
            raise InvoerFout(f"Deze tekst is te lang. Gebruik hoogstens {langste} tekens.", code=veld)
        if has_bsn(tekst):
            raise InvoerFout(
                "Hier staat een burgerservicenummer. Haal dat weg: de agenda bewaart het niet.", code=veld
            )


def _change(bezoek: Bezoek, notitie: Avondnotitie) -> Bezoek:
    wat = notitie.argumenten
    match notitie.soort:
        case "set_notitie":
            return replace(bezoek, notitie=str(wat["notitie"]))
        case "set_voorrang":
            return replace(bezoek, voorrang=bool(wat["voorrang"]))
    lijst = wat["behoeften"]
    return replace(bezoek, behoeften=tuple(lijst) if isinstance(lijst, list) else ())


def _walk_in(
    stand: Avondstand, inrichting: Inrichting | None, notitie: Avondnotitie, volgnummer: str
) -> Bezoek:
    """Dezelfde rekensom als met verbinding, op wat hier bekend is. Raises PastNiet."""
    wens, op = notitie.wens, notitie.op
    assert wens is not None
    assert inrichting is not None
    plan = plan_wens(inrichting, wens, notitie.datum)
    voorrang = bool(notitie.argumenten["voorrang"])
    kalender = Kalender(inrichting)
    plaats = inpassen.fit_in(stand, inrichting, kalender, plan, op, voorrang=voorrang)
    if isinstance(plaats, inpassen.PastNiet):
        raise PastNiet.of_uitkomst(plaats, find_wat_wel(stand, inrichting, kalender, wens, op))
    if isinstance(plan, Weigering):
        raise PastNiet(" ".join(reden.tekst for reden in plan.redenen))
    bezoek = Bezoek(
        id=notitie.verzoek_id,
        datum=notitie.datum,
        volgnummer=volgnummer,
        soort=SoortBezoek.ZONDER_AFSPRAAK,
        toestand=Toestand.AANGEMELD,
        regels=plan.regels,
        eisen=plan.eisen,
        minuten=plan.minuten,
        voorrang=voorrang,
        behoeften=wens.behoeften,
        taal=wens.taal,
        aangemeld_op=op,
    )
    return fill(bezoek, inrichting)
