"""Geheimen op naam: uit de sleutelbos van het systeem, of op loopback uit een eigen bestand (KIF_GEHEIMEN).

Bewaart nooit leesbaar: zonder veilige sleutelbos volgt een zin die zegt wat er moet gebeuren. Waarden staan
nooit in een `repr`, foutzin of logregel.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import stat
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from frontoffice.domain.fouten import GeheimFout, Geweigerd
from frontoffice.opslag import open_private
from frontoffice.ports import Geheimen
from frontoffice.profiel import Login, Profiel
from frontoffice.uitvoeren import run_binnen

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

DIENST = "klant-in-focus"
_EIGEN_SLEUTELS = frozenset({"werkplek_sleutel", "agenda_sleutel"})
"""Wat het programma anders zelf maakt en in de sleutelbos zet; in een bestand kan het niet schrijven."""
OMGEVING = "KIF_GEHEIMEN"
WACHTTIJD = 5.0
# Windows Credential Manager bewaart ten hoogste zo'n 2,5 kB per geheim, in UTF-16.
LANGSTE_GEHEIM = 1200
_HOOGSTE_OMVANG = 100_000
_ZAKEN = "demo-zaken-geheim-van-ten-minste-32-tekens"
# Algemeen bekend en alleen goed voor de ingebouwde demonstratie op deze computer.
DEMO_GEHEIMEN = {
    "klantinteracties": "demo-klantinteracties",
    "zaken": _ZAKEN,
    "catalogi": _ZAKEN,
    "documenten": _ZAKEN,
    "brp": "demo-brp",
    "kvk": "demo-kvk",
    "meldingen": "demo-meldingen",
    "centraal": "demo-centraal",
    "notify": "kif_demo-8c6d1f3a-2b47-4e0d-9a15-0f6e3d7b2c91-5f2e9b70-4c1d-4a8e-b3f6-7d0a9c8e1b24",
}
_log = logging.getLogger(__name__)
T = TypeVar("T")


def _ontbreekt(naam: str) -> GeheimFout:
    return GeheimFout(
        f'Het geheim "{naam}" ontbreekt op deze werkplek. Bewaar het met: kif geheim set {naam}',
        code="geheim_ontbreekt",
    )


class Sleutelbos:
    """Port `Geheimen` op de sleutelbos van het systeem (keyring).

    Elke aanroep loopt op een eigen draad met een tijdslimiet, want een sleutelbos kan blijven hangen op een
    venster dat niemand ziet. Een sleutelbos die leesbaar of niets bewaart, wordt geweigerd.
    """

    def __init__(
        self, zoek_bos: Callable[[], KeyringBackend] | None = None, wachttijd: float = WACHTTIJD
    ) -> None:
        self._zoek_bos = zoek_bos or _systeembos
        self._wachttijd = wachttijd

    def get(self, naam: str) -> str:
        waarde = self._binnen(lambda: self._veilige_bos().get_password(DIENST, naam))
        if not waarde:
            raise _ontbreekt(naam)
        return waarde

    def set(self, naam: str, waarde: str) -> None:
        """Bewaar, en lees terug of het er echt staat."""
        if not waarde.strip() or not waarde.isprintable():
            raise GeheimFout("Het geheim is leeg of bevat een onzichtbaar teken. Probeer het opnieuw.")
        if len(waarde) > LANGSTE_GEHEIM:
            raise GeheimFout(
                f"Het geheim is langer dan {LANGSTE_GEHEIM} tekens. Kijk of dit het goede geheim is."
            )

        def store() -> str | None:
            bos = self._veilige_bos()
            bos.set_password(DIENST, naam, waarde)
            return bos.get_password(DIENST, naam)

        if self._binnen(store) != waarde:
            raise GeheimFout("De sleutelbos heeft het geheim niet bewaard. Vraag uw beheerder om hulp.")

    def _veilige_bos(self) -> KeyringBackend:
        return _kies_veilig(self._zoek_bos())

    def _binnen(self, werk: Callable[[], T]) -> T:
        try:
            return run_binnen(werk, self._wachttijd)
        except TimeoutError:
            raise GeheimFout(
                "De sleutelbos antwoordt niet. Ontgrendel de sleutelbos en probeer het opnieuw.",
                code="sleutelbos_wacht",
                opnieuw_helpt=True,
            ) from None
        except (GeheimFout, Geweigerd):
            raise
        except Exception as fout:  # noqa: BLE001 - elke sleutelbos heeft eigen fouten; hier worden ze van ons
            _log.warning(
                "sleutelbos gaf een fout", extra={"code": "sleutelbos", "soort": type(fout).__name__}
            )
            raise GeheimFout(
                "De sleutelbos van dit systeem werkt niet. Ontgrendel of installeer een sleutelbos "
                "(Windows Referentiebeheer, GNOME-sleutelbos of KWallet) en probeer het opnieuw.",
                code="sleutelbos_werkt_niet",
                opnieuw_helpt=True,
            ) from None


def _systeembos() -> KeyringBackend:
    import keyring

    return keyring.get_keyring()


def _kies_veilig(bos: KeyringBackend) -> KeyringBackend:
    """De sleutelbos zelf, of uit een keten de eerste veilige. Raises Geweigerd als er geen is."""
    keten = getattr(bos, "backends", None) if type(bos).__module__ == "keyring.backends.chainer" else None
    for kandidaat in [bos] if keten is None else list(keten):
        if _is_veilig(kandidaat):
            return kandidaat
    raise Geweigerd(
        "Dit systeem heeft geen veilige sleutelbos, en leesbaar bewaren doet Klant in Focus niet. "
        "Installeer of ontgrendel een sleutelbos (Windows Referentiebeheer, GNOME-sleutelbos of KWallet).",
        code="geen_veilige_sleutelbos",
    )


def _is_veilig(bos: KeyringBackend) -> bool:
    """Onwaar voor bossen die niets bewaren (null, fail) of leesbaar in een bestand (keyrings.alt)."""
    for soort in type(bos).__mro__:
        module, naam = soort.__module__, soort.__name__.lower()
        if module in ("keyring.backends.null", "keyring.backends.fail") or module.startswith("keyrings.alt"):
            return False
        if "plaintext" in naam or naam in ("nullkeyring", "failkeyring"):
            return False
    return True


class GeheimenBestand:
    """Port `Geheimen` op een TOML-bestand van de gebruiker zelf (0600); alleen voor registers op loopback."""

    def __init__(self, pad: Path) -> None:
        self._pad = pad
        self._waarden: dict[str, str] | None = None

    def get(self, naam: str) -> str:
        if self._waarden is None:
            self._waarden = _lees_geheimenbestand(self._pad)
        if naam in _EIGEN_SLEUTELS and naam not in self._waarden:
            return _derive(naam, self._waarden)
        if naam not in self._waarden:
            raise GeheimFout(
                f'Het geheim "{naam}" staat niet in het bestand van {OMGEVING}. Schrijf daar: {naam} = "…"',
                code="geheim_ontbreekt",
            )
        return self._waarden[naam]

    def set(self, naam: str, waarde: str) -> None:
        raise Geweigerd(
            f"{OMGEVING} wijst naar een bestand. Schrijf het geheim daarin, of haal {OMGEVING} weg.",
            code="geheimen_bestand",
        )


def _derive(naam: str, waarden: Mapping[str, str]) -> str:
    """Een sleutel voor deze pc uit wat er al in het bestand staat: niemand hoeft er zelf een te bedenken.

    Zij ligt zo niet naast de gegevens, en verandert als een van de andere geheimen verandert.
    """
    inhoud = "\n".join(f"{ander}={waarde}" for ander, waarde in sorted(waarden.items()))
    return hmac.new(inhoud.encode(), f"{DIENST} {naam}".encode(), hashlib.sha256).hexdigest()


def _lees_geheimenbestand(pad: Path) -> dict[str, str]:
    try:
        greep = open_private(pad)
    except OSError:
        raise GeheimFout(
            f"Het bestand van {OMGEVING} is niet te openen. Kijk het pad na; een symbolische link mag niet.",
            code="geheimen_bestand",
        ) from None
    with os.fdopen(greep, "rb") as bestand:
        _check_bewaard(os.fstat(greep))
        ruw = bestand.read(_HOOGSTE_OMVANG + 1)
    try:
        inhoud = tomllib.loads(ruw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        inhoud = {"": None}
    if len(ruw) > _HOOGSTE_OMVANG or not all(
        isinstance(waarde, str) and waarde for waarde in inhoud.values()
    ):
        raise GeheimFout(
            f'Het bestand van {OMGEVING} klopt niet. Schrijf per regel een geheim, zoals: zaken = "…"',
            code="geheimen_bestand",
        )
    return inhoud


def _check_bewaard(stand: os.stat_result) -> None:
    """Raises Geweigerd als het bestand van een ander is of anderen het kunnen lezen."""
    if os.name != "posix":
        return
    if stand.st_uid != os.getuid() or stat.S_IMODE(stand.st_mode) & 0o177:
        raise Geweigerd(
            f"Anderen kunnen bij het bestand van {OMGEVING}. Maak het alleen voor u: chmod 600 BESTAND",
            code="geheimen_bestand",
        )


class DemoGeheimen:
    """Port `Geheimen` voor de demonstratie: bekende geheimen, en voor een andere naam de sleutelbos."""

    def __init__(self, anders: Geheimen) -> None:
        self._anders = anders

    def get(self, naam: str) -> str:
        return DEMO_GEHEIMEN.get(naam) or self._anders.get(naam)

    def set(self, naam: str, waarde: str) -> None:
        self._anders.set(naam, waarde)


def choose_geheimen(profiel: Profiel, omgeving: Mapping[str, str] | None = None) -> Geheimen:
    """Waar de geheimen van dit profiel vandaan komen. Raises Geweigerd als KIF_GEHEIMEN hier niet mag."""
    pad = (os.environ if omgeving is None else omgeving).get(OMGEVING, "")
    if pad:
        if not profiel.alleen_loopback:
            raise Geweigerd(
                f"{OMGEVING} mag alleen als elk register op deze computer draait. "
                f"Haal {OMGEVING} weg en gebruik: kif geheim set NAAM",
                code="geheimen_bestand",
            )
        return GeheimenBestand(Path(pad).expanduser())
    return DemoGeheimen(Sleutelbos()) if profiel.gemeente.demo else Sleutelbos()


def needed_geheimen(profiel: Profiel) -> tuple[str, ...]:
    """De namen van de geheimen die dit profiel nodig heeft, elk een keer."""
    namen = [a.geheim for a in profiel.registers.values() if a.login is not Login.GEEN]
    if profiel.agenda.database:
        namen.append(profiel.agenda.geheim)
    if profiel.agenda.klantsleutel:
        namen.append(profiel.agenda.klantsleutel)
    if profiel.logboek is not None:
        namen.append(profiel.logboek.afdrukgeheim)
        if profiel.logboek.login is not Login.GEEN:
            namen.append(profiel.logboek.geheim)
    if profiel.meldingen is not None and profiel.meldingen.login is not Login.GEEN:
        namen.append(profiel.meldingen.geheim)
    berichten = profiel.berichten
    if berichten is not None and berichten.notify is not None:
        namen.append(berichten.notify.geheim)
    if berichten is not None and berichten.smtp is not None and berichten.smtp.gebruiker:
        namen.append(berichten.smtp.geheim)
    return tuple(dict.fromkeys(namen))


def check_geheimen(geheimen: Geheimen, namen: Iterable[str]) -> dict[str, GeheimFout | Geweigerd | None]:
    """Per naam None (aanwezig) of waarom het er niet is. Geeft nooit een waarde."""
    uitkomst: dict[str, GeheimFout | Geweigerd | None] = {}
    wacht: GeheimFout | None = None
    for naam in namen:
        if wacht is not None:  # één keer wachten op een sleutelbos die niet antwoordt is genoeg
            uitkomst[naam] = wacht
            continue
        try:
            geheimen.get(naam)
            uitkomst[naam] = None
        except (GeheimFout, Geweigerd) as fout:
            uitkomst[naam] = fout
            if isinstance(fout, GeheimFout) and fout.code == "sleutelbos_wacht":
                wacht = fout
    return uitkomst
