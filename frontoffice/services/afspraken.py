"""Afspraken maken en wijzigen: vasthouden, bevestigen, boeken, verzetten, afzeggen, toestand.

Elke wijziging leest, beslist en schrijft onder het slot van haar avonden, in één keer of helemaal niet, en is
onschadelijk te herhalen met hetzelfde verzoek-id. Hoe iets past beslist `frontoffice.agenda.boeken`; zoeken
staat in `afspraakzoeken` en `vrijetijden`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from frontoffice.agenda.afspraak import Afspraak, Reservering, Toestand, may_change
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan, plan_van
from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Wie
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import dag_van
from frontoffice.services import afspraakgegevens as gegevensvorm
from frontoffice.services.afspraakwaarden import (
    Afloop,
    BestaatNiet,
    Boekgegevens,
    Gebeurd,
    TijdBezet,
    Vastgehouden,
)
from frontoffice.services.boekwerk import (
    Boekwerk,
    check_wijzigbaar,
    toestandswoord,
    verlenging,
    was_eerder,
)
from frontoffice.services.luisteren import Luisteraar, tell
from frontoffice.services.schrijven import Schrijver
from frontoffice.services.vrijetijden import Vrijetijden, plan_van_toen, require_wens

T = TypeVar("T")
_VERVALT = timedelta(hours=12)
"""Zo lang na het verlopen biedt `resume` een vastgehouden tijd nog aan."""


class Afsprakendienst:
    """De schrijfkant van de agenda. Elke methode mag van elke achtergronddraad.

    Raises bij elke wijziging: AgendaBezet (nog eens proberen), AgendaOnbereikbaar (vraag `resolve` wat er is
    gebeurd), en AgendaFout als het verzoek-id al voor iets anders is gebruikt.
    """

    def __init__(self, opslag: AgendaOpslag, wie: Wie, vrij: Vrijetijden) -> None:
        self._opslag = opslag
        self._wie = wie
        self._vrij = vrij
        self._schrijver = Schrijver(opslag)
        self._luisteraars: list[Luisteraar] = []
        self._werk = Boekwerk(wie)

    @property
    def eigenaar(self) -> str:
        """Onder welke naam deze werkplek tijd vasthoudt."""
        return f"{self._wie.medewerker}@{self._wie.werkplek}"

    def on_gebeurd(self, luister: Luisteraar) -> None:
        """Roep `luister` na elke gelukte wijziging, op de draad die haar deed; een fout erin stoort niet."""
        self._luisteraars.append(luister)

    # --- vasthouden ----------------------------------------------------------------------------------------

    def hold(
        self,
        wens: Wens,
        begin: datetime,
        *,
        verzoek_id: str,
        vervangt: str = "",
        afspraak: str = "",
        minuten: int | None = None,
    ) -> Vastgehouden:
        """Zet deze tijd vast voor deze werkplek, `minuten` lang (anders zoals ingesteld).

        `vervangt`: id van wat hiermee wordt losgelaten. `afspraak`: id van de afspraak die verzet gaat
        worden. Raises TijdBezet met alternatieven, WensKanNiet, InvoerFout; EigenPlek als de tijd de afspraak
        overlapt die verzet wordt: verzet die dan direct.
        """
        (eerste,) = self.hold_samen(
            ((wens, begin),), verzoek_id=verzoek_id, vervangt=(vervangt,) if vervangt else (),
            afspraak=afspraak, minuten=minuten,
        )  # fmt: skip
        return eerste

    def hold_samen(
        self,
        delen: Sequence[tuple[Wens, datetime]],
        *,
        verzoek_id: str,
        vervangt: Sequence[str] = (),
        afspraak: str = "",
        minuten: int | None = None,
    ) -> tuple[Vastgehouden, ...]:
        """Zet voor een gezin alles tegelijk vast, of niets. Zie `hold`."""
        for wens, _ in delen:
            require_wens(self._vrij.load(), wens)
        oud = [houd for id_ in vervangt if (houd := self._houdantwoord(id_)) is not None]
        verzet = self._load(afspraak) if afspraak else None
        dagen = {dag_van(begin) for _, begin in delen}
        dagen |= {date.fromisoformat(deel["datum"]) for houd in oud for deel in houd["delen"]}

        def write(tx: AgendaTransactie) -> tuple[tuple[Vastgehouden, ...], Mapping[str, Any]]:
            for id_ in vervangt:
                tx.remove_reservering(id_)
            inrichting, _ = tx.load_inrichting()
            verloopt = tx.nu + timedelta(minutes=minuten or inrichting.locatie.vasthouden)
            gezet: list[tuple[Reservering, Wens]] = []
            for nummer, (wens, begin) in enumerate(delen):
                plan, plek = self._werk.take(
                    tx, wens, begin, verzet=afspraak, plan=plan_van_toen(wens, verzet)
                )
                reservering = Reservering(
                    id=_deel_id(verzoek_id, nummer),
                    datum=dag_van(begin),
                    begin=begin,
                    eind=begin + timedelta(minutes=plan.minuten),
                    buffer=plan.buffer,
                    balie=plek.balie,
                    regels=plan.regels,
                    eisen=plan.eisen,
                    eigenaar=self.eigenaar,
                    kanaal=wens.kanaal,
                    verloopt=verloopt,
                    afspraak=afspraak,
                )
                tx.add_reservering(reservering)
                gezet.append((reservering, wens))
            antwoord = gegevensvorm.to_houdantwoord(gezet, tx.nu)
            return tuple(Vastgehouden(r, tx.nu) for r, _ in gezet), antwoord

        def repeat(tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> tuple[Vastgehouden, ...]:
            return tuple(self._werk.held(tx, deel["id"]) for deel in antwoord["delen"])

        afdruk = gegevensvorm.make_vingerafdruk("vasthouden", [list(deel) for deel in delen], afspraak)
        return self._met_alternatieven(
            delen[0], lambda: self._schrijver.run(verzoek_id, afdruk, dagen, write, repeat), afspraak
        )

    def extend(self, reservering_id: str, *, verzoek_id: str) -> Vastgehouden:
        """Houd nog een keer zo lang vast, hoogstens twee keer.

        Raises Geweigerd na twee keer, TijdBezet als hij al verliep.
        """
        dag = self._dag_van_houd(reservering_id)

        def write(tx: AgendaTransactie) -> tuple[Vastgehouden, Mapping[str, Any]]:
            houd = self._werk.held(tx, reservering_id)
            if not houd.seconden:
                raise TijdBezet("De vastgehouden tijd is verlopen. Kies de tijd opnieuw.")
            if not houd.mag_verlengen:
                raise Geweigerd(
                    "Deze tijd is al twee keer verlengd. Bevestig de afspraak, of geef de tijd vrij.",
                    code="verlengd",
                )
            inrichting, _ = tx.load_inrichting()
            verloopt = tx.nu + timedelta(minutes=inrichting.locatie.vasthouden)
            tx.update_reservering(
                replace(houd.reservering, verloopt=max(verloopt, houd.reservering.verloopt))
            )
            tx.note_verzoek(verlenging(reservering_id, houd.verlengd), "", {"soort": "verlengd"})
            return self._werk.held(tx, reservering_id), {"soort": "verlengd", "id": reservering_id}

        afdruk = gegevensvorm.make_vingerafdruk("verlengen", reservering_id)
        return self._schrijver.run(
            verzoek_id, afdruk, {dag}, write, lambda tx, _: self._werk.held(tx, reservering_id)
        )

    def release(self, reservering_id: str) -> None:
        """Geef vastgehouden tijd vrij. Mag altijd, ook als hij al weg of verlopen is."""
        houd = self._houdantwoord(reservering_id)
        if houd is None:
            return
        dagen = {date.fromisoformat(deel["datum"]) for deel in houd["delen"]}
        self._schrijver.change(dagen, lambda tx: tx.remove_reservering(reservering_id))

    def resume(self) -> tuple[Vastgehouden, ...]:
        """Wat deze werkplek nog vasthoudt of kort geleden vasthield, oudste eerst: "hervatten?" (H07)."""
        nu = self._opslag.nu()
        eigen = self._opslag.find_reserveringen(self.eigenaar)
        return tuple(Vastgehouden(r, nu) for r in eigen if r.verloopt > nu - _VERVALT)

    # --- maken ---------------------------------------------------------------------------------------------

    def confirm(self, reservering_id: str, gegevens: Boekgegevens, *, verzoek_id: str) -> Afspraak:
        """Maak van de vastgehouden tijd een afspraak (of verzet de afspraak waarvoor hij is vastgehouden).

        Is hij net verlopen, dan lukt het nog als de tijd vrij is. Raises TijdBezet met alternatieven (H03),
        InvoerFout als de gegevens niet volledig zijn, BestaatNiet bij een onbekend id.
        """
        (afspraak,) = self.confirm_samen((reservering_id,), (gegevens,), verzoek_id=verzoek_id)
        return afspraak

    def confirm_samen(
        self, reservering_ids: Sequence[str], gegevens: Sequence[Boekgegevens], *, verzoek_id: str
    ) -> tuple[Afspraak, ...]:
        """Bevestig alles wat samen is vastgehouden, of niets. `gegevens` in dezelfde volgorde."""
        delen = [self._houddeel(id_) for id_ in reservering_ids]
        wensen = [gegevensvorm.to_wens(deel["wens"]) for deel in delen]
        starts = [datetime.fromisoformat(deel["begin"]) for deel in delen]
        schoon = [
            gegevensvorm.check_gegevens(deel, dag_van(begin))
            for deel, begin in zip(gegevens, starts, strict=True)
        ]
        verzet = [self._load(deel["afspraak"]) if deel["afspraak"] else None for deel in delen]
        dagen = {dag_van(begin) for begin in starts} | {a.datum for a in verzet if a is not None}

        def write(tx: AgendaTransactie) -> tuple[tuple[Afspraak, ...], Mapping[str, Any]]:
            gemaakt: list[Afspraak] = []
            for nummer, (deel, wens, begin) in enumerate(zip(delen, wensen, starts, strict=True)):
                eerder = tx.load_verzoek(_bevestiging(deel["id"]), "")
                if eerder is not None:
                    gemaakt += self._werk.answered(tx, eerder)
                    continue
                plan, plek = self._werk.take_held(tx, deel["id"], wens, begin, deel["afspraak"])
                oud = tx.load_afspraak(deel["afspraak"]) if deel["afspraak"] else None
                if oud is not None:
                    wat = schoon[nummer].omstandigheden
                    afspraak = self._werk.replace(
                        tx, oud, wens, plan, plek, begin, Gebeurd.VERZET.value, omstandigheden=wat
                    )
                else:
                    afspraak = self._werk.make(
                        tx, _deel_id(verzoek_id, nummer), wens, plan, plek, begin, schoon[nummer]
                    )
                tx.note_verzoek(_bevestiging(deel["id"]), "", gegevensvorm.to_antwoord([afspraak]))
                gemaakt.append(afspraak)
            gemaakt = [self._werk.reread(tx, afspraak) for afspraak in gemaakt]
            return tuple(gemaakt), gegevensvorm.to_antwoord(gemaakt)

        afdruk = gegevensvorm.make_vingerafdruk("bevestigen", list(reservering_ids), schoon)
        gebeurd = [Gebeurd.VERZET if oud else Gebeurd.GEBOEKT for oud in verzet]
        gemaakt = self._met_alternatieven(
            (wensen[0], starts[0]),
            lambda: self._schrijver.run(verzoek_id, afdruk, dagen, write, self._werk.answered),
        )
        return self._tell(gebeurd, gemaakt)

    def book(
        self,
        wens: Wens,
        begin: datetime,
        gegevens: Boekgegevens,
        *,
        verzoek_id: str,
        extra_reden: str = "",
    ) -> Afspraak:
        """Boek direct, zonder vast te houden. `extra_reden`: op een extra plaats, buiten de balies om (H15).

        Raises TijdBezet met alternatieven, WensKanNiet, InvoerFout.
        """
        (afspraak,) = self.book_samen(
            ((wens, begin),), (gegevens,), verzoek_id=verzoek_id, extra_reden=extra_reden
        )
        return afspraak

    def book_samen(
        self,
        delen: Sequence[tuple[Wens, datetime]],
        gegevens: Sequence[Boekgegevens],
        *,
        verzoek_id: str,
        extra_reden: str = "",
    ) -> tuple[Afspraak, ...]:
        """Boek voor een gezin alles, of niets."""
        for wens, _ in delen:
            require_wens(self._vrij.load(), wens)
        schoon = [
            gegevensvorm.check_gegevens(deel, dag_van(begin))
            for deel, (_, begin) in zip(gegevens, delen, strict=True)
        ]

        def write(tx: AgendaTransactie) -> tuple[tuple[Afspraak, ...], Mapping[str, Any]]:
            gemaakt = []
            for nummer, (wens, begin) in enumerate(delen):
                plan, plek = self._werk.take(tx, wens, begin, extra=bool(extra_reden))
                id_ = _deel_id(verzoek_id, nummer)
                gemaakt.append(
                    self._werk.make(tx, id_, wens, plan, plek, begin, schoon[nummer], extra_reden=extra_reden)
                )
            gemaakt = [self._werk.reread(tx, afspraak) for afspraak in gemaakt]
            return tuple(gemaakt), gegevensvorm.to_antwoord(gemaakt)

        dagen = {dag_van(begin) for _, begin in delen}
        afdruk = gegevensvorm.make_vingerafdruk("boeken", [list(d) for d in delen], schoon, extra_reden)
        gemaakt = self._met_alternatieven(
            delen[0], lambda: self._schrijver.run(verzoek_id, afdruk, dagen, write, self._werk.answered)
        )
        return self._tell([Gebeurd.GEBOEKT] * len(gemaakt), gemaakt)

    # --- wijzigen ------------------------------------------------------------------------------------------

    def move(
        self, afspraak_id: str, begin: datetime, *, verzoek_id: str, reden: str = "", overrulen: bool = False
    ) -> Afspraak:
        """Verzet naar een andere tijd: zelfde nummer en code; de oude plek gaat pas weg als de nieuwe er is.

        Raises TijdBezet (de oude afspraak staat er dan nog), Geweigerd als de afspraak al is geweest.
        """
        oud = self._load(afspraak_id)
        wens = gegevensvorm.wens_van(oud, overrulen=overrulen)
        return self._rebook(oud, wens, begin, Gebeurd.VERZET, verzoek_id, reden, plan_van(oud))

    def change(
        self,
        afspraak_id: str,
        wens: Wens,
        *,
        verzoek_id: str,
        begin: datetime | None = None,
        reden: str = "",
    ) -> Afspraak:
        """Andere producten of personen, op dezelfde tijd of op `begin`; anders blijft alles staan (C04).

        Raises TijdBezet met begintijden waarop de nieuwe wens wel kan, WensKanNiet, Geweigerd.
        """
        oud = self._load(afspraak_id)
        require_wens(self._vrij.load(), wens)
        return self._rebook(oud, wens, begin or oud.begin, Gebeurd.GEWIJZIGD, verzoek_id, reden)

    def cancel(self, afspraak_id: str, *, verzoek_id: str, reden: str = "") -> Afspraak:
        """Zeg af; de tijd is meteen vrij. Raises AlAfgezegd (C05), Geweigerd na het begin (C07)."""
        oud = self._load(afspraak_id)

        def write(tx: AgendaTransactie) -> tuple[Afspraak, Mapping[str, Any]]:
            huidig = self._werk.reread(tx, oud)
            check_wijzigbaar(tx, huidig)
            if not may_change(huidig.toestand, Toestand.AFGEZEGD):
                raise Geweigerd("Deze afspraak is al aan de gang. Rond hem af aan de balie.", code="al_bezig")
            nieuw = replace(
                huidig,
                toestand=Toestand.AFGEZEGD,
                te_verzetten="",
                ics_volgnummer=huidig.ics_volgnummer + 1,
            )
            nieuw = tx.update_afspraak(nieuw, self._wie, "afgezegd", reden)
            return nieuw, gegevensvorm.to_antwoord([nieuw])

        afdruk = gegevensvorm.make_vingerafdruk("afzeggen", afspraak_id)
        nieuw = self._schrijver.run(verzoek_id, afdruk, {oud.datum}, write, self._one)
        return self._tell([Gebeurd.AFGEZEGD], (nieuw,))[0]

    def cancel_met_code(self, code: str, naam: str, *, verzoek_id: str, reden: str = "") -> Afspraak:
        """Zeg af met de code en de achternaam. Raises BestaatNiet als die niet bij elkaar horen."""
        gezocht = "".join(code.split()).upper()
        gevonden = [a for a in self._opslag.find_afspraken(zoek=gezocht) if a.code == gezocht]
        if not gevonden or not gegevensvorm.lijkt_naam(naam, gevonden[0].klant.naam):
            raise BestaatNiet("Met deze code en naam is er geen afspraak. Kijk de code na, of zoek op naam.")
        return self.cancel(gevonden[0].id, verzoek_id=verzoek_id, reden=reden)

    def set_toestand(
        self, afspraak_id: str, van: Toestand, naar: Toestand, *, verzoek_id: str, reden: str = ""
    ) -> Afspraak:
        """Van de toestand die op het scherm stond naar de volgende.

        Raises IemandWasEerder als hij intussen in een andere toestand is, Geweigerd als dit geen stap is.
        """
        oud = self._load(afspraak_id)

        def write(tx: AgendaTransactie) -> tuple[Afspraak, Mapping[str, Any]]:
            huidig = self._werk.reread(tx, oud)
            if huidig.toestand is not van:
                raise was_eerder(huidig)
            if not may_change(van, naar):
                raise Geweigerd(
                    f"Van {toestandswoord(van)} naar {toestandswoord(naar)} kan niet. Kies opnieuw.",
                    code="overgang",
                )
            if van is Toestand.NIET_GEKOMEN and dag_van(tx.nu) != huidig.datum:
                raise Geweigerd("Toch gekomen kan alleen op dezelfde avond.", code="overgang")
            nieuw = tx.update_afspraak(replace(huidig, toestand=naar), self._wie, naar.value, reden)
            return nieuw, gegevensvorm.to_antwoord([nieuw])

        afdruk = gegevensvorm.make_vingerafdruk("toestand", afspraak_id, van.value, naar.value)
        return self._schrijver.run(verzoek_id, afdruk, {oud.datum}, write, self._one)

    def resolve(self, verzoek_id: str) -> Afloop:
        """Wat er is geworden van een verzoek waarvan de afloop onbekend was. Raises AgendaOnbereikbaar."""
        antwoord = self._opslag.find_verzoek(verzoek_id)
        if antwoord is None:
            return Afloop(False)
        if antwoord["soort"] == "afspraak":
            gevonden = self._opslag.find_afspraken(ids=[deel["id"] for deel in antwoord["afspraken"]])
            # Wie op de wijziging zou letten, hoorde niets: de verbinding viel weg voor het antwoord er was.
            for afspraak in gevonden:
                tell(self._luisteraars, _happened(afspraak), afspraak)
            return Afloop(True, afspraken=gevonden, antwoord=antwoord)
        ids = [deel["id"] for deel in antwoord.get("delen", ())]
        nu = self._opslag.nu()
        houd = [r for r in self._opslag.find_reserveringen(self.eigenaar) if r.id in ids]
        return Afloop(True, vastgehouden=tuple(Vastgehouden(r, nu) for r in houd), antwoord=antwoord)

    # --- eromheen ------------------------------------------------------------------------------------------

    def _rebook(
        self,
        oud: Afspraak,
        wens: Wens,
        begin: datetime,
        gebeurd: Gebeurd,
        verzoek_id: str,
        reden: str,
        plan: Plan | None = None,
    ) -> Afspraak:
        def write(tx: AgendaTransactie) -> tuple[Afspraak, Mapping[str, Any]]:
            huidig = self._werk.reread(tx, oud)
            check_wijzigbaar(tx, huidig)
            gekozen, plek = self._werk.take(tx, wens, begin, zonder={oud.id}, plan=plan)
            nieuw = self._werk.replace(tx, huidig, wens, gekozen, plek, begin, gebeurd.value, reden)
            return nieuw, gegevensvorm.to_antwoord([nieuw])

        afdruk = gegevensvorm.make_vingerafdruk(gebeurd.value, oud.id, wens, begin)
        dagen = {oud.datum, dag_van(begin)}
        nieuw = self._met_alternatieven(
            (wens, begin),
            lambda: self._schrijver.run(verzoek_id, afdruk, dagen, write, self._one),
            oud.id,
        )
        return self._tell([gebeurd], (nieuw,))[0]

    def _one(self, tx: AgendaTransactie, antwoord: Mapping[str, Any]) -> Afspraak:
        return self._werk.answered(tx, antwoord)[0]

    def _load(self, id_: str) -> Afspraak:
        gevonden = self._opslag.find_afspraken(ids=[id_]) if id_ else ()
        if not gevonden:
            raise BestaatNiet("Deze afspraak is er niet. Zoek hem op met naam, nummer of code.")
        return gevonden[0]

    def _houdantwoord(self, reservering_id: str) -> Mapping[str, Any] | None:
        antwoord = self._opslag.find_verzoek(_verzoek_van(reservering_id))
        return antwoord if antwoord is not None and antwoord.get("soort") == "reservering" else None

    def _houddeel(self, reservering_id: str) -> Mapping[str, Any]:
        houd = self._houdantwoord(reservering_id)
        for deel in houd["delen"] if houd else ():
            if deel["id"] == reservering_id:
                return deel  # type: ignore[no-any-return]  # JSON van het eigen antwoord
        raise BestaatNiet("Deze tijd is niet vastgehouden. Kies de tijd opnieuw.")

    def _dag_van_houd(self, reservering_id: str) -> date:
        return date.fromisoformat(self._houddeel(reservering_id)["datum"])

    def _met_alternatieven(
        self,
        gevraagd: tuple[Wens, datetime],
        werk: Callable[[], T],
        zonder: str = "",
    ) -> T:
        """Voer uit; vult bij TijdBezet de alternatieven aan tot drie, buiten het slot."""
        try:
            return werk()
        except TijdBezet as fout:
            if len(fout.alternatieven) >= 3:
                raise
            wens, begin = gevraagd
            dichtbij = self._vrij.find_dichtbij(wens, begin, zonder=zonder)
            raise TijdBezet(fout.uitleg, redenen=fout.redenen, alternatieven=_drie(fout, dichtbij)) from None

    def _tell(self, wat: Sequence[Gebeurd], afspraken: tuple[Afspraak, ...]) -> tuple[Afspraak, ...]:
        for gebeurd, afspraak in zip(wat, afspraken, strict=True):
            tell(self._luisteraars, gebeurd, afspraak)
        return afspraken


def _drie(fout: TijdBezet, erbij: tuple[VrijeStart, ...]) -> tuple[VrijeStart, ...]:
    """Wat er al was, aangevuld tot drie, op volgorde van tijd."""
    bekend = {start.begin for start in fout.alternatieven}
    alle = [*fout.alternatieven, *(start for start in erbij if start.begin not in bekend)]
    return tuple(sorted(alle[:3], key=lambda start: start.begin))


def _happened(afspraak: Afspraak) -> Gebeurd:
    """Wat er gebeurd moet zijn, gezien hoe de afspraak er nu staat."""
    if afspraak.toestand is Toestand.AFGEZEGD:
        return Gebeurd.AFGEZEGD
    return Gebeurd.VERZET if afspraak.ics_volgnummer else Gebeurd.GEBOEKT


def _deel_id(verzoek_id: str, nummer: int) -> str:
    """Het eerste deel heet naar het verzoek; de andere krijgen een volgnummer."""
    return verzoek_id if nummer == 0 else f"{verzoek_id}.{nummer}"


def _verzoek_van(reservering_id: str) -> str:
    return reservering_id.partition(".")[0]


def _bevestiging(reservering_id: str) -> str:
    return f"{reservering_id}#bevestigd"
