"""Wat het doet als er vanavond iets wegvalt, als waarde en in zinnen. Beslist niets en schrijft niets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.keuring import Planfout
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.uitval import Verdeling
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.domain import taal
from frontoffice.domain.fouten import KifFout
from frontoffice.services.inrichten import Wijziging

_MEESTE_GENOEMD = 6


@dataclass(frozen=True)
class TeBellen:
    """Iemand die vanavond niet kan blijven. `afspraak` is None bij wie zonder afspraak kwam.

    `aanwezig`: is er al, dus zeg het hem zelf. `vanavond` en `later`: begintijden die wel kunnen. `zeg`: de
    tekst om voor te lezen. `wordt`: kan blijven, maar komt pas rond dan aan de beurt.
    """

    bezoek: Bezoek
    afspraak: Afspraak | None
    reden: str
    aanwezig: bool = False
    vanavond: tuple[VrijeStart, ...] = ()
    later: tuple[VrijeStart, ...] = ()
    zeg: str = ""
    wordt: datetime | None = None

    @property
    def voorstellen(self) -> tuple[VrijeStart, ...]:
        """Eerst vanavond, dan een andere avond."""
        return (*self.vanavond, *self.later)

    @property
    def is_bereikbaar(self) -> bool:
        return self.afspraak is not None and bool(self.afspraak.klant.telefoon or self.afspraak.klant.email)


@dataclass(frozen=True)
class Uitvalbeeld:
    """Wat een wijziging van vanavond doet, nog zonder iets vast te leggen. Met `fouten` kan dat ook niet.

    `bellen` staat op de volgorde om te bellen. `wachten`: is er al en komt zonder eigen tijd aan de beurt.
    `aan_balie`: zit nu aan een balie die wegvalt, en gaat even apart. `balies`: id → naam.
    """

    datum: date
    nu: datetime
    wijzigingen: tuple[Wijziging, ...]
    verdeling: Verdeling
    bellen: tuple[TeBellen, ...] = ()
    wachten: tuple[Bezoek, ...] = ()
    aan_balie: tuple[Bezoek, ...] = ()
    terug: tuple[Bezoek, ...] = ()
    fouten: tuple[Planfout, ...] = ()
    balies: Mapping[str, str] | None = None

    @property
    def mag(self) -> bool:
        return not self.fouten

    @property
    def afdruk(self) -> str:
        """Waar de leiding ja tegen zei: wie er moet verzetten, wie er terugkomt en wie even apart gaat."""
        return make_afdruk(self.verdeling)

    @property
    def zinnen(self) -> tuple[str, ...]:
        """Wat er gebeurt, het belangrijkste eerst."""
        if self.fouten:
            return tuple(fout.tekst for fout in self.fouten)
        return tuple(zin for zin in _zinnen(self) if zin)


@dataclass(frozen=True)
class Keuzes:
    """Waaruit te kiezen is: id of moment, met hoe het heet. `gemeld`: wat terug te draaien is."""

    nu: datetime
    medewerkers: tuple[tuple[str, str], ...] = ()
    balies: tuple[tuple[str, str], ...] = ()
    einden: tuple[tuple[datetime, str], ...] = ()
    gemeld: tuple[tuple[str, str], ...] = ()


class UitvalAnders(KifFout):
    """Intussen is er iets gebeurd: wat de leiding zag, klopt niet meer. `beeld`: dat van nu."""

    standaard_code = "gevolgen_anders"

    def __init__(self, beeld: Uitvalbeeld) -> None:
        super().__init__("Er is intussen iets gewijzigd. Kijk de gevolgen nog een keer na.")
        self.beeld = beeld


def make_afdruk(verdeling: Verdeling) -> str:
    delen = (
        sorted(id_ for id_, _ in verdeling.te_verzetten),
        sorted(verdeling.terug),
        sorted(verdeling.aan_balie),
    )
    return hashlib.sha256(repr(delen).encode()).hexdigest()


def noem(bezoek: Bezoek) -> str:
    """ "19.15 uur A20"; zonder afspraak alleen het volgnummer. Nooit een naam."""
    nummer = bezoek.volgnummer or bezoek.nummer
    return f"{taal.tijd(bezoek.tijd)} {nummer}" if bezoek.tijd is not None else nummer


def make_zeg(bezoek: Bezoek, aanwezig: bool, voorstellen: Sequence[VrijeStart], vandaag: date) -> str:
    """Wat de medewerker voorleest."""
    if aanwezig:
        zinnen = ["Het spijt ons: wij kunnen u vanavond helaas niet meer helpen."]
    else:
        om = f" om {taal.tijd(bezoek.tijd)}" if bezoek.tijd is not None else ""
        zinnen = [f"Uw afspraak van vanavond{om} kan helaas niet doorgaan."]
    keuzes = [_moment(start.begin, vandaag) for start in voorstellen[:2]]
    if not keuzes:
        zinnen.append("Wanneer kunt u wel?")
    else:
        zinnen.append(f"Kunt u {keuzes[0]}?")
        zinnen += [f"Of {keuze}?" for keuze in keuzes[1:]]
    if bezoek.nummer:
        zinnen.append("U houdt hetzelfde nummer en dezelfde code.")
    return " ".join(zinnen)


def _moment(begin: datetime, vandaag: date) -> str:
    dag = taal.dag_van(begin)
    wanneer = "vanavond" if dag == vandaag else f"op {taal.datum_lang(dag, vandaag)}"
    return f"{wanneer} om {taal.tijd(begin)}"


def _zinnen(beeld: Uitvalbeeld) -> list[str]:
    stil = sum(id_ not in beeld.verdeling.terug for id_ in beeld.verdeling.verhuizingen)
    zinnen = [
        _op_balie(bezoek, (beeld.balies or {}).get(bezoek.balie, bezoek.balie)) for bezoek in beeld.aan_balie
    ]
    if stil:
        wie = "1 bezoeker verhuist" if stil == 1 else f"{stil} bezoekers verhuizen"
        zinnen.append(f"{wie} ongemerkt naar een andere balie.")
    weg = [rij for rij in beeld.bellen if not rij.aanwezig]
    if weg:
        wie = "1 bezoeker moet verzetten" if len(weg) == 1 else f"{len(weg)} bezoekers moeten verzetten"
        zinnen.append(f"{wie}: {_opsommen([rij.bezoek for rij in weg])}.")
    er_al = [rij.bezoek for rij in beeld.bellen if rij.aanwezig]
    if er_al:
        wie = (
            "1 bezoeker is er al en kan"
            if len(er_al) == 1
            else f"{len(er_al)} bezoekers zijn er al en kunnen"
        )
        zinnen.append(f"{wie} niet meer worden geholpen: {_opsommen(er_al)}.")
    if beeld.wachten:
        aantal = len(beeld.wachten)
        wie = "1 bezoeker is er al en wacht" if aantal == 1 else f"{aantal} bezoekers zijn er al en wachten"
        zinnen.append(f"{wie} misschien langer: {_opsommen(beeld.wachten)}.")
    if beeld.terug:
        wie = (
            "1 bezoeker kan toch blijven"
            if len(beeld.terug) == 1
            else f"{len(beeld.terug)} bezoekers kunnen toch blijven"
        )
        zinnen.append(f"{wie}: {_opsommen(beeld.terug)}.")
    if beeld.verdeling.reserveringen:
        zinnen.append("Een tijd die een collega nu vasthoudt, vervalt.")
    if not beeld.bellen:
        zinnen.append("Niemand hoeft te verzetten.")
    if not beeld.verdeling.bewezen:
        zinnen.append("Het is zo druk dat dit misschien met minder verzetten kan.")
    return zinnen


def _op_balie(bezoek: Bezoek, balie: str) -> str:
    nummer = bezoek.volgnummer or bezoek.nummer
    return f"{nummer} is nu aan {balie} en gaat even apart. Roep {nummer} zelf op aan een andere balie."


def _opsommen(bezoeken: Sequence[Bezoek]) -> str:
    """Iedereen op tijd; bij veel mensen de eersten, en hoeveel er nog zijn."""
    op_tijd = sorted(bezoeken, key=lambda b: (b.tijd is None, b.tijd, b.volgnummer))
    namen = [noem(bezoek) for bezoek in op_tijd[:_MEESTE_GENOEMD]]
    if len(op_tijd) > _MEESTE_GENOEMD:
        namen.append(f"en nog {len(op_tijd) - _MEESTE_GENOEMD}")
    return ", ".join(namen)
