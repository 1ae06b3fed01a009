"""BRP Personen bevragen 2.7 (Haal Centraal). Vraagt per soort vraag alleen de velden die het scherm toont.

Alle vragen zijn POST: een BSN, naam of adres staat nooit in een URL. Het doel (doelbinding) gaat per soort
vraag mee in headers uit het profiel; of er een doel is, bewaakt wie dit bouwt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.fouten import (
    Afgekeurd,
    FilterGenegeerd,
    InvoerFout,
    NietGevonden,
    RegisterFout,
    TeVeelGevonden,
)
from frontoffice.domain.klant import Adres, Naam, Persoon
from frontoffice.domain.waarden import Bsn, Datum
from frontoffice.domain.zoekvraag import zonder_voorvoegsel
from frontoffice.ports import Aanroep, RegisterStand

OP_BSN = "RaadpleegMetBurgerservicenummer"
OP_NAAM = "ZoekMetGeslachtsnaamEnGeboortedatum"
OP_ADRES = "ZoekMetPostcodeEnHuisnummer"

# Zoeken mag alleen PersoonBeperkt geven. geheimhoudingPersoonsgegevens, opschortingBijhouding en inOnderzoek
# komen altijd mee en mogen niet worden gevraagd (BRP 2.7, PersonenQuery.fields).
_VELDEN_ZOEKEN = (
    "burgerservicenummer",
    "naam.voornamen",
    "naam.voorletters",
    "naam.voorvoegsel",
    "naam.geslachtsnaam",
    "naam.volledigeNaam",
    "geboorte.datum",
    "leeftijd",
    "geslacht",
    "adressering.adresregel1",
    "adressering.adresregel2",
    "adressering.adresregel3",
    "adressering.land",
)
_VELDEN_BSN = (
    *_VELDEN_ZOEKEN,
    "adressering.aanhef",
    "adressering.aanschrijfwijze",
    "adressering.gebruikInLopendeTekst",
    "verblijfplaats.verblijfadres.postcode",
    "verblijfplaats.verblijfadres.huisnummer",
    "verblijfplaats.verblijfadres.huisletter",
    "verblijfplaats.verblijfadres.huisnummertoevoeging",
    "verblijfplaats.verblijfadres.woonplaats",
    "gemeenteVanInschrijving",
    "indicatieCurateleRegister",
    "overlijden.datum",
)
_OPSCHORTING = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "niet-ingezetene (RNI)",
    "F": "fout",
    "W": "gewist",
}
_NEDERLAND = "6030"


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    pass


class _Waarde(_Vorm, frozen=True):
    code: str = ""
    omschrijving: str = ""


class _Datum(_Vorm, frozen=True):
    """Datum, JaarMaandDatum, JaarDatum of DatumOnbekend: wat er niet in staat, is onbekend."""

    datum: date | None = None
    jaar: int | None = None
    maand: int | None = None


class _Aanschrijfwijze(_Vorm, frozen=True):
    naam: str = ""


class _Adressering(_Vorm, frozen=True):
    aanhef: str = ""
    aanschrijfwijze: _Aanschrijfwijze = _Aanschrijfwijze()
    gebruik_in_lopende_tekst: str = ""
    adresregel1: str = ""
    adresregel2: str = ""
    adresregel3: str = ""
    land: _Waarde | None = None
    in_onderzoek: dict[str, object] = {}


class _Verblijfadres(_Vorm, frozen=True):
    postcode: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    woonplaats: str = ""
    in_onderzoek: dict[str, object] = {}


class _Verblijfplaats(_Vorm, frozen=True):
    type: str = ""
    verblijfadres: _Verblijfadres = _Verblijfadres()
    indicatie_vastgesteld_verblijft_niet_op_adres: bool = False
    in_onderzoek: dict[str, object] = {}


class _Naam(_Vorm, frozen=True):
    voornamen: str = ""
    voorletters: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""
    volledige_naam: str = ""


class _Geboorte(_Vorm, frozen=True):
    datum: _Datum | None = None


class _Overlijden(_Vorm, frozen=True):
    datum: _Datum | None = None


class _Opschorting(_Vorm, frozen=True):
    reden: _Waarde = _Waarde()
    datum: _Datum | None = None


class _Persoon(_Vorm, frozen=True):
    burgerservicenummer: str = ""
    naam: _Naam = _Naam()
    geboorte: _Geboorte = _Geboorte()
    leeftijd: int | None = None
    geslacht: _Waarde = _Waarde()
    adressering: _Adressering | None = None
    verblijfplaats: _Verblijfplaats = _Verblijfplaats()
    gemeente_van_inschrijving: _Waarde = _Waarde()
    geheimhouding_persoonsgegevens: bool = False
    indicatie_curatele_register: bool = False
    opschorting_bijhouding: _Opschorting | None = None
    overlijden: _Overlijden | None = None


class _Personen(_Vorm, frozen=True):
    personen: list[_Persoon]


class HaalCentraal:
    """Port `Personen`. `doelen`: headers per soort vraag."""

    def __init__(self, verbinding: Verbinding, doelen: Mapping[str, Mapping[str, str]]) -> None:
        self._verbinding = verbinding
        self._doelen = doelen

    def load_persoon(self, bsn: Bsn, aanroep: Aanroep) -> Persoon:
        """RaadpleegMetBurgerservicenummer (Haal Centraal BRP 2).

        Raises NietGevonden, en FilterGenegeerd bij een ander dan gevraagd: de verkeerde persoon op het
        scherm is het ergste wat kan.
        """
        personen = self._ask(OP_BSN, {"burgerservicenummer": [bsn.nummer]}, _VELDEN_BSN, aanroep)
        if not personen:
            raise NietGevonden(
                "Dit burgerservicenummer staat niet in de basisregistratie personen. Kijk de cijfers na.",
                register=self._verbinding.register.naam,
            )
        if any(persoon.bsn != bsn for persoon in personen):
            raise self._filter_ignored()
        return personen[0]

    def find_op_naam(self, geslachtsnaam: str, geboortedatum: date, aanroep: Aanroep) -> tuple[Persoon, ...]:
        """Met overleden personen: ook een nabestaande belt. Het voorvoegsel zoekt niet mee."""
        vraag = {
            "geslachtsnaam": search_name(geslachtsnaam),
            "geboortedatum": geboortedatum.isoformat(),
            "inclusiefOverledenPersonen": True,
        }
        personen = self._ask(OP_NAAM, vraag, _VELDEN_ZOEKEN, aanroep)
        dagen = (p.geboortedatum.volledig if p.geboortedatum else None for p in personen)
        if any(dag is not None and dag != geboortedatum for dag in dagen):
            raise self._filter_ignored()
        return personen

    def find_op_adres(
        self,
        postcode: str,
        huisnummer: int,
        *,
        huisletter: str = "",
        toevoeging: str = "",
        geslachtsnaam: str = "",
        aanroep: Aanroep,
    ) -> tuple[Persoon, ...]:
        """ZoekMetPostcodeEnHuisnummer, of leeg. Zonder overledenen: zij wonen er niet meer.

        Raises FilterGenegeerd als er iemand van een andere postcode bij zit.
        """
        postcode = postcode.replace(" ", "").upper()
        vraag: dict[str, object] = {"postcode": postcode, "huisnummer": huisnummer}
        if huisletter:
            vraag["huisletter"] = huisletter
        if toevoeging:
            vraag["huisnummertoevoeging"] = toevoeging
        if geslachtsnaam:
            vraag["geslachtsnaam"] = search_name(geslachtsnaam)
        personen = self._ask(OP_ADRES, vraag, _VELDEN_ZOEKEN, aanroep)
        if any(p.adres and p.adres.postcode not in ("", postcode) for p in personen):
            raise self._filter_ignored()
        return personen

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Een vraag zonder BSN: de BRP keurt die af zonder iemand op te zoeken, en toont zo dat zij er is."""
        lijf = {"type": OP_BSN, "fields": ["burgerservicenummer"], "burgerservicenummer": []}
        vraag = Vraag("POST", "/personen", lijf=lijf, koppen=self._doelen.get(OP_BSN, {}))
        return probe(self._verbinding, vraag, aanroep, also_good=lambda fout: isinstance(fout, Afgekeurd))

    def _ask(
        self, soort: str, vraag: Mapping[str, object], velden: tuple[str, ...], aanroep: Aanroep
    ) -> tuple[Persoon, ...]:
        lijf: dict[str, object] = {"type": soort, "fields": list(velden), **vraag}
        http_vraag = Vraag(
            "POST", "/personen", lijf=lijf, koppen=self._doelen.get(soort, {}), herhaalbaar=True
        )

        def make(antwoord: _Personen) -> tuple[Persoon, ...]:
            return tuple(persoon for rij in antwoord.personen if (persoon := _to_persoon(rij)) is not None)

        try:
            return self._verbinding.ask(http_vraag, aanroep, _Personen, make)
        except Afgekeurd as fout:
            if fout.register_code != "tooManyResults":
                raise
            teveel = fout
        raise _too_many(teveel, soort)

    def _filter_ignored(self) -> FilterGenegeerd:
        register = self._verbinding.register
        zin = (
            f"{register.mensnaam} gaf iemand anders dan gevraagd. Daarom tonen we niets. "
            "Meld dit meteen bij de applicatiebeheerder."
        )
        return FilterGenegeerd(zin, register=register.naam)


def _too_many(fout: RegisterFout, soort: str) -> TeVeelGevonden:
    extra = "Vul ook de achternaam in." if soort == OP_ADRES else "Vul de achternaam vollediger in."
    return TeVeelGevonden(
        f"Er zijn meer dan 10 personen gevonden. {extra}",
        register=fout.register,
        http_status=fout.http_status,
        register_code=fout.register_code,
    )


def search_name(naam: str) -> str:
    """De geslachtsnaam zoals de BRP zoekt: zonder voorvoegsels, met een joker vanaf drie letters."""
    kaal = zonder_voorvoegsel(naam.replace("’", "'").replace("‘", "'")).rstrip("*")
    return f"{kaal}*" if len(kaal) >= 3 else kaal


def _to_datum(rij: _Datum | None) -> Datum | None:
    if rij is None:
        return None
    if rij.datum is not None:
        return Datum.van(rij.datum)
    maand = rij.maand if rij.maand is not None and 1 <= rij.maand <= 12 else None
    return Datum(rij.jaar, maand if rij.jaar else None)


def _to_persoon(rij: _Persoon) -> Persoon | None:
    """None voor wie geen (goed) BSN heeft: die is hier niet te openen."""
    bsn = _read(Bsn, rij.burgerservicenummer)
    if bsn is None:
        return None
    adressering = rij.adressering or _Adressering()
    opschorting = rij.opschorting_bijhouding
    reden = opschorting.reden if opschorting else _Waarde()
    overleden = reden.code == "O" or rij.overlijden is not None
    overlijdensdatum = rij.overlijden.datum if rij.overlijden else None
    if overlijdensdatum is None and opschorting is not None and reden.code == "O":
        overlijdensdatum = opschorting.datum
    onderzoek = _address_in_question(adressering, rij.verblijfplaats)
    return Persoon(
        bsn=bsn,
        naam=_to_naam(rij.naam, adressering),
        geboortedatum=_to_datum(rij.geboorte.datum),
        leeftijd=rij.leeftijd,
        geslacht=rij.geslacht.omschrijving,
        adres=_to_adres(adressering, rij.verblijfplaats, onderzoek),
        gemeente_code=rij.gemeente_van_inschrijving.code,
        geheimhouding=rij.geheimhouding_persoonsgegevens,
        overleden=overleden,
        overlijdensdatum=_to_datum(overlijdensdatum),
        opschorting_reden=_OPSCHORTING.get(reden.code, reden.omschrijving),
        adres_in_onderzoek=onderzoek,
        curatele=rij.indicatie_curatele_register,
    )


def _to_naam(naam: _Naam, adressering: _Adressering) -> Naam:
    return Naam(
        voornamen=naam.voornamen,
        voorletters=naam.voorletters,
        voorvoegsel=naam.voorvoegsel,
        geslachtsnaam=naam.geslachtsnaam,
        volledig=naam.volledige_naam,
        aanschrijfnaam=adressering.aanschrijfwijze.naam,
        aanhef=adressering.aanhef,
        lopende_tekst=adressering.gebruik_in_lopende_tekst,
    )


def _address_in_question(adressering: _Adressering, plaats: _Verblijfplaats) -> bool:
    """Ook wie vaststaat er niet te wonen: het adres is dan evenmin zeker."""
    regels = [w for naam, w in adressering.in_onderzoek.items() if naam.startswith(("adresregel", "land"))]
    anders = [*plaats.in_onderzoek.values(), *plaats.verblijfadres.in_onderzoek.values()]
    return plaats.indicatie_vastgesteld_verblijft_niet_op_adres or any(w is True for w in (*regels, *anders))


def _to_adres(adressering: _Adressering, plaats: _Verblijfplaats, onderzoek: bool) -> Adres | None:
    eigen = adressering.land is None or adressering.land.code == _NEDERLAND
    land = adressering.land.omschrijving if adressering.land and not eigen else ""
    regels = [adressering.adresregel1, adressering.adresregel2, adressering.adresregel3, land]
    regels = [regel.strip() for regel in regels if regel.strip()]
    if not regels:
        return None
    waar = plaats.verblijfadres
    postcode, woonplaats = waar.postcode, waar.woonplaats
    if not postcode and not land:
        postcode, woonplaats = _split_postcode(adressering.adresregel2)
    nummer = "" if waar.huisnummer is None else str(waar.huisnummer)
    huisnummer = " ".join(deel for deel in (nummer + waar.huisletter, waar.huisnummertoevoeging) if deel)
    return Adres(tuple(regels), postcode, huisnummer, woonplaats, onderzoek, buitenland=bool(land))


def _split_postcode(regel: str) -> tuple[str, str]:
    """ "7581 AB  LOSSER" → ("7581AB", "LOSSER"); leeg als er geen postcode voorop staat."""
    delen = regel.split()
    if (
        len(delen) >= 2
        and len(delen[0]) == 4
        and delen[0].isdigit()
        and len(delen[1]) == 2
        and delen[1].isalpha()
    ):
        return delen[0] + delen[1].upper(), " ".join(delen[2:])
    return "", ""


def _read(soort: Callable[[str], Bsn], nummer: str) -> Bsn | None:
    try:
        return soort(nummer)
    except InvoerFout:
        return None
