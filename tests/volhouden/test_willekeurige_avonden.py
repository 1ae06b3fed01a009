"""Tienduizend willekeurige avonden, andere dan die van de gewone tests, tegen alles uitproberen."""

from __future__ import annotations

from tests.agenda.test_willekeurige_avonden import AANTAL, check_geval

LANG = 10_000


def test_tienduizend_willekeurige_avonden_zijn_gelijk_aan_alles_uitproberen() -> None:
    totaal = [0, 0, 0, 0]
    for zaad in range(AANTAL, AANTAL + LANG):
        totaal = [een + ander for een, ander in zip(totaal, check_geval(zaad), strict=True)]
    aangeboden, geboekt, geweigerd, herindeeld = totaal
    print(f"\n{LANG} avonden: {aangeboden} aangeboden, {geboekt} geboekt (waarvan {herindeeld} met ruilen), "
          f"{geweigerd} geweigerd")  # fmt: skip
    assert min(geboekt, geweigerd) > LANG
    assert herindeeld > LANG // 50
