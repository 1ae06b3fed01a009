"""Contacten voor de cijfers: tegen de vormen van Open Klant en tegen de demonstratie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.central.contactfeiten import PER_PAGINA
from frontoffice.domain.fouten import NietGevonden, Storing
from frontoffice.ports import Aanroep
from tests.central.proefserver import Proefserver, Reactie, als_reactie, bladzij

GEHEIM = "Belt over haar schulden"


def rij(nummer: int = 0, **anders: Any) -> dict[str, Any]:
    basis: dict[str, Any] = {
        "uuid": f"{nummer:08d}-0000-4000-8000-000000000000",
        "plaatsgevondenOp": "2026-11-10T09:30:00Z",
        "onderwerp": "Paspoort",
        "inhoud": GEHEIM,
        "vertrouwelijk": False,
        "hadBetrokkenen": [{"uuid": "x"}],
        "metadata": {"afsluiting": "beantwoord"},
    }
    return basis | anders


def test_alleen_wat_telt_komt_binnen(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    taak = {
        "uuid": "t", "status": "verwerkt", "toelichting": "Terugbellen uiterlijk 12-11-2026.",
        "afgehandeldOp": "2026-11-11T08:00:00Z",
    }  # fmt: skip
    server.always(
        bladzij(
            rij(leiddeTotInterneTaken=[{"uuid": "t"}], _expand={"leiddeTotInterneTaken": [taak]}),
            rij(1, metadata=None, onderwerp=None, leiddeTotInterneTaken=[{"uuid": "t2"}], _expand={}),
            rij(1),
        )
    )
    pagina = aansluitingen.contactlezer.load_contactfeiten(1, aanroep)
    een, twee = pagina.rijen
    assert een.om == datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
    assert een.taken[0].klaar
    assert een.taken[0].afgehandeld_op == datetime(2026, 11, 11, 8, tzinfo=UTC)
    assert (twee.metadata, twee.onderwerp, twee.taken, twee.heeft_taken) == ({}, "", (), True)
    assert GEHEIM not in repr(pagina)
    (vraag,) = server.verzoeken
    assert vraag.query == {"expand": "leiddeTotInterneTaken", "pageSize": str(PER_PAGINA)}


def test_een_opgenomen_lijst_van_open_klant_is_te_lezen(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-16-klantcontacten-normal-page1-expand"))
    assert aansluitingen.contactlezer.load_contactfeiten(1, aanroep).rijen


def test_voorbij_het_eind_is_leeg_en_op_de_eerste_bladzijde_een_fout(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(404, {"code": "not_found", "detail": "Ongeldige pagina."}))
    assert aansluitingen.contactlezer.load_contactfeiten(9, aanroep).rijen == ()
    assert aansluitingen.contactlezer.load_plaats(9, aanroep) == (None, 0)
    with pytest.raises(NietGevonden):
        aansluitingen.contactlezer.load_contactfeiten(1, aanroep)


def test_een_storing_is_een_storing_en_geen_lege_lijst(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(500, {"code": "error"}))
    with pytest.raises(Storing):
        aansluitingen.contactlezer.load_contactfeiten(1, aanroep)


def test_een_plaats_vraagt_een_rij(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(rij(), count=4711))
    om, totaal = aansluitingen.contactlezer.load_plaats(300, aanroep)
    assert (om, totaal) == (datetime(2026, 11, 10, 9, 30, tzinfo=UTC), 4711)
    assert server.verzoeken[0].query == {"pageSize": "1", "page": "300"}
