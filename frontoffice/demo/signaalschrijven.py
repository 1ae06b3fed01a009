"""Meldingen maken en veranderen zoals Signalen het doet: alles uit één PATCH, of niets.

Kent geen sleutel tegen dubbel maken: twee keer hetzelfde sturen geeft twee meldingen.
"""

from __future__ import annotations

import json
import re
from typing import Any

from frontoffice.demo.http import OORSPRONG, ApiFout, Json, Verzoek
from frontoffice.demo.klantbestand import new_uuid
from frontoffice.demo.signaalbestand import BASIS, STANDEN, Signaal, Signaalbestand
from frontoffice.demo.tijd import read_moment
from frontoffice.demo.wereld.meldingen import add_dagen

VAK = (3.3, 50.7, 7.3, 53.6)
MAX_TEKST, MAX_VRAAG, MAX_TELEFOON = 3000, 1000, 17
MAG_NAAR = {
    "m": {"m", "i", "b", "ingepland", "o", "a", "reaction requested", "forward to external", "ready to send"},
    "i": {"m", "i", "b", "ingepland", "o", "a", "reaction requested", "forward to external"},
    "b": {"m", "b", "ingepland", "o", "a", "reaction requested", "forward to external"},
    "ingepland": {"m", "b", "ingepland", "o", "a", "reaction requested", "forward to external"},
    "h": {"ingepland", "a"},
    "o": {"reopened", "reopen requested"},
    "a": {"a", "reopened", "b"},
    "reopened": {"reopened", "b", "ingepland", "o", "a", "ready to send"},
    "reaction requested": {"reaction requested", "reaction received", "b", "o", "a", "ingepland"},
    "reaction received": {"b", "ingepland", "o", "a", "reaction requested"},
}  # fmt: skip
_SOORT = re.compile(r"/terms/categories/([\w-]+)/sub_categories/([\w-]+)/?\Z")
_FOTO = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}


class VeldFout(Exception):
    """Een 400 in de kale vorm van DRF: {veld: [zin]}."""

    def __init__(self, velden: Json) -> None:
        super().__init__("ongeldig")
        self.velden = velden


class Signaalschrijver:
    """Beantwoordt POST en PATCH."""

    def __init__(self, bestand: Signaalbestand) -> None:
        self._bestand = bestand

    def create(self, verzoek: Verzoek, wie: str) -> Signaal:
        lijf = _open(verzoek)
        fouten: Json = {}
        for naam in ("text", "location", "category", "reporter", "incident_date_start"):
            if naam not in lijf:
                fouten[naam] = ["Dit veld is vereist."]
        tekst = str(lijf.get("text") or "").strip()
        if not tekst:
            fouten["text"] = ["Dit veld mag niet leeg zijn."]
        elif len(tekst) > MAX_TEKST:
            fouten["text"] = [f"Zorg ervoor dat dit veld niet meer dan {MAX_TEKST} karakters bevat."]
        if read_moment(str(lijf.get("incident_date_start"))) is None:
            fouten["incident_date_start"] = ["Datetime heeft een ongeldig formaat."]
        fouten |= self._check_melder(lijf.get("reporter") or {}) | self._check_bron(
            str(lijf.get("source") or "")
        )
        soort = self._find_soort(lijf.get("category") or {}, fouten)
        punt = self._find_punt(lijf.get("location") or {}, fouten)
        extra = lijf.get("extra_properties")
        if extra is not None and not (isinstance(extra, list) and all(_is_vraag(deel) for deel in extra)):
            fouten["extra_properties"] = ["Invalid input."]
        if fouten or soort is None or punt is None:
            raise VeldFout(fouten)
        nu = self._bestand.nu()
        with self._bestand.slot:
            rij = Signaal(self._bestand.next_nummer(), new_uuid(), soort, tekst, nu)
            rij.uiterlijk = add_dagen(nu, soort.dagen, soort.kalenderdagen)
            rij.factor3 = add_dagen(nu, soort.dagen * 3, soort.kalenderdagen)
            rij.punt, rij.adres = punt, dict(lijf["location"].get("address") or {})
            melder = lijf["reporter"]
            rij.email, rij.telefoon = str(melder.get("email") or ""), str(melder.get("phone") or "")
            rij.delen_mag, rij.bron, rij.extra = (
                bool(melder.get("sharing_allowed")),
                str(lijf.get("source")),
                extra,
            )
            rij.spoed = str((lijf.get("priority") or {}).get("priority") or "normal")
            rij.log_begin(wie)
            rij.set_status(nu, "m", None, False, wie)
            self._bestand.rijen[rij.nummer] = rij
        return rij

    @staticmethod
    def _check_melder(melder: Json) -> Json:
        fouten: Json = {}
        email, telefoon = melder.get("email") or "", melder.get("phone") or ""
        if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
            fouten["email"] = ["Voer een geldig e-mailadres in."]
        if len(telefoon) > MAX_TELEFOON:
            fouten["phone"] = [f"Zorg ervoor dat dit veld niet meer dan {MAX_TELEFOON} karakters bevat."]
        return {"reporter": fouten} if fouten else {}

    def _check_bron(self, naam: str) -> Json:
        for bron, actief, _, publiek in self._bestand.bronnen:
            if bron.lower() == naam.lower() and actief:
                return {"source": ["Invalid source given for authenticated user"]} if publiek else {}
        return {"source": ["Invalid source given, value not known"]}

    def _find_soort(self, categorie: Json, fouten: Json) -> Any:
        adres = str(categorie.get("category_url") or categorie.get("sub_category") or "")
        treffer = _SOORT.search(adres)
        soort = self._bestand.soorten.get((treffer[1], treffer[2])) if treffer else None
        if soort is None:
            fouten["category"] = {"category_url": ["Ongeldige hyperlink - Object bestaat niet."]}
        return soort

    @staticmethod
    def _find_punt(plek: Json, fouten: Json) -> tuple[float, float] | None:
        delen = (plek.get("geometrie") or {}).get("coordinates") or []
        if len(delen) == 2 and VAK[0] <= delen[0] <= VAK[2] and VAK[1] <= delen[1] <= VAK[3]:
            return float(delen[0]), float(delen[1])
        fouten["location"] = {
            "geometrie": ["The location coordinates (WS84) are not inside the bounding box."]
        }
        return None

    # --- veranderen ---------------------------------------------------------

    def change(self, rij: Signaal, verzoek: Verzoek, wie: str) -> None:
        lijf = _open(verzoek)
        status, notities = lijf.get("status"), lijf.get("notes")
        if status is not None:
            self.check_status(rij, str(status.get("state") or ""), str(status.get("text") or ""))
        tekst = ""
        if notities:
            tekst = str(notities[0].get("text") or "").strip()
            if not tekst or len(tekst) > MAX_TEKST:
                raise VeldFout({"notes": [{"text": ["Dit veld mag niet leeg zijn."]}]})
        nu = self._bestand.nu()
        with self._bestand.slot:
            if tekst:
                rij.add_notitie(nu, tekst, wie)
            if status is not None:
                extra = status.get("extra_properties")
                mail = bool(status.get("send_email"))
                rij.set_status(nu, status["state"], status.get("text") or None, mail, wie, extra)

    def check_status(self, rij: Signaal, code: str, tekst: str) -> None:
        """Raises VeldFout als deze stand nu niet mag."""
        if code not in STANDEN:
            raise VeldFout({"status": {"state": [f'"{code}" is een ongeldige keuze.']}})
        nu_code = rij.status["state"]
        if code not in MAG_NAAR.get(nu_code, {"b", "o", "a"}):
            zin = f"Invalid state transition from `{STANDEN[nu_code]}` to `{STANDEN[code]}`."
            raise VeldFout({"state": [zin]})
        if code == "reaction requested" and not rij.email:
            raise VeldFout({"status": {"state": ["No email address known for signal."]}})
        if code in ("o", "reaction requested") and not tekst:
            raise VeldFout({"text": ["This field is required when changing `state` to `o`."]})
        if code == "reaction requested" and len(tekst) > MAX_VRAAG:
            raise VeldFout({"status": {"text": [f"Maximaal {MAX_VRAAG} karakters."]}})

    def preview(self, rij: Signaal, verzoek: Verzoek) -> Json:
        lijf = _open(verzoek)
        code, tekst = str(lijf.get("status") or ""), str(lijf.get("text") or "")
        self.check_status(rij, code, tekst)
        if not rij.mag_mail:
            raise ApiFout(404, "not_found", "No email preview available for given status transition")
        lijf_html = (
            f"<!DOCTYPE html>\n<html><head><title>Uw melding SIG-{rij.nummer}</title></head>\n<body>"
            "<p>Geachte heer, mevrouw,</p>\n"
            f"<p>U hebt een melding gedaan.</p>\n<p><b>Stand van zaken</b><br/>{_escape(tekst)}</p>\n"
            f"<p>Nummer: <i>SIG-{rij.nummer}</i></p>"
            "<p>Met vriendelijke groet,<br/>Gemeente Losser</p></body></html>"
        )
        return {"subject": f"Meer over uw melding SIG-{rij.nummer}", "html": lijf_html}

    def attach(self, rij: Signaal, verzoek: Verzoek, wie: str) -> Json:
        """Een foto. De naam krijgt een staartje als hij er al is: het bestand overschrijft niets."""
        naam, inhoud = _read_formulier(verzoek)
        soort = next((soort for begin, soort in _FOTO.items() if inhoud.startswith(begin)), "")
        if not soort:
            raise VeldFout({"file": ["Bestandstype is niet toegestaan."]})
        with self._bestand.slot:
            if any(b["location"].endswith(f"/{naam}") for b in rij.bijlagen):
                stam, punt, einde = naam.rpartition(".")
                naam = f"{stam}_{new_uuid()[:7]}{punt}{einde}"
            nummer = len(rij.bijlagen) + 1
            bijlage: Json = {
                "_display": f"Attachment object ({nummer})",
                "_links": {"self": {"href": f"{BASIS}/private/signals/{rij.nummer}/attachments/{nummer}"}},
                "location": f"{OORSPRONG}/signals/media/attachments/2026/11/22/{naam}",
                "is_image": True,
                "created_at": self._bestand.nu().isoformat(),
                "created_by": wie,
                "public": False,
                "caption": None,
            }
            rij.bijlagen.append(bijlage)
            rij.add_notitie(self._bestand.nu(), f"Bijlage toegevoegd: {naam}", wie)
        return bijlage


def _open(verzoek: Verzoek) -> Json:
    try:
        lijf = json.loads(verzoek.inhoud)
    except ValueError:
        raise ApiFout(400, "parse_error", "JSON parse error") from None
    if not isinstance(lijf, dict):
        raise VeldFout({"non_field_errors": ["Ongeldige data. Verwacht een dictionary."]})
    return lijf


def _read_formulier(verzoek: Verzoek) -> tuple[str, bytes]:
    """(bestandsnaam, inhoud) uit een formulier met één bestand in het veld `file`."""
    grens = re.search(r"boundary=([\w'()+,./:=?-]{1,70})", verzoek.koppen.get("content-type", ""))
    if grens is None:
        raise ApiFout(415, "unsupported_media_type")
    for deel in verzoek.inhoud.split(b"--" + grens[1].encode()):
        kop, _, inhoud = deel.partition(b"\r\n\r\n")
        naam = re.search(rb'name="file"; filename="([\w.-]{1,100})"', kop)
        if naam:
            return naam[1].decode(), inhoud.removesuffix(b"\r\n")
    raise VeldFout({"file": ["Geen bestand ingestuurd."]})


def _is_vraag(deel: object) -> bool:
    return isinstance(deel, dict) and {"id", "label", "category_url", "answer"} <= set(deel)


def _escape(tekst: str) -> str:
    return tekst.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
