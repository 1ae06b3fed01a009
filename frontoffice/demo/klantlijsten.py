"""De lijsten van Klantinteracties met hun filters, zoals Open Klant 2.18 ze geeft.

Elk deel van een identificator wordt apart bekeken. De weergave van rijen en expand staat in `klantrijen`.
"""

from __future__ import annotations

from collections.abc import Callable

from frontoffice.demo.http import (
    Json,
    Verzoek,
    check_keuze,
    lees_bool,
    lees_expand,
    lees_uuid,
    ongeldig,
    render_pagina,
    render_pagina_als_geheel,
    uuid_uit_url,
)
from frontoffice.demo.klantbestand import Klantbestand
from frontoffice.demo.klantfilters import (
    DELEN,
    HOOFDDELEN,
    OBJECT_DELEN,
    SOORTEN_ACTOR,
    SOORTEN_ADRES,
    SOORTEN_PARTIJ,
)
from frontoffice.demo.klantrijen import EXPAND, Klantrijen
from frontoffice.demo.tijd import format_moment, read_moment
from frontoffice.demo.wereld.feiten import (
    Actor,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Koppeling,
    Onderwerpobject,
    Partij,
    Taak,
)


class Klantlijsten:
    """Beantwoordt GET op een lijst."""

    def __init__(self, bestand: Klantbestand, rijen: Klantrijen) -> None:
        self.bestand = bestand
        self.wereld = bestand.wereld
        self.rijen = rijen
        self._lijsten: dict[str, Callable[[Verzoek], Json]] = {
            "partijen": self._partijen,
            "digitaleadressen": self._digitale_adressen,
            "klantcontacten": self._klantcontacten,
            "betrokkenen": self._betrokkenen,
            "internetaken": self._internetaken,
            "actoren": self._actoren,
            "onderwerpobjecten": self._onderwerpobjecten,
            "actorklantcontacten": self._koppelingen,
            "partij-identificatoren": self._identificatoren,
        }

    def answer(self, bron: str, verzoek: Verzoek) -> Json:
        return self._lijsten[bron](verzoek)

    # --- hulp bij filters ---------------------------------------------------

    def _partijnummers(self, verzoek: Verzoek, voor: str) -> set[int] | None:
        """De partijen die aan elk onderdeel van de identificator voldoen; elk onderdeel wordt apart bekeken.

        None als er geen zo'n filter is. "rsin" met een KVK-nummer vindt daardoor ook een partij die beide
        heeft, net als Open Klant.
        """
        uit: set[int] | None = None
        for naam, veld in DELEN.items():
            if voor + naam in verzoek.query:
                waarde = verzoek.waarde(voor + naam)
                goed = {
                    p.nummer
                    for p in self.wereld.partijen
                    if any(getattr(i, veld) == waarde for i in p.identificatoren)
                }
                uit = goed if uit is None else uit & goed
        return uit

    @staticmethod
    def _gezocht_uuid(verzoek: Verzoek, voor: str) -> str | None:
        if f"{voor}__uuid" in verzoek.query:
            return lees_uuid(f"{voor}__uuid", verzoek.waarde(f"{voor}__uuid"))
        if f"{voor}__url" in verzoek.query:
            return uuid_uit_url(f"{voor}__url", verzoek.waarde(f"{voor}__url"))
        return None

    # --- lijsten ------------------------------------------------------------

    def _partijen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["partijen"])
        rijen: list[Partij] = list(reversed(self.wereld.partijen))
        nummers = self._partijnummers(verzoek, "partijIdentificator__")
        if nummers is not None:
            rijen = [p for p in rijen if p.nummer in nummers]
        for naam, veld in (("codeSoortObjectId", "sub_soort"), ("objectId", "sub_object_id")):
            if f"subIdentificatorVan__{naam}" in verzoek.query:
                waarde = verzoek.waarde(f"subIdentificatorVan__{naam}")
                rijen = [p for p in rijen if any(getattr(i, veld) == waarde for i in p.identificatoren)]
        if "soortPartij" in verzoek.query:
            soort = check_keuze("soortPartij", verzoek.waarde("soortPartij"), SOORTEN_PARTIJ)
            rijen = [p for p in rijen if p.soort == soort]
        if (actief := lees_bool(verzoek.waarde("indicatieActief"))) is not None:
            rijen = [p for p in rijen if p.actief is actief]
        if (geheim := lees_bool(verzoek.waarde("indicatieGeheimhouding"))) is not None:
            rijen = [p for p in rijen if p.geheim is geheim]
        if (
            uuid := self._gezocht_uuid(verzoek, "vertegenwoordigdePartij")
        ) is not None or "nummer" in verzoek.query:
            rijen = [
                p
                for p in rijen
                if uuid is not None and p.werkt_voor >= 0 and self.wereld.partijen[p.werkt_voor].uuid == uuid
            ]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("partijen", deel, expand)
        )

    def _digitale_adressen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["digitaleadressen"])
        rijen: list[DigitaalAdres] = list(reversed(self.wereld.digitale_adressen))
        if "adres" in verzoek.query:
            rijen = [a for a in rijen if a.adres == verzoek.waarde("adres")]
        if "adres__icontains" in verzoek.query:
            deel = verzoek.waarde("adres__icontains").lower()
            rijen = [a for a in rijen if deel in a.adres.lower()]
        if "soortDigitaalAdres" in verzoek.query:
            soort = check_keuze("soortDigitaalAdres", verzoek.waarde("soortDigitaalAdres"), SOORTEN_ADRES)
            rijen = [a for a in rijen if a.soort == soort]
        if (standaard := lees_bool(verzoek.waarde("isStandaardAdres"))) is not None:
            rijen = [a for a in rijen if a.standaard is standaard]
        if (uuid := self._gezocht_uuid(verzoek, "verstrektDoorPartij")) is not None:
            rijen = [a for a in rijen if a.partij >= 0 and self.wereld.partijen[a.partij].uuid == uuid]
        if (uuid := self._gezocht_uuid(verzoek, "verstrektDoorBetrokkene")) is not None:
            betrokkenen = self.bestand.betrokkenen
            rijen = [a for a in rijen if a.betrokkene is not None and betrokkenen[a.betrokkene].uuid == uuid]
        nummers = self._partijnummers(verzoek, "verstrektDoorPartij__partijIdentificator__")
        if nummers is not None:
            rijen = [a for a in rijen if a.partij in nummers]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("digitaleadressen", deel, expand)
        )

    def _klantcontacten(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["klantcontacten"])
        rijen: list[Contact] = list(reversed(self.wereld.contacten))
        rijen.sort(key=lambda c: c.tijd[:-1], reverse=True)  # zonder Z: anders komt 10:00:00.5 vóór 10:00:00
        if verzoek.storing != "filter-genegeerd":
            rijen = self._filter_op_klant(verzoek, rijen)
        rijen = self._filter_op_inhoud(verzoek, rijen)
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("klantcontacten", deel, expand)
        )

    def _filter_op_klant(self, verzoek: Verzoek, rijen: list[Contact]) -> list[Contact]:
        """Filters op betrokkene en partij. Op uuid is het een JOIN: met twee rollen komt de rij twee keer."""
        nummers = self._partijnummers(verzoek, "hadBetrokkene__wasPartij__partijIdentificator__")
        if nummers is not None:
            gezocht = nummers
            rijen = [c for c in rijen if any(b.partij in gezocht for b in c.betrokkenen)]
        if (uuid := self._gezocht_uuid(verzoek, "hadBetrokkene__wasPartij")) is not None:
            partij = self.bestand.on_uuid("partijen").get(uuid)
            nummer = partij.nummer if partij else -2
            rijen = [c for c in rijen for b in c.betrokkenen if b.partij == nummer]
        if (uuid := self._gezocht_uuid(verzoek, "hadBetrokkene")) is not None:
            rijen = [c for c in rijen for b in c.betrokkenen if b.uuid == uuid]
        if (met_partij := lees_bool(verzoek.waarde("hadBetrokkene__wasPartij"))) is not None:
            rijen = [c for c in rijen if any((b.partij >= 0) is met_partij for b in c.betrokkenen)]
        if "hadBetrokkene__digitaaladres__adres__icontains" in verzoek.query:
            deel = verzoek.waarde("hadBetrokkene__digitaaladres__adres__icontains").lower()
            rijen = [c for c in rijen for b in c.betrokkenen for a in b.adressen if deel in a.adres.lower()]
        return rijen

    def _filter_op_inhoud(self, verzoek: Verzoek, rijen: list[Contact]) -> list[Contact]:
        query = verzoek.query
        for naam in ("onderwerp", "inhoud", "reactie"):
            if naam in query:
                deel = verzoek.waarde(naam).lower()
                rijen = [c for c in rijen if deel in getattr(c, naam).lower()]
        if "kanaal" in query:
            rijen = [c for c in rijen if c.kanaal == verzoek.waarde("kanaal")]
        if "plaatsgevondenOp" in query:
            tijd = _lees_tijd("plaatsgevondenOp", verzoek.waarde("plaatsgevondenOp"))
            rijen = [c for c in rijen if c.tijd == tijd]
        if "referentienummer" in query:
            nummer = verzoek.waarde("referentienummer")
            rijen = [c for c in rijen if c.referentienummer == nummer]
        if "nummer" in query:
            rijen = []
        test = self._objecttest(verzoek, "wasOnderwerpobject__onderwerpobjectidentificator")
        uuid = self._gezocht_uuid(verzoek, "wasOnderwerpobject")
        if test is not None or uuid is not None:
            rijen = self._filter_op_verwezen(rijen, test, uuid)
        if (taken := lees_bool(verzoek.waarde("leiddeTotInterneTaken"))) is not None:
            rijen = [c for c in rijen if bool(c.taken) is taken]
        if (dicht := lees_bool(verzoek.waarde("vertrouwelijk"))) is not None:
            rijen = [c for c in rijen if c.vertrouwelijk is dicht]
        if (gelukt := lees_bool(verzoek.waarde("indicatieContactGelukt"))) is not None:
            rijen = [c for c in rijen if c.gelukt is gelukt]
        if (uuid := self._gezocht_uuid(verzoek, "onderwerpobject")) is not None:
            rijen = [c for c in rijen for o in c.onderwerpen if o.uuid == uuid]
        test = self._objecttest(verzoek, "onderwerpobject__onderwerpobjectidentificator")
        return rijen if test is None else [c for c in rijen for o in c.onderwerpen if test(o)]

    def _filter_op_verwezen(
        self, rijen: list[Contact], test: Callable[[Onderwerpobject], bool] | None, uuid: str | None
    ) -> list[Contact]:
        """De contacten waar een onderwerpobject naar wijst (wasKlantcontact)."""
        doelen = [
            o.was_contact
            for o in self.bestand.onderwerpobjecten
            if o.was_contact >= 0 and (test is None or test(o)) and uuid in (None, o.uuid)
        ]
        return [c for c in rijen for doel in doelen if c.nummer == doel]

    @staticmethod
    def _objecttest(verzoek: Verzoek, voor: str) -> Callable[[Onderwerpobject], bool] | None:
        if not any(naam.startswith(voor) for naam in verzoek.query):
            return None
        codes = {
            plek: verzoek.waarde(voor + naam)
            for naam, plek in OBJECT_DELEN.items()
            if voor + naam in verzoek.query
        }
        zoek_id = voor + "ObjectId" in verzoek.query
        object_id = verzoek.waarde(voor + "ObjectId")
        return lambda o: (
            all(o.code[plek] == waarde for plek, waarde in codes.items())
            and (not zoek_id or o.object_id == object_id)
        )

    def _betrokkenen(self, verzoek: Verzoek) -> Json:
        expand = lees_expand(verzoek, EXPAND["betrokkenen"])
        rijen: list[Betrokkene] = list(reversed(self.bestand.betrokkenen))
        for plek, naam in enumerate(("Voorletters", "Voornaam", "VoorvoegselAchternaam", "Achternaam")):
            if f"contactnaam{naam}" in verzoek.query:
                rijen = [b for b in rijen if b.naam[plek] == verzoek.waarde(f"contactnaam{naam}")]
        if (uuid := self._gezocht_uuid(verzoek, "wasPartij")) is not None:
            rijen = [b for b in rijen if b.partij >= 0 and self.wereld.partijen[b.partij].uuid == uuid]
        if (uuid := self._gezocht_uuid(verzoek, "hadKlantcontact")) is not None:
            rijen = [b for b in rijen if self.wereld.contacten[b.contact].uuid == uuid]
        if "verstrektedigitaalAdres__adres" in verzoek.query:
            gezocht = verzoek.waarde("verstrektedigitaalAdres__adres")
            rijen = [b for b in rijen if any(a.adres == gezocht for a in b.adressen)]
        if (uuid := self._gezocht_uuid(verzoek, "verstrektedigitaalAdres")) is not None:
            rijen = [b for b in rijen if any(a.uuid == uuid for a in b.adressen)]
        if "organisatienaam" in verzoek.query:
            rijen = [b for b in rijen if b.organisatie == verzoek.waarde("organisatienaam")]
        if "hadKlantcontact__referentienummer" in verzoek.query:
            nummer = verzoek.waarde("hadKlantcontact__referentienummer")
            rijen = [b for b in rijen if self.wereld.contacten[b.contact].referentienummer == nummer]
        if verzoek.query.keys() & {"hadKlantcontact__nummer", "wasPartij__nummer"}:
            rijen = []
        nummers = self._partijnummers(verzoek, "wasPartij__partijIdentificator__")
        if nummers is not None:
            rijen = [b for b in rijen if b.partij in nummers]
        return render_pagina_als_geheel(
            verzoek, rijen, lambda deel: self.rijen.render("betrokkenen", deel, expand)
        )

    def _internetaken(self, verzoek: Verzoek) -> Json:
        rijen: list[Taak] = list(reversed(self.bestand.taken))
        if "status" in verzoek.query:
            status = check_keuze("status", verzoek.waarde("status"), ("te_verwerken", "verwerkt"))
            rijen = [t for t in rijen if (t.afgehandeld is None) == (status == "te_verwerken")]
        if (uuid := self._gezocht_uuid(verzoek, "toegewezenAanActor")) is not None:
            rijen = [t for t in rijen if any(self.wereld.actoren[a].uuid == uuid for a in t.actoren)]
        if "actoren__naam" in verzoek.query:
            rijen = [
                t
                for t in rijen
                if any(self.wereld.actoren[a].naam == verzoek.waarde("actoren__naam") for a in t.actoren)
            ]
        for voor in ("aanleidinggevendKlantcontact", "klantcontact"):
            if (uuid := self._gezocht_uuid(verzoek, voor)) is not None:
                rijen = [t for t in rijen if self.wereld.contacten[t.contact].uuid == uuid]
        if "toegewezenOp" in verzoek.query:
            tijd = _lees_tijd("toegewezenOp", verzoek.waarde("toegewezenOp"))
            rijen = [t for t in rijen if t.gezet == tijd]
        if "referentienummer" in verzoek.query:
            rijen = [t for t in rijen if t.referentienummer == verzoek.waarde("referentienummer")]
        if "klantcontact__referentienummer" in verzoek.query:
            nummer = verzoek.waarde("klantcontact__referentienummer")
            rijen = [t for t in rijen if self.wereld.contacten[t.contact].referentienummer == nummer]
        if verzoek.query.keys() & {"nummer", "klantcontact__nummer"}:
            rijen = []
        return render_pagina(verzoek, rijen, self.rijen.taak)

    def _actoren(self, verzoek: Verzoek) -> Json:
        rijen: list[Actor] = list(reversed(self.wereld.actoren))
        if "naam" in verzoek.query:
            rijen = [a for a in rijen if a.naam == verzoek.waarde("naam")]
        if "soortActor" in verzoek.query:
            soort = check_keuze("soortActor", verzoek.waarde("soortActor"), SOORTEN_ACTOR)
            rijen = [a for a in rijen if a.soort == soort]
        if (actief := lees_bool(verzoek.waarde("indicatieActief"))) is not None:
            rijen = [a for a in rijen if (a.eigen is None or a.eigen[2]) is actief]
        for naam in ("CodeObjecttype", "CodeRegister", "CodeSoortObjectId", "ObjectId"):
            if f"actoridentificator{naam}" in verzoek.query:
                sleutel = naam[0].lower() + naam[1:]
                waarde = verzoek.waarde(f"actoridentificator{naam}")
                rijen = [a for a in rijen if self.rijen.actor(a)["actoridentificator"][sleutel] == waarde]
        return render_pagina(verzoek, rijen, self.rijen.actor)

    def _onderwerpobjecten(self, verzoek: Verzoek) -> Json:
        contacten = self.wereld.contacten
        rijen: list[Onderwerpobject] = list(reversed(self.bestand.onderwerpobjecten))
        if (uuid := self._gezocht_uuid(verzoek, "klantcontact")) is not None:
            rijen = [o for o in rijen if o.contact >= 0 and contacten[o.contact].uuid == uuid]
        if (uuid := self._gezocht_uuid(verzoek, "wasKlantcontact")) is not None:
            rijen = [o for o in rijen if o.was_contact >= 0 and contacten[o.was_contact].uuid == uuid]
        test = self._objecttest(verzoek, "onderwerpobjectidentificator")
        if test is not None:
            rijen = [o for o in rijen if test(o)]
        return render_pagina(verzoek, rijen, self.rijen.onderwerpobject)

    def _koppelingen(self, verzoek: Verzoek) -> Json:
        rijen: list[Koppeling] = list(reversed(self.bestand.koppelingen))
        if (uuid := self._gezocht_uuid(verzoek, "klantcontact")) is not None:
            rijen = [k for k in rijen if self.wereld.contacten[k.contact].uuid == uuid]
        if (uuid := self._gezocht_uuid(verzoek, "actor")) is not None:
            rijen = [k for k in rijen if self.wereld.actoren[k.actor].uuid == uuid]
        return render_pagina(verzoek, rijen, self.rijen.koppeling)

    def _identificatoren(self, verzoek: Verzoek) -> Json:
        rijen = list(reversed(self.bestand.identificatoren))
        for deel, veld in HOOFDDELEN.items():
            if f"partijIdentificator{deel}" in verzoek.query:
                waarde = verzoek.waarde(f"partijIdentificator{deel}")
                rijen = [paar for paar in rijen if getattr(paar[0], veld) == waarde]
        if verzoek.waarde("anderePartijIdentificator"):
            rijen = []
        return render_pagina(verzoek, rijen, lambda paar: self.rijen.identificator(*paar))


def _lees_tijd(naam: str, waarde: str) -> str:
    """Een tijd zoals hij in de rijen staat: UTC met Z. Filteren gaat exact, tot op de microseconde."""
    tijd = read_moment(waarde)
    if tijd is None:
        raise ongeldig(naam, "invalid", "Voer een geldige datum/tijd in.")
    return format_moment(tijd)
