"""Het klantbeeld openen, laden, opnieuw proberen en verder lezen; elk antwoord wordt een Verandering.

Een Verandering maakt van het beeld dat er nu is een nieuw beeld. Wie het beeld vasthoudt (het venster)
past haar toe; deze dienst onthoudt geen klant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from frontoffice.domain.aandacht import bepaal_aandacht, bepaal_waarschuwingen
from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.dossier import ZaakDossier, maak_stappen, maak_voorleestekst
from frontoffice.domain.fouten import FilterGenegeerd, Geannuleerd, Geweigerd, InvoerFout, KifFout
from frontoffice.domain.klant import Controle, Herkomst, KlantSleutel
from frontoffice.domain.klantbeeld import (
    Contacten,
    Geladen,
    Klantbeeld,
    Mislukt,
    Onderdeel,
    Wacht,
    waarde_van,
)
from frontoffice.domain.termijn import bereken_termijn
from frontoffice.domain.tijdlijn import Stroom
from frontoffice.domain.zaak import Zaak, ZaakDetail, ZaakDocument
from frontoffice.ports import (
    Aanroep,
    Afsprakenbron,
    Bedrijven,
    Bron,
    BronPagina,
    Klantinteracties,
    Klok,
    Logboek,
    Meldingenbron,
    Pagina,
    Personen,
    Stop,
)
from frontoffice.ports import Zaken as Zakenregister
from frontoffice.services.bewaren import bewaar
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.inzage import check_gecontroleerd, note_geopend, vraagt_reden
from frontoffice.services.laden import BRON, PAGINA_ZAKEN, Lader, onderdelen_van
from frontoffice.services.nakijken import zijn_eigen
from frontoffice.services.stromen import (
    AFSPRAKEN,
    CONTACTEN,
    MELDINGEN,
    ZAKEN,
    contactpagina,
    met_tijdlijn,
    stroom_van_bron,
)
from frontoffice.uitvoeren import Lading, Uitkomst, Uitvoerder

Verandering = Callable[[Klantbeeld], Klantbeeld]

_ONTHULBAAR = ("bsn", "adres", "telefoon", "email", "geboortedatum")
_MEE_OPNIEUW = {
    "klant": ("klant", "contacten", AFSPRAKEN, MELDINGEN),
    "persoon": ("persoon", AFSPRAKEN),
    "catalogus": ("catalogus",),
}


class KlantbeeldDienst:
    """Zie de module. Methoden draaien op een achtergronddraad, behalve `begin`, `controleer` en `onthul`."""

    def __init__(
        self,
        *,
        klantinteracties: Klantinteracties,
        zaken: Zakenregister,
        personen: Personen,
        bedrijven: Bedrijven,
        logboek: Logboek,
        klok: Klok,
        uitvoerder: Uitvoerder,
        instellingen: Instellingen,
        bronnen: Sequence[Bron] = (),
        afspraken: Afsprakenbron | None = None,
        meldingen: Meldingenbron | None = None,
    ) -> None:
        """`bronnen` voeden de tijdlijn naast contacten en zaken; hun namen zijn uniek. Zonder `afspraken` is
        er geen agenda, en dan zegt het beeld er ook niets over; met `meldingen` net zo."""
        self._klantinteracties = klantinteracties
        self._zaken = zaken
        self._logboek = logboek
        self._klok = klok
        self._uitvoerder = uitvoerder
        self._instellingen = instellingen
        self._bronnen = tuple(bronnen)
        self._los = (
            *((AFSPRAKEN,) if afspraken is not None else ()),
            *((MELDINGEN,) if meldingen is not None else ()),
        )
        self._lader = Lader(
            klantinteracties=klantinteracties,
            zaken=zaken,
            personen=personen,
            bedrijven=bedrijven,
            logboek=logboek,
            instellingen=instellingen,
            bronnen=bronnen,
            afspraken=afspraken,
            meldingen=meldingen,
        )
        namen = [bron.naam for bron in bronnen]
        vast = {CONTACTEN, ZAKEN, AFSPRAKEN, *self._los}
        if len({*namen, *vast}) != len(namen) + len(vast):
            raise ValueError("elke bron van de tijdlijn heeft een eigen naam")

    # Openen en laden

    def begin(self, sleutel: KlantSleutel, herkomst: Herkomst) -> Klantbeeld:
        """Een leeg beeld waarin alles nog wacht. Vraagt niets en legt niets vast: dat doet `load`."""
        leeg = Klantbeeld(sleutel, herkomst, self._klok.vandaag(), gecontroleerd=not herkomst.vraagt_controle)
        return _zet(leeg, {naam: Wacht() for naam in self._onderdelen_van(sleutel)})

    def load(self, beeld: Klantbeeld, stop: Stop) -> Iterator[Verandering]:
        """Het eerste beeld, onderdeel voor onderdeel zodra het er is; samen binnen `eerste_beeld` seconden.

        Legt eerst vast dat deze klant opengaat. Raises WinkelFout als dat niet lukt; dan is niets gevraagd.
        """
        delen = (*self._onderdelen_van(beeld.sleutel), *(bron.naam for bron in self._bronnen))
        yield from self._load(beeld, delen, stop)

    def retry(self, beeld: Klantbeeld, onderdeel: str, stop: Stop) -> Iterator[Verandering]:
        """Laad één onderdeel of bron opnieuw, met wat ervan afhangt. De eerste Verandering zet ze op
        Wacht."""
        delen = set(_MEE_OPNIEUW.get(onderdeel, (onderdeel,)))
        if onderdeel == "contacten" and not isinstance(beeld.klant, Geladen):
            delen.add("klant")
        if onderdeel == "zaken" and not isinstance(beeld.catalogus, Geladen):
            delen.add("catalogus")
        if onderdeel == "catalogus" and isinstance(beeld.zaken, Mislukt):
            delen.add("zaken")
        yield self._op_wacht(beeld.sleutel, delen)
        yield from self._load(beeld, delen, stop)

    def reload(self, beeld: Klantbeeld, onderdeel: str, stop: Stop) -> Iterator[Verandering]:
        """Kijk of één onderdeel is veranderd; wat er stond blijft staan tot het nieuwe er is."""
        if onderdeel in beeld.onderdelen:
            yield from self._load(beeld, (onderdeel,), stop)

    def load_meer_tijdlijn(self, beeld: Klantbeeld, stop: Stop) -> Iterator[Verandering]:
        """De volgende pagina van de bron die de tijdlijn tegenhoudt. Mislukt dat, dan zegt die bron het
        zelf."""
        stroom = beeld.tijdlijn.remmende_stroom
        if stroom is None or stroom.vervolg is None:
            return
        if stroom.naam == CONTACTEN:
            pagina = int(stroom.vervolg)
            werk: Callable[[Aanroep], object] = lambda a: self._lader.load_contactpagina(beeld, pagina, a)  # noqa: E731
        else:
            bron, vervolg = self._lader.bron(stroom.naam), stroom.vervolg
            if bron is None:
                raise ValueError(f"onbekende bron {stroom.naam}")
            gekozen = bron
            werk = lambda a: gekozen.load(beeld.sleutel, a, vervolg)  # noqa: E731
        for uitkomst in self._run([Lading("meer", lambda _, a: werk(a))], self._instellingen.details, stop):
            yield self._meer_tijdlijn(beeld.sleutel, stroom, uitkomst)

    def load_meer_zaken(self, beeld: Klantbeeld, stop: Stop) -> Iterator[Verandering]:
        """De volgende twintig open zaken, nagekeken. Raises KifFout; wat er al stond blijft."""
        zaken = waarde_van(beeld.zaken)
        if zaken is None or not zaken.nog_na_te_kijken:
            return
        uuids = zaken.nog_na_te_kijken[:PAGINA_ZAKEN]
        catalogus = waarde_van(beeld.catalogus)
        lading = Lading(
            "zaken", lambda _, a: self._lader.load_zakenpagina(beeld.sleutel, uuids, catalogus, a)
        )
        for uitkomst in self._run([lading], self._instellingen.details, stop):
            yield self._meer_zaken(beeld.sleutel, uuids, uitkomst)

    def load_afgeronde_zaken(self, beeld: Klantbeeld, stop: Stop) -> Iterator[Verandering]:
        """De (volgende) twintig afgeronde zaken, nagekeken. Raises KifFout."""
        zaken = waarde_van(beeld.zaken)
        if zaken is None or (zaken.afgerond is not None and zaken.afgerond_volgende_pagina is None):
            return
        pagina = zaken.afgerond_volgende_pagina or 1
        lading = Lading("zaken", lambda _, a: self._lader.load_afgerond(beeld, pagina, a))
        for uitkomst in self._run([lading], self._instellingen.details, stop):
            yield self._meer_afgerond(beeld.sleutel, pagina, uitkomst)

    # Details

    def load_contact(self, beeld: Klantbeeld, uuid: str, stop: Stop) -> Klantcontact:
        """Eén contact met alles erbij. Raises Geweigerd als het niet van deze klant is."""
        check_gecontroleerd(beeld)
        aanroep = Aanroep.van(self._instellingen.details, stop)
        contact = self._klantinteracties.load_klantcontact(uuid, aanroep)
        contacten = waarde_van(beeld.contacten)
        partijen = waarde_van(beeld.klant) or ()
        in_beeld = contacten is not None and any(c.uuid == uuid for c in contacten.rijen)
        if contact.uuid != uuid or not (in_beeld or zijn_eigen([contact], partijen)):
            raise Geweigerd("Dit contact is niet van deze klant. Ververs het scherm.")
        self._logboek.note("contact_geopend", self._instellingen.doel, beeld.sleutel, contact=uuid)
        return contact

    def load_zaak(self, beeld: Klantbeeld, uuid: str, stop: Stop) -> ZaakDossier:
        """Eén zaak uit het beeld met alles erbij; een deel dat mislukt staat in `fouten` van het dossier."""
        check_gecontroleerd(beeld)
        zaak = _zaak_in_beeld(beeld, uuid)
        plan = [
            Lading("stappen", lambda _, a: self._zaken.load_statussen(uuid, a)),
            Lading("documenten", lambda _, a: self._zaken.load_documenten(uuid, a)),
            Lading("contacten", lambda _, a: self._klantinteracties.load_klantcontacten_van_zaak(uuid, a)),
        ]
        if zaak.resultaat_uuid:
            resultaat_uuid = zaak.resultaat_uuid
            plan.append(Lading("resultaat", lambda _, a: self._zaken.load_resultaat(resultaat_uuid, a)))
        uitkomsten = {u.naam: u for u in self._run(plan, self._instellingen.details, stop)}
        self._logboek.note("zaak_geopend", self._instellingen.doel, beeld.sleutel, zaak=uuid)
        return self._maak_dossier(beeld, zaak, uitkomsten)

    def save_document(
        self,
        beeld: Klantbeeld,
        document: ZaakDocument,
        doel: Path,
        voortgang: Callable[[int, int | None], None],
        stop: Stop,
    ) -> Path:
        """Bewaar een document; `doel` is een map of een gekozen bestand. Overschrijft en opent niets."""
        check_gecontroleerd(beeld)
        aanroep = Aanroep.van(self._instellingen.details, stop)
        if not document.vertrouwelijkheid:
            document = self._load_gegevens(beeld, document, aanroep)
        if not self._instellingen.bevoegdheid.mag_document(document):
            raise Geweigerd("Dit document mag u niet zien. Vraag een collega die dat wel mag.")
        uuid = document.informatieobject_uuid
        self._logboek.note("document_bewaard", self._instellingen.doel, beeld.sleutel, document=uuid)
        return bewaar(doel, document, lambda naar: self._zaken.download(uuid, naar, voortgang, aanroep))

    def _load_gegevens(self, beeld: Klantbeeld, document: ZaakDocument, aanroep: Aanroep) -> ZaakDocument:
        """Uit de tijdlijn is alleen de titel bekend: vraag eerst hoe vertrouwelijk het is en hoe het heet."""
        for zaak in _zaken_in_beeld(beeld):
            if any(kaal.uuid == document.uuid for kaal in zaak.documenten or ()):
                bekend = {heel.uuid: heel for heel in self._zaken.load_documenten(zaak.uuid, aanroep)}
                if document.uuid in bekend:
                    return bekend[document.uuid]
        raise Geweigerd("Dit document hoort niet bij deze klant. Ververs het scherm.")

    # Controleren en tonen

    def controleer(self, beeld: Klantbeeld, wijze: Controle, toelichting: str = "") -> Klantbeeld:
        """De medewerker weet nu wie er spreekt. Raises InvoerFout als "anders" geen toelichting heeft."""
        if wijze is Controle.ANDERS and not toelichting.strip():
            raise InvoerFout("Typ hoe u hebt gecontroleerd wie u spreekt.", code="toelichting_ontbreekt")
        self._logboek.note(
            "gecontroleerd",
            self._instellingen.doel,
            beeld.sleutel,
            wijze=wijze.value,
            toelichting=toelichting.strip(),
        )
        return replace(beeld, gecontroleerd=True)

    def onthul(self, beeld: Klantbeeld, wat: str, reden: str) -> Klantbeeld:
        """Toon iets dat dicht is: "bsn", "adres", "telefoon", "email", "geboortedatum" of "contact:<uuid>".

        Geheimhouding en vertrouwelijke contacten vragen een reden. Raises InvoerFout, Geweigerd.
        """
        check_gecontroleerd(beeld)
        if wat not in _ONTHULBAAR and not wat.startswith("contact:"):
            raise ValueError(f"niet te onthullen: {wat}")
        if vraagt_reden(beeld, wat) and not reden.strip():
            raise InvoerFout("Typ waarom u dit wilt zien.", code="reden_ontbreekt")
        self._logboek.note("onthuld", reden.strip() or self._instellingen.doel, beeld.sleutel, wat=wat)
        return replace(beeld, onthuld=beeld.onthuld | {wat})

    def annuleer(self, beeld: Klantbeeld) -> Klantbeeld:
        """Wat nog wachtte, is afgebroken: het staat er als niet geladen, met Opnieuw."""
        om = self._klok.nu()
        wachtend = [naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Wacht)]
        return _zet(beeld, {naam: Mislukt(Geannuleerd(), om, 0.0) for naam in wachtend})

    # Van uitkomst naar verandering

    def _onderdelen_van(self, sleutel: KlantSleutel) -> tuple[str, ...]:
        return (*onderdelen_van(sleutel), *self._los)

    def _run(self, plan: Sequence[Lading], seconden: float, stop: Stop) -> Iterator[Uitkomst]:
        yield from self._uitvoerder.run(plan, seconden=seconden, stop=stop)

    def _load(self, beeld: Klantbeeld, delen: Collection[str], stop: Stop) -> Iterator[Verandering]:
        if not beeld.vastgelegd:
            note_geopend(self._logboek, self._instellingen.doel, beeld)
            yield self._verander(beeld.sleutel, None, lambda nu: replace(nu, vastgelegd=True))
        plan = self._lader.plan(beeld, delen)
        duur: dict[str, float] = {}
        for uitkomst in self._run(plan, self._instellingen.eerste_beeld, stop):
            duur[uitkomst.naam] = uitkomst.ms
            yield self._verwerk(beeld.sleutel, uitkomst, duur)

    def _verwerk(self, sleutel: KlantSleutel, uitkomst: Uitkomst, duur: Mapping[str, float]) -> Verandering:
        naam = uitkomst.naam
        if naam.endswith("_lijst"):
            return self._verander(sleutel, uitkomst, lambda beeld: beeld)
        if naam.startswith(BRON):
            bron = self._lader.bron(naam.removeprefix(BRON))
            stroom = stroom_van_bron(naam.removeprefix(BRON), bron is None or bron.aangesloten, uitkomst)
            return self._verander(sleutel, uitkomst, lambda b: replace(b, tijdlijn=b.tijdlijn.met(stroom)))
        deel = self._deel(uitkomst, uitkomst.ms + duur.get(f"{naam}_lijst", 0.0))
        return self._verander(sleutel, uitkomst, lambda beeld: met_tijdlijn(_zet(beeld, {naam: deel}), naam))

    def _deel(self, uitkomst: Uitkomst, ms: float) -> Onderdeel[Any]:
        om = self._klok.nu()
        return Mislukt(uitkomst.fout, om, ms) if uitkomst.fout else Geladen(uitkomst.waarde, om, ms)

    def _verander(
        self, sleutel: KlantSleutel, uitkomst: Uitkomst | None, verander: Verandering
    ) -> Verandering:
        """Een Verandering die alleen bij haar eigen klant past en bijwerkt wat uit de onderdelen volgt."""
        verzoeken = uitkomst.verzoeken if uitkomst else ()

        def toepassen(beeld: Klantbeeld) -> Klantbeeld:
            if beeld.sleutel != sleutel:
                return beeld
            nieuw = verander(replace(beeld, verzoeken=(*beeld.verzoeken, *verzoeken)))
            if _verschilt(beeld, nieuw, "persoon", "klant"):
                nieuw = replace(nieuw, waarschuwingen=bepaal_waarschuwingen(nieuw))
            if _verschilt(beeld, nieuw, "zaken", "catalogus", "contacten", "meldingen"):
                aandacht = bepaal_aandacht(nieuw, self._instellingen.wacht_op_inwoner)
                nieuw = replace(nieuw, aandacht=aandacht)
            return nieuw

        return toepassen

    def _op_wacht(self, sleutel: KlantSleutel, delen: Collection[str]) -> Verandering:
        def wacht(beeld: Klantbeeld) -> Klantbeeld:
            nieuw = _zet(beeld, {naam: Wacht() for naam in delen if naam in beeld.onderdelen})
            tijdlijn = nieuw.tijdlijn
            for naam in delen:
                tijdlijn = tijdlijn.zonder(naam)
            return replace(nieuw, tijdlijn=tijdlijn)

        return self._verander(sleutel, None, wacht)

    def _meer_tijdlijn(self, sleutel: KlantSleutel, stroom: Stroom, uitkomst: Uitkomst) -> Verandering:
        waarde, fout = uitkomst.waarde, uitkomst.fout

        def erbij(beeld: Klantbeeld) -> Klantbeeld:
            nu = beeld.tijdlijn.stroom(stroom.naam)
            if nu is None or nu.vervolg != stroom.vervolg:
                return beeld
            if isinstance(fout, FilterGenegeerd) and stroom.naam == CONTACTEN:
                return met_tijdlijn(replace(beeld, contacten=self._deel(uitkomst, uitkomst.ms)), CONTACTEN)
            if fout is not None:
                return replace(beeld, tijdlijn=beeld.tijdlijn.met(replace(nu, fout=fout)))
            if isinstance(waarde, BronPagina):
                pagina = nu.met_pagina(waarde.items, waarde.vervolg, waarde.bereikt)
                return replace(beeld, tijdlijn=beeld.tijdlijn.met(pagina))
            if isinstance(waarde, Contacten) and isinstance(beeld.contacten, Geladen):
                return self._met_contactpagina(beeld, beeld.contacten, nu, waarde)
            return beeld

        return self._verander(sleutel, uitkomst, erbij)

    def _met_contactpagina(
        self, beeld: Klantbeeld, oud: Geladen[Contacten], stroom: Stroom, pagina: Contacten
    ) -> Klantbeeld:
        bekend = {contact.uuid for contact in oud.waarde.rijen}
        rijen = (*oud.waarde.rijen, *(c for c in pagina.rijen if c.uuid not in bekend))
        contacten = Contacten(rijen, pagina.totaal or oud.waarde.totaal, pagina.volgende_pagina)
        tijdlijn = beeld.tijdlijn.met(
            contactpagina(stroom, pagina.rijen, pagina.volgende_pagina, beeld.vandaag)
        )
        return replace(beeld, contacten=Geladen(contacten, self._klok.nu(), oud.ms), tijdlijn=tijdlijn)

    def _meer_zaken(self, sleutel: KlantSleutel, uuids: tuple[str, ...], uitkomst: Uitkomst) -> Verandering:
        fout, gekregen = uitkomst.fout, uitkomst.waarde
        if fout is not None and not isinstance(fout, FilterGenegeerd):
            raise fout

        def erbij(beeld: Klantbeeld) -> Klantbeeld:
            if fout is not None:
                return met_tijdlijn(replace(beeld, zaken=self._deel(uitkomst, uitkomst.ms)), ZAKEN)
            if not isinstance(beeld.zaken, Geladen) or not isinstance(gekregen, tuple):
                return beeld
            oud = beeld.zaken.waarde
            over = tuple(uuid for uuid in oud.nog_na_te_kijken if uuid not in uuids)
            bekend = {zaak.uuid for zaak in oud.zaken}
            zaken = (*oud.zaken, *(zaak for zaak in gekregen if zaak.uuid not in bekend))
            nieuw = replace(oud, zaken=zaken, nog_na_te_kijken=over)
            return met_tijdlijn(replace(beeld, zaken=replace(beeld.zaken, waarde=nieuw)), ZAKEN)

        return self._verander(sleutel, uitkomst, erbij)

    def _meer_afgerond(self, sleutel: KlantSleutel, pagina: int, uitkomst: Uitkomst) -> Verandering:
        fout, gekregen = uitkomst.fout, uitkomst.waarde
        if fout is not None and not isinstance(fout, FilterGenegeerd):
            raise fout

        def erbij(beeld: Klantbeeld) -> Klantbeeld:
            if fout is not None:
                return met_tijdlijn(replace(beeld, zaken=self._deel(uitkomst, uitkomst.ms)), ZAKEN)
            if not isinstance(beeld.zaken, Geladen) or not isinstance(gekregen, Pagina):
                return beeld
            oud = beeld.zaken.waarde
            if (oud.afgerond_volgende_pagina or 1) != pagina:
                return beeld
            bekend = {zaak.uuid for zaak in oud.afgerond or ()}
            afgerond = (*(oud.afgerond or ()), *(zaak for zaak in gekregen.rijen if zaak.uuid not in bekend))
            nieuw = replace(oud, afgerond=afgerond, afgerond_volgende_pagina=gekregen.volgende_pagina)
            return met_tijdlijn(replace(beeld, zaken=replace(beeld.zaken, waarde=nieuw)), ZAKEN)

        return self._verander(sleutel, uitkomst, erbij)

    def _maak_dossier(self, beeld: Klantbeeld, zaak: Zaak, uitkomsten: Mapping[str, Uitkomst]) -> ZaakDossier:
        catalogus = waarde_van(beeld.catalogus)
        waarden: dict[str, Any] = {naam: u.waarde for naam, u in uitkomsten.items() if u.fout is None}
        zaaktype = catalogus.zaaktypen.get(zaak.zaaktype_uuid) if catalogus else None
        fouten = [(naam, u.fout) for naam, u in uitkomsten.items() if u.fout is not None]
        alle: tuple[Klantcontact, ...] = waarden["contacten"].rijen if "contacten" in waarden else ()
        if alle and not isinstance(beeld.klant, Geladen):
            # Zonder klantregister is niet te zeggen welke van deze klant zijn.
            alle, fouten = (), [*fouten, ("contacten", _zonder_klant(beeld))]
        partijen = waarde_van(beeld.klant) or ()
        eigen = tuple(contact for contact in alle if zijn_eigen([contact], partijen))
        statussen = waarden.get("stappen", (zaak.status,) if zaak.status else ())
        mag = self._instellingen.bevoegdheid.mag_document
        documenten = tuple(d for d in waarden.get("documenten", zaak.documenten or ()) if mag(d))
        resultaat = waarden.get("resultaat")
        return ZaakDossier(
            detail=ZaakDetail(zaak, statussen, zaak.rollen or (), documenten, resultaat),
            zaaktype=zaaktype.omschrijving if zaaktype else "Zaaktype onbekend",
            termijn=bereken_termijn(zaak, beeld.vandaag, catalogus),
            stappen=maak_stappen(statussen, zaak, catalogus),
            contacten=eigen,
            contacten_van_anderen=len(alle) - len(eigen),
            voorleestekst=maak_voorleestekst(
                zaak, beeld.sleutel, catalogus, self._instellingen.wacht_op_inwoner, beeld.vandaag, resultaat
            ),
            fouten=tuple(fouten),
        )


def _verschilt(oud: Klantbeeld, nieuw: Klantbeeld, *delen: str) -> bool:
    """Is een van deze onderdelen vervangen? Daaruit volgt wat het scherm bovenaan zegt, en niets anders."""
    return any(getattr(oud, deel) is not getattr(nieuw, deel) for deel in delen)


def _zet(beeld: Klantbeeld, delen: Mapping[str, Onderdeel[Any]]) -> Klantbeeld:
    return replace(beeld, **delen)  # type: ignore[arg-type]  # namen van onderdelen zijn velden van Klantbeeld


def _zaak_in_beeld(beeld: Klantbeeld, uuid: str) -> Zaak:
    """Alleen zaken die al zijn nagekeken en getoond mogen worden, gaan open."""
    for zaak in _zaken_in_beeld(beeld):
        if zaak.uuid == uuid:
            return zaak
    raise Geweigerd("Deze zaak hoort niet bij deze klant. Ververs het scherm.")


def _zonder_klant(beeld: Klantbeeld) -> KifFout:
    if isinstance(beeld.klant, Mislukt):
        return beeld.klant.fout
    return KifFout("Het klantregister is nog onderweg. Open de zaak straks opnieuw.", opnieuw_helpt=True)


def _zaken_in_beeld(beeld: Klantbeeld) -> tuple[Zaak, ...]:
    zaken = waarde_van(beeld.zaken)
    return (*zaken.zaken, *(zaken.afgerond or ())) if zaken else ()
