"""Een echte agenda (SQLite met SQLCipher) voor tests van de diensten: maandag 30 november 2026, 9.00 uur.

De avond is donderdag 3 december 2026 van 17.00 tot 20.00 uur; balie B1 met één medewerker die alles mag.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens
from frontoffice.agenda.inrichting import (
    Balie,
    Bevoegdheid,
    Combinatie,
    Dienst,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
    Vervolg,
)
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import Wie
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.services.inrichten import diff_inrichting
from frontoffice.storage.agenda import AgendaDatabase

SLEUTEL = "7c" * 32
MAANDAG = date(2026, 11, 30)
DAG = date(2026, 12, 3)
VOLGENDE = date(2026, 12, 10)
DONDERDAGEN = tuple(DAG + timedelta(weeks=week) for week in range(8))
ALLES = ("reisdocument", "rijbewijs", "uitgifte", "naturalisatie")
WIE, COLLEGA = Wie("s.bos", "balie-1"), Wie("j.smit", "balie-2")
_telefoons = itertools.count(10)


def medewerker(id_: str, *mag: str, organisatie: str = "Losser") -> Medewerker:
    return Medewerker(
        id_, f"Medewerker {id_}", organisatie, tuple(Bevoegdheid(soort) for soort in mag or ALLES)
    )


def rooster(dagen: Sequence[date], *plekken: tuple[str, str]) -> tuple[Dienst, ...]:
    """Elke avond van 17.00 tot 20.00 uur (balie, medewerker)."""
    return tuple(
        Dienst(f"{dag.isoformat()}-{balie}", dag, wie, time(17), time(20), balie)
        for dag in dagen
        for balie, wie in plekken
    )


PRODUCTEN = (
    *(
        Product(f"a{n}", f"Product {n}", n, bevoegdheden=frozenset({"reisdocument"}), horizon_dagen=60)
        for n in (10, 15, 30, 45)
    ),
    Product(
        "paspoort", "Paspoort aanvragen", 15, minuten_per_extra=10, personen_max=5, horizon_dagen=60,
        bevoegdheden=frozenset({"reisdocument"}), synoniemen=("reisdocument", "pas"),
        vervolg=Vervolg("ophalen", 5),
    ),
    Product(
        "paspoort-kind", "Paspoort kind aanvragen", 20, horizon_dagen=60, minderjarig=True,
        bevoegdheden=frozenset({"reisdocument"}), synoniemen=("kinderpaspoort",),
    ),
    Product("id-kaart", "Identiteitskaart aanvragen", 15, bevoegdheden=frozenset({"reisdocument"}),
            synoniemen=("ID", "legitimatie"), horizon_dagen=60),
    Product("rijbewijs", "Rijbewijs aanvragen", 15, bevoegdheden=frozenset({"rijbewijs"}), horizon_dagen=60),
    Product("ophalen", "Document ophalen", 5, personen_max=6, bevoegdheden=frozenset({"uitgifte"}),
            horizon_dagen=60),
    Product("naturalisatie", "Naturalisatie", 45, bevoegdheden=frozenset({"naturalisatie"}), horizon_dagen=60,
            per_avond_max=2),
    Product("huwelijk", "Huwelijk melden", 30, avond=False, bevoegdheden=frozenset({"naturalisatie"}),
            overdag_verwijzing="Dit kan alleen overdag."),
)  # fmt: skip

BASIS = Inrichting(
    Locatie("Proefhuis", stap=15, vasthouden=5, voorbeeld=True),
    regels=(Openingsregel("r1", "donderdag", frozenset({3}), time(17), time(20), date(2026, 1, 1)),),
    balies=(Balie("B1", "Balie 1", volgorde=1),),
    medewerkers=(medewerker("m1"),),
    diensten=rooster(DONDERDAGEN, ("B1", "m1")),
    producten=PRODUCTEN,
    combinaties=(Combinatie("naturalisatie", "paspoort", mag=False),),
)
TWEE = replace(
    BASIS,
    balies=(*BASIS.balies, Balie("B2", "Balie 2", volgorde=2)),
    medewerkers=(*BASIS.medewerkers, medewerker("m2")),
    diensten=rooster(DONDERDAGEN, ("B1", "m1"), ("B2", "m2")),
)


def op(uur: int, minuut: int = 0, dag: date = DAG) -> datetime:
    """Plaatselijke tijd als UTC."""
    return to_utc(dag, time(uur, minuut))


def wens(*producten: str, personen: int = 1) -> Wens:
    return Wens(tuple(Wensregel(code, personen) for code in producten or ("a15",)))


def uid() -> str:
    return str(uuid.uuid4())


def gegevens(naam: str = "A. Jansen", telefoon: str = "", **klant: object) -> Boekgegevens:
    """Zonder telefoon krijgt iedereen een eigen nummer."""
    telefoon = telefoon or f"06123400{next(_telefoons):02d}"
    return Boekgegevens(Contactgegevens(naam, telefoon, **klant))  # type: ignore[arg-type]  # velden van Contactgegevens


def werkplek(database: AgendaDatabase, wie: Wie = WIE) -> Agendadiensten:
    return make_agendadiensten(database, wie)


def richt_in(agenda: Agendadiensten, inrichting: Inrichting) -> None:
    huidig, _ = agenda.opslag.load_inrichting()
    gevolgen = agenda.avonden.preview(diff_inrichting(huidig, inrichting))
    agenda.avonden.apply(gevolgen, verzoek_id=uid())


def boek(
    agenda: Agendadiensten,
    uur: int,
    minuut: int = 0,
    product: str = "a15",
    dag: date = DAG,
    naam: str = "A. Jansen",
) -> Afspraak:
    return agenda.afspraken.book(wens(product), op(uur, minuut, dag), gegevens(naam), verzoek_id=uid())


def begintijden(agenda: Agendadiensten, product: str = "a15", dag: date = DAG) -> list[datetime]:
    return [
        s.begin for s in agenda.vrij.find_starts(wens(product), dag, dag, maximum=99, verder=False).eerste
    ]
