"""De werklijst Terugbellen laden: per bladzijde, en van elke zichtbare rij één keer wie er te bellen is.

Het register geeft taken alleen op volgorde van nieuw naar oud. Wie het dringendste eerst wil, begint dus
achteraan. Schrijft niets; dat doet `terugbellen`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from frontoffice.domain.belofte import Belofte
from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.contact import Betrokkene, InterneTaak, Klantcontact
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.klant import (
    AdresSoort,
    BedrijfSleutel,
    KlantSleutel,
    Partij,
    PartijSleutel,
    PersoonSleutel,
)
from frontoffice.domain.normen import Normen
from frontoffice.domain.terugbellen import Beller, Lijst, Terugbelrij, Volgorde, Wiens, sort_rijen
from frontoffice.domain.verbergen import Verberger, schoon
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Aanroep, Klantinteracties, Klok, Logboek, Pagina, Stop
from frontoffice.takenpoort import Taakactor, Taakcontact, Takenregister
from frontoffice.uitvoeren import Lading, Uitkomst, Uitvoerder

PER_PAGINA = 50
TEGELIJK = 6
_LIJST_S, _RIJ_S = 30.0, 15.0
_RONDES = 2
DOEL = "terugbellen"
_VERBORGEN = Verberger(adres=True, telefoon=True, email=True)


class Terugbellijst:
    """Leest de werklijst. Onthoudt wie er bij een verzoek hoort en hoe iedereen heet, tot `forget`."""

    def __init__(
        self,
        taken: Takenregister,
        klantinteracties: Klantinteracties,
        logboek: Logboek,
        klok: Klok,
        uitvoerder: Uitvoerder,
        *,
        medewerker: str,
        afdelingen: Sequence[str] = (),
        normen: Normen,
        bevoegdheid: Bevoegdheid,
    ) -> None:
        """`medewerker` en `afdelingen` zijn identificaties in het register (actoridentificator)."""
        self._taken = taken
        self._klantinteracties = klantinteracties
        self._logboek = logboek
        self._klok = klok
        self._uitvoerder = uitvoerder
        self._medewerker = medewerker
        self._afdelingen = tuple(afdelingen)
        self._normen = normen
        self._bevoegdheid = bevoegdheid
        self._contacten: dict[str, Taakcontact] = {}
        self._open_gemaakt: set[str] = set()
        self._namen: dict[str, str] = {}
        self._actoren: dict[tuple[str, ...], tuple[str, ...]] = {}

    def forget(self) -> None:
        """Vergeet alles over klanten: bij een andere medewerker, en bij Vernieuwen."""
        self._contacten.clear()
        self._open_gemaakt.clear()

    # --- de lijst ---------------------------------------------------------------------------------------

    def load(self, wiens: Wiens, stop: Stop, volgorde: Volgorde = Volgorde.DRINGEND) -> Iterator[Lijst]:
        """De lijst tot nu toe, steeds als er een bladzijde bij is; de laatste keer is zij compleet.

        Eerst hoeveel er zijn, dan de bladzijden van achteren (of bij NIEUWSTE van voren), tegelijk. Raises
        InvoerFout als er geen afdeling is ingesteld, en KifFout als een bladzijde niet komt.
        """
        actoren = self.find_actoren(wiens, stop)
        rijen: dict[str, InterneTaak] = {}
        totalen: dict[str, int] = {}
        for _ in range(_RONDES):
            for uitkomst in self._load_ronde(actoren, totalen, volgorde, stop):
                for taak in cast(Pagina[InterneTaak], uitkomst.waarde).rijen:
                    rijen[taak.uuid] = taak
                yield self._make_lijst(rijen.values(), totalen, volgorde)
            # Komt er tijdens het laden een verzoek bij, dan schuift er een over de rand van een bladzijde.
            if len(rijen) >= sum(totalen.values()) or len(actoren) > 1:
                break
        yield self._make_lijst(rijen.values(), totalen, volgorde, compleet=True)

    def reorder(self, lijst: Lijst, volgorde: Volgorde) -> Lijst:
        """Dezelfde verzoeken in een andere volgorde. Doet geen verzoek."""
        return replace(lijst, rijen=sort_rijen(lijst.rijen, volgorde, self._normen))

    def _load_ronde(
        self, actoren: tuple[str, ...], totalen: dict[str, int], volgorde: Volgorde, stop: Stop
    ) -> Iterator[Uitkomst]:
        def count(actor: str, _: object, aanroep: Aanroep) -> int:
            totalen[actor] = self._taken.load_taken(1, 1, aanroep, actor_uuid=actor).totaal
            return totalen[actor]

        self._run([Lading(f"tel:{actor}", partial(count, actor)) for actor in actoren], _LIJST_S, stop)
        bladzijden = [
            (actor, nummer)
            for actor in actoren
            for nummer in range(1, -(-totalen.get(actor, 0) // PER_PAGINA) + 1)
        ]
        bladzijden.sort(key=lambda paar: paar[1], reverse=volgorde is Volgorde.DRINGEND)

        def load(actor: str, nummer: int, _: object, aanroep: Aanroep) -> Pagina[InterneTaak]:
            pagina = self._taken.load_taken(nummer, PER_PAGINA, aanroep, actor_uuid=actor)
            totalen[actor] = pagina.totaal or totalen[actor]
            return pagina

        plan = [Lading(f"lijst:{actor}:{nr}", partial(load, actor, nr)) for actor, nr in bladzijden]
        while plan:
            deel, plan = plan[:TEGELIJK], plan[TEGELIJK:]
            for uitkomst in self._uitvoerder.run(deel, seconden=_LIJST_S, stop=stop):
                if uitkomst.fout is not None:
                    raise uitkomst.fout
                yield uitkomst

    def _run(self, plan: list[Lading], seconden: float, stop: Stop) -> None:
        for uitkomst in self._uitvoerder.run(plan, seconden=seconden, stop=stop):
            if uitkomst.fout is not None:
                raise uitkomst.fout

    def _make_lijst(
        self,
        taken: Iterable[InterneTaak],
        totalen: dict[str, int],
        volgorde: Volgorde,
        *,
        compleet: bool = False,
    ) -> Lijst:
        rijen = [self._make_rij(taak) for taak in taken]
        gesorteerd = sort_rijen(rijen, volgorde, self._normen)
        totaal = len(gesorteerd) if compleet else max(sum(totalen.values()), len(gesorteerd))
        return Lijst(gesorteerd, totaal, compleet, self._klok.nu())

    def _make_rij(self, taak: InterneTaak) -> Terugbelrij:
        rij = Terugbelrij(taak, self.find_namen(taak))
        zonder_dag = rij.datums is None and taak.toegewezen_op is not None
        return replace(rij, norm=rij.find_streef(self._normen)) if zonder_dag else rij

    # --- bij wie het ligt -------------------------------------------------------------------------------

    def find_actoren(self, wiens: Wiens, stop: Stop) -> tuple[str, ...]:
        """De actoren om op te zoeken; ("",) is iedereen. Een medewerker heet in elk programma anders."""
        if wiens is Wiens.ALLE:
            return ("",)
        ids = (self._medewerker,) if wiens is Wiens.MIJN else self._afdelingen
        if not ids:
            raise InvoerFout(
                "Er is niet ingesteld bij welke afdeling u hoort. Kies Alle, of vraag uw beheerder.",
                code="geen_afdeling",
            )
        if ids not in self._actoren:
            gevonden: list[Taakactor] = []

            def load(object_id: str, _: object, aanroep: Aanroep) -> None:
                gevonden.extend(self._taken.find_actoren(object_id, aanroep))

            self._run([Lading(f"actor:{i}", partial(load, i)) for i in ids], _RIJ_S, stop)
            self._namen |= {actor.uuid: schoon(actor.naam) for actor in gevonden}
            if gevonden:
                self._actoren[ids] = tuple(actor.uuid for actor in gevonden)
        return self._actoren.get(ids, ())

    def load_namen(self, stop: Stop) -> None:
        """Hoe iedereen heet bij wie een verzoek kan liggen; één verzoek, daarna onthouden."""

        def load(_: object, aanroep: Aanroep) -> None:
            self._namen |= {a.uuid: schoon(a.naam) for a in self._taken.load_actoren(aanroep)}

        self._run([Lading("namen", load)], _LIJST_S, stop)

    def find_namen(self, taak: InterneTaak | Belofte) -> tuple[str, ...]:
        """Bij wie dit ligt, voor zover de namen bekend zijn."""
        return tuple(self._namen[uuid] for uuid in taak.actor_uuids if uuid in self._namen)

    # --- wie er te bellen is ----------------------------------------------------------------------------

    def load_bellers(
        self, rijen: Sequence[Terugbelrij], stop: Stop
    ) -> Iterator[tuple[str, Beller | KifFout]]:
        """Van elke rij wie er te bellen is, als (uuid van het verzoek, beller of waarom niet).

        Eén verzoek per contact, en geen enkel als het al bekend is. Wat voor het eerst getoond wordt, staat
        in het logboek. Raises Geannuleerd, WinkelFout.
        """
        van: dict[str, list[Terugbelrij]] = {}
        for rij in rijen:
            van.setdefault(rij.contact_uuid, []).append(rij)
        for contact in [uuid for uuid in van if uuid in self._contacten]:
            for rij in van.pop(contact):
                yield rij.uuid, self._make_beller(self._contacten[contact], rij)
        plan = [Lading(uuid, partial(self._load_contact, uuid)) for uuid in van]
        for uitkomst in self._uitvoerder.run(plan, seconden=_RIJ_S, stop=stop) if plan else ():
            for rij in van[uitkomst.naam]:
                fout = uitkomst.fout
                yield rij.uuid, fout or self._make_beller(self._contacten[uitkomst.naam], rij)

    def _load_contact(self, uuid: str, _: object, aanroep: Aanroep) -> None:
        gevonden = self._taken.load_taakcontact(uuid, aanroep)
        sleutel = sleutel_van(gevonden)
        self._logboek.note("terugbelverzoek_getoond", DOEL, sleutel, contact=uuid)
        self._contacten[uuid] = gevonden

    def load_nummers(self, rij: Terugbelrij, stop: Stop) -> tuple[str, ...]:
        """De nummers van de klant zelf, voor een verzoek zonder eigen nummer; leeg als die er niet zijn of
        verborgen zijn. Eén verzoek, pas als iemand wil bellen. Raises KifFout."""
        return self.load_adressen(rij, stop)[0]

    def load_adressen(self, rij: Terugbelrij, stop: Stop) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(nummers, e-mailadressen) van de klant zelf, na die bij het verzoek; leeg als zij verborgen zijn.
        Hoogstens één verzoek. Raises KifFout."""
        gevonden = self._contacten.get(rij.contact_uuid)
        partij = _partij_van(gevonden) if gevonden else None
        if gevonden is None or (
            partij is not None and partij.geheimhouding and rij.contact_uuid not in self._open_gemaakt
        ):
            return (), ()
        betrokkene = _klant_van(gevonden.contact)
        nummers = list(_nummers_van(betrokkene, partij))
        mail = [adres for adres in (betrokkene.adressen if betrokkene else ()) if "@" in adres]

        def load(_: object, aanroep: Aanroep) -> None:
            assert partij is not None
            adressen = self._klantinteracties.load_partij(partij.uuid, aanroep).digitale_adressen
            nummers.extend(a.adres for a in adressen if a.soort is AdresSoort.TELEFOON)
            mail.extend(a.adres for a in adressen if a.soort is AdresSoort.EMAIL)

        if partij is not None:
            self._run([Lading("adressen", load)], _RIJ_S, stop)
        return tuple(dict.fromkeys(nummers)), tuple(dict.fromkeys(mail))

    def onthul(self, rij: Terugbelrij, reden: str) -> Beller:
        """Het nummer bij geheimhouding of de tekst van een vertrouwelijk contact, met de reden in het
        logboek.

        Raises InvoerFout zonder reden, WinkelFout als het niet is vast te leggen.
        """
        if not reden.strip():
            raise InvoerFout("Schrijf op waarom u dit nodig hebt.", code="reden_ontbreekt")
        gevonden = self._contacten.get(rij.contact_uuid)
        if gevonden is None:
            raise InvoerFout("Dit verzoek is nog niet geladen. Wacht even.", code="niet_geladen")
        self._logboek.note(
            "onthuld", DOEL, sleutel_van(gevonden), contact=rij.contact_uuid, reden=reden.strip()
        )
        self._open_gemaakt.add(rij.contact_uuid)
        return self._make_beller(gevonden, rij)

    def _make_beller(self, gevonden: Taakcontact, rij: Terugbelrij) -> Beller:
        contact, partij = gevonden.contact, _partij_van(gevonden)
        open_gemaakt = contact.uuid in self._open_gemaakt
        geheim = partij is not None and partij.geheimhouding
        dicht = contact.vertrouwelijk and not open_gemaakt and not self._mag_vertrouwelijk
        verberger = _VERBORGEN if geheim and not open_gemaakt else Verberger()
        betrokkene = _klant_van(contact)

        def tekst(vrij: str) -> str:
            return "" if dicht else verberger.tekst(vrij)

        return Beller(
            naam=schoon(_naam_van(betrokkene, partij)) or "Naam niet bekend",
            telefoon=() if geheim and not open_gemaakt else _nummers_van(betrokkene, partij),
            sleutel=sleutel_van(gevonden),
            partij_uuid=partij.uuid if partij else "",
            geheim=geheim,
            vertrouwelijk=contact.vertrouwelijk,
            dicht=dicht,
            onderwerp=schoon(tekst(contact.onderwerp)),
            inhoud=tekst(contact.inhoud),
            vraag=tekst(rij.taak.tekst.vraag),
            kanaal=schoon(contact.kanaal),
            om=contact.plaatsgevonden_op,
            aangenomen_door=", ".join(schoon(a.naam) for a in contact.actoren if a.soort == "medewerker"),
            taal=contact.taal,
            zaken=tuple(
                o.object_id for o in contact.onderwerpobjecten if "zaak" in o.code_objecttype.lower()
            ),
        )

    @property
    def _mag_vertrouwelijk(self) -> bool:
        return self._bevoegdheid.hoogste_vertrouwelijkheid >= Vertrouwelijkheid.vertrouwelijk


def sleutel_van(gevonden: Taakcontact) -> KlantSleutel | None:
    """Waarmee deze klant te openen is: liefst zijn BSN of KVK-nummer, anders zijn partij."""
    partij = _partij_van(gevonden)
    if partij is None:
        return None
    if partij.bsn is not None:
        return PersoonSleutel(partij.bsn)
    if partij.kvk is not None:
        return BedrijfSleutel(partij.kvk, partij.vestiging)
    return PartijSleutel(partij.uuid)


def _klant_van(contact: Klantcontact) -> Betrokkene | None:
    """Wie er moet worden gebeld: wie het contact begon, en anders de klant."""
    op_volgorde = sorted(contact.betrokkenen, key=lambda b: (not b.initiator, b.rol != "klant"))
    return op_volgorde[0] if op_volgorde else None


def _partij_van(gevonden: Taakcontact) -> Partij | None:
    betrokkene = _klant_van(gevonden.contact)
    uuid = betrokkene.partij_uuid if betrokkene else None
    return next((partij for partij in gevonden.partijen if partij.uuid == uuid), None)


def _naam_van(betrokkene: Betrokkene | None, partij: Partij | None) -> str:
    if partij is not None and (partij.naam.weergave or partij.organisatienaam):
        return partij.naam.weergave or partij.organisatienaam
    return betrokkene.naam if betrokkene else ""


def _nummers_van(betrokkene: Betrokkene | None, partij: Partij | None) -> tuple[str, ...]:
    """Het nummer bij dit contact; dat van de partij vouwt het register hier niet uit."""
    van_partij = [a.adres for a in partij.digitale_adressen] if partij else []
    alle = [*(betrokkene.adressen if betrokkene else ()), *van_partij]
    uniek: dict[str, str] = {}
    for adres in alle:
        if "@" not in adres:
            # 06…, +316… en 00316… zijn hetzelfde nummer: de laatste negen cijfers tellen.
            uniek.setdefault("".join(teken for teken in adres if teken.isdigit())[-9:], adres)
    return tuple(uniek.values())
