"""De pdf als plaatjes: zelfde beeld voor scherm en printer, op elke maat, ook van meer draden tegelijk."""

from __future__ import annotations

import time as klok
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest

from frontoffice.documents.brief import make_brief
from frontoffice.documents.paginabeeld import PaginaFout, page_count, pages
from tests.documents.bouwbrief import BEVESTIGING

PDF = make_brief(BEVESTIGING).pdf


@pytest.mark.parametrize(("dpi", "breedte", "hoogte"), [(72, 596, 842), (150, 1241, 1754)])
def test_elke_bladzijde_komt_als_a4_op_de_gevraagde_maat(dpi: int, breedte: int, hoogte: int) -> None:
    beelden = list(pages(PDF, dpi))
    assert [beeld.nummer for beeld in beelden] == [1, 2]
    assert page_count(PDF) == 2
    for beeld in beelden:
        assert abs(beeld.breedte - breedte) <= 1
        assert abs(beeld.hoogte - hoogte) <= 1
        assert beeld.regellengte >= beeld.breedte * 4
        assert len(beeld.beeldpunten) == beeld.regellengte * beeld.hoogte


def test_het_papier_is_wit_en_de_tekst_zwart() -> None:
    beeld = next(pages(PDF, 100))
    assert beeld.beeldpunten[:3] == b"\xff\xff\xff"
    donker = sum(byte < 64 for byte in beeld.beeldpunten[0::4])
    assert 0.01 < donker / (beeld.breedte * beeld.hoogte) < 0.2


def test_qt_leest_de_beeldpunten_zonder_ze_om_te_zetten() -> None:
    from PySide6.QtGui import QImage

    beeld = next(pages(PDF, 72))
    plaatje = QImage(
        beeld.beeldpunten, beeld.breedte, beeld.hoogte, beeld.regellengte, QImage.Format.Format_RGB32
    ).copy()
    assert not plaatje.isNull()
    assert plaatje.pixelColor(0, 0).name() == "#ffffff"


def test_een_bladzijde_wordt_pas_gemaakt_als_erom_gevraagd_wordt(monkeypatch: pytest.MonkeyPatch) -> None:
    from frontoffice.documents import paginabeeld

    gemaakt = []
    echt = paginabeeld._render
    monkeypatch.setattr(paginabeeld, "_render", lambda *wat: (gemaakt.append(wat[1]), echt(*wat))[1])
    beelden = pages(PDF, 36)
    assert gemaakt == []
    next(beelden)
    assert gemaakt == [0]


def test_meer_draden_tegelijk_wachten_op_elkaar(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium kan maar één ding tegelijk; anders valt het proces vroeg of laat om."""
    bezig: list[int] = []
    meeste: list[int] = []

    class Geteld(pypdfium2.PdfDocument):  # type: ignore[misc]
        def __enter__(self) -> Geteld:
            bezig.append(1)
            klok.sleep(0.005)
            meeste.append(len(bezig))
            return self

        def __exit__(self, *_: object) -> None:
            self.close()
            bezig.pop()

    monkeypatch.setattr(pypdfium2, "PdfDocument", Geteld)
    with ThreadPoolExecutor(4) as draden:
        uitkomsten = list(draden.map(lambda _: [beeld.beeldpunten for beeld in pages(PDF, 50)], range(8)))
    assert len(meeste) == 8 * 3
    assert set(meeste) == {1}
    assert all(uitkomst == uitkomsten[0] for uitkomst in uitkomsten)


@pytest.mark.parametrize("inhoud", [b"", b"geen pdf", b"%PDF-1.7\n", PDF[:500]])
def test_wat_geen_pdf_is_geeft_een_zin(inhoud: bytes) -> None:
    with pytest.raises(PaginaFout, match="Maak het opnieuw"):
        list(pages(inhoud, 72))


@pytest.mark.parametrize("dpi", [0, -1, 10_000])
def test_een_onmogelijke_maat_wordt_geweigerd(dpi: int) -> None:
    with pytest.raises(ValueError, match="dpi"):
        pages(PDF, dpi)
