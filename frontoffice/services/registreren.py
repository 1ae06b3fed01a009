"""Van het eerste teken tot de outbox: een contact beginnen, bewaren, afronden en weer terughalen.

Verstuurt niets; dat doet `verzenden`. Alles hier schrijft naar de winkel en hoort buiten de schermdraad.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from frontoffice.domain.belofte import (
    DOEN,
    LATEN_WETEN,
    MAX_TOELICHTING,
    RUIMTE,
    TERUGBELLEN,
    format_belofte,
    quote_eigen,
)
from frontoffice.domain.cijfers import WOORD_COMPLIMENT, WOORD_PLAATS, WOORD_TEKST
from frontoffice.domain.concept import (
    Afdeling,
    Afsluiting,
    Concept,
    Gesprekspartner,
    NieuwAdres,
    Terugbelverzoek,
)
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.normen import GEWOON, Normen, Waarvoor, WettelijkeTermijn
from frontoffice.domain.registratie import (
    MAX_HANDELING,
    MAX_INHOUD,
    MAX_KANAAL,
    MAX_METADATA,
    MAX_ONDERWERP,
    SLEUTEL,
    ZAAKNUMMER,
    Deelnemer,
    Herhaling,
    Opdracht,
    Registratie,
    Rol,
    Taakopgave,
    Toestand,
    Verzending,
    clean_tekst,
    cut_inhoud,
    label_deel,
)
from frontoffice.domain.taakwijziging import METADATA_ACTIE, METADATA_TAAK, Taakactie
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Wijziging, Winkel

ONGEDAAN_S = 10
"""Zo lang kan een afgerond contact terug voordat het wordt verstuurd."""
HANDELING = "Terugbellen"
_ALGEMEEN = "Algemene vraag"
_KORT = 60


@dataclass(frozen=True)
class Registreerinstellingen:
    """Wat de gemeente kiest. `medewerker` is de identificatie die het register krijgt."""

    medewerker: str
    medewerker_naam: str
    kanalen: tuple[str, ...]
    kanaal: str
    taal: str = "nld"
    onderwerpen: tuple[str, ...] = ()
    afdelingen: tuple[Afdeling, ...] = ()
    wet: tuple[WettelijkeTermijn, ...] = ()


@dataclass(frozen=True)
class Veldfout:
    """Wat er aan één veld niet kan. `veld` is de naam in `Concept` of `Terugbelverzoek`."""

    veld: str
    zin: str


class ConceptFout(InvoerFout):
    """Het contact kan zo niet worden afgerond; alle fouten samen."""

    def __init__(self, fouten: tuple[Veldfout, ...]) -> None:
        super().__init__(" ".join(fout.zin for fout in fouten), code="contact_onaf")
        self.fouten = fouten


@dataclass(frozen=True)
class Afgerond:
    """Het contact staat op deze pc. `ids` zijn de rijen van de outbox, één per deel."""

    uuid: str
    ids: tuple[int, ...]
    ongedaan_tot: datetime


class Registreerdienst:
    """Begin, bewaar en rond contacten af."""

    def __init__(
        self,
        winkel: Winkel,
        klok: Klok,
        instellingen: Registreerinstellingen,
        normen: Normen = GEWOON,
    ) -> None:
        self._winkel = winkel
        self._klok = klok
        self.instellingen = instellingen
        self._normen = normen

    # --- concepten -------------------------------------------------------------------------------------

    def start(self, plek: int = 0, kanaal: str = "", gesprek: str = "") -> Concept:
        """Een nieuw contact, nog niet bewaard: dat gebeurt met het eerste teken."""
        return start_concept(self.instellingen, self._klok.nu(), plek, kanaal, gesprek)

    def load_concepten(self) -> tuple[Concept, ...]:
        """De contacten van deze medewerker die nog lopen, zoals zij waren."""
        return self._winkel.load_concepten(self.instellingen.medewerker)

    def save(self, concept: Concept) -> None:
        """Zet het concept op schijf; keert terug als het er staat. Raises WinkelFout."""
        self._winkel.save_concept(concept)

    def remove(self, concept: Concept) -> None:
        """Gooi een concept weg dat niet wordt geregistreerd."""
        self._winkel.remove_concept(concept.uuid)

    # --- voorstellen -----------------------------------------------------------------------------------

    def propose_terugbel(
        self,
        aan: Afdeling,
        vraag: str,
        telefoon: str,
        onderwerp: str = "",
        kanaal: str = "",
        *,
        laten_weten: bool = False,
    ) -> Terugbelverzoek:
        """Een belofte binnen de norm voor dit onderwerp of kanaal, en anders binnen die van de afdeling (bij
        terugbellen) of de gemeente (bij laten weten)."""
        waarvoor = Waarvoor.LATEN_WETEN if laten_weten else Waarvoor.TERUGBELLEN
        norm = self._normen.find_eigen(waarvoor, onderwerp, kanaal)
        gewoon = self._normen.laten_weten if laten_weten else aan.werkdagen or self._normen.terugbellen
        dagen = norm.werkdagen if norm else gewoon
        dag = self._normen.kalender.add_werkdagen(self._klok.vandaag(), dagen)
        return Terugbelverzoek(aan, vraag, dag, dag, telefoon)

    # --- afronden --------------------------------------------------------------------------------------

    def finish(
        self,
        concept: Concept,
        *,
        in_delen: bool = False,
        nummer_nodig: bool = True,
        ongedaan_s: float = ONGEDAAN_S,
    ) -> Afgerond:
        """Rond af: het concept gaat eruit en de outbox in, in één keer. Twee keer drukken is één keer.

        Raises ConceptFout, WinkelFout.
        """
        fouten = check_concept(concept, self._klok.nu(), in_delen=in_delen, nummer_nodig=nummer_nodig)
        if fouten:
            raise ConceptFout(fouten)
        delen = cut_inhoud(clean_tekst(concept.notitie).strip())
        nummers = self._winkel.next_referentienummers(len(delen))
        registraties = make_registraties(concept, delen, nummers, self.instellingen.medewerker_naam)
        tot = self._klok.nu() + timedelta(seconds=ongedaan_s)
        return Afgerond(concept.uuid, self._winkel.finish(concept.uuid, registraties, tot), tot)

    def retry(self, rij: Verzending, opdracht: Opdracht | None = None) -> None:
        """Laat een rij met *Actie nodig* weer meedoen, eventueel verbeterd; er wordt eerst nagekeken."""
        self._winkel.update(
            rij.id,
            Wijziging(
                Toestand.WORDT_NAGEKEKEN,
                niet_voor=self._klok.nu(),
                fout="",
                veld="",
                opdracht=opdracht,
            ),
        )

    def undo(self, conceptuuid: str) -> Concept | None:
        """Haal een afgerond contact terug; None als het al onderweg is."""
        return self._winkel.undo(conceptuuid)


def start_concept(
    instellingen: Registreerinstellingen, nu: datetime, plek: int = 0, kanaal: str = "", gesprek: str = ""
) -> Concept:
    """Een nieuw contact met zijn sleutel. Raakt de winkel niet aan: het eerste teken hoeft nergens op te
    wachten."""
    return Concept(
        uuid=str(uuid.uuid4()),
        gesprek=gesprek or str(uuid.uuid4()),
        medewerker=instellingen.medewerker,
        begonnen_op=nu,
        kanaal=kanaal or instellingen.kanaal,
        plek=plek,
        taal=instellingen.taal,
    )


def next_vraag(
    concept: Concept, instellingen: Registreerinstellingen, nu: datetime, plek: int = 0
) -> Concept:
    """Nog een vraag in hetzelfde gesprek: dezelfde mensen, een eigen sleutel, tekst en onderwerp."""
    return replace(
        start_concept(instellingen, nu, plek, concept.kanaal, concept.gesprek),
        klant=concept.klant,
        bedrijf=concept.bedrijf,
        namens=concept.namens,
        taal=concept.taal,
        identiteit=concept.identiteit,
    )


def propose_onderwerp(concept: Concept) -> str:
    """Het onderwerp in één regel; gaf de medewerker er geen, dan de zaak of het begin van de notitie."""
    eigen = " ".join(clean_tekst(concept.onderwerp).split())
    if eigen:
        return eigen[:MAX_ONDERWERP]
    if concept.zaken:
        return concept.zaken[0].omschrijving[:MAX_ONDERWERP] or _ALGEMEEN
    if concept.terugbel is not None and concept.terugbel.vraag.strip():
        return _begin(concept.terugbel.vraag)
    return _begin(concept.notitie) or _ALGEMEEN


def _begin(tekst: str) -> str:
    """De eerste zin, of zoveel hele woorden als er in een kort onderwerp passen."""
    regel = next((regel.strip() for regel in tekst.splitlines() if regel.strip()), "")
    zin = re.split(r"(?<=[.?!])\s", regel, maxsplit=1)[0].rstrip(".")
    if len(zin) <= _KORT:
        return zin
    return zin[:_KORT].rsplit(" ", 1)[0]


def check_concept(
    concept: Concept, nu: datetime, *, in_delen: bool = False, nummer_nodig: bool = True
) -> tuple[Veldfout, ...]:
    """Alles wat het register zou afkeuren of wat niet waar kan zijn, in zinnen voor bij het veld.

    `in_delen`: een te lange notitie wordt opgeknipt. `nummer_nodig`: terugbellen vraagt om een nummer.
    """
    fouten: list[Veldfout] = []
    te_veel = len(clean_tekst(concept.notitie).strip()) - MAX_INHOUD
    if te_veel > 0 and not in_delen:
        fouten.append(
            Veldfout(
                "notitie",
                f"De notitie is {te_veel} tekens te lang. Maak haar korter, of kies Rond af in delen.",
            )
        )
    if len(concept.onderwerp.strip()) > MAX_ONDERWERP:
        fouten.append(
            Veldfout("onderwerp", f"Het onderwerp mag {MAX_ONDERWERP} tekens zijn. Maak het korter.")
        )
    if not concept.kanaal.strip():
        fouten.append(Veldfout("kanaal", "Kies een kanaal."))
    elif len(concept.kanaal) > MAX_KANAAL:
        fouten.append(Veldfout("kanaal", "De naam van dit kanaal is te lang. Kies een ander kanaal."))
    if concept.begonnen_op > nu + timedelta(minutes=1):
        fouten.append(Veldfout("begonnen_op", "De begintijd ligt in de toekomst. Verbeter de tijd."))
    if concept.afsluiting is None:
        fouten.append(Veldfout("afsluiting", "Kies hoe het contact eindigde."))
    if concept.afsluiting is Afsluiting.TERUGBELVERZOEK and not concept.taak_uuid:
        fouten += check_terugbel(concept.terugbel, nu, nummer_nodig=nummer_nodig)
    if concept.namens is not None and not (concept.klant or concept.bedrijf):
        fouten.append(Veldfout("klant", "Zoek eerst de klant voor wie er wordt gebeld."))
    return tuple(fouten)


def check_terugbel(terugbel: Terugbelverzoek | None, nu: datetime, *, nummer_nodig: bool) -> list[Veldfout]:
    """Wat er aan deze belofte niet kan, in zinnen voor bij het veld."""
    if terugbel is None:
        return [Veldfout("terugbel", "Kies wie er terugbelt.")]
    fouten = []
    if not (terugbel.aan.object_id or terugbel.aan.naam):
        fouten.append(Veldfout("terugbel", "Kies wie er terugbelt."))
    if not terugbel.vraag.strip():
        fouten.append(Veldfout("terugbel_vraag", "Schrijf op wat de klant wil weten."))
    if nummer_nodig and not terugbel.telefoon and not terugbel.laten_weten.strip():
        fouten.append(Veldfout("telefoon", "Vul het nummer in waarop de klant te bereiken is."))
    if terugbel.uiterlijk < nu.date() or terugbel.beloofd < nu.date():
        fouten.append(Veldfout("uiterlijk", "De datum is al voorbij. Kies een latere dag."))
    if terugbel.beloofd < terugbel.uiterlijk:
        fouten.append(
            Veldfout(
                "beloofd", "De klant verwacht ons eerder dan de afdeling moet bellen. Kies een latere dag."
            )
        )
    te_veel = len(_toelichting(terugbel)) - (MAX_TOELICHTING - RUIMTE)
    if te_veel > 0:
        fouten.append(
            Veldfout(
                "terugbel_vraag", f"De vraag en antwoorden zijn samen {te_veel} tekens te lang. Kort ze in."
            )
        )
    return fouten


# --- van concept naar registratie ------------------------------------------------------------------------


def make_registraties(
    concept: Concept, delen: Sequence[str], nummers: Sequence[str], medewerker_naam: str
) -> tuple[Registratie, ...]:
    """Eén registratie per deel. Het eerste deel draagt alles; de andere alleen tekst, klant en zaken."""
    onderwerp = propose_onderwerp(concept)
    deelnemers = _deelnemers(concept)
    registraties = []
    for plaats, (inhoud, nummer) in enumerate(zip(delen, nummers, strict=True)):
        eerste = plaats == 0
        sleutel = concept.uuid if eerste else str(uuid.uuid5(uuid.UUID(concept.uuid), str(plaats + 1)))
        metadata = _metadata(concept) | {SLEUTEL: sleutel}
        if len(delen) > 1:
            metadata["deel"] = f"{plaats + 1}/{len(delen)}"
        registraties.append(
            Registratie(
                uuid=sleutel,
                referentienummer=nummer,
                medewerker=concept.medewerker,
                medewerker_naam=medewerker_naam,
                kanaal=concept.kanaal,
                onderwerp=label_deel(onderwerp, plaats + 1, len(delen)),
                inhoud=inhoud,
                taal=concept.taal,
                vertrouwelijk=concept.vertrouwelijk,
                gelukt=concept.afsluiting is not Afsluiting.NIET_GELUKT,
                plaatsgevonden_op=make_uniek(concept.begonnen_op, sleutel),
                groep=_groep(concept),
                deelnemers=deelnemers
                if eerste
                else tuple(replace(deelnemer, adressen=()) for deelnemer in deelnemers),
                zaken=tuple(zaak.uuid or f"{ZAAKNUMMER}{zaak.nummer}" for zaak in concept.zaken),
                meldingen=concept.meldingen,
                taak=_taak(concept) if eerste else None,
                herhaling=_herhaling(concept) if eerste else None,
                metadata=metadata,
            )
        )
    return tuple(registraties)


def _deelnemers(concept: Concept) -> tuple[Deelnemer, ...]:
    """De klant eerst. Wie namens een ander belt, begon het contact; de klant dan niet."""
    adressen = _adressen(concept)
    begon = concept.namens is None
    deelnemers = []
    if concept.klant is not None:
        deelnemers.append(Deelnemer(concept.klant, Rol.KLANT, begon, adressen if begon else ()))
    if concept.bedrijf is not None:
        zelf = concept.klant is None and begon
        deelnemers.append(Deelnemer(concept.bedrijf, Rol.KLANT, zelf, adressen if zelf else ()))
    if concept.namens is not None:
        deelnemers.append(Deelnemer(concept.namens, Rol.VERTEGENWOORDIGER, True, adressen))
    if not deelnemers and adressen:
        deelnemers.append(Deelnemer(Gesprekspartner(), Rol.KLANT, True, adressen))
    return tuple(deelnemers)


def _adressen(concept: Concept) -> tuple[NieuwAdres, ...]:
    """Met het nummer om terug te bellen erbij: zonder dat is de belofte niet na te komen."""
    adressen = concept.adressen
    nummer = concept.terugbel.telefoon if concept.terugbel and not concept.taak_uuid else ""
    if nummer and all(adres.adres != nummer for adres in adressen):
        adressen = (*adressen, NieuwAdres("telefoonnummer", nummer))
    return adressen


def _taak(concept: Concept) -> Taakopgave | None:
    if concept.terugbel is None or concept.taak_uuid or concept.afsluiting is not Afsluiting.TERUGBELVERZOEK:
        return None
    return make_taakopgave(concept.terugbel)


def make_taakopgave(terugbel: Terugbelverzoek) -> Taakopgave:
    """De internetaak waarin deze belofte in het register komt."""
    beloofd = " ".join(clean_tekst(terugbel.laten_weten).split())
    handeling = f"{LATEN_WETEN}: {beloofd}" if beloofd else HANDELING
    return Taakopgave(terugbel.aan, handeling[:MAX_HANDELING], _toelichting(terugbel))


def _toelichting(terugbel: Terugbelverzoek) -> str:
    regels = [clean_tekst(terugbel.vraag).strip()]
    regels += [f"{vraag}: {antwoord}" for vraag, antwoord in terugbel.antwoorden if antwoord.strip()]
    eigen = [quote_eigen(regel) for regel in regels]
    soort = DOEN if terugbel.laten_weten.strip() else TERUGBELLEN
    return "\n".join([format_belofte(terugbel.uiterlijk, terugbel.beloofd, soort), *eigen])


def _herhaling(concept: Concept) -> Herhaling | None:
    if not concept.taak_uuid:
        return None
    return Herhaling(concept.taak_uuid, concept.taak_contact_uuid, concept.begonnen_op)


def _metadata(concept: Concept) -> dict[str, str]:
    """Wat een ander programma ook mag weten; nooit een antwoord op een controlevraag of een naam."""
    metadata = {"gesprek": concept.gesprek}
    if concept.afsluiting is not None:
        metadata["afsluiting"] = concept.afsluiting.value
    if concept.afsluiting is Afsluiting.DOORVERBONDEN and concept.doorverbonden_met:
        metadata["doorverbondenmet"] = concept.doorverbonden_met
    if concept.identiteit is not None:
        metadata["identiteitniveau"] = concept.identiteit.niveau.value
        metadata["identiteitmethode"] = concept.identiteit.methode
    if concept.duur_s > 0:
        metadata["duurseconden"] = str(round(concept.duur_s))
    if concept.niet_op_website:
        metadata["nietopwebsite"] = "ja"
        if concept.webpagina:
            metadata["webpagina"] = concept.webpagina
    if concept.compliment:
        metadata[WOORD_COMPLIMENT] = "ja"
        if tekst := clean_tekst(concept.complimenttekst).strip():
            metadata[WOORD_TEKST] = tekst
    plaats = next((wie.plaats for wie in (concept.klant, concept.bedrijf) if wie and wie.plaats), "")
    if plaats:
        metadata[WOORD_PLAATS] = plaats
    if concept.afspraak:
        metadata["afspraak"] = concept.afspraak
    if concept.taak_uuid:
        metadata[METADATA_TAAK] = concept.taak_uuid
        metadata[METADATA_ACTIE] = Taakactie.OPNIEUW.value
    elif concept.terugbel is not None and concept.afsluiting is Afsluiting.TERUGBELVERZOEK:
        metadata |= belofte_metadata(concept.terugbel)
    return {naam: waarde[:MAX_METADATA] for naam, waarde in metadata.items()}


def belofte_metadata(terugbel: Terugbelverzoek) -> dict[str, str]:
    """Wanneer er is beloofd te bellen, ook zonder tekst te lezen. Open Klant kent er geen veld voor."""
    return {
        "terugbellenuiterlijk": terugbel.uiterlijk.isoformat(),
        "terugbellenbeloofd": terugbel.beloofd.isoformat(),
    }


def make_uniek(om: datetime, sleutel: str) -> datetime:
    """De begintijd met de sleutel in de microseconden: zo is het ook zonder nummer te vinden."""
    return om.astimezone(UTC).replace(microsecond=uuid.UUID(sleutel).int % 1_000_000)


def _groep(concept: Concept) -> str:
    """Gelijk voor wat op volgorde moet: dezelfde klant, en anders hetzelfde gesprek. Niet leesbaar."""
    wie = concept.klant or concept.bedrijf
    nummer = wie and (wie.bsn or wie.kvk or wie.partij_uuid)
    return hashlib.sha256((nummer or concept.gesprek).encode()).hexdigest()[:16]
