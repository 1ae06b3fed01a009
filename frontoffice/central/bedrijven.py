"""KVK Zoeken 2 en Basisprofiel 1. Geen treffer is bij KVK een 404 met een code; hier is dat een lege lijst.

Een treffer zegt niet of een adres is afgeschermd; alleen het basisprofiel weet dat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from frontoffice.central.bladzijden import unique
from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.fouten import FilterGenegeerd, InvoerFout, NietGevonden, RegisterFout
from frontoffice.domain.klant import Adres, Bedrijf
from frontoffice.domain.waarden import KvkNummer, Vestigingsnummer
from frontoffice.ports import Aanroep, Pagina, RegisterStand

W = TypeVar("W")
_GEEN_TREFFER = "IPD5200"
_PER_PAGINA = 25
_HOOGSTE_AANTAL = 1000  # meer geeft KVK niet, wat `totaal` ook zegt


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    pass


class _ZoekAdres(_Vorm, frozen=True):
    """Binnenlands en buitenlands adres samen; welk van de twee blijkt uit wat er is."""

    plaats: str = ""
    postcode_woonplaats: str = ""
    land: str = ""


class _Adressen(_Vorm, frozen=True):
    binnenlands_adres: _ZoekAdres | None = None
    buitenlands_adres: _ZoekAdres | None = None


class _Treffer(_Vorm, frozen=True):
    kvk_nummer: str
    naam: str = ""
    rsin: str = ""
    vestigingsnummer: str = ""
    adres: _Adressen = _Adressen()
    actief: str = ""


class _Treffers(_Vorm, frozen=True):
    resultaten: list[_Treffer]
    totaal: int = 0


class _Adres(_Vorm, frozen=True):
    type: str = ""
    ind_afgeschermd: str = ""
    volledig_adres: str = ""
    straatnaam: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    huisnummer_toevoeging: str = ""
    postcode: str = ""
    plaats: str = ""
    straat_huisnummer: str = ""
    postcode_woonplaats: str = ""
    land: str = ""


class _Handelsnaam(_Vorm, frozen=True):
    naam: str = ""
    volgorde: int = 0


class _Activiteit(_Vorm, frozen=True):
    sbi_omschrijving: str = ""


class _Registratie(_Vorm, frozen=True):
    datum_einde: str = ""


class _Hoofdvestiging(_Vorm, frozen=True):
    vestigingsnummer: str = ""
    eerste_handelsnaam: str = ""
    adressen: list[_Adres] = []


class _Eigenaar(_Vorm, frozen=True):
    rsin: str = ""
    rechtsvorm: str = ""
    uitgebreide_rechtsvorm: str = ""
    adressen: list[_Adres] = []


class _Ingebed(_Vorm, frozen=True):
    hoofdvestiging: _Hoofdvestiging | None = None
    eigenaar: _Eigenaar | None = None


class _Basisprofiel(_Vorm, frozen=True):
    kvk_nummer: str
    naam: str = ""
    statutaire_naam: str = ""
    ind_non_mailing: str = ""
    materiele_registratie: _Registratie = _Registratie()
    handelsnamen: list[_Handelsnaam] = []
    sbi_activiteiten: list[_Activiteit] = []
    embedded: _Ingebed = msgspec.field(name="_embedded", default=_Ingebed())


class _Vestiging(_Vorm, frozen=True):
    vestigingsnummer: str
    eerste_handelsnaam: str = ""
    ind_adres_afgeschermd: str = ""
    volledig_adres: str = ""


class _Vestigingen(_Vorm, frozen=True):
    vestigingen: list[_Vestiging] = []


class Handelsregister:
    """Port `Bedrijven`. Een basisprofiel kost de gemeente geld: dat wordt nooit vanzelf nog eens gevraagd."""

    def __init__(self, verbinding: Verbinding) -> None:
        self._verbinding = verbinding

    def load_bedrijf(self, kvk: KvkNummer, vestiging: Vestigingsnummer | None, aanroep: Aanroep) -> Bedrijf:
        """Het basisprofiel (betaald per vraag), en voor een nevenvestiging ook haar profiel.

        Raises NietGevonden, en FilterGenegeerd bij een ander KVK-nummer dan gevraagd.
        """
        profiel = self._verbinding.ask(
            Vraag("GET", f"/v1/basisprofielen/{kvk.nummer}"), aanroep, _Basisprofiel, lambda p: p
        )
        if profiel.kvk_nummer != kvk.nummer:
            raise self._filter_ignored()
        hoofd = profiel.embedded.hoofdvestiging
        if vestiging is None or (hoofd is not None and hoofd.vestigingsnummer == vestiging.nummer):
            return _to_bedrijf(profiel, kvk, vestiging)
        return _to_bedrijf(profiel, kvk, vestiging, self._load_vestiging(kvk, vestiging, aanroep))

    def find_op_naam(self, naam: str, pagina: int, aanroep: Aanroep) -> Pagina[Bedrijf]:
        query = [("naam", naam), ("resultatenPerPagina", str(_PER_PAGINA)), ("pagina", str(pagina))]
        return self._search(query, pagina, aanroep)

    def find_op_nummer(
        self, aanroep: Aanroep, *, kvk: KvkNummer | None = None, vestiging: Vestigingsnummer | None = None
    ) -> tuple[Bedrijf, ...]:
        """Zoeken op KVK- of vestigingsnummer (gratis); leeg zonder nummer. Raises FilterGenegeerd."""
        query = [("kvkNummer", kvk.nummer)] if kvk else []
        query += [("vestigingsnummer", vestiging.nummer)] if vestiging else []
        if not query:
            return ()
        rijen = self._search([*query, ("resultatenPerPagina", "100")], 1, aanroep).rijen
        goed = all(
            (kvk is None or r.kvk == kvk) and (vestiging is None or r.vestiging == vestiging) for r in rijen
        )
        if not goed:
            raise self._filter_ignored()
        return rijen

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Zoekt een KVK-nummer dat niet bestaat; zoeken is gratis."""
        vraag = Vraag("GET", "/v2/zoeken", (("kvkNummer", "00000000"),))
        return probe(
            self._verbinding, vraag, aanroep, also_good=lambda fout: fout.register_code == _GEEN_TREFFER
        )

    def _search(self, query: list[tuple[str, str]], pagina: int, aanroep: Aanroep) -> Pagina[Bedrijf]:
        def make(antwoord: _Treffers) -> Pagina[Bedrijf]:
            gevonden = (bedrijf for rij in antwoord.resultaten if (bedrijf := _from_treffer(rij)) is not None)
            rijen = unique(gevonden, lambda b: f"{b.kvk.nummer}/{b.vestiging.nummer if b.vestiging else ''}")
            meer = pagina * _PER_PAGINA < min(antwoord.totaal, _HOOGSTE_AANTAL) and bool(antwoord.resultaten)
            return Pagina(rijen, antwoord.totaal, pagina + 1 if meer else None)

        try:
            vraag = Vraag("GET", "/v2/zoeken", tuple(query), herhaalbaar=True)
            return self._verbinding.ask(vraag, aanroep, _Treffers, make)
        except RegisterFout as fout:
            if fout.register_code != _GEEN_TREFFER:
                raise
        return Pagina((), 0)

    def _load_vestiging(self, kvk: KvkNummer, vestiging: Vestigingsnummer, aanroep: Aanroep) -> _Vestiging:
        def make(antwoord: _Vestigingen) -> _Vestiging | None:
            eigen = (v for v in antwoord.vestigingen if v.vestigingsnummer == vestiging.nummer)
            return next(eigen, None)

        vraag = Vraag("GET", f"/v1/basisprofielen/{kvk.nummer}/vestigingen")
        gevonden = self._verbinding.ask(vraag, aanroep, _Vestigingen, make)
        if gevonden is None:
            raise NietGevonden(
                "Deze vestiging hoort niet bij dit KVK-nummer. Zoek het bedrijf opnieuw op.",
                register=self._verbinding.register.naam,
            )
        return gevonden

    def _filter_ignored(self) -> FilterGenegeerd:
        register = self._verbinding.register
        zin = (
            f"{register.mensnaam} gaf een ander bedrijf dan gevraagd. Daarom tonen we niets. "
            "Meld dit bij de applicatiebeheerder."
        )
        return FilterGenegeerd(zin, register=register.naam)


def _to_bedrijf(
    profiel: _Basisprofiel,
    kvk: KvkNummer,
    vestiging: Vestigingsnummer | None,
    neven: _Vestiging | None = None,
) -> Bedrijf:
    hoofd = profiel.embedded.hoofdvestiging
    eigenaar = profiel.embedded.eigenaar or _Eigenaar()
    namen = tuple(_tidy(h.naam) for h in sorted(profiel.handelsnamen, key=lambda h: h.volgorde) if h.naam)
    adres = _visiting_address([*(hoofd.adressen if hoofd else []), *eigenaar.adressen])
    naam = _tidy(profiel.naam or profiel.statutaire_naam or (namen[0] if namen else ""))
    if neven is not None:
        naam = _tidy(neven.eerste_handelsnaam) or naam
        adres = _Adres(volledig_adres=neven.volledig_adres, ind_afgeschermd=neven.ind_adres_afgeschermd)
    return Bedrijf(
        kvk=kvk,
        naam=naam,
        vestiging=vestiging,
        rsin=eigenaar.rsin,
        handelsnamen=namen,
        rechtsvorm=eigenaar.uitgebreide_rechtsvorm or eigenaar.rechtsvorm,
        activiteiten=tuple(_tidy(a.sbi_omschrijving) for a in profiel.sbi_activiteiten if a.sbi_omschrijving),
        adres=_to_adres(adres) if adres else None,
        adres_afgeschermd=adres is not None and adres.ind_afgeschermd.lower() == "ja",
        geen_reclame=profiel.ind_non_mailing.lower() == "ja",
        actief=not profiel.materiele_registratie.datum_einde,
    )


def _visiting_address(adressen: list[_Adres]) -> _Adres | None:
    """Het bezoekadres, anders het eerste; zonder adres None."""
    return next((a for a in adressen if a.type == "bezoekadres"), adressen[0] if adressen else None)


def _to_adres(rij: _Adres) -> Adres | None:
    """In twee regels; KVK schrijft `volledigAdres` met reeksen spaties, en soms is dat alles wat er is."""
    nummer = _house_number(rij.huisnummer, rij.huisletter, rij.huisnummer_toevoeging)
    postcode = rij.postcode.replace(" ", "").upper()
    eerste = _tidy(f"{rij.straatnaam} {nummer}") or _tidy(rij.straat_huisnummer)
    tweede = _tidy(f"{postcode} {rij.plaats}") or _tidy(rij.postcode_woonplaats)
    buitenland = rij.land.lower() not in ("", "nederland")
    regels = tuple(r for r in (eerste, tweede, rij.land if buitenland else "") if r)
    if not regels and rij.volledig_adres:
        regels = (_tidy(rij.volledig_adres),)
    return Adres(regels, postcode, nummer, rij.plaats, buitenland=buitenland) if regels else None


def _from_treffer(rij: _Treffer) -> Bedrijf | None:
    kvk = _read(KvkNummer, rij.kvk_nummer)
    if kvk is None:
        return None
    hier, daar = rij.adres.binnenlands_adres, rij.adres.buitenlands_adres
    return Bedrijf(
        kvk=kvk,
        naam=_tidy(rij.naam),
        vestiging=_read(Vestigingsnummer, rij.vestigingsnummer),
        rsin=rij.rsin,
        adres=_search_address(hier or daar or _ZoekAdres(), buitenland=hier is None and daar is not None),
        actief=rij.actief.lower() != "nee",
    )


def _search_address(rij: _ZoekAdres, *, buitenland: bool) -> Adres | None:
    """Alleen de plaats: een treffer zegt niet of het adres is afgeschermd, en het kan een woning zijn."""
    plaats = rij.plaats or rij.postcode_woonplaats
    regels = tuple(_tidy(regel) for regel in (plaats, rij.land if buitenland else "") if regel)
    return Adres(regels, woonplaats=rij.plaats, buitenland=buitenland) if regels else None


def _house_number(nummer: int | None, letter: str, toevoeging: str) -> str:
    return " ".join(deel for deel in (f"{nummer if nummer is not None else ''}{letter}", toevoeging) if deel)


def _tidy(tekst: str) -> str:
    """Zonder reeksen spaties."""
    return " ".join(tekst.split())


def _read(soort: Callable[[str], W], nummer: str) -> W | None:
    try:
        return soort(nummer) if nummer else None
    except InvoerFout:
        return None
