"""Leest [normen] uit het profiel: servicenormen per onderwerp en kanaal, wettelijke termijnen en vrije dagen.

Fouten komen als zinnen in de tabel terecht. Rekent zelf niets uit.
"""

from __future__ import annotations

from datetime import date

from frontoffice.domain.normen import Norm, Normen, Waarvoor, WettelijkeTermijn
from frontoffice.domain.werkdagen import Bevrijdingsdag, Werkkalender
from frontoffice.profiel.tabel import Tabel

_LANGST = 250


def read_normen(tabel: Tabel, terugbellen: int) -> Normen:
    """`terugbellen` is het getal bij [registratie] terugbel_werkdagen: dat geldt als hier niets staat."""
    vast = Normen(terugbellen=terugbellen)
    normen = Normen(
        kalender=_read_kalender(tabel),
        dienst=tuple(_read_norm(deel) for deel in tabel.tabellen("dienst")),
        wet=tuple(_read_wet(deel) for deel in tabel.tabellen("wet")),
        terugbellen=tabel.geheel("terugbellen", vast.terugbellen, 0, _LANGST),
        laten_weten=tabel.geheel("laten_weten", vast.laten_weten, 0, _LANGST),
        melding=tabel.geheel("melding", vast.melding, 0, _LANGST),
    )
    gezien = {(norm.waarvoor, norm.onderwerp.casefold(), norm.kanaal.casefold()) for norm in normen.dienst}
    if len(gezien) < len(normen.dienst):
        tabel.fout("dienst", "twee normen gaan over hetzelfde onderwerp en kanaal. Haal er een weg")
    tabel.close()
    return normen


def _read_kalender(tabel: Tabel) -> Werkkalender:
    vast = Werkkalender()
    return Werkkalender(
        tabel.ja_nee("goede_vrijdag", vast.goede_vrijdag),
        tabel.keuze("bevrijdingsdag", Bevrijdingsdag, vast.bevrijdingsdag) or vast.bevrijdingsdag,
        frozenset(_read_dagen(tabel)),
    )


def _read_dagen(tabel: Tabel) -> list[date]:
    dagen = []
    for tekst in tabel.teksten("vrije_dagen", (), "2026-12-31"):
        try:
            dagen.append(date.fromisoformat(tekst))
        except ValueError:
            tabel.fout("vrije_dagen", f'"{tekst}" is geen datum. Schrijf hem als "2026-12-31"')
    return dagen


def _read_norm(tabel: Tabel) -> Norm:
    norm = Norm(
        tabel.geheel("werkdagen", 2, 0, _LANGST),
        tabel.keuze("waarvoor", Waarvoor, Waarvoor.TERUGBELLEN) or Waarvoor.TERUGBELLEN,
        tabel.tekst("onderwerp", "", leeg_mag=True),
        tabel.tekst("kanaal", "", leeg_mag=True),
    )
    if not (norm.onderwerp or norm.kanaal):
        tabel.fout("onderwerp", "noem een onderwerp of een kanaal; de gewone norm staat in [normen]")
    tabel.close()
    return norm


def _read_wet(tabel: Tabel) -> WettelijkeTermijn:
    from frontoffice.domain.termijn import tel_op  # pas laden als er een termijn is

    termijn = WettelijkeTermijn(
        tabel.tekst("onderwerp", voorbeeld="Bezwaar"),
        tabel.tekst("duur", voorbeeld="P6W"),
        tabel.tekst("artikel", "", leeg_mag=True),
    )
    if termijn.duur and tel_op(date(2026, 1, 1), termijn.duur) is None:
        tabel.fout("duur", 'schrijf de termijn als "P8W" (weken), "P10D" (dagen) of "P1M" (maanden)')
    tabel.close()
    return termijn
