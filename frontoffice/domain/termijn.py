"""Streefdatum en wettelijke termijn van een zaak, met opschorting en verlenging.

"Te laat" is alleen een wettelijke termijn die voorbij is terwijl de zaak niet stilligt. Telt kalenderdagen;
werkdagen en dwangsommen horen hier niet.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from frontoffice.domain.taal import dagen, nog, te_laat
from frontoffice.domain.zaak import Catalogus, Zaak

_DUUR = re.compile(
    r"P(?=.)(?:(?P<jaren>\d{1,4})Y)?(?:(?P<maanden>\d{1,4})M)?(?:(?P<weken>\d{1,4})W)?(?:(?P<dagen>\d{1,5})D)?(?:T.*)?"
)


@dataclass(frozen=True)
class Termijn:
    """De twee datums van een zaak naast elkaar. `dagen` telt tot `datum`: negatief is voorbij.

    `verlengd_met` is de verlenging zoals het register haar geeft ("P6W"), of leeg. `lag_stil`: de zaak heeft
    eerder stilgelegen en die dagen zijn niet bij `wettelijk` geteld, want het register kent ze niet.
    """

    vandaag: date
    streefdatum: date | None = None
    wettelijk: date | None = None
    ligt_stil: bool = False
    verlengd_met: str = ""
    klaar: bool = False
    lag_stil: bool = False

    @property
    def datum(self) -> date | None:
        """De wettelijke termijn, anders de streefdatum."""
        return self.wettelijk or self.streefdatum

    @property
    def dagen(self) -> int | None:
        """Kalenderdagen tot `datum`; None als er geen is, de zaak stilligt of klaar is."""
        if self.datum is None or self.ligt_stil or self.klaar:
            return None
        return (self.datum - self.vandaag).days

    @property
    def te_laat(self) -> bool:
        """Waar als de wettelijke termijn zeker voorbij is: niet als er dagen stilstand bij moeten."""
        return self._termijn_voorbij and not self.lag_stil

    @property
    def onzeker_te_laat(self) -> bool:
        """De datum is voorbij, maar de zaak lag eerder stil: alleen de behandelaar kent de echte datum."""
        return self._termijn_voorbij and self.lag_stil

    @property
    def _termijn_voorbij(self) -> bool:
        return self._loopt and self.wettelijk is not None and self.wettelijk < self.vandaag

    @property
    def dagen_te_laat(self) -> int:
        return (self.vandaag - self.wettelijk).days if self.te_laat and self.wettelijk else 0

    @property
    def streefdatum_voorbij(self) -> bool:
        """Waar als alleen de streefdatum voorbij is; is ook de wettelijke termijn voorbij, dan is de zaak
        te laat."""
        return (
            self._loopt
            and not self._termijn_voorbij
            and self.streefdatum is not None
            and self.streefdatum < self.vandaag
        )

    @property
    def _loopt(self) -> bool:
        return not self.ligt_stil and not self.klaar

    @property
    def tekst(self) -> str:
        """In woorden: "3 dagen te laat", "streefdatum 2 dagen voorbij", "nog 5 dagen", "ligt stil" of ""."""
        if self.klaar:
            return ""
        if self.ligt_stil:
            return "ligt stil"
        if self.te_laat:
            return te_laat(self.dagen_te_laat)
        if self.onzeker_te_laat:
            return "datum voorbij, maar de zaak lag stil"
        if self.streefdatum_voorbij and self.streefdatum:
            return f"streefdatum {dagen((self.vandaag - self.streefdatum).days)} voorbij"
        if self.wettelijk:
            return f"besluit {nog((self.wettelijk - self.vandaag).days)}"
        if self.streefdatum:
            return f"streefdatum {nog((self.streefdatum - self.vandaag).days)}"
        return "geen termijn bekend"


def tel_op(dag: date, duur: str) -> date | None:
    """Een dag plus een ISO 8601-duur ("P14D", "P6W", "P1M"); None als de duur niet te lezen is of te ver
    gaat.

    Maanden lopen tot de laatste dag van een kortere maand: 31 januari plus P1M is 28 februari.
    """
    gevonden = _DUUR.fullmatch(duur.strip().upper())
    if gevonden is None:
        return None
    getal = {naam: int(waarde or 0) for naam, waarde in gevonden.groupdict().items()}
    maanden = dag.year * 12 + dag.month - 1 + getal["jaren"] * 12 + getal["maanden"]
    jaar, maand = divmod(maanden, 12)
    try:
        laatste = calendar.monthrange(jaar, maand + 1)[1]
        op_maand = date(jaar, maand + 1, min(dag.day, laatste))
        return op_maand + timedelta(weeks=getal["weken"], days=getal["dagen"])
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def bereken_termijn(zaak: Zaak, vandaag: date, catalogus: Catalogus | None = None) -> Termijn:
    """De termijn van een zaak op `vandaag`, met verlenging en opschorting."""
    return Termijn(
        vandaag=vandaag,
        streefdatum=zaak.streefdatum,
        wettelijk=_wettelijk(zaak, catalogus),
        ligt_stil=zaak.opgeschort and zaak.is_open,
        verlengd_met=zaak.verlenging_duur,
        klaar=not zaak.is_open,
        lag_stil=zaak.eerder_opgeschort and not _is_verschoven(zaak, catalogus),
    )


def _is_verschoven(zaak: Zaak, catalogus: Catalogus | None) -> bool:
    """Ligt de datum al voorbij startdatum plus doorlooptijd? Dan heeft het zaaksysteem hem zelf verzet.

    Open Zaak rekent de datum één keer uit, bij het begin, en verzet hem daarna nooit.
    """
    zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
    if zaak.uiterste_datum is None or zaak.startdatum is None or not zaaktype or not zaaktype.doorlooptijd:
        return False
    gewoon = tel_op(zaak.startdatum, zaaktype.doorlooptijd)
    return gewoon is not None and zaak.uiterste_datum > gewoon


def _wettelijk(zaak: Zaak, catalogus: Catalogus | None) -> date | None:
    """uiterlijkeEinddatumAfdoening met de verlenging erbij, als die er nog niet in zit.

    Open Zaak telt een verlenging niet zelf op; veel zaaksystemen schrijven wel de nieuwe datum. Ligt de
    datum al voorbij startdatum plus doorlooptijd, dan zit de verlenging erin. Is de doorlooptijd onbekend,
    dan tellen we haar op: liever een dag te laat gewaarschuwd dan een collega ten onrechte te laat genoemd.
    """
    if zaak.uiterste_datum is None or not zaak.verlenging_duur:
        return zaak.uiterste_datum
    if _is_verschoven(zaak, catalogus):
        return zaak.uiterste_datum
    return tel_op(zaak.uiterste_datum, zaak.verlenging_duur) or zaak.uiterste_datum
