"""`kif berichten`: dezelfde outbox als het venster, voor zover het om berichten aan inwoners gaat.

Namen en nummers staan alleen bij wie gebeld moet worden, en nooit in een argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from frontoffice.cli.opties import Argumenten, Opties
from frontoffice.cli.uitvoer import DEELS, GEWEIGERD, KLAAR, Uitvoer
from frontoffice.domain.fouten import Geweigerd
from frontoffice.ports import Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.samenstelling.gedeeld import check_eigen_account
from frontoffice.services.berichtbord import TeBellen
from frontoffice.services.berichten import BELLIJST, BELLIJST_GEDEELD, NIET_AANGESLOTEN, Berichtstand
from frontoffice.services.herinneringen import Herinneringen

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Berichtvraag:
    """`deel` is "list", "send", "herinneringen", "opnieuw" of "gebeld"."""

    deel: str
    id: int = 0
    bellen: bool = False
    sleutel: str = ""


def read_berichten(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif berichten`. Raises InvoerFout met code "gebruik"."""
    gelezen = Argumenten("berichten", argv, los=("--bellen",))
    bellen = gelezen.has("--bellen")
    match gelezen.woorden:
        case ["list"]:
            return gelezen.make("berichten", berichten=Berichtvraag("list", bellen=bellen))
        case [("send" | "herinneringen") as deel] if not bellen:
            return gelezen.make("berichten", berichten=Berichtvraag(deel))
        case [("opnieuw" | "gebeld") as deel, nummer] if (
            nummer.isdecimal() and len(nummer) < 19 and not bellen
        ):
            return gelezen.make("berichten", berichten=Berichtvraag(deel, int(nummer)))
        case ["gebeld", sleutel] if _UUID.fullmatch(sleutel) and not bellen:
            return gelezen.make("berichten", berichten=Berichtvraag("gebeld", sleutel=sleutel))
    raise gelezen.fout()


def run_berichten(vraag: Berichtvraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        if vraag.deel not in ("send", "herinneringen"):
            check_eigen_account(diensten.profiel)
        if vraag.deel == "list":
            return _list(diensten, uitvoer, bellen=vraag.bellen)
        if vraag.deel == "send":
            return _send(diensten, uitvoer)
        if vraag.deel == "herinneringen":
            return _remind(diensten, uitvoer)
        return _finish(vraag, diensten, uitvoer)


def _list(diensten: Diensten, uitvoer: Uitvoer, *, bellen: bool) -> int:
    dienst = diensten.berichten.dienst
    standen = dienst.load_bellijst() if bellen else dienst.load()
    bord = diensten.berichten.open_bord() if bellen else None
    eigen = {rij.opdracht.uuid for rij in dienst.load_wachtend()}
    elders = [deel for deel in bord.load_te_bellen() if deel.sleutel not in eigen] if bord is not None else []
    uitvoer.document([_to_document(stand) for stand in standen] + [_to_elders(deel) for deel in elders])
    for stand in standen:
        uitvoer.regel(f"{stand.id}  {stand.woord}  {stand.kenmerk or stand.over}  {stand.zin}")
    for deel in elders:
        uitvoer.regel(f"{deel.sleutel}  Bellen  {deel.kenmerk}  {deel.reden} ({deel.houder})")
    if any(stand.moet_bellen for stand in standen):
        uitvoer.melding(BELLIJST if bord is None else BELLIJST_GEDEELD)
    if not (standen or elders):
        uitvoer.regel("Er hoeft niemand gebeld te worden." if bellen else "Er zijn geen berichten.")
    return KLAAR


def _send(diensten: Diensten, uitvoer: Uitvoer) -> int:
    """Zonder `alles`: ook wat net mislukte wacht zijn tijd af, en de stiltetijd geldt altijd."""
    if not diensten.berichten.aangesloten:
        raise Geweigerd(NIET_AANGESLOTEN, code="niet_aangesloten")
    verslag = diensten.contacten.verzenden.send(Stop())
    if verslag.bezet:
        zin = "Het venster is nu aan het versturen. Probeer het over een minuut opnieuw."
        uitvoer.document({"fout": {"code": "bezet", "uitleg": zin}})
        uitvoer.melding(zin)
        return GEWEIGERD
    onderweg = diensten.berichten.follow(Stop())
    standen = diensten.berichten.dienst.load()
    wacht = sum(stand.woord in ("Wacht", "Staat klaar", "Wordt nagekeken") for stand in standen)
    bellen = sum(stand.moet_bellen for stand in standen)
    uitvoer.document({"wacht": wacht, "onderweg": onderweg, "bellen": bellen})
    uitvoer.regel(f"Wacht: {wacht}. Verstuurd en nog onderweg: {onderweg}. Te bellen: {bellen}.")
    return DEELS if wacht or bellen else KLAAR


def _remind(diensten: Diensten, uitvoer: Uitvoer) -> int:
    """Zet klaar wie morgen komt; versturen doet `send`. Twee keer, of op twee werkplekken, is één keer."""
    if not diensten.berichten.aangesloten:
        raise Geweigerd(NIET_AANGESLOTEN, code="niet_aangesloten")
    agenda = diensten.agenda
    gedaan = Herinneringen(agenda.opslag, agenda.wie, diensten.berichten.of_afspraken(agenda)).run()
    uitvoer.document({"klaargezet": gedaan.klaargezet, "lease": gedaan.lease, "stil": gedaan.stil})
    if gedaan.stil:
        uitvoer.regel("Nu is het stiltetijd. Er is niets klaargezet.")
    elif not gedaan.lease:
        uitvoer.regel("Een andere werkplek doet dit nu. Er is hier niets klaargezet.")
    else:
        uitvoer.regel(f"Klaargezet: {gedaan.klaargezet}. Verstuur ze met kif berichten send.")
    return KLAAR


def _finish(vraag: Berichtvraag, diensten: Diensten, uitvoer: Uitvoer) -> int:
    if vraag.sleutel:
        return _finish_elders(vraag.sleutel, diensten, uitvoer)
    dienst = diensten.berichten.dienst
    (dienst.retry if vraag.deel == "opnieuw" else dienst.mark_gebeld)(vraag.id)
    (stand,) = (stand for stand in dienst.load() if stand.id == vraag.id)
    uitvoer.document(_to_document(stand))
    uitvoer.regel(f"{stand.id}  {stand.woord}  {stand.zin}")
    return KLAAR


def _finish_elders(sleutel: str, diensten: Diensten, uitvoer: Uitvoer) -> int:
    """De inwoner is gebeld over een bericht van een andere werkplek."""
    bord = diensten.berichten.open_bord()
    if bord is None or sleutel not in {deel.sleutel for deel in bord.load_te_bellen()}:
        raise Geweigerd("Dit bericht staat niet op de gedeelde Bellijst.", code="bestaat_niet")
    bord.mark_gebeld(sleutel)
    uitvoer.document({"sleutel": sleutel, "toestand": "gebeld"})
    uitvoer.regel(f"{sleutel}  Gebeld")
    return KLAAR


def _to_elders(deel: TeBellen) -> dict[str, object]:
    return {
        "sleutel": deel.sleutel,
        "bericht": deel.wat.value,
        "over": f"afspraak:{deel.afspraak}",
        "kenmerk": deel.kenmerk,
        "toestand": "bellen",
        "uitleg": deel.reden,
        "sinds": deel.sinds.isoformat(),
        "werkplek": deel.houder,
        "naam": deel.naam,
        "telefoon": deel.bel,
    }


def _to_document(stand: Berichtstand) -> dict[str, object]:
    """Naam en nummer alleen als iemand moet bellen."""
    bellen = {"naam": stand.naam, "telefoon": stand.bel} if stand.moet_bellen else {}
    return {
        "id": stand.id,
        "bericht": stand.wat.value,
        "kanaal": stand.kanaal.value,
        "over": stand.over,
        "kenmerk": stand.kenmerk,
        "toestand": stand.woord.lower().replace(" ", "_"),
        "uitleg": stand.zin,
        "sinds": stand.sinds.isoformat(),
        **bellen,
    }
