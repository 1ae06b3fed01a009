"""Een rapport met van alles wat: een cijfer, een dat te klein is, een zonder meldingen, en vreemde tekst."""

from __future__ import annotations

from datetime import UTC, date, datetime

from frontoffice.domain.cijfers import (
    Cijfers,
    Compliment,
    Groep,
    Maat,
    Maatcijfer,
    Periode,
    Punt,
    Stand,
    Verdeling,
    Webpagina,
    Weeknieuws,
)

DAG = date(2026, 11, 20)
VIJANDIG = "<b>Dakkapel</b>\u202e & zo"


def maak_cijfers(periode: Periode, *, week: bool = True, meldingen: bool = False) -> Cijfers:
    verloop = tuple(
        Punt(periode.naam_van(dag), dag, None if nummer == 1 else Stand(min(nummer + 5, 20), 20))
        for nummer, dag in enumerate(periode.stappen())
    )
    onderwerpen = Verdeling((Groep("Paspoort", Stand(12, 20)), Groep(VIJANDIG, Stand(5, 9))), Stand(4, 7))
    plaatsen = Verdeling((Groep("Glane", Stand(6, 8)), Groep("Losser", Stand(10, 12))))
    maten = [Maat.NAGEKOMEN, Maat.VERTELD, Maat.IN_EEN_KEER, *([Maat.MELDINGEN] if meldingen else [])]
    standen = {Maat.NAGEKOMEN: Stand(43, 51), Maat.VERTELD: None, Maat.IN_EEN_KEER: Stand(1071, 2000)}
    nieuws = Weeknieuws(
        date(2026, 11, 16), DAG, 14, 12, (Compliment(DAG, "<i>Dank</i> u wel"), Compliment(DAG))
    )
    return Cijfers(
        periode,
        datetime(2026, 11, 20, 13, 3, tzinfo=UTC),
        tuple(Maatcijfer(m, standen.get(m, Stand(5, 9)), verloop, onderwerpen, plaatsen) for m in maten),
        (Webpagina(date(2026, 11, 1), "losser.example/verhuizen", 4), Webpagina(date(2026, 10, 1), "", 1)),
        nieuws if week else None,
        2,
        "" if meldingen else "Meldingen zijn hier niet aangesloten.",
    )
