"""Haalt de delen van Vandaag op die uit een register komen: beloften, team en meldingen zonder bericht."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from frontoffice.domain.belofte import TERUGBELLEN, Belofte
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import datum_kort
from frontoffice.domain.terugbellen import Beller, Terugbelrij, Wiens
from frontoffice.ports import Aanroep, Klok
from frontoffice.services.beloften import Beloftedienst
from frontoffice.services.meldingen import Meldingbeeld, Meldingdienst
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.services.vandaag import (
    Deel,
    Deelnaam,
    Doel,
    Doelsoort,
    Dringend,
    Openstaand,
    Regel,
    make_beloften,
    make_deel,
    make_team,
    zeg_merk,
)

ALLE = "alle"
"""Het doel in de lijst van iedereen: wat bij een ander ligt, staat niet bij mij."""


class Terugbelladers:
    """Wat ik heb beloofd en hoe het team ervoor staat, uit de werklijst Terugbellen."""

    def __init__(self, lijst: Terugbellijst, klok: Klok) -> None:
        self._lijst, self._klok = lijst, klok

    def load_beloften(self, aanroep: Aanroep) -> Deel:
        """De mijne. Alleen van de regels die te zien zijn wordt opgezocht om wie het gaat. Raises KifFout."""
        rijen = {rij.uuid: rij for rij in self._load(Wiens.MIJN, aanroep)}
        open_ = [_to_openstaand(rij) for rij in rijen.values()]
        vandaag, nu = self._klok.vandaag(), self._klok.nu()
        te_zien = [rijen[regel.doel.id] for regel in make_beloften(open_, vandaag, nu).regels]
        bellers = {
            uuid: beller
            for uuid, beller in self._lijst.load_bellers(te_zien, aanroep.stop)
            if isinstance(beller, Beller)
        }
        return make_beloften([_met(rij, bellers.get(rij.uuid)) for rij in open_], vandaag, nu)

    def load_team(self, aanroep: Aanroep) -> Deel:
        """Alleen aantallen; van niemand wordt opgezocht om wie het gaat. Raises KifFout."""
        nu = self._klok.nu()
        try:
            rijen = self._load(Wiens.TEAM, aanroep)
        except InvoerFout as fout:  # er is geen afdeling ingesteld: opnieuw proberen helpt niet
            return make_deel(Deelnaam.TEAM, nu, "Contacten", (), fout.uitleg)
        return make_team([_to_openstaand(rij) for rij in rijen], self._klok.vandaag(), nu)

    def _load(self, wiens: Wiens, aanroep: Aanroep) -> tuple[Terugbelrij, ...]:
        rijen: tuple[Terugbelrij, ...] = ()
        for lijst in self._lijst.load(wiens, aanroep.stop):
            rijen = lijst.rijen
        return rijen


class Belofteladers:
    """Wat ik aan een klant heb beloofd en waar een ander mee bezig is: de klant hoorde het van mij."""

    def __init__(self, beloften: Beloftedienst, lijst: Terugbellijst, klok: Klok) -> None:
        self._beloften, self._lijst, self._klok = beloften, lijst, klok

    def load_bij_ander(self, aanroep: Aanroep) -> Deel:
        """Het meeste te laat eerst. Zonder wie de klant is: dat wordt pas opgezocht als iemand het opent.
        Raises KifFout."""
        vandaag, stop = self._klok.vandaag(), aanroep.stop
        ik = set(self._lijst.find_actoren(Wiens.MIJN, stop))
        open_ = [b for b in self._beloften.load_door_mij(stop) if not ik & set(b.actor_uuids)]
        if open_:
            self._lijst.load_namen(stop)
        regels = [self._make_regel(belofte, vandaag) for belofte in open_]
        regels.sort(key=lambda regel: (regel.dringend, -regel.laat))
        leeg = "Wat u beloofde en bij een ander ligt, is gedaan."
        alles = Doel(Doelsoort.TERUGBELLEN, ALLE)
        return make_deel(Deelnaam.DOOR_MIJ, self._klok.nu(), "Contacten", regels, leeg, alles)

    def _make_regel(self, belofte: Belofte, vandaag: date) -> Regel:
        laat = (vandaag - belofte.beloofd).days
        dringend = Dringend.TE_LAAT if laat > 0 else Dringend.VANDAAG if laat == 0 else Dringend.LATER
        bij = ", ".join(self._lijst.find_namen(belofte))
        delen = (
            f"beloofd: uiterlijk {datum_kort(belofte.beloofd, vandaag)}",
            f"ligt bij {bij}" if bij else "",
        )
        return Regel(
            belofte.wat or TERUGBELLEN,
            " · ".join(deel for deel in delen if deel),
            dringend,
            Doel(Doelsoort.VERZOEK, f"{ALLE}:{belofte.taak_uuid}"),
            zeg_merk(dringend, max(laat, 0)),
            max(laat, 0),
            belofte.beloofd,
        )


class Meldingladers:
    """Meldingen die veranderden zonder dat de melder het weet."""

    def __init__(self, dienst: Meldingdienst, klok: Klok) -> None:
        self._dienst, self._klok = dienst, klok

    def load_zonder_bericht(self, aanroep: Aanroep) -> Deel:
        """Langst geleden veranderd eerst. Raises KifFout."""
        pagina = self._dienst.load_zonder_woord(aanroep.stop)
        deel = make_meldingen(pagina.rijen, self._klok)
        return replace(deel, meer=pagina.volgende_pagina is not None)


def make_meldingen(beelden: Sequence[Meldingbeeld], klok: Klok) -> Deel:
    """Per melding één regel; te laat gaat voor."""
    regels = sorted((_make_melding(beeld) for beeld in beelden), key=lambda r: (r.dringend, -r.laat))
    leeg = "Elke melder weet hoe het ervoor staat."
    alles = Doel(Doelsoort.MELDINGEN)
    return make_deel(Deelnaam.MELDINGEN, klok.nu(), "Meldingen", regels, leeg, alles)


def _make_melding(beeld: Meldingbeeld) -> Regel:
    melding, termijn = beeld.melding, beeld.termijn
    plek = melding.plek.omschrijving if melding.plek is not None else ""
    return Regel(
        f"{melding.weergave}: {melding.categorie}",
        " · ".join(deel for deel in (beeld.melder.zin, plek) if deel),
        Dringend.TE_LAAT if termijn.te_laat else Dringend.VANDAAG,
        Doel(Doelsoort.MELDING, str(melding.nummer)),
        termijn.zin if termijn.te_laat else "bel",
        termijn.werkdagen_te_laat,
        termijn.uiterlijk,
    )


def _to_openstaand(rij: Terugbelrij) -> Openstaand:
    return Openstaand(rij.uuid, rij.taak.gevraagde_handeling, rij.taak.tekst)


def _met(open_: Openstaand, beller: Beller | None) -> Openstaand:
    return open_ if beller is None else replace(open_, wie=beller.naam, vraag=beller.vraag)
