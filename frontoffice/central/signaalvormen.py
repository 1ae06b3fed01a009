"""De vormen van Signalen v1 en hun vertaling naar meldingen. Kent geen netwerk.

Leest ruim: oudere versies missen `id_display`, `state_display` en `send_email`, en een onbekende
statuscode is geen fout.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from frontoffice.central.antwoord import Ondeugdelijk, as_utc
from frontoffice.domain.melding import (
    AFGESCHERMD,
    Categorie,
    Gebeurtenis,
    Melder,
    Melding,
    Meldingstatus,
    Plek,
    Punt,
    Soort,
)

KENMERK = "kif_kenmerk"
_PAD = re.compile(r"/[A-Za-z0-9/_-]{1,300}")


class Verwijzing(msgspec.Struct, frozen=True):
    href: str | None = None


class Verwijzingen(msgspec.Struct, frozen=True):
    self: Verwijzing | None = None
    next: Verwijzing | None = None


class Status(msgspec.Struct, frozen=True):
    state: str = ""
    state_display: str | None = None
    text: str | None = None
    created_at: datetime | None = None
    send_email: bool | None = None
    extra_properties: object = None


class Geometrie(msgspec.Struct, frozen=True):
    coordinates: list[float] = []


class Adres(msgspec.Struct, frozen=True):
    """Huisnummer en toevoeging zijn in de praktijk soms een getal."""

    openbare_ruimte: str | None = None
    huisnummer: str | int | float | None = None
    huisletter: str | None = None
    huisnummer_toevoeging: str | int | float | None = None
    postcode: str | None = None
    woonplaats: str | None = None


class Locatie(msgspec.Struct, frozen=True):
    address: Adres | None = None
    address_text: str | None = None
    geometrie: Geometrie | None = None


class Indeling(msgspec.Struct, frozen=True):
    sub: str = ""
    sub_slug: str = ""
    main: str = ""
    main_slug: str = ""
    departments: str | None = None
    deadline: datetime | None = None
    deadline_factor_3: datetime | None = None


class Reporter(msgspec.Struct, frozen=True):
    email: str | None = None
    phone: str | None = None
    allows_contact: bool = True


class Notitie(msgspec.Struct, frozen=True):
    text: str = ""


class Afdeling(msgspec.Struct, frozen=True):
    code: str = ""
    name: str = ""


class Signaal(msgspec.Struct, frozen=True):
    id: int
    id_display: str | None = None
    text: str = ""
    status: Status | None = None
    category: Indeling | None = None
    location: Locatie | None = None
    reporter: Reporter | None = None
    notes: list[Notitie] = []
    created_at: datetime | None = None
    updated_at: datetime | None = None
    source: str | None = None
    has_attachments: bool = False
    has_parent: bool = False
    has_children: bool = False
    routing_departments: list[Afdeling] | None = None
    assigned_user_email: str | None = None
    extra_properties: object = None


class Bladzij(msgspec.Struct, frozen=True):
    """HAL: `_links.next.href` zegt alleen dat er meer is; het adres zelf wordt nooit gevolgd."""

    results: list[Signaal]
    count: int = 0
    links: Verwijzingen = msgspec.field(name="_links", default=Verwijzingen())

    @property
    def heeft_meer(self) -> bool:
        return bool(self.results and self.links.next and self.links.next.href)


class Regel(msgspec.Struct, frozen=True):
    when: datetime | None = None
    what: str = ""
    action: str | None = None
    description: str | None = None
    who: str | None = None


class Deelsoort(msgspec.Struct, frozen=True):
    name: str
    slug: str
    links: Verwijzingen = msgspec.field(name="_links", default=Verwijzingen())
    public_name: str | None = None
    handling_message: str | None = None
    description: str | None = None
    is_active: bool = True
    departments: list[Afdeling] | None = None


class Hoofdsoort(msgspec.Struct, frozen=True):
    name: str
    slug: str
    public_name: str | None = None
    sub_categories: list[Deelsoort] = []


class Hoofdsoorten(msgspec.Struct, frozen=True):
    results: list[Hoofdsoort]
    links: Verwijzingen = msgspec.field(name="_links", default=Verwijzingen())


class Bron(msgspec.Struct, frozen=True):
    name: str
    is_active: bool = True
    can_be_selected: bool = True


class Bronnen(msgspec.Struct, frozen=True):
    results: list[Bron]


class Bijlage(msgspec.Struct, frozen=True):
    location: str | None = None


class Bijlagen(msgspec.Struct, frozen=True):
    results: list[Bijlage]
    links: Verwijzingen = msgspec.field(name="_links", default=Verwijzingen())


class KaartEigenschap(msgspec.Struct, frozen=True):
    id: int | None = None


class Kaartpunt(msgspec.Struct, frozen=True):
    geometry: Geometrie | None = None
    properties: KaartEigenschap = KaartEigenschap()


class Kaart(msgspec.Struct, frozen=True):
    features: list[Kaartpunt] | None = None


class Voorbeeld(msgspec.Struct, frozen=True):
    subject: str = ""
    html: str = ""


class Recht(msgspec.Struct, frozen=True):
    codename: str = ""


class Rol(msgspec.Struct, frozen=True):
    permissions: list[Recht] = []


class Ik(msgspec.Struct, frozen=True):
    """Het account van dit programma, met zijn rechten."""

    is_superuser: bool = False
    permissions: list[Recht] = []
    roles: list[Rol] = []

    def find_missend(self, nodig: Mapping[str, str]) -> list[str]:
        """De woorden van rechten die er niet zijn; niets als het register geen rechten noemt."""
        codes = {recht.codename for recht in self.permissions}
        codes |= {recht.codename for rol in self.roles for recht in rol.permissions}
        if self.is_superuser or not codes:
            return []
        return [woord for code, woord in nodig.items() if code not in codes]


# --- naar het domein ---------------------------------------------------------------------------------------


def to_melding(rij: Signaal) -> Melding:
    """De melding zoals het domein haar kent. Tijden worden UTC; routering gaat voor wat de categorie zegt."""
    indeling = rij.category or Indeling()
    routes = tuple(a.name or a.code for a in rij.routing_departments or () if a.name or a.code)
    eigen = tuple(deel.strip() for deel in (indeling.departments or "").split(",") if deel.strip())
    return Melding(
        nummer=rij.id,
        weergave=rij.id_display or f"SIG-{rij.id}",
        tekst=rij.text,
        categorie=indeling.sub,
        hoofdcategorie=indeling.main,
        categoriepad=f"{indeling.main_slug}/{indeling.sub_slug}",
        status=_to_status(rij.status or Status()),
        plek=None if rij.location is None else _to_plek(rij.location),
        melder=_to_melder(rij.reporter or Reporter()),
        gemeld_op=as_utc(rij.created_at),
        gewijzigd_op=as_utc(rij.updated_at),
        uiterlijk=as_utc(indeling.deadline),
        veel_te_laat_na=as_utc(indeling.deadline_factor_3),
        afdelingen=routes or eigen,
        behandelaar=rij.assigned_user_email or "",
        bron=rij.source or "",
        notities=tuple(notitie.text for notitie in rij.notes),
        kenmerken=read_kenmerken(rij.extra_properties),
        heeft_fotos=rij.has_attachments,
        deelmelding=rij.has_parent,
        heeft_deelmeldingen=rij.has_children,
    )


def _to_status(status: Status) -> Meldingstatus:
    extra = status.extra_properties
    kenmerk = extra.get(KENMERK) if isinstance(extra, dict) else ""
    return Meldingstatus(
        status.state,
        status.state_display or "",
        status.text or "",
        as_utc(status.created_at),
        status.send_email,
        kenmerk if isinstance(kenmerk, str) else "",
    )


def _to_melder(reporter: Reporter) -> Melder:
    email, telefoon = reporter.email or "", reporter.phone or ""
    return Melder(
        "" if email == AFGESCHERMD else email,
        "" if telefoon == AFGESCHERMD else telefoon,
        email == AFGESCHERMD,
        telefoon == AFGESCHERMD,
        reporter.allows_contact,
    )


def _to_plek(locatie: Locatie) -> Plek:
    adres = locatie.address or Adres()
    punt = to_punt(locatie.geometrie)
    tekst = (locatie.address_text or "").strip()
    if not tekst:
        tekst = " ".join(
            deel for deel in (adres.openbare_ruimte, _tekst(adres.huisnummer), adres.woonplaats) if deel
        )
    return Plek(
        tekst or ("Alleen een punt op de kaart" if punt else "Plek onbekend"),
        punt,
        adres.openbare_ruimte or "",
        _tekst(adres.huisnummer),
        adres.huisletter or "",
        _tekst(adres.huisnummer_toevoeging),
        adres.postcode or "",
        adres.woonplaats or "",
    )


def to_punt(geometrie: Geometrie | None) -> Punt | None:
    delen = geometrie.coordinates if geometrie else []
    if len(delen) < 2 or not (-180 <= delen[0] <= 180 and -90 <= delen[1] <= 90):
        return None
    return Punt(delen[0], delen[1])


def _tekst(waarde: str | float | None) -> str:
    if waarde is None:
        return ""
    return str(int(waarde)) if isinstance(waarde, float) and waarde.is_integer() else str(waarde)


def read_kenmerken(extra: object) -> tuple[str, ...]:
    """De kenmerken die dit programma bij het maken meegaf: een eigen vraag tussen de aanvullende vragen."""
    if not isinstance(extra, list):
        return ()
    return tuple(
        str(rij["answer"])
        for rij in extra
        if isinstance(rij, dict) and rij.get("id") == KENMERK and "answer" in rij
    )


_SOORTEN = {
    "UPDATE_STATUS": Soort.STATUS,
    "CREATE_NOTE": Soort.NOTITIE,
    "UPDATE_SLA": Soort.SERVICEBELOFTE,
    "UPDATE_CATEGORY_ASSIGNMENT": Soort.CATEGORIE,
    "UPDATE_LOCATION": Soort.PLEK,
    "UPDATE_ROUTING_ASSIGNMENT": Soort.TOEWIJZING,
    "UPDATE_USER_ASSIGNMENT": Soort.TOEWIJZING,
    "UPDATE_DIRECTING_DEPARTMENTS_ASSIGNMENT": Soort.TOEWIJZING,
    "RECEIVE_FEEDBACK": Soort.REACTIE,
    "RECEIVE_SESSION": Soort.REACTIE,
    "NOT_RECEIVED_SESSION": Soort.REACTIE,
}


def to_gebeurtenis(regel: Regel) -> Gebeurtenis:
    titel = (regel.action or "").strip().rstrip(":") or regel.what
    soort = _SOORTEN.get(regel.what, Soort.OVERIG)
    return Gebeurtenis(soort, as_utc(regel.when), titel, (regel.description or "").strip(), regel.who or "")


def to_categorieen(hoofd: Hoofdsoort) -> list[Categorie]:
    """Alleen wat actief is en een bruikbaar adres heeft."""
    uit = []
    for deel in hoofd.sub_categories:
        adres = _read_pad(deel.links.self.href if deel.links.self else None)
        if not deel.is_active or not adres:
            continue
        uit.append(
            Categorie(
                deel.slug,
                deel.public_name or deel.name,
                hoofd.slug,
                hoofd.public_name or hoofd.name,
                adres,
                deel.handling_message or "",
                deel.description or "",
                tuple((a.code, a.name) for a in deel.departments or () if a.code and a.name),
            )
        )
    return uit


def _read_pad(href: str | None) -> str:
    """Alleen het pad van een adres: dat gaat mee als waarde, nooit als bestemming."""
    pad = re.sub(r"^https?://[^/]*", "", href or "").rstrip("/")
    return pad if _PAD.fullmatch(pad) else ""


def read_bestandsnaam(bijlage: Bijlage) -> str:
    """Het laatste deel van het adres, zonder wat een opslagdienst erachter zet."""
    return (bijlage.location or "").split("?")[0].rsplit("/", 1)[-1]


_BLOK = re.compile(r"</(?:p|h\d|li|tr|div|title)>|<br\s*/?>", re.IGNORECASE)
_WEG = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,2000}>")


def to_platte_tekst(lijf: str) -> str:
    """Van HTML alleen de woorden, in alinea's. Raises Ondeugdelijk als het te lang is."""
    if len(lijf) > 500_000:
        raise Ondeugdelijk("het is te groot")
    tekst = html.unescape(_TAG.sub("", _BLOK.sub("\n", _WEG.sub("", lijf))))
    regels = [" ".join(regel.split()) for regel in tekst.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(regels)).strip()
