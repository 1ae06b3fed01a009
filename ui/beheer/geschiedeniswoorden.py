"""Wat er in de geschiedenis staat in de woorden van het scherm: wie, wat, en wat er precies anders werd.

Alleen tekst; kent geen widgets en leest niets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from frontoffice.agenda.avond import KIF
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agendapoort import Gebeurtenis
from frontoffice.domain import taal
from ui.beheer.woorden import TOESTANDEN, hoofdletter

SOORTEN = {
    "regels": "openingstijd",
    "uitzonderingen": "uitzondering",
    "feestdagen": "feestdag",
    "balies": "balie",
    "medewerkers": "medewerker",
    "diensten": "werktijd",
    "blokkades": "pauze",
    "producten": "product",
    "combinaties": "combinatie",
    "behoeften": "behoefte",
    "locatie": "locatie",
    "avond": "avond",
}
_VELDEN = {
    "van": "van", "tot": "tot", "balie": "balie", "medewerker": "wie", "rol": "rol", "toestand": "stand",
    "reden": "reden", "soort": "soort", "naam": "naam", "minuten": "duur", "actief_van": "in gebruik van",
    "actief_tot": "in gebruik tot en met", "geldig_van": "geldig van", "geldig_tot": "geldig tot en met",
    "weekdagen": "dagen", "elke_weken": "om de zoveel weken", "bevoegdheden": "mag doen", "datum": "datum",
    "avond": "in de avond", "anker": "eerste week", "weken_van_maand": "weken van de maand",
    "minuten_per_extra": "minuten per extra persoon", "personen_max": "hoogste aantal personen",
    "per_avond_max": "hoogste aantal per avond", "tegelijk_max": "hoogste aantal tegelijk",
    "beleid": "beleid", "jaarlijks": "dag van het jaar", "naam_van": "feestdag",
    "buffer": "tijd erna", "voorzieningen": "voorzieningen", "boven_feestdag": "boven de feestdag",
    "horizon_dagen": "dagen vooruit", "uitgifte_uur": "laatste dag gaat open om",
    "organisatie": "organisatie", "organisaties": "organisaties", "volgorde": "volgorde",
    "kosten": "kosten", "meenemen": "meenemen", "wie_komt": "wie komt", "vervolg": "wat erna komt",
    "vertaald": "vertaling", "synoniemen": "andere woorden", "aanlooptijd": "van tevoren",
    "overdag_verwijzing": "overdag", "overdracht": "overnemen mag", "minderjarig": "alleen voor een kind",
    "mag": "mag samen", "minuten_minder": "minuten minder", "minuten_erbij": "minuten erbij",
    "procent_erbij": "procent langer", "vraagt_taal": "vraagt een taal", "grote_letters": "grote letters",
    "kanaalmaximum": "hoogstens per kanaal", "stap": "begintijden om de", "vasthouden": "minuten vast",
    "groep": "groep in de wachtruimte", "avondregels": "regels van de avond", "avondtaken": "niet vergeten",
    "adres": "adres", "telefoon": "telefoon", "website": "website", "notitie": "notitie",
}  # fmt: skip
_HANDELINGEN = {"toegevoegd": "toegevoegd", "gewijzigd": "gewijzigd", "verwijderd": "weggehaald"}
_DATUM = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIJD = re.compile(r"(\d{2}):(\d{2}):\d{2}")


def moment(op: datetime, vandaag: date) -> str:
    """ "vandaag 14.03 uur", "di 3 nov 9.15 uur"."""
    dag = taal.dag_van(op)
    dagtekst = "vandaag" if dag == vandaag else taal.datum_kort(dag, vandaag)
    return f"{dagtekst} {taal.tijd(op)}"


def gebeurtenis_titel(gebeurtenis: Gebeurtenis, inrichting: Inrichting) -> str:
    """ "Werktijd van Wendy Snijders gewijzigd"."""
    soort, _, id_ = gebeurtenis.onderwerp.partition(":")
    if soort == "avond" and gebeurtenis.soort == "ingelezen":
        aantal = int(gebeurtenis.na.get("afspraken", 0))
        eigenaar = str(gebeurtenis.na.get("eigenaar", KIF))
        wie = "" if eigenaar == KIF else f", gepland in {eigenaar}"
        return f"Web-afspraken ingelezen: {aantal}{wie}"
    if soort == "avond" and gebeurtenis.soort == "uitval":
        aantal = int(gebeurtenis.na.get("te_verzetten", 0))
        wat = gebeurtenis.reden or "teruggedraaid"
        return f"Uitval: {wat}, {taal.aantal(aantal, 'afspraak', 'afspraken')} te verzetten"
    if soort == "avond" and gebeurtenis.soort == "avond_opnieuw":
        return "Proefavond opnieuw begonnen"
    if soort == "avond":
        return f"Avond: {_toestand(gebeurtenis.na.get('toestand')) or gebeurtenis.soort}"
    handeling = _HANDELINGEN.get(gebeurtenis.soort, gebeurtenis.soort)
    van = _van_wie(soort, id_, {**gebeurtenis.voor, **gebeurtenis.na}, inrichting)
    return hoofdletter(f"{SOORTEN.get(soort, soort)}{van} {handeling}")


def _toestand(waarde: object) -> str:
    bekend = {toestand.value: naam for toestand, naam in TOESTANDEN.items()}
    return bekend.get(str(waarde), str(waarde)) if waarde else ""


def _van_wie(soort: str, id_: str, inhoud: Mapping[str, Any], inrichting: Inrichting) -> str:
    if soort == "diensten":
        medewerker = inrichting.medewerker.get(str(inhoud.get("medewerker", "")))
        return f" van {medewerker.naam}" if medewerker else ""
    if soort == "medewerkers":
        medewerker = inrichting.medewerker.get(id_)
        return f" {medewerker.naam}" if medewerker else f" {id_}"
    if soort == "combinaties":
        return f" {_product(inhoud.get('product'), inrichting)} + {_product(inhoud.get('ander'), inrichting)}"
    naam = inhoud.get("naam") or inhoud.get("reden")
    eigen = isinstance(naam, str) and bool(naam) and naam.casefold() != SOORTEN.get(soort, "")
    return f" {naam}" if eigen else ""


def gebeurtenis_onder(gebeurtenis: Gebeurtenis, inrichting: Inrichting, vandaag: date) -> str:
    """Wanneer, wie en wat er veranderde, op één regel."""
    delen = [moment(gebeurtenis.op, vandaag), gebeurtenis.wie.medewerker]
    if gebeurtenis.soort == "gewijzigd":
        delen += differences(gebeurtenis, inrichting)
    if gebeurtenis.reden and gebeurtenis.reden not in gebeurtenis_titel(gebeurtenis, inrichting):
        delen.append(gebeurtenis.reden)
    return " · ".join(deel for deel in delen if deel)


def differences(gebeurtenis: Gebeurtenis, inrichting: Inrichting) -> list[str]:
    """Per veld wat het was en wat het werd; van een lijst wat erbij kwam en wat eruit ging.

    Van iets nieuws staat er wat het werd, van iets wat weg is wat het was.
    """
    if gebeurtenis.onderwerp.startswith("avond:"):
        voor, na = (_toestand(kant.get("toestand")) for kant in (gebeurtenis.voor, gebeurtenis.na))
        return [f"{voor} → {na}"] if voor and na else []
    uit = []
    for sleutel in {**gebeurtenis.voor, **gebeurtenis.na}:
        was, is_ = gebeurtenis.voor.get(sleutel), gebeurtenis.na.get(sleutel)
        naam = _VELDEN.get(sleutel)
        if was == is_ or naam is None:
            continue
        if not gebeurtenis.voor or not gebeurtenis.na:
            waarde = is_ if gebeurtenis.na else was
            tekst = _dagen(waarde) if sleutel == "weekdagen" else _waarde(waarde, inrichting)
            leeg = waarde in (None, "", [], {}, False, 0) or tekst == "geen"
            if not leeg and sleutel not in ("naam", "datum"):
                uit.append(f"{naam}: {tekst}")
        elif sleutel == "weekdagen":
            uit.append(f"{naam}: {_dagen(was)} → {_dagen(is_)}")
        elif _is_lijst(was) and _is_lijst(is_):
            uit.append(f"{naam}: {_lijstverschil(was or [], is_ or [], inrichting)}")
        else:
            uit.append(f"{naam}: {_waarde(was, inrichting)} → {_waarde(is_, inrichting)}")
    return uit


def _dagen(waarde: Any) -> str:
    return ", ".join(taal.DAGEN[dag] for dag in sorted(waarde or ())) or "leeg"


def _is_lijst(waarde: Any) -> bool:
    return waarde is None or isinstance(waarde, list | tuple)


def _lijstverschil(was: Sequence[Any], is_: Sequence[Any], inrichting: Inrichting) -> str:
    erbij = [_waarde(deel, inrichting) for deel in is_ if deel not in was]
    weg = [_waarde(deel, inrichting) for deel in was if deel not in is_]
    delen = [f"{kop} {'; '.join(lijst)}" for kop, lijst in (("erbij", erbij), ("weg", weg)) if lijst]
    return ", ".join(delen) or "andere volgorde"


def _waarde(waarde: Any, inrichting: Inrichting) -> str:
    if waarde is None or waarde == "":
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list | tuple):
        return ", ".join(_waarde(deel, inrichting) for deel in waarde) or "leeg"
    if isinstance(waarde, Mapping):
        return _deel(waarde, inrichting)
    tekst = str(waarde)
    if tekst in inrichting.balie:
        return inrichting.balie[tekst].naam
    if tekst in inrichting.medewerker:
        return inrichting.medewerker[tekst].naam
    if delen := _DATUM.fullmatch(tekst):
        return f"{int(delen[3])}-{int(delen[2])}-{delen[1]}"
    if delen := _TIJD.fullmatch(tekst):
        return f"{int(delen[1])}.{delen[2]}"
    return tekst.replace("_", " ")


def _deel(deel: Mapping[str, Any], inrichting: Inrichting) -> str:
    """Een prijs, iets om mee te nemen, wie er komt, een bevoegdheid: met alles wat er niet leeg is."""
    if "werkdagen" in deel:
        dagen = taal.aantal(int(deel["werkdagen"]), "werkdag", "werkdagen")
        return f"{_product(deel.get('product'), inrichting)} na {dagen}"
    if "eenheid" in deel:
        delen = [f"{deel.get('aantal')} {deel['eenheid']}"] if deel.get("aantal") else []
        delen += [f"{deel['minuten']} minuten"] if deel.get("minuten") else []
        return " en ".join(delen) or "geen"
    kop = str(deel.get("tekst") or deel.get("rol") or deel.get("soort") or "")
    if "bedrag" in deel:
        kop = f"€ {str(deel['bedrag']).replace('.', ',')}"
    rest = []
    for sleutel, waarde in deel.items():
        if sleutel in _KOPPEN or waarde is None or waarde is True or waarde in ("", {}, [], "aanvraag"):
            continue
        if isinstance(waarde, Mapping):
            rest.append(_deel(waarde, inrichting))
        else:
            rest.append(f"{_DEELWOORD.get(sleutel, sleutel)} {_waarde(waarde, inrichting)}")
    rest = [tekst for tekst in rest if tekst]
    return f"{kop} ({', '.join(rest)})" if kop and rest else kop or ", ".join(rest)


_KOPPEN = ("bedrag", "tekst", "rol", "soort", "vertaald", "bron")
_DEELWOORD = {
    "geldig_van": "vanaf", "geldig_tot": "tot en met", "leeftijd_onder": "onder",
    "leeftijd_vanaf": "vanaf leeftijd", "omstandigheid": "bij", "aantal": "aantal", "vervanging": "of",
    "toestemming_dagen": "dagen geldig", "variant": "soort", "wanneer": "bij", "verplicht": "verplicht",
    "zelfstandig": "zelfstandig", "de": "Duits", "en": "Engels",
}  # fmt: skip


def _product(code: Any, inrichting: Inrichting) -> str:
    product = inrichting.product.get(str(code))
    return product.naam if product else str(code or "")
