"""Collega's die aan dezelfde terugbelverzoeken werken: ieder een eigen winkel, samen één nepregister."""

from __future__ import annotations

import random
from typing import Any

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.concept import Actorsoort, Afdeling
from frontoffice.domain.contact import Betrokkene, InterneTaak
from frontoffice.domain.normen import GEWOON
from frontoffice.domain.registratie import Verzending
from frontoffice.domain.terugbellen import Lijst, Terugbelrij, Volgorde, Wiens
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.registreren import Registreerinstellingen
from frontoffice.services.taakwijzigen import Actorzoeker, Taakloper, Taakschrijver
from frontoffice.services.terugbellen import Terugbeldienst
from frontoffice.services.terugbellijst import Terugbellijst
from frontoffice.services.verzenden import Loper, Tempo, Verzenddienst
from frontoffice.takenpoort import Taakcontact
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import maak_contact, maak_partij, nieuw_uuid
from tests.nep import NepKlantinteracties, NepKlok, NepLogboek
from tests.nep_registratie import NepRegister, NepWinkel, Rij
from tests.nep_taken import NepTaken

BURGERZAKEN = Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken")
GROEN = Afdeling(Actorsoort.AFDELING, "groen", "Team Groen")


class Kantoor:
    """Het register met verzoeken erin, en de klok die iedereen deelt."""

    def __init__(self) -> None:
        self.klok = NepKlok()
        self.register = NepRegister()
        self.taken = NepTaken(self.register)
        self.klantinteracties = NepKlantinteracties()

    def add_actor(self, soort: Actorsoort, object_id: str) -> str:
        self.register.rijen.append(Rij("actor", f"actor-{object_id}", {"soort": soort, "id": object_id}))
        return f"actor-{object_id}"

    def add(self, toelichting: str = "", actoren: tuple[str, ...] = (), **anders: Any) -> str:
        """Een open verzoek van een bekende klant; geeft de uuid van de taak."""
        partij = anders.pop("partij", None) or maak_partij()
        betrokkene = Betrokkene(nieuw_uuid(), "klant", partij.uuid, "", True, ("+31612345678",))
        contact = maak_contact(betrokkenen=(betrokkene,), **anders)
        self.taken.contacten[contact.uuid] = Taakcontact(contact, (partij,))
        return self.taken.add_taak(contact.uuid, toelichting, actoren)

    def taak(self, uuid: str) -> InterneTaak:
        return self.taken._to_taak(self.taken._rij(uuid))


class Collega:
    """Eén medewerker op zijn eigen werkplek."""

    def __init__(
        self,
        kantoor: Kantoor,
        uitvoerder: Uitvoerder,
        naam: str = "S. Bos",
        *,
        rust: float = 0.0,
        zaad: int = 1,
        hoogste: Vertrouwelijkheid = Vertrouwelijkheid.zaakvertrouwelijk,
        afdelingen: tuple[str, ...] = ("burgerzaken",),
    ) -> None:
        self.kantoor, self.naam = kantoor, naam
        self.id = naam.casefold().replace(" ", "")
        self.winkel, self.logboek = NepWinkel(), NepLogboek()
        self.rust, self.toeval, self.uitvoerder = rust, random.Random(zaad), uitvoerder
        eigen = Registreerinstellingen(self.id, naam, ("telefoon", "e-mail"), "telefoon")
        self.lijst = Terugbellijst(
            kantoor.taken,
            kantoor.klantinteracties,
            self.logboek,
            kantoor.klok,
            uitvoerder,
            medewerker=self.id,
            afdelingen=afdelingen,
            normen=GEWOON,
            bevoegdheid=Bevoegdheid(frozenset({"*"}), hoogste),
        )
        self.dienst = Terugbeldienst(self.lijst, lambda: self.winkel, kantoor.klok, eigen)
        self.verzenden = self.make_verzender()

    def make_verzender(self) -> Verzenddienst:
        return Verzenddienst(
            self.winkel,
            self.kantoor.register,
            self.kantoor.klok,
            self.uitvoerder,
            houder=self.id,
            per_seconde=100_000,
            toeval=self.toeval,
            make_lopers=self._make_lopers,
            make_taakschrijver=self._make_schrijver,
        )

    def _make_schrijver(self, tempo: Tempo) -> Taakschrijver:
        return Taakschrijver(self.kantoor.taken, tempo, rust=self.rust, toeval=self.toeval)

    def _make_lopers(self, tempo: Tempo) -> dict[str, Loper]:
        schrijver = self._make_schrijver(tempo)
        zoeker = Actorzoeker(self.winkel, self.kantoor.register, schrijver.wait)
        return {"taak": Taakloper(self.winkel, self.kantoor.taken, schrijver, self.uitvoerder, zoeker)}

    def load(self, wiens: Wiens = Wiens.ALLE, volgorde: Volgorde = Volgorde.DRINGEND) -> Lijst:
        return list(self.lijst.load(wiens, Stop(), volgorde))[-1]

    def zie(self, uuid: str) -> Terugbelrij:
        """De rij zoals deze collega haar nu op zijn scherm heeft."""
        rij = Terugbelrij(self.kantoor.taken.load_taak(uuid, Aanroep.van(5)))
        ((_, beller),) = self.lijst.load_bellers([rij], Stop())
        assert not isinstance(beller, Exception), beller
        return rij.met(beller)

    def send(self, *, alles: bool = True) -> list[Verzending]:
        self.verzenden.send(Stop(), alles=alles)
        return list(self.winkel.load_verzendingen())
