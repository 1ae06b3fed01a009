"""Geen fout, geen verzoekregel en geen logregel laat zien over wie het ging of met welke sleutel."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import date

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.domain.concept import Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import BedrijfSleutel, PersoonSleutel
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.ports import Aanroep
from tests.central.conftest import GEHEIM
from tests.central.proefserver import Aannemer, Proefserver, Reactie, bladzij

# De kanaries staan alleen hier: een traceback toont ook de regels van deze test waar ze langs kwamen.
(NUMMER, KVK, NAAM, TELEFOON, MAIL, POSTCODE, DAG, ZAAK) = KANARIES = (
    *("999993653", "69599084", "Kanarie", "612345678"),
    *("kanarie@post.example", "7581AB", "1985-12-01", "ZAAK-999990068"),
)
SLEUTEL = PersoonSleutel(Bsn(NUMMER))
UUID = "9b3f2f8d-e237-496a-986e-f33dba268a82"

VRAGEN: dict[str, Callable[[Aansluitingen, Aanroep], object]] = {
    "partijen": lambda a, r: a.klantinteracties.find_partijen(SLEUTEL, r),
    "contacten": lambda a, r: a.klantinteracties.load_klantcontacten(SLEUTEL, 1, r),
    "telefoon": lambda a, r: a.klantinteracties.find_adressen(TELEFOON, r),
    "e-mail": lambda a, r: a.klantinteracties.find_adressen(MAIL, r),
    "zaken": lambda a, r: a.zaken.find_open_zaken(SLEUTEL, r),
    "zaaknummer": lambda a, r: a.zaken.find_zaak(ZAAK, r),
    "brp bsn": lambda a, r: a.personen.load_persoon(SLEUTEL.bsn, r),
    "brp naam": lambda a, r: a.personen.find_op_naam(NAAM, date.fromisoformat(DAG), r),
    "brp adres": lambda a, r: a.personen.find_op_adres(POSTCODE, 1, geslachtsnaam=NAAM, aanroep=r),
    "kvk": lambda a, r: a.bedrijven.load_bedrijf(KvkNummer(KVK), None, r),
    "kvk naam": lambda a, r: a.bedrijven.find_op_naam(NAAM, 1, r),
    "partij zoeken": lambda a, r: a.contactregister.find_partij(Gesprekspartner(NAAM, bsn=NUMMER), r),
    "partij maken": lambda a, r: a.contactregister.make_partij(Gesprekspartner(NAAM, kvk=KVK), r),
    "adres maken": lambda a, r: a.contactregister.make_adres(
        NieuwAdres("email", MAIL), partij_uuid=UUID, aanroep=r
    ),
    "zaken bedrijf": lambda a, r: a.zaken.find_open_zaken(BedrijfSleutel(KvkNummer(KVK)), r),
}


def break_connection(aannemer: Aannemer) -> None:
    aannemer.connection.close()


MET_KANARIE = {
    "code": "invalid",
    "title": NAAM,
    "detail": f"BSN {NUMMER} van {NAAM}",
    "instance": f"urn:bsn:{NUMMER}",
    "invalidParams": [{"name": NUMMER, "code": f"{NAAM} {KVK}", "reason": MAIL}],
}
FOUTEN = {
    "400": Reactie(400, MET_KANARIE),
    "403": Reactie(403, MET_KANARIE | {"code": "jwt-expired"}),
    "404": Reactie(404, MET_KANARIE | {"code": "not_found"}),
    "500": Reactie(500, MET_KANARIE),
    "503": Reactie(503, MET_KANARIE),
    "omleiding": Reactie(302, ruw=b"", koppen={"Location": f"/x?bsn={NUMMER}"}),
    "html": Reactie(ruw=f"<html>{NAAM} {NUMMER}".encode(), koppen={"Content-Type": "text/html"}),
    "kapot": Reactie(ruw=f'{{"results": [{{"uuid": {NUMMER}, "naam": "{NAAM}'.encode()),
    "vorm": bladzij({"uuid": {NAAM: NUMMER}}),
    "weg": Reactie(gedrag=break_connection),
}


def everything_of(fout: BaseException | None) -> str:
    """Wat er van een fout ooit ergens terecht kan komen: tekst, repr, velden, oorzaken, de hele traceback."""
    delen: list[str] = []
    while fout is not None:
        delen += [str(fout), repr(fout), repr(fout.args), repr(vars(fout))]
        delen += traceback.format_exception(fout)
        fout = fout.__cause__ or fout.__context__
    return "\n".join(delen)


@pytest.mark.parametrize("vraag", VRAGEN)
@pytest.mark.parametrize("soort", FOUTEN)
def test_een_fout_verraadt_niets(
    aansluitingen: Aansluitingen,
    server: Proefserver,
    caplog: pytest.LogCaptureFixture,
    vraag: str,
    soort: str,
) -> None:
    server.always(FOUTEN[soort])
    aanroep = Aanroep.van(3)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(KifFout) as fout:
        VRAGEN[vraag](aansluitingen, aanroep)
    gezien = everything_of(fout.value) + repr(aanroep.verzoeken) + repr(aansluitingen)
    # Wat urllib3 op DEBUG meldt, komt niet in het logbestand: daar gaat alleen frontoffice en ui heen.
    eigen = [r for r in caplog.records if r.name.startswith("frontoffice")]
    gezien += "".join(f"{r.getMessage()}{vars(r)}" for r in eigen)
    assert [kanarie for kanarie in (*KANARIES, GEHEIM) if kanarie in gezien] == []
    assert aanroep.verzoeken


def test_ook_een_register_dat_er_niet_is_verraadt_niets(
    server: Proefserver, aansluitingen: Aansluitingen
) -> None:
    server.close()
    for vraag in VRAGEN.values():
        with pytest.raises(KifFout) as fout:
            vraag(aansluitingen, Aanroep.van(3))
        assert [k for k in (*KANARIES, GEHEIM) if k in everything_of(fout.value)] == []
