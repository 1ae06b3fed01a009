"""De contactgegevens bij een afspraak die er al staat: wie er komt, hoe te bereiken, en hoe hij bericht wil.

Tijd, producten en balie blijven; een collega die alleen de balie wisselde, zit dus niet in de weg. Een
postadres hoort hier niet bij: de agenda bewaart er geen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Antwoorden, Contactgegevens, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.meegeven import answers_for
from frontoffice.agenda.voorwaarde import circumstances_of
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, IemandWasEerder, Wie
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import dag_van, datum_kort, tijd
from frontoffice.services.afspraakgegevens import (
    as_answered,
    check_gegevens,
    make_vingerafdruk,
    to_antwoord,
)
from frontoffice.services.afspraakwaarden import BestaatNiet, Boekgegevens, Gebeurd
from frontoffice.services.luisteren import Luisteraar, tell
from frontoffice.services.schrijven import Schrijver

_AF = frozenset({Toestand.KLAAR, Toestand.AFGEZEGD})
_NAMEN = {
    "naam": "de naam",
    "telefoon": "het telefoonnummer",
    "email": "het e-mailadres",
    "geen_contact": "het telefoonnummer",
    "geboortedatum": "de geboortedatum",
    "bevestiging": "hoe de bevestiging gaat",
    "brieftaal": "de taal van de brief",
}
_BEREIK = ("email", "telefoon", "bevestiging", "brieftaal")
_KEREN = 3
_WEG = "Deze afspraak staat niet meer in de agenda. Zoek hem opnieuw op."


class ContactAnders(IemandWasEerder):
    """Een collega wijzigde de gegevens intussen; er is niets veranderd. `nu`: de afspraak zoals ze nu is."""

    def __init__(self, uitleg: str, nu: Afspraak) -> None:
        super().__init__(uitleg)
        self.nu = nu


class _AndereDag(Exception):
    """De afspraak is intussen verzet: het slot ligt op de verkeerde avond."""


class Contactdienst:
    """Elke methode mag van elke achtergronddraad."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self._wie = wie
        self._schrijver = Schrijver(opslag)
        self._luisteraars: list[Luisteraar] = []

    def on_gebeurd(self, luister: Luisteraar) -> None:
        """Roep `luister` als de inwoner anders of ergens anders bericht krijgt; een fout erin stoort niet."""
        self._luisteraars.append(luister)

    def change(
        self,
        afspraak_id: str,
        van: Contactgegevens,
        naar: Contactgegevens,
        *,
        verzoek_id: str,
        reden: str = "",
    ) -> Afspraak:
        """Van de gegevens die op het scherm stonden naar andere; de klantsleutel blijft die van de afspraak.

        Raises ContactAnders als er intussen iets anders staat dan `van`; InvoerFout als `naar` niet volledig
        is; Geweigerd als de afspraak is afgezegd of klaar is; BestaatNiet; en wat elke wijziging kan geven.
        """
        for _ in range(_KEREN):
            try:
                nieuw = self._change(self._load(afspraak_id), van, naar, verzoek_id, reden)
                if any(getattr(nieuw.klant, veld) != getattr(van, veld) for veld in _BEREIK):
                    tell(self._luisteraars, Gebeurd.CONTACT, nieuw)
                return nieuw
            except _AndereDag:
                continue
            except ContactAnders as fout:
                raise self._explain(fout.nu, van) from None
        raise IemandWasEerder("Een collega verzet deze afspraak net. Probeer het zo nog eens.")

    def _change(
        self, oud: Afspraak, van: Contactgegevens, naar: Contactgegevens, verzoek_id: str, reden: str
    ) -> Afspraak:
        schoon = check_gegevens(Boekgegevens(naar), oud.datum).klant

        def write(tx: AgendaTransactie) -> tuple[Afspraak, Mapping[str, Any]]:
            huidig = _reread(tx, oud.id)
            if huidig.datum != oud.datum:
                raise _AndereDag
            if huidig.toestand in _AF:
                raise Geweigerd(
                    "Deze afspraak is afgezegd of al geweest. Maak zo nodig een nieuwe afspraak.",
                    code="afspraak_af",
                )
            klant = replace(schoon, klantsleutel=huidig.klant.klantsleutel)
            if huidig.klant == klant:  # het staat er al zo; dat een collega het deed, maakt niet uit
                return huidig, to_antwoord([huidig])
            if _differences(huidig.klant, van):
                raise ContactAnders("", huidig)
            inrichting, _ = tx.load_inrichting()
            nieuw = replace(
                huidig,
                klant=klant,
                antwoorden=_answers(inrichting, huidig, naar.geboortedatum, klant),
                ics_volgnummer=huidig.ics_volgnummer + 1,
            )
            nieuw = tx.update_afspraak(nieuw, self._wie, Gebeurd.CONTACT.value, reden)
            return nieuw, to_antwoord([nieuw])

        def repeat(tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> Afspraak:
            (deel,) = antwoord["afspraken"]
            return as_answered(_reread(tx, deel["id"]), deel)

        afdruk = make_vingerafdruk("contact", oud.id, _bare(schoon))
        return self._schrijver.run(verzoek_id, afdruk, {oud.datum}, write, repeat)

    def _load(self, id_: str) -> Afspraak:
        gevonden = self._opslag.find_afspraken(ids=[id_]) if id_ else ()
        if not gevonden:
            raise BestaatNiet("Deze afspraak is er niet. Zoek hem op met naam, nummer of code.")
        return gevonden[0]

    def _explain(self, nu: Afspraak, van: Contactgegevens) -> ContactAnders:
        """Wie wat wijzigde en wanneer; buiten het slot."""
        gebeurd = [g for g in self._opslag.load_gebeurtenissen(nu.id) if g.soort == Gebeurd.CONTACT.value]
        wie, wanneer = "Een collega", ""
        if gebeurd:
            laatste = gebeurd[-1]
            wie = laatste.wie.medewerker
            vandaag = dag_van(self._opslag.nu())
            wanneer = f" ({datum_kort(dag_van(laatste.op), vandaag)} {tijd(laatste.op)})"
        wat = " en ".join(dict.fromkeys(_NAMEN[veld] for veld in _differences(nu.klant, van)))
        return ContactAnders(
            f"{wie} wijzigde intussen {wat}{wanneer}. Wat u typte, is nog niet bewaard. Kijk wat goed is.", nu
        )


def _reread(tx: AgendaTransactie, id_: str) -> Afspraak:
    afspraak = tx.load_afspraak(id_)
    if afspraak is None:
        raise BestaatNiet(_WEG)
    return afspraak


def _bare(klant: Contactgegevens) -> Contactgegevens:
    return replace(klant, klantsleutel="")


def _differences(een: Contactgegevens, ander: Contactgegevens) -> tuple[str, ...]:
    return tuple(veld for veld in _NAMEN if getattr(een, veld) != getattr(ander, veld))


def _answers(
    inrichting: Inrichting, huidig: Afspraak, getypt: date | None, klant: Contactgegevens
) -> Antwoorden:
    """De antwoorden van toen. Met een andere geboortedatum gelden andere leeftijdsgrenzen."""
    wat = circumstances_of(huidig.antwoorden, huidig.klant.geboortedatum)
    if getypt != huidig.klant.geboortedatum:
        wat = replace(wat, geboortedatum=getypt, leeftijd_vanaf=None, leeftijd_onder=None)
    return answers_for(inrichting, huidig.regels, wat, huidig.datum, klant.geboortedatum)
