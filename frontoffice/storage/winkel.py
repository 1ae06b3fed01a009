"""Port `Winkel` op de database van deze werkplek: concepten, wat klaarstaat, en wat onthouden wordt.

Elke methode is één transactie. Wat er met een rij mag, staat in `outbox`; openen doet `winkelopenen`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from frontoffice.domain.concept import Concept
from frontoffice.domain.registratie import Opdracht, Registratie, Verzending
from frontoffice.ports import Klok
from frontoffice.registratiepoort import Wijziging
from frontoffice.storage import outbox, reservekopie, werkplekfouten, winkelnakijken
from frontoffice.storage.levensteken import Levensteken
from frontoffice.storage.werkplekbestand import Verbinding, Werkplekbestand, to_tekst
from frontoffice.storage.winkelnakijken import Winkelcontrole
from frontoffice.storage.winkelvorm import Onleesbaar, read_concept, to_json

_HOOGSTE = 9_999_999
_log = logging.getLogger(__name__)


class Bewaarwijze(StrEnum):
    """Hoe notities op deze pc bewaard worden."""

    SLEUTELBOS = "sleutelbos"
    DEMO = "demo"
    ZITTING = "zitting"

    @property
    def zin(self) -> str:
        """Wat de medewerker daarvan moet weten; leeg als alles gewoon is."""
        return _ZINNEN[self]


_ZINNEN = {
    Bewaarwijze.SLEUTELBOS: "",
    Bewaarwijze.DEMO: "Demonstratie: uw notities zijn op deze pc versleuteld met een sleutel die iedereen "
    "kent. Gebruik geen echte gegevens.",
    Bewaarwijze.ZITTING: "Alleen deze zitting: als u het programma sluit, zijn uw notities weg. "
    "Verstuur ze eerst naar het register.",
}


class WerkplekWinkel:
    """Port `Winkel`. `bestand` is al open en mag gedeeld worden met het logboek; `close` sluit het.

    Een rij die niet te lezen is, blijft staan en wordt overgeslagen; `check` noemt haar.
    """

    def __init__(
        self, bestand: Werkplekbestand, klok: Klok, wijze: Bewaarwijze = Bewaarwijze.SLEUTELBOS
    ) -> None:
        self.bestand = bestand
        self.bewaarwijze = wijze
        self._klok = klok
        self._levensteken = Levensteken(
            None if bestand.pad is None else bestand.pad.with_suffix(".verzender")
        )

    @property
    def melding(self) -> str:
        """Wat de medewerker nu over het bewaren moet weten, als hele zin; leeg als alles gewoon is."""
        if self.bestand.alleen_lezen:
            return werkplekfouten.alleen_lezen().uitleg
        if self.bestand.bijna_vol:
            return "De schijf van deze pc is bijna vol. Alles is nog bewaard. Maak nu ruimte vrij."
        return self.bewaarwijze.zin

    def close(self) -> None:
        self._levensteken.release()
        self.bestand.close()

    # --- concepten -------------------------------------------------------------------------------------

    def load_concepten(self, medewerker: str = "") -> tuple[Concept, ...]:
        rijen = self.bestand.lees(
            lambda db: db.execute(
                "SELECT inhoud FROM concept WHERE ? IN ('', medewerker)"
                " ORDER BY plek = 0, plek, gewijzigd_op, uuid",
                (medewerker,),
            ).fetchall()
        )
        uit = []
        for rij in rijen:
            try:
                uit.append(read_concept(rij["inhoud"]))
            except Onleesbaar:
                _log.warning("concept niet te lezen", extra={"code": "winkel_rij"})
        return tuple(uit)

    def save_concept(self, concept: Concept) -> None:
        """Een concept dat al is afgerond, komt niet terug: een late toetsaanslag maakt geen tweede."""
        waarden = (
            concept.uuid, concept.medewerker, concept.plek, to_json(concept), to_tekst(self._klok.nu()),
            concept.uuid,
        )  # fmt: skip
        self.bestand.schrijf(lambda db: db.execute(_BEWAAR, waarden))

    def remove_concept(self, uuid: str) -> None:
        self.bestand.schrijf(lambda db: db.execute("DELETE FROM concept WHERE uuid = ?", (uuid,)))

    # --- afronden --------------------------------------------------------------------------------------

    def next_referentienummers(self, aantal: int) -> tuple[str, ...]:
        return self.bestand.schrijf(lambda db: tuple(_next_nummer(db) for _ in range(aantal)))

    def finish(
        self, concept_uuid: str, registraties: Sequence[Registratie], niet_voor: datetime
    ) -> tuple[int, ...]:
        if not registraties:
            raise ValueError("zonder registratie zou het concept verdwijnen")
        nu = to_tekst(self._klok.nu())
        return self.bestand.schrijf(
            lambda db: outbox.finish(db, concept_uuid, registraties, to_tekst(niet_voor), nu)
        )

    def add(self, opdracht: Opdracht, niet_voor: datetime, bijlagen: Mapping[str, str] | None = None) -> int:
        nu = to_tekst(self._klok.nu())
        return self.bestand.schrijf(
            lambda db: outbox.add(db, opdracht, to_tekst(niet_voor), nu, bijlagen or {})
        )

    def undo(self, concept_uuid: str) -> Concept | None:
        inhoud = self.bestand.schrijf(lambda db: outbox.undo(db, concept_uuid, to_tekst(self._klok.nu())))
        return None if inhoud is None else read_concept(inhoud)

    # --- versturen -------------------------------------------------------------------------------------

    def claim(
        self,
        nu: datetime,
        *,
        alles: bool = False,
        behalve: frozenset[int] = frozenset(),
        niet: frozenset[str] = frozenset(),
    ) -> Verzending | None:
        """Zie de port. `behalve`: rijen die in deze ronde al aan de beurt waren."""
        return self.bestand.schrijf(lambda db: outbox.claim(db, nu, alles, behalve, niet))

    def update(self, id: int, wijziging: Wijziging) -> None:
        nu = to_tekst(self._klok.nu())
        self.bestand.schrijf(lambda db: outbox.update(db, id, wijziging, nu))

    def load_verzendingen(self, *, ook_verstuurd: bool = True) -> tuple[Verzending, ...]:
        return self.bestand.lees(lambda db: outbox.load_alle(db, ook_verstuurd))

    def load_verzending(self, id: int) -> Verzending | None:
        return self.bestand.lees(lambda db: outbox.load(db, id))

    def withdraw(self, id: int) -> bool:
        return self.bestand.schrijf(lambda db: outbox.withdraw(db, id))

    def count_wachtend(self) -> tuple[int, int]:
        return self.bestand.lees(outbox.count_wachtend)

    def purge(self, voor: datetime) -> int:
        if self.bestand.pad is not None:
            reservekopie.purge_apart(self.bestand.pad, voor)
        return self.bestand.schrijf(lambda db: outbox.purge(db, to_tekst(voor)))

    def acquire_lease(self, houder: str, nu: datetime, seconden: float) -> bool:
        """Zie de port. Wie de lease had en niet meer leeft, is haar meteen kwijt."""
        weg = self._levensteken.take()
        heeft = False
        try:
            heeft = self.bestand.schrijf(lambda db: outbox.acquire_lease(db, houder, nu, seconden, weg or ""))
        finally:
            if heeft:
                self._levensteken.sign(houder)
            elif weg is not None:
                self._levensteken.release(weg)
        return heeft

    def release_lease(self, houder: str) -> None:
        self.bestand.schrijf(lambda db: outbox.release_lease(db, houder))
        self._levensteken.release_van(houder)

    # --- onthouden -------------------------------------------------------------------------------------

    def recall(self, naam: str) -> str:
        rij = self.bestand.lees(
            lambda db: db.execute("SELECT waarde FROM onthouden WHERE naam = ?", (naam,)).fetchone()
        )
        return "" if rij is None else str(rij["waarde"])

    def remember(self, naam: str, waarde: str) -> None:
        self.bestand.schrijf(
            lambda db: db.execute(
                "INSERT INTO onthouden (naam, waarde) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET waarde = excluded.waarde",
                (naam, waarde),
            )
        )

    # --- nakijken en reservekopieën ----------------------------------------------------------------------

    def check(self) -> Winkelcontrole:
        """Is het bestand heel, en klopt wat erin staat? Raises WinkelFout als het niet te lezen is."""
        return winkelnakijken.check_winkel(self.bestand)

    def backup(self) -> Path:
        """Maak nu een reservekopie; de laatste drie blijven. Raises WinkelFout."""
        return reservekopie.make_backup(self.bestand, self._klok.nu())

    def backup_if_due(self) -> Path | None:
        """Hoogstens één keer per dag. Raises WinkelFout."""
        if self.bestand.pad is None or self.bestand.alleen_lezen:
            return None
        return self.backup() if reservekopie.is_due(self.bestand.pad, self._klok.nu()) else None


_BEWAAR = """
INSERT INTO concept (uuid, medewerker, plek, inhoud, gewijzigd_op)
SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM verzending WHERE concept_uuid = ?)
ON CONFLICT (uuid) DO UPDATE SET medewerker = excluded.medewerker, plek = excluded.plek,
inhoud = excluded.inhoud, gewijzigd_op = excluded.gewijzigd_op
WHERE coalesce(json_extract(excluded.inhoud, '$.versie'), 0)
    >= coalesce(json_extract(concept.inhoud, '$.versie'), 0)
"""


def _next_nummer(db: Verbinding) -> str:
    """Het volgende nummer, of een nieuwe reeks als er nog geen is of als zij op is.

    Een reeks begint op een willekeurige plek: honderd werkplekken van 25.000 contacten per jaar delen dan
    met een kans van enkele procenten een nummer, en dan zoekt het versturen een volgend.
    """
    rij = db.execute("SELECT voor, stand FROM teller WHERE naam = 'referentienummer'").fetchone()
    if rij is None or rij["stand"] >= _HOOGSTE:
        voor, stand = 100 + secrets.randbelow(900), secrets.randbelow(_HOOGSTE // 2)
    else:
        voor, stand = rij["voor"], rij["stand"] + 1
    db.execute(
        "INSERT INTO teller (naam, voor, stand) VALUES ('referentienummer', ?, ?)"
        " ON CONFLICT (naam) DO UPDATE SET voor = excluded.voor, stand = excluded.stand",
        (voor, stand),
    )
    return f"{voor:03}{stand:07}"
