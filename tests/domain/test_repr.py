"""Wat per ongeluk in een foutmelding of traceback komt, noemt niemand en geen nummer van iemand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frontoffice.domain.concept import Gesprekspartner, NieuwAdres
from frontoffice.domain.contact import Betrokkene
from frontoffice.domain.klant import AdresSoort, DigitaalAdres
from frontoffice.domain.melding import Plek
from frontoffice.domain.meldingopdracht import Meldingopgave
from frontoffice.domain.terugbellen import Beller
from frontoffice.domain.zaak import Rol
from tests.bouwers import BSN

NAAM, NUMMER, MAIL, DAG = "A. Jansen", "0612345678", "a.jansen@voorbeeld.example", "1-12-1985"


@pytest.mark.parametrize(
    "waarde",
    [
        Gesprekspartner(NAAM, DAG, BSN),
        NieuwAdres("telefoonnummer", NUMMER),
        Betrokkene("uuid", "klant", None, NAAM, True, (NUMMER, MAIL)),
        DigitaalAdres("uuid", AdresSoort.EMAIL, MAIL),
        Beller(NAAM, (NUMMER,)),
        Rol("uuid", "natuurlijk_persoon", "Aanvrager", "initiator", NAAM, BSN),
        Meldingopgave(
            "Losse tegel.", Plek("Dorpsstraat"), "categorie", "Stoep", datetime(2026, 11, 20, tzinfo=UTC),
            MAIL, NUMMER,
        ),
    ],
    ids=lambda waarde: type(waarde).__name__,
)  # fmt: skip
def test_een_waarde_over_iemand_laat_zijn_gegevens_niet_zien_in_haar_repr(waarde: object) -> None:
    gezien = repr(waarde)
    assert type(waarde).__name__ in gezien
    assert not [geheim for geheim in (NAAM, NUMMER, MAIL, DAG, BSN) if geheim in gezien]
