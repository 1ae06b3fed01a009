"""De kop van het klantbeeld: naam, geboortedatum, adres, telefoon, BSN, elk met wat ervan verborgen blijft.

Hoort bij `weergave`; staat apart omdat elk gegeven zijn eigen reden heeft om dicht te zijn.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.domain.afspraak import Klantkenmerken
from frontoffice.domain.klant import (
    Adres,
    AdresSoort,
    Bedrijf,
    BedrijfSleutel,
    DigitaalAdres,
    Herkomst,
    KlantSleutel,
    Partij,
    Persoon,
    PersoonSleutel,
)
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon

CONTROLEER_EERST = "Controleer eerst wie u spreekt."
GEEN_NAAM = "(geen naam)"
PUNTJES = "••••••"
_ZEGT_NIETS = ("telefoon", "telefoonnummer", "e-mail", "email", "e-mailadres", "emailadres")

_TALEN = {
    "nld": "Nederlands",
    "dut": "Nederlands",
    "nds": "Nedersaksisch",
    "eng": "Engels",
    "deu": "Duits",
    "ger": "Duits",
    "fra": "Frans",
    "fre": "Frans",
    "pol": "Pools",
    "ukr": "Oekraïens",
    "rus": "Russisch",
    "tur": "Turks",
    "ara": "Arabisch",
    "syc": "Syrisch",
    "syr": "Syrisch",
    "arc": "Aramees",
    "tir": "Tigrinya",
    "spa": "Spaans",
}


@dataclass(frozen=True)
class Gegeven:
    """Eén gegeven in de kop. Wat verborgen is, heeft `onthul` (voor KlantbeeldDienst.onthul) en de reden."""

    soort: str
    label: str
    tekst: str
    kopieerbaar: bool = False
    onthul: str | None = None
    waarom_verborgen: str = ""


def klantnaam(beeld: Klantbeeld) -> str:
    """De naam zoals de klant wordt aangesproken; als de BRP ontbreekt de naam uit het klantregister."""
    return naam_uit(waarde_van(beeld.persoon), waarde_van(beeld.bedrijf), waarde_van(beeld.klant) or ())


def naam_uit(persoon: Persoon | None, bedrijf: Bedrijf | None, partijen: tuple[Partij, ...]) -> str:
    """De naam uit wat de registers gaven: BRP of Handelsregister gaat voor."""
    namen = [persoon.naam.weergave] if persoon else []
    namen += [bedrijf.naam] if bedrijf else []
    namen += [p.organisatienaam or p.naam.weergave for p in partijen]
    naam = next((schoon(n) for n in namen if _heeft_tekst(n)), GEEN_NAAM)
    return naam[:1].upper() + naam[1:]


def maak_kenmerken(
    sleutel: KlantSleutel, persoon: Persoon | None, bedrijf: Bedrijf | None, partijen: tuple[Partij, ...]
) -> Klantkenmerken:
    """Waarop agenda en meldingen te doorzoeken zijn, ook wat het scherm verbergt: het wordt niet getoond."""
    naam = naam_uit(persoon, bedrijf, partijen)
    return Klantkenmerken(
        sleutel,
        tuple(
            adres.adres
            for partij in partijen
            for adres in partij.digitale_adressen
            if adres.soort is AdresSoort.TELEFOON
        ),
        persoon.geboortedatum.volledig if persoon and persoon.geboortedatum else None,
        "" if naam == GEEN_NAAM else naam,
        tuple(
            adres.adres
            for partij in partijen
            for adres in partij.digitale_adressen
            if adres.soort is AdresSoort.EMAIL
        ),
    )


def kenmerken_van(beeld: Klantbeeld) -> Klantkenmerken:
    """De kenmerken van de klant in beeld, voor zover geladen."""
    return maak_kenmerken(
        beeld.sleutel,
        waarde_van(beeld.persoon),
        waarde_van(beeld.bedrijf),
        waarde_van(beeld.klant) or (),
    )


def naam_ongecontroleerd(beeld: Klantbeeld) -> str:
    """Alleen voornaam en eerste letter; wie via een adres met geheimhouding is gevonden, blijft naamloos."""
    if beeld.herkomst is Herkomst.ADRES_GEHEIM:
        return "Persoon met geheimhouding"
    persoon, bedrijf, partijen = (
        waarde_van(beeld.persoon),
        waarde_van(beeld.bedrijf),
        waarde_van(beeld.klant) or (),
    )
    if persoon:
        return schoon(persoon.naam.kort)
    if bedrijf:
        return schoon(bedrijf.naam) or GEEN_NAAM
    return next((korte_naam(partij) for partij in partijen), "Naam volgt")


def korte_naam(partij: Partij) -> str:
    """Hoe een klant heet zolang niemand is gecontroleerd; een organisatienaam is openbaar."""
    return schoon(partij.organisatienaam) or schoon(partij.naam.kort)


def maak_gegevens(beeld: Klantbeeld, werkplek: str) -> tuple[str, tuple[Gegeven, ...]]:
    """De regel onder de naam en de gegevens in leesvolgorde."""
    persoon, bedrijf, partijen = (
        waarde_van(beeld.persoon),
        waarde_van(beeld.bedrijf),
        waarde_van(beeld.klant) or (),
    )
    balie = werkplek == "balie"
    gegevens: list[Gegeven] = []
    ondertitel = ""
    if isinstance(beeld.sleutel, PersoonSleutel):
        gegevens.append(_bsn(beeld.sleutel, beeld))
    if persoon:
        geboren = _geboortedatum(persoon, beeld, balie)
        ondertitel = "" if geboren.onthul else _ondertitel(persoon)
        gegevens += [geboren, _adres(persoon, beeld, balie)]
    if bedrijf:
        gegevens += _bedrijf(bedrijf, beeld)
        ondertitel = schoon(bedrijf.rechtsvorm)
    elif isinstance(beeld.sleutel, BedrijfSleutel):
        gegevens.append(Gegeven("kvk", "KVK-nummer", beeld.sleutel.kvk.nummer, kopieerbaar=True))
    gegevens += _bereikbaarheid(partijen, beeld)
    gegevens += _voorkeuren(partijen)
    return ondertitel, tuple(gegevens)


def _heeft_tekst(tekst: str) -> bool:
    return any(teken.isalnum() for teken in tekst)


def _reden(beeld: Klantbeeld) -> str:
    """Waarom adres en bereikbaarheid dicht zijn; leeg als ze open mogen."""
    if beeld.geheimhouding:
        return "Geheimhouding. Tonen kan met een reden."
    if beeld.geheimhouding_onbekend:
        return "Nog niet bekend of er geheimhouding is. Tonen kan met een reden."
    return ""


def _bsn(sleutel: PersoonSleutel, beeld: Klantbeeld) -> Gegeven:
    if "bsn" in beeld.onthuld:
        return Gegeven("bsn", "BSN", sleutel.bsn.nummer, kopieerbaar=True)
    return Gegeven(
        "bsn", "BSN", sleutel.bsn.gemaskeerd, onthul="bsn", waarom_verborgen="Alleen tonen als het nodig is."
    )


def _geboortedatum(persoon: Persoon, beeld: Klantbeeld, balie: bool) -> Gegeven:
    if balie and "geboortedatum" not in beeld.onthuld:
        return Gegeven(
            "geboortedatum",
            "Geboortedatum",
            PUNTJES,
            onthul="geboortedatum",
            waarom_verborgen="Aan de balie dicht.",
        )
    tekst = persoon.geboortedatum.weergave if persoon.geboortedatum else "onbekend"
    return Gegeven("geboortedatum", "Geboortedatum", tekst, kopieerbaar=tekst != "onbekend")


def _ondertitel(persoon: Persoon) -> str:
    geboren = persoon.geboortedatum.weergave if persoon.geboortedatum else "onbekend"
    if persoon.overleden:
        overleden = persoon.overlijdensdatum.weergave if persoon.overlijdensdatum else "datum onbekend"
        return f"geb. {geboren}, overleden {overleden}"
    return f"geb. {geboren}" + (f" ({persoon.leeftijd})" if persoon.leeftijd is not None else "")


def _adres(persoon: Persoon, beeld: Klantbeeld, balie: bool) -> Gegeven:
    reden = _reden(beeld) or ("Aan de balie dicht." if balie else "")
    if reden and "adres" not in beeld.onthuld:
        return Gegeven("adres", "Adres", PUNTJES, onthul="adres", waarom_verborgen=reden)
    if persoon.adres is None or not persoon.adres.regels:
        return Gegeven("adres", "Adres", "Adres onbekend")
    niet_zeker = persoon.adres_in_onderzoek or persoon.adres.in_onderzoek
    tekst = adres_in_regel(persoon.adres)
    return Gegeven(
        "adres", "Adres", f"{tekst} (niet zeker)" if niet_zeker else tekst, kopieerbaar=not niet_zeker
    )


def adres_in_regel(adres: Adres) -> str:
    return ", ".join(schoon(regel) for regel in adres.regels if regel.strip())


def _bereikbaarheid(partijen: tuple[Partij, ...], beeld: Klantbeeld) -> list[Gegeven]:
    adressen: dict[tuple[AdresSoort, str], DigitaalAdres] = {}
    for partij in partijen:
        for adres in sorted(partij.digitale_adressen, key=lambda a: not a.is_standaard):
            adressen.setdefault((adres.soort, _leesbaar(adres)), adres)
    gegevens = []
    reden = _reden(beeld)
    for soort, naam, label in (
        (AdresSoort.TELEFOON, "telefoon", "Telefoon"),
        (AdresSoort.EMAIL, "email", "E-mail"),
        (AdresSoort.OVERIG, "overig", "Ander contact"),
    ):
        eigen = [a for a in adressen.values() if a.soort is soort]
        sleutel = "email" if naam == "overig" else naam
        if eigen and reden and sleutel not in beeld.onthuld:
            gegevens.append(Gegeven(naam, label, PUNTJES, onthul=sleutel, waarom_verborgen=reden))
        else:
            gegevens += [
                Gegeven(naam, _label(label, a.omschrijving), _leesbaar(a), kopieerbaar=True) for a in eigen
            ]
    return gegevens


def _leesbaar(adres: DigitaalAdres) -> str:
    """Het adres zoals men het leest; een nummer in elke notatie wordt dezelfde: "053 461 1234"."""
    nummer = lees_telefoon(adres.adres) if adres.soort is AdresSoort.TELEFOON else None
    return toon_telefoon(nummer) if nummer else schoon(adres.adres)


def _label(label: str, omschrijving: str) -> str:
    """ "Telefoon (werk)"; een omschrijving die alleen de soort noemt, voegt niets toe."""
    eigen = schoon(omschrijving)
    return label if eigen.lower() in ("", *_ZEGT_NIETS) else f"{label} ({eigen.lower()})"


def _voorkeuren(partijen: tuple[Partij, ...]) -> list[Gegeven]:
    kanaal = next((p.voorkeurskanaal for p in partijen if p.voorkeurskanaal), "")
    taal = next((p.voorkeurstaal for p in partijen if p.voorkeurstaal), "")
    gegevens = [Gegeven("voorkeurskanaal", "Liefst per", schoon(kanaal))] if kanaal else []
    if taal:
        gegevens.append(Gegeven("taal", "Taal", _TALEN.get(taal.lower(), schoon(taal))))
    return gegevens


def _bedrijf(bedrijf: Bedrijf, beeld: Klantbeeld) -> list[Gegeven]:
    gegevens = [Gegeven("kvk", "KVK-nummer", bedrijf.kvk.nummer, kopieerbaar=True)]
    if bedrijf.vestiging:
        gegevens.append(Gegeven("vestiging", "Vestigingsnummer", bedrijf.vestiging.nummer, kopieerbaar=True))
    if bedrijf.rsin:
        gegevens.append(Gegeven("rsin", "RSIN", schoon(bedrijf.rsin), kopieerbaar=True))
    if (bedrijf.adres_afgeschermd or beeld.geheimhouding) and "adres" not in beeld.onthuld:
        reden = "Het Handelsregister schermt dit adres af. Tonen kan met een reden."
        gegevens.append(Gegeven("adres", "Adres", PUNTJES, onthul="adres", waarom_verborgen=reden))
    else:
        tekst = adres_in_regel(bedrijf.adres) if bedrijf.adres else ""
        gegevens.append(Gegeven("adres", "Adres", tekst or "Adres onbekend", kopieerbaar=bool(tekst)))
    namen = [schoon(naam) for naam in bedrijf.handelsnamen if schoon(naam) != schoon(bedrijf.naam)]
    if namen:
        gegevens.append(Gegeven("handelsnamen", "Ook bekend als", ", ".join(namen)))
    if bedrijf.activiteiten:
        gegevens.append(Gegeven("activiteiten", "Doet", ", ".join(schoon(a) for a in bedrijf.activiteiten)))
    if bedrijf.geen_reclame:
        gegevens.append(Gegeven("geen_reclame", "Post", "Stuur geen reclame"))
    if not bedrijf.actief:
        gegevens.append(Gegeven("actief", "Inschrijving", "Uitgeschreven uit het Handelsregister"))
    return gegevens
