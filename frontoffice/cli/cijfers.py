"""`kif cijfers`: de cijfers van de visie over een periode, met dezelfde regels als het scherm.

Rekent zelf niets en beslist niets over wat te klein is om te tonen.
"""

from __future__ import annotations

from pathlib import Path

from frontoffice.cli.cijferopties import Cijfervraag
from frontoffice.cli.opties import Opties
from frontoffice.cli.uitvoer import DEELS, KLAAR, Uitvoer
from frontoffice.domain import cijferwoorden
from frontoffice.domain.cijfers import DEFINITIES, Cijfers, Maatcijfer, Periode, Stand, Verdeling
from frontoffice.ports import Stop
from frontoffice.profiel import profielpad
from frontoffice.samenstelling import Diensten, open_diensten
from frontoffice.services.cijfers import Voortgang


def run_cijfers(vraag: Cijfervraag, opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    """Voer de opdracht uit en geef de uitgangscode."""
    periode = Periode(vraag.van, vraag.tot)
    with open_diensten(profielpad(opties.profiel), data_dir=data_dir) as diensten:
        cijfers = _load(diensten, periode, uitvoer)
        if vraag.bestand is not None:
            _save(diensten, cijfers, vraag.bestand)
            uitvoer.melding(f"Bewaard: {vraag.bestand.name}")
    uitvoer.document(cijferdocument(cijfers))
    for regel in cijferwoorden.regels(cijfers):
        uitvoer.regel(regel)
    return DEELS if cijfers.mislukt else KLAAR


def _load(diensten: Diensten, periode: Periode, uitvoer: Uitvoer) -> Cijfers:
    gezegd = 0
    for stuk in diensten.cijfers.load(periode, Stop()):
        if isinstance(stuk, Cijfers):
            return stuk
        gezegd = _say(stuk, gezegd, uitvoer)
    raise AssertionError("het laatste stuk zijn de cijfers")


def _say(stuk: Voortgang, gezegd: int, uitvoer: Uitvoer) -> int:
    """Om de duizend een regel op stderr: dan is te zien dat het vordert."""
    if stuk.wat == "contacten" and stuk.gelezen - gezegd >= 1000:
        uitvoer.melding(f"{stuk.gelezen} contacten gelezen ({stuk.deel:.0%})")
        return stuk.gelezen
    return gezegd


def _save(diensten: Diensten, cijfers: Cijfers, pad: Path) -> None:
    from frontoffice.documents.bestand import save
    from frontoffice.documents.cijferbestand import make_bestand

    soort = pad.suffix.lower().lstrip(".")
    bestand = make_bestand(cijfers, soort, diensten.profiel.gemeente.naam)
    diensten.cijfers.note("cijfers_bewaard", cijfers.periode, vorm=soort)
    save(pad, bestand.inhoud)


# --- het document ----------------------------------------------------------------------------------------


def cijferdocument(cijfers: Cijfers) -> dict[str, object]:
    """Het rapport als JSON. `null` bij aantallen betekent: te weinig om te tonen."""
    return {
        "van": cijfers.periode.van.isoformat(),
        "tot": cijfers.periode.tot.isoformat(),
        "gemaakt_op": cijfers.gemaakt_op.isoformat(),
        "goed_nieuws": _week(cijfers),
        "cijfers": {cijfer.maat.value: _maat(cijfer) for cijfer in cijfers.maten},
        "meldingen_uitleg": cijfers.zonder_meldingen or None,
        "complimenten": cijfers.complimenten,
        "nog_na_te_komen": [{"dag": d.dag.isoformat(), "beloften": d.aantal} for d in cijfers.komend],
        "niet_op_website": [
            {"maand": f"{p.maand:%Y-%m}", "pagina": p.adres or None, "keer": p.keer} for p in cijfers.paginas
        ],
    }


def _week(cijfers: Cijfers) -> dict[str, object] | None:
    week = cijfers.week
    if week is None:
        return None
    return {
        "van": week.van.isoformat(),
        "tot": week.tot.isoformat(),
        "nagekomen": week.nagekomen,
        "op_tijd_verteld": week.verteld,
        "complimenten": [{"dag": c.dag.isoformat(), "tekst": c.tekst or None} for c in week.complimenten],
    }


def _maat(cijfer: Maatcijfer) -> dict[str, object]:
    definitie = DEFINITIES[cijfer.maat]
    return {
        "naam": definitie.naam,
        "uitleg": definitie.zin,
        "totaal": _stand(cijfer.stand),
        "verloop": [
            {"begin": punt.begin.isoformat(), "naam": punt.naam, "stand": _stand(punt.stand)}
            for punt in cijfer.verloop
        ],
        "per_onderwerp": _verdeling(cijfer.onderwerpen),
        "per_dorp": _verdeling(cijfer.plaatsen),
    }


def _verdeling(verdeling: Verdeling) -> dict[str, object]:
    return {
        "groepen": [{"naam": groep.naam, "stand": _stand(groep.stand)} for groep in verdeling.groepen],
        "overig": _stand(verdeling.rest),
    }


def _stand(stand: Stand | None) -> dict[str, object] | None:
    if stand is None:
        return None
    return {"goed": stand.goed, "totaal": stand.totaal, "procent": stand.procent}
