"""De meldingen van de demonstratie zoals ze nu zijn, en hoe Signalen ze laat zien en filtert.

Begint met de verzonnen wereld; schrijven verandert alleen dit geheugen. Aanroepen met `slot` in handen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any

from frontoffice.demo.http import OORSPRONG, ApiFout, Json, Verzoek, ongeldig
from frontoffice.demo.tijd import read_moment
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.bron import load_woorden
from frontoffice.demo.wereld.meldingen import VREEMDE_STAND, Meldingfeit, Meldingsoort, load_soorten

BASIS = f"{OORSPRONG}/signals/v1"
STANDEN = {
    "m": "Gemeld", "i": "In afwachting van behandeling", "b": "In behandeling", "h": "On hold",
    "ingepland": "Ingepland", "ready to send": "Extern: te verzenden", "sent": "Extern: verzonden",
    "send failed": "Extern: mislukt", "done external": "Extern: afgehandeld", "o": "Afgehandeld",
    "a": "Geannuleerd", "reopened": "Heropend", "s": "Gesplitst",
    "closure requested": "Extern: verzoek tot afhandeling", "reaction requested": "Reactie gevraagd",
    "reaction received": "Reactie ontvangen", "forward to external": "Doorgezet naar extern",
    "reopen requested": "Verzoek tot heropenen", VREEMDE_STAND[0]: VREEMDE_STAND[1],
}  # fmt: skip
KLAAR = frozenset({"o", "a", "s"})
AUTOMATISCH = {
    "o": "Automatische e-mail bij afhandelen is verzonden aan de melder.",
    "reaction requested": "E-mail met vraag verstuurd aan melder",
    "reopened": "Automatische e-mail bij heropenen is verzonden aan de melder.",
}
BIJ_MELDEN = "Automatische e-mail bij registratie van de melding is verzonden aan de melder."
OP_VERZOEK = "De statusupdate is per e-mail verzonden aan de melder"
_WAT = {
    "status": "UPDATE_STATUS", "notitie": "CREATE_NOTE", "belofte": "UPDATE_SLA",
    "soort": "UPDATE_CATEGORY_ASSIGNMENT", "plek": "UPDATE_LOCATION",
}  # fmt: skip


class Signaal:
    """Eén melding die kan veranderen. `regels` is de geschiedenis: (wanneer, wat, titel, tekst, wie)."""

    def __init__(self, nummer: int, uuid: str, soort: Meldingsoort, tekst: str, om: datetime) -> None:
        self.nummer = nummer
        self.uuid = uuid
        self.soort = soort
        self.tekst = tekst
        self.om = om
        self.gewijzigd = om
        self.uiterlijk = om
        self.factor3 = om
        self.adres: Json = {}
        self.punt = (0.0, 0.0)
        self.email = ""
        self.telefoon = ""
        self.mag_mail = True
        self.delen_mag = False
        self.bron = ""
        self.spoed = "normal"
        self.extra: Any = None
        self.status: Json = {}
        self.notities: list[tuple[str, str | None]] = []
        self.regels: list[tuple[datetime, str, str, str | None, str]] = []
        self.bijlagen: list[Json] = []

    def set_status(
        self, om: datetime, code: str, tekst: str | None, mail: bool, wie: str, extra: Any = None
    ) -> None:
        """Een nieuwe stand. Is er een e-mail bij, dan schrijft het systeem daar een notitie over."""
        self.status = {
            "text": tekst, "user": wie, "state": code, "state_display": STANDEN.get(code, code),
            "target_api": None, "extra_properties": extra, "send_email": mail, "created_at": om.isoformat(),
            "email_override": None,
        }  # fmt: skip
        self._log(om, "status", f"Status gewijzigd naar: {STANDEN.get(code, code)}", tekst, wie)
        if not (self.email and self.mag_mail):
            return
        if code == "m" and len(self.regels) < 4:
            self.add_notitie(om, BIJ_MELDEN, None)
        elif code in AUTOMATISCH:
            self.add_notitie(om, AUTOMATISCH[code], None)
        elif mail:
            self.add_notitie(om, OP_VERZOEK, None)

    def add_notitie(self, om: datetime, tekst: str, wie: str | None) -> None:
        self.notities.insert(0, (tekst, wie))
        self._log(om, "notitie", "Notitie toegevoegd:", tekst, wie or "Signalen systeem")

    def _log(self, om: datetime, wat: str, titel: str, tekst: str | None, wie: str) -> None:
        self.regels.append((om, _WAT[wat], titel, tekst, wie))
        self.gewijzigd = max(self.gewijzigd, om)

    def log_begin(self, wie: str) -> None:
        straat = f"\n{self.adres.get('openbare_ruimte', '')} {self.adres.get('huisnummer', '')}"
        self._log(self.om, "plek", "Locatie gewijzigd naar:", straat, wie)
        self._log(self.om, "soort", f"Categorie gewijzigd naar: {self.soort.naam}", None, wie)
        self._log(self.om, "belofte", "Servicebelofte:", self.soort.belofte, wie)

    @property
    def adrestekst(self) -> str:
        a = self.adres
        nummer = f"{a.get('huisnummer', '')}{a.get('huisletter', '')}"
        if a.get("huisnummer_toevoeging"):
            nummer += f"-{a['huisnummer_toevoeging']}"
        return " ".join(
            deel
            for deel in (a.get("openbare_ruimte"), nummer, a.get("postcode"), a.get("woonplaats"))
            if deel
        )


class Signaalbestand:
    """Alle meldingen op nummer, met hun soorten en bronnen."""

    def __init__(self, wereld: Wereld, nu: Callable[[], datetime]) -> None:
        self.slot = RLock()
        self.nu = nu
        self.soorten = {(s.hoofdslug, s.slug): s for s in load_soorten()}
        woorden = load_woorden("meldingen")
        self.afdelingen: dict[str, str] = dict(woorden["afdelingen"])
        self.bronnen: list[list[Any]] = woorden["bronnen"]
        self._wereld = wereld
        self._rijen: dict[int, Signaal] | None = None

    @property
    def rijen(self) -> dict[int, Signaal]:
        if self._rijen is None:
            self._rijen = {feit.nummer: _to_signaal(feit) for feit in self._wereld.meldingen}
        return self._rijen

    def next_nummer(self) -> int:
        return max(self.rijen) + 1

    def load(self, tekst: str) -> Signaal:
        rij = self.rijen.get(int(tekst)) if tekst.isascii() and tekst.isdigit() and len(tekst) < 12 else None
        if rij is None:
            raise ApiFout(404, "not_found", "No Signal matches the given query.")
        return rij

    # --- filters ------------------------------------------------------------

    def find(self, verzoek: Verzoek) -> list[Signaal]:
        """De rijen van een lijst. Een onbekende parameter telt stil niet mee, zoals bij django-filter."""
        rijen = list(self.rijen.values())
        if verzoek.storing != "filter-genegeerd":
            rijen = [rij for rij in rijen if self._past(rij, verzoek)]
        volgorde = verzoek.waarde("ordering") or "-created_at"
        sleutels: dict[str, Callable[[Signaal], Any]] = {
            "created_at": lambda r: r.om, "updated_at": lambda r: r.gewijzigd, "id": lambda r: r.nummer,
        }  # fmt: skip
        sleutel = sleutels.get(volgorde.lstrip("-"), sleutels["created_at"])
        return sorted(rijen, key=sleutel, reverse=volgorde.startswith("-"))

    def _past(self, rij: Signaal, verzoek: Verzoek) -> bool:
        q, w = verzoek.query, verzoek.waarde
        slugs = {soort.slug for soort in self.soorten.values()}
        for slug in q.get("category_slug", []):
            if slug not in slugs:
                raise ongeldig(
                    "category_slug", "invalid_choice", f"Selecteer een geldige keuze. {slug} bestaat niet."
                )
        tests: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("reporter_email", lambda: rij.email.lower() == w("reporter_email").lower()),
            ("address_text", lambda: w("address_text").lower() in rij.adrestekst.lower()),
            ("category_slug", lambda: rij.soort.slug in q["category_slug"]),
            ("maincategory_slug", lambda: rij.soort.hoofdslug in q["maincategory_slug"]),
            ("status", lambda: rij.status["state"] in q["status"]),
            ("source", lambda: rij.bron in q["source"]),
            ("id", lambda: str(rij.nummer) == w("id")),
            ("note_keyword", lambda: any(w("note_keyword").lower() in n.lower() for n, _ in rij.notities)),
            ("created_after", lambda: rij.om >= _tijd("created_after", w)),
            ("created_before", lambda: rij.om <= _tijd("created_before", w)),
            ("updated_after", lambda: rij.gewijzigd >= _tijd("updated_after", w)),
            ("punctuality", lambda: self._is_op_tijd(rij, w("punctuality"))),
        )
        return all(test() for naam, test in tests if w(naam))

    def _is_op_tijd(self, rij: Signaal, soort: str) -> bool:
        if soort not in ("on_time", "late", "late_factor_3", "null"):
            raise ongeldig("punctuality", "invalid_choice", f"Selecteer een geldige keuze. {soort}")
        if rij.status["state"] in KLAAR or soort == "null":
            return False
        nu = self.nu()
        return {"on_time": rij.uiterlijk > nu, "late": rij.uiterlijk < nu, "late_factor_3": rij.factor3 < nu}[
            soort
        ]

    def search(self, vraag: str) -> list[Signaal]:
        """Zoals een index met hele woorden: elk woord van de vraag mag het zijn (OF)."""
        woorden = set(_words(vraag))
        if not woorden:
            return list(self.rijen.values())
        gevonden = []
        for rij in self.rijen.values():
            velden = (str(rij.nummer), rij.tekst, rij.soort.naam, rij.email, rij.telefoon)
            raak = sum(len(woorden & set(_words(veld))) for veld in velden)
            if raak:
                gevonden.append((raak, rij))
        return [rij for _, rij in sorted(gevonden, key=lambda paar: -paar[0])]

    def find_nabij(self, rij: Signaal) -> list[Signaal]:
        grens = self.nu() - timedelta(weeks=12)
        return [
            ander
            for ander in self.rijen.values()
            if ander is not rij
            and ander.soort.slug == rij.soort.slug
            and ander.om >= grens
            and _meters(ander.punt, rij.punt) <= 50
        ]

    # --- tonen --------------------------------------------------------------

    def render(self, rij: Signaal, *, afgeschermd: bool, lijst: bool) -> Json:
        """Lijst en detail verschillen een beetje, net als in het echt."""
        eigen = f"{BASIS}/private/signals/{rij.nummer}"
        uit: Json = {
            "_links": {"self": {"href": eigen}},
            "_display": f"{rij.nummer} - {rij.status['state']} - None - {rij.om.isoformat()}",
            "id": rij.nummer,
            "id_display": f"SIG-{rij.nummer}",
            "source": rij.bron,
            "text": rij.tekst,
            "text_extra": "",
            "status": rij.status,
            "location": {
                "id": rij.nummer,
                "stadsdeel": None,
                "buurt_code": None,
                "area_code": None,
                "address": rij.adres,
                "address_text": rij.adrestekst,
                "postcode": rij.adres.get("postcode"),
                "geometrie": {"type": "Point", "coordinates": list(rij.punt)},
                "extra_properties": None,
                "bag_validated": False,
            },
            "category": self._render_soort(rij),
            "reporter": {
                "email": ("*****" if rij.email else "") if afgeschermd else rij.email,
                "phone": ("*****" if rij.telefoon else "") if afgeschermd else rij.telefoon,
                "sharing_allowed": rij.delen_mag,
                "allows_contact": rij.mag_mail,
            },
            "priority": {"priority": rij.spoed, "created_by": None},
            "type": {"code": "SIG", "created_at": rij.om.isoformat(), "created_by": None},
            "created_at": rij.om.isoformat(),
            "updated_at": rij.gewijzigd.isoformat(),
            "incident_date_start": rij.om.isoformat(),
            "incident_date_end": None,
            "has_attachments": bool(rij.bijlagen),
            "extra_properties": rij.extra,
            "notes": [{"text": tekst, "created_by": wie} for tekst, wie in rij.notities],
            "routing_departments": None,
            "assigned_user_email": None,
        }
        if lijst:
            return uit | {
                "signal_id": rij.uuid,
                "has_parent": False,
                "has_children": False,
                "operational_date": None,
            }
        uit["_links"] |= {"archives": {"href": f"{eigen}/history"}}
        return uit | {"attachments": [b["_links"]["self"]["href"] for b in rij.bijlagen]}

    def _render_soort(self, rij: Signaal) -> Json:
        soort = rij.soort
        return {
            "sub": soort.naam,
            "sub_slug": soort.slug,
            "main": soort.hoofdnaam,
            "main_slug": soort.hoofdslug,
            "category_url": f"{BASIS}/public/terms/categories/{soort.hoofdslug}/sub_categories/{soort.slug}",
            "departments": soort.afdeling,
            "created_by": None,
            "text": None,
            "deadline": rij.uiterlijk.isoformat(),
            "deadline_factor_3": rij.factor3.isoformat(),
        }

    def render_historie(self, rij: Signaal, what: str) -> list[Json]:
        """Nieuwste eerst; wat op hetzelfde moment gebeurde, in omgekeerde volgorde."""
        return [
            {
                "identifier": f"{wat}_{rij.nummer}{plek:03}",
                "when": om.isoformat(),
                "what": wat,
                "action": titel,
                "description": tekst,
                "who": wie,
                "_signal": rij.nummer,
            }
            for plek, (om, wat, titel, tekst, wie) in sorted(
                enumerate(rij.regels), key=lambda p: (p[1][0], p[0])
            )[::-1]
            if not what or wat == what
        ]


def _to_signaal(feit: Meldingfeit) -> Signaal:
    rij = Signaal(feit.nummer, feit.uuid, feit.soort, feit.tekst, feit.om)
    rij.uiterlijk, rij.factor3 = feit.uiterlijk, feit.factor3
    rij.adres = {
        "openbare_ruimte": feit.straat, "huisnummer": str(feit.huisnummer), "postcode": feit.postcode,
        "woonplaats": feit.plaats,
    }  # fmt: skip
    rij.punt, rij.bron = feit.punt, feit.bron
    rij.email, rij.telefoon, rij.mag_mail = feit.email, feit.telefoon, feit.mag_mail
    rij.log_begin("Signalen systeem")
    for stap in feit.stappen:
        rij.set_status(stap.om, stap.stand, stap.tekst or None, stap.mail, "buitendienst@losser.example")
    for om, tekst in feit.notities:
        rij.add_notitie(om, tekst, "buitendienst@losser.example")
    return rij


def _tijd(naam: str, waarde: Callable[[str], str]) -> datetime:
    tijd = read_moment(waarde(naam))
    if tijd is None:
        raise ongeldig(naam, "invalid", "Voer een geldige datum/tijd in.")
    return tijd.astimezone(UTC)


def _words(tekst: str) -> list[str]:
    """De standaardindeling van de index: letters en cijfers; een spatie of @ scheidt, een punt niet."""
    return re.findall(r"[0-9a-zà-ÿ]+(?:[.'][0-9a-zà-ÿ]+)*", tekst.lower())


def _meters(a: tuple[float, float], b: tuple[float, float]) -> float:
    breed = (a[0] - b[0]) * 111_320 * math.cos(math.radians(a[1]))
    return math.hypot(breed, (a[1] - b[1]) * 110_574)
