"""Wat het boekscherm in zijn band zegt en vraagt: onbekende afloop, net vergeven, dubbel, hervatten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from frontoffice.agenda.wens import Wens
from frontoffice.domain.fouten import KifFout
from frontoffice.services.afspraakwaarden import TijdBezet, Vastgehouden
from ui.afspraak import woorden
from ui.afspraak.dienst import Mogelijkheid
from ui.afspraak.gekozen import Dubbel
from ui.afspraak.meldingvak import Keuze, Meldingvak

_ALTERNATIEVEN = 3
Doe = Callable[[], object]


class Boekmelding(Meldingvak):
    """Een Meldingvak met de zinnen van het boeken; wat een knop doet, geeft het scherm mee."""

    def show_onbekend(self, fout: KifFout, kijk_na: Doe, *, gekozen: bool) -> None:
        """Geen antwoord: zeg wat bekend is, en bied aan om na te kijken."""
        wat = "de afspraak er staat" if gekozen else "de tijd is vastgezet"
        self.show_melding(
            f"{fout.uitleg} Of {wat}, is niet bekend. Wat u typte, staat er nog.",
            "let_op",
            ("Kijk na", kijk_na),
            sluiten=False,
        )

    def show_bezet(
        self, fout: TijdBezet, wens: Wens | None, vandaag: date, kies: Callable[[Mogelijkheid], object]
    ) -> None:
        """Net vergeven: drie tijden ernaast. Zonder `wens` (samen komen) kiest men opnieuw uit de lijst."""
        keuzes: list[Keuze] = []
        for start in fout.alternatieven[:_ALTERNATIEVEN] if wens is not None else ():
            keuzes.append(
                (
                    woorden.moment_kort(start.begin, vandaag),
                    partial(kies, Mogelijkheid(((wens, start),))),  # type: ignore[arg-type]  # mypy vergeet de voorwaarde
                )
            )
        self.show_melding(fout.uitleg, "let_op", *keuzes)

    def show_dubbel(self, dubbel: Dubbel, vandaag: date, verzet: Doe, toch: Doe) -> None:
        """Er is al een afspraak voor hetzelfde (H14)."""
        eerste = dubbel.afspraken[0]
        wanneer = woorden.moment_kort(eerste.begin, vandaag)
        self.show_melding(
            f"Deze klant heeft al een afspraak: {wanneer}, {woorden.producten_tekst(eerste)}.",
            "let_op",
            ("Die verzetten", verzet),
            ("Toch een tweede", toch),
        )

    def show_hervatten(self, houden: tuple[Vastgehouden, ...], vandaag: date, hervat: Doe, vrij: Doe) -> None:
        """Na een herstart: verder met wat nog vaststaat, of vrijgeven (H07)."""
        wanneer = woorden.moment_kort(houden[0].reservering.begin, vandaag)
        self.show_melding(
            f"U hield nog een tijd vast: {wanneer}.",
            "let_op",
            ("Hervatten", hervat),
            ("Tijd vrijgeven", vrij),
        )

    def show_verlopen(self) -> None:
        self.show_melding(
            "De tijd is niet meer vastgezet. Wat u typte, staat er nog. "
            "Bevestigen lukt nog als de tijd vrij is.",
            "let_op",
        )
