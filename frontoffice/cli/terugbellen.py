"""`kif terugbellen …` en `kif belofte list`: dezelfde werklijst, winkel en verzender als het venster.

Een handeling staat op schijf voordat de opdracht klaar is; versturen doet het venster of `kif outbox send`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from frontoffice.cli.opties import Opties
from frontoffice.cli.terugbelopties import Terugbelvraag
from frontoffice.cli.uitvoer import DEELS, KLAAR, Uitvoer
from frontoffice.domain import taal
from frontoffice.domain.belofte import Belofte, Beloftestand
from frontoffice.domain.concept import Afdeling, find_op_naam
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import InvoerFout, KifFout, NietGevonden
from frontoffice.domain.terugbellen import Beller, Terugbelrij, Volgorde, Wiens
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.services.terugbellen import Bewaard

_GROOTSTE_TEKST = 20_000
_TIJD_S = 15.0
_TEGELIJK = 4


def run_terugbellen(vraag: Terugbelvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        return _Opdracht(vraag, diensten, uitvoer).run()


class _Opdracht:
    def __init__(self, vraag: Terugbelvraag, diensten: Diensten, uitvoer: Uitvoer) -> None:
        self._vraag = vraag
        self._diensten = diensten
        self._uitvoer = uitvoer
        self._dienst = diensten.terugbellen
        self._vandaag = diensten.klok.vandaag()

    def run(self) -> int:
        opdrachten: dict[str, Callable[[], int]] = {
            "terugbellen list": self._list,
            "belofte list": self._beloften,
        }
        return opdrachten.get(self._vraag.deel, self._doe)()

    # --- lezen ------------------------------------------------------------------------------------------

    def _list(self) -> int:
        volgorde = Volgorde.NIEUWSTE if self._vraag.nieuwste else Volgorde.DRINGEND
        lijst = self._dienst.lijst
        (*_, gevonden) = lijst.load(Wiens(self._vraag.wiens), Stop(), volgorde)
        rijen = [rij for rij in gevonden.rijen if not self._vraag.te_laat or self._is_laat(rij)]
        rijen = rijen[: self._vraag.aantal or None]
        lijst.load_namen(Stop())
        bellers: dict[str, Beller] = {}
        fouten: dict[str, KifFout] = {}
        # Per handvol, zodat een lange lijst niet samen de tijd van een paar rijen krijgt.
        for begin in range(0, len(rijen), _TEGELIJK):
            for uuid, wat in lijst.load_bellers(rijen[begin : begin + _TEGELIJK], Stop()):
                if isinstance(wat, KifFout):
                    fouten[uuid] = wat
                else:
                    bellers[uuid] = wat
        self._uitvoer.document([self._to_document(rij, bellers.get(rij.uuid)) for rij in rijen])
        for rij in rijen:
            self._uitvoer.regel(self._zeg(rij, bellers.get(rij.uuid)))
        if not rijen:
            self._uitvoer.regel("Er is niemand om terug te bellen.")
        if fouten:
            self._uitvoer.melding(f"Van {len(fouten)} is niet geladen wie het is. Probeer het opnieuw.")
        return DEELS if fouten else KLAAR

    def _is_laat(self, rij: Terugbelrij) -> bool:
        return rij.count_dagen_te_laat(self._vandaag) > 0

    def _to_document(self, rij: Terugbelrij, beller: Beller | None) -> dict[str, object]:
        datums, gezet = rij.datums, rij.taak.toegewezen_op
        return {
            "taak": rij.uuid,
            "contact": rij.contact_uuid,
            "naam": beller.naam if beller else None,
            "telefoon": list(beller.telefoon) if beller else None,
            "geheim": beller.geheim if beller else None,
            "vraag": beller.vraag if beller else None,
            "handeling": rij.taak.gevraagde_handeling if beller and not beller.dicht else None,
            "aan": list(self._dienst.lijst.find_namen(rij.taak)),
            "beloofd": datums.beloofd.isoformat() if datums else None,
            "uiterlijk": datums.uiterlijk.isoformat() if datums else None,
            "dagen_te_laat": rij.count_dagen_te_laat(self._vandaag),
            "niet_bereikt": rij.pogingen,
            "opnieuw_gebeld": rij.herhalingen,
            "sinds": gezet.isoformat() if gezet else None,
        }

    def _zeg(self, rij: Terugbelrij, beller: Beller | None) -> str:
        wie = beller.naam if beller else "Niet geladen"
        nummer = ", ".join(beller.telefoon) if beller else ""
        if beller and beller.geheim and not nummer:
            nummer = "nummer verborgen"
        laat = rij.count_dagen_te_laat(self._vandaag)
        delen = (
            rij.uuid,
            wie,
            nummer,
            rij.zeg_kort(self._vandaag),
            taal.te_laat(laat) if laat else "",
            rij.met(beller).vraag if beller else "",
        )
        return " · ".join(deel for deel in delen if deel)

    def _beloften(self) -> int:
        beloften = self._diensten.beloften
        if self._vraag.door_mij:
            gevonden = beloften.load_door_mij(Stop())
        else:
            gevonden = beloften.load_open(Wiens(self._vraag.wiens), Stop())
        if self._vraag.te_laat:
            gevonden = tuple(b for b in gevonden if b.stand is Beloftestand.TE_LAAT)
        self._uitvoer.document([_belofte_document(belofte) for belofte in gevonden])
        for belofte in gevonden:
            dag = taal.datum_kort(belofte.beloofd, self._vandaag)
            laat = (self._vandaag - belofte.beloofd).days
            stand = f" · {taal.te_laat(laat)}" if laat > 0 else ""
            soort = "Terugbellen" if belofte.bellen else "Laten weten"
            self._uitvoer.regel(f"{belofte.taak_uuid} · {soort} · beloofd {dag}{stand}")
        if not gevonden:
            self._uitvoer.regel("Er staat geen belofte open.")
        return KLAAR

    # --- doen -------------------------------------------------------------------------------------------

    def _doe(self) -> int:
        rij = self._load_rij()
        vraag, dienst = self._vraag, self._dienst
        deel = vraag.deel.removeprefix("terugbellen ")
        doen: dict[str, Callable[[], Bewaard]] = {
            "gesproken": lambda: dienst.gesproken(rij, self._tekst(), self._kanaal(), ongedaan_s=0),
            "niet-bereikt": lambda: dienst.niet_bereikt(rij, self._tekst(), self._kanaal(), ongedaan_s=0),
            "klaar": lambda: dienst.klaar(
                rij, vraag.via, self._tekst(), al_verteld_op=vraag.verteld_op, ongedaan_s=0
            ),
            "overnemen": lambda: dienst.overnemen(rij, ongedaan_s=0),
            "doorgeven": lambda: dienst.doorgeven(rij, self._find_afdeling(), vraag.reden, ongedaan_s=0),
        }
        bewaard = doen[deel]()
        gevonden = self._diensten.contacten.winkel.load_verzending(bewaard.id)
        toestand = gevonden.toestand.value if gevonden else "nog_niet_verstuurd"
        self._uitvoer.document({"id": bewaard.id, "uuid": bewaard.uuid, "toestand": toestand})
        self._uitvoer.regel(f"Bewaard op deze pc als nummer {bewaard.id}. Nog niet verstuurd.")
        return KLAAR

    def _load_rij(self) -> Terugbelrij:
        """Het verzoek zoals het nu in het register staat: daarop beslist wie deze opdracht geeft."""
        rij = Terugbelrij(self._load_taak())
        for _, beller in self._dienst.lijst.load_bellers([rij], Stop()):
            if isinstance(beller, KifFout):
                raise beller
            rij = rij.met(beller)
        return rij

    def _load_taak(self) -> InterneTaak:
        taken = self._diensten.registers.taken
        assert taken is not None
        try:
            return taken.load_taak(self._vraag.taak, Aanroep.van(_TIJD_S))
        except (NietGevonden, InvoerFout):
            raise InvoerFout(
                "Dit verzoek staat niet in het register. Kijk het na met kif terugbellen list.", code="taak"
            ) from None

    def _tekst(self) -> str:
        if self._vraag.tekst != "-":
            return self._vraag.tekst
        try:
            return sys.stdin.buffer.read(_GROOTSTE_TEKST).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvoerFout("De invoer is geen tekst (UTF-8).") from None

    def _kanaal(self) -> str:
        kanalen = {kanaal.casefold(): kanaal for kanaal in self._diensten.profiel.kanalen}
        if not self._vraag.kanaal:
            return ""
        if self._vraag.kanaal.casefold() not in kanalen:
            raise InvoerFout(
                f"Dit kanaal is er niet. Kies uit: {', '.join(kanalen.values())}.", code="kanaal"
            )
        return kanalen[self._vraag.kanaal.casefold()]

    def _find_afdeling(self) -> Afdeling:
        afdelingen = self._diensten.contacten.load_afdelingen(Aanroep.van(_TIJD_S))
        passend = find_op_naam(afdelingen, self._vraag.aan)
        if len(passend) != 1:
            raise InvoerFout(
                "Er is niet precies één afdeling of collega die zo heet. Geef de identificatie.", code="aan"
            )
        return passend[0]


def _belofte_document(belofte: Belofte) -> dict[str, object]:
    """Zonder vrije tekst: van een belofte in deze lijst is niet nagekeken of zij vertrouwelijk is."""
    return {
        "taak": belofte.taak_uuid,
        "contact": belofte.contact_uuid,
        "soort": "terugbellen" if belofte.bellen else "laten_weten",
        "beloofd": belofte.beloofd.isoformat(),
        "uiterlijk": belofte.uiterlijk.isoformat(),
        "gedaan_op": belofte.gedaan_op.isoformat() if belofte.gedaan_op else None,
        "stand": belofte.stand.value,
    }
