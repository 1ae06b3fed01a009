"""De JSON-documenten en de leesbare regels van `kif klant`, gemaakt van wat getoond mag worden.

Een sleutel die niet van toepassing of verborgen is, staat er niet. Sleutels veranderen nooit van betekenis;
er komen er alleen bij.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from frontoffice.domain.fouten import NietGevonden
from frontoffice.domain.klant import BedrijfSleutel, Kandidaat, PersoonSleutel
from frontoffice.domain.klantbeeld import (
    Aandachtspunt,
    Contacten,
    Geladen,
    Klantbeeld,
    Mislukt,
    Onderdeel,
    Zaken,
    waarde_van,
)
from frontoffice.domain.taal import lokaal
from frontoffice.domain.tijdlijn import TijdlijnItem
from frontoffice.domain.verzoek import Verzoek
from frontoffice.domain.weergave import GEEN_STATUS, NIEMAND, KlantWeergave, ZaakRegel
from frontoffice.domain.weergave_afspraak import AfspraakRegel
from frontoffice.domain.zaak import Catalogus
from frontoffice.services.zoeken import Zoekresultaat

Json = dict[str, object]


def _gevuld(**velden: object) -> Json:
    """De velden zonder wat leeg is; onwaar en nul blijven staan."""
    return {naam: waarde for naam, waarde in velden.items() if waarde not in (None, "", (), [], {})}


def _moment(om: datetime) -> str:
    return om.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def kandidaten_document(resultaat: Zoekresultaat, rijen: Iterable[tuple[Kandidaat, str]]) -> Json:
    """`{"kandidaten": […], "uitleg"}`; `meer` staat er als het register er meer heeft dan het gaf."""
    inhoud: Json = {"kandidaten": [_kandidaat(kandidaat, sleutel) for kandidaat, sleutel in rijen]}
    return {**inhoud, **_gevuld(uitleg=resultaat.uitleg, meer=resultaat.meer or None)}


def _kandidaat(kandidaat: Kandidaat, sleutel: str) -> Json:
    bsn = kandidaat.sleutel.bsn.gemaskeerd if isinstance(kandidaat.sleutel, PersoonSleutel) else None
    return _gevuld(
        naam=kandidaat.naam,
        geboortedatum=kandidaat.geboortedatum.iso if kandidaat.geboortedatum else None,
        adres=kandidaat.adres,
        bsn_gemaskeerd=None if kandidaat.mogelijk else bsn,
        kvk=kandidaat.sleutel.kvk.nummer if isinstance(kandidaat.sleutel, BedrijfSleutel) else None,
        toelichting=kandidaat.toelichting,
        geheimhouding=kandidaat.geheimhouding or None,
        mogelijk=kandidaat.mogelijk or None,
        sleutel=sleutel,
    )


def klant_document(beeld: Klantbeeld, weergave: KlantWeergave) -> Json:
    """Het hele klantbeeld zoals het getoond mag worden."""
    inhoud: Json = {
        "klant": _klant(beeld, weergave),
        "onderdelen": {
            naam: _onderdeel(naam, deel, tel=weergave.gecontroleerd)
            for naam, deel in beeld.onderdelen.items()
        },
        "tijdlijn": [_item(item) for item in weergave.tijdlijn],
        "zaken": [_zaak(regel) for regel in weergave.zaken],
        **({"afspraken": [_afspraak(r) for r in weergave.afspraken]} if beeld.afspraken else {}),
        "aandacht": [_aandacht(punt) for punt in weergave.aandacht],
        "verzoeken": [_verzoek(verzoek) for verzoek in beeld.verzoeken],
    }
    meer = _gevuld(
        zaken_samenvatting=weergave.zaken_samenvatting,
        tijdlijn_meer=weergave.tijdlijn_meer or None,
        meldingen=list(weergave.tijdlijn_meldingen),
    )
    return {**inhoud, **meer}


def _klant(beeld: Klantbeeld, weergave: KlantWeergave) -> Json:
    zichtbaar = {gegeven.soort for gegeven in weergave.gegevens if gegeven.onthul is None}
    persoon = waarde_van(beeld.persoon)
    sleutel = beeld.sleutel
    geboren = persoon.geboortedatum if persoon and "geboortedatum" in zichtbaar else None
    return _gevuld(
        naam=weergave.naam,
        gecontroleerd=weergave.gecontroleerd,
        herkomst=beeld.herkomst.value,
        geboortedatum=geboren.iso if geboren else None,
        leeftijd=persoon.leeftijd if persoon and geboren else None,
        bsn_gemaskeerd=sleutel.bsn.gemaskeerd
        if weergave.gecontroleerd and isinstance(sleutel, PersoonSleutel)
        else None,
        kvk=sleutel.kvk.nummer if weergave.gecontroleerd and isinstance(sleutel, BedrijfSleutel) else None,
        vestiging=sleutel.vestiging.nummer
        if weergave.gecontroleerd and isinstance(sleutel, BedrijfSleutel) and sleutel.vestiging
        else None,
        adres=next((g.tekst for g in weergave.gegevens if g.soort == "adres" and g.onthul is None), None)
        if _heeft_adres(beeld)
        else None,
        contactgegevens=[
            {"soort": g.soort, "tekst": g.tekst}
            for g in weergave.gegevens
            if g.soort in ("telefoon", "email") and g.onthul is None
        ],
        gegevens=[
            {"soort": g.soort, "label": g.label, "tekst": g.tekst}
            for g in weergave.gegevens
            if g.onthul is None
        ],
        verborgen=[{"soort": g.soort, "waarom": g.waarom_verborgen} for g in weergave.gegevens if g.onthul],
        waarschuwingen=[{"soort": w.soort.value, "tekst": w.tekst} for w in weergave.waarschuwingen],
        geheimhouding=True if beeld.geheimhouding else None if beeld.geheimhouding_onbekend else False,
        opmerkingen=list(weergave.opmerkingen),
        uitleg=weergave.uitleg,
    )


def _heeft_adres(beeld: Klantbeeld) -> bool:
    bronnen = (waarde_van(beeld.persoon), waarde_van(beeld.bedrijf))
    return any(bron is not None and bron.adres is not None for bron in bronnen)


def is_leeg(naam: str, deel: Onderdeel[object]) -> bool:
    """Waar als BRP of Handelsregister antwoordde dat deze persoon of dit bedrijf er niet is: geen storing.

    Een 404 van de BRP zelf telt niet: die antwoordt op een onbekend BSN met een lege lijst.
    """
    if not isinstance(deel, Mislukt) or not isinstance(deel.fout, NietGevonden):
        return False
    return naam == "bedrijf" or (naam == "persoon" and deel.fout.http_status in (None, 200))


def is_mislukt(beeld: Klantbeeld) -> bool:
    """Waar als een onderdeel niet is geladen terwijl het er wel kan zijn."""
    return any(
        isinstance(deel, Mislukt) and not is_leeg(naam, deel) for naam, deel in beeld.onderdelen.items()
    )


def _onderdeel(naam: str, deel: Onderdeel[object], *, tel: bool) -> Json:
    """`aantal` ontbreekt zolang de klant niet is gecontroleerd: ook hoeveel er is, zegt iets over iemand."""
    if isinstance(deel, Geladen):
        return _gevuld(toestand="geladen", ms=round(deel.ms, 1), aantal=_aantal(deel.waarde) if tel else None)
    if isinstance(deel, Mislukt):
        if is_leeg(naam, deel):
            return _gevuld(toestand="geladen", ms=round(deel.ms, 1), aantal=0 if tel else None)
        fout: Json = {"code": deel.fout.code, "uitleg": deel.fout.uitleg}
        return {"toestand": "mislukt", "fout": fout, "ms": round(deel.ms, 1)}
    return {"toestand": "laden"}


def _aantal(waarde: object) -> int:
    if isinstance(waarde, Contacten):
        # Het register telt dubbele rijen mee; is alles er, dan is zelf tellen eerlijker.
        return waarde.totaal if waarde.volgende_pagina is not None else len(waarde.rijen)
    if isinstance(waarde, Zaken):
        return len(waarde.zaken)
    if isinstance(waarde, Catalogus):
        return len(waarde.zaaktypen)
    return len(waarde) if isinstance(waarde, tuple) else int(waarde is not None)


def _item(item: TijdlijnItem) -> Json:
    return _gevuld(
        om=_moment(item.om),
        soort=item.soort.value,
        titel=item.titel,
        regel=item.regel,
        tekst=item.tekst,
        kanaal=item.kanaal,
        wie=item.wie,
        toestand=item.toestand,
        gevoelig=item.gevoelig or None,
        verwijzing=list(item.verwijzing) if item.verwijzing else None,
    )


def _zaak(regel: ZaakRegel) -> Json:
    return _gevuld(
        identificatie=regel.identificatie,
        uuid=regel.uuid,
        zaaktype=regel.zaaktype,
        omschrijving=regel.omschrijving,
        status=None if regel.status == GEEN_STATUS else regel.status,
        uiterste_datum=regel.uiterste_datum.isoformat() if regel.uiterste_datum else None,
        streefdatum=regel.streefdatum.isoformat() if regel.streefdatum else None,
        dagen=regel.dagen,
        termijn=regel.termijn,
        ernst=regel.ernst.value,
        behandelaar=None if regel.behandelaar == NIEMAND else regel.behandelaar,
        rol=regel.rol,
        open=regel.open,
    )


def _afspraak(regel: AfspraakRegel) -> Json:
    """`mogelijk` staat er als alleen telefoon en geboortedatum of achternaam kloppen. Wat nog komt eerst."""
    return _gevuld(
        nummer=regel.nummer,
        begin=lokaal(regel.begin).isoformat(),
        eind=lokaal(regel.eind).isoformat(),
        producten=regel.producten,
        toestand=regel.woord,
        komt_nog=regel.komt_nog,
        mogelijk=None if regel.zeker else True,
        moet_verzet=regel.moet_verzet or None,
        geschiedenis=list(regel.geschiedenis),
    )


def _aandacht(punt: Aandachtspunt) -> Json:
    return _gevuld(
        soort=punt.soort.value,
        tekst=punt.tekst,
        actie=punt.actie,
        actie_tekst=punt.actie_tekst,
        verwijzing=punt.verwijzing,
    )


def _verzoek(verzoek: Verzoek) -> Json:
    """`status` is null als er geen antwoord kwam."""
    return {
        "register": verzoek.register,
        "methode": verzoek.methode,
        "pad": verzoek.pad,
        "status": verzoek.status,
        "ms": round(verzoek.ms, 1),
        "diepte": verzoek.diepte,
    }


def klant_regels(weergave: KlantWeergave) -> Iterator[str]:
    """Het klantbeeld als leesbare regels; stuurtekens haalt de uitvoer weg."""
    for waarschuwing in weergave.waarschuwingen:
        yield f"! {waarschuwing.tekst}"
    yield " - ".join(deel for deel in (weergave.naam, weergave.ondertitel) if deel)
    if weergave.uitleg:
        yield weergave.uitleg
    for gegeven in weergave.gegevens:
        waarom = f" ({gegeven.waarom_verborgen})" if gegeven.onthul and gegeven.waarom_verborgen else ""
        yield f"  {gegeven.label}: {gegeven.tekst}{waarom}"
    for opmerking in weergave.opmerkingen:
        yield f"  {opmerking}"
    yield from _blok("Wat speelt er", [punt.tekst for punt in weergave.aandacht])
    yield from _blok("Open zaken", [_zaakregel(regel) for regel in weergave.zaken])
    komend = [f"{r.zin} - {r.producten} - {r.nummer}" for r in weergave.afspraken if r.komt_nog]
    yield from _blok("Afspraken die nog komen", komend)
    yield from _blok("Tijdlijn", [_itemregel(item) for item in weergave.tijdlijn])
    for melding in weergave.tijdlijn_meldingen:
        yield f"  {melding}"
    mislukt = [
        f"{naam}: {toestand.tekst}"
        for naam, toestand in weergave.toestanden.items()
        if toestand.soort != "geladen"
    ]
    yield from _blok("Niet geladen", mislukt)


def _blok(kop: str, regels: Sequence[str]) -> Iterator[str]:
    if regels:
        yield ""
        yield f"{kop} ({len(regels)})"
        for regel in regels:
            yield f"  {regel}"


def _zaakregel(regel: ZaakRegel) -> str:
    return " - ".join(
        d for d in (regel.identificatie, regel.zaaktype, regel.status, regel.termijn, regel.rol) if d
    )


def _itemregel(item: TijdlijnItem) -> str:
    return " - ".join(
        deel
        for deel in (_moment(item.om), item.kanaal, item.titel, item.regel, item.toestand, item.wie)
        if deel
    )
