"""`kif klant`: zoek een klant en toon kandidaten of het hele klantbeeld, met dezelfde regels als het venster.

Beslist zelf niets over tonen of verbergen: dat doet `domain.weergave`.
"""

from __future__ import annotations

from pathlib import Path

from frontoffice.cli import document
from frontoffice.cli.invoer import read_invoer
from frontoffice.cli.opties import Opties
from frontoffice.cli.sleutel import is_sleutel, seal, unseal
from frontoffice.cli.uitvoer import DEELS, KLAAR, Uitvoer
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.klant import Herkomst, Kandidaat, KlantSleutel, PartijSleutel
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.weergave import maak_weergave
from frontoffice.domain.zoekvraag import PartijVraag
from frontoffice.ports import Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.samenstelling.gedeeld import check_eigen_account
from frontoffice.services.zoeken import Zoekresultaat


def run_klant(opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer `kif klant` uit en geef de uitgangscode."""
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        return answer(opties.vraag.strip(), diensten, uitvoer, data_dir)


def answer(vraag: str, diensten: Diensten, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Beantwoord een vraag zoals die op de opdrachtregel staat. Raises KifFout."""
    check_eigen_account(diensten.profiel)
    if vraag == "-":
        vraag = read_invoer()
    elif not diensten.profiel.gemeente.demo and not is_sleutel(vraag):
        raise InvoerFout(
            "Zet persoonsgegevens niet op de opdrachtregel: andere programma's kunnen die lezen. "
            "Gebruik: kif klant - en schrijf de vraag naar de invoer.",
            code="vraag_op_opdrachtregel",
        )
    if is_sleutel(vraag):
        sleutel, herkomst = _open_sleutel(vraag, diensten, data_dir)
        return _show_klant(diensten, sleutel, herkomst, uitvoer)
    vragen = diensten.zoeken.herken(vraag)
    if not vragen:
        raise InvoerFout("Typ wat meer: een nummer, een adres, of een naam met geboortedatum.")
    uitvoer.regel(vragen[0].begrepen)
    resultaat = diensten.zoeken.zoek(vragen[0], Stop())
    if resultaat.direct is not None:
        # Een los uuid kan van een telefoontreffer komen: het bewijst niet wie er spreekt.
        herkomst = Herkomst.TELEFOON if isinstance(vragen[0], PartijVraag) else resultaat.direct.herkomst
        return _show_klant(diensten, resultaat.direct.sleutel, herkomst, uitvoer)
    return _show_kandidaten(resultaat, uitvoer, data_dir)


def _open_sleutel(tekst: str, diensten: Diensten, data_dir: Path) -> tuple[KlantSleutel, Herkomst]:
    """De klant van een kandidaat. Een partij wordt eerst opgezocht: zij kan een BSN of KVK-nummer hebben."""
    sleutel, herkomst = unseal(tekst, data_dir)
    if isinstance(sleutel, PartijSleutel):
        gevonden = diensten.zoeken.zoek(PartijVraag(sleutel.uuid), Stop()).direct
        if gevonden is None:
            raise InvoerFout("Deze klant bestaat niet meer. Zoek de klant opnieuw.", code="sleutel_ongeldig")
        sleutel = gevonden.sleutel
    return sleutel, herkomst


def _show_kandidaten(resultaat: Zoekresultaat, uitvoer: Uitvoer, data_dir: Path) -> int:
    rijen = [(kandidaat, seal(kandidaat, data_dir)) for kandidaat in resultaat.kandidaten]
    uitvoer.document(document.kandidaten_document(resultaat, rijen))
    uitvoer.regel(resultaat.uitleg)
    for kandidaat, sleutel in rijen:
        uitvoer.regel()
        uitvoer.regel(("Mogelijk: " if kandidaat.mogelijk else "") + _kandidaatregel(kandidaat))
        uitvoer.regel(f"  kif klant {sleutel}")
    return KLAAR


def _kandidaatregel(kandidaat: Kandidaat) -> str:
    geboren = f"geb. {kandidaat.geboortedatum.weergave}" if kandidaat.geboortedatum else ""
    return ", ".join(
        deel for deel in (kandidaat.naam, geboren, kandidaat.adres, kandidaat.toelichting) if deel
    )


def _show_klant(diensten: Diensten, sleutel: KlantSleutel, herkomst: Herkomst, uitvoer: Uitvoer) -> int:
    beeld = load_klantbeeld(diensten, sleutel, herkomst)
    weergave = maak_weergave(beeld, diensten.profiel.werkplek.soort)
    uitvoer.document(document.klant_document(beeld, weergave))
    for regel in document.klant_regels(weergave):
        uitvoer.regel(regel)
    return DEELS if document.is_mislukt(beeld) else KLAAR


def load_klantbeeld(diensten: Diensten, sleutel: KlantSleutel, herkomst: Herkomst) -> Klantbeeld:
    """Het eerste beeld, helemaal geladen."""
    stop = Stop()
    beeld = diensten.klantbeeld.begin(sleutel, herkomst)
    for verandering in diensten.klantbeeld.load(beeld, stop):
        beeld = verandering(beeld)
    return beeld
