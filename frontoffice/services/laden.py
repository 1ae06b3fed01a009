"""Het plan van het klantbeeld: welke verzoeken, wat naast elkaar kan en wat op elkaar wacht.

Bekend BSN en een warme catalogus: vijf verzoeken, twee diep. Maakt ladingen; voert ze niet uit en verandert
geen klantbeeld.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from frontoffice.domain.afspraak import KlantAfspraak
from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import KifFout, RegisterFout
from frontoffice.domain.gegevens import maak_kenmerken
from frontoffice.domain.klant import (
    BedrijfSleutel,
    KlantSleutel,
    Partij,
    PartijSleutel,
    Persoon,
    PersoonSleutel,
)
from frontoffice.domain.klantbeeld import Contacten, Klantbeeld, Zaken, waarde_van
from frontoffice.domain.meldingstand import Klantmeldingen
from frontoffice.domain.zaak import Catalogus, Zaak
from frontoffice.ports import (
    Aanroep,
    Afsprakenbron,
    Bedrijven,
    Bron,
    Klantinteracties,
    Logboek,
    Meldingenbron,
    Pagina,
    Personen,
)
from frontoffice.ports import Zaken as Zakenregister
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.inzage import RAADPLEEG
from frontoffice.services.nakijken import check_contacten, check_zaken, op_urgentie, toegestaan, zijn_eigen
from frontoffice.uitvoeren import Lading, Uitkomst

PAGINA_ZAKEN = 20
BRON = "bron:"


def onderdelen_van(sleutel: KlantSleutel) -> tuple[str, ...]:
    """De onderdelen die bij deze soort klant horen. Zaken kennen geen klant zonder BSN of KVK-nummer."""
    if isinstance(sleutel, PersoonSleutel):
        return ("persoon", "klant", "contacten", "zaken", "catalogus")
    if isinstance(sleutel, BedrijfSleutel):
        return ("bedrijf", "klant", "contacten", "zaken", "catalogus")
    return ("klant", "contacten")


class Lader:
    """Weet van elk onderdeel hoe het wordt opgehaald en nagekeken."""

    def __init__(
        self,
        *,
        klantinteracties: Klantinteracties,
        zaken: Zakenregister,
        personen: Personen,
        bedrijven: Bedrijven,
        logboek: Logboek,
        instellingen: Instellingen,
        bronnen: Sequence[Bron],
        afspraken: Afsprakenbron | None = None,
        meldingen: Meldingenbron | None = None,
    ) -> None:
        self._klantinteracties = klantinteracties
        self._zaken = zaken
        self._personen = personen
        self._bedrijven = bedrijven
        self._logboek = logboek
        self._instellingen = instellingen
        self._bronnen = {bron.naam: bron for bron in bronnen}
        self._afspraken = afspraken
        self._meldingen = meldingen

    def plan(self, beeld: Klantbeeld, delen: Collection[str]) -> list[Lading]:
        """Ladingen voor `delen` (namen van onderdelen of bronnen); wat er al is, wordt uit `beeld`
        gebruikt."""
        sleutel = beeld.sleutel
        plan: list[Lading] = []
        if "persoon" in delen and isinstance(sleutel, PersoonSleutel):
            plan.append(Lading("persoon", lambda _, aanroep: self._load_persoon(beeld, sleutel, aanroep)))
        if "bedrijf" in delen and isinstance(sleutel, BedrijfSleutel):
            plan.append(
                Lading(
                    "bedrijf", lambda _, a: self._bedrijven.load_bedrijf(sleutel.kvk, sleutel.vestiging, a)
                )
            )
        if "klant" in delen:
            plan.append(Lading("klant", lambda _, a: self._klantinteracties.find_partijen(sleutel, a)))
        if "contacten" in delen:
            plan += self._plan_contacten(beeld, opnieuw_klant="klant" in delen)
        if "catalogus" in delen:
            plan.append(Lading("catalogus", lambda _, a: self._zaken.load_catalogus(a)))
        if "zaken" in delen and not isinstance(sleutel, PartijSleutel):
            plan += self._plan_zaken(beeld, opnieuw_catalogus="catalogus" in delen)
        if "afspraken" in delen and self._afspraken is not None:
            plan.append(self._plan_afspraken(self._afspraken, beeld, {lading.naam for lading in plan}))
        if "meldingen" in delen and self._meldingen is not None:
            plan.append(_plan_meldingen(self._meldingen, beeld, {lading.naam for lading in plan}))
        plan += [self._plan_bron(bron, sleutel) for naam, bron in self._bronnen.items() if naam in delen]
        return plan

    def bron(self, naam: str) -> Bron | None:
        return self._bronnen.get(naam)

    def load_contactpagina(self, beeld: Klantbeeld, pagina: int, aanroep: Aanroep) -> Contacten:
        """Een volgende pagina contacten, nagekeken."""
        gevonden = self._klantinteracties.load_klantcontacten(beeld.sleutel, pagina, aanroep)
        partijen = waarde_van(beeld.klant) or ()
        return self._kijk_contacten_na(gevonden, partijen, beeld.sleutel, aanroep)

    def load_zakenpagina(
        self, sleutel: KlantSleutel, uuids: Sequence[str], catalogus: Catalogus | None, aanroep: Aanroep
    ) -> tuple[Zaak, ...]:
        """Ten hoogste twintig zaken met details, nagekeken, in de gevraagde volgorde.

        Wat intussen is afgerond of niet meer mag, valt weg.
        """
        if not uuids:
            return ()
        zaken = self._zaken.load_zaken(sleutel, uuids, aanroep)
        check_zaken(sleutel, zaken, uuids)
        mag = {z.uuid: z for z in toegestaan(zaken, self._instellingen.bevoegdheid, catalogus) if z.is_open}
        return tuple(mag[uuid] for uuid in uuids if uuid in mag)

    def load_afgerond(self, beeld: Klantbeeld, pagina: int, aanroep: Aanroep) -> Pagina[Zaak]:
        """Twintig of meer afgeronde zaken vanaf `pagina`, nagekeken; minder alleen aan het eind.

        Leest door over wat niet mag: een lege bladzijde met meer erachter verraadt dat er iets is.
        """
        bevoegdheid, catalogus = self._instellingen.bevoegdheid, waarde_van(beeld.catalogus)
        rijen: tuple[Zaak, ...] = ()
        volgende: int | None = pagina
        while volgende is not None and len(rijen) < PAGINA_ZAKEN:
            gevonden = self._zaken.find_afgeronde_zaken(beeld.sleutel, volgende, aanroep)
            check_zaken(beeld.sleutel, gevonden.rijen)
            rijen = toegestaan((*rijen, *gevonden.rijen), bevoegdheid, catalogus)
            volgende = gevonden.volgende_pagina
        return Pagina(rijen, len(rijen), volgende)

    def _load_persoon(self, beeld: Klantbeeld, sleutel: PersoonSleutel, aanroep: Aanroep) -> Persoon:
        """De persoon uit de BRP. De eerste vraag hoort bij het openen en staat al in het logboek; elke
        andere, en elke die mislukt, krijgt een eigen regel."""
        uitslag, eerste = "gevonden", not beeld.vastgelegd
        try:
            return self._personen.load_persoon(sleutel.bsn, aanroep)
        except KifFout as fout:
            uitslag = fout.code
            raise
        finally:
            if not eerste or uitslag != "gevonden":
                doel = self._instellingen.doel
                self._logboek.note("brp_bevraagd", doel, sleutel, vraag=RAADPLEEG, uitslag=uitslag)

    def _plan_contacten(self, beeld: Klantbeeld, *, opnieuw_klant: bool) -> list[Lading]:
        sleutel = beeld.sleutel
        bekend = None if opnieuw_klant else waarde_van(beeld.klant)

        def kijk_na(uitkomsten: Mapping[str, Uitkomst], aanroep: Aanroep) -> Contacten:
            partijen = bekend if bekend is not None else _partijen(uitkomsten["klant"])
            gevonden: Pagina[Klantcontact] = _waarde(uitkomsten["contacten_lijst"])
            return self._kijk_contacten_na(gevonden, partijen, sleutel, aanroep)

        return [
            Lading("contacten_lijst", lambda _, a: self._klantinteracties.load_klantcontacten(sleutel, 1, a)),
            Lading(
                "contacten",
                kijk_na,
                ("contacten_lijst",) if bekend is not None else ("contacten_lijst", "klant"),
            ),
        ]

    def _kijk_contacten_na(
        self,
        gevonden: Pagina[Klantcontact],
        partijen: Sequence[Partij],
        sleutel: KlantSleutel,
        aanroep: Aanroep,
    ) -> Contacten:
        """Bij twijfel eerst de partij opnieuw vragen: er kan net een contact bij zijn gekomen."""
        if not zijn_eigen(gevonden.rijen, partijen):
            partijen = self._klantinteracties.find_partijen(sleutel, aanroep)
        check_contacten(gevonden.rijen, partijen)
        return Contacten(gevonden.rijen, gevonden.totaal, gevonden.volgende_pagina)

    def _plan_zaken(self, beeld: Klantbeeld, *, opnieuw_catalogus: bool) -> list[Lading]:
        """De lijst is nog niet nagekeken: daaruit komen alleen uuid's. Wie alle zaaktypen mag, wacht niet
        op de catalogus; een ander kan zonder catalogus niet weten wat hij mag zien."""
        sleutel, vandaag = beeld.sleutel, beeld.vandaag
        bevoegdheid = self._instellingen.bevoegdheid
        wacht = opnieuw_catalogus and not bevoegdheid.alle_zaaktypen

        def kies_en_laad(uitkomsten: Mapping[str, Uitkomst], aanroep: Aanroep) -> Zaken:
            lijst: tuple[Zaak, ...] = _waarde(uitkomsten["zaken_lijst"])
            catalogus = _catalogus(uitkomsten) if wacht else waarde_van(beeld.catalogus)
            if catalogus is None and not bevoegdheid.alle_zaaktypen:
                raise _zonder_zaaktypen(None)
            gekozen = op_urgentie(toegestaan(lijst, bevoegdheid, catalogus), vandaag, catalogus)
            uuids = tuple(zaak.uuid for zaak in gekozen)
            zaken = self.load_zakenpagina(sleutel, uuids[:PAGINA_ZAKEN], catalogus, aanroep)
            return Zaken(zaken, nog_na_te_kijken=uuids[PAGINA_ZAKEN:])

        return [
            Lading("zaken_lijst", lambda _, a: self._zaken.find_open_zaken(sleutel, a)),
            Lading("zaken", kies_en_laad, ("zaken_lijst", "catalogus") if wacht else ("zaken_lijst",)),
        ]

    @staticmethod
    def _plan_afspraken(bron: Afsprakenbron, beeld: Klantbeeld, onderweg: Collection[str]) -> Lading:
        """Na wie de klant is, want telefoon en geboortedatum tellen mee. Mislukte dat, dan op de sleutel."""
        na = tuple(naam for naam in ("persoon", "bedrijf", "klant") if naam in onderweg)

        def load(uitkomsten: Mapping[str, Uitkomst], aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
            bekend: dict[str, Any] = {
                "persoon": waarde_van(beeld.persoon),
                "bedrijf": waarde_van(beeld.bedrijf),
                "klant": waarde_van(beeld.klant),
            }
            bekend |= {naam: uitkomsten[naam].waarde for naam in na}
            klant = maak_kenmerken(beeld.sleutel, bekend["persoon"], bekend["bedrijf"], bekend["klant"] or ())
            return bron.load(klant, aanroep)

        return Lading("afspraken", load, na)

    def _plan_bron(self, bron: Bron, sleutel: KlantSleutel) -> Lading:
        return Lading(BRON + bron.naam, lambda _, aanroep: bron.load(sleutel, aanroep))


def _plan_meldingen(bron: Meldingenbron, beeld: Klantbeeld, onderweg: Collection[str]) -> Lading:
    """Na wie de klant is en zijn contacten: die geven de nummers, en wat al is bevestigd."""
    na = tuple(naam for naam in ("klant", "contacten") if naam in onderweg)

    def load(uitkomsten: Mapping[str, Uitkomst], aanroep: Aanroep) -> Klantmeldingen:
        bekend: dict[str, Any] = {"klant": waarde_van(beeld.klant), "contacten": waarde_van(beeld.contacten)}
        bekend |= {naam: uitkomsten[naam].waarde for naam in na if uitkomsten[naam].fout is None}
        klant = maak_kenmerken(beeld.sleutel, None, None, bekend["klant"] or ())
        contacten = bekend["contacten"]
        rijen = contacten.rijen if isinstance(contacten, Contacten) else ()
        return bron.find_van_klant(klant.telefoons, klant.emails, rijen, aanroep)

    return Lading("meldingen", load, na)


def _waarde(uitkomst: Uitkomst) -> Any:
    """De waarde van een eerdere lading; haar fout wordt de onze."""
    if uitkomst.fout is not None:
        raise uitkomst.fout
    return uitkomst.waarde


def _partijen(uitkomst: Uitkomst) -> tuple[Partij, ...]:
    """Zonder het klantregister is niet na te kijken van wie de contacten zijn."""
    if uitkomst.fout is not None:
        fout = uitkomst.fout
        raise RegisterFout(
            "Het klantregister gaf de klant niet. "
            "Daardoor weten wij niet welke contacten van deze klant zijn. Kies Opnieuw.",
            register="klantinteracties",
            code=fout.code,
            opnieuw_helpt=fout.opnieuw_helpt,
        )
    partijen: tuple[Partij, ...] = _waarde(uitkomst)
    return partijen


def _catalogus(uitkomsten: Mapping[str, Uitkomst]) -> Catalogus:
    uitkomst = uitkomsten["catalogus"]
    if uitkomst.fout is not None:
        raise _zonder_zaaktypen(uitkomst.fout)
    catalogus: Catalogus = _waarde(uitkomst)
    return catalogus


def _zonder_zaaktypen(fout: KifFout | None) -> RegisterFout:
    return RegisterFout(
        "De zaaktypen zijn niet geladen. Daardoor weten wij niet welke zaken u mag zien. Kies Opnieuw.",
        register="catalogi",
        code=fout.code if fout else None,
        opnieuw_helpt=fout.opnieuw_helpt if fout else True,
    )
