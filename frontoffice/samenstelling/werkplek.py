"""De database van deze werkplek, één keer geopend voor de winkel en het logboek van inzage samen."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.domain.fouten import GeheimFout, Geweigerd
from frontoffice.domain.klant import KlantSleutel
from frontoffice.logboek import Logregel, niet_vastgelegd
from frontoffice.ports import Geheimen, Klok
from frontoffice.profiel import Medewerker, Profiel
from frontoffice.registratiepoort import Herstelstand, WinkelFout
from frontoffice.uitvoeren import Eenmalig

if TYPE_CHECKING:
    from frontoffice.services.logboekversturen import Logboekverzender
    from frontoffice.storage.werkplek import Logboekcontrole, WerkplekLogboek
    from frontoffice.storage.winkel import WerkplekWinkel

KORTSTE_AFDRUKGEHEIM = 32


class Werkplekopslag:
    """Opent de winkel en het logboek bij het eerste gebruik, dus op een achtergronddraad.

    `alleen_deze_zitting`: de medewerker koos om zonder sleutelbos te werken; dan is alles na afloop weg.
    """

    def __init__(
        self, profiel: Profiel, make_geheimen: Callable[[], Geheimen], data_dir: Path, klok: Klok
    ) -> None:
        self._profiel = profiel
        self._make_geheimen = make_geheimen
        self._data_dir = data_dir
        self._klok = klok
        self._winkel: Eenmalig[WerkplekWinkel] = Eenmalig()
        self._logboek: Eenmalig[WerkplekLogboek] = Eenmalig()
        self._verzender: Eenmalig[Logboekverzender] = Eenmalig()
        self._sluiten: list[Callable[[], None]] = []
        self.alleen_deze_zitting = False

    @property
    def winkel(self) -> WerkplekWinkel:
        """Raises WinkelFout."""
        return self._winkel.get(self._open_winkel)

    @property
    def logboek(self) -> WerkplekLogboek:
        """Raises WinkelFout."""
        return self._logboek.get(self._open_logboek)

    def logboek_van(self, medewerker: Medewerker) -> WerkplekLogboek:
        """Hetzelfde logboek, op naam van deze medewerker. Raises WinkelFout."""
        return self.logboek.voor(medewerker.identificatie, medewerker.organisatie)

    def verify(self, elders: tuple[int, str] | None = None) -> Logboekcontrole:
        """Klopt het logboek nog? `elders`: een kop die iemand eerder apart bewaarde. Raises WinkelFout."""
        from frontoffice.storage.logboekanker import Kop

        return self.logboek.verify(None if elders is None else Kop(*elders))

    @property
    def logboekverzender(self) -> Logboekverzender | None:
        """Stuurt het logboek naar het adres van het profiel; None als daar geen adres staat. Raises
        WinkelFout."""
        return None if self._profiel.logboek is None else self._verzender.get(self._make_verzender)

    def _make_verzender(self) -> Logboekverzender:
        from frontoffice.central.instelling import RegisterInstelling
        from frontoffice.central.logboekadres import Logboekadres
        from frontoffice.services.logboekversturen import Logboekverzender
        from frontoffice.storage.logboekoutbox import Logboekoutbox

        eigen = self._profiel.logboek
        assert eigen is not None
        logboek = self.logboek
        adres = Logboekadres(
            RegisterInstelling(
                "logboek",
                eigen.url,
                eigen.login.value,
                lambda: self._make_geheimen().get(eigen.geheim),
                eigen.header,
                ca_bundel=eigen.ca_bundel,
                verbinden=self._profiel.termijnen.verbinden,
            )
        )
        self._sluiten.append(adres.close)
        houder = f"{os.getpid()}-{secrets.token_hex(4)}"
        return Logboekverzender(logboek, Logboekoutbox(self.winkel.bestand), adres, self._klok, houder=houder)

    # --- als de winkel niet opengaat -----------------------------------------------------------------------

    def load_herstelstand(self) -> Herstelstand | None:
        """Probeer het nog een keer; None als dat lukt, anders waaruit te kiezen is. Raises WinkelFout."""
        from frontoffice.storage.winkelnakijken import check_bestand

        try:
            self._renew(self._open_winkel)
            if not check_bestand(self.winkel.bestand):
                return None
        except WinkelFout as fout:
            if fout.code not in ("winkel_kapot", "winkel_sleutel"):
                raise
        return self.list_kopieen()

    def list_kopieen(self) -> Herstelstand:
        """Welke reservekopieën er zijn en wat erin staat. Opent de winkel niet. Raises WinkelFout."""
        from frontoffice.storage import winkelopenen

        return winkelopenen.load_herstelstand(
            self._make_geheimen(), self._data_dir, demo=self._profiel.gemeente.demo
        )

    def restore_backup(self, naam: str) -> None:
        """Zet een reservekopie terug; het logboek zegt dat. Raises WinkelFout."""
        self._replace(lambda openen, *wat, **hoe: openen.restore_backup(naam, *wat, **hoe), "reservekopie")

    def start_leeg(self) -> None:
        """Begin met een nieuw bestand; het logboek zegt dat. Raises WinkelFout."""
        self._replace(lambda openen, *wat, **hoe: openen.start_leeg(*wat, **hoe), "leeg begonnen")

    def work_zitting(self) -> None:
        """De medewerker koos ervoor: alles blijft in het geheugen en is daarna weg. Raises WinkelFout."""
        self.alleen_deze_zitting = True
        self._renew(self._open_winkel)

    def _replace(self, hoe: Callable[..., WerkplekWinkel], doel: str) -> None:
        from frontoffice.storage import winkelopenen

        self._renew(
            lambda: hoe(
                winkelopenen,
                self._make_geheimen(),
                self._data_dir,
                self._klok,
                demo=self._profiel.gemeente.demo,
            )
        )
        self.alleen_deze_zitting = False
        self.logboek.note_hersteld(doel)

    def _renew(self, maak: Callable[[], WerkplekWinkel]) -> None:
        """Sluit wat er openstaat en open opnieuw; wie intussen iets vraagt, wacht daarop."""

        def renew(oud: WerkplekWinkel | None) -> WerkplekWinkel:
            if oud is not None:
                oud.close()
            return maak()

        try:
            self._winkel.renew(renew)
        finally:
            self._logboek.take()
            self._verzender.take()

    def close(self) -> None:
        self._verzender.take()
        while self._sluiten:
            self._sluiten.pop()()
        self._logboek.take()
        winkel = self._winkel.take()
        if winkel is not None:
            winkel.close()

    def _open_winkel(self) -> WerkplekWinkel:
        from frontoffice.storage import winkelopenen

        return winkelopenen.open_winkel(
            self._make_geheimen(),
            self._data_dir,
            self._klok,
            demo=self._profiel.gemeente.demo,
            alleen_deze_zitting=self.alleen_deze_zitting,
        )

    def _open_logboek(self) -> WerkplekLogboek:
        from frontoffice.storage.logboekanker import Anker
        from frontoffice.storage.werkplek import WerkplekLogboek

        bestand = self.winkel.bestand
        medewerker = self._profiel.medewerker
        naam = "logboek-demo.anker" if self._profiel.gemeente.demo else "logboek.anker"
        return WerkplekLogboek(
            bestand,
            self._klok,
            medewerker.identificatie,
            medewerker.organisatie,
            werkplek=platform.node(),
            afdruksleutel=self._load_afdruksleutel(),
            anker=None if bestand.pad is None else Anker(self._data_dir / naam, bestand.sleutel),
        )

    def _load_afdruksleutel(self) -> bytes | None:
        """De gedeelde sleutel van de afdrukken als er een adres is om regels heen te sturen. Raises
        WinkelFout."""
        adres = self._profiel.logboek
        if adres is None:
            return None
        try:
            sleutel = self._make_geheimen().get(adres.afdrukgeheim)
        except (GeheimFout, Geweigerd) as fout:
            raise WinkelFout(fout.uitleg, code="logboek_geheim") from None
        if len(sleutel) < KORTSTE_AFDRUKGEHEIM:
            raise WinkelFout(
                f'Het geheim "{adres.afdrukgeheim}" is te kort voor het logboek. Laat de beheerder er een '
                f"van minstens {KORTSTE_AFDRUKGEHEIM} tekens bewaren, op elke werkplek hetzelfde.",
                code="logboek_geheim",
            )
        return sleutel.encode()


def load_opslag(pad: Path | None, data_dir: Path, klok: Klok) -> Werkplekopslag:
    """De opslag bij een profiel, of zonder pad die van de demonstratie, zonder dat die hoeft te draaien.

    Raises ProfielFout of Geweigerd.
    """
    from frontoffice.geheimen import choose_geheimen
    from frontoffice.profiel.lezen import load_profiel, parse_profiel

    profiel = parse_profiel(_DEMO) if pad is None else load_profiel(pad)
    return Werkplekopslag(profiel, lambda: choose_geheimen(profiel), data_dir, klok)


_DEMO = """
gemeente = {naam = "Losser", code = "0168", demo = true}
centraal = {basis = "http://127.0.0.1:1"}
"""


class Inzagelogboek:
    """Port `Logboek` op de opslag van deze werkplek; opent die pas bij de eerste regel.

    Elke regel staat op naam van `medewerker`, ook een late regel van iemand die al weg is.
    """

    def __init__(self, opslag: Werkplekopslag, medewerker: Medewerker) -> None:
        self._opslag = opslag
        self._medewerker = medewerker

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        """Raises WinkelFout."""
        try:
            self._opslag.logboek_van(self._medewerker).note(handeling, doel, onderwerp, **bijzonderheden)
        except WinkelFout as fout:
            raise niet_vastgelegd(fout) from None

    @property
    def regels(self) -> tuple[Logregel, ...]:
        return self._opslag.logboek.regels

    def afdruk(self, sleutel: KlantSleutel) -> str:
        return self._opslag.logboek.afdruk(sleutel)
