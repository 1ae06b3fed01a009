"""Vult de nepregisters met terugbelverzoeken: te laat, vandaag, later, zonder datum, met lange namen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from frontoffice.domain.belofte import NIET_BEREIKT, Telling, format_belofte, set_telling
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import Betrokkene
from frontoffice.takenpoort import Taakcontact
from tests.bouwers import maak_contact, maak_naam, maak_partij, nieuw_uuid
from tests.nep import NU, VANDAAG
from tests.nep_registratie import Rij
from tests.ui.conftest import REGISTREREN, Wereld

MIJ, BURGERZAKEN = f"actor-{REGISTREREN.medewerker}", "actor-burgerzaken"
NAMEN = (
    ("A.", "Jansen-ter Braak"),
    ("M.C.E.", "van der Groot Bramel-Oude Nijhuis genaamd Wesselink"),
    ("J.", "Yılmaz"),
    ("", "Bakkerij Dinkelzicht"),
)


def add_actoren(wereld: Wereld) -> None:
    """Ik en mijn afdeling staan in het register."""
    for soort, object_id in (
        (Actorsoort.MEDEWERKER, REGISTREREN.medewerker),
        (Actorsoort.AFDELING, "burgerzaken"),
    ):
        velden: dict[str, object] = {"soort": soort, "id": object_id}
        wereld.register.rijen.append(Rij("actor", f"actor-{object_id}", velden))


def add(
    wereld: Wereld,
    over: int | None = 0,
    *,
    vraag: str = "Wanneer is de vergunning klaar?",
    pogingen: int = 0,
    actoren: tuple[str, ...] = (MIJ,),
    telefoon: tuple[str, ...] = ("+31612345678",),
    naam: tuple[str, str] = NAMEN[0],
    geheim: bool = False,
    **contact: Any,
) -> str:
    """Een open verzoek, beloofd over zoveel dagen; geeft de uuid van de taak."""
    partij = maak_partij(naam=maak_naam(aanschrijfnaam=" ".join(naam).strip()), geheimhouding=geheim)
    betrokkene = Betrokkene(nieuw_uuid(), "klant", partij.uuid, "", True, telefoon)
    gemaakt = maak_contact(betrokkenen=(betrokkene,), **contact)
    wereld.taken.contacten[gemaakt.uuid] = Taakcontact(gemaakt, (partij,))
    dag = None if over is None else VANDAAG + timedelta(days=over)
    tekst = (f"{format_belofte(dag, dag)}\n" if dag is not None else "") + vraag
    if pogingen:
        tekst = set_telling(tekst, NIET_BEREIKT, Telling(pogingen, NU))
    return wereld.taken.add_taak(gemaakt.uuid, tekst, actoren)


def fill(wereld: Wereld, aantal: int) -> None:
    """Zoveel verzoeken door elkaar, bij mij en bij de afdeling."""
    for n in range(aantal):
        add(
            wereld,
            None if n % 11 == 0 else (n * 7) % 23 - 9,
            vraag=("Wanneer is de kapvergunning klaar? De boom staat scheef.", "Kan het ook op een avond?")[
                n % 2
            ],
            pogingen=n % 4 if n % 3 == 0 else 0,
            actoren=(MIJ,) if n % 5 == 0 else (BURGERZAKEN,),
            naam=NAMEN[n % len(NAMEN)],
            geheim=n % 13 == 0,
            telefoon=() if n % 9 == 0 else (f"+3153{4610000 + n}",),
        )
