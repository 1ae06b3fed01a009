"""Meldingen openbare ruimte lezen: van een klant, op nummer, te laat, zonder bericht, en dubbele in de buurt.

Zonder aansluiting is er `MeldingenNietAangesloten`: die houdt de plaats vrij en zegt het eerlijk. Schrijven
staat in `meldingschrijven`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import Geweigerd, InvoerFout, KifFout, NietGevonden
from frontoffice.domain.klant import KlantSleutel
from frontoffice.domain.melding import (
    DUBBEL_WEKEN,
    Categorie,
    Gebeurtenis,
    Melder,
    Melding,
    Plek,
    Punt,
    dubbel_in_woorden,
    meters,
    read_nummer,
)
from frontoffice.domain.meldingstand import (
    Antwoordtermijn,
    Bericht,
    Klantmelding,
    Klantmeldingen,
    Melderstand,
    Reden,
    TelWerkdagen,
    Woord,
    bepaal_melderstand,
    bepaal_termijn,
    stand_in_woorden,
)
from frontoffice.domain.taal import zonder_accenten
from frontoffice.domain.verbergen import schoon
from frontoffice.domain.waarden import EmailAdres, Telefoonnummer
from frontoffice.domain.zoekvraag import EmailVraag, TelefoonVraag, lees_telefoon
from frontoffice.meldingpoort import Gevonden, Locatiezoeker, Mailvoorbeeld, Meldingregister
from frontoffice.ports import Aanroep, BronPagina, Klok, Logboek, Opslag, Pagina, Stop
from frontoffice.uitvoeren import Lading, Uitvoerder

NAAM = "meldingen"
MELDING_NIET_AANGESLOTEN = (
    "Meldingen zijn hier nog niet aangesloten. Zoek deze melding op in het meldingensysteem."
)
DOEL = "vraag over een melding beantwoorden"
MEESTE_NUMMERS = 3
MEESTE_BEVESTIGD = 10
MEESTE_CATEGORIEEN = 8
ZONDER_WOORD_DAGEN = 28
_VOORRAAD = "meldingcategorieen"


class MeldingenNietAangesloten:
    """Port `Bron` zonder register erachter: geeft niets en zegt dat eerlijk."""

    naam = NAAM
    aangesloten = False

    def load(self, sleutel: KlantSleutel, aanroep: Aanroep, vervolg: str | None = None) -> BronPagina:
        return BronPagina(())


@dataclass(frozen=True)
class Meldinginstellingen:
    """De boom van soorten is bij het echte Signalen traag (`soorten_seconden`), en hoeft één keer per dag.

    `bron` leeg = kiezen; `scherm` is het adres voor de browser, met {nummer}; `objectcode` is
    (register, objecttype, soort) van een melding in een klantcontact."""

    bron: str = ""
    scherm: str = ""
    seconden: float = 4.5
    objectcode: tuple[str, str, str] = ("signalen", "melding", "meldingnummer")
    soorten_seconden: float = 20.0


@dataclass(frozen=True)
class Meldingbeeld:
    """Eén melding zoals de medewerker haar ziet. `delen_mislukt`: zinnen over wat er niet bij kon.

    `stand` is de zin om tegen de melder te zeggen; `browser` is leeg of het adres van het eigen scherm.
    """

    melding: Melding
    stand: str
    termijn: Antwoordtermijn
    melder: Melderstand
    historie: tuple[Gebeurtenis, ...] = ()
    fotos: tuple[str, ...] = ()
    belofte: str = ""
    browser: str = ""
    delen_mislukt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dubbel:
    """Een melding vlak bij de nieuwe. `zin`: "Is al gemeld, 3 dagen geleden"."""

    melding: Melding
    zin: str
    meters: int

    @property
    def waar(self) -> str:
        """ "12 meter verder"; zo dichtbij als een adres nauwkeurig is, is het dezelfde plek."""
        return "op deze plek" if self.meters < 5 else f"{self.meters} meter verder"


class Meldinglezer(Protocol):
    """Wat het zoekveld van meldingen nodig heeft."""

    def load_kort(self, nummer: int, aanroep: Aanroep) -> Meldingbeeld: ...


class Meldingdienst:
    """Zie de module. Alles met een `stop` draait op een achtergronddraad. Raises KifFout."""

    aangesloten = True

    def __init__(
        self,
        register: Meldingregister,
        locaties: Locatiezoeker | None,
        *,
        logboek: Logboek,
        klok: Klok,
        uitvoerder: Uitvoerder,
        opslag: Opslag,
        tel_werkdagen: TelWerkdagen,
        instellingen: Meldinginstellingen,
    ) -> None:
        self.register = register
        self.instellingen = instellingen
        self._locaties = locaties
        self._logboek = logboek
        self._klok = klok
        self._uitvoerder = uitvoerder
        self._opslag = opslag
        self._tel_werkdagen = tel_werkdagen
        self._onthouden: tuple[date, tuple[Categorie, ...]] | None = None

    # --- van een klant -------------------------------------------------------------------------------------

    def find_van_klant(
        self,
        telefoons: Sequence[str],
        emails: Sequence[str],
        contacten: Iterable[Klantcontact],
        aanroep: Aanroep,
    ) -> Klantmeldingen:
        """De meldingen op e-mailadres en telefoonnummer, en wat in een contact is bevestigd.

        Een nummer of adres is geen identiteit: zonder bevestiging blijft het "mogelijk van deze klant".
        """
        gevonden: dict[int, Melding] = {}
        redenen: dict[int, list[Reden]] = {}
        onvolledig = ""
        for adres in _emails(emails):
            for melding in self.register.find_op_email(adres, aanroep).meldingen:
                gevonden.setdefault(melding.nummer, melding)
                redenen.setdefault(melding.nummer, []).append(Reden.EMAIL)
        for nummer in _telefoons(telefoons):
            uitkomst = self.register.find_op_telefoon(nummer, aanroep)
            onvolledig = onvolledig or uitkomst.onvolledig
            for melding in uitkomst.meldingen:
                gevonden.setdefault(melding.nummer, melding)
                redenen.setdefault(melding.nummer, []).append(Reden.TELEFOON)
        gesproken = self.find_gesproken(contacten)
        for melding_nummer in list(gesproken)[:MEESTE_BEVESTIGD]:
            if melding_nummer not in gevonden:
                try:
                    gevonden[melding_nummer] = self.register.load(melding_nummer, aanroep)
                except NietGevonden:
                    continue  # opgeruimd in het meldingensysteem
            redenen.setdefault(melding_nummer, []).insert(0, Reden.BEVESTIGD)
        if gevonden:
            self._warm_categorieen(aanroep)
        rijen = [
            Klantmelding(
                self._name(melding),
                tuple(dict.fromkeys(redenen.get(nummer, ()))),
                bepaal_termijn(melding, self._klok.nu(), self._tel_werkdagen),
                bepaal_melderstand(melding, contacten=gesproken.get(nummer, ())),
            )
            for nummer, melding in gevonden.items()
            if not melding.deelmelding  # de melder kent alleen de hoofdmelding
        ]
        rijen.sort(key=lambda rij: (rij.melding.gemeld_op is not None, rij.melding.gemeld_op), reverse=True)
        return Klantmeldingen(tuple(rijen), onvolledig)

    def find_gesproken(self, contacten: Iterable[Klantcontact]) -> dict[int, tuple[Woord, ...]]:
        """Over welke meldingen een collega de klant sprak, en wanneer. Niet bereikt is geen gesprek."""
        uit: dict[int, list[Woord]] = {}
        register, objecttype, soort = self.instellingen.objectcode
        for contact in contacten:
            for wijst in contact.onderwerpobjecten:
                codes = (wijst.code_register, wijst.code_objecttype, wijst.code_soort_object_id)
                nummer = read_nummer(wijst.object_id)
                if nummer is None or codes != (register, objecttype, soort):
                    continue
                woorden = uit.setdefault(nummer, [])
                if contact.contact_gelukt is not False and contact.plaatsgevonden_op is not None:
                    woorden.append(Woord(contact.plaatsgevonden_op, contact.kanaal or "contact"))
        return {nummer: tuple(woorden) for nummer, woorden in uit.items()}

    # --- één melding ---------------------------------------------------------------------------------------

    def load(self, nummer: int, stop: Stop, verteld: Iterable[Woord] = ()) -> Meldingbeeld:
        """Eén melding met geschiedenis en foto's. Wat daarvan mislukt, staat in `delen_mislukt`."""
        plan = [
            Lading("melding", lambda _, a: self.register.load(nummer, a)),
            Lading("historie", lambda _, a: self.register.load_historie(nummer, a)),
            Lading("fotos", lambda _, a: self.register.load_fotos(nummer, a)),
        ]
        uitkomsten = {
            u.naam: u for u in self._uitvoerder.run(plan, seconden=self.instellingen.seconden, stop=stop)
        }
        eerste = uitkomsten["melding"]
        if eerste.fout is not None:
            raise eerste.fout
        melding = eerste.waarde
        assert isinstance(melding, Melding)
        self._logboek.note("melding_geopend", DOEL, None, melding=str(nummer))
        historie = uitkomsten["historie"].waarde if uitkomsten["historie"].fout is None else ()
        fotos = uitkomsten["fotos"].waarde if uitkomsten["fotos"].fout is None else ()
        mislukt = tuple(u.fout.uitleg for u in uitkomsten.values() if u.fout is not None)
        return self.make_beeld(melding, historie, fotos, verteld, mislukt)  # type: ignore[arg-type]  # de ladingen geven precies dit

    def load_kort(self, nummer: int, aanroep: Aanroep) -> Meldingbeeld:
        """Eén melding zonder geschiedenis en foto's. Legt niets vast: dat doet wie zoekt."""
        return self.make_beeld(self.register.load(nummer, aanroep))

    def make_beeld(
        self,
        melding: Melding,
        historie: tuple[Gebeurtenis, ...] = (),
        fotos: tuple[str, ...] = (),
        verteld: Iterable[Woord] = (),
        mislukt: tuple[str, ...] = (),
    ) -> Meldingbeeld:
        """Het beeld van een melding die er al is; vraagt niets."""
        belofte = next((g.tekst for g in historie if g.soort.value == "servicebelofte" and g.tekst), "")
        scherm = self.instellingen.scherm
        return Meldingbeeld(
            self._name(melding),
            stand_in_woorden(melding.status),
            bepaal_termijn(melding, self._klok.nu(), self._tel_werkdagen),
            bepaal_melderstand(melding, historie, verteld),
            historie,
            fotos,
            belofte,
            scherm.replace("{nummer}", str(melding.nummer)) if scherm else "",
            mislukt,
        )

    def preview(self, nummer: int, code: str, tekst: str, stop: Stop) -> Mailvoorbeeld:
        """De e-mail zoals de melder hem krijgt, in platte tekst."""
        return self.register.preview(nummer, code, tekst, Aanroep.van(self.instellingen.seconden, stop))

    # --- zoeken en lijsten ---------------------------------------------------------------------------------

    def zoek(self, tekst: str, stop: Stop) -> Gevonden:
        """Op nummer, e-mailadres, telefoonnummer, adres of woorden; wat het is, blijkt uit de vorm.

        Raises InvoerFout als er niets staat.
        """
        vraag = " ".join(tekst.split())
        if len(vraag) < 2:
            raise InvoerFout(
                "Typ een meldingnummer, e-mailadres, telefoonnummer of adres.", code="vraag_leeg"
            )
        aanroep = Aanroep.van(self.instellingen.seconden, stop)
        soort, gevonden = "woorden", None
        if (nummer := read_nummer(vraag)) is not None and len(str(nummer)) < 9:
            soort, gevonden = "nummer", Gevonden((self.register.load(nummer, aanroep),))
        elif "@" in vraag:
            soort, gevonden = "email", self.register.find_op_email(EmailAdres(vraag), aanroep)
        elif (telefoon := read_telefoon(vraag)) is not None:
            soort, gevonden = "telefoon", self.register.find_op_telefoon(telefoon, aanroep)
        if gevonden is None:
            gevonden = self.register.find_op_adres(vraag, aanroep)
            soort = "adres"
            if not gevonden.meldingen:
                soort, gevonden = "woorden", self.register.find_op_woorden(vraag, aanroep)
        self._logboek.note("melding_gezocht", DOEL, None, vraag=soort, uitslag=str(len(gevonden.meldingen)))
        return gevonden

    def load_te_laat(self, stop: Stop, pagina: int = 1, *, veel: bool = False) -> Pagina[Meldingbeeld]:
        """Open meldingen over de datum, langst wachtend eerst."""
        aanroep = Aanroep.van(self.instellingen.seconden, stop)
        gevonden = self.register.find_te_laat(pagina, aanroep, veel=veel)
        rijen = tuple(self.make_beeld(melding) for melding in gevonden.rijen)
        return Pagina(rijen, gevonden.totaal, gevonden.volgende_pagina)

    def load_zonder_woord(self, stop: Stop, pagina: int = 1) -> Pagina[Meldingbeeld]:
        """Meldingen die de laatste vier weken veranderden en waarvan de melder dat nog niet weet, langst
        geleden veranderd eerst. `totaal` is het aantal op deze bladzijde."""
        aanroep = Aanroep.van(self.instellingen.seconden, stop)
        na = self._klok.nu() - timedelta(days=ZONDER_WOORD_DAGEN)
        gevonden = self.register.find_gewijzigd(na, pagina, aanroep)
        beelden = (self.make_beeld(melding) for melding in gevonden.rijen if not melding.deelmelding)
        rijen = sorted(
            (beeld for beeld in beelden if beeld.melder.bericht is Bericht.BEL),
            key=lambda beeld: beeld.melder.laatste_verandering or self._klok.nu(),
        )
        return Pagina(tuple(rijen), len(rijen), gevonden.volgende_pagina)

    def _name(self, melding: Melding) -> Melding:
        """Met de namen van afdelingen in plaats van hun codes, voor zover bekend. Vraagt niets."""
        bewaard = self._bewaarde_categorieen() or ()
        namen = {code: naam for categorie in bewaard for code, naam in categorie.afdelingen}
        return replace(melding, afdelingen=tuple(namen.get(code, code) for code in melding.afdelingen))

    def _warm_categorieen(self, aanroep: Aanroep) -> None:
        """Eén keer per dag; lukt het niet, dan staan er codes in plaats van namen."""
        with suppress(KifFout):
            self._load_categorieen(aanroep)

    # --- een nieuwe melding --------------------------------------------------------------------------------

    def load_categorieen(self, stop: Stop) -> tuple[Categorie, ...]:
        """Alle soorten meldingen; één keer per dag uit het register, anders van schijf."""
        return self._load_categorieen(Aanroep.van(self.instellingen.soorten_seconden, stop))

    def _bewaarde_categorieen(self) -> tuple[Categorie, ...] | None:
        """Die van vandaag, uit het geheugen of van schijf; None als ze er niet zijn."""
        vandaag = self._klok.vandaag()
        if self._onthouden is None or self._onthouden[0] != vandaag:
            gelezen = _read_voorraad(self._opslag.get(_VOORRAAD), vandaag)
            self._onthouden = None if gelezen is None else (vandaag, gelezen)
        return None if self._onthouden is None else self._onthouden[1]

    def _load_categorieen(self, aanroep: Aanroep) -> tuple[Categorie, ...]:
        bewaard = self._bewaarde_categorieen()
        if bewaard is not None:
            return bewaard
        categorieen = self.register.load_categorieen(aanroep)
        inhoud = {"dag": self._klok.vandaag().isoformat(), "rijen": [asdict(c) for c in categorieen]}
        self._opslag.set(_VOORRAAD, json.dumps(inhoud).encode())
        return categorieen

    def find_categorieen(self, woorden: str, stop: Stop) -> tuple[Categorie, ...]:
        """De soorten die het best bij deze woorden passen, beste eerst; zonder woorden alle."""
        alle = self.load_categorieen(stop)
        gezocht = _words(woorden)
        if not gezocht:
            return alle
        punten = [(_score(categorie, gezocht), -plek, categorie) for plek, categorie in enumerate(alle)]
        beste = sorted((rij for rij in punten if rij[0]), key=lambda rij: rij[:2], reverse=True)
        return tuple(categorie for _, _, categorie in beste[:MEESTE_CATEGORIEEN])

    def choose_bron(self, aanroep: Aanroep) -> str:
        """De bron uit het profiel, of anders een van de telefoon. Nooit een vaste naam: elke gemeente heeft
        de hare. Raises Geweigerd als er geen bruikbare is."""
        bronnen = [
            bron.naam for bron in self.register.load_bronnen(aanroep) if bron.actief and bron.te_kiezen
        ]
        eigen = self.instellingen.bron
        if eigen:
            gekozen = next((naam for naam in bronnen if naam.casefold() == eigen.casefold()), "")
        else:
            # "online" is van de website: die weigert het register voor een collega.
            zonder = [naam for naam in bronnen if naam.casefold() != "online"]
            telefoon = [n for n in zonder if "telefoon" in n.casefold()]
            gekozen = next(iter(telefoon or zonder), "")
        if not gekozen:
            raise Geweigerd(
                "Het meldingensysteem heeft geen bron voor meldingen van de balie of telefoon. "
                "Laat de beheerder er een maken en bij [meldingen] in het profiel zetten.",
                code="bron_ontbreekt",
            )
        return gekozen

    def find_plekken(self, tekst: str, stop: Stop) -> tuple[Plek, ...]:
        """Adressen, straten en bekende plekken. Raises Geweigerd zonder plaatsenlijst."""
        if self._locaties is None:
            raise Geweigerd(
                "Er is hier geen plaatsenlijst aangesloten. Maak de melding in het meldingensysteem.",
                code="niet_aangesloten",
            )
        return self._locaties.suggest(tekst, Aanroep.van(self.instellingen.seconden, stop))

    def find_dubbel(self, punt: Punt, categorie: Categorie, stop: Stop) -> tuple[Dubbel, ...]:
        """Dezelfde soort binnen 50 meter in de laatste twaalf weken, open meldingen eerst."""
        na = self._klok.nu() - timedelta(weeks=DUBBEL_WEKEN)
        aanroep = Aanroep.van(self.instellingen.seconden, stop)
        gevonden = [
            Dubbel(
                melding,
                dubbel_in_woorden(melding, self._klok.vandaag()),
                round(meters(punt, melding.plek.punt)) if melding.plek and melding.plek.punt else 0,
            )
            for melding in self.register.find_dichtbij(punt, categorie.slug, na, aanroep)
        ]
        return tuple(sorted(gevonden, key=lambda dubbel: (not dubbel.melding.is_open, dubbel.meters)))


def describe(beeld: Meldingbeeld) -> str:
    """Een melding in een paar zinnen, voor onder het zoekveld."""
    melding = beeld.melding
    waar = f", {schoon(melding.plek.omschrijving)}" if melding.plek else ""
    zinnen = [f"{schoon(melding.weergave)}: {schoon(melding.categorie)}{waar}.", beeld.stand]
    if beeld.termijn.te_laat:
        zinnen.append(f"{beeld.termijn.zin[0].upper()}{beeld.termijn.zin[1:]}.")
    if beeld.melder.moet_bellen:
        zinnen.append(beeld.melder.zin)
    return " ".join(zinnen)


def melder_vragen(melder: Melder) -> list[EmailVraag | TelefoonVraag]:
    """Waarop de melder in het klantregister te vinden kan zijn; wat afgeschermd is, telt niet."""
    vragen: list[EmailVraag | TelefoonVraag] = [EmailVraag(adres) for adres in _emails([melder.email])]
    return vragen + [TelefoonVraag(nummer) for nummer in _telefoons([melder.telefoon])]


# --- hulp --------------------------------------------------------------------------------------------------


def _emails(teksten: Sequence[str]) -> list[EmailAdres]:
    uit: dict[str, EmailAdres] = {}
    for tekst in teksten:
        try:
            adres = EmailAdres(tekst.strip())
        except InvoerFout:
            continue
        uit.setdefault(adres.adres.casefold(), adres)
    return list(uit.values())[:MEESTE_NUMMERS]


def _telefoons(teksten: Sequence[str]) -> list[Telefoonnummer]:
    gelezen = (read_telefoon(tekst) for tekst in teksten)
    uit = {nummer.e164: nummer for nummer in gelezen if nummer is not None}
    return list(uit.values())[:MEESTE_NUMMERS]


def read_telefoon(tekst: str) -> Telefoonnummer | None:
    """Een gewoon nummer; een kort nummer is van iedereen en zoekt niemand."""
    try:
        nummer = lees_telefoon(tekst)
    except InvoerFout:
        return None
    return nummer if nummer is not None and nummer.e164.startswith("+") else None


def _read_voorraad(inhoud: bytes | None, vandaag: date) -> tuple[Categorie, ...] | None:
    """Kapot of van een andere dag telt als leeg."""
    try:
        gelezen: Mapping[str, object] = json.loads(inhoud or b"{}")
        rijen = gelezen["rijen"]
        if gelezen["dag"] != vandaag.isoformat() or not isinstance(rijen, list) or not rijen:
            return None
        return tuple(
            Categorie(**rij | {"afdelingen": tuple((code, naam) for code, naam in rij["afdelingen"])})
            for rij in rijen
        )
    except (ValueError, KeyError, TypeError):
        return None


_KLEIN = frozenset(
    {"de", "het", "een", "is", "er", "op", "in", "van", "bij", "en", "aan", "niet", "mijn", "met"}
)


def _words(tekst: str) -> list[str]:
    woorden = "".join(teken if teken.isalnum() else " " for teken in zonder_accenten(tekst)).split()
    return [woord for woord in woorden if len(woord) > 1 and woord not in _KLEIN]


def _score(categorie: Categorie, gezocht: list[str]) -> int:
    """De naam telt zwaarder dan de omschrijving, een heel woord zwaarder dan een begin of deel ervan."""
    punten = 0
    for woord in gezocht:
        # Soms staat alleen in het adres hoe men het noemt: Straatverlichting heet daar lantaarnpaal.
        adres = categorie.slug.replace("-", " ")
        delen = ((6, categorie.naam), (4, adres), (3, categorie.omschrijving), (2, categorie.hoofdnaam))
        for gewicht, tekst in delen:
            hier = _words(tekst)
            if woord in hier:
                punten += gewicht * 2
            elif len(woord) > 3 and any(
                ander.startswith(woord) or woord.startswith(ander) for ander in hier if len(ander) > 3
            ):
                punten += gewicht
    return punten
