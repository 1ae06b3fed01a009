"""De zaken: voor iedere inwoner en elk bedrijf een paar, en een heel dossier voor de zware klant.

Alle lastige gevallen komen voor: opgeschort, verlengd, termijn voorbij, streefdatum voorbij, wacht op de
inwoner, deelzaken, gemachtigden en belanghebbenden, en elke vertrouwelijkheid.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from frontoffice.demo.wereld.bron import Toeval, load_woorden
from frontoffice.demo.wereld.feiten import (
    Actor,
    Bedrijf,
    Document,
    Persoon,
    Rol,
    Status,
    Type,
    Zaak,
    Zaaktype,
)

NATURALISATIE, NEDERLANDSE = "LOS-NATURALISATIE", "0001"
# Deel van de zaken waarin iemand alleen belanghebbende is, en tot waar hij zich laat vertegenwoordigen.
BELANGHEBBENDE, VERTEGENWOORDIGD = 0.06, 0.1
ZWAAR_TOTAAL, ZWAAR_OPEN = 300, 152
KANALEN = ("Telefoon", "Balie", "Webformulier", "E-mail", "Post")
TOELICHTINGEN = (
    "",
    "",
    "",
    "Ingediend via de website.",
    "Aangenomen aan de balie.",
    "Telefonisch aangenomen door het KCC.",
)
STATUSTOELICHTINGEN = (
    "",
    "",
    "Behandelaar toegewezen.",
    "Brief verstuurd.",
    "Telefonisch besproken met de inwoner.",
)
VERLENGINGEN = (
    ("Advies van een derde is nodig.", "P42D"),
    ("De aanvraag is ingewikkelder dan verwacht.", "P28D"),
)


def make_zaaktypen(toeval: Toeval) -> list[Zaaktype]:
    """De zaaktypen uit de woordenlijst met statustypen in volgorde, resultaattypen en vier roltypen."""
    zaaktypen = []
    for nummer, lijst in enumerate(load_woorden("zaaktypen")):

        def kind(
            soort: str,
            volgnummer: int,
            naam: str,
            generiek: str = "",
            tekst: str = "",
            eind: bool = False,
            nummer: int = nummer,
        ) -> Type:
            return Type(
                toeval.uuid(soort, f"{nummer}-{volgnummer}"), nummer, naam, generiek, volgnummer, tekst, eind
            )

        statussen = lijst["statussen"]
        rollen = (
            (lijst["initiator"], "initiator"),
            ("Behandelaar", "behandelaar"),
            ("Belanghebbende", "belanghebbende"),
            ("Gemachtigde", "belanghebbende"),
        )
        zaaktypen.append(
            Zaaktype(
                nummer,
                toeval.uuid("zaaktype", nummer),
                lijst["id"],
                lijst["naam"],
                int(lijst["doorlooptijd"][1:-1]),
                int(lijst["servicenorm"][1:-1]) if lijst["servicenorm"] else None,
                tuple(
                    kind("statustype", i + 1, s[0], "", s[1], i + 1 == len(statussen))
                    for i, s in enumerate(statussen)
                ),
                tuple(kind("resultaattype", i + 1, naam) for i, naam in enumerate(lijst["resultaten"])),
                tuple(kind("roltype", i + 1, naam, generiek) for i, (naam, generiek) in enumerate(rollen)),
                tuple(lijst["documenten"]),
                lijst,
            )
        )
    return zaaktypen


class _Opzet:
    """Een zaak in wording: alleen wat nodig is om de lijst op datum te kunnen leggen."""

    __slots__ = (
        "bedrijf",
        "boven",
        "identificatie",
        "lot",
        "open",
        "persoon",
        "sleutel",
        "start",
        "zaaktype",
    )

    def __init__(
        self,
        start: date,
        persoon: int,
        bedrijf: int,
        zaaktype: Zaaktype,
        *,
        is_open: bool,
        sleutel: str,
        lot: float = 1.0,
    ) -> None:
        self.start = start
        self.persoon = persoon
        self.bedrijf = bedrijf
        self.zaaktype = zaaktype
        self.open = is_open
        self.sleutel = sleutel
        self.lot = lot
        self.boven = -1
        self.identificatie = ""

    @property
    def is_zelf_aanvrager(self) -> bool:
        """Of deze persoon het zelf heeft aangevraagd, en niet alleen belanghebbende is."""
        return self.lot >= BELANGHEBBENDE


class Zaken:
    """Maakt alle zaken, oudste eerst, zodat de volgorde die van aanmaken is."""

    def __init__(
        self,
        toeval: Toeval,
        personen: list[Persoon],
        bedrijven: list[Bedrijf],
        actoren: list[Actor],
        zaaktypen: list[Zaaktype],
    ) -> None:
        self.toeval = toeval
        self.vandaag = toeval.vandaag
        self.personen = personen
        self.bedrijven = bedrijven
        self.zaaktypen = zaaktypen
        self.medewerkers = [a for a in actoren if a.soort == "medewerker"]
        self.afdeling = {a.code: a for a in actoren if a.soort == "organisatorische_eenheid"}
        self.anderen = [p.nummer for p in personen if not p.rol and p.leeftijd >= 18 and not p.overleden]
        self.straten = load_woorden("plaatsen")["straten"]
        self.documentteller = 0
        self.keuze = {soort: self._keuzelijst(soort) for soort in ("persoon", "bedrijf")}

    def _keuzelijst(self, soort: str) -> list[Zaaktype]:
        return [
            z
            for z in self.zaaktypen
            if z.lijst["soort"] in (soort, "beide")
            for _ in range(int(str(z.lijst["gewicht"])))
        ]

    @cached_property
    def plan(self) -> list[_Opzet]:
        """Welke zaken er zijn, op volgorde en met hun nummer; de zaken zelf komen uit `make`."""
        opzetten = self._opzetten()
        opzetten.sort(key=lambda o: (o.start, o.sleutel))
        tellers: dict[int, int] = {}
        for opzet in opzetten:
            jaar = opzet.start.year
            tellers[jaar] = tellers.get(jaar, 0) + 1
            opzet.identificatie = f"ZAAK-{jaar}-{tellers[jaar]:010d}"
        # Drie zaken van de zware klant horen bij elkaar: de oudste is de hoofdzaak.
        hoofd, *deelzaken = [
            n for n, o in enumerate(opzetten) if o.sleutel in ("zwaar-000", "zwaar-001", "zwaar-002")
        ]
        for nummer in deelzaken:
            opzetten[nummer].boven = hoofd
        return opzetten

    def newest_open(self, persoon: Persoon) -> str:
        """Het nummer van de nieuwste lopende zaak die deze persoon zelf aanvroeg, of ""."""
        for opzet in reversed(self.plan):
            if opzet.persoon == persoon.nummer and opzet.open and opzet.is_zelf_aanvrager:
                return opzet.identificatie
        return ""

    def make(self) -> list[Zaak]:
        deelzaken: dict[int, list[int]] = {}
        for nummer, opzet in enumerate(self.plan):
            if opzet.boven >= 0:
                deelzaken.setdefault(opzet.boven, []).append(nummer)
        return [
            self._make_zaak(nummer, opzet, tuple(deelzaken.get(nummer, ())))
            for nummer, opzet in enumerate(self.plan)
        ]

    # --- hoeveel en wanneer ------------------------------------------------

    def _opzetten(self) -> list[_Opzet]:
        opzetten: list[_Opzet] = []
        for persoon in self.personen:
            opzetten += self._van_persoon(persoon)
        for bedrijf in self.bedrijven:
            rng = self.toeval(f"zaken-b{bedrijf.nummer}")
            for i in range(rng.choice((0, 0, 1, 2, 3, 5)) if bedrijf.nummer else 4):
                opzetten.append(
                    self._opzet(rng, f"b{bedrijf.nummer:03d}-{i}", "bedrijf", bedrijf=bedrijf.nummer)
                )
        return opzetten

    def _van_persoon(self, persoon: Persoon) -> list[_Opzet]:
        rng = self.toeval(f"zaken-p{persoon.nummer}")
        if persoon.rol == "geen" or 0 <= persoon.leeftijd < 18:
            return []
        if persoon.rol == "zwaar":
            return [
                self._opzet(rng, f"zwaar-{i:03d}", "persoon", persoon=persoon.nummer, is_open=i % 75 < 38)
                for i in range(ZWAAR_TOTAAL)
            ]
        if persoon.rol:
            gevallen = self._hoofdrol_opzetten(persoon, rng)
            if gevallen:
                return gevallen
        aantal = 3 if persoon.rol else rng.choice((0, 0, 1, 1, 2, 3, 4))
        return [
            self._opzet(
                rng,
                f"p{persoon.nummer:03d}-{i}",
                "persoon",
                persoon=persoon.nummer,
                # Van wie een hoofdrol heeft, loopt er altijd iets.
                is_open=True if persoon.rol and i == 0 else None,
            )
            for i in range(aantal)
        ]

    def _hoofdrol_opzetten(self, persoon: Persoon, rng: Random) -> list[_Opzet]:
        """De gewone beller heeft van alles wat: te laat, opgeschort, verlengd, wacht op haar, klaar."""
        if persoon.rol != "gewoon":
            return []
        plan = (
            ("LOS-OMGEVING", 61),
            ("LOS-WMO", 54),
            ("LOS-PARKEER", 20),
            ("LOS-BEZWAAR", 50),
            ("LOS-MOR", 9),
            ("LOS-BIJSTAND", 33),
            ("LOS-VERHUIZING", 400),
            ("LOS-MOR", 300),
        )
        opzetten = []
        for i, (code, dagen) in enumerate(plan):
            zaaktype = next(z for z in self.zaaktypen if z.identificatie == code)
            start = self.vandaag - timedelta(days=dagen)
            opzetten.append(
                _Opzet(start, persoon.nummer, -1, zaaktype, is_open=dagen < 200, sleutel=f"gewoon-{i}")
            )
        return opzetten

    def _opzet(
        self,
        rng: Random,
        sleutel: str,
        soort: str,
        *,
        persoon: int = -1,
        bedrijf: int = -1,
        is_open: bool | None = None,
    ) -> _Opzet:
        zaaktype = rng.choice(self.keuze[soort])
        if zaaktype.identificatie == NATURALISATIE and self.personen[persoon].nationaliteit[0] == NEDERLANDSE:
            zaaktype = self.zaaktypen[0]
        open_ = rng.random() < 0.42 if is_open is None else is_open
        # Een open zaak loopt meestal binnen zijn termijn; een op de zes is eroverheen.
        grens = max(3, zaaktype.doorlooptijd)
        dagen = (
            (rng.randint(1, grens) if rng.random() < 0.83 else grens + rng.randint(1, 40))
            if open_
            else rng.randint(grens + 5, 1000)
        )
        return _Opzet(
            self.vandaag - timedelta(days=dagen),
            persoon,
            bedrijf,
            zaaktype,
            is_open=open_,
            sleutel=sleutel,
            lot=1.0 if is_open and not sleutel.startswith("zwaar") else rng.random(),
        )

    # --- één zaak ----------------------------------------------------------

    def _make_zaak(self, nummer: int, opzet: _Opzet, deelzaken: tuple[int, ...]) -> Zaak:
        rng = self.toeval(f"zaak-{opzet.sleutel}")
        zaaktype = opzet.zaaktype
        start = opzet.start
        eind = None if opzet.open else start + timedelta(days=rng.randint(2, zaaktype.doorlooptijd + 4))
        # Het dossier van de gewone beller ligt vast; bij de anderen beslist het toeval.
        lot = 0.5 if opzet.sleutel.startswith("gewoon") else rng.random()
        verlenging = VERLENGINGEN[nummer % 2] if lot < 0.12 or opzet.sleutel == "gewoon-3" else None
        opgeschort = opzet.open and (0.12 < lot < 0.2 or opzet.sleutel == "gewoon-1")
        uiterlijk = start + timedelta(
            days=zaaktype.doorlooptijd + (int(verlenging[1][1:-1]) if verlenging else 0)
        )
        gisteren = self.vandaag - timedelta(days=1)
        punt = (
            (round(7.0 + rng.random() * 0.05, 6), round(52.25 + rng.random() * 0.05, 6))
            if zaaktype.lijst.get("geo")
            else None
        )
        return Zaak(
            nummer=nummer,
            uuid=self.toeval.uuid("zaak", opzet.sleutel),
            identificatie=opzet.identificatie,
            omschrijving=self._omschrijving(zaaktype, rng),
            toelichting=rng.choice(TOELICHTINGEN),
            zaaktype=zaaktype,
            start=start,
            eind=eind,
            streef=start + timedelta(days=zaaktype.servicenorm) if zaaktype.servicenorm else None,
            uiterlijk=None if lot > 0.985 else uiterlijk,
            kanaal=rng.choice(KANALEN),
            vertrouwelijk=str(zaaktype.lijst["vertrouwelijk"]),
            betaling=rng.choice(("", "", "nvt", "geheel", "nog_niet")),
            verlenging=verlenging,
            opgeschort=opgeschort,
            # Open Zaak zet dit zodra een zaak stilligt en haalt het er nooit meer af.
            eerder_opgeschort=opgeschort or 0.2 < lot < 0.24,
            opschorting_reden="Wij wachten op aanvullende gegevens van de aanvrager." if opgeschort else "",
            punt=punt,
            hoofdzaak=opzet.boven if opzet.boven >= 0 else None,
            deelzaken=deelzaken,
            statussen=self._statussen(opzet, eind, rng),
            rollen=self._rollen(opzet, rng),
            documenten=self._documenten(opzet, eind, rng),
            resultaat=None
            if eind is None
            else (self.toeval.uuid("resultaat", opzet.sleutel), rng.choice(zaaktype.resultaattypen)),
            gewijzigd=f"{eind or gisteren}T{9 + nummer % 8:02d}:{nummer % 60:02d}:41.{nummer % 1000:03d}117Z",
        )

    def _omschrijving(self, zaaktype: Zaaktype, rng: Random) -> str:
        keuzes: Any = zaaktype.lijst["omschrijvingen"]
        return str(rng.choice(keuzes)).format(straat=rng.choice(self.straten)[2], nr=rng.randint(901, 958))

    def _statussen(self, opzet: _Opzet, eind: date | None, rng: Random) -> tuple[Status, ...]:
        typen = opzet.zaaktype.statustypen
        if eind is None:
            laatste = self._bereikte_stap(opzet, rng)
            # Een lopende zaak kwam ergens onderweg in haar huidige status, niet allemaal gisteren.
            duur = int((self.vandaag - opzet.start).days * rng.random())
        else:
            laatste, duur = len(typen), (eind - opzet.start).days
        vorige = opzet.start
        statussen = []
        for i in range(laatste):
            dag = opzet.start + timedelta(days=duur * i // max(laatste - 1, 1))
            if dag.weekday() > 4 and eind != dag:
                dag = max(vorige, dag - timedelta(days=dag.weekday() - 4))
            vorige = dag
            tijd = f"{dag.isoformat()}T{8 + i:02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}Z"
            uuid = self.toeval.uuid("status", f"{opzet.sleutel}-{i}")
            statussen.append(Status(uuid, typen[i], tijd, rng.choice(STATUSTOELICHTINGEN)))
        return tuple(statussen)

    @staticmethod
    def _bereikte_stap(opzet: _Opzet, rng: Random) -> int:
        """Hoeveel statussen een lopende zaak heeft gehad: nooit de laatste, en heel soms nog geen."""
        if opzet.sleutel.startswith("gewoon"):
            # De omgevingsvergunning is bijna klaar en de bijstand wacht op haar.
            return {"gewoon-0": 4, "gewoon-5": 2}.get(opzet.sleutel, 1)
        return 0 if rng.random() < 0.03 else rng.randint(1, len(opzet.zaaktype.statustypen) - 1)

    def _rollen(self, opzet: _Opzet, rng: Random) -> tuple[Rol, ...]:
        initiator, behandelaar, belanghebbende, gemachtigde = opzet.zaaktype.roltypen
        rollen: list[Rol] = []

        def add(
            type_: Type,
            soort: str,
            persoon: int = -1,
            bedrijf: int = -1,
            actor: int = -1,
            machtiging: str = "",
        ) -> None:
            uuid = self.toeval.uuid("rol", f"{opzet.sleutel}-{len(rollen)}")
            rollen.append(Rol(uuid, type_, soort, persoon, bedrijf, actor, machtiging))

        if opzet.bedrijf >= 0:
            bedrijf = self.bedrijven[opzet.bedrijf]
            add(
                initiator,
                "vestiging" if bedrijf.nevenadres and opzet.lot < 0.5 else "niet_natuurlijk_persoon",
                bedrijf=opzet.bedrijf,
            )
        elif not opzet.is_zelf_aanvrager:
            add(initiator, "natuurlijk_persoon", self._iemand_anders(opzet.persoon))
            add(belanghebbende, "natuurlijk_persoon", opzet.persoon)
        else:
            add(
                initiator,
                "natuurlijk_persoon",
                opzet.persoon,
                machtiging="machtiginggever" if opzet.lot < VERTEGENWOORDIGD else "",
            )
            if opzet.lot < VERTEGENWOORDIGD:
                ander = self._iemand_anders(opzet.persoon)
                add(gemachtigde, "natuurlijk_persoon", ander, machtiging="gemachtigde")
        afdeling = self.afdeling[str(opzet.zaaktype.lijst["afdeling"])]
        if rng.random() < 0.55:
            collegas = [m for m in self.medewerkers if m.afdeling == afdeling.code]
            add(behandelaar, "medewerker", actor=rng.choice(collegas).nummer)
        elif rng.random() < 0.9:
            add(behandelaar, "organisatorische_eenheid", actor=afdeling.nummer)
        return tuple(rollen)

    def _iemand_anders(self, persoon: int) -> int:
        """Een volwassene zonder hoofdrol: hoofdrollen houden precies de zaken die bij hen horen."""
        ander = self.anderen[persoon * 7 % len(self.anderen)]
        return ander if ander != persoon else self.anderen[(persoon * 7 + 1) % len(self.anderen)]

    def _documenten(self, opzet: _Opzet, eind: date | None, rng: Random) -> tuple[Document, ...]:
        soorten = opzet.zaaktype.documenttypen
        aantal = (
            rng.choice((0, 1, 1, 2, 3)) if not opzet.sleutel.startswith("gewoon") else min(2, len(soorten))
        )
        documenten = []
        for i in range(min(aantal, len(soorten))):
            # Het besluit, de laatste soort, bestaat pas als de zaak klaar is.
            if i == len(soorten) - 1 and len(soorten) > 1 and eind is None:
                break
            nummer = self.documentteller
            self.documentteller += 1
            titel = soorten[i]
            documenten.append(
                Document(
                    nummer,
                    self.toeval.uuid("document", f"{opzet.sleutel}-{i}"),
                    self.toeval.uuid("zaakinformatieobject", f"{opzet.sleutel}-{i}"),
                    i,
                    titel,
                    f"{titel.lower().replace(' ', '-')}.pdf",
                    min(opzet.start + timedelta(days=i * 2), eind or self.vandaag),
                    str(opzet.zaaktype.lijst["vertrouwelijk"]),
                    "Gemeente Losser" if i else "Inwoner",
                )
            )
        return tuple(documenten)
