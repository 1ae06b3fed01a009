"""Van wanneer tot wanneer een plan geboekt mag worden: aanlooptijd, horizon en het uur van uitgifte.

Weet niet of er plaats is. `nu` is de klok van de agenda, nooit die van de pc.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontoffice.agenda.inrichting import Aanlooptijd, Eenheid, Inrichting, Product
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import ceil_tik, tijdlabel, to_utc
from frontoffice.domain import taal

_VOORBIJ = Reden(RedenCode.VOORBIJ, "Deze tijd is al voorbij.")


@dataclass(frozen=True)
class Tijdgrens:
    """De eerste tik die mag, met de reden voor wat eerder is, en de datums waarop het mag."""

    nu: int
    eerste_tik: int
    reden_eerder: Reden | None
    eerste_dag: date
    reden_te_vroeg: Reden | None
    laatste_dag: date
    reden_te_ver: Reden | None

    def reason(self, dag: date, tik: int) -> tuple[Reden, ...]:
        """Waarom een begin op deze tik nu niet mag; leeg als het mag."""
        if tik < self.nu:
            return (_VOORBIJ,)
        if self.reden_te_vroeg and dag < self.eerste_dag:
            return (self.reden_te_vroeg,)
        if self.reden_eerder and tik < self.eerste_tik:
            return (self.reden_eerder,)
        if self.reden_te_ver and dag > self.laatste_dag:
            return (self.reden_te_ver,)
        return ()


def tijdgrens(
    inrichting: Inrichting,
    kalender: Kalender,
    producten: Iterable[str],
    nu: datetime,
    overrulen: bool = False,
) -> Tijdgrens:
    """De strengste grenzen van deze producten samen. `overrulen` laat alleen de aanlooptijd vallen (T05)."""
    gevraagd = [inrichting.product[code] for code in producten if code in inrichting.product]
    vandaag = taal.dag_van(nu)
    nu_tik = ceil_tik(nu)
    moment, dag = nu, vandaag
    langste_uren = langste_dagen = Aanlooptijd()
    if not overrulen:
        for product in gevraagd:
            aanloop = product.aanlooptijd
            if (vanaf := _earliest_moment(nu, aanloop)) > moment:
                moment, langste_uren = vanaf, aanloop
            if (eerste := _earliest_day(kalender, vandaag, aanloop)) > dag:
                dag, langste_dagen = eerste, aanloop
    laatste, te_ver = _horizon(gevraagd, vandaag, nu)
    return Tijdgrens(
        nu=nu_tik,
        eerste_tik=ceil_tik(moment),
        reden_eerder=_te_kort(f"{_duur(langste_uren)} van tevoren", moment) if moment > nu else None,
        eerste_dag=dag,
        reden_te_vroeg=_te_kort_dag(langste_dagen, dag, vandaag) if dag > vandaag else None,
        laatste_dag=laatste,
        reden_te_ver=te_ver,
    )


def _earliest_moment(nu: datetime, aanloop: Aanlooptijd) -> datetime:
    uren = aanloop.aantal if aanloop.eenheid is Eenheid.UREN else 0
    return nu + timedelta(hours=uren, minutes=aanloop.minuten)


def _earliest_day(kalender: Kalender, vandaag: date, aanloop: Aanlooptijd) -> date:
    if aanloop.eenheid is Eenheid.DAGEN:
        return vandaag + timedelta(days=aanloop.aantal)
    if aanloop.eenheid is Eenheid.WERKDAGEN:
        return kalender.add_werkdagen(vandaag, aanloop.aantal)
    return vandaag


def _horizon(producten: list[Product], vandaag: date, nu: datetime) -> tuple[date, Reden | None]:
    """De laatste dag die nu mag. De laatste dag van de horizon gaat pas open op het uur van uitgifte."""
    if not producten:
        return date.max, None
    laatste, uur = date.max, None
    for product in producten:
        eind = vandaag + timedelta(days=product.horizon_dagen)
        wacht = product.uitgifte_uur is not None and nu < to_utc(vandaag, product.uitgifte_uur)
        if wacht:
            eind -= timedelta(days=1)
        if eind < laatste:
            laatste, uur = eind, product.uitgifte_uur if wacht else None
    tekst = f"U kunt nu boeken tot en met {taal.datum_lang(laatste, vandaag)}"
    if uur is not None:
        tekst += f", vanaf {taal.tijd(to_utc(vandaag, uur))} een dag verder"
    return laatste, Reden(RedenCode.TE_VER_VOORUIT, tekst + ".")


def _duur(aanloop: Aanlooptijd) -> str:
    uren = aanloop.aantal if aanloop.eenheid is Eenheid.UREN else 0
    minuten = aanloop.minuten
    woorden = [f"{uren} uur"] * bool(uren) + [f"{taal.aantal(minuten, 'minuut', 'minuten')}"] * bool(minuten)
    return " en ".join(woorden)


def _te_kort(hoe_lang: str, vanaf: datetime) -> Reden:
    return Reden(
        RedenCode.TE_KORT_VAN_TEVOREN, f"Boek minstens {hoe_lang}: dit kan vanaf {tijdlabel(vanaf)}."
    )


def _te_kort_dag(aanloop: Aanlooptijd, dag: date, vandaag: date) -> Reden:
    dagen = (
        taal.aantal(aanloop.aantal, "werkdag", "werkdagen")
        if aanloop.eenheid is Eenheid.WERKDAGEN
        else taal.dagen(aanloop.aantal)
    )
    return Reden(
        RedenCode.TE_KORT_VAN_TEVOREN,
        f"Boek minstens {dagen} van tevoren: dit kan vanaf {taal.datum_kort(dag, vandaag)}.",
    )
