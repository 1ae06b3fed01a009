"""De inwoners: huishoudens in straten, een flat, Duitse buren en de hoofdrollen uit de woordenlijst."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from frontoffice.demo.wereld.bron import Toeval, draw_nummers, load_woorden, pick_gewogen
from frontoffice.demo.wereld.feiten import Adres, Geboorte, Persoon

AANTAL = 300
FLATBEWONERS = 14
# Naast de hoofdrollen: 3 % geheimhouding, 2 % overleden, 2 % adres in onderzoek, een paar onder curatele.
GEHEIM, OVERLEDEN, IN_ONDERZOEK, CURATELE = 8, 5, 5, 3
DUITSLAND = ("9089", "Bondsrepubliek Duitsland")
NEDERLAND = ("6030", "Nederland")


class Personen:
    """Maakt de lijst van personen; volgorde en inhoud liggen vast door het toeval."""

    def __init__(self, toeval: Toeval) -> None:
        self.rng = toeval("personen")
        self.vandaag = toeval.vandaag
        self.namen = load_woorden("namen")
        self.plaatsen = load_woorden("plaatsen")
        self.bsns = draw_nummers(toeval("bsn"), AANTAL + 60)
        self.lijst: list[Persoon] = []
        self.huisnummers: dict[str, int] = {}
        self.gezin = 0

    def make(self) -> list[Persoon]:
        for rol, eisen in load_woorden("hoofdrollen").items():
            self._add_hoofdrol(rol, eisen)
        for plek in range(FLATBEWONERS):
            self._add_gezin(self._flatadres(plek), grootte=1)
        for nummer in range(4):
            self._add_gezin(self._duits_adres(nummer), grootte=1, herkomst="duits")
        while len(self.lijst) < AANTAL:
            grootte = pick_gewogen(self.rng, [[1, 34], [2, 30], [3, 14], [4, 16], [5, 6]])
            self._add_gezin(self._adres(self.rng.randrange(len(self.plaatsen["straten"]))), grootte)
        self._mark()
        return self.lijst

    def _mark(self) -> None:
        """Verdeelt de bijzonderheden over gewone inwoners: vaste aantallen, willekeurige mensen."""
        vrij = [p.nummer for p in self.lijst if not p.rol and p.adres.land is None]
        self.rng.shuffle(vrij)
        terug = [self.vandaag - timedelta(days=self.rng.randint(9, 340)) for _ in self.lijst]

        def take(aantal: int, vanaf: int) -> list[int]:
            gekozen = [n for n in vrij if self.lijst[n].leeftijd >= vanaf][:aantal]
            vrij[:] = [n for n in vrij if n not in gekozen]
            return gekozen

        for nummer in take(GEHEIM, 0):
            self.lijst[nummer] = self.lijst[nummer]._replace(geheim=True)
        for nummer in take(OVERLEDEN, 50):
            self.lijst[nummer] = self.lijst[nummer]._replace(overleden=terug[nummer])
        for nummer in take(IN_ONDERZOEK, 18):
            self.lijst[nummer] = self.lijst[nummer]._replace(onderzoek=terug[nummer])
        for nummer in take(CURATELE, 18):
            self.lijst[nummer] = self.lijst[nummer]._replace(curatele=True)

    def _add_hoofdrol(self, rol: str, eisen: dict[str, Any]) -> None:
        straat = eisen["straat"]
        adres = self._duits_adres(0) if straat < 0 else self._adres(straat)
        leeftijd = eisen["leeftijd"]
        # Naamgenoten delen hun geboortedag; daarom hangt die aan de naam en niet aan het toeval.
        dag = self._geboortedag(leeftijd, Random(eisen["voornamen"] + eisen["achternaam"]))
        partner = eisen.get("partner", ("", "", ""))
        self.gezin += 1
        self._add(
            rol,
            eisen["geslacht"],
            eisen["voornamen"],
            (eisen["voorvoegsel"], eisen["achternaam"]),
            Geboorte(dag.year, dag.month, dag.day),
            leeftijd,
            adres,
            eisen["herkomst"],
            naamgebruik=eisen["naamgebruik"],
            partner=(partner[0], partner[1]),
            geheim=eisen.get("geheim", False),
            curatele=eisen.get("curatele", False),
            overleden=self.vandaag - timedelta(days=23) if eisen.get("overleden") else None,
            onderzoek=self.vandaag - timedelta(days=61) if eisen.get("onderzoek") else None,
        )

    def _add_gezin(self, adres: Adres, grootte: int, herkomst: str = "") -> None:
        rng = self.rng
        self.gezin += 1
        herkomst = herkomst or pick_gewogen(rng, self.namen["herkomst"])
        naam = tuple(rng.choice(self.namen["achternamen"][herkomst]))
        leeftijd = rng.randint(34, 56) if grootte > 2 else rng.randint(20, 97)
        geslacht = rng.choice("VM")
        samen = grootte > 1
        partnernaam = tuple(rng.choice(self.namen["achternamen"]["twents"])) if samen else ("", "")
        gebruik = (
            pick_gewogen(rng, [["E", 50], ["V", 35], ["P", 10], ["N", 5]])
            if samen and geslacht == "V"
            else "E"
        )
        self._add_inwoner(
            geslacht, naam, leeftijd, adres, herkomst, naamgebruik=gebruik, partner=partnernaam, ouder=True
        )
        if samen:
            ander = "M" if geslacht == "V" else "V"
            self._add_inwoner(
                ander,
                partnernaam,
                max(20, leeftijd + rng.randint(-6, 6)),
                adres,
                "twents",
                naamgebruik="E",
                partner=naam,
                ouder=True,
            )
        for _ in range(grootte - 2):
            self._add_inwoner(rng.choice("VM"), naam, rng.randint(0, max(1, leeftijd - 24)), adres, herkomst)

    def _add_inwoner(
        self,
        geslacht: str,
        naam: tuple[str, str],
        leeftijd: int,
        adres: Adres,
        herkomst: str,
        naamgebruik: str = "E",
        partner: tuple[str, str] = ("", ""),
        ouder: bool = False,
    ) -> None:
        rng = self.rng
        dag = self._geboortedag(leeftijd, rng)
        onbekend = rng.random()
        geboorte = Geboorte(dag.year, dag.month, dag.day)
        if herkomst in ("syrisch", "turks") and onbekend < 0.3:
            geboorte = (Geboorte(dag.year, 0, 0), Geboorte(dag.year, dag.month, 0), Geboorte(0, 0, 0))[
                int(onbekend * 10)
            ]
        self._add(
            "",
            geslacht,
            self._voornamen(geslacht, leeftijd, herkomst),
            naam,
            geboorte,
            leeftijd if geboorte.jaar else -1,
            adres,
            herkomst,
            naamgebruik=naamgebruik,
            partner=partner,
            geheim=False,
            curatele=False,
            overleden=None,
            onderzoek=None,
            ouder=ouder,
        )

    def _add(
        self,
        rol: str,
        geslacht: str,
        voornamen: str,
        naam: tuple[str, str],
        geboorte: Geboorte,
        leeftijd: int,
        adres: Adres,
        herkomst: str,
        *,
        naamgebruik: str,
        partner: tuple[str, str],
        geheim: bool,
        curatele: bool,
        overleden: date | None,
        onderzoek: date | None,
        ouder: bool = True,
    ) -> None:
        land = self.namen["herkomstland"][herkomst]
        nummer = len(self.lijst)
        hier_geboren = herkomst in ("twents", "nederlands") or leeftijd < 20
        plaats = self.rng.choice(self.namen["geboorteplaatsen"][:-1]) if hier_geboren else ""
        sinds = self.vandaag - timedelta(days=self.rng.randint(40, 9000))
        self.lijst.append(
            Persoon(
                nummer=nummer,
                rol=rol,
                bsn=self.bsns[nummer],
                voornamen=voornamen,
                voorvoegsel=naam[0],
                achternaam=naam[1],
                geslacht=geslacht,
                geboorte=geboorte,
                leeftijd=leeftijd,
                geboorteplaats=plaats,
                land=NEDERLAND if hier_geboren else (land[0], land[1]),
                nationaliteit=(land[2], land[3]),
                adres=adres,
                adres_sinds=sinds,
                naamgebruik=naamgebruik,
                partnernaam=partner,
                geheim=geheim,
                overleden=overleden,
                onderzoek=onderzoek,
                curatele=curatele,
                gezin=self.gezin,
                is_ouder=ouder,
            )
        )

    def _voornamen(self, geslacht: str, leeftijd: int, herkomst: str) -> str:
        rng = self.rng
        lijst = self.namen["voornamen"].get(herkomst, self.namen["voornamen"]["nederlands"])[geslacht]
        if isinstance(lijst, dict):
            lijst = lijst["oud" if leeftijd > 68 else "midden" if leeftijd > 28 else "jong"]
        eerste = rng.choice(lijst)
        return f"{eerste} {rng.choice(self.namen['tweedeNamen'])}" if rng.random() < 0.35 else str(eerste)

    def _geboortedag(self, leeftijd: int, rng: Random) -> date:
        """Een dag waarop iemand die nu zo oud is, geboren kan zijn; nooit 29 februari."""
        terug = self.vandaag - timedelta(days=rng.randint(2, 363))
        dag = min(terug.day, 28) if terug.month == 2 else terug.day
        return date(terug.year - leeftijd, terug.month, dag)

    def _adres(self, straat: int) -> Adres:
        plaats, postcode, naam = self.plaatsen["straten"][straat]
        nummer = self.huisnummers.get(naam, 900) + self.rng.randint(1, 4)
        self.huisnummers[naam] = nummer
        letter = "A" if self.rng.random() < 0.06 else ""
        return Adres(naam, nummer, letter, "", postcode, plaats)

    def _flatadres(self, plek: int) -> Adres:
        plaats, postcode, straat, nummer = self.plaatsen["flat"]
        return Adres(straat, nummer, "", str(plek + 1), postcode, plaats)

    def _duits_adres(self, nummer: int) -> Adres:
        regel1, regel2, _ = self.plaatsen["duitseAdressen"][nummer % 4]
        return Adres("", 0, "", "", "", "", regel1, regel2, DUITSLAND)
