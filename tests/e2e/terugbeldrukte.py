"""Veel werkplekken die over HTTP aan één terugbelverzoek werken, en wat er daarna moet staan."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from frontoffice.central.bouw import Aansluitingen
from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.concept import Actorsoort, Afdeling, Afsluiting, Gesprekspartner, Terugbelverzoek
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.normen import GEWOON
from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.domain.taakwijziging import Taakactie
from frontoffice.domain.terugbellen import Terugbelrij
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.registreren import Registreerdienst, Registreerinstellingen
from frontoffice.services.taakwijzigen import Actorzoeker, Taakloper, Taakschrijver
from frontoffice.services.terugbellen import Terugbeldienst, stap_van
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.services.verzenden import Loper, Tempo, Verzenddienst
from frontoffice.uitvoeren import Uitvoerder
from tests.nep import NepKlok, NepLogboek
from tests.nep_registratie import NepWinkel

BURGERZAKEN = Afdeling(Actorsoort.AFDELING, "BURGERZAKEN", "Burgerzaken")
JURIDISCH = Afdeling(Actorsoort.AFDELING, "JURIDISCH", "Juridische zaken")
_RUIM_S = 30.0


class _Winkel(NepWinkel):
    """Elke werkplek deelt eigen nummers uit, zoals de echte; geen twee gelijke in één register."""

    _slot, _nummers = threading.Lock(), count(7_000_000_001)

    def next_referentienummers(self, aantal: int) -> tuple[str, ...]:
        with _Winkel._slot:
            return tuple(str(next(_Winkel._nummers)) for _ in range(aantal))


class Werkplek:
    """Eén medewerker met een eigen winkel, op hetzelfde register."""

    def __init__(self, nummer: int, op: Aansluitingen, klok: NepKlok, uitvoerder: Uitvoerder) -> None:
        self.winkel, self.naam = _Winkel(klok), f"Medewerker {nummer:02}"
        self._op, self._uitvoerder = op, uitvoerder
        eigen = Registreerinstellingen(f"mw{nummer:02}", self.naam, ("telefoon",), "telefoon")
        self.lijst = Terugbellijst(
            op.taken,
            op.klantinteracties,
            NepLogboek(),
            klok,
            uitvoerder,
            medewerker=eigen.medewerker,
            normen=GEWOON,
            bevoegdheid=Bevoegdheid(frozenset({"*"}), Vertrouwelijkheid.zaakvertrouwelijk),
        )
        self.dienst = Terugbeldienst(self.lijst, lambda: self.winkel, klok, eigen)
        self.registreren = Registreerdienst(self.winkel, klok, eigen)
        self.verzenden = Verzenddienst(
            self.winkel,
            op.contactregister,
            klok,
            uitvoerder,
            houder=self.naam,
            per_seconde=1000,
            toeval=random.Random(nummer),
            make_lopers=self._make_lopers,
            make_taakschrijver=self._make_schrijver,
        )

    def _make_schrijver(self, tempo: Tempo) -> Taakschrijver:
        return Taakschrijver(self._op.taken, tempo, rust=0.1)

    def _make_lopers(self, tempo: Tempo) -> dict[str, Loper]:
        schrijver = self._make_schrijver(tempo)
        zoeker = Actorzoeker(self.winkel, self._op.contactregister, schrijver.wait)
        return {"taak": Taakloper(self.winkel, self._op.taken, schrijver, self._uitvoerder, zoeker)}

    def send(self, seconden: float) -> None:
        """Tot er niets meer onderweg is; wat een collega eerder deed, staat op *Actie nodig*."""
        einde = time.monotonic() + seconden
        while time.monotonic() < einde:
            self.verzenden.send(Stop(), alles=True)
            wachtend, actie = self.winkel.count_wachtend()
            if wachtend == actie:
                return
        raise AssertionError([rij.fout for rij in self.winkel.load_verzendingen(ook_verstuurd=False)])


@dataclass(frozen=True)
class Uitkomst:
    """De taak zoals zij in het register staat, wat er echt aan hangt, en wat elke werkplek ervan zegt."""

    taak: InterneTaak
    geteld: int
    rijen: tuple[Verzending, ...]


def run_drukte(op: Aansluitingen, werkplekken: int, elk: int, zaad: int, *, seconden: float) -> Uitkomst:
    """`werkplekken` doen elk `elk` handelingen op hetzelfde verzoek, gezien in dezelfde stand, tegelijk."""
    klok, uitvoerder, toeval = NepKlok(), Uitvoerder(16), random.Random(zaad)
    try:
        allen = [Werkplek(nummer, op, klok, uitvoerder) for nummer in range(werkplekken)]
        uuid = _make_verzoek(allen[0], klok)
        gezien = Terugbelrij(op.taken.load_taak(uuid, Aanroep.van(_RUIM_S)))
        for wie in allen:
            _do(wie, gezien, elk, toeval)
        klok.zet_vooruit(seconds=60)
        with ThreadPoolExecutor(werkplekken) as pool:
            list(pool.map(lambda wie: wie.send(seconden), allen))
        tellingen = op.taken.count_acties(uuid, Aanroep.van(_RUIM_S))
        return Uitkomst(
            op.taken.load_taak(uuid, Aanroep.van(_RUIM_S)),
            tellingen[Taakactie.NIET_BEREIKT].aantal,
            tuple(rij for wie in allen for rij in wie.winkel.load_verzendingen() if stap_van(rij)),
        )
    finally:
        uitvoerder.close()


def _make_verzoek(wie: Werkplek, klok: NepKlok) -> str:
    dag = klok.vandaag() + timedelta(days=3)
    concept = replace(
        wie.registreren.start(),
        klant=Gesprekspartner("Een inwoner"),
        notitie="Vraagt om terug te bellen.",
        afsluiting=Afsluiting.TERUGBELVERZOEK,
        terugbel=Terugbelverzoek(BURGERZAKEN, "Bel over de kap.", dag, dag, "+31612345678"),
    )
    (id_,) = wie.registreren.finish(concept, ongedaan_s=0).ids
    wie.send(_RUIM_S)
    rij = wie.winkel.load_verzending(id_)
    assert rij is not None
    return rij.stappen["taak"]


def _do(wie: Werkplek, gezien: Terugbelrij, elk: int, toeval: random.Random) -> None:
    ((_, beller),) = wie.lijst.load_bellers([gezien], Stop())
    assert not isinstance(beller, Exception), beller
    rij = gezien.met(beller)
    for nummer in range(elk):
        keuze = toeval.choice(["niet bereikt"] * 3 + ["overnemen", "doorgeven"])
        if keuze == "niet bereikt":
            wie.dienst.niet_bereikt(rij, ongedaan_s=0)
        elif keuze == "overnemen":
            wie.dienst.overnemen(rij, ongedaan_s=0)
        else:
            wie.dienst.doorgeven(rij, JURIDISCH, f"{wie.naam} {nummer}", ongedaan_s=0)


def check_niets_stil_weg(uitkomst: Uitkomst) -> None:
    """Elke poging hangt er één keer aan en is geteld; wat "in het register" heet, is terug te vinden; wat een
    collega voor was, zegt dat."""
    gesprekken = [rij for rij in uitkomst.rijen if isinstance(rij.opdracht, Registratie)]
    assert {rij.toestand for rij in gesprekken} == {Toestand.STAAT_IN_REGISTER}
    assert uitkomst.geteld == len(gesprekken)
    assert uitkomst.taak.tekst.niet_bereikt.aantal == len(gesprekken), uitkomst.taak.toelichting
    assert uitkomst.taak.tekst.vraag == "Bel over de kap."
    wijzigingen = [rij for rij in uitkomst.rijen if rij not in gesprekken]
    klaar = [stap_van(rij) for rij in wijzigingen if rij.toestand is Toestand.STAAT_IN_REGISTER]
    actie = [rij for rij in wijzigingen if rij.toestand is Toestand.ACTIE_NODIG]
    assert len(klaar) + len(actie) == len(wijzigingen)
    assert all(rij.fout.startswith("Medewerker ") for rij in actie), [rij.fout for rij in actie]
    staat_er = {(d.door, d.reden) for d in uitkomst.taak.tekst.doorgaven}
    gemeld = {(stap.door, stap.reden) for stap in klaar if stap is not None}
    assert staat_er <= gemeld
    assert staat_er == gemeld or len(uitkomst.taak.toelichting) > 600, gemeld - staat_er
