"""Meldingen openbare ruimte in Signalen v1 (privé-API, bearer token, HAL).

Volgt nooit een adres uit een antwoord. Een zoekvraag met gegevens van een melder staat bij Signalen in het
adres (de API kent niets anders); in onze logs en tellingen komt zij niet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from frontoffice.central import signaalvormen as vorm
from frontoffice.central.doktor import probe
from frontoffice.central.foutantwoord import unusable
from frontoffice.central.http import Bestand, Verbinding, Vraag
from frontoffice.domain.fouten import (
    FilterGenegeerd,
    NietBevoegd,
    NietGevonden,
    RegisterFout,
    Storing,
)
from frontoffice.domain.melding import (
    DUBBEL_METER,
    Categorie,
    Gebeurtenis,
    Melding,
    Meldingbron,
    Punt,
    meters,
)
from frontoffice.domain.waarden import EmailAdres, Telefoonnummer
from frontoffice.meldingpoort import Gemaakt, Gevonden, Mailvoorbeeld, NieuweMelding
from frontoffice.ports import Aanroep, Pagina, RegisterStand

PER_PAGINA = 100
MEESTE = 100
MEESTE_DUBBEL = 5
MEESTE_BLADZIJDEN = 20
INDEX_WEG = (
    "De zoekindex van het meldingensysteem ligt plat. Op telefoonnummer is niet gezocht. "
    "Zoek op e-mailadres, op adres of op meldingnummer."
)
_KENMERKLABEL = "Kenmerk van Klant in Focus"
_SPEELRUIMTE = timedelta(days=2)
"""Zoveel mag de klok van deze pc afwijken van die van de server."""


_NODIG = {
    "sia_read": "meldingen lezen",
    "sia_can_view_all_categories": "alle soorten meldingen zien",
    "sia_signal_create_initial": "een melding maken",
    "sia_signal_create_note": "een notitie maken",
    "sia_signal_change_status": "de stand veranderen",
    "sia_add_attachment": "een foto toevoegen",
}


class Signalen:
    """Poort `Meldingregister`."""

    naam = "Signalen"

    def __init__(self, verbinding: Verbinding) -> None:
        self._verbinding = verbinding

    # --- lezen ---------------------------------------------------------------------------------------------

    def load(self, nummer: int, aanroep: Aanroep) -> Melding:
        vraag = Vraag("GET", f"/private/signals/{nummer:d}", herhaalbaar=True)
        melding = self._ask_one(vraag, nummer, aanroep)
        if melding.nummer != nummer:
            raise self._filter_ignored()
        return melding

    def _ask_one(self, vraag: Vraag, nummer: int, aanroep: Aanroep) -> Melding:
        try:
            return self._verbinding.ask(vraag, aanroep, vorm.Signaal, vorm.to_melding)
        except NietGevonden:
            zin = f"Melding {nummer} bestaat niet. Kijk het nummer na."
            naam = self._verbinding.register.naam
        raise NietGevonden(zin, register=naam, http_status=404)

    def load_historie(self, nummer: int, aanroep: Aanroep) -> tuple[Gebeurtenis, ...]:
        vraag = Vraag("GET", f"/private/signals/{nummer:d}/history", herhaalbaar=True)
        return self._verbinding.ask(
            vraag, aanroep, list[vorm.Regel], lambda rijen: tuple(vorm.to_gebeurtenis(rij) for rij in rijen)
        )

    def load_fotos(self, nummer: int, aanroep: Aanroep) -> tuple[str, ...]:
        """Een melding heeft er hoogstens enkele tientallen; alles past op een bladzijde."""
        vraag = Vraag(
            "GET", f"/private/signals/{nummer:d}/attachments/", (("page_size", "1000"),), herhaalbaar=True
        )
        return self._verbinding.ask(
            vraag,
            aanroep,
            vorm.Bijlagen,
            lambda bijlagen: tuple(vorm.read_bestandsnaam(rij) for rij in bijlagen.results),
        )

    # --- zoeken --------------------------------------------------------------------------------------------

    def find_op_email(self, email: EmailAdres, aanroep: Aanroep) -> Gevonden:
        pagina = self._list((("reporter_email", email.adres), ("ordering", "-created_at")), 1, aanroep)
        verwacht = email.adres.casefold()
        # Wie geen contactgegevens mag zien, kan niet nakijken; wie ze wel ziet, laat geen ander door.
        if any(m.melder.email and m.melder.email.casefold() != verwacht for m in pagina.rijen):
            raise self._filter_ignored()
        if any(not m.melder.email and not m.melder.email_afgeschermd for m in pagina.rijen):
            raise self._filter_ignored()
        return Gevonden(pagina.rijen, meer=pagina.volgende_pagina is not None)

    def find_op_telefoon(self, nummer: Telefoonnummer, aanroep: Aanroep) -> Gevonden:
        """Zoekt in elke gangbare schrijfwijze. De index deelt een nummer met spaties in stukken en vindt
        dan ook anderen: alleen wie echt dit nummer heeft blijft over. Is dat afgeschermd, dan telt alleen
        een vraag die dit nummer aanwijst."""
        cijfers = _digits(nummer.e164)
        gevonden: dict[int, Melding] = {}
        for schrijfwijze, wijst_aan in spellings(nummer):
            meldingen, onvolledig = self._search((("q", schrijfwijze),), aanroep)
            if onvolledig:
                return Gevonden((), onvolledig)
            for melding in meldingen:
                melder = melding.melder
                if _digits(melder.telefoon) == cijfers or (melder.telefoon_afgeschermd and wijst_aan):
                    gevonden.setdefault(melding.nummer, melding)
        return Gevonden(_newest(gevonden.values()))

    def find_op_woorden(self, tekst: str, aanroep: Aanroep) -> Gevonden:
        meldingen, onvolledig = self._search((("q", tekst), ("ordering", "-created_at")), aanroep)
        return Gevonden(_newest(meldingen)[:MEESTE], onvolledig, len(meldingen) > MEESTE)

    def _search(
        self, query: tuple[tuple[str, str], ...], aanroep: Aanroep
    ) -> tuple[tuple[Melding, ...], str]:
        """(meldingen, zin als de index plat ligt)."""
        vraag = Vraag("GET", "/private/search", (*query, ("page_size", str(PER_PAGINA))))
        try:
            bladzij = self._verbinding.ask(vraag, aanroep, vorm.Bladzij, lambda b: b)
        except Storing as fout:
            if fout.http_status != 504:
                raise
            return (), INDEX_WEG
        return tuple(vorm.to_melding(rij) for rij in bladzij.results), ""

    def find_op_adres(self, tekst: str, aanroep: Aanroep) -> Gevonden:
        pagina = self._list((("address_text", tekst), ("ordering", "-created_at")), 1, aanroep)
        return Gevonden(pagina.rijen, meer=pagina.volgende_pagina is not None)

    def find_te_laat(self, pagina: int, aanroep: Aanroep, *, veel: bool = False) -> Pagina[Melding]:
        soort = "late_factor_3" if veel else "late"
        gevonden = self._list((("punctuality", soort), ("ordering", "created_at")), pagina, aanroep)
        if any(not melding.is_open for melding in gevonden.rijen):
            raise self._filter_ignored()
        return gevonden

    def find_gewijzigd(self, na: datetime, pagina: int, aanroep: Aanroep) -> Pagina[Melding]:
        query = (("updated_after", _moment(na)), ("ordering", "-updated_at"))
        return self._list(query, pagina, aanroep)

    def find_dichtbij(
        self, punt: Punt, categorie_slug: str, na: datetime, aanroep: Aanroep
    ) -> tuple[Melding, ...]:
        """Voor een melding die nog niet bestaat: `context/near` werkt alleen vanaf een nummer. De kaartlijst
        geeft van elke melding van deze soort het punt; alleen wat dichtbij ligt, wordt opgehaald."""
        query = (("category_slug", categorie_slug), ("created_after", _moment(na)))
        kaart = self._verbinding.ask(
            Vraag("GET", "/private/signals/geography", query, herhaalbaar=True),
            aanroep,
            vorm.Kaart,
            lambda k: k,
        )
        afstanden: dict[int, float] = {}
        for rij in kaart.features or ():
            daar = vorm.to_punt(rij.geometry)
            if daar is not None and rij.properties.id is not None:
                afstanden[rij.properties.id] = meters(punt, daar)
        dichtbij = sorted(
            (afstand, nummer) for nummer, afstand in afstanden.items() if afstand <= DUBBEL_METER
        )
        meldingen = []
        for _, nummer in dichtbij[:MEESTE_DUBBEL]:
            try:
                meldingen.append(self.load(nummer, aanroep))
            except (NietGevonden, NietBevoegd):
                continue
        return tuple(meldingen)

    def _list(self, query: Iterable[tuple[str, str]], pagina: int, aanroep: Aanroep) -> Pagina[Melding]:
        bij = (("page_size", str(PER_PAGINA)), *((("page", str(pagina)),) if pagina > 1 else ()))
        vraag = Vraag("GET", "/private/signals/", (*query, *bij), herhaalbaar=True)

        def make(bladzij: vorm.Bladzij) -> Pagina[Melding]:
            rijen = {rij.id: vorm.to_melding(rij) for rij in bladzij.results}
            return Pagina(tuple(rijen.values()), bladzij.count, pagina + 1 if bladzij.heeft_meer else None)

        return self._verbinding.ask(vraag, aanroep, vorm.Bladzij, make)

    # --- lijsten om uit te kiezen --------------------------------------------------------------------------

    def load_categorieen(self, aanroep: Aanroep) -> tuple[Categorie, ...]:
        """Alle categorieën, uit de openbare lijst van Signalen."""
        uit: list[Categorie] = []
        for pagina in range(1, MEESTE_BLADZIJDEN + 1):
            query = (("page", str(pagina)),) if pagina > 1 else ()
            vraag = Vraag("GET", "/public/terms/categories/", query, herhaalbaar=True)
            gelezen = self._verbinding.ask(vraag, aanroep, vorm.Hoofdsoorten, lambda soorten: soorten)
            for hoofd in gelezen.results:
                uit += vorm.to_categorieen(hoofd)
            if not (gelezen.results and gelezen.links.next and gelezen.links.next.href):
                break
        return tuple(uit)

    def load_bronnen(self, aanroep: Aanroep) -> tuple[Meldingbron, ...]:
        """De bronnen die nu te kiezen zijn (telefoon, balie, …)."""
        vraag = Vraag(
            "GET", "/private/sources/", (("is_active", "true"), ("page_size", "500")), herhaalbaar=True
        )
        return self._verbinding.ask(
            vraag,
            aanroep,
            vorm.Bronnen,
            lambda bronnen: tuple(
                Meldingbron(b.name, b.is_active, b.can_be_selected) for b in bronnen.results
            ),
        )

    def preview(self, nummer: int, code: str, tekst: str, aanroep: Aanroep) -> Mailvoorbeeld:
        """De mail die de melder bij deze status zou krijgen, als platte tekst; verstuurt niets."""
        vraag = Vraag(
            "POST", f"/private/signals/{nummer:d}/email/preview", lijf={"status": code, "text": tekst}
        )
        return self._verbinding.ask(
            vraag,
            aanroep,
            vorm.Voorbeeld,
            lambda mail: Mailvoorbeeld(" ".join(mail.subject.split()), vorm.to_platte_tekst(mail.html)),
        )

    # --- schrijven -----------------------------------------------------------------------------------------

    def make_melding(self, nieuw: NieuweMelding, bron: str, kenmerk: str, aanroep: Aanroep) -> Gemaakt:
        vraag = Vraag("POST", "/private/signals/", lijf=_to_lijf(nieuw, bron, kenmerk))
        return self._verbinding.ask(vraag, aanroep, vorm.Signaal, _to_gemaakt)

    def find_eigen(self, kenmerk: str, sinds: datetime, email: str, aanroep: Aanroep) -> Gemaakt | None:
        """Kijkt alle meldingen van na `sinds` na. Raises OnverwachtAntwoord als dat er te veel zijn."""
        query: list[tuple[str, str]] = [("created_after", _moment(sinds - _SPEELRUIMTE))]
        if email:
            query.append(("reporter_email", email))
        query.append(("ordering", "-created_at"))
        for pagina in range(1, MEESTE_BLADZIJDEN + 1):
            gevonden = self._list(query, pagina, aanroep)
            for melding in gevonden.rijen:
                if kenmerk in melding.kenmerken:
                    return Gemaakt(melding.nummer, melding.weergave)
            if gevonden.volgende_pagina is None:
                return None
        raise unusable(self._verbinding.register, "er zijn te veel meldingen om na te kijken")

    def add_notitie(self, nummer: int, tekst: str, aanroep: Aanroep) -> None:
        self._patch(nummer, {"notes": [{"text": tekst}]}, aanroep)

    def change_status(
        self, nummer: int, code: str, tekst: str, mail: bool, kenmerk: str, notitie: str, aanroep: Aanroep
    ) -> None:
        """Een nieuwe status met een notitie, in één PATCH. `mail`: Signalen schrijft zelf de melder.

        `kenmerk` maakt terug te vinden dat het deze keer was, als het antwoord verloren gaat.
        """
        status = {
            "state": code,
            "text": tekst,
            "send_email": mail,
            "extra_properties": {vorm.KENMERK: kenmerk},
        }
        self._patch(nummer, {"status": status, "notes": [{"text": notitie}]}, aanroep)

    def _patch(self, nummer: int, lijf: dict[str, object], aanroep: Aanroep) -> None:
        """Signalen doet alles uit één PATCH, of niets."""
        vraag = Vraag("PATCH", f"/private/signals/{nummer:d}", lijf=lijf)
        if self._ask_one(vraag, nummer, aanroep).nummer != nummer:
            raise self._filter_ignored()

    def add_foto(self, nummer: int, naam: str, inhoud: bytes, soort: str, aanroep: Aanroep) -> None:
        vraag = Vraag(
            "POST", f"/private/signals/{nummer:d}/attachments/", bestand=Bestand("file", naam, soort, inhoud)
        )
        self._verbinding.fetch(vraag, aanroep)

    # --- nakijken ------------------------------------------------------------------------------------------

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Vraagt wie dit account is, en zegt welk recht er mist. Leest geen melding."""
        stand = probe(self._verbinding, Vraag("GET", "/private/me/"), aanroep)
        if stand.bevoegd is not True:
            return stand
        try:
            ik = self._verbinding.ask(Vraag("GET", "/private/me/"), aanroep, vorm.Ik, lambda ik: ik)
        except RegisterFout as fout:
            return replace(stand, oorzaak=fout.uitleg)
        mist = ik.find_missend(_NODIG)
        if not mist:
            return stand
        return replace(
            stand,
            oorzaak=f"Dit account mist: {', '.join(mist)}. Vraag de beheerder van het meldingensysteem.",
        )

    def _filter_ignored(self) -> FilterGenegeerd:
        register = self._verbinding.register
        return FilterGenegeerd(
            f"{register.mensnaam} gaf andere meldingen dan gevraagd. Daarom tonen we niets. "
            "Meld dit bij de applicatiebeheerder.",
            register=register.naam,
        )


def spellings(nummer: Telefoonnummer) -> tuple[tuple[str, bool], ...]:
    """(zoekvraag, wijst elk woord ervan dit nummer aan?).

    De index kent alleen woorden, en één van de woorden is genoeg. +31612345678 is een ander woord dan
    0612345678, en "06 12345678" zijn er twee; daarom alle gangbare schrijfwijzen in één vraag. Per twee
    cijfers ("06 12 34 56 78") wijst een los woord niemand aan.
    """
    e164 = nummer.e164
    if not e164.startswith("+31") or len(e164) != 12:
        return ((e164 if not e164.startswith("+") else f"{e164} 00{e164[1:]}", True),)
    kaal = e164[3:]
    los = [kaal[1:]] if kaal.startswith("6") else [kaal[1:], kaal[2:], kaal[3:]]
    stukken = " ".join(f"0{kaal}"[plek : plek + 2] for plek in range(0, 10, 2))
    return ((" ".join([e164, f"0{kaal}", f"0031{kaal}", *los]), True), (stukken, False))


def _digits(telefoon: str) -> str:
    """Alleen de cijfers, met landnummer: "06-1234 5678" en "+31612345678" zijn gelijk."""
    cijfers = "".join(teken for teken in telefoon.replace("(0)", "") if teken.isdecimal() and teken.isascii())
    if cijfers.startswith("00"):
        return cijfers[2:]
    return f"31{cijfers[1:]}" if cijfers.startswith("0") else cijfers


def _newest(meldingen: Iterable[Melding]) -> tuple[Melding, ...]:
    oudst = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(meldingen, key=lambda m: (m.gemeld_op or oudst, m.nummer), reverse=True))


def _moment(om: datetime) -> str:
    return om.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _to_gemaakt(rij: vorm.Signaal) -> Gemaakt:
    return Gemaakt(rij.id, rij.id_display or f"SIG-{rij.id}")


def _to_lijf(nieuw: NieuweMelding, bron: str, kenmerk: str) -> dict[str, object]:
    """Het kenmerk staat bij de aanvullende vragen: daar blijft het, en daar kan een collega het lezen."""
    punt = nieuw.plek.punt
    assert punt is not None  # de service laat geen plek zonder punt door
    plek: dict[str, object] = {
        "geometrie": {"type": "Point", "coordinates": [punt.lengte, punt.breedte]},
    }
    adres = {
        "openbare_ruimte": nieuw.plek.straat,
        "huisnummer": nieuw.plek.huisnummer,
        "huisletter": nieuw.plek.huisletter,
        "huisnummer_toevoeging": nieuw.plek.toevoeging,
        "postcode": nieuw.plek.postcode,
        "woonplaats": nieuw.plek.plaats,
    }
    if nieuw.plek.straat:
        plek["address"] = {naam: waarde for naam, waarde in adres.items() if waarde}
    vraag = {
        "id": vorm.KENMERK,
        "label": _KENMERKLABEL,
        "category_url": nieuw.categorie_adres,
        "answer": kenmerk,
    }
    return {
        "text": nieuw.tekst,
        "location": plek,
        "category": {"category_url": nieuw.categorie_adres},
        "reporter": {
            "email": nieuw.email,
            "phone": nieuw.telefoon,
            "sharing_allowed": nieuw.delen_mag,
        },
        "incident_date_start": _moment(nieuw.begin),
        "source": bron,
        "priority": {"priority": "high" if nieuw.spoed else "normal"},
        "extra_properties": [vraag],
    }
