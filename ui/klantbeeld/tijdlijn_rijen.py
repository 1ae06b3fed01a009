"""Maakt van gebeurtenissen de rijen van de tijdlijn: dag, tijd, soort en regels in woorden.

Onthoudt wat al is gemaakt, zodat een volgende bladzijde alleen de nieuwe rijen kost.
"""

from __future__ import annotations

from datetime import date

from frontoffice.domain.taal import ONBEKEND_MOMENT, dag_van, dagkop, datum_kort, lokaal, zonder_accenten
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from ui.klantbeeld.iconen import icoon_van_item
from ui.klantbeeld.tijdlijn_model import Rij
from ui.tekst import letterlijk

SOORTEN: dict[TijdlijnSoort, str] = {
    TijdlijnSoort.CONTACT: "Contact",
    TijdlijnSoort.TERUGBELVERZOEK: "Terugbelverzoek",
    TijdlijnSoort.ZAAK: "Zaak",
    TijdlijnSoort.DOCUMENT: "Document",
    TijdlijnSoort.AFSPRAAK: "Afspraak",
    TijdlijnSoort.MELDING: "Melding",
}
_LANGSTE_TITEL = 300
_LANGSTE_ZOEKTEKST = 4_000
_NABIJ = ("morgen", "vandaag", "gisteren")


def soort_in_woorden(item: TijdlijnItem) -> str:
    """ "Telefoon" bij een contact per telefoon, anders de soort: "Zaak", "Document"."""
    if item.soort is TijdlijnSoort.CONTACT and item.kanaal:
        return letterlijk(item.kanaal[:1].upper() + item.kanaal[1:], 60, een_regel=True)
    return SOORTEN[item.soort]


def dag_in_woorden(dag: date, vandaag: date) -> str:
    """ "vandaag", "gisteren", "ma 16 nov" of "ma 17 nov 2025"."""
    kop = dagkop(dag, vandaag)
    if kop in _NABIJ:
        return kop
    return "onbekend" if dag <= ONBEKEND_MOMENT.date() else datum_kort(dag, vandaag)


class Rijenmaker:
    """Houdt per gebeurtenis de gemaakte rij vast zolang die niet verandert."""

    def __init__(self) -> None:
        self._gemaakt: dict[str, Rij] = {}
        self._vandaag: date | None = None

    def make(self, items: tuple[TijdlijnItem, ...], vandaag: date) -> tuple[Rij, ...]:
        """Rijen in dezelfde volgorde als `items`."""
        if vandaag != self._vandaag:
            self._gemaakt, self._vandaag = {}, vandaag
        oud, nieuw = self._gemaakt, {}
        for item in items:
            rij = oud.get(item.id)
            gelijk = rij is not None and (rij.item is item or rij.item == item)
            nieuw[item.id] = rij if rij is not None and gelijk else _make_rij(item, vandaag)
        self._gemaakt = nieuw
        return tuple(nieuw.values())

    def clear(self) -> None:
        self._gemaakt = {}


def _make_rij(item: TijdlijnItem, vandaag: date) -> Rij:
    plaatselijk = lokaal(item.om)
    dag = dag_van(item.om)
    tijd = (
        ""
        if (plaatselijk.hour, plaatselijk.minute) == (0, 0)
        else f"{plaatselijk.hour}.{plaatselijk.minute:02d}"
    )
    soort = soort_in_woorden(item)
    titel = letterlijk(item.titel, _LANGSTE_TITEL, een_regel=True)
    delen = [soort] if soort.lower() != titel.lower() else []
    delen += [
        letterlijk(deel, _LANGSTE_TITEL, een_regel=True)
        for deel in (item.toestand, item.wie, item.regel)
        if deel
    ]
    regel = " · ".join(delen)
    dag_tekst = dag_in_woorden(dag, vandaag)
    wanneer = f"{dag_tekst} {tijd} uur" if tijd else dag_tekst
    alles = " ".join((soort, titel, item.toestand, item.wie, item.regel, item.tekst))
    return Rij(
        item=item,
        volgorde=(item.om, item.id),
        dag=dag,
        dag_tekst=dag_tekst,
        tijd=tijd,
        icoon=icoon_van_item(item),
        soort=soort,
        titel=titel,
        regel=regel,
        uitgesproken=f"{wanneer}, {titel}, {regel}" if regel else f"{wanneer}, {titel}",
        zoektekst=zonder_accenten(alles[:_LANGSTE_ZOEKTEKST]),
    )
