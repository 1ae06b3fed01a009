"""De klantcontacten met betrokkenen, onderwerpen en terugbelverzoeken, geschreven als door een collega."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from frontoffice.demo.wereld.bron import Toeval, load_woorden, pick_gewogen
from frontoffice.demo.wereld.feiten import (
    Actor,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Onderwerpobject,
    Partij,
    Taak,
    Zaak,
)

ZWAAR_CONTACTEN = 2000
ANONIEM = 12
ALLEEN_MET_ZAAK = ("LOS-NATURALISATIE", "LOS-HUWELIJK", "LOS-BEZWAAR", "LOS-KLACHT", "LOS-SCHULD")


class _Opzet:
    """Een contact in wording: tijd, partij en een eigen sleutel."""

    __slots__ = ("partij", "sleutel", "tijd")

    def __init__(self, tijd: str, partij: int, sleutel: str) -> None:
        self.tijd = tijd
        self.partij = partij
        self.sleutel = sleutel


class Contacten:
    """Maakt alle contacten, oudste eerst."""

    def __init__(
        self,
        toeval: Toeval,
        partijen: list[Partij],
        rollen: dict[int, str],
        zaken_van: dict[int, list[Zaak]],
        actoren: list[Actor],
        eerste_adres: int,
    ) -> None:
        self.toeval = toeval
        self.vandaag = toeval.vandaag
        self.partijen = partijen
        self.rollen = rollen
        self.zaken_van = zaken_van
        self.woorden = load_woorden("contacten")
        self.themas: list[dict[str, Any]] = self.woorden["themas"]
        self.per_zaaktype = {t["zaaktype"]: t for t in self.themas if t.get("zaaktype")}
        # Over een naturalisatie of een trouwerij belt alleen wie daar een zaak voor heeft.
        self.algemeen = [t for t in self.themas if t.get("zaaktype") not in ALLEEN_MET_ZAAK]
        self.straten = [s[2] for s in load_woorden("plaatsen")["straten"]]
        self.medewerkers: dict[str, list[int]] = {}
        for actor in actoren:
            if actor.soort == "medewerker":
                self.medewerkers.setdefault(actor.afdeling, []).append(actor.nummer)
        self.systeem = next(a.nummer for a in actoren if a.soort == "geautomatiseerde_actor")
        self.afdeling = {a.code: a.nummer for a in actoren if a.soort == "organisatorische_eenheid"}
        self.rng = toeval("contacten")
        self.adressen: list[DigitaalAdres] = []
        self.eerste_adres = eerste_adres
        self.taakteller = self.betrokkenenteller = self.objectteller = 0

    def make(self) -> list[Contact]:
        opzetten: list[_Opzet] = []
        for partij in self.partijen:
            rng = self.toeval(f"contacten-{partij.nummer}")
            opzetten += [
                _Opzet(self._tijd(rng, i), partij.nummer, f"{partij.nummer}-{i}")
                for i in range(self._aantal(partij, rng))
            ]
        rng = self.toeval("contacten-anoniem")
        opzetten += [_Opzet(self._tijd(rng, i), -1, f"anoniem-{i}") for i in range(ANONIEM)]
        opzetten.sort(key=lambda o: (o.tijd, o.sleutel))
        contacten = [self._make_contact(nummer, opzet) for nummer, opzet in enumerate(opzetten)]
        return [self._met_nummer(contact) for contact in contacten]

    def _aantal(self, partij: Partij, rng: Random) -> int:
        rol = self.rollen.get(partij.nummer, "")
        if rol in ("zwaar", "geen", "gewoon"):
            return {"zwaar": ZWAAR_CONTACTEN, "geen": 0, "gewoon": 34}[rol]
        return rng.choice((1, 2, 3, 5, 8) if rol else (0, 0, 1, 1, 2, 3, 4, 6, 9, 15))

    def _tijd(self, rng: Random, volgorde: int) -> str:
        """Een moment in kantooruren, UTC; vaker kortgeleden dan lang geleden, nooit vandaag."""
        terug = 1 + int(1500 * rng.random() ** 2.2)
        dag: date = self.vandaag - timedelta(days=terug)
        if dag.weekday() > 4:
            dag -= timedelta(days=dag.weekday() - 4)
        minuut = int(rng.random() * 520)
        return f"{dag.isoformat()}T{7 + minuut // 60:02d}:{minuut % 60:02d}:{(volgorde * 13) % 60:02d}Z"

    # --- één contact -------------------------------------------------------

    def _make_contact(self, nummer: int, opzet: _Opzet) -> Contact:
        rng = self.rng
        lot = rng.random
        partij = self.partijen[opzet.partij] if opzet.partij >= 0 else None
        zaak = self._zaak_bij(partij, opzet.tijd)
        thema = self.per_zaaktype.get(zaak.zaaktype.identificatie) if zaak else None
        if thema is None:
            zaak, thema = None, self.algemeen[int(lot() * len(self.algemeen))]
        kanaal = pick_gewogen(rng, self.woorden["kanalen"])
        onderwerp, inhoud, reactie = self._gesprek(thema["gesprekken"])
        if kanaal in ("telefoon", "balie") and lot() < 0.3:
            inhoud += " " + self._kies(self.woorden["slot"])
        vertrouwelijk = bool(thema.get("vertrouwelijk")) or lot() < 0.015
        return Contact(
            nummer,
            self.toeval.uuid("klantcontact", opzet.sleutel),
            opzet.tijd,
            kanaal,
            onderwerp,
            inhoud,
            reactie,
            None if kanaal == "brief" else lot() > 0.04,
            "deu" if partij and partij.taal == "deu" else "nld",
            vertrouwelijk,
            (
                self.systeem
                if kanaal == "contactformulier"
                else self._medewerker("KCC" if lot() < 0.8 else thema["afdeling"]),
            ),
            self._betrokkenen(nummer, opzet, partij),
            self._onderwerpen(nummer, opzet, zaak),
            self._taken(nummer, opzet, thema),
        )

    def _gesprek(self, gesprekken: list[list[str]]) -> tuple[str, str, str]:
        """Onderwerp, inhoud en reactie die bij elkaar horen, met straat en dag ingevuld."""
        onderwerp, inhoud, reactie = gesprekken[int(self.rng.random() * len(gesprekken))]
        if "{" in inhoud:
            inhoud = inhoud.format(straat=self._kies(self.straten), dag=self._kies(self.woorden["dagen"]))
        return onderwerp, inhoud, reactie

    def _medewerker(self, afdeling: str) -> int:
        lijst = self.medewerkers[afdeling]
        return lijst[int(self.rng.random() * len(lijst))]

    def _kies(self, lijst: list[str]) -> str:
        return lijst[int(self.rng.random() * len(lijst))]

    def _zaak_bij(self, partij: Partij | None, tijd: str) -> Zaak | None:
        """Soms gaat een contact over een zaak van deze klant, die toen al liep."""
        if partij is None or self.rng.random() > 0.35:
            return None
        zaken = self.zaken_van.get(partij.nummer)
        if not zaken:
            return None
        zaak = zaken[int(self.rng.random() * len(zaken))]
        return zaak if zaak.start.isoformat() < tijd[:10] else None

    def _betrokkenen(self, contact: int, opzet: _Opzet, partij: Partij | None) -> tuple[Betrokkene, ...]:
        lot = self.rng.random()
        if partij is None:
            return (
                self._betrokkene(
                    contact,
                    opzet,
                    0,
                    -1,
                    "klant",
                    True,
                    tuple(self.rng.choice(self.woorden["namens"])),
                    adres=True,
                ),
            )
        namens = lot < 0.08
        eigen = self._betrokkene(contact, opzet, 0, partij.nummer, "klant", not namens)
        if namens:
            naam = tuple(self.rng.choice(self.woorden["namens"]))
            return eigen, self._betrokkene(
                contact, opzet, 1, -1, "vertegenwoordiger", True, naam, adres=lot < 0.04
            )
        if 0.08 <= lot < 0.1:
            # Dezelfde partij in twee rollen: zo'n contact komt bij zoeken op partij twee keer terug.
            return eigen, self._betrokkene(contact, opzet, 1, partij.nummer, "vertegenwoordiger", False)
        return (eigen,)

    def _betrokkene(
        self,
        contact: int,
        opzet: _Opzet,
        plek: int,
        partij: int,
        rol: str,
        initiator: bool,
        naam: tuple[str, ...] = ("", "", "", ""),
        *,
        adres: bool = False,
    ) -> Betrokkene:
        nummer = self.betrokkenenteller
        self.betrokkenenteller += 1
        digitaal: tuple[DigitaalAdres, ...] = ()
        if adres:
            volg = self.eerste_adres + len(self.adressen)
            eigen = DigitaalAdres(
                volg,
                self.toeval.uuid("digitaaladres", volg),
                -1,
                nummer,
                f"06000{90000 + len(self.adressen)}",
                "telefoonnummer",
                False,
                "opgegeven in gesprek",
            )
            self.adressen.append(eigen)
            digitaal = (eigen,)
        uuid = self.toeval.uuid("betrokkene", f"{opzet.sleutel}-{plek}")
        return Betrokkene(
            nummer, uuid, contact, partij, rol, initiator, (naam[0], naam[1], naam[2], naam[3]), digitaal
        )

    def _met_nummer(self, contact: Contact) -> Contact:
        """Bij een open terugbelverzoek staat het nummer om te bellen, los van dat van de klant zelf."""
        eerste = contact.betrokkenen[0]
        if all(taak.afgehandeld for taak in contact.taken) or eerste.adressen or eerste.partij < 0:
            return contact
        nummers = [a.adres for a in self.partijen[eerste.partij].adressen if a.soort == "telefoonnummer"]
        if not nummers:
            return contact
        volg = self.eerste_adres + len(self.adressen)
        sleutel = self.toeval.uuid("digitaaladres", volg)
        eigen = DigitaalAdres(
            volg, sleutel, -1, eerste.nummer, nummers[0], "telefoonnummer", False, "telefoonnummer"
        )
        self.adressen.append(eigen)
        return contact._replace(betrokkenen=(eerste._replace(adressen=(eigen,)), *contact.betrokkenen[1:]))

    def _onderwerpen(self, contact: int, opzet: _Opzet, zaak: Zaak | None) -> tuple[Onderwerpobject, ...]:
        if zaak is None:
            return ()
        nummer = self.objectteller
        self.objectteller += 1
        return (
            Onderwerpobject(nummer, self.toeval.uuid("onderwerpobject", opzet.sleutel), contact, zaak.uuid),
        )

    def _taken(self, contact: int, opzet: _Opzet, thema: dict[str, Any]) -> tuple[Taak, ...]:
        rng = self.rng
        if not thema["taak"] or rng.random() > 0.3:
            return ()
        handeling, toelichting = rng.choice(thema["taak"])
        dag = date.fromisoformat(opzet.tijd[:10])
        oud = (self.vandaag - dag).days
        # Wat lang geleden is, is bijna altijd teruggebeld; van de laatste weken staat de helft nog open.
        klaar = rng.random() < (0.97 if oud > 30 else 0.5 if oud > 1 else 0.0)
        na = dag + timedelta(days=min(rng.randint(1, 4), max(oud - 1, 0)))
        afdeling = self.afdeling[thema["afdeling"]]
        actoren = (afdeling,) if rng.random() < 0.6 else (self._medewerker(thema["afdeling"]), afdeling)
        klaar_op = max(na, dag) if klaar else None
        vorm = rng.random()
        if vorm < 0.2:  # zoals een ander programma het opschrijft
            toelichting = f"{toelichting} Streefdatum: {(dag + timedelta(days=5)).isoformat()}"
        elif vorm < 0.85:
            toelichting = _schrijf_belofte(toelichting, dag, klaar_op, int(vorm * 1000))
        if klaar_op is None and int(vorm * 1000) % 5 == 0:  # ook het contactcentrum belt zelf terug
            actoren = (self.medewerkers["KCC"][0], self.afdeling["KCC"])
        nummer = self.taakteller
        self.taakteller += 1
        return (
            Taak(
                nummer,
                self.toeval.uuid("internetaak", opzet.sleutel),
                contact,
                handeling,
                toelichting,
                actoren,
                opzet.tijd,
                f"{klaar_op.isoformat()}T15:{nummer % 60:02d}:12Z" if klaar_op else None,
            ),
        )


def _schrijf_belofte(vraag: str, dag: date, klaar_op: date | None, lot: int) -> str:
    """De vraag met de belofte erbij zoals KiF haar schrijft; feestdagen tellen hier gewoon mee."""
    uiterlijk = dag
    for _ in range(2):
        uiterlijk += timedelta(days=3 if uiterlijk.weekday() >= 4 else 1)
    beloofd = uiterlijk + timedelta(days=3 if uiterlijk.weekday() >= 4 else 1) if lot % 4 == 0 else uiterlijk
    regels = [f"Terugbellen uiterlijk {uiterlijk:%d-%m-%Y}. Beloofd: {beloofd:%d-%m-%Y}.", vraag]
    if lot % 5 == 0:
        regels.append(
            f"Klant belde opnieuw: {1 + lot % 2} keer, laatst {dag:%d-%m-%Y} 16.{lot % 60:02d} uur."
        )
    if lot % 3 == 0:
        regels.append(f"Niet bereikt: {1 + lot % 2} keer, laatst {dag:%d-%m-%Y} 16.{lot % 50:02d} uur.")
    if klaar_op is not None:
        regels.append(f"Verteld op {klaar_op:%d-%m-%Y} via telefoon.")
    return "\n".join(regels)
